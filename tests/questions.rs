//! Properties of findings, next question and quick scan, on random answers and scopes over the real catalogue.
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

use std::collections::BTreeMap;

use concord::analysis::{Analysis, Grade, Why, next_question, quick_scan};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Assessment, Category, Facet, FrameworkId, ScopeDate, Slot, Standing, StandingKind, Value, date_from_text,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use random::{actions, apply_all, config, scope_action};

/// Ordered standings, and a few of the others, with facets said or not. The window makes missed records count.
fn assessments() -> impl Strategy<Value = Assessment> {
    let kinds = prop_oneof![
        3 => Just(Standing::NotInPlace),
        2 => Just(Standing::Partly),
        3 => Just(Standing::InPlace),
        2 => Just(Standing::NotAnswered),
    ];
    let answers = proptest::collection::vec((kinds, any::<Option<bool>>()), CATALOGUE.practices.len());
    let narrowing = proptest::collection::vec(scope_action(), 0..20);
    (answers, narrowing, actions(30)).prop_map(|(answers, narrowing, more)| {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(FrameworkId::ALL);
        assessment.scope.categories.extend(Category::ALL);
        assessment
            .scope
            .dates
            .set(ScopeDate::WindowStart, date_from_text("2026-01-01"));
        assessment
            .scope
            .dates
            .set(ScopeDate::WindowEnd, date_from_text("2026-09-30"));
        for (practice, (standing, evidenced)) in CATALOGUE.practices.iter().zip(answers) {
            let mut answer = assessment.answer(practice.id);
            answer.standing = standing;
            answer.facets = answer.facets.with(Facet::Evidenced, evidenced);
            assessment.put(Slot::Answer(practice.id), Value::Answer(Box::new(answer)));
        }
        apply_all(&mut assessment, narrowing);
        apply_all(&mut assessment, more);
        assessment
    })
}

fn analyse(assessment: &Assessment) -> Analysis {
    Analysis::new(&CATALOGUE, assessment, date_from_text("2026-11-20").expect("a date"))
}

/// The findings by their place in the catalogue: both grades.
fn graded(assessment: &Assessment) -> BTreeMap<usize, (Grade, Option<Grade>)> {
    let findings = analyse(assessment).findings;
    let findings = findings.iter();
    findings
        .map(|it| (it.nonconformity, (it.grade, it.soc2_grade)))
        .collect()
}

