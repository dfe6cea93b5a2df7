//! Files of several people brought together: pick them, see what would happen, merge, and go back if it was wrong.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, MergeCounts};
use crate::report::wording;
use crate::store::{
    AssessmentFile, Book, FileError, MAX_FILE_BYTES, MergeFile, MergePreview, Origin, Version, VersionPair,
    preview_merge,
};
use crate::ui::components::{
    actions, button, button_link, folded, link, notice, page, page_head, paragraph, row, row_head, section, table,
    table_body,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::platform::{self, PickedFile};
use crate::ui::route::Page;
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

/// So many conflicts are shown in the preview; more are folded away.
const SHOWN: usize = 10;

/// The way here from other pages.
pub fn merge_link(store: AssessmentStore) -> View {
    el("p")
        .with(link(store.href(Page::Merge), "Merge the files of several people"))
        .view()
}

/// A merge that has been done.
struct Done {
    before: Arc<Book>,
    after: Arc<Book>,
    words: String,
}

#[derive(Clone, Copy)]
struct Form {
    store: AssessmentStore,
    /// The files that have been read.
    files: RwSignal<Arc<Vec<MergeFile>>>,
    /// The files that were not taken, each with its reason.
    bad: RwSignal<Vec<String>>,
    /// The last merge on this page.
    done: RwSignal<Option<Arc<Done>>>,
}

/// The merge page.
pub fn merge_page() -> View {
    let form = Form {
        store: AssessmentStore::expect(),
        files: RwSignal::new(Arc::default()),
        bad: RwSignal::new(Vec::new()),
        done: RwSignal::new(None),
    };
    let lead = "Several people work on copies of one assessment; here their files come together again. Whatever only one of \
                them changed is taken over. Where several changed the same thing, both versions are kept until you choose.";
    let hint = "Assessment files (JSON) that Concord has exported, one or several. You see what would happen before anything \
                is changed.";
    let input = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", "merge-files")
        .attr("multiple", true)
        .attr("accept", ".json,application/json")
        .attr("aria-describedby", "merge-hint")
        .on("change", act(move |event| form.pick(&event)));
    let field = el("div")
        .class("field")
        .with(el("label").attr("for", "merge-files").with("Files to merge"))
        .with(el("p").class("hint").attr("id", "merge-hint").with(hint))
        .with(input);
    let bad = follow(move || {
        let bad = form.bad.get();
        let notices = bad.into_iter().map(|words| notice("bad", words).view());
        el("div")
            .attr("role", "alert")
            .class("merge-bad")
            .all(notices.collect())
    });
    let rest = follow(move || {
        let files = form.files.get();
        if files.is_empty() {
            form.done.get().map(|done| form.done(&done)).into()
        } else {
            form.preview(&files)
        }
    });
    page(
        "page page-wide",
        vec![page_head("Merge", lead), field.view(), bad, rest],
    )
}

impl Form {
    fn pick(self, event: &Event) {
        let picked = platform::picked_files(event);
        self.bad.set(Vec::new());
        self.done.set(None);
        spawn_local(async move {
            let mut files = self.files.get_untracked().to_vec();
            for file in picked {
                match read(&file).await {
                    // The same file twice says nothing more.
                    Ok(read) if files.contains(&read) => {}
                    Ok(read) => files.push(read),
                    Err(error) => {
                        let words = format!("{} was left out: {error}. Nothing has been changed.", file.name());
                        self.bad.try_update(|bad| bad.push(words));
                    }
                }
            }
            // The page may have been left meanwhile.
            self.files.try_set(Arc::new(files));
        });
    }

    fn cancel(self) {
        self.files.set(Arc::default());
        self.bad.set(Vec::new());
        platform::focus("merge-files");
    }

    fn preview(self, files: &Arc<Vec<MergeFile>>) -> View {
        let book = self.store.book();
        let preview = preview_merge(&book, files, &CATALOGUE);
        let mut parts = Vec::new();
        let foreign = preview.files.iter().filter(|file| file.is_foreign);
        parts.extend(foreign.map(|file| notice("warn", wording::foreign_file(&file.name)).view()));
        parts.push(
            el("p")
                .attr("role", "status")
                .with(wording::merge_preview(files.len(), &preview.total))
                .view(),
        );
        parts.push(counts_table(&preview));
        if !preview.changes_anything() {
            parts.push(paragraph(
                "Nothing would change: everything in it is here already, or is older than what is here.",
            ));
        }
        let (new, open): (Vec<&VersionPair>, Vec<&VersionPair>) =
            preview.conflicts.iter().partition(|pair| pair.is_new);
        if !new.is_empty() {
            parts.push(conflicts(&book.assessment, files, &new));
        }
        if !open.is_empty() {
            parts.push(paragraph(wording::conflicts_open_before(open.len())));
        }
        if preview.is_too_much() {
            let words = "Together they hold more records than a file may have, so they can't be merged.";
            parts.push(notice("bad", words).view());
        }
        parts.push(self.buttons(files, &preview));
        View::Many(vec![section("What would happen", parts)])
    }

    fn buttons(self, files: &Arc<Vec<MergeFile>>, preview: &MergePreview) -> View {
        let mut buttons = Vec::new();
        if preview.changes_anything() && !preview.is_too_much() {
            let files = Arc::clone(files);
            let merge = act(move |_| self.merge(&files));
            buttons.push(
                button("button primary", "Merge")
                    .attr("id", "merge")
                    .on("click", merge)
                    .view(),
            );
            let before = act(move |_| self.download(&untrack(|| self.store.book())));
            buttons.push(
                button("button", "Download the version before")
                    .on("click", before)
                    .view(),
            );
        }
        let cancel = act(move |_| self.cancel());
        buttons.push(button("button quiet", "Cancel").on("click", cancel).view());
        actions(buttons)
    }

    fn merge(self, files: &Arc<Vec<MergeFile>>) {
        let before = untrack(|| self.store.book());
        let preview = preview_merge(&before, files, &CATALOGUE);
        let records = preview.records;
        match self.store.replace(|library, book| library.replace(book, records)) {
            Ok(()) => {
                let words = wording::merged(files.len(), &preview.total);
                self.store.app().notify(Gravity::Good, words.clone());
                let after = untrack(|| self.store.book());
                self.done.set(Some(Arc::new(Done { before, after, words })));
                self.files.set(Arc::default());
                self.bad.set(Vec::new());
                platform::focus_soon("merge-done");
            }
            Err(error) => {
                let words = format!("Not merged: {error}. All is as it was before.");
                self.store.app().notify(Gravity::Bad, words);
            }
        }
    }

    /// What has been done, and the ways on and back.
    fn done(self, done: &Arc<Done>) -> View {
        let n = self.store.with(|it| it.conflicts.len());
        let words = el("p")
            .attr("id", "merge-done")
            .attr("tabindex", "-1")
            .attr("role", "status");
        let mut buttons = Vec::new();
        if n > 0 {
            let settle = button_link(
                "button primary",
                self.store.href(Page::Conflicts),
                wording::TO_CONFLICTS,
            );
            buttons.push(settle.view());
        }
        let (undone, kept) = (Arc::clone(done), Arc::clone(done));
        buttons.push(
            button("button", "Undo the merge")
                .on("click", act(move |_| self.undo(&undone)))
                .view(),
        );
        let download = act(move |_| self.download(&kept.before));
        buttons.push(
            button("button quiet", "Download the version before the merge")
                .on("click", download)
                .view(),
        );
        let hint = "The merge can be undone here until something else changes or this page is left. The file of the version \
                    before opens again on the start page.";
        let parts = vec![words.with(done.words.clone()).view(), paragraph(hint), actions(buttons)];
        section("Merged", parts)
    }

    fn undo(self, done: &Done) {
        let app = self.store.app();
        if untrack(|| self.store.book()).records != done.after.records {
            let words =
                "Not undone: something has changed since. Download the version before the merge to have it back.";
            app.notify(Gravity::Warn, words);
            return;
        }
        match self.store.replace(|library, book| library.go_back(book, &done.before)) {
            Ok(()) => {
                self.done.set(None);
                app.notify(Gravity::Good, "The merge is undone: all is as it was before.");
                platform::focus("merge-files");
            }
            Err(error) => app.notify(Gravity::Bad, format!("Not undone: {error}. The merge stands.")),
        }
    }

    fn download(self, book: &Book) {
        let app = self.store.app();
        app.file_leaves();
        let name = format!("{}-before-merge-{}.json", book.id, platform::today());
        let text = AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text();
        if let Err(error) = platform::download(&name, "application/json", text.as_bytes()) {
            app.notify(Gravity::Bad, format!("The browser refused the download: {error}."));
        }
    }
}

/// Reads a file. Its size is checked before anything is read.
async fn read(file: &PickedFile) -> Result<MergeFile, String> {
    if file.size() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge(file.size()).to_string());
    }
    let bytes = file.read().await?;
    MergeFile::from_bytes(file.name(), &bytes).map_err(|error| error.to_string())
}

