//! What only time can give: the first day on which records can be there, the earliest window, and the holes of the past
//! that stay in the present one.

use chrono::{Months, NaiveDate};

use super::{SHORTEST_WINDOW_MONTHS, Step, WhatIf};
use crate::analysis::operation::period_of;
use crate::analysis::{Analysis, Gate, GateReadiness, Period, PeriodState, Shortfall, Window, operation_count};
use crate::domain::{Assessment, Facet, Field, FrameworkId, Practice, Register, Rhythm, SheetKey};

/// The earliest day for a gate that asks for records, as far as the chosen steps go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarliestDate {
    /// The gate.
    pub gate: Gate,
    /// The framework in its edition.
    pub framework: FrameworkId,
    /// Stage 2 and ISO/IEC 27017: the first day on which every chosen practice can have its records. Type 2: the first
    /// day of the window.
    pub on: NaiveDate,
    /// Type 2: the last day of the shortest window that is usual.
    pub until: Option<NaiveDate>,
    /// The practice that decides the day; none if that is today.
    pub behind: Option<usize>,
}

/// What some steps would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The analysis with the steps applied.
    pub analysis: Analysis,
    /// The earliest day for each gate that asks for records. Type 2 is left out where the present window can stand.
    pub earliest: Vec<EarliestDate>,
    /// The holes of the present window that stay.
    pub holes: Vec<Hole>,
}

/// A practice with a hole in the present window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The position of the practice.
    pub practice: usize,
    /// How often its operation leaves a record.
    pub rhythm: Rhythm,
    /// The calendar periods without a record; none where deviations were found.
    pub missing: Vec<Period>,
    /// Deviations that were found.
    pub n_deviations: u32,
    /// The first day on which a window can start that leaves the hole behind.
    pub behind_from: NaiveDate,
}

/// The first day on which the records of a practice that begins on a day say something: daily to quarterly, the end of
/// the first full calendar period; rarer, or with events, changes or a setting, the first record.
#[must_use]
pub fn first_record_day(rhythm: Rhythm, begins: NaiveDate) -> NaiveDate {
    let full = || {
        let (first, last) = period_of(rhythm, begins)?;
        if first == begins {
            Some(last)
        } else {
            Some(period_of(rhythm, last.succ_opt()?)?.1)
        }
    };
    match rhythm {
        Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly => full().unwrap_or(begins),
        Rhythm::HalfYearly | Rhythm::Yearly | Rhythm::OnEvent | Rhythm::OnChange | Rhythm::Continuous => begins,
    }
}

/// The last day of the shortest window that is usual.
pub(super) fn shortest_end(start: NaiveDate) -> NaiveDate {
    let end = start.checked_add_months(Months::new(SHORTEST_WINDOW_MONTHS));
    end.and_then(|day| day.pred_opt()).unwrap_or(start)
}

impl WhatIf<'_> {
    /// What some steps would bring.
    #[must_use]
    pub fn outcome(&self, steps: &[Step]) -> Outcome {
        let assessment = self.assessment_after(steps);
        let analysis = Analysis::new(self.catalogue, &assessment, self.before.date);
        let holes = self.holes(&assessment, &analysis);
        let gates = analysis.gates.iter();
        let earliest = gates.filter_map(|gate| self.earliest(gate, steps, &holes)).collect();
        Outcome {
            analysis,
            earliest,
            holes,
        }
    }

    fn earliest(&self, gate: &GateReadiness, steps: &[Step], holes: &[Hole]) -> Option<EarliestDate> {
        let is_counted = |at: &usize| gate.practices.iter().any(|it| it.practice == *at);
        let chosen = steps.iter().filter_map(|step| step.practice()).filter(is_counted);
        let days: Vec<(NaiveDate, usize)> = match gate.gate {
            Gate::Stage1 | Gate::Type1 => return None,
            Gate::Stage2 | Gate::Cloud => chosen.map(|at| (self.shown_from(at), at)).collect(),
            Gate::Type2 => {
                // What has begun by the first day of a stated window runs through it whole.
                let is_late = |day: NaiveDate| self.window().is_none_or(|window| day > window.start);
                let begun = chosen
                    .filter(|at| self.begins_records(*at))
                    .map(|at| (self.done(at), at))
                    .filter(|(day, _)| is_late(*day));
                let left = holes.iter().map(|hole| (hole.behind_from, hole.practice));
                begun.chain(left).collect()
            }
        };
        let latest = days
            .into_iter()
            .reduce(|latest, it| if it.0 > latest.0 { it } else { latest });
        let (on, behind) = match (gate.gate, latest) {
            // Nothing chosen begins in the window and nothing was missed in it: a window may lie in the past.
            (Gate::Type2, None) => return None,
            (Gate::Type2, Some((day, practice))) => (day, Some(practice)),
            (_, Some((day, practice))) if day > self.before.date => (day, Some(practice)),
            (_, Some(_) | None) => (self.before.date, None),
        };
        Some(EarliestDate {
            gate: gate.gate,
            framework: gate.framework,
            on,
            until: (gate.gate == Gate::Type2).then(|| shortest_end(on)),
            behind,
        })
    }

    /// The day from which the records of a chosen practice can show it.
    fn shown_from(&self, at: usize) -> NaiveDate {
        let done = self.done(at);
        let waits = |it: &&Practice| it.asks(Facet::Evidenced) && self.begins_records(at);
        self.practice(at)
            .filter(waits)
            .map_or(done, |it| first_record_day(it.rhythm, done))
    }

    /// The holes of the past that no step can fill, as they would be after some steps.
    fn holes(&self, assessment: &Assessment, after: &Analysis) -> Vec<Hole> {
        let Some((window, gate)) = self.window().zip(after.gates.iter().find(|it| it.gate == Gate::Type2)) else {
            return Vec::new();
        };
        let missed = gate
            .practices
            .iter()
            .filter(|it| it.shortfalls.contains(&Shortfall::Missed));
        missed
            .filter_map(|it| self.hole(it.practice, assessment, window))
            .collect()
    }

    fn hole(&self, at: usize, assessment: &Assessment, window: Window) -> Option<Hole> {
        let practice = self.practice(at)?;
        let today = self.before.date;
        let count = operation_count(practice, assessment, window, today);
        let missing = count.periods.into_iter().filter(|it| it.state == PeriodState::Missing);
        let missing: Vec<Period> = missing.collect();
        let sheet = assessment.sheet(SheetKey::practice(Register::Operation, practice.id));
        let n_deviations = sheet.count(Field::Deviations).unwrap_or_default();
        // Deviations have no day of their own: they belong to the window as far as it has run.
        let run = (n_deviations > 0).then_some(window.end.min(today));
        let last = missing.iter().map(|it| it.last).chain(run).max().unwrap_or(today);
        Some(Hole {
            practice: at,
            rhythm: practice.rhythm,
            missing,
            n_deviations,
            behind_from: last.succ_opt().unwrap_or(last),
        })
    }
}
