//! The dashboard: each figure that counts practices leads to exactly as many, in the sample, in random assessments, and in the
//! states in which a sentence is most easily wrong.
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

use std::collections::BTreeSet;

use chrono::NaiveDate;
use concord::analysis::{Analysis, Clearance, PlanChoice, PracticeFilter};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Answer, Assessment, AssessmentId, Basis, BasisKind, Category, Choice, EntryId, Facet, Facets, Field, FieldValue,
    FrameworkId, Register, ScopeDate, Sheet, SheetKey, Standing, date_from_text,
};
use concord::report::chart::{Chart, Drawing, Leads};
use concord::report::{board_sentence, dashboard, report_model};
use concord::store::{AssessmentFile, Book};
use proptest::prelude::*;

use random::{actions, apply_all, config};

const SAMPLE: &str = include_str!("../assets/sample/sample.json");

const IDS: [&str; 7] = [
    "gates",
    "readiness",
    "burn-down",
    "levers",
    "overlap",
    "basis",
    "facets",
];

fn day(text: &str) -> NaiveDate {
    date_from_text(text).expect("a day")
}

fn today() -> NaiveDate {
    day("2026-11-25")
}

fn sample() -> Assessment {
    let file = AssessmentFile::from_bytes(SAMPLE.as_bytes()).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    Book::from_records(id, 1, file.records, &CATALOGUE).assessment
}

/// An assessment of some frameworks in which every practice that is asked has the same answer.
fn all_answered(frameworks: &[FrameworkId], answer: &Answer) -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(frameworks.iter().copied());
    assessment.scope.categories.extend(Category::ALL);
    for practice in CATALOGUE.practices {
        assessment.answers.insert(practice.id, answer.clone());
    }
    assessment
}

fn in_place() -> Answer {
    Answer {
        standing: Standing::InPlace,
        facets: Facets {
            documented: Some(true),
            enforced: Some(true),
            evidenced: Some(true),
            improved: Some(true),
        },
        ..Answer::default()
    }
}

fn absent() -> Answer {
    Answer {
        standing: Standing::NotInPlace,
        ..Answer::default()
    }
}

fn charts(assessment: &Assessment) -> (Analysis, Vec<Chart>) {
    let analysis = Analysis::new(&CATALOGUE, assessment, today());
    let charts = dashboard(&CATALOGUE, assessment, &analysis);
    (analysis, charts)
}

fn chart<'a>(charts: &'a [Chart], id: &str) -> &'a Chart {
    charts.iter().find(|it| it.id == id).expect("the chart")
}

/// The number with which a figure begins; 0 for `none`.
fn number(figure: &str) -> usize {
    let digits: String = figure.chars().take_while(char::is_ascii_digit).collect();
    if figure == "none" {
        return 0;
    }
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{figure:?} begins with a number"))
}

/// Every figure that leads to practices, with what it shows: cells of data tables, bars, and cells of heat maps.
fn figures(chart: &Chart) -> Vec<(String, String, PracticeFilter)> {
    let mut figures = Vec::new();
    let mut add = |what: String, shown: &str, leads: &Leads| {
        if let Leads::Practices(filter) = leads {
            figures.push((what, shown.to_owned(), *filter));
        }
    };
    for row in &chart.rows {
        for (at, (cell, column)) in row.cells.iter().zip(&chart.columns).enumerate() {
            add(
                format!("{}: {column} of {}", chart.id, row.cells[0]),
                cell,
                row.leads.of_cell(at),
            );
        }
    }
    match &chart.drawing {
        Drawing::Bars(bars) => {
            for bar in &bars.bars {
                add(format!("{}: bar {}", chart.id, bar.label), &bar.value, &bar.leads);
            }
        }
        Drawing::Heat(heat) => {
            for row in &heat.rows {
                for cell in row.cells.iter().flatten() {
                    add(format!("{}: cell {}", chart.id, row.label), &cell.value, &cell.leads);
                }
            }
        }
        Drawing::Lines(_) | Drawing::Spans(_) => {}
    }
    figures
}

