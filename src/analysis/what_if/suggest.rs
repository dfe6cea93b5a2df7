//! Two suggestions, both greedy: the shortest way to one gate, and the steps that bring most. Neither is proved to be the
//! best there is; each number beside a step is that of an analysis with the step applied.

use super::ways::{Chosen, Need, Way, lifting, ways};
use super::{Step, WhatIf};
use crate::analysis::{Blocker, Finding, Gate, GateReadiness};
use crate::domain::{Assessment, FrameworkId, apply};

/// How often what still blocks a gate is looked at anew: a potential major may show itself only when another is gone.
const MAX_ROUNDS: usize = 12;

/// How a gate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The gate.
    pub gate: Gate,
    /// The framework in its edition.
    pub framework: FrameworkId,
    /// Requirements that clear.
    pub n_cleared: usize,
    /// Requirements that are counted.
    pub n_total: usize,
    /// What blocks it.
    pub n_blockers: usize,
}

/// One suggested step, and how the gates stand after it and all before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stride {
    /// The step.
    pub step: Step,
    /// The gates in scope, in the order of the analysis.
    pub stands: Vec<Stand>,
}

impl Stand {
    /// How a gate stands.
    #[must_use]
    pub const fn of(gate: &GateReadiness) -> Self {
        Self {
            gate: gate.gate,
            framework: gate.framework,
            n_cleared: gate.count.n_cleared,
            n_total: gate.count.n_total,
            n_blockers: gate.blockers.len(),
        }
    }

    /// Whether all clears and nothing blocks.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.n_cleared == self.n_total && self.n_blockers == 0
    }
}

/// What is done together: a requirement that clears, or a blocker that goes.
struct Bundle {
    /// The places of its steps that are still to come.
    open: Vec<usize>,
}

