//! The frame around every page: header, navigation, messages, footer, and the change from one page to the next.

use leptos::prelude::*;

use super::components::{brand_mark, button, button_link, notice, page, page_head, paragraph};
use super::element::{Element, el};
use super::later::{LaterView, fetch_later, later_page, later_view, later_view_page};
use super::pages::{question_page, start_page, tasks_page, topic_page};
use super::platform;
use super::route::{Page, Query, Route};
use super::state::{AppState, AssessmentStore, Gravity, Keep, Notice};
use super::view::View;
use crate::analysis::Gate;
use crate::catalogue::CATALOGUE;
use crate::domain::{AssessmentId, FrameworkId, Register};
use crate::report::wording;
use crate::ui::follow::{act, flag, follow, maybe, memo, words};

/// The app.
pub fn app() -> View {
    let app = AppState::start();
    fetch_later(app);
    // Help stands beside what is open: the assessment stays, with what can be undone.
    let open_id = memo(move || match (app.place.get(), app.open_store()) {
        (Route::Assessment(id, _), _) => Some(id),
        (Route::Help(..), Some(store)) => Some(store.id()),
        (Route::Start | Route::Help(..) | Route::Gallery | Route::Unknown, _) => None,
    });
    Effect::new(move |before: Option<()>| {
        app.place.track();
        if before.is_some() {
            platform::focus_main();
        }
    });
    let skip = act(|event| {
        event.prevent_default();
        platform::focus("main");
    });
    let frame = follow(move || {
        let id = open_id.get();
        untrack(|| match id {
            Some(id) => assessment_frame(app, &id),
            None => outside_frame(app),
        })
    });
    let promise = "Everything stays in this browser. Nothing is sent anywhere unless you export it and pass it on.";
    View::Many(vec![
        el("a")
            .class("skip-link")
            .attr("href", "#main")
            .on("click", skip)
            .with("Skip to content")
            .view(),
        frame,
        el("footer")
            .class("app-foot")
            .with(paragraph(wording::DISCLAIMER))
            .with(paragraph(promise))
            .view(),
    ])
}

/// Everything outside an assessment.
fn outside_frame(app: AppState) -> View {
    let shown = follow(move || {
        let (kind, title, view) = match app.place.get() {
            Route::Start | Route::Assessment(..) => (0, "Assessments", untrack(start_page)),
            Route::Help(topic, _) => return help(topic),
            #[cfg(feature = "gallery")]
            Route::Gallery => (38, "Gallery", untrack(super::pages::gallery_page)),
            #[cfg(not(feature = "gallery"))]
            Route::Gallery => (39, "Not found", not_found()),
            Route::Unknown => (39, "Not found", not_found()),
        };
        platform::set_title(&format!("{title} · Concord"));
        of_kind(kind, view)
    });
    View::Many(vec![bar_alone(), notices(app), shown])
}

/// A page of help. Its title is its own.
fn help(topic: String) -> View {
    of_kind(37, untrack(|| later_view_page(LaterView::Help(topic))))
}

/// An assessment: opened once, then page after page.
fn assessment_frame(app: AppState, id: &AssessmentId) -> View {
    match app.open_book(id) {
        Ok(book) => {
            let store = AssessmentStore::open(app, book);
            let aside = store.aside();
            if !aside.is_empty() {
                let text = format!(
                    "{} could not be read and was set aside. Nothing has been overwritten. Everything kept in this browser can be downloaded on the start page.",
                    wording::count(aside.len(), "record", "records"),
                );
                app.notify(Gravity::Warn, text);
            }
            open_assessment(app, store)
        }
        Err(error) => {
            let reason = format!("Reason: {error}. Nothing has been changed.");
            let words = dead_end("This assessment can't be opened", reason);
            View::Many(vec![bar_alone(), notices(app), words])
        }
    }
}

