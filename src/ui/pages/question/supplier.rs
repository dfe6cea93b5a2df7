//! The supplier of an inherited answer: names that are offered, and what stands behind the one that is named.

use leptos::prelude::Get;

use super::Question;
use crate::analysis::{Window, assurance, is_of_kind, offers, supplier_named};
use crate::domain::{Field, Practice, Register, SUPPLIER_NAMES, SheetKey, SortedSet, Standing};
use crate::report::wording;
use crate::ui::components::{Tone, button, link, list, notice, tag};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::pages::register::sheet_of_supplier;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The id of the list of names.
pub(super) const SUPPLIERS: &str = "supplier-names";

/// The names that are offered: registered suppliers that do the practice, the other registered ones, and names to begin
/// with of a kind that does it, then all others.
pub(super) fn supplier_names(store: AssessmentStore, practice: &'static Practice) -> View {
    follow(move || {
        let ranked = store.with(|assessment| {
            let registered = assessment.register(Register::Supplier);
            let registered =
                registered.map(|(_, sheet)| (!is_of_kind(sheet, practice), sheet.text(Field::Title).to_owned()));
            let known = SUPPLIER_NAMES.iter().map(|it| {
                let is_other = !is_of_kind(&sheet_of_supplier(it.name), practice);
                (2 + usize::from(is_other), it.name.to_owned())
            });
            let registered = registered.map(|(is_other, name)| (usize::from(is_other), name));
            registered.chain(known).collect::<SortedSet<(usize, String)>>()
        });
        let mut seen = SortedSet::default();
        let names = ranked
            .iter()
            .filter(|(_, name)| !name.is_empty() && seen.insert(name.to_lowercase()));
        names.fold(el("datalist").attr("id", SUPPLIERS), |list, (_, name)| {
            list.with(el("option").attr("value", name.clone()))
        })
    })
}

/// Whether a reviewed report stands behind the supplier, with the way to it or into the register.
pub(super) fn supplier_hint(question: Question) -> View {
    let Question {
        store,
        practice,
        answer,
        ..
    } = question;
    follow(move || {
        let Standing::Inherited { supplier } = answer.get().standing.clone() else {
            return None;
        };
        let name = supplier.as_str().to_owned();
        let (id, behind) = store.with(|assessment| {
            let window = Window::of(&assessment.scope);
            let date = store.analysis.get().date;
            (
                supplier_named(assessment, &name),
                assurance(practice, assessment, window, date),
            )
        });
        let Some(id) = id else {
            return Some(not_registered(store, name));
        };
        let sheet = store.with(|it| it.sheet(SheetKey::entry(Register::Supplier, id)));
        let unfit = (!offers(&sheet, practice)).then(|| notice("warn", wording::unfit(is_of_kind(&sheet, practice))));
        let has_report = behind.as_ref().is_some_and(|it| it.report.is_some());
        let state = if has_report {
            tag(Tone::Good, "A reviewed report stands behind it")
        } else {
            tag(Tone::Poor, "No reviewed report stands behind it")
        };
        let said = behind.map(|it| list(wording::assurance(&it).into_iter().skip(1).map(str::to_owned)));
        let there = link(
            store.href(Page::Entry(Register::Supplier, id)),
            format!("{name} in the register"),
        );
        Some(
            el("div")
                .class("supplier-hint")
                .with(el("p").with(state).with(" ").with(there))
                .with(unfit)
                .with(said),
        )
    })
}

fn not_registered(store: AssessmentStore, name: String) -> Element {
    let add = button("button small", format!("Add {name} to the register"));
    let add = add.on(
        "click",
        act(move |_| store.add_entry(Register::Supplier, sheet_of_supplier(&name))),
    );
    el("div")
        .class("supplier-hint")
        .with(el("p").with(tag(Tone::Open, "Not in the supplier register")))
        .with(
            el("p")
                .class("hint")
                .with("Until a reviewed report of it is there, this answer clears neither Stage 2 nor SOC 2."),
        )
        .with(add)
}
