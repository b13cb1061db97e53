//! `kashshaf parse`: one JSON object an article.

use crate::arguments::Usage;
use crate::input::{read_page, sources};
use crate::{Failure, Outcome};
use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::{Page, PartKind};
use kashshaf::text::line::LineCursor;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let (rules, paths) = options(arguments)?;
    let (sources, mut failed) = sources(&paths);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for source in &sources {
        let (page, complete) = read_page(source, &rules);
        failed |= !complete;
        for object in page.iter().flat_map(articles) {
            writeln!(out, "{object}")?;
        }
    }
    out.flush()?;
    Ok(if failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

/// The rules and the files of the command line.
fn options(arguments: Vec<OsString>) -> Result<(Rules, Vec<PathBuf>), Usage> {
    let (mut rules, mut paths) = (Rules::bundled().clone(), Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--rules" {
            let path = arguments.next();
            let path = path.ok_or_else(|| Usage("--rules: a file is missing".to_owned()))?;
            rules = read_rules(&PathBuf::from(path))?;
        } else if argument.as_encoded_bytes().starts_with(b"--") {
            let option = argument.to_string_lossy();
            return Err(Usage(format!(
                "unknown option «{option}»; parse takes --rules FILE and files"
            )));
        } else {
            paths.push(PathBuf::from(argument));
        }
    }
    if paths.is_empty() {
        return Err(Usage("parse: no file given".to_owned()));
    }
    Ok((rules, paths))
}

fn read_rules(path: &Path) -> Result<Rules, Usage> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Usage(format!("{shown}: cannot be read: {error}")))?;
    Rules::with_own(&text).map_err(|error| Usage(format!("{shown}: bad-rules: {error}")))
}

/// The objects of a page; at least one.
fn articles(page: &Page) -> Vec<Value> {
    let text = page.text.as_str();
    let body_lines = body_lines(page);
    let mut objects: Vec<Value> = page
        .articles
        .iter()
        .zip(&body_lines)
        .enumerate()
        .map(|(index, (article, spans))| {
            let texts = |spans: &[kashshaf::text::ByteSpan]| -> Vec<String> {
                spans.iter().map(|span| span.of(text).to_owned()).collect()
            };
            json!({
                "page": page.name,
                "article": page.article_id(index),
                "role": article.role.name(),
                "title": article.title.map(|span| span.of(text)),
                "published": article.published.map(|p| p.date.to_string()),
                "published_origin": article.published.map(|p| p.origin),
                "dateline_place": article.dateline_place.map(|span| span.of(text)),
                "outlets": texts(&article.outlets),
                "keywords": texts(&article.keywords),
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
