//! `kashshaf index` and `kashshaf merge`: files that other commands open, and
//! shares of a corpus read by processes side by side.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use kashshaf::parse::Page;
use program::{Folder, kashshaf, objects};
use serde_json::Value;

const TEXT: &str = "أكد الرئيس الروسي أن العلاقات بين البلدين في تطور مستمر منذ سنوات طويلة، وأضاف أن الزيارة \
                    المقبلة سوف تشمل مدنا أخرى في الشرق.";

/// The bundled pages, records, and copies of a text in several files.
fn corpus(folder: &Folder) -> String {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .expect("the bundled pages")
    {
        let path = entry.expect("a file").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        folder.write(
            &format!("texts/{name}"),
            &std::fs::read(&path).expect("readable"),
        );
    }
    let record = |id: usize, outlet: &str, text: &str| {
        let record = serde_json::json!({"id": id.to_string(), "title": format!("خبر {id}"), "body": text, "source": outlet});
        format!("{record}\n")
    };
    let records = |from: usize, outlet: &str| -> String {
        let text = TEXT.replace("أن", "ان");
        (from..from + 4)
            .map(|id| record(id, outlet, if id % 2 == 0 { TEXT } else { &text }))
            .collect()
    };
    folder.write("texts/a.jsonl", records(0, "").as_bytes());
    folder.write("texts/deep/b.jsonl", records(10, "صحيفة").as_bytes());
    folder.write("texts/نص.txt", TEXT.as_bytes());
    folder.write("texts/again.txt", TEXT.as_bytes());
    folder.write("texts/empty.txt", b"");
    folder.path("texts")
}

fn report(stdout: &str) -> Value {
    let mut objects = objects(stdout);
    assert_eq!(objects.len(), 1, "{stdout}");
    objects.remove(0)
}

