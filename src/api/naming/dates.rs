//! The dates reply: a timeline of publication and one of mention, and the dates behind them.

use crate::api::explorer::find;
use crate::api::naming::place::{around, in_scope, names_near, place};
use crate::api::request::{DatesRequest, limit, one_of, scope, skip};
use crate::api::{DateRow, DatesReply, Error, Explorer, TimeBucket};
use crate::entities::dates::PageDate;
use crate::entities::{EntityId, EntityLayer, Mention};
use crate::index::{Index, PageId, Passage, Scope};
use crate::parse::Role;
use crate::search::columns::Facet;
use crate::sorting::Arrange;
use crate::text::ByteSpan;
use crate::text::date::{Anchor, CalendarDate, DateFlag, DateValue, find_date};
use std::sync::Arc;

/// Rows when the request does not say.
const DEFAULT_ROWS: usize = 100;

/// Buckets of a timeline, at most; the unit grows until they are enough.
const MOST_BUCKETS: usize = 400;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    Day,
    #[default]
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn of(self, day: CalendarDate) -> DateValue {
        match self {
            Self::Day => DateValue::Day(day),
            Self::Month => DateValue::Month {
                year: day.year,
                month: day.month,
            },
            Self::Year => DateValue::Year(day.year),
        }
    }

    /// Whether a value is no longer than this unit, so that it has one bucket.
    fn holds(self, value: DateValue) -> bool {
        value
            .bounds()
            .is_some_and(|(first, last)| self.of(first) == self.of(last))
    }
}

impl Explorer {
    /// The dates of the corpus: when articles were published, and which times they mention.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values that are not allowed;
    /// [`Error::UnknownDocument`] when no page or article has the id.
    pub fn dates(&mut self, request: &DatesRequest) -> Result<DatesReply, Error> {
        self.with_parts(|explorer| explorer.found_dates(request))
    }

    fn found_dates(&mut self, request: &DatesRequest) -> Result<DatesReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let limit = limit(request.limit, DEFAULT_ROWS)?;
        let offset = skip("offset", request.offset)?;
        let wanted = one_of(
            "resolved",
            request.resolved.as_deref(),
            |name| match name {
                "all" => Some(None),
                "yes" => Some(Some(true)),
                "no" => Some(Some(false)),
                _ => None,
            },
            &["all", "yes", "no"],
        )?;
        let from = day("from", request.from.as_deref())?;
        let to = day("to", request.to.as_deref())?;
        let unit = unit(request.unit.as_deref())?;
        self.fresh_columns(&[Facet::Date]);
        let stated = Arc::clone(&self.caches.columns.stated);
        let unread = EntityLayer::default();
        // Of a corpus in parts all that texts mention comes at once, and only where it is asked for.
        let is_asked_for = request.mentioned == Some(true) || request.entity.is_some();
        let is_annotated = is_asked_for || self.layers.is_some() || !self.index.is_in_parts();
        let (index, layer, annotations) = if is_annotated {
            self.with_annotations()?
        } else {
            (&self.index, &unread, &[] as &[_])
        };
        let only = request
            .id
            .as_deref()
            .map(|id| find(index, id))
            .transpose()?;
        let told = match request.entity.as_deref() {
            Some(id) => {
                let unknown = || Error::UnknownEntity { id: id.to_owned() };
                let id = layer.find(id).ok_or_else(unknown)?;
                Some(Told::of(index, layer, id))
            }
            None => None,
        };
        let mut published: Vec<(DateValue, u32)> = Vec::new();
        let mut undated = 0;
        for ((article, day), number) in index.articles().iter().zip(&stated.days).zip(0u32..) {
            let (page, at) = (article.page, Some(article.index));
            if (scope == Scope::Main && article.role != Role::Main)
                || !is_asked(only, page, at)
                || told
                    .as_ref()
                    .is_some_and(|told| told.articles.binary_search(&number).is_err())
            {
                continue;
            }
            match day {
                Some(day) => published.push((DateValue::Day(*day), page.0)),
                None => undated += 1,
            }
        }
        let dates: Vec<(u32, u32, &PageDate)> = annotations
            .iter()
            .zip(0_u32..)
            .flat_map(|(page, number)| {
                let lines = page.date_lines.iter().copied();
                let dates = page.dates.iter().zip(lines);
                dates.map(move |(date, line)| (number, line, date))
            })
            .filter(|(number, _, date)| {
                !date.published_line
                    && in_scope(index, PageId(*number), date.article, scope)
                    && is_asked(only, PageId(*number), date.article)
                    && told.as_ref().is_none_or(|told| told.date(*number, date))
            })
            .collect();
        let mentioned: Vec<(DateValue, u32)> = dates
            .iter()
            .filter_map(|(number, _, date)| Some((date.resolution.value?, *number)))
            .collect();
        let unit = unit.unwrap_or_else(|| fitting(&published, &mentioned));
        let resolved = mentioned.len();
        let matching: Vec<&(u32, u32, &PageDate)> = dates
            .iter()
            .filter(|(.., date)| {
                wanted.is_none_or(|wanted| wanted == date.resolution.value.is_some())
            })
            .filter(|(.., date)| is_within(date.resolution.value, from, to))
            .collect();
        let rows = matching.iter().skip(offset).take(limit);
        Ok(DatesReply {
            scope: scope.name(),
            annotated: is_annotated,
            unit: unit.name(),
            published: buckets(unit, &published),
            mentioned: buckets(unit, &mentioned),
            longer: mentioned
                .iter()
                .filter(|(value, _)| !unit.holds(*value))
                .count(),
            dated_articles: published.len(),
            undated_articles: undated,
            resolved,
            unresolved: dates.len() - resolved,
            matching: matching.len(),
            rows: rows
                .filter_map(|(number, line, date)| {
                    let mentions = names_near(layer, PageId(*number), date.span);
                    row(index, PageId(*number), *line, date, &mentions)
                })
                .collect(),
        })
    }
}

