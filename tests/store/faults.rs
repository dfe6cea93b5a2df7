//! A sink that fails at its n-th write, for every n: what was there before still opens with what it held.

use concord::catalogue::CATALOGUE;
use concord::domain::{Action, AssessmentId, ScopeText, Standing};
use concord::store::{AssessmentFile, Book, Library, LibraryError, MemorySink, Outbox, Sink, SinkError};

use super::support::{
    BACKUPS, Fault, Faulty, PLAN, REVIEW, copy, differing, head, id, library, open, place, place_in, put, sample,
    sink_with_older, sink_with_sample, stamp, writes_of,
};

/// Runs an operation against a sink that fails at its n-th write, for every n until it is no longer reached. `check` sees
/// the sink, healthy again, after each failure.
fn at_every_write<T>(
    start: &MemorySink,
    fault: Fault,
    operation: impl Fn(&Library<'_>) -> Result<T, LibraryError>,
    check: impl Fn(usize, Result<T, LibraryError>, &MemorySink),
) -> usize {
    for n in 0.. {
        let sink = Faulty::new(copy(start), fault, n);
        let result = operation(&library(&sink));
        if !sink.has_failed() {
            assert!(result.is_ok(), "no fault and yet no success");
            return n;
        }
        check(n, result, &sink.inner);
    }
    unreachable!("an operation has an end")
}

fn create(library: &Library<'_>) -> Result<Book, LibraryError> {
    library.create(id("new"), sample(), &stamp(2))
}

fn import(library: &Library<'_>) -> Result<Book, LibraryError> {
    let records = open(&sink_with_sample("x"), "x").records;
    library.import(id("new"), AssessmentFile::new(&CATALOGUE, records))
}

#[test]
fn failed_create_or_import_leaves_the_store_as_it_was() {
    let start = sink_with_sample("old");
    for operation in [create, import] {
        let n_writes = at_every_write(&start, Fault::Once, operation, |n, result, sink| {
            assert_eq!(result, Err(LibraryError::Sink(SinkError::Full)), "write {n}");
            assert_eq!(sink.contents(), start.contents(), "write {n}");
        });
        assert_eq!(n_writes, sample().slots().len() + 1, "each record and the head once");
    }
}

#[test]
fn browser_killed_during_create_or_import_leaves_no_half_assessment_in_the_list() {
    let start = sink_with_sample("old");
    for operation in [create, import] {
        at_every_write(&start, Fault::FromThereOn, operation, |n, result, sink| {
            assert!(result.is_err(), "write {n}");
            assert_eq!(open(sink, "old").assessment, sample(), "write {n}");
            assert_eq!(
                library(sink).open(&id("new")),
                Err(LibraryError::Missing(id("new"))),
                "write {n}"
            );
            let ids: Vec<AssessmentId> = library(sink)
                .survey()
                .expect("readable")
                .listings
                .into_iter()
                .map(|it| it.id)
                .collect();
            assert_eq!(ids, [id("old")], "write {n}");
            assert_eq!(
                operation(&library(sink)).map(|book| book.assessment),
                Ok(sample()),
                "the next try succeeds"
            );
        });
    }
}

#[test]
fn failed_migration_leaves_the_old_generation_open_with_its_content() {
    let start = sink_with_older("a");
    for fault in [Fault::Once, Fault::FromThereOn] {
        let n_writes = at_every_write(
            &start,
            fault,
            |it| it.open(&id("a")),
            |n, result, sink| {
                assert_eq!(
                    result,
                    Err(LibraryError::Sink(SinkError::Full)),
                    "{fault:?} at write {n}"
                );
                for key in start.contents().keys() {
                    assert_eq!(
                        sink.contents().get(key),
                        start.contents().get(key),
                        "{fault:?} at write {n}: {key}"
                    );
                }
                let opened = open(sink, "a");
                assert_eq!(opened.assessment, sample(), "{fault:?} at write {n}");
                assert_eq!(open(sink, "a"), opened, "{fault:?} at write {n}");
            },
        );
        assert_eq!(n_writes, sample().slots().len() + 1);
    }
}

#[test]
fn text_that_reads_back_otherwise_stops_the_switch() {
    let n_records = sample().slots().len();
    let start = sink_with_older("a");
    at_every_write(
        &start,
        Fault::Alters,
        |it| it.open(&id("a")),
        |n, result, sink| {
            if n < n_records {
                assert_eq!(result, Err(LibraryError::Sink(SinkError::ReadBack)), "write {n}");
                assert_eq!(sink.contents(), start.contents(), "write {n}");
            }
        },
    );
    let start = sink_with_sample("old");
    at_every_write(&start, Fault::Alters, create, |n, result, sink| {
        if n < n_records {
            assert_eq!(result, Err(LibraryError::Sink(SinkError::ReadBack)), "write {n}");
            assert_eq!(sink.contents(), start.contents(), "write {n}");
        }
    });
}

#[test]
fn leftovers_of_a_killed_migration_do_not_come_back_to_life() {
    let sink = sink_with_older("a");
    let ghost = r#"{"at":1,"body":{"standing":"in-place","note":"from a generation that never went live"}}"#;
    put(&sink, &place_in("a", 2, "answer", "incidents.lessons"), ghost);
    let migrated = open(&sink, "a");
    assert_eq!(migrated.assessment, sample());
    let opened = open(&sink, "a");
    assert_eq!(opened.assessment, sample());
    assert_eq!(opened, migrated);
}

#[test]
fn good_open_removes_the_generations_before_it() {
    let sink = sink_with_older("a");
    let migrated = open(&sink, "a");
    assert!(
        sink.contents().contains_key(&place("a", "answer", REVIEW.as_str())),
        "stays until the next good open"
    );
    let opened = open(&sink, "a");
    assert_eq!(opened, migrated);
    let mut expect = sample().slots().len();
    expect += 1;
    assert_eq!(sink.contents().len(), expect, "one generation and the head");
    assert_eq!(opened.assessment, sample());
}

#[test]
fn assessment_opens_even_if_the_old_generation_can_not_be_removed() {
    let start = sink_with_older("a");
    open(&start, "a");
    let sink = Faulty::new(copy(&start), Fault::FromThereOn, 0);
    let opened = library(&sink).open(&id("a"));
    assert!(sink.has_failed());
    assert_eq!(opened.map(|book| book.assessment), Ok(sample()));
}

#[test]
fn failed_record_write_is_brought_by_the_next_flush() {
    let actions = || {
        [
            Action::SetStanding(REVIEW, Standing::Partly),
            Action::SetStanding(BACKUPS, Standing::NotInPlace),
            Action::SetText(ScopeText::Name, "New name".to_owned()),
            Action::SetStanding(PLAN, Standing::NotAnswered),
            Action::SetNote(REVIEW, "again".to_owned()),
        ]
    };
    let start = sink_with_sample("a");
    for n in 0..actions().len() {
        for fault in [Fault::Once, Fault::FromThereOn] {
            let sink = Faulty::new(copy(&start), fault, n);
            let mut book = open(&sink, "a");
            let mut outbox = Outbox::default();
            let mut n_refused = 0;
            for action in actions() {
                outbox.add(writes_of(&mut book, action, 900));
                n_refused += usize::from(outbox.flush(&sink).is_err());
                let kept = open(&sink.inner, "a");
                assert_eq!(kept.aside, []);
                let lost = differing(&kept.assessment, &book.assessment);
                assert_eq!(
                    outbox.is_empty(),
                    lost.is_empty(),
                    "what is not stored is still in the outbox"
                );
            }
            assert!(n_refused > 0);
            outbox.flush(&sink.inner).expect("healthy again");
            assert_eq!(open(&sink.inner, "a"), book, "{fault:?} at write {n}");
        }
    }
}

#[test]
fn failed_removal_can_be_repeated_and_touches_no_other_assessment() {
    let start = sink_with_sample("a");
    library(&start)
        .create(id("b"), sample(), &stamp(2))
        .expect("there is room");
    library(&start).mark_deleted(&id("a"), Some(5)).expect("marks");
    for fault in [Fault::Once, Fault::FromThereOn] {
        at_every_write(
            &start,
            fault,
            |it| it.remove_deleted(&id("a")),
            |n, result, sink| {
                assert!(result.is_err(), "{fault:?} at write {n}");
                let head = library(sink).head(&id("a")).expect("the head goes last");
                assert_eq!(head.deleted_at, Some(5), "{fault:?} at write {n}");
                library(sink).remove_deleted(&id("a")).expect("the next try succeeds");
                assert!(
                    !sink.contents().keys().any(|key| key.starts_with("concord/1/a")),
                    "{fault:?} at write {n}"
                );
                assert_eq!(open(sink, "b").assessment, sample(), "{fault:?} at write {n}");
            },
        );
    }
}

#[test]
fn failed_delete_mark_changes_nothing() {
    let start = sink_with_sample("a");
    at_every_write(
        &start,
        Fault::Once,
        |it| it.mark_deleted(&id("a"), Some(5)),
        |_, result, sink| {
            assert_eq!(result, Err(LibraryError::Sink(SinkError::Full)));
            assert_eq!(sink.contents(), start.contents());
        },
    );
}

#[test]
fn create_under_an_id_that_is_taken_never_costs_what_is_there() {
    let start = sink_with_sample("new");
    for fault in [Fault::Once, Fault::FromThereOn, Fault::Alters] {
        for operation in [create, import] {
            for n in 0..40 {
                let sink = Faulty::new(copy(&start), fault, n);
                let result = operation(&library(&sink));
                if result.is_err() {
                    assert_eq!(open(&sink.inner, "new").assessment, sample(), "{fault:?} at write {n}");
                    assert!(sink.inner.contents().contains_key(&head("new")));
                }
            }
        }
    }
}

#[test]
fn sink_errors_reach_the_caller_as_they_are() {
    let mut sink = sink_with_sample("a");
    sink.is_blocked = true;
    assert_eq!(sink.keys("concord/"), Err(SinkError::Blocked));
    assert_eq!(
        library(&sink).open(&id("a")),
        Err(LibraryError::Sink(SinkError::Blocked))
    );
}
