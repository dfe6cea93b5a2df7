//! Several practices or requirements: each a chip that can be taken out, and a search that adds others.

use leptos::prelude::{Get, RwSignal, Set, With, event_target_value, untrack};

use super::dates::chip;
use super::{SheetForm, field_id, legend_and_hint};
use crate::analysis::{Found, search};
use crate::catalogue::CATALOGUE;
use crate::domain::{Field, FieldKind, FieldSpec, FieldValue, Sheet, SortedSet};
use crate::report::wording;
use crate::ui::components::{button, link};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, words};
use crate::ui::platform;
use crate::ui::route::Page;
use crate::ui::view::View;

/// How many finds are offered at once.
const N_OFFERED: usize = 8;

/// The practices or requirements of a field.
pub(super) fn picker(form: SheetForm, spec: FieldSpec) -> View {
    let SheetForm { store, sheet, key } = form;
    let field = spec.field;
    let id = field_id(key, field);
    let typed = RwSignal::new(String::new());
    let offered = move || {
        let held = sheet.with(|it| chosen(it, field));
        let found = typed.with(|typed| search(&CATALOGUE, typed));
        let fits = |it: &Found| match it {
            Found::Practice(_) => spec.kind == FieldKind::Practices,
            Found::Requirement(_) => spec.kind == FieldKind::Requirements,
        };
        let found = found.into_iter().filter(|it| fits(it) && !held.contains(it));
        found.take(N_OFFERED).collect::<Vec<_>>()
    };
    let (back, chips_back) = (id.clone(), id.clone());
    let chips = follow(move || {
        let mut list = el("ul").class("chips");
        for found in sheet.with(|it| chosen(it, field)) {
            let Some((name, page)) = name_and_page(found) else {
                continue;
            };
            let back = chips_back.clone();
            let remove = act(move |_| {
                put(form, spec, found, false);
                platform::focus(&back);
            });
            let shown = link(store.href(page), name.clone());
            list = list.with(el("li").key(key_of(found)).with(chip(shown, &name, remove)));
        }
        list
    });
    let results = follow(move || {
        let is_blank = typed.with(|it| it.trim().is_empty());
        let offered = offered();
        if is_blank {
            return View::Many(Vec::new());
        }
        if offered.is_empty() {
            return el("p")
                .class("hint")
                .with("Nothing found that is not chosen already.")
                .view();
        }
        let mut list = el("ul").class("pick-list");
        for found in offered {
            let back = back.clone();
            let add = act(move |_| {
                put(form, spec, found, true);
                typed.set(String::new());
                platform::focus(&back);
            });
            let name = name_and_page(found).map(|(name, _)| name).unwrap_or_default();
            list = list.with(el("li").with(button("button small quiet", name).on("click", add)));
        }
        list.view()
    });
    let add_first = act(move |event| {
        event.prevent_default();
        if let Some(first) = untrack(offered).first() {
            put(form, spec, *first, true);
            typed.set(String::new());
        }
    });
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("id", id.clone())
        .attr("autocomplete", "off")
        .prop("value", words(move || typed.get()))
        .on("input", act(move |event| typed.set(event_target_value(&event))));
    let label = el("label")
        .attr("for", id)
        .with(if spec.kind == FieldKind::Requirements {
            "Add by id or title, such as A.8.32"
        } else {
            "Add by title or words"
        });
    let search = el("form")
        .attr("role", "search")
        .attr("aria-label", spec.label)
        .class("pick")
        .on("submit", add_first)
        .with(el("div").class("field").with(label).with(input));
    let results = el("div").attr("role", "status").with(results);
    legend_and_hint(spec).with(chips).with(search).with(results).view()
}

fn put(form: SheetForm, spec: FieldSpec, found: Found, is_in: bool) {
    let sheet = untrack(|| form.sheet.get());
    let value = match found {
        Found::Practice(position) => {
            let mut set: SortedSet<_> = sheet.practices(spec.field).collect();
            let Some(practice) = CATALOGUE.practices.get(position) else {
                return;
            };
            set.set(practice.id, is_in);
            FieldValue::Practices(set)
        }
        Found::Requirement(position) => {
            let mut set: SortedSet<_> = sheet.requirements(spec.field).collect();
            let Some(requirement) = CATALOGUE.requirements.get(position) else {
                return;
            };
            set.set(requirement.id, is_in);
            FieldValue::Requirements(set)
        }
    };
    form.set(spec.field, Some(value));
}

/// What a field names, in the order of the catalogue.
fn chosen(sheet: &Sheet, field: Field) -> Vec<Found> {
    let practices = sheet.practices(field).filter_map(|id| CATALOGUE.practice_index(id));
    let requirements = sheet
        .requirements(field)
        .filter_map(|id| CATALOGUE.requirement_index(id));
    let practices: SortedSet<usize> = practices.collect();
    let requirements: SortedSet<usize> = requirements.collect();
    let practices = practices.iter().copied().map(Found::Practice);
    practices
        .chain(requirements.iter().copied().map(Found::Requirement))
        .collect()
}

/// Tells a chip from its neighbours, so that one that goes leaves the others as they are.
fn key_of(found: Found) -> u32 {
    let (Found::Practice(position) | Found::Requirement(position)) = found;
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn name_and_page(found: Found) -> Option<(String, Page)> {
    match found {
        Found::Practice(position) => {
            let practice = CATALOGUE.practices.get(position)?;
            Some((practice.title().to_owned(), Page::question(practice.id)))
        }
        Found::Requirement(position) => {
            let requirement = CATALOGUE.requirements.get(position)?;
            Some((
                wording::requirement_name(requirement),
                Page::requirement(requirement.id),
            ))
        }
    }
}
