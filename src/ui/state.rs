//! What the page knows while it is open: the app's own state, and the open assessment with its analysis.
//!
//! One document signal and one memo of the whole analysis; everything shown is a memo of these. An assessment changes
//! through [`AssessmentStore::dispatch`] alone.

use std::mem::Discriminant;
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use super::later::Later;
use super::platform::{self, BrowserSink};
use super::route::{Page, Query, Route};
use crate::analysis::Analysis;
use crate::catalogue::CATALOGUE;
use crate::domain::{
    Action, Answer, Assessment, AssessmentId, Field, PracticeId, Register, Rejected, Sheet, SheetKey, Slot,
    UndoOutcome, UndoStack, apply,
};
use crate::store::{
    AssessmentFile, Book, HeadKey, Library, LibraryError, Outbox, Pending, RecordPlace, Selection, Sink, SinkError,
    Stamp,
};
use crate::ui::follow::memo;

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// Something to know.
    Info,
    /// Something went as wanted.
    Good,
    /// Something to look at.
    Warn,
    /// Something failed.
    Bad,
}

impl Gravity {
    /// The tone's name in the style sheet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// The words on a notice's button and what it does. Owned by the notice, so that it outlives the page that made it.
pub type NoticeStep = (&'static str, Arc<dyn Fn() + Send + Sync>);

/// A message to the user, with a next step if there is one.
#[derive(Clone)]
pub struct Notice {
    /// Tells notices apart.
    pub id: u32,
    /// How grave.
    pub gravity: Gravity,
    /// The message.
    pub text: String,
    /// The words on the button and what it does.
    pub step: Option<NoticeStep>,
}

/// A tour of the sample company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// The assessment that it shows.
    pub assessment: AssessmentId,
    /// The step that is shown; before the first it is only offered.
    pub step: Option<usize>,
    /// Whether the focus is to go to it with the next page.
    pub takes_focus: bool,
}

/// The app's own state. A context. It lives as long as the page, so a reference to it is all that handlers carry.
#[derive(Clone, Copy)]
pub struct AppState(&'static AppParts);

/// What the app's own state is made of.
pub struct AppParts {
    /// Where the user is.
    pub route: RwSignal<Route>,
    /// The same without changes of the query alone: then the page stays and only its content moves.
    pub place: Memo<Route>,
    /// Messages that have not been put away.
    pub notices: RwSignal<Vec<Notice>>,
    /// Counts changes of the list of assessments, so that it is read anew.
    pub library_version: RwSignal<u32>,
    /// What is looked for in the list of assessments.
    pub selection: RwSignal<Selection>,
    /// How far the pages are that are fetched after the first.
    pub later: RwSignal<Later>,
    /// The tour of the sample company, if one is offered or taken.
    pub tour: RwSignal<Option<Tour>>,
    /// Where the reader was before help was opened.
    pub before_help: RwSignal<Route>,
    open: StoredValue<Option<AssessmentStore>>,
    /// Writes that the browser has not taken. They outlive the page of their assessment.
    outbox: StoredValue<Outbox>,
    tab: StoredValue<String>,
    next_notice: StoredValue<u32>,
}

impl Deref for AppState {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        self.0
    }
}

impl AppState {
    /// The state of a page that has just been opened; listens to the browser from here on.
    pub fn start() -> Self {
        let route = RwSignal::new(Route::parse(&platform::hash()));
        let place = Memo::new_with_compare(
            move |_| route.get(),
            |before, after| match (before, after) {
                (Some(before), Some(after)) => !after.is_same_place(before),
                _ => true,
            },
        );
        let app = Self(Box::leak(Box::new(AppParts {
            route,
            place,
            notices: RwSignal::new(Vec::new()),
            library_version: RwSignal::new(0),
            selection: RwSignal::new(Selection::default()),
            later: RwSignal::new(Later::Coming),
            tour: RwSignal::new(None),
            before_help: RwSignal::new(Route::Start),
            open: StoredValue::new(None),
            outbox: StoredValue::new(Outbox::default()),
            tab: StoredValue::new(platform::random_word()),
            next_notice: StoredValue::new(0),
        })));
        provide_context(app);
        platform::on_hash_change(move || {
            let left = app.route.get_untracked();
            if !matches!(left, Route::Help(..)) {
                app.before_help.set(left);
            }
            app.route.set(Route::parse(&platform::hash()));
        });
        platform::on_page_hide(platform::blur_active);
        platform::ask_before_leaving(move || !app.try_to_keep());
        platform::on_shortcut(move || app.with_open(AssessmentStore::undo));
        platform::on_storage_change(move |key, text| {
            app.with_open(|store| store.take_in(key, text));
            app.library_version.update(|version| *version += 1);
        });
        app
    }

