//! What could be shown today: the practice's own examples as the labels of the boxes. Nothing is ticked in advance.

use leptos::prelude::*;

use crate::domain::{Action, Answer, Facet, Facets, Practice, StandingKind};
use crate::ui::components::CheckChoice;
use crate::ui::follow::{flag, memo};
use crate::ui::state::AssessmentStore;

/// The boxes of the facets. Shown once the practice is at least partly there.
#[component]
pub fn FacetBoxes(
    /// The practice.
    practice: &'static Practice,
    /// Its answer.
    answer: Memo<Answer>,
    /// The standing on the screen.
    shown: Memo<StandingKind>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let facets = memo(move || answer.with(|answer| answer.facets));
    let set = move |facets: Facets| {
        store.dispatch(Action::SetFacets(practice.id, facets));
    };
    let tick = move |facet: Facet, is_ticked: bool| {
        set(practice.shown_by().after_tick(facets.get_untracked(), facet, is_ticked))
    };
    let tick_none = move |is_ticked: bool| {
        set(if is_ticked {
            practice.shown_by().none_shown()
        } else {
            Facets::default()
        });
    };
    let boxes = practice.shown_by().asked().map(|(facet, example)| {
        view! {
            <CheckChoice id=format!("facet-{}", facet.as_str()) facet=facet.title() label=example
                is_ticked=Signal::derive(move || facets.get().get(facet) == Some(true))
                on_tick=Callback::new(move |is_ticked| tick(facet, is_ticked)) />
        }
    });
    view! {
        <fieldset class="facets" hidden=flag(move || !shown.get().is_at_least_partly())>
            <legend><h2>"What could you show today?"</h2></legend>
            <p class="hint">"Tick what you could put on the table. Leave all boxes empty if you don't know yet."</p>
            <div class="choices">
                {boxes.collect_view()}
                <CheckChoice id="facet-none".to_owned() label="None of these" is_apart=true
                    is_ticked=Signal::derive(move || facets.get() == practice.shown_by().none_shown())
                    on_tick=Callback::new(tick_none) />
            </div>
        </fieldset>
    }
}
