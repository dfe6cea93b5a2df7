//! Obligations of other laws and frameworks, read through ISO/IEC 27001: how they are read, checked and emitted.
//!
//! They are a static of their own and no part of the catalogue: pages that never show them do without.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Problem;
use super::check::{is_kebab, wording_problems};
use super::emit::slice;
use super::source::Authored;

const FOLDER: &str = "obligations/";
const READ_THROUGH: &str = "iso27001-2022";
/// In this order they are shown; others follow.
const ORDER: [&str; 4] = ["csf-2.0", "pci-dss-4.0.1", "dora", "nis2-2024-2690"];

/// The file of one law or framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationFile {
    pub id: String,
    pub short: String,
    pub title: String,
    pub reference: String,
    pub since: String,
    pub about: String,
    pub credit: String,
    pub quality: String,
    pub one: String,
    pub many: String,
    /// How many obligations the file must hold.
    pub count: usize,
    /// How many pairs of an obligation and a requirement.
    pub pairs: usize,
    #[serde(rename = "group")]
    pub groups: Vec<GroupSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSource {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub part: String,
    #[serde(rename = "obligation")]
    pub obligations: Vec<ObligationRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationRow {
    pub id: String,
    pub title: String,
    pub iso: Vec<String>,
    #[serde(default)]
    pub note: String,
}

/// Whether an authored file holds obligations.
pub fn is_file(name: &str) -> bool {
    name.starts_with(FOLDER)
}

/// The laws and frameworks among the authored files, each with the name of its file. A file that can't be read is a
/// problem; the others are read all the same.
pub fn read(files: &[(String, String)]) -> (Vec<(String, ObligationFile)>, Vec<Problem>) {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for (name, text) in files.iter().filter(|(name, _)| is_file(name)) {
        match toml::from_str::<ObligationFile>(text) {
            Ok(source) => sources.push((name.clone(), source)),
            Err(error) => problems.push(problem(name, "file", error.to_string())),
        }
    }
    sources.sort_by_key(|(_, source)| ORDER.iter().position(|id| *id == source.id).unwrap_or(ORDER.len()));
    (sources, problems)
}

/// Everything that is wrong with the obligations.
pub fn check(sources: &[(String, ObligationFile)], authored: &Authored) -> Vec<Problem> {
    let requirements = authored.requirements();
    let of_27001 = requirements.filter(|(framework, _)| framework.id == READ_THROUGH);
    let known: BTreeSet<&str> = of_27001.map(|(_, row)| row.id.as_str()).collect();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, source) in sources {
        let mut messages = source_problems(source);
        if !seen.insert(&source.id) {
            messages.push("stands twice".to_owned());
        }
        problems.extend(messages.into_iter().map(|it| problem(file, &source.id, it)));
        let mut groups = BTreeSet::new();
        let mut obligations = BTreeSet::new();
        for group in &source.groups {
            let mut messages = blank(&[("id", &group.id), ("title", &group.title)]);
            messages.extend(wording_problems([group.title.as_str(), &group.part]));
            if !groups.insert(&group.id) {
                messages.push("stands twice".to_owned());
            }
            if group.obligations.is_empty() {
                messages.push("holds no obligation".to_owned());
            }
            problems.extend(messages.into_iter().map(|it| problem(file, &group.id, it)));
            for row in &group.obligations {
                let mut messages = row_problems(row, &known);
                if !obligations.insert(&row.id) {
                    messages.push("stands twice".to_owned());
                }
                problems.extend(messages.into_iter().map(|it| problem(file, &row.id, it)));
            }
        }
    }
    problems
}

fn source_problems(source: &ObligationFile) -> Vec<String> {
    let texts = [
        ("short", &source.short),
        ("title", &source.title),
        ("reference", &source.reference),
        ("since", &source.since),
        ("about", &source.about),
        ("credit", &source.credit),
        ("quality", &source.quality),
        ("one", &source.one),
        ("many", &source.many),
    ];
    let mut messages = blank(&texts);
    messages.extend(wording_problems(texts.iter().map(|(_, text)| text.as_str())));
    if !source.id.split('.').all(is_kebab) {
        messages.push("must be a short name in lower case".to_owned());
    }
    let rows = || source.groups.iter().flat_map(|group| &group.obligations);
    let n_pairs: usize = rows().map(|row| row.iso.len()).sum();
    for (found, stated, what) in [
        (rows().count(), source.count, "obligations"),
        (n_pairs, source.pairs, "pairs"),
    ] {
        if found != stated {
            messages.push(format!("holds {found} {what}, not {stated}"));
        }
    }
    messages
}

fn row_problems(row: &ObligationRow, known: &BTreeSet<&str>) -> Vec<String> {
    let mut messages = blank(&[("id", &row.id), ("title", &row.title)]);
    messages.extend(wording_problems([row.title.as_str(), &row.note]));
    if row.title.chars().count() > 70 {
        messages.push("title is over 70 characters".to_owned());
    }
    let mut named = BTreeSet::new();
    for code in &row.iso {
        if !known.contains(code.as_str()) {
            messages.push(format!("names {code}, which is no requirement of {READ_THROUGH}"));
        }
        if !named.insert(code) {
            messages.push(format!("names {code} twice"));
        }
    }
    messages
}

/// Says which of some texts are blank.
fn blank(texts: &[(&str, &String)]) -> Vec<String> {
    let blank = texts.iter().filter(|(_, text)| text.trim().is_empty());
    blank.map(|(name, _)| format!("{name} is blank")).collect()
}

/// The source of `pub static OBLIGATIONS`.
pub fn emit(sources: &[(String, ObligationFile)]) -> String {
    let sources = sources.iter().map(|(_, source)| source_code(source));
    format!(
        "\n/// Other laws and frameworks, read through ISO/IEC 27001:2022.\npub static OBLIGATIONS: &[ObligationSource] = {};\n",
        slice(sources)
    )
}

fn source_code(source: &ObligationFile) -> String {
    format!(
        "ObligationSource {{ id: {:?}, short: {:?}, title: {:?}, reference: {:?}, since: {:?}, about: {:?}, credit: {:?}, \
         quality: {:?}, nouns: [{:?}, {:?}], groups: {} }}",
        source.id,
        source.short,
        source.title,
        source.reference,
        source.since,
        source.about,
        source.credit,
        source.quality,
        source.one,
        source.many,
        slice(source.groups.iter().map(group_code))
    )
}

fn group_code(group: &GroupSource) -> String {
    let obligations = group.obligations.iter().map(|row| {
        format!(
            "Obligation {{ id: {:?}, title: {:?}, note: {:?}, codes: {:?} }}",
            row.id,
            row.title,
            row.note,
            row.iso.join(" ")
        )
    });
    format!(
        "ObligationGroup {{ id: {:?}, title: {:?}, part: {:?}, obligations: {} }}",
        group.id,
        group.title,
        group.part,
        slice(obligations)
    )
}

fn problem(file: &str, id: &str, message: String) -> Problem {
    Problem {
        file: file.to_owned(),
        id: id.to_owned(),
        message,
    }
}
