//! Burn-down: how many gaps were open, are open, and stay open if the plan holds.

use chrono::NaiveDate;

use super::{Analysis, PlanAction, plan_actions, snapshots};
use crate::domain::{Assessment, Catalogue, EntryId, ScopeDate, SortedSet};

/// How a practice stands in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanCover {
    /// No open action names it.
    NoAction,
    /// An open action names it, and one of those has no due day.
    NoDay,
    /// An open action names it, and one of those should be done already.
    Overdue,
    /// All open actions that name it are due by this day, the last of them on it.
    By(NaiveDate),
}

impl PlanCover {
    /// How the practice at a position stands in the plan on a day. It waits for the last of its open actions: as long as one
    /// has no day or is overdue, nobody can say when it is there.
    #[must_use]
    pub fn of(actions: &[PlanAction], practice: usize, date: NaiveDate) -> Self {
        let names_it = |action: &&PlanAction| action.is_open() && action.practices.contains(&practice);
        let mut cover = Self::NoAction;
        for action in actions.iter().filter(names_it) {
            let of_action = match action.due {
                None => Self::NoDay,
                Some(_) if action.is_overdue(date) => Self::Overdue,
                Some(due) => Self::By(due),
            };
            cover = match (cover, of_action) {
                (Self::NoAction, it) | (it, Self::NoAction) => it,
                (Self::Overdue, _) | (_, Self::Overdue) => Self::Overdue,
                (Self::NoDay, _) | (_, Self::NoDay) => Self::NoDay,
                (Self::By(left), Self::By(right)) => Self::By(left.max(right)),
            };
        }
        cover
    }

    /// Whether the plan leaves the practice as it is after a day.
    #[must_use]
    pub fn is_left_after(self, day: NaiveDate) -> bool {
        match self {
            Self::NoAction | Self::NoDay | Self::Overdue => true,
            Self::By(due) => due > day,
        }
    }
}

/// The open gaps over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BurnDown {
    /// Open gaps on the day of each earlier snapshot, and today.
    pub so_far: Vec<(NaiveDate, usize)>,
    /// Open gaps today and after each due day of the plan; empty while no gap has a due day.
    pub planned: Vec<(NaiveDate, usize)>,
    /// The target date of the scope.
    pub target: Option<NaiveDate>,
    /// Open gaps today.
    pub n_open: usize,
    /// … that no open action covers.
    pub n_no_action: usize,
    /// … whose actions have no due day.
    pub n_no_day: usize,
    /// … whose actions are overdue.
    pub n_overdue: usize,
    /// … that the plan leaves open after the target date, if there is one.
    pub n_left_at_target: Option<usize>,
    /// The overdue actions that cover a gap.
    pub overdue: Vec<EntryId>,
}

/// The burn-down of an assessment on the day of its analysis.
#[must_use]
pub fn burn_down(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> BurnDown {
    let today = analysis.date;
    let actions = plan_actions(catalogue, assessment);
    let covers: Vec<PlanCover> = analysis
        .gaps
        .iter()
        .map(|gap| PlanCover::of(&actions, gap.practice, today))
        .collect();
    let n_of = |is_so: &dyn Fn(PlanCover) -> bool| covers.iter().filter(|it| is_so(**it)).count();
    let n_open = covers.len();
    let mut so_far: Vec<(NaiveDate, usize)> = Vec::new();
    for snapshot in snapshots(catalogue, assessment) {
        if snapshot.on < today {
            // Of several on one day, the last counts.
            so_far.retain(|(on, _)| *on != snapshot.on);
            so_far.push((snapshot.on, snapshot.figures.n_gaps));
        }
    }
    so_far.push((today, n_open));
    let days: SortedSet<NaiveDate> = covers
        .iter()
        .filter_map(|cover| match cover {
            PlanCover::By(due) => Some(*due),
            PlanCover::NoAction | PlanCover::NoDay | PlanCover::Overdue => None,
        })
        .collect();
    let mut planned = Vec::new();
    if !days.is_empty() {
        let is_today = days.iter().next() == Some(&today);
        planned.extend((!is_today).then_some((today, n_open)));
        planned.extend(days.iter().map(|day| (*day, n_of(&|cover| cover.is_left_after(*day)))));
    }
    let target = assessment.scope.dates.get(&ScopeDate::Target).copied();
    let is_gap = |at: &usize| analysis.gaps.iter().any(|gap| gap.practice == *at);
    let overdue = actions.iter().filter(|action| action.is_overdue(today));
    BurnDown {
        so_far,
        planned,
        target,
        n_open,
        n_no_action: n_of(&|cover| cover == PlanCover::NoAction),
        n_no_day: n_of(&|cover| cover == PlanCover::NoDay),
        n_overdue: n_of(&|cover| cover == PlanCover::Overdue),
        n_left_at_target: target.map(|day| n_of(&|cover| cover.is_left_after(day))),
        overdue: overdue
            .filter(|action| action.practices.iter().any(is_gap))
            .map(|action| action.id)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Field, FieldValue, Register, Sheet, SheetKey, Standing, fixture};

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a day")
    }

    fn assessment(actions: &[(&[usize], Option<NaiveDate>)]) -> Assessment {
        let mut assessment = fixture::assessment();
        for id in [fixture::SCOPE, fixture::REVIEW, fixture::TESTED] {
            let answer = Answer {
                standing: Standing::NotInPlace,
                ..Default::default()
            };
            assessment.answers.insert(id, answer);
        }
        for (n, (practices, due)) in (1..).zip(actions) {
            let ids = practices
                .iter()
                .map(|at| fixture::CATALOGUE.practices[*at].id)
                .collect();
            let mut sheet = Sheet::default().with(Field::Practices, FieldValue::Practices(ids));
            if let Some(due) = due {
                sheet = sheet.with(Field::Due, FieldValue::Date(*due));
            }
            let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(n));
            assessment.sheets.insert(key, sheet);
        }
        assessment
    }

    fn of(assessment: &Assessment) -> BurnDown {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        burn_down(&fixture::CATALOGUE, assessment, &analysis)
    }

    #[test]
    fn without_a_plan_there_is_only_today() {
        let burn = of(&assessment(&[]));
        assert_eq!(burn.so_far, [(fixture::date(), 3)]);
        assert_eq!(
            (burn.planned, burn.n_no_action, burn.n_left_at_target),
            (vec![], 3, None)
        );
    }

    #[test]
    fn gap_goes_when_the_last_of_its_actions_is_due() {
        let mut assessment = assessment(&[
            (&[0], Some(day(5))),
            (&[1], Some(day(5))),
            (&[1], Some(day(20))),
            (&[2], None),
        ]);
        assessment.scope.dates.insert(ScopeDate::Target, day(10));
        let burn = of(&assessment);
        assert_eq!(burn.planned, [(fixture::date(), 3), (day(5), 2), (day(20), 1)]);
        assert_eq!(
            (burn.n_no_action, burn.n_no_day, burn.n_left_at_target),
            (0, 1, Some(2))
        );
    }

    #[test]
    fn overdue_action_closes_nothing_in_the_plan() {
        let before = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
        let burn = of(&assessment(&[(&[0, 1], Some(before)), (&[1], Some(day(5)))]));
        assert_eq!((burn.n_overdue, burn.n_no_action, burn.overdue.len()), (2, 1, 1));
        assert!(burn.planned.is_empty());
    }
}
