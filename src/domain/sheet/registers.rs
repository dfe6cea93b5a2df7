//! The registers, and the fields of each with its label and what it may hold.

use super::Choice;

macro_rules! registers {
    ($($variant:ident = $id:literal, $one:literal, $title:literal;)*) => {
        /// A register: sheets of one kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Register {
            $(#[doc = $title] $variant,)*
        }

        impl Register {
            /// All registers.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const WORDS: &[(&str, &str, &str)] = &[$(($id, $one, $title),)*];
        }
    };
}

registers! {
    Supplier = "supplier", "supplier", "Supplier register";
    Report = "report", "assurance report", "Assurance reports of suppliers";
    Evidence = "evidence", "piece of evidence", "Evidence register";
    Risk = "risk", "risk", "Risk register";
    OwnControl = "own-control", "control", "Controls of your own";
    Document = "document", "document", "Documented information";
    Operation = "operation", "control", "How controls operate";
    SoaRow = "soa-row", "row", "Rows of the Statement of Applicability";
    Override = "override", "override", "Overrides";
    Description = "description", "section", "System description";
    Raised = "raised", "decision", "Ties raised to needed";
    PlanAction = "action", "action", "Remediation plan";
    Snapshot = "snapshot", "snapshot", "Snapshots";
}

macro_rules! fields {
    ($($variant:ident = $id:literal;)*) => {
        /// A field of a sheet. One field means the same in every register that has it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = $id] $variant,)*
        }

        impl Field {
            /// The permanent id: the name of the field in the stored record.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }
        }
    };
}

fields! {
    AcceptedBy = "accepted_by";
    AcceptedOn = "accepted_on";
    After = "after";
    Alternative = "alternative";
    Answers = "answers";
    ApprovedBy = "approved_by";
    ApprovedOn = "approved_on";
    Artefact = "artefact";
    BridgeTo = "bridge_to";
    By = "by";
    Code = "code";
    Completeness = "completeness";
    Controls = "controls";
    Csocs = "csocs";
    Correction = "correction";
    Cuecs = "cuecs";
    Deviations = "deviations";
    Document = "document";
    DoneOn = "done_on";
    Due = "due";
    Effect = "effect";
    EffectCheck = "effect_check";
    Effort = "effort";
    Exceptions = "exceptions";
    Figures = "figures";
    ExtractedBy = "extracted_by";
    ExtractedOn = "extracted_on";
    FileName = "file_name";
    FirstOperated = "first_operated";
    From = "from";
    Grace = "grace";
    HashedOn = "hashed_on";
    How = "how";
    ImpactAfter = "impact_after";
    ImpactBefore = "impact_before";
    Kinds = "kinds";
    Level = "level";
    LikelihoodAfter = "likelihood_after";
    LikelihoodBefore = "likelihood_before";
    Location = "location";
    LogSeen = "log_seen";
    Method = "method";
    Mode = "mode";
    NamesService = "names_service";
    Nature = "nature";
    Note = "note";
    On = "on";
    Opinion = "opinion";
    Option = "option";
    OwnControls = "own_controls";
    Owner = "owner";
    Performed = "performed";
    PlannedOn = "planned_on";
    Population = "population";
    Practices = "practices";
    Query = "query";
    Reason = "reason";
    Reasons = "reasons";
    Records = "records";
    ReplacedBy = "replaced_by";
    ReplacedOn = "replaced_on";
    Response = "response";
    Responsibility = "responsibility";
    ResponsibilityNote = "responsibility_note";
    ReviewedOn = "reviewed_on";
    ReviewOn = "review_on";
    RootCause = "root_cause";
    Sample = "sample";
    Sampled = "sampled";
    Scanner = "scanner";
    Scenario = "scenario";
    Scope = "scope";
    Sees = "sees";
    Services = "services";
    SettingAtEnd = "setting_at_end";
    SettingAtStart = "setting_at_start";
    Sha256 = "sha256";
    Source = "source";
    State = "state";
    States = "states";
    Status = "status";
    StatusReason = "status_reason";
    Supplier = "supplier";
    Surveillance = "surveillance";
    Title = "title";
    To = "to";
    Treatment = "treatment";
    Type = "type";
    Verified = "verified";
    VerifiedOn = "verified_on";
    Version = "version";
    ZeroOn = "zero_on";
    ZeroQuery = "zero_query";
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of words.
    Text,
    /// Several lines of words.
    Long,
    /// Where something is: words, or a link of a tame scheme.
    Link,
    /// The id of a piece of evidence that auditors ask for.
    Artefact,
    /// A SHA-256 in hexadecimal; computed, not typed.
    Hash,
    /// A day.
    Date,
    /// A number up to a most.
    Count {
        /// The most.
        most: u32,
    },
    /// One of these.
    Choice(&'static [Choice]),
    /// Any of these.
    Choices(&'static [Choice]),
    /// Practices.
    Practices,
    /// Requirements.
    Requirements,
    /// Entries of a register.
    Entries(Register),
    /// Days.
    Dates,
}

/// One field of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Which field.
    pub field: Field,
    /// Its label.
    pub label: &'static str,
    /// A sentence below the label; blank for none.
    pub hint: &'static str,
    /// What it may hold.
    pub kind: FieldKind,
}

const fn spec(field: Field, label: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        field,
        label,
        hint: "",
        kind,
    }
}

