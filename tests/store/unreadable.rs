//! Text that can't be read is set aside and listed; everything else opens; nothing overwrites it.

use concord::domain::{Action, Assessment, Slot, Standing};
use concord::store::{AssessmentFile, LibraryError, MemorySink, RecordPlace, Sink};

use super::support::{
    BACKUPS, REVIEW, change, differing, head, id, key, library, open, place, put, sample, sink_with_older,
    sink_with_sample, stamp,
};
use concord::catalogue::CATALOGUE;

const BAD: &[(&str, &str)] = &[
    ("not JSON", "in place, I think"),
    ("cut off", r#"{"at":1,"by":"Ada","tab":"t","body":{"stand"#),
    ("empty", ""),
    ("not an object", "[1,2,3]"),
    ("body of the wrong type", r#"{"at":1,"body":"in-place"}"#),
    (
        "time of the wrong type",
        r#"{"at":"yesterday","body":{"standing":"in-place"}}"#,
    ),
    ("no standing", r#"{"at":1,"body":{"note":"hello"}}"#),
    ("standing of the wrong type", r#"{"at":1,"body":{"standing":7}}"#),
    (
        "unknown standing",
        r#"{"at":1,"body":{"standing":"mostly","note":"keep me"}}"#,
    ),
    (
        "blank reason",
        r#"{"at":1,"body":{"standing":"not-applicable","reason":" \t"}}"#,
    ),
    ("no reason", r#"{"at":1,"body":{"standing":"not-applicable"}}"#),
    (
        "blank risk",
        r#"{"at":1,"body":{"standing":"another-way","description":"x","risk":"","owner":"Ana"}}"#,
    ),
    (
        "no description",
        r#"{"at":1,"body":{"standing":"another-way","risk":"x","owner":"Ana"}}"#,
    ),
    (
        "blank owner",
        r#"{"at":1,"body":{"standing":"another-way","description":"x","risk":"x","owner":" "}}"#,
    ),
    (
        "blank supplier",
        r#"{"at":1,"body":{"standing":"inherited","supplier":""}}"#,
    ),
    (
        "facet of the wrong type",
        r#"{"at":1,"body":{"standing":"partly","facets":{"enforced":"yes"}}}"#,
    ),
    (
        "unknown basis",
        r#"{"at":1,"body":{"standing":"partly","basis":{"kind":"heard"}}}"#,
    ),
    (
        "no such day",
        r#"{"at":1,"body":{"standing":"partly","basis":{"kind":"said","on":"2025-02-30"}}}"#,
    ),
    (
        "in another order, with blanks and numbers that JSON readers round",
        "{ \"tab\": \"t\",\n  \"by\": \"Ada\", \"body\": {\"standing\": \"?\", \"n\": 12345678901234567890123, \"e\": 1.50}, \"at\": 1 }",
    ),
];

fn contains(sink: &MemorySink, text: &str) -> bool {
    sink.contents().values().any(|it| it == text)
}

#[test]
fn unreadable_answer_is_set_aside_as_it_is_and_the_rest_opens() {
    for (name, text) in BAD {
        let sink = sink_with_sample("a");
        let place = place("a", "answer", REVIEW.as_str());
        put(&sink, &place, text);
        let before = sink.contents();
        let book = open(&sink, "a");
        let aside: Vec<(&str, &str)> = book
            .aside
            .iter()
            .map(|it| (it.key.as_str(), it.text.as_str()))
            .collect();
        assert_eq!(aside, [(place.as_str(), *text)], "{name}");
        assert!(!book.aside[0].why.is_empty(), "{name}");
        assert_eq!(differing(&book.assessment, &sample()), [Slot::Answer(REVIEW)], "{name}");
        assert_eq!(
            book.assessment.answer(REVIEW),
            concord::domain::Answer::default(),
            "{name}"
        );
        assert_eq!(sink.contents(), before, "{name}: opening changes nothing");
    }
}

#[test]
fn changing_its_neighbours_leaves_an_unreadable_answer_where_it_is() {
    for (name, text) in BAD {
        let sink = sink_with_sample("a");
        let place = place("a", "answer", REVIEW.as_str());
        put(&sink, &place, text);
        let mut book = open(&sink, "a");
        change(&mut book, &sink, Action::SetStanding(BACKUPS, Standing::InPlace));
        assert_eq!(sink.read(&place).expect("readable").as_deref(), Some(*text), "{name}");
        assert_eq!(open(&sink, "a"), book, "{name}");
    }
}

#[test]
fn answering_an_unreadable_practice_moves_its_text_aside_first() {
    for (name, text) in BAD {
        let sink = sink_with_sample("a");
        let place = place("a", "answer", REVIEW.as_str());
        put(&sink, &place, text);
        let mut book = open(&sink, "a");
        let writes = super::support::writes_of(&mut book, Action::SetStanding(REVIEW, Standing::Partly), 900);
        let moved = writes
            .iter()
            .position(|it| it.text.as_deref() == Some(*text))
            .expect("moved aside");
        let taken = writes.iter().position(|it| it.key == place).expect("written");
        assert!(moved < taken, "{name}: first aside, then the place is taken");
        for write in &writes {
            sink.write(&write.key, write.text.as_deref()).expect("there is room");
        }
        let aside = sink.keys("concord/aside/").expect("readable");
        assert_eq!(aside.len(), 1, "{name}");
        assert!(aside[0].contains(&place), "{name}: {aside:?}");
        assert_eq!(
            sink.read(&aside[0]).expect("readable").as_deref(),
            Some(*text),
            "{name}"
        );
        let opened = open(&sink, "a");
        assert_eq!(opened.aside, [], "{name}");
        assert_eq!(opened.assessment.answer(REVIEW).standing, Standing::Partly, "{name}");
        change(&mut book, &sink, Action::SetStanding(REVIEW, Standing::InPlace));
        assert!(contains(&sink, text), "{name}");
    }
}

#[test]
fn place_that_goes_bad_twice_keeps_both_texts_aside() {
    let sink = sink_with_sample("a");
    let place = place("a", "answer", REVIEW.as_str());
    for (at, text) in [(1, "first damage"), (2, "second damage")] {
        put(&sink, &place, text);
        let mut book = open(&sink, "a");
        for write in super::support::writes_of(&mut book, Action::SetNote(REVIEW, format!("note {at}")), at) {
            sink.write(&write.key, write.text.as_deref()).expect("there is room");
        }
    }
    assert!(contains(&sink, "first damage"), "{:?}", sink.contents());
    assert!(contains(&sink, "second damage"));
}

#[test]
fn full_store_never_lets_an_answer_take_the_place_of_unreadable_text() {
    let mut sink = sink_with_sample("a");
    let place = place("a", "answer", REVIEW.as_str());
    put(&sink, &place, "damage");
    let mut book = open(&sink, "a");
    let mut outbox = concord::store::Outbox::default();
    outbox.add(super::support::writes_of(
        &mut book,
        Action::SetStanding(REVIEW, Standing::Partly),
        900,
    ));
    let n_chars: usize = sink.contents().iter().map(|(key, text)| key.len() + text.len()).sum();
    sink.quota = Some(n_chars);
    assert!(outbox.flush(&sink).is_err());
    outbox.add(super::support::writes_of(
        &mut book,
        Action::SetStanding(REVIEW, Standing::InPlace),
        901,
    ));
    assert!(outbox.flush(&sink).is_err());
    assert_eq!(sink.read(&place).expect("readable").as_deref(), Some("damage"));
    sink.quota = None;
    outbox.flush(&sink).expect("there is room");
    assert!(contains(&sink, "damage"));
    assert_eq!(open(&sink, "a").assessment, book.assessment);
}

#[test]
fn unreadable_scope_and_decision_are_set_aside_too() {
    let bad = [
        ("scope", "text.name", r#"{"at":1,"body":{"value":3}}"#),
        ("scope", "fact.premises", r#"{"at":1,"body":{"value":"no"}}"#),
        ("scope", "framework.soc2-2017", r#"{"at":1,"body":{"value":1}}"#),
        ("scope", "date.target", r#"{"at":1,"body":{"value":"soon"}}"#),
        ("scope", "count.sites", r#"{"at":1,"body":{"value":-1}}"#),
        (
            "decision",
            "iso27001-2022/A.8.30",
            r#"{"at":1,"body":{"justification":" "}}"#,
        ),
        (
            "decision",
            "iso27001-2022/A.5.1",
            r#"{"at":1,"body":{"included":["whim"]}}"#,
        ),
        (
            "decision",
            "iso27001-2022/A.5.2",
            r#"{"at":1,"body":{"justification":"x","review_on":"never"}}"#,
        ),
    ];
    let sink = sink_with_sample("a");
    for (kind, record, text) in bad {
        put(&sink, &place("a", kind, record), text);
    }
    let book = open(&sink, "a");
    let mut aside: Vec<&str> = book.aside.iter().map(|it| it.key.as_str()).collect();
    aside.sort_unstable();
    let mut expect = bad.map(|(kind, record, _)| place("a", kind, record));
    expect.sort();
    assert_eq!(aside, expect);
    assert_eq!(book.assessment.answers, sample().answers);
}

#[test]
fn too_long_stored_text_is_set_aside() {
    let sink = sink_with_sample("a");
    let note = "x".repeat(concord::domain::MAX_TEXT_CHARS + 1);
    let text = format!(r#"{{"at":1,"body":{{"standing":"partly","note":"{note}"}}}}"#);
    put(&sink, &place("a", "answer", REVIEW.as_str()), &text);
    let book = open(&sink, "a");
    assert_eq!(book.aside.len(), 1);
    assert_eq!(book.aside[0].text, text);
}

#[test]
fn deeply_nested_record_is_set_aside() {
    let sink = sink_with_sample("a");
    for depth in [200, 100_000] {
        let text = format!(r#"{{"body":{{"x":{}{}}}}}"#, "[".repeat(depth), "]".repeat(depth));
        put(&sink, &place("a", "risk", "r-1"), &text);
        let book = open(&sink, "a");
        assert_eq!(book.aside.len(), 1, "{depth}");
        assert_eq!(book.assessment, sample(), "{depth}");
    }
}

#[test]
fn key_of_an_unknown_form_is_set_aside_and_stays() {
    let sink = sink_with_sample("a");
    put(&sink, "concord/1/a/1/answer", "{}");
    let mut book = open(&sink, "a");
    assert_eq!(book.aside.len(), 1);
    assert_eq!(book.assessment, sample());
    change(&mut book, &sink, Action::SetStanding(REVIEW, Standing::Partly));
    assert_eq!(
        sink.read("concord/1/a/1/answer").expect("readable").as_deref(),
        Some("{}")
    );
}

#[test]
fn older_generation_stays_while_something_is_set_aside() {
    let sink = sink_with_sample("a");
    put(
        &sink,
        &super::support::place_in("a", 7, "answer", REVIEW.as_str()),
        "{}",
    );
    put(&sink, &place("a", "answer", BACKUPS.as_str()), "damage");
    open(&sink, "a");
    assert!(sink.contents().keys().any(|key| key.starts_with("concord/1/a/7/")));
    let mut book = open(&sink, "a");
    change(&mut book, &sink, Action::SetStanding(BACKUPS, Standing::Partly));
    open(&sink, "a");
    assert!(!sink.contents().keys().any(|key| key.starts_with("concord/1/a/7/")));
}

#[test]
fn unreadable_text_outlives_a_migration() {
    for (name, text) in BAD {
        let sink = sink_with_older("a");
        put(&sink, &place("a", "answer", REVIEW.as_str()), text);
        let book = open(&sink, "a");
        assert_eq!(book.generation, 2, "{name}");
        assert_eq!(book.aside.len(), 1, "{name}");
        assert!(contains(&sink, text), "{name}: after the migration");
        for round in 0..2 {
            let book = open(&sink, "a");
            assert_eq!(differing(&book.assessment, &sample()), [Slot::Answer(REVIEW)], "{name}");
            assert!(contains(&sink, text), "{name}: after open {round}");
        }
    }
}

#[test]
fn undecodable_record_of_a_file_is_kept_when_the_file_is_imported() {
    let mut records = open(&sink_with_sample("a"), "a").records;
    let text = r#"{"at":1,"by":"","tab":"","body":{"note":"keep me","standing":"mostly"}}"#;
    let record = concord::store::Record::from_text(text).expect("a record");
    records.insert(key("answer", REVIEW.as_str()), record.clone());
    let file =
        AssessmentFile::from_bytes(AssessmentFile::new(&CATALOGUE, records).to_text().as_bytes()).expect("opens");
    let sink = MemorySink::default();
    let imported = library(&sink).import(id("b"), file).expect("there is room");
    assert_eq!(imported.aside.len(), 1);
    assert_eq!(differing(&imported.assessment, &sample()), [Slot::Answer(REVIEW)]);
    let opened = open(&sink, "b");
    assert_eq!(
        opened.aside, imported.aside,
        "what could not be read is still listed after a restart"
    );
    assert_eq!(concord::store::Record::from_text(&opened.aside[0].text), Ok(record));
}

#[test]
fn unreadable_text_of_another_tab_is_not_overwritten_by_this_one() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let place = place("a", "answer", REVIEW.as_str());
    let text = r#"{"at":9,"body":{"standing":"mostly"}}"#;
    put(&sink, &place, text);
    let parsed = RecordPlace::parse(&place).expect("a place");
    let before = book.assessment.clone();
    assert_eq!(book.take_in(&parsed, Some(text), &CATALOGUE), None);
    assert_eq!(book.assessment, before);
    change(&mut book, &sink, Action::SetStanding(REVIEW, Standing::Partly));
    assert!(contains(&sink, text), "{:?}", sink.contents());
}

#[test]
fn unreadable_head_is_listed_aside_and_nothing_is_changed() {
    for text in [
        "",
        "{",
        "null",
        "7",
        r#"{"schema":"one","generation":1}"#,
        r#"{"schema":1}"#,
        r#"{"generation":1}"#,
    ] {
        let sink = sink_with_sample("a");
        library(&sink)
            .create(id("b"), sample(), &stamp(2))
            .expect("there is room");
        put(&sink, &head("a"), text);
        let before = sink.contents();
        let survey = library(&sink).survey().expect("readable");
        let aside = &survey.unreadable;
        let ids: Vec<&str> = survey.listings.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["b"], "{text}");
        assert_eq!(aside.len(), 1, "{text}");
        assert_eq!(
            (aside[0].key.as_str(), aside[0].text.as_str()),
            (head("a").as_str(), text)
        );
        let error = Err(LibraryError::HeadUnreadable(id("a")));
        assert_eq!(library(&sink).open(&id("a")), error, "{text}");
        let error = Err(LibraryError::HeadUnreadable(id("a")));
        assert_eq!(library(&sink).mark_deleted(&id("a"), Some(1)), error, "{text}");
        let error = Err(LibraryError::HeadUnreadable(id("a")));
        assert_eq!(library(&sink).remove_deleted(&id("a")), error, "{text}");
        assert_eq!(sink.contents(), before, "{text}");
    }
}

#[test]
fn listing_survives_any_unreadable_record() {
    for (name, text) in BAD {
        let sink = sink_with_sample("a");
        put(&sink, &place("a", "answer", REVIEW.as_str()), text);
        put(&sink, &place("a", "scope", "text.name"), text);
        let survey = library(&sink).survey().expect("readable");
        assert_eq!((survey.listings.len(), survey.unreadable.len()), (1, 0), "{name}");
        assert_eq!(survey.listings[0].name(), "", "{name}");
    }
}

#[test]
fn head_that_names_a_generation_without_records_removes_nothing() {
    let sink = sink_with_sample("a");
    put(&sink, &head("a"), r#"{"schema":1,"generation":12}"#);
    let book = open(&sink, "a");
    assert_eq!(book.assessment, Assessment::default());
    put(&sink, &head("a"), r#"{"schema":1,"generation":1}"#);
    assert_eq!(
        open(&sink, "a").assessment,
        sample(),
        "the only good generation is still there"
    );
}
