//! The words of cells: whether a control applies, how far it is implemented. What is not listed is not guessed.

use crate::domain::ImportedStatus;

/// The words of a text in lower case with one blank between them, and nothing else.
pub(super) fn plain(text: &str) -> String {
    let words = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether two titles are the same but for blanks, marks and capitals.
pub(super) fn is_same_title(left: &str, right: &str) -> bool {
    let letters = |text: &str| plain(&text.replace('&', " and ")).replace(' ', "");
    !left.is_empty() && letters(left) == letters(right)
}

pub(super) fn applies_from(cell: &str) -> Option<bool> {
    match plain(cell).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "applicable" | "included" => Some(true),
        "no" | "n" | "false" | "0" | "not applicable" | "n a" | "na" | "excluded" => Some(false),
        _ => None,
    }
}

pub(super) fn status_from(cell: &str) -> Option<ImportedStatus> {
    let words = plain(cell);
    match words.strip_prefix("fully ").unwrap_or(&words) {
        "not implemented" | "not started" => Some(ImportedStatus::NotImplemented),
        "planned" => Some(ImportedStatus::Planned),
        "partly" | "partial" | "partially" | "in progress" | "partly implemented" | "partially implemented" => {
            Some(ImportedStatus::Partly)
        }
        "implemented" | "done" | "complete" | "completed" | "operational" => Some(ImportedStatus::Implemented),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood_or_left_alone() {
        for (cell, applies) in [
            ("Yes", Some(true)),
            ("X", Some(true)),
            ("N/A", Some(false)),
            ("Not applicable.", Some(false)),
            ("Yes, by law", None),
            ("", None),
        ] {
            assert_eq!(applies_from(cell), applies, "{cell}");
        }
        for (cell, status) in [
            ("Not implemented", Some(ImportedStatus::NotImplemented)),
            ("PLANNED", Some(ImportedStatus::Planned)),
            ("In progress", Some(ImportedStatus::Partly)),
            ("Fully implemented", Some(ImportedStatus::Implemented)),
            ("Implemented in part", None),
            ("80 %", None),
        ] {
            assert_eq!(status_from(cell), status, "{cell}");
        }
        assert!(is_same_title("User end point devices", "User endpoint devices"));
        assert!(is_same_title(
            "Clear desk & clear screen",
            "Clear desk and clear screen"
        ));
        assert!(!is_same_title("", ""));
    }
}
