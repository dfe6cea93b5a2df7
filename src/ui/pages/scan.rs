//! The quick scan of about 40 practices.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The quick scan of about 40 practices.
pub fn scan_page() -> View {
    page("page", vec![page_head("Quick scan", "")])
}
