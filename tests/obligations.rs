//! The obligations of other laws and frameworks: their data, and properties of how the answers read them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

// What other programs of tests use of it stands idle here.
#[allow(dead_code)]
#[path = "common/random.rs"]
mod random;

use std::collections::BTreeSet;

use concord::analysis::{Analysis, Footing, SourceReading, Spoken, as_if_in_scope, naming};
use concord::catalogue::{CATALOGUE, OBLIGATIONS};
use concord::domain::{Answer, Assessment, Category, FrameworkId, Obligation, ObligationSource, Slot, Standing, Value};
use concord::report::{RegisterKind, RegisterTable, report_model};
use proptest::prelude::*;

use random::{actions, apply_all, config};

fn day() -> chrono::NaiveDate {
    concord::domain::date_from_text("2026-11-20").expect("a date")
}

fn whole_scope() -> Assessment {
    let mut assessment = Assessment::default();
    assessment.scope.frameworks.extend(FrameworkId::ALL);
    assessment.scope.categories.extend(Category::ALL);
    assessment
}

fn readings(assessment: &Assessment) -> Vec<SourceReading> {
    let analysis = Analysis::new(&CATALOGUE, assessment, day());
    let sources = OBLIGATIONS.iter();
    sources
        .map(|it| SourceReading::new(&CATALOGUE, it, assessment, &analysis))
        .collect()
}

fn source(id: &str) -> &'static ObligationSource {
    OBLIGATIONS.iter().find(|it| it.id == id).expect("a source")
}

fn codes(obligation: &Obligation) -> Vec<&'static str> {
    obligation.codes.split(' ').filter(|it| !it.is_empty()).collect()
}

#[test]
fn sources_hold_what_their_publishers_count() {
    let counts = OBLIGATIONS.iter().map(|it| {
        let n_pairs = it.obligations().map(|it| codes(it).len()).sum::<usize>();
        (it.id, it.groups.len(), it.obligations().count(), n_pairs)
    });
    let expected = [
        ("csf-2.0", 22, 106, 341),
        ("pci-dss-4.0.1", 6, 12, 53),
        ("dora", 5, 28, 110),
        ("nis2-2024-2690", 13, 49, 125),
    ];
    assert_eq!(counts.collect::<Vec<_>>(), expected);
    let functions: BTreeSet<&str> = source("csf-2.0").groups.iter().map(|it| it.part).collect();
    assert_eq!(functions.len(), 6, "{functions:?}");
}

#[test]
fn every_pair_names_a_requirement_of_iso_27001_and_is_found_from_both_ends() {
    for source in OBLIGATIONS {
        for obligation in source.obligations() {
            let codes = codes(obligation);
            let positions = obligation.requirements(&CATALOGUE);
            assert_eq!(positions.len(), codes.len(), "{}: {}", source.id, obligation.id);
            for code in codes {
                let id = CATALOGUE.requirement(FrameworkId::Iso27001, code).expect(code).id;
                let position = CATALOGUE.requirement_index(id).expect("a position");
                assert!(positions.contains(&position), "{}: {code}", obligation.id);
                let back = naming(source, FrameworkId::Iso27001, code);
                assert!(back.contains(&obligation), "{}: {code}", obligation.id);
            }
        }
    }
    let named = naming(source("dora"), FrameworkId::Iso27001, "A.8.13");
    assert_eq!(named.iter().map(|it| it.id).collect::<Vec<_>>(), ["Article 12"]);
    let named = naming(source("nis2-2024-2690"), FrameworkId::Iso27001, "A.6.8");
    assert_eq!(named.iter().map(|it| it.id).collect::<Vec<_>>(), ["Point 3.3"]);
}

#[test]
fn credit_asked_for_by_the_licence_stands_with_the_source() {
    let credit = source("nis2-2024-2690").credit;
    for words in [
        "European Union Agency for Cybersecurity (ENISA)",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "Changed:",
    ] {
        assert!(credit.contains(words), "{words}: {credit}");
    }
}

#[test]
fn unanswered_assessment_speaks_to_nothing() {
    for reading in readings(&whole_scope()) {
        for it in reading.obligations() {
            let is_silent = matches!(it.spoken, Spoken::Open | Spoken::NotInScope | Spoken::NotNamed);
            assert!(is_silent, "{}: {:?}", it.obligation.id, it.spoken);
            assert_eq!(it.footing.gaps, [0_usize; 0]);
        }
    }
}

#[test]
fn all_in_place_speaks_in_full_to_all_that_is_named() {
    let mut assessment = whole_scope();
    for practice in CATALOGUE.practices {
        let answer = Answer {
            standing: Standing::InPlace,
            ..Answer::default()
        };
        assessment.put(Slot::Answer(practice.id), Value::Answer(Box::new(answer)));
    }
    for reading in readings(&assessment) {
        let count = reading.count;
        // A scope without facts leaves some requirements without practices: a person decides on those.
        for it in reading.obligations().filter(|it| it.spoken != Spoken::InFull) {
            let is_undecided = it.footing.statuses.n_needs_decision > 0;
            assert!(
                it.spoken == Spoken::NotNamed || is_undecided,
                "{}: {it:?}",
                it.obligation.id
            );
        }
        assert!(
            count.n(Spoken::InFull) * 2 > count.n_total(),
            "{}: {count:?}",
            reading.source.id
        );
    }
}

