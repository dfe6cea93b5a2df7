//! Undo, per tab and in memory.

use super::{Action, Assessment, Change, Slot, Value};

/// The most steps that are remembered.
const MAX_STEPS: usize = 200;

/// One step that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    inverse: Action,
    /// The slots that the action touched, each with what it left there.
    left: Vec<(Slot, Value)>,
}

/// What became of an undo.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoOutcome {
    /// This action takes the last step back.
    Apply(Action),
    /// The slot has changed since, so the step is dropped.
    ChangedSince(Slot),
    /// There is nothing to take back.
    Nothing,
}

/// The steps that can be taken back, newest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStack {
    steps: Vec<Undo>,
}

impl UndoStack {
    /// Remembers a change. Edits of the same text in a row are one step: `is_continued` says that this one goes on with
    /// the edit before it.
    pub fn remember(&mut self, change: &Change, assessment: &Assessment, is_continued: bool) {
        if change.touched.is_empty() {
            return;
        }
        let touched = change.touched.iter();
        let left: Vec<(Slot, Value)> = touched.map(|slot| (*slot, assessment.value(*slot))).collect();
        if is_continued
            && let Some(last) = self.steps.last_mut()
            && last.left.iter().map(|(slot, _)| slot).eq(&change.touched)
        {
            last.left = left;
            return;
        }
        self.steps.push(Undo {
            inverse: change.inverse.clone(),
            left,
        });
        if self.steps.len() > MAX_STEPS {
            self.steps.remove(0);
        }
    }

    /// Takes the last step off the stack. It applies only if its slots still hold what the action left there.
    pub fn take(&mut self, assessment: &Assessment) -> UndoOutcome {
        let Some(step) = self.steps.pop() else {
            return UndoOutcome::Nothing;
        };
        let changed = step.left.iter().find(|(slot, left)| assessment.value(*slot) != *left);
        match changed {
            None => UndoOutcome::Apply(step.inverse),
            Some((slot, _)) => UndoOutcome::ChangedSince(*slot),
        }
    }

    /// Whether there is anything to take back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ScopeText, Standing, apply, fixture};

    fn set_name(assessment: &mut Assessment, name: &str) -> Change {
        let action = Action::SetText(ScopeText::Organisation, name.to_owned());
        apply(assessment, &fixture::CATALOGUE, action).expect("applies")
    }

    #[test]
    fn edits_of_one_text_in_a_row_are_one_step() {
        let mut assessment = fixture::assessment();
        let before = assessment.clone();
        let mut stack = UndoStack::default();
        for (name, is_continued) in [("A", false), ("Ac", true), ("Acme", true)] {
            let change = set_name(&mut assessment, name);
            stack.remember(&change, &assessment, is_continued);
        }
        let UndoOutcome::Apply(action) = stack.take(&assessment) else {
            panic!("one step")
        };
        apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        assert_eq!(assessment, before);
        assert!(stack.is_empty());
    }

    #[test]
    fn step_of_several_slots_is_dropped_when_one_of_them_changed() {
        let mut assessment = fixture::assessment();
        let mut stack = UndoStack::default();
        let ids = [0, 1].map(|at: usize| fixture::CATALOGUE.requirements[at].id);
        let row = |id| (id, Some(Box::default()));
        let action = Action::Import(ids.map(row).to_vec());
        let change = apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        stack.remember(&change, &assessment, false);
        let (mut there, mut untouched) = (assessment.clone(), stack.clone());
        assert!(matches!(untouched.take(&there), UndoOutcome::Apply(_)));
        let slot = Slot::Imported(ids[1]);
        there.put(slot, Value::Imported(None));
        assert_eq!(stack.take(&there), UndoOutcome::ChangedSince(slot));
    }

    #[test]
    fn step_is_dropped_when_another_tab_changed_the_answer() {
        let mut assessment = fixture::assessment();
        let mut stack = UndoStack::default();
        let action = Action::SetStanding(fixture::REVIEW, Standing::Partly);
        let change = apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        stack.remember(&change, &assessment, false);
        let slot = Slot::Answer(fixture::REVIEW);
        let other = crate::domain::Answer {
            standing: Standing::InPlace,
            ..Default::default()
        };
        assessment.put(slot, Value::Answer(Box::new(other)));
        assert_eq!(stack.take(&assessment), UndoOutcome::ChangedSince(slot));
        assert_eq!(stack.take(&assessment), UndoOutcome::Nothing);
    }
}
