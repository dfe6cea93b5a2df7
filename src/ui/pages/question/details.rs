//! Note, owner and basis of an answer. Folded away until somebody wants them, open once there is something in them.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Question;
use crate::domain::{Action, Answer, Basis, BasisKind};
use crate::ui::components::{TextField, date_field, folded, radio_choice};
use crate::ui::element::{Element, el};
use crate::ui::follow::{flag, words};

/// Note, owner and basis.
pub(super) fn answer_details(question: Question) -> Element {
    let Question {
        store,
        practice,
        answer,
        drafted: _,
    } = question;
    let kept = answer.get_untracked();
    let is_open = !kept.note.is_empty() || !kept.owner.is_empty() || kept.basis.is_some();
    let text = move |read: fn(&Answer) -> String| words(move || read(&answer.get()));
    let note = TextField::new("note", "Note", text(|answer| answer.note.clone()), move |note| {
        store.dispatch(Action::SetNote(practice.id, note));
    });
    let owner = TextField::new("owner", "Owner", text(|answer| answer.owner.clone()), move |owner| {
        store.dispatch(Action::SetOwner(practice.id, owner));
    });
    let note = note
        .hint("What a colleague or an auditor should know. It stands in the report.")
        .long(true);
    folded("Note, owner and basis", note)
        .class("answer-details")
        .attr("open", is_open)
        .with(owner.hint("Who answers for this practice."))
        .with(basis_fields(question))
}

/// How firm the answer is, by whom and when.
fn basis_fields(question: Question) -> Element {
    let Question {
        store,
        practice,
        answer,
        drafted: _,
    } = question;
    let basis = move || answer.get().basis.clone();
    let kind = move || answer.get().basis.as_ref().map(|basis| basis.kind);
    let change = move |change: &dyn Fn(&mut Basis)| {
        if let Some(mut basis) = untrack(basis) {
            change(&mut basis);
            store.dispatch(Action::SetBasis(practice.id, Some(basis)));
        }
    };
    let choose = move |kind: BasisKind| {
        let before = untrack(basis).unwrap_or(Basis {
            kind,
            by: String::new(),
            on: None,
        });
        store.dispatch(Action::SetBasis(practice.id, Some(Basis { kind, ..before })));
    };
    let hint = |kind: BasisKind| match kind {
        BasisKind::Said => "Somebody said so.",
        BasisKind::Seen => "Somebody looked at the record or the setting.",
        BasisKind::Tested => "Somebody tried it or drew a sample.",
    };
    let mut choices = el("div").class("choices");
    for it in BasisKind::ALL {
        let id = format!("basis-{}", it.as_str());
        let is_chosen = flag(move || kind() == Some(it));
        choices = choices.with(radio_choice(id, "basis", it.title(), hint(it), is_chosen, move || {
            choose(it);
        }));
    }
    let by = words(move || basis().map(|it| it.by).unwrap_or_default());
    let by = TextField::new("basis-by", "By", by, move |by: String| {
        change(&|basis| basis.by.clone_from(&by));
    });
    let on = date_field(
        "basis-on".to_owned(),
        "On",
        move || basis().and_then(|it| it.on),
        move |on: Option<NaiveDate>| change(&|basis| basis.on = on),
    );
    let who = el("div")
        .class("field-row")
        .attr("hidden", flag(move || kind().is_none()))
        .with(by)
        .with(on);
    el("fieldset")
        .class("basis")
        .with(el("legend").with("How firm is this answer?"))
        .with(choices)
        .with(who)
}
