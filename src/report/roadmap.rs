//! The remediation plan over time, as a chart: the page draws it, and the paper does.

use chrono::{Datelike, Days, NaiveDate};

use super::chart::{Band, Chart, ChartRow, Drawing, Leads, Span, Spans, Tone};
use super::wording;
use crate::analysis::{ActionState, Plan, PlannedAction, Wave};
use crate::domain::{Assessment, Catalogue, Effort, FrameworkId, ScopeDate};

/// How many days before and after today are drawn at most. What lies outside stands at the edge.
const REACH: (u64, u64) = (400, 800);

/// The plan over time; none while no action has a day.
#[must_use]
pub fn roadmap(catalogue: &Catalogue, assessment: &Assessment, plan: &Plan) -> Option<Chart> {
    let bands = bands(plan);
    let dated = || plan.actions.iter().filter(|it| is_drawn(it));
    dated().next()?;
    let all_marks = marks(assessment, plan.date);
    let days = days(plan, &bands, &all_marks);
    let marks: Vec<(NaiveDate, String)> = all_marks
        .iter()
        .filter(|(day, _)| is_within(*day, days))
        .cloned()
        .collect();
    let rows = dated().map(|it| row(catalogue, it)).collect();
    let columns = ["Action", "Owner", "Effort", "Start", "Due", "Status", "Wave", "Closes"];
    Some(Chart {
        id: "roadmap".to_owned(),
        title: "Actions over time".to_owned(),
        finding: finding(assessment, plan),
        remarks: remarks(plan, &all_marks, days),
        drawing: Drawing::Spans(Spans { days, bands, marks }),
        columns: columns.map(str::to_owned).into(),
        rows,
    })
}

/// What has a day and was not dropped.
fn is_drawn(planned: &PlannedAction) -> bool {
    planned.action.due.is_some() && planned.action.state != ActionState::Dropped
}

fn bands(plan: &Plan) -> Vec<Band> {
    let mut bands = vec![Band {
        label: "Overdue".to_owned(),
        spans: plan.overdue().filter_map(span).collect(),
    }];
    for wave in Wave::ALL {
        let mut spans: Vec<Span> = plan.in_wave(wave).filter_map(span).collect();
        spans.extend(proposed(plan, wave));
        bands.push(Band {
            label: wording::wave_name(wave, plan.date),
            spans,
        });
    }
    bands.push(Band {
        label: "Done".to_owned(),
        spans: plan.of_state(ActionState::Done).filter_map(span).collect(),
    });
    bands.retain(|band| !band.spans.is_empty());
    bands
}

fn span(planned: &PlannedAction) -> Option<Span> {
    let action = &planned.action;
    let (start, due) = action.starts().zip(action.due)?;
    // What is done ended when it was done.
    let last = action
        .done_on
        .filter(|_| action.state == ActionState::Done)
        .unwrap_or(due);
    let tone = match (action.state, planned.is_overdue) {
        (ActionState::NotBegun | ActionState::Begun, true) => Tone::Poor,
        (ActionState::NotBegun | ActionState::Dropped, _) => Tone::Plain,
        (ActionState::Begun, _) => Tone::Fair,
        (ActionState::Done, _) if !planned.gaps.is_empty() => Tone::Poor,
        (ActionState::Done, _) => Tone::Good,
    };
    Some(Span {
        label: named(planned),
        days: (start.min(last), last),
        tone,
        state: wording::action_status(planned).to_owned(),
        leads: Leads::Action(action.id),
    })
}

/// The action, and who sees to it.
fn named(planned: &PlannedAction) -> String {
    let action = &planned.action;
    match action.owner.trim() {
        "" => wording::action_title(action),
        owner => format!("{} ({owner})", wording::action_title(action)),
    }
}

/// The gaps of a wave that no action covers, as one span.
fn proposed(plan: &Plan, wave: Wave) -> Option<Span> {
    let n = plan.proposed_in(wave).count();
    let first = match wave {
        Wave::Days30 => plan.date,
        Wave::Days90 => Wave::Days30.last_day(plan.date),
        Wave::Days180 => Wave::Days90.last_day(plan.date),
        Wave::Later => Wave::Days180.last_day(plan.date),
    };
    (n > 0).then(|| Span {
        label: wording::count(n, "gap that nobody has planned", "gaps that nobody has planned"),
        days: (first, wave.last_day(plan.date)),
        tone: Tone::Open,
        state: "Proposed".to_owned(),
        leads: Leads::Nowhere,
    })
}

