//! A word with a tone. The tone has a shape of its own in the style sheet, so colour is never alone.

use crate::analysis::{Grade, Level, Verdict};
use crate::domain::StandingKind;
pub use crate::report::chart::Tone;
use crate::ui::element::el;
use crate::ui::view::View;

/// The tone of a verdict on a requirement.
pub const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Known(Level::Ready) => Tone::Good,
        Verdict::Known(Level::Partly) => Tone::Fair,
        Verdict::Known(Level::NotReady) => Tone::Poor,
        Verdict::Open { .. } | Verdict::NeedsDecision => Tone::Open,
    }
}

/// The tone of a standing.
pub const fn standing_tone(standing: StandingKind) -> Tone {
    match standing {
        StandingKind::InPlace | StandingKind::AnotherWay | StandingKind::Inherited => Tone::Good,
        StandingKind::Partly => Tone::Fair,
        StandingKind::NotInPlace => Tone::Poor,
        StandingKind::NotAnswered => Tone::Open,
        StandingKind::NotApplicable => Tone::Plain,
    }
}

/// The tone of a potential grade.
pub const fn grade_tone(grade: Grade) -> Tone {
    match grade {
        Grade::PotentialMajor => Tone::Poor,
        Grade::PotentialMinor | Grade::PotentialDesignDeficiency | Grade::PotentialOperatingDeviation => Tone::Fair,
        Grade::Observation => Tone::Plain,
    }
}

/// A word with a tone.
pub fn tag(tone: Tone, text: impl Into<View>) -> View {
    el("span")
        .class("tag")
        .attr("data-tone", tone.as_str())
        .with(text)
        .view()
}
