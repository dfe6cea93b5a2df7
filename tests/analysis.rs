//! Properties of the analysis, on random answers and scopes over the real catalogue.
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

use std::collections::{BTreeMap, BTreeSet};

use concord::analysis::{Analysis, Gap, GapKind, Grade, Level, Tally, Verdict};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Answer, Assessment, Category, Condition, Decision, Facets, Fact, FrameworkId, RequirementId,
    RequirementKind, Standing, StandingKind, Value, Words, apply,
};
use proptest::prelude::*;
use proptest::sample::select;

use random::{actions, apply_all, config, scope_action};

/// An assessment of every framework and category, without any answer.
fn whole_scope() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    assessment
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

fn set_standing(assessment: &mut Assessment, position: usize, kind: StandingKind) {
    let id = CATALOGUE.practices[position].id;
    let answer = Answer {
        standing: standing(kind),
        ..assessment.answer(id)
    };
    assessment.put(concord::domain::Slot::Answer(id), Value::Answer(Box::new(answer)));
}

fn kind_at(assessment: &Assessment, position: usize) -> StandingKind {
    assessment.answer(CATALOGUE.practices[position].id).standing.kind()
}

/// A standing for each practice. Some runs answer nearly all, others next to nothing.
fn standings() -> impl Strategy<Value = Vec<StandingKind>> {
    let (all, few) = (StandingKind::CHOICES.to_vec(), StandingKind::NotAnswered);
    let mostly_ready = prop_oneof![
        12 => Just(StandingKind::InPlace),
        2 => Just(StandingKind::Partly),
        1 => Just(StandingKind::NotInPlace),
        1 => select(all.clone()),
        1 => Just(few)
    ];
    let mixed = prop_oneof![2 => select(all.clone()), 1 => Just(few)];
    let sparse = prop_oneof![1 => select(all), 6 => Just(few)];
    let n = CATALOGUE.practices.len();
    prop_oneof![
        proptest::collection::vec(mostly_ready, n),
        proptest::collection::vec(mixed, n),
        proptest::collection::vec(sparse, n),
    ]
}

/// A random scope with a standing for each practice, facets and basis here and there.
fn assessments() -> impl Strategy<Value = Assessment> {
    let narrowing = proptest::collection::vec(scope_action(), 0..25);
    (standings(), narrowing, actions(40)).prop_map(|(standings, narrowing, more)| {
        let mut assessment = whole_scope();
        for (position, kind) in standings.into_iter().enumerate() {
            set_standing(&mut assessment, position, kind);
        }
        apply_all(&mut assessment, narrowing);
        apply_all(&mut assessment, more);
        assessment
    })
}

fn analyse(assessment: &Assessment) -> Analysis {
    let date = concord::domain::date_from_text("2026-11-20").expect("a date");
    Analysis::new(&CATALOGUE, assessment, date)
}

