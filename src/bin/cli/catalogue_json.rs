//! The compiled catalogue as JSON: an interface that others build on. CONTRIBUTING.md documents it.
//!
//! Scope is the widest: both cloud roles, all categories. Relations are given once for each pair of different
//! frameworks, from the one that stands first; `remainder_from` is what only the first needs, `remainder_to` the reverse.

use concord::analysis::{Crosswalk, PracticeSet};
use concord::domain::{Artefact, Catalogue, Condition, Facet, Nonconformity, Practice, Requirement, Tie};
use serde_json::{Map, Value, json};

/// The number of the format. It grows when a field changes its meaning or goes.
const SCHEMA: u32 = 1;

/// The catalogue as text.
pub fn text(catalogue: &Catalogue) -> String {
    let frameworks: Vec<Value> = catalogue
        .frameworks
        .iter()
        .map(|framework| {
            let requirements: Vec<Value> = catalogue.requirements_of(framework.id).map(requirement).collect();
            json!({
                "id": framework.id.as_str(),
                "title": framework.title,
                "edition": framework.edition,
                "requirements": requirements,
            })
        })
        .collect();
    let practices: Vec<Value> = catalogue.practices.iter().map(|it| practice(catalogue, it)).collect();
    let document = json!({
        "schema": SCHEMA,
        "scope": "widest",
        "frameworks": frameworks,
        "practices": practices,
        "relations": relations(catalogue),
        "artefacts": catalogue.artefacts.iter().map(|it| artefact(catalogue, it)).collect::<Vec<_>>(),
        "nonconformities": catalogue.nonconformities.iter().map(|it| nonconformity(catalogue, it)).collect::<Vec<_>>(),
    });
    // JSON values always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn requirement(requirement: &'static Requirement) -> Value {
    json!({
        "id": requirement.id.code,
        "title": requirement.title,
        "group": requirement.group,
        "kind": requirement.kind.as_str(),
        "complete": requirement.complete,
    })
}

fn practice(catalogue: &Catalogue, practice: &Practice) -> Value {
    let shown_by: Map<String, Value> = Facet::ALL
        .into_iter()
        .filter_map(|facet| {
            practice
                .shown_by()
                .example(facet)
                .map(|it| (facet.as_str().to_owned(), json!(it)))
        })
        .collect();
    let ties: Vec<Value> = practice
        .ties
        .iter()
        .filter_map(|it| tie(catalogue, practice, it))
        .collect();
    let mut value = json!({
        "id": practice.id.as_str(),
        "topic": practice.topic.as_str(),
        "title": practice.title(),
        "question": practice.question(),
        "why": practice.why(),
        "shown_by": shown_by,
        "fix": practice.fix().collect::<Vec<_>>(),
        "priority": practice.priority,
        "effort": practice.effort.as_str(),
        "rhythm": practice.rhythm.as_str(),
        "delivery": practice.delivery,
        "ties": ties,
    });
    if let Some(fields) = value.as_object_mut() {
        let earlier = practices_before(catalogue, practice);
        if !earlier.is_empty() {
            fields.insert("after".to_owned(), json!(earlier));
        }
        if let Some(condition) = condition(practice.applies_when) {
            fields.insert("applies_when".to_owned(), json!(condition));
        }
        if let Some(inheritable) = practice.inheritable {
            let from: Vec<&str> = inheritable.from.iter().map(|kind| kind.as_str()).collect();
            let keeps: Vec<&str> = inheritable.keeps.iter().map(|id| id.as_str()).collect();
            fields.insert("inheritable".to_owned(), json!({ "from": from, "keeps": keeps }));
        }
    }
    value
}

/// The practices that must be there first.
fn practices_before(catalogue: &Catalogue, practice: &Practice) -> Vec<&'static str> {
    let position = catalogue.practice_index(practice.id);
    let pairs = catalogue.after.iter();
    let earlier = pairs.filter(|(later, _)| Some(usize::from(*later)) == position);
    let earlier: Vec<u16> = earlier.map(|(_, earlier)| *earlier).collect();
    practice_ids(catalogue, &earlier)
}

