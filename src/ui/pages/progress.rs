//! Snapshots: taking one, those that were taken, the trend over them, and the choice of two to compare.

use leptos::prelude::*;

use crate::analysis::{
    Analysis, Moment, Snapshot, SnapshotPart, UnreadSnapshot, default_since, snapshots, take, unread_snapshots,
};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, EntryId, Field, FieldValue, Register, Sheet, SheetKey, Slot};
use crate::report::{trend, wording};
use crate::ui::components::{
    TextField, button, button_link, chart_figure, empty, folded, hidden_words, named_section, notice, page, page_head,
    paragraph, row, section, select_field, table, table_body,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, memo, words};
use crate::ui::platform;
use crate::ui::route::{Page, Query};
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

/// Snapshots and the trend over them.
pub fn progress_page() -> View {
    let store = AssessmentStore::expect();
    let named = memo(move || store.with(|it| snapshots(&CATALOGUE, it)));
    // Without names: writing a name builds no table anew.
    let taken = memo(move || {
        let nameless = |it| Snapshot {
            title: String::new(),
            ..it
        };
        named.get().into_iter().map(nameless).collect::<Vec<_>>()
    });
    let reminder = follow(move || {
        let last = taken.get().last().map(|it| it.on);
        wording::snapshot_reminder(last, store.analysis.get().date).map(|words| notice("warn", words))
    });
    let trend = follow(move || {
        let analysis = store.analysis.get();
        let today = store.with(|it| Moment::today(&CATALOGUE, it, &analysis));
        let chart = trend(&CATALOGUE, &named.get(), &today);
        chart.map(|chart| chart_figure(store, &chart))
    });
    let list = follow(move || list(store, &taken.get()));
    let compare = follow(move || (!taken.get().is_empty()).then(|| choice(store)));
    let unread = follow(move || {
        let unread = store.with(|it| unread_snapshots(&CATALOGUE, it));
        (!unread.is_empty()).then(|| unread_section(store, &unread))
    });
    let lead =
        "A snapshot keeps where everything stood on a day, in about a kilobyte. Compare two to see what moved and why.";
    page(
        "page page-wide",
        vec![
            page_head("Progress", lead),
            reminder,
            taking(store, taken).view(),
            trend,
            list,
            compare,
            unread,
        ],
    )
}

/// The form that takes a snapshot of now.
fn taking(store: AssessmentStore, taken: Memo<Vec<Snapshot>>) -> Element {
    let name = RwSignal::new(String::new());
    let submit = act(move |event| {
        event.prevent_default();
        // The name is committed when its field is left.
        platform::blur_active();
        take_now(store, &name.get_untracked());
        name.set(String::new());
    });
    let field = TextField::new("snapshot-name", "Name", words(move || name.get()), move |text| {
        name.set(text);
    })
    .hint("Optional, such as \u{201c}before the internal audit\u{201d}. The date is that of today.");
    let warning = follow(move || {
        let today = store.analysis.get().date;
        let n = taken.get().iter().filter(|it| it.on == today).count();
        wording::snapshots_of_day(n).map(|words| el("p").class("hint").with(words))
    });
    let take = el("button")
        .attr("type", "submit")
        .class("button primary")
        .with("Take a snapshot");
    let form = el("form")
        .attr("novalidate", true)
        .on("submit", submit)
        .with(field)
        .with(el("div").attr("role", "status").with(warning))
        .with(el("p").class("actions").with(take));
    named_section("take", "Take a snapshot").with(form)
}

fn take_now(store: AssessmentStore, name: &str) {
    // Analysed anew: the page may have been open since yesterday.
    let sheet = untrack(|| {
        store.with(|assessment| {
            let analysis = Analysis::new(&CATALOGUE, assessment, platform::today());
            take(&CATALOGUE, assessment, &analysis, name.trim())
        })
    });
    let key = SheetKey::entry(Register::Snapshot, platform::random_entry_id());
    if store.dispatch(Action::PutSheet(key, sheet)) {
        store.app().notify(Gravity::Good, "Snapshot taken.");
    }
}

/// Those that were taken, the latest first.
fn list(store: AssessmentStore, taken: &[Snapshot]) -> View {
    if taken.is_empty() {
        return empty(
            "No snapshot has been taken yet. Take one now and then, best before each audit or board meeting: from the second \
             day on, a trend is drawn here, and the report shows what moved.",
        );
    }
    let rows = taken.iter().rev().map(|it| snapshot_row(store, it)).collect();
    let heads = ["Day", "Name", "Gates then", "Gaps", "Room"];
    let table = table(
        "data-table dense snapshots",
        "Snapshots, the latest first".to_owned(),
        &heads,
        vec![table_body(rows)],
    );
    section("Snapshots", vec![table])
}

