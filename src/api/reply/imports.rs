//! Replies about reading files: reports, the ledger, what a file looks like, limits.

use super::Pairs;
use crate::api::ErrorData;
use serde::Serialize;

replies! {
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

    RemovedReply {
        pages: usize,
        bundled: Vec<String>,
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
        beginning: String,
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
}
