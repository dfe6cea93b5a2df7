//! The kinds of evidence that auditors ask for, and the findings that they raise, as types of the catalogue.

/// A piece of evidence that auditors ask for. The requirements it serves are those that its practices are tied to.
#[derive(Debug)]
pub struct Artefact {
    /// The permanent id: `sbom`, `access-review`.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What sort of thing it is.
    pub kind: ArtefactKind,
    /// Whether it shows a state or operation over time.
    pub covers: Covers,
    /// What a complete set is.
    pub population: &'static str,
    /// The machine formats it comes in; often none.
    pub formats: &'static [&'static str],
    /// Positions of the practices that it is evidence for.
    pub practices: &'static [u16],
}

/// What sort of thing a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArtefactKind {
    /// A signed or machine-made statement that something is so.
    Attestation,
    /// A setting of a system.
    Configuration,
    /// A policy, plan or procedure.
    Document,
    /// A report by somebody outside.
    ExternalReport,
    /// A list of what there is.
    Inventory,
    /// What a system wrote down as it ran.
    Log,
    /// What people wrote down as they worked.
    Record,
    /// A list that is kept up.
    Register,
    /// A report of one's own.
    Report,
    /// The record of a review.
    ReviewRecord,
    /// The outcome of tests.
    TestReport,
}

impl ArtefactKind {
    /// The kind as authored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attestation => "attestation",
            Self::Configuration => "configuration",
            Self::Document => "document",
            Self::ExternalReport => "external-report",
            Self::Inventory => "inventory",
            Self::Log => "log",
            Self::Record => "record",
            Self::Register => "register",
            Self::Report => "report",
            Self::ReviewRecord => "review-record",
            Self::TestReport => "test-report",
        }
    }
}

/// What a piece of evidence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// A state on one date.
    Moment,
    /// Operation over time.
    Period,
}

impl Covers {
    /// The word as authored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Moment => "moment",
            Self::Period => "period",
        }
    }
}

/// A finding that auditors raise often. It is potential until an auditor grades it.
#[derive(Debug)]
pub struct Nonconformity {
    /// The permanent id: `access-not-reviewed`.
    pub id: &'static str,
    /// A short name.
    pub title: &'static str,
    /// The finding, in one or two sentences.
    pub finding: &'static str,
    /// Positions of the practices of which one that is not in place raises it. An unanswered one never does.
    pub triggered_by: &'static [u16],
    /// Those of them whose absence alone is the absence of what a clause asks for as a whole: then it is a potential major.
    pub alone: &'static [u16],
    /// Positions of the requirements that it breaks. Each needs one of the practices that raise it.
    pub breaks: &'static [u16],
    /// Positions of the artefacts that close it.
    pub closed_by: &'static [u16],
}