    /// The state, from the context.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The open assessment, if there is one.
    pub fn open_store(self) -> Option<AssessmentStore> {
        self.open.get_value()
    }

    fn with_open(self, act: impl FnOnce(AssessmentStore)) {
        if let Some(store) = self.open_store() {
            act(store);
        }
    }

    /// Hands what has not been kept to the browser's storage. Returns whether everything is kept now.
    pub fn try_to_keep(self) -> bool {
        matches!(self.flush(), Ok(()))
    }

    fn flush(self) -> Result<(), SinkError> {
        self.outbox
            .try_update_value(|outbox| outbox.flush(&BrowserSink))
            .unwrap_or(Ok(()))
    }

    /// Opens an assessment, as the browser holds it and with what it has not taken yet.
    pub fn open_book(self, id: &AssessmentId) -> Result<Book, LibraryError> {
        self.outbox
            .with_value(|outbox| Library::new(&Pending::new(&BrowserSink, outbox), &CATALOGUE).open(id))
    }

    /// Shows a message.
    pub fn notify(self, gravity: Gravity, text: impl Into<String>) {
        self.notify_with_step(gravity, text, None);
    }

    /// Shows a message with a next step.
    pub fn notify_with_step(self, gravity: Gravity, text: impl Into<String>, step: Option<NoticeStep>) {
        let id = self.next_notice.get_value();
        self.next_notice.set_value(id + 1);
        let notice = Notice {
            id,
            gravity,
            text: text.into(),
            step,
        };
        self.notices.update(|notices| {
            // The same message twice says no more than once.
            notices.retain(|older| older.text != notice.text);
            notices.push(notice);
        });
    }

