//! What contradicts itself.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// What contradicts itself.
pub fn lint_page() -> View {
    page("page", vec![page_head("Lint", "")])
}
