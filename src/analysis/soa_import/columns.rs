//! What the columns of a foreign table hold, told from the words of their headings and from what stands below.

use super::number::{Number, parse_number};
use super::words::{applies_from, plain, status_from};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// The number of the control.
    Number,
    /// Its title.
    Title,
    /// The standard or edition that the number belongs to.
    Standard,
    /// Whether it applies.
    Applies,
    /// How far it is implemented.
    Status,
    /// Why it is in or out.
    Justification,
    /// How it is implemented.
    How,
    /// The document that says so.
    Document,
    /// What shows it.
    Evidence,
    /// The risks behind it.
    Risk,
    /// Who owns it.
    Owner,
    /// Anything else.
    Notes,
}

/// Beginnings of words, each with what a heading with such a word is about. The first that fits counts.
const WORDS: [(&str, ColumnRole); 44] = [
    ("approv", ColumnRole::Notes),
    ("review", ColumnRole::Notes),
    ("date", ColumnRole::Notes),
    ("justif", ColumnRole::Justification),
    ("reason", ColumnRole::Justification),
    ("rational", ColumnRole::Justification),
    ("exclu", ColumnRole::Justification),
    ("note", ColumnRole::Notes),
    ("comment", ColumnRole::Notes),
    ("remark", ColumnRole::Notes),
    ("evidence", ColumnRole::Evidence),
    ("owner", ColumnRole::Owner),
    ("responsib", ColumnRole::Owner),
    ("risk", ColumnRole::Risk),
    ("document", ColumnRole::Document),
    ("how", ColumnRole::How),
    ("descri", ColumnRole::How),
    ("method", ColumnRole::How),
    ("due", ColumnRole::Notes),
    ("objectiv", ColumnRole::Notes),
    ("theme", ColumnRole::Notes),
    ("not", ColumnRole::Notes),
    ("non", ColumnRole::Notes),
    ("applicab", ColumnRole::Applies),
    ("applies", ColumnRole::Applies),
    ("scope", ColumnRole::Applies),
    ("included", ColumnRole::Applies),
    ("status", ColumnRole::Status),
    ("implement", ColumnRole::Status),
    ("title", ColumnRole::Title),
    ("name", ColumnRole::Title),
    ("standard", ColumnRole::Standard),
    ("framework", ColumnRole::Standard),
    ("edition", ColumnRole::Standard),
    ("norm", ColumnRole::Standard),
    ("clause", ColumnRole::Number),
    ("annex", ColumnRole::Number),
    ("id", ColumnRole::Number),
    ("ref", ColumnRole::Number),
    ("no", ColumnRole::Number),
    ("nr", ColumnRole::Number),
    ("section", ColumnRole::Number),
    ("control", ColumnRole::Number),
    ("requirement", ColumnRole::Number),
];

/// How far down a header is looked for.
const N_HEADER_ROWS: usize = 50;
/// Longer than this, a cell is no heading.
const MAX_HEADING_CHARS: usize = 80;

/// What the words of a heading say that its column holds.
#[must_use]
pub fn role_of_heading(heading: &str) -> Option<ColumnRole> {
    let words = plain(heading);
    let says = |beginning: &str| words.split(' ').any(|word| word.starts_with(beginning));
    WORDS.iter().find(|(word, _)| says(word)).map(|(_, role)| *role)
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// The header row, counted from 0.
    pub header: Option<usize>,
    /// The headings; blank without a header.
    pub headings: Vec<String>,
    pub number: Option<usize>,
    pub title: Option<usize>,
    pub standard: Option<usize>,
    pub applies: Option<usize>,
    pub status: Option<usize>,
}

