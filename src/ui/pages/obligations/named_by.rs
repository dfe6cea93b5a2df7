//! The reverse: which obligations of other laws and frameworks name a requirement of ISO/IEC 27001.

use super::href_of;
use crate::analysis::naming;
use crate::catalogue::OBLIGATIONS;
use crate::domain::{FrameworkId, Requirement};
use crate::report::wording;
use crate::ui::components::{folded, link, paragraph};
use crate::ui::element::el;
use crate::ui::route::Query;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The obligations that name a requirement, folded; nothing for one of another framework.
pub fn named_by(store: AssessmentStore, requirement: &'static Requirement) -> Option<View> {
    if requirement.id.framework != FrameworkId::Iso27001 {
        return None;
    }
    let id = requirement.id;
    let named = OBLIGATIONS.iter().map(|it| (it, naming(it, id.framework, id.code)));
    let named: Vec<_> = named.filter(|(_, obligations)| !obligations.is_empty()).collect();
    if named.is_empty() {
        return Some(paragraph(
            "No public mapping that we carry names it for another law or framework.",
        ));
    }
    let n = named.iter().map(|(_, obligations)| obligations.len()).sum();
    let mut list = el("dl").class("pairs");
    for (source, obligations) in named {
        let links = obligations.into_iter().map(|it| {
            let href = href_of(store, source, it, Query::default());
            el("li").with(link(href, it.name())).view()
        });
        let links = el("ul").class("cell-list").all(links.collect());
        list = list.with(el("dt").with(source.short)).with(el("dd").with(links));
    }
    let summary = format!(
        "Also named by {}",
        wording::count(n, "other obligation", "other obligations")
    );
    let body = View::Many(vec![paragraph(wording::OBLIGATIONS_NATURE), list.view()]);
    Some(folded(summary, body).class("section-folded").view())
}
