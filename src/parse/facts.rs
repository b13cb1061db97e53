//! What is known of the articles of a page: fields that came with the text
//! stand before what anatomy found in it.

use super::page::{Page, Role};
use crate::text::ByteSpan;
use crate::text::date::CalendarDate;

/// A date of publication with the words that state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate<'p> {
    /// The day.
    pub date: CalendarDate,
    /// The words.
    pub raw: &'p str,
    /// Code of where they stand: `date-line`, `given-field`, `json-ld` …
    pub origin: &'static str,
}

impl Page {
    /// Whether the given fields speak of the article at `index`: of the main one.
    fn is_given(&self, index: usize) -> bool {
        let mut articles = self.articles.iter();
        articles.position(|article| article.role == Role::Main) == Some(index)
    }

    fn texts(&self, spans: &[ByteSpan]) -> Vec<&str> {
        spans.iter().map(|span| span.of(&self.text)).collect()
    }

    /// Title of an article: as it stands in the text, else as given.
    #[must_use]
    pub fn title_of(&self, index: usize) -> Option<&str> {
        let article = self.articles.get(index)?;
        let given = self.given.title.as_deref();
        article
            .title
            .map(|span| span.of(&self.text))
            .or_else(|| given.filter(|_| self.is_given(index)))
    }

    /// Date of publication of an article: as given, else as its page states it.
    #[must_use]
    pub fn published_of(&self, index: usize) -> Option<StatedDate<'_>> {
        let given = self.given.published.as_ref();
        if let Some(given) = given.filter(|_| self.is_given(index)) {
            return Some(StatedDate {
                date: given.date,
                raw: &given.raw,
                origin: given.origin.name(),
            });
        }
        let published = self.articles.get(index)?.published?;
        Some(StatedDate {
            date: published.date,
            raw: published.raw.of(&self.text),
            origin: published.origin,
        })
    }

    /// Outlets of an article: as given, else as its page names them.
    #[must_use]
    pub fn outlets_of(&self, index: usize) -> Vec<&str> {
        if self.is_given(index) && !self.given.outlets.is_empty() {
            return self.given.outlets.iter().map(String::as_str).collect();
        }
        let article = self.articles.get(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.outlets))
    }

    /// Keywords of an article that can be told apart: as given, else as its page lists them.
    #[must_use]
    pub fn keywords_of(&self, index: usize) -> Vec<&str> {
        if self.is_given(index) && !self.given.keywords.is_empty() {
            return self.given.keywords.iter().map(String::as_str).collect();
        }
        let article = self.articles.get(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.keywords))
    }

    /// Who wrote an article, as given.
    #[must_use]
    pub fn authors_of(&self, index: usize) -> &[String] {
        if self.is_given(index) {
            &self.given.authors
        } else {
            &[]
        }
    }

    /// Where an article was published, as given: an `http` or `https` address.
    #[must_use]
    pub fn url_of(&self, index: usize) -> Option<&str> {
        let url = self.given.url.as_deref();
        url.filter(|_| self.is_given(index))
    }
}
