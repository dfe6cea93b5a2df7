//! A full or blocked store is an ordinary situation: nothing is lost, and what was not taken is brought later.

use concord::catalogue::CATALOGUE;
use concord::domain::apply;
use concord::store::{AssessmentFile, Book, LibraryError, MemorySink, Outbox, Sink, SinkError};
use proptest::prelude::*;

use super::support::{copy, differing, id, library, open, sample, sink_with_older, sink_with_sample, stamp};
use crate::random::{actions, config};

fn n_chars(sink: &MemorySink) -> usize {
    sink.contents().iter().map(|(key, text)| key.len() + text.len()).sum()
}

/// Tries an operation with every amount of free room from none to enough. Either it is done as a whole, or it says that
/// the store is full and has changed nothing.
fn check_at_every_size(start: &MemorySink, operation: impl Fn(&dyn Sink) -> Result<Book, LibraryError>) {
    let whole = copy(start);
    let done = operation(&whole).expect("without a quota there is room");
    let most = n_chars(&whole) + n_chars(start) + 100;
    let (mut n_full, mut n_done) = (0, 0);
    for quota in (n_chars(start)..most).step_by(13) {
        let mut sink = copy(start);
        sink.quota = Some(quota);
        match operation(&sink) {
            Ok(book) => {
                n_done += 1;
                assert_eq!(book, done, "quota {quota}");
                assert_eq!(sink.contents(), whole.contents(), "quota {quota}");
            }
            Err(error) => {
                n_full += 1;
                assert_eq!(error, LibraryError::Sink(SinkError::Full), "quota {quota}");
                assert_eq!(
                    sink.contents(),
                    start.contents(),
                    "quota {quota}: nothing is left behind, nothing is gone"
                );
            }
        }
    }
    assert!(n_full > 20, "too small to fit: {n_full}");
    assert!(n_done > 0, "large enough: {n_done}");
}

#[test]
fn create_in_a_full_store_is_done_as_a_whole_or_not_at_all() {
    let start = sink_with_sample("old");
    check_at_every_size(&start, |sink| library(sink).create(id("new"), sample(), &stamp(2)));
}

#[test]
fn import_in_a_full_store_is_done_as_a_whole_or_not_at_all() {
    let start = sink_with_sample("old");
    let file = AssessmentFile::new(&CATALOGUE, open(&start, "old").records);
    check_at_every_size(&start, |sink| library(sink).import(id("new"), file.clone()));
}

#[test]
fn migration_in_a_full_store_is_done_as_a_whole_or_not_at_all() {
    let start = sink_with_older("old");
    check_at_every_size(&start, |sink| library(sink).open(&id("old")));
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn changes_in_a_full_store_are_kept_in_the_outbox_and_brought_later(
        steps in actions(30),
        room in 0_usize..1500,
    ) {
        let mut sink = sink_with_sample("a");
        sink.quota = Some(n_chars(&sink) + room);
        let mut book = open(&sink, "a");
        let mut outbox = Outbox::default();
        let mut states = vec![book.assessment.clone()];
        for action in steps {
            let Ok(change) = apply(&mut book.assessment, &CATALOGUE, action) else { continue };
            outbox.add(book.write_slots(&change.touched, &stamp(2), &CATALOGUE));
            states.push(book.assessment.clone());
            match outbox.flush(&sink) {
                Ok(()) => prop_assert!(outbox.is_empty()),
                Err(error) => {
                    prop_assert_eq!(error, SinkError::Full);
                    prop_assert!(!outbox.is_empty());
                }
            }
            // Each slot reads as it was at some moment: never torn, never gone.
            let kept = open(&sink, "a");
            prop_assert_eq!(&kept.aside, &Vec::new());
            for slot in differing(&kept.assessment, &book.assessment) {
                let value = kept.assessment.value(slot);
                prop_assert!(states.iter().any(|state| state.value(slot) == value), "{:?} {:?}", slot, value);
            }
        }
        sink.quota = None;
        prop_assert_eq!(outbox.flush(&sink), Ok(()));
        prop_assert!(outbox.is_empty());
        prop_assert_eq!(open(&sink, "a"), book);
    }
}

#[test]
fn outbox_brings_only_the_newest_text_of_a_key() {
    let write = |key: &str, text: &str| concord::store::Write {
        key: key.to_owned(),
        text: Some(text.to_owned()),
    };
    let mut outbox = Outbox::default();
    outbox.add(vec![write("x", "old"), write("y", "other")]);
    outbox.add(vec![write("x", "new")]);
    let sink = MemorySink::default();
    outbox.flush(&sink).expect("there is room");
    let contents: Vec<(String, String)> = sink.contents().into_iter().collect();
    let expect = [("x", "new"), ("y", "other")].map(|(key, text)| (key.to_owned(), text.to_owned()));
    assert_eq!(contents, expect);
}

#[test]
fn blocked_store_refuses_everything_and_the_outbox_waits() {
    let mut sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let before = sink.contents();
    sink.is_blocked = true;
    let blocked = LibraryError::Sink(SinkError::Blocked);
    assert_eq!(library(&sink).survey(), Err(blocked.clone()));
    assert_eq!(library(&sink).open(&id("a")), Err(blocked.clone()));
    assert_eq!(
        library(&sink).create(id("b"), sample(), &stamp(2)),
        Err(blocked.clone())
    );
    assert_eq!(library(&sink).mark_deleted(&id("a"), Some(1)), Err(blocked.clone()));
    assert_eq!(library(&sink).remove_deleted(&id("a")), Err(blocked));
    let mut outbox = Outbox::default();
    let action = concord::domain::Action::SetStanding(super::support::REVIEW, concord::domain::Standing::Partly);
    outbox.add(super::support::writes_of(&mut book, action, 900));
    assert_eq!(outbox.flush(&sink), Err(SinkError::Blocked));
    assert!(!outbox.is_empty());
    assert_eq!(sink.contents(), before);
    sink.is_blocked = false;
    outbox.flush(&sink).expect("there is room");
    assert_eq!(open(&sink, "a"), book);
}

#[test]
fn every_refusal_is_said_in_one_plain_sentence() {
    let errors = [
        LibraryError::Sink(SinkError::Full),
        LibraryError::Sink(SinkError::Blocked),
        LibraryError::Sink(SinkError::ReadBack),
        LibraryError::Missing(id("a")),
        LibraryError::HeadUnreadable(id("a")),
        LibraryError::Newer(9),
    ];
    for error in errors {
        let message = error.to_string();
        assert!(message.len() > 20 && message.len() < 120, "{message}");
        assert!(
            message.starts_with(char::is_lowercase) && !message.ends_with('.'),
            "{message}"
        );
    }
}
