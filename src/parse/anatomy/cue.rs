//! Finds the phrases of the cue table at the start of a line.

use super::cue_table::{BUTTON_WORDS, CUES};
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::folded_letters as folded;
use crate::text::{ByteSpan, tokenize};

/// What a cue announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueKind {
    ReadAlso,
    Related,
    Published,
    Outlet,
    Keywords,
    Share,
}

/// What must follow the words for them to be a cue and not running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// Nothing in particular.
    Anything,
    /// A colon, or the end of the line.
    Colon,
    /// A colon, the end of the line, or a date.
    DateOrColon,
    /// A colon, or at most [`SHORT_WORDS`] words.
    Short,
}

const SHORT_WORDS: usize = 6;

/// Longest stretch that is looked at for a date, in bytes.
const DATE_BYTES: usize = 200;

/// A cue found at the start of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) kind: CueKind,
    /// The words with the colon after them.
    pub(super) span: ByteSpan,
    /// What stands after it on the line; empty when nothing does.
    pub(super) rest: ByteSpan,
    /// Stands against the next word with nothing between.
    pub(super) glued: bool,
}

/// Finds the cue that the stretch `line` of `text` starts with.
pub(super) fn find_cue(text: &str, line: ByteSpan) -> Option<Cue> {
    let content = line.of(text);
    // No cue has more words; a line may have millions.
    let head: Vec<_> = tokenize(content).take(4).map(|token| token.span).collect();
    let folded: Vec<String> = head.iter().map(|span| folded(span.of(content))).collect();
    // A cue starts its line, ornament aside.
    let first = head.first()?;
    if content
        .get(..first.start as usize)?
        .chars()
        .any(|c| !matches!(c, ' ' | '*' | '#' | '[' | '(' | '\u{A0}'))
    {
        return None;
    }
    CUES.iter().find_map(|(words, kind, follows)| {
        let (end, glued) = match_words(content, &head, &folded, words)?;
        let (colon_end, has_colon) = skip_colon(content, end);
        let rest_text = content.get(colon_end..)?;
        let start = colon_end + (rest_text.len() - rest_text.trim_start().len());
        let rest = ByteSpan::new(line.start as usize + start, line.end as usize);
        let rest_words = || tokenize(rest.of(text)).take(SHORT_WORDS + 1).count();
        let accepted = match follows {
            Follows::Anything => true,
            Follows::Colon => has_colon || rest.is_empty(),
            Follows::DateOrColon => {
                let near = &rest.of(text).chars().take(DATE_BYTES).collect::<String>();
                has_colon || rest.is_empty() || crate::text::date::find_date(near).is_some()
            }
            Follows::Short => has_colon || rest_words() <= SHORT_WORDS,
        };
        let span = ByteSpan::new(line.start as usize, line.start as usize + colon_end);
        accepted.then_some(Cue {
            kind: *kind,
            span,
            rest,
            glued,
        })
    })
}

/// Where a second cue with a colon starts inside `rest`: «المصدر: س كلمات دلالية: ص».
pub(super) fn inner_cue(text: &str, rest: ByteSpan) -> Option<usize> {
    let content = rest.of(text);
    tokenize(content)
        .skip(1)
        .take(60)
        .map(|token| token.span.start)
        .find_map(|start| {
            let at = rest.start + start;
            let cue = find_cue(
                text,
                ByteSpan {
                    start: at,
                    end: rest.end,
                },
            )?;
            let label = cue.span.of(text).trim_end();
            (label.ends_with(':') && cue.kind != CueKind::Share).then_some(at as usize)
        })
}

/// Whether every word of the line is one that only buttons have.
pub(super) fn is_button_text(text: &str, line: ByteSpan) -> bool {
    let mut words = 0;
    let only_buttons = tokenize(line.of(text)).take(30).all(|token| {
        words += 1;
        BUTTON_WORDS.contains(&folded(token.span.of(line.of(text))).as_str())
    });
    only_buttons && words >= 2
}

