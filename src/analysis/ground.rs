//! What is in scope: which requirements are looked at and which practices are asked.

use super::PracticeSet;
use crate::domain::{Assessment, Catalogue, CloudRole, Decision, Requirement, Scope, SortedSet, Tie, TieKind};

/// What an assessment looks at. A fact switches practices, never requirements.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The practices that are asked: their condition holds, and an included requirement is tied to them.
    pub asked: PracticeSet,
    /// By position of the requirement: whether it is looked at.
    pub included: Vec<bool>,
    /// By position of the requirement: whether its control has been excluded in the Statement of Applicability.
    pub excluded: Vec<bool>,
    /// By position of the requirement: the practices it needs that are asked.
    pub needed: Vec<PracticeSet>,
}

impl Ground {
    /// The requirements that are looked at and need one of some practices, by position.
    #[must_use]
    pub fn requirements_that_need(&self, practices: &PracticeSet) -> Vec<usize> {
        let needed = self.needed.iter().enumerate();
        needed
            .filter(|(at, set)| self.includes(*at) && !set.intersection(practices).is_empty())
            .map(|(at, _)| at)
            .collect()
    }

    /// What an assessment looks at.
    #[must_use]
    pub fn new(catalogue: &Catalogue, assessment: &Assessment) -> Self {
        let scope = &assessment.scope;
        let roles = scope.cloud_roles();
        let excluded: Vec<bool> = catalogue
            .requirements
            .iter()
            .map(|requirement| is_excluded(catalogue, assessment, requirement))
            .collect();
        let included: Vec<bool> = catalogue
            .requirements
            .iter()
            .zip(&excluded)
            .map(|(requirement, is_excluded)| is_in_scope(scope, &roles, requirement) && !is_excluded)
            .collect();
        let asked: PracticeSet = catalogue
            .practices
            .iter()
            .enumerate()
            .filter(|(_, practice)| {
                practice.applies_when.holds(&scope.facts)
                    && practice.ties.iter().any(|tie| {
                        speaks_to(tie, &roles)
                            && included.get(usize::from(tie.requirement)).copied().unwrap_or_default()
                    })
            })
            .map(|(position, _)| position)
            .collect();
        let mut needed = needed_sets(catalogue, &roles);
        // A tie that only helps, raised by the organisation's own recorded decision.
        for (practice, requirement) in assessment.raised(catalogue) {
            let ties = catalogue.practices.get(practice).map_or(&[][..], |it| it.ties);
            let is_it = |tie: &Tie| usize::from(tie.requirement) == requirement && speaks_to(tie, &roles);
            if let Some(set) = needed.get_mut(requirement).filter(|_| ties.iter().any(is_it)) {
                set.insert(practice);
            }
        }
        let needed = needed.iter().map(|set| set.intersection(&asked)).collect();
        Self {
            asked,
            included,
            excluded,
            needed,
        }
    }

    /// Whether the requirement at a position is looked at.
    #[must_use]
    pub fn includes(&self, position: usize) -> bool {
        self.included.get(position).copied().unwrap_or_default()
    }
}

/// By position of the requirement: the practices that it needs, over the whole catalogue, for these cloud roles.
#[must_use]
pub fn needed_sets(catalogue: &Catalogue, roles: &SortedSet<CloudRole>) -> Vec<PracticeSet> {
    let mut sets = vec![PracticeSet::default(); catalogue.requirements.len()];
    for (position, practice) in catalogue.practices.iter().enumerate() {
        for tie in practice
            .ties
            .iter()
            .filter(|tie| tie.kind == TieKind::Needed && speaks_to(tie, roles))
        {
            if let Some(set) = sets.get_mut(usize::from(tie.requirement)) {
                set.insert(position);
            }
        }
    }
    sets
}

fn speaks_to(tie: &Tie, roles: &SortedSet<CloudRole>) -> bool {
    tie.role.is_none_or(|role| role.includes_any(roles))
}

/// A row of ISO/IEC 27017 follows the decision on its control of Annex A until there is one on the row itself.
fn is_excluded(catalogue: &Catalogue, assessment: &Assessment, requirement: &Requirement) -> bool {
    let base = requirement
        .base
        .and_then(|it| catalogue.requirements.get(usize::from(it)));
    let decision = assessment.decisions.get(&requirement.id);
    let decision = decision.or_else(|| assessment.decisions.get(&base?.id));
    matches!(decision, Some(Decision::Excluded { .. }))
}

