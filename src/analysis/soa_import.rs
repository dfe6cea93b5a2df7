//! Understands the rows of a Statement of Applicability that was written elsewhere, against any edition of Annex A or
//! ISO/IEC 27017: which requirement each row speaks of today, and what it says.
//!
//! Every row of the table that says something ends in exactly one place: placed, asked about, without successor, or not
//! recognised. What a number means is asked where it may mean several things, and what a word means is never guessed.

mod columns;
mod number;
mod words;

pub use columns::{ColumnRole, role_of_heading};

use columns::Columns;
use number::{Number, Prefix, parse_number};
use words::{applies_from, is_same_title, status_from};

use crate::domain::{
    Catalogue, FrameworkId, ImportFlag, Imported, ImportedStatus, ImportedText, OldControl, RequirementId,
    RequirementKind, SortedMap, SortedSet,
};

/// What kind of thing a number may name. What a person chooses where it may name several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadingKind {
    /// A control of Annex A, or a row of ISO/IEC 27017:2026.
    Control,
    /// A clause of ISO/IEC 27001.
    Clause,
    /// A control of the edition before.
    OldControl,
    /// A heading over controls or clauses.
    Heading,
}

/// One thing that a number may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What kind of thing it is.
    pub kind: ReadingKind,
    /// Its number in its own edition; blank for a heading.
    pub code: &'static str,
    /// Its title; blank for a heading.
    pub title: &'static str,
    /// Positions of the requirements that hold its subject today.
    pub targets: Vec<usize>,
}

/// A row whose number may name several things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The row, counted from 1.
    pub row: usize,
    /// The number as it stands in the file.
    pub number: String,
    /// The row in one line.
    pub text: String,
    /// What the number may name.
    pub readings: Vec<Reading>,
}

/// The choices of a person, by row; none to leave a row out.
pub type Choices = SortedMap<usize, Option<ReadingKind>>;

/// A row that is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// The row, counted from 1.
    pub row: usize,
    /// What it says, in one line.
    pub text: String,
    /// Why it is not taken in.
    pub why: &'static str,
}

/// What goes to one requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The requirement.
    pub requirement: RequirementId,
    /// The rows that land there, counted from 1.
    pub rows: Vec<usize>,
    /// What they say together.
    pub imported: Imported,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// What goes where, in the order of the catalogue.
    pub placed: Vec<Placed>,
    /// Rows that wait for a choice.
    pub open: Vec<usize>,
    /// Rows about something that no requirement of today stands for.
    pub without_successor: Vec<LeftOver>,
    /// Rows whose number is missing or unknown, and those that a person leaves out.
    pub not_recognised: Vec<LeftOver>,
}

/// What stands in a table, as far as it can be told without asking.
#[derive(Clone, Debug, PartialEq)]
pub struct SoaTable {
    /// The header row, counted from 1, if one was found.
    pub header: Option<usize>,
    /// The rows that a person must say more about.
    pub questions: Vec<Question>,
    rows: Vec<SourceRow>,
}

/// A row that says something.
#[derive(Clone, Debug, PartialEq)]
struct SourceRow {
    row: usize,
    text: String,
    /// What its number may name; settled if there is one only.
    readings: Vec<Reading>,
    /// Why there is none.
    why: &'static str,
    number: String,
    applies: Option<bool>,
    status: Option<ImportedStatus>,
    /// The cells that were not understood, each with its heading.
    texts: Vec<(String, String)>,
}

impl SoaTable {
    /// Reads a table.
    #[must_use]
    pub fn read(rows: &[Vec<String>], catalogue: &Catalogue, transition: &'static [OldControl]) -> Self {
        let columns = Columns::of(rows);
        let reader = Reader {
            rows,
            columns: &columns,
            catalogue,
            transition,
        };
        let numbered = rows.iter().enumerate();
        let spoken =
            numbered.filter(|(at, row)| Some(*at) != columns.header && row.iter().any(|it| !it.trim().is_empty()));
        let rows: Vec<SourceRow> = spoken.map(|(at, row)| reader.source_row(at + 1, row)).collect();
        let questions = rows.iter().filter(|row| row.readings.len() > 1).map(|row| Question {
            row: row.row,
            number: row.number.clone(),
            text: row.text.clone(),
            readings: row.readings.clone(),
        });
        Self {
            header: columns.header.map(|header| header + 1),
            questions: questions.collect(),
            rows,
        }
    }

