//! How numbers, dates, ids and results are said: one formatter each, for the screen and for exports.

mod clients;
mod dashboard;
mod evidence;
mod gates;
pub mod glossary;
mod merge;
pub mod method;
mod obligations;
mod plan;
mod progress;
mod questions;
mod sheets;
mod what_if;

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
pub use clients::{
    BACKUP_OVERDUE, MAKE_ROOM, answered, backup, characters, everything_opened, joined, kept_by_browser, room_left,
    scope_in_short, set_aside, storage_share, storage_used,
};
pub use dashboard::{
    BASIS_REMARK, BasisCounts, EVEN_LINE, FACETS_REMARK, GATES_REMARK, HEAT_REMARK, LEVERS_REMARK, OverlapCounts,
    RelationCounts, TODAY, action_with_due, basis_finding, basis_said, blocked_by, blockers, board_sentence,
    burn_down_finding, burn_down_remarks, counts_requirements, facet_share, facets_finding, facets_said, filter_part,
    framework_names, framework_share, gaps, gate_title, gates_finding, in_frameworks, lever_note, lever_value,
    levers_finding, open_gaps, overlap_finding, overlap_remarks, part_of, planned_line, practices_shown,
    readiness_finding, related_pairs, target_mark,
};
pub use evidence::{
    SAMPLES_ARE_CUSTOM, artefact_kind, evidence_state, facet_proposal, facet_set, freshness, hash_note,
    requests_missing, sample_guidance, set_facet,
};
pub use gates::{
    GATE_FORMULA, blocker, clearance, gate_asks, gate_count, gate_facts, operating, operation, operation_flags, period,
    period_state, practice_shortfalls, shortfall,
};
pub use merge::{
    ComparedLine, LOWER_COUNTS, TO_CONFLICTS, TWO_VERSIONS, compared, conflicts_left, conflicts_open_before,
    conflicts_to_come, foreign_file, merge_counts, merge_preview, merged, open_conflicts, slot_name, unread_conflicts,
};
pub use obligations::{
    OBLIGATIONS_FROM_PRACTICES, OBLIGATIONS_METHOD, OBLIGATIONS_NATURE, OBLIGATIONS_REST, OBLIGATIONS_UNSCOPED,
    footing_finding, footing_practices, obligation_credit, obligations_finding, spoken_count,
};
pub use plan::{
    CAPACITY_HINT, DONE_ANSWERS_NOTHING, WAVES, action_status, action_title, ahead_for, capacity_unset,
    counts_by_framework, effort, framework_short, gaps_left, held_back, ids_of_framework, plan_finding, planned_title,
    precedence, ranking, score, wave_effort, wave_name,
};
pub use progress::{
    COMPARED, NO_SNAPSHOT, all_moved, comparison_finding, direction, framework_moved, framework_name, framework_then,
    gap_change, gate_moved, gate_name, gate_then, percent, practice_state, practice_state_rest, reasons, scope_change,
    snapshot_called, snapshot_name, snapshot_reminder, snapshots_of_day,
};
pub use questions::{GRADES, GRADING, changed_by, held, part_of_practice, place, returned, scan_share, why};
pub use sheets::{entry_titles, field_text, sheet_title};
pub use what_if::{
    EARLIEST_RULE, MOST_FOR, ONLY_TIME, SHORTEST_WAY, WHAT_IF, WHAT_IF_PRACTICE, brings, choice_said, earliest, hole,
    more_practices, most_for, n_chosen, now_in_plan, planned_facts, put_into_plan, short_gate, stand, step,
    step_effort, step_facts,
};

use crate::analysis::{
    Applicability, Assurance, DRAFT_OPENING, DocumentRow, MatrixRow, PracticeSet, RequirementStatus, ScopeEffect,
    SoaCount, SoaRow, SupplierShare, Tally, Verdict,
};
use crate::domain::{
    Assessment, Audience, Catalogue, Choice, EntryId, Fact, Field, FrameworkId, Imported, ImportedStatus, ImportedText,
    Practice, Register, Requirement, RequirementKind, Sheet, SheetKey, TieKind,
};

