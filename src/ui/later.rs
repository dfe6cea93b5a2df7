//! The pages that are not needed first. In a release build their code is a part of its own, which is fetched while the
//! first page is shown already; `xtask/src/split.rs` cuts it off. Without the feature `split` it is code like any other.

#[cfg(not(feature = "split"))]
use std::convert::Infallible as NotLoaded;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
#[cfg(feature = "split")]
use wasm_split_helpers::SplitLoaderError as NotLoaded;

use super::app::not_found;
use super::components::{actions, button, page, page_head};
use super::follow::{act, follow};
use super::pages::{
    Listed, assessments, begin_from, calendar_page, compare_page, conflicts_page, crosswalk_page, dashboard_page,
    documents_page, duties_page, entry_page, evidence_of_practice, export_page, findings_page, gaps_page, gate_page,
    gates_page, hand_out_section, help_page, lint_page, list_tools, merge_page, next_best, next_panel,
    obligations_page, open_all, operation_panel, overview_page, plan_page, practices_page, progress_page,
    register_page, registers_page, requests_page, requirement_page, requirements_page, roadmap_page, scan_page,
    scope_page, search_page, soa_import_page, soa_page, soc2_page, storage_section, take_tour, tour_panel,
    what_if_page,
};
use super::platform;
use super::route::Page;
use super::state::AppState;
use super::view::View;
use crate::analysis::Analysis;
use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, Catalogue, Practice, Topic};

