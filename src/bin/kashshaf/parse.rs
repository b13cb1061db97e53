//! `kashshaf parse`: one JSON object an article.

use crate::arguments::{Usage, options};
use crate::input::{Import, added, sources, write_ledger};
use crate::{Failure, Outcome};
use kashshaf::parse::ledger::Ledger;
use kashshaf::parse::{Facts, Page, PartKind};
use kashshaf::text::line::LineCursor;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;

pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &[])?;
    if options.corpus.is_empty() {
        return Err(Usage("parse: no file given".to_owned()).into());
    }
    let (sources, failed) = sources(&options.corpus);
    let (mut import, mut ledger) = (Import::new(&options), Ledger::default());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for source in &sources {
        import.read(source, &mut ledger, |record, _, ledger| {
            let key = record.key;
            let page = record.into_page(&options.rules);
            ledger.take(key, &added(&page));
            articles(&page)
                .iter()
                .try_for_each(|object| writeln!(out, "{object}"))
        })?;
    }
    out.flush()?;
    write_ledger(&options, &ledger)?;
    Ok(if failed || import.failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

/// The objects of a page; at least one.
fn articles(page: &Page) -> Vec<Value> {
    let text = page.text.as_str();
    let body_lines = body_lines(page);
    let facts = Facts::new(&page.articles, &page.given, |span| span.of(text).to_owned());
    let mut objects: Vec<Value> = page
        .articles
        .iter()
        .zip(&body_lines)
        .enumerate()
        .map(|(index, (article, spans))| {
            let published = facts.published_of(index);
            json!({
                "page": page.name,
                "article": page.article_id(index),
                "role": article.role.name(),
                "title": facts.title_of(index),
                "published": published.as_ref().map(|p| p.date.to_string()),
                "published_origin": published.as_ref().map(|p| p.origin),
                "dateline_place": article.dateline_place.map(|span| span.of(text)),
                "outlets": facts.outlets_of(index),
                "keywords": facts.keywords_of(index),
                "keywords_raw": article.keywords_raw.map(|span| span.of(text)),
                "spans": spans,
            })
        })
        .collect();
    if objects.is_empty() {
        objects.push(json!({
            "page": page.name, "article": null, "role": "none", "title": null, "published": null,
            "published_origin": null, "dateline_place": null, "outlets": [], "keywords": [],
            "keywords_raw": null, "spans": [],
        }));
    }
    for (index, object) in objects.iter_mut().enumerate() {
        if !facts.authors_of(index).is_empty() {
            object["authors"] = json!(facts.authors_of(index));
        }
        if let Some(url) = facts.url_of(index) {
            object["url"] = json!(url);
        }
    }
    if let Some(first) = objects.first_mut() {
        first["headlines"] = page.headlines().collect();
        first["encoding"] = json!(page.encoding.name());
        first["parts"] = parts(page);
    }
    objects
}

fn parts(page: &Page) -> Value {
    let mut cursor = LineCursor::new(&page.text);
    let rows = page.parts.iter().map(|part| {
        json!({
            "kind": part.kind.name(),
            "article": part.article.map(|index| page.article_id(index)),
            "start": part.span.start,
            "end": part.span.end,
            "line": cursor.advance_to(part.span.start as usize).line,
            "reason": part.reason,
            "confidence": f64::from(part.confidence * 100.0).round() / 100.0,
        })
    });
    rows.collect()
}

/// For each article the lines of its body, as ranges with both ends included.
fn body_lines(page: &Page) -> Vec<Vec<[usize; 2]>> {
    let mut lines: Vec<Vec<[usize; 2]>> = vec![Vec::new(); page.articles.len()];
    let mut cursor = LineCursor::new(&page.text);
    for part in page.parts.iter().filter(|part| part.kind == PartKind::Body) {
        let first = cursor.advance_to(part.span.start as usize).line;
        let last = cursor.advance_to(part.span.end as usize).line;
        let Some(ranges) = part.article.and_then(|index| lines.get_mut(index)) else {
            continue;
        };
        match ranges.last_mut() {
            Some(range) if range[1] + 1 >= first => range[1] = last,
            _ => ranges.push([first, last]),
        }
    }
    lines
}
