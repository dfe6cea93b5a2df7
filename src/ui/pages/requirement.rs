//! One requirement: its status and the basis of it, the practices that it rests on, the decision of the Statement of
//! Applicability, and what it relates to in other frameworks.

mod decision;

use decision::DecisionForm;
use leptos::prelude::*;

use crate::analysis::{Crosswalk, PracticeSet, Relation};
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Practice, Requirement, RequirementKind, StandingKind, Tie, TieKind};
use crate::report::wording;
use crate::ui::components::{Tag, Tone, standing_tone, verdict_tone};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;

/// How many related requirements are shown before the rest is unfolded.
const N_RELATED: usize = 12;

/// The page of one requirement.
#[component]
pub fn RequirementPage(
    /// The requirement.
    requirement: &'static Requirement,
) -> impl IntoView {
    let position = CATALOGUE
        .requirements
        .iter()
        .position(|it| it.id == requirement.id)
        .unwrap_or_default();
    let framework = CATALOGUE.framework(requirement.id.framework);
    let is_control = requirement.id.framework == FrameworkId::Iso27001 && requirement.kind == RequirementKind::Control;
    view! {
        <main id="main" tabindex="-1" class="page">
            <header class="page-head">
                <p class="eyebrow">{framework.map(|it| it.full_title())}</p>
                <h1>{format!("{} {}", wording::requirement_id(requirement), requirement.title)}</h1>
                <StatusLine position requirement />
            </header>
            {requirement.has_cloud_content.then(|| view! { <div class="notice" data-tone="info"><p>{wording::CLOUD_SOURCE}</p></div> })}
            {requirement.documented.map(|document| view! { <p>{format!("Asks for documented information: {document}.")}</p> })}
            <RestsOn position />
            {is_control.then(|| view! { <DecisionForm id=requirement.id /> })}
            <Related position />
        </main>
    }
}

#[component]
fn StatusLine(
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
        <p class="status-line">
            <Tag tone=tone text=word />" "
            <span>{move || status.get().map(|status| wording::status_basis(&status)).unwrap_or_default()}</span>
            {(!requirement.complete).then(|| view! { " "<span class="tag" data-tone="plain">"not fully decomposed"</span> })}
        </p>
        {requirement.why_one.map(|why| view! { <p class="hint">{format!("Why one practice is enough: {why}")}</p> })}
    }
}

/// The practices that a requirement rests on, needed ones first.
#[component]
fn RestsOn(
    /// The position in the catalogue.
    position: usize,
) -> impl IntoView {
    let tied = |kind: TieKind| -> Vec<(&'static Practice, &'static Tie)> {
        let ties = CATALOGUE
            .practices
            .iter()
            .flat_map(|practice| practice.ties.iter().map(move |tie| (practice, tie)));
        ties.filter(|(_, tie)| usize::from(tie.requirement) == position && tie.kind == kind)
            .collect()
    };
    let (needed, helps) = (tied(TieKind::Needed), tied(TieKind::Helps));
    view! {
        <section class="section" aria-labelledby="rests-on">
            <h2 id="rests-on">"Rests on"</h2>
            <TieTable caption="Needed: the requirement is not credible without these or an equivalent" ties=needed />
            {(!helps.is_empty()).then(|| view! {
                <details><summary>{format!("Helps: {}", wording::practices(helps.len()))}</summary>
                    <TieTable caption="Good practice that supports the requirement" ties=helps />
                </details>
            })}
        </section>
    }
}