const fn hinted(field: Field, label: &'static str, hint: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        field,
        label,
        hint,
        kind,
    }
}

const SCALE: FieldKind = FieldKind::Count { most: 5 };
const AMOUNT: FieldKind = FieldKind::Count { most: 4_000_000 };

const SUPPLIER: &[FieldSpec] = &[
    spec(Field::Title, "Name", FieldKind::Text),
    spec(Field::Services, "Services used", FieldKind::Text),
    spec(
        Field::Kinds,
        "Kind",
        FieldKind::Choices(&[
            Choice::CloudPlatform,
            Choice::CodeHosting,
            Choice::CiRunner,
            Choice::CodeScanning,
            Choice::IdentityProvider,
            Choice::DataCentre,
            Choice::ManagedService,
            Choice::AiAssistant,
            Choice::PayrollHr,
        ]),
    ),
    hinted(
        Field::Scanner,
        "How code scanning is deployed",
        "Only what the vendor runs on its own systems can be inherited.",
        FieldKind::Choice(&[
            Choice::CommandLine,
            Choice::SelfHostedCi,
            Choice::HostedCi,
            Choice::VendorManaged,
        ]),
    ),
    spec(
        Field::Sees,
        "What it sees",
        FieldKind::Choices(&[
            Choice::SeesCode,
            Choice::SeesSecrets,
            Choice::SeesCustomerData,
            Choice::SeesPersonalData,
        ]),
    ),
    hinted(
        Field::Method,
        "Place in the SOC 2 report",
        "Settle it with the service auditor.",
        FieldKind::Choice(&[Choice::CarveOut, Choice::Inclusive, Choice::VendorOnly]),
    ),
    hinted(
        Field::Csocs,
        "Controls assumed at the supplier",
        "Complementary subservice organisation controls, one a line.",
        FieldKind::Long,
    ),
    spec(Field::Owner, "Who watches it", FieldKind::Text),
    spec(Field::ReviewOn, "Next review", FieldKind::Date),
    spec(Field::Note, "Note", FieldKind::Long),
];

const REPORT: &[FieldSpec] = &[
    spec(Field::Supplier, "Supplier", FieldKind::Entries(Register::Supplier)),
    spec(
        Field::Type,
        "Type",
        FieldKind::Choice(&[
            Choice::Soc2Type2,
            Choice::Soc2Type1,
            Choice::IsoCertificate,
            Choice::CloudStatement,
            Choice::PenetrationTest,
            Choice::OtherReport,
        ]),
    ),
    spec(Field::Services, "Scope as the report names it", FieldKind::Text),
    hinted(
        Field::NamesService,
        "Does its scope name the service that you use?",
        "A report on another service of the same supplier covers nothing here.",
        FieldKind::Choice(&[Choice::Yes, Choice::No]),
    ),
    hinted(
        Field::From,
        "Period or validity, first day",
        "For a Type 1 report the as-of date.",
        FieldKind::Date,
    ),
    spec(Field::To, "Period or validity, last day", FieldKind::Date),
    spec(
        Field::Opinion,
        "Opinion",
        FieldKind::Choice(&[
            Choice::Unqualified,
            Choice::Qualified,
            Choice::Adverse,
            Choice::Disclaimer,
        ]),
    ),
    spec(Field::Exceptions, "Exceptions that touch you", FieldKind::Long),
    hinted(
        Field::Cuecs,
        "Complementary user entity controls",
        "What the report expects of you, one a line.",
        FieldKind::Long,
    ),
    spec(Field::BridgeTo, "Bridge letter covers up to", FieldKind::Date),
    spec(Field::ReviewedOn, "Report seen on", FieldKind::Date),
    spec(Field::By, "Seen by", FieldKind::Text),
    spec(Field::Location, "Where it is kept", FieldKind::Link),
    spec(Field::Note, "Note", FieldKind::Long),
];

