//! Charts as data: what is found, what is drawn, and the numbers as a table. The page draws them as SVG and the PDF
//! writer with its pen; both from the same chart, so what is shown can't differ from what is printed.

mod spans;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
pub use spans::{ACROSS, Flag, Month};

use crate::analysis::PracticeFilter;
use crate::domain::{EntryId, FrameworkId, PracticeId, RequirementId, sort_by_rank};

/// The role of a colour. Each tone also has a pattern or a word, so that colour never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Ready.
    Good,
    /// Partly.
    Fair,
    /// Not ready.
    Poor,
    /// Not known yet.
    Open,
    /// Without judgement: headings, names, numbers.
    Plain,
}

impl Tone {
    /// Its name in a style sheet.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::Open => "open",
            Self::Plain => "plain",
        }
    }
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Names it in addresses and in CSV: lower-case words with hyphens.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it shows, in one sentence with its numbers.
    pub finding: String,
    /// What a reader must know to read it rightly, a sentence each; none for none.
    pub remarks: Vec<String>,
    /// What is drawn.
    pub drawing: Drawing,
    /// The heads of the data table; the first is what its rows are.
    pub columns: Vec<String>,
    /// The data table.
    pub rows: Vec<ChartRow>,
}

/// One row of the data table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartRow {
    /// As many cells as the chart has columns.
    pub cells: Vec<String>,
    /// Where the row leads on the page.
    #[serde(skip)]
    pub leads: Leads,
}

/// Where a figure leads: down to what it counts. Only the page follows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Leads {
    /// Nowhere.
    #[default]
    Nowhere,
    /// To a practice.
    Practice(PracticeId),
    /// To a requirement.
    Requirement(RequirementId),
    /// To an action of the plan.
    Action(EntryId),
    /// To the practices that match a filter.
    Practices(PracticeFilter),
    /// To the crosswalk of two frameworks.
    Crosswalk(FrameworkId, FrameworkId),
    /// Each cell of a row elsewhere, in the order of the cells.
    Each(Vec<Leads>),
}

impl Leads {
    /// Where a cell of a row leads: its own way, or that of the row for the first cell.
    #[must_use]
    pub fn of_cell(&self, position: usize) -> &Self {
        match self {
            Self::Each(cells) => cells.get(position).unwrap_or(&Self::Nowhere),
            Self::Nowhere
            | Self::Practice(_)
            | Self::Requirement(_)
            | Self::Practices(_)
            | Self::Crosswalk(..)
            | Self::Action(_)
                if position > 0 =>
            {
                &Self::Nowhere
            }
            Self::Nowhere
            | Self::Practice(_)
            | Self::Requirement(_)
            | Self::Practices(_)
            | Self::Crosswalk(..)
            | Self::Action(_) => self,
        }
    }
}

/// What a chart draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Drawing {
    /// Horizontal bars of segments, one below the other.
    Bars(Bars),
    /// Cells in rows and columns, each by its share.
    Heat(Heat),
    /// Lines over days.
    Lines(Lines),
    /// Spans of days, one below the other, in bands.
    Spans(Spans),
}

/// Horizontal bars. A bar is as long as its segments add up to, compared with the longest of the chart, or as long as the
/// chart is wide where bars are shares. A legend of one plain tone is not drawn: the finding says what is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// The segments, in the order in which they are drawn, each with its tone.
    pub legend: Vec<(Tone, String)>,
    /// Whether every bar is as long as the chart is wide.
    pub are_shares: bool,
    /// The bars, top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What it is about.
    pub label: String,
    /// Counts in the order of the legend.
    pub segments: Vec<u32>,
    /// What stands beside it, such as "12 of 93".
    pub value: String,
    /// What stands below it, such as what blocks a gate; blank for nothing.
    pub note: String,
    /// Where it leads on the page.
    #[serde(skip)]
    pub leads: Leads,
}

