//! What the storage of a browser holds: each assessment with what it takes, when it was last changed and last taken away
//! as a file, and how much room is left. One pass over all keys; nothing is opened and nothing is written.

use super::backup::Backup;
use super::codec::{ANSWER, DECISION, SCOPE, slot_from_key, value_from_body};
use super::keys::{BackupKey, SetAsideKey};
use super::library::{Head, Library, LibraryError, is_answered};
use super::{Aside, HeadKey, Record, RecordPlace, SCHEMA};
use crate::domain::{
    Assessment, AssessmentId, Catalogue, PracticeId, Register, ScopeText, Slot, SortedSet, sort_by_rank,
};

/// What a browser holds for one origin, in UTF-16 units, names of keys included. Measured in Chromium; other browsers
/// hold about as much.
pub const QUOTA_UNITS: usize = 5_242_880;
/// For how long changes may go without a backup before the start page warns: 14 days, in milliseconds.
const LONG_WITHOUT_BACKUP: i64 = 14 * 24 * 60 * 60 * 1000;

/// What a text takes in local storage, in UTF-16 units.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// One assessment of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// Which assessment.
    pub id: AssessmentId,
    /// Its live generation.
    pub generation: u32,
    /// Its scope and its decisions, as far as they can be read. No answers and no registers.
    pub outline: Assessment,
    /// The practices of this catalogue that are answered.
    pub answered: SortedSet<PracticeId>,
    /// How many answers there are, those to retired practices too.
    pub n_answers: usize,
    /// How many snapshots there are.
    pub n_snapshots: usize,
    /// When anything in it was changed last, in UTC milliseconds; 0 if no record says so.
    pub changed_at: i64,
    /// When it was last taken away as a file, if this browser knows.
    pub backup_at: Option<i64>,
    /// The oldest change that is not in that file, in UTC milliseconds.
    pub unsaved_since: Option<i64>,
    /// What it takes with all that belongs to it, in UTF-16 units.
    pub n_units: usize,
    /// … of that its snapshots.
    pub n_snapshot_units: usize,
    /// … of that records of other generations than the live one.
    pub n_old_units: usize,
    /// When it was deleted, in UTC milliseconds.
    pub deleted_at: Option<i64>,
    /// Whether a newer version wrote it; then it is shown and offered for download, and nothing else.
    pub is_newer: bool,
}

impl Listing {
    /// Its name; blank if there is none that can be read.
    #[must_use]
    pub fn name(&self) -> &str {
        self.outline.name()
    }

    /// The organisation; blank if none is stated.
    #[must_use]
    pub fn organisation(&self) -> &str {
        self.outline.scope.text(ScopeText::Organisation)
    }

    /// Whether there is a file with all that is in it.
    #[must_use]
    pub const fn has_backup(&self) -> bool {
        self.backup_at.is_some() && self.unsaved_since.is_none()
    }

    /// Whether a change has gone without a backup for more than 14 days.
    #[must_use]
    pub fn is_backup_overdue(&self, now: i64) -> bool {
        self.unsaved_since
            .is_some_and(|since| now.saturating_sub(since) > LONG_WITHOUT_BACKUP)
    }

    fn add_head(id: &AssessmentId, head: &Head, backup: Option<&Backup>, n_units: usize) -> Self {
        Self {
            id: id.clone(),
            generation: head.generation,
            outline: Assessment::default(),
            answered: SortedSet::default(),
            n_answers: 0,
            n_snapshots: 0,
            changed_at: 0,
            backup_at: backup.map(|it| it.at),
            // What was put in the place of all records since is in no file.
            unsaved_since: backup.filter(|it| it.generation != head.generation).map(|it| it.at),
            n_units,
            n_snapshot_units: 0,
            n_old_units: 0,
            deleted_at: head.deleted_at,
            is_newer: head.schema > SCHEMA,
        }
    }

