//! Draws heat.

use crate::report::chart::Heat;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The drawing.
pub(super) fn draw(_store: AssessmentStore, _heat: &Heat) -> View {
    View::Many(Vec::new())
}
