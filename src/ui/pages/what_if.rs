//! What chosen steps would bring at the gates. The choice sits in the address; the assessment is not touched.

use std::sync::Arc;

use leptos::prelude::{Get, Memo, untrack};

use super::gates::{gate_bar, id_of, place_of, title_of};
use crate::analysis::{Analysis, GateReadiness, Outcome, PlanAction, Stand, Step, Stride, WhatIf};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Assessment, Effort, Register, Sheet, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    actions, button, check_choice, empty, folded, head_cell, link, list, page, page_head, paragraph, row, select_field,
    table_body, table_with_heads,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::platform;
use crate::ui::route::{Page, Query};
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

/// How many practices are listed before the rest is folded away.
const N_FIRST: usize = 12;
/// The most steps that are asked for at once, and how many are asked for at first.
const MOST_STEPS: usize = 10;
const FIRST_STEPS: &str = "5";

/// One step that can be chosen.
#[derive(Clone, PartialEq)]
struct Line {
    step: Step,
    code: String,
    title: String,
    effort: Effort,
    /// The gates that it moves, by position.
    moves: Vec<usize>,
}

/// One open action of the plan.
#[derive(Clone, PartialEq)]
struct PlannedLine {
    action: PlanAction,
    steps: Vec<Step>,
}

/// All that can be chosen: changes with the assessment, not with the choice.
#[derive(Clone, Default, PartialEq)]
struct Offer {
    planned: Vec<PlannedLine>,
    practices: Vec<Line>,
    papers: Vec<Line>,
    /// What the gates are called in a word, and their part of the address.
    gates: Vec<(String, &'static str, String)>,
    before: Vec<Stand>,
}

/// What is chosen, and what it brings.
#[derive(Clone, PartialEq)]
struct Shown {
    chosen: Vec<Step>,
    outcome: Outcome,
    /// The suggestion that is the choice; empty if somebody chose by hand.
    strides: Vec<Stride>,
    titles: Vec<(String, Effort)>,
    /// The gate whose shortest way it is, by position.
    way_to: Option<usize>,
    /// The practices that no action of the plan has yet, as actions.
    plannable: Vec<Sheet>,
}

/// What the address asks for.
#[derive(Clone, PartialEq)]
struct Asked {
    with: String,
    way: String,
    most: String,
}

#[derive(Clone, Copy)]
struct Shared {
    store: AssessmentStore,
    offer: Memo<Arc<Offer>>,
    shown: Memo<Arc<Shown>>,
}

/// What chosen actions would bring at the gates.
pub fn what_if_page() -> View {
    let store = AssessmentStore::expect();
    let asked = memo(move || {
        let query = query(store);
        let text = |name| query.get(name).to_owned();
        Asked {
            with: text("with"),
            way: text("way"),
            most: text("most"),
        }
    });
    let shared = Shared {
        store,
        offer: memo(move || {
            let analysis = store.analysis.get();
            Arc::new(store.with(|it| offer(it, &analysis)))
        }),
        shown: memo(move || {
            let (analysis, asked) = (store.analysis.get(), asked.get());
            Arc::new(store.with(|it| shown(it, &analysis, &asked)))
        }),
    };
    let content = follow(move || {
        if store.analysis.get().gates.is_empty() {
            return empty("No framework is in scope, so there is no gate.");
        }
        untrack(|| body(shared))
    });
    page("page page-wide", vec![page_head("What if", wording::WHAT_IF), content])
}

fn query(store: AssessmentStore) -> Query {
    store.query(&Page::WhatIf(Query::default()))
}

fn go(store: AssessmentStore, change: impl FnOnce(Query) -> Query) {
    store.go(Page::WhatIf(change(untrack(|| query(store)))));
}

fn offer(assessment: &Assessment, analysis: &Analysis) -> Offer {
    let what_if = WhatIf::new(&CATALOGUE, assessment, analysis);
    let line = |(step, moves): (Step, Vec<usize>)| Line {
        step,
        code: what_if.code(step),
        title: wording::step(&CATALOGUE, &what_if, step),
        effort: what_if.effort(step),
        moves,
    };
    let lines: Vec<Line> = what_if.moves().into_iter().map(line).collect();
    let (mut practices, papers): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|it| it.step.practice().is_some());
    // Gaps first, in their rank; then what is not answered, in the order of the catalogue.
    let rank = |line: &Line| {
        let mut gaps = analysis.gaps.iter();
        let rank = gaps.position(|gap| line.step.practice() == Some(gap.practice));
        rank.unwrap_or(analysis.gaps.len()) as u64
    };
    crate::domain::sort_by_rank(&mut practices, rank);
    let planned = what_if.plan().map(|action| PlannedLine {
        steps: what_if.steps_of(action),
        action: action.clone(),
    });
    let gates = analysis.gates.iter();
    Offer {
        planned: planned.collect(),
        practices,
        papers,
        gates: gates
            .map(|it| (title_of(it), wording::short_gate(it.gate, it.framework), id_of(it)))
            .collect(),
        before: what_if.stands(),
    }
}

