//! Kinds, fields and practice ids that this version does not know are kept, and written back when neighbours change.

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Basis, BasisKind, Decision, Facets, FrameworkId, RequirementId, ScopeText, Standing, apply,
};
use concord::store::{AssessmentFile, MemorySink, Outbox, Record, RecordKey, Sink};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::support::{
    BACKUPS, PLAN, REVIEW, change, head, id, key, library, open, place, place_in, put, sink_with_older,
    sink_with_sample, stamp, words,
};
use crate::random::{actions, config, text};

fn json_value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_filter_map("finite", |it| it.is_finite().then(|| Json::from(it))),
        text().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map("[a-z]{1,6}", inner, 0..4).prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

fn fields() -> impl Strategy<Value = Map<String, Json>> {
    // No field of this version has an x, so these names are always unknown.
    btree_map("x[a-z_]{0,6}", json_value(), 0..4).prop_map(|fields| fields.into_iter().collect())
}

fn unknown_record() -> impl Strategy<Value = (RecordKey, Record)> {
    let retired = Just(RecordKey {
        kind: "answer".to_owned(),
        id: "retired.practice".to_owned(),
    });
    let unknown_fact = Just(RecordKey {
        kind: "scope".to_owned(),
        id: "fact.moon-base".to_owned(),
    });
    let unknown = ("[a-z]{1,8}-[a-z]{1,8}", "[ -~ä😀]{1,12}").prop_map(|(kind, id)| RecordKey { kind, id });
    let key = prop_oneof![1 => retired, 1 => unknown_fact, 4 => unknown];
    (key, any::<i64>(), any::<bool>(), fields(), fields()).prop_map(|(key, at, gone, body, extra)| {
        let record = Record {
            stamp: stamp(at),
            gone,
            body,
            extra,
            ..Record::default()
        };
        (key, record)
    })
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn unknown_records_outlive_any_change_beside_them(
        unknown in btree_map_of(unknown_record()),
        later in actions(30),
    ) {
        let sink = sink_with_sample("a");
        for (key, record) in &unknown {
            put(&sink, &place("a", &key.kind, &key.id), &record.to_text());
        }
        let mut book = open(&sink, "a");
        prop_assert_eq!(&book.aside, &Vec::new());
        for action in later {
            let Ok(change) = apply(&mut book.assessment, &CATALOGUE, action) else { continue };
            let mut outbox = Outbox::default();
            outbox.add(book.write_slots(&change.touched, &stamp(5), &CATALOGUE));
            outbox.flush(&sink).expect("there is room");
        }
        let opened = open(&sink, "a");
        let text = AssessmentFile::new(&CATALOGUE, opened.records).to_text();
        let file = AssessmentFile::from_bytes(text.as_bytes()).expect("opens");
        let imported = library(&sink).import(id("b"), file).expect("there is room");
        let reopened = open(&sink, "b");
        prop_assert_eq!(&reopened, &imported);
        for (key, record) in &unknown {
            prop_assert_eq!(reopened.records.get(key), Some(record));
        }
    }

    #[test]
    fn unknown_fields_of_an_answer_outlive_any_change_of_it(body in fields(), extra in fields(), later in actions(6)) {
        let sink = sink_with_sample("a");
        let mut record = open(&sink, "a").records[&key("answer", REVIEW.as_str())].clone();
        record.body.extend(body.clone());
        record.extra.clone_from(&extra);
        put(&sink, &place("a", "answer", REVIEW.as_str()), &record.to_text());
        let mut book = open(&sink, "a");
        let steps = [
            Action::SetNote(REVIEW, "another note".to_owned()),
            Action::SetStanding(REVIEW, Standing::NotAnswered),
            Action::SetNote(REVIEW, String::new()),
            Action::SetStanding(REVIEW, Standing::NotApplicable { reason: words("no merges") }),
        ];
        for action in steps.into_iter().chain(later) {
            if apply(&mut book.assessment.clone(), &CATALOGUE, action.clone()).is_ok() {
                change(&mut book, &sink, action);
            }
        }
        let opened = open(&sink, "a");
        let after = &opened.records[&key("answer", REVIEW.as_str())];
        prop_assert_eq!(&after.extra, &extra);
        for (field, value) in &body {
            prop_assert_eq!(after.body.get(field), Some(value), "{}", field);
        }
    }
}

fn btree_map_of(
    record: impl Strategy<Value = (RecordKey, Record)>,
) -> impl Strategy<Value = std::collections::BTreeMap<RecordKey, Record>> {
    vec(record, 0..8).prop_map(|records| records.into_iter().collect())
}

/// Puts unknown fields into the body of a stored record, changes its slot, and looks whether they are still there.
fn check_unknown_field_is_kept(kind: &str, record: &str, path: &str, action: Action) {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    if path != "/" {
        let facets = Facets {
            documented: Some(true),
            ..Facets::default()
        };
        change(&mut book, &sink, Action::SetFacets(REVIEW, facets));
        let basis = Basis {
            kind: BasisKind::Seen,
            by: "Ada".to_owned(),
            on: None,
        };
        change(&mut book, &sink, Action::SetBasis(REVIEW, Some(basis)));
    }
    let place = place("a", kind, record);
    let text = sink.read(&place).expect("readable").expect("there");
    let mut stored: Json = serde_json::from_str(&text).expect("JSON");
    let pointer = format!("/body{}", path.trim_end_matches('/'));
    stored.pointer_mut(&pointer).expect("there")["from_later"] = json!(["kept", 1]);
    put(&sink, &place, &stored.to_string());

    let mut book = open(&sink, "a");
    let before = book.assessment.clone();
    change(&mut book, &sink, action);
    assert_ne!(book.assessment, before, "the action changes something");
    let opened = open(&sink, "a");
    assert_eq!(opened.aside, []);
    assert_eq!(opened.assessment, book.assessment);
    let after: Json = serde_json::from_str(&opened.records[&key(kind, record)].to_text()).expect("JSON");
    let found = after.pointer(&format!("{pointer}/from_later"));
    assert_eq!(found, Some(&json!(["kept", 1])), "{kind}/{record} at {path}");
}

