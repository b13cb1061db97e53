//! Files and archives of every format: what is found in them, and the ledger that accounts for it.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a failed expectation is the test's report"
)]

#[path = "common/archives.rs"]
mod archives;
#[path = "common/import.rs"]
mod import;

use archives::{Packed, gzip, tar, zip};
use import::{Imported, import, import_in_slices, import_with};
use kashshaf::parse::format::FileFormat;
use kashshaf::parse::readers::{Limits, Reader, RecordField, SourceFile};
use kashshaf::parse::{Encoding, Facts, Page, PartKind};
use kashshaf::text::ByteSpan;
use proptest::prelude::*;

const NEWS: &str = "قال الوزير إن المشروع الجديد سوف يبدأ في العام المقبل.";

/// Status and reason of each line, in order.
fn lines(imported: &Imported) -> Vec<(String, &'static str, Option<String>)> {
    let lines = imported.ledger().lines();
    lines
        .map(|(_, line)| {
            let reason = line.reason().map(ToOwned::to_owned);
            (line.name.clone(), line.status().name(), reason)
        })
        .collect()
}

fn facts(page: &Page) -> Facts<'_, impl Fn(ByteSpan) -> String> {
    Facts::new(&page.articles, &page.given, |span| {
        span.of(&page.text).to_owned()
    })
}

fn stored<'a>(name: &'a str, bytes: &'a [u8]) -> Packed<'a> {
    Packed {
        name,
        bytes,
        method: 0,
    }
}

fn deflated<'a>(name: &'a str, bytes: &'a [u8]) -> Packed<'a> {
    Packed {
        name,
        bytes,
        method: 8,
    }
}

#[test]
fn records_of_every_shape_become_pages_with_their_fields() {
    let one = r#"{"id":7,"title":"عنوان \"أول\"","body":"قال الوزير.\nثم عاد.","date":"2015-08-09","source":"عكاظ","url":"http://a.example/1","tags":["روسيا","كوريا"]}"#;
    let csv = "id;العنوان;النص;التاريخ;المصدر;الرابط;الوسوم\n\
               7;\"عنوان \"\"أول\"\"\";\"قال الوزير.\nثم عاد.\";2015-08-09;عكاظ;http://a.example/1;روسيا، كوريا\n";
    let cases = [
        ("a.jsonl", format!("{one}\n\n")),
        ("a.json", format!("[{one}]")),
        (
            "a.json",
            format!("{{\"status\":\"ok\",\"data\":{{\"articles\":[{one}]}}}}"),
        ),
        ("a.json", format!("  {one} ")),
        ("a.csv", csv.to_owned()),
        ("a.csv", format!("\u{FEFF}{csv}")),
        (
            "a.tsv",
            csv.replace(';', "\t")
                .replace('\n', "\r\n")
                .replace("الوزير.\r\n", "الوزير.\n"),
        ),
    ];
    for (name, text) in cases {
        let imported = import(&[(name, text.as_bytes())]);
        let page = imported.only_page();
        assert_eq!(page.text, "عنوان \"أول\"\nقال الوزير.\nثم عاد.", "{text}");
        assert_eq!(facts(page).title_of(0).as_deref(), Some("عنوان \"أول\""));
        let published = facts(page).published_of(0).expect("a date");
        assert_eq!(
            (published.date.to_string().as_str(), published.origin),
            ("2015-08-09", "given-field")
        );
        assert_eq!(facts(page).outlets_of(0), ["عكاظ"]);
        assert_eq!(facts(page).keywords_of(0), ["روسيا", "كوريا"]);
        assert_eq!(facts(page).url_of(0), Some("http://a.example/1"));
        assert_eq!(page.given.id.as_deref(), Some("7"));
        assert_eq!(page.name, format!("{name}:1"));
        assert_eq!(lines(&imported)[0].1, "read");
    }
}

