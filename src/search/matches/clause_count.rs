//! What one clause found by itself: its hits and the forms it matched.

use crate::index::{FormId, Lexicon};
use crate::sorting::{Arrange, at_rank};

/// Forms listed for a clause.
const LISTED_FORMS: usize = 24;

/// What one clause found by itself in the scope.
#[derive(Clone, Debug, Default)]
pub struct ClauseCount {
    /// Occurrences, whether or not the other clauses match.
    pub hits: usize,
    /// The most frequent of the distinct forms that it matched, most frequent first.
    pub forms: Vec<(String, usize)>,
    /// Number of all distinct forms that it matched.
    pub form_count: usize,
}

/// A form with its occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct FormCount {
    form: FormId,
    occurrences: u32,
}

impl FormCount {
    pub(in crate::search) fn new(form: FormId, occurrences: u32) -> Self {
        Self { form, occurrences }
    }
}

impl ClauseCount {
    /// Of a word.
    pub(in crate::search) fn of_forms(lexicon: &Lexicon, mut counts: Vec<FormCount>) -> Self {
        counts.retain(|count| count.occurrences > 0);
        let hits = counts.iter().map(|count| count.occurrences as usize).sum();
        let form_count = counts.len();
        let order = |a: &FormCount, b: &FormCount| {
            let forms = || lexicon.bytes(a.form).cmp(lexicon.bytes(b.form));
            b.occurrences.cmp(&a.occurrences).then_with(forms)
        };
        if counts.len() > LISTED_FORMS {
            // Most are ruled out by their numbers alone.
            let numbers = counts
                .iter()
                .map(|count| count.occurrences.into())
                .collect();
            let least = at_rank(numbers, LISTED_FORMS);
            counts.retain(|count| u64::from(count.occurrences) >= least);
        }
        let mut first: Vec<FormCount> = Vec::with_capacity(LISTED_FORMS + 1);
        for count in counts {
            let at = first.partition_point(|other| order(other, &count).is_lt());
            if at < LISTED_FORMS {
                first.insert(at, count);
                first.truncate(LISTED_FORMS);
            }
        }
        let written = |count: FormCount| {
            let form = lexicon.form(count.form).to_owned();
            (form, count.occurrences as usize)
        };
        Self {
            hits,
            forms: first.into_iter().map(written).collect(),
            form_count,
        }
    }

    /// Of a phrase: the forms of its words, occurrence by occurrence.
    pub(in crate::search) fn of_phrases<'f>(
        lexicon: &Lexicon,
        phrases: impl Iterator<Item = &'f [FormId]>,
    ) -> Self {
        let mut phrases: Vec<&[FormId]> = phrases.collect();
        let hits = phrases.len();
        phrases.sort_unstable();
        let written = |forms: &[FormId]| {
            let words: Vec<&str> = forms.iter().map(|&form| lexicon.form(form)).collect();
            words.join(" ")
        };
        let groups = phrases.chunk_by(|a, b| a == b);
        let mut forms: Vec<(String, usize)> = groups
            .map(|group| {
                let forms = group.first().copied().unwrap_or_default();
                (written(forms), group.len())
            })
            .collect();
        let form_count = forms.len();
        forms.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        forms.truncate(LISTED_FORMS);
        Self {
            hits,
            forms,
            form_count,
        }
    }
}
