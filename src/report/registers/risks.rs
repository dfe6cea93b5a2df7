//! The risk treatment plan.

use super::{Register, table};
use crate::analysis::{RiskRow, risk_rows};
use crate::domain::{Field, Register as Kept, ScopeCount, ScopeText, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// The columns. What could happen is in CSV only: it is long.
const COLUMNS: [(&str, f32); 12] = [
    ("Risk", 2.1),
    ("What could happen", 0.0),
    ("Owner", 1.0),
    ("Level before", 0.9),
    ("Option", 0.9),
    ("Controls", 1.3),
    ("Treatment plan", 2.6),
    ("Due", 0.9),
    ("Level after", 0.95),
    ("Accepted by", 0.9),
    ("Accepted on", 0.9),
    ("Note", 0.0),
];

/// The risk treatment plan.
pub(super) fn treatment_plan(from: &Register) -> RegisterTable {
    let rows = risk_rows(from.catalogue, from.assessment);
    let remarks = if rows.is_empty() {
        Vec::new()
    } else {
        remarks(from, &rows)
    };
    let cells = rows.iter().map(|row| risk(from, row)).collect();
    RegisterTable {
        remarks,
        ..table(RegisterKind::RiskTreatmentPlan, &COLUMNS, cells)
    }
}

fn remarks(from: &Register, rows: &[RiskRow]) -> Vec<String> {
    let scope = &from.assessment.scope;
    let criteria = match scope.text(ScopeText::RiskCriteria) {
        "" => "Risk criteria: not stated.".to_owned(),
        text => format!("Risk criteria: {text}"),
    };
    let accepted = wording::risk_accepted(scope.counts.get(&ScopeCount::RiskAccepted).copied());
    let n_accepted = rows.iter().filter(|row| row.is_accepted).count();
    let owners = format!(
        "Risk owners have accepted plan and remaining risk for {n_accepted} of {}.",
        wording::count(rows.len(), "risk", "risks")
    );
    vec![criteria, accepted, owners]
}

fn risk(from: &Register, row: &RiskRow) -> Vec<String> {
    let assessment = from.assessment;
    let sheet = assessment.sheet(SheetKey::entry(Kept::Risk, row.id));
    let level = |level, likelihood, impact| {
        let said = wording::risk_level(level, sheet.count(likelihood), sheet.count(impact));
        if said.is_empty() { "not rated".to_owned() } else { said }
    };
    let date = |field| sheet.date(field).map(|it| it.to_string()).unwrap_or_default();
    let controls = row
        .controls
        .iter()
        .filter_map(|it| from.catalogue.requirements.get(*it));
    let mut controls: Vec<String> = controls.map(wording::requirement_id).collect();
    controls.extend(
        row.own_controls
            .iter()
            .map(|it| wording::entry_name(assessment, Kept::OwnControl, *it)),
    );
    let mark = |is_it: bool| {
        if is_it && row.is_above == Some(true) {
            ", above the accepted level"
        } else {
            ""
        }
    };
    vec![
        wording::entry_name(assessment, Kept::Risk, row.id),
        sheet.text(Field::Scenario).to_owned(),
        sheet.text(Field::Owner).to_owned(),
        level(row.before, Field::LikelihoodBefore, Field::ImpactBefore) + mark(row.after.is_none()),
        sheet
            .choice(Field::Option)
            .map_or("not chosen", crate::domain::Choice::title)
            .to_owned(),
        controls.join(", "),
        sheet.text(Field::Treatment).to_owned(),
        date(Field::Due),
        level(row.after, Field::LikelihoodAfter, Field::ImpactAfter) + mark(row.after.is_some()),
        sheet.text(Field::AcceptedBy).to_owned(),
        date(Field::AcceptedOn),
        sheet.text(Field::Note).to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Assessment, Choice, EntryId, FieldValue, FrameworkId, RequirementId, Sheet, fixture};

    fn plan(assessment: &Assessment) -> RegisterTable {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        treatment_plan(&Register {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        })
    }

    #[test]
    fn plan_prints_levels_with_what_they_come_from() {
        let mut assessment = fixture::assessment();
        assert_eq!((plan(&assessment).rows.len(), plan(&assessment).remarks.len()), (0, 0));
        let control = RequirementId::new(FrameworkId::Iso27001, "A.8.32");
        let sheet = Sheet::default()
            .with_text(Field::Title, "Secrets leak")
            .with(Field::LikelihoodBefore, FieldValue::Count(4))
            .with(Field::ImpactBefore, FieldValue::Count(5))
            .with(Field::Option, FieldValue::Choice(Choice::Modify))
            .with(
                Field::Controls,
                FieldValue::Requirements([control].into_iter().collect()),
            );
        let key = SheetKey::entry(Kept::Risk, EntryId::parse("abcdefgh").expect("an id"));
        assessment.sheets.insert(key, sheet);
        assessment.scope.counts.insert(ScopeCount::RiskAccepted, 6);
        let table = plan(&assessment);
        let row = table.rows.first().expect("a row");
        let shown: Vec<&str> = [0, 3, 4, 5, 8].iter().map(|at| row[*at].as_str()).collect();
        assert_eq!(
            shown,
            [
                "RISK-abcdefgh Secrets leak",
                "20 (4 × 5), above the accepted level",
                "Modify by controls",
                "A.8.32",
                "not rated"
            ]
        );
        assert_eq!(row.len(), table.columns.len());
        assert!(table.remarks[1].contains("Up to 6"));
        assert!(table.remarks[2].contains("0 of 1 risk"));
    }
}
