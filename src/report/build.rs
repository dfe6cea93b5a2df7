//! Builds the report model from catalogue, assessment, analysis and a given date.

use super::model::{
    BasisRow, CrosswalkRow, FrameworkRow, GapRow, GroupRow, ReportModel, RequirementRow, ScopeRow, SoaRow, StatusWord,
    TallyRow, TopGap,
};
use super::registers::{Register, register_tables};
use super::wording;
use crate::analysis::{
    Analysis, ColumnRole, Crosswalk, FrameworkReadiness, Gap, GapKind, Level, RequirementStatus, Tally, Verdict,
    role_of_heading,
};
use crate::domain::{
    Answer, Assessment, Catalogue, Category, Decision, Facet, Fact, FrameworkId, Practice, Requirement,
    RequirementKind, ScopeCount, ScopeDate, ScopeText, SortedSet, Standing, StandingKind,
};

/// How many gaps stand in the summary.
const N_TOP_GAPS: usize = 10;

/// The model of a report of an assessment, on the day of its analysis. `assessment_file` is the text of the assessment's file.
#[must_use]
pub fn report_model(
    catalogue: &Catalogue,
    assessment: &Assessment,
    analysis: &Analysis,
    assessment_file: String,
) -> ReportModel {
    let builder = Builder {
        catalogue,
        assessment,
        analysis,
    };
    let (n_asked, n_answered) = analysis.progress();
    let mix = analysis.basis_mix;
    ReportModel {
        date: analysis.date.to_string(),
        name: assessment.name().to_owned(),
        organisation: assessment.scope.text(ScopeText::Organisation).to_owned(),
        catalogue: catalogue.version.to_owned(),
        assessment_file,
        scope: builder.scope(),
        facts: builder.facts(),
        n_asked,
        n_answered,
        basis: BasisRow {
            n_said: mix.n_said,
            n_seen: mix.n_seen,
            n_tested: mix.n_tested,
            n_unstated: mix.n_unstated,
        },
        frameworks: analysis
            .frameworks
            .iter()
            .map(|framework| builder.framework(framework))
            .collect(),
        top_gaps: analysis
            .gaps
            .iter()
            .take(N_TOP_GAPS)
            .filter_map(|gap| builder.top_gap(gap))
            .collect(),
        gaps: analysis.gaps.iter().filter_map(|gap| builder.gap(gap)).collect(),
        soa: builder.soa(),
        crosswalk: builder.crosswalk(),
        registers: register_tables(&Register {
            catalogue,
            assessment,
            analysis,
        }),
    }
}

struct Builder<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    analysis: &'a Analysis,
}

