//! Dates, quotes and conflicts through the explorer: filters, paging, numbers that add up.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, bundled_explorer, bundled_files};
use kashshaf::api::{
    AliasesRequest, ConflictsRequest, DatesRequest, EntitiesRequest, EntityRequest, Explorer,
    FileOptions, QuotesRequest,
};
use kashshaf::index::SavedIndex;

#[test]
fn quotes_are_filtered_by_speaker_kind_outlet_and_words() {
    let mut explorer = bundled_explorer();
    let all = explorer.quotes(&QuotesRequest::default()).unwrap();
    let sum: usize = all.totals.iter().map(|(_, count)| count).sum();
    assert_eq!(sum, all.matching);
    let peskov = all
        .speakers
        .iter()
        .find(|row| row.name == "دميتري بيسكوف")
        .expect("he speaks");
    let request = QuotesRequest {
        speaker: Some(peskov.id.clone()),
        kind: Some("speech".to_owned()),
        ..Default::default()
    };
    let his = explorer.quotes(&request).unwrap();
    assert_eq!(his.matching, peskov.quotes as usize);
    for row in &his.rows {
        assert!(row.speaker.entities.iter().any(|(id, _)| *id == peskov.id));
        let hit: String = row
            .segments
            .iter()
            .filter(|segment| segment.hit)
            .map(|segment| segment.text.as_str())
            .collect();
        assert_eq!(hit, row.words);
    }
    let (outlet, count) = all.outlets[0].clone();
    let request = QuotesRequest {
        outlet: Some(outlet.clone()),
        ..Default::default()
    };
    let of_outlet = explorer.quotes(&request).unwrap();
    assert_eq!(of_outlet.matching, count as usize);
    assert!(
        of_outlet
            .rows
            .iter()
            .all(|row| row.place.outlets.contains(&outlet))
    );
    let request = QuotesRequest {
        filter: Some("بندقيه".to_owned()),
        kind: Some("direct".to_owned()),
        ..Default::default()
    };
    assert_eq!(explorer.quotes(&request).unwrap().matching, 2);
}

#[test]
fn pages_of_rows_join_to_all_rows() {
    let mut explorer = bundled_explorer();
    let ask = |explorer: &mut Explorer, limit: f64, offset: f64| {
        let request = QuotesRequest {
            limit: Some(limit),
            offset: Some(offset),
            ..Default::default()
        };
        explorer.quotes(&request).unwrap()
    };
    let all = ask(&mut explorer, 1000.0, 0.0);
    let mut joined = Vec::new();
    while joined.len() < all.matching {
        let offset = joined.len() as f64;
        joined.extend(ask(&mut explorer, 7.0, offset).rows);
    }
    assert_eq!(joined, all.rows);
}

#[test]
fn the_two_timelines_are_apart_and_add_up() {
    let mut explorer = bundled_explorer();
    let reply = explorer.dates(&DatesRequest::default()).unwrap();
    let sum = |series: &[kashshaf::api::TimeBucket]| -> usize {
        series.iter().map(|bucket| bucket.count as usize).sum()
    };
    assert_eq!(sum(&reply.published), reply.dated_articles);
    assert_eq!(sum(&reply.mentioned) + reply.longer, reply.resolved);
    assert_eq!(reply.resolved + reply.unresolved, reply.matching);
    assert!(
        reply
            .rows
            .iter()
            .all(|row| row.value.is_some() == row.anchor.is_some())
    );
    let ask = |explorer: &mut Explorer, resolved: &str| {
        let request = DatesRequest {
            resolved: Some(resolved.to_owned()),
            ..Default::default()
        };
        explorer.dates(&request).unwrap().matching
    };
    assert_eq!(ask(&mut explorer, "yes"), reply.resolved);
    assert_eq!(ask(&mut explorer, "no"), reply.unresolved);
    let request = DatesRequest {
        from: Some("2023-09-14".to_owned()),
        to: Some("2023-09-14".to_owned()),
        ..Default::default()
    };
    let words: Vec<String> = explorer
        .dates(&request)
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.words)
        .collect();
    assert!(words.contains(&"أمس الخميس".to_owned()), "{words:?}");
}

