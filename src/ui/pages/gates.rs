//! The five gates side by side, and one gate with its formula and what it counts.

mod one;

use leptos::prelude::Get;

pub use one::gate_page;

use super::conflicts::conflict_notice;
use crate::analysis::{Analysis, Blocker, GateCount, GateReadiness, INTERNAL_AUDIT, MANAGEMENT_REVIEW};
use crate::catalogue::CATALOGUE;
use crate::domain::Register;
use crate::report::wording;
use crate::ui::components::{
    Tone, bar_row, button_link, empty, link, page, page_head, paragraph, stacked_bar, term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The five gates.
pub fn gates_page() -> View {
    let store = AssessmentStore::expect();
    let content = follow(move || gates(store, &store.analysis.get()));
    let lead = "The same answers against five bars. What blocks a gate stands before its share. A share counts \
                requirements; it is no chance of passing, and grading is the auditor's act.";
    page(
        "page page-wide",
        vec![
            page_head("Gates", vec![lead.into(), " ".into(), term_link("gate")]),
            conflict_notice(store),
            content,
        ],
    )
}

fn gates(store: AssessmentStore, analysis: &Analysis) -> View {
    if analysis.gates.is_empty() {
        return empty("No framework is in scope, so there is no gate.");
    }
    let cards = analysis.gates.iter().map(|gate| card(store, gate).view()).collect();
    let further = el("div")
        .class("actions")
        .with(button_link(
            "button",
            store.href(Page::WhatIf(Query::default())),
            "What if",
        ))
        .with(button_link(
            "button",
            store.href(Page::Calendar(Query::default())),
            "Calendar of records",
        ))
        .with(button_link(
            "button",
            store.href(Page::Findings),
            "Potential nonconformities",
        ))
        .with(button_link(
            "button quiet",
            store.href(Page::Lint),
            "What contradicts itself",
        ));
    View::Many(vec![el("ol").class("gates").all(cards).view(), further.view()])
}

/// What a gate is called, with the edition where two are in scope.
pub(super) fn title_of(gate: &GateReadiness) -> String {
    if gate.framework.is_cloud() {
        CATALOGUE
            .framework(gate.framework)
            .map(|it| it.full_title())
            .unwrap_or_default()
    } else {
        gate.gate.title().to_owned()
    }
}

/// The part of the address that names a gate.
pub(super) fn id_of(gate: &GateReadiness) -> String {
    if gate.framework.is_cloud() {
        gate.framework.to_string()
    } else {
        gate.gate.as_str().to_owned()
    }
}

fn card(store: AssessmentStore, gate: &GateReadiness) -> Element {
    let href = store.href(Page::Gate(id_of(gate)));
    let mut card = el("li")
        .class("gate")
        .with(el("h2").with(link(href.clone(), title_of(gate))))
        .with(blockers(store, gate))
        .with(el("p").class("gate-share").with(wording::gate_count(&gate.count)))
        .with(gate_bar(&gate.count))
        .with(el("p").class("gate-note").with("requirements clear"));
    if gate.by_answers != gate.count {
        let without = format!("Without overrides: {}.", wording::gate_count(&gate.by_answers));
        card = card.with(el("p").class("gate-note").with(without));
    }
    if let Some(cloud) = &gate.with_cloud_content {
        let apart = format!("Rows with cloud content alone: {}.", wording::gate_count(cloud));
        card = card.with(el("p").class("gate-note").with(apart));
    }
    let practices = format!("Practices: {}.", wording::gate_count(&gate.practice_count));
    card.with(el("p").class("gate-note").with(practices))
        .with(el("p").with(link(href, "Formula and what it counts")))
}

/// What blocks a gate, each with the way to mend it, or that nothing does.
fn blockers(store: AssessmentStore, gate: &GateReadiness) -> View {
    if gate.blockers.is_empty() {
        return el("p")
            .class("gate-free")
            .with("No blocker; the share says how far it is.")
            .view();
    }
    let reasons = gate.blockers.iter().fold(el("ul"), |list, it| {
        list.with(el("li").with(link(store.href(place_of(it)), wording::blocker(it))))
    });
    el("div")
        .class("gate-blocked")
        .with(el("p").with(el("strong").with("Blocked by")))
        .with(reasons)
        .view()
}

/// The page on which a blocker is mended.
pub(super) fn place_of(blocker: &Blocker) -> Page {
    let show = |name: &str, value: &str| Query::default().with(name, value);
    match blocker {
        Blocker::PotentialMajors(_) => Page::Findings,
        Blocker::NoScopeStatement | Blocker::NoAsOfDate | Blocker::NoWindow | Blocker::NoBaseFramework => Page::Scope,
        Blocker::NoRiskAssessment | Blocker::RisksNotAccepted(_) => Page::Register(Register::Risk, Query::default()),
        Blocker::ControlsNotDecided(_) => Page::Soa(show("applies", super::soa::OPEN)),
        Blocker::NoInternalAudit => Page::Question(INTERNAL_AUDIT.to_owned()),
        Blocker::NoManagementReview => Page::Question(MANAGEMENT_REVIEW.to_owned()),
        Blocker::DescriptionNotBegun(_) | Blocker::AssertionNotBegun => Page::Soc2(show("show", "description")),
        Blocker::NoControlMatrix => Page::Soc2(show("show", "matrix")),
    }
}

/// The count drawn: what clears, what is open, what does not.
pub(super) fn gate_bar(count: &GateCount) -> Element {
    let n_failing = count.n_total - (count.n_cleared + count.n_open).min(count.n_total);
    stacked_bar(&[
        (Tone::Good, count.n_cleared),
        (Tone::Open, count.n_open),
        (Tone::Poor, n_failing),
    ])
}

/// The gates on the overview: share and number of blockers.
pub fn gate_strip(store: AssessmentStore, analysis: &Analysis) -> View {
    let rows = analysis.gates.iter().map(|gate| {
        let blocked = match gate.blockers.len() {
            0 => "nothing blocks it".to_owned(),
            n => format!("blocked by {}", wording::count(n, "thing", "things")),
        };
        let title = link(store.href(Page::Gate(id_of(gate))), title_of(gate));
        let value = format!("{}, {blocked}", wording::gate_count(&gate.count));
        bar_row(title, gate_bar(&gate.count), value, String::new())
    });
    let bars = el("div").class("bar-rows").all(rows.collect());
    el("section")
        .class("section")
        .with(el("h2").with(link(store.href(Page::Gates), "Gates")))
        .with(paragraph("What blocks a gate counts before its share."))
        .with(bars)
        .view()
}
