//! Which steps each requirement waits for at each gate: sets, so that thousands of choices can be weighed without an
//! analysis for each. Only the order of suggestions rests on them; every number that is shown comes from an analysis. A
//! property test compares the two.

use chrono::NaiveDate;

use super::{Settlement, Step, WhatIf, is_own};
use crate::analysis::gates::{Said, is_paper, planned, said};
use crate::analysis::operation::operated;
use crate::analysis::{Blocker, Clearance, Finding, Gate, GateReadiness, Operating, Verdict, assurance};
use crate::domain::{
    Choice, Facet, Field, FieldValue, FrameworkId, Requirement, RequirementId, RequirementKind, ScopeDate, Sheet,
    SortedSet, StandingKind, Tie,
};

/// One thing that must be so: one step, or another that does as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// The place of the step in the list of steps.
    pub step: usize,
    /// The place of the other.
    pub or: Option<usize>,
}

/// What a requirement waits for at a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// The position of the requirement.
    pub requirement: usize,
    /// All of these; empty if it clears.
    pub needs: Vec<Need>,
    /// Only time, or what no step changes, can bring it.
    pub is_closed: bool,
    /// With its steps it leaves the scope instead of clearing.
    pub leaves: bool,
}

/// The steps that are chosen, by their place in the list of steps.
#[derive(Clone, Debug)]
pub(super) struct Chosen(Vec<bool>);

impl Chosen {
    /// Nothing chosen of so many.
    pub fn none(n_steps: usize) -> Self {
        Self(vec![false; n_steps])
    }

    /// Whether the step at a place is chosen.
    pub fn has(&self, place: usize) -> bool {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// Chooses the step at a place.
    pub fn add(&mut self, place: usize) {
        if let Some(is_chosen) = self.0.get_mut(place) {
            *is_chosen = true;
        }
    }
}

impl Need {
    /// Whether one of its steps is chosen.
    pub fn is_met(&self, chosen: &Chosen) -> bool {
        chosen.has(self.step) || self.or.is_some_and(|or| chosen.has(or))
    }
}

impl Way {
    /// Whether the requirement clears with what is chosen.
    pub fn is_clear(&self, chosen: &Chosen) -> bool {
        !self.is_closed && !self.leaves && self.needs.iter().all(|need| need.is_met(chosen))
    }

    /// The needs that are open.
    pub fn open(&self, chosen: &Chosen) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| !need.is_met(chosen))
    }

    fn add(&mut self, place: Option<usize>, or: Option<usize>) {
        match place.or(or) {
            None => self.is_closed = true,
            Some(step) => {
                let or = or.filter(|it| *it != step);
                let need = Need { step, or };
                if !self.needs.contains(&need) {
                    self.needs.push(need);
                }
            }
        }
    }
}

/// By gate, in the order of the analysis: what each requirement waits for.
pub(super) fn ways(what_if: &WhatIf) -> Vec<Vec<Way>> {
    let finder = Finder {
        what_if,
        said: said(what_if.catalogue, what_if.assessment),
        dated: planned(what_if.assessment),
        open_controls: what_if.open_controls(),
        as_of: what_if.scope_date(ScopeDate::AsOf),
    };
    let gates = what_if.before.gates.iter();
    gates.map(|gate| finder.ways_of(gate)).collect()
}

/// By place of the step: the gates that it can move, by position in the analysis.
pub(super) fn moves(what_if: &WhatIf) -> Vec<Vec<usize>> {
    let mut moves: Vec<Vec<usize>> = vec![Vec::new(); what_if.steps().len()];
    let gates = what_if.before.gates.iter().zip(ways(what_if)).enumerate();
    for (at, (gate, ways)) in gates {
        let needed = ways
            .iter()
            .flat_map(|way| &way.needs)
            .flat_map(|need| [Some(need.step), need.or]);
        // A date before Stage 2 is enough for Stage 1 alone.
        let is_dated = |place: &usize| {
            let step = what_if.steps().get(*place);
            gate.gate != Gate::Stage1 && matches!(step, Some(Step::DateAudit | Step::DateReview))
        };
        let lifted = gate
            .blockers
            .iter()
            .flat_map(|it| lifting(what_if, it, &what_if.before.findings));
        let lifted = lifted.filter(|place| !is_dated(place));
        for place in needed.flatten().chain(lifted) {
            if let Some(moved) = moves.get_mut(place).filter(|it| it.last() != Some(&at)) {
                moved.push(at);
            }
        }
    }
    moves
}

