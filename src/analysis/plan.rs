//! The remediation plan: the actions that a team has planned, and what is proposed for gaps that none covers.

use chrono::{Days, NaiveDate};

use super::{Analysis, Gap};
use crate::domain::{
    Assessment, Catalogue, Choice, Effort, EntryId, Field, FieldValue, PracticeId, Register, ScopeCount, Sheet,
    SortedMap, SortedSet, sort_by_rank,
};

/// The effort that 30 days hold where the team has not said: about what one person does, two days for a small step.
pub const CAPACITY: u32 = 12;

/// A stretch of the plan, by its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wave {
    /// Within 30 days.
    Days30,
    /// Within 90 days.
    Days90,
    /// Within 180 days.
    Days180,
    /// After that.
    Later,
}

impl Wave {
    /// All waves, the first first.
    pub const ALL: [Self; 4] = [Self::Days30, Self::Days90, Self::Days180, Self::Later];

    /// The id in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days30 => "30",
            Self::Days90 => "90",
            Self::Days180 => "180",
            Self::Later => "later",
        }
    }

    /// The name as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Days30 => "Within 30 days",
            Self::Days90 => "Within 90 days",
            Self::Days180 => "Within 180 days",
            Self::Later => "Later",
        }
    }

    /// How many days from today it ends. What is planned for later is due within a year.
    #[must_use]
    pub const fn days(self) -> u32 {
        match self {
            Self::Days30 => 30,
            Self::Days90 => 90,
            Self::Days180 => 180,
            Self::Later => 365,
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self, date: NaiveDate) -> NaiveDate {
        let days = Days::new(u64::from(self.days()));
        date.checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }

    /// The wave of a day. What is past belongs to the first.
    #[must_use]
    pub fn of_day(day: NaiveDate, date: NaiveDate) -> Self {
        Self::of_days(days_until(day, date))
    }

    fn of_days(days: u32) -> Self {
        let bounded = Self::ALL.into_iter().take(3);
        bounded.clone().find(|wave| days <= wave.days()).unwrap_or(Self::Later)
    }

    /// The effort that may be done by its end, in all; none for what has no bound.
    const fn holds(self, capacity: u32) -> Option<u32> {
        match self {
            Self::Days30 => Some(capacity),
            Self::Days90 => Some(capacity.saturating_mul(3)),
            Self::Days180 => Some(capacity.saturating_mul(6)),
            Self::Later => None,
        }
    }

    /// The day on which the wave before it ends.
    const fn first_day(self) -> u32 {
        match self {
            Self::Days30 => 0,
            Self::Days90 => Self::Days30.days(),
            Self::Days180 => Self::Days90.days(),
            Self::Later => Self::Days180.days(),
        }
    }
}

/// How many days from today a day is; 0 for one that is past.
fn days_until(day: NaiveDate, date: NaiveDate) -> u32 {
    u32::try_from((day - date).num_days().max(0)).unwrap_or(u32::MAX)
}

/// How many days the work takes from its start to its end: S days, M weeks, L months.
#[must_use]
pub const fn days_of(effort: Effort) -> u32 {
    match effort {
        Effort::Small => 10,
        Effort::Medium => 30,
        Effort::Large => 90,
    }
}

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

/// The state as shown and printed: the words of the field.
#[must_use]
pub fn action_state_title(state: ActionState) -> &'static str {
    match state {
        ActionState::NotBegun => Choice::NotBegun,
        ActionState::Begun => Choice::Begun,
        ActionState::Done => Choice::Done,
        ActionState::Dropped => Choice::Dropped,
    }
    .title()
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

impl PlanAction {
    /// The first day of work: as entered, otherwise so many days before it is due as its effort takes.
    #[must_use]
    pub fn starts(&self) -> Option<NaiveDate> {
        let due = self.due?;
        let days = self.effort.map_or(0, days_of);
        let counted = due.checked_sub_days(Days::new(u64::from(days)));
        // A start after the end is a slip: the work is drawn on its last day.
        Some(self.start.or(counted).unwrap_or(due).min(due))
    }
}

