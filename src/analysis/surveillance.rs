//! The audits of the three years after a certification decision, and what the organisation plans to have looked at in
//! each. What is always looked at stands in ISO/IEC 17021-1 clause 9.6; the rotation of the rest is the organisation's
//! own plan, never a rule.

use chrono::{Months, NaiveDate};

use crate::domain::{
    Assessment, Catalogue, Choice, Field, FrameworkId, Register, RequirementKind, ScopeDate, SheetKey,
};

/// One audit of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleAudit {
    /// Which: [`Choice::FirstSurveillance`], [`Choice::SecondSurveillance`] or [`Choice::Recertification`].
    pub which: Choice,
    /// The last day for it; none while the day of the decision is not stated.
    pub due: Option<NaiveDate>,
    /// Whether that day has passed.
    pub is_past: bool,
    /// The controls of Annex A planned for it, by position; those of every audit among them.
    pub planned: Vec<usize>,
}

/// The audits of a cycle, and the controls that no plan names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The three audits, in order.
    pub audits: Vec<CycleAudit>,
    /// Controls of Annex A that are looked at and planned for none of them, by position.
    pub unplanned: Vec<usize>,
}

/// The cycle of an assessment, seen on a day. `is_included` says whether the requirement at a position is looked at.
#[must_use]
pub fn cycle(
    catalogue: &Catalogue,
    assessment: &Assessment,
    is_included: impl Fn(usize) -> bool,
    date: NaiveDate,
) -> Cycle {
    let certified = assessment.scope.dates.get(&ScopeDate::Certified).copied();
    // The first within 12 months of the decision, one in each calendar year, the last before three years are over.
    let months = [
        (Choice::FirstSurveillance, 12),
        (Choice::SecondSurveillance, 24),
        (Choice::Recertification, 36),
    ];
    let controls: Vec<(usize, Option<Choice>)> = catalogue
        .requirements
        .iter()
        .enumerate()
        .filter(|(position, it)| {
            it.id.framework == FrameworkId::Iso27001 && it.kind == RequirementKind::Control && is_included(*position)
        })
        .map(|(position, it)| {
            let row = assessment.sheets.get(&SheetKey::requirement(Register::SoaRow, it.id));
            (position, row.and_then(|row| row.choice(Field::Surveillance)))
        })
        .collect();
    let audits = months.into_iter().map(|(which, n_months)| {
        let due = certified.and_then(|date| date.checked_add_months(Months::new(n_months)));
        let is_planned = |plan: &Option<Choice>| *plan == Some(which) || *plan == Some(Choice::EveryYear);
        let planned = controls.iter().filter(|(_, plan)| is_planned(plan));
        CycleAudit {
            which,
            due,
            is_past: due.is_some_and(|due| due < date),
            planned: planned.map(|(position, _)| *position).collect(),
        }
    });
    Cycle {
        audits: audits.collect(),
        unplanned: controls
            .iter()
            .filter(|(_, plan)| plan.is_none())
            .map(|(position, _)| *position)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FieldValue, fixture};

    fn cycle_of(assessment: &Assessment) -> Cycle {
        cycle(&fixture::CATALOGUE, assessment, |_| true, fixture::date())
    }

    #[test]
    fn control_without_a_plan_is_named() {
        let control = usize::from(fixture::CONTROL);
        let cycle = cycle_of(&fixture::assessment());
        assert_eq!(cycle.unplanned, [control]);
        assert!(
            cycle
                .audits
                .iter()
                .all(|audit| audit.due.is_none() && audit.planned.is_empty())
        );
    }

    #[test]
    fn audits_fall_due_one_two_and_three_years_after_the_decision() {
        let mut assessment = fixture::assessment();
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        assessment.scope.dates.insert(ScopeDate::Certified, day(2024, 2, 29));
        let key = SheetKey::requirement(
            Register::SoaRow,
            fixture::CATALOGUE.requirements[usize::from(fixture::CONTROL)].id,
        );
        assessment.sheets.set(
            key,
            Some(crate::domain::Sheet::default().with(Field::Surveillance, FieldValue::Choice(Choice::EveryYear))),
        );
        let cycle = cycle_of(&assessment);
        let due: Vec<Option<NaiveDate>> = cycle.audits.iter().map(|audit| audit.due).collect();
        assert_eq!(due, [day(2025, 2, 28), day(2026, 2, 28), day(2027, 2, 28)].map(Some));
        let is_past: Vec<bool> = cycle.audits.iter().map(|audit| audit.is_past).collect();
        assert_eq!(is_past, [true, true, false]);
        assert!(cycle.audits.iter().all(|audit| audit.planned.len() == 1));
        assert!(cycle.unplanned.is_empty());
    }
}
