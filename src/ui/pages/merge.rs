//! Files of several people brought together.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Files of several people brought together.
pub fn merge_page() -> View {
    page("page", vec![page_head("Merge", "")])
}