/// An action with what it stands for today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// The action.
    pub action: PlanAction,
    /// The wave of its day, while it is open and has one.
    pub wave: Option<Wave>,
    /// Whether it should have been done by now.
    pub is_overdue: bool,
    /// The gaps of its practices that are still there: positions in [`Analysis::gaps`], in rank order.
    pub gaps: Vec<usize>,
    /// The requirements in scope that need one of its practices, by position.
    pub closes: Vec<usize>,
    /// The highest priority of its practices; none without practices.
    pub priority: Option<u8>,
    /// The actions that it waits for and that are open.
    pub waits_for: Vec<EntryId>,
}

/// What holds a gap back from an earlier wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The work takes longer than that.
    Takes,
    /// It comes after this practice, by position, which is not there earlier.
    After(usize),
    /// The waves before hold no more effort.
    Full,
}

/// A gap that no open action covers, with the wave that it is proposed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The position in [`Analysis::gaps`]: its rank, from 0.
    pub gap: usize,
    /// The wave.
    pub wave: Wave,
    /// How many days from today it can be there.
    pub days: u32,
    /// Why it stands in no earlier wave; none in the first.
    pub held: Option<Held>,
    /// The practices that it comes after and that are gaps, by position.
    pub after: Vec<usize>,
    /// The practice, by position, on whose account it takes its place before its rank: that one comes after it.
    pub ahead_for: Option<usize>,
}

/// The remediation plan as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day.
    pub date: NaiveDate,
    /// The effort that 30 days hold.
    pub capacity: u32,
    /// The actions: what is overdue, what has a day, what has none, what is done, what was dropped; by day, then by rank.
    pub actions: Vec<PlannedAction>,
    /// A proposal for each gap that no open action covers, in rank order.
    pub proposals: Vec<Proposal>,
    /// How many gaps there are.
    pub n_gaps: usize,
}

impl Plan {
    /// The open actions whose day is in a wave, the overdue ones left out.
    pub fn in_wave(&self, wave: Wave) -> impl Iterator<Item = &PlannedAction> {
        let actions = self.actions.iter();
        actions.filter(move |it| it.wave == Some(wave) && !it.is_overdue)
    }

    /// The gaps that are proposed for a wave.
    pub fn proposed_in(&self, wave: Wave) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().filter(move |it| it.wave == wave)
    }

    /// The actions that should have been done by now.
    pub fn overdue(&self) -> impl Iterator<Item = &PlannedAction> {
        self.actions.iter().filter(|it| it.is_overdue)
    }

    /// The open actions without a day.
    pub fn undated(&self) -> impl Iterator<Item = &PlannedAction> {
        let actions = self.actions.iter();
        actions.filter(|it| it.action.is_open() && it.action.due.is_none())
    }

    /// The done actions of which a practice is still a gap.
    pub fn done_yet_gap(&self) -> impl Iterator<Item = &PlannedAction> {
        self.of_state(ActionState::Done).filter(|it| !it.gaps.is_empty())
    }

    /// The open actions with practices of which none is a gap any more.
    pub fn without_gap(&self) -> impl Iterator<Item = &PlannedAction> {
        let actions = self.actions.iter().filter(|it| it.action.is_open());
        actions.filter(|it| it.gaps.is_empty() && !it.action.practices.is_empty())
    }

    /// The open actions that wait for open ones.
    pub fn waiting(&self) -> impl Iterator<Item = &PlannedAction> {
        let actions = self.actions.iter().filter(|it| it.action.is_open());
        actions.filter(|it| !it.waits_for.is_empty())
    }

    /// The actions in a state.
    pub fn of_state(&self, state: ActionState) -> impl Iterator<Item = &PlannedAction> {
        self.actions.iter().filter(move |it| it.action.state == state)
    }

    /// The open action that covers a practice: of several the one that is due first.
    #[must_use]
    pub fn action_for(&self, practice: usize) -> Option<&PlannedAction> {
        let mut open = self.actions.iter().filter(|it| it.action.is_open());
        open.find(|it| it.action.practices.contains(&practice))
    }

    /// The proposal for a gap, by position.
    #[must_use]
    pub fn proposal_for(&self, gap: usize) -> Option<&Proposal> {
        self.proposals.iter().find(|it| it.gap == gap)
    }

    /// How many gaps an open action covers.
    #[must_use]
    pub const fn n_planned(&self) -> usize {
        self.n_gaps - self.proposals.len()
    }

    /// The effort of a wave: of its actions, with what is overdue in the first, and of what is proposed for it.
    #[must_use]
    pub fn effort_in(&self, wave: Wave, analysis: &Analysis) -> (u32, u32) {
        let planned = self.actions.iter().filter(|it| it.wave == Some(wave));
        let planned = planned.filter_map(|it| it.action.effort).map(Effort::weight);
        let gaps = self.proposed_in(wave).filter_map(|it| analysis.gaps.get(it.gap));
        let proposed = gaps.map(|gap| gap.ranking.effort.weight());
        (planned.sum(), proposed.sum())
    }

    /// The effort that may be done by the end of a wave, in all; none for what has no bound.
    #[must_use]
    pub const fn holds(&self, wave: Wave) -> Option<u32> {
        wave.holds(self.capacity)
    }
}