/// Whether a requirement is looked at by framework, category and cloud role, whatever was decided on it.
pub(super) fn is_in_scope(scope: &Scope, roles: &SortedSet<CloudRole>, requirement: &Requirement) -> bool {
    scope.frameworks.contains(&requirement.id.framework)
        && requirement
            .category
            .is_none_or(|category| scope.includes_category(category))
        && requirement.audience.is_none_or(|audience| audience.includes_any(roles))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fact, FrameworkId, RequirementId, Words, fixture};

    fn asked(assessment: &Assessment) -> Vec<usize> {
        Ground::new(&fixture::CATALOGUE, assessment).asked.iter().collect()
    }

    #[test]
    fn practice_out_of_scope_sleeps_and_its_requirement_stays() {
        let mut assessment = fixture::assessment();
        assert_eq!(asked(&assessment), [0, 1, 2, 3, 4]);
        assessment.scope.facts.insert(Fact::Premises, false);
        assert_eq!(asked(&assessment), [0, 1, 2, 4]);
        let ground = Ground::new(&fixture::CATALOGUE, &assessment);
        assert!(ground.includes(usize::from(fixture::CRITERION)));
    }

    #[test]
    fn provider_practice_is_not_asked_of_a_customer() {
        let mut assessment = fixture::assessment();
        assessment.scope.facts.insert(Fact::CloudProvider, false);
        assert_eq!(asked(&assessment), [0, 1, 2, 3]);
    }

    #[test]
    fn excluded_control_still_leaves_its_practices_asked_for_others() {
        let mut assessment = fixture::assessment();
        exclude(&mut assessment);
        let ground = Ground::new(&fixture::CATALOGUE, &assessment);
        assert!(!ground.includes(usize::from(fixture::CONTROL)));
        assert!(ground.asked.contains(1) && ground.asked.contains(2));
    }

    #[test]
    fn cloud_row_goes_with_its_excluded_control_until_it_is_decided_itself() {
        let mut assessment = fixture::assessment();
        exclude(&mut assessment);
        let row = usize::from(fixture::CLOUD_ROW);
        assert!(!Ground::new(&fixture::CATALOGUE, &assessment).includes(row));
        let included = Decision::Included {
            reasons: SortedSet::default(),
        };
        assessment
            .decisions
            .insert(RequirementId::new(FrameworkId::Iso27017, "8.32"), included);
        assert!(Ground::new(&fixture::CATALOGUE, &assessment).includes(row));
    }

    #[test]
    fn raised_tie_is_needed_and_one_that_the_catalogue_lacks_is_not() {
        use crate::catalogue::CATALOGUE;
        use crate::domain::{Field, FieldValue, Register, Sheet, SheetKey, Subject};

        let practice = CATALOGUE.practice("pipeline.artefact-signing").expect("a practice").id;
        let at = CATALOGUE.practice_index(practice).expect("a practice");
        let signed = Sheet::default()
            .with_text(Field::Reason, "a risk treatment")
            .with_text(Field::By, "Mara")
            .with(Field::On, FieldValue::Date(fixture::date()));
        let is_needed = |code| {
            let requirement = RequirementId::new(FrameworkId::Soc2, code);
            let mut assessment = Assessment::default();
            assessment.scope.frameworks.insert(FrameworkId::Soc2);
            let key = SheetKey {
                register: Register::Raised,
                subject: Subject::Tie(practice, requirement),
            };
            assessment.sheets.insert(key, signed.clone());
            let ground = Ground::new(&CATALOGUE, &assessment);
            let position = CATALOGUE.requirement_index(requirement).expect("a requirement");
            ground.needed[position].contains(at)
        };
        assert!(is_needed("CC8.1"));
        assert!(!is_needed("CC1.1"), "no tie, so a record of it raises nothing");
    }

    fn exclude(assessment: &mut Assessment) {
        let justification = Words::new("no changes are made here").expect("not blank");
        let decision = Decision::Excluded {
            justification,
            approver: String::new(),
            review_on: None,
        };
        assessment
            .decisions
            .insert(RequirementId::new(FrameworkId::Iso27001, "A.8.32"), decision);
    }
}
