//! What the storage holds: sizes, counts, backups, what could be given back, and how many full assessments fit.

use std::collections::BTreeMap;
use std::time::Instant;

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Category, EntryId, Fact, Field, FrameworkId, Register, ScopeText, Sheet, SheetKey, Slot,
    Standing, Value, date_from_text, template_of,
};
use concord::store::{
    AssessmentFile, Backup, Book, FileError, ListOrder, ListState, Listing, MemorySink, Progress, QUOTA_UNITS,
    Selection, Sink, SinkError, Survey, open_everything, units,
};

use super::support::{
    PLAN, REVIEW, change, head, id, library, open, place, place_in, put, sample, sink_with_sample, stamp,
};
use crate::full_assessment::full_assessment;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// What a snapshot may take at most, key and record, in UTF-16 units.
const SNAPSHOT_UNITS: usize = 1_024;

fn survey(sink: &dyn Sink) -> Survey {
    library(sink).survey().expect("readable")
}

fn listing(sink: &dyn Sink, name: &str) -> Listing {
    let listings = survey(sink).listings.into_iter();
    listings.into_iter().find(|it| it.id == id(name)).expect("it is listed")
}

/// What the texts take whose key holds a word.
fn units_with(sink: &MemorySink, word: &str) -> usize {
    let contents = sink.contents();
    let some = contents.iter().filter(|(key, _)| key.contains(word));
    some.map(|(key, text)| units(key) + units(text)).sum()
}

#[test]
fn every_unit_is_counted_once_and_where_it_belongs() {
    let sink = sink_with_sample("a");
    library(&sink)
        .create(id("ab"), sample(), &stamp(2))
        .expect("there is room");
    put(&sink, "somebody-else", "not ours 😀");
    put(&sink, "concord/preference/author", "\"Ada\"");
    put(&sink, &place_in("a", 7, "answer", REVIEW.as_str()), "left behind");
    put(&sink, &place("ghost", "answer", REVIEW.as_str()), "without a head");
    let aside = format!("concord/aside/1700-0/{}", place("a", "answer", PLAN.as_str()));
    put(&sink, &aside, "unreadable");
    library(&sink)
        .note_backup(&id("ab"), &Backup::of(&open(&sink, "ab"), 5))
        .expect("there is room");
    let found = survey(&sink);
    assert_eq!(found.n_units, units_with(&sink, ""));
    assert_eq!(found.n_foreign_units, units("somebody-elsenot ours 😀"));
    assert_eq!(units("😀"), 2);
    let (a, ab) = (listing(&sink, "a"), listing(&sink, "ab"));
    let head_of_a = units(&head("a")) + units(&sink.contents()[&head("a")]);
    // The aside text names the assessment in its key too.
    assert_eq!(a.n_units, units_with(&sink, "concord/1/a/") + head_of_a);
    assert_eq!(ab.n_units, units_with(&sink, "/ab"));
    assert_eq!(a.n_old_units, units_with(&sink, "concord/1/a/7/"));
    assert_eq!(found.old_generations().n, 1);
    assert_eq!(found.aside().n, 1);
    assert_eq!(found.set_aside[0].key, aside);
    assert_eq!(
        (found.set_aside[0].at, found.set_aside[0].place.key.id.as_str()),
        (1_700, PLAN.as_str())
    );
    assert_eq!(found.n_units_left(), QUOTA_UNITS - found.n_units);
    assert_eq!(found.average(), Some((a.n_units + ab.n_units) / 2));
    assert_eq!(
        found.room_for(),
        Some(found.n_units_left() / found.average().expect("two"))
    );
    assert!(!found.is_more_than_half_full());
}

