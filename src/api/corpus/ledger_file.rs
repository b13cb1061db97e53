//! The import ledger as a file of its own.

use super::import::{line_reply, totals};
use crate::api::csv::{BYTE_ORDER_MARK, add_row};
use crate::api::{Error, LedgerLineReply, json_text};
use crate::parse::ledger::Ledger;

/// The whole ledger as a file; see [`Explorer::ledger_file`](crate::api::Explorer::ledger_file).
///
/// # Errors
/// [`Error::BadRequest`] for a form other than `json` and `csv`.
pub fn ledger_file(ledger: &Ledger, form: &str) -> Result<String, Error> {
    let lines = ledger
        .lines()
        .map(|(key, line)| line_reply(ledger, key, &line));
    match form {
        "json" => Ok(json(ledger, lines)),
        "csv" => Ok(csv(lines)),
        other => Err(Error::BadRequest {
            field: "form".to_owned(),
            found: other.to_owned(),
            allowed: "json, csv".to_owned(),
        }),
    }
}

/// The totals, how many lines there are, and the lines, each in a line of the file.
fn json(ledger: &Ledger, lines: impl Iterator<Item = LedgerLineReply>) -> String {
    // Texts and numbers are always JSON.
    let lines: Vec<String> = lines
        .map(|line| json_text(&line).unwrap_or_default())
        .collect();
    format!(
        "{{\"totals\":{},\n\"matching\":{},\n\"lines\":[\n{}\n]}}\n",
        json_text(&totals(&ledger.totals())).unwrap_or_default(),
        lines.len(),
        lines.join(",\n")
    )
}

/// A row for each line after one of headings.
fn csv(lines: impl Iterator<Item = LedgerLineReply>) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    for (number, line) in lines.enumerate() {
        let (names, cells): (Vec<&str>, Vec<String>) = columns(line).into_iter().unzip();
        if number == 0 {
            add_row(&names, true, &mut text);
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        add_row(&cells, true, &mut text);
    }
    text
}

/// What tells most comes first, the others by their names.
fn columns(line: LedgerLineReply) -> [(&'static str, String); 24] {
    let number = |number: u64| number.to_string();
    let some = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    [
        ("path", line.path),
        ("status", line.status.to_owned()),
        ("reason", line.reason.unwrap_or_default()),
        ("bytes", number(line.bytes)),
        ("encoding", word(line.encoding)),
        ("format", line.format.to_owned()),
        ("articles", number(line.articles)),
        ("words", number(line.words)),
        ("alsoElsewhere", number(line.also_elsewhere)),
        ("bad", number(line.bad)),
        ("badBytes", number(line.bad_bytes)),
        ("file", number(line.file.into())),
        ("firstBad", some(line.first_bad)),
        ("member", number(line.member.into())),
        ("members", number(line.members)),
        ("merged", number(line.merged)),
        ("message", line.message.unwrap_or_default()),
        ("name", line.name),
        ("page", line.page.unwrap_or_default()),
        ("pages", number(line.pages)),
        ("parent", some(line.parent.map(u64::from))),
        ("sameAs", line.same_as.unwrap_or_default()),
        ("sameBytes", number(line.same_bytes)),
        ("sameText", number(line.same_text)),
    ]
}
