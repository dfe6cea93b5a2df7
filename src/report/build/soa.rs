//! The Statement of Applicability in the report: the rows of the analysis in words, with its document control block.

use super::Builder;
use crate::analysis::{Applicability, ColumnRole, SoaRow as Analysed, SoaSubject, role_of_heading, soa_row, soa_rows};
use crate::domain::{
    Answer, Audience, Choice, CloudRole, EntryId, Facet, Field, FrameworkId, Practice, Register, Requirement,
    RequirementId, RequirementKind, Sheet, SheetKey, SortedSet, Standing, Subject,
};
use crate::report::model::{ScopeRow, SoaRow};
use crate::report::wording;

/// The clause that asks for the Statement of Applicability, and which of its documents that is.
const STATEMENT: (&str, u8) = ("6.1.3", 1);

impl Builder<'_> {
    /// The document control block: what the register of documented information says of the Statement.
    pub(super) fn soa_control(&self) -> Vec<ScopeRow> {
        let Some(clause) = self.catalogue.requirement(FrameworkId::Iso27001, STATEMENT.0) else {
            return Vec::new();
        };
        let sheet = self.assessment.sheet(SheetKey {
            register: Register::Document,
            subject: Subject::Requirement(clause.id, STATEMENT.1),
        });
        let date = |field| sheet.date(field).map(|it| it.to_string()).unwrap_or_default();
        let text = |field| sheet.text(field).to_owned();
        let rows = [
            (
                "State",
                sheet
                    .choice(Field::State)
                    .map_or("Not entered", Choice::title)
                    .to_owned(),
            ),
            ("Version", text(Field::Version)),
            ("Approved by", text(Field::ApprovedBy)),
            ("Approved on", date(Field::ApprovedOn)),
            ("Next review", date(Field::ReviewOn)),
            ("Owner", text(Field::Owner)),
            ("Location", text(Field::Location)),
        ];
        let row = |(label, text): (&str, String)| ScopeRow {
            label: label.to_owned(),
            text,
        };
        rows.map(row).into()
    }

    /// The rows of the analysis, those that were imported beside them, and last the organisation's own controls.
    pub(super) fn soa(&self) -> Vec<SoaRow> {
        let analysed = soa_rows(self.catalogue, self.assessment, self.analysis);
        let (mut rows, mut own) = (Vec::new(), Vec::new());
        for row in &analysed {
            match row.subject {
                SoaSubject::Requirement(position) => rows.extend(self.requirement_row(position, row)),
                SoaSubject::Own(id) => own.push(self.own_row(id, row)),
            }
        }
        if self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) {
            let has_row = |position: usize| analysed.iter().any(|it| it.requirement() == Some(position));
            let imported = self.catalogue.requirements.iter().enumerate();
            for (position, _) in imported.filter(|(position, it)| self.is_imported(it) && !has_row(*position)) {
                let row = soa_row(self.catalogue, self.assessment, self.analysis, position);
                rows.extend(self.requirement_row(position, &row));
            }
        }
        rows.extend(own);
        rows
    }

    fn is_imported(&self, requirement: &Requirement) -> bool {
        let is_control = matches!(
            requirement.kind,
            RequirementKind::Control | RequirementKind::CloudControl
        );
        is_control && self.assessment.imported.contains_key(&requirement.id)
    }

    fn requirement_row(&self, position: usize, analysed: &Analysed) -> Option<SoaRow> {
        let control = self.catalogue.requirements.get(position)?;
        let sheet = self
            .assessment
            .sheet(SheetKey::requirement(Register::SoaRow, control.id));
        let framework = self.catalogue.framework(control.id.framework);
        let theme = framework.and_then(|it| it.groups.iter().find(|group| group.id == control.group));
        let is_cloud = control.id.framework.is_cloud();
        let mut row = SoaRow {
            control: wording::requirement_id(control),
            title: control.title.to_owned(),
            theme: theme.map_or("", |theme| theme.title).to_owned(),
            edition: framework.map_or("", |it| it.edition).to_owned(),
            is_repeat: is_cloud && !control.has_cloud_content,
            ..SoaRow::default()
        };
        self.fill_applicability(&mut row, analysed);
        let is_excluded = matches!(analysed.applicability, Applicability::Excluded { .. });
        row.risks = self.entries(Register::Risk, &analysed.risks);
        if !is_excluded {
            row.status = analysed.status().map_or("Not yet known", Choice::title).to_owned();
            self.fill_from_answers(&mut row, position, &analysed.evidence);
        }
        fill_from_sheet(&mut row, &sheet);
        if is_cloud {
            row.role = self.role(control.audience).to_owned();
            row.responsibility = wording::responsibility(&sheet);
        }
        row.notes = self.notes(analysed, control.id, &sheet);
        if !is_excluded {
            self.add_imported(&mut row, control);
        }
        Some(row)
    }

    fn fill_applicability(&self, row: &mut SoaRow, analysed: &Analysed) {
        row.applicable = wording::applicable(&analysed.applicability).to_owned();
        match &analysed.applicability {
            Applicability::Undecided => {}
            Applicability::Included { reasons } => {
                row.inclusion_reasons = reasons.iter().map(|it| it.title()).collect::<Vec<_>>().join("; ");
            }
            Applicability::Excluded {
                justification,
                approver,
                review_on,
            } => {
                row.exclusion_justification.clone_from(justification);
                row.approver.clone_from(approver);
                row.review_on = review_on.map(|date| date.to_string()).unwrap_or_default();
            }
        }
    }

    fn entries(&self, register: Register, ids: &[EntryId]) -> String {
        let names = ids.iter().map(|it| wording::entry_name(self.assessment, register, *it));
        names.collect::<Vec<_>>().join("; ")
    }

    /// The stated cloud roles that a row speaks to.
    fn role(&self, audience: Option<Audience>) -> &'static str {
        let roles = self.assessment.scope.cloud_roles();
        let audience = audience.unwrap_or(Audience::Both);
        let speaks_to =
            |role, of_it: Audience| roles.contains(&role) && matches!(audience, Audience::Both) | (audience == of_it);
        let customer = speaks_to(CloudRole::Customer, Audience::Customer);
        match (customer, speaks_to(CloudRole::Provider, Audience::Provider)) {
            (true, true) => "Customer and provider",
            (true, false) => "Customer",
            (false, true) => "Provider",
            (false, false) => "",
        }
    }

    fn notes(&self, analysed: &Analysed, id: RequirementId, sheet: &Sheet) -> String {
        let mut notes = Vec::new();
        let followed = analysed.follows.and_then(|it| self.catalogue.requirements.get(it));
        notes.extend(followed.map(|it| format!("follows the decision on {}", wording::requirement_id(it))));
        notes.extend(wording::soa_status_note(analysed, sheet));
        if analysed.status() == Some(Choice::Planned) {
            notes.extend(analysed.planned_on.map(|it| format!("planned for {it}")));
        }
        let position = self.catalogue.requirement_index(id);
        let status = position.and_then(|it| self.analysis.status(it));
        if status.is_some_and(|it| it.verdict == crate::analysis::Verdict::NeedsDecision) {
            notes.push("no needed practice is in scope: consider an exclusion and say why".to_owned());
        }
        notes.extend(Some(sheet.text(Field::Note).to_owned()).filter(|it| !it.is_empty()));
        notes.join("; ")
    }

    fn own_row(&self, id: EntryId, analysed: &Analysed) -> SoaRow {
        let sheet = self.assessment.sheet(SheetKey::entry(Register::OwnControl, id));
        let code = match sheet.text(Field::Code) {
            "" => format!("X-{id}"),
            code => code.to_owned(),
        };
        let mut row = SoaRow {
            control: code,
            title: sheet.text(Field::Title).to_owned(),
            theme: "Controls of our own".to_owned(),
            edition: "Own".to_owned(),
            status: analysed.status().map_or("Not yet known", Choice::title).to_owned(),
            risks: self.entries(Register::Risk, &analysed.risks),
            notes: sheet.text(Field::Note).to_owned(),
            ..SoaRow::default()
        };
        self.fill_applicability(&mut row, analysed);
        fill_from_sheet(&mut row, &sheet);
        row
    }

    /// What was imported, marked as such: applicability and status where nobody has decided, and all texts.
    fn add_imported(&self, row: &mut SoaRow, control: &Requirement) {
        let Some(imported) = self.assessment.imported.get(&control.id) else {
            return;
        };
        let is_decided = self.assessment.decisions.contains_key(&control.id);
        if !is_decided {
            row.applicable += &format!(" (imported: {})", wording::imported_applies(imported));
            row.status = match row.status.as_str() {
                "" => format!("Imported: {}", wording::imported_status(imported)),
                own => format!("{own} (imported: {})", wording::imported_status(imported)),
            };
        }
        let mut notes = vec![format!("Imported from {}", wording::imported_from(imported))];
        if imported.needs_review() {
            notes.push(format!("needs review: {}", wording::imported_flags(imported)));
        }
        let add = |cell: &mut String, text: String| {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(&text);
        };
        add(&mut row.notes, notes.join("; "));
        for text in &imported.texts {
            let cell = match role_of_heading(&text.heading) {
                Some(ColumnRole::Justification) if imported.applies == Some(false) => &mut row.exclusion_justification,
                Some(ColumnRole::Justification) => &mut row.inclusion_reasons,
                Some(ColumnRole::How) => &mut row.how,
                Some(ColumnRole::Document) => &mut row.document,
                Some(ColumnRole::Evidence) => &mut row.evidence,
                Some(ColumnRole::Risk) => &mut row.risks,
                Some(ColumnRole::Owner) => &mut row.owner,
                Some(
                    ColumnRole::Number
                    | ColumnRole::Title
                    | ColumnRole::Standard
                    | ColumnRole::Applies
                    | ColumnRole::Status
                    | ColumnRole::Notes,
                )
                | None => &mut row.notes,
            };
            add(cell, format!("Imported, {}", wording::imported_text(imported, text)));
        }
    }

    fn fill_from_answers(&self, row: &mut SoaRow, position: usize, evidence: &[EntryId]) {
        let Some(needed) = self.analysis.ground.needed.get(position) else {
            return;
        };
        let sheets: Vec<Sheet> = evidence
            .iter()
            .map(|it| self.assessment.sheet(SheetKey::entry(Register::Evidence, *it)))
            .collect();
        let is_registered = |practice: &Practice| {
            let mut named = sheets.iter().flat_map(|sheet| sheet.practices(Field::Practices));
            named.any(|it| it == practice.id)
        };
        let (mut how, mut documents, mut shown_evidence) = (Vec::new(), Vec::new(), Vec::new());
        let (mut owners, mut reviewed) = (SortedSet::default(), None);
        shown_evidence.extend(
            evidence
                .iter()
                .map(|it| wording::entry_name(self.assessment, Register::Evidence, *it)),
        );
        for practice in needed.iter().filter_map(|it| self.catalogue.practices.get(it)) {
            let Some(answer) = self.assessment.answers.get(&practice.id) else {
                continue;
            };
            how.extend(present(practice, answer));
            let shown = |facet: Facet| {
                practice
                    .shown_by()
                    .example(facet)
                    .filter(|_| answer.facets.get(facet) == Some(true))
            };
            documents.extend(shown(Facet::Documented));
            let claimed = shown(Facet::Evidenced).filter(|_| !is_registered(practice));
            shown_evidence.extend(claimed.map(|example| format!("{example} (claimed)")));
            if !answer.owner.is_empty() {
                owners.insert(answer.owner.clone());
            }
            reviewed = reviewed.max(answer.basis.as_ref().and_then(|basis| basis.on));
        }
        row.how = how.join("; ");
        row.document = documents.join("; ");
        row.evidence = shown_evidence.join("; ");
        let n_claimed = shown_evidence.len().saturating_sub(evidence.len());
        let mut in_short: Vec<String> = evidence.iter().map(|it| format!("E-{it}")).collect();
        in_short.extend((n_claimed > 0).then(|| format!("{n_claimed} claimed")));
        row.evidence_in_short = in_short.join("; ");
        row.owner = owners.iter().map(String::as_str).collect::<Vec<_>>().join("; ");
        row.last_reviewed = reviewed.map(|date| date.to_string()).unwrap_or_default();
    }
}

