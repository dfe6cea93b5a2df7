//! One open assessment with all its records: the truth in memory, and what has to be written when it changes.

use std::collections::BTreeMap;

use super::codec::{
    body_from_value, key_from_slot, slot_from_key, value_from_body, value_from_record, version_from_body,
};
use super::keys::aside_key;
use super::migration::{Records, migrate};
use super::{Record, RecordKey, RecordPlace, Stamp};
use crate::domain::{Assessment, AssessmentId, Catalogue, Slot, Value};

/// One write for a sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub key: String,
    /// What; none removes.
    pub text: Option<String>,
}

/// A stored text that can't be read. It stays where it is; if its place is needed, it is moved aside first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it is stored.
    pub key: String,
    /// The text as it is.
    pub text: String,
    /// Why it can't be read.
    pub why: String,
}

impl Aside {
    /// The record in the text, if it is one: then only what it says could not be read.
    fn record(&self) -> Option<(RecordKey, Record)> {
        Some((RecordPlace::parse(&self.key)?.key, Record::from_text(&self.text).ok()?))
    }
}

/// One open assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Which assessment.
    pub id: AssessmentId,
    /// Its live generation.
    pub generation: u32,
    /// What it says.
    pub assessment: Assessment,
    /// All its records, those of unknown kinds and retired ids too.
    pub records: BTreeMap<RecordKey, Record>,
    /// What could not be read.
    pub aside: Vec<Aside>,
}

impl Book {
    /// Opens a book from stored texts, each with its key. What can't be read is set aside, the rest is taken.
    #[must_use]
    pub fn from_texts(
        id: AssessmentId,
        generation: u32,
        schema: u32,
        texts: Vec<(String, String)>,
        catalogue: &Catalogue,
    ) -> Self {
        let mut records = Records::new();
        let mut sources = Vec::new();
        let mut aside = Vec::new();
        for (key, text) in texts {
            let place = RecordPlace::parse(&key).filter(|place| place.assessment == id);
            let read = place.ok_or_else(|| "the key has an unknown form".to_owned());
            match read.and_then(|place| Record::from_text(&text).map(|record| (place.key, record))) {
                Ok((key, record)) => {
                    sources.push((key.clone(), text));
                    records.insert(key, record);
                }
                Err(why) => aside.push(Aside { key, text, why }),
            }
        }
        migrate(&mut records, schema);
        let mut book = Self {
            id,
            generation,
            assessment: Assessment::default(),
            records,
            aside,
        };
        book.decode_all(catalogue, &sources);
        book
    }

    /// A book of records that have just been read from a file.
    #[must_use]
    pub fn from_records(id: AssessmentId, generation: u32, records: Records, catalogue: &Catalogue) -> Self {
        let mut book = Self {
            id,
            generation,
            assessment: Assessment::default(),
            records,
            aside: Vec::new(),
        };
        book.decode_all(catalogue, &[]);
        book
    }

    /// A book of a new assessment, all records stamped alike.
    #[must_use]
    pub fn from_assessment(
        id: AssessmentId,
        generation: u32,
        assessment: Assessment,
        stamp: &Stamp,
        catalogue: &Catalogue,
    ) -> Self {
        let slots = assessment.slots();
        let mut book = Self {
            id,
            generation,
            assessment,
            records: BTreeMap::new(),
            aside: Vec::new(),
        };
        let _writes = book.write_slots(&slots, stamp, catalogue);
        book
    }

    /// Reads all records. One that can't be read is set aside as its source stands, to the letter.
    fn decode_all(&mut self, catalogue: &Catalogue, sources: &[(RecordKey, String)]) {
        let keys: Vec<RecordKey> = self.records.keys().cloned().collect();
        for key in keys {
            let Some(slot) = slot_from_key(&key, catalogue) else {
                continue;
            };
            let Some(record) = self.records.get(&key).filter(|record| !record.gone) else {
                continue;
            };
            match value_from_body(slot, &record.body, catalogue) {
                Ok(value) => self.assessment.put(slot, value),
                Err(why) => {
                    let source = sources.iter().rfind(|(source, _)| *source == key);
                    let aside = Aside {
                        key: self.place(&key),
                        text: source.map_or_else(|| record.to_text(), |(_, text)| text.clone()),
                        why,
                    };
                    self.aside.push(aside);
                    self.records.remove(&key);
                }
            }
        }
    }

    /// Where a record is stored.
    #[must_use]
    pub fn place(&self, key: &RecordKey) -> String {
        RecordPlace {
            assessment: self.id.clone(),
            generation: self.generation,
            key: key.clone(),
        }
        .text()
    }

    /// How much room the record of a slot takes in the storage of a browser, its key included, in UTF-16 units; 0 if there
    /// is no record.
    #[must_use]
    pub fn n_units(&self, slot: Slot) -> usize {
        let key = key_from_slot(slot);
        let record = self.records.get(&key);
        record.map_or(0, |record| {
            self.place(&key).encode_utf16().count() + record.to_text().encode_utf16().count()
        })
    }

    /// The writes that bring the store up to these slots of the assessment. A text that could not be read is moved aside
    /// before its place is taken.
    pub fn write_slots(&mut self, slots: &[Slot], stamp: &Stamp, catalogue: &Catalogue) -> Vec<Write> {
        let mut writes = Vec::new();
        let stamp = &self.stamp_after(slots, stamp);
        for slot in slots {
            let key = key_from_slot(*slot);
            let value = self.assessment.value(*slot);
            let before = self.records.get(&key);
            // What this version does not know goes along with what it knows.
            let taken = self.taken_version(*slot, slots, &value, catalogue);
            let unknown = taken.as_ref().or(before).cloned().unwrap_or_default();
            let mut record = Record {
                stamp: stamp.clone(),
                gone: value.is_empty(),
                body: body_from_value(*slot, &value, &unknown.body, catalogue),
                extra: unknown.extra,
                ..Record::default()
            };
            if let Some(before) = before {
                record.grow_out_of(before);
            }
            let place = self.place(&key);
            while let Some(position) = self.aside.iter().position(|aside| aside.key == place) {
                let aside = self.aside.remove(position);
                writes.push(Write {
                    key: aside_key(&aside.key, stamp.at, writes.len()),
                    text: Some(aside.text),
                });
            }
            writes.push(Write {
                key: place,
                text: Some(record.to_text()),
            });
            self.records.insert(key, record);
        }
        writes
    }

