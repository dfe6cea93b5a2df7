//! Builds the report model from catalogue, assessment, analysis and a given date.

mod soa;

use super::dashboard::{board_sentence, dashboard};
use super::model::{
    BasisRow, CrosswalkRow, FrameworkRow, GapRow, GateRow, GroupRow, ReportModel, RequirementRow, ScopeRow, StatusWord,
    TallyRow, TopGap,
};
use super::registers::{Register, register_tables};
use super::roadmap::roadmap;
use super::trend::trend;
use super::wording;
use crate::analysis::{
    Analysis, Crosswalk, FrameworkReadiness, Gap, GapKind, GateReadiness, Level, Moment, Plan, Tally, Verdict, plan,
    snapshots,
};
use crate::domain::{
    Answer, Assessment, Catalogue, Category, EntryId, Fact, Field, FrameworkId, Practice, Register as Kept,
    Requirement, ScopeCount, ScopeDate, ScopeText, SheetKey, StandingKind,
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
    report_model_since(catalogue, assessment, analysis, assessment_file, None)
}

/// The same, with the change since a snapshot that is named. Without a name, or if none with it can be read, the change is
/// that since the last snapshot before the day.
#[must_use]
pub fn report_model_since(
    catalogue: &Catalogue,
    assessment: &Assessment,
    analysis: &Analysis,
    assessment_file: String,
    since: Option<EntryId>,
) -> ReportModel {
    let plan = plan(catalogue, assessment, analysis);
    let dashboard = dashboard(catalogue, assessment, analysis);
    let builder = Builder {
        catalogue,
        assessment,
        analysis,
        plan: &plan,
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
        n_open_conflicts: assessment.conflicts.len(),
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
        gates: analysis.gates.iter().map(gate_row).collect(),
        top_gaps: analysis
            .gaps
            .iter()
            .take(N_TOP_GAPS)
            .filter_map(|gap| builder.top_gap(gap))
            .collect(),
        gaps: analysis.gaps.iter().filter_map(|gap| builder.gap(gap)).collect(),
        soa_control: builder.soa_control(),
        soa: builder.soa(),
        crosswalk: builder.crosswalk(),
        board_sentence: board_sentence(catalogue, assessment, analysis),
        roadmap: roadmap(catalogue, assessment, &plan),
        trend: trend(
            catalogue,
            &snapshots(catalogue, assessment),
            &Moment::today(catalogue, assessment, analysis),
        ),
        registers: register_tables(
            &Register {
                catalogue,
                assessment,
                analysis,
            },
            &plan,
            &dashboard,
            since,
        ),
        dashboard,
    }
}

struct Builder<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    analysis: &'a Analysis,
    plan: &'a Plan,
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
            (ScopeCount::Capacity, "Effort that the plan takes on within 30 days"),
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
            None if is_excluded => (StatusWord::Excluded, wording::excluded(requirement).to_owned()),
            None => return None,
        };
        Some(RequirementRow {
            id: wording::requirement_id(requirement),
            title: requirement.title.to_owned(),
            status,
            basis,
            override_note: self.override_note(position, requirement, status),
            is_complete: requirement.complete,
        })
    }

    /// The override in force of a requirement: who set it to what, when and why. An incomplete one counts nowhere.
    fn override_note(&self, position: usize, requirement: &Requirement, by_answers: StatusWord) -> String {
        let mut overrides = self.analysis.overrides.iter();
        let Some(set) = overrides.find(|it| it.requirement == position && !it.is_incomplete) else {
            return String::new();
        };
        let sheet = self
            .assessment
            .sheet(SheetKey::requirement(Kept::Override, requirement.id));
        let review = if set.needs_review {
            " An answer below it has changed since: to be reviewed."
        } else {
            ""
        };
        format!(
            "Override: {} Reason: {}.{review}",
            wording::override_in_force(&sheet, by_answers.title()),
            sheet.text(Field::Reason).trim_end_matches('.'),
        )
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
        let action = self.plan.action_for(gap.practice).map(|it| &it.action);
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
            // Who closes the gap, where somebody has taken that on; otherwise who owns the practice.
            owner: action
                .map(|it| it.owner.clone())
                .filter(|owner| !owner.trim().is_empty())
                .unwrap_or_else(|| answer.owner.clone()),
            due: action
                .and_then(|it| it.due)
                .map(|due| due.to_string())
                .unwrap_or_default(),
            evidence_missing: evidence_missing(practice, &answer),
        })
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

