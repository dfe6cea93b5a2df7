//! The artefacts and nonconformities: how they are read, checked and emitted.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Problem;
use super::check::{is_kebab, n_words, name_of, wording_problems};
use super::emit::{positions_code, slice};
use super::source::Authored;

pub const ARTEFACTS_FILE: &str = "catalogue/artefacts.toml";
pub const NONCONFORMITIES_FILE: &str = "catalogue/nonconformities.toml";

const ARTEFACT_KINDS: &[(&str, &str)] = &[
    ("attestation", "Attestation"),
    ("configuration", "Configuration"),
    ("document", "Document"),
    ("external-report", "ExternalReport"),
    ("inventory", "Inventory"),
    ("log", "Log"),
    ("record", "Record"),
    ("register", "Register"),
    ("report", "Report"),
    ("review-record", "ReviewRecord"),
    ("test-report", "TestReport"),
];
const COVERS: &[(&str, &str)] = &[("moment", "Moment"), ("period", "Period")];

/// The file of the artefacts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArtefactFile {
    #[serde(default, rename = "artefact")]
    pub artefacts: Vec<ArtefactSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArtefactSource {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub covers: String,
    pub population: String,
    #[serde(default)]
    pub formats: Vec<String>,
    pub practices: Vec<String>,
}

/// The file of the nonconformities.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonconformityFile {
    #[serde(default, rename = "nonconformity")]
    pub nonconformities: Vec<NonconformitySource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonconformitySource {
    pub id: String,
    pub title: String,
    pub finding: String,
    pub triggered_by: Vec<String>,
    #[serde(default)]
    pub alone: Vec<String>,
    pub breaks: Vec<String>,
    pub closed_by: Vec<String>,
}

/// Everything that is wrong with artefacts and nonconformities.
pub fn check(authored: &Authored) -> Vec<Problem> {
    let practices: BTreeSet<&str> = authored.practices().map(|(_, it)| it.id.as_str()).collect();
    let artefacts: BTreeSet<&str> = authored.artefacts.iter().map(|it| it.id.as_str()).collect();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for artefact in &authored.artefacts {
        let checks = [
            (!seen.insert(&artefact.id), "stands twice"),
            (!is_kebab(&artefact.id), "must be a short name in lower case"),
            (artefact.title.chars().count() > 70, "title is over 70 characters"),
            (name_of(ARTEFACT_KINDS, &artefact.kind).is_none(), "kind is unknown"),
            (
                name_of(COVERS, &artefact.covers).is_none(),
                "covers must be moment or period",
            ),
            (
                !(1..=20).contains(&n_words(&artefact.population)),
                "population must have 1 to 20 words",
            ),
            (artefact.practices.is_empty(), "is evidence for no practice"),
        ];
        let dangling = unknown(&artefact.practices, &practices, "practice");
        let wording = wording_problems([artefact.title.as_str(), &artefact.population]);
        problems.extend(
            wrong(&checks)
                .chain(dangling)
                .chain(wording)
                .map(|it| problem(ARTEFACTS_FILE, &artefact.id, it)),
        );
    }
    let mut seen = BTreeSet::new();
    for finding in &authored.nonconformities {
        let checks = [
            (!seen.insert(&finding.id), "stands twice"),
            (!is_kebab(&finding.id), "must be a short name in lower case"),
            (finding.title.chars().count() > 70, "title is over 70 characters"),
            (
                !(1..=35).contains(&n_words(&finding.finding)),
                "finding must have 1 to 35 words",
            ),
            (finding.triggered_by.is_empty(), "nothing raises it"),
            (finding.breaks.is_empty(), "breaks nothing"),
            (finding.closed_by.is_empty(), "nothing closes it"),
        ];
        let dangling = unknown(&finding.triggered_by, &practices, "practice").chain(unknown(
            &finding.closed_by,
            &artefacts,
            "artefact",
        ));
        let wording = wording_problems([finding.title.as_str(), &finding.finding]);
        let loose = finding
            .breaks
            .iter()
            .filter(|key| !is_needed_by_a_trigger(authored, finding, key))
            .map(|key| format!("breaks {key}, which needs none of the practices that raise it"));
        let idle = finding
            .alone
            .iter()
            .filter(|id| !is_needed_by_a_clause(authored, finding, id))
            .map(|id| format!("alone names {id}, which does not raise it or which no broken clause needs"));
        let all = wrong(&checks).chain(dangling).chain(wording).chain(loose).chain(idle);
        problems.extend(all.map(|it| problem(NONCONFORMITIES_FILE, &finding.id, it)));
    }
    problems
}

