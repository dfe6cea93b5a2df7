//! Other laws and frameworks, read through ISO/IEC 27001: each in a card, and the obligations of the chosen one with what
//! the answers say for them. What is chosen sits in the address. Nothing can be answered here.

mod named_by;
mod one;

use std::sync::Arc;

use leptos::prelude::Get;
pub use named_by::named_by;
use one::one_view;

use crate::analysis::{Analysis, Footing, GroupReading, ObligationReading, SourceReading, Spoken, as_if_in_scope};
use crate::catalogue::{CATALOGUE, OBLIGATIONS};
use crate::domain::{FrameworkId, Obligation, ObligationSource};
use crate::report::wording;
use crate::ui::components::{
    Tone, actions, button_link, empty, folded, link, notice, page, page_head, paragraph, requirement_links, row,
    select_field, stacked_bar, table, tag,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What is shown of the obligations, with its value in the address.
const SHOWS: [(&str, &str); 4] = [
    ("", "All"),
    ("gaps", "With gaps only"),
    ("full", "Spoken to in full"),
    ("rest", "Not in full"),
];
/// The value in the address that has practices read in the place of requirements.
const PRACTICES: &str = "practices";

/// The page: one obligation if the address names it, all sources and the chosen one otherwise.
pub fn obligations_page() -> View {
    let store = AssessmentStore::expect();
    let query = memo(move || store.query(&Page::Obligations(Query::default())));
    follow(move || {
        let query = query.get();
        let ground = Ground::read(store, &query);
        let Some(source) = source_of(&query) else {
            return empty("No law or framework is carried here.");
        };
        let one = query.get("one");
        match source.obligations().find(|it| it.id == one) {
            Some(obligation) => one_view(store, &ground, source, obligation),
            None => all_view(store, &ground, query, source),
        }
    })
}

/// What is read: the requirements, or the practices where ISO/IEC 27001 is not in scope and the reader asks for that.
struct Ground {
    analysis: Arc<Analysis>,
    is_in_scope: bool,
    reads_practices: bool,
}

impl Ground {
    fn read(store: AssessmentStore, query: &Query) -> Self {
        let analysis = store.analysis.get();
        let is_in_scope = store.with(|it| it.scope.frameworks.contains(&FrameworkId::Iso27001));
        let reads_practices = !is_in_scope && query.get("read") == PRACTICES;
        let analysis = if reads_practices {
            store.with(|it| Arc::new(as_if_in_scope(&CATALOGUE, it, analysis.date)))
        } else {
            analysis
        };
        Self {
            analysis,
            is_in_scope,
            reads_practices,
        }
    }

    fn reading(&self, store: AssessmentStore, source: &'static ObligationSource) -> SourceReading {
        store.with(|it| SourceReading::new(&CATALOGUE, source, it, &self.analysis))
    }

    /// The address of the page with another part of it chosen.
    fn query(&self, source: &ObligationSource) -> Query {
        let read = if self.reads_practices { PRACTICES } else { "" };
        Query::default().with("source", source.id).with("read", read)
    }

    /// What must be said of what is read, with the way to read the practices instead.
    fn notices(&self, store: AssessmentStore, source: &ObligationSource) -> View {
        let nature = notice("info", wording::OBLIGATIONS_NATURE).view();
        let unscoped = match (self.is_in_scope, self.reads_practices) {
            (true, _) => None,
            (false, true) => Some(notice("warn", wording::OBLIGATIONS_FROM_PRACTICES)),
            (false, false) => {
                let query = self.query(source).with("read", PRACTICES);
                let read = store.href(Page::Obligations(query));
                let read = button_link("button", read, "Look at the practices instead");
                let scope = button_link("button quiet", store.href(Page::Scope), "Choose frameworks");
                let said = notice("warn", wording::OBLIGATIONS_UNSCOPED);
                Some(said.with(actions(vec![read.view(), scope.view()])))
            }
        };
        View::Many(vec![nature, unscoped.into()])
    }
}

/// The source that the address names, or the first.
fn source_of(query: &Query) -> Option<&'static ObligationSource> {
    let named = OBLIGATIONS.iter().find(|it| it.id == query.get("source"));
    named.or(OBLIGATIONS.first())
}

/// The address of one obligation.
fn href_of(store: AssessmentStore, source: &ObligationSource, obligation: &Obligation, query: Query) -> String {
    let query = query.with("source", source.id).with("one", obligation.id);
    store.href(Page::Obligations(query))
}

