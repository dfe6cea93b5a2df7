//! Properties of the gates, on random answers, registers and overrides over the real catalogue.
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

use chrono::{Days, NaiveDate};
use concord::analysis::{Analysis, Blocker, Clearance, Gate, GateCount, GateReadiness, Window, operation_count};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Answer, Assessment, Category, Choice, Decision, EntryId, Facet, Facets, Fact, Field, FieldValue,
    FrameworkId, InclusionReason, Practice, Register, RequirementId, RequirementKind, Rhythm, ScopeDate, ScopeText,
    Sheet, SheetKey, Slot, SortedSet, Standing, StandingKind, Subject, Value, Words, apply,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use random::{actions, apply_all, config, scope_action};

fn day(text: &str) -> NaiveDate {
    concord::domain::date_from_text(text).expect("a date")
}

/// The day on which the analyses are seen: after the window.
const TODAY: &str = "2026-11-20";

fn window() -> Window {
    Window {
        start: day("2026-02-01"),
        end: day("2026-07-31"),
    }
}

fn words(text: &str) -> Words {
    Words::new(text).expect("not blank")
}

fn standing(kind: StandingKind) -> Standing {
    match kind {
        StandingKind::NotAnswered => Standing::NotAnswered,
        StandingKind::NotInPlace => Standing::NotInPlace,
        StandingKind::Partly => Standing::Partly,
        StandingKind::InPlace => Standing::InPlace,
        StandingKind::AnotherWay => Standing::AnotherWay {
            description: words("pairing"),
            risk: words("unseen faults"),
        },
        StandingKind::NotApplicable => Standing::NotApplicable {
            reason: words("there is none"),
        },
        StandingKind::Inherited => Standing::Inherited {
            supplier: words("Example Cloud"),
        },
    }
}

fn set_answer(assessment: &mut Assessment, practice: &Practice, kind: StandingKind, facets: Facets) {
    let answer = Answer {
        standing: standing(kind),
        facets,
        ..assessment.answer(practice.id)
    };
    assessment.put(Slot::Answer(practice.id), Value::Answer(Box::new(answer)));
}

fn put(assessment: &mut Assessment, key: SheetKey, field: Field, value: FieldValue) {
    let sheet = assessment.sheet(key).with(field, value);
    assessment.sheets.insert(key, sheet);
}

fn entry(register: Register, n: u64) -> SheetKey {
    SheetKey::entry(register, EntryId::from_random(n))
}

fn operation(practice: &Practice) -> SheetKey {
    SheetKey::practice(Register::Operation, practice.id)
}

/// Every framework and category, all dates stated, nothing answered.
fn whole_scope() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    for (date, on) in [
        (ScopeDate::AsOf, "2026-01-31"),
        (ScopeDate::WindowStart, "2026-02-01"),
        (ScopeDate::WindowEnd, "2026-07-31"),
    ] {
        assessment.scope.dates.insert(date, day(on));
    }
    assessment
}

/// How a practice is said to have operated.
#[derive(Clone, Copy, Debug)]
enum Operated {
    Whole,
    Zero,
    Missed,
}

/// Enters how a practice operated, completely. Every record lies in the window, so after the as-of date.
fn operate(assessment: &mut Assessment, practice: &Practice, operated: Operated) {
    let key = operation(practice);
    let window = window();
    match (operated, practice.rhythm) {
        (Operated::Missed, _) => put(assessment, key, Field::Deviations, FieldValue::Count(1)),
        (Operated::Zero, Rhythm::OnEvent | Rhythm::OnChange) => {
            put(assessment, key, Field::Population, FieldValue::Count(0));
            put(assessment, key, Field::ZeroOn, FieldValue::Date(window.end));
        }
        (Operated::Whole, Rhythm::OnEvent | Rhythm::OnChange) => {
            put(assessment, key, Field::Population, FieldValue::Count(40));
            put(assessment, key, Field::Sampled, FieldValue::Count(10));
            put(assessment, key, Field::Deviations, FieldValue::Count(0));
        }
        (Operated::Whole | Operated::Zero, Rhythm::Continuous) => {
            put(assessment, key, Field::SettingAtStart, FieldValue::Date(window.start));
            put(assessment, key, Field::SettingAtEnd, FieldValue::Date(window.end));
            put(assessment, key, Field::LogSeen, FieldValue::Date(window.end));
        }
        (
            Operated::Whole | Operated::Zero,
            Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::HalfYearly | Rhythm::Yearly,
        ) => {
            let days = window.start.iter_days().take_while(|it| *it <= window.end);
            put(assessment, key, Field::Records, FieldValue::Dates(days.collect()));
        }
    }
}