/// The places of the steps that lift a blocker, alone or together. `findings` are those of the same analysis.
pub(super) fn lifting(what_if: &WhatIf, blocker: &Blocker, findings: &[Finding]) -> Vec<usize> {
    let steps: Vec<Step> = match blocker {
        Blocker::PotentialMajors(found) => {
            let raising = found
                .iter()
                .filter_map(|at| findings.get(*at))
                .flat_map(|it| &it.triggers);
            let absent = raising.filter(|at| what_if.kind(**at) == StandingKind::NotInPlace);
            absent.map(|at| Step::Practise(*at)).collect()
        }
        Blocker::NoScopeStatement => vec![Step::StateScope],
        Blocker::NoRiskAssessment | Blocker::RisksNotAccepted(_) => vec![Step::AssessRisks],
        Blocker::ControlsNotDecided(_) => {
            let settled = what_if.steps().iter().copied();
            let settled = settled.filter(|step| what_if.is_excluded_by(*step));
            [Step::DecideControls].into_iter().chain(settled).collect()
        }
        Blocker::NoInternalAudit => by_date_or_practice(what_if, Step::DateAudit),
        Blocker::NoManagementReview => by_date_or_practice(what_if, Step::DateReview),
        Blocker::DescriptionNotBegun(_) => vec![Step::BeginDescription],
        Blocker::AssertionNotBegun => vec![Step::BeginAssertion],
        Blocker::NoControlMatrix => {
            let matrix = what_if.asked_practice(super::CONTROL_MATRIX);
            matrix.map(Step::Practise).into_iter().collect()
        }
        Blocker::NoAsOfDate => vec![Step::StateAsOf],
        Blocker::NoWindow => vec![Step::StateWindow],
        Blocker::NoBaseFramework => Vec::new(),
    };
    steps.into_iter().filter_map(|step| what_if.place(step)).collect()
}

fn by_date_or_practice(what_if: &WhatIf, dated: Step) -> Vec<Step> {
    let held = what_if.held(dated).map(Step::Practise);
    [dated].into_iter().chain(held).collect()
}

struct Finder<'a> {
    what_if: &'a WhatIf<'a>,
    said: Vec<Said<'a>>,
    /// Controls for which something says by when.
    dated: SortedSet<RequirementId>,
    open_controls: Vec<usize>,
    as_of: Option<NaiveDate>,
}