#[test]
fn merging_leaves_out_the_pages_that_are_named() {
    let folder = Folder::new("cli-index-without");
    let sources = corpus(&folder);
    let path = |name: &str| folder.path(name);
    let index = |output: &str, sources: &str| {
        let run = kashshaf(&["index", "-o", output, sources]);
        assert_eq!(run.code, 1, "a file is empty: {}", run.stderr);
        report(&run.stdout)
    };
    let before = index(&path("all.kashshaf"), &sources);
    let one = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .expect("the bundled pages")
        .map(|entry| entry.expect("a file").path())
        .find(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .expect("a page");
    let bytes = std::fs::read(&one).expect("readable");
    let id = Page::read("", &bytes).expect("a page").id();

    let (output, ledger, all) = (
        path("fewer.kashshaf"),
        path("ledger.csv"),
        path("all.kashshaf"),
    );
    let unknown = format!("{id},0123456789abcdef");
    let run = kashshaf(&["merge", "-o", &output, "--without", &unknown, &all]);
    assert_eq!(run.code, 1);
    let told = "0123456789abcdef: no page has this id";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert!(!std::path::Path::new(&output).exists());

    let arguments = [
        "merge",
        "-o",
        &output,
        "--without",
        &id,
        "--ledger",
        &ledger,
        &all,
    ];
    let run = kashshaf(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let without = report(&run.stdout);
    let name = one.file_name().expect("a name");
    std::fs::remove_file(std::path::Path::new(&sources).join(name)).expect("it is there");
    let never = index(&path("never.kashshaf"), &sources);
    for field in [
        "pages",
        "articles",
        "words",
        "forms",
        "fingerprint",
        "text_bytes",
    ] {
        assert_eq!(without[field], never[field], "{field}");
        assert_ne!(without["pages"], before["pages"]);
    }
    let ledger = std::fs::read_to_string(ledger).expect("a ledger");
    assert_eq!(ledger.matches(",skipped,taken-out,").count(), 1, "{ledger}");
}

#[test]
fn shares_read_side_by_side_merge_into_the_index_of_one_run() {
    let folder = Folder::new("shares");
    let texts = corpus(&folder);
    let (whole, ledger) = (folder.path("whole.kashshaf"), folder.path("whole.json"));
    let run = kashshaf(&["index", &texts, "-o", &whole, "--ledger", &ledger]);
    assert_eq!(run.code, 1, "the empty file is a loss: {}", run.stderr);
    assert!(run.stderr.contains("empty-file") && run.stderr.contains("counted once"));
    let one = report(&run.stdout);
    let sections = one["sections"].as_array().expect("a list");
    let sum: u64 = sections.iter().filter_map(|s| s[1].as_u64()).sum();
    assert!(sum > 0 && sum < one["bytes"].as_u64().expect("a number"));
    assert_eq!(
        (&one["kind"], one["pages"].as_u64() > Some(6)),
        (&Value::from("index"), true)
    );
    for shares in [1usize, 3, 20] {
        let tasks: Vec<_> = (1..=shares)
            .map(|share| {
                let (texts, out) = (
                    texts.clone(),
                    folder.path(&format!("{share}-{shares}.segment")),
                );
                std::thread::spawn(move || {
                    let part = format!("{share}/{shares}");
                    let run = kashshaf(&["index", &texts, "--part", &part, "--output", &out]);
                    assert_eq!(report(&run.stdout)["kind"], "segment");
                    out
                })
            })
            .collect();
        let mut segments: Vec<String> = tasks
            .into_iter()
            .map(|task| task.join().expect("it ran"))
            .collect();
        segments.reverse();
        let (merged, of_merged) = (folder.path("merged.kashshaf"), folder.path("merged.json"));
        let arguments = ["merge", "-o", &merged, "--ledger", &of_merged].map(str::to_owned);
        let run = kashshaf(&[&arguments[..], &segments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let many = report(&run.stdout);
        assert_eq!(many["fingerprint"], one["fingerprint"]);
        let read = |path: &str| std::fs::read(path).expect("written");
        assert!(
            read(&merged) == read(&whole),
            "{shares} shares give the same bytes"
        );
        assert_eq!(read(&of_merged), read(&ledger));
    }
}

#[test]
fn an_index_answers_as_the_files_it_was_made_of() {
    let folder = Folder::new("asked");
    let texts = corpus(&folder);
    let index = folder.path("فهرس.kashshaf");
    kashshaf(&["index", &texts, "-o", &index]);
    let segment = folder.path("a.segment");
    kashshaf(&["index", &texts, "-o", &segment, "--part", "1/1"]);
    for query in ["بوتين", "الرئيس الروسي", "«الرئيس الروسي»", "كور*"]
    {
        for scope in ["main", "articles", "pages"] {
            let asked = kashshaf(&["search", "--corpus", &texts, "--scope", scope, query]);
            for file in [&index, &segment] {
                let of_index = kashshaf(&["search", "--index", file, "--scope", scope, query]);
                assert_eq!(
                    (of_index.code, &of_index.stdout),
                    (0, &asked.stdout),
                    "{query}"
                );
            }
        }
    }
    let records = folder.write(
        "records/a.jsonl",
        "{\"id\":\"x 1\",\"body\":\"زار بوتين\"}\n{\"id\":\"y\",\"body\":\"روسيا\"}\n".as_bytes(),
    );
    let queries = folder.write("q.tsv", "1\tبوتين\n".as_bytes());
    kashshaf(&["index", &records, "-o", &index]);
    let of_index = kashshaf(&["run", "--index", &index, "--queries", &queries]);
    let of_file = kashshaf(&["run", "--corpus", &records, "--queries", &queries]);
    assert!(
        of_index.stdout.starts_with("1 Q0 x_1 1 "),
        "{}",
        of_index.stdout
    );
    assert_eq!(of_index.stdout, of_file.stdout);
}

#[test]
fn wrong_use_and_bad_files_are_told() {
    let folder = Folder::new("index-wrong");
    let text = folder.write("a.txt", TEXT.as_bytes());
    let index = folder.path("a.kashshaf");
    assert_eq!(kashshaf(&["index", &text, "-o", &index]).code, 0);
    let mut bytes = std::fs::read(&index).expect("written");
    bytes[100] ^= 1;
    let damaged = folder.write("damaged.kashshaf", &bytes);
    let nowhere = folder.path("no/where.kashshaf");
    // arguments, exit, what is told
    let cases: &[(&[&str], i32, &str)] = &[
        (&["index", &text], 2, "-o FILE"),
        (&["index", "-o", &index], 2, "no file or folder"),
        (&["index", &text, "-o", &index, "--part", "3/2"], 2, "2/8"),
        (&["index", &text, "-o", &index, "--part", "0/2"], 2, "2/8"),
        (
            &["index", &text, "-o", &index, "--lens", "exact"],
            2,
            "allowed: --output",
        ),
        (&["index", &text, "-o", &nowhere], 1, "cannot be written"),
        (&["merge", "-o", &index], 2, "no segment"),
        (
            &["merge", "-o", &index, &index, &damaged],
            1,
            "index-damaged",
        ),
        (&["merge", "-o", &index, &text], 1, "not-an-index"),
        (
            &["search", "--index", &damaged, "بوتين"],
            1,
            "index-damaged",
        ),
        (
            &["search", "--index", &nowhere, "بوتين"],
            1,
            "cannot be read",
        ),
        (
            &["search", "--index", &index, "--corpus", &text, "بوتين"],
            2,
            "one of --corpus",
        ),
        (&["search", "بوتين"], 2, "one of --corpus"),
        (
            &["search", "--corpus", &index, "بوتين"],
            1,
            "index-not-text",
        ),
    ];
    for (arguments, code, told) in cases {
        let run = kashshaf(arguments);
        assert_eq!(
            (run.code, run.stderr.contains(told)),
            (*code, true),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    assert!(
        std::fs::read(&index).is_ok(),
        "a failed command leaves the old index"
    );
    for command in ["index", "merge"] {
        assert!(
            kashshaf(&[command, "--help"])
                .stdout
                .starts_with("usage: kashshaf ")
        );
    }
}

#[test]
fn a_folder_gets_the_index_whole_and_in_parts() {
    let folder = Folder::new("index-parts");
    let texts = corpus(&folder);
    let output = format!("{}/", folder.path("out"));
    let report = report(&kashshaf(&["index", "-o", &output, &texts]).stdout);
    let manifest = report["parts"]["manifest"].as_str().expect("a path");
    let read = |path: &str| std::fs::read(path).expect("a file that was written");
    let manifest: Value = serde_json::from_slice(&read(manifest)).expect("JSON");
    let parts = &manifest["parts"];
    assert_eq!(
        (&manifest["format"], &parts["whole"]),
        (&1.into(), &"corpus.kashshaf".into())
    );
    let name = parts["directory"].as_str().expect("a name");
    let directory = read(&format!("{output}{name}"));
    assert_eq!(parts["bytes"], directory.len());
    let directory = kashshaf::index::unpacked(name, &directory).expect("deflated");
    let whole = read(&format!("{output}corpus.kashshaf"));
    assert_eq!(report["bytes"], whole.len());

    // What stands in the folder is all that an explorer asks for.
    let mut explorer = kashshaf::api::Explorer::default();
    explorer.open_parts(directory).expect("as written");
    let request = kashshaf::api::SearchRequest {
        query: "العلاقات بين البلدين".to_owned(),
        ..Default::default()
    };
    let reply = loop {
        match explorer.search(&request) {
            Err(kashshaf::api::Error::PartsMissing { names }) => {
                for name in names {
                    let stored = read(&format!("{output}{name}"));
                    let bytes = kashshaf::index::unpacked(&name, &stored).expect("deflated");
                    explorer.take_part(&name, &bytes).expect("as written");
                }
            }
            reply => break reply.expect("a good request"),
        }
    };
    let whole = kashshaf::index::SavedIndex::open(whole).expect("as written");
    let mut whole = kashshaf::api::Explorer::of_index(whole.index);
    let expected = whole.search(&request).expect("a good request");
    assert!(expected.totals.documents > 1);
    assert_eq!(reply.totals.documents, expected.totals.documents);
    assert_eq!(reply.totals.hits, expected.totals.hits);

    // A segment is one file.
    let run = kashshaf(&["index", "--part", "1/2", "-o", &output, &texts]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}