fn all_view(store: AssessmentStore, ground: &Ground, query: Query, source: &'static ObligationSource) -> View {
    let lead = "What your answers already say for laws and frameworks that you did not ask about, read through ISO/IEC 27001. \
                Nothing is answered here.";
    let readings: Vec<SourceReading> = OBLIGATIONS.iter().map(|it| ground.reading(store, it)).collect();
    let cards = readings
        .iter()
        .map(|it| card(store, ground, it, it.source.id == source.id));
    let cards = cards.collect();
    let chosen = readings.iter().find(|it| it.source.id == source.id);
    page(
        "page page-wide",
        vec![
            page_head("Layered obligations", lead),
            ground.notices(store, source),
            el("ul").class("obligation-cards").all(cards).view(),
            chosen.map(|it| chosen_section(store, ground, &query, it)).into(),
        ],
    )
}

fn card(store: AssessmentStore, ground: &Ground, reading: &SourceReading, is_chosen: bool) -> View {
    let source = reading.source;
    let href = store.href(Page::Obligations(ground.query(source)));
    let title = el("a")
        .attr("href", href)
        .attr("aria-current", is_chosen.then(|| "true".to_owned()))
        .with(source.title);
    let finding = wording::obligations_finding(source, &reading.count);
    el("li")
        .class("obligation-card")
        .with(el("h2").with(title))
        .with(
            el("p")
                .class("obligation-reference")
                .with(format!("{}. {}.", source.reference, source.since)),
        )
        .with(paragraph(source.about))
        .with(el("p").class("obligation-finding").with(finding))
        .with(spoken_bar(reading))
        .with(
            el("p")
                .class("obligation-behind")
                .with(wording::footing_finding(&reading.footing)),
        )
        .with(el("p").class("obligation-credit").with(source.credit))
        .view()
}

/// The obligations drawn by what the answers say; the numbers stand beside it.
fn spoken_bar(reading: &SourceReading) -> Element {
    let n = |spoken| reading.count.n(spoken);
    stacked_bar(&[
        (Tone::Good, n(Spoken::InFull)),
        (Tone::Fair, n(Spoken::InPart)),
        (Tone::Poor, n(Spoken::Nothing)),
        (
            Tone::Open,
            n(Spoken::Open) + n(Spoken::NotInScope) + n(Spoken::NotNamed),
        ),
    ])
}

const fn spoken_tone(spoken: Spoken) -> Tone {
    match spoken {
        Spoken::InFull => Tone::Good,
        Spoken::InPart => Tone::Fair,
        Spoken::Nothing => Tone::Poor,
        Spoken::Open => Tone::Open,
        Spoken::NotInScope | Spoken::NotNamed => Tone::Plain,
    }
}

/// The obligations of the chosen source, group by group.
fn chosen_section(store: AssessmentStore, ground: &Ground, query: &Query, reading: &SourceReading) -> View {
    let source = reading.source;
    let show = query.get("show").to_owned();
    let group = query.get("group").to_owned();
    let is_shown = |it: &&ObligationReading| match show.as_str() {
        "gaps" => !it.footing.gaps.is_empty(),
        "full" => it.spoken == Spoken::InFull,
        "rest" => it.spoken != Spoken::InFull,
        _ => true,
    };
    let groups = reading
        .groups
        .iter()
        .filter(|it| group.is_empty() || it.group.id == group);
    let shown = groups.map(|it| (it, it.obligations.iter().filter(is_shown).collect::<Vec<_>>()));
    let shown: Vec<(&GroupReading, Vec<&ObligationReading>)> = shown.filter(|(_, it)| !it.is_empty()).collect();
    let n_shown = shown.iter().map(|(_, it)| it.len()).sum::<usize>();
    let [one, many] = source.nouns;
    let counted = format!("{n_shown} of {}", wording::count(reading.count.n_total(), one, many));
    let register = if shown.is_empty() {
        empty("None of them is like that.")
    } else {
        let bodies = shown
            .into_iter()
            .map(|(group, shown)| group_body(store, ground, source, group, &shown));
        let heads = [
            "Id",
            "Title",
            "What the answers say",
            "ISO/IEC 27001 requirements",
            "Practices",
            "Gaps",
        ];
        let name = format!("{}: what the answers say", source.title);
        table("data-table rows-table obligations", name, &heads, bodies.collect())
    };
    el("section")
        .class("section")
        .attr("aria-labelledby", "chosen-source")
        .with(el("h2").attr("id", "chosen-source").with(source.title))
        .with(el("p").class("obligation-quality").with(source.quality))
        .with(folded(
            "What in full, in part and the others mean",
            View::Many(vec![
                paragraph(wording::OBLIGATIONS_METHOD),
                paragraph(wording::OBLIGATIONS_REST),
            ]),
        ))
        .with(filters(store, query, source, counted))
        .with(register)
        .view()
}

