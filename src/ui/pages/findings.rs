//! Potential nonconformities: what an auditor may raise, the answers behind it, what it breaks and what closes it.

use leptos::prelude::Get;

use crate::analysis::{Finding, Grade};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{
    empty, folded, grade_tone, link, note, page, page_head, paragraph, requirement_links, section, standing_tone, tag,
    term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Potential nonconformities, gravest first.
pub fn findings_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "What an auditor may raise on your answers so far, gravest first, and the evidence that closes it.";
    let shown = follow(move || groups(store, &store.analysis.get().findings));
    page(
        "page",
        vec![
            page_head(
                "Potential nonconformities",
                vec![lead.into(), " ".into(), term_link("potential-nonconformity")],
            ),
            note(wording::GRADING),
            folded("How they are graded", paragraph(wording::GRADES)).view(),
            shown,
        ],
    )
}

/// A section for each grade that there is.
fn groups(store: AssessmentStore, findings: &[Finding]) -> View {
    if findings.is_empty() {
        return empty("No answer so far raises a finding.");
    }
    let mut sections: Vec<View> = Vec::new();
    let mut rest = findings;
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|it| it.grade == first.grade).count();
        let (group, after) = rest.split_at(n);
        rest = after;
        let cards = group
            .iter()
            .filter_map(|it| card(store, it))
            .map(Element::view)
            .collect();
        let list = el("ul").class("findings").all(cards).view();
        sections.push(section(format!("{} ({n})", first.grade.title()), vec![list]));
    }
    sections.into()
}

fn card(store: AssessmentStore, finding: &Finding) -> Option<Element> {
    let authored = CATALOGUE.nonconformities.get(finding.nonconformity)?;
    let graded = |framework: &'static str, grade: Option<Grade>| {
        let grade = grade?;
        let words = el("span").class("finding-grade").with(framework).with(" ");
        Some(words.with(tag(grade_tone(grade), grade.title())))
    };
    let grades = el("p")
        .class("finding-grades")
        .with(graded("ISO", finding.iso_grade()))
        .with(graded("SOC 2", finding.soc2_grade));
    let triggers = finding.triggers.iter().filter_map(|at| CATALOGUE.practices.get(*at));
    let triggers = triggers.fold(el("ul"), |list, practice| {
        let standing = store.with(|it| it.standing_kind(practice.id));
        let name = link(store.href(Page::question(practice.id)), practice.title());
        let item = el("li").with(name).with(" ");
        list.with(item.with(tag(standing_tone(standing), standing.title())))
    });
    let artefacts = finding.closed_by.iter().filter_map(|at| CATALOGUE.artefacts.get(*at));
    let artefacts = artefacts.fold(el("ul"), |list, artefact| {
        list.with(el("li").with(link(store.href(Page::Requests(Query::default())), artefact.title)))
    });
    let mut facts = el("dl")
        .class("finding-facts")
        .all(fact("Triggered by", triggers))
        .all(fact("Breaks", requirement_links(store, &finding.breaks)));
    if !finding.closed_by.is_empty() {
        facts = facts.all(fact("Closed by", artefacts));
    }
    let card = el("li")
        .class("finding")
        .with(
            el("div")
                .with(el("h3").with(authored.title))
                .with(grades)
                .with(paragraph(authored.finding)),
        )
        .with(facts);
    Some(card)
}

fn fact(term: &'static str, what: impl Into<View>) -> Vec<View> {
    vec![el("dt").with(term).view(), el("dd").with(what).view()]
}
