//! The scope: frameworks, categories and facts first, because they decide what is asked; then words, dates and numbers.

mod proposals;
mod switches;

use leptos::prelude::Get;
use proposals::proposals;
use switches::{Switches, categories, fact_group, frameworks};

use crate::domain::{Action, Fact, Register, Scope, ScopeCount, ScopeDate, ScopeText};
use crate::report::wording;
use crate::ui::components::{
    TextField, actions, button_link, date_field, named_section, number_field, page, page_head,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{follow, words};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The groups in which facts are asked.
const FACT_GROUPS: [(&str, &[Fact]); 5] = [
    (
        "Cloud services",
        &[Fact::CloudCustomer, Fact::CloudProvider, Fact::CloudPartners],
    ),
    (
        "Development",
        &[
            Fact::OwnDevelopment,
            Fact::OutsourcedDevelopment,
            Fact::ProductionDataInTests,
        ],
    ),
    (
        "Code and pipelines",
        &[
            Fact::HostedScm,
            Fact::OwnScm,
            Fact::HostedRunners,
            Fact::SelfHostedRunners,
            Fact::VendorScanning,
            Fact::LocalScanning,
            Fact::AiAssistants,
        ],
    ),
    ("Places and devices", &[Fact::Premises, Fact::Byod]),
    (
        "Personal data and oversight",
        &[Fact::PersonalDataController, Fact::PersonalDataProcessor, Fact::Board],
    ),
];

/// The scope page.
pub fn scope_page() -> View {
    let store = AssessmentStore::expect();
    let asked = follow(move || match store.analysis.get().progress().0 {
        0 => "No question is asked with this scope.".to_owned(),
        n => format!(
            "With this scope {} asked.",
            wording::count(n, "question is", "questions are")
        ),
    });
    let lead = "Facts first, questions second. What you say here decides which questions are asked. A fact that is not \
                stated leaves its questions in. Each says what it switches before you confirm it. Answers that fall out \
                of scope are kept and return.";
    let switches = Switches::new(store);
    let facts = FACT_GROUPS.iter();
    let facts = facts.fold(named_section("facts", "Facts"), |section, (title, facts)| {
        section.with(fact_group(switches, title, facts))
    });
    let onward = button_link("button primary", store.href(Page::Tasks), "To the questions");
    page(
        "page page-narrow",
        vec![
            page_head("Scope", lead),
            el("p").class("scope-count").with(el("output").with(asked)).view(),
            frameworks(switches).view(),
            categories(switches).view(),
            facts.view(),
            follow(move || proposals(store)),
            suppliers(store),
            texts(store).view(),
            dates(store).view(),
            el("p").class("actions").with(onward).view(),
        ],
    )
}

fn read<T>(store: AssessmentStore, read: impl FnOnce(&Scope) -> T) -> T {
    store.with(|assessment| read(&assessment.scope))
}

/// The way to the suppliers, which decide what can be inherited.
fn suppliers(store: AssessmentStore) -> View {
    let held = follow(move || {
        let n = |register: Register| store.with(|it| it.register(register).count());
        format!(
            "{} and {} in the register. What kind a supplier is, and how a code scanner is deployed, decides what can be \
             inherited from it.",
            wording::count(n(Register::Supplier), "supplier", "suppliers"),
            wording::count(n(Register::Report), "report", "reports"),
        )
    });
    let page = |page: Page, words: &'static str| button_link("button small", store.href(page), words).view();
    let links = vec![
        page(
            Page::Register(Register::Supplier, Query::default()),
            "Supplier register",
        ),
        page(Page::Duties, "Shared responsibility matrix"),
    ];
    named_section("suppliers", "Suppliers")
        .with(el("p").with(held))
        .with(actions(links))
        .view()
}

fn texts(store: AssessmentStore) -> Element {
    let field = move |id: ScopeText, label: &'static str, hint: &'static str, is_long: bool| {
        let text = words(move || read(store, |scope| scope.text(id).to_owned()));
        let field = TextField::new(format!("text-{}", id.as_str()), label, text, move |text| {
            store.dispatch(Action::SetText(id, text));
        });
        field.hint(hint).long(is_long)
    };
    let statement = "What the management system, or the system of the report, covers. Name repositories, pipelines and \
                     where they run.";
    let commitments = "What you have promised to customers about security and availability.";
    let boundaries = "What stays outside, and what crosses the border.";
    named_section("words", "Organisation and system")
        .with(field(ScopeText::Name, "Name of the assessment", "", false))
        .with(field(
            ScopeText::Organisation,
            "Organisation",
            "As it stands on reports.",
            false,
        ))
        .with(field(ScopeText::Statement, "Scope statement", statement, true))
        .with(field(
            ScopeText::Boundaries,
            "Boundaries and interfaces",
            boundaries,
            true,
        ))
        .with(field(ScopeText::Commitments, "Service commitments", commitments, true))
}

fn dates(store: AssessmentStore) -> Element {
    let date = move |id: ScopeDate, label: &'static str| {
        date_field(
            format!("date-{}", id.as_str()),
            label,
            move || read(store, |scope| scope.dates.get(&id).copied()),
            move |date| {
                store.dispatch(Action::SetDate(id, date));
            },
        )
    };
    let number = move |id: ScopeCount, label: &'static str| {
        number_field(
            format!("count-{}", id.as_str()),
            label,
            move || read(store, |scope| scope.counts.get(&id).copied()),
            move |number| {
                store.dispatch(Action::SetCount(id, number));
            },
        )
    };
    let row = |fields: Vec<Element>| fields.into_iter().fold(el("div").class("field-row"), Element::with);
    let group = |title: &'static str, rows: Vec<Element>| {
        let group = el("div").class("fact-group").with(el("h3").with(title));
        rows.into_iter().fold(group, Element::with)
    };
    let criteria = words(move || read(store, |scope| scope.text(ScopeText::RiskCriteria).to_owned()));
    let criteria = TextField::new("text-risk-criteria", "Risk criteria", criteria, move |text| {
        store.dispatch(Action::SetText(ScopeText::RiskCriteria, text));
    });
    let criteria = criteria
        .hint("How likelihood and impact are rated, and when a risk may be accepted.")
        .long(true);
    let iso = vec![
        row(vec![
            date(ScopeDate::Stage1, "Stage 1"),
            date(ScopeDate::Stage2, "Stage 2"),
            date(ScopeDate::Certified, "Certification decision"),
        ]),
        row(vec![
            date(ScopeDate::InternalAudit, "Internal audit planned"),
            date(ScopeDate::ManagementReview, "Management review planned"),
        ]),
    ];
    let soc2 = vec![
        row(vec![
            date(ScopeDate::AsOf, "Type 1: as-of date"),
            date(ScopeDate::WindowStart, "Type 2: first day"),
            date(ScopeDate::WindowEnd, "Type 2: last day"),
        ]),
        el("p")
            .class("hint")
            .attr("role", "status")
            .with(follow(move || window_hint(store))),
    ];
    let numbers = vec![row(vec![
        date(ScopeDate::Target, "Ready by"),
        number(ScopeCount::Headcount, "People in scope"),
        number(ScopeCount::Sites, "Sites in scope"),
    ])];
    let risks = vec![
        el("div").with(criteria),
        number(
            ScopeCount::RiskAccepted,
            "Highest level accepted without treatment, 1 to 25",
        ),
    ];
    named_section("dates", "Dates and numbers")
        .with(group("ISO/IEC 27001", iso))
        .with(group("SOC 2", soc2))
        .with(group("Target and size", numbers))
        .with(group("Risk", risks))
}

/// Why the window of a Type 2 report is not counted; blank if it is, or while no day of it is stated.
fn window_hint(store: AssessmentStore) -> &'static str {
    let day = |id: ScopeDate| read(store, |scope| scope.dates.get(&id).copied());
    match (day(ScopeDate::WindowStart), day(ScopeDate::WindowEnd)) {
        (Some(first), Some(last)) if last < first => "The last day is before the first: no window is counted.",
        (Some(_), Some(_)) | (None, None) => "",
        (Some(_), None) | (None, Some(_)) => {
            "A window has a first and a last day; until both stand here none is counted."
        }
    }
}
