//! How `kashshaf` is told to read files: `--format`, `--encoding`, `--field`, and what `--ledger` writes down.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/archives.rs"]
mod archives;
#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use archives::{Packed, gzip, tar, zip};
use program::{Folder, Run, kashshaf, objects};
use serde_json::Value;
use std::collections::BTreeMap;

const TEXT: &str = "أكد الرئيس الروسي بوتين أن العلاقات بين البلدين في تطور مستمر منذ سنوات، وأن الزيارة المقبلة سوف تشمل مدنا أخرى في الشرق.";

/// Runs the program with options before its files.
fn run(command: &str, options: &[&str], files: &[&str]) -> Run {
    kashshaf(&[&[command], options, files].concat())
}

/// Title and first outlet of each article that is printed.
fn titles(run: &Run) -> Vec<(Option<String>, Option<String>)> {
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    objects(&run.stdout)
        .iter()
        .map(|object| (text(&object["title"]), text(&object["outlets"][0])))
        .collect()
}

#[test]
fn a_file_is_read_as_it_is_told() {
    let folder = Folder::new("as-told");
    let table = format!("أ|ب|ج\nخبر الصباح|{TEXT}|صحيفة السهل\n").replace('|', "\t");
    let semicolons = format!("أ;ب;ج\nخبر الصباح;{TEXT};صحيفة السهل\n");
    let lines =
        format!("{{\"x\":\"خبر الصباح\",\"y\":{{\"z\":\"{TEXT}\"}},\"w\":\"صحيفة السهل\"}}\n");
    let fields = [
        "--field",
        "title=أ",
        "--field",
        "body=ب",
        "--field",
        "outlet=ج",
    ];
    let keys = [
        "--field", "title=x", "--field", "body=y.z", "--field", "outlet=w",
    ];
    let windows = |text: &str| encoding_rs::WINDOWS_1256.encode(text).0.into_owned();
    // name, bytes, options
    let cases: Vec<(&str, Vec<u8>, Vec<&str>)> = vec![
        ("a.csv", semicolons.clone().into_bytes(), fields.to_vec()),
        ("a.tsv", table.clone().into_bytes(), fields.to_vec()),
        (
            "a.dat",
            table.clone().into_bytes(),
            [&fields[..], &["--format", "tsv"]].concat(),
        ),
        (
            "1256.csv",
            windows(&semicolons),
            [&fields[..], &["--encoding", "windows-1256"]].concat(),
        ),
        (
            "1256.unknown",
            windows(&semicolons),
            [&fields[..], &["--format=csv", "--encoding=windows-1256"]].concat(),
        ),
        ("a.jsonl", lines.clone().into_bytes(), keys.to_vec()),
        (
            "a.json",
            format!("[{}]", lines.trim()).into_bytes(),
            keys.to_vec(),
        ),
        (
            "a.txt",
            lines.into_bytes(),
            [&keys[..], &["--format", "jsonl"]].concat(),
        ),
    ];
    for (name, bytes, options) in &cases {
        let path = folder.write(name, bytes);
        let parsed = run("parse", options, &[&path]);
        assert_eq!((parsed.code, parsed.stderr.as_str()), (0, ""), "{name}");
        let expected = (
            Some("خبر الصباح".to_owned()),
            Some("صحيفة السهل".to_owned()),
        );
        assert_eq!(titles(&parsed), [expected], "{name}");
        // A search reads them alike.
        let found = kashshaf(&[&["search"], &options[..], &["--corpus", &path, "بوتين"]].concat());
        let reply: Value = serde_json::from_str(&found.stdout).expect("an object");
        assert_eq!(
            (found.code, &reply["totals"]["hits"]),
            (0, &1.into()),
            "{name}: {}",
            found.stderr
        );
    }
}

#[test]
fn an_encoding_that_is_told_counts_more_than_what_is_detected() {
    let folder = Folder::new("encodings");
    let greek = encoding_rs::ISO_8859_7
        .encode("Καλημέρα κόσμε, αυτό είναι ένα κείμενο.")
        .0
        .into_owned();
    let path = folder.write("greek.txt", &greek);
    let parsed = run("parse", &["--encoding", "iso-8859-7"], &[&path]);
    assert_eq!((parsed.code, parsed.stderr.as_str()), (0, ""));
    assert_eq!(objects(&parsed.stdout)[0]["encoding"], "iso-8859-7");
    let found = kashshaf(&[
        "search",
        "--encoding",
        "iso-8859-7",
        "--corpus",
        &path,
        "κόσμε",
    ]);
    assert!(found.stdout.contains("\"hits\":1"), "{}", found.stdout);
}

