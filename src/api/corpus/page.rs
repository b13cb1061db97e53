//! The page reply: a page to read, with its anatomy.

use super::headings::heading;
use crate::api::explorer::{find, page_info};
use crate::api::request::{PageRequest, lens, scope, skip};
use crate::api::searching::search::{apart, notices};
use crate::api::searching::segments::segments;
use crate::api::{Error, Explorer, PageLink, PageReply, PartView, Totals};
use crate::index::{Documents, Index, IndexedPage, PageId};
use crate::parse::anatomy::{REPEATED, Repeated};
use crate::parse::{Part, PartKind};
use crate::search::snippet::{merge, span_in};
use crate::search::{Query, Search};
use crate::sorting::Arrange;
use crate::text::line::LineCursor;
use crate::text::{ByteSpan, Excerpt, floor_border};

/// A long text is read in pieces of about so many bytes.
const PIECE_BYTES: usize = 200_000;

impl Explorer {
    /// The parts of a page, with hits and entities marked.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`] when no page or article has the id;
    /// [`Error::BadRequest`] for values out of range.
    pub fn page(&mut self, request: &PageRequest) -> Result<PageReply, Error> {
        self.with_parts(|explorer| explorer.shown(request))
    }

    fn shown(&mut self, request: &PageRequest) -> Result<PageReply, Error> {
        let (lens, scope) = (
            lens(request.lens.as_deref())?,
            scope(request.scope.as_deref())?,
        );
        let from = skip("fromByte", request.from_byte)?;
        let (asked_page, _) = find(self.fresh_index(), &request.id)?;
        let asked = request.query.as_deref().unwrap_or_default();
        let mut query = Query::parse(asked);
        query.apart = apart(request.apart.as_deref())?;
        self.read_also(&mut query, request.also.as_deref())?;
        let repeats = self.repeats_of(asked_page);
        let is_marked = request.entities.unwrap_or(false);
        let brought = if is_marked && self.index.is_in_parts() {
            Some(self.names_of_page(asked_page)?)
        } else {
            None
        };
        let (index, layer) = if is_marked && brought.is_none() {
            let (index, layer) = self.with_entities()?;
            (index, Some(layer))
        } else {
            (self.fresh_index(), brought.as_ref())
        };
        let (page_id, article) = find(index, &request.id)?;
        let unknown = || Error::UnknownDocument {
            id: request.id.clone(),
        };
        let page = index.page(page_id).ok_or_else(unknown)?;
        let search = Search::new(index);
        let mut on_page = search.on_page(&query, lens, scope, page_id);
        if let (true, Some(some)) = (on_page.is_empty(), query.some()) {
            on_page = search.on_page(&some, lens, scope, page_id);
        }
        let passage = index.passage(page_id, 0..u32::MAX);
        let text = passage.excerpt().after(0);
        let (mut totals, mut hits) = (
            Totals {
                hits: 0,
                documents: 0,
            },
            Vec::new(),
        );
        for document in on_page {
            totals.documents += 1;
            totals.hits += document.matches.len();
            hits.extend(document.matches.iter().map(|(m, _)| span_in(&passage, m)));
        }
        hits.arrange();
        let hits = merge(hits.into_iter());
        let mentions: Vec<(ByteSpan, &str)> = layer.map_or_else(Vec::new, |layer| {
            let mentions = layer.mentions_of_page(page_id.0).iter();
            mentions
                .filter_map(|m| Some((m.span, layer.entity(m.entity)?.id.as_str())))
                .collect()
        });
        let piece = piece(text, from);
        let mut parts = part_views(page, text, piece, &hits, &mentions);
        label_repeats(&mut parts, &repeats);
        Ok(PageReply {
            page: page_info(index, page),
            previous: page_id.0.checked_sub(1).and_then(|id| page_link(index, id)),
            next: page_link(index, page_id.0 + 1),
            article: article.map(|article| page.page.article_id(article)),
            parts,
            next_byte: ((piece.end as usize) < text.len()).then_some(piece.end),
            totals,
            notices: notices(&query, asked),
        })
    }
}

