//! Proposals for exclusions: Annex A controls that rest on nothing any more, because stated facts switch off every practice
//! that they need. A proposal waits for a person; it decides nothing (DESIGN: a fact switches practices, never requirements).

use super::{Ground, PracticeSet};
use crate::domain::{Assessment, Catalogue, Condition, Fact, FrameworkId, RequirementKind, SortedMap, TieKind};

/// How a draft reason begins. A person replaces the draft by a reason of their own; see [`is_draft_reason`].
pub const DRAFT_OPENING: &str = "Draft, to be replaced: ";

/// A control that may be excluded, if a person decides so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExclusionProposal {
    /// The position of the control.
    pub requirement: usize,
    /// The practices that it needs, all of them switched off.
    pub practices: PracticeSet,
    /// The stated facts that switch them off.
    pub facts: Vec<(Fact, bool)>,
}

/// The undecided Annex A controls that stated facts leave without a needed practice.
#[must_use]
pub fn exclusion_proposals(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Vec<ExclusionProposal> {
    let controls = catalogue.positions_of(FrameworkId::Iso27001).filter(|position| {
        let requirement = catalogue.requirements.get(*position);
        ground.includes(*position)
            && requirement
                .is_some_and(|it| it.kind == RequirementKind::Control && !assessment.decisions.contains_key(&it.id))
    });
    controls
        .filter_map(|position| proposal(catalogue, assessment, ground, position))
        .collect()
}

fn proposal(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    requirement: usize,
) -> Option<ExclusionProposal> {
    if !ground.needed.get(requirement)?.is_empty() {
        return None;
    }
    let mut facts = SortedMap::default();
    let mut practices = PracticeSet::default();
    for (position, practice) in catalogue.practices.iter().enumerate() {
        let is_needed = practice
            .ties
            .iter()
            .any(|tie| tie.kind == TieKind::Needed && usize::from(tie.requirement) == requirement);
        if is_needed {
            practices.insert(position);
            for (fact, stated) in against(practice.applies_when, &assessment.scope.facts) {
                facts.insert(fact, stated);
            }
        }
    }
    // A requirement that never rested on anything is no matter of facts.
    (!practices.is_empty() && !facts.is_empty()).then(|| ExclusionProposal {
        requirement,
        practices,
        facts: facts.iter().map(|(fact, stated)| (*fact, *stated)).collect(),
    })
}

/// The stated facts that speak against a condition, each as it is stated.
fn against(condition: Condition, stated: &SortedMap<Fact, bool>) -> Vec<(Fact, bool)> {
    let literals = match condition {
        Condition::Always => return Vec::new(),
        Condition::Any(literals) | Condition::All(literals) => literals,
    };
    literals
        .iter()
        .filter_map(|literal| stated.get(&literal.fact).map(|is| (literal, *is)))
        .filter(|(literal, is)| literal.is != *is)
        .map(|(literal, is)| (literal.fact, is))
        .collect()
}

/// Whether a justification is a draft that nobody has replaced.
#[must_use]
pub fn is_draft_reason(text: &str) -> bool {
    text.trim_start().starts_with(DRAFT_OPENING.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Decision, RequirementId, SortedSet, fixture};

    fn proposed(assessment: &Assessment) -> Vec<(&'static str, Vec<(Fact, bool)>)> {
        let ground = Ground::new(&CATALOGUE, assessment);
        let proposals = exclusion_proposals(&CATALOGUE, assessment, &ground);
        proposals
            .into_iter()
            .filter_map(|it| Some((CATALOGUE.requirements.get(it.requirement)?.id.code, it.facts)))
            .collect()
    }

    #[test]
    fn company_without_premises_is_proposed_to_exclude_the_controls_of_premises() {
        let mut assessment = fixture::assessment();
        assert_eq!(proposed(&assessment), [], "nothing is proposed before a fact is stated");
        assessment.scope.facts.insert(Fact::Premises, false);
        let proposals = proposed(&assessment);
        let codes: Vec<&str> = proposals.iter().map(|(code, _)| *code).collect();
        assert!(codes.contains(&"A.7.1") && codes.contains(&"A.7.2"), "{codes:?}");
        for stays in ["A.7.7", "A.7.9", "A.7.10", "A.7.14"] {
            assert!(!codes.contains(&stays), "{stays} has nothing to do with premises");
        }
        for (code, facts) in proposals {
            assert_eq!(facts, [(Fact::Premises, false)], "{code}");
        }
    }

    #[test]
    fn decided_control_is_not_proposed_again() {
        let mut assessment = fixture::assessment();
        assessment.scope.facts.insert(Fact::Premises, false);
        let included = Decision::Included {
            reasons: SortedSet::default(),
        };
        let id = RequirementId::new(FrameworkId::Iso27001, "A.7.1");
        assessment.decisions.insert(id, included);
        assert!(proposed(&assessment).iter().all(|(code, _)| *code != "A.7.1"));
    }

    #[test]
    fn draft_is_known_by_its_opening_until_somebody_replaces_it() {
        assert!(is_draft_reason("Draft, to be replaced: the scope has no offices."));
        assert!(is_draft_reason("  Draft, to be replaced:"));
        assert!(!is_draft_reason("The scope has no offices: everybody works from home."));
    }
}
