//! The five gates: the same answers, five bars. Gates nest: Stage 2 includes Stage 1, Type 2 includes Type 1.

use chrono::NaiveDate;

use super::assurance::{Assurance, assurance};
use super::evidence::is_there;
use super::operation::operated;
use super::places::Places;
use super::soa::{is_accepted, is_approved, level_before};
use super::{Finding, Grade, Ground, Operating, Override, Window};
use crate::domain::{
    Answer, Assessment, Catalogue, Choice, Decision, Facet, Field, FrameworkId, Practice, Register, Requirement,
    RequirementId, RequirementKind, ScopeCount, ScopeDate, ScopeText, Sheet, SheetKey, SortedMap, SortedSet,
    StandingKind, Subject, Tie,
};

// The practices that blockers look at by their permanent ids. Where a catalogue lacks one, its blocker does not arise.

/// The id of the practice behind [`Blocker::NoInternalAudit`].
pub const INTERNAL_AUDIT: &str = "review.internal-audit";
/// The id of the practice behind [`Blocker::NoManagementReview`].
pub const MANAGEMENT_REVIEW: &str = "review.management-review";
const SYSTEM_DESCRIPTION: &str = "commitments.system-description";
pub(super) const CONTROL_MATRIX: &str = "commitments.control-matrix";
const ASSERTION: &str = "commitments.management-assertion";

/// The sections of the system description, DC 1 to DC 9.
pub(super) const DESCRIPTION_SECTIONS: std::ops::RangeInclusive<u8> = 1..=9;

/// The line of the checklist for management's assertion, after the sections of the description.
const ASSERTION_LINE: u8 = 10;

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
    /// Its document in the register of documented information is not approved by name and day.
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

impl Shortfall {
    /// All shortfalls, in the order in which they are listed.
    pub const ALL: [Self; 15] = [
        Self::NotAnswered,
        Self::NotInPlace,
        Self::NotDocumented,
        Self::NotApproved,
        Self::NotEnforced,
        Self::NotEvidenced,
        Self::NotSaid,
        Self::NotDecided,
        Self::NotPlanned,
        Self::NoReport,
        Self::NoType2Report,
        Self::TooLate,
        Self::Missed,
        Self::NotCounted,
        Self::NotDue,
    ];
}

/// One practice at a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatedPractice {
    /// The position of the practice.
    pub practice: usize,
    /// Whether it clears, for every requirement of the gate that needs it.
    pub clearance: Clearance,
    /// Why not; empty if it clears.
    pub shortfalls: Vec<Shortfall>,
    /// It clears a SOC 2 gate by a carved-out supplier: relies on a subservice organisation, apart from own passes.
    pub relies_on_supplier: bool,
    /// It clears by records that are only claimed: no accepted evidence names it.
    pub is_claimed: bool,
    /// It clears, and nothing happened in the window: it is left out of the practice count.
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
    /// The window is not stated, ends before it begins, or is longer than two years.
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

impl GateCount {
    /// The interval: what clears, and what clears if all that is open turns out well.
    #[must_use]
    pub const fn interval(&self) -> (usize, usize) {
        (self.n_cleared, self.n_cleared + self.n_open)
    }

    fn add(&mut self, clearance: Clearance) {
        self.n_total += 1;
        match clearance {
            Clearance::Clears => self.n_cleared += 1,
            Clearance::Open => self.n_open += 1,
            Clearance::Fails => {}
        }
    }
}

/// The gates of the frameworks in scope; ISO/IEC 27017 once for each edition in scope.
#[must_use]
pub fn gates(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    overrides: &[Override],
    findings: &[Finding],
    date: NaiveDate,
) -> Vec<GateReadiness> {
    let keeper = Keeper::new(catalogue, assessment, ground, date);
    let mut readiness = Vec::new();
    for framework in assessment.scope.frameworks.iter().copied() {
        let gates: &[Gate] = match framework {
            FrameworkId::Iso27001 => &[Gate::Stage1, Gate::Stage2],
            FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 => &[Gate::Cloud],
            FrameworkId::Soc2 => &[Gate::Type1, Gate::Type2],
        };
        readiness.extend(gates.iter().map(|gate| GateReadiness {
            blockers: keeper.blockers(*gate, framework, findings),
            ..keeper.counted(*gate, framework, overrides)
        }));
    }
    readiness
}

/// How far something clears, and what stands against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bars {
    clearance: Clearance,
    /// One bit for each shortfall, by its place in [`Shortfall::ALL`].
    shortfalls: u16,
}

impl Bars {
    const CLEAR: Self = Self {
        clearance: Clearance::Clears,
        shortfalls: 0,
    };

    const fn fails(shortfall: Shortfall) -> Self {
        Self {
            clearance: Clearance::Fails,
            shortfalls: 1 << shortfall as u16,
        }
    }

    const fn open(shortfall: Shortfall) -> Self {
        Self {
            clearance: Clearance::Open,
            shortfalls: 1 << shortfall as u16,
        }
    }

    const fn clears_if(clears: bool, otherwise: Shortfall) -> Self {
        if clears { Self::CLEAR } else { Self::fails(otherwise) }
    }

    /// Both must clear.
    fn and(self, other: Self) -> Self {
        Self {
            clearance: self.clearance.min(other.clearance),
            shortfalls: self.shortfalls | other.shortfalls,
        }
    }

    fn clears(self) -> bool {
        self.clearance == Clearance::Clears
    }

    fn listed(self) -> Vec<Shortfall> {
        let stands = |it: &Shortfall| self.shortfalls & (1 << *it as u16) != 0;
        Shortfall::ALL.into_iter().filter(stands).collect()
    }
}

/// What one practice brings to every gate, worked out once.
struct Standpoint {
    kind: StandingKind,
    /// In place, met another way, or inherited with a reviewed report.
    standing: Bars,
    /// It can be shown in writing.
    written: Bars,
    /// The standing, with records and where it must enforce a system: the operating part of Stage 2 and ISO/IEC 27017.
    operating: Bars,
    type1: Bars,
    type2: Bars,
    is_carved_out: bool,
    is_claimed: bool,
    has_no_occurrence: bool,
}

/// What was said and entered about one practice.
#[derive(Clone, Default)]
pub(super) struct Said<'a> {
    pub answer: Option<&'a Answer>,
    /// How it operates.
    pub operation: Option<&'a Sheet>,
    /// An accepted piece of evidence names it.
    pub is_accepted: bool,
    /// The first day that a received or accepted piece of evidence speaks of.
    pub first: Option<NaiveDate>,
}

/// Works out all gates from facts that are gathered once.
struct Keeper<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    ground: &'a Ground,
    date: NaiveDate,
    window: Option<Window>,
    as_of: Option<NaiveDate>,
    /// By position of the practice: what it brings; none if it is not asked or not applicable.
    standpoints: Vec<Option<Standpoint>>,
    /// By position of the requirement: included in the Statement of Applicability with a reason.
    decided: Vec<bool>,
    /// Controls for which Statement or treatment plan says by when.
    planned: SortedSet<RequirementId>,
    /// Clauses with a sheet in the register of documented information: whether all that is there is approved.
    papers: SortedMap<RequirementId, Bars>,
}

impl<'a> Keeper<'a> {
    fn new(catalogue: &'a Catalogue, assessment: &'a Assessment, ground: &'a Ground, date: NaiveDate) -> Self {
        let is_decided = |requirement: &Requirement| {
            // Only controls of Annex A are decided on in the Statement of Applicability.
            let decision = (requirement.id.framework == FrameworkId::Iso27001)
                .then(|| assessment.decisions.get(&requirement.id))
                .flatten();
            match decision {
                Some(Decision::Included { reasons }) => !reasons.is_empty(),
                Some(Decision::Excluded { .. }) | None => false,
            }
        };
        let mut keeper = Self {
            catalogue,
            assessment,
            ground,
            date,
            window: Window::of(&assessment.scope),
            as_of: assessment.scope.dates.get(&ScopeDate::AsOf).copied(),
            standpoints: Vec::new(),
            decided: catalogue.requirements.iter().map(is_decided).collect(),
            planned: planned(assessment),
            papers: papers(assessment),
        };
        let said = said(catalogue, assessment);
        let asked = catalogue.practices.iter().zip(&said).enumerate();
        keeper.standpoints = asked
            .map(|(position, (practice, said))| {
                let is_asked = ground.asked.contains(position);
                is_asked.then(|| keeper.standpoint(practice, said)).flatten()
            })
            .collect();
        keeper
    }

