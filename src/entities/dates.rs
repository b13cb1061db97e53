//! The dates of a page, each seen from the day its own article was published.
//!
//! An article that states no day of publication lends none and borrows none: its
//! relative dates stay without a value. A day and month without a year may still
//! be *suggested*, by the latest full day that the same article names.

use super::quotes::NamedSpan;
use crate::parse::{Page, PartKind};
use crate::sorting::Arrange;
use crate::text::ByteSpan;
use crate::text::date::{
    CalendarDate, DateMeaning, DateValue, Direction, Resolution, dates_in, resolve,
};

/// A date on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDate {
    /// Where its words stand, in bytes of the page.
    pub span: ByteSpan,
    /// Index of its article on the page.
    pub article: Option<usize>,
    /// Whether it stands in the line that states the day of publication.
    pub published_line: bool,
    /// The day it was seen from.
    pub published: Option<CalendarDate>,
    /// Its value and how it was found.
    pub resolution: Resolution,
    /// What the article's own full dates suggest where there is no value.
    pub suggestion: Option<DateValue>,
}

/// Finds the dates of a page, in order. Words that are part of a name («قناة
/// اليمن اليوم») are none; `names` are those of the page, in order.
#[must_use]
pub fn dates_of_page(page: &Page, names: &[NamedSpan]) -> Vec<PageDate> {
    let mut found: Vec<(PageDate, DateMeaning)> = Vec::new();
    let read = [
        PartKind::Title,
        PartKind::Body,
        PartKind::Published,
        PartKind::Dateline,
    ];
    for part in page.parts.iter().filter(|part| read.contains(&part.kind)) {
        let published = part
            .article
            .and_then(|index| page.articles.get(index))
            .and_then(|article| article.published)
            .map(|published| published.date);
        for expression in dates_in(part.span.of(&page.text)) {
            let span = ByteSpan {
                start: expression.span.start + part.span.start,
                end: expression.span.end + part.span.start,
            };
            if is_part_of_name(names, span) {
                continue;
            }
            let resolution = resolve(&expression, published);
            let date = PageDate {
                span,
                article: part.article,
                published_line: part.kind == PartKind::Published,
                published,
                resolution,
                suggestion: None,
            };
            found.push((date, expression.meaning));
        }
    }
    suggest(page, &mut found);
    let mut found: Vec<PageDate> = found.into_iter().map(|(date, _)| date).collect();
    found.arrange_by_key(|date| date.span);
    found
}

fn is_part_of_name(names: &[NamedSpan], span: ByteSpan) -> bool {
    let at = names.partition_point(|name| name.span.end < span.end);
    names.get(at).is_some_and(|name| name.span.contains(&span))
}

/// Gives dates without a year the year of the latest full day of their article.
fn suggest(page: &Page, found: &mut [(PageDate, DateMeaning)]) {
    let mut latest: Vec<Option<CalendarDate>> = vec![None; page.articles.len()];
    for (date, meaning) in found.iter() {
        if let (DateMeaning::Fixed(DateValue::Day(day)), Some(slot)) = (
            *meaning,
            date.article.and_then(|index| latest.get_mut(index)),
        ) {
            *slot = (*slot).max(Some(day));
        }
    }
    for (date, meaning) in found
        .iter_mut()
        .filter(|(date, _)| date.resolution.value.is_none())
    {
        let known = date
            .article
            .and_then(|index| latest.get(index).copied().flatten());
        let Some(year) = known.map(|day| day.year) else {
            continue;
        };
        date.suggestion = match *meaning {
            DateMeaning::DayOfMonth {
                month,
                day,
                last_day: None,
                direction: Direction::Unstated,
            } => CalendarDate::new(year, month, day).map(DateValue::Day),
            DateMeaning::Month(month, Direction::Unstated) => {
                Some(DateValue::Month { year, month })
            }
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let page = Page::read("a.txt", text.as_bytes()).expect("a text");
        let show = |date: &PageDate| {
            let value = date
                .resolution
                .value
                .map_or_else(|| "?".to_owned(), |value| value.to_string());
            let suggested = date
                .suggestion
                .map_or_else(String::new, |value| format!(" ({value}?)"));
            format!("{}={value}{suggested}", date.span.of(text))
        };
        dates_of_page(&page, &[]).iter().map(show).collect()
    }

    #[test]
    fn each_article_counts_from_its_own_day() {
        let text = "عنوان الخبر هنا\nتاريخ النشر: 15th, September 2023 GMT\n\
            أعلن الكرملين أمس الخميس أن كيم وصل إلى روسيا يوم الثلاثاء في زيارة رسمية.\nالمصدر: صدى البلد\nإقرأ أيضاً:\n\
            عنوان الخبر الآخر\nأكد الرئيس اليوم الأربعاء أن اللقاء سيعقد قريبا، بعد لقاء 2 يناير 2024 ثم في 25 حزيران/يونيو.\n";
        assert_eq!(
            read(text),
            [
                "15th, September 2023 GMT=2023-09-15",
                "أمس الخميس=2023-09-14",
                "يوم الثلاثاء=2023-09-12",
                "اليوم الأربعاء=?",
                "2 يناير 2024=2024-01-02",
                "25 حزيران/يونيو=? (2024-06-25?)",
            ]
        );
    }
}
