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
mod start;
mod tasks;
mod topic;

pub use crosswalk::CrosswalkPage;
pub use export::ExportPage;
#[cfg(feature = "gallery")]
pub use gallery::GalleryPage;
pub use gaps::GapsPage;
pub use overview::OverviewPage;
pub use question::QuestionPage;
pub use requirement::RequirementPage;
pub use requirements::RequirementsPage;
pub use scope::ScopePage;
pub use search::search_page;
pub use start::StartPage;
pub use tasks::TasksPage;
pub use topic::TopicPage;
