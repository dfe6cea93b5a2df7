//! Draws bars: label, bar and value in a row, with what is to be said below.

use super::led;
use crate::report::chart::{Bar, Bars};
use crate::ui::components::{bar_row, bar_within};
use crate::ui::element::el;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The drawing.
pub(super) fn draw(store: AssessmentStore, bars: &Bars) -> View {
    let rows = bars.bars.iter().map(|bar| {
        let segments = bar.segments.iter().zip(&bars.legend);
        let segments: Vec<_> = segments.map(|(n, (tone, _))| (*tone, length(*n))).collect();
        let drawn = bar_within(&segments, length(bars.whole(bar)));
        let Bar {
            label,
            leads,
            value,
            note,
            ..
        } = bar;
        bar_row(led(store, leads, label.clone()), drawn, value.clone(), note.clone())
    });
    let rows = el("div").class("bar-rows").all(rows.collect()).view();
    let legend = bars.drawn_legend().iter().map(|(tone, words)| {
        let words = words.clone();
        el("li").attr("data-tone", tone.as_str()).with(words).view()
    });
    let legend: Vec<View> = legend.collect();
    if legend.is_empty() {
        return rows;
    }
    View::Many(vec![el("ul").class("legend").all(legend).view(), rows])
}

fn length(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
