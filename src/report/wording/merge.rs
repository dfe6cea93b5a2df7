//! How a merge and its conflicts are said: what a file would bring, and two versions of one thing side by side.

use super::{
    count, field_text, imported_applies, imported_flags, imported_status, imported_text, requirement_name, sheet_title,
};
use crate::domain::{
    Answer, Assessment, Catalogue, Decision, Facet, Imported, MergeCounts, Register, ScopeCount, ScopeDate, ScopeText,
    SheetKey, Slot, Standing, Subject, Value,
};

/// What stands while a conflict is open, for the pages that show what counts.
pub const LOWER_COUNTS: &str = "Until a person chooses, the lower standing counts; of anything but an answer, the version \
    that was changed last.";

/// The note beside a place of which there is another version.
pub const TWO_VERSIONS: &str = "Two versions of this answer came together in a merge. The lower one counts until somebody \
    chooses.";

/// What a file brings: `12 new, 3 taken over, 840 the same, 2 older than here, 1 conflict`.
#[must_use]
pub fn merge_counts(counts: &MergeCounts) -> String {
    let parts = [
        format!("{} new", counts.n_new),
        format!("{} taken over", counts.n_taken_over),
        format!("{} the same", counts.n_same),
        format!("{} older than here", counts.n_older),
        count(counts.n_conflicts, "conflict", "conflicts"),
    ];
    let unknown = match counts.n_unknown {
        0 => String::new(),
        1 => "; of these, this version of Concord does not know 1, and keeps it as it is".to_owned(),
        n => format!("; of these, this version of Concord does not know {n}, and keeps them as they are"),
    };
    format!("{}{unknown}", parts.join(", "))
}

/// The warning about a file that seems to be another organisation's.
#[must_use]
pub fn foreign_file(name: &str) -> String {
    format!(
        "{name} seems to be the assessment of another organisation: the names differ, and hardly anything in it was ever the \
         same as here. Check before you merge."
    )
}

/// What has been done: `Merged 2 files: 12 new, 3 taken over, 1 conflict.`
#[must_use]
pub fn merged(n_files: usize, total: &MergeCounts) -> String {
    format!(
        "Merged {}: {} new, {} taken over, {}.",
        count(n_files, "file", "files"),
        total.n_new,
        total.n_taken_over,
        count(total.n_conflicts, "conflict", "conflicts"),
    )
}

/// What merging some files would do, before it is done.
#[must_use]
pub fn merge_preview(n_files: usize, total: &MergeCounts) -> String {
    format!(
        "{} read. {}.",
        count(n_files, "file has been", "files have been"),
        merge_counts(total)
    )
}

/// The heading over the conflicts that a merge would bring. One thing of which three people hold a version has two.
#[must_use]
pub fn conflicts_to_come(n: usize) -> String {
    let versions = count(n, "version", "versions");
    format!("{versions} would be kept beside what counts")
}

/// Conflicts that were open before, and stay so.
#[must_use]
pub fn conflicts_open_before(n: usize) -> String {
    let words = count(
        n,
        "conflict was open before and stays",
        "conflicts were open before and stay",
    );
    format!("{words} open.")
}

/// The words on the way to the conflicts.
pub const TO_CONFLICTS: &str = "Choose between the versions";

/// How many conflicts are left to settle.
#[must_use]
pub fn conflicts_left(n: usize) -> String {
    match n {
        0 => "Nothing is left to settle.".to_owned(),
        n => format!(
            "{} to settle. {LOWER_COUNTS}",
            count(n, "conflict is left", "conflicts are left")
        ),
    }
}

/// Conflicts that this version can't show.
#[must_use]
pub fn unread_conflicts(n: usize) -> String {
    format!(
        "{} kept that this version of Concord can't show, because a newer one wrote it. Open the assessment there to settle it.",
        count(n, "conflict is", "conflicts are")
    )
}

/// How many conflicts are open; nothing without one.
#[must_use]
pub fn open_conflicts(n: usize) -> Option<String> {
    (n > 0).then(|| {
        format!(
            "{} open after a merge. {LOWER_COUNTS}",
            count(n, "conflict is", "conflicts are")
        )
    })
}

