//! Sets a table: caption, header on every page, rows that stay whole unless they are taller than a page.
//!
//! It knows the page only through `flow`.

use super::flow::{Flow, height_of, whole_lines};
use super::fonts::{Fonts, Line};
use super::marks;
use super::sheet::{Area, Artifact, Pen, Rule};
use super::tags::{NodeId, Role};
use super::theme::{self, Style};
use crate::report::paper::{Cell, Column, Table, Tone};

const PAD_X: f32 = 5.0;
const PAD_Y: f32 = 4.0;
const MARK_INDENT: f32 = marks::SIDE + 5.0;
const CAPTION_GAP: f32 = 4.0;

/// Sets the table.
pub(super) fn set_table(flow: &mut Flow, parent: NodeId, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let grid = Grid::of(flow, table);
    flow.gap(theme::GAP_WIDE);
    flow.open(grid.start(flow));
    let node = flow.tags.add(parent, Role::Table);
    if !grid.caption.is_empty() {
        let caption = flow.text_node(node, Role::Caption, &table.caption);
        let left = flow.left();
        flow.set_lines(caption, left, &grid.caption, &theme::CAPTION);
        flow.y += CAPTION_GAP;
    }
    set_header(flow, node, table, &grid);
    let body = flow.tags.add(node, Role::TableBody);
    for row in &grid.rows {
        set_row(flow, body, table, &grid, row);
    }
    if grid.rows.is_empty() {
        set_row(flow, body, table, &grid, &grid.nothing);
    }
    flow.gap(theme::GAP_WIDE);
}

/// The height that must be free for a table to start.
pub(super) fn start(flow: &Flow, table: &Table) -> f32 {
    if table.columns.is_empty() {
        0.0
    } else {
        Grid::of(flow, table).start(flow)
    }
}

/// The header as part of the table, on its first page.
fn set_header(flow: &mut Flow, table_node: NodeId, table: &Table, grid: &Grid) {
    let head = flow.tags.add(table_node, Role::TableHead);
    let row = flow.tags.add(head, Role::Row);
    let top = flow.y;
    let area = Area {
        x: flow.left(),
        y: top,
        width: grid.width(),
        height: grid.header_height,
    };
    flow.ornament(|pen| draw_header_ground(pen, area));
    for (track, column) in grid.tracks.iter().zip(&table.columns) {
        let node = flow.text_node(row, Role::ColumnHeader, &column.title);
        let left = flow.left();
        flow.draw(node, |pen| draw_title(pen, track, left, top));
    }
    flow.y += grid.header_height;
}

/// The header once more at the head of a further page. It is not content: it has been said.
fn repeat_header(flow: &mut Flow, table: &Table, grid: &Grid) {
    let left = flow.left();
    let mut top = flow.y;
    let note = format!("{} (continued)", table.caption);
    let note = flow.fonts.line_within(&note, &theme::SMALL, grid.width());
    let has_caption = !grid.caption.is_empty();
    flow.sheet().artifact(Artifact::Pagination, |pen| {
        if has_caption {
            pen.line(left, top, &note, &theme::SMALL);
            top += theme::SMALL.leading + CAPTION_GAP;
        }
        draw_header_ground(
            pen,
            Area {
                x: left,
                y: top,
                width: grid.width(),
                height: grid.header_height,
            },
        );
        for track in &grid.tracks {
            draw_title(pen, track, left, top);
        }
    });
    flow.y = top + grid.header_height;
    if has_caption {
        flow.y = flow.y.max(theme::MARGIN_TOP + grid.repeated_height());
    }
}

fn draw_header_ground(pen: &mut Pen, area: Area) {
    pen.fill(area, theme::TINT);
    let foot = area.y + area.height;
    pen.rule(
        (area.x, foot),
        (area.x + area.width, foot),
        Rule::solid(theme::ACCENT, 1.0),
    );
}

fn draw_title(pen: &mut Pen, track: &Track, left: f32, top: f32) {
    let mut y = top + PAD_Y;
    for line in &track.title {
        pen.line(left + track.text_x(line.width, 0.0), y, line, &theme::CELL_HEAD);
        y += theme::CELL_HEAD.leading;
    }
}

/// Sets a row where it fits: on this page, on the next, or, when it is taller than a page, split over several.
fn set_row(flow: &mut Flow, body: NodeId, table: &Table, grid: &Grid, row: &Row) {
    let tags = RowTags::of(flow, body, row);
    let n_lines = row.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let room_of_page = flow.page_room() - grid.repeated_height();
    if row.height > flow.room() && !flow.is_at_top() && (row.height <= room_of_page || flow.room() < room_of_page / 3.0)
    {
        flow.next_page();
        repeat_header(flow, table, grid);
    }
    let mut from = 0;
    while from < n_lines {
        let n_fitting = whole_lines(flow.room() - 2.0 * PAD_Y, theme::CELL.leading).max(1);
        let to = (from + n_fitting).min(n_lines);
        draw_row(flow, grid, row, &tags, from, to);
        from = to;
        if from < n_lines {
            flow.next_page();
            repeat_header(flow, table, grid);
        }
    }
}

/// The nodes of a row's cells.
struct RowTags {
    cells: Vec<NodeId>,
}

impl RowTags {
    fn of(flow: &mut Flow, body: NodeId, row: &Row) -> RowTags {
        let node = flow.tags.add(body, Role::Row);
        RowTags {
            cells: row
                .cells
                .iter()
                .map(|cell| flow.text_node(node, Role::Cell, cell.text))
                .collect(),
        }
    }
}