impl WhatIf<'_> {
    /// How the gates stand before any step.
    #[must_use]
    pub fn stands(&self) -> Vec<Stand> {
        self.before.gates.iter().map(Stand::of).collect()
    }

    /// The steps that bring a gate to all cleared and nothing blocking, or as near as steps can, ordered greedily: again
    /// and again what clears most requirements and lifts most blockers for its effort (S 1, M 3, L 8).
    #[must_use]
    pub fn shortest_way(&self, gate: Gate, framework: FrameworkId) -> Vec<Stride> {
        let gates = self.before.gates.iter();
        let mut found = gates
            .zip(ways(self))
            .filter(|(it, _)| it.gate == gate && it.framework == framework);
        let Some((readiness, ways)) = found.next() else {
            return Vec::new();
        };
        let chosen = self.whole_way(gate, framework, &ways);
        let (mut ordered, spare) = self.ordered(readiness, &ways, &chosen);
        // What makes nothing whole by itself was taken against a potential major. Where others do without it, it goes.
        let stand = |places: &[usize]| {
            let steps: Vec<Step> = places.iter().filter_map(|at| self.steps.get(*at).copied()).collect();
            let (_, gates) = self.judged(&self.assessment_after(&steps));
            let gates = gates.iter().find(|it| it.gate == gate && it.framework == framework);
            gates.map(Stand::of)
        };
        ordered.extend(&spare);
        let whole = if spare.is_empty() { None } else { stand(&ordered) };
        for place in spare {
            let without: Vec<usize> = ordered.iter().copied().filter(|it| *it != place).collect();
            if stand(&without) == whole {
                ordered = without;
            }
        }
        self.strides(&ordered)
    }

    /// The steps that together clear most requirements over all gates in scope, as many as asked for, chosen greedily:
    /// again and again the step that clears most by itself; then the one that brings most requirements nearer; then the
    /// lower effort.
    #[must_use]
    pub fn most_for(&self, n: usize) -> Vec<Stride> {
        let ways: Vec<Way> = ways(self).into_iter().flatten().collect();
        let mut chosen = Chosen::none(self.steps.len());
        let mut picked = Vec::new();
        while picked.len() < n {
            let Some(place) = self.best(&ways, &chosen) else {
                break;
            };
            chosen.add(place);
            picked.push(place);
        }
        self.strides(&picked)
    }

    /// How many requirements clear at each gate with some steps, as the sets behind the suggestions have it. A test
    /// compares it with the analysis; what is shown is the analysis.
    #[must_use]
    pub fn cleared_by_sets(&self, steps: &[Step]) -> Vec<usize> {
        let mut chosen = Chosen::none(self.steps.len());
        steps
            .iter()
            .filter_map(|step| self.place(*step))
            .for_each(|place| chosen.add(place));
        let gates = ways(self).into_iter();
        gates
            .map(|gate| gate.iter().filter(|way| way.is_clear(&chosen)).count())
            .collect()
    }

    /// The place of the step that brings most beside what is chosen.
    fn best(&self, ways: &[Way], chosen: &Chosen) -> Option<usize> {
        let mut cleared = vec![0_u64; self.steps.len()];
        let mut nearer = vec![0_u64; self.steps.len()];
        let waiting = ways.iter().filter(|it| !it.is_closed && !it.leaves);
        for way in waiting {
            let open: Vec<&Need> = way.open(chosen).collect();
            let share = 1000 / u64::try_from(open.len()).unwrap_or(u64::MAX).max(1);
            for place in open.iter().flat_map(|need| [Some(need.step), need.or]).flatten() {
                if let Some((cleared, nearer)) = cleared.get_mut(place).zip(nearer.get_mut(place)) {
                    *cleared += u64::from(open.len() == 1);
                    *nearer += share;
                }
            }
        }
        let blockers: Vec<&Blocker> = self.before.gates.iter().flat_map(|it| &it.blockers).collect();
        let lifts = |place: usize| {
            let lifted = blockers
                .iter()
                .filter(|it| lifting(self, it, &self.before.findings).contains(&place));
            lifted.count()
        };
        let places = (0..self.steps.len()).filter(|place| !chosen.has(*place));
        let brings = |place: usize| {
            let of = |counted: &[u64]| counted.get(place).copied().unwrap_or_default();
            (of(&cleared), of(&nearer))
        };
        // What brings no requirement nearer may still lift a blocker.
        let is_idle = places.clone().all(|place| brings(place) == (0, 0));
        let worth = |place: usize| {
            let lifted = if is_idle { lifts(place) } else { 0 };
            (brings(place), lifted, std::cmp::Reverse((self.weight(place), place)))
        };
        // A step that brings nothing is no suggestion.
        places
            .max_by_key(|place| worth(*place))
            .filter(|place| brings(*place) != (0, 0) || lifts(*place) > 0)
    }

    /// All steps that a gate waits for. Where one of two does, the one with less effort.
    fn whole_way(&self, gate: Gate, framework: FrameworkId, ways: &[Way]) -> Chosen {
        let mut chosen = Chosen::none(self.steps.len());
        let needs = || ways.iter().flat_map(|way| &way.needs);
        needs().filter(|it| it.or.is_none()).for_each(|it| chosen.add(it.step));
        for need in needs() {
            if !need.is_met(&chosen) {
                let both = [Some(need.step), need.or].into_iter().flatten();
                both.min_by_key(|place| self.weight(*place))
                    .into_iter()
                    .for_each(|it| chosen.add(it));
            }
        }
        for _ in 0..MAX_ROUNDS {
            let steps = self.chosen_steps(&chosen);
            let (findings, gates) = self.judged(&self.assessment_after(&steps));
            let still = gates.iter().find(|it| it.gate == gate && it.framework == framework);
            let lifting: Vec<usize> = still
                .into_iter()
                .flat_map(|gate| &gate.blockers)
                .flat_map(|it| self.cheapest(it, gate, &findings, &chosen))
                .collect();
            if lifting.is_empty() {
                break;
            }
            lifting.into_iter().for_each(|place| chosen.add(place));
        }
        self.without_idle_dates(ways, chosen)
    }

    /// What lifts a blocker with the least effort, among what is not chosen yet.
    fn cheapest(&self, blocker: &Blocker, gate: Gate, findings: &[Finding], chosen: &Chosen) -> Vec<usize> {
        let is_free = |place: &usize| !chosen.has(*place);
        let least = |places: Vec<usize>| {
            places
                .into_iter()
                .filter(is_free)
                .min_by_key(|place| self.weight(*place))
        };
        match blocker {
            Blocker::PotentialMajors(found) => {
                let each = found
                    .iter()
                    .map(|at| lifting(self, &Blocker::PotentialMajors(vec![*at]), findings));
                each.filter_map(least).collect()
            }
            // A date is enough before Stage 1 alone.
            Blocker::NoInternalAudit | Blocker::NoManagementReview if gate != Gate::Stage1 => {
                let held = lifting(self, blocker, findings).into_iter();
                let held = held.filter(|place| self.steps.get(*place).is_some_and(|it| it.practice().is_some()));
                held.filter(is_free).collect()
            }
            Blocker::NoInternalAudit | Blocker::NoManagementReview => {
                least(lifting(self, blocker, findings)).into_iter().collect()
            }
            Blocker::NoScopeStatement
            | Blocker::NoRiskAssessment
            | Blocker::RisksNotAccepted(_)
            | Blocker::ControlsNotDecided(_)
            | Blocker::DescriptionNotBegun(_)
            | Blocker::AssertionNotBegun
            | Blocker::NoControlMatrix
            | Blocker::NoAsOfDate
            | Blocker::NoWindow
            | Blocker::NoBaseFramework => lifting(self, blocker, findings).into_iter().filter(is_free).collect(),
        }
    }

    /// Dates for controls are left out if all of these are put in place anyhow.
    fn without_idle_dates(&self, ways: &[Way], chosen: Chosen) -> Chosen {
        let dates = self.place(Step::PlanControls).filter(|it| chosen.has(*it));
        let mut without = Chosen::none(self.steps.len());
        let others = (0..self.steps.len()).filter(|it| chosen.has(*it) && Some(*it) != dates);
        others.for_each(|place| without.add(place));
        let needs = |it: &&Need| Some(it.step) == dates || it.or == dates && dates.is_some();
        let mut dated = ways.iter().flat_map(|way| &way.needs).filter(needs);
        if dated.all(|need| need.is_met(&without)) {
            without
        } else {
            chosen
        }
    }

    /// The chosen steps in greedy order, and those that make nothing whole by themselves.
    fn ordered(&self, gate: &GateReadiness, ways: &[Way], chosen: &Chosen) -> (Vec<usize>, Vec<usize>) {
        let mut bundles = self.bundles(gate, ways, chosen);
        let mut ordered: Vec<usize> = Vec::new();
        loop {
            bundles.retain(|bundle| !bundle.open.is_empty());
            let best = bundles.iter().map(|bundle| {
                let done = bundles
                    .iter()
                    .filter(|it| it.open.iter().all(|place| bundle.open.contains(place)));
                let effort: u64 = bundle.open.iter().map(|place| self.weight(*place)).sum();
                (bundle, done.count(), effort)
            });
            // The most for the effort; of two alike the smaller, of two alike still the first.
            let best = best.reduce(|best, other| {
                let (left, right) = (other.1 as u64 * best.2, best.1 as u64 * other.2);
                if left > right || left == right && other.2 < best.2 {
                    other
                } else {
                    best
                }
            });
            let Some(next) = best.map(|(bundle, ..)| bundle.open.clone()) else {
                break;
            };
            for bundle in &mut bundles {
                bundle.open.retain(|place| !next.contains(place));
            }
            ordered.extend(next);
        }
        let spare = (0..self.steps.len()).filter(|it| chosen.has(*it) && !ordered.contains(it));
        let spare = spare.collect();
        (ordered, spare)
    }

    fn bundles(&self, gate: &GateReadiness, ways: &[Way], chosen: &Chosen) -> Vec<Bundle> {
        let mut bundles = Vec::new();
        let mut push = |places: &mut dyn Iterator<Item = usize>| {
            let mut open: Vec<usize> = places.filter(|it| chosen.has(*it)).collect();
            open.sort_unstable();
            open.dedup();
            bundles.push(Bundle { open });
        };
        for blocker in &gate.blockers {
            match blocker {
                Blocker::PotentialMajors(found) => {
                    for at in found {
                        let one = Blocker::PotentialMajors(vec![*at]);
                        push(&mut lifting(self, &one, &self.before.findings).into_iter());
                    }
                }
                Blocker::NoScopeStatement
                | Blocker::NoRiskAssessment
                | Blocker::RisksNotAccepted(_)
                | Blocker::ControlsNotDecided(_)
                | Blocker::NoInternalAudit
                | Blocker::NoManagementReview
                | Blocker::DescriptionNotBegun(_)
                | Blocker::AssertionNotBegun
                | Blocker::NoControlMatrix
                | Blocker::NoAsOfDate
                | Blocker::NoWindow
                | Blocker::NoBaseFramework => push(&mut lifting(self, blocker, &self.before.findings).into_iter()),
            }
        }
        for way in ways.iter().filter(|it| !it.is_closed) {
            let of_chosen = |need: &Need| {
                [Some(need.step), need.or]
                    .into_iter()
                    .flatten()
                    .find(|it| chosen.has(*it))
            };
            push(&mut way.needs.iter().filter_map(of_chosen));
        }
        bundles
    }

    /// Each step with what an analysis says after it and all before it.
    fn strides(&self, places: &[usize]) -> Vec<Stride> {
        let mut after: Assessment = self.assessment.clone();
        let steps = places.iter().filter_map(|place| self.steps.get(*place).copied());
        let strides = steps.map(|step| {
            for action in self.applying(step) {
                apply(&mut after, self.catalogue, action).ok();
            }
            let (_, gates) = self.judged(&after);
            Stride {
                step,
                stands: gates.iter().map(Stand::of).collect(),
            }
        });
        strides.collect()
    }

    fn chosen_steps(&self, chosen: &Chosen) -> Vec<Step> {
        let steps = self.steps.iter().enumerate();
        steps
            .filter(|(place, _)| chosen.has(*place))
            .map(|(_, step)| *step)
            .collect()
    }

    fn weight(&self, place: usize) -> u64 {
        let step = self.steps.get(place).copied();
        step.map_or(0, |step| u64::from(self.effort(step).weight()))
    }
}
