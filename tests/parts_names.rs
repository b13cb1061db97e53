//! Names over an index in parts are those of the whole index, or are refused.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/parts_host.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod parts_host;
#[path = "common/seal.rs"]
mod seal;

use kashshaf::analysis::Lens;
use kashshaf::api::{
    AliasesRequest, ConflictsRequest, DatesRequest, DecideRequest, EntitiesRequest, EntityRequest,
    Error, Explorer, NetworkRequest, PageRequest, QuotesRequest, SearchRequest, name_shelves,
};
use kashshaf::entities::annotate_index;
use kashshaf::entities::annotator::{Annotator, write_layers};
use kashshaf::index::{Index, Scope, unpacked, write_parts, write_parts_with_names};
use kashshaf::parse::Page;
use kashshaf::parse::given::Given;
use parts_host::{Host, index_of, request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The parts of an index with the names that lists and cues find.
fn host_of(index: &Index) -> Host {
    let layers = annotate_index(&mut Annotator::default(), index).expect("frames of its own");
    let names = name_shelves(index, &write_layers(&layers)).expect("layers of these pages");
    Host::of(write_parts_with_names(index, &names))
}

fn value<T: serde::Serialize>(reply: T) -> serde_json::Value {
    serde_json::to_value(reply).expect("plain data")
}

/// A page over the parts, or what is there from earlier questions.
struct Asked<'h> {
    host: &'h mut Host,
    explorer: Explorer,
    fresh: bool,
}

impl Asked<'_> {
    fn ask<T: serde::Serialize>(
        &mut self,
        question: impl Fn(&mut Explorer) -> Result<T, Error>,
    ) -> serde_json::Value {
        if self.fresh {
            self.explorer = self.host.explorer();
            self.host.fetched.clear();
        }
        let reply = self.host.ask(&mut self.explorer, question);
        value(reply.expect("a good request"))
    }
}

/// Compares every question about names; ids of the entities.
fn compare(index: &Index, filters: &[&str], fresh: bool) -> Result<Vec<String>, TestCaseError> {
    let mut whole = Explorer::of_index(index.clone());
    let mut host = host_of(index);
    let explorer = host.explorer();
    let mut parts = Asked {
        host: &mut host,
        explorer,
        fresh,
    };
    let mut ids = Vec::new();
    for scope in Scope::ALL {
        for filter in filters {
            for kind in [None, Some("person"), Some("place"), Some("organisation")] {
                let request = EntitiesRequest {
                    kind: kind.map(ToOwned::to_owned),
                    scope: Some(scope.name().to_owned()),
                    filter: Some((*filter).to_owned()),
                    limit: Some(if kind.is_some() { 3.0 } else { 1_000.0 }),
                    offset: kind.map(|_| 1.0),
                };
                let expected = whole.entities(&request).expect("a good request");
                ids.extend(expected.rows.iter().map(|row| row.id.clone()));
                let found = parts.ask(|explorer| explorer.entities(&request));
                prop_assert_eq!(found, value(expected), "{:?}", request);
            }
        }
    }
    ids.sort();
    ids.dedup();
    for id in &ids {
        for scope in Scope::ALL {
            for limit in [None, Some(1.0)] {
                let request = EntityRequest {
                    id: id.clone(),
                    scope: Some(scope.name().to_owned()),
                    limit,
                    offset: limit,
                    documents: limit,
                };
                let expected = whole.entity(&request).expect("an entity that was listed");
                let found = parts.ask(|explorer| explorer.entity(&request));
                prop_assert_eq!(found, value(expected), "{:?}", request);
            }
        }
    }
    // The whole index knows a filter by names once they were counted.
    let all = request("", Lens::Exact, Scope::Articles);
    whole.facets(&all).expect("a good request");
    let chosen = ids.iter().map(std::slice::from_ref);
    for chosen in chosen
        .chain(ids.chunks(3))
        .chain([["no:body".to_owned()].as_slice()])
    {
        for query in ["role:main | role:embedded", "في", "الرئيس OR كيم", ""] {
            let asked = SearchRequest {
                entities: chosen.to_vec(),
                limit: Some(20.0),
                ..request(query, Lens::Clitics, Scope::ALL[query.len() % 3])
            };
            let expected = whole.search(&asked).expect("a good request");
            let found = parts.ask(|explorer| explorer.search(&asked));
            prop_assert_eq!(&found["hits"], &value(expected.hits), "{:?}", asked);
            prop_assert_eq!(&found["totals"], &value(expected.totals), "{:?}", asked);

            let mut expected = value(whole.facets(&asked).expect("a good request"));
            // Of the entities, those that were chosen.
            let entities = &mut expected["facets"][3][1];
            let rows = entities.as_array_mut().expect("the last facet");
            rows.retain(|row| row["chosen"] == true);
            rows.sort_by_key(ToString::to_string);
            let mut found = parts.ask(|explorer| explorer.facets(&asked));
            let rows = found["facets"][3][1].as_array_mut();
            rows.expect("the last facet")
                .sort_by_key(ToString::to_string);
            prop_assert_eq!(found, expected, "facets {:?}", asked);
        }
    }
    for page in index.pages() {
        let request = PageRequest {
            id: page.page.id(),
            entities: Some(true),
            ..Default::default()
        };
        let expected = value(whole.page(&request).expect("a page that is there"));
        let found = parts.ask(|explorer| explorer.page(&request));
        prop_assert_eq!(found, expected, "{:?}", request);
    }
    let nobody = EntityRequest {
        id: "person:nobody".to_owned(),
        ..Default::default()
    };
    let refused = parts
        .host
        .ask(&mut parts.explorer, |explorer| explorer.entity(&nobody));
    prop_assert_eq!(refused.expect_err("nobody").code(), "unknown-entity");
    Ok(ids)
}

