//! Merging: the files of several people, in whichever order, give the same records; one twice changes nothing; no version
//! is lost. People are played: they edit, delete, hand files round, merge and settle, with clocks that differ.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

use std::collections::BTreeMap;

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, AssessmentId, Decision, EntryId, Facets, Field, FrameworkId, PracticeId, Register, RequirementId,
    ScopeText, Sheet, SheetKey, Slot, Standing, UndoOutcome, UndoStack, Words, apply,
};
use concord::store::{AssessmentFile, Book, Record, RecordKey, Stamp, merge};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

type Records = BTreeMap<RecordKey, Record>;

const PRACTICES: [PracticeId; 2] = [
    PracticeId::new("source.peer-review"),
    PracticeId::new("continuity.backups"),
];

fn words(text: &str) -> Words {
    Words::new(text).expect("not blank")
}

/// One of few actions on few places, so that people meet.
fn action() -> impl Strategy<Value = Action> {
    let standings = vec![
        Standing::NotAnswered,
        Standing::NotInPlace,
        Standing::Partly,
        Standing::InPlace,
    ];
    let facets = any::<(Option<bool>, Option<bool>)>().prop_map(|(documented, evidenced)| Facets {
        documented,
        evidenced,
        ..Facets::default()
    });
    let control = RequirementId::new(FrameworkId::Iso27001, "A.8.30");
    let decisions = vec![
        None,
        Some(Decision::Included {
            reasons: concord::domain::SortedSet::default(),
        }),
        Some(Decision::Excluded {
            justification: words("nothing is bought"),
            approver: String::new(),
            review_on: None,
        }),
    ];
    let entry = SheetKey::entry(Register::Risk, EntryId::from_random(7));
    let titles = select(vec!["", "Leaked key", "Lost laptop"]);
    prop_oneof![
        4 => (select(PRACTICES.to_vec()), select(standings)).prop_map(|(id, it)| Action::SetStanding(id, it)),
        2 => (select(PRACTICES.to_vec()), facets).prop_map(|(id, it)| Action::SetFacets(id, it)),
        1 => (select(PRACTICES.to_vec()), select(vec!["", "note"])).prop_map(|(id, it)| Action::SetNote(id, it.to_owned())),
        1 => select(vec!["", "Acme", "Acme & Co"]).prop_map(|it| Action::SetText(ScopeText::Name, it.to_owned())),
        1 => select(decisions).prop_map(move |it| Action::SetDecision(control, it)),
        2 => titles.prop_map(move |it| {
            let sheet = Sheet::default().with_text(Field::Title, it);
            Action::PutSheet(entry, sheet)
        }),
    ]
}

/// A record as another version of the program would write it: of an unknown kind, with unknown fields, or with an answer
/// that can't be read here.
fn strange() -> impl Strategy<Value = (RecordKey, Record)> {
    let key = |kind: &str, id: &str| RecordKey {
        kind: kind.to_owned(),
        id: id.to_owned(),
    };
    let cases = vec![
        (key("incident", "i-1"), json!({"title": "Laptop lost"})),
        (key("incident", "i-1"), json!({"title": "Laptop found"})),
        (key("answer", "retired.practice"), json!({"standing": "in-place"})),
        (key("answer", "retired.practice"), json!({"standing": "partly"})),
        (key("answer", PRACTICES[0].as_str()), json!({"standing": "mostly"})),
        (
            key("answer", PRACTICES[0].as_str()),
            json!({"standing": "partly", "xray": [1, 2]}),
        ),
        (key("conflict", "zzzzzzzz"), json!({"shape": "of another version"})),
    ];
    (select(cases), any::<bool>(), any::<bool>()).prop_map(|((key, body), gone, has_extra)| {
        let mut record = Record {
            gone,
            body: body.as_object().cloned().expect("an object"),
            ..Record::default()
        };
        if has_extra {
            record.extra.insert("xray".to_owned(), json!(true));
        }
        (key, record)
    })
}

/// What one of three people does next.
#[derive(Clone, Debug)]
enum Step {
    Act(usize, Action),
    /// A record from another version of the program.
    Write(usize, RecordKey, Box<Record>),
    /// The page is loaded anew, or a file leaves: another word for the tab.
    Leave(usize),
    /// The second takes in the file of the first.
    Give(usize, usize),
    /// Settles one of the open conflicts.
    Settle(usize, usize, bool),
    /// Takes the last step back.
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let person = 0_usize..3;
    prop_oneof![
        12 => (person.clone(), action()).prop_map(|(who, it)| Step::Act(who, it)),
        2 => (person.clone(), strange()).prop_map(|(who, (key, it))| Step::Write(who, key, Box::new(it))),
        3 => person.clone().prop_map(Step::Leave),
        3 => (person.clone(), person.clone()).prop_map(|(from, to)| Step::Give(from, to)),
        3 => (person.clone(), 0_usize..4, any::<bool>()).prop_map(|(who, which, is_taken)| Step::Settle(who, which, is_taken)),
        2 => person.prop_map(Step::Undo),
    ]
}

