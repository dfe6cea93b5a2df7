//! Merging into an assessment that is kept: what is previewed is what is done, in one switch, and what can't be done
//! leaves all as it was. The examples of docs/merge.md are here.

use std::collections::BTreeMap;

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Decision, EntryId, Facets, FrameworkId, MergeCounts, RequirementId, ScopeText, Slot, Standing, UndoOutcome,
    UndoStack, Value, apply,
};
use concord::store::{
    AssessmentFile, Book, LibraryError, MergeFile, Origin, Record, RecordKey, RecordPlace, Sink, SinkError, Stamp,
    conflict_pairs, hand_out, merge, n_unread_conflicts, preview_merge,
};

use super::support::{
    BACKUPS, Fault, Faulty, PLAN, REVIEW, copy, head, id, key, library, open, place, put, sample, sink_with_sample,
    stamp,
};

type Records = BTreeMap<RecordKey, Record>;

/// A change by somebody in a tab.
fn act(book: &mut Book, who: &str, tab: &str, at: i64, action: Action) {
    let change = apply(&mut book.assessment, &CATALOGUE, action).expect("applies");
    let stamp = Stamp {
        at,
        by: who.to_owned(),
        tab: tab.to_owned(),
    };
    book.write_slots(&change.touched, &stamp, &CATALOGUE);
}

fn copy_of(book: &Book) -> Book {
    Book::from_records(id("copy"), 1, book.all_records(), &CATALOGUE)
}

fn file(name: &str, book: &Book) -> MergeFile {
    let text = AssessmentFile::new(&CATALOGUE, book.all_records()).to_text();
    MergeFile::from_bytes(name.to_owned(), text.as_bytes()).expect("opens")
}

fn merged(books: &[&Book]) -> Book {
    let files: Vec<Records> = books.iter().map(|book| book.all_records()).collect();
    let files: Vec<&Records> = files.iter().collect();
    books[0].with_records(merge(&files, &CATALOGUE), &CATALOGUE)
}

fn standing(book: &Book) -> Standing {
    book.assessment.answer(REVIEW).standing
}

fn only_conflict(book: &Book) -> EntryId {
    let ids: Vec<EntryId> = book.assessment.conflicts.keys().copied().collect();
    assert_eq!(ids.len(), 1, "{:?}", book.assessment.conflicts);
    ids[0]
}

fn set(standing: Standing) -> Action {
    Action::SetStanding(REVIEW, standing)
}

/// Two people who began with the same file.
fn two_people() -> (Book, Book) {
    let book = open(&sink_with_sample("a"), "a");
    (copy_of(&book), copy_of(&book))
}

#[test]
fn worked_example_of_the_docs() {
    let (mut ada, mut bo) = two_people();
    // Ada lowers peer review and leaves backups; Bo raises backups, and says more of peer review.
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(
        &mut bo,
        "Bo",
        "b1",
        300,
        Action::SetStanding(BACKUPS, Standing::InPlace),
    );
    act(
        &mut bo,
        "Bo",
        "b1",
        310,
        Action::SetFacets(
            REVIEW,
            Facets {
                documented: Some(true),
                ..Facets::default()
            },
        ),
    );
    let preview = preview_merge(&ada, &[file("bo.json", &bo)], &CATALOGUE);
    let n_records = ada.records.len();
    assert_eq!(
        preview.total,
        MergeCounts {
            n_taken_over: 1,
            n_same: n_records - 2,
            n_conflicts: 1,
            ..MergeCounts::default()
        }
    );
    let both = merged(&[&ada, &bo]);
    assert_eq!(
        both.assessment.answer(BACKUPS).standing,
        Standing::InPlace,
        "only Bo changed it"
    );
    assert_eq!(
        standing(&both),
        Standing::Partly,
        "the lower standing counts, though Bo was later"
    );
    let conflict = only_conflict(&both);
    let other = both.assessment.conflicts.get(&conflict).expect("kept");
    assert_eq!((other.by.as_str(), other.at), ("Bo", 310));
    // A person takes Bo's version; Ada's own file then brings nothing back.
    let mut settled = both;
    act(&mut settled, "Cy", "c1", 400, Action::Choose(conflict, true));
    assert_eq!(standing(&settled), Standing::InPlace);
    assert_eq!(settled.assessment.answer(REVIEW).facets.documented, Some(true));
    let again = merged(&[&settled, &ada, &bo]);
    assert_eq!(again.assessment, settled.assessment);
    assert!(!preview_merge(&settled, &[file("ada.json", &ada), file("bo.json", &bo)], &CATALOGUE).changes_anything());
}

