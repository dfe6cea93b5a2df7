//! The frame around every page: header, navigation, messages, footer, and the change from one page to the next.

use leptos::prelude::*;

use super::components::BrandMark;
use super::pages::{
    CrosswalkPage, ExportPage, GapsPage, OverviewPage, QuestionPage, RequirementPage, RequirementsPage, ScopePage,
    StartPage, TasksPage, TopicPage, search_page,
};
use super::platform;
use super::route::{Page, Query, Route};
use super::state::{AppState, AssessmentStore, Gravity, Keep};
use crate::catalogue::CATALOGUE;
use crate::domain::AssessmentId;
use crate::report::wording;
use crate::ui::follow::{act, flag, follow, maybe, memo};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let app = AppState::start();
    let open_id = memo(move || match app.place.get() {
        Route::Assessment(id, _) => Some(id),
        Route::Start | Route::Gallery | Route::Unknown => None,
    });
    let is_first = StoredValue::new(true);
    Effect::new(move |_| {
        app.place.track();
        if is_first.get_value() {
            is_first.set_value(false);
        } else {
            platform::focus_main();
        }
    });
    view! {
        <a class="skip-link" href="#main" on:click=|event| { event.prevent_default(); platform::focus("main"); }>"Skip to content"</a>
        {follow(move || match open_id.get() {
            Some(id) => view! { <AssessmentFrame id /> }.into_any(),
            None => view! { <OutsideFrame /> }.into_any(),
        })}
        <footer class="app-foot">
            <p>{wording::DISCLAIMER}</p>
            <p>"Everything stays in this browser. Nothing is sent anywhere unless you export it and pass it on."</p>
        </footer>
    }
}

/// Everything outside an assessment.
#[component]
fn OutsideFrame() -> impl IntoView {
    let app = AppState::expect();
    view! {
        <header class="app-bar"><Brand /></header>
        <Notices />
        {follow(move || {
            let (title, view) = match app.route.get() {
                Route::Start | Route::Assessment(..) => ("Assessments", view! { <StartPage /> }.into_any()),
                #[cfg(feature = "gallery")]
                Route::Gallery => ("Gallery", view! { <super::pages::GalleryPage /> }.into_any()),
                #[cfg(not(feature = "gallery"))]
                Route::Gallery => ("Not found", view! { <NotFound /> }.into_any()),
                Route::Unknown => ("Not found", view! { <NotFound /> }.into_any()),
            };
            platform::set_title(&format!("{title} · Concord"));
            view
        })}
    }
}

