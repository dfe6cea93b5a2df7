//! How snapshots, their comparison and the trend over them are said.

use chrono::NaiveDate;

use super::{count, date, entry_name, gate_count, practices, share};
use crate::analysis::{
    Comparison, Direction, FrameworkChange, Gate, GateChange, GateCount, Moved, PracticeState, Reason, ScopeChange,
    Snapshot, Tally,
};
use crate::domain::{Assessment, BasisKind, Catalogue, Facet, FrameworkId, Register, StandingKind};

/// After how many days without a snapshot one is suggested.
pub const DAYS_BETWEEN_SNAPSHOTS: i64 = 30;

/// What must be said wherever two moments are compared.
pub const COMPARED: &str = "Practices that are asked at neither day are left out: what was said of them sleeps. Why something \
    moved is what the records of the days between say: a change of the scope, an action of the plan that was done, accepted \
    evidence that came in.";

/// What must be said where there is nothing to compare with.
pub const NO_SNAPSHOT: &str =
    "No snapshot was taken on or before the day of this report, so it can't show what has moved.";

/// A snapshot by its day and its name.
#[must_use]
pub fn snapshot_name(snapshot: &Snapshot) -> String {
    let day = date(snapshot.on);
    match snapshot.title.trim() {
        "" => day,
        title => format!("{day}, {title}"),
    }
}

/// A snapshot in a sentence, by what is known of it: its name and its day.
#[must_use]
pub fn snapshot_called(title: &str, on: Option<NaiveDate>) -> String {
    let day = on.map_or_else(
        || "Snapshot without a date".to_owned(),
        |on| format!("Snapshot of {}", date(on)),
    );
    match title.trim() {
        "" => day,
        title => format!("{day}, {title}"),
    }
}

/// That a snapshot should be taken, if the last one is old; nothing while it is not.
#[must_use]
pub fn snapshot_reminder(last: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let days = today.signed_duration_since(last?).num_days();
    (days > DAYS_BETWEEN_SNAPSHOTS).then(|| {
        format!(
            "The last snapshot is {days} days old. Take one now, so that the next report can show what moved since."
        )
    })
}

/// That a snapshot was already taken on a day; nothing if none was.
#[must_use]
pub fn snapshots_of_day(n: usize) -> Option<String> {
    (n > 0).then(|| {
        let taken = count(n, "snapshot was", "snapshots were");
        format!("{taken} taken today already. Another is kept beside it; the trend draws the last one of a day.")
    })
}

/// The name of a gate, with the edition where it depends on one.
#[must_use]
pub fn gate_name(catalogue: &Catalogue, gate: Gate, framework: FrameworkId) -> String {
    match gate {
        Gate::Cloud => framework_name(catalogue, framework),
        Gate::Stage1 | Gate::Stage2 | Gate::Type1 | Gate::Type2 => gate.title().to_owned(),
    }
}

/// The name of a framework.
#[must_use]
pub fn framework_name(catalogue: &Catalogue, id: FrameworkId) -> String {
    catalogue.framework(id).map(|it| it.name()).unwrap_or_default()
}

/// A gate at one moment: `12 of 93, blocked by 2 things`; that it was not in scope.
#[must_use]
pub fn gate_then(gate: Option<&(GateCount, usize)>) -> String {
    gate.map_or_else(
        || "not in scope".to_owned(),
        |(share, n_blockers)| match n_blockers {
            0 => gate_count(share),
            n => format!("{}, blocked by {}", gate_count(share), count(*n, "thing", "things")),
        },
    )
}

/// A framework at one moment: how many of its requirements are ready; that it was not in scope.
#[must_use]
pub fn framework_then(tally: Option<&Tally>) -> String {
    tally.map_or_else(|| "not in scope".to_owned(), share)
}

