//! How the sheets of registers are said: their names, and what is in their fields.

use crate::domain::{
    Assessment, Catalogue, Choice, EntryId, Field, FieldKind, FieldSpec, FieldValue, Register, Sheet, SheetKey,
    SortedSet,
};

/// The name by which a sheet is known: its title; an assurance report has the name of its supplier and its type.
#[must_use]
pub fn sheet_title(assessment: &Assessment, key: SheetKey, sheet: &Sheet) -> String {
    let title = sheet.text(Field::Title).trim();
    if !title.is_empty() {
        return title.to_owned();
    }
    if key.register == Register::Report {
        let suppliers = sheet.entries(Field::Supplier);
        let mut parts = entry_titles(assessment, Register::Supplier, suppliers);
        parts.extend(sheet.choice(Field::Type).map(|it| it.title().to_owned()));
        if !parts.is_empty() {
            return parts.join(", ");
        }
    }
    untitled(key.register)
}

/// What an entry of a register is called while it has no name.
pub(super) fn untitled(register: Register) -> String {
    format!("Untitled {}", register.one())
}

/// The names of some entries of a register; those that are no longer there are left out.
pub fn entry_titles(assessment: &Assessment, register: Register, ids: impl Iterator<Item = EntryId>) -> Vec<String> {
    ids.filter_map(|id| {
        let key = SheetKey::entry(register, id);
        let sheet = assessment.sheets.get(&key)?;
        Some(sheet_title(assessment, key, sheet))
    })
    .collect()
}

/// What a field holds, in words; blank for nothing. Days are written as in tables: 2026-03-31.
#[must_use]
pub fn field_text(catalogue: &Catalogue, assessment: &Assessment, spec: &FieldSpec, sheet: &Sheet) -> String {
    let joined = |parts: Vec<String>| parts.join("; ");
    match sheet.get(spec.field) {
        None => String::new(),
        Some(FieldValue::Text(text)) if spec.kind == FieldKind::Artefact => {
            let artefact = catalogue.artefact(text);
            artefact.map_or(text.as_str(), |it| it.title).to_owned()
        }
        Some(FieldValue::Text(text)) => text.clone(),
        Some(FieldValue::Date(date)) => date.to_string(),
        Some(FieldValue::Count(count)) => count.to_string(),
        Some(FieldValue::Choice(choice)) => choice.title().to_owned(),
        Some(FieldValue::Choices(set)) => joined(set.iter().copied().map(|it| Choice::title(it).to_owned()).collect()),
        Some(FieldValue::Practices(set)) => {
            let practices = set.iter().filter_map(|id| catalogue.practice(id.as_str()));
            joined(practices.map(|it| it.title().to_owned()).collect())
        }
        Some(FieldValue::Requirements(set)) => {
            // In the order of the catalogue, which knows that A.8.9 comes before A.8.22.
            let places = set.iter().filter_map(|id| catalogue.requirement_index(*id));
            let places: SortedSet<usize> = places.collect();
            let known = places.iter().filter_map(|at| catalogue.requirements.get(*at));
            joined(known.map(super::requirement_id).collect())
        }
        Some(FieldValue::Entries(set)) => {
            if let FieldKind::Entries(register) = spec.kind {
                joined(entry_titles(assessment, register, set.iter().copied()))
            } else {
                String::new()
            }
        }
        Some(FieldValue::Dates(set)) => joined(set.iter().map(ToString::to_string).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{FrameworkId, RequirementId, fixture};

    #[test]
    fn requirements_stand_in_the_order_of_the_catalogue() {
        let ids = ["A.8.31", "A.8.22", "A.5.21", "A.8.9"].map(|code| {
            let found = CATALOGUE.requirement(FrameworkId::Iso27001, code);
            found.expect("a control").id
        });
        let ids: SortedSet<RequirementId> = ids.into_iter().collect();
        let sheet = Sheet::default().with(Field::Controls, FieldValue::Requirements(ids));
        let spec = Register::Risk.field(Field::Controls).expect("a field");
        let said = field_text(&CATALOGUE, &Assessment::default(), spec, &sheet);
        assert_eq!(said, "A.5.21; A.8.9; A.8.22; A.8.31");
    }

    #[test]
    fn report_without_a_title_is_known_by_supplier_and_type() {
        let supplier = SheetKey::entry(Register::Supplier, EntryId::from_random(1));
        let report = SheetKey::entry(Register::Report, EntryId::from_random(2));
        let mut assessment = fixture::assessment();
        assessment
            .sheets
            .insert(supplier, Sheet::default().with_text(Field::Title, "Hostly"));
        let entries: SortedSet<_> = supplier.entry_id().into_iter().collect();
        let sheet = Sheet::default()
            .with(Field::Supplier, FieldValue::Entries(entries))
            .with(Field::Type, FieldValue::Choice(Choice::Soc2Type2));
        assert_eq!(sheet_title(&assessment, report, &sheet), "Hostly, SOC 2 Type 2 report");
        assert_eq!(
            sheet_title(&assessment, report, &Sheet::default()),
            "Untitled assurance report"
        );
        assessment.sheets.remove(&supplier);
        assert_eq!(sheet_title(&assessment, report, &sheet), "SOC 2 Type 2 report");
    }

    #[test]
    fn field_is_said_by_titles_not_by_ids() {
        let assessment = fixture::assessment();
        let say = |field: Field, value: FieldValue| {
            let spec = Register::Evidence.field(field).expect("a field of evidence");
            field_text(
                &fixture::CATALOGUE,
                &assessment,
                spec,
                &Sheet::default().with(field, value),
            )
        };
        let practices = [fixture::REVIEW].into_iter().collect();
        assert_eq!(say(Field::Practices, FieldValue::Practices(practices)), "Review");
        let kind = FieldValue::Text("review-record".to_owned());
        assert_eq!(say(Field::Artefact, kind), "Review records");
        assert_eq!(say(Field::State, FieldValue::Choice(Choice::Accepted)), "Accepted");
        assert_eq!(say(Field::Due, FieldValue::Date(fixture::date())), "2026-11-20");
    }
}
