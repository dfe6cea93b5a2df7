//! Gaps: computed, never stored. Ranked as DESIGN says: what triggers a potential major first, then by what closing it
//! brings for the effort.

use super::{Ground, Level, RequirementStatus, Verdict};
use crate::domain::{
    Answer, Assessment, Catalogue, Effort, Facet, Facets, FrameworkId, Practice, RequirementKind, SortedSet,
    StandingKind, Tie, TieKind, sort_by_rank,
};

/// How many needed practices of one requirement must be absent for its lapses to count as several: then the grade is
/// that of a potential major.
const SEVERAL: usize = 3;

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// The practice is not in place.
    NotInPlace,
    /// The practice is partly in place.
    Partly,
    /// The practice is in place, but these facets could not be shown.
    NotShown(Vec<Facet>),
}

/// How an auditor might grade the gap. Grading is the auditor's act; this only prepares for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// A clause requirement is absent or broken down as a whole, or several lapses fall on one requirement.
    PotentialMajor,
    /// An isolated lapse.
    PotentialMinor,
    /// SOC 2: a control is missing or would not do.
    PotentialDesignDeficiency,
    /// SOC 2: a control is there, but its operation can't be shown.
    PotentialOperatingDeviation,
    /// Nothing required is broken.
    Observation,
}

impl Grade {
    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::PotentialMajor => "Potential major",
            Self::PotentialMinor => "Potential minor",
            Self::PotentialDesignDeficiency => "Potential design deficiency",
            Self::PotentialOperatingDeviation => "Potential operating deviation",
            Self::Observation => "Observation",
        }
    }
}

/// One gap: a practice that is not there, partly there, or can't be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The practice, by position.
    pub practice: usize,
    /// What is missing.
    pub kind: GapKind,
    /// The requirement that the gap is filed under, by position.
    pub lead: usize,
    /// All requirements in scope that need the practice, by position; the lead is one of them if any is.
    pub closes: Vec<usize>,
    /// How an auditor might grade it.
    pub grade: Grade,
    /// Priority × Σ over open requirements of 1/(open needed practices there) ÷ effort, in thousandths.
    pub score: u64,
    /// Why it ranks where it does.
    pub ranking: Ranking,
}

/// Why a gap ranks where it does: all that its place follows from, but for the order of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Whether it may be graded as a potential major.
    pub is_potential_major: bool,
    /// Whether the practice is absent or only partly there; otherwise it is there and can't be shown.
    pub is_absent: bool,
    /// 3 high, 2, 1.
    pub priority: u8,
    /// The open requirements that need the practice. One ISO control counts once over its editions.
    pub open: Vec<OpenRequirement>,
    /// How much work it is.
    pub effort: Effort,
}

/// A requirement that a gap holds open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenRequirement {
    /// By position.
    pub requirement: usize,
    /// How many of its needed practices are not ready, the gap's own among them where it is absent; never 0.
    pub n_open: usize,
}

/// What puts one gap before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// It may be a potential major, and the next may not.
    PotentialMajor,
    /// It is absent or partly there, and the next only can't be shown.
    Absent,
    /// Its score is higher.
    Score,
    /// Nothing else tells them apart: its practice stands first in the catalogue.
    Catalogue,
}

impl Ranking {
    /// Priority × Σ over open requirements of 1/(open needed practices there) ÷ effort, in thousandths, rounded down.
    #[must_use]
    pub fn score(&self) -> u64 {
        let shares = self.open.iter().filter_map(|open| {
            let n_open = u64::try_from(open.n_open).ok()?;
            1000_u64.checked_div(n_open)
        });
        u64::from(self.priority) * shares.sum::<u64>() / u64::from(self.effort.weight())
    }

    /// What puts it before another that ranks after it.
    #[must_use]
    pub fn precedence(&self, next: &Self) -> Precedence {
        if self.is_potential_major != next.is_potential_major {
            Precedence::PotentialMajor
        } else if self.is_absent != next.is_absent {
            Precedence::Absent
        } else if self.score() != next.score() {
            Precedence::Score
        } else {
            Precedence::Catalogue
        }
    }

