//! One requirement: its status and the basis of it, the practices that it rests on, the decision of the Statement of
//! Applicability, risks and evidence, the override, and what it relates to in other frameworks.

mod decision;
mod imported;
mod rests_on;
mod set_status;

pub use decision::{decision_form, row_fields};
use imported::imported_block;
use leptos::prelude::{Get, RwSignal};
use rests_on::rests_on;
use set_status::override_panel;

use super::obligations::named_by;
use super::requirements::{override_tag, status_of};
use crate::analysis::{Analysis, Crosswalk, Relation, soa_row};
use crate::catalogue::CATALOGUE;
use crate::domain::{EntryId, FrameworkId, Practice, Register, Requirement, RequirementKind, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, Tone, folded, link, list, note, page, paragraph, row, section, standing_tone, table, table_body, tag,
    term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// How many related requirements are shown before the rest is unfolded.
const N_RELATED: usize = 12;

/// The page of one requirement.
pub fn requirement_page(requirement: &'static Requirement) -> View {
    let store = AssessmentStore::expect();
    let position = CATALOGUE.requirement_index(requirement.id).unwrap_or_default();
    let is_control = requirement.id.framework == FrameworkId::Iso27001 && requirement.kind == RequirementKind::Control;
    let mut parts = vec![follow(move || head(&store.analysis.get(), position, requirement))];
    if requirement.has_cloud_content && requirement.id.framework == FrameworkId::Iso27017 {
        parts.push(note(wording::CLOUD_SOURCE));
    }
    if let Some(document) = requirement.documented {
        let register = link(store.href(Page::Documents), "Register of documented information");
        parts.push(paragraph(vec![
            format!("Asks for documented information: {document}. ").into(),
            register,
        ]));
    }
    parts.push(rests_on(store, requirement, position));
    parts.push(imported_block(store, requirement.id, is_control));
    parts.extend(decision(store, requirement));
    parts.push(follow(move || linked(store, position)));
    parts.push(override_panel(store, requirement, position));
    parts.extend(findings(requirement));
    parts.push(follow(move || related(store, position)));
    parts.extend(named_by(store, requirement));
    page("page", parts)
}

fn head(analysis: &Analysis, position: usize, requirement: &'static Requirement) -> Element {
    let (tone, word, basis) = status_of(analysis, position);
    let framework = CATALOGUE
        .framework(requirement.id.framework)
        .map(|it| it.full_title())
        .unwrap_or_default();
    let open = (!requirement.complete).then(|| tag(Tone::Plain, "not fully decomposed"));
    let why = requirement
        .why_one
        .map(|why| paragraph(format!("Why one practice is enough: {why}")));
    let status = el("p")
        .class("status-line")
        .with(tag(tone, word))
        .with(" ")
        .with(el("span").with(basis))
        .with(override_tag(analysis, position))
        .with(" ")
        .with(open);
    el("header")
        .class("page-head")
        .with(el("p").class("eyebrow").with(framework))
        .with(el("h1").with(wording::requirement_name(requirement)))
        .with(status)
        .with(why)
}

/// What a person decides on a control or a criterion. A clause can't be excluded.
fn decision(store: AssessmentStore, requirement: &'static Requirement) -> Vec<View> {
    let title = match requirement.kind {
        RequirementKind::Clause => return Vec::new(),
        RequirementKind::Control | RequirementKind::CloudControl => "Statement of Applicability",
        RequirementKind::Criterion => "Relevance",
    };
    let form = decision_form(requirement, title.to_owned(), RwSignal::new(false));
    if requirement.kind == RequirementKind::Criterion {
        return vec![form];
    }
    let fields = SheetForm::new(store, SheetKey::requirement(Register::SoaRow, requirement.id));
    vec![form, row_fields(fields, requirement).view()]
}

/// The risks that name the requirement, and the evidence of the practices that it needs.
fn linked(store: AssessmentStore, position: usize) -> View {
    let analysis = store.analysis.get();
    let links = store.with(|assessment| {
        let row = soa_row(&CATALOGUE, assessment, &analysis, position);
        let named = |register, ids: &[EntryId]| {
            let link_to = |id: &EntryId| {
                let key = SheetKey::entry(register, *id);
                let name = wording::sheet_title(assessment, key, &assessment.sheet(key));
                el("li").with(link(store.href(Page::Entry(register, *id)), name)).view()
            };
            ids.iter().map(link_to).collect::<Vec<View>>()
        };
        [
            ("Risks that name it", named(Register::Risk, &row.risks)),
            (
                "Evidence of the practices that it needs",
                named(Register::Evidence, &row.evidence),
            ),
        ]
    });
    let mut list = el("dl").class("pairs");
    for (label, links) in links {
        let shown = if links.is_empty() {
            View::from("None in the register")
        } else {
            el("ul").class("cell-list").all(links).view()
        };
        list = list.with(el("dt").with(label)).with(el("dd").with(shown));
    }
    section("Risks and evidence", vec![list.view()])
}

/// Where a practice stands, or that it is not asked.
pub fn standing_tag(store: AssessmentStore, analysis: &Analysis, practice: &'static Practice) -> View {
    let is_asked = CATALOGUE
        .practice_index(practice.id)
        .is_some_and(|it| analysis.ground.asked.contains(it));
    if !is_asked {
        return tag(Tone::Plain, "Not asked in this scope");
    }
    let kind = store.with(|it| it.standing_kind(practice.id));
    tag(standing_tone(kind), kind.title())
}

/// What auditors often find against the requirement, and the evidence that closes it.
fn findings(requirement: &Requirement) -> Option<View> {
    let rows: Vec<View> = CATALOGUE
        .nonconformities_of(requirement.id)
        .map(|finding| {
            let closing = finding.closed_by.iter();
            let closing = closing.filter_map(|at| CATALOGUE.artefacts.get(usize::from(*at)));
            let closing = list(closing.map(|it| it.title.to_owned()));
            row(finding.title, vec![finding.finding.into(), closing])
        })
        .collect();
    let heads = ["Finding", "As an auditor would write it", "Evidence that closes it"];
    let name = "Potential nonconformities. Whether one is raised, and how it is graded, is the auditor's act.";
    let shown = |rows| table("data-table", name.to_owned(), &heads, vec![table_body(rows)]);
    let about = || paragraph(term_link("potential-nonconformity"));
    (!rows.is_empty()).then(|| section("What auditors often find", vec![about(), shown(rows)]))
}

/// What the requirement relates to in other frameworks, closest first.
fn related(store: AssessmentStore, position: usize) -> View {
    let roles = store.with(|assessment| assessment.scope.cloud_roles());
    let related = Crosswalk::new(&CATALOGUE, &roles).related(&CATALOGUE, position);
    let title = "Related requirements";
    if related.is_empty() {
        return section(title, vec![paragraph("None shares a practice with this one.")]);
    }
    let shown = |name: &str, rows: &[(usize, Relation)]| {
        let heads = [
            "Requirement",
            "Relation",
            "Because both rest on",
            "It asks more than this one",
        ];
        let rows = rows
            .iter()
            .map(|(other, relation)| related_row(store, position, *other, relation))
            .collect();
        table("data-table", name.to_owned(), &heads, vec![table_body(rows)])
    };
    let (first, rest) = related.split_at(related.len().min(N_RELATED));
    let rest = (!rest.is_empty()).then(|| {
        folded(
            format!("{} more, less close", rest.len()),
            shown("Of other frameworks, less close", rest),
        )
    });
    section(
        title,
        vec![
            paragraph(term_link("relation")),
            shown("Of other frameworks, closest first", first),
            rest.into(),
        ],
    )
}

fn related_row(store: AssessmentStore, from: usize, to: usize, relation: &Relation) -> View {
    let ends = CATALOGUE.requirements.get(from).zip(CATALOGUE.requirements.get(to));
    let Some((left, right)) = ends else {
        return View::Many(Vec::new());
    };
    let pair = Query::pair(left.id, right.id);
    let name = wording::requirement_name(right);
    let more = if relation.remainder_to.is_empty() {
        "nothing".to_owned()
    } else {
        wording::practice_titles(&CATALOGUE, &relation.remainder_to)
    };
    row(
        link(store.href(Page::requirement(right.id)), name),
        vec![
            link(store.href(Page::Crosswalk(pair)), relation.kind.as_str()),
            wording::practice_titles(&CATALOGUE, &relation.because).into(),
            more.into(),
        ],
    )
}
