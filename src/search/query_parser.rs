//! Reads the query language.
//!
//! | typed | means |
//! |---|---|
//! | `بوتين كيم` | both words, in one document |
//! | `"…"`, `«…»`, `“…”`, `„…“`, `‹…›`, also misdirected `”…“` | the words next to each other |
//! | `بوت*` | words that begin so; also inside a phrase |
//! | `بيونغيانج~` | the word and others a letter or two from it; also inside a phrase |
//! | `-ترامب`, `-«…»` | documents without it |
//!
//! What the tokeniser would cut (`كوفيد-19`, `#كوريا_الشمالية`) is looked for
//! as a phrase: a reader who types it wants its pieces together.

use super::query::{Clause, ClauseKind, Notice, NoticeCode, Query, Word};
use crate::text::{floor_border, tokenize};

/// Longest query that is read, in bytes.
const QUERY_BYTES: usize = 10_000;

/// Most clauses of a query, repeated ones counted once.
const CLAUSES: usize = 32;

/// Most words of a phrase.
const PHRASE_WORDS: usize = 64;

pub(super) fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut end = floor_border(text, QUERY_BYTES);
    let mut at = 0;
    while let Some(rest) = text.get(at..end) {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            break;
        }
        at += rest.len() - trimmed.len();
        if query.clauses.len() == CLAUSES {
            end = at;
            break;
        }
        at += read_clause(trimmed, at, &mut query);
    }
    if end < text.len() {
        note(
            &mut query,
            NoticeCode::TooLong,
            text.get(end..).unwrap_or_default(),
            end,
        );
    }
    let excluded = query
        .clauses
        .iter()
        .filter(|clause| clause.excluded)
        .count();
    if excluded > 0 && excluded == query.clauses.len() {
        note(&mut query, NoticeCode::OnlyExclusions, text, 0);
    }
    query
}

/// Reads the clause that `rest` starts with; returns its length in bytes.
fn read_clause(rest: &str, at: usize, query: &mut Query) -> usize {
    let after_minus = rest.strip_prefix(['-', '\u{2212}']);
    let operand = after_minus.filter(|operand| operand.starts_with(|c: char| !c.is_whitespace()));
    let excluded = operand.is_some();
    let operand = operand.unwrap_or(rest);
    let operator_len = rest.len() - operand.len();
    let (content, length) = match operand.strip_prefix(is_quote) {
        Some(inside) => {
            let mark_len = operand.len() - inside.len();
            match inside.find(is_quote) {
                Some(close) => {
                    let content = inside.get(..close).unwrap_or_default();
                    let closing = inside.get(close..).and_then(|c| c.chars().next());
                    (
                        content,
                        mark_len + close + closing.map_or(0, char::len_utf8),
                    )
                }
                None => {
                    note(query, NoticeCode::UnclosedQuote, operand, at + operator_len);
                    (inside, operand.len())
                }
            }
        }
        None => {
            let end = operand
                .find(|c: char| c.is_whitespace() || is_quote(c))
                .unwrap_or(operand.len());
            (operand.get(..end).unwrap_or_default(), end)
        }
    };
    let mut words = words(content);
    if words.len() > PHRASE_WORDS {
        words.truncate(PHRASE_WORDS);
        note(query, NoticeCode::TooLong, content, at + operator_len);
    }
    let kind = match words.as_slice() {
        [] => {
            note(
                query,
                NoticeCode::NoWords,
                operand.get(..length).unwrap_or_default(),
                at,
            );
            return operator_len + length;
        }
        [word] if word.is_prefix => ClauseKind::Prefix,
        [word] if word.is_fuzzy => ClauseKind::Fuzzy,
        [_] => ClauseKind::Word,
        _ => ClauseKind::Phrase,
    };
    let clause = Clause {
        text: content.trim().to_owned(),
        kind,
        excluded,
        words,
    };
    // Asked twice is asked once.
    if !query.clauses.contains(&clause) {
        query.clauses.push(clause);
    }
    operator_len + length
}

fn words(content: &str) -> Vec<Word> {
    tokenize(content)
        .map(|token| {
            let behind = content.get(token.span.end as usize..).unwrap_or_default();
            Word {
                text: token.span.of(content).to_owned(),
                is_prefix: behind.starts_with('*'),
                is_fuzzy: behind.starts_with('~'),
            }
        })
        .collect()
}

