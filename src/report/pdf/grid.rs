//! Measures a table: widths of the columns, lines of the cells, heights of the rows.
//!
//! It knows widths and text, and draws nothing.

use std::sync::LazyLock;

use super::flow::{Flow, height_of};
use super::fonts::{Fonts, Line};
use super::marks;
use super::theme::{self, Style};
use crate::report::paper::{Cell, Column, Table, Tone};

pub(super) const PAD_X: f32 = 5.0;
pub(super) const PAD_Y: f32 = 4.0;
pub(super) const CAPTION_GAP: f32 = 4.0;
const MARK_INDENT: f32 = marks::SIDE + 5.0;
/// More space to the right of a column of numbers, which would else run into the column after it.
const NUMBER_PAD: f32 = 12.0;
/// The longest label beside a mark that is never broken, in characters.
const LABEL_LENGTH: usize = 16;

/// A table with its columns measured and its text broken into lines.
#[derive(Debug)]
pub(super) struct Grid<'p> {
    pub(super) caption: Vec<Line>,
    pub(super) tracks: Vec<Track>,
    pub(super) header_height: f32,
    pub(super) rows: Vec<Row<'p>>,
    /// What stands in a table without rows.
    pub(super) nothing: Row<'p>,
}

/// One column.
#[derive(Debug)]
pub(super) struct Track {
    pub(super) x: f32,
    width: f32,
    pub(super) title: Vec<Line>,
    /// Whether the text stands at the right: columns of whole numbers.
    is_flush_right: bool,
    /// Space between the text and the right edge.
    pad_right: f32,
}

#[derive(Debug)]
pub(super) struct Row<'p> {
    pub(super) cells: Vec<CellLines<'p>>,
    pub(super) height: f32,
}

#[derive(Debug)]
pub(super) struct CellLines<'p> {
    pub(super) text: &'p str,
    pub(super) lines: Vec<Line>,
    pub(super) style: Style,
    pub(super) tone: Tone,
}

impl Track {
    fn text_width(&self) -> f32 {
        self.width - PAD_X - self.pad_right
    }

    /// Where a text of a width starts, measured from the left edge of the table.
    pub(super) fn text_x(&self, width: f32, indent: f32) -> f32 {
        if self.is_flush_right {
            self.x + self.width - self.pad_right - width
        } else {
            self.x + PAD_X + indent
        }
    }
}

impl CellLines<'_> {
    pub(super) fn indent(&self) -> f32 {
        indent_of(self.tone)
    }
}

impl<'p> Grid<'p> {
    pub(super) fn of(flow: &Flow, table: &'p Table) -> Grid<'p> {
        let fonts = flow.fonts;
        let caption = if table.caption.is_empty() {
            Vec::new()
        } else {
            fonts.wrap(&table.caption, &theme::CAPTION, flow.width())
        };
        let widths = column_widths(fonts, table, flow.width());
        let mut x = 0.0;
        let mut tracks = Vec::new();
        for (nth, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let is_flush_right = is_numeric(table, nth);
            let pad_right = pad_right(table, nth, is_flush_right);
            let mut track = Track {
                x,
                width,
                title: Vec::new(),
                is_flush_right,
                pad_right,
            };
            track.title = fonts.wrap(&column.title, &theme::CELL_HEAD, track.text_width());
            tracks.push(track);
            x += width;
        }
        let titles = tracks
            .iter()
            .map(|track| height_of(&track.title, &theme::CELL_HEAD))
            .fold(0.0, f32::max);
        let rows = table.rows.iter().map(|row| Row::of(fonts, &tracks, row)).collect();
        let nothing = Row::of(fonts, &tracks, &NOTHING);
        Grid {
            caption,
            header_height: titles + 2.0 * PAD_Y,
            tracks,
            rows,
            nothing,
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.tracks.iter().map(|track| track.width).sum()
    }

    /// The height of what stands above the rows on every page but the first.
    pub(super) fn repeated_height(&self) -> f32 {
        let caption = if self.caption.is_empty() {
            0.0
        } else {
            theme::SMALL.leading + CAPTION_GAP
        };
        caption + self.header_height
    }

    /// Caption, header and the first two rows.
    pub(super) fn start(&self, flow: &Flow) -> f32 {
        let head = height_of(&self.caption, &theme::CAPTION) + CAPTION_GAP + self.header_height;
        let rows: f32 = self.rows.iter().take(2).map(|row| row.height).sum();
        let first = self.rows.first().map_or(self.nothing.height, |row| row.height);
        if head + rows <= flow.page_room() / 2.0 {
            head + rows
        } else if head + first <= flow.page_room() {
            head + first
        } else {
            head + 4.0 * theme::CELL.leading
        }
    }
}

/// The only row of a table without rows.
static NOTHING: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    vec![Cell {
        text: "None".to_owned(),
        tone: Tone::Plain,
        strong: false,
    }]
});

