//! The practices behind a figure.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The practices behind a figure.
pub fn practices_page() -> View {
    page("page", vec![page_head("Practices", "")])
}
