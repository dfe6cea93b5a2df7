//! What moved between two moments, and why, as far as the records say. Read the other way round, everything is mirrored.

use chrono::NaiveDate;

use super::{Gate, GateCount, Moment, PlanAction, PracticeState, Tally, plan_actions};
use crate::domain::{
    Assessment, BasisKind, Catalogue, Category, Choice, EntryId, Facet, Fact, Field, FrameworkId, Practice, PracticeId,
    Register, Sheet, SortedSet, StandingKind,
};

/// What moved between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The two days.
    pub days: (NaiveDate, NaiveDate),
    /// How many gaps there were, then and now.
    pub n_gaps: (usize, usize),
    /// The gates of either moment, in the order in which gates are shown; those that did not move too.
    pub gates: Vec<GateChange>,
    /// The frameworks of either moment, those that did not move too.
    pub frameworks: Vec<FrameworkChange>,
    /// What changed of the scope.
    pub scope: Vec<ScopeChange>,
    /// The gaps that came and went.
    pub gaps: GapChange,
    /// The practices that moved, in the order of the catalogue.
    pub practices: Vec<PracticeChange>,
}

/// A gate then and now; none where it was not in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateChange {
    /// The gate.
    pub gate: Gate,
    /// Its edition.
    pub framework: FrameworkId,
    /// Count and number of blockers, then.
    pub then: Option<(GateCount, usize)>,
    /// The same, now.
    pub now: Option<(GateCount, usize)>,
}

/// A framework then and now; none where it was not in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkChange {
    /// The framework.
    pub id: FrameworkId,
    /// Its requirements by status, then.
    pub then: Option<Tally>,
    /// The same, now.
    pub now: Option<Tally>,
}

/// One change of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeChange {
    /// A framework came in, or went out.
    Framework(FrameworkId, bool),
    /// A SOC 2 category came in, or went out.
    Category(Category, bool),
    /// A fact: what was stated then, and now.
    Fact(Fact, Option<bool>, Option<bool>),
}

/// The gaps that came and went, as positions of practices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapChange {
    /// Closed: the practice is asked at both moments.
    pub closed: Vec<usize>,
    /// Opened: the practice is asked at both moments.
    pub opened: Vec<usize>,
    /// Gone, because the practice is no longer asked. It closed nothing.
    pub left: Vec<usize>,
    /// Come with a practice that was not asked then.
    pub entered: Vec<usize>,
}

/// Which way a practice moved. Only not in place, partly and in place are ordered; met another way and inherited stand
/// where in place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Better: a higher standing; with the same one, facets gained and none lost; with the same facets, a firmer basis.
    Up,
    /// The same, worse.
    Down,
    /// It was not answered then.
    Answered,
    /// It is not answered any more.
    Unanswered,
    /// Something else that has no order, such as from in place to inherited, or to not applicable.
    Otherwise,
    /// It came into the scope or the catalogue, or left it.
    Scope,
}

impl Direction {
    /// All directions, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Up,
        Self::Down,
        Self::Answered,
        Self::Unanswered,
        Self::Otherwise,
        Self::Scope,
    ];
}

/// One practice that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeChange {
    /// The position of the practice.
    pub practice: usize,
    /// How it stood; none if it was not in the catalogue.
    pub then: Option<PracticeState>,
    /// How it stands; none if it is not in the catalogue.
    pub now: Option<PracticeState>,
    /// Which way.
    pub direction: Direction,
    /// What of it moved; never empty.
    pub moved: Vec<Moved>,
    /// Why, as far as the records say; never empty.
    pub why: Vec<Reason>,
}

/// What of a practice moved, from then to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It came into the catalogue, or left it.
    Listed(bool),
    /// It came into the scope, or left it.
    Asked(bool),
    /// Its standing.
    Standing(StandingKind, StandingKind),
    /// What could be shown.
    Facet(Facet, Option<bool>, Option<bool>),
    /// How firm the answer is.
    Basis(Option<BasisKind>, Option<BasisKind>),
}

