//! Records over the Type 2 window, and the audits of the certification cycle.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// Records over the Type 2 window, and the audits of the certification cycle.
pub fn calendar_page() -> View {
    page("page", vec![page_head("Calendar", "")])
}
