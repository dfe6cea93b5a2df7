//! All requirements of a framework with their status and what it rests on.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Requirement};
use crate::report::wording;
use crate::ui::components::{SelectField, Tag, Tone, verdict_tone};
use crate::ui::route::{Page, Route};
use crate::ui::state::AssessmentStore;

/// The requirements of one framework.
#[component]
pub fn RequirementsPage(
    /// The framework; blank for the first in scope.
    framework: String,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let in_scope =
        Memo::new(move |_| store.with(|assessment| assessment.scope.frameworks.iter().copied().collect::<Vec<_>>()));
    let named = FrameworkId::parse(&framework);
    let shown = Memo::new(move |_| named.or_else(|| in_scope.with(|ids| ids.first().copied())));
    let title = |id: FrameworkId| CATALOGUE.framework(id).map(|it| it.full_title()).unwrap_or_default();
    let choices = Signal::derive(move || {
        let mut ids = in_scope.get();
        ids.extend(named.filter(|id| !ids.contains(id)));
        ids.into_iter()
            .map(|id| (id.to_string(), title(id)))
            .collect::<Vec<_>>()
    });
    let go = Callback::new(move |id: String| store.app().go(&Route::Assessment(store.id(), Page::Requirements(id))));
    view! {
        <main id="main" tabindex="-1" class="page page-wide">
            <header class="page-head"><h1>"Requirements"</h1><p class="lead">"Clauses, controls and criteria, each with its status and what that rests on."</p></header>
            {move || match shown.get() {
                None => view! { <div class="empty"><p>"No framework is in scope."</p><p class="actions"><a class="button" href=store.href(Page::Scope)>"Choose frameworks"</a></p></div> }.into_any(),
                Some(id) => view! {
                    <form class="filters" on:submit=|event| event.prevent_default()>
                        <SelectField id="framework" label="Framework" choices=choices value=Signal::stored(id.to_string()) on_choose=go />
                    </form>
                    {id.is_cloud().then(|| view! { <div class="notice" data-tone="info"><p>{wording::CLOUD_SOURCE}</p></div> })}
                    <RequirementTable id />
                }.into_any(),
            }}
        </main>
    }
}

#[component]
fn RequirementTable(
    /// The framework.
    id: FrameworkId,
) -> impl IntoView {
    let title = CATALOGUE.framework(id).map(|it| it.full_title()).unwrap_or_default();
    let groups = CATALOGUE.framework(id).map(|it| it.groups).unwrap_or_default();
    let group = move |group: &'static crate::domain::Group| {
        let rows = CATALOGUE.requirements.iter().enumerate();
        let rows: Vec<_> = rows
            .filter(|(_, it)| it.id.framework == id && it.group == group.id)
            .collect();
        view! {
            <tbody>
                <tr class="group-row"><th scope="rowgroup" colspan="4">{format!("{} {}", group.id, group.title)}</th></tr>
                {rows.into_iter().map(|(position, requirement)| view! { <RequirementRow position requirement /> }).collect_view()}
            </tbody>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Requirements">
            <table class="data-table">
                <caption>{title}</caption>
                <thead><tr><th scope="col">"Id"</th><th scope="col">"Title"</th><th scope="col">"Status"</th><th scope="col">"Rests on"</th></tr></thead>
                {groups.iter().map(group).collect_view()}
            </table>
        </div>
    }
}

#[component]
fn RequirementRow(
    /// The position in the catalogue.
    position: usize,
    /// The requirement.
    requirement: &'static Requirement,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let status = Memo::new(move |_| store.analysis.get().status(position).copied());
    let is_excluded = Memo::new(move |_| {
        store
            .analysis
            .get()
            .ground
            .excluded
            .get(position)
            .copied()
            .unwrap_or_default()
    });
    let tone = Signal::derive(move || status.get().map_or(Tone::Plain, |status| verdict_tone(status.verdict)));
    let word = Signal::derive(move || match (status.get(), is_excluded.get()) {
        (Some(status), _) => status.verdict.title().to_owned(),
        (None, true) => "Excluded".to_owned(),
        (None, false) => "Out of scope".to_owned(),
    });
    view! {
        <tr>
            <th scope="row" class="nowrap"><a href=store.href(Page::requirement(requirement.id))>{wording::requirement_id(requirement)}</a></th>
            <td>{requirement.title}{(!requirement.complete).then_some(" (not fully decomposed)")}</td>
            <td><Tag tone=tone text=word /></td>
            <td>{move || status.get().map(|status| wording::status_basis(&status)).unwrap_or_default()}</td>
        </tr>
    }
}
