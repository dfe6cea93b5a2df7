//! Readiness at a glance: figures and bars by framework, what could be shown by topic, and the gaps to close first.

use leptos::prelude::*;

use crate::analysis::{FacetTally, FrameworkReadiness, TopicProgress};
use crate::catalogue::CATALOGUE;
use crate::domain::Facet;
use crate::report::wording;
use crate::ui::components::{ChartRow, ReadinessChart, RequirementLinks};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;

/// How many gaps stand here.
const N_TOP_GAPS: usize = 8;

/// The overview.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    let frameworks = Memo::new(move |_| store.analysis.get().frameworks.clone());
    let answered = move || {
        let (asked, answered) = store.analysis.get().progress();
        format!(
            "{answered} of {asked} questions answered. Shares count requirements that are ready, over requirements in scope, without weights; an interval says how it can turn out."
        )
    };
    view! {
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>"Overview"</h1><p class="lead">{answered}</p></header>
            <dl class="figures">
                {move || frameworks.get().into_iter().map(|framework| view! { <FrameworkFigure framework /> }).collect_view()}
            </dl>
            <TopGaps />
            {move || frameworks.get().into_iter().map(|framework| view! { <FrameworkSection framework /> }).collect_view()}
            <FacetHeatMap />
            <BasisSection />
        </main>
    }
}

fn title_of(framework: &FrameworkReadiness) -> String {
    CATALOGUE
        .framework(framework.id)
        .map(|it| it.full_title())
        .unwrap_or_default()
}

#[component]
fn FrameworkFigure(
    /// The framework.
    framework: FrameworkReadiness,
) -> impl IntoView {
    let note = if framework.id.is_cloud() {
        format!(
            "requirements ready; {} rows with cloud content",
            wording::share(&framework.with_cloud_content)
        )
    } else {
        "requirements ready".to_owned()
    };
    view! {
        <div class="figure">
            <dt>{title_of(&framework)}</dt>
            <dd>{wording::share(&framework.total)}</dd>
            <dd class="figure-note">{note}</dd>
        </div>
    }
}

#[component]
fn FrameworkSection(
    /// The framework.
    framework: FrameworkReadiness,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let title = title_of(&framework);
    let heading = format!("framework-{}", framework.id);
    let href = store.href(Page::requirements(framework.id));
    let rows: Vec<ChartRow> = framework
        .groups
        .iter()
        .map(|group| ChartRow {
            label: format!("{} {}", group.id, group.title),
            href: href.clone(),
            tally: group.tally,
        })
        .collect();
    let finding = wording::tally_finding(&title, &framework.total);
    view! {
        <section class="section" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <ReadinessChart finding=finding heading="Theme or series" rows=Signal::stored(rows) />
        </section>
    }
}

#[component]
fn TopGaps() -> impl IntoView {
    let store = AssessmentStore::expect();
    let gaps = Memo::new(move |_| {
        store
            .analysis
            .get()
            .gaps
            .iter()
            .take(N_TOP_GAPS)
            .cloned()
            .collect::<Vec<_>>()
    });
    let n_gaps = Memo::new(move |_| store.analysis.get().gaps.len());
    view! {
        <section class="section" aria-labelledby="first">
            <h2 id="first">"What to do first"</h2>
            {move || if n_gaps.get() == 0 {
                view! { <p>"No gap has been found among the answers so far."</p> }.into_any()
            } else {
                view! {
                    <ol class="top-gaps">
                        {gaps.get().into_iter().filter_map(|gap| CATALOGUE.practices.get(gap.practice).map(|practice| (gap, practice))).map(|(gap, practice)| view! {
                            <li>
                                <h3><a href=store.href(Page::question(practice.id))>{practice.title}</a></h3>
                                <p>{format!("{}. Effort {}.", gap.grade.title(), practice.effort.as_str())}</p>
                                <RequirementLinks positions=gap.closes />
                            </li>
                        }).collect_view()}
                    </ol>
                    <p class="actions"><a class="button" href=store.href(Page::Gaps(Query::default()))>{format!("All {}", wording::count(n_gaps.get(), "gap", "gaps"))}</a></p>
                }.into_any()
            }}
        </section>
    }
}

/// What could be shown, topic by topic and facet by facet.
#[component]
fn FacetHeatMap() -> impl IntoView {
    let store = AssessmentStore::expect();
    let topics = Memo::new(move |_| store.analysis.get().topics.clone());
    let finding = move || {
        topics.with(|topics| {
            let share = |facet: usize| {
                let tallies = topics.iter().filter_map(|topic| topic.facets.get(facet));
                tallies.fold((0, 0), |(shown, asked), tally| {
                    (shown + tally.n_shown, asked + tally.n_asked)
                })
            };
            let parts = Facet::ALL.iter().enumerate().map(|(index, facet)| {
                let (shown, asked) = share(index);
                format!("{} {shown} of {asked}", facet.title().to_lowercase())
            });
            format!(
                "Of the practices that are at least partly in place, this could be shown today: {}.",
                parts.collect::<Vec<_>>().join(", ")
            )
        })
    };
    view! {
        <section class="section" aria-labelledby="facets">
            <h2 id="facets">"What could be shown"</h2>
            <p>{finding}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="What could be shown, by topic">
                <table class="data-table heat">
                    <caption class="visually-hidden">"Practices whose facet could be shown, of those at least partly in place"</caption>
                    <thead><tr><th scope="col">"Topic"</th>{Facet::ALL.map(|facet| view! { <th scope="col">{facet.title()}</th> }).collect_view()}</tr></thead>
                    <tbody>{move || topics.get().into_iter().map(|topic| view! { <HeatRow topic /> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn HeatRow(
    /// The topic.
    topic: TopicProgress,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let title = CATALOGUE.topic(topic.id.as_str()).map_or("", |topic| topic.title);
    let cell = |tally: FacetTally| {
        let words = if tally.n_asked == 0 {
            "none".to_owned()
        } else {
            format!("{} of {}", tally.n_shown, tally.n_asked)
        };
        view! { <td class="heat-cell" data-level=tally.level()><span>{words}</span></td> }
    };
    view! {
        <tr><th scope="row"><a href=store.href(Page::topic(topic.id))>{title}</a></th>{topic.facets.map(cell).collect_view()}</tr>
    }
}

/// What the answers rest on.
#[component]
fn BasisSection() -> impl IntoView {
    let store = AssessmentStore::expect();
    let mix = Memo::new(move |_| store.analysis.get().basis_mix);
    let rows = move || {
        let mix = mix.get();
        [
            ("Tested", mix.n_tested),
            ("Seen", mix.n_seen),
            ("Said", mix.n_said),
            ("Basis not stated", mix.n_unstated),
        ]
    };
    view! {
        <section class="section" aria-labelledby="basis">
            <h2 id="basis">"What the answers rest on"</h2>
            <p>"What was only said is not evidence."</p>
            <dl class="pairs">{move || rows().map(|(word, n)| view! { <dt>{word}</dt><dd>{wording::count(n, "answer", "answers")}</dd> }).collect_view()}</dl>
        </section>
    }
}
