//! Why forms matched, as replies.

use crate::api::ReasonReply;
use crate::index::Index;
use crate::search::reason::{Reason, Reasons};
use crate::search::{Clause, DocumentMatch, MatchedForm, Query};
use crate::sorting::{Arrange, at_rank};

fn reason_reply(place: (usize, usize), form: &str, count: usize, reason: Reason) -> ReasonReply {
    ReasonReply {
        clause: place.0,
        word: place.1,
        form: form.to_owned(),
        count,
        step: reason.step.name(),
        detail: reason.detail,
        share: reason.share,
    }
}

/// Why each of a clause's forms matched; of a phrase, why its words did.
pub(in crate::api) fn clause_reasons(
    reasons: Option<&Reasons<'_>>,
    clause: &Clause,
    forms: &[(String, usize)],
) -> Vec<Vec<ReasonReply>> {
    let of_words = |(forms, count): &(String, usize)| {
        let words = forms.split(' ').zip(&clause.words).enumerate();
        let told = words.filter_map(|(number, (form, word))| {
            let reason = reasons?.of(word, form);
            Some(reason_reply((0, number), form, *count, reason))
        });
        told.collect()
    };
    forms.iter().map(of_words).collect()
}

/// Reasons told for one document, at most.
const REASONS: usize = 12;

/// So many more than there are words in the query are enough: of each word one form is what was typed.
const LOOSER: usize = 5;

/// Which forms matched in a document and why, most frequent first.
pub(in crate::api) fn document_reasons(
    index: &Index,
    reasons: Option<&Reasons<'_>>,
    query: &Query,
    found: &DocumentMatch,
) -> Vec<ReasonReply> {
    let words: usize = query.clauses.iter().map(|clause| clause.words.len()).sum();
    let most = REASONS.min(LOOSER + words);
    let mut forms = found.forms.clone();
    // Most are ruled out by their numbers alone.
    let count = |matched: &MatchedForm| matched.count as u64;
    let least = at_rank(forms.iter().map(count), most);
    forms.retain(|matched| count(matched) >= least);
    // Numbers of forms differ between an index and its saved copy: ties go by the form.
    let written = |form| index.lexicon().bytes(form);
    forms.arrange_by(|a, b| {
        let by_count = b.count.cmp(&a.count);
        let by_place =
            || (a.clause, a.word, written(a.form)).cmp(&(b.clause, b.word, written(b.form)));
        by_count.then_with(by_place)
    });
    let told = forms.iter().take(most).filter_map(|matched| {
        let word = query.clauses.get(matched.clause)?.words.get(matched.word)?;
        let form = index.lexicon().form(matched.form);
        let reason = reasons?.of(word, form);
        Some(reason_reply(
            (matched.clause, matched.word),
            form,
            matched.count,
            reason,
        ))
    });
    told.collect()
}