/// Cells in rows and columns. Without columns, the cells of a row follow one another as tiles, each with a head of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// The heads of the columns; none for tiles.
    pub columns: Vec<String>,
    /// The rows, each with as many cells as there are columns, if there are any.
    pub rows: Vec<HeatRow>,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatRow {
    /// What it is about.
    pub label: String,
    /// The cells; none where there is nothing to show.
    pub cells: Vec<Option<HeatCell>>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// What stands above the value of a tile, such as "A.5"; blank in a column.
    pub head: String,
    /// The share in hundredths, 0 to 100: how full the cell is drawn.
    pub share: u8,
    /// What stands in it, such as "12/14": the colour never stands alone.
    pub value: String,
    /// Where it leads on the page.
    #[serde(skip)]
    pub leads: Leads,
}

/// Lines over days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// What the height counts.
    pub unit: String,
    /// The greatest height; more than 0.
    pub most: u32,
    /// The lines.
    pub lines: Vec<Line>,
    /// Days with a name, such as today and the target date.
    pub marks: Vec<(NaiveDate, String)>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its name, which stands at its end.
    pub label: String,
    /// Whether it is a plan or a proposal and not what has been: drawn broken.
    pub is_planned: bool,
    /// Its points in the order of the days.
    pub points: Vec<(NaiveDate, u32)>,
}

/// Spans of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spans {
    /// The first and the last day that is drawn.
    pub days: (NaiveDate, NaiveDate),
    /// The bands, top to bottom.
    pub bands: Vec<Band>,
    /// Days with a name, such as today and the target date.
    pub marks: Vec<(NaiveDate, String)>,
}

/// A band of spans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Its title.
    pub label: String,
    /// Its spans.
    pub spans: Vec<Span>,
}

/// One span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// What it is about.
    pub label: String,
    /// Its first and last day.
    pub days: (NaiveDate, NaiveDate),
    /// How it stands.
    pub tone: Tone,
    /// How it stands, in a word.
    pub state: String,
    /// Where it leads on the page.
    #[serde(skip)]
    pub leads: Leads,
}

impl Bars {
    /// How long a bar is whose segments fill the width of the chart.
    #[must_use]
    pub fn whole(&self, bar: &Bar) -> u32 {
        let length = |bar: &Bar| bar.segments.iter().sum::<u32>();
        if self.are_shares {
            length(bar)
        } else {
            self.bars.iter().map(length).max().unwrap_or_default()
        }
    }

    /// Every text that is drawn.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let legend = self.drawn_legend().iter().map(|(_, name)| name.as_str());
        let bars = self.bars.iter();
        legend
            .chain(bars.flat_map(|bar| [bar.label.as_str(), &bar.value, &bar.note]))
            .collect()
    }

    /// The legend as far as it must be drawn.
    #[must_use]
    pub fn drawn_legend(&self) -> &[(Tone, String)] {
        match self.legend.as_slice() {
            [(Tone::Plain, _)] => &[],
            all => all,
        }
    }
}

impl HeatCell {
    /// How dark a cell is drawn: 0 for nothing, 4 for all, and three steps between.
    #[must_use]
    pub const fn level(&self) -> u8 {
        match self.share {
            0 => 0,
            1..=33 => 1,
            34..=66 => 2,
            67..=99 => 3,
            _ => 4,
        }
    }
}

/// Where something stands in a drawing of lines: from its left and upper edge, in ten-thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// From the left.
    pub across: u32,
    /// From above.
    pub down: u32,
}

/// Width and height of a drawing of lines in the units of a [`Spot`].
pub const WHOLE: u32 = 10_000;

/// How far apart labels stand that would else touch, from above and from the left.
const LABELS_APART: (u32, u32) = (850, 4500);

/// Words in a drawing of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLabel<'a> {
    /// The words.
    pub words: &'a str,
    /// Which line or mark.
    pub position: usize,
    /// Where they end, or begin if they stand in the left half; the middle of their height.
    pub spot: Spot,
}

impl LineLabel<'_> {
    /// Whether the words end at the spot; else they begin there.
    #[must_use]
    pub const fn ends_there(&self) -> bool {
        self.spot.across > WHOLE / 2
    }
}