    fn standpoint(&self, practice: &Practice, said: &Said) -> Option<Standpoint> {
        let kind = said
            .answer
            .map_or(StandingKind::NotAnswered, |answer| answer.standing.kind());
        let assurance = if kind == StandingKind::Inherited {
            assurance(practice, self.assessment, self.window, self.date).unwrap_or_default()
        } else {
            Assurance::default()
        };
        let standing = match kind {
            StandingKind::NotApplicable => return None,
            StandingKind::NotAnswered => Bars::open(Shortfall::NotAnswered),
            StandingKind::NotInPlace | StandingKind::Partly => Bars::fails(Shortfall::NotInPlace),
            StandingKind::InPlace | StandingKind::AnotherWay => Bars::CLEAR,
            StandingKind::Inherited => {
                Bars::clears_if(assurance.report.is_some() && !assurance.is_unfit, Shortfall::NoReport)
            }
        };
        let mut standpoint = Standpoint {
            kind,
            standing,
            written: Bars::CLEAR,
            operating: standing,
            type1: standing,
            type2: standing,
            is_carved_out: assurance.is_carved_out,
            is_claimed: false,
            has_no_occurrence: false,
        };
        match kind {
            StandingKind::InPlace | StandingKind::AnotherWay => {
                self.add_own(&mut standpoint, practice, said);
            }
            StandingKind::Inherited => standpoint.type2 = standing.and(self.inherited_in_window(&assurance)),
            StandingKind::NotAnswered
            | StandingKind::NotInPlace
            | StandingKind::Partly
            | StandingKind::NotApplicable => {}
        }
        if self.window.is_none() {
            standpoint.type2 = standpoint.type1.and(Bars::fails(Shortfall::NotCounted));
        }
        Some(standpoint)
    }

    /// The bars of what the organisation does itself: facets, records and operation.
    fn add_own(&self, standpoint: &mut Standpoint, practice: &Practice, said: &Said) {
        let facets = said.answer.map(|answer| answer.facets).unwrap_or_default();
        let sheet = said.operation;
        let facet = |facet, shortfall| match (practice.asks(facet), facets.get(facet)) {
            (false, _) | (true, Some(true)) => Bars::CLEAR,
            (true, Some(false)) => Bars::fails(shortfall),
            (true, None) => Bars::open(Shortfall::NotSaid),
        };
        let evidenced = facet(Facet::Evidenced, Shortfall::NotEvidenced);
        let enforced = if practice.must_enforce {
            facet(Facet::Enforced, Shortfall::NotEnforced)
        } else {
            Bars::CLEAR
        };
        standpoint.written = facet(Facet::Documented, Shortfall::NotDocumented);
        standpoint.operating = evidenced.and(enforced);
        standpoint.is_claimed = practice.asks(Facet::Evidenced) && !said.is_accepted;
        let performed = sheet.map_or("", |sheet| sheet.text(Field::Performed)).trim();
        let written = if performed.is_empty() {
            standpoint.written
        } else {
            Bars::CLEAR
        };
        let by_date = |as_of: Option<NaiveDate>| {
            let first_record = sheet.and_then(|sheet| sheet.dates(Field::Records).next());
            let is_by_then = |day: NaiveDate| as_of.is_none_or(|as_of| day <= as_of);
            // What is dated after today shows nothing yet.
            let is_shown = |day: NaiveDate| day <= self.date && is_by_then(day);
            let has_record = [first_record, said.first].into_iter().flatten().any(is_shown);
            let record = if has_record { Bars::CLEAR } else { evidenced };
            let begun = sheet.and_then(|sheet| sheet.date(Field::FirstOperated));
            let in_time = Bars::clears_if(begun.is_none_or(is_by_then), Shortfall::TooLate);
            written.and(record).and(in_time).and(enforced)
        };
        standpoint.type1 = by_date(self.as_of);
        if let Some(window) = self.window {
            let count = operated(practice.rhythm, sheet, window, self.date, &mut |_| {});
            let operation = match count.operating {
                Operating::Operated | Operating::NoOccurrence if count.is_so_far => Bars::open(Shortfall::NotDue),
                Operating::Operated | Operating::NoOccurrence => Bars::CLEAR,
                Operating::NotDue => Bars::open(Shortfall::NotDue),
                Operating::Unstated => Bars::open(Shortfall::NotCounted),
                Operating::Missed => Bars::fails(Shortfall::Missed),
            };
            standpoint.type2 = by_date(self.as_of.or(Some(window.end))).and(operation);
            standpoint.has_no_occurrence = count.operating == Operating::NoOccurrence;
        }
    }

    /// A Type 2 report that covers the window. While the window runs, nobody can have one yet.
    fn inherited_in_window(&self, assurance: &Assurance) -> Bars {
        if assurance.type2.is_some() {
            Bars::CLEAR
        } else if self.window.is_some_and(|window| self.date <= window.end) {
            Bars::open(Shortfall::NoType2Report)
        } else {
            Bars::fails(Shortfall::NoType2Report)
        }
    }

    /// Counts the requirements and practices of a gate. The blockers are not in it yet.
    fn counted(&self, gate: Gate, framework: FrameworkId, overrides: &[Override]) -> GateReadiness {
        let n = self.catalogue.requirements.len();
        // By position: how far the considered practices clear; none while no practice is considered.
        let mut cleared: Vec<Option<Clearance>> = vec![None; n];
        // By position: how far the documents that a clause asks for are there.
        let mut documents = vec![Clearance::Clears; n];
        let mut practices = Vec::new();
        let mut practice_count = GateCount::default();
        for (position, standpoint) in self.standpoints.iter().enumerate() {
            let Some((standpoint, practice)) = standpoint.as_ref().zip(self.catalogue.practices.get(position)) else {
                continue;
            };
            let mut all: Option<Bars> = None;
            for tie in practice.ties {
                let at = usize::from(tie.requirement);
                let Some(requirement) = self.catalogue.requirements.get(at) else {
                    continue;
                };
                let is_looked_at = requirement.id.framework == framework && self.ground.includes(at);
                if !is_looked_at || !self.ground.needed.get(at).is_some_and(|set| set.contains(position)) {
                    continue;
                }
                let bars = self.bars(gate, requirement, tie, standpoint);
                all = Some(all.map_or(bars, |all| all.and(bars)));
                if let Some(cleared) = cleared.get_mut(at) {
                    *cleared = Some(cleared.map_or(bars.clearance, |it| it.min(bars.clearance)));
                }
                if let Some(documents) = documents.get_mut(at).filter(|_| is_paper(requirement, tie)) {
                    *documents = (*documents).min(self.stage1(requirement, tie, standpoint).clearance);
                }
            }
            if let Some(bars) = all {
                let gated = gated_practice(gate, position, standpoint, bars);
                if !gated.has_no_occurrence {
                    practice_count.add(gated.clearance);
                }
                practices.push(gated);
            }
        }
        let mut readiness = GateReadiness {
            gate,
            framework,
            blockers: Vec::new(),
            count: GateCount::default(),
            by_answers: GateCount::default(),
            with_cloud_content: (gate == Gate::Cloud).then(GateCount::default),
            practice_count,
            requirements: Vec::new(),
            practices,
        };
        let states = cleared.into_iter().zip(documents).enumerate();
        for ((position, (cleared, documents)), requirement) in states.zip(self.catalogue.requirements) {
            if requirement.id.framework != framework || !self.ground.includes(position) {
                continue;
            }
            // Without a considered practice a person decides; an empty set never clears.
            let by_answers = cleared.unwrap_or(Clearance::Fails);
            let most = documents.min(self.decided(position, requirement).clearance);
            let set = overrides
                .iter()
                .find(|it| it.requirement == position && !it.is_incomplete);
            let clearance = set.map_or(by_answers, |set| overridden(gate, set.level, by_answers, most));
            readiness.count.add(clearance);
            readiness.by_answers.add(by_answers);
            if let Some(count) = readiness
                .with_cloud_content
                .as_mut()
                .filter(|_| requirement.has_cloud_content)
            {
                count.add(clearance);
            }
            readiness.requirements.push(GatedRequirement {
                requirement: position,
                clearance,
                by_answers,
            });
        }
        readiness
    }