#[test]
fn listing_says_whose_it_is_and_what_it_asks_without_being_opened() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    change(
        &mut book,
        &sink,
        Action::SetText(ScopeText::Organisation, "Größe AG".to_owned()),
    );
    change(&mut book, &sink, Action::SetCategory(Category::Privacy, true));
    change(&mut book, &sink, Action::SetStanding(PLAN, Standing::NotAnswered));
    for number in 1..=3 {
        let key = SheetKey::entry(Register::Snapshot, EntryId::from_random(number));
        change(&mut book, &sink, Action::PutSheet(key, snapshot(300)));
    }
    let gone = SheetKey::entry(Register::Snapshot, EntryId::from_random(2));
    change(&mut book, &sink, Action::PutSheet(gone, Sheet::default()));
    let before = sink.contents();
    let found = listing(&sink, "a");
    assert_eq!((found.name(), found.organisation()), ("Größe & Co", "Größe AG"));
    assert_eq!(found.outline.scope, book.assessment.scope);
    assert_eq!(found.outline.decisions, book.assessment.decisions);
    assert!(found.outline.answers.is_empty() && found.outline.sheets.is_empty());
    let answers = book.assessment.answers.iter();
    let answered: Vec<_> = answers.filter(|(_, it)| it.standing != Standing::NotAnswered).collect();
    assert_eq!(found.n_answers, answered.len());
    assert!(found.answered.iter().eq(answered.iter().map(|(id, _)| *id)));
    assert_eq!((found.n_snapshots, found.changed_at), (2, 900));
    assert_eq!(found.n_snapshot_units, units_with(&sink, "/snapshot/"));
    assert_eq!(survey(&sink).snapshots().n, 2);
    assert_eq!(sink.contents(), before, "a survey writes nothing");
}

#[test]
fn change_by_a_clock_that_goes_ahead_hides_no_later_change_from_the_backup() {
    let sink = MemorySink::default();
    let mut book = library(&sink)
        .create(id("a"), sample(), &stamp(5_000))
        .expect("there is room");
    // The backup is made before the time that the records say.
    library(&sink)
        .note_backup(&id("a"), &Backup::of(&book, 800))
        .expect("there is room");
    // 900, by the clock of the tests: after the backup, before the records.
    change(&mut book, &sink, Action::SetText(ScopeText::Name, "Later".to_owned()));
    assert!(!listing(&sink, "a").has_backup());
}

#[test]
fn backup_is_fresh_until_something_changes_and_old_changes_are_overdue() {
    let sink = MemorySink::default();
    let mut book = library(&sink)
        .create(id("a"), sample(), &stamp(100))
        .expect("there is room");
    let never = listing(&sink, "a");
    assert_eq!((never.backup_at, never.unsaved_since), (None, Some(100)));
    assert!(!never.has_backup());
    assert!(!never.is_backup_overdue(100 + 14 * DAY));
    assert!(never.is_backup_overdue(101 + 14 * DAY));
    let before = sink.contents();
    library(&sink)
        .note_backup(&id("a"), &Backup::of(&book, 200))
        .expect("there is room");
    let fresh = listing(&sink, "a");
    assert_eq!((fresh.backup_at, fresh.unsaved_since), (Some(200), None));
    assert!(fresh.has_backup() && !fresh.is_backup_overdue(i64::MAX));
    let mut after = sink.contents();
    after.retain(|key, _| before.contains_key(key));
    assert_eq!(after, before, "heads and records are not touched");
    // 900, by the clock of the tests.
    change(&mut book, &sink, Action::SetStanding(PLAN, Standing::InPlace));
    let changed = listing(&sink, "a");
    assert_eq!((changed.backup_at, changed.unsaved_since), (Some(200), Some(900)));
    assert!(!changed.has_backup() && changed.is_backup_overdue(901 + 14 * DAY));
    library(&sink)
        .note_backup_of_all(&survey(&sink), 1_000)
        .expect("there is room");
    assert!(listing(&sink, "a").has_backup());
    library(&sink).mark_deleted(&id("a"), Some(1)).expect("marks");
    library(&sink).remove_deleted(&id("a")).expect("removes");
    assert_eq!(sink.contents(), BTreeMap::new(), "the note on the backup goes too");
}

#[test]
fn records_that_were_replaced_as_a_whole_are_in_no_backup_even_if_older() {
    let sink = sink_with_sample("a");
    let book = open(&sink, "a");
    library(&sink)
        .note_backup(&id("a"), &Backup::of(&book, 200))
        .expect("there is room");
    let file = AssessmentFile::new(&CATALOGUE, book.records);
    let replaced = library(&sink).import(id("a"), file).expect("there is room");
    assert_ne!(replaced.generation, 1);
    assert!(!listing(&sink, "a").has_backup());
}