/// What is wrong with the figures of an assessment.
fn check(assessment: &Assessment) {
    let (analysis, charts) = charts(assessment);
    let ids: Vec<&str> = charts.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, IDS);
    for chart in &charts {
        assert!(
            chart.finding.ends_with('.') && chart.finding.len() > 10,
            "{}",
            chart.finding
        );
        for row in &chart.rows {
            assert_eq!(row.cells.len(), chart.columns.len(), "{}: {row:?}", chart.id);
            if let Leads::Each(each) = &row.leads {
                assert_eq!(each.len(), row.cells.len(), "{}: {row:?}", chart.id);
            }
        }
        for (what, shown, filter) in figures(chart) {
            let found = filter.matching(&CATALOGUE, assessment, &analysis);
            if counts_requirements(&what) {
                assert_eq!(found, needed(&analysis, &filter), "{what}");
            } else {
                assert_eq!(number(&shown), found.len(), "{what} shows {shown}: {filter:?}");
            }
        }
    }
}

/// The bars of the gates and the tiles of readiness count requirements: they lead to the practices that these need.
fn counts_requirements(what: &str) -> bool {
    what.starts_with("gates: bar") || what.starts_with("readiness: cell")
}

/// What the requirements behind a figure need, worked out apart from the filter.
fn needed(analysis: &Analysis, filter: &PracticeFilter) -> Vec<usize> {
    let mut positions = BTreeSet::new();
    if let Some((gate, framework)) = filter.gate {
        let gates = analysis.gates.iter();
        let gate = gates
            .clone()
            .find(|it| it.gate == gate && it.framework == framework)
            .expect("the gate");
        let counted = gate.practices.iter().filter(|it| !it.has_no_occurrence);
        positions.extend(counted.map(|it| it.practice));
    } else {
        for (position, requirement) in CATALOGUE.requirements.iter().enumerate() {
            let is_it = Some(requirement.id.framework) == filter.framework && Some(requirement.group) == filter.group;
            if is_it && analysis.ground.includes(position) {
                positions.extend(analysis.ground.needed[position].iter());
            }
        }
    }
    positions.into_iter().collect()
}

#[test]
fn figures_of_the_sample_lead_to_as_many_practices_as_they_show() {
    let assessment = sample();
    check(&assessment);
    let (_, charts) = charts(&assessment);
    for chart in &charts {
        let n = figures(chart).len();
        assert!(n > 0 || chart.id == "levers", "{} leads somewhere", chart.id);
        assert!(!chart.rows.is_empty(), "{} has numbers", chart.id);
    }
    let levers = chart(&charts, "levers");
    assert_eq!(levers.rows.len(), 10);
    assert!(levers.rows.iter().all(|row| matches!(row.leads, Leads::Practice(_))));
}

#[test]
fn figures_hold_in_the_states_at_the_edges() {
    let frameworks = FrameworkId::ALL;
    let empty = Assessment::default();
    let nothing_answered = {
        let mut assessment = all_answered(&frameworks, &in_place());
        assessment.answers = Default::default();
        assessment
    };
    let states = [
        empty,
        nothing_answered,
        all_answered(&frameworks, &in_place()),
        all_answered(&frameworks, &absent()),
        all_answered(&[FrameworkId::Soc2], &absent()),
        all_answered(&[FrameworkId::Iso27017Of2015], &in_place()),
        all_answered(&[FrameworkId::Iso27017, FrameworkId::Iso27017Of2015], &absent()),
    ];
    for state in &states {
        check(state);
    }
}

fn findings(assessment: &Assessment) -> Vec<String> {
    charts(assessment).1.into_iter().map(|it| it.finding).collect()
}

#[test]
fn nothing_in_scope_is_said_as_such() {
    let assessment = Assessment::default();
    let said = findings(&assessment);
    assert_eq!(
        said,
        [
            "No framework is in scope, so there is no gate.",
            "No framework is in scope.",
            "No gap is known, because nothing has been answered yet.",
            "No gap is known, so there is nothing to close.",
            "No framework is in scope.",
            "Nothing has been answered yet, so nothing rests on anything.",
            "No practice is in place or partly yet, so there is nothing to show.",
        ]
    );
    let analysis = Analysis::new(&CATALOGUE, &assessment, today());
    assert_eq!(
        board_sentence(&CATALOGUE, &assessment, &analysis),
        "No framework is in scope yet, so there is nothing to report."
    );
}

