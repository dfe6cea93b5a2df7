//! What switches questions: frameworks, categories and facts. Each says what it switches before it is confirmed.

use leptos::prelude::*;

use super::read;
use crate::analysis::{ScopeEffect, scope_effect, scope_effects};
use crate::catalogue::CATALOGUE;
use crate::domain::{Action, Category, Fact, FrameworkId, Slot};
use crate::report::wording;
use crate::ui::components::{button, check_choice, list, radio_choice};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, flag, follow, memo};
use crate::ui::platform;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The switches of the scope, and the one that waits for its confirmation.
#[derive(Clone, Copy)]
pub(super) struct Switches {
    store: AssessmentStore,
    pending: RwSignal<Option<Action>>,
    /// The changes whose effect is said before they are chosen, with what each would switch.
    effects: Memo<Vec<(Action, ScopeEffect)>>,
}

/// Each fact said and denied, each framework and category put in or taken out.
fn offers(store: AssessmentStore) -> Vec<Action> {
    let facts = Fact::ALL.into_iter();
    let facts = facts.flat_map(|fact| [Action::SetFact(fact, Some(true)), Action::SetFact(fact, Some(false))]);
    let frameworks = FrameworkId::ALL.into_iter();
    let frameworks = frameworks.map(|id| Action::SetFramework(id, !has_framework(store, id)));
    let categories = Category::ALL.into_iter();
    let categories = categories.map(|id| Action::SetCategory(id, !has_category(store, id)));
    facts.chain(frameworks).chain(categories).collect()
}

fn has_framework(store: AssessmentStore, id: FrameworkId) -> bool {
    read(store, |scope| scope.frameworks.contains(&id))
}

fn has_category(store: AssessmentStore, id: Category) -> bool {
    read(store, |scope| scope.categories.contains(&id))
}

fn stated(store: AssessmentStore, fact: Fact) -> Option<bool> {
    read(store, |scope| scope.facts.get(&fact).copied())
}

impl Switches {
    pub(super) fn new(store: AssessmentStore) -> Self {
        Self {
            store,
            pending: RwSignal::new(None),
            effects: memo(move || {
                let offers = offers(store);
                let effects = store.with(|assessment| scope_effects(&CATALOGUE, assessment, offers.clone()));
                offers.into_iter().zip(effects).collect()
            }),
        }
    }

    /// The change that waits at a place of the scope.
    fn pending_at(self, slot: Slot) -> Option<Action> {
        self.pending.get().filter(|action| action.slot() == Some(slot))
    }

    /// Takes a change in at once, or shows first what it would switch.
    fn choose(self, action: Action, was_said: bool) {
        let effect = untrack(|| {
            self.store
                .with(|assessment| scope_effect(&CATALOGUE, assessment, action.clone()))
        });
        if effect.asks_first(was_said) {
            self.pending.set(Some(action));
        } else {
            self.pending.set(None);
            self.store.dispatch(action);
        }
    }

    /// What an offered change would switch, after a word for the choice; nothing if it switches nothing.
    fn said(self, action: &Action, word: &'static str) -> Option<View> {
        let words = self.effects.with(|effects| {
            let (_, effect) = effects.iter().find(|(offer, _)| offer == action)?;
            (!effect.is_empty()).then(|| wording::scope_effect(&CATALOGUE, effect).join(" "))
        })?;
        let word = el("strong").with(word);
        Some(el("p").class("choice-hint").with(word).with(" ").with(words).view())
    }

    /// What the change that waits at a slot would switch, with the way on and the way back. `control` says which control
    /// has the focus afterwards.
    fn confirmation(self, slot: Slot, control: impl Fn() -> String + Copy + Send + Sync + 'static) -> View {
        let shown = follow(move || {
            let action = self.pending_at(slot)?;
            let effect = untrack(|| {
                self.store
                    .with(|assessment| scope_effect(&CATALOGUE, assessment, action))
            });
            let close = move |is_confirmed: bool| {
                let action = self.pending.get_untracked();
                self.pending.set(None);
                if let Some(action) = action.filter(|_| is_confirmed) {
                    self.store.dispatch(action);
                }
                platform::focus(&untrack(control));
            };
            let said = wording::scope_effect(&CATALOGUE, &effect);
            let said = el("div")
                .with(el("p").with(el("strong").with("Not changed yet. What it switches:")))
                .with(list(said.into_iter()));
            let confirm = button("button primary small", "Confirm").on("click", act(move |_| close(true)));
            let cancel = button("button small", "Cancel").on("click", act(move |_| close(false)));
            let buttons = el("div").class("notice-actions").with(confirm).with(cancel);
            Some(
                el("div")
                    .class("notice effect")
                    .attr("data-tone", "warn")
                    .with(said)
                    .with(buttons),
            )
        });
        el("div").attr("aria-live", "polite").with(shown).view()
    }
}

