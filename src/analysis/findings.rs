//! Potential nonconformities: what an auditor may raise, with the answers that trigger it, what it breaks and what closes
//! it. Grading is the auditor's act; this only prepares for it.
//!
//! The rules, where DESIGN leaves room:
//! - "Not in place" triggers. So does "partly", as an isolated lapse: it is never graded above a potential minor, and it
//!   does not count towards several lapses on one requirement.
//! - "In place" and "met another way" trigger for SOC 2 alone: where records were denied, or one that was due in the window
//!   is missing. Unanswered, not applicable and inherited trigger nothing.
//! - Only what rests on a practice that fired is listed.
//!
//! A better answer never adds a finding and never makes a grade graver; `tests/analysis.rs` holds that.

use chrono::NaiveDate;

use super::operation::operated;
use super::{Grade, Ground, Level, Operating, PracticeSet, RequirementStatus, Verdict, Window};
use crate::domain::{
    Answer, Assessment, Catalogue, Facet, FrameworkId, Nonconformity, Practice, Register, Requirement, RequirementKind,
    SheetKey, StandingKind, sort_by_rank,
};

/// How many findings, each by a practice of its own that is not in place, one ISO requirement bears before its lapses
/// count as several.
const SEVERAL: usize = 2;

/// A potential nonconformity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The position in [`Catalogue::nonconformities`].
    pub nonconformity: usize,
    /// The gravest grade that it may get: that of ISO where it breaks an ISO requirement, otherwise that of SOC 2.
    pub grade: Grade,
    /// The grade for SOC 2, if it breaks a criterion.
    pub soc2_grade: Option<Grade>,
    /// The practices whose answers trigger it, by position. Unanswered never triggers.
    pub triggers: Vec<usize>,
    /// The requirements in scope that it breaks, by position: those that need one of the triggers.
    pub breaks: Vec<usize>,
    /// The evidence that closes it, by position in [`Catalogue::artefacts`].
    pub closed_by: Vec<usize>,
}

impl Finding {
    /// The grade for ISO/IEC 27001 and 27017; none if it breaks SOC 2 criteria alone.
    #[must_use]
    pub const fn iso_grade(&self) -> Option<Grade> {
        match self.grade {
            Grade::PotentialMajor | Grade::PotentialMinor | Grade::Observation => Some(self.grade),
            Grade::PotentialDesignDeficiency | Grade::PotentialOperatingDeviation => None,
        }
    }
}

/// The potential nonconformities on a day, gravest first.
#[must_use]
pub fn findings(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    statuses: &[Option<RequirementStatus>],
    date: NaiveDate,
) -> Vec<Finding> {
    let finder = Finder {
        catalogue,
        assessment,
        ground,
        statuses,
        window: Window::of(&assessment.scope),
        date,
    };
    let fired: Vec<Fired> = catalogue
        .nonconformities
        .iter()
        .enumerate()
        .filter_map(|(position, it)| finder.fired(position, it))
        .collect();
    let several = finder.with_several_lapses(&fired);
    let mut findings: Vec<Finding> = fired.iter().map(|it| finder.finding(it, &several)).collect();
    // What is graded alike stays in the order of the catalogue.
    sort_by_rank(&mut findings, |it| {
        let soc2 = it.soc2_grade.map_or(u64::from(u8::MAX), |grade| grade as u64);
        (it.grade as u64) << 8 | soc2
    });
    findings
}

/// Practices that fired one finding, by how.
struct Fired {
    position: usize,
    nonconformity: &'static Nonconformity,
    absent: PracticeSet,
    partly: PracticeSet,
    /// In place, but the operation can't be shown: for SOC 2 alone.
    unshown: PracticeSet,
    /// The requirements in scope that need one that fired.
    breaks: Vec<usize>,
}

struct Finder<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    ground: &'a Ground,
    statuses: &'a [Option<RequirementStatus>],
    window: Option<Window>,
    date: NaiveDate,
}

