//! What a merge would do, before anything is changed.

use super::super::codec::{key_from_slot, slot_from_key, value_from_record, version_from_body};
use super::super::file::MAX_RECORDS;
use super::super::hand_out::HAND_OUT;
use super::super::migration::Records;
use super::super::{AssessmentFile, Book, FileError, Record, RecordKey};
use super::{CONFLICT, Knowledge, Versions};
use crate::domain::{Assessment, Catalogue, EntryId, MergeCounts, ScopeText, Slot, Value};

/// Of so many records that two files both hold, at least one must have been the same once, or they are taken for
/// assessments of two organisations.
const ONE_AKIN_OF: usize = 4;

/// A file that is to be merged.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeFile {
    /// Its name.
    pub name: String,
    /// Its records.
    pub records: Records,
}

/// What would be taken from one file.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeFileSummary {
    /// The name of the file.
    pub name: String,
    /// Its records.
    pub counts: MergeCounts,
    /// Whether it seems to be the assessment of another organisation.
    pub is_foreign: bool,
}

/// Where a version comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is here already.
    Here,
    /// A file, by its place among the files.
    File(usize),
}

/// One of the two versions of a conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// What it says; none if this version of the program can't read it.
    pub value: Option<Value>,
    /// When it was changed last, in UTC milliseconds.
    pub at: i64,
    /// Who changed it last; may be blank.
    pub by: String,
    /// Where it comes from; empty outside a preview.
    pub origins: Vec<Origin>,
}

/// A conflict: what stands at a place, and a version that does not.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionPair {
    /// The id of the conflict.
    pub id: EntryId,
    /// The place; none if this version of the program does not know it.
    pub slot: Option<Slot>,
    /// The place as it is stored, in words for when nothing else is known.
    pub place: String,
    /// What stands there; none if it can't be read at all.
    pub standing: Option<Version>,
    /// The version that does not stand.
    pub other: Version,
    /// Whether the merge brings it: it is not among the conflicts that are open here already.
    pub is_new: bool,
}

/// What a merge would do.
#[derive(Clone, Debug, PartialEq)]
pub struct MergePreview {
    /// File by file.
    pub files: Vec<MergeFileSummary>,
    /// All files together. What one of them has and another replaces is counted by what stays.
    pub total: MergeCounts,
    /// All conflicts that are open then.
    pub conflicts: Vec<VersionPair>,
    /// The records that come out.
    pub records: Records,
}

impl MergeFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Says in one sentence why the file was not taken.
    pub fn from_bytes(name: String, bytes: &[u8]) -> Result<Self, FileError> {
        let mut records = AssessmentFile::from_bytes(bytes)?.records;
        // A topic that was handed out bears a mark and another name: neither belongs to the assessment that it goes back to.
        let n_before = records.len();
        records.retain(|key, _| key.kind != HAND_OUT);
        if records.len() < n_before {
            records.remove(&key_from_slot(Slot::Text(ScopeText::Name)));
        }
        Ok(Self { name, records })
    }
}

impl MergePreview {
    /// Whether anything would be other than it is.
    #[must_use]
    pub const fn changes_anything(&self) -> bool {
        self.total.n_new + self.total.n_taken_over + self.total.n_conflicts > 0
    }

    /// Whether the records are too many for a file that opens again: then they are not merged.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        self.records.len() > MAX_RECORDS
    }
}

/// What merging some files into an open assessment would do.
#[must_use]
pub fn preview_merge(book: &Book, files: &[MergeFile], catalogue: &Catalogue) -> MergePreview {
    let here = book.all_records();
    let ours = Knowledge::of(&here);
    let theirs: Vec<Knowledge> = files.iter().map(|file| Knowledge::of(&file.records)).collect();
    let together = theirs.iter().cloned().reduce(Knowledge::join).unwrap_or_default();
    let total = counts(&ours, &together, catalogue);
    let summaries = files.iter().zip(&theirs).map(|(file, knowledge)| MergeFileSummary {
        name: file.name.clone(),
        counts: counts(&ours, knowledge, catalogue),
        is_foreign: is_foreign(&here, &file.records),
    });
    let files = summaries.collect();
    let records = ours.clone().join(together).into_records(catalogue);
    let mut conflicts = conflict_pairs(&records, catalogue);
    let holders: Vec<(Origin, &Knowledge)> = [(Origin::Here, &ours)]
        .into_iter()
        .chain(theirs.iter().enumerate().map(|(at, it)| (Origin::File(at), it)))
        .collect();
    for pair in &mut conflicts {
        let Some((place, other)) = pair.stored(&records) else {
            continue;
        };
        let origins = |content: &str| {
            let holds = |knowledge: &Knowledge| knowledge.0.get(&place).is_some_and(|it| it.live.contains_key(content));
            let holders = holders.iter().filter(|(_, knowledge)| holds(knowledge));
            holders.map(|(origin, _)| *origin).collect::<Vec<_>>()
        };
        pair.other.origins = origins(&other.content());
        if let (Some(version), Some(record)) = (&mut pair.standing, records.get(&place)) {
            version.origins = origins(&record.content());
        }
        let was_open = ours.0.get(&place).is_some_and(|it| it.live.len() > 1);
        pair.is_new = !(was_open && pair.other.origins.contains(&Origin::Here));
    }
    MergePreview {
        files,
        total,
        conflicts,
        records,
    }
}

