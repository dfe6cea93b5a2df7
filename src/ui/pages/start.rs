//! The start page: all assessments of this browser, and the ways to begin another.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Assessment, AssessmentId, FrameworkId, ScopeText, Slot, Value, apply};
use crate::report::wording;
use crate::store::{AssessmentFile, FileError, Library, LibraryError, Listing, MAX_FILE_BYTES, Sink};
use crate::ui::components::{
    TextField, button, empty, fixed, folded, link, named_section, notice, page, page_head, paragraph,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, maybe, memo, words};
use crate::ui::platform::{self, BrowserSink};
use crate::ui::route::{Page, Route};
use crate::ui::state::{AppState, Gravity, everything_kept};
use crate::ui::view::View;

/// The sample company that comes with the page.
const SAMPLE: &str = "./sample/sample.json";

fn library() -> Library<'static> {
    Library::new(&BrowserSink, &CATALOGUE)
}

fn new_id() -> Option<AssessmentId> {
    AssessmentId::parse(&platform::random_word())
}

/// The start page.
pub fn start_page() -> View {
    let app = AppState::expect();
    let listed = memo(move || {
        app.library_version.track();
        library().list().map_err(|error| error.to_string())
    });
    let lead = "Answer once, in plain language, about what you do. Concord shows where you stand against ISO/IEC 27001, \
                ISO/IEC 27017 and SOC 2 at the same time, what is missing, and what to do first.";
    let held = follow(move || match listed.get() {
        Ok((listings, aside)) => View::Many(vec![
            assessments(app, listings).view(),
            aside_notice(aside.len()).into(),
        ]),
        Err(error) => storage_problem(&error).view(),
    });
    let ways = el("div")
        .class("two-columns")
        .with(new_assessment(app))
        .with(other_ways(app));
    page(
        "page",
        vec![
            page_head("How far away are the certificate and the report?", lead),
            held,
            ways.view(),
            person(app).view(),
        ],
    )
}

fn storage_problem(error: &str) -> Element {
    let words = format!(
        "Nothing can be kept here: {error}. Allow this page to store data, or use another window that is not private. \
         Until then there is no way to begin an assessment."
    );
    notice("bad", words).attr("role", "alert")
}

fn aside_notice(n_aside: usize) -> Option<Element> {
    let words = wording::count(n_aside, "assessment", "assessments");
    let words = format!(
        "{words} could not be read and was left as it is. Download everything kept in this browser to have a copy."
    );
    (n_aside > 0).then(|| notice("warn", words).attr("role", "alert"))
}

