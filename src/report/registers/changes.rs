//! What has moved since a snapshot, as a table: scope, gates and frameworks first, then each practice that moved.

use super::{Register, cut, table};
use crate::analysis::{
    Comparison, Direction, Moment, PracticeChange, Snapshot, compare, default_since, snapshots, unread_snapshots,
};
use crate::domain::EntryId;
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

const COLUMNS: &[(&str, f32)] = &[
    ("Practice, gate, framework or fact", 2.1),
    ("Topic", 0.0),
    ("Way", 0.9),
    ("Then", 1.5),
    ("Now", 1.5),
    ("What moved", 1.8),
    ("Why", 2.2),
    ("Requirements touched", 1.4),
    ("Practice id", 0.0),
];

/// What has moved since a snapshot: the one that is named, otherwise the one that a report of this day compares with.
pub(super) fn changes(from: &Register, since: Option<EntryId>) -> RegisterTable {
    let all = snapshots(from.catalogue, from.assessment);
    let named = all.iter().find(|it| Some(it.id) == since);
    let snapshot = named.or_else(|| default_since(&all, from.analysis.date));
    let mut changes = match snapshot {
        Some(snapshot) => since_snapshot(from, snapshot),
        None => {
            let mut empty = table(RegisterKind::Changes, COLUMNS, Vec::new());
            empty.remarks = vec![wording::NO_SNAPSHOT.to_owned()];
            empty
        }
    };
    let n_unread = unread_snapshots(from.catalogue, from.assessment).len();
    if n_unread > 0 {
        let unread = wording::count(n_unread, "snapshot", "snapshots");
        changes
            .remarks
            .push(format!("Left out, because it can't be read: {unread}."));
    }
    changes
}

fn since_snapshot(from: &Register, snapshot: &Snapshot) -> RegisterTable {
    let today = Moment::today(from.catalogue, from.assessment, from.analysis);
    let comparison = compare(from.catalogue, from.assessment, &snapshot.moment, &today);
    let rows = rows_of_figures(from, &comparison).into_iter().chain(
        Direction::ALL
            .into_iter()
            .flat_map(|direction| comparison.towards(direction))
            .filter_map(|change| practice_row(from, change)),
    );
    let mut changes = table(RegisterKind::Changes, COLUMNS, rows.collect());
    changes.remarks = vec![
        format!("Compared with the snapshot of {}.", wording::snapshot_name(snapshot)),
        wording::comparison_finding(&comparison),
        wording::COMPARED.to_owned(),
    ];
    cut(changes, &[("Requirements touched", 60), ("Why", 150)])
}

fn rows_of_figures(from: &Register, comparison: &Comparison) -> Vec<Vec<String>> {
    let row = |name: String, way: &str, then: String, now: String, moved: String| {
        let blank = String::new;
        vec![
            name,
            blank(),
            way.to_owned(),
            then,
            now,
            moved,
            blank(),
            blank(),
            blank(),
        ]
    };
    let gates = comparison.gates.iter().map(|it| {
        let name = wording::gate_name(from.catalogue, it.gate, it.framework);
        let then = wording::gate_then(it.then.as_ref());
        row(
            name,
            "Gate",
            then,
            wording::gate_then(it.now.as_ref()),
            wording::gate_moved(it),
        )
    });
    let frameworks = comparison.frameworks.iter().map(|it| {
        let name = wording::framework_name(from.catalogue, it.id);
        let then = wording::framework_then(it.then.as_ref());
        let now = wording::framework_then(it.now.as_ref());
        row(name, "Framework, ready", then, now, wording::framework_moved(it))
    });
    let scope = comparison.scope.iter().map(|it| {
        let (what, then, now) = wording::scope_change(from.catalogue, it);
        row(what, "Scope", then.to_owned(), now.to_owned(), "the scope".to_owned())
    });
    gates.chain(frameworks).chain(scope).collect()
}

fn practice_row(from: &Register, change: &PracticeChange) -> Option<Vec<String>> {
    let practice = from.catalogue.practices.get(change.practice)?;
    let touched = from
        .analysis
        .ground
        .requirements_that_need(&[change.practice].into_iter().collect());
    let touched = touched.iter().filter_map(|at| from.catalogue.requirements.get(*at));
    Some(vec![
        practice.title().to_owned(),
        from.catalogue
            .topic(practice.topic.as_str())
            .map_or("", |it| it.title)
            .to_owned(),
        wording::direction(change.direction).to_owned(),
        wording::practice_state(change.then.as_ref()),
        wording::practice_state(change.now.as_ref()),
        wording::all_moved(&change.moved),
        wording::reasons(from.catalogue, from.assessment, &change.why),
        touched.map(wording::requirement_id).collect::<Vec<_>>().join("; "),
        practice.id.as_str().to_owned(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, take};
    use crate::domain::{Answer, Assessment, Register as Kept, SheetKey, Standing, fixture};

    fn changes_of(assessment: &Assessment, since: Option<EntryId>) -> RegisterTable {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let from = Register {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        };
        let table = changes(&from, since);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        table
    }

    #[test]
    fn without_a_snapshot_it_says_so_and_shows_nothing() {
        let table = changes_of(&fixture::assessment(), None);
        assert_eq!(
            (table.rows.len(), table.remarks),
            (0, vec![wording::NO_SNAPSHOT.to_owned()])
        );
    }

    #[test]
    fn what_moved_stands_with_then_now_why_and_requirements() {
        let mut assessment = fixture::assessment();
        let day = fixture::date().pred_opt().expect("a day");
        let keep = |assessment: &mut Assessment, number, title: &str| {
            let analysis = Analysis::new(&fixture::CATALOGUE, assessment, day);
            let sheet = take(&fixture::CATALOGUE, assessment, &analysis, title);
            let id = EntryId::from_random(number);
            assessment.sheets.insert(SheetKey::entry(Kept::Snapshot, id), sheet);
            id
        };
        let answer = |standing| Answer {
            standing,
            ..Answer::default()
        };
        let first = keep(&mut assessment, 1, "Start");
        assessment.answers.insert(fixture::REVIEW, answer(Standing::NotInPlace));
        keep(&mut assessment, 2, "Second");
        assessment.answers.insert(fixture::REVIEW, answer(Standing::InPlace));
        let practices = |table: &RegisterTable| {
            let rows = table
                .rows
                .iter()
                .filter(|row| row.last().is_some_and(|id| !id.is_empty()));
            rows.map(|row| row.join(" | ")).collect::<Vec<_>>()
        };
        let latest = changes_of(&assessment, None);
        assert_eq!(
            practices(&latest),
            [
                "Review | Delivery | Better | Not in place | In place | not in place to in place | answered anew | A.8.32; \
                 27017 8.32; CC8.1 | delivery.review"
            ]
        );
        assert!(
            latest.remarks.iter().any(|it| it.contains("19 November 2026, Second")),
            "{:?}",
            latest.remarks
        );
        let named = changes_of(&assessment, Some(first));
        assert!(
            practices(&named)
                .iter()
                .all(|it| it.contains("| Answered since then | Not answered |"))
        );
        let n_figures = latest.rows.len() - practices(&latest).len();
        assert_eq!(n_figures, 5 + 3, "five gates and three frameworks");
    }
}