fn shown(assessment: &Assessment, analysis: &Analysis, asked: &Asked) -> Shown {
    let what_if = WhatIf::new(&CATALOGUE, assessment, analysis);
    let way_to = analysis.gates.iter().position(|it| id_of(it) == asked.way);
    let gate = way_to.and_then(|at| analysis.gates.get(at));
    let strides = match gate {
        Some(gate) => what_if.shortest_way(gate.gate, gate.framework),
        None => asked
            .most
            .parse()
            .map(|n: usize| what_if.most_for(n.min(MOST_STEPS)))
            .unwrap_or_default(),
    };
    let is_suggested = gate.is_some() || !asked.most.is_empty();
    let chosen = match is_suggested {
        true => strides.iter().map(|it| it.step).collect(),
        false => what_if.steps_named(&asked.with),
    };
    let titles = strides
        .iter()
        .map(|it| (wording::step(&CATALOGUE, &what_if, it.step), what_if.effort(it.step)));
    Shown {
        outcome: what_if.outcome(&chosen),
        titles: titles.collect(),
        plannable: chosen.iter().filter_map(|step| what_if.planned_as(*step)).collect(),
        strides,
        chosen,
        way_to,
    }
}

/// Chooses other steps.
fn choose(shared: Shared, change: impl FnOnce(&mut Vec<Step>)) {
    let mut chosen = untrack(|| shared.shown.get()).chosen.clone();
    change(&mut chosen);
    let codes = untrack(|| {
        let analysis = shared.store.analysis.get();
        shared
            .store
            .with(|it| WhatIf::new(&CATALOGUE, it, &analysis).codes(&chosen))
    });
    go(shared.store, |query| {
        query.with("with", &codes).with("way", "").with("most", "")
    });
}

fn body(shared: Shared) -> View {
    let said = follow(move || {
        let (offer, shown) = (shared.offer.get(), shared.shown.get());
        wording::choice_said(shown.chosen.len(), &offer.before, &shown.outcome)
    });
    let moved = el("section")
        .class("what-if-gates")
        .attr("aria-labelledby", "what-if-gates")
        .with(el("h2").attr("id", "what-if-gates").with("Gates, now and then"))
        .with(follow(move || buttons(shared)))
        .with(follow(move || gates(shared)))
        .with(el("output").class("visually-hidden").with(said));
    let steps = el("div")
        .class("what-if-steps")
        .with(suggestions(shared))
        .with(follow(move || suggestion(shared)))
        .with(choices(shared))
        .with(follow(move || time(shared)));
    el("div").class("what-if").with(moved).with(steps).view()
}

/// The gates with what the choice brings.
fn gates(shared: Shared) -> View {
    let (offer, shown) = (shared.offer.get(), shared.shown.get());
    let analysis = shared.store.analysis.get();
    let pairs = analysis
        .gates
        .iter()
        .zip(&shown.outcome.analysis.gates)
        .zip(&offer.gates);
    let rows = pairs.map(|((before, after), (title, ..))| moved_gate(shared.store, title, before, after).view());
    el("ul").class("moved-gates").all(rows.collect()).view()
}

