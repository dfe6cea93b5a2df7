//! Links to requirements, as short chips.

use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::element::el;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Links to the requirements at some positions of the catalogue.
pub fn requirement_links(store: AssessmentStore, positions: &[usize]) -> View {
    let requirements = positions
        .iter()
        .filter_map(|position| CATALOGUE.requirements.get(*position));
    let mut links = el("ul").class("chips");
    for requirement in requirements {
        let chip = el("a")
            .class("chip")
            .attr("href", store.href(Page::requirement(requirement.id)))
            .attr("title", requirement.title)
            .with(wording::requirement_id(requirement));
        links = links.with(el("li").with(chip));
    }
    links.view()
}