#[test]
fn what_one_person_changed_alone_is_taken_over_and_older_files_change_nothing() {
    let (ada, mut bo) = two_people();
    act(&mut bo, "Bo", "b1", 300, set(Standing::NotInPlace));
    act(&mut bo, "Bo", "b2", 301, set(Standing::Partly));
    act(
        &mut bo,
        "Bo",
        "b2",
        302,
        Action::SetText(ScopeText::Organisation, "Acme".to_owned()),
    );
    let both = merged(&[&ada, &bo]);
    assert_eq!(both.assessment, bo.assessment);
    let counts = |ours: &Book, theirs: &Book| preview_merge(ours, &[file("it.json", theirs)], &CATALOGUE).total;
    let n_same = ada.records.len() - 1;
    let expected = MergeCounts {
        n_new: 1,
        n_taken_over: 1,
        n_same,
        ..MergeCounts::default()
    };
    assert_eq!(counts(&ada, &bo), expected);
    let expected = MergeCounts {
        n_older: 1,
        n_same,
        ..MergeCounts::default()
    };
    assert_eq!(counts(&bo, &ada), expected);
}

#[test]
fn deletion_is_a_version_like_any_other() {
    let (mut ada, mut bo) = two_people();
    act(
        &mut ada,
        "Ada",
        "a1",
        200,
        Action::SetStanding(PLAN, Standing::NotAnswered),
    );
    let one_sided = merged(&[&bo, &ada]);
    assert!(
        one_sided.assessment.answers.get(&PLAN).is_none(),
        "the deletion is taken over"
    );
    act(
        &mut bo,
        "Bo",
        "b1",
        201,
        Action::SetNote(PLAN, "drill in May".to_owned()),
    );
    let both = merged(&[&ada, &bo]);
    assert_eq!(
        both.assessment.answer(PLAN).note,
        "drill in May",
        "absent is lower than not said"
    );
    let conflict = only_conflict(&both);
    assert!(both.assessment.conflicts.get(&conflict).expect("kept").value.is_empty());
    let mut settled = both;
    act(&mut settled, "Cy", "c1", 300, Action::Choose(conflict, true));
    assert!(settled.assessment.answers.get(&PLAN).is_none());
    assert!(settled.records[&key("answer", PLAN.as_str())].gone);
}

#[test]
fn of_anything_but_an_answer_the_version_counts_that_was_changed_last() {
    let control = RequirementId::new(FrameworkId::Iso27001, "A.8.30");
    let (mut ada, mut bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, Action::SetDecision(control, None));
    let included = Decision::Included {
        reasons: std::iter::empty().collect(),
    };
    act(
        &mut bo,
        "Bo",
        "b1",
        300,
        Action::SetDecision(control, Some(included.clone())),
    );
    let both = merged(&[&ada, &bo]);
    assert_eq!(both.assessment.decisions.get(&control), Some(&included));
    assert!(
        both.assessment
            .conflicts
            .get(&only_conflict(&both))
            .expect("kept")
            .value
            .is_empty()
    );
}

