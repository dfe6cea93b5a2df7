//! One stored record: who changed what and when, and a body whose unknown fields are kept.

use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::{Fields, object_from_text, without};

/// Who changed a record, when, and in which tab. Merging needs all three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// Milliseconds since 1970 in UTC.
    pub at: i64,
    /// The name of the person, as set in this browser; may be blank.
    pub by: String,
    /// A random word for the tab.
    pub tab: String,
}

/// The place of a record inside its assessment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordKey {
    /// What kind of record: `scope`, `answer`, `decision`, `imported`, or one that this version does not know.
    pub kind: String,
    /// Which one.
    pub id: String,
}

/// One record. Fields that this version does not know are kept and written back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Who, when, where.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Whether this is a tombstone: the record was emptied, and a merge must know.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// What it holds.
    pub body: Map<String, Value>,
    /// Fields beside these, from other versions.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Record {
    /// The record as it is stored.
    #[must_use]
    pub fn to_text(&self) -> String {
        // A map of JSON values always serialises.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The record from stored text.
    ///
    /// # Errors
    /// Says why the text is not a record.
    pub fn from_text(text: &str) -> Result<Self, String> {
        Self::from_fields(object_from_text(text)?)
    }

    /// The record from the fields of a stored object.
    pub(super) fn from_fields(stored: Map<String, Value>) -> Result<Self, String> {
        let fields = Fields(&stored);
        let stamp = Stamp {
            at: fields.whole("at")?.unwrap_or_default(),
            by: fields.text_or_blank("by")?,
            tab: fields.text_or_blank("tab")?,
        };
        let gone = fields.flag("gone")?.unwrap_or_default();
        let body = fields.object("body")?.cloned().unwrap_or_default();
        Ok(Self {
            stamp,
            gone,
            body,
            extra: without(stored, &["at", "by", "tab", "gone", "body"]),
        })
    }
}
