//! What the page of a piece of evidence has beyond its form: the file and its hash, and the answers that it would settle.

use leptos::ev::Event;
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, untrack};
use leptos::task::spawn_local;

use crate::analysis::facet_proposal;
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Choice, Field, FieldValue, Sheet};
use crate::report::{MAX_HASHED_BYTES, wording};
use crate::ui::components::{SheetForm, button, link, notice, tag, tone_of_choice};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::platform::{self, Job, PickedFile};
use crate::ui::route::Page;
use crate::ui::state::Gravity;
use crate::ui::view::View;

/// The fields that are computed, and not typed.
const COMPUTED: [Field; 5] = [
    Field::FileName,
    Field::Sha256,
    Field::HashedOn,
    Field::Verified,
    Field::VerifiedOn,
];

/// What is going on with a file.
#[derive(Clone, PartialEq, Eq)]
enum Progress {
    Idle,
    Reading(String),
    Failed(String),
}

/// The answers that the evidence would settle, with one button that says yes to all of them.
pub(super) fn proposal(form: SheetForm) -> View {
    let SheetForm { store, sheet, .. } = form;
    follow(move || {
        let (sheet, analysis) = (sheet.get(), store.analysis.get());
        let proposal = store.with(|it| facet_proposal(&CATALOGUE, it, &analysis.ground, &sheet))?;
        let facet = proposal.facet;
        let practices = proposal.practices.iter();
        let practices: Vec<_> = practices.filter_map(|at| CATALOGUE.practices.get(*at)).collect();
        let named = practices.iter().fold(el("ul"), |list, practice| {
            let to = link(store.href(Page::question(practice.id)), practice.title());
            list.with(el("li").with(to))
        });
        let n = practices.len();
        let accept = act(move |_| {
            let step = untrack(|| store.with(|it| proposal.action(&CATALOGUE, it)));
            if store.dispatch(step) {
                let done = format!("{} Undo takes it back at once.", wording::facet_set(facet, n));
                store.app().notify(Gravity::Good, done);
            }
        });
        let accept = button("button", wording::set_facet(facet, n))
            .attr("id", "accept-proposal")
            .on("click", accept);
        Some(
            el("section")
                .class("proposal")
                .with(el("h2").with("What it would settle"))
                .with(el("p").with(wording::facet_proposal(facet)))
                .with(named)
                .with(el("p").class("actions").with(accept)),
        )
    })
}

/// The file: its hash, and a second look at it. The file itself is kept nowhere.
pub(super) fn file_and_hash(form: SheetForm) -> Element {
    let progress = RwSignal::new(Progress::Idle);
    let held = follow(move || {
        let sheet = form.sheet.get();
        let hash = sheet.text(Field::Sha256).to_owned();
        if hash.is_empty() {
            let hint =
                "The file is read on this machine to compute its SHA-256. It is neither kept nor sent. Up to 512 MiB.";
            return file_field("hash-file", "Hash a file", hint, move |event| {
                pick(form, progress, event, false)
            })
            .view();
        }
        let hint = "Choose it again to see whether it is still the one that was hashed. The hash above stays as it is.";
        let check = file_field("check-file", "Check the file again", hint, move |event| {
            pick(form, progress, event, true);
        });
        let forget = act(move |_| {
            let steps = COMPUTED.map(|field| Action::SetField(form.key, field, None));
            form.store.dispatch(Action::Together(steps.into()));
            progress.set(Progress::Idle);
            platform::focus_soon("hash-file");
        });
        let forget = button("button small quiet", "Forget this hash")
            .attr("id", "forget-hash")
            .on("click", forget);
        View::Many(vec![
            facts(&sheet).view(),
            check.view(),
            el("p").class("actions").with(forget).view(),
        ])
    });
    let said = follow(move || match progress.get() {
        Progress::Idle => View::Many(Vec::new()),
        Progress::Reading(name) => el("p").class("hint").with(format!("Reading {name} …")).view(),
        Progress::Failed(problem) => notice("bad", problem).view(),
    });
    el("fieldset")
        .class("section")
        .with(el("legend").with(el("h2").with("File and hash")))
        .with(held)
        .with(el("div").attr("role", "status").with(said))
}