fn open_assessment(app: AppState, store: AssessmentStore) -> View {
    let name = follow(move || store.with(|assessment| assessment.name().to_owned()));
    let undo = button("button quiet small", "Undo")
        .prop("disabled", flag(move || !store.can_undo.get()))
        .on("click", act(move |_| store.undo()));
    let tools = tools().with(keep_status(store)).with(undo).with(help_link());
    let bar = app_bar().with(el("p").class("app-bar-name").with(name)).with(tools);
    let section = move || match app.place.get() {
        Route::Assessment(_, page) => section(&page),
        Route::Start | Route::Help(..) | Route::Gallery | Route::Unknown => "",
    };
    let shown = follow(move || {
        store.refused.track();
        let place = app.place.get();
        untrack(|| match place {
            Route::Assessment(_, page) => page_view(page),
            Route::Help(topic, _) => help(topic),
            Route::Start | Route::Gallery | Route::Unknown => View::Many(Vec::new()),
        })
    });
    View::Many(vec![
        bar.view(),
        main_nav(store, section).view(),
        notices(app),
        later_view(LaterView::Tour),
        shown,
    ])
}

fn page_view(page: Page) -> View {
    platform::set_title(&format!("{} · Concord", page_title(&page)));
    let kind = kind(&page);
    // What is needed for the first answer; everything else comes with the later part.
    let view = match page {
        Page::Tasks => tasks_page(),
        Page::Question(id) => CATALOGUE.practice(&id).map_or_else(not_found, question_page),
        Page::Topic(id) => CATALOGUE.topic(&id).map_or_else(not_found, topic_page),
        later @ (Page::Scope
        | Page::Overview
        | Page::Requirements(_)
        | Page::Requirement(..)
        | Page::Gaps(_)
        | Page::Crosswalk(_)
        | Page::Search(_)
        | Page::Export
        | Page::Import
        | Page::Gates
        | Page::Gate(_)
        | Page::Calendar(_)
        | Page::Findings
        | Page::Lint
        | Page::Scan
        | Page::Registers
        | Page::Requests(_)
        | Page::Soa(_)
        | Page::Documents
        | Page::Soc2(_)
        | Page::Duties
        | Page::Register(..)
        | Page::Entry(..)
        | Page::Dashboard
        | Page::Practices(_)
        | Page::Plan(_)
        | Page::Roadmap
        | Page::WhatIf(_)
        | Page::Progress
        | Page::Compare(_)
        | Page::Merge
        | Page::Conflicts
        | Page::Obligations(_)) => later_page(later),
    };
    of_kind(kind, view)
}

/// A page that gives its place to another of its kind only: between kinds the main part is a new one, and is read out.
fn of_kind(kind: u32, view: View) -> View {
    match view {
        View::Element(main) => main.key(kind).view(),
        View::Text(_) | View::Many(_) | View::Follows(_) => view,
    }
}

/// The number of a kind of page. The start page is 0; the others outside an assessment count on from 37.
const fn kind(page: &Page) -> u32 {
    match page {
        Page::Scope => 1,
        Page::Tasks => 2,
        Page::Question(_) => 3,
        Page::Topic(_) => 4,
        Page::Overview => 5,
        Page::Requirements(_) => 6,
        Page::Requirement(..) => 7,
        Page::Gaps(_) => 8,
        Page::Crosswalk(_) => 9,
        Page::Search(_) => 10,
        Page::Export => 11,
        Page::Import => 12,
        Page::Gates => 13,
        Page::Gate(_) => 14,
        Page::Calendar(_) => 15,
        Page::Findings => 16,
        Page::Lint => 17,
        Page::Scan => 18,
        Page::Registers => 19,
        Page::Requests(_) => 20,
        Page::Soa(_) => 21,
        Page::Documents => 22,
        Page::Soc2(_) => 23,
        Page::Duties => 24,
        Page::Register(..) => 25,
        Page::Entry(..) => 26,
        Page::Dashboard => 27,
        Page::Practices(_) => 28,
        Page::Plan(_) => 29,
        Page::Roadmap => 30,
        Page::WhatIf(_) => 31,
        Page::Progress => 32,
        Page::Compare(_) => 33,
        Page::Merge => 34,
        Page::Conflicts => 35,
        Page::Obligations(_) => 36,
    }
}

