//! One assessment of the list: what it is, how far, how safe, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::{Get, GetUntracked, RwSignal, Set, Update, event_target_checked};

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, AssessmentId, ScopeText, Slot, Value, apply};
use crate::report::wording;
use crate::store::{AssessmentFile, Backup, Listing, Progress, QUOTA_UNITS, Sink, Survey};
use crate::ui::components::{TextField, Tone, button, fixed, folded, hidden_words, stacked_bar, tag};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow};
use crate::ui::pages::start::{card_head, finish, last_changed, library, name_of, new_id, report_download};
use crate::ui::platform::{self, BrowserSink};
use crate::ui::state::{AppState, Gravity};
use crate::ui::view::View;

/// A card of an assessment. In a long list it says more, and what is done seldom is folded away.
pub fn card(app: AppState, listing: &Listing, progress: Progress, is_long: bool) -> Element {
    let name = name_of(listing);
    let card = card_head(listing, if is_long { "card client" } else { "card" });
    if listing.is_newer {
        let words = "A newer version of Concord wrote this. It is left as it is; download everything kept in this browser \
                     to have a copy.";
        return card.with(el("p").class("card-meta").with(words));
    }
    let is_renaming = RwSignal::new(false);
    let id = Arc::new(listing.id.clone());
    let renaming = {
        let name = name.clone();
        follow(move || {
            let (id, kept) = (Arc::clone(&id), fixed(name.clone()));
            is_renaming.get().then(|| {
                TextField::new(format!("rename-{id}"), "New name", kept, move |name| {
                    is_renaming.set(false);
                    rename(app, &id, name);
                })
            })
        })
    };
    let actions = card_actions(app, listing, &name, is_renaming, is_long);
    let card = match is_long {
        true => card.with(whose(listing)).with(how_far(progress)),
        false => card,
    };
    card.with(facts(listing, progress, is_long))
        .with(overdue(listing))
        .with(renaming)
        .with(actions)
}

/// The organisation and the frameworks.
fn whose(listing: &Listing) -> Element {
    let mut parts = vec![listing.organisation().to_owned()];
    let frameworks = CATALOGUE.frameworks.iter();
    let frameworks = frameworks.filter(|it| listing.outline.scope.frameworks.contains(&it.id));
    parts.extend(frameworks.map(|it| it.name()));
    el("p").class("card-whose").with(wording::joined(parts))
}

fn how_far(progress: Progress) -> Element {
    let open = progress.n_asked - progress.n_answered;
    stacked_bar(&[(Tone::Plain, progress.n_answered), (Tone::Open, open)])
}

fn facts(listing: &Listing, progress: Progress, is_long: bool) -> Element {
    let mut parts = vec![
        wording::answered(progress.n_answered, progress.n_asked),
        last_changed(listing),
        wording::backup(listing.backup_at, listing.has_backup(), platform::now()),
    ];
    if is_long {
        let share = wording::storage_share(listing.n_units, QUOTA_UNITS);
        parts.push(format!("{share} of the storage"));
    }
    el("p").class("card-meta").with(wording::joined(parts))
}

/// The warning that old changes are in no backup.
fn overdue(listing: &Listing) -> Option<Element> {
    let is_overdue = listing.is_backup_overdue(platform::now());
    is_overdue.then(|| {
        el("p")
            .class("card-warning")
            .with(tag(Tone::Fair, wording::BACKUP_OVERDUE))
    })
}

fn card_actions(app: AppState, listing: &Listing, name: &str, is_renaming: RwSignal<bool>, is_long: bool) -> Element {
    let id = Arc::new(listing.id.clone());
    let act_on = |words: &'static str, class: &'static str, does: fn(AppState, &AssessmentId)| {
        let id = Arc::clone(&id);
        button(class, words)
            .attr("aria-label", format!("{words} {name}"))
            .on("click", act(move |_| does(app, &id)))
    };
    let rename = button("button small quiet", "Rename")
        .attr("aria-label", format!("Rename {name}"))
        .on("click", act(move |_| is_renaming.update(|it| *it = !*it)));
    let duplicate = act_on("Duplicate", "button small quiet", duplicate);
    let save = act_on("Download file", "button small quiet", save_file);
    let as_template = {
        let id = Arc::clone(&id);
        // Beside "Download file" two words are enough; a screen reader says all of them.
        button("button small quiet", "As template")
            .attr("aria-label", format!("Download as template {name}"))
            .on("click", act(move |_| save_template(app, &id)))
    };
    let delete = act_on("Delete", "button small quiet danger", delete);
    let actions = el("div").class("card-actions");
    if !is_long {
        return actions
            .with(rename)
            .with(duplicate)
            .with(save)
            .with(as_template)
            .with(delete);
    }
    let more = el("div")
        .class("card-more")
        .with(rename)
        .with(duplicate)
        .with(as_template)
        .with(delete);
    let summary = View::Many(vec!["More".into(), hidden_words(format!(": {name}")).view()]);
    actions.with(save).with(folded(summary, more))
}

