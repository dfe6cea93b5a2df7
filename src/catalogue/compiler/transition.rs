//! The controls of ISO/IEC 27001:2013 with their successors: how they are read, checked and emitted.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Problem;
use super::emit::slice;
use super::source::Authored;

/// The file of the transition. It lies beside the frameworks and is none.
pub const TRANSITION_FILE: &str = "frameworks/transition-2013.toml";
const PRESENT: &str = "iso27001-2022";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitionFile {
    /// How many controls the old edition has; the file must hold as many.
    pub count: usize,
    #[serde(default, rename = "control")]
    pub controls: Vec<OldControlSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldControlSource {
    pub id: String,
    pub title: String,
    pub now: Vec<String>,
}

/// The transition among the authored files; without its file it is empty.
pub fn read(files: &[(String, String)]) -> (TransitionFile, Vec<Problem>) {
    let Some((_, text)) = files.iter().find(|(name, _)| name == TRANSITION_FILE) else {
        return (TransitionFile::default(), Vec::new());
    };
    match toml::from_str(text) {
        Ok(transition) => (transition, Vec::new()),
        Err(error) => (TransitionFile::default(), vec![problem("file", error.to_string())]),
    }
}

/// Everything that is wrong with the transition.
pub fn check(transition: &TransitionFile, authored: &Authored) -> Vec<Problem> {
    let present = controls(authored);
    let mut problems = Vec::new();
    if transition.controls.len() != transition.count {
        let message = format!("holds {} controls, not {}", transition.controls.len(), transition.count);
        problems.push(problem("count", message));
    }
    let mut seen = BTreeSet::new();
    for control in &transition.controls {
        let checks = [
            (!seen.insert(&control.id), "stands twice"),
            (!is_old_id(&control.id), "is not an id such as A.9.2.1"),
            (control.title.trim().is_empty(), "has no title"),
            (control.now.is_empty(), "has no successor"),
        ];
        let wrong = checks.iter().filter(|(is_wrong, _)| *is_wrong);
        problems.extend(wrong.map(|(_, message)| problem(&control.id, (*message).to_owned())));
        for code in &control.now {
            if !present.iter().any(|(_, it)| it == code) {
                problems.push(problem(
                    &control.id,
                    format!("names {code}, which is no control of {PRESENT}"),
                ));
            }
        }
    }
    problems
}

/// The source of `pub static TRANSITION`.
pub fn emit(transition: &TransitionFile, authored: &Authored) -> String {
    let present = controls(authored);
    let position = |code: &String| present.iter().find(|(_, it)| it == code).map(|(position, _)| *position);
    let controls = transition.controls.iter().map(|control| {
        let now = control.now.iter().filter_map(position).map(|it| it.to_string());
        format!(
            "OldControl {{ id: {:?}, title: {:?}, now: {} }}",
            control.id,
            control.title,
            slice(now)
        )
    });
    format!(
        "\n/// The controls of ISO/IEC 27001:2013 Annex A with their successors.\npub static TRANSITION: &[OldControl] = {};\n",
        slice(controls)
    )
}

/// The controls of the present Annex A, each with its position among all requirements.
fn controls(authored: &Authored) -> Vec<(usize, &str)> {
    let all = authored.requirements().enumerate();
    all.filter(|(_, (framework, row))| framework.id == PRESENT && row.kind == "control")
        .map(|(position, (_, row))| (position, row.id.as_str()))
        .collect()
}

fn is_old_id(id: &str) -> bool {
    let parts = id.strip_prefix("A.").map(|rest| rest.split('.').collect::<Vec<_>>());
    parts.is_some_and(|parts| parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok()))
}

fn problem(id: &str, message: String) -> Problem {
    Problem {
        file: TRANSITION_FILE.to_owned(),
        id: id.to_owned(),
        message,
    }
}