#[test]
fn unknown_field_of_an_answer_is_kept_when_the_answer_changes() {
    check_unknown_field_is_kept(
        "answer",
        REVIEW.as_str(),
        "/",
        Action::SetStanding(REVIEW, Standing::Partly),
    );
}

#[test]
fn unknown_field_of_a_scope_text_is_kept_when_the_text_changes() {
    check_unknown_field_is_kept(
        "scope",
        "text.name",
        "/",
        Action::SetText(ScopeText::Name, "New".to_owned()),
    );
    check_unknown_field_is_kept(
        "scope",
        "text.name",
        "/",
        Action::SetText(ScopeText::Name, String::new()),
    );
}

#[test]
fn unknown_field_of_a_decision_is_kept_when_the_decision_changes() {
    let control = RequirementId::new(FrameworkId::Iso27001, "A.8.30");
    let included = Decision::Included {
        reasons: concord::domain::SortedSet::default(),
    };
    for decision in [Some(included), None] {
        let action = Action::SetDecision(control, decision);
        check_unknown_field_is_kept("decision", "iso27001-2022/A.8.30", "/", action);
    }
}

#[test]
fn unknown_facet_is_kept_when_a_known_one_changes() {
    let facets = Facets {
        enforced: Some(true),
        ..Facets::default()
    };
    check_unknown_field_is_kept("answer", REVIEW.as_str(), "/facets", Action::SetFacets(REVIEW, facets));
    let unsaid = Action::SetFacets(REVIEW, Facets::default());
    check_unknown_field_is_kept("answer", REVIEW.as_str(), "/facets", unsaid);
    let note = Action::SetNote(REVIEW, "another".to_owned());
    check_unknown_field_is_kept("answer", REVIEW.as_str(), "/facets", note);
}

#[test]
fn unknown_field_of_a_basis_is_kept_when_the_answer_changes() {
    let basis = Basis {
        kind: BasisKind::Tested,
        by: "Ada".to_owned(),
        on: None,
    };
    check_unknown_field_is_kept(
        "answer",
        REVIEW.as_str(),
        "/basis",
        Action::SetBasis(REVIEW, Some(basis)),
    );
    let note = Action::SetNote(REVIEW, "another".to_owned());
    check_unknown_field_is_kept("answer", REVIEW.as_str(), "/basis", note);
}

#[test]
fn retired_practice_is_no_answer_and_is_written_back() {
    let sink = sink_with_sample("a");
    let text = r#"{"at":7,"by":"Bo","tab":"t","body":{"standing":"in-place","note":"as before"}}"#;
    put(&sink, &place("a", "answer", "retired.practice"), text);
    let mut book = open(&sink, "a");
    assert_eq!(book.assessment, super::support::sample());
    for practice in [REVIEW, BACKUPS, PLAN] {
        change(&mut book, &sink, Action::SetNote(practice, "changed".to_owned()));
    }
    let record = &open(&sink, "a").records[&key("answer", "retired.practice")];
    assert_eq!(Record::from_text(text).as_ref(), Ok(record));
}

#[test]
fn unknown_records_are_carried_into_a_new_generation() {
    let sink = sink_with_older("a");
    let text = r#"{"at":7,"by":"Bo","tab":"t","body":{"title":"Laptop lost"},"colour":"red"}"#;
    put(&sink, &place("a", "risk", "r-1"), text);
    let book = open(&sink, "a");
    assert_eq!(book.generation, 2);
    let written = sink
        .read(&place_in("a", 2, "risk", "r-1"))
        .expect("readable")
        .expect("there");
    assert_eq!(Record::from_text(&written), Record::from_text(text));
    assert_eq!(open(&sink, "a"), book);
}

#[test]
fn unknown_fields_of_a_head_are_kept() {
    let sink = sink_with_sample("a");
    put(&sink, &head("a"), r#"{"schema":1,"generation":1,"colour":"red"}"#);
    library(&sink).mark_deleted(&id("a"), Some(5)).expect("marks");
    library(&sink)
        .mark_deleted(&id("a"), None)
        .expect("takes the mark back");
    let head = library(&sink).head(&id("a")).expect("a head");
    assert_eq!(head.extra.get("colour"), Some(&json!("red")));
}

#[test]
fn unknown_fields_and_delete_mark_of_a_head_outlive_a_migration() {
    let sink = sink_with_older("a");
    put(
        &sink,
        &head("a"),
        r#"{"schema":0,"generation":1,"deleted_at":5,"colour":"red"}"#,
    );
    open(&sink, "a");
    let head = library(&sink).head(&id("a")).expect("a head");
    assert_eq!((head.schema, head.generation), (concord::store::SCHEMA, 2));
    assert_eq!(head.extra.get("colour"), Some(&json!("red")));
    assert_eq!(head.deleted_at, Some(5));
}

#[test]
fn empty_assessment_with_unknown_records_only_is_opened() {
    let sink = MemorySink::default();
    library(&sink)
        .create(id("a"), Assessment::default(), &stamp(1))
        .expect("there is room");
    put(&sink, &place("a", "risk", "r-1"), "{}");
    let book = open(&sink, "a");
    assert_eq!(book.assessment, Assessment::default());
    assert_eq!(book.records.get(&key("risk", "r-1")), Some(&Record::default()));
}