impl Finder<'_> {
    fn ways_of(&self, gate: &GateReadiness) -> Vec<Way> {
        let ways = gate.requirements.iter().map(|gated| {
            let mut way = Way {
                requirement: gated.requirement,
                ..Way::default()
            };
            if gated.clearance != Clearance::Clears {
                self.fill(gate.gate, &mut way);
            }
            way
        });
        ways.collect()
    }

    fn fill(&self, gate: Gate, way: &mut Way) {
        let at = way.requirement;
        let before = self.what_if.before;
        let Some(requirement) = self.what_if.catalogue.requirements.get(at) else {
            way.is_closed = true;
            return;
        };
        let place = |step| self.what_if.place(step);
        let is_bare = before.status(at).map(|it| it.verdict) == Some(Verdict::NeedsDecision);
        let settlement = self.what_if.settlement(at);
        if place(Step::Settle(at)).is_some() {
            way.leaves = settlement != Settlement::Override;
            // A row leaves with the control that it stands on, too.
            let base = requirement.base.map(usize::from).and_then(|base| self.excluding(base));
            way.add(place(Step::Settle(at)), base.filter(|_| way.leaves));
            if settlement == Settlement::Override {
                self.decided(at, requirement, way);
            }
            return;
        }
        let set = before
            .overrides
            .iter()
            .find(|it| it.requirement == at && !it.is_incomplete);
        if is_bare && set.is_none_or(|it| it.level != Choice::SetReady) {
            way.leaves = true;
            way.add(self.excluding(at), None);
            return;
        }
        let is_set_high = set.is_some_and(|it| it.level == Choice::SetReady);
        if set.is_some() && !is_set_high {
            way.add(place(Step::LiftOverride(at)), None);
        }
        // What is set to ready waits for documents and decision alone, except at Type 2.
        let by_papers = is_set_high && gate != Gate::Type2;
        if by_papers {
            self.decided(at, requirement, way);
        }
        let needed = before.ground.needed.get(at).copied().unwrap_or_default();
        let considered = needed
            .iter()
            .filter(|it| self.what_if.kind(*it) != StandingKind::NotApplicable);
        for practice in considered {
            let ties = self.what_if.practice(practice).map_or(&[][..], |it| it.ties).iter();
            for tie in ties.filter(|tie| usize::from(tie.requirement) == at) {
                if !by_papers {
                    self.add(gate, requirement, tie, practice, way);
                } else if is_paper(requirement, tie) {
                    self.stage1(requirement, tie, practice, way);
                }
            }
        }
    }

    /// The step that excludes a control of Annex A which rests on nothing.
    fn excluding(&self, at: usize) -> Option<usize> {
        let settle = self.what_if.place(Step::Settle(at));
        let is_bare = self.what_if.before.status(at).map(|it| it.verdict) == Some(Verdict::NeedsDecision);
        let leaves = is_bare && self.what_if.settlement(at) == Settlement::Exclude;
        let by_deciding = || {
            self.open_controls
                .contains(&at)
                .then(|| self.what_if.place(Step::DecideControls))
        };
        settle.or_else(|| by_deciding().flatten()).filter(|_| leaves)
    }

    fn add(&self, gate: Gate, requirement: &Requirement, tie: &Tie, practice: usize, way: &mut Way) {
        match gate {
            Gate::Stage1 => self.stage1(requirement, tie, practice, way),
            Gate::Stage2 => {
                self.stage1(requirement, tie, practice, way);
                self.operating(tie, practice, way);
            }
            Gate::Cloud => {
                self.decided(usize::from(tie.requirement), requirement, way);
                self.operating(tie, practice, way);
            }
            Gate::Type1 => self.type1(practice, self.as_of, way),
            Gate::Type2 => self.type2(practice, way),
        }
    }

    fn stage1(&self, requirement: &Requirement, tie: &Tie, practice: usize, way: &mut Way) {
        let at = usize::from(tie.requirement);
        if is_paper(requirement, tie) {
            self.standing(practice, way);
            self.facet(practice, Facet::Documented, way);
            let documents = self.what_if.place(Step::ApproveDocuments(at));
            if documents.is_some() {
                way.add(documents, None);
            }
            return;
        }
        let practise = self.what_if.place(Step::Practise(practice));
        let kind = self.what_if.kind(practice);
        let is_clause = requirement.kind == RequirementKind::Clause;
        if !is_clause {
            self.decided(at, requirement, way);
        }
        match kind {
            StandingKind::NotAnswered => way.add(practise, None),
            StandingKind::NotInPlace if is_clause => way.add(practise, None),
            StandingKind::NotInPlace | StandingKind::Partly if !is_clause && !self.dated.contains(&requirement.id) => {
                way.add(self.what_if.place(Step::PlanControls), practise);
            }
            StandingKind::NotInPlace
            | StandingKind::Partly
            | StandingKind::InPlace
            | StandingKind::AnotherWay
            | StandingKind::NotApplicable
            | StandingKind::Inherited => {}
        }
    }

    /// The control of Annex A, or the one that a row of ISO/IEC 27017 stands on, is decided on with a reason.
    fn decided(&self, at: usize, requirement: &Requirement, way: &mut Way) {
        let has_base = self
            .what_if
            .assessment
            .scope
            .frameworks
            .contains(&FrameworkId::Iso27001);
        let control = match requirement.id.framework {
            FrameworkId::Iso27001 => (requirement.kind == RequirementKind::Control).then_some(at),
            FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 => {
                requirement.base.map(usize::from).filter(|_| has_base)
            }
            FrameworkId::Soc2 => None,
        };
        let is_open = |at: &usize| {
            let id = self.what_if.requirement_id(*at);
            id.is_some_and(|id| !self.what_if.is_decided(id))
        };
        if control.filter(is_open).is_some() {
            way.add(self.what_if.place(Step::DecideControls), None);
        }
    }

    fn operating(&self, tie: &Tie, practice: usize, way: &mut Way) {
        self.standing(practice, way);
        self.facet(practice, Facet::Evidenced, way);
        self.enforced(practice, way);
        if tie.documented {
            self.facet(practice, Facet::Documented, way);
        }
    }

    /// In place, met another way, or inherited with a reviewed report.
    fn standing(&self, practice: usize, way: &mut Way) {
        let practise = self.what_if.place(Step::Practise(practice));
        match self.what_if.kind(practice) {
            StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly => way.add(practise, None),
            StandingKind::Inherited => {
                let behind = self.assurance(practice);
                if !behind.0 {
                    way.add(practise.or_else(|| self.report(practice)), None);
                }
            }
            StandingKind::InPlace | StandingKind::AnotherWay | StandingKind::NotApplicable => {}
        }
    }

    /// Whether a report clears what is inherited, and whether one covers the window.
    fn assurance(&self, practice: usize) -> (bool, bool) {
        let what_if = self.what_if;
        let window = what_if.window().or_else(|| what_if.window_of_step());
        let behind = what_if.practice(practice);
        let behind = behind.and_then(|it| assurance(it, what_if.assessment, window, what_if.before.date));
        let behind = behind.unwrap_or_default();
        (behind.report.is_some() && !behind.is_unfit, behind.type2.is_some())
    }

    fn report(&self, practice: usize) -> Option<usize> {
        let first = self.what_if.inherited_with(practice).first().copied()?;
        self.what_if.place(Step::ReviewReport(first))
    }

    /// A facet of what the organisation does itself. Where the practice is put in place, that step says it.
    fn facet(&self, practice: usize, facet: Facet, way: &mut Way) {
        if self.lacks(practice, facet) {
            way.add(self.what_if.place(Step::Practise(practice)), None);
        }
    }

    fn lacks(&self, at: usize, facet: Facet) -> bool {
        let answer = self.said.get(at).and_then(|it| it.answer);
        let said = answer.and_then(|it| it.facets.get(facet));
        let asks = self.what_if.practice(at).is_some_and(|it| it.asks(facet));
        is_own(self.what_if.kind(at)) && asks && said != Some(true)
    }

    fn enforced(&self, at: usize, way: &mut Way) {
        if self.what_if.practice(at).is_some_and(|it| it.must_enforce) {
            self.facet(at, Facet::Enforced, way);
        }
    }

    fn type1(&self, at: usize, as_of: Option<NaiveDate>, way: &mut Way) {
        self.standing(at, way);
        let practise = self.what_if.place(Step::Practise(at));
        let is_inherited = self.what_if.kind(at) == StandingKind::Inherited && practise.is_none();
        let Some(said) = self.said.get(at).filter(|_| !is_inherited) else {
            return;
        };
        if said.operation.is_none_or(|sheet| sheet.is_blank(Field::Performed)) {
            self.facet(at, Facet::Documented, way);
        }
        self.enforced(at, way);
        let later = self.what_if.place(Step::StateAsOf);
        let today = self.what_if.before.date;
        let first_record = said.operation.and_then(|sheet| sheet.dates(Field::Records).next());
        let mut records = [first_record, said.first]
            .into_iter()
            .flatten()
            .filter(|day| *day <= today);
        let is_by = |day: NaiveDate| as_of.is_none_or(|as_of| day <= as_of);
        if self.lacks(at, Facet::Evidenced) {
            match records.next() {
                // The earlier of two decides: if it is late, so is the other.
                Some(day) if is_by(day) || records.any(is_by) => {}
                Some(_) => way.add(practise, later),
                None => way.add(practise, None),
            }
        }
        if self.what_if.start(at).is_some_and(|start| !is_by(start)) {
            way.add(later, None);
        }
    }

    fn type2(&self, at: usize, way: &mut Way) {
        let (what_if, today) = (self.what_if, self.what_if.before.date);
        let stated = what_if.window();
        let window = stated.or_else(|| what_if.window_of_step());
        let Some((window, practice)) = window.zip(what_if.practice(at)) else {
            way.is_closed = true;
            return;
        };
        if stated.is_none() {
            way.add(what_if.place(Step::StateWindow), None);
        }
        self.type1(at, self.as_of.or(Some(window.end)), way);
        let practise = what_if.place(Step::Practise(at));
        if what_if.kind(at) == StandingKind::Inherited && practise.is_none() {
            if !self.assurance(at).1 {
                way.add(self.report(at).filter(|_| window.end <= today), None);
            }
            return;
        }
        let mut sheet = what_if.operation(at).cloned().unwrap_or_default();
        if practise.is_some() {
            sheet = self.operation_after(at, sheet);
        }
        let count = operated(practice.rhythm, Some(&sheet), window, today, &mut |_| {});
        way.is_closed |= count.is_so_far || !matches!(count.operating, Operating::Operated | Operating::NoOccurrence);
    }

    /// How the practice operates once it is put in place.
    fn operation_after(&self, at: usize, mut sheet: Sheet) -> Sheet {
        let day = self.what_if.done(at);
        if self.what_if.begins(at) {
            sheet.set(Field::FirstOperated, Some(FieldValue::Date(day)));
        }
        if self.what_if.begins_records(at) {
            sheet.set(Field::Records, Some(FieldValue::Dates([day].into_iter().collect())));
        }
        sheet
    }
}
