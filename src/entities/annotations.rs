//! Dates and quotes of a whole index, page by page.

use super::EntityLayer;
use super::dates::{PageDate, dates_of_page};
use super::quotes::{NamedSpan, Quote, named_spans, quotes_of_page};
use crate::index::Index;
use crate::text::line::LineCursor;

/// What was found on one page.
#[derive(Clone, Debug, Default)]
pub struct PageAnnotations {
    /// Its dates, in order.
    pub dates: Vec<PageDate>,
    /// Its quotes, in order.
    pub quotes: Vec<Quote>,
    /// Line of each date, from 1.
    pub date_lines: Vec<u32>,
    /// Line of each quote's beginning, from 1.
    pub quote_lines: Vec<u32>,
    /// Its names, which the quotes' addressees point into.
    pub names: Vec<NamedSpan>,
}

/// Reads every page of an index; one result a page, in page order.
#[must_use]
pub fn annotate_index(index: &Index, layer: &EntityLayer) -> Vec<PageAnnotations> {
    let pages = index.pages().iter().zip(0_u32..);
    pages
        .map(|(page, number)| {
            let page = index.restored_page(page);
            let names = named_spans(layer, number);
            let dates = dates_of_page(&page, &names);
            let quotes = quotes_of_page(&page, &names);
            let lines = |starts: &mut dyn Iterator<Item = u32>| -> Vec<u32> {
                let mut cursor = LineCursor::new(&page.text);
                starts
                    .map(|start| cursor.advance_to(start as usize).line)
                    .map(|line| u32::try_from(line).unwrap_or(u32::MAX))
                    .collect()
            };
            PageAnnotations {
                date_lines: lines(&mut dates.iter().map(|date| date.span.start)),
                quote_lines: lines(&mut quotes.iter().map(Quote::start)),
                dates,
                quotes,
                names,
            }
        })
        .collect()
}
