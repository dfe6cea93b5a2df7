//! The lifeboat: after a panic and when the program does not arrive, everything kept can be taken away.

use serde_json::json;

use crate::app::{self, Texts};
use crate::browser::{Browser, Profile};

/// Asks the lifeboat for everything, and makes sure that it is everything.
async fn assert_everything_can_be_saved(browser: &Browser) {
    let kept = app::kept(browser).await;
    assert!(kept.len() > 300, "the sample company is there: {} keys", kept.len());
    browser.click("#lifeboat-download").await;
    browser
        .wait_for_text(".lifeboat [role=status]", &format!("{} records", kept.len()))
        .await;
    let bytes = browser.take_download("concord-everything.json").await;
    let saved: Texts = serde_json::from_slice(&bytes).expect("keys and texts");
    assert_eq!(saved, kept);
}

/// What is wrong with the state in which the lifeboat must hold the page.
async fn assert_input_is_stopped(browser: &Browser) {
    let script = "return [...document.body.children].filter(it => !it.inert && !it.classList.contains('lifeboat')).map(it => it.localName)";
    assert_eq!(
        browser.execute(script, vec![]).await,
        json!([]),
        "parts of the page that still take input"
    );
    assert!(
        browser.has_focus("#lifeboat-title").await,
        "{}",
        browser.focus_in_words().await
    );
    for _ in 0..6 {
        browser.keys("\u{e004}").await;
        assert!(
            browser.has_focus(".lifeboat *, body").await,
            "{}",
            browser.focus_in_words().await
        );
    }
    browser.assert_accessible().await;
}

#[tokio::test(flavor = "current_thread")]
async fn panic_stops_input_and_everything_kept_can_be_saved() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, "source.peer-review").await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, "source.peer-review", "not-in-place").await;
    browser.goto("#/gallery").await;
    browser.click("#provoke-panic").await;
    browser.wait_for_text(".lifeboat h1", "Concord has stopped").await;
    browser
        .wait_for_text(
            "#lifeboat-safe",
            "Every answer that was shown as kept is safe in this browser.",
        )
        .await;
    assert_input_is_stopped(&browser).await;
    assert_everything_can_be_saved(&browser).await;

    browser.click_button("Load the page anew").await;
    browser.wait_for_text("main h1", "Gallery").await;
    browser.wait_until_gone(".lifeboat").await;
    app::go_to_question(&browser, &id, "source.peer-review").await;
    assert_eq!(app::shown_standing(&browser).await, "not-in-place");
    browser
        .finish_after_errors(&["provoked in the gallery", "unreachable"])
        .await;
}

/// Loads the page anew without the files whose address ends like one of these.
async fn reload_without(browser: &Browser, patterns: &[&str]) {
    browser.cdp("Network.enable", json!({})).await;
    browser
        .cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": patterns })).await;
    browser.reload().await;
}

async fn assert_lifeboat_when_missing(pattern: &str, errors: &[&str]) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    reload_without(&browser, &[pattern]).await;
    browser
        .wait_for_text(".lifeboat h1", "Concord could not be loaded")
        .await;
    assert_input_is_stopped(&browser).await;
    assert_everything_can_be_saved(&browser).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
    browser.click_button("Load the page anew").await;
    browser.wait_for_text("main h1", "Questions").await;
    assert_eq!(app::open_id(&browser).await, id);
    browser.finish_after_errors(errors).await;
}

#[tokio::test(flavor = "current_thread")]
async fn program_that_does_not_arrive_leaves_the_lifeboat() {
    assert_lifeboat_when_missing("*_bg.wasm", &["Failed to fetch"]).await;
}

#[tokio::test(flavor = "current_thread")]
async fn script_that_does_not_arrive_leaves_the_lifeboat() {
    assert_lifeboat_when_missing("*/concord-*.js", &[]).await;
}

#[tokio::test(flavor = "current_thread")]
async fn lifeboat_fits_a_phone_in_light_and_dark() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_sample(&browser).await;
    browser.goto("#/gallery").await;
    browser.click("#provoke-panic").await;
    browser.wait_for(".lifeboat").await;
    browser.viewport(320, 640).await;
    browser.settle().await;
    browser.assert_no_horizontal_scroll().await;
    for is_dark in [false, true] {
        browser.dark(is_dark).await;
        browser.settle().await;
        browser.assert_accessible().await;
    }
    browser
        .finish_after_errors(&["provoked in the gallery", "unreachable"])
        .await;
}
