//! Radio buttons and tick boxes, large and plain. Nothing is chosen in advance.

use leptos::prelude::*;

use crate::ui::follow::{act, flag};

/// One radio button of a group.
#[component]
pub fn RadioChoice(
    /// The id of the element.
    id: String,
    /// The name of the group.
    name: &'static str,
    /// The words.
    label: &'static str,
    /// A sentence below; blank for none.
    #[prop(default = "")]
    hint: &'static str,
    /// Whether it is chosen.
    #[prop(into)]
    is_chosen: Signal<bool>,
    /// What choosing it does.
    on_choose: Callback<()>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described_by = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="choice">
            <input type="radio" id=id.clone() name=name aria-describedby=described_by
                prop:checked=flag(move || is_chosen.get()) on:change=act(move |_| on_choose.run(())) />
            <label for=id>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="choice-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// One tick box.
#[component]
pub fn CheckChoice(
    /// The id of the element.
    id: String,
    /// A word before the label; blank for none.
    #[prop(default = "")]
    facet: &'static str,
    /// The words.
    #[prop(into)]
    label: String,
    /// Whether it stands apart from the others.
    #[prop(default = false)]
    is_apart: bool,
    /// Whether it is ticked.
    #[prop(into)]
    is_ticked: Signal<bool>,
    /// What ticking it, or taking the tick away, does.
    on_tick: Callback<bool>,
) -> impl IntoView {
    view! {
        <div class=if is_apart { "choice choice-none" } else { "choice" }>
            <input type="checkbox" id=id.clone() prop:checked=flag(move || is_ticked.get())
                on:change=act(move |event| on_tick.run(event_target_checked(&event))) />
            <label for=id>
                {(!facet.is_empty()).then(|| view! { <span class="facet-name">{facet}</span>" " })}
                {label}
            </label>
        </div>
    }
}
