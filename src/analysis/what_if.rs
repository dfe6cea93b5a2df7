//! What if: what chosen steps would bring at the gates. A step is one thing that somebody could do; what it does to an
//! assessment is a list of actions, so "what if" is applying them to a copy and analysing that. The assessment itself is
//! never touched.
//!
//! Names, words and days that only a person can give are placeholders: see [`PLACEHOLDER`].

mod suggest;
mod wait;
mod ways;

use chrono::{Days, Months, NaiveDate};

pub use suggest::{Stand, Stride};
pub use wait::{EarliestDate, Hole, Outcome, first_record_day};

use super::findings::findings;
use super::gates::{CONTROL_MATRIX, DESCRIPTION_SECTIONS, is_paper, planned};
use super::overrides::{answers_under, overrides};
use super::plan::new_action;
use super::soa::{is_accepted, is_approved, level_before};
use super::status::statuses;
use super::{
    Analysis, Blocker, Clearance, Finding, Gate, GateReadiness, Ground, INTERNAL_AUDIT, MANAGEMENT_REVIEW, PlanAction,
    Shortfall, Verdict, Window, gates, offers, plan_actions, supplier_named,
};
use crate::domain::{
    ASSERTION, Action, Assessment, Catalogue, Choice, Decision, Effort, EntryId, Facet, Facets, Field, FieldValue,
    FrameworkId, InclusionReason, Practice, Register, RequirementId, RequirementKind, ScopeCount, ScopeDate, ScopeText,
    Sheet, SheetKey, SortedSet, Standing, StandingKind, Subject, SupplierKind, Words, apply, is_same_name,
};

/// What stands where a person would have to write a name or a text. It reaches copies only.
pub const PLACEHOLDER: &str = "to be written";

/// From how many things on a step of papers is work of weeks, no longer of days.
const MANY: usize = 11;

/// How many months of a supplier a report that is asked for covers: the usual period.
const REPORT_MONTHS: u32 = 12;

/// Likelihood and impact of a risk that nobody has rated, in the middle of the scale.
const MIDDLE: u32 = 3;

/// How many months the shortest window has, by custom. No standard sets a least.
const SHORTEST_WINDOW_MONTHS: u32 = 3;

/// One thing that somebody could do and that moves a gate. Ordered as applied: papers, then practices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Write the scope statement.
    StateScope,
    /// Rate risks, choose treatment, have both accepted by their owners.
    AssessRisks,
    /// Decide on all open controls of Annex A: include with a reason, exclude what rests on nothing.
    DecideControls,
    /// Say in the Statement of Applicability by when controls are there that are not.
    PlanControls,
    /// Date the internal audit before Stage 2.
    DateAudit,
    /// Date the management review before Stage 2.
    DateReview,
    /// Begin every section of the system description.
    BeginDescription,
    /// Begin management's assertion.
    BeginAssertion,
    /// State the as-of date, or move it to a day on which all that is planned is there.
    StateAsOf,
    /// State the window.
    StateWindow,
    /// Have the documents of the clause at a position approved, by name and day.
    ApproveDocuments(usize),
    /// Settle the requirement at a position, which rests on nothing: exclude it, or set it with what is done instead.
    Settle(usize),
    /// Take back what a person has set for the requirement at a position.
    LiftOverride(usize),
    /// Get and review a report of the supplier that the practice at a position is inherited from. The first of its
    /// practices stands for all.
    ReviewReport(usize),
    /// Put the practice at a position in place and show it.
    Practise(usize),
}

impl Step {
    /// The position of the practice that the step puts in place or shows.
    #[must_use]
    pub const fn practice(self) -> Option<usize> {
        if let Self::Practise(at) = self { Some(at) } else { None }
    }
}

/// What a requirement without a considered practice comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Settlement {
    /// It is excluded, with a justification.
    Exclude,
    /// Its own decision is taken back, so that it follows its control.
    Follow,
    /// A person sets it to ready, with what is done instead.
    Override,
}

/// What could be done about an assessment, and what that would bring.
pub struct WhatIf<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    before: &'a Analysis,
    plan: Vec<PlanAction>,
    /// By position of the practice: the last day by which an open action of the plan puts it in place, or today.
    done: Vec<NaiveDate>,
    steps: Vec<Step>,
}