#[test]
fn records_that_are_none_cost_a_line_of_the_ledger() {
    let text = format!("{{\"text\":\"{NEWS}\"}}\nnot json\n{{\"n\":1}}\n[1]\n{{\"text\":\"آخر\"}}");
    let imported = import(&[("a.jsonl", text.as_bytes())]);
    let (_, line) = imported.ledger().lines().next().expect("a line");
    assert_eq!(
        (line.pages, line.bad, line.status().name()),
        (2, 3, "split")
    );
    let bad = line.first_bad.as_ref().expect("a bad record");
    assert_eq!((bad.number, bad.code.as_str()), (2, "not-a-record"));
    assert_eq!(line.bad_bytes, "not json{\"n\":1}[1]".len() as u64);
}

#[test]
fn ragged_rows_lose_nothing_of_their_text() {
    let csv = "title,body\nأول,\"نص, فيه فاصلة\"\nثان,نص, بلا علامات, طويل\nثالث\n";
    let imported = import(&[("a.csv", csv.as_bytes())]);
    let texts: Vec<&str> = imported.pages().map(|page| page.text.as_str()).collect();
    assert_eq!(
        texts,
        ["أول\nنص, فيه فاصلة", "ثان\nنص, بلا علامات, طويل", "ثالث"]
    );
}

#[test]
fn chosen_fields_and_encodings_stand_before_guesses() {
    let csv = "a,b,c\nنص أول طويل جدا هنا,عنوان,2020-01-02\n";
    let bytes = encoding_rs::WINDOWS_1256.encode(csv).0.into_owned();
    let imported = import_with(&bytes, |file| {
        "a.csv".clone_into(&mut file.name);
        file.encoding = Some(Encoding::Windows1256);
        file.fields = vec![
            (RecordField::Title, vec!["b".to_owned()]),
            (RecordField::Body, vec!["a".to_owned(), "b".to_owned()]),
            (RecordField::Date, vec!["c".to_owned()]),
        ];
    });
    let page = imported.only_page();
    assert_eq!(page.text, "عنوان\nنص أول طويل جدا هنا");
    assert_eq!(page.encoding, Encoding::Windows1256);
    assert!(facts(page).published_of(0).is_some());
    let imported = import_with(b"<p>x</p>", |file| {
        "a.html".clone_into(&mut file.name);
        file.format = Some(FileFormat::Text);
    });
    assert_eq!(imported.only_page().text, "<p>x</p>");
}

#[test]
fn every_encoding_gives_the_same_page() {
    let text = format!("title,body\nعنوان,{NEWS}\n");
    let units = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = [b"\xFF\xFE".to_vec(), units(u16::to_le_bytes)].concat();
    let cases = [
        (text.as_bytes().to_vec(), "utf-8"),
        (
            encoding_rs::WINDOWS_1256.encode(&text).0.into_owned(),
            "windows-1256",
        ),
        (
            encoding_rs::ISO_8859_6.encode(&text).0.into_owned(),
            "iso-8859-6",
        ),
        (units(u16::to_le_bytes), "utf-16le"),
        (units(u16::to_be_bytes), "utf-16be"),
        (marked, "utf-16le"),
    ];
    for (bytes, encoding) in cases {
        let imported = import(&[("a.csv", &bytes)]);
        assert_eq!(
            imported.only_page().text,
            format!("عنوان\n{NEWS}"),
            "{encoding}"
        );
        let (_, line) = imported.ledger().lines().next().expect("a line");
        assert_eq!(line.encoding.map(Encoding::name), Some(encoding));
        let html = format!("<meta charset={encoding}><p>{NEWS}</p>");
        let (html, ..) = encoding_rs::Encoding::for_label(encoding.as_bytes())
            .expect(encoding)
            .encode(&html);
        if encoding.starts_with("utf-16") {
            continue;
        }
        let imported = import(&[("a.html", &html)]);
        assert_eq!(imported.only_page().text, format!("{NEWS}\n"), "{encoding}");
        assert_eq!(imported.only_page().encoding.name(), encoding);
    }
}