    /// How many rows say something, the header aside.
    #[must_use]
    pub const fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// What importing it would do with these choices. `file` is the name of the file.
    #[must_use]
    pub fn preview(&self, catalogue: &Catalogue, file: &str, choices: &Choices) -> Preview {
        let mut preview = Preview::default();
        let mut placed: SortedMap<usize, Vec<(&SourceRow, &Reading)>> = SortedMap::default();
        for row in &self.rows {
            let left_over = |why| LeftOver {
                row: row.row,
                text: row.text.clone(),
                why,
            };
            let reading = match (row.readings.as_slice(), choices.get(&row.row)) {
                ([], _) => {
                    preview.not_recognised.push(left_over(row.why));
                    continue;
                }
                ([only], _) => only,
                (_, None) => {
                    preview.open.push(row.row);
                    continue;
                }
                (several, Some(choice)) => match several.iter().find(|it| Some(it.kind) == *choice) {
                    Some(chosen) => chosen,
                    None => {
                        preview.not_recognised.push(left_over("left out by you"));
                        continue;
                    }
                },
            };
            if reading.targets.is_empty() {
                let is_heading = reading.kind == ReadingKind::Heading;
                let why = if is_heading {
                    "a heading, not a control"
                } else {
                    "no successor"
                };
                preview.without_successor.push(left_over(why));
            }
            for target in &reading.targets {
                let mut rows = placed.remove(target).unwrap_or_default();
                rows.push((row, reading));
                placed.insert(*target, rows);
            }
        }
        for (target, rows) in placed.iter() {
            if let Some(requirement) = catalogue.requirements.get(*target) {
                preview.placed.push(Placed {
                    requirement: requirement.id,
                    rows: rows.iter().map(|(row, _)| row.row).collect(),
                    imported: merged(file, rows),
                });
            }
        }
        preview
    }
}

/// What some rows say together: every text, the weakest status; it applies if any of them does.
fn merged(file: &str, rows: &[(&SourceRow, &Reading)]) -> Imported {
    let differ = |is_like: &dyn Fn(&SourceRow, &SourceRow) -> bool| {
        rows.windows(2)
            .any(|pair| matches!(pair, [(left, _), (right, _)] if !is_like(left, right)))
    };
    let statuses = rows.iter().filter_map(|(row, _)| row.status);
    let applies = |value| move |(row, _): &(&SourceRow, &Reading)| row.applies == Some(value);
    let mut imported = Imported {
        file: file.to_owned(),
        numbers: rows.iter().map(|(row, _)| row.number.clone()).collect(),
        applies: if rows.iter().any(applies(true)) {
            Some(true)
        } else {
            rows.iter().all(applies(false)).then_some(false)
        },
        status: statuses.min(),
        texts: Vec::new(),
        flags: SortedSet::default(),
    };
    for (row, _) in rows {
        for (heading, text) in &row.texts {
            imported.texts.push(ImportedText {
                number: row.number.clone(),
                heading: heading.clone(),
                text: text.clone(),
            });
        }
    }
    let flags = [
        (ImportFlag::Merged, rows.len() > 1),
        (
            ImportFlag::WeakestTaken,
            differ(&|left, right| left.status == right.status),
        ),
        (
            ImportFlag::ApplicabilityDiffers,
            differ(&|left, right| left.applies == right.applies),
        ),
        (ImportFlag::Split, rows.iter().any(|(_, it)| it.targets.len() > 1)),
    ];
    for (flag, is_so) in flags {
        imported.flags.set(flag, is_so);
    }
    imported
}

