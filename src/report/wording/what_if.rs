//! How the steps of "what if", what they would bring and what only time can give are said.

use super::{count, date, period, practices, requirement_id};
use crate::analysis::{EarliestDate, Gate, GateReadiness, Hole, Outcome, PlanAction, Stand, Step, WhatIf};
use crate::domain::{Catalogue, Effort, FrameworkId};

/// What the page does and does not do.
pub const WHAT_IF: &str = "Choose steps and watch the gates. All of it is worked out on a copy: nothing is written into \
    your assessment. Where a person would give a name, a text or a day, the copy holds a placeholder.";

/// What a practice that is chosen stands for.
pub const WHAT_IF_PRACTICE: &str = "A practice that is chosen counts as in place and shown: written, with records, \
    enforced where a system must do it. Whether the records are there is for time to say; see the earliest dates.";

/// How the shortest way is found.
pub const SHORTEST_WAY: &str = "Greedy: again and again what clears most requirements and lifts most blockers for its effort \
    (S 1, M 3, L 8). A short way, not proved to be the shortest. Each number is that of a whole analysis with the step and \
    all before it.";

/// How the steps that bring most are found.
pub const MOST_FOR: &str = "Greedy: again and again the step that clears most requirements over all gates in scope by \
    itself; then the one that brings most of them nearer; then the lower effort. Not proved to be the best choice.";

/// Why there is no date for Stage 1 and Type 1.
pub const ONLY_TIME: &str = "Stage 1 and Type 1 can be reached by steps alone. Stage 2, ISO/IEC 27017 and Type 2 want records, \
    and no step makes records of the past.";

/// The rule of the earliest dates.
pub const EARLIEST_RULE: &str = "A practice is taken to begin on the day on which its planned action is due, otherwise today. \
    Daily to quarterly, its records say something at the end of the first full period; rarer or by event, with the first \
    record. Three months are the shortest window by custom; no standard sets one, and your auditor may ask for more.";

/// A gate in a word or two: `Stage 1`, `27017`, `27017:2015`.
#[must_use]
pub const fn short_gate(gate: Gate, framework: FrameworkId) -> &'static str {
    match (gate, framework) {
        (Gate::Stage1, _) => "Stage 1",
        (Gate::Stage2, _) => "Stage 2",
        (Gate::Cloud, FrameworkId::Iso27017Of2015) => "27017:2015",
        (Gate::Cloud, _) => "27017",
        (Gate::Type1, _) => "Type 1",
        (Gate::Type2, _) => "Type 2",
    }
}

/// A step, as an order to somebody.
#[must_use]
pub fn step(catalogue: &Catalogue, what_if: &WhatIf, step: Step) -> String {
    let size = what_if.size(step);
    let requirement = |at: usize| catalogue.requirements.get(at).map(requirement_id).unwrap_or_default();
    let day = || date(what_if.day(step));
    match step {
        Step::StateScope => "Write the scope statement".to_owned(),
        Step::AssessRisks if size == 0 => "Assess risks and have their treatment accepted".to_owned(),
        Step::AssessRisks => {
            let risks = count(size, "risk", "risks");
            format!("Complete {risks}: level, option, owner, acceptance")
        }
        Step::DecideControls => {
            let controls = count(size, "open control", "open controls");
            format!("Decide on {controls} of Annex A, with reasons")
        }
        Step::PlanControls => {
            let controls = count(size, "control", "controls");
            format!("Date {controls} of Annex A that are not there yet, in the Statement of Applicability")
        }
        Step::DateAudit => "Date the internal audit before Stage 2".to_owned(),
        Step::DateReview => "Date the management review before Stage 2".to_owned(),
        Step::BeginDescription => {
            let sections = count(size, "section", "sections");
            format!("Begin {sections} of the system description")
        }
        Step::BeginAssertion => "Begin management's assertion".to_owned(),
        Step::StateAsOf => format!("Set the as-of date to {}", day()),
        Step::StateWindow => format!("Set a window of three months from {}", day()),
        Step::ApproveDocuments(at) => {
            let documents = count(size, "document", "documents");
            format!(
                "Have {documents} of {} approved",
                requirement(at).replace("Clause", "clause")
            )
        }
        Step::Settle(at) if what_if.is_excluded_by(step) => {
            format!(
                "Decide that {} does not apply: what it rests on does not exist here",
                requirement(at)
            )
        }
        Step::Settle(at) => format!("Say what is done instead at {}", requirement(at)),
        Step::LiftOverride(at) => format!("Take back the status set for {}", requirement(at)),
        Step::ReviewReport(_) => format!("Get and review a report of {}", what_if.supplier(step)),
        Step::Practise(at) => {
            let title = catalogue.practices.get(at).map_or("", |it| it.title());
            match what_if.is_there(at) {
                true => format!("Show: {title}"),
                false => format!("Put in place and show: {title}"),
            }
        }
    }
}

