//! Lint: where what a team has said contradicts itself, or says less than it claims. Nothing here changes a status or a
//! gate; each fault names its place, so that a person can look.

use chrono::{Days, NaiveDate};

use super::evidence::longest;
use super::places::Places;
use super::plan::plan_action;
use super::{
    ActionState, Analysis, Freshness, PlanAction, PracticeSet, Window, assurance, evidence_day, freshness,
    is_draft_reason, needed_sets, risk_row,
};
use crate::domain::{
    Answer, Assessment, Catalogue, Choice, Covers, Decision, EntryId, Facet, Field, FrameworkId, Practice, Register,
    RequirementId, Rhythm, ScopeDate, Sheet, SheetKey, Standing, StandingKind, Subject, SupplierKind, sort_by_rank,
};

macro_rules! faults {
    ($($variant:ident = $title:literal, $advice:literal;)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $(#[doc = $title] $variant,)*
        }

        impl Fault {
            /// All faults, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const WORDS: &[(&str, &str)] = &[$(($title, $advice),)*];
        }
    };
}

faults! {
    UnresolvedConflict = "Two versions after a merge, and nobody has chosen",
        "Choose one. Until then the lower standing counts, and of anything but an answer the version that was changed last.";
    WindowReversed = "The SOC 2 window ends before it begins",
        "Correct the days in the scope.";
    StagesReversed = "Stage 2 is dated before Stage 1",
        "Correct the days in the scope.";
    PeriodReversed = "A period ends before it begins",
        "Correct the days of the entry.";
    ExcludedYetEvidenced = "Excluded, yet evidence shows that it operates",
        "Include the control, or take the evidence from the practice.";
    ExcludedYetTreatsRisk = "Excluded, yet a risk is treated by it",
        "Include the control, or choose another one for the risk.";
    ExcludedYetSupplied = "Excluded, yet a supplier calls for it",
        "Include the control, or correct the supplier register and the answers that name it.";
    UneditedDraft = "The reason to exclude is still the draft",
        "Write a reason of your own, and say who approved it.";
    IncludedWithoutReason = "Included without a reason",
        "Say why: legal duty, contract, business or best practice, risk assessment.";
    StatusWithoutReason = "Status set by a person without a reason",
        "Write the reason into the row, or take the set status back.";
    OverrideIncomplete = "Override without reason, author, date or alternative",
        "Fill in what is missing. Until then it counts nowhere.";
    OverrideToReview = "An answer under an override has changed",
        "Look again, then set it anew or take it back.";
    InPlaceWithoutEvidence = "In place, and no evidence is registered",
        "Register a piece of evidence, or say that records can't be shown.";
    EvidenceStops = "Evidence stops inside the SOC 2 window",
        "Collect the rest of the window.";
    EvidenceOld = "Evidence is older than the rhythm of its practice",
        "Collect a newer piece.";
    EvidenceUnlocated = "Accepted evidence that can't be found again",
        "Add a location or a hash.";
    InheritedFromUnknown = "Inherited from a supplier that is not in the register",
        "Enter the supplier, or correct its name in the answer.";
    InheritedUnfit = "Inherited from a supplier that does not do it",
        "Correct the kind of the supplier, or how it is deployed, or answer for yourselves.";
    InheritedWithoutReport = "Inherited, and no report stands behind it",
        "Enter a certificate or report in force that names the service, with the day it was seen.";
    RiskWithoutOwner = "Risk without an owner",
        "Name the person who answers for it.";
    RiskWithoutAcceptance = "Risk treatment that nobody has accepted",
        "Have the owner approve the plan and accept what remains, with the day.";
    RiskWithoutControls = "Risk to be modified, and no control is named",
        "Name controls of Annex A or of your own.";
    RiskRetainedAbove = "Retained above the accepted level",
        "Treat the risk, or change the criteria that say what is accepted.";
    DocumentOverdue = "Approved document past its review",
        "Review and approve it anew, or set a later day with a reason.";
    ActionOverdue = "Action past its due day",
        "Finish it, or agree on a later day.";
    ActionUnassigned = "Open action without an owner or a due day",
        "Say who sees to it and by when.";
    ActionDoneYetGap = "Action done, and a practice of it is still a gap",
        "Answer the question anew if the gap is closed, or take the action up again.";
    ActionUnchecked = "Action done, and nobody has checked its effect",
        "Look whether it had the effect, and enter the day and who looked.";
}

