//! A topic handed out as a file, answered alone and brought back.

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Field, FieldValue, PracticeId, Register, SheetKey, Slot, Standing, Topic, UndoOutcome,
    UndoStack, Value, apply,
};
use concord::store::{
    AssessmentFile, Book, FileError, HandOutError, MemorySink, Record, Returned, ReturnedState, bring_back, hand_out,
};

use super::support::{PLAN, REVIEW, change, id, key, library, open, sink_with_sample, stamp, words, writes_of};

const HANDED_OUT: i64 = 1_000;
const BRANCHES: PracticeId = PracticeId::new("source.branch-protection");
const SECRETS: PracticeId = PracticeId::new("source.secret-scanning");

fn source() -> &'static Topic {
    CATALOGUE.topic("source").expect("a topic")
}

fn operation(practice: PracticeId) -> SheetKey {
    SheetKey::practice(Register::Operation, practice)
}

fn performed(practice: PracticeId, text: &str) -> Action {
    let text = FieldValue::Text(text.to_owned());
    Action::SetField(operation(practice), Field::Performed, Some(text))
}

/// The book that hands out, with something on how the review operates.
fn ours() -> (MemorySink, Book) {
    let sink = sink_with_sample("ours");
    let mut book = open(&sink, "ours");
    change(
        &mut book,
        &sink,
        performed(REVIEW, "A second person approves in the tool"),
    );
    (sink, book)
}

fn handed_out(book: &Book) -> AssessmentFile {
    hand_out(book, &CATALOGUE, source(), stamp(HANDED_OUT))
}

/// What comes back after whoever got the file opened it and did these things.
fn answered_there(book: &Book, actions: Vec<Action>) -> Vec<u8> {
    let sink = MemorySink::default();
    let file = AssessmentFile::from_bytes(handed_out(book).to_text().as_bytes()).expect("a file");
    let mut there = library(&sink).import(id("there"), file).expect("there is room");
    for action in actions {
        writes_of(&mut there, action, 2_000);
    }
    AssessmentFile::new(&CATALOGUE, there.records).to_text().into_bytes()
}

fn back(book: &Book, bytes: &[u8]) -> Returned {
    bring_back(book, &CATALOGUE, bytes).expect("a topic")
}

fn states(returned: &Returned) -> Vec<(PracticeId, ReturnedState)> {
    returned.rows.iter().map(|it| (it.practice, it.state.clone())).collect()
}

fn taken(book: &Book, returned: &Returned) -> Assessment {
    let mut assessment = book.assessment.clone();
    apply(&mut assessment, &CATALOGUE, returned.take_in(|_| true)).expect("applies");
    assessment
}

#[test]
fn file_holds_the_scope_and_this_topic_only_and_opens_as_an_assessment_of_its_own() {
    let (_, book) = ours();
    let file = AssessmentFile::from_bytes(handed_out(&book).to_text().as_bytes()).expect("a file");
    let sink = MemorySink::default();
    let there = library(&sink).import(id("there"), file).expect("there is room");
    assert_eq!(there.assessment.name(), format!("Größe & Co: {}", source().title));
    assert_eq!(there.assessment.scope.frameworks, book.assessment.scope.frameworks);
    assert_eq!(there.assessment.scope.facts, book.assessment.scope.facts);
    let answered: Vec<&PracticeId> = there.assessment.answers.keys().collect();
    assert_eq!(answered, [&REVIEW]);
    assert_eq!(there.assessment.answer(REVIEW), book.assessment.answer(REVIEW));
    let sheets: Vec<&SheetKey> = there.assessment.sheets.keys().collect();
    assert_eq!(sheets, [&operation(REVIEW)]);
    assert!(there.assessment.decisions.is_empty());
    let mark = open(&sink, "there").records.get(&key("hand-out", "source")).cloned();
    assert_eq!(mark.map(|it| it.stamp.at), Some(HANDED_OUT));
}