fn filters(store: AssessmentStore, query: &Query, source: &'static ObligationSource, counted: String) -> Element {
    let filter = |id: &'static str, name: &'static str, label: &'static str, choices: Vec<(String, String)>| {
        let value = query.get(name).to_owned();
        let query = query.clone();
        select_field(
            id,
            label,
            choices,
            move || value.clone(),
            move |value| {
                store.go(Page::Obligations(query.clone().with(name, &value)));
            },
        )
    };
    let mut groups = vec![(String::new(), "All groups".to_owned())];
    groups.extend(source.groups.iter().map(|it| (it.id.to_owned(), it.name())));
    let shows = SHOWS.map(|(value, words)| (value.to_owned(), words.to_owned()));
    el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(filter("filter-group", "group", "Group", groups))
        .with(filter("filter-show", "show", "Show", shows.into()))
        .with(el("output").class("filter-count").with(counted))
}

fn group_body(
    store: AssessmentStore,
    ground: &Ground,
    source: &'static ObligationSource,
    reading: &GroupReading,
    shown: &[&ObligationReading],
) -> View {
    let part = match reading.group.part {
        "" => String::new(),
        part => format!("{part} · "),
    };
    let counted = wording::spoken_count(&reading.count);
    let title = el("th")
        .attr("scope", "rowgroup")
        .attr("colspan", "6")
        .with(format!("{part}{}: {counted}", reading.group.name()));
    let rows = shown.iter().map(|it| obligation_row(store, ground, source, it));
    el("tbody")
        .with(el("tr").class("group-row").with(title))
        .all(rows.collect())
        .view()
}

fn obligation_row(
    store: AssessmentStore,
    ground: &Ground,
    source: &'static ObligationSource,
    reading: &ObligationReading,
) -> View {
    let obligation = reading.obligation;
    let href = href_of(store, source, obligation, ground.query(source));
    let note = (!obligation.note.is_empty()).then(|| el("p").class("cell-note").with(obligation.note));
    let title = View::Many(vec![obligation.title.into(), note.into()]);
    let gaps = match reading.footing.gaps.len() {
        0 => "none".into(),
        n => link(href.clone(), wording::count(n, "gap", "gaps")),
    };
    row(
        link(href, obligation.id),
        vec![
            title,
            tag(spoken_tone(reading.spoken), reading.spoken.title()),
            by_status(store, &ground.analysis, &reading.footing),
            wording::footing_practices(&reading.footing).into(),
            gaps,
        ],
    )
}

/// The requirements of a footing as links, those of one status together under its word; excluded ones and those out of scope
/// last.
fn by_status(store: AssessmentStore, analysis: &Analysis, footing: &Footing) -> View {
    if footing.requirements.is_empty() {
        return "none named".into();
    }
    let mut kinds: Vec<(Tone, &'static str, Vec<usize>)> = Vec::new();
    for position in &footing.requirements {
        let (tone, word, _) = super::requirements::status_of(analysis, *position);
        match kinds.iter_mut().find(|(_, it, _)| *it == word) {
            Some((_, _, positions)) => positions.push(*position),
            None => kinds.push((tone, word, vec![*position])),
        }
    }
    let order = |tone: Tone| match tone {
        Tone::Good => 0,
        Tone::Fair => 1,
        Tone::Poor => 2,
        Tone::Open => 3,
        Tone::Plain => 4,
    };
    crate::domain::sort_by_rank(&mut kinds, |(tone, ..)| order(*tone));
    let lines = kinds.into_iter().map(|(tone, word, positions)| {
        el("div")
            .class("by-status")
            .with(tag(tone, word))
            .with(requirement_links(store, &positions))
            .view()
    });
    View::Many(lines.collect())
}

/// The way here from other pages.
pub fn obligations_link(store: AssessmentStore) -> View {
    let href = store.href(Page::Obligations(Query::default()));
    let words = "What your answers already say for NIST CSF 2.0, PCI DSS, DORA and NIS 2";
    el("p").with(link(href, words)).view()
}
