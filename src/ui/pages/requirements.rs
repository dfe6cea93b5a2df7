//! All requirements of a framework with their status and what it rests on.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Group, Requirement};
use crate::report::wording;
use crate::ui::components::{
    SelectField, Tone, actions, button_link, empty, link, note, page, page_head, row, table, tag, text, verdict_tone,
};
use crate::ui::follow::{follow, memo};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The requirements of one framework.
#[component]
pub fn RequirementsPage(
    /// The framework; blank for the first in scope.
    framework: String,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let named = FrameworkId::parse(&framework);
    let shown =
        memo(move || named.or_else(|| store.with(|assessment| assessment.scope.frameworks.iter().next().copied())));
    let content = follow(move || match shown.get() {
        Some(id) => framework_view(store, id),
        None => view! {
            {empty("No framework is in scope.")}
            {actions(vec![button_link("button", store.href(Page::Scope), "Choose frameworks".to_owned())])}
        }
        .into_any(),
    });
    let lead = text("Clauses, controls and criteria, each with its status and what that rests on.");
    page(
        "page page-wide",
        vec![page_head("Requirements".to_owned(), lead), content],
    )
}

fn framework_view(store: AssessmentStore, id: FrameworkId) -> AnyView {
    let titles = CATALOGUE.frameworks.iter();
    let in_scope =
        move |framework: FrameworkId| store.with(|assessment| assessment.scope.frameworks.contains(&framework));
    let choices: Vec<(String, String)> = titles
        .filter(|framework| framework.id == id || in_scope(framework.id))
        .map(|framework| (framework.id.to_string(), framework.full_title()))
        .collect();
    let go = Callback::new(move |id: String| store.go(Page::Requirements(id)));
    let title = CATALOGUE.framework(id).map(|it| it.full_title()).unwrap_or_default();
    let heads = ["Id", "Title", "Status", "Rests on"];
    let analysis = store.analysis.get();
    let bodies = CATALOGUE.framework(id).map(|it| it.groups).unwrap_or_default();
    let bodies = bodies
        .iter()
        .map(|group| group_body(store, &analysis, id, group))
        .collect();
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            <SelectField id="framework" label="Framework" choices=Signal::stored(choices) value=Signal::stored(id.to_string()) on_choose=go />
        </form>
        {(id == FrameworkId::Iso27017).then(|| note(wording::CLOUD_SOURCE))}
        {table("data-table", title, &heads, bodies)}
    }
    .into_any()
}

fn group_body(store: AssessmentStore, analysis: &Analysis, id: FrameworkId, group: &Group) -> AnyView {
    let rows = CATALOGUE.requirements.iter().enumerate();
    let rows = rows.filter(|(_, it)| it.id.framework == id && it.group == group.id);
    let rows: Vec<AnyView> = rows
        .map(|(position, it)| requirement_row(store, analysis, position, it))
        .collect();
    let title = format!("{} {}", group.id, group.title);
    view! { <tbody><tr class="group-row"><th scope="rowgroup" colspan="4">{title}</th></tr>{rows}</tbody> }.into_any()
}

fn requirement_row(
    store: AssessmentStore,
    analysis: &Analysis,
    position: usize,
    requirement: &'static Requirement,
) -> AnyView {
    let (tone, word, basis) = status_of(analysis, position);
    let title = if requirement.complete {
        requirement.title.to_owned()
    } else {
        format!("{} (not fully decomposed)", requirement.title)
    };
    let head = link(
        store.href(Page::requirement(requirement.id)),
        wording::requirement_id(requirement),
    );
    row(head, vec![text(title), tag(tone, word), text(basis)])
}

/// The status of a requirement: tone, word, and what it rests on.
pub fn status_of(analysis: &Analysis, position: usize) -> (Tone, &'static str, String) {
    let is_excluded = analysis.ground.excluded.get(position).copied().unwrap_or_default();
    match analysis.status(position) {
        Some(status) => (
            verdict_tone(status.verdict),
            status.verdict.title(),
            wording::status_basis(status),
        ),
        None if is_excluded => (
            Tone::Plain,
            "Excluded",
            "excluded in the Statement of Applicability".to_owned(),
        ),
        None => (Tone::Plain, "Out of scope", String::new()),
    }
}