impl<'a> WhatIf<'a> {
    /// What could be done about an assessment that has been analysed.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, assessment: &'a Assessment, before: &'a Analysis) -> Self {
        let plan = plan_actions(catalogue, assessment);
        let mut done = vec![before.date; catalogue.practices.len()];
        for action in plan.iter().filter(|it| it.is_open()) {
            for practice in &action.practices {
                if let Some((day, due)) = done.get_mut(*practice).zip(action.due) {
                    *day = (*day).max(due);
                }
            }
        }
        let mut what_if = Self {
            catalogue,
            assessment,
            before,
            plan,
            done,
            steps: Vec::new(),
        };
        let mut steps: SortedSet<Step> = what_if.practice_steps().into_iter().collect();
        what_if.steps = steps.iter().copied().collect();
        // These look at the practices that can be put in place.
        steps.extend(what_if.paper_steps());
        what_if.steps = steps.iter().copied().collect();
        what_if
    }

    /// The steps that can be chosen, in the order in which they are applied.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether a step can be chosen.
    #[must_use]
    pub fn offers(&self, step: Step) -> bool {
        self.steps.binary_search(&step).is_ok()
    }

    /// The open actions of the plan.
    pub fn plan(&self) -> impl Iterator<Item = &PlanAction> {
        self.plan.iter().filter(|it| it.is_open())
    }

    /// The steps, each with the gates that it can move, by position in the analysis.
    #[must_use]
    pub fn moves(&self) -> Vec<(Step, Vec<usize>)> {
        self.steps.iter().copied().zip(ways::moves(self)).collect()
    }

    /// The steps that an action of the plan is: its practices that are not there yet or can't be shown.
    #[must_use]
    pub fn steps_of(&self, action: &PlanAction) -> Vec<Step> {
        let steps: SortedSet<Step> = action.practices.iter().map(|at| Step::Practise(*at)).collect();
        steps.iter().copied().filter(|it| self.offers(*it)).collect()
    }

    /// The assessment as it would be after some steps, in the order of the steps whatever the order of the list.
    #[must_use]
    pub fn assessment_after(&self, steps: &[Step]) -> Assessment {
        let mut after = self.assessment.clone();
        let steps: SortedSet<Step> = steps.iter().copied().collect();
        for action in steps.iter().flat_map(|step| self.applying(*step)) {
            // What is refused changes nothing; a test holds that nothing is.
            apply(&mut after, self.catalogue, action).ok();
        }
        after
    }

    /// How much work a step is. A practice has its own; papers are days, or weeks where there are many of them.
    #[must_use]
    pub fn effort(&self, step: Step) -> Effort {
        match step {
            Step::Practise(at) => self.practice(at).map_or(Effort::Small, |it| it.effort),
            // A risk assessment from nothing is no matter of days.
            Step::AssessRisks if self.size(step) == 0 => Effort::Medium,
            Step::StateScope
            | Step::AssessRisks
            | Step::DecideControls
            | Step::PlanControls
            | Step::DateAudit
            | Step::DateReview
            | Step::BeginDescription
            | Step::BeginAssertion
            | Step::StateAsOf
            | Step::StateWindow
            | Step::ApproveDocuments(_)
            | Step::Settle(_)
            | Step::LiftOverride(_)
            | Step::ReviewReport(_) => {
                if self.size(step) < MANY {
                    Effort::Small
                } else {
                    Effort::Medium
                }
            }
        }
    }

    /// How many risks, controls, documents, sections or practices a step speaks of; 0 for the first risk of all.
    #[must_use]
    pub fn size(&self, step: Step) -> usize {
        match step {
            Step::AssessRisks => self.risks_to_treat().len(),
            Step::DecideControls => self.open_controls().len(),
            Step::PlanControls => self.controls_to_plan().len(),
            Step::BeginDescription => self.sections_to_begin().len(),
            Step::ApproveDocuments(clause) => self.documents_to_approve(clause).len(),
            Step::ReviewReport(practice) => self.inherited_with(practice).len(),
            Step::StateScope
            | Step::DateAudit
            | Step::DateReview
            | Step::BeginAssertion
            | Step::StateAsOf
            | Step::StateWindow
            | Step::Settle(_)
            | Step::LiftOverride(_)
            | Step::Practise(_) => 1,
        }
    }

    /// The name of the supplier whose report a step asks for; blank for other steps.
    #[must_use]
    pub fn supplier(&self, step: Step) -> &str {
        if let Step::ReviewReport(practice) = step {
            self.supplier_of(practice).unwrap_or_default()
        } else {
            ""
        }
    }

    /// The day that a step puts down as a placeholder: an as-of date, the first day of a window, the day by which
    /// controls are there, or the day on which a practice is done.
    #[must_use]
    pub fn day(&self, step: Step) -> NaiveDate {
        match step {
            Step::StateAsOf => self.as_of_day(),
            Step::StateWindow => self.window_start(),
            Step::PlanControls => self.plan_day(),
            Step::Practise(at) => self.done(at),
            Step::StateScope
            | Step::AssessRisks
            | Step::DecideControls
            | Step::DateAudit
            | Step::DateReview
            | Step::BeginDescription
            | Step::BeginAssertion
            | Step::ApproveDocuments(_)
            | Step::Settle(_)
            | Step::LiftOverride(_)
            | Step::ReviewReport(_) => self.before.date,
        }
    }

    /// Whether a requirement that rests on nothing leaves the scope when it is settled, by a justified exclusion.
    #[must_use]
    pub fn is_excluded_by(&self, step: Step) -> bool {
        if let Step::Settle(at) = step {
            self.settlement(at) != Settlement::Override
        } else {
            false
        }
    }

    /// Whether a practice is there and only has to be shown.
    #[must_use]
    pub fn is_there(&self, practice: usize) -> bool {
        is_own(self.kind(practice))
    }

    /// The practice of a step as a new action of the plan; none for a step of another kind, and none where an open
    /// action has it already. The title is that of the practice.
    #[must_use]
    pub fn planned_as(&self, step: Step) -> Option<Sheet> {
        let at = step.practice()?;
        let practice = self.practice(at)?;
        if self.plan().any(|action| action.practices.contains(&at)) {
            return None;
        }
        let practices = [practice.id].into_iter().collect();
        Some(new_action(practice.title(), practices, Some(practice.effort)))
    }

    /// The short word by which an address names a step.
    #[must_use]
    pub fn code(&self, step: Step) -> String {
        let number = |at: usize| self.catalogue.numbers.get(at).copied().unwrap_or_default();
        let requirement = |at: usize| self.requirement_id(at).map(|it| it.to_string()).unwrap_or_default();
        match step {
            Step::StateScope => "scope".to_owned(),
            Step::AssessRisks => "risks".to_owned(),
            Step::DecideControls => "decide".to_owned(),
            Step::PlanControls => "dates".to_owned(),
            Step::DateAudit => "audit".to_owned(),
            Step::DateReview => "review".to_owned(),
            Step::BeginDescription => "description".to_owned(),
            Step::BeginAssertion => "assertion".to_owned(),
            Step::StateAsOf => "as-of".to_owned(),
            Step::StateWindow => "window".to_owned(),
            Step::ApproveDocuments(at) => format!("d:{}", requirement(at)),
            Step::Settle(at) => format!("s:{}", requirement(at)),
            Step::LiftOverride(at) => format!("o:{}", requirement(at)),
            Step::ReviewReport(at) => format!("r{}", number(at)),
            Step::Practise(at) => format!("p{}", number(at)),
        }
    }

    /// The steps that a list of words names, in order; what can't be chosen any more is left out.
    #[must_use]
    pub fn steps_named(&self, codes: &str) -> Vec<Step> {
        let named: Vec<&str> = codes.split('_').filter(|it| !it.is_empty()).collect();
        if named.is_empty() {
            return Vec::new();
        }
        let steps = self.steps.iter().copied();
        steps
            .filter(|step| named.contains(&self.code(*step).as_str()))
            .collect()
    }

    /// The words for a list of steps, as [`WhatIf::steps_named`] reads them.
    #[must_use]
    pub fn codes(&self, steps: &[Step]) -> String {
        let codes: Vec<String> = steps.iter().map(|step| self.code(*step)).collect();
        codes.join("_")
    }

    /// The actions that a step is. Days and names that nobody has given are placeholders.
    #[must_use]
    pub fn applying(&self, step: Step) -> Vec<Action> {
        let today = self.before.date;
        match step {
            Step::StateScope => vec![Action::SetText(ScopeText::Statement, PLACEHOLDER.to_owned())],
            Step::AssessRisks => self.assess_risks(),
            Step::DecideControls => self
                .open_controls()
                .into_iter()
                .filter_map(|at| self.decide(at))
                .collect(),
            Step::PlanControls => {
                let day = FieldValue::Date(self.plan_day());
                let controls = self.controls_to_plan();
                let ids = controls.into_iter().filter_map(|at| self.requirement_id(at));
                let keys = ids.map(|id| SheetKey::requirement(Register::SoaRow, id));
                keys.map(|key| Action::SetField(key, Field::PlannedOn, Some(day.clone())))
                    .collect()
            }
            Step::DateAudit => self.date_before_stage2(ScopeDate::InternalAudit),
            Step::DateReview => self.date_before_stage2(ScopeDate::ManagementReview),
            Step::BeginDescription => self.sections_to_begin().into_iter().map(begin).collect(),
            Step::BeginAssertion => vec![begin(ASSERTION)],
            Step::StateAsOf => vec![Action::SetDate(ScopeDate::AsOf, Some(self.as_of_day()))],
            Step::StateWindow => {
                let window = self.window_of_step();
                let ends = window.map(|it| [(ScopeDate::WindowStart, it.start), (ScopeDate::WindowEnd, it.end)]);
                let ends = ends.into_iter().flatten();
                ends.map(|(which, day)| Action::SetDate(which, Some(day))).collect()
            }
            Step::ApproveDocuments(clause) => {
                let documents = self.documents_to_approve(clause);
                documents.into_iter().flat_map(|key| self.approve(key)).collect()
            }
            Step::Settle(at) => self.settle(at),
            Step::LiftOverride(at) => {
                let key = self
                    .requirement_id(at)
                    .map(|id| SheetKey::requirement(Register::Override, id));
                key.map(|key| Action::PutSheet(key, Sheet::default()))
                    .into_iter()
                    .collect()
            }
            Step::ReviewReport(practice) => self.review_report(practice, today),
            Step::Practise(at) => self.practice(at).map(|it| self.practise(at, it)).unwrap_or_default(),
        }
    }
}