#[component]
fn TieTable(
    /// What the table holds.
    caption: &'static str,
    /// Practices with their ties.
    ties: Vec<(&'static Practice, &'static Tie)>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let row = move |(practice, tie): (&'static Practice, &'static Tie)| {
        let part = match tie.role {
            Some(role) => format!("{} ({})", tie.part, role.as_str()),
            None => tie.part.to_owned(),
        };
        view! {
            <tr>
                <th scope="row"><a href=store.href(Page::question(practice.id))>{practice.title}</a></th>
                <td>{part}{tie.documented.then_some(" · documented information")}</td>
                <td><StandingTag practice /></td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="data-table">
                <caption>{caption}</caption>
                <thead><tr><th scope="col">"Practice"</th><th scope="col">"Part of the requirement"</th><th scope="col">"Standing"</th></tr></thead>
                <tbody>{ties.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Where a practice stands, or that it is not asked.
#[component]
pub fn StandingTag(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let kind = Memo::new(move |_| {
        let is_asked = CATALOGUE
            .practice_index(practice.id)
            .is_some_and(|it| store.analysis.get().ground.asked.contains(it));
        is_asked.then(|| {
            store.with(|assessment| {
                assessment
                    .answers
                    .get(&practice.id)
                    .map_or(StandingKind::NotAnswered, |it| it.standing.kind())
            })
        })
    });
    let tone = Signal::derive(move || kind.get().map_or(Tone::Plain, standing_tone));
    let word = Signal::derive(move || {
        kind.get()
            .map_or("Not asked in this scope", StandingKind::title)
            .to_owned()
    });
    view! { <Tag tone=tone text=word /> }
}

/// What the requirement relates to in other frameworks, closest first.
#[component]
fn Related(
    /// The position in the catalogue.
    position: usize,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let roles = Memo::new(move |_| store.with(|assessment| assessment.scope.cloud_roles()));
    let related = Memo::new(move |_| Crosswalk::new(&CATALOGUE, &roles.get()).related(&CATALOGUE, position));
    let table = move |rows: &[(usize, Relation)]| {
        let rows: Vec<_> = rows.to_vec();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label="Related requirements">
                <table class="data-table">
                    <caption class="visually-hidden">"Related requirements of other frameworks"</caption>
                    <thead><tr><th scope="col">"Requirement"</th><th scope="col">"Relation"</th><th scope="col">"Because both rest on"</th><th scope="col">"It asks more than this one"</th></tr></thead>
                    <tbody>{rows.into_iter().map(|(other, relation)| view! { <RelatedRow from=position to=other relation /> }).collect_view()}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <section class="section" aria-labelledby="related">
            <h2 id="related">"Related requirements"</h2>
            {move || related.with(|related| {
                if related.is_empty() {
                    return view! { <p>"None shares a practice with this one."</p> }.into_any();
                }
                let (first, rest) = related.split_at(related.len().min(N_RELATED));
                let rest_table = (!rest.is_empty()).then(|| view! {
                    <details><summary>{format!("{} more, less close", rest.len())}</summary>{table(rest)}</details>
                });
                view! { {table(first)}{rest_table} }.into_any()
            })}
        </section>
    }
}

#[component]
fn RelatedRow(from: usize, to: usize, relation: Relation) -> impl IntoView {
    let store = AssessmentStore::expect();
    let (left, right) = (CATALOGUE.requirements.get(from), CATALOGUE.requirements.get(to));
    left.zip(right).map(|(left, right)| {
        let pair = Query::default().with("a", &left.id.to_string()).with("b", &right.id.to_string());
        view! {
            <tr>
                <th scope="row"><a href=store.href(Page::requirement(right.id))>{format!("{} {}", wording::requirement_id(right), right.title)}</a></th>
                <td><a href=store.href(Page::Crosswalk(pair))>{relation.kind.as_str()}</a></td>
                <td>{titles(&relation.because)}</td>
                <td>{if relation.remainder_to.is_empty() { "nothing".to_owned() } else { titles(&relation.remainder_to) }}</td>
            </tr>
        }
    })
}

/// The titles of some practices.
fn titles(set: &PracticeSet) -> String {
    let practices = set.iter().filter_map(|position| CATALOGUE.practices.get(position));
    practices.map(|practice| practice.title).collect::<Vec<_>>().join("; ")
}
