//! What is computed: pure functions of catalogue, assessment and date. Everything is recomputed for each change.
//!
//! This layer must not know how an assessment is stored or shown. It words nothing but the names of its own results.

mod assurance;
mod burn_down;
mod compare;
mod crosswalk;
mod duties;
mod evidence;
mod exclusions;
mod findings;
mod gaps;
mod gates;
mod ground;
mod lint;
mod next;
mod obligations;
mod operation;
mod overrides;
mod places;
mod plan;
mod practice_filter;
mod practice_set;
mod progress;
mod reach;
mod readiness;
mod scope_effect;
mod search;
mod snapshot;
mod soa;
mod soa_import;
mod status;
mod suppliers;
mod surveillance;
mod what_if;

pub use assurance::{Assurance, BRIDGE_MONTHS, CURRENT_MONTHS, assurance};
pub use burn_down::{BurnDown, PlanCover, burn_down};
pub use compare::{
    Comparison, Direction, FrameworkChange, GapChange, GateChange, Moved, PracticeChange, Reason, ScopeChange, compare,
};
pub use crosswalk::{Addition, Crosswalk, Pair, Relation, RelationKind, matrix};
pub use duties::{Duties, DutyRow, PracticeDuty, SupplierDuties, duties};
pub use evidence::{
    EvidenceRequest, FacetProposal, Freshness, Piece, evidence_day, evidence_of, evidence_requests, facet_proposal,
    freshness, is_old,
};
pub use exclusions::{DRAFT_OPENING, ExclusionProposal, exclusion_proposals, is_draft_reason};
pub use findings::Finding;
pub use gaps::{Gap, GapKind, Grade, OpenRequirement, Precedence, Ranking};
pub use gates::{
    Blocker, Clearance, Gate, GateCount, GateReadiness, GatedPractice, GatedRequirement, INTERNAL_AUDIT,
    MANAGEMENT_REVIEW, Shortfall, gates,
};
pub use ground::{Ground, needed_sets};
pub use lint::{Fault, Lint, Place, lint};
pub use next::{Scan, Suggestion, Why, next_question, quick_scan};
pub use obligations::{
    Footing, GroupReading, ObligationReading, PartReading, SourceReading, Spoken, SpokenCount, as_if_in_scope, naming,
};
pub use operation::{Operating, OperationCount, Period, PeriodState, SETTING_DAYS, Window, operation_count};
pub use overrides::{Override, answers_under};
pub use plan::{
    ActionState, CAPACITY, Held, Plan, PlanAction, PlannedAction, Proposal, Wave, action_for_gaps, action_state_title,
    days_of, plan, plan_actions,
};
pub use practice_filter::{FilterPart, PlanChoice, PracticeFilter, Said, StatedBasis};
pub use practice_set::PracticeSet;
pub use progress::{BasisMix, FacetTally, TopicProgress, answered_of_asked, minutes_left};
pub use reach::{Reach, levers};
pub use readiness::{FrameworkReadiness, GroupReadiness, Tally};
pub use scope_effect::{ScopeEffect, scope_effect, scope_effects};
pub use search::{Found, search};
pub use snapshot::{
    Figures, Moment, MomentScope, PracticeState, Snapshot, SnapshotError, SnapshotPart, UnreadSnapshot, default_since,
    sheet_from_moment, snapshot_from_sheet, snapshots, take, unread_snapshots,
};
pub use soa::{
    Applicability, DocumentRow, MatrixRow, RiskRow, SoaCount, SoaRow, SoaSubject, control_id, control_matrix,
    documents, documents_of, risk_row, risk_rows, soa_row, soa_rows,
};
pub use soa_import::{
    Choices, ColumnRole, LeftOver, Placed, Preview, Question, Reading, ReadingKind, SoaTable, role_of_heading,
};
pub use status::{Level, RequirementStatus, StatusBasis, Verdict};
pub use suppliers::{
    SupplierShare, is_of_kind, offers, reports_of, supplier_assurance, supplier_named, supplier_share, supplier_shares,
};
pub use surveillance::{Cycle, CycleAudit, cycle};
pub use what_if::{EarliestDate, Hole, Outcome, PLACEHOLDER, Stand, Step, Stride, WhatIf, first_record_day};