    /// The place among others: the lowest stands first. Potential majors first, then what is not there before what can't
    /// be shown, then by score.
    fn place(&self) -> u64 {
        const MAX_SCORE: u64 = 1 << 60;
        let is_no_major = u64::from(!self.is_potential_major);
        let can_not_be_shown = u64::from(!self.is_absent);
        is_no_major << 62 | can_not_be_shown << 61 | MAX_SCORE.saturating_sub(self.score())
    }
}

/// All gaps in scope, ranked.
pub(super) fn gaps(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    statuses: &[Option<RequirementStatus>],
) -> Vec<Gap> {
    let finder = Finder {
        catalogue,
        ground,
        statuses,
    };
    let mut gaps: Vec<Gap> = ground
        .asked
        .iter()
        .filter_map(|position| {
            let practice = catalogue.practices.get(position)?;
            let answer = assessment.answers.get(&practice.id)?;
            finder.gap(position, practice, answer)
        })
        .collect();
    // What ranks alike stays in the order of the practices.
    sort_by_rank(&mut gaps, |gap| gap.ranking.place());
    gaps
}

struct Finder<'a> {
    catalogue: &'a Catalogue,
    ground: &'a Ground,
    statuses: &'a [Option<RequirementStatus>],
}

impl Finder<'_> {
    fn gap(&self, position: usize, practice: &Practice, answer: &Answer) -> Option<Gap> {
        let kind = kind_of_gap(practice, answer.standing.kind(), answer.facets)?;
        let in_scope = || practice.ties.iter().filter(|tie| self.status(tie).is_some());
        let needed: Vec<&Tie> = in_scope().filter(|tie| self.is_needed(tie, position)).collect();
        let worst = needed.iter().map(|tie| (self.grade(tie, &kind), tie.requirement)).min();
        let (grade, lead) = match worst {
            Some(worst) => worst,
            None => (Grade::Observation, in_scope().map(|tie| tie.requirement).min()?),
        };
        let closes: SortedSet<usize> = needed.iter().map(|tie| usize::from(tie.requirement)).collect();
        let closes: Vec<usize> = closes.iter().copied().collect();
        let ranking = Ranking {
            is_potential_major: grade == Grade::PotentialMajor,
            is_absent: !matches!(kind, GapKind::NotShown(_)),
            priority: practice.priority,
            open: self.open(&closes),
            effort: practice.effort,
        };
        Some(Gap {
            practice: position,
            kind,
            lead: usize::from(lead),
            closes,
            grade,
            score: ranking.score(),
            ranking,
        })
    }

    fn status(&self, tie: &Tie) -> Option<&RequirementStatus> {
        self.statuses.get(usize::from(tie.requirement)).and_then(Option::as_ref)
    }

    /// Whether the tie is needed and speaks to the stated cloud role.
    fn is_needed(&self, tie: &Tie, practice: usize) -> bool {
        tie.kind == TieKind::Needed
            && self
                .ground
                .needed
                .get(usize::from(tie.requirement))
                .is_some_and(|set| set.contains(practice))
    }

    fn grade(&self, tie: &Tie, kind: &GapKind) -> Grade {
        let Some((requirement, status)) = self.catalogue.tied(tie).zip(self.status(tie)) else {
            return Grade::Observation;
        };
        let is_soc2 = requirement.id.framework == FrameworkId::Soc2;
        let is_broken_down =
            requirement.kind == RequirementKind::Clause && matches!(status.verdict, Verdict::Known(Level::NotReady));
        let is_several = status.basis.n_not_in_place >= SEVERAL;
        match kind {
            GapKind::NotInPlace | GapKind::Partly if is_soc2 => Grade::PotentialDesignDeficiency,
            GapKind::NotInPlace if is_broken_down || is_several => Grade::PotentialMajor,
            GapKind::NotInPlace | GapKind::Partly => Grade::PotentialMinor,
            GapKind::NotShown(facets) if is_soc2 && facets.contains(&Facet::Evidenced) => {
                Grade::PotentialOperatingDeviation
            }
            GapKind::NotShown(facets) if tie.documented && facets.contains(&Facet::Documented) => Grade::PotentialMinor,
            GapKind::NotShown(_) => Grade::Observation,
        }
    }

    /// The requirements among these that have anything open. One ISO control counts once over its editions.
    fn open(&self, closes: &[usize]) -> Vec<OpenRequirement> {
        let mut counted = SortedSet::default();
        let mut open = Vec::new();
        for position in closes {
            let Some(requirement) = self.catalogue.requirements.get(*position) else {
                continue;
            };
            let control = requirement.base.map_or(*position, usize::from);
            let Some(status) = self.statuses.get(*position).and_then(Option::as_ref) else {
                continue;
            };
            let basis = &status.basis;
            let n_open = basis.n_considered() - basis.n_ready();
            if n_open > 0 && counted.insert(control) {
                open.push(OpenRequirement {
                    requirement: *position,
                    n_open,
                });
            }
        }
        open
    }
}