fn gate_row(gate: &GateReadiness) -> GateRow {
    let (share, by_answers) = (wording::gate_count(&gate.count), wording::gate_count(&gate.by_answers));
    GateRow {
        gate: gate.gate.title().to_owned(),
        blockers: gate.blockers.iter().map(wording::blocker).collect(),
        share_by_answers: if by_answers == share { String::new() } else { by_answers },
        share,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, FieldValue, Sheet, fixture};

    fn model(assessment: &Assessment) -> ReportModel {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        report_model(&fixture::CATALOGUE, assessment, &analysis, String::new())
    }

    fn notes(model: &ReportModel) -> Vec<(&str, &str)> {
        let rows = model.frameworks.iter().flat_map(|it| &it.requirements);
        let rows = rows.filter(|row| !row.override_note.is_empty());
        rows.map(|row| (row.id.as_str(), row.override_note.as_str())).collect()
    }

    #[test]
    fn override_is_said_with_level_author_date_and_reason_and_only_while_it_is_in_force() {
        let mut assessment = fixture::assessment();
        let criterion = fixture::CATALOGUE.requirements[usize::from(fixture::CRITERION)].id;
        let key = SheetKey::requirement(Kept::Override, criterion);
        let sheet = Sheet::default()
            .with(Field::Level, FieldValue::Choice(Choice::SetNotReady))
            .with_text(Field::By, "Ana")
            .with(Field::On, FieldValue::Date(fixture::date()));
        assessment.sheets.insert(key, sheet.clone());
        assert_eq!(notes(&model(&assessment)), [], "without a reason it counts nowhere");
        assessment
            .sheets
            .insert(key, sheet.with_text(Field::Reason, "The records were lost."));
        assert_eq!(
            notes(&model(&assessment)),
            [(
                "CC8.1",
                "Override: Set to not ready by Ana on 20 November 2026. By the answers: open. Reason: The records were \
                 lost. An answer below it has changed since: to be reviewed."
            )]
        );
    }

    #[test]
    fn gates_stand_in_short_with_what_blocks_them_and_their_share() {
        let mut assessment = fixture::assessment();
        let first = |assessment: &Assessment| model(assessment).gates.into_iter().next().expect("a gate");
        let gate = first(&assessment);
        assert_eq!(gate.gate, "ISO/IEC 27001 Stage 1");
        assert_eq!(
            gate.blockers,
            [
                "no scope or system statement",
                "no risk assessed",
                "1 control not decided on with a reason"
            ]
        );
        assert_eq!(
            (gate.share.as_str(), gate.share_by_answers.as_str()),
            ("0 to 1 of 2", "")
        );
        let clause = fixture::CATALOGUE.requirements_of(FrameworkId::Iso27001).next();
        let key = SheetKey::requirement(Kept::Override, clause.expect("a clause").id);
        let sheet = Sheet::default()
            .with(Field::Level, FieldValue::Choice(Choice::SetNotReady))
            .with_text(Field::By, "Ana")
            .with_text(Field::Reason, "It was lost")
            .with(Field::On, FieldValue::Date(fixture::date()));
        assessment.sheets.insert(key, sheet);
        let gate = first(&assessment);
        assert_eq!(
            (gate.share.as_str(), gate.share_by_answers.as_str()),
            ("0 of 2", "0 to 1 of 2")
        );
    }
}
