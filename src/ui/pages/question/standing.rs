//! Where the practice stands: one choice, and the words that some choices need before they are kept.

use leptos::prelude::*;

use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Answer, Practice, Standing, StandingKind, Words};
use crate::ui::components::{RadioChoice, TextField};
use crate::ui::state::AssessmentStore;

/// The choices of the standing.
#[component]
pub fn StandingChoices(
    /// The practice.
    practice: &'static Practice,
    /// Its answer.
    answer: Memo<Answer>,
    /// The standing on the screen.
    shown: Memo<StandingKind>,
    /// A standing that still lacks its words.
    drafted: RwSignal<Option<StandingKind>>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let choose = move |kind: StandingKind| {
        let plain = match kind {
            StandingKind::InPlace => Some(Standing::InPlace),
            StandingKind::Partly => Some(Standing::Partly),
            StandingKind::NotInPlace => Some(Standing::NotInPlace),
            StandingKind::NotAnswered => Some(Standing::NotAnswered),
            StandingKind::AnotherWay | StandingKind::NotApplicable | StandingKind::Inherited => None,
        };
        match plain {
            Some(standing) => {
                drafted.set(None);
                store.dispatch(Action::SetStanding(practice.id, standing));
            }
            None if answer.with_untracked(|answer| answer.standing.kind()) == kind => drafted.set(None),
            None => drafted.set(Some(kind)),
        }
    };
    let is_offered = move |kind: &StandingKind| match kind {
        StandingKind::NotApplicable => CATALOGUE.can_be_not_applicable(practice),
        StandingKind::Inherited => practice.inheritable.is_some(),
        StandingKind::NotAnswered
        | StandingKind::NotInPlace
        | StandingKind::Partly
        | StandingKind::InPlace
        | StandingKind::AnotherWay => true,
    };
    let radio = move |kind: StandingKind| {
        let id = format!("standing-{}", kind.as_str());
        let reveal = needs_words(kind).then(|| view! { <Reveal practice answer kind shown drafted /> });
        view! {
            <RadioChoice id name="standing" label=kind.title() hint=hint(kind)
                is_chosen=Signal::derive(move || shown.get() == kind) on_choose=Callback::new(move |()| choose(kind)) />
            {reveal}
        }
    };
    view! {
        <fieldset class="question">
            <legend><h1 class="question-title">{practice.question}</h1></legend>
            <div class="choices">{StandingKind::CHOICES.into_iter().filter(is_offered).map(radio).collect_view()}</div>
            <button type="button" class="button small quiet" hidden=move || shown.get() == StandingKind::NotAnswered
                on:click=move |_| choose(StandingKind::NotAnswered)>"Clear this answer"</button>
        </fieldset>
    }
}

const fn needs_words(kind: StandingKind) -> bool {
    matches!(
        kind,
        StandingKind::AnotherWay | StandingKind::NotApplicable | StandingKind::Inherited
    )
}

const fn hint(kind: StandingKind) -> &'static str {
    match kind {
        StandingKind::InPlace => "Everywhere in scope, as a rule and not by luck.",
        StandingKind::Partly => "Somewhere, sometimes, or only begun.",
        StandingKind::NotInPlace => "Not done, or not yet.",
        StandingKind::AnotherWay => "You address the same risk differently. Counts as in place, and is shown apart.",
        StandingKind::Inherited => "A supplier does it for you.",
        StandingKind::NotApplicable => "What this is about does not exist here. Not: we don't do it.",
        StandingKind::NotAnswered => "",
    }
}

/// The words that a choice needs. The answer is kept when all of them are there.
#[component]
fn Reveal(
    practice: &'static Practice,
    answer: Memo<Answer>,
    kind: StandingKind,
    shown: Memo<StandingKind>,
    drafted: RwSignal<Option<StandingKind>>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let (first, second, owner) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let kept = answer.get_untracked();
    let (kept_first, kept_second) = words_of(&kept.standing);
    if kept.standing.kind() == kind {
        first.set(kept_first);
        second.set(kept_second);
    }
    owner.set(kept.owner);
    let standing = move || {
        let words = |text: RwSignal<String>| Words::new(&text.get_untracked());
        match kind {
            StandingKind::AnotherWay => Some(Standing::AnotherWay {
                description: words(first)?,
                risk: words(second)?,
            })
            .filter(|_| words(owner).is_some()),
            StandingKind::NotApplicable => Some(Standing::NotApplicable { reason: words(first)? }),
            StandingKind::Inherited => Some(Standing::Inherited {
                supplier: words(first)?,
            }),
            StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly | StandingKind::InPlace => None,
        }
    };
    let keep = move || {
        let Some(standing) = standing() else { return };
        let owned =
            kind != StandingKind::AnotherWay || store.dispatch(Action::SetOwner(practice.id, owner.get_untracked()));
        if owned && store.dispatch(Action::SetStanding(practice.id, standing)) {
            drafted.set(None);
        }
    };
    let commit = move |field: RwSignal<String>| {
        Callback::new(move |text: String| {
            field.set(text);
            keep();
        })
    };
    let is_drafted = move || drafted.get() == Some(kind);
    let error = move |field: RwSignal<String>, words: &'static str| {
        Signal::derive(move || {
            if is_drafted() && field.with(|text| text.trim().is_empty()) {
                words.to_owned()
            } else {
                String::new()
            }
        })
    };
    let field =
        move |name: &str, label: &'static str, hint: &'static str, text: RwSignal<String>, missing: &'static str| {
            view! {
                <TextField id=format!("{}-{name}", kind.as_str()) label=label hint=hint text=text on_commit=commit(text)
                    is_long=kind != StandingKind::Inherited && name != "owner" error=error(text, missing) />
            }
        };
    let fields = match kind {
        StandingKind::AnotherWay => view! {
            {field("description", "What you do instead", "", first, "Needed: say what you do instead.")}
            {field("risk", "Which risk that addresses", "", second, "Needed: say which risk it addresses.")}
            {field("owner", "Who owns it", "", owner, "Needed: name who owns it.")}
        }
        .into_any(),
        StandingKind::NotApplicable => field(
            "reason",
            "Why it does not exist here",
            "It stands in the report.",
            first,
            "Needed: without a reason the answer is not kept.",
        )
        .into_any(),
        StandingKind::Inherited => field(
            "supplier",
            "Which supplier",
            "You still watch the supplier; that is never inherited.",
            first,
            "Needed: name the supplier.",
        )
        .into_any(),
        StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly | StandingKind::InPlace => {
            ().into_any()
        }
    };
    view! { <div class="choice-reveal" hidden=move || shown.get() != kind>{fields}</div> }
}

fn words_of(standing: &Standing) -> (String, String) {
    let text = |words: &Words| words.as_str().to_owned();
    match standing {
        Standing::AnotherWay { description, risk } => (text(description), text(risk)),
        Standing::NotApplicable { reason } => (text(reason), String::new()),
        Standing::Inherited { supplier } => (text(supplier), String::new()),
        Standing::NotAnswered | Standing::NotInPlace | Standing::Partly | Standing::InPlace => Default::default(),
    }
}
