//! Which practice presupposes which: how it is read, checked and emitted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Problem;
use super::emit::slice;
use super::source::Authored;

/// The file of the order. It lies beside the topics and is none.
pub const ORDER_FILE: &str = "catalogue/order.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderFile {
    /// The later practice, and those that come before it.
    #[serde(default)]
    pub after: BTreeMap<String, Vec<String>>,
}

/// Everything that is wrong with the order.
pub fn check(authored: &Authored) -> Vec<Problem> {
    let practices: BTreeSet<&str> = authored.practices().map(|(_, it)| it.id.as_str()).collect();
    let mut problems = Vec::new();
    for (later, earlier) in &authored.order.after {
        let mut found = |message: String| {
            problems.push(Problem {
                file: ORDER_FILE.to_owned(),
                id: later.clone(),
                message,
            });
        };
        if !practices.contains(later.as_str()) {
            found("is no practice".to_owned());
        }
        if earlier.is_empty() {
            found("comes after nothing".to_owned());
        }
        let mut seen = BTreeSet::new();
        for id in earlier {
            if id == later {
                found("comes after itself".to_owned());
            } else if !practices.contains(id.as_str()) {
                found(format!("comes after {id}, which is no practice"));
            }
            if !seen.insert(id) {
                found(format!("names {id} twice"));
            }
        }
        if let Some(round) = way_back(&authored.order.after, later) {
            found(format!("comes after itself in a circle: {}", round.join(", ")));
        }
    }
    problems
}

/// The practices over which one comes after itself, from the one it comes after to itself; none where it does not. A
/// practice that names itself is no circle: that is a problem of its own.
fn way_back<'a>(after: &'a BTreeMap<String, Vec<String>>, start: &'a str) -> Option<Vec<&'a str>> {
    let before = |id: &str| after.get(id).map(Vec::as_slice).unwrap_or_default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut ways: Vec<Vec<&str>> = before(start)
        .iter()
        .filter(|id| *id != start)
        .map(|id| vec![id.as_str()])
        .collect();
    while let Some(way) = ways.pop() {
        let Some(last) = way.last().copied() else {
            continue;
        };
        if last == start {
            return Some(way);
        }
        if seen.insert(last) {
            ways.extend(before(last).iter().map(|id| {
                let mut longer = way.clone();
                longer.push(id);
                longer
            }));
        }
    }
    None
}

/// The field `after` of the static: positions of the later and of the earlier practice. The order has been checked.
pub fn emit(authored: &Authored) -> String {
    let practices: Vec<&str> = authored.practices().map(|(_, it)| it.id.as_str()).collect();
    let position = |id: &str| practices.iter().position(|it| *it == id);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (later, earlier) in &authored.order.after {
        let earlier = earlier.iter().filter_map(|id| position(id));
        pairs.extend(
            position(later)
                .into_iter()
                .flat_map(|at| earlier.clone().map(move |it| (at, it))),
        );
    }
    pairs.sort_unstable();
    slice(pairs.iter().map(|(later, earlier)| format!("({later}, {earlier})")))
}