/// Why a practice moved, as far as the records say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A change of the scope that touches it.
    Scope(ScopeChange),
    /// It is asked or not, and no fact, framework or category says why: a control was excluded or included, or the ties of
    /// the catalogue changed.
    Decision,
    /// The catalogue changed.
    Catalogue,
    /// An action of the plan that names it was done between the days, on this one.
    Action(EntryId, NaiveDate),
    /// Accepted evidence that names it came in between the days, on this one.
    Evidence(EntryId, NaiveDate),
    /// Nothing of the kind is recorded: somebody answered anew.
    AnsweredAnew,
}

impl GateChange {
    /// Whether it moved.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.then != self.now
    }
}

impl FrameworkChange {
    /// Whether it moved.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.then != self.now
    }
}

impl Comparison {
    /// Whether nothing moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.practices.is_empty()
            && self.scope.is_empty()
            && self.n_gaps.0 == self.n_gaps.1
            && !self.gates.iter().any(GateChange::has_moved)
            && !self.frameworks.iter().any(FrameworkChange::has_moved)
    }

    /// The practices that moved in a direction.
    pub fn towards(&self, direction: Direction) -> impl Iterator<Item = &PracticeChange> {
        self.practices.iter().filter(move |it| it.direction == direction)
    }
}

/// What moved from one moment to another. The assessment is that of today: its plan and its evidence say why.
#[must_use]
pub fn compare(catalogue: &Catalogue, assessment: &Assessment, from: &Moment, to: &Moment) -> Comparison {
    let scope = scope_changes(from, to);
    let records = Records::new(catalogue, assessment, from.on, to.on);
    let mut gaps = GapChange::default();
    let mut practices = Vec::new();
    for (position, practice) in catalogue.practices.iter().enumerate() {
        let (then, now) = (from.practice(position), to.practice(position));
        gaps.add(position, practice, then, now);
        practices.extend(
            practice_change(position, practice, then, now).map(|change| PracticeChange {
                why: why(catalogue, practice, &change, &scope, &records),
                ..change
            }),
        );
    }
    Comparison {
        days: (from.on, to.on),
        n_gaps: (from.figures.n_gaps, to.figures.n_gaps),
        gates: gate_changes(from, to),
        frameworks: framework_changes(from, to),
        scope,
        gaps,
        practices,
    }
}

fn gate_changes(from: &Moment, to: &Moment) -> Vec<GateChange> {
    let find = |moment: &Moment, gate, framework| {
        let mut gates = moment.figures.gates.iter();
        let found = gates.find(|it| it.0 == gate && it.1 == framework);
        found.map(|(_, _, count, n_blockers)| (*count, *n_blockers))
    };
    let pairs = Gate::ALL
        .into_iter()
        .flat_map(|gate| FrameworkId::ALL.map(|framework| (gate, framework)));
    let changes = pairs.map(|(gate, framework)| GateChange {
        gate,
        framework,
        then: find(from, gate, framework),
        now: find(to, gate, framework),
    });
    changes.filter(|it| it.then.is_some() || it.now.is_some()).collect()
}

fn framework_changes(from: &Moment, to: &Moment) -> Vec<FrameworkChange> {
    let find = |moment: &Moment, id| {
        let mut frameworks = moment.figures.frameworks.iter();
        frameworks.find(|it| it.0 == id).map(|it| it.1)
    };
    let changes = FrameworkId::ALL.into_iter().map(|id| FrameworkChange {
        id,
        then: find(from, id),
        now: find(to, id),
    });
    changes.filter(|it| it.then.is_some() || it.now.is_some()).collect()
}

