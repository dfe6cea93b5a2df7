//! Radio buttons and tick boxes, large and plain. Nothing is chosen in advance.

use leptos::prelude::event_target_checked;

use crate::ui::element::{Element, Follows, el};
use crate::ui::follow::act;

/// One radio button of a group: `hint` is a sentence below, blank for none.
pub fn radio_choice(
    id: String,
    group: impl Into<String>,
    label: &'static str,
    hint: &'static str,
    is_chosen: Follows,
    choose: impl Fn() + Send + 'static,
) -> Element {
    radio(id, group.into(), label, hint, is_chosen, Box::new(choose))
}

fn radio(
    id: String,
    group: String,
    label: &'static str,
    hint: &'static str,
    is_chosen: Follows,
    choose: Box<dyn Fn() + Send>,
) -> Element {
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let button = el("input")
        .attr("type", "radio")
        .attr("id", id.clone())
        .attr("name", group)
        .attr("aria-describedby", hint_id.clone())
        .prop("checked", is_chosen)
        .on("change", act(move |_| choose()));
    let choice = el("div")
        .class("choice")
        .with(button)
        .with(el("label").attr("for", id).with(label));
    match hint_id {
        Some(id) => choice.with(el("p").class("choice-hint").attr("id", id).with(hint)),
        None => choice,
    }
}

/// One tick box: `facet` is a word before the label, blank for none.
pub fn check_choice(
    class: &'static str,
    id: String,
    facet: &'static str,
    label: impl Into<String>,
    is_ticked: Follows,
    tick: impl Fn(bool) + Send + 'static,
) -> Element {
    check(class, id, facet, label.into(), is_ticked, Box::new(tick))
}

fn check(
    class: &'static str,
    id: String,
    facet: &'static str,
    label: String,
    is_ticked: Follows,
    tick: Box<dyn Fn(bool) + Send>,
) -> Element {
    let tick_box = el("input")
        .attr("type", "checkbox")
        .attr("id", id.clone())
        .prop("checked", is_ticked)
        .on("change", act(move |event| tick(event_target_checked(&event))));
    let mut words = el("label").attr("for", id);
    if !facet.is_empty() {
        words = words.with(el("span").class("facet-name").with(facet)).with(" ");
    }
    el("div").class(class).with(tick_box).with(words.with(label))
}
