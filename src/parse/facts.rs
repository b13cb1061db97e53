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

/// The articles of a page, however they are kept.
pub trait ArticleList: std::fmt::Debug {
    /// The article at a place.
    fn at(&self, index: usize) -> Option<Cow<'_, Article>>;
    /// The place of the page's own article.
    fn main(&self) -> Option<usize>;
}

impl ArticleList for Vec<Article> {
    fn at(&self, index: usize) -> Option<Cow<'_, Article>> {
        self.get(index).map(Cow::Borrowed)
    }

    fn main(&self) -> Option<usize> {
        self.iter().position(|article| article.role == Role::Main)
    }
}

/// What is known of the articles of one page. `text` reads a span of the
/// page's text, wherever that is kept.
#[derive(Clone, Debug)]
pub struct Facts<'p, F> {
    articles: &'p dyn ArticleList,
    given: &'p Given,
    text: F,
}

impl<'p, F: Fn(ByteSpan) -> String> Facts<'p, F> {
    /// Of these articles of one page and what came with it.
    #[must_use]
    pub fn new(articles: &'p dyn ArticleList, given: &'p Given, text: F) -> Self {
        Self {
            articles,
            given,
            text,
        }
    }

    /// Whether the given fields speak of the article at `index`: of the main one.
    fn is_given(&self, index: usize) -> bool {
        self.articles.main() == Some(index)
    }

    fn texts(&self, spans: &[ByteSpan]) -> Vec<String> {
        spans.iter().map(|&span| (self.text)(span)).collect()
    }

    /// Title of an article: as it stands in the text, else as given.
    #[must_use]
    pub fn title_of(&self, index: usize) -> Option<String> {
        let article = self.articles.at(index)?;
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
        let published = self.articles.at(index)?.published?;
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
        given.or_else(|| Some(self.articles.at(index)?.published?.date))
    }

    /// Outlets of an article: as given, else as its page names them.
    #[must_use]
    pub fn outlets_of(&self, index: usize) -> Vec<String> {
        if !self.given.outlets.is_empty() && self.is_given(index) {
            return self.given.outlets.clone();
        }
        let article = self.articles.at(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.outlets))
    }

    /// Keywords of an article that can be told apart: as given, else as its page lists them.
    #[must_use]
    pub fn keywords_of(&self, index: usize) -> Vec<String> {
        if !self.given.keywords.is_empty() && self.is_given(index) {
            return self.given.keywords.clone();
        }
        let article = self.articles.at(index);
        article.map_or_else(Vec::new, |article| self.texts(&article.keywords))
    }

    /// Who wrote an article, as given.
    #[must_use]
    pub fn authors_of(&self, index: usize) -> &'p [String] {
        if !self.given.authors.is_empty() && self.is_given(index) {
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
