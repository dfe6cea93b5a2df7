//! The rows of the plan: an action, or a gap with the wave that it is proposed for.

use chrono::NaiveDate;
use leptos::prelude::event_target_checked;

use super::Planned;
use super::choosing::{Chosen, action_link_id, plan_one, together_button};
use crate::analysis::{ActionState, Gap, PlannedAction, Proposal};
use crate::catalogue::CATALOGUE;
use crate::domain::{Effort, Practice, Register, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    Tone, button, folded, grade_tone, head_cell, hidden_words, link, list, requirement_links, row_head, table_body,
    table_with_heads, tag,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// A row.
pub enum Row {
    /// An action, with its title.
    Action(Box<PlannedAction>, String),
    /// A gap that no open action covers, with the owner of its practice.
    Proposal(Box<Proposal>, Gap, String),
}

impl Row {
    /// The gap that it proposes to plan, by position.
    pub fn gap(&self) -> Option<usize> {
        match self {
            Self::Action(..) => None,
            Self::Proposal(proposal, ..) => Some(proposal.gap),
        }
    }

    /// The requirements that it brings forward, by position.
    pub fn closes(&self) -> &[usize] {
        match self {
            Self::Action(planned, _) => &planned.closes,
            Self::Proposal(_, gap, _) => &gap.closes,
        }
    }

    /// Who sees to it; may be blank.
    pub fn owner(&self) -> &str {
        match self {
            Self::Action(planned, _) => &planned.action.owner,
            Self::Proposal(_, _, owner) => owner,
        }
    }

    /// How far it is; none for a proposal.
    pub fn state(&self) -> Option<ActionState> {
        match self {
            Self::Action(planned, _) => Some(planned.action.state),
            Self::Proposal(..) => None,
        }
    }

    /// Whether it should have been done by now.
    pub fn is_overdue(&self) -> bool {
        match self {
            Self::Action(planned, _) => planned.is_overdue,
            Self::Proposal(..) => false,
        }
    }
}

/// The rows of some actions and proposals.
pub fn rows_of(
    store: AssessmentStore,
    planned: &Planned,
    actions: Vec<&PlannedAction>,
    proposals: Vec<&Proposal>,
) -> Vec<Row> {
    let titled = |it: &PlannedAction| {
        let key = SheetKey::entry(Register::PlanAction, it.action.id);
        let title = store.with(|assessment| wording::sheet_title(assessment, key, &assessment.sheet(key)));
        Row::Action(Box::new(it.clone()), title)
    };
    let mut rows: Vec<Row> = actions.into_iter().map(titled).collect();
    rows.extend(proposals.into_iter().filter_map(|it| {
        let gap = planned.analysis.gaps.get(it.gap)?;
        let practice = CATALOGUE.practices.get(gap.practice)?;
        let owner = store.with(|assessment| assessment.answer(practice.id).owner);
        Some(Row::Proposal(Box::new(it.clone()), gap.clone(), owner))
    }));
    rows
}

/// Rows as a table.
pub fn table_of(store: AssessmentStore, chosen: Chosen, planned: &Planned, name: &str, rows: &[Row]) -> View {
    let heads = ["Rank", "Action or gap", "Closes", "Effort", "Owner", "Due", "Status"];
    // Actions alone leave nothing to choose.
    let has_boxes = rows.iter().any(|row| row.gap().is_some());
    let heads = has_boxes.then_some("Choose").into_iter().chain(heads);
    let rows = rows.iter().filter_map(|row| match row {
        Row::Action(it, title) => Some(action_row(store, planned, it, title, has_boxes)),
        Row::Proposal(it, gap, owner) => proposal_row(store, chosen, planned, it, gap, owner),
    });
    table_with_heads(
        "data-table dense plan-table",
        name.to_owned(),
        heads.map(head_cell).collect(),
        vec![table_body(rows.collect())],
    )
}

fn cells(row: Element, cells: Vec<View>) -> View {
    cells
        .into_iter()
        .fold(row, |row, cell| row.with(el("td").with(cell)))
        .view()
}

fn rank_cell(at: Option<usize>) -> Element {
    let rank = at.map(|at| (at + 1).to_string()).unwrap_or_default();
    el("td").class("number").with(rank)
}

fn day(day: Option<NaiveDate>) -> View {
    let words = day.map(|it| it.to_string()).unwrap_or_default();
    el("span").class("day").with(words).view()
}

/// How many requirements of which framework, and the ids below.
fn closes_cell(store: AssessmentStore, positions: &[usize]) -> View {
    if positions.is_empty() {
        return View::from("No requirement needs it");
    }
    let counts = wording::counts_by_framework(&CATALOGUE, positions);
    folded(counts, requirement_links(store, positions)).view()
}

fn action_row(store: AssessmentStore, planned: &Planned, it: &PlannedAction, title: &str, has_boxes: bool) -> View {
    let action = &it.action;
    let name = el("a")
        .attr("id", action_link_id(action.id))
        .attr("href", store.href(Page::Entry(Register::PlanAction, action.id)))
        .with(title.to_owned());
    let practices = (action.practices.len() != 1 || it.gaps.is_empty()).then(|| note(wording::gaps_left(it)));
    let waits = store.with(|assessment| {
        let titles = wording::entry_titles(assessment, Register::PlanAction, it.waits_for.iter().copied());
        (!titles.is_empty()).then(|| note(format!("Waits for: {}", titles.join("; "))))
    });
    let after = it.gaps.iter().flat_map(|at| comes_after(planned, *at));
    let after: Vec<usize> = after.filter(|practice| !action.practices.contains(practice)).collect();
    let head = el("div")
        .with(name)
        .with(practices)
        .with(waits)
        .with((action.is_open()).then(|| after_note(store, &after)).flatten());
    let tone = match (action.state, it.is_overdue) {
        (ActionState::NotBegun | ActionState::Begun, true) => Tone::Poor,
        (ActionState::Done, _) if !it.gaps.is_empty() => Tone::Poor,
        (ActionState::NotBegun, _) => Tone::Open,
        (ActionState::Begun, _) => Tone::Fair,
        (ActionState::Done, _) => Tone::Good,
        (ActionState::Dropped, _) => Tone::Plain,
    };
    let row = el("tr")
        .with(has_boxes.then(|| el("td")))
        .with(rank_cell(it.gaps.first().copied()))
        .with(row_head(head));
    cells(
        row,
        vec![
            closes_cell(store, &it.closes),
            action.effort.map_or("", Effort::as_str).into(),
            action.owner.clone().into(),
            day(action.due),
            tag(tone, wording::action_status(it)),
        ],
    )
}

fn proposal_row(
    store: AssessmentStore,
    chosen: Chosen,
    planned: &Planned,
    it: &Proposal,
    gap: &Gap,
    owner: &str,
) -> Option<View> {
    let practice = CATALOGUE.practices.get(gap.practice)?;
    let (wave, at) = (it.wave, it.gap);
    let id = practice.id;
    let tick = act(move |event| chosen.set(id, event_target_checked(&event)));
    let tick = el("input")
        .attr("type", "checkbox")
        .attr("aria-label", format!("Choose {}", practice.title()))
        .prop("checked", flag(move || chosen.contains(id)))
        .on("change", tick);
    let grade = tag(grade_tone(gap.grade), gap.grade.title());
    let head = el("div")
        .with(link(store.href(Page::question(id)), practice.title()))
        .with(el("div").class("row-note").with(grade))
        .with(after_note(store, &it.after))
        .with(folded("Why it ranks here", list(why(planned, it, gap).into_iter())));
    let plan_it = button("button small", "Plan this")
        .attr("id", format!("plan-{id}"))
        .on("click", act(move |_| plan_one(store, wave, at)));
    let plan_it = plan_it.with(hidden_words(format!(": {}", practice.title())));
    let row = el("tr")
        .with(el("td").with(el("span").class("choice-box").with(tick)))
        .with(rank_cell(Some(at)))
        .with(row_head(head));
    let row = cells(
        row,
        vec![
            closes_cell(store, &gap.closes),
            practice.effort.as_str().into(),
            owner.to_owned().into(),
            "".into(),
            View::Many(vec![
                tag(Tone::Open, "Proposed"),
                plan_it.view(),
                together_button(store, chosen, id),
            ]),
        ],
    );
    Some(row)
}

/// Why it ranks where it does, and what sets its wave.
fn why(planned: &Planned, it: &Proposal, gap: &Gap) -> Vec<String> {
    let mut why = wording::ranking(&CATALOGUE, &gap.ranking);
    if let Some(next) = planned.analysis.gaps.get(it.gap + 1) {
        why.push(wording::precedence(&CATALOGUE, gap, next));
    }
    why.extend(it.held.map(|held| wording::held_back(&CATALOGUE, held)));
    why.extend(it.ahead_for.map(|practice| wording::ahead_for(&CATALOGUE, practice)));
    why
}

/// The practices that are gaps and that the practice of a gap comes after.
fn comes_after(planned: &Planned, gap: usize) -> Vec<usize> {
    let gaps = &planned.analysis.gaps;
    let Some(practice) = gaps.get(gap).map(|it| it.practice) else {
        return Vec::new();
    };
    let earlier = CATALOGUE
        .after
        .iter()
        .filter(|(later, _)| usize::from(*later) == practice);
    let earlier = earlier.map(|(_, earlier)| usize::from(*earlier));
    earlier
        .filter(|at| gaps.iter().any(|gap| gap.practice == *at))
        .collect()
}

fn note(words: String) -> Element {
    el("p").class("row-note").with(words)
}

/// What must be there before, as links.
fn after_note(store: AssessmentStore, practices: &[usize]) -> Option<Element> {
    let known = practices.iter().filter_map(|at| CATALOGUE.practices.get(*at));
    let named = |practice: &Practice| link(store.href(Page::question(practice.id)), practice.title());
    let mut links = known.map(named);
    let first = links.next()?;
    let note = el("p").class("row-note").with("Comes after: ").with(first);
    Some(links.fold(note, |note, link| note.with("; ").with(link)))
}
