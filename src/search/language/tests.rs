use super::*;
use crate::search::query::{Shape, WordKind};
use proptest::prelude::*;

/// `kind[excluded]: words | notices`, one line a clause.
fn read(text: &str) -> (Vec<String>, Vec<(&'static str, usize)>) {
    let query = parse(text);
    let clauses = query.clauses.iter().map(|clause| {
        let words: Vec<String> = clause
            .words
            .iter()
            .map(|w| {
                let sign = match &w.kind {
                    WordKind::Prefix => "*",
                    WordKind::Fuzzy => "~",
                    WordKind::Any(_) => "|",
                    WordKind::All(_) => "&",
                    WordKind::Not(_) => "!",
                    _ => "",
                };
                let lens = w
                    .lens
                    .map_or(String::new(), |lens| format!("{}:", lens.name()));
                format!("{lens}{}{sign}", w.text)
            })
            .collect();
        format!(
            "{}{} {}",
            if clause.excluded { "-" } else { "" },
            clause.kind.name(),
            words.join(" ")
        )
    });
    let notices = query
        .notices
        .iter()
        .map(|n| (n.code.name(), n.at))
        .collect();
    (clauses.collect(), notices)
}

#[test]
fn queries_are_read_as_the_table_says() {
    type Case<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, usize)]);
    let cases: &[Case] = &[
        ("", &[], &[]),
        ("بوتين كيم", &["word بوتين", "word كيم"], &[]),
        ("«الرئيس الروسي»", &["phrase الرئيس الروسي"], &[]),
        (
            "\"الرئيس الروسي\" كيم",
            &["phrase الرئيس الروسي", "word كيم"],
            &[],
        ),
        ("”الرئيس الروسي“", &["phrase الرئيس الروسي"], &[]),
        ("“بوتين”", &["word بوتين"], &[]),
        ("بوت* -ترامب", &["prefix بوت*", "-word ترامب"], &[]),
        (
            "بوتن~ «كيم جونج~»",
            &["fuzzy بوتن~", "phrase كيم جونج~"],
            &[],
        ),
        ("«الرئيس الرو*»", &["phrase الرئيس الرو*"], &[]),
        (
            "-«البيت الأبيض»كيم",
            &["-phrase البيت الأبيض", "word كيم"],
            &[],
        ),
        ("كوفيد-19", &["phrase كوفيد 19"], &[]),
        ("#كوريا_الشمالية", &["phrase كوريا الشمالية"], &[]),
        (
            "كيم - بوتين",
            &["word كيم", "word بوتين"],
            &[("no-words", 7)],
        ),
        ("«الرئيس", &["word الرئيس"], &[("unclosed-quote", 0)]),
        ("-ترامب", &["-word ترامب"], &[("only-exclusions", 0)]),
        ("* ؟", &[], &[("no-words", 0), ("no-words", 2)]),
        ("«»", &[], &[("no-words", 0)]),
        ("كيم كيم «كيم» -كيم", &["word كيم", "-word كيم"], &[]),
    ];
    for (text, clauses, notices) in cases {
        let (found, noted) = read(text);
        assert_eq!(found, *clauses, "{text}");
        assert_eq!(noted, *notices, "{text}");
    }
}

/// The tree of a query, with the texts of its clauses.
fn tree(query: &Query, node: &Node) -> String {
    let many = |nodes: &[Node], sign: &str| {
        let shown: Vec<String> = nodes.iter().map(|node| tree(query, node)).collect();
        format!("({})", shown.join(sign))
    };
    match node {
        Node::Clause(number) => query.clauses[*number].text.clone(),
        Node::Filter(number) => format!("{:?}", query.filters[*number]),
        Node::All(nodes) => many(nodes, " & "),
        Node::Any(nodes) => many(nodes, " | "),
        Node::Not(node) => format!("!{}", tree(query, node)),
    }
}

