//! Properties of "what if", on random assessments over the real catalogue: it equals applying its actions, more steps
//! never bring less, and all steps together bring Stage 1 and Type 1 wholly.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "common/full.rs"]
mod full;
#[path = "common/random.rs"]
mod random;

use chrono::{Days, NaiveDate};
use concord::analysis::{
    Analysis, Blocker, Gate, GateReadiness, Grade, PLACEHOLDER, Stand, Step, WhatIf, first_record_day,
};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, AssessmentId, Category, Choice, Condition, Decision, EntryId, Facets, Fact, Field, FieldValue,
    FrameworkId, Practice, Register, RequirementId, Rhythm, ScopeDate, ScopeText, Sheet, SheetKey, Standing,
    StandingKind, SupplierKind, Words, apply, date_from_text,
};
use concord::store::{AssessmentFile, Book};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use full::full_assessment;
use random::{actions, apply_all, config, scope_action, with_owner};

fn day(text: &str) -> NaiveDate {
    date_from_text(text).expect("a day")
}

/// The day on which all is seen.
fn today() -> NaiveDate {
    day("2026-11-20")
}

fn analyse(assessment: &Assessment) -> Analysis {
    Analysis::new(&CATALOGUE, assessment, today())
}

fn do_it(assessment: &mut Assessment, action: Action) {
    apply(assessment, &CATALOGUE, action).expect("accepted");
}

/// Every framework and category, nothing else.
fn whole_scope() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    assessment
}

/// The sample company.
fn sample() -> Assessment {
    let text = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/sample.json")).expect("a file");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    Book::from_records(id, 1, file.records, &CATALOGUE).assessment
}