impl Fault {
    /// The fault in a few words, as shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |words| words.0)
    }

    /// What to do about it, as shown.
    #[must_use]
    pub fn advice(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |words| words.1)
    }
}

/// Where a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The dates of the scope.
    Scope,
    /// The answer to a practice, by position.
    Practice(usize),
    /// A requirement with its decision, row or override, by position.
    Requirement(usize),
    /// A sheet of a register.
    Sheet(SheetKey),
    /// A conflict that a merge has left.
    Conflict(EntryId),
}

/// One fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lint {
    /// What is wrong.
    pub fault: Fault,
    /// Where to put it right.
    pub place: Place,
    /// What it contradicts, if that stands elsewhere.
    pub other: Option<Place>,
}

/// All faults of an assessment, in the order of [`Fault::ALL`], each at its place once.
#[must_use]
pub fn lint(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<Lint> {
    let scope = &assessment.scope;
    let mut linter = Linter {
        catalogue,
        assessment,
        analysis,
        window: Window::of(scope),
        needed: needed_sets(catalogue, &scope.cloud_roles()),
        evidence: PracticeSet::default(),
        lints: Vec::new(),
    };
    for (id, _) in assessment.conflicts.iter() {
        linter.found(Fault::UnresolvedConflict, Place::Conflict(*id), None);
    }
    linter.dates();
    linter.evidence();
    linter.decisions();
    linter.overrides();
    linter.answers();
    linter.registers();
    let mut lints = linter.lints;
    sort_by_rank(&mut lints, |lint| lint.fault as u64);
    lints
}

struct Linter<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    analysis: &'a Analysis,
    window: Option<Window>,
    /// By position of the requirement: what it needs over the whole catalogue, asked or not.
    needed: Vec<PracticeSet>,
    /// Practices that a piece of evidence names which has not been rejected.
    evidence: PracticeSet,
    lints: Vec<Lint>,
}