impl Builder<'_> {
    fn scope(&self) -> Vec<ScopeRow> {
        let scope = &self.assessment.scope;
        let row = |label: &str, text: String| ScopeRow {
            label: label.to_owned(),
            text,
        };
        let titles = scope
            .frameworks
            .iter()
            .filter_map(|id| self.catalogue.framework(*id))
            .map(|it| it.full_title());
        let mut rows = vec![row("Frameworks", titles.collect::<Vec<_>>().join("; "))];
        if scope.frameworks.contains(&FrameworkId::Soc2) {
            let categories = Category::ALL
                .into_iter()
                .filter(|it| scope.includes_category(*it))
                .map(Category::title);
            rows.push(row("SOC 2 categories", categories.collect::<Vec<_>>().join(", ")));
        }
        let texts = [
            (ScopeText::Statement, "Scope statement"),
            (ScopeText::Boundaries, "Boundaries and interfaces"),
            (ScopeText::Commitments, "Service commitments"),
            (ScopeText::RiskCriteria, "Risk criteria"),
        ];
        rows.extend(texts.map(|(text, label)| row(label, scope.text(text).to_owned())));
        let dates = [
            (ScopeDate::AsOf, "Type 1 as-of date"),
            (ScopeDate::WindowStart, "Type 2 window, first day"),
            (ScopeDate::WindowEnd, "Type 2 window, last day"),
            (ScopeDate::Stage1, "Stage 1"),
            (ScopeDate::Stage2, "Stage 2"),
            (ScopeDate::InternalAudit, "Internal audit planned"),
            (ScopeDate::ManagementReview, "Management review planned"),
            (ScopeDate::Certified, "Certification decision"),
            (ScopeDate::Target, "Target date"),
        ];
        rows.extend(
            dates.map(|(id, label)| row(label, scope.dates.get(&id).map(|it| it.to_string()).unwrap_or_default())),
        );
        let counts = [
            (ScopeCount::Headcount, "People in scope"),
            (ScopeCount::Sites, "Sites in scope"),
            (
                ScopeCount::RiskAccepted,
                "Highest level of risk accepted without treatment",
            ),
        ];
        rows.extend(counts.map(|(id, label)| {
            row(
                label,
                scope.counts.get(&id).map(ToString::to_string).unwrap_or_default(),
            )
        }));
        rows.retain(|row| !row.text.is_empty());
        rows
    }

    fn facts(&self) -> Vec<ScopeRow> {
        let said = |fact| match self.assessment.scope.facts.get(&fact) {
            None => "Not stated",
            Some(true) => "Yes",
            Some(false) => "No",
        };
        let facts = Fact::ALL.into_iter();
        facts
            .map(|fact| ScopeRow {
                label: fact.question().to_owned(),
                text: said(fact).to_owned(),
            })
            .collect()
    }

    fn framework(&self, readiness: &FrameworkReadiness) -> FrameworkRow {
        let title = self
            .catalogue
            .framework(readiness.id)
            .map(|it| it.full_title())
            .unwrap_or_default();
        let remark = match readiness.id {
            FrameworkId::Iso27001 | FrameworkId::Iso27017Of2015 => "",
            FrameworkId::Iso27017 => wording::CLOUD_SOURCE,
            FrameworkId::Soc2 => wording::SOC2_NATURE,
        };
        let positions = self.catalogue.requirements.iter().enumerate();
        let rows = positions.filter(|(_, requirement)| requirement.id.framework == readiness.id);
        FrameworkRow {
            title,
            total: tally_row(&readiness.total),
            with_cloud_content: readiness
                .id
                .is_cloud()
                .then(|| tally_row(&readiness.with_cloud_content)),
            remark: remark.to_owned(),
            groups: readiness
                .groups
                .iter()
                .map(|group| GroupRow {
                    title: format!("{} {}", group.id, group.title),
                    tally: tally_row(&group.tally),
                })
                .collect(),
            requirements: rows
                .filter_map(|(position, requirement)| self.requirement(position, requirement))
                .collect(),
        }
    }

    fn requirement(&self, position: usize, requirement: &Requirement) -> Option<RequirementRow> {
        let is_excluded = self.analysis.ground.excluded.get(position).copied().unwrap_or_default();
        let (status, basis) = match self.analysis.status(position) {
            Some(status) => (status_word(status.verdict), wording::status_basis(status)),
            None if is_excluded => (
                StatusWord::Excluded,
                "excluded in the Statement of Applicability".to_owned(),
            ),
            None => return None,
        };
        Some(RequirementRow {
            id: wording::requirement_id(requirement),
            title: requirement.title.to_owned(),
            status,
            basis,
            is_complete: requirement.complete,
        })
    }

    fn ids(&self, positions: &[usize]) -> String {
        let requirements = positions
            .iter()
            .filter_map(|position| self.catalogue.requirements.get(*position));
        requirements.map(wording::requirement_id).collect::<Vec<_>>().join(", ")
    }

    fn top_gap(&self, gap: &Gap) -> Option<TopGap> {
        let practice = self.catalogue.practices.get(gap.practice)?;
        Some(TopGap {
            gap_id: gap_id(practice),
            practice: practice.title().to_owned(),
            grade: gap.grade.title().to_owned(),
            closes: self.ids(if gap.closes.is_empty() {
                std::slice::from_ref(&gap.lead)
            } else {
                &gap.closes
            }),
            effort: practice.effort.as_str().to_owned(),
        })
    }

    fn gap(&self, gap: &Gap) -> Option<GapRow> {
        let practice = self.catalogue.practices.get(gap.practice)?;
        let lead = self.catalogue.requirements.get(gap.lead)?;
        let answer = self.assessment.answer(practice.id);
        let others: Vec<usize> = gap
            .closes
            .iter()
            .copied()
            .filter(|position| *position != gap.lead)
            .collect();
        Some(GapRow {
            gap_id: gap_id(practice),
            framework: self
                .catalogue
                .framework(lead.id.framework)
                .map(|it| it.full_title())
                .unwrap_or_default(),
            requirement: wording::requirement_name(lead),
            expected: format!("{}: {}", practice.title(), practice.question()),
            present: present(&answer),
            gap: missing(&gap.kind),
            grade: gap.grade.title().to_owned(),
            priority: practice.priority.to_string(),
            also_closes: self.ids(&others),
            recommendation: practice.fix().collect::<Vec<_>>().join(" "),
            effort: practice.effort.as_str().to_owned(),
            owner: answer.owner.clone(),
            due: String::new(),
            evidence_missing: evidence_missing(practice, &answer),
        })
    }

    fn soa(&self) -> Vec<SoaRow> {
        if !self.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) {
            return Vec::new();
        }
        let rows = self.catalogue.requirements.iter().enumerate();
        rows.filter(|(_, it)| self.is_in_soa(it))
            .map(|(position, control)| self.soa_row(position, control))
            .collect()
    }

    /// The controls of Annex A, and rows of ISO/IEC 27017 for which something was imported.
    fn is_in_soa(&self, requirement: &Requirement) -> bool {
        let is_control = matches!(
            requirement.kind,
            RequirementKind::Control | RequirementKind::CloudControl
        );
        is_control
            && (requirement.id.framework == FrameworkId::Iso27001
                || self.assessment.imported.contains_key(&requirement.id))
    }

    fn soa_row(&self, position: usize, control: &Requirement) -> SoaRow {
        let framework = self.catalogue.framework(control.id.framework);
        let theme = framework.and_then(|it| it.groups.iter().find(|group| group.id == control.group));
        let mut row = SoaRow {
            control: wording::requirement_id(control),
            title: control.title.to_owned(),
            theme: theme.map_or("", |theme| theme.title).to_owned(),
            edition: framework.map_or("", |it| it.edition).to_owned(),
            applicable: "Not decided".to_owned(),
            ..SoaRow::default()
        };
        match self.assessment.decisions.get(&control.id) {
            Some(Decision::Excluded {
                justification,
                approver,
                review_on,
            }) => {
                row.applicable = "No".to_owned();
                row.exclusion_justification = justification.as_str().to_owned();
                row.approver.clone_from(approver);
                row.review_on = review_on.map(|date| date.to_string()).unwrap_or_default();
                return row;
            }
            Some(Decision::Included { reasons }) => {
                row.applicable = "Yes".to_owned();
                row.inclusion_reasons = reasons.iter().map(|it| it.title()).collect::<Vec<_>>().join("; ");
            }
            None => {}
        }
        if let Some(status) = self.analysis.status(position) {
            row.status = implementation(status).to_owned();
            if matches!(status.verdict, Verdict::NeedsDecision) {
                row.notes = "No needed practice is in scope: consider an exclusion and say why.".to_owned();
            }
        }
        self.fill_from_answers(&mut row, position);
        self.add_imported(&mut row, control);
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

    fn fill_from_answers(&self, row: &mut SoaRow, position: usize) {
        let Some(needed) = self.analysis.ground.needed.get(position) else {
            return;
        };
        let (mut how, mut documents, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
        let (mut owners, mut reviewed) = (SortedSet::default(), None);
        for practice in needed.iter().filter_map(|it| self.catalogue.practices.get(it)) {
            let Some(answer) = self.assessment.answers.get(&practice.id) else {
                continue;
            };
            let said = present_in_soa(practice, answer);
            how.extend(said);
            let shown = |facet: Facet| {
                practice
                    .shown_by()
                    .example(facet)
                    .filter(|_| answer.facets.get(facet) == Some(true))
            };
            documents.extend(shown(Facet::Documented));
            evidence.extend(shown(Facet::Evidenced).map(|example| format!("{example} (claimed)")));
            if !answer.owner.is_empty() {
                owners.insert(answer.owner.clone());
            }
            reviewed = reviewed.max(answer.basis.as_ref().and_then(|basis| basis.on));
        }
        row.how = how.join("; ");
        row.document = documents.join("; ");
        row.evidence = evidence.join("; ");
        row.owner = owners.iter().map(String::as_str).collect::<Vec<_>>().join("; ");
        row.last_reviewed = reviewed.map(|date| date.to_string()).unwrap_or_default();
    }

    fn crosswalk(&self) -> Vec<CrosswalkRow> {
        let crosswalk = Crosswalk::new(self.catalogue, &self.assessment.scope.cloud_roles());
        let frameworks: Vec<FrameworkId> = self.assessment.scope.frameworks.iter().copied().collect();
        let name = |position: usize| {
            let requirement = self.catalogue.requirements.get(position);
            requirement.map(wording::requirement_name).unwrap_or_default()
        };
        let mut rows = Vec::new();
        for (index, from) in frameworks.iter().enumerate() {
            for to in frameworks.iter().skip(index + 1) {
                for (left, right, relation) in crosswalk.pairs(self.catalogue, *from, *to) {
                    rows.push(CrosswalkRow {
                        from: name(left),
                        to: name(right),
                        relation: relation.kind.as_str().to_owned(),
                        because: wording::practice_titles(self.catalogue, &relation.because),
                        remainder_from: wording::practice_titles(self.catalogue, &relation.remainder_from),
                        remainder_to: wording::practice_titles(self.catalogue, &relation.remainder_to),
                    });
                }
            }
        }
        rows
    }
}

/// The id of the gap of a practice. Stable, because the practice's is.
fn gap_id(practice: &Practice) -> String {
    format!("G-{}", practice.id)
}

fn tally_row(tally: &Tally) -> TallyRow {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    TallyRow {
        n_ready: number(tally.n_ready),
        n_partly: number(tally.n_partly),
        n_not_ready: number(tally.n_not_ready),
        n_open: number(tally.n_open),
        n_needs_decision: number(tally.n_needs_decision),
        n_may_be_ready: number(tally.n_may_be_ready),
        n_excluded: number(tally.n_excluded),
        n_total: number(tally.n_total()),
    }
}

const fn status_word(verdict: Verdict) -> StatusWord {
    match verdict {
        Verdict::Known(Level::Ready) => StatusWord::Ready,
        Verdict::Known(Level::Partly) => StatusWord::Partly,
        Verdict::Known(Level::NotReady) => StatusWord::NotReady,
        Verdict::Open { .. } => StatusWord::Open,
        Verdict::NeedsDecision => StatusWord::NeedsDecision,
    }
}

/// The status of a control as a Statement of Applicability says it. Planned comes with the treatment plan.
const fn implementation(status: &RequirementStatus) -> &'static str {
    match status.verdict {
        Verdict::Known(Level::Ready) => "Implemented",
        Verdict::Known(Level::Partly) => "Partly",
        Verdict::Known(Level::NotReady) => "Not implemented",
        Verdict::Open { .. } | Verdict::NeedsDecision => "Not yet known",
    }
}

