//! The task list: all topics with honest progress and honest time left.

use leptos::prelude::*;

use crate::analysis::{Analysis, TopicProgress, minutes_left};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{Tone, actions, button_link, link, page, page_head, stacked_bar, text};
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The task list.
#[component]
pub fn TasksPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    follow(move || tasks(store, &store.analysis.get()))
}

fn tasks(store: AssessmentStore, analysis: &Analysis) -> AnyView {
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
            "Go on with the next open question"
        };
        buttons.push(button_link(
            "button primary",
            store.href(Page::question(practice.id)),
            words.to_owned(),
        ));
    }
    buttons.push(button_link(
        "button quiet",
        store.href(Page::Scope),
        "Check the scope".to_owned(),
    ));
    let topics: Vec<AnyView> = analysis.topics.iter().map(|topic| task(store, topic)).collect();
    let list = view! { <ol class="tasks">{topics}</ol> }.into_any();
    page(
        "page",
        vec![page_head("Questions".to_owned(), text(lead)), actions(buttons), list],
    )
}

fn task(store: AssessmentStore, topic: &TopicProgress) -> AnyView {
    let Some(authored) = CATALOGUE.topic(topic.id.as_str()) else {
        return ().into_any();
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
    let bar = stacked_bar(&[("seg seg-done", topic.n_answered), ("seg seg-open", n_open)]);
    view! {
        <li class="task">
            <div class="task-text">
                <h2>{link(href, authored.title.to_owned())}</h2>
                <p>{authored.intro}" "<a class="task-table" href=store.href(Page::topic(topic.id))>"See as table"<span class="visually-hidden">{format!(": {}", authored.title)}</span></a></p>
            </div>
            <div class="task-state">
                <span class="tag" data-tone=tone.as_str()>{state}</span>
                {bar}
                <span class="task-time">{time}</span>
            </div>
        </li>
    }
    .into_any()
}
