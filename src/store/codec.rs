//! Slots and values of the domain as records, and back. Stored types are separate from domain types.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};

use super::fields::{Fields, object_from_text, required, without};
use super::sheet_codec::{body_from_sheet, key_from_sheet, sheet_from_body, sheet_from_key};
use super::{Record, RecordKey, Stamp};
use crate::domain::{
    Answer, Assessment, Basis, BasisKind, Catalogue, Category, Conflict, Decision, EntryId, Facet, Facets, Fact,
    FrameworkId, ImportFlag, Imported, ImportedStatus, ImportedText, InclusionReason, MAX_TEXT_CHARS, ScopeCount,
    ScopeDate, ScopeText, Slot, SortedSet, Standing, StandingKind, Value, Words, date_from_text,
};

pub(super) const SCOPE: &str = "scope";
pub(super) const ANSWER: &str = "answer";
pub(super) const DECISION: &str = "decision";
pub(super) const IMPORTED: &str = "imported";
/// A version that a merge did not let stand. Its body names its place, and holds it as it was.
pub(super) const CONFLICT: &str = "conflict";

/// The fields of a body that this version writes, but for imports. Others are kept as they are.
const KNOWN_FIELDS: [&str; 14] = [
    "value",
    "standing",
    "reason",
    "description",
    "risk",
    "supplier",
    "facets",
    "basis",
    "note",
    "owner",
    "included",
    "justification",
    "approver",
    "review_on",
];

/// The fields of the body of an import that this version writes.
const KNOWN_OF_IMPORTED: [&str; 6] = ["file", "numbers", "applies", "status", "texts", "flags"];

/// The fields of `facets` that this version writes.
const KNOWN_FACETS: [&str; 4] = ["documented", "enforced", "evidenced", "improved"];
/// The fields of `basis` that this version writes.
const KNOWN_OF_BASIS: [&str; 3] = ["kind", "by", "on"];

/// The place of a slot's record.
pub(super) fn key_from_slot(slot: Slot) -> RecordKey {
    let scope = |id: String| RecordKey {
        kind: SCOPE.to_owned(),
        id,
    };
    match slot {
        Slot::Framework(id) => scope(format!("framework.{id}")),
        Slot::Category(id) => scope(format!("category.{}", id.as_str())),
        Slot::Fact(id) => scope(format!("fact.{}", id.as_str())),
        Slot::Text(id) => scope(format!("text.{}", id.as_str())),
        Slot::Date(id) => scope(format!("date.{}", id.as_str())),
        Slot::Count(id) => scope(format!("count.{}", id.as_str())),
        Slot::Answer(id) => RecordKey {
            kind: ANSWER.to_owned(),
            id: id.to_string(),
        },
        Slot::Decision(id) => RecordKey {
            kind: DECISION.to_owned(),
            id: id.to_string(),
        },
        Slot::Imported(id) => RecordKey {
            kind: IMPORTED.to_owned(),
            id: id.to_string(),
        },
        Slot::Sheet(key) => key_from_sheet(key),
        Slot::Conflict(id) => RecordKey {
            kind: CONFLICT.to_owned(),
            id: id.to_string(),
        },
    }
}

/// The slot of a record, if this version and catalogue know it.
pub(super) fn slot_from_key(key: &RecordKey, catalogue: &Catalogue) -> Option<Slot> {
    match key.kind.as_str() {
        ANSWER => catalogue.practice(&key.id).map(|practice| Slot::Answer(practice.id)),
        DECISION => catalogue
            .parse_requirement(&key.id)
            .map(|requirement| Slot::Decision(requirement.id)),
        IMPORTED => catalogue
            .parse_requirement(&key.id)
            .map(|requirement| Slot::Imported(requirement.id)),
        CONFLICT => EntryId::parse(&key.id).map(Slot::Conflict),
        SCOPE => {
            let (part, id) = key.id.split_once('.')?;
            match part {
                "framework" => FrameworkId::parse(id).map(Slot::Framework),
                "category" => Category::parse(id).map(Slot::Category),
                "fact" => Fact::parse(id).map(Slot::Fact),
                "text" => ScopeText::ALL.into_iter().find(|it| it.as_str() == id).map(Slot::Text),
                "date" => ScopeDate::ALL.into_iter().find(|it| it.as_str() == id).map(Slot::Date),
                "count" => ScopeCount::ALL
                    .into_iter()
                    .find(|it| it.as_str() == id)
                    .map(Slot::Count),
                _ => None,
            }
        }
        _ => sheet_from_key(key, catalogue).map(Slot::Sheet),
    }
}

