//! The import of a Statement of Applicability against the real catalogue: where rows land, what is asked, what merges do.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "common/random.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod random;

use std::collections::BTreeSet;

use concord::analysis::{Analysis, Choices, Placed, Preview, ReadingKind, SoaTable};
use concord::catalogue::{CATALOGUE, TRANSITION};
use concord::domain::{Action, Assessment, FrameworkId, ImportFlag, Imported, ImportedStatus, RequirementKind, apply};
use proptest::prelude::*;

type Rows = Vec<Vec<String>>;

/// Rows as somebody would write them: cells apart by a bar.
fn rows(lines: &[&str]) -> Rows {
    let row = |line: &&str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.iter().map(row).collect()
}

fn read(rows: &Rows) -> SoaTable {
    SoaTable::read(rows, &CATALOGUE, TRANSITION)
}

fn preview(lines: &[&str]) -> Preview {
    read(&rows(lines)).preview(&CATALOGUE, "old.csv", &Choices::default())
}

fn landed<'a>(preview: &'a Preview, id: &str) -> &'a Imported {
    let placed = preview.placed.iter().find(|it| it.requirement.to_string() == id);
    &placed
        .unwrap_or_else(|| panic!("nothing at {id}: {preview:#?}"))
        .imported
}

/// Where a number alone lands; what is asked about it; or why it is left over.
fn fate(number: &str) -> String {
    let table = read(&rows(&["Control | Applicable", &format!("{number} | yes")]));
    let preview = table.preview(&CATALOGUE, "old.csv", &Choices::default());
    let kinds = |it: &concord::analysis::Question| {
        let kinds: Vec<String> = it.readings.iter().map(|it| format!("{:?}", it.kind)).collect();
        format!("? {}", kinds.join(" "))
    };
    let placed = preview.placed.iter().map(|it| it.requirement.to_string());
    let left = preview.without_successor.iter().chain(&preview.not_recognised);
    let all: Vec<String> = placed
        .chain(table.questions.iter().map(kinds))
        .chain(left.map(|it| it.why.to_owned()))
        .collect();
    all.join(", ")
}

#[test]
fn numbers_of_every_edition_land_on_the_requirement_of_today() {
    for (number, expect) in [
        ("A.8.32", "iso27001-2022/A.8.32"),
        ("8.32", "iso27001-2022/A.8.32"),
        ("ISO 27001 A.8.32", "iso27001-2022/A.8.32"),
        ("A.12.1.2", "iso27001-2022/A.8.32"),
        ("12.1.2", "iso27001-2022/A.8.32"),
        ("A.9.2.1", "iso27001-2022/A.5.16"),
        ("A.18.2.3", "iso27001-2022/A.5.36, iso27001-2022/A.8.8"),
        ("CLD.6.3.1", "iso27017-2026/5.38"),
        ("CLD 8.1.5", "iso27017-2026/5.11, iso27017-2026/8.10"),
        ("5.38", "iso27017-2026/5.38"),
        ("8.36", "iso27017-2026/8.36"),
        ("A.8.35", "iso27017-2026/8.35"),
        ("ISO/IEC 27017:2026 8.32", "iso27017-2026/8.32"),
        ("ISO/IEC 27017:2015 9.2.1", "iso27017-2026/5.16"),
        ("27017:2015 12.1.2", "iso27017-2026/8.32"),
        ("Clause 8.1", "iso27001-2022/8.1"),
        ("4.4", "iso27001-2022/4.4"),
        ("A.8.1", "iso27001-2022/A.8.1"),
        ("8.1", "? Control Clause Heading"),
        ("9.2.1", "? Clause OldControl"),
        ("6.1", "? Control Heading"),
        ("5.1", "? Control Clause Heading"),
        ("ISO/IEC 27001:2013 A.8.1", "a heading, not a control"),
        ("A.9.2", "a heading, not a control"),
        ("A.5", "a heading, not a control"),
        ("CLD.6.3", "a heading, not a control"),
        ("A.8.99", "unknown number"),
        ("A.5.1, A.5.2", "several numbers in one cell"),
        ("CLD.9.9.9", "unknown number"),
        ("", "no control number"),
    ] {
        assert_eq!(fate(number), expect, "{number}");
    }
}

