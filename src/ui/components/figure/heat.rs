//! Draws heat: a table of cells, or tiles that follow one another. The number stands in each cell, so that its ground never
//! speaks alone.

use super::href;
use crate::report::chart::{Heat, HeatCell, HeatRow};
use crate::ui::components::{head_cell, link, row_head, table_body};
use crate::ui::element::{Element, el};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The drawing.
pub(super) fn draw(store: AssessmentStore, heat: &Heat) -> View {
    if heat.columns.is_empty() {
        let rows = heat.rows.iter().map(|row| tiles(store, row)).collect();
        return el("div").class("tile-rows").all(rows).view();
    }
    let heads = heat.columns.iter().map(|head| {
        let words = el("span").with(head.clone());
        head_cell(words)
    });
    let heads = std::iter::once(el("td").view()).chain(heads).collect();
    let rows = heat.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|it| cell(store, it.as_ref()).view()).collect();
        el("tr").with(row_head(row.label.clone())).all(cells).view()
    });
    el("table")
        .class("heat heat-map")
        .with(el("thead").with(el("tr").all(heads)))
        .with(table_body(rows.collect()))
        .view()
}

fn cell(store: AssessmentStore, cell: Option<&HeatCell>) -> Element {
    let shown = el("td").class("heat-cell");
    match cell {
        None => shown.attr("data-level", "none").with(el("span").with("none")),
        Some(cell) => shown
            .attr("data-level", level(cell))
            .with(led_cell(store, cell, cell.value.clone().into())),
    }
}

/// The cells of a row as tiles below its label.
fn tiles(store: AssessmentStore, row: &HeatRow) -> View {
    let tiles = row.cells.iter().flatten().map(|cell| {
        let words = View::Many(vec![
            el("span").class("tile-head").with(cell.head.clone()).view(),
            " ".into(),
            el("span").class("tile-value").with(cell.value.clone()).view(),
        ]);
        let tile = el("li").class("heat-cell").attr("data-level", level(cell));
        tile.with(led_cell(store, cell, words)).view()
    });
    el("div")
        .class("tile-row heat")
        .with(el("h3").with(row.label.clone()))
        .with(el("ul").class("tiles").all(tiles.collect()))
        .view()
}

fn led_cell(store: AssessmentStore, cell: &HeatCell, words: View) -> View {
    match href(store, &cell.leads) {
        Some(href) => link(href, words),
        None => words,
    }
}

fn level(cell: &HeatCell) -> String {
    cell.level().to_string()
}
