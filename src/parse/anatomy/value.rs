//! Reads the values that metadata lines hold: outlets, keywords, datelines.

use super::rules::{RuleKind, Rules};
use super::unit::Unit;
use crate::text::date::{CalendarDate, DateExpression, DateFlag, dates_in, may_start_date};
use crate::text::fold::folded_letters;
use crate::text::{ByteSpan, Token, TokenKind, tokenize};

/// Keywords without separators are one keyword up to this many words.
const ONE_KEYWORD_WORDS: usize = 3;

/// The longest dateline, in words.
const DATELINE_WORDS: usize = 7;

/// Cuts a stretch at the separators and trims each piece.
fn pieces(text: &str, span: ByteSpan, is_separator: impl Fn(char) -> bool) -> Vec<ByteSpan> {
    let mut start = span.start as usize;
    span.of(text)
        .split(is_separator)
        .filter_map(|piece| {
            let at = start;
            // Every separator in use is one character; find its length in the text.
            start += piece.len();
            start += text
                .get(start..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            let trimmed = trim(text, ByteSpan::new(at, at + piece.len()));
            (!trimmed.is_empty()).then_some(trimmed)
        })
        .collect()
}

/// Takes white space, stops, ornament and leftover separators off both ends.
pub(super) fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let ornament = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | '-'
                    | '–'
                    | '—'
                    | '*'
                    | '#'
                    | '،'
                    | ','
                    | ':'
                    | '|'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '\u{200F}'
            )
    };
    let raw = span.of(text);
    let ahead = raw.len() - raw.trim_start_matches(ornament).len();
    let kept = raw.trim_matches(ornament).len();
    ByteSpan::new(
        span.start as usize + ahead,
        span.start as usize + ahead + kept,
    )
}

/// The outlets that a source line names.
pub(super) fn outlets(text: &str, value: ByteSpan) -> Vec<ByteSpan> {
    pieces(text, value, |c| {
        matches!(c, '+' | '،' | ',' | '/' | '|' | '؛' | ';')
    })
}

/// The keywords of a line: told apart, or as one stretch that cannot be.
pub(super) fn keywords(text: &str, value: ByteSpan) -> (Vec<ByteSpan>, Option<ByteSpan>) {
    let is_separator = |c: char| matches!(c, '،' | ',' | '|' | '؛' | ';' | '#' | '•' | '/');
    let trimmed = trim(text, value);
    if trimmed.is_empty() {
        return (Vec::new(), None);
    }
    let one = tokenize(trimmed.of(text))
        .take(ONE_KEYWORD_WORDS + 1)
        .count()
        <= ONE_KEYWORD_WORDS;
    if one || trimmed.of(text).contains(is_separator) {
        (pieces(text, value, is_separator), None)
    } else {
        (Vec::new(), Some(trimmed))
    }
}

/// The first full day of a short stretch; a Gregorian one before a Hijri one.
/// Text without a digit is not looked at.
pub(super) fn date_in(text: &str) -> Option<CalendarDate> {
    first_day(&days_in(text))
}

fn days_in(text: &str) -> Vec<DateExpression> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '٠'..='٩' | '۰'..='۹');
    if text.contains(is_digit) {
        dates_in(text)
    } else {
        Vec::new()
    }
}

fn first_day(found: &[DateExpression]) -> Option<CalendarDate> {
    let is_sure = |date: &&DateExpression| !date.flags.contains(&DateFlag::MonthConflict);
    let is_hijri = |date: &DateExpression| date.flags.contains(&DateFlag::Hijri);
    let sure = || found.iter().filter(is_sure);
    let days = sure().filter(|date| !is_hijri(date)).chain(sure());
    days.filter_map(DateExpression::day).next()
}

/// The date of a line that says nothing else: «الاثنين 18 سبتمبر 2023 - 10:30».
pub(super) fn bare_date(rules: &Rules, text: &str, unit: &Unit) -> Option<CalendarDate> {
    if !unit.has_digit {
        return None;
    }
    let line = unit.span.of(text);
    let word = |token: Token| folded_letters(token.span.of(line));
    let is_date_word = |word: &str| rules.tree().has_word(RuleKind::DateWord, word);
    // Titles with a number in them show by their first word.
    let first = tokenize(line).next()?;
    let may_be_first = first.kind == TokenKind::Number || {
        let word = word(first);
        may_start_date(&word) || is_date_word(&word)
    };
    if !may_be_first {
        return None;
    }
    let found = days_in(line);
    let day = first_day(&found)?;
    let fits = |token: Token| {
        token.kind == TokenKind::Number
            || found.iter().any(|date| date.span.overlaps(&token.span))
            || is_date_word(&word(token))
    };
    tokenize(line).all(fits).then_some(day)
}

/// The date of a line of cells, one of which is a date and nothing else:
/// «أحمد علي | 18 سبتمبر 2023».
pub(super) fn date_cell(rules: &Rules, text: &str, unit: &Unit) -> Option<CalendarDate> {
    if !unit.has_digit {
        return None;
    }
    let line = unit.span.of(text);
    let cells = line.split(['|', '•', '·', '–', '—', '،', ',']);
    let spaced = cells.flat_map(|cell| cell.split(" - "));
    spaced
        .filter(|cell| !cell.trim().is_empty())
        .find_map(|cell| {
            let whole = Unit::within(cell, ByteSpan::new(0, cell.len()));
            bare_date(rules, cell, &whole)
        })
}