#[test]
fn two_people_who_settle_one_conflict_differently_have_a_conflict_again() {
    let (mut ada, mut bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
    let both = merged(&[&ada, &bo]);
    let conflict = only_conflict(&both);
    let (mut first, mut second) = (both.clone(), both);
    act(&mut first, "Ada", "a2", 300, Action::Choose(conflict, true));
    act(&mut second, "Bo", "b2", 310, Action::Choose(conflict, false));
    assert_eq!(
        (standing(&first), standing(&second)),
        (Standing::Partly, Standing::NotInPlace)
    );
    let again = merged(&[&first, &second]);
    assert_eq!(standing(&again), Standing::NotInPlace);
    let other = again.assessment.conflicts.get(&only_conflict(&again)).expect("kept");
    assert_eq!(other.by, "Ada");
}

#[test]
fn choice_of_somebody_whose_clock_runs_late_stands() {
    let (mut ada, mut bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    // Bo's clock is far ahead of all others.
    act(&mut bo, "Bo", "b1", 9_000, set(Standing::NotInPlace));
    let mut both = merged(&[&ada, &bo]);
    let conflict = only_conflict(&both);
    act(&mut both, "Cy", "c1", 300, Action::Choose(conflict, true));
    assert_eq!(standing(&merged(&[&both, &ada, &bo])), Standing::Partly);
    let mut other = merged(&[&ada, &bo]);
    act(&mut other, "Di", "d1", 310, Action::Choose(conflict, false));
    assert_eq!(
        merged(&[&both, &other]).assessment.conflicts.len(),
        1,
        "neither choice is dropped"
    );
    // The same for a plain edit: it is younger than what it was written over.
    let mut later = merged(&[&bo]);
    act(&mut later, "Cy", "c1", 400, set(Standing::InPlace));
    let again = merged(&[&later, &bo]);
    assert_eq!(standing(&again), Standing::InPlace);
    assert!(again.assessment.conflicts.is_empty());
}

#[test]
fn answer_that_was_put_back_is_no_older_than_the_one_between() {
    let (ada, mut bo) = two_people();
    act(&mut bo, "Bo", "b1", 300, set(Standing::Partly));
    let between = copy_of(&bo);
    act(&mut bo, "Bo", "b2", 310, set(Standing::InPlace));
    assert_eq!(bo.assessment, ada.assessment);
    let both = merged(&[&between, &bo]);
    assert_eq!(standing(&both), Standing::InPlace);
    assert!(both.assessment.conflicts.is_empty());
}

#[test]
fn three_versions_leave_two_conflicts_that_are_settled_one_by_one() {
    let (mut ada, mut bo) = two_people();
    let mut cy = copy_of(&ada);
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
    act(
        &mut cy,
        "Cy",
        "c1",
        220,
        Action::SetNote(REVIEW, "since May".to_owned()),
    );
    let mut all = merged(&[&ada, &bo, &cy]);
    assert_eq!(standing(&all), Standing::NotInPlace);
    let open: Vec<(EntryId, String)> = all
        .assessment
        .conflicts_of(Slot::Answer(REVIEW))
        .map(|(id, it)| (id, it.by.clone()))
        .collect();
    assert_eq!(open.len(), 2);
    let of = |who: &str| open.iter().find(|(_, by)| by == who).expect("kept").0;
    act(&mut all, "Di", "d1", 300, Action::Choose(of("Ada"), false));
    assert_eq!(only_conflict(&all), of("Cy"));
    act(&mut all, "Di", "d1", 310, Action::Choose(of("Cy"), true));
    assert_eq!(all.assessment.answer(REVIEW).note, "since May");
    assert_eq!(merged(&[&all, &ada, &bo, &cy]).assessment, all.assessment);
}

#[test]
fn choice_is_one_step_and_taken_back_brings_the_conflict_back_for_good() {
    for is_taken in [true, false] {
        let (mut ada, mut bo) = two_people();
        act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
        act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
        let sink = sink_with_sample("a");
        let mut book = library(&sink)
            .replace(&open(&sink, "a"), merged(&[&ada, &bo]).records)
            .expect("there is room");
        let conflict = only_conflict(&book);
        let before = book.assessment.clone();
        let mut undo = UndoStack::default();
        let kept = |book: &mut Book, action: Action, at: i64, undo: Option<&mut UndoStack>| {
            let change = apply(&mut book.assessment, &CATALOGUE, action).expect("applies");
            for write in book.write_slots(&change.touched, &stamp(at), &CATALOGUE) {
                sink.write(&write.key, write.text.as_deref()).expect("there is room");
            }
            if let Some(undo) = undo {
                undo.remember(&change, &book.assessment, false);
            }
        };
        kept(&mut book, Action::Choose(conflict, is_taken), 300, Some(&mut undo));
        assert!(book.assessment.conflicts.is_empty());
        assert_eq!(open(&sink, "a"), book);
        let UndoOutcome::Apply(action) = undo.take(&book.assessment) else {
            panic!("one step")
        };
        kept(&mut book, action, 310, None);
        assert_eq!(book.assessment, before);
        assert_eq!(open(&sink, "a"), book);
        let again = merged(&[&book, &ada, &bo]);
        assert_eq!(again.assessment, before, "is_taken {is_taken}");
        let settled = apply(
            &mut book.assessment,
            &CATALOGUE,
            Action::Choose(EntryId::from_random(1), true),
        );
        assert!(settled.is_err(), "what is not there can't be chosen");
    }
}

#[test]
fn several_choices_in_one_step_are_kept_like_one_by_one() {
    let (mut ada, mut bo) = two_people();
    for (book, tab, standing) in [
        (&mut ada, "a1", Standing::Partly),
        (&mut bo, "b1", Standing::NotInPlace),
    ] {
        act(book, tab, tab, 200, set(standing.clone()));
        act(book, tab, tab, 201, Action::SetNote(PLAN, tab.to_owned()));
    }
    let both = merged(&[&ada, &bo]);
    let open: Vec<EntryId> = both.assessment.conflicts.keys().copied().collect();
    assert_eq!(open.len(), 2);
    let choices = || open.iter().map(|id| Action::Choose(*id, false));
    let (mut together, mut one_by_one) = (both.clone(), both);
    act(&mut together, "Cy", "c1", 300, Action::Together(choices().collect()));
    choices().for_each(|choice| act(&mut one_by_one, "Cy", "c1", 300, choice));
    assert_eq!(together.records, one_by_one.records);
    assert!(together.assessment.conflicts.is_empty());
}

#[test]
fn version_that_is_taken_brings_what_this_program_does_not_know_along() {
    let (mut ada, bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, Action::SetNote(REVIEW, "ours".to_owned()));
    let mut records = bo.all_records();
    let text = r#"{"at":250,"by":"Bo","tab":"b1","body":{"standing":"partly","score":7},"signed":true}"#;
    records.insert(
        key("answer", REVIEW.as_str()),
        Record::from_text(text).expect("a record"),
    );
    let bo = Book::from_records(id("bo"), 1, records, &CATALOGUE);
    let mut ada_first = merged(&[&ada, &bo]);
    // Bo's standing is lower, so Ada's version is kept beside; take it, and then take Bo's back.
    let conflict = only_conflict(&ada_first);
    assert_eq!(standing(&ada_first), Standing::Partly);
    act(&mut ada_first, "Cy", "c1", 300, Action::Choose(conflict, true));
    let record = &ada_first.records[&key("answer", REVIEW.as_str())];
    assert!(
        !record.body.contains_key("score") && record.extra.is_empty(),
        "nothing of Bo's sticks to Ada's: {record:?}"
    );
    let again = merged(&[&ada, &bo]);
    let kept = &again.records[&key("answer", REVIEW.as_str())];
    assert_eq!(kept.body.get("score"), Some(&serde_json::json!(7)));
    assert!(kept.extra.contains_key("signed"));
}

#[test]
fn unreadable_version_never_stands_over_a_readable_one_and_is_kept_and_counted() {
    let (mut ada, bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    let mut records = bo.all_records();
    let text = r#"{"at":900,"by":"Bo","tab":"b1","body":{"standing":"mostly"}}"#;
    records.insert(
        key("answer", REVIEW.as_str()),
        Record::from_text(text).expect("a record"),
    );
    let bo = Book::from_records(id("bo"), 1, records, &CATALOGUE);
    assert_eq!(bo.aside.len(), 1);
    for books in [[&ada, &bo], [&bo, &ada]] {
        let both = merged(&books);
        assert_eq!(standing(&both), Standing::Partly);
        assert!(both.assessment.conflicts.is_empty());
        assert_eq!(n_unread_conflicts(&both.records, &both.assessment), 1);
        assert_eq!(both.aside, []);
        let pairs = conflict_pairs(&both.records, &CATALOGUE);
        assert_eq!((pairs.len(), pairs[0].other.value.as_ref()), (1, None));
        assert!(
            AssessmentFile::new(&CATALOGUE, both.records)
                .to_text()
                .contains("mostly")
        );
    }
}

#[test]
fn what_was_set_aside_here_stays_aside_through_a_merge() {
    let sink = sink_with_sample("a");
    let odd = r#"{"at":5,"body":{"standing":"mostly"}}"#;
    put(&sink, &place("a", "answer", REVIEW.as_str()), odd);
    put(&sink, &place("a", "answer", BACKUPS.as_str()), "no record at all");
    let book = open(&sink, "a");
    assert_eq!(book.aside.len(), 2);
    let mut other = open(&sink_with_sample("b"), "b");
    act(
        &mut other,
        "Bo",
        "b1",
        300,
        Action::SetStanding(PLAN, Standing::InPlace),
    );
    other.records.remove(&key("answer", REVIEW.as_str()));
    let preview = preview_merge(&book, &[file("bo.json", &other)], &CATALOGUE);
    let after = library(&sink).replace(&book, preview.records).expect("there is room");
    assert_eq!(open(&sink, "a"), after);
    let texts: Vec<String> = sink.contents().into_values().collect();
    assert!(texts.iter().any(|text| text == "no record at all"));
    assert!(texts.iter().any(|text| text.contains("mostly")));
    assert_eq!(
        after.assessment.answer(BACKUPS).standing,
        Standing::Partly,
        "the file brings it"
    );
}

#[test]
fn merge_is_one_switch_and_going_back_is_one_write() {
    let sink = sink_with_sample("a");
    let before = open(&sink, "a");
    let mut bo = copy_of(&before);
    act(&mut bo, "Bo", "b1", 300, set(Standing::Partly));
    let preview = preview_merge(&before, &[file("bo.json", &bo)], &CATALOGUE);
    let after = library(&sink).replace(&before, preview.records).expect("there is room");
    assert_eq!(after.generation, before.generation + 1);
    assert_eq!(standing(&after), Standing::Partly);
    let counted = Faulty::new(copy(&sink), Fault::Once, 1);
    assert_eq!(library(&counted).go_back(&after, &before), Ok(before.clone()));
    assert!(!counted.has_failed(), "one write is enough");
    assert_eq!(open(&counted.inner, "a"), before);
    // After a good open the generation before is gone; then it is written anew.
    assert_eq!(open(&sink, "a"), after);
    let back = library(&sink).go_back(&after, &before).expect("there is room");
    assert_eq!(
        (back.generation, &back.records),
        (after.generation + 1, &before.records)
    );
    assert_eq!(open(&sink, "a").assessment, before.assessment);
}

#[test]
fn going_back_brings_what_was_never_written_too() {
    let sink = sink_with_sample("a");
    let mut before = open(&sink, "a");
    // The browser took nothing of this: it is in memory only.
    act(
        &mut before,
        "Ada",
        "a1",
        250,
        Action::SetNote(REVIEW, "unkept".to_owned()),
    );
    let after = library(&sink)
        .replace(&before, before.records.clone())
        .expect("there is room");
    let back = library(&sink).go_back(&after, &before).expect("there is room");
    assert_eq!(open(&sink, "a"), back);
    assert_eq!(back.assessment.answer(REVIEW).note, "unkept");
}

#[test]
fn merge_that_does_not_fit_leaves_all_as_it_was() {
    let start = sink_with_sample("a");
    let before = open(&start, "a");
    let mut bo = copy_of(&before);
    act(&mut bo, "Bo", "b1", 300, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 301, Action::SetNote(PLAN, "drill".to_owned()));
    let records = merged(&[&before, &bo]).records;
    for fault in [Fault::Once, Fault::FromThereOn, Fault::Alters] {
        for n in 0.. {
            let sink = Faulty::new(copy(&start), fault, n);
            let result = library(&sink).replace(&before, records.clone());
            if !sink.has_failed() {
                assert!(result.is_ok());
                break;
            }
            if n == records.len() && fault == Fault::Alters {
                // The head itself reads otherwise by a blank: the switch has been made.
                continue;
            }
            let error = if fault == Fault::Alters {
                SinkError::ReadBack
            } else {
                SinkError::Full
            };
            assert_eq!(result, Err(LibraryError::Sink(error)), "{fault:?} at write {n}");
            for (key, text) in start.contents() {
                assert_eq!(
                    sink.inner.contents().get(&key),
                    Some(&text),
                    "{fault:?} at write {n}: {key}"
                );
            }
            assert_eq!(open(&sink.inner, "a"), before, "{fault:?} at write {n}");
        }
    }
}

#[test]
fn merge_into_an_assessment_that_is_gone_is_refused() {
    let sink = sink_with_sample("a");
    let book = open(&sink, "a");
    sink.write(&head("a"), None).expect("in reach");
    let records = book.records.clone();
    assert_eq!(
        library(&sink).replace(&book, records),
        Err(LibraryError::Missing(id("a")))
    );
}

#[test]
fn another_tab_hears_of_a_conflict_and_of_its_end() {
    let (mut ada, mut bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
    let mut this = merged(&[&ada, &bo]);
    let mut other = this.clone();
    let conflict = only_conflict(&this);
    let change = apply(&mut this.assessment, &CATALOGUE, Action::Choose(conflict, false)).expect("applies");
    for write in this.write_slots(&change.touched, &stamp(300), &CATALOGUE) {
        let place = RecordPlace::parse(&write.key).expect("a place");
        other.take_in(&place, write.text.as_deref(), &CATALOGUE);
    }
    assert_eq!(other, this);
    assert!(other.assessment.conflicts.is_empty());
}

#[test]
fn preview_names_both_versions_with_where_they_come_from() {
    let (mut ada, mut bo) = two_people();
    let mut cy = copy_of(&ada);
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
    act(&mut cy, "Cy", "c1", 220, set(Standing::NotInPlace));
    let files = [file("bo.json", &bo), file("cy.json", &cy)];
    let preview = preview_merge(&ada, &files, &CATALOGUE);
    assert_eq!(preview.conflicts.len(), 1);
    let pair = &preview.conflicts[0];
    assert!(pair.is_new);
    let standing = pair.standing.as_ref().expect("something stands");
    assert_eq!(standing.origins, [Origin::File(0), Origin::File(1)]);
    assert_eq!(
        (standing.by.as_str(), standing.at),
        ("Cy", 220),
        "of the same said twice, the later stamp stays"
    );
    assert_eq!(pair.other.origins, [Origin::Here]);
    assert_eq!((preview.total.n_conflicts, preview.files[0].counts.n_conflicts), (1, 1));
    // Once merged, the conflict is an old one and the files bring nothing.
    let after = ada.with_records(preview.records, &CATALOGUE);
    let again = preview_merge(&after, &files, &CATALOGUE);
    assert!(!again.changes_anything());
    assert_eq!(again.conflicts.iter().map(|it| it.is_new).collect::<Vec<_>>(), [false]);
    assert_eq!(again.records, after.records);
}

#[test]
fn file_of_another_organisation_is_named_as_such() {
    let (mut ada, mut bo) = two_people();
    let is_foreign =
        |ours: &Book, theirs: &Book| preview_merge(ours, &[file("it.json", theirs)], &CATALOGUE).files[0].is_foreign;
    act(
        &mut ada,
        "Ada",
        "a1",
        200,
        Action::SetText(ScopeText::Organisation, "Acme".to_owned()),
    );
    act(
        &mut bo,
        "Bo",
        "b1",
        210,
        Action::SetText(ScopeText::Organisation, "Acme & Co".to_owned()),
    );
    assert!(
        !is_foreign(&ada, &bo),
        "one assessment, whose name two people wrote differently"
    );
    let mut stranger = Book::from_assessment(id("s"), 1, sample(), &Stamp { at: 7, ..stamp(7) }, &CATALOGUE);
    assert!(
        !is_foreign(&stranger, &bo),
        "the organisation of one is not stated, and the names are the same"
    );
    act(
        &mut stranger,
        "Eve",
        "e1",
        220,
        Action::SetText(ScopeText::Organisation, "Other Ltd".to_owned()),
    );
    assert!(is_foreign(&ada, &stranger));
    act(
        &mut stranger,
        "Eve",
        "e1",
        230,
        Action::SetText(ScopeText::Organisation, " ACME ".to_owned()),
    );
    assert!(!is_foreign(&ada, &stranger), "the same organisation, begun anew");
}

#[test]
fn topic_that_was_handed_out_brings_its_answers_and_neither_its_mark_nor_its_name() {
    let (ada, bo) = two_people();
    let topic = CATALOGUE.topic("source").expect("a topic");
    let handed = hand_out(&bo, &CATALOGUE, topic, stamp(150)).to_text();
    let handed = AssessmentFile::from_bytes(handed.as_bytes()).expect("opens");
    let mut helper = Book::from_records(id("h"), 1, handed.records, &CATALOGUE);
    act(&mut helper, "Hal", "h1", 300, set(Standing::Partly));
    let preview = preview_merge(&ada, &[file("topic.json", &helper)], &CATALOGUE);
    assert_eq!(
        (
            preview.total.n_taken_over,
            preview.total.n_new,
            preview.total.n_conflicts
        ),
        (1, 0, 0)
    );
    let after = ada.with_records(preview.records, &CATALOGUE);
    assert_eq!(after.assessment.name(), ada.assessment.name());
    assert_eq!(standing(&after), Standing::Partly);
    assert!(!after.records.keys().any(|key| key.kind == "hand-out"));
}

#[test]
fn records_of_unknown_kinds_and_retired_practices_are_merged_and_counted() {
    let (ada, bo) = two_people();
    let with = |book: &Book, at: i64, title: &str| {
        let mut records = book.all_records();
        let text = format!(r#"{{"at":{at},"by":"Bo","tab":"n","body":{{"title":"{title}"}}}}"#);
        records.insert(key("incident", "i-1"), Record::from_text(&text).expect("a record"));
        Book::from_records(id("x"), 1, records, &CATALOGUE)
    };
    let (ours, theirs) = (with(&ada, 5, "Laptop lost"), with(&bo, 6, "Laptop found"));
    let preview = preview_merge(&ours, &[file("bo.json", &theirs)], &CATALOGUE);
    assert_eq!((preview.total.n_conflicts, preview.total.n_unknown), (1, 1));
    let pair = &preview.conflicts[0];
    assert_eq!((pair.slot, pair.place.as_str()), (None, "incident/i-1"));
    let after = ours.with_records(preview.records, &CATALOGUE);
    assert_eq!(n_unread_conflicts(&after.records, &after.assessment), 1);
    assert_eq!(after.records[&key("incident", "i-1")].body["title"], "Laptop found");
}

#[test]
fn assessment_made_with_conflicts_is_read_back_with_them() {
    let (mut ada, mut bo) = two_people();
    act(&mut ada, "Ada", "a1", 200, set(Standing::Partly));
    act(&mut bo, "Bo", "b1", 210, set(Standing::NotInPlace));
    let assessment = merged(&[&ada, &bo]).assessment;
    let made = Book::from_assessment(id("m"), 1, assessment.clone(), &stamp(500), &CATALOGUE);
    let read = Book::from_records(id("m"), 1, made.records, &CATALOGUE);
    assert_eq!(read.assessment, assessment);
    let conflict = only_conflict(&read);
    assert!(matches!(
        read.assessment.value(Slot::Conflict(conflict)),
        Value::Conflict(Some(_))
    ));
}

#[test]
fn what_another_tab_has_replaced_is_neither_replaced_nor_gone_back_from() {
    let sink = sink_with_sample("a");
    let stale = open(&sink, "a");
    let first = library(&sink)
        .replace(&stale, stale.records.clone())
        .expect("there is room");
    let second = library(&sink)
        .replace(&first, first.records.clone())
        .expect("there is room");
    let before = sink.contents();
    assert_eq!(
        library(&sink).replace(&stale, stale.records.clone()),
        Err(LibraryError::Replaced)
    );
    assert_eq!(library(&sink).go_back(&first, &stale), Err(LibraryError::Replaced));
    assert_eq!(sink.contents(), before);
    assert_eq!(open(&sink, "a").records, second.records);
}
