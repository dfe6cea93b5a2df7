//! Sets cells in rows and columns, or as tiles: darker is more, and the numbers stand in the cells.

use super::super::flow::{Flow, height_of};
use super::super::fonts::{Fonts, Line};
use super::super::sheet::{Area, Pen, Rule};
use super::super::tags::NodeId;
use super::super::theme::{self, Colour, Style};
use super::pieces::{Pieces, finding_height};
use crate::report::chart::{Heat, HeatCell};

const LABEL: Style = theme::CELL;
const TITLE: Style = theme::CELL.bold();
const HEAD: Style = theme::SMALL;
const VALUE: Style = theme::CELL.bold();
const CELL_GAP: f32 = 2.0;
const CELL_HEIGHT: f32 = 15.0;
/// The part of the width that labels take where there are columns.
const LABEL_SHARE: f32 = 0.42;
const TILES_IN_A_ROW: usize = 8;
const TILE_HEIGHT: f32 = 30.0;
/// Above a row of tiles.
const TITLE_GAP: f32 = 6.0;

/// Sets the drawing below its finding. It moves to a new page as a whole; only when it is taller than a page is it split
/// between strips.
pub(in super::super) fn set_heat(flow: &mut Flow, parent: NodeId, finding: &str, heat: &Heat) {
    let strips = strips(flow.fonts, heat, flow.measure());
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, finding, heat));
    let pieces = Pieces {
        pieces: &strips,
        width: flow.measure(),
        head: 0.0,
        height: |strip: &Strip| strip.height,
        kept_below: |_: &Strip| 0.0,
    };
    let words = |strips: &[Strip]| {
        let words = strips.iter().map(|strip| strip.words.as_str());
        let words = words.filter(|it| !it.is_empty());
        words.map(|it| format!(" {it}")).collect::<String>()
    };
    pieces.set(flow, parent, finding, words, |pen, strips, area| {
        let mut y = area.y;
        for strip in strips {
            strip.draw(pen, area.x, y);
            y += strip.height;
        }
    });
}

/// The height that must be free to start: all of it, unless it is taller than a page.
pub(in super::super) fn start(flow: &Flow, finding: &str, heat: &Heat) -> f32 {
    let strips = strips(flow.fonts, heat, flow.measure());
    let head = finding_height(flow, finding);
    let all: f32 = strips.iter().map(|strip| strip.height).sum();
    if head + all <= flow.page_room() {
        return head + all;
    }
    head + strips.iter().take(3).map(|strip| strip.height).sum::<f32>()
}

/// What is drawn from the left edge to the right, and is not split.
#[derive(Default)]
struct Strip<'h> {
    height: f32,
    /// Lines of text with their distance from the corner of the strip.
    texts: Vec<(f32, f32, Line, Style)>,
    /// Cells with their area from the corner of the strip; none where there is nothing to show.
    cells: Vec<(Area, Option<&'h HeatCell>, Line, Line)>,
    /// What the strip says, for those who do not see it.
    words: String,
}

fn strips<'h>(fonts: &Fonts, heat: &'h Heat, width: f32) -> Vec<Strip<'h>> {
    if heat.columns.is_empty() {
        tile_strips(fonts, heat, width)
    } else {
        column_strips(fonts, heat, width)
    }
}

/// A strip with the heads of the columns, and one for each row.
fn column_strips<'h>(fonts: &Fonts, heat: &'h Heat, width: f32) -> Vec<Strip<'h>> {
    let label_width = width * LABEL_SHARE;
    let cell_width = (width - label_width) / heat.columns.len().max(1) as f32;
    let mut head = Strip {
        height: HEAD.leading + 3.0,
        ..Strip::default()
    };
    let mut x = label_width;
    for title in &heat.columns {
        let line = fonts.line_within(title, &HEAD, cell_width - CELL_GAP);
        head.texts
            .push((x + (cell_width - CELL_GAP - line.width) / 2.0, 0.0, line, HEAD));
        x += cell_width;
    }
    let mut strips = vec![head];
    for row in &heat.rows {
        let label = fonts.wrap(&row.label, &LABEL, label_width - 10.0);
        let inner = height_of(&label, &LABEL).max(CELL_HEIGHT);
        let mut strip = Strip {
            height: inner + CELL_GAP,
            ..Strip::default()
        };
        let mut y = (inner - height_of(&label, &LABEL)) / 2.0;
        for line in label {
            strip.texts.push((0.0, y, line, LABEL));
            y += LABEL.leading;
        }
        let mut x = label_width;
        let mut said = Vec::new();
        for (title, cell) in heat.columns.iter().zip(&row.cells) {
            let area = Area {
                x,
                y: 0.0,
                width: cell_width - CELL_GAP,
                height: inner,
            };
            strip.cells.push(measured(fonts, area, cell.as_ref()));
            let value = cell.as_ref().map_or("none", |it| it.value.as_str());
            said.push(format!("{title} {value}"));
            x += cell_width;
        }
        strip.words = format!("{}: {}.", row.label, said.join(", "));
        strips.push(strip);
    }
    strips
}

