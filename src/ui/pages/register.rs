//! A register that people fill: its entries as a table, and one entry as a form.

use crate::domain::{EntryId, Register};
use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The entries of a register.
pub fn register_page(register: Register) -> View {
    page("page", vec![page_head(register.title(), "")])
}

/// One entry of a register.
pub fn entry_page(register: Register, _id: EntryId) -> View {
    page("page", vec![page_head(register.title(), "")])
}
