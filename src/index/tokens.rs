//! Adds the tokens of a page: stream, runs of articles, borders of parts and sentences.

use super::store::{Field, Index, Run, number};
use crate::parse::{Page, PartGroup, PartKind};
use crate::text::sentence::ends_sentence;
use crate::text::{ByteSpan, tokenize};

impl Index {
    /// Adds the tokens of a page whose articles begin at `first_article`;
    /// returns its words by family of parts, most first.
    pub(super) fn add_tokens(&mut self, page: &Page, first_article: u32) -> Vec<(PartGroup, u32)> {
        let text = page.text.as_str();
        let mut parts = page.parts.iter().peekable();
        let mut groups: Vec<(PartGroup, u32)> =
            PartGroup::WITH_WORDS.map(|group| (group, 0)).to_vec();
        let mut previous: Option<ByteSpan> = None;
        let mut part_of_previous: Option<Option<(u32, PartKind)>> = None;
        for token in tokenize(text) {
            let span = token.span;
            while parts.next_if(|part| part.span.end <= span.start).is_some() {}
            let part = parts.peek();
            let position = self.stream.len();
            let gap = previous.map(|p| {
                ByteSpan {
                    start: p.end,
                    end: span.start,
                }
                .of(text)
            });
            let before = previous.map_or("", |p| p.of(text));
            let here = part.map(|part| (part.span.start, part.kind));
            let begins_part = part_of_previous.is_none_or(|there| {
                there != here && !continues_body(there, here, before, gap.unwrap_or_default())
            });
            part_of_previous = Some(here);
            if begins_part {
                self.part_starts.insert(position);
            }
            if begins_part || gap.is_none_or(|gap| ends_sentence(before, gap)) {
                self.sentence_starts.insert(position);
            }
            previous = Some(span);
            self.stream.push(self.lexicon.add(span.of(text)));
            self.starts.push(span.start);
            let Some(part) = part else { continue };
            if let Some((_, words)) = groups.iter_mut().find(|(g, _)| *g == part.kind.group()) {
                *words += 1;
            }
            // A token that runs over the end of its part (a glued marker)
            // belongs to the page alone.
            let field = match part.kind {
                PartKind::Title => Field::Title,
                PartKind::Body => Field::Body,
                _ => continue,
            };
            let Some(article) = part.article.filter(|_| part.span.contains(&span)) else {
                continue;
            };
            self.extend_run(
                position,
                first_article + number(article),
                field,
                begins_part,
            );
        }
        groups.retain(|&(_, words)| words > 0);
        groups.sort_by_key(|&(group, words)| (std::cmp::Reverse(words), group));
        groups
    }

    fn extend_run(&mut self, position: usize, article: u32, field: Field, begins_part: bool) {
        let position = number(position);
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

/// Whether a line of running text goes on on the next line, as in texts wrapped
/// at a fixed width: no stop at its end, no blank line between.
fn continues_body(
    there: Option<(u32, PartKind)>,
    here: Option<(u32, PartKind)>,
    before: &str,
    gap: &str,
) -> bool {
    let body = |part: Option<(u32, PartKind)>| part.is_some_and(|(_, kind)| kind == PartKind::Body);
    let end_of_line = gap.split('\n').next().unwrap_or_default();
    body(there)
        && body(here)
        && gap.matches('\n').count() == 1
        && !ends_sentence(before, end_of_line)
}
