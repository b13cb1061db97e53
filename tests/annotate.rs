//! What `kashshaf annotate` prints: its shape, its spans, the bundled pages as goldens.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use common::repository;
use program::{Folder, kashshaf, keys, objects};
use serde_json::Value;

fn number(object: &Value, key: &str) -> usize {
    usize::try_from(object[key].as_u64().expect("a number")).expect("small")
}

fn cut(text: &str, place: &Value) -> String {
    let line = text
        .split('\n')
        .nth(number(place, "line") - 1)
        .expect("a line");
    let (start, end) = (number(place, "start"), number(place, "end"));
    assert!(start < end && end <= line.chars().count(), "{place}");
    line.chars().skip(start).take(end - start).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(" + "),
        other => other.to_string(),
    }
}

/// The dates and quotes of a page, a line each.
fn golden(object: &Value, text: &str) -> String {
    let mut lines = Vec::new();
    for date in object["dates"].as_array().expect("a list") {
        lines.push(format!(
            "{} date {} = {} ({})",
            date["line"],
            cut(text, date),
            shown(&date["value"]),
            shown(&date["anchor"])
        ));
    }
    for quote in object["quotes"].as_array().expect("a list") {
        let words = cut(text, quote);
        let all: Vec<&str> = words.split_whitespace().collect();
        let words = if all.len() > 8 {
            format!(
                "{} … {}",
                all[..4].join(" "),
                all[all.len() - 3..].join(" ")
            )
        } else {
            words
        };
        lines.push(format!(
            "{} {} | {} | {} | {} | {words}",
            quote["line"],
            shown(&quote["kind"]),
            shown(&quote["speaker"]),
            shown(&quote["cue"]),
            shown(&quote["relay"]),
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[test]
fn the_bundled_pages_are_marked_as_their_goldens_say() {
    let corpus = repository("corpus");
    let run = kashshaf(&["annotate", corpus.to_str().expect("a path")]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let pages = objects(&run.stdout);
    assert_eq!(pages.len(), 5);
    for page in &pages {
        let name = page["page"].as_str().expect("a name");
        let text = std::fs::read_to_string(corpus.join(name)).expect("a page");
        for mention in page["mentions"].as_array().expect("a list") {
            cut(&text, mention);
        }
        let found = golden(page, &text);
        let path = repository("tests/golden/annotate").join(name);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, &found).expect("a golden");
        }
        let expected = std::fs::read_to_string(&path).expect("a golden");
        assert_eq!(found, expected, "{name}: BLESS=1 writes what is meant");
    }
}

#[test]
fn an_object_has_the_fields_promised() {
    let corpus = repository("corpus");
    let run = kashshaf(&["annotate", corpus.to_str().expect("a path")]);
    for page in objects(&run.stdout) {
        assert_eq!(keys(&page), ["dates", "mentions", "page", "quotes"]);
        let each = |list: &str, expected: &[&str]| {
            for object in page[list].as_array().expect("a list") {
                assert_eq!(keys(object), expected, "{list}");
            }
        };
        each("mentions", &["canonical", "end", "line", "start", "type"]);
        each("dates", &["anchor", "end", "line", "start", "value"]);
        each(
            "quotes",
            &["cue", "end", "kind", "line", "relay", "speaker", "start"],
        );
        for date in page["dates"].as_array().expect("a list") {
            assert_eq!(date["value"].is_null(), date["anchor"].is_null(), "{date}");
        }
    }
}

/// The names that the program finds in a text, each with its type.
fn names_in(text: &str) -> Vec<String> {
    let folder = Folder::new("annotate");
    let file = folder.write("page.txt", text.as_bytes());
    let run = kashshaf(&["annotate", file.as_str()]);
    let page = objects(&run.stdout).remove(0);
    let mentions = page["mentions"].as_array().expect("a list");
    mentions
        .iter()
        .map(|mention| format!("{} {}", shown(&mention["type"]), cut(text, mention)))
        .collect()
}

#[test]
fn listed_names_stand_against_a_longer_name_that_swallows_them() {
    let names = names_in("واختبرت بيونغ يانغ صاروخا بالستيا في 25 حزيران/يونيو من العام الماضي.");
    assert_eq!(names, ["LOC بيونغ يانغ"]);
    let names = names_in("وصل كيم جونغ أون.\n\nكلمات دلالية: روسيا بوتين كيم كوريا الشمالية");
    assert_eq!(
        names,
        [
            "PER كيم جونغ أون",
            "LOC روسيا",
            "PER بوتين",
            "PER كيم",
            "LOC كوريا الشمالية"
        ]
    );
}

#[test]
fn kinds_of_people_and_ordinary_words_are_no_names() {
    let names = names_in(
        "وتراجعت العلاقات بين الكوريّتين، ودعا الفرنسيون إلى لقاء المسلمين منذ جائحة كوفيد-19 في فرنسا.",
    );
    assert_eq!(names, ["LOC فرنسا"]);
    let names = names_in("وسافر الوفد من المدينة إلى روسيا، ثم إلى المدينة المنورة.");
    assert_eq!(names, ["LOC روسيا", "LOC المدينة المنورة"]);
}

#[test]
fn wrong_use_is_refused() {
    for args in [vec!["annotate"], vec!["annotate", "--lens", "exact"]] {
        let run = kashshaf(&args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        let told = args.get(1).unwrap_or(&"annotate");
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}
