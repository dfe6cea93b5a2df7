//! From the matrix of two frameworks down to pairs, what one adds to the other, and the search.

use serde_json::Value;

use crate::app;
use crate::browser::{Browser, Profile};

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

/// The words of the elements that match.
async fn texts(browser: &Browser, selector: &str) -> Vec<String> {
    let script = format!("return [...document.querySelectorAll({selector:?})].map(it => it.textContent.trim())");
    serde_json::from_value::<Vec<String>>(browser.execute(&script, vec![]).await).expect("texts")
}

#[tokio::test(flavor = "current_thread")]
async fn number_in_the_matrix_leads_to_as_many_pairs() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "crosswalk?from=iso27001-2022&to=soc2-2017", "Crosswalk").await;
    let numbers: Vec<usize> = texts(&browser, ".matrix .heat-cell a")
        .await
        .iter()
        .map(|number| number.parse().expect("a number"))
        .collect();
    let n_folded = browser.n_elements("main details").await;
    assert!(n_folded > 0, "pairs on one common practice are folded");
    assert_eq!(
        numbers.iter().sum::<usize>(),
        browser.n_elements("main a.chip[data-relation]").await
    );

    let cell = ".matrix .heat-cell a[href*='row=A.8'][href*='column=CC8']";
    let n_pairs: usize = browser.text(cell).await.parse().expect("a number");
    browser.click(cell).await;
    browser.wait_for_text("main h1", "A.8 and CC8").await;
    assert_eq!(browser.n_elements("main a.chip[data-relation]").await, n_pairs);
    let chips = texts(&browser, "main a.chip[data-relation]").await;
    assert!(chips.iter().all(|chip| chip.starts_with("CC8.1")), "{chips:?}");
    browser.reload().await;
    browser.wait_for_text("main h1", "A.8 and CC8").await;
    browser.click_link("Crosswalk").await;
    browser.wait_for_text("main h1", "Crosswalk").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_a_framework_adds_is_listed_with_where_each_practice_stands() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "crosswalk?from=iso27001-2022&to=soc2-2017", "Crosswalk").await;
    browser.click_link("Show what SOC 2 adds").await;
    browser.wait_for_text("main h1", "What SOC 2 adds").await;
    let lead = browser.text("main .lead").await;
    let said: Vec<usize> = lead
        .split(|it: char| !it.is_ascii_digit())
        .filter_map(|it| it.parse().ok())
        .collect();
    let n_shown = browser.n_elements(".practice-list > li").await;
    assert!(n_shown > 5, "{lead}");
    assert!(said.contains(&n_shown), "{n_shown} practices are shown, {lead:?}");
    assert_eq!(browser.n_elements(".practice-list > li .tag").await, n_shown);
    let oversight = "leadership.oversight-body";
    assert_eq!(
        browser
            .n_elements(&format!(".practice-list a[href$='question/{oversight}']"))
            .await,
        1
    );
    assert_eq!(
        browser
            .n_elements(".practice-list a[href$='question/source.peer-review']")
            .await,
        0
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn search_follows_each_letter_forgives_and_can_be_linked_to() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "search", "Search").await;
    assert_eq!(browser.text("#search-found").await, "");
    for (typed, first) in [
        ("CC 8.1", "CC8.1 "),
        ("a.8.32", "A.8.32 "),
        ("8.32", "A.8.32 "),
        ("cld 6.3.1", "CLD.6.3.1 "),
        ("encyrpt", "ncrypt"),
    ] {
        browser.fill("#search", typed).await;
        let is_first = async || {
            let names = texts(&browser, ".find-list > li:first-child > a").await;
            names.first().is_some_and(|name| name.contains(first.trim_end()))
        };
        browser
            .wait_until(&format!("{typed} finds {first} first"), is_first)
            .await;
    }
    browser.fill("#search", "zzzzzz").await;
    browser.wait_for_text("#search-found", "Nothing found").await;
    browser.fill("#search", "peer review").await;
    browser.keys("\u{e007}").await;
    browser
        .wait_until("the address keeps the words", async || {
            browser.route().await.contains("q=peer")
        })
        .await;
    browser.reload().await;
    browser
        .wait_for(".find-list > li > a[href$='question/source.peer-review']")
        .await;
    assert_eq!(browser.prop("#search", "value").await.as_deref(), Some("peer review"));
    browser
        .click(".find-list > li > a[href$='question/source.peer-review']")
        .await;
    browser
        .wait_for_text(".question-title", app::question_of("source.peer-review"))
        .await;
    let evidence = texts(&browser, ".question-side li").await;
    assert!(
        evidence.iter().any(|it| it.starts_with("Review and approval records")),
        "{evidence:?}"
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn requirement_says_what_auditors_find_and_what_closes_it() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "requirement/iso27001-2022/A.8.32", "A.8.32").await;
    let script = "const heading = [...document.querySelectorAll('main h2')].find(it => it.innerText == 'What auditors often find');
        return [...heading.parentElement.querySelectorAll('tbody tr')].map(row => [row.querySelector('th').innerText,
            row.querySelectorAll('li').length])";
    let findings: Value = browser.execute(script, vec![]).await;
    let findings: Vec<(String, u64)> = serde_json::from_value(findings).expect("findings");
    assert!(!findings.is_empty());
    assert!(
        findings
            .iter()
            .all(|(name, n_closing)| !name.is_empty() && *n_closing > 0),
        "{findings:?}"
    );
    browser.finish().await;
}
