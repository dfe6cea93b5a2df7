//! Bars of readiness: requirements by status. Each chart has a sentence that says its finding and a table of its numbers.

use leptos::prelude::*;

use super::pieces::{link, row, table, table_body, text};
use crate::analysis::Tally;
use crate::report::wording;

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
pub fn stacked_bar(segments: &[(&'static str, usize)]) -> AnyView {
    let total: usize = segments.iter().map(|(_, n)| n).sum();
    let mut rects: Vec<AnyView> = Vec::new();
    let mut start = 0;
    for (class, n) in segments.iter().filter(|(_, n)| *n > 0) {
        rects
            .push(view! { <rect class=*class x=start.to_string() y="0" width=n.to_string() height="10" /> }.into_any());
        start += n;
    }
    let view_box = format!("0 0 {} 10", total.max(1));
    view! { <svg class="stack" viewBox=view_box preserveAspectRatio="none" aria-hidden="true" focusable="false">{rects}</svg> }.into_any()
}

/// A bar of readiness.
pub fn readiness_bar(tally: &Tally) -> AnyView {
    stacked_bar(&segments(tally))
}

/// A chart of readiness, one bar for each row. `finding` says what it shows, `heading` what its rows are.
pub fn readiness_chart(finding: String, heading: &'static str, rows: &[ChartRow]) -> AnyView {
    let bars: Vec<AnyView> = rows.iter().map(bar_row).collect();
    let numbers: Vec<AnyView> = rows.iter().map(data_row).collect();
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
    view! {
        <figure class="chart">
            <figcaption>{finding}</figcaption>
            <ul class="legend">
                <li data-tone="good">"Ready"</li><li data-tone="fair">"Partly"</li>
                <li data-tone="poor">"Not ready"</li><li data-tone="open">"Open or needs a decision"</li>
            </ul>
            <div class="bar-rows">{bars}</div>
            <details class="chart-data"><summary>"Data table"</summary>{data}</details>
        </figure>
    }
    .into_any()
}

fn bar_row(row: &ChartRow) -> AnyView {
    view! {
        <div class="bar-row">
            <span class="bar-label">{link(row.href.clone(), row.label.clone())}</span>
            {readiness_bar(&row.tally)}
            <span class="bar-value">{wording::share(&row.tally)}</span>
        </div>
    }
    .into_any()
}

fn data_row(chart_row: &ChartRow) -> AnyView {
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
        text(chart_row.label.clone()),
        numbers.iter().map(|n| text(n.to_string())).collect(),
    )
}