/// What Concord is and is not. Stands on the start page and in every report.
pub const DISCLAIMER: &str = "Concord supports the preparation of an assessment. It does not replace an audit, an \
    attestation engagement or legal advice, and a result here is no promise of any outcome there.";

/// What must be said wherever the rows of ISO/IEC 27017:2026 with cloud content are used.
pub const CLOUD_SOURCE: &str = "Which rows of ISO/IEC 27017:2026 carry cloud guidance rests on one public source. \
    Check it against the standard before you rely on it. ISO/IEC 27017 extends an ISO/IEC 27001 scope; it is not \
    certified by itself.";

/// What must be said wherever SOC 2 is shown.
pub const SOC2_NATURE: &str = "SOC 2 is an attestation report by an independent practitioner. The titles of the \
    criteria are our own words; points of focus are prompts, not requirements.";

/// A number with its noun: `1 practice`, `3 practices`.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// A noun with its article: `a risk`, `an assurance report`.
#[must_use]
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// A number of practices.
#[must_use]
pub fn practices(n: usize) -> String {
    count(n, "practice", "practices")
}

/// A number of requirements.
#[must_use]
pub fn requirements(n: usize) -> String {
    count(n, "requirement", "requirements")
}

/// A number of controls.
#[must_use]
pub fn controls(n: usize) -> String {
    count(n, "control", "controls")
}

/// What every surveillance audit looks at (ISO/IEC 17021-1, 9.6.2.2), in our words.
pub const ALWAYS_LOOKED_AT: [&str; 7] = [
    "internal audits and management reviews since the last audit",
    "what was done about earlier nonconformities",
    "complaints and how they were handled",
    "progress towards the objectives",
    "changes to the organisation, the scope and the risks",
    "whether operation goes on as planned",
    "how the certificate and any mark are used",
];

/// A priority in words. For planning only.
#[must_use]
pub const fn priority(priority: u8) -> &'static str {
    match priority {
        3 => "high",
        2 => "medium",
        _ => "low",
    }
}

/// A date for people: `20 November 2026`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {:04}", date.day(), month(date), date.year())
}

/// An instant for people, in UTC: `20 Nov 2026, 10:34 UTC`. Blank for an instant that no calendar holds.
#[must_use]
pub fn instant(milliseconds: i64) -> String {
    let Some(at) = DateTime::from_timestamp_millis(milliseconds).map(|at| at.naive_utc()) else {
        return String::new();
    };
    let (date, time) = (at.date(), at.time());
    let month = month(date).get(..3).unwrap_or_default();
    format!(
        "{} {month} {:04}, {:02}:{:02} UTC",
        date.day(),
        date.year(),
        time.hour(),
        time.minute()
    )
}

/// The month of a date in tight places: `Nov 2026`.
#[must_use]
pub fn month_name(date: NaiveDate) -> String {
    let month = month(date).get(..3).unwrap_or_default();
    format!("{month} {:04}", date.year())
}

/// The name of a date's month.
fn month(date: NaiveDate) -> &'static str {
    match date.month0() {
        0 => "January",
        1 => "February",
        2 => "March",
        3 => "April",
        4 => "May",
        5 => "June",
        6 => "July",
        7 => "August",
        8 => "September",
        9 => "October",
        10 => "November",
        _ => "December",
    }
}

/// The id of a requirement so that nobody takes it for another or for a number: `Clause 8.1`, `A.8.32`, `27017 8.32`,
/// `27017:2015 CLD.6.3.1`, `CC8.1`.
#[must_use]
pub fn requirement_id(requirement: &Requirement) -> String {
    let code = requirement.id.code;
    match (requirement.id.framework, requirement.kind) {
        (FrameworkId::Iso27001, RequirementKind::Clause) => format!("Clause {code}"),
        (FrameworkId::Iso27017, _) => format!("27017 {code}"),
        (FrameworkId::Iso27017Of2015, _) => format!("27017:2015 {code}"),
        (FrameworkId::Iso27001 | FrameworkId::Soc2, _) => code.to_owned(),
    }
}

