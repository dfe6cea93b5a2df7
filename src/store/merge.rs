//! Merging the records of several people: which version of each place stands, and which are kept beside it as conflicts.
//!
//! Of each place all files together know some versions, told apart by what they say. A version is *past* once a later
//! record has grown out of it or a person has settled it; every other one is *live*. A version that says the same as a
//! past one, and is no younger, is past with it. This knowledge is joined version by version, by the later time, so that
//! neither the order of the files nor merging one twice changes anything. If several versions stay live, one stands by
//! a fixed order, and the others become conflicts: records of their own, which a person settles later.

mod preview;

use std::cmp::Reverse;
use std::collections::BTreeMap;

pub use preview::{
    MergeFile, MergeFileSummary, MergePreview, Origin, Version, VersionPair, conflict_pairs, n_unread_conflicts,
    preview_merge,
};

use super::codec::{ANSWER, CONFLICT, answer, body_from_version, slot_from_key, value_from_body, version_from_body};
use super::fields::Fields;
use super::migration::Records;
use super::record::{Past, digest};
use super::{Record, RecordKey};
use crate::domain::{Answer, Catalogue};

/// The records of several files as one, the conflicts among them: records of the kind `conflict`, each of which holds a
/// version that does not stand. The same files in any order give the same records.
#[must_use]
pub fn merge(files: &[&Records], catalogue: &Catalogue) -> Records {
    let known = files.iter().map(|records| Knowledge::of(records));
    let joined = known.reduce(Knowledge::join).unwrap_or_default();
    joined.into_records(catalogue)
}

/// What a file knows of the versions of one place.
#[derive(Clone, Debug, Default)]
struct Versions {
    /// Those that count, by what they say.
    live: BTreeMap<String, Record>,
    /// Those that are past, by what they said, each with the time up to which it is.
    past: BTreeMap<String, i64>,
}

impl Versions {
    fn add_live(&mut self, version: Record) {
        let content = version.content();
        let bare = Record {
            past: Past::default(),
            ..version
        };
        match self.live.get_mut(&content) {
            Some(known) if known.stamp >= bare.stamp => {}
            Some(known) => *known = bare,
            None => {
                self.live.insert(content, bare);
            }
        }
    }

    fn add_past(&mut self, content: &str, at: i64) {
        let until = self.past.entry(content.to_owned()).or_insert(at);
        *until = at.max(*until);
    }

    /// What is live is not past: a settled conflict may have been reopened, and what was said before may be said again.
    fn forget_past_of_live(&mut self) {
        self.past.retain(|content, _| !self.live.contains_key(content));
    }

    fn join(mut self, other: Self) -> Self {
        for (content, at) in other.past {
            self.add_past(&content, at);
        }
        for version in other.live.into_values() {
            self.add_live(version);
        }
        let youngest = self.live.iter().max_by_key(|(content, it)| (&it.stamp, *content));
        let youngest = youngest.map(|(content, it)| (content.clone(), it.clone()));
        let past = &self.past;
        self.live
            .retain(|content, it| past.get(content).is_none_or(|until| *until < it.stamp.at));
        // Only times that were made up can turn all versions into each other's past. Then the youngest stands.
        if self.live.is_empty() {
            self.live.extend(youngest);
        }
        self.forget_past_of_live();
        self
    }

    /// The versions that count, the one that stands first. Those of one rank stay in the order of their digests.
    fn ranked(&self, place: &RecordKey, catalogue: &Catalogue) -> Vec<(&String, &Record)> {
        let mut ranked: Vec<(&String, &Record)> = self.live.iter().collect();
        ranked.sort_by_cached_key(|(_, version)| rank(place, version, catalogue));
        ranked
    }
}

/// What a version is ranked by: whether it can't be read, how much an answer claims, and how old it is.
type Rank = (bool, (usize, usize), Reverse<i64>);

/// The place of a version in the order in which one stands: what can be read before what can't; of answers the one that
/// claims less; then the one that was changed last.
fn rank(place: &RecordKey, version: &Record, catalogue: &Catalogue) -> Rank {
    let slot = slot_from_key(place, catalogue).filter(|_| !version.gone);
    let is_unread = slot.is_some_and(|slot| value_from_body(slot, &version.body, catalogue).is_err());
    let claim = if place.kind == ANSWER {
        let answer = if version.gone {
            None
        } else {
            answer(Fields(&version.body)).ok()
        };
        answer.unwrap_or_else(Answer::default).claim()
    } else {
        (0, 0)
    };
    (is_unread, claim, Reverse(version.stamp.at))
}

/// What a file, or several, know of all places.
#[derive(Clone, Debug, Default)]
struct Knowledge(BTreeMap<RecordKey, Versions>);

impl Knowledge {
    /// What the records of one file know.
    fn of(records: &Records) -> Self {
        let mut places: BTreeMap<RecordKey, Versions> = BTreeMap::new();
        for (key, record) in records {
            let version = (key.kind == CONFLICT)
                .then(|| version_from_body(&record.body))
                .flatten();
            match version {
                Some((place, version)) if record.gone => {
                    places
                        .entry(place)
                        .or_default()
                        .add_past(&version.content(), version.stamp.at);
                }
                Some((place, version)) => places.entry(place).or_default().add_live(version),
                None => {
                    let versions = places.entry(key.clone()).or_default();
                    for (content, at) in record.past.iter() {
                        versions.add_past(content, at);
                    }
                    versions.add_live(record.clone());
                }
            }
        }
        places.values_mut().for_each(Versions::forget_past_of_live);
        Self(places)
    }

    /// What two know together.
    fn join(mut self, other: Self) -> Self {
        for (place, theirs) in other.0 {
            let ours = self.0.remove(&place).unwrap_or_default();
            self.0.insert(place, ours.join(theirs));
        }
        self
    }

    /// The records that say all of it.
    fn into_records(self, catalogue: &Catalogue) -> Records {
        let mut records = Records::new();
        let mut conflicts = Vec::new();
        for (place, versions) in self.0 {
            let mut ranked = versions.ranked(&place, catalogue).into_iter();
            if let Some((_, standing)) = ranked.next() {
                let mut standing = standing.clone();
                for (content, at) in &versions.past {
                    standing.past.add(content.clone(), *at);
                }
                records.insert(place.clone(), standing);
            }
            conflicts.extend(ranked.map(|(content, version)| (place.clone(), content.clone(), version.clone())));
        }
        for (place, content, version) in conflicts {
            let record = Record {
                stamp: version.stamp.clone(),
                body: body_from_version(&place, &version),
                ..Record::default()
            };
            records.insert(unused_key(&records, &place, &content), record);
        }
        records
    }
}

/// Where a version that does not stand is kept. The same version has the same key everywhere; should two ever meet in one
/// key, the second moves on, so that none is lost.
fn unused_key(records: &Records, place: &RecordKey, content: &str) -> RecordKey {
    let mut name = format!("{}/{}/{content}", place.kind, place.id);
    loop {
        let key = RecordKey {
            kind: CONFLICT.to_owned(),
            id: digest(&name).to_string(),
        };
        if !records.contains_key(&key) {
            return key;
        }
        name.push('+');
    }
}
