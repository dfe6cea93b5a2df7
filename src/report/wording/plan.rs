//! How the remediation plan is said: its finding, its waves, why a gap ranks where it does and what holds it back.

use chrono::NaiveDate;

use super::sheets::untitled;
use super::{count, date, requirement_id};
use crate::analysis::{
    ActionState, Analysis, CAPACITY, Gap, Held, Plan, PlanAction, PlannedAction, Precedence, Ranking, Wave,
    action_state_title,
};
use crate::domain::{Catalogue, Effort, FrameworkId, Register};

/// What an action is not: said wherever one can be marked as done.
pub const DONE_ANSWERS_NOTHING: &str = "Marking an action as done does not answer a practice. A gap is closed by the \
    answer to its question, and by what can be shown.";

/// How the waves are proposed.
pub const WAVES: &str = "Gaps are taken in the order of their rank, each for the first wave that allows it. S takes 10 days, \
    M 30, L 90. What a practice comes after is there before it. What you have planned already takes its share of the \
    effort first.";

/// What the capacity is.
pub const CAPACITY_HINT: &str = "S counts 1, M 3, L 8. 90 days hold three times as much in all, 180 days six times.";

/// The word for the capacity where the team has not said any.
#[must_use]
pub fn capacity_unset() -> String {
    format!("Not set: {CAPACITY} is taken, about what one person does.")
}

/// How the plan stands, in a sentence or two: what is planned, what is not, what is late, what is done in name alone.
#[must_use]
pub fn plan_finding(plan: &Plan) -> String {
    if plan.n_gaps == 0 && plan.actions.is_empty() {
        return "There is no gap among the answers so far, so there is nothing to plan.".to_owned();
    }
    let gaps = format!(
        "{}: {} planned, {} not.",
        count(plan.n_gaps, "gap", "gaps"),
        plan.n_planned(),
        plan.proposals.len()
    );
    let n_open = plan.actions.iter().filter(|it| it.action.is_open()).count();
    let late = match plan.overdue().count() {
        0 => "none is overdue".to_owned(),
        n => format!("{n} overdue"),
    };
    let open = match n_open {
        0 => "No action is open.".to_owned(),
        n => format!("{}, {late}.", count(n, "action is open", "actions are open")),
    };
    let in_name = match plan.done_yet_gap().count() {
        0 => String::new(),
        1 => " 1 is done and still a gap.".to_owned(),
        n => format!(" {n} are done and still a gap."),
    };
    format!("{gaps} {open}{in_name}")
}

/// A wave with its last day: `Within 30 days, by 20 December 2026`.
#[must_use]
pub fn wave_name(wave: Wave, today: NaiveDate) -> String {
    match wave {
        Wave::Days30 | Wave::Days90 | Wave::Days180 => {
            format!("{}, by {}", wave.title(), date(wave.last_day(today)))
        }
        Wave::Later => format!("{}, from {}", wave.title(), date(Wave::Days180.last_day(today))),
    }
}

/// The effort of a wave: what is planned, what is proposed, and what may be done by its end in all.
#[must_use]
pub fn wave_effort(plan: &Plan, analysis: &Analysis, wave: Wave) -> String {
    let (planned, proposed) = plan.effort_in(wave, analysis);
    let by_its_end: u32 = Wave::ALL
        .into_iter()
        .take_while(|it| *it <= wave)
        .map(|it| {
            let (planned, proposed) = plan.effort_in(it, analysis);
            planned.saturating_add(proposed)
        })
        .sum();
    let holds = match plan.holds(wave) {
        Some(holds) => format!(" Up to its end {by_its_end} of {holds}."),
        None => String::new(),
    };
    format!("Effort: {planned} planned, {proposed} proposed.{holds}")
}

/// A score of thousandths: `1.666`.
#[must_use]
pub fn score(score: u64) -> String {
    format!("{}.{:03}", score / 1000, score % 1000)
}

