//! The shared responsibility matrix.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The shared responsibility matrix.
pub fn duties_page() -> View {
    page("page", vec![page_head("Shared responsibility matrix", "")])
}
