//! Beside the question: why we ask, what else the answer counts for, what to do if it is missing.

use leptos::prelude::*;

use super::rhythm_sentence;
use crate::catalogue::CATALOGUE;
use crate::domain::{Inheritable, Practice, TieKind};
use crate::ui::components::{link, list, paragraph, requirement_links};
use crate::ui::element::{Element, el};
use crate::ui::later::{LaterView, later_view};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// The side of the question.
pub(super) fn question_side(store: AssessmentStore, practice: &'static Practice) -> Element {
    let mut side = el("aside")
        .class("question-side")
        .attr("aria-label", "About this question")
        .with(block("Why we ask").with(paragraph(practice.why())));
    let ground = &store.analysis.get_untracked().ground;
    for (title, kind) in [("Also counts for", TieKind::Needed), ("Supports", TieKind::Helps)] {
        let ties = practice.ties.iter().filter(|tie| tie.kind == kind);
        let positions = ties.map(|tie| usize::from(tie.requirement));
        let positions: Vec<usize> = positions.filter(|position| ground.includes(*position)).collect();
        if !positions.is_empty() {
            side = side.with(block(title).with(requirement_links(store, &positions)));
        }
    }
    let steps = practice
        .fix()
        .fold(el("ol"), |list, step| list.with(el("li").with(step)));
    let missing = block("If it is missing")
        .with(steps)
        .with(el("p").class("side-note").with(rhythm_sentence(practice)));
    side.with(missing)
        .with(evidence(practice))
        .with(later_view(LaterView::EvidenceOf(practice)))
        .with(practice.inheritable.map(|it| inheriting(store, it)))
}

pub(super) fn block(title: &'static str) -> Element {
    el("section").class("side-block").with(el("h2").with(title))
}

/// The pieces of evidence that auditors ask for, each with what a complete set of it is.
fn evidence(practice: &Practice) -> Option<Element> {
    let mut artefacts = CATALOGUE.artefacts_of(practice.id).peekable();
    artefacts.peek()?;
    let words = artefacts.map(|it| format!("{}: {}.", it.title, it.population));
    Some(block("Evidence auditors ask for").with(list(words)))
}

/// Who else can do the practice, and what stays one's own.
fn inheriting(store: AssessmentStore, inheritable: Inheritable) -> Element {
    let kinds: Vec<&str> = inheritable.from.iter().map(|kind| kind.title()).collect();
    let kept = inheritable
        .keeps
        .iter()
        .filter_map(|id| CATALOGUE.practice(id.as_str()));
    let kept = kept.fold(el("ul"), |list, kept| {
        list.with(el("li").with(link(store.href(Page::question(kept.id)), kept.title())))
    });
    block("Can be inherited")
        .with(paragraph(format!("From: {}. What stays yours:", kinds.join(", "))))
        .with(kept)
}
