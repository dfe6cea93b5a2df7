//! Proposals for exclusions, which wait for a person, and exclusions that still carry the draft of their reason.

use leptos::prelude::Get;

use crate::analysis::{ExclusionProposal, exclusion_proposals, is_draft_reason};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Decision, Requirement, RequirementId, Words};
use crate::report::wording;
use crate::ui::components::{actions, button, button_link, link, paragraph, requirement_links, section};
use crate::ui::element::{Element, el};
use crate::ui::follow::act;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The proposals and the drafts; nothing while there are none.
pub(super) fn proposals(store: AssessmentStore) -> Option<View> {
    let analysis = store.analysis.get();
    let (proposals, drafts) = store.with(|assessment| {
        let drafts = assessment.decisions.iter().filter(|(_, decision)| match decision {
            Decision::Excluded { justification, .. } => is_draft_reason(justification.as_str()),
            Decision::Included { .. } => false,
        });
        let drafts = drafts.filter_map(|(id, _)| CATALOGUE.requirement_index(*id));
        (
            exclusion_proposals(&CATALOGUE, assessment, &analysis.ground),
            drafts.collect::<Vec<usize>>(),
        )
    });
    let mut parts = Vec::new();
    if !proposals.is_empty() {
        parts.push(paragraph(
            "The facts leave these controls without any practice that they need. Nothing is excluded until a person \
             decides so. A draft reason comes along: replace it by your own and name who approved it.",
        ));
        let cards = el("ul").class("cards");
        let cards = proposals
            .iter()
            .filter_map(|it| card(store, it))
            .fold(cards, Element::with);
        parts.push(cards.view());
    }
    if !drafts.is_empty() {
        parts.push(paragraph("Excluded with a draft reason that nobody has replaced yet:"));
        parts.push(requirement_links(store, &drafts));
    }
    if !parts.is_empty() {
        let soa = store.href(Page::Soa(Query::default()));
        let soa = button_link("button small", soa, "To the Statement of Applicability");
        parts.push(actions(vec![soa.view()]));
    }
    let title = "Proposed exclusions, waiting for you";
    (!parts.is_empty()).then(|| section(title, parts))
}

fn card(store: AssessmentStore, proposal: &ExclusionProposal) -> Option<Element> {
    let requirement: &'static Requirement = CATALOGUE.requirements.get(proposal.requirement)?;
    let draft = wording::exclusion_draft(&proposal.facts);
    let name = wording::requirement_name(requirement);
    let button = button("button small", "Exclude with the draft")
        .attr("aria-label", format!("Exclude {name} with the draft reason"))
        .on("click", {
            let draft = draft.clone();
            act(move |_| exclude(store, requirement.id, &draft))
        });
    let title = el("h3").with(link(store.href(Page::requirement(requirement.id)), name));
    let buttons = el("div").class("card-actions").with(button);
    Some(
        el("li")
            .class("card")
            .with(title)
            .with(el("p").class("card-meta").with(draft))
            .with(buttons),
    )
}

fn exclude(store: AssessmentStore, id: RequirementId, reason: &str) {
    if let Some(justification) = Words::new(reason) {
        let decision = Decision::Excluded {
            justification,
            approver: String::new(),
            review_on: None,
        };
        store.dispatch(Action::SetDecision(id, Some(decision)));
    }
}