/// What is missing of a practice that stands so and can show so much; none if it is no gap.
pub(super) fn kind_of_gap(practice: &Practice, standing: StandingKind, facets: Facets) -> Option<GapKind> {
    match standing {
        StandingKind::NotInPlace => Some(GapKind::NotInPlace),
        StandingKind::Partly => Some(GapKind::Partly),
        StandingKind::InPlace | StandingKind::AnotherWay => {
            // Enforcement and improvement are a strength, not a bar, unless the practice must enforce.
            let is_bar = |facet: &Facet| match facet {
                Facet::Documented | Facet::Evidenced => true,
                Facet::Enforced => practice.must_enforce,
                Facet::Improved => false,
            };
            let asked = Facet::ALL.into_iter().filter(|facet| practice.asks(*facet));
            let missing: Vec<Facet> = asked
                .filter(is_bar)
                .filter(|facet| facets.get(*facet) == Some(false))
                .collect();
            (!missing.is_empty()).then_some(GapKind::NotShown(missing))
        }
        StandingKind::NotAnswered | StandingKind::NotApplicable | StandingKind::Inherited => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Standing, fixture};

    fn gaps_of(answers: &[(crate::domain::PracticeId, Standing)]) -> Vec<Gap> {
        let mut assessment = fixture::assessment();
        for (id, standing) in answers {
            assessment.answers.insert(
                *id,
                Answer {
                    standing: standing.clone(),
                    ..Default::default()
                },
            );
        }
        Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date()).gaps
    }

    #[test]
    fn unanswered_practice_is_not_a_gap() {
        assert_eq!(gaps_of(&[]), []);
    }

    #[test]
    fn absent_clause_is_a_potential_major_and_stands_first() {
        let gaps = gaps_of(&[
            (fixture::SCOPE, Standing::NotInPlace),
            (fixture::TESTED, Standing::NotInPlace),
        ]);
        let grades: Vec<Grade> = gaps.iter().map(|gap| gap.grade).collect();
        assert_eq!(grades, [Grade::PotentialMajor, Grade::PotentialMinor]);
        assert_eq!(gaps.first().map(|gap| gap.practice), Some(0));
    }

    #[test]
    fn score_counts_a_control_once_over_its_editions() {
        let gaps = gaps_of(&[(fixture::REVIEW, Standing::NotInPlace)]);
        // Priority 2, effort S. A.8.32 and its row in 27017 count once with two open practices; CC8.1 has three open.
        assert_eq!(gaps.first().map(|gap| gap.score), Some(2 * (500 + 333)));
        assert_eq!(gaps.first().map(|gap| gap.closes.clone()), Some(vec![1, 2, 3]));
    }

    #[test]
    fn practice_in_place_that_can_not_be_shown_is_a_gap() {
        let mut assessment = fixture::assessment();
        let facets = Facets {
            documented: Some(true),
            enforced: Some(false),
            evidenced: Some(false),
            improved: None,
        };
        let answer = Answer {
            standing: Standing::InPlace,
            facets,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer.clone());
        assessment.answers.insert(fixture::TESTED, answer);
        let gaps = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date()).gaps;
        let kinds: Vec<&GapKind> = gaps.iter().map(|gap| &gap.kind).collect();
        let must_enforce = GapKind::NotShown(vec![Facet::Enforced, Facet::Evidenced]);
        assert_eq!(kinds, [&GapKind::NotShown(vec![Facet::Evidenced]), &must_enforce]);
    }
}