use chrono::NaiveDate;

use crate::domain::{Assessment, Catalogue, FrameworkId};

/// The whole analysis of one assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The day that it speaks of.
    pub date: NaiveDate,
    /// What is in scope.
    pub ground: Ground,
    /// The status of each requirement, by position in the catalogue; none where it is out of scope or excluded.
    pub statuses: Vec<Option<RequirementStatus>>,
    /// The frameworks in scope.
    pub frameworks: Vec<FrameworkReadiness>,
    /// The topics with at least one practice in scope.
    pub topics: Vec<TopicProgress>,
    /// The gaps, first things first.
    pub gaps: Vec<Gap>,
    /// What the answers rest on.
    pub basis_mix: BasisMix,
    /// Where a person has set a status.
    pub overrides: Vec<Override>,
    /// The potential nonconformities, gravest first.
    pub findings: Vec<Finding>,
    /// The gates of the frameworks in scope.
    pub gates: Vec<GateReadiness>,
}

impl Analysis {
    /// Analyses an assessment as it stands on a day.
    #[must_use]
    pub fn new(catalogue: &Catalogue, assessment: &Assessment, date: NaiveDate) -> Self {
        let first = Self::for_answering(catalogue, assessment, date);
        let (ground, statuses) = (&first.ground, &first.statuses);
        let overrides = overrides::overrides(catalogue, assessment, ground);
        let findings = findings::findings(catalogue, assessment, ground, statuses, date);
        let gates = gates::gates(catalogue, assessment, ground, &overrides, &findings, date);
        Self {
            overrides,
            findings,
            gates,
            ..first
        }
    }

    /// The analysis without overrides, findings and gates: what the pages for answering need. A page shows it until the
    /// code for the rest is there.
    #[must_use]
    pub fn for_answering(catalogue: &Catalogue, assessment: &Assessment, date: NaiveDate) -> Self {
        let ground = Ground::new(catalogue, assessment);
        let statuses = status::statuses(catalogue, assessment, &ground);
        let frameworks = readiness::frameworks(catalogue, assessment, &ground, &statuses);
        let topics = progress::topics(catalogue, assessment, &ground);
        let gaps = gaps::gaps(catalogue, assessment, &ground, &statuses);
        let basis_mix = BasisMix::new(catalogue, assessment, &ground);
        Self {
            date,
            ground,
            statuses,
            frameworks,
            topics,
            gaps,
            basis_mix,
            overrides: Vec::new(),
            findings: Vec::new(),
            gates: Vec::new(),
        }
    }

    /// The status of the requirement at a position, if it is in scope.
    #[must_use]
    pub fn status(&self, position: usize) -> Option<&RequirementStatus> {
        self.statuses.get(position).and_then(Option::as_ref)
    }

    /// The readiness of a framework, if it is in scope.
    #[must_use]
    pub fn framework(&self, id: FrameworkId) -> Option<&FrameworkReadiness> {
        self.frameworks.iter().find(|framework| framework.id == id)
    }

    /// The practices that a requirement of a framework needs, among those looked at.
    #[must_use]
    pub fn needed_by(&self, catalogue: &Catalogue, framework: FrameworkId) -> PracticeSet {
        let sets = self.ground.needed.iter().zip(catalogue.requirements).enumerate();
        sets.filter(|(position, (_, requirement))| {
            requirement.id.framework == framework && self.ground.includes(*position)
        })
        .fold(PracticeSet::default(), |all, (_, (needed, _))| all.union(needed))
    }

    /// How many practices are asked, and how many of them have an answer.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let asked = self.topics.iter().map(|topic| topic.n_asked).sum();
        let answered = self.topics.iter().map(|topic| topic.n_answered).sum();
        (asked, answered)
    }

    /// Seconds of work that the open questions take, as [`minutes_left`] counts them.
    #[must_use]
    pub fn seconds_left(&self) -> u32 {
        self.topics.iter().map(|topic| topic.seconds_left).sum()
    }
}
