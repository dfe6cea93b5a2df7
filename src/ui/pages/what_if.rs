//! What chosen actions would bring at the gates.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// What chosen actions would bring at the gates.
pub fn what_if_page() -> View {
    page("page", vec![page_head("What if", "")])
}
