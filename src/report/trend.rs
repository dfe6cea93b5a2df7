//! The gates over the snapshots, as a chart.

use chrono::NaiveDate;

use super::chart::{Chart, ChartRow, Drawing, Leads, Line, Lines};
use super::wording;
use crate::analysis::{Gate, Moment, Snapshot};
use crate::domain::{Catalogue, FrameworkId};

/// The share of each gate of today over the snapshots up to today, with today as the last point; none while there are fewer
/// than two days. Of several snapshots of one day the last is drawn.
#[must_use]
pub fn trend(catalogue: &Catalogue, snapshots: &[Snapshot], today: &Moment) -> Option<Chart> {
    let before = snapshots.iter().filter(|it| it.on < today.on);
    let mut points: Vec<(&str, &Moment)> = Vec::new();
    for snapshot in before {
        if points.last().is_some_and(|(_, last)| last.on == snapshot.on) {
            points.pop();
        }
        points.push((snapshot.title.trim(), &snapshot.moment));
    }
    points.push(("Today", today));
    let lines: Vec<Line> = today
        .figures
        .gates
        .iter()
        .map(|(gate, framework, ..)| Line {
            label: wording::gate_name(catalogue, *gate, *framework),
            is_planned: false,
            points: points
                .iter()
                .filter_map(|(_, it)| point(it, *gate, *framework))
                .collect(),
        })
        .collect();
    let first = points.first().filter(|_| points.len() > 1)?;
    if lines.is_empty() {
        return None;
    }
    Some(Chart {
        id: "trend".to_owned(),
        title: "Trend".to_owned(),
        finding: finding(first.1.on, today.on, &lines),
        remarks: vec![
            "Each point is a snapshot, the last is the day of this view; what was between them is not known. A change of the \
             scope or of the catalogue moves a share too, because it changes what is counted."
                .to_owned(),
        ],
        columns: columns(catalogue, today),
        rows: points.iter().map(|(name, it)| row(name, it, today)).collect(),
        drawing: Drawing::Lines(Lines {
            unit: "% of requirements that clear".to_owned(),
            most: 100,
            lines,
            marks: Vec::new(),
        }),
    })
}

fn point(moment: &Moment, gate: Gate, framework: FrameworkId) -> Option<(NaiveDate, u32)> {
    let mut gates = moment.figures.gates.iter();
    let (.., count, _) = gates.find(|it| it.0 == gate && it.1 == framework)?;
    Some((moment.on, wording::percent(count)?))
}

/// At how many gates more clears, where most, and the greatest setback.
fn finding(from: NaiveDate, to: NaiveDate, lines: &[Line]) -> String {
    let rises = lines.iter().filter_map(|line| {
        // A gate that came into scope later has no share of the first day to rise from.
        let ((_, first), (_, last)) = (line.points.first().filter(|it| it.0 == from)?, line.points.last()?);
        let rise = last.checked_sub(*first).filter(|rise| *rise > 0)?;
        Some((rise, *first, *last, line.label.as_str()))
    });
    let n_rises = rises.clone().count();
    let most = rises.reduce(|most, it| if it.0 > most.0 { it } else { most });
    let most = most.map_or_else(String::new, |(_, first, last, gate)| {
        format!("; most at {gate}, from {first} % to {last} % of its requirements")
    });
    let drops = lines.iter().flat_map(|line| {
        let steps = line.points.iter().zip(line.points.iter().skip(1));
        steps.filter_map(|((_, before), (on, after))| {
            let drop = before.checked_sub(*after).filter(|drop| *drop > 0)?;
            Some((drop, *before, *after, *on, line.label.as_str()))
        })
    });
    // The first of those that are as great.
    let greatest = drops.reduce(|greatest, it| if it.0 > greatest.0 { it } else { greatest });
    let setback = greatest.map_or_else(String::new, |(_, before, after, on, gate)| {
        format!(
            " The greatest setback was at {gate}, from {before} % to {after} % by {}.",
            wording::date(on)
        )
    });
    format!(
        "From {} to {} the share of requirements that clear rose at {n_rises} of {}{most}.{setback}",
        wording::date(from),
        wording::date(to),
        wording::count(lines.len(), "gate", "gates"),
    )
}

