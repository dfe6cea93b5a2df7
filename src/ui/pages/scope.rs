//! The scope: frameworks, categories and facts first, because they decide what is asked; then words, dates and numbers.

use leptos::prelude::Get;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Category, Fact, FrameworkId, Scope, ScopeCount, ScopeDate, ScopeText};
use crate::report::wording;
use crate::ui::components::{
    TextField, button_link, check_choice, date_field, named_section, number_field, page, page_head, radio_choice,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{flag, follow, words};
use crate::ui::route::Page;
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
                stated leaves its questions in. Answers that fall out of scope are kept and return.";
    let facts = FACT_GROUPS.iter();
    let facts = facts.fold(named_section("facts", "Facts"), |section, (title, facts)| {
        section.with(fact_group(store, title, facts))
    });
    let onward = button_link("button primary", store.href(Page::Tasks), "To the questions");
    page(
        "page page-narrow",
        vec![
            page_head("Scope", lead),
            el("p").class("scope-count").with(el("output").with(asked)).view(),
            frameworks(store).view(),
            categories(store).view(),
            facts.view(),
            texts(store).view(),
            dates(store).view(),
            el("p").class("actions").with(onward).view(),
        ],
    )
}

fn read<T>(store: AssessmentStore, read: impl FnOnce(&Scope) -> T) -> T {
    store.with(|assessment| read(&assessment.scope))
}

fn is_in(store: AssessmentStore, id: FrameworkId) -> bool {
    read(store, |scope| scope.frameworks.contains(&id))
}

fn frameworks(store: AssessmentStore) -> Element {
    let mut choices = el("div").class("choices");
    for id in FrameworkId::ALL {
        let label = CATALOGUE.framework(id).map(|framework| framework.full_title());
        choices = choices.with(check_choice(
            "choice",
            format!("framework-{id}"),
            "",
            label.unwrap_or_default(),
            flag(move || is_in(store, id)),
            move |is_in| {
                store.dispatch(Action::SetFramework(id, is_in));
            },
        ));
    }
    let source = el("p")
        .class("hint")
        .attr("hidden", flag(move || !is_in(store, FrameworkId::Iso27017)))
        .with(wording::CLOUD_SOURCE);
    el("fieldset")
        .class("section")
        .with(el("legend").with(el("h2").with("Frameworks")))
        .with(choices)
        .with(source)
}

fn categories(store: AssessmentStore) -> Element {
    let mut choices = el("div").class("choices");
    for id in Category::ALL {
        if id != Category::Security {
            choices = choices.with(check_choice(
                "choice",
                format!("category-{}", id.as_str()),
                "",
                id.title(),
                flag(move || read(store, |scope| scope.categories.contains(&id))),
                move |is_in| {
                    store.dispatch(Action::SetCategory(id, is_in));
                },
            ));
        }
    }
    el("fieldset")
        .class("section")
        .attr("hidden", flag(move || !is_in(store, FrameworkId::Soc2)))
        .with(el("legend").with(el("h2").with("SOC 2 categories")))
        .with(el("p").class("hint").with("Security is always in."))
        .with(choices)
}

fn fact_group(store: AssessmentStore, title: &'static str, facts: &'static [Fact]) -> Element {
    let group = el("div").class("fact-group").with(el("h3").with(title));
    facts
        .iter()
        .fold(group, |group, fact| group.with(fact_question(store, *fact)))
}

/// A fact: yes, no, or not stated.
fn fact_question(store: AssessmentStore, fact: Fact) -> Element {
    let mut choices = el("div").class("choices inline");
    let group = format!("fact-{}", fact.as_str());
    let words = [
        ("yes", "Yes", Some(true)),
        ("no", "No", Some(false)),
        ("not-stated", "Not stated", None),
    ];
    for (id, label, value) in words {
        choices = choices.with(radio_choice(
            format!("{group}-{id}"),
            group.clone(),
            label,
            "",
            flag(move || read(store, |scope| scope.facts.get(&fact).copied()) == value),
            move || {
                store.dispatch(Action::SetFact(fact, value));
            },
        ));
    }
    el("fieldset")
        .class("fact")
        .with(el("legend").with(fact.question()))
        .with(choices)
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
    let row = |left: Element, right: Element| el("div").class("field-row").with(left).with(right);
    named_section("dates", "Dates and numbers")
        .with(row(
            date(ScopeDate::Target, "Target date"),
            date(ScopeDate::AsOf, "SOC 2 Type 1: as-of date"),
        ))
        .with(row(
            date(ScopeDate::WindowStart, "SOC 2 Type 2: first day"),
            date(ScopeDate::WindowEnd, "SOC 2 Type 2: last day"),
        ))
        .with(row(
            number(ScopeCount::Headcount, "People in scope"),
            number(ScopeCount::Sites, "Sites in scope"),
        ))
}
