//! Search over requirements and practices by ids and words. It forgives how an id is typed and one slip in a long word.

use crate::domain::{Catalogue, Practice, Requirement, sort_by_rank};

/// Something that a search found, by its position in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A requirement.
    Requirement(usize),
    /// A practice.
    Practice(usize),
}

/// From how many letters on a word may hold one slip.
const LONG_WORD: usize = 5;

/// How well something is found: the smaller, the better.
type Rank = u8;
const BY_ID: Rank = 0;
const BY_START_OF_ID: Rank = 1;
const BY_TITLE: Rank = 2;
const BY_TEXT: Rank = 3;
/// Added where a word was found with a slip only.
const WITH_A_SLIP: Rank = 4;

/// What the words or the id name, best first; requirements before practices where both are found alike. Ids are found
/// as printed and as people type them: `8.32`, `a.8.32`, `CC 8.1`.
#[must_use]
pub fn search(catalogue: &Catalogue, query: &str) -> Vec<Found> {
    let ids = typed_ids(query);
    let tokens: Vec<&str> = words_of(query).collect();
    if tokens.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Rank, Found)> = Vec::new();
    for (position, requirement) in catalogue.requirements.iter().enumerate() {
        let by_id = ids.iter().filter_map(|id| id_rank(id, requirement.id.code)).min();
        if let Some(rank) = by_id.or_else(|| requirement_rank(&tokens, requirement)) {
            found.push((rank, Found::Requirement(position)));
        }
    }
    for (position, practice) in catalogue.practices.iter().enumerate() {
        if let Some(rank) = practice_rank(&tokens, practice) {
            found.push((rank, Found::Practice(position)));
        }
    }
    sort_by_rank(&mut found, |(rank, _)| u64::from(*rank));
    found.into_iter().map(|(_, found)| found).collect()
}

/// An id without what people type differently: blanks, capitals, brackets, and the point after letters.
fn plain_id(text: &str) -> String {
    let mut plain = String::new();
    for letter in text
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
    {
        if letter != '.' || plain.ends_with(|before: char| before.is_ascii_digit()) {
            plain.push(letter.to_ascii_lowercase());
        }
    }
    plain.trim_end_matches('.').to_owned()
}

/// What may be an id among the words: each word with a digit, and with the word before it (`CC 8.1`).
fn typed_ids(query: &str) -> Vec<String> {
    let tokens: Vec<&str> = query.split_whitespace().collect();
    let mut ids = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if !token.contains(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        match before {
            Some(before) if before.chars().all(|it| it.is_ascii_alphabetic() || it == '.') && before.len() <= 4 => {
                ids.push(plain_id(&format!("{before}{token}")));
            }
            _ => ids.push(plain_id(token)),
        }
    }
    ids
}

