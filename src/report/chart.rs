//! Charts as data: what is found, what is drawn, and the numbers as a table. The page draws them as SVG and the PDF
//! writer with its pen; both from the same chart, so what is shown can't differ from what is printed.

mod spans;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
pub use spans::{Flag, Month, WHOLE};

use crate::domain::{EntryId, PracticeId, RequirementId};

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
/// chart is wide where bars are shares.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What it is about.
    pub label: String,
    /// Counts in the order of the legend.
    pub segments: Vec<u32>,
    /// What stands beside it, such as "12 of 93".
    pub value: String,
    /// Where it leads on the page.
    #[serde(skip)]
    pub leads: Leads,
}

/// Cells in rows and columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows, each with as many cells as there are columns.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
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

impl Drawing {
    /// Every text that is drawn.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Bars(bars) => {
                let legend = bars.legend.iter().map(|(_, name)| name.as_str());
                let bars = bars.bars.iter();
                legend
                    .chain(bars.flat_map(|bar| [bar.label.as_str(), &bar.value]))
                    .collect()
            }
            Self::Heat(heat) => {
                let rows = heat.rows.iter();
                let columns = heat.columns.iter().map(String::as_str);
                columns
                    .chain(rows.flat_map(|row| {
                        let cells = row.cells.iter().flatten().map(|cell| cell.value.as_str());
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
