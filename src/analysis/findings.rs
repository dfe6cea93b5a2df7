//! Potential nonconformities: what an auditor may raise, with the answers that trigger it, what it breaks and what closes
//! it. Grading is the auditor's act.

use super::{Grade, Ground, RequirementStatus};
use crate::domain::{Assessment, Catalogue};

/// A potential nonconformity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The position in [`Catalogue::nonconformities`].
    pub nonconformity: usize,
    /// The gravest grade that it may get.
    pub grade: Grade,
    /// The practices whose answers trigger it, by position. Unanswered never triggers.
    pub triggers: Vec<usize>,
    /// The requirements in scope that it breaks, by position: those that need one of the triggers.
    pub breaks: Vec<usize>,
    /// The evidence that closes it, by position in [`Catalogue::artefacts`].
    pub closed_by: Vec<usize>,
}

/// The potential nonconformities, gravest first.
#[must_use]
pub fn findings(
    _catalogue: &Catalogue,
    _assessment: &Assessment,
    _ground: &Ground,
    _statuses: &[Option<RequirementStatus>],
) -> Vec<Finding> {
    Vec::new()
}