fn scope_changes(from: &Moment, to: &Moment) -> Vec<ScopeChange> {
    fn members<T: Copy + Ord>(all: &[T], from: &SortedSet<T>, to: &SortedSet<T>) -> Vec<(T, bool)> {
        let moved = all.iter().filter(|it| from.contains(it) != to.contains(it));
        moved.map(|it| (*it, to.contains(it))).collect()
    }
    let (then, now) = (&from.scope, &to.scope);
    let frameworks = members(&FrameworkId::ALL, &then.frameworks, &now.frameworks).into_iter();
    let categories = members(&Category::ALL, &then.categories, &now.categories).into_iter();
    let facts = Fact::ALL.into_iter().filter_map(|fact| {
        let said = |scope: &super::MomentScope| scope.facts.get(&fact).copied();
        (said(then) != said(now)).then(|| ScopeChange::Fact(fact, said(then), said(now)))
    });
    frameworks
        .map(|(id, is_in)| ScopeChange::Framework(id, is_in))
        .chain(categories.map(|(id, is_in)| ScopeChange::Category(id, is_in)))
        .chain(facts)
        .collect()
}

impl GapChange {
    fn add(&mut self, position: usize, practice: &Practice, then: Option<&PracticeState>, now: Option<&PracticeState>) {
        let is_gap = |state: Option<&PracticeState>| state.is_some_and(|it| it.is_gap(practice));
        let is_asked = |state: Option<&PracticeState>| state.is_some_and(|it| it.is_asked);
        let list = match (is_gap(then), is_gap(now)) {
            (true, false) if is_asked(now) => &mut self.closed,
            (true, false) => &mut self.left,
            (false, true) if is_asked(then) => &mut self.opened,
            (false, true) => &mut self.entered,
            (true, true) | (false, false) => return,
        };
        list.push(position);
    }
}

/// How a practice moved, without the reason; none if it did not, or if it is asked at neither moment: what was said of it
/// sleeps.
fn practice_change(
    practice: usize,
    authored: &Practice,
    then: Option<&PracticeState>,
    now: Option<&PracticeState>,
) -> Option<PracticeChange> {
    let is_asked = |state: Option<&PracticeState>| state.is_some_and(|it| it.is_asked);
    let (was_asked, is_asked) = (is_asked(then), is_asked(now));
    let moved = match (then, now) {
        (None, None) => return None,
        (None, Some(_)) if is_asked => vec![Moved::Listed(true)],
        (Some(_), None) if was_asked => vec![Moved::Listed(false)],
        (None, Some(_)) | (Some(_), None) => return None,
        (Some(_), Some(_)) if was_asked != is_asked => vec![Moved::Asked(is_asked)],
        (Some(_), Some(_)) if !is_asked => return None,
        (Some(then), Some(now)) => answer_moved(authored, then, now),
    };
    if moved.is_empty() {
        return None;
    }
    Some(PracticeChange {
        practice,
        then: then.copied(),
        now: now.copied(),
        direction: direction(&moved),
        moved,
        why: Vec::new(),
    })
}

/// What of an answer moved. Facets are compared where both standings have them, and those alone that are asked.
fn answer_moved(practice: &Practice, then: &PracticeState, now: &PracticeState) -> Vec<Moved> {
    let mut moved = Vec::new();
    if then.standing != now.standing {
        moved.push(Moved::Standing(then.standing, now.standing));
    }
    if then.standing.is_at_least_partly() && now.standing.is_at_least_partly() {
        let asked = Facet::ALL.into_iter().filter(|facet| practice.asks(*facet));
        let facets = asked.map(|facet| Moved::Facet(facet, then.facets.get(facet), now.facets.get(facet)));
        moved.extend(facets.filter(|it| !matches!(it, Moved::Facet(_, then, now) if then == now)));
    }
    if then.basis != now.basis {
        moved.push(Moved::Basis(then.basis, now.basis));
    }
    moved
}

/// The place of a standing in the order; none where it has none.
const fn rank(standing: StandingKind) -> Option<u8> {
    match standing {
        StandingKind::NotInPlace => Some(0),
        StandingKind::Partly => Some(1),
        StandingKind::InPlace | StandingKind::AnotherWay | StandingKind::Inherited => Some(2),
        StandingKind::NotAnswered | StandingKind::NotApplicable => None,
    }
}