fn tie(catalogue: &Catalogue, practice: &Practice, tie: &'static Tie) -> Option<Value> {
    let requirement = catalogue.tied(tie)?;
    let mut value = json!({
        "framework": requirement.id.framework.as_str(),
        "requirement": requirement.id.code,
        "tie": tie.kind.as_str(),
        "part": practice.part(tie),
    });
    let fields = value.as_object_mut()?;
    if let Some(role) = tie.role {
        fields.insert("role".to_owned(), json!(role.as_str()));
    }
    if tie.documented {
        fields.insert("documented".to_owned(), json!(true));
    }
    Some(value)
}

fn practice_ids(catalogue: &Catalogue, positions: &[u16]) -> Vec<&'static str> {
    let practices = positions
        .iter()
        .filter_map(|at| catalogue.practices.get(usize::from(*at)));
    practices.map(|practice| practice.id.as_str()).collect()
}

fn artefact(catalogue: &Catalogue, artefact: &Artefact) -> Value {
    json!({
        "id": artefact.id,
        "title": artefact.title,
        "kind": artefact.kind.as_str(),
        "covers": artefact.covers.as_str(),
        "population": artefact.population,
        "formats": artefact.formats,
        "practices": practice_ids(catalogue, artefact.practices),
    })
}

fn nonconformity(catalogue: &Catalogue, finding: &Nonconformity) -> Value {
    let broken = finding
        .breaks
        .iter()
        .filter_map(|at| catalogue.requirements.get(usize::from(*at)));
    let broken = broken.map(|it| json!({ "framework": it.id.framework.as_str(), "requirement": it.id.code }));
    let closing = finding
        .closed_by
        .iter()
        .filter_map(|at| catalogue.artefacts.get(usize::from(*at)));
    json!({
        "id": finding.id,
        "title": finding.title,
        "finding": finding.finding,
        "triggered_by": practice_ids(catalogue, finding.triggered_by),
        "alone": practice_ids(catalogue, finding.alone),
        "breaks": broken.collect::<Vec<_>>(),
        "closed_by": closing.map(|artefact| artefact.id).collect::<Vec<_>>(),
    })
}

/// The condition as authored: facts joined by `and` or `or`, with `not` before a denied one. None means always.
fn condition(condition: Condition) -> Option<String> {
    let (literals, joint) = match condition {
        Condition::Always => return None,
        Condition::Any(literals) => (literals, " or "),
        Condition::All(literals) => (literals, " and "),
    };
    let words = literals
        .iter()
        .map(|it| format!("{}{}", if it.is { "" } else { "not " }, it.fact.as_str()));
    Some(words.collect::<Vec<_>>().join(joint))
}

fn relations(catalogue: &Catalogue) -> Vec<Value> {
    let crosswalk = Crosswalk::widest(catalogue);
    let end = |position: usize| {
        let id = catalogue.requirements.get(position).map(|requirement| requirement.id);
        id.map(|id| json!({ "framework": id.framework.as_str(), "requirement": id.code }))
    };
    let ids = |set: &PracticeSet| -> Vec<&str> {
        set.iter()
            .filter_map(|position| catalogue.practices.get(position))
            .map(|it| it.id.as_str())
            .collect()
    };
    let mut relations = Vec::new();
    for (index, from) in catalogue.frameworks.iter().enumerate() {
        for to in catalogue.frameworks.iter().skip(index + 1) {
            for (left, right, relation) in crosswalk.pairs(catalogue, from.id, to.id) {
                relations.push(json!({
                    "from": end(left),
                    "to": end(right),
                    "relation": relation.kind.as_str(),
                    "because": ids(&relation.because),
                    "remainder_from": ids(&relation.remainder_from),
                    "remainder_to": ids(&relation.remainder_to),
                }));
            }
        }
    }
    relations
}
