//! Sets a chart: its finding and what is drawn. One file for each kind of drawing. Remarks are blocks of their own.

mod bars;
mod heat;
mod lines;
mod pieces;
mod spans;

use super::flow::Flow;
use super::tags::NodeId;
use crate::report::chart::{Bars, Chart, Drawing};

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

/// Sets bars that are no chart of the model.
pub(super) fn set_bars(flow: &mut Flow, parent: NodeId, finding: &str, drawn: &Bars) {
    bars::set_bars(flow, parent, finding, drawn);
}

/// The height that must be free for such bars to start.
pub(super) fn start_of_bars(flow: &Flow, finding: &str, drawn: &Bars) -> f32 {
    bars::start(flow, finding, drawn)
}