/// Which steps there are.
impl WhatIf<'_> {
    /// A practice can be put in place or shown if a gate says so; so can the control matrix, which blocks by itself. What
    /// is inherited waits for a report, or is taken back where the supplier can't carry it.
    fn practice_steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for gate in &self.before.gates {
            for gated in gate.practices.iter().filter(|it| it.clearance != Clearance::Clears) {
                let falls_short = |these: &[Shortfall]| gated.shortfalls.iter().any(|it| these.contains(it));
                let lacks_practice = falls_short(&[
                    Shortfall::NotAnswered,
                    Shortfall::NotInPlace,
                    Shortfall::NotDocumented,
                    Shortfall::NotEnforced,
                    Shortfall::NotEvidenced,
                    Shortfall::NotSaid,
                ]);
                // After the window somebody may have a report over it; while it runs, nobody has.
                let is_over = self.window().is_some_and(|it| it.end < self.before.date);
                let lacks_report =
                    falls_short(&[Shortfall::NoReport]) || is_over && falls_short(&[Shortfall::NoType2Report]);
                if lacks_practice || lacks_report && !self.can_be_carried(gated.practice) {
                    steps.push(Step::Practise(gated.practice));
                } else if lacks_report {
                    let first = self.inherited_with(gated.practice).first().copied();
                    steps.extend(first.map(Step::ReviewReport));
                }
            }
            if gate.blockers.contains(&Blocker::NoControlMatrix) {
                steps.extend(self.asked_practice(CONTROL_MATRIX).map(Step::Practise));
            }
        }
        steps
    }

    fn paper_steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let open_controls = self.open_controls();
        for gate in &self.before.gates {
            let of_blockers = gate.blockers.iter().filter_map(|blocker| match blocker {
                Blocker::NoScopeStatement => Some(Step::StateScope),
                Blocker::NoRiskAssessment | Blocker::RisksNotAccepted(_) => Some(Step::AssessRisks),
                Blocker::ControlsNotDecided(_) => Some(Step::DecideControls),
                // Only Stage 1 is content with a date.
                Blocker::NoInternalAudit => (gate.gate == Gate::Stage1).then_some(Step::DateAudit),
                Blocker::NoManagementReview => (gate.gate == Gate::Stage1).then_some(Step::DateReview),
                Blocker::DescriptionNotBegun(_) => Some(Step::BeginDescription),
                Blocker::AssertionNotBegun => Some(Step::BeginAssertion),
                Blocker::NoAsOfDate => Some(Step::StateAsOf),
                Blocker::NoWindow => Some(Step::StateWindow),
                // These go with practices; another framework is a change of the scope and no step.
                Blocker::PotentialMajors(_) | Blocker::NoControlMatrix | Blocker::NoBaseFramework => None,
            });
            steps.extend(of_blockers);
            for gated in gate.requirements.iter().filter(|it| it.clearance != Clearance::Clears) {
                let at = gated.requirement;
                let set = self
                    .before
                    .overrides
                    .iter()
                    .find(|it| it.requirement == at && !it.is_incomplete);
                let is_set_low = set.is_some_and(|it| it.level != Choice::SetReady);
                let status = self.before.status(at).map(|it| it.verdict);
                if self.rests_on_an_excluded_control(at) {
                    steps.push(Step::Settle(at));
                } else if status == Some(Verdict::NeedsDecision) {
                    let by_deciding = self.settlement(at) == Settlement::Exclude && open_controls.contains(&at);
                    // What a person has set to ready waits for the decision on its control alone.
                    let is_set_high = set.is_some() && !is_set_low;
                    steps.extend((!by_deciding && !is_set_high).then_some(Step::Settle(at)));
                } else if is_set_low {
                    steps.push(Step::LiftOverride(at));
                }
            }
        }
        let has = |framework| self.assessment.scope.frameworks.contains(&framework);
        if has(FrameworkId::Iso27001) {
            let clauses = self.catalogue.positions_of(FrameworkId::Iso27001);
            let waiting =
                clauses.filter(|at| self.asks_for_documents(*at) && !self.documents_to_approve(*at).is_empty());
            steps.extend(waiting.map(Step::ApproveDocuments));
            if !self.controls_to_plan().is_empty() {
                steps.push(Step::PlanControls);
            }
        }
        let as_of = self.scope_date(ScopeDate::AsOf);
        if has(FrameworkId::Soc2)
            && as_of
                .zip(self.latest_start())
                .is_some_and(|(as_of, start)| as_of < start)
        {
            steps.push(Step::StateAsOf);
        }
        steps
    }

    /// Whether a clause needs a practice that it wants to see in writing.
    fn asks_for_documents(&self, requirement: usize) -> bool {
        let is_considered = |at: &usize| self.kind(*at) != StandingKind::NotApplicable;
        let needed = self.before.ground.needed.get(requirement).copied().unwrap_or_default();
        let mut considered = needed.iter().filter(is_considered);
        considered.any(|at| {
            let ties = self.practice(at).map_or(&[][..], |it| it.ties).iter();
            let mut here = ties.filter(|tie| usize::from(tie.requirement) == requirement);
            here.any(|tie| self.catalogue.tied(tie).is_some_and(|it| is_paper(it, tie)))
        })
    }

    /// A row of ISO/IEC 27017 that was included by itself while the control that it stands on is excluded.
    fn rests_on_an_excluded_control(&self, requirement: usize) -> bool {
        let row = self.catalogue.requirements.get(requirement);
        let base = row.filter(|it| it.id.framework.is_cloud()).and_then(|it| it.base);
        let base = base.map(usize::from);
        let is_excluded = |at: usize| self.before.ground.excluded.get(at).copied().unwrap_or_default();
        self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) && base.is_some_and(is_excluded)
    }

    /// The controls of Annex A that block a gate because nobody has decided on them with a reason.
    fn open_controls(&self) -> Vec<usize> {
        let controls = self.catalogue.positions_of(FrameworkId::Iso27001);
        let is_open = |at: &usize| {
            let control = self.catalogue.requirements.get(*at);
            let control = control.filter(|it| it.kind == RequirementKind::Control);
            self.before.ground.includes(*at) && control.is_some_and(|it| !self.is_decided(it.id))
        };
        let is_in = self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001);
        controls.filter(|at| is_in && is_open(at)).collect()
    }

    fn is_decided(&self, control: RequirementId) -> bool {
        match self.assessment.decisions.get(&control) {
            Some(Decision::Included { reasons }) => !reasons.is_empty(),
            Some(Decision::Excluded { .. }) | None => false,
        }
    }

    /// The controls of Annex A that are not there and of which nothing says by when.
    fn controls_to_plan(&self) -> Vec<usize> {
        let dated = planned(self.assessment);
        let is_short = |at: usize| matches!(self.kind(at), StandingKind::NotInPlace | StandingKind::Partly);
        let controls = self.catalogue.positions_of(FrameworkId::Iso27001);
        let waits = |at: &usize| {
            let control = self.catalogue.requirements.get(*at);
            let is_control = control.is_some_and(|it| it.kind == RequirementKind::Control && !dated.contains(&it.id));
            let needed = self.before.ground.needed.get(*at).copied().unwrap_or_default();
            is_control && self.before.ground.includes(*at) && needed.iter().any(is_short)
        };
        controls.filter(waits).collect()
    }

    fn documents_to_approve(&self, clause: usize) -> Vec<SheetKey> {
        let id = self.requirement_id(clause);
        let of_clause = |key: &SheetKey| matches!(key.subject, Subject::Requirement(of, _) if Some(of) == id);
        let sheets = self.assessment.register(Register::Document);
        let waiting = sheets.filter(|(key, sheet)| of_clause(key) && !is_approved(sheet));
        waiting.map(|(key, _)| key).collect()
    }

    /// Risks without a level where none has one, and risks that need treatment and lack option, owner or acceptance.
    fn risks_to_treat(&self) -> Vec<SheetKey> {
        let risks = || self.assessment.register(Register::Risk);
        let is_unrated = !risks().any(|(_, sheet)| level_before(sheet).is_some());
        let waiting = risks().filter(|(_, sheet)| is_unrated || self.is_loose(sheet));
        waiting.map(|(key, _)| key).collect()
    }

    fn is_loose(&self, risk: &Sheet) -> bool {
        let most = self.assessment.scope.counts.get(&ScopeCount::RiskAccepted).copied();
        let needs_treatment = level_before(risk).zip(most).is_none_or(|(level, most)| level > most);
        let is_treated = risk.choice(Field::Option).is_some() && !risk.is_blank(Field::Owner) && is_accepted(risk);
        needs_treatment && !is_treated
    }

    fn sections_to_begin(&self) -> Vec<u8> {
        let state = |line: &u8| {
            let sheet = self.assessment.sheets.get(&description(*line));
            sheet.and_then(|sheet| sheet.choice(Field::State))
        };
        DESCRIPTION_SECTIONS
            .filter(|line| state(line).is_none_or(|state| state == Choice::NotBegun))
            .collect()
    }

    /// The practices that are answered as inherited from the same supplier as the one at a position, and asked.
    fn inherited_with(&self, practice: usize) -> Vec<usize> {
        let Some(name) = self.supplier_of(practice) else {
            return Vec::new();
        };
        let asked = self.before.ground.asked.iter();
        asked
            .filter(|at| self.supplier_of(*at).is_some_and(|it| is_same_name(it, name)))
            .collect()
    }

    fn supplier_of(&self, practice: usize) -> Option<&str> {
        let practice = self.practice(practice)?;
        match &self.assessment.answers.get(&practice.id)?.standing {
            Standing::Inherited { supplier } => Some(supplier.as_str()),
            Standing::NotAnswered
            | Standing::NotInPlace
            | Standing::Partly
            | Standing::InPlace
            | Standing::AnotherWay { .. }
            | Standing::NotApplicable { .. } => None,
        }
    }

    /// Whether a further report can carry an inherited practice: the supplier does such a thing, and none of its reports
    /// denies assurance.
    fn can_be_carried(&self, practice: usize) -> bool {
        let named = self
            .supplier_of(practice)
            .and_then(|name| supplier_named(self.assessment, name));
        let Some((practice, id)) = self.practice(practice).zip(named) else {
            // It is not in the register yet.
            return true;
        };
        let denies = |sheet: &Sheet| {
            matches!(sheet.choice(Field::Opinion), Some(Choice::Adverse | Choice::Disclaimer))
                && sheet.entries(Field::Supplier).any(|it| it == id)
        };
        let supplier = self.assessment.sheet(SheetKey::entry(Register::Supplier, id));
        offers(&supplier, practice)
            && !self
                .assessment
                .register(Register::Report)
                .any(|(_, sheet)| denies(sheet))
    }

    /// What a requirement without a considered practice comes to. Clauses can't be excluded, nor a control whose rows of
    /// ISO/IEC 27017 rest on something.
    fn settlement(&self, at: usize) -> Settlement {
        let Some(requirement) = self.catalogue.requirements.get(at) else {
            return Settlement::Exclude;
        };
        if self.rests_on_an_excluded_control(at) {
            return Settlement::Follow;
        }
        let is_set_high = |at: usize| {
            let set = self.before.overrides.iter().find(|it| it.requirement == at);
            set.is_some_and(|it| !it.is_incomplete && it.level == Choice::SetReady)
        };
        let rows = self.catalogue.requirements.iter().enumerate();
        let mut rows =
            rows.filter(|(row, it)| it.base.map(usize::from) == Some(at) && self.before.ground.includes(*row));
        let carries = rows.any(|(row, _)| {
            let verdict = self.before.status(row).map(|it| it.verdict);
            verdict != Some(Verdict::NeedsDecision) || is_set_high(row)
        });
        let is_annex = requirement.id.framework == FrameworkId::Iso27001;
        match requirement.kind {
            RequirementKind::Clause => Settlement::Override,
            RequirementKind::Control if is_annex && (carries || is_set_high(at)) => Settlement::Override,
            RequirementKind::Control | RequirementKind::CloudControl | RequirementKind::Criterion => {
                Settlement::Exclude
            }
        }
    }
}

