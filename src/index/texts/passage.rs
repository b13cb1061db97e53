//! Reading back: forms, places and text of any stretch of a page.

use crate::index::store::{Index, PageId, number};
use crate::index::texts::gap_class::GapClass;
use crate::index::texts::text_store::BLOCK_TOKENS;
use crate::index::{FormId, IndexedPage};
use crate::text::{ByteSpan, Excerpt};
use std::ops::Range;

/// Neighbouring tokens of a page with the text around and between them.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Text from the gap before the first token to the gap behind the last.
    pub(super) text: String,
    /// Byte of the page where `text` starts.
    pub(super) start: u32,
    /// Position of the first token.
    pub(super) first: u32,
    pub(super) forms: Vec<FormId>,
    pub(super) spans: Vec<ByteSpan>,
    /// Whether a sentence begins at each token.
    pub(super) sentence_starts: Vec<bool>,
}

impl Passage {
    /// The text, which knows where on the page it stands.
    #[must_use]
    pub fn excerpt(&self) -> Excerpt<'_> {
        Excerpt::new(&self.text, self.start)
    }

    /// The text alone.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Positions of the tokens.
    #[must_use]
    pub fn positions(&self) -> Range<u32> {
        self.first..self.first + number(self.forms.len())
    }

    /// Forms of the tokens.
    #[must_use]
    pub fn forms(&self) -> &[FormId] {
        &self.forms
    }

    /// Where the tokens stand, in bytes of the page.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// Beside each token whether a sentence begins there.
    #[must_use]
    pub fn sentence_starts(&self) -> &[bool] {
        &self.sentence_starts
    }

    /// Where the token at a position stands; empty for one that is not here.
    #[must_use]
    pub fn span_at(&self, position: u32) -> ByteSpan {
        let place = position.wrapping_sub(self.first) as usize;
        self.spans.get(place).copied().unwrap_or_default()
    }

    /// Whether a sentence begins at a position that is here.
    #[must_use]
    pub fn begins_sentence(&self, position: u32) -> bool {
        let place = position.wrapping_sub(self.first) as usize;
        self.sentence_starts.get(place).copied().unwrap_or_default()
    }
}

/// Few texts have fewer bytes for each token and the gap before it.
const LEAST_BYTES: u32 = 6;

impl Index {
    /// The text of a page, as it was read.
    #[must_use]
    pub fn text(&self, page: PageId) -> String {
        self.passage(page, 0..u32::MAX).into_text()
    }

    /// The tokens of a page at these positions, with the text around them; positions of other pages are left out.
    #[must_use]
    pub fn passage(&self, page: PageId, positions: Range<u32>) -> Passage {
        let mut passage = Passage::default();
        self.read_passage(page, positions, &mut passage);
        passage
    }

    /// Reads into a passage that is there already, so that its memory is used again.
    pub fn read_passage(&self, page: PageId, positions: Range<u32>, into: &mut Passage) {
        self.read_until(page, positions, u32::MAX, into);
    }

    /// The same up to the token that reaches a byte of the page, and the gap behind it.
    fn read_until(&self, page: PageId, positions: Range<u32>, until: u32, into: &mut Passage) {
        into.text.clear();
        into.forms.clear();
        into.spans.clear();
        into.sentence_starts.clear();
        into.start = 0;
        if let Some(reading) = self.reading(page, positions.clone()) {
            reading.put_together(positions, until, into);
        }
    }

    /// The text of a page that holds a span, and a little around it.
    #[must_use]
    pub fn passage_around(&self, page: PageId, span: ByteSpan) -> Passage {
        self.around(page, span, u32::MAX)
    }

    /// The text of a page that holds a span, and what its end is read with.
    #[must_use]
    pub fn passage_with(&self, page: PageId, span: ByteSpan) -> Passage {
        // Where the span is in one block, no more tokens are read than it is likely to have.
        let Some(at) = self.page(page) else {
            return Passage::default();
        };
        let block = self.text.block_at(at.blocks.clone(), span.start);
        let bytes = span.end.saturating_sub(self.text.byte_of(block));
        let tokens = bytes / LEAST_BYTES + 1;
        if tokens < BLOCK_TOKENS {
            let start = at.positions.start + (block - at.blocks.start) * BLOCK_TOKENS;
            let mut passage = Passage::default();
            self.read_until(page, start..start + tokens, span.end, &mut passage);
            if passage
                .spans
                .last()
                .is_some_and(|last| last.end >= span.end)
            {
                return passage;
            }
        }
        self.around(page, span, span.end)
    }

