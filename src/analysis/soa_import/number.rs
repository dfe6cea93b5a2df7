//! The number of a control as people write it in a cell: `A.5.1`, `a5.1`, `Annex A 5.1`, `ISO 27001 A.8.32`, `CLD 6.3.1`.

/// What stands before the digits and says which list they count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// Nothing that says so.
    Bare,
    /// `A`: a control of Annex A, in either edition.
    Annex,
    /// `CLD`: a control that only ISO/IEC 27017:2015 has.
    Cloud,
    /// A clause.
    Clause,
}

/// A number found in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub prefix: Prefix,
    /// Whether ISO/IEC 27017 is named before it.
    pub is_cloud: bool,
    /// The year of the edition, if it is named before it.
    pub year: Option<u32>,
    /// The digits, without leading zeros: `5.1`.
    pub code: String,
    /// How many groups of digits it has.
    pub n_parts: usize,
    /// The number as it stands in the cell.
    pub written: String,
    /// What follows it in the cell.
    pub rest: String,
}

impl Number {
    /// Whether it has the form of a clause or control, so that a column of such is a column of controls.
    pub fn is_likely(&self) -> bool {
        self.n_parts > 1
    }
}

/// The number that a cell begins with, if it begins with one.
pub(super) fn parse_number(cell: &str) -> Option<Number> {
    let (mut prefix, mut is_cloud, mut year, mut is_named) = (Prefix::Bare, false, None, false);
    let mut rest = cell;
    loop {
        rest = rest.trim_start_matches(|it: char| !it.is_alphanumeric());
        let word = leading(rest, |it| it.is_alphabetic());
        if word.is_empty() {
            let digits = leading(rest, |it| it.is_ascii_digit());
            let after = rest.get(digits.len()..).unwrap_or_default();
            match digits {
                "27001" | "27002" => is_named = true,
                "27017" => (is_named, is_cloud) = (true, true),
                "2013" | "2015" | "2022" | "2026" if is_named => year = digits.parse().ok(),
                _ => break,
            }
            rest = after;
            continue;
        }
        rest = rest.get(word.len()..).unwrap_or_default();
        match word.to_ascii_lowercase().as_str() {
            "a" => prefix = Prefix::Annex,
            "cld" => prefix = Prefix::Cloud,
            "clause" => prefix = Prefix::Clause,
            "iso" | "iec" | "annex" | "control" | "controls" | "no" | "nr" | "and" | "number" | "ref" | "id" => {}
            _ => return None,
        }
    }
    let (mut code, mut n_parts) = (String::new(), 0);
    loop {
        let digits = leading(rest, |it| it.is_ascii_digit());
        let part: u8 = digits.parse().ok().filter(|part| *part < 100)?;
        code.push_str(&format!("{}{part}", if n_parts > 0 { "." } else { "" }));
        n_parts += 1;
        rest = rest.get(digits.len()..).unwrap_or_default();
        match rest.strip_prefix('.') {
            Some(after) if after.starts_with(|it: char| it.is_ascii_digit()) => rest = after,
            _ => break,
        }
    }
    let written = cell
        .get(..cell.len() - rest.len())
        .unwrap_or_default()
        .trim()
        .to_owned();
    let is_mark = |it: char| it.is_whitespace() || ".:-\u{2013}\u{2014}".contains(it);
    Some(Number {
        prefix,
        is_cloud,
        year,
        code,
        n_parts,
        written,
        rest: rest.trim_matches(is_mark).to_owned(),
    })
}

/// The letters at the start of a text that are of one kind.
fn leading(text: &str, is_of_kind: impl Fn(char) -> bool) -> &str {
    let end = text.find(|it| !is_of_kind(it)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, prefix: Prefix, code: &str, rest: &str) {
        let number = parse_number(cell).unwrap_or_else(|| panic!("{cell:?}"));
        assert_eq!(
            (number.prefix, number.code.as_str(), number.rest.as_str()),
            (prefix, code, rest),
            "{cell:?}"
        );
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for cell in [
            "A.5.1",
            "A 5.1",
            "a5.1",
            "A.5.1.",
            "Annex A 5.1",
            "ISO 27001 A.5.1",
            " A.05.01 ",
            "A\u{a0}5.1",
            "A-5.1",
            "[A.5.1]",
            "ISO/IEC 27001:2022 A.5.1",
            "\u{feff}A.5.1",
            "Control A.5.1",
            "Annex A.5.1",
        ] {
            let rest = if cell.ends_with(']') { "]" } else { "" };
            check(cell, Prefix::Annex, "5.1", rest);
        }
        check("5.1", Prefix::Bare, "5.1", "");
        check("CLD.6.3.1", Prefix::Cloud, "6.3.1", "");
        check("cld 6.3.1", Prefix::Cloud, "6.3.1", "");
        check("CLD6.3.1:", Prefix::Cloud, "6.3.1", "");
        check("Clause 8.1", Prefix::Clause, "8.1", "");
        check(
            "A.5.1 Policies for information security",
            Prefix::Annex,
            "5.1",
            "Policies for information security",
        );
        check("5.1 \u{2013} Policies", Prefix::Bare, "5.1", "Policies");
        check(
            "A.9.2.1\nUser registration",
            Prefix::Annex,
            "9.2.1",
            "User registration",
        );
        check("6.1.3 d)", Prefix::Bare, "6.1.3", "d)");
        check("A.5", Prefix::Annex, "5", "");
    }

    #[test]
    fn standard_and_year_before_a_number_are_seen() {
        let number = parse_number("ISO/IEC 27017:2015 - 9.2.1").expect("a number");
        assert_eq!(
            (number.is_cloud, number.year, number.code.as_str()),
            (true, Some(2015), "9.2.1")
        );
        assert_eq!(number.written, "ISO/IEC 27017:2015 - 9.2.1");
        assert!(!parse_number("ISO 27002 A.8.32").expect("a number").is_cloud);
    }

    #[test]
    fn other_cells_hold_no_number() {
        for cell in [
            "",
            "Yes",
            "Policies for information security",
            "12.05.2023",
            "2022",
            "see 5.1",
            "A policy",
            "Control of 5.1",
            "v1.2",
            "100.1",
            "CC6.1",
            "5,1.",
        ] {
            let found = parse_number(cell).filter(Number::is_likely);
            assert_eq!(found, None, "{cell:?}");
        }
    }
}