/// What the steps do.
impl WhatIf<'_> {
    /// In place, the facets that are bars said yes, and, where it was not there, the day on which it began and one record.
    /// What is there without records gets its first record.
    fn practise(&self, at: usize, practice: &Practice) -> Vec<Action> {
        let answer = self.assessment.answer(practice.id);
        let kind = answer.standing.kind();
        let mut facets = answer.facets;
        for facet in [Facet::Documented, Facet::Enforced, Facet::Evidenced] {
            if practice.asks(facet) && (facet != Facet::Enforced || practice.must_enforce) {
                facets = facets.with(facet, Some(true));
            }
        }
        let mut actions = Vec::new();
        if !is_own(kind) {
            actions.push(Action::SetStanding(practice.id, Standing::InPlace));
        }
        actions.push(Action::SetFacets(practice.id, facets));
        let key = SheetKey::practice(Register::Operation, practice.id);
        let day = self.done(at);
        if self.begins(at) {
            actions.push(Action::SetField(key, Field::FirstOperated, Some(FieldValue::Date(day))));
        }
        if self.begins_records(at) {
            let records = FieldValue::Dates([day].into_iter().collect());
            actions.push(Action::SetField(key, Field::Records, Some(records)));
        }
        actions
    }

    /// Whether a practice begins to operate only with its step: it is not there, and nothing entered says that it ran.
    fn begins(&self, at: usize) -> bool {
        let is_new = match self.kind(at) {
            StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly | StandingKind::Inherited => {
                true
            }
            StandingKind::InPlace | StandingKind::AnotherWay | StandingKind::NotApplicable => false,
        };
        is_new && self.first_operated(at).is_none() && !self.has_records(at)
    }

    /// Whether its records begin only with its step: it begins itself, or somebody said that there are none.
    fn begins_records(&self, at: usize) -> bool {
        let denied = |it: &Practice| {
            let facets: Facets = self
                .assessment
                .answers
                .get(&it.id)
                .map(|it| it.facets)
                .unwrap_or_default();
            it.asks(Facet::Evidenced) && facets.get(Facet::Evidenced) == Some(false)
        };
        let is_denied = self.is_there(at) && self.practice(at).is_some_and(denied);
        self.begins(at) || is_denied && !self.has_records(at)
    }

    fn assess_risks(&self) -> Vec<Action> {
        let blank = self.assessment.register(Register::Risk).next().is_none();
        if blank {
            let key = SheetKey::entry(Register::Risk, self.free_entry(Register::Risk, 0));
            let sheet = Sheet::default().with_text(Field::Title, PLACEHOLDER);
            return vec![Action::PutSheet(key, self.treated(&sheet, true))];
        }
        let risks = || self.assessment.register(Register::Risk).map(|(_, sheet)| sheet);
        let is_unrated = !risks().any(|sheet| level_before(sheet).is_some());
        let waiting = self.risks_to_treat().into_iter();
        waiting
            .map(|key| Action::PutSheet(key, self.treated(&self.assessment.sheet(key), is_unrated)))
            .collect()
    }

    /// A risk with a level, where that is asked for, an option, an owner and their acceptance. What is entered stays.
    fn treated(&self, risk: &Sheet, is_rated: bool) -> Sheet {
        let mut sheet = risk.clone();
        for field in [Field::LikelihoodBefore, Field::ImpactBefore] {
            if is_rated && sheet.count(field).unwrap_or_default() == 0 {
                sheet.set(field, Some(FieldValue::Count(MIDDLE)));
            }
        }
        if !self.is_loose(risk) {
            return sheet;
        }
        if sheet.choice(Field::Option).is_none() {
            sheet.set(Field::Option, Some(FieldValue::Choice(Choice::Modify)));
        }
        let sheet = named(sheet, Field::Owner);
        dated(named(sheet, Field::AcceptedBy), Field::AcceptedOn, self.before.date)
    }

    fn decide(&self, control: usize) -> Option<Action> {
        let id = self.requirement_id(control)?;
        let is_bare = self.before.status(control).map(|it| it.verdict) == Some(Verdict::NeedsDecision);
        let decision = if is_bare && self.settlement(control) == Settlement::Exclude {
            excluded()?
        } else {
            let reasons = [InclusionReason::Risk].into_iter().collect();
            Decision::Included { reasons }
        };
        Some(Action::SetDecision(id, Some(decision)))
    }

    fn settle(&self, at: usize) -> Vec<Action> {
        let Some(id) = self.requirement_id(at) else {
            return Vec::new();
        };
        match self.settlement(at) {
            Settlement::Exclude => {
                let decision = excluded();
                decision
                    .map(|it| Action::SetDecision(id, Some(it)))
                    .into_iter()
                    .collect()
            }
            Settlement::Follow => vec![Action::SetDecision(id, None)],
            Settlement::Override => {
                let key = SheetKey::requirement(Register::Override, id);
                let then = answers_under(self.catalogue, self.assessment, &self.before.ground, at);
                let sheet = self.assessment.sheet(key);
                let sheet = named(named(named(sheet, Field::Reason), Field::Alternative), Field::By);
                let sheet = dated(sheet, Field::On, self.before.date)
                    .with(Field::Level, FieldValue::Choice(Choice::SetReady))
                    .with_text(Field::Answers, &then);
                vec![Action::PutSheet(key, sheet)]
            }
        }
    }

    fn approve(&self, key: SheetKey) -> Vec<Action> {
        let sheet = named(self.assessment.sheet(key), Field::ApprovedBy);
        let sheet = dated(sheet, Field::ApprovedOn, self.before.date);
        vec![Action::PutSheet(
            key,
            sheet.with(Field::State, FieldValue::Choice(Choice::Approved)),
        )]
    }

    /// Puts a plan before Stage 2 down: on the day of Stage 2 at the latest.
    fn date_before_stage2(&self, which: ScopeDate) -> Vec<Action> {
        let today = self.before.date;
        let Some(stage2) = self.scope_date(ScopeDate::Stage2) else {
            let planned = [ScopeDate::InternalAudit, ScopeDate::ManagementReview].map(|it| self.scope_date(it));
            let last = planned.into_iter().flatten().fold(today, NaiveDate::max);
            let own = self.scope_date(which).unwrap_or(today);
            return vec![
                Action::SetDate(ScopeDate::Stage2, Some(last)),
                Action::SetDate(which, Some(own)),
            ];
        };
        vec![Action::SetDate(which, Some(stage2.min(today)))]
    }

    /// A reviewed Type 2 report to today that names the service. A supplier that is not in the register is entered.
    fn review_report(&self, practice: usize, today: NaiveDate) -> Vec<Action> {
        let Some(name) = self.supplier_of(practice) else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        let id = supplier_named(self.assessment, name).unwrap_or_else(|| {
            let id = self.free_entry(Register::Supplier, practice);
            let sheet = self.new_supplier(practice).with_text(Field::Title, name);
            actions.push(Action::PutSheet(SheetKey::entry(Register::Supplier, id), sheet));
            id
        });
        let year_ago = today
            .checked_sub_months(Months::new(REPORT_MONTHS))
            .and_then(|day| day.checked_add_days(Days::new(1)))
            .unwrap_or(today);
        let from = self.window().map_or(year_ago, |window| window.start.min(year_ago));
        let report = Sheet::default()
            .with(Field::Supplier, FieldValue::Entries([id].into_iter().collect()))
            .with(Field::Type, FieldValue::Choice(Choice::Soc2Type2))
            .with(Field::NamesService, FieldValue::Choice(Choice::Yes))
            .with(Field::Opinion, FieldValue::Choice(Choice::Unqualified))
            .with(Field::From, FieldValue::Date(from))
            .with(Field::To, FieldValue::Date(today))
            .with(Field::ReviewedOn, FieldValue::Date(today))
            .with_text(Field::By, PLACEHOLDER);
        let key = SheetKey::entry(Register::Report, self.free_entry(Register::Report, practice));
        actions.push(Action::PutSheet(key, report));
        actions
    }

    /// A supplier of a kind that does all that is inherited from it.
    fn new_supplier(&self, practice: usize) -> Sheet {
        let mut kinds = SortedSet::default();
        for at in self.inherited_with(practice) {
            let from = self
                .practice(at)
                .and_then(|it| it.inheritable)
                .map_or(&[][..], |it| it.from);
            let other = from.iter().find(|kind| **kind != SupplierKind::CodeScanning);
            kinds.extend(other.or(from.first()).and_then(|kind| Choice::parse(kind.as_str())));
        }
        let sheet = Sheet::default();
        let sheet = if kinds.contains(&Choice::CodeScanning) {
            sheet.with(Field::Scanner, FieldValue::Choice(Choice::VendorManaged))
        } else {
            sheet
        };
        sheet.with(Field::Kinds, FieldValue::Choices(kinds))
    }

    /// An id that no entry of a register has; another one for each seed.
    fn free_entry(&self, register: Register, seed: usize) -> EntryId {
        const ROOM: u64 = 1 << 20;
        let first = u64::try_from(seed).unwrap_or_default() * ROOM;
        let mut ids = (first..first + ROOM).map(EntryId::from_random);
        let is_free = |id: &EntryId| !self.assessment.sheets.contains_key(&SheetKey::entry(register, *id));
        ids.find(is_free).unwrap_or(EntryId::from_random(first))
    }
}

