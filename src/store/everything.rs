//! The file of everything that a browser keeps, keys with their texts, opened again.

use super::fields::object_from_text;
use super::{AssessmentFile, FileError, Library, MAX_FILE_BYTES, MemorySink, PREFIX, Sink};
use crate::domain::Catalogue;

/// What a file of everything holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Everything {
    /// The assessments that can be opened, the last changed first, but for those that were deleted.
    pub files: Vec<AssessmentFile>,
    /// How many others are in it: deleted, of a newer version, or with a head that can't be read. They stay in the file.
    pub n_left_out: usize,
    /// How many records could not be read. They stay in the file.
    pub n_unreadable: usize,
}

/// The assessments in a file of everything.
///
/// # Errors
/// If it is no such file.
pub fn open_everything(catalogue: &Catalogue, bytes: &[u8]) -> Result<Everything, FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    // Anything else that is JSON is somebody else's.
    let stored = object_from_text(text).map_err(|_| FileError::Foreign)?;
    if stored.is_empty() || !stored.keys().all(|key| key.starts_with(PREFIX)) {
        return Err(FileError::Foreign);
    }
    let sink = MemorySink::default();
    for (key, value) in &stored {
        let text = value.as_str().ok_or(FileError::Foreign)?;
        // There is no quota and nobody to block it.
        sink.write(key, Some(text)).ok();
    }
    let library = Library::new(&sink, catalogue);
    let survey = library.survey().unwrap_or_default();
    let mut everything = Everything {
        n_left_out: survey.unreadable.len(),
        ..Everything::default()
    };
    for listing in survey.listings {
        match library.open(&listing.id) {
            Ok(book) if listing.deleted_at.is_none() => {
                everything.n_unreadable += book.aside.len();
                everything.files.push(AssessmentFile::new(catalogue, book.records));
            }
            Ok(_) | Err(_) => everything.n_left_out += 1,
        }
    }
    Ok(everything)
}
