//! One row of the Statement of Applicability, and the form below it.

use leptos::prelude::{Get, Set, event_target_value};

use super::{N_COLUMNS, OPEN, Shared, UNKNOWN};
use crate::analysis::{Applicability, SoaRow, SoaSubject};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Choice, Decision, EntryId, Register, Requirement, SheetKey, SortedSet};
use crate::report::wording;
use crate::ui::components::{SheetForm, Tone, button_link, link, row_head, tag, tone_of_choice};
use crate::ui::element::el;
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::pages::requirement::{decision_form, row_fields};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// How many linked risks or pieces of evidence a row names.
const N_NAMED: usize = 3;

/// Whether a row fits the filters on decision and status.
pub(super) fn fits(row: &SoaRow, query: &Query) -> bool {
    let is_without_reason = matches!(&row.applicability, Applicability::Included { reasons } if reasons.is_empty());
    let applies = match query.get("applies") {
        "" => true,
        OPEN => row.applicability == Applicability::Undecided || is_without_reason,
        "no-reason" => is_without_reason,
        word => wording::applicable(&row.applicability) == word,
    };
    let status = match (query.get("status"), row.status()) {
        ("", _) => true,
        (UNKNOWN, status) => status.is_none() && !matches!(row.applicability, Applicability::Excluded { .. }),
        (word, status) => status.is_some_and(|it| it.as_str() == word),
    };
    applies && status
}

/// What a row says, beside the row of the analysis: names of what it is linked to.
#[derive(Clone, PartialEq)]
struct Said {
    row: SoaRow,
    risks: Vec<(EntryId, String)>,
    evidence: Vec<(EntryId, String)>,
}

/// A row with the form below it.
pub(super) fn soa_row_view(shared: Shared, subject: SoaSubject) -> View {
    let store = shared.store;
    let said = memo(move || {
        let rows = shared.rows.get();
        let row = rows.iter().find(|it| it.subject == subject)?.clone();
        let named = |register, ids: &[EntryId]| {
            store.with(|it| {
                let name = |id: &EntryId| {
                    let key = SheetKey::entry(register, *id);
                    (*id, wording::sheet_title(it, key, &it.sheet(key)))
                };
                ids.iter().map(name).collect::<Vec<_>>()
            })
        };
        Some(Said {
            risks: named(Register::Risk, &row.risks),
            evidence: named(Register::Evidence, &row.evidence),
            row,
        })
    });
    let requirement = match subject {
        SoaSubject::Requirement(position) => CATALOGUE.requirements.get(position),
        SoaSubject::Own(_) => None,
    };
    let key = requirement.map(|it| SheetKey::requirement(Register::SoaRow, it.id));
    let is_hidden = memo(move || {
        let query = shared.query.get();
        let is_open = key.is_some_and(|it| shared.open.is_open(it));
        !is_open && said.get().is_none_or(|it| !fits(&it.row, &query))
    });
    // Each cell follows what it says alone, so that a decision changes its own row and no other.
    let cell = move |say: fn(AssessmentStore, &Said) -> View| {
        el("td").with(follow(move || {
            said.get().map_or_else(|| View::Many(Vec::new()), |it| say(store, &it))
        }))
    };
    let (head, decision, edit) = match (requirement, key) {
        (Some(requirement), Some(key)) => (
            requirement_head(store, requirement),
            decision_cell(
                shared,
                requirement,
                key,
                memo(move || said.get().map(|it| chosen(&it.row))),
            ),
            shared.open.button(key, wording::requirement_id(requirement)),
        ),
        _ => own_cells(store, subject),
    };
    let row = el("tr")
        .attr("hidden", flag(move || is_hidden.get()))
        .with(row_head(head))
        .with(el("td").with(decision))
        .with(cell(why))
        .with(cell(status))
        .with(cell(|store, it| named(store, Register::Risk, &it.risks)))
        .with(cell(|store, it| named(store, Register::Evidence, &it.evidence)))
        .with(el("td").with(edit));
    let form = requirement.zip(key).map(|(requirement, key)| {
        shared
            .open
            .below(key, N_COLUMNS, move || row_form(shared, requirement, key))
    });
    View::Many(vec![row.view(), form.into()])
}

fn requirement_head(store: AssessmentStore, requirement: &'static Requirement) -> View {
    let id = link(
        store.href(Page::requirement(requirement.id)),
        wording::requirement_id(requirement),
    );
    View::Many(vec![
        id,
        el("span").class("row-question").with(requirement.title).view(),
    ])
}