/// Look-ups that the others share.
impl WhatIf<'_> {
    fn practice(&self, at: usize) -> Option<&'static Practice> {
        self.catalogue.practices.get(at)
    }

    /// The position of a practice, if it is asked.
    fn asked_practice(&self, id: &str) -> Option<usize> {
        let at = self.catalogue.practices.iter().position(|it| it.id.as_str() == id)?;
        self.before.ground.asked.contains(at).then_some(at)
    }

    /// The place of a step in the list of those that can be chosen.
    fn place(&self, step: Step) -> Option<usize> {
        self.steps.binary_search(&step).ok()
    }

    /// Findings and gates of an assessment on the day of the analysis before: what suggestions look at.
    fn judged(&self, assessment: &Assessment) -> (Vec<Finding>, Vec<GateReadiness>) {
        let (catalogue, date) = (self.catalogue, self.before.date);
        let ground = Ground::new(catalogue, assessment);
        let statuses = statuses(catalogue, assessment, &ground);
        let overrides = overrides(catalogue, assessment, &ground);
        let findings = findings(catalogue, assessment, &ground, &statuses, date);
        let gates = gates(catalogue, assessment, &ground, &overrides, &findings, date);
        (findings, gates)
    }

    fn kind(&self, at: usize) -> StandingKind {
        let practice = self.practice(at);
        practice.map_or(StandingKind::NotAnswered, |it| self.assessment.standing_kind(it.id))
    }

    fn requirement_id(&self, at: usize) -> Option<RequirementId> {
        self.catalogue.requirements.get(at).map(|it| it.id)
    }

    fn scope_date(&self, date: ScopeDate) -> Option<NaiveDate> {
        self.assessment.scope.dates.get(&date).copied()
    }

    fn window(&self) -> Option<Window> {
        Window::of(&self.assessment.scope)
    }

    /// The day on which a practice is taken to be in place: when the last open action with it is due, otherwise today.
    fn done(&self, at: usize) -> NaiveDate {
        self.done.get(at).copied().unwrap_or(self.before.date)
    }

    fn operation(&self, at: usize) -> Option<&Sheet> {
        let key = SheetKey::practice(Register::Operation, self.practice(at)?.id);
        self.assessment.sheets.get(&key)
    }

    fn first_operated(&self, at: usize) -> Option<NaiveDate> {
        self.operation(at)?.date(Field::FirstOperated)
    }

    fn has_records(&self, at: usize) -> bool {
        self.operation(at)
            .is_some_and(|it| it.dates(Field::Records).next().is_some())
    }

    /// The day on which a practice begins, as entered or with its step; none if nobody says.
    fn start(&self, at: usize) -> Option<NaiveDate> {
        let by_step = || (self.offers(Step::Practise(at)) && self.begins(at)).then(|| self.done(at));
        self.first_operated(at).or_else(by_step)
    }

    /// The last day on which a practice begins that a criterion needs, whatever is chosen.
    fn latest_start(&self) -> Option<NaiveDate> {
        let gate = self.before.gates.iter().find(|it| it.gate == Gate::Type1)?;
        gate.practices.iter().filter_map(|it| self.start(it.practice)).max()
    }

    /// The as-of date that the step states: no day before it, so that nothing that clears is lost.
    fn as_of_day(&self) -> NaiveDate {
        let stated = self.scope_date(ScopeDate::AsOf).unwrap_or(self.before.date);
        self.latest_start().map_or(stated, |start| start.max(stated))
    }

    /// The first day of the window that the step states.
    fn window_start(&self) -> NaiveDate {
        self.latest_start()
            .map_or(self.before.date, |start| start.max(self.before.date))
    }

    /// The window that the step states, as short as is usual; none where the gate has one.
    fn window_of_step(&self) -> Option<Window> {
        let start = self.window_start();
        self.offers(Step::StateWindow).then(|| Window {
            start,
            end: wait::shortest_end(start),
        })
    }

    /// The day by which all controls are taken to be there.
    fn plan_day(&self) -> NaiveDate {
        let waiting = self
            .steps
            .iter()
            .filter_map(|step| step.practice())
            .map(|at| self.done(at));
        waiting.fold(self.before.date, NaiveDate::max)
    }

    /// The practices behind the dates before Stage 2.
    fn held(&self, step: Step) -> Option<usize> {
        let id = if step == Step::DateAudit {
            INTERNAL_AUDIT
        } else if step == Step::DateReview {
            MANAGEMENT_REVIEW
        } else {
            return None;
        };
        self.asked_practice(id)
    }
}

