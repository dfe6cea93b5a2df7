//! The practices behind a figure: what they are chosen by, each part of which can be taken out, and the practices.

use leptos::prelude::Get;

use crate::analysis::{Analysis, Gap, PlanAction, PracticeFilter, plan_actions};
use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, Practice, Register};
use crate::report::wording;
use crate::ui::components::{
    empty, grade_tone, hidden_words, link, notice, page, page_head, paragraph, row, standing_tone, table, table_body,
    tag,
};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::practice_query::{filter_from_query, query_from_filter};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

const HEADS: [&str; 7] = [
    "Practice",
    "Standing",
    "What could be shown",
    "Rests on",
    "Owner",
    "Gap",
    "Action",
];

/// The practices behind a figure.
pub fn practices_page() -> View {
    let store = AssessmentStore::expect();
    let content = follow(move || {
        let analysis = store.analysis.get();
        let (filter, unknown) = filter_from_query(&store.query(&Page::Practices(Query::default())));
        store.with(|assessment| chosen(store, assessment, &analysis, &filter, &unknown))
    });
    page("page page-wide", vec![content])
}

fn chosen(
    store: AssessmentStore,
    assessment: &Assessment,
    analysis: &Analysis,
    filter: &PracticeFilter,
    unknown: &[String],
) -> View {
    let positions = filter.matching(&CATALOGUE, assessment, analysis);
    let shown = wording::practices_shown(positions.len(), analysis.ground.asked.len());
    let mut parts = vec![
        page_head("Practices", format!("{shown} that are asked.")),
        filter_chips(store, filter),
    ];
    if !unknown.is_empty() {
        let words = format!("Not known, and left out of the choice: {}.", unknown.join(", "));
        parts.push(notice("warn", words).view());
    }
    parts.extend(
        wording::counts_requirements(&CATALOGUE, analysis, filter)
            .into_iter()
            .map(paragraph),
    );
    if positions.is_empty() {
        parts.push(empty("No practice matches. Take a part of the choice out to see more."));
        return View::Many(parts);
    }
    let actions = plan_actions(&CATALOGUE, assessment);
    let rows = positions.iter().filter_map(|position| {
        let practice = CATALOGUE.practices.get(*position)?;
        let gap = analysis.gaps.iter().find(|gap| gap.practice == *position);
        let actions = actions
            .iter()
            .filter(|it| it.is_open() && it.practices.contains(position));
        Some(practice_row(store, assessment, practice, gap, actions.collect()))
    });
    let rows = table_body(rows.collect());
    parts.push(table(
        "data-table dense practices",
        "Practices".to_owned(),
        &HEADS,
        vec![rows],
    ));
    View::Many(parts)
}

/// What the practices are chosen by, each part with the way to take it out.
fn filter_chips(store: AssessmentStore, filter: &PracticeFilter) -> View {
    let parts = filter.parts();
    if parts.is_empty() {
        return paragraph("Chosen by nothing: all practices that are asked.");
    }
    let chips = parts.into_iter().map(|part| {
        let words = wording::filter_part(&CATALOGUE, filter, part);
        let without = store.href(Page::Practices(query_from_filter(&filter.without(part))));
        let out = el("a")
            .class("chip-remove")
            .attr("href", without)
            .with(hidden_words(format!("Take out: {words}")))
            .with(el("span").attr("aria-hidden", "true").with("×"));
        el("li")
            .with(el("span").class("chip").with(el("span").with(words)).with(out))
            .view()
    });
    el("div")
        .class("chosen")
        .with(el("p").attr("id", "chosen-by").with("Chosen by"))
        .with(
            el("ul")
                .class("chips")
                .attr("aria-labelledby", "chosen-by")
                .all(chips.collect()),
        )
        .view()
}

fn practice_row(
    store: AssessmentStore,
    assessment: &Assessment,
    practice: &'static Practice,
    gap: Option<&Gap>,
    actions: Vec<&PlanAction>,
) -> View {
    let answer = assessment.answer(practice.id);
    let standing = answer.standing.kind();
    let planned = actions.into_iter().map(|action| {
        let title = wording::action_with_due(action);
        let to = link(store.href(Page::Entry(Register::PlanAction, action.id)), title);
        el("li").with(to).view()
    });
    let planned: Vec<View> = planned.collect();
    let planned = (!planned.is_empty()).then(|| el("ul").class("cell-list").all(planned));
    row(
        link(store.href(Page::question(practice.id)), practice.title()),
        vec![
            tag(standing_tone(standing), standing.title()),
            wording::facets_said(practice, &answer).into(),
            wording::basis_said(&answer).into(),
            answer.owner.into(),
            gap.map(|gap| tag(grade_tone(gap.grade), gap.grade.title())).into(),
            planned.into(),
        ],
    )
}