#[test]
fn what_cannot_be_asked_for_is_named_with_what_can() {
    let folder = Folder::new("wrong-use");
    let path = folder.write("a.csv", b"a,b\n1,2\n");
    let cases: &[(&[&str], &[&str])] = &[
        (&["--format", "docs"], &["--format", "docs", "jsonl"]),
        (
            &["--encoding", "arabic"],
            &["--encoding", "arabic", "windows-1256"],
        ),
        (
            &["--field", "headline=a"],
            &["--field", "headline", "title"],
        ),
        (&["--field", "title"], &["--field", "title"]),
        (
            &["--ledger", "/nowhere/at/all/l.json"],
            &["--ledger", "/nowhere/at/all/l.json"],
        ),
    ];
    for (options, told) in cases {
        let run = run("parse", options, &[&path]);
        assert_eq!(run.code, 2, "{options:?}");
        for word in *told {
            assert!(run.stderr.contains(word), "{options:?}: {}", run.stderr);
        }
    }
}

/// A folder with a file of every fate.
fn fates() -> (Folder, u64) {
    let folder = Folder::new("fates");
    let other = TEXT.replace("بوتين", "كيم");
    let members = [
        ("خبر.txt", b'0', other.as_bytes()),
        ("صورة.png", b'0', b"\x89PNG\r\n\x1A\n".as_slice()),
    ];
    let packed = [
        Packed {
            name: "داخل.jsonl",
            bytes: b"{\"title\":\"a\",\"body\":\"b b b\"}\nnot json\n",
            method: 8,
        },
        Packed {
            name: ".DS_Store",
            bytes: b"x",
            method: 0,
        },
    ];
    let files: &[(&str, Vec<u8>)] = &[
        ("a.txt", TEXT.as_bytes().to_vec()),
        ("b-again.txt", TEXT.as_bytes().to_vec()),
        (
            "c-spelt.txt",
            TEXT.replace(' ', "  ").replace("أن", "ان").into_bytes(),
        ),
        ("d.pdf", b"%PDF-1.7".to_vec()),
        ("e-empty.csv", Vec::new()),
        ("f.png", b"\x89PNG\r\n\x1A\n".to_vec()),
        ("g.tar.gz", gzip(&tar(&members))),
        ("h.zip", zip(&packed)),
    ];
    let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    for (name, contents) in files {
        folder.write(&format!("in/{name}"), contents);
    }
    (folder, bytes)
}

