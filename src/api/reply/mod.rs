//! Replies. Their meaning is told once, in `src/wasm/types.d.ts`; field names
//! there are the camelCase of the names here.

#![expect(
    missing_docs,
    reason = "documented field by field in types.d.ts, which JavaScript reads"
)]

use crate::text::growing::Growing;
use serde::Serialize;

/// Pairs in the order they should be shown.
pub type Pairs<K, V> = Vec<(K, V)>;

/// JSON text of a reply or a part of one.
pub(crate) fn json_text(reply: &impl Serialize) -> serde_json::Result<String> {
    let mut text = Growing::default();
    serde_json::to_writer(&mut text, reply)?;
    Ok(text.text().to_owned())
}

macro_rules! replies {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }
        )*
    };
}

mod annotations;
mod imports;
mod names;
mod results;

pub use annotations::*;
pub use imports::*;
pub use names::*;
pub use results::*;

replies! {
    PublishedDate { iso: String, raw: String, origin: &'static str, }

    ArticleInfo {
        id: String,
        page: String,
        page_id: String,
        role: &'static str,
        title: Option<String>,
        published: Option<PublishedDate>,
        dateline_place: Option<String>,
        outlets: Vec<String>,
        keywords: Vec<String>,
        keywords_raw: Option<String>,
        authors: Vec<String>,
        url: Option<String>,
        words: u32,
    }

    PageInfo {
        id: String,
        name: String,
        heading: String,
        bytes: usize,
        encoding: &'static str,
        warning: Option<&'static str>,
        words: u32,
        words_by_group: Pairs<&'static str, u32>,
        articles: Vec<ArticleInfo>,
        headlines: Vec<String>,
        bundled: bool,
    }

    Segment { text: String, hit: bool, entity: Option<String>, }

    Versions { engine: &'static str, parser: u32, tokenizer: u32, }

    CorpusTotals {
        pages: usize,
        main_articles: usize,
        embedded_articles: usize,
        pages_without_article: usize,
        words: usize,
        forms: usize,
        bytes: usize,
    }

    OverviewReply {
        fingerprint: String,
        versions: Versions,
        pages: Vec<PageInfo>,
        totals: CorpusTotals,
        words_by_group: Pairs<&'static str, u32>,
        dated: usize,
        undated: usize,
        earliest: Option<String>,
        latest: Option<String>,
        outlets: Pairs<String, usize>,
        people: Vec<EntityRow>,
        places: Vec<EntityRow>,
        organisations: Vec<EntityRow>,
        examples: Vec<String>,
        annotated: bool,
    }

    #[derive(Copy)]
    Totals { hits: usize, documents: usize, }

    ClauseReply {
        text: String,
        kind: &'static str,
        excluded: bool,
        hits: usize,
        forms: Pairs<String, usize>,
        reasons: Vec<Vec<ReasonReply>>,
        form_count: usize,
    }

    ExplainReply {
        document: String,
        found: &'static str,
        rank: Option<usize>,
        documents: usize,
        score: f64,
        parts: Vec<ExplainedPartReply>,
    }

    ExplainedPartReply {
        part: &'static str,
        weight: f64,
        length: u32,
        average: f64,
        terms: Vec<ExplainedTermReply>,
    }

    ExplainedTermReply { text: String, tf: f64, df: usize, idf: f64, weight: f64, }

    ReasonReply {
        clause: usize,
        word: usize,
        form: String,
        count: usize,
        step: &'static str,
        detail: String,
        share: Option<f32>,
    }

    AnnotationReply {
        /// Names the pages and their order: layers made of others are refused.
        state: String,
        pages: usize,
        words: u32,
        ready: bool,
        trained: bool,
    }
    NameReply {
        word: String,
        form: String,
        share: f32,
        query: String,
        hits: usize,
        documents: usize,
    }

    NoticeReply { code: &'static str, text: String, at_utf16: usize, }

    PageLink { id: String, heading: String, }

    PageReply {
        page: PageInfo,
        previous: Option<PageLink>,
        next: Option<PageLink>,
        article: Option<String>,
        parts: Vec<PartView>,
        next_byte: Option<u32>,
        totals: Totals,
        notices: Vec<NoticeReply>,
    }

    PartView {
        kind: &'static str,
        group: &'static str,
        article: Option<String>,
        start_byte: u32,
        end_byte: u32,
        line: usize,
        segments: Vec<Segment>,
        reason: &'static str,
        confidence: f64,
    }

    EntityRow {
        id: String,
        #[serde(rename = "type")]
        kind: &'static str,
        name: String,
        english: Option<String>,
        mentions: u32,
        documents: u32,
        evidence: &'static str,
    }

    EntitiesReply {
        scope: &'static str,
        totals: Pairs<&'static str, usize>,
        rows: Vec<EntityRow>,
    }

    EntityDocument {
        document: String,
        page: String,
        page_id: String,
        title: Option<String>,
        heading: String,
        mentions: u32,
    }

    EntitySentence {
        document: String,
        page: String,
        page_id: String,
        title: Option<String>,
        heading: String,
        start_byte: u32,
        segments: Vec<Segment>,
    }

    EntityDescription {
        text: String,
        mentions: u32,
        alone: u32,
    }

    EntityReply {
        entity: EntityRow,
        scope: &'static str,
        spellings: Pairs<String, u32>,
        names: Vec<AliasName>,
        offers: Vec<AliasOffer>,
        outlets: Vec<OutletSpellings>,
        cues: Pairs<String, u32>,
        descriptions: Vec<EntityDescription>,
        companions: Pairs<EntityRow, u32>,
        documents: Vec<EntityDocument>,
        sentences: Vec<EntitySentence>,
        sentence_count: usize,
    }
}
