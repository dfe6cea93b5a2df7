//! The five gates side by side.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The five gates side by side.
pub fn gates_page() -> View {
    page("page", vec![page_head("Gates", "")])
}

/// One gate: its formula and what it counts.
pub fn gate_page(_id: &str) -> View {
    page("page", vec![page_head("Gate", "")])
}
