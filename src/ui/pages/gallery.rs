//! Every component in every state, for test builds: axe and screenshots run on it. Also the place of the provoked panic.

use leptos::prelude::*;

use crate::analysis::Tally;
use crate::ui::components::{
    ChartRow, TextField, Tone, button, button_link, check_choice, date_field, empty, fixed, named_section, notice,
    number_field, page, radio_choice, readiness_chart, row_head, select_field, tag,
};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, words};
use crate::ui::view::View;

/// The gallery.
pub fn gallery_page() -> View {
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
    let head = el("header")
        .class("page-head")
        .with(el("p").class("eyebrow").with("Test build"))
        .with(el("h1").with("Gallery"))
        .with(el("p").class("lead").with("Every component in every state."));
    let tags = tones.map(|(tone, text)| tag(tone, text));
    let finding = "5 of 14 requirements ready; up to 9 if all that is open turns out in place.".to_owned();
    let panic = button("button danger", "Provoke a panic")
        .attr("id", "provoke-panic")
        .on("click", act(|_| provoke_panic()));
    page(
        "page",
        vec![
            head.view(),
            named_section("tags", "Tags").with(line(tags.into())).view(),
            named_section("buttons", "Buttons").with(buttons()).view(),
            fields().view(),
            named_section("charts", "Charts")
                .with(readiness_chart(finding, "Group", &rows))
                .view(),
            notices().view(),
            tables().view(),
            line(vec![panic.view()]).view(),
        ],
    )
}

fn line(parts: Vec<View>) -> Element {
    el("p").class("actions").all(parts)
}

fn buttons() -> Element {
    line(vec![
        button("button primary", "Primary").view(),
        button("button", "Plain").view(),
        button("button quiet", "Quiet").view(),
        button("button danger", "Danger").view(),
        button("button small", "Small").view(),
        button("button", "Disabled").attr("disabled", true).view(),
        button_link("button", "#/", "Link").view(),
    ])
}

fn notices() -> Element {
    let mut section = named_section("notices", "Notices");
    for tone in ["info", "good", "warn", "bad"] {
        let actions = el("div")
            .class("notice-actions")
            .with(button("button small", "Next step"));
        section = section.with(notice(tone, format!("A notice of the tone {tone}.")).with(actions));
    }
    for (state, words) in [
        ("kept", "Kept in this browser"),
        ("not-kept", "Not kept: full"),
        ("elsewhere", "Changed in another tab"),
    ] {
        let output = el("output").class("keep-status").attr("data-state", state).with(words);
        section = section.with(el("p").with(output));
    }
    section
}

#[expect(
    clippy::panic,
    reason = "the journey of the lifeboat provokes a panic here, in test builds only"
)]
fn provoke_panic() {
    panic!("provoked in the gallery");
}

fn fields() -> Element {
    let text = RwSignal::new("Harbour Pine Software".to_owned());
    let chosen = RwSignal::new(1_u8);
    let is_ticked = RwSignal::new(true);
    let field = move |id: &'static str, label: &'static str, set: fn(RwSignal<String>, String)| {
        TextField::new(id, label, words(move || text.get()), move |typed| set(text, typed))
    };
    let error = TextField::new("g-error", "Text with an error", fixed(""), |_| {}).error(fixed("Needed: say why."));
    let choices = [("a", "First choice"), ("b", "Second choice")];
    let choices = choices.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let short = el("div")
        .class("field-row")
        .with(date_field("g-date".to_owned(), "Date", || None, |_| {}))
        .with(number_field("g-number".to_owned(), "Number", || Some(38), |_| {}))
        .with(select_field(
            "g-select",
            "Select",
            choices.into(),
            || "b".to_owned(),
            |_| {},
        ));
    let radio = move |id: &str, label: &'static str, hint: &'static str, value: u8| {
        let is_chosen = flag(move || chosen.get() == value);
        radio_choice(id.to_owned(), "g-radio", label, hint, is_chosen, move || {
            chosen.set(value)
        })
    };
    let reveal = el("div").class("choice-reveal");
    let radios = el("div")
        .class("choices")
        .with(radio("g-r0", "Not chosen", "With a hint.", 0))
        .with(radio("g-r1", "Chosen", "", 1))
        .with(reveal.with(field("g-reveal", "What it needs", |_, _| {})));
    let check = |class: &'static str, id: &str, facet: &'static str, label: &'static str| {
        check_choice(class, id.to_owned(), facet, label, flag(|| false), |_| {})
    };
    let ticked = check_choice(
        "choice",
        "g-c0".to_owned(),
        "Documented",
        "A written rule, approved this year",
        flag(move || is_ticked.get()),
        move |it| is_ticked.set(it),
    );
    let checks = el("div")
        .class("choices")
        .with(ticked)
        .with(check(
            "choice",
            "g-c1",
            "Enforced",
            "A setting that nobody can walk around",
        ))
        .with(check("choice choice-none", "g-c2", "", "None of these"));
    let question = el("h3").class("question-title").with("Is one of these chosen?");
    let question = el("fieldset")
        .class("question")
        .with(el("legend").with(question))
        .with(radios);
    let facets = el("fieldset")
        .class("facets")
        .with(el("legend").with(el("h3").with("What could you show today?")))
        .with(checks);
    named_section("fields", "Fields and choices")
        .with(field("g-text", "Text", |text, typed| text.set(typed)).hint("A hint."))
        .with(error)
        .with(field("g-long", "Long text", |_, _| {}).long(true))
        .with(short)
        .with(question)
        .with(facets)
}

fn framed(label: &'static str, table: Element) -> Element {
    el("div")
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label)
        .with(table)
}

fn tables() -> Element {
    let column = || el("th").attr("scope", "col");
    let heads = el("tr")
        .with(column().attr("aria-sort", "ascending").with(button("sort", "Sorted")))
        .with(column().class("number").with("Number"));
    let group = el("th").attr("scope", "rowgroup").attr("colspan", "2").with("A group");
    let rows = el("tbody")
        .with(
            el("tr")
                .with(row_head("A row"))
                .with(el("td").class("number").with("12")),
        )
        .with(el("tr").class("group-row").with(group));
    let plain = el("table")
        .class("data-table")
        .with(el("caption").with("Plain"))
        .with(el("thead").with(heads))
        .with(rows);
    let heads = ["Topic", "None", "0", "1", "2", "3", "4"];
    let heads = heads
        .into_iter()
        .fold(el("tr"), |row, head| row.with(column().with(head)));
    let cells = ["none", "0", "1", "2", "3", "4"];
    let cells = cells.into_iter().fold(el("tr").with(row_head("Source")), |row, level| {
        let cell = el("td").class("heat-cell").attr("data-level", level);
        row.with(cell.with(el("span").with("3 of 7")))
    });
    let heat = el("table")
        .class("data-table heat")
        .with(el("caption").with("Heat map"))
        .with(el("thead").with(heads))
        .with(el("tbody").with(cells));
    let chip = || el("a").class("chip").attr("href", "#/");
    let related = chip()
        .attr("data-relation", "subset")
        .with("CC8.1 ")
        .with(el("span").class("chip-note").with("subset"));
    let chips = el("ul")
        .class("chips")
        .with(el("li").with(chip().with("A.8.32")))
        .with(el("li").with(related));
    named_section("tables", "Tables")
        .with(framed("Plain table", plain))
        .with(framed("Heat map", heat))
        .with(chips)
        .with(empty("An empty state."))
}
