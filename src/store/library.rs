//! All assessments of one browser: opening, making, importing, deleting. [`super::Survey`] lists them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::fields::{Fields, object_from_text, required, without};
use super::keys::{BackupKey, SetAsideKey, assessment_prefix, generation_prefix};
use super::{AssessmentFile, Book, HeadKey, Record, RecordKey, RecordPlace, SCHEMA, Sink, SinkError, Stamp};
use crate::domain::{Assessment, AssessmentId, Catalogue};

/// The head of an assessment: its schema, its live generation, and whether it has been deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Head {
    /// The schema of its records.
    pub schema: u32,
    /// The live generation.
    pub generation: u32,
    /// When it was deleted, in UTC milliseconds. Its records stay until it is removed for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<i64>,
    /// Fields of other versions.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Head {
    /// The head from stored text.
    pub(super) fn from_text(text: &str) -> Result<Self, String> {
        let stored = object_from_text(text)?;
        let fields = Fields(&stored);
        Ok(Self {
            schema: required("schema", fields.count("schema")?)?,
            generation: required("generation", fields.count("generation")?)?,
            deleted_at: fields.whole("deleted_at")?,
            extra: without(stored, &["schema", "generation", "deleted_at"]),
        })
    }
}

/// Why an operation on the library failed. What was there is still there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LibraryError {
    /// The sink refused.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// There is no such assessment.
    #[error("this browser holds no assessment {0}")]
    Missing(AssessmentId),
    /// The head can't be read.
    #[error("the head of assessment {0} can't be read")]
    HeadUnreadable(AssessmentId),
    /// A newer version wrote it.
    #[error("a newer version of Concord wrote this assessment (schema {0}, this one reads up to {SCHEMA})")]
    Newer(u32),
    /// Another tab has put other records in the place of those that are open.
    #[error("another tab has replaced this assessment since it was opened")]
    Replaced,
}

/// The assessments in a sink.
pub struct Library<'a> {
    pub(super) sink: &'a dyn Sink,
    pub(super) catalogue: &'a Catalogue,
}

