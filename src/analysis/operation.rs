//! How a practice operated over a SOC 2 Type 2 window, counted from the records that the team entered.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::{Assessment, Field, Practice, Register, Rhythm, Scope, ScopeDate, Sheet, SheetKey};

/// The longest window, in days: two years. Reports cover three to eighteen months; what is longer is a slip of the year.
const MAX_WINDOW_DAYS: i64 = 731;

/// How many days around the start and the end of the window a setting may be seen.
pub const SETTING_DAYS: u64 = 14;

/// The window of a Type 2 report. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
}

impl Window {
    /// The window of a scope; none if a day is not stated, the last is before the first, or it is longer than two years.
    #[must_use]
    pub fn of(scope: &Scope) -> Option<Self> {
        let start = *scope.dates.get(&ScopeDate::WindowStart)?;
        let end = *scope.dates.get(&ScopeDate::WindowEnd)?;
        let n_days = (end - start).num_days();
        (0..=MAX_WINDOW_DAYS).contains(&n_days).then_some(Self { start, end })
    }
}

/// What became of one calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodState {
    /// A record is there, within the grace.
    Held,
    /// The period is over and no record is there.
    Missing,
    /// The period, with its grace, is not over yet.
    NotDue,
}

/// One calendar period that ends in the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// What became of it.
    pub state: PeriodState,
    /// The record that counts for it.
    pub record: Option<NaiveDate>,
}

/// How a practice operated, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operating {
    /// All that was due is there, without deviation.
    Operated,
    /// Nothing was due yet.
    NotDue,
    /// Nothing happened in the window, and a dated query shows it: it leaves the denominator.
    NoOccurrence,
    /// Something that was due is missing, or deviations were found: a potential exception.
    Missed,
    /// What is needed to count has not been entered.
    Unstated,
}

/// How a practice operated over a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationCount {
    /// In one word.
    pub operating: Operating,
    /// The calendar periods; none for what follows events, changes or settings.
    pub periods: Vec<Period>,
    /// Occurrences or periods that were due.
    pub n_due: u32,
    /// … of them with a record, or looked at without deviation.
    pub n_held: u32,
    /// Part of the window is still to come: the word holds so far, and a gate stays open.
    pub is_so_far: bool,
    /// It began to operate after the window had begun.
    pub is_late_start: bool,
    /// It was ended or replaced inside the window.
    pub is_replaced: bool,
    /// The yearly record lies before the window.
    pub is_before_window: bool,
}

/// Counts how a practice operated over a window, as seen on a day.
#[must_use]
pub fn operation_count(
    practice: &Practice,
    assessment: &Assessment,
    window: Window,
    date: NaiveDate,
) -> OperationCount {
    let key = SheetKey::practice(Register::Operation, practice.id);
    counted_by_period(practice.rhythm, assessment.sheets.get(&key), window, date)
}

fn counted_by_period(rhythm: Rhythm, sheet: Option<&Sheet>, window: Window, date: NaiveDate) -> OperationCount {
    let mut periods = Vec::new();
    let count = operated(rhythm, sheet, window, date, &mut |period| periods.push(period));
    give_back(&mut periods);
    OperationCount { periods, ..count }
}

/// Names the hole where it is: a record serves its own period first, so one that was lent to an earlier period goes back
/// to a period that would be without. As many are missing as before.
fn give_back(periods: &mut [Period]) {
    for at in (1..periods.len()).rev() {
        let (earlier, rest) = periods.split_at_mut(at);
        let (Some(own), Some(late)) = (rest.first_mut(), earlier.last_mut()) else {
            return;
        };
        let is_lent = late.record.is_some_and(|record| record >= own.first);
        if own.state == PeriodState::Missing && is_lent {
            own.record = late.record.take();
            own.state = PeriodState::Held;
            late.state = PeriodState::Missing;
        }
    }
}

