//! Help in place: what Concord is, its words, its method, its keys, and where the data lies. It needs no assessment; where
//! one is open, it stays open.

mod about;
mod glossary;
mod keyboard;
mod method;

use about::{about, data};
use glossary::glossary;
use keyboard::keyboard;
use leptos::prelude::{Effect, Get, GetUntracked, Memo};
use method::method;

use crate::ui::app::{not_found, page_title};
use crate::ui::components::{breadcrumb, help_href, link, page, page_head};
use crate::ui::element::{Element, el};
use crate::ui::follow::memo;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::AppState;
use crate::ui::view::View;

/// The pages of help: address, title, lead.
const PAGES: [(&str, &str, &str); 5] = [
    (
        "",
        "Help",
        "What Concord is, where to begin, and where to look things up.",
    ),
    (
        "glossary",
        "Glossary",
        "The words of Concord and of the frameworks, in our own words, each with where it comes from and where it is used.",
    ),
    (
        "method",
        "Method",
        "How every number and every word of a result comes about. There are no hidden weights.",
    ),
    (
        "keyboard",
        "Keyboard",
        "Everything works without a mouse. These are the keys, and what a screen reader says.",
    ),
    (
        "data",
        "Your data",
        "Where your answers lie, how to keep a copy, and what to do when there is no room left.",
    ),
];

/// A page of help; a blank topic is the first.
pub fn help_page(topic: &str) -> View {
    let Some((topic, title, lead)) = PAGES.into_iter().find(|it| it.0 == topic) else {
        platform::set_title("Not found · Concord");
        return not_found();
    };
    platform::set_title(&format!("{title} · Concord"));
    let content = match topic {
        "glossary" => glossary(),
        "method" => method(),
        "keyboard" => keyboard(),
        "data" => data(),
        _ => about(),
    };
    page("page", vec![way_back(), page_head(title, lead), pages(topic), content])
}

/// The way to where the reader was before.
fn way_back() -> View {
    let before = AppState::expect().before_help.get_untracked();
    let words = match &before {
        Route::Assessment(_, page) => format!("Back to {}", page_title(page)),
        Route::Start | Route::Help(..) | Route::Gallery | Route::Unknown => "All assessments".to_owned(),
    };
    breadcrumb(vec![link(before.href(), words)])
}

/// The pages of help, with the one that is shown.
fn pages(shown: &'static str) -> View {
    let links = PAGES
        .iter()
        .fold(el("ul").class("page-links"), |list, (topic, title, _)| {
            let link = el("a")
                .attr("href", help_href(topic, "", ""))
                .attr("aria-current", (*topic == shown).then(|| "page".to_owned()));
            list.with(el("li").with(link.with(*title)))
        });
    el("nav").attr("aria-label", "Help").with(links).view()
}

/// What the address looks for under a name, such as a term; blank if nothing.
fn looked_for(name: &'static str) -> Memo<String> {
    let app = AppState::expect();
    memo(move || match app.route.get() {
        Route::Help(_, query) => query.get(name).to_owned(),
        Route::Start | Route::Assessment(..) | Route::Gallery | Route::Unknown => String::new(),
    })
}

/// Puts the focus on what the address looks for, as soon as it is shown.
fn focus_on_looked_for(wanted: Memo<String>, prefix: &'static str) {
    Effect::new(move |_| {
        let wanted = wanted.get();
        if !wanted.is_empty() {
            platform::focus_soon(format!("{prefix}{wanted}"));
        }
    });
}

/// A heading that the address can lead to.
fn target(heading: Element, id: String) -> Element {
    heading.attr("id", id).attr("tabindex", "-1")
}