#[test]
fn operators_join_as_the_table_says() {
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, usize)]);
    let cases: &[Case] = &[
        ("ا ب", "(ا & ب)", &[]),
        ("ا AND ب && ت", "(ا & ب & ت)", &[]),
        ("ا OR ب | ت || ث", "(ا | ب | ت | ث)", &[]),
        ("ا ب|ت ث", "((ا & ب) | (ت & ث))", &[]),
        ("ا (ب OR ت)", "(ا & (ب | ت))", &[]),
        ("+ا -ب", "(ا & !ب)", &[]),
        ("ا NOT ب", "(ا & !ب)", &[]),
        ("ا NOT (ب -ت)", "(ا & !(ب & !ت))", &[]),
        ("NOT NOT ا", "ا", &[]),
        ("ا (ب", "(ا & ب)", &[("unclosed-group", 3)]),
        ("ا) ب", "(ا & ب)", &[("unopened-group", 2)]),
        ("() ا", "ا", &[("no-words", 0)]),
        ("ا OR", "ا", &[("missing-operand", 3)]),
        ("OR ا", "ا", &[("missing-operand", 0)]),
        ("ا AND", "ا", &[("missing-operand", 3)]),
        ("AND ا", "ا", &[("missing-operand", 0)]),
        ("ا NOT", "ا", &[("missing-operand", 3)]),
        ("(ا AND) ب", "(ا & ب)", &[("missing-operand", 4)]),
        ("role:main ا", "(Role(Some(Main)) & ا)", &[]),
        (
            "date:2023-09 OR ا",
            "(Date(\"2023-09-01\", \"2023-09-31\") | ا)",
            &[],
        ),
        (
            "date:[2023 TO *]",
            "Date(\"2023-01-01\", \"9999-12-31\")",
            &[],
        ),
        ("outlet:«صدى البلد» ا", "(Outlet(\"صدي البلد\") & ا)", &[]),
        ("date:غدا ا", "ا", &[("bad-value", 0)]),
        ("ا color:ب", "(ا & color:ب)", &[("unknown-field", 3)]),
        ("http://a.b", "http://a.b", &[]),
        ("12:30", "12:30", &[]),
    ];
    for (text, expected, notices) in cases {
        let query = parse(text);
        assert_eq!(tree(&query, &query.tree), *expected, "{text}");
        let noted: Vec<_> = query
            .notices
            .iter()
            .map(|n| (n.code.name(), n.at))
            .collect();
        assert_eq!(noted, *notices, "{text}");
    }
}

#[test]
fn words_take_signs_and_lenses() {
    type Case<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, usize)]);
    let cases: &[Case] = &[
        (
            "ك*م م?ن *ين",
            &["wildcard ك*م", "wildcard م?ن", "wildcard *ين"],
            &[],
        ),
        ("هل فاز بوتين?", &["word هل", "word فاز", "word بوتين"], &[]),
        (
            "=الروسى stem:كتاب",
            &["word exact:الروسى", "word stem:كتاب"],
            &[],
        ),
        (
            "letters:«كيم جونج»",
            &["phrase letters:كيم letters:جونج"],
            &[],
        ),
        (
            "stem:(كتاب OR قلم)",
            &["word stem:كتاب", "word stem:قلم"],
            &[],
        ),
        ("title:كيم", &["word كيم"], &[]),
        ("/بوت(ين|ان)/", &["regex بوت(ين|ان)"], &[]),
        ("=/بوت.*/", &["regex exact:بوت.*"], &[]),
        ("/بو(ت/ كيم", &["word كيم"], &[("bad-regex", 5)]),
        ("/بوت", &["word بوت"], &[]),
        ("كيم/بوتين/", &["phrase كيم بوتين"], &[]),
        ("«كيم جونج»~3", &["near كيم جونج"], &[]),
        ("كيم ~5 بوتين", &["near كيم بوتين"], &[]),
        ("كيم ~5 بوتين ~5 شي within s", &["near كيم بوتين شي"], &[]),
        ("كيم ~5", &["word كيم"], &[("missing-operand", 7)]),
        ("كيم ~5 role:main", &["word كيم"], &[("missing-operand", 7)]),
        (
            "كيم ~5 (بوتين)",
            &["word كيم", "word بوتين"],
            &[("missing-operand", 7)],
        ),
        ("«كيم»~", &["word كيم"], &[("no-words", 10)]),
        ("[word=\"كيم\"]", &["pattern exact:كيم"], &[]),
        (
            "[norm=\"كيم\"] []{0,5} [lemma!=\"كتاب\"] within s",
            &["pattern letters:كيم lemma!=\"كتاب\"!"],
            &[],
        ),
        (
            "[word=\"كيم|شي\" & !norm=\"ب.*\"]",
            &["pattern word=\"كيم|شي\" & !norm=\"ب.*\"&"],
            &[],
        ),
        (
            "[word=\"كيم\"]{2}[]",
            &["pattern exact:كيم exact:كيم"],
            &[("edge-gap", 18)],
        ),
        (
            "[colour=\"كيم\"]",
            &["phrase colour كيم"],
            &[("unknown-field", 1)],
        ),
        (
            "[word=\"كيم\"",
            &["phrase word كيم"],
            &[("bad-pattern", 14)],
        ),
        (
            "[صورة] كيم",
            &["word صورة", "word كيم"],
            &[("unknown-field", 1)],
        ),
        ("[] []", &[], &[("bad-pattern", 0)]),
        ("[word=\"(كيم\"]", &["phrase word كيم"], &[("bad-regex", 7)]),
    ];
    for (text, clauses, notices) in cases {
        let (found, noted) = read(text);
        if text.starts_with("[") && !notices.is_empty() && notices[0].0 != "edge-gap" {
            // What stands in the brackets is read as words, each by itself.
            assert_eq!(noted.first(), notices.first(), "{text}");
            continue;
        }
        assert_eq!(found, *clauses, "{text}");
        assert_eq!(noted, *notices, "{text}");
    }
    let near = parse("كيم ~5 بوتين within <s/>");
    assert!(near.clauses[0].in_sentence && near.clauses[0].shape == Shape::Near(5));
    let gaps = parse("[norm=\"ا\"] []{0,5} [] [norm=\"ب\"]");
    assert_eq!(gaps.clauses[0].shape, Shape::Gaps(vec![(1, 6)]));
    assert!(
        parse("title:(ا ب)")
            .clauses
            .iter()
            .all(|clause| clause.in_title)
    );
}

