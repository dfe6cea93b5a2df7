//! What the evidence register holds of a practice, beside its question.

use leptos::prelude::*;

use super::side::block;
use crate::analysis::{Freshness, evidence_of};
use crate::domain::{Field, FieldValue, Practice, Register, Sheet};
use crate::report::wording;
use crate::ui::components::{Tone, button, tag, tone_of_choice};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::pages::conflicts::conflict_of_answer;
use crate::ui::pages::requests::entry_link;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What the evidence register holds of it, and the way to add to it.
pub fn evidence_of_practice(practice: &'static Practice) -> View {
    let store = AssessmentStore::expect();
    let held = follow(move || {
        let analysis = store.analysis.get();
        let (pieces, is_evidenced) = store.with(|it| {
            let pieces = evidence_of(it, practice, analysis.date);
            let said = it.answers.get(&practice.id).and_then(|answer| answer.facets.evidenced);
            (pieces, said == Some(true))
        });
        if pieces.is_empty() {
            return el("p").class("hint").with(if is_evidenced {
                "Nothing is registered, so that it is evidenced is claimed only."
            } else {
                "Nothing is registered yet."
            });
        }
        pieces.into_iter().fold(el("ul").class("practice-list"), |list, piece| {
            let state = tag(
                piece.state.map_or(Tone::Open, tone_of_choice),
                wording::evidence_state(piece.state, true),
            );
            let age = (piece.freshness != Freshness::Fresh)
                .then(|| el("span").class("side-note").with(wording::freshness(piece.freshness)));
            let line = el("li").with(entry_link(store, piece.id)).with(" ").with(state);
            list.with(line.with(" ").with(age))
        })
    });
    let add = act(move |_| {
        let practices = [practice.id].into_iter().collect();
        let sheet = Sheet::default().with(Field::Practices, FieldValue::Practices(practices));
        store.add_entry(Register::Evidence, sheet);
    });
    let add = button("button small", "Add evidence")
        .attr("id", "add-evidence")
        .on("click", add);
    let held = block("Evidence registered")
        .with(held)
        .with(el("p").class("actions").with(add));
    View::Many(vec![conflict_of_answer(store, practice), held.view()])
}
