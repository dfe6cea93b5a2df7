//! Sheets of registers: what was entered comes back, what this version does not know stays, and a hostile link is never
//! shown.

use chrono::NaiveDate;
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Choice, EntryId, Field, FieldKind, FieldValue, FrameworkId, PracticeId, Register,
    RequirementId, Sheet, SheetKey, Slot, SortedSet, Subject, Value, apply,
};
use concord::store::{AssessmentFile, Book, MemorySink, Record, RecordPlace, Sink, Write};

use super::support::{
    BACKUPS, PLAN, REVIEW, change, differing, id, key, library, open, place, put, sample, sink_with_sample, stamp,
    writes_of,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

fn entry(text: &str) -> EntryId {
    EntryId::parse(text).expect("an id")
}

fn evidence(text: &str) -> SheetKey {
    SheetKey::entry(Register::Evidence, entry(text))
}

fn clause(code: &'static str) -> RequirementId {
    RequirementId::new(FrameworkId::Iso27001, code)
}

/// A value that a field takes.
fn value(kind: FieldKind) -> FieldValue {
    match kind {
        FieldKind::Text | FieldKind::Artefact => FieldValue::Text("Größe = \"1\"".to_owned()),
        FieldKind::Long => FieldValue::Text("one\n\ttwo \u{2028} 😀".to_owned()),
        FieldKind::Link => FieldValue::Text("https://example.org/a?b=c#d".to_owned()),
        FieldKind::Hash => FieldValue::Text("00ff".repeat(16)),
        FieldKind::Date => FieldValue::Date(day(2, 28)),
        FieldKind::Count { most } => FieldValue::Count(most),
        FieldKind::Choice(choices) => FieldValue::Choice(*choices.last().expect("a choice")),
        FieldKind::Choices(choices) => FieldValue::Choices(choices.iter().copied().collect()),
        FieldKind::Practices => FieldValue::Practices(SortedSet::from_iter([REVIEW, BACKUPS])),
        FieldKind::Requirements => FieldValue::Requirements(SortedSet::from_iter([
            clause("A.8.32"),
            RequirementId::new(FrameworkId::Soc2, "CC8.1"),
        ])),
        FieldKind::Entries(_) => FieldValue::Entries(SortedSet::from_iter([entry("aaaa0000"), entry("bbbb1111")])),
        FieldKind::Dates => FieldValue::Dates(SortedSet::from_iter([day(3, 31), day(6, 30)])),
    }
}

/// A subject of every kind that a register takes.
fn subjects(register: Register) -> Vec<Subject> {
    let tie = Subject::Tie(PracticeId::new("pipeline.sbom"), clause("A.5.21"));
    let all = [
        Subject::Entry(entry("zz99zz99")),
        Subject::Practice(REVIEW),
        Subject::Requirement(clause("6.1.3"), 0),
        Subject::Requirement(clause("6.1.3"), 2),
        Subject::Number(9),
        tie,
    ];
    all.into_iter().filter(|it| register.suits(*it)).collect()
}

/// A sheet in each register for each kind of subject, with every field filled.
fn full() -> Assessment {
    let mut assessment = sample();
    for register in Register::ALL.iter().copied() {
        for subject in subjects(register) {
            let sheet = register
                .fields()
                .iter()
                .fold(Sheet::default(), |sheet, spec| sheet.with(spec.field, value(spec.kind)));
            let put = Action::PutSheet(SheetKey { register, subject }, sheet);
            apply(&mut assessment, &CATALOGUE, put).expect("applies");
        }
    }
    assessment
}

#[test]
fn sheet_of_every_register_with_every_field_is_opened_as_it_was() {
    let assessment = full();
    for register in Register::ALL.iter().copied() {
        let n = assessment.register(register).count();
        assert_eq!(n, subjects(register).len(), "{register:?}");
        assert!(n > 0, "{register:?}");
    }
    let sink = MemorySink::default();
    let made = library(&sink)
        .create(id("a"), assessment.clone(), &stamp(1))
        .expect("there is room");
    let opened = open(&sink, "a");
    assert_eq!(opened.aside, []);
    assert_eq!(differing(&opened.assessment, &assessment), []);
    assert_eq!(opened, made);

    let text = AssessmentFile::new(&CATALOGUE, opened.records.clone()).to_text();
    let file = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
    assert_eq!(file.to_text(), text);
    let imported = library(&sink).import(id("b"), file).expect("there is room");
    assert_eq!(imported.assessment, assessment);
    assert_eq!(imported.records, opened.records);
}

#[test]
fn field_that_is_filled_and_emptied_one_by_one_is_there_or_gone_after_a_restart() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let key = evidence("abcd0123");
    for spec in Register::Evidence.fields() {
        change(
            &mut book,
            &sink,
            Action::SetField(key, spec.field, Some(value(spec.kind))),
        );
        let opened = open(&sink, "a");
        assert_eq!(
            opened.assessment.sheet(key).get(spec.field),
            Some(&value(spec.kind)),
            "{spec:?}"
        );
    }
    for spec in Register::Evidence.fields() {
        change(&mut book, &sink, Action::SetField(key, spec.field, None));
        let opened = open(&sink, "a");
        assert_eq!(opened.assessment.sheet(key).get(spec.field), None, "{spec:?}");
    }
    assert_eq!(open(&sink, "a").assessment, sample());
}