/// A body for a value: what this version writes, over the unknown fields of the body before.
pub(super) fn body_from_value(
    slot: Slot,
    value: &Value,
    before: &Map<String, Json>,
    catalogue: &Catalogue,
) -> Map<String, Json> {
    if let (Slot::Sheet(key), Value::Sheet(sheet)) = (slot, value) {
        return body_from_sheet(key.register, sheet, before, catalogue);
    }
    if let Value::Conflict(conflict) = value {
        // A version that was kept never changes, and stays when it has been settled: then that can be taken back.
        return match conflict {
            Some(conflict) if before.is_empty() => body_from_conflict(conflict, catalogue),
            Some(_) | None => before.clone(),
        };
    }
    let known: &[&str] = match value {
        Value::Imported(_) => &KNOWN_OF_IMPORTED,
        Value::Member(_)
        | Value::Fact(_)
        | Value::Text(_)
        | Value::Date(_)
        | Value::Count(_)
        | Value::Answer(_)
        | Value::Decision(_)
        | Value::Sheet(_)
        | Value::Conflict(_) => &KNOWN_FIELDS,
    };
    let mut body = without(before.clone(), known);
    // What an import may one day call so stays as it is.
    let has_facets = !matches!(value, Value::Imported(_));
    let mut facets = if has_facets {
        unknown_inside(before, "facets", &KNOWN_FACETS)
    } else {
        Map::new()
    };
    match value {
        Value::Member(is_in) => put(&mut body, "value", Some(Json::Bool(*is_in))),
        Value::Fact(fact) => put(&mut body, "value", fact.map(Json::Bool)),
        Value::Text(text) => put(&mut body, "value", Some(Json::String(text.clone()))),
        Value::Date(date) => put_date(&mut body, "value", *date),
        Value::Count(count) => put(&mut body, "value", count.map(Json::from)),
        Value::Answer(answer) => {
            for facet in Facet::ALL {
                put(&mut facets, facet.as_str(), answer.facets.get(facet).map(Json::Bool));
            }
            // A basis that has been taken back takes its unknown fields along: they spoke of it.
            if let Some(basis) = &answer.basis {
                let unknown = unknown_inside(before, "basis", &KNOWN_OF_BASIS);
                put(&mut body, "basis", Some(Json::Object(basis_fields(basis, unknown))));
            }
            put_answer(&mut body, answer);
        }
        Value::Decision(decision) => {
            if let Some(decision) = decision {
                put_decision(&mut body, decision);
            }
        }
        Value::Imported(imported) => {
            if let Some(imported) = imported {
                put_imported(&mut body, imported);
            }
        }
        // Written above.
        Value::Sheet(_) | Value::Conflict(_) => {}
    }
    if !facets.is_empty() {
        put(&mut body, "facets", Some(Json::Object(facets)));
    }
    body
}

fn body_from_conflict(conflict: &Conflict, catalogue: &Catalogue) -> Map<String, Json> {
    let version = Record {
        stamp: Stamp {
            at: conflict.at,
            by: conflict.by.clone(),
            tab: String::new(),
        },
        gone: conflict.value.is_empty(),
        body: body_from_value(conflict.slot, &conflict.value, &Map::new(), catalogue),
        ..Record::default()
    };
    body_from_version(&key_from_slot(conflict.slot), &version)
}

/// The body of a version that did not stand: its place, and the version as it was.
pub(super) fn body_from_version(place: &RecordKey, version: &Record) -> Map<String, Json> {
    let mut body = Map::new();
    put_text(&mut body, "kind", &place.kind);
    put_text(&mut body, "id", &place.id);
    // The text of a record is an object.
    let version = object_from_text(&version.to_text()).unwrap_or_default();
    put(&mut body, "record", Some(Json::Object(version)));
    body
}

/// The place of a version that did not stand, and the version; none if this version of the program can't tell.
pub(super) fn version_from_body(body: &Map<String, Json>) -> Option<(RecordKey, Record)> {
    let text = |name: &str| body.get(name)?.as_str().map(str::to_owned);
    let place = RecordKey {
        kind: text("kind")?,
        id: text("id")?,
    };
    let version = body.get("record")?.as_object()?.clone();
    Some((place, Record::from_fields(version).ok()?))
}

/// What a version that did not stand says; none if this version of the program can't read it: then it stays as it is.
fn conflict(body: &Map<String, Json>, catalogue: &Catalogue) -> Option<Conflict> {
    let (place, version) = version_from_body(body)?;
    let slot = slot_from_key(&place, catalogue).filter(|slot| !matches!(slot, Slot::Conflict(_)))?;
    Some(Conflict {
        slot,
        value: value_from_record(slot, &version, catalogue).ok()?,
        at: version.stamp.at,
        by: version.stamp.by,
    })
}

/// The unknown fields inside an object of a body.
fn unknown_inside(body: &Map<String, Json>, name: &str, known: &[&str]) -> Map<String, Json> {
    let fields = body.get(name).and_then(Json::as_object).cloned();
    without(fields.unwrap_or_default(), known)
}

