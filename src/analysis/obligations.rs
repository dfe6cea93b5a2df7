//! What the answers already say for other laws and frameworks, through the requirements of ISO/IEC 27001 that a public
//! mapping names for each of their obligations.
//!
//! A reading, never a result of its own: no gate counts it, and it says nothing of the law itself.

use chrono::NaiveDate;

use super::{Analysis, PracticeSet, StatusBasis, Tally};
use crate::domain::{Assessment, Catalogue, FrameworkId, Obligation, ObligationGroup, ObligationSource, SortedSet};

/// What the answers say for one obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoken {
    /// Every requirement that a mapping names is looked at and ready.
    InFull,
    /// At least one needed practice of those requirements is in place or partly so.
    InPart,
    /// All needed practices have been answered, and nothing is in place.
    Nothing,
    /// Nothing is in place so far, and something is unanswered or to be decided.
    Open,
    /// None of those requirements is looked at.
    NotInScope,
    /// No mapping names a requirement.
    NotNamed,
}

impl Spoken {
    /// All of them, what says most first.
    pub const ALL: [Self; 6] = [
        Self::InFull,
        Self::InPart,
        Self::Nothing,
        Self::Open,
        Self::NotInScope,
        Self::NotNamed,
    ];

    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InFull => "In full",
            Self::InPart => "In part",
            Self::Nothing => "Nothing in place",
            Self::Open => "Open",
            Self::NotInScope => "Not in scope",
            Self::NotNamed => "In no mapping",
        }
    }
}

/// What some requirements of ISO/IEC 27001 rest on today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footing {
    /// The requirements, by position, in rising order.
    pub requirements: Vec<usize>,
    /// Those that are looked at, counted by their status; those excluded apart.
    pub statuses: Tally,
    /// Those that are neither looked at nor excluded.
    pub n_out_of_scope: usize,
    /// The practices that the former need.
    pub practices: PracticeSet,
    /// Where those practices stand.
    pub basis: StatusBasis,
    /// The gaps of those practices, as positions in [`Analysis::gaps`]: the first to close first.
    pub gaps: Vec<usize>,
}

impl Footing {
    fn new(
        catalogue: &Catalogue,
        assessment: &Assessment,
        analysis: &Analysis,
        requirements: SortedSet<usize>,
    ) -> Self {
        let requirements: Vec<usize> = requirements.iter().copied().collect();
        let mut footing = Self::default();
        for position in &requirements {
            match analysis.status(*position) {
                Some(status) => {
                    footing.statuses.add(status.verdict);
                    let needed = analysis.ground.needed.get(*position).copied().unwrap_or_default();
                    footing.practices = footing.practices.union(&needed);
                }
                None if analysis.ground.excluded.get(*position).copied().unwrap_or_default() => {
                    footing.statuses.n_excluded += 1;
                }
                None => footing.n_out_of_scope += 1,
            }
        }
        let gaps = analysis.gaps.iter().enumerate();
        let touching = gaps.filter(|(_, gap)| footing.practices.contains(gap.practice));
        footing.gaps = touching.map(|(at, _)| at).collect();
        footing.basis = StatusBasis::count(catalogue, assessment, &footing.practices);
        footing.requirements = requirements;
        footing
    }

    /// The requirements that are excluded or out of scope.
    #[must_use]
    pub const fn n_apart(&self) -> usize {
        self.statuses.n_excluded + self.n_out_of_scope
    }

    /// What the answers say on this footing. An exclusion answers no law, so it stands in the way of "in full".
    #[must_use]
    pub fn spoken(&self) -> Spoken {
        let n_looked_at = self.statuses.n_total();
        let has_something = self.basis.n_ready() + self.basis.n_partly > 0;
        let is_open = self.basis.n_not_answered > 0 || self.statuses.n_needs_decision > 0;
        match (self.requirements.is_empty(), n_looked_at == 0) {
            (true, _) => Spoken::NotNamed,
            (false, true) => Spoken::NotInScope,
            (false, false) if self.statuses.n_ready == self.requirements.len() => Spoken::InFull,
            (false, false) if has_something => Spoken::InPart,
            (false, false) if is_open => Spoken::Open,
            (false, false) => Spoken::Nothing,
        }
    }
}

