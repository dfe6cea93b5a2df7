//! The gap register with filters and orders. Both sit in the address, so that a view can be linked to.

use leptos::prelude::*;

use crate::analysis::{Gap, GapKind, Grade};
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Practice};
use crate::report::wording;
use crate::ui::components::{RequirementLinks, SelectField, Tag, Tone};
use crate::ui::route::{Page, Query, Route};
use crate::ui::state::AssessmentStore;

/// The columns that can be sorted by, with their value in the address.
const ORDERS: [(&str, &str); 4] = [
    ("", "Rank"),
    ("practice", "Practice"),
    ("grade", "Potential grade"),
    ("effort", "Effort"),
];

/// The gap register.
#[component]
pub fn GapsPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    let app = store.app();
    let query = Memo::new(move |_| match app.route.get() {
        Route::Assessment(_, Page::Gaps(query)) => query,
        Route::Start | Route::Gallery | Route::Unknown | Route::Assessment(..) => Query::default(),
    });
    let set = move |name: &'static str| {
        Callback::new(move |value: String| {
            app.go(&Route::Assessment(
                store.id(),
                Page::Gaps(query.get_untracked().with(name, &value)),
            ))
        })
    };
    let n_all = Memo::new(move |_| store.analysis.get().gaps.len());
    let shown = Memo::new(move |_| {
        store
            .analysis
            .with(|analysis| query.with(|query| selected(&analysis.gaps, query)))
    });
    let value = move |name: &'static str| Signal::derive(move || query.with(|query| query.get(name).to_owned()));
    let grades = [
        Grade::PotentialMajor,
        Grade::PotentialMinor,
        Grade::PotentialDesignDeficiency,
        Grade::PotentialOperatingDeviation,
        Grade::Observation,
    ];
    let choices = |all: &str, rest: Vec<(String, String)>| {
        Signal::stored(
            std::iter::once((String::new(), all.to_owned()))
                .chain(rest)
                .collect::<Vec<_>>(),
        )
    };
    let framework_choices = choices(
        "All frameworks",
        CATALOGUE
            .frameworks
            .iter()
            .map(|it| (it.id.to_string(), it.full_title()))
            .collect(),
    );
    let topic_choices = choices(
        "All topics",
        CATALOGUE
            .topics
            .iter()
            .map(|it| (it.id.as_str().to_owned(), it.title.to_owned()))
            .collect(),
    );
    let grade_choices = choices(
        "All grades",
        grades
            .iter()
            .map(|it| (it.title().to_owned(), it.title().to_owned()))
            .collect(),
    );
    view! {
        <main id="main" tabindex="-1" class="page page-wide">
            <header class="page-head"><h1>"Gap register"</h1><p class="lead">"A gap is a practice that is absent, partly there, or can't be shown. Grades are potential: grading is the auditor's act."</p></header>
            <form class="filters" on:submit=|event| event.prevent_default()>
                <SelectField id="filter-framework" label="Framework" choices=framework_choices value=value("framework") on_choose=set("framework") />
                <SelectField id="filter-topic" label="Topic" choices=topic_choices value=value("topic") on_choose=set("topic") />
                <SelectField id="filter-grade" label="Potential grade" choices=grade_choices value=value("grade") on_choose=set("grade") />
                <output class="filter-count">{move || format!("{} of {}", shown.with(Vec::len), wording::count(n_all.get(), "gap", "gaps"))}</output>
            </form>
            {move || if shown.with(Vec::is_empty) {
                let words = if n_all.get() == 0 { "No gap has been found among the answers so far." } else { "No gap matches these filters." };
                view! { <div class="empty"><p>{words}</p></div> }.into_any()
            } else {
                view! { <GapTable shown order=value("sort") on_order=set("sort") /> }.into_any()
            }}
        </main>
    }
}