/// The same without the list of periods: gates need the counts only. Each period goes to `see`.
pub(super) fn operated(
    rhythm: Rhythm,
    sheet: Option<&Sheet>,
    window: Window,
    date: NaiveDate,
    see: &mut dyn FnMut(Period),
) -> OperationCount {
    let empty = Sheet::default();
    let sheet = sheet.unwrap_or(&empty);
    let counter = Counter {
        sheet,
        window,
        date,
        first: sheet.date(Field::FirstOperated),
        ended: sheet.date(Field::ReplacedOn),
        grace: Days::new(u64::from(sheet.count(Field::Grace).unwrap_or_default())),
    };
    let mut count = match rhythm {
        Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::HalfYearly => {
            counter.periodic(rhythm, see)
        }
        Rhythm::Yearly => counter.yearly(see),
        Rhythm::OnEvent | Rhythm::OnChange => counter.occurring(),
        Rhythm::Continuous => counter.continuous(),
    };
    if sheet.count(Field::Deviations).is_some_and(|n| n > 0) {
        count.operating = Operating::Missed;
    }
    count.is_late_start = counter.first.is_some_and(|first| first > window.start);
    count.is_replaced = counter
        .ended
        .is_some_and(|ended| (window.start..=window.end).contains(&ended));
    count
}

struct Counter<'a> {
    sheet: &'a Sheet,
    window: Window,
    date: NaiveDate,
    /// The first-operated date.
    first: Option<NaiveDate>,
    /// The day on which it was ended or replaced.
    ended: Option<NaiveDate>,
    grace: Days,
}

