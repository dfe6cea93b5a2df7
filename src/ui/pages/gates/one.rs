//! One gate: what blocks it, its formula, and the requirements and practices that it counts.

use leptos::prelude::Get;

use super::{blockers, gate_bar, id_of, title_of};
use crate::analysis::{Analysis, Clearance, GateReadiness, GatedPractice, GatedRequirement};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{
    Tone, breadcrumb, empty, folded, link, list, note, page, page_head, paragraph, requirement_links, row, section,
    table, table_body, tag, term_link,
};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// One gate, by the part of the address that names it.
pub fn gate_page(id: &str) -> View {
    let store = AssessmentStore::expect();
    let id = id.to_owned();
    let back = breadcrumb(vec![link(store.href(Page::Gates), "Gates")]);
    let content = follow(move || {
        let analysis = store.analysis.get();
        match analysis.gates.iter().find(|gate| id_of(gate) == id) {
            Some(gate) => one_gate(store, &analysis, gate),
            None => View::Many(vec![
                page_head("There is no such gate", ""),
                empty("Its framework is not in scope."),
            ]),
        }
    });
    page("page page-wide", vec![back, content])
}

fn one_gate(store: AssessmentStore, analysis: &Analysis, gate: &GateReadiness) -> View {
    let mut parts = vec![
        page_head(
            title_of(gate),
            format!("{} requirements clear.", wording::gate_count(&gate.count)),
        ),
        gate_bar(&gate.count).view(),
        blockers(store, gate),
        section(
            "How it is counted",
            vec![
                paragraph(wording::gate_asks(gate.gate)),
                paragraph(vec![wording::GATE_FORMULA.into(), " ".into(), term_link("interval")]),
                list(wording::gate_facts(gate).into_iter()),
            ],
        ),
        short_practices(store, analysis, gate),
        counted(store, gate),
    ];
    if gate.framework == crate::domain::FrameworkId::Iso27017 {
        parts.push(note(wording::CLOUD_SOURCE));
    }
    View::Many(parts)
}

const fn tone_of(clearance: Clearance) -> Tone {
    match clearance {
        Clearance::Clears => Tone::Good,
        Clearance::Open => Tone::Open,
        Clearance::Fails => Tone::Poor,
    }
}

/// The practices that do not clear, first those that fail, each with why.
fn short_practices(store: AssessmentStore, analysis: &Analysis, gate: &GateReadiness) -> View {
    let of = |wanted: Clearance| gate.practices.iter().filter(move |it| it.clearance == wanted);
    let rows: Vec<View> = of(Clearance::Fails)
        .chain(of(Clearance::Open))
        .map(|it| practice_row(store, analysis, gate, it))
        .collect();
    if rows.is_empty() {
        return section("Practices that do not clear", vec![paragraph("None.")]);
    }
    let heads = ["Practice", "At this gate", "Why", "Requirements"];
    let title = "Practices that do not clear, or are open";
    section(
        "Practices that do not clear",
        vec![table(
            "data-table dense",
            title.to_owned(),
            &heads,
            vec![table_body(rows)],
        )],
    )
}

fn practice_row(store: AssessmentStore, analysis: &Analysis, gate: &GateReadiness, it: &GatedPractice) -> View {
    let Some(practice) = CATALOGUE.practices.get(it.practice) else {
        return View::Many(Vec::new());
    };
    let needs = |at: &GatedRequirement| {
        let needed = analysis.ground.needed.get(at.requirement);
        needed.is_some_and(|needed| needed.contains(it.practice))
    };
    let requirements: Vec<usize> = gate
        .requirements
        .iter()
        .filter(|at| needs(at))
        .map(|at| at.requirement)
        .collect();
    row(
        link(store.href(Page::question(practice.id)), practice.title()),
        vec![
            tag(tone_of(it.clearance), wording::clearance(it.clearance)),
            wording::practice_shortfalls(&it.shortfalls).into(),
            requirement_links(store, &requirements),
        ],
    )
}

/// The requirements that are counted.
fn counted(store: AssessmentStore, gate: &GateReadiness) -> View {
    let rows = gate.requirements.iter().map(|it| {
        let requirement = CATALOGUE.requirements.get(it.requirement);
        let name = requirement.map(wording::requirement_name).unwrap_or_default();
        let head = requirement.map(|it| link(store.href(Page::requirement(it.id)), name));
        let answers = if it.by_answers == it.clearance {
            View::Many(Vec::new())
        } else {
            View::Many(vec![
                el("span").with("overridden; by the answers: ").view(),
                tag(tone_of(it.by_answers), wording::clearance(it.by_answers)),
            ])
        };
        row(
            head,
            vec![tag(tone_of(it.clearance), wording::clearance(it.clearance)), answers],
        )
    });
    let heads = ["Requirement", "At this gate", "Override"];
    let all = table(
        "data-table dense",
        "Requirements counted".to_owned(),
        &heads,
        vec![table_body(rows.collect())],
    );
    let summary = format!(
        "All {} that are counted",
        wording::requirements(gate.requirements.len())
    );
    section("Requirements", vec![folded(summary, all).view()])
}
