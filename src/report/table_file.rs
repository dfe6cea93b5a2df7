//! Reads a table that somebody else's program wrote as CSV: any of the usual encodings and delimiters, quoted cells with
//! line breaks, rows of unlike length. Runs in the report worker, which has the CSV parser already.
//!
//! It must not know what the table says.

use csv::{Position, ReaderBuilder, StringRecord};
use thiserror::Error;

use super::csv::unguarded;
use super::table::MAX_TABLE_BYTES;
use crate::domain::MAX_TEXT_CHARS;

/// The most rows of a table.
const MAX_ROWS: usize = 5_000;
/// The most columns of a table.
const MAX_COLUMNS: usize = 64;
/// The rows that the delimiter is told from.
const N_SNIFFED: usize = 100;

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// The file is too large.
    #[error("it has {0} bytes, the most is {MAX_TABLE_BYTES}")]
    TooLarge(usize),
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It is a file of another kind.
    #[error("it is {0}, not a table in text. Open it in a spreadsheet and save it as CSV")]
    Foreign(&'static str),
    /// There are too many rows.
    #[error("it has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// There are too many columns.
    #[error("row {0} has more than {MAX_COLUMNS} columns")]
    TooManyColumns(usize),
    /// A cell is too long.
    #[error("row {0} has a cell of more than {MAX_TEXT_CHARS} characters")]
    CellTooLong(usize),
    /// A quotation is opened and never closed.
    #[error("row {0} opens a quotation that is never closed, so where its cells end can't be told")]
    OpenQuotation(usize),
    /// The parser gave up.
    #[error("it could not be read as CSV: {0}")]
    Csv(String),
}

/// The rows of a table file. A blank line is a row without cells, so that a row's place is its number in a spreadsheet.
///
/// # Errors
/// Says in one sentence why the file was not read.
pub fn read_table(bytes: &[u8]) -> Result<Vec<Vec<String>>, TableError> {
    if bytes.len() > MAX_TABLE_BYTES {
        return Err(TableError::TooLarge(bytes.len()));
    }
    let text = decoded(bytes)?;
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let (named, text) = named_delimiter(&text);
    let delimiter = named.unwrap_or_else(|| sniffed_delimiter(text));
    let mut rows = Vec::new();
    for record in Records::new(text, delimiter) {
        let (n_blank, record) = record?;
        rows.extend(std::iter::repeat_n(Vec::new(), n_blank));
        rows.push(cells(&record, rows.len() + 1)?);
        if rows.len() > MAX_ROWS {
            return Err(TableError::TooManyRows);
        }
    }
    let swallows_the_rest = rows
        .last()
        .and_then(|row| row.last())
        .is_some_and(|it| it.contains('\n'));
    if swallows_the_rest && text.matches('"').count() % 2 == 1 {
        return Err(TableError::OpenQuotation(rows.len()));
    }
    Ok(rows)
}

/// The text of a file: UTF-16 if its mark says so, UTF-8 if it is, otherwise Windows-1252.
fn decoded(bytes: &[u8]) -> Result<String, TableError> {
    const FOREIGN: [(&[u8], &str); 5] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a workbook or another packed file"),
        (b"\xd0\xcf\x11\xe0", "an old workbook or document"),
        (b"{\\rtf", "a document"),
        (b"\x89PNG", "a picture"),
    ];
    if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(TableError::Foreign(what));
    }
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| unit(*pair));
        char::decode_utf16(units)
            .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    let text: String = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    };
    if text.contains('\0') {
        return Err(TableError::Foreign("no text"));
    }
    Ok(text)
}

fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '\u{2014}', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let position = usize::from(byte).checked_sub(0x80);
    let special = position.and_then(|position| FROM_80.get(position));
    special.copied().unwrap_or(char::from(byte))
}

/// The delimiter that a first line `sep=;` names, and the text after that line.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().trim_matches('"').strip_prefix("sep=") {
        Some(named) if named.len() <= 1 => (Some(named.bytes().next().unwrap_or(b'\t')), rest),
        _ => (None, text),
    }
}

/// The delimiter that gives most rows of one and the same number of cells, and many cells.
fn sniffed_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut n_rows = [0_usize; MAX_COLUMNS + 1];
        for (_, record) in Records::new(text, delimiter).flatten().take(N_SNIFFED) {
            if let Some(n) = n_rows.get_mut(record.len().min(MAX_COLUMNS)) {
                *n += 1;
            }
        }
        let scores = n_rows.iter().enumerate().skip(1);
        scores
            .map(|(n_cells, n)| n * n * (n_cells - 1))
            .max()
            .unwrap_or_default()
    };
    // Of two that are alike, the last is taken.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|it| score(*it))
        .unwrap_or(b',')
}

/// The records of a text, each with how many blank lines stand before it.
struct Records<'a> {
    reader: csv::Reader<&'a [u8]>,
    /// Lines that the record before and what stood before it took up.
    n_lines: u64,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self { reader, n_lines: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(usize, StringRecord), TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(false) => None,
            Err(error) => Some(Err(TableError::Csv(error.to_string()))),
            Ok(true) => {
                let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
                let n_lines = self.reader.position().line().saturating_sub(Position::new().line());
                let before = n_lines.saturating_sub(self.n_lines + 1 + inside as u64);
                self.n_lines = n_lines;
                Some(Ok((usize::try_from(before).unwrap_or_default(), record)))
            }
        }
    }
}