/// All tallies of an analysis, each with its name.
fn tallies(analysis: &Analysis) -> BTreeMap<String, Tally> {
    let mut tallies = BTreeMap::new();
    for framework in &analysis.frameworks {
        tallies.insert(framework.id.to_string(), framework.total);
        tallies.insert(
            format!("{} with cloud content", framework.id),
            framework.with_cloud_content,
        );
        for group in &framework.groups {
            tallies.insert(format!("{} {}", framework.id, group.id), group.tally);
        }
    }
    tallies
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

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn raising_answers_never_lowers_readiness(
        start in assessments(),
        raises in proptest::collection::vec(any::<proptest::sample::Index>(), 1..80),
    ) {
        let mut assessment = start.clone();
        for index in raises {
            let position = index.index(CATALOGUE.practices.len());
            let kind = kind_at(&assessment, position);
            set_standing(&mut assessment, position, raised(kind));
        }
        let (before, after) = (tallies(&analyse(&start)), tallies(&analyse(&assessment)));
        prop_assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (name, low) in &before {
            let high = &after[name];
            prop_assert!(high.n_ready >= low.n_ready, "{}: {:?} then {:?}", name, low, high);
            prop_assert!(high.interval().0 >= low.interval().0, "{}: {:?} then {:?}", name, low, high);
            prop_assert!(high.interval().1 >= low.interval().1, "{}: {:?} then {:?}", name, low, high);
            prop_assert!(high.n_not_ready <= low.n_not_ready, "{}: {:?} then {:?}", name, low, high);
            prop_assert_eq!(high.n_total(), low.n_total());
        }
    }

    #[test]
    fn interval_holds_whatever_the_open_answers_turn_out_to_be(start in assessments(), ends in standings()) {
        let mut assessment = start.clone();
        for (position, kind) in ends.into_iter().enumerate() {
            if kind_at(&start, position) == StandingKind::NotAnswered {
                set_standing(&mut assessment, position, kind);
            }
        }
        let (before, after) = (analyse(&start), analyse(&assessment));
        let after_tallies = tallies(&after);
        for (name, tally) in tallies(&before) {
            let ((low, high), n_ready) = (tally.interval(), after_tallies[&name].n_ready);
            prop_assert!((low..=high).contains(&n_ready), "{}: {} outside {:?}", name, n_ready, (low, high));
            prop_assert!((low..=high).contains(&tally.n_ready) && high <= tally.n_total(), "{}: {:?}", name, tally);
        }
        for (before, after) in before.statuses.iter().zip(&after.statuses) {
            if let (Some(Verdict::Open { best, worst }), Some(Verdict::Known(level))) =
                (before.map(|it| it.verdict), after.map(|it| it.verdict))
            {
                prop_assert!(worst <= best, "{:?}", (worst, best));
                prop_assert!(worst <= level && level <= best, "{:?}", (worst, level, best));
            }
        }
    }

    #[test]
    fn interval_closes_when_all_is_answered(start in assessments(), kind in select(StandingKind::CHOICES.to_vec())) {
        let mut assessment = start;
        for position in 0..CATALOGUE.practices.len() {
            if kind_at(&assessment, position) == StandingKind::NotAnswered {
                set_standing(&mut assessment, position, kind);
            }
        }
        let analysis = analyse(&assessment);
        for (name, tally) in tallies(&analysis) {
            prop_assert_eq!(tally.n_open, 0, "{}", &name);
            prop_assert_eq!(tally.interval(), (tally.n_ready, tally.n_ready), "{}", &name);
        }
        let (asked, answered) = analysis.progress();
        prop_assert_eq!(asked, answered);
        prop_assert_eq!(analysis.seconds_left(), 0);
    }

    #[test]
    fn inverses_in_reverse_order_give_back_the_start(start in assessments(), steps in actions(80)) {
        let mut assessment = start.clone();
        let analysis = analyse(&start);
        let changes = apply_all(&mut assessment, steps);
        for change in changes.into_iter().rev() {
            apply(&mut assessment, &CATALOGUE, change.inverse).expect("an inverse always applies");
        }
        prop_assert_eq!(&assessment, &start);
        prop_assert_eq!(analyse(&assessment), analysis);
    }

    #[test]
    fn out_of_scope_and_back_is_identity(
        start in assessments(),
        framework in select(FrameworkId::ALL.to_vec()),
        facts in proptest::collection::vec((select(Fact::ALL.to_vec()), any::<bool>()), 1..8),
    ) {
        let before = analyse(&start);
        let mut assessment = start.clone();
        let mut inverses = Vec::new();
        let is_in = start.scope.frameworks.contains(&framework);
        let toggles = facts.into_iter().map(|(fact, is)| Action::SetFact(fact, Some(is)));
        for action in [Action::SetFramework(framework, !is_in)].into_iter().chain(toggles) {
            inverses.push(apply(&mut assessment, &CATALOGUE, action).expect("applies").inverse);
        }
        prop_assert_eq!(&assessment.answers, &start.answers, "answers out of scope sleep, they do not go");
        prop_assert_eq!(analyse(&assessment).framework(framework).is_some(), !is_in);
        for inverse in inverses.into_iter().rev() {
            apply(&mut assessment, &CATALOGUE, inverse).expect("applies");
        }
        prop_assert_eq!(&assessment, &start);
        prop_assert_eq!(analyse(&assessment), before);
    }

    #[test]
    fn requirement_without_a_needed_practice_is_never_ready(assessment in assessments()) {
        let analysis = analyse(&assessment);
        for (position, status) in analysis.statuses.iter().enumerate() {
            let Some(status) = status else { continue };
            let id = CATALOGUE.requirements[position].id;
            let needed = analysis.ground.needed[position];
            let considered = needed.iter().filter(|it| kind_at(&assessment, *it) != StandingKind::NotApplicable).count();
            prop_assert_eq!(considered, status.basis.n_considered(), "{}", id);
            prop_assert_eq!(considered == 0, status.verdict == Verdict::NeedsDecision, "{}", id);
            prop_assert!(considered > 0 || !status.verdict.may_be_ready(), "{}", id);
            if status.verdict.is_ready() {
                let is_there = |it: usize| matches!(
                    kind_at(&assessment, it),
                    StandingKind::InPlace
                        | StandingKind::AnotherWay
                        | StandingKind::Inherited
                        | StandingKind::NotApplicable
                );
                prop_assert!(needed.iter().all(is_there), "{} is ready with something missing", id);
            }
        }
    }

    #[test]
    fn gap_is_on_an_answered_practice_in_scope_and_says_what_is_missing(assessment in assessments()) {
        let analysis = analyse(&assessment);
        let mut practices = BTreeSet::new();
        for gap in &analysis.gaps {
            let practice = &CATALOGUE.practices[gap.practice];
            prop_assert!(practices.insert(gap.practice), "{} has two gaps", practice.id);
            prop_assert!(analysis.ground.asked.contains(gap.practice), "{} is not asked", practice.id);
            let answer = assessment.answer(practice.id);
            match (&gap.kind, answer.standing.kind()) {
                (GapKind::NotInPlace, StandingKind::NotInPlace) | (GapKind::Partly, StandingKind::Partly) => {}
                (GapKind::NotShown(facets), StandingKind::InPlace | StandingKind::AnotherWay) => {
                    prop_assert!(!facets.is_empty());
                    prop_assert!(facets.iter().all(|it| answer.facets.get(*it) == Some(false)));
                    prop_assert!(facets.iter().all(|it| practice.asks(*it)));
                }
                other => prop_assert!(false, "{}: {:?}", practice.id, other),
            }
            for position in &gap.closes {
                prop_assert!(analysis.ground.needed[*position].contains(gap.practice));
                prop_assert!(analysis.ground.includes(*position));
            }
            prop_assert!(gap.closes.is_empty() || gap.closes.contains(&gap.lead));
            prop_assert!(analysis.ground.includes(gap.lead));
        }
        for position in analysis.ground.asked.iter() {
            let is_absent =
                matches!(kind_at(&assessment, position), StandingKind::NotInPlace | StandingKind::Partly);
            prop_assert!(!is_absent || practices.contains(&position), "{} is missing", CATALOGUE.practices[position].id);
        }
    }

    #[test]
    fn ranking_is_the_same_twice_and_puts_potential_majors_first(assessment in assessments()) {
        let analysis = analyse(&assessment);
        prop_assert_eq!(&analyse(&assessment.clone()), &analysis);
        // The same answers given in another order are the same assessment.
        let mut again = Assessment::default();
        for slot in assessment.slots().into_iter().rev() {
            again.put(slot, assessment.value(slot));
        }
        prop_assert_eq!(&analyse(&again).gaps, &analysis.gaps);
        let is_major = |gap: &Gap| gap.grade == Grade::PotentialMajor;
        let n_majors = analysis.gaps.iter().filter(|gap| is_major(gap)).count();
        prop_assert!(analysis.gaps.iter().take(n_majors).all(is_major));
        for pair in analysis.gaps.windows(2) {
            let can_be_shown = |gap: &Gap| !matches!(gap.kind, GapKind::NotShown(_));
            if is_major(&pair[0]) == is_major(&pair[1]) && can_be_shown(&pair[0]) == can_be_shown(&pair[1]) {
                prop_assert!(pair[0].score >= pair[1].score, "{:?}", pair);
            }
        }
    }

    #[test]
    fn counts_add_up(assessment in assessments()) {
        let analysis = analyse(&assessment);
        let frameworks: Vec<FrameworkId> = analysis.frameworks.iter().map(|it| it.id).collect();
        prop_assert_eq!(frameworks, assessment.scope.frameworks.iter().copied().collect::<Vec<_>>());
        for framework in &analysis.frameworks {
            let of_framework = |position: &usize| CATALOGUE.requirements[*position].id.framework == framework.id;
            let positions = || (0..CATALOGUE.requirements.len()).filter(of_framework);
            let n_included = positions().filter(|it| analysis.ground.includes(*it)).count();
            let n_excluded = positions().filter(|it| analysis.ground.excluded[*it]).count();
            prop_assert_eq!(framework.total.n_total(), n_included);
            prop_assert_eq!(framework.total.n_excluded, n_excluded);
            let total: usize = framework.groups.iter().map(|it| it.tally.n_total() + it.tally.n_excluded).sum();
            prop_assert_eq!(total, n_included + n_excluded);
            let n_ready: usize = framework.groups.iter().map(|it| it.tally.n_ready).sum();
            prop_assert_eq!(n_ready, framework.total.n_ready);
        }
        let (asked, answered) = analysis.progress();
        prop_assert_eq!(asked, analysis.ground.asked.len());
        let mix = analysis.basis_mix;
        prop_assert_eq!(mix.n_said + mix.n_seen + mix.n_tested + mix.n_unstated, answered);
    }
}