/// A card of a deleted assessment.
pub fn deleted_card(app: AppState, survey: &Survey, listing: &Listing) -> Element {
    let is_sure = RwSignal::new(false);
    let with_aside = RwSignal::new(false);
    let name = name_of(listing);
    let meta = wording::joined([
        wording::count(listing.n_answers, "answer", "answers"),
        last_changed(listing),
    ]);
    let aside: Vec<String> = survey
        .set_aside
        .iter()
        .filter(|it| it.place.assessment == listing.id)
        .map(|it| it.key.clone())
        .collect();
    let choice = aside_choice(&listing.id, aside.len(), with_aside);
    let id = Arc::new(listing.id.clone());
    let restored = Arc::clone(&id);
    let restore = act(move |_| finish(app, library().mark_deleted(&restored, None), "Restored."));
    let remove = act(move |_| {
        if !is_sure.get_untracked() {
            is_sure.set(true);
            return;
        }
        let removed = library().remove_deleted(&id).and_then(|()| {
            let mut keys = aside.iter().filter(|_| with_aside.get_untracked());
            keys.try_for_each(|key| library().remove_set_aside(key))
        });
        finish(app, removed, "Removed for good.");
    });
    let words = follow(move || {
        if is_sure.get() {
            "Really remove for good?"
        } else {
            "Remove for good"
        }
    });
    let of_name = || hidden_words(format!(" {name}"));
    let actions = el("div")
        .class("card-actions")
        .with(button("button small", "Restore").with(of_name()).on("click", restore))
        .with(
            button("button small quiet danger", words)
                .with(of_name())
                .on("click", remove),
        );
    card_head(listing, "card")
        .with(el("p").class("card-meta").with(meta))
        .with(choice)
        .with(actions)
}

/// Whether what could not be read of an assessment goes along when it is removed.
fn aside_choice(id: &AssessmentId, n_aside: usize, with_aside: RwSignal<bool>) -> Option<Element> {
    let field = format!("aside-{id}");
    let words = wording::count(n_aside, "text", "texts");
    let tick = el("input")
        .attr("type", "checkbox")
        .attr("id", field.clone())
        .prop("checked", flag(move || with_aside.get()))
        .on("change", act(move |event| with_aside.set(event_target_checked(&event))));
    let label = el("label")
        .attr("for", field)
        .with(format!("Also remove {words} of it that could not be read"));
    (n_aside > 0).then(|| el("p").class("card-tick").with(tick).with(label))
}

fn rename(app: AppState, id: &AssessmentId, name: String) {
    let renamed = app.open_book(id).and_then(|mut book| {
        let action = Action::SetText(ScopeText::Name, name);
        if let Ok(change) = apply(&mut book.assessment, &CATALOGUE, action) {
            for write in book.write_slots(&change.touched, &app.stamp(), &CATALOGUE) {
                BrowserSink.write(&write.key, write.text.as_deref())?;
            }
        }
        Ok(())
    });
    finish(app, renamed, "Renamed.");
}

fn duplicate(app: AppState, id: &AssessmentId) {
    let Some(copy) = new_id() else { return };
    app.file_leaves();
    let made = app.open_book(id).and_then(|book| {
        let file = AssessmentFile::new(&CATALOGUE, book.records.clone());
        let mut copied = library().import(copy, file)?;
        let name = format!("{} (copy)", copied.assessment.name());
        copied.assessment.put(Slot::Text(ScopeText::Name), Value::Text(name));
        for write in copied.write_slots(&[Slot::Text(ScopeText::Name)], &app.stamp(), &CATALOGUE) {
            BrowserSink.write(&write.key, write.text.as_deref())?;
        }
        Ok(())
    });
    finish(app, made, "Duplicated.");
}

fn delete(app: AppState, id: &AssessmentId) {
    match library().mark_deleted(id, Some(platform::now())) {
        Ok(()) => {
            let id = id.clone();
            let restore = Arc::new(move || finish(app, library().mark_deleted(&id, None), "Restored."));
            app.notify_with_step(
                Gravity::Info,
                "Deleted. Its records stay until you remove it for good.",
                Some(("Undo", restore)),
            );
            app.library_version.update(|version| *version += 1);
        }
        Err(error) => finish(app, Err(error), ""),
    }
}

fn save_file(app: AppState, id: &AssessmentId) {
    match app.open_book(id) {
        Ok(book) => {
            app.file_leaves();
            let name = format!("{}.json", book.id);
            let text = AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text();
            let saved = platform::download(&name, "application/json", text.as_bytes());
            if saved.is_ok() {
                // The file is there; where this can't be noted, the list goes on saying that there is none.
                library().note_backup(id, &Backup::of(&book, platform::now())).ok();
                app.library_version.update(|version| *version += 1);
            }
            report_download(app, saved);
        }
        Err(error) => app.notify(Gravity::Bad, format!("The file could not be written: {error}.")),
    }
}

fn save_template(app: AppState, id: &AssessmentId) {
    match app.open_book(id) {
        Ok(book) => {
            let name = format!("concord-template-{}.json", platform::today());
            let text = AssessmentFile::template(&CATALOGUE, &book.assessment).to_text();
            report_download(app, platform::download(&name, "application/json", text.as_bytes()));
        }
        Err(error) => app.notify(Gravity::Bad, format!("The template could not be written: {error}.")),
    }
}
