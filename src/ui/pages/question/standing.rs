//! Where the practice stands: one choice, and the words that some choices need before they are kept.

use leptos::prelude::*;

use super::Question;
use super::supplier::{SUPPLIERS, supplier_hint, supplier_names};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Answer, Standing, StandingKind, Words};
use crate::ui::components::{TextField, button, radio_choice};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, words};

/// The choices of the standing.
pub(super) fn standing_choices(question: Question) -> Element {
    let Question {
        store,
        practice,
        answer,
        drafted,
    } = question;
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
            None if answer.get_untracked().standing.kind() == kind => drafted.set(None),
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
    let mut choices = el("div").class("choices");
    for kind in StandingKind::CHOICES.into_iter().filter(is_offered) {
        choices = choices.with(radio_choice(
            format!("standing-{}", kind.as_str()),
            "standing",
            kind.title(),
            hint(kind),
            flag(move || question.shown() == kind),
            move || choose(kind),
        ));
        if needs_words(kind) {
            choices = choices.with(reveal(question, kind));
        }
    }
    let clear = button("button small quiet", "Clear this answer")
        .attr("hidden", flag(move || question.shown() == StandingKind::NotAnswered))
        .on("click", act(move |_| choose(StandingKind::NotAnswered)));
    let title = el("h1").class("question-title").with(practice.question());
    el("fieldset")
        .class("question")
        .with(el("legend").with(title))
        .with(choices)
        .with(clear)
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

/// A field of the words that a choice needs.
#[derive(Clone, Copy)]
struct WordField {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    /// What is said while it is blank.
    missing: &'static str,
    is_long: bool,
}

const DESCRIPTION: WordField = WordField {
    name: "description",
    label: "What you do instead",
    hint: "",
    missing: "Needed: say what you do instead.",
    is_long: true,
};
const RISK: WordField = WordField {
    name: "risk",
    label: "Which risk that addresses",
    hint: "",
    missing: "Needed: say which risk it addresses.",
    is_long: true,
};
const OWNER: WordField = WordField {
    name: "owner",
    label: "Who owns it",
    hint: "",
    missing: "Needed: name who owns it.",
    is_long: false,
};
const REASON: WordField = WordField {
    name: "reason",
    label: "Why it does not exist here",
    hint: "It stands in the report.",
    missing: "Needed: without a reason the answer is not kept.",
    is_long: true,
};
const SUPPLIER: WordField = WordField {
    name: "supplier",
    label: "Which supplier",
    hint: "You still watch the supplier; that is never inherited.",
    missing: "Needed: name the supplier.",
    is_long: false,
};

const fn fields_of(kind: StandingKind) -> &'static [WordField] {
    match kind {
        StandingKind::AnotherWay => &[DESCRIPTION, RISK, OWNER],
        StandingKind::NotApplicable => &[REASON],
        StandingKind::Inherited => &[SUPPLIER],
        StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly | StandingKind::InPlace => &[],
    }
}

/// The words that a choice needs. The answer is kept when all of them are there; until then what was typed is a draft.
fn reveal(question: Question, kind: StandingKind) -> Element {
    let Question {
        store,
        practice,
        answer,
        drafted,
    } = question;
    let fields = fields_of(kind);
    let drafts = RwSignal::new(vec![None::<String>; fields.len()]);
    let value = move |index: usize| {
        let draft = drafts.get().get(index).cloned().flatten();
        draft.unwrap_or_else(|| kept_words(&answer.get(), kind, index))
    };
    let commit = move |index: usize, text: String| {
        drafts.update(|drafts| {
            if let Some(draft) = drafts.get_mut(index) {
                *draft = Some(text);
            }
        });
        let values: Vec<String> = (0..fields.len()).map(|index| untrack(|| value(index))).collect();
        let Some(standing) = standing_of(kind, &values) else {
            return;
        };
        let is_owned = match values.get(2) {
            Some(owner) => store.dispatch(Action::SetOwner(practice.id, owner.trim().to_owned())),
            None => true,
        };
        if is_owned && store.dispatch(Action::SetStanding(practice.id, standing)) {
            drafts.update(|drafts| drafts.fill(None));
            drafted.set(None);
        }
    };
    let is_touched = move || drafted.get() == Some(kind) || drafts.get().iter().any(Option::is_some);
    let mut revealed = el("div")
        .class("choice-reveal")
        .attr("hidden", flag(move || question.shown() != kind));
    for (index, field) in fields.iter().enumerate() {
        let error = words(move || {
            if is_touched() && value(index).trim().is_empty() {
                field.missing
            } else {
                ""
            }
        });
        let id = format!("{}-{}", kind.as_str(), field.name);
        let text = words(move || value(index));
        let shown = TextField::new(id, field.label, text, move |text| commit(index, text));
        let names = (kind == StandingKind::Inherited).then_some(SUPPLIERS);
        let shown = shown.hint(field.hint).long(field.is_long).offering(names);
        revealed = revealed.with(shown.error(error));
    }
    if kind == StandingKind::Inherited {
        revealed = revealed
            .with(supplier_names(store, practice))
            .with(supplier_hint(question));
    }
    revealed
}

/// The words that an answer holds for a field of a choice; blank if it stands otherwise.
fn kept_words(answer: &Answer, kind: StandingKind, index: usize) -> String {
    let kept = match (&answer.standing, index) {
        (Standing::AnotherWay { description, .. }, 0) => description.as_str(),
        (Standing::AnotherWay { risk, .. }, 1) => risk.as_str(),
        (Standing::NotApplicable { reason }, 0) => reason.as_str(),
        (Standing::Inherited { supplier }, 0) => supplier.as_str(),
        (
            Standing::NotAnswered
            | Standing::NotInPlace
            | Standing::Partly
            | Standing::InPlace
            | Standing::AnotherWay { .. }
            | Standing::NotApplicable { .. }
            | Standing::Inherited { .. },
            _,
        ) => "",
    };
    let is_owner = kind == StandingKind::AnotherWay && index == 2;
    match (is_owner, answer.standing.kind() == kind) {
        (true, _) => answer.owner.clone(),
        (false, true) => kept.to_owned(),
        (false, false) => String::new(),
    }
}

/// The standing that some words make, if none of them is blank.
fn standing_of(kind: StandingKind, values: &[String]) -> Option<Standing> {
    let all: Vec<Words> = values.iter().map(|text| Words::new(text)).collect::<Option<_>>()?;
    let mut all = all.into_iter();
    let first = all.next()?;
    match kind {
        StandingKind::AnotherWay => Some(Standing::AnotherWay {
            description: first,
            risk: all.next()?,
        }),
        StandingKind::NotApplicable => Some(Standing::NotApplicable { reason: first }),
        StandingKind::Inherited => Some(Standing::Inherited { supplier: first }),
        StandingKind::NotAnswered | StandingKind::NotInPlace | StandingKind::Partly | StandingKind::InPlace => None,
    }
}