fn counts_table(preview: &MergePreview) -> View {
    let cells = |counts: &MergeCounts| {
        let numbers = [
            counts.n_new,
            counts.n_taken_over,
            counts.n_same,
            counts.n_older,
            counts.n_conflicts,
            counts.n_unknown,
        ];
        numbers.map(|n| View::from(n.to_string())).into()
    };
    let mut rows: Vec<View> = preview
        .files
        .iter()
        .map(|it| row(it.name.clone(), cells(&it.counts)))
        .collect();
    if preview.files.len() > 1 {
        rows.push(row("Together", cells(&preview.total)));
    }
    let heads = [
        "File",
        "New",
        "Taken over",
        "The same",
        "Older than here",
        "Conflicts",
        "Of these not known here",
    ];
    let name = "Records by what would happen to them".to_owned();
    table("data-table merge-counts", name, &heads, vec![table_body(rows)])
}

fn conflicts(assessment: &Assessment, files: &[MergeFile], pairs: &[&VersionPair]) -> View {
    let heads = ["What", "Counts until you choose", "Kept beside it"];
    let (shown, more) = pairs.split_at(SHOWN.min(pairs.len()));
    let of = |pairs: &[&VersionPair], name: String| {
        let rows = pairs.iter().map(|pair| conflict_row(assessment, files, pair)).collect();
        table("data-table merge-conflicts", name, &heads, vec![table_body(rows)])
    };
    let mut parts = vec![
        el("h3").with(wording::conflicts_to_come(pairs.len())).view(),
        paragraph(wording::LOWER_COUNTS),
        of(shown, "Conflicts".to_owned()),
    ];
    if !more.is_empty() {
        parts.push(folded(format!("{} more", more.len()), of(more, "More conflicts".to_owned())).view());
    }
    View::Many(parts)
}

