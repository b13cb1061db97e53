//! `kashshaf run`: a TREC run file for many queries.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use program::{Folder, Run, kashshaf};
use std::collections::BTreeSet;

/// Ten records, so that a word of two is a telling one.
const RECORDS: &str = concat!(
    r#"{"id":"d1","title":"بوتين","body":"زار الرجل موسكو والتقى كيم."}"#,
    "\n",
    r#"{"id":"d2","body":"التقى كيم بوتين. وقال بوتين إن بوتين سعيد."}"#,
    "\n\n",
    r#"{"id":3,"title":null,"body":"قمة في موسكو","extra":[1,2]}"#,
    "\n",
    r#"{"id":"d4","title":"المصدر: رويترز","body":"إقرأ أيضاً: حقول"}"#,
    "\n",
    "{\"id\":\"f1\",\"body\":\"شجر\"}\n{\"id\":\"f2\",\"body\":\"حجر صغير\"}\n",
    "{\"id\":\"f3\",\"body\":\"نهر\"}\n{\"id\":\"f4\",\"body\":\"جبل بعيد\"}\n",
    "{\"id\":\"f5\",\"body\":\"غابة\"}\n{\"id\":\"f6\",\"body\":\"صحراء\"}\n",
);

fn run(folder: &Folder, records: &[u8], queries: &[u8], more: &[&str]) -> Run {
    let (records, queries) = (
        folder.write("docs.jsonl", records),
        folder.write("q.tsv", queries),
    );
    let mut args = vec!["run", "--corpus", &records, "--queries", &queries];
    args.extend(more);
    kashshaf(&args)
}

/// `qid docid` of every line; the format and the ranks are checked on the way.
fn ranking(stdout: &str) -> Vec<(String, String)> {
    let (mut last, mut out): (Option<(String, usize, f64)>, _) = (None, Vec::new());
    for line in stdout.lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        let [query, q0, document, rank, score, tag] = columns[..] else {
            panic!("not six columns: {line}");
        };
        assert_eq!((q0, tag), ("Q0", "kashshaf"));
        let (rank, score): (usize, f64) = (rank.parse().unwrap(), score.parse().unwrap());
        match &last {
            Some((before, place, worth)) if before == query => {
                assert_eq!(rank, place + 1);
                assert!(score <= *worth, "{line}");
            }
            _ => assert_eq!(rank, 1, "{line}"),
        }
        last = Some((query.to_owned(), rank, score));
        out.push((query.to_owned(), document.to_owned()));
    }
    out
}

fn found<'a>(ranking: &'a [(String, String)], query: &str) -> Vec<&'a str> {
    ranking
        .iter()
        .filter(|(id, _)| id == query)
        .map(|(_, id)| id.as_str())
        .collect()
}

