//! A full storage: what is on the screen stays there, is said not to be kept, and is kept as soon as there is room.

use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

const FIRST: &str = "source.peer-review";
const SECOND: &str = "source.automated-merges";
const THIRD: &str = "source.commit-identity";

/// Fills the storage to the last letter with keys that are not Concord's.
async fn fill(browser: &Browser) {
    let script = "let n = 0;
        for (let size = 1 << 20; size >= 1; size >>= 1) {
            try { for (;;) { localStorage.setItem(`filler/${n}`, 'x'.repeat(size)); n += 1; } } catch (error) {}
        }
        return n";
    assert_ne!(
        browser.execute(script, vec![]).await,
        json!(0),
        "the storage takes a filler"
    );
}

async fn make_room(browser: &Browser) {
    let script = "Object.keys(localStorage).filter(key => key.startsWith('filler/')).forEach(key => localStorage.removeItem(key))";
    browser.execute(script, vec![]).await;
}

/// Writes a note that is longer than any room that is left.
async fn write_note(browser: &Browser, note: &str) {
    browser
        .execute("document.querySelector('.answer-details').open = true", vec![])
        .await;
    browser.fill("#note", note).await;
    browser.click(".question-title").await;
}

/// The sample company, its id, and a note that the full storage has not taken.
async fn with_a_note_that_is_not_kept() -> (Browser, String, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, FIRST).await;
    fill(&browser).await;
    let note = "Only in memory. ".repeat(40);
    write_note(&browser, &note).await;
    browser.wait_for_text(".keep-status", "Not kept: full").await;
    (browser, id, note)
}

#[tokio::test(flavor = "current_thread")]
async fn answers_to_a_full_storage_are_kept_once_there_is_room() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, FIRST).await;
    fill(&browser).await;
    let before = app::kept(&browser).await;
    let note = "A note that is longer than what was there. ".repeat(12);
    write_note(&browser, &note).await;
    browser.wait_for_text(".keep-status", "Not kept: full").await;
    app::choose(&browser, "not-in-place").await;
    browser.settle().await;
    browser.wait_for_text(".keep-status", "Not kept: full").await;
    assert_eq!(app::kept(&browser).await, before, "the old texts are whole");
    app::go_to_question(&browser, &id, SECOND).await;
    app::choose(&browser, "not-in-place").await;
    browser.settle().await;
    browser.wait_for_text(".keep-status", "Not kept: full").await;
    app::go_to_question(&browser, &id, FIRST).await;
    assert_eq!(
        app::shown_standing(&browser).await,
        "not-in-place",
        "the answer is still on the screen"
    );
    assert_eq!(
        browser.prop("#note", "value").await.as_deref(),
        Some(note.as_str()),
        "so is the note"
    );

    make_room(&browser).await;
    app::go_to_question(&browser, &id, THIRD).await;
    app::choose(&browser, "not-in-place").await;
    browser.wait_for_text(".keep-status", "Kept in this browser").await;
    for practice in [FIRST, SECOND, THIRD] {
        app::wait_for_standing(&browser, &id, practice, "not-in-place").await;
    }
    browser.reload().await;
    app::go_to_question(&browser, &id, FIRST).await;
    assert_eq!(app::shown_standing(&browser).await, "not-in-place");
    assert_eq!(browser.prop("#note", "value").await.as_deref(), Some(note.as_str()));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answer_that_is_not_kept_can_still_be_exported() {
    let (browser, id, note) = with_a_note_that_is_not_kept().await;
    app::go(&browser, &id, "export", "Export").await;
    let name = format!(
        "harbour-pine-first-audit-{}-assessment.json",
        app::today(&browser).await
    );
    let bytes = app::export(&browser, "export-assessment-file--json-", &name).await;
    let text = String::from_utf8(bytes).expect("the file is text");
    assert!(text.contains(note.trim()), "the file holds what was not kept");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answer_that_is_not_kept_survives_a_look_at_the_start_page() {
    let (browser, id, note) = with_a_note_that_is_not_kept().await;
    browser.click("a.brand").await;
    browser.wait_for("#new-name").await;
    make_room(&browser).await;
    app::go_to_question(&browser, &id, FIRST).await;
    assert_eq!(browser.prop("#note", "value").await.as_deref(), Some(note.as_str()));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn assessment_that_does_not_fit_leaves_nothing_behind() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    fill(&browser).await;
    browser.fill("#new-name", "No room").await;
    browser.click_button("Begin").await;
    browser
        .wait_for_text(
            ".notices",
            "The assessment could not be begun: the storage of this browser is full.",
        )
        .await;
    assert!(app::kept(&browser).await.is_empty());
    app::pick(&browser, app::SAMPLE.as_ref()).await;
    browser
        .wait_for_text(
            ".notices",
            "The file was not opened: the storage of this browser is full. Nothing has been changed.",
        )
        .await;
    assert!(app::kept(&browser).await.is_empty());
    make_room(&browser).await;
    app::pick(&browser, app::SAMPLE.as_ref()).await;
    browser.wait_for_text("main h1", "Questions").await;
    browser.finish().await;
}
