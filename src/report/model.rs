//! The report before it is written: plain rows of text and numbers, as they will be printed.
//!
//! Serde, because the page sends it to the report worker. It must not hold anything that a writer would have to look up.

use serde::{Deserialize, Serialize};

use super::chart::Chart;

/// Everything that a report says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportModel {
    /// The date that the report speaks of, in ISO 8601.
    pub date: String,
    /// The name of the assessment.
    pub name: String,
    /// The organisation; may be blank.
    pub organisation: String,
    /// The version of the catalogue.
    pub catalogue: String,
    /// The assessment as a file that opens again.
    pub assessment_file: String,
    /// Label and text of each part of the scope.
    pub scope: Vec<ScopeRow>,
    /// Facts as question and answer.
    pub facts: Vec<ScopeRow>,
    /// Practices asked.
    pub n_asked: usize,
    /// … of them answered.
    pub n_answered: usize,
    /// What the answers rest on.
    pub basis: BasisRow,
    /// The frameworks in scope.
    pub frameworks: Vec<FrameworkRow>,
    /// The gates in short, for the summary.
    pub gates: Vec<GateRow>,
    /// The first gaps to close.
    pub top_gaps: Vec<TopGap>,
    /// The gap register.
    pub gaps: Vec<GapRow>,
    /// The document control block of the Statement of Applicability.
    pub soa_control: Vec<ScopeRow>,
    /// The Statement of Applicability; empty if neither ISO/IEC 27001 nor ISO/IEC 27017 is in scope.
    pub soa: Vec<SoaRow>,
    /// The crosswalk of the frameworks in scope.
    pub crosswalk: Vec<CrosswalkRow>,
    /// The charts of the dashboard, in the order in which a board reads them.
    pub dashboard: Vec<Chart>,
    /// The remediation plan over time; none while nothing is planned.
    pub roadmap: Option<Chart>,
    /// The gates over the snapshots; none while there are fewer than two points.
    pub trend: Option<Chart>,
    /// The registers, each as a table; an empty one is there all the same.
    pub registers: Vec<RegisterTable>,
}

/// A register as a table: every writer prints it the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterTable {
    /// Which register.
    pub kind: RegisterKind,
    /// Sentences that a reader must know before the table; none for none.
    pub remarks: Vec<String>,
    /// The columns.
    pub columns: Vec<RegisterColumn>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// Positions of rows that only CSV has, in rising order. A remark says which they are.
    pub left_out: Vec<usize>,
}

/// A column of a register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterColumn {
    /// The header.
    pub title: String,
    /// Its share of the width of a page, among those of the other columns; 0 for a column that only CSV has.
    pub width: f32,
    /// About how many characters of a list stand on paper, the rest is counted there; 0 for the whole text. CSV has it all.
    pub cut: usize,
}

/// The registers that are exported, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterKind {
    /// The five gates with blockers and counts.
    Gates,
    /// Potential nonconformities.
    Findings,
    /// The risk register and treatment plan.
    RiskTreatmentPlan,
    /// Documented information.
    DocumentedInformation,
    /// The SOC 2 control matrix.
    ControlMatrix,
    /// The evidence request list.
    EvidenceRequests,
    /// The supplier register with assurance.
    Suppliers,
    /// The shared responsibility matrix.
    Responsibilities,
    /// The calendar of records over the Type 2 window.
    Calendar,
    /// The dashboard: its charts as one table.
    Dashboard,
    /// The remediation plan.
    Plan,
    /// What has moved since a snapshot.
    Changes,
    /// Other obligations, read through the requirements of ISO/IEC 27001.
    Obligations,
}

