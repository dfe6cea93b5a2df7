//! Lint: a clean assessment has no fault, and each fault that is seeded into it is found exactly once and nothing else.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "common/random.rs"]
mod random;

use chrono::NaiveDate;
use concord::analysis::{Analysis, Fault, Ground, Lint, Place, answers_under, lint};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Choice, Conflict, Decision, EntryId, Facet, Facets, Fact, Field, FieldValue, FrameworkId,
    InclusionReason, PracticeId, Register, RequirementId, ScopeCount, ScopeDate, Sheet, SheetKey, Slot, Standing,
    Value, Words, apply,
};
use proptest::prelude::*;
use random::{actions, apply_all, config};

const REVIEW: PracticeId = PracticeId::new("source.peer-review");
const ACCESS: PracticeId = PracticeId::new("access.service-accounts");
const PHYSICAL: PracticeId = PracticeId::new("physical.boundary");

fn day(text: &str) -> NaiveDate {
    concord::domain::date_from_text(text).expect("a day")
}

fn today() -> NaiveDate {
    day("2026-11-20")
}

fn entry(register: Register, n: u64) -> SheetKey {
    SheetKey::entry(register, EntryId::from_random(n))
}

fn control(code: &'static str) -> RequirementId {
    RequirementId::new(FrameworkId::Iso27001, code)
}

fn row(code: &'static str) -> SheetKey {
    SheetKey::requirement(Register::SoaRow, control(code))
}

fn set(key: SheetKey, field: Field, value: FieldValue) -> Action {
    Action::SetField(key, field, Some(value))
}

fn text(key: SheetKey, field: Field, text: &str) -> Action {
    set(key, field, FieldValue::Text(text.to_owned()))
}

fn date(key: SheetKey, field: Field, text: &str) -> Action {
    set(key, field, FieldValue::Date(day(text)))
}

fn choice(key: SheetKey, field: Field, choice: Choice) -> Action {
    set(key, field, FieldValue::Choice(choice))
}

fn clear(key: SheetKey, field: Field) -> Action {
    Action::SetField(key, field, None)
}

fn exclude(code: &'static str, reason: &str) -> Action {
    let excluded = Decision::Excluded {
        justification: Words::new(reason).expect("not blank"),
        approver: "Ana".to_owned(),
        review_on: Some(day("2027-06-01")),
    };
    Action::SetDecision(control(code), Some(excluded))
}

const EVIDENCE: u64 = 1;
const OLDER: u64 = 2;
const SUPPLIER: u64 = 3;
const REPORT: u64 = 4;
const RISK: u64 = 5;
const RETAINED: u64 = 6;
const DOCUMENT: u64 = 7;

/// A practice that can be inherited from a cloud platform.
const CLOCK: PracticeId = PracticeId::new("monitoring.clock");

