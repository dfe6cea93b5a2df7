//! A topic as a table, for those who know: one row for each practice, everything that can be said in one line.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Facet, Practice, Standing, StandingKind, Topic};
use crate::report::wording;
use crate::ui::components::{breadcrumb, link};
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The table of a topic.
#[component]
pub fn TopicPage(
    /// The topic.
    topic: &'static Topic,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let asked = memo(move || store.analysis.get().ground.asked);
    let practices = move || {
        let asked = asked.get();
        let all = CATALOGUE.practices.iter().enumerate();
        let of_topic = all.filter(|(position, practice)| practice.topic == topic.id && asked.contains(*position));
        of_topic.map(|(_, practice)| practice).collect::<Vec<_>>()
    };
    let caption = move || format!("{}: {}", topic.title, wording::practices(practices().len()));
    view! {
        <main id="main" tabindex="-1" class="page page-wide">
            {breadcrumb(vec![link(store.href(Page::Tasks), "Questions".to_owned())])}
            <header class="page-head"><h1>{topic.title}</h1><p class="lead">{topic.intro}" For answers that need a reason or a supplier, open the question."</p></header>
            <div class="table-scroll" tabindex="0" role="region" aria-label=topic.title>
                <table class="data-table dense expert">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">"Practice"</th><th scope="col">"Standing"</th>
                        {Facet::ALL.map(|facet| view! { <th scope="col">{facet.title()}</th> }).collect_view()}
                        <th scope="col">"None of these"</th><th scope="col">"Owner"</th>
                    </tr></thead>
                    <tbody>
                        {follow(move || practices().into_iter().map(|practice| view! { <PracticeRow practice /> }).collect_view())}
                    </tbody>
                </table>
            </div>
        </main>
    }
}

#[component]
fn PracticeRow(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let answer = store.answer(practice.id);
    let owner = memo(move || answer.with(|answer| answer.owner.clone()));
    view! {
        <tr>
            <th scope="row"><a href=store.href(Page::question(practice.id))>{practice.title()}</a><span class="row-question">{practice.question()}</span></th>
            <td><StandingCell practice /></td>
            <FacetCells practice />
            <td>
                <input class="input input-cell" type="text" autocomplete="off" aria-label=format!("Owner of {}", practice.title()) prop:value=owner
                    on:change=act(move |event| { store.dispatch(Action::SetOwner(practice.id, event_target_value(&event))); }) />
            </td>
        </tr>
    }
}

#[component]
fn StandingCell(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let answer = store.answer(practice.id);
    let kind = memo(move || answer.with(|answer| answer.standing.kind()));
    let choose = move |event| {
        let standing = match StandingKind::parse(&event_target_value(&event)) {
            Some(StandingKind::NotAnswered) => Standing::NotAnswered,
            Some(StandingKind::InPlace) => Standing::InPlace,
            Some(StandingKind::Partly) => Standing::Partly,
            Some(StandingKind::NotInPlace) => Standing::NotInPlace,
            Some(StandingKind::AnotherWay | StandingKind::NotApplicable | StandingKind::Inherited) | None => return,
        };
        store.dispatch(Action::SetStanding(practice.id, standing));
    };
    let plain = [
        StandingKind::NotAnswered,
        StandingKind::InPlace,
        StandingKind::Partly,
        StandingKind::NotInPlace,
    ];
    let worded = [
        StandingKind::AnotherWay,
        StandingKind::Inherited,
        StandingKind::NotApplicable,
    ];
    let option = move |choice: StandingKind, is_disabled: bool| {
        view! {
            <option value=choice.as_str() disabled=is_disabled prop:selected=flag(move || kind.get() == choice)>{choice.title()}</option>
        }
    };
    view! {
        <select class="input input-cell" aria-label=format!("Standing of {}", practice.title()) on:change=choose>
            {plain.map(|choice| option(choice, false)).collect_view()}
            {worded.map(|choice| option(choice, true)).collect_view()}
        </select>
    }
}

/// The facet boxes of a row: enabled once the practice is at least partly there.
#[component]
fn FacetCells(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let answer = store.answer(practice.id);
    let facets = memo(move || answer.with(|answer| answer.facets));
    let is_off = memo(move || answer.with(|answer| !answer.standing.kind().is_at_least_partly()));
    let cell = move |facet: Facet| {
        match practice.shown_by().example(facet) {
        None => view! { <td class="cell-none"><span class="visually-hidden">"Not asked"</span></td> }.into_any(),
        Some(example) => view! {
            <td title=example>
                <input class="cell-check" type="checkbox" aria-label=format!("{}, {}: {example}", practice.title(), facet.title())
                    prop:checked=flag(move || facets.get().get(facet) == Some(true)) prop:disabled=is_off
                    on:change=act(move |event| {
                        let after = practice.shown_by().after_tick(facets.get_untracked(), facet, event_target_checked(&event));
                        store.dispatch(Action::SetFacets(practice.id, after));
                    }) />
            </td>
        }
        .into_any(),
    }
    };
    view! {
        {Facet::ALL.map(cell).collect_view()}
        <td>
            <input class="cell-check" type="checkbox" aria-label=format!("{}: none of these could be shown", practice.title())
                prop:checked=flag(move || facets.get() == practice.shown_by().none_shown()) prop:disabled=is_off
                on:change=act(move |event| {
                    let after = if event_target_checked(&event) { practice.shown_by().none_shown() } else { Default::default() };
                    store.dispatch(Action::SetFacets(practice.id, after));
                }) />
        </td>
    }
}
