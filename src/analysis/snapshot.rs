//! Snapshots: what the answers and the figures were on a day, packed small, so that two days can be compared.

use chrono::NaiveDate;

use super::{Gate, GateCount, Tally};
use crate::domain::{Assessment, Catalogue, EntryId, FrameworkId};

/// What a snapshot holds of the figures of its day. Registers are not in it, so these can't be computed again later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Open gaps.
    pub n_gaps: usize,
    /// The requirements of each framework in scope, by status.
    pub frameworks: Vec<(FrameworkId, Tally)>,
    /// The gates: edition, count with overrides, and how many things block it.
    pub gates: Vec<(Gate, FrameworkId, GateCount, usize)>,
}

/// A snapshot as it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The entry in the register.
    pub id: EntryId,
    /// Its name; may be blank.
    pub title: String,
    /// Its day.
    pub on: NaiveDate,
    /// The figures of its day.
    pub figures: Figures,
}

/// The snapshots that can be read, the oldest first.
#[must_use]
pub fn snapshots(_catalogue: &Catalogue, _assessment: &Assessment) -> Vec<Snapshot> {
    Vec::new()
}
