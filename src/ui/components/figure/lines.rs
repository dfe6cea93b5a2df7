//! Draws lines over days. Nothing is scaled: places are shares of the drawing, words have the size of other words, so they can
//! be read at every width. Each line has its name at its end.

use crate::report::chart::{Line, LineLabel, Lines, Spot};
use crate::ui::components::percent;
use crate::ui::element::{Element, drawing, el};
use crate::ui::view::View;

/// The classes of lines, one after the other and then from the first again.
const CLASSES: [&str; 5] = [
    "line line-1",
    "line line-2",
    "line line-3",
    "line line-4",
    "line line-5",
];

/// The drawing.
pub(super) fn draw(lines: &Lines) -> View {
    let mut parts = scale(lines);
    parts.extend(lines.mark_labels().iter().map(|label| mark(lines, label)));
    let drawn = lines.lines.iter().zip(CLASSES.into_iter().cycle());
    parts.extend(drawn.map(|(line, class)| draw_line(lines, line, class)));
    parts.extend(lines.labels().iter().map(name));
    let svg = drawing("svg").attr("aria-hidden", "true").attr("focusable", "false");
    el("div").class("lines").with(svg.all(parts)).view()
}

/// The upper and the lower edge with their numbers, what is counted, and the last day.
fn scale(lines: &Lines) -> Vec<View> {
    let edge = |down: &'static str, n: String| {
        let rule = drawing("line")
            .class("line-edge")
            .attr("x2", "100%")
            .attr("y1", down)
            .attr("y2", down);
        let number = words("line-number", "0", down, n).attr("dx", "-8").attr("dy", ".35em");
        [rule.view(), number.view()]
    };
    let mut parts: Vec<View> = edge("0%", lines.most.to_string()).into();
    parts.extend(edge("100%", "0".to_owned()));
    let below = |class, across, said| words(class, across, "100%", said).attr("dy", "1.6em").view();
    parts.push(below("line-unit", "0", lines.unit.clone()));
    parts.extend(
        lines
            .days()
            .map(|(_, last)| below("line-day", "100%", last.to_string())),
    );
    parts
}

fn words(class: &'static str, across: &'static str, down: &'static str, said: String) -> Element {
    drawing("text")
        .class(class)
        .attr("x", across)
        .attr("y", down)
        .with(said)
}

/// A day with its name above the drawing.
fn mark(lines: &Lines, label: &LineLabel) -> View {
    let across = lines.marks.get(label.position).map(|(day, _)| lines.spot(*day, 0));
    let across = across.map(|spot| percent(spot.across)).unwrap_or_default();
    let rule = drawing("line")
        .class("line-mark")
        .attr("x1", across.clone())
        .attr("x2", across.clone())
        .attr("y2", "100%");
    let up = if label.spot.down == 0 { "-.6em" } else { "-1.9em" };
    let said = drawing("text")
        .class("line-mark-name")
        .attr("data-ends", label.ends_there())
        .attr("x", across)
        .attr("dy", up)
        .with(label.words.to_owned());
    drawing("g").with(rule).with(said).view()
}

fn draw_line(lines: &Lines, line: &Line, class: &'static str) -> View {
    let spots: Vec<Spot> = line.points.iter().map(|(day, n)| lines.spot(*day, *n)).collect();
    let pieces = spots.iter().zip(spots.iter().skip(1)).map(|(from, to)| {
        drawing("line")
            .attr("x1", percent(from.across))
            .attr("y1", percent(from.down))
            .attr("x2", percent(to.across))
            .attr("y2", percent(to.down))
            .view()
    });
    // Of a plan only its end is a point: it begins at what is.
    let pointed: Vec<&Spot> = if line.is_planned {
        spots.last().into_iter().collect()
    } else {
        spots.iter().collect()
    };
    let points = pointed.into_iter().map(|spot| {
        drawing("circle")
            .attr("cx", percent(spot.across))
            .attr("cy", percent(spot.down))
            .attr("r", "3.5")
            .view()
    });
    drawing("g")
        .class(class)
        .attr("data-planned", line.is_planned)
        .all(pieces.chain(points).collect())
        .view()
}

/// The name of a line at its end.
fn name(label: &LineLabel) -> View {
    let classes = CLASSES.into_iter().cycle().nth(label.position).unwrap_or_default();
    drawing("g")
        .class(classes)
        .with(
            drawing("text")
                .class("line-name")
                .attr("data-ends", label.ends_there())
                .attr("x", percent(label.spot.across))
                .attr("y", percent(label.spot.down))
                .attr("dx", if label.ends_there() { "-8" } else { "8" })
                .attr("dy", ".35em")
                .with(label.words.to_owned()),
        )
        .view()
}
