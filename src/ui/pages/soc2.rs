//! Control matrix, system description, assertion and commitments.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Control matrix, system description, assertion and commitments.
pub fn soc2_page() -> View {
    page("page", vec![page_head("SOC 2 papers", "")])
}