fn moved_gate(store: AssessmentStore, title: &str, before: &GateReadiness, after: &GateReadiness) -> Element {
    let line = |word: &'static str, gate: &GateReadiness| {
        el("p")
            .class("moved-line")
            .with(el("span").class("moved-word").with(word))
            .with(gate_bar(&gate.count))
            .with(el("span").class("moved-count").with(wording::gate_count(&gate.count)))
    };
    let blocked = if after.blockers.is_empty() {
        el("p").class("moved-free").with("No blocker left.")
    } else {
        let reasons = after.blockers.iter().map(|it| {
            // A potential major of the copy may be none of the assessment: what is to be done stands in the list of steps.
            el("li")
                .with(link(store.href(place_of(it)), wording::blocker(it)))
                .view()
        });
        el("div")
            .class("moved-blocked")
            .with(el("p").with("Still blocked by"))
            .with(el("ul").all(reasons.collect()))
    };
    el("li")
        .class("moved-gate")
        .with(el("h3").with(title.to_owned()))
        .with(line("Now", before))
        .with(line("Then", after))
        .with(blocked)
}

fn buttons(shared: Shared) -> View {
    let shown = shared.shown.get();
    let store = shared.store;
    let n = shown.plannable.len();
    let put = button("button primary", wording::put_into_plan(n))
        .prop("disabled", n == 0)
        .on("click", act(move |_| put_into_plan(shared)));
    let clear = button("button", "Clear").prop("disabled", shown.chosen.is_empty()).on(
        "click",
        act(move |_| {
            go(store, |query| query.with("with", "").with("way", "").with("most", ""));
            platform::focus("what-if-way");
        }),
    );
    let n_chosen = paragraph(wording::n_chosen(shown.chosen.len()));
    View::Many(vec![n_chosen, actions(vec![put.view(), clear.view()])])
}

/// The chosen practices become actions of the plan, as one step that undo takes back.
fn put_into_plan(shared: Shared) {
    let sheets = untrack(|| shared.shown.get()).plannable.clone();
    let n = sheets.len();
    let put = sheets.into_iter().map(|sheet| {
        let key = SheetKey::entry(Register::PlanAction, platform::random_entry_id());
        Action::PutSheet(key, sheet)
    });
    let store = shared.store;
    if n > 0 && store.dispatch(Action::Together(put.collect())) {
        let open = Arc::new(move || store.go(Page::Plan(Query::default())));
        store
            .app()
            .notify_with_step(Gravity::Info, wording::now_in_plan(n), Some(("Open the plan", open)));
    }
}

/// The two suggestions.
fn suggestions(shared: Shared) -> View {
    let store = shared.store;
    let gates = untrack(|| shared.offer.get()).gates.clone();
    let first = gates.first().map(|(.., id)| id.clone()).unwrap_or_default();
    let of = move |name: &str, otherwise: &str| {
        let query = query(store);
        let value = query.get(name);
        if value.is_empty() {
            otherwise.to_owned()
        } else {
            value.to_owned()
        }
    };
    let to = {
        let first = first.clone();
        move || of("to", &first)
    };
    let names = gates.into_iter().map(|(title, _, id)| (id, title)).collect();
    let choose_gate = select_field("what-if-to", "Gate", names, to, move |value| {
        go(store, |query| query.with("to", &value));
    });
    let way = button("button", "Shortest way").attr("id", "what-if-way").on(
        "click",
        act(move |_| {
            let to = untrack(|| of("to", &first));
            go(store, |query| query.with("way", &to).with("most", "").with("with", ""));
        }),
    );
    let numbers = (1..=MOST_STEPS).map(|n| (n.to_string(), n.to_string())).collect();
    let choose_number = select_field(
        "what-if-n",
        "Steps",
        numbers,
        move || of("n", FIRST_STEPS),
        move |value| {
            go(store, |query| query.with("n", &value));
        },
    );
    let most = button(
        "button",
        follow(move || wording::most_for(of("n", FIRST_STEPS).parse().unwrap_or_default())),
    )
    .on(
        "click",
        act(move |_| {
            let n = untrack(|| of("n", FIRST_STEPS));
            go(store, |query| query.with("most", &n).with("way", "").with("with", ""));
        }),
    );
    el("form")
        .class("filters what-if-suggest")
        .attr("aria-label", "Suggestions")
        .on("submit", act(|event| event.prevent_default()))
        .with(choose_gate)
        .with(way)
        .with(choose_number)
        .with(most)
        .view()
}

