//! The mark of Concord.

use crate::ui::element::{Element, drawing};

/// The mark: two frames that agree. Beside it stands the name, so it says nothing by itself.
pub fn brand_mark() -> Element {
    let frames = drawing("path")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "2")
        .attr("stroke-linejoin", "round")
        .attr("d", "M3 3h12v12H3zM9 9h12v12H9z");
    let both = drawing("path").attr("fill", "currentColor").attr("d", "M9 9h6v6H9z");
    drawing("svg")
        .class("brand-mark")
        .attr("viewBox", "0 0 24 24")
        .attr("width", "24")
        .attr("height", "24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .with(frames)
        .with(both)
}
