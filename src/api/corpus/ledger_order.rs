//! Which lines of the import ledger are asked for, and in which order.

use crate::api::corpus::import::path;
use crate::api::request::file_number;
use crate::api::{Error, LedgerRequest};
use crate::parse::ledger::{Ledger, LedgerLine, LedgerStatus};
use crate::parse::record::SourceKey;
use crate::sorting::Arrange;
use crate::text::fold::folded_letters;
use std::cmp::Reverse;

/// Order of the lines; equal ones stay as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// As they came.
    Arrival,
    /// By the letters of their paths, folded.
    Name,
    /// What was not read first.
    Status,
    /// The largest first.
    Bytes,
    /// Those with most articles first.
    Articles,
    /// Those with most words first.
    Words,
}

impl Order {
    const ALL: [(&'static str, Self); 6] = [
        ("arrival", Self::Arrival),
        ("name", Self::Name),
        ("status", Self::Status),
        ("bytes", Self::Bytes),
        ("articles", Self::Articles),
        ("words", Self::Words),
    ];

    /// What a line stands the higher by.
    fn rank(self, line: &LedgerLine) -> u64 {
        match self {
            Self::Arrival | Self::Name => 0,
            Self::Status => line.status() as u64,
            Self::Bytes => line.bytes,
            Self::Articles => line.articles,
            Self::Words => line.words,
        }
    }
}

/// The lines that match a request, all of them, in its order.
///
/// # Errors
/// [`Error::BadRequest`] for a status or an order that there is not.
pub(in crate::api) fn chosen_lines(
    ledger: &Ledger,
    request: &LedgerRequest,
) -> Result<Vec<SourceKey>, Error> {
    let file = file_number("file", request.file)?;
    let statuses = LedgerStatus::ALL.map(|status| (status.name(), status));
    let status = named("status", request.status.as_deref(), &statuses)?;
    let order = named("sort", request.sort.as_deref(), &Order::ALL)?.unwrap_or(Order::Arrival);
    let filter = folded_letters(request.filter.as_deref().unwrap_or_default().trim());
    let folded = |key: SourceKey, line: &LedgerLine| folded_letters(&path(ledger, key, line));

    let chosen = ledger.lines().filter(|(key, line)| {
        file.is_none_or(|file| key.file == file)
            && status.is_none_or(|status| line.status() == status)
            && (filter.is_empty() || folded(*key, line).contains(&filter))
    });
    let mut chosen: Vec<SourceKey> = chosen.map(|(key, _)| key).collect();
    match order {
        Order::Arrival => {}
        Order::Name => chosen.arrange_by_cached_key(|&key| {
            let line = ledger.line(key);
            line.map(|line| folded(key, &line)).unwrap_or_default()
        }),
        _ => chosen.arrange_by_cached_key(|&key| {
            let line = ledger.line(key);
            Reverse(line.map_or(0, |line| order.rank(&line)))
        }),
    }
    Ok(chosen)
}

/// The value with this name; none where no name is given.
fn named<T: Copy>(
    field: &str,
    name: Option<&str>,
    all: &[(&'static str, T)],
) -> Result<Option<T>, Error> {
    let Some(name) = name else {
        return Ok(None);
    };
    let found = all.iter().find(|(known, _)| *known == name);
    found
        .map(|&(_, value)| Some(value))
        .ok_or_else(|| Error::BadRequest {
            field: field.to_owned(),
            found: name.to_owned(),
            allowed: all
                .iter()
                .map(|(known, _)| *known)
                .collect::<Vec<_>>()
                .join(", "),
        })
}

#[cfg(test)]
mod tests {
    use crate::api::{AbandonRequest, Explorer, FileOptions, LedgerRequest};

    fn explorer() -> Explorer {
        let mut explorer = Explorer::default();
        let files = [
            ("أخبار/خبر ب.txt", "كتب الأستاذ مقالة."),
            ("=زهرة.txt", "نبت الورد في حديقة البيت القديم"),
            ("آخر.txt", "زار الضيف المتحف \u{FFFD}"),
        ];
        for (file, (name, text)) in files.into_iter().enumerate() {
            let options = FileOptions {
                name: name.to_owned(),
                bundled: None,
                file: Some(file as f64),
            };
            explorer.add_file(&options, text.as_bytes());
        }
        let options = FileOptions {
            name: "مكسور.txt".to_owned(),
            bundled: None,
            file: Some(3.0),
        };
        explorer.add_file(&options, b"\xD9\x83\xD8\xAA\xD8\xA8 \xFF \xD9\x88\xD9\x82");
        let gone = AbandonRequest {
            file: Some(4.0),
            name: "ذهب.html".to_owned(),
            bytes: Some(900.0),
            skipped: None,
            code: "file-unreadable".to_owned(),
            message: "it went away, \"suddenly\"".to_owned(),
        };
        explorer.abandon_file(&gone).unwrap();
        explorer
    }

    #[test]
    fn lines_are_filtered_and_sorted() {
        let explorer = explorer();
        /// Status, filter, order, and the files that are found.
        type Case = (
            Option<&'static str>,
            Option<&'static str>,
            Option<&'static str>,
            &'static [u32],
        );
        let cases: &[Case] = &[
            (None, None, None, &[0, 1, 2, 3, 4]),
            (None, Some("خبر"), None, &[0]),
            // Letters are folded on both sides.
            (None, Some("اخر"), None, &[2]),
            (None, Some("أخبَار"), None, &[0]),
            (Some("failed"), None, None, &[4]),
            (Some("read"), Some("ز"), None, &[1]),
            (None, None, Some("bytes"), &[4, 1, 2, 0, 3]),
            (None, None, Some("words"), &[1, 0, 2, 3, 4]),
            (None, None, Some("status"), &[4, 0, 1, 2, 3]),
            (None, None, Some("name"), &[1, 0, 2, 4, 3]),
        ];
        for (status, filter, sort, expected) in cases {
            let request = LedgerRequest {
                status: status.map(ToOwned::to_owned),
                filter: filter.map(ToOwned::to_owned),
                sort: sort.map(ToOwned::to_owned),
                ..LedgerRequest::default()
            };
            let reply = explorer.ledger(&request).unwrap();
            let files: Vec<u32> = reply.lines.iter().map(|line| line.file).collect();
            assert_eq!(files, *expected, "{status:?} {filter:?} {sort:?}");
            assert_eq!(reply.matching, expected.len());
            assert_eq!(reply.totals.files, 5);
        }
    }

    #[test]
    fn what_is_unknown_is_refused_by_name() {
        for (status, sort) in [(Some("lost"), None), (None, Some("colour"))] {
            let request = LedgerRequest {
                status: status.map(ToOwned::to_owned),
                sort: sort.map(ToOwned::to_owned),
                ..LedgerRequest::default()
            };
            let error = explorer().ledger(&request).unwrap_err();
            assert_eq!(error.data().code, "bad-request");
        }
    }

    #[test]
    fn lines_name_their_pages_and_warnings() {
        let explorer = explorer();
        let lines = explorer.ledger(&LedgerRequest::default()).unwrap().lines;
        let pages: Vec<bool> = lines.iter().map(|line| line.page.is_some()).collect();
        assert_eq!(pages, [true, true, true, true, false]);
        let reasons: Vec<Option<&str>> = lines.iter().map(|line| line.reason.as_deref()).collect();
        let expected = [
            None,
            None,
            None,
            Some("invalid-utf8-replaced"),
            Some("file-unreadable"),
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn the_table_is_safe_to_open() {
        let csv = explorer().ledger_file("csv").unwrap();
        let rows: Vec<&str> = csv.trim_end().split("\r\n").collect();
        assert_eq!(rows.len(), 6);
        assert!(
            rows[0].starts_with("\u{FEFF}path,status,reason,bytes,encoding,format,articles,words,")
        );
        assert!(rows[2].starts_with("'=زهرة.txt,read,,"), "{}", rows[2]);
        assert!(rows[5].starts_with("ذهب.html,failed,file-unreadable,900,,"));
        assert!(
            rows[5].contains("\"it went away, \"\"suddenly\"\"\""),
            "{}",
            rows[5]
        );
    }

    #[test]
    fn both_files_tell_the_same_of_each_line() {
        let explorer = explorer();
        let json = explorer.ledger_file("json").unwrap();
        let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
        let lines = whole["lines"].as_array().unwrap();
        assert_eq!(whole["matching"], lines.len());
        assert_eq!(whole["totals"]["files"], 5);
        let csv = explorer.ledger_file("csv").unwrap();
        let rows: Vec<&str> = csv.trim_end().split("\r\n").collect();
        let headings: Vec<&str> = rows[0].trim_start_matches('\u{FEFF}').split(',').collect();
        // The third line has no cell in quotes.
        let cells = headings.iter().zip(rows[3].split(','));
        let line = lines[2].as_object().unwrap();
        assert_eq!(line.len(), headings.len());
        for (heading, cell) in cells {
            let told = match &line[*heading] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(cell, told, "{heading}");
        }
    }
}