/// Why a gap ranks where it does, a sentence each.
#[must_use]
pub fn ranking(catalogue: &Catalogue, ranking: &Ranking) -> Vec<String> {
    let grade = if ranking.is_potential_major {
        "It may be a potential major: these stand first."
    } else {
        "It is no potential major: those stand before it."
    };
    let kind = if ranking.is_absent {
        "It is absent or only partly there: that stands before what is there and can't be shown."
    } else {
        "It is there and can't be shown: that stands after what is absent."
    };
    let open = ranking.open.iter().filter_map(|open| {
        let requirement = catalogue.requirements.get(open.requirement)?;
        Some(format!("1/{} for {}", open.n_open, requirement_id(requirement)))
    });
    let open: Vec<String> = open.collect();
    let sum = if open.is_empty() {
        "nothing, since no requirement that needs it is open".to_owned()
    } else {
        format!("({})", open.join(" + "))
    };
    let effort = ranking.effort;
    let formula = format!(
        "Score {}: priority {} × {sum} ÷ effort {} ({}).",
        score(ranking.score()),
        ranking.priority,
        effort.weight(),
        effort.as_str()
    );
    vec![grade.to_owned(), kind.to_owned(), formula]
}

/// What puts a gap before the next one.
#[must_use]
pub fn precedence(catalogue: &Catalogue, gap: &Gap, next: &Gap) -> String {
    let next_title = catalogue.practices.get(next.practice).map_or("", |it| it.title());
    let why = match gap.ranking.precedence(&next.ranking) {
        Precedence::PotentialMajor => "it may be a potential major".to_owned(),
        Precedence::Absent => "it is absent, and the other only can't be shown".to_owned(),
        Precedence::Score => format!("{} is more than {}", score(gap.score), score(next.score)),
        Precedence::Catalogue => "its topic comes first, all else is equal".to_owned(),
    };
    format!("It stands before “{next_title}”: {why}.")
}

/// What holds a gap back from an earlier wave.
#[must_use]
pub fn held_back(catalogue: &Catalogue, held: Held) -> String {
    match held {
        Held::Takes => "Not earlier: the work takes longer.".to_owned(),
        Held::After(practice) => {
            let title = catalogue.practices.get(practice).map_or("", |it| it.title());
            format!("Not earlier: it comes after “{title}”.")
        }
        Held::Full => "Not earlier: the waves before are full.".to_owned(),
    }
}

/// The title of an action; that it has none.
#[must_use]
pub fn action_title(action: &PlanAction) -> String {
    match action.title.trim() {
        "" => untitled(Register::PlanAction),
        title => title.to_owned(),
    }
}

/// The title of an action that closes some gaps, to be made better by whoever takes it on.
#[must_use]
pub fn planned_title(catalogue: &Catalogue, gaps: &[&Gap]) -> String {
    let mut titles = gaps
        .iter()
        .filter_map(|gap| Some(catalogue.practices.get(gap.practice)?.title()));
    match (titles.next(), titles.count()) {
        (None, _) => String::new(),
        (Some(first), 0) => first.to_owned(),
        (Some(first), more) => format!("{first}, and {more} more"),
    }
}

/// How many of its gaps an action has left: `2 of 3 practices are still a gap`.
#[must_use]
pub fn gaps_left(planned: &PlannedAction) -> String {
    let (n, n_left) = (planned.action.practices.len(), planned.gaps.len());
    match (n, n_left) {
        (0, _) => "No practice is named, so it closes no gap.".to_owned(),
        (1, 0) => "Its practice is no gap any more.".to_owned(),
        (_, 0) => "None of its practices is a gap any more.".to_owned(),
        (1, _) => "Its practice is still a gap.".to_owned(),
        (n, n_left) => {
            let verb = if n_left == 1 { "is" } else { "are" };
            format!("{n_left} of {} {verb} still a gap.", super::practices(n))
        }
    }
}

/// On whose account a gap takes its place before its rank.
#[must_use]
pub fn ahead_for(catalogue: &Catalogue, practice: usize) -> String {
    let title = catalogue.practices.get(practice).map_or("", |it| it.title());
    format!("It takes its place before its rank: “{title}” comes after it.")
}

