//! Concord: a gap assessment that runs wholly in the browser.
//!
//! Layers, each importing leftwards only: [`domain`], then `catalogue`, `store` and `analysis`, then `report`. The rims
//! (`ui`, the report worker, the command line) join them. ARCHITECTURE.md says what each layer must not know.

pub mod analysis;
pub mod catalogue;
pub mod domain;
pub mod report;
pub mod store;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;
