//! The supplier register and the shared responsibility matrix.

use super::{Register, cut, rows_where, table};
use crate::analysis::{Duties, DutyRow, PracticeDuty, PracticeSet, SupplierDuties, duties, supplier_shares};
use crate::domain::{Choice, EntryId, Field, FrameworkId, Register as Sheets, Sheet, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// The supplier register: a row for each supplier and report.
pub(super) fn suppliers(from: &Register) -> RegisterTable {
    let columns = [
        ("Supplier", 1.3),
        ("Services used", 0.0),
        ("Kind", 0.0),
        ("What it sees", 0.0),
        ("Place in the SOC 2 report", 1.3),
        ("How code scanning is deployed", 0.0),
        ("Controls assumed at the supplier", 0.0),
        ("Who watches it", 0.0),
        ("Next review", 0.0),
        ("Practices it can do", 0.0),
        ("Answers that inherit", 0.0),
        ("Report", 1.1),
        ("Scope of the report", 1.7),
        ("Names the service", 0.7),
        ("First day", 0.85),
        ("Last day", 0.85),
        ("Bridge letter to", 0.85),
        ("Opinion", 0.95),
        ("Exceptions that touch you", 1.9),
        ("Complementary user entity controls", 0.0),
        ("Seen on", 0.85),
        ("Seen by", 0.0),
        ("Where it is kept", 0.0),
    ];
    let mut rows = Vec::new();
    for share in supplier_shares(from.catalogue, from.assessment, &from.analysis.ground) {
        let sheet = from.assessment.sheet(SheetKey::entry(Sheets::Supplier, share.id));
        let of_supplier = |field| text(from, Sheets::Supplier, &sheet, field);
        let mut first = vec![
            wording::sheet_title(from.assessment, SheetKey::entry(Sheets::Supplier, share.id), &sheet),
            of_supplier(Field::Services),
            of_supplier(Field::Kinds),
            of_supplier(Field::Sees),
            of_supplier(Field::Method),
            of_supplier(Field::Scanner),
            of_supplier(Field::Csocs),
            of_supplier(Field::Owner),
            of_supplier(Field::ReviewOn),
            share.offers.len().to_string(),
            share.inherited.len().to_string(),
        ];
        if share.reports.is_empty() {
            first.push("No report entered".to_owned());
            first.resize(columns.len(), String::new());
            rows.push(first);
            continue;
        }
        for id in &share.reports {
            let mut row = first.clone();
            row.extend(report_cells(from, *id));
            rows.push(row);
        }
    }
    let mut shown = table(RegisterKind::Suppliers, &columns, rows);
    if shown.rows.is_empty() {
        return shown;
    }
    shown.remarks.push(
        "What stands here of a report was entered from it by the team, on the day given. Watching a supplier is never \
         inherited."
            .to_owned(),
    );
    shown
}

fn report_cells(from: &Register, id: EntryId) -> Vec<String> {
    let sheet = from.assessment.sheet(SheetKey::entry(Sheets::Report, id));
    let fields = [
        Field::Type,
        Field::Services,
        Field::NamesService,
        Field::From,
        Field::To,
        Field::BridgeTo,
        Field::Opinion,
        Field::Exceptions,
        Field::Cuecs,
        Field::ReviewedOn,
        Field::By,
        Field::Location,
    ];
    fields.map(|field| text(from, Sheets::Report, &sheet, field)).into()
}

fn text(from: &Register, register: Sheets, sheet: &Sheet, field: Field) -> String {
    register
        .field(field)
        .map(|spec| wording::field_text(from.catalogue, from.assessment, spec, sheet))
        .unwrap_or_default()
}

/// The shared responsibility matrix: the rows of ISO/IEC 27017, or without it the practices that suppliers can do; then
/// each supplier; then what the customers of a provider must do.
pub(super) fn responsibilities(from: &Register) -> RegisterTable {
    let columns = [
        ("Part", 0.8),
        ("Subject", 2.2),
        ("Who answers", 0.7),
        ("Both do, each on its side", 2.6),
        ("The provider does", 1.7),
        ("The customer does", 2.1),
        ("How it is divided", 2.0),
    ];
    let duties = duties(from.catalogue, from.assessment, &from.analysis.ground);
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.extend(duties.rows.iter().filter_map(|row| cloud_row(from, &duties, row)));
    rows.extend(duties.practices.iter().filter_map(|it| practice_row(from, &duties, it)));
    rows.extend(duties.suppliers.iter().map(|it| supplier_row(from, it)));
    rows.extend(duties.of_customers.iter().filter_map(|(requirement, practices)| {
        let row = from.catalogue.requirements.get(*requirement)?;
        Some(vec![
            "Your customers".to_owned(),
            wording::requirement_name(row),
            Choice::OfCustomer.title().to_owned(),
            String::new(),
            String::new(),
            wording::parts(from.catalogue, practices, *requirement),
            String::new(),
        ])
    }));
    let mut shown = table(RegisterKind::Responsibilities, &columns, rows);
    if from.analysis.framework(FrameworkId::Iso27017).is_some() {
        shown.remarks.push(wording::CLOUD_SOURCE.to_owned());
    }
    // A row that repeats 27002 has nothing to divide unless somebody has said how, or a supplier does part of it.
    let repeats = wording::audience(None);
    shown.left_out = rows_where(&shown.rows, |row| {
        row.first().is_some_and(|it| it == repeats) && row.last().is_none_or(String::is_empty)
    });
    if !shown.left_out.is_empty() {
        shown.remarks.push(format!(
            "Left out here: {} of ISO/IEC 27017 that repeat ISO/IEC 27002, without a word on how they are divided.",
            wording::count(shown.left_out.len(), "row", "rows")
        ));
    }
    let lists = [
        ("Both do, each on its side", 110),
        ("The provider does", 110),
        ("The customer does", 110),
        ("How it is divided", 110),
    ];
    cut(shown, &lists)
}

fn cloud_row(from: &Register, duties: &Duties, row: &DutyRow) -> Option<Vec<String>> {
    let requirement = from.catalogue.requirements.get(row.requirement)?;
    let of = |practices: &PracticeSet| wording::parts(from.catalogue, practices, row.requirement);
    let inherited = names(duties, &row.inherited_from);
    let inherited = (!inherited.is_empty()).then(|| format!("Inherited from {inherited}"));
    let notes = [
        (!row.note.is_empty()).then(|| row.note.trim_end_matches('.').to_owned()),
        inherited,
    ];
    Some(vec![
        wording::audience(row.audience).to_owned(),
        wording::requirement_name(requirement),
        row.responsibility.map_or("Not said", Choice::title).to_owned(),
        of(&row.of_both),
        of(&row.of_provider),
        of(&row.of_customer),
        notes.into_iter().flatten().collect::<Vec<_>>().join("; "),
    ])
}

fn practice_row(from: &Register, duties: &Duties, duty: &PracticeDuty) -> Option<Vec<String>> {
    let practice = from.catalogue.practices.get(duty.practice)?;
    Some(vec![
        "Practice".to_owned(),
        practice.title().to_owned(),
        duty.responsibility.map_or("Not said", Choice::title).to_owned(),
        String::new(),
        names(duties, &duty.suppliers),
        wording::practice_titles(from.catalogue, &duty.keeps),
        String::new(),
    ])
}

fn supplier_row(from: &Register, supplier: &SupplierDuties) -> Vec<String> {
    let titles = |set: &PracticeSet| wording::practice_titles(from.catalogue, set);
    let share = &supplier.share;
    let sentence = |lead: &str, parts: &[String]| {
        let parts: Vec<&str> = parts.iter().map(|it| it.trim_end_matches('.')).collect();
        (!parts.is_empty()).then(|| format!("{lead}: {}.", parts.join("; ")))
    };
    let expects = sentence("It expects of you", &supplier.expects);
    let assumes = sentence("You assume of it", &supplier.assumes);
    vec![
        "Supplier".to_owned(),
        share.name.clone(),
        String::new(),
        String::new(),
        titles(&share.inherited),
        titles(&share.keeps),
        [expects, assumes].into_iter().flatten().collect::<Vec<_>>().join(" "),
    ]
}

fn names(duties: &Duties, suppliers: &[usize]) -> String {
    let named = suppliers.iter().filter_map(|at| duties.suppliers.get(*at));
    named.map(|it| it.share.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Assessment, Fact, FieldValue, RequirementId, fixture};

    fn with_supplier() -> Assessment {
        let mut assessment = fixture::assessment();
        assessment.scope.facts.insert(Fact::CloudProvider, true);
        let id = EntryId::from_random(1);
        let sheet = Sheet::default()
            .with_text(Field::Title, "Example Cloud")
            .with(
                Field::Kinds,
                FieldValue::Choices([Choice::CloudPlatform].into_iter().collect()),
            )
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut));
        assessment.sheets.insert(SheetKey::entry(Sheets::Supplier, id), sheet);
        for (bits, kind) in [(2, Choice::Soc2Type2), (3, Choice::IsoCertificate)] {
            let report = Sheet::default()
                .with(Field::Supplier, FieldValue::Entries([id].into_iter().collect()))
                .with(Field::Type, FieldValue::Choice(kind))
                .with_text(Field::Cuecs, "Keys are rotated");
            assessment
                .sheets
                .insert(SheetKey::entry(Sheets::Report, EntryId::from_random(bits)), report);
        }
        assessment
    }

    fn tables(assessment: &Assessment) -> (RegisterTable, RegisterTable) {
        let analysis = Analysis::new(&CATALOGUE, assessment, fixture::date());
        let from = Register {
            catalogue: &CATALOGUE,
            assessment,
            analysis: &analysis,
        };
        (suppliers(&from), responsibilities(&from))
    }

    #[test]
    fn supplier_has_a_row_for_each_report_and_one_without_any() {
        let mut assessment = with_supplier();
        let bare = Sheet::default().with_text(Field::Title, "Example Payroll");
        let key = SheetKey::entry(Sheets::Supplier, EntryId::from_random(9));
        assessment.sheets.insert(key, bare);
        let (table, _) = tables(&assessment);
        assert_eq!(table.rows.len(), 3);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let text = table.rows.iter().flatten().cloned().collect::<Vec<_>>().join("|");
        for words in [
            "SOC 2 Type 2 report",
            "Subservice organisation, carve-out",
            "No report entered",
            "Keys are rotated",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }

    #[test]
    fn matrix_carries_what_was_said_the_suppliers_and_the_customers() {
        let mut assessment = with_supplier();
        let key = SheetKey::requirement(Sheets::SoaRow, RequirementId::new(FrameworkId::Iso27017, "5.38"));
        let sheet = Sheet::default()
            .with(Field::Responsibility, FieldValue::Choice(Choice::Shared))
            .with_text(Field::ResponsibilityNote, "Patching of hosts is theirs");
        assessment.sheets.insert(key, sheet);
        let (_, table) = tables(&assessment);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let row = table
            .rows
            .iter()
            .find(|row| row[1].starts_with("27017 5.38"))
            .expect("a row");
        assert_eq!(
            (row[2].as_str(), row[6].as_str()),
            (Choice::Shared.title(), "Patching of hosts is theirs")
        );
        assert!(row[4].len() > 5 && row[5].len() > 5, "both sides have a part: {row:?}");
        let supplier = table.rows.iter().find(|row| row[0] == "Supplier").expect("a row");
        assert!(supplier[6].contains("Keys are rotated"));
        assert!(table.rows.iter().any(|row| row[0] == "Your customers"));
        assert_eq!(table.remarks.first().map(String::as_str), Some(wording::CLOUD_SOURCE));
        assert!(!table.left_out.is_empty());
        assert!(table.left_out.iter().all(|at| table.rows[*at][0] == "Repeats 27002"));
    }

    #[test]
    fn without_suppliers_and_27017_the_matrix_is_empty() {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.insert(FrameworkId::Soc2);
        let (suppliers, matrix) = tables(&assessment);
        assert!(suppliers.rows.is_empty() && matrix.rows.is_empty());
        assert!(suppliers.remarks.is_empty() && matrix.remarks.is_empty());
    }
}
