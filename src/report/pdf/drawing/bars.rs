//! Sets a chart of horizontal bars: the finding, the legend, and the bars with label, value and note.

use super::super::flow::{Flow, height_of};
use super::super::fonts::Line;
use super::super::marks;
use super::super::sheet::{Area, Pen};
use super::super::tags::NodeId;
use super::super::theme::{self, Style};
use super::pieces::{Pieces, finding_height};
use crate::report::paper::{Bar, Bars, Tone};

const LABEL: Style = theme::CELL;
const VALUE: Style = theme::CELL.bold();
const LEGEND: Style = theme::SMALL;
const NOTE: Style = theme::SMALL;
const NOTE_GAP: f32 = 2.0;
const BAR_HEIGHT: f32 = 10.0;
const BAR_GAP: f32 = 7.0;
const COLUMN_GAP: f32 = 12.0;
/// Width and height of the samples in the legend.
const SWATCH: (f32, f32) = (13.0, 7.5);
const SWATCH_GAP: f32 = 5.0;

/// Sets the chart. It moves to a new page as a whole; only when it is taller than a page is it split between bars.
pub(in super::super) fn set_bars(flow: &mut Flow, parent: NodeId, finding: &str, chart: &Bars) {
    let measured = Measured::of(flow, chart);
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, finding, chart));
    let pieces = Pieces {
        pieces: &measured.rows,
        width: flow.measure(),
        head: measured.legend_height(),
        height: |row: &Row| row.height,
        kept_below: |_: &Row| 0.0,
    };
    pieces.set(
        flow,
        parent,
        finding,
        |rows| in_words(chart, rows),
        |pen, rows, area| draw(pen, chart, &measured, rows, area),
    );
}

/// The height that must be free for a chart to start: all of it, unless it is taller than a page.
pub(in super::super) fn start(flow: &Flow, finding: &str, chart: &Bars) -> f32 {
    let measured = Measured::of(flow, chart);
    let head = finding_height(flow, finding) + measured.legend_height();
    let bars: f32 = measured.rows.iter().map(|row| row.height).sum();
    if head + bars <= flow.page_room() {
        return head + bars;
    }
    head + measured.rows.iter().take(2).map(|row| row.height).sum::<f32>()
}

/// The legend and some of the bars.
fn draw(pen: &mut Pen, chart: &Bars, measured: &Measured, rows: &[Row], area: Area) {
    for swatch in &measured.legend {
        let (x, y) = (area.x + swatch.x, area.y + swatch.y);
        let top = y + (LEGEND.leading - SWATCH.1) / 2.0;
        marks::draw_segment(
            pen,
            swatch.tone,
            Area {
                x,
                y: top,
                width: SWATCH.0,
                height: SWATCH.1,
            },
        );
        pen.line(x + SWATCH.0 + SWATCH_GAP, y, &swatch.name, &LEGEND);
    }
    let mut y = area.y + measured.legend_height();
    for row in rows {
        let middle = y + (row.height - BAR_GAP - row.note_height()) / 2.0;
        pen.lines(area.x, middle - height_of(&row.label, &LABEL) / 2.0, &row.label, &LABEL);
        let track = Area {
            x: area.x + measured.label_width + COLUMN_GAP,
            y: middle - BAR_HEIGHT / 2.0,
            width: measured.bar_width,
            height: BAR_HEIGHT,
        };
        draw_segments(pen, chart, row.bar, track);
        let x = track.x + track.width + COLUMN_GAP;
        pen.line(x, middle - VALUE.leading / 2.0, &row.value, &VALUE);
        let below = y + row.height - BAR_GAP - height_of(&row.note, &NOTE);
        pen.lines(area.x, below, &row.note, &NOTE);
        y += row.height;
    }
}

/// The segments of one bar, with a thin gap after each. A bar without counts is drawn as not known.
fn draw_segments(pen: &mut Pen, chart: &Bars, bar: &Bar, track: Area) {
    const GAP: f32 = 1.0;
    let total = chart.whole(bar) as f32;
    if total <= 0.0 {
        marks::draw_segment(
            pen,
            Tone::Open,
            Area {
                width: track.width - GAP,
                ..track
            },
        );
        return;
    }
    let mut x = track.x;
    for (count, (tone, _)) in bar.segments.iter().zip(&chart.legend) {
        let width = *count as f32 / total * track.width;
        if *count > 0 {
            marks::draw_segment(
                pen,
                *tone,
                Area {
                    x,
                    width: (width - GAP).max(0.6),
                    ..track
                },
            );
        }
        x += width;
    }
}