/// Something of everything that lint looks at, and nothing wrong with it.
fn clean() -> Assessment {
    let (evidence, older) = (entry(Register::Evidence, EVIDENCE), entry(Register::Evidence, OLDER));
    let (supplier, report) = (entry(Register::Supplier, SUPPLIER), entry(Register::Report, REPORT));
    let (risk, retained) = (entry(Register::Risk, RISK), entry(Register::Risk, RETAINED));
    let document = entry(Register::Document, DOCUMENT);
    let practices = FieldValue::Practices([REVIEW, ACCESS].into_iter().collect());
    let included = Decision::Included {
        reasons: [InclusionReason::Risk].into_iter().collect(),
    };
    let mut assessment = Assessment::default();
    let all = vec![
        Action::SetFramework(FrameworkId::Iso27001, true),
        Action::SetFramework(FrameworkId::Soc2, true),
        Action::SetDate(ScopeDate::WindowStart, Some(day("2026-01-01"))),
        Action::SetDate(ScopeDate::WindowEnd, Some(day("2026-10-31"))),
        Action::SetDate(ScopeDate::Stage1, Some(day("2026-12-01"))),
        Action::SetDate(ScopeDate::Stage2, Some(day("2027-01-15"))),
        Action::SetCount(ScopeCount::RiskAccepted, Some(6)),
        Action::SetStanding(REVIEW, Standing::InPlace),
        Action::SetFacets(REVIEW, Facets::default().with(Facet::Evidenced, Some(true))),
        Action::SetStanding(ACCESS, Standing::InPlace),
        Action::SetStanding(PracticeId::new("access.grant"), Standing::NotInPlace),
        Action::SetStanding(
            CLOCK,
            Standing::Inherited {
                supplier: Words::new("Example Cloud").expect("not blank"),
            },
        ),
        Action::SetDecision(control("A.8.32"), Some(included)),
        exclude("A.8.30", "All software is written by our own people"),
        // An older piece of the same practice does no harm.
        text(older, Field::Title, "Reviews of the first half year"),
        set(older, Field::Practices, practices.clone()),
        date(older, Field::From, "2026-01-01"),
        date(older, Field::To, "2026-06-30"),
        text(evidence, Field::Title, "Reviews of the window"),
        set(evidence, Field::Practices, practices),
        date(evidence, Field::From, "2026-01-01"),
        date(evidence, Field::To, "2026-10-31"),
        choice(evidence, Field::State, Choice::Accepted),
        text(evidence, Field::Location, "shared drive, audits"),
        text(supplier, Field::Title, "Example Cloud"),
        set(
            supplier,
            Field::Kinds,
            FieldValue::Choices([Choice::CloudPlatform, Choice::DataCentre].into_iter().collect()),
        ),
        choice(supplier, Field::Method, Choice::CarveOut),
        set(
            report,
            Field::Supplier,
            FieldValue::Entries([EntryId::from_random(SUPPLIER)].into_iter().collect()),
        ),
        choice(report, Field::Type, Choice::Soc2Type2),
        text(report, Field::Services, "All regions"),
        choice(report, Field::NamesService, Choice::Yes),
        date(report, Field::From, "2025-12-01"),
        date(report, Field::To, "2026-11-30"),
        choice(report, Field::Opinion, Choice::Unqualified),
        date(report, Field::ReviewedOn, "2026-11-10"),
        text(report, Field::By, "Ana"),
        text(risk, Field::Title, "Secrets leak"),
        text(risk, Field::Owner, "Ana"),
        choice(risk, Field::Option, Choice::Modify),
        set(
            risk,
            Field::Controls,
            FieldValue::Requirements([control("A.8.32")].into_iter().collect()),
        ),
        text(risk, Field::AcceptedBy, "Ana"),
        date(risk, Field::AcceptedOn, "2026-09-01"),
        text(retained, Field::Title, "Office printer fails"),
        text(retained, Field::Owner, "Ben"),
        choice(retained, Field::Option, Choice::Retain),
        set(retained, Field::LikelihoodBefore, FieldValue::Count(2)),
        set(retained, Field::ImpactBefore, FieldValue::Count(3)),
        text(retained, Field::AcceptedBy, "Ben"),
        date(retained, Field::AcceptedOn, "2026-09-01"),
        text(document, Field::Title, "Security policy"),
        choice(document, Field::State, Choice::Approved),
        date(document, Field::ReviewOn, "2027-02-01"),
        choice(row("A.8.32"), Field::Status, Choice::PartlyImplemented),
        text(
            row("A.8.32"),
            Field::StatusReason,
            "One repository is not protected yet",
        ),
    ];
    for action in all {
        let words = format!("{action:?}");
        apply(&mut assessment, &CATALOGUE, action).unwrap_or_else(|error| panic!("{words}: {error}"));
    }
    let key = SheetKey::requirement(Register::Override, control("A.5.1"));
    let ground = Ground::new(&CATALOGUE, &assessment);
    let position = CATALOGUE.requirement_index(control("A.5.1")).expect("a control");
    let answers = answers_under(&CATALOGUE, &assessment, &ground, position);
    let sheet = Sheet::default()
        .with(Field::Level, FieldValue::Choice(Choice::SetPartly))
        .with_text(Field::Reason, "The group's policy covers us")
        .with_text(Field::Alternative, "The group's policy, read by everybody")
        .with_text(Field::By, "Ana")
        .with(Field::On, FieldValue::Date(day("2026-09-01")))
        .with_text(Field::Answers, &answers);
    apply(&mut assessment, &CATALOGUE, Action::PutSheet(key, sheet)).expect("applies");
    assessment
}

fn lints(assessment: &Assessment) -> Vec<Lint> {
    let analysis = Analysis::new(&CATALOGUE, assessment, today());
    lint(&CATALOGUE, assessment, &analysis)
}

fn practice(id: PracticeId) -> Place {
    Place::Practice(CATALOGUE.practice_index(id).expect("a practice"))
}

fn requirement(code: &'static str) -> Place {
    Place::Requirement(CATALOGUE.requirement_index(control(code)).expect("a control"))
}

