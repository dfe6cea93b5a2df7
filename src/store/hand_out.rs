//! Handing one topic out as a file and taking it back: what goes along, and how what came back differs from what is here.
//!
//! The file is an assessment file like any other, so whoever gets it opens it as an assessment of its own. A record of a
//! kind that the rest of the program does not know marks it; like all unknown records it is kept and written back.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::codec::{SCOPE, key_from_slot, slot_from_key, value_from_record};
use super::{AssessmentFile, Book, FileError, Record, RecordKey, Stamp};
use crate::domain::{
    Action, Answer, Assessment, Catalogue, PracticeId, Register, ScopeText, SheetKey, Slot, Standing, Subject, Topic,
    TopicId, Value, apply,
};

/// The kind of the record that marks a file with a topic; its id is that of the topic, its time that of the hand-out.
pub(super) const HAND_OUT: &str = "hand-out";
/// The field of its body that names the assessment that the topic came from.
const FROM: &str = "assessment";

/// Why a file could not be taken back. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HandOutError {
    /// The file can't be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is an assessment, but no topic that was handed out.
    #[error("the file holds a whole assessment, not a topic that was handed out")]
    NotHandedOut,
    /// The topic is not in this catalogue.
    #[error("this version has no topic {0}")]
    UnknownTopic(String),
}

/// A topic that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// The topic.
    pub topic: TopicId,
    /// When it was handed out, in UTC milliseconds.
    pub handed_out_at: i64,
    /// Whether it was handed out from this assessment.
    pub is_from_here: bool,
    /// What it holds, practice by practice.
    pub rows: Vec<ReturnedRow>,
    /// Records that were changed in the file and are not of the topic: they stay out.
    pub n_left_out: usize,
}

/// One answer, or one sheet on how a practice operates, that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnedRow {
    /// The practice.
    pub practice: PracticeId,
    /// What it would change.
    pub slot: Slot,
    /// What is here.
    pub ours: Value,
    /// What came back.
    pub theirs: Value,
    /// Who changed it there last, and when.
    pub stamp: Stamp,
    /// How the two compare.
    pub state: ReturnedState,
}

/// How what came back compares with what is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnedState {
    /// The same.
    Unchanged,
    /// Different, and nobody has touched it here since the hand-out.
    Changed,
    /// Different, and changed here too since the hand-out: a person decides, and until then it stays as it is here.
    Conflict,
    /// It can't be taken in, because it can't be so; why.
    Refused(String),
    /// It can't be read; why.
    Unreadable(String),
}

/// The file of one topic: the whole scope, so that the same questions are asked there, with the answers of the topic and
/// how its practices operate.
#[must_use]
pub fn hand_out(book: &Book, catalogue: &Catalogue, topic: &Topic, stamp: Stamp) -> AssessmentFile {
    let is_along = |key: &RecordKey| key.kind == SCOPE || practice_of(key, catalogue, topic.id).is_some();
    let along = book.records.iter().filter(|(key, _)| is_along(key));
    let mut records: BTreeMap<RecordKey, Record> = along.map(|(key, record)| (key.clone(), record.clone())).collect();
    // Two assessments of one name in one list could not be told apart.
    if let Some(name) = records.get_mut(&key_from_slot(Slot::Text(ScopeText::Name))) {
        let named = format!("{}: {}", book.assessment.name(), topic.title);
        name.body.insert("value".to_owned(), Json::String(named));
    }
    let key = RecordKey {
        kind: HAND_OUT.to_owned(),
        id: topic.id.as_str().to_owned(),
    };
    let mark = Record {
        stamp,
        body: Map::from_iter([(FROM.to_owned(), Json::String(book.id.to_string()))]),
        ..Record::default()
    };
    records.insert(key, mark);
    AssessmentFile::new(catalogue, records)
}

