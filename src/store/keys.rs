//! The keys under which an assessment is stored.
//!
//! Head: `concord/1/<assessment>`. Record: `concord/1/<assessment>/<generation>/<kind>/<id>`. Text that could not be
//! read and whose place is needed: `concord/aside/<when>-<number>/<its key>`. When an assessment was last taken away as a
//! file: `concord/preference/backup/<assessment>`.

use super::RecordKey;
use crate::domain::AssessmentId;

/// What every key of Concord begins with.
pub const PREFIX: &str = "concord/";
/// What heads and records begin with.
pub(super) const RECORDS: &str = "concord/1/";
/// What set-aside text begins with.
const ASIDE: &str = "concord/aside/";
/// What the key of a backup begins with.
const BACKUP: &str = "concord/preference/backup/";

/// The key of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadKey(pub AssessmentId);

impl HeadKey {
    /// The key as text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{RECORDS}{}", self.0)
    }

    /// The head key from text, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        AssessmentId::parse(text.strip_prefix(RECORDS)?).map(Self)
    }
}

/// Where a record is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    /// The assessment.
    pub assessment: AssessmentId,
    /// The generation.
    pub generation: u32,
    /// The record.
    pub key: RecordKey,
}

impl RecordPlace {
    /// The key as text.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "{}{}/{}",
            generation_prefix(&self.assessment, self.generation),
            self.key.kind,
            self.key.id
        )
    }

    /// The place from text, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix(RECORDS)?.splitn(4, '/');
        let assessment = AssessmentId::parse(parts.next()?)?;
        let generation = parts.next()?.parse().ok()?;
        let key = RecordKey {
            kind: parts.next()?.to_owned(),
            id: parts.next()?.to_owned(),
        };
        Some(Self {
            assessment,
            generation,
            key,
        })
    }
}

/// The key under which it is noted when an assessment was last taken away as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BackupKey(pub AssessmentId);

impl BackupKey {
    pub(super) fn text(&self) -> String {
        format!("{BACKUP}{}", self.0)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        AssessmentId::parse(text.strip_prefix(BACKUP)?).map(Self)
    }
}

/// The key of a text that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetAsideKey {
    /// When it was set aside, in UTC milliseconds.
    pub at: i64,
    /// Where it stood before.
    pub place: RecordPlace,
}

impl SetAsideKey {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (when, place) = text.strip_prefix(ASIDE)?.split_once('/')?;
        let (at, _) = when.rsplit_once('-')?;
        Some(Self {
            at: at.parse().ok()?,
            place: RecordPlace::parse(place)?,
        })
    }
}

/// What the keys of one generation begin with.
pub(super) fn generation_prefix(assessment: &AssessmentId, generation: u32) -> String {
    format!("{RECORDS}{assessment}/{generation}/")
}

/// What all records of an assessment begin with, whatever their generation.
pub(super) fn assessment_prefix(assessment: &AssessmentId) -> String {
    format!("{RECORDS}{assessment}/")
}

/// Where text that could not be read is put when its place is needed. The time and a number keep it apart from what was
/// set aside from the same place before: nothing set aside is ever overwritten.
pub(super) fn aside_key(key: &str, at: i64, number: usize) -> String {
    format!("{ASIDE}{at}-{number}/{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_is_read_back_even_with_slashes_in_the_id() {
        let text = "concord/1/abc/3/decision/iso27001-2022/A.8.32";
        let place = RecordPlace::parse(text).expect("a place");
        assert_eq!(
            place.key,
            RecordKey {
                kind: "decision".to_owned(),
                id: "iso27001-2022/A.8.32".to_owned()
            }
        );
        assert_eq!(place.text(), text);
    }

    #[test]
    fn key_of_what_was_set_aside_names_when_and_where_it_stood() {
        let place = "concord/1/abc/3/answer/source.peer-review";
        let key = SetAsideKey::parse(&aside_key(place, 1_700, 2)).expect("a key");
        assert_eq!((key.at, key.place.text()), (1_700, place.to_owned()));
        assert_eq!(SetAsideKey::parse(place), None);
        assert_eq!(SetAsideKey::parse("concord/aside/1700-2/concord/1/abc"), None);
    }

    #[test]
    fn head_is_not_a_place_and_the_reverse() {
        assert!(HeadKey::parse("concord/1/abc").is_some());
        assert!(HeadKey::parse("concord/1/abc/3/answer/x").is_none());
        assert!(RecordPlace::parse("concord/1/abc").is_none());
        assert!(RecordPlace::parse("concord/2/abc/3/answer/x").is_none());
    }
}
