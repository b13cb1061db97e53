//! How often each form of a set occurs.
//!
//! A beginning stands for tens of thousands of forms, of which the most frequent are shown: of the
//! others it is enough to know how many they are and how often they occur together.

use crate::index::{FormId, Lexicon, UnitKind};
use crate::sorting::at_rank;

/// Forms of a set that are shown.
pub(crate) const SHOWN_FORMS: usize = 24;

/// Occurrences by kind of unit.
pub(crate) type ByKind = [u32; UnitKind::COUNT];

/// The forms of a set with their occurrences.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormCounts {
    pub(crate) told: Vec<(FormId, ByKind)>,
    pub(crate) others: OtherForms,
}

/// Forms that stand in main articles alone and come behind [`SHOWN_FORMS`] others that are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OtherForms {
    pub(crate) forms: usize,
    pub(crate) occurrences: usize,
}

impl FormCounts {
    /// Adds those of other forms.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.told.extend_from_slice(&other.told);
        self.others.forms += other.others.forms;
        self.others.occurrences += other.others.occurrences;
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        size_of::<(FormId, ByKind)>() * self.told.len()
    }
}

/// A form with its occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FormCount {
    pub(crate) form: FormId,
    pub(crate) occurrences: u32,
}

/// The forms that are shown of these: those that occur most often, most often first; equal ones by their bytes.
pub(crate) fn shown(lexicon: &Lexicon, counts: &[FormCount]) -> Vec<FormCount> {
    let comes_before = |a: &FormCount, b: &FormCount| {
        let bytes = |count: &FormCount| lexicon.bytes(count.form);
        let by_count = b.occurrences.cmp(&a.occurrences);
        by_count.then_with(|| bytes(a).cmp(bytes(b))).is_lt()
    };
    // Most are ruled out by their numbers alone.
    let numbers = counts.iter().map(|count| u64::from(count.occurrences));
    let least = at_rank(numbers, SHOWN_FORMS);
    let mut first: Vec<FormCount> = Vec::with_capacity(SHOWN_FORMS + 1);
    for count in counts
        .iter()
        .filter(|count| u64::from(count.occurrences) >= least)
    {
        let at = first.partition_point(|other| comes_before(other, count));
        if at < SHOWN_FORMS {
            first.insert(at, *count);
            first.truncate(SHOWN_FORMS);
        }
    }
    first
}
