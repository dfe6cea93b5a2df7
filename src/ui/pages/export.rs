//! Exports: what leaves the app, written by the report worker.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::conflicts::conflict_notice;
use super::merge::merge_link;
use super::soa_import::import_link;
use super::start::library;
use crate::analysis::{Analysis, snapshots};
use crate::catalogue::CATALOGUE;
use crate::domain::EntryId;
use crate::report::{ExportKind, report_model_since, wording};
use crate::store::Backup;
use crate::ui::components::{button, hidden_words, page, page_head, paragraph, select_field};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow};
use crate::ui::platform::{self, Job};
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

/// What can be exported: title, and what it is for.
const fn words(kind: ExportKind) -> (&'static str, &'static str) {
    match kind {
        ExportKind::ReportPdf => (
            "Report (PDF)",
            "Summary, results by framework, gap register, Statement of Applicability, method and limits. Tagged for screen readers.",
        ),
        ExportKind::GapRegisterCsv => (
            "Gap register (CSV)",
            "One row for each gap, with grade, recommendation and missing evidence.",
        ),
        ExportKind::SoaCsv => (
            "Statement of Applicability (CSV)",
            "The 93 controls of Annex A with decision, status and how each is implemented.",
        ),
        ExportKind::CrosswalkCsv => (
            "Crosswalk (CSV)",
            "Related requirements of the frameworks in scope, with because and remainder.",
        ),
        ExportKind::RegisterCsv(kind) => (kind.title(), kind.purpose()),
        ExportKind::AssessmentFile => (
            "Assessment file (JSON)",
            "Everything in this assessment, to open again here or in another browser. Your backup.",
        ),
    }
}

/// The export page.
pub fn export_page() -> View {
    let store = AssessmentStore::expect();
    let is_any_running = RwSignal::new(false);
    let lead = "Files are written on this machine and go nowhere by themselves. A list of gaps is a map for attackers: pass \
                it on with care.";
    let cards = ExportKind::ALL.into_iter();
    let since = RwSignal::new(None);
    let cards = cards.fold(el("ul").class("cards"), |cards, kind| {
        cards.with(export_card(store, kind, since, is_any_running))
    });
    page(
        "page page-narrow",
        vec![
            page_head("Export", lead),
            conflict_notice(store),
            since_choice(store, since),
            cards.view(),
            import_link(store),
            merge_link(store),
        ],
    )
}

/// Since which snapshot the files show change; nothing to choose without a snapshot.
fn since_choice(store: AssessmentStore, since: RwSignal<Option<EntryId>>) -> View {
    follow(move || {
        let taken = store.with(|it| snapshots(&CATALOGUE, it));
        if taken.is_empty() {
            return View::Many(Vec::new());
        }
        let default = [(String::new(), "The last one before today".to_owned())];
        let named = taken
            .iter()
            .rev()
            .map(|it| (it.id.to_string(), wording::snapshot_name(it)));
        let value = move || since.get().map(|id| id.to_string()).unwrap_or_default();
        select_field(
            "export-since",
            "Show change since the snapshot",
            default.into_iter().chain(named).collect(),
            value,
            move |value| since.set(EntryId::parse(&value)),
        )
        .view()
    })
}

/// A card for one export: one is written at a time.
fn export_card(
    store: AssessmentStore,
    kind: ExportKind,
    since: RwSignal<Option<EntryId>>,
    is_any_running: RwSignal<bool>,
) -> Element {
    let (title, purpose) = words(kind);
    let is_running = RwSignal::new(false);
    let outcome = RwSignal::new(String::new());
    let export = act(move |_| {
        is_any_running.set(true);
        is_running.set(true);
        outcome.set(String::new());
        let chosen = since.get_untracked();
        spawn_local(async move {
            let said = match write(store, kind, chosen).await {
                Ok(said) => said,
                Err(error) => {
                    store.app().notify(
                        Gravity::Bad,
                        format!("{title} was not written: {error}. Nothing has been lost."),
                    );
                    "Not written.".to_owned()
                }
            };
            // The page may have been left meanwhile.
            outcome.try_set(said);
            is_running.try_set(false);
            is_any_running.try_set(false);
        });
    });
    let id = format!("export-{}", title.to_ascii_lowercase().replace([' ', '(', ')'], "-"));
    let words = follow(move || if is_running.get() { "Writing…" } else { "Download" });
    let export = button("button", words)
        .attr("id", id)
        .prop("disabled", flag(move || is_any_running.get()))
        .on("click", export)
        .with(hidden_words(format!(" {title}")));
    let said = el("output").class("export-outcome").with(follow(move || outcome.get()));
    el("li")
        .class("card")
        .with(el("h2").with(title))
        .with(paragraph(purpose))
        .with(el("div").class("card-actions").with(export).with(said))
}

async fn write(store: AssessmentStore, kind: ExportKind, since: Option<EntryId>) -> Result<String, String> {
    let file = store.file_text();
    let backup = store.with_book(|book| Backup::of(book, platform::now()));
    // Analysed anew: the page may have been open since yesterday.
    let model = store.with(|assessment| {
        let analysis = Analysis::new(&CATALOGUE, assessment, platform::today());
        report_model_since(&CATALOGUE, assessment, &analysis, file, since)
    });
    let job = Job {
        hashed: None,
        file: None,
        model: serde_json::to_string(&model).map_err(|error| error.to_string())?,
        kind: serde_json::to_string(&kind).map_err(|error| error.to_string())?,
        needs_fonts: kind == ExportKind::ReportPdf,
    };
    let exported = platform::run_job(job).await?;
    platform::download(&exported.name, &exported.media_type, &exported.bytes)?;
    if kind == ExportKind::AssessmentFile {
        // The file is there; where this can't be noted, the start page goes on saying that there is none.
        library().note_backup(&store.id(), &backup).ok();
    }
    let n_kilobytes = exported.bytes.len().div_ceil(1000);
    let written = format!("{} ({n_kilobytes} kB)", exported.name);
    if exported.missing.is_empty() {
        return Ok(written);
    }
    Ok(format!(
        "{written}. The font lacks these characters, which print as a box and are listed in an annex: {}",
        exported.missing
    ))
}
