//! One spelling finds the others: which lens finds every paragraph that a
//! reader would count, on the paragraphs of the bundled pages.
//!
//! `cargo test --test variants -- --nocapture` prints the table.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::panic,
    reason = "a failed expectation is the test's report; the table is printed"
)]

#[allow(dead_code, reason = "other tests use the rest")]
mod common;

use common::{add, bundled_pages, index_of, search};
use kashshaf::analysis::Lens;
use kashshaf::api::Explorer;
use kashshaf::index::{Index, Scope};
use kashshaf::search::{Query, Search};
use std::collections::BTreeSet;

/// A query, the strictest lens that must find all, and what a reader counts.
struct Probe {
    query: &'static str,
    lens: Lens,
    gold: fn(&str) -> bool,
}

/// Paragraphs of the bundled pages, each once.
fn paragraphs() -> Vec<String> {
    let pages = bundled_pages();
    let lines = pages.iter().flat_map(|page| page.text.lines());
    let lines: BTreeSet<String> = lines
        .map(str::trim)
        .filter(|line| line.chars().any(char::is_alphabetic))
        .map(ToOwned::to_owned)
        .collect();
    lines.into_iter().collect()
}

/// Whether some word of a paragraph, its vowel signs and tatweel taken away, is one of these
/// after one of these proclitics.
fn has(paragraph: &str, proclitics: &[&str], words: &[&str]) -> bool {
    let bare: String = paragraph
        .chars()
        .filter(|c| !matches!(c, '\u{64B}'..='\u{652}' | '\u{640}'))
        .collect();
    let mut tokens = bare.split(|c: char| !c.is_alphanumeric());
    tokens.any(|token| {
        words.iter().any(|word| {
            let before = token.strip_suffix(word);
            before.is_some_and(|before| proclitics.contains(&before))
        })
    })
}

const ARTICLE: &[&str] = &["", "و", "ب", "ف", "ك", "ول", "ل"];

fn president(paragraph: &str) -> bool {
    has(paragraph, &["", "و", "ب", "ف", "ك"], &["الرئيس"])
        || has(paragraph, &["", "و"], &["للرئيس"])
}

fn rocket(paragraph: &str) -> bool {
    has(
        paragraph,
        &["", "ال", "وال", "بال", "لل", "و", "ب", "ل"],
        &["صاروخ", "صواريخ"],
    )
}

fn pyongyang(paragraph: &str) -> bool {
    has(paragraph, ARTICLE, &["بيونغيانغ", "بيونغيانج", "بيونجيانج"])
        || paragraph.contains("بيونغ يانغ")
}