/// Obligations counted by what the answers say for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpokenCount([usize; Spoken::ALL.len()]);

impl SpokenCount {
    /// How many the answers speak to so.
    #[must_use]
    pub fn n(&self, spoken: Spoken) -> usize {
        self.0.get(spoken as usize).copied().unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn n_total(&self) -> usize {
        self.0.iter().sum()
    }

    fn of<'a>(obligations: impl Iterator<Item = &'a ObligationReading>) -> Self {
        let mut count = Self::default();
        for reading in obligations {
            if let Some(n) = count.0.get_mut(reading.spoken as usize) {
                *n += 1;
            }
        }
        count
    }
}

/// One obligation as the answers read it.
#[derive(Clone, Debug, PartialEq)]
pub struct ObligationReading {
    /// The obligation.
    pub obligation: &'static Obligation,
    /// What it rests on.
    pub footing: Footing,
    /// What the answers say.
    pub spoken: Spoken,
}

/// A group of obligations.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupReading {
    /// The group.
    pub group: &'static ObligationGroup,
    /// Its obligations.
    pub obligations: Vec<ObligationReading>,
    /// What all of them together rest on; a requirement counts once.
    pub footing: Footing,
    /// Its obligations, counted.
    pub count: SpokenCount,
}

/// Several groups that form one part of a source: a function of the CSF.
#[derive(Clone, Debug, PartialEq)]
pub struct PartReading {
    /// Its name.
    pub name: &'static str,
    /// What all its obligations together rest on; a requirement counts once.
    pub footing: Footing,
    /// Its obligations, counted.
    pub count: SpokenCount,
}

/// A law or framework as the answers read it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceReading {
    /// The law or framework.
    pub source: &'static ObligationSource,
    /// Its groups.
    pub groups: Vec<GroupReading>,
    /// Its parts, where groups belong to some.
    pub parts: Vec<PartReading>,
    /// What all of it rests on; a requirement counts once.
    pub footing: Footing,
    /// Its obligations, counted.
    pub count: SpokenCount,
}

impl SourceReading {
    /// What the answers say for each obligation of a law or framework. The analysis must be of the same assessment, or of
    /// what [`as_if_in_scope`] makes of it.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        source: &'static ObligationSource,
        assessment: &Assessment,
        analysis: &Analysis,
    ) -> Self {
        let footing = |positions: SortedSet<usize>| Footing::new(catalogue, assessment, analysis, positions);
        let read = |obligation: &'static Obligation| {
            let footing = footing(obligation.requirements(catalogue).into_iter().collect());
            ObligationReading {
                obligation,
                spoken: footing.spoken(),
                footing,
            }
        };
        let together = |groups: &[GroupReading]| {
            let positions = groups.iter().flat_map(|it| it.footing.requirements.iter().copied());
            let obligations = groups.iter().flat_map(|it| &it.obligations);
            (footing(positions.collect()), SpokenCount::of(obligations))
        };
        let groups = source.groups.iter().map(|group| {
            let obligations: Vec<ObligationReading> = group.obligations.iter().map(read).collect();
            let positions = obligations
                .iter()
                .flat_map(|it| it.footing.requirements.iter().copied());
            GroupReading {
                group,
                footing: footing(positions.collect()),
                count: SpokenCount::of(obligations.iter()),
                obligations,
            }
        });
        let groups: Vec<GroupReading> = groups.collect();
        let parts = groups.chunk_by(|one, next| one.group.part == next.group.part);
        let parts = parts.filter_map(|groups| {
            let name = groups.first().map(|it| it.group.part).filter(|it| !it.is_empty())?;
            let (footing, count) = together(groups);
            Some(PartReading { name, footing, count })
        });
        let parts = parts.collect();
        let (footing, count) = together(&groups);
        Self {
            source,
            groups,
            parts,
            footing,
            count,
        }
    }

    /// The readings of all its obligations.
    pub fn obligations(&self) -> impl Iterator<Item = &ObligationReading> {
        self.groups.iter().flat_map(|it| &it.obligations)
    }
}

