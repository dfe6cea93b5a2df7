//! The shared responsibility matrix: who answers for each row, decided in place; what suppliers do and expect; and what the
//! customers of a provider must do.

use leptos::prelude::{Get, event_target_value};

use super::register::practice_links;
use crate::analysis::{Duties, DutyRow, PracticeDuty, PracticeSet, SupplierDuties, duties};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, Field, FieldKind, FieldValue, FrameworkId, Register, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, Tone, actions, button_link, empty, field_id, folded, link, list, note, page, page_head, paragraph, row,
    section, table, table_body, tag, term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow, memo, words};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The shared responsibility matrix.
pub fn duties_page() -> View {
    let store = AssessmentStore::expect();
    let matrix = memo(move || {
        let analysis = store.analysis.get();
        let mut matrix = store.with(|it| duties(&CATALOGUE, it, &analysis.ground));
        // What is said of a row follows its own sheet, so that the table stays while one types.
        for row in &mut matrix.rows {
            row.note = String::new();
        }
        matrix
    });
    let lead = "Who answers for what between you, your cloud providers and your customers. ISO/IEC 27017 asks for it in \
                row 5.38, the edition of 2015 in CLD.6.3.1.";
    let source = follow(move || {
        let is_in = store.with(|it| it.scope.frameworks.contains(&FrameworkId::Iso27017));
        is_in.then(|| note(wording::CLOUD_SOURCE))
    });
    let suppliers = Page::Register(Register::Supplier, Query::default());
    let links = vec![
        button_link("button small", store.href(suppliers), "Supplier register").view(),
        button_link("button small", store.href(Page::Export), "Export the matrix").view(),
    ];
    page(
        "page page-wide",
        vec![
            page_head(
                "Shared responsibility matrix",
                vec![lead.into(), " ".into(), term_link("shared-responsibility-matrix")],
            ),
            actions(links),
            source,
            follow(move || rows(store, &matrix.get())),
            follow(move || practices(store, &matrix.get())),
            follow(move || suppliers_of(store, &matrix.get())),
            follow(move || of_customers(store, &matrix.get())),
        ],
    )
}

/// The rows of ISO/IEC 27017: those with cloud content, and those that repeat 27002 folded away.
fn rows(store: AssessmentStore, matrix: &Duties) -> Option<View> {
    let (own, repeated): (Vec<&DutyRow>, Vec<&DutyRow>) = matrix.rows.iter().partition(|it| {
        let row = CATALOGUE.requirements.get(it.requirement);
        row.is_some_and(|it| it.has_cloud_content)
    });
    let heads = ["Row", "Who answers", "How it is divided", "Speaks to", "Rests on"];
    let shown = |name: &str, rows: Vec<&DutyRow>| {
        let rows = rows.into_iter().filter_map(|it| duty_row(store, matrix, it)).collect();
        table(
            "data-table dense duties",
            name.to_owned(),
            &heads,
            vec![table_body(rows)],
        )
    };
    let n_said = own.iter().filter(|it| it.responsibility.is_some()).count();
    let n_rows = wording::count(own.len(), "row with cloud content", "rows with cloud content");
    let said = format!("{n_said} of {n_rows} say who answers.");
    let more = (!repeated.is_empty()).then(|| {
        let summary = wording::count(repeated.len(), "row that repeats 27002", "rows that repeat 27002");
        folded(summary, shown("Rows that repeat 27002", repeated))
    });
    (!matrix.rows.is_empty()).then(|| {
        section(
            "Rows of ISO/IEC 27017",
            vec![paragraph(said), shown("Rows with cloud content", own), more.into()],
        )
    })
}

fn duty_row(store: AssessmentStore, matrix: &Duties, duty: &DutyRow) -> Option<View> {
    let requirement = CATALOGUE.requirements.get(duty.requirement)?;
    let form = SheetForm::new(store, SheetKey::requirement(Register::SoaRow, requirement.id));
    let name = wording::requirement_name(requirement);
    let part = |who: &'static str, set: &PracticeSet| {
        let said = wording::parts(&CATALOGUE, set, duty.requirement);
        (!said.is_empty()).then(|| el("p").with(el("strong").with(who)).with(" ").with(said))
    };
    let suppliers = names(matrix, &duty.inherited_from);
    let inherited = (!suppliers.is_empty()).then(|| paragraph(format!("Inherited from {suppliers}")));
    let n_parts = [duty.of_both, duty.of_customer, duty.of_provider];
    let n_parts = n_parts.iter().map(PracticeSet::len).sum();
    let parts = el("div")
        .class("row-parts")
        .with(part("Both:", &duty.of_both))
        .with(part("Customer:", &duty.of_customer))
        .with(part("Provider:", &duty.of_provider));
    let rests_on = el("div")
        .with(folded(wording::practices(n_parts), parts))
        .with(inherited);
    Some(row(
        link(store.href(Page::requirement(requirement.id)), name.clone()),
        vec![
            who_answers(form, &name).view(),
            how_divided(form, &name).view(),
            wording::audience(duty.audience).into(),
            rests_on.view(),
        ],
    ))
}

