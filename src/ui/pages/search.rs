//! Search over requirements and practices, by ids and words. What is found follows each letter.

use leptos::prelude::{Effect, Get, GetUntracked, RwSignal, Set, With, event_target_value};

use super::requirement::standing_tag;
use super::requirements::status_of;
use crate::analysis::{Found, search};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{link, page, page_head, tag};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, memo, words};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// How many finds are shown.
const N_SHOWN: usize = 40;

/// The search page. The address keeps the words once the reader has stopped at something.
pub fn search_page() -> View {
    let store = AssessmentStore::expect();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(store.query(&Page::Search(Query::default())).get("q").to_owned()));
    let found = memo(move || typed.with(|typed| search(&CATALOGUE, typed)));
    let say = follow(
        move || match (typed.with(|it| it.trim().is_empty()), found.with(Vec::len)) {
            (true, _) => String::new(),
            (false, 0) => "Nothing found. Try fewer or other words, or an id such as A.8.32.".to_owned(),
            (false, n) if n > N_SHOWN => format!("{n} found; the first {N_SHOWN} are shown."),
            (false, n) => format!("{n} found."),
        },
    );
    let keep = act(move |event| {
        event.prevent_default();
        store.go(Page::Search(Query::default().with("q", &typed.get_untracked())));
    });
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("id", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "search-found")
        .prop("value", words(move || typed.get()))
        .on("input", act(move |event| typed.set(event_target_value(&event))));
    let field = el("div")
        .class("field")
        .with(el("label").attr("for", "search").with("Words or an id"));
    let form = el("form")
        .class("filters")
        .attr("role", "search")
        .on("submit", keep)
        .with(field.with(input))
        .with(el("output").attr("id", "search-found").attr("for", "search").with(say));
    let list = follow(move || {
        let finds = found.get().into_iter().take(N_SHOWN);
        let rows = finds.map(|it| find_row(store, it)).collect();
        el("ul").class("practice-list find-list").all(rows)
    });
    let lead = "Requirements and practices, by words or by id: 8.32, a.8.32, CC 8.1.";
    page("page", vec![page_head("Search", lead), form.view(), list])
}

fn find_row(store: AssessmentStore, found: Found) -> View {
    let analysis = store.analysis.get();
    let (name, note, mark) = match found {
        Found::Requirement(position) => {
            let Some(requirement) = CATALOGUE.requirements.get(position) else {
                return View::Many(Vec::new());
            };
            let framework = CATALOGUE.framework(requirement.id.framework).map(|it| it.full_title());
            let (tone, word, _) = status_of(&analysis, position);
            let name = link(
                store.href(Page::requirement(requirement.id)),
                wording::requirement_name(requirement),
            );
            (name, framework.unwrap_or_default(), tag(tone, word))
        }
        Found::Practice(position) => {
            let Some(practice) = CATALOGUE.practices.get(position) else {
                return View::Many(Vec::new());
            };
            let name = link(store.href(Page::question(practice.id)), practice.title());
            (
                name,
                practice.question().to_owned(),
                standing_tag(store, &analysis, practice),
            )
        }
    };
    el("li")
        .with(name)
        .with(" ")
        .with(mark)
        .with(el("span").class("row-question").with(note))
        .view()
}