impl Linter<'_> {
    fn found(&mut self, fault: Fault, place: Place, other: Option<Place>) {
        let stands = |it: &Lint| it.fault == fault && it.place == place;
        if !self.lints.iter().any(stands) {
            self.lints.push(Lint { fault, place, other });
        }
    }

    fn dates(&mut self) {
        let dates = &self.assessment.scope.dates;
        let is_reversed =
            |first, last| matches!((dates.get(&first), dates.get(&last)), (Some(first), Some(last)) if last < first);
        if is_reversed(ScopeDate::WindowStart, ScopeDate::WindowEnd) {
            self.found(Fault::WindowReversed, Place::Scope, None);
        }
        if is_reversed(ScopeDate::Stage1, ScopeDate::Stage2) {
            self.found(Fault::StagesReversed, Place::Scope, None);
        }
        for register in [Register::Evidence, Register::Report] {
            for (key, sheet) in self.assessment.register(register) {
                let days = sheet.date(Field::From).zip(sheet.date(Field::To));
                if days.is_some_and(|(first, last)| last < first) {
                    self.found(Fault::PeriodReversed, Place::Sheet(key), None);
                }
            }
        }
    }

    /// Evidence, practice by practice: only the last piece of a practice can be old or stop too early.
    fn evidence(&mut self) {
        let places = Places::new(self.catalogue);
        let mut last: Vec<Option<(NaiveDate, SheetKey)>> = vec![None; self.catalogue.practices.len()];
        for (key, sheet) in self.assessment.register(Register::Evidence) {
            let state = sheet.choice(Field::State);
            if state == Some(Choice::Accepted)
                && sheet.text(Field::Sha256).is_empty()
                && sheet.is_blank(Field::Location)
            {
                self.found(Fault::EvidenceUnlocated, Place::Sheet(key), None);
            }
            // What is only asked for shows nothing, and what was rejected does not either.
            if matches!(state, Some(Choice::Requested | Choice::Rejected)) {
                continue;
            }
            for id in sheet.practices(Field::Practices) {
                let Some(position) = places.get(id) else {
                    continue;
                };
                self.evidence.insert(position);
                if let Some((day, last)) = evidence_day(sheet).zip(last.get_mut(position))
                    && last.is_none_or(|(before, _)| before < day)
                {
                    *last = Some((day, key));
                }
            }
        }
        for (position, last) in last.iter().enumerate() {
            let practice = self.catalogue.practices.get(position);
            let Some((practice, (day, key))) = practice.zip(*last) else {
                continue;
            };
            if !self.counts_as_in_place(position, practice) {
                continue;
            }
            let other = Some(Place::Practice(position));
            if self.stops_in_window(position, practice.rhythm, day, key) {
                self.found(Fault::EvidenceStops, Place::Sheet(key), other);
            } else if self.is_old(key, practice.rhythm) {
                self.found(Fault::EvidenceOld, Place::Sheet(key), other);
            }
        }
    }

    fn counts_as_in_place(&self, position: usize, practice: &Practice) -> bool {
        let answer = self.assessment.answers.get(&practice.id);
        self.analysis.ground.asked.contains(position) && answer.is_some_and(is_in_place)
    }

    /// Whether the last piece of evidence of operation over time ends inside a window that is over. One of a state on one
    /// day ends nowhere.
    fn stops_in_window(&self, practice: usize, rhythm: Rhythm, day: NaiveDate, key: SheetKey) -> bool {
        let Some(window) = self.window.filter(|it| it.end < self.analysis.date) else {
            return false;
        };
        let is_soc2 = |(at, set): (usize, &PracticeSet)| {
            let requirement = self.catalogue.requirements.get(at);
            requirement.is_some_and(|it| it.id.framework == FrameworkId::Soc2)
                && self.analysis.ground.includes(at)
                && set.contains(practice)
        };
        let sheet = self.assessment.sheets.get(&key);
        let covers_period = sheet.is_some_and(|it| it.date(Field::To).is_some() && !self.is_of_a_moment(it));
        covers_period
            && (window.start..window.end).contains(&day)
            && !is_due_later(day, rhythm, window.end)
            && self.analysis.ground.needed.iter().enumerate().any(is_soc2)
    }

    fn is_old(&self, key: SheetKey, rhythm: Rhythm) -> bool {
        let sheet = self.assessment.sheets.get(&key);
        sheet.is_some_and(|it| freshness(it, rhythm, self.analysis.date) == Freshness::Old)
    }

    fn is_of_a_moment(&self, sheet: &Sheet) -> bool {
        let artefact = self.catalogue.artefact(sheet.text(Field::Artefact));
        artefact.is_some_and(|it| it.covers == Covers::Moment)
    }

    fn decisions(&mut self) {
        for (id, decision) in self.assessment.decisions.iter() {
            let Some(position) = self.catalogue.requirement_index(*id) else {
                continue;
            };
            let place = Place::Requirement(position);
            match decision {
                Decision::Included { reasons } => {
                    if reasons.is_empty() && self.analysis.ground.includes(position) {
                        self.found(Fault::IncludedWithoutReason, place, None);
                    }
                }
                Decision::Excluded { justification, .. } => {
                    // A decision about a framework that is not looked at sleeps.
                    if !self.assessment.scope.frameworks.contains(&id.framework) {
                        continue;
                    }
                    if is_draft_reason(justification.as_str()) {
                        self.found(Fault::UneditedDraft, place, None);
                    }
                    self.exclusion(*id, position);
                }
            }
        }
    }

    /// What an exclusion contradicts.
    fn exclusion(&mut self, id: RequirementId, position: usize) {
        let place = Place::Requirement(position);
        let needed = self.needed.get(position).copied().unwrap_or_default();
        // Evidence of what another control of the framework needs as well is no contradiction.
        let mut own = needed;
        for (other, set) in self.needed.iter().enumerate() {
            let requirement = self.catalogue.requirements.get(other);
            let is_beside = requirement.is_some_and(|it| it.id.framework == id.framework);
            if is_beside && self.analysis.ground.includes(other) {
                own = own.difference(set);
            }
        }
        if let Some(practice) = own.intersection(&self.evidence).iter().next() {
            let other = Some(Place::Practice(practice));
            self.found(Fault::ExcludedYetEvidenced, place, other);
        }
        let mut risks = self.assessment.register(Register::Risk);
        let risk = risks.find(|(_, sheet)| {
            sheet.choice(Field::Option) != Some(Choice::Avoid)
                && sheet.requirements(Field::Controls).any(|control| control == id)
        });
        if let Some((key, _)) = risk {
            self.found(Fault::ExcludedYetTreatsRisk, place, Some(Place::Sheet(key)));
        }
        let inherited = needed.iter().find(|at| {
            let practice = self.catalogue.practices.get(*at);
            let answer = practice.and_then(|it| self.assessment.answers.get(&it.id));
            answer.is_some_and(|it| it.standing.kind() == StandingKind::Inherited)
        });
        let mut suppliers = self.assessment.register(Register::Supplier);
        let supplier = suppliers.find(|(_, sheet)| calls_for(id, sheet));
        let supplied = supplier.map(|(key, _)| Place::Sheet(key));
        if let Some(other) = supplied.or(inherited.map(Place::Practice)) {
            self.found(Fault::ExcludedYetSupplied, place, Some(other));
        }
    }

    fn overrides(&mut self) {
        for set in &self.analysis.overrides {
            let place = Place::Requirement(set.requirement);
            if set.is_incomplete {
                self.found(Fault::OverrideIncomplete, place, None);
            } else if set.needs_review {
                self.found(Fault::OverrideToReview, place, None);
            }
        }
    }

    fn answers(&mut self) {
        for position in self.analysis.ground.asked.iter() {
            let Some(practice) = self.catalogue.practices.get(position) else {
                continue;
            };
            let Some(answer) = self.assessment.answers.get(&practice.id) else {
                continue;
            };
            let place = Place::Practice(position);
            // Records that somebody has denied are a gap already.
            if practice.asks(Facet::Evidenced)
                && is_in_place(answer)
                && answer.facets.get(Facet::Evidenced) != Some(false)
                && !self.evidence.contains(position)
            {
                self.found(Fault::InPlaceWithoutEvidence, place, None);
            }
            if let Standing::Inherited { .. } = answer.standing
                && let Some(assurance) = assurance(practice, self.assessment, self.window, self.analysis.date)
            {
                let supplier = assurance
                    .supplier
                    .map(|it| Place::Sheet(SheetKey::entry(Register::Supplier, it)));
                if supplier.is_none() {
                    self.found(Fault::InheritedFromUnknown, place, None);
                } else if assurance.is_unfit {
                    self.found(Fault::InheritedUnfit, place, supplier);
                } else if assurance.report.is_none() {
                    self.found(Fault::InheritedWithoutReport, place, supplier);
                }
            }
        }
    }

    fn registers(&mut self) {
        for (key, sheet) in self.assessment.sheets.iter() {
            let faults: &[Fault] = match key.register {
                Register::Risk => &key.entry_id().map(|id| self.risk(id, sheet)).unwrap_or_default(),
                Register::Document => &[self.document(sheet)].into_iter().flatten().collect::<Vec<_>>(),
                Register::SoaRow => {
                    let is_bare = sheet.choice(Field::Status).is_some() && sheet.is_blank(Field::StatusReason);
                    if is_bare { &[Fault::StatusWithoutReason] } else { &[] }
                }
                Register::Supplier
                | Register::Report
                | Register::Evidence
                | Register::OwnControl
                | Register::Operation
                | Register::Override
                | Register::Description
                | Register::Raised
                | Register::Snapshot => &[],
                Register::PlanAction => {
                    let action = key.entry_id().map(|id| plan_action(self.catalogue, id, sheet));
                    &action
                        .and_then(|it| self.action(&it, sheet))
                        .into_iter()
                        .collect::<Vec<_>>()
                }
            };
            let place = self.place_of(*key);
            for fault in faults {
                self.found(*fault, place, None);
            }
        }
    }

    fn place_of(&self, key: SheetKey) -> Place {
        match (key.register, key.subject) {
            // A row is put right on the page of its requirement.
            (Register::SoaRow, Subject::Requirement(id, _)) => {
                let position = self.catalogue.requirement_index(id);
                position.map_or(Place::Sheet(key), Place::Requirement)
            }
            _ => Place::Sheet(key),
        }
    }

    fn risk(&self, id: EntryId, sheet: &Sheet) -> Vec<Fault> {
        let risk = risk_row(self.catalogue, self.assessment, id, sheet);
        let option = sheet.choice(Field::Option);
        let names_no_control = risk.controls.is_empty() && risk.own_controls.is_empty();
        let faults = [
            (sheet.is_blank(Field::Owner), Fault::RiskWithoutOwner),
            // Before an option is chosen there is nothing to accept.
            (option.is_some() && !risk.is_accepted, Fault::RiskWithoutAcceptance),
            (
                option == Some(Choice::Modify) && names_no_control,
                Fault::RiskWithoutControls,
            ),
            (
                option == Some(Choice::Retain) && risk.is_above == Some(true),
                Fault::RiskRetainedAbove,
            ),
        ];
        let faults = faults.into_iter().filter(|(is_so, _)| *is_so);
        faults.map(|(_, fault)| fault).collect()
    }

    /// The gravest that is wrong with an action: what is late needs no word on its owner, and what is still a gap none on
    /// its check.
    fn action(&self, action: &PlanAction, sheet: &Sheet) -> Option<Fault> {
        let is_gap = |practice: &usize| self.analysis.gaps.iter().any(|gap| gap.practice == *practice);
        match action.state {
            ActionState::NotBegun | ActionState::Begun if action.is_overdue(self.analysis.date) => {
                Some(Fault::ActionOverdue)
            }
            ActionState::NotBegun | ActionState::Begun => {
                (action.due.is_none() || sheet.is_blank(Field::Owner)).then_some(Fault::ActionUnassigned)
            }
            ActionState::Done if action.practices.iter().any(is_gap) => Some(Fault::ActionDoneYetGap),
            ActionState::Done => {
                let is_checked = sheet.date(Field::VerifiedOn).is_some() && !sheet.is_blank(Field::By);
                (!is_checked).then_some(Fault::ActionUnchecked)
            }
            ActionState::Dropped => None,
        }
    }

    fn document(&self, sheet: &Sheet) -> Option<Fault> {
        let is_overdue = sheet.date(Field::ReviewOn).is_some_and(|day| day < self.analysis.date);
        (is_overdue && sheet.choice(Field::State) == Some(Choice::Approved)).then_some(Fault::DocumentOverdue)
    }
}

