//! The papers that join up: the rows of the Statement of Applicability (ISO/IEC 27001 clause 6.1.3 d), the documented
//! information that clauses 4 to 10 ask for, the SOC 2 control matrix, and the risks with their treatment.

use chrono::NaiveDate;

use super::evidence::is_there;
use super::places::Places;
use super::{Analysis, Level, Verdict, ground, supplier_named};
use crate::domain::{
    Assessment, Catalogue, Choice, Decision, EntryId, Field, FrameworkId, InclusionReason, PracticeId, Register,
    RequirementKind, ScopeCount, Sheet, SheetKey, SortedSet, Standing, StandingKind, Subject,
};

/// What a row of the Statement of Applicability is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SoaSubject {
    /// The requirement at a position: a control of Annex A, or a row of ISO/IEC 27017.
    Requirement(usize),
    /// A control of the organisation's own.
    Own(EntryId),
}

/// Whether a control applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Nobody has decided.
    Undecided,
    /// It applies.
    Included {
        /// Why; empty while nobody has said.
        reasons: SortedSet<InclusionReason>,
    },
    /// It does not apply.
    Excluded {
        /// Why not.
        justification: String,
        /// Who approved it; may be blank.
        approver: String,
        /// When it is looked at again.
        review_on: Option<NaiveDate>,
    },
}

/// One row of the Statement of Applicability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoaRow {
    /// What it is about.
    pub subject: SoaSubject,
    /// Whether it applies.
    pub applicability: Applicability,
    /// The position of the Annex A control whose decision a row of ISO/IEC 27017 follows, while it has none of its own.
    pub follows: Option<usize>,
    /// The risks that name it.
    pub risks: Vec<EntryId>,
    /// Pieces of evidence, received or accepted, that name a practice which it needs.
    pub evidence: Vec<EntryId>,
    /// How far it is implemented, by the answers and the plan; none while not yet known, or if it is excluded.
    pub computed: Option<Choice>,
    /// What a person has set instead, with a reason. Without one it does not count.
    pub set: Option<Choice>,
    /// A person has set a status and given no reason.
    pub is_set_without_reason: bool,
    /// By when it is to be there: what its row says, or the first day on which the treatment of a linked risk is due.
    pub planned_on: Option<NaiveDate>,
}

impl SoaRow {
    /// The status that the Statement shows: the one that a person has set with a reason, otherwise the computed one.
    #[must_use]
    pub fn status(&self) -> Option<Choice> {
        self.set.or(self.computed)
    }

    /// The position of the requirement, if it is about one.
    #[must_use]
    pub const fn requirement(&self) -> Option<usize> {
        match self.subject {
            SoaSubject::Requirement(position) => Some(position),
            SoaSubject::Own(_) => None,
        }
    }
}

/// Rows of a Statement of Applicability, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoaCount {
    /// Rows that apply.
    pub n_included: usize,
    /// … of them without a reason.
    pub n_without_reason: usize,
    /// Rows that are excluded.
    pub n_excluded: usize,
    /// Rows that nobody has decided on.
    pub n_undecided: usize,
    /// Rows by shown status, the excluded ones left out: implemented.
    pub n_implemented: usize,
    /// … partly implemented.
    pub n_partly: usize,
    /// … planned.
    pub n_planned: usize,
    /// … not implemented.
    pub n_not_implemented: usize,
    /// … not yet known.
    pub n_unknown: usize,
    /// Rows whose status a person has set.
    pub n_set: usize,
}

impl SoaCount {
    /// Counts some rows.
    #[must_use]
    pub fn of<'a>(rows: impl Iterator<Item = &'a SoaRow>) -> Self {
        let mut count = Self::default();
        for row in rows {
            match &row.applicability {
                Applicability::Undecided => count.n_undecided += 1,
                Applicability::Included { reasons } => {
                    count.n_included += 1;
                    count.n_without_reason += usize::from(reasons.is_empty());
                }
                Applicability::Excluded { .. } => {
                    count.n_excluded += 1;
                    continue;
                }
            }
            count.n_set += usize::from(row.set.is_some());
            match row.status() {
                Some(Choice::Implemented) => count.n_implemented += 1,
                Some(Choice::PartlyImplemented) => count.n_partly += 1,
                Some(Choice::Planned) => count.n_planned += 1,
                Some(Choice::NotImplemented) => count.n_not_implemented += 1,
                _ => count.n_unknown += 1,
            }
        }
        count
    }
}

