//! Two tabs on one assessment: a record of the other tab changes its slot only, and disjoint writes never conflict.

use concord::catalogue::CATALOGUE;
use concord::domain::{Action, Answer, Field, Register, Slot, Standing, apply};
use concord::store::{Book, Outbox, RecordPlace, Sink, Write};
use proptest::prelude::*;

use super::support::{
    BACKUPS, PLAN, REVIEW, differing, open, place, place_in, sample, sink_with_sample, stamp, writes_of,
};
use crate::random::{actions, config};

fn take_in(book: &mut Book, write: &Write) -> Option<Slot> {
    let place = RecordPlace::parse(&write.key).expect("a place");
    book.take_in(&place, write.text.as_deref(), &CATALOGUE)
}

/// Whether a slot is written by the first tab; the other one writes the rest.
fn is_of_first_tab(slot: Slot) -> bool {
    format!("{slot:?}").bytes().map(usize::from).sum::<usize>() % 2 == 0
}

/// What of an action each tab does, so that no two tabs write one slot.
fn by_tab(action: Action) -> std::vec::IntoIter<(usize, Action)> {
    let tab = |slot: Slot| usize::from(!is_of_first_tab(slot));
    let parts = match (action.slot(), action) {
        // A supplier's new name reaches the answers that name it, and those may belong to the other tab.
        (_, Action::SetField(key, Field::Title, _)) if key.register == Register::Supplier => Vec::new(),
        (Some(slot), action) => vec![(tab(slot), action)],
        (None, Action::Import(rows)) => {
            let (first, second): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .partition(|(id, _)| is_of_first_tab(Slot::Imported(*id)));
            vec![(0, Action::Import(first)), (1, Action::Import(second))]
        }
        (None, Action::Together(actions)) => actions.into_iter().flat_map(by_tab).collect(),
        (None, action) => panic!("{action:?}"),
    };
    parts.into_iter()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn record_of_another_tab_changes_its_slot_only(here in actions(20), there in actions(20)) {
        let sink = sink_with_sample("a");
        let (mut this, mut other) = (open(&sink, "a"), open(&sink, "a"));
        for action in here {
            let Ok(change) = apply(&mut this.assessment, &CATALOGUE, action) else { continue };
            this.write_slots(&change.touched, &stamp(2), &CATALOGUE);
        }
        for action in there {
            let Ok(change) = apply(&mut other.assessment, &CATALOGUE, action) else { continue };
            let writes = other.write_slots(&change.touched, &stamp(3), &CATALOGUE);
            for (slot, write) in change.touched.iter().copied().zip(writes) {
                let before = this.assessment.clone();
                let is_news = before.value(slot) != other.assessment.value(slot);
                prop_assert_eq!(take_in(&mut this, &write), is_news.then_some(slot));
                prop_assert_eq!(differing(&before, &this.assessment), if is_news { vec![slot] } else { Vec::new() });
                prop_assert_eq!(this.assessment.value(slot), other.assessment.value(slot));
                prop_assert_eq!(take_in(&mut this, &write), None, "the same record again is no news");
            }
        }
    }

    #[test]
    fn disjoint_changes_of_two_tabs_are_all_kept(steps in proptest::collection::vec((crate::random::action(), any::<bool>()), 0..60)) {
        let sink = sink_with_sample("a");
        let mut tabs = [open(&sink, "a"), open(&sink, "a")];
        let mut expect = sample();
        let mut outboxes = [Outbox::default(), Outbox::default()];
        let steps = steps.into_iter().flat_map(|(action, is_flushed)| by_tab(action).map(move |(tab, action)| (tab, action, is_flushed)));
        for (tab, action, is_flushed) in steps {
            let Ok(change) = apply(&mut tabs[tab].assessment, &CATALOGUE, action) else { continue };
            for slot in &change.touched {
                expect.put(*slot, tabs[tab].assessment.value(*slot));
            }
            outboxes[tab].add(tabs[tab].write_slots(&change.touched, &stamp(2), &CATALOGUE));
            if is_flushed {
                outboxes[tab].flush(&sink).expect("there is room");
            }
        }
        for outbox in outboxes.iter_mut().rev() {
            outbox.flush(&sink).expect("there is room");
        }
        let opened = open(&sink, "a");
        prop_assert_eq!(&opened.assessment, &expect);
        for mut tab in tabs {
            for (key, text) in sink.contents() {
                if let Some(place) = RecordPlace::parse(&key) {
                    tab.take_in(&place, Some(&text), &CATALOGUE);
                }
            }
            prop_assert_eq!(&tab, &opened, "after the news of the other, a tab is what a restart opens");
        }
    }
}