fn include(assessment: &mut Assessment, id: RequirementId) {
    let reasons = [InclusionReason::Risk].into_iter().collect();
    assessment.decisions.insert(id, Decision::Included { reasons });
}

fn include_all(assessment: &mut Assessment) {
    for control in CATALOGUE
        .requirements
        .iter()
        .filter(|it| it.kind == RequirementKind::Control)
    {
        include(assessment, control.id);
    }
}

/// A supplier called Example Cloud with a reviewed Type 2 report over the window.
fn example_cloud(assessment: &mut Assessment, method: Choice, kind: Choice, report_type: Choice) {
    let (supplier, report) = (entry(Register::Supplier, 1), entry(Register::Report, 2));
    let of: SortedSet<EntryId> = supplier.entry_id().into_iter().collect();
    // A certificate runs for three years, a report looks back.
    let to = if report_type == Choice::IsoCertificate {
        "2028-09-30"
    } else {
        "2026-09-30"
    };
    for (key, field, value) in [
        (supplier, Field::Title, FieldValue::Text("Example Cloud".to_owned())),
        (supplier, Field::Method, FieldValue::Choice(method)),
        (
            supplier,
            Field::Kinds,
            FieldValue::Choices([kind].into_iter().collect()),
        ),
        (report, Field::Supplier, FieldValue::Entries(of)),
        (report, Field::Type, FieldValue::Choice(report_type)),
        (report, Field::NamesService, FieldValue::Choice(Choice::Yes)),
        (report, Field::From, FieldValue::Date(day("2025-10-01"))),
        (report, Field::To, FieldValue::Date(day(to))),
        (report, Field::ReviewedOn, FieldValue::Date(day("2026-10-20"))),
        (report, Field::By, FieldValue::Text("Mara".to_owned())),
    ] {
        put(assessment, key, field, value);
    }
}

fn analyse_on(assessment: &Assessment, date: &str) -> Analysis {
    Analysis::new(&CATALOGUE, assessment, day(date))
}

fn gates(assessment: &Assessment) -> Vec<GateReadiness> {
    analyse_on(assessment, TODAY).gates
}

fn at(assessment: &Assessment, gate: Gate) -> GateReadiness {
    let mut gates = gates(assessment).into_iter();
    gates.find(|it| it.gate == gate).expect("in scope")
}

const fn interval(count: GateCount) -> (usize, usize) {
    (count.n_cleared, count.n_cleared + count.n_open)
}

/// The counts of a gate, each with its name.
fn counts(gate: &GateReadiness) -> Vec<(&'static str, GateCount)> {
    let mut counts = vec![
        ("with overrides", gate.count),
        ("by answers", gate.by_answers),
        ("practices", gate.practice_count),
    ];
    counts.extend(gate.with_cloud_content.map(|count| ("with cloud content", count)));
    counts
}

/// What is generated for one practice: mostly there, or anything.
type Said = (StandingKind, [Option<bool>; 3], Option<Operated>);