const EVIDENCE: &[FieldSpec] = &[
    spec(Field::Title, "Title", FieldKind::Text),
    spec(Field::Artefact, "Kind", FieldKind::Artefact),
    spec(
        Field::State,
        "State",
        FieldKind::Choice(&[Choice::Requested, Choice::Received, Choice::Accepted, Choice::Rejected]),
    ),
    hinted(
        Field::Practices,
        "Practices that it shows",
        "One piece can serve many.",
        FieldKind::Practices,
    ),
    hinted(
        Field::Location,
        "Location or link",
        "A link begins with http, https or mailto.",
        FieldKind::Link,
    ),
    spec(Field::Owner, "Owner", FieldKind::Text),
    spec(Field::Due, "Due", FieldKind::Date),
    spec(Field::From, "Period, first day", FieldKind::Date),
    spec(Field::To, "Period, last day", FieldKind::Date),
    hinted(
        Field::Population,
        "Population",
        "What a complete set is, and how many are in it.",
        FieldKind::Text,
    ),
    spec(Field::Sample, "Sample", FieldKind::Text),
    spec(Field::Source, "Source system", FieldKind::Text),
    spec(Field::Query, "Query or steps", FieldKind::Long),
    spec(Field::ExtractedBy, "Extracted by", FieldKind::Text),
    spec(Field::ExtractedOn, "Extracted on", FieldKind::Date),
    hinted(
        Field::Completeness,
        "Completeness check",
        "How you know that nothing is missing.",
        FieldKind::Text,
    ),
    spec(Field::FileName, "File hashed", FieldKind::Text),
    spec(Field::Sha256, "SHA-256", FieldKind::Hash),
    spec(Field::HashedOn, "Hashed on", FieldKind::Date),
    spec(
        Field::Verified,
        "Last check",
        FieldKind::Choice(&[Choice::Unchanged, Choice::Changed]),
    ),
    spec(Field::VerifiedOn, "Checked on", FieldKind::Date),
    spec(Field::Note, "Note", FieldKind::Long),
];

const RISK: &[FieldSpec] = &[
    spec(Field::Title, "Risk", FieldKind::Text),
    hinted(
        Field::Scenario,
        "What could happen",
        "Source, event and consequence.",
        FieldKind::Long,
    ),
    spec(Field::Owner, "Risk owner", FieldKind::Text),
    hinted(Field::LikelihoodBefore, "Likelihood before", "1 to 5.", SCALE),
    hinted(Field::ImpactBefore, "Impact before", "1 to 5.", SCALE),
    spec(
        Field::Option,
        "Treatment option",
        FieldKind::Choice(&[Choice::Modify, Choice::Retain, Choice::Avoid, Choice::Share]),
    ),
    spec(Field::Controls, "Controls", FieldKind::Requirements),
    spec(
        Field::OwnControls,
        "Controls of your own",
        FieldKind::Entries(Register::OwnControl),
    ),
    spec(Field::Treatment, "Treatment plan", FieldKind::Long),
    spec(Field::Due, "Treatment due", FieldKind::Date),
    hinted(Field::LikelihoodAfter, "Likelihood after", "1 to 5.", SCALE),
    hinted(Field::ImpactAfter, "Impact after", "1 to 5.", SCALE),
    hinted(
        Field::AcceptedBy,
        "Plan and remaining risk accepted by",
        "The risk owner.",
        FieldKind::Text,
    ),
    spec(Field::AcceptedOn, "Accepted on", FieldKind::Date),
    spec(Field::Note, "Note", FieldKind::Long),
];

const OWN_CONTROL: &[FieldSpec] = &[
    hinted(Field::Code, "Id", "Such as X.1.", FieldKind::Text),
    spec(Field::Title, "Title", FieldKind::Text),
    spec(
        Field::Reasons,
        "Reasons for inclusion",
        FieldKind::Choices(&[Choice::Legal, Choice::Contractual, Choice::Business, Choice::FromRisk]),
    ),
    spec(Field::Status, "Status", STATUS),
    spec(Field::How, "How it is implemented", FieldKind::Long),
    spec(Field::Owner, "Owner", FieldKind::Text),
    spec(Field::ReviewedOn, "Last reviewed", FieldKind::Date),
    spec(Field::Note, "Note", FieldKind::Long),
];