fn standing(kind: StandingKind) -> Standing {
    let words = |text| Words::new(text).expect("not blank");
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

/// A standing and facets for each practice. Some runs answer nearly all, others next to nothing.
fn answers() -> impl Strategy<Value = Vec<(StandingKind, Facets)>> {
    let facets = [any::<Option<bool>>(), any::<Option<bool>>(), any::<Option<bool>>()].prop_map(|[a, b, c]| Facets {
        documented: a,
        enforced: b,
        evidenced: c,
        improved: None,
    });
    let shown = Facets {
        documented: Some(true),
        enforced: Some(true),
        evidenced: Some(true),
        improved: None,
    };
    let facets = prop_oneof![3 => Just(shown), 1 => facets];
    let kinds = StandingKind::CHOICES.to_vec();
    let ready = prop_oneof![
        12 => Just(StandingKind::InPlace),
        2 => Just(StandingKind::Partly),
        1 => Just(StandingKind::NotInPlace),
        1 => select(kinds.clone()),
        1 => Just(StandingKind::NotAnswered)
    ];
    let mixed = prop_oneof![4 => select(kinds.clone()), 1 => Just(StandingKind::NotAnswered)];
    let sparse = prop_oneof![1 => select(kinds), 6 => Just(StandingKind::NotAnswered)];
    let n = CATALOGUE.practices.len();
    let each = |kind: BoxedStrategy<StandingKind>| vec((kind, facets.clone()), n);
    prop_oneof![each(ready.boxed()), each(mixed.boxed()), each(sparse.boxed())]
}

/// Days around the one on which all is seen.
fn days() -> impl Strategy<Value = NaiveDate> {
    (0_u64..900).prop_map(|n| day("2025-06-01").checked_add_days(Days::new(n)).expect("a day"))
}

/// How some practices operate, what evidence there is, and what is planned of them.
fn entered() -> impl Strategy<Value = Vec<Action>> {
    let date = |field| option::weighted(0.3, days().prop_map(move |it| (field, FieldValue::Date(it))));
    let count = |field| option::weighted(0.2, (0_u32..3).prop_map(move |it| (field, FieldValue::Count(it))));
    let records = option::weighted(0.6, btree_set(days(), 0..12));
    let records = records.prop_map(|it| it.map(|it| (Field::Records, FieldValue::Dates(it.into_iter().collect()))));
    let performed = option::weighted(0.3, Just((Field::Performed, FieldValue::Text("Ana does".to_owned()))));
    let fields = [
        date(Field::FirstOperated).boxed(),
        date(Field::ZeroOn).boxed(),
        count(Field::Deviations).boxed(),
        count(Field::Population).boxed(),
        count(Field::Sampled).boxed(),
        records.boxed(),
        performed.boxed(),
    ];
    let sheet = fields.prop_map(|fields| {
        let fields = fields.into_iter().flatten();
        fields.fold(Sheet::default(), |sheet, (field, value)| sheet.with(field, value))
    });
    let practice = || (0..CATALOGUE.practices.len()).prop_map(|at| CATALOGUE.practices[at].id);
    let operated = (practice(), sheet)
        .prop_map(|(id, sheet)| Action::PutSheet(SheetKey::practice(Register::Operation, id), sheet));
    let named = || btree_set(practice(), 1..30).prop_map(|it| FieldValue::Practices(it.into_iter().collect()));
    let planned = (100_u64..120, named(), days()).prop_map(|(n, practices, due)| {
        let sheet = Sheet::default()
            .with(Field::Practices, practices)
            .with(Field::Due, FieldValue::Date(due));
        Action::PutSheet(SheetKey::entry(Register::PlanAction, EntryId::from_random(n)), sheet)
    });
    let evidence = (100_u64..120, named(), days()).prop_map(|(n, practices, from)| {
        let sheet = Sheet::default()
            .with(Field::Practices, practices)
            .with(Field::State, FieldValue::Choice(Choice::Accepted))
            .with(Field::From, FieldValue::Date(from));
        Action::PutSheet(SheetKey::entry(Register::Evidence, EntryId::from_random(n)), sheet)
    });
    let dated = (select(ScopeDate::ALL.to_vec()), option::of(days())).prop_map(|(id, day)| Action::SetDate(id, day));
    let window = (days(), 0_u64..400).prop_map(|(start, n)| {
        let end = start.checked_add_days(Days::new(n));
        Action::Together(vec![
            Action::SetDate(ScopeDate::WindowStart, Some(start)),
            Action::SetDate(ScopeDate::WindowEnd, end),
        ])
    });
    let one = prop_oneof![20 => operated, 1 => planned, 1 => evidence, 1 => dated, 1 => window];
    vec(one, 0..200)
}

/// A random assessment: answers, a scope, registers, decisions and overrides, as far as they are accepted.
fn assessments() -> impl Strategy<Value = Assessment> {
    let narrowing = vec(scope_action(), 0..25);
    let all = (answers(), narrowing, entered(), actions(60), any::<bool>());
    all.prop_map(|(answers, narrowing, entered, more, has_suppliers)| {
        let mut assessment = whole_scope();
        for (practice, (kind, facets)) in CATALOGUE.practices.iter().zip(answers) {
            apply_all(
                &mut assessment,
                with_owner(Action::SetStanding(practice.id, standing(kind))),
            );
            apply_all(&mut assessment, vec![Action::SetFacets(practice.id, facets)]);
        }
        if has_suppliers {
            let kinds = [Choice::CloudPlatform, Choice::DataCentre, Choice::CodeHosting];
            let supplier = Sheet::default()
                .with_text(Field::Title, "Example Cloud")
                .with(Field::Kinds, FieldValue::Choices(kinds.into_iter().collect()));
            let key = SheetKey::entry(Register::Supplier, EntryId::from_random(1));
            do_it(&mut assessment, Action::PutSheet(key, supplier));
        }
        apply_all(&mut assessment, narrowing);
        apply_all(&mut assessment, entered);
        apply_all(&mut assessment, more);
        assessment
    })
}

/// Some of the steps.
fn some(what_if: &WhatIf, picked: &[Index]) -> Vec<Step> {
    let steps = what_if.steps();
    let picked = picked.iter().filter(|_| !steps.is_empty());
    let mut some: Vec<Step> = picked.map(|index| steps[index.index(steps.len())]).collect();
    some.sort_unstable();
    some.dedup();
    some
}

/// The assessment with the actions of some steps applied one by one; none may be refused.
fn applied(assessment: &Assessment, what_if: &WhatIf, steps: &[Step]) -> Assessment {
    let mut after = assessment.clone();
    for action in steps.iter().flat_map(|step| what_if.applying(*step)) {
        do_it(&mut after, action);
    }
    after
}

fn gate(analysis: &Analysis, gate: Gate) -> Option<&GateReadiness> {
    analysis.gates.iter().find(|it| it.gate == gate)
}

/// What a blocker is, without its number.
fn kind(blocker: &Blocker) -> std::mem::Discriminant<Blocker> {
    std::mem::discriminant(blocker)
}

/// The nonconformities that are potential majors in an analysis.
fn majors(analysis: &Analysis) -> Vec<usize> {
    let majors = analysis.findings.iter().filter(|it| it.grade == Grade::PotentialMajor);
    majors.map(|it| it.nonconformity).collect()
}

/// Whether the steps that are there bring no gate less and block none. What was a potential major already may reach a
/// criterion by records that only now count as missed; then it may stand before a SOC 2 gate that it spared.
fn brings_no_less(before: &Analysis, after: &Analysis) -> Result<(), TestCaseError> {
    prop_assert_eq!(before.gates.len(), after.gates.len());
    for (low, high) in before.gates.iter().zip(&after.gates) {
        prop_assert_eq!(low.gate, high.gate);
        prop_assert!(
            high.count.n_cleared >= low.count.n_cleared,
            "{:?}: {:?} then {:?}",
            low.gate,
            low.count,
            high.count
        );
        for blocker in &high.blockers {
            let is_known_major = matches!(blocker, Blocker::PotentialMajors(_))
                && matches!(low.gate, Gate::Type1 | Gate::Type2)
                && majors(after).iter().all(|it| majors(before).contains(it));
            let is_known = low.blockers.iter().any(|it| kind(it) == kind(blocker));
            prop_assert!(is_known || is_known_major, "{:?} adds {:?}", low.gate, blocker);
        }
    }
    let (before, after) = (majors(before), majors(after));
    prop_assert!(
        after.iter().all(|it| before.contains(it)),
        "{:?} then {:?}",
        before,
        after
    );
    Ok(())
}

/// Whether all steps together bring a gate to all cleared and nothing blocking.
fn is_whole(analysis: &Analysis, which: Gate) -> Result<(), TestCaseError> {
    let Some(gate) = gate(analysis, which) else {
        return Ok(());
    };
    let short: Vec<_> = gate.practices.iter().filter(|it| !it.shortfalls.is_empty()).collect();
    prop_assert_eq!(gate.count.n_cleared, gate.count.n_total, "{:?}: {:?}", which, short);
    // The control matrix is asked for by three criteria. Where a person has put all three aside, no answer is asked for
    // that could bring it, and the gate stays blocked.
    let matrix = CATALOGUE
        .practices
        .iter()
        .position(|it| it.id.as_str() == "commitments.control-matrix");
    let is_asked = analysis.ground.asked.contains(matrix.expect("a practice"));
    let blockers: Vec<&Blocker> = gate
        .blockers
        .iter()
        .filter(|it| is_asked || **it != Blocker::NoControlMatrix)
        .collect();
    prop_assert!(blockers.is_empty(), "{:?}: {:?}", which, blockers);
    Ok(())
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn what_if_equals_applying_the_actions(start in assessments(), picked in vec(any::<Index>(), 0..60)) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let steps = some(&what_if, &picked);
        let after = applied(&start, &what_if, &steps);
        prop_assert_eq!(&what_if.assessment_after(&steps), &after);
        prop_assert_eq!(what_if.outcome(&steps).analysis, analyse(&after));
    }

    #[test]
    fn order_of_the_choice_changes_nothing(start in assessments(), picked in vec(any::<Index>(), 0..40)) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let mut steps = some(&what_if, &picked);
        let after = what_if.assessment_after(&steps);
        steps.reverse();
        prop_assert_eq!(what_if.assessment_after(&steps), after.clone());
        prop_assert_eq!(applied(&start, &what_if, &steps), after);
    }

    #[test]
    fn more_steps_never_bring_less(
        start in assessments(),
        picked in vec(any::<Index>(), 0..60),
        more in vec(any::<Index>(), 1..4),
    ) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let mut steps = some(&what_if, &picked);
        let with_some = what_if.outcome(&steps).analysis;
        brings_no_less(&before, &with_some)?;
        steps.extend(some(&what_if, &more));
        brings_no_less(&with_some, &what_if.outcome(&steps).analysis)?;
    }

    #[test]
    fn all_steps_together_bring_stage_1_and_type_1_wholly(start in assessments()) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let after = what_if.outcome(what_if.steps()).analysis;
        is_whole(&after, Gate::Stage1)?;
        is_whole(&after, Gate::Type1)?;
    }

    #[test]
    fn all_steps_together_leave_only_time_and_scope(start in assessments()) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let after = what_if.outcome(what_if.steps()).analysis;
        // By the answers as a person would give them, the bars of these gates are all cleared; whether the records are
        // there is what the earliest date says.
        is_whole(&after, Gate::Stage2)?;
        for gate in after.gates.iter().filter(|it| it.gate == Gate::Cloud) {
            prop_assert_eq!(gate.count.n_cleared, gate.count.n_total);
            let has_base = start.scope.frameworks.contains(&FrameworkId::Iso27001);
            let left: Vec<&Blocker> = gate.blockers.iter().filter(|it| has_base || **it != Blocker::NoBaseFramework).collect();
            prop_assert!(left.is_empty(), "{:?}", left);
        }
    }

    #[test]
    fn sets_behind_the_suggestions_agree_with_the_analysis(
        start in assessments(),
        picked in vec(any::<Index>(), 0..150),
        is_all in any::<bool>(),
    ) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let steps = if is_all { what_if.steps().to_vec() } else { some(&what_if, &picked) };
        let after = what_if.outcome(&steps).analysis;
        for (n, gate) in what_if.cleared_by_sets(&steps).into_iter().zip(&after.gates) {
            prop_assert_eq!(n, gate.count.n_cleared, "{:?} {:?} with {:?}", gate.gate, gate.framework, steps);
        }
    }

    #[test]
    fn shortest_way_is_whole_and_each_number_is_that_of_an_analysis(start in assessments()) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        for which in [Gate::Stage1, Gate::Type1] {
            let Some(readiness) = gate(&before, which) else { continue };
            let strides = what_if.shortest_way(which, readiness.framework);
            let steps: Vec<Step> = strides.iter().map(|it| it.step).collect();
            is_whole(&what_if.outcome(&steps).analysis, which)?;
            for n in [1, strides.len() / 2, strides.len()] {
                let Some(stride) = n.checked_sub(1).and_then(|at| strides.get(at)) else { continue };
                let after = what_if.outcome(&steps[..n]).analysis;
                prop_assert_eq!(&stride.stands, &after.gates.iter().map(Stand::of).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn most_for_some_steps_brings_no_less_with_each(start in assessments(), n in 1_usize..10) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let strides = what_if.most_for(n);
        prop_assert_eq!(strides.len(), n.min(what_if.steps().len()));
        let sum = |stands: &[Stand]| stands.iter().map(|it| it.n_cleared).sum::<usize>();
        let mut last = sum(&what_if.stands());
        for stride in &strides {
            let now = sum(&stride.stands);
            prop_assert!(now >= last);
            last = now;
        }
        let steps: Vec<Step> = strides.iter().map(|it| it.step).collect();
        let after = what_if.outcome(&steps).analysis;
        let stands: Vec<Stand> = after.gates.iter().map(Stand::of).collect();
        prop_assert_eq!(strides.last().map(|it| it.stands.clone()), (!strides.is_empty()).then_some(stands));
    }

    #[test]
    fn choice_survives_its_words(start in assessments(), picked in vec(any::<Index>(), 0..30)) {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        let steps = some(&what_if, &picked);
        prop_assert_eq!(what_if.steps_named(&what_if.codes(&steps)), steps);
    }
}

/// SOC 2 alone with all practices in place and shown, an as-of date and a window.
fn ready_for_soc2() -> Assessment {
    let mut assessment = Assessment::default();
    do_it(&mut assessment, Action::SetFramework(FrameworkId::Soc2, true));
    for practice in CATALOGUE.practices {
        do_it(&mut assessment, Action::SetStanding(practice.id, Standing::InPlace));
        let facets = Facets {
            documented: Some(true),
            enforced: Some(true),
            evidenced: Some(true),
            improved: None,
        };
        do_it(&mut assessment, Action::SetFacets(practice.id, facets));
    }
    let statement = "The delivery platform".to_owned();
    do_it(&mut assessment, Action::SetText(ScopeText::Statement, statement));
    for (which, on) in [
        (ScopeDate::AsOf, "2026-10-31"),
        (ScopeDate::WindowStart, "2026-07-01"),
        (ScopeDate::WindowEnd, "2027-06-30"),
    ] {
        do_it(&mut assessment, Action::SetDate(which, Some(day(on))));
    }
    assessment
}

/// A practice that a criterion needs and that leaves a record at a rhythm, by position.
fn of_rhythm(rhythm: Rhythm) -> usize {
    let of_soc2 = |practice: &Practice| {
        let mut needed = practice.needed().filter_map(|tie| CATALOGUE.tied(tie));
        needed.any(|it| it.id.framework == FrameworkId::Soc2 && it.category == Some(Category::Security))
    };
    let mut practices = CATALOGUE.practices.iter();
    let found = practices.position(|it| it.rhythm == rhythm && of_soc2(it) && it.applies_when == Condition::Always);
    found.expect("a practice")
}

fn plan(assessment: &mut Assessment, practice: usize, due: &str) {
    let practices = [CATALOGUE.practices[practice].id].into_iter().collect();
    let sheet = Sheet::default()
        .with_text(Field::Title, "Do it")
        .with(Field::Practices, FieldValue::Practices(practices))
        .with(Field::Due, FieldValue::Date(day(due)));
    let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(practice as u64));
    do_it(assessment, Action::PutSheet(key, sheet));
}