impl Finder<'_> {
    fn fired(&self, position: usize, nonconformity: &'static Nonconformity) -> Option<Fired> {
        let mut fired = Fired {
            position,
            nonconformity,
            absent: PracticeSet::default(),
            partly: PracticeSet::default(),
            unshown: PracticeSet::default(),
            breaks: Vec::new(),
        };
        let asked = nonconformity.triggered_by.iter().map(|at| usize::from(*at));
        for at in asked.filter(|at| self.ground.asked.contains(*at)) {
            let Some(practice) = self.catalogue.practices.get(at) else {
                continue;
            };
            let Some(answer) = self.assessment.answers.get(&practice.id) else {
                continue;
            };
            match answer.standing.kind() {
                StandingKind::NotInPlace => fired.absent.insert(at),
                StandingKind::Partly => fired.partly.insert(at),
                StandingKind::InPlace | StandingKind::AnotherWay => {
                    if self.breaks_soc2(nonconformity, at) && self.is_unshown(practice, answer) {
                        fired.unshown.insert(at);
                    }
                }
                StandingKind::NotAnswered | StandingKind::NotApplicable | StandingKind::Inherited => {}
            }
        }
        let lapses = fired.absent.union(&fired.partly);
        let is_broken = |at: &usize| {
            self.needs(*at, &lapses) || self.needs(*at, &fired.unshown) && self.requirement(*at).is_some_and(is_soc2)
        };
        fired.breaks = authored(nonconformity.breaks).filter(is_broken).collect();
        (!lapses.union(&fired.unshown).is_empty()).then_some(fired)
    }

    /// Whether a requirement is looked at and needs one of some practices.
    fn needs(&self, requirement: usize, practices: &PracticeSet) -> bool {
        let needed = self.ground.needed.get(requirement);
        self.ground.includes(requirement) && needed.is_some_and(|it| !it.intersection(practices).is_empty())
    }

    fn requirement(&self, position: usize) -> Option<&'static Requirement> {
        self.catalogue.requirements.get(position)
    }

    fn breaks_soc2(&self, nonconformity: &Nonconformity, practice: usize) -> bool {
        let practice: PracticeSet = [practice].into_iter().collect();
        let needs = |at: usize| self.requirement(at).is_some_and(is_soc2) && self.needs(at, &practice);
        authored(nonconformity.breaks).any(needs)
    }

    /// Whether records of what is in place were denied, or one that was due in the window is missing.
    fn is_unshown(&self, practice: &Practice, answer: &Answer) -> bool {
        let is_denied = practice.asks(Facet::Evidenced) && answer.facets.get(Facet::Evidenced) == Some(false);
        let missed = |window| {
            let key = SheetKey::practice(Register::Operation, practice.id);
            let sheet = self.assessment.sheets.get(&key);
            let count = operated(practice.rhythm, sheet, window, self.date, &mut |_| {});
            count.operating == Operating::Missed
        };
        is_denied || self.window.is_some_and(missed)
    }

    /// By position of the requirement: whether several findings break it, by different practices that are not in place.
    fn with_several_lapses(&self, fired: &[Fired]) -> Vec<bool> {
        let mut counted = vec![(0_usize, PracticeSet::default()); self.catalogue.requirements.len()];
        for it in fired {
            for at in it.breaks.iter().filter(|at| self.needs(**at, &it.absent)) {
                let needed = self.ground.needed.get(*at).copied().unwrap_or_default();
                if let Some((n, absent)) = counted.get_mut(*at) {
                    *n += 1;
                    *absent = absent.union(&needed.intersection(&it.absent));
                }
            }
        }
        let counted = counted.into_iter();
        counted
            .map(|(n, absent)| n >= SEVERAL && absent.len() >= SEVERAL)
            .collect()
    }

    fn finding(&self, fired: &Fired, several: &[bool]) -> Finding {
        let of_iso = fired.breaks.iter();
        let of_iso = of_iso.filter(|at| self.requirement(**at).is_some_and(|it| !is_soc2(it)));
        let iso_grade = of_iso.map(|at| self.iso_grade(*at, fired, several)).min();
        let of_soc2 = fired.breaks.iter();
        let of_soc2 = of_soc2.filter(|at| self.requirement(**at).is_some_and(is_soc2));
        let lapses = fired.absent.union(&fired.partly);
        let soc2_grade = of_soc2.map(|at| match self.needs(*at, &lapses) {
            true => Grade::PotentialDesignDeficiency,
            false => Grade::PotentialOperatingDeviation,
        });
        let soc2_grade = soc2_grade.min();
        let triggers = lapses.union(&fired.unshown);
        let shows = |at: &usize| {
            let artefact = self.catalogue.artefacts.get(*at);
            artefact.is_some_and(|it| authored(it.practices).any(|practice| triggers.contains(practice)))
        };
        Finding {
            nonconformity: fired.position,
            grade: iso_grade.or(soc2_grade).unwrap_or(Grade::Observation),
            soc2_grade,
            triggers: triggers.iter().collect(),
            breaks: fired.breaks.clone(),
            closed_by: authored(fired.nonconformity.closed_by).filter(shows).collect(),
        }
    }

    /// The grade of a finding by one ISO requirement that it breaks. A potential major is a clause that is absent or
    /// broken down as a whole, or several lapses on one requirement; otherwise it is an isolated lapse.
    fn iso_grade(&self, requirement: usize, fired: &Fired, several: &[bool]) -> Grade {
        let is_clause = self
            .requirement(requirement)
            .is_some_and(|it| it.kind == RequirementKind::Clause);
        let status = self.statuses.get(requirement).and_then(Option::as_ref);
        let is_down = status.is_some_and(|it| it.verdict == Verdict::Known(Level::NotReady));
        let alone: PracticeSet = authored(fired.nonconformity.alone).collect();
        let is_whole = self.needs(requirement, &alone.intersection(&fired.absent));
        let is_several =
            several.get(requirement).copied().unwrap_or_default() && self.needs(requirement, &fired.absent);
        if is_clause && (is_down || is_whole) || is_several {
            Grade::PotentialMajor
        } else {
            Grade::PotentialMinor
        }
    }
}

