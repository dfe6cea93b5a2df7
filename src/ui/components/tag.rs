//! A word with a tone. The tone has a shape of its own in the style sheet, so colour is never alone.

use leptos::prelude::*;

use crate::analysis::{Level, Verdict};
use crate::domain::StandingKind;
use crate::ui::follow::words;

/// The tone of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ready, in place.
    Good,
    /// Partly.
    Fair,
    /// Not ready, not in place.
    Poor,
    /// Not known yet.
    Open,
    /// Without judgement.
    Plain,
}

impl Tone {
    /// The tone's name in the style sheet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::Open => "open",
            Self::Plain => "plain",
        }
    }
}

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

/// A word with a tone.
#[component]
pub fn Tag(
    /// The tone.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The word.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="tag" data-tone=words(move || tone.get().as_str())>{text}</span> }
}

/// The same for a word that stays as it is.
pub fn tag(tone: Tone, text: &'static str) -> AnyView {
    view! { <span class="tag" data-tone=tone.as_str()>{text}</span> }.into_any()
}