fn note(query: &mut Query, code: NoticeCode, text: &str, at: usize) {
    const SHOWN: usize = 80;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    query.notices.push(Notice {
        code,
        text: shown,
        at,
    });
}

/// Every double quotation mark in use, whichever way it points.
fn is_quote(c: char) -> bool {
    matches!(c,
        '"' | '«' | '»' | '\u{2039}' | '\u{203A}' | '\u{201C}'..='\u{201F}' | '\u{300C}'..='\u{300F}' | '\u{FF02}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `kind[excluded]: words | notices`, one line a clause.
    fn read(text: &str) -> (Vec<String>, Vec<(&'static str, usize)>) {
        let query = parse(text);
        let clauses = query.clauses.iter().map(|clause| {
            let words: Vec<String> = clause
                .words
                .iter()
                .map(|w| {
                    let prefix = if w.is_prefix { "*" } else { "" };
                    let fuzzy = if w.is_fuzzy { "~" } else { "" };
                    format!("{}{prefix}{fuzzy}", w.text)
                })
                .collect();
            format!(
                "{}{} {}",
                if clause.excluded { "-" } else { "" },
                clause.kind.name(),
                words.join(" ")
            )
        });
        let notices = query
            .notices
            .iter()
            .map(|n| (n.code.name(), n.at))
            .collect();
        (clauses.collect(), notices)
    }

    #[test]
    fn queries_are_read_as_the_table_says() {
        type Case<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, usize)]);
        let cases: &[Case] = &[
            ("", &[], &[]),
            ("بوتين كيم", &["word بوتين", "word كيم"], &[]),
            ("«الرئيس الروسي»", &["phrase الرئيس الروسي"], &[]),
            (
                "\"الرئيس الروسي\" كيم",
                &["phrase الرئيس الروسي", "word كيم"],
                &[],
            ),
            ("”الرئيس الروسي“", &["phrase الرئيس الروسي"], &[]),
            ("“بوتين”", &["word بوتين"], &[]),
            ("بوت* -ترامب", &["prefix بوت*", "-word ترامب"], &[]),
            (
                "بوتن~ «كيم جونج~»",
                &["fuzzy بوتن~", "phrase كيم جونج~"],
                &[],
            ),
            ("«الرئيس الرو*»", &["phrase الرئيس الرو*"], &[]),
            (
                "-«البيت الأبيض»كيم",
                &["-phrase البيت الأبيض", "word كيم"],
                &[],
            ),
            ("كوفيد-19", &["phrase كوفيد 19"], &[]),
            ("#كوريا_الشمالية", &["phrase كوريا الشمالية"], &[]),
            (
                "كيم - بوتين",
                &["word كيم", "word بوتين"],
                &[("no-words", 7)],
            ),
            ("«الرئيس", &["word الرئيس"], &[("unclosed-quote", 0)]),
            ("-ترامب", &["-word ترامب"], &[("only-exclusions", 0)]),
            ("* ؟", &[], &[("no-words", 0), ("no-words", 2)]),
            ("«»", &[], &[("no-words", 0)]),
            ("كيم كيم «كيم» -كيم", &["word كيم", "-word كيم"], &[]),
        ];
        for (text, clauses, notices) in cases {
            let (found, noted) = read(text);
            assert_eq!(found, *clauses, "{text}");
            assert_eq!(noted, *notices, "{text}");
        }
    }

    #[test]
    fn what_is_beyond_the_limits_is_left_out_and_said_so() {
        let many: String = (0..CLAUSES + 5).map(|n| format!("{n} ")).collect();
        let query = parse(&many);
        assert_eq!(query.clauses.len(), CLAUSES);
        let noticed = |query: &Query| query.notices.iter().any(|n| n.code == NoticeCode::TooLong);
        assert!(noticed(&query));
        let query = parse(&format!("«{}»", "كيم ".repeat(PHRASE_WORDS + 1)));
        assert_eq!(query.clauses[0].words.len(), PHRASE_WORDS);
        assert!(noticed(&query));
        assert!(noticed(&parse(&"-".repeat(QUERY_BYTES + 1))));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "[ا-ي «»\"*“”-]{0,40}|\\PC{0,40}") {
            let query = parse(&text);
            for clause in &query.clauses {
                prop_assert!(!clause.words.is_empty());
            }
        }
    }
}
