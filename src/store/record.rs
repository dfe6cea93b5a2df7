//! One stored record: who changed what and when, and a body whose unknown fields are kept.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Who changed a record, when, and in which tab. Merging needs all three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Milliseconds since 1970 in UTC.
    #[serde(default)]
    pub at: i64,
    /// The name of the person, as set in this browser; may be blank.
    #[serde(default)]
    pub by: String,
    /// A random word for the tab.
    #[serde(default)]
    pub tab: String,
}

/// The place of a record inside its assessment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordKey {
    /// What kind of record: `scope`, `answer`, `decision`, or one that this version does not know.
    pub kind: String,
    /// Which one.
    pub id: String,
}

/// One record. Fields that this version does not know are kept and written back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Who, when, where.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Whether this is a tombstone: the record was emptied, and a merge must know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// What it holds.
    #[serde(default)]
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
        serde_json::from_str(text).map_err(|error| error.to_string())
    }
}
