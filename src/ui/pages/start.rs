//! The start page: all assessments of this browser, and the ways to begin another.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::analysis::answered_of_asked;
use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, AssessmentId, FrameworkId, ScopeText, Slot, Value};
use crate::report::wording;
use crate::store::{
    AssessmentFile, Backup, FileError, Library, LibraryError, Listing, MAX_FILE_BYTES, Progress, Survey,
};
use crate::ui::components::{TextField, button, empty, link, named_section, notice, page, page_head, paragraph};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, maybe, memo, words};
use crate::ui::later::{Later, LaterView, fetch_later, later_view};
use crate::ui::platform::{self, BrowserSink};
use crate::ui::route::{Page, Route};
use crate::ui::state::{AppState, Gravity, Tour, everything_kept};
use crate::ui::view::View;

/// The sample company that comes with the page.
const SAMPLE: &str = "./sample/sample.json";

/// The assessments of this browser.
pub(super) fn library() -> Library<'static> {
    Library::new(&BrowserSink, &CATALOGUE)
}

/// The id of an assessment that is about to be made.
pub(super) fn new_id() -> Option<AssessmentId> {
    AssessmentId::parse(&platform::random_word())
}

/// What the storage holds, and how far each assessment is, by position in the list.
#[derive(Clone, PartialEq)]
pub struct Kept {
    /// What the storage holds.
    pub survey: Survey,
    /// How far each of its assessments is.
    pub progress: Vec<Progress>,
}

/// What is kept, read anew whenever it may have changed; or why it is out of reach.
pub type Listed = Memo<Result<Kept, String>>;

