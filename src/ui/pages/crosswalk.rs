//! The crosswalk: two frameworks side by side, and two requirements with because and remainder.

use leptos::prelude::*;

use crate::analysis::{Crosswalk, PracticeSet, Relation, RelationKind};
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Requirement};
use crate::report::wording;
use crate::ui::components::SelectField;
use crate::ui::pages::requirement::StandingTag;
use crate::ui::route::{Page, Query, Route};
use crate::ui::state::AssessmentStore;

fn query_memo(store: AssessmentStore) -> Memo<Query> {
    Memo::new(move |_| match store.app().route.get() {
        Route::Assessment(_, Page::Crosswalk(query)) => query,
        Route::Start | Route::Gallery | Route::Unknown | Route::Assessment(..) => Query::default(),
    })
}

/// The crosswalk page: of two requirements if the address names them, of two frameworks otherwise.
#[component]
pub fn CrosswalkPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    let query = query_memo(store);
    let pair = Memo::new(move |_| {
        query.with(|query| {
            let position = |name: &str| {
                let requirement = CATALOGUE.parse_requirement(query.get(name))?;
                CATALOGUE.requirements.iter().position(|it| it.id == requirement.id)
            };
            position("a").zip(position("b"))
        })
    });
    move || match pair.get() {
        Some((from, to)) => view! { <PairView from to /> }.into_any(),
        None => view! { <FrameworkView query /> }.into_any(),
    }
}

/// The pairs of a requirement: position of the other side and the relation.
type Row = (usize, Vec<(usize, RelationKind)>);

#[component]
fn FrameworkView(query: Memo<Query>) -> impl IntoView {
    let store = AssessmentStore::expect();
    let framework = move |name: &'static str, default: usize| {
        Memo::new(move |_| {
            let named = query.with(|query| FrameworkId::parse(query.get(name)));
            named.unwrap_or_else(|| {
                let in_scope: Vec<FrameworkId> =
                    store.with(|assessment| assessment.scope.frameworks.iter().copied().collect());
                let fallback = if default == 0 {
                    FrameworkId::Iso27001
                } else {
                    FrameworkId::Soc2
                };
                let ends = if default == 0 {
                    in_scope.first()
                } else {
                    in_scope.iter().skip(1).last()
                };
                ends.copied().unwrap_or(fallback)
            })
        })
    };
    let (from, to) = (framework("from", 0), framework("to", 1));
    let roles = Memo::new(move |_| store.with(|assessment| assessment.scope.cloud_roles()));
    let rows = Memo::new(move |_| {
        let mut rows: Vec<Row> = Vec::new();
        let mut pairs = Crosswalk::new(&CATALOGUE, &roles.get()).pairs(&CATALOGUE, from.get(), to.get());
        pairs.sort_by_key(|(left, _, relation)| (*left, usize::MAX - relation.shared_share()));
        for (left, right, relation) in pairs {
            match rows.last_mut().filter(|(position, _)| *position == left) {
                Some((_, others)) => others.push((right, relation.kind)),
                None => rows.push((left, vec![(right, relation.kind)])),
            }
        }
        rows
    });
    let finding = move || {
        rows.with(|rows| {
            let count = |kind| {
                rows.iter()
                    .flat_map(|(_, others)| others)
                    .filter(|(_, it)| *it == kind)
                    .count()
            };
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
            format!(
                "{} of the first framework relate to the second; pairs: {}.",
                wording::requirements(rows.len()),
                counts.join(", ")
            )
        })
    };
    let choices = Signal::stored(
        CATALOGUE
            .frameworks
            .iter()
            .map(|it| (it.id.to_string(), it.full_title()))
            .collect::<Vec<_>>(),
    );
    let set = move |name: &'static str| {
        Callback::new(move |value: String| {
            store.app().go(&Route::Assessment(
                store.id(),
                Page::Crosswalk(query.get_untracked().with(name, &value)),
            ));
        })
    };
    view! {
        <main id="main" tabindex="-1" class="page page-wide">
            <header class="page-head"><h1>"Crosswalk"</h1><p class="lead">"How requirements of two frameworks relate, computed from the practices that both rest on. Equal, subset and superset compare our decompositions, not the texts."</p></header>
            <form class="filters" on:submit=|event| event.prevent_default()>
                <SelectField id="from" label="From" choices=choices value=Signal::derive(move || from.get().to_string()) on_choose=set("from") />
                <SelectField id="to" label="To" choices=choices value=Signal::derive(move || to.get().to_string()) on_choose=set("to") />
            </form>
            {move || if from.get() == to.get() {
                view! { <div class="empty"><p>"Choose two different frameworks."</p></div> }.into_any()
            } else {
                view! { <p>{finding}</p><PairTable rows /> }.into_any()
            }}
        </main>
    }
}