#[test]
fn archives_are_opened_in_one_another() {
    let inner = zip(&[
        deflated("خبر.txt", NEWS.as_bytes()),
        stored("b.json", b"[{\"text\":\"x y\"}]"),
    ]);
    let packed = tar(&[
        ("dir/", b'5', b""),
        ("dir/inner.zip", b'0', &inner),
        ("link", b'2', b""),
        ("dir/.DS_Store", b'0', b"x"),
        ("photo.png", b'0', b"\x89PNG...."),
        ("book.epub", b'0', b"PK\x03\x04"),
    ]);
    let imported = import(&[("all.tar.gz", &gzip(&packed))]);
    let found = lines(&imported);
    let told: Vec<(&str, &str, Option<&str>)> = found
        .iter()
        .map(|(name, status, reason)| (name.as_str(), *status, reason.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("all.tar.gz", "split", None),
            ("all.tar", "split", None),
            ("dir/inner.zip", "split", None),
            ("خبر.txt", "read", None),
            ("b.json", "read", None),
            ("link", "skipped", Some("link-in-archive")),
            ("dir/.DS_Store", "skipped", Some("system-file")),
            ("photo.png", "skipped", Some("no-text-format")),
            ("book.epub", "skipped", Some("format-not-read-yet")),
        ]
    );
    let names: Vec<&str> = imported.pages().map(|page| page.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "all.tar.gz/all.tar/dir/inner.zip/خبر.txt",
            "all.tar.gz/all.tar/dir/inner.zip/b.json:1"
        ]
    );
    imported.check_sums();
}

#[test]
fn a_zip_archive_larger_than_a_slice_is_read_out_of_order() {
    let texts: Vec<String> = (0..300)
        .map(|n| format!("{n} {}", NEWS.repeat(80)))
        .collect();
    let names: Vec<String> = (0..300).map(|n| format!("{n}.txt")).collect();
    let members: Vec<Packed> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| stored(name, text.as_bytes()))
        .collect();
    let archive = zip(&members);
    assert!(archive.len() > 2 << 20);
    let imported = import(&[("a.zip", &archive)]);
    assert_eq!(imported.pages().count(), 300);
    for (page, text) in imported.pages().zip(&texts) {
        assert_eq!(&page.text, text);
    }
    imported.check_sums();
}

#[test]
fn hostile_and_broken_archives_cost_their_lines() {
    let good = zip(&[
        deflated("a.txt", NEWS.as_bytes()),
        deflated("b.txt", "خبر ثان".as_bytes()),
    ]);
    // The local header stays, the directory lies about the sizes.
    let mut lying = good.clone();
    let directory = lying.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    lying[directory + 24] ^= 1;
    let mut wrong = good.clone();
    wrong[directory + 16] ^= 1;
    let mut locked = good.clone();
    locked[directory + 8] |= 1;
    let mut method = good.clone();
    method[directory + 10] = 12;
    // Both entries point to the first member.
    let mut overlapping = good.clone();
    let second = overlapping
        .windows(4)
        .rposition(|w| w == b"PK\x01\x02")
        .unwrap();
    overlapping[second + 42..second + 46].fill(0);
    let cases: &[(&str, &[u8], &str)] = &[
        ("size", &lying, "size-mismatch"),
        ("checksum", &wrong, "checksum-mismatch"),
        ("password", &locked, "encrypted-member"),
        ("method", &method, "unsupported-compression"),
    ];
    for (what, bytes, code) in cases {
        let imported = import(&[("a.zip", bytes)]);
        let found = lines(&imported);
        assert_eq!(
            (found[1].1, found[1].2.as_deref()),
            ("failed", Some(*code)),
            "{what}"
        );
        assert_eq!(found[2].1, "read", "{what}: the other member is read");
        imported.check_sums();
    }
    let found = lines(&import(&[("a.zip", &overlapping)]));
    let codes: Vec<_> = found.iter().filter_map(|line| line.2.as_deref()).collect();
    assert_eq!(codes, ["overlapping-members"]);
    for cut in [10, good.len() / 2, good.len() - 5] {
        let found = lines(&import(&[("a.zip", &good[..cut])]));
        assert_eq!(found[0].1, "failed", "{cut}");
    }
    let packed = gzip(NEWS.as_bytes());
    for cut in 12..packed.len() {
        let imported = import(&[("a.txt.gz", &packed[..cut])]);
        assert_eq!(lines(&imported)[1].1, "failed", "{cut}");
        assert_eq!(lines(&imported)[0].2.as_deref(), Some("truncated"), "{cut}");
    }
}