#[test]
fn file_that_nobody_touched_changes_nothing() {
    let (_, book) = ours();
    let returned = back(&book, &answered_there(&book, Vec::new()));
    assert_eq!(returned.topic, source().id);
    assert_eq!((returned.handed_out_at, returned.is_from_here), (HANDED_OUT, true));
    assert_eq!(
        states(&returned),
        [(REVIEW, ReturnedState::Unchanged), (REVIEW, ReturnedState::Unchanged)]
    );
    assert_eq!(returned.n_left_out, 0);
    assert_eq!(taken(&book, &returned), book.assessment);
}

#[test]
fn what_was_answered_there_comes_back_with_owner_and_operation() {
    let (_, book) = ours();
    let another_way = Standing::AnotherWay {
        description: words("Pairing, noted in the commit"),
        risk: words("Nobody else sees a change"),
    };
    let there = vec![
        Action::SetOwner(BRANCHES, "Ben".to_owned()),
        Action::SetStanding(BRANCHES, another_way.clone()),
        Action::SetNote(BRANCHES, "Since spring".to_owned()),
        performed(BRANCHES, "The platform refuses direct pushes"),
        Action::SetStanding(REVIEW, Standing::NotAnswered),
        Action::SetOwner(REVIEW, String::new()),
        Action::SetNote(REVIEW, String::new()),
        // Not of the topic: it stays out.
        Action::SetStanding(PLAN, Standing::InPlace),
    ];
    let returned = back(&book, &answered_there(&book, there));
    let changed = |practice| (practice, ReturnedState::Changed);
    let mut found = states(&returned);
    found.retain(|(_, state)| *state != ReturnedState::Unchanged);
    found.sort_by_key(|(practice, _)| *practice);
    assert_eq!(found, [changed(BRANCHES), changed(BRANCHES), changed(REVIEW)]);
    assert_eq!(returned.n_left_out, 1);
    let after = taken(&book, &returned);
    let answer = after.answer(BRANCHES);
    assert_eq!((answer.standing, answer.owner.as_str()), (another_way, "Ben"));
    assert_eq!(
        after.sheet(operation(BRANCHES)).text(Field::Performed),
        "The platform refuses direct pushes"
    );
    assert_eq!(after.answer(REVIEW), concord::domain::Answer::default());
    assert_eq!(after.answer(PLAN), book.assessment.answer(PLAN));
}

#[test]
fn what_changed_here_since_the_hand_out_is_a_conflict() {
    let (_, mut book) = ours();
    let bytes = answered_there(
        &book,
        vec![
            Action::SetStanding(REVIEW, Standing::Partly),
            Action::SetStanding(SECRETS, Standing::InPlace),
        ],
    );
    writes_of(
        &mut book,
        Action::SetNote(REVIEW, "Changed here".to_owned()),
        HANDED_OUT + 1,
    );
    let returned = back(&book, &bytes);
    let state = |practice| {
        let row = returned.rows.iter().find(|it| it.slot == Slot::Answer(practice));
        row.map(|it| it.state.clone())
    };
    assert_eq!(state(REVIEW), Some(ReturnedState::Conflict));
    assert_eq!(state(SECRETS), Some(ReturnedState::Changed));
    // Only what is chosen is taken in.
    let mut assessment = book.assessment.clone();
    let is_change = |at: usize| returned.rows[at].state == ReturnedState::Changed;
    apply(&mut assessment, &CATALOGUE, returned.take_in(is_change)).expect("applies");
    assert_eq!(assessment.answer(REVIEW), book.assessment.answer(REVIEW));
    assert_eq!(assessment.answer(SECRETS).standing, Standing::InPlace);
}