fn put_answer(body: &mut Map<String, Json>, answer: &Answer) {
    put_text(body, "standing", answer.standing.kind().as_str());
    match &answer.standing {
        Standing::AnotherWay { description, risk } => {
            put_text(body, "description", description.as_str());
            put_text(body, "risk", risk.as_str());
        }
        Standing::NotApplicable { reason } => put_text(body, "reason", reason.as_str()),
        Standing::Inherited { supplier } => put_text(body, "supplier", supplier.as_str()),
        Standing::NotAnswered | Standing::NotInPlace | Standing::Partly | Standing::InPlace => {}
    }
    put_text(body, "note", &answer.note);
    put_text(body, "owner", &answer.owner);
}

fn basis_fields(basis: &Basis, mut fields: Map<String, Json>) -> Map<String, Json> {
    put_text(&mut fields, "kind", basis.kind.as_str());
    put_text(&mut fields, "by", &basis.by);
    put_date(&mut fields, "on", basis.on);
    fields
}

fn put_decision(body: &mut Map<String, Json>, decision: &Decision) {
    match decision {
        Decision::Included { reasons } => {
            let reasons = reasons.iter().map(|reason| Json::String(reason.as_str().to_owned()));
            put(body, "included", Some(Json::Array(reasons.collect())));
        }
        Decision::Excluded {
            justification,
            approver,
            review_on,
        } => {
            put_text(body, "justification", justification.as_str());
            put_text(body, "approver", approver);
            put_date(body, "review_on", *review_on);
        }
    }
}

fn put_imported(body: &mut Map<String, Json>, imported: &Imported) {
    put_text(body, "file", &imported.file);
    let list = |texts: Vec<&str>| Json::Array(texts.into_iter().map(Json::from).collect());
    // Always written: a record without it holds nothing.
    let numbers = imported.numbers.iter().map(String::as_str).collect();
    put(body, "numbers", Some(list(numbers)));
    put(body, "applies", imported.applies.map(Json::Bool));
    put_text(body, "status", imported.status.map_or("", ImportedStatus::as_str));
    let text = |text: &ImportedText| {
        let mut fields = Map::new();
        put_text(&mut fields, "number", &text.number);
        put_text(&mut fields, "heading", &text.heading);
        put_text(&mut fields, "text", &text.text);
        Json::Object(fields)
    };
    put(
        body,
        "texts",
        Some(Json::Array(imported.texts.iter().map(text).collect())),
    );
    let flags = imported.flags.iter().map(|flag| flag.as_str()).collect();
    put(body, "flags", Some(list(flags)));
}

fn put(fields: &mut Map<String, Json>, name: &str, value: Option<Json>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value);
    }
}

/// Writes a text unless it is blank.
fn put_text(fields: &mut Map<String, Json>, name: &str, text: &str) {
    put(fields, name, (!text.is_empty()).then(|| Json::String(text.to_owned())));
}

fn put_date(fields: &mut Map<String, Json>, name: &str, date: Option<NaiveDate>) {
    put(fields, name, date.map(|date| Json::String(date.to_string())));
}

/// The value of a slot from its record, empty if the record is a tombstone.
///
/// # Errors
/// Says what in the body can't be understood.
pub(super) fn value_from_record(slot: Slot, record: &Record, catalogue: &Catalogue) -> Result<Value, String> {
    if record.gone {
        Ok(Assessment::default().value(slot))
    } else {
        value_from_body(slot, &record.body, catalogue)
    }
}

/// The value of a slot from the body of its record.
///
/// # Errors
/// Says what in the body can't be understood.
pub(super) fn value_from_body(slot: Slot, body: &Map<String, Json>, catalogue: &Catalogue) -> Result<Value, String> {
    let fields = Fields(body);
    match slot {
        Slot::Framework(_) | Slot::Category(_) => Ok(Value::Member(fields.flag("value")?.unwrap_or_default())),
        Slot::Fact(_) => Ok(Value::Fact(fields.flag("value")?)),
        Slot::Text(_) => Ok(Value::Text(short_text(fields, "value")?)),
        Slot::Date(_) => Ok(Value::Date(date(fields, "value")?)),
        Slot::Count(_) => Ok(Value::Count(fields.count("value")?)),
        Slot::Answer(_) => Ok(Value::Answer(Box::new(answer(fields)?))),
        Slot::Decision(_) if body.is_empty() => Ok(Value::Decision(None)),
        Slot::Decision(_) => Ok(Value::Decision(Some(decision(fields)?))),
        Slot::Imported(_) if body.is_empty() => Ok(Value::Imported(None)),
        Slot::Imported(_) => Ok(Value::Imported(Some(Box::new(imported(fields)?)))),
        Slot::Sheet(key) => Ok(Value::Sheet(sheet_from_body(key.register, body, catalogue)?)),
        Slot::Conflict(_) => Ok(Value::Conflict(conflict(body, catalogue).map(Box::new))),
    }
}