#[test]
fn bombs_end_at_their_limits() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = gzip(&zeros);
    let found = lines(&import(&[("a.txt.gz", &bomb)]));
    assert_eq!(found[1].2.as_deref(), Some("expansion-limit"));
    let nested = (0..6).fold(NEWS.as_bytes().to_vec(), |inner, n| {
        zip(&[stored(if n == 0 { "a.txt" } else { "b.zip" }, &inner)])
    });
    let found = lines(&import(&[("a.zip", &nested)]));
    let last = found.last().unwrap();
    assert_eq!(
        (last.1, last.2.as_deref()),
        ("skipped", Some("nesting-too-deep"))
    );
    let limits = Limits {
        members: 3,
        record_bytes: 64,
        ..Limits::default()
    };
    let many: Vec<(String, u8, Vec<u8>)> = (0..9)
        .map(|n| (format!("{n}.txt"), b'0', vec![b'a' + n]))
        .collect();
    let many: Vec<(&str, u8, &[u8])> = many
        .iter()
        .map(|(n, k, b)| (n.as_str(), *k, b.as_slice()))
        .collect();
    let imported = import_in_slices(&[("a.tar", &tar(&many))], limits.clone(), usize::MAX);
    let totals = imported.ledger().totals();
    assert_eq!((totals.members, totals.pages), (9, 3));
    let long = format!(
        "{{\"text\":\"{}\"}}\n{{\"text\":\"قصير\"}}\n",
        "ن".repeat(200)
    );
    for slice in [7, usize::MAX] {
        let imported = import_in_slices(&[("a.jsonl", long.as_bytes())], limits.clone(), slice);
        assert_eq!(imported.only_page().text, "قصير");
        let (_, line) = imported.ledger().lines().next().unwrap();
        assert_eq!(line.reason(), Some("record-too-large"));
    }
}

#[test]
fn cancelling_keeps_what_was_found() {
    let mut imported = Imported::default();
    let text: String = (0..100_000)
        .map(|n| format!("{{\"text\":\"خبر رقم {n}\"}}\n"))
        .collect();
    imported.begin(SourceFile::new(0, "a.jsonl", text.len() as u64));
    let (from, length) = imported.reader.want().expect("more");
    imported
        .reader
        .give(&text.as_bytes()[from as usize..][..length]);
    imported.reader.cancel();
    imported.take_events();
    let (_, line) = imported.ledger().lines().next().unwrap();
    assert_eq!(
        (line.status().name(), line.reason()),
        ("split", Some("cancelled"))
    );
    assert!(line.pages > 1_000 && line.bad == 0, "{line:?}");
    assert_eq!(line.bytes, text.len() as u64);
}

#[test]
fn html_in_an_import_has_its_furniture_as_parts() {
    let html = format!(
        "<nav><a href=/>الرئيسية</a></nav><h1>عنوان الخبر</h1><article><p>{NEWS} {NEWS}</p><p>{NEWS} {NEWS}</p></article><footer>جميع الحقوق</footer>"
    );
    let imported = import(&[("a.html", html.as_bytes())]);
    let page = imported.only_page();
    let outside: Vec<_> = page
        .parts
        .iter()
        .filter(|part| part.reason == "outside-main-text")
        .collect();
    assert_eq!(outside.len(), 1);
    assert_eq!(outside[0].kind, PartKind::Boilerplate);
    assert!(
        outside[0]
            .span
            .of(&page.text)
            .contains("الرئيسية\nجميع الحقوق")
    );
    assert_eq!(facts(page).title_of(0).as_deref(), Some("عنوان الخبر"));
}

