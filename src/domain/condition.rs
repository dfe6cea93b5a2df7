//! When a practice is asked: a condition over the scope facts.

use super::{Fact, SortedMap};

/// One fact, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The fact.
    pub fact: Fact,
    /// What it must be.
    pub is: bool,
}

/// A condition over the scope facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Always asked.
    Always,
    /// Asked unless all of these are known to be otherwise.
    Any(&'static [Literal]),
    /// Asked unless one of these is known to be otherwise.
    All(&'static [Literal]),
}

impl Condition {
    /// Whether a practice with this condition is asked. A fact that nobody has stated leaves the practice asked.
    #[must_use]
    pub fn holds(self, facts: &SortedMap<Fact, bool>) -> bool {
        let possible = |literal: &Literal| facts.get(&literal.fact).is_none_or(|value| *value == literal.is);
        match self {
            Self::Always => true,
            Self::Any(literals) => literals.iter().any(possible),
            Self::All(literals) => literals.iter().all(possible),
        }
    }

    /// The facts that this condition looks at.
    pub fn facts(self) -> impl Iterator<Item = Fact> {
        let literals: &[Literal] = match self {
            Self::Always => &[],
            Self::Any(literals) | Self::All(literals) => literals,
        };
        literals.iter().map(|literal| literal.fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Condition = Condition::Any(&[
        Literal {
            fact: Fact::OwnScm,
            is: true,
        },
        Literal {
            fact: Fact::HostedScm,
            is: true,
        },
    ]);

    #[test]
    fn unstated_fact_leaves_the_practice_asked() {
        assert!(ANY.holds(&SortedMap::default()));
        assert!(ANY.holds(&SortedMap::from_iter([(Fact::OwnScm, false)])));
    }

    #[test]
    fn practice_sleeps_when_every_alternative_is_denied() {
        assert!(!ANY.holds(&SortedMap::from_iter([(Fact::OwnScm, false), (Fact::HostedScm, false)])));
    }

    #[test]
    fn all_needs_each_fact() {
        let all = Condition::All(&[
            Literal {
                fact: Fact::Premises,
                is: true,
            },
            Literal {
                fact: Fact::Byod,
                is: false,
            },
        ]);
        assert!(all.holds(&SortedMap::from_iter([(Fact::Premises, true)])));
        assert!(!all.holds(&SortedMap::from_iter([(Fact::Premises, true), (Fact::Byod, true)])));
    }
}
