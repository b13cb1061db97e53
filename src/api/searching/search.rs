//! The search reply.

use crate::analysis::Lens;
use crate::api::corpus::headings::document_name;
use crate::api::request::{SearchRequest, lens, limit, one_of, scope, skip};
use crate::api::searching::beside::{is_wanting, some_reply};
use crate::api::searching::reasons::{clause_reasons, document_reasons};
use crate::api::searching::segments::{segments, utf16_offset};
use crate::api::{ClauseReply, DocumentHit, Error, Explorer, NoticeReply, SearchReply, Totals};
use crate::index::{Documents, Index, Scope};
use crate::search::bag_ranking::BagRanking;
use crate::search::columns::{Facet, Filters};
use crate::search::reason::Reasons;
use crate::search::relevance::{Preferences, WINDOW};
use crate::search::results::{Order, Results};
use crate::search::snippet::{best_snippet, merge, span_in};
use crate::search::{Apart, DocumentMatch, Keep, Query, Search};

/// Documents in a reply when the request does not say.
const DEFAULT_LIMIT: usize = 10;

/// Below so many documents, similar ones are looked for, at most so many.
pub(in crate::api) const SIMILAR: usize = 10;

/// A request as understood.
pub(in crate::api) struct Asked {
    pub(in crate::api) query: Query,
    pub(in crate::api) lens: Lens,
    pub(in crate::api) scope: Scope,
    pub(in crate::api) order: Order,
    pub(in crate::api) filters: Filters,
    pub(in crate::api) ranking: Ranking,
}

/// What relevance is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::api) enum Ranking {
    /// BM25 over the clauses alone.
    Words,
    /// Titles and exact words beside it: the bags are not ready yet.
    Fields,
    /// The bags of the words too.
    Bags,
}

impl Asked {
    /// How many documents must be the best ones by their words, where so many are asked for.
    fn scored(&self, first: usize) -> usize {
        match self.ranking {
            Ranking::Words => first,
            Ranking::Fields | Ranking::Bags => first.max(WINDOW),
        }
    }
}

impl Explorer {
    /// Finds documents.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown lens, scope, order or ranking, a filter
    /// that is no date, or a number out of range.
    pub fn search(&mut self, request: &SearchRequest) -> Result<SearchReply, Error> {
        self.with_parts(|explorer| explorer.found(request))
    }

    fn found(&mut self, request: &SearchRequest) -> Result<SearchReply, Error> {
        let asked = self.understand(request)?;
        let (lens, scope) = (asked.lens, asked.scope);
        let limit = limit(request.limit, DEFAULT_LIMIT)?;
        let offset = skip("offset", request.offset)?;
        let names = self.names(&request.query, &asked.query, lens, scope);
        let some_words = asked.query.some();
        let index = &self.index;
        let ranks = offset..offset.saturating_add(limit);
        let mut results = self.results(request, &asked, ranks.end);
        let (hits, documents) = results.as_ref().map_or((0, 0), Results::totals);
        let totals = Totals { hits, documents };
        let found = results.as_ref().map(|results| results.page(ranks.clone()));
        let reasons = Reasons::new(index, &asked.query, lens);
        let hit = |document: &DocumentMatch| {
            let mut hit = document_hit(index, scope, document)?;
            hit.reasons = document_reasons(index, reasons.as_ref(), &asked.query, document);
            Some(hit)
        };
        let mut some = None;
        if let (Some(results), Some(query)) = (&mut results, &some_words)
            && is_wanting(results)
        {
            self.loosen(request, &asked, results, query, ranks.end);
            // Where nothing has all the words, these are what is leafed through.
            let ranks = if documents == 0 { ranks } else { 0..SIMILAR };
            some = some_reply(results, ranks, offset == 0 || documents == 0, &hit);
        }
        let counts = results.map_or_else(Vec::new, Results::clauses);
        let hits = found.as_deref().unwrap_or_default().iter();
        let clauses = asked.query.clauses.iter().zip(&counts);
        let clauses = clauses.map(|(clause, count)| ClauseReply {
            text: clause.text.clone(),
            kind: clause.kind.name(),
            excluded: clause.excluded,
            hits: count.hits,
            reasons: clause_reasons(reasons.as_ref(), clause, &count.forms),
            forms: count.forms.clone(),
            form_count: count.form_count,
        });
        Ok(SearchReply {
            query: request.query.clone(),
            lens: lens.name(),
            scope: scope.name(),
            sort: asked.order.name(),
            ranking: match asked.ranking {
                Ranking::Bags => "bags",
                Ranking::Words | Ranking::Fields => "words",
            },
            totals,
            clauses: clauses.collect(),
            notices: notices(&asked.query, &request.query),
            names,
            lenses: Search::new(index)
                .counted_lenses(lens)
                .map(Lens::name)
                .collect(),
            hits: hits.filter_map(hit).collect(),
            some,
        })
    }

