//! The catalogue that Concord ships: checked by the build script, one static, nothing to parse and nothing to fail.
//!
//! This layer knows `domain` only. It must not know assessments or how anything is computed from it.

#[cfg(test)]
mod compiler;

use crate::domain::{
    Artefact, ArtefactKind, Audience, Catalogue, Category, Condition, Covers, Effort, Fact, Framework, FrameworkId,
    Group, Inheritable, Literal, Nonconformity, Obligation, ObligationGroup, ObligationSource, OldControl, Practice,
    PracticeId, Requirement, RequirementId, RequirementKind, Rhythm, SupplierKind, Tie, TieKind, Topic, TopicId,
};

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_framework_has_its_count() {
        let counts: Vec<usize> = FrameworkId::ALL
            .into_iter()
            .map(|framework| CATALOGUE.requirements_of(framework).count())
            .collect();
        assert_eq!(counts, [123, 97, 44, 61]);
    }

    #[test]
    fn requirement_is_found_as_printed() {
        assert!(
            CATALOGUE
                .parse_requirement("iso27001-2022/5.1")
                .is_some_and(|it| it.kind == RequirementKind::Clause)
        );
        assert!(
            CATALOGUE
                .parse_requirement("iso27001-2022/A.5.1")
                .is_some_and(|it| it.kind == RequirementKind::Control)
        );
        for invented in [
            "soc2-2017/CC2.4",
            "soc2-2017/CC6.9",
            "soc2-2017/CC8.2",
            "soc2-2017/A1.4",
            "soc2-2017/C1.3",
            "iso27017-2015/CLD.8.2.1",
        ] {
            assert!(CATALOGUE.parse_requirement(invented).is_none(), "{invented}");
        }
    }

    #[test]
    fn evidence_and_findings_lead_to_practices_and_requirements() {
        assert_eq!(CATALOGUE.artefacts.len(), 44);
        let review = CATALOGUE.practice("source.peer-review").map(|it| it.id);
        let titles: Vec<&str> = review
            .into_iter()
            .flat_map(|id| CATALOGUE.artefacts_of(id))
            .map(|it| it.id)
            .collect();
        assert!(titles.contains(&"review-record"), "{titles:?}");
        let change = CATALOGUE.requirement(FrameworkId::Soc2, "CC8.1").map(|it| it.id);
        let findings: Vec<&str> = change
            .into_iter()
            .flat_map(|id| CATALOGUE.nonconformities_of(id))
            .map(|it| it.id)
            .collect();
        assert!(findings.contains(&"change-approval-missing"), "{findings:?}");
    }

    #[test]
    fn numbers_of_the_first_release_never_change() {
        let numbers = include_str!("../assets/catalogue/numbers.txt");
        let first = numbers.lines().take(328);
        // FNV-1a, as for the version. Snapshots name practices by their line: a changed one would give answers to others.
        let hash = first
            .flat_map(|id| id.bytes().chain([b'\n']))
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        assert_eq!(
            hash, 0x8e62_0d26_4d52_1783,
            "lines are only ever added at the end of numbers.txt"
        );
        assert_eq!(CATALOGUE.numbers.len(), CATALOGUE.practices.len());
        for (practice, number) in CATALOGUE.practices.iter().zip(CATALOGUE.numbers) {
            assert_eq!(numbers.lines().nth(usize::from(*number)), Some(practice.id.as_str()));
        }
    }

    #[test]
    fn every_requirement_rests_on_something() {
        for (index, requirement) in CATALOGUE.requirements.iter().enumerate() {
            let is_needed = |practice: &Practice| practice.needed().any(|tie| usize::from(tie.requirement) == index);
            assert!(CATALOGUE.practices.iter().any(is_needed), "{}", requirement.id);
        }
    }
    #[test]
    fn every_control_suggested_for_a_ready_made_risk_is_in_annex_a() {
        for risk in crate::domain::READY_RISKS {
            for code in risk.controls() {
                let control = CATALOGUE.requirement(FrameworkId::Iso27001, code);
                let is_control = control.is_some_and(|it| it.kind == crate::domain::RequirementKind::Control);
                assert!(is_control, "{}: {code}", risk.title);
            }
        }
    }
}
