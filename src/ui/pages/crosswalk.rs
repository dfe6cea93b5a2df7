//! The crosswalk: two frameworks side by side, and two requirements with because and remainder.

use leptos::prelude::*;

use super::requirement::standing_tag;
use crate::analysis::{Crosswalk, PracticeSet, Relation, RelationKind};
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Requirement, sort_by_rank};
use crate::report::wording;
use crate::ui::components::{
    actions, breadcrumb, button_link, empty, link, page, page_head, paragraph, row, section, select_field, table,
    table_body,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::route::{Page, Query, Route};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The crosswalk page: of two requirements if the address names them, of two frameworks otherwise.
pub fn crosswalk_page() -> View {
    let store = AssessmentStore::expect();
    follow(move || {
        let query = match store.app().route.get() {
            Route::Assessment(_, Page::Crosswalk(query)) => query,
            Route::Start | Route::Gallery | Route::Unknown | Route::Assessment(..) => Query::default(),
        };
        let position = |name: &str| {
            let requirement = CATALOGUE.parse_requirement(query.get(name))?;
            CATALOGUE.requirement_index(requirement.id)
        };
        match position("a").zip(position("b")) {
            Some((from, to)) => pair_view(store, from, to),
            None => framework_view(store, &query),
        }
    })
}

fn framework_view(store: AssessmentStore, query: &Query) -> View {
    let in_scope: Vec<FrameworkId> = store.with(|it| it.scope.frameworks.iter().copied().collect());
    let from = FrameworkId::parse(query.get("from"))
        .or(in_scope.first().copied())
        .unwrap_or(FrameworkId::Iso27001);
    let last = in_scope
        .last()
        .copied()
        .filter(|id| *id != from)
        .unwrap_or(FrameworkId::Soc2);
    let to = FrameworkId::parse(query.get("to")).unwrap_or(last);
    let choice = |id: &'static str, label: &'static str, value: FrameworkId| {
        let choices = CATALOGUE
            .frameworks
            .iter()
            .map(|it| (it.id.to_string(), it.full_title()))
            .collect::<Vec<_>>();
        let query = query.clone().with("from", from.as_str()).with("to", to.as_str());
        let choose = move |value: String| store.go(Page::Crosswalk(query.clone().with(id, &value)));
        select_field(id, label, choices, move || value.to_string(), choose)
    };
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(choice("from", "From", from))
        .with(choice("to", "To", to));
    let content = if from == to {
        empty("Choose two different frameworks.")
    } else {
        pairs_view(store, from, to)
    };
    let lead = "How requirements of two frameworks relate, computed from the practices that both rest on. Equal, subset and \
                superset compare our decompositions, not the texts.";
    page(
        "page page-wide",
        vec![page_head("Crosswalk", lead), filters.view(), content],
    )
}

/// One row for each requirement of the first framework that relates to the second.
fn pairs_view(store: AssessmentStore, from: FrameworkId, to: FrameworkId) -> View {
    let roles = store.with(|assessment| assessment.scope.cloud_roles());
    let crosswalk = Crosswalk::new(&CATALOGUE, &roles);
    let pairs = crosswalk.pairs(&CATALOGUE, from, to);
    let count = |kind: RelationKind| pairs.iter().filter(|(_, _, relation)| relation.kind == kind).count();
    let kinds = [
        RelationKind::Equal,
        RelationKind::Subset,
        RelationKind::Superset,
        RelationKind::Intersects,
    ];
    let counts: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{} {}", count(*kind), kind.as_str()))
        .collect();
    let rows: Vec<View> = pairs
        .chunk_by(|left, right| left.0 == right.0)
        .map(|pairs| pair_row(store, pairs))
        .collect();
    let finding = format!(
        "{} of the first framework relate to the second; pairs: {}.",
        wording::requirements(rows.len()),
        counts.join(", ")
    );
    let shown = table(
        "data-table",
        "Related requirements, closest first".to_owned(),
        &["From", "To, closest first"],
        vec![table_body(rows)],
    );
    View::Many(vec![paragraph(finding), shown])
}

fn pair_row(store: AssessmentStore, pairs: &[(usize, usize, Relation)]) -> View {
    let Some(from) = pairs.first().and_then(|(from, _, _)| CATALOGUE.requirements.get(*from)) else {
        return View::Many(Vec::new());
    };
    let mut closest: Vec<&(usize, usize, Relation)> = pairs.iter().collect();
    sort_by_rank(&mut closest, |(_, to, relation)| {
        ((1000 - relation.shared_share()) * CATALOGUE.requirements.len() + to) as u64
    });
    let links = closest
        .into_iter()
        .map(|(_, to, relation)| pair_link(store, from, *to, relation.kind.as_str()))
        .collect();
    let name = wording::requirement_name(from);
    let links = el("ul").class("chips").all(links).view();
    row(link(store.href(Page::requirement(from.id)), name), vec![links])
}

fn pair_link(store: AssessmentStore, from: &'static Requirement, to: usize, kind: &'static str) -> View {
    let Some(to) = CATALOGUE.requirements.get(to) else {
        return View::Many(Vec::new());
    };
    let href = store.href(Page::Crosswalk(Query::pair(from.id, to.id)));
    let name = wording::requirement_id(to);
    let chip = el("a")
        .class("chip")
        .attr("data-relation", kind)
        .attr("href", href)
        .attr("title", to.title)
        .with(name)
        .with(" ")
        .with(el("span").class("chip-note").with(kind));
    el("li").with(chip).view()
}

/// Two requirements: what both rest on, and what only one of them does.
fn pair_view(store: AssessmentStore, from: usize, to: usize) -> View {
    let ends = CATALOGUE.requirements.get(from).zip(CATALOGUE.requirements.get(to));
    let Some((left, right)) = ends else {
        return View::Many(Vec::new());
    };
    let roles = store.with(|assessment| assessment.scope.cloud_roles());
    let relation = Crosswalk::new(&CATALOGUE, &roles).relation(&CATALOGUE, from, to);
    let back = Query::default()
        .with("from", left.id.framework.as_str())
        .with("to", right.id.framework.as_str());
    let swapped = store.href(Page::Crosswalk(Query::pair(right.id, left.id)));
    let (left_id, right_id) = (wording::requirement_id(left), wording::requirement_id(right));
    let sentence = relation_sentence(relation.as_ref(), &left_id, &right_id);
    let end = |it: &'static Requirement| {
        let name = wording::requirement_name(it);
        el("li").with(link(store.href(Page::requirement(it.id)), name))
    };
    let mut parts = vec![
        breadcrumb(vec![link(store.href(Page::Crosswalk(back)), "Crosswalk".to_owned())]),
        page_head(format!("{left_id} and {right_id}"), sentence),
        el("ul").class("pair-ends").with(end(left)).with(end(right)).view(),
    ];
    if let Some(relation) = relation {
        parts.push(practice_list(store, "Because both rest on", &relation.because));
        parts.push(practice_list(
            store,
            &format!("Only {left_id} asks"),
            &relation.remainder_from,
        ));
        parts.push(practice_list(
            store,
            &format!("Only {right_id} asks"),
            &relation.remainder_to,
        ));
    }
    let swap = button_link("button quiet", swapped, "Look from the other side");
    parts.push(actions(vec![swap.view()]));
    page("page", parts)
}