/// What moved of a gate: `8 more clear, 1 blocker less`.
#[must_use]
pub fn gate_moved(change: &GateChange) -> String {
    let (Some((then, blocked_then)), Some((now, blocked_now))) = (&change.then, &change.now) else {
        return came_or_went(change.then.is_some(), change.now.is_some());
    };
    let blockers = count(blocked_then.abs_diff(*blocked_now), "blocker", "blockers");
    let way = if blocked_now > blocked_then { "more" } else { "less" };
    let blocked = (blocked_now != blocked_then).then(|| format!("{blockers} {way}"));
    let parts = [
        difference(then.n_cleared, now.n_cleared, "more clear", "fewer clear"),
        difference(then.n_open, now.n_open, "more open", "fewer open"),
        difference(then.n_total, now.n_total, "more looked at", "fewer looked at"),
        blocked,
    ];
    joined_or_nothing(parts)
}

/// What moved of a framework: `8 more ready, 2 fewer looked at`.
#[must_use]
pub fn framework_moved(change: &FrameworkChange) -> String {
    let (Some(then), Some(now)) = (&change.then, &change.now) else {
        return came_or_went(change.then.is_some(), change.now.is_some());
    };
    let parts = [
        difference(then.n_ready, now.n_ready, "more ready", "fewer ready"),
        difference(then.n_open, now.n_open, "more open", "fewer open"),
        difference(then.n_total(), now.n_total(), "more looked at", "fewer looked at"),
    ];
    joined_or_nothing(parts)
}

fn came_or_went(was_there: bool, is_there: bool) -> String {
    match (was_there, is_there) {
        (false, true) => "came into scope",
        (true, false) => "went out of scope",
        (true, true) | (false, false) => "nothing",
    }
    .to_owned()
}

fn difference(then: usize, now: usize, more: &str, fewer: &str) -> Option<String> {
    match now.abs_diff(then) {
        0 => None,
        n if now > then => Some(format!("{n} {more}")),
        n => Some(format!("{n} {fewer}")),
    }
}

fn joined_or_nothing<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "nothing".to_owned()
    } else {
        parts.join(", ")
    }
}

/// A direction as the title of what moved that way.
#[must_use]
pub const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "Better",
        Direction::Down => "Worse",
        Direction::Answered => "Answered since then",
        Direction::Unanswered => "No longer answered",
        Direction::Otherwise => "Changed otherwise",
        Direction::Scope => "Scope or catalogue",
    }
}

/// How a practice stood: `In place; documented, evidenced; seen`.
#[must_use]
pub fn practice_state(state: Option<&PracticeState>) -> String {
    let Some(state) = state else {
        return "Not in the catalogue".to_owned();
    };
    if !state.is_asked {
        return "Not asked".to_owned();
    }
    match practice_state_rest(state) {
        rest if rest.is_empty() => state.standing.title().to_owned(),
        rest => format!("{}; {rest}", state.standing.title()),
    }
}

