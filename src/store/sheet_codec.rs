//! Sheets of registers as records, and back. What a field may hold stands in the domain; nothing here names a field.
//!
//! Members of lists and choices that this version does not know are left out of the sheet and written back as they are.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};

use super::RecordKey;
use crate::domain::{
    Catalogue, Choice, EntryId, FieldKind, FieldValue, Register, Sheet, SheetKey, SortedSet, Subject, date_from_text,
};

/// The place of a sheet's record.
pub(super) fn key_from_sheet(key: SheetKey) -> RecordKey {
    let id = match key.subject {
        Subject::Entry(id) => id.to_string(),
        Subject::Practice(id) => id.to_string(),
        Subject::Requirement(id, 0) => id.to_string(),
        Subject::Requirement(id, part) => format!("{id}#{part}"),
        Subject::Number(number) => number.to_string(),
        Subject::Tie(practice, requirement) => format!("{practice}@{requirement}"),
    };
    RecordKey {
        kind: key.register.as_str().to_owned(),
        id,
    }
}

/// The sheet of a record, if this version and catalogue know it.
pub(super) fn sheet_from_key(key: &RecordKey, catalogue: &Catalogue) -> Option<SheetKey> {
    let register = Register::parse(&key.kind)?;
    let practice = |id: &str| catalogue.practice(id).map(|it| it.id);
    let requirement = |id: &str| catalogue.parse_requirement(id).map(|it| it.id);
    let id = key.id.as_str();
    let subject = if let Some((left, right)) = id.split_once('@') {
        Subject::Tie(practice(left)?, requirement(right)?)
    } else if let Some((left, part)) = id.split_once('#') {
        Subject::Requirement(requirement(left)?, part.parse().ok()?)
    } else if id.contains('/') {
        Subject::Requirement(requirement(id)?, 0)
    } else if let Some(id) = EntryId::parse(id) {
        Subject::Entry(id)
    } else if let Ok(number) = id.parse() {
        Subject::Number(number)
    } else {
        Subject::Practice(practice(id)?)
    };
    let key = SheetKey { register, subject };
    // Only the one way to write an id names the sheet: two records are never one sheet.
    (register.suits(subject) && key_from_sheet(key).id == id).then_some(key)
}

/// The body of a sheet over the body before, whose unknown fields and members stay.
pub(super) fn body_from_sheet(
    register: Register,
    sheet: &Sheet,
    before: &Map<String, Json>,
    catalogue: &Catalogue,
) -> Map<String, Json> {
    let mut body = before.clone();
    for spec in register.fields() {
        let name = spec.field.as_str();
        let kept = before
            .get(name)
            .map(|it| unknown_in(spec.kind, it, catalogue))
            .unwrap_or_default();
        let value = match (sheet.get(spec.field).map(json_from_value), kept) {
            (Some(Json::Array(mut known)), Kept::Members(unknown)) => {
                known.extend(unknown);
                Some(Json::Array(known))
            }
            (None, Kept::Members(unknown)) => (!unknown.is_empty()).then_some(Json::Array(unknown)),
            (None, Kept::Whole(unknown)) => Some(unknown),
            (value, _) => value,
        };
        match value {
            Some(value) => body.insert(name.to_owned(), value),
            None => body.remove(name),
        };
    }
    body
}

/// The sheet in the body of a record.
///
/// # Errors
/// Says which field can't be understood.
pub(super) fn sheet_from_body(
    register: Register,
    body: &Map<String, Json>,
    catalogue: &Catalogue,
) -> Result<Sheet, String> {
    let mut sheet = Sheet::default();
    for spec in register.fields() {
        let name = spec.field.as_str();
        let Some(json) = body.get(name).filter(|it| !it.is_null()) else {
            continue;
        };
        let value = value_from_json(spec.kind, json, catalogue).ok_or_else(|| format!("{name} is not as expected"))?;
        if let Some(value) = value {
            register
                .check(spec.field, &value)
                .map_err(|_| format!("{name} holds what it may not"))?;
            sheet.set(spec.field, Some(value));
        }
    }
    Ok(sheet)
}

/// What of a field this version does not know.
#[derive(Default)]
enum Kept {
    /// Nothing.
    #[default]
    Nothing,
    /// A choice.
    Whole(Json),
    /// Members of a list.
    Members(Vec<Json>),
}

fn unknown_in(kind: FieldKind, json: &Json, catalogue: &Catalogue) -> Kept {
    match json {
        Json::Array(members) => {
            let is_unknown = |it: &&Json| member(kind, it, catalogue) == Some(None);
            Kept::Members(members.iter().filter(is_unknown).cloned().collect())
        }
        _ if value_from_json(kind, json, catalogue) == Some(None) => Kept::Whole(json.clone()),
        _ => Kept::Nothing,
    }
}