#[test]
fn all_controls_of_2013_have_their_place() {
    assert_eq!(TRANSITION.len(), 114);
    let targets: BTreeSet<u16> = TRANSITION.iter().flat_map(|old| old.now.iter().copied()).collect();
    assert_eq!(targets.len(), 82, "eleven controls of 2022 are new");
    for old in TRANSITION {
        let expect: Vec<String> = old
            .now
            .iter()
            .map(|at| CATALOGUE.requirements[usize::from(*at)].id.to_string())
            .collect();
        assert_eq!(fate(old.id), expect.join(", "), "{}", old.id);
    }
}

#[test]
fn title_in_the_row_settles_what_the_number_does_not() {
    for (line, expect) in [
        ("8.1 | User endpoint devices", "iso27001-2022/A.8.1"),
        ("8.1 User end-point devices | ", "iso27001-2022/A.8.1"),
        ("8.1 | Operational planning and control", "iso27001-2022/8.1"),
        ("9.2.1 | User registration and de-registration", "iso27001-2022/A.5.16"),
        (
            "5.1 | Acceptable use of information and other associated assets",
            "iso27001-2022/A.5.10",
        ),
    ] {
        let table = read(&rows(&["Control no. | Control title", line]));
        assert_eq!(table.questions, [], "{line}");
        let placed = table.preview(&CATALOGUE, "old.csv", &Choices::default()).placed;
        let ids: Vec<String> = placed.iter().map(|it| it.requirement.to_string()).collect();
        assert_eq!(ids, [expect], "{line}");
    }
}

#[test]
fn standard_in_another_column_counts() {
    let preview = preview(&[
        "Standard | Reference | Status",
        "ISO/IEC 27017:2015 | 9.2.1 | Done",
        "ISO 27001:2013 | 9.2.2 | Planned",
        "ISO/IEC 27017:2026 | 8.32 | Partial",
    ]);
    assert_eq!(
        landed(&preview, "iso27017-2026/5.16").status,
        Some(ImportedStatus::Implemented)
    );
    assert_eq!(
        landed(&preview, "iso27017-2026/8.32").status,
        Some(ImportedStatus::Partly)
    );
    assert_eq!(preview.open, [3], "clause 9.2.2 was there in 2013 too");
}

#[test]
fn number_of_annex_a_is_a_heading_only_over_rows_of_2013() {
    let lines = [
        "Control | Title",
        "A.8.1 | Responsibility for assets",
        "A.8.1.1 | Inventory of assets",
    ];
    let table = read(&rows(&lines));
    let kinds: Vec<ReadingKind> = table.questions[0].readings.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ReadingKind::Control, ReadingKind::Heading]);
    let choices = Choices::from_iter([(2, Some(ReadingKind::Heading))]);
    let preview = table.preview(&CATALOGUE, "old.csv", &choices);
    assert_eq!(preview.without_successor[0].row, 2);
    let choices = Choices::from_iter([(2, None)]);
    let preview = table.preview(&CATALOGUE, "old.csv", &choices);
    assert_eq!(preview.not_recognised[0].why, "left out by you");
}

#[test]
fn merge_keeps_all_texts_takes_the_weakest_status_and_is_flagged() {
    let preview = preview(&[
        "Control | Title | Applicable | Status | Justification | Owner",
        "A.12.4.1 | Event logging | Yes | Implemented | Law | Ops",
        "A.12.4.2 | Protection of log information | No | Planned | None here | ",
        "A.12.4.3 | Admin logs | Yes | Implemented | Contract | Ops",
        "A.8.16 | Monitoring activities | Yes | mostly | | ",
    ]);
    let merged = landed(&preview, "iso27001-2022/A.8.15");
    assert_eq!(merged.numbers, ["A.12.4.1", "A.12.4.2", "A.12.4.3"]);
    assert_eq!(
        (merged.applies, merged.status),
        (Some(true), Some(ImportedStatus::Planned))
    );
    let texts: Vec<String> = merged
        .texts
        .iter()
        .map(|it| format!("{} {}: {}", it.number, it.heading, it.text))
        .collect();
    assert_eq!(
        texts,
        [
            "A.12.4.1 Justification: Law",
            "A.12.4.1 Owner: Ops",
            "A.12.4.2 Justification: None here",
            "A.12.4.3 Title: Admin logs",
            "A.12.4.3 Justification: Contract",
            "A.12.4.3 Owner: Ops",
        ]
    );
    let flags: Vec<ImportFlag> = merged.flags.iter().copied().collect();
    assert_eq!(
        flags,
        [
            ImportFlag::Merged,
            ImportFlag::WeakestTaken,
            ImportFlag::ApplicabilityDiffers
        ]
    );
    let single = landed(&preview, "iso27001-2022/A.8.16");
    assert!(!single.needs_review());
    assert_eq!(
        (single.status, single.texts[0].text.as_str()),
        (None, "mostly"),
        "never guessed"
    );
}

