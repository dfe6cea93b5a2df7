//! One practice at a time: the question is the heading, nothing is chosen in advance, every answer is kept at once.

mod details;
mod facets;
mod registered;
mod side;
mod standing;
mod supplier;

use std::sync::Arc;

use details::answer_details;
use facets::facet_boxes;
use leptos::prelude::*;
pub use registered::evidence_of_practice;
use side::question_side;
use standing::standing_choices;

use crate::catalogue::CATALOGUE;
use crate::domain::{Answer, Practice, StandingKind};
use crate::report::wording;
use crate::ui::components::{breadcrumb, button_link, link, notice, page};
use crate::ui::element::{Element, el};
use crate::ui::follow::{flag, follow};
use crate::ui::later::{LaterView, later_view};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// A practice with its answer, and with what of it is on the screen only.
#[derive(Clone, Copy)]
struct Question {
    store: AssessmentStore,
    practice: &'static Practice,
    answer: Memo<Arc<Answer>>,
    /// A standing that still lacks its words is on the screen, but not in the answer.
    drafted: RwSignal<Option<StandingKind>>,
}

impl Question {
    /// The standing on the screen.
    fn shown(self) -> StandingKind {
        let drafted = self.drafted.get();
        drafted.unwrap_or_else(|| self.answer.get().standing.kind())
    }
}

/// The page of one practice.
pub fn question_page(practice: &'static Practice) -> View {
    let store = AssessmentStore::expect();
    let question = Question {
        store,
        practice,
        answer: store.answer(practice.id),
        drafted: RwSignal::new(None),
    };
    let topic = CATALOGUE.topic(practice.topic.as_str());
    let is_asked = move || {
        CATALOGUE
            .practice_index(practice.id)
            .is_some_and(|position| store.analysis.get().ground.asked.contains(position))
    };
    let mut links = vec![link(store.href(Page::Tasks), "Questions")];
    links.extend(topic.map(|topic| link(store.href(Page::topic(topic.id)), topic.title)));
    let asleep = notice(
        "info",
        "This question is asleep: the scope or a fact switches it off. Its answer is kept and returns when the scope \
         changes back.",
    );
    let main = el("div")
        .class("question-main")
        .with(standing_choices(question))
        .with(facet_boxes(question))
        .with(answer_details(question))
        .with(later_view(LaterView::Operation(practice)))
        .with(follow(move || pager(store, practice)));
    let layout = el("div")
        .class("question-layout")
        .with(main)
        .with(question_side(store, practice));
    page(
        "page",
        vec![
            breadcrumb(links),
            asleep.attr("hidden", flag(is_asked)).view(),
            layout.view(),
        ],
    )
}

/// To the practices before and after, over the borders of topics.
fn pager(store: AssessmentStore, practice: &'static Practice) -> Element {
    let analysis = store.analysis.get();
    let position = CATALOGUE.practice_index(practice.id).unwrap_or_default();
    let asked = || analysis.ground.asked.iter();
    let of_topic = |it: &usize| {
        CATALOGUE
            .practices
            .get(*it)
            .is_some_and(|other| other.topic == practice.topic)
    };
    let n_in_topic = asked().filter(of_topic).count();
    let place = asked().filter(of_topic).position(|it| it == position);
    let topic = CATALOGUE.topic(practice.topic.as_str()).map_or("", |topic| topic.title);
    let place = place.map(|index| format!("{} of {n_in_topic} in {topic}", index + 1));
    let href = |position: Option<usize>| {
        let practice = position.and_then(|position| CATALOGUE.practices.get(position));
        practice.map(|practice| store.href(Page::question(practice.id)))
    };
    let before = href(asked().filter(|it| *it < position).last());
    let before = before.map(|href| button_link("button quiet pager-prev", href, "Previous"));
    let before = before.map(|it| it.attr("rel", "prev").attr("accesskey", "p"));
    let (after, words) = match href(asked().find(|it| *it > position)) {
        Some(href) => (href, "Next"),
        None => (store.href(Page::Tasks), "All questions"),
    };
    el("nav")
        .class("pager")
        .attr("aria-label", "Practices")
        .with(before)
        .with(
            el("div")
                .class("pager-place")
                .with(el("span").with(place.unwrap_or_default()))
                .with(later_view(LaterView::NextBest(practice))),
        )
        .with(
            button_link("button primary pager-next", after, words)
                .attr("rel", "next")
                .attr("accesskey", "n"),
        )
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
