//! Sets the blocks of running text: headings, paragraphs, callouts, bullets, and rows of large figures.
//!
//! It knows the page only through `flow`.

use super::flow::{Flow, SetHeading, height_of, lines_to_keep, whole_lines};
use super::fonts::Line;
use super::sheet::{Area, Rule};
use super::tags::{NodeId, Role};
use super::theme::{self, Style};
use crate::report::paper::Figure;

const CALLOUT_PAD: f32 = 11.0;
const CALLOUT_BAR: f32 = 3.0;
const BULLET_INDENT: f32 = 14.0;
const BULLET_GAP: f32 = 3.5;
const FIGURE_GUTTER: f32 = 12.0;
const FIGURE_PAD: f32 = 11.0;
const FIGURES_PER_ROW: usize = 4;

/// Sets a heading; `height_after` is what must follow it on the same page.
pub(super) fn set_heading(flow: &mut Flow, parent: NodeId, level: u8, role: Role, text: &str, height_after: f32) {
    let style = heading_style(level);
    let lines = flow.fonts.wrap(text, &style, flow.measure());
    flow.gap(gap_before_heading(level));
    let height = heading_height(flow, level, text);
    let needed = height + height_after;
    flow.open(if needed > flow.page_room() { height } else { needed });
    if level <= 1 {
        let bar = Area {
            x: flow.left(),
            y: flow.y - 14.0,
            width: 30.0,
            height: 3.0,
        };
        flow.ornament(|pen| pen.fill(bar, theme::ACCENT));
    }
    let place = flow.place(flow.y - 18.0);
    flow.headings.push(SetHeading {
        level,
        text: text.to_owned(),
        place,
    });
    let node = flow.text_node(parent, role, text);
    let left = flow.left();
    flow.set_lines(node, left, &lines, &style);
    flow.settle_gap(gap_after_heading(level));
}

/// The height of a heading with the gap after it.
pub(super) fn heading_height(flow: &Flow, level: u8, text: &str) -> f32 {
    let style = heading_style(level);
    height_of(&flow.fonts.wrap(text, &style, flow.measure()), &style) + gap_after_heading(level)
}

/// The gap that a heading asks for above it.
pub(super) fn gap_before_heading(level: u8) -> f32 {
    match level {
        0 | 1 => 30.0,
        2 => 24.0,
        _ => 16.0,
    }
}

fn gap_after_heading(level: u8) -> f32 {
    match level {
        0 | 1 => 14.0,
        2 => 7.0,
        _ => 4.0,
    }
}

fn heading_style(level: u8) -> Style {
    match level {
        0 | 1 => theme::HEADING_1,
        2 => theme::HEADING_2,
        _ => theme::HEADING_3,
    }
}

/// Sets a paragraph.
pub(super) fn set_paragraph(flow: &mut Flow, parent: NodeId, text: &str) {
    let lines = flow.fonts.wrap(text, &theme::BODY, flow.measure());
    let node = flow.text_node(parent, Role::P, text);
    let left = flow.left();
    flow.set_lines(node, left, &lines, &theme::BODY);
    flow.gap(theme::GAP);
}

/// The height that must be free for a paragraph to start.
pub(super) fn paragraph_start(flow: &Flow, text: &str) -> f32 {
    let lines = flow.fonts.wrap(text, &theme::BODY, flow.measure());
    lines_to_keep(lines.len()) * theme::BODY.leading
}

