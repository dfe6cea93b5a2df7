//! Journeys through the release build in a real browser. `cargo xtask test` builds the app, serves it, starts the
//! driver and then runs this program; on its own it has nothing to visit and fails.
//!
//! `browser` knows pages in general, `app` knows this one; the other modules are the journeys, by theme. Set
//! `CONCORD_SHOTS` to have a picture of every page written to `target/journeys/shots`.

// Helpers of tests are not inside a test function, where these would be allowed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod app;
mod bad_files;
mod browser;
mod calendar;
mod clients;
mod crosswalk_and_gaps;
mod crosswalk_and_search;
mod damaged_storage;
mod dashboard;
mod every_page;
mod few_changes;
mod full_storage;
mod help;
mod later;
mod lifeboat;
mod main_job;
mod merge;
mod obligations;
mod papers;
mod plan;
mod progress;
mod questions;
mod readiness;
mod registers;
mod scope_effects;
mod soa_import;
mod start_page;
mod tabs;
mod undo;
mod what_if;