/// The gaps that match a query, in its order.
fn selected(gaps: &[Gap], query: &Query) -> Vec<Gap> {
    let framework = FrameworkId::parse(query.get("framework"));
    let practice = |gap: &Gap| CATALOGUE.practices.get(gap.practice);
    let touches = |gap: &Gap, id: FrameworkId| {
        let positions = gap.closes.iter().chain(std::iter::once(&gap.lead));
        positions
            .filter_map(|position| CATALOGUE.requirements.get(*position))
            .any(|it| it.id.framework == id)
    };
    let mut selected: Vec<Gap> = gaps
        .iter()
        .filter(|gap| framework.is_none_or(|id| touches(gap, id)))
        .filter(|gap| {
            query.get("topic").is_empty() || practice(gap).is_some_and(|it| it.topic.as_str() == query.get("topic"))
        })
        .filter(|gap| query.get("grade").is_empty() || gap.grade.title() == query.get("grade"))
        .cloned()
        .collect();
    match query.get("sort") {
        "practice" => selected.sort_by_key(|gap| practice(gap).map(|it| it.title)),
        "grade" => selected.sort_by_key(|gap| gap.grade),
        "effort" => selected.sort_by_key(|gap| practice(gap).map(|it| it.effort)),
        _ => {}
    }
    selected
}

#[component]
fn GapTable(
    /// The gaps.
    shown: Memo<Vec<Gap>>,
    /// The order.
    #[prop(into)]
    order: Signal<String>,
    /// What choosing an order does.
    on_order: Callback<String>,
) -> impl IntoView {
    let header = move |(value, title): (&'static str, &'static str)| {
        let is_current = move || order.get() == value;
        view! {
            <th scope="col" aria-sort=move || if is_current() { "ascending" } else { "none" }>
                <button type="button" class="sort" on:click=move |_| on_order.run(value.to_owned())>{title}</button>
            </th>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Gaps">
            <table class="data-table dense">
                <caption class="visually-hidden">"Gaps"</caption>
                <thead><tr>
                    {ORDERS.map(header).collect_view()}
                    <th scope="col">"What is there"</th><th scope="col">"Closes"</th><th scope="col">"First step"</th><th scope="col">"Owner"</th>
                </tr></thead>
                <tbody>
                    <For each=move || shown.get().into_iter().enumerate() key=|(index, gap)| (*index, gap.practice, gap.grade) let:row>
                        <GapRow rank=row.0 + 1 gap=row.1 />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

const fn grade_tone(grade: Grade) -> Tone {
    match grade {
        Grade::PotentialMajor => Tone::Poor,
        Grade::PotentialMinor | Grade::PotentialDesignDeficiency | Grade::PotentialOperatingDeviation => Tone::Fair,
        Grade::Observation => Tone::Plain,
    }
}

fn kind_words(kind: &GapKind) -> String {
    match kind {
        GapKind::NotInPlace => "Not in place".to_owned(),
        GapKind::Partly => "Partly in place".to_owned(),
        GapKind::NotShown(facets) => {
            let names: Vec<String> = facets.iter().map(|facet| facet.title().to_lowercase()).collect();
            format!("In place, can't be shown: {}", names.join(", "))
        }
    }
}

#[component]
fn GapRow(
    /// The place in the list.
    rank: usize,
    /// The gap.
    gap: Gap,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let practice: Option<&'static Practice> = CATALOGUE.practices.get(gap.practice);
    practice.map(|practice| {
        let owner = store.with(|assessment| assessment.answer(practice.id).owner);
        let closes = if gap.closes.is_empty() {
            vec![gap.lead]
        } else {
            gap.closes.clone()
        };
        view! {
            <tr>
                <td class="number">{rank}</td>
                <th scope="row"><a href=store.href(Page::question(practice.id))>{practice.title}</a></th>
                <td><Tag tone=grade_tone(gap.grade) text=gap.grade.title().to_owned() /></td>
                <td>{practice.effort.as_str()}</td>
                <td>{kind_words(&gap.kind)}</td>
                <td><RequirementLinks positions=closes /></td>
                <td>{practice.fix.first().copied()}</td>
                <td>{owner}</td>
            </tr>
        }
    })
}
