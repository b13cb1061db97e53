//! Parts of columns: of every article what it states of one kind.
//!
//! Names: the distinct ones in the order in which articles first have them, how many each article has, and which. Days:
//! the first month, of each article how many months later, plus one (0: no day), then the day of the month of those
//! that have one. Numbers of a kind stand together, so that deflating finds what repeats.

use super::PartKind;
use crate::index::file::error::Inconsistent;
use crate::index::{Column, Columns, Index, Values};
use crate::parse::frame::{Cursor, FrameError};
#[cfg(feature = "readers")]
use crate::parse::frame::{put_number, put_text};
use crate::text::date::CalendarDate;
use std::sync::Arc;

/// What every column holds.
#[cfg(feature = "readers")]
pub(super) fn write(index: &Index) -> [Vec<u8>; 3] {
    let mut columns = Columns::default();
    columns.prepare(index, usize::MAX);
    let articles = u32::try_from(columns.days.len()).unwrap_or(u32::MAX);
    Column::ALL.map(|column| match column {
        Column::Outlets => write_names(&columns.outlets, articles),
        Column::Keywords => write_names(&columns.keywords, articles),
        Column::Days => write_days(&columns.days),
    })
}

#[cfg(feature = "readers")]
fn write_names(values: &Values, articles: u32) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, values.names().len() as u64);
    for (_, name) in values.names().forms() {
        put_text(&mut out, name);
    }
    for article in 0..articles {
        put_number(&mut out, values.of(article).len() as u64);
    }
    for article in 0..articles {
        for &name in values.of(article) {
            put_number(&mut out, u64::from(name));
        }
    }
    out
}

#[cfg(feature = "readers")]
fn write_days(days: &[Option<CalendarDate>]) -> Vec<u8> {
    let month = |day: CalendarDate| u64::from(day.year) * 12 + u64::from(day.month) - 1;
    let first = days.iter().flatten().map(|&day| month(day)).min();
    let first = first.unwrap_or_default();
    let mut out = Vec::new();
    put_number(&mut out, first);
    for day in days {
        put_number(&mut out, day.map_or(0, |day| month(day) - first + 1));
    }
    out.extend(days.iter().flatten().map(|day| day.day));
    out
}

/// Takes a column of so many articles.
pub(super) fn take(
    columns: &mut Columns,
    column: usize,
    articles: usize,
    bytes: &[u8],
) -> Result<(), Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let read = match Column::ALL.get(column) {
        Some(Column::Outlets) => names(&mut cursor, articles).map(|read| columns.outlets = read),
        Some(Column::Keywords) => names(&mut cursor, articles).map(|read| columns.keywords = read),
        Some(Column::Days) => days(&mut cursor, articles).map(|read| columns.days = read),
        None => Err(FrameError),
    };
    read.map_err(|_| Inconsistent)?;
    (cursor.at == bytes.len()).then_some(()).ok_or(Inconsistent)
}

fn numbers(cursor: &mut Cursor<'_>, count: usize) -> Result<Vec<u32>, FrameError> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        numbers.push(cursor.number_u32()?);
    }
    Ok(numbers)
}

fn names(cursor: &mut Cursor<'_>, articles: usize) -> Result<Values, FrameError> {
    let names = cursor.list()?;
    let mut values = Values::default();
    for count in numbers(cursor, articles)? {
        let mut of_article = Vec::new();
        for name in numbers(cursor, count as usize)? {
            of_article.push(names.get(name as usize).ok_or(FrameError)?.as_str());
        }
        values.push(of_article.into_iter());
    }
    Ok(values)
}

fn days(cursor: &mut Cursor<'_>, articles: usize) -> Result<Vec<Option<CalendarDate>>, FrameError> {
    let first = cursor.number_u32()?;
    let months = numbers(cursor, articles)?.into_iter();
    let day = |month: u32| {
        let Some(later) = month.checked_sub(1) else {
            return Ok(None);
        };
        let month = first.checked_add(later).ok_or(FrameError)?;
        let year = u16::try_from(month / 12).map_err(|_| FrameError)?;
        let day = CalendarDate::new(year, (month % 12) as u8 + 1, cursor.byte()?);
        day.map(Some).ok_or(FrameError)
    };
    months.map(day).collect()
}

impl Index {
    /// The columns of an index in parts that came, and whether this one is among them; if not, it is asked for.
    /// `None` where the index is not in parts.
    #[must_use]
    pub fn written_columns(&self, column: Column) -> Option<(&Arc<Columns>, bool)> {
        let parts = self.parts.as_ref()?;
        let shelf = parts.directory.shelf(PartKind::Columns, column as usize);
        let is_there = *parts.held.get(shelf)?;
        parts.want(shelf);
        Some((&parts.columns, is_there))
    }
}
