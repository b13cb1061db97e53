//! Broken queries: what is told of them, where it points, and what is still run.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::add;
use kashshaf::api::{Explorer, SearchReply, SearchRequest};

const TEXTS: &[&str] = &[
    "كلب بلد قلم. شجر نهر جبل",
    "كلب نهر. بلد قلم",
    "قلم كلب ثم بلد شجر",
    "colour بلد كلب word كلب norm قلم",
    "date غدا role chief كلب within x بلد",
    "كلب بلد قلم شجر نهر جبل سهل بحر واد",
    "كَلب 𐎀 é كلب",
    "كلب بلد p within",
    "norm كلب 0,101 بلد",
];

fn explorer() -> Explorer {
    let mut explorer = Explorer::default();
    let long = "كلب ".repeat(70);
    let texts = TEXTS.iter().copied().chain([long.as_str()]);
    for (number, text) in texts.enumerate() {
        let page = format!(
            "اتفاق جديد رقم {number} ينهي الإضراب\nتاريخ النشر: 5 أيار/مايو 2022\n\
             توصلت نقابة السائقين إلى اتفاق ينهي الإضراب الذي بدأ يوم الاثنين. {text}.\nالمصدر: صدى البلد\n"
        );
        assert_eq!(
            add(&mut explorer, &format!("{number}.txt"), page.as_bytes()).status,
            "read"
        );
    }
    explorer
}

fn search(explorer: &mut Explorer, query: &str, lens: &str) -> SearchReply {
    let request = SearchRequest {
        query: query.to_owned(),
        lens: Some(lens.to_owned()),
        ..SearchRequest::default()
    };
    explorer.search(&request).expect("a good request")
}

/// Checks a broken query: what is told, that each notice stands where its text is, and that it
/// finds what the sane query finds, which finds something unless it is empty.
fn check(explorer: &mut Explorer, broken: &str, told: &[(&str, usize)], sane: &str) {
    let units: Vec<u16> = broken.encode_utf16().collect();
    for lens in ["exact", "clitics"] {
        let reply = search(explorer, broken, lens);
        let notices: Vec<_> = reply
            .notices
            .iter()
            .map(|notice| (notice.code, notice.at_utf16))
            .collect();
        assert_eq!(notices, told, "{broken}");
        for notice in &reply.notices {
            let from =
                String::from_utf16(&units[notice.at_utf16..]).expect("no half of a character");
            let text = notice.text.trim_end_matches('…');
            assert!(from.starts_with(text), "{broken}: {text}, but {from}");
        }
        let whole = search(explorer, sane, lens);
        assert!(whole.notices.is_empty(), "{sane} {:?}", whole.notices);
        assert_eq!(reply.totals, whole.totals, "{broken} as {sane}");
        assert_eq!(whole.totals.documents > 0, !sane.is_empty(), "{sane}");
        let found = |reply: &SearchReply| {
            let hits = reply.hits.iter();
            hits.map(|hit| (hit.document.clone(), hit.occurrences))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&reply), found(&whole), "{broken} as {sane}");
    }
}

