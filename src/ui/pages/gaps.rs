//! The gap register with filters and orders. Both sit in the address, so that a view can be linked to.

use leptos::prelude::*;

use crate::analysis::{Gap, GapKind, Grade, Plan, lint, plan};
use crate::catalogue::CATALOGUE;
use crate::domain::{Facet, FrameworkId, Register, sort_by_rank};
use crate::report::wording;
use crate::ui::components::{
    button, empty, framework_choices, grade_tone, head_cell, link, page, page_head, requirement_links, row_head,
    select_field, table_body, table_with_heads, tag, term_link,
};
use crate::ui::element::{Act, Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The columns that can be sorted by, with their value in the address.
const ORDERS: [(&str, &str); 4] = [
    ("", "Rank"),
    ("practice", "Practice"),
    ("grade", "Potential grade"),
    ("effort", "Effort"),
];
const GRADES: [Grade; 5] = [
    Grade::PotentialMajor,
    Grade::PotentialMinor,
    Grade::PotentialDesignDeficiency,
    Grade::PotentialOperatingDeviation,
    Grade::Observation,
];

/// The gap register.
pub fn gaps_page() -> View {
    let store = AssessmentStore::expect();
    let query = move || store.query(&Page::Gaps(Query::default()));
    let filter = move |id: &'static str, name: &'static str, label: &'static str, choices: Vec<(String, String)>| {
        let value = move || query().get(name).to_owned();
        select_field(id, label, choices, value, move |value| set(store, name, &value))
    };
    let all = |words: &str| vec![(String::new(), words.to_owned())];
    let frameworks = framework_choices();
    let mut topics = all("All topics");
    topics.extend(
        CATALOGUE
            .topics
            .iter()
            .map(|it| (it.id.as_str().to_owned(), it.title.to_owned())),
    );
    let mut grades = all("All grades");
    grades.extend(GRADES.iter().map(|it| (it.title().to_owned(), it.title().to_owned())));
    let shown = move || selected(&store.analysis.get().gaps, &query());
    let counted = follow(move || {
        format!(
            "{} of {}",
            shown().len(),
            wording::count(store.analysis.get().gaps.len(), "gap", "gaps")
        )
    });
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(filter("filter-framework", "framework", "Framework", frameworks))
        .with(filter("filter-topic", "topic", "Topic", topics))
        .with(filter("filter-grade", "grade", "Potential grade", grades))
        .with(el("output").class("filter-count").with(counted));
    let register = follow(move || {
        let gaps = shown();
        if gaps.is_empty() {
            return empty(match store.analysis.get().gaps.is_empty() {
                true => "No gap has been found among the answers so far.",
                false => "No gap matches these filters.",
            });
        }
        let order = query().get("sort").to_owned();
        let mut heads: Vec<View> = Vec::new();
        for (value, title) in ORDERS {
            let is_current = order == value;
            let choose = act(move |_| set(store, "sort", value));
            heads.push(sorter(title, is_current, choose).view());
        }
        heads.extend(["What is there", "Closes", "First step", "Owner", "Planned"].map(head_cell));
        let analysis = store.analysis.get();
        let plan = store.with(|it| plan(&CATALOGUE, it, &analysis));
        let rows = gaps
            .iter()
            .enumerate()
            .map(|(index, gap)| {
                let position = analysis.gaps.iter().position(|it| it.practice == gap.practice);
                gap_row(store, index + 1, gap, planned(store, &plan, gap, position))
            })
            .collect();
        table_with_heads("data-table dense", "Gaps".to_owned(), heads, vec![table_body(rows)])
    });
    let lead = "A gap is a practice that is absent, partly there, or can't be shown. Grades are potential: grading is the \
                auditor's act.";
    let beside = follow(move || {
        let analysis = store.analysis.get();
        let n_faults = store.with(|it| lint(&CATALOGUE, it, &analysis).len());
        let findings = wording::count(
            analysis.findings.len(),
            "potential nonconformity",
            "potential nonconformities",
        );
        let faults = wording::count(n_faults, "fault found by lint", "faults found by lint");
        el("ul")
            .class("page-links")
            .with(el("li").with(link(store.href(Page::Findings), findings)))
            .with(el("li").with(link(store.href(Page::Lint), faults)))
            .with(el("li").with(link(store.href(Page::Plan(Query::default())), "Remediation plan")))
    });
    page(
        "page page-wide",
        vec![
            page_head("Gap register", vec![lead.into(), " ".into(), term_link("grade")]),
            beside,
            filters.view(),
            register,
        ],
    )
}

fn set(store: AssessmentStore, name: &str, value: &str) {
    store.go(Page::Gaps(
        untrack(|| store.query(&Page::Gaps(Query::default()))).with(name, value),
    ));
}