fn direction(moved: &[Moved]) -> Direction {
    let (mut n_gained, mut n_lost, mut n_firmer, mut n_weaker, mut is_mixed) = (0, 0, 0, 0, false);
    for it in moved {
        match it {
            Moved::Listed(_) | Moved::Asked(_) => return Direction::Scope,
            Moved::Standing(StandingKind::NotAnswered, _) => return Direction::Answered,
            Moved::Standing(_, StandingKind::NotAnswered) => return Direction::Unanswered,
            Moved::Standing(then, now) => match (rank(*then), rank(*now)) {
                (Some(then), Some(now)) if then < now => return Direction::Up,
                (Some(then), Some(now)) if then > now => return Direction::Down,
                _ => is_mixed = true,
            },
            Moved::Facet(_, then, now) => match (*then == Some(true), *now == Some(true)) {
                (false, true) => n_gained += 1,
                (true, false) => n_lost += 1,
                // From not said to no, or back: neither could be shown.
                (true, true) | (false, false) => {}
            },
            Moved::Basis(then, now) if then < now => n_firmer += 1,
            Moved::Basis(..) => n_weaker += 1,
        }
    }
    match (n_gained > 0, n_lost > 0, n_firmer > 0, n_weaker > 0) {
        _ if is_mixed => Direction::Otherwise,
        (true, false, _, _) | (false, false, true, _) => Direction::Up,
        (false, true, _, _) | (false, false, _, true) => Direction::Down,
        (true, true, _, _) | (false, false, false, false) => Direction::Otherwise,
    }
}

/// What the records say of the days between.
struct Records {
    is_backwards: bool,
    is_one_day: bool,
    actions: Vec<(PlanAction, NaiveDate)>,
    evidence: Vec<(EntryId, Vec<PracticeId>, NaiveDate)>,
}

impl Records {
    /// Both days belong to what lies between.
    fn new(catalogue: &Catalogue, assessment: &Assessment, from: NaiveDate, to: NaiveDate) -> Self {
        let between = |day: NaiveDate| from.min(to) <= day && day <= from.max(to);
        let done = plan_actions(catalogue, assessment).into_iter().filter_map(|action| {
            let day = action.done_on.filter(|day| between(*day))?;
            (!action.is_open() && action.state == super::ActionState::Done).then_some((action, day))
        });
        let day = |sheet: &Sheet| sheet.date(Field::ExtractedOn).or_else(|| sheet.date(Field::To));
        let evidence = assessment.register(Register::Evidence).filter_map(|(key, sheet)| {
            let day = day(sheet).filter(|day| between(*day))?;
            let is_accepted = sheet.choice(Field::State) == Some(Choice::Accepted);
            is_accepted.then_some((key.entry_id()?, sheet.practices(Field::Practices).collect(), day))
        });
        Self {
            is_backwards: from > to,
            is_one_day: from == to,
            actions: done.collect(),
            evidence: evidence.collect(),
        }
    }

    /// What was done and shown for a practice. It explains what got better, not what got worse.
    fn of(&self, practice: PracticeId, position: usize, direction: Direction) -> Vec<Reason> {
        let is_worse = match direction {
            _ if self.is_one_day => false,
            Direction::Up | Direction::Answered => self.is_backwards,
            Direction::Down | Direction::Unanswered => !self.is_backwards,
            Direction::Otherwise | Direction::Scope => false,
        };
        if is_worse {
            return Vec::new();
        }
        let actions = self
            .actions
            .iter()
            .filter(|(action, _)| action.practices.contains(&position));
        let actions = actions.map(|(action, day)| Reason::Action(action.id, *day));
        let evidence = self
            .evidence
            .iter()
            .filter(|(_, practices, _)| practices.contains(&practice));
        actions
            .chain(evidence.map(|(id, _, day)| Reason::Evidence(*id, *day)))
            .collect()
    }
}

