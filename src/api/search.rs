//! The search reply.

use super::explorer::document_name;
use super::request::{SearchRequest, lens, limit, scope, skip};
use super::segments::{segments, utf16_offset};
use super::{
    ClauseReply, DocumentHit, Error, Explorer, NoticeReply, ReasonReply, SearchReply, Totals,
};
use crate::index::{Index, Scope};
use crate::search::reason::{Reason, Reasons};
use crate::search::snippet::{best_snippet, merge, span_in};
use crate::search::{Apart, Clause, DocumentMatch, Query, Search};

/// Documents in a reply when the request does not say.
const DEFAULT_LIMIT: usize = 10;

impl Explorer {
    /// Finds documents.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown lens or scope or a number out of range.
    pub fn search(&mut self, request: &SearchRequest) -> Result<SearchReply, Error> {
        let (lens, scope) = (
            lens(request.lens.as_deref())?,
            scope(request.scope.as_deref())?,
        );
        let limit = limit(request.limit, DEFAULT_LIMIT)?;
        let offset = skip("offset", request.offset)?;
        let mut query = Query::parse(&request.query);
        query.apart = apart(request.apart.as_deref())?;
        let names = self.names(&request.query, &query, lens, scope);
        let index = self.fresh_index();
        let search = Search::new(index);
        let ranks = offset..offset + limit;
        let (found, around) = search.page_with_totals(&query, lens, scope, ranks);
        let (by_lens, by_scope) = around;
        let totals = Totals {
            hits: found.hits,
            documents: found.document_count,
        };
        let counted = |(hits, documents)| Totals { hits, documents };
        let reasons = Reasons::new(index, &query, lens);
        let clauses = query
            .clauses
            .iter()
            .zip(&found.clauses)
            .map(|(clause, count)| ClauseReply {
                text: clause.text.clone(),
                kind: clause.kind.name(),
                excluded: clause.excluded,
                hits: count.hits,
                reasons: clause_reasons(reasons.as_ref(), clause, &count.forms),
                forms: count.forms.clone(),
                form_count: count.form_count,
            });
        let hits = found.documents.iter();
        Ok(SearchReply {
            query: request.query.clone(),
            lens: lens.name(),
            scope: scope.name(),
            totals,
            clauses: clauses.collect(),
            notices: notices(&query, &request.query),
            names,
            by_lens: by_lens
                .into_iter()
                .map(|(lens, totals)| (lens.name(), counted(totals)))
                .collect(),
            by_scope: Scope::ALL
                .iter()
                .zip(by_scope)
                .map(|(scope, totals)| (scope.name(), counted(totals)))
                .collect(),
            hits: hits
                .filter_map(|document| {
                    let mut hit = document_hit(index, scope, document)?;
                    hit.reasons = document_reasons(index, reasons.as_ref(), &query, document);
                    Some(hit)
                })
                .collect(),
        })
    }
}

/// Reads which letters are to be told apart.
pub(super) fn apart(letters: Option<&[String]>) -> Result<Apart, Error> {
    let mut apart = Apart::default();
    for letter in letters.unwrap_or_default() {
        match letter.as_str() {
            "teh" => apart.teh = true,
            "yeh" => apart.yeh = true,
            _ => {
                return Err(Error::BadRequest {
                    field: "apart".to_owned(),
                    found: letter.clone(),
                    allowed: "teh, yeh".to_owned(),
                });
            }
        }
    }
    Ok(apart)
}

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
fn clause_reasons(
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

/// Reasons shown for one document.
const REASONS: usize = 12;

/// Which forms matched in a document and why, most frequent first.
fn document_reasons(
    index: &Index,
    reasons: Option<&Reasons<'_>>,
    query: &Query,
    found: &DocumentMatch,
) -> Vec<ReasonReply> {
    let mut forms = found.forms.clone();
    // Numbers of forms differ between an index and its saved copy: ties go by the form.
    let written = |form| index.lexicon().form(form);
    forms.sort_by(|a, b| {
        let by_count = b.count.cmp(&a.count);
        let by_place =
            || (a.clause, a.word, written(a.form)).cmp(&(b.clause, b.word, written(b.form)));
        by_count.then_with(by_place)
    });
    let told = forms.iter().take(REASONS).filter_map(|matched| {
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

pub(super) fn notices(query: &Query, text: &str) -> Vec<NoticeReply> {
    let reply = |notice: &crate::search::Notice| NoticeReply {
        code: notice.code.name(),
        text: notice.text.clone(),
        at_utf16: utf16_offset(text, notice.at),
    };
    query.notices.iter().map(reply).collect()
}

fn document_hit(index: &Index, scope: Scope, found: &DocumentMatch) -> Option<DocumentHit> {
    let name = document_name(index, scope, found.document.0)?;
    let (page, snippet) = best_snippet(index, found, scope);
    let title_segments = name.title_span.map_or_else(Vec::new, |title| {
        let passage = index.passage_around(page, title);
        let spans = found.matches.iter().map(|(m, _)| span_in(&passage, m));
        let hits = merge(spans.filter(|span| !span.is_empty() && title.contains(span)));
        segments(&passage.excerpt(), title, &hits, &[])
    });
    Some(DocumentHit {
        document: name.document,
        page: name.page,
        page_id: name.page_id,
        article: name.article,
        role: name.role,
        title: name.title,
        heading: name.heading,
        title_segments,
        published: name.published,
        outlets: name.outlets,
        url: name.url,
        score: (found.score * 1e6).round() / 1e6,
        occurrences: found.matches.len(),
        reasons: Vec::new(),
        snippet: segments(&snippet.passage.excerpt(), snippet.span, &snippet.hits, &[]),
        snippet_cut_before: snippet.cut_before,
        snippet_cut_after: snippet.cut_after,
    })
}