    /// Takes in one stored text of it.
    fn add(&mut self, place: &RecordPlace, text: &str, n_units: usize, backed_up: Option<i64>, catalogue: &Catalogue) {
        self.n_units += n_units;
        if place.generation != self.generation {
            self.n_old_units += n_units;
            return;
        }
        let kind = place.key.kind.as_str();
        let is_snapshot = kind == Register::Snapshot.as_str();
        self.n_snapshot_units += if is_snapshot { n_units } else { 0 };
        let is_read_in_full = is_snapshot || [ANSWER, DECISION, SCOPE].contains(&kind);
        let at = match changed_at(text).filter(|_| !is_read_in_full) {
            Some(at) => at,
            None => match Record::from_text(text) {
                Ok(record) => {
                    self.add_record(place, &record, is_snapshot, catalogue);
                    record.stamp.at
                }
                Err(_) => return,
            },
        };
        self.changed_at = self.changed_at.max(at);
        // A record without a time says nothing of its age.
        if at > backed_up.unwrap_or_default() {
            self.unsaved_since = Some(self.unsaved_since.map_or(at, |since| since.min(at)));
        }
    }

    fn add_record(&mut self, place: &RecordPlace, record: &Record, is_snapshot: bool, catalogue: &Catalogue) {
        if record.gone {
            return;
        }
        self.n_snapshots += usize::from(is_snapshot);
        let is_answer = place.key.kind == ANSWER && is_answered(record);
        self.n_answers += usize::from(is_answer);
        match slot_from_key(&place.key, catalogue) {
            Some(Slot::Answer(practice)) => {
                if is_answer {
                    self.answered.insert(practice);
                }
            }
            Some(
                slot @ (Slot::Framework(_)
                | Slot::Category(_)
                | Slot::Fact(_)
                | Slot::Text(_)
                | Slot::Date(_)
                | Slot::Count(_)
                | Slot::Decision(_)),
            ) => {
                if let Ok(value) = value_from_body(slot, &record.body, catalogue) {
                    self.outline.put(slot, value);
                }
            }
            Some(Slot::Imported(_) | Slot::Sheet(_) | Slot::Conflict(_)) | None => {}
        }
    }
}

/// When a record was changed, if its text begins as this version writes it; then it need not be read as a whole.
fn changed_at(text: &str) -> Option<i64> {
    let (at, _) = text.strip_prefix("{\"at\":")?.split_once(',')?;
    at.parse().ok()
}

/// A text that could not be read and that was put aside when its place was needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The key that it is kept under.
    pub key: String,
    /// When that was, in UTC milliseconds; 0 if it came along with an older generation.
    pub at: i64,
    /// Where it stood before.
    pub place: RecordPlace,
    /// What it takes, in UTF-16 units.
    pub n_units: usize,
}

/// What the storage of a browser holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// All assessments, last changed first, the deleted ones too.
    pub listings: Vec<Listing>,
    /// Heads that can't be read.
    pub unreadable: Vec<Aside>,
    /// What was set aside.
    pub set_aside: Vec<SetAside>,
    /// What all keys and texts take, in UTF-16 units.
    pub n_units: usize,
    /// … of that keys that are not Concord's.
    pub n_foreign_units: usize,
}

/// What could be given back, in UTF-16 units, and how many things that are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// How many.
    pub n: usize,
    /// What they take.
    pub n_units: usize,
}

impl Survey {
    /// Half of the room, in UTF-16 units.
    pub const HALF: usize = QUOTA_UNITS / 2;
    /// Nine tenths of the room, in UTF-16 units.
    pub const NEARLY_FULL: usize = QUOTA_UNITS / 10 * 9;

    /// The room that is left, in UTF-16 units.
    #[must_use]
    pub const fn n_units_left(&self) -> usize {
        QUOTA_UNITS.saturating_sub(self.n_units)
    }

    /// Whether more than half of the room is taken.
    #[must_use]
    pub const fn is_more_than_half_full(&self) -> bool {
        self.n_units > Self::HALF
    }

    /// What an assessment takes on average, in UTF-16 units; none while there is none.
    #[must_use]
    pub fn average(&self) -> Option<usize> {
        let n_units: usize = self.listings.iter().map(|it| it.n_units).sum();
        n_units.checked_div(self.listings.len())
    }