/// The analysis for answering, as if ISO/IEC 27001 were in scope: what its practices say where it is not. Facts and
/// exclusions count as they are; a practice that nothing in scope asks is unanswered, unless it was answered before.
#[must_use]
pub fn as_if_in_scope(catalogue: &Catalogue, assessment: &Assessment, date: NaiveDate) -> Analysis {
    let mut widened = assessment.clone();
    widened.scope.frameworks.insert(FrameworkId::Iso27001);
    Analysis::for_answering(catalogue, &widened, date)
}

/// The obligations of a source that a mapping pairs with a requirement: none for one of another framework.
#[must_use]
pub fn naming(source: &ObligationSource, framework: FrameworkId, code: &str) -> Vec<&'static Obligation> {
    let obligations = source.obligations();
    let naming = obligations.filter(|it| framework == FrameworkId::Iso27001 && it.names(code));
    naming.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Decision, PracticeId, Standing, Words, fixture};

    /// Two groups: the first obligation rests on clause 4.3 and A.8.32, the second on the control alone, the third on nothing.
    static LAW: ObligationSource = ObligationSource {
        id: "law",
        short: "Law",
        title: "A law",
        reference: "",
        since: "",
        about: "",
        credit: "",
        quality: "",
        nouns: ["article", "articles"],
        groups: &[
            ObligationGroup {
                id: "I",
                title: "First",
                part: "Part",
                obligations: &[
                    Obligation {
                        id: "Article 1",
                        title: "Both",
                        note: "",
                        codes: "4.3 A.8.32",
                    },
                    Obligation {
                        id: "Article 2",
                        title: "Changes",
                        note: "",
                        codes: "A.8.32",
                    },
                ],
            },
            ObligationGroup {
                id: "II",
                title: "Second",
                part: "Part",
                obligations: &[Obligation {
                    id: "Article 3",
                    title: "Mandate",
                    note: "",
                    codes: "",
                }],
            },
        ],
    };

    fn reading(assessment: &Assessment) -> SourceReading {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        SourceReading::new(&fixture::CATALOGUE, &LAW, assessment, &analysis)
    }

    fn check(answers: &[(PracticeId, Standing)], expect: [Spoken; 3]) -> SourceReading {
        let mut assessment = fixture::assessment();
        put(&mut assessment, answers);
        let reading = reading(&assessment);
        let found: Vec<Spoken> = reading.obligations().map(|it| it.spoken).collect();
        assert_eq!(found, expect, "{answers:?}");
        reading
    }

    fn put(assessment: &mut Assessment, answers: &[(PracticeId, Standing)]) {
        for (id, standing) in answers {
            let answer = Answer {
                standing: standing.clone(),
                ..Default::default()
            };
            assessment.answers.insert(*id, answer);
        }
    }

    const ALL: [PracticeId; 3] = [fixture::SCOPE, fixture::REVIEW, fixture::TESTED];

    #[test]
    fn unanswered_assessment_speaks_to_nothing() {
        let reading = check(&[], [Spoken::Open, Spoken::Open, Spoken::NotNamed]);
        assert_eq!((reading.count.n(Spoken::Open), reading.count.n_total()), (2, 3));
    }

    #[test]
    fn full_needs_every_named_requirement_and_part_needs_one_practice() {
        let in_place = ALL.map(|id| (id, Standing::InPlace));
        check(&in_place, [Spoken::InFull, Spoken::InFull, Spoken::NotNamed]);
        check(&in_place[1..], [Spoken::InPart, Spoken::InFull, Spoken::NotNamed]);
        check(&in_place[..1], [Spoken::InPart, Spoken::Open, Spoken::NotNamed]);
        check(
            &[(fixture::REVIEW, Standing::Partly)],
            [Spoken::InPart, Spoken::InPart, Spoken::NotNamed],
        );
    }

    #[test]
    fn nothing_in_place_is_said_once_all_is_answered_and_its_gaps_touch_the_obligation() {
        let absent = ALL.map(|id| (id, Standing::NotInPlace));
        check(&absent[..2], [Spoken::Open, Spoken::Open, Spoken::NotNamed]);
        let reading = check(&absent, [Spoken::Nothing, Spoken::Nothing, Spoken::NotNamed]);
        let n_gaps: Vec<usize> = reading.obligations().map(|it| it.footing.gaps.len()).collect();
        assert_eq!(n_gaps, [3, 2, 0]);
    }

    #[test]
    fn excluded_requirement_stands_apart_and_keeps_an_obligation_from_being_full() {
        let mut assessment = fixture::assessment();
        put(&mut assessment, &[(fixture::SCOPE, Standing::InPlace)]);
        let control = fixture::CATALOGUE.requirements[usize::from(fixture::CONTROL)].id;
        let excluded = Decision::Excluded {
            justification: Words::new("none").expect("words"),
            approver: String::new(),
            review_on: None,
        };
        assessment.decisions.insert(control, excluded);
        let reading = reading(&assessment);
        let found: Vec<Spoken> = reading.obligations().map(|it| it.spoken).collect();
        assert_eq!(found, [Spoken::InPart, Spoken::NotInScope, Spoken::NotNamed]);
        let apart: Vec<usize> = reading.obligations().map(|it| it.footing.n_apart()).collect();
        assert_eq!(apart, [1, 1, 0]);
    }

    #[test]
    fn requirement_counts_once_in_group_part_and_source() {
        let reading = check(&[], [Spoken::Open, Spoken::Open, Spoken::NotNamed]);
        let part = reading.parts.first().expect("a part");
        assert_eq!((part.name, part.count.n_total()), ("Part", 3));
        for footing in [&reading.groups[0].footing, &part.footing, &reading.footing] {
            assert_eq!(footing.statuses.n_total(), 2);
        }
        assert_eq!(reading.groups[1].footing, Footing::default());
    }

    #[test]
    fn out_of_scope_framework_says_nothing_until_its_practices_are_looked_at() {
        let mut assessment = fixture::assessment();
        put(&mut assessment, &ALL.map(|id| (id, Standing::InPlace)));
        assessment.scope.frameworks.remove(&FrameworkId::Iso27001);
        let spoken = |reading: &SourceReading| reading.obligations().map(|it| it.spoken).collect::<Vec<_>>();
        assert_eq!(
            spoken(&reading(&assessment)),
            [Spoken::NotInScope, Spoken::NotInScope, Spoken::NotNamed]
        );
        let analysis = as_if_in_scope(&fixture::CATALOGUE, &assessment, fixture::date());
        let reading = SourceReading::new(&fixture::CATALOGUE, &LAW, &assessment, &analysis);
        assert_eq!(spoken(&reading), [Spoken::InFull, Spoken::InFull, Spoken::NotNamed]);
    }

    #[test]
    fn requirement_of_another_framework_is_named_by_nothing() {
        let ids = |framework, code| -> Vec<&str> { naming(&LAW, framework, code).iter().map(|it| it.id).collect() };
        assert_eq!(ids(FrameworkId::Iso27001, "A.8.32"), ["Article 1", "Article 2"]);
        assert_eq!(ids(FrameworkId::Iso27017, "A.8.32"), [""; 0]);
        assert_eq!(ids(FrameworkId::Iso27001, "8.32"), [""; 0]);
    }
}
