//! A register that people fill: its entries as a table, and one entry as a form.

mod evidence;
mod plan_action;
mod risk;
mod suppliers;

use evidence::{file_and_hash, proposal};
use leptos::prelude::{Effect, Get, RwSignal, Set, event_target_value, untrack};
use plan_action::gaps_of_action;

use suppliers::{known_suppliers, supplier_parts};
pub use suppliers::{practice_links, sheet_of_supplier};

use crate::analysis::{Freshness, is_old};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, EntryId, Field, FieldKind, FieldValue, Register, Sheet, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, breadcrumb, button, button_link, empty, field_id, head_cell, link, page, page_head, requirement_links,
    row, select_field, sheet_fields, table_body, table_with_heads, tag, tone_of_choice,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, words};
use crate::ui::platform;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What a register looks like: its columns after the name, its one sentence, and the groups of its form. A group is a
/// legend and how many fields it takes; the last takes what is left.
struct Look {
    columns: &'static [Field],
    lead: &'static str,
    groups: &'static [(&'static str, usize)],
}

const fn look(register: Register) -> Look {
    match register {
        Register::Supplier => Look {
            columns: &[
                Field::Services,
                Field::Kinds,
                Field::Sees,
                Field::Method,
                Field::Owner,
                Field::ReviewOn,
            ],
            lead: "Everybody outside who does a part of the work or sees what is protected. Answers that are inherited \
                   name a supplier from here.",
            groups: &[("Who", 3), ("What it does and sees", 4), ("Watching it", 3)],
        },
        Register::Report => Look {
            columns: &[
                Field::Type,
                Field::From,
                Field::To,
                Field::Opinion,
                Field::NamesService,
                Field::ReviewedOn,
            ],
            lead: "Certificates and reports of suppliers, as somebody has read them. An inherited answer stands on one \
                   of these.",
            groups: &[("What", 4), ("Period", 2), ("What it says", 3), ("How it was read", 5)],
        },
        Register::Evidence => Look {
            columns: &[
                Field::State,
                Field::Artefact,
                Field::Practices,
                Field::Owner,
                Field::Due,
                Field::To,
            ],
            lead: "What shows that a practice works, where it is and who has it. Concord keeps where a file is and its \
                   hash, never the file.",
            groups: &[
                ("What", 4),
                ("Where and who", 3),
                ("Period and sample", 4),
                ("How it was extracted", 5),
                ("File and hash", 5),
                ("Note", 1),
            ],
        },
        Register::Risk => Look {
            columns: &[
                Field::Owner,
                Field::Option,
                Field::Controls,
                Field::Due,
                Field::AcceptedBy,
            ],
            lead: "Risks to what is protected, their treatment, and who accepted what remains. From here comes the risk \
                   treatment plan.",
            groups: &[
                ("Risk", 3),
                ("Level before", 2),
                ("Treatment", 5),
                ("Level after and acceptance", 5),
            ],
        },
        Register::OwnControl => Look {
            columns: &[
                Field::Code,
                Field::Status,
                Field::Reasons,
                Field::Owner,
                Field::ReviewedOn,
            ],
            lead: "Controls that you need and that no framework here lists. They stand in the Statement of \
                   Applicability after Annex A.",
            groups: &[("Control", 3), ("How it stands", 5)],
        },
        Register::Document => Look {
            columns: &[
                Field::State,
                Field::Version,
                Field::ApprovedBy,
                Field::ReviewOn,
                Field::Controls,
                Field::Owner,
            ],
            lead: "Documents beyond those that a clause asks for.",
            groups: &[("Document", 5), ("Upkeep", 5)],
        },
        Register::PlanAction => Look {
            columns: &[
                Field::State,
                Field::Owner,
                Field::Effort,
                Field::From,
                Field::Due,
                Field::Practices,
            ],
            lead: "What will be done about the gaps, by whom and by when.",
            groups: &[("Action", 9), ("Cause and correction", 2), ("Effect", 5)],
        },
        Register::Operation
        | Register::SoaRow
        | Register::Override
        | Register::Description
        | Register::Raised
        | Register::Snapshot => Look {
            columns: &[],
            lead: "",
            groups: &[],
        },
    }
}

/// The field by which the entries of a register are told apart in the filter.
fn state_field(register: Register) -> Option<(Field, &'static str, &'static [Choice])> {
    let fields = [Field::State, Field::Status, Field::Type, Field::Option, Field::Method];
    fields.into_iter().find_map(|field| {
        let spec = register.field(field)?;
        if let FieldKind::Choice(choices) = spec.kind {
            Some((field, spec.label, choices))
        } else {
            None
        }
    })
}

const fn has_entries(register: Register) -> bool {
    !look(register).columns.is_empty()
}

