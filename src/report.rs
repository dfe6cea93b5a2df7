//! Reports: one model, built from catalogue, assessment and date, and the writers that render it.
//!
//! The page builds the [`ReportModel`]; every writer renders that, so numbers can't differ. The writers (CSV, PDF) know
//! the model only: no catalogue, no analysis, no clock. The report worker holds nothing but them.

mod build;
pub mod chart;
mod dashboard;
mod model;
mod registers;
mod roadmap;
mod table;
mod trend;
pub mod wording;

#[cfg(feature = "writers")]
mod csv;
#[cfg(feature = "writers")]
mod digest;
#[cfg(feature = "writers")]
mod export;
#[cfg(feature = "writers")]
mod layout;
#[cfg(feature = "writers")]
pub mod paper;
#[cfg(feature = "writers")]
pub mod pdf;
#[cfg(feature = "writers")]
mod table_file;

pub use build::{report_model, report_model_since};
#[cfg(feature = "writers")]
pub use csv::{crosswalk_csv, gap_register_csv, register_csv, soa_csv, unguarded};
pub use dashboard::{board_sentence, dashboard};
#[cfg(feature = "writers")]
pub use digest::digest;
#[cfg(feature = "writers")]
pub use export::{Export, ExportError, write_export};
#[cfg(feature = "writers")]
pub use layout::paper_from_model;
pub use model::{
    BasisRow, CrosswalkRow, ExportKind, FrameworkRow, GapRow, GroupRow, RegisterColumn, RegisterKind, RegisterTable,
    ReportModel, RequirementRow, ScopeRow, SoaRow, StatusWord, TallyRow, TopGap,
};
pub use roadmap::roadmap;
pub use table::{MAX_HASHED_BYTES, MAX_TABLE_BYTES, rows_from_text, text_from_rows};
#[cfg(feature = "writers")]
pub use table_file::{TableError, read_table};
pub use trend::trend;
