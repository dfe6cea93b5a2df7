//! The practices behind a figure: by what they were counted, so that a figure leads down to what it counts.

use chrono::NaiveDate;

use super::{Analysis, Clearance, Gate, PlanAction, PlanCover, PracticeSet, Reach, plan_actions};
use crate::domain::{
    Answer, Assessment, BasisKind, Catalogue, Facet, FrameworkId, Practice, SortedMap, StandingKind, TopicId,
};

/// What somebody has said of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// It could be shown.
    Yes,
    /// It could not be shown.
    No,
    /// Nobody has said.
    NotSaid,
}

impl Said {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotSaid];

    const fn of(said: Option<bool>) -> Self {
        match said {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotSaid,
        }
    }
}

/// What an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatedBasis {
    /// On this.
    On(BasisKind),
    /// Nobody has stated it.
    NotStated,
}

/// How the plan covers a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanChoice {
    /// No open action names it.
    NoAction,
    /// An open action names it.
    AnyAction,
    /// An open action names it, and one of those has no due day.
    NoDay,
    /// An open action names it, and one of those is overdue.
    Overdue,
    /// No open action, or one that is not due by this day.
    LeftAfter(NaiveDate),
}

/// What practices are chosen by. Every part is optional, and all that are given must hold; only practices that are asked
/// are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PracticeFilter {
    /// A requirement of this framework needs it, among those looked at …
    pub framework: Option<FrameworkId>,
    /// … in this clause, theme or series. Nothing without a framework.
    pub group: Option<&'static str>,
    /// It belongs to this topic.
    pub topic: Option<TopicId>,
    /// It is at least partly in place, the facet is asked, and this was said.
    pub facet: Option<(Facet, Said)>,
    /// It is answered, and the answer rests on this.
    pub basis: Option<StatedBasis>,
    /// Its standing.
    pub standing: Option<StandingKind>,
    /// A gate in an edition counts it …
    pub gate: Option<(Gate, FrameworkId)>,
    /// … and it clears there, is open, or does not clear. Nothing without a gate.
    pub clearance: Option<Clearance>,
    /// Whether it is a gap.
    pub is_gap: Option<bool>,
    /// It is a gap, and closing it brings forward requirements in so many frameworks. Both editions of ISO/IEC 27017 are one.
    pub n_frameworks: Option<usize>,
    /// How the plan covers it.
    pub plan: Option<PlanChoice>,
}

/// A part of a filter that can be taken out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterPart {
    /// Framework and group.
    Framework,
    /// Topic.
    Topic,
    /// Facet.
    Facet,
    /// Basis.
    Basis,
    /// Standing.
    Standing,
    /// Gate and clearance.
    Gate,
    /// Gap or not.
    Gap,
    /// Number of frameworks.
    Frameworks,
    /// Plan.
    Plan,
}

impl FilterPart {
    /// All parts, in the order in which they are said.
    pub const ALL: [Self; 9] = [
        Self::Gap,
        Self::Frameworks,
        Self::Plan,
        Self::Framework,
        Self::Topic,
        Self::Gate,
        Self::Standing,
        Self::Facet,
        Self::Basis,
    ];
}

impl PracticeFilter {
    /// The open gaps.
    #[must_use]
    pub fn gaps() -> Self {
        Self {
            is_gap: Some(true),
            ..Self::default()
        }
    }

    /// The parts that are given.
    #[must_use]
    pub fn parts(&self) -> Vec<FilterPart> {
        let is_given = |part: &FilterPart| self.without(*part) != *self;
        FilterPart::ALL.into_iter().filter(is_given).collect()
    }

    /// The filter without a part.
    #[must_use]
    pub const fn without(mut self, part: FilterPart) -> Self {
        match part {
            FilterPart::Framework => {
                self.framework = None;
                self.group = None;
            }
            FilterPart::Topic => self.topic = None,
            FilterPart::Facet => self.facet = None,
            FilterPart::Basis => self.basis = None,
            FilterPart::Standing => self.standing = None,
            FilterPart::Gate => {
                self.gate = None;
                self.clearance = None;
            }
            FilterPart::Gap => self.is_gap = None,
            FilterPart::Frameworks => self.n_frameworks = None,
            FilterPart::Plan => self.plan = None,
        }
        self
    }

