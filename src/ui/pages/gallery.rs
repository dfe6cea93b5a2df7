//! Every component in every state, for test builds: axe and screenshots run on it. Also the place of the provoked panic.

use leptos::prelude::*;

use crate::analysis::Tally;
use crate::ui::components::{
    ChartRow, CheckChoice, DateField, NumberField, RadioChoice, SelectField, Tag, TextField, Tone, readiness_chart,
};

/// The gallery.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let tones = [
        (Tone::Good, "Ready"),
        (Tone::Fair, "Partly"),
        (Tone::Poor, "Not ready"),
        (Tone::Open, "Open"),
        (Tone::Plain, "Out of scope"),
    ];
    let tally = |n_ready, n_partly, n_not_ready, n_open| Tally {
        n_ready,
        n_partly,
        n_not_ready,
        n_open,
        n_may_be_ready: n_open,
        ..Tally::default()
    };
    let rows = [
        ("Mixed", tally(5, 3, 2, 4)),
        ("All ready", tally(8, 0, 0, 0)),
        ("Nothing answered", tally(0, 0, 0, 9)),
        ("Empty", Tally::default()),
    ];
    let rows: Vec<ChartRow> = rows
        .into_iter()
        .map(|(label, tally)| ChartRow {
            label: label.to_owned(),
            href: "#/".to_owned(),
            tally,
        })
        .collect();
    view! {
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><p class="eyebrow">"Test build"</p><h1>"Gallery"</h1><p class="lead">"Every component in every state."</p></header>
            <section class="section" aria-labelledby="tags"><h2 id="tags">"Tags"</h2><p class="actions">{tones.map(|(tone, text)| view! { <Tag tone=tone text=text.to_owned() /> }).collect_view()}</p></section>
            <section class="section" aria-labelledby="buttons"><h2 id="buttons">"Buttons"</h2>
                <p class="actions">
                    <button type="button" class="button primary">"Primary"</button><button type="button" class="button">"Plain"</button>
                    <button type="button" class="button quiet">"Quiet"</button><button type="button" class="button danger">"Danger"</button>
                    <button type="button" class="button small">"Small"</button><button type="button" class="button" disabled>"Disabled"</button>
                    <a class="button" href="#/">"Link"</a>
                </p>
            </section>
            <Fields />
            <section class="section" aria-labelledby="charts"><h2 id="charts">"Charts"</h2>
                {readiness_chart("5 of 14 requirements ready; up to 9 if all that is open turns out in place.".to_owned(), "Group", &rows)}
            </section>
            <section class="section" aria-labelledby="notices"><h2 id="notices">"Notices"</h2>
                {["info", "good", "warn", "bad"].map(|tone| view! {
                    <div class="notice" data-tone=tone><p>{format!("A notice of the tone {tone}.")}</p><div class="notice-actions"><button type="button" class="button small">"Next step"</button></div></div>
                }).collect_view()}
                {[("kept", "Kept in this browser"), ("not-kept", "Not kept: full"), ("elsewhere", "Changed in another tab")].map(|(state, words)| view! { <p><output class="keep-status" data-state=state>{words}</output></p> }).collect_view()}
            </section>
            <Tables />
            <p class="actions"><button type="button" class="button danger" id="provoke-panic" on:click=|_| provoke_panic()>"Provoke a panic"</button></p>
        </main>
    }
}

#[expect(
    clippy::panic,
    reason = "the journey of the lifeboat provokes a panic here, in test builds only"
)]
fn provoke_panic() {
    panic!("provoked in the gallery");
}