/// What the later part builds: a page, or a piece of one that is not needed for an answer.
#[derive(Clone)]
pub enum LaterView {
    /// A page.
    Page(Page),
    /// How a practice operates, and its records.
    Operation(&'static Practice),
    /// What the evidence register holds of a practice.
    EvidenceOf(&'static Practice),
    /// The question that brings most, and the way into the quick scan.
    NextQuestion,
    /// The way from a practice to the question that brings most.
    NextBest(&'static Practice),
    /// How a topic is handed out and brought back.
    HandOut(&'static Topic),
    /// A page of help, which needs no assessment.
    Help(String),
    /// The list of all assessments, with all that can be done with each. It follows what it reads.
    Assessments(Listed),
    /// What a long list is searched, sorted and filtered by.
    ListTools(Listed),
    /// How full the storage is, and what can be given back.
    Storage(Listed),
    /// What a new assessment begins from; what is chosen is put there.
    BeginFrom(Listed, StoredValue<Assessment>),
    /// The tour of the sample company, where it is offered or taken.
    Tour,
    /// The button that takes the tour.
    TakeTour,
}

/// What the later part brings.
#[derive(Clone, Copy)]
pub struct LaterPart {
    /// Builds its views.
    pub build: fn(LaterView) -> View,
    /// Analyses an assessment as a whole.
    pub analyse: fn(&Catalogue, &Assessment, NaiveDate) -> Analysis,
    /// Opens a file of everything: its name and its bytes.
    pub open_everything: fn(AppState, &str, &[u8]),
}

/// How far the later part is.
#[derive(Clone, Copy)]
pub enum Later {
    /// It is being fetched.
    Coming,
    /// Its pages can be built.
    Here(LaterPart),
    /// It could not be fetched.
    Missing,
}

/// The root of the later part: what only this function reaches is in it.
fn build(view: LaterView) -> View {
    match view {
        LaterView::Page(page) => build_page(page),
        LaterView::Operation(practice) => operation_panel(practice),
        LaterView::EvidenceOf(practice) => evidence_of_practice(practice),
        LaterView::NextQuestion => next_panel(),
        LaterView::NextBest(practice) => next_best(practice),
        LaterView::HandOut(topic) => hand_out_section(topic),
        LaterView::Help(topic) => help_page(&topic),
        LaterView::Assessments(listed) => assessments(listed),
        LaterView::ListTools(listed) => list_tools(listed),
        LaterView::Storage(listed) => storage_section(listed),
        LaterView::BeginFrom(listed, start) => begin_from(listed, start),
        LaterView::Tour => tour_panel(),
        LaterView::TakeTour => take_tour(),
    }
}

fn build_page(page: Page) -> View {
    match page {
        Page::Scope => scope_page(),
        Page::Overview => overview_page(),
        Page::Requirements(framework) => requirements_page(&framework),
        Page::Requirement(framework, code) => CATALOGUE
            .parse_requirement(&format!("{framework}/{code}"))
            .map_or_else(not_found, requirement_page),
        Page::Gaps(_) => gaps_page(),
        Page::Crosswalk(_) => crosswalk_page(),
        Page::Search(_) => search_page(),
        Page::Export => export_page(),
        Page::Import => soa_import_page(),
        Page::Gates => gates_page(),
        Page::Gate(id) => gate_page(&id),
        Page::Calendar(_) => calendar_page(),
        Page::Findings => findings_page(),
        Page::Lint => lint_page(),
        Page::Scan => scan_page(),
        Page::Registers => registers_page(),
        Page::Requests(_) => requests_page(),
        Page::Soa(_) => soa_page(),
        Page::Documents => documents_page(),
        Page::Soc2(_) => soc2_page(),
        Page::Duties => duties_page(),
        Page::Register(register, _) => register_page(register),
        Page::Entry(register, id) => entry_page(register, id),
        Page::Dashboard => dashboard_page(),
        Page::Practices(_) => practices_page(),
        Page::Plan(_) => plan_page(),
        Page::Roadmap => roadmap_page(),
        Page::WhatIf(_) => what_if_page(),
        Page::Progress => progress_page(),
        Page::Compare(_) => compare_page(),
        Page::Merge => merge_page(),
        Page::Conflicts => conflicts_page(),
        Page::Obligations(_) => obligations_page(),
        // Pages of the first part.
        Page::Tasks | Page::Question(_) | Page::Topic(_) => not_found(),
    }
}

/// The only function that is called across the border, once. It names another, so that pages are built without waiting.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(pages, fallible)]
fn later_part() -> Result<LaterPart, NotLoaded> {
    Ok(LaterPart {
        build,
        analyse: Analysis::new,
        open_everything: open_all,
    })
}

#[cfg(not(feature = "split"))]
async fn later_part() -> Result<LaterPart, NotLoaded> {
    Ok(LaterPart {
        build,
        analyse: Analysis::new,
        open_everything: open_all,
    })
}

/// Fetches the later part. It waits for no page that needs it: an app that is open goes on working without a network.
pub fn fetch_later(app: AppState) {
    app.later.set(Later::Coming);
    spawn_local(async move {
        app.later.set(later_part().await.map_or(Later::Missing, Later::Here));
    });
}

/// A piece of a page, once the later part is here; nothing until then.
pub fn later_view(view: LaterView) -> View {
    let app = AppState::expect();
    follow(move || match app.later.get() {
        Later::Here(part) => untrack(|| (part.build)(view.clone())),
        Later::Coming | Later::Missing => View::Many(Vec::new()),
    })
}

/// A page of the later part: at once if that is here, otherwise as soon as it is.
pub fn later_page(which: Page) -> View {
    later_view_page(LaterView::Page(which))
}

/// A view of the later part that is a page by itself: at once if that is here, otherwise as soon as it is.
pub fn later_view_page(which: LaterView) -> View {
    let app = AppState::expect();
    if let Later::Here(part) = app.later.get_untracked() {
        return (part.build)(which);
    }
    follow(move || {
        let later = app.later.get();
        untrack(|| match later {
            Later::Here(part) => (part.build)(which.clone()),
            Later::Coming => page(
                "page",
                vec![page_head("Loading…", "This part of the app is on its way.")],
            ),
            Later::Missing => missing(app),
        })
    })
}

fn missing(app: AppState) -> View {
    let lead = "This part of the app could not be fetched. Your answers are kept, and the other pages work.";
    let again = button("button primary", "Try again").on("click", act(move |_| fetch_later(app)));
    let reload = button("button", "Load the page anew").on("click", act(|_| platform::reload()));
    page(
        "page page-narrow",
        vec![
            page_head("This page has not arrived", lead),
            actions(vec![again.view(), reload.view()]),
        ],
    )
}
