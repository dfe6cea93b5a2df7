//! The pages that are fetched after the first: there without a network once the app is open, and missed with words.

use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

const LATER_CODE: &str = "*/later_*.wasm";

/// The later part starts from bytes that have all arrived, so it is there as soon as the browser says so.
async fn wait_for_later_part(browser: &Browser) {
    let script = "return performance.getEntriesByType('resource')\
        .some(it => it.name.includes('/later_') && it.responseEnd > 0)";
    browser
        .wait_until("the later part", async || {
            browser.execute(script, vec![]).await == json!(true)
        })
        .await;
    browser.settle().await;
}

#[tokio::test(flavor = "current_thread")]
async fn later_page_that_was_never_opened_opens_without_a_network() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    wait_for_later_part(&browser).await;
    browser.set_offline(true).await;
    app::go(&browser, &id, "gaps", "Gap register").await;
    app::go(&browser, &id, "crosswalk", "Crosswalk").await;
    browser.set_offline(false).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn later_page_that_does_not_arrive_says_so_and_comes_when_asked_again() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "export", "Export").await;
    browser.cdp("Network.enable", json!({})).await;
    browser
        .cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    browser
        .cdp("Network.setBlockedURLs", json!({ "urls": [LATER_CODE] }))
        .await;
    browser.reload().await;
    browser.wait_for_text("main h1", "This page has not arrived").await;
    browser.assert_accessible().await;
    app::go(&browser, &id, "tasks", "Questions").await;
    app::go(&browser, &id, "gaps", "This page has not arrived").await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
    browser.click_button("Try again").await;
    browser.wait_for_text("main h1", "Gap register").await;
    browser.finish_after_errors(&["Failed to fetch"]).await;
}
