//! The dashboard for a board.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The dashboard for a board.
pub fn dashboard_page() -> View {
    page("page", vec![page_head("Dashboard", "")])
}
