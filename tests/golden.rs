//! Golden outline and crosswalk: a change of the catalogue shows as a readable diff. After reading it, accept it with
//! `CONCORD_UPDATE_GOLDEN=1 cargo test --test golden`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use concord::analysis::{Crosswalk, PracticeSet, RelationKind};
use concord::catalogue::CATALOGUE;
use concord::domain::{Category, CloudRole, FrameworkId, Practice, Requirement, SortedSet, Tie};

/// Compares text with a golden file, or writes the file when asked to.
fn check_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("CONCORD_UPDATE_GOLDEN").is_some_and(|it| it == "1") {
        fs::write(&path, text).expect("writable");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differing = differing_lines(&golden, text);
    assert!(
        differing.is_empty(),
        "tests/golden/{name} differs (- golden, + now). Read the diff; if it is meant, run with CONCORD_UPDATE_GOLDEN=1\n{}",
        differing.join("\n")
    );
}

/// The lines that stand in one text only, at most forty.
fn differing_lines(golden: &str, now: &str) -> Vec<String> {
    if golden == now {
        return Vec::new();
    }
    let (mut golden_lines, mut now_lines): (Vec<&str>, Vec<&str>) = (golden.lines().collect(), now.lines().collect());
    let mut both = golden_lines.iter().zip(&now_lines);
    let n_same = both
        .position(|(left, right)| left != right)
        .unwrap_or(golden_lines.len().min(now_lines.len()));
    golden_lines.drain(..n_same);
    now_lines.drain(..n_same);
    while golden_lines.last().is_some_and(|last| now_lines.last() == Some(last)) {
        golden_lines.pop();
        now_lines.pop();
    }
    let gone = golden_lines
        .iter()
        .filter(|it| !now_lines.contains(it))
        .map(|it| format!("- {it}"));
    let come = now_lines
        .iter()
        .filter(|it| !golden_lines.contains(it))
        .map(|it| format!("+ {it}"));
    let mut lines: Vec<String> = vec![format!("from line {}", n_same + 1)];
    lines.extend(gone.chain(come).take(40));
    lines
}

fn tie_text(practice: &Practice, tie: &Tie) -> String {
    let requirement = CATALOGUE.tied(tie).expect("checked by the build").id;
    let role = tie.role.map_or_else(String::new, |role| format!(" {}", role.as_str()));
    let documented = if tie.documented { " documented" } else { "" };
    format!(
        "    {} {requirement}{role}{documented}: {}",
        tie.kind.as_str(),
        practice.part(tie)
    )
}

fn outline() -> String {
    let crosswalk = Crosswalk::widest(&CATALOGUE);
    let mut text = String::new();
    let mut framework = None;
    for (position, requirement) in CATALOGUE.requirements.iter().enumerate() {
        if framework.replace(requirement.id.framework) != Some(requirement.id.framework) {
            writeln!(text, "# {}", requirement.id.framework).expect("text");
        }
        let complete = if requirement.complete { "complete" } else { "incomplete" };
        let n_needed = crosswalk.needed(position).len();
        writeln!(
            text,
            "{} | {} | {complete} | {n_needed} needed",
            requirement.id.code, requirement.title
        )
        .expect("text");
    }
    for topic in CATALOGUE.topics {
        writeln!(text, "# {} | {}", topic.id.as_str(), topic.title).expect("text");
        for practice in CATALOGUE.practices_of(topic.id) {
            writeln!(text, "{} | {}", practice.id, practice.title()).expect("text");
            for tie in practice.ties {
                writeln!(text, "{}", tie_text(practice, tie)).expect("text");
            }
        }
    }
    text
}

fn names(practices: &PracticeSet) -> String {
    let ids: Vec<&str> = practices
        .iter()
        .map(|position| CATALOGUE.practices[position].id.as_str())
        .collect();
    ids.join(", ")
}

/// The middle of some numbers; between the two middle ones if there are two.
fn median(mut numbers: Vec<usize>) -> String {
    numbers.sort_unstable();
    match numbers.len() {
        0 => "none".to_owned(),
        n if n % 2 == 1 => numbers[n / 2].to_string(),
        n => {
            let twice = numbers[n / 2 - 1] + numbers[n / 2];
            if twice.is_multiple_of(2) {
                (twice / 2).to_string()
            } else {
                format!("{}.5", twice / 2)
            }
        }
    }
}

