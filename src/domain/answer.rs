//! What a team says about one practice.

use chrono::NaiveDate;

use super::Words;

/// Where a practice stands. Only not in place, partly and in place are ordered.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// Nobody has answered yet.
    #[default]
    NotAnswered,
    /// Absent.
    NotInPlace,
    /// Partly there.
    Partly,
    /// There.
    InPlace,
    /// Met another way: counts as in place, shown apart everywhere.
    AnotherWay {
        /// What is done instead.
        description: Words,
        /// The risk that it addresses.
        risk: Words,
    },
    /// What the practice governs does not exist here.
    NotApplicable {
        /// Why.
        reason: Words,
    },
    /// A supplier does it.
    Inherited {
        /// Which supplier.
        supplier: Words,
    },
}

/// A standing without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StandingKind {
    /// Nobody has answered yet.
    NotAnswered,
    /// Absent.
    NotInPlace,
    /// Partly there.
    Partly,
    /// There.
    InPlace,
    /// Met another way.
    AnotherWay,
    /// Not applicable.
    NotApplicable,
    /// Inherited from a supplier.
    Inherited,
}

impl Standing {
    /// The kind of the standing.
    #[must_use]
    pub const fn kind(&self) -> StandingKind {
        match self {
            Self::NotAnswered => StandingKind::NotAnswered,
            Self::NotInPlace => StandingKind::NotInPlace,
            Self::Partly => StandingKind::Partly,
            Self::InPlace => StandingKind::InPlace,
            Self::AnotherWay { .. } => StandingKind::AnotherWay,
            Self::NotApplicable { .. } => StandingKind::NotApplicable,
            Self::Inherited { .. } => StandingKind::Inherited,
        }
    }
}

impl StandingKind {
    /// All standings that can be chosen, in the order in which they are offered.
    pub const CHOICES: [Self; 6] = [
        Self::InPlace,
        Self::Partly,
        Self::NotInPlace,
        Self::AnotherWay,
        Self::Inherited,
        Self::NotApplicable,
    ];

    /// How far up a standing is when two people differ, from 0: the lower one counts until a person chooses. Absent is
    /// lowest, then what nobody has said. What takes a practice out of the count is highest, above what is in place: a
    /// practice is not dropped while somebody says that it applies.
    #[must_use]
    pub const fn height(self) -> usize {
        match self {
            Self::NotInPlace => 0,
            Self::NotAnswered => 1,
            Self::Partly => 2,
            Self::Inherited => 3,
            Self::AnotherWay => 4,
            Self::InPlace => 5,
            Self::NotApplicable => 6,
        }
    }

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAnswered => "not-answered",
            Self::NotInPlace => "not-in-place",
            Self::Partly => "partly",
            Self::InPlace => "in-place",
            Self::AnotherWay => "another-way",
            Self::NotApplicable => "not-applicable",
            Self::Inherited => "inherited",
        }
    }

    /// The standing with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::NotAnswered]
            .into_iter()
            .chain(Self::CHOICES)
            .find(|kind| kind.as_str() == text)
    }

    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotAnswered => "Not answered",
            Self::NotInPlace => "Not in place",
            Self::Partly => "Partly",
            Self::InPlace => "In place",
            Self::AnotherWay => "Met another way",
            Self::NotApplicable => "Not applicable",
            Self::Inherited => "Inherited",
        }
    }

    /// Whether something is there that could be shown.
    #[must_use]
    pub const fn is_at_least_partly(self) -> bool {
        match self {
            Self::Partly | Self::InPlace | Self::AnotherWay => true,
            Self::NotAnswered | Self::NotInPlace | Self::NotApplicable | Self::Inherited => false,
        }
    }
}

/// What could be shown today about a practice. The four that auditors of delivery pipelines look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Written, approved, specific.
    Documented,
    /// A system makes it so, preventing rather than only detecting.
    Enforced,
    /// Records show it working over time.
    Evidenced,
    /// Somebody reviews and changes it.
    Improved,
}

impl Facet {
    /// All facets, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Documented, Self::Enforced, Self::Evidenced, Self::Improved];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Enforced => "enforced",
            Self::Evidenced => "evidenced",
            Self::Improved => "improved",
        }
    }

    /// The word as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Documented => "Documented",
            Self::Enforced => "Enforced",
            Self::Evidenced => "Evidenced",
            Self::Improved => "Improved",
        }
    }
}