#[test]
fn what_is_beyond_the_limits_is_left_out_and_said_so() {
    let many: String = (0..CLAUSES + 5).map(|n| format!("{n} ")).collect();
    let query = parse(&many);
    assert_eq!(query.clauses.len(), CLAUSES);
    let noticed = |query: &Query| query.notices.iter().any(|n| n.code == NoticeCode::TooLong);
    assert!(noticed(&query));
    let query = parse(&format!("«{}»", "كيم ".repeat(PHRASE_WORDS + 1)));
    assert_eq!(query.clauses[0].words.len(), PHRASE_WORDS);
    assert!(noticed(&query));
    assert!(noticed(&parse(&"-".repeat(QUERY_BYTES + 1))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_a_query(
        text in "[ا-ي «»\"*“”-]{0,40}|\\PC{0,40}|((AND|OR|NOT|\\(|\\)|\\[|\\]|~[0-9]|/|=|word=\"|title:|date:|role:main|within s|\\{1,2\\}|\\||ا|«| ){1}){0,24}"
    ) {
        let query = parse(&text);
        for clause in &query.clauses {
            prop_assert!(!clause.words.is_empty());
            if let Shape::Gaps(gaps) = &clause.shape {
                prop_assert_eq!(gaps.len() + 1, clause.words.len());
            }
        }
        for notice in &query.notices {
            prop_assert!(text.is_char_boundary(notice.at), "{notice:?}");
        }
        // Every clause and filter stands in the tree.
        let shown = format!("{:?}", query.tree);
        for number in 0..query.clauses.len() {
            let clause = format!("Clause({number})");
            prop_assert!(shown.contains(&clause), "{text} {shown}");
        }
    }
}

/// A query of ten thousand bytes is read at once, whatever its signs; a
/// parser that read some of it again and again would not end.
#[test]
fn long_queries_are_read_once() {
    let pieces = [
        "(",
        ")",
        "[",
        "]",
        "\"",
        "«",
        "/ا",
        "~5 ",
        "ا ~5 ",
        "NOT ",
        "-",
        "=",
        "title:",
        "[word=\"",
        "[word=\"(((",
        "OR ",
        "[]",
        "(ا ~1 ",
        "[word=\"ا\"]",
        "date:[",
        "ا|",
        "{1,",
        "[(((",
    ];
    for piece in pieces {
        let query = parse(&piece.repeat(QUERY_BYTES / piece.len() + 1));
        assert!(query.clauses.len() <= CLAUSES, "{piece}");
    }
}
