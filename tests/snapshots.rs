//! Snapshots: what was taken comes back, whatever the catalogue has become; what can't be read stays; two are compared the
//! same way from both ends; and a full one is small.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "common/full.rs"]
mod full;
#[path = "common/random.rs"]
mod random;

use chrono::NaiveDate;
use concord::analysis::{
    Analysis, Comparison, Direction, FrameworkChange, GapChange, GateChange, Moment, Moved, PracticeChange, Reason,
    ScopeChange, SnapshotError, SnapshotPart, compare, default_since, snapshot_from_sheet, snapshots, take,
    unread_snapshots,
};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, AssessmentId, BasisKind, EntryId, Facets, Field, FieldValue, Register, Sheet, SheetKey, Slot,
    Standing, apply,
};
use concord::store::{Book, Stamp};
use proptest::prelude::*;

use full::full_assessment;
use random::{actions, apply_all, config, text};

/// The most that a snapshot of a full assessment takes in the storage of a browser, in UTF-16 units, its key included.
const MOST_UNITS: usize = 1_024;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id(number: u64) -> EntryId {
    EntryId::from_random(number)
}

fn analysis(assessment: &Assessment, on: NaiveDate) -> Analysis {
    Analysis::new(&CATALOGUE, assessment, on)
}

fn moment(assessment: &Assessment, on: NaiveDate) -> Moment {
    Moment::today(&CATALOGUE, assessment, &analysis(assessment, on))
}

fn taken(assessment: &Assessment, on: NaiveDate, title: &str) -> Sheet {
    take(&CATALOGUE, assessment, &analysis(assessment, on), title)
}

fn with_snapshot(assessment: &Assessment, number: u64, sheet: Sheet) -> Assessment {
    let mut after = assessment.clone();
    let put = Action::PutSheet(SheetKey::entry(Register::Snapshot, id(number)), sheet);
    apply(&mut after, &CATALOGUE, put).expect("a snapshot can be kept");
    after
}

fn assessment_from(actions: Vec<Action>) -> Assessment {
    let mut assessment = Assessment::default();
    apply_all(&mut assessment, actions);
    assessment
}

/// The same, read from the other end.
fn mirrored(comparison: &Comparison) -> Comparison {
    let scope_change = |change: &ScopeChange| match *change {
        ScopeChange::Framework(id, is_in) => ScopeChange::Framework(id, !is_in),
        ScopeChange::Category(id, is_in) => ScopeChange::Category(id, !is_in),
        ScopeChange::Fact(fact, then, now) => ScopeChange::Fact(fact, now, then),
    };
    let practice = |change: &PracticeChange| PracticeChange {
        practice: change.practice,
        then: change.now,
        now: change.then,
        direction: match change.direction {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
            Direction::Answered => Direction::Unanswered,
            Direction::Unanswered => Direction::Answered,
            Direction::Otherwise => Direction::Otherwise,
            Direction::Scope => Direction::Scope,
        },
        moved: change
            .moved
            .iter()
            .map(|moved| match *moved {
                Moved::Listed(is) => Moved::Listed(!is),
                Moved::Asked(is) => Moved::Asked(!is),
                Moved::Standing(then, now) => Moved::Standing(now, then),
                Moved::Facet(facet, then, now) => Moved::Facet(facet, now, then),
                Moved::Basis(then, now) => Moved::Basis(now, then),
            })
            .collect(),
        why: change
            .why
            .iter()
            .map(|why| match why {
                Reason::Scope(change) => Reason::Scope(scope_change(change)),
                Reason::Decision
                | Reason::Catalogue
                | Reason::Action(..)
                | Reason::Evidence(..)
                | Reason::AnsweredAnew => why.clone(),
            })
            .collect(),
    };
    Comparison {
        days: (comparison.days.1, comparison.days.0),
        n_gaps: (comparison.n_gaps.1, comparison.n_gaps.0),
        gates: comparison
            .gates
            .iter()
            .map(|it| GateChange {
                then: it.now,
                now: it.then,
                ..it.clone()
            })
            .collect(),
        frameworks: comparison
            .frameworks
            .iter()
            .map(|it| FrameworkChange {
                then: it.now,
                now: it.then,
                ..it.clone()
            })
            .collect(),
        scope: comparison.scope.iter().map(scope_change).collect(),
        gaps: GapChange {
            closed: comparison.gaps.opened.clone(),
            opened: comparison.gaps.closed.clone(),
            left: comparison.gaps.entered.clone(),
            entered: comparison.gaps.left.clone(),
        },
        practices: comparison.practices.iter().map(practice).collect(),
    }
}

