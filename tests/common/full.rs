//! An assessment as full as a large one: every practice answered, five hundred pieces of evidence, records of operation,
//! suppliers with reports, risks. For benchmarks.

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Answer, Assessment, Category, Choice, Decision, EntryId, Facets, Field, FieldValue, FrameworkId, InclusionReason,
    Register, RequirementKind, ScopeDate, Sheet, SheetKey, Standing, date_from_text,
};

/// How many pieces of evidence it has.
pub const N_EVIDENCE: usize = 500;

/// The full assessment.
pub fn full_assessment() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    let dates = [
        (ScopeDate::AsOf, "2026-10-31"),
        (ScopeDate::WindowStart, "2026-01-01"),
        (ScopeDate::WindowEnd, "2026-12-31"),
        (ScopeDate::Stage2, "2027-03-01"),
    ];
    for (id, text) in dates {
        assessment.scope.dates.set(id, date_from_text(text));
    }
    for (index, practice) in CATALOGUE.practices.iter().enumerate() {
        let standing = match index % 4 {
            0 => Standing::NotInPlace,
            1 => Standing::Partly,
            _ => Standing::InPlace,
        };
        let facets = Facets {
            documented: Some(index % 3 == 0),
            evidenced: Some(index % 5 == 0),
            ..Facets::default()
        };
        let answer = Answer {
            standing,
            facets,
            ..Answer::default()
        };
        assessment.answers.insert(practice.id, answer);
        let days = (1..=12_u32).filter_map(|month| date_from_text(&format!("2026-{month:02}-15")));
        let operation = Sheet::default()
            .with_text(
                Field::Performed,
                "The lead checks the list each month and closes what is stale.",
            )
            .with(Field::Records, FieldValue::Dates(days.collect()));
        let key = SheetKey::practice(Register::Operation, practice.id);
        assessment.sheets.insert(key, operation);
    }
    for control in CATALOGUE
        .requirements
        .iter()
        .filter(|it| it.kind == RequirementKind::Control)
    {
        let reasons = [InclusionReason::Risk].into_iter().collect();
        assessment.decisions.insert(control.id, Decision::Included { reasons });
    }
    add_entries(&mut assessment);
    assessment
}

fn add_entries(assessment: &mut Assessment) {
    let id = |number: usize| EntryId::from_random(number as u64 + 1);
    let practices = |number: usize| {
        let some = CATALOGUE.practices.iter().cycle().skip(number).step_by(37).take(3);
        FieldValue::Practices(some.map(|it| it.id).collect())
    };
    let day = |text: &str| FieldValue::Date(date_from_text(text).unwrap_or_default());
    for number in 0..N_EVIDENCE {
        let artefact = CATALOGUE.artefacts.iter().cycle().nth(number).map_or("", |it| it.id);
        let evidence = Sheet::default()
            .with_text(Field::Title, &format!("Evidence {number}"))
            .with_text(Field::Artefact, artefact)
            .with_text(Field::Location, "https://example.org/evidence")
            .with_text(Field::Owner, "Zofia")
            .with(Field::State, FieldValue::Choice(Choice::Accepted))
            .with(Field::From, day("2026-07-01"))
            .with(Field::To, day("2026-09-30"))
            .with(Field::ExtractedOn, day("2026-10-02"))
            .with(Field::Practices, practices(number));
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Evidence, id(number)), evidence);
    }
    for number in 0..20 {
        let supplier = Sheet::default()
            .with_text(Field::Title, &format!("Supplier {number}"))
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut));
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Supplier, id(number)), supplier);
        let report = Sheet::default()
            .with(Field::Supplier, FieldValue::Entries([id(number)].into_iter().collect()))
            .with(Field::Type, FieldValue::Choice(Choice::Soc2Type2))
            .with(Field::From, day("2025-10-01"))
            .with(Field::To, day("2026-09-30"));
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Report, id(number)), report);
        let controls = CATALOGUE
            .requirements
            .iter()
            .filter(|it| it.kind == RequirementKind::Control);
        let risk = Sheet::default()
            .with_text(Field::Title, &format!("Risk {number}"))
            .with(Field::LikelihoodBefore, FieldValue::Count(3))
            .with(Field::ImpactBefore, FieldValue::Count(4))
            .with(
                Field::Controls,
                FieldValue::Requirements(controls.skip(number).take(4).map(|it| it.id).collect()),
            );
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Risk, id(number)), risk);
    }
}