#[test]
fn a_long_text_that_comes_in_pieces_is_the_text_decoded_whole() {
    let arabic = NEWS.repeat(400_000 / NEWS.len());
    let latin = "Kim left Russia on Sunday after a visit of six days.\n".repeat(4_000);
    let windows = |text: &str| encoding_rs::WINDOWS_1256.encode(text).0.into_owned();
    let iso = |text: &str| encoding_rs::ISO_8859_6.encode(text).0.into_owned();
    let utf16 = |text: &str, mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xFEFF).into_iter();
        mark.chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect()
    };
    let mut broken = arabic.clone().into_bytes();
    broken
        .iter_mut()
        .step_by(70_001)
        .for_each(|byte| *byte = 0xFF);
    let mut zeros = arabic.clone().into_bytes();
    zeros.extend(*b"\0\0\0");
    let cases = [
        ("utf-8", arabic.clone().into_bytes()),
        (
            "utf-8 with a mark",
            [b"\xEF\xBB\xBF", arabic.as_bytes()].concat(),
        ),
        ("ascii", latin.clone().into_bytes()),
        ("windows-1256", windows(&arabic)),
        ("iso-8859-6", iso(&arabic)),
        ("utf-16 with a mark", utf16(&arabic, true)),
        ("utf-16 without one", utf16(&arabic, false)),
        ("utf-16 of ascii", utf16(&latin, false)),
        (
            "ascii, then windows-1256",
            [latin.as_bytes(), &windows(&arabic)].concat(),
        ),
        (
            "ascii, then utf-8",
            [latin.as_bytes(), arabic.as_bytes()].concat(),
        ),
        ("broken", broken),
        // What stands for three bytes of a sequence of four takes three as well.
        (
            "broken, of the same length",
            [arabic.as_bytes(), b" \xF0\x9F\x98 "].concat(),
        ),
        ("cut off", arabic.as_bytes()[..arabic.len() - 1].to_vec()),
        ("zeros", zeros),
    ];
    for (what, bytes) in &cases {
        assert!(
            bytes.len() > 200_000,
            "{what} is too short to come in pieces"
        );
        let (text, encoding, warning) = kashshaf::parse::encoding::decode(bytes).expect("text");
        for slice in [1_000, 65_537, usize::MAX] {
            let imported = import_in_slices(&[("a.txt", bytes)], Limits::default(), slice);
            let page = imported.only_page();
            assert!(
                page.text == text,
                "{what}, in slices of {slice}: another text"
            );
            assert_eq!(page.is_source, text.as_bytes() == bytes, "{what}, {slice}");
            assert_eq!(
                (page.encoding, &page.warning),
                (encoding, &warning),
                "{what}, {slice}"
            );
            imported.check_sums();
        }
    }
    // What turns out to be no text behind its beginning leaves no page.
    let noise: Vec<u8> = [arabic.as_bytes(), &[0; 60_000]].concat();
    let imported = import(&[("a.txt", &noise)]);
    assert_eq!(imported.pages().count(), 0);
    let (_, line) = imported.ledger().lines().next().unwrap();
    assert_eq!(line.reason(), Some("binary-file"));
}