#[component]
fn Fields() -> impl IntoView {
    let text = RwSignal::new("Harbour Pine Software".to_owned());
    let chosen = RwSignal::new(1_u8);
    let is_ticked = RwSignal::new(true);
    let choices = Signal::stored(vec![
        ("a".to_owned(), "First choice".to_owned()),
        ("b".to_owned(), "Second choice".to_owned()),
    ]);
    let nothing = Callback::new(|_: String| {});
    view! {
        <section class="section" aria-labelledby="fields"><h2 id="fields">"Fields and choices"</h2>
            <TextField id="g-text".to_owned() label="Text" hint="A hint." text=text on_commit=Callback::new(move |it| text.set(it)) />
            <TextField id="g-error".to_owned() label="Text with an error" text=Signal::stored(String::new()) on_commit=nothing error="Needed: say why.".to_owned() />
            <TextField id="g-long".to_owned() label="Long text" text=text on_commit=nothing is_long=true />
            <div class="field-row">
                <DateField id="g-date".to_owned() label="Date" date=Signal::stored(None) on_commit=Callback::new(|_| {}) />
                <NumberField id="g-number".to_owned() label="Number" number=Signal::stored(Some(38)) on_commit=Callback::new(|_| {}) />
                <SelectField id="g-select" label="Select" choices=choices value=Signal::stored("b".to_owned()) on_choose=nothing />
            </div>
            <fieldset class="question"><legend><h3 class="question-title">"Is one of these chosen?"</h3></legend>
                <div class="choices">
                    <RadioChoice id="g-r0".to_owned() name="g-radio" label="Not chosen" hint="With a hint." is_chosen=Signal::derive(move || chosen.get() == 0) on_choose=Callback::new(move |()| chosen.set(0)) />
                    <RadioChoice id="g-r1".to_owned() name="g-radio" label="Chosen" is_chosen=Signal::derive(move || chosen.get() == 1) on_choose=Callback::new(move |()| chosen.set(1)) />
                    <div class="choice-reveal"><TextField id="g-reveal".to_owned() label="What it needs" text=text on_commit=nothing /></div>
                </div>
            </fieldset>
            <fieldset class="facets"><legend><h3>"What could you show today?"</h3></legend>
                <div class="choices">
                    <CheckChoice id="g-c0".to_owned() facet="Documented" label="A written rule, approved this year" is_ticked=is_ticked on_tick=Callback::new(move |it| is_ticked.set(it)) />
                    <CheckChoice id="g-c1".to_owned() facet="Enforced" label="A setting that nobody can walk around" is_ticked=Signal::stored(false) on_tick=Callback::new(|_| {}) />
                    <CheckChoice id="g-c2".to_owned() label="None of these" is_apart=true is_ticked=Signal::stored(false) on_tick=Callback::new(|_| {}) />
                </div>
            </fieldset>
        </section>
    }
}

#[component]
fn Tables() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="tables"><h2 id="tables">"Tables"</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Plain table">
                <table class="data-table"><caption>"Plain"</caption>
                    <thead><tr><th scope="col" aria-sort="ascending"><button type="button" class="sort">"Sorted"</button></th><th scope="col" class="number">"Number"</th></tr></thead>
                    <tbody><tr><th scope="row">"A row"</th><td class="number">"12"</td></tr><tr class="group-row"><th scope="rowgroup" colspan="2">"A group"</th></tr></tbody>
                </table>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Heat map">
                <table class="data-table heat"><caption>"Heat map"</caption>
                    <thead><tr><th scope="col">"Topic"</th><th scope="col">"None"</th><th scope="col">"0"</th><th scope="col">"1"</th><th scope="col">"2"</th><th scope="col">"3"</th><th scope="col">"4"</th></tr></thead>
                    <tbody><tr><th scope="row">"Source"</th>{["none", "0", "1", "2", "3", "4"].map(|level| view! { <td class="heat-cell" data-level=level><span>"3 of 7"</span></td> }).collect_view()}</tr></tbody>
                </table>
            </div>
            <ul class="chips"><li><a class="chip" href="#/">"A.8.32"</a></li><li><a class="chip" href="#/" data-relation="subset">"CC8.1 "<span class="chip-note">"subset"</span></a></li></ul>
            <div class="empty"><p>"An empty state."</p></div>
        </section>
    }
}