const fn is_own(kind: StandingKind) -> bool {
    match kind {
        StandingKind::InPlace | StandingKind::AnotherWay => true,
        StandingKind::NotAnswered
        | StandingKind::NotInPlace
        | StandingKind::Partly
        | StandingKind::NotApplicable
        | StandingKind::Inherited => false,
    }
}

const fn description(line: u8) -> SheetKey {
    SheetKey {
        register: Register::Description,
        subject: Subject::Number(line),
    }
}

fn begin(line: u8) -> Action {
    let begun = FieldValue::Choice(Choice::Begun);
    Action::SetField(description(line), Field::State, Some(begun))
}

fn excluded() -> Option<Decision> {
    Some(Decision::Excluded {
        justification: Words::new(PLACEHOLDER)?,
        approver: String::new(),
        review_on: None,
    })
}

/// The sheet with the placeholder where a field is blank.
fn named(sheet: Sheet, field: Field) -> Sheet {
    if sheet.is_blank(field) {
        sheet.with_text(field, PLACEHOLDER)
    } else {
        sheet
    }
}

/// The sheet with a day where a field has none.
fn dated(sheet: Sheet, field: Field, day: NaiveDate) -> Sheet {
    if sheet.date(field).is_none() {
        sheet.with(field, FieldValue::Date(day))
    } else {
        sheet
    }
}