/// Answers everything that is asked of a scope as in place.
fn answer_all_asked(assessment: &mut Assessment) {
    for position in analyse(assessment).ground.asked.iter() {
        set_standing(assessment, position, StandingKind::InPlace);
    }
}

/// The requirements of a framework that are ready, by id.
fn ready(assessment: &Assessment, selects: impl Fn(&concord::domain::Requirement) -> bool) -> Vec<RequirementId> {
    let analysis = analyse(assessment);
    let requirements = CATALOGUE.requirements.iter().enumerate();
    requirements
        .filter(|(position, it)| selects(it) && analysis.status(*position).is_some_and(|it| it.verdict.is_ready()))
        .map(|(_, it)| it.id)
        .collect()
}

/// The rows of ISO/IEC 27017 with cloud content that are ready when the practices that 27001 needs are in place, and no
/// others.
fn cloud_rows_ready_by_27001(customer: Option<bool>, provider: Option<bool>) -> Vec<RequirementId> {
    let mut assessment = Assessment::default();
    let actions = [
        Action::SetFramework(FrameworkId::Iso27001, true),
        Action::SetFact(Fact::CloudCustomer, customer),
        Action::SetFact(Fact::CloudProvider, provider),
    ];
    assert_eq!(apply_all(&mut assessment, actions.to_vec()).len(), 3);
    let analysis = analyse(&assessment);
    for position in (0..CATALOGUE.requirements.len()).filter(|it| analysis.ground.includes(*it)) {
        for practice in analysis.ground.needed[position].iter() {
            set_standing(&mut assessment, practice, StandingKind::InPlace);
        }
    }
    for framework in [FrameworkId::Iso27017, FrameworkId::Iso27017Of2015] {
        apply(&mut assessment, &CATALOGUE, Action::SetFramework(framework, true)).expect("applies");
    }
    ready(&assessment, |it| it.id.framework.is_cloud() && it.has_cloud_content)
}