fn said() -> impl Strategy<Value = Vec<Said>> {
    let any_kind = || select(StandingKind::CHOICES.to_vec());
    let operated = || {
        proptest::option::weighted(
            0.8,
            prop_oneof![8 => Just(Operated::Whole), 2 => Just(Operated::Zero), 1 => Just(Operated::Missed)],
        )
    };
    let facet = |yes: u32| prop_oneof![yes => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
    let mostly = (
        prop_oneof![
            60 => Just(StandingKind::InPlace),
            2 => Just(StandingKind::Inherited),
            1 => any_kind(),
            1 => Just(StandingKind::NotAnswered)
        ],
        [facet(30), facet(30), facet(30)],
        operated(),
    );
    let mixed = (
        prop_oneof![2 => any_kind(), 1 => Just(StandingKind::NotAnswered)],
        [facet(2), facet(2), facet(2)],
        operated(),
    );
    let n = CATALOGUE.practices.len();
    prop_oneof![2 => vec(mostly, n), 1 => vec(mixed, n)]
}

fn facets_of([documented, enforced, evidenced]: [Option<bool>; 3]) -> Facets {
    Facets {
        documented,
        enforced,
        evidenced,
        improved: None,
    }
}

/// Overrides, documents, plans and other sheets about requirements.
fn sheets() -> impl Strategy<Value = Vec<(SheetKey, Sheet)>> {
    let requirement = || (0..CATALOGUE.requirements.len()).prop_map(|at| CATALOGUE.requirements[at].id);
    let clause = (0..30_usize).prop_map(|at| CATALOGUE.requirements[at].id);
    let level = select(vec![
        Choice::SetReady,
        Choice::SetReady,
        Choice::SetPartly,
        Choice::SetNotReady,
    ]);
    let override_of = (requirement(), level, any::<bool>()).prop_map(|(id, level, is_complete)| {
        let by = if is_complete { "Mara" } else { "" };
        let sheet = Sheet::default()
            .with(Field::Level, FieldValue::Choice(level))
            .with(Field::On, FieldValue::Date(day(TODAY)))
            .with_text(Field::Reason, "because")
            .with_text(Field::Alternative, "something else");
        let mut sheet = sheet;
        sheet.set(Field::By, Some(FieldValue::Text(by.to_owned())));
        (SheetKey::requirement(Register::Override, id), sheet)
    });
    let state = select(vec![Choice::Missing, Choice::Draft, Choice::Approved, Choice::Approved]);
    let document = (clause, 0..3_u8, proptest::option::weighted(0.8, state)).prop_map(|(id, part, state)| {
        let key = SheetKey {
            register: Register::Document,
            subject: Subject::Requirement(id, part),
        };
        let mut sheet = Sheet::default()
            .with_text(Field::Title, "A document")
            .with_text(Field::ApprovedBy, "Mara")
            .with(Field::ApprovedOn, FieldValue::Date(day(TODAY)));
        sheet.set(Field::State, state.map(FieldValue::Choice));
        (key, sheet)
    });
    let planned = requirement().prop_map(|id| {
        let sheet = Sheet::default().with(Field::PlannedOn, FieldValue::Date(day("2027-03-01")));
        (SheetKey::requirement(Register::SoaRow, id), sheet)
    });
    vec(prop_oneof![override_of, document, planned], 0..40)
}

/// A random assessment with registers, some of it out of scope. The dates of the window stay.
fn assessments() -> impl Strategy<Value = Assessment> {
    let narrowing = vec(scope_action(), 0..12);
    let undecided = vec(any::<Index>(), 0..6);
    (said(), sheets(), narrowing, undecided, any::<bool>()).prop_map(|(said, sheets, narrowing, undecided, covered)| {
        let mut assessment = whole_scope();
        apply_all(&mut assessment, narrowing);
        assessment.scope.dates = whole_scope().scope.dates;
        assessment.scope.frameworks = whole_scope().scope.frameworks;
        include_all(&mut assessment);
        for index in undecided {
            assessment
                .decisions
                .remove(&CATALOGUE.requirements[index.index(CATALOGUE.requirements.len())].id);
        }
        for (practice, (kind, facets, operated)) in CATALOGUE.practices.iter().zip(said) {
            set_answer(&mut assessment, practice, kind, facets_of(facets));
            if let Some(operated) = operated {
                operate(&mut assessment, practice, operated);
            }
        }
        for (key, sheet) in sheets {
            assessment.sheets.insert(key, sheet);
        }
        let report = if covered {
            Choice::Soc2Type2
        } else {
            Choice::IsoCertificate
        };
        example_cloud(&mut assessment, Choice::CarveOut, Choice::CloudPlatform, report);
        assessment
    })
}

/// One step up, where there is one.
const fn raised(kind: StandingKind) -> StandingKind {
    match kind {
        StandingKind::NotInPlace => StandingKind::Partly,
        StandingKind::Partly | StandingKind::InPlace => StandingKind::InPlace,
        StandingKind::NotAnswered
        | StandingKind::AnotherWay
        | StandingKind::NotApplicable
        | StandingKind::Inherited => kind,
    }
}

/// No becomes yes; not said stays.
fn raised_facets(facets: Facets) -> Facets {
    Facet::ALL.into_iter().fold(facets, |facets, facet| {
        facets.with(facet, facets.get(facet).map(|_| true))
    })
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn raising_answers_never_lowers_a_gate(
        start in assessments(),
        raises in vec((any::<Index>(), any::<bool>(), any::<bool>()), 1..120),
    ) {
        let mut assessment = start.clone();
        for (index, standing, facets) in raises {
            let practice = &CATALOGUE.practices[index.index(CATALOGUE.practices.len())];
            let answer = assessment.answer(practice.id);
            let kind = answer.standing.kind();
            set_answer(
                &mut assessment,
                practice,
                if standing { raised(kind) } else { kind },
                if facets { raised_facets(answer.facets) } else { answer.facets },
            );
        }
        for (low, high) in gates(&start).iter().zip(&gates(&assessment)) {
            prop_assert_eq!((low.gate, low.framework), (high.gate, high.framework));
            for ((name, before), (_, after)) in counts(low).into_iter().zip(counts(high)) {
                let ((low_before, high_before), (low_after, high_after)) = (interval(before), interval(after));
                prop_assert!(low_after >= low_before, "{:?} {}: {:?} then {:?}", low.gate, name, before, after);
                prop_assert!(high_after >= high_before, "{:?} {}: {:?} then {:?}", low.gate, name, before, after);
            }
            prop_assert!(high.blockers.len() <= low.blockers.len(), "{:?}: {:?}", low.gate, high.blockers);
            prop_assert_eq!(low.requirements.len(), high.requirements.len());
            for (before, after) in low.requirements.iter().zip(&high.requirements) {
                prop_assert!(after.clearance >= before.clearance, "{:?} {:?} {:?}", low.gate, before, after);
                prop_assert!(after.by_answers >= before.by_answers, "{:?} {:?} {:?}", low.gate, before, after);
            }
            for (before, after) in low.practices.iter().zip(&high.practices) {
                prop_assert_eq!(before.practice, after.practice);
                prop_assert!(after.clearance >= before.clearance, "{:?} {:?} {:?}", low.gate, before, after);
            }
        }
    }

    #[test]
    fn gates_nest(start in assessments(), as_of in proptest::option::of(0..400_u64), has_window in any::<bool>()) {
        let mut assessment = start;
        let as_of = as_of.and_then(|n| day("2025-10-01").checked_add_days(Days::new(n)));
        assessment.scope.dates.set(ScopeDate::AsOf, as_of);
        if !has_window {
            assessment.scope.dates.remove(&ScopeDate::WindowEnd);
        }
        for (outer, inner) in [(Gate::Stage1, Gate::Stage2), (Gate::Type1, Gate::Type2)] {
            let (outer, inner) = (at(&assessment, outer), at(&assessment, inner));
            for (outer, inner) in outer.requirements.iter().zip(&inner.requirements) {
                prop_assert_eq!(outer.requirement, inner.requirement);
                prop_assert!(inner.clearance <= outer.clearance, "{:?} inside {:?}", inner, outer);
                prop_assert!(inner.by_answers <= outer.by_answers, "{:?} inside {:?}", inner, outer);
            }
            for (outer, inner) in outer.practices.iter().zip(&inner.practices) {
                prop_assert_eq!(outer.practice, inner.practice);
                prop_assert!(inner.clearance <= outer.clearance, "{:?} inside {:?}", inner, outer);
            }
            for ((name, outer), (_, inner)) in counts(&outer).into_iter().zip(counts(&inner)) {
                let ((low, high), (inner_low, inner_high)) = (interval(outer), interval(inner));
                prop_assert!(inner_low <= low && inner_high <= high, "{}: {:?} inside {:?}", name, inner, outer);
            }
            let is_kept = |it: &Blocker| inner.blockers.contains(it) || *it == Blocker::NoAsOfDate;
            prop_assert!(outer.blockers.iter().all(is_kept), "{:?} then {:?}", outer.blockers, inner.blockers);
        }
    }

    #[test]
    fn interval_contains_the_value_and_closes_when_all_is_said(start in assessments(), ends in said(), state in any::<bool>()) {
        let mut assessment = start.clone();
        for (practice, (kind, facets, operated)) in CATALOGUE.practices.iter().zip(ends) {
            let answer = assessment.answer(practice.id);
            let open = answer.standing.kind() == StandingKind::NotAnswered;
            let kind = if open && kind == StandingKind::NotAnswered { StandingKind::NotInPlace } else { kind };
            let said = facets_of(facets.map(|it| Some(it.unwrap_or_default())));
            let said = Facet::ALL.into_iter().fold(answer.facets, |facets, facet| {
                facets.with(facet, facets.get(facet).or(said.get(facet)))
            });
            set_answer(&mut assessment, practice, if open { kind } else { answer.standing.kind() }, said);
            if !assessment.sheets.contains_key(&operation(practice)) {
                operate(&mut assessment, practice, operated.unwrap_or(Operated::Whole));
            }
        }
        let unstated: Vec<SheetKey> = assessment
            .register(Register::Document)
            .filter(|(_, sheet)| sheet.choice(Field::State).is_none())
            .map(|(key, _)| key)
            .collect();
        for key in unstated {
            let state = if state { Choice::Approved } else { Choice::Draft };
            put(&mut assessment, key, Field::State, FieldValue::Choice(state));
        }
        for (before, after) in gates(&start).iter().zip(&gates(&assessment)) {
            for ((name, open), (_, closed)) in counts(before).into_iter().zip(counts(after)) {
                let ((low, high), (value, also)) = (interval(open), interval(closed));
                prop_assert_eq!(value, also, "{:?} {} is still open", before.gate, name);
                prop_assert!((low..=high).contains(&value), "{:?} {}: {} outside {:?}", before.gate, name, value, open);
                prop_assert!(high <= open.n_total);
            }
        }
    }

    #[test]
    fn empty_set_is_never_cleared_by_answers(assessment in assessments()) {
        let analysis = analyse_on(&assessment, TODAY);
        for gate in &analysis.gates {
            for gated in &gate.requirements {
                let needed = analysis.ground.needed[gated.requirement];
                let kind = |it: usize| assessment.answer(CATALOGUE.practices[it].id).standing.kind();
                let n = needed.iter().filter(|it| kind(*it) != StandingKind::NotApplicable).count();
                prop_assert!(n > 0 || gated.by_answers == Clearance::Fails, "{:?} {:?}", gate.gate, gated);
            }
            prop_assert!(gate.practices.iter().all(|it| it.shortfalls.is_empty() == (it.clearance == Clearance::Clears)));
            prop_assert_eq!(gate.count.n_total, gate.requirements.len());
        }
    }

    #[test]
    fn out_of_scope_and_back_is_identity_for_gates(start in assessments(), steps in actions(30)) {
        let before = gates(&start);
        let mut assessment = start.clone();
        let mut inverses: Vec<Action> = Vec::new();
        for action in FrameworkId::ALL.map(|id| Action::SetFramework(id, false)) {
            inverses.push(apply(&mut assessment, &CATALOGUE, action).expect("applies").inverse);
        }
        prop_assert_eq!(gates(&assessment).len(), 0);
        inverses.extend(apply_all(&mut assessment, steps).into_iter().map(|it| it.inverse));
        for inverse in inverses.into_iter().rev() {
            apply(&mut assessment, &CATALOGUE, inverse).expect("applies");
        }
        prop_assert_eq!(&assessment, &start);
        prop_assert_eq!(gates(&assessment), before);
    }

    #[test]
    fn records_of_a_window_are_counted_whatever_the_days_are(
        records in vec(0..700_u64, 0..60),
        (first, ended) in (proptest::option::of(0..700_u64), proptest::option::of(0..700_u64)),
        (grace, begin, length, today) in (0..61_u32, 0..500_u64, 0..400_u64, 0..900_u64),
        at in 0..CATALOGUE.practices.len(),
    ) {
        let practice = &CATALOGUE.practices[at];
        let on = |n: u64| day("2025-06-01").checked_add_days(Days::new(n)).expect("a day");
        let mut assessment = whole_scope();
        let key = operation(practice);
        put(&mut assessment, key, Field::Records, FieldValue::Dates(records.iter().map(|n| on(*n)).collect()));
        put(&mut assessment, key, Field::Grace, FieldValue::Count(grace));
        for (field, n) in [(Field::FirstOperated, first), (Field::ReplacedOn, ended)] {
            if let Some(n) = n {
                put(&mut assessment, key, field, FieldValue::Date(on(n)));
            }
        }
        let window = Window { start: on(begin), end: on(begin + length) };
        let count = operation_count(practice, &assessment, window, on(today));
        let mut used = std::collections::BTreeSet::new();
        for pair in count.periods.windows(2) {
            prop_assert_eq!(pair[0].last.succ_opt(), Some(pair[1].first), "no day is lost between two periods");
        }
        for period in &count.periods {
            prop_assert!((window.start..=window.end).contains(&period.last));
            if let Some(record) = period.record {
                prop_assert!(record >= period.first && record <= period.last + Days::new(u64::from(grace)));
                prop_assert!(record <= on(today), "a record of the future counts nowhere");
                prop_assert!(used.insert(record), "one record serves two periods");
            }
        }
        prop_assert!(count.n_held <= count.n_due || practice.rhythm == Rhythm::OnEvent || practice.rhythm == Rhythm::OnChange);
    }
}

/// Everything that is asked is in place and shown, operated and decided.
fn ready() -> Assessment {
    let mut assessment = whole_scope();
    include_all(&mut assessment);
    for practice in CATALOGUE.practices {
        let facets = facets_of([Some(true); 3]);
        set_answer(&mut assessment, practice, StandingKind::InPlace, facets);
        operate(&mut assessment, practice, Operated::Whole);
    }
    assessment.scope.texts.insert(
        ScopeText::Statement,
        "The service and the people who build it.".to_owned(),
    );
    let risk = entry(Register::Risk, 1);
    for (field, value) in [
        (Field::LikelihoodBefore, FieldValue::Count(3)),
        (Field::ImpactBefore, FieldValue::Count(4)),
        (Field::Option, FieldValue::Choice(Choice::Modify)),
        (Field::Owner, FieldValue::Text("Mara".to_owned())),
        (Field::AcceptedBy, FieldValue::Text("Mara".to_owned())),
        (Field::AcceptedOn, FieldValue::Date(day("2026-01-15"))),
    ] {
        put(&mut assessment, risk, field, value);
    }
    assessment
}

#[test]
fn all_in_place_shown_operated_and_decided_clears_everything_without_blockers() {
    let assessment = ready();
    let gates = gates(&assessment);
    let totals: Vec<(Gate, usize)> = gates.iter().map(|it| (it.gate, it.count.n_total)).collect();
    assert_eq!(
        totals,
        [
            (Gate::Stage1, 123),
            (Gate::Stage2, 123),
            (Gate::Cloud, 97),
            (Gate::Cloud, 44),
            (Gate::Type1, 61),
            (Gate::Type2, 61)
        ]
    );
    for gate in gates {
        assert_eq!(gate.blockers, [], "{:?}", gate.gate);
        for (name, count) in counts(&gate) {
            assert_eq!(count.n_cleared, count.n_total, "{:?} {name}", gate.gate);
            assert!(count.n_total > 0, "{:?} {name}", gate.gate);
        }
    }
}

#[test]
fn nothing_said_is_open_only_where_nothing_else_stands_against_it() {
    let mut assessment = whole_scope();
    for gate in gates(&assessment) {
        assert_eq!(gate.count.n_cleared, 0, "{:?}", gate.gate);
        assert!(!gate.blockers.is_empty(), "{:?}", gate.gate);
    }
    include_all(&mut assessment);
    for gate in gates(&assessment) {
        assert_eq!(gate.count.n_open, gate.count.n_total, "{:?}", gate.gate);
    }
}

fn set_standing(assessment: &mut Assessment, id: &str, kind: StandingKind, facets: Facets) {
    let practice = CATALOGUE.practice(id).expect("a practice");
    set_answer(assessment, practice, kind, facets);
}

#[test]
fn audit_and_review_are_done_or_for_stage_1_dated_before_stage_2() {
    for (id, date, blocker) in [
        (
            "review.internal-audit",
            ScopeDate::InternalAudit,
            Blocker::NoInternalAudit,
        ),
        (
            "review.management-review",
            ScopeDate::ManagementReview,
            Blocker::NoManagementReview,
        ),
    ] {
        let mut assessment = ready();
        let blocks = |assessment: &Assessment| {
            [Gate::Stage1, Gate::Stage2, Gate::Cloud].map(|gate| at(assessment, gate).blockers.contains(&blocker))
        };
        assert_eq!(blocks(&assessment), [false, false, false]);
        let unshown = facets_of([Some(true), Some(true), Some(false)]);
        set_standing(&mut assessment, id, StandingKind::InPlace, unshown);
        assert_eq!(blocks(&assessment), [false, true, true], "Stage 2 asks for its records");
        set_standing(&mut assessment, id, StandingKind::NotInPlace, Facets::default());
        assert_eq!(blocks(&assessment), [true, true, true]);
        assessment.scope.dates.insert(date, day("2027-02-01"));
        assert_eq!(blocks(&assessment), [true, true, true], "no Stage 2 is dated");
        assessment.scope.dates.insert(ScopeDate::Stage2, day("2027-01-31"));
        assert_eq!(blocks(&assessment), [true, true, true]);
        assessment.scope.dates.insert(ScopeDate::Stage2, day("2027-02-01"));
        assert_eq!(blocks(&assessment), [false, true, true]);
    }
}

#[test]
fn papers_of_the_report_block_soc_2_until_they_are_begun() {
    let mut assessment = ready();
    for id in [
        "commitments.system-description",
        "commitments.control-matrix",
        "commitments.management-assertion",
    ] {
        set_standing(&mut assessment, id, StandingKind::NotInPlace, Facets::default());
    }
    let papers = |assessment: &Assessment, gate| {
        let blockers = at(assessment, gate).blockers.into_iter();
        let is_paper = |it: &Blocker| {
            matches!(
                it,
                Blocker::DescriptionNotBegun(_) | Blocker::AssertionNotBegun | Blocker::NoControlMatrix
            )
        };
        blockers.filter(is_paper).collect::<Vec<_>>()
    };
    let all = [
        Blocker::DescriptionNotBegun(9),
        Blocker::AssertionNotBegun,
        Blocker::NoControlMatrix,
    ];
    assert_eq!(papers(&assessment, Gate::Type1), all);
    assert_eq!(papers(&assessment, Gate::Type2), all);
    assert_eq!(papers(&assessment, Gate::Stage1), []);
    let line = |n| SheetKey {
        register: Register::Description,
        subject: Subject::Number(n),
    };
    put(
        &mut assessment,
        line(1),
        Field::State,
        FieldValue::Choice(Choice::Begun),
    );
    put(&mut assessment, line(2), Field::State, FieldValue::Choice(Choice::Done));
    put(
        &mut assessment,
        line(3),
        Field::State,
        FieldValue::Choice(Choice::NotBegun),
    );
    put(
        &mut assessment,
        line(10),
        Field::State,
        FieldValue::Choice(Choice::Begun),
    );
    assert_eq!(
        papers(&assessment, Gate::Type1),
        [Blocker::DescriptionNotBegun(7), Blocker::NoControlMatrix]
    );
    let shown = facets_of([Some(true); 3]);
    set_standing(
        &mut assessment,
        "commitments.system-description",
        StandingKind::InPlace,
        shown,
    );
    assert_eq!(
        papers(&assessment, Gate::Type1),
        [Blocker::DescriptionNotBegun(1), Blocker::NoControlMatrix],
        "what the checklist says of a section goes before the answer"
    );
}

/// A SaaS without premises: what CC6.4 rests on is inherited from a carved-out cloud platform.
fn cloud_only(report: Choice) -> (Assessment, usize) {
    let mut assessment = ready();
    assessment.scope.facts.insert(Fact::Premises, false);
    let cc64 = CATALOGUE
        .requirements
        .iter()
        .position(|it| it.id.code == "CC6.4")
        .expect("a criterion");
    let needed = Analysis::new(&CATALOGUE, &assessment, day(TODAY)).ground.needed[cc64];
    let ids: Vec<&str> = needed.iter().map(|it| CATALOGUE.practices[it].id.as_str()).collect();
    assert_eq!(ids, ["physical.hosting-sites"]);
    for position in needed.iter() {
        let practice = &CATALOGUE.practices[position];
        let standing = standing(StandingKind::Inherited);
        apply(&mut assessment, &CATALOGUE, Action::SetStanding(practice.id, standing)).expect("can be inherited");
        assessment.sheets.remove(&operation(practice));
    }
    example_cloud(&mut assessment, Choice::CarveOut, Choice::CloudPlatform, report);
    (assessment, cc64)
}

#[test]
fn cc6_4_of_a_cloud_only_saas_clears_by_a_reviewed_type_2_report_of_the_cloud_platform() {
    let look = |assessment: &Assessment, cc64: usize, gate| {
        let readiness = at(assessment, gate);
        let clears = |it: &&concord::analysis::GatedRequirement| it.requirement == cc64;
        let clearance = readiness.requirements.iter().find(clears).expect("in scope").clearance;
        let relies: Vec<&str> = readiness
            .practices
            .iter()
            .filter(|it| it.relies_on_supplier)
            .map(|it| CATALOGUE.practices[it.practice].id.as_str())
            .collect();
        (clearance, relies.join(" "))
    };
    let relied = || "physical.hosting-sites".to_owned();
    let (assessment, cc64) = cloud_only(Choice::Soc2Type2);
    assert_eq!(look(&assessment, cc64, Gate::Type1), (Clearance::Clears, relied()));
    assert_eq!(look(&assessment, cc64, Gate::Type2), (Clearance::Clears, relied()));
    // A certificate is enough for Type 1 and ISO, and shows nothing over the window.
    let (assessment, cc64) = cloud_only(Choice::IsoCertificate);
    assert_eq!(look(&assessment, cc64, Gate::Type1), (Clearance::Clears, relied()));
    assert_eq!(look(&assessment, cc64, Gate::Type2), (Clearance::Fails, String::new()));
    // Without a report nothing clears.
    let (assessment, cc64) = cloud_only(Choice::OtherReport);
    assert_eq!(look(&assessment, cc64, Gate::Type1), (Clearance::Fails, String::new()));
    // The organisation can't inherit the watching of its supplier.
    let mut assessment = assessment;
    let watching = CATALOGUE.practice("suppliers.assurance-review").expect("a practice");
    let inherited = Action::SetStanding(watching.id, standing(StandingKind::Inherited));
    assert!(apply(&mut assessment, &CATALOGUE, inherited).is_err());
}

#[test]
fn type_2_report_of_a_supplier_is_open_while_the_window_runs() {
    let (mut assessment, cc64) = cloud_only(Choice::IsoCertificate);
    let cleared = |assessment: &Assessment| {
        let readiness = at(assessment, Gate::Type2);
        let requirement = readiness.requirements.iter().find(|it| it.requirement == cc64);
        requirement.expect("in scope").clearance
    };
    assert_eq!(cleared(&assessment), Clearance::Fails);
    assessment.scope.dates.insert(ScopeDate::WindowEnd, day(TODAY));
    assert_eq!(cleared(&assessment), Clearance::Open);
}
