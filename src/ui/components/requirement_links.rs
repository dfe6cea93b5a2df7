//! Links to requirements, as short chips.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;

/// Links to the requirements at some positions of the catalogue.
pub fn requirement_links(store: AssessmentStore, positions: &[usize]) -> AnyView {
    let links = positions
        .iter()
        .filter_map(|position| CATALOGUE.requirements.get(*position))
        .map(|requirement| {
            let href = store.href(Page::requirement(requirement.id));
            let words = wording::requirement_id(requirement);
            view! { <li><a class="chip" href=href title=requirement.title>{words}</a></li> }.into_any()
        });
    let links: Vec<AnyView> = links.collect();
    view! { <ul class="chips">{links}</ul> }.into_any()
}
