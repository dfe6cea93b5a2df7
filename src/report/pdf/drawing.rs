//! Sets a chart: its finding and what is drawn. One file for each kind of drawing.

use super::flow::Flow;
use super::tags::NodeId;
use super::text;
use crate::report::chart::Chart;

/// Sets the chart.
pub(super) fn set_chart(flow: &mut Flow, parent: NodeId, chart: &Chart) {
    text::set_paragraph(flow, parent, &chart.finding);
}

/// The height that must be free for a chart to start.
pub(super) fn start(flow: &Flow, chart: &Chart) -> f32 {
    text::paragraph_start(flow, &chart.finding)
}
