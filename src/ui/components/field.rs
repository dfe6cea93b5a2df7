//! Fields for text, dates and numbers. Text commits when the field is left, after 400 ms of quiet, and when the page is
//! hidden (leaving the field is what the page does then).

use std::time::Duration;

use chrono::NaiveDate;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::domain::date_from_text;
use crate::ui::follow::{act, flag, follow};

/// How long a text must be left alone before it is committed.
const QUIET: Duration = Duration::from_millis(400);

/// A field for text.
#[component]
pub fn TextField(
    /// The id of the element.
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// A sentence below the label; blank for none.
    #[prop(default = "")]
    hint: &'static str,
    /// The text as it is kept.
    #[prop(into)]
    text: Signal<String>,
    /// What committing a text does.
    on_commit: Callback<String>,
    /// Whether the text has several lines.
    #[prop(default = false)]
    is_long: bool,
    /// What is wrong with it; blank for nothing.
    #[prop(into, default = Signal::stored(String::new()))]
    error: Signal<String>,
) -> impl IntoView {
    let draft = StoredValue::new(None::<String>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let commit = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if let Some(typed) = draft.try_update_value(Option::take).flatten()
            && typed != text.get_untracked()
        {
            on_commit.run(typed);
        }
    };
    let on_input = move |event| {
        draft.set_value(Some(event_target_value(&event)));
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(commit, QUIET).ok());
    };
    on_cleanup(commit);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let mut ids = Vec::new();
            if !hint.is_empty() {
                ids.push(hint_id.clone());
            }
            if !error.get().is_empty() {
                ids.push(error_id.clone());
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let invalid = move || (!error.get().is_empty()).then_some("true");
    let control = if is_long {
        view! {
            <textarea class="input" id=id.clone() rows="3" aria-describedby=described_by aria-invalid=invalid
                prop:value=text on:input=on_input on:blur=act(move |_| commit())></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="input" type="text" id=id.clone() autocomplete="off" aria-describedby=described_by aria-invalid=invalid
                prop:value=text on:input=on_input on:blur=act(move |_| commit()) />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {control}
            <p class="field-error" id=error_id hidden=flag(move || error.get().is_empty())>{error}</p>
        </div>
    }
}

/// A field for a date.
#[component]
pub fn DateField(
    /// The id of the element.
    id: String,
    /// The label.
    label: &'static str,
    /// The date as it is kept.
    #[prop(into)]
    date: Signal<Option<NaiveDate>>,
    /// What choosing a date, or clearing it, does.
    on_commit: Callback<Option<NaiveDate>>,
) -> impl IntoView {
    let text = move || date.get().map(|date| date.to_string()).unwrap_or_default();
    let on_change = move |event| on_commit.run(date_from_text(&event_target_value(&event)));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input class="input input-short" type="date" id=id prop:value=text on:change=on_change />
        </div>
    }
}

/// A field for a number.
#[component]
pub fn NumberField(
    /// The id of the element.
    id: String,
    /// The label.
    label: &'static str,
    /// The number as it is kept.
    #[prop(into)]
    number: Signal<Option<u32>>,
    /// What entering a number, or clearing it, does.
    on_commit: Callback<Option<u32>>,
) -> impl IntoView {
    let text = move || number.get().map(|number| number.to_string()).unwrap_or_default();
    let on_change = move |event| on_commit.run(event_target_value(&event).trim().parse().ok());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input class="input input-short" type="number" min="0" max="4000000" inputmode="numeric" id=id prop:value=text on:change=on_change />
        </div>
    }
}

/// A field to choose one of some values.
#[component]
pub fn SelectField(
    /// The id of the element.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The value and the words of each choice.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// What choosing a value does.
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="input" id=id on:change=act(move |event| on_choose.run(event_target_value(&event)))>
                {follow(move || choices.get().into_iter().map(|(choice, words)| {
                    let is_chosen = { let choice = choice.clone(); move || value.get() == choice };
                    view! { <option value=choice prop:selected=is_chosen>{words}</option> }
                }).collect_view())}
            </select>
        </div>
    }
}
