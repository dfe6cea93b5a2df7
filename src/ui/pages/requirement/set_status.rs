//! The override: a person sets the status of a requirement, with reason, alternative, author and date.

use leptos::prelude::{Get, untrack};

use crate::analysis::answers_under;
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Choice, Field, FieldKind, FieldValue, Register, Requirement, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    SheetForm, actions, button, field_id, folded, notice, select_field, sheet_fields, term_link,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::pages::requirements::status_of;
use crate::ui::platform;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

const LIMITS: &str = "Gates are shown with it and without it. It fills no hole in a SOC 2 Type 2 window and stands in for no \
                      document that a clause asks for, and it asks for review as soon as an answer under it changes.";

/// The panel of the override, folded away unless there is one.
pub(super) fn override_panel(store: AssessmentStore, requirement: &'static Requirement, position: usize) -> View {
    let form = SheetForm::new(store, SheetKey::requirement(Register::Override, requirement.id));
    let is_there = untrack(|| !form.sheet.get().is_empty());
    let fields = [Field::Reason, Field::Alternative, Field::By, Field::On];
    let specs = fields.iter().filter_map(|it| form.key.register.field(*it));
    let grid = el("div")
        .class("form-grid")
        .with(level_field(form, position))
        .all(sheet_fields(form, specs));
    let body = el("div")
        .class("form-flow")
        .with(el("p").class("hint").with(LIMITS).with(" ").with(term_link("override")))
        .with(follow(move || state_of(form, requirement, position)))
        .with(grid);
    folded("Override the status", body)
        .class("section-folded")
        .attr("open", is_there)
        .view()
}

/// What the answers under the requirement are now.
fn answers_now(store: AssessmentStore, position: usize) -> String {
    untrack(|| {
        let analysis = store.analysis.get();
        store.with(|it| answers_under(&CATALOGUE, it, &analysis.ground, position))
    })
}

/// The status that is set. With it is kept what the answers were then.
fn level_field(form: SheetForm, position: usize) -> View {
    let SheetForm { store, key, sheet } = form;
    let mut choices = vec![(String::new(), "Not set".to_owned())];
    if let Some(FieldKind::Choice(known)) = key.register.field(Field::Level).map(|it| it.kind) {
        choices.extend(known.iter().map(|it| (it.as_str().to_owned(), it.title().to_owned())));
    }
    let value = move || sheet.get().choice(Field::Level).map_or("", Choice::as_str).to_owned();
    let choose = move |text: String| {
        let level = Choice::parse(&text).map(FieldValue::Choice);
        let answers = level.is_some().then(|| FieldValue::Text(answers_now(store, position)));
        store.dispatch(Action::Together(vec![
            Action::SetField(key, Field::Level, level),
            Action::SetField(key, Field::Answers, answers),
        ]));
    };
    select_field(field_id(key, Field::Level), "Status", choices, value, choose).view()
}

/// Whether the override counts, and what it stands against.
fn state_of(form: SheetForm, requirement: &'static Requirement, position: usize) -> View {
    let SheetForm { store, key, sheet } = form;
    let analysis = store.analysis.get();
    let sheet = sheet.get();
    if sheet.is_empty() {
        return View::Many(Vec::new());
    }
    let known = analysis.overrides.iter().find(|it| it.requirement == position);
    let (_, word, _) = status_of(&analysis, position);
    let (tone, words) = match known {
        Some(it) if !it.is_incomplete && it.needs_review => (
            "warn",
            "Needs review: an answer under it has changed since it was set.".to_owned(),
        ),
        Some(it) if !it.is_incomplete => ("info", wording::override_in_force(&sheet, word)),
        Some(_) | None => (
            "warn",
            "Incomplete: it counts nowhere until status, reason, what is done instead, author and date are there."
                .to_owned(),
        ),
    };
    let again = known.is_some_and(|it| it.needs_review).then(|| {
        let keep = act(move |_| {
            let answers = FieldValue::Text(answers_now(store, position));
            store.dispatch(Action::Together(vec![
                Action::SetField(key, Field::Answers, Some(answers)),
                Action::SetField(key, Field::On, Some(FieldValue::Date(platform::today()))),
            ]));
        });
        button("button small", "I have looked again: it stands")
            .on("click", keep)
            .view()
    });
    let take_back = act(move |_| {
        store.delete_sheet(key, &format!("override of {}", wording::requirement_id(requirement)));
    });
    let take_back = button("button quiet small", "Take the override back").on("click", take_back);
    let buttons = again.into_iter().chain([take_back.view()]).collect();
    View::Many(vec![notice(tone, words).view(), actions(buttons)])
}