fn present(answer: &Answer) -> String {
    let standing = answer.standing.kind().title();
    let basis = answer
        .basis
        .as_ref()
        .map_or("basis not stated", |basis| match basis.kind {
            crate::domain::BasisKind::Said => "as said",
            crate::domain::BasisKind::Seen => "as seen",
            crate::domain::BasisKind::Tested => "as tested",
        });
    let note = if answer.note.is_empty() {
        String::new()
    } else {
        format!(". {}", answer.note)
    };
    format!("{standing} ({basis}){note}")
}

fn missing(kind: &GapKind) -> String {
    match kind {
        GapKind::NotInPlace => "The practice is not in place.".to_owned(),
        GapKind::Partly => "The practice is only partly in place.".to_owned(),
        GapKind::NotShown(facets) => {
            let names: Vec<&str> = facets.iter().map(|facet| facet.as_str()).collect();
            format!(
                "In place, but it could not be shown that it is {}.",
                names.join(" and ")
            )
        }
    }
}

/// The examples that could not be shown: those denied, or all where nothing is there.
fn evidence_missing(practice: &Practice, answer: &Answer) -> String {
    let is_absent = answer.standing.kind() == StandingKind::NotInPlace;
    let examples = practice.shown_by().asked();
    let examples = examples.filter(|(facet, _)| is_absent || answer.facets.get(*facet) != Some(true));
    examples.map(|(_, example)| example).collect::<Vec<_>>().join("; ")
}

fn present_in_soa(practice: &Practice, answer: &Answer) -> Option<String> {
    let title = practice.title();
    match &answer.standing {
        Standing::InPlace => Some(title.to_owned()),
        Standing::Partly => Some(format!("{title} (partly)")),
        Standing::AnotherWay { description, .. } => {
            Some(format!("{title} (met another way: {})", description.as_str()))
        }
        Standing::Inherited { supplier } => Some(format!("{title} (inherited from {})", supplier.as_str())),
        Standing::NotAnswered | Standing::NotInPlace | Standing::NotApplicable { .. } => None,
    }
}