fn snapshot_row(store: AssessmentStore, snapshot: &Snapshot) -> View {
    let id = snapshot.id;
    let key = SheetKey::entry(Register::Snapshot, id);
    let day = wording::date(snapshot.on);
    let title = move || store.with(|it| it.sheet(key).text(Field::Title).to_owned());
    let rename = act(move |event| {
        let text = event_target_value(&event).trim().to_owned();
        store.dispatch(Action::SetField(key, Field::Title, Some(FieldValue::Text(text))));
    });
    let name = el("input")
        .class("input")
        .attr("type", "text")
        .attr("id", format!("snapshot-{id}"))
        .attr("autocomplete", "off")
        .attr("aria-label", format!("Name of the snapshot of {day}"))
        .prop("value", words(title))
        .on("change", rename);
    let gates = snapshot
        .figures
        .gates
        .iter()
        .fold(el("ul").class("cell-list"), |list, it| {
            let name = wording::gate_name(&CATALOGUE, it.0, it.1);
            list.with(el("li").with(format!("{name}: {}", wording::gate_count(&it.2))))
        });
    let room = follow(move || {
        // The name is part of it.
        let _name = title();
        let n_units = store.with_book(|book| book.n_units(Slot::Sheet(key)));
        format!("{n_units} characters")
    });
    let on = snapshot.on;
    let called = move || wording::snapshot_called(&title(), Some(on));
    let delete = act(move |_| store.delete_sheet(key, &untrack(called)));
    let to_compare = Query::default().with("from", id.as_str());
    let compare = button_link(
        "button small",
        store.href(Page::Compare(to_compare)),
        "Compare with today",
    )
    .with(hidden_words(follow(move || format!(": {}", called()))));
    let remove = button("button small quiet danger", "Delete")
        .on("click", delete)
        .with(hidden_words(follow(move || format!(" {}", called()))));
    row(
        el("span").class("day").with(on.to_string()),
        vec![
            View::Many(vec![
                name.view(),
                el("div").class("card-actions").with(compare).with(remove).view(),
            ]),
            gates.view(),
            snapshot.figures.n_gaps.to_string().into(),
            room,
        ],
    )
}

/// Two of them, or one and today, and the way to what moved between them.
fn choice(store: AssessmentStore) -> Element {
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = act(move |event| {
        event.prevent_default();
        let query = Query::default()
            .with("from", &from.get_untracked())
            .with("to", &to.get_untracked());
        store.go(Page::Compare(query));
    });
    let fields = two_fields(
        store,
        move || (from.get(), to.get()),
        move |end, value| match end {
            End::From => from.set(value),
            End::To => to.set(value),
        },
    );
    let go = el("button").attr("type", "submit").class("button").with("Compare");
    let form = el("form").class("filters").on("submit", submit).with(fields).with(go);
    named_section("compare", "Compare two").with(form)
}

/// Which end of a comparison.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// What it begins with.
    From,
    /// What it ends with.
    To,
}

/// The two ends of a comparison as fields. A blank value is the usual one: the last snapshot before today, and today.
pub(super) fn two_fields(
    store: AssessmentStore,
    value: impl Fn() -> (String, String) + Copy + Send + Sync + 'static,
    choose: impl Fn(End, String) + Copy + Send + 'static,
) -> View {
    let named = memo(move || {
        let all = store.with(|it| snapshots(&CATALOGUE, it));
        let default = default_since(&all, store.analysis.get().date).map(wording::snapshot_name);
        let named = all
            .iter()
            .rev()
            .map(|it| (it.id.to_string(), wording::snapshot_name(it)));
        (default, named.collect::<Vec<(String, String)>>())
    });
    follow(move || {
        let (default, named) = named.get();
        let last = default.map_or_else(|| "No snapshot yet".to_owned(), |name| format!("The last one: {name}"));
        let with = |first: String| {
            let usual = std::iter::once((String::new(), first));
            usual.chain(named.iter().cloned()).collect::<Vec<_>>()
        };
        let today = "Today".to_owned();
        View::Many(vec![
            select_field(
                "compare-from",
                "From",
                with(last),
                move || value().0,
                move |it| choose(End::From, it),
            )
            .view(),
            select_field(
                "compare-to",
                "To",
                with(today),
                move || value().1,
                move |it| choose(End::To, it),
            )
            .view(),
        ])
    })
}

/// What could not be read: it stays, with its text to be seen and taken away.
fn unread_section(store: AssessmentStore, unread: &[UnreadSnapshot]) -> View {
    let why =
        "Nothing is changed or overwritten. A newer version of Concord may read them; the text below is all there is.";
    let rows = unread.iter().map(|it| unread_card(store, it).view());
    section(
        "Snapshots that can't be read",
        vec![paragraph(why), el("ul").class("cards").all(rows.collect()).view()],
    )
}

fn unread_card(store: AssessmentStore, unread: &UnreadSnapshot) -> Element {
    let key = SheetKey::entry(Register::Snapshot, unread.id);
    let sheet = store.with(|it| it.sheet(key));
    let name = wording::snapshot_called(&unread.title, sheet.date(Field::On));
    let raw = raw_text(&sheet);
    let download = {
        let (raw, id) = (raw.clone(), unread.id);
        act(move |_| save(store, id, &raw))
    };
    let deleted = name.clone();
    let delete = act(move |_| store.delete_sheet(key, &deleted));
    let actions = el("div")
        .class("card-actions")
        .with(
            button("button small", "Download its text")
                .on("click", download)
                .with(hidden_words(format!(": {name}"))),
        )
        .with(
            button("button small quiet danger", "Delete")
                .on("click", delete)
                .with(hidden_words(format!(" {name}"))),
        );
    el("li")
        .class("card")
        .with(el("h3").with(name))
        .with(paragraph(format!("It can't be read: {}.", unread.why)))
        .with(folded("Its text", el("pre").class("raw").with(raw)))
        .with(actions)
}

/// The packed texts of a sheet as they are, a line each.
fn raw_text(sheet: &Sheet) -> String {
    let parts = [SnapshotPart::Scope, SnapshotPart::Figures, SnapshotPart::States];
    let lines = parts.map(|part| format!("{}: {}\n", part.field().as_str(), sheet.text(part.field())));
    lines.concat()
}

fn save(store: AssessmentStore, id: EntryId, raw: &str) {
    if let Err(error) = platform::download(&format!("snapshot-{id}.txt"), "text/plain", raw.as_bytes()) {
        let said = format!("The text was not written: {error}. Nothing has been lost.");
        store.app().notify(Gravity::Bad, said);
    }
}
