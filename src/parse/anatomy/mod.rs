//! Page anatomy: a scraped page is not an article.
//!
//! The page is read line by line. A cue at the start of a line («المصدر:»,
//! «إقرأ أيضاً») says what the line, or what follows it, is; the shape of the
//! lines (a full stop, the number of words, bullets) says the rest.
//!
//! ```text
//! title?            زعيم كوريا الشمالية يواصل زيارته …
//! date line?        تاريخ النشر: 15th, September 2023 GMT
//! body              أفادت وسائل إعلام روسية …                 main article
//! source line       المصدر: صدى البلد
//! keywords          كلمات دلالية: …
//! «read also»       إقرأ أيضاً:
//!   title, dateline?, body …                                  embedded article
//! «related»         مقالات مشابهة
//!   headlines
//! ```
//!
//! Every decision carries the code of its rule and how sure the rule is.
//! The phrases are data ([`Rules`]); a reader can add rules.
//! What is not attempted here: a page that lost all its line breaks, lists of
//! headlines without any marker inside an article.

mod body;
mod cohesion;
mod cue;
mod glue;
mod header;
mod label;
mod lists;
mod metadata;
mod repeated;
mod rules;
mod splitter;
mod unit;
mod value;

use crate::sorting::Arrange;
pub use rules::{Condition, Limits, RuleKind, Rules, RulesError, RulesErrorKind, bundled_text};

pub use repeated::{Blocks, REPEATED, Repeated, repeated};

use super::page::{Article, Page, Part, PartKind};
use crate::text::ByteSpan;

/// Splits a text into parts, which cover it without gap or overlap, and articles.
#[must_use]
pub fn split(text: &str) -> (Vec<Part>, Vec<Article>) {
    split_with(text, Rules::bundled())
}

/// The same with rules that may hold a reader's own.
#[must_use]
pub fn split_with(text: &str, rules: &Rules) -> (Vec<Part>, Vec<Article>) {
    let mut splitter = splitter::Splitter::new(text, rules);
    splitter.run();
    let (parts, articles) = splitter.finish();
    (with_blanks(text, parts), articles)
}

/// Sorts the parts and fills what lies between them: white space, or text that no rule placed.
fn with_blanks(text: &str, mut parts: Vec<Part>) -> Vec<Part> {
    parts.retain(|part| !part.span.is_empty());
    if !parts.is_sorted_by_key(|part| part.span.start) {
        parts.arrange_by_key(|part| part.span.start);
    }
    let mut covered = Vec::with_capacity(parts.len() * 2 + 1);
    let mut end = 0;
    for part in parts {
        fill(text, end, part.span.start as usize, &mut covered);
        end = part.span.end as usize;
        covered.push(part);
    }
    fill(text, end, text.len(), &mut covered);
    covered
}

