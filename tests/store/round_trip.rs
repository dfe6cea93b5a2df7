//! What was saved is what is opened: through the store, through the file, and through both.

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Basis, BasisKind, Decision, FrameworkId, MAX_TEXT_CHARS, RequirementId, ScopeText, Standing,
    Words, apply,
};
use concord::store::{AssessmentFile, Book, MemorySink, Outbox, Stamp};
use proptest::prelude::*;

use super::support::{BACKUPS, REVIEW, change, id, library, open, stamp, words};
use crate::random::{actions, apply_all, config, text, with_owner};

fn stamps() -> impl Strategy<Value = Stamp> {
    (any::<i64>(), text(), "[a-z0-9]{0,8}").prop_map(|(at, by, tab)| Stamp { at, by, tab })
}

/// The file of a book, as text.
fn file_text(book: &Book) -> String {
    AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text()
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn saved_as_a_whole_is_opened_as_it_was(actions in actions(60), stamp in stamps()) {
        let mut assessment = Assessment::default();
        apply_all(&mut assessment, actions);
        let sink = MemorySink::default();
        let made = library(&sink).create(id("a"), assessment.clone(), &stamp).expect("there is room");
        let opened = open(&sink, "a");
        prop_assert_eq!(&opened.assessment, &assessment);
        prop_assert_eq!(opened, made);
    }

    #[test]
    fn saved_change_by_change_is_opened_as_it_was(
        start in actions(20),
        steps in proptest::collection::vec((crate::random::action(), stamps()), 0..60),
    ) {
        let mut assessment = Assessment::default();
        apply_all(&mut assessment, start);
        let sink = MemorySink::default();
        let mut book = library(&sink).create(id("a"), assessment, &stamp(1)).expect("there is room");
        for (action, stamp) in steps.into_iter().flat_map(|(action, stamp)| {
            with_owner(action).into_iter().map(move |action| (action, stamp.clone()))
        }) {
            let Ok(change) = apply(&mut book.assessment, &CATALOGUE, action) else { continue };
            let mut outbox = Outbox::default();
            outbox.add(book.write_slots(&change.touched, &stamp, &CATALOGUE));
            outbox.flush(&sink).expect("there is room");
        }
        let opened = open(&sink, "a");
        prop_assert_eq!(&opened.aside, &Vec::new());
        prop_assert_eq!(opened, book);
    }

    #[test]
    fn file_opens_with_the_same_records_and_gives_the_same_text(start in actions(40), later in actions(20)) {
        let mut assessment = Assessment::default();
        apply_all(&mut assessment, start);
        let mut book = Book::from_assessment(id("a"), 1, assessment, &stamp(1), &CATALOGUE);
        for change in apply_all(&mut book.assessment, later) {
            book.write_slots(&change.touched, &stamp(2), &CATALOGUE);
        }
        let text = file_text(&book);
        let file = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
        prop_assert_eq!(&file.records, &book.records);
        prop_assert_eq!(&file.to_text(), &text);
        let sink = MemorySink::default();
        let imported = library(&sink).import(id("b"), file).expect("there is room");
        prop_assert_eq!(&imported.assessment, &book.assessment);
        let opened = open(&sink, "b");
        prop_assert_eq!(file_text(&opened), text);
        prop_assert_eq!(opened, imported);
    }
}

#[test]
fn file_with_a_byte_order_mark_opens() {
    let book = Book::from_assessment(id("a"), 1, super::support::sample(), &stamp(1), &CATALOGUE);
    let text = format!("\u{feff}{}", file_text(&book));
    let file = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
    assert_eq!(file.records, book.records);
}

/// A text is either refused, or it is there again after a restart.
fn check_text_is_refused_or_kept(name: &str, n_chars: usize, action: impl Fn(String) -> Action) {
    let sink = MemorySink::default();
    let mut book = library(&sink)
        .create(id("a"), super::support::sample(), &stamp(1))
        .expect("there is room");
    let before = book.assessment.clone();
    let result = apply(&mut book.assessment, &CATALOGUE, action("ä".repeat(n_chars)));
    assert_eq!(
        result.is_ok(),
        n_chars <= MAX_TEXT_CHARS,
        "{name} with {n_chars} characters: {result:?}"
    );
    let Ok(change) = result else {
        assert_eq!(book.assessment, before, "{name}");
        return;
    };
    let mut outbox = Outbox::default();
    outbox.add(book.write_slots(&change.touched, &stamp(2), &CATALOGUE));
    outbox.flush(&sink).expect("there is room");
    let opened = open(&sink, "a");
    assert_eq!(opened.aside, [], "{name}");
    assert_eq!(opened.assessment, book.assessment, "{name}");
    let file = AssessmentFile::from_bytes(file_text(&opened).as_bytes());
    assert!(file.is_ok(), "{name}: {:?}", file.err());
}

