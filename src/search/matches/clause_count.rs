//! What one clause found by itself: its hits and the forms it matched.

use crate::index::{
    FormCount, FormCounts, FormId, Lexicon, OtherForms, SHOWN_FORMS, Scope, UnitKind, shown,
};
use crate::sorting::Arrange;

/// What one clause found by itself in the scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClauseCount {
    /// Occurrences, whether or not the other clauses match.
    pub hits: usize,
    /// The most frequent of the distinct forms that it matched, most frequent first.
    pub forms: Vec<(String, usize)>,
    /// Number of all distinct forms that it matched.
    pub form_count: usize,
}

/// The forms of a word with their occurrences in a scope.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct WordCounts {
    told: Vec<FormCount>,
    others: OtherForms,
}

impl WordCounts {
    pub(in crate::search) fn new(counts: &FormCounts, scope: Scope) -> Self {
        let kinds = UnitKind::of_scope(scope);
        let told = counts.told.iter().map(|&(form, by_kind)| {
            let inside = kinds.iter().filter_map(|&kind| by_kind.get(kind as usize));
            let occurrences = inside.sum();
            FormCount { form, occurrences }
        });
        Self {
            told: told.filter(|count| count.occurrences > 0).collect(),
            others: counts.others,
        }
    }
}

impl WordCounts {
    /// Occurrences of all forms together.
    pub(in crate::search) fn occurrences(&self) -> usize {
        let told = self.told.iter().map(|count| count.occurrences as usize);
        told.sum::<usize>() + self.others.occurrences
    }
}

impl ClauseCount {
    /// Of a word.
    pub(in crate::search) fn of_forms(lexicon: &Lexicon, counts: &WordCounts) -> Self {
        let WordCounts { told, others } = counts;
        let written = |count: FormCount| {
            let form = lexicon.form(count.form).to_owned();
            (form, count.occurrences as usize)
        };
        Self {
            hits: counts.occurrences(),
            forms: shown(lexicon, told).into_iter().map(written).collect(),
            form_count: told.len() + others.forms,
        }
    }

    /// Of a phrase: the forms of its words, occurrence by occurrence.
    pub(in crate::search) fn of_phrases<'f>(
        lexicon: &Lexicon,
        phrases: impl Iterator<Item = &'f [FormId]>,
    ) -> Self {
        let mut phrases: Vec<&[FormId]> = phrases.collect();
        let hits = phrases.len();
        phrases.arrange();
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
        forms.truncate(SHOWN_FORMS);
        Self {
            hits,
            forms,
            form_count,
        }
    }
}
