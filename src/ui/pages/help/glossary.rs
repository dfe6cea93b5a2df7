//! The glossary, by letter, with a filter. `?term=` in the address opens a term, `?letter=` a letter.

use leptos::prelude::{Effect, Get, RwSignal, Set, event_target_value};

use super::{focus_on_looked_for, looked_for, target};
use crate::domain::Register;
use crate::report::wording;
use crate::report::wording::glossary::{GLOSSARY, SeenAt, Term};
use crate::ui::components::{empty, help_href, link};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, words};
use crate::ui::route::{Page, Query};
use crate::ui::state::{AppState, AssessmentStore};
use crate::ui::view::View;

/// The glossary.
pub(super) fn glossary() -> View {
    let store = AppState::expect().open_store();
    let typed = RwSignal::new(String::new());
    let wanted = looked_for("term");
    // A term that a link asks for must not be filtered away.
    Effect::new(move |_| {
        if !wanted.get().is_empty() {
            typed.set(String::new());
        }
    });
    focus_on_looked_for(wanted, "term-");
    focus_on_looked_for(looked_for("letter"), "letter-");
    let shown = move || {
        let typed = typed.get();
        let terms = GLOSSARY.iter().filter(move |it| it.fits(&typed));
        terms.collect::<Vec<_>>()
    };
    let counted = follow(move || {
        format!(
            "{} of {}",
            shown().len(),
            wording::count(GLOSSARY.len(), "word", "words")
        )
    });
    let list = follow(move || {
        let terms = shown();
        if terms.is_empty() {
            return empty("No word fits. Try a part of it, or another one.");
        }
        let wanted = wanted.get();
        let mut parts = vec![letters(&terms)];
        let mut rest = terms.as_slice();
        while let Some(first) = rest.first() {
            let n = rest.iter().take_while(|it| it.letter() == first.letter()).count();
            let (group, after) = rest.split_at(n);
            rest = after;
            parts.push(under_letter(store, first.letter(), group, &wanted));
        }
        parts.into()
    });
    View::Many(vec![filter(typed, counted).view(), list])
}

fn filter(typed: RwSignal<String>, counted: View) -> Element {
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("id", "filter-words")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", words(move || typed.get()))
        .on("input", act(move |event| typed.set(event_target_value(&event))));
    let field = el("div")
        .class("field")
        .with(el("label").attr("for", "filter-words").with("Find a word"))
        .with(input);
    el("form")
        .class("filters")
        .attr("role", "search")
        .on("submit", act(|event| event.prevent_default()))
        .with(field)
        .with(
            el("output")
                .class("filter-count")
                .attr("for", "filter-words")
                .with(counted),
        )
}

/// A link to each letter under which something stands.
fn letters(terms: &[&'static Term]) -> View {
    let mut list = el("ul").class("chips");
    let mut last = None;
    for letter in terms.iter().map(|it| it.letter()) {
        if last != Some(letter) {
            last = Some(letter);
            let letter = letter.to_string();
            let chip = el("a")
                .class("chip")
                .attr("href", help_href("glossary", "letter", &letter));
            list = list.with(el("li").with(chip.with(letter)));
        }
    }
    el("nav").attr("aria-label", "Letters").with(list).view()
}

fn under_letter(store: Option<AssessmentStore>, letter: char, terms: &[&'static Term], wanted: &str) -> View {
    let heading = target(el("h2"), format!("letter-{letter}")).with(letter.to_string());
    let list = terms.iter().fold(el("dl").class("glossary"), |list, it| {
        list.with(explained(store, it, it.id() == wanted))
    });
    el("section")
        .class("section")
        .attr("aria-labelledby", format!("letter-{letter}"))
        .with(heading)
        .with(list)
        .view()
}

/// One term. The one that the address names is marked.
fn explained(store: Option<AssessmentStore>, it: &'static Term, is_wanted: bool) -> Element {
    let name = target(el("dt"), format!("term-{}", it.id())).with(it.name);
    let place: View = match store {
        Some(store) => link(store.href(page_of(it.seen_at)), it.seen_at.title()),
        None => it.seen_at.title().into(),
    };
    let from = format!("From: {}. Used in: ", it.origin);
    let mut others = it
        .others()
        .map(|it| link(help_href("glossary", "term", &it.id()), it.name));
    let mut about = el("dd").class("hint").with(from).with(place).with(".");
    if let Some(first) = others.next() {
        about = others.fold(about.with(" See also: ").with(first), |about, it| {
            about.with(", ").with(it)
        });
        about = about.with(".");
    }
    el("div")
        .attr("data-wanted", is_wanted)
        .with(name)
        .with(el("dd").with(it.meaning))
        .with(about)
}

/// The page on which a word is used.
fn page_of(place: SeenAt) -> Page {
    let any = Query::default();
    match place {
        SeenAt::Questions => Page::Tasks,
        SeenAt::Scan => Page::Scan,
        SeenAt::Scope => Page::Scope,
        SeenAt::Overview => Page::Overview,
        SeenAt::Gates => Page::Gates,
        SeenAt::Calendar => Page::Calendar(any),
        SeenAt::Gaps => Page::Gaps(any),
        SeenAt::Findings => Page::Findings,
        SeenAt::Lint => Page::Lint,
        SeenAt::Plan => Page::Plan(any),
        SeenAt::WhatIf => Page::WhatIf(any),
        SeenAt::Progress => Page::Progress,
        SeenAt::Requirements => Page::Requirements(String::new()),
        SeenAt::Crosswalk => Page::Crosswalk(any),
        SeenAt::Obligations => Page::Obligations(any),
        SeenAt::Evidence => Page::Register(Register::Evidence, any),
        SeenAt::Requests => Page::Requests(any),
        SeenAt::Suppliers => Page::Register(Register::Supplier, any),
        SeenAt::Reports => Page::Register(Register::Report, any),
        SeenAt::Risks => Page::Register(Register::Risk, any),
        SeenAt::Soa => Page::Soa(any),
        SeenAt::Documents => Page::Documents,
        SeenAt::Soc2 => Page::Soc2(any),
        SeenAt::Duties => Page::Duties,
        SeenAt::Merge => Page::Merge,
        SeenAt::Conflicts => Page::Conflicts,
    }
}