#[test]
fn all_done_in_one_framework_is_said_as_such() {
    let said = findings(&all_answered(&[FrameworkId::Iso27017Of2015], &in_place()));
    assert!(
        said[0].starts_with("The one gate is blocked, whatever its share is; "),
        "{}",
        said[0]
    );
    assert!(said[1].contains("so all that is in scope is ready."), "{}", said[1]);
    assert!(said[2].starts_with("No gap is open among "), "{}", said[2]);
    assert_eq!(said[3], "No gap is known, so there is nothing to close.");
    assert_eq!(said[4], "No gap is open, so there is nothing to fix.");
    assert!(!said[6].contains("furthest behind"), "{}", said[6]);
}

#[test]
fn target_date_changes_what_is_said_of_the_burn_down() {
    let mut assessment = all_answered(&[FrameworkId::Iso27001], &absent());
    let said = |assessment: &Assessment| chart(&charts(assessment).1, "burn-down").clone();
    let before = said(&assessment);
    assert!(before.finding.ends_with("No target date is set."), "{}", before.finding);
    assert!(
        before.remarks[0].contains("State a target date"),
        "{:?}",
        before.remarks
    );
    let n_lines = |chart: &Chart| match &chart.drawing {
        Drawing::Lines(lines) => lines.lines.len(),
        Drawing::Bars(_) | Drawing::Heat(_) | Drawing::Spans(_) => panic!("lines"),
    };
    assert_eq!(n_lines(&before), 1);
    assessment.scope.dates.insert(ScopeDate::Target, day("2027-03-01"));
    let with_target = said(&assessment);
    assert!(
        with_target
            .finding
            .contains("No due day of the plan changes that by the target date, 1 March 2027."),
        "{}",
        with_target.finding
    );
    assert_eq!(n_lines(&with_target), 2, "today's point and the even pace");
    assessment.scope.dates.insert(ScopeDate::Target, day("2026-11-01"));
    let passed = said(&assessment);
    assert!(
        passed.finding.contains("The target date, 1 November 2026, has passed."),
        "{}",
        passed.finding
    );
    assert_eq!(n_lines(&passed), 1);
}

fn put_action(assessment: &mut Assessment, n: u64, title: &str, due: &str, practices: &[usize]) {
    let ids = practices.iter().map(|at| CATALOGUE.practices[*at].id).collect();
    let sheet = Sheet::default()
        .with_text(Field::Title, title)
        .with(Field::Due, FieldValue::Date(day(due)))
        .with(Field::State, FieldValue::Choice(Choice::Begun))
        .with(Field::Practices, FieldValue::Practices(ids));
    let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(n));
    assessment.sheets.insert(key, sheet);
}

#[test]
fn overdue_actions_are_named_and_planned_gaps_go_on_their_day() {
    let mut assessment = all_answered(&[FrameworkId::Iso27001], &absent());
    assessment.scope.dates.insert(ScopeDate::Target, day("2027-03-01"));
    let analysis = Analysis::new(&CATALOGUE, &assessment, today());
    let gaps: Vec<usize> = analysis.gaps.iter().map(|it| it.practice).collect();
    put_action(&mut assessment, 1, "Write the policy", "2026-11-01", &gaps[..2]);
    put_action(&mut assessment, 2, "Review rights", "2027-01-31", &gaps[2..5]);
    check(&assessment);
    let (analysis, charts) = charts(&assessment);
    let burn = chart(&charts, "burn-down");
    let left = gaps.len() - 3;
    let expected = format!(
        "{} gaps are open today; no action covers {} of them. If the plan holds, {left} are left at the target date, 1 March \
         2027. 1 action is overdue: “Write the policy”.",
        gaps.len(),
        gaps.len() - 5
    );
    assert_eq!(burn.finding, expected);
    let planned = burn
        .rows
        .iter()
        .find(|row| row.cells[0] == "Planned")
        .expect("the plan");
    assert_eq!(planned.cells[1..], ["2027-01-31".to_owned(), left.to_string()]);
    let overdue = PracticeFilter {
        plan: Some(PlanChoice::Overdue),
        ..PracticeFilter::gaps()
    };
    let mut first: Vec<usize> = gaps[..2].to_vec();
    first.sort_unstable();
    assert_eq!(overdue.matching(&CATALOGUE, &assessment, &analysis), first);
}