/// Where an entity is told of.
struct Told {
    /// Numbers of articles, sorted.
    articles: Vec<u32>,
    /// Pages with the bytes of the sentences that mention it, sorted.
    sentences: Vec<(u32, ByteSpan)>,
}

impl Told {
    fn of(index: &Index, layer: &EntityLayer, id: EntityId) -> Self {
        let mentions: Vec<&Mention> = layer.mentions_of(id).collect();
        let mut articles: Vec<u32> = mentions.iter().filter_map(|m| m.article).collect();
        articles.arrange();
        articles.dedup();
        let mut passage = Passage::default();
        let mut sentences = Vec::new();
        for on_page in mentions.chunk_by(|a, b| a.page == b.page) {
            let Some(page) = on_page.first().map(|m| PageId(m.page)) else {
                continue;
            };
            index.read_passage(page, 0..u32::MAX, &mut passage);
            let spans = passage.spans();
            let starts = passage.sentence_starts();
            let begins = |at: usize| starts.get(at).copied().unwrap_or(true);
            for mention in on_page {
                let at = mention.first_token as usize;
                let first = (0..=at).rev().find(|&at| begins(at)).unwrap_or(0);
                let last = (at + 1..spans.len()).find(|&at| begins(at));
                let last = last.unwrap_or(spans.len()).saturating_sub(1);
                if let (Some(first), Some(last)) = (spans.get(first), spans.get(last)) {
                    let span = ByteSpan {
                        start: first.start,
                        end: last.end,
                    };
                    sentences.push((page.0, span));
                }
            }
        }
        Self {
            articles,
            sentences,
        }
    }

    fn date(&self, page: u32, date: &PageDate) -> bool {
        let from = self.sentences.partition_point(|&(other, _)| other < page);
        let here = self.sentences.get(from..).unwrap_or_default().iter();
        here.take_while(|&&(other, _)| other == page)
            .any(|(_, sentence)| sentence.overlaps(&date.span))
    }
}

