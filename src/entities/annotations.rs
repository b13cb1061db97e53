//! What is noted of one page beside its names.

use super::dates::PageDate;
use super::quotes::{Description, NamedSpan, Quote};

/// What was found on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageAnnotations {
    /// Its dates, in order.
    pub dates: Vec<PageDate>,
    /// Its quotes, in order.
    pub quotes: Vec<Quote>,
    /// Line of each date, from 1.
    pub date_lines: Vec<u32>,
    /// Line of each quote's beginning, from 1.
    pub quote_lines: Vec<u32>,
    /// Titles that stand for its people, article by article.
    pub descriptions: Vec<Description>,
    /// Its names, which the quotes' addressees point into.
    pub names: Vec<NamedSpan>,
}
