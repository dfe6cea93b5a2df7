//! Small sorted collections: a list in order, searched by halves. They iterate like `BTreeMap` and `BTreeSet`, and take
//! a fraction of their code for each type, which counts in a page that is loaded over the network.

/// Values under keys, in the order of the keys. For hundreds of entries, not for many thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K: Ord, V> SortedMap<K, V> {
    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        let position = self.position(key).ok()?;
        self.0.get(position).map(|(_, value)| value)
    }

    /// Whether there is a value under a key.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.position(key).is_ok()
    }

    /// Puts a value under a key. Returns the one that was there before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(&key) {
            Ok(position) => {
                let (_, old) = self.0.get_mut(position)?;
                Some(std::mem::replace(old, value))
            }
            Err(position) => {
                self.0.insert(position, (key, value));
                None
            }
        }
    }

    /// Takes out the value under a key.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let position = self.position(key).ok()?;
        Some(self.0.remove(position).1)
    }

    /// Puts a value under a key, or takes out what is there.
    pub fn set(&mut self, key: K, value: Option<V>) {
        match value {
            Some(value) => self.insert(key, value),
            None => self.remove(&key),
        };
    }

    /// How many keys there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Where a key is, or where it would stand.
    fn position(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

/// Members in order, each once. For hundreds of members, not for many thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSet<T>(SortedMap<T, ()>);

impl<T: Ord> SortedSet<T> {
    /// Whether a member is in the set.
    #[must_use]
    pub fn contains(&self, member: &T) -> bool {
        self.0.contains_key(member)
    }

    /// Puts a member in. Returns whether it was not there before.
    pub fn insert(&mut self, member: T) -> bool {
        self.0.insert(member, ()).is_none()
    }

    /// Takes a member out. Returns whether it was there.
    pub fn remove(&mut self, member: &T) -> bool {
        self.0.remove(member).is_some()
    }

    /// Puts a member in or takes it out.
    pub fn set(&mut self, member: T, is_in: bool) {
        self.0.set(member, is_in.then_some(()));
    }

    /// How many members there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.keys()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(SortedMap::default())
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut set = Self::default();
        set.extend(members);
        set
    }
}

/// Sorts by a rank, the lowest first; what ranks alike keeps its order. All lists share one sort of numbers, which is
/// far less code than a sort for each type.
pub fn sort_by_rank<T>(list: &mut Vec<T>, rank: impl Fn(&T) -> u64) {
    let mut order: Vec<(u64, usize)> = list.iter().map(rank).zip(0..).collect();
    order.sort_unstable();
    let mut unsorted: Vec<Option<T>> = list.drain(..).map(Some).collect();
    for (_, position) in order {
        list.extend(unsorted.get_mut(position).and_then(Option::take));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn map_does_what_a_tree_does(steps in proptest::collection::vec((0..12_u8, proptest::option::of(any::<u8>())), 0..40)) {
            let (mut map, mut tree) = (SortedMap::default(), BTreeMap::new());
            for (key, value) in steps {
                match value {
                    Some(value) => prop_assert_eq!(map.insert(key, value), tree.insert(key, value)),
                    None => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                }
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.len(), tree.len());
            }
            prop_assert!(map.iter().eq(tree.iter()));
        }

        #[test]
        fn sort_by_rank_is_a_stable_sort(ranks in proptest::collection::vec(0..9_u64, 0..40)) {
            let mut list: Vec<(u64, usize)> = ranks.into_iter().zip(0..).collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(rank, _)| *rank);
            sort_by_rank(&mut list, |(rank, _)| *rank);
            prop_assert_eq!(list, expected);
        }
    }
}