/// A tick box that switches: its place, its words, whether it is in, and the change that puts it in or takes it out.
fn tick_box(
    switches: Switches,
    slot: Slot,
    id: String,
    label: String,
    is_in: impl Fn() -> bool + Copy + Send + Sync + 'static,
    change: impl Fn(bool) -> Action + Copy + Send + Sync + 'static,
) -> Element {
    // What is shown as ticked is the change that waits, if one does.
    let is_ticked = move || match switches.pending_at(slot) {
        Some(action) => action == change(true),
        None => is_in(),
    };
    let said = move || {
        let word = if is_in() { "Without it:" } else { "With it:" };
        match switches.pending_at(slot) {
            Some(_) => None,
            None => switches.said(&change(!is_in()), word),
        }
    };
    let control = StoredValue::new(id.clone());
    let tick = move |is_ticked: bool| switches.choose(change(is_ticked), untrack(is_in));
    let choice = check_choice("choice", id, "", label, flag(is_ticked), tick).with(follow(said));
    el("div")
        .with(choice)
        .with(switches.confirmation(slot, move || control.get_value()))
}

/// The frameworks that are looked at.
pub(super) fn frameworks(switches: Switches) -> Element {
    let store = switches.store;
    let mut choices = el("div").class("choices");
    for id in FrameworkId::ALL {
        let label = CATALOGUE.framework(id).map(|framework| framework.full_title());
        choices = choices.with(tick_box(
            switches,
            Slot::Framework(id),
            format!("framework-{id}"),
            label.unwrap_or_default(),
            move || has_framework(store, id),
            move |is_in| Action::SetFramework(id, is_in),
        ));
    }
    let source = el("p")
        .class("hint")
        .attr("hidden", flag(move || !has_framework(store, FrameworkId::Iso27017)))
        .with(wording::CLOUD_SOURCE);
    el("fieldset")
        .class("section")
        .with(el("legend").with(el("h2").with("Frameworks")))
        .with(choices)
        .with(source)
}

/// The categories of SOC 2 beside Security.
pub(super) fn categories(switches: Switches) -> Element {
    let store = switches.store;
    let mut choices = el("div").class("choices");
    for id in Category::ALL {
        if id != Category::Security {
            choices = choices.with(tick_box(
                switches,
                Slot::Category(id),
                format!("category-{}", id.as_str()),
                id.title().to_owned(),
                move || has_category(store, id),
                move |is_in| Action::SetCategory(id, is_in),
            ));
        }
    }
    el("fieldset")
        .class("section")
        .attr("hidden", flag(move || !has_framework(store, FrameworkId::Soc2)))
        .with(el("legend").with(el("h2").with("SOC 2 categories")))
        .with(el("p").class("hint").with("Security is always in."))
        .with(choices)
}

/// Some facts under a title.
pub(super) fn fact_group(switches: Switches, title: &'static str, facts: &'static [Fact]) -> Element {
    let group = el("div").class("fact-group").with(el("h3").with(title));
    facts
        .iter()
        .fold(group, |group, fact| group.with(fact_question(switches, *fact)))
}

const ANSWERS: [(&str, &str, Option<bool>); 3] = [
    ("yes", "Yes", Some(true)),
    ("no", "No", Some(false)),
    ("not-stated", "Not stated", None),
];

/// A fact: yes, no, or not stated.
fn fact_question(switches: Switches, fact: Fact) -> Element {
    let (store, slot) = (switches.store, Slot::Fact(fact));
    let mut choices = el("div").class("choices inline");
    let group = format!("fact-{}", fact.as_str());
    for (id, label, value) in ANSWERS {
        let is_chosen = move || match switches.pending_at(slot) {
            Some(action) => action == Action::SetFact(fact, value),
            None => stated(store, fact) == value,
        };
        choices = choices.with(radio_choice(
            format!("{group}-{id}"),
            group.clone(),
            label,
            "",
            flag(is_chosen),
            move || {
                let was_said = untrack(|| stated(store, fact)).is_some();
                switches.choose(Action::SetFact(fact, value), was_said);
            },
        ));
    }
    let said = follow(move || {
        let is_pending = switches.pending_at(slot).is_some();
        let offers = [("If yes:", true), ("If no:", false)]
            .into_iter()
            .filter(|_| !is_pending);
        let said = offers.filter_map(|(word, is)| switches.said(&Action::SetFact(fact, Some(is)), word));
        View::Many(said.collect())
    });
    let control = move || {
        let is_chosen = |(_, _, value): &&(&str, &str, Option<bool>)| *value == stated(store, fact);
        let id = ANSWERS.iter().find(is_chosen).map_or("", |(id, ..)| id);
        format!("fact-{}-{id}", fact.as_str())
    };
    el("fieldset")
        .class("fact")
        .with(el("legend").with(fact.question()))
        .with(choices)
        .with(said)
        .with(switches.confirmation(slot, control))
}