/// Compares what needs all that was found: quotes, dates mentioned in texts, networks and spellings.
fn compare_all_found(index: &Index, ids: &[String]) -> Result<(), TestCaseError> {
    let mut whole = Explorer::of_index(index.clone());
    let mut host = host_of(index);
    let explorer = host.explorer();
    let mut parts = Asked {
        host: &mut host,
        explorer,
        fresh: true,
    };
    let of = |at: usize| ids.get(at % ids.len().max(1)).cloned();
    for (at, scope) in Scope::ALL.into_iter().enumerate() {
        let scope = Some(scope.name().to_owned());
        let plain = QuotesRequest {
            scope: scope.clone(),
            ..Default::default()
        };
        let requests = [
            plain.clone(),
            QuotesRequest {
                speaker: of(at),
                limit: Some(2.0),
                ..plain.clone()
            },
            QuotesRequest {
                about: of(at + 1),
                kind: Some("speech".to_owned()),
                ..plain.clone()
            },
            QuotesRequest {
                outlet: Some("قناة".to_owned()),
                filter: Some("في".to_owned()),
                ..plain
            },
        ];
        for request in requests {
            let expected = value(whole.quotes(&request).expect("a good request"));
            let found = parts.ask(|explorer| explorer.quotes(&request));
            prop_assert_eq!(found, expected, "{:?}", request);
        }
        let request = ConflictsRequest {
            scope: scope.clone(),
            ..Default::default()
        };
        let expected = value(whole.conflicts(&request).expect("a good request"));
        let found = parts.ask(|explorer| explorer.conflicts(&request));
        prop_assert_eq!(found, expected, "{:?}", request);

        for entity in [None, of(at)] {
            let request = DatesRequest {
                entity,
                scope: scope.clone(),
                mentioned: Some(true),
                ..Default::default()
            };
            let expected = value(whole.dates(&request).expect("a good request"));
            let found = parts.ask(|explorer| explorer.dates(&request));
            prop_assert_eq!(found, expected, "{:?}", request);
        }
        for unit in ["sentence", "paragraph", "article"] {
            for focus in [None, of(at + 2)] {
                let request = NetworkRequest {
                    scope: scope.clone(),
                    unit: Some(unit.to_owned()),
                    focus,
                    form: Some("graphml".to_owned()),
                    ..Default::default()
                };
                let expected = value(whole.network(&request).expect("a good request"));
                let found = parts.ask(|explorer| explorer.network(&request));
                prop_assert_eq!(found, expected, "{:?}", request);
                let expected = value(whole.network_file(&request).expect("a good request"));
                let found = parts.ask(|explorer| explorer.network_file(&request));
                prop_assert_eq!(found, expected, "{:?}", request);
            }
        }
        let request = AliasesRequest {
            scope,
            ..Default::default()
        };
        let expected = value(whole.aliases(&request).expect("a good request"));
        let found = parts.ask(|explorer| explorer.aliases(&request));
        prop_assert_eq!(found, expected, "{:?}", request);
    }
    for text in ["كيم", "بوتين", "ترمب بيونغيانغ"] {
        let asked = SearchRequest {
            also: Some(vec!["aliases".to_owned()]),
            ..request(text, Lens::Clitics, Scope::Articles)
        };
        let expected = whole.search(&asked).expect("a good request");
        let found = parts.ask(|explorer| explorer.search(&asked));
        prop_assert_eq!(&found["hits"], &value(expected.hits), "{:?}", asked);
        prop_assert_eq!(&found["totals"], &value(expected.totals), "{:?}", asked);
    }
    // Once all that was found is there, every name is counted beside results.
    parts.fresh = false;
    for chosen in [Vec::new(), ids.iter().take(1).cloned().collect()] {
        let asked = SearchRequest {
            entities: chosen,
            ..request("كيم", Lens::Clitics, Scope::Articles)
        };
        let expected = value(whole.facets(&asked).expect("a good request"));
        let found = parts.ask(|explorer| explorer.facets(&asked));
        prop_assert_eq!(found, expected, "facets {:?}", asked);
    }
    Ok(())
}

