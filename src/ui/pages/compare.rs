//! Two snapshots, or one and today.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Two snapshots, or one and today.
pub fn compare_page() -> View {
    page("page", vec![page_head("Compare", "")])
}