    /// The practices that match, by position, in the order of the catalogue.
    #[must_use]
    pub fn matching(&self, catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<usize> {
        let mut chosen = analysis.ground.asked;
        if let Some(framework) = self.framework {
            chosen = chosen.intersection(&needed_in(catalogue, analysis, framework, self.group));
        }
        if let Some((gate, framework)) = self.gate {
            chosen = chosen.intersection(&counted_at(analysis, gate, framework, self.clearance));
        }
        if let Some(is_gap) = self.is_gap {
            let gaps = analysis.gaps.iter().map(|gap| gap.practice).collect();
            chosen = if is_gap {
                chosen.intersection(&gaps)
            } else {
                chosen.difference(&gaps)
            };
        }
        if let Some(n) = self.n_frameworks {
            let reaching = analysis
                .gaps
                .iter()
                .filter(|gap| Reach::of(catalogue, gap).frameworks.len() == n);
            chosen = chosen.intersection(&reaching.map(|gap| gap.practice).collect());
        }
        let actions = self
            .plan
            .map(|_| plan_actions(catalogue, assessment))
            .unwrap_or_default();
        let answers = &assessment.answers;
        let matches = |position: &usize| {
            catalogue.practices.get(*position).is_some_and(|practice| {
                self.takes_answer(practice, answers)
                    && self
                        .plan
                        .is_none_or(|plan| plan.takes(&actions, *position, analysis.date))
            })
        };
        chosen.iter().filter(matches).collect()
    }

    /// Whether topic and answer of a practice are as wanted.
    fn takes_answer(&self, practice: &Practice, answers: &SortedMap<crate::domain::PracticeId, Answer>) -> bool {
        let answer = answers.get(&practice.id);
        let kind = answer.map_or(StandingKind::NotAnswered, |it| it.standing.kind());
        let takes_facet = |(facet, said): (Facet, Said)| {
            kind.is_at_least_partly()
                && practice.asks(facet)
                && Said::of(answer.and_then(|it| it.facets.get(facet))) == said
        };
        let takes_basis = |wanted: StatedBasis| {
            let basis = answer.and_then(|it| it.basis.as_ref());
            let stated = basis.map_or(StatedBasis::NotStated, |it| StatedBasis::On(it.kind));
            kind != StandingKind::NotAnswered && stated == wanted
        };
        self.topic.is_none_or(|topic| practice.topic == topic)
            && self.standing.is_none_or(|wanted| kind == wanted)
            && self.facet.is_none_or(takes_facet)
            && self.basis.is_none_or(takes_basis)
    }
}

impl PlanChoice {
    fn takes(self, actions: &[PlanAction], practice: usize, date: NaiveDate) -> bool {
        let cover = PlanCover::of(actions, practice, date);
        match self {
            Self::NoAction => cover == PlanCover::NoAction,
            Self::AnyAction => cover != PlanCover::NoAction,
            Self::NoDay => cover == PlanCover::NoDay,
            Self::Overdue => cover == PlanCover::Overdue,
            Self::LeftAfter(day) => cover.is_left_after(day),
        }
    }
}

/// The practices that the requirements of a framework need, or those of one of its groups, among those looked at.
fn needed_in(
    catalogue: &Catalogue,
    analysis: &Analysis,
    framework: FrameworkId,
    group: Option<&'static str>,
) -> PracticeSet {
    let sets = analysis.ground.needed.iter().zip(catalogue.requirements).enumerate();
    sets.filter(|(position, (_, requirement))| {
        requirement.id.framework == framework
            && group.is_none_or(|group| requirement.group == group)
            && analysis.ground.includes(*position)
    })
    .fold(PracticeSet::default(), |all, (_, (needed, _))| all.union(needed))
}

/// The practices that a gate counts. What had no occurrence leaves its count.
fn counted_at(analysis: &Analysis, gate: Gate, framework: FrameworkId, clearance: Option<Clearance>) -> PracticeSet {
    let gates = analysis.gates.iter();
    let gates = gates.filter(|it| it.gate == gate && it.framework == framework);
    let practices = gates.flat_map(|it| &it.practices);
    let counted = practices.filter(|it| !it.has_no_occurrence && clearance.is_none_or(|wanted| it.clearance == wanted));
    counted.map(|it| it.practice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Basis, Facets, Standing, fixture};

    fn assessment() -> Assessment {
        let mut assessment = fixture::assessment();
        let facets = Facets {
            documented: Some(true),
            enforced: None,
            evidenced: Some(false),
            improved: None,
        };
        let basis = Basis {
            kind: BasisKind::Seen,
            by: String::new(),
            on: None,
        };
        let review = Answer {
            standing: Standing::InPlace,
            facets,
            basis: Some(basis),
            ..Default::default()
        };
        let tested = Answer {
            standing: Standing::NotInPlace,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, review);
        assessment.answers.insert(fixture::TESTED, tested);
        assessment
    }

    fn check(filter: PracticeFilter, expect: &[usize]) {
        let assessment = assessment();
        let analysis = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date());
        let found = filter.matching(&fixture::CATALOGUE, &assessment, &analysis);
        assert_eq!(found, expect, "{filter:?}");
    }

