//! One stored record: who changed what and when, and a body whose unknown fields are kept.

use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::{Fields, object_from_text, without};
use crate::domain::EntryId;

/// How many versions a record remembers that it grew out of. Older ones are forgotten, which costs a conflict at worst.
const MAX_PAST: usize = 8;

/// Who changed a record, when, and in which tab. Merging needs all three.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Stamp {
    /// Milliseconds since 1970 in UTC.
    pub at: i64,
    /// The name of the person, as set in this browser; may be blank.
    pub by: String,
    /// A random word for the tab. A tab takes a new one whenever a file leaves it.
    pub tab: String,
}

/// The versions that a record grew out of: of each, a digest of what it said, and when it was written. One that comes back
/// in a file is older than the record, and no conflict.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Past(pub(super) Map<String, Value>);

impl Past {
    /// Whether it knows of none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The digests, each with the time up to which a version that says so is older.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        let all = self.0.iter();
        all.filter_map(|(content, at)| Some((content.as_str(), at.as_i64()?)))
    }

    /// Adds a version; of two that say the same, the later one counts.
    pub(super) fn add(&mut self, content: String, at: i64) {
        let known = self.0.get(&content).and_then(Value::as_i64);
        if known.is_none_or(|known| known < at) {
            self.0.insert(content, Value::from(at));
        }
    }

    /// Forgets the oldest until few enough are left.
    fn shorten(&mut self) {
        while self.0.len() > MAX_PAST {
            let oldest = self.0.iter().min_by_key(|(_, at)| at.as_i64());
            let Some(oldest) = oldest.map(|(content, _)| content.clone()) else {
                return;
            };
            self.0.remove(&oldest);
        }
    }
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
    /// The versions that it grew out of.
    #[serde(skip_serializing_if = "Past::is_empty")]
    pub past: Past,
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
        let past = Past(fields.object("past")?.cloned().unwrap_or_default());
        Ok(Self {
            stamp,
            gone,
            body,
            past,
            extra: without(stored, &["at", "by", "tab", "gone", "body", "past"]),
        })
    }

    /// A digest of what it says: two records of one place with the same digest are one version. Who wrote it, when, and
    /// what it grew out of is no part of it. Part of the format, so it never changes.
    #[must_use]
    pub fn content(&self) -> String {
        let said = Self {
            stamp: Stamp::default(),
            past: Past::default(),
            ..self.clone()
        };
        digest(&said.to_text()).to_string()
    }

    /// Takes over what the record before it grew out of. Within one tab the record before has been seen by nobody else;
    /// one of another tab, or of before a file left, is remembered.
    pub(super) fn grow_out_of(&mut self, before: &Self) {
        self.past = before.past.clone();
        if before.stamp.tab != self.stamp.tab {
            self.past.add(before.content(), before.stamp.at);
        }
        self.past.shorten();
    }
}

/// A digest of a text, as eight letters and digits (FNV-1a of 64 bits, folded to 40).
pub(super) fn digest(text: &str) -> EntryId {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    EntryId::from_random(hash ^ (hash >> 40))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record {
        Record::from_text(text).expect("a record")
    }

    #[test]
    fn digest_is_part_of_the_format_and_never_changes() {
        let first = record(r#"{"at":7,"by":"Ada","tab":"t","body":{"standing":"partly","note":"ä"}}"#);
        assert_eq!(first.content(), "fqmlpx4i");
        assert_eq!(record(r#"{"gone":true,"body":{}}"#).content(), "zdkwocu4");
    }

    #[test]
    fn digest_is_of_what_is_said_whoever_says_it() {
        let first = record(r#"{"at":7,"by":"Ada","tab":"t","body":{"a":1,"b":2},"extra":[1]}"#);
        let other = record(r#"{"extra":[1],"at":9,"by":"Bo","tab":"u","past":{"abcdefgh":3},"body":{"b":2,"a":1}}"#);
        assert_eq!(first.content(), other.content());
        for text in [
            r#"{"at":7,"body":{"a":1,"b":3},"extra":[1]}"#,
            r#"{"at":7,"body":{"a":1,"b":2},"extra":[2]}"#,
            r#"{"at":7,"gone":true,"body":{"a":1,"b":2},"extra":[1]}"#,
        ] {
            assert_ne!(record(text).content(), first.content(), "{text}");
        }
    }

    #[test]
    fn past_is_read_back_and_its_newest_stay() {
        let mut latest = record(r#"{"at":1,"by":"","tab":"t0","body":{"value":0}}"#);
        for n in 1..=12_i64 {
            let mut next = Record {
                stamp: Stamp {
                    at: n + 1,
                    by: String::new(),
                    tab: format!("t{n}"),
                },
                ..record(&format!(r#"{{"body":{{"value":{n}}}}}"#))
            };
            next.grow_out_of(&latest);
            assert_eq!(record(&next.to_text()), next);
            latest = next;
        }
        let mut times: Vec<i64> = latest.past.iter().map(|(_, at)| at).collect();
        times.sort_unstable();
        assert_eq!(times, (5..=12).collect::<Vec<_>>());
    }

    #[test]
    fn within_a_tab_nothing_is_remembered_and_what_is_said_again_was_said_before() {
        let first = record(r#"{"at":1,"tab":"t","body":{"value":"a"}}"#);
        let mut second = record(r#"{"at":2,"tab":"t","body":{"value":"b"}}"#);
        second.grow_out_of(&first);
        assert!(second.past.is_empty());
        let mut third = record(r#"{"at":3,"tab":"u","body":{"value":"a"}}"#);
        third.grow_out_of(&second);
        assert_eq!(third.past.iter().collect::<Vec<_>>(), [(second.content().as_str(), 2)]);
        let mut fourth = record(r#"{"at":4,"tab":"v","body":{"value":"b"}}"#);
        fourth.grow_out_of(&third);
        let mut past: Vec<i64> = fourth.past.iter().map(|(_, at)| at).collect();
        past.sort_unstable();
        assert_eq!(past, [2, 3]);
    }
}
