//! `kashshaf run`: ranks records for many queries.

use crate::arguments::{Usage, options};
use crate::input::complain;
use crate::{Failure, Outcome};
use kashshaf::index::{Index, Scope};
use kashshaf::parse::Page;
use kashshaf::search::bag_ranking::BagRanking;
use serde::Deserialize;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

/// One line of the corpus. Other fields are allowed: data sets carry more.
#[derive(Deserialize)]
struct Record {
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    body: Option<String>,
}

/// Last column of the run file.
const TAG: &str = "kashshaf";

pub(crate) fn run(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &["corpus", "queries", "limit"])?;
    let [corpus] = options.corpus.as_slice() else {
        return Err(Usage("run: one --corpus DOCS.jsonl is needed".to_owned()).into());
    };
    let Some(queries) = &options.queries else {
        return Err(Usage("run: --queries QUERIES.tsv is needed".to_owned()).into());
    };
    let mut index = Index::default();
    let (Some(records), Some(queries)) = (read(corpus), read(queries)) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let mut failed = false;
    for (number, line) in lines(&records) {
        failed |= !add_record(&mut index, corpus, number, line);
    }
    index.refresh();

    let Some(ranking) = BagRanking::new(&index, Scope::Articles) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in lines(&queries) {
        let line = String::from_utf8_lossy(line);
        let Some((id, text)) = line.split_once('\t') else {
            complain(
                "queries",
                &format!("line {number}: no tab; a line is qid TAB text"),
            );
            failed = true;
            continue;
        };
        for (rank, (document, score)) in ranking.rank(text, options.limit).into_iter().enumerate() {
            let page = index
                .articles()
                .get(document.0 as usize)
                .map(|article| article.page);
            let name = page
                .and_then(|page| index.page(page))
                .map_or("", |page| &*page.page.name);
            writeln!(out, "{id} Q0 {name} {} {score:.6} {TAG}", rank + 1)?;
        }
    }
    out.flush()?;
    Ok(if failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

fn add_record(index: &mut Index, corpus: &Path, number: usize, line: &[u8]) -> bool {
    let place = || format!("{}:{number}", corpus.display());
    // A list would pass for a record field by field.
    let object = line.trim_ascii_start().starts_with(b"{");
    let record = if object {
        serde_json::from_slice(line).map_err(|error| error.to_string())
    } else {
        Err("a line is one JSON object".to_owned())
    };
    let record: Record = match record {
        Ok(record) => record,
        Err(error) => {
            complain(
                &place(),
                &format!("not a record {{id, title, body}}: {error}"),
            );
            return false;
        }
    };
    let id = match &record.id {
        serde_json::Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    // The columns of a run file are parted by white space.
    let column: String = id.split_whitespace().collect::<Vec<_>>().join("_");
    if column != id {
        complain(
            &place(),
            &format!("the id «{id}» has white space; the run file says {column}"),
        );
    }
    let title = record.title.as_deref().unwrap_or_default();
    let page = Page::from_article(
        &column,
        line,
        title,
        record.body.as_deref().unwrap_or_default(),
    );
    if index.add(page, false).is_err() {
        complain(&place(), "the same record stands above; counted once");
    }
    true
}

/// The lines that are not blank, with their numbers from 1; a byte order mark is no part of the first.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let numbered = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    numbered
        .map(|(number, line)| (number, line.strip_suffix(b"\r").unwrap_or(line)))
        .filter(|(_, line)| !line.trim_ascii().is_empty())
}

fn read(path: &Path) -> Option<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            complain(&path.to_string_lossy(), &format!("cannot be read: {error}"));
            None
        }
    }
}