/// The rows: the controls of Annex A, the rows of ISO/IEC 27017 in the editions and for the role in scope, and the
/// organisation's own controls. Each part only if its framework is in scope.
#[must_use]
pub fn soa_rows(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<SoaRow> {
    let links = Links::new(catalogue, assessment);
    let roles = assessment.scope.cloud_roles();
    let is_row = |kind| matches!(kind, RequirementKind::Control | RequirementKind::CloudControl);
    let mut rows: Vec<SoaRow> = catalogue
        .requirements
        .iter()
        .enumerate()
        .filter(|(_, it)| is_row(it.kind) && ground::is_in_scope(&assessment.scope, &roles, it))
        .map(|(position, _)| requirement_row(catalogue, assessment, analysis, &links, position))
        .collect();
    if assessment.scope.frameworks.contains(&FrameworkId::Iso27001) {
        let own = assessment.register(Register::OwnControl);
        rows.extend(own.filter_map(|(key, sheet)| own_row(assessment, key.entry_id()?, sheet)));
    }
    rows
}

/// The row of one requirement.
#[must_use]
pub fn soa_row(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis, position: usize) -> SoaRow {
    requirement_row(
        catalogue,
        assessment,
        analysis,
        &Links::new(catalogue, assessment),
        position,
    )
}

/// By position: the risks that name a requirement, and the evidence that names a practice.
struct Links {
    risks: Vec<Vec<EntryId>>,
    evidence: Vec<Vec<EntryId>>,
}

impl Links {
    fn new(catalogue: &Catalogue, assessment: &Assessment) -> Self {
        let mut risks = vec![Vec::new(); catalogue.requirements.len()];
        let named = |(key, sheet): (SheetKey, &Sheet)| {
            let id = key.entry_id()?;
            let positions = sheet.requirements(Field::Controls);
            let positions = positions.filter_map(|it| catalogue.requirement_index(it));
            Some((id, positions.collect::<Vec<_>>()))
        };
        for (id, positions) in assessment.register(Register::Risk).filter_map(named) {
            for position in positions {
                if let Some(of_it) = risks.get_mut(position) {
                    of_it.push(id);
                }
            }
        }
        Self {
            risks,
            evidence: evidence_by_practice(catalogue, assessment),
        }
    }
}

/// By position of the practice: the evidence that is there. What is only requested, or was rejected, is none.
fn evidence_by_practice(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Vec<EntryId>> {
    let mut by_practice = vec![Vec::new(); catalogue.practices.len()];
    let places = Places::new(catalogue);
    for (key, sheet) in assessment
        .register(Register::Evidence)
        .filter(|(_, sheet)| is_there(sheet.choice(Field::State)))
    {
        for practice in sheet.practices(Field::Practices) {
            let of_it = places.get(practice).and_then(|it| by_practice.get_mut(it));
            if let Some((of_it, id)) = of_it.zip(key.entry_id()) {
                of_it.push(id);
            }
        }
    }
    by_practice
}

fn requirement_row(
    catalogue: &Catalogue,
    assessment: &Assessment,
    analysis: &Analysis,
    links: &Links,
    position: usize,
) -> SoaRow {
    let requirement = catalogue.requirements.get(position);
    let own = requirement.and_then(|it| assessment.decisions.get(&it.id));
    let base = requirement.and_then(|it| it.base).map(usize::from);
    let of_base = base.filter(|_| own.is_none());
    let followed = of_base.and_then(|at| assessment.decisions.get(&catalogue.requirements.get(at)?.id));
    let applicability = applicability(own.or(followed));
    let sheet = requirement
        .map(|it| assessment.sheet(SheetKey::requirement(Register::SoaRow, it.id)))
        .unwrap_or_default();
    let risks = links.risks.get(position).cloned().unwrap_or_default();
    let is_excluded = matches!(applicability, Applicability::Excluded { .. });
    let due = |id: &EntryId| {
        let risk = assessment.sheets.get(&SheetKey::entry(Register::Risk, *id))?;
        risk.date(Field::Due)
    };
    let planned_on = sheet
        .date(Field::PlannedOn)
        .or_else(|| risks.iter().filter_map(due).min());
    let status = analysis.status(position).filter(|_| !is_excluded);
    let computed = status.and_then(|it| implementation(it.verdict, planned_on.is_some()));
    let set = sheet.choice(Field::Status).filter(|_| !is_excluded);
    let has_reason = !sheet.is_blank(Field::StatusReason);
    let needed = analysis.ground.needed.get(position);
    let evidence = needed
        .into_iter()
        .flat_map(super::PracticeSet::iter)
        .filter_map(|it| links.evidence.get(it));
    let evidence: SortedSet<EntryId> = evidence.flatten().copied().collect();
    SoaRow {
        subject: SoaSubject::Requirement(position),
        applicability,
        follows: of_base,
        risks,
        evidence: evidence.iter().copied().collect(),
        computed,
        set: set.filter(|_| has_reason),
        is_set_without_reason: set.is_some() && !has_reason,
        planned_on,
    }
}

fn applicability(decision: Option<&Decision>) -> Applicability {
    match decision {
        None => Applicability::Undecided,
        Some(Decision::Included { reasons }) => Applicability::Included {
            reasons: reasons.clone(),
        },
        Some(Decision::Excluded {
            justification,
            approver,
            review_on,
        }) => Applicability::Excluded {
            justification: justification.as_str().to_owned(),
            approver: approver.clone(),
            review_on: *review_on,
        },
    }
}

const fn implementation(verdict: Verdict, has_plan: bool) -> Option<Choice> {
    match (verdict, has_plan) {
        (Verdict::Known(Level::Ready), _) => Some(Choice::Implemented),
        (Verdict::Known(Level::Partly), _) => Some(Choice::PartlyImplemented),
        (Verdict::Known(Level::NotReady), true) => Some(Choice::Planned),
        (Verdict::Known(Level::NotReady), false) => Some(Choice::NotImplemented),
        (Verdict::Open { .. } | Verdict::NeedsDecision, _) => None,
    }
}

/// A control of one's own is there because somebody wants it, so it applies.
fn own_row(assessment: &Assessment, id: EntryId, sheet: &Sheet) -> Option<SoaRow> {
    let reasons = sheet.choices(Field::Reasons);
    let reasons = reasons.filter_map(|it| InclusionReason::parse(it.as_str())).collect();
    let risks = assessment.register(Register::Risk);
    let risks = risks.filter(|(_, risk)| risk.entries(Field::OwnControls).any(|it| it == id));
    let risks = risks.filter_map(|(key, _)| key.entry_id());
    (!sheet.is_empty()).then(|| SoaRow {
        subject: SoaSubject::Own(id),
        applicability: Applicability::Included { reasons },
        follows: None,
        risks: risks.collect(),
        evidence: Vec::new(),
        computed: sheet.choice(Field::Status),
        set: None,
        is_set_without_reason: false,
        planned_on: None,
    })
}

/// One document of the register of documented information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Where its sheet is.
    pub key: SheetKey,
    /// The position of the clause that asks for it; none for a document that the organisation added.
    pub clause: Option<usize>,
    /// What the clause asks for, or the title that the organisation gave.
    pub title: String,
    /// How far it is; none while nobody has said.
    pub state: Option<Choice>,
    /// It is approved, but by whom or when is not said.
    pub lacks_approval: bool,
    /// Its next review lies before the day of the analysis.
    pub is_overdue: bool,
}

/// Whether a document is approved, by name and day.
pub(super) fn is_approved(document: &Sheet) -> bool {
    document.choice(Field::State) == Some(Choice::Approved)
        && !document.is_blank(Field::ApprovedBy)
        && document.date(Field::ApprovedOn).is_some()
}

/// The documents that a clause asks for: one for each part of its list.
pub fn documents_of(documented: &'static str) -> impl Iterator<Item = (u8, &'static str)> {
    (0..=u8::MAX).zip(documented.split(';').map(str::trim).filter(|part| !part.is_empty()))
}

/// The documented information that clauses 4 to 10 of ISO/IEC 27001 ask for, if that is in scope, and what the
/// organisation added.
#[must_use]
pub fn documents(catalogue: &Catalogue, assessment: &Assessment, date: NaiveDate) -> Vec<DocumentRow> {
    let row = |key: SheetKey, clause: Option<usize>, asked: &str| {
        let sheet = assessment.sheet(key);
        let state = sheet.choice(Field::State);
        let title = match asked {
            "" => sheet.text(Field::Title).to_owned(),
            asked => capitalised(asked),
        };
        DocumentRow {
            key,
            clause,
            title,
            state,
            lacks_approval: state == Some(Choice::Approved) && !is_approved(&sheet),
            is_overdue: sheet.date(Field::ReviewOn).is_some_and(|it| it < date),
        }
    };
    let mut rows = Vec::new();
    let is_in = assessment.scope.frameworks.contains(&FrameworkId::Iso27001);
    for (position, clause) in catalogue
        .requirements
        .iter()
        .enumerate()
        .filter(|(_, it)| is_in && it.id.framework == FrameworkId::Iso27001 && it.kind == RequirementKind::Clause)
    {
        for (part, asked) in documents_of(clause.documented.unwrap_or_default()) {
            let subject = Subject::Requirement(clause.id, part);
            let register = Register::Document;
            rows.push(row(SheetKey { register, subject }, Some(position), asked));
        }
    }
    let added = assessment.register(Register::Document);
    let added = added.filter(|(key, _)| key.entry_id().is_some());
    rows.extend(added.map(|(key, _)| row(key, None, "")));
    rows
}

/// A name as it stands at the beginning of a line.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// One row of the SOC 2 control matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The position of the practice that the control is.
    pub practice: usize,
    /// The positions of the criteria in scope that need it.
    pub criteria: Vec<usize>,
    /// The supplier that it is inherited from; none if it is one's own.
    pub supplier: Option<String>,
    /// How that supplier stands in the report, as the supplier register says.
    pub method: Option<Choice>,
    /// It has been written down who does what, when, leaving which record.
    pub is_written: bool,
    /// The first day on which it ran as written.
    pub first_operated: Option<NaiveDate>,
    /// Pieces of evidence, received or accepted.
    pub evidence: Vec<EntryId>,
}

