//! The words of the start page for many assessments: how far each is, its backup, and what the storage holds.

use chrono::DateTime;

use super::{count, date, instant};
use crate::domain::{Assessment, Catalogue, FrameworkId};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What must be said of an assessment whose changes have been in no backup for more than 14 days.
pub const BACKUP_OVERDUE: &str = "Changes older than 14 days are in no backup. Download the file.";

/// What must be said when more than half of the storage is used.
pub const MAKE_ROOM: &str = "More than half of the room is used. To make room: download the files of assessments that \
    have come to an end and delete them here, remove deleted ones for good, and remove snapshots that you no longer \
    compare with. What is full is said, and loses nothing.";

/// Facts in a line, without the blank ones: `120 of 328 answered · No backup yet`.
#[must_use]
pub fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let mut line = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&part);
    }
    line
}

/// How far an assessment is: `120 of 328 answered`.
#[must_use]
pub fn answered(n_answered: usize, n_asked: usize) -> String {
    match n_asked {
        0 => "no question is asked yet".to_owned(),
        _ => format!("{n_answered} of {n_asked} answered"),
    }
}

/// When an assessment was last taken away as a file: `No backup yet`, `Backup 3 days ago`, `Changed since the backup of
/// 3 November 2026`. Times are UTC milliseconds.
#[must_use]
pub fn backup(backup_at: Option<i64>, has_all: bool, now: i64) -> String {
    let Some(at) = backup_at else {
        return "No backup yet".to_owned();
    };
    match (has_all, now.div_euclid(DAY) - at.div_euclid(DAY)) {
        (true, ..=0) => "Backup today".to_owned(),
        (true, 1) => "Backup yesterday".to_owned(),
        (true, days) => format!("Backup {days} days ago"),
        (false, ..=0) => "Changed since the backup of today".to_owned(),
        (false, _) => format!("Changed since the backup of {}", day(at)),
    }
}

fn day(at: i64) -> String {
    DateTime::from_timestamp_millis(at).map_or_else(|| instant(at), |at| date(at.date_naive()))
}

/// A number of characters for people: `900 characters`, `126 thousand characters`, `1.8 million characters`.
#[must_use]
pub fn characters(n: usize) -> String {
    match n {
        ..1_000 => count(n, "character", "characters"),
        1_000..950_000 => format!("{} thousand characters", (n + 500) / 1_000),
        _ => format!("{} million characters", in_tenths((n as u64 + 50_000) / 100_000)),
    }
}

/// What part of the storage something takes: `34 %`, `0.4 %`, `under 0.1 %`.
#[must_use]
pub fn storage_share(n_units: usize, of: usize) -> String {
    // A thousandth of what a browser holds is far inside 64 bits; in 32 bits the product would not be.
    let (n_units, of) = (n_units as u64, of as u64);
    let per_mille = (n_units * 1_000 + of / 2).checked_div(of).unwrap_or_default();
    match per_mille {
        0 if n_units > 0 => "under 0.1 %".to_owned(),
        ..100 => format!("{} %", in_tenths(per_mille)),
        _ => format!("{} %", (per_mille + 5) / 10),
    }
}

fn in_tenths(tenths: u64) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// How full the storage is, in a sentence.
#[must_use]
pub fn storage_used(n_units: usize, of: usize) -> String {
    let (share, holds) = (storage_share(n_units, of), characters(of));
    format!("{share} used: {}. A browser holds about {holds}.", characters(n_units))
}

/// For how much more there is room, in a sentence; blank while nobody can tell.
#[must_use]
pub fn room_left(room_for: Option<usize>) -> String {
    match room_for {
        None => String::new(),
        Some(100..) => "Room for more than 100 assessments of average size.".to_owned(),
        Some(0) => "No room for another assessment of average size.".to_owned(),
        Some(n) => format!(
            "Room for about {} of average size.",
            count(n, "more assessment", "more assessments")
        ),
    }
}

/// A scope in a line: its frameworks, and how many facts are stated.
#[must_use]
pub fn scope_in_short(catalogue: &Catalogue, assessment: &Assessment) -> String {
    let scope = &assessment.scope;
    let frameworks = catalogue
        .frameworks
        .iter()
        .filter(|it| scope.frameworks.contains(&it.id));
    let mut parts: Vec<String> = frameworks.map(|it| it.name()).collect();
    if parts.is_empty() {
        parts.push("No framework yet".to_owned());
    }
    if scope.frameworks.contains(&FrameworkId::Soc2) {
        parts.extend(scope.categories.iter().map(|it| it.title().to_owned()));
    }
    let frameworks = parts.join(", ");
    match scope.facts.len() {
        0 => frameworks,
        n => format!("{frameworks}; {} stated", count(n, "fact", "facts")),
    }
}

/// What a text is that could not be read and was set aside: what stood there, and since when it lies aside.
#[must_use]
pub fn set_aside(catalogue: &Catalogue, kind: &str, id: &str, at: i64) -> String {
    let practice = catalogue.practice(id).filter(|_| kind == "answer");
    let what = practice.map_or_else(
        || format!("Record {kind} {id}"),
        |practice| format!("Answer to “{}”", practice.title()),
    );
    match at {
        // It was put aside when its generation was written anew.
        ..=0 => what,
        _ => format!("{what}, set aside on {}", day(at)),
    }
}

