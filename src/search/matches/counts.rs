//! How often a set of forms stands in each unit and in each document of a scope.

use crate::index::{DenseCounts, Documents, FormId, FrequentSet, Index, UnitKind};
use crate::search::matches::clause_count::FormCount;
use crate::search::matches::holders::{Held, Holders};
use crate::search::matches::holding::Holding;
use crate::search::words::form_set::FormSet;
use std::sync::Arc;

/// Counts occurrences. What was counted is kept: a set that holds an earlier
/// one costs only the forms that it has more, and a further scope nothing.
/// Sets are best asked for from the smallest on.
#[derive(Debug)]
pub(in crate::search) struct Counter<'i> {
    index: &'i Index,
    /// For each unit its kind, and above [`KIND_BITS`] its occurrences, all 0 between two counts.
    table: Vec<u32>,
    known: Vec<Known>,
}

/// A set of forms that was counted.
#[derive(Clone, Debug)]
struct Known {
    /// Ascending.
    forms: Vec<FormId>,
    /// Beside each form its occurrences by kind of unit.
    by_form: Vec<[u32; UnitKind::COUNT]>,
    units: Holding,
    typed: Option<FormId>,
}

/// Where it is to be noted that a word stands as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Typed {
    /// Nobody asks.
    Anywhere,
    /// Where this form stands, if there is such a form.
    Form(Option<FormId>),
}

impl Typed {
    fn form(self) -> Option<FormId> {
        match self {
            Self::Anywhere => None,
            Self::Form(form) => form,
        }
    }

    /// Whether it is answered where this form was noted.
    fn is_told_by(self, noted: Option<FormId>) -> bool {
        self == Self::Anywhere || self.form() == noted
    }
}

/// Occurrences of each form of a set by kind of unit, and the units that hold any.
type Counted = (Vec<[u32; UnitKind::COUNT]>, Holding);

/// Bits that hold the kind of a unit: one look at the table tells all that a posting needs.
const KIND_BITS: u32 = 2;
const KIND: u32 = (1 << KIND_BITS) - 1;

/// Beside the occurrences in a unit: one form, that is typed so, is among them.
const AS_TYPED: u32 = 1 << (u32::BITS - 1 - KIND_BITS);

/// A sorted list costs as much as looking at so many units for each of its members.
const LOOKS: usize = 16;

/// Fewer forms than this are read one by one.
const MANY: usize = if cfg!(test) { 4 } else { 1_000 };

/// Postings are not kept of more sets than this.
const MOST_KNOWN: usize = 256;

impl<'i> Counter<'i> {
    pub(in crate::search) fn new(index: &'i Index) -> Self {
        Self {
            index,
            table: Vec::new(),
            known: Vec::new(),
        }
    }

    /// The documents that hold any of the forms, by number, and the occurrences
    /// of each form in them. The forms ascend, each once. Where one of them is `typed`, that is noted.
    pub(in crate::search) fn count(
        &mut self,
        documents: &Documents<'_>,
        forms: &[FormId],
        typed: Typed,
    ) -> (Holders, Vec<FormCount>) {
        let is_known = |known: &Known| known.forms == forms && typed.is_told_by(known.typed);
        let equal = self.known.iter().position(is_known);
        let at = equal.unwrap_or_else(|| {
            let (typed, (by_form, units)) = self.kept_or_counted(forms, typed);
            self.known.truncate(MOST_KNOWN - 1);
            self.known.push(Known {
                forms: forms.to_vec(),
                by_form,
                units,
                typed,
            });
            self.known.len() - 1
        });
        let Some(known) = self.known.get(at) else {
            return Default::default();
        };
        let kinds = UnitKind::of_scope(documents.scope());
        let by_form = known.forms.iter().zip(&known.by_form);
        let by_form = by_form.map(|(&form, counts)| {
            let inside = kinds.iter().filter_map(|&kind| counts.get(kind as usize));
            FormCount::new(form, inside.sum())
        });
        (
            known.units.of_documents(self.index, documents),
            by_form.collect(),
        )
    }

    /// What was counted of a set for an earlier question, if it is frequent; else it is counted. Tells the form that was noted.
    fn kept_or_counted(&mut self, forms: &[FormId], typed: Typed) -> (Option<FormId>, Counted) {
        let kept = self.index.frequent(forms, |form| typed.is_told_by(form));
        if let Some(kept) = kept {
            return (kept.marked, (kept.by_form, Holding::Most(kept.units)));
        }
        let typed = typed.form();
        let (by_form, units) = self.counted(forms, typed);
        if let Holding::Most(units) = &units {
            self.index.keep_frequent(FrequentSet {
                forms: forms.to_vec(),
                marked: typed,
                by_form: by_form.clone(),
                units: Arc::clone(units),
            });
        }
        (typed, (by_form, units))
    }

