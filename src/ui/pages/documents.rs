//! The register of documented information.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The register of documented information.
pub fn documents_page() -> View {
    page("page", vec![page_head("Documented information", "")])
}