fn page_link(index: &Index, id: u32) -> Option<PageLink> {
    let page = index.page(PageId(id))?;
    Some(PageLink {
        id: page.page.id(),
        heading: heading(index, page),
    })
}

/// The stretch of text that starts at byte `from` (moved back to a character
/// border) and ends at the next good place.
fn piece(text: &str, from: usize) -> ByteSpan {
    let start = floor_border(text, from);
    let most = floor_border(text, start + PIECE_BYTES);
    if most == text.len() {
        return ByteSpan::new(start, most);
    }
    // Better at the end of a line, else of a word, else anywhere.
    let bytes = text.as_bytes().get(start..most).unwrap_or_default();
    let after = |byte: u8| memchr::memrchr(byte, bytes).map(|at| start + at + 1);
    let good = after(b'\n')
        .or_else(|| after(b' '))
        .filter(|&end| end > start + PIECE_BYTES / 2);
    ByteSpan::new(start, good.unwrap_or(most))
}

/// Labels the parts that other pages of the outlet have too.
fn label_repeats(views: &mut [PartView], repeats: &[Repeated]) {
    for repeated in repeats {
        let span = repeated.span.start..repeated.span.end;
        let views = views.iter_mut();
        for view in views.filter(|view| span.contains(&view.start_byte)) {
            view.kind = PartKind::Boilerplate.name();
            view.reason = REPEATED;
            view.confidence = rounded(repeated.confidence);
        }
    }
}

/// Two digits are what a reader can use.
fn rounded(confidence: f32) -> f64 {
    f64::from(confidence * 100.0).round() / 100.0
}

fn part_views(
    page: &IndexedPage,
    text: &str,
    piece: ByteSpan,
    hits: &[ByteSpan],
    mentions: &[(ByteSpan, &str)],
) -> Vec<PartView> {
    let mut cursor = LineCursor::new(text);
    let (mut hits, mut mentions) = (hits, mentions);
    let shown = page
        .page
        .parts
        .iter()
        .filter(|part| part.span.overlaps(&piece));
    shown
        .map(|part| {
            let span = ByteSpan {
                start: part.span.start.max(piece.start),
                end: part.span.end.min(piece.end),
            };
            // What ends before this part is behind every later one too.
            let passed = hits.partition_point(|hit| hit.end <= span.start);
            hits = hits.get(passed..).unwrap_or_default();
            let passed = mentions.partition_point(|(mention, _)| mention.end <= span.start);
            mentions = mentions.get(passed..).unwrap_or_default();
            let inside = hits.partition_point(|hit| hit.start < span.end);
            let mentioned = mentions.partition_point(|(mention, _)| mention.start < span.end);
            let segments = segments(
                &Excerpt::new(text, 0),
                span,
                hits.get(..inside).unwrap_or_default(),
                mentions.get(..mentioned).unwrap_or_default(),
            );
            part_view(
                page,
                &part,
                span,
                cursor.advance_to(span.start as usize).line,
                segments,
            )
        })
        .collect()
}

fn part_view(
    page: &IndexedPage,
    part: &Part,
    span: ByteSpan,
    line: usize,
    segments: Vec<crate::api::Segment>,
) -> PartView {
    PartView {
        kind: part.kind.name(),
        group: part.kind.group().name(),
        article: part.article.map(|article| page.page.article_id(article)),
        start_byte: span.start,
        end_byte: span.end,
        line,
        segments,
        reason: part.reason,
        confidence: rounded(part.confidence),
    }
}

/// The document that holds a token of a page in a scope.
pub(in crate::api) fn document_of(
    documents: &Documents<'_>,
    page: &IndexedPage,
    first_token: u32,
    tokens: u32,
) -> Option<u32> {
    let first = page.positions.start + first_token;
    documents
        .holding(first, first + tokens.saturating_sub(1))
        .map(|document| document.0)
}
