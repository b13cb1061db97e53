//! What neighbouring words hold together.
//!
//! A beginning of one or two letters stands for tens of thousands of forms, and
//! most of the time goes to forms that stand in few units each. So where a set
//! holds every form of [`NEIGHBOURS`] words that stand together in an order, the
//! units that hold any of these are kept, and the next set that holds all of them
//! adds one list and not thousands.

use super::{FormId, Index, UnitKind, Views};
use crate::sorting::Arrange;
use std::sync::OnceLock;

/// Words that are counted together.
const NEIGHBOURS: usize = if cfg!(test) { 4 } else { 1024 };

/// Bits of an entry that tell the unit; those above are occurrences.
const UNIT_BITS: u32 = 24;

/// Occurrences of one entry: more are told by several.
const MOST: u32 = u32::MAX >> UNIT_BITS;

/// What is kept, each when it is first asked for: of the words in the order of the lenses, then in that of their letters keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    all: OnceLock<Vec<OnceLock<KeptWords>>>,
}

/// The forms of some words, and the units that hold any of them.
#[derive(Clone, Debug)]
pub(crate) struct KeptWords {
    forms: Vec<FormId>,
    /// Ascending by unit.
    entries: Vec<u32>,
    /// The forms that stand elsewhere too than in main articles, ascending, with their occurrences by kind of unit.
    elsewhere: Vec<(FormId, [u32; UnitKind::COUNT])>,
}

impl Kept {
    pub(super) fn memory(&self) -> usize {
        let kept = self.all.get().into_iter().flatten();
        kept.filter_map(OnceLock::get)
            .map(|kept| {
                let elsewhere = size_of::<(FormId, [u32; UnitKind::COUNT])>();
                4 * (kept.forms.len() + kept.entries.len()) + elsewhere * kept.elsewhere.len()
            })
            .sum()
    }
}

impl KeptWords {
    pub(crate) fn forms(&self) -> &[FormId] {
        &self.forms
    }

    /// Units with occurrences of all forms together; a unit may come several times.
    pub(crate) fn units(&self) -> impl Iterator<Item = (u32, u32)> {
        let unit = |entry: u32| entry & ((1 << UNIT_BITS) - 1);
        let entries = self.entries.iter();
        entries.map(move |&entry| (unit(entry), entry >> UNIT_BITS))
    }

    /// The forms that stand elsewhere too than in main articles, ascending, with their occurrences by kind of unit.
    pub(crate) fn elsewhere(&self) -> &[(FormId, [u32; UnitKind::COUNT])] {
        &self.elsewhere
    }
}

impl Index {
    /// Those neighbourhoods of words of which `holds` holds every form; it may change its mind for the next
    /// one once it has been told of one by `take`.
    pub(crate) fn each_kept<S>(
        &self,
        set: &mut S,
        holds: impl Fn(&S, FormId) -> bool,
        mut take: impl FnMut(&mut S, &KeptWords),
    ) {
        let Some(views) = self.views().filter(|_| !self.is_in_parts()) else {
            return;
        };
        if self.units.len() >> UNIT_BITS > 0 {
            return;
        }
        let count = views.len() as usize / NEIGHBOURS;
        let all = views
            .kept
            .all
            .get_or_init(|| vec![OnceLock::new(); 2 * count]);
        let is_inside = |set: &S, number: usize| match all.get(number).and_then(OnceLock::get) {
            Some(kept) => kept.forms.iter().all(|&form| holds(set, form)),
            None => neighbours(views, number, count).all(|form| holds(set, form)),
        };
        let mut inside: Vec<usize> = (0..all.len())
            .filter(|&number| is_inside(set, number))
            .collect();
        // What is taken in one order is missing in the other: the order goes first in which there is more.
        let in_lenses = inside.partition_point(|&number| number < count);
        if 2 * in_lenses < inside.len() {
            inside.rotate_left(in_lenses);
        }
        let first = inside.first().map(|number| number / count);
        for number in inside {
            if (Some(number / count) == first || is_inside(set, number))
                && let Some(kept) = all.get(number)
            {
                let forms = || neighbours(views, number, count).collect();
                take(set, kept.get_or_init(|| self.keep(forms())));
            }
        }
    }

    fn keep(&self, forms: Vec<FormId>) -> KeptWords {
        let mut by_unit = vec![0u32; self.units.len() as usize];
        let mut elsewhere = Vec::new();
        for &form in &forms {
            let mut counts = [0; UnitKind::COUNT];
            for list in self.lists(form) {
                list.for_each(|posting| {
                    if let Some(count) = by_unit.get_mut(posting.unit as usize) {
                        *count += posting.occurrences;
                    }
                    let kind = self.units.kind(posting.unit) as usize;
                    if let Some(count) = counts.get_mut(kind) {
                        *count += posting.occurrences;
                    }
                });
            }
            let [_, others @ ..] = counts;
            if others != [0, 0] {
                elsewhere.push((form, counts));
            }
        }
        elsewhere.arrange_by_key(|&(form, _)| form);
        let mut entries = Vec::new();
        for (unit, mut left) in (0u32..).zip(by_unit) {
            while left > 0 {
                let here = left.min(MOST);
                entries.push(here << UNIT_BITS | unit);
                left -= here;
            }
        }
        entries.shrink_to_fit();
        elsewhere.shrink_to_fit();
        KeptWords {
            forms,
            entries,
            elsewhere,
        }
    }
}

/// The forms of a neighbourhood; there are `count` in each order.
fn neighbours(views: &Views, number: usize, count: usize) -> impl Iterator<Item = FormId> {
    let place = |number: usize| number * NEIGHBOURS..(number + 1) * NEIGHBOURS;
    let (in_lenses, in_letters) = match number.checked_sub(count) {
        None => (place(number), &[][..]),
        Some(number) => (
            0..0,
            views.by_letters().get(place(number)).unwrap_or_default(),
        ),
    };
    let words = in_lenses
        .map(|word| word as u32)
        .chain(in_letters.iter().copied());
    words.flat_map(|word| views.forms(word..word + 1)).copied()
}
