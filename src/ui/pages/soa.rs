//! The Statement of Applicability.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The Statement of Applicability.
pub fn soa_page() -> View {
    page("page", vec![page_head("Statement of Applicability", "")])
}
