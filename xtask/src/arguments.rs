//! The words of the command line. Knows nothing of the commands.

use std::collections::VecDeque;

use crate::shell::Outcome;

/// What is left of the command line.
pub struct Arguments(VecDeque<String>);

impl Arguments {
    /// The arguments of this process, without the program's name.
    pub fn from_command_line() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Takes the first word.
    pub fn next_word(&mut self) -> Option<String> {
        self.0.pop_front()
    }

    /// Takes `name` and the word after it, or `name=value`, wherever they stand before a `--`.
    ///
    /// # Errors
    /// When the name is given without a value.
    pub fn value_of(&mut self, name: &str) -> Outcome<Option<String>> {
        let end = self.0.iter().position(|word| word == "--").unwrap_or(self.0.len());
        let joined = format!("{name}=");
        let place = self
            .0
            .iter()
            .take(end)
            .position(|word| word == name || word.starts_with(&joined));
        let Some(word) = place.and_then(|place| self.0.remove(place)) else {
            return Ok(None);
        };
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        let value = place.and_then(|place| self.0.remove(place));
        value.map(Some).ok_or_else(|| format!("{name} needs a value"))
    }

    /// Takes a word, wherever it stands before a `--`. Returns whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let place = self
            .0
            .iter()
            .take_while(|word| *word != "--")
            .position(|word| word == name);
        place.and_then(|place| self.0.remove(place)).is_some()
    }

    /// Everything that is left.
    pub fn rest(self) -> Vec<String> {
        self.0.into()
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// When there is, so that a mistyped option is never ignored.
    pub fn finish(self) -> Outcome {
        match self.0.front() {
            None => Ok(()),
            Some(word) => Err(format!("unexpected argument {word:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_is_taken_once_and_never_after_dashes() {
        let words = ["--browser", "--", "--browser"];
        let mut arguments = Arguments(words.map(str::to_owned).into());
        assert!(arguments.flag("--browser"));
        assert!(!arguments.flag("--browser"));
        assert_eq!(arguments.rest(), ["--", "--browser"]);
    }

    fn arguments(words: &str) -> Arguments {
        Arguments(words.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn value_is_taken_out_in_both_spellings() {
        for words in ["--only web axe", "axe --only web", "--only=web axe"] {
            let mut arguments = arguments(words);
            assert_eq!(arguments.value_of("--only"), Ok(Some("web".to_owned())));
            assert_eq!(arguments.rest(), ["axe"]);
        }
    }

    #[test]
    fn value_after_two_dashes_belongs_to_the_tests() {
        let mut arguments = arguments("axe -- --only web");
        assert_eq!(arguments.value_of("--only"), Ok(None));
        assert_eq!(arguments.rest().len(), 4);
    }

    #[test]
    fn missing_value_and_surplus_word_are_refused() {
        assert!(arguments("--port").value_of("--port").is_err());
        assert!(arguments("--prot 1").finish().is_err());
    }
}
