//! Making actions from gaps: one for one gap, one for several that are chosen, one for each of a wave. Each is one step
//! that undo takes back.

use std::sync::Arc;

use leptos::prelude::*;

use super::Planned;
use crate::analysis::{Gap, Wave, action_for_gaps, plan};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, EntryId, PracticeId, Register, Sheet, SheetKey, SortedSet};
use crate::report::wording;
use crate::ui::components::button;
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::platform;
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

/// The practices that are ticked, to be planned together.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<SortedSet<PracticeId>>);

impl Chosen {
    /// Nothing is ticked in advance.
    pub fn new() -> Self {
        Self(RwSignal::new(SortedSet::default()))
    }

    /// Whether a practice is ticked; follows.
    pub fn contains(self, id: PracticeId) -> bool {
        self.0.with(|it| it.contains(&id))
    }

    /// Ticks a practice, or takes its tick away.
    pub fn set(self, id: PracticeId, is_in: bool) {
        self.0.update(|it| it.set(id, is_in));
    }

    /// The gaps that are ticked and that no open action covers, by position.
    fn gaps(self, planned: &Planned) -> Vec<usize> {
        let gaps = planned.plan.proposals.iter().map(|it| it.gap);
        let is_ticked = |at: &usize| {
            let gap = planned.analysis.gaps.get(*at);
            let practice = gap.and_then(|it| CATALOGUE.practices.get(it.practice));
            practice.is_some_and(|it| self.contains(it.id))
        };
        gaps.filter(is_ticked).collect()
    }
}

/// How many gaps are ticked, and the way to make one action of them.
pub fn chosen_bar(store: AssessmentStore, chosen: Chosen, planned: Memo<Arc<Planned>>) -> View {
    follow(move || {
        let n = chosen.gaps(&planned.get()).len();
        if n == 0 {
            return View::Many(Vec::new());
        }
        let words = wording::count(n, "gap is chosen", "gaps are chosen");
        let together = act(move |_| plan_together(store, chosen));
        let together = button("button primary", "Plan as one action")
            .attr("id", "plan-chosen")
            .on("click", together);
        let clear = act(move |_| chosen.0.set(SortedSet::default()));
        let clear = button("button quiet", "Choose none").on("click", clear);
        el("div")
            .class("plan-chosen")
            .attr("role", "group")
            .attr("aria-label", "Chosen gaps")
            .with(el("output").with(words))
            .with(together)
            .with(clear)
            .view()
    })
}

/// The same beside a gap that is ticked with others: who goes by keyboard need not go to the end of the page.
pub fn together_button(store: AssessmentStore, chosen: Chosen, id: PracticeId) -> View {
    follow(move || {
        let n = chosen.0.with(SortedSet::len);
        if n < 2 || !chosen.contains(id) {
            return View::Many(Vec::new());
        }
        button("button small plan-together", format!("Plan the {n} chosen as one"))
            .on("click", act(move |_| plan_together(store, chosen)))
            .view()
    })
}

/// Makes an action of one gap, due at the end of its wave, and puts the focus on it.
pub fn plan_one(store: AssessmentStore, wave: Wave, gap: usize) {
    if let Some((id, put)) = planned_action(store, &[gap], wave)
        && store.dispatch(put)
    {
        platform::focus_soon(action_link_id(id));
    }
}

/// Makes an action of each gap of a wave, as one step.
pub fn plan_wave(store: AssessmentStore, wave: Wave, gaps: &[usize]) {
    let planned: Vec<(EntryId, Action)> = gaps
        .iter()
        .filter_map(|gap| planned_action(store, std::slice::from_ref(gap), wave))
        .collect();
    let first = planned.first().map(|(id, _)| *id);
    let n = planned.len();
    let all = planned.into_iter().map(|(_, put)| put).collect();
    if store.dispatch(Action::Together(all)) {
        let words = wording::count(n, "action was made", "actions were made");
        store
            .app()
            .notify(Gravity::Good, format!("{words}. Undo takes them back together."));
        if let Some(first) = first {
            platform::focus_soon(action_link_id(first));
        }
    }
}

/// Makes one action of the gaps that are ticked and goes to it: what they have in common is for a person to say. It is due
/// at the end of the last of their waves.
fn plan_together(store: AssessmentStore, chosen: Chosen) {
    let sheet = untrack(|| {
        let analysis = store.analysis.get();
        let plan = store.with(|it| plan(&CATALOGUE, it, &analysis));
        let planned = Planned { analysis, plan };
        let gaps = chosen.gaps(&planned);
        let waves = gaps
            .iter()
            .filter_map(|at| planned.plan.proposal_for(*at).map(|it| it.wave));
        waves.max().and_then(|wave| sheet_of(store, &gaps, wave))
    });
    if let Some(sheet) = sheet {
        chosen.0.set(SortedSet::default());
        store.add_entry(Register::PlanAction, sheet);
    }
}

/// The id of the link to an action on the page of the plan.
pub fn action_link_id(id: EntryId) -> String {
    format!("action-{id}")
}

fn planned_action(store: AssessmentStore, gaps: &[usize], wave: Wave) -> Option<(EntryId, Action)> {
    let id = platform::random_entry_id();
    let sheet = sheet_of(store, gaps, wave)?;
    Some((id, Action::PutSheet(SheetKey::entry(Register::PlanAction, id), sheet)))
}

fn sheet_of(store: AssessmentStore, gaps: &[usize], wave: Wave) -> Option<Sheet> {
    untrack(|| {
        let analysis = store.analysis.get();
        let gaps: Vec<&Gap> = gaps.iter().filter_map(|at| analysis.gaps.get(*at)).collect();
        let title = wording::planned_title(&CATALOGUE, &gaps);
        let due = wave.last_day(analysis.date);
        (!gaps.is_empty()).then(|| store.with(|it| action_for_gaps(&CATALOGUE, it, &gaps, &title, due)))
    })
}
