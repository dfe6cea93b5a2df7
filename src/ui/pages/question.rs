//! One practice at a time: the question is the heading, nothing is chosen in advance, every answer is kept at once.

mod details;
mod facets;
mod side;
mod standing;

use details::AnswerDetails;
use facets::FacetBoxes;
use leptos::prelude::*;
use side::QuestionSide;
use standing::StandingChoices;

use crate::catalogue::CATALOGUE;
use crate::domain::{Practice, StandingKind};
use crate::report::wording;
use crate::ui::components::{breadcrumb, link};
use crate::ui::follow::{flag, follow, memo};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The page of one practice.
#[component]
pub fn QuestionPage(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let answer = store.answer(practice.id);
    // A standing that still lacks its words is on the screen, but not in the answer.
    let drafted = RwSignal::new(None::<StandingKind>);
    let shown = memo(move || {
        drafted
            .get()
            .unwrap_or_else(|| answer.with(|answer| answer.standing.kind()))
    });
    let topic = CATALOGUE.topic(practice.topic.as_str());
    let is_asked = memo(move || {
        CATALOGUE
            .practice_index(practice.id)
            .is_some_and(|position| store.analysis.get().ground.asked.contains(position))
    });
    let mut links = vec![link(store.href(Page::Tasks), "Questions".to_owned())];
    links.extend(topic.map(|topic| link(store.href(Page::topic(topic.id)), topic.title.to_owned())));
    view! {
        <main id="main" tabindex="-1" class="page">
            {breadcrumb(links)}
            <div class="notice" data-tone="info" hidden=flag(move || is_asked.get())>
                <p>"This question is asleep: the scope or a fact switches it off. Its answer is kept and returns when the scope changes back."</p>
            </div>
            <div class="question-layout">
                <div class="question-main">
                    <StandingChoices practice answer shown drafted />
                    <FacetBoxes practice answer shown />
                    <AnswerDetails practice answer />
                    <Pager practice />
                </div>
                <QuestionSide practice />
            </div>
        </main>
    }
}

/// To the practices before and after, over the borders of topics.
#[component]
fn Pager(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let around = memo(move || {
        let analysis = store.analysis.get();
        let position = CATALOGUE.practice_index(practice.id).unwrap_or_default();
        let before = analysis.ground.asked.iter().filter(|it| *it < position).last();
        let after = analysis.ground.asked.iter().find(|it| *it > position);
        let of_topic = |it: &usize| {
            CATALOGUE
                .practices
                .get(*it)
                .is_some_and(|other| other.topic == practice.topic)
        };
        let in_topic: Vec<usize> = analysis.ground.asked.iter().filter(of_topic).collect();
        let place = in_topic
            .iter()
            .position(|it| *it == position)
            .map(|index| (index + 1, in_topic.len()));
        (before, after, place)
    });
    let href = move |position: Option<usize>| {
        let practice = position.and_then(|position| CATALOGUE.practices.get(position));
        practice.map(|practice| store.href(Page::question(practice.id)))
    };
    let topic = CATALOGUE.topic(practice.topic.as_str()).map_or("", |topic| topic.title);
    let place = move || {
        around
            .get()
            .2
            .map(|(index, n)| format!("{index} of {n} in {topic}"))
            .unwrap_or_default()
    };
    view! {
        <nav class="pager" aria-label="Practices">
            {follow(move || href(around.get().0).map(|href| view! { <a class="button quiet pager-prev" href=href rel="prev">"Previous"</a> }))}
            <span class="pager-place">{place}</span>
            {follow(move || match href(around.get().1) {
                Some(href) => view! { <a class="button primary pager-next" href=href rel="next">"Next"</a> },
                None => view! { <a class="button primary pager-next" href=store.href(Page::Tasks) rel="next">"All questions"</a> },
            })}
        </nav>
    }
}

/// The number of a needed thing in words, for the side of the question.
fn rhythm_sentence(practice: &Practice) -> String {
    format!(
        "Leaves a record {}. Effort {}, priority {}.",
        practice.rhythm.title(),
        practice.effort.as_str(),
        wording::priority(practice.priority)
    )
}