/// The suggestion that is chosen, step by step; nothing if the choice was made by hand.
fn suggestion(shared: Shared) -> View {
    let (offer, shown) = (shared.offer.get(), shared.shown.get());
    if shown.strides.is_empty() {
        return View::Many(Vec::new());
    }
    let way_to = shown.way_to.and_then(|at| Some((at, offer.gates.get(at)?)));
    let (title, how) = match way_to {
        Some((_, (title, ..))) => (format!("Shortest way to {title}"), wording::SHORTEST_WAY),
        None => (wording::most_for(shown.strides.len()), wording::MOST_FOR),
    };
    let mut heads = vec![head_cell("Step"), head_cell("Effort"), head_cell("Brings")];
    if let Some((_, (_, short, _))) = way_to {
        heads.push(head_cell(format!("{short} then")));
    }
    let mut before = &offer.before;
    let mut rows = Vec::new();
    for (stride, (title, effort)) in shown.strides.iter().zip(&shown.titles) {
        let mut cells = vec![
            View::from(wording::step_effort(*effort)),
            wording::brings(before, &stride.stands).into(),
        ];
        if let Some(stand) = way_to.and_then(|(at, _)| stride.stands.get(at)) {
            cells.push(wording::stand(stand).into());
        }
        rows.push(row(title.clone(), cells));
        before = &stride.stands;
    }
    el("section")
        .class("section")
        .attr("aria-labelledby", "what-if-suggestion")
        .with(el("h2").attr("id", "what-if-suggestion").with(title.clone()))
        .with(paragraph(how))
        .with(table_with_heads(
            "data-table dense what-if-strides",
            "The steps, in order".to_owned(),
            heads,
            vec![table_body(rows)],
        ))
        .view()
}

/// All that can be chosen.
fn choices(shared: Shared) -> View {
    let store = shared.store;
    let filter = follow(move || {
        let mut gates = vec![(String::new(), "All gates".to_owned())];
        gates.extend(
            shared
                .offer
                .get()
                .gates
                .iter()
                .map(|(title, _, id)| (id.clone(), title.clone())),
        );
        let value = move || query(store).get("gate").to_owned();
        select_field("filter-gate", "Steps that move", gates, value, move |value| {
            go(store, |query| query.with("gate", &value));
        })
    });
    let filters = el("form")
        .class("filters")
        .attr("aria-label", "Filter")
        .on("submit", act(|event| event.prevent_default()))
        .with(filter);
    // Not the choice itself: ticking a box builds no list anew.
    let gate = memo(move || query(store).get("gate").to_owned());
    let lists = follow(move || {
        let (offer, gate) = (shared.offer.get(), gate.get());
        let wanted = offer.gates.iter().position(|(.., id)| *id == gate);
        lists(shared, &offer, wanted)
    });
    el("section")
        .class("section")
        .attr("aria-labelledby", "what-if-steps")
        .with(el("h2").attr("id", "what-if-steps").with("Steps"))
        .with(paragraph(wording::WHAT_IF_PRACTICE))
        .with(filters)
        .with(lists)
        .view()
}

