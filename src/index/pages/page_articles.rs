//! What the articles of a page state in few bytes: most state little.

use crate::parse::frame::{Cursor, FrameError, put_number, put_option};
use crate::parse::reason_table::{REASONS, reason_at};
use crate::parse::{Article, ArticleList, Published, Role};
use crate::text::ByteSpan;
use crate::text::date::CalendarDate;
use std::borrow::Cow;

/// The articles of a page in order, each written by [`put_article`].
#[derive(Clone, Debug, Default)]
pub struct PageArticles {
    count: u32,
    bytes: Box<[u8]>,
    /// Where every [`STRIDE`]th article starts, from the second of them on: most pages have none.
    starts: Box<[u32]>,
}

/// To find an article, no more than so many before it are read.
const STRIDE: usize = 16;

impl PageArticles {
    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The articles in order.
    pub fn iter(&self) -> impl Iterator<Item = Article> {
        self.from(0)
    }

    /// The articles that are written from a byte on.
    fn from(&self, at: usize) -> impl Iterator<Item = Article> {
        let mut cursor = Cursor {
            bytes: &self.bytes,
            at,
        };
        let reason = |cursor: &mut Cursor<'_>| Ok(reason_at(cursor.number_u32()?));
        std::iter::from_fn(move || {
            let is_more = cursor.at < cursor.bytes.len();
            is_more.then(|| read_article(&mut cursor, u32::MAX, reason).ok())?
        })
    }

    /// The article at a place.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Article> {
        let before = (index / STRIDE).checked_sub(1);
        let start = match before {
            Some(before) => *self.starts.get(before)?,
            None => 0,
        };
        self.from(start as usize).nth(index % STRIDE)
    }

    /// Bytes that they take.
    pub(in crate::index) fn memory(&self) -> usize {
        self.bytes.len() + size_of_val(&*self.starts)
    }
}

impl ArticleList for PageArticles {
    fn at(&self, index: usize) -> Option<Cow<'_, Article>> {
        self.get(index).map(Cow::Owned)
    }

    fn main(&self) -> Option<usize> {
        self.iter().position(|article| article.role == Role::Main)
    }
}

impl FromIterator<Article> for PageArticles {
    fn from_iter<I: IntoIterator<Item = Article>>(articles: I) -> Self {
        let (mut count, mut bytes, mut starts) = (0, Vec::new(), Vec::new());
        for article in articles {
            if count > 0 && (count as usize).is_multiple_of(STRIDE) {
                starts.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
            }
            put_article(&mut bytes, &article, |code| {
                let known = REASONS.iter().position(|&known| known == code);
                known.unwrap_or(REASONS.len())
            });
            count += 1;
        }
        Self {
            count,
            bytes: bytes.into(),
            starts: starts.into(),
        }
    }
}

fn put_span(out: &mut Vec<u8>, span: &ByteSpan) {
    put_number(out, u64::from(span.start));
    put_number(out, span.len() as u64);
}

/// Writes an article; `reason_number` tells the number of the code of a rule.
pub(in crate::index) fn put_article(
    out: &mut Vec<u8>,
    article: &Article,
    reason_number: impl Fn(&str) -> usize,
) {
    out.push(u8::from(article.role == Role::Embedded));
    put_option(out, article.title.as_ref(), put_span);
    put_option(out, article.published.as_ref(), |out, published| {
        put_number(out, u64::from(published.date.year));
        out.push(published.date.month);
        out.push(published.date.day);
        put_span(out, &published.raw);
        put_number(out, reason_number(published.origin) as u64);
    });
    put_option(out, article.dateline_place.as_ref(), put_span);
    for list in [&article.outlets, &article.keywords] {
        put_number(out, list.len() as u64);
        list.iter().for_each(|span| put_span(out, span));
    }
    put_option(out, article.keywords_raw.as_ref(), put_span);
}

/// A stretch of a text that has so many bytes.
fn stretch(start: u32, length: u32, text_bytes: u32) -> Result<ByteSpan, FrameError> {
    let end = start.checked_add(length).filter(|&end| end <= text_bytes);
    let end = end.ok_or(FrameError)?;
    Ok(ByteSpan { start, end })
}

/// Reads an article of a text that has so many bytes; `reason` reads the code of a rule.
pub(in crate::index) fn read_article(
    cursor: &mut Cursor<'_>,
    text_bytes: u32,
    reason: impl Fn(&mut Cursor<'_>) -> Result<&'static str, FrameError>,
) -> Result<Article, FrameError> {
    let span = |cursor: &mut Cursor<'_>| {
        let start = cursor.number_u32()?;
        stretch(start, cursor.number_u32()?, text_bytes)
    };
    let role = match cursor.byte()? {
        0 => Role::Main,
        _ => Role::Embedded,
    };
    let mut article = Article::new(role);
    article.title = cursor.option(span)?;
    article.published = cursor.option(|cursor| {
        let year = u16::try_from(cursor.number()?).map_err(|_| FrameError)?;
        let (month, day) = (cursor.byte()?, cursor.byte()?);
        Ok(Published {
            date: CalendarDate::new(year, month, day).ok_or(FrameError)?,
            raw: span(cursor)?,
            origin: reason(cursor)?,
        })
    })?;
    article.dateline_place = cursor.option(span)?;
    for list in [&mut article.outlets, &mut article.keywords] {
        for _ in 0..cursor.number()? {
            list.push(span(cursor)?);
        }
    }
    article.keywords_raw = cursor.option(span)?;
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn articles_are_those_that_were_packed() {
        let (mut dated, mut named) = (0, 0);
        let folders = ["corpus", "tests/pages"]
            .map(|folder| format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")));
        for folder in folders {
            for file in std::fs::read_dir(folder).expect("a folder") {
                let bytes = std::fs::read(file.expect("a file").path()).expect("readable");
                let articles = Page::read("page", &bytes).expect("text").articles;
                let packed: PageArticles = articles.iter().cloned().collect();
                assert_eq!(packed.iter().collect::<Vec<_>>(), articles);
                assert_eq!(
                    (packed.len(), packed.is_empty()),
                    (articles.len(), articles.is_empty())
                );
                for (at, article) in articles.iter().enumerate() {
                    assert_eq!(packed.get(at).as_ref(), Some(article));
                }
                assert_eq!(packed.get(articles.len()), None);
                let many: Vec<_> = articles.iter().cycle().take(50 * articles.len()).collect();
                let packed: PageArticles = many.iter().copied().cloned().collect();
                assert!(
                    (0..=many.len()).all(|at| packed.get(at).as_ref() == many.get(at).copied())
                );
                dated += articles
                    .iter()
                    .filter(|article| article.published.is_some())
                    .count();
                named += articles
                    .iter()
                    .filter(|article| !article.outlets.is_empty())
                    .count();
            }
        }
        assert!(
            dated > 0 && named > 0,
            "{dated} dated, {named} with outlets"
        );
    }
}