fn id_rank(typed: &str, code: &str) -> Option<Rank> {
    let code = plain_id(code);
    let number = code.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let starts = |id: &str| {
        id.strip_prefix(typed)
            .is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    if typed.is_empty() {
        None
    } else if [code.as_str(), number].contains(&typed) {
        Some(BY_ID)
    } else {
        (starts(&code) || starts(number)).then_some(BY_START_OF_ID)
    }
}

fn requirement_rank(tokens: &[&str], requirement: &Requirement) -> Option<Rank> {
    let slips = all_in(tokens, &[requirement.title, requirement.documented.unwrap_or_default()])?;
    Some(BY_TITLE + slips)
}

fn practice_rank(tokens: &[&str], practice: &Practice) -> Option<Rank> {
    let in_title = all_in(tokens, &[practice.title(), practice.id.as_str()]);
    let rank = in_title.map(|slips| BY_TITLE + slips);
    rank.or_else(|| all_in(tokens, &[practice.texts]).map(|slips| BY_TEXT + slips))
}

/// Whether every word is in the texts, at the start of a word there: what that adds to the rank.
fn all_in(tokens: &[&str], texts: &[&str]) -> Option<Rank> {
    let mut slips = 0;
    for token in tokens {
        let words = || texts.iter().flat_map(|text| words_of(text));
        if words().any(|word| begins(word, token)) {
            continue;
        }
        if token.len() < LONG_WORD || !words().any(|word| is_one_slip_off(word, token)) {
            return None;
        }
        slips = WITH_A_SLIP;
    }
    Some(slips)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn begins(word: &str, start: &str) -> bool {
    word.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether a word becomes the other by one letter more, less, or other, or by two letters changing places. The word may
/// go on after that: `encyrpt` finds `encryption`.
fn is_one_slip_off(word: &str, typed: &str) -> bool {
    let (word, typed) = (word.as_bytes(), typed.as_bytes());
    let same = word
        .iter()
        .zip(typed)
        .take_while(|(left, right)| left.eq_ignore_ascii_case(right))
        .count();
    let after = |bytes: &[u8], n: usize| bytes.get(n..).map(<[u8]>::to_ascii_lowercase);
    let goes_on = |n_word: usize, n_typed: usize| match (after(word, same + n_word), after(typed, same + n_typed)) {
        (Some(word), Some(typed)) => word.starts_with(&typed),
        _ => false,
    };
    let swapped = || {
        let pair = |bytes: &[u8]| {
            Some([
                bytes.get(same)?.to_ascii_lowercase(),
                bytes.get(same + 1)?.to_ascii_lowercase(),
            ])
        };
        matches!((pair(word), pair(typed)), (Some([a, b]), Some([c, d])) if a == d && b == c) && goes_on(2, 2)
    };
    same > 0 && (goes_on(1, 1) || goes_on(1, 0) || goes_on(0, 1) || swapped())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;

    fn names(query: &str) -> Vec<String> {
        let name = |found: &Found| match found {
            Found::Requirement(at) => CATALOGUE.requirements.get(*at).map(|it| it.id.to_string()),
            Found::Practice(at) => CATALOGUE.practices.get(*at).map(|it| it.id.to_string()),
        };
        search(&CATALOGUE, query).iter().filter_map(name).collect()
    }

    #[test]
    fn id_is_found_as_people_type_it() {
        for (typed, first) in [
            ("A.8.32", "iso27001-2022/A.8.32"),
            ("a.8.32", "iso27001-2022/A.8.32"),
            ("a8.32", "iso27001-2022/A.8.32"),
            ("  A 8.32 ", "iso27001-2022/A.8.32"),
            ("CC 8.1", "soc2-2017/CC8.1"),
            ("cc8.1", "soc2-2017/CC8.1"),
            ("soc2 cc8.1", "soc2-2017/CC8.1"),
            ("CLD 6.3.1", "iso27017-2015/CLD.6.3.1"),
            ("5.38", "iso27017-2026/5.38"),
            ("8.32", "iso27001-2022/A.8.32"),
            ("8.1", "iso27001-2022/8.1"),
            ("6.1.3", "iso27001-2022/6.1.3"),
        ] {
            assert_eq!(names(typed).first().map(String::as_str), Some(first), "{typed}");
        }
    }

    #[test]
    fn number_finds_every_framework_that_has_it() {
        let found = names("8.32");
        for id in ["iso27001-2022/A.8.32", "iso27017-2026/8.32"] {
            assert!(found.iter().any(|it| it == id), "{id} in {found:?}");
        }
        assert!(
            !names("8.3").iter().any(|it| it.ends_with("8.32")),
            "8.3 is not the start of 8.32"
        );
        assert!(names("cc6").iter().filter(|it| it.starts_with("soc2-2017/CC6")).count() == 8);
    }

    #[test]
    fn words_are_found_in_any_order_by_their_start_and_with_one_slip() {
        for typed in [
            "change management",
            "management change",
            "chang manag",
            "chnage management",
        ] {
            let found = names(typed);
            assert!(
                found.iter().any(|it| it == "iso27001-2022/A.8.32"),
                "{typed}: {found:?}"
            );
        }
        assert!(names("merge approval").iter().any(|it| it == "source.peer-review"));
        assert!(names("encyrpt").iter().any(|it| it == "protection.at-rest"));
        assert!(names("zzzzzz").is_empty());
        assert!(names("   ").is_empty());
        assert!(names("é日本 — §").is_empty());
    }

    #[test]
    fn every_requirement_and_practice_is_found_by_its_own_name() {
        for requirement in CATALOGUE.requirements {
            let id = requirement.id.to_string();
            assert!(names(requirement.id.code).contains(&id), "{id}");
        }
        for practice in CATALOGUE.practices {
            let id = practice.id.to_string();
            assert!(names(practice.title()).contains(&id), "{id}");
        }
    }
}
