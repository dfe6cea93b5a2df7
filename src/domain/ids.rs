//! The ids. Each is its own type; they do not convert into one another.
//!
//! ```compile_fail
//! use concord::domain::{PracticeId, TopicId};
//! let topic = TopicId::new("change");
//! let practice: PracticeId = topic;
//! ```

use std::fmt;

/// A framework in one edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FrameworkId {
    /// ISO/IEC 27001:2022 with Amd 1:2024.
    Iso27001,
    /// ISO/IEC 27017:2026.
    Iso27017,
    /// ISO/IEC 27017:2015, withdrawn but still cited.
    Iso27017Of2015,
    /// SOC 2 against the Trust Services Criteria of 2017.
    Soc2,
}

impl FrameworkId {
    /// All frameworks, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Iso27001, Self::Iso27017, Self::Iso27017Of2015, Self::Soc2];

    /// The permanent id, such as `iso27001-2022`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iso27001 => "iso27001-2022",
            Self::Iso27017 => "iso27017-2026",
            Self::Iso27017Of2015 => "iso27017-2015",
            Self::Soc2 => "soc2-2017",
        }
    }

    /// The framework with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|framework| framework.as_str() == text)
    }

    /// Whether this is an edition of ISO/IEC 27017, whose rows depend on the cloud role.
    #[must_use]
    pub const fn is_cloud(self) -> bool {
        match self {
            Self::Iso27017 | Self::Iso27017Of2015 => true,
            Self::Iso27001 | Self::Soc2 => false,
        }
    }
}

impl fmt::Display for FrameworkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A requirement: a framework and the id as its publisher prints it. Clause `5.1` and control `A.5.1` differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId {
    /// The framework in its edition.
    pub framework: FrameworkId,
    /// The id as printed: `4.1`, `A.8.32`, `5.38`, `CLD.6.3.1`, `CC8.1`.
    pub code: &'static str,
}

impl RequirementId {
    /// The id from its parts, for catalogues.
    #[must_use]
    pub const fn new(framework: FrameworkId, code: &'static str) -> Self {
        Self { framework, code }
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.framework, self.code)
    }
}

/// A practice, such as `source.peer-review`. Authored, permanent, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PracticeId(&'static str);

impl PracticeId {
    /// The id of a practice of a catalogue.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The id as it is stored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for PracticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A topic: one chapter of the guided flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(&'static str);

impl TopicId {
    /// The id of a topic of a catalogue.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The id as it is stored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// An assessment: a short random word made once by the platform. Letters and digits only, so that it fits into keys
/// and addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssessmentId(String);

impl AssessmentId {
    /// The id, if the text is 1 to 32 ASCII letters or digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AssessmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