/// What a dateline names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dateline {
    pub(super) outlet: Option<ByteSpan>,
    pub(super) place: Option<ByteSpan>,
    /// An agency that the rules know is among its words.
    pub(super) has_agency: bool,
}

/// Reads «البلاد (موسكو)» (outlet, place), «القاهرة – أ ش أ» (place, agency),
/// «موسكو (رويترز)» and «(رويترز)».
///
/// The caller knows that the line stands where a dateline may: between the
/// title and the first paragraph.
pub(super) fn dateline(rules: &Rules, text: &str, line: ByteSpan) -> Option<Dateline> {
    let content = line.of(text);
    let words = tokenize(content).take(DATELINE_WORDS + 1).count();
    if !(1..=DATELINE_WORDS).contains(&words) {
        return None;
    }
    let at = |start: usize, end: usize| {
        let start = line.start as usize + start;
        let span = trim(text, ByteSpan::new(start, line.start as usize + end));
        (!span.is_empty()).then_some(span)
    };
    let is_a = |kind: RuleKind, span: ByteSpan| rules.tree().starts_with(kind, span.of(text));
    let is_agency = |span: ByteSpan| is_a(RuleKind::Agency, span);
    let is_place = |span: ByteSpan| is_a(RuleKind::Place, span);
    let bare = content.trim_end_matches([':', ' ', '-', '–', '—', '.', '/', '\u{A0}']);
    let (first, second) = if let Some(open) = bare.find('(').filter(|_| bare.ends_with(')')) {
        (at(0, open), at(open + 1, bare.len() - 1))
    } else if let Some((dash, length)) = dash(bare) {
        let (place, agency) = (at(0, dash)?, at(dash + length, bare.len()));
        // The place stands first, unless what is known says otherwise: «رويترز - القاهرة».
        let turned = agency.is_some_and(is_place) && !is_place(place);
        if turned || is_agency(place) && !agency.is_some_and(is_agency) {
            (Some(place), agency)
        } else {
            (agency, Some(place))
        }
    } else {
        let whole = at(0, bare.len()).filter(|&span| is_agency(span))?;
        (Some(whole), None)
    };
    // In brackets stands a place, or the agency: «موسكو (رويترز)», «(رويترز)».
    let (outlet, place) = match (first, second) {
        (first, Some(second)) if is_agency(second) && !first.is_some_and(is_agency) => {
            (Some(second), first)
        }
        (None, Some(_)) => return None,
        both => both,
    };
    Some(Dateline {
        outlet,
        place,
        has_agency: outlet.is_some_and(is_agency),
    })
}

/// Where the first dash of a dateline stands and how long it is.
fn dash(bare: &str) -> Option<(usize, usize)> {
    let signs = [" – ", " - ", " — ", " / ", "/", "- ", "– "];
    let found = signs
        .iter()
        .filter_map(|sign| Some((bare.find(sign)?, sign.len())));
    found.min_by_key(|&(at, length)| (at, std::cmp::Reverse(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> ByteSpan {
        ByteSpan::new(0, text.len())
    }

    #[test]
    fn outlets_and_keywords_are_told_apart() {
        let text = "سكاي نيوز عربية + وكالات.";
        let found: Vec<_> = outlets(text, whole(text))
            .iter()
            .map(|s| s.of(text))
            .collect();
        assert_eq!(found, ["سكاي نيوز عربية", "وكالات"]);

        let cases: &[(&str, &[&str], Option<&str>)] = &[
            ("کوریا الشمالیة", &["کوریا الشمالیة"], None),
            (
                "روسيا، كوريا الشمالية، بوتين",
                &["روسيا", "كوريا الشمالية", "بوتين"],
                None,
            ),
            ("#روسيا #بوتين", &["روسيا", "بوتين"], None),
            (
                "كيم روسيا أوكرانيا بيونغيانغ",
                &[],
                Some("كيم روسيا أوكرانيا بيونغيانغ"),
            ),
            ("", &[], None),
        ];
        for (text, apart, raw) in cases {
            let (found, rest) = keywords(text, whole(text));
            assert_eq!(
                found.iter().map(|s| s.of(text)).collect::<Vec<_>>(),
                *apart,
                "{text}"
            );
            assert_eq!(rest.map(|s| s.of(text)), *raw, "{text}");
        }
    }

    #[test]
    fn datelines_name_outlet_and_place() {
        let cases = [
            ("البلاد (موسكو)", Some((Some("البلاد"), Some("موسكو")))),
            ("القاهرة – أ ش أ", Some((Some("أ ش أ"), Some("القاهرة")))),
            (
                "القاهرة - (رويترز)",
                Some((Some("رويترز"), Some("القاهرة"))),
            ),
            ("رويترز - القاهرة", Some((Some("رويترز"), Some("القاهرة")))),
            ("موسكو (رويترز) -", Some((Some("رويترز"), Some("موسكو")))),
            ("(رويترز)", Some((Some("رويترز"), None))),
            ("بيروت/ د ب أ", Some((Some("د ب أ"), Some("بيروت")))),
            ("MOSCOW (Reuters)", Some((Some("Reuters"), Some("MOSCOW")))),
            ("كيم في روسيا", None),
            ("(صورة)", None),
        ];
        for (text, expected) in cases {
            let found = dateline(Rules::bundled(), text, whole(text));
            let found = found.map(|d| (d.outlet.map(|s| s.of(text)), d.place.map(|s| s.of(text))));
            assert_eq!(found, expected, "{text}");
        }
    }
}
