//! Sets lines over days: each with its name at its end, what is planned broken.

use super::super::flow::Flow;
use super::super::fonts::Fonts;
use super::super::sheet::{Area, Pen, Rule};
use super::super::tags::{NodeId, Role};
use super::super::theme::{self, Colour, Style};
use super::pieces::{finding_height, set_finding};
use crate::report::chart::{Lines, Spot, Tone, WHOLE};

const WORDS: Style = theme::SMALL;
const NAME: Style = theme::CELL.bold();
const PLOT_HEIGHT: f32 = 150.0;
/// Above the plot: two rows with the names of days.
const ABOVE: f32 = 2.0 * WORDS.leading + 4.0;
/// Below it: first and last day.
const BELOW: f32 = WORDS.leading + 4.0;
/// Left of it: the numbers of the scale.
const SCALE: f32 = 26.0;
const NAME_GAP: f32 = 5.0;
const POINT: f32 = 3.4;

/// Sets the drawing below its finding, on one page.
pub(in super::super) fn set_lines(flow: &mut Flow, parent: NodeId, finding: &str, lines: &Lines) {
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, finding));
    set_finding(flow, parent, finding);
    let node = flow.tags.add(parent, Role::Figure);
    flow.tags.set_alternative(node, in_words(finding, lines));
    let area = Area {
        x: flow.left(),
        y: flow.y,
        width: flow.measure(),
        height: ABOVE + PLOT_HEIGHT + BELOW,
    };
    let edges = flow.edges(area);
    flow.tags.set_edges(node, edges);
    let plot = Area {
        x: area.x + SCALE,
        y: area.y + ABOVE,
        width: area.width - SCALE,
        height: PLOT_HEIGHT,
    };
    let fonts = flow.fonts;
    flow.draw(node, |pen| draw(pen, fonts, lines, plot));
    flow.y += area.height;
    flow.gap(theme::GAP_WIDE);
}

/// The height that must be free to start: all of it.
pub(in super::super) fn start(flow: &Flow, finding: &str) -> f32 {
    finding_height(flow, finding) + ABOVE + PLOT_HEIGHT + BELOW
}

fn draw(pen: &mut Pen, fonts: &Fonts, lines: &Lines, plot: Area) {
    let at = |spot: Spot| {
        let part = |n: u32, length: f32| n as f32 / WHOLE as f32 * length;
        (
            plot.x + part(spot.across, plot.width),
            plot.y + part(spot.down, plot.height),
        )
    };
    let (right, foot) = (plot.x + plot.width, plot.y + plot.height);
    for (y, n) in [(plot.y, lines.most), (foot, 0)] {
        pen.rule((plot.x, y), (right, y), Rule::solid(theme::HAIRLINE, 0.7));
        let number = fonts.line(&n.to_string(), &WORDS);
        pen.line(plot.x - 6.0 - number.width, y - WORDS.leading / 2.0, &number, &WORDS);
    }
    let unit = fonts.line_within(&lines.unit, &WORDS, plot.width / 2.0);
    pen.line(plot.x + 4.0, foot + 4.0, &unit, &WORDS);
    if let Some((_, last)) = lines.days() {
        let day = fonts.line(&last.to_string(), &WORDS);
        pen.line(right - day.width, foot + 4.0, &day, &WORDS);
    }
    for label in lines.mark_labels() {
        let Some((day, _)) = lines.marks.get(label.position) else {
            continue;
        };
        let (x, _) = at(lines.spot(*day, 0));
        let row = plot.y - 4.0 - WORDS.leading * (label.spot.down + 1) as f32;
        pen.rule(
            (x, row + WORDS.leading),
            (x, foot),
            dashed(theme::MUTED, 0.6, (1.2, 2.2)),
        );
        let words = fonts.line_within(label.words, &WORDS, plot.width / 2.0);
        let left = if label.ends_there() { x - words.width } else { x };
        pen.line(left, row, &words, &WORDS);
    }
    for (position, line) in lines.lines.iter().enumerate() {
        let rule = rule(position, line.is_planned);
        let spots: Vec<(f32, f32)> = line.points.iter().map(|(day, n)| at(lines.spot(*day, *n))).collect();
        for (from, to) in spots.iter().zip(spots.iter().skip(1)) {
            pen.rule(*from, *to, rule);
        }
        // Of a plan only its end is a point: it begins at what is.
        let n_left_out = if line.is_planned {
            spots.len().saturating_sub(1)
        } else {
            0
        };
        let pointed = spots.iter().skip(n_left_out);
        for (x, y) in pointed {
            let point = Area {
                x: x - POINT / 2.0,
                y: y - POINT / 2.0,
                width: POINT,
                height: POINT,
            };
            pen.fill(point, rule.colour);
        }
    }
    for label in lines.labels() {
        let (x, y) = at(label.spot);
        let words = fonts.line_within(label.words, &NAME, plot.width / 2.0);
        let left = if label.ends_there() {
            x - NAME_GAP - words.width
        } else {
            x + NAME_GAP
        };
        let top = y - NAME.leading / 2.0;
        // Paper behind the words, so that no line runs through them.
        let ground = Area {
            x: left - 1.5,
            y: top + 1.0,
            width: words.width + 3.0,
            height: NAME.leading - 2.0,
        };
        pen.fill(ground, theme::WHITE);
        pen.line(left, top, &words, &NAME.in_colour(colour(label.position)));
    }
}

/// How the line at a position is drawn: each in a colour of its own, what is planned in dashes of its own too.
const fn rule(position: usize, is_planned: bool) -> Rule {
    let dash = match (is_planned, position % 3) {
        (false, _) => None,
        (true, 1) => Some((5.0, 2.5)),
        (true, _) => Some((1.5, 2.5)),
    };
    Rule {
        colour: colour(position),
        thickness: 1.5,
        dash,
    }
}

const fn dashed(colour: Colour, thickness: f32, dash: (f32, f32)) -> Rule {
    Rule {
        colour,
        thickness,
        dash: Some(dash),
    }
}

const fn colour(position: usize) -> Colour {
    match position % 5 {
        0 => theme::ACCENT,
        1 => theme::INK,
        2 => theme::colour(Tone::Fair),
        3 => theme::MUTED,
        _ => theme::colour(Tone::Poor),
    }
}

/// What the drawing shows, in words.
fn in_words(finding: &str, lines: &Lines) -> String {
    let mut words = format!("{finding} {}, by day.", lines.unit);
    for line in &lines.lines {
        let points: Vec<String> = line.points.iter().map(|(day, n)| format!("{day} {n}")).collect();
        words.push_str(&format!(" {}: {}.", line.label, points.join(", ")));
    }
    for (day, name) in &lines.marks {
        words.push_str(&format!(" {name}: {day}."));
    }
    words
}