#[test]
fn what_is_broken_is_told_with_its_place_and_the_rest_is_run() {
    let mut explorer = explorer();
    // query, code and place (UTF-16 units) of each notice, the same without its mistakes
    type Case<'a> = (&'a str, &'a [(&'a str, usize)], &'a str);
    let cases: &[Case] = &[
        // Quotation marks and brackets.
        ("«كلب بلد", &[("unclosed-quote", 0)], "«كلب بلد»"),
        ("قلم “كلب بلد", &[("unclosed-quote", 4)], "قلم «كلب بلد»"),
        ("كلب «", &[("unclosed-quote", 4), ("no-words", 4)], "كلب"),
        ("(كلب | شجر", &[("unclosed-group", 0)], "كلب | شجر"),
        (
            "قلم (كلب (بلد",
            &[("unclosed-group", 9), ("unclosed-group", 4)],
            "قلم كلب بلد",
        ),
        ("كلب) بلد", &[("unopened-group", 3)], "كلب بلد"),
        ("() كلب", &[("no-words", 0)], "كلب"),
        // Places are counted in units of UTF-16, whatever stands before.
        (
            "😀 كلب «بلد",
            &[("no-words", 0), ("unclosed-quote", 7)],
            "كلب بلد",
        ),
        ("كَلب 𐎀 date:x", &[("bad-value", 8)], "كَلب 𐎀"),
        ("é كلب)", &[("unopened-group", 5)], "é كلب"),
        // Signs without a word.
        ("كلب !! بلد", &[("no-words", 4)], "كلب بلد"),
        ("كلب - بلد", &[("no-words", 4)], "كلب بلد"),
        ("كلب ؟؟ «…»", &[("no-words", 4), ("no-words", 7)], "كلب"),
        // Operators.
        ("كلب OR", &[("missing-operand", 4)], "كلب"),
        ("OR كلب", &[("missing-operand", 0)], "كلب"),
        ("كلب |", &[("missing-operand", 4)], "كلب"),
        ("كلب AND", &[("missing-operand", 4)], "كلب"),
        ("AND كلب", &[("missing-operand", 0)], "كلب"),
        ("كلب AND AND بلد", &[("missing-operand", 8)], "كلب بلد"),
        ("كلب NOT", &[("missing-operand", 4)], "كلب"),
        ("(كلب OR) بلد", &[("missing-operand", 5)], "كلب بلد"),
        ("كلب ~3", &[("missing-operand", 4)], "كلب"),
        ("~3 كلب", &[("missing-operand", 0)], "كلب"),
        ("كلب ~3 (بلد)", &[("missing-operand", 4)], "كلب بلد"),
        ("كلب ~3 | بلد", &[("missing-operand", 4)], "كلب | بلد"),
        ("كلب ~3 OR بلد", &[("missing-operand", 4)], "كلب OR بلد"),
        ("كلب ~3 AND بلد", &[("missing-operand", 4)], "كلب AND بلد"),
        ("كلب ~3 NOT سهل", &[("missing-operand", 4)], "كلب NOT سهل"),
        ("كلب ~3 -سهل", &[("missing-operand", 4)], "كلب -سهل"),
        (
            "كلب ~3 outlet:البلد",
            &[("missing-operand", 4)],
            "كلب outlet:البلد",
        ),
        ("-كلب", &[("only-exclusions", 0)], ""),
        ("NOT (كلب بلد)", &[("only-exclusions", 0)], ""),
        // Fields.
        (
            "كلب colour:بلد",
            &[("unknown-field", 4)],
            "كلب «colour بلد»",
        ),
        ("كلب date:غدا", &[("bad-value", 4)], "كلب"),
        ("date:2023-13 كلب", &[("bad-value", 0)], "كلب"),
        (
            "كلب date:[2023-09 TO 2023-08] بلد",
            &[("bad-value", 4)],
            "كلب بلد",
        ),
        ("role:chief كلب", &[("bad-value", 0)], "كلب"),
        ("كلب -date:غدا", &[("bad-value", 5)], "كلب"),
        ("كلب outlet:«»", &[("bad-value", 4)], "كلب"),
        (
            "كلب outlet:«بلد",
            &[("bad-value", 4), ("unclosed-quote", 11)],
            "كلب بلد",
        ),
        (
            "كلب -date:[2023 TO 2024",
            &[("unclosed-group", 10)],
            "كلب -date:[2023 TO 2024]",
        ),
        (
            "كلب date:[غدا",
            &[("unclosed-group", 9), ("bad-value", 4)],
            "كلب",
        ),
        // Expressions.
        ("كلب /بو(ت/", &[("bad-regex", 7)], "كلب"),
        ("كلب /[ب/", &[("bad-regex", 5)], "كلب"),
        ("/*ب/ كلب", &[("bad-regex", 1)], "كلب"),
        ("/ب{200}/ كلب", &[("large-regex", 2)], "كلب"),
        // Tokens in brackets.
        ("[norm=\"كلب\"] []", &[("edge-gap", 13)], "[norm=\"كلب\"]"),
        (
            "[] [norm=\"كلب\"] within s",
            &[("edge-gap", 0)],
            "[norm=\"كلب\"] within s",
        ),
        ("[word=\"كلب\"", &[("bad-pattern", 11)], "word كلب"),
        (
            "[word \"كلب\"]",
            &[("bad-pattern", 6), ("no-words", 11)],
            "word كلب",
        ),
        (
            "[colour=\"بلد\"]",
            &[("unknown-field", 1), ("no-words", 13)],
            "colour بلد",
        ),
        (
            "[norm=\"كلب]",
            &[("unclosed-quote", 6), ("unclosed-quote", 6)],
            "norm كلب",
        ),
        (
            "بلد [word=\"(كلب\"]",
            &[("bad-regex", 11), ("no-words", 16)],
            "بلد word كلب",
        ),
        (
            "[(word=\"كلب\"]",
            &[
                ("unclosed-group", 1),
                ("no-words", 12),
                ("unclosed-group", 1),
            ],
            "word كلب",
        ),
        (
            "[norm=\"كلب\"] []{0,101} [norm=\"بلد\"]",
            &[("bad-pattern", 15), ("no-words", 11), ("bad-pattern", 15)],
            "norm كلب 0,101 [norm=\"بلد\"]",
        ),
        (
            "كلب [] []",
            &[
                ("bad-pattern", 4),
                ("no-words", 5),
                ("bad-pattern", 7),
                ("no-words", 8),
            ],
            "كلب",
        ),
        (
            "[norm=\"كلب\"] []{0,60} []{0,60} [] [] [norm=\"شجر\"]",
            &[("too-long", 22)],
            "[norm=\"كلب\"] []{2,100} [norm=\"شجر\"]",
        ),
        (
            "[norm=\"كلب\"] []{0,60} []{0,60} [norm=\"شجر\"]",
            &[("too-long", 22)],
            "[norm=\"كلب\"] []{0,100} [norm=\"شجر\"]",
        ),
        // A unit that there is not is a word.
        (
            "(«كلب بلد» within p",
            &[("unclosed-group", 0)],
            "«كلب بلد» within p",
        ),
    ];
    for (broken, told, sane) in cases {
        check(&mut explorer, broken, told, sane);
    }
}