/// What stands where a row has fewer cells than the table has columns.
static EMPTY: Cell = Cell {
    text: String::new(),
    tone: Tone::Plain,
    strong: false,
};

impl<'p> Row<'p> {
    fn of(fonts: &Fonts, tracks: &[Track], cells: &'p [Cell]) -> Row<'p> {
        let cells: Vec<CellLines> = cells
            .iter()
            .chain(std::iter::repeat(&EMPTY))
            .zip(tracks)
            .map(|(cell, track)| {
                let style = cell_style(cell);
                let width = track.text_width() - indent_of(cell.tone);
                CellLines {
                    text: &cell.text,
                    lines: fonts.wrap(&cell.text, &style, width),
                    style,
                    tone: cell.tone,
                }
            })
            .collect();
        let lines = cells
            .iter()
            .map(|cell| height_of(&cell.lines, &cell.style))
            .fold(theme::CELL.leading, f32::max);
        Row {
            cells,
            height: lines + 2.0 * PAD_Y,
        }
    }
}

fn cell_style(cell: &Cell) -> Style {
    if cell.strong { theme::CELL.bold() } else { theme::CELL }
}

fn indent_of(tone: Tone) -> f32 {
    if tone == Tone::Plain { 0.0 } else { MARK_INDENT }
}

/// The widths of the columns: in the proportions asked for, but wide enough for the longest word of each, as far as
/// there is room.
fn column_widths(fonts: &Fonts, table: &Table, whole: f32) -> Vec<f32> {
    let floor_limit = whole * 0.35;
    let floors: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(nth, column)| {
            let cells = table
                .rows
                .iter()
                .filter_map(|row| row.get(nth))
                .map(|cell| widest_part(fonts, cell));
            let title = fonts.widest_piece(&column.title, &theme::CELL_HEAD);
            let pads = PAD_X + pad_right(table, nth, is_numeric(table, nth));
            (cells.fold(title, f32::max) + pads + 0.5).min(floor_limit)
        })
        .collect();
    let floor_sum: f32 = floors.iter().sum();
    if floor_sum > whole {
        // There is no room for every longest word: all give way alike, and words will be broken.
        return floors.into_iter().map(|floor| floor * whole / floor_sum).collect();
    }
    share_out(&table.columns, &floors, whole)
}

/// The width of the widest part of a cell that should not be broken; a short label beside a mark is one part.
fn widest_part(fonts: &Fonts, cell: &Cell) -> f32 {
    let style = cell_style(cell);
    let is_label = cell.tone != Tone::Plain && cell.text.len() <= LABEL_LENGTH && !cell.text.contains('\n');
    let text = if is_label {
        fonts.line(&cell.text, &style).width
    } else {
        fonts.widest_piece(&cell.text, &style)
    };
    text + indent_of(cell.tone)
}

fn pad_right(table: &Table, nth: usize, is_flush_right: bool) -> f32 {
    let is_last = nth + 1 == table.columns.len();
    if is_flush_right && !is_last { NUMBER_PAD } else { PAD_X }
}

/// Shares the width in the proportions of the columns. A column that would fall below its floor gets the floor, and the
/// others share what is left.
fn share_out(columns: &[Column], floors: &[f32], whole: f32) -> Vec<f32> {
    let weight_of = |column: &Column| {
        if column.width.is_finite() && column.width > 0.0 {
            column.width
        } else {
            1.0
        }
    };
    let mut is_floored = vec![false; columns.len()];
    loop {
        let mut room = whole;
        let mut weights = 0.0;
        for ((column, floor), floored) in columns.iter().zip(floors).zip(&is_floored) {
            if *floored {
                room -= floor;
            } else {
                weights += weight_of(column);
            }
        }
        let widths: Vec<f32> = columns
            .iter()
            .zip(floors)
            .zip(&is_floored)
            .map(|((column, floor), floored)| {
                if *floored {
                    *floor
                } else {
                    weight_of(column) / weights * room
                }
            })
            .collect();
        let mut is_settled = true;
        for ((width, floor), floored) in widths.iter().zip(floors).zip(&mut is_floored) {
            if !*floored && *width < *floor {
                *floored = true;
                is_settled = false;
            }
        }
        if is_settled {
            return widths;
        }
    }
}

/// Whether every cell of a column holds a whole number or a percentage.
fn is_numeric(table: &Table, nth: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(nth)).peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            let digits = cell.text.trim_end_matches(['%', '\u{2009}', '\u{A0}', ' ']);
            cell.tone == Tone::Plain
                && !digits.is_empty()
                && digits
                    .chars()
                    .all(|character| character.is_ascii_digit() || character == ',')
        })
}
