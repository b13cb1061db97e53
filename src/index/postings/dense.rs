//! Occurrences at most of some numbered places, in two bytes for each place.

use super::bits::Bits;
use crate::index::pages::documents::UnitRun;

/// Stands for more occurrences than two bytes tell. An article has seldom as many words.
const MORE: u32 = if cfg!(test) { 127 } else { 0x7FFF };

/// Beside the occurrences at a place, one mark.
const MARK: u16 = 1 << 15;

/// Occurrences by place, each found in one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DenseCounts {
    /// At each place the occurrences, at most [`MORE`], and the [`MARK`].
    noted: Vec<u16>,
    /// Place and occurrences where there are so many, ascending.
    more: Vec<(u32, u32)>,
    /// The places that hold any, and how many they are.
    held: Bits,
    count: usize,
}

fn noted(occurrences: u32, is_marked: bool) -> u16 {
    let mark = if is_marked { MARK } else { 0 };
    mark | occurrences.min(MORE) as u16
}

impl DenseCounts {
    /// No occurrences at so many places.
    pub(crate) fn new(places: usize) -> Self {
        Self {
            noted: vec![0; places],
            held: Bits::new(places),
            ..Self::default()
        }
    }

    /// What is at each of so many places, where there are any: so many, and whether it is marked.
    pub(crate) fn of_held(
        places: usize,
        held: Bits,
        mut at: impl FnMut(u32) -> (u32, bool),
    ) -> Self {
        let mut counts = Self {
            count: held.count(),
            ..Self::new(places)
        };
        for place in held.iter() {
            let (occurrences, is_marked) = at(place);
            if let Some(here) = counts.noted.get_mut(place as usize) {
                *here = noted(occurrences, is_marked);
            }
            if occurrences >= MORE {
                counts.more.push((place, occurrences));
            }
        }
        counts.held = held;
        counts
    }

    /// Adds occurrences, one at least, at a place no lower than the last; the mark stays where it was set.
    #[inline]
    pub(crate) fn add(&mut self, place: u32, occurrences: u32, is_marked: bool) {
        let Some(noted) = self.noted.get_mut(place as usize) else {
            return;
        };
        self.count += usize::from(*noted == 0);
        self.held.insert(place);
        let mark = if is_marked { MARK } else { 0 };
        let before = u32::from(*noted & !MARK);
        let sum = before.saturating_add(occurrences);
        *noted = *noted & MARK | mark | sum.min(MORE) as u16;
        if sum >= MORE {
            match self.more.last_mut().filter(|_| before == MORE) {
                Some((_, known)) => *known = known.saturating_add(occurrences),
                None => self.more.push((place, sum)),
            }
        }
    }

    /// How many places hold any.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The occurrences at a place, and whether it is marked; nothing where there is none.
    #[inline]
    pub(crate) fn get(&self, place: u32) -> Option<(u32, bool)> {
        let noted = *self.noted.get(place as usize)?;
        (noted > 0).then(|| self.told(place, noted))
    }

    #[inline]
    fn told(&self, place: u32, noted: u16) -> (u32, bool) {
        let mut occurrences = u32::from(noted & !MARK);
        if occurrences == MORE {
            occurrences = self.many(place);
        }
        (occurrences, noted & MARK != 0)
    }

    #[cold]
    fn many(&self, place: u32) -> u32 {
        let at = self.more.binary_search_by_key(&place, |&(place, _)| place);
        let known = at.ok().and_then(|at| self.more.get(at));
        known.map_or(MORE, |&(_, occurrences)| occurrences)
    }

    /// The places that hold any, ascending, with what is there.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, (u32, bool))> {
        let held = self.held.iter();
        held.filter_map(|place| Some((place, self.get(place)?)))
    }

    /// The occurrences by document, where these are by unit: of so many documents, to which runs of units belong.
    pub(crate) fn of_documents(&self, documents: usize, runs: &[UnitRun]) -> Self {
        let mut counts = Self::new(documents);
        let mut end = 0;
        for &UnitRun {
            unit,
            document,
            length,
        } in runs
        {
            // Only the first may belong to a document that has units already.
            let added = u32::from(document < end);
            if added == 1
                && let Some((occurrences, is_marked)) = self.get(unit)
            {
                counts.add(document, occurrences, is_marked);
            }
            let from = (unit + added) as usize..(unit + length) as usize;
            end = document + length;
            let to = counts
                .noted
                .get_mut((document + added) as usize..end as usize);
            if let (Some(noted), Some(to)) = (self.noted.get(from.clone()), to) {
                to.copy_from_slice(noted);
            }
            let own = length - added;
            let held = &mut counts.held;
            held.add_stretch(document + added, &self.held, unit + added, own);
            let first = self
                .more
                .partition_point(|&(of, _)| (of as usize) < from.start);
            let more = self.more.get(first..).unwrap_or_default().iter();
            let more = more.take_while(|&&(of, _)| (of as usize) < from.end);
            counts
                .more
                .extend(more.map(|&(of, occurrences)| (of - unit + document, occurrences)));
        }
        counts.count = counts.held.count();
        counts
    }

    /// The places that hold any.
    pub(crate) fn held(&self) -> &Bits {
        &self.held
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        let noted = 2 * self.noted.capacity() + self.held.memory();
        noted + size_of::<(u32, u32)>() * self.more.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_was_added_is_there(steps in proptest::collection::vec((0u32..4, prop_oneof![1u32..5, 100u32..300], any::<bool>()), 0..80)) {
            let places = steps.iter().map(|step| step.0).sum::<u32>() + 3;
            let mut counts = DenseCounts::new(places as usize);
            let mut plain: BTreeMap<u32, (u32, bool)> = BTreeMap::new();
            let mut place = 0;
            for (step, occurrences, is_marked) in steps {
                place += step;
                counts.add(place, occurrences, is_marked);
                let here = plain.entry(place).or_default();
                *here = (here.0 + occurrences, here.1 | is_marked);
            }
            prop_assert_eq!(counts.len(), plain.len());
            let held = counts.held().clone();
            let again = DenseCounts::of_held(places as usize, held, |place| plain[&place]);
            prop_assert_eq!(&again, &counts);
            prop_assert!(counts.iter().eq(plain.iter().map(|(&place, &here)| (place, here))));
            prop_assert!(counts.held().iter().eq(plain.keys().copied()));
            for place in 0..places + 2 {
                prop_assert_eq!(counts.get(place), plain.get(&place).copied());
            }
        }
    }
}