/// A strip with the label of each row, and as many with tiles as it needs.
fn tile_strips<'h>(fonts: &Fonts, heat: &'h Heat, width: f32) -> Vec<Strip<'h>> {
    let tile_width = width / TILES_IN_A_ROW as f32;
    let mut strips = Vec::new();
    for row in &heat.rows {
        let mut is_first = true;
        for tiles in row.cells.chunks(TILES_IN_A_ROW) {
            let mut strip = Strip::default();
            let mut top = 0.0;
            if is_first {
                // The label and its first tiles stay together.
                let line = fonts.line_within(&row.label, &TITLE, width);
                strip.texts.push((0.0, TITLE_GAP, line, TITLE));
                top = TITLE_GAP + TITLE.leading + 3.0;
                strip.words = format!("{}:", row.label);
            }
            let mut x = 0.0;
            let mut said = Vec::new();
            for cell in tiles {
                let area = Area {
                    x,
                    y: top,
                    width: tile_width - CELL_GAP,
                    height: TILE_HEIGHT,
                };
                strip.cells.push(measured(fonts, area, cell.as_ref()));
                said.extend(cell.iter().map(|it| format!("{} {}", it.head, it.value)));
                x += tile_width;
            }
            strip.words = format!("{} {}.", strip.words, said.join(", ")).trim_start().to_owned();
            strip.height = top + TILE_HEIGHT + CELL_GAP;
            strips.push(strip);
            is_first = false;
        }
    }
    strips
}

fn measured<'h>(fonts: &Fonts, area: Area, cell: Option<&'h HeatCell>) -> (Area, Option<&'h HeatCell>, Line, Line) {
    let inner = area.width - 4.0;
    let head = fonts.line_within(cell.map_or("", |it| &it.head), &HEAD, inner);
    let value = fonts.line_within(cell.map_or("none", |it| &it.value), &VALUE, inner);
    (area, cell, head, value)
}

impl Strip<'_> {
    fn draw(&self, pen: &mut Pen, left: f32, top: f32) {
        for (x, y, line, style) in &self.texts {
            pen.line(left + x, top + y, line, style);
        }
        for (area, cell, head, value) in &self.cells {
            let area = Area {
                x: left + area.x,
                y: top + area.y,
                ..*area
            };
            let ink = match cell {
                Some(cell) => {
                    let (ground, ink) = colours(cell.level());
                    pen.fill(area, ground);
                    ink
                }
                None => theme::MUTED,
            };
            // An edge tells an empty cell from paper, and one of nothing from one without anything to show.
            if cell.is_none_or(|cell| cell.level() == 0) {
                pen.outline(area, edge(cell.is_none()));
            }
            let height = if head.text.is_empty() { 0.0 } else { HEAD.leading };
            let y = area.y + (area.height - height - VALUE.leading) / 2.0;
            let middle = |line: &Line| area.x + (area.width - line.width) / 2.0;
            pen.line(middle(head), y, head, &HEAD.in_colour(ink));
            let style = if cell.is_some() { VALUE } else { HEAD };
            pen.line(middle(value), y + height, value, &style.in_colour(ink));
        }
    }
}

const fn edge(is_empty: bool) -> Rule {
    Rule {
        colour: theme::HAIRLINE,
        thickness: 0.7,
        dash: if is_empty { Some((1.4, 1.3)) } else { None },
    }
}

/// The ground of a cell and the ink on it.
const fn colours(level: u8) -> (Colour, Colour) {
    match level {
        0 => (theme::WHITE, theme::INK),
        1 => (Colour(0xe2, 0xef, 0xee), theme::INK),
        2 => (Colour(0xb4, 0xd6, 0xd3), theme::INK),
        3 => (Colour(0x7f, 0xb8, 0xb4), theme::INK),
        _ => (theme::ACCENT, theme::WHITE),
    }
}