/// Compares a file that came back with what is here.
///
/// # Errors
/// Says why the file is not a topic that was handed out.
pub fn bring_back(book: &Book, catalogue: &Catalogue, bytes: &[u8]) -> Result<Returned, HandOutError> {
    let file = AssessmentFile::from_bytes(bytes)?;
    let marks = file.records.iter().filter(|(key, _)| key.kind == HAND_OUT);
    let (key, mark) = marks
        .max_by_key(|(_, record)| record.stamp.at)
        .ok_or(HandOutError::NotHandedOut)?;
    let topic = catalogue.topic(&key.id);
    let topic = topic.ok_or_else(|| HandOutError::UnknownTopic(key.id.clone()))?;
    let handed_out_at = mark.stamp.at;
    let mut returned = Returned {
        topic: topic.id,
        handed_out_at,
        is_from_here: mark.body.get(FROM).and_then(Json::as_str) == Some(book.id.as_str()),
        rows: Vec::new(),
        n_left_out: 0,
    };
    // Each is tried on a copy, so that what would be refused is known before anything is chosen.
    let mut copy = book.assessment.clone();
    for practice in catalogue.practices_of(topic.id) {
        let sheet = SheetKey::practice(Register::Operation, practice.id);
        for slot in [Slot::Answer(practice.id), Slot::Sheet(sheet)] {
            let key = key_from_slot(slot);
            let Some(record) = file.records.get(&key) else {
                continue;
            };
            let ours = book.assessment.value(slot);
            let read = value_from_record(slot, record, catalogue);
            let since = book.records.get(&key).map_or(i64::MIN, |it| it.stamp.at);
            let (theirs, state) = match read {
                Err(why) => (Assessment::default().value(slot), ReturnedState::Unreadable(why)),
                Ok(theirs) if theirs == ours => (theirs, ReturnedState::Unchanged),
                Ok(theirs) => {
                    let state = match apply(&mut copy, catalogue, taking_in(slot, &theirs)) {
                        Err(why) => ReturnedState::Refused(why.to_string()),
                        Ok(_) if since > handed_out_at => ReturnedState::Conflict,
                        Ok(_) => ReturnedState::Changed,
                    };
                    (theirs, state)
                }
            };
            returned.rows.push(ReturnedRow {
                practice: practice.id,
                slot,
                ours,
                theirs,
                stamp: record.stamp.clone(),
                state,
            });
        }
    }
    let is_left_out = |(key, record): &(&RecordKey, &Record)| {
        record.stamp.at > handed_out_at && key.kind != HAND_OUT && practice_of(key, catalogue, topic.id).is_none()
    };
    returned.n_left_out = file.records.iter().filter(is_left_out).count();
    Ok(returned)
}

impl Returned {
    /// Takes in the rows that are chosen, by their place in the list, as one step. Rows that are refused stay out.
    #[must_use]
    pub fn take_in(&self, is_chosen: impl Fn(usize) -> bool) -> Action {
        let rows = self.rows.iter().enumerate();
        let rows = rows.filter(|(at, row)| row.can_be_taken() && is_chosen(*at));
        Action::Together(rows.map(|(_, row)| taking_in(row.slot, &row.theirs)).collect())
    }
}

impl ReturnedRow {
    /// Whether there is something to take in.
    #[must_use]
    pub const fn can_be_taken(&self) -> bool {
        match self.state {
            ReturnedState::Changed | ReturnedState::Conflict => true,
            ReturnedState::Unchanged | ReturnedState::Refused(_) | ReturnedState::Unreadable(_) => false,
        }
    }
}

/// The practice of a topic whose answer or operation a record holds.
fn practice_of(key: &RecordKey, catalogue: &Catalogue, topic: TopicId) -> Option<PracticeId> {
    let practice = match slot_from_key(key, catalogue)? {
        Slot::Answer(practice) => practice,
        Slot::Sheet(SheetKey {
            register: Register::Operation,
            subject: Subject::Practice(practice),
        }) => practice,
        Slot::Framework(_)
        | Slot::Category(_)
        | Slot::Fact(_)
        | Slot::Text(_)
        | Slot::Date(_)
        | Slot::Count(_)
        | Slot::Decision(_)
        | Slot::Imported(_)
        | Slot::Sheet(_)
        | Slot::Conflict(_) => return None,
    };
    catalogue
        .practices_of(topic)
        .find(|it| it.id == practice)
        .map(|it| it.id)
}

/// The actions that put a value in place, so that the rules are checked which a person's own answers go by.
fn taking_in(slot: Slot, value: &Value) -> Action {
    match (slot, value) {
        (Slot::Answer(id), Value::Answer(answer)) => {
            let Answer {
                standing,
                facets,
                basis,
                note,
                owner,
            } = answer.as_ref().clone();
            Action::Together(vec![
                // What is met another way would hold on to its owner, and asks for one before.
                Action::SetStanding(id, Standing::NotAnswered),
                Action::SetOwner(id, owner),
                Action::SetStanding(id, standing),
                Action::SetFacets(id, facets),
                Action::SetBasis(id, basis),
                Action::SetNote(id, note),
            ])
        }
        (Slot::Sheet(key), Value::Sheet(sheet)) => Action::PutSheet(key, sheet.clone()),
        (
            Slot::Framework(_)
            | Slot::Category(_)
            | Slot::Fact(_)
            | Slot::Text(_)
            | Slot::Date(_)
            | Slot::Count(_)
            | Slot::Answer(_)
            | Slot::Decision(_)
            | Slot::Imported(_)
            | Slot::Sheet(_)
            | Slot::Conflict(_),
            _,
        ) => Action::Together(Vec::new()),
    }
}
