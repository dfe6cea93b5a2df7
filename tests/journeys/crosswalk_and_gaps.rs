//! Views that can be linked to, and a page that stays awake while papers are written.

use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

#[tokio::test(flavor = "current_thread")]
async fn pair_of_requirements_shows_why_it_is_related_and_what_remains() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "crosswalk?from=iso27001-2022&to=soc2-2017", "Crosswalk").await;
    let pair = "a.chip[href*='a=iso27001-2022/A.8.32'][href*='b=soc2-2017/CC8.1']";
    let relation = browser.text(&format!("{pair} .chip-note")).await;
    browser.click(pair).await;
    browser.wait_for_text("main h1", "A.8.32 and CC8.1").await;
    let lead = browser.text("main .lead").await;
    assert!(lead.to_lowercase().starts_with(&relation), "{lead:?} says {relation:?}");
    let lists = async || {
        let script =
            "return [...document.querySelectorAll('main section.section')].map(it => [it.querySelector('h2').innerText,
            [...it.querySelectorAll('.practice-list > li > a')].map(a => a.innerText.trim())])";
        serde_json::from_value::<Vec<(String, Vec<String>)>>(browser.execute(script, vec![]).await).expect("lists")
    };
    let shown = lists().await;
    let headings: Vec<&str> = shown.iter().map(|(heading, _)| heading.as_str()).collect();
    let [because, only_left, only_right] = headings.as_slice() else {
        panic!("three lists, not {headings:?}")
    };
    assert!(because.starts_with("Because both rest on ("));
    assert!(only_left.starts_with("Only A.8.32 asks ("));
    assert!(only_right.starts_with("Only CC8.1 asks ("));
    for (heading, practices) in &shown {
        assert!(
            heading.ends_with(&format!("({})", practices.len())),
            "{heading}: {practices:?}"
        );
    }
    assert!(!shown[0].1.is_empty(), "a relation has a reason");
    for practice in &shown[0].1 {
        assert!(
            !shown[1].1.contains(practice) && !shown[2].1.contains(practice),
            "{practice} is shared"
        );
    }
    browser.click_link("Look from the other side").await;
    browser.wait_for_text("main h1", "CC8.1 and A.8.32").await;
    let swapped = lists().await;
    assert_eq!(swapped[0], shown[0]);
    assert_eq!((&swapped[1].1, &swapped[2].1), (&shown[2].1, &shown[1].1));
    browser.finish().await;
}

/// The titles in the gap register, in order.
async fn gaps(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('main tbody th[scope=row]')].map(it => it.innerText.trim())";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("titles")
}

#[tokio::test(flavor = "current_thread")]
async fn filter_and_order_of_the_gaps_sit_in_the_address_and_survive_a_reload() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "gaps", "Gap register").await;
    let all = gaps(&browser).await;
    browser.choose("#filter-topic", "pipeline").await;
    let is_fewer = async || gaps(&browser).await.len() < all.len();
    browser.wait_until("fewer gaps are shown", is_fewer).await;
    browser.click("th:nth-child(2) button.sort").await;
    browser.wait_for("th:nth-child(2)[aria-sort=ascending]").await;
    let route = browser.route().await;
    assert!(
        route.contains("topic=pipeline") && route.contains("sort=practice"),
        "{route}"
    );
    let shown = gaps(&browser).await;
    let mut sorted = shown.clone();
    sorted.sort();
    assert!(
        !shown.is_empty() && shown.iter().all(|it| all.contains(it)),
        "{shown:?}"
    );
    assert_eq!(shown, sorted);
    browser
        .wait_for_text(".filter-count", &format!("{} of {} gaps", shown.len(), all.len()))
        .await;

    browser.reload().await;
    browser.wait_for_text("main h1", "Gap register").await;
    assert_eq!(gaps(&browser).await, shown);
    assert_eq!(
        browser.prop("#filter-topic", "value").await.as_deref(),
        Some("pipeline")
    );
    browser.client().back().await.expect("there is a page before");
    browser.client().back().await.expect("there is a page before");
    browser
        .wait_until("all gaps are shown again", async || gaps(&browser).await == all)
        .await;
    assert_eq!(browser.prop("#filter-topic", "value").await.as_deref(), Some(""));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn gap_that_is_closed_leaves_the_register() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "gaps", "Gap register").await;
    let all = gaps(&browser).await;
    let first = browser.attr("main tbody th a", "href").await.expect("a link");
    let practice = first.rsplit('/').next().expect("a practice").to_owned();
    browser.click("main tbody th a").await;
    browser
        .wait_for_text(".question-title", app::question_of(&practice))
        .await;
    app::choose(&browser, "in-place").await;
    app::wait_for_standing(&browser, &id, &practice, "in-place").await;
    // Every box of what could be shown: without them the practice would stay a gap of its own kind.
    let tick =
        "document.querySelectorAll('.facets .choice:not(.choice-none) input:not(:checked)').forEach(it => it.click())";
    browser.execute(tick, vec![]).await;
    browser.settle().await;
    app::go(&browser, &id, "gaps", "Gap register").await;
    let mut left = gaps(&browser).await;
    // What it shares with others can move them, so only their number and names stay.
    let mut expected = all[1..].to_vec();
    left.sort();
    expected.sort();
    assert_eq!(left, expected);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn page_stays_awake_while_the_report_is_written() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "export", "Export").await;
    let start =
        "const ticks = window.journeyTicks = { n: 0, longest: 0, last: performance.now(), start: performance.now() };
        window.journeyTicker = setInterval(() => { const now = performance.now();
            ticks.longest = Math.max(ticks.longest, now - ticks.last); ticks.last = now; ticks.n += 1; }, 20);";
    browser.execute(start, vec![]).await;
    let name = format!("harbour-pine-first-audit-{}-report.pdf", app::today(&browser).await);
    browser.click("#export-report--pdf-").await;
    browser.wait_for_text("#export-report--pdf- + output", &name).await;
    let stop =
        "clearInterval(window.journeyTicker); const t = window.journeyTicks; return [t.n, t.longest, t.last - t.start]";
    let ticks = browser.execute(stop, vec![]).await;
    let number = |index: usize| ticks.get(index).and_then(Value::as_f64).expect("a number");
    let (n, longest, all) = (number(0), number(1), number(2));
    let bytes = browser.take_download(&name).await;
    assert!(bytes.starts_with(b"%PDF-"));
    // A page that writes the report itself would stand still for nearly all of the time.
    assert!(n >= 10.0, "{n} ticks in {all} ms");
    assert!(
        longest < (all / 3.0).max(200.0),
        "the page stood still for {longest} of {all} ms"
    );
    assert_eq!(
        browser
            .execute(
                "return document.querySelectorAll('main button[disabled]').length",
                vec![]
            )
            .await,
        json!(0)
    );
    browser.finish().await;
}
