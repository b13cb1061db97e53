//! Replies about dates, quotes and conflicting credit.

use super::{Pairs, PublishedDate, Segment};
use serde::Serialize;

replies! {
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
        annotated: bool,
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
