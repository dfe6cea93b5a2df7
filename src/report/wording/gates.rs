//! How gates, their blockers and the counting of a SOC 2 Type 2 window are said.

use chrono::Datelike;

use super::{count, month};
use crate::analysis::{
    Blocker, Clearance, Gate, GateCount, GateReadiness, GatedPractice, Operating, OperationCount, Period, PeriodState,
    Shortfall,
};
use crate::domain::Rhythm;

/// What a gate asks of a requirement, in a sentence or two. The formula behind its number.
#[must_use]
pub const fn gate_asks(gate: Gate) -> &'static str {
    match gate {
        Gate::Stage1 => {
            "Clauses: the practice is there at least partly; where a document is asked for, it is in place, written and \
             approved. Controls of Annex A: decided on with a reason, and in place or planned with a date."
        }
        Gate::Stage2 => {
            "Stage 1, and every needed practice is in place with records of operation, enforced where a system must do \
             it. What is inherited rests on a reviewed certificate or report that names the service."
        }
        Gate::Cloud => {
            "The bars of Stage 2 on every needed practice for your cloud role, on a base control that is included in the \
             Statement of Applicability. It extends an ISO/IEC 27001 scope; there is no certificate by itself."
        }
        Gate::Type1 => {
            "At the as-of date every needed practice is in place, written as who does what when, and a record shows that \
             it exists. What is inherited rests on a reviewed report that names the service."
        }
        Gate::Type2 => {
            "Type 1, and every needed practice operated through the window at its rhythm. What is inherited rests on a \
             Type 2 report that covers the window."
        }
    }
}

/// A count of a gate with its interval and denominator: `12 of 93`, `12 to 60 of 93`, `none`.
#[must_use]
pub fn gate_count(count: &GateCount) -> String {
    let (low, high) = count.interval();
    match (count.n_total, low == high) {
        (0, _) => "none".to_owned(),
        (total, true) => format!("{low} of {total}"),
        (total, false) => format!("{low} to {high} of {total}"),
    }
}

/// How the share of a gate comes about.
pub const GATE_FORMULA: &str = "Share = requirements whose needed practices all clear, over requirements in scope. No weights. \
    The first number is what clears now; the second is what clears if all that is unanswered, not said or not yet due turns \
    out well. Practices that are not applicable are left out. A requirement without a needed practice never clears by \
    answers.";

/// What else a gate's count holds, one sentence each: overrides, claims, suppliers relied on, what did not occur.
#[must_use]
pub fn gate_facts(gate: &GateReadiness) -> Vec<String> {
    let practices = |counts: &dyn Fn(&GatedPractice) -> bool| gate.practices.iter().filter(|it| counts(it)).count();
    let mut facts = vec![
        format!("Practices: {} clear.", gate_count(&gate.practice_count)),
        format!(
            "Without overrides: {} requirements clear.",
            gate_count(&gate.by_answers)
        ),
    ];
    if let Some(cloud) = &gate.with_cloud_content {
        facts.push(format!("Rows with cloud content alone: {}.", gate_count(cloud)));
    }
    let claimed = practices(&|it| it.is_claimed);
    if claimed > 0 {
        let practices = super::practices(claimed);
        facts.push(format!(
            "{practices} by records that are only claimed: no accepted evidence names them."
        ));
    }
    let relying = practices(&|it| it.relies_on_supplier);
    if relying > 0 {
        let practices = super::practices(relying);
        facts.push(format!(
            "{practices} by relying on a subservice organisation, apart from passes of your own."
        ));
    }
    let idle = practices(&|it| it.has_no_occurrence);
    if idle > 0 {
        let practices = super::practices(idle);
        facts.push(format!(
            "{practices} without an occurrence in the period, left out of the practices."
        ));
    }
    facts
}

/// Whether something clears, in a word or three.
#[must_use]
pub const fn clearance(clearance: Clearance) -> &'static str {
    match clearance {
        Clearance::Clears => "Clears",
        Clearance::Open => "Open",
        Clearance::Fails => "Does not clear",
    }
}

/// Why a practice does not clear, or not yet.
#[must_use]
pub const fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::NotAnswered => "not answered",
        Shortfall::NotInPlace => "not in place, or only partly",
        Shortfall::NotDocumented => "can't be shown in writing",
        Shortfall::NotApproved => "its document is not approved by name and day",
        Shortfall::NotEnforced => "no system enforces it",
        Shortfall::NotEvidenced => "no records show it",
        Shortfall::NotSaid => "not said what could be shown",
        Shortfall::NotDecided => "control not decided on with a reason",
        Shortfall::NotPlanned => "not implemented, and no date says by when",
        Shortfall::NoReport => "inherited without a reviewed report that names the service",
        Shortfall::NoType2Report => "inherited without a Type 2 report over the window",
        Shortfall::TooLate => "began too late",
        Shortfall::Missed => "a record is missing, or deviations were found",
        Shortfall::NotCounted => "operation in the window not entered",
        Shortfall::NotDue => "not due yet",
    }
}

/// Why a practice does not clear, all reasons.
#[must_use]
pub fn practice_shortfalls(shortfalls: &[Shortfall]) -> String {
    let words: Vec<&str> = shortfalls.iter().copied().map(shortfall).collect();
    words.join("; ")
}