impl RegisterKind {
    /// All registers, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::Gates,
        Self::Findings,
        Self::RiskTreatmentPlan,
        Self::DocumentedInformation,
        Self::ControlMatrix,
        Self::EvidenceRequests,
        Self::Suppliers,
        Self::Responsibilities,
        Self::Calendar,
        Self::Dashboard,
        Self::Plan,
        Self::Changes,
        Self::Obligations,
    ];

    /// The title as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gates => "Gates",
            Self::Findings => "Potential nonconformities",
            Self::RiskTreatmentPlan => "Risk treatment plan",
            Self::DocumentedInformation => "Documented information",
            Self::ControlMatrix => "SOC 2 control matrix",
            Self::EvidenceRequests => "Evidence request list",
            Self::Suppliers => "Supplier register",
            Self::Responsibilities => "Shared responsibility matrix",
            Self::Calendar => "Calendar of records",
            Self::Dashboard => "Dashboard",
            Self::Plan => "Remediation plan",
            Self::Changes => "Change since a snapshot",
            Self::Obligations => "Layered obligations",
        }
    }

    /// What the table is for, in one sentence.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Gates => "The five gates: what blocks each, and what it counts.",
            Self::Findings => "What an auditor may raise, with the answers behind it and what closes it.",
            Self::RiskTreatmentPlan => "Risks before and after, option, controls, due dates and acceptance.",
            Self::DocumentedInformation => "What clauses 4 to 10 ask for in writing, with version, approval and state.",
            Self::ControlMatrix => "Controls as performed against the criteria, with owner, frequency and evidence.",
            Self::EvidenceRequests => "What to collect, from whom, for which period, with its state and hash.",
            Self::Suppliers => "Suppliers with the assurance seen, its scope, period, opinion and exceptions.",
            Self::Responsibilities => "Who answers for what between you, your cloud providers and your customers.",
            Self::Calendar => "Records of each practice over the SOC 2 Type 2 window, and the holes in it.",
            Self::Dashboard => "Where the organisation stands, chart by chart, for a board or a customer.",
            Self::Plan => "Actions with what they close, owner, effort, dates, root cause and check of their effect.",
            Self::Changes => "What has moved since a snapshot was taken, and why.",
            Self::Obligations => "What the answers already say for other laws and frameworks, through ISO/IEC 27001.",
        }
    }

    /// The name in files.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Gates => "gates",
            Self::Findings => "potential-nonconformities",
            Self::RiskTreatmentPlan => "risk-treatment-plan",
            Self::DocumentedInformation => "documented-information",
            Self::ControlMatrix => "control-matrix",
            Self::EvidenceRequests => "evidence-requests",
            Self::Suppliers => "suppliers",
            Self::Responsibilities => "responsibilities",
            Self::Calendar => "calendar",
            Self::Dashboard => "dashboard",
            Self::Plan => "remediation-plan",
            Self::Changes => "changes",
            Self::Obligations => "obligations",
        }
    }
}

/// One gate in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateRow {
    /// The gate.
    pub gate: String,
    /// What blocks it, a phrase each; none for nothing.
    pub blockers: Vec<String>,
    /// Requirements that clear, overrides counted, with interval and denominator.
    pub share: String,
    /// The same without overrides; blank if it is the same.
    pub share_by_answers: String,
}

/// One part of the scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeRow {
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// Answers counted by what they rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisRow {
    /// Said by somebody.
    pub n_said: usize,
    /// Seen by somebody.
    pub n_seen: usize,
    /// Tested by somebody.
    pub n_tested: usize,
    /// Without a stated basis.
    pub n_unstated: usize,
}

/// Requirements counted by their status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRow {
    /// Ready.
    pub n_ready: u32,
    /// Partly.
    pub n_partly: u32,
    /// Not ready.
    pub n_not_ready: u32,
    /// Open: something is unanswered.
    pub n_open: u32,
    /// A person decides: no needed practice is left.
    pub n_needs_decision: u32,
    /// Of the open ones, those that may turn out ready.
    pub n_may_be_ready: u32,
    /// Excluded; not in the total.
    pub n_excluded: u32,
    /// The denominator.
    pub n_total: u32,
}

/// One framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkRow {
    /// The name with its edition.
    pub title: String,
    /// All its requirements.
    pub total: TallyRow,
    /// For ISO/IEC 27017: the rows with cloud content. The others repeat 27002.
    pub with_cloud_content: Option<TallyRow>,
    /// A sentence that the reader must know of this framework; may be blank.
    pub remark: String,
    /// Its clauses, themes or series.
    pub groups: Vec<GroupRow>,
    /// Its requirements in scope.
    pub requirements: Vec<RequirementRow>,
}

/// One clause, theme or series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Id and title.
    pub title: String,
    /// Its requirements.
    pub tally: TallyRow,
}

/// The status of a requirement, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatusWord {
    /// All needed practices are in place.
    Ready,
    /// Neither all nor none.
    Partly,
    /// None.
    NotReady,
    /// Something is unanswered.
    #[default]
    Open,
    /// A person decides.
    NeedsDecision,
    /// Excluded in the Statement of Applicability.
    Excluded,
}

impl StatusWord {
    /// The words as printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::Partly => "Partly",
            Self::NotReady => "Not ready",
            Self::Open => "Open",
            Self::NeedsDecision => "Needs a decision",
            Self::Excluded => "Excluded",
        }
    }
}

/// One requirement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementRow {
    /// The id as printed.
    pub id: String,
    /// The title.
    pub title: String,
    /// The status.
    pub status: StatusWord,
    /// What the status rests on.
    pub basis: String,
    /// The override in force: level, author, date and reason, and what the answers say; blank without one.
    pub override_note: String,
    /// Whether the requirement is fully decomposed.
    pub is_complete: bool,
}