#[test]
fn snapshot_of_a_full_assessment_takes_a_kilobyte_at_most() {
    let title = "Before the second internal audit of 2026";
    assert_eq!(title.chars().count(), 40);
    let mut assessment = full_assessment();
    for practice in CATALOGUE.practices {
        let mut answer = assessment.answer(practice.id);
        answer.basis = Some(concord::domain::Basis {
            kind: BasisKind::Tested,
            by: "Siobhán Ní Bhriain".to_owned(),
            on: None,
        });
        assessment.answers.insert(practice.id, answer);
    }
    for fact in concord::domain::Fact::ALL {
        assessment.scope.facts.insert(fact, true);
    }
    let assessment = with_snapshot(&assessment, 1, taken(&assessment, day("2026-11-25"), title));
    let analysis = analysis(&assessment, day("2026-11-25"));
    assert_eq!(
        (analysis.frameworks.len(), analysis.gates.len()),
        (4, 6),
        "all there is in scope"
    );
    let stamp = Stamp {
        at: 1_795_600_000_000,
        by: "Siobhán Ní Bhriain".to_owned(),
        tab: "k7w2m9xq4t".to_owned(),
    };
    // Ids as the page makes them have ten characters.
    let book = Book::from_assessment(
        AssessmentId::parse("h4x9k2m7pq").expect("an id"),
        12,
        assessment,
        &stamp,
        &CATALOGUE,
    );
    let (key, record) = book
        .records
        .iter()
        .find(|(key, _)| key.kind == Register::Snapshot.as_str())
        .expect("the record");
    let n_units = book.place(key).encode_utf16().count() + record.to_text().encode_utf16().count();
    let slot = Slot::Sheet(SheetKey::entry(Register::Snapshot, id(1)));
    assert_eq!(book.n_units(slot), n_units, "the page shows this size");
    println!("a snapshot of a full assessment takes {n_units} UTF-16 units, its key included");
    assert!(n_units <= MOST_UNITS, "{n_units} units: {}", record.to_text());
}

#[test]
fn snapshot_of_an_older_or_a_newer_catalogue_reads() {
    let assessment = full_assessment();
    let sheet = taken(&assessment, day("2026-03-02"), "");
    let states = sheet.text(Field::States).to_owned();
    assert_eq!(states.len(), 1 + 2 * CATALOGUE.practices.len());
    let read = |states: &str| {
        let sheet = sheet.clone().with_text(Field::States, states);
        snapshot_from_sheet(&CATALOGUE, id(1), &sheet)
    };
    let whole = read(&states).expect("reads");
    let older = read(&states[..states.len() - 20]).expect("an older one reads");
    let unknown: Vec<usize> = (0..CATALOGUE.practices.len())
        .filter(|at| older.practice(*at).is_none())
        .collect();
    let last_ten: Vec<usize> = CATALOGUE
        .numbers
        .iter()
        .zip(0..)
        .filter(|(number, _)| usize::from(**number) >= CATALOGUE.practices.len() - 10)
        .map(|(_, at)| at)
        .collect();
    assert_eq!(unknown, last_ten);
    let comparison = compare(&CATALOGUE, &assessment, &older, &whole);
    let new: Vec<usize> = comparison.practices.iter().map(|it| it.practice).collect();
    assert_eq!(new, last_ten);
    assert!(comparison.practices.iter().all(|it| it.why == [Reason::Catalogue]));
    let newer = read(&format!("{states}AACJAA")).expect("a newer one reads");
    assert_eq!(newer, whole, "what this catalogue does not know is left out");
}

#[test]
fn what_can_not_be_read_is_said_and_stays() {
    let assessment = full_assessment();
    let sheet = taken(&assessment, day("2026-03-02"), "March");
    let cases = [
        (
            Field::States,
            sheet.text(Field::States).replacen('1', "9", 1),
            SnapshotError::Version(SnapshotPart::States, '9'),
        ),
        (
            Field::States,
            "1AB%A".to_owned(),
            SnapshotError::Damaged(SnapshotPart::States, 4),
        ),
        (
            Field::States,
            "1ABA".to_owned(),
            SnapshotError::CutOff(SnapshotPart::States),
        ),
        (
            Field::States,
            "1__".to_owned(),
            SnapshotError::Damaged(SnapshotPart::States, 3),
        ),
        (Field::Scope, "1".to_owned(), SnapshotError::CutOff(SnapshotPart::Scope)),
        (
            Field::Scope,
            "1AA_".to_owned(),
            SnapshotError::Damaged(SnapshotPart::Scope, 4),
        ),
    ];
    for (field, text, why) in cases {
        let kept = with_snapshot(&assessment, 1, sheet.clone().with_text(field, &text));
        let unread = unread_snapshots(&CATALOGUE, &kept);
        assert_eq!(unread.iter().map(|it| it.why).collect::<Vec<_>>(), [why], "{text}");
        assert_eq!(unread[0].title, "March");
        assert_eq!(snapshots(&CATALOGUE, &kept), []);
        // Another is taken beside it; the text stays to the letter.
        let more = with_snapshot(&kept, 2, taken(&kept, day("2026-03-02"), "Again"));
        assert_eq!(snapshots(&CATALOGUE, &more).len(), 1);
        assert_eq!(more.sheet(SheetKey::entry(Register::Snapshot, id(1))).text(field), text);
    }
    for (field, why) in [
        (Field::On, SnapshotError::NoDate),
        (Field::Figures, SnapshotError::Missing(SnapshotPart::Figures)),
    ] {
        let mut without = sheet.clone();
        without.set(field, None);
        assert_eq!(snapshot_from_sheet(&CATALOGUE, id(1), &without), Err(why));
    }
}

