//! Other laws and frameworks, read through ISO/IEC 27001.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Other laws and frameworks, read through ISO/IEC 27001.
pub fn obligations_page() -> View {
    page("page", vec![page_head("Layered obligations", "")])
}
