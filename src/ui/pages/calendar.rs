//! The calendar: records of each practice over the Type 2 window with its holes, and the audits of the certification
//! cycle with the organisation's own rotation plan.

use leptos::prelude::*;

use crate::analysis::{
    Analysis, CycleAudit, Operating, OperationCount, Period, PeriodState, Window, cycle, operation_count,
};
use crate::catalogue::CATALOGUE;
use crate::domain::{Choice, Field, FrameworkId, Practice, Register, Rhythm, ScopeDate, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, Tone, actions, button_link, empty, folded, link, list, page, page_head, paragraph, requirement_links,
    row, row_head, section, select_field, sheet_fields, table, table_body, tag, term_link,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Which rows are shown, with their value in the address.
const SHOWN: [(&str, &str); 6] = [
    ("", "All practices"),
    ("missed", wording::operating(Operating::Missed)),
    ("unstated", wording::operating(Operating::Unstated)),
    ("not-due", wording::operating(Operating::NotDue)),
    ("none", wording::operating(Operating::NoOccurrence)),
    ("operated", wording::operating(Operating::Operated)),
];

/// The calendar.
pub fn calendar_page() -> View {
    let store = AssessmentStore::expect();
    let show = memo(move || store.query(&Page::Calendar(Query::default())).get("show").to_owned());
    let window = memo(move || store.with(|assessment| Window::of(&assessment.scope)));
    let records = follow(move || match window.get() {
        Some(window) => records(store, window, &show.get()),
        None => {
            let to_scope = button_link("button", store.href(Page::Scope), "State the window");
            View::Many(vec![
                empty("The window of the Type 2 report is not stated, or it ends before it begins."),
                actions(vec![to_scope.view()]),
            ])
        }
    });
    let lead = "What a SOC 2 Type 2 report asks is whether each control operated through the whole window. Enter the \
                records; Concord counts them and guesses none.";
    let choices = SHOWN.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let filter = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(select_field(
            "calendar-show",
            "Show",
            choices.into(),
            move || show.get(),
            move |value| {
                store.go(Page::Calendar(
                    untrack(|| store.query(&Page::Calendar(Query::default()))).with("show", &value),
                ))
            },
        ));
    page(
        "page page-wide",
        vec![
            page_head("Calendar", vec![lead.into(), " ".into(), term_link("window")]),
            section("Records over the Type 2 window", vec![filter.view(), records]),
            follow(move || surveillance(store, &store.analysis.get())),
        ],
    )
}

/// The practices that a criterion in scope needs, counted over the window.
fn counts(store: AssessmentStore, analysis: &Analysis, window: Window) -> Vec<(&'static Practice, OperationCount)> {
    let needed = analysis.needed_by(&CATALOGUE, FrameworkId::Soc2);
    let practices = needed.iter().filter_map(|position| CATALOGUE.practices.get(position));
    store.with(|assessment| {
        practices
            .filter(|practice| assessment.standing_kind(practice.id).is_at_least_partly())
            .map(|practice| (practice, operation_count(practice, assessment, window, analysis.date)))
            .collect()
    })
}

fn records(store: AssessmentStore, window: Window, show: &str) -> View {
    let analysis = store.analysis.get();
    let all = counts(store, &analysis, window);
    let n_missed = all
        .iter()
        .filter(|(_, count)| count.operating == Operating::Missed)
        .count();
    let finding = format!(
        "From {} to {}: {} at least partly in place, {} with a potential exception.",
        wording::date(window.start),
        wording::date(window.end),
        wording::practices(all.len()),
        n_missed
    );
    let rows: Vec<View> = all
        .iter()
        .filter(|(_, count)| show.is_empty() || value_of(count.operating).0 == show)
        .map(|(practice, count)| record_row(store, practice, count).view())
        .collect();
    if rows.is_empty() {
        return View::Many(vec![paragraph(finding), empty("No practice matches.")]);
    }
    let heads = [
        "Practice",
        "Rhythm",
        "Over the window",
        "Held of due",
        "Periods and holes",
        "First operated",
    ];
    let name = "Records of practices over the window".to_owned();
    View::Many(vec![
        paragraph(finding),
        table("data-table dense", name, &heads, vec![table_body(rows)]),
    ])
}

/// The value in the address and the tone of how a practice operated.
const fn value_of(operating: Operating) -> (&'static str, Tone) {
    match operating {
        Operating::Operated => ("operated", Tone::Good),
        Operating::NotDue => ("not-due", Tone::Open),
        Operating::NoOccurrence => ("none", Tone::Plain),
        Operating::Missed => ("missed", Tone::Poor),
        Operating::Unstated => ("unstated", Tone::Open),
    }
}

fn record_row(store: AssessmentStore, practice: &'static Practice, count: &OperationCount) -> Element {
    let (_, tone) = value_of(count.operating);
    let first = store.with(|assessment| {
        let key = SheetKey::practice(Register::Operation, practice.id);
        assessment
            .sheets
            .get(&key)
            .and_then(|sheet| sheet.date(Field::FirstOperated))
    });
    let first = first.map(|date| date.to_string()).unwrap_or_default();
    let first = [first, wording::operation_flags(count).join("; ")]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>();
    let due = match count.n_due {
        0 => "none due".to_owned(),
        n => format!("{} of {n}", count.n_held),
    };
    let head = el("div")
        .with(link(store.href(Page::question(practice.id)), practice.title()))
        .view();
    el("tr")
        .with(row_head(head))
        .with(el("td").with(practice.rhythm.title()))
        .with(el("td").with(tag(tone, wording::operating(count.operating))))
        .with(el("td").with(due))
        .with(el("td").with(periods(practice.rhythm, count)))
        .with(el("td").with(first.join("; ")))
}

/// The most periods that are drawn one by one.
const MAX_DRAWN: usize = 14;
/// The most holes that are named one by one.
const MAX_NAMED: usize = 6;

/// The periods, drawn as marks with words, and the holes by name.
fn periods(rhythm: Rhythm, count: &OperationCount) -> View {
    let periods = &count.periods;
    // Without a single record nobody has entered any: that is no hole yet.
    if count.operating == Operating::Unstated {
        return wording::operation(rhythm, count).into();
    }
    let holes: Vec<&Period> = periods.iter().filter(|it| it.state == PeriodState::Missing).collect();
    let named = holes.iter().take(MAX_NAMED);
    let mut missing = named
        .map(|it| wording::period(rhythm, it))
        .collect::<Vec<_>>()
        .join(", ");
    if holes.len() > MAX_NAMED {
        missing.push_str(&format!(" and {} more", holes.len() - MAX_NAMED));
    }
    let marks = (periods.len() <= MAX_DRAWN).then(|| {
        let mark = |it: &Period| {
            let (class, sign) = match it.state {
                PeriodState::Held => ("period period-held", "✓"),
                PeriodState::Missing => ("period period-missing", "✗"),
                PeriodState::NotDue => ("period period-not-due", "·"),
            };
            let state = wording::period_state(it.state);
            let name = format!("{}: {state}", wording::period(rhythm, it));
            let seen = el("span").attr("aria-hidden", "true").with(sign);
            let said = el("span").class("visually-hidden").with(name.clone());
            el("li").class(class).attr("title", name).with(seen).with(said).view()
        };
        el("ul").class("periods").all(periods.iter().map(mark).collect())
    });
    let missing = (!missing.is_empty()).then(|| el("p").with(format!("Missing: {missing}")));
    View::Many(vec![marks.into(), missing.into()])
}

/// How a practice operates and its records, as a form: on the question page.
pub fn operation_panel(practice: &'static Practice) -> View {
    let store = AssessmentStore::expect();
    let key = SheetKey::practice(Register::Operation, practice.id);
    let is_needed = memo(move || {
        let position = CATALOGUE.practice_index(practice.id);
        let needed = store.analysis.get().needed_by(&CATALOGUE, FrameworkId::Soc2);
        position.is_some_and(|position| needed.contains(position))
    });
    follow(move || {
        let fields = || sheet_fields(SheetForm::new(store, key), Register::Operation.fields());
        let form = || folded("How it operates, and its records", fields()).class("answer-details");
        is_needed.get().then(form)
    })
}

/// The audits of the cycle.
fn surveillance(store: AssessmentStore, analysis: &Analysis) -> View {
    if !store.with(|it| it.scope.frameworks.contains(&FrameworkId::Iso27001)) {
        return View::Many(Vec::new());
    }
    let ground = &analysis.ground;
    let cycle = store.with(|it| cycle(&CATALOGUE, it, |position| ground.includes(position), analysis.date));
    let always = list(wording::ALWAYS_LOOKED_AT.into_iter().map(str::to_owned));
    let is_certified = store.with(|it| it.scope.dates.contains_key(&ScopeDate::Certified));
    let before = (!is_certified).then(|| {
        let to_scope = link(store.href(Page::Scope), "State the day of the certification decision");
        el("p").with(to_scope).with(" to see when each falls due.")
    });
    let rows = cycle.audits.iter().map(|audit| audit_row(store, audit)).collect();
    let heads = ["Audit", "By", "Controls you plan for it"];
    let plan = table(
        "data-table",
        "Audits of the three years after the decision".to_owned(),
        &heads,
        vec![table_body(rows)],
    );
    let unplanned = folded(
        format!("{} in no audit of your plan", wording::controls(cycle.unplanned.len())),
        requirement_links(store, &cycle.unplanned),
    );
    section(
        "Surveillance and recertification",
        vec![
            paragraph("Each of these audits looks at these, whatever else is planned:"),
            always,
            paragraph(
                "Which controls are looked at when is agreed with the certification body. The rotation below is your own \
                 plan, set on the rows of the Statement of Applicability.",
            ),
            before.into(),
            plan,
            unplanned.view(),
        ],
    )
}

fn audit_row(store: AssessmentStore, audit: &CycleAudit) -> View {
    let due = match audit.due {
        Some(due) if audit.is_past => format!("{due} (past)"),
        Some(due) => due.to_string(),
        None => "not known".to_owned(),
    };
    let controls = match audit.planned.is_empty() {
        true => View::from("none planned"),
        false => folded(
            wording::controls(audit.planned.len()),
            requirement_links(store, &audit.planned),
        )
        .view(),
    };
    let name = if audit.which == Choice::Recertification {
        "Recertification, before three years are over"
    } else {
        audit.which.title()
    };
    row(name, vec![due.into(), controls])
}
