//! Reads the values that metadata lines hold: outlets, keywords, datelines.

use crate::text::{ByteSpan, tokenize};

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
    let ornament =
        |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–' | '*' | '#' | '،' | ',' | ':');
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

/// What a dateline names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dateline {
    pub(super) outlet: Option<ByteSpan>,
    pub(super) place: Option<ByteSpan>,
}

/// Reads «البلاد (موسكو)» (outlet, place) and «القاهرة – أ ش أ» (place, agency).
///
/// The caller knows that the line stands where a dateline may: between the
/// title and the first paragraph.
pub(super) fn dateline(text: &str, line: ByteSpan) -> Option<Dateline> {
    let content = line.of(text);
    let words = tokenize(content).take(DATELINE_WORDS + 1).count();
    if !(2..=DATELINE_WORDS).contains(&words) {
        return None;
    }
    let at = |start: usize, end: usize| {
        let start = line.start as usize + start;
        let span = trim(text, ByteSpan::new(start, line.start as usize + end));
        (!span.is_empty()).then_some(span)
    };
    let bare = content.trim_end_matches([':', ' ', '-', '–']);
    if let Some(open) = bare.find('(').filter(|_| bare.ends_with(')')) {
        let outlet = at(0, open)?;
        return Some(Dateline {
            outlet: Some(outlet),
            place: at(open + 1, bare.len() - 1),
        });
    }
    let dash = [" – ", " - ", " — "]
        .iter()
        .find_map(|dash| Some((bare.find(dash)?, dash.len())))?;
    let place = at(0, dash.0)?;
    Some(Dateline {
        outlet: at(dash.0 + dash.1, bare.len()),
        place: Some(place),
    })
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
            ("كيم في روسيا", None),
        ];
        for (text, expected) in cases {
            let found = dateline(text, whole(text));
            let found = found.map(|d| (d.outlet.map(|s| s.of(text)), d.place.map(|s| s.of(text))));
            assert_eq!(found, expected, "{text}");
        }
    }
}
