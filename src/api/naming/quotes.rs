//! The quotes reply and the conflicts between quotes.

use crate::analysis::fold::letters_key;
use crate::api::naming::place::{around, article_number, in_scope, names_near, place};
use crate::api::request::{ConflictsRequest, QuotesRequest, limit, one_of, scope, skip};
use crate::api::searching::segments::segments;
use crate::api::{
    ConflictRow, ConflictsReply, Error, Explorer, QuoteRow, QuotesReply, SpeakerReply, SpeakerRow,
};
use crate::entities::quotes::{
    Credited, Quote, QuoteFlag, QuoteKind, Speaker, attribution_conflicts,
};
use crate::entities::{EntityId, EntityLayer, PageAnnotations};
use crate::index::{Columns, FormId, Index, PageId, Scope};
use crate::search::columns::Facet;
use crate::sorting::Arrange;
use crate::text::{ByteSpan, Excerpt};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Rows when the request does not say.
const DEFAULT_ROWS: usize = 50;

/// Speakers and outlets that a reply lists.
const LISTED: usize = 100;

/// A corpus as the replies read it.
struct Read<'a> {
    index: &'a Index,
    layer: &'a EntityLayer,
    pages: &'a [PageAnnotations],
    stated: Arc<Columns>,
}

impl Explorer {
    /// Lists quotes, in page order, with what they rest on.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values that are not allowed;
    /// [`Error::UnknownEntity`] when no entity has the speaker's id.
    pub fn quotes(&mut self, request: &QuotesRequest) -> Result<QuotesReply, Error> {
        self.with_parts(|explorer| explorer.found_quotes(request))
    }

    fn found_quotes(&mut self, request: &QuotesRequest) -> Result<QuotesReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let limit = limit(request.limit, DEFAULT_ROWS)?;
        let offset = skip("offset", request.offset)?;
        let kind = kind(request.kind.as_deref())?;
        let filter = request
            .filter
            .as_deref()
            .map(letters_key)
            .unwrap_or_default();
        let read = self.read()?;
        let entity = |id: Option<&str>| {
            id.map(|id| {
                let unknown = || Error::UnknownEntity { id: id.to_owned() };
                read.layer.find(id).ok_or_else(unknown)
            })
            .transpose()
        };
        let speaker = entity(request.speaker.as_deref())?;
        let about = entity(request.about.as_deref())?;
        let all = read.quotes(scope);
        let by_others: Vec<&(PageId, u32, &Quote)> = all
            .iter()
            .filter(|(page, _, quote)| {
                request
                    .outlet
                    .as_deref()
                    .is_none_or(|outlet| read.is_from(*page, quote, outlet))
            })
            .filter(|(page, _, quote)| about.is_none_or(|id| read.is_about(*page, quote, id)))
            .filter(|(page, _, quote)| filter.is_empty() || read.holds(*page, quote, &filter))
            .collect();
        let of_kind = |quote: &Quote, kind: Option<Kind>| match kind {
            None => true,
            Some(Kind::Speech) => quote.kind != QuoteKind::Scare,
            Some(Kind::One(kind)) => quote.kind == kind,
        };
        let by = |page: PageId, quote: &Quote| {
            speaker.is_none_or(|id| read.who(page, quote.start(), &quote.speaker).contains(&id))
        };
        let matching: Vec<&&(PageId, u32, &Quote)> = by_others
            .iter()
            .filter(|(page, _, quote)| by(*page, quote) && of_kind(quote, kind))
            .collect();
        let count = |kind: QuoteKind| {
            by_others
                .iter()
                .filter(|(page, _, q)| q.kind == kind && by(*page, q))
                .count()
        };
        Ok(QuotesReply {
            scope: scope.name(),
            totals: QuoteKind::ALL
                .map(|kind| (kind.name(), count(kind)))
                .to_vec(),
            speakers: read.speakers(
                by_others
                    .iter()
                    .filter(|(.., quote)| of_kind(quote, kind))
                    .flat_map(|(page, _, quote)| read.who(*page, quote.start(), &quote.speaker)),
            ),
            unattributed: by_others
                .iter()
                .filter(|(.., quote)| {
                    of_kind(quote, kind)
                        && quote.kind != QuoteKind::Scare
                        && quote.speaker.entities.is_empty()
                })
                .count(),
            outlets: read.outlets(&all),
            matching: matching.len(),
            rows: matching
                .iter()
                .skip(offset)
                .take(limit)
                .filter_map(|(page, line, quote)| read.row(*page, *line, quote, None))
                .collect(),
        })
    }

    /// Lists the same words credited to different speakers, side by side.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values that are not allowed.
    pub fn conflicts(&mut self, request: &ConflictsRequest) -> Result<ConflictsReply, Error> {
        self.with_parts(|explorer| explorer.found_conflicts(request))
    }

    fn found_conflicts(&mut self, request: &ConflictsRequest) -> Result<ConflictsReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let limit = limit(request.limit, DEFAULT_ROWS)?;
        let offset = skip("offset", request.offset)?;
        let read = self.read()?;
        let mut quotes = read.quotes(scope);
        quotes.retain(|(.., quote)| quote.kind != QuoteKind::Scare);
        let texts: Vec<(String, Vec<ByteSpan>)> = quotes
            .iter()
            .map(|(page, _, quote)| joined(&read.words(*page, quote)))
            .collect();
        let credited: Vec<Credited<'_>> = quotes
            .iter()
            .zip(&texts)
            .map(|((page, _, quote), (text, spans))| {
                let entities = read.who(*page, quote.start(), &quote.speaker).into_iter();
                let mut speakers: Vec<u32> = entities.map(|entity| entity.0).collect();
                speakers.arrange();
                Credited {
                    text,
                    spans,
                    speakers,
                }
            })
            .collect();
        let found = attribution_conflicts(&credited);
        let rows = found
            .iter()
            .skip(offset)
            .take(limit)
            .map(|conflict| ConflictRow {
                quotes: conflict
                    .quotes
                    .iter()
                    .zip(&conflict.shared)
                    .filter_map(|(&at, shared)| {
                        let (page, line, quote) = quotes.get(at)?;
                        let (text, _) = texts.get(at)?;
                        read.row(*page, *line, quote, Some((text, shared)))
                    })
                    .collect(),
            });
        Ok(ConflictsReply {
            scope: scope.name(),
            matching: found.len(),
            rows: rows.collect(),
        })
    }

    fn read(&mut self) -> Result<Read<'_>, Error> {
        self.fresh_columns(&[Facet::Outlet]);
        let stated = Arc::clone(&self.caches.columns.stated);
        let (index, layer, pages) = self.with_annotations()?;
        Ok(Read {
            index,
            layer,
            pages,
            stated,
        })
    }
}

