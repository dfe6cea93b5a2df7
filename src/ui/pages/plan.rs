//! The remediation plan: how it stands, the capacity, and wave by wave the actions and what is proposed beside them.
//! Filters sit in the address.

mod choosing;
mod rows;

use std::sync::Arc;

use choosing::{Chosen, chosen_bar, plan_wave};
use leptos::prelude::*;
use rows::{Row, rows_of, table_of};

use crate::analysis::{ActionState, Analysis, Plan, Wave, action_state_title, plan};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, FrameworkId, Register, ScopeCount, Sheet, SortedSet};
use crate::report::wording;
use crate::ui::components::{
    actions, button, empty, folded, framed_field, framework_choices, link, number_control, page, page_head, paragraph,
    select_field,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// More proposals of a wave than these are folded away at first.
const UNFOLDED: usize = 40;

/// The plan with the analysis that it rests on.
#[derive(Clone, PartialEq)]
struct Planned {
    analysis: Arc<Analysis>,
    plan: Plan,
}

/// The remediation plan.
pub fn plan_page() -> View {
    let store = AssessmentStore::expect();
    let planned = memo(move || {
        let analysis = store.analysis.get();
        let plan = store.with(|it| plan(&CATALOGUE, it, &analysis));
        Arc::new(Planned { analysis, plan })
    });
    let chosen = Chosen::new();
    let finding = follow(move || wording::plan_finding(&planned.get().plan));
    let add = act(move |_| store.add_entry(Register::PlanAction, Sheet::default()));
    let add = button("button", "Add an action")
        .attr("id", "add-action")
        .on("click", add);
    let shown = follow(move || sections(store, chosen, &planned.get(), &query(store)));
    page(
        "page page-wide",
        vec![
            page_head("Remediation plan", finding),
            further(store),
            el("div")
                .class("plan-top")
                .with(capacity(store))
                .with(
                    el("div")
                        .with(paragraph(wording::WAVES))
                        .with(actions(vec![add.view()])),
                )
                .view(),
            filters(store, planned),
            shown,
            chosen_bar(store, chosen, planned),
        ],
    )
}

fn query(store: AssessmentStore) -> Query {
    store.query(&Page::Plan(Query::default()))
}

fn further(store: AssessmentStore) -> View {
    let links = [
        ("Roadmap", Page::Roadmap),
        ("What if", Page::WhatIf(Query::default())),
        ("Gap register", Page::Gaps(Query::default())),
        ("All actions", Page::Register(Register::PlanAction, Query::default())),
        ("Export", Page::Export),
    ];
    let links = links.map(|(words, page)| el("li").with(link(store.href(page), words)).view());
    el("ul").class("page-links").all(links.into()).view()
}

/// How much effort 30 days hold: a number of the scope that stands where it is used.
fn capacity(store: AssessmentStore) -> View {
    let kept = move || store.with(|it| it.scope.counts.get(&ScopeCount::Capacity).copied());
    let put = move |count| {
        store.dispatch(Action::SetCount(ScopeCount::Capacity, count));
    };
    let id = "plan-capacity".to_owned();
    let control = number_control(id.clone(), 10_000, kept, put);
    let unset = follow(move || match kept() {
        Some(_) => View::Many(Vec::new()),
        None => el("p").class("hint").with(wording::capacity_unset()).view(),
    });
    let field = framed_field(id, "Effort that 30 days hold", wording::CAPACITY_HINT, control);
    el("div").class("plan-capacity").with(field).with(unset).view()
}

fn filters(store: AssessmentStore, planned: Memo<Arc<Planned>>) -> View {
    let filter = move |id: &'static str, name: &'static str, label: &'static str, choices: Vec<(String, String)>| {
        let value = move || query(store).get(name).to_owned();
        let choose = move |value: String| store.go(Page::Plan(untrack(|| query(store)).with(name, &value)));
        select_field(id, label, choices, value, choose)
    };
    let all = |words: &str| vec![(String::new(), words.to_owned())];
    let frameworks = framework_choices();
    let mut states = all("All states");
    states.extend([("proposed", "Proposed"), ("overdue", "Overdue")].map(owned));
    states.extend(STATES.map(|(id, state)| owned((id, action_state_title(state)))));
    // Owners come and go with the actions, so their list follows.
    let owners = follow(move || {
        let mut choices = all("All owners");
        choices.push(owned((NOBODY, "Without an owner")));
        let planned = planned.get();
        let of_actions = planned.plan.actions.iter().map(|it| it.action.owner.clone());
        let gaps = planned
            .plan
            .proposals
            .iter()
            .filter_map(|it| planned.analysis.gaps.get(it.gap));
        let practices = gaps.filter_map(|gap| CATALOGUE.practices.get(gap.practice));
        let of_practices: Vec<String> =
            store.with(|it| practices.map(|practice| it.answer(practice.id).owner).collect());
        let names = of_actions.chain(of_practices).map(|it| it.trim().to_owned());
        let names: SortedSet<String> = names.filter(|it| !it.is_empty()).collect();
        choices.extend(names.iter().map(|name| (name.clone(), name.clone())));
        filter("filter-owner", "owner", "Owner", choices)
    });
    el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(filter("filter-framework", "framework", "Closes of", frameworks))
        .with(owners)
        .with(filter("filter-state", "state", "Status", states))
        .view()
}

