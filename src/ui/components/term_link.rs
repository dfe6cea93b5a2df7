//! A small link from a hard word to its meaning.

use super::pieces::hidden_words;
use crate::report::wording::glossary;
use crate::ui::element::el;
use crate::ui::route::{Query, Route};
use crate::ui::view::View;

/// "What is this?", leading to the term of the glossary that has this id. A test holds that there is one.
pub fn term_link(id: &'static str) -> View {
    let link = glossary::term(id).map(|term| {
        el("a")
            .class("term-link")
            .attr("href", help_href("glossary", "term", id))
            .with("What is this?")
            .with(hidden_words(format!(" {}", term.name)))
    });
    link.into()
}

/// The address of a page of help, with what of it is looked for.
pub fn help_href(topic: &str, name: &str, value: &str) -> String {
    Route::Help(topic.to_owned(), Query::default().with(name, value)).href()
}
