//! A chart on the page: title, the sentence that says its finding, the drawing, and its numbers as a table.

mod bars;
mod heat;
mod lines;
mod spans;

use super::pieces::{folded, head_cell, link, table_body, table_with_heads};
use crate::domain::Register;
use crate::report::chart::{Chart, ChartRow, Drawing, Leads};
use crate::ui::element::{Element, el};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// A chart as a figure. Its drawing is hidden from screen readers: finding and table say the same.
pub fn chart_figure(store: AssessmentStore, chart: &Chart) -> Element {
    let drawing = match &chart.drawing {
        Drawing::Bars(bars) => bars::draw(store, bars),
        Drawing::Heat(heat) => heat::draw(store, heat),
        Drawing::Lines(lines) => lines::draw(lines),
        Drawing::Spans(spans) => spans::draw(store, spans),
    };
    let remarks = chart
        .remarks
        .iter()
        .map(|it| el("p").class("hint").with(it.clone()).view());
    el("figure")
        .class("chart")
        .attr("id", format!("chart-{}", chart.id))
        .with(el("h2").with(chart.title.clone()))
        .with(el("figcaption").with(chart.finding.clone()))
        .with(drawing)
        .all(remarks.collect())
        .with(folded("Data table", data_table(store, chart)).class("chart-data"))
}

fn data_table(store: AssessmentStore, chart: &Chart) -> View {
    let heads = chart.columns.iter().map(|it| head_cell(it.clone())).collect();
    let rows = chart.rows.iter().map(|row| data_row(store, row)).collect();
    table_with_heads(
        "data-table dense",
        format!("Data: {}", chart.finding),
        heads,
        vec![table_body(rows)],
    )
}

fn data_row(store: AssessmentStore, row: &ChartRow) -> View {
    let mut cells = row.cells.iter();
    let first = cells.next().cloned().unwrap_or_default();
    let head = el("th").attr("scope", "row").with(led(store, &row.leads, first));
    let cells = cells.map(|it| el("td").with(it.clone()).view());
    el("tr").with(head).all(cells.collect()).view()
}

/// Words that lead where a figure leads, or the words alone.
fn led(store: AssessmentStore, leads: &Leads, words: String) -> View {
    href(store, leads).map_or_else(|| View::from(words.clone()), |href| link(href, words.clone()))
}

/// The address to which a figure leads.
fn href(store: AssessmentStore, leads: &Leads) -> Option<String> {
    let page = match leads {
        Leads::Nowhere => return None,
        Leads::Practice(id) => Page::question(*id),
        Leads::Requirement(id) => Page::requirement(*id),
        Leads::Action(id) => Page::Entry(Register::PlanAction, *id),
    };
    Some(store.href(page))
}