/// The entries of a register.
pub fn register_page(register: Register) -> View {
    if !has_entries(register) {
        return nothing_here();
    }
    let store = AssessmentStore::expect();
    let typed = RwSignal::new(String::new());
    let query = move || store.query(&Page::Register(register, Query::default()));
    Effect::new(move |_| typed.set(query().get("q").to_owned()));
    let shown = move || {
        let (text, state) = (typed.get(), query().get("state").to_owned());
        store.with(|assessment| {
            let all = assessment.register(register);
            let entries = all.filter(|(key, _)| key.entry_id().is_some());
            let entries: Vec<(SheetKey, Sheet)> = entries.map(|(key, sheet)| (key, sheet.clone())).collect();
            let n_all = entries.len();
            let mut kept = entries;
            kept.retain(|(key, sheet)| {
                let is_state = state.is_empty()
                    || state_field(register)
                        .is_some_and(|(field, ..)| sheet.choice(field).map_or("", Choice::as_str) == state);
                is_state && contains(&wording::sheet_title(assessment, *key, sheet), sheet, text.trim())
            });
            (kept, n_all)
        })
    };
    let add = button(
        "button primary",
        format!("Add {}", wording::with_article(register.one())),
    )
    .attr("id", "add-entry")
    .on("click", act(move |_| store.add_entry(register, Sheet::default())));
    let table = follow(move || {
        let (entries, n_all) = shown();
        if entries.is_empty() {
            return empty(if n_all == 0 {
                "Nothing has been entered yet."
            } else {
                "Nothing matches these filters."
            });
        }
        let columns = look(register).columns.iter().filter_map(|field| register.field(*field));
        let mut heads = vec![head_cell("Name")];
        if register == Register::Risk {
            heads.extend(["Level before", "Level after"].map(head_cell));
        }
        heads.extend(columns.map(|spec| head_cell(spec.label)));
        let rows = entries.into_iter().map(|(key, sheet)| entry_row(store, key, &sheet));
        table_with_heads(
            "data-table dense",
            register.title().to_owned(),
            heads,
            vec![table_body(rows.collect())],
        )
    });
    let counted = follow(move || {
        let (entries, n_all) = shown();
        format!("{} of {}", entries.len(), wording::count(n_all, "entry", "entries"))
    });
    let mut parts = vec![
        breadcrumb(vec![link(store.href(Page::Registers), "Registers")]),
        page_head(register.title(), look(register).lead),
        el("div").class("actions").with(add).view(),
        filters(store, register, typed)
            .with(el("output").class("filter-count").with(counted))
            .view(),
        table,
    ];
    if register == Register::Supplier {
        parts.insert(3, known_suppliers(store));
    }
    if register == Register::Risk {
        parts.insert(2, risk::criteria(store));
        parts.push(risk::ready_risks(store));
    }
    page("page page-wide", parts)
}

fn filters(store: AssessmentStore, register: Register, typed: RwSignal<String>) -> Element {
    let query = move || store.query(&Page::Register(register, Query::default()));
    let set = move |name: &str, value: &str| {
        store.go(Page::Register(register, untrack(query).with(name, value)));
    };
    let keep = act(move |event| set("q", &event_target_value(&event)));
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("id", "filter-text")
        .attr("autocomplete", "off")
        .prop("value", words(move || typed.get()))
        .on("input", act(move |event| typed.set(event_target_value(&event))))
        .on("change", keep);
    let label = el("label").attr("for", "filter-text").with("Words");
    let state = state_field(register).map(|(_, label, choices)| {
        let mut all = vec![(String::new(), "All".to_owned())];
        all.extend(choices.iter().map(|it| (it.as_str().to_owned(), it.title().to_owned())));
        let value = move || query().get("state").to_owned();
        select_field("filter-state", label, all, value, move |value| set("state", &value))
    });
    el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(el("div").class("field").with(label).with(input))
        .with(state)
}

/// Whether the name or a text of a sheet contains some words.
fn contains(title: &str, sheet: &Sheet, words: &str) -> bool {
    let words = words.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&words);
    holds(title)
        || sheet.fields().any(|(_, value)| match value {
            FieldValue::Text(text) => holds(text),
            FieldValue::Date(_)
            | FieldValue::Count(_)
            | FieldValue::Choice(_)
            | FieldValue::Choices(_)
            | FieldValue::Practices(_)
            | FieldValue::Requirements(_)
            | FieldValue::Entries(_)
            | FieldValue::Dates(_) => false,
        })
}

fn entry_row(store: AssessmentStore, key: SheetKey, sheet: &Sheet) -> View {
    let columns = look(key.register).columns.iter();
    let columns = columns.filter_map(|field| key.register.field(*field));
    let (name, cells) = store.with(|assessment| {
        let cells = columns.map(|spec| match sheet.get(spec.field) {
            Some(FieldValue::Choice(choice)) => tag(tone_of_choice(*choice), choice.title()),
            Some(FieldValue::Requirements(set)) => {
                let positions = set.iter().filter_map(|id| CATALOGUE.requirement_index(*id));
                let mut positions: Vec<usize> = positions.collect();
                positions.sort_unstable();
                requirement_links(store, &positions)
            }
            Some(FieldValue::Practices(set)) if set.len() > 1 => wording::practices(set.len()).into(),
            Some(FieldValue::Date(date)) => el("span").class("day").with(date.to_string()).view(),
            _ => wording::field_text(&CATALOGUE, assessment, spec, sheet).into(),
        });
        (
            wording::sheet_title(assessment, key, sheet),
            cells.collect::<Vec<View>>(),
        )
    });
    let head = match key.entry_id() {
        Some(id) => link(store.href(Page::Entry(key.register, id)), name),
        None => name.into(),
    };
    let is_old = key.register == Register::Evidence && is_old(&CATALOGUE, sheet, store.analysis.get().date);
    let age = is_old.then(|| {
        el("span")
            .class("row-question")
            .with(wording::freshness(Freshness::Old))
    });
    let mut all: Vec<View> = risk::level_cells(store, key, sheet).into_iter().flatten().collect();
    all.extend(cells);
    row(View::Many(vec![head, age.into()]), all)
}

