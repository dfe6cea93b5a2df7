//! The plan: a ranking that is stable and explains itself, and waves that keep to what comes first and to the capacity.
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

use chrono::NaiveDate;
use concord::analysis::{ActionState, Analysis, CAPACITY, GapKind, Grade, Held, Plan, Precedence, Wave, days_of, plan};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Category, Choice, Effort, EntryId, Facet, Facets, Field, FieldValue, FrameworkId, PracticeId,
    Register, ScopeCount, Sheet, SheetKey, Standing, apply,
};
use proptest::prelude::*;
use proptest::sample::select;
use random::{actions, apply_all, config};

fn today() -> NaiveDate {
    concord::domain::date_from_text("2026-11-20").expect("a day")
}

fn whole_scope() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    assessment
}

/// Answers that leave many gaps, each practice at most once; some are in place and can't be shown.
fn answers() -> impl Strategy<Value = Vec<(PracticeId, Standing)>> {
    let standings = select(vec![
        Standing::NotAnswered,
        Standing::NotInPlace,
        Standing::NotInPlace,
        Standing::Partly,
        Standing::InPlace,
    ]);
    proptest::collection::vec(standings, CATALOGUE.practices.len()).prop_map(|standings| {
        let ids = CATALOGUE.practices.iter().map(|it| it.id);
        ids.zip(standings).collect()
    })
}

fn answered(answers: &[(PracticeId, Standing)]) -> Assessment {
    let mut assessment = whole_scope();
    for (id, standing) in answers {
        apply(&mut assessment, &CATALOGUE, Action::SetStanding(*id, standing.clone())).expect("applies");
        // Every other practice is denied its records: where it is in place, it can't be shown.
        let is_even = CATALOGUE.practice_index(*id).is_some_and(|at| at % 2 == 0);
        let facets = Facets::default().with(Facet::Evidenced, Some(!is_even));
        apply(&mut assessment, &CATALOGUE, Action::SetFacets(*id, facets)).expect("applies");
    }
    assessment
}

fn analysed(assessment: &Assessment) -> (Analysis, Plan) {
    let analysis = Analysis::new(&CATALOGUE, assessment, today());
    let plan = plan(&CATALOGUE, assessment, &analysis);
    (analysis, plan)
}

