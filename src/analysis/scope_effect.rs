//! What a change of the scope would switch, before anybody confirms it.

use super::{Ground, PracticeSet};
use crate::domain::{Action, Assessment, Catalogue, Standing, apply};

/// What a change switches. Positions are those of the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeEffect {
    /// Practices that are asked no more.
    pub going: PracticeSet,
    /// … of them those with an answer: it sleeps, and returns with its practice.
    pub falling_asleep: PracticeSet,
    /// Practices that are asked from then on.
    pub coming: PracticeSet,
    /// … of them those whose sleeping answer returns.
    pub waking: PracticeSet,
    /// Requirements that are looked at no more.
    pub leaving: Vec<usize>,
    /// Requirements that are looked at from then on.
    pub entering: Vec<usize>,
    /// Requirements looked at that had a needed practice asked, or were not looked at, and have none then.
    pub bare: Vec<usize>,
}

impl ScopeEffect {
    /// Whether it switches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether answers that somebody has given fall asleep or return.
    #[must_use]
    pub fn moves_answers(&self) -> bool {
        !(self.falling_asleep.is_empty() && self.waking.is_empty())
    }

    /// Whether a person confirms it apart: answers move, or something said before is taken back and that switches
    /// something. What is said for the first time and moves no answer is confirmed by saying it.
    #[must_use]
    pub fn asks_first(&self, was_said: bool) -> bool {
        self.moves_answers() || (was_said && !self.is_empty())
    }
}

/// What an action on the scope would switch. An action that would be refused switches nothing.
#[must_use]
pub fn scope_effect(catalogue: &Catalogue, assessment: &Assessment, action: Action) -> ScopeEffect {
    let effects = scope_effects(catalogue, assessment, vec![action]);
    effects.into_iter().next().unwrap_or_default()
}

/// What each of some actions on the scope would switch, if it alone were taken.
#[must_use]
pub fn scope_effects(catalogue: &Catalogue, assessment: &Assessment, actions: Vec<Action>) -> Vec<ScopeEffect> {
    let before = Ground::new(catalogue, assessment);
    let mut changed = assessment.clone();
    let mut effect = |action| {
        let change = apply(&mut changed, catalogue, action)
            .ok()
            .filter(|it| !it.touched.is_empty())?;
        let after = Ground::new(catalogue, &changed);
        // An inverse always applies to what its action left.
        apply(&mut changed, catalogue, change.inverse).ok()?;
        Some(between(catalogue, assessment, &before, &after))
    };
    actions.into_iter().map(|it| effect(it).unwrap_or_default()).collect()
}

/// What differs between two grounds of an assessment.
fn between(catalogue: &Catalogue, assessment: &Assessment, before: &Ground, after: &Ground) -> ScopeEffect {
    let answered = |position: usize| {
        let practice = catalogue.practices.get(position);
        let answer = practice.and_then(|practice| assessment.answers.get(&practice.id));
        answer.is_some_and(|answer| answer.standing != Standing::NotAnswered)
    };
    let (going, coming) = (
        before.asked.difference(&after.asked),
        after.asked.difference(&before.asked),
    );
    let requirements = || 0..catalogue.requirements.len();
    let without = |ground: &Ground, position: usize| ground.needed.get(position).is_some_and(PracticeSet::is_empty);
    ScopeEffect {
        falling_asleep: going.filter(answered),
        waking: coming.filter(answered),
        going,
        coming,
        leaving: requirements()
            .filter(|at| before.includes(*at) && !after.includes(*at))
            .collect(),
        entering: requirements()
            .filter(|at| after.includes(*at) && !before.includes(*at))
            .collect(),
        bare: requirements()
            .filter(|at| after.includes(*at) && without(after, *at))
            .filter(|at| !(before.includes(*at) && without(before, *at)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Answer, Fact, FrameworkId, fixture};

    fn effect(assessment: &Assessment, action: Action) -> ScopeEffect {
        scope_effect(&fixture::CATALOGUE, assessment, action)
    }

    fn at(set: &PracticeSet) -> Vec<usize> {
        set.iter().collect()
    }

    /// An assessment in which the practice on doors is answered.
    fn with_doors() -> Assessment {
        let mut assessment = fixture::assessment();
        let answer = Answer {
            standing: Standing::Partly,
            ..Answer::default()
        };
        assessment.answers.insert(fixture::DOORS, answer);
        assessment
    }

    #[test]
    fn fact_says_which_questions_it_takes_out_and_which_answers_sleep() {
        let mut assessment = with_doors();
        let no_premises = effect(&assessment, Action::SetFact(Fact::Premises, Some(false)));
        assert_eq!(at(&no_premises.going), [3]);
        assert_eq!(at(&no_premises.falling_asleep), [3]);
        assert!(no_premises.moves_answers());
        assert!(no_premises.bare.is_empty());
        assert!(
            no_premises.leaving.is_empty(),
            "a fact switches practices, never requirements"
        );
        assessment.scope.facts.insert(Fact::Premises, false);
        let back = effect(&assessment, Action::SetFact(Fact::Premises, Some(true)));
        assert_eq!((at(&back.coming), at(&back.waking)), (vec![3], vec![3]));
    }

    #[test]
    fn effect_on_questions_that_nobody_answered_moves_no_answer() {
        let out = effect(&fixture::assessment(), Action::SetFact(Fact::Premises, Some(false)));
        assert_eq!(at(&out.going), [3]);
        assert!(!out.moves_answers());
        assert!(!out.asks_first(false), "saying it is enough");
        assert!(out.asks_first(true), "taking back what was said asks first");
        assert!(effect(&fixture::assessment(), Action::SetFact(Fact::Board, Some(true))).is_empty());
    }

    #[test]
    fn framework_says_which_requirements_enter_and_leave() {
        let mut assessment = fixture::assessment();
        let out = effect(&assessment, Action::SetFramework(FrameworkId::Iso27017, false));
        assert_eq!(out.leaving, [usize::from(fixture::CLOUD_ROW)]);
        assert_eq!(at(&out.going), [4], "what others need stays asked");
        assessment.scope.frameworks.remove(&FrameworkId::Iso27017);
        let back = effect(&assessment, Action::SetFramework(FrameworkId::Iso27017, true));
        assert_eq!(back.entering, [usize::from(fixture::CLOUD_ROW)]);
    }

    #[test]
    fn control_that_loses_its_last_needed_practice_is_bare() {
        let action = Action::SetFact(Fact::Premises, Some(false));
        let out = scope_effect(&CATALOGUE, &fixture::assessment(), action);
        let codes: Vec<&str> = out.bare.iter().map(|at| CATALOGUE.requirements[*at].id.code).collect();
        assert!(codes.contains(&"A.7.2"), "{codes:?}");
        assert!(!codes.contains(&"A.7.10"), "media exist without premises");
    }

    #[test]
    fn row_that_is_looked_at_no_more_leaves_and_is_not_bare() {
        let mut assessment = fixture::assessment();
        assessment.scope.facts.insert(Fact::CloudProvider, false);
        let out = effect(&assessment, Action::SetFact(Fact::CloudCustomer, Some(false)));
        assert_eq!(out.leaving, [usize::from(fixture::CLOUD_ROW)]);
        assert!(out.bare.is_empty());
    }
}