/// How many needed practices each framework adds to each other one: ISO/IEC 27017 by role, SOC 2 by category.
fn additions() -> String {
    let roles: [(&str, &[CloudRole]); 3] = [
        ("customer", &[CloudRole::Customer]),
        ("provider", &[CloudRole::Provider]),
        ("both", &[CloudRole::Customer, CloudRole::Provider]),
    ];
    let mut text = String::new();
    let pairs = FrameworkId::ALL
        .into_iter()
        .flat_map(|from| FrameworkId::ALL.map(|to| (from, to)));
    for (from, to) in pairs.filter(|(from, to)| from != to) {
        for (role, cloud_roles) in roles {
            if role != "both" && !from.is_cloud() && !to.is_cloud() {
                continue;
            }
            let crosswalk = Crosswalk::new(&CATALOGUE, &SortedSet::from_iter(cloud_roles.iter().copied()));
            let of_role = if from.is_cloud() || to.is_cloud() {
                format!(" ({role})")
            } else {
                String::new()
            };
            let mut line = |what: &str, counts: &dyn Fn(&Requirement) -> bool| {
                let addition = crosswalk.addition(&CATALOGUE, from, to, |at| counts(&CATALOGUE.requirements[at]));
                writeln!(
                    text,
                    "{from} to {to}{of_role}{what}: adds {}, shares {}; {} of {} requirements rest on shared ones alone",
                    addition.added.len(),
                    addition.shared.len(),
                    addition.n_covered,
                    addition.n_requirements
                )
                .expect("text");
            };
            line("", &|_| true);
            if to == FrameworkId::Soc2 {
                for category in Category::ALL {
                    line(&format!(", {}", category.as_str()), &|it| it.category == Some(category));
                }
            }
            if to.is_cloud() {
                line(", rows with cloud content", &|it| it.has_cloud_content);
            }
        }
    }
    text
}

fn crosswalk_text() -> String {
    let crosswalk = Crosswalk::widest(&CATALOGUE);
    let (mut summary, mut edges) = (String::new(), String::new());
    for (n, from) in FrameworkId::ALL.into_iter().enumerate() {
        for to in FrameworkId::ALL.into_iter().skip(n + 1) {
            let pairs = crosswalk.pairs(&CATALOGUE, from, to);
            writeln!(summary, "{from} to {to}: {} pairs", pairs.len()).expect("text");
            for kind in RelationKind::ALL {
                let n_pairs = pairs.iter().filter(|(_, _, relation)| relation.kind == kind).count();
                writeln!(summary, "  {}: {n_pairs}", kind.as_str()).expect("text");
            }
            let positions = |framework: FrameworkId| CATALOGUE.positions_of(framework);
            let n_related = |position| {
                let of_it = |(left, right, _): &&(usize, usize, _)| [*left, *right].contains(&position);
                pairs.iter().filter(of_it).count()
            };
            for (side, other) in [(from, to), (to, from)] {
                let numbers: Vec<usize> = positions(side).map(n_related).collect();
                let most = numbers.iter().max().copied().unwrap_or_default();
                let n_others = positions(other).count();
                let wide = positions(side).filter(|position| n_related(*position) * 3 > n_others);
                let wide: Vec<&str> = wide.map(|position| CATALOGUE.requirements[position].id.code).collect();
                writeln!(
                    summary,
                    "  related requirements for {side}: median {}, at most {most} of {n_others}; more than a third: {}",
                    median(numbers),
                    if wide.is_empty() {
                        "none".to_owned()
                    } else {
                        wide.join(", ")
                    }
                )
                .expect("text");
            }
            let n_thin = pairs.iter().filter(|pair| crosswalk.is_thin(&CATALOGUE, pair)).count();
            writeln!(summary, "  folded, because they rest on one common practice: {n_thin}").expect("text");
            let of_from = median(
                pairs
                    .iter()
                    .map(|(_, _, relation)| relation.remainder_from.len())
                    .collect(),
            );
            let of_to = median(
                pairs
                    .iter()
                    .map(|(_, _, relation)| relation.remainder_to.len())
                    .collect(),
            );
            writeln!(
                summary,
                "  median of the remainder: {of_from} for {from}, {of_to} for {to}"
            )
            .expect("text");
            for (left, right, relation) in pairs {
                if relation.kind != RelationKind::Intersects {
                    let (left, right) = (CATALOGUE.requirements[left].id, CATALOGUE.requirements[right].id);
                    let because = names(&relation.because);
                    writeln!(edges, "{left} {} {right} because {because}", relation.kind.as_str()).expect("text");
                }
            }
        }
    }
    format!("{summary}\n{}\n{edges}", additions())
}

#[test]
fn outline_is_as_accepted() {
    check_golden("outline.txt", &outline());
}

#[test]
fn crosswalk_is_as_accepted() {
    check_golden("crosswalk.txt", &crosswalk_text());
}

#[test]
fn outline_names_every_requirement_practice_and_tie() {
    let outline = outline();
    let n_ties: usize = CATALOGUE.practices.iter().map(|practice| practice.ties.len()).sum();
    let n_headings = FrameworkId::ALL.len() + CATALOGUE.topics.len();
    let n_lines = CATALOGUE.requirements.len() + CATALOGUE.practices.len() + n_ties + n_headings;
    assert_eq!(outline.lines().count(), n_lines);
}

#[test]
fn median_lies_in_the_middle() {
    assert_eq!(
        [vec![], vec![3], vec![9, 1, 4], vec![1, 2], vec![4, 2]].map(median),
        ["none", "3", "4", "1.5", "3"]
    );
}

#[test]
fn changed_line_is_shown_as_a_difference() {
    assert_eq!(differing_lines("a\nb\nc\n", "a\nb\nc\n"), [""; 0]);
    assert_eq!(differing_lines("a\nb\nc\n", "a\nx\nc\n"), ["from line 2", "- b", "+ x"]);
    assert_eq!(differing_lines("a\n", "a\nb\n"), ["from line 2", "+ b"]);
    assert!(!differing_lines("a\na\n", "a\n").is_empty());
}
