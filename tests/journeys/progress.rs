//! Snapshots: taken by keyboard, compared with what came after, named, deleted and brought back, and in the report.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

/// A practice that the sample company has in place.
const PRACTICE: &str = "source.branch-protection";
const RAW: &str = "1AB%";

async fn go_to_progress(browser: &Browser, id: &str) {
    app::go(browser, id, "progress", "Progress").await;
    browser.wait_for("#snapshot-name").await;
}

async fn n_rows(browser: &Browser) -> usize {
    browser.n_elements("table.snapshots tbody tr").await
}

/// The ids and bodies of the snapshots that are kept.
async fn kept(browser: &Browser, id: &str) -> Vec<(String, Value)> {
    let bodies = app::bodies(browser, id).await;
    let snapshots = bodies
        .into_iter()
        .filter_map(|(key, body)| Some((key.strip_prefix("snapshot/")?.to_owned(), body)));
    snapshots.collect()
}

async fn press(browser: &Browser, key: Key) {
    browser.keys(&char::from(key).to_string()).await;
}

/// Takes a snapshot with the keyboard alone; returns its id.
async fn take_by_keyboard(browser: &Browser, id: &str, name: &str) -> String {
    let before = kept(browser, id).await;
    browser.tab_to("#snapshot-name").await;
    browser.keys(name).await;
    press(browser, Key::Enter).await;
    browser
        .wait_until("one more is kept", async || {
            kept(browser, id).await.len() == before.len() + 1
        })
        .await;
    let after = kept(browser, id).await;
    let new = after.iter().find(|it| !before.contains(it)).expect("a new one");
    assert_eq!(new.1["title"], json!(name));
    assert_eq!(new.1["on"], json!(app::today(browser).await));
    new.0.clone()
}

/// The rows of what moved: title, what moved, and why.
async fn moved(browser: &Browser) -> Vec<[String; 3]> {
    let script = "const text = it => it.innerText.trim();
        return [...document.querySelectorAll('table.moved tbody tr')]
            .map(row => [text(row.cells[0]), text(row.cells[3]), text(row.cells[4])])";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("rows")
}

fn title() -> &'static str {
    concord::catalogue::CATALOGUE
        .practice(PRACTICE)
        .expect("a practice")
        .title()
}

