//! The dashboard for a board: opened by keyboard, each chart with its finding and its numbers, and each figure followed down
//! to the practices that it counts.

use concord::analysis::{Analysis, PracticeFilter};
use concord::catalogue::CATALOGUE;
use concord::domain::{Assessment, AssessmentId, date_from_text};
use concord::report::{board_sentence, dashboard};
use concord::store::{AssessmentFile, Book};
use fantoccini::key::Key;

use crate::app;
use crate::browser::{Browser, Profile};

/// How many figures are followed of all that lead down: every third, so that each chart is among them.
const STEP: usize = 3;

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

/// The sample company as the native program sees it on a day.
fn sample_on(day: &str) -> (Assessment, Analysis) {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    let assessment = Book::from_records(id, 1, file.records, &CATALOGUE).assessment;
    let analysis = Analysis::new(&CATALOGUE, &assessment, date_from_text(day).expect("a day"));
    (assessment, analysis)
}

fn enter() -> String {
    char::from(Key::Enter).to_string()
}

async fn n_practices(browser: &Browser) -> usize {
    browser.n_elements("table.practices tbody tr").await
}

#[tokio::test(flavor = "current_thread")]
async fn dashboard_opens_by_keyboard_and_each_chart_has_its_finding_and_its_table() {
    let (browser, _) = with_sample().await;
    browser.tab_to(".main-nav a[href$='/dashboard']").await;
    browser.keys(&enter()).await;
    browser.wait_for_text("main h1", "Dashboard").await;
    browser.wait_for(".board > figure.chart").await;
    let (assessment, analysis) = sample_on(&app::today(&browser).await);
    let expected = dashboard(&CATALOGUE, &assessment, &analysis);
    let sentence = board_sentence(&CATALOGUE, &assessment, &analysis);
    assert_eq!(browser.text("main .lead").await, sentence);
    let titles: Vec<String> = expected.iter().map(|it| it.title.clone()).collect();
    assert_eq!(app::texts(&browser, ".board > .chart > h2").await, titles);
    let findings: Vec<String> = expected.iter().map(|it| it.finding.clone()).collect();
    assert_eq!(app::texts(&browser, ".board > .chart > figcaption").await, findings);
    let script = "return [...document.querySelectorAll('.board > .chart')].map(chart =>
        chart.querySelectorAll('details table tbody tr').length)";
    let rows: Vec<usize> = serde_json::from_value(browser.execute(script, vec![]).await).expect("numbers of rows");
    let n_rows: Vec<usize> = expected.iter().map(|it| it.rows.len()).collect();
    assert_eq!(rows, n_rows);
    // The gates come first, and the table of their numbers unfolds by keyboard.
    browser.tab_to("#chart-gates summary").await;
    browser.keys(&enter()).await;
    browser.wait_for("#chart-gates details[open] table").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn figure_followed_down_by_keyboard_shows_as_many_practices_and_its_parts_can_be_taken_out() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "dashboard", "Dashboard").await;
    browser.wait_for("#chart-overlap").await;
    let link = "#chart-overlap .bar-row a[href*='frameworks=3']";
    let script = "const row = document.querySelector(arguments[0]).closest('.bar-row');
        return parseInt(row.querySelector('.bar-value').innerText)";
    let shown = browser.execute(script, vec![serde_json::json!(link)]).await;
    let shown = usize::try_from(shown.as_u64().expect("a number")).expect("small");
    browser.tab_to(link).await;
    browser.keys(&enter()).await;
    browser.wait_for_text("main h1", "Practices").await;
    browser.wait_for("table.practices").await;
    assert!(shown > 0);
    assert_eq!(n_practices(&browser).await, shown);
    let chosen = app::texts(&browser, ".chosen .chip > span").await;
    assert_eq!(chosen, ["open gaps", "a gap that counts in 3 frameworks"]);

    browser.tab_to(".chosen li:last-child .chip-remove").await;
    browser.keys(&enter()).await;
    let (assessment, analysis) = sample_on(&app::today(&browser).await);
    let gaps = PracticeFilter::gaps()
        .matching(&CATALOGUE, &assessment, &analysis)
        .len();
    browser
        .wait_until("one part is left", async || {
            browser.n_elements(".chosen .chip").await == 1
        })
        .await;
    assert_eq!(n_practices(&browser).await, gaps);
    assert!(gaps > shown);

    let first = browser.text("table.practices tbody th a").await;
    browser.tab_to("table.practices tbody th a").await;
    browser.keys(&enter()).await;
    browser.wait_for(".question-title").await;
    let practice = CATALOGUE.practices.iter().find(|it| it.title() == first);
    let question = practice.expect("a practice").question();
    browser.wait_for_text(".question-title", question).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn figures_of_every_chart_lead_to_as_many_practices_as_they_show() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "dashboard", "Dashboard").await;
    browser.wait_for("#chart-basis").await;
    let script = "return [...document.querySelectorAll('.board td > a[href*=\"/practices\"]')]
        .filter(it => it.closest('details'))
        .map(it => [it.closest('.chart').id, it.hash, parseInt(it.firstChild.data)])";
    let figures: Vec<(String, String, usize)> =
        serde_json::from_value(browser.execute(script, vec![]).await).expect("figures");
    assert!(figures.len() > 100, "{}", figures.len());
    let mut charts: Vec<&str> = Vec::new();
    for (chart, hash, n) in figures.iter().step_by(STEP) {
        browser.goto(hash).await;
        browser.wait_for_text("main .lead", &format!("{n} of ")).await;
        assert_eq!(n_practices(&browser).await, *n, "{chart}: {hash}");
        charts.push(chart);
    }
    charts.dedup();
    assert_eq!(
        charts,
        [
            "chart-gates",
            "chart-readiness",
            "chart-burn-down",
            "chart-overlap",
            "chart-basis",
            "chart-facets"
        ]
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn figure_that_counts_requirements_says_so_where_it_leads() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "dashboard", "Dashboard").await;
    browser.wait_for(".tiles").await;
    browser
        .click("#chart-readiness .tiles a[href*='framework=iso27001-2022'][href*='group=A.7']")
        .await;
    browser.wait_for_text("main h1", "Practices").await;
    browser
        .wait_for_text("main", "These are the practices that they need.")
        .await;
    app::go(&browser, &id, "dashboard", "Dashboard").await;
    browser.click("#chart-gates .bar-label a[href*='gate=stage-1']").await;
    browser.wait_for_text("main h1", "Practices").await;
    browser
        .wait_for_text("main", "requirements clear. These are practices")
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn part_of_an_address_that_says_nothing_known_is_named_and_left_out() {
    let (browser, id) = with_sample().await;
    let page = "practices?gap=yes&standing=perhaps&plan=left-after:soon";
    app::go(&browser, &id, page, "Practices").await;
    browser
        .wait_for_text(
            "main .notice",
            "Not known, and left out of the choice: plan=left-after:soon, standing=perhaps.",
        )
        .await;
    assert_eq!(app::texts(&browser, ".chosen .chip > span").await, ["open gaps"]);
    browser.wait_for("table.practices tbody tr").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn printed_dashboard_shows_charts_and_no_tables() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "dashboard", "Dashboard").await;
    browser.wait_for("#chart-basis").await;
    browser.emulate_media("print", &[]).await;
    browser.settle().await;
    let script = "const seen = css => [...document.querySelectorAll(css)].filter(it => it.getClientRects().length > 0).length;
        return [seen('.board > .chart figcaption'), seen('.board .chart-data'), seen('.board .lines svg'), seen('.main-nav')]";
    assert_eq!(browser.execute(script, vec![]).await, serde_json::json!([7, 0, 1, 0]));
    browser.finish().await;
}
