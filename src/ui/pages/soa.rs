//! The Statement of Applicability: decided row by row, with what each decision leans on beside it.

mod row;

use std::sync::Arc;

use leptos::prelude::{Get, Memo, RwSignal, untrack};

use row::soa_row_view;

use crate::analysis::{SoaCount, SoaRow, SoaSubject, soa_rows};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, Field, FrameworkId, Register, RequirementKind, SheetKey, Subject};
use crate::report::wording;
use crate::ui::components::{
    OpenRow, SheetForm, actions, breadcrumb, button_link, empty, folded, framed_table, head_cell, link, note, page,
    page_head, paragraph, select_field, sheet_fields, term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The columns of the table.
const N_COLUMNS: &str = "7";
/// The status that the filter calls not yet known.
const UNKNOWN: &str = "unknown";

/// The value of the filter that leaves what a gate waits for: rows not decided on with a reason.
pub const OPEN: &str = "open";

/// What the rows of the page share.
#[derive(Clone, Copy)]
struct Shared {
    store: AssessmentStore,
    rows: Memo<Arc<Vec<SoaRow>>>,
    query: Memo<Query>,
    open: OpenRow,
    /// The open row has an exclusion that still lacks its justification.
    is_drafted: RwSignal<bool>,
}

/// Rows that stand together: a theme, an edition, the organisation's own.
#[derive(Clone, PartialEq)]
struct Part {
    id: String,
    title: String,
    subjects: Vec<SoaSubject>,
    /// Rows that repeat 27002 are shown only when they are asked for.
    is_repeat: bool,
}

/// The Statement of Applicability.
pub fn soa_page() -> View {
    let store = AssessmentStore::expect();
    let shared = Shared {
        store,
        rows: memo(move || {
            let analysis = store.analysis.get();
            Arc::new(store.with(|it| soa_rows(&CATALOGUE, it, &analysis)))
        }),
        query: memo(move || store.query(&Page::Soa(Query::default()))),
        open: OpenRow::new(),
        is_drafted: RwSignal::new(false),
    };
    let parts = memo(move || parts_of(&shared.rows.get()));
    let table = follow(move || {
        let parts = parts.get();
        if parts.is_empty() {
            return View::Many(vec![
                empty("Neither ISO/IEC 27001 nor ISO/IEC 27017 is in scope."),
                actions(vec![
                    button_link("button", store.href(Page::Scope), "Choose frameworks").view(),
                ]),
            ]);
        }
        View::Many(vec![filters(shared, &parts).view(), statement(shared, parts)])
    });
    let lead = "Each control: in or out, why, and how far. ISO/IEC 27001 clause 6.1.3 d) asks for a decision with a reason on \
                all 93.";
    let links = [
        (Page::Lint, "Look for contradictions"),
        (
            Page::Register(Register::OwnControl, Query::default()),
            "Controls of your own",
        ),
        (Page::Register(Register::Risk, Query::default()), "Risks"),
        (Page::Import, "Import an old Statement"),
        (Page::Export, "Export"),
    ];
    let links = links.map(|(page, words)| button_link("button small", store.href(page), words).view());
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Registers), "Registers")]),
            page_head(
                "Statement of Applicability",
                vec![lead.into(), " ".into(), term_link("statement-of-applicability")],
            ),
            follow(move || summary(&shared.rows.get())),
            document_control(store),
            actions(links.into()),
            table,
        ],
    )
}

/// Counts of Annex A, which is what a decision is asked for.
fn summary(rows: &[SoaRow]) -> View {
    let is_annex = |row: &&SoaRow| {
        let requirement = row.requirement().and_then(|it| CATALOGUE.requirements.get(it));
        requirement.is_some_and(|it| it.id.framework == FrameworkId::Iso27001)
    };
    let count = SoaCount::of(rows.iter().filter(is_annex));
    if count == SoaCount::default() {
        return View::Many(Vec::new());
    }
    el("div")
        .class("prose")
        .with(paragraph(wording::soa_decisions("Annex A", &count)))
        .with(paragraph(wording::soa_statuses(&count)))
        .view()
}

/// The document control block: the sheet of the Statement in the register of documented information.
fn document_control(store: AssessmentStore) -> View {
    let clause = CATALOGUE.requirements_of(FrameworkId::Iso27001);
    let mut clause = clause.filter(|it| it.kind == RequirementKind::Clause && it.id.code == "6.1.3");
    let Some(clause) = clause.next() else {
        return View::Many(Vec::new());
    };
    let key = SheetKey {
        register: Register::Document,
        subject: Subject::Requirement(clause.id, 1),
    };
    let form = SheetForm::new(store, key);
    let line = follow(move || {
        let sheet = form.sheet.get();
        let state = sheet.choice(Field::State).map_or("not entered", Choice::title);
        let date = |field| sheet.date(field).map(wording::date).unwrap_or_default();
        let parts = [
            ("", state.to_owned()),
            ("version ", sheet.text(Field::Version).to_owned()),
            ("approved by ", sheet.text(Field::ApprovedBy).to_owned()),
            ("on ", date(Field::ApprovedOn)),
            ("next review ", date(Field::ReviewOn)),
        ];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        let parts: Vec<String> = parts.map(|(word, text)| format!("{word}{text}")).collect();
        format!("Document control: {}", parts.join(", "))
    });
    let fields = [
        Field::State,
        Field::Version,
        Field::ApprovedBy,
        Field::ApprovedOn,
        Field::ReviewOn,
        Field::Owner,
        Field::Location,
        Field::Note,
    ];
    let specs = fields.iter().filter_map(|it| key.register.field(*it));
    let fields = el("div").class("form-grid").all(sheet_fields(form, specs));
    folded(line, fields).class("section-folded").view()
}

