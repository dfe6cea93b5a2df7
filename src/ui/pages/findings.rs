//! Potential nonconformities.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Potential nonconformities.
pub fn findings_page() -> View {
    page("page", vec![page_head("Potential nonconformities", "")])
}
