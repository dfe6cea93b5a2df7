//! What could be shown today: the practice's own examples as the labels of the boxes. Nothing is ticked in advance.

use leptos::prelude::*;

use super::Question;
use crate::domain::{Action, Facets};
use crate::ui::components::check_choice;
use crate::ui::element::{Element, el};
use crate::ui::follow::flag;

/// The boxes of the facets. Shown once the practice is at least partly there.
pub(super) fn facet_boxes(question: Question) -> Element {
    let Question {
        store,
        practice,
        answer,
        drafted: _,
    } = question;
    let facets = move || answer.get().facets;
    let set = move |facets: Facets| {
        store.dispatch(Action::SetFacets(practice.id, facets));
    };
    let mut boxes = el("div").class("choices");
    for (facet, example) in practice.shown_by().asked() {
        boxes = boxes.with(check_choice(
            "choice",
            format!("facet-{}", facet.as_str()),
            facet.title(),
            example,
            flag(move || facets().get(facet) == Some(true)),
            move |is_ticked| set(practice.shown_by().after_tick(untrack(facets), facet, is_ticked)),
        ));
    }
    let none = check_choice(
        "choice choice-none",
        "facet-none".to_owned(),
        "",
        "None of these",
        flag(move || facets() == practice.shown_by().none_shown()),
        move |is_ticked| {
            set(if is_ticked {
                practice.shown_by().none_shown()
            } else {
                Facets::default()
            });
        },
    );
    let hint = "Tick what you could put on the table. Leave all boxes empty if you don't know yet.";
    el("fieldset")
        .class("facets")
        .attr("hidden", flag(move || !question.shown().is_at_least_partly()))
        .with(el("legend").with(el("h2").with("What could you show today?")))
        .with(el("p").class("hint").with(hint))
        .with(boxes.with(none))
}