fn set(assessment: &mut Assessment, practice: usize, standing: Standing) {
    do_it(
        assessment,
        Action::SetStanding(CATALOGUE.practices[practice].id, standing),
    );
}

#[test]
fn worked_example_earliest_dates_by_rhythm() {
    let of = |rhythm| first_record_day(rhythm, day("2027-02-15"));
    for (rhythm, expected) in [
        (Rhythm::Daily, "2027-02-15"),
        (Rhythm::Weekly, "2027-02-21"),
        (Rhythm::Monthly, "2027-03-31"),
        (Rhythm::Quarterly, "2027-06-30"),
        (Rhythm::HalfYearly, "2027-02-15"),
        (Rhythm::Yearly, "2027-02-15"),
        (Rhythm::OnEvent, "2027-02-15"),
        (Rhythm::OnChange, "2027-02-15"),
        (Rhythm::Continuous, "2027-02-15"),
    ] {
        assert_eq!(of(rhythm), day(expected), "{rhythm:?}");
    }
    assert_eq!(
        first_record_day(Rhythm::Quarterly, day("2027-01-01")),
        day("2027-03-31")
    );
}

#[test]
fn worked_example_earliest_dates_of_a_plan() {
    let mut start = ready_for_soc2();
    do_it(&mut start, Action::SetFramework(FrameworkId::Iso27001, true));
    let (quarterly, monthly) = (of_rhythm(Rhythm::Quarterly), of_rhythm(Rhythm::Monthly));
    set(&mut start, quarterly, Standing::NotInPlace);
    plan(&mut start, quarterly, "2027-02-15");
    // Recorded in the second half of the year, except in the third quarter.
    let records = [day("2026-10-05")].into_iter().collect();
    let other = CATALOGUE.practices.iter().enumerate().rev();
    let mut other = other.filter(|(at, it)| it.rhythm == Rhythm::Quarterly && *at != quarterly);
    let (holed, practice) = other
        .find(|(_, it)| {
            it.needed()
                .filter_map(|tie| CATALOGUE.tied(tie))
                .any(|it| it.id.framework == FrameworkId::Soc2)
        })
        .expect("a practice");
    let key = SheetKey::practice(Register::Operation, practice.id);
    do_it(
        &mut start,
        Action::SetField(key, Field::Records, Some(FieldValue::Dates(records))),
    );
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    assert!(!what_if.offers(Step::Practise(monthly)), "it is in place and shown");

    let outcome = what_if.outcome(&[Step::Practise(quarterly)]);
    let of = |gate| {
        outcome
            .earliest
            .iter()
            .find(|it| it.gate == gate)
            .expect("an earliest date")
    };
    let (stage2, type2) = (of(Gate::Stage2), of(Gate::Type2));
    assert_eq!((stage2.on, stage2.behind), (day("2027-06-30"), Some(quarterly)));
    assert_eq!((type2.on, type2.until), (day("2027-02-15"), Some(day("2027-05-14"))));
    let holes: Vec<usize> = outcome.holes.iter().map(|it| it.practice).collect();
    assert_eq!(holes, [holed]);
    let hole = &outcome.holes[0];
    let missing: Vec<NaiveDate> = hole.missing.iter().map(|it| it.last).collect();
    assert_eq!(
        (missing, hole.behind_from),
        (vec![day("2026-09-30")], day("2026-10-01"))
    );
}

