//! The evidence to ask for: what auditors will want in this scope, how much of it, and what is there.

use leptos::prelude::{Get, untrack};

use crate::analysis::{EvidenceRequest, evidence_requests};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Choice, EntryId, Field, FieldValue, Register, Sheet, SheetKey};
use crate::report::wording;
use crate::ui::components::{
    Tone, breadcrumb, button, empty, folded, head_cell, hidden_words, link, note, page, page_head, requirement_links,
    row_head, select_field, table_body, table_with_heads, tag, term_link, tone_of_choice,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow};
use crate::ui::platform;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The value of the filter that leaves what is missing: what has not been received.
const MISSING: &str = "missing";

/// The requests of the open assessment, in the order of the catalogue.
pub fn requests_of(store: AssessmentStore) -> Vec<EvidenceRequest> {
    let analysis = store.analysis.get();
    store.with(|it| evidence_requests(&CATALOGUE, it, &analysis.ground))
}

/// The evidence to ask for.
pub fn requests_page() -> View {
    let store = AssessmentStore::expect();
    let query = move || store.query(&Page::Requests(Query::default()));
    let set = move |name: &str, value: &str| store.go(Page::Requests(untrack(query).with(name, value)));
    let mut states = vec![
        (String::new(), "All".to_owned()),
        (MISSING.to_owned(), "Not received".to_owned()),
    ];
    let found = [Choice::Requested, Choice::Received, Choice::Accepted, Choice::Rejected];
    states.extend(found.map(|it| (it.as_str().to_owned(), it.title().to_owned())));
    let state = select_field(
        "filter-state",
        "State",
        states,
        move || query().get("state").to_owned(),
        move |value| set("state", &value),
    );
    let counted = follow(move || {
        let requests = requests_of(store);
        let n_missing = requests.iter().filter(|it| it.is_missing()).count();
        wording::requests_missing(n_missing, requests.len())
    });
    let filters = el("form")
        .class("filters")
        .on("submit", act(|event| event.prevent_default()))
        .with(state)
        .with(el("output").class("filter-count").with(counted));
    let table = follow(move || {
        let state = query().get("state").to_owned();
        let fits = |it: &&EvidenceRequest| match state.as_str() {
            "" => true,
            MISSING => it.is_missing(),
            state => it.best.is_some_and(|best| best.as_str() == state),
        };
        let requests = requests_of(store);
        let rows: Vec<View> = requests.iter().filter(fits).map(|it| request_row(store, it)).collect();
        if rows.is_empty() {
            return empty(if requests.is_empty() {
                "Nothing is asked for in this scope."
            } else {
                "Nothing matches this filter."
            });
        }
        let heads = ["What to ask for", "Complete set", "Common sample", "Shows", "State"];
        let mut heads: Vec<View> = heads.into_iter().map(head_cell).collect();
        let asking = el("th").attr("scope", "col").with(hidden_words("Ask for it"));
        heads.push(asking.view());
        table_with_heads(
            "data-table requests",
            "Evidence requests".to_owned(),
            heads,
            vec![table_body(rows)],
        )
    });
    let lead = "What auditors will ask for in this scope. Ids are stable, so a request can be named in a mail and found again.";
    page(
        "page page-wide",
        vec![
            breadcrumb(vec![link(store.href(Page::Registers), "Registers")]),
            page_head(
                "Evidence requests",
                vec![lead.into(), " ".into(), term_link("evidence-request")],
            ),
            note(wording::SAMPLES_ARE_CUSTOM),
            filters.view(),
            table,
        ],
    )
}

fn request_row(store: AssessmentStore, request: &EvidenceRequest) -> View {
    let artefact = request.artefact;
    let about = format!("{} · {}", request.id(), wording::artefact_kind(artefact.kind));
    let head = row_head(artefact.title).with(el("span").class("row-question").with(about));
    let practices = request.practices.iter().filter_map(|at| CATALOGUE.practices.get(at));
    let practices = practices.fold(el("ul").class("practice-list"), |list, it| {
        list.with(el("li").with(link(store.href(Page::question(it.id)), it.title())))
    });
    let requirements = requirement_links(store, &request.requirements);
    let shows = View::Many(vec![
        folded(wording::practices(request.practices.len()), practices).view(),
        folded(wording::requirements(request.requirements.len()), requirements).view(),
    ]);
    let state = match request.best {
        None if request.entries.is_empty() => tag(Tone::Poor, wording::evidence_state(None, false)),
        None => tag(Tone::Open, wording::evidence_state(None, true)),
        Some(best) => tag(tone_of_choice(best), best.title()),
    };
    let held = request.entries.iter().map(|id| el("li").with(entry_link(store, *id)));
    let held = held.fold(el("ul").class("practice-list"), Element::with);
    let ask = {
        let request = request.clone();
        act(move |_| ask_for(store, &request))
    };
    let words = if request.entries.is_empty() {
        "Request"
    } else {
        "Request another"
    };
    let ask = button("button small", words)
        .attr("id", format!("request-{}", artefact.id))
        .attr("aria-label", format!("{words}: {}", artefact.title))
        .on("click", ask);
    let cells = [
        artefact.population.into(),
        wording::sample_guidance(&request.rhythms).into(),
        shows,
        View::Many(vec![state, held.view()]),
        ask.view(),
    ];
    let row = el("tr").attr("id", request.id()).with(head);
    cells
        .into_iter()
        .fold(row, |row, cell| row.with(el("td").with(cell)))
        .view()
}

/// A link to a piece of evidence by its title.
pub fn entry_link(store: AssessmentStore, id: EntryId) -> View {
    let key = SheetKey::entry(Register::Evidence, id);
    let title = store.with(|it| wording::sheet_title(it, key, &it.sheet(key)));
    link(store.href(Page::Entry(Register::Evidence, id)), title)
}

/// Makes an entry in the evidence register that is requested, with what is known of it.
fn ask_for(store: AssessmentStore, request: &EvidenceRequest) {
    let artefact = request.artefact;
    let practices = request.practices.iter().filter_map(|at| CATALOGUE.practices.get(at));
    let sheet = Sheet::default()
        .with_text(Field::Title, artefact.title)
        .with_text(Field::Artefact, artefact.id)
        .with_text(Field::Population, artefact.population)
        .with(Field::State, FieldValue::Choice(Choice::Requested))
        .with(
            Field::Practices,
            FieldValue::Practices(practices.map(|it| it.id).collect()),
        );
    let key = SheetKey::entry(Register::Evidence, platform::random_entry_id());
    store.dispatch(Action::PutSheet(key, sheet));
}