    #[test]
    fn each_part_chooses_by_itself() {
        let any = PracticeFilter::default();
        check(any, &[0, 1, 2, 3, 4]);
        let framework = Some(FrameworkId::Soc2);
        check(PracticeFilter { framework, ..any }, &[1, 2, 3]);
        let (framework, group) = (Some(FrameworkId::Iso27001), Some("4"));
        check(
            PracticeFilter {
                framework,
                group,
                ..any
            },
            &[0],
        );
        let topic = Some(TopicId::new("delivery"));
        check(PracticeFilter { topic, ..any }, &[1, 2, 3, 4]);
        let said = |facet, said| PracticeFilter {
            facet: Some((facet, said)),
            ..any
        };
        check(said(Facet::Documented, Said::Yes), &[1]);
        check(said(Facet::Evidenced, Said::No), &[1]);
        check(said(Facet::Enforced, Said::NotSaid), &[1]);
        check(said(Facet::Improved, Said::NotSaid), &[]);
        let basis = |basis| PracticeFilter {
            basis: Some(basis),
            ..any
        };
        check(basis(StatedBasis::On(BasisKind::Seen)), &[1]);
        check(basis(StatedBasis::NotStated), &[2]);
        let standing = Some(StandingKind::NotInPlace);
        check(PracticeFilter { standing, ..any }, &[2]);
        check(PracticeFilter::gaps(), &[1, 2]);
        let is_gap = Some(false);
        check(PracticeFilter { is_gap, ..any }, &[0, 3, 4]);
        let n_frameworks = Some(3);
        check(PracticeFilter { n_frameworks, ..any }, &[1, 2]);
        let plan = Some(PlanChoice::AnyAction);
        check(PracticeFilter { plan, ..any }, &[]);
        let gate = Some((Gate::Type1, FrameworkId::Soc2));
        let clearance = Some(Clearance::Fails);
        check(PracticeFilter { gate, clearance, ..any }, &[1, 2]);
    }

    #[test]
    fn parts_hold_together_and_can_be_taken_out() {
        let both = PracticeFilter {
            standing: Some(StandingKind::InPlace),
            topic: Some(TopicId::new("delivery")),
            ..PracticeFilter::gaps()
        };
        check(both, &[1]);
        assert_eq!(both.parts(), [FilterPart::Gap, FilterPart::Topic, FilterPart::Standing]);
        check(both.without(FilterPart::Standing), &[1, 2]);
        assert_eq!(PracticeFilter::default().parts(), []);
    }
}