/// Somebody with an assessment, a clock and a tab.
struct Person {
    book: Book,
    undo: UndoStack,
    skew: i64,
    tab: String,
}

fn book(records: Records) -> Book {
    let id = AssessmentId::parse("a").expect("an id");
    Book::from_records(id, 1, records, &CATALOGUE)
}

impl Person {
    fn act(&mut self, action: Action, now: i64, is_undo: bool) {
        let Ok(change) = apply(&mut self.book.assessment, &CATALOGUE, action) else {
            return;
        };
        let stamp = Stamp {
            at: now + self.skew,
            by: "somebody".to_owned(),
            tab: self.tab.clone(),
        };
        self.book.write_slots(&change.touched, &stamp, &CATALOGUE);
        if !is_undo {
            self.undo.remember(&change, &self.book.assessment, false);
        }
    }

    fn take_in(&mut self, records: Records) {
        self.book = self.book.with_records(records, &CATALOGUE);
        self.undo = UndoStack::default();
    }
}

/// The files of three people who began with the same one.
fn play(start: Vec<Action>, skews: [i64; 3], steps: Vec<Step>) -> [Records; 3] {
    let mut first = Person {
        book: book(Records::new()),
        undo: UndoStack::default(),
        skew: 0,
        tab: "start".to_owned(),
    };
    for (now, action) in (1..).zip(start) {
        first.act(action, now, false);
    }
    let mut people = [0, 1, 2].map(|who: usize| Person {
        book: first.book.clone(),
        undo: UndoStack::default(),
        skew: skews[who],
        tab: format!("tab{who}"),
    });
    for (now, step) in (1_000..).step_by(10).zip(steps) {
        match step {
            Step::Act(who, action) => people[who].act(action, now, false),
            Step::Write(who, key, mut record) => {
                record.stamp = Stamp {
                    at: now + people[who].skew,
                    by: String::new(),
                    tab: format!("new{who}"),
                };
                let mut records = people[who].book.all_records();
                records.insert(key, *record);
                people[who].take_in(records);
            }
            Step::Leave(who) => people[who].tab = format!("tab{who}-{now}"),
            Step::Give(from, to) => {
                let theirs = people[from].book.all_records();
                for who in [from, to] {
                    people[who].tab = format!("tab{who}-{now}");
                }
                let merged = merge(&[&people[to].book.all_records(), &theirs], &CATALOGUE);
                people[to].take_in(merged);
            }
            Step::Settle(who, which, is_taken) => {
                let open: Vec<EntryId> = people[who].book.assessment.conflicts.keys().copied().collect();
                if let Some(id) = open.get(which % open.len().max(1)) {
                    people[who].act(Action::Choose(*id, is_taken), now, false);
                }
            }
            Step::Undo(who) => {
                let outcome = {
                    let person = &mut people[who];
                    person.undo.take(&person.book.assessment)
                };
                if let UndoOutcome::Apply(action) = outcome {
                    people[who].act(action, now, true);
                }
            }
        }
    }
    people.map(|person| person.book.all_records())
}

fn files() -> impl Strategy<Value = [Records; 3]> {
    let start = proptest::collection::vec(action(), 0..8);
    let steps = proptest::collection::vec(step(), 0..40);
    (start, [-25_i64..25, -25_i64..25, -25_i64..25], steps).prop_map(|(start, skews, steps)| play(start, skews, steps))
}

/// The place of a conflict, and the version that it keeps.
fn kept(record: &Record) -> Option<(RecordKey, Record)> {
    let text = |name: &str| record.body.get(name)?.as_str().map(str::to_owned);
    let place = RecordKey {
        kind: text("kind")?,
        id: text("id")?,
    };
    let version = Record::from_text(&record.body.get("record")?.to_string()).ok()?;
    Some((place, version))
}

/// The versions of a file that count, and those that it keeps as conflicts.
fn versions(records: &Records) -> Vec<(RecordKey, Record)> {
    let all = records.iter().filter_map(|(key, record)| {
        let conflict = (key.kind == "conflict").then(|| kept(record)).flatten();
        match conflict {
            Some(_) if record.gone => None,
            Some(kept) => Some(kept),
            None => Some((key.clone(), record.clone())),
        }
    });
    all.collect()
}

