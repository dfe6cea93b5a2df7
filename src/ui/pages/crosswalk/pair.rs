//! Two requirements: what both rest on, and what only one of them does.

use leptos::prelude::*;

use super::super::requirement::standing_tag;
use crate::analysis::{Crosswalk, PracticeSet, Relation, RelationKind};
use crate::catalogue::CATALOGUE;
use crate::domain::Requirement;
use crate::report::wording;
use crate::ui::components::{actions, breadcrumb, button_link, link, page, page_head, paragraph, section, text};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;

/// Two requirements: what both rest on, and what only one of them does.
pub fn pair_view(store: AssessmentStore, from: usize, to: usize) -> AnyView {
    let ends = CATALOGUE.requirements.get(from).zip(CATALOGUE.requirements.get(to));
    let Some((left, right)) = ends else {
        return ().into_any();
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
        view! { <li>{link(store.href(Page::requirement(it.id)), name)}</li> }.into_any()
    };
    let mut parts = vec![
        breadcrumb(vec![link(store.href(Page::Crosswalk(back)), "Crosswalk".to_owned())]),
        page_head(format!("{left_id} and {right_id}"), text(sentence)),
        view! { <ul class="pair-ends">{end(left)}{end(right)}</ul> }.into_any(),
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
    parts.push(actions(vec![button_link(
        "button quiet",
        swapped,
        "Look from the other side".to_owned(),
    )]));
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

/// The practices of a set, each with where it stands.
pub fn practice_list(store: AssessmentStore, heading: &str, set: &PracticeSet) -> AnyView {
    let title = format!("{heading} ({})", set.len());
    if set.is_empty() {
        return section(title, paragraph("Nothing."));
    }
    let analysis = store.analysis.get();
    let practices = set.iter().filter_map(|position| CATALOGUE.practices.get(position));
    let rows: Vec<AnyView> = practices
        .map(|practice| {
            let name = link(store.href(Page::question(practice.id)), practice.title().to_owned());
            view! { <li>{name}" "{standing_tag(store, &analysis, practice)}</li> }.into_any()
        })
        .collect();
    section(title, view! { <ul class="practice-list">{rows}</ul> }.into_any())
}
