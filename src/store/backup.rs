//! When an assessment was last taken away as a file. Kept under a small key of its own: neither head nor records change
//! by it, and a browser that can't keep it has still handed out the file.

use serde_json::{Map, Value as Json};

use super::fields::{Fields, object_from_text, required};
use super::keys::BackupKey;
use super::{Book, Library, LibraryError, Survey};
use crate::domain::AssessmentId;

/// When an assessment was last taken away as a file, and how far it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// When the file was written or opened, in UTC milliseconds.
    pub at: i64,
    /// The last change that is in the file, in UTC milliseconds.
    pub changed_at: i64,
    /// The generation whose records are in the file.
    pub generation: u32,
}

impl Backup {
    /// The backup that a file of a book is.
    #[must_use]
    pub fn of(book: &Book, at: i64) -> Self {
        let changed_at = book.records.values().map(|record| record.stamp.at).max();
        Self {
            at,
            // A change by a clock that goes ahead must not hide those that come after the backup.
            changed_at: changed_at.unwrap_or_default().min(at),
            generation: book.generation,
        }
    }

    fn to_text(&self) -> String {
        let fields = [
            ("at", Json::from(self.at)),
            ("changed_at", Json::from(self.changed_at)),
            ("generation", Json::from(self.generation)),
        ];
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Json::Object(fields.collect::<Map<_, _>>()).to_string()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let stored = object_from_text(text)?;
        let fields = Fields(&stored);
        Ok(Self {
            at: required("at", fields.whole("at")?)?,
            changed_at: required("changed_at", fields.whole("changed_at")?)?,
            generation: required("generation", fields.count("generation")?)?,
        })
    }
}

impl Library<'_> {
    /// The last backup of an assessment that this browser knows of. One that can't be read counts as none.
    pub(super) fn backup(&self, id: &AssessmentId) -> Result<Option<Backup>, LibraryError> {
        let text = self.sink.read(&BackupKey(id.clone()).text())?;
        Ok(text.and_then(|text| Backup::from_text(&text).ok()))
    }

    /// Notes that an assessment was taken away as a file.
    ///
    /// # Errors
    /// If the storage is full or out of reach. The file is there all the same.
    pub fn note_backup(&self, id: &AssessmentId, backup: &Backup) -> Result<(), LibraryError> {
        let key = BackupKey(id.clone()).text();
        Ok(self.sink.write(&key, Some(&backup.to_text()))?)
    }

    /// Notes that everything was taken away as a file, as a survey saw it.
    ///
    /// # Errors
    /// If the storage is full or out of reach. The file is there all the same.
    pub fn note_backup_of_all(&self, survey: &Survey, at: i64) -> Result<(), LibraryError> {
        for listing in &survey.listings {
            let backup = Backup {
                at,
                changed_at: listing.changed_at,
                generation: listing.generation,
            };
            self.note_backup(&listing.id, &backup)?;
        }
        Ok(())
    }
}
