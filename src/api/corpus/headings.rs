//! What documents are called: titles, headings, and what stands beside them in a list.

use crate::api::PublishedDate;
use crate::index::{ArticleRef, Index, IndexedPage, PageId, Passage, Scope};
use crate::parse::{Facts, PartKind};
use crate::text::{ByteSpan, floor_border, tokenize};

/// Title of an article, else the first words of its text.
pub(in crate::api) fn article_heading(
    index: &Index,
    page: &IndexedPage,
    article: usize,
) -> Option<String> {
    let title = index.facts(page).title_of(article);
    title.or_else(|| beginning(index, page, article))
}

/// The first words of the text of an article.
fn beginning(index: &Index, page: &IndexedPage, article: usize) -> Option<String> {
    let mut parts = page.page.parts_of(article);
    let body = parts.find(|part| part.kind == PartKind::Body)?;
    first_words(index, page, body.span)
}

/// Heading of the main article, else the first words of the page.
pub(in crate::api) fn heading(index: &Index, page: &IndexedPage) -> String {
    let all = ByteSpan::new(0, page.page.text_bytes as usize);
    let of_page = || first_words(index, page, all).unwrap_or_else(|| page.page.name.to_string());
    article_heading(index, page, 0).unwrap_or_else(of_page)
}

/// The first words of a span, with an ellipsis; `None` when it has none.
fn first_words(index: &Index, page: &IndexedPage, span: ByteSpan) -> Option<String> {
    const WORDS: usize = 12;
    const BYTES: usize = 400;
    /// White space and marks before the words are passed over up to here.
    const SEEN: u32 = 4_000;
    // Nearly always the first bytes tell, and no more of the text is put together.
    [180, 400, SEEN].into_iter().find_map(|bytes| {
        let end = span.end.min(span.start + bytes);
        let seen = ByteSpan { end, ..span };
        let passage = index.passage_with(page.number, seen);
        let excerpt = passage.excerpt();
        let text = excerpt.of(excerpt.shortened(span, bytes));
        let mut words = tokenize(text).map(|token| token.span);
        let first = words.next()?;
        let start = first.start as usize;
        let last = words.by_ref().take(WORDS - 1).last().unwrap_or(first);
        let end = floor_border(text, (last.end as usize).min(start + BYTES));
        // The last word may go on behind what was read.
        let is_whole = bytes == SEEN || seen.end == span.end || words.next().is_some();
        let words = text.get(start..end).filter(|_| is_whole)?;
        Some(format!("{words}…"))
    })
}

/// Names of a document of a scope.
pub(in crate::api) struct DocumentName {
    pub(in crate::api) document: String,
    pub(in crate::api) article: Option<String>,
    pub(in crate::api) page: String,
    pub(in crate::api) page_id: String,
    pub(in crate::api) role: &'static str,
    pub(in crate::api) title: Option<String>,
    pub(in crate::api) heading: String,
    /// Where its title stands, and the words there.
    pub(in crate::api) title_in_text: Option<(ByteSpan, Passage)>,
    pub(in crate::api) published: Option<PublishedDate>,
    pub(in crate::api) outlets: Vec<String>,
    pub(in crate::api) url: Option<String>,
}

/// Names the document with this number in the scope.
pub(in crate::api) fn document_name(
    index: &Index,
    scope: Scope,
    document: u32,
) -> Option<DocumentName> {
    let at = document as usize;
    let article: Option<&ArticleRef> = match scope {
        Scope::Pages => None,
        Scope::Main | Scope::Articles => Some(index.articles().get(at)?),
    };
    let page_id = article.map_or(PageId(document), |article| article.page);
    let at_page = index.page(page_id)?;
    let (page, facts) = (&at_page.page, index.facts(at_page));
    let number = article.map_or(0, |article| article.index);
    let shown = page.articles.get(number);
    let id = article.map(|article| page.article_id(article.index));
    let title_in_text = shown.as_ref().and_then(|article| {
        let span = article.title?;
        Some((span, index.passage_with(page_id, span)))
    });
    let title = match &title_in_text {
        Some((span, passage)) => Some(passage.excerpt().of(*span).to_owned()),
        None => facts.title_of(number),
    };
    let heading = title.clone().or_else(|| {
        let article = article?;
        beginning(index, at_page, article.index)
    });
    Some(DocumentName {
        document: id.clone().unwrap_or_else(|| page.id()),
        article: id,
        page: page.name.to_string(),
        page_id: page.id(),
        role: shown.as_ref().map_or("none", |article| article.role.name()),
        title,
        heading: heading.unwrap_or_else(|| self::heading(index, at_page)),
        title_in_text,
        published: published(&facts, number),
        outlets: facts.outlets_of(number),
        url: facts
            .url_of(number)
            .filter(|_| shown.is_some())
            .map(ToOwned::to_owned),
    })
}

pub(in crate::api) fn published(
    facts: &Facts<'_, impl Fn(ByteSpan) -> String>,
    article: usize,
) -> Option<PublishedDate> {
    facts.published_of(article).map(|published| PublishedDate {
        iso: published.date.to_string(),
        raw: published.raw,
        origin: published.origin,
    })
}
