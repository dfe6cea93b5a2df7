//! Readiness at a glance: figures and bars by framework, what could be shown by topic, and the gaps to close first.

use leptos::prelude::Get;

use super::conflicts::conflict_notice;
use super::gates::gate_strip;
use super::obligations::obligations_link;
use crate::analysis::{Analysis, FacetTally, FrameworkReadiness, Gap, TopicProgress};
use crate::catalogue::CATALOGUE;
use crate::domain::Facet;
use crate::report::wording;
use crate::ui::components::{
    ChartRow, actions, button_link, link, page, page_head, paragraph, readiness_bar, readiness_chart,
    requirement_links, row, row_head, section, table, table_body,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// How many gaps stand here.
const N_TOP_GAPS: usize = 8;

/// The overview.
pub fn overview_page() -> View {
    let store = AssessmentStore::expect();
    follow(move || overview(store, &store.analysis.get()))
}

fn overview(store: AssessmentStore, analysis: &Analysis) -> View {
    let (asked, answered) = analysis.progress();
    let lead = format!(
        "{answered} of {asked} questions answered. Shares count requirements that are ready, over requirements in scope, \
         without weights; an interval says how it can turn out."
    );
    let figures = analysis.frameworks.iter().map(figure).collect();
    let mut parts = vec![
        page_head("Overview", lead),
        el("ul")
            .class("page-links")
            .with(el("li").with(link(store.href(Page::Dashboard), "Dashboard for a board")))
            .view(),
        conflict_notice(store),
        el("dl").class("figures").all(figures).view(),
        gate_strip(store, analysis),
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
    parts.push(section("Other laws and frameworks", vec![obligations_link(store)]));
    page("page", parts)
}

fn title_of(framework: &FrameworkReadiness) -> String {
    CATALOGUE
        .framework(framework.id)
        .map(|it| it.full_title())
        .unwrap_or_default()
}

fn figure(framework: &FrameworkReadiness) -> View {
    let note = if framework.id.is_cloud() {
        format!(
            "requirements ready; {} rows with cloud content",
            wording::share(&framework.with_cloud_content)
        )
    } else {
        "requirements ready".to_owned()
    };
    let part = |class: &'static str, shown: View| el("dd").class(class).with(shown);
    el("div")
        .class("figure")
        .with(el("dt").with(title_of(framework)))
        .with(el("dd").with(wording::share(&framework.total)))
        .with(part("figure-bar", readiness_bar(&framework.total).view()))
        .with(part("figure-note", note.into()))
        .view()
}

fn framework_section(store: AssessmentStore, framework: &FrameworkReadiness) -> View {
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
    section(title, vec![readiness_chart(finding, "Theme or series", &rows)])
}

fn top_gaps(store: AssessmentStore, gaps: &[Gap]) -> View {
    let title = "What to do first";
    if gaps.is_empty() {
        return section(
            title,
            vec![paragraph("No gap has been found among the answers so far.")],
        );
    }
    let shown = gaps.iter().take(N_TOP_GAPS);
    let list = shown.fold(el("ol").class("top-gaps"), |list, gap| list.with(top_gap(store, gap)));
    let all = format!("All {}", wording::count(gaps.len(), "gap", "gaps"));
    let all = button_link("button", store.href(Page::Gaps(Query::default())), all);
    section(title, vec![list.view(), actions(vec![all.view()])])
}

fn top_gap(store: AssessmentStore, gap: &Gap) -> Option<Element> {
    let practice = CATALOGUE.practices.get(gap.practice)?;
    let title = link(store.href(Page::question(practice.id)), practice.title());
    let grade = format!("{}. Effort {}.", gap.grade.title(), practice.effort.as_str());
    let shown = el("li").with(el("h3").with(title)).with(paragraph(grade));
    Some(shown.with(requirement_links(store, &gap.closes)))
}

/// What could be shown, topic by topic and facet by facet.
fn facet_heat_map(store: AssessmentStore, topics: &[TopicProgress]) -> View {
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
    section("What could be shown", vec![paragraph(finding), map])
}

fn heat_row(store: AssessmentStore, topic: &TopicProgress) -> View {
    let title = CATALOGUE.topic(topic.id.as_str()).map_or("", |topic| topic.title);
    let head = link(store.href(Page::topic(topic.id)), title);
    let row = el("tr").with(row_head(head));
    topic
        .facets
        .iter()
        .fold(row, |row, tally| row.with(heat_cell(tally)))
        .view()
}

fn heat_cell(tally: &FacetTally) -> Element {
    let words = if tally.n_asked == 0 {
        "none".to_owned()
    } else {
        format!("{} of {}", tally.n_shown, tally.n_asked)
    };
    let cell = el("td").class("heat-cell").attr("data-level", tally.level());
    cell.with(el("span").with(words))
}

/// What the answers rest on.
fn basis_section(analysis: &Analysis) -> View {
    let mix = analysis.basis_mix;
    let rows = [
        ("Tested", mix.n_tested),
        ("Seen", mix.n_seen),
        ("Said", mix.n_said),
        ("Basis not stated", mix.n_unstated),
    ];
    let rows = rows.map(|(word, n)| row(word, vec![wording::count(n, "answer", "answers").into()]));
    let counts = table(
        "data-table",
        "Answers by basis".to_owned(),
        &["Basis", "Answers"],
        vec![table_body(rows.into())],
    );
    let caution = paragraph("What was only said is not evidence.");
    section("What the answers rest on", vec![caution, counts])
}
