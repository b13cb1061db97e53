//! Requests about searches.

request! {
    /// Asks for documents.
    SearchRequest {
        /// In the query language.
        query / "query": String,
        /// Default `clitics`.
        lens / "lens": Option<String>,
        /// Letters to be told apart although the lens folds them: `teh`, `yeh`.
        apart / "apart": Option<Vec<String>>,
        /// What words are read as too: `names`, `aliases`.
        also / "also": Option<Vec<String>>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// `relevance` (default), `newest`, `oldest` or `outlet`.
        sort / "sort": Option<String>,
        /// What relevance is made of: `bags` (default) or `words` alone.
        ranking / "ranking": Option<String>,
        /// Recent documents before others.
        recent / "recent": Option<bool>,
        /// Documents of this outlet before others.
        prefer_outlet / "preferOutlet": Option<String>,
        /// Only documents of one of these outlets; `none`: that name none.
        outlets / "outlets": Vec<String>,
        /// Only documents published in one of these years, months or days.
        dates / "dates": Vec<String>,
        /// Only documents with one of these keywords.
        keywords / "keywords": Vec<String>,
        /// Only documents that mention one of these entities, by id.
        entities / "entities": Vec<String>,
        /// Documents in the reply, 1..=1000, default 10.
        limit / "limit": Option<f64>,
        /// Documents to skip, default 0.
        offset / "offset": Option<f64>,
        /// Of an export, which needs it.
        format / "format": Option<String>,
        /// Of facets: which are counted; default all.
        facets / "facets": Option<Vec<String>>,
    }
}

request! {
    /// Asks what the score of a document is made of.
    ExplainRequest {
        /// In the query language.
        query / "query": String,
        /// Default `clitics`.
        lens / "lens": Option<String>,
        /// As in the search.
        apart / "apart": Option<Vec<String>>,
        /// As in the search.
        also / "also": Option<Vec<String>>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// As in the search.
        sort / "sort": Option<String>,
        /// As in the search.
        ranking / "ranking": Option<String>,
        /// As in the search.
        recent / "recent": Option<bool>,
        /// As in the search.
        prefer_outlet / "preferOutlet": Option<String>,
        /// As in the search.
        outlets / "outlets": Vec<String>,
        /// As in the search.
        dates / "dates": Vec<String>,
        /// As in the search.
        keywords / "keywords": Vec<String>,
        /// As in the search.
        entities / "entities": Vec<String>,
        /// Id of a document of the scope.
        document / "document": String,
    }
}

impl ExplainRequest {
    /// The search whose score is asked about.
    pub(in crate::api) fn search(&self) -> SearchRequest {
        let asked = self.clone();
        SearchRequest {
            query: asked.query,
            lens: asked.lens,
            apart: asked.apart,
            also: asked.also,
            scope: asked.scope,
            sort: asked.sort,
            ranking: asked.ranking,
            recent: asked.recent,
            prefer_outlet: asked.prefer_outlet,
            outlets: asked.outlets,
            dates: asked.dates,
            keywords: asked.keywords,
            entities: asked.entities,
            ..SearchRequest::default()
        }
    }
}

request! {
    /// Asks how a query that is being typed may go on.
    SuggestRequest {
        /// The query so far.
        query / "query": String,
        /// Where the caret stands, in UTF-16 code units; default at the end.
        at / "at": Option<f64>,
        /// 1..=1000, default 8.
        limit / "limit": Option<f64>,
    }
}
