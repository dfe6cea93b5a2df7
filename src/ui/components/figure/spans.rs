//! Draws spans: the months and a letter for each day with a name, then band after band. Label and state of a span are words
//! of the page, and only its bar is drawn, so that both can be read at any width.

use super::led;
use crate::report::chart::{Band, Flag, Month, Span, Spans};
use crate::ui::components::{Tone, hidden_words, tag};
use crate::ui::element::{Element, drawing, el};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// How high the line of months and a line of letters are, in pixels.
const LINE: u32 = 18;

/// The id of the hatching.
const HATCH: &str = "spans-hatch";

/// The drawing.
pub(super) fn draw(store: AssessmentStore, spans: &Spans) -> View {
    let flags = spans.flags();
    let key = flags.iter().map(|flag| {
        let letter = el("span").class("spans-letter").with(flag.letter.to_string());
        el("li").with(letter).with(" ").with(flag.name.clone()).view()
    });
    let months = spans.months();
    let bands = spans
        .bands
        .iter()
        .map(|band| draw_band(store, spans, band, &months, &flags));
    el("div")
        .class("spans")
        .with(el("ul").class("spans-key").all(key.collect()))
        .with(axis(&months, &flags))
        .all(bands.collect())
        .view()
}

/// A share of the width in thousandths, as an attribute.
fn percent(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

fn canvas(class: &'static str, height: u32) -> Element {
    drawing("svg")
        .class(class)
        .attr("height", height.to_string())
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
}

fn upright(class: &'static str, at: u32, from: u32) -> View {
    drawing("line")
        .class(class)
        .attr("x1", percent(at))
        .attr("x2", percent(at))
        .attr("y1", from.to_string())
        .attr("y2", "100%")
        .view()
}

/// The names of the months and the letters below them.
fn axis(months: &[Month], flags: &[Flag]) -> Element {
    let lines = flags.iter().map(|flag| flag.line + 1).max().unwrap_or_default();
    let words = |class: &'static str, at: u32, line: u32, words: String| {
        drawing("text")
            .class(class)
            .attr("x", percent(at))
            .attr("dx", "3")
            .attr("y", (LINE * line + LINE - 5).to_string())
            .with(words)
            .view()
    };
    let mut parts: Vec<View> = months.iter().map(|it| upright("spans-grid", it.at, 0)).collect();
    // The line of a day begins at its letter, so that it runs through no name of a month.
    parts.extend(
        flags
            .iter()
            .map(|it| upright("spans-flag", it.at, LINE * (it.line + 1))),
    );
    parts.push(hatch());
    for month in months {
        parts.extend(month.name.clone().map(|name| words("spans-month", month.at, 0, name)));
    }
    for flag in flags {
        parts.push(words(
            "spans-flag-letter",
            flag.at,
            flag.line + 1,
            flag.letter.to_string(),
        ));
    }
    let svg = canvas("spans-track", LINE * (lines + 1)).all(parts);
    el("div").class("spans-row spans-axis").with(svg)
}

/// The hatching of what is late. Its place is the axis, which is there once.
fn hatch() -> View {
    let stripe = drawing("rect")
        .class("spans-stripe")
        .attr("width", "2.5")
        .attr("height", "6");
    drawing("pattern")
        .attr("id", HATCH)
        .attr("patternUnits", "userSpaceOnUse")
        .attr("patternTransform", "rotate(45)")
        .attr("width", "6")
        .attr("height", "6")
        .with(stripe)
        .view()
}

fn grid(months: &[Month], flags: &[Flag]) -> Vec<View> {
    let months = months.iter().map(|month| upright("spans-grid", month.at, 0));
    months
        .chain(flags.iter().map(|flag| upright("spans-flag", flag.at, 0)))
        .collect()
}

fn draw_band(store: AssessmentStore, spans: &Spans, band: &Band, months: &[Month], flags: &[Flag]) -> View {
    let rows = band
        .spans
        .iter()
        .map(|span| draw_span(store, spans, span, months, flags));
    el("section")
        .class("spans-band")
        .with(el("h3").with(band.label.clone()))
        .with(el("ul").class("spans-rows").all(rows.collect()))
        .view()
}

fn draw_span(store: AssessmentStore, spans: &Spans, span: &Span, months: &[Month], flags: &[Flag]) -> View {
    let (first, last) = span.days;
    let label = el("span")
        .class("spans-label")
        .with(led(store, &span.leads, span.label.clone()));
    let (at, width) = spans.stretch(span.days);
    // In the middle of the row, however high its label makes it.
    let bar = |class: &'static str, shift: &'static str, height: &'static str| {
        drawing("rect")
            .class(class)
            .attr("x", percent(at))
            .attr("width", percent(width))
            .attr("y", "50%")
            .attr("transform", shift)
            .attr("height", height)
    };
    let tone = span.tone;
    let whole = bar("spans-bar", "translate(0 -6)", "12").attr("data-tone", tone.as_str());
    // The lower half is full where work has begun, as in the mark of the word beside it.
    let half = (span.tone == Tone::Fair).then(|| bar("spans-half", "translate(0 0)", "6"));
    let mut svg = canvas("spans-track", 20).all(grid(months, flags)).with(whole);
    let hatched = (span.tone == Tone::Poor)
        .then(|| bar("spans-hatched", "translate(0 -6)", "12").attr("fill", format!("url(#{HATCH})")));
    svg = svg.with(half).with(hatched);
    let state = tag(tone, span.state.clone());
    el("li")
        .class("spans-row")
        .with(label)
        .with(svg)
        .with(
            el("span")
                .class("spans-state")
                .with(state)
                .with(hidden_words(format!(", {first} to {last}"))),
        )
        .view()
}