pub(super) fn answer(fields: Fields) -> Result<Answer, String> {
    let standing = required("standing", fields.text("standing")?)?;
    let kind = StandingKind::parse(standing).ok_or_else(|| format!("standing {standing} is unknown"))?;
    let standing = match kind {
        StandingKind::NotAnswered => Standing::NotAnswered,
        StandingKind::NotInPlace => Standing::NotInPlace,
        StandingKind::Partly => Standing::Partly,
        StandingKind::InPlace => Standing::InPlace,
        StandingKind::AnotherWay => Standing::AnotherWay {
            description: words(fields, "description")?,
            risk: words(fields, "risk")?,
        },
        StandingKind::NotApplicable => Standing::NotApplicable {
            reason: words(fields, "reason")?,
        },
        StandingKind::Inherited => Standing::Inherited {
            supplier: words(fields, "supplier")?,
        },
    };
    let mut facets = Facets::default();
    if let Some(said) = fields.object("facets")? {
        for facet in Facet::ALL {
            facets = facets.with(facet, Fields(said).flag(facet.as_str())?);
        }
    }
    let owner = short_text(fields, "owner")?;
    if kind == StandingKind::AnotherWay && owner.trim().is_empty() {
        return Err("owner is blank, but the practice is met another way".to_owned());
    }
    Ok(Answer {
        standing,
        facets,
        basis: fields.object("basis")?.map(|it| basis(Fields(it))).transpose()?,
        note: short_text(fields, "note")?,
        owner,
    })
}

fn basis(fields: Fields) -> Result<Basis, String> {
    let kind = required("kind", fields.text("kind")?)?;
    Ok(Basis {
        kind: BasisKind::parse(kind).ok_or_else(|| format!("basis {kind} is unknown"))?,
        by: short_text(fields, "by")?,
        on: date(fields, "on")?,
    })
}

fn decision(fields: Fields) -> Result<Decision, String> {
    // An excluded control has no list of reasons.
    if let Some(list) = fields.list("included")? {
        let mut reasons = SortedSet::default();
        for reason in list {
            let text = reason.as_str().unwrap_or_default();
            reasons.insert(InclusionReason::parse(text).ok_or_else(|| format!("reason {text} is unknown"))?);
        }
        return Ok(Decision::Included { reasons });
    }
    Ok(Decision::Excluded {
        justification: words(fields, "justification")?,
        approver: short_text(fields, "approver")?,
        review_on: date(fields, "review_on")?,
    })
}

fn imported(fields: Fields) -> Result<Imported, String> {
    let mut imported = Imported {
        file: short_text(fields, "file")?,
        applies: fields.flag("applies")?,
        ..Imported::default()
    };
    for number in required("numbers", fields.list("numbers")?)? {
        imported
            .numbers
            .push(within_limit(required("a number", number.as_str())?)?);
    }
    if let Some(status) = fields.text("status")? {
        let known = ImportedStatus::parse(status);
        imported.status = Some(known.ok_or_else(|| format!("status {status} is unknown"))?);
    }
    for text in fields.list("texts")?.into_iter().flatten() {
        let fields = Fields(required("a text", text.as_object())?);
        imported.texts.push(ImportedText {
            number: short_text(fields, "number")?,
            heading: short_text(fields, "heading")?,
            text: short_text(fields, "text")?,
        });
    }
    for flag in fields.list("flags")?.into_iter().flatten() {
        let text = flag.as_str().unwrap_or_default();
        let known = ImportFlag::parse(text);
        imported
            .flags
            .insert(known.ok_or_else(|| format!("flag {text} is unknown"))?);
    }
    Ok(imported)
}

fn date(fields: Fields, name: &str) -> Result<Option<NaiveDate>, String> {
    let Some(text) = fields.text(name)? else {
        return Ok(None);
    };
    match date_from_text(text) {
        Some(date) => Ok(Some(date)),
        None => Err(format!("{text} is not a date")),
    }
}

/// A text within the limit, blank if absent.
fn short_text(fields: Fields, name: &str) -> Result<String, String> {
    within_limit(fields.text(name)?.unwrap_or_default())
}

fn within_limit(text: &str) -> Result<String, String> {
    if text.chars().count() > MAX_TEXT_CHARS {
        Err("a text is too long".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

fn words(fields: Fields, name: &str) -> Result<Words, String> {
    Words::new(&short_text(fields, name)?).ok_or_else(|| format!("{name} is blank"))
}
