//! Where the spans of a chart stand: shares of its width, so that page and paper draw the same.

use chrono::{Datelike, Days, NaiveDate};

use super::Spans;
use crate::report::wording;

/// The whole width, in which shares are given.
pub const ACROSS: u32 = 1000;

/// How many months have their name on the axis at most: more would run into one another on a narrow screen.
const N_NAMES: u32 = 6;

/// How wide the name of a month is on a narrow screen.
const NAME: u32 = 180;

/// How far apart two letters must stand in one line.
const LETTER: u32 = 45;

/// The first day of a month on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Where it begins, in thousandths of the width.
    pub at: u32,
    /// Its name, on those months that have one: `Nov 2026`.
    pub name: Option<String>,
}

/// A day with a name: a letter on the axis, which the key explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its letter.
    pub letter: char,
    /// Where it stands, in thousandths of the width.
    pub at: u32,
    /// Its line, from 0: letters of neighbouring days stand below one another.
    pub line: u32,
    /// The day and its name: `Stage 1, 1 February 2027`.
    pub name: String,
}

impl Spans {
    /// Where a day begins, in thousandths of the width. A day outside stands at the edge.
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> u32 {
        let (first, last) = self.days;
        let days = |from: NaiveDate, to: NaiveDate| u64::try_from((to - from).num_days().max(0)).unwrap_or(0);
        // The last day is drawn as well.
        let whole = days(first, last) + 1;
        let share = days(first, day) * u64::from(ACROSS) / whole.max(1);
        u32::try_from(share).unwrap_or(ACROSS).min(ACROSS)
    }

    /// Where a span begins and how wide it is, in thousandths of the width; never too thin to be seen.
    #[must_use]
    pub fn stretch(&self, (first, last): (NaiveDate, NaiveDate)) -> (u32, u32) {
        const THINNEST: u32 = 8;
        let end = self.at(last.checked_add_days(Days::new(1)).unwrap_or(last));
        let start = self.at(first).min(ACROSS - THINNEST);
        (start, end.saturating_sub(start).max(THINNEST))
    }

    /// The months that begin in it.
    #[must_use]
    pub fn months(&self) -> Vec<Month> {
        let (first, last) = self.days;
        let mut starts: Vec<NaiveDate> = Vec::new();
        let mut month = NaiveDate::from_ymd_opt(first.year(), first.month(), 1);
        while let Some(start) = month.filter(|it| *it <= last) {
            if start >= first {
                starts.push(start);
            }
            month = start.checked_add_months(chrono::Months::new(1));
        }
        let n = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        let every = n.div_ceil(N_NAMES).max(1);
        let named = |(start, place): (&NaiveDate, u32)| {
            let at = self.at(*start);
            // A name at the edge would run over it.
            let has_name = place % every == 0 && at <= ACROSS - NAME;
            Month {
                at,
                name: has_name.then(|| wording::month_name(*start)),
            }
        };
        starts.iter().zip(0..).map(named).collect()
    }

    /// The days with a name that lie in it, by day.
    #[must_use]
    pub fn flags(&self) -> Vec<Flag> {
        let (first, last) = self.days;
        let mut marks: Vec<&(NaiveDate, String)> = self.marks.iter().collect();
        marks.retain(|(day, _)| (first..=last).contains(day));
        marks.sort_by_key(|(day, _)| *day);
        let mut ends: Vec<u32> = Vec::new();
        let mut flags = Vec::new();
        for ((day, name), letter) in marks.into_iter().zip('A'..='Z') {
            let at = self.at(*day);
            let free = ends.iter().position(|end| *end <= at);
            let line = free.unwrap_or(ends.len());
            match ends.get_mut(line) {
                Some(end) => *end = at + LETTER,
                None => ends.push(at + LETTER),
            }
            flags.push(Flag {
                letter,
                at,
                line: u32::try_from(line).unwrap_or_default(),
                name: format!("{name}, {}", wording::date(*day)),
            });
        }
        flags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::domain::date_from_text(text).expect("a day")
    }

    fn spans(first: &str, last: &str, marks: &[(&str, &str)]) -> Spans {
        Spans {
            days: (day(first), day(last)),
            bands: Vec::new(),
            marks: marks.iter().map(|(at, name)| (day(at), (*name).to_owned())).collect(),
        }
    }

    #[test]
    fn span_stands_at_its_share_of_the_days() {
        let spans = spans("2026-01-01", "2026-04-10", &[]);
        assert_eq!(spans.at(day("2026-01-01")), 0);
        assert_eq!(spans.at(day("2026-01-11")), 100);
        assert_eq!(spans.at(day("2025-06-01")), 0);
        assert_eq!(spans.at(day("2030-06-01")), ACROSS);
        assert_eq!(spans.stretch((day("2026-01-11"), day("2026-01-20"))), (100, 100));
        assert_eq!(spans.stretch((day("2026-04-10"), day("2026-04-10"))), (990, 10));
        assert_eq!(spans.stretch((day("2031-01-01"), day("2031-02-01"))), (992, 8));
        assert_eq!(spans.stretch((NaiveDate::MIN, NaiveDate::MAX)), (0, ACROSS));
    }

    #[test]
    fn axis_names_few_months_and_letters_do_not_run_into_one_another() {
        let spans = spans(
            "2026-01-01",
            "2027-02-28",
            &[
                ("2026-03-02", "Stage 1"),
                ("2026-03-01", "Today"),
                ("2026-09-01", "Stage 2"),
                ("2028-01-01", "Out"),
            ],
        );
        let names: Vec<String> = spans.months().into_iter().filter_map(|it| it.name).collect();
        assert_eq!(names, ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]);
        let flags: Vec<(char, u32, String)> = spans
            .flags()
            .into_iter()
            .map(|it| (it.letter, it.line, it.name))
            .collect();
        assert_eq!(
            flags,
            [
                ('A', 0, "Today, 1 March 2026".to_owned()),
                ('B', 1, "Stage 1, 2 March 2026".to_owned()),
                ('C', 0, "Stage 2, 1 September 2026".to_owned()),
            ]
        );
    }
}
