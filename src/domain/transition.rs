//! The controls of an older edition of Annex A, and what became of them.

/// A control of ISO/IEC 27001:2013 Annex A.
#[derive(Debug)]
pub struct OldControl {
    /// The id as printed: `A.9.2.1`.
    pub id: &'static str,
    /// ISO's short title.
    pub title: &'static str,
    /// Positions of the controls of the present Annex A that took its subject over.
    pub now: &'static [u16],
}