fn why(
    catalogue: &Catalogue,
    practice: &Practice,
    change: &PracticeChange,
    scope: &[ScopeChange],
    records: &Records,
) -> Vec<Reason> {
    let is_listed = change.moved.iter().any(|it| matches!(it, Moved::Listed(_)));
    if is_listed {
        return vec![Reason::Catalogue];
    }
    if change.direction == Direction::Scope {
        let touching = scope.iter().filter(|it| touches(catalogue, practice, **it));
        let reasons: Vec<Reason> = touching.map(|it| Reason::Scope(*it)).collect();
        return if reasons.is_empty() {
            vec![Reason::Decision]
        } else {
            reasons
        };
    }
    let reasons = records.of(practice.id, change.practice, change.direction);
    if reasons.is_empty() {
        vec![Reason::AnsweredAnew]
    } else {
        reasons
    }
}

/// Whether a change of the scope can decide if a practice is asked.
fn touches(catalogue: &Catalogue, practice: &Practice, change: ScopeChange) -> bool {
    let tied = || practice.ties.iter().filter_map(|tie| Some((tie, catalogue.tied(tie)?)));
    match change {
        ScopeChange::Framework(id, _) => tied().any(|(_, it)| it.id.framework == id),
        ScopeChange::Category(category, _) => tied().any(|(_, it)| it.category == Some(category)),
        ScopeChange::Fact(fact @ (Fact::CloudCustomer | Fact::CloudProvider), ..) => {
            // The two facts also say which side of a cloud service is read.
            practice.applies_when.facts().any(|it| it == fact) || tied().any(|(tie, _)| tie.role.is_some())
        }
        ScopeChange::Fact(fact, ..) => practice.applies_when.facts().any(|it| it == fact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Answer, Basis, Facets, FieldValue, SheetKey, Standing, fixture};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).expect("a day")
    }

    fn moment(assessment: &Assessment, on: NaiveDate) -> Moment {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, on);
        Moment::today(&fixture::CATALOGUE, assessment, &analysis)
    }

    fn answered(standing: Standing, documented: Option<bool>, basis: Option<BasisKind>) -> Answer {
        let basis = basis.map(|kind| Basis {
            kind,
            by: String::new(),
            on: None,
        });
        Answer {
            standing,
            facets: Facets::default().with(Facet::Documented, documented),
            basis,
            ..Answer::default()
        }
    }

    /// Which way Review moves between two answers, there and back.
    fn ways(then: Answer, now: Answer) -> (Option<Direction>, Option<Direction>) {
        let with = |answer: Answer, on| {
            let mut assessment = fixture::assessment();
            assessment.answers.insert(fixture::REVIEW, answer);
            moment(&assessment, on)
        };
        let (then, now) = (with(then, day(1)), with(now, day(9)));
        let direction = |from: &Moment, to: &Moment| {
            let comparison = compare(&fixture::CATALOGUE, &fixture::assessment(), from, to);
            comparison.practices.first().map(|it| it.direction)
        };
        (direction(&then, &now), direction(&now, &then))
    }

    #[test]
    fn standing_goes_before_facets_and_facets_before_basis() {
        use BasisKind::{Said, Seen};
        use Standing::{InPlace, NotAnswered, NotInPlace, Partly};
        let both = |there, back| (Some(there), Some(back));
        let (up, down) = (Direction::Up, Direction::Down);
        let worse = answered(Partly, Some(true), Some(Seen));
        assert_eq!(ways(worse.clone(), answered(InPlace, None, None)), both(up, down));
        assert_eq!(ways(worse.clone(), answered(Partly, None, None)), both(down, up));
        assert_eq!(
            ways(worse.clone(), answered(Partly, Some(true), Some(Said))),
            both(down, up)
        );
        assert_eq!(ways(worse.clone(), answered(NotInPlace, None, None)), both(down, up));
        assert_eq!(
            ways(worse.clone(), answered(NotAnswered, None, None)),
            both(Direction::Unanswered, Direction::Answered)
        );
        let unsaid = answered(Partly, None, None);
        let denied = answered(Partly, Some(false), None);
        assert_eq!(ways(unsaid, denied), both(Direction::Otherwise, Direction::Otherwise));
        assert_eq!(ways(worse.clone(), worse), (None, None));
    }

    #[test]
    fn scope_names_the_fact_and_a_decision_where_no_fact_says_it() {
        let before = fixture::assessment();
        let mut after = before.clone();
        after.scope.facts.insert(Fact::Premises, false);
        let of = |from: &Assessment, to: &Assessment| {
            let (from, to) = (moment(from, day(1)), moment(to, day(9)));
            compare(&fixture::CATALOGUE, &before, &from, &to)
        };
        let comparison = of(&before, &after);
        let change = ScopeChange::Fact(Fact::Premises, None, Some(false));
        assert_eq!(comparison.scope, [change]);
        let practices: Vec<_> = comparison
            .practices
            .iter()
            .map(|it| (it.practice, &it.moved, &it.why))
            .collect();
        assert_eq!(
            practices,
            [(3, &vec![Moved::Asked(false)], &vec![Reason::Scope(change)])]
        );
        let mut asked = moment(&before, day(1));
        if let Some(Some(state)) = asked.practices.get_mut(0) {
            state.is_asked = false;
        }
        let comparison = compare(&fixture::CATALOGUE, &before, &asked, &moment(&before, day(9)));
        assert_eq!(
            comparison.practices.first().map(|it| it.why.clone()),
            Some(vec![Reason::Decision])
        );
    }

    #[test]
    fn action_and_evidence_between_the_days_say_why_and_those_outside_do_not() {
        let mut before = fixture::assessment();
        before
            .answers
            .insert(fixture::REVIEW, answered(Standing::NotInPlace, None, None));
        let mut after = before.clone();
        after
            .answers
            .insert(fixture::REVIEW, answered(Standing::InPlace, None, None));
        let practices = FieldValue::Practices([fixture::REVIEW].into_iter().collect());
        let entry = EntryId::from_random(7);
        let action = |done: u32, state| {
            Sheet::default()
                .with(Field::Practices, practices.clone())
                .with(Field::State, FieldValue::Choice(state))
                .with(Field::DoneOn, FieldValue::Date(day(done)))
        };
        let evidence = Sheet::default()
            .with(Field::Practices, practices.clone())
            .with(Field::State, FieldValue::Choice(Choice::Accepted))
            .with(Field::ExtractedOn, FieldValue::Date(day(9)));
        let why = |register, sheet: Sheet, is_back: bool| {
            let mut assessment = after.clone();
            assessment.sheets.insert(SheetKey::entry(register, entry), sheet);
            let (from, to) = (moment(&before, day(3)), moment(&after, day(9)));
            let (from, to) = if is_back { (to, from) } else { (from, to) };
            let comparison = compare(&fixture::CATALOGUE, &assessment, &from, &to);
            comparison.practices.first().map(|it| it.why.clone()).expect("it moved")
        };
        let plan = Register::PlanAction;
        let because = [Reason::Action(entry, day(5))];
        assert_eq!(why(plan, action(5, Choice::Done), false), because);
        assert_eq!(
            why(plan, action(5, Choice::Done), true),
            because,
            "back, the same says why"
        );
        for (done, state) in [(2, Choice::Done), (10, Choice::Done), (5, Choice::Dropped)] {
            assert_eq!(why(plan, action(done, state), false), [Reason::AnsweredAnew]);
        }
        assert_eq!(
            why(Register::Evidence, evidence, false),
            [Reason::Evidence(entry, day(9))]
        );
        // What was done does not explain that a practice got worse.
        let mut worse = before.clone();
        worse
            .sheets
            .insert(SheetKey::entry(plan, entry), action(5, Choice::Done));
        let comparison = compare(
            &fixture::CATALOGUE,
            &worse,
            &moment(&after, day(3)),
            &moment(&before, day(9)),
        );
        assert_eq!(
            comparison.practices.first().map(|it| it.why.clone()),
            Some(vec![Reason::AnsweredAnew])
        );
    }

    #[test]
    fn worked_example_two_days_compared() {
        let put = |assessment: &mut Assessment, practice, standing, facets: Facets| {
            let answer = Answer {
                standing,
                facets,
                ..Answer::default()
            };
            assessment.answers.insert(practice, answer);
        };
        let (none, written) = (Facets::default(), Facets::default().with(Facet::Documented, Some(true)));
        let mut before = fixture::assessment();
        put(&mut before, fixture::SCOPE, Standing::NotInPlace, none);
        put(&mut before, fixture::REVIEW, Standing::Partly, written);
        put(&mut before, fixture::DOORS, Standing::NotInPlace, none);
        let mut after = before.clone();
        put(&mut after, fixture::SCOPE, Standing::InPlace, none);
        let shown = written.with(Facet::Evidenced, Some(true));
        put(&mut after, fixture::REVIEW, Standing::Partly, shown);
        put(&mut after, fixture::TESTED, Standing::NotInPlace, none);
        after.scope.facts.insert(Fact::Premises, false);
        let action = Sheet::default()
            .with(
                Field::Practices,
                FieldValue::Practices([fixture::SCOPE].into_iter().collect()),
            )
            .with(Field::State, FieldValue::Choice(Choice::Done))
            .with(Field::DoneOn, FieldValue::Date(day(20)));
        let entry = EntryId::from_random(3);
        after
            .sheets
            .insert(SheetKey::entry(Register::PlanAction, entry), action);
        let comparison = compare(
            &fixture::CATALOGUE,
            &after,
            &moment(&before, day(2)),
            &moment(&after, day(30)),
        );
        let moved: Vec<_> = comparison
            .practices
            .iter()
            .map(|it| (it.practice, it.direction, it.moved.as_slice(), it.why.as_slice()))
            .collect();
        let no_premises = ScopeChange::Fact(Fact::Premises, None, Some(false));
        let anew = [Reason::AnsweredAnew];
        let expected: [(usize, Direction, &[Moved], &[Reason]); 4] = [
            (
                0,
                Direction::Up,
                &[Moved::Standing(StandingKind::NotInPlace, StandingKind::InPlace)],
                &[Reason::Action(entry, day(20))],
            ),
            (
                1,
                Direction::Up,
                &[Moved::Facet(Facet::Evidenced, None, Some(true))],
                &anew,
            ),
            (
                2,
                Direction::Answered,
                &[Moved::Standing(StandingKind::NotAnswered, StandingKind::NotInPlace)],
                &anew,
            ),
            (
                3,
                Direction::Scope,
                &[Moved::Asked(false)],
                &[Reason::Scope(no_premises)],
            ),
        ];
        assert_eq!(moved, expected);
        let gaps = GapChange {
            closed: vec![0],
            opened: vec![2],
            left: vec![3],
            entered: vec![],
        };
        assert_eq!((comparison.n_gaps, &comparison.gaps), ((3, 2), &gaps));
    }

    #[test]
    fn gap_that_leaves_the_scope_is_not_closed() {
        let mut before = fixture::assessment();
        before
            .answers
            .insert(fixture::DOORS, answered(Standing::NotInPlace, None, None));
        before
            .answers
            .insert(fixture::REVIEW, answered(Standing::NotInPlace, None, None));
        let mut after = before.clone();
        after.scope.facts.insert(Fact::Premises, false);
        after
            .answers
            .insert(fixture::REVIEW, answered(Standing::InPlace, None, None));
        let comparison = compare(
            &fixture::CATALOGUE,
            &after,
            &moment(&before, day(1)),
            &moment(&after, day(9)),
        );
        assert_eq!(comparison.n_gaps, (2, 0));
        let expected = GapChange {
            closed: vec![1],
            left: vec![3],
            ..GapChange::default()
        };
        assert_eq!(comparison.gaps, expected);
    }
}
