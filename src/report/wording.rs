//! How numbers, dates, ids and results are said: one formatter each, for the screen and for exports.

mod gates;

pub use gates::{
    assurance, blocker, clearance, gate_asks, gate_count, operating, operation, period, period_state,
    practice_shortfalls, shortfall,
};

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

use crate::analysis::{PracticeSet, RequirementStatus, Tally, Verdict};
use crate::domain::{Catalogue, FrameworkId, Imported, ImportedStatus, ImportedText, Requirement, RequirementKind};

/// What Concord is and is not. Stands on the start page and in every report.
pub const DISCLAIMER: &str = "Concord supports the preparation of an assessment. It does not replace an audit, an \
    attestation engagement or legal advice, and a result here is no promise of any outcome there.";

/// What must be said wherever the rows of ISO/IEC 27017:2026 with cloud content are used.
pub const CLOUD_SOURCE: &str = "Which rows of ISO/IEC 27017:2026 carry cloud guidance rests on one public source. \
    Check it against the standard before you rely on it. ISO/IEC 27017 extends an ISO/IEC 27001 scope; it is not \
    certified by itself.";

/// What must be said wherever SOC 2 is shown.
pub const SOC2_NATURE: &str = "SOC 2 is an attestation report by an independent practitioner. The titles of the \
    criteria are our own words; points of focus are prompts, not requirements.";

/// A number with its noun: `1 practice`, `3 practices`.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// A number of practices.
#[must_use]
pub fn practices(n: usize) -> String {
    count(n, "practice", "practices")
}

/// A number of requirements.
#[must_use]
pub fn requirements(n: usize) -> String {
    count(n, "requirement", "requirements")
}

/// A priority in words. For planning only.
#[must_use]
pub const fn priority(priority: u8) -> &'static str {
    match priority {
        3 => "high",
        2 => "medium",
        _ => "low",
    }
}

/// A date for people: `20 November 2026`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {:04}", date.day(), month(date), date.year())
}

/// An instant for people, in UTC: `20 Nov 2026, 10:34 UTC`. Blank for an instant that no calendar holds.
#[must_use]
pub fn instant(milliseconds: i64) -> String {
    let Some(at) = DateTime::from_timestamp_millis(milliseconds).map(|at| at.naive_utc()) else {
        return String::new();
    };
    let (date, time) = (at.date(), at.time());
    let month = month(date).get(..3).unwrap_or_default();
    format!(
        "{} {month} {:04}, {:02}:{:02} UTC",
        date.day(),
        date.year(),
        time.hour(),
        time.minute()
    )
}

/// The name of a date's month.
fn month(date: NaiveDate) -> &'static str {
    match date.month0() {
        0 => "January",
        1 => "February",
        2 => "March",
        3 => "April",
        4 => "May",
        5 => "June",
        6 => "July",
        7 => "August",
        8 => "September",
        9 => "October",
        10 => "November",
        _ => "December",
    }
}

/// The id of a requirement so that nobody takes it for another or for a number: `Clause 8.1`, `A.8.32`, `27017 8.32`,
/// `27017:2015 CLD.6.3.1`, `CC8.1`.
#[must_use]
pub fn requirement_id(requirement: &Requirement) -> String {
    let code = requirement.id.code;
    match (requirement.id.framework, requirement.kind) {
        (FrameworkId::Iso27001, RequirementKind::Clause) => format!("Clause {code}"),
        (FrameworkId::Iso27017, _) => format!("27017 {code}"),
        (FrameworkId::Iso27017Of2015, _) => format!("27017:2015 {code}"),
        (FrameworkId::Iso27001 | FrameworkId::Soc2, _) => code.to_owned(),
    }
}

/// The id of a requirement and its title.
#[must_use]
pub fn requirement_name(requirement: &Requirement) -> String {
    format!("{} {}", requirement_id(requirement), requirement.title)
}

/// The titles of some practices, one after the other.
#[must_use]
pub fn practice_titles(catalogue: &Catalogue, practices: &PracticeSet) -> String {
    let practices = practices
        .iter()
        .filter_map(|position| catalogue.practices.get(position));
    practices
        .map(|practice| practice.title())
        .collect::<Vec<_>>()
        .join("; ")
}

/// Minutes of work, honestly vague: `about 40 minutes`, `about 2½ hours`.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    match minutes {
        0 => "nothing left".to_owned(),
        1 => "about a minute".to_owned(),
        2..=89 => format!("about {minutes} minutes"),
        _ => {
            let half_hours = (minutes + 15) / 30;
            let half = if half_hours % 2 == 1 { "½" } else { "" };
            format!("about {}{half} hours", half_hours / 2)
        }
    }
}

/// Whether an imported row applies: `Yes`, `No`, or that the file does not say.
#[must_use]
pub const fn imported_applies(imported: &Imported) -> &'static str {
    match imported.applies {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "not said",
    }
}