const STATUS: FieldKind = FieldKind::Choice(&[
    Choice::NotImplemented,
    Choice::Planned,
    Choice::PartlyImplemented,
    Choice::Implemented,
]);

const DOCUMENT: &[FieldSpec] = &[
    spec(Field::Title, "Document", FieldKind::Text),
    spec(
        Field::State,
        "State",
        FieldKind::Choice(&[Choice::Missing, Choice::Draft, Choice::Approved]),
    ),
    spec(Field::Version, "Version", FieldKind::Text),
    spec(Field::ApprovedBy, "Approved by", FieldKind::Text),
    spec(Field::ApprovedOn, "Approved on", FieldKind::Date),
    spec(Field::ReviewOn, "Next review", FieldKind::Date),
    spec(Field::Owner, "Owner", FieldKind::Text),
    hinted(
        Field::Location,
        "Location or link",
        "A link begins with http, https or mailto.",
        FieldKind::Link,
    ),
    spec(
        Field::Controls,
        "Clauses and controls that it serves",
        FieldKind::Requirements,
    ),
    spec(Field::Note, "Note", FieldKind::Long),
];

const OPERATION: &[FieldSpec] = &[
    hinted(
        Field::Performed,
        "Control as performed",
        "Who does what, when, and which record it leaves.",
        FieldKind::Long,
    ),
    spec(
        Field::Mode,
        "Manual or automated",
        FieldKind::Choice(&[Choice::Manual, Choice::Automated]),
    ),
    spec(
        Field::Nature,
        "Preventive or detective",
        FieldKind::Choice(&[Choice::Preventive, Choice::Detective]),
    ),
    hinted(
        Field::FirstOperated,
        "First operated on",
        "The first day on which it ran as written.",
        FieldKind::Date,
    ),
    spec(Field::ReplacedOn, "Ended or replaced on", FieldKind::Date),
    spec(Field::ReplacedBy, "Replaced by", FieldKind::Text),
    hinted(
        Field::Records,
        "Days with a record",
        "One day for each time that it was done, such as 2026-03-31.",
        FieldKind::Dates,
    ),
    hinted(
        Field::Grace,
        "Days of grace",
        "How late a record may be and still count for its period.",
        FieldKind::Count { most: 60 },
    ),
    hinted(
        Field::Population,
        "Occurrences in the window",
        "From a complete list. Never guessed.",
        AMOUNT,
    ),
    spec(Field::Sampled, "Occurrences looked at", AMOUNT),
    spec(Field::Deviations, "Deviations found", AMOUNT),
    hinted(
        Field::ZeroOn,
        "Query that shows none, run on",
        "For no occurrence in the period.",
        FieldKind::Date,
    ),
    spec(Field::ZeroQuery, "The query", FieldKind::Text),
    hinted(
        Field::SettingAtStart,
        "Setting seen at the start on",
        "For what is always on.",
        FieldKind::Date,
    ),
    spec(Field::SettingAtEnd, "Setting seen at the end on", FieldKind::Date),
    spec(Field::LogSeen, "Log of its changes seen on", FieldKind::Date),
    hinted(
        Field::Response,
        "Response to exceptions",
        "Why it was missed, what it meant, what was done.",
        FieldKind::Long,
    ),
];

const SOA_ROW: &[FieldSpec] = &[
    spec(Field::How, "How it is implemented", FieldKind::Long),
    spec(Field::Document, "Document", FieldKind::Text),
    spec(Field::Owner, "Owner", FieldKind::Text),
    spec(Field::ReviewedOn, "Last reviewed", FieldKind::Date),
    hinted(
        Field::Status,
        "Status set by a person",
        "Stands beside the computed one, with the reason.",
        STATUS,
    ),
    spec(Field::StatusReason, "Reason for the set status", FieldKind::Text),
    spec(Field::PlannedOn, "Planned for", FieldKind::Date),
    spec(
        Field::Responsibility,
        "Who answers for it",
        FieldKind::Choice(&[Choice::OfCustomer, Choice::OfProvider, Choice::Shared]),
    ),
    spec(Field::ResponsibilityNote, "How it is divided", FieldKind::Text),
    spec(
        Field::Surveillance,
        "Looked at in",
        FieldKind::Choice(&[
            Choice::EveryYear,
            Choice::FirstSurveillance,
            Choice::SecondSurveillance,
            Choice::Recertification,
        ]),
    ),
    spec(Field::Note, "Note", FieldKind::Long),
];

