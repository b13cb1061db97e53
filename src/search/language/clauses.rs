//! Words, phrases, expressions, and words near each other.

use super::words::{is_quote, words};
use super::{GAP, Item, PHRASE_WORDS, Parser};
use crate::search::pattern::{Pattern, PatternError};
use crate::search::query::{Clause, ClauseKind, NoticeCode, Shape, Word, WordKind};

/// Most words near each other.
const NEAR_WORDS: usize = 8;

impl Parser<'_> {
    /// Reads `~n` and what stands behind it.
    pub(super) fn near(&mut self, item: Item, depth: usize) -> Item {
        let Item::Clause(mut clause) = item else {
            return item;
        };
        let mut is_full = false;
        loop {
            let before = self.at;
            self.skip_space();
            let piece = self.piece();
            let Some(gap) = distance(piece).filter(|_| self.at > before) else {
                self.at = before;
                return Item::Clause(clause);
            };
            let operator = self.at;
            self.at += piece.len();
            self.skip_space();
            let ends = self.rest().starts_with(['(', ')', '|', '-', '\u{2212}'])
                || matches!(self.piece(), "AND" | "&&" | "OR" | "NOT");
            let next = if ends {
                None
            } else {
                self.item(depth, self.at)
            };
            let next = match next {
                Some(Item::Clause(next)) => next,
                other => {
                    if let Some(Item::Node(node)) = other {
                        self.left_over = Some(node);
                    }
                    self.note_operator(operator);
                    return Item::Clause(clause);
                }
            };
            clause.in_sentence |= next.in_sentence;
            if is_full || clause.words.len() + next.words.len() > NEAR_WORDS {
                if !is_full {
                    self.note(NoticeCode::TooLong, operator..self.at);
                }
                is_full = true;
                self.within(&mut clause);
                continue;
            }
            let gap = self.limited(gap, operator..operator + piece.len());
            clause.in_title |= next.in_title;
            clause.words.extend(next.words);
            clause.kind = ClauseKind::Near;
            clause.shape = Shape::Near(gap);
            clause.text = format!("{} ~{gap} {}", clause.text, next.text);
            self.within(&mut clause);
        }
    }

    /// A distance within its limit; one beyond is told.
    fn limited(&mut self, gap: u32, operator: std::ops::Range<usize>) -> u32 {
        if gap > GAP {
            self.note(NoticeCode::TooLong, operator);
        }
        gap.min(GAP)
    }

    /// Reads `within s`.
    pub(super) fn within(&mut self, clause: &mut Clause) {
        let rest = self.rest().trim_start();
        let unit = rest
            .strip_prefix("within")
            .map(|rest| (rest, rest.trim_start()));
        let after = unit
            .filter(|(rest, unit)| rest.len() > unit.len())
            .and_then(|(_, unit)| {
                let after = unit
                    .strip_prefix("<s/>")
                    .or_else(|| unit.strip_prefix('s'))?;
                let ends = after.is_empty()
                    || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'));
                ends.then_some(after)
            });
        if let Some(after) = after {
            clause.in_sentence = true;
            self.at = self.end - after.len();
        }
    }

    pub(super) fn phrase(&mut self, start: usize) -> Option<Item> {
        let rest = self.rest();
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        let inside = rest.get(mark..).unwrap_or_default();
        let opened = self.at;
        let content = match inside.find(is_quote) {
            Some(close) => {
                let closing = inside.get(close..).and_then(|c| c.chars().next());
                self.at += mark + close + closing.map_or(0, char::len_utf8);
                inside.get(..close).unwrap_or_default()
            }
            None => {
                self.at = self.end;
                self.note(NoticeCode::UnclosedQuote, opened..self.end);
                inside
            }
        };
        let mut clause = self.clause(content, start..self.at, opened)?;
        let rest = self.rest();
        let is_sign = |c: char| c == '~' || c.is_ascii_digit();
        let sign = rest.get(..rest.find(|c| !is_sign(c)).unwrap_or(rest.len()));
        let sign = sign.unwrap_or_default();
        if let Some(gap) = distance(sign) {
            let operator = self.at;
            self.at += sign.len();
            let many = clause.words.len() > 1;
            if many && clause.words.len() <= NEAR_WORDS {
                clause.kind = ClauseKind::Near;
                clause.shape = Shape::Near(self.limited(gap, operator..self.at));
            } else if many {
                self.note(NoticeCode::TooLong, opened..self.at);
            }
        }
        self.within(&mut clause);
        Some(Item::Clause(clause))
    }

    pub(super) fn word(&mut self, start: usize) -> Option<Item> {
        let piece = self.piece();
        let at = self.at;
        if distance(piece).is_some() {
            self.at += piece.len();
            self.note_operator(at);
            return None;
        }
        self.at += piece.len().max(
            self.rest()
                .chars()
                .next()
                .map_or(0, |c| if piece.is_empty() { c.len_utf8() } else { 0 }),
        );
        self.clause(piece, start..self.at, at).map(Item::Clause)
    }

    /// The clause of words; `span` is all that was read for it.
    fn clause(&mut self, content: &str, span: std::ops::Range<usize>, at: usize) -> Option<Clause> {
        let mut words = match words(content) {
            Ok(words) => words,
            Err(_) => {
                self.note(NoticeCode::LargeRegex, span);
                return None;
            }
        };
        if words.len() > PHRASE_WORDS {
            words.truncate(PHRASE_WORDS);
            self.note(NoticeCode::TooLong, at..span.end);
        }
        if words.is_empty() {
            self.note(NoticeCode::NoWords, span);
            return None;
        }
        for word in &mut words {
            word.lens = self.context.lens;
        }
        Some(Clause::of(content, words))
    }

    /// Reads `/…/`; `None` when none stands here.
    pub(super) fn regex(&mut self) -> Option<Option<Item>> {
        let rest = self.rest().get(1..)?;
        let mut escaped = false;
        let close = rest.find(|c: char| {
            let ends = c.is_whitespace() || c == '/' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let after = rest.get(close..)?.strip_prefix('/')?;
        let ends = after.is_empty()
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'));
        let source = rest
            .get(..close)
            .filter(|source| ends && !source.is_empty())?;
        let start = self.at;
        self.at += close + 2;
        let word = match Pattern::regex(source) {
            Ok(pattern) => Word {
                text: source.to_owned(),
                kind: WordKind::Regex(pattern),
                lens: self.context.lens,
                via: None,
            },
            Err(PatternError::Mistake(at)) => {
                self.note(NoticeCode::BadRegex, start + 1 + at..self.at);
                return Some(None);
            }
            Err(PatternError::TooLarge(at)) => {
                self.note(NoticeCode::LargeRegex, start + 1 + at..self.at);
                return Some(None);
            }
        };
        Some(Some(Item::Clause(Clause::of(source, vec![word]))))
    }
}

/// The number of `~n`, however many digits it has.
fn distance(piece: &str) -> Option<u32> {
    let digits = piece.strip_prefix('~')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}
