//! Several days: each a chip that can be taken out, and a field to add another.

use chrono::Datelike;
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, event_target_value, untrack};

use super::{SheetForm, field_id, legend_and_hint};
use crate::domain::{FieldSpec, FieldValue, SortedSet, date_from_text};
use crate::report::wording;
use crate::ui::components::hidden_words;
use crate::ui::element::{Act, Element, el};
use crate::ui::follow::{act, follow, words};
use crate::ui::platform;
use crate::ui::view::View;

/// The days of a field.
pub(super) fn date_chips(form: SheetForm, spec: FieldSpec) -> View {
    let SheetForm { sheet, key, .. } = form;
    let id = field_id(key, spec.field);
    let held = move || sheet.get().dates(spec.field).collect::<SortedSet<_>>();
    let put = move |date, is_in| {
        let mut set = untrack(held);
        set.set(date, is_in);
        form.set(spec.field, Some(FieldValue::Dates(set)));
    };
    let input_id = id.clone();
    let chips = follow(move || {
        let mut list = el("ul").class("chips");
        for date in held().iter().copied() {
            let back = input_id.clone();
            let remove = act(move |_| {
                put(date, false);
                platform::focus(&back);
            });
            let name = wording::date(date);
            let key = date.num_days_from_ce().unsigned_abs();
            list = list.with(el("li").key(key).with(chip(name.clone(), &name, remove)));
        }
        list
    });
    let typed = RwSignal::new(String::new());
    let add = act(move |event| {
        event.prevent_default();
        if let Some(date) = date_from_text(&typed.get_untracked()) {
            put(date, true);
            typed.set(String::new());
        }
    });
    let input = el("input")
        .class("input input-short")
        .attr("type", "date")
        .attr("id", id.clone())
        .prop("value", words(move || typed.get()))
        .on("change", act(move |event| typed.set(event_target_value(&event))));
    let label = el("label").attr("for", id).with("Day");
    let adding = el("form")
        .class("pick")
        .on("submit", add)
        .with(el("div").class("field").with(label).with(input))
        .with(el("button").attr("type", "submit").class("button small").with("Add"));
    legend_and_hint(spec).with(chips).with(adding).view()
}

/// Something chosen, with a button that takes it out again.
pub(super) fn chip(shown: impl Into<View>, name: &str, remove: Act) -> Element {
    let button = el("button")
        .attr("type", "button")
        .class("chip-remove")
        .on("click", remove)
        .with(el("span").attr("aria-hidden", "true").with("×"))
        .with(hidden_words(format!("Remove {name}")));
    el("span").class("chip").with(shown).with(button)
}
