//! The start page: the list of assessments and what can be done with each.

use fantoccini::key::Key;
use serde_json::Value;

use crate::app::{self, SAMPLE_NAME, Texts};
use crate::browser::{Browser, Profile};

/// A start page with the sample company on it.
async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    browser.goto("#/").await;
    browser.wait_for_text(".card h3", SAMPLE_NAME).await;
    (browser, id)
}

async fn names(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.cards .card h3')].filter(it => !it.closest('details'))
        .map(it => it.innerText.trim())";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("names")
}

async fn wait_for_names(browser: &Browser, expected: &[&str]) {
    let is_so = async || {
        let mut names = names(browser).await;
        names.sort();
        names == expected
    };
    browser.wait_until(&format!("the list shows {expected:?}"), is_so).await;
}

#[tokio::test(flavor = "current_thread")]
async fn assessment_without_a_name_is_not_begun() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    browser.click_button("Begin").await;
    browser
        .wait_for_text("#new-name-error", "Give the assessment a name")
        .await;
    assert!(browser.has_focus("#new-name[aria-invalid=true]").await);
    assert_eq!(app::kept(&browser).await, Texts::new());
    browser.keys("First").await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text("main h1", "Scope").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn renamed_assessment_has_its_new_name_everywhere() {
    let (browser, id) = with_sample().await;
    browser.click_button(&format!("Rename {SAMPLE_NAME}")).await;
    browser.fill(&format!("#rename-{id}"), "Second audit, Łódź").await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    wait_for_names(&browser, &["Second audit, Łódź"]).await;
    browser.reload().await;
    wait_for_names(&browser, &["Second audit, Łódź"]).await;
    browser.click(".card h3 a").await;
    browser.wait_for_text(".app-bar-name", "Second audit, Łódź").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn duplicate_is_an_assessment_of_its_own() {
    let (browser, id) = with_sample().await;
    let before = app::records(&browser, &id).await;
    browser.click_button(&format!("Duplicate {SAMPLE_NAME}")).await;
    let copy_name = format!("{SAMPLE_NAME} (copy)");
    wait_for_names(&browser, &[SAMPLE_NAME, &copy_name]).await;
    browser.click_link(&copy_name).await;
    browser.wait_for_text(".app-bar-name", &copy_name).await;
    let copy = app::open_id(&browser).await;
    assert_ne!(copy, id);
    let (mut copied, mut original) = (app::records(&browser, &copy).await, before.clone());
    let name = copied.remove("scope/text.name").expect("the copy has a name");
    let name: Value = serde_json::from_str(&name).expect("a record is JSON");
    assert_eq!(name["body"]["value"], Value::from(copy_name));
    original.remove("scope/text.name");
    assert_eq!(copied, original);
    app::go_to_question(&browser, &copy, "source.peer-review").await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &copy, "source.peer-review", "not-in-place").await;
    assert_eq!(app::records(&browser, &id).await, before, "the original is untouched");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn deleted_assessment_comes_back_by_undo_and_by_restore() {
    let (browser, id) = with_sample().await;
    let before = app::kept(&browser).await;
    browser.click_button(&format!("Delete {SAMPLE_NAME}")).await;
    wait_for_names(&browser, &[]).await;
    browser
        .wait_for_text(".notices", "Its records stay until you remove it for good.")
        .await;
    browser.click_button("Undo").await;
    wait_for_names(&browser, &[SAMPLE_NAME]).await;
    assert_eq!(app::kept(&browser).await, before);

    browser.click_button(&format!("Delete {SAMPLE_NAME}")).await;
    wait_for_names(&browser, &[]).await;
    browser.reload().await;
    browser.click("details.deleted summary").await;
    browser.wait_for_text("details.deleted .card h3", SAMPLE_NAME).await;
    assert_eq!(app::records(&browser, &id).await, app::records_in(&before, &id));
    browser.click_button("Restore").await;
    wait_for_names(&browser, &[SAMPLE_NAME]).await;
    assert_eq!(app::kept(&browser).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn assessment_is_removed_for_good_only_when_asked_twice() {
    let (browser, _) = with_sample().await;
    browser.click_button(&format!("Delete {SAMPLE_NAME}")).await;
    browser.wait_for("details.deleted").await;
    let before = app::kept(&browser).await;
    browser.click("details.deleted summary").await;
    browser.click_button("Remove for good").await;
    browser
        .wait_for_text("details.deleted", "Really remove for good?")
        .await;
    assert_eq!(app::kept(&browser).await, before);
    browser.click_button("Really remove for good?").await;
    browser.wait_for_text(".notices", "Removed for good.").await;
    assert_eq!(app::kept(&browser).await, Texts::new());
    browser.wait_until_gone("details.deleted").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn everything_kept_can_be_downloaded() {
    let (browser, _) = with_sample().await;
    browser.fill("#author", "Zofia").await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    let has_author = async || app::kept(&browser).await.contains_key("concord/preference/author");
    browser.wait_until("the name of the person is kept", has_author).await;
    let before = app::kept(&browser).await;
    browser.click_button("Download everything kept in this browser").await;
    let name = format!("concord-everything-{}.json", app::today(&browser).await);
    let bytes = browser.take_download(&name).await;
    let texts: Texts = serde_json::from_slice(&bytes).expect("keys and texts");
    assert_eq!(texts, before);
    let mut after = app::kept(&browser).await;
    after.retain(|key, _| !key.starts_with("concord/preference/backup/"));
    assert_eq!(after, before, "only the backup is noted");
    browser.finish().await;
}