/// How a version is found again in what a merge gives.
fn is_found(merged: &Records, place: &RecordKey, version: &Record) -> bool {
    let content = version.content();
    let counts = versions(merged)
        .iter()
        .any(|(key, it)| key == place && it.content() == content && it.stamp >= version.stamp);
    let standing = merged.get(place).expect("a place that one file has is there");
    let is_past = standing
        .past
        .iter()
        .any(|(past, until)| past == content && version.stamp.at <= until);
    counts || is_past
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_files_and_of_merges_changes_nothing(files in files()) {
        let merged = |files: &[&Records]| merge(files, &CATALOGUE);
        let [a, b, c] = &files;
        let all = merged(&[a, b, c]);
        for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
            prop_assert_eq!(&merged(&order), &all);
        }
        prop_assert_eq!(&merged(&[&merged(&[a, b]), c]), &all);
        prop_assert_eq!(&merged(&[a, &merged(&[b, c])]), &all);
        prop_assert_eq!(&merged(&[b, &merged(&[c, a])]), &all);
    }

    #[test]
    fn merging_again_changes_nothing(files in files()) {
        let merged = |files: &[&Records]| merge(files, &CATALOGUE);
        let [a, b, c] = &files;
        let all = merged(&[a, b, c]);
        prop_assert_eq!(&merged(&[&all]), &all);
        prop_assert_eq!(&merged(&[&all, &all]), &all);
        for file in [a, b, c] {
            prop_assert_eq!(&merged(&[&all, file]), &all);
            prop_assert_eq!(&merged(&[file, file]), &merged(&[file]));
        }
    }

    #[test]
    fn no_version_is_lost(files in files()) {
        let merged = merge(&files.each_ref(), &CATALOGUE);
        for (place, version) in files.iter().flat_map(versions) {
            prop_assert!(is_found(&merged, &place, &version), "{place:?} {version:?}");
        }
        // Nothing comes from nowhere either.
        for (place, version) in versions(&merged) {
            let said = files.iter().flat_map(versions).any(|(key, it)| key == place && it.content() == version.content());
            prop_assert!(said, "{place:?} {version:?}");
        }
    }

    #[test]
    fn what_comes_out_is_a_file_that_opens_with_its_conflicts(files in files()) {
        let merged = merge(&files.each_ref(), &CATALOGUE);
        let text = AssessmentFile::new(&CATALOGUE, merged.clone()).to_text();
        let opened = AssessmentFile::from_bytes(text.as_bytes()).expect("opens").records;
        prop_assert_eq!(&opened, &merged);
        let book = book(opened);
        prop_assert_eq!(&book.all_records(), &merged);
        for (id, conflict) in book.assessment.conflicts.iter() {
            prop_assert!(book.assessment.value(Slot::Conflict(*id)) != book.assessment.value(conflict.slot));
            let standing = book.assessment.value(conflict.slot);
            if let (concord::domain::Value::Answer(standing), concord::domain::Value::Answer(other)) = (standing, &conflict.value) {
                prop_assert!(standing.claim() <= other.claim(), "the lower standing counts");
            }
        }
    }

    #[test]
    fn settling_every_conflict_leaves_none_wherever_the_files_go_from_there(files in files(), is_taken in any::<bool>()) {
        let [a, b, _] = &files;
        let mut person = Person {
            book: book(merge(&[a, b], &CATALOGUE)),
            undo: UndoStack::default(),
            skew: 0,
            tab: "settles".to_owned(),
        };
        let open: Vec<EntryId> = person.book.assessment.conflicts.keys().copied().collect();
        for (now, id) in (5_000..).zip(open) {
            person.act(Action::Choose(id, is_taken), now, false);
        }
        prop_assert!(person.book.assessment.conflicts.is_empty());
        let settled = person.book.all_records();
        let again = book(merge(&[&settled, a, b], &CATALOGUE));
        prop_assert!(again.assessment.conflicts.is_empty(), "{:?}", again.assessment.conflicts);
        prop_assert_eq!(&again.assessment, &person.book.assessment);
    }
}

#[test]
fn people_that_are_played_do_meet() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut n_conflicts, mut n_settled, mut n_past, mut n_crowded, mut n_gone) = (0, 0, 0, 0, 0);
    for _ in 0..300 {
        let files = files().new_tree(&mut runner).expect("files").current();
        let merged = merge(&files.each_ref(), &CATALOGUE);
        let places: Vec<RecordKey> = merged.values().filter_map(kept).map(|(place, _)| place).collect();
        n_conflicts += usize::from(!places.is_empty());
        n_crowded += usize::from(places.windows(2).any(|pair| pair[0] == pair[1]));
        n_past += usize::from(merged.values().any(|it| !it.past.is_empty()));
        n_gone += usize::from(merged.values().filter_map(kept).any(|(_, it)| it.gone));
        let is_settled = |(key, it): (&RecordKey, &Record)| key.kind == "conflict" && it.gone && kept(it).is_some();
        n_settled += usize::from(files.iter().flatten().any(is_settled));
    }
    let seen = [n_conflicts, n_settled, n_past, n_crowded, n_gone];
    assert!(seen.iter().all(|n| *n >= 20), "{seen:?}");
}