/// The days of the scope that a plan is held against, and today.
fn marks(assessment: &Assessment, today: NaiveDate) -> Vec<(NaiveDate, String)> {
    let scope = &assessment.scope;
    let is_in = |id| scope.frameworks.contains(&id);
    let (is_iso, is_soc2) = (is_in(FrameworkId::Iso27001), is_in(FrameworkId::Soc2));
    let dates = [
        (ScopeDate::Stage1, "Stage 1", is_iso),
        (ScopeDate::Stage2, "Stage 2", is_iso),
        (ScopeDate::AsOf, "Type 1 as-of date", is_soc2),
        (ScopeDate::WindowStart, "Type 2 window begins", is_soc2),
        (ScopeDate::WindowEnd, "Type 2 window ends", is_soc2),
        (ScopeDate::Target, "Target date", true),
    ];
    let mut marks = vec![(today, "Today".to_owned())];
    let wanted = dates.into_iter().filter(|(.., is_wanted)| *is_wanted);
    marks.extend(wanted.filter_map(|(id, name, _)| Some((*scope.dates.get(&id)?, name.to_owned()))));
    marks
}

/// From the month in which the first work begins to the end of the month in which the last ends, within reach of today.
fn days(plan: &Plan, bands: &[Band], marks: &[(NaiveDate, String)]) -> (NaiveDate, NaiveDate) {
    let (back, ahead) = REACH;
    let reach = (
        plan.date.checked_sub_days(Days::new(back)).unwrap_or(NaiveDate::MIN),
        plan.date.checked_add_days(Days::new(ahead)).unwrap_or(NaiveDate::MAX),
    );
    let spans = bands.iter().flat_map(|band| &band.spans);
    let of_spans = spans.flat_map(|span| [span.days.0, span.days.1]);
    let all = of_spans.chain(marks.iter().map(|(day, _)| *day));
    let within = all.filter(|day| is_within(*day, reach));
    let (first, last) = within.fold((plan.date, plan.date), |(first, last), day| {
        (first.min(day), last.max(day))
    });
    let next = last
        .checked_add_months(chrono::Months::new(1))
        .and_then(|it| it.with_day(1));
    (
        first.with_day(1).unwrap_or(first),
        next.and_then(|it| it.pred_opt()).unwrap_or(last),
    )
}

