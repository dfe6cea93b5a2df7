//! The glossary: what the words of Concord and of the frameworks mean, in our own words.
//!
//! Sorted by name. A word that is explained here means the same on every page and in every export.

/// A word with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub name: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// Where the word comes from: a clause, a criterion, another paper, or ourselves.
    pub origin: &'static str,
    /// Where it is used.
    pub seen_at: SeenAt,
    /// The ids of words that belong to it, with blanks between them.
    pub see: &'static str,
}

/// Where in the app a word is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenAt {
    /// The questions.
    Questions,
    /// The quick scan.
    Scan,
    /// The scope.
    Scope,
    /// The overview.
    Overview,
    /// The gates.
    Gates,
    /// The calendar of records.
    Calendar,
    /// The gap register.
    Gaps,
    /// Potential nonconformities.
    Findings,
    /// What contradicts itself.
    Lint,
    /// The remediation plan.
    Plan,
    /// What chosen actions bring.
    WhatIf,
    /// Snapshots.
    Progress,
    /// All requirements.
    Requirements,
    /// The crosswalk.
    Crosswalk,
    /// Layered obligations.
    Obligations,
    /// The evidence register.
    Evidence,
    /// Evidence requests.
    Requests,
    /// The supplier register.
    Suppliers,
    /// Assurance reports of suppliers.
    Reports,
    /// The risk register.
    Risks,
    /// The Statement of Applicability.
    Soa,
    /// Documented information.
    Documents,
    /// The papers of SOC 2.
    Soc2,
    /// The shared responsibility matrix.
    Duties,
    /// Merging files.
    Merge,
    /// What a merge could not settle.
    Conflicts,
}

impl SeenAt {
    /// The name of the page.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Questions => "Questions",
            Self::Scan => "Quick scan",
            Self::Scope => "Scope",
            Self::Overview => "Overview",
            Self::Gates => "Gates",
            Self::Calendar => "Calendar",
            Self::Gaps => "Gap register",
            Self::Findings => "Potential nonconformities",
            Self::Lint => "Lint",
            Self::Plan => "Remediation plan",
            Self::WhatIf => "What if",
            Self::Progress => "Progress",
            Self::Requirements => "Requirements",
            Self::Crosswalk => "Crosswalk",
            Self::Obligations => "Layered obligations",
            Self::Evidence => "Evidence register",
            Self::Requests => "Evidence requests",
            Self::Suppliers => "Supplier register",
            Self::Reports => "Assurance reports of suppliers",
            Self::Risks => "Risk register",
            Self::Soa => "Statement of Applicability",
            Self::Documents => "Documented information",
            Self::Soc2 => "SOC 2 papers",
            Self::Duties => "Shared responsibility matrix",
            Self::Merge => "Merge",
            Self::Conflicts => "Conflicts",
        }
    }
}

impl Term {
    /// Whether all words that somebody looks for stand in the term's name or meaning, whatever their capitals.
    #[must_use]
    pub fn fits(&self, words: &str) -> bool {
        let holds = |text: &str, word: &str| {
            let starts = text.char_indices().map(|(at, _)| at);
            let mut pieces = starts.filter_map(|at| text.get(at..at + word.len()));
            pieces.any(|piece| piece.eq_ignore_ascii_case(word))
        };
        words
            .split_whitespace()
            .all(|word| holds(self.name, word) || holds(self.meaning, word))
    }

    /// Its name in an address: lower case, with hyphens for what is neither letter nor digit.
    #[must_use]
    pub fn id(&self) -> String {
        let mut id = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_alphanumeric() {
                id.push(letter.to_ascii_lowercase());
            } else if !id.ends_with('-') {
                id.push('-');
            }
        }
        id
    }

    /// The words that belong to it.
    pub fn others(&self) -> impl Iterator<Item = &'static Term> {
        self.see.split(' ').filter_map(term)
    }

    /// The letter that it stands under.
    #[must_use]
    pub fn letter(&self) -> char {
        self.name.chars().next().unwrap_or('A').to_ascii_uppercase()
    }
}

/// The term with an id.
#[must_use]
pub fn term(id: &str) -> Option<&'static Term> {
    GLOSSARY.iter().find(|it| it.id() == id)
}

