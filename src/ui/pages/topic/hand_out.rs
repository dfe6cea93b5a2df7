//! Handing a topic out as a file, and bringing it back: pick the file, see what would change, choose, take in.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalogue::CATALOGUE;
use crate::domain::{SortedSet, Topic};
use crate::report::wording;
use crate::store::{
    FileError, HandOutError, MAX_FILE_BYTES, Returned, ReturnedRow, ReturnedState, bring_back, hand_out,
};
use crate::ui::components::{
    Tone, actions, button, folded, link, list, named_section, notice, paragraph, row, table, table_body, tag,
};
use crate::ui::element::el;
use crate::ui::follow::{act, flag, follow};
use crate::ui::platform;
use crate::ui::route::Page;
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

#[derive(Clone, Copy)]
struct Form {
    store: AssessmentStore,
    /// What came back and waits for a person.
    returned: RwSignal<Option<Arc<Returned>>>,
    /// The rows that would be taken in, by their place.
    chosen: RwSignal<SortedSet<usize>>,
    /// What went wrong; blank for nothing.
    problem: RwSignal<String>,
}

/// The section of a topic that hands it out and takes it back.
pub fn hand_out_section(topic: &'static Topic) -> View {
    let store = AssessmentStore::expect();
    let form = Form {
        store,
        returned: RwSignal::new(None),
        chosen: RwSignal::new(SortedSet::default()),
        problem: RwSignal::new(String::new()),
    };
    let out = button("button", "Hand out this topic").on("click", act(move |_| form.hand_out(topic)));
    let hint = "The file that came back. You see what differs before anything is changed.";
    let input = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", "bring-back")
        .attr("accept", ".json,application/json")
        .attr("aria-describedby", "bring-back-hint")
        .on("change", act(move |event| form.pick(&event)));
    let field = el("div")
        .class("field")
        .with(el("label").attr("for", "bring-back").with("Bring a topic back"))
        .with(el("p").class("hint").attr("id", "bring-back-hint").with(hint))
        .with(input);
    let problem = follow(move || {
        let problem = form.problem.get();
        (!problem.is_empty()).then(|| notice("bad", problem).attr("role", "alert"))
    });
    let preview = follow(move || form.returned.get().map(|it| View::Many(form.preview(&it))));
    named_section("hand-out", "Let somebody else answer")
        .with(paragraph(
            "The file holds the scope and this topic. Whoever gets it opens it on the start page of Concord, answers, and \
             downloads the file again.",
        ))
        .with(actions(vec![out.view()]))
        .with(field)
        .with(problem)
        .with(preview)
        .view()
}

impl Form {
    fn hand_out(self, topic: &Topic) {
        let app = self.store.app();
        let file = self
            .store
            .with_book(|book| hand_out(book, &CATALOGUE, topic, app.stamp()));
        app.file_leaves();
        let name = format!("concord-{}-{}.json", topic.id.as_str(), platform::today());
        if let Err(error) = platform::download(&name, "application/json", file.to_text().as_bytes()) {
            app.notify(Gravity::Bad, format!("The browser refused the download: {error}."));
        }
    }

    fn pick(self, event: &Event) {
        let Some(file) = platform::picked_file(event) else {
            return;
        };
        self.cancel();
        let name = file.name();
        // The size is checked before anything is read.
        if file.size() > MAX_FILE_BYTES {
            return self.refuse(&name, &FileError::TooLarge(file.size()).to_string());
        }
        spawn_local(async move {
            match file.read().await {
                Ok(bytes) => self.compare(&name, &bytes),
                Err(error) => self.refuse(&name, &error),
            }
        });
    }

    fn compare(self, name: &str, bytes: &[u8]) {
        let returned: Result<Returned, HandOutError> = self.store.with_book(|book| bring_back(book, &CATALOGUE, bytes));
        match returned {
            Ok(returned) => {
                let rows = returned.rows.iter().enumerate();
                let chosen = rows.filter(|(_, row)| row.state == ReturnedState::Changed);
                self.chosen.try_set(chosen.map(|(at, _)| at).collect());
                self.returned.try_set(Some(Arc::new(returned)));
            }
            Err(error) => self.refuse(name, &error.to_string()),
        }
    }

    /// The page may have been left while the file was read.
    fn refuse(self, name: &str, why: &str) {
        self.problem
            .try_set(format!("{name} was not taken in: {why}. Nothing has been changed."));
    }

    fn cancel(self) {
        self.returned.set(None);
        self.problem.set(String::new());
    }

