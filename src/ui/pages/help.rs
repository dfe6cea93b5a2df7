//! Help in place: glossary, method, keyboard.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// A page of help; a blank topic is the first.
pub fn help_page(_topic: &str) -> View {
    page("page", vec![page_head("Help", "")])
}
