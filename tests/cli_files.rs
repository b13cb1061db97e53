//! Files that `kashshaf` is given: of every kind, missing, twice, with every name.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use program::{Folder, kashshaf, objects};
use serde_json::Value;

const PARAGRAPH: &str = "أكد الرئيس الروسى بوتين أن العلاقات بين البلدين في تطور مستمر منذ سنوات.";

#[test]
fn files_of_every_kind_are_read_or_named_with_their_fault() {
    let folder = Folder::new("kinds");
    let windows = encoding_rs::WINDOWS_1256.encode(PARAGRAPH).0.into_owned();
    let mut broken = PARAGRAPH.as_bytes().to_vec();
    broken[0] = 0xFF;
    // bytes, exit, code told, roles printed, encoding
    type Case<'a> = (&'a str, &'a [u8], i32, &'a str, &'a [&'a str], &'a str);
    let cases: &[Case] = &[
        ("w.txt", &windows, 0, "", &["main"], "windows-1256"),
        ("e.txt", b"", 1, "empty-file", &[], ""),
        ("b.txt", b"\0\x01\x02", 1, "binary-file", &[], ""),
        ("p.txt", b"%PDF-1.7", 1, "PDF", &[], ""),
        (
            "u.txt",
            &broken,
            1,
            "invalid-utf8-replaced",
            &["main"],
            "utf-8",
        ),
        ("blank.txt", b" \n \n", 0, "", &["none"], "utf-8"),
        (
            "list.txt",
            "مقالات مشابهة\n• خبر أول هنا".as_bytes(),
            0,
            "",
            &["none"],
            "utf-8",
        ),
    ];
    for (name, bytes, code, told, roles, encoding) in cases {
        let path = folder.write(name, bytes);
        let run = kashshaf(&["parse", &path]);
        assert_eq!(run.code, *code, "{name}: {}", run.stderr);
        assert!(
            run.stderr.contains(told) && run.stderr.is_empty() == told.is_empty(),
            "{}",
            run.stderr
        );
        let found = objects(&run.stdout);
        let printed: Vec<&str> = found
            .iter()
            .map(|object| object["role"].as_str().unwrap())
            .collect();
        assert_eq!(printed, *roles, "{name}");
        assert!(
            found
                .iter()
                .take(1)
                .all(|object| object["encoding"] == *encoding),
            "{name}"
        );
        // The same in a search: what can be read is searched.
        let run = kashshaf(&["search", "--corpus", &path, "بوتين"]);
        assert_eq!(run.code, *code, "{name}");
        let reply: Value = serde_json::from_str(&run.stdout).expect("always one object");
        assert_eq!(
            reply["totals"]["hits"],
            u8::from(roles == &["main"]),
            "{name}"
        );
    }
    let headlines = objects(&kashshaf(&["parse", &folder.path("list.txt")]).stdout);
    assert_eq!(
        headlines[0]["headlines"],
        serde_json::json!(["خبر أول هنا"])
    );
}

#[test]
fn a_missing_file_is_named_and_the_others_are_read() {
    let folder = Folder::new("missing");
    let (there, missing) = (
        folder.write("a.txt", PARAGRAPH.as_bytes()),
        folder.path("لا يوجد.txt"),
    );
    let run = kashshaf(&["parse", &missing, &there]);
    assert_eq!((run.code, objects(&run.stdout).len()), (1, 1));
    assert!(run.stderr.contains("لا يوجد.txt"), "{}", run.stderr);
    let run = kashshaf(&["search", "--corpus", &missing, &there, "بوتين"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("\"hits\":1"), "{}", run.stdout);
}

#[test]
fn names_in_arabic_with_spaces_and_decomposed_letters_are_kept() {
    let folder = Folder::new("أخبار اليوم/ملف");
    // آ as ا and a madda: how some systems store names.
    let name = "ا\u{653}خر خبر.txt";
    let path = folder.write(name, PARAGRAPH.as_bytes());
    assert_eq!(
        objects(&kashshaf(&["parse", &path]).stdout)[0]["page"],
        name
    );
    let run = kashshaf(&["search", "--corpus", &folder.path(""), "بوتين"]);
    let reply: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &reply["hits"][0]["page"]), (0, &name.into()));
}

#[test]
fn a_file_that_is_there_twice_is_counted_once_and_said() {
    let folder = Folder::new("twice");
    folder.write("a.txt", PARAGRAPH.as_bytes());
    folder.write("deep/b.txt", PARAGRAPH.as_bytes());
    let run = kashshaf(&["search", "--corpus", &folder.path(""), "بوتين"]);
    let reply: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &reply["totals"]["documents"]), (0, &1.into()));
    assert!(
        run.stderr.contains("b.txt") && run.stderr.contains("a.txt"),
        "{}",
        run.stderr
    );
}
