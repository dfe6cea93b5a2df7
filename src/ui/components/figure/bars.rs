//! Draws bars.

use crate::report::chart::Bars;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The drawing.
pub(super) fn draw(_store: AssessmentStore, _bars: &Bars) -> View {
    View::Many(Vec::new())
}