/// What a slot is called: the practice, the requirement, the sheet, the part of the scope.
#[must_use]
pub fn slot_name(catalogue: &Catalogue, assessment: &Assessment, slot: Slot, value: &Value) -> String {
    match slot {
        Slot::Framework(id) => {
            let title = catalogue.framework(id).map(|it| it.full_title()).unwrap_or_default();
            format!("Framework in scope: {title}")
        }
        Slot::Category(id) => format!("SOC 2 category: {}", id.title()),
        Slot::Fact(fact) => format!("Fact: {}", fact.question()),
        Slot::Text(text) => format!("Scope: {}", scope_text(text)),
        Slot::Date(date) => format!("Scope: {}", scope_date(date)),
        Slot::Count(count) => format!("Scope: {}", scope_count(count)),
        Slot::Answer(id) => {
            let title = catalogue.practice(id.as_str()).map_or("", |it| it.title());
            format!("Answer: {title}")
        }
        Slot::Decision(id) => {
            let requirement = catalogue.requirement(id.framework, id.code);
            format!("Decision: {}", requirement.map(requirement_name).unwrap_or_default())
        }
        Slot::Imported(id) => {
            let requirement = catalogue.requirement(id.framework, id.code);
            format!("Imported: {}", requirement.map(requirement_name).unwrap_or_default())
        }
        Slot::Sheet(key) => sheet_of(catalogue, assessment, key, value),
        Slot::Conflict(_) => "Conflict".to_owned(),
    }
}

fn sheet_of(catalogue: &Catalogue, assessment: &Assessment, key: SheetKey, value: &Value) -> String {
    let practice =
        |id: crate::domain::PracticeId| catalogue.practice(id.as_str()).map_or("", |it| it.title()).to_owned();
    let requirement = |id: crate::domain::RequirementId| {
        let found = catalogue.requirement(id.framework, id.code);
        found.map(requirement_name).unwrap_or_default()
    };
    let about = match key.subject {
        Subject::Practice(id) => practice(id),
        Subject::Requirement(id, _) => requirement(id),
        Subject::Tie(id, of) => format!("{} for {}", practice(id), requirement(of)),
        Subject::Number(number) => format!("{} {}", key.register.one(), number + 1),
        Subject::Entry(_) => {
            // What was deleted here has its name in the other version.
            let here = assessment.sheet(key);
            let named = if let Value::Sheet(sheet) = value
                && here.is_empty()
            {
                sheet
            } else {
                &here
            };
            sheet_title(assessment, key, named)
        }
    };
    format!("{}: {about}", key.register.title())
}

const fn scope_text(text: ScopeText) -> &'static str {
    match text {
        ScopeText::Name => "name of the assessment",
        ScopeText::Organisation => "organisation",
        ScopeText::Statement => "scope statement",
        ScopeText::Boundaries => "boundaries and interfaces",
        ScopeText::Commitments => "service commitments",
        ScopeText::RiskCriteria => "risk criteria",
    }
}

const fn scope_date(date: ScopeDate) -> &'static str {
    match date {
        ScopeDate::AsOf => "Type 1 as-of date",
        ScopeDate::WindowStart => "Type 2 window, first day",
        ScopeDate::WindowEnd => "Type 2 window, last day",
        ScopeDate::Stage1 => "Stage 1",
        ScopeDate::Stage2 => "Stage 2",
        ScopeDate::InternalAudit => "internal audit planned",
        ScopeDate::ManagementReview => "management review planned",
        ScopeDate::Certified => "certification decision",
        ScopeDate::Target => "target date",
    }
}

const fn scope_count(count: ScopeCount) -> &'static str {
    match count {
        ScopeCount::Headcount => "people in scope",
        ScopeCount::Sites => "sites in scope",
        ScopeCount::RiskAccepted => "highest level of risk accepted without treatment",
        ScopeCount::Capacity => "effort that the plan takes on within 30 days",
    }
}

/// One line of two versions side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedLine {
    /// What the line is about.
    pub label: String,
    /// What the version says that stands; blank for nothing.
    pub standing: String,
    /// What the other one says; blank for nothing.
    pub other: String,
    /// Whether the two differ here. Of an entry that one of them has deleted, that is all in which they differ.
    pub differs: bool,
}