/// What blocks a gate, as a phrase after "Blocked by".
#[must_use]
pub fn blocker(blocker: &Blocker) -> String {
    let fixed = match blocker {
        Blocker::PotentialMajors(found) => return count(found.len(), "potential major", "potential majors"),
        Blocker::RisksNotAccepted(n) => {
            let risks = count(*n, "risk", "risks");
            return format!("{risks} without option, owner or acceptance by the owner");
        }
        Blocker::ControlsNotDecided(n) => {
            let controls = count(*n, "control", "controls");
            return format!("{controls} not decided on with a reason");
        }
        Blocker::DescriptionNotBegun(n) => {
            let sections = count(*n, "section", "sections");
            return format!("{sections} of the system description not begun");
        }
        Blocker::NoScopeStatement => "no scope or system statement",
        Blocker::NoRiskAssessment => "no risk assessed",
        Blocker::NoInternalAudit => "no internal audit",
        Blocker::NoManagementReview => "no management review",
        Blocker::AssertionNotBegun => "management's assertion not begun",
        Blocker::NoControlMatrix => "controls not written against the criteria",
        Blocker::NoAsOfDate => "no as-of date",
        Blocker::NoWindow => "no window of at most two years",
        Blocker::NoBaseFramework => "ISO/IEC 27001 is not in scope, which ISO/IEC 27017 extends",
    };
    fixed.to_owned()
}

/// How a practice operated, in a few words.
#[must_use]
pub const fn operating(operating: Operating) -> &'static str {
    match operating {
        Operating::Operated => "Operated",
        Operating::NotDue => "Not due yet",
        Operating::NoOccurrence => "No occurrence in the period",
        Operating::Missed => "Potential exception",
        Operating::Unstated => "Not entered",
    }
}

/// What became of a calendar period.
#[must_use]
pub const fn period_state(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Held => "held",
        PeriodState::Missing => "missing",
        PeriodState::NotDue => "not due",
    }
}

/// What is to know of how a practice operated beside the count, each in a few words.
#[must_use]
pub fn operation_flags(counted: &OperationCount) -> Vec<&'static str> {
    let flags = [
        (counted.is_late_start, "started inside the window"),
        (counted.is_replaced, "ended or replaced inside the window"),
        (counted.is_before_window, "the record lies before the window"),
    ];
    let flags = flags.into_iter().filter(|(is_so, _)| *is_so);
    flags.map(|(_, words)| words).collect()
}

/// The name of a calendar period: `Q3 2026`, `July 2026`, `H1 2026`, `week 12 of 2026`, `2026-07-14`, `12 months to
/// 2026-12-31`.
#[must_use]
pub fn period(rhythm: Rhythm, period: &Period) -> String {
    let first = period.first;
    let year = first.year();
    match rhythm {
        Rhythm::Weekly => {
            let week = first.iso_week();
            format!("week {} of {}", week.week(), week.year())
        }
        Rhythm::Monthly => format!("{} {year}", month(first)),
        Rhythm::Quarterly => format!("Q{} {year}", first.month0() / 3 + 1),
        Rhythm::HalfYearly => format!("H{} {year}", first.month0() / 6 + 1),
        Rhythm::Yearly => format!("12 months to {}", period.last),
        Rhythm::Daily | Rhythm::OnEvent | Rhythm::OnChange | Rhythm::Continuous => first.to_string(),
    }
}

/// What was counted of a practice over the window: `3 of 4 due periods have a record`, `25 of 120 occurrences looked at
/// without deviation`.
#[must_use]
pub fn operation(rhythm: Rhythm, counted: &OperationCount) -> String {
    let (held, due) = (counted.n_held, counted.n_due);
    let (none, what) = match rhythm {
        Rhythm::OnEvent | Rhythm::OnChange => ("no occurrence entered", "occurrences looked at without deviation"),
        Rhythm::Continuous => ("nothing was due", "due looks at the setting and its log"),
        Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::HalfYearly | Rhythm::Yearly => {
            ("no full period was due", "due periods have a record")
        }
    };
    if due == 0 {
        none.to_owned()
    } else {
        format!("{held} of {due} {what}")
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn gate_count_is_an_interval_over_its_denominator() {
        let count = |n_cleared, n_open, n_total| {
            gate_count(&GateCount {
                n_cleared,
                n_open,
                n_total,
            })
        };
        assert_eq!(count(0, 0, 0), "none");
        assert_eq!(count(3, 0, 4), "3 of 4");
        assert_eq!(count(12, 48, 93), "12 to 60 of 93");
    }

    #[test]
    fn periods_are_named_as_people_name_them() {
        let first = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day");
        let named = Period {
            first,
            last: first,
            state: PeriodState::Held,
            record: None,
        };
        let names =
            [Rhythm::Monthly, Rhythm::Quarterly, Rhythm::HalfYearly, Rhythm::Weekly].map(|it| period(it, &named));
        assert_eq!(names, ["July 2026", "Q3 2026", "H2 2026", "week 27 of 2026"]);
    }

    #[test]
    fn no_two_shortfalls_sound_alike() {
        let mut words: Vec<&str> = Shortfall::ALL.into_iter().map(shortfall).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Shortfall::ALL.len());
        assert_eq!(
            blocker(&Blocker::RisksNotAccepted(1)),
            "1 risk without option, owner or acceptance by the owner"
        );
    }
}
