//! How full the storage of the browser is, and what can be given back.

use leptos::prelude::{Get, GetUntracked, RwSignal, Set, With};
use leptos::task::spawn_local;

use super::is_long;
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::store::{QUOTA_UNITS, SetAside, Survey, Weight};
use crate::ui::components::{button, folded, hidden_words, notice, paragraph};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::pages::start::{Listed, finish, library, name_of, report_download};
use crate::ui::platform;
use crate::ui::state::{AppState, Gravity};
use crate::ui::view::View;

/// The section. While little is kept it is folded: there is nothing to do.
pub fn storage_section(listed: Listed) -> View {
    let app = AppState::expect();
    let said = RwSignal::new("");
    follow(move || {
        listed.with(|listed| {
            let survey = listed
                .as_ref()
                .ok()
                .map(|kept| &kept.survey)
                .filter(|it| it.n_units > 0)?;
            let body = storage(app, survey, said);
            let is_open = is_long(survey) || survey.is_more_than_half_full() || !survey.set_aside.is_empty();
            let section = el("section")
                .class("section storage")
                .attr("aria-labelledby", "storage");
            let title = || el("h2").attr("id", "storage").with("Storage");
            Some(match is_open {
                true => section.with(title()).all(body),
                false => section.with(folded(title(), el("div").all(body))),
            })
        })
    })
}

fn storage(app: AppState, survey: &Survey, said: RwSignal<&'static str>) -> Vec<View> {
    let used = wording::storage_used(survey.n_units, QUOTA_UNITS);
    let meter = el("meter")
        .attr("id", "storage-meter")
        .attr("aria-labelledby", "storage")
        .attr("aria-describedby", "storage-used")
        .attr("min", "0")
        .attr("max", QUOTA_UNITS.to_string())
        .attr("low", Survey::HALF.to_string())
        .attr("high", Survey::NEARLY_FULL.to_string())
        .attr("optimum", "0")
        .attr("value", survey.n_units.to_string())
        .with(wording::storage_share(survey.n_units, QUOTA_UNITS));
    let words = format!("{used} {}", wording::room_left(survey.room_for()));
    let mut body = vec![meter.view(), el("p").attr("id", "storage-used").with(words).view()];
    if survey.is_more_than_half_full() {
        body.push(notice("warn", wording::MAKE_ROOM).view());
    }
    let rows = savings(app, survey);
    if !rows.is_empty() {
        body.push(el("ul").class("savings").all(rows).view());
    }
    if !survey.set_aside.is_empty() {
        body.push(set_aside(app, survey).view());
    }
    body.push(asking(said).view());
    body
}

/// What could be given back, with the way to do it.
fn savings(app: AppState, survey: &Survey) -> Vec<View> {
    let mut rows = Vec::new();
    let mut add = |weight: Weight, words: String, step: Option<Element>| {
        if weight.n > 0 {
            let share = wording::storage_share(weight.n_units, QUOTA_UNITS);
            rows.push(
                el("li")
                    .with(paragraph(format!("{words}: {share} of the storage.")))
                    .with(step)
                    .view(),
            );
        }
    };
    let deleted = survey.deleted();
    let ids: Vec<_> = survey
        .listings
        .iter()
        .filter(|it| it.deleted_at.is_some())
        .map(|it| it.id.clone())
        .collect();
    let remove = twice("Remove for good", "Really remove for good?", move || {
        let removed = ids.iter().try_for_each(|id| library().remove_deleted(id));
        finish(app, removed, "Removed for good.");
    });
    add(
        deleted,
        wording::count(deleted.n, "deleted assessment", "deleted assessments"),
        Some(remove.with(hidden_words(" all deleted assessments"))),
    );
    let old = survey.old_generations();
    let ids: Vec<_> = survey
        .listings
        .iter()
        .filter(|it| it.n_old_units > 0)
        .map(|it| it.id.clone())
        .collect();
    let tidy = button("button small", "Tidy up").on(
        "click",
        act(move |_| {
            // A good open removes what it replaced, and nothing if anything could not be read.
            let opened = ids.iter().try_for_each(|id| library().open(id).map(|_| ()));
            finish(app, opened, "Tidied up, where everything could be read.");
        }),
    );
    let words = wording::count(
        old.n,
        "assessment holds records that were replaced",
        "assessments hold records that were replaced",
    );
    add(old, words, Some(tidy));
    let snapshots = survey.snapshots();
    let words = wording::count(snapshots.n, "snapshot", "snapshots");
    let words =
        format!("{words} (remove the ones that you no longer compare with, on the page Progress of an assessment)");
    add(snapshots, words, None);
    rows
}

/// A button that asks once more.
fn twice(first: &'static str, again: &'static str, does: impl Fn() + Send + 'static) -> Element {
    let is_sure = RwSignal::new(false);
    let words = follow(move || if is_sure.get() { again } else { first });
    let step = act(move |_| match is_sure.get_untracked() {
        true => does(),
        false => is_sure.set(true),
    });
    button("button small danger", words).on("click", step)
}

/// What could not be read and was set aside, each with its way out. Nothing of it goes by itself.
fn set_aside(app: AppState, survey: &Survey) -> Element {
    let rows = survey.set_aside.iter().map(|it| set_aside_row(app, survey, it).view());
    let summary = format!("Texts that could not be read ({})", survey.set_aside.len());
    let words = "A text that could not be read is set aside when its place is needed. Download it if somebody may still \
                 read it; what you remove here is gone.";
    let body = View::Many(vec![
        paragraph(words),
        el("ul").class("savings").all(rows.collect()).view(),
    ]);
    folded(summary, body)
}

fn set_aside_row(app: AppState, survey: &Survey, aside: &SetAside) -> Element {
    let owner = survey.listings.iter().find(|it| it.id == aside.place.assessment);
    let of = owner.map_or_else(
        || "of an assessment that is no longer here".to_owned(),
        |listing| format!("of {}", name_of(listing)),
    );
    let record = &aside.place.key;
    let what = wording::set_aside(&CATALOGUE, &record.kind, &record.id, aside.at);
    let name = format!(" {what}");
    let key = aside.key.clone();
    let save = act(move |_| save_set_aside(app, &key));
    let key = aside.key.clone();
    let remove = twice("Remove", "Really remove?", move || {
        finish(app, library().remove_set_aside(&key), "Removed for good.");
    });
    let size = wording::characters(aside.n_units);
    el("li").with(paragraph(format!("{what}, {of}; {size}"))).with(
        el("div")
            .class("actions")
            .with(
                button("button small", "Download")
                    .with(hidden_words(name.clone()))
                    .on("click", save),
            )
            .with(remove.with(hidden_words(name))),
    )
}

fn save_set_aside(app: AppState, key: &str) {
    match library().set_aside_text(key) {
        Ok(text) => {
            let name = format!("concord-set-aside-{}.txt", platform::today());
            let text = text.unwrap_or_default();
            report_download(app, platform::download(&name, "text/plain", text.as_bytes()));
        }
        Err(error) => app.notify(Gravity::Bad, format!("The text could not be read: {error}.")),
    }
}

/// Asking the browser not to clear what is kept.
fn asking(said: RwSignal<&'static str>) -> Element {
    let ask = act(move |_| {
        spawn_local(async move {
            let answer = platform::ask_to_keep().await;
            said.try_set(wording::kept_by_browser(answer));
        });
    });
    el("p")
        .class("actions")
        .with(button("button small", "Ask the browser to keep this").on("click", ask))
        .with(el("output").with(follow(move || said.get())))
}
