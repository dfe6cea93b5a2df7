//! Sets a table: caption, header on every page, rows that stay whole unless they are taller than a page.
//!
//! It knows the page only through `flow`, and the measures of the table through `grid`.

use super::flow::{Flow, whole_lines};
use super::grid::{CAPTION_GAP, CellLines, Grid, PAD_X, PAD_Y, Row, Track};
use super::marks;
use super::sheet::{Area, Artifact, Pen, Rule};
use super::tags::{NodeId, Role};
use super::theme;
use crate::report::paper::{Table, Tone};

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
    for (nth, row) in grid.rows.iter().enumerate() {
        // The last two rows stay together, so that no page carries a header for one row.
        let is_last_but_one = nth + 2 == grid.rows.len();
        let after = grid
            .rows
            .last()
            .filter(|_| is_last_but_one)
            .map_or(0.0, |last| last.height);
        set_row(flow, body, table, &grid, row, after);
    }
    if grid.rows.is_empty() {
        set_row(flow, body, table, &grid, &grid.nothing, 0.0);
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
    let (left, top) = (flow.left(), flow.y);
    let note = format!("{} (continued)", table.caption);
    let note = flow.fonts.line_within(&note, &theme::SMALL, grid.width());
    let header_top = top + grid.repeated_height() - grid.header_height;
    let area = Area {
        x: left,
        y: header_top,
        width: grid.width(),
        height: grid.header_height,
    };
    flow.sheet().artifact(Artifact::Pagination, |pen| {
        if !grid.caption.is_empty() {
            pen.line(left, top, &note, &theme::SMALL);
        }
        draw_header_ground(pen, area);
        for track in &grid.tracks {
            draw_title(pen, track, left, header_top);
        }
    });
    flow.y += grid.repeated_height();
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
fn set_row(flow: &mut Flow, body: NodeId, table: &Table, grid: &Grid, row: &Row, after: f32) {
    let tags = RowTags::of(flow, body, row);
    let n_lines = row.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let room_of_page = flow.page_room() - grid.repeated_height();
    let wanted = row.height + after;
    let wanted = if wanted <= room_of_page { wanted } else { row.height };
    // A row that must be split anyway starts here, unless little of it would fit.
    let is_moving = row.height <= room_of_page || flow.room() < room_of_page / 3.0;
    if wanted > flow.room() && !flow.is_at_top() && is_moving {
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
