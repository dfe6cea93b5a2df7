//! The evidence to ask for.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The evidence to ask for.
pub fn requests_page() -> View {
    page("page", vec![page_head("Evidence requests", "")])
}