    /// Counts a set with the help of the greatest one inside it that is known.
    fn counted(&mut self, forms: &[FormId], typed: Option<FormId>) -> Counted {
        // Where the form that is typed stands must be noted, which the units of others do not tell.
        let tells_typed = |known: &Known| typed.is_none_or(|form| !known.forms.contains(&form));
        let inside = |known: &&Known| {
            known.forms.len() < forms.len() && tells_typed(known) && holds(forms, &known.forms)
        };
        let base = self.known.iter().filter(inside);
        let base = base.max_by_key(|known| known.units.len()).cloned();
        let mut by_form = Vec::with_capacity(forms.len());
        let mark = |form| if typed == Some(form) { AS_TYPED } else { 0 };
        if let (None, &[form]) = (&base, forms) {
            let is_typed = typed == Some(form);
            let mut units = Vec::new();
            by_form.push(self.each_unit(form, |unit, occurrences| {
                units.push((unit, Held::new(occurrences, is_typed)));
            }));
            return (by_form, Holding::of(self.index, units));
        }
        let mut table = std::mem::take(&mut self.table);
        let units_of = self.index.units();
        table.extend((table.len() as u32..units_of.len()).map(|unit| units_of.kind(unit) as u32));
        let mut known_forms: &[FormId] = &[];
        let mut known_counts: &[[u32; UnitKind::COUNT]] = &[];
        let mut touched: Vec<u32> = Vec::new();
        if let Some(base) = &base {
            (known_forms, known_counts) = (&base.forms, &base.by_form);
            let mut take = |unit: u32, occurrences: u32| {
                if let Some(entry) = table.get_mut(unit as usize) {
                    touched.push(unit);
                    *entry += occurrences << KIND_BITS;
                }
            };
            match &base.units {
                Holding::Few(units) => {
                    let units = units.iter();
                    units.for_each(|(unit, held)| take(*unit, held.occurrences()));
                }
                Holding::Most(units) => {
                    let units = units.iter();
                    units.for_each(|(unit, (occurrences, _))| take(unit, occurrences));
                }
            }
        }
        let frequency = |form: FormId| self.index.lexicon().frequency(form);
        let running: u64 = forms.iter().map(|&form| u64::from(frequency(form))).sum();
        // Where most units are met anyway, they are not noted one by one.
        let is_dense = running * LOOKS as u64 > 4 * table.len() as u64;
        // What is known of many forms together need not be read one by one; where a set inside is known, little is left.
        let mut left = None;
        let mut elsewhere = Vec::new();
        if is_dense && base.is_none() && typed.is_none() && forms.len() >= MANY {
            let all = FormSet::new(forms, self.index.lexicon().len());
            let (places, mut set) = (all.places(), all.clone());
            self.index
                .each_kept(&mut set, FormSet::contains, |set, kept| {
                    kept.forms().iter().for_each(|&form| set.remove(form));
                    let known = kept.elsewhere().iter();
                    elsewhere.extend(known.map(|&(form, counts)| (places.of(form), counts)));
                    for (unit, occurrences) in kept.units() {
                        if let Some(entry) = table.get_mut(unit as usize) {
                            *entry += occurrences << KIND_BITS;
                        }
                    }
                });
            left = Some(set);
        }
        for &form in forms {
            if let (Some((first, more)), Some((&counts, more_counts))) =
                (known_forms.split_first(), known_counts.split_first())
                && *first == form
            {
                (known_forms, known_counts) = (more, more_counts);
                by_form.push(counts);
                continue;
            }
            if left.as_ref().is_some_and(|left| !left.contains(form)) {
                by_form.push([frequency(form), 0, 0]);
                continue;
            }
            let mut counts = [0; 1 << KIND_BITS];
            let mark = mark(form) << KIND_BITS;
            for list in self.index.lists(form) {
                list.for_each(|posting| {
                    let Some(entry) = table.get_mut(posting.unit as usize) else {
                        return;
                    };
                    if !is_dense && *entry >> KIND_BITS == 0 {
                        touched.push(posting.unit);
                    }
                    *entry = (*entry + (posting.occurrences << KIND_BITS)) | mark;
                    if let Some(count) = counts.get_mut((*entry & KIND) as usize) {
                        *count += posting.occurrences;
                    }
                });
            }
            let [main, embedded, rest, _] = counts;
            by_form.push([main, embedded, rest]);
        }
        for (place, counts) in elsewhere {
            if let Some(by_form) = by_form.get_mut(place) {
                *by_form = counts;
            }
        }
        let held = |entry: &mut u32| {
            let noted = *entry >> KIND_BITS;
            *entry &= KIND;
            (noted & !AS_TYPED, noted & AS_TYPED != 0)
        };
        let units = if is_dense || touched.len() * LOOKS > table.len() {
            Holding::Most(Arc::new(DenseCounts::of_all(table.iter_mut().map(held))))
        } else {
            touched.sort_unstable();
            let units = touched.into_iter().filter_map(|unit| {
                let (occurrences, is_typed) = held(table.get_mut(unit as usize)?);
                Some((unit, Held::new(occurrences, is_typed)))
            });
            Holding::of(self.index, units.collect())
        };
        self.table = table;
        (by_form, units)
    }

    /// Calls `take` with every unit that holds a form; returns the occurrences by kind of unit.
    #[inline]
    pub(super) fn each_unit(
        &self,
        form: FormId,
        mut take: impl FnMut(u32, u32),
    ) -> [u32; UnitKind::COUNT] {
        let mut counts = [0; UnitKind::COUNT];
        let units = self.index.units();
        for list in self.index.lists(form) {
            list.for_each(|posting| {
                let kind = units.kind(posting.unit) as usize;
                if let Some(count) = counts.get_mut(kind) {
                    *count += posting.occurrences;
                }
                take(posting.unit, posting.occurrences);
            });
        }
        counts
    }
}

/// Whether an ascending list holds all of another one.
pub(in crate::search) fn holds(all: &[FormId], some: &[FormId]) -> bool {
    let mut rest = all.iter();
    some.iter().all(|form| rest.any(|other| other == form))
}

#[cfg(test)]
#[path = "counts_tests.rs"]
mod tests;