#[test]
fn readiness_counts_each_requirement_once_and_gates_say_what_they_count() {
    let assessment = sample();
    let (analysis, charts) = charts(&assessment);
    let readiness = chart(&charts, "readiness");
    let total: usize = readiness.rows.iter().map(|row| number(&row.cells[8])).sum();
    let expected: usize = analysis.frameworks.iter().map(|it| it.total.n_total()).sum();
    assert_eq!(total, expected);
    for (row, gate) in chart(&charts, "gates").rows.iter().zip(&analysis.gates) {
        let requirements: usize = row.cells[2..5].iter().map(|it| number(it)).sum();
        let practices: usize = row.cells[5..8].iter().map(|it| number(it)).sum();
        assert_eq!(
            (requirements, practices),
            (gate.count.n_total, gate.practice_count.n_total)
        );
        let fails = gate
            .practices
            .iter()
            .filter(|it| it.clearance == Clearance::Fails)
            .count();
        assert_eq!(number(&row.cells[7]), fails);
    }
}

#[test]
fn report_carries_the_charts_of_the_page() {
    let assessment = sample();
    let (analysis, charts) = charts(&assessment);
    let model = report_model(&CATALOGUE, &assessment, &analysis, String::new());
    assert_eq!(model.dashboard, charts);
    assert_eq!(model.board_sentence, board_sentence(&CATALOGUE, &assessment, &analysis));
    assert!(charts.iter().all(|chart| !chart.drawing.texts().is_empty()));
}

/// Some facets and a basis, so that each part of a filter finds something.
fn answer() -> impl Strategy<Value = Answer> {
    let facet = any::<Option<bool>>;
    let standing = prop_oneof![
        Just(Standing::InPlace),
        Just(Standing::Partly),
        Just(Standing::NotInPlace),
        Just(Standing::NotAnswered),
    ];
    let basis = proptest::option::of(proptest::sample::select(BasisKind::ALL.to_vec()));
    (standing, facet(), facet(), facet(), facet(), basis).prop_map(
        |(standing, documented, enforced, evidenced, improved, basis)| {
            let mut facets = Facets::default();
            for (facet, said) in Facet::ALL.into_iter().zip([documented, enforced, evidenced, improved]) {
                facets = facets.with(facet, said);
            }
            let basis = basis.map(|kind| Basis {
                kind,
                by: "Mara".to_owned(),
                on: None,
            });
            Answer {
                standing,
                facets,
                basis,
                ..Answer::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn figures_of_any_assessment_lead_to_as_many_practices_as_they_show(
        frameworks in proptest::collection::btree_set(proptest::sample::select(FrameworkId::ALL.to_vec()), 0..=4),
        answers in proptest::collection::vec(answer(), CATALOGUE.practices.len()),
        actions in actions(60),
        plan in proptest::collection::vec(
            (0_u32..400, proptest::collection::vec(0..CATALOGUE.practices.len(), 0..8)), 0..6),
        target in proptest::option::of(0_u32..400),
    ) {
        let mut assessment = all_answered(&frameworks.into_iter().collect::<Vec<_>>(), &Answer::default());
        for (practice, answer) in CATALOGUE.practices.iter().zip(answers) {
            assessment.answers.insert(practice.id, answer);
        }
        apply_all(&mut assessment, actions);
        let day = |after: u32| day("2026-06-01") + chrono::Days::new(u64::from(after));
        for (n, (after, practices)) in (100..).zip(plan) {
            put_action(&mut assessment, n, "An action", &day(after).to_string(), &practices);
        }
        if let Some(after) = target {
            assessment.scope.dates.insert(ScopeDate::Target, day(after));
        }
        check(&assessment);
    }
}
