//! Documented information and the SOC 2 control matrix.

use super::{Register, cut, rows_where, table};
use crate::analysis::{DocumentRow, MatrixRow, control_id, control_matrix as matrix_rows, documents};
use crate::domain::{Choice, Field, FrameworkId, Register as Kept, Requirement, Sheet, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

const DOCUMENT_COLUMNS: [(&str, f32); 10] = [
    ("Clause or control", 1.2),
    ("Document", 3.2),
    ("Version", 0.7),
    ("Approved by", 1.1),
    ("Approved on", 0.9),
    ("Next review", 0.9),
    ("State", 1.2),
    ("Owner", 1.1),
    ("Location", 0.0),
    ("Note", 0.0),
];

/// The columns. Ids are long: on paper the mode and nature of a control make room for its sentence.
const MATRIX_COLUMNS: [(&str, f32); 10] = [
    ("Control id", 1.5),
    ("Control as performed", 4.2),
    ("Criteria", 0.8),
    ("Owner", 1.0),
    ("Frequency", 0.9),
    ("Manual/automated", 0.0),
    ("Preventive/detective", 0.0),
    ("Own/subservice", 1.1),
    ("First operated", 0.9),
    ("Evidence", 2.4),
];

/// What stands where nobody has written a control as performed; the practice follows.
const NOT_WRITTEN: &str = "Not written yet. Practice:";

/// Documented information.
pub(super) fn documented_information(from: &Register) -> RegisterTable {
    let rows = documents(from.catalogue, from.assessment, from.analysis.date);
    let rows = rows.iter().map(|row| document(from, row)).collect();
    table(RegisterKind::DocumentedInformation, &DOCUMENT_COLUMNS, rows)
}

fn ids<'a>(requirements: impl Iterator<Item = &'a Requirement>) -> String {
    requirements.map(wording::requirement_id).collect::<Vec<_>>().join(", ")
}

fn document(from: &Register, row: &DocumentRow) -> Vec<String> {
    let sheet = from.assessment.sheet(row.key);
    let clause = row.clause.and_then(|it| from.catalogue.requirements.get(it));
    let serves = sheet.requirements(Field::Controls);
    let serves = serves.filter_map(|it| from.catalogue.requirement(it.framework, it.code));
    // The team's own title stands beside what the clause asks for.
    let title = match sheet.text(Field::Title) {
        "" => row.title.clone(),
        own if *own == row.title => row.title.clone(),
        own => format!("{}: {own}", row.title),
    };
    let date = |field| sheet.date(field).map(|it| it.to_string()).unwrap_or_default();
    let text = |field| sheet.text(field).to_owned();
    vec![
        ids(clause.into_iter().chain(serves)),
        title,
        text(Field::Version),
        text(Field::ApprovedBy),
        date(Field::ApprovedOn),
        date(Field::ReviewOn),
        wording::document_state(row),
        text(Field::Owner),
        text(Field::Location),
        text(Field::Note),
    ]
}

/// The SOC 2 control matrix.
pub(super) fn control_matrix(from: &Register) -> RegisterTable {
    let rows = matrix_rows(from.catalogue, from.assessment, from.analysis);
    let remarks = if rows.is_empty() { Vec::new() } else { remarks(from) };
    let rows: Vec<Vec<String>> = rows.iter().filter_map(|row| control(from, row)).collect();
    let left_out = rows_where(&rows, |row| row.get(1).is_some_and(|it| it.starts_with(NOT_WRITTEN)));
    let mut matrix = RegisterTable {
        remarks,
        ..table(RegisterKind::ControlMatrix, &MATRIX_COLUMNS, rows)
    };
    if !left_out.is_empty() {
        matrix.remarks.push(format!(
            "Left out here: {} of {} that nobody has written as performed yet.",
            left_out.len(),
            wording::controls(matrix.rows.len())
        ));
    }
    matrix.left_out = left_out;
    cut(matrix, &[("Evidence", 60)])
}

fn control(from: &Register, row: &MatrixRow) -> Option<Vec<String>> {
    let practice = from.catalogue.practices.get(row.practice)?;
    let answer = from.assessment.answer(practice.id);
    let sheet = from.assessment.sheet(SheetKey::practice(Kept::Operation, practice.id));
    let performed = if row.is_written {
        sheet.text(Field::Performed).to_owned()
    } else {
        format!("{NOT_WRITTEN} {}", practice.title())
    };
    let criteria = row.criteria.iter();
    let criteria = criteria.filter_map(|it| from.catalogue.requirements.get(*it));
    let choice = |field| sheet.choice(field).map_or("", Choice::title).to_owned();
    let evidence = row.evidence.iter();
    let evidence = evidence.map(|it| wording::entry_name(from.assessment, Kept::Evidence, *it));
    Some(vec![
        control_id(practice.id),
        performed,
        ids(criteria),
        answer.owner.clone(),
        practice.rhythm.title().to_owned(),
        choice(Field::Mode),
        choice(Field::Nature),
        wording::own_or_subservice(row),
        row.first_operated.map(|it| it.to_string()).unwrap_or_default(),
        evidence.collect::<Vec<_>>().join("; "),
    ])
}