/// Draws the lines `from..to` of every cell of a row, and the hairline below.
fn draw_row(flow: &mut Flow, grid: &Grid, row: &Row, tags: &RowTags, from: usize, to: usize) {
    let left = flow.left();
    let top = flow.y + PAD_Y;
    let height = 2.0 * PAD_Y + (to - from) as f32 * theme::CELL.leading;
    let foot = flow.y + height;
    flow.ornament(|pen| {
        pen.rule(
            (left, foot),
            (left + grid.width(), foot),
            Rule::solid(theme::HAIRLINE, 0.6),
        )
    });
    for ((cell, track), node) in row.cells.iter().zip(&grid.tracks).zip(&tags.cells) {
        if from == 0 && cell.tone != Tone::Plain {
            draw_mark(flow, *node, cell, left + track.x + PAD_X, top);
        }
        let lines = cell.lines.get(from..to.min(cell.lines.len())).unwrap_or_default();
        if lines.iter().all(|line| line.text.is_empty()) {
            continue;
        }
        flow.draw(*node, |pen| {
            let mut y = top;
            for line in lines {
                pen.line(left + track.text_x(line.width, cell.indent()), y, line, &cell.style);
                y += cell.style.leading;
            }
        });
    }
    flow.y += height;
}

/// The mark of a cell. Beside words it is an ornament, for the words say the same; alone it is content with a name.
fn draw_mark(flow: &mut Flow, node: NodeId, cell: &CellLines, x: f32, top: f32) {
    let y = top + (cell.style.leading - marks::SIDE) / 2.0 + 0.2;
    if cell.lines.iter().any(|line| !line.text.is_empty()) {
        flow.ornament(|pen| marks::draw(pen, cell.tone, x, y, marks::SIDE));
    } else {
        let sign = flow.tags.add(node, Role::Span);
        flow.tags.set_alternative(sign, marks::word(cell.tone).to_owned());
        flow.draw(sign, |pen| marks::draw(pen, cell.tone, x, y, marks::SIDE));
    }
}

/// A table with its columns measured and its text broken into lines.
struct Grid<'p> {
    caption: Vec<Line>,
    tracks: Vec<Track>,
    header_height: f32,
    rows: Vec<Row<'p>>,
    /// What stands in a table without rows.
    nothing: Row<'p>,
}

/// One column.
struct Track {
    x: f32,
    width: f32,
    title: Vec<Line>,
    /// Whether the text stands at the right: columns of whole numbers.
    is_flush_right: bool,
}

struct Row<'p> {
    cells: Vec<CellLines<'p>>,
    height: f32,
}

struct CellLines<'p> {
    text: &'p str,
    lines: Vec<Line>,
    style: Style,
    tone: Tone,
}

impl Track {
    /// Where a text of a width starts, measured from the left edge of the table.
    fn text_x(&self, width: f32, indent: f32) -> f32 {
        if self.is_flush_right {
            self.x + self.width - PAD_X - width
        } else {
            self.x + PAD_X + indent
        }
    }
}

impl CellLines<'_> {
    fn indent(&self) -> f32 {
        indent_of(self.tone)
    }
}

impl<'p> Grid<'p> {
    fn of(flow: &Flow, table: &'p Table) -> Grid<'p> {
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
            let title = fonts.wrap(&column.title, &theme::CELL_HEAD, width - 2.0 * PAD_X);
            tracks.push(Track {
                x,
                width,
                title,
                is_flush_right: is_numeric(table, nth),
            });
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

    fn width(&self) -> f32 {
        self.tracks.iter().map(|track| track.width).sum()
    }

    /// The height of what stands above the rows on every page but the first.
    fn repeated_height(&self) -> f32 {
        let caption = if self.caption.is_empty() {
            0.0
        } else {
            theme::SMALL.leading + CAPTION_GAP
        };
        caption + self.header_height
    }

    /// Caption, header and the first two rows.
    fn start(&self, flow: &Flow) -> f32 {
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

static NOTHING: std::sync::LazyLock<Vec<Cell>> = std::sync::LazyLock::new(|| {
    vec![Cell {
        text: "None".to_owned(),
        tone: Tone::Plain,
        strong: false,
    }]
});

impl<'p> Row<'p> {
    fn of(fonts: &Fonts, tracks: &[Track], cells: &'p [Cell]) -> Row<'p> {
        let cells: Vec<CellLines> = cells
            .iter()
            .zip(tracks)
            .map(|(cell, track)| {
                let style = cell_style(cell);
                let width = track.width - 2.0 * PAD_X - indent_of(cell.tone);
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
                .map(|cell| fonts.widest_piece(&cell.text, &cell_style(cell)) + indent_of(cell.tone));
            let title = fonts.widest_piece(&column.title, &theme::CELL_HEAD);
            (cells.fold(title, f32::max) + 2.0 * PAD_X + 0.5).min(floor_limit)
        })
        .collect();
    let floor_sum: f32 = floors.iter().sum();
    if floor_sum > whole {
        // There is no room for every longest word: all give way alike, and words will be broken.
        return floors.into_iter().map(|floor| floor * whole / floor_sum).collect();
    }
    share_out(&table.columns, &floors, whole)
}

/// Shares the width in the proportions of the columns. A column that would fall below its floor gets the floor, and the
/// others share what is left.
fn share_out(columns: &[Column], floors: &[f32], whole: f32) -> Vec<f32> {
    let weight_of = |column: &Column| if column.width > 0.0 { column.width } else { 1.0 };
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