/// The id of the control that a practice is. Stable, because the practice's is.
#[must_use]
pub fn control_id(practice: PracticeId) -> String {
    format!("C-{practice}")
}

/// The controls: one for each practice that a SOC 2 criterion in scope needs. What is not applicable is no control.
#[must_use]
pub fn control_matrix(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<MatrixRow> {
    let ground = &analysis.ground;
    let criteria: Vec<usize> = catalogue
        .positions_of(FrameworkId::Soc2)
        .filter(|position| ground.includes(*position))
        .collect();
    let evidence = evidence_by_practice(catalogue, assessment);
    let row = |(position, practice): (usize, &crate::domain::Practice)| {
        let needs = |criterion: &usize| ground.needed.get(*criterion).is_some_and(|it| it.contains(position));
        let criteria: Vec<usize> = criteria.iter().copied().filter(needs).collect();
        if criteria.is_empty() || assessment.standing_kind(practice.id) == StandingKind::NotApplicable {
            return None;
        }
        let sheet = assessment.sheet(SheetKey::practice(Register::Operation, practice.id));
        let supplier = match assessment.answers.get(&practice.id).map(|it| &it.standing) {
            Some(Standing::Inherited { supplier }) => Some(supplier.as_str().to_owned()),
            _ => None,
        };
        let method = supplier.as_ref().and_then(|name| {
            let key = SheetKey::entry(Register::Supplier, supplier_named(assessment, name)?);
            assessment.sheets.get(&key)?.choice(Field::Method)
        });
        Some(MatrixRow {
            practice: position,
            criteria,
            supplier,
            method,
            is_written: !sheet.is_blank(Field::Performed),
            first_operated: sheet.date(Field::FirstOperated),
            evidence: evidence.get(position).cloned().unwrap_or_default(),
        })
    };
    catalogue.practices.iter().enumerate().filter_map(row).collect()
}

/// One risk with its treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskRow {
    /// The risk.
    pub id: EntryId,
    /// Its level before treatment: likelihood times impact, 1 to 25.
    pub before: Option<u32>,
    /// Its level after treatment.
    pub after: Option<u32>,
    /// Whether the level that remains is above the one that the organisation accepts; none while a number is missing.
    pub is_above: Option<bool>,
    /// Its owner has accepted the plan and what remains, by name and day.
    pub is_accepted: bool,
    /// The positions of the controls that it names.
    pub controls: Vec<usize>,
    /// Controls of one's own that it names.
    pub own_controls: Vec<EntryId>,
}

