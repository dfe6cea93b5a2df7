//! Sets spans of days: the months above, a letter for each day with a name, and band after band the spans with label and
//! state.

use super::pieces::{Pieces, finding_height};
use crate::report::chart::{Flag, Span, Spans, Tone};
use crate::report::pdf::flow::{Flow, height_of};
use crate::report::pdf::fonts::Line;
use crate::report::pdf::marks;
use crate::report::pdf::sheet::{Area, Pen, Rule};
use crate::report::pdf::tags::NodeId;
use crate::report::pdf::theme::{self, Style};

const LABEL: Style = theme::CELL;
const STATE: Style = theme::SMALL;
const BAND: Style = theme::CELL_HEAD;
const AXIS: Style = theme::SMALL;
const BAR_HEIGHT: f32 = 8.0;
const ROW_GAP: f32 = 5.0;
const COLUMN_GAP: f32 = 12.0;
const BAND_GAP: f32 = 7.0;
/// Letters of the days with a name: their box.
const LETTER: f32 = 10.0;

/// Sets the finding and the drawing, over as many pages as it needs. The axis stands on each.
pub(super) fn set_spans(flow: &mut Flow, parent: NodeId, finding: &str, spans: &Spans) {
    let measured = Measured::of(flow, spans);
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, finding, spans));
    let first_row = measured.first_row();
    let pieces = Pieces {
        pieces: &measured.rows,
        width: flow.width(),
        head: measured.head_height(),
        height: |row: &Row| row.height,
        // A band never ends a page with its title alone.
        kept_below: |row: &Row| if row.is_band() { first_row } else { 0.0 },
    };
    pieces.set(flow, parent, finding, in_words, |pen, rows, area| {
        draw(pen, &measured, rows, area);
    });
}

/// The height that must be free for the chart to start: the finding, the axis and two rows.
pub(super) fn start(flow: &Flow, finding: &str, spans: &Spans) -> f32 {
    let measured = Measured::of(flow, spans);
    finding_height(flow, finding) + measured.head_height() + 2.0 * measured.first_row()
}

struct Measured<'s> {
    spans: &'s Spans,
    months: Vec<(u32, Option<Line>)>,
    flags: Vec<(Flag, Line)>,
    key: Vec<Line>,
    rows: Vec<Row<'s>>,
    label_width: f32,
    track_width: f32,
}

struct Row<'s> {
    label: Vec<Line>,
    /// The span with the word of its state; none for the title of a band.
    span: Option<(&'s Span, Line)>,
    /// With the gap below it.
    height: f32,
}

impl Row<'_> {
    fn is_band(&self) -> bool {
        self.span.is_none()
    }
}

