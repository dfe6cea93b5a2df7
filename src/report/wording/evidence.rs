//! How evidence, and what is asked for, is said.

use crate::analysis::Freshness;
use crate::domain::{ArtefactKind, Choice, Facet, Field, Rhythm, Sheet};

/// What must be said wherever sizes of samples stand.
pub const SAMPLES_ARE_CUSTOM: &str =
    "Sizes of samples are what audit firms commonly draw, not a rule. The auditor decides.";

/// How many an auditor commonly looks at of what has these rhythms; no rhythm means a state on one day.
#[must_use]
pub fn sample_guidance(rhythms: &[Rhythm]) -> String {
    if rhythms.is_empty() {
        return "one, as of a day near the audit".to_owned();
    }
    let parts: Vec<&str> = rhythms.iter().copied().map(sample_of).collect();
    parts.join("; ")
}

const fn sample_of(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Continuous => "settings: at start and end, with the log of changes",
        Rhythm::Yearly => "yearly: 1",
        Rhythm::HalfYearly => "half-yearly: 1 to 2",
        Rhythm::Quarterly => "quarterly: 2",
        Rhythm::Monthly => "monthly: 2 to 5",
        Rhythm::Weekly => "weekly: 5 to 15",
        Rhythm::Daily => "daily: 20 to 40",
        Rhythm::OnChange => "per change: 25 to 60, or all if fewer",
        Rhythm::OnEvent => "per event: 25 to 60, or all if fewer",
    }
}

/// What sort of thing a piece of evidence is.
#[must_use]
pub const fn artefact_kind(kind: ArtefactKind) -> &'static str {
    match kind {
        ArtefactKind::Attestation => "Attestation",
        ArtefactKind::Configuration => "Configuration",
        ArtefactKind::Document => "Document",
        ArtefactKind::ExternalReport => "External report",
        ArtefactKind::Inventory => "Inventory",
        ArtefactKind::Log => "Log",
        ArtefactKind::Record => "Record",
        ArtefactKind::Register => "Register",
        ArtefactKind::Report => "Report",
        ArtefactKind::ReviewRecord => "Review record",
        ArtefactKind::TestReport => "Test report",
    }
}

/// The state of a piece of evidence, or of what is asked for.
#[must_use]
pub fn evidence_state(state: Option<Choice>, is_there: bool) -> &'static str {
    match (state, is_there) {
        (Some(state), _) => state.title(),
        (None, true) => "State not said",
        (None, false) => "Missing",
    }
}

/// How fresh a piece of evidence is.
#[must_use]
pub const fn freshness(freshness: Freshness) -> &'static str {
    match freshness {
        Freshness::Fresh => "Fresh",
        Freshness::Old => "Older than its rhythm",
        Freshness::Undated => "Undated",
    }
}

/// How much of what is asked for has not been received.
#[must_use]
pub fn requests_missing(n_missing: usize, n_all: usize) -> String {
    format!(
        "{n_missing} of {} not received",
        super::count(n_all, "request", "requests")
    )
}

/// Why a facet is proposed for the practices that a piece of evidence names.
#[must_use]
pub const fn facet_proposal(facet: Facet) -> &'static str {
    match facet {
        Facet::Documented => {
            "This is a document, and these practices are not yet said to be documented. Say so if it is approved and \
             covers them."
        }
        Facet::Evidenced | Facet::Enforced | Facet::Improved => {
            "These records are accepted, and these practices are not yet said to be evidenced. Say so if the records show \
             them working over time."
        }
    }
}

/// The words of the button that says a facet of some practices.
#[must_use]
pub fn set_facet(facet: Facet, n: usize) -> String {
    let facet = facet.title().to_lowercase();
    match n {
        1 => format!("Set {facet} for this practice"),
        n => format!("Set {facet} for these {n} practices"),
    }
}

/// That a facet of some practices has been set.
#[must_use]
pub fn facet_set(facet: Facet, n: usize) -> String {
    format!("{} set for {}.", facet.title(), super::practices(n))
}

/// The SHA-256 of a piece of evidence with what the last check found; blank for none.
#[must_use]
pub fn hash_note(sheet: &Sheet) -> String {
    let hash = sheet.text(Field::Sha256);
    let (Some(checked), false) = (sheet.choice(Field::Verified), hash.is_empty()) else {
        return hash.to_owned();
    };
    let outcome = checked.title().to_lowercase();
    match sheet.date(Field::VerifiedOn) {
        Some(on) => format!("{hash} ({outcome}, checked on {on})"),
        None => format!("{hash} ({outcome})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FieldValue, fixture};

    #[test]
    fn sample_is_said_for_each_rhythm() {
        let said = sample_guidance(&[Rhythm::Quarterly, Rhythm::OnEvent]);
        assert_eq!(said, "quarterly: 2; per event: 25 to 60, or all if fewer");
        assert_eq!(sample_guidance(&[]), "one, as of a day near the audit");
    }

    #[test]
    fn hash_says_what_the_last_check_found() {
        let sheet = Sheet::default();
        assert_eq!(hash_note(&sheet), "");
        let sheet = sheet.with_text(Field::Sha256, "ab12");
        assert_eq!(hash_note(&sheet), "ab12");
        let sheet = sheet
            .with(Field::Verified, FieldValue::Choice(Choice::Unchanged))
            .with(Field::VerifiedOn, FieldValue::Date(fixture::date()));
        assert_eq!(
            hash_note(&sheet),
            "ab12 (unchanged since hashed, checked on 2026-11-20)"
        );
    }
}