/// End of the phrase `words` at the start of the line, and whether it is glued
/// to the word after it (only phrases of two words and more may be).
fn match_words(
    content: &str,
    head: &[ByteSpan],
    folded: &[String],
    words: &[&str],
) -> Option<(usize, bool)> {
    let last = words.len().checked_sub(1)?;
    if words
        .iter()
        .take(last)
        .zip(folded)
        .any(|(word, have)| word != have)
    {
        return None;
    }
    let (token, have, word) = (head.get(last)?, folded.get(last)?, words.get(last)?);
    if have == word {
        return Some((token.end as usize, false));
    }
    if last == 0 || !have.starts_with(word) {
        return None;
    }
    let prefix = raw_prefix(token.of(content), word)?;
    Some((token.start as usize + prefix, true))
}

/// Bytes at the start of `raw` that fold to `prefix`, marks after them included.
fn raw_prefix(raw: &str, prefix: &str) -> Option<usize> {
    // Marks may stand between the letters, but no cue is written with more of them than this.
    let ends = raw
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .take(4 * prefix.len());
    let end = ends
        .into_iter()
        .find(|&end| raw.get(..end).is_some_and(|head| folded(head) == prefix))?;
    let marks = raw
        .get(end..)?
        .chars()
        .take_while(|&c| class_of(c) == CharClass::Mark);
    Some(end + marks.map(char::len_utf8).sum::<usize>())
}

fn skip_colon(content: &str, end: usize) -> (usize, bool) {
    let rest = content.get(end..).unwrap_or_default();
    let spaced = rest.trim_start_matches([' ', '\u{A0}', '*', ']', ')']);
    match spaced.chars().next() {
        Some(colon @ (':' | '：')) => (end + (rest.len() - spaced.len()) + colon.len_utf8(), true),
        _ => (end, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_found_in_their_variants_and_not_in_running_text() {
        use CueKind::*;
        let cases = [
            ("إقرأ أيضاً:", Some((ReadAlso, ""))),
            ("اقرأ أيضا", Some((ReadAlso, ""))),
            ("أقرأ ايضاً : بوتين", Some((ReadAlso, "بوتين"))),
            ("اقرأ أيضاًبوتين: روسيا", Some((ReadAlso, "بوتين: روسيا"))),
            ("مقالات مشابهة", Some((Related, ""))),
            (
                "المصدر: قناة اليمن اليوم",
                Some((Outlet, "قناة اليمن اليوم")),
            ),
            ("المصدر قال إن الرئيس غادر", None),
            ("مصدر مسؤول يؤكد", None),
            ("نقلا عن: سانا", Some((Outlet, "سانا"))),
            ("نقلا عن وكالة الأنباء التي ذكرت أن الرئيس غادر اليوم", None),
            (
                "تاريخ النشر: 18th, September 2023 GMT",
                Some((Published, "18th, September 2023 GMT")),
            ),
            ("نشر في 18 سبتمبر 2023", Some((Published, "18 سبتمبر 2023"))),
            ("نشر في القاهرة كتاب جديد عن الحرب", None),
            (
                "كلمات دلالية: کوریا الشمالیة",
                Some((Keywords, "کوریا الشمالیة")),
            ),
            ("طباعة شارك القاهرة", Some((Share, "القاهرة"))),
            ("شارك الرئيس في القمة", None),
            ("المزيد من الدعم لكييف من واشنطن وحلفائها في أوروبا", None),
            ("Source: Reuters", Some((Outlet, "Reuters"))),
            ("", None),
        ];
        for (line, expected) in cases {
            let found = find_cue(line, ByteSpan::new(0, line.len()));
            let found = found.map(|cue| (cue.kind, cue.rest.of(line)));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn a_line_of_button_words_is_share_text() {
        for (line, expected) in [
            ("فيسبوك تويتر واتساب", true),
            ("شارك الرئيس", false),
            ("طباعة", false),
        ] {
            assert_eq!(
                is_button_text(line, ByteSpan::new(0, line.len())),
                expected,
                "{line}"
            );
        }
    }
}
