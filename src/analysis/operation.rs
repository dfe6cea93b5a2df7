//! How a practice operated over a SOC 2 Type 2 window, counted from the records that the team entered.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::{Assessment, Field, Practice, Register, Rhythm, Scope, ScopeDate, Sheet, SheetKey};

/// The longest window, in days: two years. Reports cover three to eighteen months; what is longer is a slip of the year.
const MAX_WINDOW_DAYS: i64 = 731;

/// How many days around the start and the end of the window a setting may be seen.
const SETTING_DAYS: u64 = 14;

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
    let mut periods = Vec::new();
    let key = SheetKey::practice(Register::Operation, practice.id);
    let sheet = assessment.sheets.get(&key);
    let count = operated(practice.rhythm, sheet, window, date, &mut |period| periods.push(period));
    OperationCount { periods, ..count }
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
fn period_of(rhythm: Rhythm, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
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
