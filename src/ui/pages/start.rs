//! The start page: all assessments of this browser, and the ways to begin another.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Assessment, AssessmentId, FrameworkId, ScopeText, Slot, Value, apply};
use crate::report::wording;
use crate::store::{AssessmentFile, FileError, Library, LibraryError, Listing, MAX_FILE_BYTES, Sink};
use crate::ui::components::TextField;
use crate::ui::follow::{act, follow, memo};
use crate::ui::platform::{self, BrowserSink};
use crate::ui::route::{Page, Route};
use crate::ui::state::{AppState, Gravity, everything_kept};

/// The sample company that comes with the page.
const SAMPLE: &str = "./sample/sample.json";

fn library() -> Library<'static> {
    Library::new(&BrowserSink, &CATALOGUE)
}

fn new_id() -> Option<AssessmentId> {
    AssessmentId::parse(&platform::random_word())
}

/// The start page.
#[component]
pub fn StartPage() -> impl IntoView {
    let app = AppState::expect();
    let listed = memo(move || {
        app.library_version.track();
        library().list().map_err(|error| error.to_string())
    });
    view! {
        <main id="main" tabindex="-1" class="page">
            <header class="page-head">
                <h1>"How far away are the certificate and the report?"</h1>
                <p class="lead">"Answer once, in plain language, about what you do. Concord shows where you stand against ISO/IEC 27001, ISO/IEC 27017 and SOC 2 at the same time, what is missing, and what to do first."</p>
            </header>
            {follow(move || match listed.get() {
                Ok((listings, aside)) => view! { <Assessments listings /> <AsideNotice n_aside=aside.len() /> }.into_any(),
                Err(error) => view! { <StorageProblem error /> }.into_any(),
            })}
            <div class="two-columns">
                <NewAssessment />
                <OtherWays />
            </div>
            <Person />
        </main>
    }
}

#[component]
fn StorageProblem(
    /// Why the list can't be read.
    error: String,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone="bad" role="alert">
            <p>{format!("Nothing can be kept here: {error}. Allow this page to store data, or use another window that is not private. Until then there is no way to begin an assessment.")}</p>
        </div>
    }
}

#[component]
fn AsideNotice(
    /// How many heads could not be read.
    n_aside: usize,
) -> impl IntoView {
    let words = wording::count(n_aside, "assessment", "assessments");
    (n_aside > 0).then(|| view! {
        <div class="notice" data-tone="warn" role="alert">
            <p>{format!("{words} could not be read and was left as it is. Download everything kept in this browser to have a copy.")}</p>
        </div>
    })
}

#[component]
fn Assessments(
    /// What the browser holds.
    listings: Vec<Listing>,
) -> impl IntoView {
    let (deleted, live): (Vec<Listing>, Vec<Listing>) = listings.into_iter().partition(|it| it.deleted_at.is_some());
    let n_deleted = deleted.len();
    view! {
        <section class="section" aria-labelledby="assessments">
            <h2 id="assessments">"Your assessments"</h2>
            {if live.is_empty() {
                view! { <div class="empty"><p>"There is none in this browser yet. Begin one below, or look at the sample company first."</p></div> }.into_any()
            } else {
                view! { <ul class="cards">{live.into_iter().map(|listing| view! { <Card listing /> }).collect_view()}</ul> }.into_any()
            }}
            {(n_deleted > 0).then(|| view! {
                <details class="deleted">
                    <summary>{format!("Deleted ({n_deleted})")}</summary>
                    <ul class="cards">{deleted.into_iter().map(|listing| view! { <DeletedCard listing /> }).collect_view()}</ul>
                </details>
            })}
        </section>
    }
}

/// The name of an assessment, or words for one without a name.
fn name_of(listing: &Listing) -> String {
    if listing.name.is_empty() {
        "Unnamed assessment".to_owned()
    } else {
        listing.name.clone()
    }
}

fn meta(listing: &Listing) -> String {
    let answers = wording::count(listing.n_answers, "answer", "answers");
    if listing.changed_at == 0 {
        answers
    } else {
        format!("{answers} · last changed {}", wording::instant(listing.changed_at))
    }
}