fn authored(positions: &'static [u16]) -> impl Iterator<Item = usize> {
    positions.iter().map(|at| usize::from(*at))
}

fn is_soc2(requirement: &Requirement) -> bool {
    requirement.id.framework == FrameworkId::Soc2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Facets, PracticeId, RequirementId, Standing, fixture};

    fn answered(standing: Standing) -> Answer {
        Answer {
            standing,
            ..Default::default()
        }
    }

    fn of_fixture(answer: Answer) -> Vec<Finding> {
        let mut assessment = fixture::assessment();
        assessment.answers.insert(fixture::REVIEW, answer);
        Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date()).findings
    }

    /// The findings of the real catalogue with some practices not in place: id and both grades.
    fn of_absent(frameworks: &[FrameworkId], absent: &[&'static str]) -> Vec<(&'static str, Grade, Option<Grade>)> {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(frameworks.iter().copied());
        for id in absent {
            let id = CATALOGUE.practice(id).expect("a practice").id;
            assessment.answers.insert(id, answered(Standing::NotInPlace));
        }
        let findings = Analysis::new(&CATALOGUE, &assessment, fixture::date()).findings;
        let findings = findings.iter().map(|it| {
            let authored = CATALOGUE.nonconformities.get(it.nonconformity).expect("authored");
            (authored.id, it.grade, it.soc2_grade)
        });
        findings.collect()
    }

    #[test]
    fn unanswered_inherited_and_shown_practices_raise_nothing() {
        assert_eq!(of_fixture(Answer::default()), []);
        let shown = Facets::default().with(Facet::Evidenced, Some(true));
        let answer = Answer {
            facets: shown,
            ..answered(Standing::InPlace)
        };
        assert_eq!(of_fixture(answer), []);
    }

    #[test]
    fn absent_practice_breaks_what_needs_it_and_both_grades_stand_side_by_side() {
        let findings = of_fixture(answered(Standing::NotInPlace));
        let expected = Finding {
            nonconformity: 0,
            grade: Grade::PotentialMinor,
            soc2_grade: Some(Grade::PotentialDesignDeficiency),
            triggers: vec![1],
            breaks: vec![usize::from(fixture::CONTROL), usize::from(fixture::CRITERION)],
            closed_by: vec![0],
        };
        assert_eq!(findings, [expected]);
        assert_eq!(findings, of_fixture(answered(Standing::Partly)));
    }

    #[test]
    fn denied_records_are_an_operating_deviation_and_break_no_iso_control() {
        let denied = Facets::default().with(Facet::Evidenced, Some(false));
        let answer = Answer {
            facets: denied,
            ..answered(Standing::InPlace)
        };
        let findings = of_fixture(answer);
        let finding = findings.first().expect("a finding");
        assert_eq!(finding.grade, Grade::PotentialOperatingDeviation);
        assert_eq!(finding.soc2_grade, Some(Grade::PotentialOperatingDeviation));
        assert_eq!(finding.iso_grade(), None);
        assert_eq!(finding.breaks, [usize::from(fixture::CRITERION)]);
    }

    #[test]
    fn excluded_control_is_not_broken() {
        let mut assessment = fixture::assessment();
        assessment
            .answers
            .insert(fixture::REVIEW, answered(Standing::NotInPlace));
        let decision = crate::domain::Decision::Excluded {
            justification: crate::domain::Words::new("no changes").expect("not blank"),
            approver: String::new(),
            review_on: None,
        };
        let control = RequirementId::new(FrameworkId::Iso27001, "A.8.32");
        assessment.decisions.insert(control, decision);
        let findings = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date()).findings;
        let breaks: Vec<&Vec<usize>> = findings.iter().map(|it| &it.breaks).collect();
        assert_eq!(breaks, [&vec![usize::from(fixture::CRITERION)]]);
    }

    #[test]
    fn what_a_clause_asks_for_as_a_whole_is_a_potential_major_when_absent() {
        for (finding, practice) in [
            ("internal-audit-missing", "review.internal-audit"),
            ("management-review-missing", "review.management-review"),
            ("risk-assessment-missing", "risk.register"),
            ("applicability-incomplete", "risk.statement-of-applicability"),
            ("treatment-not-accepted", "risk.treatment-plan"),
            ("treatment-not-accepted", "risk.owner-acceptance"),
            ("objectives-not-measurable", "documents.objectives"),
            ("competence-unproven", "people.competence"),
            ("corrective-action-missing", "review.finding-register"),
            ("scope-silent-on-pipelines", "context.delivery-in-scope"),
        ] {
            let found = of_absent(&[FrameworkId::Iso27001], &[practice]);
            assert_eq!(found, [(finding, Grade::PotentialMajor, None)], "{practice}");
        }
    }

    #[test]
    fn isolated_lapse_is_minor_and_several_on_one_control_are_a_potential_major() {
        let isolated = of_absent(&[FrameworkId::Iso27001], &["access.grant"]);
        assert_eq!(isolated, [("access-unapproved", Grade::PotentialMinor, None)]);
        let several = of_absent(&[FrameworkId::Iso27001], &["access.grant", "access.removal"]);
        let expected = [
            ("access-unapproved", Grade::PotentialMajor, None),
            ("leavers-keep-access", Grade::PotentialMajor, None),
        ];
        assert_eq!(several, expected);
    }

    #[test]
    fn soc2_alone_has_no_major() {
        let found = of_absent(
            &[FrameworkId::Soc2],
            &["review.internal-audit", "access.grant", "access.removal"],
        );
        assert_eq!(found.len(), 3);
        for (id, grade, soc2) in found {
            assert_eq!(grade, Grade::PotentialDesignDeficiency, "{id}");
            assert_eq!(soc2, Some(grade), "{id}");
        }
    }

    #[test]
    fn partly_is_never_more_than_an_isolated_lapse() {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(FrameworkId::ALL);
        for practice in CATALOGUE.practices {
            assessment.answers.insert(practice.id, answered(Standing::Partly));
        }
        let findings = Analysis::new(&CATALOGUE, &assessment, fixture::date()).findings;
        assert!(findings.iter().all(|it| it.grade > Grade::PotentialMajor));
        let practice = |id: &'static str| CATALOGUE.practice_index(PracticeId::new(id)).expect("a practice");
        assert!(
            findings
                .iter()
                .any(|it| it.triggers.contains(&practice("access.grant")))
        );
    }
}