#[test]
fn what_is_beyond_a_limit_is_told_and_the_rest_is_run() {
    let mut explorer = explorer();
    let check = &mut |broken: &str, told: &[(&str, usize)], sane: &str| {
        check(&mut explorer, broken, told, sane);
    };
    let deep =
        |depth: usize, word: &str| format!("{}{word}{}", "(".repeat(depth), ")".repeat(depth));
    check(&deep(17, "كلب"), &[("too-deep", 16)], &deep(16, "كلب"));
    check(
        &format!("بلد {}", deep(18, "كلب")),
        &[("too-deep", 20), ("too-deep", 21)],
        "بلد كلب",
    );

    let phrase = |words: usize| format!("«{}»", vec!["كلب"; words].join(" "));
    check(&phrase(65), &[("too-long", 0)], &phrase(64));
    check(
        &format!("كلب {}", phrase(66)),
        &[("too-long", 4)],
        &format!("كلب {}", phrase(64)),
    );

    // Nine words near each other: the ninth, and what is joined to it, is left out.
    let words = [
        "كلب", "بلد", "قلم", "شجر", "نهر", "جبل", "سهل", "بحر", "واد",
    ];
    let near = |words: &[&str]| words.join(" ~2 ");
    check(
        &near(&words),
        &[("too-long", near(&words[..8]).encode_utf16().count() + 1)],
        &near(&words[..8]),
    );
    let ten = format!("{} ~2 غيره within s", near(&words));
    // What is left out asks for nothing.
    let titled = format!("{} ~2 title:غيره", near(&words[..8]));
    let at = near(&words[..8]).encode_utf16().count() + 1;
    check(&titled, &[("too-long", at)], &near(&words[..8]));
    let eight = format!("{} within s", near(&words[..8]));
    check(
        &ten,
        &[("too-long", near(&words[..8]).encode_utf16().count() + 1)],
        &eight,
    );
    check(
        &format!("«{}»~2", words.join(" ")),
        &[("too-long", 0)],
        &format!("«{}»", words.join(" ")),
    );
    check("كلب ~101 بلد", &[("too-long", 4)], "كلب ~100 بلد");
    check(
        "كلب ~2 بلد ~4294967296 قلم",
        &[("too-long", 11)],
        "كلب ~2 بلد ~100 قلم",
    );
    check("«كلب بلد»~101 شجر", &[("too-long", 9)], "«كلب بلد»~100 شجر");

    // Of many clauses the first 32 are read, and of a long query its first 10,000 bytes.
    let any = |count: usize| {
        let words: Vec<String> = (0..count).map(|number| format!("س{number}")).collect();
        format!("كلب | {}", words.join(" | "))
    };
    check(
        &any(33),
        &[("too-long", any(31).encode_utf16().count() + 3)],
        &any(31),
    );
    let spaces = " ".repeat(10_000 - "كلب".len());
    check(
        &format!("كلب{spaces}بلد"),
        &[("too-long", "كلب".encode_utf16().count() + spaces.len())],
        "كلب",
    );
}
