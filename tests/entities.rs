//! The entity recogniser, from text to layer.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

use kashshaf::entities::annotator::Annotator;
use kashshaf::entities::{EntityLayer, Mention, annotate_index};
use kashshaf::index::{Index, PageId};
use kashshaf::parse::Page;

fn index_of(pages: &[(&str, &[u8])]) -> Index {
    let mut index = Index::default();
    for (name, bytes) in pages {
        index
            .add(Page::read(name, bytes).expect("a page"), false)
            .expect("a new page");
    }
    index
}

fn layer_of(index: &Index) -> EntityLayer {
    let layers = annotate_index(&mut Annotator::default(), index);
    layers.expect("what it wrote itself").entities
}

/// Mentions of one text as `span → id`.
fn mentions(text: &str) -> Vec<(String, String)> {
    let index = index_of(&[("page.txt", text.as_bytes())]);
    let layer = layer_of(&index);
    let page = &index.text(PageId(0));
    let id = |m: &Mention| layer.entity(m.entity).expect("an entity").id.clone();
    layer
        .mentions()
        .iter()
        .map(|m| (m.span.of(page).to_owned(), id(m)))
        .collect()
}

/// The bundled pages, in order of their names.
fn bundled() -> Index {
    let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .expect("corpus")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let bytes: Vec<_> = files
        .iter()
        .map(|path| std::fs::read(path).expect("a file"))
        .collect();
    let names: Vec<_> = files
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy())
        .collect();
    let pages: Vec<_> = names
        .iter()
        .zip(&bytes)
        .map(|(n, b)| (n.as_ref(), b.as_slice()))
        .collect();
    index_of(&pages)
}

#[test]
fn spans_and_entities_follow_the_conventions() {
    // text, expected mentions: span as written → id
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "قال الرئيس الروسي، فلاديمير بوتين، إنه سعيد.",
            &[("فلاديمير بوتين", "person:فلاديمير-بوتين")],
        ),
        (
            "لقاء محتمل بين بوتين وترمب في واشنطن.",
            &[
                ("بوتين", "person:فلاديمير-بوتين"),
                ("ترمب", "person:دونالد-ترامب"),
                ("واشنطن", "place:واشنطن"),
            ],
        ),
        // Proclitics stay outside; of لل one ل stays, as written.
        (
            "دعم لروسيا وللولايات المتحدة وبكوريا الشمالية.",
            &[
                ("روسيا", "place:RU"),
                ("لولايات المتحدة", "place:US"),
                ("كوريا الشمالية", "place:KP"),
            ],
        ),
        // Letters that are the name's own.
        (
            "من بيروت إلى لبنان وكييف وفرنسا.",
            &[
                ("بيروت", "place:بيروت"),
                ("لبنان", "place:LB"),
                ("كييف", "place:كييف"),
                ("فرنسا", "place:FR"),
            ],
        ),
        // Titles and demonyms alone are no mentions.
        ("استقبل الرئيس الروسي الوفد الأمريكي.", &[]),
        (
            "ذكرت وكالة “تاس” الروسية ذلك.",
            &[("تاس", "organisation:وكالة-تاس")],
        ),
        (
            "ذكرت وكالة أنباء يونهاب الكورية الجنوبية ذلك.",
            &[("وكالة أنباء يونهاب", "organisation:وكالة-أنباء-يونهاب")],
        ),
        (
            "أعلنت وزارة الخارجية الروسية اليوم موقفها.",
            &[(
                "وزارة الخارجية الروسية",
                "organisation:وزارة-الخارجية-الروسية",
            )],
        ),
        (
            "في قاعدة فوستوشني الفضائية ثم في محطة فوستوتشني الفضائية.",
            &[
                ("قاعدة فوستوشني الفضائية", "place:قاعدة-فوستوشني-الفضائية"),
                ("محطة فوستوتشني الفضائية", "place:قاعدة-فوستوشني-الفضائية"),
            ],
        ),
        (
            "وصل إلى محطة القطار في بلدة خاسان الحدودية.",
            &[("خاسان", "place:خاسان")],
        ),
        ("رأت مجموعة صغيرة من الناس قاعدة البيانات.", &[]),
        // A nested title, and the bare name in the same text.
        (
            "انتقد نائب مبعوث واشنطن لدى الأمم المتحدة روبرت وود القرار. وقال وود إنه خطير.",
            &[
                ("واشنطن", "place:واشنطن"),
                ("الأمم المتحدة", "organisation:الأمم-المتحدة"),
                ("روبرت وود", "person:روبرت-وود"),
                ("وود", "person:روبرت-وود"),
            ],
        ),
        // Two people, not one name.
        (
            "وأبلغ كيم بوتين بذلك. وكان الزعيم كيم جونج أون قد وصل.",
            &[
                ("كيم", "person:كيم-جونغ-أون"),
                ("بوتين", "person:فلاديمير-بوتين"),
                ("كيم جونج أون", "person:كيم-جونغ-أون"),
            ],
        ),
        // Spellings of one unlisted name.
        (
            "قال الوزير ألكسندر كوزلوف ذلك. وأضاف الوزير الكسندر كوزلوف شيئا.",
            &[
                ("ألكسندر كوزلوف", "person:ألكسندر-كوزلوف"),
                ("الكسندر كوزلوف", "person:ألكسندر-كوزلوف"),
            ],
        ),
        // An ambiguous word needs a preposition.
        ("وضع مالي صعب. سافر إلى مالي.", &[("مالي", "place:ML")]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected
            .iter()
            .map(|&(s, id)| (s.to_owned(), id.to_owned()))
            .collect();
        assert_eq!(mentions(text), expected, "{text}");
    }
}

