//! One requirement: its status and the basis of it, the practices that it rests on, the decision of the Statement of
//! Applicability, and what it relates to in other frameworks.

mod decision;
mod imported;

use decision::decision_form;
use imported::imported_block;
use leptos::prelude::Get;

use super::requirements::status_of;
use crate::analysis::{Analysis, Crosswalk, Relation};
use crate::catalogue::CATALOGUE;
use crate::domain::{FrameworkId, Practice, Requirement, RequirementKind, StandingKind, Tie, TieKind};
use crate::report::wording;
use crate::ui::components::{
    Tone, folded, link, list, note, page, paragraph, row, section, standing_tone, table, table_body, tag,
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
        parts.push(paragraph(format!("Asks for documented information: {document}.")));
    }
    parts.push(follow(move || rests_on(store, &store.analysis.get(), position)));
    parts.push(imported_block(store, requirement.id, is_control));
    if is_control {
        parts.push(decision_form(requirement.id));
    }
    parts.extend(findings(requirement));
    parts.push(follow(move || related(store, position)));
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
        .with(" ")
        .with(open);
    el("header")
        .class("page-head")
        .with(el("p").class("eyebrow").with(framework))
        .with(el("h1").with(wording::requirement_name(requirement)))
        .with(status)
        .with(why)
}

/// The practices that a requirement rests on, needed ones first.
fn rests_on(store: AssessmentStore, analysis: &Analysis, position: usize) -> View {
    let tied = |kind: TieKind| -> Vec<View> {
        let mut rows = Vec::new();
        for practice in CATALOGUE.practices {
            for tie in practice
                .ties
                .iter()
                .filter(|it| usize::from(it.requirement) == position && it.kind == kind)
            {
                rows.push(tie_row(store, analysis, practice, tie));
            }
        }
        rows
    };
    let heads = ["Practice", "Part of the requirement", "Standing"];
    let shown = |name: &str, rows: Vec<View>| table("data-table", name.to_owned(), &heads, vec![table_body(rows)]);
    let (needed, helps) = (tied(TieKind::Needed), tied(TieKind::Helps));
    let n_helps = helps.len();
    let needed = shown(
        "Needed: the requirement is not credible without these or an equivalent",
        needed,
    );
    let helps = (n_helps > 0).then(|| {
        let summary = format!("Helps: {}", wording::practices(n_helps));
        folded(summary, shown("Good practice that supports the requirement", helps))
    });
    section("Rests on", vec![needed, helps.into()])
}

fn tie_row(store: AssessmentStore, analysis: &Analysis, practice: &'static Practice, tie: &Tie) -> View {
    let role = tie.role.map(|role| format!(" ({})", role.as_str())).unwrap_or_default();
    let documented = if tie.documented {
        " · documented information"
    } else {
        ""
    };
    let part = format!("{}{role}{documented}", practice.part(tie));
    let head = link(store.href(Page::question(practice.id)), practice.title());
    row(head, vec![part.into(), standing_tag(store, analysis, practice)])
}

/// Where a practice stands, or that it is not asked.
pub fn standing_tag(store: AssessmentStore, analysis: &Analysis, practice: &'static Practice) -> View {
    let is_asked = CATALOGUE
        .practice_index(practice.id)
        .is_some_and(|it| analysis.ground.asked.contains(it));
    if !is_asked {
        return tag(Tone::Plain, "Not asked in this scope");
    }
    let answers = |practice: &Practice| {
        store.with(|it| {
            it.answers
                .get(&practice.id)
                .map_or(StandingKind::NotAnswered, |it| it.standing.kind())
        })
    };
    let kind = answers(practice);
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
    (!rows.is_empty()).then(|| section("What auditors often find", vec![shown(rows)]))
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
        vec![shown("Of other frameworks, closest first", first), rest.into()],
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