#[derive(Clone, Copy)]
enum Kind {
    /// All but `scare`.
    Speech,
    One(QuoteKind),
}

fn kind(name: Option<&str>) -> Result<Option<Kind>, Error> {
    let from_name = |name: &str| match name {
        "all" => Some(None),
        "speech" => Some(Some(Kind::Speech)),
        _ => QuoteKind::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .map(|kind| Some(Kind::One(kind))),
    };
    let allowed = [
        "all", "speech", "direct", "fragment", "headline", "reported", "scare",
    ];
    one_of("kind", name, from_name, &allowed)
}

impl<'a> Read<'a> {
    /// The quotes of a scope in page order, the furniture's with the whole pages.
    fn quotes(&self, scope: Scope) -> Vec<(PageId, u32, &'a Quote)> {
        let index = self.index;
        let pages = self.pages.iter().zip(0_u32..);
        pages
            .flat_map(|(page, number)| {
                let lines = page.quote_lines.iter().copied();
                let quotes = page.quotes.iter().zip(lines);
                quotes.map(move |(quote, line)| (PageId(number), line, quote))
            })
            .filter(|(id, _, quote)| in_scope(index, *id, quote.article, scope))
            .collect()
    }

    /// The words of a quote, a line each.
    fn words(&self, page: PageId, quote: &Quote) -> Vec<String> {
        let spans = quote.spans.iter();
        spans.map(|&span| self.index.text_at(page, span)).collect()
    }

    fn is_from(&self, page: PageId, quote: &Quote, outlet: &str) -> bool {
        self.outlets_of(page, quote).any(|name| name == outlet)
    }

    /// The outlets of the article of a quote.
    fn outlets_of(&self, page: PageId, quote: &Quote) -> impl Iterator<Item = &str> {
        let article = quote
            .article
            .and_then(|article| article_number(self.index, page, article));
        let outlets = &self.stated.outlets;
        let numbers = article.map(|article| outlets.of(article));
        let numbers = numbers.unwrap_or_default().iter();
        numbers.map(|&number| outlets.names().form(FormId(number)))
    }

    fn holds(&self, page: PageId, quote: &Quote, filter: &str) -> bool {
        quote
            .spans
            .iter()
            .any(|span| letters_key(&self.index.text_at(page, *span)).contains(filter))
    }