impl Counter<'_> {
    /// One record for each full calendar period that ends in the window, from the first-operated date on, up to the day on
    /// which it was replaced. A late record counts within the grace if the period has none of its own, and for one period only.
    /// Taking the earliest that fits holds as many periods as can be; which of them are named is settled afterwards.
    fn periodic(&self, rhythm: Rhythm, see: &mut dyn FnMut(Period)) -> OperationCount {
        let mut records = self.records().peekable();
        let last_day = self.ended.map_or(self.window.end, |ended| ended.min(self.window.end));
        let (mut n_due, mut n_held, mut n_not_due) = (0, 0, 0);
        let mut next = period_of(rhythm, self.window.start);
        while let Some((first, last)) = next.filter(|(_, last)| *last <= last_day) {
            next = last.succ_opt().and_then(|day| period_of(rhythm, day));
            if self.first.is_some_and(|begun| first < begun) {
                continue;
            }
            while records.next_if(|record| *record < first).is_some() {}
            let until = last.checked_add_days(self.grace).unwrap_or(last);
            let record = records.next_if(|record| *record <= until);
            // What else was recorded inside the period serves no other; what lies after it may be the late one of the next.
            while records.next_if(|record| *record <= last).is_some() {}
            let state = self.state(record, until);
            match state {
                PeriodState::Held => (n_due, n_held) = (n_due + 1, n_held + 1),
                PeriodState::Missing => n_due += 1,
                PeriodState::NotDue => n_not_due += 1,
            }
            see(Period {
                first,
                last,
                state,
                record,
            });
        }
        let operating = if n_due + n_not_due == 0 {
            self.without_full_period()
        } else if n_due == 0 {
            Operating::NotDue
        } else if n_held == n_due {
            Operating::Operated
        } else {
            self.missed_or_unstated()
        };
        // Nothing full ends in the window: it is settled by a record, or when the window is over.
        let is_unsettled = n_due + n_not_due == 0 && operating != Operating::Operated && self.date < self.window.end;
        OperationCount {
            n_due,
            n_held,
            is_so_far: n_not_due > 0 || is_unsettled,
            ..counted(operating)
        }
    }

    /// No full period ends in the window: a short window, or a late start. Then any record in it shows operation, and a
    /// dated query shows that there was none.
    fn without_full_period(&self) -> Operating {
        let Window { start, end } = self.window;
        if self.records().any(|record| (start..=end).contains(&record)) {
            Operating::Operated
        } else if self.is_zero_shown() {
            Operating::NoOccurrence
        } else if self.date <= end {
            Operating::NotDue
        } else {
            Operating::Unstated
        }
    }

    /// One record in the 12 months to the end of the window.
    fn yearly(&self, see: &mut dyn FnMut(Period)) -> OperationCount {
        let last = self.window.end;
        let first = last
            .checked_sub_months(Months::new(12))
            .and_then(|day| day.succ_opt())
            .unwrap_or(last);
        let until = last.checked_add_days(self.grace).unwrap_or(last);
        let in_time = self
            .records()
            .filter(|record| *record >= first && *record <= last)
            .last();
        let late = || self.records().find(|record| *record > last && *record <= until);
        let record = in_time.or_else(late);
        let state = self.state(record, until);
        see(Period {
            first,
            last,
            state,
            record,
        });
        let operating = match state {
            PeriodState::Held => Operating::Operated,
            PeriodState::Missing => self.missed_or_unstated(),
            PeriodState::NotDue => Operating::NotDue,
        };
        OperationCount {
            n_due: u32::from(state != PeriodState::NotDue),
            n_held: u32::from(state == PeriodState::Held),
            is_so_far: state == PeriodState::NotDue,
            is_before_window: record.is_some_and(|record| record < self.window.start),
            ..counted(operating)
        }
    }

    /// The population that the user enters, then a sample of it. None at all needs a dated query.
    fn occurring(&self) -> OperationCount {
        let population = self.sheet.count(Field::Population);
        let sampled = self.sheet.count(Field::Sampled).unwrap_or_default();
        let deviations = self.sheet.count(Field::Deviations);
        let operating = match population {
            Some(1..) if sampled > 0 && deviations.is_some() => Operating::Operated,
            Some(1..) => Operating::Unstated,
            Some(0) | None if self.is_zero_shown() => Operating::NoOccurrence,
            Some(0) | None if self.date < self.window.start => Operating::NotDue,
            Some(0) | None => Operating::Unstated,
        };
        OperationCount {
            n_due: population.unwrap_or_default(),
            n_held: sampled.saturating_sub(deviations.unwrap_or_default()),
            is_so_far: self.date < self.window.end,
            ..counted(operating)
        }
    }

    /// The setting at start and end, and the log of its changes. A late start and a replacement move the two ends.
    fn continuous(&self) -> OperationCount {
        let start = self
            .first
            .map_or(self.window.start, |first| first.max(self.window.start));
        let end = self.ended.map_or(self.window.end, |ended| ended.min(self.window.end));
        let before = |day: NaiveDate| day.checked_sub_days(Days::new(SETTING_DAYS)).unwrap_or(day);
        let after = |day: NaiveDate| day.checked_add_days(Days::new(SETTING_DAYS)).unwrap_or(day);
        let is_seen = |field, around: NaiveDate| {
            let seen = self.sheet.date(field).filter(|seen| *seen <= self.date);
            seen.is_some_and(|seen| seen >= before(around) && seen <= after(around))
        };
        let at_start = is_seen(Field::SettingAtStart, start);
        let at_end = is_seen(Field::SettingAtEnd, end);
        // A log that was looked at long before the end does not cover the window.
        let log = self
            .sheet
            .date(Field::LogSeen)
            .is_some_and(|seen| seen >= before(end) && seen <= self.date);
        let is_running = self.date <= end;
        let operating = if at_start && at_end && log {
            Operating::Operated
        } else if is_running && (at_start || self.date <= after(start)) {
            Operating::NotDue
        } else {
            Operating::Unstated
        };
        let n_due = if is_running { u32::from(at_start) } else { 3 };
        let n_held = u32::from(at_start)
            + if is_running {
                0
            } else {
                u32::from(at_end) + u32::from(log)
            };
        OperationCount {
            n_due,
            n_held,
            is_so_far: is_running,
            ..counted(operating)
        }
    }

    /// The days with a record, from the first-operated date to today, the first first.
    fn records(&self) -> impl Iterator<Item = NaiveDate> {
        let first = self.first;
        let from = self.sheet.dates(Field::Records);
        from.filter(move |record| *record <= self.date && first.is_none_or(|first| *record >= first))
    }

    fn state(&self, record: Option<NaiveDate>, until: NaiveDate) -> PeriodState {
        if record.is_some() {
            PeriodState::Held
        } else if self.date > until {
            PeriodState::Missing
        } else {
            PeriodState::NotDue
        }
    }

    /// As long as neither a record nor the first-operated date is entered, a hole says nothing of the practice.
    fn missed_or_unstated(&self) -> Operating {
        if self.first.is_none() && self.sheet.get(Field::Records).is_none() {
            Operating::Unstated
        } else {
            Operating::Missed
        }
    }

    /// A query shows that nothing happened: run at the end of the window or later, or, while it runs, inside it.
    fn is_zero_shown(&self) -> bool {
        let Some(query) = self.sheet.date(Field::ZeroOn).filter(|query| *query <= self.date) else {
            return false;
        };
        query >= self.window.end || (self.date < self.window.end && query >= self.window.start)
    }
}