impl Lines {
    /// The first and the last day that is drawn; none without a day.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let of_lines = self.lines.iter().flat_map(|line| &line.points).map(|(day, _)| *day);
        let days = || of_lines.clone().chain(self.marks.iter().map(|(day, _)| *day));
        days().min().zip(days().max())
    }

    /// Where a day and a number stand. A single day stands in the middle.
    #[must_use]
    pub fn spot(&self, day: NaiveDate, n: u32) -> Spot {
        let share =
            |part: i64, whole: i64| u32::try_from(part.max(0) * i64::from(WHOLE) / whole.max(1)).unwrap_or(WHOLE);
        let (first, last) = self.days().unwrap_or((day, day));
        let across = match last.signed_duration_since(first).num_days() {
            0 => WHOLE / 2,
            days => share(day.signed_duration_since(first).num_days(), days),
        };
        let up = share(i64::from(n), i64::from(self.most.max(1))).min(WHOLE);
        Spot {
            across: across.min(WHOLE),
            down: WHOLE - up,
        }
    }

    /// The name of each line at its end, on the side where the line does not come from, and moved where two would touch.
    #[must_use]
    pub fn labels(&self) -> Vec<LineLabel<'_>> {
        let (apart, beside) = LABELS_APART;
        let lines = self.lines.iter().enumerate();
        let mut labels: Vec<LineLabel> = lines
            .filter_map(|(position, line)| {
                let (day, n) = *line.points.last()?;
                let spot = self.spot(day, n);
                let is_falling = line.points.first().is_some_and(|(_, before)| *before > n);
                let down = if is_falling && spot.down + apart <= WHOLE {
                    spot.down + apart * 2 / 3
                } else {
                    spot.down.saturating_sub(apart * 2 / 3)
                };
                Some(LineLabel {
                    words: &line.label,
                    position,
                    spot: Spot { down, ..spot },
                })
            })
            .collect();
        sort_by_rank(&mut labels, |label| u64::from(label.spot.down));
        let spots = |labels: &[LineLabel]| labels.iter().map(|label| label.spot).collect::<Vec<Spot>>();
        let touch = |one: &Spot, other: &Spot| one.across.abs_diff(other.across) < beside;
        // Down from above, then up from below: what ran over the lower edge pushes the others up.
        let mut placed = spots(&labels);
        for at in 0..placed.len() {
            let (above, rest) = placed.split_at_mut(at);
            if let Some(spot) = rest.first_mut() {
                let least = above
                    .iter()
                    .filter(|it| touch(it, spot))
                    .map(|it| it.down + apart)
                    .max();
                spot.down = spot.down.max(least.unwrap_or_default());
            }
        }
        for at in (0..placed.len()).rev() {
            let (rest, below) = placed.split_at_mut(at + 1);
            if let Some(spot) = rest.last_mut() {
                let most = below
                    .iter()
                    .filter(|it| touch(it, spot))
                    .map(|it| it.down.saturating_sub(apart))
                    .min();
                spot.down = spot.down.min(most.unwrap_or(WHOLE - apart / 2));
            }
        }
        for (label, spot) in labels.iter_mut().zip(placed) {
            label.spot = spot;
        }
        labels
    }

    /// The names of the marks, in two rows above the drawing where they would touch: `down` is the row.
    #[must_use]
    pub fn mark_labels(&self) -> Vec<LineLabel<'_>> {
        let (_, beside) = LABELS_APART;
        let mut labels: Vec<LineLabel> = Vec::new();
        for (position, (day, words)) in self.marks.iter().enumerate() {
            let across = self.spot(*day, 0).across;
            let touches = |row: u32| {
                let in_row = labels.iter().filter(|it| it.spot.down == row);
                in_row.clone().any(|it| it.spot.across.abs_diff(across) < beside)
            };
            let down = u32::from(touches(0));
            labels.push(LineLabel {
                words,
                position,
                spot: Spot { across, down },
            });
        }
        labels
    }
}

