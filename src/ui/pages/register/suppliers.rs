//! What the supplier register has beside form and table: names to begin with, and on the page of a supplier its reports,
//! what it does and what stays one's own.

use leptos::prelude::{Get, GetUntracked, RwSignal, Set};

use crate::analysis::{PracticeSet, SupplierShare, Window, supplier_assurance, supplier_share};
use crate::catalogue::CATALOGUE;
use crate::domain::{
    Choice, EntryId, Field, FieldValue, KnownSupplier, Register, SUPPLIER_NAMES, Sheet, SheetKey, is_same_name,
};
use crate::report::wording;
use crate::ui::components::{
    Tone, button, empty, folded, link, list, notice, paragraph, row, section, select_field, standing_tone, table,
    table_body, tag, tone_of_choice,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The sheet of a supplier with its name, and with its kinds if the name is known.
pub fn sheet_of_supplier(name: &str) -> Sheet {
    let sheet = Sheet::default().with_text(Field::Title, name.trim());
    let known = SUPPLIER_NAMES.iter().find(|it| is_same_name(it.name, name));
    match known {
        Some(known) => sheet.with(Field::Kinds, FieldValue::Choices(known.kinds.iter().copied().collect())),
        None => sheet,
    }
}

/// Names to begin with: those that are not in the register yet.
pub(super) fn known_suppliers(store: AssessmentStore) -> View {
    let chosen = RwSignal::new(String::new());
    let is_new = move |it: &&KnownSupplier| {
        store.with(|assessment| {
            let mut suppliers = assessment.register(Register::Supplier);
            !suppliers.any(|(_, sheet)| is_same_name(sheet.text(Field::Title), it.name))
        })
    };
    let kinds = |it: &KnownSupplier| it.kinds.iter().map(|it| it.title()).collect::<Vec<_>>().join(", ");
    let field = follow(move || {
        let mut names = vec![(String::new(), "Choose a name".to_owned())];
        let known = SUPPLIER_NAMES.iter().filter(is_new);
        names.extend(known.map(|it| {
            (
                it.name.to_owned(),
                format!("{} ({})", it.name, kinds(it).to_lowercase()),
            )
        }));
        select_field(
            "known-supplier",
            "Or begin with one of these",
            names,
            move || chosen.get(),
            move |name| chosen.set(name),
        )
    });
    let add = button("button", "Add it").on(
        "click",
        act(move |_| {
            let name = chosen.get_untracked();
            if !name.is_empty() {
                store.add_entry(Register::Supplier, sheet_of_supplier(&name));
            }
        }),
    );
    let hint = "Names and kinds only. What a supplier's reports say you enter from the report, with the day on which you \
                saw it.";
    el("div")
        .class("known")
        .with(el("div").class("pick").with(field).with(add))
        .with(el("p").class("hint").with(hint))
        .view()
}

/// What the page of a supplier shows below its form.
pub(super) fn supplier_parts(store: AssessmentStore, id: EntryId) -> Vec<View> {
    let share = move || {
        let analysis = store.analysis.get();
        store.with(|it| supplier_share(&CATALOGUE, it, &analysis.ground, id))
    };
    vec![
        follow(move || reports(store, id)),
        follow(move || what_it_does(store, &share())),
    ]
}

/// Its reports, what they carry, and the way to a new one.
fn reports(store: AssessmentStore, id: EntryId) -> View {
    let heads = ["Report", "Scope", "Period", "Opinion", "Seen on"];
    let rows = store.with(|assessment| {
        let reports = crate::analysis::reports_of(assessment, id).into_iter();
        let rows = reports.map(|report| {
            let sheet = assessment.sheet(SheetKey::entry(Register::Report, report));
            report_row(store, report, &sheet)
        });
        rows.collect::<Vec<View>>()
    });
    let add = button("button", "Add a report").attr("id", "add-report").on(
        "click",
        act(move |_| {
            let supplier = FieldValue::Entries([id].into_iter().collect());
            store.add_entry(Register::Report, Sheet::default().with(Field::Supplier, supplier));
        }),
    );
    let shown = if rows.is_empty() {
        empty("No report or certificate has been entered. Until one is reviewed, what is inherited stands on nothing.")
    } else {
        let name = "Assurance reports of this supplier".to_owned();
        table("data-table", name, &heads, vec![table_body(rows)])
    };
    let add = el("p").class("actions").with(add).view();
    section("Assurance", vec![carried(store, id), shown, add])
}

/// What the reports carry, for what is inherited from the supplier.
fn carried(store: AssessmentStore, id: EntryId) -> View {
    let date = store.analysis.get().date;
    let said = store.with(|assessment| {
        let window = Window::of(&assessment.scope);
        let carried = supplier_assurance(&CATALOGUE, assessment, id, window, date)?;
        Some(wording::assurance(&carried, window.is_some()))
    });
    let said = said.map(|it| el("div").class("apart").with(list(it.into_iter().map(str::to_owned))));
    said.into()
}

fn report_row(store: AssessmentStore, id: EntryId, sheet: &Sheet) -> View {
    let kind = sheet.choice(Field::Type);
    // Certificates, tests and answers to questions have no opinion.
    let has_opinion = kind.is_none_or(|it| matches!(it, Choice::Soc2Type1 | Choice::Soc2Type2));
    let opinion = match sheet.choice(Field::Opinion) {
        Some(choice) => tag(tone_of_choice(choice), choice.title()),
        None if has_opinion => tag(Tone::Open, "Not said"),
        None => "None".into(),
    };
    let day = |field: Field| {
        let day = sheet.date(field).map_or("…".to_owned(), |it| it.to_string());
        el("span").class("day").with(day)
    };
    let period = match (sheet.date(Field::From), sheet.date(Field::To)) {
        (None, None) => "Not said".into(),
        (Some(_), _) | (_, Some(_)) => View::Many(vec![day(Field::From).view(), " to ".into(), day(Field::To).view()]),
    };
    let name = kind.map_or("Report", Choice::title);
    let seen = match (sheet.date(Field::ReviewedOn), sheet.text(Field::By).trim()) {
        (None, _) => tag(Tone::Poor, "Not reviewed"),
        (Some(_), "") => View::Many(vec![
            day(Field::ReviewedOn).view(),
            " ".into(),
            tag(Tone::Poor, "By whom is not said"),
        ]),
        (Some(_), _) => day(Field::ReviewedOn).view(),
    };
    let names = match sheet.choice(Field::NamesService) {
        Some(Choice::Yes) => tag(Tone::Good, "Names the service"),
        Some(_) => tag(Tone::Poor, "Another service"),
        None => tag(Tone::Open, "Service not checked"),
    };
    let scope = sheet.text(Field::Services).to_owned();
    row(
        link(store.href(Page::Entry(Register::Report, id)), name),
        vec![
            el("div").with(paragraph(scope)).with(names).view(),
            period,
            opinion,
            seen,
        ],
    )
}

/// What can be inherited from it, what is, and what stays one's own.
fn what_it_does(store: AssessmentStore, share: &SupplierShare) -> View {
    let unfit = (!share.unfit.is_empty()).then(|| {
        let words = "These answers are inherited from it, though none of its kinds does them:";
        el("div")
            .with(notice("warn", words))
            .with(practice_links(store, &share.unfit))
    });
    let scanning = (!share.own_scanning.is_empty()).then(|| {
        let words = "These stay yours: only scanning that the vendor runs on its own systems can be inherited.";
        el("div")
            .class("apart")
            .with(notice("info", words))
            .with(practice_links(store, &share.own_scanning))
    });
    let block = |title: &'static str, none: &'static str, set: &PracticeSet| {
        let shown = if set.is_empty() {
            paragraph(none)
        } else {
            practice_links(store, set)
        };
        el("div").with(el("h3").with(title)).with(shown)
    };
    let columns = el("div")
        .class("two-columns")
        .with(block(
            "Can be inherited from it",
            "Nothing in this scope. Its kinds decide what it can do for you.",
            &share.offers,
        ))
        .with(block(
            "Stays yours all the same",
            "Nothing beyond watching the supplier, which is never inherited.",
            &share.keeps,
        ));
    section(
        "What it does for you",
        vec![
            paragraph(wording::supplier_share(share)),
            scanning.into(),
            unfit.into(),
            columns.view(),
        ],
    )
}

/// How many practices are listed before the rest is folded away.
const N_SHOWN: usize = 12;

/// Links to the questions of some practices, each with its standing.
pub fn practice_links(store: AssessmentStore, set: &PracticeSet) -> View {
    let shown = |positions: &[usize]| {
        let practices = positions.iter().filter_map(|at| CATALOGUE.practices.get(*at));
        practices.fold(el("ul").class("practice-list"), |list: Element, practice| {
            let kind = store.with(|it| it.standing_kind(practice.id));
            let name = link(store.href(Page::question(practice.id)), practice.title());
            list.with(
                el("li")
                    .with(name)
                    .with(" ")
                    .with(tag(standing_tone(kind), kind.title())),
            )
        })
    };
    let positions: Vec<usize> = set.iter().collect();
    let (first, rest) = positions.split_at(positions.len().min(N_SHOWN));
    let more = (!rest.is_empty()).then(|| folded(format!("{} more", rest.len()), shown(rest)));
    View::Many(vec![shown(first).view(), more.into()])
}