/// Some actions of the plan and the capacity, over answers that leave many gaps.
fn planned() -> impl Strategy<Value = Assessment> {
    let practices = proptest::collection::btree_set(0..CATALOGUE.practices.len(), 0..6);
    let due = proptest::option::weighted(0.8, -40_i64..420);
    let state = select(vec![
        Choice::NotBegun,
        Choice::NotBegun,
        Choice::Begun,
        Choice::Done,
        Choice::Dropped,
    ]);
    let effort = proptest::option::of(select(vec![Choice::Small, Choice::Medium, Choice::Large]));
    let one = (practices, due, state, effort);
    let all = proptest::collection::vec(one, 0..12);
    let capacity = proptest::option::of(0_u32..80);
    (answers(), all, capacity).prop_map(|(answers, all, capacity)| {
        let mut assessment = answered(&answers);
        assessment.scope.counts.set(ScopeCount::Capacity, capacity);
        for (n, (practices, due, state, effort)) in (0..).zip(all) {
            let ids = practices.into_iter().map(|at| CATALOGUE.practices[at].id).collect();
            let mut sheet = Sheet::default()
                .with_text(Field::Title, "An action")
                .with(Field::Practices, FieldValue::Practices(ids))
                .with(Field::State, FieldValue::Choice(state));
            let due = due.map(|days| FieldValue::Date(today() + chrono::TimeDelta::days(days)));
            sheet.set(Field::Due, due);
            sheet.set(Field::Effort, effort.map(FieldValue::Choice));
            let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(n));
            apply(&mut assessment, &CATALOGUE, Action::PutSheet(key, sheet)).expect("applies");
        }
        assessment
    })
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn ranking_is_stable(answers in answers(), seed in any::<u64>()) {
        let (analysis, planned) = analysed(&answered(&answers));
        let mut shuffled: Vec<_> = answers.into_iter().enumerate().collect();
        shuffled.sort_by_key(|(at, _)| (*at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let shuffled: Vec<_> = shuffled.into_iter().map(|(_, it)| it).collect();
        let again = analysed(&answered(&shuffled));
        prop_assert_eq!(&again.0.gaps, &analysis.gaps);
        prop_assert_eq!(again.1, planned);
    }

    #[test]
    fn ranking_explains_every_score(answers in answers()) {
        let (analysis, _) = analysed(&answered(&answers));
        for gap in &analysis.gaps {
            let (ranking, practice) = (&gap.ranking, &CATALOGUE.practices[gap.practice]);
            prop_assert_eq!(ranking.score(), gap.score);
            prop_assert_eq!(ranking.is_potential_major, gap.grade == Grade::PotentialMajor);
            prop_assert_eq!(ranking.is_absent, !matches!(gap.kind, GapKind::NotShown(_)));
            // What is said of each requirement is what its status says, and each control stands once.
            let mut controls = BTreeMap::new();
            for at in &gap.closes {
                let status = analysis.status(*at).expect("in scope");
                let n_open = status.basis.n_considered() - status.basis.n_ready();
                let control = CATALOGUE.requirements[*at].base.map_or(*at, usize::from);
                if n_open > 0 {
                    controls.entry(control).or_insert((*at, n_open));
                }
            }
            let said: BTreeSet<(usize, usize)> = ranking.open.iter().map(|it| (it.requirement, it.n_open)).collect();
            prop_assert_eq!(ranking.open.len(), said.len());
            prop_assert_eq!(&said, &controls.into_values().collect());
            let sum: u64 = said.iter().map(|(_, n)| 1000 / *n as u64).sum();
            let weight = match practice.effort {
                Effort::Small => 1,
                Effort::Medium => 3,
                Effort::Large => 8,
            };
            prop_assert_eq!(gap.score, u64::from(practice.priority) * sum / weight);
        }
    }

    #[test]
    fn ranking_justifies_each_neighbouring_pair(answers in answers()) {
        let (analysis, _) = analysed(&answered(&answers));
        for pair in analysis.gaps.windows(2) {
            let (first, next) = (&pair[0].ranking, &pair[1].ranking);
            let same_grade = first.is_potential_major == next.is_potential_major;
            let same_kind = first.is_absent == next.is_absent;
            match first.precedence(next) {
                Precedence::PotentialMajor => prop_assert!(first.is_potential_major && !next.is_potential_major),
                Precedence::Absent => prop_assert!(same_grade && first.is_absent && !next.is_absent),
                Precedence::Score => prop_assert!(same_grade && same_kind && first.score() > next.score()),
                Precedence::Catalogue => {
                    prop_assert!(same_grade && same_kind && first.score() == next.score());
                    prop_assert!(pair[0].practice < pair[1].practice);
                }
            }
        }
    }

    #[test]
    fn every_gap_is_planned_or_proposed_once(assessment in planned()) {
        let (analysis, plan) = analysed(&assessment);
        let open: BTreeSet<usize> = plan
            .actions
            .iter()
            .filter(|it| it.action.is_open())
            .flat_map(|it| it.action.practices.iter().copied())
            .collect();
        let expected: Vec<usize> = (0..analysis.gaps.len())
            .filter(|at| !open.contains(&analysis.gaps[*at].practice))
            .collect();
        let proposed: Vec<usize> = plan.proposals.iter().map(|it| it.gap).collect();
        prop_assert_eq!(proposed, expected);
        prop_assert_eq!(plan.n_planned() + plan.proposals.len(), analysis.gaps.len());
        let shown: usize = Wave::ALL.iter().map(|wave| plan.in_wave(*wave).count()).sum();
        let rest = plan.overdue().count() + plan.undated().count();
        prop_assert_eq!(shown + rest, plan.actions.iter().filter(|it| it.action.is_open()).count());
    }

    #[test]
    fn gap_never_stands_in_an_earlier_wave_than_what_it_comes_after(assessment in planned()) {
        let (analysis, plan) = analysed(&assessment);
        let wave_of = |practice: usize| {
            let at = analysis.gaps.iter().position(|it| it.practice == practice)?;
            let proposed = plan.proposal_for(at).map(|it| it.wave);
            // Of several actions the last one puts it in place; one without a day is in no wave.
            let planned = plan.actions.iter().filter(|it| it.gaps.contains(&at)).filter_map(|it| it.wave).max();
            proposed.or(planned)
        };
        for proposal in &plan.proposals {
            let practice = analysis.gaps[proposal.gap].practice;
            let edges = CATALOGUE.after.iter().filter(|(later, _)| usize::from(*later) == practice);
            for (_, earlier) in edges {
                let earlier = usize::from(*earlier);
                if let Some(wave) = wave_of(earlier) {
                    prop_assert!(wave <= proposal.wave, "{} before {}", practice, earlier);
                }
                let is_gap = analysis.gaps.iter().any(|it| it.practice == earlier);
                prop_assert_eq!(proposal.after.contains(&earlier), is_gap);
            }
        }
    }

    #[test]
    fn proposals_keep_to_the_capacity_and_say_what_holds_them_back(assessment in planned()) {
        let (analysis, plan) = analysed(&assessment);
        let capacity = assessment.scope.counts.get(&ScopeCount::Capacity).copied();
        prop_assert_eq!(plan.capacity, capacity.unwrap_or(CAPACITY));
        let (mut used, mut is_any) = (0, false);
        for wave in Wave::ALL {
            let (of_actions, of_proposals) = plan.effort_in(wave, &analysis);
            used += of_actions + of_proposals;
            is_any |= plan.proposed_in(wave).next().is_some();
            if let Some(holds) = plan.holds(wave).filter(|_| is_any) {
                prop_assert!(used <= holds, "{:?}: {} of {}", wave, used, holds);
            }
        }
        for proposal in &plan.proposals {
            let takes = days_of(analysis.gaps[proposal.gap].ranking.effort);
            prop_assert!(proposal.days >= takes);
            prop_assert!(proposal.wave == Wave::Later || proposal.days <= proposal.wave.days());
            prop_assert_eq!(proposal.held.is_none(), proposal.wave == Wave::Days30);
            if let Some(Held::After(practice)) = proposal.held {
                prop_assert!(proposal.after.contains(&practice));
            }
        }
    }

    #[test]
    fn plan_stands_whatever_is_entered(actions in actions(160)) {
        let mut assessment = whole_scope();
        apply_all(&mut assessment, actions);
        let (analysis, plan) = analysed(&assessment);
        prop_assert_eq!(plan.actions.len(), assessment.register(Register::PlanAction).count());
        for planned in &plan.actions {
            let is_open = planned.action.is_open();
            prop_assert_eq!(is_open, !matches!(planned.action.state, ActionState::Done | ActionState::Dropped));
            prop_assert_eq!(planned.wave.is_some(), is_open && planned.action.due.is_some());
            prop_assert!(planned.action.starts() <= planned.action.due);
            prop_assert!(planned.gaps.iter().all(|at| *at < analysis.gaps.len()));
        }
    }
}

#[test]
fn done_action_leaves_its_gap_and_is_told_apart() {
    let mut assessment = whole_scope();
    let id = PracticeId::new("access.mfa");
    apply(&mut assessment, &CATALOGUE, Action::SetStanding(id, Standing::Partly)).expect("applies");
    let sheet = |state| {
        Sheet::default()
            .with_text(Field::Title, "Second factor everywhere")
            .with(Field::Practices, FieldValue::Practices([id].into_iter().collect()))
            .with(Field::State, FieldValue::Choice(state))
            .with(Field::Due, FieldValue::Date(today() - chrono::TimeDelta::days(1)))
    };
    let key = |n| SheetKey::entry(Register::PlanAction, EntryId::from_random(n));
    let put = |assessment: &mut Assessment, n, sheet| {
        apply(assessment, &CATALOGUE, Action::PutSheet(key(n), sheet)).expect("applies");
    };
    put(&mut assessment, 1, sheet(Choice::Done));
    let (_, plan) = analysed(&assessment);
    assert_eq!(plan.done_yet_gap().count(), 1);
    assert_eq!((plan.n_planned(), plan.proposals.len()), (0, 1), "done covers nothing");
    let mut waits = sheet(Choice::Begun);
    waits.set(
        Field::After,
        Some(FieldValue::Entries(
            [1, 3].map(EntryId::from_random).into_iter().collect(),
        )),
    );
    put(&mut assessment, 2, waits);
    put(&mut assessment, 3, sheet(Choice::NotBegun));
    let (_, plan) = analysed(&assessment);
    assert_eq!(plan.overdue().count(), 2);
    let waiting: Vec<_> = plan.waiting().map(|it| it.waits_for.clone()).collect();
    assert_eq!(waiting, [[EntryId::from_random(3)]], "what is done holds nothing up");
    assert_eq!(plan.without_gap().count(), 0);
    apply(&mut assessment, &CATALOGUE, Action::SetStanding(id, Standing::InPlace)).expect("applies");
    let (_, plan) = analysed(&assessment);
    assert_eq!((plan.done_yet_gap().count(), plan.without_gap().count()), (0, 2));
}