#[test]
fn one_row_that_does_not_say_leaves_the_whole_unsaid() {
    let preview = preview(&[
        "Control | Applicable",
        "A.12.4.1 | No",
        "A.12.4.2 | perhaps",
        "A.5.1.1 | No",
        "A.5.1.2 | n/a",
    ]);
    assert_eq!(landed(&preview, "iso27001-2022/A.8.15").applies, None);
    assert_eq!(landed(&preview, "iso27001-2022/A.5.1").applies, Some(false));
}

#[test]
fn header_may_stand_lower_or_be_missing() {
    let table = read(&rows(&[
        "Example Ltd | Statement of Applicability",
        "",
        "Status | In scope? | Annex A ref | Control name",
        "done | x | A.5.7 | Threat intelligence",
    ]));
    assert_eq!(table.header, Some(3));
    let preview = table.preview(&CATALOGUE, "old.csv", &Choices::default());
    let intelligence = landed(&preview, "iso27001-2022/A.5.7");
    assert_eq!(
        (intelligence.applies, intelligence.status),
        (Some(true), Some(ImportedStatus::Implemented))
    );
    assert_eq!(preview.not_recognised.len(), 1, "the title of the table is listed");
    let table = read(&rows(&["1 | yes | A.5.7", "2 | no | 8.11"]));
    assert_eq!(table.header, None);
    let preview = table.preview(&CATALOGUE, "old.csv", &Choices::default());
    let texts: Vec<&str> = landed(&preview, "iso27001-2022/A.5.7")
        .texts
        .iter()
        .map(|it| it.heading.as_str())
        .collect();
    assert_eq!(
        texts,
        ["Column 1", "Column 2"],
        "without a heading nothing is understood, and nothing is lost"
    );
}