const ROLES: [Option<bool>; 3] = [None, Some(true), Some(false)];

#[test]
fn answers_for_27001_alone_never_make_a_row_with_cloud_content_ready() {
    for customer in ROLES {
        for provider in ROLES {
            let rows = cloud_rows_ready_by_27001(customer, provider);
            assert_eq!(rows, [], "customer {customer:?}, provider {provider:?}");
        }
    }
}

#[test]
fn all_in_place_makes_everything_ready_and_nothing_answered_makes_nothing_ready() {
    let mut assessment = whole_scope();
    for (name, tally) in tallies(&analyse(&assessment)) {
        assert_eq!((tally.n_ready, tally.n_may_be_ready), (0, tally.n_total()), "{name}");
    }
    answer_all_asked(&mut assessment);
    let analysis = analyse(&assessment);
    for (name, tally) in tallies(&analysis) {
        assert_eq!(tally.n_ready, tally.n_total(), "{name}");
    }
    assert_eq!(analysis.gaps, []);
    let totals: Vec<usize> = analysis.frameworks.iter().map(|it| it.total.n_total()).collect();
    assert_eq!(totals, [123, 97, 44, 61]);
}

#[test]
fn all_not_in_place_makes_nothing_ready_and_every_practice_a_gap() {
    let mut assessment = whole_scope();
    for position in 0..CATALOGUE.practices.len() {
        set_standing(&mut assessment, position, StandingKind::NotInPlace);
    }
    let analysis = analyse(&assessment);
    for (name, tally) in tallies(&analysis) {
        assert_eq!(tally.n_not_ready, tally.n_total(), "{name}");
        assert_eq!(tally.interval(), (0, 0), "{name}");
    }
    assert_eq!(analysis.gaps.len(), CATALOGUE.practices.len());
    let clauses = |gap: &&Gap| CATALOGUE.requirements[gap.lead].kind == RequirementKind::Clause;
    let majors = analysis.gaps.iter().filter(clauses);
    assert!(majors.clone().count() > 0);
    assert!(
        majors
            .into_iter()
            .all(|gap| gap.closes.is_empty() || gap.grade == Grade::PotentialMajor)
    );
}

