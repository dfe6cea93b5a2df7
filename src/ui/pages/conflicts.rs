//! What a merge could not settle: both versions of each thing side by side, and the choice between them.

use leptos::prelude::untrack;

use super::lint::{page_of, page_of_sheet};
use crate::analysis::Place;
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Assessment, Conflict, EntryId, Practice, Slot, Value};
use crate::report::wording;
use crate::store::{Version, VersionPair, conflict_pairs, n_unread_conflicts};
use crate::ui::components::{
    Tone, actions, button, button_link, empty, framed_table, head_cell, hidden_words, link, notice, page, page_head,
    row, table_body, tag,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::platform;
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Where the focus goes once a conflict has been settled and its card is gone.
const LEFT: &str = "conflicts-left";

/// The page of conflicts.
pub fn conflicts_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "A merge found two versions of these that had both changed. One counts, the other is kept beside it until you \
                choose. Undo takes a choice back.";
    let shown = follow(move || {
        let book = store.book();
        let pairs = conflict_pairs(&book.records, &CATALOGUE);
        let open = pairs.iter().filter_map(|pair| {
            let conflict = book.assessment.conflicts.get(&pair.id)?;
            Some((pair, conflict))
        });
        let cards: Vec<View> = open
            .map(|(pair, conflict)| card(store, &book.assessment, pair, conflict).view())
            .collect();
        let unread = n_unread_conflicts(&book.records, &book.assessment);
        content(store, cards, unread)
    });
    page("page", vec![page_head("Conflicts", lead), shown])
}

fn content(store: AssessmentStore, cards: Vec<View>, n_unread: usize) -> View {
    let unread = (n_unread > 0).then(|| notice("warn", wording::unread_conflicts(n_unread)));
    let left = el("p")
        .attr("id", LEFT)
        .attr("tabindex", "-1")
        .attr("role", "status")
        .with(wording::conflicts_left(cards.len()));
    if cards.is_empty() {
        let merge = button_link("button", store.href(Page::Merge), "Merge files");
        let none = empty(
            "No conflict is open. They come from merging the files of several people, where both changed one thing.",
        );
        return View::Many(vec![left.view(), unread.into(), none, actions(vec![merge.view()])]);
    }
    let keep_all = (cards.len() > 1).then(|| {
        let keep = button("button", "Keep all that counts now").on("click", act(move |_| keep_all(store)));
        actions(vec![keep.view()])
    });
    View::Many(vec![
        left.view(),
        unread.into(),
        keep_all.into(),
        el("ul").class("conflicts").all(cards).view(),
    ])
}

fn keep_all(store: AssessmentStore) {
    let open: Vec<EntryId> = untrack(|| store.book()).assessment.conflicts.keys().copied().collect();
    settle(
        store,
        Action::Together(open.into_iter().map(|id| Action::Choose(id, false)).collect()),
    );
}

fn settle(store: AssessmentStore, action: Action) {
    if store.dispatch(action) {
        platform::focus_soon(LEFT);
    }
}

/// One conflict: both versions line by line, and the choice.
fn card(store: AssessmentStore, assessment: &Assessment, pair: &VersionPair, conflict: &Conflict) -> Element {
    let name = wording::slot_name(&CATALOGUE, assessment, conflict.slot, &conflict.value);
    let title = match page_of_slot(conflict.slot) {
        Some(page) => link(store.href(page), name.clone()),
        None => name.clone().into(),
    };
    let card = el("li").class("conflict").with(el("h2").with(title));
    let id = pair.id;
    let choice = |words: &'static str, class: &'static str, is_taken: bool| {
        button(class, words)
            .with(hidden_words(format!(": {name}")))
            .on("click", act(move |_| settle(store, Action::Choose(id, is_taken))))
            .view()
    };
    let take = choice("Take the other version", "button", true);
    let Some((standing, value)) = pair.standing.as_ref().and_then(|it| Some((it, it.value.as_ref()?))) else {
        let words =
            "What counts here can't be read by this version of Concord, so the place is empty. It is kept as it is.";
        return card.with(notice("warn", words)).with(actions(vec![take]));
    };
    let keep = choice("Keep what counts now", "button primary", false);
    card.with(versions(assessment, conflict, standing, value, &name))
        .with(actions(vec![keep, take]))
}

fn versions(assessment: &Assessment, conflict: &Conflict, standing: &Version, value: &Value, name: &str) -> View {
    let lines = wording::compared(&CATALOGUE, assessment, conflict.slot, value, &conflict.value);
    let is_same = lines.iter().all(|line| !line.differs);
    let mut rows: Vec<View> = lines
        .into_iter()
        .map(|line| {
            let differs = line.differs.then(|| tag(Tone::Fair, "Differs"));
            let head = View::Many(vec![line.label.into(), " ".into(), differs.into()]);
            row(head, vec![line.standing.into(), line.other.into()])
        })
        .collect();
    let changed = vec![
        wording::changed_by(&standing.by, standing.at).into(),
        wording::changed_by(&conflict.by, conflict.at).into(),
    ];
    rows.push(row("Changed by", changed));
    let heads = ["Field", "Counts now", "The other version"];
    let heads = heads.map(head_cell).into();
    let label = format!("Two versions: {name}");
    let shown = framed_table(
        "data-table versions",
        label,
        "Two versions",
        heads,
        vec![table_body(rows)],
    );
    let unseen = is_same.then(|| {
        let words = "The two differ in something that this version of Concord does not know.";
        notice("info", words)
    });
    View::Many(vec![shown, unseen.into()])
}

/// The page where a slot is shown.
fn page_of_slot(slot: Slot) -> Option<Page> {
    let page = match slot {
        Slot::Framework(_) | Slot::Category(_) | Slot::Fact(_) | Slot::Text(_) | Slot::Date(_) | Slot::Count(_) => {
            page_of(Place::Scope)
        }
        Slot::Answer(id) => Page::question(id),
        Slot::Decision(id) | Slot::Imported(id) => Page::requirement(id),
        Slot::Sheet(key) => page_of_sheet(key),
        Slot::Conflict(_) => return None,
    };
    Some(page)
}

/// That conflicts are open, and the way to them; nothing while there is none.
pub fn conflict_notice(store: AssessmentStore) -> View {
    follow(move || {
        let n = store.with(|it| it.conflicts.len());
        wording::open_conflicts(n).map(|words| to_conflicts(store, words))
    })
}

/// That there is another version of an answer, beside its question.
pub fn conflict_of_answer(store: AssessmentStore, practice: &'static Practice) -> View {
    follow(move || {
        let is_open = store.with(|it| it.conflicts_of(Slot::Answer(practice.id)).next().is_some());
        is_open.then(|| {
            let block = el("section").class("side-block").with(el("h2").with("Two versions"));
            block.with(to_conflicts(store, wording::TWO_VERSIONS.to_owned()))
        })
    })
}

fn to_conflicts(store: AssessmentStore, words: String) -> Element {
    let way = link(store.href(Page::Conflicts), wording::TO_CONFLICTS);
    notice("warn", View::Many(vec![words.into(), " ".into(), way]))
}
