//! What the assurance of suppliers carries: whether an inherited practice clears a gate.

use chrono::{Days, Months, NaiveDate};

use super::{Window, offers, supplier_named};
use crate::domain::{Assessment, Choice, EntryId, Field, Practice, Register, Sheet, SheetKey, Standing};

/// How many months after the end of its period a SOC 2 report is still looked at as current.
pub const CURRENT_MONTHS: u32 = 12;

/// How many months a bridge letter commonly covers.
pub const BRIDGE_MONTHS: u32 = 3;

/// What stands behind an inherited practice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assurance {
    /// The supplier in the register; none if the name is not there.
    pub supplier: Option<EntryId>,
    /// A reviewed certificate or report in force whose scope names the service: clears Stage 2, 27017 and Type 1.
    pub report: Option<EntryId>,
    /// A Type 2 report that covers the window, alone, after earlier ones, or with a bridge letter.
    pub type2: Option<EntryId>,
    /// The cover of the window leans on a bridge letter.
    pub is_bridged: bool,
    /// The bridge is longer than the three months that are common.
    pub is_long_bridge: bool,
    /// The supplier is carved out: reported as relying on a subservice organisation, apart from own passes.
    pub is_carved_out: bool,
    /// The report has an opinion other than unqualified, or exceptions that touch the organisation.
    pub has_exceptions: bool,
    /// The supplier does not do what is inherited from it: its kinds, or the way code scanning is deployed, do not fit. Then
    /// its reports clear nothing.
    pub is_unfit: bool,
}

/// What stands behind a practice that is answered as inherited; none if it is not.
#[must_use]
pub fn assurance(
    practice: &Practice,
    assessment: &Assessment,
    window: Option<Window>,
    date: NaiveDate,
) -> Option<Assurance> {
    let Standing::Inherited { supplier: name } = &assessment.answers.get(&practice.id)?.standing else {
        return None;
    };
    let Some(id) = supplier_named(assessment, name.as_str()) else {
        return Some(Assurance::default());
    };
    let supplier = assessment.sheet(SheetKey::entry(Register::Supplier, id));
    let reports: Vec<(EntryId, &Sheet)> = assessment
        .register(Register::Report)
        .filter(|(_, sheet)| sheet.entries(Field::Supplier).any(|it| it == id) && is_usable(sheet, date))
        .filter_map(|(key, sheet)| Some((key.entry_id()?, sheet)))
        .collect();
    let report = reports.iter().find(|(_, sheet)| is_in_force(sheet, date));
    let cover = window.and_then(|window| cover(&reports, window));
    let has_exceptions = |sheet: &Sheet| {
        sheet.choice(Field::Opinion).is_some_and(|it| it != Choice::Unqualified) || !sheet.is_blank(Field::Exceptions)
    };
    Some(Assurance {
        supplier: Some(id),
        report: report.map(|(id, _)| *id),
        type2: cover.map(|cover| cover.report.0),
        is_bridged: cover.is_some_and(|cover| cover.bridge.is_some()),
        is_long_bridge: cover.is_some_and(|cover| cover.bridge == Some(Bridge::Long)),
        is_carved_out: supplier.choice(Field::Method) == Some(Choice::CarveOut),
        has_exceptions: report.is_some_and(|(_, sheet)| has_exceptions(sheet))
            || cover.is_some_and(|cover| has_exceptions(cover.report.1)),
        is_unfit: !offers(&supplier, practice),
    })
}

/// Seen by somebody, on the service that is used, and without an opinion that denies assurance.
fn is_usable(report: &Sheet, date: NaiveDate) -> bool {
    report.date(Field::ReviewedOn).is_some_and(|seen| seen <= date)
        && !report.is_blank(Field::By)
        && report.choice(Field::NamesService) == Some(Choice::Yes)
        && !matches!(
            report.choice(Field::Opinion),
            Some(Choice::Adverse | Choice::Disclaimer)
        )
}