fn fill(text: &str, start: usize, end: usize, parts: &mut Vec<Part>) {
    let span = ByteSpan::new(start, end);
    if start >= end {
        return;
    }
    let invisible = span
        .of(text)
        .chars()
        .all(|c| c.is_whitespace() || !c.is_alphanumeric());
    let (kind, reason) = if invisible {
        (PartKind::Blank, "between-parts")
    } else {
        (PartKind::Unclassified, "no-rule")
    };
    parts.push(Part {
        span,
        kind,
        article: None,
        reason,
        confidence: 1.0,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Role;

    /// A page in the layout of the table above, as `kind: text` lines.
    fn shape(text: &str) -> Vec<String> {
        let (parts, _) = split(text);
        parts
            .iter()
            .filter(|part| part.kind != PartKind::Blank)
            .map(|part| {
                let article = part.article.map_or("-".to_owned(), |a| a.to_string());
                format!("{article} {}: {}", part.kind.name(), part.span.of(text))
            })
            .collect()
    }

    const BODY: &str = "أكد الرئيس الروسي أن العلاقات بين البلدين في تطور مستمر منذ سنوات.";

    #[test]
    fn the_layout_of_an_aggregator_page_is_read() {
        let text = format!(
            "عنوان المقال الأول\nتاريخ النشر: 15th, September 2023 GMT\n{BODY}\n{BODY}\n\
             المصدر: صدى البلد\nكلمات دلالية: روسيا\nإقرأ أيضاً:\nعنوان المقال الثاني\n\
             البلاد (موسكو)\n{BODY}\nمقالات مشابهة\n  • خبر آخر عن بوتين\n"
        );
        assert_eq!(
            shape(&text),
            [
                "0 title: عنوان المقال الأول".to_owned(),
                "0 published: تاريخ النشر: 15th, September 2023 GMT".to_owned(),
                format!("0 body: {BODY}"),
                format!("0 body: {BODY}"),
                "0 outlet: المصدر: صدى البلد".to_owned(),
                "0 keywords: كلمات دلالية: روسيا".to_owned(),
                "- read-also: إقرأ أيضاً:".to_owned(),
                "1 title: عنوان المقال الثاني".to_owned(),
                "1 dateline: البلاد (موسكو)".to_owned(),
                format!("1 body: {BODY}"),
                "- related: مقالات مشابهة".to_owned(),
                "- boilerplate: • ".to_owned(),
                "- headline: خبر آخر عن بوتين".to_owned(),
            ]
        );
    }

    #[test]
    fn no_article_takes_the_date_of_another() {
        let text = format!(
            "عنوان أول قصير\nتاريخ النشر: 15th, September 2023 GMT\n{BODY}\nالمصدر: س\n\
             إقرأ أيضاً:\nعنوان ثان قصير\n{BODY}"
        );
        let (_, articles) = split(&text);
        let dates: Vec<_> = articles
            .iter()
            .map(|a| a.published.map(|p| p.date.to_string()))
            .collect();
        assert_eq!(dates, [Some("2023-09-15".to_owned()), None]);
        assert_eq!(articles[1].role, Role::Embedded);
    }

    #[test]
    fn pages_of_other_shapes_lose_nothing() {
        let cases = [
            (
                "سطر واحد بلا نقطة".to_owned(),
                vec!["0 body: سطر واحد بلا نقطة".to_owned()],
            ),
            (String::new(), vec![]),
            ("\n \n".to_owned(), vec![]),
            (
                "مقالات مشابهة\n• خبر أول هنا\n• خبر ثان هنا".to_owned(),
                vec![
                    "- related: مقالات مشابهة".to_owned(),
                    "- boilerplate: • ".to_owned(),
                    "- headline: خبر أول هنا".to_owned(),
                    "- boilerplate: • ".to_owned(),
                    "- headline: خبر ثان هنا".to_owned(),
                ],
            ),
            (
                format!("{BODY}\nاقرأ أيضاًبوتين: روسيا تدعو كييف\nخبر آخر عن بوتين"),
                vec![
                    format!("0 body: {BODY}"),
                    "- read-also: اقرأ أيضاً".to_owned(),
                    "- headline: بوتين: روسيا تدعو كييف".to_owned(),
                    "- headline: خبر آخر عن بوتين".to_owned(),
                ],
            ),
            (
                format!("{BODY}\nاقرأ أيضاً: خبر في وسط المقال\n{BODY}\nالمصدر: س"),
                vec![
                    format!("0 body: {BODY}"),
                    "- read-also: اقرأ أيضاً:".to_owned(),
                    "- headline: خبر في وسط المقال".to_owned(),
                    format!("0 body: {BODY}"),
                    "0 outlet: المصدر: س".to_owned(),
                ],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(&text), expected, "{text}");
        }
    }

    /// Units looked at, for a page of so many of these lines.
    fn looks(lines: &[&str], times: usize) -> (usize, usize) {
        let text = lines.join("\n").repeat(times);
        let mut splitter = splitter::Splitter::new(&text, Rules::bundled());
        splitter.run();
        (splitter.looks, splitter.units.len())
    }

    #[test]
    fn work_grows_with_the_page_and_no_faster() {
        let cases: [&[&str]; 10] = [
            &["إقرأ أيضاً:", ""],
            &["إقرأ أيضاً:", "خبر آخر عن روسيا", BODY, ""],
            &["مقالات مشابهة", "• خبر أول هنا", ""],
            &["تاريخ النشر: 3 مايو 2021", "عنوان قصير من كلمات", ""],
            &["عنوان قصير من كلمات", "كتب: س", "شارك الخبر", ""],
            &["المصدر: س كلمات دلالية: ص المصدر: ع", ""],
            &[BODY, "عنوان قصير من كلمات", "3 مايو 2021", ""],
            &["• ", "1. ", ""],
            &["اقرأ أيضا: خبر عن كيم", "وقال كيم إنه سيعود.", ""],
            &["عنوان خبر آخر هنا", "تاريخ النشر: 3 مايو 2021", BODY, ""],
        ];
        for lines in cases {
            let (small, _) = looks(lines, 200);
            let (large, units) = looks(lines, 2_000);
            assert!(
                large <= 12 * small,
                "{lines:?}: {small} looks, then {large}"
            );
            assert!(
                large <= 20 * units,
                "{lines:?}: {large} looks at {units} units"
            );
        }
    }
}