impl Columns {
    pub fn of(rows: &[Vec<String>]) -> Self {
        let header = header_of(rows);
        let headings = header.and_then(|header| rows.get(header)).cloned().unwrap_or_default();
        let below = rows.get(header.map_or(0, |header| header + 1)..).unwrap_or_default();
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        // Of several columns, the one with most cells that can be understood; then what does not depend on their order.
        let best = |role: Option<ColumnRole>, is_understood: &dyn Fn(&str) -> bool| {
            let heading = |column: usize| headings.get(column).map_or("", String::as_str);
            let columns = (0..width).filter(|column| role.is_none() || role_of_heading(heading(*column)) == role);
            let ranked = columns.map(|column| {
                let cells = below.iter().filter_map(|row| row.get(column));
                let n_understood = cells.filter(|cell| is_understood(cell)).count();
                let heading = heading(column);
                (usize::MAX - n_understood, heading.len(), heading, column)
            });
            ranked.min().map(|(rest, _, _, column)| (usize::MAX - rest, column))
        };
        let is_number = |cell: &str| parse_number(cell).is_some_and(|it| Number::is_likely(&it));
        let named = header.and_then(|_| best(Some(ColumnRole::Number), &is_number));
        let any = || best(None, &is_number).filter(|(n, _)| *n > 0);
        let number = named.filter(|(n, _)| *n > 0).or_else(any).or(named);
        let by_heading = |role, is_understood| {
            let found = header.and_then(|_| best(Some(role), is_understood));
            found
                .map(|(_, column)| column)
                .filter(|column| Some(*column) != number.map(|(_, it)| it))
        };
        Self {
            header,
            number: number.map(|(_, column)| column),
            title: by_heading(ColumnRole::Title, &|cell| !cell.is_empty()),
            standard: by_heading(ColumnRole::Standard, &|cell| !cell.is_empty()),
            applies: by_heading(ColumnRole::Applies, &|cell| applies_from(cell).is_some()),
            status: by_heading(ColumnRole::Status, &|cell| status_from(cell).is_some()),
            headings,
        }
    }

    /// What a column is called.
    pub fn heading(&self, column: usize) -> String {
        match self.headings.get(column).filter(|heading| !heading.is_empty()) {
            Some(heading) => heading.clone(),
            None => format!("Column {}", column + 1),
        }
    }
}

/// The row whose cells are about most different things, if they are about two at least.
fn header_of(rows: &[Vec<String>]) -> Option<usize> {
    let mut best = (1, None);
    for (position, row) in rows.iter().enumerate().take(N_HEADER_ROWS) {
        let is_long = |cell: &String| cell.chars().count() > MAX_HEADING_CHARS;
        if row.iter().any(|cell| is_long(cell) || parse_number(cell).is_some()) {
            continue;
        }
        let mut roles: Vec<ColumnRole> = Vec::new();
        for role in row.iter().filter_map(|cell| role_of_heading(cell)) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        if roles.len() > best.0 {
            best = (roles.len(), Some(position));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood_by_their_words() {
        for (heading, role) in [
            ("Control", ColumnRole::Number),
            ("Control ID", ColumnRole::Number),
            ("Ref.", ColumnRole::Number),
            ("ISO 27001 clause", ColumnRole::Number),
            ("Control name", ColumnRole::Title),
            ("Applicable (Y/N)", ColumnRole::Applies),
            ("In scope?", ColumnRole::Applies),
            ("Included", ColumnRole::Applies),
            ("Implementation status", ColumnRole::Status),
            ("Implemented?", ColumnRole::Status),
            ("Justification for inclusion", ColumnRole::Justification),
            ("Reason for exclusion", ColumnRole::Justification),
            ("How implemented", ColumnRole::How),
            ("Control description", ColumnRole::How),
            ("Evidence of implementation", ColumnRole::Evidence),
            ("Control owner", ColumnRole::Owner),
            ("Not applicable", ColumnRole::Notes),
            ("Control objective", ColumnRole::Notes),
            ("Exclusion approved by", ColumnRole::Notes),
        ] {
            assert_eq!(role_of_heading(heading), Some(role), "{heading}");
        }
        assert_eq!(role_of_heading("Foo"), None);
    }

    #[test]
    fn header_is_found_below_a_title_and_blank_rows() {
        let rows = [
            &["Statement of Applicability"][..],
            &[],
            &["Status", "Reference", "Title"],
            &["Done", "A.5.1", "Policies"],
        ];
        let rows = rows.map(|row| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        let columns = Columns::of(&rows);
        assert_eq!(
            (columns.header, columns.number, columns.status, columns.title),
            (Some(2), Some(1), Some(0), Some(2))
        );
    }

    #[test]
    fn without_a_header_the_column_with_most_numbers_counts() {
        let rows = [["1", "yes", "A.5.1"], ["2", "no", "A.5.2"]].map(|row| row.map(str::to_owned).to_vec());
        let columns = Columns::of(&rows);
        assert_eq!((columns.header, columns.number, columns.applies), (None, Some(2), None));
    }
}
