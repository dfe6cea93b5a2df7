//! The plain pieces of pages, as functions: each is compiled once, whatever is put into it.

use leptos::prelude::*;

/// The main part of a page.
pub fn page(class: &'static str, parts: Vec<AnyView>) -> AnyView {
    view! { <main id="main" tabindex="-1" class=class>{parts}</main> }.into_any()
}

/// The head of a page: its title and one sentence.
pub fn page_head(title: String, lead: AnyView) -> AnyView {
    view! { <header class="page-head"><h1>{title}</h1><p class="lead">{lead}</p></header> }.into_any()
}

/// A section with a heading.
pub fn section(title: String, body: AnyView) -> AnyView {
    view! { <section class="section"><h2>{title}</h2>{body}</section> }.into_any()
}

/// A link.
pub fn link(href: String, words: String) -> AnyView {
    view! { <a href=href>{words}</a> }.into_any()
}

/// A link that looks like a button.
pub fn button_link(class: &'static str, href: String, words: String) -> AnyView {
    view! { <a class=class href=href>{words}</a> }.into_any()
}

/// A row of buttons.
pub fn actions(buttons: Vec<AnyView>) -> AnyView {
    view! { <div class="actions">{buttons}</div> }.into_any()
}

/// The way back.
pub fn breadcrumb(links: Vec<AnyView>) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    for link in links {
        if !parts.is_empty() {
            parts.push(view! { <span aria-hidden="true">" › "</span> }.into_any());
        }
        parts.push(link);
    }
    view! { <p class="breadcrumb">{parts}</p> }.into_any()
}

/// Words where there would be a list.
pub fn empty(words: &'static str) -> AnyView {
    view! { <div class="empty"><p>{words}</p></div> }.into_any()
}

/// A note to the reader of a page.
pub fn note(words: &'static str) -> AnyView {
    view! { <div class="notice" data-tone="info"><p>{words}</p></div> }.into_any()
}

/// Something folded away.
pub fn folded(summary: String, body: AnyView) -> AnyView {
    view! { <details><summary>{summary}</summary>{body}</details> }.into_any()
}

/// A table that scrolls inside its frame on narrow screens. `name` says what it holds.
pub fn table(class: &'static str, name: String, heads: &[&'static str], bodies: Vec<AnyView>) -> AnyView {
    let heads = heads
        .iter()
        .map(|head| view! { <th scope="col">{*head}</th> }.into_any())
        .collect();
    table_with_heads(class, name, heads, bodies)
}

/// The same with header cells of any kind.
pub fn table_with_heads(class: &'static str, name: String, heads: Vec<AnyView>, bodies: Vec<AnyView>) -> AnyView {
    let label = name.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class=class><caption>{name}</caption><thead><tr>{heads}</tr></thead>{bodies}</table>
        </div>
    }
    .into_any()
}

/// The body of a table.
pub fn table_body(rows: Vec<AnyView>) -> AnyView {
    view! { <tbody>{rows}</tbody> }.into_any()
}

/// A row: its header cell and the others.
pub fn row(head: AnyView, cells: Vec<AnyView>) -> AnyView {
    let cells = cells
        .into_iter()
        .map(|cell| view! { <td>{cell}</td> }.into_any())
        .collect::<Vec<_>>();
    view! { <tr><th scope="row">{head}</th>{cells}</tr> }.into_any()
}

/// Text as a view.
pub fn text(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    words.into_any()
}

/// An item of a list.
pub fn item(words: String) -> AnyView {
    view! { <li>{words}</li> }.into_any()
}

/// A paragraph.
pub fn paragraph(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    view! { <p>{words}</p> }.into_any()
}