/// What the browser holds.
fn assessments(app: AppState, listings: Vec<Listing>) -> Element {
    let (deleted, live): (Vec<Listing>, Vec<Listing>) = listings.into_iter().partition(|it| it.deleted_at.is_some());
    let mut section = named_section("assessments", "Your assessments");
    section = if live.is_empty() {
        section.with(empty(
            "There is none in this browser yet. Begin one below, or look at the sample company first.",
        ))
    } else {
        let cards = live.into_iter().map(|listing| card(app, listing).view());
        section.with(el("ul").class("cards").all(cards.collect()))
    };
    if deleted.is_empty() {
        return section;
    }
    let summary = format!("Deleted ({})", deleted.len());
    let cards = deleted.into_iter().map(|listing| deleted_card(app, listing).view());
    section.with(folded(summary, el("ul").class("cards").all(cards.collect())).class("deleted"))
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

fn card(app: AppState, listing: Listing) -> Element {
    let name = name_of(&listing);
    let card = el("li").class("card");
    if listing.is_newer {
        let words = "A newer version of Concord wrote this. It is left as it is; download everything kept in this browser \
                     to have a copy.";
        return card
            .with(el("h3").with(name))
            .with(el("p").class("card-meta").with(words));
    }
    let is_renaming = RwSignal::new(false);
    let href = Route::Assessment(listing.id.clone(), Page::Tasks).href();
    let meta = el("p").class("card-meta").with(meta(&listing));
    let id = Arc::new(listing.id);
    let act_on = |words: &'static str, class: &'static str, does: fn(AppState, &AssessmentId)| {
        let id = Arc::clone(&id);
        button(class, words)
            .attr("aria-label", format!("{words} {name}"))
            .on("click", act(move |_| does(app, &id)))
    };
    let rename_button = button("button small quiet", "Rename")
        .attr("aria-label", format!("Rename {name}"))
        .on("click", act(move |_| is_renaming.update(|it| *it = !*it)));
    let actions = el("div")
        .class("card-actions")
        .with(rename_button)
        .with(act_on("Duplicate", "button small quiet", duplicate))
        .with(act_on("Download file", "button small quiet", save_file))
        .with(act_on("Delete", "button small quiet danger", delete));
    let title = el("h3").with(link(href, name.clone()));
    let renaming = follow(move || {
        let (id, kept) = (Arc::clone(&id), fixed(name.clone()));
        is_renaming.get().then(|| {
            TextField::new(format!("rename-{id}"), "New name", kept, move |name| {
                is_renaming.set(false);
                rename(app, &id, name);
            })
        })
    });
    card.with(title).with(meta).with(renaming).with(actions)
}

fn deleted_card(app: AppState, listing: Listing) -> Element {
    let is_sure = RwSignal::new(false);
    let title = el("h3").with(name_of(&listing));
    let meta = el("p").class("card-meta").with(meta(&listing));
    let id = Arc::new(listing.id);
    let restored = Arc::clone(&id);
    let restore = act(move |_| finish(app, library().mark_deleted(&restored, None), "Restored."));
    let remove = act(move |_| {
        if is_sure.get_untracked() {
            finish(app, library().remove_deleted(&id), "Removed for good.");
        } else {
            is_sure.set(true);
        }
    });
    let words = follow(move || {
        if is_sure.get() {
            "Really remove for good?"
        } else {
            "Remove for good"
        }
    });
    let actions = el("div")
        .class("card-actions")
        .with(button("button small", "Restore").on("click", restore))
        .with(button("button small quiet danger", words).on("click", remove));
    el("li").class("card").with(title).with(meta).with(actions)
}

fn new_assessment(app: AppState) -> Element {
    let name = RwSignal::new(String::new());
    let is_missing = RwSignal::new(false);
    let create = act(move |event| {
        event.prevent_default();
        platform::blur_active();
        let given = name.get_untracked().trim().to_owned();
        if given.is_empty() {
            is_missing.set(true);
            platform::focus("new-name");
        } else {
            is_missing.set(false);
            create(app, given);
        }
    });
    let field = TextField::new("new-name", "Name", words(move || name.get()), move |text| {
        name.set(text)
    })
    .hint("You see it in the list and on reports. It can be changed later.")
    .error(maybe(move || {
        let words = "Give the assessment a name, such as that of the company and the year.";
        is_missing.get().then_some(words)
    }));
    let begin = el("button")
        .attr("type", "submit")
        .class("button primary")
        .with("Begin");
    let form = el("form")
        .attr("novalidate", true)
        .on("submit", create)
        .with(field)
        .with(el("p").class("actions").with(begin));
    named_section("new", "New assessment").with(form)
}

fn other_ways(app: AppState) -> Element {
    let line = |button: Element| el("p").class("actions").with(button);
    let sample = button("button", "Open the sample company").on("click", act(move |_| open_sample(app)));
    let file = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", "import-file")
        .attr("accept", ".json,application/json")
        .attr("aria-describedby", "import-hint")
        .on("change", act(move |event| import_picked(app, &event)));
    let hint = "A .json file that Concord has exported. It becomes a new assessment; nothing is overwritten.";
    let import = el("div")
        .class("field")
        .with(el("label").attr("for", "import-file").with("Open an assessment file"))
        .with(el("p").class("hint").attr("id", "import-hint").with(hint))
        .with(file);
    let save = button("button small quiet", "Download everything kept in this browser");
    named_section("other", "Or start from something")
        .with(paragraph(
            "The sample company is made up. It shows every page with answers in it; change what you like.",
        ))
        .with(line(sample))
        .with(import)
        .with(line(save.on("click", act(move |_| save_everything(app)))))
}

fn person(app: AppState) -> Element {
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
    let field = TextField::new("author", "Your name", words(move || name.get()), set);
    named_section("person", "You")
        .with(field.hint("Stands beside the answers that you give in this browser. Optional."))
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
            for write in book.write_slots(&change.touched, &app.stamp(), &CATALOGUE) {
                BrowserSink.write(&write.key, write.text.as_deref())?;
            }
        }
        Ok(())
    });
    finish(app, renamed, "Renamed.");
}

fn duplicate(app: AppState, id: &AssessmentId) {
    let Some(copy) = new_id() else { return };
    app.file_leaves();
    let made = library().open(id).and_then(|book| {
        let file = AssessmentFile::new(&CATALOGUE, book.records.clone());
        let mut copied = library().import(copy, file)?;
        let name = format!("{} (copy)", copied.assessment.name());
        copied.assessment.put(Slot::Text(ScopeText::Name), Value::Text(name));
        for write in copied.write_slots(&[Slot::Text(ScopeText::Name)], &app.stamp(), &CATALOGUE) {
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
            app.file_leaves();
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