#[test]
fn names_of_the_bundled_pages_in_parts_are_those_of_the_whole() {
    let index = index_of(common::bundled_pages());
    for fresh in [false, true] {
        let filters = ["", "بوتين", "putin", "جونج", "لا أحد"];
        let ids = compare(&index, &filters, fresh).expect("the same answers");
        assert!(ids.len() > 60, "{}", ids.len());
        compare_all_found(&index, &ids).expect("the same answers");
    }
}

const PIECES: [&str; 31] = [
    "الرئيس الروسي فلاديمير بوتين ",
    "بوتين ",
    "وبوتين ",
    "الرئيس الأمريكي دونالد ترامب ",
    "ترمب ",
    "الزعيم كيم جونغ أون ",
    "كيم جونج أون ",
    "كيم ",
    "وزير الخارجية سيرغي لافروف ",
    "لافروف ",
    "روسيا ",
    "لروسيا ",
    "بيونغ يانغ ",
    "بيونغيانغ ",
    "وزارة الخارجية ",
    "وكالة «تاس» ",
    "Putin ",
    "قال ",
    "إن ",
    "الرئيس الروسي ",
    "زار ",
    ". ",
    "\n",
    "\nإقرأ أيضاً: زار بوتين روسيا\n",
    "\nالمصدر: تاس\n",
    "بلدا ",
    "وقال بوتين: «لن نترك بلدنا وحده اليوم». ",
    "قال لافروف إن «لن نترك بلدنا وحده اليوم» ",
    "في 15 سبتمبر 2023 ",
    "أمس ",
    "\nتاريخ النشر: 15th, September 2023 GMT\n",
];

/// A text with names, and its outlets.
fn page() -> impl Strategy<Value = (String, Vec<String>)> {
    let text = vec(select(PIECES.to_vec()), 0..90).prop_map(|pieces| pieces.concat());
    let outlets = vec(select(vec!["صحيفة", " قناة ", "قناة", ""]), 0..3);
    (
        text,
        outlets.prop_map(|all| all.into_iter().map(ToOwned::to_owned).collect()),
    )
}

