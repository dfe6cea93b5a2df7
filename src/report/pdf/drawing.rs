//! Sets a chart: its finding and what is drawn. One file for each kind of drawing. Remarks are blocks of their own.

mod heat;
mod lines;
mod spans;

use super::chart as bars;
use super::flow::Flow;
use super::tags::NodeId;
use crate::report::chart::{Chart, Drawing};

/// Sets the chart.
pub(super) fn set_chart(flow: &mut Flow, parent: NodeId, chart: &Chart) {
    match &chart.drawing {
        Drawing::Bars(drawn) => bars::set_bars(flow, parent, &chart.finding, drawn),
        Drawing::Heat(drawn) => heat::set_heat(flow, parent, &chart.finding, drawn),
        Drawing::Lines(drawn) => lines::set_lines(flow, parent, &chart.finding, drawn),
        Drawing::Spans(drawn) => spans::set_spans(flow, parent, &chart.finding, drawn),
    }
}

/// The height that must be free for a chart to start.
pub(super) fn start(flow: &Flow, chart: &Chart) -> f32 {
    match &chart.drawing {
        Drawing::Bars(drawn) => bars::start(flow, &chart.finding, drawn),
        Drawing::Heat(drawn) => heat::start(flow, &chart.finding, drawn),
        Drawing::Lines(_) => lines::start(flow, &chart.finding),
        Drawing::Spans(drawn) => spans::start(flow, &chart.finding, drawn),
    }
}
