//! Which texts are taken for copies.

use super::*;

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
fn a_few_equal_words_make_no_copy() {
    let (mut index, mut intake) = (Index::default(), Intake::default());
    for text in ["نص قصير.", "نص قصير!"] {
        intake.add(&mut index, page(text, Given::default()), None, false);
    }
    assert_eq!(index.pages().len(), 2);
}
