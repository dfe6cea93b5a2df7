//! What a merge brings, and what it could not settle: a version of a slot that does not count, kept until a person chooses.

use super::{Slot, Value};

/// A version of a slot that a merge did not let stand. What stands is in the slot itself; this one is kept beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The slot of which this is a version.
    pub slot: Slot,
    /// What this version holds there; empty if somebody emptied it.
    pub value: Value,
    /// When it was changed last, in UTC milliseconds.
    pub at: i64,
    /// Who changed it last; may be blank.
    pub by: String,
}

/// How many records of a file, or of several, stand how to those that are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// Not here yet.
    pub n_new: usize,
    /// Grown out of what is here: they take its place.
    pub n_taken_over: usize,
    /// The same as here.
    pub n_same: usize,
    /// Older than what is here, which grew out of them: nothing changes.
    pub n_older: usize,
    /// Changed there and here: a conflict.
    pub n_conflicts: usize,
    /// Of all these: those of a kind, or about something, that this version of the program does not know.
    pub n_unknown: usize,
}