/// What stands beside the standing of a practice: what could be shown and how firm the answer was; blank for nothing.
#[must_use]
pub fn practice_state_rest(state: &PracticeState) -> String {
    let shown = Facet::ALL
        .into_iter()
        .filter(|facet| state.facets.get(*facet) == Some(true));
    let shown: Vec<&str> = shown.map(Facet::as_str).collect();
    let is_answered = state.standing != StandingKind::NotAnswered;
    let basis = state.basis.filter(|_| is_answered).map_or("", BasisKind::as_str);
    let parts = [shown.join(", "), basis.to_owned()];
    parts
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// What of a practice moved.
#[must_use]
pub fn moved(moved: &Moved) -> String {
    match moved {
        Moved::Listed(true) => "new in the catalogue".to_owned(),
        Moved::Listed(false) => "left the catalogue".to_owned(),
        Moved::Asked(true) => "newly asked".to_owned(),
        Moved::Asked(false) => "no longer asked".to_owned(),
        Moved::Standing(then, now) => format!("{} to {}", then.title(), now.title()).to_lowercase(),
        Moved::Facet(facet, then, now) => {
            let what = match (then, now) {
                (_, Some(true)) => "can be shown now",
                (Some(true), _) => "can no longer be shown",
                (_, Some(false)) => "said that it can't be shown",
                (_, None) => "no longer said",
            };
            format!("{} {what}", facet.as_str())
        }
        Moved::Basis(then, now) => {
            let word = |basis: &Option<BasisKind>| basis.map_or("not stated", BasisKind::as_str);
            format!("basis {} to {}", word(then), word(now))
        }
    }
}

/// All that moved of a practice.
#[must_use]
pub fn all_moved(all: &[Moved]) -> String {
    all.iter().map(moved).collect::<Vec<_>>().join("; ")
}

/// A change of the scope, as what it is about, how it was, and how it is.
#[must_use]
pub fn scope_change(catalogue: &Catalogue, change: &ScopeChange) -> (String, &'static str, &'static str) {
    let in_scope = |is_in: bool| if is_in { "in scope" } else { "not in scope" };
    let stated = |said: Option<bool>| match said {
        None => "not stated",
        Some(true) => "yes",
        Some(false) => "no",
    };
    match change {
        ScopeChange::Framework(id, is_in) => (framework_name(catalogue, *id), in_scope(!is_in), in_scope(*is_in)),
        ScopeChange::Category(category, is_in) => (
            format!("SOC 2 category {}", category.title()),
            in_scope(!is_in),
            in_scope(*is_in),
        ),
        ScopeChange::Fact(fact, then, now) => (fact.question().to_owned(), stated(*then), stated(*now)),
    }
}

/// Why a practice moved.
#[must_use]
pub fn reason(catalogue: &Catalogue, assessment: &Assessment, reason: &Reason) -> String {
    match reason {
        Reason::Scope(change) => {
            let (what, then, now) = scope_change(catalogue, change);
            format!("scope: {what} {then}, now {now}")
        }
        Reason::Decision => "a control was included or excluded, or its ties in the catalogue changed".to_owned(),
        Reason::Catalogue => "the catalogue changed".to_owned(),
        Reason::Action(id, on) => {
            let name = entry_name(assessment, Register::PlanAction, *id);
            format!("action done on {}: {name}", date(*on))
        }
        Reason::Evidence(id, on) => {
            let name = entry_name(assessment, Register::Evidence, *id);
            format!("accepted evidence of {}: {name}", date(*on))
        }
        Reason::AnsweredAnew => "answered anew".to_owned(),
    }
}

/// All reasons why a practice moved.
#[must_use]
pub fn reasons(catalogue: &Catalogue, assessment: &Assessment, all: &[Reason]) -> String {
    let all = all.iter().map(|it| reason(catalogue, assessment, it));
    all.collect::<Vec<_>>().join("; ")
}

/// What a comparison shows, in two sentences.
#[must_use]
pub fn comparison_finding(comparison: &Comparison) -> String {
    let (from, to) = comparison.days;
    let days = if from == to {
        format!("On {}", date(from))
    } else {
        format!("From {} to {}", date(from), date(to))
    };
    if comparison.is_empty() {
        return format!("{days}: nothing moved.");
    }
    let words = |direction| match direction {
        Direction::Up => "got better",
        Direction::Down => "got worse",
        Direction::Answered => "answered for the first time",
        Direction::Unanswered => "no longer answered",
        Direction::Otherwise => "changed otherwise",
        Direction::Scope => "came into the scope or left it",
    };
    let moved = Direction::ALL.into_iter().filter_map(|direction| {
        let n = comparison.towards(direction).count();
        (n > 0).then(|| format!("{n} {}", words(direction)))
    });
    let moved: Vec<String> = moved.collect();
    let gaps = gap_change(comparison);
    if moved.is_empty() {
        return format!("{days}: no practice moved. {gaps}");
    }
    format!(
        "{days}: {} moved: {}. {gaps}",
        practices(comparison.practices.len()),
        moved.join(", ")
    )
}

/// How the gaps changed: `Gaps went from 84 to 61: 30 closed, 7 opened.`
#[must_use]
pub fn gap_change(comparison: &Comparison) -> String {
    let (then, now) = comparison.n_gaps;
    let gaps = &comparison.gaps;
    let parts = [
        (gaps.closed.len(), "closed"),
        (gaps.opened.len(), "opened"),
        (gaps.left.len(), "left the scope unclosed"),
        (gaps.entered.len(), "came with the scope"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, word)| format!("{n} {word}")).collect();
    let as_before = if now == 1 {
        "There is 1 gap as before".to_owned()
    } else {
        format!("There are {now} gaps as before")
    };
    match (then == now, parts.is_empty()) {
        (true, true) => format!("{as_before}."),
        (true, false) => format!("{as_before}: {}.", parts.join(", ")),
        (false, true) => format!("Gaps went from {then} to {now}."),
        (false, false) => format!("Gaps went from {then} to {now}: {}.", parts.join(", ")),
    }
}

/// The share of a gate in percent, rounded down; none without a denominator.
#[must_use]
pub fn percent(share: &GateCount) -> Option<u32> {
    let hundredths = (share.n_cleared * 100).checked_div(share.n_total)?;
    u32::try_from(hundredths).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, Moment, compare};
    use crate::domain::{Answer, Facets, Standing, fixture};

    #[test]
    fn finding_counts_ways_and_gaps() {
        let mut before = fixture::assessment();
        let answer = |standing, facets| Answer {
            standing,
            facets,
            ..Answer::default()
        };
        before
            .answers
            .insert(fixture::SCOPE, answer(Standing::NotInPlace, Facets::default()));
        let mut after = before.clone();
        let shown = Facets::default().with(Facet::Documented, Some(true));
        after.answers.insert(fixture::SCOPE, answer(Standing::InPlace, shown));
        after
            .answers
            .insert(fixture::REVIEW, answer(Standing::NotInPlace, Facets::default()));
        let moment = |assessment: &Assessment, day| {
            let on = NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
            let analysis = Analysis::new(&fixture::CATALOGUE, assessment, on);
            Moment::today(&fixture::CATALOGUE, assessment, &analysis)
        };
        let (from, to) = (moment(&before, 2), moment(&after, 30));
        let comparison = compare(&fixture::CATALOGUE, &after, &from, &to);
        assert_eq!(
            comparison_finding(&comparison),
            "From 2 March 2026 to 30 March 2026: 2 practices moved: 1 got better, 1 answered for the first time. There is 1 \
             gap as before: 1 closed, 1 opened."
        );
        let gate = comparison.gates.first().expect("a gate");
        assert_eq!(gate_then(gate.then.as_ref()), "0 of 2, blocked by 3 things");
        assert_eq!(gate_moved(gate), "1 more clear");
        let practice = comparison.practices.first().expect("a practice");
        assert_eq!(all_moved(&practice.moved), "not in place to in place");
        assert_eq!(practice_state(practice.now.as_ref()), "In place; documented");
        let same = compare(&fixture::CATALOGUE, &after, &to, &to);
        assert_eq!(comparison_finding(&same), "On 30 March 2026: nothing moved.");
    }

    #[test]
    fn snapshot_is_suggested_after_thirty_days() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        assert_eq!(
            snapshot_reminder(None, day(5, 1)),
            None,
            "the page says what to do first"
        );
        assert_eq!(snapshot_reminder(Some(day(4, 1)), day(5, 1)), None);
        let reminder = snapshot_reminder(Some(day(3, 31)), day(5, 1)).unwrap_or_default();
        assert!(reminder.starts_with("The last snapshot is 31 days old."), "{reminder}");
        assert_eq!(snapshots_of_day(0), None);
    }
}