/// The choice of who answers for a row.
fn who_answers(form: SheetForm, name: &str) -> Element {
    let field = Field::Responsibility;
    let choices = match Register::SoaRow.field(field).map(|it| it.kind) {
        Some(FieldKind::Choice(choices)) => choices,
        _ => &[],
    };
    let choose = act(move |event| {
        let choice = Choice::parse(&event_target_value(&event));
        form.set(field, choice.map(FieldValue::Choice));
    });
    let option = |value: &'static str, words: &'static str, choice: Option<Choice>| {
        el("option")
            .attr("value", value)
            .prop("selected", flag(move || form.sheet.get().choice(field) == choice))
            .with(words)
    };
    let select = el("select")
        .class("input input-cell")
        .attr("id", field_id(form.key, field))
        .attr("aria-label", format!("Who answers for {name}"))
        .on("change", choose)
        .with(option("", "Not said", None));
    choices.iter().fold(select, |select, choice| {
        select.with(option(choice.as_str(), choice.title(), Some(*choice)))
    })
}

/// How a row is divided.
fn how_divided(form: SheetForm, name: &str) -> Element {
    let field = Field::ResponsibilityNote;
    el("input")
        .class("input input-cell")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("id", field_id(form.key, field))
        .attr("aria-label", format!("How {name} is divided"))
        .prop("value", words(move || form.sheet.get().text(field).to_owned()))
        .on(
            "change",
            act(move |event| {
                form.set(field, Some(FieldValue::Text(event_target_value(&event))));
            }),
        )
}

fn names(matrix: &Duties, suppliers: &[usize]) -> String {
    let named = suppliers.iter().filter_map(|at| matrix.suppliers.get(*at));
    named.map(|it| it.share.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Without rows of ISO/IEC 27017: the practices that registered suppliers can do.
fn practices(store: AssessmentStore, matrix: &Duties) -> Option<View> {
    if !matrix.rows.is_empty() {
        return None;
    }
    if matrix.practices.is_empty() {
        let words = "ISO/IEC 27017 is not in scope, and no supplier of the register does a practice that is asked. Add \
                     your suppliers with their kinds, or take ISO/IEC 27017 into the scope.";
        return Some(empty(words));
    }
    let practice_row = |duty: &PracticeDuty| {
        let practice = CATALOGUE.practices.get(duty.practice)?;
        let who = match duty.responsibility {
            Some(choice) => tag(Tone::Plain, choice.title()),
            None => tag(Tone::Open, "Not said"),
        };
        Some(row(
            link(store.href(Page::question(practice.id)), practice.title()),
            vec![
                who,
                names(matrix, &duty.suppliers).into(),
                wording::practice_titles(&CATALOGUE, &duty.keeps).into(),
            ],
        ))
    };
    let heads = [
        "Practice",
        "Who answers",
        "Supplier that does it or can",
        "What stays yours",
    ];
    let rows = matrix.practices.iter().filter_map(practice_row).collect();
    let name = "Practices that can be inherited from your suppliers".to_owned();
    let shown = table("data-table dense", name, &heads, vec![table_body(rows)]);
    Some(section("You and your suppliers", vec![shown]))
}

/// What each registered supplier does, what stays one's own, and what both expect of each other.
fn suppliers_of(store: AssessmentStore, matrix: &Duties) -> Option<View> {
    let blocks: Vec<View> = matrix.suppliers.iter().map(|it| supplier(store, it)).collect();
    (!blocks.is_empty()).then(|| section("Your suppliers", blocks))
}

fn supplier(store: AssessmentStore, duties: &SupplierDuties) -> View {
    let share = &duties.share;
    let entry = store.href(Page::Entry(Register::Supplier, share.id));
    let name = if share.name.is_empty() {
        "Untitled supplier"
    } else {
        &share.name
    };
    let block = |title: &'static str, body: View| el("div").with(el("h4").with(title)).with(body);
    let practices = |title, set: &PracticeSet| (!set.is_empty()).then(|| block(title, practice_links(store, set)));
    let lines = |title, lines: &[String]| (!lines.is_empty()).then(|| block(title, list(lines.iter().cloned())));
    // Until something is inherited, nothing is divided.
    let kept = (!share.inherited.is_empty()).then(|| practices("Stays yours", &share.keeps));
    let columns = el("div")
        .class("two-columns")
        .with(practices("Does for you", &share.inherited))
        .with(kept.flatten())
        .with(lines("Expects of you", &duties.expects))
        .with(lines("You assume of it", &duties.assumes));
    el("div")
        .class("supplier-duties")
        .with(el("h3").with(link(entry, name.to_owned())))
        .with(paragraph(wording::supplier_share(share)))
        .with(columns)
        .view()
}

/// What the customers of a provider must do, row by row.
fn of_customers(store: AssessmentStore, matrix: &Duties) -> Option<View> {
    let rows: Vec<View> = matrix
        .of_customers
        .iter()
        .filter_map(|(at, practices)| {
            let requirement = CATALOGUE.requirements.get(*at)?;
            let name = wording::requirement_name(requirement);
            let said = wording::parts(&CATALOGUE, practices, *at);
            Some(row(
                link(store.href(Page::requirement(requirement.id)), name),
                vec![said.into()],
            ))
        })
        .collect();
    let words = "Tell them, in your agreement or your guide for customers. In your SOC 2 report the same things are \
                 complementary user entity controls.";
    let name = "What the rows ask of the customers of your service".to_owned();
    (!rows.is_empty()).then(|| {
        let shown = table(
            "data-table dense",
            name,
            &["Row", "Customers must do"],
            vec![table_body(rows)],
        );
        section("What your customers must do", vec![paragraph(words), shown])
    })
}
