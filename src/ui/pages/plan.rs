//! The remediation plan.

use crate::ui::components::{page, page_head};
use crate::ui::view::View;

/// The remediation plan.
pub fn plan_page() -> View {
    page("page", vec![page_head("Remediation plan", "")])
}
