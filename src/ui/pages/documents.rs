//! The register of documented information: what clauses 4 to 10 of ISO/IEC 27001 ask for in writing, and what the
//! organisation added.

use std::sync::Arc;

use leptos::prelude::{Get, Memo};

use crate::analysis::{DocumentRow, documents};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, Field, FieldSpec, Register, Sheet, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    OpenRow, SheetForm, Tone, actions, breadcrumb, button, button_link, link, open_link, page, page_head, row_head,
    sheet_fields, table, table_body, tag, term_link, tone_of_choice,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

const HEADS: [&str; 7] = [
    "Clause or control",
    "Document",
    "State",
    "Approved",
    "Next review",
    "Where",
    "Edit",
];

/// The register of documented information.
pub fn documents_page() -> View {
    let store = AssessmentStore::expect();
    let open = OpenRow::new();
    let rows = memo(move || {
        let date = store.analysis.get().date;
        Arc::new(store.with(|it| documents(&CATALOGUE, it, date)))
    });
    let keys = memo(move || rows.get().iter().map(|row| row.key).collect::<Vec<SheetKey>>());
    let register = follow(move || {
        let rows = keys.get().into_iter().map(|key| row(store, open, rows, key));
        table(
            "data-table rows-table",
            "What clauses 4 to 10 ask for in writing, and what you added".to_owned(),
            &HEADS,
            vec![table_body(rows.collect())],
        )
    });
    let counted = follow(move || wording::documents_finding(&rows.get()));
    let add = act(move |_| store.add_entry(Register::Document, Sheet::default()));
    let lead = "The Stage 1 audit reads these. A document counts once it is approved, by a named person on a day.";
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Registers), "Registers")]),
            page_head(
                "Documented information",
                vec![lead.into(), " ".into(), term_link("documented-information")],
            ),
            el("p").with(counted).view(),
            actions(vec![
                button("button", "Add a document of your own").on("click", add).view(),
                button_link("button quiet", store.href(Page::Export), "Export").view(),
            ]),
            register,
        ],
    )
}

fn row(store: AssessmentStore, open: OpenRow, rows: Memo<Arc<Vec<DocumentRow>>>, key: SheetKey) -> View {
    let form = SheetForm::new(store, key);
    let row = memo(move || rows.get().iter().find(|it| it.key == key).cloned());
    let cell = move |say: fn(AssessmentStore, &DocumentRow, &Sheet) -> View| {
        el("td").with(follow(move || {
            let row = row.get();
            row.map_or_else(|| View::Many(Vec::new()), |it| say(store, &it, &form.sheet.get()))
        }))
    };
    let clause = follow(move || {
        let clause = row.get().and_then(|it| it.clause);
        match clause.and_then(|it| CATALOGUE.requirements.get(it)) {
            Some(it) => el("span")
                .class("day")
                .with(link(store.href(Page::requirement(it.id)), wording::requirement_id(it)))
                .view(),
            None => serves(store, &form.sheet.get()),
        }
    });
    let edit = match key.entry_id() {
        Some(id) => button_link("button small", store.href(Page::Entry(Register::Document, id)), "Edit").view(),
        None => follow(move || row.get().map(|it| open.button(key, it.title))),
    };
    let shown = el("tr")
        .with(row_head(clause))
        .with(cell(title))
        .with(cell(|_, row, _| state(row)))
        .with(cell(|_, _, sheet| approval(sheet)))
        .with(cell(|_, _, sheet| day(sheet, Field::ReviewOn).into()))
        .with(cell(|_, _, sheet| place(sheet)))
        .with(el("td").with(edit));
    let form = open.below(key, "7", move || {
        // The clause names what it asks for, so what else the document serves is left to documents of one's own.
        let specs = key.register.fields().iter().filter(|it| it.field != Field::Controls);
        let specs: Vec<&FieldSpec> = specs.collect();
        vec![el("div").class("form-grid").all(sheet_fields(form, specs)).view()]
    });
    View::Many(vec![shown.view(), form])
}

fn serves(store: AssessmentStore, sheet: &Sheet) -> View {
    let known = sheet.requirements(Field::Controls);
    let known = known.filter_map(|id| CATALOGUE.requirement(id.framework, id.code));
    let links = known.map(|it| {
        el("li")
            .with(link(store.href(Page::requirement(it.id)), wording::requirement_id(it)))
            .view()
    });
    let links: Vec<View> = links.collect();
    if links.is_empty() {
        return "Yours".into();
    }
    el("ul").class("cell-list").all(links).view()
}

fn title(_: AssessmentStore, row: &DocumentRow, sheet: &Sheet) -> View {
    let own = sheet.text(Field::Title);
    let asked = match row.title.as_str() {
        "" => "Untitled document".to_owned(),
        title => title.to_owned(),
    };
    let own = (!own.is_empty() && own != asked).then(|| el("span").class("row-question").with(own.to_owned()));
    View::Many(vec![asked.into(), own.into()])
}

fn state(row: &DocumentRow) -> View {
    let words = wording::document_state(row);
    let tone = match row.state {
        None => Tone::Open,
        Some(_) if row.lacks_approval || row.is_overdue => Tone::Fair,
        Some(state) => tone_of_choice(state),
    };
    tag(tone, words)
}

fn approval(sheet: &Sheet) -> View {
    let parts = [
        sheet.text(Field::Version).to_owned(),
        sheet.text(Field::ApprovedBy).to_owned(),
        day(sheet, Field::ApprovedOn),
    ];
    let has_state = sheet.choice(Field::State) == Some(Choice::Approved);
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    match (parts.is_empty(), has_state) {
        (true, true) => "not said".into(),
        (_, _) => parts.join(", ").into(),
    }
}

fn day(sheet: &Sheet, field: Field) -> String {
    sheet.date(field).map(wording::date).unwrap_or_default()
}

fn place(sheet: &Sheet) -> View {
    let location = sheet.text(Field::Location);
    open_link(location).unwrap_or_else(|| location.to_owned().into())
}
