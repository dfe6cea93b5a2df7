//! A paper: the report as a sequence of blocks, before it has pages.
//!
//! The paper knows nothing of frameworks, practices or answers, and nothing of PDF. `report::model` is turned into a
//! paper by `report::layout`; `report::pdf` sets a paper on pages.

pub use super::chart::{Bar, Bars, Chart, Tone};

/// A whole document, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Title of the document, on the cover and in the file's metadata.
    pub title: String,
    /// What stands under the title on the cover: whose assessment this is.
    pub subtitle: String,
    /// Label and value pairs on the cover (prepared for, date, frameworks …).
    pub cover: Vec<(String, String)>,
    /// One or two sentences at the foot of the cover: what this paper is and is not.
    pub cover_note: String,
    /// What stands at the foot of every page beside the page number.
    pub footer: String,
    /// The date the paper speaks of, in ISO 8601 (`2026-11-20`). The only date in the file.
    pub date: String,
    /// The body.
    pub blocks: Vec<Block>,
}

/// One block of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; level 1 starts a new page and an outline entry, level 2 an outline entry below it, level 3 neither.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph of running text.
    Paragraph(String),
    /// A paragraph set apart: a limit, a warning, a definition.
    Callout {
        /// The word or two in front.
        label: String,
        /// The sentence or two.
        text: String,
    },
    /// A list of short lines with bullets.
    Bullets(Vec<String>),
    /// A row of figures, each large with a caption under it. At most four.
    Figures(Vec<Figure>),
    /// Horizontal bars with an interval, one below the other.
    Bars(BarChart),
    /// A chart that is drawn with its finding. Its data table is a block of its own.
    Chart(Chart),
    /// A table; its header repeats on every page it runs over.
    Table(Table),
}

/// One large figure with its caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is printed large, such as "12 of 93".
    pub value: String,
    /// What it counts.
    pub caption: String,
}

/// A chart of horizontal bars with its finding.
#[derive(Clone, Debug, PartialEq)]
pub struct BarChart {
    /// The finding in one sentence; stands above the chart and is its alternative text.
    pub finding: String,
    /// The bars.
    pub bars: Bars,
}

/// A table with one header row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The caption above the table.
    pub caption: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the page is turned for this table (many columns).
    pub landscape: bool,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The header cell.
    pub title: String,
    /// Relative width; the columns share the page width in these proportions.
    pub width: f32,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The text; line breaks in it are kept.
    pub text: String,
    /// `Tone::Plain` for ordinary text; others print a small mark in the tone's colour before the text.
    pub tone: Tone,
    /// Whether the text is set bold.
    pub strong: bool,
}
