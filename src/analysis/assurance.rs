//! What the assurance of suppliers carries: whether an inherited practice clears a gate.

use chrono::{Days, Months, NaiveDate};

use super::{Window, offers};
use crate::domain::{Assessment, Choice, EntryId, Field, Practice, Register, Sheet, Standing, is_same_name};

/// How many months after the end of its period a SOC 2 report is still looked at as current.
const CURRENT_MONTHS: u32 = 12;

/// How many months a bridge letter commonly covers.
const BRIDGE_MONTHS: u32 = 3;

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
    let mut suppliers = assessment.register(Register::Supplier);
    let named = suppliers.find(|(_, sheet)| is_same_name(sheet.text(Field::Title), name.as_str()));
    let Some((id, supplier)) = named.and_then(|(key, sheet)| Some((key.entry_id()?, sheet))) else {
        return Some(Assurance::default());
    };
    let reports: Vec<(EntryId, &Sheet)> = assessment
        .register(Register::Report)
        .filter(|(_, sheet)| sheet.entries(Field::Supplier).any(|it| it == id) && is_usable(sheet, date))
        .filter_map(|(key, sheet)| Some((key.entry_id()?, sheet)))
        .collect();
    let report = reports.iter().find(|(_, sheet)| is_in_force(sheet, date));
    let cover = window.and_then(|window| cover(&reports, window));
    let has_exceptions = |sheet: &Sheet| {
        sheet.choice(Field::Opinion).is_some_and(|it| it != Choice::Unqualified)
            || !sheet.text(Field::Exceptions).trim().is_empty()
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
        is_unfit: !offers(supplier, practice),
    })
}

/// Seen by somebody, on the service that is used, and without an opinion that denies assurance.
fn is_usable(report: &Sheet, date: NaiveDate) -> bool {
    report.date(Field::ReviewedOn).is_some_and(|seen| seen <= date)
        && !report.text(Field::By).trim().is_empty()
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
