//! Rows of a table that open for editing, one at a time: the form below a row is built when the row is opened.

use leptos::prelude::{Get, RwSignal, Set, untrack};

use super::pieces::{button, hidden_words};
use crate::domain::SheetKey;
use crate::ui::element::el;
use crate::ui::follow::{act, follow, words};
use crate::ui::view::View;

/// Which row is open: the one whose form is about this sheet.
#[derive(Clone, Copy)]
pub struct OpenRow(RwSignal<Option<SheetKey>>);

impl OpenRow {
    /// None is open.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Whether a row is open.
    pub fn is_open(self, key: SheetKey) -> bool {
        self.0.get() == Some(key)
    }

    /// Opens a row; the one that was open closes.
    pub fn open(self, key: SheetKey) {
        self.0.set(Some(key));
    }

    /// The button that opens and closes a row. `name` is what the row is about.
    pub fn button(self, key: SheetKey, name: String) -> View {
        self.button_saying("Edit", key, name)
    }

    /// The same with another word than "Edit".
    pub fn button_saying(self, word: &'static str, key: SheetKey, name: String) -> View {
        let toggle = act(move |_| {
            let is_open = untrack(|| self.is_open(key));
            self.0.set((!is_open).then_some(key));
        });
        let label = follow(move || if self.is_open(key) { "Close" } else { word });
        button("button small", label)
            .attr(
                "aria-expanded",
                words(move || if self.is_open(key) { "true" } else { "false" }),
            )
            .on("click", toggle)
            .with(hidden_words(format!(" {name}")))
            .view()
    }

    /// The form below a row, across all columns, while the row is open.
    pub fn below(self, key: SheetKey, n_columns: &'static str, build: impl Fn() -> Vec<View> + Send + 'static) -> View {
        follow(move || {
            self.is_open(key).then(|| {
                let form = el("div").class("row-form").all(untrack(&build));
                el("tr")
                    .class("row-opened")
                    .with(el("td").attr("colspan", n_columns).with(form))
            })
        })
    }
}