    /// The blocks that hold a span, up to the token that reaches a byte.
    fn around(&self, page: PageId, span: ByteSpan, until: u32) -> Passage {
        let mut passage = Passage::default();
        let Some(at) = self.page(page) else {
            return passage;
        };
        let block = |byte| self.text.block_at(at.blocks.clone(), byte) - at.blocks.start;
        let position = |block: u32| at.positions.start + block * BLOCK_TOKENS;
        let positions = position(block(span.start))..position(block(span.end) + 1);
        self.read_until(page, positions, until, &mut passage);
        passage
    }

    /// What stands at a span of a page.
    #[must_use]
    pub fn text_at(&self, page: PageId, span: ByteSpan) -> String {
        let passage = self.passage_with(page, span);
        passage.excerpt().of(span).to_owned()
    }

    /// Where the token at a position stands, in bytes of its page. For many
    /// tokens, read a [`Passage`].
    #[must_use]
    pub fn span_at(&self, position: u32) -> ByteSpan {
        let page = self.page_at(position);
        self.passage(page, position..position + 1).span_at(position)
    }

    /// Forms of a page's tokens.
    #[must_use]
    pub fn tokens(&self, page: PageId) -> Vec<FormId> {
        let mut forms = Vec::new();
        if let Some(page) = self.page(page) {
            self.read_forms(page, &mut forms);
        }
        forms
    }

    /// Reads the forms of a page into a list, which is emptied before.
    pub(crate) fn read_forms(&self, page: &IndexedPage, into: &mut Vec<FormId>) {
        into.clear();
        let tokens = page.positions.end - page.positions.start;
        self.text.read_forms(page.blocks.start, tokens, into);
    }

    /// Reads forms of a page at positions that ascend.
    pub(crate) fn form_reader<'i>(&'i self, page: &'i IndexedPage) -> FormReader<'i> {
        FormReader {
            index: self,
            page,
            block: u32::MAX,
            forms: Vec::new(),
        }
    }

    #[inline]
    pub(in crate::index) fn gap_class(&self, gap: Option<FormId>) -> GapClass {
        let class = gap.and_then(|gap| self.gap_classes.get(gap.0 as usize));
        class.copied().unwrap_or(GapClass::SPACE)
    }
}

/// Reads forms of one page; keeps the block that was read last.
#[derive(Debug)]
pub(crate) struct FormReader<'i> {
    index: &'i Index,
    page: &'i IndexedPage,
    /// Number of the block among those of the page.
    block: u32,
    forms: Vec<FormId>,
}

