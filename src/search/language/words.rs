//! The words of a piece of a query, with their signs.

use crate::search::pattern::{Pattern, PatternError};
use crate::search::query::{Word, WordKind};
use crate::text::char_class::{CharClass, class_of};
use crate::text::tokenize;

/// The words of a text, with `*`, `?` and `~`.
pub(super) fn words(content: &str) -> Result<Vec<Word>, PatternError> {
    let mut words = Vec::new();
    for chunk in content.split_whitespace() {
        match wildcard(chunk) {
            Some(text) => words.push(Word {
                text: text.to_owned(),
                kind: WordKind::Wildcard(Pattern::wildcard(text)?),
                lens: None,
                via: None,
            }),
            None => words.extend(tokenize(chunk).map(|token| {
                let behind = chunk.get(token.span.end as usize..).unwrap_or_default();
                let kind = match behind.chars().next() {
                    Some('*') => WordKind::Prefix,
                    Some('~') => WordKind::Fuzzy,
                    _ => WordKind::Plain,
                };
                Word {
                    text: token.span.of(chunk).to_owned(),
                    kind,
                    lens: None,
                    via: None,
                }
            })),
        }
    }
    Ok(words)
}

/// The word with wildcards that a chunk is: letters or digits with `*` or `?`
/// before or among them. A `*` behind
/// plain letters is a prefix, a `?` there a question mark.
fn wildcard(chunk: &str) -> Option<&str> {
    let is_inside = |c: char| matches!(c, '*' | '?') || class_of(c) != CharClass::Other;
    let text = chunk.trim_matches(|c: char| !is_inside(c));
    let last = text.rfind(|c: char| !matches!(c, '*' | '?'))?;
    let first_sign = text.find(['*', '?'])?;
    (first_sign < last && text.chars().all(is_inside)).then_some(text)
}

/// Every double quotation mark in use, whichever way it points, and two single ones.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c,
        '"' | '«' | '»' | '\u{2039}' | '\u{203A}' | '\u{201C}'..='\u{201F}' | '\u{300C}'..='\u{300F}' | '\u{FF02}')
}