impl<'s> Measured<'s> {
    fn of(flow: &Flow, spans: &'s Spans) -> Measured<'s> {
        let fonts = flow.fonts;
        let whole = flow.width();
        let (label_width, state_width) = (whole * 0.32, whole * 0.12);
        let mut rows = Vec::new();
        for band in &spans.bands {
            let label = vec![fonts.line_within(&band.label, &BAND, whole)];
            rows.push(Row {
                height: BAND.leading + BAND_GAP,
                label,
                span: None,
            });
            for span in &band.spans {
                let label = fonts.wrap(&span.label, &LABEL, label_width);
                let state = fonts.line_within(&span.state, &STATE, state_width);
                rows.push(Row {
                    height: height_of(&label, &LABEL).max(BAR_HEIGHT) + ROW_GAP,
                    label,
                    span: Some((span, state)),
                });
            }
        }
        let months = spans.months().into_iter();
        let months = months.map(|month| (month.at, month.name.map(|name| fonts.line(&name, &AXIS))));
        let flags = spans.flags();
        let key: Vec<String> = flags
            .iter()
            .map(|flag| format!("{} {}", flag.letter, flag.name))
            .collect();
        let letter = |flag: Flag| {
            let line = fonts.line(&flag.letter.to_string(), &AXIS.bold());
            (flag, line)
        };
        Measured {
            spans,
            months: months.collect(),
            key: fonts.wrap(&key.join("  ·  "), &AXIS, whole),
            flags: flags.into_iter().map(letter).collect(),
            rows,
            label_width,
            track_width: whole - label_width - state_width - 2.0 * COLUMN_GAP,
        }
    }

    fn first_row(&self) -> f32 {
        let mut spans = self.rows.iter().filter(|row| !row.is_band());
        spans.next().map_or(0.0, |row| row.height)
    }

    /// The key, the months and the letters.
    fn head_height(&self) -> f32 {
        self.months_top() + AXIS.leading + self.letters_height() + 4.0
    }

    fn months_top(&self) -> f32 {
        height_of(&self.key, &AXIS) + if self.key.is_empty() { 0.0 } else { 6.0 }
    }

    fn letters_height(&self) -> f32 {
        let lines = self.flags.iter().map(|(flag, _)| flag.line + 1).max();
        lines.map_or(0.0, |lines| lines as f32 * LETTER)
    }
}

fn draw(pen: &mut Pen, measured: &Measured, rows: &[Row], area: Area) {
    let left = area.x + measured.label_width + COLUMN_GAP;
    let at = |share: u32| left + share as f32 / crate::report::chart::ACROSS as f32 * measured.track_width;
    pen.lines(area.x, area.y, &measured.key, &AXIS);
    let top = area.y + measured.months_top();
    let bottom = area.y + area.height;
    for (share, name) in &measured.months {
        let x = at(*share);
        pen.rule((x, top), (x, bottom), Rule::solid(theme::HAIRLINE, 0.5));
        if let Some(name) = name {
            pen.line(x + 2.0, top, name, &AXIS);
        }
    }
    let letters = top + AXIS.leading;
    let mut y = area.y + measured.head_height();
    for (flag, letter) in &measured.flags {
        let x = at(flag.at);
        let from = letters + flag.line as f32 * LETTER;
        pen.line(x + 2.0, from, letter, &AXIS.bold().in_colour(theme::INK));
        let dash = Rule {
            colour: theme::INK,
            thickness: 0.7,
            dash: Some((2.0, 1.5)),
        };
        pen.rule((x, from), (x, bottom), dash);
    }
    for row in rows {
        match &row.span {
            None => pen.lines(area.x, y + BAND_GAP - 2.0, &row.label, &BAND),
            Some((span, state)) => {
                let middle = y + (row.height - ROW_GAP) / 2.0;
                pen.lines(area.x, y, &row.label, &LABEL);
                let (share, width) = measured.spans.stretch(span.days);
                let bar = Area {
                    x: at(share),
                    y: middle - BAR_HEIGHT / 2.0,
                    width: at(share + width) - at(share),
                    height: BAR_HEIGHT,
                };
                draw_span(pen, span.tone, bar);
                let x = left + measured.track_width + COLUMN_GAP;
                pen.line(x, middle - STATE.leading / 2.0, state, &STATE.in_colour(theme::INK));
            }
        }
        y += row.height;
    }
}

/// A span in the manner of its tone, on white, so that the lines of the days do not run through it. One without judgement is
/// an outline: nothing has been done yet.
fn draw_span(pen: &mut Pen, tone: Tone, bar: Area) {
    pen.fill(bar, theme::WHITE);
    match tone {
        Tone::Plain => {
            pen.fill(bar, theme::tint(tone));
            pen.outline(bar, Rule::solid(theme::colour(tone), 0.8));
        }
        Tone::Good | Tone::Fair | Tone::Poor | Tone::Open => marks::draw_segment(pen, tone, bar),
    }
}

/// What the drawing shows, in words.
fn in_words(rows: &[Row]) -> String {
    let mut words = String::new();
    for (span, _) in rows.iter().filter_map(|row| row.span.as_ref()) {
        let (first, last) = span.days;
        words.push_str(&format!(" {}: {}, {first} to {last}.", span.label, span.state));
    }
    words
}
