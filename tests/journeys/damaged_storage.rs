//! A storage that is blocked, and records that can't be read: the page says so and overwrites nothing.

use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

const PRACTICE: &str = "source.peer-review";
const OTHER: &str = "source.automated-merges";
/// Makes every look at the storage fail, as browsers do that block it.
const BLOCK: &str = "window.journeyStorage = Object.getOwnPropertyDescriptor(window, 'localStorage');
    Object.defineProperty(window, 'localStorage', { configurable: true,
    get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); } })";

#[tokio::test(flavor = "current_thread")]
async fn blocked_storage_is_said_on_the_start_page() {
    let browser = Browser::open(&Profile::fresh()).await;
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": BLOCK }))
        .await;
    app::open_start(&browser).await;
    browser
        .wait_for_text(
            "main [role=alert]",
            "Nothing can be kept here: the storage of this browser is blocked",
        )
        .await;
    browser.fill("#new-name", "Nowhere to go").await;
    browser.click_button("Begin").await;
    browser
        .wait_for_text(
            ".notices",
            "The assessment could not be begun: the storage of this browser is blocked.",
        )
        .await;
    app::pick(&browser, app::SAMPLE.as_ref()).await;
    browser
        .wait_for_text(
            ".notices",
            "The file was not opened: the storage of this browser is blocked.",
        )
        .await;
    browser.fill("#author", "Zofia").await;
    browser.click("main h1").await;
    browser.wait_for_text(".notices", "Your name could not be kept").await;
    browser.goto("#/a/abcdefghij/tasks").await;
    browser.wait_for_text("main h1", "can't be opened").await;
    assert_eq!(browser.n_elements(".lifeboat").await, 0);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn storage_that_is_blocked_midway_is_said_and_loses_nothing() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, PRACTICE).await;
    browser.execute(BLOCK, vec![]).await;
    app::choose(&browser, "not-in-place").await;
    browser.wait_for_text(".keep-status", "Not kept: blocked").await;
    assert_eq!(app::shown_standing(&browser).await, "not-in-place");
    browser
        .execute(
            "Object.defineProperty(window, 'localStorage', window.journeyStorage)",
            vec![],
        )
        .await;
    app::go_to_question(&browser, &id, OTHER).await;
    app::choose(&browser, "not-in-place").await;
    browser.wait_for_text(".keep-status", "Kept in this browser").await;
    for practice in [PRACTICE, OTHER] {
        app::wait_for_standing(&browser, &id, practice, "not-in-place").await;
    }
    browser.finish().await;
}

/// Puts a text under a key, as if it had gone bad.
async fn spoil(browser: &Browser, key: &str, text: &str) {
    browser
        .execute(
            "localStorage.setItem(arguments[0], arguments[1])",
            vec![json!(key), json!(text)],
        )
        .await;
}

/// How many practices are answered, as the page of questions says.
async fn n_answered(browser: &Browser) -> usize {
    let lead = browser.text("main .lead").await;
    let number = lead.split(' ').next().and_then(|word| word.parse().ok());
    number.unwrap_or_else(|| panic!("no number begins {lead:?}"))
}

async fn assert_record_is_set_aside(text: &str) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    let n_answered = n_answered(&browser).await;
    let key = format!("concord/1/{id}/1/answer/{PRACTICE}");
    assert!(app::kept(&browser).await.contains_key(&key));
    spoil(&browser, &key, text).await;
    let before = app::kept(&browser).await;
    browser.reload().await;
    let said = "1 record could not be read and was set aside. Nothing has been overwritten.";
    browser.wait_for_text(".notices .notice[data-tone=warn]", said).await;
    browser
        .wait_for_text("main .lead", &format!("{} of ", n_answered - 1))
        .await;
    assert_eq!(app::kept(&browser).await, before);
    app::go_to_question(&browser, &id, OTHER).await;
    assert_ne!(app::shown_standing(&browser).await, "", "the rest is there");
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, OTHER, "not-in-place").await;
    assert_eq!(app::kept(&browser).await[&key], text);

    app::go_to_question(&browser, &id, PRACTICE).await;
    assert_eq!(app::shown_standing(&browser).await, "");
    app::choose(&browser, "partly").await;
    app::wait_for_standing(&browser, &id, PRACTICE, "partly").await;
    let after = app::kept(&browser).await;
    let aside = after.iter().find(|(key, _)| key.starts_with("concord/aside/"));
    let (place, kept) = aside.expect("the text was set aside before its place was taken");
    assert!(place.ends_with(&key), "{place} names the place that it comes from");
    assert_eq!(kept, text);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn record_that_is_no_json_is_set_aside_and_the_rest_opens() {
    assert_record_is_set_aside("{\"at\": 17, \"body\": {\"stan").await;
}

#[tokio::test(flavor = "current_thread")]
async fn record_with_an_unknown_standing_is_set_aside_and_the_rest_opens() {
    assert_record_is_set_aside("{\"at\":1,\"by\":\"\",\"tab\":\"x\",\"body\":{\"standing\":\"excellent\"},\"zeal\":1}")
        .await;
}

#[tokio::test(flavor = "current_thread")]
async fn head_that_cannot_be_read_is_left_as_it_is() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    spoil(&browser, &format!("concord/1/{id}"), "{\"schema\": 1, \"gen").await;
    let before = app::kept(&browser).await;
    browser.reload().await;
    browser.wait_for_text("main h1", "can't be opened").await;
    browser.wait_for_text("main .lead", "Nothing has been changed.").await;
    browser.goto("#/").await;
    browser
        .wait_for_text(
            "main [role=alert]",
            "1 assessment could not be read and was left as it is.",
        )
        .await;
    browser.click_button("Download everything kept in this browser").await;
    let name = format!("concord-everything-{}.json", app::today(&browser).await);
    let saved: app::Texts = serde_json::from_slice(&browser.take_download(&name).await).expect("keys and texts");
    assert_eq!(saved, before);
    assert_eq!(app::kept(&browser).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn assessment_of_a_newer_version_is_shown_and_left_as_it_is() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    spoil(
        &browser,
        &format!("concord/1/{id}"),
        "{\"schema\":2,\"generation\":1,\"wings\":4}",
    )
    .await;
    let before = app::kept(&browser).await;
    browser.reload().await;
    browser.wait_for_text("main h1", "can't be opened").await;
    browser
        .wait_for_text("main .lead", "a newer version of Concord wrote this assessment")
        .await;
    browser.goto("#/").await;
    browser
        .wait_for_text(".card", "A newer version of Concord wrote this. It is left as it is")
        .await;
    assert_eq!(
        browser.n_elements(".card button, .card a").await,
        0,
        "nothing can be done with it by mistake"
    );
    assert_eq!(app::kept(&browser).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn tab_with_an_older_program_stops_writing_when_a_newer_one_takes_over() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, PRACTICE).await;
    let first = browser.open_tab().await;
    browser.goto("").await;
    browser.wait_for("#new-name").await;
    spoil(&browser, &format!("concord/1/{id}"), "{\"schema\":2,\"generation\":2}").await;
    let before: Value = json!(app::kept(&browser).await);
    browser.to_tab(first).await;
    browser.wait_for_text(".notices", "This tab writes nothing more").await;
    app::choose(&browser, "not-in-place").await;
    browser.settle().await;
    assert_eq!(json!(app::kept(&browser).await), before);
    browser.finish().await;
}