    /// How far a practice clears a gate for one requirement. Each gate that includes another begins with its bars, so gates
    /// nest whatever the answers are.
    fn bars(&self, gate: Gate, requirement: &Requirement, tie: &Tie, standpoint: &Standpoint) -> Bars {
        let operating = || {
            if tie.documented {
                standpoint.operating.and(standpoint.written)
            } else {
                standpoint.operating
            }
        };
        match gate {
            Gate::Stage1 => self.stage1(requirement, tie, standpoint),
            Gate::Stage2 => self.stage1(requirement, tie, standpoint).and(operating()),
            Gate::Cloud => self.decided(usize::from(tie.requirement), requirement).and(operating()),
            Gate::Type1 => standpoint.type1,
            Gate::Type2 => standpoint.type2,
        }
    }

    fn stage1(&self, requirement: &Requirement, tie: &Tie, standpoint: &Standpoint) -> Bars {
        let is_unanswered = standpoint.kind == StandingKind::NotAnswered;
        if is_paper(requirement, tie) {
            // While nobody has answered, the state of the document says nothing of this practice.
            let approved = self.papers.get(&requirement.id).filter(|_| !is_unanswered);
            let there = standpoint.standing.and(standpoint.written);
            return approved.map_or(there, |approved| there.and(*approved));
        }
        let is_there = match standpoint.kind {
            StandingKind::NotAnswered => {
                return self
                    .decided(usize::from(tie.requirement), requirement)
                    .and(standpoint.standing);
            }
            StandingKind::NotInPlace => false,
            StandingKind::Partly => requirement.kind == RequirementKind::Clause,
            StandingKind::InPlace
            | StandingKind::AnotherWay
            | StandingKind::Inherited
            | StandingKind::NotApplicable => true,
        };
        if requirement.kind == RequirementKind::Clause {
            return Bars::clears_if(is_there, Shortfall::NotInPlace);
        }
        let is_planned = || self.planned.contains(&requirement.id);
        self.decided(usize::from(tie.requirement), requirement)
            .and(Bars::clears_if(is_there || is_planned(), Shortfall::NotPlanned))
    }

    /// A control of Annex A, or the one that a row of ISO/IEC 27017 stands on, is included with a reason.
    fn decided(&self, at: usize, requirement: &Requirement) -> Bars {
        let control = match (requirement.id.framework, requirement.kind) {
            (FrameworkId::Iso27001, RequirementKind::Control) => Some(at),
            (FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015, _)
                if self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) =>
            {
                requirement.base.map(usize::from)
            }
            (
                FrameworkId::Iso27001 | FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 | FrameworkId::Soc2,
                RequirementKind::Clause
                | RequirementKind::Control
                | RequirementKind::CloudControl
                | RequirementKind::Criterion,
            ) => None,
        };
        let is_decided = control.is_none_or(|at| self.decided.get(at).copied().unwrap_or_default());
        Bars::clears_if(is_decided, Shortfall::NotDecided)
    }

    fn blockers(&self, gate: Gate, framework: FrameworkId, findings: &[Finding]) -> Vec<Blocker> {
        let has_base = self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001);
        let of_base = |it: FrameworkId| gate == Gate::Cloud && has_base && it == FrameworkId::Iso27001;
        let touches = |position: &usize| {
            let broken = self.catalogue.requirements.get(*position);
            broken.is_some_and(|it| it.id.framework == framework || of_base(it.id.framework))
        };
        let majors: Vec<usize> = findings
            .iter()
            .enumerate()
            .filter(|(_, it)| it.grade == Grade::PotentialMajor && it.breaks.iter().any(touches))
            .map(|(position, _)| position)
            .collect();
        let mut blockers = Vec::new();
        if !majors.is_empty() {
            blockers.push(Blocker::PotentialMajors(majors));
        }
        if self.assessment.scope.text(ScopeText::Statement).trim().is_empty() {
            blockers.push(Blocker::NoScopeStatement);
        }
        match gate {
            Gate::Stage1 => self.add_management_system(&mut blockers, false),
            Gate::Stage2 => self.add_management_system(&mut blockers, true),
            Gate::Cloud if has_base => self.add_management_system(&mut blockers, true),
            Gate::Cloud => blockers.push(Blocker::NoBaseFramework),
            Gate::Type1 => {
                self.add_papers_of_report(&mut blockers);
                if self.as_of.is_none() {
                    blockers.push(Blocker::NoAsOfDate);
                }
            }
            Gate::Type2 => {
                self.add_papers_of_report(&mut blockers);
                if self.window.is_none() {
                    blockers.push(Blocker::NoWindow);
                }
            }
        }
        blockers
    }

    /// Risks assessed and accepted, controls decided on, internal audit and management review. Before Stage 1 it is enough
    /// that audit and review are dated before Stage 2.
    fn add_management_system(&self, blockers: &mut Vec<Blocker>, must_be_done: bool) {
        let scope = &self.assessment.scope;
        let risks = || self.assessment.register(Register::Risk).map(|(_, sheet)| sheet);
        if !risks().any(|sheet| level_before(sheet).is_some()) {
            blockers.push(Blocker::NoRiskAssessment);
        }
        // What the criteria accept as it is needs no treatment and no signature of its own.
        let most = scope.counts.get(&ScopeCount::RiskAccepted).copied();
        let needs_treatment = |sheet: &&Sheet| level_before(sheet).zip(most).is_none_or(|(level, most)| level > most);
        let is_loose = |sheet: &&Sheet| {
            sheet.choice(Field::Option).is_none() || sheet.is_blank(Field::Owner) || !is_accepted(sheet)
        };
        let n_loose = risks().filter(needs_treatment).filter(is_loose).count();
        if n_loose > 0 {
            blockers.push(Blocker::RisksNotAccepted(n_loose));
        }
        let controls = self.catalogue.requirements.iter().enumerate();
        let n_open = controls
            .filter(|(position, it)| self.ground.includes(*position) && it.id.framework == FrameworkId::Iso27001)
            .filter(|(position, it)| !self.decided(*position, it).clears())
            .count();
        if n_open > 0 {
            blockers.push(Blocker::ControlsNotDecided(n_open));
        }
        let is_dated = |planned: ScopeDate| {
            let dates = scope.dates.get(&planned).zip(scope.dates.get(&ScopeDate::Stage2));
            dates.is_some_and(|(planned, stage2)| planned <= stage2)
        };
        let is_done = |id, planned| {
            self.stands(id).is_none_or(|standpoint| match standpoint {
                Some(it) if must_be_done => it.standing.clears() && it.operating.clears(),
                Some(it) => it.standing.clears() || is_dated(planned),
                None => !must_be_done && is_dated(planned),
            })
        };
        if !is_done(INTERNAL_AUDIT, ScopeDate::InternalAudit) {
            blockers.push(Blocker::NoInternalAudit);
        }
        if !is_done(MANAGEMENT_REVIEW, ScopeDate::ManagementReview) {
            blockers.push(Blocker::NoManagementReview);
        }
    }

    /// System description and assertion begun, controls written against the criteria. What the checklist says of a section
    /// goes before what the answer says of the whole.
    fn add_papers_of_report(&self, blockers: &mut Vec<Blocker>) {
        let is_begun = |line: u8, otherwise: bool| {
            let key = SheetKey {
                register: Register::Description,
                subject: Subject::Number(line),
            };
            let state = self
                .assessment
                .sheets
                .get(&key)
                .and_then(|sheet| sheet.choice(Field::State));
            state.map_or(otherwise, |state| state != Choice::NotBegun)
        };
        let is_at_least = |standpoint: Option<&Standpoint>, kinds: &[StandingKind]| {
            standpoint.is_some_and(|it| kinds.contains(&it.kind))
        };
        let there = [StandingKind::InPlace, StandingKind::AnotherWay];
        let begun = [StandingKind::Partly, StandingKind::InPlace, StandingKind::AnotherWay];
        if let Some(standpoint) = self.stands(SYSTEM_DESCRIPTION) {
            let is_whole = is_at_least(standpoint, &there);
            let n = DESCRIPTION_SECTIONS.filter(|line| !is_begun(*line, is_whole)).count();
            if n > 0 {
                blockers.push(Blocker::DescriptionNotBegun(n));
            }
        }
        if self
            .stands(ASSERTION)
            .is_some_and(|it| !is_begun(ASSERTION_LINE, is_at_least(it, &begun)))
        {
            blockers.push(Blocker::AssertionNotBegun);
        }
        if self.stands(CONTROL_MATRIX).is_some_and(|it| !is_at_least(it, &there)) {
            blockers.push(Blocker::NoControlMatrix);
        }
    }

    /// Where a practice stands; the outer none says that the catalogue lacks it, the inner one that it is not considered.
    fn stands(&self, id: &str) -> Option<Option<&Standpoint>> {
        let position = self.catalogue.practices.iter().position(|it| it.id.as_str() == id)?;
        Some(self.standpoints.get(position).and_then(Option::as_ref))
    }
}

