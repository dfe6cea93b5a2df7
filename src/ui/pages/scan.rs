//! The quick scan: about 40 practices that tell most about the rest, each with the reasons why it is among them.

use leptos::prelude::Get;

use super::next::reasons;
use crate::analysis::{Analysis, Suggestion, quick_scan};
use crate::catalogue::CATALOGUE;
use crate::domain::StandingKind;
use crate::report::wording;
use crate::ui::components::{
    Tone, actions, button_link, empty, link, page, page_head, paragraph, stacked_bar, standing_tone, tag, term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The quick scan of about 40 practices.
pub fn scan_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "The first picture, in the time of one meeting: the questions that tell most about the rest. It ends in \
                potential findings, not in a result: most requirements stay open until all is answered.";
    let shown = follow(move || scan(store, &store.analysis.get()));
    page(
        "page",
        vec![
            page_head("Quick scan", vec![lead.into(), " ".into(), term_link("quick-scan")]),
            shown,
        ],
    )
}

fn scan(store: AssessmentStore, analysis: &Analysis) -> View {
    let scan = quick_scan(&CATALOGUE, &analysis.ground);
    if scan.questions.is_empty() {
        return empty("No question is asked yet: choose a framework in the scope.");
    }
    let standing = |it: &Suggestion| {
        let practice = CATALOGUE.practices.get(it.practice);
        practice.map_or(StandingKind::NotAnswered, |practice| {
            store.with(|it| it.standing_kind(practice.id))
        })
    };
    let is_open = |it: &&Suggestion| standing(it) == StandingKind::NotAnswered;
    let n_open = scan.questions.iter().filter(is_open).count();
    let n_answered = scan.questions.len() - n_open;
    let first_open = scan.questions.iter().find(is_open);
    let first_open = first_open.and_then(|it| CATALOGUE.practices.get(it.practice));
    let onward = match first_open {
        Some(practice) => button_link(
            "button primary",
            store.href(Page::question(practice.id)),
            "Answer the next one",
        ),
        None => button_link(
            "button primary",
            store.href(Page::Findings),
            "See potential nonconformities",
        ),
    };
    let all = button_link("button quiet", store.href(Page::Tasks), "All questions");
    let progress = el("div")
        .class("scan-progress")
        .with(stacked_bar(&[(Tone::Plain, n_answered), (Tone::Open, n_open)]))
        .with(paragraph(format!("{n_answered} of {} answered", scan.questions.len())));
    let list = scan.questions.iter();
    let list = list.filter_map(|it| question(store, it, standing(it)));
    View::Many(vec![
        paragraph(wording::scan_share(&scan)),
        progress.view(),
        actions(vec![onward.view(), all.view()]),
        el("ol").class("tasks").all(list.map(Element::view).collect()).view(),
    ])
}

fn question(store: AssessmentStore, suggestion: &Suggestion, standing: StandingKind) -> Option<Element> {
    let practice = CATALOGUE.practices.get(suggestion.practice)?;
    let words = el("div")
        .class("task-text")
        .with(el("h2").with(link(store.href(Page::question(practice.id)), practice.question())))
        .with(reasons(&suggestion.whys));
    let state = el("div")
        .class("task-state")
        .with(tag(standing_tone(standing), standing.title()));
    Some(el("li").class("task").with(words).with(state))
}
