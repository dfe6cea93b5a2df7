//! How long the whole analysis takes in a browser. `cargo xtask bench --browser` builds it as the release is built, runs it
//! by wasm-bindgen's runner and prints the figure. It asserts no time: these machines are noisy.
#![cfg(all(target_arch = "wasm32", feature = "ui"))]
// Helpers of tests are not inside a test function, where these would be allowed.
#![allow(clippy::expect_used)]

#[path = "common/full.rs"]
mod full;

use std::hint::black_box;

use concord::analysis::Analysis;
use concord::catalogue::CATALOGUE;
use concord::ui::platform;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Times are compared in batches: a browser's clock is coarse.
const BATCH: u32 = 20;
const BATCHES: usize = 15;

#[wasm_bindgen_test]
fn recompute_of_everything() {
    let assessment = full::full_assessment();
    let date = platform::today();
    let clock = web_sys::window().and_then(|it| it.performance()).expect("a clock");
    let time = |work: &dyn Fn()| {
        let batches = (0..BATCHES).map(|_| {
            let start = clock.now();
            (0..BATCH).for_each(|_| work());
            (clock.now() - start) / f64::from(BATCH)
        });
        batches.fold(f64::INFINITY, f64::min)
    };
    let reference = time(&|| {
        black_box((0..200_000_u64).fold(1_u64, |sum, n| sum.wrapping_mul(31).wrapping_add(black_box(n))));
    });
    let analysis = time(&|| {
        black_box(Analysis::new(&CATALOGUE, black_box(&assessment), date));
    });
    console_log!(
        "recompute of everything with {} pieces of evidence, in the browser: {analysis:.2} ms, {:.2} × the reference",
        full::N_EVIDENCE,
        analysis / reference
    );
    assert!(analysis > 0.0, "something was timed");
}