/// The id of a requirement and its title.
#[must_use]
pub fn requirement_name(requirement: &Requirement) -> String {
    format!("{} {}", requirement_id(requirement), requirement.title)
}

/// A piece of a register as papers name it: the register in a letter or a word with the id, and the title: `RISK-k3x9f0aa Secrets leak`.
/// A control of one's own goes by the id that it was given.
#[must_use]
pub fn entry_name(assessment: &Assessment, register: Register, id: EntryId) -> String {
    let sheet = assessment.sheet(SheetKey::entry(register, id));
    let letter = match register {
        Register::Evidence => "E",
        Register::Risk => "RISK",
        Register::Supplier => "S",
        Register::OwnControl => "X",
        Register::PlanAction => "ACT",
        Register::Report
        | Register::Document
        | Register::Operation
        | Register::SoaRow
        | Register::Override
        | Register::Description
        | Register::Raised
        | Register::Snapshot => "D",
    };
    let code = match sheet.text(Field::Code) {
        "" => format!("{letter}-{id}"),
        code => code.to_owned(),
    };
    format!("{code} {}", sheet.text(Field::Title)).trim_end().to_owned()
}

/// Up to which level of risk needs no treatment, or that nobody has said.
#[must_use]
pub fn risk_accepted(accepted: Option<u32>) -> String {
    let scale = "A level is likelihood times impact, 1 to 25.";
    match accepted {
        Some(level) => format!("{scale} Up to {level} a risk needs no treatment."),
        None => format!("{scale} The level that needs no treatment is not stated."),
    }
}

/// The state of a document, with what its approval lacks: `Approved, without name or date`.
#[must_use]
pub fn document_state(row: &DocumentRow) -> String {
    let state = row.state.map_or("Not entered", Choice::title);
    let lacks = if row.lacks_approval {
        ", without name or date"
    } else {
        ""
    };
    let overdue = if row.is_overdue { ", review overdue" } else { "" };
    format!("{state}{lacks}{overdue}")
}

/// How far the documents are that clauses ask for: `9 of 18 that a clause asks for are approved; 3 drafts …`.
#[must_use]
pub fn documents_finding(rows: &[DocumentRow]) -> String {
    let asked = || rows.iter().filter(|row| row.clause.is_some());
    let n_of = |state| asked().filter(|row| row.state == Some(state)).count();
    let n_approved = asked()
        .filter(|row| row.state == Some(Choice::Approved) && !row.lacks_approval)
        .count();
    let n_unnamed = asked().filter(|row| row.lacks_approval).count();
    let total = asked().count();
    if total == 0 {
        return "ISO/IEC 27001 is not in scope, so no clause asks for a document.".to_owned();
    }
    let unnamed = match n_unnamed {
        0 => String::new(),
        n => format!(", {n} without name or date"),
    };
    let n_none = asked().filter(|row| row.state.is_none()).count();
    format!(
        "{n_approved} of {total} that clauses ask for are approved by a named person on a day{unnamed}; {}, {} \
         missing, {n_none} not entered.",
        count(n_of(Choice::Draft), "draft", "drafts"),
        n_of(Choice::Missing)
    )
}

/// How far the control matrix is: how many controls are written, have a first day and evidence.
#[must_use]
pub fn matrix_finding(rows: &[MatrixRow]) -> String {
    let n_of = |is_so: fn(&MatrixRow) -> bool| rows.iter().filter(|row| is_so(row)).count();
    format!(
        "{} of {} written, {} with a first day, {} with evidence",
        n_of(|row| row.is_written),
        count(rows.len(), "control", "controls"),
        n_of(|row| row.first_operated.is_some()),
        n_of(|row| !row.evidence.is_empty())
    )
}

