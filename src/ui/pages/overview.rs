//! Readiness at a glance: figures and bars by framework, what could be shown by topic, and the gaps to close first.

use leptos::prelude::*;

use crate::analysis::{Analysis, FacetTally, FrameworkReadiness, Gap, TopicProgress};
use crate::catalogue::CATALOGUE;
use crate::domain::Facet;
use crate::report::wording;
use crate::ui::components::{
    ChartRow, actions, button_link, link, page, page_head, paragraph, readiness_bar, readiness_chart,
    requirement_links, row, section, table, table_body, text,
};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;

/// How many gaps stand here.
const N_TOP_GAPS: usize = 8;

/// The overview.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let store = AssessmentStore::expect();
    follow(move || overview(store, &store.analysis.get()))
}

fn overview(store: AssessmentStore, analysis: &Analysis) -> AnyView {
    let (asked, answered) = analysis.progress();
    let lead = format!(
        "{answered} of {asked} questions answered. Shares count requirements that are ready, over requirements in scope, \
         without weights; an interval says how it can turn out."
    );
    let figures: Vec<AnyView> = analysis.frameworks.iter().map(figure).collect();
    let mut parts = vec![
        page_head("Overview".to_owned(), text(lead)),
        view! { <dl class="figures">{figures}</dl> }.into_any(),
        top_gaps(store, &analysis.gaps),
    ];
    parts.extend(
        analysis
            .frameworks
            .iter()
            .map(|framework| framework_section(store, framework)),
    );
    parts.push(facet_heat_map(store, &analysis.topics));
    parts.push(basis_section(analysis));
    page("page", parts)
}

fn title_of(framework: &FrameworkReadiness) -> String {
    CATALOGUE
        .framework(framework.id)
        .map(|it| it.full_title())
        .unwrap_or_default()
}

fn figure(framework: &FrameworkReadiness) -> AnyView {
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
            <dt>{title_of(framework)}</dt>
            <dd>{wording::share(&framework.total)}</dd>
            <dd class="figure-bar">{readiness_bar(&framework.total)}</dd>
            <dd class="figure-note">{note}</dd>
        </div>
    }
    .into_any()
}

fn framework_section(store: AssessmentStore, framework: &FrameworkReadiness) -> AnyView {
    let title = title_of(framework);
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
    section(title, readiness_chart(finding, "Theme or series", &rows))
}

fn top_gaps(store: AssessmentStore, gaps: &[Gap]) -> AnyView {
    if gaps.is_empty() {
        return section(
            "What to do first".to_owned(),
            paragraph("No gap has been found among the answers so far."),
        );
    }
    let items: Vec<AnyView> = gaps.iter().take(N_TOP_GAPS).map(|gap| top_gap(store, gap)).collect();
    let all = format!("All {}", wording::count(gaps.len(), "gap", "gaps"));
    let body = view! {
        <ol class="top-gaps">{items}</ol>
        {actions(vec![button_link("button", store.href(Page::Gaps(Query::default())), all)])}
    };
    section("What to do first".to_owned(), body.into_any())
}

fn top_gap(store: AssessmentStore, gap: &Gap) -> AnyView {
    let Some(practice) = CATALOGUE.practices.get(gap.practice) else {
        return ().into_any();
    };
    view! {
        <li>
            <h3>{link(store.href(Page::question(practice.id)), practice.title().to_owned())}</h3>
            <p>{format!("{}. Effort {}.", gap.grade.title(), practice.effort.as_str())}</p>
            {requirement_links(store, &gap.closes)}
        </li>
    }
    .into_any()
}

/// What could be shown, topic by topic and facet by facet.
fn facet_heat_map(store: AssessmentStore, topics: &[TopicProgress]) -> AnyView {
    let share = |index: usize| {
        let tallies = topics.iter().filter_map(|topic| topic.facets.get(index));
        tallies.fold((0, 0), |(shown, asked), tally| {
            (shown + tally.n_shown, asked + tally.n_asked)
        })
    };
    let parts = Facet::ALL.iter().enumerate().map(|(index, facet)| {
        let (shown, asked) = share(index);
        format!("{} {shown} of {asked}", facet.title().to_ascii_lowercase())
    });
    let finding = format!(
        "Of the practices that are at least partly in place, this could be shown today: {}.",
        parts.collect::<Vec<_>>().join(", ")
    );
    let heads = ["Topic", "Documented", "Enforced", "Evidenced", "Improved"];
    let rows = topics.iter().map(|topic| heat_row(store, topic)).collect();
    let map = table(
        "data-table heat",
        "What could be shown, by topic".to_owned(),
        &heads,
        vec![table_body(rows)],
    );
    section(
        "What could be shown".to_owned(),
        view! { {paragraph(finding)}{map} }.into_any(),
    )
}

fn heat_row(store: AssessmentStore, topic: &TopicProgress) -> AnyView {
    let title = CATALOGUE.topic(topic.id.as_str()).map_or("", |topic| topic.title);
    let cell = |tally: &FacetTally| {
        let words = if tally.n_asked == 0 {
            "none".to_owned()
        } else {
            format!("{} of {}", tally.n_shown, tally.n_asked)
        };
        view! { <td class="heat-cell" data-level=tally.level()><span>{words}</span></td> }.into_any()
    };
    let cells: Vec<AnyView> = topic.facets.iter().map(cell).collect();
    let head = link(store.href(Page::topic(topic.id)), title.to_owned());
    view! { <tr><th scope="row">{head}</th>{cells}</tr> }.into_any()
}

/// What the answers rest on.
fn basis_section(analysis: &Analysis) -> AnyView {
    let mix = analysis.basis_mix;
    let rows = [
        ("Tested", mix.n_tested),
        ("Seen", mix.n_seen),
        ("Said", mix.n_said),
        ("Basis not stated", mix.n_unstated),
    ];
    let rows = rows.map(|(word, n)| row(text(word), vec![text(wording::count(n, "answer", "answers"))]));
    let counts = table(
        "data-table",
        "Answers by basis".to_owned(),
        &["Basis", "Answers"],
        vec![table_body(rows.into())],
    );
    let body = view! { {paragraph("What was only said is not evidence.")}{counts} };
    section("What the answers rest on".to_owned(), body.into_any())
}
