//! Taking steps back, by button and by Ctrl+Z.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

const PRACTICE: &str = "source.peer-review";
const UNDO: &str = ".app-bar-tools button";

async fn at_question(practice: &str) -> (Browser, String, Value) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, practice).await;
    let before = app::kept_answer(&browser, &id, practice).await;
    (browser, id, before)
}

async fn wait_for_answer(browser: &Browser, id: &str, practice: &str, answer: &Value) {
    let is_back = async || app::kept_answer(browser, id, practice).await == *answer;
    browser
        .wait_until(&format!("the answer to {practice} is {answer}"), is_back)
        .await;
}

async fn ctrl_z(browser: &Browser) {
    browser.chord(&char::from(Key::Control).to_string(), 'z').await;
}

#[tokio::test(flavor = "current_thread")]
async fn steps_are_taken_back_one_by_one_by_the_button() {
    let (browser, id, before) = at_question(PRACTICE).await;
    let shown = app::shown_standing(&browser).await;
    assert!(
        browser.has(&format!("{UNDO}[disabled]")).await,
        "nothing to take back yet"
    );
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, PRACTICE, "not-in-place").await;
    app::go_to_question(&browser, &id, "source.automated-merges").await;
    let other = app::kept_answer(&browser, &id, "source.automated-merges").await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, "source.automated-merges", "not-in-place").await;
    browser.click(UNDO).await;
    wait_for_answer(&browser, &id, "source.automated-merges", &other).await;
    assert_eq!(
        app::kept_answer(&browser, &id, PRACTICE).await["standing"],
        json!("not-in-place")
    );
    browser.click(UNDO).await;
    wait_for_answer(&browser, &id, PRACTICE, &before).await;
    assert!(
        browser.has(&format!("{UNDO}[disabled]")).await,
        "nothing left to take back"
    );
    app::go_to_question(&browser, &id, PRACTICE).await;
    assert_eq!(app::shown_standing(&browser).await, shown);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn ctrl_z_takes_an_answer_back_and_the_screen_follows() {
    let (browser, id, before) = at_question(PRACTICE).await;
    let shown = app::shown_standing(&browser).await;
    assert_ne!(shown, "not-in-place");
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, PRACTICE, "not-in-place").await;
    assert!(browser.has_focus("#standing-not-in-place").await);
    ctrl_z(&browser).await;
    wait_for_answer(&browser, &id, PRACTICE, &before).await;
    assert_eq!(app::shown_standing(&browser).await, shown);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn words_of_an_answer_are_taken_back_on_the_screen_too() {
    const EXCLUDED: &str = "physical.cabling";
    let (browser, id, before) = at_question(EXCLUDED).await;
    browser.fill("#not-applicable-reason", "Another reason.").await;
    browser.click(".question-title").await;
    let is_kept = async || app::kept_answer(&browser, &id, EXCLUDED).await["reason"] == json!("Another reason.");
    browser.wait_until("the reason is kept", is_kept).await;
    browser.click(UNDO).await;
    wait_for_answer(&browser, &id, EXCLUDED, &before).await;
    let is_shown = async || {
        browser
            .prop("#not-applicable-reason", "value")
            .await
            .map(Value::from)
            .as_ref()
            == Some(&before["reason"])
    };
    browser
        .wait_until("the reason on the screen is the one that is kept", is_shown)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn note_typed_with_pauses_is_one_step() {
    let (browser, id, before) = at_question(PRACTICE).await;
    browser
        .execute("document.querySelector('.answer-details').open = true", vec![])
        .await;
    browser.click("#note").await;
    for words in ["One. ", "Two. ", "Three."] {
        let note = app::kept_answer(&browser, &id, PRACTICE).await["note"].clone();
        browser.keys(words).await;
        // The field keeps the focus: only the quiet commits.
        let is_kept = async || app::kept_answer(&browser, &id, PRACTICE).await["note"] != note;
        browser.wait_until(&format!("{words:?} is kept"), is_kept).await;
    }
    assert!(browser.has_focus("#note").await);
    browser.click(UNDO).await;
    wait_for_answer(&browser, &id, PRACTICE, &before).await;
    let is_shown = async || {
        browser.prop("#note", "value").await.map(Value::from)
            == Some(before.get("note").cloned().unwrap_or_else(|| json!("")))
    };
    browser
        .wait_until("the note on the screen is the one that is kept", is_shown)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn text_that_was_typed_last_is_kept_when_the_page_is_left_at_once() {
    let (browser, id, _) = at_question(PRACTICE).await;
    browser
        .execute("document.querySelector('.answer-details').open = true", vec![])
        .await;
    browser.click("#owner").await;
    browser.fill("#owner", "Ωμέγα").await;
    browser.reload().await;
    browser.wait_for(".question-title").await;
    assert_eq!(app::kept_answer(&browser, &id, PRACTICE).await["owner"], json!("Ωμέγα"));
    // Nor does leaving the page inside the app lose it.
    browser.fill("#owner", "Omega").await;
    browser.goto(&format!("#/a/{id}/overview")).await;
    browser.wait_for_text("main h1", "Overview").await;
    assert_eq!(app::kept_answer(&browser, &id, PRACTICE).await["owner"], json!("Omega"));
    browser.finish().await;
}
