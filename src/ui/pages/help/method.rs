//! The method: how everything is computed. `?part=` in the address leads to a chapter.

use super::{focus_on_looked_for, looked_for, target};
use crate::report::wording::method::{Chapter, METHOD, Said};
use crate::ui::components::{help_href, link, list, paragraph, row, table, table_body};
use crate::ui::element::el;
use crate::ui::view::View;

/// The method, chapter by chapter.
pub(super) fn method() -> View {
    focus_on_looked_for(looked_for("part"), "part-");
    let contents = METHOD.iter().fold(el("ol"), |list, it| {
        list.with(el("li").with(link(help_href("method", "part", it.id), it.title)))
    });
    let contents = el("nav")
        .class("contents")
        .attr("aria-label", "Chapters")
        .with(contents);
    let mut parts = vec![contents.view()];
    parts.extend(METHOD.iter().map(chapter));
    parts.into()
}

fn chapter(it: &'static Chapter) -> View {
    let id = format!("part-{}", it.id);
    let heading = target(el("h2"), id.clone()).with(it.title);
    el("section")
        .class("section prose")
        .attr("aria-labelledby", id)
        .with(heading)
        .all(it.body.iter().map(said).collect())
        .view()
}

fn said(said: &'static Said) -> View {
    match said {
        Said::Words(words) => paragraph(*words),
        Said::Formula(words) => el("p").class("formula").with(el("code").with(*words)).view(),
        Said::Points(points) => list(points.iter().map(|it| (*it).to_owned())),
        Said::Pairs(name, heads, rows) => {
            let rows = rows.iter().map(|[head, words]| row(*head, vec![(*words).into()]));
            table(
                "data-table",
                (*name).to_owned(),
                heads,
                vec![table_body(rows.collect())],
            )
        }
    }
}