/// What a page is called.
pub(super) fn page_title(page: &Page) -> String {
    match page {
        Page::Scope => "Scope".to_owned(),
        Page::Tasks => "Questions".to_owned(),
        Page::Question(id) => CATALOGUE
            .practice(id)
            .map_or("Not found", |practice| practice.title())
            .to_owned(),
        Page::Topic(id) => CATALOGUE.topic(id).map_or("Not found", |topic| topic.title).to_owned(),
        Page::Overview => "Overview".to_owned(),
        Page::Requirements(_) => "Requirements".to_owned(),
        Page::Requirement(framework, code) => CATALOGUE
            .parse_requirement(&format!("{framework}/{code}"))
            .map_or_else(|| "Not found".to_owned(), wording::requirement_name),
        Page::Gaps(_) => "Gap register".to_owned(),
        Page::Crosswalk(_) => "Crosswalk".to_owned(),
        Page::Search(_) => "Search".to_owned(),
        Page::Export => "Export".to_owned(),
        Page::Import => "Import".to_owned(),
        Page::Gates => "Gates".to_owned(),
        Page::Gate(id) => gate_title(id),
        Page::Calendar(_) => "Calendar".to_owned(),
        Page::Findings => "Potential nonconformities".to_owned(),
        Page::Lint => "Lint".to_owned(),
        Page::Scan => "Quick scan".to_owned(),
        Page::Registers => "Registers".to_owned(),
        Page::Requests(_) => "Evidence requests".to_owned(),
        Page::Soa(_) => "Statement of Applicability".to_owned(),
        Page::Documents => "Documented information".to_owned(),
        Page::Soc2(_) => "SOC 2 papers".to_owned(),
        Page::Duties => "Shared responsibility matrix".to_owned(),
        Page::Register(register, _) => register.title().to_owned(),
        Page::Entry(register, _) => register.title().to_owned(),
        Page::Dashboard => "Dashboard".to_owned(),
        Page::Practices(_) => "Practices".to_owned(),
        Page::Plan(_) => "Remediation plan".to_owned(),
        Page::Roadmap => "Roadmap".to_owned(),
        Page::WhatIf(_) => "What if".to_owned(),
        Page::Progress => "Progress".to_owned(),
        Page::Compare(_) => "Compare".to_owned(),
        Page::Merge => "Merge".to_owned(),
        Page::Conflicts => "Conflicts".to_owned(),
        Page::Obligations(_) => "Layered obligations".to_owned(),
    }
}

/// The gate, or the edition of ISO/IEC 27017, that a part of the address names.
fn gate_title(id: &str) -> String {
    let gate = Gate::ALL.into_iter().find(|it| it.as_str() == id);
    let edition = || Some(CATALOGUE.framework(FrameworkId::parse(id)?)?.full_title());
    let title = gate.map(|it| it.title().to_owned()).or_else(edition);
    title.unwrap_or_else(|| "Not found".to_owned())
}

fn bar_alone() -> View {
    app_bar().with(tools().with(help_link())).view()
}

fn tools() -> Element {
    el("div").class("app-bar-tools")
}

fn help_link() -> Element {
    button_link("button quiet small", "#/help", "Help")
}

fn app_bar() -> Element {
    let brand = el("a").class("brand").attr("href", "#/");
    let brand = brand.with(brand_mark()).with(el("span").with("Concord"));
    el("header").class("app-bar").with(brand)
}