impl Drawing {
    /// Every text that is drawn.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Bars(bars) => bars.texts(),
            Self::Heat(heat) => {
                let rows = heat.rows.iter();
                let columns = heat.columns.iter().map(String::as_str);
                columns
                    .chain(rows.flat_map(|row| {
                        let cells = row.cells.iter().flatten();
                        let cells = cells.flat_map(|cell| [cell.head.as_str(), &cell.value]);
                        std::iter::once(row.label.as_str()).chain(cells)
                    }))
                    .collect()
            }
            Self::Lines(lines) => {
                let names = lines.lines.iter().map(|line| line.label.as_str());
                let marks = lines.marks.iter().map(|(_, name)| name.as_str());
                std::iter::once(lines.unit.as_str()).chain(names).chain(marks).collect()
            }
            Self::Spans(spans) => {
                let bands = spans.bands.iter().flat_map(|band| {
                    let spans = band.spans.iter();
                    let of_spans = spans.flat_map(|span| [span.label.as_str(), &span.state]);
                    std::iter::once(band.label.as_str()).chain(of_spans)
                });
                bands.chain(spans.marks.iter().map(|(_, name)| name.as_str())).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a day")
    }

    fn lines(ends: &[(u32, u32)]) -> Lines {
        let line = |end: &(u32, u32)| Line {
            label: format!("{} on day {}", end.1, end.0),
            is_planned: false,
            points: vec![(day(1), 100), (day(end.0), end.1)],
        };
        Lines {
            unit: "Open gaps".to_owned(),
            most: 100,
            lines: ends.iter().map(line).collect(),
            marks: vec![(day(1), "Today".to_owned()), (day(31), "Target".to_owned())],
        }
    }

    #[test]
    fn day_and_number_have_their_spot() {
        let lines = lines(&[(31, 0)]);
        assert_eq!(lines.days(), Some((day(1), day(31))));
        assert_eq!(lines.spot(day(1), 100), Spot { across: 0, down: 0 });
        assert_eq!(
            lines.spot(day(16), 25),
            Spot {
                across: 5000,
                down: 7500
            }
        );
        assert_eq!(
            lines.spot(day(31), 0),
            Spot {
                across: WHOLE,
                down: WHOLE
            }
        );
        let alone = Lines {
            lines: Vec::new(),
            marks: vec![(day(3), "Today".to_owned())],
            ..lines
        };
        assert_eq!(alone.spot(day(3), 0).across, WHOLE / 2);
    }

    #[test]
    fn labels_that_would_touch_are_moved_apart_and_stay_inside() {
        let lines = lines(&[(31, 0), (31, 1), (31, 2), (31, 3), (31, 50)]);
        let mut labels = lines.labels();
        assert_eq!(labels.len(), 5);
        labels.sort_by_key(|it| it.spot.down);
        for pair in labels.windows(2) {
            assert!(pair[1].spot.down - pair[0].spot.down >= LABELS_APART.0, "{labels:?}");
        }
        assert!(labels.iter().all(|it| it.spot.down < WHOLE && it.ends_there()));
        assert_eq!(labels[0].words, "50 on day 31");
    }

    #[test]
    fn marks_close_to_one_another_stand_in_two_rows() {
        let mut lines = lines(&[]);
        let rows = |lines: &Lines| lines.mark_labels().iter().map(|it| it.spot.down).collect::<Vec<_>>();
        assert_eq!(rows(&lines), [0, 0]);
        lines.marks.insert(1, (day(5), "Stage 1".to_owned()));
        assert_eq!(rows(&lines), [0, 1, 0]);
    }

    #[test]
    fn bar_is_measured_against_the_longest_or_against_itself() {
        let bar = |segments: &[u32]| Bar {
            segments: segments.to_vec(),
            ..Bar::default()
        };
        let mut bars = Bars {
            legend: vec![(Tone::Plain, "Answers".to_owned())],
            are_shares: false,
            bars: vec![bar(&[3]), bar(&[9])],
        };
        assert_eq!(bars.whole(&bars.bars[0]), 9);
        assert!(bars.drawn_legend().is_empty());
        bars.are_shares = true;
        assert_eq!(bars.whole(&bars.bars[0]), 3);
    }

    #[test]
    fn cells_of_a_row_lead_each_its_own_way_or_the_first_leads_for_all() {
        let all = Leads::Practices(PracticeFilter::default());
        let each = Leads::Each(vec![Leads::Nowhere, all.clone()]);
        assert_eq!([0, 1, 2].map(|at| each.of_cell(at) == &all), [false, true, false]);
        assert_eq!([0, 1].map(|at| all.of_cell(at) == &all), [true, false]);
    }
}
