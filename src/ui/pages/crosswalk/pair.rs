//! Two requirements: what both rest on, and what only one of them does.

use leptos::prelude::Get;

use super::super::requirement::standing_tag;
use crate::analysis::{Crosswalk, PracticeSet, Relation, RelationKind};
use crate::catalogue::CATALOGUE;
use crate::domain::Requirement;
use crate::report::wording;
use crate::ui::components::{actions, breadcrumb, button_link, link, page, page_head, paragraph, section, term_link};
use crate::ui::element::el;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Two requirements: what both rest on, and what only one of them does.
pub fn pair_view(store: AssessmentStore, from: usize, to: usize) -> View {
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
        page_head(
            format!("{left_id} and {right_id}"),
            vec![sentence.into(), " ".into(), term_link("relation")],
        ),
        el("ul").class("pair-ends").with(end(left)).with(end(right)).view(),
    ];
    if let Some(relation) = relation {
        parts.push(practice_list(
            store,
            "Because both rest on",
            &relation.because,
            Some(term_link("because")),
        ));
        parts.push(practice_list(
            store,
            &format!("Only {left_id} asks"),
            &relation.remainder_from,
            Some(term_link("remainder")),
        ));
        parts.push(practice_list(
            store,
            &format!("Only {right_id} asks"),
            &relation.remainder_to,
            None,
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

/// The practices of a set, each with where it stands; below the heading, what is to say of it.
pub fn practice_list(store: AssessmentStore, heading: &str, set: &PracticeSet, about: Option<View>) -> View {
    let title = format!("{heading} ({})", set.len());
    if set.is_empty() {
        return section(title, vec![about.map(paragraph).into(), paragraph("Nothing.")]);
    }
    let analysis = store.analysis.get();
    let practices = set.iter().filter_map(|position| CATALOGUE.practices.get(position));
    let list = practices.fold(el("ul").class("practice-list"), |list, practice| {
        let name = link(store.href(Page::question(practice.id)), practice.title());
        let standing = standing_tag(store, &analysis, practice);
        list.with(el("li").with(name).with(" ").with(standing))
    });
    section(title, vec![about.map(paragraph).into(), list.view()])
}
