//! Annotation layers: spans that higher floors write and the page view reads.

use super::PageId;
use crate::text::ByteSpan;

/// One annotated stretch of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The page.
    pub page: PageId,
    /// Bytes of the page's text.
    pub span: ByteSpan,
    /// What the layer's owner says of it, e.g. the number of an entity.
    pub value: u32,
}

/// Spans in page order that do not overlap.
#[derive(Clone, Debug, Default)]
pub struct SpanLayer {
    annotations: Vec<Annotation>,
}

impl SpanLayer {
    /// Sorts the annotations; of two that overlap, the longer stays, then the earlier.
    #[must_use]
    pub fn new(mut annotations: Vec<Annotation>) -> Self {
        annotations.sort_by_key(|a| (a.page, a.span.start, std::cmp::Reverse(a.span.end)));
        let mut kept: Vec<Annotation> = Vec::with_capacity(annotations.len());
        for annotation in annotations {
            match kept.last_mut() {
                Some(last)
                    if last.page == annotation.page && last.span.overlaps(&annotation.span) =>
                {
                    if annotation.span.len() > last.span.len() {
                        *last = annotation;
                    }
                }
                _ => kept.push(annotation),
            }
        }
        Self { annotations: kept }
    }

    /// All annotations, in page order.
    #[must_use]
    pub fn all(&self) -> &[Annotation] {
        &self.annotations
    }

    /// The annotations of a page that lie wholly within `span`.
    #[must_use]
    pub fn within(&self, page: PageId, span: ByteSpan) -> &[Annotation] {
        let start = self
            .annotations
            .partition_point(|a| (a.page, a.span.start) < (page, span.start));
        let rest = self.annotations.get(start..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|a| a.page == page && a.span.end <= span.end)
            .count();
        rest.get(..count).unwrap_or_default()
    }
}
