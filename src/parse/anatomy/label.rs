//! Finds labels inside a line: behind the value of another label, behind a
//! sentence, or glued to the last word of a paragraph.

use super::cue::{Cue, find_cue};
use super::rules::{RuleKind, Rules};
use crate::text::{ByteSpan, floor_border, tokenize};

/// A label starts at most so many bytes before its colon.
const LABEL_BYTES: usize = 120;

/// A label inside a line has at most so many words.
const LABEL_WORDS: usize = 4;

/// So many signs and spaces stand between a sentence and a label at most.
const SPACES: usize = 8;

/// So many letters stand before a label of one word that is glued to another.
const GLUED_LETTERS: usize = 3;

/// The longest value of a source label behind a paragraph, in words.
const SOURCE_WORDS: usize = 8;

/// The first label inside `line`, behind other text. `is_metadata` says that
/// the text before it is the value of another label, which a label may follow
/// at once; behind a paragraph it stands after the end of a sentence, or
/// against the last word.
pub(super) fn inner_cue(
    rules: &Rules,
    text: &str,
    line: ByteSpan,
    is_metadata: bool,
) -> Option<Cue> {
    let by_colon =
        colons(line, text).find_map(|colon| label_before(rules, text, line, colon, is_metadata));
    let until = by_colon.map_or(line, |cue| ByteSpan {
        start: line.start,
        end: cue.span.start,
    });
    if is_metadata {
        // A marker may stand against the last of its words as well.
        return by_colon.or_else(|| {
            against_last_word(rules, text, line, until)
                .filter(|cue| matches!(cue.kind, RuleKind::ReadAlso | RuleKind::Related))
        });
    }
    after_sentence(rules, text, line, until)
        .or_else(|| against_last_word(rules, text, line, until))
        .or(by_colon)
}

fn colons(line: ByteSpan, text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b':', line.of(text).as_bytes()).map(move |at| line.start as usize + at)
}

/// The label that ends with the colon at byte `colon`.
fn label_before(
    rules: &Rules,
    text: &str,
    line: ByteSpan,
    colon: usize,
    is_metadata: bool,
) -> Option<Cue> {
    let from = floor_border(text, colon.saturating_sub(LABEL_BYTES)).max(line.start as usize);
    let near = text.get(from..colon)?;
    if !rules.tree().may_end(near) {
        return None;
    }
    // Where the words of the label may start: at the last words, or inside one.
    let tokens: Vec<ByteSpan> = tokenize(near).map(|token| token.span).collect();
    let first = tokens.len().saturating_sub(LABEL_WORDS);
    tokens.get(first..)?.iter().find_map(|word| {
        let start = from + word.start as usize;
        let whole = rules
            .tree()
            .may_start_label(near.get(word.start as usize..)?)
            .then_some(start);
        let whole = whole.filter(|&start| is_metadata || ends_sentence(text, line, start));
        whole
            .into_iter()
            .chain(glued_start(rules, near, *word).map(|at| from + at))
            .find_map(|start| label_at(rules, text, line, start, Some(colon)))
    })
}

/// Where a phrase may start inside a word, behind other letters that are no proclitics.
fn glued_start(rules: &Rules, text: &str, word: ByteSpan) -> Option<usize> {
    let raw = word.of(text);
    // The longest label of one word has about so many bytes.
    if raw.len() < 10 || raw.len() > LABEL_BYTES {
        return None;
    }
    let longest = raw.char_indices().skip(1).find(|&(at, _)| {
        let starts =
            |tail: &str| rules.tree().may_start_label(tail) && rules.tree().starts_label(tail);
        raw.get(at..).is_some_and(starts) && !raw.get(..at).is_some_and(is_article)
    })?;
    Some(word.start as usize + longest.0)
}

/// Whether the stretch before a word is proclitics and the article: «وال».
fn is_article(before: &str) -> bool {
    let rest = before.trim_start_matches(['و', 'ف', 'ب', 'ك', 'ل']);
    matches!(rest, "" | "ال")
}

fn label_at(
    rules: &Rules,
    text: &str,
    line: ByteSpan,
    start: usize,
    colon: Option<usize>,
) -> Option<Cue> {
    if start <= line.start as usize {
        return None;
    }
    let cue = find_cue(rules, text, ByteSpan::new(start, line.end as usize))?;
    // A single word inside another needs three letters before it.
    let before = ByteSpan::new(line.start as usize, start).of(text);
    let letters = before.chars().rev().take(GLUED_LETTERS);
    let is_inside = before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let is_far = letters.filter(|c| c.is_alphanumeric()).count() == GLUED_LETTERS;
    if is_inside && cue.words < 2 && !is_far {
        return None;
    }
    let ends_there = colon.is_none_or(|colon| cue.span.end as usize == colon + 1);
    let fits = match cue.kind {
        RuleKind::Outlet => is_source_value(cue.rest.of(text)),
        RuleKind::Keywords | RuleKind::ReadAlso | RuleKind::Published | RuleKind::Updated => true,
        RuleKind::Related | RuleKind::Share => cue.words >= 2,
        _ => false,
    };
    (ends_there && fits).then_some(cue)
}

