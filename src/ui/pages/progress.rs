//! Snapshots and the trend over them.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Snapshots and the trend over them.
pub fn progress_page() -> View {
    page("page", vec![page_head("Progress", "")])
}