/// The plan: actions as they are, and a wave proposed for each gap that none of the open ones covers.
#[must_use]
pub fn plan(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Plan {
    let capacity = assessment.scope.counts.get(&ScopeCount::Capacity).copied();
    let capacity = capacity.unwrap_or(CAPACITY);
    let actions = planned_actions(catalogue, assessment, analysis);
    let scheduler = Scheduler::new(catalogue, analysis, capacity, &actions);
    Plan {
        date: analysis.date,
        capacity,
        proposals: scheduler.proposals(),
        n_gaps: analysis.gaps.len(),
        actions,
    }
}

/// An action that closes some gaps by a day. It takes as much work as the largest of them, and has the owner of their
/// practices where they have one and the same.
#[must_use]
pub fn action_for_gaps(
    catalogue: &Catalogue,
    assessment: &Assessment,
    gaps: &[&Gap],
    title: &str,
    due: NaiveDate,
) -> Sheet {
    let practices = gaps.iter().filter_map(|gap| catalogue.practices.get(gap.practice));
    let ids: SortedSet<PracticeId> = practices.map(|it| it.id).collect();
    let owners: SortedSet<String> = ids
        .iter()
        .map(|id| assessment.answer(*id).owner.trim().to_owned())
        .collect();
    let owner = owners.iter().next().filter(|_| owners.len() == 1);
    let efforts = gaps.iter().map(|gap| gap.ranking.effort);
    let effort = efforts.max_by_key(|effort| effort.weight());
    let mut sheet = new_action(title, ids, effort).with(Field::Due, FieldValue::Date(due));
    sheet.set(Field::Owner, owner.map(|owner| FieldValue::Text(owner.clone())));
    sheet
}

/// An action that nobody has begun.
pub(super) fn new_action(title: &str, practices: SortedSet<PracticeId>, effort: Option<Effort>) -> Sheet {
    let mut sheet = Sheet::default()
        .with_text(Field::Title, title)
        .with(Field::Practices, FieldValue::Practices(practices))
        .with(Field::State, FieldValue::Choice(Choice::NotBegun));
    sheet.set(Field::Effort, effort.map(Choice::of_effort).map(FieldValue::Choice));
    sheet
}

fn planned_actions(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<PlannedAction> {
    let date = analysis.date;
    let all = plan_actions(catalogue, assessment);
    let open: SortedSet<EntryId> = all.iter().filter(|it| it.is_open()).map(|it| it.id).collect();
    let planned = |action: PlanAction| {
        let gaps = analysis.gaps.iter().enumerate();
        let gaps = gaps.filter(|(_, gap)| action.practices.contains(&gap.practice));
        let practices = action.practices.iter().filter_map(|at| catalogue.practices.get(*at));
        let waits_for = action.after.iter().filter(|id| **id != action.id && open.contains(id));
        PlannedAction {
            wave: action
                .due
                .filter(|_| action.is_open())
                .map(|due| Wave::of_day(due, date)),
            is_overdue: action.is_overdue(date),
            gaps: gaps.map(|(at, _)| at).collect(),
            closes: analysis
                .ground
                .requirements_that_need(&action.practices.iter().copied().collect()),
            priority: practices.map(|it| it.priority).max(),
            waits_for: waits_for.copied().collect(),
            action,
        }
    };
    let mut actions: Vec<PlannedAction> = all.into_iter().map(planned).collect();
    sort_by_rank(&mut actions, |it| {
        let group: u64 = match (it.action.state, it.is_overdue, it.wave) {
            (ActionState::NotBegun | ActionState::Begun, true, _) => 0,
            (ActionState::NotBegun | ActionState::Begun, false, Some(_)) => 1,
            (ActionState::NotBegun | ActionState::Begun, false, None) => 2,
            (ActionState::Done, ..) => 3,
            (ActionState::Dropped, ..) => 4,
        };
        // How long ago and how far ahead: days of a calendar, so within 32 bits.
        let day = it.action.due.map_or(0, |due| (due - NaiveDate::MIN).num_days());
        let day = u64::try_from(day).unwrap_or_default();
        let rank = it.gaps.first().map_or(0xffff, |at| (*at as u64).min(0xffff));
        group << 56 | day << 16 | rank
    });
    actions
}

/// List scheduling: gap after gap in rank order, each into the first wave that its work, what it comes after and the
/// capacity allow. What a gap comes after is scheduled before it.
struct Scheduler<'a> {
    catalogue: &'a Catalogue,
    analysis: &'a Analysis,
    capacity: u32,
    /// The effort done by the end of each wave, in all.
    used: [u32; 4],
    /// The gaps that need a wave, by practice.
    unplanned: SortedMap<usize, usize>,
    /// When the open actions have put a practice in place that is still a gap, in days from today.
    planned: SortedMap<usize, u32>,
    proposals: SortedMap<usize, Proposal>,
}

impl<'a> Scheduler<'a> {
    fn new(catalogue: &'a Catalogue, analysis: &'a Analysis, capacity: u32, actions: &[PlannedAction]) -> Self {
        let mut scheduler = Self {
            catalogue,
            analysis,
            capacity,
            used: [0; 4],
            unplanned: SortedMap::default(),
            planned: SortedMap::default(),
            proposals: SortedMap::default(),
        };
        let mut covered: SortedSet<usize> = SortedSet::default();
        for planned in actions.iter().filter(|it| it.action.is_open()) {
            if let Some(wave) = planned.wave {
                scheduler.use_up(wave, planned.action.effort.map_or(0, Effort::weight));
            }
            for gap in planned.gaps.iter().filter_map(|at| analysis.gaps.get(*at)) {
                covered.insert(gap.practice);
                // One without a day says nothing of when it will be there.
                if let Some(due) = planned.action.due {
                    let days = days_until(due, analysis.date);
                    let before = scheduler.planned.get(&gap.practice).copied().unwrap_or_default();
                    scheduler.planned.insert(gap.practice, days.max(before));
                }
            }
        }
        for (at, gap) in analysis.gaps.iter().enumerate() {
            if !covered.contains(&gap.practice) {
                scheduler.unplanned.insert(gap.practice, at);
            }
        }
        scheduler
    }

    fn proposals(mut self) -> Vec<Proposal> {
        for (at, gap) in self.analysis.gaps.iter().enumerate() {
            self.visit(at, gap, None);
        }
        self.proposals.iter().map(|(_, it)| it.clone()).collect()
    }

    fn visit(&mut self, at: usize, gap: &Gap, ahead_for: Option<usize>) {
        // Taken off the list first: a catalogue that ran in a circle would end here.
        if self.unplanned.remove(&gap.practice).is_none() {
            return;
        }
        let catalogue = self.catalogue;
        let earlier = catalogue
            .after
            .iter()
            .filter(|(later, _)| usize::from(*later) == gap.practice);
        let earlier: Vec<usize> = earlier.map(|(_, earlier)| usize::from(*earlier)).collect();
        let gaps = self.analysis.gaps.iter().enumerate();
        let before: Vec<(usize, &Gap)> = gaps.filter(|(_, it)| earlier.contains(&it.practice)).collect();
        for (at, earlier) in &before {
            self.visit(*at, earlier, Some(gap.practice));
        }
        let there = |(at, gap): &(usize, &Gap)| {
            let proposed = self.proposals.get(at).map(|it| it.days);
            let days = proposed.or_else(|| self.planned.get(&gap.practice).copied());
            Some((days?, gap.practice))
        };
        let last = before.iter().filter_map(there).max_by_key(|(days, _)| *days);
        let after = before.iter().map(|(_, it)| it.practice).collect();
        let (wave, days, held) = self.place(gap, last);
        self.use_up(wave, gap.ranking.effort.weight());
        let proposal = Proposal {
            gap: at,
            wave,
            days,
            held,
            after,
            ahead_for,
        };
        self.proposals.insert(at, proposal);
    }

    /// The wave of a gap, in how many days it is there, and what holds it back.
    fn place(&self, gap: &Gap, last: Option<(u32, usize)>) -> (Wave, u32, Option<Held>) {
        let takes = days_of(gap.ranking.effort);
        let starts = last.map_or(0, |(days, _)| days);
        let earliest = starts.saturating_add(takes);
        let first = Wave::of_days(earliest);
        let mut held = match last {
            _ if first == Wave::Days30 => None,
            // Without what it comes after it would stand in an earlier wave.
            Some((_, practice)) if Wave::of_days(takes) < first => Some(Held::After(practice)),
            _ => Some(Held::Takes),
        };
        let mut days = earliest;
        for wave in Wave::ALL.into_iter().filter(|wave| *wave >= first) {
            if wave > first {
                // What is moved on because a wave is full begins with the next.
                held = Some(Held::Full);
                days = earliest.max(wave.first_day().saturating_add(takes));
            }
            if Wave::of_days(days) == wave && self.has_room(wave, gap.ranking.effort.weight()) {
                return (wave, days, held);
            }
        }
        (Wave::Later, days, held)
    }

    /// Whether a wave, and each that comes after it, holds so much more.
    fn has_room(&self, wave: Wave, effort: u32) -> bool {
        let waves = Wave::ALL.into_iter().zip(self.used);
        let mut from_here = waves.filter(|(it, _)| *it >= wave);
        from_here.all(|(it, used)| {
            let holds = it.holds(self.capacity);
            holds.is_none_or(|holds| used.saturating_add(effort) <= holds)
        })
    }

    fn use_up(&mut self, wave: Wave, effort: u32) {
        for (it, used) in Wave::ALL.into_iter().zip(&mut self.used) {
            if it >= wave {
                *used = used.saturating_add(effort);
            }
        }
    }
}

/// The actions of the plan, in the order of their ids.
#[must_use]
pub fn plan_actions(catalogue: &Catalogue, assessment: &Assessment) -> Vec<PlanAction> {
    let sheets = assessment.register(Register::PlanAction);
    let of = |(key, sheet): (crate::domain::SheetKey, &Sheet)| Some(plan_action(catalogue, key.entry_id()?, sheet));
    sheets.filter_map(of).collect()
}

/// The action that a sheet of the register is.
pub(super) fn plan_action(catalogue: &Catalogue, id: EntryId, sheet: &Sheet) -> PlanAction {
    let practices: Vec<usize> = sheet
        .practices(Field::Practices)
        .filter_map(|id| catalogue.practice_index(id))
        .collect();
    let largest = || {
        let practices = practices.iter().filter_map(|it| catalogue.practices.get(*it));
        practices.map(|it| it.effort).max_by_key(|effort| effort.weight())
    };
    let entered = sheet.choice(Field::Effort).and_then(Choice::effort);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, SheetKey, Standing, apply, fixture};

    /// The catalogue of the worked examples with an order: Review comes after Doors, Tests after Review.
    static ORDERED: Catalogue = Catalogue {
        version: fixture::CATALOGUE.version,
        frameworks: fixture::CATALOGUE.frameworks,
        requirements: fixture::CATALOGUE.requirements,
        topics: fixture::CATALOGUE.topics,
        practices: fixture::CATALOGUE.practices,
        artefacts: fixture::CATALOGUE.artefacts,
        nonconformities: fixture::CATALOGUE.nonconformities,
        after: &[(1, 3), (2, 1)],
        numbers: fixture::CATALOGUE.numbers,
    };

    fn waves_of(assessment: &Assessment) -> Vec<(PracticeId, Wave, u32, Option<Held>)> {
        let analysis = Analysis::new(&ORDERED, assessment, fixture::date());
        let plan = plan(&ORDERED, assessment, &analysis);
        let proposals = plan.proposals.iter();
        proposals
            .map(|it| {
                let practice = ORDERED.practices[analysis.gaps[it.gap].practice].id;
                (practice, it.wave, it.days, it.held)
            })
            .collect()
    }

    #[test]
    fn worked_example_9_waves() {
        let mut assessment = fixture::assessment();
        assessment.scope.counts.insert(ScopeCount::Capacity, 3);
        for (id, standing) in [
            (fixture::SCOPE, Standing::NotInPlace),
            (fixture::REVIEW, Standing::NotInPlace),
            (fixture::TESTED, Standing::Partly),
            (fixture::DOORS, Standing::Partly),
            (fixture::NOTICE, Standing::Partly),
        ] {
            apply(&mut assessment, &ORDERED, Action::SetStanding(id, standing)).expect("applies");
        }
        let (review, doors) = (1, 3);
        assert_eq!(
            waves_of(&assessment),
            [
                (fixture::SCOPE, Wave::Days30, 10, None),
                (fixture::REVIEW, Wave::Days30, 20, None),
                (fixture::TESTED, Wave::Days90, 50, Some(Held::After(review))),
                (fixture::DOORS, Wave::Days30, 10, None),
                (fixture::NOTICE, Wave::Days90, 40, Some(Held::Full)),
            ]
        );
        // An action puts Doors in place in 45 days: what comes after waits, and the first wave has room for Notice.
        let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(1));
        let sheet = Sheet::default()
            .with_text(Field::Title, "Locks")
            .with(
                Field::Practices,
                FieldValue::Practices([fixture::DOORS].into_iter().collect()),
            )
            .with(
                Field::Due,
                FieldValue::Date(fixture::date() + chrono::TimeDelta::days(45)),
            );
        apply(&mut assessment, &ORDERED, Action::PutSheet(key, sheet)).expect("applies");
        assert_eq!(
            waves_of(&assessment),
            [
                (fixture::SCOPE, Wave::Days30, 10, None),
                (fixture::REVIEW, Wave::Days90, 55, Some(Held::After(doors))),
                (fixture::TESTED, Wave::Days90, 85, Some(Held::After(review))),
                (fixture::NOTICE, Wave::Days30, 10, None),
            ]
        );
    }

    #[test]
    fn action_for_gaps_has_the_largest_effort_and_the_owner_they_share() {
        let mut assessment = fixture::assessment();
        for (id, owner) in [
            (fixture::REVIEW, "Ana"),
            (fixture::TESTED, "Ana "),
            (fixture::DOORS, "Ben"),
        ] {
            for action in [
                Action::SetStanding(id, Standing::NotInPlace),
                Action::SetOwner(id, owner.to_owned()),
            ] {
                apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
            }
        }
        let analysis = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date());
        let sheet = |ids: &[PracticeId]| {
            let of = |gap: &&Gap| ids.contains(&fixture::CATALOGUE.practices[gap.practice].id);
            let gaps: Vec<&Gap> = analysis.gaps.iter().filter(of).collect();
            action_for_gaps(&fixture::CATALOGUE, &assessment, &gaps, "Reviews", fixture::date())
        };
        let both = sheet(&[fixture::REVIEW, fixture::TESTED]);
        assert_eq!(both.text(Field::Owner), "Ana");
        assert_eq!(both.choice(Field::Effort), Some(Choice::Medium));
        assert_eq!(both.practices(Field::Practices).count(), 2);
        assert_eq!(sheet(&[fixture::REVIEW, fixture::DOORS]).get(Field::Owner), None);
        let key = SheetKey::entry(Register::PlanAction, EntryId::from_random(1));
        apply(&mut assessment, &fixture::CATALOGUE, Action::PutSheet(key, both)).expect("could have been entered");
    }
}