/// A short value, or one that another label follows soon.
fn is_source_value(value: &str) -> bool {
    let next = tokenize(value)
        .nth(SOURCE_WORDS)
        .map(|token| token.span.start as usize);
    next.is_none_or(|next| {
        let near = tokenize(value).nth(SOURCE_WORDS + LABEL_WORDS);
        let end = near.map_or(value.len(), |token| token.span.start as usize);
        value
            .get(..end.max(next))
            .is_some_and(|near| near.contains(':'))
    })
}

/// Whether the visible character before byte `at` ends a sentence or a cell.
fn ends_sentence(text: &str, line: ByteSpan, at: usize) -> bool {
    let before = ByteSpan::new(line.start as usize, at).of(text);
    let mut near = before.chars().rev().take(SPACES);
    near.find(|c| !c.is_whitespace()).is_some_and(|c| {
        matches!(
            c,
            '.' | '!' | '?' | '؟' | '…' | '»' | '"' | '”' | ')' | '|' | '•' | '۔' | ']' | '*'
        )
    })
}

/// A phrase of two words and more behind the end of a sentence, up to `until`.
fn after_sentence(rules: &Rules, text: &str, line: ByteSpan, until: ByteSpan) -> Option<Cue> {
    let content = until.of(text);
    memchr::memchr_iter(b'.', content.as_bytes()).find_map(|stop| {
        let rest = content.get(stop + 1..)?;
        let between =
            |c: &char| matches!(c, ' ' | '\u{A0}' | '.' | '"' | '»' | ')' | '*' | '•' | '|');
        let skipped = rest
            .chars()
            .take(SPACES)
            .take_while(between)
            .map(char::len_utf8)
            .sum();
        let bare = rest.get(skipped..)?;
        if bare.is_empty() || !rules.tree().may_start_label(bare) {
            return None;
        }
        let start = until.start as usize + content.len() - bare.len();
        label_at(rules, text, line, start, None).filter(|cue| cue.words >= 2)
    })
}

/// A phrase of two words and more whose first stands against the last word of
/// the text: «… في أوكرانياإقرأ أيضاً», at the end of the line.
fn against_last_word(rules: &Rules, text: &str, line: ByteSpan, until: ByteSpan) -> Option<Cue> {
    let from = floor_border(text, (until.end as usize).saturating_sub(2 * LABEL_BYTES));
    let near = ByteSpan::new(from.max(until.start as usize), until.end as usize);
    let content = near.of(text);
    // A full stop ends a paragraph, and no marker.
    if content.ends_with(['.', '۔']) || !rules.tree().may_end(content) {
        return None;
    }
    let words: Vec<ByteSpan> = tokenize(content).map(|token| token.span).collect();
    words.windows(2).find_map(|pair| {
        let [word, next] = pair else { return None };
        let second = content.get(next.start as usize..)?;
        if !rules.tree().may_be_second(second) {
            return None;
        }
        let start = near.start as usize + glued_start(rules, content, *word)?;
        label_at(rules, text, line, start, None).filter(|cue| cue.words >= 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_glued_to_a_paragraph_is_cut_off_and_running_text_is_not() {
        use RuleKind::*;
        let cases = [
            (
                "غادر الرئيس موسكو.المصدر: سانا",
                Some((Outlet, "المصدر: سانا")),
            ),
            (
                "غادر الرئيس موسكو. المصدر: سانا",
                Some((Outlet, "المصدر: سانا")),
            ),
            (
                "غادر الرئيس أوكرانياالمصدر: سانا",
                Some((Outlet, "المصدر: سانا")),
            ),
            (
                "غادر الرئيس «موسكو»المصدر : سانا",
                Some((Outlet, "المصدر : سانا")),
            ),
            (
                "غادر الرئيس موسكو.إقرأ أيضاً: خبر آخر",
                Some((ReadAlso, "إقرأ أيضاً: خبر آخر")),
            ),
            (
                "غادر الرئيس موسكو. اقرأ أيضا خبر آخر",
                Some((ReadAlso, "اقرأ أيضا خبر آخر")),
            ),
            ("غادر الرئيس موسكوإقرأ أيضاً", Some((ReadAlso, "إقرأ أيضاً"))),
            (
                "غادر الرئيس موسكو.كلمات دلالية: روسيا",
                Some((Keywords, "كلمات دلالية: روسيا")),
            ),
            ("He left.Source: Reuters", Some((Outlet, "Source: Reuters"))),
            ("وقال المصدر: لن نعود إلى المفاوضات قبل وقف الحرب", None),
            ("وقال والمصدر: لن نعود", None),
            ("أكد بوتين: روسيا لن تعود. وقال مصدر: لن نعود", None),
            ("اقرأ أيضاً ما كتبه الرئيس", None),
        ];
        let values = [
            ("روسيا، موسكوإقرأ أيضاً", Some((ReadAlso, "إقرأ أيضاً"))),
            ("سانامقالات مشابهة", Some((Related, "مقالات مشابهة"))),
            ("روسيا، موسكوكلمات دلالية", None),
            ("روسيا، أقرأ أيضاً", None),
        ];
        let cases = cases.map(|(line, expected)| (line, expected, false));
        let values = values.map(|(line, expected)| (line, expected, true));
        for (line, expected, is_metadata) in cases.into_iter().chain(values) {
            let whole = ByteSpan::new(0, line.len());
            let found = inner_cue(Rules::bundled(), line, whole, is_metadata);
            let found = found.map(|cue| (cue.kind, line.get(cue.span.start as usize..).unwrap()));
            assert_eq!(found, expected, "{line}");
        }
    }
}
