//! The papers: the Statement of Applicability decided in place, its document control, controls of one's own, and SOC 2.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

/// A control that nobody has decided on in the sample.
const CONTROL: &str = "iso27001-2022/A.5.32";

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

fn row(requirement: &str) -> String {
    format!("main tr:has(th a[href$='requirement/{requirement}'])")
}

/// The controls that the Statement shows.
async fn controls(browser: &Browser) -> Vec<String> {
    app::texts(browser, "table.soa-table tbody th[scope=row]").await
}

#[tokio::test(flavor = "current_thread")]
async fn control_is_decided_in_place_by_keyboard() {
    let (browser, id) = with_sample().await;
    let record = format!("decision/{CONTROL}");
    assert_eq!(app::kept_body(&browser, &id, &record).await, Value::Null);
    app::go(&browser, &id, "soa?applies=Not%20decided", "Statement of Applicability").await;
    browser.wait_for(&row(CONTROL)).await;
    browser.tab_to(&format!("{} select", row(CONTROL))).await;
    browser.keys("App").await;
    app::wait_for_field(&browser, &id, &record, "included", json!([])).await;
    // The row has opened below, with the reasons next in the order of stops.
    browser.tab_to("#reason-legal").await;
    browser.keys(" ").await;
    app::wait_for_field(&browser, &id, &record, "included", json!(["legal"])).await;
    browser
        .tab_to(&app::field("soa-row", "iso27001-2022-A.5.32-0", "how"))
        .await;
    browser.keys("Licences are counted each quarter.").await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    let sheet = format!("soa-row/{CONTROL}");
    app::wait_for_field(
        &browser,
        &id,
        &sheet,
        "how",
        json!("Licences are counted each quarter."),
    )
    .await;
    browser.wait_for_text(&row(CONTROL), "Legal").await;
    browser.reload().await;
    browser.wait_for_text("main h1", "Statement of Applicability").await;
    browser.wait_for("table.soa-table tbody tr").await;
    assert!(
        !controls(&browser).await.iter().any(|it| it.contains("A.5.32")),
        "it is decided now"
    );
    app::go(&browser, &id, "soa", "Statement of Applicability").await;
    assert_eq!(
        browser
            .prop(&format!("{} select", row(CONTROL)), "value")
            .await
            .as_deref(),
        Some("in")
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn filters_of_the_statement_sit_in_the_address_and_survive_a_reload() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "soa", "Statement of Applicability").await;
    browser.wait_for("table.soa-table tbody tr").await;
    let all = controls(&browser).await;
    browser.choose("#filter-theme", "A.7").await;
    browser
        .wait_until("fewer rows are shown", async || {
            controls(&browser).await.len() < all.len()
        })
        .await;
    browser.choose("#filter-applies", "No").await;
    browser
        .wait_until("both filters are in the address", async || {
            let route = browser.route().await;
            route.contains("theme=A.7") && route.contains("applies=No")
        })
        .await;
    browser.settle().await;
    let excluded = controls(&browser).await;
    assert_eq!(excluded.len(), 3, "A.7.6, A.7.12 and A.7.13: {excluded:?}");
    assert!(excluded.iter().all(|it| it.starts_with("A.7.")), "{excluded:?}");
    browser.wait_for_text(".filter-count", "3 of ").await;
    browser.reload().await;
    browser.wait_for_text("main h1", "Statement of Applicability").await;
    browser
        .wait_until("the same rows are shown", async || controls(&browser).await == excluded)
        .await;
    assert_eq!(browser.prop("#filter-theme", "value").await.as_deref(), Some("A.7"));
    assert_eq!(browser.prop("#filter-applies", "value").await.as_deref(), Some("No"));
    browser.client().back().await.expect("there is a page before");
    browser.client().back().await.expect("there is a page before");
    browser
        .wait_until("all rows are shown again", async || controls(&browser).await == all)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn document_control_of_the_statement_is_edited_on_its_page() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "soa", "Statement of Applicability").await;
    app::unfold(&browser, "Document control:").await;
    let field = |name: &str| app::field("document", "iso27001-2022-6.1.3-1", name);
    browser.choose(&field("state"), "approved").await;
    browser.fill(&field("version"), "1.0").await;
    browser.fill(&field("approved_by"), "Anaïs Lefèvre").await;
    browser.click("main h1").await;
    app::set_day(&browser, &field("approved_on"), "2026-11-25").await;
    let record = "document/iso27001-2022/6.1.3#1";
    app::wait_for_field(&browser, &id, record, "approved_on", json!("2026-11-25")).await;
    let line = "Document control: Approved, version 1.0, approved by Anaïs Lefèvre, on 25 November 2026";
    browser.wait_for_text("details.section-folded > summary", line).await;
    // It is one document, in the register of documented information too.
    app::go(&browser, &id, "documents", "Documented information").await;
    browser.wait_for_text("main", "Anaïs Lefèvre").await;
    app::go(&browser, &id, "soa", "Statement of Applicability").await;
    browser.reload().await;
    browser.wait_for_text("details.section-folded > summary", line).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn control_of_ones_own_appears_in_the_statement() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "register/own-control", "Controls of your own").await;
    browser.click("#add-entry").await;
    let entry = app::open_entry(&browser, "own-control").await;
    let field = |name: &str| app::field("own-control", &entry, name);
    browser.fill(&field("code"), "X.9").await;
    browser.fill(&field("title"), "Two keys for the harbour master").await;
    browser.click("main h1").await;
    browser.choose(&field("status"), "planned").await;
    let record = format!("own-control/{entry}");
    app::wait_for_field(&browser, &id, &record, "status", json!("planned")).await;
    app::go(&browser, &id, "soa?theme=own", "Statement of Applicability").await;
    let row = format!("main tr:has(a[href$='register/own-control/{entry}'])");
    browser.wait_for_text(&row, "Two keys for the harbour master").await;
    browser.wait_for_text(&row, "Planned").await;
    browser.click(&format!("{row} a")).await;
    browser
        .wait_for_text("main h1", "Two keys for the harbour master")
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn soc2_papers_are_tabs_and_a_control_is_written_from_a_draft() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "soc2", "SOC 2 papers").await;
    for (tab, words) in [
        ("Description and assertion", "Subservice organisations"),
        ("Commitments", "Tidebook is available 99.8 %"),
        ("Control matrix", "One control for each practice"),
    ] {
        browser.click_path(&format!("//nav[@class='tabs']//a[.='{tab}']")).await;
        browser.wait_for_text("nav.tabs a[aria-current=page]", tab).await;
        browser.wait_for_text("main", words).await;
        assert_eq!(browser.n_elements("nav.tabs a[aria-current=page]").await, 1);
    }
    // The first control that nobody has written yet.
    browser.choose("#filter-written", "no").await;
    browser
        .wait_until("the filter is in the address", async || {
            browser.route().await.contains("written=no")
        })
        .await;
    browser.settle().await;
    let script = "const rows = [...document.querySelectorAll('table.rows-table tbody tr')];
        return rows.find(it => !it.hidden).querySelector('th a').getAttribute('href').split('/').pop()";
    let practice = browser.execute(script, vec![]).await;
    let practice = practice.as_str().expect("a control that is not written");
    let record = format!("operation/{practice}");
    let performed = async || app::kept_body(&browser, &id, &record).await["performed"].clone();
    let row = format!("main tr:has(th a[href$='question/{practice}'])");
    browser.click(&format!("{row} button")).await;
    browser.wait_for_text(&row, "Not written yet").await;
    let draft = browser.text(".draft blockquote").await;
    assert_eq!(performed().await, Value::Null, "a draft is not taken by itself");
    browser.click_button("Use as a start").await;
    browser
        .wait_until("the draft is kept", async || performed().await == json!(draft))
        .await;
    browser.wait_for_text(&row, &draft).await;
    browser.finish().await;
}