#[test]
fn the_ledger_has_a_line_for_every_file_and_member_and_adds_up() {
    let (folder, bytes) = fates();
    let (json, csv) = (folder.path("ledger.json"), folder.path("LEDGER.CSV"));
    let input = folder.path("in");
    let run = kashshaf(&["search", "--ledger", &json, "--corpus", &input, "بوتين"]);
    // Something could not be read: the others were.
    assert_eq!(run.code, 1, "{}", run.stderr);
    let ledger: Value = serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    let lines = ledger["lines"].as_array().expect("lines");
    let fates: BTreeMap<&str, (&str, &str)> = lines
        .iter()
        .map(|line| {
            let reason = line["reason"].as_str().unwrap_or_default();
            (
                line["path"].as_str().unwrap(),
                (line["status"].as_str().unwrap(), reason),
            )
        })
        .collect();
    let expected = BTreeMap::from([
        ("a.txt", ("read", "")),
        ("b-again.txt", ("duplicate", "same-bytes")),
        ("c-spelt.txt", ("duplicate", "same-text")),
        ("d.pdf", ("skipped", "format-not-read-yet")),
        ("e-empty.csv", ("failed", "empty-file")),
        ("f.png", ("skipped", "no-text-format")),
        ("g.tar.gz", ("split", "")),
        ("g.tar.gz/g.tar", ("split", "")),
        ("g.tar.gz/g.tar/خبر.txt", ("read", "")),
        ("g.tar.gz/g.tar/صورة.png", ("skipped", "no-text-format")),
        ("h.zip", ("split", "")),
        ("h.zip/داخل.jsonl", ("read", "not-a-record")),
        ("h.zip/.DS_Store", ("skipped", "system-file")),
    ]);
    assert_eq!(fates, expected);

    let totals = &ledger["totals"];
    assert_eq!(totals["files"], 8);
    assert_eq!(
        totals["bytes"], bytes,
        "all that was given is accounted for"
    );
    let by_status: BTreeMap<&str, u64> = totals["by_status"]
        .as_array()
        .or(totals["byStatus"].as_array())
        .expect("statuses")
        .iter()
        .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_u64().unwrap()))
        .collect();
    assert_eq!(by_status.values().sum::<u64>(), lines.len() as u64);
    for (status, count) in &by_status {
        let counted = fates.values().filter(|(found, _)| found == status).count() as u64;
        assert_eq!(counted, *count, "{status}");
    }
    for total in ["pages", "articles", "words", "bad"] {
        let sum: u64 = lines.iter().map(|line| line[total].as_u64().unwrap()).sum();
        assert_eq!(totals[total], sum, "{total}");
    }
    let top: u64 = lines
        .iter()
        .filter(|line| line["member"] == 0)
        .map(|line| line["bytes"].as_u64().unwrap())
        .sum();
    assert_eq!(top, bytes);

    // The same lines as a table.
    let run = kashshaf(&["search", "--ledger", &csv, "--corpus", &input, "بوتين"]);
    assert_eq!(run.code, 1);
    let table = std::fs::read_to_string(&csv).unwrap();
    let mut rows = table.trim_start_matches('\u{FEFF}').lines();
    assert!(
        rows.next()
            .unwrap()
            .starts_with("path,status,reason,bytes,")
    );
    let found: BTreeMap<&str, (&str, &str)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            (cells[0], (cells[1], cells[2]))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_guess_about_a_table_in_an_archive_is_told_and_can_be_corrected() {
    let folder = Folder::new("guessed-table");
    // The longest texts are those of the notes; the reader wants the others.
    let table = format!("أ;ب\nخبر الصباح;{TEXT} {TEXT}\nخبر المساء;{TEXT} كيم\n");
    let packed = [Packed {
        name: "جداول/أخبار.csv",
        bytes: table.as_bytes(),
        method: 8,
    }];
    let archive = folder.write("a.zip", &zip(&packed));
    let json = folder.path("ledger.json");
    // How long the text of each article is.
    let lengths = |run: &Run| -> Vec<usize> {
        let length = |object: &Value| object["parts"][0]["end"].as_u64().unwrap() as usize;
        objects(&run.stdout).iter().map(length).collect()
    };
    let reason = || {
        let ledger: Value = serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
        let lines = ledger["lines"].as_array().expect("lines");
        let of_table = lines
            .iter()
            .find(|line| line["member"] == 1)
            .expect("a line");
        assert_eq!(of_table["path"], "a.zip/جداول/أخبار.csv");
        of_table["reason"].as_str().map(ToOwned::to_owned)
    };
    let guessed = run("parse", &["--ledger", &json], &[&archive]);
    assert_eq!(guessed.code, 0, "a guess loses nothing: {}", guessed.stderr);
    assert_eq!(reason().as_deref(), Some("column-guessed"));
    let told: Vec<&str> = guessed.stderr.lines().collect();
    let [told] = told.as_slice() else {
        panic!("one line: {}", guessed.stderr)
    };
    for part in ["a.zip/جداول/أخبار.csv:", "column-guessed", "--field body="] {
        assert!(told.contains(part), "{told}");
    }
    let found = lengths(&guessed);
    assert!(
        found.len() == 2 && found.iter().all(|&length| length >= TEXT.len()),
        "{found:?}"
    );

    let chosen = ["--ledger", &json, "--field", "body=أ"];
    let chosen = run("parse", &chosen, &[&archive]);
    assert_eq!((chosen.code, reason()), (0, None), "{}", chosen.stderr);
    let found = lengths(&chosen);
    assert!(
        found.len() == 2 && found.iter().all(|&length| length < TEXT.len()),
        "{found:?}"
    );
}

#[test]
fn every_command_that_takes_files_writes_the_ledger() {
    let (folder, bytes) = fates();
    let input = folder.path("in");
    for command in ["parse", "annotate", "network"] {
        let path = folder.path(&format!("{command}.json"));
        let files: Vec<String> = ["a.txt", "d.pdf", "e-empty.csv", "g.tar.gz"]
            .iter()
            .map(|name| folder.path(&format!("in/{name}")))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let run = run(command, &["--ledger", &path], &files);
        assert_eq!(run.code, 1, "{command}: {}", run.stderr);
        let ledger: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(ledger["totals"]["files"], 4, "{command}");
        assert_eq!(ledger["totals"]["pages"], 2, "{command}");
        assert!(ledger["totals"]["bytes"].as_u64().unwrap() < bytes);
    }
    // All well: the exit status says so.
    let run = run(
        "parse",
        &["--ledger", &folder.path("well.json")],
        &[&format!("{input}/a.txt")],
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
