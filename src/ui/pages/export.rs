//! Exports: what leaves the app, written by the report worker.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalogue::CATALOGUE;
use crate::report::{ExportKind, report_model};
use crate::ui::follow::{flag, follow};
use crate::ui::platform::{self, Job};
use crate::ui::state::{AssessmentStore, Gravity};

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
        ExportKind::AssessmentFile => (
            "Assessment file (JSON)",
            "Everything in this assessment, to open again here or in another browser. Your backup.",
        ),
    }
}

/// The export page.
#[component]
pub fn ExportPage() -> impl IntoView {
    let running = RwSignal::new(None::<ExportKind>);
    view! {
        <main id="main" tabindex="-1" class="page page-narrow">
            <header class="page-head"><h1>"Export"</h1><p class="lead">"Files are written on this machine and go nowhere by themselves. A list of gaps is a map for attackers: pass it on with care."</p></header>
            <ul class="cards">{ExportKind::ALL.map(|kind| view! { <ExportCard kind running /> }).collect_view()}</ul>
        </main>
    }
}

#[component]
fn ExportCard(
    /// What is exported.
    kind: ExportKind,
    /// What is being written now.
    running: RwSignal<Option<ExportKind>>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let (title, purpose) = words(kind);
    let outcome = RwSignal::new(String::new());
    let export = move |_| {
        running.set(Some(kind));
        outcome.set(String::new());
        spawn_local(async move {
            let said = match write(store, kind).await {
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
            running.try_set(None);
        });
    };
    let id = format!("export-{}", title.to_ascii_lowercase().replace([' ', '(', ')'], "-"));
    view! {
        <li class="card">
            <h2>{title}</h2>
            <p>{purpose}</p>
            <div class="card-actions">
                <button type="button" class="button" id=id prop:disabled=flag(move || running.get().is_some()) on:click=export>
                    {follow(move || if running.get() == Some(kind) { "Writing…" } else { "Download" })}
                    <span class="visually-hidden">{format!(" {title}")}</span>
                </button>
                <output class="export-outcome">{outcome}</output>
            </div>
        </li>
    }
}

async fn write(store: AssessmentStore, kind: ExportKind) -> Result<String, String> {
    let analysis = store.analysis.get_untracked();
    let file = store.file_text();
    let model = store.with(|assessment| report_model(&CATALOGUE, assessment, &analysis, file, platform::today()));
    let job = Job {
        model: serde_json::to_string(&model).map_err(|error| error.to_string())?,
        kind: serde_json::to_string(&kind).map_err(|error| error.to_string())?,
        needs_fonts: kind == ExportKind::ReportPdf,
    };
    let exported = platform::run_export(job).await?;
    platform::download(&exported.name, &exported.media_type, &exported.bytes)?;
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
