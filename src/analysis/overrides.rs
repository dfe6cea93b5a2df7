//! Overrides: where a person has set a requirement's status, with reason, author, date and described alternative.

use super::Ground;
use crate::domain::{Assessment, Catalogue, Choice};

/// An override in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The position of the requirement.
    pub requirement: usize,
    /// What it is set to: [`Choice::SetReady`], [`Choice::SetPartly`] or [`Choice::SetNotReady`].
    pub level: Choice,
    /// An answer under it has changed since it was set.
    pub needs_review: bool,
    /// Reason, author, date or alternative is missing: it counts nowhere until they are there.
    pub is_incomplete: bool,
}

/// The overrides of requirements that are looked at.
#[must_use]
pub fn overrides(_catalogue: &Catalogue, _assessment: &Assessment, _ground: &Ground) -> Vec<Override> {
    Vec::new()
}

/// What the answers under a requirement are, as one short text: an override keeps it, and asks for review when it differs.
#[must_use]
pub fn answers_under(
    _catalogue: &Catalogue,
    _assessment: &Assessment,
    _ground: &Ground,
    _requirement: usize,
) -> String {
    String::new()
}