/// What a person wrote on the row: it stands before what the answers say, and an owner in place of theirs.
fn fill_from_sheet(row: &mut SoaRow, sheet: &Sheet) {
    let first = |text: &str, cell: &mut String| {
        if !text.is_empty() {
            let rest = std::mem::take(cell);
            *cell = if rest.is_empty() {
                text.to_owned()
            } else {
                format!("{}; {rest}", text.trim_end_matches('.'))
            };
        }
    };
    first(sheet.text(Field::How), &mut row.how);
    first(sheet.text(Field::Document), &mut row.document);
    match sheet.text(Field::Owner) {
        "" => {}
        owner => owner.clone_into(&mut row.owner),
    }
    // ISO 8601 days sort as text.
    let reviewed = sheet.date(Field::ReviewedOn).map(|it| it.to_string());
    row.last_reviewed = reviewed.unwrap_or_default().max(std::mem::take(&mut row.last_reviewed));
}

fn present(practice: &Practice, answer: &Answer) -> Option<String> {
    let title = practice.title();
    match &answer.standing {
        Standing::InPlace => Some(title.to_owned()),
        Standing::Partly => Some(format!("{title} (partly)")),
        Standing::AnotherWay { description, .. } => {
            let description = description.as_str().trim_end_matches('.');
            Some(format!("{title} (met another way: {description})"))
        }
        Standing::Inherited { supplier } => Some(format!("{title} (inherited from {})", supplier.as_str())),
        Standing::NotAnswered | Standing::NotInPlace | Standing::NotApplicable { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Action, Assessment, Facets, Fact, FieldValue, apply, fixture};
    use crate::report::report_model;

    const CONTROL: RequirementId = RequirementId::new(FrameworkId::Iso27001, "A.8.32");
    const CLOUD: RequirementId = RequirementId::new(FrameworkId::Iso27017, "8.32");

    fn id(text: &str) -> EntryId {
        EntryId::parse(text).expect("an id")
    }

    fn done(assessment: &mut Assessment, actions: Vec<Action>) {
        apply(assessment, &fixture::CATALOGUE, Action::Together(actions)).expect("applies");
    }

    fn row(assessment: &Assessment, control: &str) -> SoaRow {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let model = report_model(&fixture::CATALOGUE, assessment, &analysis, String::new());
        let mut rows = model.soa.into_iter();
        rows.find(|row| row.control == control).expect("a row")
    }

    #[test]
    fn registered_evidence_takes_the_place_of_a_claim() {
        let mut assessment = fixture::assessment();
        let shown = Facets::default().with(Facet::Evidenced, Some(true));
        done(
            &mut assessment,
            vec![
                Action::SetStanding(fixture::REVIEW, Standing::InPlace),
                Action::SetFacets(fixture::REVIEW, shown),
                Action::SetStanding(fixture::TESTED, Standing::InPlace),
                Action::SetFacets(fixture::TESTED, shown),
            ],
        );
        let claimed = "A list of the last quarter (claimed)";
        assert_eq!(row(&assessment, "A.8.32").evidence, format!("{claimed}; {claimed}"));
        let evidence = Sheet::default()
            .with_text(Field::Title, "Merges of Q3")
            .with(Field::State, FieldValue::Choice(Choice::Accepted))
            .with(
                Field::Practices,
                FieldValue::Practices([fixture::REVIEW].into_iter().collect()),
            );
        let key = SheetKey::entry(Register::Evidence, id("abcdefgh"));
        done(&mut assessment, vec![Action::PutSheet(key, evidence)]);
        assert_eq!(
            row(&assessment, "A.8.32").evidence,
            format!("E-abcdefgh Merges of Q3; {claimed}")
        );
        assert_eq!(row(&assessment, "A.8.32").evidence_in_short, "E-abcdefgh; 1 claimed");
    }

    #[test]
    fn set_status_is_printed_with_its_reason_and_what_the_answers_say() {
        let mut assessment = fixture::assessment();
        let sheet = Sheet::default()
            .with(Field::Status, FieldValue::Choice(Choice::Implemented))
            .with_text(Field::StatusReason, "seen yesterday")
            .with_text(Field::How, "By hand")
            .with_text(Field::Owner, "Ana");
        let key = SheetKey::requirement(Register::SoaRow, CONTROL);
        done(
            &mut assessment,
            vec![
                Action::SetStanding(fixture::REVIEW, Standing::InPlace),
                Action::PutSheet(key, sheet),
            ],
        );
        let row = row(&assessment, "A.8.32");
        assert_eq!(
            [row.status, row.how, row.owner, row.notes],
            [
                "Implemented",
                "By hand; Review",
                "Ana",
                "status set by a person: seen yesterday; by the answers: not yet known"
            ]
        );
    }

    #[test]
    fn cloud_row_names_role_and_responsibility_and_the_decision_that_it_follows() {
        let mut assessment = fixture::assessment();
        let sheet = Sheet::default()
            .with(Field::Responsibility, FieldValue::Choice(Choice::Shared))
            .with_text(Field::ResponsibilityNote, "we patch, they host");
        done(
            &mut assessment,
            vec![
                Action::PutSheet(SheetKey::requirement(Register::SoaRow, CLOUD), sheet),
                Action::SetFact(Fact::CloudCustomer, Some(false)),
                Action::SetDecision(
                    CONTROL,
                    Some(crate::domain::Decision::Included {
                        reasons: SortedSet::default(),
                    }),
                ),
            ],
        );
        let row = row(&assessment, "27017 8.32");
        assert_eq!(
            [row.applicable, row.role, row.responsibility, row.notes],
            [
                "Yes",
                "Provider",
                "Shared: we patch, they host",
                "follows the decision on A.8.32"
            ]
        );
        assert!(!row.is_repeat);
    }

    #[test]
    fn own_control_stands_last_with_the_risk_that_asks_for_it() {
        let mut assessment = fixture::assessment();
        let own = Sheet::default()
            .with_text(Field::Code, "X.1")
            .with_text(Field::Title, "Two clocks");
        let risk = Sheet::default().with_text(Field::Title, "Time drifts").with(
            Field::OwnControls,
            FieldValue::Entries([id("aaaaaaaa")].into_iter().collect()),
        );
        done(
            &mut assessment,
            vec![
                Action::PutSheet(SheetKey::entry(Register::OwnControl, id("aaaaaaaa")), own),
                Action::PutSheet(SheetKey::entry(Register::Risk, id("bbbbbbbb")), risk),
            ],
        );
        let row = row(&assessment, "X.1");
        assert_eq!(
            [row.title, row.applicable, row.risks, row.status],
            ["Two clocks", "Yes", "RISK-bbbbbbbb Time drifts", "Not yet known"]
        );
    }
}
