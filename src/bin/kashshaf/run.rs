//! `kashshaf run`: ranks records for many queries.

use crate::arguments::{Options, Usage, options};
use crate::index::open;
use crate::input::{Import, Place, added, complain, sources, write_ledger};
use crate::{Failure, Outcome};
use kashshaf::index::{Index, PageHead, Scope};
use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::ledger::{Ledger, Taken};
use kashshaf::parse::record::{Layout, Record};
use kashshaf::search::bag_ranking::BagRanking;
use std::borrow::Cow;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

/// Last column of the run file.
const TAG: &str = "kashshaf";

pub(crate) fn run(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &["corpus", "index", "queries", "limit"])?;
    let one = options.corpus.len() + usize::from(options.index.is_some()) == 1;
    if !one {
        let needed = "run: one --corpus DOCS.jsonl or one --index INDEX is needed";
        return Err(Usage(needed.to_owned()).into());
    }
    let Some(queries) = &options.queries else {
        return Err(Usage("run: --queries QUERIES.tsv is needed".to_owned()).into());
    };
    let Some(queries) = read(queries) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let (index, mut failed) = match &options.index {
        Some(path) => match open(path) {
            Some(saved) => (saved.index, false),
            None => return Ok(Outcome::SomeInputFailed),
        },
        None => read_records(&options)?,
    };
    if index.pages().is_empty() && failed {
        return Ok(Outcome::SomeInputFailed);
    }

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
        for (rank, (document, score)) in ranking
            .rank(&index, text, options.limit)
            .into_iter()
            .enumerate()
        {
            let page = index
                .articles()
                .get(document.0 as usize)
                .map(|article| article.page);
            let name = page.and_then(|page| index.page(page));
            let name = name.map_or(Cow::Borrowed(""), |page| column(&page.page));
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

/// Reads the records of the corpus; the second value says whether something was lost.
fn read_records(options: &Options) -> Result<(Index, bool), Failure> {
    let (mut index, mut ledger) = (Index::default(), Ledger::default());
    let mut import = Import::new(options);
    let (sources, mut failed) = sources(&options.corpus);
    for source in &sources {
        import.read(source, &mut ledger, |record, place, ledger| {
            failed |= !add_record(&mut index, &options.rules, record, place, ledger);
            Ok::<(), Failure>(())
        })?;
    }
    failed |= import.failed;
    write_ledger(options, &ledger)?;
    index.refresh();
    Ok((index, failed))
}

/// How a page is named in a run file: by its id in its own collection, else by its file.
fn column(page: &PageHead) -> Cow<'_, str> {
    let name = page.given().id.as_deref().unwrap_or(&page.name);
    if name.contains(char::is_whitespace) {
        Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join("_"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Adds a record as one document under its own id; a file that is no list of
/// records goes by its name.
fn add_record(
    index: &mut Index,
    rules: &Rules,
    mut record: Record,
    place: &Place,
    ledger: &mut Ledger,
) -> bool {
    if place.format.is_records() {
        let Some(id) = record.given.id.clone() else {
            complain(&place.shown, "not a record {id, title, body}: it has no id");
            return false;
        };
        record.name = id;
        if let Layout::Split { .. } = record.layout {
            record.layout = Layout::Article { title_end: 0 };
        }
    }
    // The columns of a run file are parted by white space.
    let column: String = record.name.split_whitespace().collect::<Vec<_>>().join("_");
    if column != record.name {
        let message = format!(
            "the id «{}» has white space; the run file says {column}",
            record.name
        );
        complain(&place.shown, &message);
        record.name = column;
    }
    let key = record.key;
    let page = record.into_page(rules);
    let (added, id) = (added(&page), page.id());
    let taken = match index.add(page, false) {
        Ok(_) => added,
        Err(_) => {
            complain(&place.shown, "the same record stands above; counted once");
            Taken::SameBytes { page: id }
        }
    };
    ledger.take(key, &taken);
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