fn corpus(pages: &[(String, Vec<String>)]) -> Index {
    let read = pages
        .iter()
        .enumerate()
        .filter_map(|(number, (text, outlets))| {
            let mut page = Page::read(&format!("{number}.txt"), text.as_bytes()).ok()?;
            page.given = Given {
                outlets: outlets.clone(),
                ..Given::default()
            };
            Some(page)
        });
    index_of(read.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn names_of_random_corpora_in_parts_are_those_of_the_whole(
        pages in vec(page(), 0..7),
        fresh in any::<bool>(),
    ) {
        let index = corpus(&pages);
        let ids = compare(&index, &["", "بوتين", "تاس"], fresh)?;
        compare_all_found(&index, &ids)?;
    }

    #[test]
    fn shelves_of_nonsense_are_named(
        pages in vec(page(), 1..4),
        changed in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
        shelf in any::<proptest::sample::Index>(),
    ) {
        let mut host = host_of(&corpus(&pages));
        let shelves: Vec<String> =
            host.files.keys().filter(|name| name.starts_with("names/")).cloned().collect();
        let name = shelf.get(&shelves);
        let mut bytes = unpacked(name, &host.files[name]).expect("deflated");
        for (place, byte) in changed {
            *place.get_mut(&mut bytes) = byte;
        }
        host.replace(name, &bytes);
        seal::seal(&mut host.directory);
        for id in ["person:فلاديمير-بوتين", "place:RU", "organisation:TASS"] {
            let request = EntityRequest { id: id.to_owned(), ..Default::default() };
            let answered = ask_if_sane(&host, |explorer| explorer.entity(&request).map(|_| ()));
            if let Err(error) = answered {
                prop_assert!(["index-inconsistent", "unknown-entity"].contains(&error.code()), "{}", error);
            }
        }
        let answered = ask_if_sane(&host, |explorer| explorer.entities(&EntitiesRequest::default()).map(|_| ()));
        if let Err(error) = answered {
            prop_assert_eq!(error.code(), "index-inconsistent", "{}", error);
        }
    }
}

/// An answer, or what a part was refused with.
fn ask_if_sane(
    host: &Host,
    question: impl Fn(&mut Explorer) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut explorer = host.explorer();
    for _ in 0..40 {
        let names = match question(&mut explorer) {
            Err(Error::PartsMissing { names }) => names,
            answer => return answer,
        };
        for name in names {
            let stored = host.files.get(&name);
            let Some(stored) = stored else {
                // A damaged shelf names a file that nobody wrote; a host answers that there is none.
                return Ok(());
            };
            let bytes = unpacked(&name, stored).expect("deflated");
            explorer.take_part(&name, &bytes)?;
        }
    }
    panic!("asks for ever");
}

#[test]
fn a_shelf_that_is_not_what_was_named_is_refused() {
    let host = host_of(&index_of(common::bundled_pages()));
    let mut explorer = host.explorer();
    let list = EntitiesRequest::default();
    let mut seen = 0;
    loop {
        let names = match explorer.entities(&list) {
            Err(Error::PartsMissing { names }) => names,
            answer => {
                assert!(!answer.expect("all came").rows.is_empty());
                break;
            }
        };
        for name in names {
            let bytes = unpacked(&name, &host.files[&name]).expect("deflated");
            let mut damaged = bytes.clone();
            damaged[1] ^= 1;
            let refused = explorer.take_part(&name, &damaged).expect_err("damaged");
            assert_eq!(refused.code(), "index-damaged");
            let Err(Error::PartsMissing { names: again }) = explorer.entities(&list) else {
                panic!("it is not there");
            };
            assert!(again.contains(&name));
            explorer.take_part(&name, &bytes).expect("as written");
            seen += 1;
        }
    }
    assert_eq!(seen, 2, "where names are, and the table");
}

#[test]
fn an_index_in_parts_without_names_refuses_them_as_before() {
    let index = index_of(common::bundled_pages());
    let host = Host::of(write_parts(&index));
    let mut explorer = host.explorer();
    let id = "place:RU".to_owned();
    let entity = EntityRequest {
        id: id.clone(),
        ..Default::default()
    };
    let filtered = SearchRequest {
        entities: vec![id],
        ..request("كيم", Lens::Clitics, Scope::Articles)
    };
    let refused = [
        explorer.entities(&EntitiesRequest::default()).map(|_| ()),
        explorer.entity(&entity).map(|_| ()),
        explorer.search(&filtered).map(|_| ()),
        explorer.quotes(&QuotesRequest::default()).map(|_| ()),
        explorer.network(&NetworkRequest::default()).map(|_| ()),
        explorer.aliases(&AliasesRequest::default()).map(|_| ()),
    ];
    for refused in refused {
        assert_eq!(refused.expect_err("no names").code(), "index-in-parts");
    }
}

#[test]
fn decisions_about_names_need_the_whole_index() {
    let host = host_of(&index_of(common::bundled_pages()));
    let mut explorer = host.explorer();
    let decision = DecideRequest {
        action: "same".to_owned(),
        names: Some(vec!["كيم".to_owned(), "بوتين".to_owned()]),
        ..Default::default()
    };
    let refused = explorer.decide(&decision).expect_err("in parts");
    assert_eq!(refused.code(), "index-in-parts");
    let without = SearchRequest {
        entities: vec!["none".to_owned()],
        ..request("كيم", Lens::Clitics, Scope::Articles)
    };
    let refused = explorer.search(&without).expect_err("needs all names");
    assert_eq!(refused.code(), "index-in-parts");
}