    /// For how many more assessments of average size there is room; none while there is no average.
    #[must_use]
    pub fn room_for(&self) -> Option<usize> {
        self.n_units_left().checked_div(self.average()?)
    }

    /// The deleted assessments.
    #[must_use]
    pub fn deleted(&self) -> Weight {
        self.weigh(|it| (usize::from(it.deleted_at.is_some()), it.n_units))
    }

    /// The snapshots of those that are not deleted.
    #[must_use]
    pub fn snapshots(&self) -> Weight {
        self.weigh(|it| {
            (
                if it.deleted_at.is_none() { it.n_snapshots } else { 0 },
                it.n_snapshot_units,
            )
        })
    }

    /// The assessments with records of another generation than the live one.
    #[must_use]
    pub fn old_generations(&self) -> Weight {
        self.weigh(|it| (usize::from(it.n_old_units > 0), it.n_old_units))
    }

    /// The texts that were set aside.
    #[must_use]
    pub fn aside(&self) -> Weight {
        Weight {
            n: self.set_aside.len(),
            n_units: self.set_aside.iter().map(|it| it.n_units).sum(),
        }
    }

    fn weigh(&self, weigh: impl Fn(&Listing) -> (usize, usize)) -> Weight {
        let weights = self.listings.iter().map(weigh).filter(|(n, _)| *n > 0);
        weights.fold(Weight::default(), |sum, (n, n_units)| Weight {
            n: sum.n + n,
            n_units: sum.n_units + n_units,
        })
    }
}

impl Library<'_> {
    /// What the storage holds.
    ///
    /// # Errors
    /// If storage is out of reach.
    pub fn survey(&self) -> Result<Survey, LibraryError> {
        let mut survey = Survey::default();
        // The assessment whose keys are being passed, by position, and the last change that its backup holds. An id has
        // letters and digits only, so its head comes before its records, and these before the next head.
        let (mut current, mut backed_up) = (None, None);
        for key in self.sink.keys("")? {
            let Some(text) = self.sink.read(&key)? else { continue };
            let n_units = units(&key) + units(&text);
            survey.n_units += n_units;
            if let Some(HeadKey(id)) = HeadKey::parse(&key) {
                current = None;
                match Head::from_text(&text) {
                    Ok(head) => {
                        let backup = self.backup(&id)?;
                        let listing = Listing::add_head(&id, &head, backup.as_ref(), n_units);
                        backed_up = backup.map(|it| it.changed_at);
                        current = Some(survey.listings.len());
                        survey.listings.push(listing);
                    }
                    Err(why) => survey.unreadable.push(Aside { key, text, why }),
                }
            } else if let Some(place) = RecordPlace::parse(&key) {
                let listing = current.and_then(|position| survey.listings.get_mut(position));
                if let Some(listing) = listing.filter(|it| it.id == place.assessment) {
                    listing.add(&place, &text, n_units, backed_up, self.catalogue);
                }
            } else {
                survey.add_other(&key, n_units);
            }
        }
        // The keys are sorted, so what was changed at the same time stays in the order of the ids.
        sort_by_rank(&mut survey.listings, |listing| i64::MAX.abs_diff(listing.changed_at));
        Ok(survey)
    }
}

impl Survey {
    /// Takes in a key that is neither a head nor a record.
    fn add_other(&mut self, key: &str, n_units: usize) {
        if !key.starts_with(super::PREFIX) {
            self.n_foreign_units += n_units;
        }
        let owner = if let Some(SetAsideKey { at, place }) = SetAsideKey::parse(key) {
            let owner = place.assessment.clone();
            self.set_aside.push(SetAside {
                key: key.to_owned(),
                at,
                place,
                n_units,
            });
            Some(owner)
        } else {
            BackupKey::parse(key).map(|key| key.0)
        };
        if let Some(listing) = self.listings.iter_mut().find(|it| Some(&it.id) == owner.as_ref()) {
            listing.n_units += n_units;
        }
    }
}