#[component]
fn Card(
    /// The assessment.
    listing: Listing,
) -> impl IntoView {
    let app = AppState::expect();
    let is_renaming = RwSignal::new(false);
    let id = StoredValue::new(listing.id.clone());
    let name = name_of(&listing);
    if listing.is_newer {
        return view! {
            <li class="card"><h3>{name}</h3><p class="card-meta">"A newer version of Concord wrote this. It is left as it is; download everything kept in this browser to have a copy."</p></li>
        }
        .into_any();
    }
    let href = Route::Assessment(listing.id.clone(), Page::Tasks).href();
    let field_id = format!("rename-{}", listing.id);
    let current = StoredValue::new(name.clone());
    let labelled = move |words: &str| format!("{words} {}", current.get_value());
    view! {
        <li class="card">
            <h3><a href=href>{name}</a></h3>
            <p class="card-meta">{meta(&listing)}</p>
            {follow(move || is_renaming.get().then(|| view! {
                <TextField id=field_id.clone() label="New name" text=Signal::derive(move || current.get_value())
                    on_commit=Callback::new(move |name: String| { is_renaming.set(false); rename(app, &id.get_value(), name); }) />
            }))}
            <div class="card-actions">
                <button type="button" class="button small quiet" aria-label=labelled("Rename") on:click=act(move |_| is_renaming.update(|it| *it = !*it))>"Rename"</button>
                <button type="button" class="button small quiet" aria-label=labelled("Duplicate") on:click=act(move |_| duplicate(app, &id.get_value()))>"Duplicate"</button>
                <button type="button" class="button small quiet" aria-label=labelled("Download file") on:click=act(move |_| save_file(app, &id.get_value()))>"Download file"</button>
                <button type="button" class="button small quiet danger" aria-label=labelled("Delete") on:click=act(move |_| delete(app, &id.get_value()))>"Delete"</button>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn DeletedCard(
    /// The assessment.
    listing: Listing,
) -> impl IntoView {
    let app = AppState::expect();
    let id = StoredValue::new(listing.id.clone());
    let is_sure = RwSignal::new(false);
    let remove = move |_| {
        if is_sure.get_untracked() {
            finish(app, library().remove_deleted(&id.get_value()), "Removed for good.");
        } else {
            is_sure.set(true);
        }
    };
    view! {
        <li class="card">
            <h3>{name_of(&listing)}</h3>
            <p class="card-meta">{meta(&listing)}</p>
            <div class="card-actions">
                <button type="button" class="button small" on:click=act(move |_| finish(app, library().mark_deleted(&id.get_value(), None), "Restored."))>"Restore"</button>
                <button type="button" class="button small quiet danger" on:click=remove>
                    {follow(move || if is_sure.get() { "Really remove for good?" } else { "Remove for good" })}
                </button>
            </div>
        </li>
    }
}

#[component]
fn NewAssessment() -> impl IntoView {
    let app = AppState::expect();
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        platform::blur_active();
        let given = name.get_untracked().trim().to_owned();
        if given.is_empty() {
            error.set("Give the assessment a name, such as that of the company and the year.".to_owned());
            platform::focus("new-name");
        } else {
            error.set(String::new());
            create(app, given);
        }
    };
    view! {
        <section class="section" aria-labelledby="new">
            <h2 id="new">"New assessment"</h2>
            <form on:submit=create novalidate>
                <TextField id="new-name".to_owned() label="Name" hint="You see it in the list and on reports. It can be changed later."
                    text=name on_commit=Callback::new(move |text| name.set(text)) error=error />
                <p class="actions"><button type="submit" class="button primary">"Begin"</button></p>
            </form>
        </section>
    }
}

#[component]
fn OtherWays() -> impl IntoView {
    let app = AppState::expect();
    view! {
        <section class="section" aria-labelledby="other">
            <h2 id="other">"Or start from something"</h2>
            <p>"The sample company is made up. It shows every page with answers in it; change what you like."</p>
            <p class="actions"><button type="button" class="button" on:click=act(move |_| open_sample(app))>"Open the sample company"</button></p>
            <div class="field">
                <label for="import-file">"Open an assessment file"</label>
                <p class="hint" id="import-hint">"A .json file that Concord has exported. It becomes a new assessment; nothing is overwritten."</p>
                <input class="input" type="file" id="import-file" accept=".json,application/json" aria-describedby="import-hint"
                    on:change=act(move |event| import_picked(app, &event)) />
            </div>
            <p class="actions"><button type="button" class="button small quiet" on:click=act(move |_| save_everything(app))>"Download everything kept in this browser"</button></p>
        </section>
    }
}

#[component]
fn Person() -> impl IntoView {
    let app = AppState::expect();
    let name = RwSignal::new(platform::author());
    let set = move |text: String| {
        if platform::set_author(&text) {
            name.set(text);
        } else {
            app.notify(
                Gravity::Warn,
                "Your name could not be kept: the storage of this browser is full or blocked.",
            );
        }
    };
    view! {
        <section class="section" aria-labelledby="person">
            <h2 id="person">"You"</h2>
            <TextField id="author".to_owned() label="Your name" hint="Stands beside the answers that you give in this browser. Optional."
                text=name on_commit=Callback::new(set) />
        </section>
    }
}

fn finish(app: AppState, result: Result<(), LibraryError>, done: &str) {
    match result {
        Ok(()) => app.notify(Gravity::Good, done),
        Err(error) => app.notify(Gravity::Bad, format!("Not done: {error}. Nothing has been lost.")),
    }
    app.library_version.update(|version| *version += 1);
}

fn create(app: AppState, name: String) {
    let Some(id) = new_id() else { return };
    let mut assessment = Assessment::default();
    assessment.put(Slot::Text(ScopeText::Name), Value::Text(name));
    for framework in [FrameworkId::Iso27001, FrameworkId::Soc2] {
        assessment.put(Slot::Framework(framework), Value::Member(true));
    }
    match library().create(id.clone(), assessment, &app.stamp()) {
        Ok(_) => app.go(&Route::Assessment(id, Page::Scope)),
        Err(error) => app.notify(Gravity::Bad, format!("The assessment could not be begun: {error}.")),
    }
}

fn rename(app: AppState, id: &AssessmentId, name: String) {
    let renamed = library().open(id).and_then(|mut book| {
        let action = Action::SetText(ScopeText::Name, name);
        if let Ok(change) = apply(&mut book.assessment, &CATALOGUE, action) {
            for write in book.write_slots(&change.touched, &app.stamp()) {
                BrowserSink.write(&write.key, write.text.as_deref())?;
            }
        }
        Ok(())
    });
    finish(app, renamed, "Renamed.");
}

fn duplicate(app: AppState, id: &AssessmentId) {
    let Some(copy) = new_id() else { return };
    let made = library().open(id).and_then(|book| {
        let file = AssessmentFile::new(&CATALOGUE, book.records.clone());
        let mut copied = library().import(copy, file)?;
        let name = format!("{} (copy)", copied.assessment.name());
        copied.assessment.put(Slot::Text(ScopeText::Name), Value::Text(name));
        for write in copied.write_slots(&[Slot::Text(ScopeText::Name)], &app.stamp()) {
            BrowserSink.write(&write.key, write.text.as_deref())?;
        }
        Ok(())
    });
    finish(app, made, "Duplicated.");
}

fn delete(app: AppState, id: &AssessmentId) {
    match library().mark_deleted(id, Some(platform::now())) {
        Ok(()) => {
            let id = id.clone();
            let restore = Arc::new(move || finish(app, library().mark_deleted(&id, None), "Restored."));
            app.notify_with_step(
                Gravity::Info,
                "Deleted. Its records stay until you remove it for good.",
                Some(("Undo", restore)),
            );
            app.library_version.update(|version| *version += 1);
        }
        Err(error) => finish(app, Err(error), ""),
    }
}

fn save_file(app: AppState, id: &AssessmentId) {
    match library().open(id) {
        Ok(book) => {
            let name = format!("{}.json", book.id);
            let text = AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text();
            report_download(app, platform::download(&name, "application/json", text.as_bytes()));
        }
        Err(error) => app.notify(Gravity::Bad, format!("The file could not be written: {error}.")),
    }
}

fn save_everything(app: AppState) {
    match everything_kept() {
        Ok(text) => {
            let name = format!("concord-everything-{}.json", platform::today());
            report_download(app, platform::download(&name, "application/json", text.as_bytes()));
        }
        Err(error) => app.notify(Gravity::Bad, format!("Nothing could be read: {error}.")),
    }
}

fn report_download(app: AppState, result: Result<(), String>) {
    if let Err(error) = result {
        app.notify(Gravity::Bad, format!("The browser refused the download: {error}."));
    }
}

fn open_sample(app: AppState) {
    spawn_local(async move {
        match platform::fetch_text(SAMPLE).await {
            Ok(text) => import(app, "The sample", text.as_bytes()),
            Err(error) => app.notify(Gravity::Bad, format!("The sample could not be loaded: {error}.")),
        }
    });
}

fn import_picked(app: AppState, event: &leptos::ev::Event) {
    let Some(file) = platform::picked_file(event) else {
        return;
    };
    // The size is checked before anything is read.
    if file.size() > MAX_FILE_BYTES {
        refuse(app, &file.name(), &FileError::TooLarge(file.size()));
        return;
    }
    spawn_local(async move {
        match file.read().await {
            Ok(bytes) => import(app, &file.name(), &bytes),
            Err(error) => app.notify(Gravity::Bad, format!("{} could not be read: {error}.", file.name())),
        }
    });
}

fn refuse(app: AppState, name: &str, error: &FileError) {
    app.notify(
        Gravity::Bad,
        format!("{name} was not opened: {error}. Nothing has been changed."),
    );
}

fn import(app: AppState, name: &str, bytes: &[u8]) {
    let Some(id) = new_id() else { return };
    let file = match AssessmentFile::from_bytes(bytes) {
        Ok(file) => file,
        Err(error) => return refuse(app, name, &error),
    };
    match library().import(id.clone(), file) {
        Ok(_) => app.go(&Route::Assessment(id, Page::Tasks)),
        Err(error) => app.notify(
            Gravity::Bad,
            format!("The file was not opened: {error}. Nothing has been changed."),
        ),
    }
}