/// What is known of the file.
fn facts(sheet: &Sheet) -> Element {
    let day = |field| sheet.date(field).map(wording::date).unwrap_or_default();
    let checked = sheet.choice(Field::Verified).map(|outcome| {
        let on = day(Field::VerifiedOn);
        View::Many(vec![
            tag(tone_of_choice(outcome), outcome.title()),
            format!(" {on}").into(),
        ])
    });
    let facts: [(&str, View); 4] = [
        ("File", sheet.text(Field::FileName).to_owned().into()),
        (
            "SHA-256",
            el("code")
                .class("hash")
                .with(sheet.text(Field::Sha256).to_owned())
                .view(),
        ),
        ("Hashed on", day(Field::HashedOn).into()),
        ("Last check", checked.unwrap_or_else(|| "Not checked since".into())),
    ];
    facts.into_iter().fold(el("dl").class("pairs"), |pairs, (name, fact)| {
        pairs.with(el("dt").with(name)).with(el("dd").with(fact))
    })
}

fn file_field(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    pick: impl Fn(&Event) + Send + 'static,
) -> Element {
    let hint_id = format!("{id}-hint");
    let input = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", id)
        .attr("aria-describedby", hint_id.clone())
        .on("change", act(move |event| pick(&event)));
    el("div")
        .class("field")
        .key(if id == "hash-file" { 1 } else { 2 })
        .with(el("label").attr("for", id).with(label))
        .with(el("p").class("hint").attr("id", hint_id).with(hint))
        .with(input)
}

fn pick(form: SheetForm, progress: RwSignal<Progress>, event: &Event, is_check: bool) {
    let Some(file) = platform::picked_file(event) else {
        return;
    };
    let name = file.name();
    // The size is known before anything is read.
    if file.size() > MAX_HASHED_BYTES {
        let problem = format!(
            "{name} was not read: it is larger than 512 MiB. Compute its SHA-256 with a tool of your system and write it into the note."
        );
        progress.set(Progress::Failed(problem));
        return;
    }
    progress.set(Progress::Reading(name.clone()));
    spawn_local(async move {
        let hash = hash(file).await;
        // The page may have gone in the meantime: then the outcome is of no use to anybody.
        if progress.try_get_untracked().is_none() {
            return;
        }
        match hash {
            Ok(hash) => {
                progress.set(Progress::Idle);
                if is_check {
                    check(form, &name, &hash);
                } else {
                    keep(form, name, hash);
                }
            }
            Err(error) => progress.set(Progress::Failed(format!(
                "{name} was not read: {error}. Nothing has been changed."
            ))),
        }
    });
}

async fn hash(file: PickedFile) -> Result<String, String> {
    let job = Job {
        hashed: Some(file),
        ..Job::default()
    };
    let text = platform::run_job(job).await?.bytes;
    String::from_utf8(text).map_err(|error| error.to_string())
}

fn keep(form: SheetForm, name: String, hash: String) {
    let step = |field, value| Action::SetField(form.key, field, Some(value));
    form.store.dispatch(Action::Together(vec![
        step(Field::FileName, FieldValue::Text(name)),
        step(Field::Sha256, FieldValue::Text(hash)),
        step(Field::HashedOn, FieldValue::Date(platform::today())),
    ]));
    platform::focus_soon("check-file");
}

/// Compares with the hash that is kept, which is never touched.
fn check(form: SheetForm, name: &str, hash: &str) {
    let kept = untrack(|| form.sheet.get());
    let outcome = if kept.text(Field::Sha256) == hash {
        Choice::Unchanged
    } else {
        Choice::Changed
    };
    let step = |field, value| Action::SetField(form.key, field, Some(value));
    let is_kept = form.store.dispatch(Action::Together(vec![
        step(Field::Verified, FieldValue::Choice(outcome)),
        step(Field::VerifiedOn, FieldValue::Date(platform::today())),
    ]));
    if is_kept {
        let gravity = if outcome == Choice::Unchanged {
            Gravity::Good
        } else {
            Gravity::Warn
        };
        form.store
            .app()
            .notify(gravity, format!("{name}: {}.", outcome.title().to_lowercase()));
    }
}