/// Whether the tie is one by which a clause asks for documented information.
pub(super) fn is_paper(requirement: &Requirement, tie: &Tie) -> bool {
    tie.documented && requirement.kind == RequirementKind::Clause
}

/// An override can't fill what is missing at `most`: a mandatory document or a decision of the Statement of Applicability. It
/// raises nothing at Type 2, since nobody can set that something operated.
fn overridden(gate: Gate, level: Choice, by_answers: Clearance, most: Clearance) -> Clearance {
    if level != Choice::SetReady {
        return Clearance::Fails;
    }
    match gate {
        Gate::Stage1 | Gate::Stage2 | Gate::Cloud | Gate::Type1 => most,
        Gate::Type2 => by_answers,
    }
}

fn gated_practice(gate: Gate, position: usize, standpoint: &Standpoint, bars: Bars) -> GatedPractice {
    let (has_records, is_soc2, is_type2) = match gate {
        Gate::Stage1 => (false, false, false),
        Gate::Stage2 | Gate::Cloud => (true, false, false),
        Gate::Type1 => (true, true, false),
        Gate::Type2 => (true, true, true),
    };
    let clears = bars.clears();
    GatedPractice {
        practice: position,
        clearance: bars.clearance,
        shortfalls: bars.listed(),
        relies_on_supplier: clears && is_soc2 && standpoint.is_carved_out,
        is_claimed: clears && has_records && standpoint.is_claimed,
        has_no_occurrence: clears && is_type2 && standpoint.has_no_occurrence,
    }
}

/// By position of the practice: what was said and entered about it. Each register is read once.
pub(super) fn said<'a>(catalogue: &Catalogue, assessment: &'a Assessment) -> Vec<Said<'a>> {
    let places = Places::new(catalogue);
    let mut said = vec![Said::default(); catalogue.practices.len()];
    for (id, answer) in assessment.answers.iter() {
        if let Some(said) = places.get(*id).and_then(|at| said.get_mut(at)) {
            said.answer = Some(answer);
        }
    }
    for (key, sheet) in assessment.register(Register::Operation) {
        if let Subject::Practice(id) = key.subject
            && let Some(said) = places.get(id).and_then(|at| said.get_mut(at))
        {
            said.operation = Some(sheet);
        }
    }
    for (_, sheet) in assessment.register(Register::Evidence) {
        let state = sheet.choice(Field::State);
        if !is_there(state) {
            continue;
        }
        let is_accepted = state == Some(Choice::Accepted);
        let dates = [Field::From, Field::To, Field::ExtractedOn].map(|field| sheet.date(field));
        let first = dates.into_iter().flatten().min();
        for id in sheet.practices(Field::Practices) {
            if let Some(said) = places.get(id).and_then(|at| said.get_mut(at)) {
                said.is_accepted |= is_accepted;
                said.first = [said.first, first].into_iter().flatten().min();
            }
        }
    }
    said
}

/// The controls for which a row of the Statement or a risk says by when they are there.
pub(super) fn planned(assessment: &Assessment) -> SortedSet<RequirementId> {
    let mut planned = SortedSet::default();
    for (key, sheet) in assessment.register(Register::SoaRow) {
        if let (Subject::Requirement(id, _), Some(_)) = (key.subject, sheet.date(Field::PlannedOn)) {
            planned.insert(id);
        }
    }
    let risks = assessment.register(Register::Risk);
    for (_, sheet) in risks.filter(|(_, sheet)| sheet.date(Field::Due).is_some()) {
        planned.extend(sheet.requirements(Field::Controls));
    }
    planned
}