#[test]
fn backup_that_cannot_be_read_or_kept_loses_nothing() {
    let sink = sink_with_sample("a");
    put(&sink, "concord/preference/backup/a", "{\"at\":");
    assert_eq!(listing(&sink, "a").backup_at, None);
    let mut full = sink_with_sample("a");
    full.quota = Some(0);
    let before = full.contents();
    let refused = library(&full).note_backup(&id("a"), &Backup::of(&open(&full, "a"), 200));
    assert_eq!(refused, Err(SinkError::Full.into()));
    assert_eq!(full.contents(), before);
}

#[test]
fn set_aside_text_is_read_and_removed_by_its_own_key_only() {
    let sink = sink_with_sample("a");
    let key = format!("concord/aside/1700-0/{}", place("a", "answer", PLAN.as_str()));
    put(&sink, &key, "unreadable");
    let before = sink.contents();
    for other in [
        head("a"),
        place("a", "answer", REVIEW.as_str()),
        "concord/preference/author".to_owned(),
    ] {
        library(&sink).remove_set_aside(&other).expect("does nothing");
        assert_eq!(library(&sink).set_aside_text(&other), Ok(None));
    }
    assert_eq!(sink.contents(), before);
    assert_eq!(library(&sink).set_aside_text(&key), Ok(Some("unreadable".to_owned())));
    library(&sink).mark_deleted(&id("a"), Some(1)).expect("marks");
    library(&sink).remove_deleted(&id("a")).expect("removes");
    assert!(sink.contents().contains_key(&key), "it goes only when somebody says so");
    assert_eq!(survey(&sink).aside().n, 1);
    library(&sink).remove_set_aside(&key).expect("removes");
    assert_eq!(sink.contents(), BTreeMap::new());
}

/// Three assessments: b is the last changed, c the largest, a has a backup and is deleted in `with_deleted`.
fn three() -> (MemorySink, Vec<Progress>) {
    let sink = MemorySink::default();
    for (name, title, organisation, at) in [
        ("a", "Zebra 2026", "Harbour", 10),
        ("b", "apple", "Pine", 30),
        ("c", "Mango", "Harbour Pine", 20),
    ] {
        let mut assessment = sample();
        assessment.put(Slot::Text(ScopeText::Name), Value::Text(title.to_owned()));
        assessment.put(
            Slot::Text(ScopeText::Organisation),
            Value::Text(organisation.to_owned()),
        );
        if name == "c" {
            assessment.put(Slot::Text(ScopeText::Statement), Value::Text("long ".repeat(200)));
        }
        library(&sink)
            .create(id(name), assessment, &stamp(at))
            .expect("there is room");
    }
    library(&sink)
        .note_backup(&id("a"), &Backup::of(&open(&sink, "a"), 40))
        .expect("there is room");
    // In the order of the survey: b, c, a.
    let progress = [(5, 10), (10, 10), (1, 10)];
    let progress = progress.map(|(n_answered, n_asked)| Progress { n_answered, n_asked });
    (sink, progress.to_vec())
}

fn shown(sink: &MemorySink, progress: &[Progress], selection: &Selection) -> String {
    let listings = survey(sink).listings;
    let positions = selection.of(&listings, progress).into_iter();
    positions
        .map(|position| listings[position].id.as_str().to_owned())
        .collect()
}

#[test]
fn list_is_searched_sorted_and_filtered() {
    let (sink, progress) = three();
    let by = |words: &str, order, state| {
        let words = words.to_owned();
        shown(&sink, &progress, &Selection { words, order, state })
    };
    let sorted = |order| by("", order, ListState::Kept);
    assert_eq!(sorted(ListOrder::LastChanged), "bca");
    assert_eq!(sorted(ListOrder::Name), "bca");
    assert_eq!(sorted(ListOrder::Progress), "abc");
    assert_eq!(sorted(ListOrder::Size), "cab");
    assert_eq!(sorted(ListOrder::Backup), "bca");
    let found = |words| by(words, ListOrder::Name, ListState::Kept);
    assert_eq!(found("  harbour "), "ca");
    assert_eq!(found("PINE harb"), "c");
    assert_eq!(found("zebra"), "a");
    assert_eq!(found("none"), "");
    let of = |state| by("", ListOrder::Name, state);
    assert_eq!(of(ListState::InProgress), "ba");
    assert_eq!(of(ListState::Answered), "c");
    assert_eq!(of(ListState::NeedsBackup), "bc");
    assert_eq!(of(ListState::Deleted), "");
    library(&sink).mark_deleted(&id("c"), Some(1)).expect("marks");
    assert_eq!(of(ListState::Deleted), "c");
    assert_eq!(of(ListState::Kept), "ba");
    assert_eq!(of(ListState::NeedsBackup), "b");
    for (order, state) in ListOrder::ALL.iter().zip(ListState::ALL) {
        assert_eq!(ListOrder::parse(order.as_str()), *order);
        assert_eq!(ListState::parse(state.as_str()), *state);
    }
}

