//! One obligation: the requirements that a mapping names for it, the practices that these need, and the gaps there.

use super::{Ground, spoken_tone};
use crate::analysis::{Analysis, Footing, Gap, SourceReading};
use crate::catalogue::CATALOGUE;
use crate::domain::{Obligation, ObligationSource, Requirement};
use crate::report::wording;
use crate::ui::components::{
    breadcrumb, folded, grade_tone, link, page, paragraph, requirement_links, row, section, table, table_body, tag,
};
use crate::ui::element::el;
use crate::ui::pages::requirement::standing_tag;
use crate::ui::pages::requirements::{override_tag, status_of};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// One obligation with all that it rests on.
pub(super) fn one_view(
    store: AssessmentStore,
    ground: &Ground,
    source: &'static ObligationSource,
    obligation: &'static Obligation,
) -> View {
    let reading: SourceReading = ground.reading(store, source);
    let Some(reading) = reading.obligations().find(|it| it.obligation == obligation) else {
        return View::Many(Vec::new());
    };
    let group = source.groups.iter().find(|it| it.obligations.contains(obligation));
    let whole = ground.query(source);
    let in_group = whole.clone().with("group", group.map_or("", |it| it.id));
    let to = |query: Query| store.href(Page::Obligations(query));
    let trail = breadcrumb(vec![
        link(to(whole), source.short),
        link(to(in_group), group.map(|it| it.name()).unwrap_or_default()),
    ]);
    let status = el("p")
        .class("status-line")
        .with(tag(spoken_tone(reading.spoken), reading.spoken.title()))
        .with(" ")
        .with(el("span").with(format!("practices: {}", wording::footing_practices(&reading.footing))));
    let note = (!obligation.note.is_empty()).then(|| paragraph(obligation.note));
    let head = el("header")
        .class("page-head")
        .with(el("p").class("eyebrow").with(source.title))
        .with(el("h1").with(obligation.name()))
        .with(status)
        .with(note);
    page(
        "page",
        vec![
            trail,
            head.view(),
            ground.notices(store, source),
            requirements_section(store, &ground.analysis, &reading.footing),
            gaps_section(store, &ground.analysis, &reading.footing),
            practices_section(store, &ground.analysis, &reading.footing),
            section(
                "How far this can be relied on",
                vec![
                    paragraph(source.quality),
                    el("p").class("obligation-credit").with(source.credit).view(),
                ],
            ),
        ],
    )
}

fn requirements_section(store: AssessmentStore, analysis: &Analysis, footing: &Footing) -> View {
    let title = "Requirements of ISO/IEC 27001 that a mapping names";
    if footing.requirements.is_empty() {
        let words = "None. No public mapping that we know of names one, so your answers say nothing for it here.";
        return section(title, vec![paragraph(words)]);
    }
    let positions = footing.requirements.iter();
    let named = positions.filter_map(|at| CATALOGUE.requirements.get(*at).map(|it| (*at, it)));
    let rows = named.map(|(at, requirement)| requirement_row(store, analysis, at, requirement));
    let heads = ["Requirement", "Status", "Rests on"];
    let name = "What the answers say about each".to_owned();
    section(
        title,
        vec![table("data-table", name, &heads, vec![table_body(rows.collect())])],
    )
}

fn requirement_row(store: AssessmentStore, analysis: &Analysis, at: usize, requirement: &'static Requirement) -> View {
    let (tone, word, basis) = status_of(analysis, at);
    let href = store.href(Page::requirement(requirement.id));
    let status = View::Many(vec![tag(tone, word), override_tag(analysis, at)]);
    row(
        link(href, wording::requirement_name(requirement)),
        vec![status, basis.into()],
    )
}

fn gaps_section(store: AssessmentStore, analysis: &Analysis, footing: &Footing) -> View {
    let gaps = footing.gaps.iter().filter_map(|at| analysis.gaps.get(*at));
    let rows: Vec<View> = gaps.filter_map(|gap| gap_row(store, gap)).collect();
    let title = format!("Gaps that touch it ({})", rows.len());
    if rows.is_empty() {
        return section(title, vec![paragraph("None among the answers so far.")]);
    }
    let heads = ["Practice", "Potential grade", "Effort", "Closes"];
    let name = "The first to close stands first".to_owned();
    section(title, vec![table("data-table", name, &heads, vec![table_body(rows)])])
}

fn gap_row(store: AssessmentStore, gap: &Gap) -> Option<View> {
    let practice = CATALOGUE.practices.get(gap.practice)?;
    Some(row(
        link(store.href(Page::question(practice.id)), practice.title()),
        vec![
            tag(grade_tone(gap.grade), gap.grade.title()),
            practice.effort.as_str().into(),
            requirement_links(store, &gap.closes),
        ],
    ))
}

fn practices_section(store: AssessmentStore, analysis: &Analysis, footing: &Footing) -> View {
    let practices = footing.practices.iter().filter_map(|at| CATALOGUE.practices.get(at));
    let list = practices.fold(el("ul").class("practice-list"), |list, practice| {
        let name = link(store.href(Page::question(practice.id)), practice.title());
        let standing = standing_tag(store, analysis, practice);
        list.with(el("li").with(name).with(" ").with(standing))
    });
    let title = format!("Practices that they need ({})", footing.practices.len());
    let words = wording::footing_practices(footing);
    section(title, vec![folded(words, list).class("section-folded").view()])
}
