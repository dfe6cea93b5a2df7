//! What closing a gap reaches: the requirements that it brings forward, over the frameworks.

use super::{Analysis, Gap};
use crate::domain::{Catalogue, FrameworkId, SortedSet, sort_by_rank};

/// What closing gaps brings forward.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The requirements, by position. One ISO control stands once for its editions: by the control of Annex A.
    pub requirements: SortedSet<usize>,
    /// The frameworks; both editions of ISO/IEC 27017 are one.
    pub frameworks: SortedSet<FrameworkId>,
}

impl Reach {
    /// What closing one gap brings forward.
    #[must_use]
    pub fn of(catalogue: &Catalogue, gap: &Gap) -> Self {
        Self::of_all(catalogue, std::iter::once(gap))
    }

    /// What closing several gaps brings forward together.
    #[must_use]
    pub fn of_all<'a>(catalogue: &Catalogue, gaps: impl Iterator<Item = &'a Gap>) -> Self {
        let mut reach = Self::default();
        for position in gaps.flat_map(|gap| &gap.closes) {
            if let Some(requirement) = catalogue.requirements.get(*position) {
                reach
                    .requirements
                    .insert(requirement.base.map_or(*position, usize::from));
                reach.frameworks.insert(one_of_its_editions(requirement.id.framework));
            }
        }
        reach
    }
}

/// The gaps by how many requirements closing them brings forward, most first. What brings forward as much stays in the
/// order of the gaps; what no requirement needs is left out.
#[must_use]
pub fn levers<'a>(catalogue: &Catalogue, analysis: &'a Analysis) -> Vec<(&'a Gap, Reach)> {
    let gaps = analysis.gaps.iter().map(|gap| (gap, Reach::of(catalogue, gap)));
    let mut levers: Vec<(&Gap, Reach)> = gaps.filter(|(_, reach)| !reach.requirements.is_empty()).collect();
    sort_by_rank(&mut levers, |(_, reach)| {
        u64::MAX - u64::try_from(reach.requirements.len()).unwrap_or(u64::MAX)
    });
    levers
}

const fn one_of_its_editions(framework: FrameworkId) -> FrameworkId {
    match framework {
        FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 => FrameworkId::Iso27017,
        FrameworkId::Iso27001 | FrameworkId::Soc2 => framework,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, PracticeId, Standing, fixture};

    fn analysis(absent: &[PracticeId]) -> Analysis {
        let mut assessment = fixture::assessment();
        for id in absent {
            let answer = Answer {
                standing: Standing::NotInPlace,
                ..Default::default()
            };
            assessment.answers.insert(*id, answer);
        }
        Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date())
    }

    #[test]
    fn control_and_its_cloud_row_are_one_requirement_in_two_frameworks() {
        let analysis = analysis(&[fixture::REVIEW]);
        let reach = Reach::of(&fixture::CATALOGUE, &analysis.gaps[0]);
        let at = [fixture::CONTROL, fixture::CRITERION].map(usize::from);
        assert_eq!(reach.requirements.iter().copied().collect::<Vec<_>>(), at);
        assert_eq!(reach.frameworks.len(), 3);
    }

    /// docs/scoring.md, Dashboard.
    #[test]
    fn worked_example_of_the_levers() {
        let analysis = analysis(&[fixture::SCOPE, fixture::REVIEW, fixture::TESTED]);
        let levers = levers(&fixture::CATALOGUE, &analysis);
        let counts = levers
            .iter()
            .map(|(gap, reach)| (gap.practice, reach.requirements.len(), reach.frameworks.len()));
        assert_eq!(counts.collect::<Vec<_>>(), [(1, 2, 3), (2, 2, 3), (0, 1, 1)]);
    }

    #[test]
    fn lever_that_brings_most_stands_first_whatever_the_rank_of_its_gap() {
        let analysis = analysis(&[fixture::SCOPE, fixture::REVIEW]);
        assert_eq!(analysis.gaps[0].practice, 0, "a clause is the first gap");
        let levers = levers(&fixture::CATALOGUE, &analysis);
        let order: Vec<usize> = levers.iter().map(|(gap, _)| gap.practice).collect();
        assert_eq!(order, [1, 0]);
    }
}