/// Sets a callout: a tinted box with a bar at its side. It is split only when it is taller than a page.
pub(super) fn set_callout(flow: &mut Flow, parent: NodeId, label: &str, text: &str) {
    let callout = Callout::of(flow, label, text);
    let part = flow.tags.add(parent, Role::Div);
    let label_node = (!label.is_empty()).then(|| flow.text_node(part, Role::P, label));
    let text_node = flow.text_node(part, Role::P, text);
    let mut labels = callout.label.as_slice();
    let mut rest = callout.text.as_slice();
    flow.gap(theme::GAP + 4.0);
    while !(labels.is_empty() && rest.is_empty()) {
        let head = height_of(labels, &LABEL);
        let frame = head + 2.0 * CALLOUT_PAD;
        let whole = frame + height_of(rest, &theme::BODY);
        flow.open(if whole > flow.page_room() {
            frame + 2.0 * theme::BODY.leading
        } else {
            whole
        });
        let n_now = whole_lines(flow.room() - frame, theme::BODY.leading).min(rest.len());
        let (now, later) = rest.split_at(n_now);
        let height = frame + height_of(now, &theme::BODY);
        let box_area = Area {
            x: flow.left(),
            y: flow.y,
            width: flow.measure(),
            height,
        };
        flow.ornament(|pen| {
            pen.fill(box_area, theme::TINT);
            pen.fill(
                Area {
                    width: CALLOUT_BAR,
                    ..box_area
                },
                theme::ACCENT,
            );
        });
        let x = flow.left() + CALLOUT_BAR + CALLOUT_PAD;
        let top = flow.y + CALLOUT_PAD;
        if let Some(node) = label_node.filter(|_| !labels.is_empty()) {
            flow.draw(node, |pen| pen.lines(x, top, labels, &LABEL));
        }
        if !now.is_empty() {
            flow.draw(text_node, |pen| pen.lines(x, top + head, now, &theme::BODY));
        }
        flow.y += height;
        labels = &[];
        rest = later;
        if !rest.is_empty() {
            flow.next_page();
        }
    }
    flow.gap(theme::GAP + 4.0);
}

/// The height of a callout.
pub(super) fn callout_height(flow: &Flow, label: &str, text: &str) -> f32 {
    let callout = Callout::of(flow, label, text);
    height_of(&callout.label, &LABEL) + height_of(&callout.text, &theme::BODY) + 2.0 * CALLOUT_PAD
}

const LABEL: Style = theme::BODY.bold().in_colour(theme::ACCENT);

struct Callout {
    label: Vec<Line>,
    text: Vec<Line>,
}

impl Callout {
    fn of(flow: &Flow, label: &str, text: &str) -> Callout {
        let width = flow.measure() - 2.0 * CALLOUT_PAD - CALLOUT_BAR;
        let label = if label.is_empty() {
            Vec::new()
        } else {
            flow.fonts.wrap(label, &LABEL, width)
        };
        Callout {
            label,
            text: flow.fonts.wrap(text, &theme::BODY, width),
        }
    }
}

/// Sets a list with bullets.
pub(super) fn set_bullets(flow: &mut Flow, parent: NodeId, bullets: &[String]) {
    if bullets.is_empty() {
        return;
    }
    let style = theme::BODY;
    let sign_style = theme::BODY.bold().in_colour(theme::ACCENT);
    let list = flow.tags.add(parent, Role::BulletList);
    let sign = flow.fonts.line("\u{2022}", &sign_style);
    for text in bullets {
        let lines = flow.fonts.wrap(text, &style, flow.measure() - BULLET_INDENT);
        let bullet = flow.tags.add(list, Role::ListItem);
        let label = flow.tags.add(bullet, Role::Label);
        flow.open(lines_to_keep(lines.len()) * style.leading);
        let (x, y) = (flow.left() + 2.0, flow.y);
        flow.draw(label, |pen| pen.line(x, y, &sign, &sign_style));
        let body = flow.text_node(bullet, Role::ListBody, text);
        let x = flow.left() + BULLET_INDENT;
        flow.set_lines(body, x, &lines, &style);
        flow.gap(BULLET_GAP);
    }
    flow.gap(theme::GAP);
}

