//! Which texts are taken for copies.

use super::*;
use crate::parse::format::FileFormat;
use crate::parse::ledger::LedgerStatus;
use crate::parse::record::{CloseSource, OpenSource};

const TEXT: &str = "أكد الرئيس الروسي أن العلاقات بين البلدين في تطور مستمر منذ سنوات طويلة، \
                    وأضاف أن الزيارة المقبلة سوف تشمل مدنا أخرى في الشرق.";

fn page(text: &str, given: Given) -> Page {
    let mut page = Page::read("a.txt", text.as_bytes()).expect("text");
    page.given = given;
    page
}

fn outlet(name: &str) -> Given {
    Given {
        outlets: vec![name.to_owned()],
        ..Given::default()
    }
}

#[test]
fn copies_are_told_from_other_publications() {
    let spelt = TEXT.replace("أن", "ان").replace(' ', "  ");
    let vowelled = TEXT.replace("الروسي", "الرُّوسي");
    // given of the first, text and given of the second, what becomes of it
    let cases = [
        (Given::default(), TEXT, Given::default(), "same-bytes"),
        (Given::default(), &spelt, Given::default(), "same-text"),
        (Given::default(), &vowelled, outlet("أ"), "merged"),
        (outlet("أ"), &spelt, Given::default(), "same-text"),
        (outlet("أ"), &spelt, outlet("أ"), "same-text"),
        (outlet("أ"), &spelt, outlet("ب"), "elsewhere"),
    ];
    for (first, text, second, expected) in cases {
        let (mut index, mut intake) = (Index::default(), Intake::default());
        intake.add(&mut index, page(TEXT, first), None, false);
        let taken = intake.add(&mut index, page(text, second.clone()), None, false);
        let found = match &taken {
            Taken::SameBytes { .. } => "same-bytes",
            Taken::SameText { .. } => "same-text",
            Taken::Merged { .. } => "merged",
            Taken::Added {
                also_at: Some(_), ..
            } => "elsewhere",
            Taken::Added { also_at: None, .. } => "added",
            Taken::Refused(_) => "refused",
        };
        assert_eq!(found, expected, "{text} {second:?}");
        let pages = 1 + usize::from(expected == "elsewhere");
        assert_eq!(index.pages().len(), pages);
        if expected == "merged" {
            assert_eq!(index.pages()[0].page.given(), &second);
        }
    }
}

#[test]
fn copies_of_pages_that_came_without_hashes_are_told() {
    let mut index = Index::default();
    let known = index.add(page(TEXT, Given::default()), false);
    let mut intake = Intake::default();
    let spelt = TEXT.replace("أن", "ان");
    let taken = intake.add(&mut index, page(&spelt, Given::default()), None, false);
    assert!(matches!(taken, Taken::SameText { .. }), "{taken:?}");
    let other = TEXT.replace("المقبلة", "القادمة");
    intake.add(&mut index, page(&other, Given::default()), None, false);
    assert_eq!((known, index.pages().len()), (Ok(PageId(0)), 2));
    let hashes = [TEXT, &other].map(hash_letters);
    assert_eq!(intake.letters(), hashes);
    // They stand in files, which are opened on every machine.
    assert_eq!(hashes.first(), Some(&4_407_168_239_132_363_708));
}

#[test]
fn a_few_equal_words_make_no_copy() {
    let (mut index, mut intake) = (Index::default(), Intake::default());
    for text in ["نص قصير.", "نص قصير!"] {
        intake.add(&mut index, page(text, Given::default()), None, false);
    }
    assert_eq!(index.pages().len(), 2);
}

#[test]
fn what_there_is_no_room_for_costs_its_source_a_line() {
    let (mut index, mut intake) = (Index::default(), Intake::default());
    index.limit_memory(150_000);
    let key = SourceKey { file: 3, member: 0 };
    intake.ledger_mut().open(OpenSource {
        key,
        parent: None,
        name: "أخبار.jsonl".to_owned(),
        format: FileFormat::Jsonl,
    });
    let mut kept = 0;
    let refused = (0..10_000).find_map(|number| {
        let text = format!("{TEXT} وهذا هو الخبر رقم {number} من أخبار اليوم في المدينة.");
        match intake.add(&mut index, page(&text, Given::default()), Some(key), false) {
            Taken::Refused(bad) => Some((number, bad, text)),
            taken => {
                assert!(matches!(taken, Taken::Added { .. }), "{taken:?}");
                kept += 1;
                None
            }
        }
    });
    let (number, bad, text) = refused.expect("the room ends");
    assert_eq!((bad.number, bad.code.as_str()), (number + 1, "memory-full"));
    assert_eq!(bad.bytes, text.len() as u64);
    intake.ledger_mut().close(CloseSource {
        key,
        bytes: 9,
        encoding: None,
        problem: None,
    });
    let line = intake.ledger().line(key).expect("its line");
    assert_eq!((line.pages, line.bad, line.bad_bytes), (kept, 1, bad.bytes));
    assert_eq!(
        (line.status(), line.reason()),
        (LedgerStatus::Split, Some("memory-full"))
    );
    assert_eq!(index.pages().len() as u64, kept);
}