/// The facets of an answer: each yes, no, or not said. Not said counts as unanswered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Written, approved, specific.
    pub documented: Option<bool>,
    /// A system makes it so.
    pub enforced: Option<bool>,
    /// Records show it.
    pub evidenced: Option<bool>,
    /// Reviewed and changed.
    pub improved: Option<bool>,
}

impl Facets {
    /// What was said of a facet.
    #[must_use]
    pub const fn get(&self, facet: Facet) -> Option<bool> {
        match facet {
            Facet::Documented => self.documented,
            Facet::Enforced => self.enforced,
            Facet::Evidenced => self.evidenced,
            Facet::Improved => self.improved,
        }
    }

    /// The same facets with one of them said anew.
    #[must_use]
    pub const fn with(mut self, facet: Facet, said: Option<bool>) -> Self {
        match facet {
            Facet::Documented => self.documented = said,
            Facet::Enforced => self.enforced = said,
            Facet::Evidenced => self.evidenced = said,
            Facet::Improved => self.improved = said,
        }
        self
    }

    /// Whether nothing has been said.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        Facet::ALL.iter().all(|facet| self.get(*facet).is_none())
    }
}

/// How firm an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BasisKind {
    /// Somebody said so.
    Said,
    /// Somebody has seen it.
    Seen,
    /// Somebody has tested it.
    Tested,
}

impl BasisKind {
    /// All kinds, weakest first.
    pub const ALL: [Self; 3] = [Self::Said, Self::Seen, Self::Tested];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Seen => "seen",
            Self::Tested => "tested",
        }
    }

    /// The basis with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The word as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Said => "Said",
            Self::Seen => "Seen",
            Self::Tested => "Tested",
        }
    }
}

/// What an answer rests on, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Said, seen or tested.
    pub kind: BasisKind,
    /// Who said, saw or tested it; may be blank.
    pub by: String,
    /// When.
    pub on: Option<NaiveDate>,
}

/// The answer to one practice. The default is no answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Where it stands.
    pub standing: Standing,
    /// What could be shown.
    pub facets: Facets,
    /// How firm it is.
    pub basis: Option<Basis>,
    /// A note.
    pub note: String,
    /// Who owns the practice.
    pub owner: String,
}

impl Answer {
    /// How much it claims, so that of two answers the one that claims less counts until a person chooses: first by
    /// standing, then by how many facets are said yes.
    #[must_use]
    pub fn claim(&self) -> (usize, usize) {
        let shown = Facet::ALL.iter().filter(|facet| self.facets.get(**facet) == Some(true));
        (self.standing.kind().height(), shown.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_put_every_standing_in_one_order_with_those_that_are_ordered_anyway() {
        let mut kinds: Vec<StandingKind> = StandingKind::CHOICES
            .into_iter()
            .chain([StandingKind::NotAnswered])
            .collect();
        kinds.sort_by_key(|kind| kind.height());
        assert!(kinds.windows(2).all(|pair| pair[0].height() < pair[1].height()));
        let at = |kind: StandingKind| kinds.iter().position(|it| *it == kind).expect("there");
        assert!(at(StandingKind::NotInPlace) < at(StandingKind::Partly));
        assert!(at(StandingKind::Partly) < at(StandingKind::InPlace));
        assert_eq!(kinds.last(), Some(&StandingKind::NotApplicable));
    }

    #[test]
    fn of_one_standing_fewer_facets_claim_less() {
        let with = |n: usize| Answer {
            standing: Standing::Partly,
            facets: Facet::ALL
                .iter()
                .take(n)
                .fold(Facets::default(), |it, facet| it.with(*facet, Some(true))),
            ..Answer::default()
        };
        assert!(with(1).claim() < with(2).claim());
        let denied = Answer {
            facets: Facets::default().with(Facet::Documented, Some(false)),
            ..with(0)
        };
        assert_eq!(denied.claim(), with(0).claim());
        let absent = Answer {
            standing: Standing::NotInPlace,
            ..with(4)
        };
        assert!(absent.claim() < with(0).claim());
    }
}