    /// Reads a request and makes ready what it needs.
    pub(in crate::api) fn understand(&mut self, request: &SearchRequest) -> Result<Asked, Error> {
        let order = one_of(
            "sort",
            request.sort.as_deref(),
            Order::from_name,
            &Order::ALL.map(Order::name),
        )?;
        let mut asked = Asked {
            query: Query::parse(&request.query),
            lens: lens(request.lens.as_deref())?,
            scope: scope(request.scope.as_deref())?,
            order,
            filters: Filters::default(),
            ranking: Ranking::Words,
        };
        asked.query.apart = apart(request.apart.as_deref())?;
        self.read_also(&mut asked.query, request.also.as_deref())?;
        self.fresh_index();
        let chosen = request.chosen();
        let mut needed = Vec::new();
        needed.extend(chosen.iter().filter(|of| !of.1.is_empty()).map(|of| of.0));
        match order {
            Order::Relevance => {}
            Order::Newest | Order::Oldest => needed.push(Facet::Date),
            Order::Outlet => needed.push(Facet::Outlet),
        }
        if request.recent == Some(true) || request.prefer_outlet.is_some() {
            self.whole("preferring recent documents or an outlet")?;
            needed.push(Facet::Date);
        }
        if !request.entities.is_empty() && self.index.is_in_parts() {
            if self.layers.is_some() {
                self.fresh_entity_column();
            } else {
                self.fresh_chosen_entities(&request.entities)?;
            }
        }
        let are_there = needed.is_empty() || self.fresh_columns(&needed);
        for (facet, values) in chosen {
            let columns = &self.caches.columns;
            let chosen = asked.filters.choose(columns, facet, values);
            chosen.map_err(|found| Error::BadRequest {
                field: facet.name().to_owned(),
                found: found.to_owned(),
                allowed: "a year, month or day: 2023, 2023-09, 2023-09-15; none".to_owned(),
            })?;
        }
        if !are_there {
            // Nothing need be fetched for documents that may not be meant.
            asked.filters.choose_nothing();
        }
        asked.ranking = match request.ranking.as_deref() {
            _ if order != Order::Relevance => Ranking::Words,
            None if self.index.is_in_parts() => Ranking::Words,
            Some("words") => Ranking::Words,
            Some("bags") => {
                self.whole("ranking by bags")?;
                Ranking::Bags
            }
            None if self.has_bags() => Ranking::Bags,
            None => Ranking::Fields,
            Some(other) => {
                return Err(Error::BadRequest {
                    field: "ranking".to_owned(),
                    found: other.to_owned(),
                    allowed: "bags, words".to_owned(),
                });
            }
        };
        if asked.ranking == Ranking::Bags {
            self.fresh_bags(asked.scope);
        }
        Ok(asked)
    }

    /// The documents of a request, the first so many of them in its order.
    pub(in crate::api) fn results<'a>(
        &'a self,
        request: &SearchRequest,
        asked: &'a Asked,
        first: usize,
    ) -> Option<Results<'a>> {
        let columns = &self.caches.columns;
        let keep =
            |documents: &Documents<'_>, document| asked.filters.keep(columns, documents, document);
        let keep: Option<&Keep<'_>> = (!asked.filters.is_empty()).then_some(&keep);
        let (query, lens, scope) = (&asked.query, asked.lens, asked.scope);
        let mut results = Results::find(&self.index, query, lens, scope, keep)?;
        self.put_in_order(request, asked, &mut results, first);
        Some(results)
    }

    /// Goes on to the documents with some of the words, in the order of the request.
    pub(in crate::api) fn loosen<'a>(
        &'a self,
        request: &SearchRequest,
        asked: &Asked,
        results: &mut Results<'a>,
        some: &'a Query,
        first: usize,
    ) {
        let columns = &self.caches.columns;
        let keep =
            |documents: &Documents<'_>, document| asked.filters.keep(columns, documents, document);
        let keep: Option<&Keep<'_>> = (!asked.filters.is_empty()).then_some(&keep);
        let is_ranked = asked.order == Order::Relevance;
        results.loosen(some, keep, is_ranked.then_some(asked.scored(first)));
        self.put_in_order(request, asked, results, first);
    }

    fn put_in_order(
        &self,
        request: &SearchRequest,
        asked: &Asked,
        results: &mut Results<'_>,
        first: usize,
    ) {
        let columns = &self.caches.columns;
        results.order(asked.order, columns, asked.scored(first));
        if asked.ranking != Ranking::Words {
            let preferences = Preferences {
                recent: request.recent == Some(true),
                outlet: request.prefer_outlet.clone(),
            };
            let text = asked.query.telling_text();
            results.refine(&text, self.bags_of(asked), columns, &preferences);
        }
    }

    /// The bags, where they rank.
    pub(in crate::api) fn bags_of(&self, asked: &Asked) -> Option<&BagRanking> {
        let bags = self.caches.bags.as_ref();
        bags.filter(|_| asked.ranking == Ranking::Bags)
    }
}

/// Reads which letters are to be told apart.
pub(in crate::api) fn apart(letters: Option<&[String]>) -> Result<Apart, Error> {
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

pub(in crate::api) fn notices(query: &Query, text: &str) -> Vec<NoticeReply> {
    let reply = |notice: &crate::search::Notice| NoticeReply {
        code: notice.code.name(),
        text: notice.text.clone(),
        at_utf16: utf16_offset(text, notice.at),
    };
    query.notices.iter().map(reply).collect()
}

pub(in crate::api) fn document_hit(
    index: &Index,
    scope: Scope,
    found: &DocumentMatch,
) -> Option<DocumentHit> {
    let name = document_name(index, scope, found.document.0)?;
    let (_, snippet) = best_snippet(index, found, scope);
    let in_text = name.title_in_text.as_ref();
    let title_segments = in_text.map_or_else(Vec::new, |&(title, ref passage)| {
        let spans = found.matches.iter().map(|(m, _)| span_in(passage, m));
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
        missing: Vec::new(),
        reasons: Vec::new(),
        snippet: segments(&snippet.passage.excerpt(), snippet.span, &snippet.hits, &[]),
        snippet_cut_before: snippet.cut_before,
        snippet_cut_after: snippet.cut_after,
    })
}
