//! Files that are not what they should be: each is refused with the right reason, in a sentence that helps.

use concord::catalogue::CATALOGUE;
use concord::domain::MAX_TEXT_CHARS;
use concord::store::{AssessmentFile, FileError, MAX_FILE_BYTES, Record, RecordKey, SCHEMA};

use super::support::{open, sink_with_sample};

/// A good file, with letters of two, three and four bytes in it.
fn good() -> String {
    let mut records = open(&sink_with_sample("a"), "a").records;
    for number in 0..40 {
        let text = format!(r#"{{"at":{number},"by":"Zoë 😀","tab":"t","body":{{"title":"한국어 {number}"}}}}"#);
        let id = format!("r-{number}");
        let kind = "risk".to_owned();
        records.insert(RecordKey { kind, id }, Record::from_text(&text).expect("a record"));
    }
    AssessmentFile::new(&CATALOGUE, records).to_text()
}

/// A file of this format around some records.
fn with_records(records: &str) -> String {
    format!(r#"{{"format":"concord-assessment","schema":1,"catalogue":"x","records":[{records}]}}"#)
}

/// Reads the bytes, and looks that the refusal is a plain sentence.
fn refusal(bytes: &[u8]) -> FileError {
    let Err(error) = AssessmentFile::from_bytes(bytes) else {
        panic!("taken: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]))
    };
    let message = error.to_string();
    assert!(message.starts_with("the "), "{message}");
    assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
    assert!(message.chars().count() < 330, "{message}");
    error
}

fn check(bytes: impl AsRef<[u8]>, expect: FileError) {
    let bytes = bytes.as_ref();
    assert_eq!(
        refusal(bytes),
        expect,
        "{:?}",
        String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
    );
}

fn check_damaged(bytes: impl AsRef<[u8]>) {
    let bytes = bytes.as_ref();
    let error = refusal(bytes);
    let end = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(40)..]).into_owned();
    assert!(
        matches!(error, FileError::Damaged(_)),
        "{error:?} for a file that ends with {end:?}"
    );
}

#[test]
fn file_cut_off_anywhere_is_damaged() {
    let text = good();
    let bytes = text.as_bytes();
    // Before its format word a file could be anything; from there on it is ours.
    let known_from = text.find("concord-assessment").expect("the format") + "concord-assessment\"".len();
    let end = text.trim_end().len();
    assert!(!text.is_ascii());
    for cut in 0..known_from {
        let error = refusal(&bytes[..cut]);
        assert!(
            matches!(error, FileError::Damaged(_) | FileError::Foreign),
            "cut at {cut}: {error:?}"
        );
    }
    for cut in known_from..end {
        check_damaged(&bytes[..cut]);
    }
    assert!(AssessmentFile::from_bytes(&bytes[..end]).is_ok());
    let with_mark = format!("\u{feff}{text}").into_bytes();
    let inside_a_letter = with_mark.len() - text.len() + text.find('ë').expect("a letter of two bytes") + 1;
    check_damaged(&with_mark[..inside_a_letter]);
}

#[test]
fn file_with_a_hole_or_a_changed_letter_is_never_half_taken() {
    let text = good();
    let bytes = text.as_bytes();
    let whole = AssessmentFile::from_bytes(bytes).expect("opens");
    let mut n_refused = 0;
    for at in (0..bytes.len()).step_by(41) {
        let mut holed = bytes.to_vec();
        holed.drain(at..(at + 30).min(bytes.len()));
        match AssessmentFile::from_bytes(&holed) {
            Ok(file) => assert!(file.records.len() + 1 >= whole.records.len(), "hole at {at}"),
            Err(_) => n_refused += 1,
        }
    }
    assert!(n_refused > 50, "{n_refused}");
}

#[test]
fn other_json_is_foreign() {
    for text in [
        "{}",
        "[]",
        "[1,2]",
        "null",
        "true",
        "42",
        "\"concord-assessment\"",
        r#"{"name":"concord","version":"1.0.0"}"#,
        r#"{"format":null}"#,
        r#"{"format":3,"schema":1,"records":[]}"#,
        r#"{"format":"other-assessment","schema":1,"records":[]}"#,
        r#"{"schema":1,"records":[]}"#,
        r#"{"format":"concord-assessment","records":[]}"#,
        r#"["concord-assessment",1,"x",[]]"#,
        r#"{"type":"excalidraw","version":2,"elements":[]}"#,
    ] {
        check(text, FileError::Foreign);
    }
}

#[test]
fn text_that_is_no_json_is_foreign() {
    for text in [
        "",
        " ",
        "\n\n",
        "\u{feff}",
        "Hello, this is a letter.",
        "notes of the meeting",
        "true story",
        "final report",
        "- a list\n- of things",
        "---\ntitle: front matter\n",
        "\nA text after a blank line",
        "# Heading\n\nText",
        "Control,Title\r\nA.5.1,Policies\r\n",
        "\u{feff}\"Control\",\"Title\"\r\n",
        "12 monkeys",
        "<!doctype html><title>x</title>",
        "<?xml version=\"1.0\"?><a/>",
        "%PDF-1.7\n1 0 obj",
        "[workspace]\nmembers = []\n",
    ] {
        check(text, FileError::Foreign);
    }
}

#[test]
fn binary_is_not_text() {
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", FileError::NotText);
    check(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe\xe0", FileError::NotText);
    check(b"\xff\xfe{\0\"\0f\0", FileError::NotText);
    check([0x80_u8; 64], FileError::NotText);
    let every_byte: Vec<u8> = (0..=255).collect();
    check(every_byte, FileError::NotText);
    let mut spoilt = good().into_bytes();
    let middle = spoilt.len() / 2;
    spoilt[middle] = 0xff;
    check(spoilt, FileError::NotText);
}

#[test]
fn newer_file_is_named_as_newer_whatever_it_holds() {
    let newer = |schema: u32, rest: &str| format!(r#"{{"format":"concord-assessment","schema":{schema}{rest}}}"#);
    for schema in [SCHEMA + 1, SCHEMA + 8, u32::MAX] {
        for rest in [
            "",
            r#","records":[]"#,
            r#","records":{"shape":"new"}"#,
            r#","books":[[[]]]"#,
        ] {
            check(newer(schema, rest), FileError::Newer(schema));
        }
    }
    let text = good().replacen("\"schema\": 1", "\"schema\": 2", 1);
    check(text, FileError::Newer(2));
}

#[test]
fn too_large_file_is_refused_before_it_is_read() {
    check(vec![b'{'; 50 * 1024 * 1024], FileError::TooLarge(50 * 1024 * 1024));
    check(vec![b' '; MAX_FILE_BYTES + 1], FileError::TooLarge(MAX_FILE_BYTES + 1));
    let mut text = good();
    let blanks = MAX_FILE_BYTES - text.len();
    text.push_str(&" ".repeat(blanks));
    assert!(
        AssessmentFile::from_bytes(text.as_bytes()).is_ok(),
        "the largest size is taken"
    );
}

#[test]
fn deep_nesting_is_refused_and_exhausts_no_stack() {
    for depth in [40, 1000, 100_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        check(
            with_records(&format!(r#"{{"kind":"x","id":"y","body":{{"deep":{open}{close}}}}}"#)),
            FileError::TooDeep,
        );
        check(&open, FileError::TooDeep);
        check("{\"a\":".repeat(depth), FileError::TooDeep);
    }
    let brackets = "[".repeat(100_000 / 4);
    let text = with_records(&format!(r#"{{"kind":"x","id":"y","body":{{"text":"\"{brackets}"}}}}"#));
    assert!(
        AssessmentFile::from_bytes(text.as_bytes()).is_ok(),
        "brackets inside a text nest nothing"
    );
    let text = with_records(&format!(
        r#"{{"kind":"x","id":"y","body":{{"deep":{}{}}}}}"#,
        "[".repeat(28),
        "]".repeat(28)
    ));
    assert!(
        AssessmentFile::from_bytes(text.as_bytes()).is_ok(),
        "32 levels are taken"
    );
}

#[test]
fn record_that_stands_twice_is_named() {
    let record = r#"{"kind":"answer","id":"source.peer-review","body":{"standing":"partly"}}"#;
    let other = r#"{"kind":"answer","id":"incidents.plan","body":{"standing":"partly"}}"#;
    let twice = FileError::Twice("answer/source.peer-review".to_owned());
    check(with_records(&format!("{record},{other},{record}")), twice);
    assert!(AssessmentFile::from_bytes(with_records(&format!("{record},{other}")).as_bytes()).is_ok());
}

#[test]
fn too_many_records_are_refused() {
    let records = |n: usize| {
        let records: Vec<String> = (0..n).map(|it| format!(r#"{{"kind":"risk","id":"{it}"}}"#)).collect();
        with_records(&records.join(","))
    };
    check(records(20_001), FileError::TooMany(20_001));
    let file = AssessmentFile::from_bytes(records(20_000).as_bytes()).expect("opens");
    assert_eq!(file.records.len(), 20_000);
}

#[test]
fn too_long_text_is_refused_and_its_record_named() {
    let with_note = |n: usize| {
        let note = "ä".repeat(n);
        with_records(&format!(
            r#"{{"kind":"answer","id":"incidents.plan","body":{{"standing":"partly","note":"{note}"}}}}"#
        ))
    };
    check(
        with_note(MAX_TEXT_CHARS + 1),
        FileError::TextTooLong("answer/incidents.plan".to_owned()),
    );
    assert!(AssessmentFile::from_bytes(with_note(MAX_TEXT_CHARS).as_bytes()).is_ok());
    let nested = format!(
        r#"{{"kind":"risk","id":"r-1","body":{{"list":[{{"text":"{}"}}]}}}}"#,
        "x".repeat(MAX_TEXT_CHARS + 1)
    );
    check(with_records(&nested), FileError::TextTooLong("risk/r-1".to_owned()));
    let long_id = "x".repeat(300);
    let error = refusal(with_records(&format!(r#"{{"kind":"risk","id":"{long_id}"}}"#)).as_bytes());
    assert!(matches!(error, FileError::TextTooLong(_)), "{error:?}");
}

#[test]
fn file_of_ours_with_a_misshapen_part_is_damaged_and_not_foreign() {
    for text in [
        r#"{"format":"concord-assessment","schema":1}"#.to_owned(),
        r#"{"format":"concord-assessment","schema":1,"records":{}}"#.to_owned(),
        r#"{"format":"concord-assessment","schema":1,"catalogue":7,"records":[]}"#.to_owned(),
        with_records("7"),
        with_records(r#"{"kind":"answer"}"#),
        with_records(r#"{"kind":"answer","id":7}"#),
        with_records(r#"{"kind":"answer","id":"x","body":"text"}"#),
        with_records(r#"{"kind":"answer","id":"x","at":"yesterday"}"#),
        with_records(r#"{"kind":"answer","id":"x","kind":"answer"}"#),
        format!("{} and more", with_records("")),
    ] {
        check_damaged(text);
    }
}

#[test]
fn smallest_file_opens() {
    let file = AssessmentFile::from_bytes(br#"{"format":"concord-assessment","schema":1,"records":[]}"#);
    assert_eq!(file.map(|it| (it.catalogue, it.records.len())), Ok((String::new(), 0)));
}
