//! What the built `kashshaf` prints, where, and how it exits.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use common::repository;
use program::{Run, kashshaf, keys, objects};
use serde_json::Value;

/// Cuts code points out of a line of a text, both counted as the program counts them.
fn cut(text: &str, place: &Value) -> String {
    let number =
        |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("small");
    let line = text.split('\n').nth(number("line") - 1).expect("a line");
    line.chars()
        .skip(number("start"))
        .take(number("end") - number("start"))
        .collect()
}

fn bundled(args: &[&str]) -> Run {
    let corpus = repository("corpus");
    let mut all = vec!["search", "--corpus", corpus.to_str().expect("a path")];
    all.extend(args);
    kashshaf(&all)
}

#[test]
fn parse_prints_one_object_an_article_with_the_fields_promised() {
    let mut args = vec!["parse".to_owned()];
    let names: Vec<String> = common::bundled_files()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    args.extend(
        names
            .iter()
            .map(|name| format!("{}/{name}", repository("corpus").display())),
    );
    let run = kashshaf(&args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let found = objects(&run.stdout);
    assert_eq!(found.len(), 10);
    let article = [
        "article",
        "dateline_place",
        "keywords",
        "keywords_raw",
        "outlets",
        "page",
        "published",
        "published_origin",
        "role",
        "spans",
        "title",
    ];
    let first = ["encoding", "headlines", "parts"];
    for name in names {
        let page: Vec<&Value> = found
            .iter()
            .filter(|object| object["page"] == *name)
            .collect();
        let roles: Vec<&str> = page
            .iter()
            .map(|object| object["role"].as_str().unwrap())
            .collect();
        assert_eq!(roles, ["main", "embedded"], "{name}");
        let mut of_first = [&article[..], &first[..]].concat();
        of_first.sort_unstable();
        assert_eq!(keys(page[0]), of_first, "{name}");
        assert_eq!(keys(page[1]), article, "{name}");
        let text = std::fs::read_to_string(repository("corpus").join(&name)).expect("a page");
        check_parts(page[0], &text);
        for object in page {
            assert!(!object["spans"].as_array().unwrap().is_empty());
            for span in object["spans"].as_array().unwrap() {
                let line = |at: usize| usize::try_from(span[at].as_u64().unwrap()).unwrap();
                assert!(1 <= line(0) && line(0) <= line(1) && line(1) <= text.lines().count());
            }
        }
    }
    let dates: Vec<&str> = found
        .iter()
        .filter_map(|object| object["published"].as_str())
        .collect();
    assert_eq!(dates, ["2023-09-18", "2023-09-15"]);
}

/// Parts follow each other, add up to the file, and start on the line they say.
fn check_parts(object: &Value, text: &str) {
    let mut end = 0;
    for part in object["parts"].as_array().expect("parts") {
        let number = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
        assert_eq!(number("start"), end);
        let before = text.get(..end).expect("on a border");
        assert_eq!(number("line"), before.matches('\n').count() + 1);
        end = number("end");
    }
    assert_eq!(end, text.len());
}

#[test]
fn search_prints_one_object_whose_offsets_cut_the_matches_out_of_the_file() {
    let run = bundled(&["--lens", "letters", "--scope", "pages", "«الرئيس الروسي»"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let reply: Value = serde_json::from_str(&run.stdout).expect("one object");
    assert_eq!(
        keys(&reply),
        ["format", "hits", "lens", "query", "scope", "totals"]
    );
    assert_eq!(reply["format"], 1);
    assert_eq!(reply["query"], "«الرئيس الروسي»");
    assert_eq!(
        (&reply["lens"], &reply["scope"]),
        (&"letters".into(), &"pages".into())
    );
    let hits = reply["hits"].as_array().unwrap();
    assert_eq!(reply["totals"]["documents"], hits.len());
    let (mut count, mut written) = (0, Vec::new());
    for hit in hits {
        assert_eq!(
            keys(hit),
            ["article", "document", "matches", "page", "score", "snippet"]
        );
        assert!(hit["article"].is_null(), "a page is the document here");
        let path = repository("corpus").join(hit["page"].as_str().unwrap());
        let text = std::fs::read_to_string(path).expect("the page");
        for place in hit["matches"].as_array().unwrap() {
            assert_eq!(keys(place), ["end", "form", "line", "start"]);
            assert_eq!(cut(&text, place), place["form"], "{place}");
            written.push(place["form"].as_str().unwrap().to_owned());
            count += 1;
        }
        let snippet: String = hit["snippet"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["text"].as_str().unwrap())
            .collect();
        assert!(text.contains(&snippet), "cut from the text as written");
        assert!(
            hit["snippet"]
                .as_array()
                .unwrap()
                .iter()
                .any(|segment| segment["hit"] == true)
        );
    }
    assert_eq!(reply["totals"]["hits"], count);
    assert!(written.contains(&"الرئيس الروسى".to_owned()), "{written:?}");
    let scores: Vec<f64> = hits
        .iter()
        .map(|hit| hit["score"].as_f64().unwrap())
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b));
}

#[test]
fn search_tells_what_has_some_words_why_and_of_what_a_score_is_made() {
    let run = bundled(&["--why", "بوتين قققق"]);
    let reply: Value = serde_json::from_str(&run.stdout).expect("one object");
    assert_eq!(reply["totals"]["documents"], 0);
    let some = &reply["some"];
    assert!(some["totals"]["documents"].as_u64().expect("a number") > 0);
    for hit in some["hits"].as_array().expect("a list") {
        assert_eq!(hit["missing"], serde_json::json!(["قققق"]));
        let parts = hit["parts"].as_array().expect("a list");
        let sum: f64 = parts
            .iter()
            .filter_map(|part| part["weight"].as_f64())
            .sum();
        let score = hit["score"].as_f64().expect("a number");
        assert!((sum - score).abs() < 1e-5, "{sum} {score}");
    }
    let run = bundled(&["--why", "--also", "names", "Putin"]);
    let reply: Value = serde_json::from_str(&run.stdout).expect("one object");
    let form = &reply["hits"][0]["forms"][0];
    assert_eq!(
        (form["word"].as_str(), form["step"].as_str()),
        (Some("Putin"), Some("name"))
    );
    assert_eq!(reply.get("some"), None);
    let run = bundled(&["--also", "stems", "Putin"]);
    assert!(
        run.code == 2 && run.stderr.contains("allowed: names"),
        "{}",
        run.stderr
    );
}

#[test]
fn search_counts_as_promised_in_every_lens_and_scope() {
    for (lens, scope, expected) in [
        (None, None, 5),
        (Some("exact"), Some("main"), 0),
        (Some("clitics"), Some("main"), 0),
        (Some("exact"), Some("articles"), 2),
        (Some("exact"), Some("pages"), 4),
        (Some("clitics"), Some("pages"), 8),
    ] {
        let mut args = Vec::new();
        args.extend(lens.iter().flat_map(|lens| ["--lens", lens]));
        args.extend(scope.iter().flat_map(|scope| ["--scope", scope]));
        args.push("ترامب");
        let run = bundled(&args);
        assert_eq!(run.code, 0, "no hit is no failure");
        let reply: Value = serde_json::from_str(&run.stdout).expect("one object");
        assert_eq!(reply["totals"]["hits"], expected, "{lens:?} {scope:?}");
    }
}

#[test]
fn the_limit_shortens_the_list_and_not_the_totals() {
    let all: Value = serde_json::from_str(&bundled(&["بوتين"]).stdout).unwrap();
    let one: Value = serde_json::from_str(&bundled(&["--limit", "1", "بوتين"]).stdout).unwrap();
    assert_eq!(one["hits"].as_array().unwrap().len(), 1);
    assert_eq!(one["hits"][0], all["hits"][0]);
    assert_eq!(one["totals"], all["totals"]);
}

#[test]
fn a_query_may_start_with_a_minus_and_what_is_odd_in_it_is_told() {
    let run = bundled(&["-ترامب بوتين"]);
    let without: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(without["totals"]["documents"].as_u64() > Some(0));
    let run = bundled(&["-ترامب"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("only-exclusions"), "{}", run.stderr);
    let run = bundled(&["«بوتين"]);
    assert!(run.stderr.contains("unclosed-quote"), "{}", run.stderr);
    assert!(
        serde_json::from_str::<Value>(&run.stdout).is_ok(),
        "messages stay off stdout"
    );
}

#[test]
fn search_writes_all_hits_as_the_file_asked_for() {
    let found: Value = serde_json::from_str(&bundled(&["بوتين"]).stdout).expect("an object");
    let hits = found["totals"]["hits"].as_u64().expect("a number") as usize;
    let documents = found["totals"]["documents"].as_u64().expect("a number") as usize;
    for (format, mark, count) in [
        ("csv", "\r\n", hits + 1),
        ("csv-plain", "\r\n", hits + 1),
        ("jsonl", "\n", hits),
        ("ris", "ER  - \r\n", documents),
        ("bibtex", "\n}\n", documents),
    ] {
        let run = bundled(&["--limit", "1", "--export", format, "بوتين"]);
        assert_eq!(
            (run.code, run.stdout.matches(mark).count()),
            (0, count),
            "{format}"
        );
    }
    let dated = bundled(&["--date", "none", "--sort", "oldest", "بوتين"]);
    let dated: Value = serde_json::from_str(&dated.stdout).expect("an object");
    assert!(dated["totals"]["documents"].as_u64().expect("a number") < documents as u64);
}

#[test]
fn wrong_use_exits_with_2_and_names_what_is_allowed() {
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &["parse", "search", "run"]),
        (&["find"], &["«find»", "parse", "search", "run"]),
        (&["parse"], &["no file"]),
        (&["parse", "--lens", "exact"], &["--lens"]),
        (&["search"], &["no query"]),
        (&["search", "بوتين"], &["--corpus"]),
        (&["search", "--corpus", "corpus", ""], &["no query"]),
        (
            &["search", "--corpus", "corpus", "--lens", "x", "q"],
            &["«x»", "exact", "marks", "letters", "clitics"],
        ),
        (
            &["search", "--corpus", "corpus", "--scope", "x", "q"],
            &["«x»", "main", "articles", "pages"],
        ),
        (
            &["search", "--corpus", "corpus", "--limit", "0", "q"],
            &["«0»", "1 to"],
        ),
        (
            &["search", "--corpus", "corpus", "--limit", "many", "q"],
            &["«many»", "1 to"],
        ),
        (
            &["search", "--corpus", "corpus", "--order", "x", "q"],
            &["--order", "--corpus", "--lens", "--scope", "--limit"],
        ),
        (
            &["search", "--corpus", "corpus", "--sort", "x", "q"],
            &["«x»", "relevance", "newest", "oldest", "outlet"],
        ),
        (
            &["search", "--corpus", "corpus", "--export", "xls", "q"],
            &["«xls»", "csv", "jsonl", "ris", "bibtex"],
        ),
        (
            &["search", "--corpus", "corpus", "--date", "أمس", "q"],
            &["«أمس»", "2023-09"],
        ),
        (&["run", "--queries", "q.tsv"], &["--corpus"]),
        (&["run", "--corpus", "d.jsonl"], &["--queries"]),
        (
            &[
                "run",
                "--corpus",
                "d.jsonl",
                "--queries",
                "q.tsv",
                "--lens",
                "exact",
            ],
            &["--lens", "--queries"],
        ),
    ];
    for (args, told) in cases {
        let run = kashshaf(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        for word in *told {
            assert!(
                run.stderr.contains(word),
                "{args:?} does not tell {word}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn help_of_each_command_names_all_its_options() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["--help"], &["parse", "search", "run", "Exit status"]),
        (
            &["parse", "--help"],
            &[
                "role",
                "published_origin",
                "keywords_raw",
                "headlines",
                "parts",
            ],
        ),
        (
            &["search", "--help"],
            &["--corpus", "--lens", "--scope", "--limit", "code points"],
        ),
        (
            &["run", "--help"],
            &["--corpus", "--queries", "--limit", "TREC"],
        ),
    ];
    for (args, told) in cases {
        let run = kashshaf(args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
        assert!(
            told.iter().all(|word| run.stdout.contains(word)),
            "{args:?}: {}",
            run.stdout
        );
    }
    assert_eq!(
        kashshaf(&["--version"]).stdout,
        concat!("kashshaf ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
