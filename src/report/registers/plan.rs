//! The remediation plan as a table: actions, and what is proposed for gaps that none covers.

use chrono::NaiveDate;

use super::{Register, cut, rows_where, table};
use crate::analysis::{Plan, PlannedAction, Proposal, Wave};
use crate::domain::{Choice, Effort, EntryId, Field, FrameworkId, Register as Kept, Sheet, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// About how many characters of a list of requirements stand on paper.
const IDS: usize = 40;

/// The remediation plan as a table.
pub(super) fn plan(from: &Register, plan: &Plan) -> RegisterTable {
    let frameworks: Vec<FrameworkId> = from.assessment.scope.frameworks.iter().copied().collect();
    let closes: Vec<String> = frameworks
        .iter()
        .map(|id| format!("Closes, {}", wording::framework_short(from.catalogue, *id)))
        .collect();
    let mut columns = vec![("Action", 2.4), ("Practices", 0.0)];
    columns.extend(closes.iter().map(|title| (title.as_str(), 1.5)));
    columns.extend([
        ("Priority", 0.75),
        ("Effort", 0.65),
        ("Owner", 1.1),
        ("Start", 1.0),
        ("Due", 1.0),
        ("Status", 1.1),
        ("Wave", 1.15),
        ("Root cause", 2.0),
        ("Correction", 0.0),
        ("Effectiveness check", 2.0),
        ("Checked on", 0.0),
        ("Checked by", 0.0),
        ("Effective", 0.0),
        ("Waits for", 0.0),
        ("Done on", 0.0),
        ("Note", 0.0),
        ("Id", 0.0),
    ]);
    let mut rows: Vec<Vec<String>> = plan
        .actions
        .iter()
        .map(|it| action_row(from, &frameworks, it))
        .collect();
    rows.extend(
        plan.proposals
            .iter()
            .filter_map(|it| proposal_row(from, &frameworks, it)),
    );
    let mut table = table(RegisterKind::Plan, &columns, rows);
    let lists: Vec<(&str, usize)> = closes.iter().map(|title| (title.as_str(), IDS)).collect();
    table = cut(table, &lists);
    // On paper the proposals of the first wave alone; the gap register has all gaps.
    let wave_column = table.columns.iter().position(|it| it.title == "Wave");
    let proposed_later = |row: &[String]| {
        let wave = wave_column.and_then(|at| row.get(at)).map_or("", String::as_str);
        let is_proposed = row.last().is_some_and(|id| id.starts_with("G-"));
        is_proposed && wave != Wave::Days30.title()
    };
    table.left_out = rows_where(&table.rows, proposed_later);
    table.remarks = remarks(plan);
    table
}

fn remarks(plan: &Plan) -> Vec<String> {
    if plan.actions.is_empty() && plan.proposals.is_empty() {
        return Vec::new();
    }
    let mut remarks = vec![wording::plan_finding(plan)];
    let n_later = plan.proposals.iter().filter(|it| it.wave > Wave::Days30).count();
    if !plan.proposals.is_empty() {
        let later = match n_later {
            0 => String::new(),
            n => format!(
                " The {} stand in the CSV export.",
                wording::count(n, "gap proposed for a later wave", "gaps proposed for later waves")
            ),
        };
        remarks.push(format!(
            "Rows with the status “proposed” are gaps that no open action covers, each with the wave that its rank, its \
             effort and what it comes after allow. 30 days hold an effort of {}.{later}",
            plan.capacity
        ));
    }
    remarks.push(wording::DONE_ANSWERS_NOTHING.to_owned());
    remarks
}

fn action_row(from: &Register, frameworks: &[FrameworkId], planned: &PlannedAction) -> Vec<String> {
    let action = &planned.action;
    let sheet = sheet(from, action.id);
    let text = |field| sheet.text(field).to_owned();
    let day = |day: Option<NaiveDate>| day.map(|it| it.to_string()).unwrap_or_default();
    let practices = action
        .practices
        .iter()
        .filter_map(|at| from.catalogue.practices.get(*at));
    let practices: Vec<&str> = practices.map(|it| it.title()).collect();
    let key = SheetKey::entry(Kept::PlanAction, action.id);
    let waits_for = wording::entry_titles(from.assessment, Kept::PlanAction, action.after.iter().copied());
    let mut row = vec![wording::sheet_title(from.assessment, key, &sheet), practices.join("; ")];
    row.extend(closes(from, frameworks, &planned.closes));
    row.extend([
        planned.priority.map(|it| it.to_string()).unwrap_or_default(),
        action.effort.map_or("", Effort::as_str).to_owned(),
        action.owner.clone(),
        day(action.start),
        day(action.due),
        wording::action_status(planned).to_owned(),
        planned.wave.map_or("", Wave::title).to_owned(),
        text(Field::RootCause),
        text(Field::Correction),
        text(Field::EffectCheck),
        day(sheet.date(Field::VerifiedOn)),
        text(Field::By),
        sheet.choice(Field::Effect).map_or("", Choice::title).to_owned(),
        waits_for.join("; "),
        day(action.done_on),
        text(Field::Note),
        format!("ACT-{}", action.id),
    ]);
    row
}

fn proposal_row(from: &Register, frameworks: &[FrameworkId], proposal: &Proposal) -> Option<Vec<String>> {
    let gap = from.analysis.gaps.get(proposal.gap)?;
    let practice = from.catalogue.practices.get(gap.practice)?;
    let after = proposal.after.iter().filter_map(|at| from.catalogue.practices.get(*at));
    let after: Vec<&str> = after.map(|it| it.title()).collect();
    let blank = String::new;
    let mut row = vec![practice.title().to_owned(), practice.title().to_owned()];
    row.extend(closes(from, frameworks, &gap.closes));
    row.extend([
        practice.priority.to_string(),
        practice.effort.as_str().to_owned(),
        from.assessment.answer(practice.id).owner,
        blank(),
        blank(),
        "Proposed".to_owned(),
        proposal.wave.title().to_owned(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        after.join("; "),
        blank(),
        proposal
            .held
            .map_or_else(blank, |held| wording::held_back(from.catalogue, held)),
        format!("G-{}", practice.id),
    ]);
    Some(row)
}

fn closes(from: &Register, frameworks: &[FrameworkId], positions: &[usize]) -> Vec<String> {
    let ids = |id: &FrameworkId| wording::ids_of_framework(from.catalogue, positions, *id);
    frameworks.iter().map(ids).collect()
}

fn sheet(from: &Register, id: EntryId) -> Sheet {
    from.assessment.sheet(SheetKey::entry(Kept::PlanAction, id))
}
