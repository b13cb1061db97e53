//! How often a set of forms stands in each unit and in each document of a scope.

use crate::index::{Bits, DenseCounts, Documents, FormCounts, FormId, FrequentSet, Index};
use crate::search::matches::clause_count::WordCounts;
use crate::search::matches::holders::{Held, Holders};
use crate::search::matches::holding::Holding;
use crate::search::words::form_set::FormSet;
use std::rc::Rc;
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
    by_form: FormCounts,
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
    /// The form that is noted.
    pub(super) fn form(self) -> Option<FormId> {
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

/// Occurrences of the forms of a set, and the units that hold any.
type Counted = (FormCounts, Holding);

/// Bits that hold the kind of a unit: one look at the table tells all that a posting needs.
const KIND_BITS: u32 = 2;
const KIND: u32 = (1 << KIND_BITS) - 1;

/// Beside the occurrences in a unit: one form, that is typed so, is among them.
const AS_TYPED: u32 = 1 << (u32::BITS - 1 - KIND_BITS);

/// A set stands in most units where more than one of so many holds it.
const MOST: usize = 16;

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
    ) -> (Holders, WordCounts) {
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
        (
            known.units.of_documents(self.index, documents),
            WordCounts::new(&known.by_form, documents.scope()),
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
        let mark = |form| if typed == Some(form) { AS_TYPED } else { 0 };
        let mut by_form = base
            .as_ref()
            .map_or_else(FormCounts::default, |base| base.by_form.clone());
        let mut table = std::mem::take(&mut self.table);
        let units_of = self.index.units();
        table.extend((table.len() as u32..units_of.len()).map(|unit| units_of.kind(unit) as u32));
        let mut touched = Bits::new(table.len());
        if let Some(base) = &base {
            let mut take = |unit: u32, occurrences: u32| {
                if let Some(entry) = table.get_mut(unit as usize) {
                    touched.insert(unit);
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
        let unread = if let Some(base) = &base {
            let mut known = base.forms.iter().peekable();
            let forms = forms.iter().copied();
            forms
                .filter(|form| known.next_if_eq(&form).is_none())
                .collect()
        } else if typed.is_none() && forms.len() >= MANY {
            // What is known of many forms together need not be read one by one.
            self.take_kept(forms, &mut table, &mut touched, &mut by_form)
        } else {
            forms.to_vec()
        };
        for form in unread {
            let mut counts = [0; 1 << KIND_BITS];
            let mark = mark(form) << KIND_BITS;
            for list in self.index.lists(form) {
                list.for_each(|posting| {
                    let Some(entry) = table.get_mut(posting.unit as usize) else {
                        return;
                    };
                    touched.insert(posting.unit);
                    *entry = (*entry + (posting.occurrences << KIND_BITS)) | mark;
                    if let Some(count) = counts.get_mut((*entry & KIND) as usize) {
                        *count += posting.occurrences;
                    }
                });
            }
            let [main, embedded, rest, _] = counts;
            by_form.told.push((form, [main, embedded, rest]));
        }
        let held = |unit: u32| {
            let entry = table.get_mut(unit as usize);
            let noted = entry.map_or(0, |entry| {
                let noted = *entry >> KIND_BITS;
                *entry &= KIND;
                noted
            });
            (noted & !AS_TYPED, noted & AS_TYPED != 0)
        };
        let count = touched.count();
        let all = units_of.len() as usize;
        let units = if count * MOST > all {
            Holding::Most(Arc::new(DenseCounts::of_held(all, touched, held)))
        } else {
            Holding::Few(Rc::new(listed(&touched, count, held)))
        };
        self.table = table;
        (by_form, units)
    }

    /// Adds what is kept of neighbouring words to the table; returns the forms that are left.
    fn take_kept(
        &self,
        forms: &[FormId],
        table: &mut [u32],
        touched: &mut Bits,
        by_form: &mut FormCounts,
    ) -> Vec<FormId> {
        let mut left = FormSet::new(forms, self.index.lexicon().len());
        self.index
            .each_kept(&mut left, FormSet::contains, |left, kept| {
                kept.forms().iter().for_each(|&form| left.remove(form));
                by_form.extend(kept.by_form());
                touched.add_all(kept.held());
                for (unit, occurrences) in kept.units() {
                    if let Some(entry) = table.get_mut(unit as usize) {
                        *entry += occurrences << KIND_BITS;
                    }
                }
            });
        let mut unread = Vec::new();
        left.list(&mut unread);
        unread
    }
}

/// So many units with what they hold.
fn listed(
    units: &Bits,
    count: usize,
    mut held: impl FnMut(u32) -> (u32, bool),
) -> Vec<(u32, Held)> {
    let mut listed = Vec::with_capacity(count);
    listed.extend(units.iter().map(|unit| {
        let (occurrences, is_typed) = held(unit);
        (unit, Held::new(occurrences, is_typed))
    }));
    listed
}

/// Whether an ascending list holds all of another one.
pub(in crate::search) fn holds(all: &[FormId], some: &[FormId]) -> bool {
    let mut rest = all.iter();
    some.iter().all(|form| rest.any(|other| other == form))
}

#[cfg(test)]
#[path = "counts_tests.rs"]
mod tests;
