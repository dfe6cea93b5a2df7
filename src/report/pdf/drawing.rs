//! Sets a chart: its finding and what is drawn. One file for each kind of drawing.

mod spans;

use super::flow::{Flow, height_of};
use super::tags::{NodeId, Role};
use super::{text, theme};
use crate::report::chart::{Chart, Drawing};

/// Sets the chart.
pub(super) fn set_chart(flow: &mut Flow, parent: NodeId, chart: &Chart) {
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, chart));
    set_finding(flow, parent, &chart.finding);
    match &chart.drawing {
        Drawing::Bars(_) | Drawing::Heat(_) | Drawing::Lines(_) => {}
        Drawing::Spans(spans) => spans::set(flow, parent, chart, spans),
    }
    flow.gap(theme::GAP);
    for remark in &chart.remarks {
        text::set_paragraph(flow, parent, remark);
    }
    flow.gap(theme::GAP_WIDE);
}

fn set_finding(flow: &mut Flow, parent: NodeId, finding: &str) {
    let lines = flow.fonts.wrap(finding, &theme::CAPTION, flow.measure());
    let node = flow.text_node(parent, Role::P, finding);
    let left = flow.left();
    flow.set_lines(node, left, &lines, &theme::CAPTION);
    flow.y += 5.0;
}

/// The height that must be free for a chart to start.
pub(super) fn start(flow: &Flow, chart: &Chart) -> f32 {
    let finding = flow.fonts.wrap(&chart.finding, &theme::CAPTION, flow.measure());
    let drawing = match &chart.drawing {
        Drawing::Bars(_) | Drawing::Heat(_) | Drawing::Lines(_) => 0.0,
        Drawing::Spans(spans) => spans::start(flow, spans),
    };
    height_of(&finding, &theme::CAPTION) + 5.0 + drawing
}
