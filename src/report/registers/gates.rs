//! The gates, and the calendar of records.

use chrono::NaiveDate;

use super::{Register, rows_where, table};
use crate::analysis::{
    Clearance, Gate, GateReadiness, GatedPractice, Operating, Period, PeriodState, Window, assurance, operation_count,
};
use crate::domain::{Field, FrameworkId, Register as Sheets, Rhythm, SheetKey};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

/// The gates: one row each, what blocks it before what it counts.
pub(super) fn gates(from: &Register) -> RegisterTable {
    let rows = from.analysis.gates.iter().map(|gate| gate_row(from, gate)).collect();
    let columns = [
        ("Gate", 1.2),
        ("Edition", 0.0),
        ("Blocked by", 3.2),
        ("Requirements that clear", 1.1),
        ("Without overrides", 1.0),
        ("Rows with cloud content", 0.9),
        ("Practices that clear", 1.1),
        ("Relies on subservice organisation", 0.0),
        ("Records only claimed", 0.0),
        ("No occurrence in the period", 0.0),
        ("Requirements that do not clear", 0.0),
        ("Requirements that are open", 0.0),
        ("What it asks", 3.6),
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
        .any(|gate| gate.framework == FrameworkId::Iso27017);
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

/// What is to know while part of the window is still to come.
const SO_FAR: &str = "so far";

/// Readings of the calendar that leave nothing to look at: papers leave them to CSV.
const QUIET: [&str; 2] = [
    wording::operating(Operating::Operated),
    wording::operating(Operating::NotDue),
];

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
        ("Practice", 2.6),
        ("Rhythm", 1.0),
        ("First operated", 0.9),
        ("Ended or replaced", 0.0),
        ("Reading", 1.2),
        ("Counted", 2.3),
        ("Missing", 0.8),
        ("Not due", 0.0),
        ("Records", 0.0),
        ("To know", 1.6),
        ("Response to exceptions", 3.4),
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
    // A reader looks for holes, and for what began late, ended early or was replaced: that is never left out.
    let is_quiet = |row: &[String]| {
        let cell = |title| columns.iter().position(|it| it.0 == title).and_then(|at| row.get(at));
        let is_plain = |title| cell(title).is_none_or(|it| it.is_empty() || it == SO_FAR);
        cell("Reading").is_some_and(|it| QUIET.contains(&it.as_str())) && is_plain("Missing") && is_plain("To know")
    };
    calendar.left_out = rows_where(&calendar.rows, is_quiet);
    if !calendar.left_out.is_empty() {
        calendar.remarks.push(format!(
            "Left out here: {} that operated or are not due yet, with nothing else to know.",
            wording::practices(calendar.left_out.len())
        ));
    }
    if calendar.rows.iter().flatten().any(|it| it.contains(SO_FAR)) {
        calendar
            .remarks
            .push("So far: part of the window is still to come.".to_owned());
    }
    calendar
}

fn calendar_row(from: &Register, gated: &GatedPractice, window: Window) -> Option<Vec<String>> {
    let practice = from.catalogue.practices.get(gated.practice)?;
    let date = from.analysis.date;
    // A supplier does what is inherited: its report stands where the records would.
    let inherited = assurance(practice, from.assessment, Some(window), date);
    let mut counted = operation_count(practice, from.assessment, window, date);
    if inherited.is_some() {
        (counted.periods, counted.is_so_far) = (Vec::new(), false);
    }
    let sheet = from
        .assessment
        .sheet(SheetKey::practice(Sheets::Operation, practice.id));
    let day = |field| {
        sheet
            .date(field)
            .map(|day: NaiveDate| day.to_string())
            .unwrap_or_default()
    };
    // As long as nothing is entered, a hole says nothing.
    let missing = if counted.operating == Operating::Unstated {
        String::new()
    } else {
        periods(practice.rhythm, &counted.periods, PeriodState::Missing)
    };
    let records: Vec<String> = sheet.dates(Field::Records).map(|day| day.to_string()).collect();
    let mut flags = wording::operation_flags(&counted);
    flags.extend(counted.is_so_far.then_some(SO_FAR));
    let (reading, what) = inherited.as_ref().map_or_else(
        || {
            (
                wording::operating(counted.operating),
                wording::operation(practice.rhythm, &counted),
            )
        },
        |inherited| ("Inherited", wording::assurance(inherited, true).join(" ")),
    );
    Some(vec![
        practice.title().to_owned(),
        practice.rhythm.title().to_owned(),
        day(Field::FirstOperated),
        day(Field::ReplacedOn),
        reading.to_owned(),
        what,
        missing,
        periods(practice.rhythm, &counted.periods, PeriodState::NotDue),
        records.join("; "),
        flags.join("; "),
        sheet.text(Field::Response).to_owned(),
        practice.id.as_str().to_owned(),
    ])
}

/// The periods that are in a state, those that follow one another as one: `2026-02-03 to 2026-02-09; 2026-03-01`.
fn periods(rhythm: Rhythm, periods: &[Period], state: PeriodState) -> String {
    let runs = periods.chunk_by(|one, next| one.state == next.state);
    let wanted = runs.filter(|run| run.first().is_some_and(|it| it.state == state));
    let names = wanted.map(|run| {
        let name = |period: Option<&Period>| period.map(|it| wording::period(rhythm, it)).unwrap_or_default();
        let (first, last) = (name(run.first()), name(run.last()));
        if first == last {
            first
        } else {
            format!("{first} to {last}")
        }
    });
    names.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Answer, Assessment, FieldValue, ScopeDate, Standing, Words, date_from_text, fixture};

    fn tables(assessment: &Assessment) -> [RegisterTable; 2] {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let from = Register {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        };
        let tables = [gates(&from), calendar(&from)];
        for table in &tables {
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        }
        tables
    }

    fn day(text: &str) -> NaiveDate {
        date_from_text(text).expect("a day")
    }

    #[test]
    fn gates_stand_with_blockers_before_numbers() {
        let [gates, _] = tables(&fixture::assessment());
        let cells: Vec<&[String]> = gates.rows.iter().filter_map(|row| row.get(..4)).collect();
        assert_eq!(cells.len(), 5);
        assert_eq!(
            cells.first().map(|row| row.join(" | ")).as_deref(),
            Some(
                "ISO/IEC 27001 Stage 1 | ISO/IEC 27001:2022 | no scope or system statement; no risk assessed; 1 control \
                 not decided on with a reason | 0 to 1 of 2"
            )
        );
    }

    #[test]
    fn calendar_names_the_holes_of_each_practice() {
        let mut assessment = fixture::assessment();
        let [_, calendar] = tables(&assessment);
        assert_eq!(calendar.rows.len(), 0, "no window is stated");
        for (date, on) in [
            (ScopeDate::WindowStart, "2026-02-01"),
            (ScopeDate::WindowEnd, "2026-07-31"),
        ] {
            assessment.scope.dates.insert(date, day(on));
        }
        let key = SheetKey::practice(Sheets::Operation, fixture::DOORS);
        let sheet = assessment.sheet(key);
        let sheet = sheet.with(Field::Deviations, FieldValue::Count(1));
        assessment.sheets.insert(key, sheet);
        let [_, calendar] = tables(&assessment);
        let readings: Vec<&str> = calendar
            .rows
            .iter()
            .filter_map(|row| row.get(4))
            .map(String::as_str)
            .collect();
        assert_eq!(readings, ["Not entered", "Not entered", "Potential exception"]);
        let answer = Answer {
            standing: Standing::Inherited {
                supplier: Words::new("Example Data Centre").expect("not blank"),
            },
            ..Answer::default()
        };
        assessment.answers.insert(fixture::DOORS, answer);
        let [_, calendar] = tables(&assessment);
        let inherited = calendar.rows.last().and_then(|row| row.get(4));
        assert_eq!(inherited.map(String::as_str), Some("Inherited"));
    }

    #[test]
    fn periods_that_follow_one_another_are_named_as_one() {
        let period = |text: &str, state| Period {
            first: day(text),
            last: day(text),
            state,
            record: None,
        };
        let listed = [
            period("2026-02-03", PeriodState::Missing),
            period("2026-02-04", PeriodState::Missing),
            period("2026-02-05", PeriodState::Held),
            period("2026-02-06", PeriodState::Missing),
        ];
        assert_eq!(
            periods(Rhythm::Daily, &listed, PeriodState::Missing),
            "2026-02-03 to 2026-02-04; 2026-02-06"
        );
        assert_eq!(periods(Rhythm::Daily, &listed, PeriodState::NotDue), "");
    }
}
