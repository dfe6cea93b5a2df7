//! What an imported Statement of Applicability says of a requirement. It stands beside answers and decisions, and is
//! neither: a person looks at it and decides.

use super::SortedSet;

/// What was imported for one requirement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The name of the file that it came from.
    pub file: String,
    /// The numbers as they stand in the file, one for each row that landed here.
    pub numbers: Vec<String>,
    /// Whether the control applies; none if the file does not say.
    pub applies: Option<bool>,
    /// How far it is implemented; none if the file does not say.
    pub status: Option<ImportedStatus>,
    /// Everything else that the rows say.
    pub texts: Vec<ImportedText>,
    /// Why somebody must look at it; empty if one row came over as it was.
    pub flags: SortedSet<ImportFlag>,
}

impl Imported {
    /// Whether somebody must look at it before it is relied on.
    #[must_use]
    pub const fn needs_review(&self) -> bool {
        !self.flags.is_empty()
    }
}

/// One cell that was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedText {
    /// The number of its row, as it stands in the file.
    pub number: String,
    /// The heading of its column.
    pub heading: String,
    /// The cell.
    pub text: String,
}

/// How far a control is implemented in the words of a Statement of Applicability, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportedStatus {
    /// Not implemented.
    NotImplemented,
    /// Planned.
    Planned,
    /// Partly implemented.
    Partly,
    /// Implemented.
    Implemented,
}

impl ImportedStatus {
    /// All, weakest first.
    pub const ALL: [Self; 4] = [Self::NotImplemented, Self::Planned, Self::Partly, Self::Implemented];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotImplemented => "not-implemented",
            Self::Planned => "planned",
            Self::Partly => "partly",
            Self::Implemented => "implemented",
        }
    }

    /// The status with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotImplemented => "Not implemented",
            Self::Planned => "Planned",
            Self::Partly => "Partly",
            Self::Implemented => "Implemented",
        }
    }
}

/// Why somebody must look at what was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportFlag {
    /// Several rows of the file landed on one requirement.
    Merged,
    /// Their statuses differ, and the weakest was taken.
    WeakestTaken,
    /// Some of them apply and others do not; it counts as applying.
    ApplicabilityDiffers,
    /// A row landed here and on other requirements too.
    Split,
}

impl ImportFlag {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Merged,
        Self::WeakestTaken,
        Self::ApplicabilityDiffers,
        Self::Split,
    ];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::WeakestTaken => "weakest-taken",
            Self::ApplicabilityDiffers => "applicability-differs",
            Self::Split => "split",
        }
    }

    /// The flag with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// The words as shown.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::WeakestTaken => "weakest taken",
            Self::ApplicabilityDiffers => "applicability differs",
            Self::Split => "split",
        }
    }
}