impl FormReader<'_> {
    /// Calls `take` with each position and its form.
    #[inline]
    pub(crate) fn read(&mut self, positions: Range<u32>, mut take: impl FnMut(u32, FormId)) {
        let first = self.page.positions.start;
        let mut position = positions.start;
        while position < positions.end {
            let block = (position - first) / BLOCK_TOKENS;
            let start = first + block * BLOCK_TOKENS;
            if block != self.block {
                let tokens = BLOCK_TOKENS.min(self.page.positions.end - start);
                let Self { index, forms, .. } = self;
                forms.clear();
                let number = self.page.blocks.start + block;
                index.text.read_forms(number, tokens, forms);
                self.block = block;
            }
            let end = positions.end.min(start + BLOCK_TOKENS);
            let here = (position - start) as usize..(end - start) as usize;
            for (at, &form) in (position..).zip(self.forms.get(here).unwrap_or_default()) {
                take(at, form);
            }
            position = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;
    use crate::text::sentence::ends_sentence;
    use crate::text::tokenize;
    use proptest::prelude::*;

    fn index(texts: &[String]) -> Index {
        let mut index = Index::default();
        for (n, text) in texts.iter().enumerate() {
            let page = Page::from_article(&n.to_string(), &n.to_le_bytes(), "", text);
            index.add(page, false).expect("new");
        }
        index.refresh();
        index
    }

    /// Words with white space and signs of every kind between them, and whatever else there is.
    fn text() -> impl Strategy<Value = String> {
        let gap = proptest::sample::select(&[
            " ",
            " ",
            " ",
            " ",
            "",
            "\u{A0}",
            "\r\n",
            "\n\n",
            "\t",
            "\u{FEFF}",
            "\u{0}",
            "  ",
            "، ",
            ". ",
            "؟",
            "\u{202E} \u{202C}",
            "\u{2028}",
            "😀",
            "\u{1B}",
        ]);
        let word = "[ابتيكلمن]{1,5}|[a-z]{1,3}|[0-9]{1,3}|كـ.ل|ّ|\\PC{0,4}|[\u{0}-\u{10FFFF}]{0,3}";
        let long = proptest::collection::vec((gap, word), 0..900);
        long.prop_map(|pieces| {
            pieces
                .into_iter()
                .flat_map(|(gap, word)| [gap.to_owned(), word])
                .collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

        #[test]
        fn texts_are_restored_to_the_byte(texts in proptest::collection::vec(text(), 1..4), window in (0.0..1.0f64, 0u32..600)) {
            let index = index(&texts);
            for (page, text) in index.pages().iter().zip(&texts) {
                prop_assert_eq!(&index.text(page.number), text);
                let spans: Vec<ByteSpan> = tokenize(text).map(|token| token.span).collect();
                let whole = index.passage(page.number, 0..u32::MAX);
                prop_assert_eq!(whole.spans(), &spans);
                let words = whole.forms().iter().map(|&form| index.lexicon().form(form));
                prop_assert!(words.eq(spans.iter().map(|span| span.of(text))));
                prop_assert_eq!(index.tokens(page.number), whole.forms());
                // Any stretch is what it is of the whole.
                let first = page.positions.start + (window.0 * spans.len() as f64) as u32;
                let part = index.passage(page.number, first..first + window.1);
                let range = (first - page.positions.start) as usize..(part.positions().end - page.positions.start) as usize;
                prop_assert_eq!(part.spans(), &spans[range.clone()]);
                prop_assert_eq!(part.sentence_starts(), &whole.sentence_starts()[range.clone()]);
                let here = part.excerpt();
                prop_assert_eq!(here.of(here.span()), here.span().of(text));
                let gap_before = range.start.checked_sub(1).map_or(0, |before| spans[before].end);
                let gap_behind = spans.get(range.end).map_or(text.len() as u32, |next| next.start);
                if !range.is_empty() {
                    prop_assert_eq!(here.span(), ByteSpan { start: gap_before, end: gap_behind });
                }
                for (at, &begins) in whole.sentence_starts().iter().enumerate() {
                    let naive = at.checked_sub(1).is_none_or(|before| {
                        let gap = ByteSpan { start: spans[before].end, end: spans[at].start };
                        ends_sentence(spans[before].of(text), gap.of(text))
                    });
                    prop_assert_eq!(begins, naive, "token {}", at);
                }
                for span in spans.iter().step_by(97) {
                    prop_assert_eq!(index.text_at(page.number, *span), span.of(text));
                }
                // Between two words, from one into the gap behind another, and behind the last.
                for pair in spans.windows(2).step_by(83) {
                    for (start, end) in [(pair[0].end, pair[1].start), (pair[0].start, pair[1].start)] {
                        let span = ByteSpan { start, end };
                        prop_assert_eq!(index.text_at(page.number, span), span.of(text));
                    }
                }
                let last = spans.last().map_or(0, |span| span.end);
                let behind = ByteSpan { start: last, end: text.len() as u32 };
                prop_assert_eq!(index.text_at(page.number, behind), behind.of(text));
                let all = ByteSpan::new(0, text.len());
                prop_assert_eq!(&index.text_at(page.number, all), text);
            }
        }
    }
}