/// The level of a risk before treatment: likelihood times impact, 1 to 25; none while one of them is missing.
pub(super) fn level_before(risk: &Sheet) -> Option<u32> {
    level(risk, Field::LikelihoodBefore, Field::ImpactBefore)
}

fn level(risk: &Sheet, likelihood: Field, impact: Field) -> Option<u32> {
    let level = risk.count(likelihood)?.saturating_mul(risk.count(impact)?);
    (level > 0).then_some(level)
}

/// Whether the treatment of a risk and what remains of it are accepted, by name and day.
pub(super) fn is_accepted(risk: &Sheet) -> bool {
    !risk.is_blank(Field::AcceptedBy) && risk.date(Field::AcceptedOn).is_some()
}

/// The risks with their treatment, the highest level before treatment first; those without a level last.
#[must_use]
pub fn risk_rows(catalogue: &Catalogue, assessment: &Assessment) -> Vec<RiskRow> {
    let risks = assessment.register(Register::Risk);
    let mut rows: Vec<RiskRow> = risks
        .filter_map(|(key, sheet)| Some(risk_row(catalogue, assessment, key.entry_id()?, sheet)))
        .collect();
    crate::domain::sort_by_rank(&mut rows, |row| u64::from(u32::MAX - row.before.unwrap_or_default()));
    rows
}