fn lists(shared: Shared, offer: &Offer, wanted: Option<usize>) -> View {
    let is_wanted = |line: &&Line| wanted.is_none_or(|gate| line.moves.contains(&gate));
    let lines = |lines: &[Line]| -> Vec<View> {
        let lines = lines.iter().filter(is_wanted);
        lines.map(|line| step_box(shared, offer, line).view()).collect()
    };
    // What it puts in place is there already, or moves other gates only.
    let moves = |planned: &&PlannedLine| {
        let mut wanted = offer.practices.iter().filter(is_wanted);
        wanted.any(|line| planned.steps.contains(&line.step))
    };
    let planned = offer.planned.iter().filter(moves);
    let planned: Vec<View> = planned.map(|it| action_box(shared, it).view()).collect();
    let mut practices = lines(&offer.practices);
    let rest = practices.split_off(practices.len().min(N_FIRST));
    let folded_away: Vec<Step> = offer
        .practices
        .iter()
        .filter(is_wanted)
        .skip(N_FIRST)
        .map(|it| it.step)
        .collect();
    let papers = lines(&offer.papers);
    let mut parts = vec![
        group("Planned actions", planned, "No open action of the plan moves a gate."),
        group("Top gaps", practices, "No practice is missing here."),
    ];
    if !rest.is_empty() {
        let more = follow(move || {
            let chosen = &shared.shown.get().chosen;
            let n_chosen = folded_away.iter().filter(|it| chosen.contains(it)).count();
            wording::more_practices(folded_away.len(), n_chosen)
        });
        parts.push(folded(more, el("div").class("choices").all(rest)).view());
    }
    parts.push(group("Papers and decisions", papers, "No paper is missing here."));
    View::Many(parts)
}

fn group(title: &'static str, boxes: Vec<View>, none: &'static str) -> View {
    let set = el("fieldset")
        .class("choices what-if-group")
        .with(el("legend").with(title));
    if boxes.is_empty() {
        set.with(el("p").class("hint").with(none)).view()
    } else {
        set.all(boxes).view()
    }
}

fn step_box(shared: Shared, offer: &Offer, line: &Line) -> Element {
    let step = line.step;
    let is_ticked = flag(move || shared.shown.get().chosen.contains(&step));
    let tick = move |is_ticked: bool| {
        choose(shared, |chosen| {
            chosen.retain(|it| *it != step);
            chosen.extend(is_ticked.then_some(step));
        });
    };
    let moves: Vec<&str> = line
        .moves
        .iter()
        .filter_map(|at| offer.gates.get(*at))
        .map(|(_, short, _)| *short)
        .collect();
    let facts = wording::step_facts(line.effort, &moves);
    check_choice(
        "choice",
        format!("step-{}", line.code),
        "",
        line.title.clone(),
        is_ticked,
        tick,
    )
    .with(el("p").class("choice-hint").with(facts))
}

fn action_box(shared: Shared, planned: &PlannedLine) -> Element {
    let (steps, ticked) = (planned.steps.clone(), planned.steps.clone());
    let is_ticked = flag(move || {
        let shown = shared.shown.get();
        !ticked.is_empty() && ticked.iter().all(|it| shown.chosen.contains(it))
    });
    let tick = move |is_ticked: bool| {
        choose(shared, |chosen| {
            chosen.retain(|it| !steps.contains(it));
            if is_ticked {
                chosen.extend(steps.iter().copied());
            }
        });
    };
    let facts = wording::planned_facts(&planned.action, planned.steps.len());
    let id = format!("action-{}", planned.action.id);
    check_choice(
        "choice",
        id,
        "",
        wording::action_title(&planned.action),
        is_ticked,
        tick,
    )
    .with(el("p").class("choice-hint").with(facts))
}

/// What only time can give.
fn time(shared: Shared) -> View {
    let shown = shared.shown.get();
    let Outcome { earliest, holes, .. } = &shown.outcome;
    let mut parts = vec![paragraph(wording::ONLY_TIME)];
    if shown.chosen.is_empty() {
        parts.push(paragraph("Choose steps to see the earliest dates."));
    } else {
        parts.push(list(
            earliest
                .iter()
                .map(|it| wording::earliest(&CATALOGUE, it, &shown.outcome.analysis.gates)),
        ));
    }
    if !holes.is_empty() {
        parts.push(
            el("h3")
                .with("Holes of the past that stay in the present window")
                .view(),
        );
        parts.push(list(holes.iter().map(|it| wording::hole(&CATALOGUE, it))));
    }
    parts.push(el("p").class("hint").with(wording::EARLIEST_RULE).view());
    el("section")
        .class("section")
        .attr("aria-labelledby", "what-if-time")
        .with(el("h2").attr("id", "what-if-time").with("What only time can give"))
        .all(parts)
        .view()
}