#[test]
fn kim_song_is_not_kim_jong_un() {
    let index = bundled();
    let layer = layer_of(&index);
    let jong_un = layer.find("person:كيم-جونغ-أون").expect("Kim Jong Un");
    let song = layer.find("person:كيم-سونغ").expect("Kim Song");
    assert_eq!(layer.mentions_of(song).count(), 1);
    let spellings = layer.spellings_of(jong_un, &|_| Some(0));
    assert!(
        spellings.iter().any(|&(s, _)| s == "كيم جونغ أون"),
        "{spellings:?}"
    );
    assert!(
        spellings.iter().any(|&(s, _)| s == "كيم جونج أون"),
        "{spellings:?}"
    );
    assert!(
        spellings.iter().all(|&(s, _)| s != "كيم سونغ"),
        "{spellings:?}"
    );
    let cues = layer.cues_of(song, &|_| Some(0));
    assert_eq!(cues, [("سفير", 1)]);
}

#[test]
fn aggregates_agree_with_the_mentions() {
    let index = bundled();
    let layer = layer_of(&index);
    let by_page = |m: &Mention| Some(m.page);
    let summaries = layer.summaries(0, &by_page);
    let sum: u32 = summaries.iter().map(|row| row.mentions).sum();
    assert_eq!(sum as usize, layer.mentions().len());
    for row in &summaries {
        let id = row.entity;
        let documents = layer.documents(id, &by_page);
        assert_eq!(documents.len(), row.documents as usize);
        assert_eq!(
            layer
                .spellings_of(id, &by_page)
                .iter()
                .map(|s| s.1)
                .sum::<u32>(),
            row.mentions
        );
        let sentences = layer.sentences_of(id, &by_page).len();
        for &(other, shared) in &layer.companions(id, &by_page) {
            assert!(shared as usize <= sentences);
            let back = layer.companions(other, &by_page);
            assert!(back.contains(&(id, shared)), "companions are mutual");
        }
    }
}

#[test]
fn mentions_lie_in_their_page_in_order_and_apart() {
    let index = bundled();
    let layer = layer_of(&index);
    for (number, page) in (0..).zip(index.pages()) {
        let (mut last, text) = (0, index.text(page.number));
        for mention in layer.mentions_of_page(number) {
            assert!(mention.span.start >= last, "{}", page.page.name);
            assert!(!mention.span.of(&text).is_empty());
            assert_eq!(mention.span.of(&text), layer.spelling(mention));
            last = mention.span.end;
        }
    }
}

#[test]
fn a_scope_counts_only_what_lies_in_it() {
    let index = bundled();
    let layer = layer_of(&index);
    let trump = layer.find("person:دونالد-ترامب").expect("Trump");
    let pages: u32 = layer
        .documents(trump, &|m| Some(m.page))
        .iter()
        .map(|d| d.1)
        .sum();
    let articles: u32 = layer
        .documents(trump, &|m| m.article)
        .iter()
        .map(|d| d.1)
        .sum();
    assert!(articles > 0 && articles < pages, "{articles} of {pages}");
}

#[test]
fn the_same_pages_give_the_same_layer() {
    let index = bundled();
    assert_eq!(layer_of(&index), layer_of(&index));
}
