//! Names in Latin letters: which are found, whose they are, which are left alone.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/linked.rs"]
mod linked;

use kashshaf::analysis::names::skeleton::skeleton;
use kashshaf::api::{AliasesRequest, DecideRequest, EntityRequest, Explorer};
use kashshaf::entities::EntityLayer;
use linked::layer;
use proptest::prelude::*;

/// The mentions in Latin letters with the ids of their entities, in order.
fn latin(layer: &EntityLayer) -> Vec<(String, String)> {
    let mentions = layer.mentions().iter();
    let written = mentions.map(|m| {
        let id = layer.entity(m.entity).unwrap().id.clone();
        (layer.spelling(m).to_owned(), id)
    });
    written
        .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

/// An Arabic page, a page in Latin letters, and what of it is whose, in order: `name=id`.
type Case = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // Listed names need no Arabic page; bare ones follow the full name of their page.
    (
        "نص",
        "Russian President Vladimir Putin met Kim Jong Un in Moscow. Putin said Kim was happy.",
        &[
            "Vladimir Putin=person:فلاديمير-بوتين",
            "Kim Jong Un=person:كيم-جونغ-أون",
            "Moscow=place:موسكو",
            "Putin=person:فلاديمير-بوتين",
            "Kim=person:كيم-جونغ-أون",
        ],
    ),
    // By sound, with what transcribers disagree on.
    (
        "قال الوزير سيرجي إيفانوف إن الأمر واضح.",
        "Minister Sergei Ivanov said so. Ivanov left.",
        &[
            "Sergei Ivanov=person:سيرجي-إيفانوف",
            "Ivanov=person:سيرجي-إيفانوف",
        ],
    ),
    (
        "قال الوزير سيرجي إيفانوف إن الأمر واضح.",
        "le ministre Sergueï Ivanov",
        &["Sergueï Ivanov=person:سيرجي-إيفانوف"],
    ),
    (
        "التقى الوزير عبد الرحمن الخالدي الوفد.",
        "that Abdulrahman al-Khalidi and Abdel Rahman el-Khaldi said",
        &[
            "Abdulrahman al-Khalidi=person:عبد-الرحمن-الخالدي",
            "Abdel Rahman el-Khaldi=person:عبد-الرحمن-الخالدي",
        ],
    ),
    // Near names are others.
    (
        "قال الوزير سيرجي إيفانوف إن الأمر واضح.",
        "Sergei Ivashov and Sergei Lvov. Ivanov. Anna Ivanova",
        &[],
    ),
    (
        "قال الدكتور محمد حسن إن المرض انتشر.",
        "Mohammed Hussein and Mahmoud Hassan",
        &[],
    ),
    (
        "قال الدكتور محمد حسن إن المرض انتشر.",
        "Mohammed Hassan",
        &["Mohammed Hassan=person:محمد-حسن"],
    ),
    ("استقبل الزعيم كيم سونغ السفير.", "Kim Jong spoke", &[]),
    // Another person of the same last name on the page.
    (
        "قال الوزير سيرجي إيفانوف ذلك. وقال الوزير بوريس إيفانوف ذلك.",
        "Sergei Ivanov and Boris Ivanov met. Then Ivanov left.",
        &[
            "Sergei Ivanov=person:سيرجي-إيفانوف",
            "Boris Ivanov=person:بوريس-إيفانوف",
        ],
    ),
    // Glosses, and the same word later on the page.
    (
        "تقع مدينة أرخانجلسك (Arkhangelsk) في الشمال. Arkhangelsk is cold.",
        "Arkhangelsk",
        &["Arkhangelsk=place:أرخانجلسك", "Arkhangelsk=place:أرخانجلسك"],
    ),
    ("تقع مدينة أرخانجلسك (Novgorod) في الشمال.", "", &[]),
    // Capitals count, and so does what stands beside a single word.
    (
        "نص",
        "russia, In Russia and RUSSIA, the NATO summit, Nato; Paris Hilton, Whitney Houston, to hamas",
        &[
            "Russia=place:RU",
            "RUSSIA=place:RU",
            "NATO=organisation:حلف-شمال-الأطلسي",
        ],
    ),
    // The longest listed name; nothing of any other text.
    (
        "نص",
        "The United Arab Emirates said. Breaking News: Read More About Liverpool on Monday In Our Daily Newsletter",
        &["United Arab Emirates=place:AE"],
    ),
];

#[test]
fn names_in_latin_letters_are_those_of_known_arabic_names_and_no_others() {
    for (arabic, other, expected) in CASES {
        let layer = layer(&[arabic, other]);
        let found: Vec<String> = latin(&layer)
            .iter()
            .map(|(name, id)| format!("{name}={id}"))
            .collect();
        assert_eq!(found, *expected, "{arabic} | {other}");
    }
}