const fn counted(operating: Operating) -> OperationCount {
    OperationCount {
        operating,
        periods: Vec::new(),
        n_due: 0,
        n_held: 0,
        is_so_far: false,
        is_late_start: false,
        is_replaced: false,
        is_before_window: false,
    }
}

/// The calendar period with a day in it: its first and last day. Weeks are those of ISO 8601, Monday to Sunday.
pub(super) fn period_of(rhythm: Rhythm, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let months = |n: u32| {
        let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / n * n + 1, 1)?;
        let last = first.checked_add_months(Months::new(n))?.pred_opt()?;
        Some((first, last))
    };
    match rhythm {
        Rhythm::Weekly => {
            let first = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
            Some((first, first.checked_add_days(Days::new(6))?))
        }
        Rhythm::Monthly => months(1),
        Rhythm::Quarterly => months(3),
        Rhythm::HalfYearly => months(6),
        Rhythm::Yearly => months(12),
        Rhythm::Daily | Rhythm::OnEvent | Rhythm::OnChange | Rhythm::Continuous => Some((day, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FieldValue, SortedSet, date_from_text, fixture};

    fn day(text: &str) -> NaiveDate {
        date_from_text(text).expect("a day")
    }

    /// The window of the worked examples in docs/scoring.md.
    fn window() -> Window {
        Window {
            start: day("2026-02-01"),
            end: day("2026-07-31"),
        }
    }

    fn sheet(records: &[&str]) -> Sheet {
        let records: SortedSet<NaiveDate> = records.iter().map(|it| day(it)).collect();
        Sheet::default().with(Field::Records, FieldValue::Dates(records))
    }

    trait With {
        fn on(self, field: Field, text: &str) -> Sheet;
        fn number(self, field: Field, n: u32) -> Sheet;
    }

    impl With for Sheet {
        fn on(self, field: Field, text: &str) -> Sheet {
            self.with(field, FieldValue::Date(day(text)))
        }

        fn number(self, field: Field, n: u32) -> Sheet {
            self.with(field, FieldValue::Count(n))
        }
    }

    /// Counts as seen on a day: the periods are in it.
    fn seen(rhythm: Rhythm, sheet: &Sheet, date: &str) -> OperationCount {
        counted_by_period(rhythm, Some(sheet), window(), day(date))
    }

    /// Operating, held of due, as seen after the window.
    fn check(rhythm: Rhythm, sheet: &Sheet, expect: (Operating, u32, u32)) {
        let count = seen(rhythm, sheet, "2026-11-20");
        assert_eq!(
            (count.operating, count.n_held, count.n_due),
            expect,
            "{rhythm:?} {sheet:?}"
        );
        assert!(!count.is_so_far, "{rhythm:?} {sheet:?}");
    }

    #[test]
    fn window_has_both_days_in_order_and_at_most_two_years() {
        let mut scope = Scope::default();
        assert_eq!(Window::of(&scope), None);
        scope.dates.insert(ScopeDate::WindowStart, day("2026-02-01"));
        assert_eq!(Window::of(&scope), None);
        scope.dates.insert(ScopeDate::WindowEnd, day("2026-07-31"));
        assert_eq!(Window::of(&scope), Some(window()));
        scope.dates.insert(ScopeDate::WindowEnd, day("2026-02-01"));
        assert!(Window::of(&scope).is_some(), "both ends belong to it");
        for end in ["2026-01-31", "2126-07-31"] {
            scope.dates.insert(ScopeDate::WindowEnd, day(end));
            assert_eq!(Window::of(&scope), None, "{end}");
        }
    }

    #[test]
    fn worked_example_5_periods_that_end_in_the_window() {
        let n = |rhythm| seen(rhythm, &Sheet::default(), "2026-11-20").n_due;
        let rhythms = [
            Rhythm::Daily,
            Rhythm::Weekly,
            Rhythm::Monthly,
            Rhythm::Quarterly,
            Rhythm::HalfYearly,
            Rhythm::Yearly,
        ];
        assert_eq!(rhythms.map(n), [181, 26, 6, 2, 1, 1]);
        let weeks = seen(Rhythm::Weekly, &Sheet::default(), "2026-11-20").periods;
        let first = weeks.first().map(|it| (it.first, it.last));
        assert_eq!(
            first,
            Some((day("2026-01-26"), day("2026-02-01"))),
            "a Monday, a Sunday"
        );
        assert_eq!(weeks.last().map(|it| it.last), Some(day("2026-07-26")));
    }

    #[test]
    fn worked_example_5_quarter_with_grace_and_without() {
        let records = sheet(&["2026-01-20", "2026-07-06"]);
        check(Rhythm::Quarterly, &records, (Operating::Missed, 1, 2));
        let states = seen(Rhythm::Quarterly, &records, "2026-11-20").periods;
        let states: Vec<PeriodState> = states.iter().map(|it| it.state).collect();
        assert_eq!(states, [PeriodState::Held, PeriodState::Missing]);
        let graced = records.number(Field::Grace, 7);
        check(Rhythm::Quarterly, &graced, (Operating::Operated, 2, 2));
        let late = seen(Rhythm::Quarterly, &graced, "2026-11-20").periods;
        assert_eq!(late.last().and_then(|it| it.record), Some(day("2026-07-06")));
    }

    #[test]
    fn worked_example_5_first_operated_leaves_out_what_began_before() {
        let records = sheet(&["2026-05-04"]);
        check(Rhythm::Quarterly, &records, (Operating::Missed, 1, 2));
        let late = records.clone().on(Field::FirstOperated, "2026-02-15");
        check(Rhythm::Quarterly, &late, (Operating::Operated, 1, 1));
        assert!(seen(Rhythm::Quarterly, &late, "2026-11-20").is_late_start);
        let on_the_day = records.clone().on(Field::FirstOperated, "2026-01-01");
        check(Rhythm::Quarterly, &on_the_day, (Operating::Missed, 1, 2));
        assert!(!seen(Rhythm::Quarterly, &on_the_day, "2026-11-20").is_late_start);
        // No full quarter is left: any record in the window shows operation.
        let later = records.on(Field::FirstOperated, "2026-04-10");
        check(Rhythm::Quarterly, &later, (Operating::Operated, 0, 0));
        let none = Sheet::default().on(Field::FirstOperated, "2026-04-10");
        check(Rhythm::Quarterly, &none, (Operating::Unstated, 0, 0));
        check(
            Rhythm::Quarterly,
            &none.on(Field::ZeroOn, "2026-08-03"),
            (Operating::NoOccurrence, 0, 0),
        );
    }

    #[test]
    fn record_before_the_first_operated_date_counts_nowhere() {
        let records = sheet(&["2026-04-02"]).on(Field::FirstOperated, "2026-04-03");
        check(Rhythm::Yearly, &records, (Operating::Missed, 0, 1));
        check(Rhythm::Quarterly, &records, (Operating::Unstated, 0, 0));
    }

    #[test]
    fn one_record_never_serves_two_periods() {
        // 3 April is in the grace of the first quarter, but serves the second first, which has no other.
        let one = sheet(&["2026-04-03"]).number(Field::Grace, 14);
        check(Rhythm::Quarterly, &one, (Operating::Missed, 1, 2));
        let states = |sheet: &Sheet, date: &str| -> Vec<PeriodState> {
            let periods = seen(Rhythm::Quarterly, sheet, date).periods;
            periods.iter().map(|it| it.state).collect()
        };
        let (held, missing, not_due) = (PeriodState::Held, PeriodState::Missing, PeriodState::NotDue);
        assert_eq!(states(&one, "2026-11-20"), [missing, held]);
        // While the second may still get its own, the late one counts for the first.
        assert_eq!(states(&one, "2026-05-01"), [held, not_due]);
        let two = sheet(&["2026-04-03", "2026-06-29"]).number(Field::Grace, 14);
        check(Rhythm::Quarterly, &two, (Operating::Operated, 2, 2));
        // Each late by a few days: the grace is there for that.
        let late = sheet(&["2026-04-03", "2026-07-06"]).number(Field::Grace, 14);
        assert_eq!(states(&late, "2026-11-20"), [held, held]);
        // With a record of its own the first quarter leaves 3 April to the second.
        let own = sheet(&["2026-03-01", "2026-03-02", "2026-04-03"]).number(Field::Grace, 14);
        check(Rhythm::Quarterly, &own, (Operating::Operated, 2, 2));
    }

    #[test]
    fn hole_is_named_where_no_record_lies() {
        // Nothing on 2 February; each later day would lend its record to the day before.
        let days = Window {
            start: day("2026-02-02"),
            end: day("2026-02-06"),
        };
        let records = sheet(&["2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06"]).number(Field::Grace, 2);
        let count = counted_by_period(Rhythm::Daily, Some(&records), days, day("2026-11-20"));
        assert_eq!((count.operating, count.n_held, count.n_due), (Operating::Missed, 4, 5));
        let holes = count.periods.iter().filter(|it| it.state == PeriodState::Missing);
        assert_eq!(holes.map(|it| it.first).collect::<Vec<_>>(), [day("2026-02-02")]);
        let own = |it: &Period| it.record.is_none_or(|record| record == it.first);
        assert!(count.periods.iter().all(own));
    }

    #[test]
    fn period_is_not_due_before_it_and_its_grace_are_over() {
        let records = sheet(&["2026-03-30"]).number(Field::Grace, 5);
        for (date, state) in [
            ("2026-06-30", PeriodState::NotDue),
            ("2026-07-05", PeriodState::NotDue),
            ("2026-07-06", PeriodState::Missing),
        ] {
            let count = seen(Rhythm::Quarterly, &records, date);
            assert_eq!(count.periods.last().map(|it| it.state), Some(state), "{date}");
            assert_eq!(count.is_so_far, state == PeriodState::NotDue, "{date}");
        }
        let before = seen(Rhythm::Quarterly, &Sheet::default(), "2026-02-10");
        assert_eq!((before.operating, before.n_due), (Operating::NotDue, 0));
        let future = sheet(&["2026-06-30"]);
        let count = seen(Rhythm::HalfYearly, &future, "2026-06-01");
        assert_eq!(count.operating, Operating::NotDue, "a record of the future is none yet");
    }

    #[test]
    fn nothing_entered_is_not_an_exception() {
        check(Rhythm::Quarterly, &Sheet::default(), (Operating::Unstated, 0, 2));
        let begun = Sheet::default().on(Field::FirstOperated, "2025-01-01");
        check(Rhythm::Quarterly, &begun, (Operating::Missed, 0, 2));
        check(Rhythm::OnEvent, &Sheet::default(), (Operating::Unstated, 0, 0));
        check(Rhythm::Continuous, &Sheet::default(), (Operating::Unstated, 0, 3));
    }

    #[test]
    fn replaced_control_counts_the_periods_up_to_its_end() {
        let records = sheet(&["2026-02-27", "2026-03-30"]);
        check(Rhythm::Monthly, &records, (Operating::Missed, 2, 6));
        let replaced = records.on(Field::ReplacedOn, "2026-03-31");
        check(Rhythm::Monthly, &replaced, (Operating::Operated, 2, 2));
        assert!(seen(Rhythm::Monthly, &replaced, "2026-11-20").is_replaced);
        let earlier = sheet(&["2026-02-27"]).on(Field::ReplacedOn, "2026-03-30");
        check(Rhythm::Monthly, &earlier, (Operating::Operated, 1, 1));
    }

    #[test]
    fn worked_example_5_yearly_record_before_the_window_is_flagged() {
        let before = sheet(&["2025-10-10"]);
        check(Rhythm::Yearly, &before, (Operating::Operated, 1, 1));
        assert!(seen(Rhythm::Yearly, &before, "2026-11-20").is_before_window);
        check(Rhythm::Yearly, &sheet(&["2025-08-01"]), (Operating::Operated, 1, 1));
        check(Rhythm::Yearly, &sheet(&["2025-07-31"]), (Operating::Missed, 0, 1));
        let both = sheet(&["2025-10-10", "2026-03-01"]);
        assert!(!seen(Rhythm::Yearly, &both, "2026-11-20").is_before_window);
        let running = seen(Rhythm::Yearly, &sheet(&["2025-07-31"]), "2026-07-31");
        assert_eq!(running.operating, Operating::NotDue);
        let late = sheet(&["2026-08-05"]).number(Field::Grace, 5);
        check(Rhythm::Yearly, &late, (Operating::Operated, 1, 1));
    }

    #[test]
    fn worked_example_5_population_sample_and_no_occurrence() {
        let population = |n| Sheet::default().number(Field::Population, n);
        let sampled = population(120).number(Field::Sampled, 25);
        check(Rhythm::OnChange, &population(120), (Operating::Unstated, 0, 120));
        check(Rhythm::OnChange, &sampled, (Operating::Unstated, 25, 120));
        let fine = sampled.clone().number(Field::Deviations, 0);
        check(Rhythm::OnChange, &fine, (Operating::Operated, 25, 120));
        check(
            Rhythm::OnChange,
            &sampled.number(Field::Deviations, 1),
            (Operating::Missed, 24, 120),
        );
        let zero = |query: &str| population(0).on(Field::ZeroOn, query);
        check(Rhythm::OnEvent, &population(0), (Operating::Unstated, 0, 0));
        check(Rhythm::OnEvent, &zero("2026-07-30"), (Operating::Unstated, 0, 0));
        check(Rhythm::OnEvent, &zero("2026-07-31"), (Operating::NoOccurrence, 0, 0));
        check(Rhythm::OnEvent, &zero("2026-11-21"), (Operating::Unstated, 0, 0));
        let so_far = seen(Rhythm::OnEvent, &zero("2026-05-01"), "2026-06-01");
        assert_eq!((so_far.operating, so_far.is_so_far), (Operating::NoOccurrence, true));
    }

    #[test]
    fn worked_example_5_setting_at_start_and_end() {
        let at = |start: &str, end: &str| {
            Sheet::default()
                .on(Field::SettingAtStart, start)
                .on(Field::SettingAtEnd, end)
        };
        check(
            Rhythm::Continuous,
            &at("2026-02-01", "2026-07-31"),
            (Operating::Unstated, 2, 3),
        );
        for (start, end, expect) in [
            ("2026-01-18", "2026-08-14", (Operating::Operated, 3, 3)),
            ("2026-02-15", "2026-07-17", (Operating::Operated, 3, 3)),
            ("2026-01-17", "2026-07-31", (Operating::Unstated, 2, 3)),
            ("2026-02-01", "2026-08-15", (Operating::Unstated, 2, 3)),
        ] {
            check(
                Rhythm::Continuous,
                &at(start, end).on(Field::LogSeen, "2026-08-15"),
                expect,
            );
        }
        let begun = Sheet::default().on(Field::SettingAtStart, "2026-02-01");
        let running = seen(Rhythm::Continuous, &begun, "2026-05-01");
        assert_eq!((running.operating, running.is_so_far), (Operating::NotDue, true));
        let late = at("2026-05-03", "2026-07-31")
            .on(Field::LogSeen, "2026-08-01")
            .on(Field::FirstOperated, "2026-05-01");
        check(Rhythm::Continuous, &late, (Operating::Operated, 3, 3));
        assert!(seen(Rhythm::Continuous, &late, "2026-11-20").is_late_start);
    }

    #[test]
    fn deviation_is_a_potential_exception_in_every_rhythm() {
        let found = sheet(&["2026-03-01"]).number(Field::Deviations, 1);
        for rhythm in [Rhythm::Yearly, Rhythm::HalfYearly, Rhythm::OnEvent, Rhythm::Continuous] {
            assert_eq!(
                seen(rhythm, &found, "2026-11-20").operating,
                Operating::Missed,
                "{rhythm:?}"
            );
        }
    }

    #[test]
    fn days_at_the_ends_of_the_calendar_stop_the_count() {
        let window = Window {
            start: NaiveDate::MAX - Days::new(40),
            end: NaiveDate::MAX,
        };
        let practice = fixture::CATALOGUE.practices.first().expect("a practice");
        for rhythm in [
            Rhythm::Daily,
            Rhythm::Weekly,
            Rhythm::Monthly,
            Rhythm::Yearly,
            Rhythm::Continuous,
        ] {
            let practice = Practice { rhythm, ..*practice };
            let count = operation_count(&practice, &fixture::assessment(), window, fixture::date());
            assert_eq!(count.operating, Operating::NotDue, "{rhythm:?}");
        }
    }
}
