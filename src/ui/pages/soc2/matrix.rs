//! The control matrix: each practice that a criterion in scope needs, written as who does what, when, leaving which record.

use std::sync::Arc;

use leptos::prelude::{Get, Memo, untrack};

use crate::analysis::{MatrixRow, control_id, control_matrix};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, Field, FieldValue, Practice, Register, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    OpenRow, SheetForm, Tone, actions, button, button_link, empty, link, requirement_links, row_head, select_field,
    sheet_fields, table, table_body, tag,
};
use crate::ui::element::el;
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

const HEADS: [&str; 8] = [
    "Control",
    "As performed",
    "Criteria",
    "Owner",
    "Frequency",
    "Own or subservice",
    "First operated, evidence",
    "Edit",
];

/// The control matrix, with a filter in the address.
pub(super) fn matrix_tab(store: AssessmentStore, query: Memo<Query>) -> View {
    let open = OpenRow::new();
    let rows = memo(move || {
        let analysis = store.analysis.get();
        Arc::new(store.with(|it| control_matrix(&CATALOGUE, it, &analysis)))
    });
    let practices = memo(move || rows.get().iter().map(|row| row.practice).collect::<Vec<usize>>());
    let matrix = follow(move || {
        let practices = practices.get();
        if practices.is_empty() {
            return empty("No criterion in scope needs a practice that is asked.");
        }
        let practices = practices.into_iter();
        let known = practices.filter_map(|at| CATALOGUE.practices.get(at).map(|it| (at, it)));
        let shown = known.map(|(at, practice)| row(store, open, rows, query, at, practice));
        table(
            "data-table rows-table",
            "One control for each practice that a criterion in scope needs".to_owned(),
            &HEADS,
            vec![table_body(shown.collect())],
        )
    });
    let choices = [("", "All controls"), ("no", "Not written yet"), ("yes", "Written")];
    let choices = choices.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let written = select_field(
        "filter-written",
        "As performed",
        choices.into(),
        move || query.get().get("written").to_owned(),
        move |value| store.go(Page::Soc2(untrack(|| query.get()).with("written", &value))),
    );
    let counted = follow(move || wording::matrix_finding(&rows.get()));
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(written)
        .with(el("output").class("filter-count").with(counted));
    View::Many(vec![
        filters.view(),
        matrix,
        actions(vec![
            button_link("button quiet", store.href(Page::Export), "Export").view(),
        ]),
    ])
}

fn fits(row: &MatrixRow, written: &str) -> bool {
    match written {
        "yes" => row.is_written,
        "no" => !row.is_written,
        _ => true,
    }
}

fn row(
    store: AssessmentStore,
    open: OpenRow,
    rows: Memo<Arc<Vec<MatrixRow>>>,
    query: Memo<Query>,
    at: usize,
    practice: &'static Practice,
) -> View {
    let key = SheetKey::practice(Register::Operation, practice.id);
    let form = SheetForm::new(store, key);
    let row = memo(move || rows.get().iter().find(|it| it.practice == at).cloned());
    let is_hidden = memo(move || {
        let query = query.get();
        !open.is_open(key) && row.get().is_none_or(|it| !fits(&it, query.get("written")))
    });
    let cell = move |say: fn(AssessmentStore, &MatrixRow) -> View| {
        el("td").with(follow(move || {
            row.get().map_or_else(|| View::Many(Vec::new()), |it| say(store, &it))
        }))
    };
    let owner = memo(move || store.with(|it| it.answers.get(&practice.id).map(|it| it.owner.clone())));
    let head = View::Many(vec![
        link(store.href(Page::question(practice.id)), practice.title()),
        el("span").class("row-question").with(control_id(practice.id)).view(),
    ]);
    let performed = follow(move || match form.sheet.get().text(Field::Performed) {
        "" => tag(Tone::Open, "Not written yet"),
        text => text.to_owned().into(),
    });
    let how = follow(move || {
        let sheet = form.sheet.get();
        let fields = [Field::Mode, Field::Nature].map(|it| sheet.choice(it).map(Choice::title));
        let said: Vec<&str> = fields.into_iter().flatten().collect();
        (!said.is_empty()).then(|| el("p").class("cell-note").with(said.join(", ")))
    });
    let shown = el("tr")
        .attr("hidden", flag(move || is_hidden.get()))
        .with(row_head(head))
        .with(el("td").class("said").with(performed).with(how))
        .with(cell(|store, it| requirement_links(store, &it.criteria)))
        .with(el("td").with(follow(move || owner.get().unwrap_or_default())))
        .with(el("td").with(practice.rhythm.title()))
        .with(cell(|_, it| wording::own_or_subservice(it).into()))
        .with(cell(|_, it| operated(it)))
        .with(el("td").with(open.button(key, practice.title().to_owned())));
    let form = open.below(key, "8", move || control_form(form, practice, owner));
    View::Many(vec![shown.view(), form])
}

fn operated(row: &MatrixRow) -> View {
    let first = match row.first_operated {
        Some(date) => format!("since {}", wording::date(date)),
        None => "not said".to_owned(),
    };
    let evidence = match row.evidence.len() {
        0 => "no evidence".to_owned(),
        n => wording::count(n, "piece of evidence", "pieces of evidence"),
    };
    View::Many(vec![first.into(), el("p").class("cell-note").with(evidence).view()])
}

/// The fields of a control. A draft is offered beside them, and is used only if somebody says so.
fn control_form(form: SheetForm, practice: &'static Practice, owner: Memo<Option<String>>) -> Vec<View> {
    let draft = follow(move || {
        let is_blank = form.sheet.get().text(Field::Performed).is_empty();
        let draft = wording::control_draft(practice, &owner.get().unwrap_or_default());
        is_blank.then(|| {
            let text = draft.clone();
            let take = act(move |_| {
                form.set(Field::Performed, Some(FieldValue::Text(text.clone())));
            });
            el("div")
                .class("draft")
                .with(
                    el("p")
                        .class("hint")
                        .with("A sentence to start from; correct it until it says what happens here:"),
                )
                .with(el("blockquote").with(draft))
                .with(button("button small", "Use as a start").on("click", take))
        })
    });
    let fields = [Field::Performed, Field::Mode, Field::Nature, Field::FirstOperated];
    let specs = fields.iter().filter_map(|it| form.key.register.field(*it));
    vec![
        draft,
        el("div").class("form-grid").all(sheet_fields(form, specs)).view(),
    ]
}