#[component]
fn PairTable(rows: Memo<Vec<Row>>) -> impl IntoView {
    let store = AssessmentStore::expect();
    let link = move |from: &'static Requirement, (to, kind): (usize, RelationKind)| {
        CATALOGUE.requirements.get(to).map(|to| {
            let pair = Query::default().with("a", &from.id.to_string()).with("b", &to.id.to_string());
            view! { <li><a class="chip" data-relation=kind.as_str() href=store.href(Page::Crosswalk(pair)) title=to.title>{wording::requirement_id(to)}" "<span class="chip-note">{kind.as_str()}</span></a></li> }
        })
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Crosswalk">
            <table class="data-table">
                <caption class="visually-hidden">"Related requirements, closest first"</caption>
                <thead><tr><th scope="col">"From"</th><th scope="col">"To, closest first"</th></tr></thead>
                <tbody>
                    {move || rows.get().into_iter().filter_map(|(from, others)| CATALOGUE.requirements.get(from).map(|from| (from, others))).map(|(from, others)| view! {
                        <tr>
                            <th scope="row"><a href=store.href(Page::requirement(from.id))>{format!("{} {}", wording::requirement_id(from), from.title)}</a></th>
                            <td><ul class="chips">{others.into_iter().map(|other| link(from, other)).collect_view()}</ul></td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// Two requirements: what both rest on, and what only one of them does.
#[component]
fn PairView(from: usize, to: usize) -> impl IntoView {
    let store = AssessmentStore::expect();
    let roles = store.with(|assessment| assessment.scope.cloud_roles());
    let relation = Crosswalk::new(&CATALOGUE, &roles).relation(&CATALOGUE, from, to);
    CATALOGUE.requirements.get(from).zip(CATALOGUE.requirements.get(to)).map(|(left, right)| {
        let back = Query::default().with("from", left.id.framework.as_str()).with("to", right.id.framework.as_str());
        let swapped = Query::default().with("a", &right.id.to_string()).with("b", &left.id.to_string());
        let (left_id, right_id) = (wording::requirement_id(left), wording::requirement_id(right));
        view! {
            <main id="main" tabindex="-1" class="page">
                <p class="breadcrumb"><a href=store.href(Page::Crosswalk(back))>"Crosswalk"</a></p>
                <header class="page-head">
                    <h1>{format!("{left_id} and {right_id}")}</h1>
                    <p class="lead">{relation_sentence(relation.as_ref(), &left_id, &right_id)}</p>
                </header>
                <ul class="pair-ends">
                    {[left, right].map(|it| view! { <li><a href=store.href(Page::requirement(it.id))>{format!("{} {}", wording::requirement_id(it), it.title)}</a></li> }).collect_view()}
                </ul>
                {relation.map(|relation| view! {
                    <PracticeList heading="Because both rest on".to_owned() set=relation.because />
                    <PracticeList heading=format!("Only {left_id} asks") set=relation.remainder_from />
                    <PracticeList heading=format!("Only {right_id} asks") set=relation.remainder_to />
                })}
                <p class="actions"><a class="button quiet" href=store.href(Page::Crosswalk(swapped))>"Look from the other side"</a></p>
            </main>
        }
    })
}

fn relation_sentence(relation: Option<&Relation>, left: &str, right: &str) -> String {
    match relation.map(|relation| relation.kind) {
        None => format!("{left} and {right} share no needed practice: there is no relation."),
        Some(RelationKind::Equal) => format!("Equal: {left} and {right} rest on the same practices."),
        Some(RelationKind::Subset) => format!("Subset: all that {left} rests on is part of what {right} rests on."),
        Some(RelationKind::Superset) => format!("Superset: {left} rests on all that {right} rests on, and more."),
        Some(RelationKind::Intersects) => {
            format!("Intersects: {left} and {right} share practices, and neither holds the other.")
        }
    }
}

#[component]
fn PracticeList(
    /// The heading.
    heading: String,
    /// The practices.
    set: PracticeSet,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let practices: Vec<_> = set
        .iter()
        .filter_map(|position| CATALOGUE.practices.get(position))
        .collect();
    let rows = practices.into_iter().map(move |practice| {
        view! {
            <li><a href=store.href(Page::question(practice.id))>{practice.title}</a>" "<StandingTag practice /></li>
        }
    });
    view! {
        <section class="section">
            <h2>{format!("{heading} ({})", set.len())}</h2>
            {if set.is_empty() { view! { <p>"Nothing."</p> }.into_any() } else { view! { <ul class="practice-list">{rows.collect_view()}</ul> }.into_any() }}
        </section>
    }
}
