//! Two tabs on one profile: what one says the other learns, and neither overwrites what it does not know.

use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

const FIRST: &str = "source.peer-review";
const SECOND: &str = "source.automated-merges";
const ELSEWHERE: &str = "Changed in another tab";
const KEPT: &str = "Kept in this browser";

/// The sample company in two tabs, both at a question; the second tab is the one that is shown.
async fn in_two_tabs(first: &str, second: &str) -> (Browser, String, WindowHandle, WindowHandle) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, first).await;
    let before = browser.open_tab().await;
    app::go_to_question(&browser, &id, second).await;
    let tab = browser.tab().await;
    (browser, id, before, tab)
}

async fn answer(browser: &Browser, id: &str, practice: &str, standing: &str) {
    app::choose(browser, standing).await;
    app::wait_for_standing(browser, id, practice, standing).await;
}

#[tokio::test(flavor = "current_thread")]
async fn answer_in_one_tab_appears_in_the_other() {
    let (browser, id, a, b) = in_two_tabs(FIRST, FIRST).await;
    browser.wait_for_text(".keep-status", KEPT).await;
    browser.to_tab(a.clone()).await;
    answer(&browser, &id, FIRST, "not-in-place").await;
    browser.wait_for_text(".keep-status", KEPT).await;
    browser.to_tab(b.clone()).await;
    browser.wait_for("#standing-not-in-place:checked").await;
    browser.wait_for_text(".keep-status", ELSEWHERE).await;
    let before = app::records(&browser, &id).await;
    browser.settle().await;
    assert_eq!(app::records(&browser, &id).await, before, "taking in writes nothing");

    answer(&browser, &id, FIRST, "partly").await;
    browser.wait_for_text(".keep-status", KEPT).await;
    browser.to_tab(a).await;
    browser.wait_for("#standing-partly:checked").await;
    browser.wait_for_text(".keep-status", ELSEWHERE).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answers_to_different_questions_in_two_tabs_are_both_kept() {
    let (browser, id, a, b) = in_two_tabs(FIRST, SECOND).await;
    answer(&browser, &id, SECOND, "not-in-place").await;
    browser.to_tab(a.clone()).await;
    answer(&browser, &id, FIRST, "not-in-place").await;
    browser.to_tab(b).await;
    answer(&browser, &id, SECOND, "partly").await;
    browser.to_tab(a).await;
    answer(&browser, &id, FIRST, "partly").await;
    for practice in [FIRST, SECOND] {
        assert_eq!(
            app::kept_answer(&browser, &id, practice).await["standing"],
            json!("partly")
        );
    }
    browser.reload().await;
    for practice in [FIRST, SECOND] {
        app::go_to_question(&browser, &id, practice).await;
        assert_eq!(app::shown_standing(&browser).await, "partly");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn note_in_one_tab_and_standing_of_the_same_answer_in_the_other_are_both_kept() {
    let (browser, id, a, b) = in_two_tabs(FIRST, FIRST).await;
    browser.to_tab(a).await;
    browser
        .execute("document.querySelector('.answer-details').open = true", vec![])
        .await;
    browser.fill("#note", "Written in the first tab.").await;
    let is_kept = async || app::kept_answer(&browser, &id, FIRST).await["note"] == json!("Written in the first tab.");
    browser.wait_until("the note is kept", is_kept).await;
    browser.to_tab(b).await;
    browser.wait_for_text(".keep-status", ELSEWHERE).await;
    answer(&browser, &id, FIRST, "not-in-place").await;
    assert_eq!(
        app::kept_answer(&browser, &id, FIRST).await["note"],
        json!("Written in the first tab.")
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn tab_whose_assessment_was_deleted_elsewhere_writes_no_more_and_offers_to_load_anew() {
    let (browser, id, a, b) = in_two_tabs(FIRST, FIRST).await;
    browser.to_tab(a.clone()).await;
    browser.goto("#/").await;
    browser.click_button(&format!("Delete {}", app::SAMPLE_NAME)).await;
    browser.wait_for_text(".notices", "Deleted.").await;
    let before = app::kept(&browser).await;

    browser.to_tab(b).await;
    browser.wait_for_text(".notices", "This tab writes nothing more").await;
    browser.wait_for_text(".keep-status", ELSEWHERE).await;
    app::choose(&browser, "not-in-place").await;
    browser.settle().await;
    assert_eq!(app::kept(&browser).await, before, "the tab has written after all");
    browser.click_button("Undo").await;
    browser.settle().await;
    assert_eq!(app::kept(&browser).await, before, "undo has written after all");
    let is_true = app::kept_answer(&browser, &id, FIRST).await["standing"]
        .as_str()
        .map(str::to_owned);
    assert_eq!(
        Some(app::shown_standing(&browser).await),
        is_true,
        "the screen shows what is kept"
    );

    browser.to_tab(a).await;
    browser.click_button("Undo").await;
    browser.wait_for_text(".notices", "Restored.").await;
    let b = other_tab(&browser).await;
    browser.to_tab(b).await;
    browser.click_button("Load it anew").await;
    browser
        .wait_until("the tab is loaded anew", async || {
            browser.n_elements(".notices .notice").await == 0
        })
        .await;
    browser.wait_for_text(".keep-status", KEPT).await;
    answer(&browser, &id, FIRST, "not-in-place").await;
    browser.finish().await;
}

async fn other_tab(browser: &Browser) -> WindowHandle {
    let here = browser.tab().await;
    let all = browser.client().windows().await.expect("the tabs can be listed");
    all.into_iter().find(|tab| *tab != here).expect("there is another tab")
}

#[tokio::test(flavor = "current_thread")]
async fn tab_whose_assessment_was_replaced_elsewhere_writes_no_more() {
    let (browser, id, a, b) = in_two_tabs(FIRST, FIRST).await;
    browser.to_tab(b.clone()).await;
    // A step that undo could take back.
    answer(&browser, &id, FIRST, "partly").await;
    browser.to_tab(a).await;
    // Restore and merge will write a whole new generation and then the head; this does the same by hand.
    let script = "const id = arguments[0], head = JSON.parse(localStorage.getItem(`concord/1/${id}`));
        const from = `concord/1/${id}/${head.generation}/`, to = `concord/1/${id}/${head.generation + 1}/`;
        for (const key of Object.keys(localStorage).filter(key => key.startsWith(from)))
            localStorage.setItem(to + key.slice(from.length), localStorage.getItem(key));
        localStorage.setItem(`concord/1/${id}`, JSON.stringify({ ...head, generation: head.generation + 1 }));";
    browser.execute(script, vec![json!(id)]).await;
    let before = app::kept(&browser).await;
    browser.to_tab(b).await;
    browser.wait_for_text(".notices", "This tab writes nothing more").await;
    browser.chord(&char::from(Key::Control).to_string(), 'z').await;
    browser.settle().await;
    assert_eq!(app::kept(&browser).await, before, "undo has written after all");
    app::choose(&browser, "not-in-place").await;
    browser.settle().await;
    assert_eq!(app::kept(&browser).await, before, "the tab has written after all");
    browser.wait_for_text(".keep-status", "Changed in another tab").await;
    browser.click_button("Load it anew").await;
    browser
        .wait_until("the tab is loaded anew", async || {
            browser.n_elements(".notices .notice").await == 0
        })
        .await;
    browser.wait_for(".question-title").await;
    let standing = app::kept_answer(&browser, &id, FIRST).await["standing"].clone();
    assert_eq!(json!(app::shown_standing(&browser).await), standing);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn undo_of_a_step_that_another_tab_changed_since_gives_a_notice() {
    let (browser, id, a, b) = in_two_tabs(FIRST, FIRST).await;
    browser.to_tab(a.clone()).await;
    answer(&browser, &id, FIRST, "not-in-place").await;
    browser.to_tab(b).await;
    browser.wait_for("#standing-not-in-place:checked").await;
    answer(&browser, &id, FIRST, "partly").await;
    browser.to_tab(a).await;
    browser.wait_for("#standing-partly:checked").await;
    let before = app::kept(&browser).await;
    browser.click_button("Undo").await;
    browser
        .wait_for_text(".notices", "Not undone: another tab has changed this since.")
        .await;
    assert_eq!(app::kept(&browser).await, before);
    assert_eq!(app::shown_standing(&browser).await, "partly");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn reason_that_another_tab_rewrote_is_shown_as_it_is_now() {
    const EXCLUDED: &str = "physical.cabling";
    let (browser, id, a, b) = in_two_tabs(EXCLUDED, EXCLUDED).await;
    browser.to_tab(a).await;
    browser
        .fill("#not-applicable-reason", "Rewritten in the first tab.")
        .await;
    let is_kept =
        async || app::kept_answer(&browser, &id, EXCLUDED).await["reason"] == json!("Rewritten in the first tab.");
    browser.wait_until("the reason is kept", is_kept).await;
    browser.to_tab(b).await;
    browser.wait_for_text(".keep-status", ELSEWHERE).await;
    let is_shown = async || {
        browser.prop("#not-applicable-reason", "value").await.as_deref() == Some("Rewritten in the first tab.")
    };
    browser
        .wait_until("the second tab shows the new reason", is_shown)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn new_assessment_of_one_tab_appears_in_the_list_of_the_other() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    let a = browser.open_tab().await;
    app::open_sample(&browser).await;
    browser.to_tab(a).await;
    browser.wait_for_text(".card h3", app::SAMPLE_NAME).await;
    browser.finish().await;
}