/// The start page. What a list of many needs comes with the later part; until then names and links are there.
pub fn start_page() -> View {
    let app = AppState::expect();
    let listed: Listed = memo(move || {
        app.library_version.track();
        library().survey().map(kept).map_err(|error| error.to_string())
    });
    let is_in_reach = memo(move || listed.with(Result::is_ok));
    let start = StoredValue::new(blank());
    let lead = "Answer once, in plain language, about what you do. Concord shows where you stand against ISO/IEC 27001, \
                ISO/IEC 27017 and SOC 2 at the same time, what is missing, and what to do first.";
    let trouble = follow(move || {
        listed.with(|listed| match listed {
            Ok(kept) => aside_notice(kept.survey.unreadable.len()),
            Err(error) => Some(storage_problem(error)),
        })
    });
    let held = follow(move || {
        let is_in_reach = is_in_reach.get();
        untrack(|| is_in_reach.then(|| assessments(app, listed)))
    });
    let ways = el("div")
        .class("two-columns")
        .with(new_assessment(app, listed, start))
        .with(other_ways(app));
    page(
        "page",
        vec![
            page_head("How far away are the certificate and the report?", lead),
            trouble,
            held,
            ways.view(),
            person(app).view(),
            later_view(LaterView::Storage(listed)),
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

fn kept(survey: Survey) -> Kept {
    let progress = survey.listings.iter().map(|it| {
        let (n_answered, n_asked) = answered_of_asked(&CATALOGUE, &it.outline, &it.answered);
        Progress { n_answered, n_asked }
    });
    Kept {
        progress: progress.collect(),
        survey,
    }
}

/// The list. What is the same in the list that comes with the later part stays as it is, with the focus.
fn assessments(app: AppState, listed: Listed) -> Element {
    let plain = move || listed.with(|it| it.as_ref().map_or_else(|_| Vec::new(), plain_list));
    let list = follow(move || match app.later.get() {
        Later::Here(part) => (part.build)(LaterView::Assessments(listed)),
        Later::Coming => plain().into(),
        Later::Missing => {
            let mut list = plain();
            list.push(rest_is_missing(app).view());
            list.into()
        }
    });
    named_section("assessments", "Your assessments")
        .with(later_view(LaterView::ListTools(listed)))
        .with(list)
}

/// The list without what comes with the later part: the way into each assessment.
fn plain_list(kept: &Kept) -> Vec<View> {
    let cards = kept.survey.listings.iter().zip(&kept.progress);
    let live = cards.filter(|(it, _)| it.deleted_at.is_none());
    let cards: Vec<View> = live.map(|(it, progress)| plain_card(it, *progress).view()).collect();
    vec![match cards.is_empty() {
        true => empty(NO_ASSESSMENT),
        false => el("ul").class("cards").all(cards).view(),
    }]
}

fn rest_is_missing(app: AppState) -> Element {
    let again = button("button small", "Try again").on("click", act(move |_| fetch_later(app)));
    notice(
        "warn",
        "What can be done with an assessment here could not be fetched. They can be opened.",
    )
    .with(again)
}

fn plain_card(listing: &Listing, progress: Progress) -> Element {
    let meta = match listing.is_newer {
        true => String::new(),
        false => wording::joined([
            wording::answered(progress.n_answered, progress.n_asked),
            last_changed(listing),
        ]),
    };
    card_head(listing, "card").with(el("p").class("card-meta").with(meta))
}

/// What every card begins with: the name, which leads into the assessment unless a newer version wrote it.
pub(super) fn card_head(listing: &Listing, class: &'static str) -> Element {
    let name = name_of(listing);
    let href = Route::Assessment(listing.id.clone(), Page::Tasks).href();
    let title = match listing.is_newer || listing.deleted_at.is_some() {
        true => name.into(),
        false => link(href, name),
    };
    // Tells the cards apart, so that one that goes does not hand what is unfolded to the next.
    let bytes = listing.id.as_str().bytes();
    let key = bytes.fold(7_u32, |key, byte| key.wrapping_mul(31).wrapping_add(u32::from(byte)));
    el("li").class(class).key(key).with(el("h3").with(title))
}

/// Words where there is no assessment yet.
pub(super) const NO_ASSESSMENT: &str =
    "There is none in this browser yet. Begin one below, or look at the sample company first.";

/// The name of an assessment, or words for one without a name.
pub(super) fn name_of(listing: &Listing) -> String {
    match listing.name() {
        "" => "Unnamed assessment".to_owned(),
        name => name.to_owned(),
    }
}

/// When an assessment was changed last; blank where no record says so.
pub(super) fn last_changed(listing: &Listing) -> String {
    match listing.changed_at {
        0 => String::new(),
        at => format!("last changed {}", wording::instant(at)),
    }
}

/// What a new assessment holds when it begins from nothing.
pub(super) fn blank() -> Assessment {
    let mut assessment = Assessment::default();
    for framework in [FrameworkId::Iso27001, FrameworkId::Soc2] {
        assessment.put(Slot::Framework(framework), Value::Member(true));
    }
    assessment
}

fn new_assessment(app: AppState, listed: Listed, start: StoredValue<Assessment>) -> Element {
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
            create(app, start.get_value(), given);
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
        .with(
            el("div")
                .class("begin-from")
                .with(later_view(LaterView::BeginFrom(listed, start))),
        )
        .with(el("p").class("actions").with(begin));
    named_section("new", "New assessment").with(form)
}

fn other_ways(app: AppState) -> Element {
    let line = |button: Element| el("p").class("actions").with(button);
    let sample = button("button", "Open the sample company").on("click", act(move |_| open_sample(app, None)));
    let file = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", "import-file")
        .attr("accept", ".json,application/json")
        .attr("aria-describedby", "import-hint")
        .on("change", act(move |event| import_picked(app, &event)));
    let hint =
        "A .json file that Concord has exported. What is in it becomes a new assessment; nothing is overwritten.";
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
        .with(line(sample).with(later_view(LaterView::TakeTour)))
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

/// Says how a step went, and has the list read anew.
pub(super) fn finish(app: AppState, result: Result<(), LibraryError>, done: &str) {
    match result {
        Ok(()) => app.notify(Gravity::Good, done),
        Err(error) => app.notify(Gravity::Bad, format!("Not done: {error}. Nothing has been lost.")),
    }
    // Where room was made, what waited for it goes out.
    app.try_to_keep();
    app.library_version.update(|version| *version += 1);
}

fn create(app: AppState, mut assessment: Assessment, name: String) {
    let Some(id) = new_id() else { return };
    assessment.put(Slot::Text(ScopeText::Name), Value::Text(name));
    match library().create(id.clone(), assessment, &app.stamp()) {
        Ok(_) => app.go(&Route::Assessment(id, Page::Scope)),
        Err(error) => app.notify(Gravity::Bad, format!("The assessment could not be begun: {error}.")),
    }
}

/// Downloads all that this browser keeps as one file, which is a backup of each assessment.
pub(super) fn save_everything(app: AppState) {
    // What the browser has not taken is not in the file.
    let is_all = app.try_to_keep();
    match everything_kept() {
        Ok(text) => {
            app.file_leaves();
            let name = format!("concord-everything-{}.json", platform::today());
            let saved = platform::download(&name, "application/json", text.as_bytes());
            if saved.is_ok()
                && is_all
                && let Ok(survey) = library().survey()
            {
                // The file is there; where this can't be noted, the list goes on saying that there is none.
                library().note_backup_of_all(&survey, platform::now()).ok();
                app.library_version.update(|version| *version += 1);
            }
            report_download(app, saved);
        }
        Err(error) => app.notify(Gravity::Bad, format!("Nothing could be read: {error}.")),
    }
}

/// Says so if a download was refused.
pub(super) fn report_download(app: AppState, result: Result<(), String>) {
    if let Err(error) = result {
        app.notify(Gravity::Bad, format!("The browser refused the download: {error}."));
    }
}

/// Opens the sample company with its tour at a step, or with the offer of it.
pub fn open_sample(app: AppState, step: Option<usize>) {
    spawn_local(async move {
        match platform::fetch_text(SAMPLE).await {
            Ok(text) => {
                let tour = import(app, "The sample", text.as_bytes(), false).map(|assessment| Tour {
                    assessment,
                    step,
                    takes_focus: step.is_some(),
                });
                app.tour.set(tour);
            }
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
            Ok(bytes) => {
                import(app, &file.name(), &bytes, true);
            }
            Err(error) => app.notify(Gravity::Bad, format!("{} could not be read: {error}.", file.name())),
        }
    });
}

/// Says why a file was not opened.
pub(super) fn refuse(app: AppState, name: &str, error: &FileError) {
    app.notify(
        Gravity::Bad,
        format!("{name} was not opened: {error}. Nothing has been changed."),
    );
}

/// Makes a new assessment of a file and goes to it. Returns which, unless a notice says why not or the file holds several.
fn import(app: AppState, name: &str, bytes: &[u8], is_backup: bool) -> Option<AssessmentId> {
    let id = new_id()?;
    let file = match AssessmentFile::from_bytes(bytes) {
        Ok(file) => file,
        Err(error) => {
            match app.later.get_untracked() {
                Later::Here(part) if error == FileError::Foreign => (part.open_everything)(app, name, bytes),
                Later::Here(_) | Later::Coming | Later::Missing => refuse(app, name, &error),
            }
            return None;
        }
    };
    match library().import(id.clone(), file) {
        Ok(book) => {
            if is_backup {
                // The file that was picked holds what is here. Where this can't be noted, nothing is lost.
                library().note_backup(&id, &Backup::of(&book, platform::now())).ok();
            }
            // A template has no name yet.
            let page = match book.assessment.name() {
                "" => Page::Scope,
                _ => Page::Tasks,
            };
            app.go(&Route::Assessment(id.clone(), page));
            Some(id)
        }
        Err(error) => {
            app.notify(
                Gravity::Bad,
                format!("The file was not opened: {error}. Nothing has been changed."),
            );
            None
        }
    }
}