const OVERRIDE: &[FieldSpec] = &[
    spec(
        Field::Level,
        "Status",
        FieldKind::Choice(&[Choice::SetReady, Choice::SetPartly, Choice::SetNotReady]),
    ),
    spec(Field::Reason, "Reason", FieldKind::Long),
    hinted(
        Field::Alternative,
        "What is done instead",
        "The alternative that a reader can check.",
        FieldKind::Long,
    ),
    spec(Field::By, "Author", FieldKind::Text),
    spec(Field::On, "Date", FieldKind::Date),
    // What the answers below it were when it was set; computed.
    spec(Field::Answers, "Answers then", FieldKind::Hash),
];

const DESCRIPTION: &[FieldSpec] = &[
    spec(
        Field::State,
        "State",
        FieldKind::Choice(&[Choice::NotBegun, Choice::Begun, Choice::Done]),
    ),
    spec(Field::Owner, "Owner", FieldKind::Text),
    spec(Field::Location, "Location or link", FieldKind::Link),
    spec(Field::Note, "Note", FieldKind::Long),
];

const RAISED: &[FieldSpec] = &[
    spec(Field::Reason, "Reason", FieldKind::Text),
    spec(Field::By, "Decided by", FieldKind::Text),
    spec(Field::On, "Date", FieldKind::Date),
];

const PLAN_ACTION: &[FieldSpec] = &[
    hinted(
        Field::Title,
        "Action",
        "What will be done, in a few words.",
        FieldKind::Text,
    ),
    hinted(
        Field::Practices,
        "Practices that it puts in place",
        "One action can close several gaps.",
        FieldKind::Practices,
    ),
    spec(Field::Owner, "Owner", FieldKind::Text),
    spec(
        Field::Effort,
        "Effort",
        FieldKind::Choice(&[Choice::Small, Choice::Medium, Choice::Large]),
    ),
    spec(Field::From, "Start", FieldKind::Date),
    spec(Field::Due, "Due", FieldKind::Date),
    hinted(
        Field::After,
        "Waits for",
        "Actions that must be done before this one.",
        FieldKind::Entries(Register::PlanAction),
    ),
    spec(
        Field::State,
        "Status",
        FieldKind::Choice(&[Choice::NotBegun, Choice::Begun, Choice::Done, Choice::Dropped]),
    ),
    spec(Field::DoneOn, "Done on", FieldKind::Date),
    hinted(
        Field::RootCause,
        "Root cause",
        "Why the gap came to be. ISO/IEC 27001 clause 10.2 asks for it where a nonconformity was found.",
        FieldKind::Long,
    ),
    hinted(
        Field::Correction,
        "Correction",
        "What was done at once about the lapse itself and what came of it.",
        FieldKind::Long,
    ),
    hinted(
        Field::EffectCheck,
        "How its effect is checked",
        "What will be looked at, and what it should show.",
        FieldKind::Long,
    ),
    spec(Field::VerifiedOn, "Effect checked on", FieldKind::Date),
    spec(Field::By, "Effect checked by", FieldKind::Text),
    spec(
        Field::Effect,
        "Did it have the effect?",
        FieldKind::Choice(&[Choice::Yes, Choice::No]),
    ),
    spec(Field::Note, "Note", FieldKind::Long),
];

/// Scope, figures and states are packed; `analysis::Snapshot` reads and writes them.
const SNAPSHOT: &[FieldSpec] = &[
    spec(Field::Title, "Name", FieldKind::Text),
    spec(Field::On, "Date", FieldKind::Date),
    spec(Field::Scope, "Scope then", FieldKind::Text),
    spec(Field::Figures, "Figures then", FieldKind::Text),
    spec(Field::States, "Answers then", FieldKind::Text),
];

impl Register {
    /// The permanent id: the kind of its records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |words| words.0)
    }

    /// What one sheet of it is, in a word or two.
    #[must_use]
    pub fn one(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |words| words.1)
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |words| words.2)
    }

    /// The register whose records are of this kind.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|register| register.as_str() == text)
    }

    /// Its fields, in the order in which they are asked.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Supplier => SUPPLIER,
            Self::Report => REPORT,
            Self::Evidence => EVIDENCE,
            Self::Risk => RISK,
            Self::OwnControl => OWN_CONTROL,
            Self::Document => DOCUMENT,
            Self::Operation => OPERATION,
            Self::SoaRow => SOA_ROW,
            Self::Override => OVERRIDE,
            Self::Description => DESCRIPTION,
            Self::Raised => RAISED,
            Self::PlanAction => PLAN_ACTION,
            Self::Snapshot => SNAPSHOT,
        }
    }
}