#[test]
fn documents_are_ranked_for_each_query_also_when_a_word_is_missing() {
    let folder = Folder::new("run ranked");
    let queries = "q1\tبوتين\nq2\tهل زار بوتين طوكيو؟\nq3\tلموسكو\nq4\t؟\n\nq5\tرويترز حقول\r\n";
    let run = run(&folder, RECORDS.as_bytes(), queries.as_bytes(), &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let ranking = ranking(&run.stdout);
    assert_eq!(
        found(&ranking, "q1"),
        ["d2", "d1"],
        "three times before once"
    );
    assert_eq!(
        found(&ranking, "q2").first(),
        Some(&"d1"),
        "طوكيو stands nowhere"
    );
    let in_moscow: BTreeSet<&str> = found(&ranking, "q3").into_iter().take(2).collect();
    assert_eq!(in_moscow, BTreeSet::from(["3", "d1"]));
    assert!(found(&ranking, "q4").is_empty());
    assert_eq!(
        found(&ranking, "q5").first(),
        Some(&"d4"),
        "fields are text, whatever they look like"
    );
}

#[test]
fn a_word_that_most_records_have_is_found_all_the_same() {
    let folder = Folder::new("run common");
    let records: String = (0..6)
        .map(|n| format!("{{\"id\":\"{n}\",\"body\":\"بوتين {n}\"}}\n"))
        .collect();
    let run = run(&folder, records.as_bytes(), "q\tبوتين\n".as_bytes(), &[]);
    assert_eq!(
        found(&ranking(&run.stdout), "q").len(),
        6,
        "never empty for want of a rare word"
    );
}

#[test]
fn the_limit_counts_documents_of_each_query() {
    let folder = Folder::new("run limit");
    let run = run(
        &folder,
        RECORDS.as_bytes(),
        "q1\tبوتين\nq3\tموسكو\n".as_bytes(),
        &["--limit", "1"],
    );
    let ranking = ranking(&run.stdout);
    assert_eq!(
        (found(&ranking, "q1").len(), found(&ranking, "q3").len()),
        (1, 1)
    );
}

#[test]
fn operators_in_a_question_are_text() {
    let folder = Folder::new("run operators");
    let pairs = [
        ("كيم -بوتين", "كيم بوتين"),
        ("«كيم موسكو", "كيم موسكو"),
        ("موسك*", "موسك"),
    ];
    for (typed, plain) in pairs {
        let queries = format!("typed\t{typed}\nplain\t{plain}\n");
        let run = run(&folder, RECORDS.as_bytes(), queries.as_bytes(), &[]);
        let ranking = ranking(&run.stdout);
        assert!(found(&ranking, "plain").len() >= 2, "{plain}");
        assert_eq!(
            found(&ranking, "typed"),
            found(&ranking, "plain"),
            "{typed}"
        );
    }
}

#[test]
fn a_bad_line_is_told_with_its_number_and_the_rest_is_ranked() {
    let folder = Folder::new("run bad");
    let cases: &[(&str, &[u8])] = &[
        ("no JSON", b"{\"id\":\"x\",\n"),
        ("no object", b"[1]\n"),
        ("no id", "{\"body\":\"بوتين\"}\n".as_bytes()),
        ("no text", b"{\"id\":\"x\",\"n\":5}\n"),
        ("broken UTF-8", b"{\"id\":\"x\",\"body\":\"\xFF\xD8\"}\n"),
    ];
    for (what, line) in cases {
        let mut records = b"\n".to_vec();
        records.extend(*line);
        records.extend(RECORDS.as_bytes());
        let run = run(&folder, &records, "q1\tبوتين\n".as_bytes(), &[]);
        assert_eq!(run.code, 1, "{what}");
        assert!(
            run.stderr.contains("docs.jsonl:2:"),
            "{what}: {}",
            run.stderr
        );
        assert_eq!(found(&ranking(&run.stdout), "q1"), ["d2", "d1"], "{what}");
    }
    let run = run(
        &folder,
        RECORDS.as_bytes(),
        "no tab\nq1\tبوتين\n".as_bytes(),
        &[],
    );
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("line 1"), "{}", run.stderr);
    assert_eq!(found(&ranking(&run.stdout), "q1").len(), 2);
}

#[test]
fn a_byte_order_mark_belongs_to_no_field() {
    let folder = Folder::new("run mark");
    let marked = |text: &str| format!("\u{FEFF}{text}");
    let run = run(
        &folder,
        marked(RECORDS).as_bytes(),
        marked("q1\tبوتين\n").as_bytes(),
        &[],
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(found(&ranking(&run.stdout), "q1"), ["d2", "d1"]);
}

#[test]
fn a_record_that_stands_twice_is_counted_once() {
    let folder = Folder::new("run twice");
    let twice = format!("{RECORDS}{RECORDS}");
    let run = run(&folder, twice.as_bytes(), "q1\tبوتين\n".as_bytes(), &[]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("docs.jsonl:12:"), "{}", run.stderr);
    assert_eq!(found(&ranking(&run.stdout), "q1"), ["d2", "d1"]);
}

#[test]
fn a_missing_file_ends_the_run_with_1() {
    let folder = Folder::new("run missing");
    let queries = folder.write("q.tsv", b"q1\tx\n");
    let run = kashshaf(&[
        "run",
        "--corpus",
        &folder.path("none.jsonl"),
        "--queries",
        &queries,
    ]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("none.jsonl"), "{}", run.stderr);
}
