//! Sets a chart of horizontal bars: the finding, the legend, and the bars with label and value.

use super::flow::{Flow, height_of};
use super::fonts::Line;
use super::marks;
use super::sheet::Area;
use super::tags::{NodeId, Role};
use super::theme::{self, Style};
use crate::report::paper::{Bar, Bars, Tone};

const LABEL: Style = theme::CELL;
const VALUE: Style = theme::CELL.bold();
const LEGEND: Style = theme::SMALL;
const BAR_HEIGHT: f32 = 10.0;
const BAR_GAP: f32 = 7.0;
const COLUMN_GAP: f32 = 10.0;

/// Sets the chart. It moves to a new page as a whole; only when it is taller than a page is it split between bars.
pub(super) fn set_bars(flow: &mut Flow, parent: NodeId, chart: &Bars) {
    if chart.bars.is_empty() {
        return;
    }
    let measured = Measured::of(flow, chart);
    let finding = flow.fonts.wrap(&chart.finding, &theme::CAPTION, flow.measure());
    flow.gap(theme::GAP_WIDE);
    flow.open(start(flow, chart));
    let node = flow.text_node(parent, Role::P, &chart.finding);
    let left = flow.left();
    flow.set_lines(node, left, &finding, &theme::CAPTION);
    flow.y += 5.0;

    let mut rest = measured.rows.as_slice();
    let mut is_first = true;
    while !rest.is_empty() {
        let legend = measured.legend_height();
        let mut height = legend;
        let mut n_now = 0;
        for row in rest {
            if n_now > 0 && height + row.height > flow.room() {
                break;
            }
            height += row.height;
            n_now += 1;
        }
        let (now, later) = rest.split_at(n_now);
        let area = Area {
            x: flow.left(),
            y: flow.y,
            width: flow.measure(),
            height,
        };
        draw_part(flow, parent, chart, &measured, now, area, is_first && later.is_empty());
        flow.y += height;
        is_first = false;
        rest = later;
        if !rest.is_empty() {
            flow.next_page();
        }
    }
    flow.gap(theme::GAP_WIDE);
}

/// The height that must be free for a chart to start: all of it, unless it is taller than a page.
pub(super) fn start(flow: &Flow, chart: &Bars) -> f32 {
    let measured = Measured::of(flow, chart);
    let finding = flow.fonts.wrap(&chart.finding, &theme::CAPTION, flow.measure());
    let head = height_of(&finding, &theme::CAPTION) + 5.0 + measured.legend_height();
    let bars: f32 = measured.rows.iter().map(|row| row.height).sum();
    if head + bars <= flow.page_room() {
        return head + bars;
    }
    head + measured.rows.iter().take(2).map(|row| row.height).sum::<f32>()
}

/// One figure: the legend and some of the bars.
fn draw_part(
    flow: &mut Flow,
    parent: NodeId,
    chart: &Bars,
    measured: &Measured,
    rows: &[Row],
    area: Area,
    is_whole: bool,
) {
    let node = flow.tags.add(parent, Role::Figure);
    flow.tags.set_alternative(node, in_words(chart, rows, is_whole));
    let edges = flow.edges(area);
    flow.tags.set_edges(node, edges);
    flow.draw(node, |pen| {
        for mark in &measured.legend {
            let (x, y) = (area.x + mark.x, area.y + mark.y);
            marks::draw(pen, mark.tone, x, y + (LEGEND.leading - marks::SIDE) / 2.0, marks::SIDE);
            pen.line(x + marks::SIDE + 5.0, y, &mark.name, &LEGEND);
        }
        let mut y = area.y + measured.legend_height();
        for row in rows {
            let middle = y + (row.height - BAR_GAP) / 2.0;
            pen.lines(area.x, middle - height_of(&row.label, &LABEL) / 2.0, &row.label, &LABEL);
            let x = area.x + measured.label_width + COLUMN_GAP;
            let track = Area {
                x,
                y: middle - BAR_HEIGHT / 2.0,
                width: measured.bar_width,
                height: BAR_HEIGHT,
            };
            let total: f32 = row.bar.segments.iter().map(|count| *count as f32).sum();
            if total <= 0.0 {
                marks::draw_segment(pen, Tone::Open, track);
            }
            let mut x = track.x;
            for (count, (tone, _)) in row
                .bar
                .segments
                .iter()
                .zip(&chart.legend)
                .filter(|(count, _)| **count > 0)
            {
                let width = *count as f32 / total * track.width;
                marks::draw_segment(
                    pen,
                    *tone,
                    Area {
                        x,
                        width: (width - 1.0).max(0.6),
                        ..track
                    },
                );
                x += width;
            }
            let x = track.x + track.width + COLUMN_GAP;
            pen.line(x, middle - VALUE.leading / 2.0, &row.value, &VALUE);
            y += row.height;
        }
    });
}

/// What the chart shows, in words.
fn in_words(chart: &Bars, rows: &[Row], is_whole: bool) -> String {
    let mut words = chart.finding.clone();
    if !is_whole {
        words.push_str(" (part of the chart)");
    }
    for row in rows {
        let counts: Vec<String> = row
            .bar
            .segments
            .iter()
            .zip(&chart.legend)
            .map(|(count, (_, name))| format!("{name} {count}"))
            .collect();
        words.push_str(&format!(
            " {}: {} ({}).",
            row.bar.label,
            row.bar.value,
            counts.join(", ")
        ));
    }
    words
}

/// The chart with its columns measured and its text broken into lines.
struct Measured<'p> {
    legend: Vec<LegendMark>,
    n_legend_rows: usize,
    rows: Vec<Row<'p>>,
    label_width: f32,
    bar_width: f32,
}

struct LegendMark {
    tone: Tone,
    name: Line,
    x: f32,
    y: f32,
}

struct Row<'p> {
    bar: &'p Bar,
    label: Vec<Line>,
    value: Line,
    /// With the gap below it.
    height: f32,
}

impl<'p> Measured<'p> {
    fn of(flow: &Flow, chart: &'p Bars) -> Measured<'p> {
        let fonts = flow.fonts;
        let whole = flow.measure();
        let widest = |widths: Vec<f32>| widths.into_iter().fold(0.0, f32::max);
        let label_width = widest(
            chart
                .bars
                .iter()
                .map(|bar| fonts.line(&bar.label, &LABEL).width)
                .collect(),
        )
        .min(whole * 0.38)
            + 0.5;
        let value_limit = whole * 0.2;
        let value_width = widest(
            chart
                .bars
                .iter()
                .map(|bar| fonts.line(&bar.value, &VALUE).width)
                .collect(),
        )
        .min(value_limit)
            + 0.5;
        let rows = chart
            .bars
            .iter()
            .map(|bar| {
                let label = fonts.wrap(&bar.label, &LABEL, label_width);
                let height = height_of(&label, &LABEL).max(BAR_HEIGHT) + BAR_GAP;
                Row {
                    bar,
                    label,
                    value: fonts.line_within(&bar.value, &VALUE, value_width),
                    height,
                }
            })
            .collect();
        let mut legend = Vec::new();
        let (mut x, mut y, mut n_legend_rows) = (0.0, 0.0, usize::from(!chart.legend.is_empty()));
        for (tone, name) in &chart.legend {
            let name = fonts.line_within(name, &LEGEND, whole - 20.0);
            let width = marks::SIDE + 5.0 + name.width;
            if x > 0.0 && x + width > whole {
                x = 0.0;
                y += LEGEND.leading + 2.0;
                n_legend_rows += 1;
            }
            legend.push(LegendMark {
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
