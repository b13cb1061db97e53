//! Page anatomy on pages that were written for it, in tests/pages: what each is
//! split into stands in tests/golden/anatomy.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/golden.rs"]
mod golden;

use common::files_below;
use golden::check;
use kashshaf::parse::anatomy::{Blocks, Rules, bundled_text, repeated, split_with};
use kashshaf::parse::{Page, PartKind};
use proptest::prelude::*;

/// The written pages.
fn pages() -> Vec<Page> {
    let paths = files_below("tests/pages");
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        Page::read(&name, &std::fs::read(path).expect("a page")).expect("text")
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_written_page_is_split_as_its_golden_says() {
    let pages = pages();
    assert!(pages.len() >= 30, "{} pages", pages.len());
    for page in pages {
        check(&page, "tests/golden/anatomy", "anatomy");
    }
}

/// A line of text as pages have them, many of them cues and pieces of cues.
fn cue_heavy_line() -> impl Strategy<Value = String> {
    let words: Vec<String> = bundled_text()
        .split(|c: char| c.is_whitespace() || "()|[]*".contains(c))
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect();
    let signs = [
        ":",
        " ",
        ".",
        "،",
        "\u{640}",
        "\u{64B}",
        "• ",
        "| ",
        "- ",
        "\r",
        "12 مايو 2021",
        "\u{200F}",
    ];
    let sign = proptest::sample::select(signs.map(ToOwned::to_owned).to_vec());
    let piece = prop_oneof![
        4 => proptest::sample::select(words),
        3 => sign,
        1 => "[ا-ي]{1,9}",
        1 => "\\PC{0,6}",
        1 => Just("أكد الرئيس أن العلاقات بين البلدين في تطور مستمر منذ سنوات.".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| {
        let spaced = pieces.iter().enumerate();
        let joined = spaced.map(|(at, piece)| {
            if at % 3 == 0 {
                format!(" {piece}")
            } else {
                piece.clone()
            }
        });
        joined.collect()
    })
}

fn whole(text: &str, rules: &Rules) {
    let (parts, articles) = split_with(text, rules);
    let mut end = 0;
    for part in &parts {
        assert_eq!(part.span.start, end, "gap or overlap in {text:?}");
        assert!(!part.span.is_empty());
        assert!((0.0..=1.0).contains(&part.confidence));
        assert!(part.article.is_none_or(|index| index < articles.len()));
        end = part.span.end;
    }
    assert_eq!(end as usize, text.len());
    let joined: String = parts.iter().map(|part| part.span.of(text)).collect();
    assert_eq!(joined, text);
    for (index, article) in articles.iter().enumerate() {
        let has = |kind| {
            parts
                .iter()
                .any(|part| part.article == Some(index) && part.kind == kind)
        };
        assert!(has(PartKind::Body), "an article without text");
        assert_eq!(article.title.is_some(), has(PartKind::Title));
        let spans = article.outlets.iter().chain(&article.keywords);
        for span in spans
            .chain(&article.dateline_place)
            .chain(&article.keywords_raw)
        {
            assert!(!span.of(text).is_empty(), "a field points at nothing");
        }
    }
}

proptest! {
    #[test]
    fn the_parts_of_any_text_are_the_text(text in "\\PC{0,200}") {
        whole(&text, Rules::bundled());
    }

    #[test]
    fn the_parts_of_a_page_full_of_cues_are_the_page(
        lines in proptest::collection::vec(cue_heavy_line(), 0..24)
    ) {
        whole(&lines.join("\n"), Rules::bundled());
    }

    #[test]
    fn no_text_is_rules_that_panic(text in "(share|outlet|button|x)? ?(any|colon|words)?[ا-د()|\\[\\]* <>n:]{0,30}") {
        if let Ok(rules) = Rules::with_own(&text) {
            whole("أ ب\nالمصدر: س\nنص من كلمات عدة هنا.", &rules);
        }
    }
}

#[test]
fn a_reader_can_add_rules() {
    let text = "عنوان المقال القصير هنا\nتوصلت البلدية إلى اتفاق مع التجار بشأن العنوان القصير.\n\
                خاص بموقع الميناء\nحصري / صحيفة السهل\nحقوق الصور للميناء\n";
    let rules = Rules::with_own(
        "# قواعد موقع الميناء\noutlet colon (حصري|خاص)\nboilerplate any (خاص ب*|حقوق الصور)\n",
    )
    .expect("good rules");
    assert_eq!(rules.own(), 2);
    let kinds = |rules: &Rules| -> Vec<(&'static str, &'static str)> {
        let (parts, _) = split_with(text, rules);
        let shown = parts.iter().filter(|part| part.kind != PartKind::Blank);
        shown.map(|part| (part.kind.name(), part.reason)).collect()
    };
    let mine = kinds(&rules);
    assert_eq!(
        mine.get(2..),
        Some(
            &[
                ("boilerplate", "own-rule"),
                ("outlet", "own-rule"),
                ("boilerplate", "own-rule")
            ][..]
        )
    );
    assert!(
        kinds(Rules::bundled())
            .iter()
            .all(|(_, reason)| *reason != "own-rule")
    );
    assert_eq!(
        split_with(text, &rules).1[0].outlets[0].of(text),
        "صحيفة السهل"
    );
}

/// Pages of one outlet that share a line no rule knows.
fn pages_with_a_common_line() -> Vec<Page> {
    let page = |number: usize, line: &str, outlet: &str| {
        let text = format!(
            "افتتحت البلدية حديقة رقم {number} في الحي الشرقي من المدينة القديمة.\n\
             المصدر: {outlet}\n{line}\n"
        );
        Page::read(&format!("{number}.txt"), text.as_bytes()).expect("text")
    };
    let line = "جولة الأسبوع في الميناء";
    let mut pages: Vec<Page> = (0..4).map(|number| page(number, line, "الميناء")).collect();
    pages.push(page(4, line, "السهل"));
    pages.push(page(5, "سطر لا يتكرر في صفحة أخرى", "الميناء"));
    pages
}

#[test]
fn blocks_of_several_pages_are_labelled_whatever_the_order() {
    let pages = pages_with_a_common_line();
    let mut numbers: Vec<usize> = (0..pages.len()).collect();
    let blocks = |numbers: &[usize]| -> Vec<(u32, Blocks)> {
        let named = numbers.iter().map(|&number| (number, &pages[number]));
        named
            .map(|(number, page)| (u32::try_from(number).unwrap(), Blocks::of(page)))
            .collect()
    };
    for _ in 0..pages.len() {
        numbers.rotate_left(1);
        let mut found = repeated(&blocks(&numbers));
        found.sort_by_key(|repeated| repeated.page);
        let shown: Vec<(u32, f32)> = found.iter().map(|r| (r.page, r.confidence)).collect();
        assert_eq!(
            shown,
            [0, 1, 2, 3].map(|page| (page, 0.65)),
            "in the order {numbers:?}"
        );
        for repeated in found {
            let text = &pages[repeated.page as usize].text;
            assert_eq!(repeated.span.of(text), "جولة الأسبوع في الميناء");
        }
    }
    assert!(
        repeated(&blocks(&[0, 1])).is_empty(),
        "two pages are no evidence"
    );
}

#[test]
fn the_page_reply_tells_of_blocks_that_repeat() {
    let mut explorer = kashshaf::api::Explorer::default();
    let mut ids = Vec::new();
    for page in pages_with_a_common_line() {
        let report = common::add(&mut explorer, &page.name, page.text.as_bytes());
        ids.push(report.id.expect("read"));
    }
    let mut reasons = |id: &str| -> Vec<(String, String)> {
        let request = kashshaf::api::PageRequest {
            id: id.to_owned(),
            ..Default::default()
        };
        let reply = explorer.page(&request).expect("a page");
        let parts = reply.parts.iter().filter(|part| part.group == "furniture");
        parts
            .map(|part| (part.kind.to_owned(), part.reason.to_owned()))
            .collect()
    };
    let labelled = [("boilerplate".to_owned(), "repeated-across-pages".to_owned())];
    assert_eq!(reasons(&ids[0]), labelled);
    let alone = [("unclassified".to_owned(), "after-source-line".to_owned())];
    assert_eq!(reasons(&ids[4]), alone);
}

#[test]
fn the_explorer_takes_rules_and_refuses_bad_ones() {
    let mut explorer = kashshaf::api::Explorer::default();
    let text = "افتتحت البلدية حديقة جديدة في الحي الشرقي من المدينة.\nحصري: صحيفة السهل\n";
    let error = explorer
        .set_rules("outlets colon حصري")
        .expect_err("no such kind");
    let data = error.data();
    assert_eq!(data.code, "bad-rules");
    assert!(data.details.contains(&("line", "1".to_owned())), "{data:?}");
    assert!(
        data.details.contains(&("column", "1".to_owned())),
        "{data:?}"
    );
    assert_eq!(
        explorer.set_rules("outlet colon حصري").expect("good rules"),
        1
    );
    let report = common::add(&mut explorer, "a.txt", text.as_bytes());
    let request = kashshaf::api::PageRequest {
        id: report.id.expect("read"),
        ..Default::default()
    };
    let reply = explorer.page(&request).expect("a page");
    assert_eq!(reply.page.articles[0].outlets, ["صحيفة السهل"]);
}
