//! The pages. Each reads the store, shows, and dispatches; none computes.

mod crosswalk;
mod export;
#[cfg(feature = "gallery")]
mod gallery;
mod gaps;
mod overview;
mod question;
mod requirement;
mod requirements;
mod scope;
mod search;
mod soa_import;
mod start;
mod tasks;
mod topic;

pub use crosswalk::crosswalk_page;
pub use export::export_page;
#[cfg(feature = "gallery")]
pub use gallery::gallery_page;
pub use gaps::gaps_page;
pub use overview::overview_page;
pub use question::question_page;
pub use requirement::requirement_page;
pub use requirements::requirements_page;
pub use scope::scope_page;
pub use search::search_page;
pub use soa_import::soa_import_page;
pub use start::start_page;
pub use tasks::tasks_page;
pub use topic::topic_page;
