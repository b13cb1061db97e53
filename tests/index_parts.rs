//! An index in parts answers as the whole index does, or says what it lacks.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/made_texts.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod made_texts;
#[path = "common/parts_host.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod parts_host;
#[path = "common/seal.rs"]
mod seal;

use kashshaf::analysis::Lens;
use kashshaf::api::{
    AroundReply, DatesRequest, Error, ExplainRequest, Explorer, OverviewRequest, PageRequest,
    RemoveRequest, SearchReply, SearchRequest, SuggestReply, SuggestRequest,
};
use kashshaf::index::{Index, Intake, Scope, unpacked, write_parts, write_parts_naming};
use kashshaf::parse::Page;
use made_texts::text;
use parts_host::{Host, index_of, request};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The lenses that an index in parts counts.
fn counted(lens: Lens) -> Vec<&'static str> {
    let counted = Lens::ALL.into_iter();
    let counted = counted.filter(|&other| other <= lens.max(Lens::Clitics));
    counted.map(Lens::name).collect()
}

/// What of a reply an index in parts promises: everything but looser lenses and names of Latin words.
fn promised(mut reply: SearchReply, lens: Lens) -> serde_json::Value {
    reply.lenses.retain(|name| counted(lens).contains(name));
    reply.names.clear();
    serde_json::to_value(reply).expect("plain data")
}

/// The same of what stands around a search: everything but looser lenses and ways on.
fn promised_around(mut reply: AroundReply, lens: Lens) -> serde_json::Value {
    let counted = counted(lens);
    reply.by_lens.retain(|(name, _)| counted.contains(name));
    reply.ways.clear();
    serde_json::to_value(reply).expect("plain data")
}

/// Compares every question over every lens and scope; the directory names the files of all pages, or lists do.
fn compare(
    index: &Index,
    queries: &[String],
    fresh_each: bool,
    has_lists: bool,
) -> Result<(), TestCaseError> {
    let mut whole = Explorer::of_index(index.clone());
    let named_at_once = if has_lists { 0 } else { usize::MAX };
    let written = write_parts_naming(index, named_at_once);
    let mut host = Host::of(written);
    let mut explorer = host.explorer();
    for query in queries {
        for lens in Lens::ALL {
            for scope in Scope::ALL {
                if fresh_each {
                    explorer = host.explorer();
                    host.fetched.clear();
                }
                let request = request(query, lens, scope);
                let expected = whole.search(&request).expect("a good request");
                let found = host.ask(&mut explorer, |explorer| explorer.search(&request));
                let found = found.expect("a good request");
                prop_assert_eq!(
                    promised(found, lens),
                    promised(expected.clone(), lens),
                    "{} {} {}",
                    query,
                    lens.name(),
                    scope.name()
                );
                let found = host.ask(&mut explorer, |explorer| explorer.around(&request));
                prop_assert_eq!(
                    promised_around(found.expect("a good request"), lens),
                    promised_around(whole.around(&request).expect("a good request"), lens),
                    "around {} {} {}",
                    query,
                    lens.name(),
                    scope.name()
                );
                if let Some(hit) = expected.hits.first() {
                    let request = ExplainRequest {
                        query: query.clone(),
                        document: hit.document.clone(),
                        lens: Some(lens.name().to_owned()),
                        scope: Some(scope.name().to_owned()),
                        ranking: Some("words".to_owned()),
                        ..Default::default()
                    };
                    let expected = whole.explain(&request).expect("a document that was found");
                    let found = host.ask(&mut explorer, |explorer| explorer.explain(&request));
                    prop_assert_eq!(
                        serde_json::to_value(found.expect("found")).expect("plain data"),
                        serde_json::to_value(expected).expect("plain data")
                    );
                }
            }
        }
    }
    pages_are_the_same(&mut whole, &mut host)
}

fn pages_are_the_same(whole: &mut Explorer, host: &mut Host) -> Result<(), TestCaseError> {
    let all = OverviewRequest {
        limit: Some(1000.0),
        ..Default::default()
    };
    let mut explorer = host.explorer();
    host.fetched.clear();
    let expected = whole.overview(&all).expect("a good request");
    let mut found = host
        .ask(&mut explorer, |explorer| explorer.overview(&all))
        .expect("a good request");
    prop_assert!(!found.annotated);
    found.annotated = expected.annotated;
    found.people.clone_from(&expected.people);
    found.places.clone_from(&expected.places);
    found.organisations.clone_from(&expected.organisations);
    found.examples.clone_from(&expected.examples);
    let value = |reply| serde_json::to_value(reply).expect("plain data");
    prop_assert_eq!(value(&found), value(&expected));
    for page in &expected.pages {
        // By its address alone, on a fresh page.
        let mut explorer = host.explorer();
        host.fetched.clear();
        let request = PageRequest {
            id: page.id.clone(),
            query: Some("كيم".to_owned()),
            ..Default::default()
        };
        let expected = whole.page(&request).expect("a page that is there");
        let found = host.ask(&mut explorer, |explorer| explorer.page(&request));
        prop_assert_eq!(
            serde_json::to_value(found.expect("there")).expect("plain data"),
            serde_json::to_value(expected).expect("plain data")
        );
    }
    Ok(())
}

