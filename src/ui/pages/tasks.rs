//! The task list: all topics with honest progress and honest time left.

use leptos::prelude::*;

use crate::analysis::{TopicProgress, minutes_left};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{Tag, Tone};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The task list.
#[component]
pub fn TasksPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    let topics = Memo::new(move |_| store.analysis.get().topics.clone());
    let progress = Memo::new(move |_| {
        let analysis = store.analysis.get();
        let (asked, answered) = analysis.progress();
        (asked, answered, minutes_left(analysis.seconds_left()))
    });
    let first_open = Memo::new(move |_| topics.with(|topics| topics.iter().find_map(|topic| topic.first_open)));
    let lead = move || {
        let (asked, answered, minutes) = progress.get();
        match (asked, asked - answered) {
            (0, _) => "No question is asked yet: choose a framework in the scope.".to_owned(),
            (_, 0) => format!("All {asked} questions are answered. Answers can be changed at any time."),
            _ => format!(
                "{answered} of {asked} questions answered; {} left.",
                wording::minutes(minutes)
            ),
        }
    };
    view! {
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>"Questions"</h1><p class="lead">{lead}</p></header>
            <p class="actions">
                {move || first_open.get().and_then(|position| CATALOGUE.practices.get(position)).map(|practice| {
                    let words = if progress.get().1 == 0 { "Begin with the first question" } else { "Go on with the next open question" };
                    view! { <a class="button primary" href=store.href(Page::question(practice.id))>{words}</a> }
                })}
                <a class="button quiet" href=store.href(Page::Scope)>"Check the scope"</a>
            </p>
            <ol class="tasks">
                <For each=move || topics.get() key=|topic| topic.id let:topic><Task topic /></For>
            </ol>
        </main>
    }
}

#[component]
fn Task(
    /// The topic.
    topic: TopicProgress,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let Some(authored) = CATALOGUE.topic(topic.id.as_str()) else {
        return ().into_any();
    };
    let is_done = topic.n_answered == topic.n_asked;
    let tone = match (is_done, topic.n_answered) {
        (true, _) => Tone::Good,
        (false, 0) => Tone::Open,
        (false, _) => Tone::Fair,
    };
    let first = CATALOGUE.practices_of(topic.id).next().map(|practice| practice.id);
    let open = topic
        .first_open
        .and_then(|position| CATALOGUE.practices.get(position))
        .map(|practice| practice.id);
    let href = open.or(first).map(|id| store.href(Page::question(id)));
    let time = if is_done {
        String::new()
    } else {
        wording::minutes(minutes_left(topic.seconds_left))
    };
    let view_box = format!("0 0 {} 10", topic.n_asked.max(1));
    view! {
        <li class="task">
            <div class="task-text">
                <h2 class="task-title"><a href=href>{authored.title}</a></h2>
                <p>{authored.intro}" "<a class="task-table" href=store.href(Page::topic(topic.id))>"See as table"<span class="visually-hidden">{format!(": {}", authored.title)}</span></a></p>
            </div>
            <div class="task-state">
                <Tag tone=tone text=format!("{} of {} answered", topic.n_answered, topic.n_asked) />
                <svg class="stack" viewBox=view_box preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="seg seg-open" x="0" y="0" width=topic.n_asked.to_string() height="10" />
                    <rect class="seg seg-done" x="0" y="0" width=topic.n_answered.to_string() height="10" />
                </svg>
                <span class="task-time">{time}</span>
            </div>
        </li>
    }
    .into_any()
}
