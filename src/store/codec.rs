//! Slots and values of the domain as records, and back. Stored types are separate from domain types.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::RecordKey;
use crate::domain::{
    Answer, Basis, BasisKind, Catalogue, Category, Decision, Facet, Facets, Fact, FrameworkId, InclusionReason,
    MAX_TEXT_CHARS, ScopeCount, ScopeDate, ScopeText, Slot, Standing, StandingKind, Value, Words,
};

pub(super) const SCOPE: &str = "scope";
pub(super) const ANSWER: &str = "answer";
pub(super) const DECISION: &str = "decision";

/// The fields of a body that this version writes. Others are kept as they are.
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
    }
}

/// The slot of a record, if this version and catalogue know it.
pub(super) fn slot_from_key(key: &RecordKey, catalogue: &Catalogue) -> Option<Slot> {
    match key.kind.as_str() {
        ANSWER => catalogue.practice(&key.id).map(|practice| Slot::Answer(practice.id)),
        DECISION => catalogue
            .parse_requirement(&key.id)
            .map(|requirement| Slot::Decision(requirement.id)),
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
        _ => None,
    }
}

/// A body for a value: what this version writes, over the unknown fields of the body before.
pub(super) fn body_from_value(value: &Value, before: &Map<String, Json>) -> Map<String, Json> {
    let mut body = before.clone();
    body.retain(|field, _| !KNOWN_FIELDS.contains(&field.as_str()));
    let written = match value {
        Value::Member(is_in) => Map::from_iter([("value".to_owned(), Json::Bool(*is_in))]),
        Value::Fact(fact) => field("value", fact.map(Json::Bool)),
        Value::Text(text) => field("value", Some(Json::String(text.clone()))),
        Value::Date(date) => field("value", date.map(|date| Json::String(date.to_string()))),
        Value::Count(count) => field("value", count.map(Json::from)),
        Value::Answer(answer) => fields_from(&StoredAnswer::from_answer(answer)),
        Value::Decision(decision) => decision
            .as_ref()
            .map(StoredDecision::from_decision)
            .as_ref()
            .map_or_else(Map::new, fields_from),
    };
    body.extend(written);
    let facets = unknown_inside(before, "facets", &KNOWN_FACETS);
    if !facets.is_empty()
        && let Json::Object(after) = body.entry("facets").or_insert_with(|| Json::Object(Map::new()))
    {
        after.extend(facets);
    }
    // A basis that has been taken back takes its unknown fields along: they spoke of it.
    if let Some(Json::Object(after)) = body.get_mut("basis") {
        after.extend(unknown_inside(before, "basis", &KNOWN_OF_BASIS));
    }
    body
}

/// The unknown fields inside an object of a body.
fn unknown_inside(body: &Map<String, Json>, name: &str, known: &[&str]) -> Map<String, Json> {
    let fields = body.get(name).and_then(Json::as_object).into_iter().flatten();
    fields
        .filter(|(field, _)| !known.contains(&field.as_str()))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}

fn field(name: &str, value: Option<Json>) -> Map<String, Json> {
    value.map(|value| (name.to_owned(), value)).into_iter().collect()
}

fn fields_from<T: Serialize>(stored: &T) -> Map<String, Json> {
    match serde_json::to_value(stored) {
        Ok(Json::Object(fields)) => fields,
        // The stored types are structs of text, numbers and lists: they serialise to objects.
        Ok(_) | Err(_) => Map::new(),
    }
}

/// The value of a slot from the body of its record.
///
/// # Errors
/// Says what in the body can't be understood.
pub(super) fn value_from_body(slot: Slot, body: &Map<String, Json>) -> Result<Value, String> {
    let object = Json::Object(body.clone());
    match slot {
        Slot::Framework(_) | Slot::Category(_) => {
            stored::<Single<bool>>(object).map(|it| Value::Member(it.value == Some(true)))
        }
        Slot::Fact(_) => stored::<Single<bool>>(object).map(|it| Value::Fact(it.value)),
        Slot::Text(_) => {
            let text = stored::<Single<String>>(object)?.value.unwrap_or_default();
            check_text(&text)?;
            Ok(Value::Text(text))
        }
        Slot::Date(_) => {
            let text = stored::<Single<String>>(object)?.value;
            text.map(|text| parse_date(&text)).transpose().map(Value::Date)
        }
        Slot::Count(_) => stored::<Single<u32>>(object).map(|it| Value::Count(it.value)),
        Slot::Answer(_) => stored::<StoredAnswer>(object)?
            .into_answer()
            .map(|answer| Value::Answer(Box::new(answer))),
        Slot::Decision(_) if body.is_empty() => Ok(Value::Decision(None)),
        Slot::Decision(_) => stored::<StoredDecision>(object)?
            .into_decision()
            .map(|it| Value::Decision(Some(it))),
    }
}

fn stored<T: serde::de::DeserializeOwned>(object: Json) -> Result<T, String> {
    serde_json::from_value(object).map_err(|error| error.to_string())
}

fn parse_date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("{text} is not a date"))
}

fn check_text(text: &str) -> Result<(), String> {
    if text.chars().count() > MAX_TEXT_CHARS {
        Err("a text is too long".to_owned())
    } else {
        Ok(())
    }
}