/// One risk with its treatment.
#[must_use]
pub fn risk_row(catalogue: &Catalogue, assessment: &Assessment, id: EntryId, sheet: &Sheet) -> RiskRow {
    let before = level_before(sheet);
    let after = level(sheet, Field::LikelihoodAfter, Field::ImpactAfter);
    let accepted = assessment.scope.counts.get(&ScopeCount::RiskAccepted);
    let controls = sheet.requirements(Field::Controls);
    let mut controls: Vec<usize> = controls.filter_map(|it| catalogue.requirement_index(it)).collect();
    // Ids sort as text; the catalogue has them in the publisher's order.
    controls.sort_unstable();
    RiskRow {
        id,
        before,
        after,
        is_above: after
            .or(before)
            .zip(accepted)
            .map(|(level, accepted)| level > *accepted),
        is_accepted: is_accepted(sheet),
        controls,
        own_controls: sheet.entries(Field::OwnControls).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, FieldValue, RequirementId, Words, apply, fixture};

    const CONTROL: RequirementId = RequirementId::new(FrameworkId::Iso27001, "A.8.32");
    const CLOUD: RequirementId = RequirementId::new(FrameworkId::Iso27017, "8.32");

    fn entry(n: u64) -> EntryId {
        EntryId::from_random(n)
    }

    fn put(assessment: &mut Assessment, key: SheetKey, sheet: Sheet) {
        apply(assessment, &fixture::CATALOGUE, Action::PutSheet(key, sheet)).expect("applies");
    }

    fn answer(assessment: &mut Assessment, practice: PracticeId, kind: StandingKind) {
        let standing = if kind == StandingKind::InPlace {
            Standing::InPlace
        } else {
            Standing::NotInPlace
        };
        apply(assessment, &fixture::CATALOGUE, Action::SetStanding(practice, standing)).expect("applies");
    }

    fn decide(assessment: &mut Assessment, id: RequirementId, decision: Decision) {
        apply(assessment, &fixture::CATALOGUE, Action::SetDecision(id, Some(decision))).expect("applies");
    }

    fn excluded() -> Decision {
        Decision::Excluded {
            justification: Words::new("no changes").expect("not blank"),
            approver: "Ana".to_owned(),
            review_on: None,
        }
    }

    fn analysed(assessment: &Assessment) -> Analysis {
        Analysis::new(&fixture::CATALOGUE, assessment, fixture::date())
    }

    fn row(assessment: &Assessment, position: u16) -> SoaRow {
        let rows = soa_rows(&fixture::CATALOGUE, assessment, &analysed(assessment));
        let is_it = |row: &SoaRow| row.subject == SoaSubject::Requirement(usize::from(position));
        rows.into_iter().find(is_it).expect("a row")
    }

    fn both(assessment: &mut Assessment, kind: StandingKind) {
        answer(assessment, fixture::REVIEW, kind);
        answer(assessment, fixture::TESTED, kind);
    }

    #[test]
    fn status_is_not_known_before_all_is_answered() {
        let mut assessment = fixture::assessment();
        answer(&mut assessment, fixture::REVIEW, StandingKind::NotInPlace);
        assert_eq!(row(&assessment, fixture::CONTROL).computed, None);
        both(&mut assessment, StandingKind::InPlace);
        assert_eq!(row(&assessment, fixture::CONTROL).computed, Some(Choice::Implemented));
    }

    #[test]
    fn absent_control_is_planned_once_a_day_is_named() {
        let mut assessment = fixture::assessment();
        both(&mut assessment, StandingKind::NotInPlace);
        assert_eq!(
            row(&assessment, fixture::CONTROL).computed,
            Some(Choice::NotImplemented)
        );
        let mut by_risk = assessment.clone();
        let risk = Sheet::default()
            .with(Field::Due, FieldValue::Date(fixture::date()))
            .with(
                Field::Controls,
                FieldValue::Requirements([CONTROL].into_iter().collect()),
            );
        put(&mut by_risk, SheetKey::entry(Register::Risk, entry(1)), risk);
        let planned = row(&by_risk, fixture::CONTROL);
        assert_eq!(
            (planned.computed, planned.risks),
            (Some(Choice::Planned), vec![entry(1)])
        );
        let by_row = Sheet::default().with(Field::PlannedOn, FieldValue::Date(fixture::date()));
        put(
            &mut assessment,
            SheetKey::requirement(Register::SoaRow, CONTROL),
            by_row,
        );
        assert_eq!(row(&assessment, fixture::CONTROL).computed, Some(Choice::Planned));
        answer(&mut assessment, fixture::TESTED, StandingKind::InPlace);
        assert_eq!(
            row(&assessment, fixture::CONTROL).computed,
            Some(Choice::PartlyImplemented)
        );
    }

    #[test]
    fn set_status_counts_with_a_reason_only_and_the_computed_one_stays_visible() {
        let mut assessment = fixture::assessment();
        both(&mut assessment, StandingKind::NotInPlace);
        let key = SheetKey::requirement(Register::SoaRow, CONTROL);
        let sheet = Sheet::default().with(Field::Status, FieldValue::Choice(Choice::Implemented));
        put(&mut assessment, key, sheet.clone());
        let without = row(&assessment, fixture::CONTROL);
        assert_eq!(
            (without.status(), without.is_set_without_reason),
            (Some(Choice::NotImplemented), true)
        );
        put(
            &mut assessment,
            key,
            sheet.with_text(Field::StatusReason, "done by hand"),
        );
        let with = row(&assessment, fixture::CONTROL);
        assert_eq!(
            (with.status(), with.computed),
            (Some(Choice::Implemented), Some(Choice::NotImplemented))
        );
    }

    #[test]
    fn cloud_row_follows_its_base_until_decided_itself() {
        let mut assessment = fixture::assessment();
        decide(&mut assessment, CONTROL, excluded());
        let follows = row(&assessment, fixture::CLOUD_ROW);
        assert_eq!(follows.follows, Some(usize::from(fixture::CONTROL)));
        assert!(matches!(follows.applicability, Applicability::Excluded { .. }));
        let reasons: SortedSet<InclusionReason> = [InclusionReason::Risk].into_iter().collect();
        decide(
            &mut assessment,
            CLOUD,
            Decision::Included {
                reasons: reasons.clone(),
            },
        );
        let own = row(&assessment, fixture::CLOUD_ROW);
        assert_eq!(
            (own.follows, own.applicability),
            (None, Applicability::Included { reasons })
        );
    }

    #[test]
    fn excluded_control_has_no_status_and_still_has_its_row() {
        let mut assessment = fixture::assessment();
        both(&mut assessment, StandingKind::InPlace);
        decide(&mut assessment, CONTROL, excluded());
        let rows = soa_rows(&fixture::CATALOGUE, &assessment, &analysed(&assessment));
        assert_eq!(row(&assessment, fixture::CONTROL).status(), None);
        let count = SoaCount::of(rows.iter());
        assert_eq!((rows.len(), count.n_excluded, count.n_implemented), (2, 2, 0));
    }

    #[test]
    fn own_control_stands_below_with_the_risks_that_name_it() {
        let mut assessment = fixture::assessment();
        let own = Sheet::default().with_text(Field::Title, "Two clocks").with(
            Field::Reasons,
            FieldValue::Choices([Choice::FromRisk].into_iter().collect()),
        );
        put(&mut assessment, SheetKey::entry(Register::OwnControl, entry(1)), own);
        let risk = Sheet::default().with(
            Field::OwnControls,
            FieldValue::Entries([entry(1)].into_iter().collect()),
        );
        put(&mut assessment, SheetKey::entry(Register::Risk, entry(2)), risk);
        let rows = soa_rows(&fixture::CATALOGUE, &assessment, &analysed(&assessment));
        let last = rows.last().expect("a row");
        assert_eq!(last.subject, SoaSubject::Own(entry(1)));
        assert_eq!(last.risks, [entry(2)]);
        let reasons = [InclusionReason::Risk].into_iter().collect();
        assert_eq!(last.applicability, Applicability::Included { reasons });
        assessment.scope.frameworks = [FrameworkId::Soc2].into_iter().collect();
        assert!(soa_rows(&fixture::CATALOGUE, &assessment, &analysed(&assessment)).is_empty());
    }

    #[test]
    fn evidence_counts_once_it_is_there() {
        let mut assessment = fixture::assessment();
        let key = SheetKey::entry(Register::Evidence, entry(1));
        let practices = FieldValue::Practices([fixture::REVIEW, fixture::TESTED].into_iter().collect());
        let sheet = Sheet::default().with(Field::Practices, practices);
        let state = |choice| sheet.clone().with(Field::State, FieldValue::Choice(choice));
        put(&mut assessment, key, state(Choice::Requested));
        assert!(row(&assessment, fixture::CONTROL).evidence.is_empty());
        put(&mut assessment, key, state(Choice::Accepted));
        assert_eq!(row(&assessment, fixture::CONTROL).evidence, [entry(1)]);
        assert_eq!(row(&assessment, fixture::CLOUD_ROW).evidence, [entry(1)]);
    }

    #[test]
    fn clause_with_three_documents_has_three_rows() {
        let parts: Vec<(u8, &str)> = documents_of("process; Statement (6.1.3 d);plan;").collect();
        assert_eq!(parts, [(0, "process"), (1, "Statement (6.1.3 d)"), (2, "plan")]);
        assert_eq!(documents_of("").count(), 0);
    }

    #[test]
    fn approval_without_name_or_day_is_said_to_lack() {
        let mut assessment = fixture::assessment();
        let key = SheetKey::requirement(Register::Document, RequirementId::new(FrameworkId::Iso27001, "4.3"));
        let sheet = Sheet::default()
            .with(Field::State, FieldValue::Choice(Choice::Approved))
            .with_text(Field::ApprovedBy, "Ana");
        put(&mut assessment, key, sheet.clone());
        put(
            &mut assessment,
            SheetKey::entry(Register::Document, entry(1)),
            Sheet::default().with_text(Field::Title, "Runbook"),
        );
        let rows = documents(&fixture::CATALOGUE, &assessment, fixture::date());
        let seen: Vec<_> = rows
            .iter()
            .map(|it| (it.title.as_str(), it.clause, it.state, it.lacks_approval))
            .collect();
        assert_eq!(
            seen,
            [
                ("ISMS scope", Some(0), Some(Choice::Approved), true),
                ("Runbook", None, None, false)
            ]
        );
        put(
            &mut assessment,
            key,
            sheet.with(Field::ApprovedOn, FieldValue::Date(fixture::date())),
        );
        let rows = documents(&fixture::CATALOGUE, &assessment, fixture::date());
        assert!(!rows.first().expect("a row").lacks_approval);
    }

    #[test]
    fn matrix_has_each_practice_that_a_criterion_needs_once() {
        let mut assessment = fixture::assessment();
        let standing = Standing::Inherited {
            supplier: Words::new("Example Cloud").expect("not blank"),
        };
        let action = Action::SetStanding(fixture::DOORS, standing);
        apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        let supplier = Sheet::default()
            .with_text(Field::Title, "example cloud ")
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut));
        put(&mut assessment, SheetKey::entry(Register::Supplier, entry(1)), supplier);
        let rows = control_matrix(&fixture::CATALOGUE, &assessment, &analysed(&assessment));
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.practice, row.criteria.clone(), row.method))
            .collect();
        let criterion = vec![usize::from(fixture::CRITERION)];
        assert_eq!(
            seen,
            [
                (1, criterion.clone(), None),
                (2, criterion.clone(), None),
                (3, criterion, Some(Choice::CarveOut))
            ]
        );
        let standing = Standing::NotApplicable {
            reason: Words::new("everything is a table").expect("not blank"),
        };
        let action = Action::SetStanding(fixture::REVIEW, standing);
        apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        let rows = control_matrix(&fixture::CATALOGUE, &assessment, &analysed(&assessment));
        let left: Vec<usize> = rows.iter().map(|row| row.practice).collect();
        assert_eq!(left, [2, 3], "what does not exist here is no control");
    }

    #[test]
    fn risk_level_is_likelihood_times_impact_and_is_held_against_the_criterion() {
        let mut assessment = fixture::assessment();
        let sheet = Sheet::default()
            .with(Field::LikelihoodBefore, FieldValue::Count(4))
            .with(Field::ImpactBefore, FieldValue::Count(3));
        let risk = |assessment: &Assessment, sheet: &Sheet| risk_row(&fixture::CATALOGUE, assessment, entry(1), sheet);
        assert_eq!(risk(&assessment, &sheet).is_above, None);
        assessment.scope.counts.insert(ScopeCount::RiskAccepted, 6);
        let before = risk(&assessment, &sheet);
        assert_eq!(
            (before.before, before.after, before.is_above),
            (Some(12), None, Some(true))
        );
        let treated = sheet
            .with(Field::LikelihoodAfter, FieldValue::Count(2))
            .with(Field::ImpactAfter, FieldValue::Count(3));
        let after = risk(&assessment, &treated);
        assert_eq!((after.after, after.is_above), (Some(6), Some(false)));
        let zero = treated.with(Field::ImpactAfter, FieldValue::Count(0));
        assert_eq!(risk(&assessment, &zero).after, None);
    }

    #[test]
    fn highest_risk_stands_first_and_one_without_level_last() {
        let mut assessment = fixture::assessment();
        for (n, likelihood) in [(1, 0), (2, 2), (3, 5)] {
            let sheet = Sheet::default()
                .with(Field::LikelihoodBefore, FieldValue::Count(likelihood))
                .with(Field::ImpactBefore, FieldValue::Count(2));
            put(&mut assessment, SheetKey::entry(Register::Risk, entry(n)), sheet);
        }
        let rows = risk_rows(&fixture::CATALOGUE, &assessment);
        let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, [entry(3), entry(2), entry(1)]);
    }
}
