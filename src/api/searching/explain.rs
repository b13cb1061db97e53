//! What the score of one document is made of, as a reply.

use crate::api::explorer::find;
use crate::api::request::ExplainRequest;
use crate::api::searching::beside::is_wanting;
use crate::api::searching::search::Asked;
use crate::api::{Error, ExplainReply, ExplainedPartReply, ExplainedTermReply, Explorer};
use crate::index::{DocumentId, Index, Scope};
use crate::search::results::Results;
use crate::search::{Explained, ExplainedPart};

impl Explorer {
    /// Adds up the score that a search gives a document, part by part.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`] when no document of the scope has the id;
    /// [`Error::BadRequest`] as of the search.
    pub fn explain(&mut self, request: &ExplainRequest) -> Result<ExplainReply, Error> {
        self.with_parts(|explorer| explorer.added_up(request))
    }

    fn added_up(&mut self, request: &ExplainRequest) -> Result<ExplainReply, Error> {
        let search = request.search();
        let asked = self.understand(&search)?;
        let document = document(&self.index, asked.scope, &request.document)?;
        let some = asked.query.some();
        let results = self.results(&search, &asked, usize::MAX);
        let (found, explained) = match results {
            Some(mut results) => {
                let of = |results: &Results<'_>| self.told(&asked, results, document);
                match (of(&results), &some) {
                    (Some(explained), _) => ("all", Some(explained)),
                    (None, Some(some)) if is_wanting(&results) => {
                        self.loosen(&search, &asked, &mut results, some, usize::MAX);
                        ("some", of(&results))
                    }
                    _ => ("none", None),
                }
            }
            None => ("none", None),
        };
        let similar = || {
            let part = self.bags_of(&asked)?;
            let part = part.explain(&self.index, &asked.query.telling_text(), document);
            let score = part.weight;
            (score > 0.0).then(|| Explained {
                parts: vec![part],
                score,
                documents: 0,
                rank: 0,
            })
        };
        let (found, explained) = match explained {
            Some(explained) => (found, explained),
            None => match similar() {
                Some(explained) => ("similar", explained),
                None => ("none", Explained::default()),
            },
        };
        Ok(ExplainReply {
            document: request.document.clone(),
            found,
            rank: matches!(found, "all" | "some").then_some(explained.rank),
            documents: crate::index::Documents::new(&self.index, asked.scope)
                .count()
                .0,
            score: explained.score,
            parts: explained.parts.into_iter().map(part_reply).collect(),
        })
    }

    fn told(
        &self,
        asked: &Asked,
        results: &Results<'_>,
        document: DocumentId,
    ) -> Option<Explained> {
        let text = asked.query.telling_text();
        results.explain(document, &text, self.bags_of(asked), &self.caches.columns)
    }
}

fn part_reply(part: ExplainedPart) -> ExplainedPartReply {
    let terms = part.terms.into_iter().map(|term| ExplainedTermReply {
        text: term.text,
        tf: term.tf,
        df: term.df,
        idf: term.idf,
        weight: term.weight,
    });
    ExplainedPartReply {
        part: part.part.name(),
        weight: part.weight,
        length: part.length,
        average: part.average,
        terms: terms.collect(),
    }
}

/// The document of a scope with this id.
fn document(index: &Index, scope: Scope, id: &str) -> Result<DocumentId, Error> {
    let unknown = || Error::UnknownDocument { id: id.to_owned() };
    let (page, article) = find(index, id)?;
    match (scope, article) {
        (Scope::Pages, None) => Ok(DocumentId(page.0)),
        (Scope::Main | Scope::Articles, Some(article)) => {
            let first = index.page(page).ok_or_else(unknown)?.articles.start;
            Ok(DocumentId(
                first + u32::try_from(article).unwrap_or(u32::MAX),
            ))
        }
        _ => Err(unknown()),
    }
}