fn sheet(register: Register, n: u64) -> Place {
    Place::Sheet(entry(register, n))
}

/// One seed for each fault: what is done to the clean assessment, and where the fault is.
fn seeds() -> Vec<(Fault, Vec<Action>, Place)> {
    let evidence = entry(Register::Evidence, EVIDENCE);
    let extra = entry(Register::Evidence, 20);
    let (risk, retained) = (entry(Register::Risk, RISK), entry(Register::Risk, RETAINED));
    let supplier = entry(Register::Supplier, SUPPLIER);
    let report = entry(Register::Report, REPORT);
    let of_a51 = SheetKey::requirement(Register::Override, control("A.5.1"));
    let controls = |code| {
        set(
            risk,
            Field::Controls,
            FieldValue::Requirements([control(code)].into_iter().collect()),
        )
    };
    let other = Conflict {
        slot: Slot::Answer(REVIEW),
        value: Value::Answer(Box::default()),
        at: 0,
        by: String::new(),
    };
    let conflict = EntryId::from_random(30);
    vec![
        (
            Fault::UnresolvedConflict,
            vec![Action::Restore(vec![(
                Slot::Conflict(conflict),
                Value::Conflict(Some(Box::new(other))),
            )])],
            Place::Conflict(conflict),
        ),
        (
            Fault::WindowReversed,
            vec![Action::SetDate(ScopeDate::WindowEnd, Some(day("2025-12-31")))],
            Place::Scope,
        ),
        (
            Fault::StagesReversed,
            vec![Action::SetDate(ScopeDate::Stage2, Some(day("2026-11-30")))],
            Place::Scope,
        ),
        (
            Fault::PeriodReversed,
            vec![date(evidence, Field::From, "2026-11-01")],
            sheet(Register::Evidence, EVIDENCE),
        ),
        (
            Fault::ExcludedYetEvidenced,
            vec![
                exclude("A.7.1", "There are no premises"),
                text(extra, Field::Title, "Photos of the fence"),
                set(
                    extra,
                    Field::Practices,
                    FieldValue::Practices([PHYSICAL].into_iter().collect()),
                ),
            ],
            requirement("A.7.1"),
        ),
        (
            Fault::ExcludedYetTreatsRisk,
            vec![controls("A.8.30")],
            requirement("A.8.30"),
        ),
        (
            Fault::ExcludedYetSupplied,
            vec![exclude("A.5.20", "We have no suppliers")],
            requirement("A.5.20"),
        ),
        (
            Fault::UneditedDraft,
            vec![exclude(
                "A.8.30",
                "Draft, to be replaced: nobody outside writes software for us.",
            )],
            requirement("A.8.30"),
        ),
        (
            Fault::IncludedWithoutReason,
            vec![Action::SetDecision(
                control("A.8.32"),
                Some(Decision::Included {
                    reasons: std::iter::empty().collect(),
                }),
            )],
            requirement("A.8.32"),
        ),
        (
            Fault::StatusWithoutReason,
            vec![clear(row("A.8.32"), Field::StatusReason)],
            requirement("A.8.32"),
        ),
        (
            Fault::OverrideIncomplete,
            vec![clear(of_a51, Field::By)],
            requirement("A.5.1"),
        ),
        (
            Fault::OverrideToReview,
            vec![Action::SetStanding(
                PracticeId::new("leadership.security-policy"),
                Standing::Partly,
            )],
            requirement("A.5.1"),
        ),
        (
            Fault::InPlaceWithoutEvidence,
            vec![Action::SetStanding(
                PracticeId::new("access.removal"),
                Standing::InPlace,
            )],
            practice(PracticeId::new("access.removal")),
        ),
        (
            Fault::EvidenceStops,
            vec![date(evidence, Field::To, "2026-07-15")],
            sheet(Register::Evidence, EVIDENCE),
        ),
        (
            Fault::EvidenceOld,
            vec![
                // Without a window, the quarterly access review is what tells.
                Action::SetDate(ScopeDate::WindowStart, None),
                date(evidence, Field::To, "2026-07-15"),
            ],
            sheet(Register::Evidence, EVIDENCE),
        ),
        (
            Fault::EvidenceUnlocated,
            vec![clear(evidence, Field::Location)],
            sheet(Register::Evidence, EVIDENCE),
        ),
        (
            Fault::InheritedFromUnknown,
            vec![Action::SetStanding(
                CLOCK,
                Standing::Inherited {
                    supplier: Words::new("Another Cloud").expect("not blank"),
                },
            )],
            practice(CLOCK),
        ),
        (
            Fault::InheritedUnfit,
            vec![set(
                supplier,
                Field::Kinds,
                FieldValue::Choices([Choice::PayrollHr].into_iter().collect()),
            )],
            practice(CLOCK),
        ),
        (
            Fault::InheritedWithoutReport,
            vec![choice(report, Field::NamesService, Choice::No)],
            practice(CLOCK),
        ),
        (
            Fault::RiskWithoutOwner,
            vec![clear(risk, Field::Owner)],
            sheet(Register::Risk, RISK),
        ),
        (
            Fault::RiskWithoutAcceptance,
            vec![clear(risk, Field::AcceptedOn)],
            sheet(Register::Risk, RISK),
        ),
        (
            Fault::RiskWithoutControls,
            vec![clear(risk, Field::Controls)],
            sheet(Register::Risk, RISK),
        ),
        (
            Fault::RiskRetainedAbove,
            vec![set(retained, Field::ImpactBefore, FieldValue::Count(4))],
            sheet(Register::Risk, RETAINED),
        ),
        (
            Fault::DocumentOverdue,
            vec![date(entry(Register::Document, DOCUMENT), Field::ReviewOn, "2026-11-19")],
            sheet(Register::Document, DOCUMENT),
        ),
    ]
}

