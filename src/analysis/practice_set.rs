//! A set of practices, as bits over their positions in the catalogue.

/// How many words of 64 bits a set has; the catalogue's compiler refuses more practices than fit.
const N_WORDS: usize = 8;

/// A set of practices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PracticeSet([u64; N_WORDS]);

impl PracticeSet {
    /// Puts the practice at a position into the set.
    pub fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    /// Whether the practice at a position is in the set.
    #[must_use]
    pub fn contains(&self, position: usize) -> bool {
        self.0
            .get(position / 64)
            .is_some_and(|word| word & (1 << (position % 64)) != 0)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.zip(other, |left, right| left & right)
    }

    /// The part of the set whose positions are wanted.
    #[must_use]
    pub fn filter(&self, is_wanted: impl Fn(usize) -> bool) -> Self {
        let mut part = Self::default();
        for position in self.iter().filter(|position| is_wanted(*position)) {
            part.insert(position);
        }
        part
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.zip(other, |left, right| left | right)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.zip(other, |left, right| left & !right)
    }

    /// How many practices are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The positions in the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        let words = self.0.into_iter().enumerate();
        // The lowest bit of a word is taken off, one after the other, so that gaps cost nothing.
        words.flat_map(|(at, mut word)| {
            std::iter::from_fn(move || {
                let lowest = word.trailing_zeros() as usize;
                word &= word.checked_sub(1)?;
                Some(at * 64 + lowest)
            })
        })
    }

    fn zip(&self, other: &Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        let mut words = self.0;
        for (word, right) in words.iter_mut().zip(other.0) {
            *word = combine(*word, right);
        }
        Self(words)
    }
}

impl FromIterator<usize> for PracticeSet {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut set = Self::default();
        positions.into_iter().for_each(|position| set.insert(position));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_holds_what_was_put_in() {
        let set: PracticeSet = [0, 63, 64, 511].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 511]);
        assert_eq!(set.len(), 4);
        let other: PracticeSet = [63, 200].into_iter().collect();
        assert_eq!(set.intersection(&other).iter().collect::<Vec<_>>(), [63]);
        assert_eq!(other.difference(&set).iter().collect::<Vec<_>>(), [200]);
    }
}
