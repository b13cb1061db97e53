//! Replies. Their meaning is told once, in `src/wasm/types.d.ts`; field names
//! there are the camelCase of the names here.

#![expect(
    missing_docs,
    reason = "documented field by field in types.d.ts, which JavaScript reads"
)]

use super::ErrorData;
use serde::Serialize;

/// Pairs in the order they should be shown.
pub type Pairs<K, V> = Vec<(K, V)>;

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

    FileReport {
        name: String,
        status: &'static str,
        id: Option<String>,
        bytes: usize,
        encoding: Option<&'static str>,
        articles: usize,
        words: u32,
        warning: Option<&'static str>,
        error: Option<ErrorData>,
    }

    AddedReply {
        pages: u64,
        articles: u64,
        words: u64,
        duplicates: u64,
        merged: u64,
        bad: u64,
        closed: Vec<u32>,
    }

    LedgerLineReply {
        file: u32,
        member: u32,
        parent: Option<u32>,
        name: String,
        path: String,
        format: &'static str,
        status: &'static str,
        reason: Option<String>,
        message: Option<String>,
        bytes: u64,
        encoding: Option<&'static str>,
        members: u64,
        pages: u64,
        articles: u64,
        words: u64,
        same_bytes: u64,
        same_text: u64,
        merged: u64,
        also_elsewhere: u64,
        page: Option<String>,
        same_as: Option<String>,
        bad: u64,
        bad_bytes: u64,
        first_bad: Option<u64>,
    }

    LedgerTotalsReply {
        files: u64,
        members: u64,
        bytes: u64,
        member_bytes: u64,
        by_status: Pairs<&'static str, u64>,
        pages: u64,
        articles: u64,
        words: u64,
        duplicates: u64,
        merged: u64,
        bad: u64,
    }

    LedgerReply {
        totals: LedgerTotalsReply,
        matching: usize,
        lines: Vec<LedgerLineReply>,
    }

    SniffReply { format: &'static str, needs_readers: bool, is_read: bool, }

    ColumnReply {
        name: String,
        field: Option<&'static str>,
        named: bool,
        filled: usize,
    }

    InspectReply {
        format: &'static str,
        encoding: &'static str,
        encoding_confidence: f32,
        columns: Vec<ColumnReply>,
        rows: Vec<Vec<String>>,
    }

    WantReply { from: u64, length: usize, }

    ProgressReply {
        file: u32,
        member: Option<String>,
        bytes_done: u64,
        bytes_total: u64,
        members: u32,
    }

    LimitReply { name: &'static str, value: u64, unit: &'static str, }

    ForecastReply {
        text_bytes: u64,
        index_bytes: u64,
        peak_bytes: u64,
        room_bytes: u64,
        verdict: &'static str,
    }

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
    }

    #[derive(Copy)]
    Totals { hits: usize, documents: usize, }

    ClauseReply {
        text: String,
        kind: &'static str,
        excluded: bool,
        hits: usize,
        forms: Pairs<String, usize>,
        form_count: usize,
    }

    #[derive(Copy)]
    RecogniseReply { done: u64, total: u64, ready: bool, trained: bool, }
    NameReply {
        word: String,
        form: String,
        share: f32,
        query: String,
        hits: usize,
        documents: usize,
    }

    NoticeReply { code: &'static str, text: String, at_utf16: usize, }

    SearchReply {
        query: String,
        lens: &'static str,
        scope: &'static str,
        totals: Totals,
        clauses: Vec<ClauseReply>,
        notices: Vec<NoticeReply>,
        names: Vec<NameReply>,
        by_lens: Pairs<&'static str, Totals>,
        by_scope: Pairs<&'static str, Totals>,
        hits: Vec<DocumentHit>,
    }

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
        snippet: Vec<Segment>,
        snippet_cut_before: bool,
        snippet_cut_after: bool,
    }

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

    EntityReply {
        entity: EntityRow,
        scope: &'static str,
        spellings: Pairs<String, u32>,
        cues: Pairs<String, u32>,
        companions: Pairs<EntityRow, u32>,
        documents: Vec<EntityDocument>,
        sentences: Vec<EntitySentence>,
        sentence_count: usize,
    }

    PlaceReply {
        document: String,
        page: String,
        page_id: String,
        heading: String,
        outlets: Vec<String>,
        published: Option<PublishedDate>,
        line: u32,
        start_byte: u32,
        end_byte: u32,
    }

    TimeBucket { key: String, from: String, to: String, count: u32, pages: u32, }

    DateRow {
        place: PlaceReply,
        words: String,
        value: Option<String>,
        kind: Option<&'static str>,
        from: Option<String>,
        to: Option<String>,
        anchor: Option<&'static str>,
        rule: &'static str,
        seen_from: Option<String>,
        flags: Vec<&'static str>,
        suggestion: Option<String>,
        segments: Vec<Segment>,
    }

    DatesReply {
        scope: &'static str,
        unit: &'static str,
        published: Vec<TimeBucket>,
        mentioned: Vec<TimeBucket>,
        longer: usize,
        dated_articles: usize,
        undated_articles: usize,
        resolved: usize,
        unresolved: usize,
        matching: usize,
        rows: Vec<DateRow>,
    }

    SpeakerReply { entities: Pairs<String, String>, words: Option<String>, rule: &'static str, }

    QuoteRow {
        place: PlaceReply,
        kind: &'static str,
        rule: &'static str,
        words: String,
        speaker: SpeakerReply,
        cue: Option<String>,
        addressee: Option<(String, String)>,
        relay: Vec<SpeakerReply>,
        flags: Vec<&'static str>,
        segments: Vec<Segment>,
    }

    SpeakerRow {
        id: String,
        name: String,
        #[serde(rename = "type")]
        kind: &'static str,
        quotes: u32,
    }

    QuotesReply {
        scope: &'static str,
        totals: Pairs<&'static str, usize>,
        speakers: Vec<SpeakerRow>,
        unattributed: usize,
        outlets: Pairs<String, u32>,
        matching: usize,
        rows: Vec<QuoteRow>,
    }

    ConflictRow { quotes: Vec<QuoteRow>, }

    ConflictsReply { scope: &'static str, matching: usize, rows: Vec<ConflictRow>, }
}