fn columns(catalogue: &Catalogue, today: &Moment) -> Vec<String> {
    let gates = today.figures.gates.iter();
    let gates = gates.map(|(gate, framework, ..)| wording::gate_name(catalogue, *gate, *framework));
    ["Day", "Snapshot"]
        .map(str::to_owned)
        .into_iter()
        .chain(gates)
        .chain(["Gaps".to_owned()])
        .collect()
}

fn row(name: &str, moment: &Moment, today: &Moment) -> ChartRow {
    let count = |gate: Gate, framework: FrameworkId| {
        let mut gates = moment.figures.gates.iter();
        let found = gates.find(|it| it.0 == gate && it.1 == framework);
        found.map_or_else(
            || "not in scope".to_owned(),
            |(.., count, _)| wording::gate_count(count),
        )
    };
    let gates = today
        .figures
        .gates
        .iter()
        .map(|(gate, framework, ..)| count(*gate, *framework));
    let cells = [moment.on.to_string(), name.to_owned()].into_iter().chain(gates);
    ChartRow {
        cells: cells.chain([moment.figures.n_gaps.to_string()]).collect(),
        leads: Leads::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, GateCount, snapshot_from_sheet, take};
    use crate::domain::{EntryId, fixture};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).expect("a day")
    }

    /// A snapshot of a day on which so many of ten requirements clear Stage 1.
    fn snapshot(on: u32, title: &str, n_cleared: usize) -> Snapshot {
        let assessment = fixture::assessment();
        let analysis = Analysis::new(&fixture::CATALOGUE, &assessment, day(on));
        let sheet = take(&fixture::CATALOGUE, &assessment, &analysis, title);
        let id = EntryId::from_random(u64::from(on));
        let mut snapshot = snapshot_from_sheet(&fixture::CATALOGUE, id, &sheet).expect("reads");
        let count = GateCount {
            n_cleared,
            n_open: 0,
            n_total: 10,
        };
        snapshot.moment.figures.gates = vec![(Gate::Stage1, FrameworkId::Iso27001, count, 1)];
        snapshot
    }

    #[test]
    fn trend_draws_the_last_of_a_day_and_names_the_setback() {
        let all = [
            snapshot(1, "start", 1),
            snapshot(5, "wrong", 9),
            snapshot(5, "right", 5),
            snapshot(9, "after the incident", 3),
            snapshot(28, "later than today", 10),
        ];
        let today = snapshot(20, "", 6).moment;
        let chart = trend(&fixture::CATALOGUE, &all, &today).expect("a chart");
        let Drawing::Lines(lines) = &chart.drawing else {
            panic!("lines")
        };
        let points: Vec<(NaiveDate, u32)> = [(1, 10), (5, 50), (9, 30), (20, 60)]
            .map(|(on, it)| (day(on), it))
            .into();
        assert_eq!(lines.lines.iter().map(|it| &it.points).collect::<Vec<_>>(), [&points]);
        assert_eq!(
            chart.finding,
            "From 1 March 2026 to 20 March 2026 the share of requirements that clear rose at 1 of 1 gate; most at ISO/IEC \
             27001 Stage 1, from 10 % to 60 % of its requirements. The greatest setback was at ISO/IEC 27001 Stage 1, from 50 % to 30 % by 9 March 2026."
        );
        assert!(chart.rows.iter().all(|row| row.cells.len() == chart.columns.len()));
        assert_eq!(chart.rows[1].cells, ["2026-03-05", "right", "5 of 10", "0"]);
    }

    #[test]
    fn one_day_is_no_trend() {
        let today = snapshot(5, "", 6).moment;
        assert_eq!(trend(&fixture::CATALOGUE, &[], &today), None);
        assert_eq!(trend(&fixture::CATALOGUE, &[snapshot(5, "", 1)], &today), None);
    }
}