fn is_within(day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> bool {
    (first..=last).contains(&day)
}

/// What the roadmap shows, with its numbers: how much is dated, up to when, how much is late, and what comes too late.
fn finding(assessment: &Assessment, plan: &Plan) -> String {
    let open = || plan.actions.iter().filter(|it| it.action.is_open());
    let due = || open().filter_map(|it| it.action.due);
    let dated = match (open().count(), due().max()) {
        (0, _) => return "Every action of the plan is done or dropped.".to_owned(),
        (n, None) => {
            let open = wording::count(n, "action is open", "actions are open");
            return format!("{open}, and none has a due day.");
        }
        (n, Some(last)) => format!(
            "{} of {} have a due day, the last on {}",
            due().count(),
            wording::count(n, "open action", "open actions"),
            wording::date(last)
        ),
    };
    let late = match plan.overdue().count() {
        0 => "none is overdue".to_owned(),
        1 => "1 is overdue".to_owned(),
        n => format!("{n} are overdue"),
    };
    let target = assessment.scope.dates.get(&ScopeDate::Target).map(|target| {
        let n = due().filter(|due| due > target).count();
        let word = if n == 1 { "is" } else { "are" };
        format!("; {n} {word} due after the target date of {}", wording::date(*target))
    });
    format!("{dated}; {late}{}.", target.unwrap_or_default())
}

fn remarks(plan: &Plan, marks: &[(NaiveDate, String)], days: (NaiveDate, NaiveDate)) -> Vec<String> {
    let mut remarks = Vec::new();
    match plan.undated().count() {
        0 => {}
        n => remarks.push(format!(
            "Not drawn: {} without a due day.",
            wording::count(n, "open action", "open actions")
        )),
    }
    let outside: Vec<String> = marks
        .iter()
        .filter(|(day, _)| !is_within(*day, days))
        .map(|(day, name)| format!("{name}, {}", wording::date(*day)))
        .collect();
    if !outside.is_empty() {
        remarks.push(format!("Outside the drawing: {}.", outside.join("; ")));
    }
    if plan
        .actions
        .iter()
        .any(|it| it.action.due.is_some() && it.action.start.is_none())
    {
        remarks.push(
            "Without a start, work is drawn from as many days before it is due as its effort takes: S 10, M 30, L 90."
                .to_owned(),
        );
    }
    remarks
}

fn row(catalogue: &Catalogue, planned: &PlannedAction) -> ChartRow {
    let action = &planned.action;
    let wave = match (planned.is_overdue, planned.wave) {
        (true, _) | (_, None) => "",
        (false, Some(wave)) => wave.title(),
    };
    let day = |day: Option<NaiveDate>| day.map(|it| it.to_string()).unwrap_or_default();
    ChartRow {
        cells: vec![
            wording::action_title(&planned.action),
            action.owner.clone(),
            action.effort.map_or("", Effort::as_str).to_owned(),
            day(action.starts()),
            day(action.due),
            wording::action_status(planned).to_owned(),
            wave.to_owned(),
            wording::counts_by_framework(catalogue, &planned.closes),
        ],
        leads: Leads::Action(action.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, plan};
    use crate::domain::{
        Action, Choice, EntryId, Field, FieldValue, Register, Sheet, SheetKey, Standing, apply, fixture,
    };

    fn day(text: &str) -> NaiveDate {
        crate::domain::date_from_text(text).expect("a day")
    }

    fn chart(assessment: &Assessment) -> Option<Chart> {
        let catalogue = &fixture::CATALOGUE;
        let analysis = Analysis::new(catalogue, assessment, fixture::date());
        roadmap(catalogue, assessment, &plan(catalogue, assessment, &analysis))
    }

    fn put(assessment: &mut Assessment, n: u64, title: &str, due: &str, state: Choice) {
        let sheet = Sheet::default()
            .with_text(Field::Title, title)
            .with_text(Field::Owner, "Ana")
            .with(
                Field::Practices,
                FieldValue::Practices([fixture::REVIEW].into_iter().collect()),
            )
            .with(Field::State, FieldValue::Choice(state))
            .with(Field::Due, FieldValue::Date(day(due)));
        let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(n));
        apply(assessment, &fixture::CATALOGUE, Action::PutSheet(key, sheet)).expect("applies");
    }

    #[test]
    fn actions_stand_in_their_waves_and_what_nobody_planned_beside_them() {
        let mut assessment = fixture::assessment();
        assert_eq!(chart(&assessment), None);
        for id in [fixture::REVIEW, fixture::DOORS] {
            let action = Action::SetStanding(id, Standing::NotInPlace);
            apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        }
        assert_eq!(chart(&assessment), None, "a proposal alone is no plan");
        put(&mut assessment, 1, "Ask for reviews", "2026-12-10", Choice::Begun);
        put(&mut assessment, 2, "Ask again", "2026-11-19", Choice::NotBegun);
        put(&mut assessment, 3, "Ask nobody", "2026-12-10", Choice::Dropped);
        put(&mut assessment, 4, "Far away", "9999-12-10", Choice::NotBegun);
        assessment.scope.dates.insert(ScopeDate::Stage1, day("2027-01-20"));
        assessment.scope.dates.insert(ScopeDate::Stage2, day("2040-01-20"));
        assessment.scope.dates.insert(ScopeDate::Target, day("2026-12-01"));
        let chart = chart(&assessment).expect("a roadmap");
        assert_eq!(
            chart.finding,
            "3 of 3 open actions have a due day, the last on 10 December 9999; 1 is overdue; 2 are due after the target \
             date of 1 December 2026."
        );
        let Drawing::Spans(spans) = &chart.drawing else {
            panic!("spans")
        };
        let drawn: Vec<(String, Vec<(&str, &str)>)> = spans
            .bands
            .iter()
            .map(|band| {
                let spans = band.spans.iter().map(|it| (it.label.as_str(), it.state.as_str()));
                (band.label.clone(), spans.collect())
            })
            .collect();
        assert_eq!(
            drawn,
            [
                ("Overdue".to_owned(), vec![("Ask again (Ana)", "Overdue")]),
                (
                    "Within 30 days, by 20 December 2026".to_owned(),
                    vec![
                        ("Ask for reviews (Ana)", "Begun"),
                        ("1 gap that nobody has planned", "Proposed")
                    ]
                ),
                (
                    "Later, from 19 May 2027".to_owned(),
                    vec![("Far away (Ana)", "Not begun")]
                ),
            ]
        );
        assert_eq!(spans.days, (day("2026-11-01"), day("2027-01-31")));
        assert_eq!(spans.marks.len(), 3);
        assert!(
            chart
                .remarks
                .iter()
                .any(|it| it == "Outside the drawing: Stage 2, 20 January 2040.")
        );
        assert_eq!(chart.rows.len(), 3);
        assert!(chart.rows.iter().all(|row| row.cells.len() == chart.columns.len()));
    }
}