/// Names of two scripts, each with a name near it that is another's.
const PAIRS: [(&str, &str, &str); 12] = [
    ("سيرجي إيفانوف", "Sergey Ivanov", "Sergey Ivlev"),
    ("محمد الخالدي", "Mohammed al-Khalidi", "Mahmoud al-Khalidi"),
    ("جون ماكدونالد", "John McDonald", "John McDougall"),
    ("بيتر شولتز", "Peter Schultz", "Peter Schmitz"),
    ("خالد منصور", "Khaled Mansour", "Khaled Masoud"),
    ("ماريا غونزاليس", "Maria Gonzales", "Mario Gonzaga"),
    ("توماس بيرغر", "Thomas Berger", "Thomas Burman"),
    ("كريم بنزيما", "Karim Benzema", "Karim Benali"),
    ("روبرت وود", "Robert Wood", "Robert Reed"),
    ("أندريه كوفالينكو", "Andriy Kovalenko", "Andriy Kovalchuk"),
    ("عمر منصور", "Omar Mansour", "Ammar Mansour"),
    ("حسين العلي", "Hussein al-Ali", "Hassan al-Ali"),
];

/// Ordinary words, of which none is a name.
const WORDS: [&str; 6] = ["said", "Monday", "The Report", "however", "New Deal", "met"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// By construction: exactly the names whose Arabic ones a page of the corpus has, wherever it stands.
    #[test]
    fn what_is_found_is_what_the_corpus_knows(
        known in proptest::collection::vec(0..PAIRS.len(), 0..5),
        pieces in proptest::collection::vec((0..PAIRS.len(), 0..3usize, 0..WORDS.len()), 1..9),
        first in any::<bool>(),
    ) {
        let arabic: String = known.iter().map(|&at| format!("قال الوزير {} ذلك. ", PAIRS[at].0)).collect();
        let (mut text, mut expected) = (String::new(), Vec::new());
        for (at, which, word) in pieces {
            let (name, latin, near) = PAIRS[at];
            let written = [latin, near, WORDS[word]][which];
            text += &format!("it was {written}, and ");
            if which == 0 && known.contains(&at) {
                expected.push((latin.to_owned(), format!("person:{}", name.replace(' ', "-"))));
            }
        }
        let mut texts = [arabic.as_str(), text.as_str()];
        if first { texts.reverse() }
        prop_assert_eq!(latin(&layer(&texts)), expected);
    }
}

#[test]
fn both_scripts_have_one_skeleton() {
    for (arabic, latin, _) in PAIRS {
        assert_eq!(skeleton(arabic), skeleton(latin), "{arabic} {latin}");
    }
}

#[test]
fn a_reader_parts_what_was_joined_across_scripts_and_takes_it_back() {
    let mut explorer = Explorer::default();
    let pages = [
        "قال الوزير سيرجي إيفانوف إن الأمر واضح.",
        "Sergei Ivanov spoke. Later Ivanov left. Vladimir Putin came.",
        "قال فلاديمير بوتين ذلك. Poutine, Vladimir Poutine.",
    ];
    for (number, text) in pages.iter().enumerate() {
        common::add(&mut explorer, &format!("{number}.txt"), text.as_bytes());
    }
    let names = |explorer: &mut Explorer, id: &str| -> Vec<String> {
        let request = EntityRequest {
            id: id.to_owned(),
            ..Default::default()
        };
        let reply = explorer.entity(&request).expect("an entity");
        let names = reply.names.iter().map(|name| {
            let rule = name.rule.unwrap_or("-");
            format!("{} {} {} {rule}", name.name, name.language, name.mentions)
        });
        names.chain([reply.entity.mentions.to_string()]).collect()
    };
    let before = names(&mut explorer, "person:سيرجي-إيفانوف");
    assert_eq!(
        before,
        [
            "Sergei Ivanov und-Latn 1 -",
            "سيرجي إيفانوف ar 1 script",
            "3"
        ],
        "the bare Ivanov counts, and is no spelling"
    );
    let putin = names(&mut explorer, "person:فلاديمير-بوتين");
    let languages = [
        "Vladimir Putin en 1",
        "Vladimir Poutine und-Latn 1",
        "فلاديمير بوتين ar 1",
    ];
    assert!(
        languages
            .iter()
            .all(|one| putin.iter().any(|name| name.starts_with(one))),
        "{putin:?}"
    );

    let decide = |explorer: &mut Explorer, action: &str| {
        let names = ["سيرجي إيفانوف", "Sergei Ivanov"]
            .map(ToOwned::to_owned)
            .to_vec();
        let request = DecideRequest {
            action: action.to_owned(),
            names: (action != "undo").then_some(names),
            ..Default::default()
        };
        explorer.decide(&request).expect("a decision");
    };
    decide(&mut explorer, "apart");
    assert_eq!(
        names(&mut explorer, "person:سيرجي-إيفانوف"),
        ["سيرجي إيفانوف ar 1 -", "1"]
    );
    assert_eq!(
        names(&mut explorer, "person:Sergei-Ivanov"),
        ["Sergei Ivanov und-Latn 1 -", "2"]
    );
    let reply = explorer
        .aliases(&AliasesRequest::default())
        .expect("a list");
    assert_eq!((reply.decisions.len(), reply.idle), (1, 0));
    decide(&mut explorer, "undo");
    assert_eq!(names(&mut explorer, "person:سيرجي-إيفانوف"), before);
}