fn bundled_queries() -> Vec<String> {
    let queries = [
        "بوتين",
        "كيم بوتين",
        "«كيم جونغ أون»",
        "ترامب",
        "روسي*",
        "الرئيس -بوتين",
        "صاروخ~",
        "والرئيس",
        "=روسيا",
        "لا-يوجد",
        "",
        "في",
        "«من روسيا» كيم",
        "كوري?",
        "بوتين NEAR/5 كيم",
        "title:كيم",
        "outlet:روسيا",
        "Putin",
    ];
    queries.map(ToOwned::to_owned).to_vec()
}

#[test]
fn the_bundled_pages_in_parts_answer_as_they_do_whole() {
    let index = index_of(common::bundled_pages());
    for has_lists in [false, true] {
        compare(&index, &bundled_queries(), true, has_lists).expect("the same answers");
    }
}

fn corpus(texts: &[String]) -> Index {
    let pages = texts.iter().enumerate();
    let pages = pages.filter_map(|(n, text)| Page::read(&format!("{n}.txt"), text.as_bytes()).ok());
    index_of(pages.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_corpora_in_parts_answer_as_they_do_whole(texts in vec(text(), 0..8), fresh in any::<bool>(), has_lists in any::<bool>()) {
        let queries: Vec<String> = ["بلد", "وبوتين روسيا", "«زار كيم»", "البل*", "أمر -كيم", "كلاب"].map(ToOwned::to_owned).to_vec();
        compare(&corpus(&texts), &queries, fresh, has_lists)?;
    }
}

/// Asks as a page does, of a host that may be made of nonsense: the answer, what was refused, or nothing when it would
/// ask for ever.
fn try_ask<T>(
    files: &BTreeMap<String, Vec<u8>>,
    explorer: &mut Explorer,
    question: &dyn Fn(&mut Explorer) -> Result<T, Error>,
) -> Option<Result<T, Error>> {
    for _ in 0..40 {
        let names = match question(explorer) {
            Err(Error::PartsMissing { names }) => names,
            answer => return Some(answer),
        };
        for name in names {
            let bytes = unpacked(&name, files.get(&name)?).ok()?;
            if let Err(error) = explorer.take_part(&name, &bytes) {
                return Some(Err(error));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn parts_of_nonsense_with_right_checksums_do_no_harm(
        texts in vec(text(), 1..5),
        in_directory in vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4),
        in_part in vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4),
        part in any::<proptest::sample::Index>(),
        named_at_once in 0usize..4,
    ) {
        let written = write_parts_naming(&corpus(&texts), named_at_once);
        let mut host = Host::of(written);
        let names: Vec<String> = host.files.keys().cloned().collect();
        if !names.is_empty() {
            let name = part.get(&names);
            let mut bytes = unpacked(name, &host.files[name]).expect("deflated");
            for (place, byte) in in_part {
                *place.get_mut(&mut bytes) = byte;
            }
            host.replace(name, &bytes);
        }
        for (place, byte) in in_directory {
            *place.get_mut(&mut host.directory) = byte;
        }
        seal::seal(&mut host.directory);
        let mut explorer = Explorer::default();
        if explorer.open_parts(host.directory.clone()).is_ok() {
            for query in ["بلد", "«زار كيم»", "البل*", "بوتن~", "في"] {
                let request = request(query, Lens::Stem, Scope::Pages);
                let _ = try_ask(&host.files, &mut explorer, &|explorer| explorer.search(&request));
            }
            let all = OverviewRequest { limit: Some(100.0), ..Default::default() };
            let pages = try_ask(&host.files, &mut explorer, &|explorer| explorer.overview(&all));
            for page in pages.and_then(Result::ok).map_or_else(Vec::new, |reply| reply.pages) {
                let request = PageRequest { id: page.id, ..Default::default() };
                let _ = try_ask(&host.files, &mut explorer, &|explorer| explorer.page(&request));
            }
        }
    }
}

/// Many pages of many words: several parts of every kind.
fn large() -> Index {
    let mut state = 7u64;
    let mut next = |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % most
    };
    let letters = ['ب', 'ت', 'ر', 'س', 'ل', 'م', 'ن', 'ي', 'و', 'ا', 'د', 'ك'];
    let words: Vec<String> = (0..9_000)
        .map(|_| {
            let length = 2 + next(6);
            (0..length).map(|_| letters[next(12) as usize]).collect()
        })
        .collect();
    let pages = (0..800).map(|number| {
        let mut text = format!("صفحة {number}\n\n");
        for _ in 0..200 {
            // Few words are frequent.
            let rank = next(9_000) * next(9_000) / 9_000;
            text.push_str(["", "", "و", "ال", "ب"][next(5) as usize]);
            text.push_str(&words[rank as usize]);
            text.push(' ');
        }
        for _ in 0..30 {
            text.push_str("في ");
        }
        Page::from_article(
            &number.to_string(),
            &(number as u32).to_le_bytes(),
            "",
            &text,
        )
    });
    index_of(pages.collect())
}

#[test]
fn a_question_fetches_few_of_many_parts_and_none_is_large() {
    let index = large();
    let written = write_parts_naming(&index, 0);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (name, bytes) in &written.parts {
        assert!(bytes.len() <= 64_000, "{name}: {}", bytes.len());
        *kinds
            .entry(name.split('/').next().unwrap().to_owned())
            .or_default() += 1;
    }
    for kind in [
        "words", "units", "places", "lists", "pages", "shapes", "ids", "columns",
    ] {
        assert!(kinds[kind] > 1, "{kinds:?}");
    }
    let mut whole = Explorer::of_index(index.clone());
    let mut host = Host::of(written);
    let lexicon = index.lexicon();
    let words: Vec<&str> = lexicon.forms().map(|(_, form)| form).step_by(997).collect();
    for word in &words {
        for query in [
            format!("{word} في"),
            format!("«في {word}»"),
            format!("={word}"),
        ] {
            let request = request(&query, Lens::Clitics, Scope::Articles);
            let mut explorer = host.explorer();
            host.fetched.clear();
            let found = host.ask(&mut explorer, |explorer| explorer.search(&request));
            let expected = whole.search(&request).expect("a good request");
            assert_eq!(
                promised(found.expect("found"), Lens::Clitics),
                promised(expected, Lens::Clitics),
                "{query}"
            );
            // Each page is one article of one part.
            assert_eq!(host.bytes().get("shapes"), None, "{query}");
            let all: usize = host.files.values().map(Vec::len).sum();
            let fetched: usize = host.bytes().values().sum();
            assert!(2 * fetched < all, "{query}: {:?} of {all}", host.bytes());
        }
    }
}

#[test]
fn the_same_corpus_gives_the_same_files() {
    let one = write_parts(&index_of(common::bundled_pages()));
    let other = write_parts(&index_of(common::bundled_pages()));
    assert_eq!(one.directory, other.directory);
    assert_eq!(one.parts, other.parts);
    assert!(one.directory_name().starts_with("directory-"));
}

#[test]
fn words_are_completed_as_in_the_whole_index_from_few_parts() {
    let index = large();
    let mut whole = Explorer::of_index(index.clone());
    let mut host = Host::of(write_parts(&index));
    let mut explorer = host.explorer();
    let typed = |query: &str| SuggestRequest {
        query: query.to_owned(),
        ..SuggestRequest::default()
    };
    let words = |reply: SuggestReply| {
        let words = reply.suggestions.into_iter();
        let words = words.filter(|suggestion| suggestion.kind == "word");
        words
            .map(|word| (word.text, word.count))
            .collect::<Vec<_>>()
    };
    let mut completed = 0;
    for (_, form) in index.lexicon().forms().step_by(271) {
        let letters: String = form.chars().take(3).collect();
        for query in [letters, format!("صفحة {form}")] {
            host.fetched.clear();
            let found = host.ask(&mut explorer, |explorer| explorer.suggest(&typed(&query)));
            assert!(host.fetched.len() <= 16, "{query}: {:?}", host.fetched);
            let found = words(found.expect("a reply"));
            let expected = words(whole.suggest(&typed(&query)).expect("a reply"));
            let is_short = query.chars().count() < 3;
            assert_eq!(
                found,
                if is_short { Vec::new() } else { expected },
                "{query}"
            );
            completed += found.len();
        }
    }
    assert!(completed > 50, "{completed}");
    // Nothing is fetched for what most words begin with.
    for query in ["", "ب", "وا"] {
        let reply = explorer.suggest(&typed(query)).expect("a reply");
        assert!(reply.suggestions.is_empty(), "{query}");
    }
}

#[test]
fn what_needs_the_whole_says_so() {
    let host = Host::of(write_parts(&index_of(common::bundled_pages())));
    let mut explorer = host.explorer();
    let plain = || request("كيم", Lens::Clitics, Scope::Articles);
    let refused = [
        explorer
            .search(&SearchRequest {
                ranking: Some("bags".into()),
                ..plain()
            })
            .err(),
        explorer
            .search(&SearchRequest {
                recent: Some(true),
                ..plain()
            })
            .err(),
        explorer
            .search(&SearchRequest {
                prefer_outlet: Some("روسيا اليوم".into()),
                ..plain()
            })
            .err(),
        explorer
            .facets(&SearchRequest {
                entities: vec!["person:كيم".into()],
                ..plain()
            })
            .err(),
        explorer
            .dates(&DatesRequest {
                entity: Some("person:كيم".into()),
                ..Default::default()
            })
            .err(),
        explorer.entities(&Default::default()).err(),
        explorer.quotes(&Default::default()).err(),
        explorer.network(&Default::default()).err(),
        explorer.entity(&Default::default()).err(),
        explorer.aliases(&Default::default()).err(),
        explorer.conflicts(&Default::default()).err(),
        explorer.pages_to_annotate("0", 0, 1).err(),
        explorer.save_index().err(),
        explorer.remove(&RemoveRequest::default()).err(),
        explorer.open_parts(host.directory.clone()).err(),
    ];
    for error in refused {
        let error = error.expect("refused");
        assert_eq!(error.code(), "index-in-parts", "{error}");
    }
    let report = common::add(&mut explorer, "a.txt", "نص".as_bytes());
    assert_eq!(report.error.map(|error| error.code), Some("index-in-parts"));
}

#[test]
fn damage_is_named_and_taken_for_nothing() {
    let index = index_of(common::bundled_pages());
    let written = write_parts(&index);
    let code = |directory: Vec<u8>| {
        let opened = Explorer::default().open_parts(directory);
        opened.err().map(|error| error.code())
    };
    let good = &written.directory;
    assert_eq!(code(good.clone()), None);
    assert_eq!(code(b"{}".to_vec()), Some("not-an-index"));
    assert_eq!(
        code(good[..good.len() / 2].to_vec()),
        Some("index-truncated")
    );
    let mut refused = (0, 0);
    for at in (8..good.len()).step_by(61) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        // Bytes between sections are not read.
        let found = code(bytes);
        assert!(
            matches!(
                found,
                None | Some("index-damaged" | "index-newer" | "index-older" | "index-truncated")
            ),
            "{at}: {found:?}"
        );
        refused = (refused.0 + usize::from(found.is_some()), refused.1 + 1);
    }
    assert!(100 * refused.0 > 95 * refused.1, "{refused:?}");
    let mut newer = good.clone();
    newer[8] = 5;
    assert_eq!(code(newer), Some("index-newer"));
    // The one file is not the directory, nor the directory the one file.
    let whole = kashshaf::index::SavedIndex::write(&index, &Intake::default());
    assert!(matches!(code(whole), Some("index-newer")));
    let opened = kashshaf::index::SavedIndex::open(good.clone());
    assert!(opened.is_err());

    let host = Host::of(written);
    let mut explorer = host.explorer();
    let question = request("كيم بوتين", Lens::Clitics, Scope::Articles);
    let asked = explorer.search(&question);
    let Err(Error::PartsMissing { names }) = asked else {
        panic!("{asked:?}");
    };
    let (first, rest) = names.split_first().expect("some");
    let bytes = unpacked(first, &host.files[first]).expect("deflated");
    let mut flipped = bytes.clone();
    flipped[3] ^= 1;
    let codes = [
        explorer.take_part(first, &flipped).err(),
        explorer.take_part(first, &bytes[..bytes.len() - 1]).err(),
        explorer.take_part(first, b"<html>404</html>").err(),
        explorer
            .take_part("words/0123456789abcdef.bin", &bytes)
            .err(),
        explorer.take_part("../secret", &bytes).err(),
        Explorer::default().take_part(first, &bytes).err(),
    ];
    let codes: Vec<&str> = codes
        .iter()
        .map(|e| e.as_ref().expect("refused").code())
        .collect();
    assert_eq!(
        codes,
        [
            "index-damaged",
            "index-damaged",
            "index-damaged",
            "part-unknown",
            "part-unknown",
            "part-unknown"
        ]
    );
    assert!(unpacked("pages/0123456789abcdef.bin", b"not deflated").is_err());
    // Nothing of it was taken, and the question lacks what it lacked.
    let asked = explorer.search(&question);
    assert!(
        matches!(&asked, Err(Error::PartsMissing { names: again }) if *again == names),
        "{asked:?}"
    );
    // Twice is once; what nobody can have asked for yet is passed over.
    for name in [first, first]
        .into_iter()
        .chain(rest)
        .chain(host.files.keys())
    {
        let bytes = unpacked(name, &host.files[name]).expect("deflated");
        explorer.take_part(name, &bytes).expect("as written");
    }
    let mut host = host;
    let found = host
        .ask(&mut explorer, |explorer| explorer.search(&question))
        .expect("found");
    let expected = Explorer::of_index(index).search(&question).expect("found");
    assert_eq!(
        promised(found, Lens::Clitics),
        promised(expected, Lens::Clitics)
    );
}