    /// Puts a message away.
    pub fn put_away(self, id: u32) {
        self.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Goes to another place.
    pub fn go(self, route: &Route) {
        platform::set_hash(&route.href());
    }

    /// A file is about to leave: from here on the tab goes by another word, so that what changes now is known to have grown
    /// out of what the file holds.
    pub fn file_leaves(self) {
        self.tab.set_value(platform::random_word());
    }

    /// The stamp of a change made now, in this tab.
    pub fn stamp(self) -> Stamp {
        Stamp {
            at: platform::now(),
            by: platform::author(),
            tab: self.tab.get_value(),
        }
    }
}

/// Whether what is on the screen has been kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// In the storage of this browser.
    Kept,
    /// Only in memory; the reason.
    NotKept(SinkError),
    /// Another tab changed this assessment, and its changes have been taken in.
    ChangedElsewhere,
    /// Another tab replaced or deleted this assessment: this tab writes no more.
    Replaced,
}

/// The open assessment. A context. A few bytes stay behind for each one that is opened: what is in them is given back
/// with its page.
#[derive(Clone, Copy)]
pub struct AssessmentStore(&'static StoreParts);

/// What an action edits: a slot, in which way, and which field of a sheet. Two of the same in a row are one step.
type Edit = (Slot, Discriminant<Action>, Option<Field>);

/// What an open assessment is made of.
pub struct StoreParts {
    app: AppState,
    book: RwSignal<Arc<Book>>,
    /// The analysis of the assessment as it is.
    pub analysis: Memo<Arc<Analysis>>,
    /// Whether it has been kept.
    pub keep: RwSignal<Keep>,
    /// Whether there is a step to take back.
    pub can_undo: RwSignal<bool>,
    /// Counts refused changes: then the page is built anew, so that it shows what is and not what was tried.
    pub refused: RwSignal<u32>,
    undo: StoredValue<UndoStack>,
    last_edit: StoredValue<Option<Edit>>,
    /// An entry that was just begun: its page is there although nothing is in it yet.
    fresh: StoredValue<Option<SheetKey>>,
}

impl Deref for AssessmentStore {
    type Target = StoreParts;

    fn deref(&self) -> &StoreParts {
        self.0
    }
}

impl AssessmentStore {
    /// Opens a book on the page.
    pub fn open(app: AppState, book: Book) -> Self {
        let book = RwSignal::new(Arc::new(book));
        let analysis = Memo::new_with_compare(
            move |_| {
                let analyse = match app.later.get() {
                    Later::Here(part) => part.analyse,
                    Later::Coming | Later::Missing => Analysis::for_answering,
                };
                book.with(|book| Arc::new(analyse(&CATALOGUE, &book.assessment, platform::today())))
            },
            |before, after| match (before, after) {
                (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
                _ => true,
            },
        );
        let store = Self(Box::leak(Box::new(StoreParts {
            app,
            book,
            analysis,
            keep: RwSignal::new(Keep::Kept),
            can_undo: RwSignal::new(false),
            refused: RwSignal::new(0),
            undo: StoredValue::new(UndoStack::default()),
            last_edit: StoredValue::new(None),
            fresh: StoredValue::new(None),
        })));
        store.flush();
        provide_context(store);
        app.open.set_value(Some(store));
        on_cleanup(move || app.open.set_value(None));
        store
    }

    /// The store, from the context.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The app's own state.
    pub fn app(self) -> AppState {
        self.app
    }

    /// Reads the assessment; what reads it follows its changes.
    pub fn with<T>(self, read: impl FnOnce(&Assessment) -> T) -> T {
        read(&self.book.get().assessment)
    }

    /// Reads the book with its records, once.
    pub fn with_book<T>(self, read: impl FnOnce(&Book) -> T) -> T {
        self.book.with_untracked(|book| read(book))
    }

    /// Which assessment.
    pub fn id(self) -> AssessmentId {
        self.book.with_untracked(|book| book.id.clone())
    }

    /// The address of a page of this assessment.
    pub fn href(self, page: Page) -> String {
        Route::Assessment(self.id(), page).href()
    }

    /// Goes to another page of this assessment.
    pub fn go(self, page: Page) {
        self.app.go(&Route::Assessment(self.id(), page));
    }

    /// The query of the page that is shown, if that is a page of the same kind as `like`; blank otherwise. What reads it
    /// follows the address.
    pub fn query(self, like: &Page) -> Query {
        match self.app.route.get() {
            Route::Assessment(_, page) if std::mem::discriminant(&page) == std::mem::discriminant(like) => {
                page.query().cloned().unwrap_or_default()
            }
            Route::Start | Route::Help(..) | Route::Gallery | Route::Unknown | Route::Assessment(..) => {
                Query::default()
            }
        }
    }

    /// A memo of the answer to a practice.
    pub fn answer(self, practice: PracticeId) -> Memo<Arc<Answer>> {
        memo(move || self.with(|assessment| Arc::new(assessment.answer(practice))))
    }

    /// The assessment as a file that opens again, about to leave.
    pub fn file_text(self) -> String {
        self.app.file_leaves();
        self.book
            .with_untracked(|book| AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text())
    }

    /// What of this assessment could not be read, each with its reason.
    pub fn aside(self) -> Vec<(String, String)> {
        self.book.with(|book| {
            book.aside
                .iter()
                .map(|aside| (aside.key.clone(), aside.why.clone()))
                .collect()
        })
    }

    /// Changes the assessment, and keeps the change. Returns whether it was accepted; if not, a notice says why.
    pub fn dispatch(self, action: Action) -> bool {
        if self.keep.get_untracked() == Keep::Replaced {
            self.say_replaced();
            self.refused.update(|n| *n += 1);
            return false;
        }
        // What changes several slots is a step of its own.
        let edit = action.slot();
        let edit = edit.map(|slot| (slot, std::mem::discriminant(&action), action.field()));
        let is_continued = edit.is_some() && self.last_edit.get_value() == edit;
        match self.change(action, |undo, change, assessment| {
            undo.remember(change, assessment, is_continued)
        }) {
            Ok(()) => {
                self.last_edit.set_value(edit);
                true
            }
            Err(rejected) => {
                self.app.notify(Gravity::Warn, format!("Not changed: {rejected}."));
                self.refused.update(|n| *n += 1);
                false
            }
        }
    }

    /// Begins an entry with a new id, with what is known of it already, and goes to its page. A blank one is kept only
    /// once something is in it.
    pub fn add_entry(self, register: Register, sheet: Sheet) {
        let id = platform::random_entry_id();
        let key = SheetKey::entry(register, id);
        if sheet.is_empty() || self.dispatch(Action::PutSheet(key, sheet)) {
            self.fresh.set_value(Some(key));
            self.go(Page::Entry(register, id));
        }
    }

    /// Whether an entry was the last to be begun on this page.
    pub fn is_fresh(self, key: SheetKey) -> bool {
        self.fresh.get_value() == Some(key)
    }

    /// Deletes an entry and offers to take that back. `name` is how the user knows it.
    pub fn delete_sheet(self, key: SheetKey, name: &str) {
        let sheet = untrack(|| self.with(|it| it.sheet(key)));
        if sheet.is_empty() || !self.dispatch(Action::PutSheet(key, Sheet::default())) {
            return;
        }
        let app = self.app;
        let restore = Arc::new(move || {
            // The notice may outlive the page of the assessment.
            if self.is_open() {
                self.dispatch(Action::PutSheet(key, sheet.clone()));
            } else {
                app.notify(Gravity::Warn, "Not undone: the assessment is no longer open.");
            }
        });
        app.notify_with_step(Gravity::Info, format!("Deleted: {name}."), Some(("Undo", restore)));
    }

    /// The open book as it is now.
    pub fn book(self) -> Arc<Book> {
        self.book.get()
    }

    /// Puts another book in the place of the open one, once `write` has kept it: all of its records are others now, so no
    /// step before can be taken back. Says what went wrong, and then all is as it was.
    pub fn replace(self, write: impl FnOnce(&Library<'_>, &Book) -> Result<Book, LibraryError>) -> Result<(), String> {
        if self.keep.get_untracked() == Keep::Replaced {
            return Err("another tab has replaced or deleted this assessment".to_owned());
        }
        let before = self.book.get_untracked();
        let book = write(&Library::new(&BrowserSink, &CATALOGUE), &before).map_err(|error| error.to_string())?;
        // What the browser has not taken of the records before is in those that have taken their place.
        self.app
            .outbox
            .update_value(|outbox| outbox.forget_generation(&before.id, before.generation));
        // What is here now is known elsewhere too.
        self.app.file_leaves();
        self.forget_steps();
        self.book.set(Arc::new(book));
        self.keep.set(Keep::Kept);
        self.app.library_version.update(|version| *version += 1);
        Ok(())
    }

    /// No step before can be taken back from here on.
    fn forget_steps(self) {
        self.undo.set_value(UndoStack::default());
        self.last_edit.set_value(None);
        self.can_undo.set(false);
    }

    /// Whether the page of this assessment is still open.
    pub fn is_open(self) -> bool {
        self.book.try_with_untracked(|_| ()).is_some()
    }

    /// Takes the last step of this tab back.
    pub fn undo(self) {
        if self.keep.get_untracked() == Keep::Replaced {
            self.say_replaced();
            return;
        }
        let outcome = self.book.with_untracked(|book| {
            self.undo
                .try_update_value(|undo| undo.take(&book.assessment))
                .unwrap_or(UndoOutcome::Nothing)
        });
        self.last_edit.set_value(None);
        match outcome {
            UndoOutcome::Nothing => {}
            UndoOutcome::ChangedSince(_) => {
                self.app
                    .notify(Gravity::Warn, "Not undone: another tab has changed this since.");
            }
            UndoOutcome::Apply(action) => {
                if let Err(rejected) = self.change(action, |_, _, _| {}) {
                    self.app.notify(Gravity::Warn, format!("Not undone: {rejected}."));
                }
            }
        }
        self.can_undo.set(self.undo.with_value(|undo| !undo.is_empty()));
    }

    fn change(
        self,
        action: Action,
        remember: impl FnOnce(&mut UndoStack, &crate::domain::Change, &Assessment),
    ) -> Result<(), Rejected> {
        let mut book = self.book.get_untracked();
        let stamp = self.app.stamp();
        let inner = Arc::make_mut(&mut book);
        let change = apply(&mut inner.assessment, &CATALOGUE, action)?;
        if change.touched.is_empty() {
            return Ok(());
        }
        let writes = inner.write_slots(&change.touched, &stamp, &CATALOGUE);
        self.undo
            .update_value(|undo| remember(undo, &change, &inner.assessment));
        self.can_undo.set(self.undo.with_value(|undo| !undo.is_empty()));
        self.book.set(book);
        self.app.outbox.update_value(|outbox| outbox.add(writes));
        self.flush();
        Ok(())
    }

    /// Hands what has not been kept to the browser's storage, and says how that went.
    fn flush(self) {
        let keep = match self.app.flush() {
            Err(error) => Keep::NotKept(error),
            Ok(()) => Keep::Kept,
        };
        // What was replaced elsewhere is not kept again by what still went out.
        let before = self.keep.get_untracked();
        if before != keep && before != Keep::Replaced {
            self.keep.set(keep);
        }
    }

    /// Another tab has written under a key: takes the record in, or stops writing if the head has moved.
    fn take_in(self, key: &str, text: Option<&str>) {
        let id = self.id();
        if HeadKey::parse(key).is_some_and(|head| head.0 == id) {
            self.keep.set(Keep::Replaced);
            self.forget_steps();
            self.say_replaced();
            return;
        }
        let Some(place) = RecordPlace::parse(key).filter(|place| place.assessment == id) else {
            return;
        };
        let mut book = self.book.get_untracked();
        let is_news = Arc::make_mut(&mut book).take_in(&place, text, &CATALOGUE).is_some();
        // A record that says the same, or that this version does not know, is taken in all the same.
        self.book.set(book);
        if is_news && self.keep.get_untracked() == Keep::Kept {
            self.keep.set(Keep::ChangedElsewhere);
        }
    }

    fn say_replaced(self) {
        self.app.notify_with_step(
            Gravity::Warn,
            "Changed in another tab: this assessment was replaced or deleted there. This tab writes nothing more.",
            Some(("Load it anew", Arc::new(platform::reload))),
        );
    }
}

/// The text under all keys of Concord, as one file: what the user can always take away.
pub fn everything_kept() -> Result<String, SinkError> {
    let mut texts = serde_json::Map::new();
    for key in BrowserSink.keys(crate::store::PREFIX)? {
        if let Some(text) = BrowserSink.read(&key)? {
            texts.insert(key, serde_json::Value::String(text));
        }
    }
    Ok(serde_json::Value::Object(texts).to_string())
}
