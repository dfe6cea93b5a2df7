//! The pages. Each reads the store, shows, and dispatches; none computes.

mod calendar;
mod crosswalk;
mod documents;
mod duties;
mod export;
mod findings;
#[cfg(feature = "gallery")]
mod gallery;
mod gaps;
mod gates;
mod lint;
mod next;
mod overview;
mod question;
mod register;
mod registers;
mod requests;
mod requirement;
mod requirements;
mod scan;
mod scope;
mod search;
mod soa;
mod soa_import;
mod soc2;
mod start;
mod tasks;
mod topic;

pub use calendar::{calendar_page, operation_panel};
pub use crosswalk::crosswalk_page;
pub use documents::documents_page;
pub use duties::duties_page;
pub use export::export_page;
pub use findings::findings_page;
#[cfg(feature = "gallery")]
pub use gallery::gallery_page;
pub use gaps::gaps_page;
pub use gates::{gate_page, gates_page};
pub use lint::lint_page;
pub use next::{next_best, next_panel};
pub use overview::overview_page;
pub use question::{evidence_of_practice, question_page};
pub use register::{entry_page, register_page};
pub use registers::registers_page;
pub use requests::requests_page;
pub use requirement::requirement_page;
pub use requirements::requirements_page;
pub use scan::scan_page;
pub use scope::scope_page;
pub use search::search_page;
pub use soa::soa_page;
pub use soa_import::soa_import_page;
pub use soc2::soc2_page;
pub use start::start_page;
pub use tasks::tasks_page;
pub use topic::{hand_out_section, topic_page};