/// What came of opening a file of everything.
#[must_use]
pub fn everything_opened(n_opened: usize, n_files: usize, n_left_out: usize, n_unreadable: usize) -> String {
    let mut said = match n_opened {
        all if all == n_files => format!("{} opened.", count(all, "assessment", "assessments")),
        some => format!("{some} of {} opened.", count(n_files, "assessment", "assessments")),
    };
    if n_left_out > 0 {
        let others = count(n_left_out, "other stays", "others stay");
        said.push_str(&format!(" {others} in the file: deleted, newer or unreadable."));
    }
    if n_unreadable > 0 {
        let records = count(n_unreadable, "record", "records");
        said.push_str(&format!(" {records} could not be read and stay in the file."));
    }
    said
}

/// What the browser said when it was asked to keep the storage; none where it can't be asked.
#[must_use]
pub const fn kept_by_browser(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => {
            "The browser says that it will keep this until you remove it yourself. Make backups all the same."
        }
        Some(false) => {
            "The browser did not agree: it may clear this when room on the disk runs short. Some agree once the page is \
             bookmarked or used often. Make backups."
        }
        None => "This browser can't be asked. Make backups.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{TEMPLATES, fixture};

    #[test]
    fn backup_is_said_by_its_age_and_whether_it_holds_all() {
        let now = 1_764_097_200_000; // 25 November 2025, 19:00 UTC
        assert_eq!(backup(None, false, now), "No backup yet");
        assert_eq!(backup(Some(now), true, now), "Backup today");
        assert_eq!(
            backup(Some(now + DAY), true, now),
            "Backup today",
            "a clock that was ahead"
        );
        assert_eq!(backup(Some(now - 20 * 60 * 60 * 1000), true, now), "Backup yesterday");
        assert_eq!(backup(Some(now - 3 * DAY), true, now), "Backup 3 days ago");
        assert_eq!(backup(Some(now), false, now), "Changed since the backup of today");
        assert_eq!(
            backup(Some(now - 3 * DAY), false, now),
            "Changed since the backup of 22 November 2025"
        );
    }

    #[test]
    fn sizes_are_said_in_characters_and_shares() {
        let said = [0, 1, 999, 1_000, 126_400, 949_999, 950_000, 1_840_000, 5_242_880].map(characters);
        let expect = [
            "0 characters",
            "1 character",
            "999 characters",
            "1 thousand characters",
            "126 thousand characters",
            "950 thousand characters",
            "1 million characters",
            "1.8 million characters",
            "5.2 million characters",
        ];
        assert_eq!(said, expect);
        let shares = [0, 1, 1_000, 4_000, 99_400, 100_000, 345_000, 1_000_000].map(|n| storage_share(n, 1_000_000));
        assert_eq!(
            shares,
            ["0 %", "under 0.1 %", "0.1 %", "0.4 %", "9.9 %", "10 %", "35 %", "100 %"].map(str::to_owned)
        );
        assert_eq!(storage_share(5, 0), "under 0.1 %");
        assert_eq!(
            storage_used(1_840_000, 5_242_880),
            "35 % used: 1.8 million characters. A browser holds about 5.2 million characters."
        );
    }

    #[test]
    fn blank_facts_leave_no_mark() {
        let parts = ["", "a", "", "b", ""].map(str::to_owned);
        assert_eq!(joined(parts), "a · b");
        assert_eq!(joined([String::new()]), "");
    }

    #[test]
    fn room_is_said_for_none_one_and_many() {
        assert_eq!(room_left(None), "");
        assert_eq!(room_left(Some(0)), "No room for another assessment of average size.");
        assert_eq!(room_left(Some(1)), "Room for about 1 more assessment of average size.");
        assert_eq!(
            room_left(Some(12)),
            "Room for about 12 more assessments of average size."
        );
    }

    #[test]
    fn scope_and_what_lies_aside_are_said_in_a_line() {
        assert_eq!(scope_in_short(&CATALOGUE, &Assessment::default()), "No framework yet");
        for template in TEMPLATES {
            let said = scope_in_short(&CATALOGUE, &template.assessment());
            assert!(said.contains("27001") && said.ends_with("facts stated"), "{said}");
        }
        let review = fixture::REVIEW.as_str();
        let of = |kind, at| set_aside(&fixture::CATALOGUE, kind, review, at);
        assert!(of("answer", 0).starts_with("Answer to “"), "{}", of("answer", 0));
        assert_eq!(
            of("risk", DAY),
            format!("Record risk {review}, set aside on 2 January 1970")
        );
    }

    #[test]
    fn opening_of_everything_says_what_stays_out() {
        assert_eq!(everything_opened(1, 1, 0, 0), "1 assessment opened.");
        assert_eq!(
            everything_opened(2, 3, 1, 2),
            "2 of 3 assessments opened. 1 other stays in the file: deleted, newer or unreadable. 2 records could not be \
             read and stay in the file."
        );
    }
}