/// How an action stands, in words that say what is wrong with it first.
#[must_use]
pub fn action_status(planned: &PlannedAction) -> &'static str {
    match (planned.action.state, planned.is_overdue) {
        (ActionState::NotBegun | ActionState::Begun, true) => "Overdue",
        (ActionState::Done, _) if !planned.gaps.is_empty() => "Done, still a gap",
        (state, _) => action_state_title(state),
    }
}

/// The name of a framework in tight places, with its edition where two are carried.
#[must_use]
pub fn framework_short(catalogue: &Catalogue, id: FrameworkId) -> &'static str {
    match id {
        FrameworkId::Iso27017Of2015 => "27017:2015",
        FrameworkId::Iso27001 | FrameworkId::Iso27017 | FrameworkId::Soc2 => {
            catalogue.framework(id).map_or("", |it| it.short)
        }
    }
}

/// The requirements at some positions that are of a framework, by id: `Clause 4.3; A.8.32`.
#[must_use]
pub fn ids_of_framework(catalogue: &Catalogue, positions: &[usize], id: FrameworkId) -> String {
    let requirements = positions.iter().filter_map(|at| catalogue.requirements.get(*at));
    let ids = requirements.filter(|it| it.id.framework == id).map(requirement_id);
    ids.collect::<Vec<_>>().join("; ")
}

/// How many requirements some positions are, by framework: `27001: 3, SOC 2: 1`.
#[must_use]
pub fn counts_by_framework(catalogue: &Catalogue, positions: &[usize]) -> String {
    let counts = FrameworkId::ALL.into_iter().filter_map(|id| {
        let requirements = positions.iter().filter_map(|at| catalogue.requirements.get(*at));
        match requirements.filter(|it| it.id.framework == id).count() {
            0 => None,
            n => Some(format!("{}: {n}", framework_short(catalogue, id))),
        }
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// The effort as letter and what it means: `S, days`.
#[must_use]
pub const fn effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Small => "S, days",
        Effort::Medium => "M, weeks",
        Effort::Large => "L, months",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::plan;
    use crate::domain::{Action, Assessment, Standing, apply, fixture};

    fn planned(assessment: &Assessment) -> (Analysis, Plan) {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let plan = plan(&fixture::CATALOGUE, assessment, &analysis);
        (analysis, plan)
    }

    #[test]
    fn plan_is_said_with_what_is_not_planned() {
        let mut assessment = fixture::assessment();
        assert!(plan_finding(&planned(&assessment).1).starts_with("There is no gap"));
        for id in [fixture::SCOPE, fixture::REVIEW] {
            let action = Action::SetStanding(id, Standing::NotInPlace);
            apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        }
        let (analysis, plan) = planned(&assessment);
        assert_eq!(plan_finding(&plan), "2 gaps: 0 planned, 2 not. No action is open.");
        assert_eq!(
            wave_effort(&plan, &analysis, Wave::Days30),
            "Effort: 0 planned, 2 proposed. Up to its end 2 of 12."
        );
        assert_eq!(
            wave_name(Wave::Days30, fixture::date()),
            "Within 30 days, by 20 December 2026"
        );
    }

    #[test]
    fn ranking_is_said_with_the_numbers_of_its_score() {
        let mut assessment = fixture::assessment();
        for id in [fixture::SCOPE, fixture::REVIEW] {
            let action = Action::SetStanding(id, Standing::NotInPlace);
            apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        }
        let (analysis, _) = planned(&assessment);
        let [scope, review] = analysis.gaps.as_slice() else {
            panic!("two gaps")
        };
        let said = ranking(&fixture::CATALOGUE, &review.ranking);
        assert_eq!(
            said.last().map(String::as_str),
            Some("Score 1.666: priority 2 × (1/2 for A.8.32 + 1/3 for CC8.1) ÷ effort 1 (S).")
        );
        assert_eq!(
            precedence(&fixture::CATALOGUE, scope, review),
            "It stands before “Review”: it may be a potential major."
        );
    }
}