#[test]
fn snapshots_of_one_day_keep_their_order_and_a_report_takes_the_last_of_an_earlier_day() {
    let mut assessment = full_assessment();
    for (number, on, title) in [
        (9, "2026-05-01", "third"),
        (8, "2026-03-02", "first"),
        (5, "2026-03-02", "second"),
        (7, "2026-05-01", "fourth"),
    ] {
        assessment = with_snapshot(&assessment, number, taken(&assessment, day(on), title));
    }
    let all = snapshots(&CATALOGUE, &assessment);
    let titles: Vec<&str> = all.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["first", "second", "third", "fourth"]);
    let since = |on: &str| default_since(&all, day(on)).map(|it| it.title.as_str());
    assert_eq!(since("2026-06-01"), Some("fourth"));
    assert_eq!(
        since("2026-05-01"),
        Some("second"),
        "not the same day while there is an earlier one"
    );
    assert_eq!(
        since("2026-03-02"),
        Some("second"),
        "the same day if there is none before"
    );
    assert_eq!(since("2026-03-01"), None, "never a later one");
}

#[test]
fn gaps_of_a_comparison_add_up() {
    let before = full_assessment();
    let mut after = before.clone();
    for (at, practice) in CATALOGUE.practices.iter().enumerate() {
        if at % 7 == 0 {
            let standing = if at % 2 == 0 {
                Standing::InPlace
            } else {
                Standing::NotInPlace
            };
            apply(&mut after, &CATALOGUE, Action::SetStanding(practice.id, standing)).expect("applies");
            apply(
                &mut after,
                &CATALOGUE,
                Action::SetFacets(practice.id, Facets::default()),
            )
            .expect("applies");
        }
    }
    after.scope.facts.insert(concord::domain::Fact::Premises, false);
    let (from, to) = (moment(&before, day("2026-03-02")), moment(&after, day("2026-05-01")));
    let comparison = compare(&CATALOGUE, &after, &from, &to);
    let gaps = &comparison.gaps;
    assert!(
        [&gaps.closed, &gaps.opened, &gaps.left].iter().all(|it| !it.is_empty()),
        "{gaps:?}"
    );
    assert_eq!(
        comparison.n_gaps.0 + gaps.opened.len() + gaps.entered.len(),
        comparison.n_gaps.1 + gaps.closed.len() + gaps.left.len()
    );
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn what_was_taken_comes_back(actions in actions(60), title in text(), on in 0..20_000_i64) {
        let assessment = assessment_from(actions);
        let on = NaiveDate::default() + chrono::TimeDelta::days(on);
        let before = moment(&assessment, on);
        let kept = with_snapshot(&assessment, 99, taken(&assessment, on, &title));
        let read = snapshots(&CATALOGUE, &kept);
        let snapshot = read.iter().find(|it| it.id == id(99)).expect("it reads");
        prop_assert_eq!(&snapshot.moment, &before);
        prop_assert_eq!(&snapshot.title, &title);
        let states = snapshot.practices.iter().zip(CATALOGUE.practices);
        let n_gaps = states.filter(|(state, it)| state.is_some_and(|state| state.is_gap(it))).count();
        prop_assert_eq!(n_gaps, snapshot.figures.n_gaps);
    }

    #[test]
    fn every_sheet_is_a_snapshot_or_says_why_it_is_none(
        texts in proptest::collection::vec("1?[A-Za-z0-9_ä-]{0,40}", 3),
        on in any::<bool>(),
    ) {
        let mut sheet = Sheet::default().with_text(Field::Title, "odd");
        for (field, text) in [Field::Scope, Field::Figures, Field::States].into_iter().zip(&texts) {
            sheet = sheet.with_text(field, text);
        }
        sheet.set(Field::On, on.then(|| FieldValue::Date(NaiveDate::default())));
        let kept = with_snapshot(&Assessment::default(), 1, sheet);
        prop_assert_eq!(snapshots(&CATALOGUE, &kept).len() + unread_snapshots(&CATALOGUE, &kept).len(), 1);
    }

    #[test]
    fn comparison_of_equals_is_empty_and_of_two_reads_the_same_from_both_ends(
        first in actions(40),
        second in actions(40),
        days in (0..60_i64, 0..60_i64),
    ) {
        let from = assessment_from(first.clone());
        let mut all = first;
        all.extend(second);
        let to = assessment_from(all);
        let on = |days| day("2026-03-02") + chrono::TimeDelta::days(days);
        let (then, now) = (moment(&from, on(days.0)), moment(&to, on(days.1)));
        prop_assert!(compare(&CATALOGUE, &to, &now, &now).is_empty());
        prop_assert!(compare(&CATALOGUE, &to, &then, &then).is_empty());
        let there = compare(&CATALOGUE, &to, &then, &now);
        let back = compare(&CATALOGUE, &to, &now, &then);
        prop_assert_eq!(mirrored(&there), back);
        for change in &there.practices {
            prop_assert!(!change.moved.is_empty() && !change.why.is_empty());
        }
    }
}
