//! The crosswalk: how requirements of different frameworks relate, computed over the needed ties of the whole catalogue.
//!
//! The words are those of NIST IR 8477 with a functional rationale. `equal`, `subset` and `superset` compare our
//! decompositions, not the texts.

use super::{PracticeSet, needed_sets};
use crate::domain::{Catalogue, CloudRole, FrameworkId, Requirement, SortedSet, sort_by_rank};

/// How one requirement relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// Both rest on the same practices.
    Equal,
    /// All that the first rests on is part of the second.
    Subset,
    /// The first rests on all of the second, and more.
    Superset,
    /// They share practices.
    Intersects,
}

impl RelationKind {
    /// All kinds, the closest first.
    pub const ALL: [Self; 4] = [Self::Equal, Self::Subset, Self::Superset, Self::Intersects];

    /// The word as printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Subset => "subset",
            Self::Superset => "superset",
            Self::Intersects => "intersects",
        }
    }
}

/// The relation of one requirement to another, with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The kind.
    pub kind: RelationKind,
    /// The practices that both rest on.
    pub because: PracticeSet,
    /// What the first rests on and the second does not.
    pub remainder_from: PracticeSet,
    /// What the second rests on and the first does not.
    pub remainder_to: PracticeSet,
}

impl Relation {
    /// The shared part of all that either rests on, in thousandths: what pairs are ranked by.
    #[must_use]
    pub fn shared_share(&self) -> usize {
        let shared = self.because.len();
        shared * 1000 / (shared + self.remainder_from.len() + self.remainder_to.len()).max(1)
    }

    /// The rank among other relations: the closest first.
    #[must_use]
    pub fn rank(&self) -> u64 {
        1000_u64.saturating_sub(self.shared_share() as u64)
    }
}

/// A practice that more requirements of two frameworks need than this joins pairs that have little else in common.
const FEW_REQUIREMENTS: usize = 3;

/// What one framework adds to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Addition {
    /// The practices that both rest on.
    pub shared: PracticeSet,
    /// The practices that only the second rests on: what is left to answer or do.
    pub added: PracticeSet,
    /// How many requirements of the second were looked at.
    pub n_requirements: usize,
    /// How many of them rest on nothing but what the first rests on too.
    pub n_covered: usize,
}

/// Two related requirements by their positions, and how the first relates to the second.
pub type Pair = (usize, usize, Relation);

/// The crosswalk of a catalogue for some cloud roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosswalk {
    needed: Vec<PracticeSet>,
}

