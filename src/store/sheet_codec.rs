//! Sheets of registers as records, and back. What a field may hold stands in the domain; nothing here names a field.
//!
//! Members of lists and choices that this version does not know are left out of the sheet and written back as they are.

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
    if let Some(members) = json.as_array() {
        let is_unknown = |it: &&Json| it.as_str().is_some_and(|text| is_unknown_member(kind, text, catalogue));
        return Kept::Members(members.iter().filter(is_unknown).cloned().collect());
    }
    match (kind, json.as_str()) {
        (FieldKind::Choice(_), Some(text)) if Choice::parse(text).is_none() => Kept::Whole(json.clone()),
        _ => Kept::Nothing,
    }
}

/// Whether a member of a list is a choice, practice or requirement that this version does not know.
fn is_unknown_member(kind: FieldKind, text: &str, catalogue: &Catalogue) -> bool {
    match kind {
        FieldKind::Choices(_) => Choice::parse(text).is_none(),
        FieldKind::Practices => catalogue.practice(text).is_none(),
        FieldKind::Requirements => catalogue.parse_requirement(text).is_none(),
        FieldKind::Entries(_)
        | FieldKind::Dates
        | FieldKind::Text
        | FieldKind::Long
        | FieldKind::Link
        | FieldKind::Artefact
        | FieldKind::Hash
        | FieldKind::Date
        | FieldKind::Count { .. }
        | FieldKind::Choice(_) => false,
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
        FieldKind::Choices(_) => FieldValue::Choices(members(json, |text| Some(Choice::parse(text)))?),
        FieldKind::Practices => {
            FieldValue::Practices(members(json, |text| Some(catalogue.practice(text).map(|it| it.id)))?)
        }
        FieldKind::Requirements => FieldValue::Requirements(members(json, |text| {
            Some(catalogue.parse_requirement(text).map(|it| it.id))
        })?),
        FieldKind::Entries(_) => FieldValue::Entries(members(json, |text| EntryId::parse(text).map(Some))?),
        FieldKind::Dates => FieldValue::Dates(members(json, |text| date_from_text(text).map(Some))?),
    };
    Some(Some(value))
}

/// The members of a list that this version knows; none at all if one is misshapen.
fn members<T: Ord>(json: &Json, read: impl Fn(&str) -> Option<Option<T>>) -> Option<SortedSet<T>> {
    let mut set = SortedSet::default();
    for member in json.as_array()? {
        set.extend(read(member.as_str()?)?);
    }
    Some(set)
}