#[test]
fn values_that_are_not_allowed_are_refused() {
    let mut explorer = bundled_explorer();
    let request = QuotesRequest {
        kind: Some("song".to_owned()),
        ..Default::default()
    };
    assert_eq!(explorer.quotes(&request).unwrap_err().code(), "bad-request");
    let request = QuotesRequest {
        speaker: Some("person:x".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        explorer.quotes(&request).unwrap_err().code(),
        "unknown-entity"
    );
    for from in ["2023", "15/9/2023", "yesterday"] {
        let request = DatesRequest {
            from: Some(from.to_owned()),
            ..Default::default()
        };
        assert_eq!(
            explorer.dates(&request).unwrap_err().code(),
            "bad-request",
            "{from}"
        );
    }
}

#[test]
fn planted_words_of_two_speakers_are_listed_side_by_side() {
    let mut explorer = Explorer::default();
    let quote = "لعب الاتحاد السوفيتي دورا كبيرا جدا في تحرير بلدنا";
    add(
        &mut explorer,
        "a.txt",
        format!("قال فلاديمير بوتين: «{quote}».").as_bytes(),
    );
    add(
        &mut explorer,
        "b.txt",
        format!("قال كيم جونغ أون: \"{quote} العزيز\".").as_bytes(),
    );
    add(
        &mut explorer,
        "c.txt",
        "قال كيم جونغ أون: «لا تعليق لدينا على هذا الخبر الآن».".as_bytes(),
    );
    let reply = explorer.conflicts(&ConflictsRequest::default()).unwrap();
    assert_eq!(reply.matching, 1);
    let pages: Vec<&str> = reply.rows[0]
        .quotes
        .iter()
        .map(|row| row.place.page.as_str())
        .collect();
    assert_eq!(pages, ["a.txt", "b.txt"]);
}

/// Long lines of what the readers look for: each must end soon, whatever is found.
#[test]
fn hostile_lines_come_to_an_end() {
    let pieces = [
        "«",
        "« » ",
        "\"",
        "قال ",
        "قال: «",
        "نقلت «ا» ",
        "وأضاف: ",
        "بحسب ",
        "2006 و",
        "يوم ",
        "من 2003 ",
        "التقرير قال ",
        "الرئيس فلاديمير بوتين ",
        "قال الرئيس \"ا\" ",
        "كانون ",
        "وكانون",
        "10/",
        "هـ ",
    ];
    for piece in pieces {
        let mut explorer = Explorer::default();
        add(
            &mut explorer,
            "a.txt",
            piece.repeat(200_000 / piece.len()).as_bytes(),
        );
        let quotes = explorer.quotes(&QuotesRequest::default()).unwrap();
        assert!(quotes.rows.len() <= 50, "{piece}");
        explorer.dates(&DatesRequest::default()).unwrap();
        explorer.conflicts(&ConflictsRequest::default()).unwrap();
    }
}

#[test]
fn many_copies_do_not_hide_a_conflict() {
    let mut explorer = Explorer::default();
    let quote = "لعب الاتحاد السوفيتي دورا كبيرا جدا في تحرير بلدنا";
    for copy in 0..150 {
        let text = format!("قال فلاديمير بوتين: «{quote}». نسخة {copy}.");
        add(&mut explorer, &format!("{copy}.txt"), text.as_bytes());
    }
    add(
        &mut explorer,
        "z.txt",
        format!("قال كيم جونغ أون: «{quote}».").as_bytes(),
    );
    let reply = explorer.conflicts(&ConflictsRequest::default()).unwrap();
    assert_eq!(reply.matching, 1);
    let names: std::collections::BTreeSet<&str> = reply.rows[0]
        .quotes
        .iter()
        .flat_map(|row| row.speaker.entities.iter().map(|(_, name)| name.as_str()))
        .collect();
    assert_eq!(names.len(), 2);
}

#[test]
fn titles_stand_for_the_person_of_their_article() {
    const MEETING: &str = "لقاء في موسكو\n\
        التقى الرئيس الروسي فلاديمير بوتين الزعيم الكوري الشمالي كيم جونغ أون. \
        وأضاف الرئيس الروسي أن الزيارة ناجحة. وقدم هدية للرئيس الروسي. وقال الرئيس الصيني شي جين بينغ كلمة. \
        ووصل الزعيم الكوري الشمالي أمس. وتابع الرئيس الأمريكي الاجتماع.\n";
    const ELSEWHERE: &str =
        "خبر آخر\nوصل الرئيس الروسي إلى المدينة أمس، ولم يذكر أحد اسمه في الخبر كله.\n";
    let mut explorer = Explorer::default();
    for (name, text) in [("لقاء.txt", MEETING), ("آخر.txt", ELSEWHERE)] {
        add(&mut explorer, name, text.as_bytes());
    }
    let mut described = |name: &str| -> Vec<(String, u32, u32)> {
        let all = explorer.entities(&EntitiesRequest::default()).unwrap();
        let row = all.rows.iter().find(|row| row.name == name);
        let id = row.unwrap_or_else(|| panic!("{name} is found")).id.clone();
        let request = EntityRequest {
            id,
            ..Default::default()
        };
        let reply = explorer.entity(&request).unwrap();
        let rows = reply.descriptions.into_iter();
        rows.map(|row| (row.text, row.mentions, row.alone))
            .collect()
    };
    let row = |text: &str, mentions, alone| (text.to_owned(), mentions, alone);
    // Beside the name, after «وأضاف», and «للرئيس الروسي»; the other article names nobody, and «الرئيس» of «الرئيس الأمريكي»
    // is none of these.
    assert_eq!(described("فلاديمير بوتين"), [row("الرئيس الروسي", 3, 2)]);
    assert_eq!(
        described("كيم جونغ أون"),
        [row("الزعيم الكوري الشمالي", 2, 1)]
    );
    assert_eq!(described("شي جين بينغ"), [row("الرئيس الصيني", 1, 0)]);
}

const STORY: &str = "زار الرئيس الفرنسي إيمانويل ماكرون برلين.";

fn saved() -> FileOptions {
    FileOptions {
        name: "saved.kashshaf".to_owned(),
        ..FileOptions::default()
    }
}

/// An explorer that opened these bytes and nothing else.
fn opened(bytes: Vec<u8>) -> Explorer {
    let mut explorer = Explorer::default();
    let report = explorer.open_index(&saved(), bytes);
    assert_eq!(report.status, "read", "{report:?}");
    explorer
}

/// All that is said of names, dates and quotes, as JSON.
fn told(explorer: &mut Explorer) -> [String; 4] {
    let text = |value: serde_json::Result<String>| value.expect("JSON");
    let entities = explorer.entities(&EntitiesRequest::default()).unwrap();
    let aliases = explorer.aliases(&AliasesRequest::default()).unwrap();
    let dates = explorer.dates(&DatesRequest::default()).unwrap();
    let quotes = explorer.quotes(&QuotesRequest::default()).unwrap();
    [
        text(serde_json::to_string(&entities)),
        text(serde_json::to_string(&aliases)),
        text(serde_json::to_string(&dates)),
        text(serde_json::to_string(&quotes)),
    ]
}

#[test]
fn a_saved_index_keeps_what_was_found() {
    let mut explorer = bundled_explorer();
    let without = explorer.save_index().unwrap();
    assert!(!opened(without.clone()).annotation().ready);
    let said = told(&mut explorer);
    let with = explorer.save_index().unwrap();
    assert!(with.len() > without.len());

    let mut again = opened(with.clone());
    assert!(
        again.annotation().ready,
        "it is there before anything is found"
    );
    assert_eq!(told(&mut again), said);
    // Linked or not, read or not: the same bytes.
    let layers = |bytes: Vec<u8>| SavedIndex::open(bytes).unwrap().layers.unwrap().to_vec();
    let kept = layers(with.clone());
    assert!(layers(again.save_index().unwrap()) == kept);
    assert!(layers(opened(with.clone()).save_index().unwrap()) == kept);

    // Pages that it has too change nothing.
    let mut beside = Explorer::default();
    let (name, first) = &bundled_files()[0];
    add(&mut beside, name, first);
    beside.open_index(&saved(), with.clone());
    assert!(beside.annotation().ready);

    // Of other pages it would say what is not so.
    add(&mut again, "c.txt", STORY.as_bytes());
    assert!(!again.annotation().ready);
    let mut other = Explorer::default();
    add(&mut other, "c.txt", STORY.as_bytes());
    other.open_index(&saved(), with);
    assert!(!other.annotation().ready);
}
