//! Documents beside those that match: that hold some of the words, or words like them.

use crate::api::searching::search::{Asked, SIMILAR};
use crate::api::{DocumentHit, Explorer, SomeReply, Totals};
use crate::index::{DocumentId, Documents};
use crate::search::results::Results;
use crate::search::similar::{Likeness, SIMILAR_SHARE};
use crate::search::{DocumentMatch, Keep, Query};

impl Explorer {
    /// Documents that hold no match, nor some of the words, but words like those of the query, best
    /// first; none where there are enough of the others.
    pub(in crate::api) fn similar(
        &self,
        asked: &Asked,
        keep: Option<&Keep<'_>>,
    ) -> Vec<DocumentMatch> {
        let some = asked.query.some();
        let (query, lens, scope) = (&asked.query, asked.lens, asked.scope);
        let results = Results::find(&self.index, query, lens, scope, keep);
        let mut found: Vec<DocumentId> = results.iter().flat_map(Results::documents).collect();
        if let (Some(mut results), Some(some)) = (results, &some)
            && is_wanting(&results)
        {
            results.loosen(some, keep, None);
            found.extend(results.documents());
        }
        if found.len() >= SIMILAR {
            return Vec::new();
        }
        let Some(bags) = &self.caches.bags else {
            return Vec::new();
        };
        let text = asked.query.telling_text();
        let documents = Documents::new(&self.index, asked.scope);
        let excluded = self.excluded(asked);
        let columns = &self.caches.columns;
        let most = bags.most(&text);
        let mut likeness = Likeness::new(bags, &self.index, &text);
        // Some may be left out by filters and exclusions.
        let ranked = bags.rank(
            &self.index,
            &text,
            3 * SIMILAR + found.len() + excluded.len(),
        );
        let wanted = ranked.into_iter().filter(|&(document, score)| {
            !found.contains(&document)
                && !excluded.contains(&document)
                && most > 0.0
                && score / most >= SIMILAR_SHARE
                && asked.filters.keep(columns, &documents, document)
        });
        let similar = wanted
            .map(|(document, score)| likeness.matches(&self.index, asked.scope, document, score));
        similar
            .filter(|found| !found.matches.is_empty())
            .take(SIMILAR)
            .collect()
    }

    /// The documents that a clause leaves out.
    fn excluded(&self, asked: &Asked) -> Vec<DocumentId> {
        let clauses = asked.query.clauses.iter().filter(|clause| clause.excluded);
        let mut excluded = Vec::new();
        for clause in clauses {
            let alone = Query::of_clause(clause.clone());
            let found = Results::find(&self.index, &alone, asked.lens, asked.scope, None);
            excluded.extend(found.iter().flat_map(Results::documents));
        }
        excluded
    }
}

/// Whether documents with some of the words are worth a look: few have all, and no
/// page's own article is among them.
pub(in crate::api) fn is_wanting(results: &Results<'_>) -> bool {
    results.totals().1 < SIMILAR && !results.has_main()
}

/// Documents with some of the words, each with the clauses that it lacks.
pub(in crate::api) fn some_reply(
    results: &Results<'_>,
    ranks: std::ops::Range<usize>,
    is_shown: bool,
    hit: &dyn Fn(&DocumentMatch) -> Option<DocumentHit>,
) -> Option<SomeReply> {
    let (hits, documents) = results.totals();
    if documents == 0 || !is_shown {
        return None;
    }
    let shown = results.page(ranks);
    let hits_of = shown.iter().filter_map(|document| {
        let missing = results.missing(document.document);
        Some(DocumentHit {
            missing,
            ..hit(document)?
        })
    });
    Some(SomeReply {
        totals: Totals { hits, documents },
        hits: hits_of.collect(),
    })
}
