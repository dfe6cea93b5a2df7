//! All registers, with what they hold.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// All registers, with what they hold.
pub fn registers_page() -> View {
    page("page", vec![page_head("Registers", "")])
}
