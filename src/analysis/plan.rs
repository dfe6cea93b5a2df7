//! The remediation plan: the actions that a team has planned, and what is proposed for gaps that none covers.

use chrono::NaiveDate;

use crate::domain::{Assessment, Catalogue, Choice, Effort, EntryId, Field, Register, Sheet};

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionState {
    /// Nobody has begun; also where nothing has been said.
    NotBegun,
    /// Somebody is at it.
    Begun,
    /// It is done.
    Done,
    /// It will not be done.
    Dropped,
}

/// One action of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanAction {
    /// The entry in the register.
    pub id: EntryId,
    /// What will be done.
    pub title: String,
    /// The practices that it puts in place, by position.
    pub practices: Vec<usize>,
    /// Who sees to it; may be blank.
    pub owner: String,
    /// How much work it is: as entered, otherwise the largest of its practices; none without practices.
    pub effort: Option<Effort>,
    /// The first day of work.
    pub start: Option<NaiveDate>,
    /// The day by which it is to be done.
    pub due: Option<NaiveDate>,
    /// How far it is.
    pub state: ActionState,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// The actions that must be done before.
    pub after: Vec<EntryId>,
}

impl PlanAction {
    /// Whether work is still to come.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ActionState::NotBegun | ActionState::Begun)
    }

    /// Whether it should have been done before a day and is not.
    #[must_use]
    pub fn is_overdue(&self, date: NaiveDate) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < date)
    }
}

/// The actions of the plan, in the order of their ids.
#[must_use]
pub fn plan_actions(catalogue: &Catalogue, assessment: &Assessment) -> Vec<PlanAction> {
    let sheets = assessment.register(Register::PlanAction);
    let of = |(key, sheet): (crate::domain::SheetKey, &Sheet)| Some(plan_action(catalogue, key.entry_id()?, sheet));
    sheets.filter_map(of).collect()
}

fn plan_action(catalogue: &Catalogue, id: EntryId, sheet: &Sheet) -> PlanAction {
    let practices: Vec<usize> = sheet
        .practices(Field::Practices)
        .filter_map(|id| catalogue.practice_index(id))
        .collect();
    let largest = || {
        let practices = practices.iter().filter_map(|it| catalogue.practices.get(*it));
        practices.map(|it| it.effort).max_by_key(|effort| effort.weight())
    };
    let entered = sheet.choice(Field::Effort).and_then(effort_of);
    let state = match sheet.choice(Field::State) {
        Some(Choice::Begun) => ActionState::Begun,
        Some(Choice::Done) => ActionState::Done,
        Some(Choice::Dropped) => ActionState::Dropped,
        _ => ActionState::NotBegun,
    };
    PlanAction {
        id,
        title: sheet.text(Field::Title).to_owned(),
        effort: entered.or_else(largest),
        practices,
        owner: sheet.text(Field::Owner).to_owned(),
        start: sheet.date(Field::From),
        due: sheet.date(Field::Due),
        state,
        done_on: sheet.date(Field::DoneOn),
        after: sheet.entries(Field::After).collect(),
    }
}

fn effort_of(choice: Choice) -> Option<Effort> {
    [Effort::Small, Effort::Medium, Effort::Large]
        .into_iter()
        .find(|effort| effort.as_str() == choice.title())
}
