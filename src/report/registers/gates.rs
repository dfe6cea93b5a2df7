//! The gates, and the calendar of records.

use chrono::NaiveDate;

use super::{Register, table};
use crate::analysis::{Clearance, Gate, GateReadiness, GatedPractice, PeriodState, Window, operation_count};
use crate::domain::{Field, Register as Sheets, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// The gates: one row each, what blocks it before what it counts.
pub(super) fn gates(from: &Register) -> RegisterTable {
    let rows = from.analysis.gates.iter().map(|gate| gate_row(from, gate)).collect();
    let columns = [
        ("Gate", 1.4),
        ("Edition", 0.0),
        ("Blocked by", 2.6),
        ("Requirements that clear", 1.2),
        ("Without overrides", 1.0),
        ("Rows with cloud content", 1.0),
        ("Practices that clear", 1.1),
        ("Relies on subservice organisation", 0.0),
        ("Records only claimed", 0.0),
        ("No occurrence in the period", 0.0),
        ("Requirements that do not clear", 0.0),
        ("Requirements that are open", 0.0),
        ("What it asks", 2.4),
    ];
    let mut gates = table(RegisterKind::Gates, &columns, rows);
    gates.remarks = vec![
        "A gate counts requirements whose needed practices all clear, over requirements in scope, without weights. Of an \
         interval, the low end counts what is unanswered or not due as failing, the high end as clearing. What blocks a gate \
         goes before its number. Overrides are counted; the next column leaves them out."
            .to_owned(),
    ];
    let has_cloud_source = from
        .analysis
        .gates
        .iter()
        .any(|gate| gate.framework == crate::domain::FrameworkId::Iso27017);
    if has_cloud_source {
        gates.remarks.push(wording::CLOUD_SOURCE.to_owned());
    }
    gates
}

fn gate_row(from: &Register, gate: &GateReadiness) -> Vec<String> {
    let framework = from.catalogue.framework(gate.framework);
    let blockers: Vec<String> = gate.blockers.iter().map(wording::blocker).collect();
    let titles = |wanted: &dyn Fn(&GatedPractice) -> bool| {
        let practices = gate.practices.iter().filter(|it| wanted(it));
        let titles = practices.filter_map(|it| from.catalogue.practices.get(it.practice));
        titles.map(|it| it.title()).collect::<Vec<_>>().join("; ")
    };
    let requirements = |wanted: Clearance| {
        let gated = gate.requirements.iter().filter(|it| it.clearance == wanted);
        let requirements = gated.filter_map(|it| from.catalogue.requirements.get(it.requirement));
        requirements.map(wording::requirement_id).collect::<Vec<_>>().join(", ")
    };
    vec![
        gate.gate.title().to_owned(),
        framework.map(|it| it.full_title()).unwrap_or_default(),
        if blockers.is_empty() {
            "nothing".to_owned()
        } else {
            blockers.join("; ")
        },
        wording::gate_count(&gate.count),
        wording::gate_count(&gate.by_answers),
        gate.with_cloud_content
            .as_ref()
            .map(wording::gate_count)
            .unwrap_or_default(),
        wording::gate_count(&gate.practice_count),
        titles(&|it: &GatedPractice| it.relies_on_supplier),
        titles(&|it| it.is_claimed),
        titles(&|it| it.has_no_occurrence),
        requirements(Clearance::Fails),
        requirements(Clearance::Open),
        wording::gate_asks(gate.gate).to_owned(),
    ]
}

/// The calendar of records: one row for each practice that SOC 2 Type 2 looks at.
pub(super) fn calendar(from: &Register) -> RegisterTable {
    let window = Window::of(&from.assessment.scope);
    let gate = from.analysis.gates.iter().find(|it| it.gate == Gate::Type2);
    let practices = gate.map_or(&[][..], |it| &it.practices);
    let rows = window.map_or_else(Vec::new, |window| {
        practices
            .iter()
            .filter_map(|it| calendar_row(from, it, window))
            .collect()
    });
    let columns = [
        ("Practice", 2.0),
        ("Rhythm", 0.9),
        ("First operated", 0.9),
        ("Ended or replaced", 0.0),
        ("Reading", 1.2),
        ("Counted", 1.8),
        ("Missing", 1.8),
        ("Not due", 0.0),
        ("Records", 0.0),
        ("To know", 1.4),
        ("Response to exceptions", 0.0),
        ("Practice id", 0.0),
    ];
    let mut calendar = table(RegisterKind::Calendar, &columns, rows);
    if gate.is_some() {
        calendar.remarks = vec![match window {
            Some(window) => format!(
                "Window from {} to {}, both included, as seen on {}. A population is what the team entered, never guessed.",
                wording::date(window.start),
                wording::date(window.end),
                wording::date(from.analysis.date),
            ),
            None => "The window of the Type 2 report is not stated, so nothing can be counted.".to_owned(),
        }];
    }
    calendar
}

fn calendar_row(from: &Register, gated: &GatedPractice, window: Window) -> Option<Vec<String>> {
    let practice = from.catalogue.practices.get(gated.practice)?;
    let date = from.analysis.date;
    let counted = operation_count(practice, from.assessment, window, date);
    let sheet = from
        .assessment
        .sheet(SheetKey::practice(Sheets::Operation, practice.id));
    let day = |field| {
        sheet
            .date(field)
            .map(|day: NaiveDate| day.to_string())
            .unwrap_or_default()
    };
    let periods = |state: PeriodState| {
        let periods = counted.periods.iter().filter(|it| it.state == state);
        let names = periods.map(|it| wording::period(practice.rhythm, it));
        names.collect::<Vec<_>>().join("; ")
    };
    let records: Vec<String> = sheet.dates(Field::Records).map(|day| day.to_string()).collect();
    let flags = [
        (counted.is_late_start, "started inside the window"),
        (counted.is_replaced, "ended or replaced inside the window"),
        (counted.is_before_window, "the record lies before the window"),
        (counted.is_so_far, "so far; part of the window is still to come"),
        (gated.relies_on_supplier, "relies on subservice organisation"),
    ];
    let flags: Vec<&str> = flags.iter().filter(|(is, _)| *is).map(|(_, words)| *words).collect();
    Some(vec![
        practice.title().to_owned(),
        practice.rhythm.title().to_owned(),
        day(Field::FirstOperated),
        day(Field::ReplacedOn),
        wording::operating(counted.operating).to_owned(),
        wording::operation(practice.rhythm, &counted),
        periods(PeriodState::Missing),
        periods(PeriodState::NotDue),
        records.join("; "),
        flags.join("; "),
        sheet.text(Field::Response).to_owned(),
        practice.id.as_str().to_owned(),
    ])
}