/// The effort of a step: `S, days`.
#[must_use]
pub const fn step_effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Small => "S, days",
        Effort::Medium => "M, weeks",
        Effort::Large => "L, months",
    }
}

/// What a step is and moves, below its name: `S, days. Moves Stage 1, Stage 2.`
#[must_use]
pub fn step_facts(effort: Effort, moves: &[&str]) -> String {
    let effort = step_effort(effort);
    match moves {
        [] => format!("{effort}."),
        some => format!("{effort}. Moves {}.", some.join(", ")),
    }
}

/// What a step brings beside the ones before it: `Stage 1 +3, Type 1 -1 blocker`; that it brings nothing by itself.
#[must_use]
pub fn brings(before: &[Stand], after: &[Stand]) -> String {
    let mut said = Vec::new();
    for (low, high) in before.iter().zip(after) {
        let name = short_gate(low.gate, low.framework);
        let n = high.n_cleared.saturating_sub(low.n_cleared);
        let gone = low.n_total.saturating_sub(high.n_total);
        let lifted = low.n_blockers.saturating_sub(high.n_blockers);
        let mut parts = Vec::new();
        if n > 0 {
            parts.push(format!("+{n}"));
        }
        if gone > 0 {
            parts.push(format!("{gone} fewer to clear"));
        }
        if lifted > 0 {
            parts.push(format!("{} fewer", count(lifted, "blocker", "blockers")));
        }
        if !parts.is_empty() {
            said.push(format!("{name}: {}", parts.join(", ")));
        }
    }
    if said.is_empty() {
        "Nothing by itself; others need it".to_owned()
    } else {
        said.join("; ")
    }
}

/// How a gate stands after a step: `97 of 119, 2 blockers`.
#[must_use]
pub fn stand(stand: &Stand) -> String {
    let cleared = format!("{} of {}", stand.n_cleared, stand.n_total);
    match stand.n_blockers {
        0 => format!("{cleared}, nothing blocks"),
        n => format!("{cleared}, {}", count(n, "blocker", "blockers")),
    }
}

/// The whole choice in one announcement.
#[must_use]
pub fn choice_said(n_steps: usize, before: &[Stand], after: &Outcome) -> String {
    let mut said = n_chosen(n_steps);
    if n_steps == 0 {
        return said;
    }
    for (low, gate) in before.iter().zip(&after.analysis.gates) {
        let high = Stand::of(gate);
        let name = short_gate(low.gate, low.framework);
        let moved = if high.n_cleared == low.n_cleared && high.n_total == low.n_total {
            format!(" {name}: {} of {} as before", high.n_cleared, high.n_total)
        } else {
            format!(
                " {name}: from {} to {} of {}",
                low.n_cleared, high.n_cleared, high.n_total
            )
        };
        said.push_str(&moved);
        let blocked = match high.n_blockers {
            0 => ", nothing blocks.".to_owned(),
            n => format!(", {}.", count(n, "blocker", "blockers")),
        };
        said.push_str(&blocked);
    }
    said
}

/// How many steps are chosen.
#[must_use]
pub fn n_chosen(n: usize) -> String {
    match n {
        0 => "No step is chosen.".to_owned(),
        n => format!("{} chosen.", count(n, "step", "steps")),
    }
}

/// The suggestion of some steps: `Most for 5 steps`.
#[must_use]
pub fn most_for(n: usize) -> String {
    format!("Most for {}", count(n, "step", "steps"))
}

/// What is folded away: `161 more practices, 29 chosen`.
#[must_use]
pub fn more_practices(n: usize, n_chosen: usize) -> String {
    let more = count(n, "more practice", "more practices");
    match n_chosen {
        0 => more,
        some => format!("{more}, {some} chosen"),
    }
}

/// The earliest day at a gate, as far as the chosen steps go, and what of the gate is left with them.
#[must_use]
pub fn earliest(catalogue: &Catalogue, earliest: &EarliestDate, with_steps: &[GateReadiness]) -> String {
    let mut gates = with_steps.iter();
    let gate = gates.find(|it| it.gate == earliest.gate && it.framework == earliest.framework);
    let left = gate.map(|it| (it.count.n_total - it.count.n_cleared, it.blockers.len()));
    let left = match left {
        None | Some((0, 0)) => String::new(),
        Some((n_left, n_blockers)) => {
            let left =
                (n_left > 0).then(|| format!("{} not clear yet", count(n_left, "requirement does", "requirements do")));
            let blockers =
                (n_blockers > 0).then(|| format!("{} it", count(n_blockers, "thing blocks", "things block")));
            let both: Vec<String> = [left, blockers].into_iter().flatten().collect();
            format!(" No date for the gate: with the steps {}.", both.join(", and "))
        }
    };
    format!("{}{left}", earliest_day(catalogue, earliest))
}