#[test]
fn text_of_any_field_that_is_taken_is_there_after_a_restart() {
    let as_words = |text: String| Words::new(&text).expect("not blank");
    let control = RequirementId::new(FrameworkId::Iso27001, "A.8.30");
    for n_chars in [MAX_TEXT_CHARS, MAX_TEXT_CHARS + 1] {
        let check = |name, action: &dyn Fn(String) -> Action| check_text_is_refused_or_kept(name, n_chars, action);
        check("scope text", &|text| Action::SetText(ScopeText::Statement, text));
        check("note", &|text| Action::SetNote(REVIEW, text));
        check("owner", &|text| Action::SetOwner(REVIEW, text));
        check("reason", &|text| {
            Action::SetStanding(REVIEW, Standing::NotApplicable { reason: as_words(text) })
        });
        check("supplier", &|text| {
            Action::SetStanding(
                BACKUPS,
                Standing::Inherited {
                    supplier: as_words(text),
                },
            )
        });
        check("description", &|text| {
            let (description, risk) = (as_words(text), words("late fixes"));
            Action::SetStanding(REVIEW, Standing::AnotherWay { description, risk })
        });
        check("risk", &|text| {
            let (description, risk) = (words("pairing"), as_words(text));
            Action::SetStanding(REVIEW, Standing::AnotherWay { description, risk })
        });
        check("basis", &|by| {
            let kind = BasisKind::Seen;
            Action::SetBasis(REVIEW, Some(Basis { kind, by, on: None }))
        });
        check("justification", &|text| {
            let (justification, approver, review_on) = (as_words(text), String::new(), None);
            let decision = Decision::Excluded {
                justification,
                approver,
                review_on,
            };
            Action::SetDecision(control, Some(decision))
        });
        check("approver", &|approver| {
            let (justification, review_on) = (words("nothing is bought in"), None);
            let decision = Decision::Excluded {
                justification,
                approver,
                review_on,
            };
            Action::SetDecision(control, Some(decision))
        });
    }
}

#[test]
fn emptied_answer_leaves_a_tombstone_that_stays() {
    let sink = super::support::sink_with_sample("a");
    let mut book = open(&sink, "a");
    let key = super::support::key("answer", super::support::PLAN.as_str());
    change(
        &mut book,
        &sink,
        Action::SetStanding(super::support::PLAN, Standing::NotAnswered),
    );
    let opened = open(&sink, "a");
    let record = &opened.records[&key];
    assert!(record.gone, "{record:?}");
    assert_eq!(record.stamp, stamp(900));
    assert!(!opened.assessment.answers.contains_key(&super::support::PLAN));

    let file = AssessmentFile::from_bytes(file_text(&opened).as_bytes()).expect("opens");
    assert!(file.records[&key].gone);
    let imported = library(&sink).import(id("b"), file).expect("there is room");
    assert_eq!(imported.records[&key], opened.records[&key]);
    assert_eq!(imported.assessment, opened.assessment);
}

#[test]
fn answer_given_again_takes_its_tombstone_away() {
    let sink = super::support::sink_with_sample("a");
    let mut book = open(&sink, "a");
    change(
        &mut book,
        &sink,
        Action::SetStanding(super::support::PLAN, Standing::NotAnswered),
    );
    change(
        &mut book,
        &sink,
        Action::SetStanding(super::support::PLAN, Standing::Partly),
    );
    let opened = open(&sink, "a");
    assert!(!opened.records[&super::support::key("answer", "incidents.plan")].gone);
    assert_eq!(
        opened.assessment.answer(super::support::PLAN).standing,
        Standing::Partly
    );
}

#[test]
fn slot_that_is_emptied_in_any_kind_reads_as_empty_after_a_restart() {
    let sink = super::support::sink_with_sample("a");
    let mut book = open(&sink, "a");
    for slot in book.assessment.slots() {
        let empty = Assessment::default().value(slot);
        change(&mut book, &sink, Action::Restore(vec![(slot, empty)]));
    }
    let opened = open(&sink, "a");
    assert_eq!(opened.assessment, Assessment::default());
    assert_eq!(opened.records.len(), super::support::sample().slots().len());
    assert!(opened.records.values().all(|record| record.gone));
}
