//! Files of several people: previewed, merged, undone; what both changed counts as the lower standing until it is settled.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use concord::catalogue::CATALOGUE;
use concord::domain::{Action, AssessmentId, PracticeId, ScopeText, Standing, apply};
use concord::store::{AssessmentFile, Book, Stamp};
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};
use crate::every_page::look_at;

/// In place in the sample.
const REVIEW: &str = "source.peer-review";
const OTHER: &str = "source.automated-merges";

/// What a colleague makes of the sample company, as a file: each action is one of hers, made a moment ago.
fn file_of(name: &str, actions: Vec<Action>) -> PathBuf {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("colleague").expect("an id");
    let mut book = Book::from_records(id, 1, file.records, &CATALOGUE);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let stamp = Stamp {
        at: i64::try_from(now.as_millis()).expect("in range"),
        by: "Bo".to_owned(),
        tab: "colleague".to_owned(),
    };
    for action in actions {
        let change = apply(&mut book.assessment, &CATALOGUE, action).expect("applies");
        book.write_slots(&change.touched, &stamp, &CATALOGUE);
    }
    let text = AssessmentFile::new(&CATALOGUE, book.records).to_text();
    app::file(name, text.as_bytes())
}

fn set(practice: &'static str, standing: Standing) -> Action {
    Action::SetStanding(PracticeId::new(practice), standing)
}

/// The file of a colleague who wrote a note on one practice and lowered another.
fn bo() -> PathBuf {
    let note = Action::SetNote(PracticeId::new(REVIEW), "Checked in May".to_owned());
    file_of("bo.json", vec![note, set(OTHER, Standing::NotInPlace)])
}

/// The sample, in which peer review has been lowered here.
async fn with_change_here() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, REVIEW).await;
    app::choose(&browser, "partly").await;
    app::wait_for_standing(&browser, &id, REVIEW, "partly").await;
    (browser, id)
}

async fn pick(browser: &Browser, paths: &[PathBuf]) {
    let all: Vec<String> = paths.iter().map(|it| it.display().to_string()).collect();
    let input = browser.wait_for("#merge-files").await;
    input.send_keys(&all.join("\n")).await.expect("files");
}

async fn preview(browser: &Browser, id: &str, paths: &[PathBuf]) {
    app::go(browser, id, "merge", "Merge").await;
    pick(browser, paths).await;
    browser.wait_for("table.merge-counts tbody tr").await;
}

/// The cells of the counts, row by row.
async fn counts(browser: &Browser) -> Vec<Vec<String>> {
    let script = "return [...document.querySelectorAll('table.merge-counts tbody tr')]
        .map(row => [...row.cells].map(cell => cell.innerText.trim()))";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("cells")
}

async fn merge(browser: &Browser) {
    browser.click("#merge").await;
    browser.wait_for("#merge-done").await;
}

async fn standing(browser: &Browser, id: &str, practice: &str) -> Value {
    app::kept_answer(browser, id, practice).await["standing"].clone()
}