/// Raises an answer by a step, or what it can show; leaves what has no order as it is.
fn raise(assessment: &mut Assessment, practice: usize, by_facet: bool) {
    let id = CATALOGUE.practices[practice].id;
    let mut answer = assessment.answer(id);
    if by_facet {
        if answer.facets.evidenced == Some(false) {
            answer.facets.evidenced = Some(true);
        }
    } else {
        let raised = [Standing::NotInPlace, Standing::Partly, Standing::InPlace];
        if let Some(step) = raised.iter().position(|it| *it == answer.standing) {
            answer.standing = raised[(step + 1).min(2)].clone();
        }
    }
    assessment.put(Slot::Answer(id), Value::Answer(Box::new(answer)));
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn better_answer_never_adds_a_finding_nor_makes_a_grade_graver(
        before in assessments(),
        raises in proptest::collection::vec((any::<Index>(), any::<bool>()), 1..60),
    ) {
        let mut after = before.clone();
        for (index, by_facet) in raises {
            raise(&mut after, index.index(CATALOGUE.practices.len()), by_facet);
        }
        let (before, after) = (graded(&before), graded(&after));
        for (finding, (grade, soc2_grade)) in after {
            let name = CATALOGUE.nonconformities[finding].id;
            let Some((grade_before, soc2_before)) = before.get(&finding) else {
                return Err(TestCaseError::fail(format!("{name} was not there before")));
            };
            // The gravest grade stands first.
            prop_assert!(grade >= *grade_before, "{}: {:?} after {:?}", name, grade, grade_before);
            if let Some(soc2_grade) = soc2_grade {
                prop_assert!(Some(soc2_grade) >= *soc2_before, "{}: {:?}", name, soc2_grade);
                prop_assert!(soc2_before.is_some(), "{}", name);
            }
        }
    }

    #[test]
    fn finding_rests_on_answers_in_scope_and_breaks_what_needs_them(assessment in assessments()) {
        let analysis = analyse(&assessment);
        let mut grades = Vec::new();
        for finding in &analysis.findings {
            let authored = &CATALOGUE.nonconformities[finding.nonconformity];
            prop_assert!(!finding.triggers.is_empty(), "{}", authored.id);
            for trigger in &finding.triggers {
                prop_assert!(analysis.ground.asked.contains(*trigger));
                let kind = assessment.answer(CATALOGUE.practices[*trigger].id).standing.kind();
                let is_firing = [
                    StandingKind::NotInPlace,
                    StandingKind::Partly,
                    StandingKind::InPlace,
                    StandingKind::AnotherWay,
                ];
                prop_assert!(is_firing.contains(&kind), "{}: {:?}", authored.id, kind);
            }
            for broken in &finding.breaks {
                prop_assert!(analysis.ground.includes(*broken));
                prop_assert!(finding.triggers.iter().any(|it| analysis.ground.needed[*broken].contains(*it)));
            }
            for artefact in &finding.closed_by {
                let shows = |it: &u16| finding.triggers.contains(&usize::from(*it));
                prop_assert!(CATALOGUE.artefacts[*artefact].practices.iter().any(shows));
            }
            grades.push(finding.grade);
        }
        prop_assert!(grades.is_sorted());
    }

    #[test]
    fn next_question_is_asked_open_and_says_why(assessment in assessments()) {
        let ground = analyse(&assessment).ground;
        let is_open = |at: usize| {
            assessment.answer(CATALOGUE.practices[at].id).standing.kind() == StandingKind::NotAnswered
        };
        match next_question(&CATALOGUE, &assessment, &ground) {
            Some(next) => {
                prop_assert!(ground.asked.contains(next.practice) && is_open(next.practice));
                prop_assert!(!next.whys.is_empty());
                for why in next.whys {
                    if let Why::Settles(requirements) = why {
                        for at in requirements {
                            let open: Vec<usize> = ground.needed[at].iter().filter(|it| is_open(*it)).collect();
                            prop_assert_eq!(open, vec![next.practice]);
                        }
                    }
                }
            }
            None => prop_assert!(!ground.asked.iter().any(is_open)),
        }
    }

    #[test]
    fn scan_asks_each_practice_once_and_counts_what_it_touches(
        narrowing in proptest::collection::vec(scope_action(), 0..25),
        frameworks in proptest::collection::vec(select(FrameworkId::ALL.to_vec()), 0..4),
    ) {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(frameworks);
        apply_all(&mut assessment, narrowing);
        let ground = analyse(&assessment).ground;
        let scan = quick_scan(&CATALOGUE, &ground);
        let practices = scan.practices();
        prop_assert_eq!(practices.len(), scan.questions.len());
        prop_assert!(practices.difference(&ground.asked).is_empty());
        prop_assert!(scan.questions.len() >= ground.asked.len().min(40));
        let needing = |at: &usize| ground.includes(*at) && !ground.needed[*at].is_empty();
        let needing: Vec<usize> = (0..CATALOGUE.requirements.len()).filter(needing).collect();
        let touched = needing.iter().filter(|at| !ground.needed[**at].intersection(&practices).is_empty());
        let settled = needing.iter().filter(|at| ground.needed[**at].difference(&practices).is_empty());
        prop_assert_eq!(
            (scan.n_requirements, scan.n_touched, scan.n_settled),
            (needing.len(), touched.count(), settled.count())
        );
    }
}

#[test]
fn quick_scan_of_all_frameworks_touches_more_than_half_with_forty_questions() {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    let scan = quick_scan(&CATALOGUE, &analyse(&assessment).ground);
    assert_eq!(scan.questions.len(), 40);
    assert!(
        scan.n_touched * 2 > scan.n_requirements,
        "{} of {}",
        scan.n_touched,
        scan.n_requirements
    );
}
