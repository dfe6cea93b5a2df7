//! Lint: what contradicts itself, grouped by fault, each with a link to where it is put right.

use leptos::prelude::Get;

use crate::analysis::{Lint, Place, lint};
use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, Register, SheetKey, Subject};
use crate::report::wording;
use crate::ui::components::{empty, folded, link, page, page_head, paragraph, section, term_link};
use crate::ui::element::{Element, el};
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// So many places of one fault are shown; more are folded away.
const SHOWN: usize = 8;

/// What contradicts itself.
pub fn lint_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "Where answers, decisions and registers contradict one another, or say less than they claim. Lint changes no \
                status: each line leads to its place.";
    let shown = follow(move || {
        let analysis = store.analysis.get();
        store.with(|it| groups(store, it, &lint(&CATALOGUE, it, &analysis)))
    });
    page(
        "page",
        vec![
            page_head("Lint", vec![lead.into(), " ".into(), term_link("lint")]),
            shown,
        ],
    )
}

/// A section for each fault that there is.
fn groups(store: AssessmentStore, assessment: &Assessment, lints: &[Lint]) -> View {
    if lints.is_empty() {
        return empty("Nothing contradicts itself in what has been said so far.");
    }
    let mut sections: Vec<View> = Vec::new();
    let mut rest = lints;
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|it| it.fault == first.fault).count();
        let (group, after) = rest.split_at(n);
        rest = after;
        let (shown, more) = group.split_at(SHOWN.min(n));
        let list = |lints: &[Lint]| {
            let items = lints.iter().map(|it| line(store, assessment, it).view());
            el("ul").class("lint-places").all(items.collect())
        };
        let more = (!more.is_empty()).then(|| folded(format!("{} more", more.len()), list(more)));
        let title = format!("{} ({n})", first.fault.title());
        let parts = vec![paragraph(first.fault.advice()), list(shown).view(), more.into()];
        sections.push(section(title, parts));
    }
    sections.into()
}

fn line(store: AssessmentStore, assessment: &Assessment, lint: &Lint) -> Element {
    let name = |place| wording::place(&CATALOGUE, assessment, place);
    let place = link(store.href(page_of(lint.place)), name(lint.place));
    let line = el("li").with(place);
    match lint.other {
        Some(other) => line
            .with(el("span").class("lint-other").with(" · see "))
            .with(link(store.href(page_of(other)), name(other))),
        None => line,
    }
}

/// The page on which a place is put right.
pub(super) fn page_of(place: Place) -> Page {
    match place {
        Place::Scope => Page::Scope,
        Place::Practice(at) => CATALOGUE
            .practices
            .get(at)
            .map_or(Page::Tasks, |it| Page::question(it.id)),
        Place::Requirement(at) => CATALOGUE
            .requirements
            .get(at)
            .map_or(Page::Lint, |it| Page::requirement(it.id)),
        Place::Sheet(key) => page_of_sheet(key),
        Place::Conflict(_) => Page::Conflicts,
    }
}

pub(super) fn page_of_sheet(key: SheetKey) -> Page {
    match (key.register, key.subject) {
        (Register::Document, Subject::Requirement(..)) => Page::Documents,
        (_, Subject::Entry(id)) => Page::Entry(key.register, id),
        (_, Subject::Practice(id)) => Page::question(id),
        (_, Subject::Requirement(id, _)) => Page::requirement(id),
        (_, Subject::Number(_)) => Page::Soc2(Query::default()),
        (_, Subject::Tie(_, id)) => Page::requirement(id),
    }
}
