//! CSV: UTF-8 with a byte order mark, CRLF, ids with their prefix, ISO 8601 dates, and a guard against cells that a
//! spreadsheet would run as a formula.

use csv::{Terminator, WriterBuilder};

use super::export::ExportError;
use super::model::{CrosswalkRow, GapRow, RegisterKind, ReportModel, SoaRow};

const GAP_COLUMNS: [&str; 14] = [
    "Gap id",
    "Framework and edition",
    "Requirement",
    "Expected",
    "What is there",
    "Gap",
    "Potential grade",
    "Priority",
    "Also closes",
    "Recommendation",
    "Effort",
    "Owner",
    "Due",
    "Evidence missing",
];

const SOA_COLUMNS: [&str; 19] = [
    "Control",
    "Title",
    "Theme",
    "Edition",
    "Applicable",
    "Inclusion reasons",
    "Exclusion justification",
    "Exclusion approved by",
    "Exclusion review on",
    "Status",
    "How implemented",
    "Document",
    "Evidence",
    "Risks",
    "Owner",
    "Last reviewed",
    "Role",
    "Responsibility",
    "Notes",
];

const CROSSWALK_COLUMNS: [&str; 6] = ["From", "To", "Relation", "Because", "Remainder from", "Remainder to"];

/// The gap register.
///
/// # Errors
/// If the writer fails, which it does not in memory.
pub fn gap_register_csv(model: &ReportModel) -> Result<Vec<u8>, ExportError> {
    let row = |gap: &GapRow| {
        [
            &gap.gap_id,
            &gap.framework,
            &gap.requirement,
            &gap.expected,
            &gap.present,
            &gap.gap,
            &gap.grade,
            &gap.priority,
            &gap.also_closes,
            &gap.recommendation,
            &gap.effort,
            &gap.owner,
            &gap.due,
            &gap.evidence_missing,
        ]
        .map(|cell| guarded(cell))
    };
    write(&GAP_COLUMNS, model.gaps.iter().map(row))
}

/// The Statement of Applicability.
///
/// # Errors
/// If the writer fails, which it does not in memory.
pub fn soa_csv(model: &ReportModel) -> Result<Vec<u8>, ExportError> {
    let row = |soa: &SoaRow| {
        [
            &soa.control,
            &soa.title,
            &soa.theme,
            &soa.edition,
            &soa.applicable,
            &soa.inclusion_reasons,
            &soa.exclusion_justification,
            &soa.approver,
            &soa.review_on,
            &soa.status,
            &soa.how,
            &soa.document,
            &soa.evidence,
            &soa.risks,
            &soa.owner,
            &soa.last_reviewed,
            &soa.role,
            &soa.responsibility,
            &soa.notes,
        ]
        .map(|cell| guarded(cell))
    };
    write(&SOA_COLUMNS, model.soa.iter().map(row))
}

/// A register.
///
/// # Errors
/// If the writer fails, which it does not in memory.
pub fn register_csv(model: &ReportModel, kind: RegisterKind) -> Result<Vec<u8>, ExportError> {
    let table = model.registers.iter().find(|table| table.kind == kind);
    let table = table.ok_or_else(|| ExportError::Csv(format!("the report has no {}", kind.title())))?;
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    write(
        &titles,
        table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| guarded(cell)).collect::<Vec<_>>()),
    )
}

/// The crosswalk.
///
/// # Errors
/// If the writer fails, which it does not in memory.
pub fn crosswalk_csv(model: &ReportModel) -> Result<Vec<u8>, ExportError> {
    let row = |pair: &CrosswalkRow| {
        [
            &pair.from,
            &pair.to,
            &pair.relation,
            &pair.because,
            &pair.remainder_from,
            &pair.remainder_to,
        ]
        .map(|cell| guarded(cell))
    };
    write(&CROSSWALK_COLUMNS, model.crosswalk.iter().map(row))
}

fn write<R>(columns: &[&str], rows: impl Iterator<Item = R>) -> Result<Vec<u8>, ExportError>
where
    R: IntoIterator,
    R::Item: AsRef<[u8]>,
{
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let failed = |error: csv::Error| ExportError::Csv(error.to_string());
    writer.write_record(columns).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.to_string()))
}

/// The cell with a guard in front, if a spreadsheet would take it for a formula. A cell that looks guarded already gets
/// another guard, so that taking off exactly one gives the cell back.
fn guarded(cell: &str) -> String {
    if needs_guard(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cell without its guard, if it has one: what was written, exactly.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(cell)
}

fn needs_guard(cell: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{a0}' | '\u{200b}');
    let bare = cell.trim_start_matches('\'');
    if bare.starts_with(['\t', '\r']) {
        return true;
    }
    let first = bare.trim_start_matches(is_blank);
    first.starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}',
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        reader
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect()
    }

    fn check(cell: &str, expect: &str) {
        assert_eq!(guarded(cell), expect);
        assert_eq!(unguarded(expect), cell);
    }

    #[test]
    fn formulas_are_guarded_and_words_are_not() {
        check("=1+1", "'=1+1");
        check(" \u{a0}\n@cmd", "' \u{a0}\n@cmd");
        check("\u{ff1d}1", "'\u{ff1d}1");
        check("'=1", "''=1");
        check("A.8.32 Change management", "A.8.32 Change management");
        check("'tis", "'tis");
        check("", "");
    }

    #[test]
    fn lines_end_in_crlf_and_headers_are_those_of_the_register() {
        let bytes = gap_register_csv(&ReportModel::default()).expect("written");
        assert!(bytes.ends_with(b"Evidence missing\r\n"));
        assert_eq!(cells(&bytes), [GAP_COLUMNS.map(str::to_owned).to_vec()]);
    }

    proptest! {
        #[test]
        fn cells_come_back_and_none_starts_a_formula(texts in prop::collection::vec("[ \\t\\r\\n'=+@a\"é,;\u{feff}\u{a0}-]{0,6}", 6)) {
            let [from, to, relation, because, remainder_from, remainder_to]: [String; 6] =
                texts.clone().try_into().expect("six");
            let row = CrosswalkRow { from, to, relation, because, remainder_from, remainder_to };
            let model = ReportModel { crosswalk: vec![row], ..ReportModel::default() };
            let read = cells(&crosswalk_csv(&model).expect("written"));
            let row = read.get(1).expect("a row");
            prop_assert_eq!(row.iter().map(|cell| unguarded(cell).to_owned()).collect::<Vec<_>>(), texts);
            for cell in row {
                let first = cell.chars().find(|c| !c.is_whitespace() && *c != '\u{feff}');
                prop_assert!(!first.is_some_and(|c| "=+-@".contains(c)), "{:?}", cell);
            }
        }
    }
}
