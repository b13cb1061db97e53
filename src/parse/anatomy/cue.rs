//! Finds the phrases of the rules at the start of a line.

use super::rules::{Condition, RuleKind, Rules};
use super::value::date_in;
use crate::text::{ByteSpan, TokenKind, floor_border, tokenize};

/// `short` allows so many words behind the phrase.
const SHORT_WORDS: usize = 6;

/// Longest stretch that is looked at for a date, in bytes.
const DATE_BYTES: usize = 400;

/// A phrase of the rules found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) kind: RuleKind,
    /// The words with the colon after them.
    pub(super) span: ByteSpan,
    /// What stands after it on the line; empty when nothing does.
    pub(super) rest: ByteSpan,
    /// Stands against the next word with nothing between.
    pub(super) is_glued: bool,
    /// How many words the phrase has.
    pub(super) words: usize,
    /// What its rule asks for behind it.
    pub(super) condition: Condition,
    /// Its rule is the reader's.
    pub(super) is_own: bool,
}

/// Finds the cue that the stretch `line` of `text` starts with.
pub(super) fn find_cue(rules: &Rules, text: &str, line: ByteSpan) -> Option<Cue> {
    let content = line.of(text);
    // A cue starts its line, ornament aside.
    let bare =
        content.trim_start_matches([' ', '*', '#', '[', '(', '\u{A0}', '\u{200F}', '|', '•', '"']);
    if !rules.tree().may_start_cue(bare) {
        return None;
    }
    let ahead = content.len() - bare.len();
    rules.tree().find(bare).into_iter().find_map(|found| {
        if found.rule.kind.is_asked_for() {
            return None;
        }
        let (colon_end, colon) = skip_colon(content, ahead + found.end);
        let rest_text = content.get(colon_end..)?;
        let start = colon_end + (rest_text.len() - rest_text.trim_start().len());
        let rest = ByteSpan::new(line.start as usize + start, line.end as usize);
        if !holds(found.rule.condition, colon, rest, text) {
            return None;
        }
        // One word against the next is no phrase unless a colon parts them.
        if found.is_glued && (found.words < 2 || colon == Sign::Other) {
            return None;
        }
        Some(Cue {
            kind: found.rule.kind,
            span: ByteSpan::new(line.start as usize, line.start as usize + colon_end),
            rest,
            is_glued: found.is_glued,
            words: found.words,
            condition: found.rule.condition,
            is_own: found.rule.is_own,
        })
    })
}

/// What stands between a phrase and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    None,
    Colon,
    /// A bar, a slash or a dash.
    Other,
}

fn holds(condition: Condition, colon: Sign, rest: ByteSpan, text: &str) -> bool {
    let rest_text = rest.of(text);
    let words = || tokenize(rest_text).take(SHORT_WORDS + 1).count();
    let is_short = || words() <= SHORT_WORDS;
    match condition {
        Condition::Any => true,
        Condition::Words => false,
        Condition::Colon => match colon {
            Sign::Colon => true,
            Sign::Other => is_short(),
            Sign::None => words() == 0,
        },
        Condition::Date => {
            words() == 0 || {
                let near = ByteSpan::new(0, floor_border(rest_text, DATE_BYTES)).of(rest_text);
                colon == Sign::Colon && is_short() || date_in(near).is_some()
            }
        }
        Condition::Short => colon == Sign::Colon || is_short(),
        Condition::Alone => {
            let mut tokens = tokenize(rest_text).take(3);
            tokens.all(|token| token.kind == TokenKind::Number)
        }
    }
}

fn skip_colon(content: &str, end: usize) -> (usize, Sign) {
    let rest = content.get(end..).unwrap_or_default();
    let spaced = rest.trim_start_matches([' ', '\u{A0}', '*', ']', ')', '\u{200F}', '"']);
    let after = |sign: char| end + (rest.len() - spaced.len()) + sign.len_utf8();
    match spaced.chars().next() {
        Some(sign @ (':' | '：')) => (after(sign), Sign::Colon),
        Some(sign @ ('|' | '/' | '-' | '–' | '—' | '»' | '>' | '؛' | '↓')) => {
            (after(sign), Sign::Other)
        }
        _ => (end, Sign::None),
    }
}

