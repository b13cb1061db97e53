//! Reads a rules file into the tree of its phrases.

use super::pattern::phrases;
use super::tree::{Element, Tree};
use super::{Condition, Limits, Rule, RuleKind, RulesError, RulesErrorKind};
use crate::text::fold::folded_letters;
use crate::text::tokenize;

/// A place on a line and what is wrong there.
pub(super) struct Fault {
    /// Byte of the line.
    pub(super) at: usize,
    pub(super) kind: RulesErrorKind,
}

/// Adds the rules of a file; returns how many there are.
pub(super) fn read(text: &str, is_own: bool, tree: &mut Tree) -> Result<usize, RulesError> {
    if text.len() > Limits::FILE_BYTES {
        let fault = Fault {
            at: 0,
            kind: RulesErrorKind::FileTooLarge,
        };
        return Err(error(0, text.lines().next().unwrap_or_default(), &fault));
    }
    let (mut rules, mut left) = (0, Limits::ALL_PHRASES);
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        rules += 1;
        let rule = if rules > Limits::RULES {
            Err(Fault {
                at: 0,
                kind: RulesErrorKind::TooManyRules,
            })
        } else {
            read_line(line, is_own, &mut left, tree)
        };
        rule.map_err(|fault| error(number, line, &fault))?;
    }
    Ok(rules)
}

fn error(number: usize, line: &str, fault: &Fault) -> RulesError {
    let rest = line.get(fault.at..).unwrap_or_default();
    let word = rest.split_whitespace().next().unwrap_or_default();
    RulesError {
        kind: fault.kind,
        line: number + 1,
        column: line.get(..fault.at).unwrap_or(line).chars().count() + 1,
        found: word.chars().take(30).collect(),
    }
}

fn read_line(line: &str, is_own: bool, left: &mut usize, tree: &mut Tree) -> Result<(), Fault> {
    if let Some((at, _)) = line.char_indices().nth(Limits::LINE_CHARS) {
        return Err(Fault {
            at,
            kind: RulesErrorKind::LineTooLong,
        });
    }
    let (kind_at, kind, rest) = word(line, 0);
    let kind = RuleKind::ALL
        .into_iter()
        .find(|known| known.name() == kind)
        .ok_or(Fault {
            at: kind_at,
            kind: RulesErrorKind::UnknownKind,
        })?;
    let (condition_at, condition, rest) = word(line, rest);
    let fault = |what| Fault {
        at: condition_at,
        kind: what,
    };
    let condition = Condition::ALL
        .into_iter()
        .find(|known| known.name() == condition)
        .ok_or_else(|| fault(RulesErrorKind::UnknownCondition))?;
    match (kind.is_words(), condition == Condition::Words) {
        (true, false) => return Err(fault(RulesErrorKind::WordsExpected)),
        (false, true) => return Err(fault(RulesErrorKind::WordsUnexpected)),
        _ => {}
    }
    let pattern = line.get(rest..).unwrap_or_default();
    if pattern.trim().is_empty() {
        return Err(Fault {
            at: line.trim_end().len(),
            kind: RulesErrorKind::EmptyPattern,
        });
    }
    let rule = Rule {
        kind,
        condition,
        is_own,
    };
    if condition == Condition::Words {
        return read_words(line, rest, rule, tree);
    }
    for phrase in phrases(pattern).map_err(|fault| Fault {
        at: rest + fault.at,
        kind: fault.kind,
    })? {
        *left = left
            .checked_sub(1)
            .ok_or_else(|| fault(RulesErrorKind::TooManyPhrases))?;
        tree.add(&phrase, rule);
    }
    Ok(())
}

/// The word at or after byte `from`, where it starts and where it ends.
fn word(line: &str, from: usize) -> (usize, &str, usize) {
    let rest = line.get(from..).unwrap_or_default();
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = line.get(start..).unwrap_or_default();
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (
        start,
        rest.get(..length).unwrap_or_default(),
        start + length,
    )
}

fn read_words(line: &str, from: usize, rule: Rule, tree: &mut Tree) -> Result<(), Fault> {
    let mut at = from;
    loop {
        let (start, text, end) = word(line, at);
        if text.is_empty() {
            return Ok(());
        }
        tree.add(&[element(text, start)?], rule);
        at = end;
    }
}

/// One plain word, folded.
pub(super) fn element(word: &str, at: usize) -> Result<Element, Fault> {
    let mut tokens = tokenize(word);
    let whole = tokens
        .next()
        .is_some_and(|token| token.span.of(word) == word);
    if whole {
        return Ok(Element::Word(folded_letters(word)));
    }
    let bad = word
        .char_indices()
        .find(|&(start, c)| !tokenize(word).any(|t| t.span.range().contains(&start)) || c == '.')
        .map_or(0, |(start, _)| start);
    Err(Fault {
        at: at + bad,
        kind: RulesErrorKind::BadCharacter,
    })
}
