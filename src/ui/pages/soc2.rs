//! Control matrix, system description, assertion and commitments: the papers of a SOC 2 report.

mod description;
mod matrix;

use leptos::prelude::Get;

use description::description_tab;
use matrix::matrix_tab;

use crate::domain::{Category, FrameworkId, ScopeDate, ScopeText};
use crate::report::wording;
use crate::ui::components::{actions, breadcrumb, button_link, empty, link, note, page, page_head, section};
use crate::ui::element::{Element, el};
use crate::ui::follow::{follow, maybe, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The parts of the page, with their value in the address.
const TABS: [(&str, &str); 3] = [
    ("", "Control matrix"),
    ("description", "Description and assertion"),
    ("commitments", "Commitments"),
];

/// The papers of a SOC 2 report.
pub fn soc2_page() -> View {
    let store = AssessmentStore::expect();
    let query = memo(move || store.query(&Page::Soc2(Query::default())));
    let is_in_scope = memo(move || store.with(|it| it.scope.frameworks.contains(&FrameworkId::Soc2)));
    let shown = memo(move || query.get().get("show").to_owned());
    let content = follow(move || {
        if !is_in_scope.get() {
            return View::Many(vec![
                empty("SOC 2 is not in scope."),
                actions(vec![
                    button_link("button", store.href(Page::Scope), "Choose frameworks").view(),
                ]),
            ]);
        }
        match shown.get().as_str() {
            "description" => description_tab(store),
            "commitments" => commitments_tab(store),
            _ => matrix_tab(store, query),
        }
    });
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Registers), "Registers")]),
            page_head(
                "SOC 2 papers",
                "What management writes for the report: controls as performed, the description of the system, the \
                 assertion, and what was promised to customers.",
            ),
            note(wording::SOC2_NATURE),
            tabs(store, move || shown.get()).view(),
            content,
        ],
    )
}

fn tabs(store: AssessmentStore, shown: impl Fn() -> String + Copy + Send + Sync + 'static) -> Element {
    let mut tabs = el("nav").class("tabs").attr("aria-label", "Papers");
    for (value, words) in TABS {
        // A value that is none of these shows the first.
        let is_current = move || {
            let shown = shown();
            shown == value || (value.is_empty() && TABS.iter().all(|(other, _)| *other != shown))
        };
        let tab = el("a")
            .attr("href", store.href(Page::Soc2(Query::default().with("show", value))))
            .attr("aria-current", maybe(move || is_current().then_some("page")))
            .with(words);
        tabs = tabs.with(tab);
    }
    tabs
}

/// What the scope says of commitments, and what else the report stands on. It is written on the page of the scope.
fn commitments_tab(store: AssessmentStore) -> View {
    let said = follow(move || {
        let pairs = store.with(|it| {
            let scope = &it.scope;
            let categories = Category::ALL.into_iter().filter(|it| scope.includes_category(*it));
            let date = |id| scope.dates.get(&id).copied().map(wording::date).unwrap_or_default();
            [
                ("Service commitments", scope.text(ScopeText::Commitments).to_owned()),
                ("System", scope.text(ScopeText::Statement).to_owned()),
                (
                    "Boundaries and interfaces",
                    scope.text(ScopeText::Boundaries).to_owned(),
                ),
                (
                    "Categories",
                    categories.map(Category::title).collect::<Vec<_>>().join(", "),
                ),
                ("Type 1 as-of date", date(ScopeDate::AsOf)),
                ("Type 2 window, first day", date(ScopeDate::WindowStart)),
                ("Type 2 window, last day", date(ScopeDate::WindowEnd)),
            ]
        });
        let mut list = el("dl").class("pairs");
        for (label, text) in pairs {
            let text = if text.is_empty() { "Not stated".to_owned() } else { text };
            list = list.with(el("dt").with(label)).with(el("dd").class("said").with(text));
        }
        list
    });
    let hint = "The criteria are read against what you promised customers: availability, response times, deletion, \
                confidentiality. Write down the principal promises, one a line.";
    section(
        "Service commitments and system requirements",
        vec![
            el("p").class("hint").with(hint).view(),
            said,
            actions(vec![
                button_link("button", store.href(Page::Scope), "Edit on the scope page").view(),
            ]),
        ],
    )
}
