//! What to answer next: on the page of all questions, and after an answer.

use leptos::prelude::Get;

use super::scan::reasons;
use crate::analysis::{Analysis, next_question, quick_scan};
use crate::catalogue::CATALOGUE;
use crate::domain::{Practice, StandingKind};
use crate::ui::components::{actions, button_link, named_section};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The question that brings most now, with the reasons, and the way into the quick scan. None once all is answered.
pub fn next_panel() -> View {
    let store = AssessmentStore::expect();
    follow(move || next_of(store, &store.analysis.get()))
}

fn next_of(store: AssessmentStore, analysis: &Analysis) -> Option<Element> {
    let next = store.with(|it| next_question(&CATALOGUE, it, &analysis.ground))?;
    let practice = CATALOGUE.practices.get(next.practice)?;
    let scan = quick_scan(&CATALOGUE, &analysis.ground).practices();
    let is_answered = |at: &usize| {
        let practice = CATALOGUE.practices.get(*at);
        practice.is_some_and(|practice| {
            store.with(|it| it.answer(practice.id).standing.kind()) != StandingKind::NotAnswered
        })
    };
    let n_answered = scan.iter().filter(is_answered).count();
    let href = store.href(Page::question(practice.id));
    let scan_words = format!("Quick scan: {n_answered} of {} answered", scan.len());
    let buttons = vec![
        button_link("button primary", href, "Answer it").view(),
        button_link("button", store.href(Page::Scan), scan_words).view(),
    ];
    let panel = named_section("next-question", "Next question")
        .class("section next-question")
        .with(el("p").class("next-title").with(practice.question()))
        .with(reasons(&next.whys))
        .with(actions(buttons));
    Some(panel)
}

/// After an answer: the way to the question that brings most now, unless that is simply the next one.
pub fn next_best(practice: &'static Practice) -> View {
    let store = AssessmentStore::expect();
    follow(move || {
        let analysis = store.analysis.get();
        let is_answered = store.with(|it| it.answer(practice.id).standing.kind()) != StandingKind::NotAnswered;
        let position = CATALOGUE.practice_index(practice.id)?;
        let after = analysis.ground.asked.iter().find(|it| *it > position);
        let best = store
            .with(|it| next_question(&CATALOGUE, it, &analysis.ground))?
            .practice;
        let best = CATALOGUE
            .practices
            .get(best)
            .filter(|_| is_answered && after != Some(best))?;
        let href = store.href(Page::question(best.id));
        Some(button_link("button quiet pager-best", href, "Next best question"))
    })
}
