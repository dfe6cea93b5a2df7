//! What moved between two snapshots, or since one of them, and why. Both ends sit in the address.

use leptos::prelude::*;

use super::progress::{End, two_fields};
use super::register::practice_links;
use crate::analysis::{
    Comparison, Direction, Moment, PracticeChange, PracticeSet, PracticeState, Snapshot, compare, default_since,
    snapshots,
};
use crate::catalogue::CATALOGUE;
use crate::domain::EntryId;
use crate::report::wording;
use crate::ui::components::{
    breadcrumb, button_link, empty, folded, link, page, page_head, paragraph, row, section, standing_tone, table,
    table_body, tag,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What moved between two moments.
pub fn compare_page() -> View {
    let store = AssessmentStore::expect();
    let query = memo(move || store.query(&Page::Compare(Query::default())));
    let ends = move || (query.get().get("from").to_owned(), query.get().get("to").to_owned());
    let choose = move |end, value: String| {
        let name = match end {
            End::From => "from",
            End::To => "to",
        };
        store.go(Page::Compare(query.get_untracked().with(name, &value)));
    };
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(two_fields(store, ends, choose));
    let content = follow(move || content(store, &ends()));
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Progress), "Progress")]),
            page_head(
                "Compare",
                "What moved between two days, and why, as far as the records say.",
            ),
            filters.view(),
            content,
        ],
    )
}

/// The moments that the two ends name.
fn moments(all: &[Snapshot], today: &Moment, ends: &(String, String)) -> Result<(Moment, Moment), &'static str> {
    let named = |value: &str| {
        let found = all.iter().find(|it| Some(it.id) == EntryId::parse(value));
        let gone = "A snapshot that the address names is not there or can't be read. Choose another.";
        found.map(|it| it.moment.clone()).ok_or(gone)
    };
    let none =
        "There is no snapshot to compare with yet. Take one under Progress; from then on, what moves shows here.";
    let from = match ends.0.as_str() {
        "" => default_since(all, today.on).map(|it| it.moment.clone()).ok_or(none),
        value => named(value),
    };
    let to = match ends.1.as_str() {
        "" => Ok(today.clone()),
        value => named(value),
    };
    Ok((from?, to?))
}

fn content(store: AssessmentStore, ends: &(String, String)) -> View {
    let analysis = store.analysis.get();
    let comparison = store.with(|it| {
        let today = Moment::today(&CATALOGUE, it, &analysis);
        let (from, to) = moments(&snapshots(&CATALOGUE, it), &today, ends)?;
        Ok(compare(&CATALOGUE, it, &from, &to))
    });
    let comparison = match comparison {
        Ok(comparison) => comparison,
        Err(why) => {
            let onward = button_link("button primary", store.href(Page::Progress), "To the snapshots");
            return View::Many(vec![empty(why), el("p").class("actions").with(onward).view()]);
        }
    };
    let finding = el("p")
        .class("finding-line")
        .with(wording::comparison_finding(&comparison));
    let mut parts = vec![finding.view(), el("p").class("hint").with(wording::COMPARED).view()];
    parts.push(figures(&comparison));
    parts.extend(scope(&comparison));
    parts.extend(gaps(store, &comparison));
    parts.extend(
        Direction::ALL
            .into_iter()
            .filter_map(|it| moved(store, &comparison, it)),
    );
    View::Many(parts)
}

/// The gates and the frameworks, then and now.
fn figures(comparison: &Comparison) -> View {
    let cells = |then: String, now: String, moved: String| vec![then.into(), now.into(), moved.into()];
    let gates = comparison.gates.iter().map(|it| {
        let (then, now) = (
            wording::gate_then(it.then.as_ref()),
            wording::gate_then(it.now.as_ref()),
        );
        let name = wording::gate_name(&CATALOGUE, it.gate, it.framework);
        row(name, cells(then, now, wording::gate_moved(it)))
    });
    let frameworks = comparison.frameworks.iter().map(|it| {
        let then = wording::framework_then(it.then.as_ref());
        let now = wording::framework_then(it.now.as_ref());
        let name = wording::framework_name(&CATALOGUE, it.id);
        row(name, cells(then, now, wording::framework_moved(it)))
    });
    let (gates, frameworks): (Vec<View>, Vec<View>) = (gates.collect(), frameworks.collect());
    if gates.is_empty() && frameworks.is_empty() {
        return paragraph("No framework was in scope at either day.");
    }
    let table = |name: &'static str, head: &'static str, rows| {
        let heads = [head, "Then", "Now", "What moved"];
        table("data-table dense", name.to_owned(), &heads, vec![table_body(rows)])
    };
    section(
        "Gates and frameworks",
        vec![
            table("Gates: requirements that clear", "Gate", gates),
            table("Frameworks: requirements that are ready", "Framework", frameworks),
        ],
    )
}

fn scope(comparison: &Comparison) -> Option<View> {
    if comparison.scope.is_empty() {
        return None;
    }
    let rows = comparison.scope.iter().map(|it| {
        let (what, then, now) = wording::scope_change(&CATALOGUE, it);
        row(what, vec![then.into(), now.into()])
    });
    let heads = ["Part of the scope", "Then", "Now"];
    let name = "What changed of the scope".to_owned();
    let table = table("data-table dense", name, &heads, vec![table_body(rows.collect())]);
    Some(section("Scope", vec![table]))
}

fn gaps(store: AssessmentStore, comparison: &Comparison) -> Option<View> {
    let gaps = &comparison.gaps;
    let lists = [
        (&gaps.closed, "closed"),
        (&gaps.opened, "opened"),
        (&gaps.left, "left the scope unclosed"),
        (&gaps.entered, "came with the scope"),
    ];
    let lists = lists.iter().filter(|(practices, _)| !practices.is_empty());
    let lists: Vec<View> = lists
        .map(|(practices, word)| {
            let set: PracticeSet = practices.iter().copied().collect();
            let summary = format!("{} {word}", wording::count(set.len(), "gap", "gaps"));
            folded(summary, practice_links(store, &set)).view()
        })
        .collect();
    (!lists.is_empty()).then(|| section("Gaps", lists))
}

/// The practices that moved in a direction.
fn moved(store: AssessmentStore, comparison: &Comparison, direction: Direction) -> Option<View> {
    let rows: Vec<View> = comparison
        .towards(direction)
        .filter_map(|it| practice_row(store, it))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let title = format!("{}: {}", wording::direction(direction), wording::practices(rows.len()));
    let heads = ["Practice", "Then", "Now", "What moved", "Why"];
    let caption = format!("{}, from then to now", wording::direction(direction));
    let table = table("data-table dense moved", caption, &heads, vec![table_body(rows)]);
    Some(section(title, vec![table]))
}

fn practice_row(store: AssessmentStore, change: &PracticeChange) -> Option<View> {
    let practice = CATALOGUE.practices.get(change.practice)?;
    let why = store.with(|it| wording::reasons(&CATALOGUE, it, &change.why));
    Some(row(
        link(store.href(Page::question(practice.id)), practice.title()),
        vec![
            state(change.then.as_ref()),
            state(change.now.as_ref()),
            wording::all_moved(&change.moved).into(),
            why.into(),
        ],
    ))
}

fn state(state: Option<&PracticeState>) -> View {
    match state.filter(|it| it.is_asked) {
        None => wording::practice_state(state).into(),
        Some(state) => View::Many(vec![
            tag(standing_tone(state.standing), state.standing.title()),
            el("p")
                .class("cell-note")
                .with(wording::practice_state_rest(state))
                .view(),
        ]),
    }
}