#[tokio::test(flavor = "current_thread")]
async fn what_both_changed_counts_as_the_lower_standing_until_somebody_chooses() {
    let (browser, id) = with_change_here().await;
    let bo = bo();
    preview(&browser, &id, std::slice::from_ref(&bo)).await;
    let row = counts(&browser).await.remove(0);
    assert_eq!(row[0], "bo.json");
    assert_eq!([&row[1], &row[2], &row[4], &row[5]], ["0", "1", "0", "1"], "{row:?}");
    let conflicts = app::texts(&browser, "table.merge-conflicts tbody td").await;
    assert!(
        conflicts[0].contains("Standing: Partly") && conflicts[0].contains("(here)"),
        "{conflicts:?}"
    );
    assert!(
        conflicts[1].contains("Note: Checked in May") && conflicts[1].contains("Bo, "),
        "{conflicts:?}"
    );
    assert_eq!(
        standing(&browser, &id, OTHER).await,
        json!("in-place"),
        "nothing is changed by a look"
    );
    let mut problems = look_at(&browser, "merge-preview").await;
    merge(&browser).await;
    browser.wait_for("#merge-done:focus").await;
    assert_eq!(standing(&browser, &id, REVIEW).await, json!("partly"));
    assert_eq!(standing(&browser, &id, OTHER).await, json!("not-in-place"));

    // The question, the overview and lint say so.
    app::go_to_question(&browser, &id, REVIEW).await;
    browser.wait_for_text(".side-block .notice", "Two versions").await;
    app::go(&browser, &id, "overview", "Overview").await;
    browser.wait_for_text("main .notice", "1 conflict is open").await;
    app::go(&browser, &id, "lint", "Lint").await;
    browser.wait_for_text("main", "Two versions after a merge").await;

    browser.click_link("Answer: ").await;
    browser.wait_for_text("main h1", "Conflicts").await;
    problems.extend(look_at(&browser, "conflicts").await);
    browser.click_button("Take the other version").await;
    browser
        .wait_for_text("#conflicts-left", "Nothing is left to settle")
        .await;
    browser.wait_for("#conflicts-left:focus").await;
    app::wait_for_standing(&browser, &id, REVIEW, "in-place").await;
    assert_eq!(
        app::kept_answer(&browser, &id, REVIEW).await["note"],
        json!("Checked in May")
    );

    // Undo brings the conflict back, and a reload finds it; then keep what counts.
    app::undo(&browser).await;
    browser.wait_for_text("#conflicts-left", "1 conflict is left").await;
    app::wait_for_standing(&browser, &id, REVIEW, "partly").await;
    browser.reload().await;
    browser.wait_for("li.conflict").await;
    browser.click_button("Keep what counts now").await;
    browser
        .wait_for_text("#conflicts-left", "Nothing is left to settle")
        .await;
    browser.reload().await;
    browser
        .wait_for_text("#conflicts-left", "Nothing is left to settle")
        .await;
    assert_eq!(standing(&browser, &id, REVIEW).await, json!("partly"));

    // The same file once more brings nothing, nor does the one that both began with.
    preview(&browser, &id, &[bo, file_of("begun-with.json", Vec::new())]).await;
    browser.wait_for_text("main", "Nothing would change").await;
    assert!(!browser.has("#merge").await);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn merged_file_changes_nothing_the_second_time_and_the_merge_can_be_undone() {
    let (browser, id) = with_change_here().await;
    let before = app::records(&browser, &id).await;
    let bo = bo();
    preview(&browser, &id, std::slice::from_ref(&bo)).await;
    merge(&browser).await;
    let merged = app::records(&browser, &id).await;
    assert_ne!(merged, before);
    pick(&browser, std::slice::from_ref(&bo)).await;
    browser.wait_for_text("main", "Nothing would change").await;
    browser.click_button("Cancel").await;
    assert_eq!(app::records(&browser, &id).await, merged);

    browser.reload().await;
    app::go(&browser, &id, "conflicts", "Conflicts").await;
    browser.click_button("Keep what counts now").await;
    browser.wait_for_text("#conflicts-left", "Nothing is left").await;
    preview(
        &browser,
        &id,
        &[file_of("cy.json", vec![set(REVIEW, Standing::NotInPlace)])],
    )
    .await;
    let before = app::records(&browser, &id).await;
    merge(&browser).await;
    assert_eq!(standing(&browser, &id, REVIEW).await, json!("not-in-place"));
    browser.click_button("Undo the merge").await;
    browser.wait_for_text(".notices", "The merge is undone").await;
    assert_eq!(app::records(&browser, &id).await, before);
    assert_eq!(standing(&browser, &id, REVIEW).await, json!("partly"));
    browser.reload().await;
    app::go_to_question(&browser, &id, REVIEW).await;
    assert_eq!(app::shown_standing(&browser).await, "partly");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn bad_file_is_named_and_the_good_ones_beside_it_are_merged() {
    let (browser, id) = with_change_here().await;
    let cut = std::fs::read(app::SAMPLE).expect("the sample");
    let cut = app::file("cut.json", &cut[..cut.len() / 2]);
    let foreign = app::file("letter.json", b"Dear all");
    let cy = file_of(
        "cy.json",
        vec![Action::SetText(ScopeText::Commitments, "One hour".to_owned())],
    );
    let before = app::kept(&browser).await;
    preview(&browser, &id, &[cut, bo(), foreign, cy]).await;
    let said = app::texts(&browser, ".merge-bad .notice").await.join("\n");
    assert!(
        said.contains("cut.json was left out: the file is damaged or cut off"),
        "{said}"
    );
    assert!(
        said.contains("letter.json was left out: the file is not a Concord assessment"),
        "{said}"
    );
    let rows = counts(&browser).await;
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["bo.json", "cy.json", "Together"]);
    assert_eq!(rows[2][2], "2", "taken over from both: {rows:?}");
    assert_eq!(app::kept(&browser).await, before, "nothing is changed by a look");
    merge(&browser).await;
    assert_eq!(standing(&browser, &id, OTHER).await, json!("not-in-place"));
    assert_eq!(
        app::kept_body(&browser, &id, "scope/text.commitments").await["value"],
        json!("One hour")
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn version_before_can_be_downloaded_and_another_tab_stops_writing() {
    let (browser, id) = with_change_here().await;
    let first = browser.open_tab().await;
    let second = browser.tab().await;
    app::go_to_question(&browser, &id, OTHER).await;
    browser.to_tab(first).await;
    preview(&browser, &id, &[bo()]).await;
    merge(&browser).await;
    browser.click_button("Download the version before the merge").await;
    let name = format!("{id}-before-merge-{}.json", app::today(&browser).await);
    let bytes = browser.take_download(&name).await;
    let file = AssessmentFile::from_bytes(&bytes).expect("opens");
    let id_of = AssessmentId::parse("before").expect("an id");
    let before = Book::from_records(id_of, 1, file.records, &CATALOGUE);
    assert_eq!(
        before.assessment.answer(PracticeId::new(OTHER)).standing,
        Standing::InPlace
    );
    browser.to_tab(second).await;
    browser.wait_for_text(".notices", "was replaced or deleted there").await;
    browser.finish().await;
}