fn seeded(assessment: &mut Assessment, actions: Vec<Action>) {
    for action in actions {
        apply(assessment, &CATALOGUE, action).expect("applies");
    }
}

#[test]
fn clean_assessment_has_no_fault() {
    assert_eq!(lints(&clean()), []);
}

#[test]
fn every_fault_has_a_seed_and_words() {
    let seeds = seeds();
    for fault in Fault::ALL {
        let n = seeds.iter().filter(|(seed, _, _)| seed == fault).count();
        assert_eq!(n, 1, "{fault:?}");
        assert!(!fault.title().is_empty() && !fault.advice().is_empty(), "{fault:?}");
    }
}

#[test]
fn each_seeded_fault_is_found_exactly_once_and_nothing_else() {
    let mut wrong = Vec::new();
    for (fault, actions, place) in seeds() {
        let mut assessment = clean();
        seeded(&mut assessment, actions);
        let found: Vec<(Fault, Place)> = lints(&assessment).iter().map(|it| (it.fault, it.place)).collect();
        if found != [(fault, place)] {
            wrong.push(format!("{fault:?}: {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn exclusion_contradicts_an_inherited_practice() {
    let mut assessment = clean();
    seeded(&mut assessment, vec![exclude("A.8.17", "The platform does it")]);
    let found: Vec<(Fault, Place)> = lints(&assessment).iter().map(|it| (it.fault, it.place)).collect();
    assert_eq!(found, [(Fault::ExcludedYetSupplied, requirement("A.8.17"))]);
}

#[test]
fn evidence_that_is_only_asked_for_shows_nothing() {
    let mut assessment = clean();
    let evidence = entry(Register::Evidence, EVIDENCE);
    let older = entry(Register::Evidence, OLDER);
    seeded(
        &mut assessment,
        vec![
            choice(evidence, Field::State, Choice::Requested),
            choice(older, Field::State, Choice::Rejected),
        ],
    );
    let found: Vec<(Fault, Place)> = lints(&assessment).iter().map(|it| (it.fault, it.place)).collect();
    let bare = |id| (Fault::InPlaceWithoutEvidence, practice(id));
    let mut expected = [bare(REVIEW), bare(ACCESS)];
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn remote_company_that_excludes_its_premises_has_no_fault() {
    let mut assessment = clean();
    seeded(
        &mut assessment,
        vec![
            Action::SetFact(Fact::Premises, Some(false)),
            exclude("A.7.1", "The scope has no premises: everybody works from home"),
        ],
    );
    assert_eq!(lints(&assessment), []);
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn no_fault_stands_twice_at_one_place(actions in actions(120)) {
        let mut assessment = clean();
        apply_all(&mut assessment, actions);
        let mut seen = Vec::new();
        for lint in lints(&assessment) {
            prop_assert!(!seen.contains(&(lint.fault, lint.place)), "{:?}", lint);
            seen.push((lint.fault, lint.place));
        }
        let faults: Vec<Fault> = seen.iter().map(|(fault, _)| *fault).collect();
        let mut sorted = faults.clone();
        sorted.sort();
        prop_assert_eq!(faults, sorted);
    }
}