/// An override in force: what is set, by whom, when and why, and what the answers alone say.
#[must_use]
pub fn override_in_force(sheet: &Sheet, by_answers: &str) -> String {
    let level = sheet.choice(Field::Level).map_or("", Choice::title);
    let on = sheet.date(Field::On).map(date).unwrap_or_default();
    format!(
        "Set to {} by {} on {on}. By the answers: {}.",
        level.to_lowercase(),
        sheet.text(Field::By),
        by_answers.to_lowercase()
    )
}

/// A tie that was raised to needed: the practice, and who decided, when and why.
#[must_use]
pub fn raised_tie(practice: &Practice, sheet: &Sheet) -> String {
    let on = sheet.date(Field::On).map(date).unwrap_or_default();
    let (reason, by) = (sheet.text(Field::Reason), sheet.text(Field::By));
    format!("{}: {reason} ({by}, {on})", practice.title())
}

/// How a requirement came to be left out: by the Statement of Applicability, or as a criterion that is not relevant.
#[must_use]
pub const fn excluded(requirement: &Requirement) -> &'static str {
    match requirement.kind {
        RequirementKind::Criterion => "judged not relevant",
        RequirementKind::Clause | RequirementKind::Control | RequirementKind::CloudControl => {
            "excluded in the Statement of Applicability"
        }
    }
}

/// Whether a control applies, in a word.
#[must_use]
pub const fn applicable(applicability: &Applicability) -> &'static str {
    match applicability {
        Applicability::Undecided => "Not decided",
        Applicability::Included { .. } => "Yes",
        Applicability::Excluded { .. } => "No",
    }
}

/// What must be said of a status that a person has set: why, and what the answers say; or that it lacks its reason.
#[must_use]
pub fn soa_status_note(row: &SoaRow, sheet: &Sheet) -> Option<String> {
    if row.is_set_without_reason {
        return Some("a status was set without a reason: it does not count".to_owned());
    }
    row.set?;
    let computed = row.computed.map_or("not yet known", Choice::title).to_lowercase();
    let reason = sheet.text(Field::StatusReason).trim_end_matches('.');
    Some(format!("status set by a person: {reason}; by the answers: {computed}"))
}

/// How many rows of a Statement of Applicability are decided on.
#[must_use]
pub fn soa_decisions(what: &str, count: &SoaCount) -> String {
    let n = count.n_included + count.n_excluded + count.n_undecided;
    let reasons = match count.n_without_reason {
        0 => String::new(),
        n => format!(" {n} of those that apply have no reason yet."),
    };
    format!(
        "{what}: {} of {n} apply, {} are excluded, {} are not decided.{reasons}",
        count.n_included, count.n_excluded, count.n_undecided
    )
}

/// How far the rows that are not excluded are implemented.
#[must_use]
pub fn soa_statuses(count: &SoaCount) -> String {
    let set = match count.n_set {
        0 => String::new(),
        n => format!(" A person has set {n} of them."),
    };
    format!(
        "Implemented: {}. Partly: {}. Planned: {}. Not implemented: {}. Not yet known: {}.{set}",
        count.n_implemented, count.n_partly, count.n_planned, count.n_not_implemented, count.n_unknown
    )
}

/// Why a row is in or out: its reasons or its justification, with the control that it follows; blank while undecided.
#[must_use]
pub fn soa_why(row: &SoaRow, followed: Option<&Requirement>) -> String {
    let why = match &row.applicability {
        Applicability::Undecided => return String::new(),
        Applicability::Included { reasons } if reasons.is_empty() => "No reason yet".to_owned(),
        Applicability::Included { reasons } => reasons.iter().map(|it| it.title()).collect::<Vec<_>>().join(", "),
        Applicability::Excluded { justification, .. } => justification.clone(),
    };
    match followed {
        None => why,
        Some(base) => {
            let word = if matches!(row.applicability, Applicability::Excluded { .. }) {
                "excluded"
            } else {
                "applies"
            };
            format!("{word}, as {}: {why}", requirement_id(base))
        }
    }
}