/// Reads the rows of one table.
struct Reader<'a> {
    rows: &'a [Vec<String>],
    columns: &'a Columns,
    catalogue: &'a Catalogue,
    transition: &'static [OldControl],
}

impl Reader<'_> {
    fn source_row(&self, row: usize, cells: &[String]) -> SourceRow {
        let columns = self.columns;
        let cell = |column: Option<usize>| column.and_then(|it| cells.get(it)).map_or("", String::as_str).trim();
        let spoken = cells.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        let text = spoken.collect::<Vec<_>>().join(" \u{b7} ");
        let mut source = SourceRow {
            row,
            text,
            readings: Vec::new(),
            why: "no control number",
            number: String::new(),
            applies: applies_from(cell(columns.applies)),
            status: status_from(cell(columns.status)),
            texts: Vec::new(),
        };
        let mut of_number = String::new();
        if let Some(mut number) = parse_number(cell(columns.number)) {
            self.look_at_standard(&mut number, cell(columns.standard));
            source.number = number.written.clone();
            if parse_number(&number.rest).is_some() {
                source.why = "several numbers in one cell";
                return source;
            }
            let titles: Vec<&str> = match columns.title {
                Some(_) => vec![&number.rest, cell(columns.title)],
                None => cells.iter().map(String::as_str).chain([number.rest.as_str()]).collect(),
            };
            source.readings = self.readings(&number);
            self.settle_by_title(&mut source.readings, &number, &titles);
            source.why = "unknown number";
            of_number = number.rest;
        }
        let is_official = |text: &str| {
            let of_target = |at: &usize| self.catalogue.requirements.get(*at).map_or("", |it| it.title);
            let titles = source.readings.iter();
            titles
                .flat_map(|it| it.targets.iter().map(of_target).chain([it.title]))
                .any(|title| is_same_title(title, text))
        };
        for (column, cell) in cells.iter().enumerate() {
            let here = Some(column);
            let text = if here == columns.number {
                &of_number
            } else {
                cell.trim()
            };
            let is_understood = text.is_empty()
                || (here == columns.applies && source.applies.is_some())
                || (here == columns.status && source.status.is_some())
                || ((here == columns.title || here == columns.number) && is_official(text));
            if !is_understood {
                source.texts.push((columns.heading(column), text.to_owned()));
            }
        }
        source
    }

    /// What the cell with the standard or edition says of the number beside it.
    fn look_at_standard(&self, number: &mut Number, cell: &str) {
        number.is_cloud |= cell.contains("27017");
        for year in [2013, 2015, 2022, 2026] {
            if number.year.is_none() && cell.contains(&year.to_string()) {
                number.year = Some(year);
            }
        }
    }

    /// Everything that a number may name.
    fn readings(&self, number: &Number) -> Vec<Reading> {
        let code = &number.code;
        let (is_old, is_new) = match number.year {
            None => (true, true),
            Some(year) => (year < 2020, year > 2020),
        };
        let mut readings: Vec<Reading> = Vec::new();
        if number.prefix == Prefix::Cloud || (number.is_cloud && is_old) {
            let code = if number.prefix == Prefix::Cloud {
                format!("CLD.{code}")
            } else {
                code.clone()
            };
            readings.extend(self.requirement(ReadingKind::OldControl, FrameworkId::Iso27017Of2015, &code));
            let is_cloud_heading =
                number.prefix == Prefix::Cloud && self.is_heading(FrameworkId::Iso27017Of2015, &code);
            if readings.is_empty() && is_cloud_heading {
                readings.push(HEADING);
            }
        }
        if number.prefix == Prefix::Cloud || !readings.is_empty() {
            return readings;
        }
        let annex = format!("A.{code}");
        if number.prefix != Prefix::Clause {
            if !number.is_cloud && is_new {
                readings.extend(self.requirement(ReadingKind::Control, FrameworkId::Iso27001, &annex));
            }
            if readings.is_empty() && is_new {
                readings.extend(self.requirement(ReadingKind::Control, FrameworkId::Iso27017, code));
            }
        }
        if !number.is_cloud && matches!(number.prefix, Prefix::Bare | Prefix::Clause) {
            readings.extend(self.requirement(ReadingKind::Clause, FrameworkId::Iso27001, code));
        }
        if is_old && number.prefix != Prefix::Clause {
            let old = self.transition.iter().find(|old| old.id == annex);
            readings.extend(old.map(|old| Reading {
                kind: ReadingKind::OldControl,
                code: old.id,
                title: old.title,
                targets: old.now.iter().map(|at| usize::from(*at)).collect(),
            }));
        }
        if self.may_be_heading(number, &annex, is_old, readings.is_empty()) {
            readings.push(HEADING);
        }
        readings
    }

    /// Whether a number may stand over others: an objective of 2013, a theme, or a clause with clauses in it. One of
    /// Annex A that is a control too is a heading only if the table has rows below it.
    fn may_be_heading(&self, number: &Number, annex: &str, is_old: bool, is_unknown: bool) -> bool {
        let below = format!("{annex}.");
        let is_over_old = is_old && self.transition.iter().any(|old| old.id.starts_with(&below));
        match number.prefix {
            Prefix::Cloud => false,
            Prefix::Clause => self.is_heading(FrameworkId::Iso27001, &number.code),
            Prefix::Bare => is_over_old || (is_unknown && self.is_heading(FrameworkId::Iso27001, &number.code)),
            Prefix::Annex if is_unknown => is_over_old || self.is_heading(FrameworkId::Iso27001, annex),
            Prefix::Annex => is_over_old && self.has_rows_below(&number.code),
        }
    }

    fn has_rows_below(&self, code: &str) -> bool {
        let below = format!("{code}.");
        let cells = self.rows.iter().filter_map(|row| row.get(self.columns.number?));
        let mut numbers = cells.filter_map(|cell| parse_number(cell));
        numbers.any(|number| number.code.starts_with(&below))
    }

    fn is_heading(&self, framework: FrameworkId, code: &str) -> bool {
        let below = format!("{code}.");
        let mut requirements = self.catalogue.requirements_of(framework);
        requirements.any(|it| it.id.code.starts_with(&below))
    }

    fn requirement(&self, kind: ReadingKind, framework: FrameworkId, code: &str) -> Option<Reading> {
        let found = self.catalogue.requirement(framework, code)?;
        let is_clause = found.kind == RequirementKind::Clause;
        let targets = if kind == ReadingKind::OldControl {
            found.now.iter().map(|at| usize::from(*at)).collect()
        } else {
            self.catalogue.requirement_index(found.id).into_iter().collect()
        };
        (is_clause == (kind == ReadingKind::Clause)).then_some(Reading {
            kind,
            code: found.id.code,
            title: found.title,
            targets,
        })
    }

    /// Keeps the one reading whose title stands in the row. A spreadsheet turns 5.10 into 5.1: the title tells.
    fn settle_by_title(&self, readings: &mut Vec<Reading>, number: &Number, titles: &[&str]) {
        let is_named = |reading: &Reading| titles.iter().any(|title| is_same_title(reading.title, title));
        let mut named: Vec<Reading> = readings.iter().filter(|it| is_named(it)).cloned().collect();
        if named.is_empty() && number.prefix == Prefix::Bare && number.n_parts == 2 {
            let longer = format!("A.{}0", number.code);
            let longer = self.requirement(ReadingKind::Control, FrameworkId::Iso27001, &longer);
            named.extend(longer.filter(is_named));
        }
        if named.len() == 1 {
            *readings = named;
        }
    }
}

const HEADING: Reading = Reading {
    kind: ReadingKind::Heading,
    code: "",
    title: "",
    targets: Vec::new(),
};
