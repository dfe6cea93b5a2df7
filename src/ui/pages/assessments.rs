//! The list of all assessments with all that can be done with each. A few stand as they are; many can be searched, sorted
//! and filtered.

mod begin;
mod card;
mod everything;
mod storage;

use leptos::prelude::{Get, RwSignal, Update, With, event_target_value};

pub use self::begin::begin_from;
use self::card::{card, deleted_card};
pub use self::everything::open_all;
pub use self::storage::storage_section;
use super::start::{Kept, Listed, NO_ASSESSMENT, save_everything};
use crate::report::wording;
use crate::store::{ListOrder, ListState, Listing, Progress, Selection, Survey};
use crate::ui::components::{button, empty, folded, select_field};
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

/// The list of all assessments, as it is now. Who shows it follows what it reads.
pub fn assessments(listed: Listed) -> View {
    let app = AppState::expect();
    listed.with(|listed| match listed {
        Ok(kept) if is_long(&kept.survey) => long_list(app, kept),
        Ok(kept) => short_list(app, kept),
        Err(_) => View::Many(Vec::new()),
    })
}

fn cards_of(cards: Vec<View>) -> Element {
    el("ul").class("cards").all(cards)
}

/// The positions that a selection shows, each with its listing and progress.
fn selected<'a>(kept: &'a Kept, selection: &Selection) -> impl Iterator<Item = (&'a Listing, Progress)> + use<'a> {
    let positions = selection.of(&kept.survey.listings, &kept.progress).into_iter();
    positions.filter_map(|position| Some((kept.survey.listings.get(position)?, *kept.progress.get(position)?)))
}

fn short_list(app: AppState, kept: &Kept) -> View {
    let survey = &kept.survey;
    let live = selected(kept, &Selection::default());
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
        return View::Many(vec![list]);
    }
    let summary = format!("Deleted ({})", deleted.len());
    View::Many(vec![list, folded(summary, cards_of(deleted)).class("deleted").view()])
}

fn long_list(app: AppState, kept: &Kept) -> View {
    let selection = app.selection.get();
    let shown = selected(kept, &selection);
    let cards: Vec<View> = shown
        .map(|(it, how_far)| match it.deleted_at {
            None => card(app, it, how_far, true).view(),
            Some(_) => deleted_card(app, &kept.survey, it).view(),
        })
        .collect();
    View::Many(vec![match cards.is_empty() {
        true => empty("No assessment matches. Try fewer words, or another state."),
        false => cards_of(cards).view(),
    }])
}

/// What a long list is searched, sorted and filtered by.
pub fn list_tools(listed: Listed) -> View {
    let app = AppState::expect();
    let is_needed = memo(move || listed.with(|it| it.as_ref().is_ok_and(|kept| is_long(&kept.survey))));
    follow(move || is_needed.get().then(|| tools(app, listed)))
}

fn tools(app: AppState, listed: Listed) -> View {
    let selection = app.selection;
    let counted = follow(move || {
        listed
            .with(|listed| {
                let kept = listed.as_ref().ok()?;
                let n_shown = selection.with(|it| it.of(&kept.survey.listings, &kept.progress).len());
                let all = wording::count(kept.survey.listings.len(), "assessment", "assessments");
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