fn conflict_row(assessment: &Assessment, files: &[MergeFile], pair: &VersionPair) -> View {
    let standing = pair.standing.as_ref();
    let values = standing.and_then(|it| it.value.as_ref()).zip(pair.other.value.as_ref());
    let (name, lines) = match (pair.slot, values) {
        (Some(slot), Some((standing, other))) => (
            wording::slot_name(&CATALOGUE, assessment, slot, other),
            wording::compared(&CATALOGUE, assessment, slot, standing, other),
        ),
        _ => (pair.place.clone(), Vec::new()),
    };
    let differing = || lines.iter().filter(|line| line.differs);
    let say = |label: &str, text: &str| match text {
        "" => format!("{label}: nothing"),
        text => format!("{label}: {text}"),
    };
    let ours = differing().map(|line| say(&line.label, &line.standing)).collect();
    let theirs = differing().map(|line| say(&line.label, &line.other)).collect();
    let cells = vec![
        standing.map(|it| version(it, files, ours)).into(),
        version(&pair.other, files, theirs).view(),
    ];
    let cells = cells.into_iter().map(|cell: View| el("td").with(cell).view());
    el("tr").with(row_head(name)).all(cells.collect()).view()
}

/// What a version says where the two differ, and whose it is.
fn version(version: &Version, files: &[MergeFile], lines: Vec<String>) -> Element {
    let names = version.origins.iter().map(|origin| match origin {
        Origin::Here => "here",
        Origin::File(at) => files.get(*at).map_or("", |it| it.name.as_str()),
    });
    let whose = wording::changed_by(&version.by, version.at);
    let whose = format!("{whose} ({})", names.collect::<Vec<_>>().join(", "));
    let said = if lines.is_empty() {
        vec![paragraph("This version of Concord can't show it; it is kept as it is.")]
    } else {
        lines.into_iter().map(paragraph).collect()
    };
    el("div").all(said).with(el("p").class("card-meta").with(whose))
}