    /// Whether a quote mentions the entity and is not its own.
    fn is_about(&self, page: PageId, quote: &Quote, id: EntityId) -> bool {
        let mentions = self.layer.mentions_of_page(page.0);
        let inside = |span: &ByteSpan| {
            let from = mentions.partition_point(|m| m.span.start < span.start);
            let after = mentions.get(from..).unwrap_or_default().iter();
            after
                .take_while(|m| m.span.end <= span.end)
                .any(|m| m.entity == id)
        };
        quote.spans.iter().any(inside)
            && !self.who(page, quote.start(), &quote.speaker).contains(&id)
    }

    /// The entities of a speaker; `byte` is where the quote begins.
    fn who(&self, page: PageId, byte: u32, speaker: &Speaker) -> Vec<EntityId> {
        let near = speaker.words.map_or(byte, |words| words.start);
        let found = speaker.entities.iter();
        found
            .map(|&id| self.layer.linked(id, page.0, near))
            .collect()
    }

    fn speakers(&self, entities: impl Iterator<Item = EntityId>) -> Vec<SpeakerRow> {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for entity in entities {
            *counts.entry(entity.0).or_default() += 1;
        }
        let mut rows: Vec<(u32, u32)> = counts.into_iter().collect();
        rows.arrange_by_key(|&(entity, count)| (std::cmp::Reverse(count), entity));
        rows.into_iter()
            .take(LISTED)
            .filter_map(|(entity, quotes)| {
                let entity = self.layer.entities().get(entity as usize)?;
                Some(SpeakerRow {
                    id: entity.id.clone(),
                    name: entity.name.clone(),
                    kind: entity.kind.name(),
                    quotes,
                })
            })
            .collect()
    }

    fn outlets(&self, quotes: &[(PageId, u32, &Quote)]) -> Vec<(String, u32)> {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for outlet in quotes
            .iter()
            .flat_map(|(page, _, quote)| self.outlets_of(*page, quote))
        {
            *counts.entry(outlet).or_default() += 1;
        }
        let mut rows: Vec<(&str, u32)> = counts.into_iter().collect();
        rows.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        rows.truncate(LISTED);
        let rows = rows.into_iter();
        rows.map(|(outlet, quotes)| (outlet.to_owned(), quotes))
            .collect()
    }

    fn speaker(&self, page: PageId, byte: u32, speaker: &Speaker) -> SpeakerReply {
        let ids = self.who(page, byte, speaker).into_iter();
        let entities = ids.filter_map(|id| self.layer.entity(id));
        SpeakerReply {
            entities: entities
                .map(|entity| (entity.id.clone(), entity.name.clone()))
                .collect(),
            words: speaker.words.map(|words| self.index.text_at(page, words)),
            rule: speaker.rule.code(),
        }
    }

    /// A quote with the line around it; with `shared`, its words and which of
    /// them it shares.
    fn row(
        &self,
        page: PageId,
        line: u32,
        quote: &Quote,
        shared: Option<(&str, &Vec<ByteSpan>)>,
    ) -> Option<QuoteRow> {
        let first = quote.spans.first().copied()?;
        let names = self
            .pages
            .get(page.0 as usize)
            .map_or(&[][..], |page| page.names.as_slice());
        let addressee = quote.addressee.and_then(|at| names.get(at as usize));
        let addressee = addressee.and_then(|name| {
            let id = self.layer.linked(name.entity, page.0, name.span.start);
            self.layer.entity(id)
        });
        let relay = quote.relay.iter();
        Some(QuoteRow {
            place: place(self.index, page, quote.article, first, line)?,
            kind: quote.kind.name(),
            rule: quote.rule,
            words: self.words(page, quote).join("\n"),
            speaker: self.speaker(page, first.start, &quote.speaker),
            cue: quote.cue.map(|cue| self.index.text_at(page, cue)),
            addressee: addressee.map(|entity| (entity.id.clone(), entity.name.clone())),
            relay: relay
                .map(|speaker| self.speaker(page, first.start, speaker))
                .collect(),
            flags: quote.flags.iter().copied().map(QuoteFlag::code).collect(),
            segments: match shared {
                Some((text, shared)) => {
                    let whole = ByteSpan::new(0, text.len());
                    segments(&Excerpt::new(text, 0), whole, shared, &[])
                }
                None => {
                    let mentions = names_near(self.layer, page, first);
                    around(self.index, page, first, &mentions)
                }
            },
        })
    }
}

/// Lines joined to one text, and where each stands in it.
fn joined(lines: &[String]) -> (String, Vec<ByteSpan>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        spans.push(ByteSpan::new(text.len(), text.len() + line.len()));
        text.push_str(line);
    }
    (text, spans)
}
