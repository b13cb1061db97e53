//! Spells a pattern out into the phrases that it stands for.
//!
//! | pattern | phrases |
//! | --- | --- |
//! | `word` | the word, letters folded |
//! | `(a b\|c)` | `a b`, `c` |
//! | `[a\|b]` | `a`, `b`, nothing |
//! | `pre*` | any word that begins so |
//! | `*` | any one word |
//! | `<number>` | any number |
//!
//! Nothing repeats, so that every pattern stands for finitely many phrases.

use super::reader::{Fault, element};
use super::tree::Element;
use super::{Limits, RulesErrorKind};

/// A phrase: its words in order.
type Phrase = Vec<Element>;

/// The phrases of a pattern.
pub(super) fn phrases(pattern: &str) -> Result<Vec<Phrase>, Fault> {
    let mut parser = Parser { pattern, at: 0 };
    let phrases = parser.alternatives(0, None)?;
    parser.space();
    let start = pattern.len() - pattern.trim_start().len();
    let at_start = |kind| Fault { at: start, kind };
    for phrase in &phrases {
        match phrase.first() {
            None => return Err(at_start(RulesErrorKind::EmptyPhrase)),
            Some(Element::Any) => return Err(at_start(RulesErrorKind::StartsWithAny)),
            Some(_) => {}
        }
    }
    Ok(phrases)
}

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at..)?.chars().next()
    }

    fn space(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn fault(&self, kind: RulesErrorKind) -> Fault {
        Fault { at: self.at, kind }
    }

    /// Sequences between `|`, up to the bracket that closes them.
    fn alternatives(&mut self, depth: usize, closing: Option<char>) -> Result<Vec<Phrase>, Fault> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence(depth)?);
            self.bounded(&all)?;
            match self.peek() {
                Some('|') => self.at += 1,
                found if found == closing => return Ok(all),
                Some(_) => return Err(self.fault(RulesErrorKind::Unopened)),
                // The caller knows where the bracket was opened.
                None => return Err(self.fault(RulesErrorKind::Unclosed)),
            }
        }
    }

    fn bounded(&self, phrases: &[Phrase]) -> Result<(), Fault> {
        let start = self.pattern.len() - self.pattern.trim_start().len();
        let fault = |kind| Fault { at: start, kind };
        if phrases.len() > Limits::PHRASES {
            return Err(fault(RulesErrorKind::TooManyPhrases));
        }
        if phrases
            .iter()
            .any(|phrase| phrase.len() > Limits::PHRASE_WORDS)
        {
            return Err(fault(RulesErrorKind::PhraseTooLong));
        }
        Ok(())
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Phrase>, Fault> {
        let mut phrases: Vec<Phrase> = vec![Vec::new()];
        loop {
            self.space();
            let next = match self.peek() {
                None | Some('|' | ')' | ']') => return Ok(phrases),
                Some(open @ ('(' | '[')) => self.group(open, depth)?,
                Some(_) => vec![vec![self.element()?]],
            };
            if phrases.len() * next.len() > Limits::PHRASES {
                let start = self.pattern.len() - self.pattern.trim_start().len();
                return Err(Fault {
                    at: start,
                    kind: RulesErrorKind::TooManyPhrases,
                });
            }
            let joined = phrases.iter().flat_map(|head| {
                next.iter()
                    .map(|tail| head.iter().chain(tail).cloned().collect())
            });
            phrases = joined.collect();
            self.bounded(&phrases)?;
        }
    }

    fn group(&mut self, open: char, depth: usize) -> Result<Vec<Phrase>, Fault> {
        if depth >= Limits::NESTING {
            return Err(self.fault(RulesErrorKind::TooDeep));
        }
        let opened = self.at;
        self.at += 1;
        let closing = if open == '(' { ')' } else { ']' };
        let inside = self.alternatives(depth + 1, Some(closing));
        let mut phrases = inside.map_err(|fault| match fault.kind {
            RulesErrorKind::Unclosed => Fault {
                at: opened,
                ..fault
            },
            _ => fault,
        })?;
        self.at += 1;
        if open == '[' {
            phrases.push(Vec::new());
        }
        Ok(phrases)
    }

    fn element(&mut self) -> Result<Element, Fault> {
        let start = self.at;
        let rest = self.pattern.get(start..).unwrap_or_default();
        let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|');
        let word = rest
            .get(..rest.find(is_end).unwrap_or(rest.len()))
            .unwrap_or_default();
        self.at += word.len();
        if word.starts_with('<') {
            return if word == "<number>" {
                Ok(Element::Number)
            } else {
                Err(Fault {
                    at: start,
                    kind: RulesErrorKind::UnknownPlaceholder,
                })
            };
        }
        if word == "*" {
            return Ok(Element::Any);
        }
        match word.strip_suffix('*') {
            Some(stem) => match element(stem, start)? {
                Element::Word(stem) => Ok(Element::Prefix(stem)),
                other => Ok(other),
            },
            None => element(word, start),
        }
    }
}