/// One gap in the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopGap {
    /// The id of the gap.
    pub gap_id: String,
    /// The practice.
    pub practice: String,
    /// The potential grade.
    pub grade: String,
    /// The requirements that closing it brings forward.
    pub closes: String,
    /// S, M or L.
    pub effort: String,
}

/// One row of the gap register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapRow {
    /// `G-` and the id of the practice.
    pub gap_id: String,
    /// The name with its edition.
    pub framework: String,
    /// The requirement that it is filed under.
    pub requirement: String,
    /// What is expected, in our words.
    pub expected: String,
    /// What is there.
    pub present: String,
    /// What is missing.
    pub gap: String,
    /// The potential grade.
    pub grade: String,
    /// 3 high, 2, 1.
    pub priority: String,
    /// Other requirements that rest on it.
    pub also_closes: String,
    /// The first steps.
    pub recommendation: String,
    /// S, M or L.
    pub effort: String,
    /// Who owns the practice.
    pub owner: String,
    /// When it is due.
    pub due: String,
    /// What could not be shown.
    pub evidence_missing: String,
}

/// One row of the Statement of Applicability.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoaRow {
    /// The control.
    pub control: String,
    /// Its title.
    pub title: String,
    /// Its theme.
    pub theme: String,
    /// The edition.
    pub edition: String,
    /// `Yes`, `No` or `Not decided`.
    pub applicable: String,
    /// Why it is included.
    pub inclusion_reasons: String,
    /// Why it is excluded.
    pub exclusion_justification: String,
    /// Who approved the exclusion.
    pub approver: String,
    /// When the exclusion is reviewed.
    pub review_on: String,
    /// `Not implemented`, `Planned`, `Partly implemented`, `Implemented`, or `Not yet known`; blank if it is excluded.
    pub status: String,
    /// How it is implemented, in the team's words, and the practices in place.
    pub how: String,
    /// Documents that could be shown.
    pub document: String,
    /// Evidence of the register, and what could be shown without being registered: claimed.
    pub evidence: String,
    /// The same in short: ids of the register, and how many are claimed.
    pub evidence_in_short: String,
    /// Linked risks.
    pub risks: String,
    /// Who owns it.
    pub owner: String,
    /// When the row was reviewed, or an answer below it was seen or tested, whichever is later.
    pub last_reviewed: String,
    /// For ISO/IEC 27017: customer, provider or both.
    pub role: String,
    /// For ISO/IEC 27017: who answers for it, and how it is divided.
    pub responsibility: String,
    /// Notes.
    pub notes: String,
    /// A row of ISO/IEC 27017 that repeats 27002: papers leave it to its Annex A control, tables carry it.
    pub is_repeat: bool,
}

/// One row of the crosswalk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrosswalkRow {
    /// The first requirement.
    pub from: String,
    /// The second requirement.
    pub to: String,
    /// `equal`, `subset`, `superset` or `intersects`.
    pub relation: String,
    /// The practices that both rest on.
    pub because: String,
    /// What only the first rests on.
    pub remainder_from: String,
    /// What only the second rests on.
    pub remainder_to: String,
}

/// One kind of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportKind {
    /// The report as PDF.
    ReportPdf,
    /// The gap register as CSV.
    GapRegisterCsv,
    /// The Statement of Applicability as CSV.
    SoaCsv,
    /// The crosswalk as CSV.
    CrosswalkCsv,
    /// A register as CSV.
    RegisterCsv(RegisterKind),
    /// The assessment as a file that opens again.
    AssessmentFile,
}

impl ExportKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 18] = [
        Self::ReportPdf,
        Self::GapRegisterCsv,
        Self::SoaCsv,
        Self::CrosswalkCsv,
        Self::RegisterCsv(RegisterKind::Gates),
        Self::RegisterCsv(RegisterKind::Findings),
        Self::RegisterCsv(RegisterKind::RiskTreatmentPlan),
        Self::RegisterCsv(RegisterKind::DocumentedInformation),
        Self::RegisterCsv(RegisterKind::ControlMatrix),
        Self::RegisterCsv(RegisterKind::EvidenceRequests),
        Self::RegisterCsv(RegisterKind::Suppliers),
        Self::RegisterCsv(RegisterKind::Responsibilities),
        Self::RegisterCsv(RegisterKind::Calendar),
        Self::RegisterCsv(RegisterKind::Dashboard),
        Self::RegisterCsv(RegisterKind::Plan),
        Self::RegisterCsv(RegisterKind::Changes),
        Self::RegisterCsv(RegisterKind::Obligations),
        Self::AssessmentFile,
    ];
}
