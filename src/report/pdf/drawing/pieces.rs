//! Sets a figure that is made of pieces one below the other, over as many pages as it needs.

use super::super::flow::{Flow, height_of};
use super::super::sheet::{Area, Pen};
use super::super::tags::{NodeId, Role};
use super::super::theme;

/// Between the sentence over a chart and its drawing.
const FINDING_GAP: f32 = 5.0;

/// Sets the sentence over a chart.
pub(super) fn set_finding(flow: &mut Flow, parent: NodeId, finding: &str) {
    let lines = flow.fonts.wrap(finding, &theme::CAPTION, flow.measure());
    let node = flow.text_node(parent, Role::P, finding);
    let left = flow.left();
    flow.set_lines(node, left, &lines, &theme::CAPTION);
    flow.y += FINDING_GAP;
}

/// The height of the sentence over a chart, with the gap below it.
pub(super) fn finding_height(flow: &Flow, finding: &str) -> f32 {
    height_of(
        &flow.fonts.wrap(finding, &theme::CAPTION, flow.measure()),
        &theme::CAPTION,
    ) + FINDING_GAP
}

/// How a figure is cut into pieces that fit a page.
pub(super) struct Pieces<'p, P, Height, Kept> {
    /// The pieces, top to bottom.
    pub pieces: &'p [P],
    /// The width of the figure.
    pub width: f32,
    /// What stands above the pieces on each page.
    pub head: f32,
    /// The height of a piece.
    pub height: Height,
    /// What must stand below a piece on its page, such as a first row below a title.
    pub kept_below: Kept,
}

impl<P, Height: Fn(&P) -> f32, Kept: Fn(&P) -> f32> Pieces<'_, P, Height, Kept> {
    /// Sets the sentence and the figure. `words` gives the alternative text of the pieces on a page, `draw` draws them.
    pub(super) fn set(
        &self,
        flow: &mut Flow,
        parent: NodeId,
        finding: &str,
        words: impl Fn(&[P]) -> String,
        draw: impl Fn(&mut Pen, &[P], Area),
    ) {
        set_finding(flow, parent, finding);
        let mut rest = self.pieces;
        while !rest.is_empty() {
            let (n_now, height) = self.fitting(rest, flow.room());
            let (now, later) = rest.split_at(n_now);
            let area = Area {
                x: flow.left(),
                y: flow.y,
                width: self.width,
                height,
            };
            let part = if now.len() == self.pieces.len() {
                ""
            } else {
                " (part of the chart)"
            };
            let node = flow.tags.add(parent, Role::Figure);
            flow.tags
                .set_alternative(node, format!("{finding}{part}{}", words(now)));
            let edges = flow.edges(area);
            flow.tags.set_edges(node, edges);
            flow.draw(node, |pen| draw(pen, now, area));
            flow.y += height;
            rest = later;
            if !rest.is_empty() {
                flow.next_page();
            }
        }
        flow.gap(theme::GAP_WIDE);
    }

    /// How many pieces fit the room, at least one, and their height with what stands above them.
    fn fitting(&self, pieces: &[P], room: f32) -> (usize, f32) {
        let (mut n, mut height) = (0, self.head);
        for piece in pieces {
            let own = (self.height)(piece);
            if n > 0 && height + own + (self.kept_below)(piece) > room {
                break;
            }
            height += own;
            n += 1;
        }
        (n, height)
    }
}
