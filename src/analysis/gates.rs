//! The five gates: the same answers, five bars. Gates nest: Stage 2 includes Stage 1, Type 2 includes Type 1.

use chrono::NaiveDate;

use super::{Finding, Ground, Override};
use crate::domain::{Assessment, Catalogue, FrameworkId};

/// A gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// ISO/IEC 27001 Stage 1.
    Stage1,
    /// ISO/IEC 27001 Stage 2.
    Stage2,
    /// ISO/IEC 27017, in the edition that is in scope.
    Cloud,
    /// SOC 2 Type 1.
    Type1,
    /// SOC 2 Type 2.
    Type2,
}

impl Gate {
    /// All gates, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Stage1, Self::Stage2, Self::Cloud, Self::Type1, Self::Type2];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stage1 => "stage-1",
            Self::Stage2 => "stage-2",
            Self::Cloud => "27017",
            Self::Type1 => "type-1",
            Self::Type2 => "type-2",
        }
    }

    /// The name as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stage1 => "ISO/IEC 27001 Stage 1",
            Self::Stage2 => "ISO/IEC 27001 Stage 2",
            Self::Cloud => "ISO/IEC 27017",
            Self::Type1 => "SOC 2 Type 1",
            Self::Type2 => "SOC 2 Type 2",
        }
    }
}

/// Whether something clears a gate. Ordered: fails, open, clears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clearance {
    /// It does not.
    Fails,
    /// Not known yet: something is unanswered, not said, or not due.
    Open,
    /// It does.
    Clears,
}

/// Why a practice does not clear a gate, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortfall {
    /// Nobody has answered.
    NotAnswered,
    /// Absent, or only partly there.
    NotInPlace,
    /// It can't be shown in writing.
    NotDocumented,
    /// Its document in the register of documented information is not approved.
    NotApproved,
    /// A system must make it so and does not.
    NotEnforced,
    /// No records show it.
    NotEvidenced,
    /// A facet has not been said.
    NotSaid,
    /// The control has not been decided on in the Statement of Applicability, or has no reason.
    NotDecided,
    /// The control is not implemented, and neither Statement nor plan says by when.
    NotPlanned,
    /// It is inherited, and no reviewed report or certificate whose scope names the service stands behind it.
    NoReport,
    /// It is inherited, and no Type 2 report covers the window.
    NoType2Report,
    /// It began after the as-of date, or after the window.
    TooLate,
    /// A record that was due in the window is missing, or deviations were found.
    Missed,
    /// What is needed to count its operation has not been entered.
    NotCounted,
    /// Its first record is not due yet.
    NotDue,
}

/// One practice at a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatedPractice {
    /// The position of the practice.
    pub practice: usize,
    /// Whether it clears.
    pub clearance: Clearance,
    /// Why not; empty if it clears.
    pub shortfalls: Vec<Shortfall>,
    /// It clears by a carved-out supplier: relies on a subservice organisation.
    pub relies_on_supplier: bool,
    /// It clears by records that are only claimed: no accepted evidence names it.
    pub is_claimed: bool,
    /// Nothing happened in the window: it is left out of the practice count.
    pub has_no_occurrence: bool,
}

/// One requirement at a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatedRequirement {
    /// The position of the requirement.
    pub requirement: usize,
    /// Whether it clears, overrides counted.
    pub clearance: Clearance,
    /// Whether it clears by the answers alone.
    pub by_answers: Clearance,
}

/// A count with its interval: from what clears to what clears if all that is open turns out well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GateCount {
    /// What clears.
    pub n_cleared: usize,
    /// What is open.
    pub n_open: usize,
    /// The denominator.
    pub n_total: usize,
}

/// What blocks a gate whatever its share is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// Potential majors, by position in [`super::Analysis::findings`].
    PotentialMajors(Vec<usize>),
    /// The ISMS scope, or the system of the report, is not stated.
    NoScopeStatement,
    /// No risk is in the register, or none has a level.
    NoRiskAssessment,
    /// So many risks have no treatment option, no owner or no acceptance.
    RisksNotAccepted(usize),
    /// So many controls are not decided on with a reason.
    ControlsNotDecided(usize),
    /// No internal audit, or for Stage 1 no date for one before Stage 2.
    NoInternalAudit,
    /// No management review, or for Stage 1 no date for one before Stage 2.
    NoManagementReview,
    /// Sections of the system description that are not begun.
    DescriptionNotBegun(usize),
    /// Management's assertion is not begun.
    AssertionNotBegun,
    /// Controls are not written against the criteria.
    NoControlMatrix,
    /// The as-of date is not stated.
    NoAsOfDate,
    /// The window is not stated, or ends before it begins.
    NoWindow,
    /// ISO/IEC 27001 is not in scope, which ISO/IEC 27017 extends.
    NoBaseFramework,
}

/// One gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateReadiness {
    /// The gate.
    pub gate: Gate,
    /// The framework in its edition.
    pub framework: FrameworkId,
    /// What blocks it; stands before every number.
    pub blockers: Vec<Blocker>,
    /// The requirements counted, overrides included.
    pub count: GateCount,
    /// The same without overrides.
    pub by_answers: GateCount,
    /// For ISO/IEC 27017: the rows with cloud content alone.
    pub with_cloud_content: Option<GateCount>,
    /// The practices that the requirements need.
    pub practice_count: GateCount,
    /// The requirements.
    pub requirements: Vec<GatedRequirement>,
    /// The practices, by position.
    pub practices: Vec<GatedPractice>,
}

/// The gates of the frameworks in scope; ISO/IEC 27017 once for each edition in scope.
#[must_use]
pub fn gates(
    _catalogue: &Catalogue,
    _assessment: &Assessment,
    _ground: &Ground,
    _overrides: &[Override],
    _findings: &[Finding],
    _date: NaiveDate,
) -> Vec<GateReadiness> {
    Vec::new()
}
