//! The assessment file: the same records as in the browser, in one JSON file that opens again.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::codec::{body_from_value, key_from_slot};
use super::fields::{Fields, object_from_text, outside_strings, required, without};
use super::migration::migrate;
use super::{Record, RecordKey, SCHEMA};
use crate::domain::{Assessment, Catalogue, MAX_TEXT_CHARS, template_of};

/// The word in the file that says what it is.
const FORMAT: &str = "concord-assessment";
/// The largest file that is read, in bytes (16 MiB).
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// How deep brackets may nest.
const MAX_DEPTH: usize = 32;
/// The most records of a file.
pub(super) const MAX_RECORDS: usize = 20_000;

/// Why a file was not taken. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// The file is too large.
    #[error("the file has {0} bytes, the most is {MAX_FILE_BYTES}")]
    TooLarge(usize),
    /// The file is not text in UTF-8.
    #[error("the file is not text")]
    NotText,
    /// Brackets nest too deep.
    #[error("the file nests deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// The JSON is broken, often because the file was cut off.
    #[error("the file is damaged or cut off: {0}")]
    Damaged(String),
    /// The file is something else.
    #[error("the file is not a Concord assessment")]
    Foreign,
    /// The file was written by a newer version.
    #[error("the file was written by a newer version of Concord (schema {0}, this one reads up to {SCHEMA})")]
    Newer(u32),
    /// A record stands twice.
    #[error("the file holds the record {0} twice")]
    Twice(String),
    /// There are too many records.
    #[error("the file holds {0} records, the most is {MAX_RECORDS}")]
    TooMany(usize),
    /// A text is too long.
    #[error("the record {0} holds a text of more than {MAX_TEXT_CHARS} characters")]
    TextTooLong(String),
}

/// The content of an assessment file.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessmentFile {
    /// The version of the catalogue that it was written with.
    pub catalogue: String,
    /// The records, migrated to the present schema.
    pub records: BTreeMap<RecordKey, Record>,
}

#[derive(Serialize)]
struct Stored<'a> {
    format: &'a str,
    schema: u32,
    catalogue: &'a str,
    records: Vec<StoredRecord<'a>>,
}

#[derive(Serialize)]
struct StoredRecord<'a> {
    kind: &'a str,
    id: &'a str,
    #[serde(flatten)]
    record: &'a Record,
}

impl AssessmentFile {
    /// The file of some records, written with a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue, records: BTreeMap<RecordKey, Record>) -> Self {
        Self {
            catalogue: catalogue.version.to_owned(),
            records,
        }
    }

    /// The file of what the next assessment may take over from one. Nobody and no time stands in it.
    #[must_use]
    pub fn template(catalogue: &Catalogue, assessment: &Assessment) -> Self {
        let template = template_of(assessment);
        let mut records = BTreeMap::new();
        for slot in template.slots() {
            let body = body_from_value(slot, &template.value(slot), &Map::new(), catalogue);
            let record = Record {
                body,
                ..Record::default()
            };
            records.insert(key_from_slot(slot), record);
        }
        Self::new(catalogue, records)
    }

    /// The file as text: the same records give the same text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let records = self.records.iter().map(|(key, record)| StoredRecord {
            kind: &key.kind,
            id: &key.id,
            record,
        });
        let stored = Stored {
            format: FORMAT,
            schema: SCHEMA,
            catalogue: &self.catalogue,
            records: records.collect(),
        };
        // Strings, numbers and JSON maps always serialise.
        let mut text = serde_json::to_string_pretty(&stored).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Says in one sentence why the file was not taken.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge(bytes.len()));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| not_text(bytes, error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if depth(text) > MAX_DEPTH {
            return Err(FileError::TooDeep);
        }
        let stored = object_from_text(text).map_err(|why| {
            if is_ours(text) {
                FileError::Damaged(why)
            } else {
                FileError::Foreign
            }
        })?;
        let fields = Fields(&stored);
        if fields.text("format").ok().flatten() != Some(FORMAT) {
            return Err(FileError::Foreign);
        }
        let schema = fields.count("schema").map_err(FileError::Damaged)?;
        let schema = schema.ok_or(FileError::Foreign)?;
        if schema > SCHEMA {
            return Err(FileError::Newer(schema));
        }
        let catalogue = fields.text_or_blank("catalogue").map_err(FileError::Damaged)?;
        let records = fields.list("records").and_then(|list| required("records", list));
        let mut records = keyed(records.map_err(FileError::Damaged)?)?;
        migrate(&mut records, schema);
        Ok(Self { catalogue, records })
    }
}

/// Whether text that can't be parsed was once a file of ours: then it is damaged, otherwise foreign.
fn is_ours(text: &str) -> bool {
    let text = text.trim_start_matches(|it: char| it == '\u{feff}' || it.is_whitespace());
    text.starts_with('{') && text.contains(&format!("\"{FORMAT}\""))
}

/// Bytes that are no text. A file of ours that was cut off inside a letter is damaged.
fn not_text(bytes: &[u8], error: std::str::Utf8Error) -> FileError {
    let before = bytes
        .get(..error.valid_up_to())
        .and_then(|bytes| std::str::from_utf8(bytes).ok());
    if error.error_len().is_none() && before.is_some_and(is_ours) {
        FileError::Damaged("it ends inside a letter".to_owned())
    } else {
        FileError::NotText
    }
}

fn keyed(stored: &[Json]) -> Result<BTreeMap<RecordKey, Record>, FileError> {
    if stored.len() > MAX_RECORDS {
        return Err(FileError::TooMany(stored.len()));
    }
    let mut records = BTreeMap::new();
    for stored in stored {
        let (key, record) = keyed_record(stored).map_err(FileError::Damaged)?;
        let name = format!("{}/{}", key.kind, key.id);
        if name.chars().count() > 200 || record.body.values().any(has_long_text) {
            return Err(FileError::TextTooLong(name.chars().take(200).collect()));
        }
        if records.insert(key, record).is_some() {
            return Err(FileError::Twice(name));
        }
    }
    Ok(records)
}

fn keyed_record(stored: &Json) -> Result<(RecordKey, Record), String> {
    let stored = required("a record", stored.as_object())?;
    let key = RecordKey {
        kind: required("kind", Fields(stored).text("kind")?)?.to_owned(),
        id: required("id", Fields(stored).text("id")?)?.to_owned(),
    };
    let record = Record::from_fields(without(stored.clone(), &["kind", "id"]))?;
    Ok((key, record))
}

fn has_long_text(value: &Json) -> bool {
    match value {
        Json::String(text) => text.chars().count() > MAX_TEXT_CHARS,
        Json::Array(values) => values.iter().any(has_long_text),
        Json::Object(fields) => fields.values().any(has_long_text),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// How deep brackets nest, outside strings. Looked at before parsing, so that a hostile file can't exhaust the stack.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in outside_strings(text) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
