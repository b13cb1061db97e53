//! What is known of the articles of a page: fields that came with the text
//! stand before what anatomy found in it.

use super::given::Given;
use super::page::{Article, Role};
use crate::text::ByteSpan;
use crate::text::date::CalendarDate;
use std::borrow::Cow;

/// A date of publication with the words that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The day.
    pub date: CalendarDate,
    /// The words.
    pub raw: String,
    /// Code of where they stand: `date-line`, `given-field`, `json-ld` …
    pub origin: &'static str,
}

/// What is known of the articles of one page. `text` reads a span of the
/// page's text, wherever that is kept.
#[derive(Clone, Debug)]
pub struct Facts<'p, F> {
    articles: Cow<'p, [Article]>,
    given: &'p Given,
    text: F,
}

impl<'p, F: Fn(ByteSpan) -> String> Facts<'p, F> {
    /// Of these articles of one page and what came with it.
    #[must_use]
    pub fn new(articles: impl Into<Cow<'p, [Article]>>, given: &'p Given, text: F) -> Self {
        Self {
            articles: articles.into(),
            given,
            text,
        }
    }

    /// Whether the given fields speak of the article at `index`: of the main one.
    fn is_given(&self, index: usize) -> bool {
        let mut articles = self.articles.iter();
        articles.position(|article| article.role == Role::Main) == Some(index)
    }

    fn texts(&self, spans: &[ByteSpan]) -> Vec<String> {
        spans.iter().map(|&span| (self.text)(span)).collect()
    }

    /// Title of an article: as it stands in the text, else as given.
    #[must_use]
    pub fn title_of(&self, index: usize) -> Option<String> {
        let article = self.articles.get(index)?;
        let given = || self.given.title.clone().filter(|_| self.is_given(index));
        article.title.map(&self.text).or_else(given)
    }

    /// Date of publication of an article: as given, else as its page states it.
    #[must_use]
    pub fn published_of(&self, index: usize) -> Option<StatedDate> {
        let given = self.given.published.as_ref();
        if let Some(given) = given.filter(|_| self.is_given(index)) {
            return Some(StatedDate {
                date: given.date,
                raw: given.raw.clone(),
                origin: given.origin.name(),
            });
        }
        let published = self.articles.get(index)?.published?;
        Some(StatedDate {
            date: published.date,
            raw: (self.text)(published.raw),
            origin: published.origin,
        })
    }

    /// Day of publication of an article, as [`Facts::published_of`].
    #[must_use]
    pub fn day_of(&self, index: usize) -> Option<CalendarDate> {
        let given = self.given.published.as_ref();
        let given = given
            .filter(|_| self.is_given(index))
            .map(|given| given.date);
        given.or_else(|| Some(self.articles.get(index)?.published?.date))
    }

    /// Outlets of an article: as given, else as its page names them.
    #[must_use]
    pub fn outlets_of(&self, index: usize) -> Vec<String> {
        if self.is_given(index) && !self.given.outlets.is_empty() {
            return self.given.outlets.clone();
        }
        let article = self.articles.get(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.outlets))
    }

    /// Keywords of an article that can be told apart: as given, else as its page lists them.
    #[must_use]
    pub fn keywords_of(&self, index: usize) -> Vec<String> {
        if self.is_given(index) && !self.given.keywords.is_empty() {
            return self.given.keywords.clone();
        }
        let article = self.articles.get(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.keywords))
    }

    /// Who wrote an article, as given.
    #[must_use]
    pub fn authors_of(&self, index: usize) -> &'p [String] {
        if self.is_given(index) {
            &self.given.authors
        } else {
            &[]
        }
    }

    /// Where an article was published, as given: an `http` or `https` address.
    #[must_use]
    pub fn url_of(&self, index: usize) -> Option<&'p str> {
        let url = self.given.url.as_deref();
        url.filter(|_| self.is_given(index))
    }
}
