//! Places of an annotation: its document, its line, the sentence around it.

use crate::api::corpus::headings::{self, article_heading, published};
use crate::api::searching::segments::segments;
use crate::api::{PlaceReply, Segment};
use crate::entities::EntityLayer;
use crate::index::{Index, PageId, Scope};
use crate::parse::Role;
use crate::text::{ByteSpan, floor_border};

/// Bytes shown on either side of an annotation, at most.
const CONTEXT: u32 = 400;

/// Whether an annotation of article `index` of a page counts in a scope.
pub(in crate::api) fn in_scope(
    index: &Index,
    page: PageId,
    article: Option<usize>,
    scope: Scope,
) -> bool {
    // What articles there are is known although the page need not be there.
    let number = article.and_then(|article| article_number(index, page, article));
    let role = number
        .and_then(|number| index.articles().get(number as usize))
        .map(|article| article.role);
    match scope {
        Scope::Main => role == Some(Role::Main),
        Scope::Articles => role.is_some(),
        Scope::Pages => true,
    }
}

/// The number of an article of a page among all articles.
pub(in crate::api) fn article_number(index: &Index, page: PageId, article: usize) -> Option<u32> {
    let page = index.pages().get(page.0 as usize)?;
    page.articles.clone().nth(article)
}

/// Where an annotation stands; `line` from 1.
pub(in crate::api) fn place(
    index: &Index,
    id: PageId,
    article: Option<usize>,
    span: ByteSpan,
    line: u32,
) -> Option<PlaceReply> {
    let indexed = index.page(id)?;
    let page = &indexed.page;
    let known = article.and_then(|index| page.articles.get(index));
    let outlets = known.map(|article| article.outlets).unwrap_or_default();
    let heading = article.and_then(|article| article_heading(index, indexed, article));
    Some(PlaceReply {
        document: article.map_or_else(|| page.id(), |index| page.article_id(index)),
        page: page.name.to_string(),
        page_id: page.id(),
        heading: heading.unwrap_or_else(|| headings::heading(index, indexed)),
        outlets: outlets
            .into_iter()
            .map(|outlet| index.text_at(id, outlet))
            .collect(),
        published: article.and_then(|article| published(&index.facts(indexed), article)),
        line,
        start_byte: span.start,
        end_byte: span.end,
    })
}

/// The names near a span, with the ids of their entities.
pub(in crate::api) fn names_near(
    layer: &EntityLayer,
    page: PageId,
    span: ByteSpan,
) -> Vec<(ByteSpan, &str)> {
    let near = CONTEXT * 2;
    let names = layer.mentions_of_page(page.0);
    let from = names.partition_point(|name| name.span.end.saturating_add(near) < span.start);
    let upto = names.partition_point(|name| name.span.start <= span.end.saturating_add(near));
    let near = names.get(from..upto).unwrap_or_default().iter();
    near.filter_map(|name| Some((name.span, layer.entity(name.entity)?.id.as_str())))
        .collect()
}

/// The line around a span, cut to what is near; the span is the hit.
pub(in crate::api) fn around(
    index: &Index,
    page: PageId,
    span: ByteSpan,
    mentions: &[(ByteSpan, &str)],
) -> Vec<Segment> {
    let near = ByteSpan {
        start: span.start.saturating_sub(CONTEXT),
        end: span.end.saturating_add(CONTEXT),
    };
    let passage = index.passage_around(page, near);
    let excerpt = passage.excerpt();
    let before = excerpt.before(span.start);
    let after = excerpt.after(span.end);
    let whole = excerpt.span();
    // Where the line goes on, at a word.
    let lowest = floor_border(before, before.len().saturating_sub(CONTEXT as usize));
    let highest = floor_border(after, CONTEXT as usize);
    let begin = before.rfind('\n').map(|at| at + 1);
    let begin = begin.filter(|&at| at >= lowest).unwrap_or_else(|| {
        let space = before.get(lowest..).and_then(|text| text.find(' '));
        space
            .filter(|_| lowest > 0)
            .map_or(lowest, |at| lowest + at)
    });
    let finish = after
        .find('\n')
        .filter(|&at| at <= highest)
        .unwrap_or_else(|| {
            let space = after.get(..highest).and_then(|text| text.rfind(' '));
            space.filter(|_| highest < after.len()).unwrap_or(highest)
        });
    let line = ByteSpan::new(whole.start as usize + begin, span.end as usize + finish);
    segments(&excerpt, line, &[span], mentions)
}
