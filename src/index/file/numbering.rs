//! The numbers of forms: ranks by frequency, then by place in the order of the lenses.

use crate::index::{FormId, Views};

/// Forms that occur less often are numbered without being sorted.
const RARE: u32 = 1 << 10;

/// The numbers that forms have in a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Beside each place in the order of the lenses.
    pub(super) of_place: Vec<u32>,
}

impl Numbering {
    /// By the frequencies of the forms in the order of the lenses.
    pub(super) fn new(frequencies: &[u32]) -> Self {
        // Few forms are frequent: those are sorted, the others counted.
        let mut ranked: Vec<u64> = Vec::new();
        let mut counts = vec![0u32; RARE as usize];
        for (place, &frequency) in (0u64..).zip(frequencies) {
            match counts.get_mut(frequency as usize) {
                Some(count) => *count += 1,
                None => ranked.push(u64::from(u32::MAX - frequency) << 32 | place),
            }
        }
        ranked.sort_unstable();
        let mut of_place = vec![0; frequencies.len()];
        let mut next = 0;
        for ranked in ranked {
            if let Some(of_place) = of_place.get_mut(ranked as u32 as usize) {
                *of_place = next;
            }
            next += 1;
        }
        // Where the forms of each frequency start, the more frequent before.
        for count in counts.iter_mut().rev() {
            next += std::mem::replace(count, next);
        }
        for (of_place, &frequency) in of_place.iter_mut().zip(frequencies) {
            if let Some(next) = counts.get_mut(frequency as usize) {
                *of_place = *next;
                *next += 1;
            }
        }
        Self { of_place }
    }

    /// The forms as they are numbered in memory, in the order of their numbers in the file.
    pub(super) fn forms(&self, views: &Views) -> Vec<FormId> {
        let mut forms = vec![FormId(0); self.of_place.len()];
        for (&number, &form) in self.of_place.iter().zip(views.all_forms()) {
            if let Some(place) = forms.get_mut(number as usize) {
                *place = form;
            }
        }
        forms
    }
}
