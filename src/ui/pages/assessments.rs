//! The list of all assessments with all that can be done with each. A few stand as they are; many can be searched, sorted
//! and filtered.

mod begin;
mod card;
mod everything;
mod storage;

use leptos::prelude::{Get, Memo, RwSignal, Update, With, event_target_value};

pub use self::begin::begin_from;
use self::card::{card, deleted_card};
pub use self::everything::open_all;
pub use self::storage::storage_section;
use super::start::{Listed, NO_ASSESSMENT, save_everything};
use crate::analysis::answered_of_asked;
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::store::{ListOrder, ListState, Listing, Progress, Selection, Survey};
use crate::ui::components::{button, empty, folded, named_section, select_field};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, memo, words};
use crate::ui::state::AppState;
use crate::ui::view::View;

/// Up to how many assessments the list stays without tools.
const FEW: usize = 3;

/// Whether a list needs tools. Deleted ones are out of the way and do not count.
fn is_long(survey: &Survey) -> bool {
    survey.listings.iter().filter(|it| it.deleted_at.is_none()).count() > FEW
}

/// The list of all assessments.
pub fn assessments(listed: Listed) -> View {
    let app = AppState::expect();
    let progress = memo(move || listed.with(|it| it.as_ref().map_or_else(|_| Vec::new(), progress_of_all)));
    let has_tools = memo(move || listed.with(|it| it.as_ref().is_ok_and(is_long)));
    let tools = follow(move || has_tools.get().then(|| list_tools(app, listed, progress)));
    let list = follow(move || {
        listed.with(|listed| {
            let survey = listed.as_ref().ok()?;
            Some(progress.with(|progress| match has_tools.get() {
                true => long_list(app, survey, progress),
                false => short_list(app, survey, progress),
            }))
        })
    });
    named_section("assessments", "Your assessments")
        .with(tools)
        .with(list)
        .view()
}

fn progress_of_all(survey: &Survey) -> Vec<Progress> {
    let progress = survey.listings.iter().map(|it| {
        let (n_answered, n_asked) = answered_of_asked(&CATALOGUE, &it.outline, &it.answered);
        Progress { n_answered, n_asked }
    });
    progress.collect()
}

fn cards_of(cards: Vec<View>) -> Element {
    el("ul").class("cards").all(cards)
}

/// The positions that a selection shows, each with its listing and progress.
fn selected<'a>(
    survey: &'a Survey,
    progress: &'a [Progress],
    selection: &Selection,
) -> impl Iterator<Item = (&'a Listing, Progress)> + use<'a> {
    let positions = selection.of(&survey.listings, progress).into_iter();
    positions.filter_map(|position| Some((survey.listings.get(position)?, *progress.get(position)?)))
}

fn short_list(app: AppState, survey: &Survey, progress: &[Progress]) -> View {
    let live = selected(survey, progress, &Selection::default());
    let cards: Vec<View> = live.map(|(it, how_far)| card(app, it, how_far, false).view()).collect();
    let list = match cards.is_empty() {
        true => empty(NO_ASSESSMENT),
        false => cards_of(cards).view(),
    };
    let deleted: Vec<View> = survey
        .listings
        .iter()
        .filter(|it| it.deleted_at.is_some())
        .map(|it| deleted_card(app, survey, it).view())
        .collect();
    if deleted.is_empty() {
        return list;
    }
    let summary = format!("Deleted ({})", deleted.len());
    View::Many(vec![list, folded(summary, cards_of(deleted)).class("deleted").view()])
}

fn long_list(app: AppState, survey: &Survey, progress: &[Progress]) -> View {
    let selection = app.selection.get();
    let shown = selected(survey, progress, &selection);
    let cards: Vec<View> = shown
        .map(|(it, how_far)| match it.deleted_at {
            None => card(app, it, how_far, true).view(),
            Some(_) => deleted_card(app, survey, it).view(),
        })
        .collect();
    match cards.is_empty() {
        true => empty("No assessment matches. Try fewer words, or another state."),
        false => cards_of(cards).view(),
    }
}

fn list_tools(app: AppState, listed: Listed, progress: Memo<Vec<Progress>>) -> View {
    let selection = app.selection;
    let counted = follow(move || {
        listed
            .with(|listed| {
                let survey = listed.as_ref().ok()?;
                let n_shown = progress.with(|progress| selection.with(|it| it.of(&survey.listings, progress).len()));
                let all = wording::count(survey.listings.len(), "assessment", "assessments");
                Some(format!("{n_shown} of {all}"))
            })
            .unwrap_or_default()
    });
    let orders = ListOrder::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), it.title().to_owned()));
    let states = ListState::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), it.title().to_owned()));
    let order = select_field(
        "list-order",
        "Order",
        orders.collect(),
        move || selection.with(|it| it.order.as_str().to_owned()),
        move |order| selection.update(|it| it.order = ListOrder::parse(&order)),
    );
    let state = select_field(
        "list-state",
        "State",
        states.collect(),
        move || selection.with(|it| it.state.as_str().to_owned()),
        move |state| selection.update(|it| it.state = ListState::parse(&state)),
    );
    let save = button("button small", "Download all in one file").on("click", act(move |_| save_everything(app)));
    let filters = el("form")
        .class("filters")
        .attr("role", "search")
        .attr("aria-label", "Assessments")
        .on("submit", act(|event| event.prevent_default()))
        .with(search_field(selection))
        .with(order)
        .with(state)
        .with(el("output").class("filter-count").with(counted));
    View::Many(vec![
        filters.view(),
        el("p").class("actions list-actions").with(save).view(),
    ])
}

fn search_field(selection: RwSignal<Selection>) -> Element {
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("id", "list-words")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", words(move || selection.with(|it| it.words.clone())))
        .on(
            "input",
            act(move |event| selection.update(|it| it.words = event_target_value(&event))),
        );
    el("div")
        .class("field")
        .with(el("label").attr("for", "list-words").with("Name or organisation"))
        .with(input)
}