    /// The stamp of a change, after all that it writes over: a clock that runs late, here or there, turns no order round.
    fn stamp_after(&self, slots: &[Slot], stamp: &Stamp) -> Stamp {
        let before = slots.iter().filter_map(|slot| self.records.get(&key_from_slot(*slot)));
        let earliest = before.map(|it| it.stamp.at.saturating_add(i64::from(it.stamp.tab != stamp.tab)));
        Stamp {
            at: earliest.fold(stamp.at, i64::max),
            ..stamp.clone()
        }
    }

    /// The version that has been chosen for a slot, if one of the conflicts among the slots has just been settled with it.
    fn taken_version(&self, slot: Slot, slots: &[Slot], value: &Value, catalogue: &Catalogue) -> Option<Record> {
        let settled = slots.iter().filter(|it| matches!(it, Slot::Conflict(_)));
        let mut versions = settled.filter_map(|it| version_from_body(&self.records.get(&key_from_slot(*it))?.body));
        let key = key_from_slot(slot);
        let holds = |record: &Record| value_from_record(slot, record, catalogue).as_ref() == Ok(value);
        let version = versions.find(|(place, version)| *place == key && holds(version))?.1;
        // Where what stood says the same, it is what stays.
        (!self.records.get(&key).is_some_and(holds)).then_some(version)
    }

    /// All records, those too that are set aside because what they say can't be read here.
    #[must_use]
    pub fn all_records(&self) -> Records {
        let mut records = self.records.clone();
        for (key, record) in self.aside.iter().filter_map(Aside::record) {
            records.entry(key).or_insert(record);
        }
        records
    }

    /// A book of other records of the same assessment. What could not be read here, and is not among them, comes along.
    #[must_use]
    pub fn with_records(&self, records: Records, catalogue: &Catalogue) -> Self {
        let here = self.all_records();
        let is_among = |aside: &Aside| {
            let record = aside.record();
            record.is_some_and(|(key, record)| here.get(&key) == Some(&record))
        };
        let left: Vec<Aside> = self.aside.iter().filter(|aside| !is_among(aside)).cloned().collect();
        let mut book = Self::from_records(self.id.clone(), self.generation, records, catalogue);
        book.aside.extend(left);
        book
    }

    /// All records as writes, and what could not be read, as it is.
    #[must_use]
    pub fn write_all(&self) -> Vec<Write> {
        let records = self.records.iter().map(|(key, record)| Write {
            key: self.place(key),
            text: Some(record.to_text()),
        });
        let is_taken =
            |aside: &Aside| RecordPlace::parse(&aside.key).is_some_and(|place| self.records.contains_key(&place.key));
        let aside = self.aside.iter().enumerate().map(|(number, aside)| Write {
            key: if is_taken(aside) {
                aside_key(&aside.key, 0, number)
            } else {
                aside.key.clone()
            },
            text: Some(aside.text.clone()),
        });
        records.chain(aside).collect()
    }

    /// Forgets texts that could not be read and were moved aside because their place was needed.
    pub(super) fn forget_moved_aside(&mut self) {
        let records = &self.records;
        self.aside
            .retain(|aside| RecordPlace::parse(&aside.key).is_none_or(|place| !records.contains_key(&place.key)));
    }

    /// Moves the book to another generation, what could not be read too. Nothing is written yet.
    pub(super) fn move_to(&mut self, generation: u32) {
        self.generation = generation;
        for aside in &mut self.aside {
            if let Some(place) = RecordPlace::parse(&aside.key) {
                aside.key = RecordPlace { generation, ..place }.text();
            }
        }
    }

    /// Takes in a record that another tab has written. Returns the slot that holds something else now. A text that can't
    /// be read changes no answer here; it is set aside, so that the next write to its place does not overwrite it.
    pub fn take_in(&mut self, place: &RecordPlace, text: Option<&str>, catalogue: &Catalogue) -> Option<Slot> {
        if place.assessment != self.id || place.generation != self.generation {
            return None;
        }
        let text = text?;
        match self.decode(place, text, catalogue) {
            Ok((record, news)) => {
                self.records.insert(place.key.clone(), record);
                let (slot, value) = news?;
                let before = self.assessment.value(slot);
                self.assessment.put(slot, value);
                (self.assessment.value(slot) != before).then_some(slot)
            }
            Err(why) => {
                let (key, text) = (place.text(), text.to_owned());
                if !self.aside.iter().any(|aside| aside.key == key && aside.text == text) {
                    self.aside.push(Aside { key, text, why });
                }
                None
            }
        }
    }

    /// The record in a text, and the slot that it fills with its value, if this version and catalogue know the slot.
    fn decode(
        &self,
        place: &RecordPlace,
        text: &str,
        catalogue: &Catalogue,
    ) -> Result<(Record, Option<(Slot, Value)>), String> {
        let record = Record::from_text(text)?;
        let Some(slot) = slot_from_key(&place.key, catalogue) else {
            return Ok((record, None));
        };
        let value = value_from_record(slot, &record, catalogue)?;
        Ok((record, Some((slot, value))))
    }
}