#[test]
fn file_of_everything_opens_again() {
    let (sink, _) = three();
    library(&sink).mark_deleted(&id("b"), Some(1)).expect("marks");
    put(&sink, &place("c", "answer", PLAN.as_str()), "{\"at\": 17, \"bo");
    put(&sink, &head("d"), "no head");
    let texts = sink.contents().into_iter();
    let texts = texts.map(|(key, text)| (key, serde_json::Value::String(text)));
    let text = serde_json::Value::Object(texts.collect()).to_string();
    let opened = open_everything(&CATALOGUE, text.as_bytes()).expect("everything");
    assert_eq!((opened.files.len(), opened.n_left_out, opened.n_unreadable), (2, 2, 1));
    let there = MemorySink::default();
    for (file, name) in opened.files.into_iter().zip(["x", "y"]) {
        library(&there).import(id(name), file).expect("there is room");
    }
    assert_eq!(open(&there, "y").assessment, open(&sink, "a").assessment);
    assert_eq!(open(&there, "x").assessment, open(&sink, "c").assessment);
    for other in [
        "{}",
        "[1]",
        "null",
        "{\"concord/1/a\": 3}",
        "{\"concord/1/a\":\"\",\"other\":\"\"}",
        "text",
    ] {
        assert_eq!(
            open_everything(&CATALOGUE, other.as_bytes()),
            Err(FileError::Foreign),
            "{other}"
        );
    }
}

#[test]
fn template_as_a_file_opens_by_the_ordinary_import_and_names_nobody() {
    let mut assessment = full_assessment();
    for text in ScopeText::ALL {
        let words = format!("Harbour Pine {}", text.as_str());
        assessment.put(Slot::Text(text), Value::Text(words));
    }
    assessment.put(Slot::Fact(Fact::Premises), Value::Fact(Some(false)));
    let file = AssessmentFile::template(&CATALOGUE, &assessment);
    let text = file.to_text();
    let opened = AssessmentFile::from_bytes(text.as_bytes()).expect("a file");
    let sink = MemorySink::default();
    let book = library(&sink).import(id("t"), opened).expect("there is room");
    assert_eq!(book.assessment, template_of(&assessment));
    assert_eq!(book.assessment.scope.frameworks.len(), FrameworkId::ALL.len());
    // How risks are rated is the one text that goes along.
    assert_eq!(text.matches("Harbour Pine").count(), 1);
    for word in [
        "Zofia",
        "Ada",
        "\"answer\"",
        "\"decision\"",
        "\"evidence\"",
        "\"date.",
        "202",
    ] {
        let without_version = text.replace(CATALOGUE.version, "");
        let without_ids = without_version
            .replace("iso27001-2022", "")
            .replace("iso27017-2026", "");
        assert!(!without_ids.replace("iso27017-2015", "").contains(word), "{word}");
    }
    assert!(
        book.records
            .values()
            .all(|it| it.stamp.at == 0 && it.stamp.by.is_empty())
    );
}

/// A snapshot whose key and record take about so many units.
fn snapshot(n_units: usize) -> Sheet {
    let on = date_from_text("2026-10-31").expect("a day");
    Sheet::default()
        .with(Field::On, concord::domain::FieldValue::Date(on))
        .with_text(Field::States, &"x".repeat(n_units))
}

