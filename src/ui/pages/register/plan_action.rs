//! What an action of the plan closes, beside its form.

use leptos::prelude::Get;

use crate::analysis::{ActionState, plan};
use crate::catalogue::CATALOGUE;
use crate::domain::EntryId;
use crate::report::wording;
use crate::ui::components::{Tone, grade_tone, link, note, paragraph, requirement_links, standing_tone, tag};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The gaps of an action with how each stands, and what it means to mark it as done.
pub fn gaps_of_action(store: AssessmentStore, id: EntryId) -> View {
    follow(move || {
        let analysis = store.analysis.get();
        let plan = store.with(|it| plan(&CATALOGUE, it, &analysis));
        let Some(planned) = plan.actions.iter().find(|it| it.action.id == id) else {
            return View::Many(Vec::new());
        };
        let practices = planned.action.practices.iter();
        let lines = practices.filter_map(|at| {
            let practice = CATALOGUE.practices.get(*at)?;
            let standing = store.with(|it| it.standing_kind(practice.id));
            let gap = analysis.gaps.iter().find(|gap| gap.practice == *at);
            let state = match gap {
                Some(gap) => tag(grade_tone(gap.grade), gap.grade.title()),
                None => tag(Tone::Good, "No gap"),
            };
            let line = el("li")
                .with(link(store.href(Page::question(practice.id)), practice.title()))
                .with(" ")
                .with(tag(standing_tone(standing), standing.title()))
                .with(" ")
                .with(state);
            Some(line.view())
        });
        let lines: Vec<View> = lines.collect();
        let list = (!lines.is_empty()).then(|| el("ul").class("practice-list").all(lines));
        let closes = (!planned.closes.is_empty()).then(|| {
            let counts = wording::counts_by_framework(&CATALOGUE, &planned.closes);
            el("details")
                .with(el("summary").with(format!("Needed by {counts}")))
                .with(requirement_links(store, &planned.closes))
        });
        let is_done = planned.action.state == ActionState::Done;
        let is_in_name = is_done && !planned.gaps.is_empty();
        el("section")
            .class("plan-gaps")
            .attr("aria-label", "What it closes")
            .with(paragraph(wording::gaps_left(planned)))
            .with(list)
            .with(closes)
            .with(if is_in_name {
                note(wording::DONE_ANSWERS_NOTHING)
            } else {
                el("p").class("hint").with(wording::DONE_ANSWERS_NOTHING).view()
            })
            .view()
    })
}