fn relation_sentence(relation: Option<&Relation>, left: &str, right: &str) -> String {
    match relation.map(|relation| relation.kind) {
        None => format!("{left} and {right} share no needed practice: there is no relation."),
        Some(RelationKind::Equal) => format!("Equal: {left} and {right} rest on the same practices."),
        Some(RelationKind::Subset) => format!("Subset: all that {left} rests on is part of what {right} rests on."),
        Some(RelationKind::Superset) => format!("Superset: {left} rests on all that {right} rests on, and more."),
        Some(RelationKind::Intersects) => {
            format!("Intersects: {left} and {right} share practices, and neither is shown to hold the other.")
        }
    }
}

fn practice_list(store: AssessmentStore, heading: &str, set: &PracticeSet) -> View {
    let title = format!("{heading} ({})", set.len());
    if set.is_empty() {
        return section(title, vec![paragraph("Nothing.")]);
    }
    let analysis = store.analysis.get();
    let practices = set.iter().filter_map(|position| CATALOGUE.practices.get(position));
    let list = practices.fold(el("ul").class("practice-list"), |list, practice| {
        let name = link(store.href(Page::question(practice.id)), practice.title());
        let standing = standing_tag(store, &analysis, practice);
        list.with(el("li").with(name).with(" ").with(standing))
    });
    section(title, vec![list.view()])
}
