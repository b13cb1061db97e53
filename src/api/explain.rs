//! What the score of one document is made of, as a reply.

use super::explorer::find;
use super::request::{ExplainRequest, lens, one_of, scope};
use super::search::apart;
use super::{Error, ExplainReply, ExplainedTermReply, Explorer};
use crate::index::{DocumentId, Scope};
use crate::search::bag_ranking::BagRanking;
use crate::search::{Explained, Query, Search};

/// What ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ranking {
    #[default]
    Words,
    Bags,
}

impl Explorer {
    /// Adds a score up, term by term.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`] when no document of the scope has the id;
    /// [`Error::BadRequest`] for values out of range.
    pub fn explain(&mut self, request: &ExplainRequest) -> Result<ExplainReply, Error> {
        self.with_parts(|explorer| explorer.added_up(request))
    }

    fn added_up(&mut self, request: &ExplainRequest) -> Result<ExplainReply, Error> {
        let (lens, scope) = (
            lens(request.lens.as_deref())?,
            scope(request.scope.as_deref())?,
        );
        let named = |name: &str| match name {
            "words" => Some(Ranking::Words),
            "bags" => Some(Ranking::Bags),
            _ => None,
        };
        let ranking = one_of(
            "ranking",
            request.ranking.as_deref(),
            named,
            &["words", "bags"],
        )?;
        let mut query = Query::parse(&request.query);
        query.apart = apart(request.apart.as_deref())?;
        if ranking == Ranking::Bags {
            self.whole("ranking by bags")?;
        }
        let index = self.fresh_index();
        let unknown = || Error::UnknownDocument {
            id: request.document.clone(),
        };
        let (page, article) = find(index, &request.document)?;
        let document = match (scope, article) {
            (Scope::Pages, None) => DocumentId(page.0),
            (Scope::Main | Scope::Articles, Some(article)) => {
                let first = index.page(page).ok_or_else(unknown)?.articles.start;
                DocumentId(first + u32::try_from(article).unwrap_or(u32::MAX))
            }
            _ => return Err(unknown()),
        };
        let explained: Option<Explained> = match ranking {
            Ranking::Words => Search::new(index).explain(&query, lens, scope, document),
            Ranking::Bags => BagRanking::new(index, scope)
                .map(|ranking| ranking.explain(index, &request.query, document)),
        };
        let matches = explained.is_some();
        let explained = explained.unwrap_or_default();
        let terms = explained.terms.into_iter().map(|term| ExplainedTermReply {
            text: term.text,
            tf: term.tf,
            df: term.df,
            idf: term.idf,
            weight: term.weight,
        });
        Ok(ExplainReply {
            document: request.document.clone(),
            matches,
            documents: explained.documents,
            length: explained.length,
            average: explained.average,
            score: explained.score,
            terms: terms.collect(),
        })
    }
}