/// Whether a certificate is valid on a day, or the period of a report ended no more than a year before it.
fn is_in_force(report: &Sheet, date: NaiveDate) -> bool {
    let (from, to) = (report.date(Field::From), report.date(Field::To));
    let has_begun = from.is_none_or(|from| from <= date);
    let is_current = |end: NaiveDate| {
        end.checked_add_months(Months::new(CURRENT_MONTHS))
            .is_none_or(|last| last >= date)
    };
    let is = |choice| report.choice(Field::Type) == Some(choice);
    let is_valid = if is(Choice::IsoCertificate) || is(Choice::CloudStatement) {
        to.is_none_or(|to| to >= date)
    } else if is(Choice::Soc2Type1) {
        to.or(from).is_some_and(is_current)
    } else {
        is(Choice::Soc2Type2) && to.is_some_and(is_current)
    };
    has_begun && is_valid
}

/// How long the bridge letter reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bridge {
    Usual,
    Long,
}

/// What covers a window.
#[derive(Clone, Copy)]
struct Cover<'a> {
    /// The Type 2 report that reaches furthest.
    report: (EntryId, &'a Sheet),
    /// The bridge letter that the rest of the window leans on.
    bridge: Option<Bridge>,
}

/// Type 2 reports that follow one another without a hole cover the window, the last one with a bridge letter if need be. A
/// bridge letter alone covers nothing: some of the window must have been examined.
fn cover<'a>(reports: &[(EntryId, &'a Sheet)], window: Window) -> Option<Cover<'a>> {
    // The first day that is not covered yet.
    let mut open = window.start;
    let mut last = None;
    loop {
        let next = reports.iter().find_map(|(id, sheet)| {
            let (from, to) = sheet.date(Field::From).zip(sheet.date(Field::To))?;
            let reaches_on = sheet.choice(Field::Type) == Some(Choice::Soc2Type2) && from <= open && to >= open;
            reaches_on.then_some(((*id, *sheet), to))
        });
        let Some((report, to)) = next else { break };
        if to >= window.end {
            return Some(Cover { report, bridge: None });
        }
        last = Some((report, to));
        open = to.checked_add_days(Days::new(1))?;
    }
    let (report, to) = last?;
    let bridge_to = report.1.date(Field::BridgeTo).filter(|day| *day >= window.end)?;
    // Counted from the day after, so that the end of September to the end of December is three months.
    let after = to
        .succ_opt()
        .and_then(|next| next.checked_add_months(Months::new(BRIDGE_MONTHS)));
    let is_long = after.is_some_and(|after| bridge_to >= after);
    let bridge = if is_long { Bridge::Long } else { Bridge::Usual };
    Some(Cover {
        report,
        bridge: Some(bridge),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, FieldValue, SortedSet, Words, date_from_text, fixture};

    fn day(text: &str) -> NaiveDate {
        date_from_text(text).expect("a day")
    }

    fn window() -> Window {
        Window {
            start: day("2026-02-01"),
            end: day("2026-07-31"),
        }
    }

    fn choices(kinds: &[Choice]) -> FieldValue {
        FieldValue::Choices(kinds.iter().copied().collect())
    }

    fn report(choice: Choice, from: &str, to: &str) -> Sheet {
        let supplier: SortedSet<EntryId> = [EntryId::from_random(1)].into_iter().collect();
        Sheet::default()
            .with(Field::Supplier, FieldValue::Entries(supplier))
            .with(Field::Type, FieldValue::Choice(choice))
            .with(Field::NamesService, FieldValue::Choice(Choice::Yes))
            .with(Field::Opinion, FieldValue::Choice(Choice::Unqualified))
            .with(Field::From, FieldValue::Date(day(from)))
            .with(Field::To, FieldValue::Date(day(to)))
            .with(Field::ReviewedOn, FieldValue::Date(day("2026-10-20")))
            .with_text(Field::By, "Mara")
    }

    fn supplier() -> Sheet {
        Sheet::default()
            .with_text(Field::Title, "Example Data Centre")
            .with(Field::Kinds, choices(&[Choice::DataCentre]))
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut))
    }

    /// Doors inherited from a supplier with these reports, as seen on 20 November 2026.
    fn behind(supplier: Sheet, reports: &[Sheet]) -> Assurance {
        let mut assessment = fixture::assessment();
        let standing = Standing::Inherited {
            supplier: Words::new(" example data centre").expect("not blank"),
        };
        let answer = Answer {
            standing,
            ..Answer::default()
        };
        assessment.answers.insert(fixture::DOORS, answer);
        let key = SheetKey::entry(Register::Supplier, EntryId::from_random(1));
        assessment.sheets.insert(key, supplier);
        for (n, report) in (2..).zip(reports) {
            let key = SheetKey::entry(Register::Report, EntryId::from_random(n));
            assessment.sheets.insert(key, report.clone());
        }
        let practice = fixture::CATALOGUE
            .practice(fixture::DOORS.as_str())
            .expect("a practice");
        assurance(practice, &assessment, Some(window()), fixture::date()).expect("inherited")
    }

    /// Whether a report clears Stage 2, and whether it covers the window.
    fn clears(report: Sheet) -> (bool, bool) {
        let behind = behind(supplier(), &[report]);
        (behind.report.is_some(), behind.type2.is_some())
    }

    #[test]
    fn practice_of_ones_own_has_no_assurance_behind_it() {
        let practice = fixture::CATALOGUE.practices.first().expect("a practice");
        let none = assurance(practice, &fixture::assessment(), None, fixture::date());
        assert_eq!(none, None);
    }

    #[test]
    fn supplier_that_is_not_in_the_register_carries_nothing() {
        let other = supplier().with_text(Field::Title, "Another");
        let full = report(Choice::Soc2Type2, "2026-01-01", "2026-12-31");
        assert_eq!(behind(other, &[full]), Assurance::default());
    }

    #[test]
    fn worked_example_7_report_over_the_window_covers_it() {
        let full = report(Choice::Soc2Type2, "2025-10-01", "2026-09-30");
        let behind = behind(supplier(), &[full]);
        assert!(behind.report.is_some() && behind.type2.is_some() && behind.is_carved_out);
        assert!(!behind.is_bridged && !behind.has_exceptions && !behind.is_unfit);
    }

    #[test]
    fn worked_example_7_bridge_letter_reaches_the_end_and_is_flagged_when_long() {
        let bridged = |to: &str, bridge_to: &str| {
            let report = report(Choice::Soc2Type2, "2025-10-01", to);
            behind(
                supplier(),
                &[report.with(Field::BridgeTo, FieldValue::Date(day(bridge_to)))],
            )
        };
        let flags = |it: &Assurance| (it.type2.is_some(), it.is_bridged, it.is_long_bridge);
        assert_eq!(flags(&bridged("2026-06-30", "2026-07-31")), (true, true, false));
        assert_eq!(flags(&bridged("2026-04-30", "2026-07-31")), (true, true, false));
        assert_eq!(flags(&bridged("2026-04-29", "2026-07-31")), (true, true, true));
        assert_eq!(flags(&bridged("2026-06-30", "2026-07-30")), (false, false, false));
        assert_eq!(flags(&bridged("2026-01-31", "2026-07-31")), (false, false, false));
        assert_eq!(flags(&bridged("2026-07-31", "2026-09-30")), (true, false, false));
    }

    #[test]
    fn reports_that_follow_one_another_cover_the_window_and_a_hole_does_not() {
        let first = report(Choice::Soc2Type2, "2025-04-01", "2026-03-31");
        let next = |from| report(Choice::Soc2Type2, from, "2027-03-31");
        assert!(behind(supplier(), &[next("2026-04-01"), first.clone()]).type2.is_some());
        assert_eq!(behind(supplier(), &[first, next("2026-04-02")]).type2, None);
        assert_eq!(behind(supplier(), &[next("2026-02-02")]).type2, None);
    }

    #[test]
    fn certificate_and_type_1_report_clear_stage_2_and_cover_no_window() {
        assert_eq!(
            clears(report(Choice::IsoCertificate, "2024-05-01", "2027-04-30")),
            (true, false)
        );
        assert_eq!(
            clears(report(Choice::CloudStatement, "2024-05-01", "2027-04-30")),
            (true, false)
        );
        assert_eq!(
            clears(report(Choice::Soc2Type1, "2026-03-31", "2026-03-31")),
            (true, false)
        );
        assert_eq!(
            clears(report(Choice::PenetrationTest, "2026-01-01", "2026-12-31")),
            (false, false)
        );
        assert_eq!(
            clears(report(Choice::OtherReport, "2026-01-01", "2026-12-31")),
            (false, false)
        );
    }

    #[test]
    fn certificate_that_has_run_out_and_report_older_than_a_year_clear_nothing() {
        assert_eq!(
            clears(report(Choice::IsoCertificate, "2023-05-01", "2026-11-19")),
            (false, false)
        );
        assert_eq!(
            clears(report(Choice::IsoCertificate, "2023-05-01", "2026-11-20")),
            (true, false)
        );
        let mut endless = report(Choice::IsoCertificate, "2023-05-01", "2026-01-01");
        endless.set(Field::To, None);
        assert_eq!(clears(endless), (true, false));
        assert_eq!(
            clears(report(Choice::Soc2Type2, "2025-01-01", "2025-11-19")),
            (false, false)
        );
        assert_eq!(
            clears(report(Choice::Soc2Type2, "2025-01-01", "2025-11-20")),
            (true, false)
        );
    }

    #[test]
    fn report_must_be_seen_name_the_service_and_not_deny_assurance() {
        let full = || report(Choice::Soc2Type2, "2025-10-01", "2026-09-30");
        let with = |field, choice| full().with(field, FieldValue::Choice(choice));
        let without = |field| {
            let mut report = full();
            report.set(field, None);
            report
        };
        assert_eq!(clears(full()), (true, true));
        assert_eq!(clears(without(Field::ReviewedOn)), (false, false));
        assert_eq!(clears(without(Field::By)), (false, false));
        assert_eq!(clears(without(Field::NamesService)), (false, false));
        assert_eq!(clears(with(Field::NamesService, Choice::No)), (false, false));
        assert_eq!(clears(with(Field::Opinion, Choice::Adverse)), (false, false));
        assert_eq!(clears(with(Field::Opinion, Choice::Disclaimer)), (false, false));
        assert_eq!(clears(with(Field::Opinion, Choice::Qualified)), (true, true));
        let tomorrow = full().with(Field::ReviewedOn, FieldValue::Date(day("2026-11-21")));
        assert_eq!(clears(tomorrow), (false, false));
        assert!(behind(supplier(), &[with(Field::Opinion, Choice::Qualified)]).has_exceptions);
        assert!(behind(supplier(), &[full().with_text(Field::Exceptions, "late leavers")]).has_exceptions);
    }

    #[test]
    fn supplier_of_another_kind_is_unfit() {
        let of = |kinds: &[Choice]| behind(supplier().with(Field::Kinds, choices(kinds)), &[]).is_unfit;
        assert!(of(&[Choice::PayrollHr]));
        assert!(!of(&[Choice::PayrollHr, Choice::DataCentre]));
        let mut unstated = supplier();
        unstated.set(Field::Kinds, None);
        assert!(behind(unstated, &[]).is_unfit, "what it does is not said");
    }

    #[test]
    fn only_a_scanner_that_the_vendor_runs_can_be_inherited() {
        let practice = Practice {
            inheritable: Some(crate::domain::Inheritable {
                from: &[crate::domain::SupplierKind::CodeScanning],
                keeps: &[],
            }),
            ..*fixture::CATALOGUE.practices.first().expect("a practice")
        };
        let deployed = |choice| {
            let scanner = Sheet::default().with(Field::Kinds, choices(&[Choice::CodeScanning]));
            !offers(&scanner.with(Field::Scanner, FieldValue::Choice(choice)), &practice)
        };
        assert!(deployed(Choice::CommandLine) && deployed(Choice::SelfHostedCi) && deployed(Choice::HostedCi));
        assert!(!deployed(Choice::VendorManaged));
        assert!(!offers(&Sheet::default(), &practice), "what it does is not said");
    }
}