#[tokio::test(flavor = "current_thread")]
async fn snapshot_is_taken_by_keyboard_and_what_changes_after_it_shows_with_its_reason() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    go_to_progress(&browser, &id).await;
    assert_eq!(n_rows(&browser).await, 5);
    let taken = take_by_keyboard(&browser, &id, "Before the change").await;
    browser
        .wait_until("it stands in the list", async || n_rows(&browser).await == 6)
        .await;
    browser.wait_for_text(".notices", "Snapshot taken.").await;
    browser
        .wait_for_text("#main", "1 snapshot was taken today already")
        .await;
    let units: usize = browser
        .text("table.snapshots tbody tr:first-child td:nth-of-type(4)")
        .await
        .split(' ')
        .next()
        .and_then(|it| it.parse().ok())
        .expect("its size");
    assert!((700..=1024).contains(&units), "{units}");

    // Nothing has moved since.
    let compare = format!("compare?from={taken}");
    app::go(&browser, &id, &compare, "Compare").await;
    browser.wait_for_text(".finding-line", "nothing moved").await;
    assert_eq!(moved(&browser).await, Vec::<[String; 3]>::new());

    app::go_to_question(&browser, &id, PRACTICE).await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, PRACTICE, "not-in-place").await;
    app::go(&browser, &id, &compare, "Compare").await;
    browser
        .wait_for_text(".finding-line", "1 practice moved: 1 got worse")
        .await;
    let rows = moved(&browser).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let [practice, what, why] = &rows[0];
    assert_eq!((practice.as_str(), why.as_str()), (title(), "answered anew"));
    assert!(what.ends_with("to not in place"), "{what}");
    browser.assert_accessible().await;

    // From the row back to the question.
    browser.click("table.moved tbody th a").await;
    browser
        .wait_for_text(".question-title", app::question_of(PRACTICE))
        .await;

    // Both ends can be chosen, and sit in the address.
    app::go(&browser, &id, "compare", "Compare").await;
    browser.wait_for_text(".finding-line", "From 30 October 2026").await;
    browser.choose("#compare-from", "k2v7m3xa").await;
    browser.choose("#compare-to", "p5d1r0we").await;
    browser
        .wait_for_text(".finding-line", "From 2 February 2026 to 30 April 2026")
        .await;
    assert_eq!(
        browser.route().await,
        format!("/a/{id}/compare?from=k2v7m3xa&to=p5d1r0we")
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn snapshot_is_renamed_deleted_and_brought_back() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    go_to_progress(&browser, &id).await;
    let before = kept(&browser, &id).await;
    browser.fill("#snapshot-b5s3g2jm", "October board").await;
    press(&browser, Key::Tab).await;
    app::wait_for_field(&browser, &id, "snapshot/b5s3g2jm", "title", json!("October board")).await;
    app::undo(&browser).await;
    browser
        .wait_until("the name is back", async || kept(&browser, &id).await == before)
        .await;
    browser
        .wait_until("it is shown", async || {
            browser.prop("#snapshot-b5s3g2jm", "value").await.as_deref() == Some("Board meeting of October")
        })
        .await;
    browser
        .click_path("//table[contains(@class, 'snapshots')]//tr[1]//button[starts-with(., 'Delete')]")
        .await;
    browser
        .wait_for_text(
            ".notices",
            "Deleted: Snapshot of 30 October 2026, Board meeting of October.",
        )
        .await;
    assert_eq!(n_rows(&browser).await, 4);
    browser
        .click_path("//div[contains(@class, 'notices')]//button[.='Undo']")
        .await;
    browser
        .wait_until("it is back to the letter", async || kept(&browser, &id).await == before)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn first_snapshot_is_suggested_and_one_that_can_not_be_read_stays_to_the_letter() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    browser.fill("#new-name", "New company").await;
    browser.click_button("Begin").await;
    browser.wait_for_text("main h1", "Scope").await;
    let id = app::open_id(&browser).await;
    go_to_progress(&browser, &id).await;
    browser
        .wait_for_text("#main", "No snapshot has been taken yet. Take one now")
        .await;
    app::go(&browser, &id, "compare", "Compare").await;
    browser
        .wait_for_text("#main", "There is no snapshot to compare with yet")
        .await;
    go_to_progress(&browser, &id).await;
    let taken = take_by_keyboard(&browser, &id, "First").await;

    // Its states are damaged, as by another program.
    let script = "const key = Object.keys(localStorage).find(it => it.endsWith('/snapshot/' + arguments[0]));
        const record = JSON.parse(localStorage.getItem(key));
        record.body.states = arguments[1];
        localStorage.setItem(key, JSON.stringify(record))";
    browser.execute(script, vec![json!(taken), json!(RAW)]).await;
    browser.reload().await;
    browser.wait_for_text("#main", "Snapshots that can't be read").await;
    browser
        .wait_for_text(
            "#main .card",
            "It can't be read: the record of the answers is damaged at character 4.",
        )
        .await;
    take_by_keyboard(&browser, &id, "Second").await;
    assert_eq!(n_rows(&browser).await, 1, "the other one reads");
    let stays = app::kept_body(&browser, &id, &format!("snapshot/{taken}")).await;
    assert_eq!(stays["states"], json!(RAW));
    app::unfold(&browser, "Its text").await;
    browser.wait_for_text("pre.raw", &format!("states: {RAW}")).await;
    browser.assert_accessible().await;
    browser
        .click_path("//button[starts-with(., 'Download its text')]")
        .await;
    let text = browser.take_download(&format!("snapshot-{taken}.txt")).await;
    assert!(
        String::from_utf8(text)
            .expect("text")
            .contains(&format!("states: {RAW}\n"))
    );
    app::go(&browser, &id, &format!("compare?from={taken}"), "Compare").await;
    browser.wait_for_text("#main", "is not there or can't be read").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn report_shows_change_since_the_snapshot_that_is_chosen() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, PRACTICE).await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, PRACTICE, "not-in-place").await;
    app::go(&browser, &id, "export", "Export").await;
    let name = format!("harbour-pine-first-audit-{}-changes.csv", app::today(&browser).await);
    let rows = async || {
        let bytes = app::export(&browser, "export-change-since-a-snapshot", &name).await;
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).expect("a mark"));
        let rows = reader.records().map(|row| row.expect("a row"));
        rows.filter(|row| row.get(8) == Some(PRACTICE))
            .map(|row| row.get(5).unwrap_or_default().to_owned())
            .collect::<Vec<String>>()
    };
    let since_october = rows().await;
    assert!(
        since_october.iter().all(|it| it.contains("to not in place")),
        "{since_october:?}"
    );
    assert_eq!(since_october.len(), 1);
    // Since the kick-off it moved another way.
    browser.choose("#export-since", "k2v7m3xa").await;
    let since_start = rows().await;
    assert_ne!(since_start, since_october);
    browser.finish().await;
}
