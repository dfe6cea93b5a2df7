//! What a merge could not settle.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// What a merge could not settle.
pub fn conflicts_page() -> View {
    page("page", vec![page_head("Conflicts", "")])
}
