//! The PDF writer: sets a [`Paper`] on A4 pages and writes it as a tagged PDF (PDF/UA-1).
//!
//! It knows pages, lines, glyph widths and the structure of a PDF file. It must not know frameworks, practices or
//! answers, must not ask for the time, for randomness or for the environment, and must not read files: the fonts are
//! handed in. The same paper and fonts give the same bytes, on every thread and on every platform.
//!
//! How a paper becomes a file: `fonts` measures text and breaks lines, `sheet` draws on one page, `flow` decides where
//! the next block goes, the block modules (`text`, `chart`, `table` with `grid`, `front`) set the blocks, and `file` turns the
//! pages, the structure tree of `tags` and the font programs thinned by `subset` into bytes.

mod annex;
#[cfg(test)]
mod audit;
mod body;
mod drawing;
mod file;
mod flow;
mod fonts;
mod front;
mod grid;
mod marks;
mod metadata;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod sample;
mod sheet;
mod subset;
mod table;
mod tags;
mod text;
mod theme;

pub use fonts::Fonts;

use super::paper::Paper;
use annex::Unprintable;
use metadata::Day;

/// A written PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The characters of the paper that could not be printed, in code point order: those that the fonts lack, and those
    /// of scripts written from right to left, which the writer cannot set. Each is replaced by one sign on the page and
    /// listed in an annex of the file.
    pub missing: Vec<char>,
}

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The bytes handed in are not a TrueType font that can be embedded.
    #[error("the {face} font cannot be read")]
    Font {
        /// Which of the two faces it was: "regular" or "bold".
        face: &'static str,
    },
    /// The fonts hold no sign at all that could stand for a missing character.
    #[error("the fonts hold no sign that can stand for a missing character")]
    NoReplacement,
    /// The date of the paper is not a calendar day in ISO 8601.
    #[error("the date {date:?} is not of the form 2026-11-20")]
    Date {
        /// The date as it stood in the paper.
        date: String,
    },
    /// The layout promised a part of the file that is not there. A fault of this module.
    #[error("the layout refers to {what} that does not exist")]
    Layout {
        /// What was referred to.
        what: &'static str,
    },
    /// The object model of the file refused a change.
    #[error("the file structure could not be built: {0}")]
    Structure(#[from] lopdf::Error),
    /// The bytes could not be put together.
    #[error("the file could not be put together: {0}")]
    Save(#[from] std::io::Error),
}

/// Sets the paper on pages and writes the file.
///
/// # Errors
///
/// Fails when the date of the paper is not a date, and when the file cannot be put together.
pub fn write(paper: &Paper, fonts: &Fonts) -> Result<Pdf, PdfError> {
    let day = Day::parse(&paper.date)?;
    let unprintable = Unprintable::of(paper, fonts);
    let mut blocks = paper.blocks.clone();
    blocks.extend(unprintable.annex());
    // The contents list needs page numbers, which are known once everything is set. Numbers do not move lines (they
    // stand in a column of their own), so the second setting has the same pages as the first.
    let draft = body::set(paper, &blocks, fonts, &[]);
    let layout = body::set(paper, &blocks, fonts, &draft.headings);
    let bytes = file::write(paper, day, layout, fonts)?;
    Ok(Pdf {
        bytes,
        missing: unprintable.characters(),
    })
}
