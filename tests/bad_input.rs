//! Bad and huge input ends well: an error by name, or a page that loses nothing.
//!
//! No test looks at a clock. What is quadratic shows as a run that does not end.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, search};
use kashshaf::api::{
    EntitiesRequest, EntityRequest, Explorer, OverviewRequest, PageReply, PageRequest,
    SearchRequest,
};
use kashshaf::parse::Page;

const PARAGRAPH: &str = "أكد الرئيس الروسي بوتين أن العلاقات بين البلدين في تطور مستمر منذ سنوات.";

/// What an explorer says of a text when everything is asked of it.
struct Asked {
    hits: usize,
    entities: usize,
    articles: usize,
}

/// Adds a text, reads it back in pieces, searches it, and asks for its entities.
fn ask_everything(text: &str, query: &str) -> Asked {
    let mut explorer = Explorer::default();
    let report = add(&mut explorer, "page.txt", text.as_bytes());
    assert_eq!(report.status, "read", "{:?}", report.error);
    let id = report.id.expect("an id");
    assert!(
        read_back(&mut explorer, &id, query) == text,
        "the pieces are not the text"
    );
    let found = search(&mut explorer, query, "pages");
    let shown = found
        .hits
        .iter()
        .flat_map(|hit| &hit.snippet)
        .map(|s| s.text.len())
        .sum::<usize>();
    assert!(shown <= 10 * 4_100, "a snippet of {shown} bytes");
    explorer
        .overview(&OverviewRequest::default())
        .expect("an overview");
    let request = EntitiesRequest {
        scope: Some("pages".to_owned()),
        ..Default::default()
    };
    let entities = explorer.entities(&request).expect("entities");
    for row in entities.rows.iter().take(2) {
        let request = EntityRequest {
            id: row.id.clone(),
            scope: request.scope.clone(),
            ..Default::default()
        };
        let reply = explorer.entity(&request).expect("an entity");
        assert!(
            reply
                .sentences
                .iter()
                .all(|sentence| sentence.segments.iter().any(|s| s.hit))
        );
    }
    Asked {
        hits: found.totals.hits,
        entities: entities.rows.len(),
        articles: report.articles,
    }
}

/// The text of a page, piece after piece.
fn read_back(explorer: &mut Explorer, id: &str, query: &str) -> String {
    let bytes = explorer
        .overview(&OverviewRequest::default())
        .expect("an overview")
        .totals
        .bytes;
    // Every piece with a query is a search of its own: long texts are read without.
    let is_long = bytes > 8_000_000;
    let (mut text, mut from) = (String::new(), Some(0));
    while let Some(start) = from {
        let piece: PageReply = explorer
            .page(&PageRequest {
                id: id.to_owned(),
                query: Some(query.to_owned()).filter(|_| !is_long),
                entities: Some(!is_long),
                from_byte: Some(f64::from(start)),
                ..Default::default()
            })
            .expect("a piece");
        text.extend(
            piece
                .parts
                .iter()
                .flat_map(|part| &part.segments)
                .map(|s| s.text.as_str()),
        );
        assert!(
            piece.next_byte.is_none_or(|next| next > start),
            "the piece at {start} is empty"
        );
        from = piece.next_byte;
    }
    text
}

#[test]
fn a_stray_zero_byte_is_kept_with_a_warning() {
    let mut explorer = Explorer::default();
    let text = "التقى بوتين\0كيم في موسكو، ثم غادر.";
    let report = add(&mut explorer, "zero.txt", text.as_bytes());
    assert_eq!((report.status, report.words), ("read", 7));
    let warning = report.warning.expect("a warning");
    assert_eq!(warning, "control-characters");
    let id = report.id.expect("an id");
    assert_eq!(read_back(&mut explorer, &id, "كيم"), text);
}

