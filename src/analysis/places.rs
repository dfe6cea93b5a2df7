//! Where the practices of a catalogue are, by id. Registers name thousands of practices; finding each by comparing texts
//! would take longer than all gates.

use crate::domain::{Catalogue, PracticeId};

/// Where a running hash begins (FNV-1a of 64 bits).
pub(super) const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// The positions of all practices of a catalogue.
pub(super) struct Places {
    catalogue: &'static [crate::domain::Practice],
    /// A power of two of slots, at least half of them empty: a position, or none.
    slots: Vec<Option<u16>>,
}

impl Places {
    /// The places in a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let n_slots = (catalogue.practices.len() * 2).next_power_of_two();
        let mut places = Self {
            catalogue: catalogue.practices,
            slots: vec![None; n_slots],
        };
        for (position, practice) in (0..).zip(catalogue.practices) {
            if let Some(slot) = places.slot(practice.id).and_then(|at| places.slots.get_mut(at)) {
                *slot = Some(position);
            }
        }
        places
    }

    /// The position of a practice.
    pub fn get(&self, id: PracticeId) -> Option<usize> {
        let slot = self.slots.get(self.slot(id)?)?;
        slot.map(usize::from)
    }

    /// The slot of an id: its own, or the empty one where it would stand.
    fn slot(&self, id: PracticeId) -> Option<usize> {
        let hash = fnv1a(FNV_BASIS, id.as_str());
        let first = usize::try_from(hash % self.slots.len() as u64).unwrap_or_default();
        let round = (first..self.slots.len()).chain(0..first);
        let is_it = |position: u16| self.catalogue.get(usize::from(position)).is_some_and(|it| it.id == id);
        round
            .into_iter()
            .find(|at| self.slots.get(*at).copied().flatten().is_none_or(is_it))
    }
}

/// The hash after some text.
pub(super) fn fnv1a(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::fixture;

    #[test]
    fn every_practice_is_found_at_its_place_and_no_other() {
        for catalogue in [&CATALOGUE, &fixture::CATALOGUE] {
            let places = Places::new(catalogue);
            for (position, practice) in catalogue.practices.iter().enumerate() {
                assert_eq!(places.get(practice.id), Some(position), "{}", practice.id);
            }
            assert_eq!(places.get(PracticeId::new("no.such-practice")), None);
        }
    }
}
