//! How an assessment is kept, from outside: what was saved comes back, and nothing that goes wrong loses an answer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "common/full.rs"]
mod full_assessment;
#[path = "common/random.rs"]
mod random;

mod store {
    mod faults;
    mod fixture;
    mod full;
    mod hand_out;
    mod import;
    mod imported;
    mod kept;
    mod lifecycle;
    mod merging;
    mod round_trip;
    mod sheets;
    mod support;
    mod survey;
    mod tabs;
    mod unreadable;
}
