//! Bars of readiness: requirements by status. Each chart has a sentence that says its finding and a table of its numbers.

use super::pieces::{folded, link, row, table, table_body};
use super::tag::Tone;
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

/// A segment of a bar: its tone, and its length.
pub type Segment = (Tone, usize);

/// The segments of a tally.
const fn segments(tally: &Tally) -> [Segment; 4] {
    [
        (Tone::Good, tally.n_ready),
        (Tone::Fair, tally.n_partly),
        (Tone::Poor, tally.n_not_ready),
        (Tone::Open, tally.n_open + tally.n_needs_decision),
    ]
}

/// A bar of segments that fill it. The numbers stand beside it, so it is hidden from screen readers.
pub fn stacked_bar(segments: &[Segment]) -> Element {
    bar_within(segments, segments.iter().map(|(_, n)| n).sum())
}

/// A bar of segments, as long as they are compared with a whole. Nothing in it is stretched, so that patterns stay as they
/// are at every width.
pub fn bar_within(segments: &[Segment], whole: usize) -> Element {
    let mut bar = drawing("svg")
        .class("stack")
        .attr("aria-hidden", "true")
        .attr("focusable", "false");
    let percent = |n: usize| percent(u32::try_from(n * 10_000 / whole.max(1)).unwrap_or(u32::MAX));
    let mut start = 0;
    for (tone, n) in segments.iter().filter(|(_, n)| *n > 0) {
        let segment = drawing("svg")
            .class("seg")
            .attr("data-tone", tone.as_str())
            .attr("x", percent(start))
            .attr("width", percent(*n))
            .attr("height", "100%");
        bar = bar.with(segment.with(whole_rectangle("seg-ground")).with(pattern(*tone)));
        start += n;
    }
    bar
}

/// Ten-thousandths as a share for an attribute of a drawing.
pub fn percent(ten_thousandths: u32) -> String {
    format!("{}.{:02}%", ten_thousandths / 100, ten_thousandths % 100)
}

fn whole_rectangle(class: &'static str) -> Element {
    drawing("rect")
        .class(class)
        .attr("width", "100%")
        .attr("height", "100%")
}

/// What tells a tone from the others without its colour: half full, or hatched. A thick line of dashes, leaning, is a hatch.
fn pattern(tone: Tone) -> Option<Element> {
    match tone {
        Tone::Fair => Some(whole_rectangle("seg-half").attr("y", "50%")),
        Tone::Poor => Some(
            drawing("line")
                .class("seg-hatch")
                .attr("x1", "-40")
                .attr("x2", "2000")
                .attr("transform", "skewX(-45)"),
        ),
        Tone::Good | Tone::Open | Tone::Plain => None,
    }
}

/// A row of a chart of bars: label, bar, value, and what stands below them.
pub fn bar_row(label: View, bar: Element, value: String, note: String) -> View {
    let row = el("div")
        .class("bar-row")
        .with(el("span").class("bar-label").with(label))
        .with(bar)
        .with(el("span").class("bar-value").with(value));
    if note.is_empty() {
        return row.view();
    }
    row.with(el("span").class("bar-note").with(note)).view()
}

/// A bar of readiness.
pub fn readiness_bar(tally: &Tally) -> Element {
    stacked_bar(&segments(tally))
}

/// A chart of readiness, one bar for each row. `finding` says what it shows, `heading` what its rows are.
pub fn readiness_chart(finding: String, heading: &'static str, rows: &[ChartRow]) -> View {
    let bars: Vec<View> = rows.iter().map(readiness_row).collect();
    let numbers: Vec<View> = rows.iter().map(data_row).collect();
    let heads = [&[heading], &wording::TALLY_HEADS[..]].concat();
    let data = table(
        "data-table dense",
        format!("Data: {finding}"),
        &heads,
        vec![table_body(numbers)],
    );
    let legend = [
        (Tone::Good, "Ready"),
        (Tone::Fair, "Partly"),
        (Tone::Poor, "Not ready"),
        (Tone::Open, "Open or needs a decision"),
    ];
    let legend = legend.map(|(tone, words)| el("li").attr("data-tone", tone.as_str()).with(words).view());
    el("figure")
        .class("chart")
        .with(el("figcaption").with(finding))
        .with(el("ul").class("legend").all(legend.into()))
        .with(el("div").class("bar-rows").all(bars))
        .with(folded("Data table", data).class("chart-data"))
        .view()
}

fn readiness_row(row: &ChartRow) -> View {
    let label = link(row.href.clone(), row.label.clone());
    bar_row(
        label,
        readiness_bar(&row.tally),
        wording::share(&row.tally),
        String::new(),
    )
}

fn data_row(chart_row: &ChartRow) -> View {
    let numbers = wording::tally_numbers(&chart_row.tally);
    row(
        chart_row.label.clone(),
        numbers.iter().map(|n| n.to_string().into()).collect(),
    )
}
