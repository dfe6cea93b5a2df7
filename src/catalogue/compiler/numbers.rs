//! The permanent numbers of the practices: the order of their first release. Snapshots name a practice by its number, so
//! the list is only ever appended to, and an id that has left the catalogue stays in it.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::emit::slice;
use super::source::Authored;

/// The file of the numbers: one id a line, and the place of the line is the number, from 0.
pub const NUMBERS_FILE: &str = "catalogue/numbers.txt";

/// The ids of the file, in its order; none without the file. A last line without an id is the end of the text.
pub fn read(files: &[(String, String)]) -> Option<Vec<&str>> {
    let (_, text) = files.iter().find(|(name, _)| name == NUMBERS_FILE)?;
    Some(text.lines().collect())
}

/// Everything that is wrong with the numbers. Without the file there is nothing to check: see [`emit`].
pub fn check(numbers: Option<&[&str]>, authored: &Authored) -> Vec<Problem> {
    let Some(numbers) = numbers else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, id) in numbers.iter().enumerate() {
        if !is_id(id) {
            problems.push(problem(&format!("line {}", at + 1), format!("{id:?} is not an id")));
        } else if !seen.insert(*id) {
            problems.push(problem(id, "stands twice: a number is never given again".to_owned()));
        }
    }
    let missing = authored.practices().filter(|(_, it)| !seen.contains(it.id.as_str()));
    problems.extend(missing.map(|(_, it)| problem(&it.id, "has no number: add a line at the end".to_owned())));
    problems
}

/// The number of each practice, in the order of the catalogue. Without the file, as in a catalogue of a test, the order is
/// that of the catalogue.
pub fn emit(numbers: Option<&[&str]>, authored: &Authored) -> String {
    let numbers: Option<BTreeMap<&str, usize>> = numbers.map(|ids| ids.iter().copied().zip(0..).collect());
    let practices = authored.practices().enumerate();
    // Checked: an id without a number would not compile.
    let number = |(at, id): (usize, &str)| {
        numbers
            .as_ref()
            .map_or(at, |numbers| numbers.get(id).copied().unwrap_or(usize::MAX))
    };
    slice(practices.map(|(at, (_, it))| number((at, it.id.as_str())).to_string()))
}

/// Whether a text has the form of a practice's id: `topic.name`, in lower-case letters, digits and hyphens.
fn is_id(text: &str) -> bool {
    let is_word = |word: &str| {
        let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !word.is_empty() && word.chars().all(is_letter)
    };
    text.split_once('.')
        .is_some_and(|(topic, name)| is_word(topic) && is_word(name))
}

fn problem(id: &str, message: String) -> Problem {
    Problem {
        file: NUMBERS_FILE.to_owned(),
        id: id.to_owned(),
        message,
    }
}
