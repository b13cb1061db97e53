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
    let (Some(records), Some(queries)) = (lines(corpus), lines(queries)) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let mut failed = false;
    for (number, line) in records
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        failed |= !add_record(&mut index, corpus, number + 1, line);
    }
    index.refresh();

    let ranking = BagRanking::new(&index, Scope::Articles);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in queries
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let Some((id, text)) = line.split_once('\t') else {
            complain(
                "queries",
                &format!("line {}: no tab; a line is qid TAB text", number + 1),
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
                .map_or("", |page| page.page.name.as_str());
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

fn add_record(index: &mut Index, corpus: &Path, number: usize, line: &str) -> bool {
    let place = || format!("{}:{number}", corpus.display());
    let record: Record = match serde_json::from_str(line) {
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
        line.as_bytes(),
        title,
        record.body.as_deref().unwrap_or_default(),
    );
    if index.add(page, false).is_err() {
        complain(&place(), "the same record stands above; counted once");
    }
    true
}

fn lines(path: &Path) -> Option<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            complain(&path.to_string_lossy(), &format!("cannot be read: {error}"));
            None
        }
    }
}