/// The cells of a row: without blanks around them, without control characters but line breaks, without the guard that
/// our own exports put before a formula. Blank cells at the end count as absent.
fn cells(record: &StringRecord, row: usize) -> Result<Vec<String>, TableError> {
    let mut cells = Vec::new();
    for cell in record {
        let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
        let cell: String = cell
            .chars()
            .map(|it| if it.is_control() && it != '\n' { ' ' } else { it })
            .collect();
        if cell.chars().count() > MAX_TEXT_CHARS {
            return Err(TableError::CellTooLong(row));
        }
        cells.push(unguarded(cell.trim()).to_owned());
    }
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    if cells.len() > MAX_COLUMNS {
        return Err(TableError::TooManyColumns(row));
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::{rows_from_text, text_from_rows};
    use super::*;

    fn check(bytes: &[u8], expect: &[&[&str]]) {
        let rows = read_table(bytes).expect("reads");
        assert_eq!(rows, expect, "{}", String::from_utf8_lossy(bytes));
    }

    fn refused(bytes: &[u8]) -> String {
        read_table(bytes).expect_err("refused").to_string()
    }

    #[test]
    fn each_delimiter_is_told_from_the_rows() {
        check(b"a,b\n1,\"2;3\"\n", &[&["a", "b"], &["1", "2;3"]]);
        check(b"a;b\r\n1;2, 3, 4, 5\r\n", &[&["a", "b"], &["1", "2, 3, 4, 5"]]);
        check(b"a\tb\n1\t2;3,4\n", &[&["a", "b"], &["1", "2;3,4"]]);
        check(b"sep=;\na,x;b\n", &[&["a,x", "b"]]);
        check(b"5.1\n5.2\n", &[&["5.1"], &["5.2"]]);
    }

    #[test]
    fn each_encoding_is_told_from_the_bytes() {
        let expect: &[&[&str]] = &[&["Größe", "nötig"]];
        check("Größe;nötig\n".as_bytes(), expect);
        check("\u{feff}Größe;nötig\n".as_bytes(), expect);
        check(b"Gr\xf6\xdfe;n\xf6tig\n", expect);
        check(b"\x80;\x93x\x94\n", &[&["€", "“x”"]]);
        let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Größe;nötig\n".encode_utf16().flat_map(order).collect()
        };
        check(&utf16(u16::to_le_bytes), expect);
        check(&utf16(u16::to_be_bytes), expect);
    }

    #[test]
    fn dirty_tables_are_read_as_a_spreadsheet_shows_them() {
        check(
            b"\n\nA.5.1,\"two\r\nlines, \"\"quoted\"\"\"\n\n x ,\xc2\xa0y\xc2\xa0,,\n",
            &[&[], &[], &["A.5.1", "two\nlines, \"quoted\""], &[], &["x", "y"]],
        );
        check(b"a,\x07b,'=1\n,,\nc\n", &[&["a", "b", "=1"], &[], &["c"]]);
        check(b"19\" rack;x\nb;c", &[&["19\" rack", "x"], &["b", "c"]]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_reason() {
        for (bytes, reason) in [
            (&b""[..], "it is empty"),
            (b"\xef\xbb\xbf \r\n", "it is empty"),
            (b"%PDF-1.7\n\xff\xfe", "it is a PDF"),
            (b"PK\x03\x04\0\0", "save it as CSV"),
            (b"a\0b,c\n", "no text"),
            (b"a,\"b\nc,d\ne,f\n", "row 1 opens a quotation"),
        ] {
            let said = refused(bytes);
            assert!(said.contains(reason), "{said}");
        }
    }

    #[test]
    fn limits_are_kept() {
        assert_eq!(
            read_table("a,b\n".repeat(MAX_ROWS).as_bytes()).expect("reads").len(),
            MAX_ROWS
        );
        assert!(refused("a,b\n".repeat(MAX_ROWS + 1).as_bytes()).contains("5000 rows"));
        let wide = |n: usize| vec!["x"; n].join(";");
        assert_eq!(
            read_table(wide(MAX_COLUMNS).as_bytes()).expect("reads")[0].len(),
            MAX_COLUMNS
        );
        assert!(refused(wide(MAX_COLUMNS + 1).as_bytes()).contains("row 1 has more than 64 columns"));
        assert!(refused(&b"a,".repeat(MAX_TABLE_BYTES)).contains("8388608 bytes"));
        let long = format!("a,b\nc,{}\n", "x".repeat(MAX_TEXT_CHARS + 1));
        assert!(refused(long.as_bytes()).contains("row 2 has a cell"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(rows) = read_table(&bytes) {
                prop_assert_eq!(rows_from_text(&text_from_rows(&rows)), rows);
            }
        }

        #[test]
        fn cells_that_were_written_are_read(
            rows in prop::collection::vec(prop::collection::vec("[a-zß ,;\"\n.0-9]{0,9}z", 2..6), 1..9),
            delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            let width = rows[0].len();
            let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| {
                row.resize(width, "z".to_owned());
                // Of the three, only the one that delimits: two in every row can't be told apart.
                let is_other = |it: char| ",;".contains(it) && it != char::from(delimiter);
                row.iter().map(|cell| cell.replace(is_other, ".").trim().to_owned()).collect()
            }).collect();
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("in memory");
            }
            let bytes = writer.into_inner().expect("in memory");
            prop_assert_eq!(read_table(&bytes), Ok(rows));
        }
    }
}
