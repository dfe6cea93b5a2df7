//! What the risk register has beyond other registers: the criteria, levels, and risks of software delivery that are ready to
//! be taken in.

use leptos::prelude::Get;

use crate::analysis::{RiskRow, risk_row};
use crate::catalogue::CATALOGUE;
use crate::domain::{
    Action, Field, FrameworkId, READY_RISKS, ReadyRisk, Register, ScopeCount, ScopeText, Sheet, SheetKey, is_same_name,
};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, Tone, button, folded, hidden_words, link, paragraph, requirement_links, row, section, table, table_body,
    tag,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, memo};
use crate::ui::platform;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The criteria that levels are held against, with the way to change them.
pub(super) fn criteria(store: AssessmentStore) -> View {
    let said = follow(move || {
        let (text, accepted) = store.with(|it| {
            let accepted = it.scope.counts.get(&ScopeCount::RiskAccepted).copied();
            (it.scope.text(ScopeText::RiskCriteria).to_owned(), accepted)
        });
        let text = if text.is_empty() {
            "Not stated: say how you rate and which risks you accept.".to_owned()
        } else {
            text
        };
        View::Many(vec![
            el("dt").with("Criteria").view(),
            el("dd").class("said").with(text).view(),
            el("dt").with("Level").view(),
            el("dd").with(wording::risk_accepted(accepted)).view(),
        ])
    });
    let change = link(store.href(Page::Scope), "Change them on the scope page");
    section(
        "Risk criteria",
        vec![el("dl").class("pairs").with(said).view(), paragraph(change)],
    )
}

/// A level with the mark of one that is above what is accepted; words where there is none.
fn level(row: &RiskRow, level: Option<u32>, is_last: bool) -> View {
    match level {
        None => "not rated".into(),
        Some(level) if is_last => match row.is_above {
            Some(true) => tag(Tone::Poor, format!("{level}, above")),
            Some(false) => tag(Tone::Good, format!("{level}, accepted level")),
            None => level.to_string().into(),
        },
        Some(level) => level.to_string().into(),
    }
}

/// The levels of a risk before and after treatment, for the table.
pub(super) fn level_cells(store: AssessmentStore, key: SheetKey, sheet: &Sheet) -> Option<[View; 2]> {
    let id = key.entry_id().filter(|_| key.register == Register::Risk)?;
    let row = store.with(|it| risk_row(&CATALOGUE, it, id, sheet));
    Some([
        level(&row, row.before, row.after.is_none()),
        level(&row, row.after, true),
    ])
}

/// The levels on the page of one risk, against the criteria.
pub(super) fn level_line(form: SheetForm) -> View {
    follow(move || {
        let [before, after] = level_cells(form.store, form.key, &form.sheet.get())?;
        let line = el("p")
            .class("status-line")
            .with(el("span").with("Level before: ").with(before))
            .with(el("span").with("Level after: ").with(after));
        let accepted = form
            .store
            .with(|it| it.scope.counts.get(&ScopeCount::RiskAccepted).copied());
        let hint = el("p").class("hint").with(wording::risk_accepted(accepted));
        Some(View::Many(vec![line.view(), hint.view()]))
    })
}

/// Risks of software delivery that most teams have.
pub(super) fn ready_risks(store: AssessmentStore) -> View {
    let rows = READY_RISKS.iter().map(|risk| ready_row(store, risk));
    let heads = ["Risk", "What could happen", "Controls often chosen", "Take in"];
    let body = table(
        "data-table",
        "Taken in, a risk has no level and no owner: rating it is yours, and so is the choice of controls.".to_owned(),
        &heads,
        vec![table_body(rows.collect())],
    );
    folded("Ready-made delivery risks", body)
        .class("section-folded")
        .attr("id", "ready-risks")
        .view()
}

fn ready_row(store: AssessmentStore, risk: &'static ReadyRisk) -> View {
    let positions: Vec<usize> = risk
        .controls()
        .filter_map(|code| CATALOGUE.requirement(FrameworkId::Iso27001, code))
        .filter_map(|it| CATALOGUE.requirement_index(it.id))
        .collect();
    let taken = memo(move || {
        store.with(|it| {
            let mut risks = it.register(Register::Risk);
            let same = risks.find(|(_, sheet)| is_same_name(sheet.text(Field::Title), risk.title));
            same.and_then(|(key, _)| key.entry_id())
        })
    });
    let take = follow(move || match taken.get() {
        Some(id) => {
            let name = hidden_words(format!(": {}", risk.title)).view();
            let words = View::Many(vec!["In the register".into(), name]);
            link(store.href(Page::Entry(Register::Risk, id)), words)
        }
        None => {
            let add = act(move |_| {
                let key = SheetKey::entry(Register::Risk, platform::random_entry_id());
                store.dispatch(Action::PutSheet(key, risk.sheet(&CATALOGUE)));
            });
            button("button small", "Add")
                .with(hidden_words(format!(" {}", risk.title)))
                .on("click", add)
                .view()
        }
    });
    row(
        risk.title,
        vec![risk.scenario.into(), requirement_links(store, &positions), take],
    )
}