#[test]
fn one_undo_takes_everything_back() {
    let (_, book) = ours();
    let there = vec![
        Action::SetStanding(REVIEW, Standing::Partly),
        Action::SetStanding(SECRETS, Standing::InPlace),
        performed(SECRETS, "A job scans every push"),
    ];
    let returned = back(&book, &answered_there(&book, there));
    let mut assessment = book.assessment.clone();
    let change = apply(&mut assessment, &CATALOGUE, returned.take_in(|_| true)).expect("applies");
    assert_eq!(change.touched.len(), 3);
    let mut undo = UndoStack::default();
    undo.remember(&change, &assessment, false);
    let UndoOutcome::Apply(action) = undo.take(&assessment) else {
        panic!("there is a step to take back");
    };
    apply(&mut assessment, &CATALOGUE, action).expect("applies");
    assert_eq!(assessment, book.assessment);
}

#[test]
fn topic_of_another_assessment_says_so() {
    let (_, book) = ours();
    let bytes = answered_there(&book, Vec::new());
    let sink = sink_with_sample("other");
    assert!(!back(&open(&sink, "other"), &bytes).is_from_here);
}

#[test]
fn answer_that_can_not_be_read_stays_out_and_the_rest_comes_back() {
    let (_, book) = ours();
    let bytes = answered_there(&book, vec![Action::SetStanding(SECRETS, Standing::InPlace)]);
    let text = String::from_utf8(bytes).expect("text");
    // Somebody edited the file by hand: a standing that does not exist.
    let broken = text.replacen("\"standing\": \"in-place\"", "\"standing\": \"splendid\"", 1);
    assert_ne!(broken, text);
    let returned = back(&book, broken.as_bytes());
    let is_refused = |it: &&ReturnedState| matches!(it, ReturnedState::Unreadable(_));
    assert_eq!(returned.rows.iter().map(|it| &it.state).filter(is_refused).count(), 1);
    let after = taken(&book, &returned);
    assert_eq!(
        after.value(Slot::Answer(REVIEW)),
        book.assessment.value(Slot::Answer(REVIEW))
    );
    assert!(matches!(after.value(Slot::Answer(SECRETS)), Value::Answer(_)));
}

#[test]
fn answer_that_can_not_be_so_is_refused() {
    let sink = sink_with_sample("ours");
    let book = open(&sink, "ours");
    let plan = CATALOGUE.topic("leadership").expect("a topic");
    let policy = CATALOGUE.practice("leadership.security-policy").expect("a practice").id;
    let mut file = hand_out(&book, &CATALOGUE, plan, stamp(HANDED_OUT));
    // A clause needs the policy: no page would have let this through.
    let body = serde_json::json!({ "standing": "not-applicable", "reason": "too small" });
    let record = Record {
        stamp: stamp(2_000),
        body: body.as_object().cloned().expect("an object"),
        ..Record::default()
    };
    file.records.insert(key("answer", policy.as_str()), record);
    let returned = back(&book, file.to_text().as_bytes());
    assert!(
        matches!(returned.rows[0].state, ReturnedState::Refused(_)),
        "{returned:?}"
    );
    assert_eq!(taken(&book, &returned), book.assessment);
}

#[test]
fn bad_files_say_why() {
    let (_, book) = ours();
    let refused = |bytes: &[u8]| bring_back(&book, &CATALOGUE, bytes).expect_err("refused");
    assert_eq!(refused(b"{}"), HandOutError::File(FileError::Foreign));
    let text = handed_out(&book).to_text();
    let cut = refused(&text.as_bytes()[..text.len() / 2]);
    assert!(matches!(cut, HandOutError::File(FileError::Damaged(_))), "{cut:?}");
    let whole = AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text();
    assert_eq!(refused(whole.as_bytes()), HandOutError::NotHandedOut);
    let renamed = text.replace("\"id\": \"source\"", "\"id\": \"sourcery\"");
    assert_eq!(
        refused(renamed.as_bytes()),
        HandOutError::UnknownTopic("sourcery".to_owned())
    );
    for error in [HandOutError::NotHandedOut, HandOutError::UnknownTopic("x".to_owned())] {
        assert!(!error.to_string().is_empty());
    }
}
