//! Adds the tokens of a page: text, units, runs of articles, borders of parts.

use crate::index::FormId;
use crate::index::coding::growth::add;
use crate::index::lexicon::Lookup;
use crate::index::pages::units::{PageUnits, is_one_letter};
use crate::index::store::{Field, Index, Run, number};
use crate::index::texts::gap_class::GapClass;
use crate::index::texts::text_store::BLOCK_TOKENS;
use crate::parse::{Page, Part, PartGroup, PartKind};
use crate::sorting::Arrange;
use crate::text::{ByteSpan, tokenize};

/// Neighbouring tokens of one part, up to the last one.
#[derive(Default)]
struct Row {
    /// Position of the first.
    start: u32,
    /// The article they belong to, by its place on the page.
    article: Option<(usize, Field)>,
    begins_part: bool,
}

/// The tokens of a block, and where each is looked up.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct TokenBlock {
    spans: Vec<ByteSpan>,
    found: Vec<Lookup>,
}

impl Index {
    /// Adds the tokens of a page whose articles begin at `first_article`;
    /// returns its words by family of parts, most first.
    pub(in crate::index) fn add_tokens(
        &mut self,
        page: &Page,
        first_article: u32,
    ) -> Vec<(PartGroup, u32)> {
        let text = page.text.as_str();
        let mut groups = PartGroup::WITH_WORDS.map(|group| (group, 0)).to_vec();
        let mut units = PageUnits::new(page.articles.len());
        let mut parts = page.parts.iter().peekable();
        let mut part = parts.next();
        // The first token of the part that was not counted yet, and where the part ends of the row in hand.
        let (mut uncounted, mut part_end) = (self.token_count, 0);
        let mut before: Option<ByteSpan> = None;
        self.text.begin_page();
        let mut row = Row {
            start: self.token_count,
            ..Row::default()
        };
        let mut tokens = tokenize(text);
        let mut block = std::mem::take(&mut self.block);
        block
            .spans
            .resize(BLOCK_TOKENS as usize, ByteSpan::default());
        loop {
            let taken = tokens.take_spans(&mut block.spans);
            let spans = block.spans.get(..taken).unwrap_or_default();
            if spans.is_empty() {
                break;
            }
            let found = &mut block.found;
            self.lexicon.add_all(text.as_bytes(), spans, 1, found);
            if let Some(before) = before {
                self.text.begin_block_at(before.end);
            }
            let forms = found.iter().map(|&Lookup { form, .. }| form);
            self.text.add_forms(forms);
            let (first, mut spaces) = (self.token_count, 0);
            for (position, &span) in (first..).zip(spans) {
                let end = before.map_or(0, |before| before.end as usize);
                // Nearly every token stands behind a space, in the part of the one before, whole.
                if span.end <= part_end && is_space(text, end, span.start as usize) {
                    spaces += 1;
                    before = Some(span);
                    continue;
                }
                self.token_count = position;
                self.text.add_spaces(std::mem::take(&mut spaces));
                let gap = self.gap(text, end, span.start as usize);
                self.text.add_gap_before(gap);
                if span.end > part_end {
                    self.add_row(&mut units, first_article, &row);
                    let previous = part.map(|part| (part.span.start, part.kind));
                    if part.is_some_and(|part| part.span.end <= span.start) {
                        count(&mut groups, part, self.token_count - uncounted);
                        uncounted = self.token_count;
                        while part.is_some_and(|part| part.span.end <= span.start) {
                            part = parts.next();
                        }
                    }
                    let here = part.map(|part| (part.span.start, part.kind));
                    let begins_part = before.is_none_or(|before| {
                        let word = before.of(text);
                        previous != here && !self.continues_body(previous, here, word, gap)
                    });
                    if begins_part {
                        add(&mut self.part_starts, self.token_count);
                    }
                    row = Row {
                        start: self.token_count,
                        article: part.and_then(|part| article_of(part, &span)),
                        begins_part,
                    };
                    part_end = part.map_or(0, |part| part.span.end);
                }
                before = Some(span);
            }
            self.token_count = first + number(taken);
            self.text.add_spaces(spaces);
        }
        self.block = block;
        self.add_row(&mut units, first_article, &row);
        count(&mut groups, part, self.token_count - uncounted);
        let end = before.map_or(0, |before| before.end as usize);
        let gap = self.gap(text, end, text.len());
        self.text.end_page(gap);
        let roles = page.articles.iter().map(|article| article.role);
        self.units
            .add_page(number(self.pages.len()), first_article, roles, &mut units);
        groups.retain(|&(_, words)| words > 0);
        groups.arrange_by_key(|&(group, words)| (std::cmp::Reverse(words), group));
        groups
    }

    /// The number of the gap between two bytes; `None` for a single space.
    #[inline(never)] // most gaps are single spaces, which are only counted
    pub(in crate::index) fn gap(&mut self, text: &str, from: usize, to: usize) -> Option<FormId> {
        if is_space(text, from, to) {
            return None;
        }
        let written = ByteSpan::new(from, to);
        let gap = self.text.add_gap(text, written);
        if gap.0 as usize == self.gap_classes.len() {
            self.gap_classes.push(GapClass::of(written.of(text)));
        }
        Some(gap)
    }

    /// Whether a line of running text that ends with a word goes on on the next line, as in texts wrapped
    /// at a fixed width: no stop at its end, no blank line between.
    fn continues_body(
        &self,
        there: Option<(u32, PartKind)>,
        here: Option<(u32, PartKind)>,
        word: &str,
        gap: Option<FormId>,
    ) -> bool {
        let body =
            |part: Option<(u32, PartKind)>| part.is_some_and(|(_, kind)| kind == PartKind::Body);
        body(there)
            && body(here)
            && self
                .gap_class(gap)
                .continues_line(is_one_letter(word.as_bytes()))
    }

    /// Adds the tokens from the start of a row to the last one.
    fn add_row(&mut self, units: &mut PageUnits, first_article: u32, row: &Row) {
        let (start, end) = (row.start, self.token_count);
        units.add_run(start, end - start, row.article.map(|(article, _)| article));
        let Some((article, field)) = row.article else {
            return;
        };
        let article = first_article + number(article);
        if let Some(article) = self.articles.get_mut(article as usize) {
            article.tokens += end - start;
        }
        match self.runs.last_mut() {
            Some(run) if !row.begins_part && run.end == start && run.article == article => {
                run.end = end;
            }
            _ => add(
                &mut self.runs,
                Run {
                    start,
                    end,
                    article,
                    field,
                },
            ),
        }
    }
}

/// Whether a single space stands between two bytes.
#[inline(always)]
fn is_space(text: &str, from: usize, to: usize) -> bool {
    to == from + 1 && text.as_bytes().get(from) == Some(&b' ')
}

/// The article that a token belongs to, by its place on the page, and the
/// field. A token that runs over the end of its part (a glued marker) belongs
/// to the page alone.
#[inline]
fn article_of(part: &Part, token: &ByteSpan) -> Option<(usize, Field)> {
    let field = match part.kind {
        PartKind::Title => Field::Title,
        PartKind::Body => Field::Body,
        _ => return None,
    };
    let article = part.article.filter(|_| part.span.contains(token))?;
    Some((article, field))
}

fn count(groups: &mut [(PartGroup, u32)], part: Option<&Part>, words: u32) {
    let Some(part) = part else { return };
    let group = groups.iter_mut().find(|(g, _)| *g == part.kind.group());
    if let Some((_, sum)) = group {
        *sum += words;
    }
}