/// A piece of evidence as a later version may have written it.
const LATER: &str = r#"{"at":7,"by":"Bo","tab":"t","merged_from":"b7","body":{"due":"2026-12-01","practices":["source.peer-review","delivery.two-person-release"],"state":"under-discussion","title":"Merges","weight":{"of":[1,2.5]}}}"#;

#[test]
fn what_a_later_version_wrote_is_written_back_after_an_edit_of_another_field() {
    let sink = sink_with_sample("a");
    put(&sink, &place("a", "evidence", "abcd0123"), LATER);
    let mut book = open(&sink, "a");
    assert_eq!(book.aside, []);
    let sheet = book.assessment.sheet(evidence("abcd0123"));
    assert_eq!(sheet.text(Field::Title), "Merges");
    assert_eq!(
        sheet.choice(Field::State),
        None,
        "an unknown choice is not shown as another"
    );
    assert_eq!(sheet.practices(Field::Practices).collect::<Vec<_>>(), [REVIEW]);

    let owner = FieldValue::Text("Jörg".to_owned());
    change(
        &mut book,
        &sink,
        Action::SetField(evidence("abcd0123"), Field::Owner, Some(owner)),
    );
    let opened = open(&sink, "a");
    let record = &opened.records[&key("evidence", "abcd0123")];
    let expected = serde_json::json!({
        "due": "2026-12-01",
        "owner": "Jörg",
        "practices": ["source.peer-review", "delivery.two-person-release"],
        "state": "under-discussion",
        "title": "Merges",
        "weight": {"of": [1, 2.5]},
    });
    assert_eq!(serde_json::Value::Object(record.body.clone()), expected);
    assert_eq!(record.extra.get("merged_from"), Some(&serde_json::json!("b7")));
}

#[test]
fn choice_and_list_that_a_person_sets_keep_the_unknown_members_and_replace_the_unknown_choice() {
    let sink = sink_with_sample("a");
    put(&sink, &place("a", "evidence", "abcd0123"), LATER);
    let mut book = open(&sink, "a");
    let practices = FieldValue::Practices(SortedSet::from_iter([BACKUPS]));
    let state = FieldValue::Choice(Choice::Accepted);
    let set = |field, value| Action::SetField(evidence("abcd0123"), field, value);
    change(&mut book, &sink, set(Field::Practices, Some(practices)));
    change(&mut book, &sink, set(Field::State, Some(state)));
    let body = |book: &Book, name: &str| book.records[&key("evidence", "abcd0123")].body.get(name).cloned();
    let opened = open(&sink, "a");
    assert_eq!(
        body(&opened, "practices"),
        Some(serde_json::json!(["continuity.backups", "delivery.two-person-release"]))
    );
    assert_eq!(body(&opened, "state"), Some(serde_json::json!("accepted")));

    change(&mut book, &sink, set(Field::Practices, None));
    let opened = open(&sink, "a");
    assert_eq!(
        body(&opened, "practices"),
        Some(serde_json::json!(["delivery.two-person-release"])),
        "what was never shown is not removed"
    );
}