impl Crosswalk {
    /// The crosswalk for some cloud roles. Scope changes nothing else: it is computed from the whole catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue, roles: &SortedSet<CloudRole>) -> Self {
        Self {
            needed: needed_sets(catalogue, roles),
        }
    }

    /// The widest crosswalk: for customers and providers alike.
    #[must_use]
    pub fn widest(catalogue: &Catalogue) -> Self {
        Self::new(
            catalogue,
            &SortedSet::from_iter([CloudRole::Customer, CloudRole::Provider]),
        )
    }

    /// The practices that the requirement at a position needs.
    #[must_use]
    pub fn needed(&self, position: usize) -> PracticeSet {
        self.needed.get(position).copied().unwrap_or_default()
    }

    /// How the requirement at one position relates to that at another. None if they share nothing.
    #[must_use]
    pub fn relation(&self, catalogue: &Catalogue, from: usize, to: usize) -> Option<Relation> {
        let (left, right) = (catalogue.requirements.get(from)?, catalogue.requirements.get(to)?);
        let (of_left, of_right) = (self.needed(from), self.needed(to));
        let because = of_left.intersection(&of_right);
        if because.is_empty() {
            return None;
        }
        let remainder_from = of_left.difference(&of_right);
        let remainder_to = of_right.difference(&of_left);
        let is_contained =
            |requirement: &Requirement, set: &PracticeSet| set.len() > 1 || requirement.why_one.is_some();
        let both_complete = left.complete && right.complete;
        let kind = match (both_complete, remainder_from.is_empty(), remainder_to.is_empty()) {
            (true, true, true) if is_contained(left, &of_left) && is_contained(right, &of_right) => RelationKind::Equal,
            (true, true, false) if is_contained(left, &of_left) => RelationKind::Subset,
            (true, false, true) if is_contained(right, &of_right) => RelationKind::Superset,
            _ => RelationKind::Intersects,
        };
        Some(Relation {
            kind,
            because,
            remainder_from,
            remainder_to,
        })
    }

    /// All related pairs of two frameworks, in the order of the first.
    #[must_use]
    pub fn pairs(&self, catalogue: &Catalogue, from: FrameworkId, to: FrameworkId) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for left in catalogue.positions_of(from) {
            for right in catalogue.positions_of(to) {
                if let Some(relation) = self.relation(catalogue, left, right) {
                    pairs.push((left, right, relation));
                }
            }
        }
        pairs
    }

    /// What the second framework adds to the first: the question of a team that has the first. `counts` says which
    /// requirements of the second are looked at, by their position.
    #[must_use]
    pub fn addition(
        &self,
        catalogue: &Catalogue,
        from: FrameworkId,
        to: FrameworkId,
        counts: impl Fn(usize) -> bool,
    ) -> Addition {
        let mut had = PracticeSet::default();
        let mut asked = PracticeSet::default();
        let mut addition = Addition::default();
        for position in catalogue.positions_of(from) {
            had = had.union(&self.needed(position));
        }
        for position in catalogue.positions_of(to).filter(|position| counts(*position)) {
            let needed = self.needed(position);
            asked = asked.union(&needed);
            addition.n_requirements += 1;
            addition.n_covered += usize::from(!needed.is_empty() && needed.difference(&had).is_empty());
        }
        addition.shared = asked.intersection(&had);
        addition.added = asked.difference(&had);
        addition
    }

    /// Whether a pair rests on one practice that many requirements of both frameworks need, such as awareness: true,
    /// and seldom what a reader looks for.
    #[must_use]
    pub fn is_thin(&self, catalogue: &Catalogue, (from, to, relation): &Pair) -> bool {
        let mut because = relation.because.iter();
        let (Some(only), None, RelationKind::Intersects) = (because.next(), because.next(), relation.kind) else {
            return false;
        };
        let framework = |position: usize| catalogue.requirements.get(position).map(|it| it.id.framework);
        let both = [framework(*from), framework(*to)];
        let needing = (0..catalogue.requirements.len())
            .filter(|position| both.contains(&framework(*position)) && self.needed(*position).contains(only));
        needing.count() > FEW_REQUIREMENTS
    }

    /// What the requirement at a position relates to in other frameworks, closest first.
    #[must_use]
    pub fn related(&self, catalogue: &Catalogue, position: usize) -> Vec<(usize, Relation)> {
        let Some(own) = catalogue.requirements.get(position) else {
            return Vec::new();
        };
        let mut related: Vec<(usize, Relation)> = catalogue
            .requirements
            .iter()
            .enumerate()
            .filter(|(_, other)| other.id.framework != own.id.framework)
            .filter_map(|(other, _)| {
                self.relation(catalogue, position, other)
                    .map(|relation| (other, relation))
            })
            .collect();
        sort_by_rank(&mut related, |(_, relation)| relation.rank());
        related
    }
}