#[test]
fn a_member_is_looked_at_where_it_lies() {
    let table = "رقم,كلام\n1,نبت القرنفل في حديقة البيت القديم قبل أن يأتي الربيع\n".repeat(3_000);
    let lines = "{\"title\":\"خبر\",\"body\":\"نص\"}\n";
    let members = [
        ("أول.txt", b'0', NEWS.as_bytes()),
        ("جدول.csv", b'0', table.as_bytes()),
        ("سجلات.jsonl", b'0', lines.as_bytes()),
    ];
    let packed = gzip(&tar(&members));
    // member, format, columns, the text is in
    let cases = [
        (3, Some(("csv", vec!["رقم", "كلام"], Some("كلام")))),
        (4, Some(("jsonl", vec!["body", "title"], Some("body")))),
        (2, Some(("text", vec![], None))),
        (9, None),
    ];
    for (member, expected) in cases {
        let mut reader = Reader::default();
        reader.peek(
            SourceFile::new(7, "حزمة.tar.gz", packed.len() as u64),
            member,
        );
        while let Some((from, length)) = reader.want() {
            reader.give(&packed[from as usize..][..length]);
        }
        assert_eq!(
            reader.events().count(),
            0,
            "of what is only looked at nothing is told"
        );
        let found = reader.peeked();
        let told = found.as_ref().map(|found| {
            let columns: Vec<&str> = found
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            let body = found
                .columns
                .iter()
                .find(|column| column.field == Some(RecordField::Body));
            (
                found.format.name(),
                columns,
                body.map(|column| column.name.as_str()),
            )
        });
        assert_eq!(told, expected, "{member}");
        if let (2, Some(found)) = (member, found) {
            assert!(NEWS.starts_with(&found.beginning));
        }
    }
}

#[test]
fn a_guessed_column_is_said_once_a_table() {
    let table = "أ,ب\n1,نبت القرنفل في حديقة البيت\n2,زرع الجار شجرة تفاح أخرى\n";
    let named = table.replace('ب', "النص");
    let lines = "{\"x\":\"نبت القرنفل في حديقة البيت\"}\n".repeat(2);
    for (name, bytes, reason) in [
        ("a.csv", table.to_owned(), Some("column-guessed")),
        ("b.csv", named, None),
        ("c.jsonl", lines, Some("column-guessed")),
    ] {
        let imported = import(&[(name, bytes.as_bytes())]);
        let warned = imported
            .pages()
            .filter(|page| page.warning.is_some())
            .count();
        assert_eq!(warned, usize::from(reason.is_some()), "{name}");
        let (_, line) = imported.ledger().lines().next().unwrap();
        assert_eq!(line.reason(), reason, "{name}");
    }
}

fn any_file() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let text = "[ا-ي «».:،\\n\"{},;<>/a-z]{0,60}";
    let name = proptest::sample::select(vec![
        "a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.zip", "a.tar", "a.gz", "a",
    ]);
    let records = proptest::collection::vec(text, 0..6).prop_map(|texts| {
        let lines: Vec<String> = texts
            .iter()
            .map(|text| serde_json::json!({ "title": "عنوان", "body": text }).to_string())
            .collect();
        lines.join("\n").into_bytes()
    });
    let bytes = prop_oneof![
        text.prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..200),
        records,
        text.prop_map(|text| zip(&[
            deflated("x.txt", text.as_bytes()),
            stored("y.csv", text.as_bytes())
        ])),
        text.prop_map(|text| tar(&[("x.html", b'0', text.as_bytes()), ("y", b'0', b"z")])),
        text.prop_map(|text| gzip(text.as_bytes())),
    ];
    (name, bytes)
}

proptest! {
    #[test]
    fn parts_are_the_page_and_sums_add_up_for_any_file(files in proptest::collection::vec(any_file(), 1..5)) {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let imported = import(&files);
        for page in imported.pages() {
            let joined: String = page.parts.iter().map(|part| part.span.of(&page.text)).collect();
            prop_assert_eq!(&joined, &page.text);
        }
        imported.check_sums();
    }

    #[test]
    fn slices_make_no_difference((name, bytes) in any_file(), slice in 1usize..50) {
        let whole = import(&[(name, &bytes)]);
        let pieces = import_in_slices(&[(name, &bytes)], Limits::default(), slice);
        prop_assert_eq!(lines(&whole), lines(&pieces));
        let texts = |imported: &Imported| -> Vec<(String, String, [u8; 32])> {
            imported.pages().map(|page| (page.name.clone(), page.text.clone(), page.digest)).collect()
        };
        prop_assert_eq!(texts(&whole), texts(&pieces));
    }
}