fn parts_of(rows: &[SoaRow]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in rows {
        let (id, title, is_repeat) = match row.subject {
            SoaSubject::Own(_) => ("own".to_owned(), "Controls of your own".to_owned(), false),
            SoaSubject::Requirement(position) => {
                let Some(requirement) = CATALOGUE.requirements.get(position) else {
                    continue;
                };
                let framework = requirement.id.framework;
                let Some(known) = CATALOGUE.framework(framework) else {
                    continue;
                };
                let is_repeat = framework.is_cloud() && !requirement.has_cloud_content;
                match (framework.is_cloud(), is_repeat) {
                    (true, true) => (
                        format!("{framework}-repeats"),
                        format!("{}: rows that repeat 27002", known.name()),
                        true,
                    ),
                    (true, false) => (
                        framework.to_string(),
                        format!("{}: rows with cloud content", known.name()),
                        false,
                    ),
                    (false, _) => {
                        let group = known.groups.iter().find(|it| it.id == requirement.group);
                        let title = group.map_or("", |it| it.title);
                        (
                            requirement.group.to_owned(),
                            format!("{} {title}", requirement.group),
                            false,
                        )
                    }
                }
            }
        };
        match parts.iter_mut().find(|it| it.id == id) {
            Some(part) => part.subjects.push(row.subject),
            None => parts.push(Part {
                id,
                title,
                subjects: vec![row.subject],
                is_repeat,
            }),
        }
    }
    parts
}

fn filters(shared: Shared, parts: &[Part]) -> Element {
    let store = shared.store;
    let filter = move |name: &'static str, label: &'static str, choices: Vec<(String, String)>| {
        let value = move || shared.query.get().get(name).to_owned();
        select_field(format!("filter-{name}"), label, choices, value, move |value| {
            store.go(Page::Soa(untrack(|| shared.query.get()).with(name, &value)));
        })
    };
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
            .collect()
    };
    let mut themes = own(&[("", "All themes")]);
    themes.extend(parts.iter().map(|it| (it.id.clone(), it.title.clone())));
    let decisions = own(&[
        ("", "All"),
        (OPEN, "Not decided, or without a reason"),
        ("Not decided", "Not decided"),
        ("Yes", "Applies"),
        ("no-reason", "Applies, without a reason"),
        ("No", "Excluded"),
    ]);
    let mut statuses = own(&[("", "All"), (UNKNOWN, "Not yet known")]);
    let known = [
        Choice::NotImplemented,
        Choice::Planned,
        Choice::PartlyImplemented,
        Choice::Implemented,
    ];
    statuses.extend(known.map(|it| (it.as_str().to_owned(), it.title().to_owned())));
    let counted = follow(move || {
        let (rows, query) = (shared.rows.get(), shared.query.get());
        let n = rows
            .iter()
            .filter(|row| is_in_theme(row, query.get("theme")) && row::fits(row, &query));
        format!("{} of {}", n.count(), wording::count(rows.len(), "row", "rows"))
    });
    el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(filter("theme", "Theme", themes))
        .with(filter("applies", "Applicability", decisions))
        .with(filter("status", "Status", statuses))
        .with(el("output").class("filter-count").with(counted))
}

fn is_in_theme(row: &SoaRow, theme: &str) -> bool {
    parts_of(std::slice::from_ref(row)).iter().any(|part| {
        if theme.is_empty() {
            !part.is_repeat
        } else {
            part.id == theme
        }
    })
}

/// The table. Rows stay as they are while filters hide and show them.
fn statement(shared: Shared, parts: Vec<Part>) -> View {
    let has_source = parts.iter().any(|it| it.id == FrameworkId::Iso27017.as_str());
    let bodies = parts.into_iter().map(|part| {
        let (id, is_repeat) = (part.id.clone(), part.is_repeat);
        let is_shown = memo(move || {
            let query = shared.query.get();
            match query.get("theme") {
                "" => !is_repeat,
                theme => theme == id,
            }
        });
        // Built when it is first shown; what nobody looks at costs nothing.
        follow(move || is_shown.get().then(|| part_body(shared, &part)))
    });
    let heads = ["Control", "Applies", "Why", "Status", "Risks", "Evidence", "Edit"].map(head_cell);
    let table = framed_table(
        "data-table rows-table soa-table",
        "Statement of Applicability".to_owned(),
        "Status is computed from the answers; a person may set another one with a reason, and both stay visible.",
        heads.into(),
        bodies.collect(),
    );
    let source = has_source.then(|| note(wording::CLOUD_SOURCE));
    View::Many(vec![source.into(), table])
}

fn part_body(shared: Shared, part: &Part) -> Element {
    let title = el("th")
        .attr("scope", "rowgroup")
        .attr("colspan", N_COLUMNS)
        .with(part.title.clone());
    let subjects = part.subjects.clone();
    let is_empty = memo(move || {
        let (rows, query) = (shared.rows.get(), shared.query.get());
        !rows
            .iter()
            .any(|row| subjects.contains(&row.subject) && row::fits(row, &query))
    });
    let rows = part.subjects.iter().map(|subject| soa_row_view(shared, *subject));
    el("tbody")
        .with(
            el("tr")
                .class("group-row")
                .attr("hidden", flag(move || is_empty.get()))
                .with(title),
        )
        .all(rows.collect())
}
