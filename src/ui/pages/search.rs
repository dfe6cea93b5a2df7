//! Search over requirements and practices, by ids and words. What is found follows each letter.

use leptos::prelude::*;

use super::requirement::standing_tag;
use super::requirements::status_of;
use crate::analysis::{Found, search};
use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::ui::components::{link, page, page_head, tag, text};
use crate::ui::follow::{act, follow, memo, words};
use crate::ui::route::{Page, Query, Route};
use crate::ui::state::AssessmentStore;

/// How many finds are shown.
const N_SHOWN: usize = 40;

/// The search page. The address keeps the words once the reader has stopped at something.
pub fn search_page() -> AnyView {
    let store = AssessmentStore::expect();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| match store.app().route.get() {
        Route::Assessment(_, Page::Search(query)) => typed.set(query.get("q").to_owned()),
        Route::Start | Route::Gallery | Route::Unknown | Route::Assessment(..) => {}
    });
    let found = memo(move || typed.with(|typed| search(&CATALOGUE, typed)));
    let say = words(
        move || match (typed.with(|it| it.trim().is_empty()), found.with(Vec::len)) {
            (true, _) => String::new(),
            (false, 0) => "Nothing found. Try fewer or other words, or an id such as A.8.32.".to_owned(),
            (false, n) if n > N_SHOWN => format!("{n} found; the first {N_SHOWN} are shown."),
            (false, n) => format!("{n} found."),
        },
    );
    let keep = act(move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        store.go(Page::Search(Query::default().with("q", &typed.get_untracked())));
    });
    let field = view! {
        <form class="filters" role="search" on:submit=keep>
            <div class="field">
                <label for="search">"Words or an id"</label>
                <input class="input" type="search" id="search" autocomplete="off" spellcheck="false" aria-describedby="search-found"
                    prop:value=typed on:input=act(move |event| typed.set(event_target_value(&event))) />
            </div>
            <output id="search-found" for="search">{say}</output>
        </form>
    };
    let list = follow(move || {
        let finds = found.get();
        let rows: Vec<AnyView> = finds.into_iter().take(N_SHOWN).map(|it| find_row(store, it)).collect();
        view! { <ul class="practice-list find-list">{rows}</ul> }
    });
    let lead = text("Requirements and practices, by words or by id: 8.32, a.8.32, CC 8.1.");
    page(
        "page",
        vec![page_head("Search".to_owned(), lead), field.into_any(), list],
    )
}

fn find_row(store: AssessmentStore, found: Found) -> AnyView {
    let analysis = store.analysis.get();
    let (name, note, mark) = match found {
        Found::Requirement(position) => {
            let Some(requirement) = CATALOGUE.requirements.get(position) else {
                return text("");
            };
            let framework = CATALOGUE.framework(requirement.id.framework).map(|it| it.full_title());
            let (tone, word, _) = status_of(&analysis, position);
            let name = link(
                store.href(Page::requirement(requirement.id)),
                wording::requirement_name(requirement),
            );
            (name, framework.unwrap_or_default(), tag(tone, word))
        }
        Found::Practice(position) => {
            let Some(practice) = CATALOGUE.practices.get(position) else {
                return text("");
            };
            let name = link(store.href(Page::question(practice.id)), practice.title().to_owned());
            (
                name,
                practice.question().to_owned(),
                standing_tag(store, &analysis, practice),
            )
        }
    };
    view! { <li>{name}" "{mark}<span class="row-question">{note}</span></li> }.into_any()
}
