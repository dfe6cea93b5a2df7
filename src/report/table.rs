//! A table of text on its way from the report worker, which reads files, to the page: one text, taken apart without a
//! parser. The page must stay small.

/// The largest table file that is read, in bytes (4 MiB).
pub const MAX_TABLE_BYTES: usize = 4 * 1024 * 1024;

/// The largest file whose SHA-256 is computed, in bytes (512 MiB).
pub const MAX_HASHED_BYTES: usize = 512 * 1024 * 1024;

/// Ends a cell. No cell holds it: the reader takes control characters out.
const CELL: char = '\u{1f}';
/// Ends a row.
const ROW: char = '\u{1e}';

/// The rows as one text.
#[must_use]
pub fn text_from_rows(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for cell in row {
            text.push_str(cell);
            text.push(CELL);
        }
        text.push(ROW);
    }
    text
}

/// The rows in such a text.
#[must_use]
pub fn rows_from_text(text: &str) -> Vec<Vec<String>> {
    let rows = text.split_terminator(ROW);
    rows.map(|row| row.split_terminator(CELL).map(str::to_owned).collect())
        .collect()
}