/// A full assessment with 24 snapshots of the most that one may take.
fn with_snapshots(mut assessment: Assessment, sink: &MemorySink) -> Book {
    let own: Vec<SheetKey> = assessment.register(Register::Snapshot).map(|(key, _)| key).collect();
    for key in own {
        assessment.put(Slot::Sheet(key), Value::Sheet(Sheet::default()));
    }
    let mut n_filler = 0;
    for number in 0..24 {
        let key = SheetKey::entry(Register::Snapshot, EntryId::from_random(number + 1));
        if n_filler == 0 {
            let mut alone = Assessment::default();
            alone.put(Slot::Sheet(key), Value::Sheet(snapshot(1)));
            let probe = MemorySink::default();
            library(&probe)
                .create(id("aaaaaaaaaa"), alone, &stamp(1_764_000_000_000))
                .expect("there is room");
            n_filler = SNAPSHOT_UNITS + 1 - units_with(&probe, "/snapshot/");
        }
        assessment.put(Slot::Sheet(key), Value::Sheet(snapshot(n_filler)));
    }
    let book = Book::from_assessment(id("aaaaaaaaaa"), 1, assessment, &stamp(1_764_000_000_000), &CATALOGUE);
    library(sink)
        .import(id("aaaaaaaaaa"), AssessmentFile::new(&CATALOGUE, book.records))
        .expect("there is room")
}

/// The sample company, as it comes with the page.
fn sample_company() -> Assessment {
    let file = AssessmentFile::from_bytes(include_bytes!("../../assets/sample/sample.json")).expect("a file");
    let sink = MemorySink::default();
    library(&sink).import(id("s"), file).expect("there is room").assessment
}

#[test]
fn thirty_full_assessments_with_24_snapshots_each_either_fit_in_half_or_the_survey_asks_for_room() {
    for (name, assessment) in [("full", full_assessment()), ("sample company", sample_company())] {
        let sink = MemorySink::default();
        let book = with_snapshots(assessment, &sink);
        let one = listing(&sink, "aaaaaaaaaa");
        assert_eq!(one.n_snapshots, 24);
        assert!(one.n_snapshot_units <= 24 * SNAPSHOT_UNITS, "{}", one.n_snapshot_units);
        assert!(
            one.n_snapshot_units > 24 * (SNAPSHOT_UNITS - 8),
            "{}",
            one.n_snapshot_units
        );
        let (whole, half) = (QUOTA_UNITS / one.n_units, QUOTA_UNITS / 2 / one.n_units);
        println!(
            "{name}: {} records, {} units with its snapshots ({} without); {whole} fit, {half} in half",
            book.records.len(),
            one.n_units,
            one.n_units - one.n_snapshot_units,
        );
        // Fill half, then one more: the advice appears exactly there.
        let texts = sink.contents();
        let fill = |n: usize| {
            for (key, text) in &texts {
                put(&sink, &key.replace("aaaaaaaaaa", &format!("aaaaaaaa{n:02}")), text);
            }
        };
        sink.write(&head("aaaaaaaaaa"), None).expect("removes");
        for key in texts.keys() {
            sink.write(key, None).expect("removes");
        }
        for n in 1..=half {
            fill(n);
        }
        let found = survey(&sink);
        assert_eq!(found.listings.len(), half);
        assert!(!found.is_more_than_half_full(), "{name}");
        assert_eq!(found.average(), Some(one.n_units));
        assert_eq!(found.room_for(), Some(whole - half), "{name}");
        fill(half + 1);
        assert!(
            survey(&sink).is_more_than_half_full(),
            "{name}: then the page says what to do"
        );
        assert_eq!(survey(&sink).snapshots().n, 24 * (half + 1));
    }
}

#[test]
fn survey_of_thirty_assessments_of_nine_hundred_records_is_quick() {
    let sink = MemorySink::default();
    let book = Book::from_assessment(id("a"), 1, full_assessment(), &stamp(5), &CATALOGUE);
    let texts: Vec<_> = book.write_all().into_iter().take(900).collect();
    for n in 0..30 {
        put(&sink, &head(&format!("a{n:02}")), r#"{"schema":1,"generation":1}"#);
        for write in &texts {
            let key = write.key.replace("concord/1/a/", &format!("concord/1/a{n:02}/"));
            put(&sink, &key, write.text.as_deref().expect("a text"));
        }
    }
    let before = Instant::now();
    let found = survey(&sink);
    let took = before.elapsed();
    println!("a survey of {} units in 30 x 900 keys took {took:?}", found.n_units);
    assert_eq!(found.listings.len(), 30);
    assert!(took.as_secs() < 5, "{took:?}");
}
