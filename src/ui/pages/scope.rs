//! The scope: frameworks, categories and facts first, because they decide what is asked; then words, dates and numbers.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Category, Fact, FrameworkId, Scope, ScopeCount, ScopeDate, ScopeText};
use crate::report::wording;
use crate::ui::components::{CheckChoice, DateField, NumberField, TextField};
use crate::ui::follow::{act, flag, memo};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

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

fn scope_memo<T: PartialEq + Send + Sync + 'static>(
    store: AssessmentStore,
    read: impl Fn(&Scope) -> T + Send + Sync + 'static,
) -> Memo<T> {
    memo(move || store.with(|assessment| read(&assessment.scope)))
}

/// The scope page.
#[component]
pub fn ScopePage() -> impl IntoView {
    let store = AssessmentStore::expect();
    let n_asked = memo(move || store.analysis.get().progress().0);
    let asked = move || match n_asked.get() {
        0 => "No question is asked with this scope.".to_owned(),
        n => format!(
            "With this scope {} asked.",
            wording::count(n, "question is", "questions are")
        ),
    };
    view! {
        <main id="main" tabindex="-1" class="page page-narrow">
            <header class="page-head">
                <h1>"Scope"</h1>
                <p class="lead">"Facts first, questions second. What you say here decides which questions are asked. A fact that is not stated leaves its questions in. Answers that fall out of scope are kept and return."</p>
            </header>
            <p class="scope-count"><output>{asked}</output></p>
            <Frameworks />
            <section class="section" aria-labelledby="facts">
                <h2 id="facts">"Facts"</h2>
                {FACT_GROUPS.map(|(title, facts)| view! { <FactGroup title facts /> }).collect_view()}
            </section>
            <Texts />
            <Dates />
            <p class="actions"><a class="button primary" href=store.href(Page::Tasks)>"To the questions"</a></p>
        </main>
    }
}

#[component]
fn Frameworks() -> impl IntoView {
    let store = AssessmentStore::expect();
    let framework = move |id: FrameworkId| {
        let label = CATALOGUE
            .framework(id)
            .map(|framework| framework.full_title())
            .unwrap_or_default();
        let is_in = scope_memo(store, move |scope| scope.frameworks.contains(&id));
        let tick = Callback::new(move |is_in| {
            store.dispatch(Action::SetFramework(id, is_in));
        });
        view! { <CheckChoice id=format!("framework-{id}") label=label is_ticked=is_in on_tick=tick /> }
    };
    let category = move |id: Category| {
        let is_in = scope_memo(store, move |scope| scope.categories.contains(&id));
        let tick = Callback::new(move |is_in| {
            store.dispatch(Action::SetCategory(id, is_in));
        });
        view! { <CheckChoice id=format!("category-{}", id.as_str()) label=id.title() is_ticked=is_in on_tick=tick /> }
    };
    let has_soc2 = scope_memo(store, |scope| scope.frameworks.contains(&FrameworkId::Soc2));
    let has_cloud = scope_memo(store, |scope| scope.frameworks.contains(&FrameworkId::Iso27017));
    let chosen = Category::ALL
        .into_iter()
        .filter(|category| *category != Category::Security);
    view! {
        <fieldset class="section">
            <legend><h2>"Frameworks"</h2></legend>
            <div class="choices">{FrameworkId::ALL.map(framework).collect_view()}</div>
            <p class="hint" hidden=flag(move || !has_cloud.get())>{wording::CLOUD_SOURCE}</p>
        </fieldset>
        <fieldset class="section" hidden=flag(move || !has_soc2.get())>
            <legend><h2>"SOC 2 categories"</h2></legend>
            <p class="hint">"Security is always in."</p>
            <div class="choices">{chosen.map(category).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn FactGroup(
    /// What the facts are about.
    title: &'static str,
    /// The facts.
    facts: &'static [Fact],
) -> impl IntoView {
    view! {
        <div class="fact-group"><h3>{title}</h3>{facts.iter().map(|fact| view! { <FactQuestion fact=*fact /> }).collect_view()}</div>
    }
}

/// A fact: yes, no, or not stated.
#[component]
fn FactQuestion(
    /// The fact.
    fact: Fact,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let stated = scope_memo(store, move |scope| scope.facts.get(&fact).copied());
    let choices = [("Yes", Some(true)), ("No", Some(false)), ("Not stated", None)];
    let radio = move |(label, value): (&'static str, Option<bool>)| {
        let id = format!(
            "fact-{}-{}",
            fact.as_str(),
            label.to_ascii_lowercase().replace(' ', "-")
        );
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name=format!("fact-{}", fact.as_str()) prop:checked=flag(move || stated.get() == value)
                    on:change=act(move |_| { store.dispatch(Action::SetFact(fact, value)); }) />
                <label for=id>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="fact">
            <legend>{fact.question()}</legend>
            <div class="choices inline">{choices.map(radio).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Texts() -> impl IntoView {
    let store = AssessmentStore::expect();
    let field = move |id: ScopeText, label: &'static str, hint: &'static str, is_long: bool| {
        let text = scope_memo(store, move |scope| scope.text(id).to_owned());
        let commit = Callback::new(move |text| {
            store.dispatch(Action::SetText(id, text));
        });
        view! { <TextField id=format!("text-{}", id.as_str()) label=label hint=hint text=text on_commit=commit is_long=is_long /> }
    };
    view! {
        <section class="section" aria-labelledby="words">
            <h2 id="words">"Organisation and system"</h2>
            {field(ScopeText::Name, "Name of the assessment", "", false)}
            {field(ScopeText::Organisation, "Organisation", "As it stands on reports.", false)}
            {field(ScopeText::Statement, "Scope statement", "What the management system, or the system of the report, covers. Name repositories, pipelines and where they run.", true)}
            {field(ScopeText::Boundaries, "Boundaries and interfaces", "What stays outside, and what crosses the border.", true)}
            {field(ScopeText::Commitments, "Service commitments", "What you have promised to customers about security and availability.", true)}
        </section>
    }
}

#[component]
fn Dates() -> impl IntoView {
    let store = AssessmentStore::expect();
    let date = move |id: ScopeDate, label: &'static str| {
        let date = scope_memo(store, move |scope| scope.dates.get(&id).copied());
        let commit = Callback::new(move |date| {
            store.dispatch(Action::SetDate(id, date));
        });
        view! { <DateField id=format!("date-{}", id.as_str()) label=label date=date on_commit=commit /> }
    };
    let number = move |id: ScopeCount, label: &'static str| {
        let number = scope_memo(store, move |scope| scope.counts.get(&id).copied());
        let commit = Callback::new(move |number| {
            store.dispatch(Action::SetCount(id, number));
        });
        view! { <NumberField id=format!("count-{}", id.as_str()) label=label number=number on_commit=commit /> }
    };
    view! {
        <section class="section" aria-labelledby="dates">
            <h2 id="dates">"Dates and numbers"</h2>
            <div class="field-row">{date(ScopeDate::Target, "Target date")}{date(ScopeDate::AsOf, "SOC 2 Type 1: as-of date")}</div>
            <div class="field-row">{date(ScopeDate::WindowStart, "SOC 2 Type 2: first day")}{date(ScopeDate::WindowEnd, "SOC 2 Type 2: last day")}</div>
            <div class="field-row">{number(ScopeCount::Headcount, "People in scope")}{number(ScopeCount::Sites, "Sites in scope")}</div>
        </section>
    }
}
