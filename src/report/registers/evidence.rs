//! The evidence request list.

use super::{Register as Source, cut, table};
use crate::analysis::{EvidenceRequest, Window, evidence_requests};
use crate::domain::{Covers, EntryId, Field, Register, ScopeDate, Sheet, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// The columns. On paper the long ones stay out: they are in the CSV file.
const COLUMNS: [(&str, f32); 14] = [
    ("Request id", 1.5),
    ("Item", 4.0),
    ("Requirements", 1.6),
    ("Kind", 0.0),
    ("Period", 1.55),
    ("Population", 0.0),
    ("Sample guidance", 2.1),
    ("Source system, query", 0.0),
    ("Owner", 1.1),
    ("Due", 1.0),
    ("State", 0.9),
    ("Evidence id", 1.1),
    ("Location", 0.0),
    ("SHA-256", 0.0),
];

/// The evidence request list: what auditors will ask for, each with what is there of it, then evidence that was not
/// asked for.
pub(super) fn requests(from: &Source) -> RegisterTable {
    let requests = evidence_requests(from.catalogue, from.assessment, &from.analysis.ground);
    let mut rows = Vec::new();
    let mut listed: Vec<EntryId> = Vec::new();
    for request in &requests {
        if request.entries.is_empty() {
            rows.push(row(from, Some(request), None));
        }
        for id in &request.entries {
            rows.push(row(from, Some(request), Some(*id)));
            listed.push(*id);
        }
    }
    let all = from.assessment.register(Register::Evidence);
    let rest = all.filter_map(|(key, _)| key.entry_id());
    for id in rest.filter(|id| !listed.contains(id)) {
        rows.push(row(from, None, Some(id)));
    }
    let mut table = table(RegisterKind::EvidenceRequests, &COLUMNS, rows);
    table.remarks.push(wording::SAMPLES_ARE_CUSTOM.to_owned());
    cut(table, &[("Requirements", 20)])
}

fn row(from: &Source, request: Option<&EvidenceRequest>, id: Option<EntryId>) -> Vec<String> {
    let key = id.map(|id| SheetKey::entry(Register::Evidence, id));
    let sheet = key.map(|key| from.assessment.sheet(key)).unwrap_or_default();
    let day = |field| sheet.date(field).map(|it| it.to_string()).unwrap_or_default();
    let text = |field| sheet.text(field).to_owned();
    let title = key.map(|key| wording::sheet_title(from.assessment, key, &sheet));
    let asked = request.map(|it| it.artefact.title);
    let item = match (asked, title) {
        (Some(asked), Some(title)) if title != asked => format!("{asked}: {title}"),
        (Some(asked), _) => asked.to_owned(),
        (None, title) => title.unwrap_or_default(),
    };
    let requirements = request.map_or_else(|| requirements_of(from, &sheet), |it| it.requirements.clone());
    let requirements = requirements
        .iter()
        .filter_map(|at| from.catalogue.requirements.get(*at));
    let population = match text(Field::Population) {
        said if said.is_empty() => request.map_or("", |it| it.artefact.population).to_owned(),
        said => said,
    };
    let kind = from.catalogue.artefact(sheet.text(Field::Artefact));
    let kind = request.map(|it| it.artefact).or(kind);
    vec![
        request.map_or_else(
            || id.map(|id| format!("R-{id}")).unwrap_or_default(),
            EvidenceRequest::id,
        ),
        item,
        requirements.map(wording::requirement_id).collect::<Vec<_>>().join("; "),
        kind.map_or("", |it| wording::artefact_kind(it.kind)).to_owned(),
        period(from, request, &sheet),
        population,
        request.map_or_else(String::new, |it| wording::sample_guidance(&it.rhythms)),
        [text(Field::Source), text(Field::Query)]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        text(Field::Owner),
        day(Field::Due),
        wording::evidence_state(sheet.choice(Field::State), id.is_some()).to_owned(),
        id.map(|id| format!("E-{id}")).unwrap_or_default(),
        text(Field::Location),
        wording::hash_note(&sheet),
    ]
}

/// Positions of the requirements in scope that need a practice that a piece of evidence names.
fn requirements_of(from: &Source, sheet: &Sheet) -> Vec<usize> {
    let ground = &from.analysis.ground;
    let named = sheet.practices(Field::Practices);
    let named = named.filter_map(|id| from.catalogue.practice_index(id)).collect();
    ground.requirements_that_need(&named)
}

/// The period of a piece of evidence; without one, the period that an auditor will ask about: the window of the Type 2
/// report, or the as-of date of Type 1.
fn period(from: &Source, request: Option<&EvidenceRequest>, sheet: &Sheet) -> String {
    let days = |first: Option<String>, last: Option<String>| match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (first, last) => first.or(last).unwrap_or_default(),
    };
    let text = |field| sheet.date(field).map(|it| it.to_string());
    let stated = days(text(Field::From), text(Field::To));
    if !stated.is_empty() {
        return stated;
    }
    let scope = &from.assessment.scope;
    match request.map(|it| it.artefact.covers) {
        Some(Covers::Period) => Window::of(scope).map_or(String::new(), |it| format!("{} to {}", it.start, it.end)),
        Some(Covers::Moment) => scope
            .dates
            .get(&ScopeDate::AsOf)
            .map_or(String::new(), ToString::to_string),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Assessment, Choice, FieldValue, fixture};

    fn rows(assessment: &Assessment) -> Vec<Vec<String>> {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let from = Source {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        };
        requests(&from).rows
    }

    fn cell<'a>(row: &'a [String], title: &str) -> &'a str {
        let at = COLUMNS.iter().position(|it| it.0 == title).expect("a column");
        row.get(at).expect("a cell")
    }

    #[test]
    fn missing_evidence_has_a_row_of_its_own() {
        let rows = rows(&fixture::assessment());
        assert_eq!(rows.len(), 1);
        let row = rows.first().expect("a row");
        assert_eq!(row.len(), COLUMNS.len());
        assert_eq!(cell(row, "Request id"), "R-review-record");
        assert_eq!(cell(row, "State"), "Missing");
        assert_eq!(cell(row, "Requirements"), "A.8.32; 27017 8.32; CC8.1");
        assert_eq!(cell(row, "Population"), "each merged change");
        assert_eq!((cell(row, "Evidence id"), cell(row, "SHA-256")), ("", ""));
    }

    #[test]
    fn evidence_that_nobody_asked_for_has_a_row_too() {
        let mut assessment = fixture::assessment();
        let put = |assessment: &mut Assessment, n, sheet| {
            let id = EntryId::from_random(n);
            assessment.sheets.insert(SheetKey::entry(Register::Evidence, id), sheet);
            id
        };
        let asked = Sheet::default()
            .with_text(Field::Title, "Merged changes of March")
            .with_text(Field::Artefact, "review-record")
            .with_text(Field::Sha256, "ab12")
            .with(Field::Verified, FieldValue::Choice(Choice::Unchanged))
            .with(Field::State, FieldValue::Choice(Choice::Accepted));
        let asked = put(&mut assessment, 1, asked);
        let other = Sheet::default().with_text(Field::Title, "Letter of the landlord").with(
            Field::Practices,
            FieldValue::Practices([fixture::DOORS].into_iter().collect()),
        );
        let other = put(&mut assessment, 2, other);
        let rows = rows(&assessment);
        assert_eq!(rows.len(), 2);
        let first = rows.first().expect("a row");
        assert_eq!(cell(first, "Item"), "Review records: Merged changes of March");
        assert_eq!(cell(first, "State"), "Accepted");
        assert_eq!(cell(first, "Evidence id"), format!("E-{asked}"));
        assert_eq!(cell(first, "SHA-256"), "ab12 (unchanged since hashed)");
        let second = rows.last().expect("a row");
        assert_eq!(cell(second, "Request id"), format!("R-{other}"));
        assert_eq!(cell(second, "Item"), "Letter of the landlord");
        assert_eq!(cell(second, "State"), "State not said");
        assert_eq!(cell(second, "Requirements"), "CC8.1");
    }
}