#[test]
fn clause_can_neither_be_excluded_nor_lose_its_practices_to_not_applicable() {
    let clauses = CATALOGUE
        .requirements
        .iter()
        .filter(|it| it.kind == RequirementKind::Clause);
    let mut n_clauses = 0;
    for clause in clauses {
        n_clauses += 1;
        let decision = Decision::Excluded {
            justification: words("we would rather not"),
            approver: String::new(),
            review_on: None,
        };
        let mut assessment = whole_scope();
        let action = Action::SetDecision(clause.id, Some(decision));
        assert!(apply(&mut assessment, &CATALOGUE, action).is_err(), "{}", clause.id);
        for position in 0..CATALOGUE.practices.len() {
            let id = CATALOGUE.practices[position].id;
            let action = Action::SetStanding(id, standing(StandingKind::NotApplicable));
            apply(&mut assessment, &CATALOGUE, action).ok();
        }
        let analysis = analyse(&assessment);
        let position = CATALOGUE
            .requirements
            .iter()
            .position(|it| it.id == clause.id)
            .expect("there");
        let status = analysis.status(position).expect("in scope");
        assert_ne!(status.verdict, Verdict::NeedsDecision, "{}", clause.id);
        assert!(!status.verdict.is_ready(), "{}", clause.id);
    }
    assert_eq!(n_clauses, 30);
}

#[test]
fn facts_switch_practices_and_never_requirements() {
    let start = whole_scope();
    let before = analyse(&start).ground;
    // The cloud roles are the one exception: they say whether a row of 27017 speaks to this organisation at all.
    let facts = Fact::ALL
        .into_iter()
        .filter(|fact| !matches!(fact, Fact::CloudCustomer | Fact::CloudProvider));
    for fact in facts {
        for value in [true, false] {
            let mut assessment = start.clone();
            apply(&mut assessment, &CATALOGUE, Action::SetFact(fact, Some(value))).expect("applies");
            let ground = analyse(&assessment).ground;
            assert_eq!(ground.included, before.included, "{fact:?} {value}");
            for position in 0..CATALOGUE.practices.len() {
                let practice = &CATALOGUE.practices[position];
                let is_named = practice.applies_when.facts().any(|it| it == fact);
                assert!(
                    is_named || ground.asked.contains(position),
                    "{fact:?} {value}: {}",
                    practice.id
                );
                assert!(practice.applies_when != Condition::Always || ground.asked.contains(position));
            }
        }
    }
}

#[test]
fn level_of_a_requirement_is_partly_between_all_and_none() {
    let position = CATALOGUE
        .requirements
        .iter()
        .position(|it| it.id.code == "A.8.32")
        .expect("there");
    let needed: Vec<usize> = analyse(&whole_scope()).ground.needed[position].iter().collect();
    assert!(needed.len() > 1, "A.8.32 rests on several practices");
    let check = |kinds: &dyn Fn(usize) -> StandingKind, expect: Level| {
        let mut assessment = whole_scope();
        for (n, practice) in needed.iter().enumerate() {
            set_standing(&mut assessment, *practice, kinds(n));
        }
        let verdict = analyse(&assessment).status(position).map(|it| it.verdict);
        assert_eq!(verdict, Some(Verdict::Known(expect)));
    };
    check(&|_| StandingKind::InPlace, Level::Ready);
    check(&|_| StandingKind::NotInPlace, Level::NotReady);
    check(&|_| StandingKind::Partly, Level::Partly);
    check(
        &|n| {
            if n == 0 {
                StandingKind::InPlace
            } else {
                StandingKind::NotInPlace
            }
        },
        Level::Partly,
    );
    check(
        &|n| {
            if n == 0 {
                StandingKind::NotInPlace
            } else {
                StandingKind::Inherited
            }
        },
        Level::Partly,
    );
}

#[test]
fn facet_that_was_never_said_is_no_gap() {
    let mut assessment = whole_scope();
    answer_all_asked(&mut assessment);
    assert_eq!(analyse(&assessment).gaps, []);
    let facets = Facets {
        documented: Some(false),
        ..Facets::default()
    };
    let practice = CATALOGUE
        .practices
        .iter()
        .find(|it| it.shown_by().documented.is_some())
        .expect("there");
    apply(&mut assessment, &CATALOGUE, Action::SetFacets(practice.id, facets)).expect("applies");
    assert_eq!(analyse(&assessment).gaps.len(), 1);
}
