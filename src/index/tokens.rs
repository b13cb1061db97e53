//! Adds the tokens of a page: text, units, runs of articles, borders of parts.

use super::store::{Field, Index, Run, number};
use super::units::{PageUnits, is_one_letter};
use super::{FormId, gap_class::GapClass};
use crate::parse::{Page, Part, PartGroup, PartKind};
use crate::sorting::Arrange;
use crate::text::{ByteSpan, tokenize};

/// What is known of the token before.
struct Before {
    end: usize,
    one_letter: bool,
}

impl Index {
    /// Adds the tokens of a page whose articles begin at `first_article`;
    /// returns its words by family of parts, most first.
    pub(super) fn add_tokens(&mut self, page: &Page, first_article: u32) -> Vec<(PartGroup, u32)> {
        let text = page.text.as_str();
        let mut groups = PartGroup::WITH_WORDS.map(|group| (group, 0)).to_vec();
        let mut units = PageUnits::new(page.articles.len());
        let mut parts = page.parts.iter().peekable();
        let mut part = parts.next();
        let mut in_part = 0;
        let mut before: Option<Before> = None;
        self.text.begin_page();
        for token in tokenize(text) {
            let span = token.span;
            let previous = part.map(|part| (part.span.start, part.kind));
            if part.is_some_and(|part| part.span.end <= span.start) {
                count(&mut groups, part, in_part);
                in_part = 0;
                while part.is_some_and(|part| part.span.end <= span.start) {
                    part = parts.next();
                }
            }
            in_part += 1;
            let end = before.as_ref().map_or(0, |before| before.end);
            let gap = self.gap(text, end, span.start as usize);
            let here = part.map(|part| (part.span.start, part.kind));
            let begins_part = match &before {
                None => true,
                Some(before) => {
                    previous != here && !self.continues_body(previous, here, before, gap)
                }
            };
            let position = self.token_count;
            if begins_part {
                self.part_starts.push(position);
            }
            let written = span.of(text);
            let form = self.lexicon.add(written);
            self.text
                .add_token(gap, form, number(span.end as usize - end));
            self.token_count += 1;
            before = Some(Before {
                end: span.end as usize,
                one_letter: is_one_letter(written.as_bytes()),
            });
            let of_article = part.and_then(|part| article_of(part, &span));
            units.add(position, of_article.map(|(article, _)| article));
            if let Some((article, field)) = of_article {
                let article = first_article + number(article);
                self.extend_run(position, article, field, begins_part);
            }
        }
        count(&mut groups, part, in_part);
        let end = before.map_or(0, |before| before.end);
        let gap = self.gap(text, end, text.len());
        self.text.end_page(gap);
        let roles = page.articles.iter().map(|article| article.role);
        self.units
            .add_page(number(self.pages.len()), first_article, roles, units);
        groups.retain(|&(_, words)| words > 0);
        groups.arrange_by_key(|&(group, words)| (std::cmp::Reverse(words), group));
        groups
    }

    /// The number of the gap between two bytes; `None` for a single space.
    #[inline]
    pub(super) fn gap(&mut self, text: &str, from: usize, to: usize) -> Option<FormId> {
        if to == from + 1 && text.as_bytes().get(from) == Some(&b' ') {
            return None;
        }
        let written = ByteSpan::new(from, to).of(text);
        let gap = self.text.add_gap(written);
        if gap.0 as usize == self.gap_classes.len() {
            self.gap_classes.push(GapClass::of(written));
        }
        Some(gap)
    }

    /// Whether a line of running text goes on on the next line, as in texts wrapped
    /// at a fixed width: no stop at its end, no blank line between.
    fn continues_body(
        &self,
        there: Option<(u32, PartKind)>,
        here: Option<(u32, PartKind)>,
        before: &Before,
        gap: Option<FormId>,
    ) -> bool {
        let body =
            |part: Option<(u32, PartKind)>| part.is_some_and(|(_, kind)| kind == PartKind::Body);
        body(there) && body(here) && self.gap_class(gap).continues_line(before.one_letter)
    }

    fn extend_run(&mut self, position: u32, article: u32, field: Field, begins_part: bool) {
        if let Some(article) = self.articles.get_mut(article as usize) {
            article.tokens += 1;
        }
        match self.runs.last_mut() {
            Some(run) if !begins_part && run.end == position && run.article == article => {
                run.end += 1;
            }
            _ => self.runs.push(Run {
                start: position,
                end: position + 1,
                article,
                field,
            }),
        }
    }
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
