//! The status of a requirement, over its needed practices in scope. Never "met", "conforms" or "compliant".

use super::{Ground, PracticeSet};
use crate::domain::{Assessment, Catalogue, StandingKind};

/// How far a requirement is, once it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// All needed practices are not in place.
    NotReady,
    /// Neither all nor none.
    Partly,
    /// All needed practices are in place, met another way, or inherited.
    Ready,
}

/// What is said of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every needed practice has been answered.
    Known(Level),
    /// Something is unanswered: the best and the worst that it can turn out.
    Open {
        /// If all that is unanswered is in place.
        best: Level,
        /// If all that is unanswered is not in place.
        worst: Level,
    },
    /// No needed practice is left in scope: a person decides. Never ready.
    NeedsDecision,
}

/// The counts that a verdict rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusBasis {
    /// Needed practices that are in place.
    pub n_in_place: usize,
    /// … met another way.
    pub n_another_way: usize,
    /// … inherited from a supplier.
    pub n_inherited: usize,
    /// … partly in place.
    pub n_partly: usize,
    /// … not in place.
    pub n_not_in_place: usize,
    /// … not applicable; they are left out of the verdict.
    pub n_not_applicable: usize,
    /// … not answered yet.
    pub n_not_answered: usize,
}

/// The status of one requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequirementStatus {
    /// What is said.
    pub verdict: Verdict,
    /// What it rests on; always printed beside it.
    pub basis: StatusBasis,
}

impl StatusBasis {
    /// Counts the needed practices by where they stand.
    #[must_use]
    pub fn count(catalogue: &Catalogue, assessment: &Assessment, needed: &PracticeSet) -> Self {
        let mut basis = Self::default();
        for practice in needed.iter().filter_map(|position| catalogue.practices.get(position)) {
            *basis.counter(assessment.standing_kind(practice.id)) += 1;
        }
        basis
    }

    fn counter(&mut self, kind: StandingKind) -> &mut usize {
        match kind {
            StandingKind::InPlace => &mut self.n_in_place,
            StandingKind::AnotherWay => &mut self.n_another_way,
            StandingKind::Inherited => &mut self.n_inherited,
            StandingKind::Partly => &mut self.n_partly,
            StandingKind::NotInPlace => &mut self.n_not_in_place,
            StandingKind::NotApplicable => &mut self.n_not_applicable,
            StandingKind::NotAnswered => &mut self.n_not_answered,
        }
    }

    /// Needed practices that count as ready: in place, met another way, or inherited.
    #[must_use]
    pub const fn n_ready(&self) -> usize {
        self.n_in_place + self.n_another_way + self.n_inherited
    }

    /// Needed practices that the verdict looks at: all but those not applicable.
    #[must_use]
    pub const fn n_considered(&self) -> usize {
        self.n_ready() + self.n_partly + self.n_not_in_place + self.n_not_answered
    }

    /// The verdict on these counts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let considered = self.n_considered();
        let level = |n_ready: usize, n_absent: usize| match (n_ready == considered, n_absent == considered) {
            (true, _) => Level::Ready,
            (false, true) => Level::NotReady,
            (false, false) => Level::Partly,
        };
        if considered == 0 {
            return Verdict::NeedsDecision;
        }
        let best = level(self.n_ready() + self.n_not_answered, self.n_not_in_place);
        let worst = level(self.n_ready(), self.n_not_in_place + self.n_not_answered);
        if self.n_not_answered == 0 {
            Verdict::Known(best)
        } else {
            Verdict::Open { best, worst }
        }
    }
}

impl Verdict {
    /// Whether the requirement is ready now.
    #[must_use]
    pub const fn is_ready(self) -> bool {
        matches!(self, Self::Known(Level::Ready))
    }

    /// Whether the requirement is ready now or may turn out to be.
    #[must_use]
    pub const fn may_be_ready(self) -> bool {
        matches!(self, Self::Known(Level::Ready) | Self::Open { best: Level::Ready, .. })
    }

    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Known(Level::Ready) => "Ready",
            Self::Known(Level::Partly) => "Partly",
            Self::Known(Level::NotReady) => "Not ready",
            Self::Open { .. } => "Open",
            Self::NeedsDecision => "Needs a decision",
        }
    }
}

/// By position: the status of each requirement that is looked at.
pub(super) fn statuses(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
) -> Vec<Option<RequirementStatus>> {
    ground
        .needed
        .iter()
        .enumerate()
        .map(|(position, needed)| {
            ground.includes(position).then(|| {
                let basis = StatusBasis::count(catalogue, assessment, needed);
                RequirementStatus {
                    verdict: basis.verdict(),
                    basis,
                }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(basis: StatusBasis, expect: Verdict) {
        assert_eq!(basis.verdict(), expect, "{basis:?}");
    }

    #[test]
    fn ready_needs_all_and_not_ready_needs_none() {
        check(
            StatusBasis {
                n_in_place: 2,
                n_inherited: 1,
                ..Default::default()
            },
            Verdict::Known(Level::Ready),
        );
        check(
            StatusBasis {
                n_another_way: 1,
                ..Default::default()
            },
            Verdict::Known(Level::Ready),
        );
        check(
            StatusBasis {
                n_not_in_place: 3,
                ..Default::default()
            },
            Verdict::Known(Level::NotReady),
        );
        check(
            StatusBasis {
                n_in_place: 1,
                n_not_in_place: 3,
                ..Default::default()
            },
            Verdict::Known(Level::Partly),
        );
        check(
            StatusBasis {
                n_partly: 1,
                ..Default::default()
            },
            Verdict::Known(Level::Partly),
        );
    }

    #[test]
    fn unanswered_practice_leaves_best_and_worst_case() {
        let basis = StatusBasis {
            n_in_place: 1,
            n_not_answered: 1,
            ..Default::default()
        };
        check(
            basis,
            Verdict::Open {
                best: Level::Ready,
                worst: Level::Partly,
            },
        );
        let basis = StatusBasis {
            n_not_answered: 2,
            ..Default::default()
        };
        check(
            basis,
            Verdict::Open {
                best: Level::Ready,
                worst: Level::NotReady,
            },
        );
    }

    #[test]
    fn empty_set_is_never_ready() {
        check(StatusBasis::default(), Verdict::NeedsDecision);
        check(
            StatusBasis {
                n_not_applicable: 2,
                ..Default::default()
            },
            Verdict::NeedsDecision,
        );
        assert!(!Verdict::NeedsDecision.may_be_ready());
    }

    #[test]
    fn not_applicable_is_left_out_of_the_verdict() {
        let basis = StatusBasis {
            n_in_place: 1,
            n_not_applicable: 3,
            ..Default::default()
        };
        check(basis, Verdict::Known(Level::Ready));
    }
}
