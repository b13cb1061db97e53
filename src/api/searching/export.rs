//! The documents of a search as the text of a file, piece by piece.
//!
//! | format | a record is |
//! |---|---|
//! | `csv` | a hit, for spreadsheet programs: UTF-8 with a byte order mark, lines ended by CR LF, text that a program would take for a formula behind an apostrophe |
//! | `csv-plain` | a hit, as RFC 4180 has it and nothing changed |
//! | `jsonl` | a hit, one JSON object a line |
//! | `ris` | a document, for Zotero, EndNote, Mendeley |
//! | `bibtex` | a document, for BibLaTeX |

mod references;

use crate::api::corpus::headings::{DocumentName, document_name};
use crate::api::csv::{BYTE_ORDER_MARK, add_row};
use crate::api::json_text;
use crate::api::request::{SearchRequest, limit, skip};
use crate::api::{Error, Explorer, ExportReply};
use crate::index::{Index, Passage, Scope};
use crate::search::DocumentMatch;
use crate::search::snippet::span_in;
use crate::text::ByteSpan;
use serde::Serialize;

/// Documents in a piece when the request does not say.
const DEFAULT_LIMIT: usize = 500;

/// Tokens on either side of a hit.
const CONTEXT: u32 = 12;

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// For spreadsheet programs.
    Csv,
    /// For programs.
    CsvPlain,
    /// JSON lines.
    Jsonl,
    /// References.
    Ris,
    /// References.
    Bibtex,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 5] = [
        Self::Csv,
        Self::CsvPlain,
        Self::Jsonl,
        Self::Ris,
        Self::Bibtex,
    ];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvPlain => "csv-plain",
            Self::Jsonl => "jsonl",
            Self::Ris => "ris",
            Self::Bibtex => "bibtex",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

const COLUMNS: [&str; 10] = [
    "document",
    "page",
    "title",
    "outlets",
    "published",
    "url",
    "hit_number",
    "before",
    "hit",
    "after",
];

/// One hit, with its document.
#[derive(Serialize)]
struct Row<'r> {
    document: &'r str,
    page: &'r str,
    title: &'r str,
    outlets: &'r [String],
    published: Option<&'r str>,
    url: Option<&'r str>,
    hit_number: usize,
    before: &'r str,
    hit: &'r str,
    after: &'r str,
}

impl Explorer {
    /// The next piece of all that a search found, in its order. Similar documents are no part of it.
    ///
    /// # Errors
    /// Those of [`Explorer::search`], and [`Error::BadRequest`] for an unknown format.
    pub fn export(&mut self, request: &SearchRequest) -> Result<ExportReply, Error> {
        self.with_parts(|explorer| explorer.exported(request))
    }

    fn exported(&mut self, request: &SearchRequest) -> Result<ExportReply, Error> {
        let format = request.format.as_deref().and_then(ExportFormat::from_name);
        let format = format.ok_or_else(|| Error::BadRequest {
            field: "format".to_owned(),
            found: request.format.clone().unwrap_or_default(),
            allowed: ExportFormat::ALL.map(ExportFormat::name).join(", "),
        })?;
        let limit = limit(request.limit, DEFAULT_LIMIT)?;
        let offset = skip("offset", request.offset)?;
        let asked = self.understand(request)?;
        let mut text = String::new();
        if offset == 0 {
            text.push_str(&export_head(format));
        }
        let (mut hits, mut total, mut documents) = (0, 0, 0);
        if let Some(results) = self.results(request, &asked, usize::MAX) {
            total = results.totals().1;
            for found in results.page(offset..offset.saturating_add(limit)) {
                export_document(&self.index, asked.scope, &found, format, &mut text);
                hits += found.matches.len();
                documents += 1;
            }
        }
        let next = offset + documents;
        Ok(ExportReply {
            text,
            next: (next < total).then_some(next),
            documents,
            hits,
        })
    }
}

/// What a file begins with.
#[must_use]
pub fn export_head(format: ExportFormat) -> String {
    match format {
        ExportFormat::Csv => format!("{BYTE_ORDER_MARK}{}\r\n", COLUMNS.join(",")),
        ExportFormat::CsvPlain => format!("{}\r\n", COLUMNS.join(",")),
        ExportFormat::Jsonl | ExportFormat::Ris | ExportFormat::Bibtex => String::new(),
    }
}

/// Adds the records of a document to the text of a file.
pub fn export_document(
    index: &Index,
    scope: Scope,
    found: &DocumentMatch,
    format: ExportFormat,
    into: &mut String,
) {
    let Some(name) = document_name(index, scope, found.document.0) else {
        return;
    };
    match format {
        ExportFormat::Ris => references::ris(index, scope, found, &name, into),
        ExportFormat::Bibtex => references::bibtex(index, scope, found, &name, into),
        ExportFormat::Csv | ExportFormat::CsvPlain | ExportFormat::Jsonl => {
            rows(index, found, &name, format, into);
        }
    }
}

fn rows(
    index: &Index,
    found: &DocumentMatch,
    name: &DocumentName,
    format: ExportFormat,
    into: &mut String,
) {
    let mut passage = Passage::default();
    for (number, (m, _)) in (1..).zip(&found.matches) {
        let last = m.start + m.tokens;
        let page = index.page_at(m.start);
        let positions = index.page(page).map_or(0..0, |page| page.positions.clone());
        let start = index.part_start(m.start).unwrap_or(positions.start);
        let end = index.next_part(m.start + 1).unwrap_or(positions.end);
        let reach = m.start.saturating_sub(CONTEXT).max(start)..(last + CONTEXT).min(end);
        index.read_passage(page, reach.clone(), &mut passage);
        let text = passage.excerpt();
        let hit = span_in(&passage, m);
        let (first, last) = (
            passage.span_at(reach.start),
            passage.span_at(reach.end.saturating_sub(1)),
        );
        let piece = |start: u32, end: u32| {
            text.of(ByteSpan {
                start,
                end: end.max(start),
            })
        };
        let row = Row {
            document: &name.document,
            page: &name.page,
            title: name.title.as_deref().unwrap_or_default(),
            outlets: &name.outlets,
            published: name.published.as_ref().map(|date| date.iso.as_str()),
            url: name.url.as_deref(),
            hit_number: number,
            before: piece(first.start, hit.start).trim(),
            hit: text.of(hit),
            after: piece(hit.end, last.end).trim(),
        };
        if format == ExportFormat::Jsonl {
            // A row of texts and numbers is always JSON.
            into.push_str(&json_text(&row).unwrap_or_default());
            into.push('\n');
        } else {
            let (outlets, number) = (row.outlets.join("; "), row.hit_number.to_string());
            let cells = [
                row.document,
                row.page,
                row.title,
                &outlets,
                row.published.unwrap_or_default(),
                row.url.unwrap_or_default(),
                &number,
                row.before,
                row.hit,
                row.after,
            ];
            add_row(&cells, format == ExportFormat::Csv, into);
        }
    }
}