fn earliest_day(catalogue: &Catalogue, earliest: &EarliestDate) -> String {
    let name = short_gate(earliest.gate, earliest.framework);
    let practice = earliest.behind.and_then(|at| catalogue.practices.get(at));
    let on = date(earliest.on);
    match (earliest.until, practice) {
        (None, None) => format!("{name}: the chosen steps wait for no later record."),
        (None, Some(practice)) => {
            let rhythm = practice.rhythm.title();
            format!(
                "{name}: the chosen steps can have their records by {on} (\u{201c}{}\u{201d}, {rhythm}).",
                practice.title()
            )
        }
        (Some(until), practice) => {
            let window = format!(
                "{name}: a window from {on}, three months of it to {}, holds the chosen steps and leaves the holes behind.",
                date(until)
            );
            match practice {
                None => window,
                Some(practice) => format!("{window} What decides the day: \u{201c}{}\u{201d}.", practice.title()),
            }
        }
    }
}

/// How many holes are named before the rest is counted.
const N_NAMED: usize = 3;

/// A hole that stays in the present window: the practice, and what was missed.
#[must_use]
pub fn hole(catalogue: &Catalogue, hole: &Hole) -> String {
    let title = catalogue.practices.get(hole.practice).map_or("", |it| it.title());
    let named = hole.missing.iter().take(N_NAMED).map(|it| period(hole.rhythm, it));
    let mut missed = named.collect::<Vec<_>>().join(", ");
    match hole.missing.len().saturating_sub(N_NAMED) {
        0 => {}
        more => missed.push_str(&format!(" and {more} more")),
    }
    let deviations = match hole.n_deviations {
        0 => String::new(),
        n => count(
            usize::try_from(n).unwrap_or(usize::MAX),
            "deviation found",
            "deviations found",
        ),
    };
    let records = if missed.is_empty() {
        missed
    } else {
        format!("no record for {missed}")
    };
    let both: Vec<String> = [records, deviations].into_iter().filter(|it| !it.is_empty()).collect();
    format!(
        "{title}: {}. A window from {} leaves it behind.",
        both.join("; "),
        date(hole.behind_from)
    )
}

/// What a planned action is, below its title: `Ana, due 31 March 2027. 2 practices to put in place or show.`
#[must_use]
pub fn planned_facts(action: &PlanAction, n_steps: usize) -> String {
    let due = action.due.map(date);
    let whose = match (action.owner.trim(), due) {
        ("", Some(due)) => format!("Due {due}"),
        ("", None) => "No due date".to_owned(),
        (owner, Some(due)) => format!("{owner}, due {due}"),
        (owner, None) => format!("{owner}, no due date"),
    };
    format!("{whose}. {} to put in place or show.", practices(n_steps))
}

/// What a button offers that makes actions of the plan.
#[must_use]
pub fn put_into_plan(n: usize) -> String {
    format!("Put {} into the plan", practices(n))
}

/// That practices have become actions of the plan.
#[must_use]
pub fn now_in_plan(n: usize) -> String {
    match n {
        1 => "1 action was added to the plan.".to_owned(),
        n => format!("{n} actions were added to the plan."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Blocker, GateCount};
    use crate::domain::fixture;

    #[test]
    fn earliest_day_says_what_is_left_at_the_gate() {
        let day = EarliestDate {
            gate: Gate::Stage2,
            framework: FrameworkId::Iso27001,
            on: fixture::date(),
            until: None,
            behind: Some(0),
        };
        let gate = |n_cleared: usize, blockers: Vec<Blocker>| GateReadiness {
            gate: Gate::Stage2,
            framework: FrameworkId::Iso27001,
            blockers,
            count: GateCount {
                n_cleared,
                n_open: 0,
                n_total: 3,
            },
            by_answers: GateCount::default(),
            with_cloud_content: None,
            practice_count: GateCount::default(),
            requirements: Vec::new(),
            practices: Vec::new(),
        };
        let said = |gate: GateReadiness| earliest(&fixture::CATALOGUE, &day, &[gate]);
        let whole = said(gate(3, Vec::new()));
        assert!(!whole.contains("No date"), "{whole}");
        let left = said(gate(1, Vec::new()));
        assert_eq!(
            left,
            format!("{whole} No date for the gate: with the steps 2 requirements do not clear yet.")
        );
        let blocked = said(gate(2, vec![Blocker::NoWindow]));
        assert!(
            blocked.ends_with("1 requirement does not clear yet, and 1 thing blocks it."),
            "{blocked}"
        );
    }
}
