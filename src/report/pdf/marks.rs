//! The signs of the tones. Each tone differs from the others in shape as well as in colour.

use super::sheet::{Area, Pen, Rule};
use super::theme;
use crate::report::paper::Tone;

/// The side of a mark in a table or legend.
pub(super) const SIDE: f32 = 7.0;

/// The word behind a mark, for where no text stands beside it.
pub(super) fn word(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "Ready",
        Tone::Fair => "Partly",
        Tone::Poor => "Not ready",
        Tone::Open => "Not known yet",
        Tone::Plain => "",
    }
}

/// Draws the mark of a tone: a full square when ready, a half-filled one when partly, an empty one with a cross when
/// not ready, a dotted outline when not known.
pub(super) fn draw(pen: &mut Pen, tone: Tone, x: f32, y: f32, side: f32) {
    let area = Area {
        x,
        y,
        width: side,
        height: side,
    };
    let colour = theme::colour(tone);
    match tone {
        Tone::Good | Tone::Plain => pen.fill(area, colour),
        Tone::Fair => {
            pen.fill(lower_half(area), colour);
            pen.outline(area, Rule::solid(colour, 0.9));
        }
        Tone::Poor => {
            pen.outline(area, Rule::solid(colour, 0.9));
            let (near, far) = (side * 0.26, side * 0.74);
            let stroke = Rule::solid(colour, 0.9);
            pen.rule((x + near, y + near), (x + far, y + far), stroke);
            pen.rule((x + near, y + far), (x + far, y + near), stroke);
        }
        Tone::Open => pen.outline(area, dotted(0.9)),
    }
}

/// Fills a segment of a bar in the manner of the tone's mark.
pub(super) fn draw_segment(pen: &mut Pen, tone: Tone, area: Area) {
    let colour = theme::colour(tone);
    match tone {
        Tone::Good | Tone::Plain => pen.fill(area, colour),
        Tone::Fair => {
            pen.fill(area, theme::tint(tone));
            pen.fill(lower_half(area), colour);
            pen.outline(area, Rule::solid(colour, 0.8));
        }
        Tone::Poor => {
            pen.fill(area, theme::tint(tone));
            pen.clipped(area, |pen| {
                let mut x = area.x - area.height;
                while x < area.x + area.width {
                    let foot = (x, area.y + area.height);
                    pen.rule(foot, (x + area.height, area.y), Rule::solid(colour, 0.7));
                    x += 4.5;
                }
            });
            pen.outline(area, Rule::solid(colour, 0.8));
        }
        Tone::Open => pen.outline(area, dotted(0.8)),
    }
}

/// The dotted line of what is not known yet.
fn dotted(thickness: f32) -> Rule {
    Rule {
        colour: theme::colour(Tone::Open),
        thickness,
        dash: Some((1.4, 1.3)),
    }
}

fn lower_half(area: Area) -> Area {
    let half = area.height / 2.0;
    Area {
        y: area.y + half,
        height: half,
        ..area
    }
}
