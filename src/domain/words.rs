//! Text that must say something.

/// The longest text that an assessment holds in one field, in characters. A file with a longer one is refused.
pub const MAX_TEXT_CHARS: usize = 65_536;

/// Text that is not blank: a reason, a description. Kept without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(String);

impl Words {
    /// The words, or none if the text is blank.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The words as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