fn is_in_place(answer: &Answer) -> bool {
    matches!(answer.standing.kind(), StandingKind::InPlace | StandingKind::AnotherWay)
}

/// Whether the next record after a day is due only after another day: a quarterly review of March says nothing of May.
fn is_due_later(day: NaiveDate, rhythm: Rhythm, end: NaiveDate) -> bool {
    match rhythm {
        // What follows events, changes or a setting is covered day by day.
        Rhythm::OnEvent | Rhythm::OnChange | Rhythm::Continuous | Rhythm::Daily => false,
        Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::HalfYearly | Rhythm::Yearly => {
            let days = if rhythm == Rhythm::Weekly { 7 } else { longest(rhythm) };
            day.checked_add_days(Days::new(days)).is_none_or(|next| next > end)
        }
    }
}

/// The controls that speak of suppliers as such: whoever has one can't exclude them.
const OF_SUPPLIERS: [(FrameworkId, &[&str]); 4] = [
    (FrameworkId::Iso27001, &["A.5.19", "A.5.20", "A.5.21", "A.5.22"]),
    (FrameworkId::Iso27017, &["5.19", "5.20", "5.21", "5.22"]),
    (FrameworkId::Iso27017Of2015, &["15.1.1", "15.1.2", "15.1.3"]),
    (FrameworkId::Soc2, &["CC9.2"]),
];
/// The controls that speak of cloud services.
const OF_CLOUD_SERVICES: [(FrameworkId, &[&str]); 2] =
    [(FrameworkId::Iso27001, &["A.5.23"]), (FrameworkId::Iso27017, &["5.23"])];

/// Whether a supplier in the register calls for a control.
fn calls_for(id: RequirementId, supplier: &Sheet) -> bool {
    let is_among = |list: &[(FrameworkId, &[&str])]| {
        let mut list = list.iter();
        list.any(|(framework, codes)| *framework == id.framework && codes.contains(&id.code))
    };
    let is_cloud = |kind: SupplierKind| match kind {
        SupplierKind::CloudPlatform
        | SupplierKind::CodeHosting
        | SupplierKind::CiRunner
        | SupplierKind::CodeScanning
        | SupplierKind::IdentityProvider
        | SupplierKind::AiAssistant => true,
        SupplierKind::DataCentre | SupplierKind::ManagedService | SupplierKind::PayrollHr => false,
    };
    is_among(&OF_SUPPLIERS) || is_among(&OF_CLOUD_SERVICES) && supplier.supplier_kinds().any(is_cloud)
}
