//! The decision on a control: it applies, with reasons, or it is excluded, with a justification. A criterion is relevant
//! unless it is judged not to be, with an explanation.

use leptos::prelude::*;

use crate::domain::{
    Action, Category, Decision, Field, InclusionReason, Requirement, RequirementId, RequirementKind, SortedSet, Words,
};
use crate::ui::components::{SheetForm, TextField, check_choice, date_field, note, radio_choice, sheet_fields};
use crate::ui::element::{Element, el};
use crate::ui::follow::{flag, words};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

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

/// The decision on a control, and what of it is on the screen only.
#[derive(Clone, Copy)]
struct Form {
    store: AssessmentStore,
    id: RequirementId,
    /// An exclusion without a justification is on the screen, but not in the assessment.
    is_drafted: RwSignal<bool>,
}

impl Form {
    fn shown(self) -> Choice {
        if self.is_drafted.get() {
            Choice::Excluded
        } else {
            choice_of(self.kept().as_ref())
        }
    }

    fn kept(self) -> Option<Decision> {
        self.store.with(|it| it.decisions.get(&self.id).cloned())
    }

    fn set(self, decision: Option<Decision>) {
        self.is_drafted.set(false);
        self.store.dispatch(Action::SetDecision(self.id, decision));
    }

    fn choose(self, choice: Choice) {
        match choice {
            Choice::Undecided => self.set(None),
            Choice::Included => self.set(Some(Decision::Included {
                reasons: SortedSet::default(),
            })),
            Choice::Excluded => {
                let kept = untrack(|| choice_of(self.kept().as_ref()));
                self.is_drafted.set(kept != Choice::Excluded);
            }
        }
    }
}

/// The decision on one control or criterion. `is_drafted` holds an exclusion that still lacks its justification.
pub fn decision_form(requirement: &'static Requirement, title: String, is_drafted: RwSignal<bool>) -> View {
    let form = Form {
        store: AssessmentStore::expect(),
        id: requirement.id,
        is_drafted,
    };
    let is_criterion = requirement.kind == RequirementKind::Criterion;
    let radio = |name: &'static str, label: &'static str, choice: Choice| {
        let is_chosen = flag(move || form.shown() == choice);
        radio_choice(
            format!("decision-{name}"),
            "decision",
            label,
            "",
            is_chosen,
            move || {
                form.choose(choice);
            },
        )
    };
    let mut choices = el("div").class("choices");
    if is_criterion {
        choices = choices
            .with(radio("undecided", "Relevant", Choice::Undecided))
            .with(radio("excluded", "Judged not relevant", Choice::Excluded))
            .with(exclusion(form, "Explanation"));
    } else {
        let undecided = if requirement.base.is_some() {
            "Not decided here: follows its control of Annex A"
        } else {
            "Not decided"
        };
        choices = choices
            .with(radio("included", "Applicable", Choice::Included))
            .with(reasons(form))
            .with(radio("excluded", "Excluded", Choice::Excluded))
            .with(exclusion(form, "Justification"))
            .with(radio("undecided", undecided, Choice::Undecided));
    }
    let hint = if is_criterion {
        "A criterion that does not fit the system may be left out with an explanation, which the report prints."
    } else {
        "A decision based on risk. Excluding a control changes no answer; its practices stay asked while anything else \
         needs them."
    };
    let common = (is_criterion && requirement.category == Some(Category::Security)).then(|| {
        note(
            "The common criteria belong to every SOC 2 report. It is rare that one of them is not relevant: a control that \
             is absent, or that a supplier performs, is no reason. Settle it with the service auditor first.",
        )
    });
    el("fieldset")
        .class("section")
        .with(el("legend").with(el("h2").with(title)))
        .with(el("p").class("hint").with(hint))
        .with(common)
        .with(choices)
        .view()
}

/// The fields of a row, but for those that only a row of ISO/IEC 27017 has.
pub fn row_fields(form: SheetForm, requirement: &Requirement) -> Element {
    let is_cloud = requirement.id.framework.is_cloud();
    let specs = form.key.register.fields().iter();
    let specs = specs.filter(|it| is_cloud || !matches!(it.field, Field::Responsibility | Field::ResponsibilityNote));
    el("fieldset")
        .class("section")
        .with(el("legend").with(el("h2").with("What the row says")))
        .with(el("div").class("form-grid").all(sheet_fields(form, specs)))
}

fn reasons(form: Form) -> Element {
    let reasons = move || match form.kept() {
        Some(Decision::Included { reasons }) => reasons,
        Some(Decision::Excluded { .. }) | None => SortedSet::default(),
    };
    let tick = move |reason: InclusionReason, is_in: bool| {
        let mut after = untrack(reasons);
        if is_in {
            after.insert(reason);
        } else {
            after.remove(&reason);
        }
        form.set(Some(Decision::Included { reasons: after }));
    };
    let mut boxes = el("div").class("choices inline");
    for reason in InclusionReason::ALL {
        let id = format!("reason-{}", reason.as_str());
        let is_ticked = flag(move || reasons().contains(&reason));
        boxes = boxes.with(check_choice(
            "choice",
            id,
            "",
            reason.title(),
            is_ticked,
            move |is_in| {
                tick(reason, is_in);
            },
        ));
    }
    el("fieldset")
        .class("choice-reveal")
        .attr("hidden", flag(move || form.shown() != Choice::Included))
        .with(el("legend").with("Why it is included"))
        .with(boxes)
}

/// What an exclusion is made of, while it may still lack its justification.
#[derive(Default)]
struct Exclusion {
    justification: String,
    approver: String,
    review_on: Option<chrono::NaiveDate>,
}

impl Exclusion {
    fn of(decision: Option<Decision>) -> Self {
        match decision {
            Some(Decision::Excluded {
                justification,
                approver,
                review_on,
            }) => Self {
                justification: justification.as_str().to_owned(),
                approver,
                review_on,
            },
            Some(Decision::Included { .. }) | None => Self::default(),
        }
    }
}

fn exclusion(form: Form, label: &'static str) -> Element {
    let kept = move || Exclusion::of(form.kept());
    let change = move |change: &dyn Fn(&mut Exclusion)| {
        let mut after = untrack(kept);
        change(&mut after);
        if let Some(justification) = Words::new(&after.justification) {
            form.set(Some(Decision::Excluded {
                justification,
                approver: after.approver,
                review_on: after.review_on,
            }));
        }
    };
    let error = words(move || {
        let is_missing = form.shown() == Choice::Excluded && kept().justification.is_empty();
        if is_missing {
            "Needed: without a justification the exclusion is not kept."
        } else {
            ""
        }
    });
    let text = words(move || kept().justification);
    let justification = TextField::new("justification", label, text, move |text: String| {
        change(&|it| it.justification.clone_from(&text));
    });
    let text = words(move || kept().approver);
    let approver = TextField::new("approver", "Approved by", text, move |text: String| {
        change(&|it| it.approver.clone_from(&text));
    });
    let review = date_field(
        "review-on".to_owned(),
        "Review on",
        move || kept().review_on,
        move |on| change(&|it| it.review_on = on),
    );
    el("div")
        .class("choice-reveal")
        .attr("hidden", flag(move || form.shown() != Choice::Excluded))
        .with(justification.long(true).error(error))
        .with(el("div").class("field-row").with(approver).with(review))
}