/// How far an imported row is implemented, or that the file does not say.
#[must_use]
pub fn imported_status(imported: &Imported) -> &'static str {
    imported.status.map_or("not said", ImportedStatus::title)
}

/// An imported cell: its heading, the number of its row where several rows were merged, and what it says.
#[must_use]
pub fn imported_text(imported: &Imported, text: &ImportedText) -> String {
    let ImportedText { number, heading, text } = text;
    if imported.numbers.len() > 1 {
        format!("{heading} ({number}): {text}")
    } else {
        format!("{heading}: {text}")
    }
}

/// Where something was imported from: `A.12.1.2 of old.csv`.
#[must_use]
pub fn imported_from(imported: &Imported) -> String {
    format!("{} of {}", imported.numbers.join(", "), imported.file)
}

/// Why what was imported needs a look; blank if it does not.
#[must_use]
pub fn imported_flags(imported: &Imported) -> String {
    imported
        .flags
        .iter()
        .map(|it| it.title())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a status rests on: `ready on 2 of 4; 1 partly, 1 not in place; 1 not applicable`.
#[must_use]
pub fn status_basis(status: &RequirementStatus) -> String {
    let basis = &status.basis;
    let list = |parts: &[(usize, &str)]| {
        let parts = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"));
        parts.collect::<Vec<_>>().join(", ")
    };
    if matches!(status.verdict, Verdict::NeedsDecision) {
        return match basis.n_not_applicable {
            0 => "no needed practice is in scope".to_owned(),
            n => format!("all {n} needed practices are not applicable"),
        };
    }
    let ready = format!("ready on {} of {}", basis.n_ready(), basis.n_considered());
    let how = list(&[
        (basis.n_another_way, "met another way"),
        (basis.n_inherited, "inherited"),
    ]);
    let rest = list(&[
        (basis.n_partly, "partly"),
        (basis.n_not_in_place, "not in place"),
        (basis.n_not_answered, "not answered"),
    ]);
    let left_out = list(&[(basis.n_not_applicable, "not applicable")]);
    [ready, how, rest, left_out]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// The share of a tally with its denominator and interval: `12 of 93`, `12 to 60 of 93`, `none`.
#[must_use]
pub fn share(tally: &Tally) -> String {
    let (low, high) = tally.interval();
    match (tally.n_total(), low == high) {
        (0, _) => "none".to_owned(),
        (total, true) => format!("{low} of {total}"),
        (total, false) => format!("{low} to {high} of {total}"),
    }
}

/// A tally in one sentence: what a chart of it shows.
#[must_use]
pub fn tally_finding(name: &str, tally: &Tally) -> String {
    let total = tally.n_total();
    if total == 0 {
        return format!("{name}: no requirement is in scope.");
    }
    let (low, high) = tally.interval();
    let now = format!("{name}: {low} of {} ready", requirements(total));
    if tally.n_open == 0 {
        return format!("{now}, {} partly, {} not ready.", tally.n_partly, tally.n_not_ready);
    }
    if high == low {
        return format!("{now}; {} open, and none of those can turn out ready.", tally.n_open);
    }
    format!("{now}; up to {high} if all that is open turns out in place.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StatusBasis;

    #[test]
    fn basis_is_always_printed() {
        let basis = StatusBasis {
            n_in_place: 1,
            n_not_applicable: 3,
            ..Default::default()
        };
        let status = RequirementStatus {
            verdict: basis.verdict(),
            basis,
        };
        assert_eq!(status_basis(&status), "ready on 1 of 1; 3 not applicable");
        let basis = StatusBasis {
            n_in_place: 1,
            n_inherited: 1,
            n_partly: 1,
            n_not_answered: 2,
            ..Default::default()
        };
        let status = RequirementStatus {
            verdict: basis.verdict(),
            basis,
        };
        assert_eq!(
            status_basis(&status),
            "ready on 2 of 5; 1 inherited; 1 partly, 2 not answered"
        );
    }

    #[test]
    fn empty_tally_says_none() {
        assert_eq!(share(&Tally::default()), "none");
        assert_eq!(
            share(&Tally {
                n_ready: 2,
                n_open: 3,
                n_may_be_ready: 1,
                ..Default::default()
            }),
            "2 to 3 of 5"
        );
    }

    #[test]
    fn minutes_turn_into_half_hours() {
        assert_eq!(
            [1, 40, 90, 110, 240].map(minutes),
            [
                "about a minute",
                "about 40 minutes",
                "about 1½ hours",
                "about 2 hours",
                "about 4 hours"
            ]
        );
    }

    #[test]
    fn instants_are_said_in_utc() {
        assert_eq!(instant(1_795_170_840_000), "20 Nov 2026, 10:34 UTC");
    }
}
