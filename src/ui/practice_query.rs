//! A filter of practices in the part of the address after `?`, and back.

use super::route::Query;
use crate::analysis::{Clearance, Gate, PlanChoice, PracticeFilter, Said, StatedBasis};
use crate::catalogue::CATALOGUE;
use crate::domain::{BasisKind, Facet, FrameworkId, StandingKind, TopicId, date_from_text};

const GAP: &str = "gap";
const FRAMEWORKS: &str = "frameworks";
const PLAN: &str = "plan";
const FRAMEWORK: &str = "framework";
const GROUP: &str = "group";
const TOPIC: &str = "topic";
const GATE: &str = "gate";
const CLEARANCE: &str = "clearance";
const STANDING: &str = "standing";
const FACET: &str = "facet";
const BASIS: &str = "basis";
const NOT_STATED: &str = "not-stated";
const LEFT_AFTER: &str = "left-after:";

const SAID: [(Said, &str); 3] = [(Said::Yes, "yes"), (Said::No, "no"), (Said::NotSaid, "not-said")];
const CLEARANCES: [(Clearance, &str); 3] = [
    (Clearance::Clears, "clears"),
    (Clearance::Open, "open"),
    (Clearance::Fails, "fails"),
];
const PLANS: [(PlanChoice, &str); 4] = [
    (PlanChoice::NoAction, "no-action"),
    (PlanChoice::AnyAction, "any-action"),
    (PlanChoice::NoDay, "no-day"),
    (PlanChoice::Overdue, "overdue"),
];

/// The query that says what a filter says.
pub fn query_from_filter(filter: &PracticeFilter) -> Query {
    let gap = filter.is_gap.map_or("", |is_gap| if is_gap { "yes" } else { "no" });
    let frameworks = filter.n_frameworks.map(|n| n.to_string()).unwrap_or_default();
    let plan = filter.plan.map(plan_text).unwrap_or_default();
    let gate = filter
        .gate
        .map(|(gate, edition)| format!("{}/{edition}", gate.as_str()));
    let facet = filter
        .facet
        .map(|(facet, said)| format!("{}:{}", facet.as_str(), text_of(&SAID, said)));
    let basis = filter.basis.map_or("", |basis| match basis {
        StatedBasis::On(kind) => kind.as_str(),
        StatedBasis::NotStated => NOT_STATED,
    });
    Query::default()
        .with(GAP, gap)
        .with(FRAMEWORKS, &frameworks)
        .with(PLAN, &plan)
        .with(FRAMEWORK, filter.framework.map_or("", FrameworkId::as_str))
        .with(GROUP, filter.group.unwrap_or_default())
        .with(TOPIC, filter.topic.map_or("", TopicId::as_str))
        .with(GATE, &gate.unwrap_or_default())
        .with(CLEARANCE, filter.clearance.map_or("", |it| text_of(&CLEARANCES, it)))
        .with(STANDING, filter.standing.map_or("", StandingKind::as_str))
        .with(FACET, &facet.unwrap_or_default())
        .with(BASIS, basis)
}

/// The filter that a query says, and the parts of the query that say nothing that is known.
pub fn filter_from_query(query: &Query) -> (PracticeFilter, Vec<String>) {
    let mut unknown = Vec::new();
    let framework = known(query, &mut unknown, FRAMEWORK, FrameworkId::parse);
    let group = |text: &str| {
        let groups = framework
            .and_then(|id| CATALOGUE.framework(id))
            .map_or(&[][..], |it| it.groups);
        groups.iter().map(|it| it.id).find(|id| *id == text)
    };
    let group = known(query, &mut unknown, GROUP, group);
    let filter = PracticeFilter {
        is_gap: known(query, &mut unknown, GAP, yes_or_no),
        n_frameworks: known(query, &mut unknown, FRAMEWORKS, |it| it.parse().ok()),
        plan: known(query, &mut unknown, PLAN, plan),
        framework,
        group,
        topic: known(query, &mut unknown, TOPIC, |it| CATALOGUE.topic(it).map(|it| it.id)),
        gate: known(query, &mut unknown, GATE, gate),
        clearance: known(query, &mut unknown, CLEARANCE, |it| named(&CLEARANCES, it)),
        standing: known(query, &mut unknown, STANDING, StandingKind::parse),
        facet: known(query, &mut unknown, FACET, facet),
        basis: known(query, &mut unknown, BASIS, basis),
    };
    (filter, unknown)
}

/// What a name of a query says. A value that says nothing known is noted.
fn known<T>(query: &Query, unknown: &mut Vec<String>, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = query.get(name);
    if text.is_empty() {
        return None;
    }
    let found = read(text);
    if found.is_none() {
        unknown.push(format!("{name}={text}"));
    }
    found
}

fn text_of<T: PartialEq>(texts: &[(T, &'static str)], wanted: T) -> &'static str {
    texts.iter().find(|(it, _)| *it == wanted).map_or("", |(_, text)| text)
}

fn named<T: Copy>(texts: &[(T, &str)], text: &str) -> Option<T> {
    texts.iter().find(|(_, it)| *it == text).map(|(it, _)| *it)
}

fn yes_or_no(text: &str) -> Option<bool> {
    named(&[(true, "yes"), (false, "no")], text)
}

fn plan_text(plan: PlanChoice) -> String {
    match plan {
        PlanChoice::LeftAfter(day) => format!("{LEFT_AFTER}{day}"),
        PlanChoice::NoAction | PlanChoice::AnyAction | PlanChoice::NoDay | PlanChoice::Overdue => {
            text_of(&PLANS, plan).to_owned()
        }
    }
}

fn plan(text: &str) -> Option<PlanChoice> {
    let left = text.strip_prefix(LEFT_AFTER).and_then(date_from_text);
    left.map(PlanChoice::LeftAfter).or_else(|| named(&PLANS, text))
}

fn gate(text: &str) -> Option<(Gate, FrameworkId)> {
    let (gate, edition) = text.split_once('/')?;
    let gate = Gate::ALL.into_iter().find(|it| it.as_str() == gate)?;
    Some((gate, FrameworkId::parse(edition)?))
}

fn facet(text: &str) -> Option<(Facet, Said)> {
    let (facet, said) = text.split_once(':')?;
    let facet = Facet::ALL.into_iter().find(|it| it.as_str() == facet)?;
    Some((facet, named(&SAID, said)?))
}

fn basis(text: &str) -> Option<StatedBasis> {
    if text == NOT_STATED {
        return Some(StatedBasis::NotStated);
    }
    BasisKind::parse(text).map(StatedBasis::On)
}
