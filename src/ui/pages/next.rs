//! The question that brings most now, with the reasons: a panel on the task list, and a link below an answered question.

use leptos::prelude::Get;

use crate::analysis::{Suggestion, Why, next_question, quick_scan};
use crate::catalogue::CATALOGUE;
use crate::domain::{Practice, StandingKind};
use crate::report::wording;
use crate::ui::components::{actions, button_link, named_section};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The next question with the reasons, and the way into the quick scan; nothing once all is answered.
pub fn next_panel() -> View {
    let store = AssessmentStore::expect();
    follow(move || panel(store))
}

fn panel(store: AssessmentStore) -> Option<Element> {
    let next = suggestion(store)?;
    let practice = CATALOGUE.practices.get(next.practice)?;
    let scan = quick_scan(&CATALOGUE, &store.analysis.get().ground);
    let n_answered = scan
        .questions
        .iter()
        .filter(|it| is_answered(store, it.practice))
        .count();
    let href = store.href(Page::question(practice.id));
    let scan_words = format!("Quick scan: {n_answered} of {} answered", scan.questions.len());
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

/// The link to what brings most now, once a practice is answered; nothing if that is simply the next in order.
pub fn next_best(practice: &'static Practice) -> View {
    let store = AssessmentStore::expect();
    follow(move || {
        let position = CATALOGUE.practice_index(practice.id)?;
        let next = suggestion(store).filter(|_| is_answered(store, position))?;
        let analysis = store.analysis.get();
        let in_order = analysis.ground.asked.iter().find(|it| *it > position);
        let best = CATALOGUE.practices.get(next.practice)?;
        let link = button_link("pager-best", store.href(Page::question(best.id)), "Next best question");
        (in_order != Some(next.practice)).then_some(link)
    })
}

fn suggestion(store: AssessmentStore) -> Option<Suggestion> {
    let analysis = store.analysis.get();
    store.with(|it| next_question(&CATALOGUE, it, &analysis.ground))
}

fn is_answered(store: AssessmentStore, position: usize) -> bool {
    let practice = CATALOGUE.practices.get(position);
    practice.is_some_and(|practice| store.with(|it| it.standing_kind(practice.id)) != StandingKind::NotAnswered)
}

/// The reasons for a question, one a line.
pub(super) fn reasons(whys: &[Why]) -> Element {
    whys.iter().fold(el("ul").class("whys"), |list, why| {
        list.with(el("li").with(wording::why(&CATALOGUE, why)).with(" "))
    })
}