fn unit(name: Option<&str>) -> Result<Option<Unit>, Error> {
    let from_name = |name: &str| match name {
        "auto" => Some(None),
        _ => Unit::ALL
            .into_iter()
            .find(|unit| unit.name() == name)
            .map(Some),
    };
    one_of("unit", name, from_name, &["auto", "day", "month", "year"])
}

/// Reads a day written as 2023-09-15.
fn day(field: &str, text: Option<&str>) -> Result<Option<CalendarDate>, Error> {
    let Some(text) = text else {
        return Ok(None);
    };
    let found = find_date(text).filter(|(span, _)| span.len() == text.len());
    match found {
        Some((_, day)) if text.len() == 10 => Ok(Some(day)),
        _ => Err(Error::BadRequest {
            field: field.to_owned(),
            found: text.to_owned(),
            allowed: "a day as 2023-09-15".to_owned(),
        }),
    }
}

fn is_asked(only: Option<(PageId, Option<usize>)>, page: PageId, article: Option<usize>) -> bool {
    only.is_none_or(|(id, index)| id == page && (index.is_none() || index == article))
}

fn is_within(
    value: Option<DateValue>,
    from: Option<CalendarDate>,
    to: Option<CalendarDate>,
) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    value
        .and_then(DateValue::bounds)
        .is_some_and(|(first, last)| {
            from.is_none_or(|from| last >= from) && to.is_none_or(|to| first <= to)
        })
}

/// The smallest unit in which each timeline has few buckets.
fn fitting(published: &[(DateValue, u32)], mentioned: &[(DateValue, u32)]) -> Unit {
    let few = |unit: Unit| {
        let keys = |series: &[(DateValue, u32)]| buckets(unit, series).len();
        keys(published).max(keys(mentioned)) <= 60
    };
    Unit::ALL
        .into_iter()
        .find(|&unit| few(unit))
        .unwrap_or(Unit::Year)
}

/// Counts values by unit, in order of time; longer ones have no bucket.
fn buckets(unit: Unit, series: &[(DateValue, u32)]) -> Vec<TimeBucket> {
    let mut placed: Vec<(CalendarDate, u32)> = series
        .iter()
        .filter(|(value, _)| unit.holds(*value))
        .filter_map(|(value, page)| {
            let (first, _) = unit.of(value.bounds()?.0).bounds()?;
            Some((first, *page))
        })
        .collect();
    placed.arrange();
    let mut found: Vec<TimeBucket> = Vec::new();
    let mut last = None;
    for (first, page) in placed {
        let value = unit.of(first);
        let Some((from, to)) = value.bounds() else {
            continue;
        };
        let key = value.to_string();
        match found.last_mut() {
            Some(bucket) if bucket.key == key => {
                bucket.count += 1;
                bucket.pages += u32::from(last != Some(page));
            }
            _ => found.push(TimeBucket {
                key,
                from: from.to_string(),
                to: to.to_string(),
                count: 1,
                pages: 1,
            }),
        }
        last = Some(page);
    }
    if found.len() > MOST_BUCKETS {
        found.drain(..found.len() - MOST_BUCKETS);
    }
    found
}

fn row(
    index: &Index,
    id: PageId,
    line: u32,
    date: &PageDate,
    mentions: &[(ByteSpan, &str)],
) -> Option<DateRow> {
    let bounds = date.resolution.value.and_then(DateValue::bounds);
    Some(DateRow {
        place: place(index, id, date.article, date.span, line)?,
        words: index.text_at(id, date.span),
        value: date.resolution.value.map(|value| value.to_string()),
        kind: date.resolution.value.map(DateValue::kind),
        from: bounds.map(|(first, _)| first.to_string()),
        to: bounds.map(|(_, last)| last.to_string()),
        anchor: date.resolution.anchor.map(Anchor::name),
        rule: date.resolution.rule,
        seen_from: date.published.map(|day| day.to_string()),
        flags: date
            .resolution
            .flags
            .iter()
            .copied()
            .map(DateFlag::code)
            .collect(),
        suggestion: date.suggestion.map(|value| value.to_string()),
        segments: around(index, id, date.span, mentions),
    })
}