#[test]
fn practice_that_begins_after_the_as_of_date_moves_type_1_only_with_the_date() {
    let mut start = ready_for_soc2();
    let yearly = of_rhythm(Rhythm::Yearly);
    set(&mut start, yearly, Standing::Partly);
    plan(&mut start, yearly, "2027-01-31");
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let cleared = |steps: &[Step]| {
        let after = what_if.outcome(steps).analysis;
        gate(&after, Gate::Type1).expect("in scope").count.n_cleared
    };
    let (practise, as_of) = (Step::Practise(yearly), Step::StateAsOf);
    assert_eq!(what_if.day(as_of), day("2027-01-31"));
    assert_eq!(cleared(&[practise]), cleared(&[]));
    assert!(cleared(&[practise, as_of]) > cleared(&[]));
}

#[test]
fn date_of_a_control_is_enough_before_stage_1_and_not_before_stage_2() {
    let mut start = full_assessment();
    do_it(&mut start, Action::SetFramework(FrameworkId::Soc2, false));
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let after = what_if.outcome(&[Step::PlanControls]).analysis;
    let cleared = |analysis: &Analysis, which| gate(analysis, which).expect("in scope").count.n_cleared;
    assert!(cleared(&after, Gate::Stage1) > cleared(&before, Gate::Stage1));
    assert_eq!(cleared(&after, Gate::Stage2), cleared(&before, Gate::Stage2));
}

