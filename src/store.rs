//! How an assessment is kept: records, generations, the assessment file, and what happens to text that can't be read.
//!
//! Sees `domain` only. It does no IO of its own: a [`Sink`] is given to it, and the rims bring the real one. Losing an
//! answer is the worst that this program can do, so nothing here overwrites what could not be read.

mod backup;
mod book;
mod codec;
mod everything;
mod fields;
mod file;
mod hand_out;
mod keys;
mod library;
mod merge;
mod migration;
mod record;
mod selection;
mod sheet_codec;
mod sink;
mod survey;

pub use backup::Backup;
pub use book::{Aside, Book, Write};
pub use everything::{Everything, open_everything};
pub use file::{AssessmentFile, FileError, MAX_FILE_BYTES};
pub use hand_out::{HandOutError, Returned, ReturnedRow, ReturnedState, bring_back, hand_out};
pub use keys::{HeadKey, PREFIX, RecordPlace};
pub use library::{Head, Library, LibraryError};
pub use merge::{
    MergeFile, MergeFileSummary, MergePreview, Origin, Version, VersionPair, conflict_pairs, merge, n_unread_conflicts,
    preview_merge,
};
pub use migration::SCHEMA;
pub use record::{Past, Record, RecordKey, Stamp};
pub use selection::{ListOrder, ListState, Progress, Selection};
pub use sink::{MemorySink, Outbox, Pending, Sink, SinkError};
pub use survey::{Listing, QUOTA_UNITS, SetAside, Survey, Weight, units};
