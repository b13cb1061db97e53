//! Dates, quotes and descriptions as bytes, and read again.

use super::page_frame::{day, put_day};
use crate::entities::dates::PageDate;
use crate::entities::entity::EntityId;
use crate::entities::quotes::{
    Description, QUOTE_RULES, Quote, QuoteFlag, QuoteKind, Speaker, SpeakerRule,
};
use crate::parse::frame::{Cursor, FrameError, put_number, put_option};
use crate::text::ByteSpan;
use crate::text::date::{Anchor, DATE_RULES, DateFlag, DateValue, Resolution};

/// The place of a value in the list of all there are; `u64::MAX`, which no reader takes, for one that is missing in it.
pub(in crate::entities) fn put_place<T: PartialEq>(out: &mut Vec<u8>, all: &[T], value: &T) {
    let place = all.iter().position(|one| one == value);
    put_number(out, place.map_or(u64::MAX, |place| place as u64));
}

pub(in crate::entities) fn place<T: Copy>(
    cursor: &mut Cursor<'_>,
    all: &[T],
) -> Result<T, FrameError> {
    let place = usize::try_from(cursor.number()?).map_err(|_| FrameError)?;
    all.get(place).copied().ok_or(FrameError)
}

/// A span, counted from `from`.
pub(super) fn put_span(out: &mut Vec<u8>, from: u32, span: ByteSpan) {
    put_signed(out, i64::from(span.start) - i64::from(from));
    put_number(out, u64::from(span.end.saturating_sub(span.start)));
}

pub(super) fn span(cursor: &mut Cursor<'_>, from: u32) -> Result<ByteSpan, FrameError> {
    let start = i64::from(from) + signed(cursor)?;
    let start = u32::try_from(start).map_err(|_| FrameError)?;
    let end = start.checked_add(cursor.number_u32()?).ok_or(FrameError)?;
    Ok(ByteSpan { start, end })
}

fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

fn signed(cursor: &mut Cursor<'_>) -> Result<i64, FrameError> {
    let number = cursor.number()?;
    Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}

/// A list: its length, then its items.
pub(in crate::entities) fn items<'c, T>(
    cursor: &mut Cursor<'c>,
    read: impl Fn(&mut Cursor<'c>) -> Result<T, FrameError>,
) -> Result<Vec<T>, FrameError> {
    let mut items = Vec::new();
    for _ in 0..cursor.number()? {
        items.push(read(cursor)?);
    }
    Ok(items)
}

fn put_article(out: &mut Vec<u8>, article: Option<usize>) {
    put_number(out, article.map_or(0, |article| article as u64 + 1));
}

fn article(cursor: &mut Cursor<'_>) -> Result<Option<usize>, FrameError> {
    Ok(cursor
        .number()?
        .checked_sub(1)
        .map(|article| article as usize))
}

pub(super) fn put_date(out: &mut Vec<u8>, date: &PageDate) {
    put_span(out, 0, date.span);
    put_article(out, date.article);
    out.push(u8::from(date.published_line));
    put_option(out, date.published.as_ref(), put_day);
    let resolution = &date.resolution;
    put_option(out, resolution.value.as_ref(), put_value);
    put_option(out, resolution.anchor.as_ref(), |out, anchor| {
        put_place(out, &ANCHORS, anchor);
    });
    put_place(out, &DATE_RULES, &resolution.rule);
    put_number(out, resolution.flags.len() as u64);
    for flag in &resolution.flags {
        put_place(out, &DateFlag::ALL, flag);
    }
    put_option(out, date.suggestion.as_ref(), put_value);
}

const ANCHORS: [Anchor; 2] = [Anchor::Explicit, Anchor::Published];

pub(super) fn date(cursor: &mut Cursor<'_>) -> Result<PageDate, FrameError> {
    Ok(PageDate {
        span: span(cursor, 0)?,
        article: article(cursor)?,
        published_line: cursor.byte()? == 1,
        published: cursor.option(day)?,
        resolution: Resolution {
            value: cursor.option(value)?,
            anchor: cursor.option(|cursor| place(cursor, &ANCHORS))?,
            rule: place(cursor, &DATE_RULES)?,
            flags: items(cursor, |cursor| place(cursor, &DateFlag::ALL))?,
        },
        suggestion: cursor.option(value)?,
    })
}