/// Whether every word of the line is one that only buttons have.
pub(super) fn is_button_text(rules: &Rules, text: &str, line: ByteSpan) -> bool {
    let mut words = 0;
    let only_buttons = tokenize(line.of(text)).take(30).all(|token| {
        words += 1;
        let folded = crate::text::fold::folded_letters(token.span.of(line.of(text)));
        rules.tree().has_word(RuleKind::Button, &folded)
    });
    only_buttons && words >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_start(line: &str) -> Option<(RuleKind, &str)> {
        let cue = find_cue(Rules::bundled(), line, ByteSpan::new(0, line.len()));
        cue.map(|cue| (cue.kind, cue.rest.of(line)))
    }

    #[test]
    fn cues_are_found_in_their_variants_and_not_in_running_text() {
        use RuleKind::*;
        let cases = [
            ("إقرأ أيضاً:", Some((ReadAlso, ""))),
            ("اقرأ أيضا", Some((ReadAlso, ""))),
            ("اقـــرأ أيضًا", Some((ReadAlso, ""))),
            ("ٱقرأ أيضاً", Some((ReadAlso, ""))),
            ("أقرأ ايضاً : بوتين", Some((ReadAlso, "بوتين"))),
            ("** إقرأ أيضاً **", Some((ReadAlso, ""))),
            ("اقرأ أيضاًبوتين: روسيا", Some((ReadAlso, "بوتين: روسيا"))),
            ("اقرأ المزيد: بوتين", Some((ReadAlso, "بوتين"))),
            ("Read also: Putin", Some((ReadAlso, "Putin"))),
            ("READ MORE", Some((ReadAlso, ""))),
            ("مقالات مشابهة", Some((Related, ""))),
            ("مواضيع ذات صلة:", Some((Related, ""))),
            ("أخبار ذات الصلة", Some((Related, ""))),
            ("قد يعجبك أيضاً", Some((Related, ""))),
            ("الأكثر قراءة", Some((Related, ""))),
            ("الأكثر قراءة في العالم العربي هم الشباب", None),
            ("Related articles", Some((Related, ""))),
            (
                "المصدر: قناة اليمن اليوم",
                Some((Outlet, "قناة اليمن اليوم")),
            ),
            ("المصدر : رويترز", Some((Outlet, "رويترز"))),
            ("المصدر | رويترز", Some((Outlet, "رويترز"))),
            ("المصدر - وكالات", Some((Outlet, "وكالات"))),
            ("(المصدر: رويترز)", Some((Outlet, "رويترز)"))),
            ("المصدر قال إن الرئيس غادر", None),
            ("مصدر مسؤول يؤكد", None),
            ("نقلا عن: سانا", Some((Outlet, "سانا"))),
            ("نقلاً عن سانا", Some((Outlet, "سانا"))),
            ("نقلا عن وكالة الأنباء التي ذكرت أن الرئيس غادر اليوم", None),
            (
                "تاريخ النشر: 18th, September 2023 GMT",
                Some((Published, "18th, September 2023 GMT")),
            ),
            ("نُشر في: 18/9/2023", Some((Published, "18/9/2023"))),
            ("نشر في 18 سبتمبر 2023", Some((Published, "18 سبتمبر 2023"))),
            ("نشر في القاهرة كتاب جديد عن الحرب", None),
            (
                "آخر تحديث: 18 سبتمبر 2023",
                Some((Updated, "18 سبتمبر 2023")),
            ),
            (
                "Published: March 3, 2021",
                Some((Published, "March 3, 2021")),
            ),
            (
                "كلمات دلالية: کوریا الشمالیة",
                Some((Keywords, "کوریا الشمالیة")),
            ),
            ("الكلمات المفتاحية", Some((Keywords, ""))),
            ("تاجات: روسيا", Some((Keywords, "روسيا"))),
            ("الوسوم", Some((Keywords, ""))),
            ("مواضيع كثيرة تنتظر الرئيس", None),
            ("Tags: Russia, Korea", Some((Keywords, "Russia, Korea"))),
            ("طباعة شارك القاهرة", Some((Share, "القاهرة"))),
            ("شارك الرئيس في القمة", None),
            ("شارك على فيسبوك", Some((Share, ""))),
            ("Share this article", Some((Share, ""))),
            ("المزيد من الدعم لكييف من واشنطن وحلفائها في أوروبا", None),
            ("Source: Reuters", Some((Outlet, "Reuters"))),
            ("بقلم: سارة منصور", Some((Byline, "سارة منصور"))),
            ("By Mona Saleh", Some((Byline, "Mona Saleh"))),
            ("جميع الحقوق محفوظة © 2024", Some((Boilerplate, "© 2024"))),
            ("إعلان", Some((Boilerplate, ""))),
            ("إعلان الرئيس عن خطته يثير الجدل", None),
            ("3 دقائق قراءة", Some((Boilerplate, ""))),
            ("التعليقات (12)", Some((Comments, "(12)"))),
            ("5 تعليقات", Some((Comments, ""))),
            ("", None),
            (":", None),
        ];
        for (line, expected) in cases {
            let found = at_start(line).map(|(kind, rest)| {
                (
                    kind,
                    if kind == Share && expected == Some((Share, "")) {
                        ""
                    } else {
                        rest
                    },
                )
            });
            let found = found.map(|(kind, rest)| {
                (
                    kind,
                    if rest.chars().any(char::is_alphanumeric) {
                        rest
                    } else {
                        ""
                    },
                )
            });
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
            let found = is_button_text(Rules::bundled(), line, ByteSpan::new(0, line.len()));
            assert_eq!(found, expected, "{line}");
        }
    }
}