fn owned((id, words): (&str, &str)) -> (String, String) {
    (id.to_owned(), words.to_owned())
}

/// The value in the address of what has no owner.
const NOBODY: &str = "-";
/// The states of actions, with their value in the address.
const STATES: [(&str, ActionState); 4] = [
    ("not-begun", ActionState::NotBegun),
    ("begun", ActionState::Begun),
    ("done", ActionState::Done),
    ("dropped", ActionState::Dropped),
];

/// Whether a row is what the filters ask for.
fn is_asked_for(row: &Row, query: &Query) -> bool {
    let framework = FrameworkId::parse(query.get("framework"));
    let touches = |id: FrameworkId| {
        let mut requirements = row.closes().iter().filter_map(|at| CATALOGUE.requirements.get(*at));
        requirements.any(|it| it.id.framework == id)
    };
    let is_owner = match query.get("owner") {
        "" => true,
        NOBODY => row.owner().trim().is_empty(),
        name => row.owner().trim() == name,
    };
    let is_state = match query.get("state") {
        "" => true,
        "proposed" => row.state().is_none(),
        "overdue" => row.is_overdue(),
        id => STATES
            .iter()
            .any(|(it, state)| *it == id && row.state() == Some(*state)),
    };
    framework.is_none_or(touches) && is_owner && is_state
}

/// What is overdue, the waves, and what stands in none.
fn sections(store: AssessmentStore, chosen: Chosen, planned: &Planned, query: &Query) -> View {
    let plan = &planned.plan;
    let kept = |mut rows: Vec<Row>| {
        rows.retain(|row| is_asked_for(row, query));
        rows
    };
    let actions = |title: &str, note: &'static str, actions: Vec<Row>| {
        let rows = kept(actions);
        (!rows.is_empty()).then(|| {
            let note = (!note.is_empty()).then(|| el("p").class("hint").with(note));
            el("section")
                .class("section plan-wave")
                .with(el("h2").with(format!("{title} ({})", rows.len())))
                .with(note)
                .with(table_of(store, chosen, planned, title, &rows))
                .view()
        })
    };
    let of = |list: Vec<_>| rows_of(store, planned, list, Vec::new());
    let mut parts = Vec::new();
    parts.extend(actions(
        "Overdue",
        "Finish these first, or agree on a later day.",
        of(plan.overdue().collect()),
    ));
    for wave in Wave::ALL {
        let rows = rows_of(
            store,
            planned,
            plan.in_wave(wave).collect(),
            plan.proposed_in(wave).collect(),
        );
        parts.extend(wave_section(store, chosen, planned, wave, &kept(rows)));
    }
    parts.extend(actions(
        "Without a due day",
        "They stand in no wave, and what comes after them does not wait. Give each a day.",
        of(plan.undated().collect()),
    ));
    let (yet_gap, done): (Vec<_>, Vec<_>) = plan
        .of_state(ActionState::Done)
        .partition(|planned| !planned.gaps.is_empty());
    parts.extend(actions(
        "Done, and still a gap",
        wording::DONE_ANSWERS_NOTHING,
        of(yet_gap),
    ));
    parts.extend(actions("Done", "", of(done)));
    parts.extend(actions(
        "Dropped",
        "",
        of(plan.of_state(ActionState::Dropped).collect()),
    ));
    if parts.is_empty() {
        let nothing = plan.n_gaps == 0 && plan.actions.is_empty();
        return empty(if nothing {
            "No gap has been found among the answers so far."
        } else {
            "Nothing of the plan matches these filters."
        });
    }
    View::Many(parts)
}

/// A wave: its effort, the way to plan all that is proposed for it, and its rows.
fn wave_section(store: AssessmentStore, chosen: Chosen, planned: &Planned, wave: Wave, rows: &[Row]) -> Option<View> {
    if rows.is_empty() {
        return None;
    }
    let proposed: Vec<usize> = rows.iter().filter_map(Row::gap).collect();
    let id = format!("wave-{}", wave.as_str());
    let name = wording::wave_name(wave, planned.plan.date);
    let all = (proposed.len() > 1).then(|| {
        let words = format!("Plan all {} of this wave", proposed.len());
        let plan_all = act(move |_| plan_wave(store, wave, &proposed));
        let plan_all = button("button small", words)
            .attr("id", format!("plan-{id}"))
            .on("click", plan_all);
        el("div").class("actions").with(plan_all)
    });
    let (shown, more) = rows.split_at(rows.len().min(UNFOLDED));
    let more = (!more.is_empty()).then(|| {
        let words = format!("{} more", more.len());
        folded(
            words,
            table_of(store, chosen, planned, &format!("{name}, further down"), more),
        )
    });
    let section: Element = el("section")
        .class("section plan-wave")
        .attr("id", id)
        .with(el("h2").with(name.clone()))
        .with(paragraph(wording::wave_effort(&planned.plan, &planned.analysis, wave)))
        .with(all)
        .with(table_of(store, chosen, planned, &name, shown))
        .with(more);
    Some(section.view())
}