/// One entry of a register.
pub fn entry_page(register: Register, id: EntryId) -> View {
    let store = AssessmentStore::expect();
    let key = SheetKey::entry(register, id);
    let form = SheetForm::new(store, key);
    // Looked up once: emptying the last field of an entry on its page does not take the page away.
    let is_there = untrack(|| store.with(|it| it.sheets.contains_key(&key)));
    if !has_entries(register) || !(is_there || store.is_fresh(key)) {
        return nothing_here();
    }
    let first = register.fields().first().map(|spec| field_id(key, spec.field));
    let is_nameless = untrack(|| form.sheet.get()).text(Field::Title).is_empty();
    if store.is_fresh(key)
        && is_nameless
        && let Some(first) = first
    {
        // After the page has put the focus on its main part.
        platform::focus_soon(first);
    }
    let title = follow(move || store.with(|it| wording::sheet_title(it, key, &form.sheet.get())));
    let to_register = move || store.href(Page::Register(register, Query::default()));
    let trail = if register == Register::PlanAction {
        vec![link(store.href(Page::Plan(Query::default())), register.title())]
    } else {
        vec![
            link(store.href(Page::Registers), "Registers"),
            link(to_register(), register.title()),
        ]
    };
    let mut groups = Vec::new();
    let mut fields = register.fields();
    for (at, (legend, n)) in look(register).groups.iter().enumerate() {
        let is_last = at + 1 == look(register).groups.len();
        let n = if is_last { fields.len() } else { *n };
        let (group, rest) = fields.split_at(n.min(fields.len()));
        fields = rest;
        // The file of a piece of evidence is hashed by the page, not typed.
        if group.iter().any(|spec| spec.field == Field::Sha256) {
            groups.push(file_and_hash(form).view());
            continue;
        }
        let group = el("fieldset")
            .class("section")
            .with(el("legend").with(el("h2").with(*legend)))
            .all(sheet_fields(form, group));
        groups.push(group.view());
    }
    let delete = act(move |_| {
        let name = untrack(|| store.with(|it| wording::sheet_title(it, key, &form.sheet.get())));
        store.delete_sheet(key, &name);
        store.go(Page::Register(register, Query::default()));
    });
    let delete = button("button small danger", "Delete")
        .attr("id", "delete-entry")
        .on("click", delete);
    let mut parts = vec![breadcrumb(trail), page_head(title, "")];
    if register == Register::Evidence {
        parts.push(proposal(form));
    }
    if register == Register::Risk {
        parts.push(risk::level_line(form));
    }
    if register == Register::PlanAction {
        parts.push(gaps_of_action(store, id));
    }
    parts.append(&mut groups);
    if register == Register::Supplier {
        parts.extend(supplier_parts(store, id));
    }
    parts.push(el("p").class("actions").with(delete).view());
    parts.push(follow(move || pager(store, key)));
    page("page page-narrow", parts)
}

/// To the entries before and after.
fn pager(store: AssessmentStore, key: SheetKey) -> Element {
    let keys: Vec<SheetKey> = store.with(|it| {
        let entries = it.register(key.register).map(|(key, _)| key);
        entries.filter(|key| key.entry_id().is_some()).collect()
    });
    let href = |key: Option<&SheetKey>| {
        let key = key?;
        Some(store.href(Page::Entry(key.register, key.entry_id()?)))
    };
    let before = href(keys.iter().rev().find(|it| **it < key));
    let before = before.map(|href| button_link("button quiet pager-prev", href, "Previous").attr("rel", "prev"));
    let place = keys.iter().position(|it| *it == key);
    let place = place.map_or(String::new(), |at| format!("{} of {}", at + 1, keys.len()));
    let (after, words) = match href(keys.iter().find(|it| **it > key)) {
        Some(href) => (href, "Next"),
        None => (
            store.href(Page::Register(key.register, Query::default())),
            "All entries",
        ),
    };
    el("nav")
        .class("pager")
        .attr("aria-label", "Entries")
        .with(before)
        .with(el("span").class("pager-place").with(place))
        .with(button_link("button pager-next", after, words).attr("rel", "next"))
}

fn nothing_here() -> View {
    let store = AssessmentStore::expect();
    let onward = button_link("button primary", store.href(Page::Registers), "All registers");
    page(
        "page page-narrow",
        vec![
            page_head(
                "There is nothing here",
                "The entry was deleted, or the address names something that never was.",
            ),
            el("p").class("actions").with(onward).view(),
        ],
    )
}
