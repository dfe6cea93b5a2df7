//! The description of the system as a checklist, management's assertion, and what three of its parts are made of:
//! subservice organisations, controls expected of others, and criteria that are not relevant.

use leptos::prelude::Get;

use crate::catalogue::CATALOGUE;
use crate::domain::{
    Choice, DESCRIPTION, Decision, DescriptionSection, Field, FrameworkId, Register, Requirement, SheetKey, Subject,
};
use crate::report::wording;
use crate::ui::components::{
    OpenRow, SheetForm, Tone, link, list, open_link, paragraph, row, row_head, section, select_field, sheet_fields,
    table, table_body, tag,
};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The checklist and what feeds it.
pub(super) fn description_tab(store: AssessmentStore) -> View {
    let open = OpenRow::new();
    let rows = DESCRIPTION.iter().map(|it| section_row(store, open, it));
    let checklist = table(
        "data-table rows-table",
        "Description criteria DC 1 to DC 9, in our words, and the assertion. They are outside the count of criteria."
            .to_owned(),
        &["Part", "What it says", "State", "Owner", "Where", "Edit"],
        vec![table_body(rows.collect())],
    );
    View::Many(vec![
        section("Description and assertion", vec![checklist]),
        follow(move || subservice(store)),
        follow(move || expected(store)),
        not_relevant(store),
    ])
}

fn section_row(store: AssessmentStore, open: OpenRow, part: &'static DescriptionSection) -> View {
    let key = SheetKey {
        register: Register::Description,
        subject: Subject::Number(part.number),
    };
    let form = SheetForm::new(store, key);
    let state = follow(move || match form.sheet.get().choice(Field::State) {
        Some(Choice::Done) => tag(Tone::Good, Choice::Done.title()),
        Some(Choice::Begun) => tag(Tone::Fair, Choice::Begun.title()),
        Some(state) => tag(Tone::Poor, state.title()),
        None => tag(Tone::Open, "Not entered"),
    });
    let text = move |field| follow(move || form.sheet.get().text(field).to_owned());
    let place = follow(move || {
        let sheet = form.sheet.get();
        let location = sheet.text(Field::Location);
        open_link(location).unwrap_or_else(|| location.to_owned().into())
    });
    let head = View::Many(vec![
        part.id.into(),
        el("span").class("row-question").with(part.title).view(),
    ]);
    let shown = el("tr")
        .with(row_head(head))
        .with(el("td").with(part.says))
        .with(el("td").with(state))
        .with(el("td").with(text(Field::Owner)))
        .with(el("td").with(place))
        .with(el("td").with(open.button(key, part.title.to_owned())));
    let form = open.below(key, "6", move || {
        vec![
            el("div")
                .class("form-grid")
                .all(sheet_fields(form, key.register.fields()))
                .view(),
        ]
    });
    View::Many(vec![shown.view(), form])
}

/// DC 7: suppliers that stand in the report, with the controls assumed there.
fn subservice(store: AssessmentStore) -> View {
    let rows: Vec<View> = store.with(|assessment| {
        let suppliers = assessment.register(Register::Supplier);
        suppliers
            .filter_map(|(key, sheet)| {
                let method = sheet.choice(Field::Method)?;
                let is_part = matches!(method, Choice::CarveOut | Choice::Inclusive);
                let name = link(
                    store.href(Page::Entry(Register::Supplier, key.entry_id()?)),
                    wording::sheet_title(assessment, key, sheet),
                );
                let assumed = lines(sheet.text(Field::Csocs), "None listed yet");
                is_part.then(|| {
                    row(
                        name,
                        vec![
                            method.title().into(),
                            sheet.text(Field::Services).to_owned().into(),
                            assumed,
                        ],
                    )
                })
            })
            .collect()
    });
    let to_register = link(
        store.href(Page::Register(Register::Supplier, Query::default())),
        "supplier register",
    );
    let body = if rows.is_empty() {
        el("p")
            .with("No supplier is named as a subservice organisation. Its place in the report is said in the ")
            .with(to_register)
            .with(".")
            .view()
    } else {
        table(
            "data-table",
            "Suppliers whose controls are needed".to_owned(),
            &[
                "Supplier",
                "Place in the report",
                "Services",
                "Controls assumed there (CSOCs)",
            ],
            vec![table_body(rows)],
        )
    };
    section("Subservice organisations (DC 7)", vec![body])
}

/// What the reports of suppliers expect of the organisation.
fn expected(store: AssessmentStore) -> View {
    let rows: Vec<View> = store.with(|assessment| {
        let reports = assessment.register(Register::Report);
        let reports = reports.filter(|(_, sheet)| !sheet.is_blank(Field::Cuecs));
        reports
            .filter_map(|(key, sheet)| {
                let name = link(
                    store.href(Page::Entry(Register::Report, key.entry_id()?)),
                    wording::sheet_title(assessment, key, sheet),
                );
                Some(row(name, vec![lines(sheet.text(Field::Cuecs), "")]))
            })
            .collect()
    });
    let body = if rows.is_empty() {
        paragraph("No report in the register names complementary user entity controls yet.")
    } else {
        table(
            "data-table",
            "What the reports of suppliers expect you to do yourself".to_owned(),
            &["Report", "Complementary user entity controls (CUECs)"],
            vec![table_body(rows)],
        )
    };
    section("Controls that suppliers expect of you", vec![body])
}

/// The lines of a text as a list, or words where there are none.
fn lines(text: &str, none: &'static str) -> View {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    if lines.is_empty() {
        none.into()
    } else {
        list(lines.into_iter())
    }
}

/// DC 8: criteria that were judged not relevant, and the way to judge another.
fn not_relevant(store: AssessmentStore) -> View {
    let judged = follow(move || {
        let rows: Vec<View> = store.with(|assessment| {
            let criteria = CATALOGUE.requirements_of(FrameworkId::Soc2);
            criteria
                .filter_map(|it| match assessment.decisions.get(&it.id) {
                    Some(Decision::Excluded {
                        justification,
                        approver,
                        review_on,
                    }) => Some(row(
                        link(store.href(Page::requirement(it.id)), wording::requirement_name(it)),
                        vec![
                            justification.as_str().to_owned().into(),
                            approver.clone().into(),
                            review_on.map(wording::date).unwrap_or_default().into(),
                        ],
                    )),
                    Some(Decision::Included { .. }) | None => None,
                })
                .collect()
        });
        if rows.is_empty() {
            return paragraph("None has been judged not relevant.");
        }
        table(
            "data-table",
            "Judged not relevant, with the explanation that the report prints".to_owned(),
            &["Criterion", "Explanation", "Approved by", "Review on"],
            vec![table_body(rows)],
        )
    });
    let choose = follow(move || {
        let mut choices = vec![(String::new(), "Choose a criterion".to_owned())];
        let ground = &store.analysis.get().ground;
        let positions = CATALOGUE.positions_of(FrameworkId::Soc2);
        let criteria = positions.filter(|it| ground.includes(*it));
        let criteria = criteria.filter_map(|it| CATALOGUE.requirements.get(it));
        choices.extend(criteria.map(|it| (it.id.code.to_owned(), wording::requirement_name(it))));
        select_field(
            "judge-criterion",
            "Judge one on its page",
            choices,
            String::new,
            move |code| {
                let criterion: Option<&Requirement> = CATALOGUE.requirement(FrameworkId::Soc2, &code);
                if let Some(criterion) = criterion {
                    store.go(Page::requirement(criterion.id));
                }
            },
        )
    });
    section(
        "Criteria that are not relevant (DC 8)",
        vec![judged, el("div").class("judge").with(choose).view()],
    )
}
