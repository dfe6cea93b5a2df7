//! A chart on the page: title, the sentence that says its finding, the drawing, and its numbers as a table.

mod bars;
mod heat;
mod lines;
mod spans;

use super::pieces::{folded, head_cell, hidden_words, link, table_body, table_with_heads};
use crate::domain::Register;
use crate::report::chart::{Chart, ChartRow, Drawing, Leads};
use crate::ui::element::{Element, el};
use crate::ui::practice_query::query_from_filter;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// A chart as a figure. What is drawn without words is hidden from screen readers: finding and table say the same.
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
    let rows = chart.rows.iter().map(|row| data_row(store, chart, row)).collect();
    table_with_heads(
        "data-table dense",
        format!("Data: {}", chart.finding),
        heads,
        vec![table_body(rows)],
    )
}

fn data_row(store: AssessmentStore, chart: &Chart, row: &ChartRow) -> View {
    let cells = row.cells.iter().zip(&chart.columns).enumerate();
    let cells = cells.map(|(at, (words, column))| {
        let leads = row.leads.of_cell(at);
        if at == 0 {
            return el("th")
                .attr("scope", "row")
                .with(led(store, leads, words.clone()))
                .view();
        }
        // A number alone does not say where it leads.
        let shown = match href(store, leads) {
            Some(href) => {
                let of = row.cells.first().cloned().unwrap_or_default();
                let more = hidden_words(format!(" {column}, {of}"));
                link(href, vec![View::from(words.clone()), more.view()])
            }
            None => words.clone().into(),
        };
        el("td").with(shown).view()
    });
    el("tr").all(cells.collect()).view()
}

/// Words that lead where a figure leads, or the words alone.
fn led(store: AssessmentStore, leads: &Leads, words: String) -> View {
    match href(store, leads) {
        Some(href) => link(href, words),
        None => words.into(),
    }
}

/// The address to which a figure leads.
fn href(store: AssessmentStore, leads: &Leads) -> Option<String> {
    let page = match leads {
        Leads::Nowhere | Leads::Each(_) => return None,
        Leads::Practice(id) => Page::question(*id),
        Leads::Requirement(id) => Page::requirement(*id),
        Leads::Action(id) => Page::Entry(Register::PlanAction, *id),
        Leads::Practices(filter) => Page::Practices(query_from_filter(filter)),
        Leads::Crosswalk(from, to) => {
            let query = Query::default().with("from", from.as_str()).with("to", to.as_str());
            Page::Crosswalk(query)
        }
    };
    Some(store.href(page))
}
