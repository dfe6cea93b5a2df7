//! Bars of readiness: requirements by status. Each chart has a sentence that says its finding and a table of its numbers.

use super::pieces::{folded, link, row, table, table_body};
use crate::analysis::Tally;
use crate::report::wording;
use crate::ui::element::{Element, drawing, el};
use crate::ui::view::View;

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartRow {
    /// What the bar is about.
    pub label: String,
    /// Where its label leads.
    pub href: String,
    /// Its requirements.
    pub tally: Tally,
}

/// The segments of a tally with their names in the style sheet.
const fn segments(tally: &Tally) -> [(&'static str, usize); 4] {
    [
        ("seg seg-good", tally.n_ready),
        ("seg seg-fair", tally.n_partly),
        ("seg seg-poor", tally.n_not_ready),
        ("seg seg-open", tally.n_open + tally.n_needs_decision),
    ]
}

/// A bar of segments, each a class and a length. The numbers stand beside it, so it is hidden from screen readers.
pub fn stacked_bar(segments: &[(&'static str, usize)]) -> Element {
    let total: usize = segments.iter().map(|(_, n)| n).sum();
    let mut bar = drawing("svg")
        .class("stack")
        .attr("viewBox", format!("0 0 {} 10", total.max(1)))
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .attr("focusable", "false");
    let mut start = 0;
    for (class, n) in segments.iter().filter(|(_, n)| *n > 0) {
        let rect = drawing("rect")
            .class(class)
            .attr("x", start.to_string())
            .attr("y", "0")
            .attr("width", n.to_string())
            .attr("height", "10");
        bar = bar.with(rect);
        start += n;
    }
    bar
}

/// A bar of readiness.
pub fn readiness_bar(tally: &Tally) -> Element {
    stacked_bar(&segments(tally))
}

/// A chart of readiness, one bar for each row. `finding` says what it shows, `heading` what its rows are.
pub fn readiness_chart(finding: String, heading: &'static str, rows: &[ChartRow]) -> View {
    let bars: Vec<View> = rows.iter().map(bar_row).collect();
    let numbers: Vec<View> = rows.iter().map(data_row).collect();
    let heads = [
        heading,
        "Ready",
        "Partly",
        "Not ready",
        "Open",
        "Needs a decision",
        "Excluded",
        "In scope",
    ];
    let data = table(
        "data-table dense",
        format!("Data: {finding}"),
        &heads,
        vec![table_body(numbers)],
    );
    let legend = [
        ("good", "Ready"),
        ("fair", "Partly"),
        ("poor", "Not ready"),
        ("open", "Open or needs a decision"),
    ];
    let legend = legend.map(|(tone, words)| el("li").attr("data-tone", tone).with(words).view());
    el("figure")
        .class("chart")
        .with(el("figcaption").with(finding))
        .with(el("ul").class("legend").all(legend.into()))
        .with(el("div").class("bar-rows").all(bars))
        .with(folded("Data table", data).class("chart-data"))
        .view()
}

fn bar_row(row: &ChartRow) -> View {
    let label = link(row.href.clone(), row.label.clone());
    let value = wording::share(&row.tally);
    el("div")
        .class("bar-row")
        .with(el("span").class("bar-label").with(label))
        .with(readiness_bar(&row.tally))
        .with(el("span").class("bar-value").with(value))
        .view()
}

fn data_row(chart_row: &ChartRow) -> View {
    let tally = chart_row.tally;
    let numbers = [
        tally.n_ready,
        tally.n_partly,
        tally.n_not_ready,
        tally.n_open,
        tally.n_needs_decision,
        tally.n_excluded,
        tally.n_total(),
    ];
    row(
        chart_row.label.clone(),
        numbers.iter().map(|n| n.to_string().into()).collect(),
    )
}
