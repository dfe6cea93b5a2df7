//! Times as ratios. These machines are noisy, so each figure is the best of many runs, beside a fixed piece of work
//! that is measured in the same run: the ratio is what can be compared between machines and days.

#[path = "../../../tests/common/full.rs"]
mod full;

use std::hint::black_box;
use std::time::Instant;

use chrono::NaiveDate;
use concord::analysis::{Analysis, Crosswalk, Gate, WhatIf, lint, next_question};
use concord::catalogue::CATALOGUE;
use concord::domain::FrameworkId;

use full::full_assessment;

const RUNS: usize = 200;

/// Prints the figures.
pub fn run() {
    let assessment = full_assessment();
    let reference = best_of(|| (0..200_000_u64).fold(1_u64, |sum, n| sum.wrapping_mul(31).wrapping_add(black_box(n))));
    let date = NaiveDate::default();
    let analysis = best_of(|| Analysis::new(&CATALOGUE, black_box(&assessment), date));
    let crosswalk = best_of(|| {
        let crosswalk = Crosswalk::widest(&CATALOGUE);
        let n = CATALOGUE.requirements.len();
        (0..n)
            .map(|from| {
                (from + 1..n)
                    .filter(|to| crosswalk.relation(&CATALOGUE, from, *to).is_some())
                    .count()
            })
            .sum::<usize>()
    });
    println!(
        "{} practices, {} requirements, {} pieces of evidence, best of {RUNS} runs",
        CATALOGUE.practices.len(),
        CATALOGUE.requirements.len(),
        full::N_EVIDENCE
    );
    println!("reference (200,000 multiplications): {:.3} ms", reference * 1e3);
    println!(
        "recompute of everything: {:.3} ms, {:.2} × the reference",
        analysis * 1e3,
        analysis / reference
    );
    let whole = Analysis::new(&CATALOGUE, &assessment, date);
    let faults = best_of(|| lint(&CATALOGUE, black_box(&assessment), &whole));
    // With everything answered there is no next question: half of the answers go.
    let mut half = assessment.clone();
    for practice in CATALOGUE.practices.iter().step_by(2) {
        half.answers.remove(&practice.id);
    }
    let next = best_of(|| next_question(&CATALOGUE, black_box(&half), &whole.ground));
    let what_if = WhatIf::new(&CATALOGUE, &assessment, &whole);
    let choice = best_of(|| WhatIf::new(&CATALOGUE, black_box(&assessment), &whole).outcome(what_if.steps()));
    let way = best_of(|| what_if.shortest_way(black_box(Gate::Stage1), FrameworkId::Iso27001));
    let most = best_of(|| what_if.most_for(black_box(5)));
    for (name, time) in [
        ("lint", faults),
        ("next question with the quick scan", next),
        ("what if, all steps chosen", choice),
        ("shortest way to Stage 1", way),
        ("most for five steps", most),
    ] {
        println!("{name}: {:.3} ms, {:.2} × the reference", time * 1e3, time / reference);
    }
    println!(
        "relations of all pairs: {:.3} ms, {:.2} × the reference",
        crosswalk * 1e3,
        crosswalk / reference
    );
}

/// The best time of a piece of work, in seconds.
fn best_of<T>(work: impl Fn() -> T) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}
