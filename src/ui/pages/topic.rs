//! A topic as a table, for those who know: one row for each practice, everything that can be said in one line.

mod hand_out;

use std::sync::Arc;

pub use hand_out::hand_out_section;
use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Answer, Facet, Facets, Practice, Standing, StandingKind, Topic};
use crate::report::wording;
use crate::ui::components::{breadcrumb, framed_table, head_cell, hidden_words, link, page, page_head, row_head};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow, memo, words};
use crate::ui::later::{LaterView, later_view};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The table of a topic.
pub fn topic_page(topic: &'static Topic) -> View {
    let store = AssessmentStore::expect();
    let asked = memo(move || store.analysis.get().ground.asked);
    let practices = move || {
        let asked = asked.get();
        let all = CATALOGUE.practices.iter().enumerate();
        let of_topic = all.filter(|(position, practice)| practice.topic == topic.id && asked.contains(*position));
        of_topic.map(|(_, practice)| practice).collect::<Vec<_>>()
    };
    let caption = follow(move || format!("{}: {}", topic.title, wording::practices(practices().len())));
    let mut heads = vec![head_cell("Practice"), head_cell("Standing")];
    heads.extend(Facet::ALL.map(|facet| head_cell(facet.title())));
    heads.extend(["None of these", "Owner"].map(head_cell));
    let rows = follow(move || {
        let rows = practices().into_iter();
        rows.map(|practice| practice_row(store, practice).view())
            .collect::<Vec<_>>()
    });
    let body = el("tbody").with(rows).view();
    let lead = vec![
        topic.intro.into(),
        " For answers that need a reason or a supplier, open the question.".into(),
    ];
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Tasks), "Questions")]),
            page_head(topic.title, lead),
            framed_table(
                "data-table dense expert",
                topic.title.to_owned(),
                caption,
                heads,
                vec![body],
            ),
            later_view(LaterView::HandOut(topic)),
        ],
    )
}

fn practice_row(store: AssessmentStore, practice: &'static Practice) -> Element {
    let answer = store.answer(practice.id);
    let question = el("span").class("row-question").with(practice.question());
    let title = link(store.href(Page::question(practice.id)), practice.title());
    let owner = el("input")
        .class("input input-cell")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("aria-label", format!("Owner of {}", practice.title()))
        .prop("value", words(move || answer.get().owner.clone()))
        .on(
            "change",
            act(move |event| {
                store.dispatch(Action::SetOwner(practice.id, event_target_value(&event)));
            }),
        );
    let mut row = el("tr")
        .with(row_head(title).with(question))
        .with(el("td").with(standing_cell(store, practice, answer)));
    for facet in Facet::ALL {
        row = row.with(facet_cell(store, practice, answer, facet));
    }
    row.with(none_cell(store, practice, answer)).with(el("td").with(owner))
}

fn standing_cell(store: AssessmentStore, practice: &'static Practice, answer: Memo<Arc<Answer>>) -> Element {
    let choose = act(move |event| {
        let standing = match StandingKind::parse(&event_target_value(&event)) {
            Some(StandingKind::NotAnswered) => Standing::NotAnswered,
            Some(StandingKind::InPlace) => Standing::InPlace,
            Some(StandingKind::Partly) => Standing::Partly,
            Some(StandingKind::NotInPlace) => Standing::NotInPlace,
            Some(StandingKind::AnotherWay | StandingKind::NotApplicable | StandingKind::Inherited) | None => return,
        };
        store.dispatch(Action::SetStanding(practice.id, standing));
    });
    let choices = [
        (StandingKind::NotAnswered, false),
        (StandingKind::InPlace, false),
        (StandingKind::Partly, false),
        (StandingKind::NotInPlace, false),
        (StandingKind::AnotherWay, true),
        (StandingKind::Inherited, true),
        (StandingKind::NotApplicable, true),
    ];
    let mut cell = el("select")
        .class("input input-cell")
        .attr("aria-label", format!("Standing of {}", practice.title()))
        .on("change", choose);
    for (choice, is_disabled) in choices {
        let is_chosen = flag(move || answer.get().standing.kind() == choice);
        let option = el("option")
            .attr("value", choice.as_str())
            .attr("disabled", is_disabled)
            .prop("selected", is_chosen);
        cell = cell.with(option.with(choice.title()));
    }
    cell
}

/// A tick box in a cell: enabled once the practice is at least partly there.
fn cell_check(
    label: String,
    answer: Memo<Arc<Answer>>,
    is_ticked: impl Fn(Facets) -> bool + Send + Sync + 'static,
    tick: impl Fn(bool) + Send + 'static,
) -> Element {
    el("input")
        .class("cell-check")
        .attr("type", "checkbox")
        .attr("aria-label", label)
        .prop("checked", flag(move || is_ticked(answer.get().facets)))
        .prop(
            "disabled",
            flag(move || !answer.get().standing.kind().is_at_least_partly()),
        )
        .on("change", act(move |event| tick(event_target_checked(&event))))
}

fn facet_cell(store: AssessmentStore, practice: &'static Practice, answer: Memo<Arc<Answer>>, facet: Facet) -> Element {
    let Some(example) = practice.shown_by().example(facet) else {
        return el("td").class("cell-none").with(hidden_words("Not asked"));
    };
    let check = cell_check(
        format!("{}, {}: {example}", practice.title(), facet.title()),
        answer,
        move |facets| facets.get(facet) == Some(true),
        move |is_ticked| {
            let before = answer.get_untracked().facets;
            let after = practice.shown_by().after_tick(before, facet, is_ticked);
            store.dispatch(Action::SetFacets(practice.id, after));
        },
    );
    el("td").attr("title", example).with(check)
}

fn none_cell(store: AssessmentStore, practice: &'static Practice, answer: Memo<Arc<Answer>>) -> Element {
    let check = cell_check(
        format!("{}: none of these could be shown", practice.title()),
        answer,
        move |facets| facets == practice.shown_by().none_shown(),
        move |is_ticked| {
            let after = if is_ticked {
                practice.shown_by().none_shown()
            } else {
                Facets::default()
            };
            store.dispatch(Action::SetFacets(practice.id, after));
        },
    );
    el("td").with(check)
}
