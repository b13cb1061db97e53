//! The recogniser's view of one page: tokens, forms, breaks and articles.

use crate::text::ByteSpan;

/// One page as the recogniser reads it. The four slices run parallel, one item
/// per token, in page order.
#[derive(Clone, Copy, Debug)]
pub struct TokenText<'a> {
    /// The page's text.
    pub text: &'a str,
    /// Where each token stands, in bytes of `text`.
    pub spans: &'a [ByteSpan],
    /// Form of each token: an index into the [`FormTable`](super::FormTable).
    pub forms: &'a [u32],
    /// Whether a sentence or a part of the page ends before the token.
    pub breaks: &'a [bool],
    /// Article of each token, any numbering that tells the corpus's articles apart; `None` outside every article.
    pub articles: &'a [Option<u32>],
}

impl TokenText<'_> {
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len().min(self.forms.len())
    }

    /// Whether the page has no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The article of token `i`.
    pub(super) fn article(&self, i: usize) -> Option<u32> {
        self.articles.get(i).copied().flatten()
    }

    /// Whether a sentence or part ends before token `i`.
    pub(super) fn is_break(&self, i: usize) -> bool {
        self.breaks.get(i).copied().unwrap_or(false)
    }
}
