//! Bars of readiness: requirements by status. Each chart has a sentence that says its finding and a table of its numbers.

use leptos::prelude::*;

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

/// A bar of readiness. The numbers stand beside it, so it is hidden from screen readers.
#[component]
pub fn StackedBar(
    /// What it shows.
    tally: Tally,
) -> impl IntoView {
    let total = tally.n_total().max(1);
    let mut start = 0;
    let rects = segments(&tally).map(|(class, n)| {
        let x = start;
        start += n;
        (n > 0).then(|| view! { <rect class=class x=x.to_string() y="0" width=n.to_string() height="10" /> })
    });
    let view_box = format!("0 0 {total} 10");
    view! { <svg class="stack" viewBox=view_box preserveAspectRatio="none" aria-hidden="true" focusable="false">{rects.collect_view()}</svg> }
}

/// What the segments of a bar mean.
#[component]
pub fn Legend() -> impl IntoView {
    view! {
        <ul class="legend">
            <li data-tone="good">"Ready"</li>
            <li data-tone="fair">"Partly"</li>
            <li data-tone="poor">"Not ready"</li>
            <li data-tone="open">"Open or needs a decision"</li>
        </ul>
    }
}

/// A chart of readiness, one bar for each row.
#[component]
pub fn ReadinessChart(
    /// What the chart shows, in one sentence.
    #[prop(into)]
    finding: Signal<String>,
    /// What the first column of the table is called.
    heading: &'static str,
    /// The bars.
    #[prop(into)]
    rows: Signal<Vec<ChartRow>>,
) -> impl IntoView {
    view! {
        <figure class="chart">
            <figcaption>{finding}</figcaption>
            <Legend />
            <div class="bar-rows">
                {move || rows.get().into_iter().map(|row| view! {
                    <div class="bar-row">
                        <span class="bar-label"><a href=row.href>{row.label}</a></span>
                        <StackedBar tally=row.tally />
                        <span class="bar-value">{wording::share(&row.tally)}</span>
                    </div>
                }).collect_view()}
            </div>
            <details class="chart-data">
                <summary>"Data table"</summary>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Data of the chart">
                    <table class="data-table dense">
                        <thead><tr>
                            <th scope="col">{heading}</th><th scope="col" class="number">"Ready"</th><th scope="col" class="number">"Partly"</th>
                            <th scope="col" class="number">"Not ready"</th><th scope="col" class="number">"Open"</th>
                            <th scope="col" class="number">"Needs a decision"</th><th scope="col" class="number">"Excluded"</th><th scope="col" class="number">"In scope"</th>
                        </tr></thead>
                        <tbody>{move || rows.get().into_iter().map(data_row).collect_view()}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
}

fn data_row(row: ChartRow) -> impl IntoView {
    let tally = row.tally;
    let numbers = [
        tally.n_ready,
        tally.n_partly,
        tally.n_not_ready,
        tally.n_open,
        tally.n_needs_decision,
        tally.n_excluded,
        tally.n_total(),
    ];
    view! { <tr><th scope="row">{row.label}</th>{numbers.map(|n| view! { <td class="number">{n}</td> }).collect_view()}</tr> }
}
