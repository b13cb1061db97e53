//! Lists of records that lie inside a JSON object: read as they come, each element
//! once, whatever stands around them and however the bytes are cut.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/import.rs"]
mod import;

use import::{Imported, import, import_in_slices};
use kashshaf::parse::readers::Limits;

/// Titles of the pages in order.
fn titles(imported: &Imported) -> Vec<String> {
    let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    imported
        .pages()
        .map(|page| first_line(&page.text))
        .collect()
}

/// So many records, of some kilobytes each, as elements of a list. Brackets and
/// quotes stand in their texts, and lists of objects inside them.
fn elements(count: usize) -> Vec<String> {
    let body = "قال الوزير إن المشروع [الجديد] سوف يبدأ {في} العام المقبل. ".repeat(40);
    let element = |number| {
        format!(
            r#"{{"title":"خبر رقم {number}","body":"{number} \"}}]\" \\ {body}","comments":[{{"n":1}},{{"n":[2]}}],"meta":{{"tags":["أ","ب"]}}}}"#
        )
    };
    (0..count).map(element).collect()
}

fn expected(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("خبر رقم {number}"))
        .collect()
}

/// Slices of these lengths, in bytes.
const SLICES: [usize; 3] = [1_013, 100_003, usize::MAX];

/// A list of so many elements is longer than what is gathered of one, and of so few is not.
const LONG: usize = 200;
const SHORT: usize = 3;

#[test]
fn a_list_in_an_object_is_read_wherever_it_lies() {
    // Before and behind the list.
    let cases = [
        (r#"{"articles":["#, "]}"),
        (r#" {"status":"ok","total":3,"articles":[ "#, " ]\n}\n"),
        (r#"{"a":{"b":{"c":{"articles":["#, r#"]},"more":"x"}}}"#),
        (r#"{"a":[1,[2,{"b":3}]],"articles":["#, r#"],"z":[]}"#),
        (
            r#"{"tags":[{"n":1},{"n":2}],"articles":["#,
            r#"],"next":{"page":[{"n":2}]}}"#,
        ),
        (
            r#"{"q":"[{\"x","articles":[null,"#,
            r#",7,"x",[1]],"q":"\\"}"#,
        ),
    ];
    for count in [SHORT, LONG] {
        let list = elements(count).join(",\n");
        for (before, behind) in cases {
            let file = format!("{before}{list}{behind}");
            for slice in SLICES {
                let file = [("a.json", file.as_bytes())];
                let imported = import_in_slices(&file, Limits::default(), slice);
                assert_eq!(
                    titles(&imported),
                    expected(count),
                    "{before}…{behind} {slice}"
                );
                imported.check_sums();
                let (_, line) = imported.ledger().lines().next().unwrap();
                assert_eq!((line.bad, line.reason()), (0, None), "{before}…{behind}");
                assert_eq!(line.bytes, file[0].1.len() as u64);
            }
        }
    }
}

#[test]
fn pages_of_a_list_in_an_object_are_those_of_the_list_alone() {
    let list = elements(LONG).join(",");
    let pages = |file: String| {
        let imported = import(&[("a.json", file.as_bytes())]);
        let pages = imported.pages();
        pages
            .map(|page| (page.name.clone(), page.digest, page.text.clone()))
            .collect::<Vec<_>>()
    };
    let inside = pages(format!(r#"{{"articles":[{list}]}}"#));
    assert_eq!(inside.len(), LONG);
    assert_eq!(inside, pages(format!("[{list}]")));
}

#[test]
fn an_object_with_a_text_is_one_record_however_long_its_lists() {
    let comments = elements(LONG).join(",");
    let file = format!(r#"{{"title":"الخبر","body":"قال الوزير.","comments":[{comments}]}}"#);
    for slice in SLICES {
        let imported = import_in_slices(&[("a.json", file.as_bytes())], Limits::default(), slice);
        assert_eq!(titles(&imported), ["الخبر"]);
    }
    // Where the text stands behind the list it is not lost, nor is the list.
    let file = format!(r#"{{"comments":[{comments}],"title":"الخبر","body":"قال الوزير."}}"#);
    let imported = import(&[("a.json", file.as_bytes())]);
    let mut all = expected(LONG);
    all.push("الخبر".to_owned());
    assert_eq!(titles(&imported), all);
}

#[test]
fn every_long_list_of_an_object_is_read_and_every_object_of_a_file() {
    let all = elements(2 * LONG);
    let (first, second) = all.split_at(LONG);
    let (first, second) = (first.join(","), second.join(","));
    let cases = [
        format!(r#"{{"2022":[{first}],"2023":[{second}]}}"#),
        format!(r#"{{"articles":[{first}]}} {{"articles":[{second}]}}"#),
        format!(r#"{{"a":{{"x":[{first}]}},"b":[{second}],"c":[{{"n":1}}]}}"#),
    ];
    for file in cases {
        for slice in SLICES {
            let file = [("a.json", file.as_bytes())];
            let imported = import_in_slices(&file, Limits::default(), slice);
            assert_eq!(titles(&imported), expected(2 * LONG));
            imported.check_sums();
        }
    }
}

#[test]
fn what_is_broken_in_a_list_costs_its_line_and_nothing_else() {
    let mut list = elements(LONG);
    list[150] = r#"{"n":1}"#.to_owned();
    list[170] = r#"{"title": oops}"#.to_owned();
    let file = format!(r#"{{"articles":[{}]}}"#, list.join(","));
    let imported = import(&[("a.json", file.as_bytes())]);
    let (_, line) = imported.ledger().lines().next().unwrap();
    assert_eq!((line.pages, line.bad), (LONG as u64 - 2, 2));
    let bad = line.first_bad.as_ref().expect("a bad record");
    assert_eq!(
        (bad.number, bad.code.as_str()),
        (151, "record-without-text")
    );

    // Cut off in the middle of an element.
    let at = file.find("خبر رقم 120").unwrap();
    let imported = import(&[("a.json", &file.as_bytes()[..at])]);
    let (_, line) = imported.ledger().lines().next().unwrap();
    assert_eq!((line.pages, line.reason()), (120, Some("truncated")));

    // One element is longer than a record may be.
    let limits = Limits {
        record_bytes: 1 << 19,
        ..Limits::default()
    };
    let mut list = elements(LONG);
    list[180] = format!(r#"{{"title":"طويل","body":"{}"}}"#, "طويل ".repeat(1 << 17));
    let file = format!(r#"{{"articles":[{}]}}"#, list.join(","));
    for slice in SLICES {
        let imported = import_in_slices(&[("a.json", file.as_bytes())], limits.clone(), slice);
        let (_, line) = imported.ledger().lines().next().unwrap();
        assert_eq!((line.pages, line.bad), (LONG as u64 - 1, 1));
        let bad = line.first_bad.as_ref().expect("a bad record");
        assert_eq!((bad.number, bad.code.as_str()), (181, "record-too-large"));
        assert_eq!(bad.bytes, list[180].len() as u64);
    }
}