fn main_nav(store: AssessmentStore, shown: impl Fn() -> &'static str + Copy + Send + Sync + 'static) -> Element {
    let links: [(&str, Page); 13] = [
        ("Questions", Page::Tasks),
        ("Overview", Page::Overview),
        ("Dashboard", Page::Dashboard),
        ("Gates", Page::Gates),
        ("Gaps", Page::Gaps(Query::default())),
        ("Plan", Page::Plan(Query::default())),
        ("Progress", Page::Progress),
        ("Registers", Page::Registers),
        ("Requirements", Page::Requirements(String::new())),
        ("Crosswalk", Page::Crosswalk(Query::default())),
        ("Search", Page::Search(Query::default())),
        ("Scope", Page::Scope),
        ("Export", Page::Export),
    ];
    let mut list = el("ul");
    for (name, target) in links {
        let is_current = maybe(move || (shown() == name).then_some("page"));
        let link = el("a")
            .attr("href", store.href(target))
            .attr("aria-current", is_current)
            .attr("accesskey", (name == "Search").then(|| "s".to_owned()));
        list = list.with(el("li").with(link.with(name)));
    }
    el("nav").class("main-nav").attr("aria-label", "Assessment").with(list)
}

/// The name in the navigation that a page belongs to.
const fn section(page: &Page) -> &'static str {
    match page {
        Page::Dashboard | Page::Practices(_) => "Dashboard",
        Page::Plan(_) | Page::Roadmap | Page::WhatIf(_) | Page::Entry(Register::PlanAction, _) => "Plan",
        Page::Progress | Page::Compare(_) => "Progress",
        Page::Tasks | Page::Question(_) | Page::Topic(_) | Page::Scan => "Questions",
        Page::Gates | Page::Gate(_) | Page::Calendar(_) => "Gates",
        Page::Registers
        | Page::Requests(_)
        | Page::Soa(_)
        | Page::Documents
        | Page::Soc2(_)
        | Page::Duties
        | Page::Register(..)
        | Page::Entry(..) => "Registers",
        Page::Overview => "Overview",
        Page::Gaps(_) | Page::Findings | Page::Lint => "Gaps",
        Page::Requirements(_) | Page::Requirement(..) => "Requirements",
        Page::Crosswalk(_) | Page::Obligations(_) => "Crosswalk",
        Page::Search(_) => "Search",
        Page::Scope => "Scope",
        Page::Export | Page::Import | Page::Merge | Page::Conflicts => "Export",
    }
}

/// Whether what is on the screen has been kept, in fixed words.
fn keep_status(store: AssessmentStore) -> Element {
    let state = words(move || match store.keep.get() {
        Keep::Kept => "kept",
        Keep::NotKept(_) => "not-kept",
        Keep::ChangedElsewhere | Keep::Replaced => "elsewhere",
    });
    let said = follow(move || match store.keep.get() {
        Keep::Kept => "Kept in this browser",
        Keep::NotKept(crate::store::SinkError::Full) => "Not kept: full",
        Keep::NotKept(_) => "Not kept: blocked",
        Keep::ChangedElsewhere | Keep::Replaced => "Changed in another tab",
    });
    el("output").class("keep-status").attr("data-state", state).with(said)
}

/// The messages that have not been put away.
fn notices(app: AppState) -> View {
    let shown = follow(move || {
        let notices = app.notices.get().into_iter();
        notices.map(|it| one_notice(app, it).view()).collect::<Vec<_>>()
    });
    el("div").class("notices").attr("role", "status").with(shown).view()
}

fn one_notice(app: AppState, shown: Notice) -> Element {
    let id = shown.id;
    let step = shown.step.map(|(words, step)| {
        let take = act(move |_| {
            app.put_away(id);
            step();
        });
        button("button small", words).on("click", take)
    });
    let dismiss = button("button small quiet", "Dismiss").on("click", act(move |_| app.put_away(id)));
    let actions = el("div").class("notice-actions").with(step).with(dismiss);
    notice(shown.gravity.as_str(), shown.text).key(id).with(actions)
}

/// Where an address leads nowhere.
pub(super) fn not_found() -> View {
    dead_end(
        "There is nothing here",
        "The address names a page that does not exist, or one that has been retired.",
    )
}

fn dead_end(title: &'static str, lead: impl Into<View>) -> View {
    let onward = button_link("button primary", "#/", "All assessments");
    page(
        "page page-narrow",
        vec![page_head(title, lead), el("p").class("actions").with(onward).view()],
    )
}
