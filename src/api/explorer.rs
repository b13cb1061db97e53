//! The explorer: a corpus and everything that can be asked of it.

use super::request::FileOptions;
use super::{ArticleInfo, Error, FileReport, PageInfo, PublishedDate};
use crate::entities::{EntityLayer, Recogniser, recognise_index};
use crate::index::{ArticleRef, Index, IndexedPage, PageId, Scope};
use crate::parse::{Article, Page, PartGroup, PartKind, ReadWarning, Role};
use crate::text::{ByteSpan, floor_border, tokenize};

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
    let page = index.page_by_id(page_id).ok_or_else(unknown)?;
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

pub(super) fn page_info(index: &Index, page: &IndexedPage) -> PageInfo {
    let refs = index
        .articles()
        .get(page.articles.start as usize..page.articles.end as usize);
    let articles = page.page.articles.iter().zip(refs.unwrap_or_default());
    PageInfo {
        id: page.page.id(),
        name: page.page.name.clone(),
        heading: heading(&page.page),
        bytes: page.page.source_bytes,
        encoding: page.page.encoding.name(),
        warning: page.page.warning.as_ref().map(ReadWarning::code),
        words: page.positions.end - page.positions.start,
        words_by_group: words_by_group(index, std::slice::from_ref(page)),
        articles: articles
            .map(|(article, at)| article_info(&page.page, article, at))
            .collect(),
        headlines: page.page.headlines().map(ToOwned::to_owned).collect(),
        bundled: page.bundled,
    }
}

fn article_info(page: &Page, article: &Article, at: &ArticleRef) -> ArticleInfo {
    let text = page.text.as_str();
    let texts = |spans: &[ByteSpan]| spans.iter().map(|span| span.of(text).to_owned()).collect();
    ArticleInfo {
        id: page.article_id(at.index),
        page: page.name.clone(),
        page_id: page.id(),
        role: article.role.name(),
        title: title(page, article),
        published: published(page, article),
        dateline_place: article.dateline_place.map(|span| span.of(text).to_owned()),
        outlets: texts(&article.outlets),
        keywords: texts(&article.keywords),
        keywords_raw: article.keywords_raw.map(|span| span.of(text).to_owned()),
        words: at.tokens,
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

/// Words of the pages by what they stand in, most first: main articles,
/// embedded articles, metadata, headlines, furniture.
pub(super) fn words_by_group(index: &Index, pages: &[IndexedPage]) -> Vec<(&'static str, u32)> {
    let sum = |group: PartGroup| -> u32 {
        let counts = pages.iter().flat_map(|page| &page.words_by_group);
        counts
            .filter(|(g, _)| *g == group)
            .map(|(_, words)| words)
            .sum()
    };
    let of_pages = pages.iter().flat_map(|page| page.articles.clone());
    let articles = of_pages.filter_map(|article| index.articles().get(article as usize));
    let embedded: u32 = articles
        .filter(|a| a.role == Role::Embedded)
        .map(|a| a.tokens)
        .sum();
    let mut groups = vec![
        ("main", sum(PartGroup::Article).saturating_sub(embedded)),
        ("embedded", embedded),
        ("metadata", sum(PartGroup::Metadata)),
        ("headlines", sum(PartGroup::Headlines)),
        ("furniture", sum(PartGroup::Furniture)),
    ];
    groups.retain(|&(_, words)| words > 0);
    groups.sort_by_key(|&(_, words)| std::cmp::Reverse(words));
    groups
}

/// Title of an article, else the first words of its text.
fn article_heading(page: &Page, index: usize) -> Option<String> {
    let article = page.articles.get(index)?;
    let body = || {
        page.parts_of(index)
            .find(|part| part.kind == PartKind::Body)
    };
    title(page, article).or_else(|| first_words(body()?.span.of(&page.text)))
}

/// Heading of the main article, else the first words of the page.
pub(super) fn heading(page: &Page) -> String {
    let of_page = || first_words(&page.text).unwrap_or_else(|| page.name.clone());
    article_heading(page, 0).unwrap_or_else(of_page)
}

/// The first words of a text, with an ellipsis; `None` when it has none.
fn first_words(text: &str) -> Option<String> {
    const WORDS: usize = 12;
    const BYTES: usize = 400;
    let mut words = tokenize(text).take(WORDS).map(|token| token.span);
    let first = words.next()?;
    let end = words.last().unwrap_or(first).end as usize;
    let end = floor_border(text, end.min(first.start as usize + BYTES));
    text.get(first.start as usize..end)
        .map(|words| format!("{words}…"))
}

/// Names of a document of a scope.
pub(super) struct DocumentName {
    pub(super) document: String,
    pub(super) article: Option<String>,
    pub(super) page: String,
    pub(super) page_id: String,
    pub(super) role: &'static str,
    pub(super) title: Option<String>,
    pub(super) heading: String,
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
        heading: article
            .and_then(|article| article_heading(page, article.index))
            .unwrap_or_else(|| heading(page)),
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
