//! Properties of scope changes, over random answers and registers on the real catalogue.
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

use concord::analysis::{Analysis, Ground, exclusion_proposals, scope_effect};
use concord::catalogue::CATALOGUE;
use concord::domain::{Action, Assessment, Category, Fact, FrameworkId, Standing, apply};
use proptest::prelude::*;
use proptest::sample::select;

use random::{actions, apply_all, config};

/// Every framework and category, with random answers, registers and narrowings on top.
fn assessments() -> impl Strategy<Value = Assessment> {
    actions(60).prop_map(|actions| {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(FrameworkId::ALL);
        assessment.scope.categories.extend(Category::ALL);
        apply_all(&mut assessment, actions);
        assessment
    })
}

/// A switch of the scope.
fn switch() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (select(Fact::ALL.to_vec()), any::<Option<bool>>()).prop_map(|(id, value)| Action::SetFact(id, value)),
        1 => (select(FrameworkId::ALL.to_vec()), any::<bool>()).prop_map(|(id, is_in)| Action::SetFramework(id, is_in)),
        1 => (select(Category::ALL.to_vec()), any::<bool>()).prop_map(|(id, is_in)| Action::SetCategory(id, is_in)),
    ]
}

/// The switch that puts back what another changes.
fn back(assessment: &Assessment, switch: &Action) -> Action {
    let slot = switch.slot().expect("a switch changes one slot");
    Action::Restore(vec![(slot, assessment.value(slot))])
}

fn analyse(assessment: &Assessment) -> Analysis {
    let date = concord::domain::date_from_text("2026-11-20").expect("a date");
    Analysis::new(&CATALOGUE, assessment, date)
}

fn change(assessment: &mut Assessment, action: Action) {
    apply(assessment, &CATALOGUE, action).expect("applies");
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn out_of_scope_and_back_is_identity(start in assessments(), switches in proptest::collection::vec(switch(), 1..6)) {
        let mut assessment = start.clone();
        let mut ways_back = Vec::new();
        for switch in switches {
            ways_back.push(back(&assessment, &switch));
            change(&mut assessment, switch);
            prop_assert_eq!(&assessment.answers, &start.answers, "no switch touches an answer");
            prop_assert_eq!(&assessment.sheets, &start.sheets, "no switch touches a register");
        }
        for switch in ways_back.into_iter().rev() {
            change(&mut assessment, switch);
        }
        prop_assert_eq!(&assessment, &start);
        prop_assert_eq!(analyse(&assessment), analyse(&start));
    }

    #[test]
    fn effect_that_is_shown_is_what_happens_and_the_way_back_is_its_mirror(start in assessments(), switch in switch()) {
        let way_back = back(&start, &switch);
        let effect = scope_effect(&CATALOGUE, &start, switch.clone());
        let before = Ground::new(&CATALOGUE, &start);
        let mut assessment = start.clone();
        change(&mut assessment, switch.clone());
        let after = Ground::new(&CATALOGUE, &assessment);
        let asked = before.asked.difference(&effect.going).union(&effect.coming);
        prop_assert_eq!(asked, after.asked);
        if matches!(switch, Action::SetFact(fact, _) if !matches!(fact, Fact::CloudCustomer | Fact::CloudProvider)) {
            prop_assert!(effect.leaving.is_empty() && effect.entering.is_empty(), "a fact switches practices only");
        }
        for at in &effect.bare {
            prop_assert!(after.includes(*at) && after.needed[*at].is_empty());
        }
        for at in effect.falling_asleep.union(&effect.waking).iter() {
            prop_assert_ne!(&start.answer(CATALOGUE.practices[at].id).standing, &Standing::NotAnswered);
        }
        let mirror = scope_effect(&CATALOGUE, &assessment, way_back);
        prop_assert_eq!(mirror.coming, effect.going);
        prop_assert_eq!(mirror.waking, effect.falling_asleep);
        prop_assert_eq!(mirror.going, effect.coming);
        prop_assert_eq!(mirror.falling_asleep, effect.waking);
        prop_assert_eq!(mirror.entering, effect.leaving);
        prop_assert_eq!(mirror.leaving, effect.entering);
    }

    #[test]
    fn every_step_is_taken_back_exactly_by_its_inverse(start in assessments(), steps in actions(60)) {
        let mut assessment = start.clone();
        let mut inverses = Vec::new();
        for step in steps {
            let before = assessment.clone();
            match apply(&mut assessment, &CATALOGUE, step) {
                Ok(change) => {
                    prop_assert_eq!(change.touched.is_empty(), assessment == before);
                    let mut undone = assessment.clone();
                    apply(&mut undone, &CATALOGUE, change.inverse.clone()).expect("an inverse always applies");
                    prop_assert_eq!(undone, before);
                    inverses.push(change.inverse);
                }
                Err(_) => prop_assert_eq!(&assessment, &before, "what is refused changes nothing"),
            }
        }
        for inverse in inverses.into_iter().rev() {
            apply(&mut assessment, &CATALOGUE, inverse).expect("an inverse always applies");
        }
        prop_assert_eq!(assessment, start);
    }

    #[test]
    fn exclusion_is_proposed_only_where_stated_facts_leave_an_undecided_control_nothing(start in assessments()) {
        let ground = Ground::new(&CATALOGUE, &start);
        for proposal in exclusion_proposals(&CATALOGUE, &start, &ground) {
            prop_assert!(ground.includes(proposal.requirement));
            prop_assert!(ground.needed[proposal.requirement].is_empty());
            prop_assert!(proposal.practices.intersection(&ground.asked).is_empty());
            prop_assert!(!start.decisions.contains_key(&CATALOGUE.requirements[proposal.requirement].id));
            for (fact, is) in proposal.facts {
                prop_assert_eq!(start.scope.facts.get(&fact), Some(&is));
            }
        }
    }
}