/// Subservice organisations with the controls assumed there, what reports expect of the organisation, and criteria that
/// were judged not relevant.
fn remarks(from: &Register) -> Vec<String> {
    let assessment = from.assessment;
    let mut remarks = Vec::new();
    for (_, supplier) in assessment.register(Kept::Supplier) {
        remarks.extend(subservice(supplier));
    }
    for (_, report) in assessment.register(Kept::Report) {
        let name = report.entries(Field::Supplier).next();
        let name = name.map(|it| assessment.sheet(SheetKey::entry(Kept::Supplier, it)));
        let name = name.as_ref().map_or("", |it| it.text(Field::Title));
        let cuecs = one_line(report.text(Field::Cuecs));
        if !cuecs.is_empty() {
            let name = if name.is_empty() { "A supplier" } else { name };
            remarks.push(format!(
                "Complementary user entity controls that the report of {name} expects: {cuecs}."
            ));
        }
    }
    let excluded = from.catalogue.requirements_of(FrameworkId::Soc2);
    for criterion in excluded {
        if let Some(crate::domain::Decision::Excluded { justification, .. }) = assessment.decisions.get(&criterion.id) {
            remarks.push(format!(
                "{} was judged not relevant: {}",
                criterion.id.code,
                justification.as_str()
            ));
        }
    }
    remarks
}

fn subservice(supplier: &Sheet) -> Option<String> {
    let method = supplier.choice(Field::Method)?;
    if !matches!(method, Choice::CarveOut | Choice::Inclusive) {
        return None;
    }
    let name = supplier.text(Field::Title);
    let assumed = match one_line(supplier.text(Field::Csocs)).as_str() {
        "" => "the controls assumed there are not listed yet".to_owned(),
        csocs => format!("controls assumed there (CSOCs): {csocs}"),
    };
    Some(format!("{}: {name}; {assumed}.", method.title()))
}

/// Lines as one sentence.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(|it| it.trim().trim_end_matches('.'));
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Assessment, EntryId, FieldValue, RequirementId, fixture};

    fn built(assessment: &Assessment, build: impl Fn(&Register) -> RegisterTable) -> RegisterTable {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        build(&Register {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        })
    }

    fn id(text: &str) -> EntryId {
        EntryId::parse(text).expect("an id")
    }

    #[test]
    fn document_that_nobody_entered_has_its_row() {
        let mut assessment = fixture::assessment();
        let table = built(&assessment, documented_information);
        let row = table.rows.first().expect("a row");
        assert_eq!(row[..2], ["Clause 4.3", "ISMS scope"]);
        assert_eq!(row[6], "Not entered");
        let key = SheetKey::requirement(Kept::Document, RequirementId::new(FrameworkId::Iso27001, "4.3"));
        let sheet = Sheet::default()
            .with_text(Field::Title, "Scope of the ISMS")
            .with(Field::State, FieldValue::Choice(Choice::Approved));
        assessment.sheets.insert(key, sheet);
        let table = built(&assessment, documented_information);
        let row = table.rows.first().expect("a row");
        assert_eq!(row[1], "ISMS scope: Scope of the ISMS");
        assert_eq!(row[6], "Approved, without name or date");
        assert_eq!(row.len(), table.columns.len());
    }

    #[test]
    fn matrix_has_the_columns_that_auditors_ask_for_and_says_what_is_not_written() {
        let mut assessment = fixture::assessment();
        let table = built(&assessment, control_matrix);
        assert_eq!(table.rows.len(), 3);
        let row = table.rows.first().expect("a row");
        assert_eq!(row[0], "C-delivery.review");
        assert_eq!(row[1], "Not written yet. Practice: Review");
        assert_eq!((row[2].as_str(), row[4].as_str()), ("CC8.1", "with each change"));
        assert_eq!(row.len(), table.columns.len());
        let sheet = Sheet::default().with_text(
            Field::Performed,
            "The lead approves each merge; the merge request keeps it.",
        );
        assessment
            .sheets
            .insert(SheetKey::practice(Kept::Operation, fixture::REVIEW), sheet);
        let written = built(&assessment, control_matrix);
        assert!(written.rows[0][1].starts_with("The lead approves"));
    }

    #[test]
    fn matrix_leaves_what_is_not_written_to_csv_and_says_how_many() {
        let mut assessment = fixture::assessment();
        let sheet = Sheet::default().with_text(Field::Performed, "The lead approves each merge.");
        let key = SheetKey::practice(Kept::Operation, fixture::REVIEW);
        assessment.sheets.insert(key, sheet);
        let table = built(&assessment, control_matrix);
        assert_eq!((table.rows.len(), table.left_out.as_slice()), (3, &[1, 2][..]));
        assert_eq!(
            table.remarks,
            ["Left out here: 2 of 3 controls that nobody has written as performed yet."]
        );
    }

    #[test]
    fn matrix_names_subservice_organisations_and_what_their_reports_expect() {
        let mut assessment = fixture::assessment();
        let supplier = Sheet::default()
            .with_text(Field::Title, "Example Cloud")
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut))
            .with_text(Field::Csocs, "Locks its doors.\n\nPatches its hosts");
        assessment
            .sheets
            .insert(SheetKey::entry(Kept::Supplier, id("aaaaaaaa")), supplier);
        let report = Sheet::default()
            .with(
                Field::Supplier,
                FieldValue::Entries([id("aaaaaaaa")].into_iter().collect()),
            )
            .with_text(Field::Cuecs, "Use MFA");
        assessment
            .sheets
            .insert(SheetKey::entry(Kept::Report, id("bbbbbbbb")), report);
        let table = built(&assessment, control_matrix);
        assert_eq!(
            table.remarks[..2],
            [
                "Subservice organisation, carve-out: Example Cloud; controls assumed there (CSOCs): Locks its doors; \
                 Patches its hosts.",
                "Complementary user entity controls that the report of Example Cloud expects: Use MFA."
            ]
        );
    }
}