fn put_value(out: &mut Vec<u8>, value: &DateValue) {
    let year = |out: &mut Vec<u8>, year: u16| put_number(out, u64::from(year));
    match *value {
        DateValue::Day(day) => {
            out.push(0);
            put_day(out, &day);
        }
        DateValue::Week { year: of, week } => {
            out.push(1);
            year(out, of);
            out.push(week);
        }
        DateValue::Month { year: of, month } => {
            out.push(2);
            year(out, of);
            out.push(month);
        }
        DateValue::Year(of) => {
            out.push(3);
            year(out, of);
        }
        DateValue::Years(first, last) => {
            out.push(4);
            year(out, first);
            year(out, last);
        }
        DateValue::Months {
            year: of,
            first,
            last,
        } => {
            out.push(5);
            year(out, of);
            out.extend([first, last]);
        }
        DateValue::Days(first, last) => {
            out.push(6);
            put_day(out, &first);
            put_day(out, &last);
        }
    }
}

fn value(cursor: &mut Cursor<'_>) -> Result<DateValue, FrameError> {
    let kind = cursor.byte()?;
    if kind == 0 || kind == 6 {
        let first = day(cursor)?;
        return Ok(if kind == 0 {
            DateValue::Day(first)
        } else {
            DateValue::Days(first, day(cursor)?)
        });
    }
    let year = u16::try_from(cursor.number()?).map_err(|_| FrameError)?;
    Ok(match kind {
        1 => DateValue::Week {
            year,
            week: cursor.byte()?,
        },
        2 => DateValue::Month {
            year,
            month: cursor.byte()?,
        },
        3 => DateValue::Year(year),
        4 => {
            let last = u16::try_from(cursor.number()?).map_err(|_| FrameError)?;
            DateValue::Years(year, last)
        }
        5 => DateValue::Months {
            year,
            first: cursor.byte()?,
            last: cursor.byte()?,
        },
        _ => return Err(FrameError),
    })
}

pub(super) fn put_quote(out: &mut Vec<u8>, quote: &Quote) {
    put_number(out, quote.spans.len() as u64);
    for &span in &quote.spans {
        put_span(out, 0, span);
    }
    put_article(out, quote.article);
    put_place(out, &QuoteKind::ALL, &quote.kind);
    put_place(out, &QUOTE_RULES, &quote.rule);
    put_speaker(out, &quote.speaker);
    put_option(out, quote.cue.as_ref(), |out, &cue| put_span(out, 0, cue));
    put_option(out, quote.addressee.as_ref(), |out, &name| {
        put_number(out, u64::from(name));
    });
    put_number(out, quote.relay.len() as u64);
    for speaker in &quote.relay {
        put_speaker(out, speaker);
    }
    put_number(out, quote.flags.len() as u64);
    for flag in &quote.flags {
        put_place(out, &QuoteFlag::ALL, flag);
    }
}

pub(super) fn quote(cursor: &mut Cursor<'_>) -> Result<Quote, FrameError> {
    Ok(Quote {
        spans: items(cursor, |cursor| span(cursor, 0))?,
        article: article(cursor)?,
        kind: place(cursor, &QuoteKind::ALL)?,
        rule: place(cursor, &QUOTE_RULES)?,
        speaker: speaker(cursor)?,
        cue: cursor.option(|cursor| span(cursor, 0))?,
        addressee: cursor.option(Cursor::number_u32)?,
        relay: items(cursor, speaker)?,
        flags: items(cursor, |cursor| place(cursor, &QuoteFlag::ALL))?,
    })
}

pub(super) fn put_description(out: &mut Vec<u8>, description: &Description) {
    put_span(out, 0, description.span);
    put_number(out, u64::from(description.entity.0));
    out.push(u8::from(description.alone));
    put_number(out, u64::from(description.article));
}

pub(super) fn description(cursor: &mut Cursor<'_>) -> Result<Description, FrameError> {
    Ok(Description {
        span: span(cursor, 0)?,
        entity: EntityId(cursor.number_u32()?),
        alone: cursor.byte()? == 1,
        article: cursor.number_u32()?,
    })
}

fn put_speaker(out: &mut Vec<u8>, speaker: &Speaker) {
    put_number(out, speaker.entities.len() as u64);
    for entity in &speaker.entities {
        put_number(out, u64::from(entity.0));
    }
    put_option(out, speaker.words.as_ref(), |out, &words| {
        put_span(out, 0, words);
    });
    put_place(out, &SpeakerRule::ALL, &speaker.rule);
}

fn speaker(cursor: &mut Cursor<'_>) -> Result<Speaker, FrameError> {
    Ok(Speaker {
        entities: items(cursor, |cursor| Ok(EntityId(cursor.number_u32()?)))?,
        words: cursor.option(|cursor| span(cursor, 0))?,
        rule: place(cursor, &SpeakerRule::ALL)?,
    })
}
