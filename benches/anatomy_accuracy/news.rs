//! The articles that are poured into layouts, and which records are left out and why.

use kashshaf::text::date::CalendarDate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// One line of the file.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    title: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    body: String,
}

/// An article whose fields are known.
pub(crate) struct Story {
    pub(crate) title: String,
    pub(crate) date: CalendarDate,
    pub(crate) source: String,
    pub(crate) paragraphs: Vec<String>,
}

/// The articles of a file, and how many records were left out for which reason.
pub(crate) struct News {
    pub(crate) stories: Vec<Story>,
    pub(crate) left_out: BTreeMap<&'static str, usize>,
}

/// Labels that a body may hold although nobody has marked what they announce.
const OWN_LABELS: &[&str] = &[
    "قرأ أيض",
    "قرأ ايض",
    "قرا ايض",
    "قرأ المزيد",
    "روابط ذات",
    "ذات صلة",
    "ذات علاقة",
    "شاهد أيض",
    "شاهد ايض",
    "المصدر:",
    "المصدر :",
    "كلمات دلالية",
    "مواضيع متعلقة",
    "تاريخ النشر",
    "آخر تحديث",
    "اضغط هنا",
    "انقر هنا",
    "http",
    "www.",
    "للمزيد",
];

/// Outlets that the collections name by a Latin handle, as pages name them.
const OUTLETS: &[(&str, &str)] = &[
    ("okaz", "صحيفة عكاظ"),
    ("sabq", "سبق"),
    ("alyaum", "اليوم"),
    ("alriyadh", "جريدة الرياض"),
    ("alarabia", "العربية"),
    ("skynews", "سكاي نيوز عربية"),
    ("aljazirah", "صحيفة الجزيرة"),
    ("aawsat", "الشرق الأوسط"),
    ("aleqtisadiya", "الاقتصادية"),
    ("france24", "فرانس 24"),
    ("hespress.com", "هسبريس"),
    ("alwatan", "الوطن"),
    ("alweeam", "الوئام"),
    ("almadina", "المدينة"),
    ("aljazeera.net", "الجزيرة نت"),
    ("was", "واس"),
    ("3alyoum", "عاجل اليوم"),
];

impl News {
    /// Reads a file of one JSON object a line.
    pub(crate) fn read(path: &str) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let (mut stories, mut left_out) = (Vec::new(), BTreeMap::new());
        let mut titles = HashSet::new();
        for (number, line) in text.lines().enumerate() {
            let record: Record = serde_json::from_str(line)
                .map_err(|error| format!("{path}, line {}: {error}", number + 1))?;
            match story(&record, number, &mut titles) {
                Ok(story) => stories.push(story),
                Err(why) => *left_out.entry(why).or_insert(0) += 1,
            }
        }
        Ok(Self { stories, left_out })
    }
}

fn story(
    record: &Record,
    number: usize,
    titles: &mut HashSet<String>,
) -> Result<Story, &'static str> {
    let title = record.title.trim();
    let words = |text: &str| text.split_whitespace().count();
    if title.is_empty() {
        return Err("no title");
    }
    if title.contains('\n') || !(3..=25).contains(&words(title)) {
        return Err("a title of fewer than 3 or more than 25 words");
    }
    if record.source.trim().is_empty() {
        return Err("no outlet");
    }
    if words(&record.body) < 40 {
        return Err("a body of fewer than 40 words");
    }
    if record.body.contains(title) {
        return Err("the body repeats the title");
    }
    if OWN_LABELS.iter().any(|label| record.body.contains(label)) {
        return Err("the body holds a label of its own");
    }
    if !titles.insert(title.to_owned()) {
        return Err("a title seen before");
    }
    let paragraphs = paragraphs(&record.body);
    let is_credit = |line: &String| {
        let bare = line.trim_start_matches(['*', '-', '•', '(', ' ']);
        bare.starts_with("نقلا") || bare.starts_with("نقلاً")
    };
    if paragraphs.iter().any(is_credit) {
        return Err("the body holds a label of its own");
    }
    if paragraphs.first().is_none_or(|first| words(first) < 8) {
        return Err("the first line of the body is no paragraph");
    }
    let source = record.source.trim();
    let named = OUTLETS.iter().find(|(handle, _)| *handle == source);
    Ok(Story {
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        date: date(&record.date).unwrap_or_else(|| some_day(number)),
        source: named.map_or(source, |(_, name)| name).to_owned(),
        paragraphs,
    })
}

/// Signs of writing direction and joining: no text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
}

fn date(iso: &str) -> Option<CalendarDate> {
    let mut parts = iso.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    CalendarDate::new(year, month, parts.next()?.parse().ok()?)
}

/// A day for a record without one, always the same for the same line.
fn some_day(number: usize) -> CalendarDate {
    let pick = |count: usize, salt: usize| (number * 7 + salt) % count;
    let narrow = |value: usize| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(2005 + pick(20, 3)).unwrap_or(2005);
    let (month, day) = (narrow(1 + pick(12, 5)), narrow(1 + pick(28, 11)));
    CalendarDate::new(year, month, day).unwrap_or(CalendarDate {
        year,
        month: 1,
        day: 1,
    })
}

/// The lines of a body; a long body of one line is cut after full stops.
fn paragraphs(body: &str) -> Vec<String> {
    let lines: Vec<&str> = body
        .split('\n')
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)))
        .filter(|line| !line.is_empty())
        .collect();
    let words = |text: &str| text.split_whitespace().count();
    let &[line] = lines.as_slice() else {
        return lines.into_iter().map(ToOwned::to_owned).collect();
    };
    if words(line) <= 60 {
        return vec![line.to_owned()];
    }
    let mut cut: Vec<String> = Vec::new();
    for sentence in line.split_inclusive(". ") {
        match cut.last_mut() {
            Some(last) if words(last) < 30 => last.push_str(sentence),
            _ => cut.push(sentence.to_owned()),
        }
    }
    cut.into_iter()
        .map(|paragraph| paragraph.trim().to_owned())
        .collect()
}