/// The height that must be free for a list to start.
pub(super) fn bullets_start(flow: &Flow, bullets: &[String]) -> f32 {
    bullets.first().map_or(0.0, |text| {
        let lines = flow.fonts.wrap(text, &theme::BODY, flow.measure() - BULLET_INDENT);
        lines_to_keep(lines.len()) * theme::BODY.leading
    })
}

/// Sets a row of large figures; more than four make several rows.
pub(super) fn set_figures(flow: &mut Flow, parent: NodeId, figures: &[Figure]) {
    if figures.is_empty() {
        return;
    }
    let list = flow.tags.add(parent, Role::List);
    flow.gap(theme::GAP + 4.0);
    for row in figures.chunks(FIGURES_PER_ROW) {
        let tiles = Tiles::of(flow, row);
        flow.open(tiles.height);
        let top = flow.y;
        let mut x = flow.left();
        for tile in &tiles.tiles {
            let area = Area {
                x,
                y: top,
                width: tiles.width,
                height: tiles.height,
            };
            flow.ornament(|pen| {
                pen.fill(area, theme::TINT);
                pen.rule((x, top), (x + tiles.width, top), Rule::solid(theme::ACCENT, 1.6));
            });
            let bullet = flow.tags.add(list, Role::ListItem);
            let body = flow.tags.add(bullet, Role::ListBody);
            let value = flow.text_node(body, Role::P, &tile.figure.value);
            let y = top + FIGURE_PAD;
            let text_x = x + FIGURE_PAD;
            flow.draw(value, |pen| {
                pen.line(
                    text_x,
                    y + theme::FIGURE_VALUE.leading - tile.style.leading,
                    &tile.value,
                    &tile.style,
                );
            });
            let caption = flow.text_node(body, Role::P, &tile.figure.caption);
            let y = y + theme::FIGURE_VALUE.leading + 3.0;
            flow.draw(caption, |pen| pen.lines(text_x, y, &tile.caption, &theme::SMALL));
            x += tiles.width + FIGURE_GUTTER;
        }
        flow.y += tiles.height;
        flow.gap(FIGURE_GUTTER);
    }
    flow.gap(theme::GAP_WIDE);
}

/// The height of the first row of figures.
pub(super) fn figures_start(flow: &Flow, figures: &[Figure]) -> f32 {
    figures
        .chunks(FIGURES_PER_ROW)
        .next()
        .map_or(0.0, |row| Tiles::of(flow, row).height)
}

/// One row of figures, measured.
struct Tiles<'p> {
    tiles: Vec<Tile<'p>>,
    width: f32,
    height: f32,
}

struct Tile<'p> {
    figure: &'p Figure,
    value: Line,
    /// The style of the value: smaller where the value would not fit.
    style: Style,
    caption: Vec<Line>,
}

impl<'p> Tiles<'p> {
    fn of(flow: &Flow, row: &'p [Figure]) -> Tiles<'p> {
        let n_tiles: f32 = row.iter().map(|_| 1.0).sum();
        let width = (flow.measure() - (n_tiles - 1.0) * FIGURE_GUTTER) / n_tiles;
        let inner = width - 2.0 * FIGURE_PAD;
        let tiles: Vec<Tile> = row
            .iter()
            .map(|figure| {
                let full = flow.fonts.line(&figure.value, &theme::FIGURE_VALUE);
                let style = theme::FIGURE_VALUE.scaled((inner / full.width.max(1.0)).clamp(0.4, 1.0));
                let value = flow.fonts.line_within(&figure.value, &style, inner + 0.1);
                Tile {
                    figure,
                    value,
                    style,
                    caption: flow.fonts.wrap(&figure.caption, &theme::SMALL, inner),
                }
            })
            .collect();
        let caption = tiles
            .iter()
            .map(|tile| height_of(&tile.caption, &theme::SMALL))
            .fold(0.0, f32::max);
        let height = 2.0 * FIGURE_PAD + theme::FIGURE_VALUE.leading + 3.0 + caption;
        Tiles { tiles, width, height }
    }
}