/// The clauses with sheets in the register of documented information. One that says nothing of its state leaves them open.
fn papers(assessment: &Assessment) -> SortedMap<RequirementId, Bars> {
    let mut papers: SortedMap<RequirementId, Bars> = SortedMap::default();
    for (key, sheet) in assessment.register(Register::Document) {
        let Subject::Requirement(id, _) = key.subject else {
            continue;
        };
        let bars = match sheet.choice(Field::State) {
            Some(_) => Bars::clears_if(is_approved(sheet), Shortfall::NotApproved),
            None => Bars::open(Shortfall::NotApproved),
        };
        let before = papers.get(&id).copied().unwrap_or(Bars::CLEAR);
        papers.insert(id, before.and(bars));
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::overrides::overrides;
    use crate::domain::{
        EntryId, Facets, Fact, FieldValue, InclusionReason, PracticeId, Standing, Words, date_from_text, fixture,
    };

    const ALL_YES: Facets = Facets {
        documented: Some(true),
        enforced: Some(true),
        evidenced: Some(true),
        improved: None,
    };

    fn day(text: &str) -> NaiveDate {
        date_from_text(text).expect("a day")
    }

    fn words(text: &str) -> Words {
        Words::new(text).expect("not blank")
    }

    fn id(position: u16) -> RequirementId {
        fixture::CATALOGUE.requirements[usize::from(position)].id
    }

    fn answer(assessment: &mut Assessment, id: PracticeId, standing: Standing, facets: Facets) {
        let answer = Answer {
            standing,
            facets,
            ..Answer::default()
        };
        assessment.answers.insert(id, answer);
    }

    fn include(assessment: &mut Assessment, position: u16) {
        let reasons = [InclusionReason::Risk].into_iter().collect();
        assessment
            .decisions
            .insert(id(position), Decision::Included { reasons });
    }

    fn exclude(assessment: &mut Assessment, position: u16) {
        let decision = Decision::Excluded {
            justification: words("no changes are made here"),
            approver: String::new(),
            review_on: None,
        };
        assessment.decisions.insert(id(position), decision);
    }

    fn put(assessment: &mut Assessment, key: SheetKey, field: Field, value: FieldValue) {
        let sheet = assessment.sheet(key).with(field, value);
        assessment.sheets.insert(key, sheet);
    }

    fn operation(practice: PracticeId) -> SheetKey {
        SheetKey::practice(Register::Operation, practice)
    }

    fn entry(register: Register, n: u64) -> SheetKey {
        SheetKey::entry(register, EntryId::from_random(n))
    }

    fn date_scope(assessment: &mut Assessment, dates: &[(ScopeDate, &str)]) {
        for (date, on) in dates {
            assessment.scope.dates.insert(*date, day(on));
        }
    }

    /// All five practices in place, with everything that could be shown; A.8.32 is included because of a risk.
    fn ready() -> Assessment {
        let mut assessment = fixture::assessment();
        for practice in fixture::CATALOGUE.practices {
            answer(&mut assessment, practice.id, Standing::InPlace, ALL_YES);
        }
        include(&mut assessment, fixture::CONTROL);
        assessment
    }

    /// The company of worked example 4 in docs/scoring.md.
    fn example_4() -> Assessment {
        let mut assessment = fixture::assessment();
        let scope = Facets {
            documented: Some(true),
            ..Facets::default()
        };
        let tested = Facets {
            enforced: Some(false),
            ..ALL_YES
        };
        answer(&mut assessment, fixture::SCOPE, Standing::InPlace, scope);
        answer(&mut assessment, fixture::REVIEW, Standing::InPlace, ALL_YES);
        answer(&mut assessment, fixture::TESTED, Standing::InPlace, tested);
        answer(&mut assessment, fixture::DOORS, Standing::Partly, ALL_YES);
        include(&mut assessment, fixture::CONTROL);
        assessment
    }

    fn judged(assessment: &Assessment, findings: &[Finding]) -> Vec<GateReadiness> {
        let ground = Ground::new(&fixture::CATALOGUE, assessment);
        let overrides = overrides(&fixture::CATALOGUE, assessment, &ground);
        gates(
            &fixture::CATALOGUE,
            assessment,
            &ground,
            &overrides,
            findings,
            fixture::date(),
        )
    }

    fn at(assessment: &Assessment, gate: Gate) -> GateReadiness {
        let mut gates = judged(assessment, &[]).into_iter();
        gates.find(|it| it.gate == gate).expect("in scope")
    }

    /// The interval of requirements over their number, then that of practices.
    fn counts(assessment: &Assessment, gate: Gate) -> [(usize, usize, usize); 2] {
        let readiness = at(assessment, gate);
        [readiness.count, readiness.practice_count].map(|count| {
            let (low, high) = count.interval();
            (low, high, count.n_total)
        })
    }

    fn blockers(assessment: &Assessment, gate: Gate) -> Vec<Blocker> {
        at(assessment, gate).blockers
    }

    fn shortfalls(assessment: &Assessment, gate: Gate, practice: PracticeId) -> Vec<Shortfall> {
        let position = fixture::CATALOGUE.practice_index(practice);
        let mut practices = at(assessment, gate).practices.into_iter();
        practices
            .find(|it| Some(it.practice) == position)
            .expect("looked at")
            .shortfalls
    }

    fn set_ready(assessment: &mut Assessment, position: u16, level: Choice) {
        let key = SheetKey::requirement(Register::Override, id(position));
        put(assessment, key, Field::Level, FieldValue::Choice(level));
        for field in [Field::Reason, Field::Alternative, Field::By] {
            put(assessment, key, field, FieldValue::Text("because".to_owned()));
        }
        put(assessment, key, Field::On, FieldValue::Date(fixture::date()));
    }

    #[test]
    fn worked_example_4_each_gate() {
        let assessment = example_4();
        assert_eq!(counts(&assessment, Gate::Stage1), [(2, 2, 2), (3, 3, 3)]);
        assert_eq!(counts(&assessment, Gate::Stage2), [(0, 1, 2), (1, 2, 3)]);
        assert_eq!(counts(&assessment, Gate::Cloud), [(0, 0, 1), (1, 2, 3)]);
        assert_eq!(counts(&assessment, Gate::Type1), [(0, 0, 1), (1, 1, 3)]);
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 0, 1), (0, 0, 3)]);
        let expect = [
            (Gate::Stage2, fixture::SCOPE, vec![Shortfall::NotSaid]),
            (Gate::Stage2, fixture::TESTED, vec![Shortfall::NotEnforced]),
            (Gate::Cloud, fixture::NOTICE, vec![Shortfall::NotAnswered]),
            (Gate::Type1, fixture::DOORS, vec![Shortfall::NotInPlace]),
            (Gate::Type2, fixture::REVIEW, vec![Shortfall::NotCounted]),
        ];
        for (gate, practice, shortfall) in expect {
            assert_eq!(
                shortfalls(&assessment, gate, practice),
                shortfall,
                "{gate:?} {practice}"
            );
        }
        assert!(blockers(&assessment, Gate::Type2).contains(&Blocker::NoWindow));
    }

    #[test]
    fn worked_example_4_control_that_is_not_there_needs_a_plan() {
        let mut assessment = example_4();
        answer(
            &mut assessment,
            fixture::TESTED,
            Standing::NotInPlace,
            Facets::default(),
        );
        assert_eq!(counts(&assessment, Gate::Stage1), [(1, 1, 2), (2, 2, 3)]);
        assert_eq!(
            shortfalls(&assessment, Gate::Stage1, fixture::TESTED),
            [Shortfall::NotPlanned]
        );
        let mut planned = assessment.clone();
        let row = SheetKey::requirement(Register::SoaRow, id(fixture::CONTROL));
        put(&mut planned, row, Field::PlannedOn, FieldValue::Date(day("2027-03-01")));
        assert_eq!(counts(&planned, Gate::Stage1), [(2, 2, 2), (3, 3, 3)]);
        assert_eq!(counts(&planned, Gate::Stage2)[0], (0, 1, 2));
        let risk = entry(Register::Risk, 1);
        let control = [id(fixture::CONTROL)].into_iter().collect();
        put(
            &mut assessment,
            risk,
            Field::Controls,
            FieldValue::Requirements(control),
        );
        assert_eq!(
            counts(&assessment, Gate::Stage1)[0],
            (1, 1, 2),
            "a risk without a date plans nothing"
        );
        put(&mut assessment, risk, Field::Due, FieldValue::Date(day("2027-03-01")));
        assert_eq!(counts(&assessment, Gate::Stage1)[0], (2, 2, 2));
    }

    #[test]
    fn worked_example_4_control_that_nobody_decided_on_clears_no_iso_gate() {
        let mut assessment = ready();
        assert_eq!(counts(&assessment, Gate::Cloud), [(1, 1, 1), (3, 3, 3)]);
        let no_reason = Decision::Included {
            reasons: SortedSet::default(),
        };
        for decision in [None, Some(no_reason)] {
            assessment.decisions.set(id(fixture::CONTROL), decision);
            assert_eq!(counts(&assessment, Gate::Stage1)[0], (1, 1, 2));
            assert_eq!(counts(&assessment, Gate::Stage2)[0], (1, 1, 2));
            assert_eq!(counts(&assessment, Gate::Cloud)[0], (0, 0, 1));
            assert_eq!(
                shortfalls(&assessment, Gate::Cloud, fixture::NOTICE),
                [Shortfall::NotDecided]
            );
            for gate in [Gate::Stage1, Gate::Stage2, Gate::Cloud] {
                assert!(blockers(&assessment, gate).contains(&Blocker::ControlsNotDecided(1)));
            }
        }
    }

    #[test]
    fn all_in_place_and_shown_clears_every_gate_but_what_was_not_counted() {
        let mut assessment = ready();
        for (gate, expect) in [
            (Gate::Stage1, [(2, 2, 2), (3, 3, 3)]),
            (Gate::Stage2, [(2, 2, 2), (3, 3, 3)]),
            (Gate::Cloud, [(1, 1, 1), (3, 3, 3)]),
            (Gate::Type1, [(1, 1, 1), (3, 3, 3)]),
        ] {
            assert_eq!(counts(&assessment, gate), expect, "{gate:?}");
        }
        date_scope(
            &mut assessment,
            &[
                (ScopeDate::WindowStart, "2026-02-01"),
                (ScopeDate::WindowEnd, "2026-07-31"),
            ],
        );
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 1, 1), (0, 3, 3)]);
        assert_eq!(
            shortfalls(&assessment, Gate::Type2, fixture::REVIEW),
            [Shortfall::NotCounted]
        );
    }

    #[test]
    fn nothing_answered_is_all_open_and_an_empty_set_never_clears() {
        let mut assessment = fixture::assessment();
        include(&mut assessment, fixture::CONTROL);
        assert_eq!(counts(&assessment, Gate::Stage2), [(0, 2, 2), (0, 3, 3)]);
        for practice in [fixture::REVIEW, fixture::TESTED, fixture::DOORS] {
            let standing = Standing::NotApplicable {
                reason: words("there is none"),
            };
            answer(&mut assessment, practice, standing, Facets::default());
        }
        assert_eq!(counts(&assessment, Gate::Type1), [(0, 0, 1), (0, 0, 0)]);
        assert_eq!(counts(&assessment, Gate::Stage1)[0], (0, 1, 2));
    }

    #[test]
    fn not_applicable_practice_is_left_out() {
        let mut assessment = ready();
        let standing = Standing::NotApplicable {
            reason: words("no doors"),
        };
        answer(&mut assessment, fixture::DOORS, standing, Facets::default());
        assert_eq!(counts(&assessment, Gate::Type1), [(1, 1, 1), (2, 2, 2)]);
    }

    #[test]
    fn document_of_a_clause_must_be_written_and_approved() {
        let mut assessment = ready();
        let key = |part| SheetKey {
            register: Register::Document,
            subject: Subject::Requirement(id(fixture::CLAUSE), part),
        };
        let stage1 = |assessment: &Assessment| counts(assessment, Gate::Stage1)[0];
        put(
            &mut assessment,
            key(0),
            Field::State,
            FieldValue::Choice(Choice::Approved),
        );
        assert_eq!(stage1(&assessment), (1, 1, 2), "nobody has said who approved it");
        put(
            &mut assessment,
            key(0),
            Field::ApprovedBy,
            FieldValue::Text("Mara".to_owned()),
        );
        assert_eq!(stage1(&assessment), (1, 1, 2), "nor when");
        put(
            &mut assessment,
            key(0),
            Field::ApprovedOn,
            FieldValue::Date(fixture::date()),
        );
        assert_eq!(stage1(&assessment), (2, 2, 2));
        put(&mut assessment, key(1), Field::State, FieldValue::Choice(Choice::Draft));
        assert_eq!(stage1(&assessment), (1, 1, 2));
        assert_eq!(
            shortfalls(&assessment, Gate::Stage2, fixture::SCOPE),
            [Shortfall::NotApproved]
        );
        let titled = Sheet::default().with_text(Field::Title, "Scope of the ISMS");
        assessment.sheets.insert(key(1), titled);
        assert_eq!(
            stage1(&assessment),
            (1, 2, 2),
            "a document whose state nobody has stated is open"
        );
        let unwritten = Facets {
            documented: Some(false),
            ..ALL_YES
        };
        let mut assessment = ready();
        answer(&mut assessment, fixture::SCOPE, Standing::InPlace, unwritten);
        assert_eq!(stage1(&assessment), (1, 1, 2));
        answer(&mut assessment, fixture::SCOPE, Standing::Partly, ALL_YES);
        assert_eq!(
            shortfalls(&assessment, Gate::Stage1, fixture::SCOPE),
            [Shortfall::NotInPlace]
        );
    }

    #[test]
    fn met_another_way_clears_like_in_place() {
        let mut assessment = ready();
        let standing = Standing::AnotherWay {
            description: words("pairing"),
            risk: words("unseen faults"),
        };
        answer(&mut assessment, fixture::REVIEW, standing, ALL_YES);
        for gate in [Gate::Stage2, Gate::Cloud, Gate::Type1] {
            let readiness = at(&assessment, gate);
            assert_eq!(readiness.count.n_cleared, readiness.count.n_total, "{gate:?}");
        }
    }

    #[test]
    fn records_without_accepted_evidence_are_claimed() {
        let mut assessment = ready();
        let claimed =
            |assessment: &Assessment, gate| at(assessment, gate).practices.iter().filter(|it| it.is_claimed).count();
        assert_eq!(claimed(&assessment, Gate::Stage1), 0);
        assert_eq!(claimed(&assessment, Gate::Stage2), 3);
        let evidence = entry(Register::Evidence, 1);
        let named = [fixture::REVIEW, fixture::SCOPE].into_iter().collect();
        put(
            &mut assessment,
            evidence,
            Field::Practices,
            FieldValue::Practices(named),
        );
        put(
            &mut assessment,
            evidence,
            Field::State,
            FieldValue::Choice(Choice::Received),
        );
        assert_eq!(claimed(&assessment, Gate::Stage2), 3);
        put(
            &mut assessment,
            evidence,
            Field::State,
            FieldValue::Choice(Choice::Accepted),
        );
        assert_eq!(claimed(&assessment, Gate::Stage2), 1);
        assert_eq!(claimed(&assessment, Gate::Type1), 2);
    }

    #[test]
    fn type_1_takes_a_control_as_performed_and_a_record_by_the_as_of_date() {
        let mut assessment = ready();
        let bare = Facets {
            documented: Some(false),
            evidenced: Some(false),
            ..ALL_YES
        };
        answer(&mut assessment, fixture::REVIEW, Standing::InPlace, bare);
        let open = |assessment: &Assessment| shortfalls(assessment, Gate::Type1, fixture::REVIEW);
        assert_eq!(open(&assessment), [Shortfall::NotDocumented, Shortfall::NotEvidenced]);
        let sheet = operation(fixture::REVIEW);
        put(
            &mut assessment,
            sheet,
            Field::Performed,
            FieldValue::Text("Leads approve.".to_owned()),
        );
        assert_eq!(open(&assessment), [Shortfall::NotEvidenced]);
        let records = |days: &[&str]| FieldValue::Dates(days.iter().map(|it| day(it)).collect());
        put(&mut assessment, sheet, Field::Records, records(&["2026-11-21"]));
        assert_eq!(
            open(&assessment),
            [Shortfall::NotEvidenced],
            "tomorrow shows nothing yet"
        );
        put(&mut assessment, sheet, Field::Records, records(&["2026-10-01"]));
        assert_eq!(open(&assessment), []);
        date_scope(&mut assessment, &[(ScopeDate::AsOf, "2026-09-30")]);
        assert_eq!(open(&assessment), [Shortfall::NotEvidenced]);
        put(
            &mut assessment,
            sheet,
            Field::Records,
            records(&["2026-09-30", "2026-10-01"]),
        );
        assert_eq!(open(&assessment), []);
        put(
            &mut assessment,
            sheet,
            Field::FirstOperated,
            FieldValue::Date(day("2026-09-30")),
        );
        assert_eq!(open(&assessment), []);
        put(
            &mut assessment,
            sheet,
            Field::FirstOperated,
            FieldValue::Date(day("2026-10-01")),
        );
        assert_eq!(open(&assessment), [Shortfall::TooLate]);
    }

    #[test]
    fn evidence_by_the_as_of_date_shows_that_a_control_exists() {
        let mut assessment = ready();
        date_scope(&mut assessment, &[(ScopeDate::AsOf, "2026-09-30")]);
        let unshown = Facets {
            evidenced: Some(false),
            ..ALL_YES
        };
        answer(&mut assessment, fixture::REVIEW, Standing::InPlace, unshown);
        let evidence = entry(Register::Evidence, 1);
        let named = [fixture::REVIEW].into_iter().collect();
        put(
            &mut assessment,
            evidence,
            Field::Practices,
            FieldValue::Practices(named),
        );
        for (state, on, clears) in [
            (Choice::Accepted, "2026-10-01", false),
            (Choice::Accepted, "2026-09-30", true),
            (Choice::Received, "2026-09-30", true),
            (Choice::Requested, "2026-09-30", false),
            (Choice::Rejected, "2026-09-30", false),
        ] {
            put(&mut assessment, evidence, Field::State, FieldValue::Choice(state));
            put(&mut assessment, evidence, Field::ExtractedOn, FieldValue::Date(day(on)));
            let is_clear = shortfalls(&assessment, Gate::Type1, fixture::REVIEW).is_empty();
            assert_eq!(is_clear, clears, "{state:?} {on}");
        }
    }

    /// The company of worked example 6: the window has passed, changes were sampled, and nobody needed the doors.
    fn example_6() -> Assessment {
        let mut assessment = ready();
        date_scope(
            &mut assessment,
            &[
                (ScopeDate::AsOf, "2026-02-01"),
                (ScopeDate::WindowStart, "2026-02-01"),
                (ScopeDate::WindowEnd, "2026-07-31"),
            ],
        );
        for (practice, fields) in [
            (
                fixture::REVIEW,
                [(Field::Population, 40), (Field::Sampled, 10), (Field::Deviations, 0)],
            ),
            (
                fixture::TESTED,
                [(Field::Population, 40), (Field::Sampled, 10), (Field::Deviations, 0)],
            ),
            (
                fixture::DOORS,
                [(Field::Population, 0), (Field::Sampled, 0), (Field::Deviations, 0)],
            ),
        ] {
            for (field, n) in fields {
                put(&mut assessment, operation(practice), field, FieldValue::Count(n));
            }
        }
        let query = FieldValue::Date(day("2026-08-03"));
        put(&mut assessment, operation(fixture::DOORS), Field::ZeroOn, query);
        assessment
    }

    #[test]
    fn worked_example_6_no_occurrence_leaves_the_practice_count() {
        let mut assessment = example_6();
        assert_eq!(counts(&assessment, Gate::Type2), [(1, 1, 1), (2, 2, 2)]);
        assert_eq!(counts(&assessment, Gate::Type1), [(1, 1, 1), (3, 3, 3)]);
        let listed = |assessment: &Assessment| {
            let practices = at(assessment, Gate::Type2).practices;
            practices.iter().filter(|it| it.has_no_occurrence).count()
        };
        assert_eq!(listed(&assessment), 1);
        // Without the doors themselves, "no occurrence" hides nothing: the practice fails and is counted.
        answer(&mut assessment, fixture::DOORS, Standing::Partly, ALL_YES);
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 0, 1), (2, 2, 3)]);
        assert_eq!(listed(&assessment), 0);
    }

    #[test]
    fn worked_example_6_a_deviation_fails_and_a_running_window_is_open() {
        let mut assessment = example_6();
        put(
            &mut assessment,
            operation(fixture::TESTED),
            Field::Deviations,
            FieldValue::Count(1),
        );
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 0, 1), (1, 1, 2)]);
        assert_eq!(
            shortfalls(&assessment, Gate::Type2, fixture::TESTED),
            [Shortfall::Missed]
        );
        let mut assessment = example_6();
        date_scope(&mut assessment, &[(ScopeDate::WindowEnd, "2026-12-31")]);
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 1, 1), (0, 3, 3)]);
        assert_eq!(
            shortfalls(&assessment, Gate::Type2, fixture::REVIEW),
            [Shortfall::NotDue]
        );
    }

    #[test]
    fn without_a_window_nothing_clears_type_2() {
        let mut assessment = example_6();
        assessment.scope.dates.remove(&ScopeDate::WindowEnd);
        assert_eq!(counts(&assessment, Gate::Type2), [(0, 0, 1), (0, 0, 3)]);
        assert!(blockers(&assessment, Gate::Type2).contains(&Blocker::NoWindow));
        assessment.scope.dates.remove(&ScopeDate::AsOf);
        assert!(blockers(&assessment, Gate::Type1).contains(&Blocker::NoAsOfDate));
        assert!(!blockers(&assessment, Gate::Type2).contains(&Blocker::NoAsOfDate));
    }

    #[test]
    fn without_an_as_of_date_type_2_looks_at_the_end_of_the_window() {
        let mut assessment = example_6();
        let begun = FieldValue::Date(day("2026-08-01"));
        put(&mut assessment, operation(fixture::REVIEW), Field::FirstOperated, begun);
        assessment.scope.dates.remove(&ScopeDate::AsOf);
        assert_eq!(shortfalls(&assessment, Gate::Type1, fixture::REVIEW), []);
        assert_eq!(
            shortfalls(&assessment, Gate::Type2, fixture::REVIEW),
            [Shortfall::TooLate]
        );
    }

    /// Worked example 7: Doors inherited from a carved-out data centre, with one report.
    fn example_7(choice: Option<Choice>) -> Assessment {
        let mut assessment = example_6();
        let standing = Standing::Inherited {
            supplier: words("Example Data Centre"),
        };
        answer(&mut assessment, fixture::DOORS, standing, Facets::default());
        let supplier = entry(Register::Supplier, 1);
        let title = FieldValue::Text("Example Data Centre".to_owned());
        put(&mut assessment, supplier, Field::Title, title);
        put(
            &mut assessment,
            supplier,
            Field::Method,
            FieldValue::Choice(Choice::CarveOut),
        );
        let kinds = [Choice::DataCentre].into_iter().collect();
        put(&mut assessment, supplier, Field::Kinds, FieldValue::Choices(kinds));
        if let Some(choice) = choice {
            let report = entry(Register::Report, 2);
            let of = supplier.entry_id().into_iter().collect();
            for (field, value) in [
                (Field::Supplier, FieldValue::Entries(of)),
                (Field::Type, FieldValue::Choice(choice)),
                (Field::NamesService, FieldValue::Choice(Choice::Yes)),
                (Field::From, FieldValue::Date(day("2025-10-01"))),
                (Field::To, FieldValue::Date(day("2026-06-30"))),
                (Field::BridgeTo, FieldValue::Date(day("2026-07-31"))),
                (Field::ReviewedOn, FieldValue::Date(day("2026-10-20"))),
                (Field::By, FieldValue::Text("Mara".to_owned())),
            ] {
                put(&mut assessment, report, field, value);
            }
        }
        assessment
    }

    #[test]
    fn worked_example_7_inherited_with_carve_out_and_bridge_letter() {
        let relies = |assessment: &Assessment, gate| {
            let practices = at(assessment, gate).practices;
            practices.iter().filter(|it| it.relies_on_supplier).count()
        };
        let covered = example_7(Some(Choice::Soc2Type2));
        for gate in [Gate::Type1, Gate::Type2] {
            assert_eq!(counts(&covered, gate), [(1, 1, 1), (3, 3, 3)], "{gate:?}");
            assert_eq!(relies(&covered, gate), 1, "{gate:?}");
        }
        let type1 = example_7(Some(Choice::Soc2Type1));
        assert_eq!(counts(&type1, Gate::Type1), [(1, 1, 1), (3, 3, 3)]);
        assert_eq!(counts(&type1, Gate::Type2), [(0, 0, 1), (2, 2, 3)]);
        assert_eq!(
            shortfalls(&type1, Gate::Type2, fixture::DOORS),
            [Shortfall::NoType2Report]
        );
        let nothing = example_7(None);
        assert_eq!(counts(&nothing, Gate::Type1), [(0, 0, 1), (2, 2, 3)]);
        assert_eq!(relies(&nothing, Gate::Type1), 0);
        assert_eq!(
            shortfalls(&nothing, Gate::Type2, fixture::DOORS),
            [Shortfall::NoReport, Shortfall::NoType2Report]
        );
    }

    #[test]
    fn unfit_supplier_clears_nothing() {
        let mut assessment = example_7(Some(Choice::Soc2Type2));
        let kinds = [Choice::PayrollHr].into_iter().collect();
        put(
            &mut assessment,
            entry(Register::Supplier, 1),
            Field::Kinds,
            FieldValue::Choices(kinds),
        );
        assert_eq!(
            shortfalls(&assessment, Gate::Type2, fixture::DOORS),
            [Shortfall::NoReport]
        );
    }

    #[test]
    fn worked_example_8_override_counts_apart_and_never_at_type_2() {
        let mut assessment = example_6();
        answer(&mut assessment, fixture::REVIEW, Standing::Partly, ALL_YES);
        set_ready(&mut assessment, fixture::CRITERION, Choice::SetReady);
        let both = |gate| {
            let readiness = at(&assessment, gate);
            (readiness.count.n_cleared, readiness.by_answers.n_cleared)
        };
        assert_eq!(both(Gate::Type1), (1, 0));
        assert_eq!(both(Gate::Type2), (0, 0));
        let mut incomplete = assessment.clone();
        let key = SheetKey::requirement(Register::Override, id(fixture::CRITERION));
        let sheet = incomplete.sheet(key);
        let mut blank = sheet.clone();
        blank.set(Field::Alternative, None);
        incomplete.sheets.insert(key, blank);
        assert_eq!(at(&incomplete, Gate::Type1).count.n_cleared, 0);
        let mut lowered = example_6();
        set_ready(&mut lowered, fixture::CRITERION, Choice::SetPartly);
        for gate in [Gate::Type1, Gate::Type2] {
            let readiness = at(&lowered, gate);
            assert_eq!(
                (readiness.count.n_cleared, readiness.by_answers.n_cleared),
                (0, 1),
                "{gate:?}"
            );
        }
    }

    #[test]
    fn worked_example_8_override_fills_neither_a_missing_document_nor_a_missing_decision() {
        let mut assessment = ready();
        let unwritten = Facets {
            documented: Some(false),
            ..ALL_YES
        };
        answer(&mut assessment, fixture::SCOPE, Standing::InPlace, unwritten);
        set_ready(&mut assessment, fixture::CLAUSE, Choice::SetReady);
        assessment.decisions.remove(&id(fixture::CONTROL));
        set_ready(&mut assessment, fixture::CONTROL, Choice::SetReady);
        for gate in [Gate::Stage1, Gate::Stage2] {
            assert_eq!(counts(&assessment, gate)[0], (0, 0, 2), "{gate:?}");
        }
        // What is not a document can be filled: nothing shows the records of Scope, and Tests is absent.
        let unshown = Facets {
            evidenced: Some(false),
            ..ALL_YES
        };
        answer(&mut assessment, fixture::SCOPE, Standing::InPlace, unshown);
        answer(
            &mut assessment,
            fixture::TESTED,
            Standing::NotInPlace,
            Facets::default(),
        );
        include(&mut assessment, fixture::CONTROL);
        for gate in [Gate::Stage1, Gate::Stage2] {
            assert_eq!(counts(&assessment, gate)[0], (2, 2, 2), "{gate:?}");
        }
        assert_eq!(at(&assessment, Gate::Stage2).by_answers.n_cleared, 0);
    }

    #[test]
    fn iso_gates_are_blocked_until_scope_risks_and_decisions_are_there() {
        let mut assessment = fixture::assessment();
        let expect = [
            Blocker::NoScopeStatement,
            Blocker::NoRiskAssessment,
            Blocker::ControlsNotDecided(1),
        ];
        for gate in [Gate::Stage1, Gate::Stage2, Gate::Cloud] {
            assert_eq!(blockers(&assessment, gate), expect, "{gate:?}");
        }
        assessment
            .scope
            .texts
            .insert(ScopeText::Statement, "The service".to_owned());
        include(&mut assessment, fixture::CONTROL);
        let risk = entry(Register::Risk, 1);
        put(&mut assessment, risk, Field::LikelihoodBefore, FieldValue::Count(2));
        assert_eq!(
            blockers(&assessment, Gate::Stage1),
            [Blocker::NoRiskAssessment, Blocker::RisksNotAccepted(1)]
        );
        put(&mut assessment, risk, Field::ImpactBefore, FieldValue::Count(3));
        assert_eq!(blockers(&assessment, Gate::Stage1), [Blocker::RisksNotAccepted(1)]);
        assessment.scope.counts.insert(ScopeCount::RiskAccepted, 6);
        assert_eq!(
            blockers(&assessment, Gate::Stage1),
            [],
            "the criteria accept a level of 6"
        );
        assessment.scope.counts.insert(ScopeCount::RiskAccepted, 5);
        put(&mut assessment, risk, Field::Option, FieldValue::Choice(Choice::Modify));
        for field in [Field::Owner, Field::AcceptedBy] {
            assert_eq!(blockers(&assessment, Gate::Stage1), [Blocker::RisksNotAccepted(1)]);
            put(&mut assessment, risk, field, FieldValue::Text("Mara".to_owned()));
        }
        put(
            &mut assessment,
            risk,
            Field::AcceptedOn,
            FieldValue::Date(fixture::date()),
        );
        assert_eq!(blockers(&assessment, Gate::Stage1), []);
        exclude(&mut assessment, fixture::CONTROL);
        assert_eq!(blockers(&assessment, Gate::Stage1), [], "an exclusion is a decision");
    }

    #[test]
    fn potential_major_blocks_the_gates_of_the_frameworks_that_it_breaks() {
        let finding = |grade, breaks| Finding {
            nonconformity: 0,
            grade,
            soc2_grade: None,
            triggers: vec![0],
            breaks,
            closed_by: Vec::new(),
        };
        let findings = [
            finding(Grade::PotentialMinor, vec![usize::from(fixture::CRITERION)]),
            finding(Grade::PotentialMajor, vec![usize::from(fixture::CLAUSE)]),
        ];
        for readiness in judged(&ready(), &findings) {
            let majors = readiness.blockers.contains(&Blocker::PotentialMajors(vec![1]));
            let is_iso = !matches!(readiness.gate, Gate::Type1 | Gate::Type2);
            assert_eq!(majors, is_iso, "{:?}", readiness.gate);
        }
    }

    #[test]
    fn cloud_gate_extends_a_27001_scope() {
        let mut assessment = ready();
        assessment.scope.frameworks.remove(&FrameworkId::Iso27001);
        assert_eq!(
            blockers(&assessment, Gate::Cloud),
            [Blocker::NoScopeStatement, Blocker::NoBaseFramework]
        );
        assert_eq!(counts(&assessment, Gate::Cloud)[0], (1, 1, 1));
        assert!(judged(&assessment, &[]).iter().all(|it| it.gate != Gate::Stage1));
        assert_eq!(
            at(&assessment, Gate::Cloud).with_cloud_content.map(|it| it.n_cleared),
            Some(1)
        );
        let mut excluded = ready();
        exclude(&mut excluded, fixture::CONTROL);
        // A row goes with the control that it stands on.
        assert_eq!(counts(&excluded, Gate::Cloud)[0], (0, 0, 0));
        assert_eq!(counts(&excluded, Gate::Stage1)[0], (1, 1, 1));
    }

    #[test]
    fn practice_of_a_sleeping_fact_leaves_the_gate_and_returns() {
        let mut assessment = example_4();
        let before = judged(&assessment, &[]);
        assessment.scope.facts.insert(Fact::Premises, false);
        assert_eq!(counts(&assessment, Gate::Type1), [(0, 0, 1), (1, 1, 2)]);
        assessment.scope.facts.remove(&Fact::Premises);
        assert_eq!(judged(&assessment, &[]), before);
    }
}
