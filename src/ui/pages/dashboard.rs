//! The dashboard for a board: where the organisation stands in one sentence, then one chart after the other, the gates first.

use leptos::prelude::Get;

use crate::analysis::Analysis;
use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, ScopeText};
use crate::report::{board_sentence, dashboard, wording};
use crate::ui::components::{chart_figure, page};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The dashboard.
pub fn dashboard_page() -> View {
    let store = AssessmentStore::expect();
    let content = follow(move || {
        let analysis = store.analysis.get();
        store.with(|assessment| charts(store, assessment, &analysis))
    });
    page("page page-wide", vec![content])
}

fn charts(store: AssessmentStore, assessment: &Assessment, analysis: &Analysis) -> View {
    let organisation = assessment.scope.text(ScopeText::Organisation);
    let subject = if organisation.is_empty() {
        assessment.name()
    } else {
        organisation
    };
    let when = format!("{subject}, {}", wording::date(analysis.date));
    let head = el("header")
        .class("page-head board-head")
        .with(el("h1").with("Dashboard"))
        .with(el("p").class("eyebrow").with(when))
        .with(
            el("p")
                .class("lead")
                .with(board_sentence(&CATALOGUE, assessment, analysis)),
        );
    let charts = dashboard(&CATALOGUE, assessment, analysis);
    let figures = charts.iter().map(|chart| chart_figure(store, chart).view());
    View::Many(vec![
        head.view(),
        el("div").class("board").all(figures.collect()).view(),
    ])
}
