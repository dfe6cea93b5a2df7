//! The task list: all topics with honest progress and honest time left.

use leptos::prelude::Get;

use crate::analysis::{Analysis, TopicProgress, minutes_left};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{Tone, actions, button_link, hidden_words, link, page, page_head, stacked_bar, tag};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::later::{LaterView, later_view};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The task list.
pub fn tasks_page() -> View {
    let store = AssessmentStore::expect();
    follow(move || tasks(store, &store.analysis.get()))
}

fn tasks(store: AssessmentStore, analysis: &Analysis) -> View {
    let (asked, answered) = analysis.progress();
    let lead = match (asked, asked - answered) {
        (0, _) => "No question is asked yet: choose a framework in the scope.".to_owned(),
        (_, 0) => format!("All {asked} questions are answered. Answers can be changed at any time."),
        _ => {
            let left = wording::minutes(minutes_left(analysis.seconds_left()));
            format!("{answered} of {asked} questions answered; {left} left.")
        }
    };
    let mut buttons = Vec::new();
    let first_open = analysis.topics.iter().find_map(|topic| topic.first_open);
    if let Some(practice) = first_open.and_then(|position| CATALOGUE.practices.get(position)) {
        let words = if answered == 0 {
            "Begin with the first question"
        } else {
            "Go on in order"
        };
        let href = store.href(Page::question(practice.id));
        buttons.push(button_link("button", href, words).view());
    }
    buttons.push(button_link("button quiet", store.href(Page::Scope), "Check the scope").view());
    let topics = analysis.topics.iter().map(|topic| task(store, topic)).collect();
    let list = el("ol").class("tasks").all(topics).view();
    let head = page_head("Questions", lead);
    page(
        "page",
        vec![head, later_view(LaterView::NextQuestion), actions(buttons), list],
    )
}

fn task(store: AssessmentStore, topic: &TopicProgress) -> View {
    let Some(authored) = CATALOGUE.topic(topic.id.as_str()) else {
        return View::Many(Vec::new());
    };
    let n_open = topic.n_asked - topic.n_answered;
    let tone = match (n_open, topic.n_answered) {
        (0, _) => Tone::Good,
        (_, 0) => Tone::Open,
        (_, _) => Tone::Fair,
    };
    let first = CATALOGUE.practices_of(topic.id).next();
    let open = topic
        .first_open
        .and_then(|position| CATALOGUE.practices.get(position))
        .or(first);
    let href = open
        .map(|practice| store.href(Page::question(practice.id)))
        .unwrap_or_default();
    let time = if n_open == 0 {
        String::new()
    } else {
        wording::minutes(minutes_left(topic.seconds_left))
    };
    let state = format!("{} of {} answered", topic.n_answered, topic.n_asked);
    let bar = stacked_bar(&[(Tone::Plain, topic.n_answered), (Tone::Open, n_open)]);
    let table = button_link("task-table", store.href(Page::topic(topic.id)), "See as table")
        .with(hidden_words(format!(": {}", authored.title)));
    let words = el("div")
        .class("task-text")
        .with(el("h2").with(link(href, authored.title)))
        .with(el("p").with(authored.intro).with(" ").with(table));
    let progress = el("div")
        .class("task-state")
        .with(tag(tone, state))
        .with(bar)
        .with(el("span").class("task-time").with(time));
    el("li").class("task").with(words).with(progress).view()
}