/// Two versions of a slot side by side, line by line, without lines that are blank in both.
#[must_use]
pub fn compared(
    catalogue: &Catalogue,
    assessment: &Assessment,
    slot: Slot,
    standing: &Value,
    other: &Value,
) -> Vec<ComparedLine> {
    let is_deleted = |value: &Value| matches!(value, Value::Sheet(sheet) if sheet.is_empty());
    let is_one_deleted = is_deleted(standing) != is_deleted(other);
    let of = |value: &Value| {
        let mut lines = lines(catalogue, assessment, slot, value);
        if is_one_deleted {
            let is_there = if is_deleted(value) { "Deleted" } else { "There" };
            lines.insert(0, line("Entry", is_there));
        }
        lines
    };
    let (standing, other) = (of(standing), of(other));
    let find = |lines: &[Line], label: &str| {
        let found = lines.iter().find(|(it, _)| it == label);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&String> = standing.iter().map(|(label, _)| label).collect();
    for (label, _) in &other {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let compared = labels.into_iter().enumerate().map(|(at, label)| {
        let (standing, other) = (find(&standing, label), find(&other, label));
        ComparedLine {
            label: label.clone(),
            differs: standing != other && (at == 0 || !is_one_deleted),
            standing,
            other,
        }
    });
    compared
        .filter(|line| !(line.standing.is_empty() && line.other.is_empty()))
        .collect()
}

/// A label and what stands under it.
type Line = (String, String);

fn line(label: &str, text: impl Into<String>) -> Line {
    (label.to_owned(), text.into())
}

/// What a slot holds, line by line.
fn lines(catalogue: &Catalogue, assessment: &Assessment, slot: Slot, value: &Value) -> Vec<Line> {
    let yes_or_no = |said: bool| if said { "Yes" } else { "No" };
    match value {
        Value::Member(is_in) => vec![line("In scope", yes_or_no(*is_in))],
        Value::Fact(fact) => vec![line("Fact", fact.map_or("Not stated", yes_or_no))],
        Value::Text(text) => vec![line("Text", or_nothing(text))],
        Value::Date(date) => vec![line(
            "Date",
            or_nothing(&date.map(|it| it.to_string()).unwrap_or_default()),
        )],
        Value::Count(count) => vec![line(
            "Number",
            or_nothing(&count.map(|it| it.to_string()).unwrap_or_default()),
        )],
        Value::Answer(answer) => answer_lines(answer),
        Value::Decision(None) => vec![line("Decision", "Not decided")],
        Value::Decision(Some(decision)) => decision_lines(decision),
        Value::Imported(None) => vec![line("Imported", "Nothing")],
        Value::Imported(Some(imported)) => imported_lines(imported),
        Value::Sheet(sheet) => {
            let specs = match slot {
                Slot::Sheet(key) => Register::fields(key.register),
                Slot::Framework(_)
                | Slot::Category(_)
                | Slot::Fact(_)
                | Slot::Text(_)
                | Slot::Date(_)
                | Slot::Count(_)
                | Slot::Answer(_)
                | Slot::Decision(_)
                | Slot::Imported(_)
                | Slot::Conflict(_) => &[],
            };
            let fields = specs.iter();
            fields
                .map(|spec| line(spec.label, field_text(catalogue, assessment, spec, sheet)))
                .collect()
        }
        Value::Conflict(_) => Vec::new(),
    }
}

fn or_nothing(text: &str) -> String {
    if text.is_empty() { "Nothing" } else { text }.to_owned()
}

fn answer_lines(answer: &Answer) -> Vec<Line> {
    let mut lines = vec![line("Standing", answer.standing.kind().title())];
    match &answer.standing {
        Standing::AnotherWay { description, risk } => {
            lines.push(line("What is done instead", description.as_str()));
            lines.push(line("Risk that it addresses", risk.as_str()));
        }
        Standing::NotApplicable { reason } => lines.push(line("Reason", reason.as_str())),
        Standing::Inherited { supplier } => lines.push(line("Supplier", supplier.as_str())),
        Standing::NotAnswered | Standing::NotInPlace | Standing::Partly | Standing::InPlace => {}
    }
    lines.extend(Facet::ALL.map(|facet| {
        let said = match answer.facets.get(facet) {
            Some(true) => "Can be shown",
            Some(false) => "Can't be shown",
            None => "",
        };
        line(facet.title(), said)
    }));
    if let Some(basis) = &answer.basis {
        let parts = [
            Some(basis.kind.title().to_owned()),
            (!basis.by.is_empty()).then(|| format!("by {}", basis.by)),
            basis.on.map(|on| format!("on {on}")),
        ];
        lines.push(line("Basis", parts.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    }
    lines.push(line("Owner", answer.owner.as_str()));
    lines.push(line("Note", answer.note.as_str()));
    lines
}

fn decision_lines(decision: &Decision) -> Vec<Line> {
    match decision {
        Decision::Included { reasons } => {
            let reasons: Vec<&str> = reasons.iter().map(|it| it.title()).collect();
            vec![line("Decision", "Included"), line("Reasons", reasons.join(", "))]
        }
        Decision::Excluded {
            justification,
            approver,
            review_on,
        } => vec![
            line("Decision", "Excluded"),
            line("Justification", justification.as_str()),
            line("Approved by", approver.as_str()),
            line(
                "Looked at again on",
                review_on.map(|it| it.to_string()).unwrap_or_default(),
            ),
        ],
    }
}

fn imported_lines(imported: &Imported) -> Vec<Line> {
    let texts = imported.texts.iter().map(|text| imported_text(imported, text));
    vec![
        line("File", imported.file.as_str()),
        line("Numbers", imported.numbers.join(", ")),
        line("Applicable", imported_applies(imported)),
        line("Status", imported_status(imported)),
        line("Needs review", imported_flags(imported)),
        line("Texts", texts.collect::<Vec<_>>().join("; ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Facets, Field, Sheet, fixture};

    fn answer(standing: Standing, facets: Facets) -> Value {
        Value::Answer(Box::new(Answer {
            standing,
            facets,
            ..Answer::default()
        }))
    }

    #[test]
    fn two_answers_stand_line_by_line_with_what_differs() {
        let shown = Facets {
            documented: Some(true),
            enforced: Some(false),
            ..Facets::default()
        };
        let lines = compared(
            &fixture::CATALOGUE,
            &fixture::assessment(),
            Slot::Answer(fixture::REVIEW),
            &answer(Standing::Partly, shown),
            &answer(
                Standing::InPlace,
                Facets {
                    documented: Some(true),
                    ..Facets::default()
                },
            ),
        );
        let said: Vec<(&str, &str, &str, bool)> = lines
            .iter()
            .map(|it| (it.label.as_str(), it.standing.as_str(), it.other.as_str(), it.differs))
            .collect();
        assert_eq!(
            said,
            [
                ("Standing", "Partly", "In place", true),
                ("Documented", "Can be shown", "Can be shown", false),
                ("Enforced", "Can't be shown", "", true),
            ]
        );
    }

    #[test]
    fn deleted_entry_is_named_by_the_version_that_still_has_a_name() {
        let key = SheetKey::entry(Register::Risk, crate::domain::EntryId::from_random(3));
        let sheet = Value::Sheet(Sheet::default().with_text(Field::Title, "Leaked key"));
        let assessment = fixture::assessment();
        let name = slot_name(&fixture::CATALOGUE, &assessment, Slot::Sheet(key), &sheet);
        assert_eq!(name, "Risk register: Leaked key");
        let lines = compared(
            &fixture::CATALOGUE,
            &assessment,
            Slot::Sheet(key),
            &Value::Sheet(Sheet::default()),
            &sheet,
        );
        let differing: Vec<(&str, &str)> = lines
            .iter()
            .filter(|it| it.differs)
            .map(|it| (it.standing.as_str(), it.other.as_str()))
            .collect();
        assert_eq!(differing, [("Deleted", "There")]);
        assert!(lines.iter().any(|it| it.other == "Leaked key"));
    }

    #[test]
    fn counts_name_what_is_unknown_only_if_there_is_some() {
        let mut counts = MergeCounts {
            n_new: 2,
            n_conflicts: 1,
            ..MergeCounts::default()
        };
        assert_eq!(
            merge_counts(&counts),
            "2 new, 0 taken over, 0 the same, 0 older than here, 1 conflict"
        );
        counts.n_unknown = 1;
        assert!(
            merge_counts(&counts)
                .ends_with("1 conflict; of these, this version of Concord does not know 1, and keeps it as it is")
        );
    }
}