fn obligations_table(assessment: &Assessment) -> RegisterTable {
    let analysis = Analysis::new(&CATALOGUE, assessment, day());
    let model = report_model(&CATALOGUE, assessment, &analysis, String::new());
    let mut tables = model.registers.into_iter();
    tables
        .find(|it| it.kind == RegisterKind::Obligations)
        .expect("the table")
}

#[test]
fn export_holds_each_obligation_once_and_papers_a_roll_up_by_source_and_group_with_credit() {
    let table = obligations_table(&whole_scope());
    let items = table.rows.iter().filter(|row| !row[1].is_empty());
    let items: Vec<(&str, &str)> = items.map(|row| (row[0].as_str(), row[1].as_str())).collect();
    let all = OBLIGATIONS.iter();
    let all: Vec<(&str, &str)> = all.flat_map(|it| it.obligations().map(|o| (it.short, o.id))).collect();
    assert_eq!(items, all);
    let rows = table.rows.iter().enumerate();
    let on_paper: Vec<&Vec<String>> = rows
        .filter(|(at, _)| !table.left_out.contains(at))
        .map(|(_, row)| row)
        .collect();
    assert_eq!(on_paper.len(), OBLIGATIONS.len());
    let last = table.columns.last().expect("a column");
    assert!(last.title == "Note" && last.width > 0.0);
    for (source, row) in OBLIGATIONS.iter().zip(on_paper) {
        let note = row.last().expect("a note");
        assert!(
            note.contains(source.credit) && note.contains(source.quality),
            "{}: {note}",
            source.id
        );
        let groups: BTreeSet<&str> = source
            .groups
            .iter()
            .map(|it| if it.part.is_empty() { it.id } else { it.part })
            .collect();
        let lines: Vec<&str> = row[5].lines().collect();
        assert_eq!(lines.len(), 1 + groups.len(), "{lines:?}");
        assert!(
            groups.iter().all(|it| lines.iter().any(|line| line.starts_with(it))),
            "{lines:?}"
        );
    }
}

/// Every requirement of a footing stands in exactly one count.
fn is_whole(footing: &Footing) -> bool {
    footing.statuses.n_total() + footing.n_apart() == footing.requirements.len()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn roll_up_adds_up(steps in actions(150)) {
        let mut assessment = whole_scope();
        apply_all(&mut assessment, steps);
        let n_gaps = Analysis::new(&CATALOGUE, &assessment, day()).gaps.len();
        for reading in readings(&assessment) {
            for spoken in Spoken::ALL {
                let n = reading.obligations().filter(|it| it.spoken == spoken).count();
                prop_assert_eq!(reading.count.n(spoken), n);
                prop_assert_eq!(reading.groups.iter().map(|it| it.count.n(spoken)).sum::<usize>(), n);
                let of_parts: usize = reading.parts.iter().map(|it| it.count.n(spoken)).sum();
                prop_assert!(reading.parts.is_empty() || of_parts == n);
            }
            prop_assert_eq!(reading.count.n_total(), reading.source.obligations().count());
            prop_assert!(is_whole(&reading.footing));
            let gaps: BTreeSet<usize> = reading.obligations().flat_map(|it| it.footing.gaps.iter().copied()).collect();
            prop_assert_eq!(&gaps.into_iter().collect::<Vec<_>>(), &reading.footing.gaps);
            prop_assert!(reading.footing.gaps.iter().all(|it| *it < n_gaps));
            for it in reading.obligations() {
                prop_assert!(is_whole(&it.footing), "{}", it.obligation.id);
                let is_full = it.spoken == Spoken::InFull;
                let all_ready = it.footing.statuses.n_ready == it.footing.requirements.len();
                prop_assert_eq!(is_full, all_ready && !it.footing.requirements.is_empty(), "{}", it.obligation.id);
                prop_assert!(it.spoken != Spoken::NotNamed || it.footing == Footing::default());
            }
        }
    }

    #[test]
    fn reading_the_practices_is_reading_the_requirements_with_iso_27001_in_scope(steps in actions(100)) {
        let mut within = whole_scope();
        apply_all(&mut within, steps);
        within.scope.frameworks.insert(FrameworkId::Iso27001);
        let mut without = within.clone();
        without.scope.frameworks.remove(&FrameworkId::Iso27001);
        let widened = as_if_in_scope(&CATALOGUE, &without, day());
        for (source, reading) in OBLIGATIONS.iter().zip(readings(&within)) {
            let by_practices = SourceReading::new(&CATALOGUE, source, &without, &widened);
            prop_assert_eq!(by_practices, reading);
        }
        for reading in readings(&without) {
            let named = reading.obligations().filter(|it| it.spoken != Spoken::NotNamed);
            for it in named {
                prop_assert_eq!(it.spoken, Spoken::NotInScope, "{}", it.obligation.id);
            }
        }
    }
}