fn json_from_value(value: &FieldValue) -> Json {
    fn list<T: ToString + Ord>(set: &SortedSet<T>) -> Json {
        Json::Array(set.iter().map(|it| Json::String(it.to_string())).collect())
    }
    match value {
        FieldValue::Text(text) => Json::String(text.clone()),
        FieldValue::Date(date) => Json::String(date.to_string()),
        FieldValue::Count(count) => Json::from(*count),
        FieldValue::Choice(choice) => Json::from(choice.as_str()),
        FieldValue::Choices(set) => Json::Array(set.iter().map(|it| Json::from(it.as_str())).collect()),
        FieldValue::Practices(set) => list(set),
        FieldValue::Requirements(set) => list(set),
        FieldValue::Entries(set) => list(set),
        FieldValue::Dates(set) => list(set),
    }
}

/// What a field holds; none inside if it is a choice that this version does not know, none at all if it is misshapen.
fn value_from_json(kind: FieldKind, json: &Json, catalogue: &Catalogue) -> Option<Option<FieldValue>> {
    let value = match kind {
        FieldKind::Text | FieldKind::Long | FieldKind::Link | FieldKind::Artefact | FieldKind::Hash => {
            FieldValue::Text(json.as_str()?.to_owned())
        }
        FieldKind::Date => FieldValue::Date(date_from_text(json.as_str()?)?),
        FieldKind::Count { .. } => FieldValue::Count(u32::try_from(json.as_u64()?).ok()?),
        FieldKind::Choice(_) => return Some(Choice::parse(json.as_str()?).map(FieldValue::Choice)),
        FieldKind::Choices(_)
        | FieldKind::Practices
        | FieldKind::Requirements
        | FieldKind::Entries(_)
        | FieldKind::Dates => {
            let members: Option<Vec<Option<Member>>> =
                json.as_array()?.iter().map(|it| member(kind, it, catalogue)).collect();
            let members = members?.into_iter().flatten();
            return Some(Some(set_of(kind, members)));
        }
    };
    Some(Some(value))
}

#[derive(Clone, Copy, PartialEq)]
enum Member {
    Choice(Choice),
    Subject(Subject),
    Date(NaiveDate),
}

/// A member of a list; none inside if this version does not know it, none at all if it is misshapen.
fn member(kind: FieldKind, json: &Json, catalogue: &Catalogue) -> Option<Option<Member>> {
    let text = json.as_str()?;
    let member = match kind {
        FieldKind::Choices(_) => Choice::parse(text).map(Member::Choice),
        FieldKind::Practices => catalogue
            .practice(text)
            .map(|it| Member::Subject(Subject::Practice(it.id))),
        FieldKind::Requirements => {
            let known = catalogue.parse_requirement(text);
            known.map(|it| Member::Subject(Subject::Requirement(it.id, 0)))
        }
        FieldKind::Entries(_) => Some(Member::Subject(Subject::Entry(EntryId::parse(text)?))),
        FieldKind::Dates => Some(Member::Date(date_from_text(text)?)),
        FieldKind::Text
        | FieldKind::Long
        | FieldKind::Link
        | FieldKind::Artefact
        | FieldKind::Hash
        | FieldKind::Date
        | FieldKind::Count { .. }
        | FieldKind::Choice(_) => return None,
    };
    Some(member)
}

fn set_of(kind: FieldKind, members: impl Iterator<Item = Member>) -> FieldValue {
    let members: Vec<Member> = members.collect();
    let subjects = members.iter().filter_map(|it| match it {
        Member::Subject(subject) => Some(*subject),
        Member::Choice(_) | Member::Date(_) => None,
    });
    match kind {
        FieldKind::Practices => FieldValue::Practices(
            subjects
                .filter_map(|it| match it {
                    Subject::Practice(id) => Some(id),
                    _ => None,
                })
                .collect(),
        ),
        FieldKind::Requirements => FieldValue::Requirements(
            subjects
                .filter_map(|it| match it {
                    Subject::Requirement(id, _) => Some(id),
                    _ => None,
                })
                .collect(),
        ),
        FieldKind::Entries(_) => FieldValue::Entries(
            subjects
                .filter_map(|it| match it {
                    Subject::Entry(id) => Some(id),
                    _ => None,
                })
                .collect(),
        ),
        FieldKind::Dates => FieldValue::Dates(
            members
                .iter()
                .filter_map(|it| match it {
                    Member::Date(date) => Some(*date),
                    _ => None,
                })
                .collect(),
        ),
        _ => FieldValue::Choices(
            members
                .iter()
                .filter_map(|it| match it {
                    Member::Choice(choice) => Some(*choice),
                    _ => None,
                })
                .collect(),
        ),
    }
}
