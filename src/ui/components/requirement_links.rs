//! Links to requirements, as short chips.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// Links to the requirements at some positions of the catalogue.
#[component]
pub fn RequirementLinks(
    /// The positions.
    positions: Vec<usize>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let links = positions.into_iter().filter_map(|position| CATALOGUE.requirements.get(position)).map(|requirement| {
        let href = store.href(Page::requirement(requirement.id));
        view! { <li><a class="chip" href=href title=requirement.title>{wording::requirement_id(requirement)}</a></li> }
    });
    view! { <ul class="chips">{links.collect_view()}</ul> }
}