#[test]
fn emptied_answer_of_another_tab_empties_it_here() {
    let sink = sink_with_sample("a");
    let (mut this, mut other) = (open(&sink, "a"), open(&sink, "a"));
    let writes = writes_of(&mut other, Action::SetStanding(PLAN, Standing::NotAnswered), 5);
    assert_eq!(writes.len(), 1);
    assert_eq!(take_in(&mut this, &writes[0]), Some(Slot::Answer(PLAN)));
    assert_eq!(this.assessment.answer(PLAN), Answer::default());
    assert_eq!(this, other);
}

#[test]
fn record_of_an_unknown_kind_is_kept_and_is_no_change_here() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let text = r#"{"at":7,"by":"Bo","tab":"t","body":{"title":"Laptop lost"}}"#;
    let write = Write {
        key: place("a", "risk", "r-1"),
        text: Some(text.to_owned()),
    };
    assert_eq!(take_in(&mut book, &write), None);
    assert_eq!(book.assessment, sample());
    assert!(book.write_all().contains(&write));
}

#[test]
fn record_of_another_assessment_or_generation_is_not_taken() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let before = book.clone();
    let text = r#"{"at":7,"body":{"standing":"partly"}}"#;
    for key in [
        place("b", "answer", REVIEW.as_str()),
        place_in("a", 2, "answer", REVIEW.as_str()),
    ] {
        let write = Write {
            key,
            text: Some(text.to_owned()),
        };
        assert_eq!(take_in(&mut book, &write), None);
        assert_eq!(book, before);
    }
}

#[test]
fn record_that_another_tab_removed_stays_here() {
    let sink = sink_with_sample("a");
    let mut book = open(&sink, "a");
    let before = book.clone();
    let write = Write {
        key: place("a", "answer", REVIEW.as_str()),
        text: None,
    };
    assert_eq!(take_in(&mut book, &write), None);
    assert_eq!(book, before);
}

#[test]
fn unreadable_record_of_another_tab_changes_no_answer_here() {
    for text in ["", "{", r#"{"body":{"standing":"mostly"}}"#, r#"{"body":[]}"#] {
        let sink = sink_with_sample("a");
        let mut book = open(&sink, "a");
        let write = Write {
            key: place("a", "answer", REVIEW.as_str()),
            text: Some(text.to_owned()),
        };
        assert_eq!(take_in(&mut book, &write), None, "{text}");
        assert_eq!(book.assessment, sample(), "{text}");
    }
}

#[test]
fn answer_that_another_tab_moved_aside_and_gave_anew_is_taken_in() {
    let sink = sink_with_sample("a");
    sink.write(&place("a", "answer", REVIEW.as_str()), Some("damage"))
        .expect("there is room");
    let (mut this, mut other) = (open(&sink, "a"), open(&sink, "a"));
    let writes = writes_of(&mut other, Action::SetStanding(REVIEW, Standing::Partly), 5);
    for write in &writes {
        sink.write(&write.key, write.text.as_deref()).expect("there is room");
        if let Some(place) = RecordPlace::parse(&write.key) {
            assert_eq!(
                this.take_in(&place, write.text.as_deref(), &CATALOGUE),
                Some(Slot::Answer(REVIEW))
            );
        }
    }
    for action in [
        Action::SetStanding(BACKUPS, Standing::InPlace),
        Action::SetNote(REVIEW, "mine".to_owned()),
    ] {
        super::support::change(&mut this, &sink, action);
    }
    assert_eq!(open(&sink, "a").assessment, this.assessment);
    assert!(sink.contents().values().any(|text| text == "damage"));
}