#[test]
fn sheet_about_what_this_version_does_not_know_is_kept_and_is_no_change_here() {
    let unknown = [
        ("evidence", "ABCD0123"),
        ("evidence", "too-long-for-an-id"),
        ("operation", "delivery.two-person-release"),
        ("operation", "abcd0123"),
        ("document", "iso27001-2022/6.1.3#0"),
        ("document", "iso27001-2022/6.1.3#01"),
        ("document", "iso27001-2022/99"),
        ("soa-row", "iso27001-2022/A.8.1#1"),
        ("description", "09"),
        ("description", "256"),
        ("raised", "pipeline.sbom@iso27001-2022/99"),
        ("fishing-licence", "abcd0123"),
    ];
    let text = r#"{"at":7,"by":"Bo","tab":"t","body":{"note":"keep me"}}"#;
    let sink = sink_with_sample("a");
    for (kind, record) in unknown {
        put(&sink, &place("a", kind, record), text);
    }
    let before = sink.contents();
    let mut book = open(&sink, "a");
    assert_eq!(book.aside, []);
    assert_eq!(book.assessment, sample());
    for (kind, record) in unknown {
        assert_eq!(
            book.records.get(&key(kind, record)),
            Some(&Record::from_text(text).expect("a record")),
            "{kind}/{record}"
        );
    }
    change(
        &mut book,
        &sink,
        Action::SetField(
            SheetKey::practice(Register::Operation, PLAN),
            Field::Performed,
            Some(value(FieldKind::Long)),
        ),
    );
    for (place, text) in before {
        assert_eq!(sink.read(&place).expect("readable").as_deref(), Some(text.as_str()));
    }
}

/// Bodies of a piece of evidence that must not be taken, the hostile links first.
const BAD: &[&str] = &[
    r#"{"at":1,"body":{"title":"Click me","location":"javascript:alert(1)"}}"#,
    r#"{"at":1,"body":{"title":"Click me","location":" Java\nScript:alert(1)"}}"#,
    r#"{"at":1,"body":{"title":"Click me","location":"data:text/html,<script>1</script>"}}"#,
    r#"{"at":1,"body":{"location":"file:///etc/passwd"}}"#,
    r#"{"at":1,"body":{"location":["https://example.org"]}}"#,
    r#"{"at":1,"body":{"due":"2026-02-30"}}"#,
    r#"{"at":1,"body":{"practices":"source.peer-review"}}"#,
    r#"{"at":1,"body":{"practices":[7]}}"#,
    r#"{"at":1,"body":{"state":3}}"#,
    r#"{"at":1,"body":{"state":"qualified"}}"#,
];

#[test]
fn hostile_or_misshapen_sheet_is_set_aside_not_shown_and_not_overwritten() {
    for text in BAD {
        let sink = sink_with_sample("a");
        let at = place("a", "evidence", "abcd0123");
        put(&sink, &at, text);
        let before = sink.contents();
        let mut book = open(&sink, "a");
        let aside: Vec<(&str, &str)> = book
            .aside
            .iter()
            .map(|it| (it.key.as_str(), it.text.as_str()))
            .collect();
        assert_eq!(aside, [(at.as_str(), *text)]);
        assert_eq!(book.assessment, sample(), "{text}");
        assert_eq!(sink.contents(), before, "opening changes nothing: {text}");

        // Its neighbours can be edited, and it stays where it is.
        let title = || Some(FieldValue::Text("Merges".to_owned()));
        change(
            &mut book,
            &sink,
            Action::SetField(evidence("bcde1234"), Field::Title, title()),
        );
        assert_eq!(sink.read(&at).expect("readable").as_deref(), Some(*text));

        // Who fills its place moves it aside first.
        let writes = writes_of(
            &mut book,
            Action::SetField(evidence("abcd0123"), Field::Title, title()),
            9,
        );
        let moved = writes.iter().position(|it| it.text.as_deref() == Some(*text));
        let taken = writes.iter().position(|it| it.key == at);
        assert!(moved.is_some() && moved < taken, "{writes:?}");
    }
}