/// A first sentence for a control as performed, to be corrected by the one who performs it.
#[must_use]
pub fn control_draft(practice: &Practice, owner: &str) -> String {
    let who = if owner.is_empty() { "[who]" } else { owner };
    let record = practice.shown_by().evidenced.unwrap_or("[which record]");
    format!(
        "{who} performs this {}: {}. Record: {record}.",
        practice.rhythm.title(),
        practice.title()
    )
}

/// Who answers for a row of ISO/IEC 27017, and how it is divided; blank if nobody has said.
#[must_use]
pub fn responsibility(sheet: &Sheet) -> String {
    let who = sheet.choice(Field::Responsibility).map_or("", Choice::title);
    let parts = [who, sheet.text(Field::ResponsibilityNote)];
    parts
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(": ")
}

/// Who performs a control: oneself, a subservice organisation, or another vendor.
#[must_use]
pub fn own_or_subservice(row: &MatrixRow) -> String {
    match (&row.supplier, row.method) {
        (None, _) => "Own".to_owned(),
        (Some(supplier), Some(Choice::CarveOut)) => format!("Subservice, carve-out: {supplier}"),
        (Some(supplier), Some(Choice::Inclusive)) => format!("Subservice, inclusive: {supplier}"),
        (Some(supplier), Some(Choice::VendorOnly)) => format!("Vendor: {supplier}"),
        (Some(supplier), _) => format!("Inherited, place in the report not settled: {supplier}"),
    }
}

/// A level of risk with what it comes from: `12 (4 × 3)`; blank while there is none.
#[must_use]
pub fn risk_level(level: Option<u32>, likelihood: Option<u32>, impact: Option<u32>) -> String {
    match (level, likelihood, impact) {
        (Some(level), Some(likelihood), Some(impact)) => format!("{level} ({likelihood} × {impact})"),
        _ => String::new(),
    }
}

/// The titles of some practices, one after the other.
#[must_use]
pub fn practice_titles(catalogue: &Catalogue, practices: &PracticeSet) -> String {
    let practices = practices
        .iter()
        .filter_map(|position| catalogue.practices.get(position));
    practices
        .map(|practice| practice.title())
        .collect::<Vec<_>>()
        .join("; ")
}

/// Minutes of work, honestly vague: `about 40 minutes`, `about 2½ hours`.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    match minutes {
        0 => "nothing left".to_owned(),
        1 => "about a minute".to_owned(),
        2..=89 => format!("about {minutes} minutes"),
        _ => {
            let half_hours = (minutes + 15) / 30;
            let half = if half_hours % 2 == 1 { "½" } else { "" };
            format!("about {}{half} hours", half_hours / 2)
        }
    }
}

/// Whether an imported row applies: `Yes`, `No`, or that the file does not say.
#[must_use]
pub const fn imported_applies(imported: &Imported) -> &'static str {
    match imported.applies {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "not said",
    }
}

/// How far an imported row is implemented, or that the file does not say.
#[must_use]
pub fn imported_status(imported: &Imported) -> &'static str {
    imported.status.map_or("not said", ImportedStatus::title)
}

/// An imported cell: its heading, the number of its row where several rows were merged, and what it says.
#[must_use]
pub fn imported_text(imported: &Imported, text: &ImportedText) -> String {
    let ImportedText { number, heading, text } = text;
    if imported.numbers.len() > 1 {
        format!("{heading} ({number}): {text}")
    } else {
        format!("{heading}: {text}")
    }
}