#[test]
fn our_own_statement_comes_back() {
    let mut assessment = Assessment::default();
    apply(
        &mut assessment,
        &CATALOGUE,
        Action::SetFramework(FrameworkId::Iso27001, true),
    )
    .expect("applies");
    let date = concord::domain::date_from_text("2026-11-20").expect("a date");
    let analysis = Analysis::new(&CATALOGUE, &assessment, date);
    let model = concord::report::report_model(&CATALOGUE, &assessment, &analysis, String::new());
    let mut rows: Rows = vec![
        ["Control", "Title", "Edition", "Applicable", "Status"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let cells = |it: &concord::report::SoaRow| {
        vec![
            it.control.clone(),
            it.title.clone(),
            it.edition.clone(),
            it.applicable.clone(),
            it.status.clone(),
        ]
    };
    rows.extend(model.soa.iter().map(cells));
    let preview = read(&rows).preview(&CATALOGUE, "own.csv", &Choices::default());
    assert_eq!(
        (preview.placed.len(), preview.open.len(), preview.not_recognised.len()),
        (93, 0, 0)
    );
}

/// A cell with a number of any edition, or with none.
fn number() -> impl Strategy<Value = String> {
    let old = (0..TRANSITION.len()).prop_map(|at| TRANSITION[at].id.to_owned());
    let known = (0..CATALOGUE.requirements.len()).prop_map(|at| CATALOGUE.requirements[at].id.code.to_owned());
    let number = prop_oneof![3 => old, 3 => known, 1 => "(A\\.|CLD |)[4-9]\\.[0-9]{1,2}(\\.[0-9])?"];
    let dirty = (number, 0..6_u8).prop_map(|(number, how)| match how {
        0 => number.trim_start_matches("A.").to_owned(),
        1 => number.replace("A.", "A "),
        2 => format!(" {}. ", number.to_lowercase()),
        3 => format!("ISO 27001 {number}"),
        _ => number,
    });
    prop_oneof![9 => dirty, 1 => "[ a-z]{0,9}"]
}

fn table() -> impl Strategy<Value = Rows> {
    let word = |words: &'static [&'static str]| proptest::sample::select(words).prop_map(str::to_owned);
    let row = (
        number(),
        word(&["", "Screening", "User registration and de-registration", "Ours"]),
        word(&["yes", "no", "X", "n/a", "", "perhaps"]),
        word(&["Implemented", "planned", "partial", "Not started", "", "80 %"]),
        "[a-z=]{0,6}",
        "[a-z\n]{0,6}",
    );
    proptest::collection::vec(row, 0..25).prop_map(|rows| {
        let header = ["Control", "Title", "Applicable", "Status", "Reason", "Evidence"]
            .map(str::to_owned)
            .to_vec();
        let body = rows
            .into_iter()
            .map(|(number, title, applies, status, reason, evidence)| {
                vec![number, title, applies, status, reason, evidence]
            });
        std::iter::once(header).chain(body).collect()
    })
}

fn choices(table: &SoaTable, picks: &[u8]) -> Choices {
    let picked = table.questions.iter().zip(picks).filter(|(_, pick)| **pick < 4);
    picked
        .map(|(question, pick)| {
            (
                question.row,
                question.readings.get(usize::from(*pick)).map(|it| it.kind),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(random::config(96))]

    #[test]
    fn every_row_ends_in_exactly_one_place(rows in table(), picks in proptest::collection::vec(0..6_u8, 25)) {
        let table = read(&rows);
        let preview = table.preview(&CATALOGUE, "t.csv", &choices(&table, &picks));
        let placed: BTreeSet<usize> = preview.placed.iter().flat_map(|it| it.rows.iter().copied()).collect();
        let left = preview.without_successor.iter().chain(&preview.not_recognised).map(|it| it.row);
        let mut places: Vec<usize> = placed.into_iter().chain(preview.open.iter().copied()).chain(left).collect();
        places.sort_unstable();
        let spoken = rows.iter().enumerate().skip(1).filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
        let spoken: Vec<usize> = spoken.map(|(at, _)| at + 1).collect();
        prop_assert_eq!(places, spoken);
    }

    #[test]
    fn order_of_columns_does_not_matter(rows in table(), order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let shuffled: Rows = rows.iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect();
        let sorted = |rows: &Rows| {
            let preview = read(rows).preview(&CATALOGUE, "t.csv", &Choices::default());
            let mut placed = preview.placed;
            for it in &mut placed {
                it.imported.texts.sort_by(|left, right| (&left.number, &left.heading, &left.text).cmp(&(&right.number, &right.heading, &right.text)));
            }
            let left = preview.without_successor.into_iter().chain(preview.not_recognised);
            (placed, preview.open, left.map(|it| (it.row, it.why)).collect::<Vec<_>>())
        };
        prop_assert_eq!(sorted(&rows), sorted(&shuffled));
    }

    #[test]
    fn merge_keeps_every_text_and_the_weakest_status(rows in table(), picks in proptest::collection::vec(0..6_u8, 25)) {
        let table = read(&rows);
        let preview = table.preview(&CATALOGUE, "t.csv", &choices(&table, &picks));
        for Placed { rows: from, imported, .. } in &preview.placed {
            let source = || from.iter().map(|row| &rows[row - 1]);
            for row in source() {
                for cell in [&row[4], &row[5]].into_iter().filter(|cell| !cell.trim().is_empty()) {
                    prop_assert!(imported.texts.iter().any(|it| it.text == cell.trim()), "{cell:?}");
                }
            }
            let rank = |row: &&Vec<String>| ["Not started", "planned", "partial", "Implemented"].iter().position(|it| *it == row[3]);
            let weakest = source().filter_map(|row| rank(&row)).min().map(|rank| ImportedStatus::ALL[rank]);
            prop_assert_eq!(imported.status, weakest);
            let is_yes = |row: &Vec<String>| ["yes", "X"].contains(&row[2].as_str());
            prop_assert_eq!(imported.applies == Some(true), source().any(is_yes));
            prop_assert_eq!(imported.flags.contains(&ImportFlag::Merged), from.len() > 1);
            prop_assert_eq!(imported.numbers.len(), from.len());
        }
    }

    #[test]
    fn import_answers_nothing_decides_nothing_and_is_undone_in_one_step(rows in table()) {
        let mut assessment = Assessment::default();
        let preview = read(&rows).preview(&CATALOGUE, "t.csv", &Choices::default());
        let placed = preview.placed.into_iter().map(|it| (it.requirement, Some(Box::new(it.imported))));
        let change = apply(&mut assessment, &CATALOGUE, Action::Import(placed.collect())).expect("applies");
        prop_assert!(assessment.answers.is_empty() && assessment.decisions.is_empty());
        apply(&mut assessment, &CATALOGUE, change.inverse).expect("applies");
        prop_assert_eq!(assessment, Assessment::default());
    }
}

#[test]
fn no_row_of_an_import_is_a_criterion_of_soc_2() {
    let lines: Vec<String> = CATALOGUE
        .requirements
        .iter()
        .map(|it| format!("{} | yes", it.id.code))
        .collect();
    let lines: Vec<&str> = std::iter::once("Control | Applicable")
        .chain(lines.iter().map(String::as_str))
        .collect();
    let preview = preview(&lines);
    let kind = |it: &Placed| {
        CATALOGUE
            .parse_requirement(&it.requirement.to_string())
            .expect("known")
            .kind
    };
    assert!(preview.placed.iter().all(|it| kind(it) != RequirementKind::Criterion));
}

/// The model of a report on an assessment that holds this import.
fn model(lines: &[&str], decided: &[(&'static str, concord::domain::Decision)]) -> concord::report::ReportModel {
    let mut assessment = Assessment::default();
    let placed = preview(lines).placed.into_iter();
    let placed = placed.map(|it| (it.requirement, Some(Box::new(it.imported))));
    let mut actions = vec![
        Action::SetFramework(FrameworkId::Iso27001, true),
        Action::Import(placed.collect()),
    ];
    for (code, decision) in decided {
        let id = concord::domain::RequirementId::new(FrameworkId::Iso27001, code);
        actions.push(Action::SetDecision(id, Some(decision.clone())));
    }
    random::apply_all(&mut assessment, actions);
    let date = concord::domain::date_from_text("2026-11-20").expect("a date");
    let analysis = Analysis::new(&CATALOGUE, &assessment, date);
    concord::report::report_model(&CATALOGUE, &assessment, &analysis, String::new())
}

#[test]
fn statement_says_what_was_imported_and_an_own_decision_goes_before_it() {
    let lines = [
        "Control | Applicable | Status | Justification | How implemented",
        "A.8.32 | yes | Done | Law | Tickets",
        "A.8.30 | no | | All by us | ",
        "A.8.33 | yes | Done | Law | Masked",
        "CLD.6.3.1 | yes | Planned | | ",
    ];
    let included = concord::domain::Decision::Included {
        reasons: concord::domain::SortedSet::default(),
    };
    let model = model(&lines, &[("A.8.33", included)]);
    let row = |control: &str| model.soa.iter().find(|row| row.control == control).expect("a row");
    assert_eq!(model.soa.len(), 94);
    let open = row("A.8.32");
    assert_eq!(open.applicable, "Not decided (imported: Yes)");
    assert_eq!(open.status, "Not yet known (imported: Implemented)");
    assert_eq!(open.inclusion_reasons, "Imported, Justification: Law");
    assert_eq!(open.how, "Imported, How implemented: Tickets");
    assert_eq!(open.notes, "Imported from A.8.32 of old.csv");
    assert_eq!(
        row("A.8.30").exclusion_justification,
        "Imported, Justification: All by us"
    );
    let decided = row("A.8.33");
    assert_eq!(
        (decided.applicable.as_str(), decided.status.as_str()),
        ("Yes", "Not yet known")
    );
    assert_eq!(decided.how, "Imported, How implemented: Masked", "texts stay, marked");
    assert_eq!(row("27017 5.38").applicable, "Not decided (imported: Yes)");
}

#[cfg(feature = "writers")]
#[test]
fn printed_statement_still_counts_imported_controls_as_undecided() {
    let model = model(&["Control | Applicable", "A.8.32 | yes", "5.38 | yes"], &[]);
    let paper = format!("{:?}", concord::report::paper_from_model(&model).blocks);
    assert!(paper.contains("93 of 93 controls have not been decided yet"));
    assert!(paper.contains("93 controls of ISO/IEC 27001:2022 Annex A, 1 control of ISO/IEC 27017"));
    assert!(paper.contains("Not decided (imported: Yes)"));
}
