//! All requirements of a framework with their status and what it rests on.

use leptos::prelude::Get;

use crate::analysis::Analysis;
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Group, Requirement};
use crate::report::wording;
use crate::ui::components::{
    Tone, actions, button_link, empty, link, note, page, page_head, row, select_field, table, tag, verdict_tone,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The requirements of one framework; blank for the first in scope.
pub fn requirements_page(framework: &str) -> View {
    let store = AssessmentStore::expect();
    let named = FrameworkId::parse(framework);
    let content = follow(move || {
        let shown = named.or_else(|| store.with(|it| it.scope.frameworks.iter().next().copied()));
        match shown {
            Some(id) => framework_view(store, id),
            None => {
                let choose = button_link("button", store.href(Page::Scope), "Choose frameworks");
                View::Many(vec![empty("No framework is in scope."), actions(vec![choose.view()])])
            }
        }
    });
    let lead = "Clauses, controls and criteria, each with its status and what that rests on.";
    page("page page-wide", vec![page_head("Requirements", lead), content])
}

fn framework_view(store: AssessmentStore, id: FrameworkId) -> View {
    let titles = CATALOGUE.frameworks.iter();
    let in_scope =
        move |framework: FrameworkId| store.with(|assessment| assessment.scope.frameworks.contains(&framework));
    let choices: Vec<(String, String)> = titles
        .filter(|framework| framework.id == id || in_scope(framework.id))
        .map(|framework| (framework.id.to_string(), framework.full_title()))
        .collect();
    let title = CATALOGUE.framework(id).map(|it| it.full_title()).unwrap_or_default();
    let heads = ["Id", "Title", "Status", "Rests on"];
    let analysis = store.analysis.get();
    let bodies = CATALOGUE.framework(id).map(|it| it.groups).unwrap_or_default();
    let bodies = bodies
        .iter()
        .map(|group| group_body(store, &analysis, id, group))
        .collect();
    let choose = select_field(
        "framework",
        "Framework",
        choices,
        move || id.to_string(),
        move |id| {
            store.go(Page::Requirements(id));
        },
    );
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()));
    let source = (id == FrameworkId::Iso27017).then(|| note(wording::CLOUD_SOURCE));
    View::Many(vec![
        filters.with(choose).view(),
        source.into(),
        table("data-table", title, &heads, bodies),
    ])
}

fn group_body(store: AssessmentStore, analysis: &Analysis, id: FrameworkId, group: &Group) -> View {
    let title = el("th")
        .attr("scope", "rowgroup")
        .attr("colspan", "4")
        .with(format!("{} {}", group.id, group.title));
    let mut body = el("tbody").with(el("tr").class("group-row").with(title));
    for (position, it) in CATALOGUE.requirements.iter().enumerate() {
        if it.id.framework == id && it.group == group.id {
            body = body.with(requirement_row(store, analysis, position, it));
        }
    }
    body.view()
}

fn requirement_row(
    store: AssessmentStore,
    analysis: &Analysis,
    position: usize,
    requirement: &'static Requirement,
) -> View {
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
    let status = View::Many(vec![tag(tone, word), override_tag(analysis, position)]);
    row(head, vec![title.into(), status, basis.into()])
}

/// What a person has set a requirement to, beside the status that its answers give; nothing where no override counts.
pub fn override_tag(analysis: &Analysis, position: usize) -> View {
    let set = analysis.overrides.iter().find(|it| it.requirement == position);
    let set = set.filter(|it| !it.is_incomplete).map(|it| {
        let review = if it.needs_review { ", needs review" } else { "" };
        let words = format!("set by a person: {}{review}", it.level.title());
        View::Many(vec![" ".into(), tag(Tone::Plain, words)])
    });
    set.into()
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
            CATALOGUE
                .requirements
                .get(position)
                .map_or("", wording::excluded)
                .to_owned(),
        ),
        None => (Tone::Plain, "Out of scope", String::new()),
    }
}