impl<'a> Library<'a> {
    /// The assessments in a sink, read with a catalogue.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, catalogue: &'a Catalogue) -> Self {
        Self { sink, catalogue }
    }

    /// The head of an assessment.
    ///
    /// # Errors
    /// If there is none, if it can't be read, or if a newer version wrote it.
    pub fn head(&self, id: &AssessmentId) -> Result<Head, LibraryError> {
        let text = self
            .sink
            .read(&HeadKey(id.clone()).text())?
            .ok_or_else(|| LibraryError::Missing(id.clone()))?;
        let head = Head::from_text(&text).map_err(|_| LibraryError::HeadUnreadable(id.clone()))?;
        if head.schema > SCHEMA {
            Err(LibraryError::Newer(head.schema))
        } else {
            Ok(head)
        }
    }

    /// Opens an assessment. After a good open the generations before it are removed; after one that left something
    /// aside, nothing is. An older schema is written anew as a generation of the present one.
    ///
    /// # Errors
    /// If there is no such assessment, it can't be read, or storage is out of reach.
    pub fn open(&self, id: &AssessmentId) -> Result<Book, LibraryError> {
        let head = self.head(id)?;
        let mut texts = Vec::new();
        for key in self.sink.keys(&generation_prefix(id, head.generation))? {
            if let Some(text) = self.sink.read(&key)? {
                texts.push((key, text));
            }
        }
        let book = Book::from_texts(id.clone(), head.generation, head.schema, texts, self.catalogue);
        if head.schema < SCHEMA {
            return self.write_generation(book, head);
        }
        // A generation without a record is no proof of a good open: its number in the head may be what went wrong.
        if book.aside.is_empty() && !book.records.is_empty() {
            // The book is open; what could not be removed now is removed at the next open.
            self.remove_generations(id, |generation| generation != head.generation)
                .ok();
        }
        Ok(book)
    }

    /// Makes a new assessment and opens it.
    ///
    /// # Errors
    /// If storage is full or out of reach; then nothing of it is left behind.
    pub fn create(&self, id: AssessmentId, assessment: Assessment, stamp: &Stamp) -> Result<Book, LibraryError> {
        self.write_new(Book::from_assessment(id, 1, assessment, stamp, self.catalogue))
    }

    /// Makes a new assessment of the records of a file, stamps and unknown records included, and opens it.
    ///
    /// # Errors
    /// If storage is full or out of reach; then nothing of it is left behind.
    pub fn import(&self, id: AssessmentId, file: AssessmentFile) -> Result<Book, LibraryError> {
        self.write_new(Book::from_records(id, 1, file.records, self.catalogue))
    }

    /// Puts other records in the place of those of an open assessment, such as those that a merge has given, and opens
    /// them. The generation before stays until the next good open.
    ///
    /// # Errors
    /// If there is no such assessment, if another tab has replaced it since, or if storage is full or out of reach; then
    /// all is as it was.
    pub fn replace(&self, book: &Book, records: BTreeMap<RecordKey, Record>) -> Result<Book, LibraryError> {
        let head = self.head_of(book)?;
        let mut replaced = self.write_generation(book.with_records(records, self.catalogue), head)?;
        replaced.forget_moved_aside();
        Ok(replaced)
    }

    /// Goes back from a book to the one whose records it replaced. While the generation of that is there as it was, that
    /// takes one write; otherwise it is written anew.
    ///
    /// # Errors
    /// If there is no such assessment, if another tab has replaced it since, or if storage is full or out of reach; then
    /// all is as it was.
    pub fn go_back(&self, from: &Book, book: &Book) -> Result<Book, LibraryError> {
        let head = self.head_of(from)?;
        if self.holds(book)? {
            let generation = book.generation;
            self.write_head(&book.id, &Head { generation, ..head })?;
            Ok(book.clone())
        } else {
            self.write_generation(book.clone(), head)
        }
    }

    /// The head of an open assessment, which must still name the generation of the book: another tab may have replaced it.
    fn head_of(&self, book: &Book) -> Result<Head, LibraryError> {
        let head = self.head(&book.id)?;
        if head.generation == book.generation {
            Ok(head)
        } else {
            Err(LibraryError::Replaced)
        }
    }

    /// Whether the generation of a book is there with all its records, and no others.
    fn holds(&self, book: &Book) -> Result<bool, SinkError> {
        let writes = book.write_all();
        let mut keys = self.sink.keys(&generation_prefix(&book.id, book.generation))?;
        for write in &writes {
            if self.sink.read(&write.key)? != write.text {
                return Ok(false);
            }
            keys.retain(|key| *key != write.key);
        }
        Ok(keys.is_empty())
    }

    /// Marks an assessment as deleted, or takes that back. Its records stay.
    ///
    /// # Errors
    /// If there is no such assessment or storage is out of reach.
    pub fn mark_deleted(&self, id: &AssessmentId, deleted_at: Option<i64>) -> Result<(), LibraryError> {
        let head = Head {
            deleted_at,
            ..self.head(id)?
        };
        Ok(self.write_head(id, &head)?)
    }

    /// Removes a deleted assessment for good, and the note on its backup. One that has not been marked as deleted stays, and
    /// so do texts of it that were set aside.
    ///
    /// # Errors
    /// If there is no such assessment or storage is out of reach.
    pub fn remove_deleted(&self, id: &AssessmentId) -> Result<(), LibraryError> {
        if self.head(id)?.deleted_at.is_none() {
            return Ok(());
        }
        self.remove_generations(id, |_| true)?;
        // The head goes last: until then the removal can be repeated.
        self.sink.write(&BackupKey(id.clone()).text(), None)?;
        Ok(self.sink.write(&HeadKey(id.clone()).text(), None)?)
    }

    /// A text that was set aside, by its key.
    ///
    /// # Errors
    /// If storage is out of reach.
    pub fn set_aside_text(&self, key: &str) -> Result<Option<String>, LibraryError> {
        Ok(SetAsideKey::parse(key).map_or(Ok(None), |_| self.sink.read(key))?)
    }

    /// Removes a text that was set aside, for good. A key of anything else stays.
    ///
    /// # Errors
    /// If storage is out of reach.
    pub fn remove_set_aside(&self, key: &str) -> Result<(), LibraryError> {
        Ok(SetAsideKey::parse(key).map_or(Ok(()), |_| self.sink.write(key, None))?)
    }

    /// Writes the book of a new assessment. Under an id that is taken it becomes the next generation there; a head that
    /// can't be read is left alone.
    fn write_new(&self, book: Book) -> Result<Book, LibraryError> {
        match self.head(&book.id) {
            Ok(_) | Err(LibraryError::Missing(_)) => self.write_generation(book, Head::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes a whole new generation, reads it back, and only then switches the head, by one write.
    fn write_generation(&self, mut book: Book, head: Head) -> Result<Book, LibraryError> {
        let generation = self.unused_generation(&book.id)?;
        book.move_to(generation);
        if let Err(error) = self.write_and_read_back(&book, head) {
            // The refusal is what the caller must hear of; leftovers go with the next good open.
            self.remove_generations(&book.id, |it| it == generation).ok();
            return Err(error.into());
        }
        Ok(book)
    }

    /// A generation that holds no record, not even one of an attempt that was cut short.
    fn unused_generation(&self, id: &AssessmentId) -> Result<u32, SinkError> {
        let keys = self.sink.keys(&assessment_prefix(id))?;
        let used = keys
            .iter()
            .filter_map(|key| RecordPlace::parse(key))
            .map(|place| place.generation);
        Ok(used.max().unwrap_or_default().saturating_add(1))
    }

    fn write_and_read_back(&self, book: &Book, head: Head) -> Result<(), SinkError> {
        let writes = book.write_all();
        for write in &writes {
            self.sink.write(&write.key, write.text.as_deref())?;
        }
        for write in &writes {
            if self.sink.read(&write.key)? != write.text {
                return Err(SinkError::ReadBack);
            }
        }
        let head = Head {
            schema: SCHEMA,
            generation: book.generation,
            ..head
        };
        self.write_head(&book.id, &head)
    }

    fn write_head(&self, id: &AssessmentId, head: &Head) -> Result<(), SinkError> {
        // Numbers and JSON maps always serialise.
        let text = serde_json::to_string(head).unwrap_or_default();
        self.sink.write(&HeadKey(id.clone()).text(), Some(&text))
    }

    fn remove_generations(&self, id: &AssessmentId, is_removed: impl Fn(u32) -> bool) -> Result<(), SinkError> {
        for key in self.sink.keys(&assessment_prefix(id))? {
            if RecordPlace::parse(&key).is_some_and(|place| is_removed(place.generation)) {
                self.sink.write(&key, None)?;
            }
        }
        Ok(())
    }
}

pub(super) fn is_answered(record: &Record) -> bool {
    record
        .body
        .get("standing")
        .and_then(Value::as_str)
        .is_some_and(|standing| standing != "not-answered")
}