/// Where something was imported from: `A.12.1.2 of old.csv`.
#[must_use]
pub fn imported_from(imported: &Imported) -> String {
    format!("{} of {}", imported.numbers.join(", "), imported.file)
}

/// Why what was imported needs a look; blank if it does not.
#[must_use]
pub fn imported_flags(imported: &Imported) -> String {
    imported
        .flags
        .iter()
        .map(|it| it.title())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a status rests on: `ready on 2 of 4; 1 partly, 1 not in place; 1 not applicable`.
#[must_use]
pub fn status_basis(status: &RequirementStatus) -> String {
    let basis = &status.basis;
    let list = |parts: &[(usize, &str)]| {
        let parts = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"));
        parts.collect::<Vec<_>>().join(", ")
    };
    if matches!(status.verdict, Verdict::NeedsDecision) {
        return match basis.n_not_applicable {
            0 => "no needed practice is in scope".to_owned(),
            n => format!("all {n} needed practices are not applicable"),
        };
    }
    let ready = format!("ready on {} of {}", basis.n_ready(), basis.n_considered());
    let how = list(&[
        (basis.n_another_way, "met another way"),
        (basis.n_inherited, "inherited"),
    ]);
    let rest = list(&[
        (basis.n_partly, "partly"),
        (basis.n_not_in_place, "not in place"),
        (basis.n_not_answered, "not answered"),
    ]);
    let left_out = list(&[(basis.n_not_applicable, "not applicable")]);
    [ready, how, rest, left_out]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// How many requirements are named before the rest is counted.
const N_NAMED: usize = 8;

/// The ids of some requirements; of many, the first and how many more.
fn requirement_ids(catalogue: &Catalogue, positions: &[usize]) -> String {
    let named = positions.iter().take(N_NAMED);
    let named = named
        .filter_map(|at| catalogue.requirements.get(*at))
        .map(requirement_id);
    let named = named.collect::<Vec<_>>().join(", ");
    match positions.len().saturating_sub(N_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What a change of the scope would switch, a sentence for each thing; one that says so if it switches nothing.
#[must_use]
pub fn scope_effect(catalogue: &Catalogue, effect: &ScopeEffect) -> Vec<String> {
    let questions = |n: usize| count(n, "question", "questions");
    let mut said = Vec::new();
    if !effect.going.is_empty() {
        let out = questions(effect.going.len());
        said.push(match effect.falling_asleep.len() {
            0 => format!("Takes {out} out."),
            n => format!("Takes {out} out; {n} answered: answers sleep and return with the question."),
        });
    }
    if !effect.coming.is_empty() {
        let more = questions(effect.coming.len());
        said.push(match effect.waking.len() {
            0 => format!("Brings {more} in."),
            1 => format!("Brings {more} in; 1 sleeping answer returns."),
            n => format!("Brings {more} in; {n} sleeping answers return."),
        });
    }
    if !effect.leaving.is_empty() {
        said.push(format!("No longer looks at {}.", requirements(effect.leaving.len())));
    }
    if !effect.entering.is_empty() {
        said.push(format!("Looks at {} more.", requirements(effect.entering.len())));
    }
    if !effect.bare.is_empty() {
        let ids = requirement_ids(catalogue, &effect.bare);
        said.push(format!(
            "Left without any practice that they need: {ids}. You decide on those."
        ));
    }
    if said.is_empty() {
        said.push("Switches nothing.".to_owned());
    }
    said
}

/// A draft reason to exclude a control, from the facts that leave it without a practice.
/// [`crate::analysis::is_draft_reason`] knows it again.
#[must_use]
pub fn exclusion_draft(facts: &[(Fact, bool)]) -> String {
    let said = facts.iter().map(|(fact, is)| {
        let no = if *is { "" } else { "no " };
        format!("{no}{}", fact.noun())
    });
    let said = said.collect::<Vec<_>>().join(" and ");
    format!("{DRAFT_OPENING}the scope has {said}, so what this control governs does not exist here.")
}

/// What stands behind a supplier or an inherited answer, a sentence for each thing. Nothing is said of a window while none
/// is stated.
#[must_use]
pub fn assurance(assurance: &Assurance, has_window: bool) -> Vec<&'static str> {
    let bridge = match (assurance.is_bridged, assurance.is_long_bridge) {
        (_, true) => "The end of the window rests on a bridge letter longer than the three months that are common.",
        (true, false) => "The end of the window rests on a bridge letter.",
        (false, false) => "",
    };
    let reviewed = match (assurance.report, assurance.type2) {
        (Some(_), _) => "A reviewed report in force names the service.",
        (None, _) => "No reviewed report in force that names the service.",
    };
    let type2 = match assurance.type2 {
        _ if !has_window => "",
        Some(_) => "A Type 2 report covers your window.",
        None => "No Type 2 report covers your window.",
    };
    let when = |is: bool, words: &'static str| if is { words } else { "" };
    let carved = "Carved out: reported as relying on a subservice organisation.";
    let exceptions = "Its report has exceptions or an opinion other than unqualified.";
    [
        reviewed,
        type2,
        bridge,
        when(assurance.is_carved_out, carved),
        when(assurance.has_exceptions, exceptions),
    ]
    .into_iter()
    .filter(|words| !words.is_empty())
    .collect()
}

/// Why a practice can't be inherited from a supplier that is named for it: it is of another kind, or it is of the right
/// one and its code scanner does not run on its own systems.
#[must_use]
pub const fn unfit(is_of_kind: bool) -> &'static str {
    if is_of_kind {
        "Code scanning stays yours unless the vendor runs it on its own systems: say in the register how it is deployed."
    } else {
        "None of its kinds in the register does this, so nothing is inherited."
    }
}

/// Whom a row of ISO/IEC 27017 speaks to.
#[must_use]
pub const fn audience(audience: Option<Audience>) -> &'static str {
    match audience {
        Some(Audience::Customer) => "Customer",
        Some(Audience::Provider) => "Provider",
        Some(Audience::Both) => "Both",
        None => "Repeats 27002",
    }
}

/// The parts of a requirement that some practices meet, one after the other.
#[must_use]
pub fn parts(catalogue: &Catalogue, practices: &PracticeSet, requirement: usize) -> String {
    let practices = practices.iter().filter_map(|at| catalogue.practices.get(at));
    let parts = practices.flat_map(|practice| {
        let ties = practice.ties.iter();
        let ties = ties.filter(|tie| usize::from(tie.requirement) == requirement && tie.kind == TieKind::Needed);
        ties.map(|tie| practice.part(tie))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// What a supplier does for the team, in one sentence.
#[must_use]
pub fn supplier_share(share: &SupplierShare) -> String {
    let (offers, inherited) = (share.offers.len(), share.inherited.len());
    let answers = match inherited {
        0 => "no answer inherits".to_owned(),
        n => count(n, "answer inherits", "answers inherit"),
    };
    match offers {
        0 if inherited == 0 => "Nothing in this scope can be inherited from it.".to_owned(),
        _ => format!("{} can be inherited from it; {answers} from it now.", practices(offers)),
    }
}

/// The numbers of a tally as the heads of their columns.
pub const TALLY_HEADS: [&str; 7] = [
    "Ready",
    "Partly",
    "Not ready",
    "Open",
    "Needs a decision",
    "Excluded",
    "In scope",
];

/// The numbers of a tally, in the order of [`TALLY_HEADS`].
#[must_use]
pub const fn tally_numbers(tally: &Tally) -> [usize; 7] {
    [
        tally.n_ready,
        tally.n_partly,
        tally.n_not_ready,
        tally.n_open,
        tally.n_needs_decision,
        tally.n_excluded,
        tally.n_total(),
    ]
}

/// The share of a tally with its denominator and interval: `12 of 93`, `12 to 60 of 93`, `none`.
#[must_use]
pub fn share(tally: &Tally) -> String {
    let (low, high) = tally.interval();
    match (tally.n_total(), low == high) {
        (0, _) => "none".to_owned(),
        (total, true) => format!("{low} of {total}"),
        (total, false) => format!("{low} to {high} of {total}"),
    }
}

/// A tally in one sentence: what a chart of it shows.
#[must_use]
pub fn tally_finding(name: &str, tally: &Tally) -> String {
    let total = tally.n_total();
    if total == 0 {
        return format!("{name}: no requirement is in scope.");
    }
    let (low, high) = tally.interval();
    let now = format!("{name}: {low} of {} ready", requirements(total));
    if tally.n_open == 0 {
        return format!("{now}, {} partly, {} not ready.", tally.n_partly, tally.n_not_ready);
    }
    if high == low {
        return format!("{now}; {} open, and none of those can turn out ready.", tally.n_open);
    }
    format!("{now}; up to {high} if all that is open turns out in place.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StatusBasis;

    #[test]
    fn basis_is_always_printed() {
        let basis = StatusBasis {
            n_in_place: 1,
            n_not_applicable: 3,
            ..Default::default()
        };
        let status = RequirementStatus {
            verdict: basis.verdict(),
            basis,
        };
        assert_eq!(status_basis(&status), "ready on 1 of 1; 3 not applicable");
        let basis = StatusBasis {
            n_in_place: 1,
            n_inherited: 1,
            n_partly: 1,
            n_not_answered: 2,
            ..Default::default()
        };
        let status = RequirementStatus {
            verdict: basis.verdict(),
            basis,
        };
        assert_eq!(
            status_basis(&status),
            "ready on 2 of 5; 1 inherited; 1 partly, 2 not answered"
        );
    }

    #[test]
    fn empty_tally_says_none() {
        assert_eq!(share(&Tally::default()), "none");
        assert_eq!(
            share(&Tally {
                n_ready: 2,
                n_open: 3,
                n_may_be_ready: 1,
                ..Default::default()
            }),
            "2 to 3 of 5"
        );
    }

    #[test]
    fn minutes_turn_into_half_hours() {
        assert_eq!(
            [1, 40, 90, 110, 240].map(minutes),
            [
                "about a minute",
                "about 40 minutes",
                "about 1½ hours",
                "about 2 hours",
                "about 4 hours"
            ]
        );
    }

    #[test]
    fn effect_of_a_fact_is_said_before_it_is_confirmed() {
        let of = |at: &[usize]| at.iter().copied().collect::<PracticeSet>();
        let effect = ScopeEffect {
            going: of(&[0, 1, 2]),
            falling_asleep: of(&[1]),
            coming: of(&[3]),
            bare: vec![1],
            ..ScopeEffect::default()
        };
        let said = scope_effect(&crate::domain::fixture::CATALOGUE, &effect);
        assert_eq!(
            said,
            [
                "Takes 3 questions out; 1 answered: answers sleep and return with the question.",
                "Brings 1 question in.",
                "Left without any practice that they need: A.8.32. You decide on those."
            ]
        );
        let nothing = scope_effect(&crate::domain::fixture::CATALOGUE, &ScopeEffect::default());
        assert_eq!(nothing, ["Switches nothing."]);
    }

    #[test]
    fn draft_of_an_exclusion_names_its_facts_and_is_known_as_a_draft() {
        let draft = exclusion_draft(&[(Fact::OwnDevelopment, false), (Fact::OutsourcedDevelopment, false)]);
        assert!(
            draft.contains("no software development by its own people and no software development by other companies")
        );
        assert!(crate::analysis::is_draft_reason(&draft));
    }

    #[test]
    fn instants_are_said_in_utc() {
        assert_eq!(instant(1_795_170_840_000), "20 Nov 2026, 10:34 UTC");
    }
}
