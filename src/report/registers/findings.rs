//! Potential nonconformities.

use super::{Register, cut, table};
use crate::analysis::{Finding, Grade};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

const COLUMNS: &[(&str, f32)] = &[
    ("Id", 0.0),
    ("Title", 1.5),
    ("Finding", 2.7),
    ("Potential grade, ISO", 0.9),
    ("Potential grade, SOC 2", 1.15),
    ("Triggered by", 2.3),
    ("Breaks", 1.2),
    ("Closed by", 1.5),
];

/// Potential nonconformities, gravest first.
pub(super) fn findings(from: &Register) -> RegisterTable {
    let rows = from.analysis.findings.iter().filter_map(|it| row(from, it)).collect();
    let mut table = table(RegisterKind::Findings, COLUMNS, rows);
    table.remarks = [wording::GRADING, wording::GRADES].map(str::to_owned).into();
    if table.rows.is_empty() {
        table.remarks.push("The answers so far raise none.".to_owned());
    }
    cut(table, &[("Triggered by", 130), ("Breaks", 50), ("Closed by", 80)])
}

fn row(from: &Register, finding: &Finding) -> Option<Vec<String>> {
    let authored = from.catalogue.nonconformities.get(finding.nonconformity)?;
    let joined = |parts: Vec<String>| parts.join("; ");
    let triggers = finding.triggers.iter();
    let triggers = triggers.filter_map(|at| from.catalogue.practices.get(*at));
    let triggers = triggers.map(|it| {
        let standing = from.assessment.standing_kind(it.id);
        format!("{} ({})", it.title(), standing.title().to_lowercase())
    });
    let breaks = finding.breaks.iter();
    let breaks = breaks.filter_map(|at| from.catalogue.requirements.get(*at));
    let closed_by = finding.closed_by.iter();
    let closed_by = closed_by.filter_map(|at| from.catalogue.artefacts.get(*at));
    let grade = |grade: Option<Grade>| grade.map_or("", Grade::title).to_owned();
    Some(vec![
        authored.id.to_owned(),
        authored.title.to_owned(),
        authored.finding.to_owned(),
        grade(finding.iso_grade()),
        grade(finding.soc2_grade),
        joined(triggers.collect()),
        joined(breaks.map(wording::requirement_id).collect()),
        joined(closed_by.map(|it| it.title.to_owned()).collect()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Answer, Standing, fixture};

    #[test]
    fn finding_has_both_grades_and_the_answers_behind_it() {
        let mut assessment = fixture::assessment();
        let answer = Answer {
            standing: Standing::NotInPlace,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer);
        let analysis = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date());
        let table = findings(&Register {
            catalogue: &fixture::CATALOGUE,
            assessment: &assessment,
            analysis: &analysis,
        });
        let expected = [
            "changes-unreviewed",
            "Changes without review",
            "Changes go live that nobody else looked at.",
            "Potential minor",
            "Potential design deficiency",
            "Review (not in place)",
            "A.8.32; CC8.1",
            "Review records",
        ];
        assert_eq!(table.rows, [expected]);
        assert_eq!(table.columns.len(), expected.len());
    }
}
