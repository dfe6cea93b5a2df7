//! Note, owner and basis of an answer. Folded away until somebody wants them, open once there is something in them.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::domain::{Action, Answer, Basis, BasisKind, Practice};
use crate::ui::components::{DateField, RadioChoice, TextField};
use crate::ui::follow::{flag, memo};
use crate::ui::state::AssessmentStore;

/// Note, owner and basis.
#[component]
pub fn AnswerDetails(
    /// The practice.
    practice: &'static Practice,
    /// Its answer.
    answer: Memo<Answer>,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let kept = answer.get_untracked();
    let is_open = !kept.note.is_empty() || !kept.owner.is_empty() || kept.basis.is_some();
    let text = move |read: fn(&Answer) -> String| Signal::derive(move || answer.with(read));
    let note = Callback::new(move |note| {
        store.dispatch(Action::SetNote(practice.id, note));
    });
    let owner = Callback::new(move |owner| {
        store.dispatch(Action::SetOwner(practice.id, owner));
    });
    view! {
        <details class="answer-details" open=is_open>
            <summary>"Note, owner and basis"</summary>
            <TextField id="note".to_owned() label="Note" hint="What a colleague or an auditor should know. It stands in the report." is_long=true
                text=text(|answer| answer.note.clone()) on_commit=note />
            <TextField id="owner".to_owned() label="Owner" hint="Who answers for this practice." text=text(|answer| answer.owner.clone()) on_commit=owner />
            <BasisFields practice answer />
        </details>
    }
}

/// How firm the answer is, by whom and when.
#[component]
fn BasisFields(practice: &'static Practice, answer: Memo<Answer>) -> impl IntoView {
    let store = AssessmentStore::expect();
    let basis = memo(move || answer.with(|answer| answer.basis.clone()));
    let kind = memo(move || basis.with(|basis| basis.as_ref().map(|basis| basis.kind)));
    let set = move |basis: Option<Basis>| {
        store.dispatch(Action::SetBasis(practice.id, basis));
    };
    let choose = move |kind: BasisKind| {
        let before = basis.get_untracked();
        set(Some(before.map_or(
            Basis {
                kind,
                by: String::new(),
                on: None,
            },
            |basis| Basis { kind, ..basis },
        )));
    };
    let by = Callback::new(move |by: String| {
        if let Some(basis) = basis.get_untracked() {
            set(Some(Basis { by, ..basis }));
        }
    });
    let on = Callback::new(move |on: Option<NaiveDate>| {
        if let Some(basis) = basis.get_untracked() {
            set(Some(Basis { on, ..basis }));
        }
    });
    let hint = |kind: BasisKind| match kind {
        BasisKind::Said => "Somebody said so.",
        BasisKind::Seen => "Somebody looked at the record or the setting.",
        BasisKind::Tested => "Somebody tried it or drew a sample.",
    };
    let radio = move |it: BasisKind| {
        view! {
            <RadioChoice id=format!("basis-{}", it.as_str()) name="basis" label=it.title() hint=hint(it)
                is_chosen=Signal::derive(move || kind.get() == Some(it)) on_choose=Callback::new(move |()| choose(it)) />
        }
    };
    view! {
        <fieldset class="basis">
            <legend>"How firm is this answer?"</legend>
            <div class="choices">{BasisKind::ALL.map(radio).collect_view()}</div>
            <div class="field-row" hidden=flag(move || kind.get().is_none())>
                <TextField id="basis-by".to_owned() label="By" text=Signal::derive(move || basis.with(|basis| basis.as_ref().map(|it| it.by.clone()).unwrap_or_default())) on_commit=by />
                <DateField id="basis-on".to_owned() label="On" date=Signal::derive(move || basis.with(|basis| basis.as_ref().and_then(|it| it.on))) on_commit=on />
            </div>
        </fieldset>
    }
}
