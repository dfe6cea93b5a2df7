//! The plain pieces of pages, as functions: each is compiled once, whatever is put into it.

use std::borrow::Cow;

use crate::ui::element::{Element, el};
use crate::ui::view::View;

/// The main part of a page.
pub fn page(class: &'static str, parts: Vec<View>) -> View {
    el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .class(class)
        .all(parts)
        .view()
}

/// The head of a page: its title and one sentence.
pub fn page_head(title: impl Into<View>, lead: impl Into<View>) -> View {
    head_of(title.into(), lead.into())
}

fn head_of(title: View, lead: View) -> View {
    let lead = el("p").class("lead").with(lead);
    el("header")
        .class("page-head")
        .with(el("h1").with(title))
        .with(lead)
        .view()
}

/// A section with a heading.
pub fn section(title: impl Into<View>, body: Vec<View>) -> View {
    el("section")
        .class("section")
        .with(el("h2").with(title))
        .all(body)
        .view()
}

/// A section that is named by its heading, which has an id.
pub fn named_section(id: &'static str, title: &'static str) -> Element {
    el("section")
        .class("section")
        .attr("aria-labelledby", id)
        .with(el("h2").attr("id", id).with(title))
}

/// A link.
pub fn link(href: String, words: impl Into<View>) -> View {
    el("a").attr("href", href).with(words).view()
}

/// A link that looks like a button.
pub fn button_link(class: &'static str, href: impl Into<Cow<'static, str>>, words: impl Into<View>) -> Element {
    el("a").class(class).attr("href", href.into()).with(words)
}

/// A button that is no part of a form.
pub fn button(class: &'static str, words: impl Into<View>) -> Element {
    el("button").attr("type", "button").class(class).with(words)
}

/// A row of buttons.
pub fn actions(buttons: Vec<View>) -> View {
    el("div").class("actions").all(buttons).view()
}

/// The way back.
pub fn breadcrumb(links: Vec<View>) -> View {
    let mut trail = el("p").class("breadcrumb");
    let mut is_first = true;
    for link in links {
        if !is_first {
            trail = trail.with(el("span").attr("aria-hidden", "true").with(" › "));
        }
        trail = trail.with(link);
        is_first = false;
    }
    trail.view()
}

/// Words where there would be a list.
pub fn empty(words: &'static str) -> View {
    el("div").class("empty").with(paragraph(words)).view()
}

/// A box with a message of some tone.
pub fn notice(tone: &'static str, words: impl Into<View>) -> Element {
    el("div").class("notice").attr("data-tone", tone).with(paragraph(words))
}

/// A note to the reader of a page.
pub fn note(words: &'static str) -> View {
    notice("info", words).view()
}

/// Something folded away.
pub fn folded(summary: impl Into<View>, body: impl Into<View>) -> Element {
    el("details").with(el("summary").with(summary)).with(body)
}

/// A table that scrolls inside its frame on narrow screens. `name` says what it holds.
pub fn table(class: &'static str, name: String, heads: &[&'static str], bodies: Vec<View>) -> View {
    let heads = heads.iter().map(|head| head_cell(*head)).collect();
    table_with_heads(class, name, heads, bodies)
}

/// The header cell of a column.
pub fn head_cell(words: impl Into<View>) -> View {
    el("th").attr("scope", "col").with(words).view()
}

/// The same with header cells of any kind.
pub fn table_with_heads(class: &'static str, name: String, heads: Vec<View>, bodies: Vec<View>) -> View {
    let label = name.clone();
    framed_table(class, label, name, heads, bodies)
}

/// The same with a caption that may follow something.
pub fn framed_table(
    class: &'static str,
    label: String,
    caption: impl Into<View>,
    heads: Vec<View>,
    bodies: Vec<View>,
) -> View {
    let table = el("table")
        .class(class)
        .with(el("caption").with(caption))
        .with(el("thead").with(el("tr").all(heads)))
        .all(bodies);
    el("div")
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label)
        .with(table)
        .view()
}

/// The body of a table.
pub fn table_body(rows: Vec<View>) -> View {
    el("tbody").all(rows).view()
}

/// A row: its header cell and the others.
pub fn row(head: impl Into<View>, cells: Vec<View>) -> View {
    cells
        .into_iter()
        .fold(el("tr").with(row_head(head)), |row, cell| row.with(el("td").with(cell)))
        .view()
}

/// The header cell of a row.
pub fn row_head(head: impl Into<View>) -> Element {
    el("th").attr("scope", "row").with(head)
}

/// A list with a point before each item.
pub fn list(items: impl Iterator<Item = String>) -> View {
    items
        .fold(el("ul"), |list, words| list.with(el("li").with(words)))
        .view()
}

/// A paragraph.
pub fn paragraph(words: impl Into<View>) -> View {
    el("p").with(words).view()
}

/// Words that only a screen reader says.
pub fn hidden_words(words: impl Into<View>) -> Element {
    el("span").class("visually-hidden").with(words)
}
