//! What neighbouring words hold together.
//!
//! A beginning of one or two letters stands for tens of thousands of forms, and
//! most of the time goes to forms that stand in few units each. So where a set
//! holds every form of [`NEIGHBOURS`] words that stand together in an order, the
//! units that hold any of these are kept, and the next set that holds all of them
//! adds one list and not thousands. A set that holds all of [`MANY_NEIGHBOURS`] words adds one list for these.

use crate::index::{
    Bits, FormCount, FormCounts, FormId, Index, OtherForms, UnitKind, Views, shown,
};
use std::sync::{Arc, Mutex};

/// Words that are counted together.
const NEIGHBOURS: usize = if cfg!(test) { 8 } else { 256 };

/// Words that are counted together where a set holds so many.
const MANY_NEIGHBOURS: usize = 16 * NEIGHBOURS;

/// Bits of an entry that tell the unit; those above are occurrences.
const UNIT_BITS: u32 = 24;

/// Occurrences of one entry: more are told by several.
const MOST: u32 = u32::MAX >> UNIT_BITS;

/// What is kept, each when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Kept {
    all: Arc<Mutex<Vec<Neighbours>>>,
}

/// Words that stand together in an order.
#[derive(Debug)]
struct Neighbours {
    /// How many they are, but for the last.
    words: usize,
    order: Order,
    /// Place of the first in the order of all words, and a form of it: most sets are told not to hold them by that alone.
    start: u32,
    first: Option<FormId>,
    kept: Option<KeptWords>,
}

/// A beginning stands for words without proclitics that begin so, which are in one order under
/// all lenses, and for words with proclitics: those that begin so, and those whose rest does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Words without proclitics.
    Bare,
    /// Words with proclitics, by what the clitics lens leaves of them.
    CutByBase,
    /// The same words by their letters keys.
    CutByLetters,
}

/// The forms of some words, and the units that hold any of them.
#[derive(Debug)]
pub(crate) struct KeptWords {
    forms: Vec<FormId>,
    /// Ascending by unit.
    entries: Vec<u32>,
    /// The units of the entries.
    held: Bits,
    by_form: FormCounts,
}

impl Kept {
    pub(in crate::index) fn memory(&self) -> usize {
        let size = |kept: &KeptWords| {
            let numbers = kept.forms.len() + kept.entries.len();
            4 * numbers + kept.held.memory() + kept.by_form.memory()
        };
        self.all.lock().map_or(0, |all| {
            let kept = all.iter().filter_map(|words| words.kept.as_ref());
            kept.map(size).sum()
        })
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

    /// The same units, without what they hold.
    pub(crate) fn held(&self) -> &Bits {
        &self.held
    }

    pub(crate) fn by_form(&self) -> &FormCounts {
        &self.by_form
    }
}

impl Index {
    /// Tells `take` of neighbouring words of which `holds` holds every form in `set`; what it
    /// takes out of the set is not told of again.
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
        let Ok(mut all) = views.kept.all.lock() else {
            return;
        };
        if all.is_empty() {
            *all = neighbours(views);
        }
        let is_inside = |set: &S, words: &Neighbours| match &words.kept {
            Some(kept) => kept.forms.iter().all(|&form| holds(set, form)),
            None => words.forms(views).all(|form| holds(set, form)),
        };
        for count in [MANY_NEIGHBOURS, NEIGHBOURS] {
            let begins = |words: &&mut Neighbours| {
                words.words == count && words.first.is_some_and(|form| holds(set, form))
            };
            let mut inside: Vec<&mut Neighbours> = all.iter_mut().filter(begins).collect();
            inside.retain(|words| is_inside(set, words));
            // What is taken in one order is missing in another: the order goes first in which there is more.
            let count = |order| inside.iter().filter(|words| words.order == order).count();
            if count(Order::CutByLetters) > count(Order::CutByBase) {
                inside.reverse();
            }
            for words in inside {
                if words.order == Order::Bare || is_inside(set, words) {
                    if words.kept.is_none() {
                        words.kept = Some(self.keep(words.forms(views).collect()));
                    }
                    if let Some(kept) = &words.kept {
                        take(set, kept);
                    }
                }
            }
        }
    }

    fn keep(&self, forms: Vec<FormId>) -> KeptWords {
        let mut by_unit = vec![0u32; self.units.len() as usize];
        // Those that stand elsewhere too than in main articles, and those that do not.
        let (mut told, mut in_main) = (Vec::new(), Vec::new());
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
            match counts {
                [0, 0, 0] => {}
                [occurrences, 0, 0] => in_main.push(FormCount { form, occurrences }),
                _ => told.push((form, counts)),
            }
        }
        let mut entries = Vec::new();
        let mut held = Bits::new(by_unit.len());
        for (unit, mut left) in (0u32..).zip(by_unit) {
            while left > 0 {
                let here = left.min(MOST);
                held.insert(unit);
                entries.push(here << UNIT_BITS | unit);
                left -= here;
            }
        }
        entries.shrink_to_fit();
        let shown = shown(&self.lexicon, &in_main);
        let occurrences = |counts: &[FormCount]| -> usize {
            counts.iter().map(|count| count.occurrences as usize).sum()
        };
        let others = OtherForms {
            forms: in_main.len() - shown.len(),
            occurrences: occurrences(&in_main) - occurrences(&shown),
        };
        told.extend(
            shown
                .iter()
                .map(|shown| (shown.form, [shown.occurrences, 0, 0])),
        );
        told.shrink_to_fit();
        KeptWords {
            forms,
            entries,
            held,
            by_form: FormCounts { told, others },
        }
    }
}

/// All words, in every order.
fn neighbours(views: &Views) -> Vec<Neighbours> {
    let mut all = Vec::new();
    for order in [Order::Bare, Order::CutByBase, Order::CutByLetters] {
        for words in [MANY_NEIGHBOURS, NEIGHBOURS] {
            let starts = order.places(views, 0).step_by(words);
            all.extend(starts.map(|(start, word)| Neighbours {
                words,
                order,
                start,
                first: views.forms(word..word + 1).first().copied(),
                kept: None,
            }));
        }
    }
    all
}

impl Order {
    /// Places, from one on, and words.
    fn places(self, views: &Views, start: u32) -> impl Iterator<Item = (u32, u32)> {
        let by_letters = (self == Self::CutByLetters).then(|| views.by_letters());
        let places = start..views.count() as u32;
        let words = places.map(move |place| {
            let word = by_letters.and_then(|words| words.get(place as usize));
            (place, word.copied().unwrap_or(place))
        });
        words.filter(move |&(_, word)| views.is_cut(word) == (self != Self::Bare))
    }
}

impl Neighbours {
    fn forms(&self, views: &Views) -> impl Iterator<Item = FormId> {
        let words = self.order.places(views, self.start).take(self.words);
        words
            .flat_map(|(_, word)| views.forms(word..word + 1))
            .copied()
    }
}