/// What the chart shows, in words.
fn in_words(chart: &Bars, rows: &[Row]) -> String {
    let mut words = String::new();
    for row in rows {
        let counts = row.bar.segments.iter().zip(chart.drawn_legend());
        let counts: Vec<String> = counts.map(|(count, (_, name))| format!("{name} {count}")).collect();
        let counts = if counts.is_empty() {
            String::new()
        } else {
            format!(" ({})", counts.join(", "))
        };
        words.push_str(&format!(" {}: {}{counts}.", row.bar.label, row.bar.value));
        if !row.bar.note.is_empty() {
            words.push_str(&format!(" {}", row.bar.note));
        }
    }
    words
}

/// The chart with its columns measured and its text broken into lines.
struct Measured<'p> {
    legend: Vec<Swatch>,
    n_legend_rows: usize,
    rows: Vec<Row<'p>>,
    label_width: f32,
    bar_width: f32,
}

struct Swatch {
    tone: Tone,
    name: Line,
    x: f32,
    y: f32,
}

struct Row<'p> {
    bar: &'p Bar,
    label: Vec<Line>,
    value: Line,
    note: Vec<Line>,
    /// With the gap below it.
    height: f32,
}

impl Row<'_> {
    fn note_height(&self) -> f32 {
        if self.note.is_empty() {
            0.0
        } else {
            height_of(&self.note, &NOTE) + NOTE_GAP
        }
    }
}

impl<'p> Measured<'p> {
    fn of(flow: &Flow, chart: &'p Bars) -> Measured<'p> {
        let fonts = flow.fonts;
        let whole = flow.measure();
        let widest = |lines: &mut dyn Iterator<Item = &Line>| lines.map(|line| line.width).fold(0.0, f32::max);
        let labels: Vec<Vec<Line>> = chart
            .bars
            .iter()
            .map(|bar| fonts.wrap(&bar.label, &LABEL, whole * 0.38))
            .collect();
        let values: Vec<Line> = chart
            .bars
            .iter()
            .map(|bar| fonts.line_within(&bar.value, &VALUE, whole * 0.2))
            .collect();
        let label_width = widest(&mut labels.iter().flatten());
        let value_width = widest(&mut values.iter());
        let rows = chart
            .bars
            .iter()
            .zip(labels.into_iter().zip(values))
            .map(|(bar, (label, value))| {
                let note = match bar.note.as_str() {
                    "" => Vec::new(),
                    note => fonts.wrap(note, &NOTE, whole),
                };
                let height = height_of(&label, &LABEL).max(BAR_HEIGHT) + BAR_GAP;
                let mut row = Row {
                    bar,
                    label,
                    value,
                    note,
                    height,
                };
                row.height += row.note_height();
                row
            })
            .collect();
        let mut legend = Vec::new();
        let (mut x, mut y, mut n_legend_rows) = (0.0, 0.0, usize::from(!chart.drawn_legend().is_empty()));
        for (tone, name) in chart.drawn_legend() {
            let name = fonts.line_within(name, &LEGEND, whole - 30.0);
            let width = SWATCH.0 + SWATCH_GAP + name.width;
            if x > 0.0 && x + width > whole {
                x = 0.0;
                y += LEGEND.leading + 2.0;
                n_legend_rows += 1;
            }
            legend.push(Swatch {
                tone: *tone,
                name,
                x,
                y,
            });
            x += width + 16.0;
        }
        let bar_width = whole - label_width - value_width - 2.0 * COLUMN_GAP;
        Measured {
            legend,
            n_legend_rows,
            rows,
            label_width,
            bar_width,
        }
    }

    fn legend_height(&self) -> f32 {
        if self.n_legend_rows == 0 {
            0.0
        } else {
            self.n_legend_rows as f32 * (LEGEND.leading + 2.0) + 8.0
        }
    }
}