/// The conflicts among some records, each with what stands.
#[must_use]
pub fn conflict_pairs(records: &Records, catalogue: &Catalogue) -> Vec<VersionPair> {
    let version = |place: &RecordKey, record: &Record| {
        let slot = slot_from_key(place, catalogue);
        Version {
            value: slot.and_then(|slot| value_from_record(slot, record, catalogue).ok()),
            at: record.stamp.at,
            by: record.stamp.by.clone(),
            origins: Vec::new(),
        }
    };
    let live = records
        .iter()
        .filter(|(key, record)| key.kind == CONFLICT && !record.gone);
    let pairs = live.filter_map(|(key, record)| {
        let (place, other) = version_from_body(&record.body)?;
        Some(VersionPair {
            id: EntryId::parse(&key.id)?,
            slot: slot_from_key(&place, catalogue),
            place: format!("{}/{}", place.kind, place.id),
            standing: records.get(&place).map(|record| version(&place, record)),
            other: version(&place, &other),
            is_new: false,
        })
    });
    let mut pairs: Vec<VersionPair> = pairs.collect();
    pairs.sort_by(|left, right| (&left.place, left.other.at).cmp(&(&right.place, right.other.at)));
    pairs
}

/// How many conflicts are kept that this version of the program can't show: it does not know the place, or can't read
/// the version.
#[must_use]
pub fn n_unread_conflicts(records: &Records, assessment: &Assessment) -> usize {
    let live = records
        .iter()
        .filter(|(key, record)| key.kind == CONFLICT && !record.gone);
    let is_shown = |key: &RecordKey| EntryId::parse(&key.id).is_some_and(|id| assessment.conflicts.contains_key(&id));
    live.filter(|(key, _)| !is_shown(key)).count()
}

impl VersionPair {
    /// The place, and the version that does not stand, as they are stored.
    fn stored(&self, records: &Records) -> Option<(RecordKey, Record)> {
        version_from_body(&records.get(&key_from_slot(Slot::Conflict(self.id)))?.body)
    }
}

/// How the versions of a place in a file stand to those that are here.
enum Relation {
    New,
    TakenOver,
    Same,
    Older,
    Conflict,
}

fn relation(ours: Option<&Versions>, theirs: &Versions) -> Relation {
    let Some(ours) = ours.filter(|ours| !ours.live.is_empty()) else {
        return Relation::New;
    };
    let joined = ours.clone().join(theirs.clone());
    let brings = joined.live.keys().any(|content| !ours.live.contains_key(content));
    let settles = ours.live.keys().any(|content| !joined.live.contains_key(content));
    if brings && joined.live.len() > 1 {
        Relation::Conflict
    } else if brings || settles {
        Relation::TakenOver
    } else if theirs.live.keys().all(|content| ours.live.contains_key(content)) {
        Relation::Same
    } else {
        Relation::Older
    }
}

fn counts(ours: &Knowledge, theirs: &Knowledge, catalogue: &Catalogue) -> MergeCounts {
    let mut counts = MergeCounts::default();
    for (place, versions) in &theirs.0 {
        match relation(ours.0.get(place), versions) {
            Relation::New => counts.n_new += 1,
            Relation::TakenOver => counts.n_taken_over += 1,
            Relation::Same => counts.n_same += 1,
            Relation::Older => counts.n_older += 1,
            Relation::Conflict => counts.n_conflicts += 1,
        }
        counts.n_unknown += usize::from(slot_from_key(place, catalogue).is_none());
    }
    counts
}

/// Whether a file seems to be the assessment of another organisation: the names differ, and hardly a record of what both
/// hold was ever the same.
fn is_foreign(ours: &Records, theirs: &Records) -> bool {
    let name = |records: &Records, text: ScopeText| {
        let record = records.get(&key_from_slot(Slot::Text(text)));
        let value = record.and_then(|it| it.body.get("value")?.as_str());
        value.unwrap_or_default().trim().to_lowercase()
    };
    let differ = |text: ScopeText| {
        let names = (name(ours, text), name(theirs, text));
        (!names.0.is_empty() && !names.1.is_empty()).then(|| names.0 != names.1)
    };
    let differ = differ(ScopeText::Organisation).or_else(|| differ(ScopeText::Name));
    let both = ours.iter().filter_map(|(key, ours)| Some((ours, theirs.get(key)?)));
    let (mut n_both, mut n_akin) = (0, 0);
    for (ours, theirs) in both {
        n_both += 1;
        let grew = |from: &Record, to: &Record| {
            let content = from.content();
            to.past
                .iter()
                .any(|(past, until)| past == content && from.stamp.at <= until)
        };
        let is_akin = ours.stamp == theirs.stamp || grew(ours, theirs) || grew(theirs, ours);
        n_akin += usize::from(is_akin);
    }
    differ == Some(true) && n_akin * ONE_AKIN_OF <= n_both
}