    fn take_in(self, returned: &Returned) {
        let chosen = self.chosen.get_untracked();
        let action = returned.take_in(|at| chosen.contains(&at));
        if self.store.dispatch(action) {
            let n = wording::count(chosen.len(), "entry", "entries");
            let done = format!("Taken in: {n}. Undo takes all of it back at once.");
            self.store.app().notify(Gravity::Good, done);
            self.cancel();
            platform::focus("bring-back");
        }
    }

    fn preview(self, returned: &Arc<Returned>) -> Vec<View> {
        let title = CATALOGUE.topic(returned.topic.as_str()).map_or("", |it| it.title);
        let n_differ = returned.rows.iter().filter(|it| it.can_be_taken()).count();
        let words = wording::returned(title, returned.handed_out_at, n_differ, returned.n_left_out);
        let mut parts = vec![el("p").attr("role", "status").with(words).view()];
        if !returned.is_from_here {
            let words = "It was handed out from another assessment, or from a copy. Check that it belongs here.";
            parts.push(notice("warn", words).view());
        }
        let (same, differing): (Vec<_>, Vec<_>) = returned
            .rows
            .iter()
            .enumerate()
            .partition(|(_, row)| row.state == ReturnedState::Unchanged);
        if !differing.is_empty() {
            let heads = ["Practice", "Take theirs", "Yours", "Theirs", "Changed there by"];
            let rows = differing.iter().map(|(at, row)| self.row(*at, row)).collect();
            let name = format!("{title}: what differs");
            parts.push(table("data-table returned", name, &heads, vec![table_body(rows)]));
        }
        if !same.is_empty() {
            let summary = format!("Unchanged ({})", same.len());
            let names = same.iter().map(|(_, row)| row_name(row));
            parts.push(folded(summary, list(names)).view());
        }
        let cancel = button("button quiet", "Cancel").on("click", act(move |_| self.cancel()));
        let mut buttons = vec![cancel.view()];
        if n_differ > 0 {
            let returned = Arc::clone(returned);
            let words = follow(move || {
                format!(
                    "Take in {}",
                    wording::count(self.chosen.get().len(), "entry", "entries")
                )
            });
            let take_in = button("button primary", words)
                .prop("disabled", flag(move || self.chosen.get().is_empty()))
                .on("click", act(move |_| self.take_in(&returned)));
            buttons.insert(0, take_in.view());
        }
        parts.push(actions(buttons));
        parts
    }

    fn row(self, at: usize, returned: &ReturnedRow) -> View {
        let choice = el("input")
            .class("cell-check")
            .attr("type", "checkbox")
            .attr("aria-label", format!("Take theirs: {}", row_name(returned)))
            .prop("checked", flag(move || self.chosen.get().contains(&at)))
            .on(
                "change",
                act(move |event| {
                    let is_chosen = event_target_checked(&event);
                    self.chosen.update(|it| it.set(at, is_chosen));
                }),
            );
        let choice: View = match &returned.state {
            ReturnedState::Changed | ReturnedState::Unchanged => choice.view(),
            ReturnedState::Conflict => View::Many(vec![choice.view(), " ".into(), tag(Tone::Fair, "Changed here too")]),
            ReturnedState::Refused(why) | ReturnedState::Unreadable(why) => {
                View::Many(vec![tag(Tone::Poor, "Can't be taken in"), paragraph(format!("{why}."))])
            }
        };
        let theirs = match &returned.state {
            ReturnedState::Unreadable(_) => String::new(),
            ReturnedState::Unchanged | ReturnedState::Changed | ReturnedState::Conflict | ReturnedState::Refused(_) => {
                wording::held(&returned.theirs)
            }
        };
        let practice = CATALOGUE.practice(returned.practice.as_str());
        let name = practice.map_or("", |it| it.title());
        let head = el("span")
            .with(link(self.store.href(Page::question(returned.practice)), name))
            .with(
                el("span")
                    .class("row-question")
                    .with(wording::part_of_practice(returned.slot)),
            );
        row(
            head,
            vec![
                choice,
                wording::held(&returned.ours).into(),
                theirs.into(),
                wording::changed_by(&returned.stamp.by, returned.stamp.at).into(),
            ],
        )
    }
}

/// A practice, and what of it.
fn row_name(row: &ReturnedRow) -> String {
    let name = CATALOGUE.practice(row.practice.as_str()).map_or("", |it| it.title());
    format!("{name}: {}", wording::part_of_practice(row.slot).to_lowercase())
}
