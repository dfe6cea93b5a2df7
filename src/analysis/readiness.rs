//! Readiness: the share of requirements that are ready, with its denominator and its interval.

use super::{Ground, Level, RequirementStatus, Verdict};
use crate::domain::{Assessment, Catalogue, FrameworkId, Requirement};

/// Requirements counted by their verdict. No weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ready.
    pub n_ready: usize,
    /// Partly.
    pub n_partly: usize,
    /// Not ready.
    pub n_not_ready: usize,
    /// Not known yet, because something is unanswered.
    pub n_open: usize,
    /// Of the open ones, those that may turn out ready.
    pub n_may_be_ready: usize,
    /// No needed practice is left: a person decides.
    pub n_needs_decision: usize,
    /// Excluded in the Statement of Applicability; not in the denominator.
    pub n_excluded: usize,
}

impl Tally {
    /// The denominator: requirements that are looked at.
    #[must_use]
    pub const fn n_total(&self) -> usize {
        self.n_ready + self.n_partly + self.n_not_ready + self.n_open + self.n_needs_decision
    }

    /// The interval of requirements that are ready: now, and if all that is open turns out in place.
    #[must_use]
    pub const fn interval(&self) -> (usize, usize) {
        (self.n_ready, self.n_ready + self.n_may_be_ready)
    }

    pub(super) fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Known(Level::Ready) => self.n_ready += 1,
            Verdict::Known(Level::Partly) => self.n_partly += 1,
            Verdict::Known(Level::NotReady) => self.n_not_ready += 1,
            Verdict::Open { .. } => {
                self.n_open += 1;
                self.n_may_be_ready += usize::from(verdict.may_be_ready());
            }
            Verdict::NeedsDecision => self.n_needs_decision += 1,
        }
    }
}

/// The readiness of one clause, theme or series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupReadiness {
    /// The id of the group inside its framework.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its requirements, counted.
    pub tally: Tally,
}

/// The readiness of one framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkReadiness {
    /// The framework.
    pub id: FrameworkId,
    /// All its requirements, counted.
    pub total: Tally,
    /// Rows of ISO/IEC 27017 with cloud content; the others repeat 27002. Empty for other frameworks.
    pub with_cloud_content: Tally,
    /// Its clauses, themes or series, without the empty ones.
    pub groups: Vec<GroupReadiness>,
}

/// The readiness of each framework in scope, in the order of [`FrameworkId::ALL`].
pub(super) fn frameworks(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    statuses: &[Option<RequirementStatus>],
) -> Vec<FrameworkReadiness> {
    let tally = |selects: &dyn Fn(&Requirement) -> bool| {
        let mut tally = Tally::default();
        for (position, _) in catalogue.requirements.iter().enumerate().filter(|(_, it)| selects(it)) {
            if let Some(status) = statuses.get(position).and_then(Option::as_ref) {
                tally.add(status.verdict);
            } else if ground.excluded.get(position).copied().unwrap_or_default() {
                tally.n_excluded += 1;
            }
        }
        tally
    };
    let in_scope = catalogue
        .frameworks
        .iter()
        .filter(|framework| assessment.scope.frameworks.contains(&framework.id));
    in_scope
        .map(|framework| {
            let groups = framework.groups.iter().map(|group| GroupReadiness {
                id: group.id,
                title: group.title,
                tally: tally(&|it| it.id.framework == framework.id && it.group == group.id),
            });
            FrameworkReadiness {
                id: framework.id,
                total: tally(&|it| it.id.framework == framework.id),
                with_cloud_content: tally(&|it| it.id.framework == framework.id && it.has_cloud_content),
                groups: groups
                    .filter(|group| group.tally.n_total() + group.tally.n_excluded > 0)
                    .collect(),
            }
        })
        .collect()
}
