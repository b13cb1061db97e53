//! Replies about search: results, facets, suggestions, exports.

use super::{
    ClauseReply, NameReply, NoticeReply, Pairs, PublishedDate, ReasonReply, Segment, Totals,
};
use serde::Serialize;

replies! {
    SearchReply {
        query: String,
        lens: &'static str,
        scope: &'static str,
        sort: &'static str,
        ranking: &'static str,
        totals: Totals,
        clauses: Vec<ClauseReply>,
        notices: Vec<NoticeReply>,
        names: Vec<NameReply>,
        lenses: Vec<&'static str>,
        hits: Vec<DocumentHit>,
        some: Option<SomeReply>,
    }

    AroundReply {
        by_lens: Pairs<&'static str, Totals>,
        by_scope: Pairs<&'static str, Totals>,
        ways: Vec<WayReply>,
        similar: Vec<DocumentHit>,
    }

    SomeReply { totals: Totals, hits: Vec<DocumentHit>, }

    WayReply {
        kind: &'static str,
        text: String,
        query: String,
        lens: &'static str,
        scope: &'static str,
        hits: usize,
        documents: usize,
    }

    FacetsReply {
        documents: usize,
        facets: Pairs<&'static str, Vec<FacetRow>>,
    }

    FacetRow { value: String, label: Option<String>, documents: usize, chosen: bool, }

    SuggestReply { suggestions: Vec<SuggestionReply>, }

    SuggestionReply {
        kind: &'static str,
        text: String,
        query: String,
        at_utf16: usize,
        count: u32,
    }

    ExportReply { text: String, next: Option<usize>, documents: usize, hits: usize, }

    DocumentHit {
        document: String,
        page: String,
        page_id: String,
        article: Option<String>,
        role: &'static str,
        title: Option<String>,
        heading: String,
        title_segments: Vec<Segment>,
        published: Option<PublishedDate>,
        outlets: Vec<String>,
        url: Option<String>,
        score: f64,
        occurrences: usize,
        missing: Vec<usize>,
        reasons: Vec<ReasonReply>,
        snippet: Vec<Segment>,
        snippet_cut_before: bool,
        snippet_cut_after: bool,
    }
}
