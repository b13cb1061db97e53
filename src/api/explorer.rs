//! The explorer: a corpus and everything that can be asked of it.

use super::request::FileOptions;
use super::{ArticleInfo, Error, FileReport, PageInfo, PublishedDate};
use crate::entities::{EntityLayer, Recogniser, recognise_index};
use crate::index::{ArticleRef, Index, IndexedPage, PageId, Scope};
use crate::parse::{Article, Page, PartKind, ReadWarning};
use crate::text::{ByteSpan, tokenize};

/// A corpus that grows file by file and answers requests.
///
/// ```
/// use kashshaf::api::{Explorer, FileOptions, SearchRequest};
/// let mut explorer = Explorer::default();
/// let options = FileOptions { name: "a.txt".to_owned(), ..Default::default() };
/// explorer.add_file(&options, "التقى كيم وبوتين في روسيا.".as_bytes());
/// let request = SearchRequest { query: "بوتين".to_owned(), ..Default::default() };
/// let reply = explorer.search(&request).unwrap();
/// assert_eq!((reply.totals.hits, reply.totals.documents), (1, 1));
/// ```
#[derive(Debug, Default)]
pub struct Explorer {
    index: Index,
    recogniser: Option<Recogniser>,
    entities: Option<EntityLayer>,
}

impl Explorer {
    /// Reads, splits and indexes one file. Never fails: what cannot be read is
    /// reported, and nothing that was there before is lost.
    pub fn add_file(&mut self, options: &FileOptions, bytes: &[u8]) -> FileReport {
        let mut report = FileReport {
            name: options.name.clone(),
            status: "failed",
            id: None,
            bytes: bytes.len(),
            encoding: None,
            articles: 0,
            words: 0,
            warning: None,
            error: None,
        };
        let page = match Page::read(&options.name, bytes) {
            Ok(page) => page,
            Err(error) => {
                report.error = Some(Error::from(error).data());
                return report;
            }
        };
        report.encoding = Some(page.encoding.name());
        report.warning = page.warning.as_ref().map(ReadWarning::code);
        report.articles = page.articles.len();
        let (id, status) = match self.index.add(page, options.bundled.unwrap_or(false)) {
            Ok(id) => (id, "read"),
            Err(same) => (same, "duplicate"),
        };
        report.status = status;
        if let Some(page) = self.index.page(id) {
            report.id = Some(page.page.id());
            report.words = page.positions.end - page.positions.start;
        }
        if status == "read" {
            self.entities = None;
        }
        report
    }

    /// Brings the index up to date with the files added. Requests do it
    /// themselves; calling it early keeps the first of them quick.
    pub fn refresh(&mut self) {
        self.index.refresh();
    }

    /// The index, up to date.
    pub(super) fn fresh_index(&mut self) -> &Index {
        self.index.refresh();
        &self.index
    }

    /// The index and the entities found in it, both up to date.
    pub(super) fn with_entities(&mut self) -> (&Index, &EntityLayer) {
        self.index.refresh();
        let recogniser = self.recogniser.get_or_insert_with(Recogniser::default);
        let index = &self.index;
        let entities = self
            .entities
            .get_or_insert_with(|| recognise_index(recogniser, index));
        (index, entities)
    }
}

/// The page and, if the id names one, the article.
pub(super) fn find(index: &Index, id: &str) -> Result<(PageId, Option<usize>), Error> {
    let (page_id, ordinal) = match id.split_once('.') {
        Some((page, ordinal)) => (page, Some(ordinal)),
        None => (id, None),
    };
    let unknown = || Error::UnknownDocument { id: id.to_owned() };
    let place = index
        .pages()
        .iter()
        .position(|page| page.page.id() == page_id)
        .ok_or_else(unknown)?;
    let page = PageId(u32::try_from(place).map_err(|_| unknown())?);
    let Some(ordinal) = ordinal else {
        return Ok((page, None));
    };
    let articles = index.page(page).map_or(0, |page| page.page.articles.len());
    let number: usize = ordinal.parse().map_err(|_| unknown())?;
    let article = number
        .checked_sub(1)
        .filter(|&article| article < articles)
        .ok_or_else(unknown)?;
    Ok((page, Some(article)))
}