const PROBES: &[Probe] = &[
    Probe {
        query: "الروسى",
        lens: Lens::Letters,
        gold: |p| has(p, &[""], &["الروسي", "الروسى"]),
    },
    Probe {
        query: "كوريا الشماليه",
        lens: Lens::Clitics,
        gold: north_korea,
    },
    Probe {
        query: "كوريا الشماليّة",
        lens: Lens::Clitics,
        gold: north_korea,
    },
    Probe {
        query: "کوریا",
        lens: Lens::Clitics,
        gold: |p| has(p, ARTICLE, &["كوريا", "کوریا"]),
    },
    Probe {
        query: "جونج",
        lens: Lens::Similar,
        gold: |p| has(p, &[""], &["جونج", "جونغ"]),
    },
    Probe {
        query: "جونغ",
        lens: Lens::Similar,
        gold: |p| has(p, &[""], &["جونج", "جونغ"]),
    },
    Probe {
        query: "ترمب",
        lens: Lens::Similar,
        gold: |p| has(p, ARTICLE, &["ترمب", "ترامب"]),
    },
    Probe {
        query: "ترامب",
        lens: Lens::Similar,
        gold: |p| has(p, ARTICLE, &["ترمب", "ترامب"]),
    },
    Probe {
        query: "الرئيس",
        lens: Lens::Clitics,
        gold: president,
    },
    Probe {
        query: "والرئيس",
        lens: Lens::Clitics,
        gold: president,
    },
    Probe {
        query: "للرئيس",
        lens: Lens::Clitics,
        gold: president,
    },
    Probe {
        query: "بالرئيس",
        lens: Lens::Clitics,
        gold: president,
    },
    Probe {
        query: "رئيس",
        lens: Lens::Clitics,
        gold: |p| president(p) || has(p, ARTICLE, &["رئيس"]),
    },
    Probe {
        query: "صاروخ",
        lens: Lens::Stem,
        gold: rocket,
    },
    Probe {
        query: "صواريخ",
        lens: Lens::Stem,
        gold: rocket,
    },
    Probe {
        query: "اوكرانيا",
        lens: Lens::Clitics,
        gold: |p| has(p, ARTICLE, &["أوكرانيا", "اوكرانيا"]),
    },
    Probe {
        query: "استخدمت",
        lens: Lens::Marks,
        gold: |p| has(p, &[""], &["استخدمت"]),
    },
    Probe {
        query: "استُخدمت",
        lens: Lens::Marks,
        gold: |p| has(p, &[""], &["استخدمت"]),
    },
    Probe {
        query: "روســـيا",
        lens: Lens::Clitics,
        gold: |p| has(p, ARTICLE, &["روسيا"]),
    },
    Probe {
        query: "آلاف",
        lens: Lens::Clitics,
        gold: |p| has(p, ARTICLE, &["آلاف"]),
    },
    Probe {
        query: "ايضا",
        lens: Lens::Letters,
        gold: |p| has(p, &[""], &["أيضا", "ايضا"]),
    },
    Probe {
        query: "٢٠٢٣",
        lens: Lens::Letters,
        gold: |p| has(p, &[""], &["2023", "٢٠٢٣"]),
    },
    Probe {
        query: "قاتل",
        lens: Lens::Marks,
        gold: |p| has(p, &[""], &["قاتل"]) || p.contains("قاتـ.ل"),
    },
    Probe {
        query: "بوت*",
        lens: Lens::Letters,
        gold: |p| {
            p.split(|c: char| !c.is_alphabetic())
                .any(|w| w.starts_with("بوت"))
        },
    },
    Probe {
        query: "بيونغيانج~ | «بيونغ يانج~»",
        lens: Lens::Clitics,
        gold: pyongyang,
    },
    Probe {
        query: "فوستوتشني~",
        lens: Lens::Clitics,
        gold: |p| has(p, ARTICLE, &["فوستوتشني", "فوستوشني"]),
    },
    Probe {
        query: "فوستوتشني",
        lens: Lens::Similar,
        gold: |p| has(p, ARTICLE, &["فوستوتشني", "فوستوشني"]),
    },
    Probe {
        query: "«قاعدة فوستوشني الفضائية»",
        lens: Lens::Exact,
        gold: |p| p.contains("قاعدة فوستوشني الفضائية"),
    },
];

fn north_korea(paragraph: &str) -> bool {
    ["كوريا الشمالية", "كوريا الشماليه", "کوریا الشمالیة"]
        .iter()
        .any(|name| paragraph.contains(name))
}

/// Numbers of the paragraphs that a query finds.
fn found(index: &Index, query: &str, lens: Lens) -> BTreeSet<usize> {
    let found = Search::new(index).all(&Query::parse(query), lens, Scope::Pages);
    found
        .documents
        .iter()
        .map(|document| document.document.0 as usize)
        .collect()
}

#[test]
fn every_spelling_finds_the_others_in_the_matching_lens() {
    let paragraphs = paragraphs();
    let index = index_of(&paragraphs);
    let mut missed = Vec::new();
    println!("| query | {} |", Lens::ALL.map(Lens::name).join(" | "));
    for Probe { query, lens, gold } in PROBES {
        let gold: BTreeSet<usize> = (0..paragraphs.len())
            .filter(|&at| gold(&paragraphs[at]))
            .collect();
        assert!(!gold.is_empty(), "{query}: nothing to find");
        let cells = Lens::ALL.map(|asked| {
            let found = found(&index, query, asked);
            let right = found.intersection(&gold).count();
            if asked >= *lens && right < gold.len() {
                let lost: Vec<&str> = gold
                    .difference(&found)
                    .map(|&at| paragraphs[at].as_str())
                    .collect();
                missed.push(format!(
                    "{query} {}: {right}/{}: {lost:?}",
                    asked.name(),
                    gold.len()
                ));
            }
            format!("{right}/{}+{}", gold.len(), found.len() - right)
        });
        println!("| {query} | {} |", cells.join(" | "));
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The Latin name is offered with an Arabic form that finds every paragraph of the name.
#[test]
fn a_latin_name_leads_to_its_paragraphs() {
    let paragraphs = paragraphs();
    let mut explorer = Explorer::default();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        add(
            &mut explorer,
            &format!("{number}.txt"),
            paragraph.as_bytes(),
        );
    }
    let reply = search(&mut explorer, "Putin", "pages");
    let offer = reply.names.first().expect("an offer");
    let gold = paragraphs
        .iter()
        .filter(|p| has(p, ARTICLE, &["بوتين"]))
        .count();
    assert!(
        gold > 20 && offer.documents >= gold,
        "{} of {gold}",
        offer.documents
    );
}