/// How many of the pairs of two frameworks lie in each pair of groups: a row for each group of the first framework, a
/// number for each group of the second.
#[must_use]
pub fn matrix(catalogue: &Catalogue, from: FrameworkId, to: FrameworkId, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let groups = |framework: FrameworkId| catalogue.framework(framework).map_or(&[][..], |it| it.groups);
    let mut rows = vec![vec![0; groups(to).len()]; groups(from).len()];
    let group = |framework: FrameworkId, position: usize| {
        let requirement = catalogue.requirements.get(position)?;
        groups(framework).iter().position(|it| it.id == requirement.group)
    };
    for (left, right, _) in pairs {
        let cell = group(from, *left)
            .zip(group(to, *right))
            .and_then(|(row, column)| rows.get_mut(row)?.get_mut(column));
        if let Some(n_pairs) = cell {
            *n_pairs += 1;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::fixture;

    fn relation(from: u16, to: u16) -> Option<Relation> {
        let catalogue = &fixture::CATALOGUE;
        Crosswalk::widest(catalogue).relation(catalogue, usize::from(from), usize::from(to))
    }

    #[test]
    fn contained_requirement_is_a_subset_with_its_remainder() {
        let relation = relation(fixture::CONTROL, fixture::CRITERION).expect("related");
        assert_eq!(relation.kind, RelationKind::Subset);
        assert_eq!(relation.because.iter().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(relation.remainder_to.iter().collect::<Vec<_>>(), [3]);
        assert!(relation.remainder_from.is_empty());
    }

    #[test]
    fn nothing_shared_is_no_relation() {
        assert_eq!(relation(fixture::CLAUSE, fixture::CRITERION), None);
    }

    #[test]
    fn provider_row_is_equal_to_its_control_for_a_customer_only() {
        let catalogue = &fixture::CATALOGUE;
        let (from, to) = (usize::from(fixture::CONTROL), usize::from(fixture::CLOUD_ROW));
        let customer = Crosswalk::new(catalogue, &SortedSet::from_iter([CloudRole::Customer]));
        assert_eq!(
            customer.relation(catalogue, from, to).map(|it| it.kind),
            Some(RelationKind::Equal)
        );
        let widest = Crosswalk::widest(catalogue)
            .relation(catalogue, from, to)
            .map(|it| it.kind);
        assert_eq!(widest, Some(RelationKind::Subset));
    }

    #[test]
    fn addition_is_what_only_the_second_rests_on() {
        let catalogue = &fixture::CATALOGUE;
        let crosswalk = Crosswalk::widest(catalogue);
        let addition = crosswalk.addition(catalogue, FrameworkId::Iso27001, FrameworkId::Soc2, |_| true);
        assert_eq!(addition.shared.iter().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(addition.added.iter().collect::<Vec<_>>(), [3]);
        assert_eq!((addition.n_requirements, addition.n_covered), (1, 0));
        let back = crosswalk.addition(catalogue, FrameworkId::Soc2, FrameworkId::Iso27001, |_| true);
        assert_eq!(back.added.iter().collect::<Vec<_>>(), [0]);
        assert_eq!((back.n_requirements, back.n_covered), (2, 1));
    }

    #[test]
    fn matrix_counts_each_pair_once() {
        for from in FrameworkId::ALL {
            for to in FrameworkId::ALL.into_iter().filter(|to| *to != from) {
                let crosswalk = Crosswalk::widest(&CATALOGUE);
                let pairs = crosswalk.pairs(&CATALOGUE, from, to);
                let cells = matrix(&CATALOGUE, from, to, &pairs);
                assert_eq!(cells.iter().flatten().sum::<usize>(), pairs.len());
            }
        }
    }

    #[test]
    fn pair_on_one_common_practice_is_thin_and_a_pair_on_two_is_not() {
        let catalogue = &CATALOGUE;
        let crosswalk = Crosswalk::widest(catalogue);
        let thin = |from: &str, to: &str| {
            let at = |id: &str| {
                catalogue
                    .parse_requirement(id)
                    .and_then(|it| catalogue.requirement_index(it.id))
            };
            let (from, to) = (at(from)?, at(to)?);
            Some(crosswalk.is_thin(catalogue, &(from, to, crosswalk.relation(catalogue, from, to)?)))
        };
        assert_eq!(thin("iso27001-2022/7.3", "soc2-2017/CC1.4"), Some(true));
        assert_eq!(thin("iso27001-2022/A.8.32", "soc2-2017/CC8.1"), Some(false));
    }

    const fn inverse(kind: RelationKind) -> RelationKind {
        match kind {
            RelationKind::Subset => RelationKind::Superset,
            RelationKind::Superset => RelationKind::Subset,
            RelationKind::Equal | RelationKind::Intersects => kind,
        }
    }

    proptest! {
        #[test]
        fn relation_turned_round_is_its_inverse(from in 0..CATALOGUE.requirements.len(), to in 0..CATALOGUE.requirements.len()) {
            let crosswalk = Crosswalk::widest(&CATALOGUE);
            let forth = crosswalk.relation(&CATALOGUE, from, to);
            let back = crosswalk.relation(&CATALOGUE, to, from);
            prop_assert_eq!(forth.map(|it| inverse(it.kind)), back.map(|it| it.kind));
            prop_assert_eq!(forth.map(|it| (it.because, it.remainder_from)), back.map(|it| (it.because, it.remainder_to)));
        }

        #[test]
        fn relation_splits_both_sides_exactly(from in 0..CATALOGUE.requirements.len(), to in 0..CATALOGUE.requirements.len()) {
            let crosswalk = Crosswalk::widest(&CATALOGUE);
            if let Some(relation) = crosswalk.relation(&CATALOGUE, from, to) {
                prop_assert!(!relation.because.is_empty());
                prop_assert!(relation.remainder_from.intersection(&relation.remainder_to).is_empty());
                prop_assert_eq!(relation.because.len() + relation.remainder_from.len(), crosswalk.needed(from).len());
                prop_assert_eq!(relation.because.len() + relation.remainder_to.len(), crosswalk.needed(to).len());
                if relation.kind != RelationKind::Intersects {
                    let both = [from, to].map(|at| CATALOGUE.requirements.get(at).is_some_and(|it| it.complete));
                    prop_assert_eq!(both, [true, true]);
                }
            } else {
                prop_assert!(crosswalk.needed(from).intersection(&crosswalk.needed(to)).is_empty());
            }
        }
    }
}
