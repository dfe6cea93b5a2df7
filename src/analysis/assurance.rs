//! What the assurance of suppliers carries: whether an inherited practice clears a gate.

use chrono::NaiveDate;

use super::Window;
use crate::domain::{Assessment, EntryId, Practice};

/// What stands behind an inherited practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// The supplier in the register; none if the name is not there.
    pub supplier: Option<EntryId>,
    /// A reviewed certificate or report in force whose scope names the service: clears Stage 2, 27017 and Type 1.
    pub report: Option<EntryId>,
    /// A Type 2 report that covers the window, alone or with a bridge letter.
    pub type2: Option<EntryId>,
    /// The cover of the window leans on a bridge letter.
    pub is_bridged: bool,
    /// The bridge is longer than the three months that are common.
    pub is_long_bridge: bool,
    /// The supplier is carved out: reported as relying on a subservice organisation, apart from own passes.
    pub is_carved_out: bool,
    /// The report has an opinion other than unqualified, or exceptions that touch the organisation.
    pub has_exceptions: bool,
    /// The supplier does not do what is inherited from it: its kinds, or the way code scanning is deployed, do not fit.
    pub is_unfit: bool,
}

/// What stands behind a practice that is answered as inherited; none if it is not.
#[must_use]
pub fn assurance(
    _practice: &Practice,
    _assessment: &Assessment,
    _window: Option<Window>,
    _date: NaiveDate,
) -> Option<Assurance> {
    None
}