/// The messages of those checks that failed.
fn wrong(checks: &[(bool, &str)]) -> impl Iterator<Item = String> {
    checks
        .iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(|(_, message)| (*message).to_owned())
}

fn problem(file: &str, id: &str, message: String) -> Problem {
    Problem {
        file: file.to_owned(),
        id: id.to_owned(),
        message,
    }
}

fn unknown<'a>(ids: &'a [String], known: &'a BTreeSet<&str>, what: &'a str) -> impl Iterator<Item = String> + 'a {
    ids.iter()
        .filter(|id| !known.contains(id.as_str()))
        .map(move |id| format!("names {id}, which is no {what}"))
}

fn is_needed_by_a_trigger(authored: &Authored, finding: &NonconformitySource, key: &str) -> bool {
    authored
        .practices()
        .filter(|(_, practice)| finding.triggered_by.contains(&practice.id))
        .any(|(_, practice)| {
            authored
                .ties_of(practice)
                .iter()
                .any(|tie| tie.tie == "needed" && tie.to == key)
        })
}

/// Whether a practice raises the finding and a clause that the finding breaks needs it.
fn is_needed_by_a_clause(authored: &Authored, finding: &NonconformitySource, id: &str) -> bool {
    let clauses: Vec<String> = authored
        .requirements()
        .filter(|(_, row)| row.kind == "clause")
        .map(|(framework, row)| format!("{}/{}", framework.id, row.id))
        .filter(|key| finding.breaks.contains(key))
        .collect();
    finding.triggered_by.iter().any(|it| it == id)
        && authored
            .practices()
            .filter(|(_, practice)| practice.id == id)
            .any(|(_, practice)| {
                let mut ties = authored.ties_of(practice).into_iter();
                ties.any(|tie| tie.tie == "needed" && clauses.contains(&tie.to))
            })
}

/// The fields `artefacts` and `nonconformities` of the static.
pub fn emit(authored: &Authored) -> String {
    let practices: Vec<&str> = authored.practices().map(|(_, it)| it.id.as_str()).collect();
    let requirements: Vec<String> = authored
        .requirements()
        .map(|(it, row)| format!("{}/{}", it.id, row.id))
        .collect();
    let requirements: Vec<&str> = requirements.iter().map(String::as_str).collect();
    let ids: Vec<&str> = authored.artefacts.iter().map(|it| it.id.as_str()).collect();
    let artefacts = authored.artefacts.iter().map(|it| {
        format!(
            "Artefact {{ id: {:?}, title: {:?}, kind: ArtefactKind::{}, covers: Covers::{}, population: {:?}, formats: &{:?}, \
             practices: {} }}",
            it.id,
            it.title,
            name_of(ARTEFACT_KINDS, &it.kind).unwrap_or_default(),
            name_of(COVERS, &it.covers).unwrap_or_default(),
            it.population,
            it.formats,
            positions_code(&practices, &it.practices),
        )
    });
    let nonconformities = authored.nonconformities.iter().map(|it| {
        format!(
            "Nonconformity {{ id: {:?}, title: {:?}, finding: {:?}, triggered_by: {}, alone: {}, breaks: {}, closed_by: {} }}",
            it.id,
            it.title,
            it.finding,
            positions_code(&practices, &it.triggered_by),
            positions_code(&practices, &it.alone),
            positions_code(&requirements, &it.breaks),
            positions_code(&ids, &it.closed_by),
        )
    });
    format!(
        "    artefacts: {},\n    nonconformities: {},\n",
        slice(artefacts),
        slice(nonconformities)
    )
}
