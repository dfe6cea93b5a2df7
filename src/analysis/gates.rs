//! The five gates: the same answers, five bars. Gates nest: Stage 2 includes Stage 1, Type 2 includes Type 1.

use chrono::NaiveDate;

use super::assurance::{Assurance, assurance};
use super::operation::operated;
use super::{Finding, Grade, Ground, Operating, Override, Window};
use crate::domain::{
    Answer, Assessment, Catalogue, Choice, Decision, Facet, Facets, Field, FrameworkId, Practice, PracticeId, Register,
    Requirement, RequirementId, RequirementKind, ScopeCount, ScopeDate, ScopeText, Sheet, SheetKey, SortedMap,
    SortedSet, StandingKind, Subject, Tie,
};

/// The practices that blockers look at by their permanent ids. Where a catalogue lacks one, its blocker does not arise.
const INTERNAL_AUDIT: &str = "review.internal-audit";
const MANAGEMENT_REVIEW: &str = "review.management-review";
const SYSTEM_DESCRIPTION: &str = "commitments.system-description";
const CONTROL_MATRIX: &str = "commitments.control-matrix";
const ASSERTION: &str = "commitments.management-assertion";

/// The sections of the system description, DC 1 to DC 9.
const DESCRIPTION_SECTIONS: std::ops::RangeInclusive<u8> = 1..=9;

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

/// What the evidence register says of one practice.
#[derive(Clone, Copy, Default)]
struct Shown {
    /// An accepted piece names it.
    is_accepted: bool,
    /// The first day that a received or accepted piece speaks of.
    first: Option<NaiveDate>,
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
        let is_decided = |requirement: &Requirement| match assessment.decisions.get(&requirement.id) {
            Some(Decision::Included { reasons }) => !reasons.is_empty(),
            Some(Decision::Excluded { .. }) | None => false,
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
        let shown = shown(assessment);
        let asked = catalogue.practices.iter().enumerate();
        keeper.standpoints = asked
            .map(|(position, practice)| {
                let is_asked = ground.asked.contains(position);
                is_asked.then(|| keeper.standpoint(practice, shown.get(&practice.id).copied().unwrap_or_default()))?
            })
            .collect();
        keeper
    }

    fn standpoint(&self, practice: &Practice, shown: Shown) -> Option<Standpoint> {
        let none = Answer::default();
        let answer = self.assessment.answers.get(&practice.id).unwrap_or(&none);
        let kind = answer.standing.kind();
        let assurance = assurance(practice, self.assessment, self.window, self.date).unwrap_or_default();
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
                self.add_own(&mut standpoint, practice, &answer.facets, shown);
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
    fn add_own(&self, standpoint: &mut Standpoint, practice: &Practice, facets: &Facets, shown: Shown) {
        let facet = |facet, shortfall| match (practice.asks(facet), facets.get(facet)) {
            (false, _) | (true, Some(true)) => Bars::CLEAR,
            (true, Some(false)) => Bars::fails(shortfall),
            (true, None) => Bars::open(Shortfall::NotSaid),
        };
        let key = SheetKey::practice(Register::Operation, practice.id);
        let sheet = self.assessment.sheets.get(&key);
        let evidenced = facet(Facet::Evidenced, Shortfall::NotEvidenced);
        let enforced = if practice.must_enforce {
            facet(Facet::Enforced, Shortfall::NotEnforced)
        } else {
            Bars::CLEAR
        };
        standpoint.written = facet(Facet::Documented, Shortfall::NotDocumented);
        standpoint.operating = evidenced.and(enforced);
        standpoint.is_claimed = practice.asks(Facet::Evidenced) && !shown.is_accepted;
        let performed = sheet.map_or("", |sheet| sheet.text(Field::Performed)).trim();
        let written = if performed.is_empty() {
            standpoint.written
        } else {
            Bars::CLEAR
        };
        let by_date = |as_of: Option<NaiveDate>| {
            let first_record = sheet.and_then(|sheet| sheet.dates(Field::Records).next());
            let is_by_then = |day: NaiveDate| as_of.is_none_or(|as_of| day <= as_of);
            let has_record = [first_record, shown.first].into_iter().flatten().any(is_by_then);
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
        let level = |sheet: &Sheet| {
            let (likelihood, impact) = sheet
                .count(Field::LikelihoodBefore)
                .zip(sheet.count(Field::ImpactBefore))?;
            Some(likelihood * impact)
        };
        let risks = || self.assessment.register(Register::Risk).map(|(_, sheet)| sheet);
        if !risks().any(|sheet| level(sheet).is_some()) {
            blockers.push(Blocker::NoRiskAssessment);
        }
        // What the criteria accept as it is needs no treatment and no signature of its own.
        let most = scope.counts.get(&ScopeCount::RiskAccepted).copied();
        let needs_treatment = |sheet: &&Sheet| level(sheet).zip(most).is_none_or(|(level, most)| level > most);
        let is_blank = |sheet: &Sheet, field| sheet.text(field).trim().is_empty();
        let is_loose = |sheet: &&Sheet| {
            sheet.choice(Field::Option).is_none()
                || is_blank(sheet, Field::Owner)
                || is_blank(sheet, Field::AcceptedBy)
                || sheet.date(Field::AcceptedOn).is_none()
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
fn is_paper(requirement: &Requirement, tie: &Tie) -> bool {
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

/// What the evidence register says of each practice that it names.
fn shown(assessment: &Assessment) -> SortedMap<PracticeId, Shown> {
    let mut shown: SortedMap<PracticeId, Shown> = SortedMap::default();
    for (_, sheet) in assessment.register(Register::Evidence) {
        let state = sheet.choice(Field::State);
        let is_accepted = state == Some(Choice::Accepted);
        if !is_accepted && state != Some(Choice::Received) {
            continue;
        }
        let dates = [Field::From, Field::To, Field::ExtractedOn].map(|field| sheet.date(field));
        let first = dates.into_iter().flatten().min();
        for practice in sheet.practices(Field::Practices) {
            let before = shown.get(&practice).copied().unwrap_or_default();
            let both = Shown {
                is_accepted: before.is_accepted || is_accepted,
                first: [before.first, first].into_iter().flatten().min(),
            };
            shown.insert(practice, both);
        }
    }
    shown
}

/// The controls for which a row of the Statement or a risk says by when they are there.
fn planned(assessment: &Assessment) -> SortedSet<RequirementId> {
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
        let bars = sheet.choice(Field::State).map_or_else(
            || Bars::open(Shortfall::NotApproved),
            |state| Bars::clears_if(state == Choice::Approved, Shortfall::NotApproved),
        );
        let before = papers.get(&id).copied().unwrap_or(Bars::CLEAR);
        papers.insert(id, before.and(bars));
    }
    papers
}
