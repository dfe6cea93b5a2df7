//! What was imported, as it is kept: read as it was written, letter for letter, with all that a newer version added.

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, FrameworkId, ImportFlag, Imported, ImportedStatus, ImportedText, MAX_TEXT_CHARS, RequirementId, Slot,
};
use concord::store::{AssessmentFile, MemorySink, Record};

use super::support::{change, id, key, library, open, place, put, sink_with_sample, stamp};

const SCHEMA_1: &str = include_str!("../fixtures/schema-1.json");
/// An import as it is kept since the first version that had any. Never edited.
const STORED: &str = r#"{"at":100,"by":"Ada","tab":"tab1","body":{"applies":true,"file":"old.csv","flags":["merged","weakest-taken"],"numbers":["A.12.4.1","A.12.4.2"],"status":"planned","texts":[{"heading":"Owner","number":"A.12.4.1","text":"Ops"}]}}"#;
const CONTROL: RequirementId = RequirementId::new(FrameworkId::Iso27001, "A.8.15");

fn imported() -> Imported {
    Imported {
        file: "old.csv".to_owned(),
        numbers: vec!["A.12.4.1".to_owned(), "A.12.4.2".to_owned()],
        applies: Some(true),
        status: Some(ImportedStatus::Planned),
        texts: vec![ImportedText {
            number: "A.12.4.1".to_owned(),
            heading: "Owner".to_owned(),
            text: "Ops".to_owned(),
        }],
        flags: [ImportFlag::Merged, ImportFlag::WeakestTaken].into_iter().collect(),
    }
}

fn import(imported: Option<Imported>) -> Action {
    Action::Import(vec![(CONTROL, imported.map(Box::new))])
}

#[test]
fn import_is_kept_letter_for_letter() {
    let sink = sink_with_sample("a");
    let at = place("a", "imported", "iso27001-2022/A.8.15");
    put(&sink, &at, STORED);
    let book = open(&sink, "a");
    assert_eq!(book.aside, []);
    assert_eq!(book.assessment.imported.get(&CONTROL), Some(&imported()));
    let record = Record::from_text(STORED).expect("a record");
    assert_eq!(record.to_text(), STORED);

    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    change(&mut book, &sink, import(Some(imported())));
    let written = sink.contents()[&at].replace("900", "100");
    assert_eq!(written, STORED);
}

#[test]
fn fields_of_a_newer_version_stay_when_an_import_is_replaced() {
    let sink = sink_with_sample("a");
    let at = place("a", "imported", "iso27001-2022/A.8.15");
    put(
        &sink,
        &at,
        &STORED.replace(r#""applies""#, r#""facets":{"documented":1},"sheet":"SoA","applies""#),
    );
    let mut book = open(&sink, "a");
    change(
        &mut book,
        &sink,
        import(Some(Imported {
            applies: None,
            ..imported()
        })),
    );
    let record = &open(&sink, "a").records[&key("imported", "iso27001-2022/A.8.15")];
    assert_eq!(record.body["sheet"], "SoA");
    assert_eq!(record.body["facets"]["documented"], 1);
    assert!(!record.body.contains_key("applies"));
}

#[test]
fn removed_import_leaves_a_tombstone() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    change(&mut book, &sink, import(Some(imported())));
    change(&mut book, &sink, import(None));
    let opened = open(&sink, "a");
    assert!(opened.records[&key("imported", "iso27001-2022/A.8.15")].gone);
    assert!(opened.assessment.imported.is_empty());
}

#[test]
fn import_that_can_not_be_read_is_set_aside() {
    for (from, to) in [
        ("\"planned\"", "\"soon\""),
        ("\"merged\"", "\"odd\""),
        ("\"numbers\"", "\"digits\""),
        ("[\"A.12.4.1\"", "[7"),
        ("[{", "[1,{"),
    ] {
        let sink = sink_with_sample("a");
        let at = place("a", "imported", "iso27001-2022/A.8.15");
        let text = STORED.replacen(from, to, 1);
        assert_ne!(text, STORED);
        put(&sink, &at, &text);
        let book = open(&sink, "a");
        assert!(book.assessment.imported.is_empty(), "{to}");
        assert_eq!(book.aside.len(), 1, "{to}");
        assert_eq!(book.aside[0].text, text, "to the letter");
    }
}

#[test]
fn text_over_the_limit_is_refused_whole() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let before = book.assessment.clone();
    let file = "x".repeat(MAX_TEXT_CHARS + 1);
    let action = import(Some(Imported { file, ..imported() }));
    assert!(concord::domain::apply(&mut book.assessment, &CATALOGUE, action).is_err());
    assert_eq!(book.assessment, before);
}

#[test]
fn file_from_before_there_were_imports_opens_and_takes_one() {
    let file = AssessmentFile::from_bytes(SCHEMA_1.as_bytes()).expect("every file ever shipped opens");
    assert!(file.records.keys().all(|key| key.kind != "imported"));
    let sink = MemorySink::default();
    let mut book = library(&sink).import(id("a"), file).expect("there is room");
    let before = book.assessment.clone();
    assert!(before.imported.is_empty());
    change(&mut book, &sink, import(Some(imported())));
    let opened = open(&sink, "a");
    assert_eq!(
        super::support::differing(&before, &opened.assessment),
        [Slot::Imported(CONTROL)]
    );
    let text = AssessmentFile::new(&CATALOGUE, opened.records.clone()).to_text();
    let again = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
    assert_eq!(again.records, opened.records);
    assert_eq!(
        again.records[&key("imported", "iso27001-2022/A.8.15")].stamp,
        stamp(900)
    );
}