#[test]
fn hostile_link_can_not_be_entered_either() {
    let mut assessment = sample();
    for link in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "vbscript:x",
        "data:text/html,x",
    ] {
        for (register, field) in [
            (Register::Evidence, Field::Location),
            (Register::Report, Field::Location),
        ] {
            let key = SheetKey::entry(register, entry("abcd0123"));
            let set = Action::SetField(key, field, Some(FieldValue::Text(link.to_owned())));
            assert!(apply(&mut assessment, &CATALOGUE, set).is_err(), "{link}");
            let sheet = Sheet::default().with_text(field, link);
            assert!(
                apply(&mut assessment, &CATALOGUE, Action::PutSheet(key, sheet)).is_err(),
                "{link}"
            );
        }
    }
    assert_eq!(assessment, sample());
}

fn take_in(book: &mut Book, write: &Write) -> Option<Slot> {
    let place = RecordPlace::parse(&write.key).expect("a place");
    book.take_in(&place, write.text.as_deref(), &CATALOGUE)
}

#[test]
fn two_tabs_that_edit_different_sheets_both_keep_their_work() {
    let sink = sink_with_sample("a");
    let (mut this, mut other) = (open(&sink, "a"), open(&sink, "a"));
    let (mine, theirs) = (evidence("abcd0123"), SheetKey::practice(Register::Operation, REVIEW));
    change(
        &mut this,
        &sink,
        Action::SetField(mine, Field::Title, Some(FieldValue::Text("Merges".to_owned()))),
    );
    let writes = writes_of(
        &mut other,
        Action::SetField(theirs, Field::Population, Some(FieldValue::Count(548))),
        901,
    );
    for write in &writes {
        put(&sink, &write.key, write.text.as_deref().expect("a text"));
        assert_eq!(take_in(&mut this, write), Some(Slot::Sheet(theirs)));
        assert_eq!(take_in(&mut this, write), None, "the same record again is no news");
    }
    let opened = open(&sink, "a");
    assert_eq!(opened.assessment.sheet(mine).text(Field::Title), "Merges");
    assert_eq!(opened.assessment.sheet(theirs).count(Field::Population), Some(548));
    assert_eq!(opened, this);
}

#[test]
fn deleted_sheet_leaves_a_tombstone_that_empties_it_in_another_tab() {
    let sink = sink_with_sample("a");
    put(&sink, &place("a", "evidence", "abcd0123"), LATER);
    let (mut this, mut other) = (open(&sink, "a"), open(&sink, "a"));
    let remove = Action::PutSheet(evidence("abcd0123"), Sheet::default());
    let writes = writes_of(&mut this, remove, 9);
    assert_eq!(writes.len(), 1);
    put(&sink, &writes[0].key, writes[0].text.as_deref().expect("a text"));
    let slot = Slot::Sheet(evidence("abcd0123"));
    assert_eq!(take_in(&mut other, &writes[0]), Some(slot));
    assert_eq!(other.assessment.value(slot), Value::Sheet(Sheet::default()));

    let opened = open(&sink, "a");
    let record = &opened.records[&key("evidence", "abcd0123")];
    assert!(record.gone, "{record:?}");
    assert_eq!(record.stamp, stamp(9));
    assert_eq!(opened.assessment.register(Register::Evidence).count(), 0);
    let text = AssessmentFile::new(&CATALOGUE, opened.records.clone()).to_text();
    let file = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
    assert!(file.records[&key("evidence", "abcd0123")].gone, "a merge needs it");
    let imported = library(&sink).import(id("b"), file).expect("there is room");
    assert_eq!(imported.assessment, sample());
}
