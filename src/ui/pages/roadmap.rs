//! The plan over time.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The plan over time.
pub fn roadmap_page() -> View {
    page("page", vec![page_head("Roadmap", "")])
}