/// An assessment: opened once, then page after page.
#[component]
fn AssessmentFrame(
    /// Which assessment.
    id: AssessmentId,
) -> impl IntoView {
    let app = AppState::expect();
    match app.open_book(&id) {
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
            view! { <OpenAssessment /> }.into_any()
        }
        Err(error) => view! {
            <header class="app-bar"><Brand /></header>
            <Notices />
            <main id="main" tabindex="-1" class="page page-narrow">
                <header class="page-head"><h1>"This assessment can't be opened"</h1><p class="lead">{format!("Reason: {error}. Nothing has been changed.")}</p></header>
                <p class="actions"><a class="button primary" href="#/">"All assessments"</a></p>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn OpenAssessment() -> impl IntoView {
    let app = AppState::expect();
    let store = AssessmentStore::expect();
    let page = memo(move || match app.place.get() {
        Route::Assessment(_, page) => page,
        Route::Start | Route::Gallery | Route::Unknown => Page::Tasks,
    });
    view! {
        <header class="app-bar">
            <Brand />
            <p class="app-bar-name">{follow(move || store.with(|assessment| assessment.name().to_owned()))}</p>
            <div class="app-bar-tools">
                <KeepStatus />
                <button type="button" class="button quiet small" prop:disabled=flag(move || !store.can_undo.get()) on:click=act(move |_| store.undo())>"Undo"</button>
            </div>
        </header>
        <MainNav page />
        <Notices />
        {follow(move || {
            store.refused.track();
            page_view(page.get())
        })}
    }
}

fn page_view(page: Page) -> AnyView {
    platform::set_title(&format!("{} · Concord", page_title(&page)));
    match page {
        Page::Scope => view! { <ScopePage /> }.into_any(),
        Page::Tasks => view! { <TasksPage /> }.into_any(),
        Page::Question(id) => match CATALOGUE.practice(&id) {
            Some(practice) => view! { <QuestionPage practice /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        },
        Page::Topic(id) => match CATALOGUE.topic(&id) {
            Some(topic) => view! { <TopicPage topic /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        },
        Page::Overview => view! { <OverviewPage /> }.into_any(),
        Page::Requirements(framework) => view! { <RequirementsPage framework /> }.into_any(),
        Page::Requirement(framework, code) => match CATALOGUE.parse_requirement(&format!("{framework}/{code}")) {
            Some(requirement) => view! { <RequirementPage requirement /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        },
        Page::Gaps(_) => view! { <GapsPage /> }.into_any(),
        Page::Crosswalk(_) => view! { <CrosswalkPage /> }.into_any(),
        Page::Search(_) => search_page(),
        Page::Export => view! { <ExportPage /> }.into_any(),
    }
}

fn page_title(page: &Page) -> String {
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
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! { <a class="brand" href="#/"><BrandMark /><span>"Concord"</span></a> }
}

#[component]
fn MainNav(
    /// The page that is shown.
    page: Memo<Page>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let links: [(&str, Page); 8] = [
        ("Questions", Page::Tasks),
        ("Overview", Page::Overview),
        ("Gaps", Page::Gaps(Query::default())),
        ("Requirements", Page::Requirements(String::new())),
        ("Crosswalk", Page::Crosswalk(Query::default())),
        ("Search", Page::Search(Query::default())),
        ("Scope", Page::Scope),
        ("Export", Page::Export),
    ];
    let link = move |(name, target): (&'static str, Page)| {
        let href = store.href(target);
        let is_current = maybe(move || (section(&page.get()) == name).then_some("page"));
        view! { <li><a href=href aria-current=is_current>{name}</a></li> }
    };
    view! { <nav class="main-nav" aria-label="Assessment"><ul>{links.map(link).collect_view()}</ul></nav> }
}

/// The name in the navigation that a page belongs to.
const fn section(page: &Page) -> &'static str {
    match page {
        Page::Tasks | Page::Question(_) | Page::Topic(_) => "Questions",
        Page::Overview => "Overview",
        Page::Gaps(_) => "Gaps",
        Page::Requirements(_) | Page::Requirement(..) => "Requirements",
        Page::Crosswalk(_) => "Crosswalk",
        Page::Search(_) => "Search",
        Page::Scope => "Scope",
        Page::Export => "Export",
    }
}

/// Whether what is on the screen has been kept, in fixed words.
#[component]
fn KeepStatus() -> impl IntoView {
    let store = AssessmentStore::expect();
    let state = move || match store.keep.get() {
        Keep::Kept => "kept",
        Keep::NotKept(_) => "not-kept",
        Keep::ChangedElsewhere | Keep::Replaced => "elsewhere",
    };
    let words = move || match store.keep.get() {
        Keep::Kept => "Kept in this browser",
        Keep::NotKept(crate::store::SinkError::Full) => "Not kept: full",
        Keep::NotKept(_) => "Not kept: blocked",
        Keep::ChangedElsewhere | Keep::Replaced => "Changed in another tab",
    };
    view! { <output class="keep-status" data-state=state>{words}</output> }
}

/// The messages that have not been put away.
#[component]
fn Notices() -> impl IntoView {
    let app = AppState::expect();
    view! {
        <div class="notices" role="status">
            <For each=move || app.notices.get() key=|notice| notice.id let:notice>
                <div class="notice" data-tone=notice.gravity.as_str()>
                    <p>{notice.text.clone()}</p>
                    <div class="notice-actions">
                        {notice.step.map(|(words, step)| view! {
                            <button type="button" class="button small" on:click=act(move |_| { app.put_away(notice.id); step(); })>{words}</button>
                        })}
                        <button type="button" class="button small quiet" on:click=act(move |_| app.put_away(notice.id))>"Dismiss"</button>
                    </div>
                </div>
            </For>
        </div>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <main id="main" tabindex="-1" class="page page-narrow">
            <header class="page-head"><h1>"There is nothing here"</h1><p class="lead">"The address names a page that does not exist, or one that has been retired."</p></header>
            <p class="actions"><a class="button primary" href="#/">"All assessments"</a></p>
        </main>
    }
}
