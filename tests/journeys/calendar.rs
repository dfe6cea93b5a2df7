//! The calendar of records over the Type 2 window: holes by name, how they are closed, and what is shown without a window.

use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

/// A quarterly practice whose record of the third quarter is missing in the sample.
const REVIEW: &str = "access.service-accounts";
const HOLE: &str = "Q3 2026";

async fn at_calendar() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "calendar", "Calendar").await;
    (browser, id)
}

fn row(practice: &str) -> String {
    format!("main tr:has(a[href$='question/{practice}'])")
}

/// The practices that the table shows.
async fn shown(browser: &Browser) -> Vec<String> {
    app::texts(browser, "main section.section:has(form.filters) tbody th[scope=row]").await
}

#[tokio::test(flavor = "current_thread")]
async fn hole_is_shown_by_name_and_a_record_closes_it() {
    let (browser, id) = at_calendar().await;
    browser.wait_for_text(&row(REVIEW), &format!("Missing: {HOLE}")).await;
    browser.wait_for_text(&row(REVIEW), "Potential exception").await;
    let before = browser.text(&row(REVIEW)).await;
    let finding = browser.text("main section.section p").await;

    browser.click(&format!("{} a", row(REVIEW))).await;
    browser.wait_for_text(".question-title", app::question_of(REVIEW)).await;
    app::unfold(&browser, "How it operates, and its records").await;
    let field = app::field("operation", REVIEW, "records");
    app::set_day(&browser, &field, "2026-09-22").await;
    browser.click(&format!("form:has({field}) button[type=submit]")).await;
    let record = format!("operation/{REVIEW}");
    app::wait_for_field(
        &browser,
        &id,
        &record,
        "records",
        json!(["2026-03-30", "2026-06-29", "2026-09-22"]),
    )
    .await;
    browser.wait_for_text(".chips", "22 September 2026").await;

    app::go(&browser, &id, "calendar", "Calendar").await;
    browser.wait_for(&row(REVIEW)).await;
    let after = browser.text(&row(REVIEW)).await;
    assert!(
        !after.contains(HOLE) || after.contains(&format!("{HOLE}: held")),
        "{after}"
    );
    assert!(!after.contains("Missing:"), "{after}");
    assert_ne!(
        browser.text("main section.section p").await,
        finding,
        "one hole less is counted"
    );

    app::undo(&browser).await;
    browser
        .wait_until("the hole is back", async || browser.text(&row(REVIEW)).await == before)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn filter_of_the_calendar_sits_in_the_address_and_survives_a_reload() {
    let (browser, _) = at_calendar().await;
    let all = shown(&browser).await;
    browser.choose("#calendar-show", "missed").await;
    browser
        .wait_until("fewer practices are shown", async || {
            shown(&browser).await.len() < all.len()
        })
        .await;
    assert!(browser.route().await.ends_with("calendar?show=missed"));
    let missed = shown(&browser).await;
    assert!(
        !missed.is_empty() && missed.iter().all(|it| all.contains(it)),
        "{missed:?}"
    );
    let states = app::texts(
        &browser,
        "main section.section:has(form.filters) tbody td:nth-child(3) .tag",
    )
    .await;
    assert_eq!(states.len(), missed.len());
    assert!(states.iter().all(|it| it == "Potential exception"), "{states:?}");
    browser.reload().await;
    browser.wait_for_text("main h1", "Calendar").await;
    browser.wait_for(&row(REVIEW)).await;
    assert_eq!(shown(&browser).await, missed);
    assert_eq!(browser.prop("#calendar-show", "value").await.as_deref(), Some("missed"));
    browser.client().back().await.expect("there is a page before");
    browser
        .wait_until("all practices are shown again", async || shown(&browser).await == all)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn without_a_window_the_calendar_says_so_and_leads_to_the_scope() {
    let (browser, id) = at_calendar().await;
    assert!(!shown(&browser).await.is_empty());
    app::go(&browser, &id, "scope", "Scope").await;
    app::set_day(&browser, "#date-window-end", "").await;
    browser
        .wait_for_text("main", "until both stand here none is counted")
        .await;
    app::go(&browser, &id, "calendar", "Calendar").await;
    browser
        .wait_for_text("main", "The window of the Type 2 report is not stated")
        .await;
    assert_eq!(shown(&browser).await, Vec::<String>::new());
    browser.click_link("State the window").await;
    browser.wait_for_text("main h1", "Scope").await;
    assert!(browser.route().await.ends_with("/scope"));
    browser.finish().await;
}
