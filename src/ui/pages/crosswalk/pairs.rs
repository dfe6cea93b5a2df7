//! The related pairs of two frameworks, all or of one cell of the matrix.

use super::pair_count;
use crate::analysis::{Crosswalk, Pair, RelationKind};
use crate::catalogue::CATALOGUE;
use crate::domain::{Requirement, sort_by_rank};
use crate::report::wording;
use crate::ui::components::{folded, link, paragraph, row, table, table_body};
use crate::ui::element::el;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// One row for each requirement of the first framework that relates to the second.
pub fn pairs_view(store: AssessmentStore, crosswalk: &Crosswalk, pairs: &[Pair]) -> View {
    let count = |kind: RelationKind| pairs.iter().filter(|(_, _, relation)| relation.kind == kind).count();
    let counts: Vec<String> = RelationKind::ALL
        .into_iter()
        .map(|kind| format!("{} {}", count(kind), kind.as_str()))
        .collect();
    let rows: Vec<View> = pairs
        .chunk_by(|left, right| left.0 == right.0)
        .map(|pairs| pair_row(store, crosswalk, pairs))
        .collect();
    let finding = format!(
        "{}: {}. Pairs that rest on one common practice alone are folded.",
        pair_count(pairs.len()),
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

fn pair_row(store: AssessmentStore, crosswalk: &Crosswalk, pairs: &[Pair]) -> View {
    let Some(from) = pairs.first().and_then(|(from, _, _)| CATALOGUE.requirements.get(*from)) else {
        return View::Many(Vec::new());
    };
    let mut closest: Vec<&Pair> = pairs.iter().collect();
    sort_by_rank(&mut closest, |(_, _, relation)| relation.rank());
    let (mut shown, mut thin) = (Vec::new(), Vec::new());
    for pair in closest {
        let (_, to, relation) = pair;
        let is_thin = crosswalk.is_thin(&CATALOGUE, pair);
        let list = if is_thin { &mut thin } else { &mut shown };
        list.push(pair_link(store, from, *to, relation.kind.as_str()));
    }
    let n_thin = thin.len();
    let chips = |links: Vec<View>| el("ul").class("chips").all(links);
    let shown = (!shown.is_empty()).then(|| chips(shown));
    let thin = (n_thin > 0).then(|| folded(format!("{n_thin} through one common practice"), chips(thin)));
    let name = wording::requirement_name(from);
    row(
        link(store.href(Page::requirement(from.id)), name),
        vec![View::Many(vec![shown.into(), thin.into()])],
    )
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
