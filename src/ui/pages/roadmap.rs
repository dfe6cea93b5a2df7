//! The plan over time: the roadmap of the report, drawn on the page. It prints on paper that lies on its side.

use leptos::prelude::Get;

use crate::analysis::plan;
use crate::catalogue::CATALOGUE;
use crate::report::roadmap;
use crate::ui::components::{button_link, chart_figure, empty, link, page, page_head};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The plan over time.
pub fn roadmap_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "The actions of the plan from their start to their due day, wave by wave, against the days that they are \
                for. Gaps that nobody has planned stand beside them.";
    let links = [
        ("Plan", Page::Plan(Query::default())),
        ("What if", Page::WhatIf(Query::default())),
        ("Dates of the scope", Page::Scope),
    ];
    let links = links.map(|(words, page)| el("li").with(link(store.href(page), words)).view());
    let drawn = follow(move || {
        let analysis = store.analysis.get();
        let chart = store.with(|it| roadmap(&CATALOGUE, it, &plan(&CATALOGUE, it, &analysis)));
        chart.map_or_else(|| nothing_planned(store), |it| chart_figure(store, &it).view())
    });
    page(
        "page page-wide page-roadmap",
        vec![
            page_head("Roadmap", lead),
            el("ul").class("page-links").all(links.into()).view(),
            drawn,
        ],
    )
}

fn nothing_planned(store: AssessmentStore) -> View {
    let onward = button_link(
        "button primary",
        store.href(Page::Plan(Query::default())),
        "To the plan",
    );
    View::Many(vec![
        empty("No action has a due day yet. Plan some gaps, and they stand here."),
        el("p").class("actions").with(onward).view(),
    ])
}