#[test]
fn inherited_practice_waits_for_a_report_unless_the_supplier_can_not_carry_it() {
    let mut start = ready_for_soc2();
    let of_hosting = |it: &&Practice| {
        it.inheritable
            .is_some_and(|it| it.from.contains(&SupplierKind::DataCentre))
    };
    let of_soc2 = |it: &&Practice| {
        it.needed()
            .filter_map(|tie| CATALOGUE.tied(tie))
            .any(|it| it.id.code == "CC6.4")
    };
    let practice = CATALOGUE
        .practices
        .iter()
        .filter(of_hosting)
        .find(of_soc2)
        .expect("a practice");
    let at = CATALOGUE
        .practices
        .iter()
        .position(|it| it.id == practice.id)
        .expect("a place");
    let supplier = Words::new("Example Data Centre").expect("not blank");
    set(&mut start, at, Standing::Inherited { supplier });
    let offers = |start: &Assessment| {
        let before = analyse(start);
        let what_if = WhatIf::new(&CATALOGUE, start, &before);
        [Step::ReviewReport(at), Step::Practise(at)].map(|step| what_if.offers(step))
    };
    assert_eq!(offers(&start), [true, false], "not in the register yet");
    let supplier = SheetKey::entry(Register::Supplier, EntryId::from_random(1));
    let of_kind = |kind: Choice| {
        let sheet = Sheet::default().with_text(Field::Title, "Example Data Centre");
        sheet.with(Field::Kinds, FieldValue::Choices([kind].into_iter().collect()))
    };
    do_it(&mut start, Action::PutSheet(supplier, of_kind(Choice::PayrollHr)));
    assert_eq!(offers(&start), [false, true], "of a kind that does no such thing");
    do_it(&mut start, Action::PutSheet(supplier, of_kind(Choice::DataCentre)));
    assert_eq!(offers(&start), [true, false]);
    let adverse = Sheet::default()
        .with(
            Field::Supplier,
            FieldValue::Entries([EntryId::from_random(1)].into_iter().collect()),
        )
        .with(Field::Opinion, FieldValue::Choice(Choice::Adverse));
    let report = SheetKey::entry(Register::Report, EntryId::from_random(1));
    do_it(&mut start, Action::PutSheet(report, adverse));
    assert_eq!(offers(&start), [false, true], "its report denies assurance");
}

