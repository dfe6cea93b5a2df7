//! Beside the question: why we ask, what else the answer counts for, what to do if it is missing.

use leptos::prelude::*;

use super::rhythm_sentence;
use crate::catalogue::CATALOGUE;
use crate::domain::{Practice, TieKind};
use crate::ui::components::{item, requirement_links, text};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The side of the question.
#[component]
pub fn QuestionSide(
    /// The practice.
    practice: &'static Practice,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let positions = move |kind: TieKind| -> Vec<usize> {
        let analysis = store.analysis.get_untracked();
        let ties = practice
            .ties
            .iter()
            .filter(|tie| tie.kind == kind)
            .map(|tie| usize::from(tie.requirement));
        ties.filter(|position| analysis.ground.includes(*position)).collect()
    };
    let (counts_for, supports) = (positions(TieKind::Needed), positions(TieKind::Helps));
    view! {
        <aside class="question-side" aria-label="About this question">
            <section class="side-block"><h2>"Why we ask"</h2><p>{practice.why()}</p></section>
            {(!counts_for.is_empty()).then(|| view! {
                <section class="side-block"><h2>"Also counts for"</h2>{requirement_links(store, &counts_for)}</section>
            })}
            {(!supports.is_empty()).then(|| view! {
                <section class="side-block"><h2>"Supports"</h2>{requirement_links(store, &supports)}</section>
            })}
            <section class="side-block">
                <h2>"If it is missing"</h2>
                <ol>{practice.fix().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
                <p class="side-note">{rhythm_sentence(practice)}</p>
            </section>
            {evidence(practice)}
            <Inheriting practice />
        </aside>
    }
}

/// The pieces of evidence that auditors ask for, each with what a complete set of it is.
fn evidence(practice: &Practice) -> AnyView {
    let rows: Vec<AnyView> = CATALOGUE
        .artefacts_of(practice.id)
        .map(|it| item(format!("{}: {}.", it.title, it.population)))
        .collect();
    if rows.is_empty() {
        return text("");
    }
    let title = "Evidence auditors ask for".to_owned();
    view! { <section class="side-block"><h2>{title}</h2><ul>{rows}</ul></section> }.into_any()
}

/// Who else can do the practice, and what stays one's own.
#[component]
fn Inheriting(practice: &'static Practice) -> impl IntoView {
    let store = AssessmentStore::expect();
    practice.inheritable.map(|inheritable| {
        let kinds: Vec<&str> = inheritable.from.iter().map(|kind| kind.title()).collect();
        let kept = inheritable
            .keeps
            .iter()
            .filter_map(|id| CATALOGUE.practice(id.as_str()));
        let kept = kept.map(|kept| view! { <li><a href=store.href(Page::question(kept.id))>{kept.title()}</a></li> });
        view! {
            <section class="side-block">
                <h2>"Can be inherited"</h2>
                <p>{format!("From: {}. What stays yours:", kinds.join(", "))}</p>
                <ul>{kept.collect_view()}</ul>
            </section>
        }
    })
}
