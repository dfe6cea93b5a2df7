//! How a practice operated over a SOC 2 Type 2 window, counted from the records that the team entered.

use chrono::NaiveDate;

use crate::domain::{Assessment, Practice, Scope, ScopeDate};

/// The window of a Type 2 report. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
}

impl Window {
    /// The window of a scope; none if a day is not stated, or the last is before the first.
    #[must_use]
    pub fn of(scope: &Scope) -> Option<Self> {
        let start = *scope.dates.get(&ScopeDate::WindowStart)?;
        let end = *scope.dates.get(&ScopeDate::WindowEnd)?;
        (start <= end).then_some(Self { start, end })
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
    _practice: &Practice,
    _assessment: &Assessment,
    _window: Window,
    _date: NaiveDate,
) -> OperationCount {
    OperationCount {
        operating: Operating::Unstated,
        periods: Vec::new(),
        n_due: 0,
        n_held: 0,
        is_late_start: false,
        is_replaced: false,
        is_before_window: false,
    }
}
