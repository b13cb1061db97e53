//! Occurrences at most of some numbered places, in two bytes for each place.

use crate::index::pages::documents::UnitRun;
use crate::sorting::chosen;

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
    held: usize,
}

impl DenseCounts {
    /// No occurrences at so many places.
    pub(crate) fn new(places: usize) -> Self {
        Self {
            noted: vec![0; places],
            ..Self::default()
        }
    }

    /// What is at each place: no occurrences, or so many, and whether it is marked.
    pub(crate) fn of_all(all: impl Iterator<Item = (u32, bool)>) -> Self {
        let mut counts = Self::default();
        counts.noted.reserve_exact(all.size_hint().0);
        for (place, (occurrences, is_marked)) in (0u32..).zip(all) {
            let mark = if is_marked { MARK } else { 0 };
            counts.noted.push(mark | occurrences.min(MORE) as u16);
            counts.held += usize::from(occurrences > 0);
            if occurrences >= MORE {
                counts.more.push((place, occurrences));
            }
        }
        counts
    }

    /// Adds occurrences, one at least, at a place no lower than the last; the mark stays where it was set.
    #[inline]
    pub(crate) fn add(&mut self, place: u32, occurrences: u32, is_marked: bool) {
        let Some(noted) = self.noted.get_mut(place as usize) else {
            return;
        };
        self.held += usize::from(*noted == 0);
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
        self.held
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

    /// The occurrences at some places together.
    pub(crate) fn sum(&self, places: impl Iterator<Item = u32>) -> usize {
        let at = |place: u32| match self
            .noted
            .get(place as usize)
            .map_or(0, |noted| noted & !MARK)
        {
            less if u32::from(less) < MORE => less as usize,
            _ => self.many(place) as usize,
        };
        places.map(at).sum()
    }

    /// The places that hold any, ascending, with what is there.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, (u32, bool))> {
        let held = (0u32..).zip(&self.noted).filter(|&(_, &noted)| noted > 0);
        held.map(|(place, &noted)| (place, self.told(place, noted)))
    }

    /// The places that hold any, ascending.
    pub(crate) fn places(&self) -> Vec<u32> {
        let noted = (0u32..).zip(&self.noted);
        chosen(noted.map(|(place, &noted)| (place, noted > 0)), self.held)
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
            let first = self
                .more
                .partition_point(|&(of, _)| (of as usize) < from.start);
            let more = self.more.get(first..).unwrap_or_default().iter();
            let more = more.take_while(|&&(of, _)| (of as usize) < from.end);
            counts
                .more
                .extend(more.map(|&(of, occurrences)| (of - unit + document, occurrences)));
        }
        counts.held = counts.noted.iter().filter(|&&noted| noted > 0).count();
        counts
    }

    /// Notes the places that hold any.
    pub(crate) fn note(&self, any: &mut [bool]) {
        for (any, &noted) in any.iter_mut().zip(&self.noted) {
            *any |= noted > 0;
        }
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        2 * self.noted.capacity() + size_of::<(u32, u32)>() * self.more.capacity()
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
            let all = (0..places).map(|place| plain.get(&place).copied().unwrap_or_default());
            prop_assert_eq!(&DenseCounts::of_all(all), &counts);
            prop_assert!(counts.places().iter().eq(plain.keys()));
            prop_assert!(counts.iter().eq(plain.iter().map(|(&place, &here)| (place, here))));
            let mut any = vec![false; places as usize];
            counts.note(&mut any);
            let even = (0..places + 2).filter(|place| place % 2 == 0);
            let sum: u32 = even.clone().filter_map(|place| plain.get(&place)).map(|here| here.0).sum();
            prop_assert_eq!(counts.sum(even), sum as usize);
            for place in 0..places + 2 {
                prop_assert_eq!(counts.get(place), plain.get(&place).copied());
                prop_assert_eq!(any.get(place as usize).copied().unwrap_or(false), plain.contains_key(&place));
            }
        }
    }
}