const OURS: &str = "our own word";
const ATTESTATION: &str = "AICPA, SOC 2 reporting";

const fn of(
    name: &'static str,
    origin: &'static str,
    seen_at: SeenAt,
    see: &'static str,
    meaning: &'static str,
) -> Term {
    Term {
        name,
        meaning,
        origin,
        seen_at,
        see,
    }
}

/// All terms, sorted by name.
pub static GLOSSARY: &[Term] = &[
    of(
        "Action",
        "ISO/IEC 27001:2022, 10.2",
        SeenAt::Plan,
        "gap wave",
        "A piece of work that closes one gap or several: with owner, start, due day, effort, status, and how its effect is checked.",
    ),
    of(
        "Annex A control",
        "ISO/IEC 27001:2022, 6.1.3 and Annex A",
        SeenAt::Soa,
        "control statement-of-applicability",
        "One of the 93 controls that ISO/IEC 27001 lists to compare one's own against. Each is included with a reason or excluded with a justification.",
    ),
    of(
        "Artefact",
        OURS,
        SeenAt::Requests,
        "evidence population",
        "A kind of evidence that auditors ask for again and again, such as records of access reviews, with what a complete set of it holds.",
    ),
    of(
        "As-of date",
        ATTESTATION,
        SeenAt::Scope,
        "type-1 window",
        "The day that a SOC 2 Type 1 report speaks of. Controls must be there on it.",
    ),
    of(
        "Assurance report",
        ATTESTATION,
        SeenAt::Reports,
        "inherited bridge-letter",
        "A certificate or report about a supplier, written by somebody independent. Concord keeps what a person has read in it, with the day.",
    ),
    of(
        "Basis",
        OURS,
        SeenAt::Overview,
        "said seen tested",
        "How firm an answer is: only said, seen by somebody, or tested. It stands beside the numbers and never changes a status.",
    ),
    of(
        "Because",
        OURS,
        SeenAt::Crosswalk,
        "relation remainder",
        "The practices that two requirements both need: the reason why they are related.",
    ),
    of(
        "Blocker",
        OURS,
        SeenAt::Gates,
        "gate potential-major",
        "Something that holds up a gate whatever its share is, such as no internal audit. It stands before the number and changes no count.",
    ),
    of(
        "Bridge letter",
        ATTESTATION,
        SeenAt::Reports,
        "inherited type-2",
        "A letter in which a supplier says that nothing has changed since the end of its last report. Commonly it covers up to three months.",
    ),
    of(
        "Carve-out",
        ATTESTATION,
        SeenAt::Suppliers,
        "inclusive subservice-organisation",
        "A way to write a SOC 2 report in which the controls of a subservice organisation are left out, and the report relies on that organisation's own.",
    ),
    of(
        "Category",
        "AICPA, trust services criteria",
        SeenAt::Scope,
        "criterion",
        "One of the five subjects of SOC 2: security, availability, confidentiality, processing integrity, privacy. Security is always in scope.",
    ),
    of(
        "Clause",
        "ISO/IEC 27001:2022, 4 to 10",
        SeenAt::Requirements,
        "control requirement",
        "A numbered requirement on the management system itself. Clauses can't be excluded. Clause 5.1 and control A.5.1 are different things.",
    ),
    of(
        "Complete",
        OURS,
        SeenAt::Requirements,
        "requirement relation",
        "Said of a requirement when a reviewer holds that its needed practices together cover all that it asks. Only then can it be equal to another, or contained in it.",
    ),
    of(
        "Conflict",
        OURS,
        SeenAt::Conflicts,
        "merge",
        "Two people have answered the same thing differently, and a merge can't know who is right. Until somebody chooses, the lower standing counts and the other is kept.",
    ),
    of(
        "Control",
        "ISO/IEC 27001:2022, Annex A",
        SeenAt::Requirements,
        "annex-a-control clause criterion",
        "A measure that changes a risk. In Concord a control is a requirement that rests on practices.",
    ),
    of(
        "Control matrix",
        ATTESTATION,
        SeenAt::Soc2,
        "criterion rhythm",
        "The list of controls for a SOC 2 report: each as it is performed, with its criteria, owner, frequency and evidence.",
    ),
    of(
        "Corrective action",
        "ISO/IEC 27001:2022, 10.2",
        SeenAt::Plan,
        "action",
        "What removes the cause of a nonconformity so that it does not come back. Putting the single case right is the correction.",
    ),
    of(
        "Criterion",
        "AICPA, trust services criteria",
        SeenAt::Requirements,
        "category point-of-focus",
        "A numbered requirement of SOC 2, such as CC8.1. The titles here are our own words.",
    ),
    of(
        "Crosswalk",
        OURS,
        SeenAt::Crosswalk,
        "relation because remainder",
        "How requirements of two frameworks relate, computed from the practices that both need.",
    ),
    of(
        "CSOC",
        ATTESTATION,
        SeenAt::Suppliers,
        "carve-out cuec",
        "Complementary subservice organisation control: what a report assumes that a subservice organisation does.",
    ),
    of(
        "CUEC",
        ATTESTATION,
        SeenAt::Suppliers,
        "csoc assurance-report",
        "Complementary user entity control: what a supplier's report assumes that its customers do. Without it the supplier's control does not work for you.",
    ),
    of(
        "Description criteria",
        "AICPA, DC 1 to DC 9",
        SeenAt::Soc2,
        "system-description",
        "The nine things that the description of a system in a SOC 2 report has to say. They are a checklist here and no part of any count.",
    ),
    of(
        "Documented",
        OURS,
        SeenAt::Questions,
        "facet documented-information",
        "A facet: the practice is written down, approved and specific enough to be followed.",
    ),
    of(
        "Documented information",
        "ISO/IEC 27001:2022, 7.5",
        SeenAt::Documents,
        "documented stage-1",
        "A document or record that a clause asks for. At Stage 1 it must be there and approved by a named person on a day.",
    ),
    of(
        "Effort",
        OURS,
        SeenAt::Gaps,
        "priority gap",
        "How much work it is to put a practice in place: S for days, M for weeks, L for months.",
    ),
    of(
        "Enforced",
        OURS,
        SeenAt::Questions,
        "facet",
        "A facet: a system makes it so and prevents rather than only detects, such as branch protection.",
    ),
    of(
        "Equal",
        "NIST IR 8477",
        SeenAt::Crosswalk,
        "relation complete",
        "A relation: both requirements need the same practices, and both are complete.",
    ),
    of(
        "Evidence",
        OURS,
        SeenAt::Evidence,
        "artefact evidenced sha-256",
        "Something that shows that a practice works: a record, a setting, a report. The register says where it is; the file itself is never kept.",
    ),
    of(
        "Evidence request",
        OURS,
        SeenAt::Requests,
        "artefact evidence",
        "A thing to ask a colleague for before the auditor does, with an id that stays.",
    ),
    of(
        "Evidenced",
        OURS,
        SeenAt::Questions,
        "facet evidence",
        "A facet: records show the practice working over time. Without an accepted piece of evidence it is only claimed.",
    ),
    of(
        "Exclusion",
        "ISO/IEC 27001:2022, 6.1.3 d)",
        SeenAt::Soa,
        "inclusion-reason statement-of-applicability",
        "The decision that a control of Annex A is not necessary, with a justification. It leaves the denominator and changes no answer.",
    ),
    of(
        "Facet",
        OURS,
        SeenAt::Questions,
        "documented enforced evidenced improved",
        "One of four things that could be shown about a practice today: documented, enforced, evidenced, improved. Each is yes, no, or not said.",
    ),
    of(
        "Fact",
        OURS,
        SeenAt::Scope,
        "scope not-applicable",
        "Something about the organisation that decides which practices are asked, such as having premises. It switches practices, never requirements.",
    ),
    of(
        "Framework",
        OURS,
        SeenAt::Scope,
        "requirement",
        "A standard or set of criteria that is assessed against: ISO/IEC 27001, ISO/IEC 27017, SOC 2.",
    ),
    of(
        "Gap",
        OURS,
        SeenAt::Gaps,
        "grade action",
        "A practice that is absent, partly there, or in place but can't be shown. It is computed from the answers and never stored.",
    ),
    of(
        "Gate",
        OURS,
        SeenAt::Gates,
        "blocker share stage-1 stage-2 type-1 type-2",
        "A bar for one audit: Stage 1, Stage 2, ISO/IEC 27017, SOC 2 Type 1, Type 2. The same answers are held against all five.",
    ),
    of(
        "Grade",
        "ISO/IEC 17021-1; AICPA",
        SeenAt::Findings,
        "potential-major potential-minor observation",
        "How grave an auditor may find a gap. Here it is always potential: grading is the auditor's act.",
    ),
    of(
        "Hand-out",
        OURS,
        SeenAt::Questions,
        "merge",
        "A topic as a file for a colleague to answer elsewhere. What comes back is shown before it is taken over.",
    ),
    of(
        "Helps",
        OURS,
        SeenAt::Requirements,
        "tie needed",
        "A tie of good practice: it supports the requirement and enters neither status nor gate. You may raise it to needed by a decision of your own.",
    ),
    of(
        "Improved",
        OURS,
        SeenAt::Questions,
        "facet",
        "A facet: somebody reviews the practice and changes it. It is reported and never a bar.",
    ),
    of(
        "In place",
        OURS,
        SeenAt::Questions,
        "standing partly",
        "A standing: the practice is done everywhere in scope, as a rule and not by luck.",
    ),
    of(
        "Inclusion reason",
        "ISO/IEC 27001:2022, 6.1.3 d)",
        SeenAt::Soa,
        "exclusion statement-of-applicability",
        "Why a control is taken in: a legal duty, a contract, business or best practice, a risk. Several may hold.",
    ),
    of(
        "Inclusive",
        ATTESTATION,
        SeenAt::Suppliers,
        "carve-out subservice-organisation",
        "A way to write a SOC 2 report in which the controls of a subservice organisation are examined along with your own.",
    ),
    of(
        "Inherited",
        OURS,
        SeenAt::Questions,
        "standing assurance-report carve-out",
        "A standing: a supplier does it for you. At a gate it needs a reviewed report or certificate whose scope names the service.",
    ),
    of(
        "Internal audit",
        "ISO/IEC 27001:2022, 9.2",
        SeenAt::Gates,
        "management-review blocker",
        "A planned look at one's own management system by somebody impartial. Without one that is done, Stage 2 is blocked.",
    ),
    of(
        "Intersects",
        "NIST IR 8477",
        SeenAt::Crosswalk,
        "relation",
        "A relation: two requirements share practices, and neither is shown to hold the other.",
    ),
    of(
        "Interval",
        OURS,
        SeenAt::Overview,
        "share status",
        "Two numbers between which a share lies: what holds now, and what holds if all that is open turns out well.",
    ),
    of(
        "ISMS",
        "ISO/IEC 27001:2022, 4.4",
        SeenAt::Scope,
        "scope clause",
        "Information security management system: how an organisation decides on, does and improves its security. It has a stated scope.",
    ),
    of(
        "Layered obligation",
        OURS,
        SeenAt::Obligations,
        "crosswalk",
        "Another law or framework that is read through ISO/IEC 27001, such as DORA. It shows what you already answer for it and is no assessment of it.",
    ),
    of(
        "Lint",
        OURS,
        SeenAt::Lint,
        "override evidence",
        "What contradicts itself, or says less than it claims, such as a control that is excluded and yet has evidence. It changes no status.",
    ),
    of(
        "Management review",
        "ISO/IEC 27001:2022, 9.3",
        SeenAt::Gates,
        "internal-audit blocker",
        "Top management looks at the management system at planned times and decides what changes.",
    ),
    of(
        "Management's assertion",
        ATTESTATION,
        SeenAt::Soc2,
        "system-description",
        "The statement in a SOC 2 report in which management itself says that the description is right and the controls are suitable.",
    ),
    of(
        "Merge",
        OURS,
        SeenAt::Merge,
        "conflict hand-out",
        "Files of several people are brought together into one assessment. What differs becomes a conflict; nothing is dropped silently.",
    ),
    of(
        "Met another way",
        OURS,
        SeenAt::Questions,
        "standing in-place",
        "A standing: you address the same risk by something else, which is described and has an owner. It counts as in place and is shown apart.",
    ),
    of(
        "Needed",
        OURS,
        SeenAt::Requirements,
        "tie helps",
        "A tie without which the requirement is not credible, unless something equivalent is done. Only needed ties enter status, gates and crosswalk.",
    ),
    of(
        "Needs a decision",
        OURS,
        SeenAt::Requirements,
        "status exclusion",
        "A status: no needed practice is left in scope, or all are not applicable. It is never ready; somebody has to decide.",
    ),
    of(
        "Next question",
        OURS,
        SeenAt::Questions,
        "quick-scan",
        "The open question that says most about the rest, with the reasons why.",
    ),
    of(
        "No occurrence",
        ATTESTATION,
        SeenAt::Calendar,
        "rhythm population",
        "Nothing happened in the window that the control would have acted on. It needs a dated query that shows none, and is neither pass nor failure.",
    ),
    of(
        "Not answered",
        OURS,
        SeenAt::Questions,
        "standing interval",
        "A standing: nobody has said anything yet. It counts as open, never as absent.",
    ),
    of(
        "Not applicable",
        OURS,
        SeenAt::Questions,
        "standing fact",
        "A standing: what the practice governs does not exist here, with a reason. It does not mean that it is not done.",
    ),
    of(
        "Not due",
        OURS,
        SeenAt::Calendar,
        "rhythm window",
        "A calendar period that is not over yet, with its days of grace. It neither clears nor fails.",
    ),
    of(
        "Not in place",
        OURS,
        SeenAt::Questions,
        "standing gap",
        "A standing: the practice is not done, or not yet.",
    ),
    of(
        "Not ready",
        OURS,
        SeenAt::Requirements,
        "status",
        "A status: every needed practice in scope is not in place.",
    ),
    of(
        "Observation",
        "ISO 19011",
        SeenAt::Findings,
        "grade",
        "The mildest grade: something to note that breaks nothing required.",
    ),
    of(
        "Open",
        OURS,
        SeenAt::Requirements,
        "status interval",
        "A status: something is unanswered, so that best and worst case differ.",
    ),
    of(
        "Override",
        OURS,
        SeenAt::Requirements,
        "status",
        "A status that a person sets for a requirement, with reason, author and date. Gates print their count with it and without it.",
    ),
    of(
        "Own control",
        "ISO/IEC 27001:2022, 6.1.3 b)",
        SeenAt::Soa,
        "annex-a-control",
        "A control that your risks call for and that no framework here lists. It stands in the Statement of Applicability after the others.",
    ),
    of(
        "Part",
        OURS,
        SeenAt::Requirements,
        "tie complete",
        "Which piece of a requirement a practice answers, in a few words.",
    ),
    of(
        "Partly",
        OURS,
        SeenAt::Questions,
        "standing status",
        "As a standing: done somewhere, sometimes, or only begun. As a status: anything between Ready and Not ready.",
    ),
    of(
        "Point of focus",
        "AICPA, trust services criteria",
        SeenAt::Requirements,
        "criterion",
        "A hint that the criteria of SOC 2 give on what may matter. It is a prompt, not a requirement.",
    ),
    of(
        "Population",
        ATTESTATION,
        SeenAt::Calendar,
        "sample artefact",
        "All occurrences of something in the window, such as all changes. An auditor draws a sample from it, so it must be complete.",
    ),
    of(
        "Potential design deficiency",
        ATTESTATION,
        SeenAt::Findings,
        "grade potential-operating-deviation",
        "A grade of SOC 2: a control is missing, or would not do even if it worked.",
    ),
    of(
        "Potential exception",
        ATTESTATION,
        SeenAt::Calendar,
        "window rhythm",
        "A record that was due in the window and is missing, or a deviation that was found. The auditor may report it, and management may respond.",
    ),
    of(
        "Potential major",
        "ISO/IEC 17021-1",
        SeenAt::Findings,
        "grade blocker",
        "The gravest grade: a clause is absent or broken down as a whole, or several lapses fall on one requirement. It blocks a gate.",
    ),
    of(
        "Potential minor",
        "ISO/IEC 17021-1",
        SeenAt::Findings,
        "grade",
        "A grade: an isolated lapse on a requirement.",
    ),
    of(
        "Potential nonconformity",
        "ISO/IEC 27001:2022, 10.2",
        SeenAt::Findings,
        "grade gap",
        "Something that an auditor may raise on the answers so far, with what it breaks and what closes it.",
    ),
    of(
        "Potential operating deviation",
        ATTESTATION,
        SeenAt::Findings,
        "grade potential-design-deficiency",
        "A grade of SOC 2: the control is there, but records of its operation are denied or missing.",
    ),
    of(
        "Practice",
        OURS,
        SeenAt::Questions,
        "requirement tie standing",
        "The smallest thing that an organisation does and that can be judged by itself. Practices are answered; requirements rest on them.",
    ),
    of(
        "Priority",
        OURS,
        SeenAt::Gaps,
        "effort",
        "How much a practice matters for planning: high, medium, low. It enters the ranking of gaps and nothing else.",
    ),
    of(
        "Quick scan",
        OURS,
        SeenAt::Scan,
        "next-question",
        "About 40 questions that tell most about the rest. It ends in potential findings, not in a result.",
    ),
    of(
        "Ready",
        OURS,
        SeenAt::Requirements,
        "status",
        "A status: all needed practices in scope are in place, met another way, or inherited. It says nothing about what an auditor will find.",
    ),
    of(
        "Relation",
        "NIST IR 8477",
        SeenAt::Crosswalk,
        "equal subset superset intersects",
        "How two requirements stand to each other: equal, subset, superset, intersects, or none. It compares our decompositions, not the texts.",
    ),
    of(
        "Remainder",
        OURS,
        SeenAt::Crosswalk,
        "because relation",
        "The practices that one requirement needs and another does not: what is left to answer or do if you have the other.",
    ),
    of(
        "Requirement",
        OURS,
        SeenAt::Requirements,
        "clause control criterion practice",
        "A clause, control or criterion of any framework. It is a view: its status is computed from the practices that it needs.",
    ),
    of(
        "Residual risk",
        "ISO/IEC 27001:2022, 6.1.3 f)",
        SeenAt::Risks,
        "risk-owner risk-treatment",
        "What is left of a risk after treatment. Its owner accepts it, by name and on a day.",
    ),
    of(
        "Rhythm",
        OURS,
        SeenAt::Calendar,
        "not-due window",
        "How often the operation of a practice leaves a record: on event, on change, continuous, daily to yearly.",
    ),
    of(
        "Risk owner",
        "ISO/IEC 27001:2022, 6.1.2",
        SeenAt::Risks,
        "residual-risk risk-treatment",
        "Who answers for a risk: approves its treatment and accepts what is left.",
    ),
    of(
        "Risk treatment",
        "ISO/IEC 27001:2022, 6.1.3",
        SeenAt::Risks,
        "risk-owner residual-risk",
        "What is done about a risk: modify it by controls, retain, avoid or share it.",
    ),
    of(
        "Said",
        OURS,
        SeenAt::Questions,
        "basis",
        "A basis: somebody said so, and nobody has looked. Inquiry alone is never shown as evidence.",
    ),
    of(
        "Sample",
        ATTESTATION,
        SeenAt::Calendar,
        "population",
        "The occurrences that somebody looks at, drawn from the whole population.",
    ),
    of(
        "Scope",
        "ISO/IEC 27001:2022, 4.3",
        SeenAt::Scope,
        "isms fact",
        "What the assessment speaks of: frameworks, organisation, boundaries, facts and dates. What is out of scope sleeps and returns.",
    ),
    of(
        "Seen",
        OURS,
        SeenAt::Questions,
        "basis",
        "A basis: somebody looked at the setting, document or record.",
    ),
    of(
        "Series",
        "AICPA, trust services criteria",
        SeenAt::Overview,
        "theme criterion",
        "A group of criteria of SOC 2, such as CC6.",
    ),
    of(
        "SHA-256",
        "FIPS 180-4",
        SeenAt::Evidence,
        "evidence",
        "A short number computed from a file. If it is the same later, the file is unchanged since it was hashed; that says nothing on what it shows.",
    ),
    of(
        "Share",
        OURS,
        SeenAt::Overview,
        "interval gate",
        "Requirements that are ready, or clear a gate, over requirements in scope. No weights; no chance of passing.",
    ),
    of(
        "Shared responsibility matrix",
        "ISO/IEC 27017",
        SeenAt::Duties,
        "cuec inherited",
        "Who answers for each cloud control: the customer, the provider, or both.",
    ),
    of(
        "Snapshot",
        OURS,
        SeenAt::Progress,
        "share",
        "How the assessment stood on a day, kept small, so that two days can be compared.",
    ),
    of(
        "SOC 2",
        "AICPA",
        SeenAt::Scope,
        "type-1 type-2 criterion",
        "An attestation report by an independent practitioner on controls of a service. It is a report, not a certificate.",
    ),
    of(
        "Stage 1",
        "ISO/IEC 17021-1",
        SeenAt::Gates,
        "stage-2 gate documented-information",
        "The first part of a certification audit: is the system designed, documented and ready for the second?",
    ),
    of(
        "Stage 2",
        "ISO/IEC 17021-1",
        SeenAt::Gates,
        "stage-1 gate internal-audit",
        "The second part of a certification audit: does the system work, shown by records?",
    ),
    of(
        "Standing",
        OURS,
        SeenAt::Questions,
        "in-place partly not-in-place met-another-way inherited not-applicable not-answered",
        "Where a practice stands: one of seven answers. Only not in place, partly and in place are ordered.",
    ),
    of(
        "Statement of Applicability",
        "ISO/IEC 27001:2022, 6.1.3 d)",
        SeenAt::Soa,
        "annex-a-control inclusion-reason exclusion",
        "The list of all controls that are necessary, with why, how far they are done, and why others are left out.",
    ),
    of(
        "Status",
        OURS,
        SeenAt::Requirements,
        "ready partly not-ready open needs-a-decision",
        "What the answers make of a requirement: ready, partly, not ready, open, or needs a decision. Its basis is always printed.",
    ),
    of(
        "Subservice organisation",
        ATTESTATION,
        SeenAt::Suppliers,
        "carve-out inclusive csoc",
        "A supplier whose controls are needed for your own commitments to be kept.",
    ),
    of(
        "Subset",
        "NIST IR 8477",
        SeenAt::Crosswalk,
        "relation superset",
        "A relation: all practices that the first requirement needs, the second needs too, and more.",
    ),
    of(
        "Superset",
        "NIST IR 8477",
        SeenAt::Crosswalk,
        "relation subset",
        "A relation: the first requirement needs all practices that the second needs, and more.",
    ),
    of(
        "Surveillance audit",
        "ISO/IEC 17021-1, 9.6.2",
        SeenAt::Calendar,
        "stage-2",
        "The yearly audit between two certifications. It looks at a part of the system, and at some things each time.",
    ),
    of(
        "System description",
        "AICPA, description criteria",
        SeenAt::Soc2,
        "description-criteria management-s-assertion",
        "Management's own account of the system that a SOC 2 report speaks of.",
    ),
    of(
        "Tested",
        OURS,
        SeenAt::Questions,
        "basis",
        "A basis: somebody tried it, or drew a sample, and wrote down what came out.",
    ),
    of(
        "Theme",
        "ISO/IEC 27001:2022, Annex A",
        SeenAt::Overview,
        "series annex-a-control",
        "One of the four groups of Annex A: organisational, people, physical, technological.",
    ),
    of(
        "Tie",
        OURS,
        SeenAt::Requirements,
        "needed helps part",
        "What joins a practice to a requirement that rests on it, with the part that it answers.",
    ),
    of(
        "Topic",
        OURS,
        SeenAt::Questions,
        "practice",
        "A chapter of the questions. One person can often answer a topic alone.",
    ),
    of(
        "Type 1",
        ATTESTATION,
        SeenAt::Gates,
        "type-2 as-of-date",
        "A SOC 2 report on whether controls are suitably designed and there on one day.",
    ),
    of(
        "Type 2",
        ATTESTATION,
        SeenAt::Gates,
        "type-1 window rhythm",
        "A SOC 2 report on whether controls also operated through a window of time.",
    ),
    of(
        "Wave",
        OURS,
        SeenAt::Plan,
        "action",
        "A stretch of the plan: what comes within 30, 90 or 180 days.",
    ),
    of(
        "What if",
        OURS,
        SeenAt::WhatIf,
        "gate action",
        "Choose actions and see what they would bring at each gate. It changes no answer.",
    ),
    of(
        "Window",
        ATTESTATION,
        SeenAt::Calendar,
        "type-2 rhythm not-due",
        "The period that a SOC 2 Type 2 report speaks of, from its first to its last day.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::analysis::{Gate, Grade, RelationKind};
    use crate::domain::{Facet, StandingKind};

    #[test]
    fn terms_are_unique_and_sorted_and_lead_to_terms() {
        let ids: BTreeSet<String> = GLOSSARY.iter().map(Term::id).collect();
        assert_eq!(ids.len(), GLOSSARY.len());
        let names: Vec<String> = GLOSSARY.iter().map(|it| it.name.to_lowercase()).collect();
        assert!(names.is_sorted_by(|left, right| left < right), "{names:?}");
        for term in GLOSSARY {
            let id = term.id();
            assert!(!id.starts_with('-') && !id.ends_with('-'), "{id}");
            assert!(
                term.name.starts_with(|it: char| it.is_ascii_uppercase()),
                "{}",
                term.name
            );
            for other in term.see.split_whitespace() {
                assert!(ids.contains(other), "{id} leads to {other}");
                assert_ne!(other, id, "{id} leads to itself");
            }
            assert_eq!(term.others().count(), term.see.split_whitespace().count(), "{id}");
        }
    }

    #[test]
    fn meanings_are_one_to_three_plain_sentences() {
        for term in GLOSSARY {
            let n_words = term.meaning.split_whitespace().count();
            assert!((6..=45).contains(&n_words), "{}: {n_words} words", term.name);
            assert!(term.meaning.ends_with(['.', '?']), "{}", term.name);
            let text = format!("{} {}", term.meaning, term.origin).to_lowercase();
            for word in ["complian", "guarantee", "conform", "e.g.", "\u{2014}"] {
                let is_name = word == "conform" && text.contains("nonconform");
                assert!(is_name || !text.contains(word), "{}: {word}", term.name);
            }
        }
    }

    /// The words that results carry are all explained.
    #[test]
    fn every_standing_facet_gate_grade_and_relation_has_a_term() {
        let names: BTreeSet<&str> = GLOSSARY.iter().map(|it| it.name).collect();
        let grades = [
            Grade::PotentialMajor,
            Grade::PotentialMinor,
            Grade::PotentialDesignDeficiency,
            Grade::PotentialOperatingDeviation,
            Grade::Observation,
        ];
        let mut wanted: Vec<String> = grades.map(|it| it.title().to_owned()).to_vec();
        wanted.extend(Facet::ALL.map(|it| it.title().to_owned()));
        wanted.extend(StandingKind::CHOICES.map(|it| it.title().to_owned()));
        wanted.push(StandingKind::NotAnswered.title().to_owned());
        let is_27017 = |it: &Gate| *it == Gate::Cloud;
        let gates = Gate::ALL.into_iter().filter(|it| !is_27017(it));
        wanted.extend(gates.map(|it| {
            it.title()
                .trim_start_matches("ISO/IEC 27001 ")
                .trim_start_matches("SOC 2 ")
                .to_owned()
        }));
        for relation in RelationKind::ALL {
            let mut word = relation.as_str().to_owned();
            word.get_mut(..1).expect("a letter").make_ascii_uppercase();
            wanted.push(word);
        }
        for name in wanted {
            assert!(names.contains(name.as_str()), "{name} is not explained");
        }
    }

    #[test]
    fn words_are_found_whatever_their_capitals() {
        let found = |words: &str| GLOSSARY.iter().filter(|it| it.fits(words)).count();
        assert_eq!(found(""), GLOSSARY.len());
        assert_eq!(found("no such word at all"), 0);
        assert!(term("remainder").is_some_and(|it| it.fits("REMAINDER") && it.fits("left answer")));
        assert!(found("risk") < GLOSSARY.len() && found("risk") > 3);
        assert_eq!(term("no-such-term"), None);
    }

    /// Every file of the page, read as text: a link that names a term names one that there is.
    #[test]
    fn every_term_that_a_page_links_to_exists() {
        let mut linked = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
        while let Some(folder) = folders.pop() {
            for found in std::fs::read_dir(folder).expect("a folder") {
                let path = found.expect("a file").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("text");
                let calls = text.split("term_link(\"").skip(1);
                linked.extend(calls.filter_map(|it| it.split('"').next().map(str::to_owned)));
            }
        }
        assert!(linked.len() >= 10, "{linked:?}");
        for id in linked {
            assert!(term(&id).is_some(), "no term {id}");
        }
    }
}