#[test]
fn what_is_no_text_is_refused_by_name_and_nothing_is_lost() {
    let mut explorer = Explorer::default();
    add(&mut explorer, "good.txt", PARAGRAPH.as_bytes());
    let before = explorer.overview(&OverviewRequest::default()).unwrap();
    let random: Vec<u8> = (0..5_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let cases: &[(&str, &[u8], &str)] = &[
        ("nothing", b"", "empty-file"),
        ("a mark alone", b"\xEF\xBB\xBF", "empty-file"),
        ("a UTF-16 mark alone", b"\xFF\xFE", "empty-file"),
        ("a PDF", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", "binary-file"),
        ("a ZIP", b"PK\x03\x04\x14\0", "binary-file"),
        ("zero bytes", "بوتين\0كيم\0\0".as_bytes(), "binary-file"),
        ("random bytes", &random, "binary-file"),
    ];
    for (what, bytes, code) in cases {
        let report = add(&mut explorer, what, bytes);
        let error = report.error.as_ref().map(|error| error.code);
        assert_eq!((report.status, error), ("failed", Some(*code)), "{what}");
        assert_eq!(
            (report.id, report.encoding, report.articles, report.words),
            (None, None, 0, 0)
        );
    }
    assert_eq!(
        explorer.overview(&OverviewRequest::default()).unwrap(),
        before
    );
}

#[test]
fn text_in_another_encoding_is_read_as_the_same_text() {
    let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(PARAGRAPH.encode_utf16().flat_map(unit))
            .collect()
    };
    let windows = encoding_rs::WINDOWS_1256.encode(PARAGRAPH).0.into_owned();
    let cases = [
        ("utf-16le", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        ("utf-16be", utf16([0xFE, 0xFF], u16::to_be_bytes)),
        ("windows-1256", windows),
    ];
    for (encoding, bytes) in cases {
        let mut explorer = Explorer::default();
        let report = add(&mut explorer, encoding, &bytes);
        assert_eq!(
            (report.status, report.encoding, report.warning),
            ("read", Some(encoding), None)
        );
        assert_eq!(
            search(&mut explorer, "«الرئيس الروسي بوتين»", "main")
                .totals
                .hits,
            1
        );
        assert_eq!(read_back(&mut explorer, &report.id.unwrap(), ""), PARAGRAPH);
    }
}

#[test]
fn what_is_broken_is_shown_as_broken_and_the_rest_is_found() {
    let lone = [
        &[0xFF, 0xFE, 0x00, 0xD8][..],
        &utf16_units(" بوتين"),
        &[0x00, 0xDC, 0x41],
    ]
    .concat();
    let mut broken = PARAGRAPH.as_bytes().to_vec();
    broken[1] = b' ';
    // bytes, U+FFFD in the text, first broken byte
    let cases: [(&[u8], usize, usize); 2] = [(&lone, 3, 2), (&broken, 1, 0)];
    for (bytes, count, first) in cases {
        let page = Page::read("broken.txt", bytes).expect("text");
        assert_eq!(
            page.text.matches('\u{FFFD}').count(),
            count,
            "{}",
            page.text
        );
        let warning = page.warning.expect("a warning").to_string();
        assert!(warning.contains(&format!("byte {first})")), "{warning}");
        let mut explorer = Explorer::default();
        assert_eq!(
            add(&mut explorer, "broken.txt", bytes).warning,
            Some("invalid-utf8-replaced")
        );
        assert_eq!(search(&mut explorer, "بوتين", "pages").totals.hits, 1);
    }
}

fn utf16_units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn text_without_a_word_is_a_page_without_a_word() {
    for text in [
        "\u{64E}".repeat(2_000),
        "ـ".repeat(2_000),
        "ـَ. ".repeat(500),
        "\u{200F}".repeat(999),
    ] {
        let mut explorer = Explorer::default();
        let report = add(&mut explorer, "marks.txt", text.as_bytes());
        assert_eq!((report.status, report.words), ("read", 0));
        assert_eq!(read_back(&mut explorer, &report.id.unwrap(), "ـ"), text);
        assert_eq!(search(&mut explorer, "ـ", "pages").totals.hits, 0);
        assert!(
            explorer
                .entities(&EntitiesRequest::default())
                .unwrap()
                .rows
                .is_empty()
        );
    }
}

#[test]
fn a_line_of_50_megabytes_is_read_searched_and_read_back() {
    let text = format!("{PARAGRAPH} ").repeat(50_000_000 / (PARAGRAPH.len() + 1));
    let asked = ask_everything(&text, "بوتين");
    assert_eq!(asked.hits, text.matches("بوتين").count());
    assert!(asked.entities > 0);
}

#[test]
fn a_word_of_5_megabytes_is_a_word() {
    let word = "بوتين".repeat(500_000);
    let asked = ask_everything(&word, "بوتين*");
    assert_eq!((asked.hits, asked.articles), (1, 1));
    let latin = ask_everything(&"x".repeat(1 << 20), "x*");
    assert_eq!(latin.hits, 1);
}

#[test]
fn one_sentence_of_a_million_words_is_read() {
    let asked = ask_everything(&"بوتين كيم في روسيا ".repeat(250_000), "كيم");
    assert_eq!(asked.hits, 250_000);
}

#[test]
fn lines_by_the_hundred_thousand_are_read() {
    let short = ask_everything(&"بوتين في روسيا\n".repeat(200_000), "روسيا");
    assert_eq!(short.hits, 200_000);
    let blank = format!("{PARAGRAPH}{}{PARAGRAPH}", "\n".repeat(1_000_000));
    assert_eq!(ask_everything(&blank, "بوتين").hits, 2);
    let spaced = format!("{PARAGRAPH}{}{PARAGRAPH}", " \n\t\r\n".repeat(200_000));
    assert_eq!(ask_everything(&spaced, "بوتين").hits, 2);
}

#[test]
fn markers_by_the_hundred_thousand_are_read() {
    let embedded = format!("إقرأ أيضاً:\nعنوان خبر آخر عن روسيا\n{PARAGRAPH}\n").repeat(20_000);
    assert_eq!(ask_everything(&embedded, "بوتين").articles, 20_000);
    for line in [
        "إقرأ أيضاً\n",
        "إقرأ أيضاً: ",
        "مقالات مشابهة\n",
        "المصدر:\n",
        "كلمات دلالية: بوتين\n",
    ] {
        ask_everything(&line.repeat(100_000), "بوتين");
    }
}

#[test]
fn labels_by_the_hundred_thousand_on_one_line_are_read() {
    for label in [
        "المصدر: رويترز ",
        "كلمات دلالية: روسيا المصدر: س ",
        "المصدر: رويترز + ",
        "تاريخ النشر: ",
    ] {
        ask_everything(&label.repeat(100_000), "روسيا");
    }
}

#[test]
fn glued_headlines_in_long_words_are_looked_for_in_reasonable_time() {
    // Each long word stands once; a page above a megabyte is not looked at.
    let pairs = (0..200_u32).map(|n| {
        let digits = n.to_string().into_bytes();
        let own = digits
            .iter()
            .filter_map(|d| char::from_u32(u32::from(d - b'0') + 0x628));
        let long: String = "مستقبل".repeat(310).chars().chain(own).collect();
        format!("{PARAGRAPH}\nقال أحد وزير ثم كان هذا خبر آخر {long}\n")
    });
    ask_everything(&pairs.collect::<String>(), "بوتين");
}

#[test]
fn a_marker_whose_end_hides_in_a_ligature_is_looked_for_in_reasonable_time() {
    // «اقرأ في» with the ي inside the one character يج.
    ask_everything(&format!("اقرأ ف\u{FC55}{}\n", "ب".repeat(200_000)), "بوتين");
}

#[test]
fn one_page_that_names_a_man_ten_thousand_times_is_read() {
    let names = "قال الرئيس فلاديمير بوتين إنه سعيد. وعاد بوتين إلى موسكو.\n".repeat(10_000);
    assert!(ask_everything(&names, "فلاديمير").entities > 0);
    let people = (0..10_000).map(|n| format!("التقى محمد بن {n} بن علي حسن سالم عمر خالد.\n"));
    ask_everything(&people.collect::<String>(), "محمد");
    ask_everything(&"محمد ".repeat(200_000), "محمد");
}

#[test]
fn a_query_of_100_kilobytes_is_answered() {
    let mut explorer = common::bundled_explorer();
    for piece in [
        "بوتين ",
        "ب* ",
        "«",
        "«الرئيس الروسي» ",
        "-",
        "\"",
        "ا",
        "-ترامب ",
        "*",
        "\u{64E}",
        "😀",
    ] {
        let query = piece.repeat(100_000 / piece.len());
        let request = SearchRequest {
            query: query.clone(),
            ..Default::default()
        };
        let reply = explorer.search(&request).expect("an answer");
        assert_eq!(reply.query, query);
        assert!(reply.clauses.len() <= 10_000);
    }
    let phrase = format!("«{}»", "بوتين ".repeat(9_000));
    assert_eq!(search(&mut explorer, &phrase, "pages").totals.hits, 0);
}

#[test]
fn files_by_the_thousand_are_taken_and_told_apart() {
    let mut explorer = Explorer::default();
    for number in 0..4_000 {
        let text = format!("{PARAGRAPH}\nالخبر رقم {number}");
        assert_eq!(
            add(&mut explorer, &format!("{number}.txt"), text.as_bytes()).status,
            "read"
        );
    }
    let again = format!("{PARAGRAPH}\nالخبر رقم 7");
    assert_eq!(
        add(&mut explorer, "again.txt", again.as_bytes()).status,
        "duplicate"
    );
    assert_eq!(
        search(&mut explorer, "بوتين", "main").totals.documents,
        4_000
    );
    let entities = explorer
        .entities(&EntitiesRequest::default())
        .expect("entities");
    let request = EntityRequest {
        id: entities.rows[0].id.clone(),
        limit: Some(1000.0),
        ..Default::default()
    };
    let reply = explorer.entity(&request).expect("an entity");
    assert_eq!(
        (reply.sentence_count, reply.sentences.len()),
        (4_000, 1_000)
    );
}
