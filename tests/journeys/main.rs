//! Journeys through the release build in a real browser. `cargo xtask test` builds the app, serves it, starts the
//! driver and then runs this program; on its own it has nothing to visit and fails.

mod browser;

use browser::{Browser, Profile};

#[tokio::test(flavor = "current_thread")]
async fn page_loads_and_asks_no_other_host() {
    let browser = Browser::open(&Profile::fresh()).await;
    browser.goto("").await;
    browser.wait_for("main, h1").await;
    browser.finish().await;
}