#[test]
fn planned_action_is_the_steps_of_its_practices_and_is_not_planned_twice() {
    let mut start = ready_for_soc2();
    let (open, done) = (of_rhythm(Rhythm::Quarterly), of_rhythm(Rhythm::Monthly));
    set(&mut start, open, Standing::NotInPlace);
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let sheet = what_if.planned_as(Step::Practise(open)).expect("a new action");
    assert_eq!(sheet.text(Field::Title), CATALOGUE.practices[open].title());
    assert_eq!(sheet.choice(Field::State), Some(Choice::NotBegun));
    assert_eq!(what_if.planned_as(Step::StateScope), None);
    let both = [open, done].map(|at| CATALOGUE.practices[at].id).into_iter().collect();
    let sheet = sheet.with(Field::Practices, FieldValue::Practices(both));
    let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(1));
    do_it(&mut start, Action::PutSheet(key, sheet));
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let action = what_if.plan().next().expect("the action").clone();
    assert_eq!(
        what_if.steps_of(&action),
        [Step::Practise(open)],
        "what is there and shown is no step"
    );
    assert_eq!(what_if.planned_as(Step::Practise(open)), None);
}

#[test]
fn company_without_premises_excludes_what_rests_on_nothing() {
    let mut start = Assessment::default();
    do_it(&mut start, Action::SetFramework(FrameworkId::Iso27001, true));
    do_it(&mut start, Action::SetFact(Fact::Premises, Some(false)));
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let after = what_if.assessment_after(&[Step::DecideControls]);
    let decision = |code| after.decisions.get(&RequirementId::new(FrameworkId::Iso27001, code));
    let Some(Decision::Excluded { justification, .. }) = decision("A.7.1") else {
        panic!("A.7.1 is not excluded: {:?}", decision("A.7.1"));
    };
    assert_eq!(justification.as_str(), PLACEHOLDER);
    assert!(matches!(decision("A.8.32"), Some(Decision::Included { reasons }) if !reasons.is_empty()));
    assert!(start.decisions.is_empty(), "the assessment itself is not touched");
}

