//! The decision on an Annex A control: it applies, with reasons, or it is excluded, with a justification.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::domain::{Action, Decision, InclusionReason, RequirementId, SortedSet, Words};
use crate::ui::components::{CheckChoice, DateField, RadioChoice, TextField};
use crate::ui::follow::{flag, memo};
use crate::ui::state::AssessmentStore;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Undecided,
    Included,
    Excluded,
}

const fn choice_of(decision: Option<&Decision>) -> Choice {
    match decision {
        None => Choice::Undecided,
        Some(Decision::Included { .. }) => Choice::Included,
        Some(Decision::Excluded { .. }) => Choice::Excluded,
    }
}

/// The decision of the Statement of Applicability on one control.
#[component]
pub fn DecisionForm(
    /// The control.
    id: RequirementId,
) -> impl IntoView {
    let store = AssessmentStore::expect();
    let decision = memo(move || store.with(|assessment| assessment.decisions.get(&id).cloned()));
    // An exclusion without a justification is on the screen, but not in the assessment.
    let is_drafted = RwSignal::new(false);
    let shown = memo(move || {
        if is_drafted.get() {
            Choice::Excluded
        } else {
            decision.with(|it| choice_of(it.as_ref()))
        }
    });
    let set = move |decision: Option<Decision>| {
        is_drafted.set(false);
        store.dispatch(Action::SetDecision(id, decision));
    };
    let choose = move |choice: Choice| match choice {
        Choice::Undecided => set(None),
        Choice::Included => set(Some(Decision::Included {
            reasons: SortedSet::default(),
        })),
        Choice::Excluded => is_drafted.set(decision.with_untracked(|it| choice_of(it.as_ref())) != Choice::Excluded),
    };
    let radio = move |name: &'static str, label: &'static str, choice: Choice| {
        view! {
            <RadioChoice id=format!("decision-{name}") name="decision" label=label
                is_chosen=Signal::derive(move || shown.get() == choice) on_choose=Callback::new(move |()| choose(choice)) />
        }
    };
    view! {
        <fieldset class="section">
            <legend><h2>"Statement of Applicability"</h2></legend>
            <p class="hint">"A decision based on risk. Excluding a control changes no answer; its practices stay asked while anything else needs them."</p>
            <div class="choices">
                {radio("included", "Applicable", Choice::Included)}
                <Reasons decision shown=Signal::derive(move || shown.get() == Choice::Included) on_set=Callback::new(set) />
                {radio("excluded", "Excluded", Choice::Excluded)}
                <Exclusion decision shown=Signal::derive(move || shown.get() == Choice::Excluded) on_set=Callback::new(set) />
                {radio("undecided", "Not decided", Choice::Undecided)}
            </div>
        </fieldset>
    }
}

#[component]
fn Reasons(
    decision: Memo<Option<Decision>>,
    #[prop(into)] shown: Signal<bool>,
    on_set: Callback<Option<Decision>>,
) -> impl IntoView {
    let reasons = memo(move || match decision.get() {
        Some(Decision::Included { reasons }) => reasons,
        Some(Decision::Excluded { .. }) | None => SortedSet::default(),
    });
    let tick = move |reason: InclusionReason, is_in: bool| {
        let mut after = reasons.get_untracked();
        if is_in {
            after.insert(reason);
        } else {
            after.remove(&reason);
        }
        on_set.run(Some(Decision::Included { reasons: after }));
    };
    let check = move |reason: InclusionReason| {
        view! {
            <CheckChoice id=format!("reason-{}", reason.as_str()) label=reason.title()
                is_ticked=Signal::derive(move || reasons.with(|it| it.contains(&reason))) on_tick=Callback::new(move |is_in| tick(reason, is_in)) />
        }
    };
    view! {
        <fieldset class="choice-reveal" hidden=flag(move || !shown.get())>
            <legend>"Why it is included"</legend>
            <div class="choices">{InclusionReason::ALL.map(check).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Exclusion(
    decision: Memo<Option<Decision>>,
    #[prop(into)] shown: Signal<bool>,
    on_set: Callback<Option<Decision>>,
) -> impl IntoView {
    let kept = memo(move || match decision.get() {
        Some(Decision::Excluded {
            justification,
            approver,
            review_on,
        }) => (justification.as_str().to_owned(), approver, review_on),
        Some(Decision::Included { .. }) | None => (String::new(), String::new(), None),
    });
    let set = move |(justification, approver, review_on): (String, String, Option<NaiveDate>)| {
        if let Some(justification) = Words::new(&justification) {
            on_set.run(Some(Decision::Excluded {
                justification,
                approver,
                review_on,
            }));
        }
    };
    let justify = Callback::new(move |text: String| {
        let (_, approver, on) = kept.get_untracked();
        set((text, approver, on));
    });
    let approve = Callback::new(move |approver: String| {
        let (text, _, on) = kept.get_untracked();
        set((text, approver, on));
    });
    let review = Callback::new(move |on: Option<NaiveDate>| {
        let (text, approver, _) = kept.get_untracked();
        set((text, approver, on));
    });
    let error = Signal::derive(move || {
        let is_missing = shown.get() && kept.with(|(text, _, _)| text.is_empty());
        if is_missing {
            "Needed: without a justification the exclusion is not kept.".to_owned()
        } else {
            String::new()
        }
    });
    view! {
        <div class="choice-reveal" hidden=flag(move || !shown.get())>
            <TextField id="justification".to_owned() label="Justification" text=Signal::derive(move || kept.get().0) on_commit=justify is_long=true error=error />
            <div class="field-row">
                <TextField id="approver".to_owned() label="Approved by" text=Signal::derive(move || kept.get().1) on_commit=approve />
                <DateField id="review-on".to_owned() label="Review on" date=Signal::derive(move || kept.get().2) on_commit=review />
            </div>
        </div>
    }
}