/// A header cell that sorts by its column.
fn sorter(title: &'static str, is_current: bool, choose: Act) -> Element {
    let order = if is_current { "ascending" } else { "none" };
    el("th")
        .attr("scope", "col")
        .attr("aria-sort", order)
        .with(button("sort", title).on("click", choose))
}

/// The gaps that match a query, in its order.
fn selected(gaps: &[Gap], query: &Query) -> Vec<Gap> {
    let framework = FrameworkId::parse(query.get("framework"));
    let practice = |gap: &Gap| CATALOGUE.practices.get(gap.practice);
    let touches = |gap: &Gap, id: FrameworkId| {
        let mut positions = gap.closes.iter().chain(std::iter::once(&gap.lead));
        positions.any(|position| {
            CATALOGUE
                .requirements
                .get(*position)
                .is_some_and(|it| it.id.framework == id)
        })
    };
    let is_selected = |gap: &&Gap| {
        framework.is_none_or(|id| touches(gap, id))
            && (query.get("topic").is_empty()
                || practice(gap).is_some_and(|it| it.topic.as_str() == query.get("topic")))
            && (query.get("grade").is_empty() || gap.grade.title() == query.get("grade"))
    };
    let mut selected: Vec<Gap> = gaps.iter().filter(is_selected).cloned().collect();
    match query.get("sort") {
        "practice" => {
            // A title's place is the number of titles before it: no other list of texts is sorted on the page.
            let titles: Vec<&str> = CATALOGUE.practices.iter().map(|it| it.title()).collect();
            sort_by_rank(&mut selected, |gap| {
                let title = practice(gap).map_or("", |it| it.title());
                titles.iter().filter(|it| **it < title).count() as u64
            });
        }
        "grade" => sort_by_rank(&mut selected, |gap| gap.grade as u64),
        "effort" => sort_by_rank(&mut selected, |gap| {
            practice(gap).map_or(0, |it| u64::from(it.effort.weight()))
        }),
        _ => {}
    }
    selected
}

fn kind_words(kind: &GapKind) -> String {
    match kind {
        GapKind::NotInPlace => "Not in place".to_owned(),
        GapKind::Partly => "Partly in place".to_owned(),
        GapKind::NotShown(facets) => {
            let names: Vec<&str> = facets.iter().copied().map(Facet::title).collect();
            format!("In place, can't be shown: {}", names.join(", ").to_ascii_lowercase())
        }
    }
}

/// The action that covers a gap with its day, its state and who sees to it, or the wave that is proposed for it.
fn planned(store: AssessmentStore, plan: &Plan, gap: &Gap, position: Option<usize>) -> View {
    if let Some(planned) = plan.action_for(gap.practice) {
        let action = &planned.action;
        let due = action
            .due
            .map_or_else(|| "without a due day".to_owned(), |due| due.to_string());
        let owner = match action.owner.trim() {
            "" => "nobody yet".to_owned(),
            owner => owner.to_owned(),
        };
        let name = link(
            store.href(Page::Entry(Register::PlanAction, action.id)),
            store.with(|it| wording::entry_titles(it, Register::PlanAction, std::iter::once(action.id)).concat()),
        );
        let words = format!("{}, {due}, {owner}", wording::action_status(planned));
        return View::Many(vec![name, el("p").class("row-note").with(words).view()]);
    }
    let proposal = position.and_then(|at| plan.proposal_for(at));
    match proposal {
        Some(proposal) => format!("Not planned. Proposed: {}", proposal.wave.title().to_lowercase()).into(),
        None => View::Many(Vec::new()),
    }
}

fn gap_row(store: AssessmentStore, rank: usize, gap: &Gap, planned: View) -> View {
    let Some(practice) = CATALOGUE.practices.get(gap.practice) else {
        return View::Many(Vec::new());
    };
    let owner = store.with(|assessment| assessment.answers.get(&practice.id).map(|answer| answer.owner.clone()));
    let lead = [gap.lead];
    let closes = if gap.closes.is_empty() { &lead[..] } else { &gap.closes };
    let cells = [
        tag(grade_tone(gap.grade), gap.grade.title()),
        practice.effort.as_str().into(),
        kind_words(&gap.kind).into(),
        requirement_links(store, closes),
        practice.fix().next().unwrap_or_default().into(),
        owner.unwrap_or_default().into(),
        planned,
    ];
    let head = link(store.href(Page::question(practice.id)), practice.title());
    let row = el("tr")
        .with(el("td").class("number").with(rank.to_string()))
        .with(row_head(head));
    cells
        .into_iter()
        .fold(row, |row, cell| row.with(el("td").with(cell)))
        .view()
}
