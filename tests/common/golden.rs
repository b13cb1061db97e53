//! Pages as a person reads them, compared with what is kept.

use super::common::repository;
use kashshaf::parse::Page;
use kashshaf::text::line::LineCursor;
use kashshaf::text::{ByteSpan, tokenize};
use std::fmt::Write;

/// Words shown from either end of a part in a golden.
const SHOWN_WORDS: usize = 5;

/// A page for a reader's eye: what is known of each article, then one line a part, white space apart.
pub(crate) fn describe(page: &Page) -> String {
    let text = page.text.as_str();
    let of = |span: Option<ByteSpan>| span.map_or("–", |span| span.of(text)).to_owned();
    let all = |spans: &[ByteSpan]| {
        let texts: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        if texts.is_empty() {
            "–".to_owned()
        } else {
            texts.join(" | ")
        }
    };
    let mut out = format!("page {} · {}\n", page.id(), page.encoding.name());
    for (number, article) in (1..).zip(&page.articles) {
        let date = article.published.map_or("–".to_owned(), |published| {
            let raw = published.raw.of(text);
            format!("{} ({}: {raw})", published.date, published.origin)
        });
        let _ = write!(
            out,
            "\narticle {number} · {}\n  title        {}\n  published    {date}\n  place        {}\n  \
             outlets      {}\n  keywords     {}\n  keywords_raw {}\n",
            article.role.name(),
            of(article.title),
            of(article.dateline_place),
            all(&article.outlets),
            all(&article.keywords),
            of(article.keywords_raw),
        );
    }
    out.push_str("\nline kind article reason words\n");
    let mut cursor = LineCursor::new(text);
    for part in &page.parts {
        let line = cursor.advance_to(part.span.start as usize).line;
        let article = part
            .article
            .map_or("–".to_owned(), |index| (index + 1).to_string());
        let words = part.span.of(text);
        if words.trim().is_empty() {
            continue;
        }
        let shown = shorten(words);
        let _ = writeln!(
            out,
            "{line} {} {article} {} {shown}",
            part.kind.name(),
            part.reason
        );
    }
    out
}

/// First and last words, with the number of all; short parts whole.
fn shorten(part: &str) -> String {
    let words: Vec<ByteSpan> = tokenize(part).map(|token| token.span).collect();
    if words.len() <= 4 * SHOWN_WORDS {
        return part.replace('\n', "⏎");
    }
    let head = ByteSpan::new(0, words[SHOWN_WORDS - 1].end as usize).of(part);
    let tail = ByteSpan::new(words[words.len() - SHOWN_WORDS].start as usize, part.len());
    format!("{head} … {} ({} words)", tail.of(part), words.len())
}

/// Compares a page with its golden in `folder`; `BLESS=1` writes it instead.
pub(crate) fn check(page: &Page, folder: &str, test: &str) {
    let golden = repository(folder).join(&page.name);
    let found = describe(page);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &found).expect("written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let first = found
        .lines()
        .zip(expected.lines())
        .find(|(new, old)| new != old);
    assert!(
        found == expected,
        "{} is split differently (found, golden): {first:#?}\n\
         If that is right: BLESS=1 cargo test --test {test}, and read the diff.",
        page.name
    );
}
