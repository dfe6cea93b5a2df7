//! Listing, deleting, restoring, removing for good, and assessments that a newer version wrote.

use concord::domain::{Action, Assessment, ScopeText, Standing};
use concord::store::{LibraryError, MemorySink, SCHEMA, Survey};

use super::support::{
    BACKUPS, PLAN, REVIEW, change, head, id, library, open, place, put, sample, sink_with_sample, stamp,
};

#[test]
fn deleted_assessment_keeps_every_record_and_comes_back_whole() {
    let sink = sink_with_sample("a");
    let before = sink.contents();
    library(&sink).mark_deleted(&id("a"), Some(77)).expect("marks");
    let listings = library(&sink).survey().expect("readable").listings;
    assert_eq!(listings[0].deleted_at, Some(77));
    assert_eq!(open(&sink, "a").assessment, sample());
    library(&sink).mark_deleted(&id("a"), None).expect("restores");
    assert_eq!(library(&sink).survey().expect("readable").listings[0].deleted_at, None);
    assert_eq!(sink.contents(), before);
}

#[test]
fn only_a_deleted_assessment_is_removed_for_good() {
    let sink = sink_with_sample("a");
    library(&sink)
        .create(id("ab"), sample(), &stamp(2))
        .expect("there is room");
    put(&sink, "somebody-else", "not ours");
    let before = sink.contents();
    library(&sink).remove_deleted(&id("a")).expect("does nothing");
    assert_eq!(sink.contents(), before);
    library(&sink).mark_deleted(&id("a"), Some(77)).expect("marks");
    library(&sink).remove_deleted(&id("a")).expect("removes");
    assert_eq!(library(&sink).open(&id("a")), Err(LibraryError::Missing(id("a"))));
    assert_eq!(
        open(&sink, "ab").assessment,
        sample(),
        "an id that begins alike is another assessment"
    );
    let mut expect = before;
    expect.retain(|key, _| *key != head("a") && !key.starts_with("concord/1/a/"));
    assert_eq!(sink.contents(), expect);
}

#[test]
fn assessment_that_is_not_there_is_missing() {
    let sink = MemorySink::default();
    let missing = || LibraryError::Missing(id("a"));
    assert_eq!(library(&sink).open(&id("a")), Err(missing()));
    assert_eq!(library(&sink).mark_deleted(&id("a"), Some(1)), Err(missing()));
    assert_eq!(library(&sink).remove_deleted(&id("a")), Err(missing()));
    assert_eq!(library(&sink).survey(), Ok(Survey::default()));
}

#[test]
fn newer_schema_is_listed_and_refused_and_nothing_is_changed() {
    let sink = sink_with_sample("a");
    put(
        &sink,
        &head("a"),
        &format!(r#"{{"schema":{},"generation":1,"plan":"b"}}"#, SCHEMA + 1),
    );
    put(&sink, &place("a", "answer", REVIEW.as_str()), r#"{"v":2,"said":"yes"}"#);
    put(
        &sink,
        &place("a", "answer", BACKUPS.as_str()),
        "a form that only the newer version reads",
    );
    let before = sink.contents();
    let newer = || LibraryError::Newer(SCHEMA + 1);
    let survey = library(&sink).survey().expect("readable");
    assert_eq!((survey.listings.len(), survey.unreadable.len()), (1, 0));
    assert!(survey.listings[0].is_newer);
    assert_eq!(library(&sink).open(&id("a")), Err(newer()));
    assert_eq!(library(&sink).mark_deleted(&id("a"), Some(1)), Err(newer()));
    assert_eq!(library(&sink).remove_deleted(&id("a")), Err(newer()));
    assert_eq!(sink.contents(), before);
    let message = newer().to_string();
    assert!(message.contains("newer version"), "{message}");
}

#[test]
fn list_shows_the_last_changed_first_with_its_counts() {
    let sink = MemorySink::default();
    for (name, at) in [("a", 10), ("b", 30), ("c", 20)] {
        library(&sink)
            .create(id(name), sample(), &stamp(at))
            .expect("there is room");
    }
    let order = || -> Vec<String> {
        let listings = library(&sink).survey().expect("readable").listings;
        listings.into_iter().map(|it| it.id.to_string()).collect()
    };
    assert_eq!(order(), ["b", "c", "a"]);
    let mut book = open(&sink, "a");
    change(&mut book, &sink, Action::SetText(ScopeText::Name, "Renamed".to_owned()));
    change(&mut book, &sink, Action::SetStanding(PLAN, Standing::NotAnswered));
    assert_eq!(order(), ["a", "b", "c"]);
    let listings = library(&sink).survey().expect("readable").listings;
    let listing = &listings[0];
    assert_eq!(
        (listing.name(), listing.n_answers, listing.changed_at),
        ("Renamed", 2, 900)
    );
    assert!(!listing.is_newer);
}

#[test]
fn assessment_without_any_record_opens() {
    let sink = MemorySink::default();
    library(&sink)
        .create(id("a"), Assessment::default(), &stamp(1))
        .expect("there is room");
    let mut book = open(&sink, "a");
    assert_eq!(book.assessment, Assessment::default());
    change(&mut book, &sink, Action::SetStanding(REVIEW, Standing::Partly));
    assert_eq!(open(&sink, "a"), book);
}