/// A control of one's own is edited on its page.
fn own_cells(store: AssessmentStore, subject: SoaSubject) -> (View, View, View) {
    let SoaSubject::Own(id) = subject else {
        return (View::Many(Vec::new()), View::Many(Vec::new()), View::Many(Vec::new()));
    };
    let name = follow(move || store.with(|it| wording::entry_name(it, Register::OwnControl, id)));
    let edit = button_link(
        "button small",
        store.href(Page::Entry(Register::OwnControl, id)),
        "Edit",
    );
    (name, tag(Tone::Plain, "Applies"), edit.view())
}

/// The value of the list of decisions: what was decided on the row itself.
fn chosen(row: &SoaRow) -> &'static str {
    match &row.applicability {
        _ if row.follows.is_some() => "",
        Applicability::Undecided => "",
        Applicability::Included { .. } => "in",
        Applicability::Excluded { .. } => "out",
    }
}

fn decision_cell(
    shared: Shared,
    requirement: &'static Requirement,
    key: SheetKey,
    chosen: leptos::prelude::Memo<Option<&'static str>>,
) -> View {
    let choose = act(move |event| {
        shared.is_drafted.set(false);
        let decide = |decision| shared.store.dispatch(Action::SetDecision(requirement.id, decision));
        match event_target_value(&event).as_str() {
            "in" => {
                decide(Some(Decision::Included {
                    reasons: SortedSet::default(),
                }));
                shared.open.open(key);
            }
            "out" => {
                shared.is_drafted.set(true);
                shared.open.open(key);
            }
            _ => {
                decide(None);
            }
        }
    });
    let base = requirement
        .base
        .and_then(|it| CATALOGUE.requirements.get(usize::from(it)));
    let undecided = base.map_or_else(
        || "Not decided".to_owned(),
        |it| format!("As {}", wording::requirement_id(it)),
    );
    let mut select = el("select")
        .class("input input-cell")
        .attr(
            "aria-label",
            format!("{} applies", wording::requirement_id(requirement)),
        )
        .on("change", choose);
    for (value, words) in [
        ("", undecided),
        ("in", "Applies".to_owned()),
        ("out", "Excluded".to_owned()),
    ] {
        let is_chosen = flag(move || {
            let is_drafted = shared.is_drafted.get() && shared.open.is_open(key);
            let shown = if is_drafted {
                "out"
            } else {
                chosen.get().unwrap_or_default()
            };
            shown == value
        });
        select = select.with(
            el("option")
                .attr("value", value)
                .prop("selected", is_chosen)
                .with(words),
        );
    }
    select.view()
}

fn why(_: AssessmentStore, said: &Said) -> View {
    let followed = said.row.follows.and_then(|it| CATALOGUE.requirements.get(it));
    wording::soa_why(&said.row, followed).into()
}

fn status(store: AssessmentStore, said: &Said) -> View {
    let row = &said.row;
    if matches!(row.applicability, Applicability::Excluded { .. }) {
        return tag(Tone::Plain, "Excluded");
    }
    let shown = row.status().map_or_else(
        || tag(Tone::Open, "Not yet known"),
        |it| tag(tone_of_choice(it), it.title()),
    );
    let id = row
        .requirement()
        .and_then(|it| CATALOGUE.requirements.get(it))
        .map(|it| it.id);
    let note = id.and_then(|id| {
        let sheet = store.with(|it| it.sheet(SheetKey::requirement(Register::SoaRow, id)));
        wording::soa_status_note(row, &sheet)
    });
    let plan = row.planned_on.filter(|_| row.status() == Some(Choice::Planned));
    let lines = note
        .into_iter()
        .chain(plan.map(|it| format!("for {}", wording::date(it))));
    let lines = lines.map(|line| el("p").class("cell-note").with(line).view());
    let mut parts = vec![shown];
    parts.extend(lines);
    View::Many(parts)
}

fn named(store: AssessmentStore, register: Register, names: &[(EntryId, String)]) -> View {
    let mut list = el("ul").class("cell-list");
    for (id, name) in names.iter().take(N_NAMED) {
        list = list.with(el("li").with(link(store.href(Page::Entry(register, *id)), name.clone())));
    }
    let more = names.len().saturating_sub(N_NAMED);
    if more > 0 {
        list = list.with(el("li").with(format!("and {more} more")));
    }
    (!names.is_empty()).then_some(list).into()
}

fn row_form(shared: Shared, requirement: &'static Requirement, key: SheetKey) -> Vec<View> {
    let id = wording::requirement_id(requirement);
    vec![
        decision_form(requirement, format!("Decision on {id}"), shared.is_drafted),
        row_fields(SheetForm::new(shared.store, key), requirement).view(),
    ]
}