pub(super) fn page_info(page: &IndexedPage) -> PageInfo {
    let articles = page.page.articles.iter().enumerate();
    PageInfo {
        id: page.page.id(),
        name: page.page.name.clone(),
        heading: heading(&page.page),
        bytes: page.page.source_bytes,
        encoding: page.page.encoding.name(),
        warning: page.page.warning.as_ref().map(ReadWarning::code),
        words: page.positions.end - page.positions.start,
        words_by_group: page
            .words_by_group
            .iter()
            .map(|(group, n)| (group.name(), *n))
            .collect(),
        articles: articles
            .map(|(i, article)| article_info(&page.page, i, article))
            .collect(),
        headlines: page.page.headlines().map(ToOwned::to_owned).collect(),
        bundled: page.bundled,
    }
}

fn article_info(page: &Page, index: usize, article: &Article) -> ArticleInfo {
    let text = page.text.as_str();
    let texts = |spans: &[ByteSpan]| spans.iter().map(|span| span.of(text).to_owned()).collect();
    let in_article = page
        .parts_of(index)
        .filter(|part| matches!(part.kind, PartKind::Title | PartKind::Body));
    let words: usize = in_article
        .map(|part| tokenize(part.span.of(text)).count())
        .sum();
    ArticleInfo {
        id: page.article_id(index),
        page: page.name.clone(),
        page_id: page.id(),
        role: article.role.name(),
        title: title(page, article),
        published: published(page, article),
        dateline_place: article.dateline_place.map(|span| span.of(text).to_owned()),
        outlets: texts(&article.outlets),
        keywords: texts(&article.keywords),
        keywords_raw: article.keywords_raw.map(|span| span.of(text).to_owned()),
        words: u32::try_from(words).unwrap_or(u32::MAX),
    }
}

pub(super) fn title(page: &Page, article: &Article) -> Option<String> {
    article.title.map(|span| span.of(&page.text).to_owned())
}

pub(super) fn published(page: &Page, article: &Article) -> Option<PublishedDate> {
    article.published.map(|published| PublishedDate {
        iso: published.date.to_string(),
        raw: published.raw.of(&page.text).to_owned(),
        origin: published.origin,
    })
}

/// Title of the main article, else the first words of the text.
fn heading(page: &Page) -> String {
    const WORDS: usize = 12;
    const BYTES: usize = 400;
    if let Some(title) = page
        .articles
        .first()
        .and_then(|article| title(page, article))
    {
        return title;
    }
    let mut words = tokenize(&page.text).take(WORDS).map(|token| token.span);
    let Some(first) = words.next() else {
        return page.name.clone();
    };
    let end = words.last().unwrap_or(first).end;
    let words = ByteSpan {
        start: first.start,
        end,
    }
    .of(&page.text);
    let cut = words
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|&at| at <= BYTES)
        .last()
        .unwrap_or(0);
    let whole = words.len() <= BYTES;
    format!(
        "{}…",
        words
            .get(..if whole { words.len() } else { cut })
            .unwrap_or_default()
    )
}

/// Names of a document of a scope.
pub(super) struct DocumentName {
    pub(super) document: String,
    pub(super) article: Option<String>,
    pub(super) page: String,
    pub(super) page_id: String,
    pub(super) role: &'static str,
    pub(super) title: Option<String>,
    pub(super) title_span: Option<ByteSpan>,
    pub(super) published: Option<PublishedDate>,
    pub(super) outlets: Vec<String>,
}

/// Names the document with this number in the scope.
pub(super) fn document_name(index: &Index, scope: Scope, document: u32) -> Option<DocumentName> {
    let at = document as usize;
    let article: Option<&ArticleRef> = match scope {
        Scope::Pages => None,
        Scope::Main | Scope::Articles => Some(index.articles().get(at)?),
    };
    let page_id = article.map_or(PageId(document), |article| article.page);
    let page = &index.page(page_id)?.page;
    let shown = page
        .articles
        .get(article.map_or(0, |article| article.index));
    let id = article.map(|article| page.article_id(article.index));
    Some(DocumentName {
        document: id.clone().unwrap_or_else(|| page.id()),
        article: id,
        page: page.name.clone(),
        page_id: page.id(),
        role: shown.map_or("none", |article| article.role.name()),
        title: shown.and_then(|article| title(page, article)),
        title_span: shown.and_then(|article| article.title),
        published: shown.and_then(|article| published(page, article)),
        outlets: shown.map_or_else(Vec::new, |article| {
            article
                .outlets
                .iter()
                .map(|span| span.of(&page.text).to_owned())
                .collect()
        }),
    })
}