fn words(field: &str, text: Option<String>) -> Result<Words, String> {
    let text = text.unwrap_or_default();
    check_text(&text)?;
    Words::new(&text).ok_or_else(|| format!("{field} is blank"))
}

#[derive(Deserialize)]
struct Single<T> {
    value: Option<T>,
}

#[derive(Serialize, Deserialize)]
struct StoredAnswer {
    standing: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    #[serde(default, skip_serializing_if = "StoredFacets::is_unsaid")]
    facets: StoredFacets,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<StoredBasis>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    owner: String,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct StoredFacets {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    documented: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enforced: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidenced: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    improved: Option<bool>,
}

impl StoredFacets {
    fn is_unsaid(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Serialize, Deserialize)]
struct StoredBasis {
    kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
}

impl StoredAnswer {
    fn from_answer(answer: &Answer) -> Self {
        let text = |words: &Words| Some(words.as_str().to_owned());
        let facets = |facet| answer.facets.get(facet);
        let mut stored = Self {
            standing: answer.standing.kind().as_str().to_owned(),
            reason: None,
            description: None,
            risk: None,
            supplier: None,
            facets: StoredFacets {
                documented: facets(Facet::Documented),
                enforced: facets(Facet::Enforced),
                evidenced: facets(Facet::Evidenced),
                improved: facets(Facet::Improved),
            },
            basis: answer.basis.as_ref().map(|basis| StoredBasis {
                kind: basis.kind.as_str().to_owned(),
                by: basis.by.clone(),
                on: basis.on.map(|date| date.to_string()),
            }),
            note: answer.note.clone(),
            owner: answer.owner.clone(),
        };
        match &answer.standing {
            Standing::AnotherWay { description, risk } => {
                stored.description = text(description);
                stored.risk = text(risk);
            }
            Standing::NotApplicable { reason } => stored.reason = text(reason),
            Standing::Inherited { supplier } => stored.supplier = text(supplier),
            Standing::NotAnswered | Standing::NotInPlace | Standing::Partly | Standing::InPlace => {}
        }
        stored
    }

    fn into_answer(self) -> Result<Answer, String> {
        let kind =
            StandingKind::parse(&self.standing).ok_or_else(|| format!("standing {} is unknown", self.standing))?;
        check_text(&self.note)?;
        check_text(&self.owner)?;
        let standing = match kind {
            StandingKind::NotAnswered => Standing::NotAnswered,
            StandingKind::NotInPlace => Standing::NotInPlace,
            StandingKind::Partly => Standing::Partly,
            StandingKind::InPlace => Standing::InPlace,
            StandingKind::AnotherWay => Standing::AnotherWay {
                description: words("description", self.description)?,
                risk: words("risk", self.risk)?,
            },
            StandingKind::NotApplicable => Standing::NotApplicable {
                reason: words("reason", self.reason)?,
            },
            StandingKind::Inherited => Standing::Inherited {
                supplier: words("supplier", self.supplier)?,
            },
        };
        let facets = Facets {
            documented: self.facets.documented,
            enforced: self.facets.enforced,
            evidenced: self.facets.evidenced,
            improved: self.facets.improved,
        };
        if kind == StandingKind::AnotherWay && self.owner.trim().is_empty() {
            return Err("owner is blank, but the practice is met another way".to_owned());
        }
        let basis = self.basis.map(StoredBasis::into_basis).transpose()?;
        Ok(Answer {
            standing,
            facets,
            basis,
            note: self.note,
            owner: self.owner,
        })
    }
}

impl StoredBasis {
    fn into_basis(self) -> Result<Basis, String> {
        let kind = BasisKind::parse(&self.kind).ok_or_else(|| format!("basis {} is unknown", self.kind))?;
        check_text(&self.by)?;
        let on = self.on.map(|text| parse_date(&text)).transpose()?;
        Ok(Basis { kind, by: self.by, on })
    }
}

#[derive(Serialize, Deserialize)]
struct StoredDecision {
    /// The reasons of an included control; absent for an excluded one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    included: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    approver: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review_on: Option<String>,
}

impl StoredDecision {
    fn from_decision(decision: &Decision) -> Self {
        match decision {
            Decision::Included { reasons } => Self {
                included: Some(reasons.iter().map(|reason| reason.as_str().to_owned()).collect()),
                justification: None,
                approver: String::new(),
                review_on: None,
            },
            Decision::Excluded {
                justification,
                approver,
                review_on,
            } => Self {
                included: None,
                justification: Some(justification.as_str().to_owned()),
                approver: approver.clone(),
                review_on: review_on.map(|date| date.to_string()),
            },
        }
    }

    fn into_decision(self) -> Result<Decision, String> {
        if let Some(reasons) = self.included {
            let parse = |text: &String| InclusionReason::parse(text).ok_or_else(|| format!("reason {text} is unknown"));
            let reasons = reasons.iter().map(parse).collect::<Result<BTreeSet<_>, _>>()?;
            return Ok(Decision::Included { reasons });
        }
        check_text(&self.approver)?;
        let justification = words("justification", self.justification)?;
        let review_on = self.review_on.map(|text| parse_date(&text)).transpose()?;
        Ok(Decision::Excluded {
            justification,
            approver: self.approver,
            review_on,
        })
    }
}