#[test]
fn cloud_rows_without_iso_27001_stay_blocked_since_another_framework_is_no_step() {
    let mut start = Assessment::default();
    do_it(&mut start, Action::SetFramework(FrameworkId::Iso27017, true));
    let before = analyse(&start);
    let what_if = WhatIf::new(&CATALOGUE, &start, &before);
    let after = what_if.outcome(what_if.steps()).analysis;
    assert_eq!(
        gate(&after, Gate::Cloud).expect("in scope").blockers,
        [Blocker::NoBaseFramework]
    );
}

#[test]
fn shortest_ways_of_the_sample_a_full_and_an_empty_assessment_are_whole() {
    for start in [sample(), full_assessment(), whole_scope()] {
        let before = analyse(&start);
        let what_if = WhatIf::new(&CATALOGUE, &start, &before);
        for gate in before.gates.iter().filter(|it| it.gate != Gate::Type2) {
            let way = what_if.shortest_way(gate.gate, gate.framework);
            let last = way.last().expect("something is missing");
            let stand = last
                .stands
                .iter()
                .find(|it| (it.gate, it.framework) == (gate.gate, gate.framework));
            assert!(stand.expect("the gate").is_whole(), "{:?}: {stand:?}", gate.gate);
            assert!(
                way.len() < what_if.steps().len(),
                "{:?} needs not everything",
                gate.gate
            );
        }
    }
}
