//! The explorer through its requests: shapes, offsets, errors.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/contract.rs"]
mod contract;

use common::{add, bundled_explorer, repository, search};
use contract::Contract;
use kashshaf::api::{
    AbandonRequest, AliasesRequest, BeginRequest, ConflictsRequest, DatesRequest, DecideRequest,
    EntitiesRequest, EntityRequest, Error, ExplainRequest, Explorer, Field, FileOptions,
    ForecastRequest, InspectRequest, LedgerRequest, NetworkRequest, OverviewRequest, PageRequest,
    QuotesRequest, Reader, ReaderRequest, RemoveRequest, Request, SearchReply, SearchRequest,
    SuggestRequest, sniff,
};
use std::collections::BTreeSet;

const SCOPES: [&str; 3] = ["main", "articles", "pages"];
const LENSES: [&str; 4] = ["exact", "marks", "letters", "clitics"];

fn contract() -> Contract {
    let source = std::fs::read_to_string(repository("src/wasm/types.d.ts")).expect("the contract");
    Contract::read(&source)
}

fn json(reply: impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(reply).expect("a reply is JSON")
}

#[test]
fn every_reply_has_exactly_the_fields_of_the_contract() {
    let mut contract = contract();
    let mut explorer = Explorer::default();
    let bad = add(&mut explorer, "empty.txt", b"");
    contract.check(&json(explorer.annotation()), "AnnotationReply");
    contract.check(&json(bad), "FileReport");
    let broken = add(
        &mut explorer,
        "broken.txt",
        "\u{6AA}بوتين\u{6AA}".as_bytes().get(1..).unwrap(),
    );
    contract.check(&json(broken), "FileReport");
    for (name, bytes) in common::bundled_files() {
        contract.check(&json(add(&mut explorer, &name, &bytes)), "FileReport");
        contract.check(&json(add(&mut explorer, &name, &bytes)), "FileReport");
    }
    for scope in SCOPES {
        let scope = Some(scope.to_owned());
        let overview = explorer
            .overview(&OverviewRequest {
                scope: scope.clone(),
                ..Default::default()
            })
            .unwrap();
        contract.check(&json(&overview), "OverviewReply");
        for lens in LENSES {
            let lens = Some(lens.to_owned());
            let query = "بوتين «كوريا الشمالية» كيم* -ترامب ؟ «روسيا".to_owned();
            let request = SearchRequest {
                query: query.clone(),
                lens: lens.clone(),
                scope: scope.clone(),
                ..Default::default()
            };
            contract.check(&json(explorer.search(&request).unwrap()), "SearchReply");
            let latin = SearchRequest {
                query: "Putin".to_owned(),
                ..request
            };
            contract.check(&json(explorer.search(&latin).unwrap()), "SearchReply");
            for ranking in ["words", "bags"] {
                let explain = ExplainRequest {
                    query: query.clone(),
                    lens: lens.clone(),
                    scope: scope.clone(),
                    document: match scope.as_deref() {
                        Some("pages") => overview.pages[0].id.clone(),
                        _ => overview.pages[0].articles[0].id.clone(),
                    },
                    ranking: Some(ranking.to_owned()),
                    ..Default::default()
                };
                contract.check(&json(explorer.explain(&explain).unwrap()), "ExplainReply");
            }
            check_results(&mut contract, &mut explorer, &latin);
            for id in overview.pages.iter().flat_map(|page| {
                std::iter::once(&page.id).chain(page.articles.iter().map(|article| &article.id))
            }) {
                let request = PageRequest {
                    id: id.clone(),
                    query: Some(query.clone()),
                    lens: lens.clone(),
                    scope: scope.clone(),
                    entities: Some(true),
                    ..Default::default()
                };
                contract.check(&json(explorer.page(&request).unwrap()), "PageReply");
            }
        }
        let request = EntitiesRequest {
            scope: scope.clone(),
            ..Default::default()
        };
        let entities = explorer.entities(&request).unwrap();
        contract.check(&json(&entities), "EntitiesReply");
        for row in entities.rows {
            let request = EntityRequest {
                id: row.id,
                scope: scope.clone(),
                ..Default::default()
            };
            contract.check(&json(explorer.entity(&request).unwrap()), "EntityReply");
        }
    }
    check_annotations(&mut contract, &mut explorer);
    check_names(&mut contract, &mut explorer);
    check_reading(&mut contract, &mut explorer);
    let error = explorer.search(&SearchRequest {
        lens: Some("x".to_owned()),
        ..Default::default()
    });
    contract.check(&json(error.unwrap_err().data()), "ExplorerErrorData");
    let mut unseen = contract.interfaces(false);
    unseen.retain(|name| name != "FileOptions" && !contract.seen.contains(name));
    assert!(unseen.is_empty(), "no reply was checked against {unseen:?}");
}

/// Checks what stands beside a search: facets, suggestions, exports, ways on.
fn check_results(contract: &mut Contract, explorer: &mut Explorer, latin: &SearchRequest) {
    let request = SearchRequest {
        query: "روسيا".to_owned(),
        ..latin.clone()
    };
    contract.check(&json(explorer.facets(&request).unwrap()), "FacetsReply");
    let query = "الر".to_owned();
    let suggest = SuggestRequest {
        query,
        ..Default::default()
    };
    contract.check(&json(explorer.suggest(&suggest).unwrap()), "SuggestReply");
    let export = SearchRequest {
        format: Some("csv".to_owned()),
        ..request.clone()
    };
    contract.check(&json(explorer.export(&export).unwrap()), "ExportReply");
    let nothing = SearchRequest {
        query: "روسيا بوتيين".to_owned(),
        ..request
    };
    contract.check(&json(explorer.search(&nothing).unwrap()), "SearchReply");
    let around = explorer.around(&nothing).unwrap();
    assert!(!around.ways.is_empty());
    contract.check(&json(around), "AroundReply");
}

/// Checks dates, quotes and conflicts, the last on two pages that disagree.
fn check_annotations(contract: &mut Contract, explorer: &mut Explorer) {
    for speaker in ["فلاديمير بوتين", "كيم جونغ أون"] {
        let text = format!("قال {speaker}: «لعب الاتحاد السوفيتي دورا كبيرا في تحرير بلدنا كله».");
        add(explorer, &format!("{speaker}.txt"), text.as_bytes());
    }
    for scope in SCOPES {
        let scope = Some(scope.to_owned());
        let dates = DatesRequest {
            scope: scope.clone(),
            ..Default::default()
        };
        contract.check(&json(explorer.dates(&dates).unwrap()), "DatesReply");
        let quotes = QuotesRequest {
            scope: scope.clone(),
            ..Default::default()
        };
        contract.check(&json(explorer.quotes(&quotes).unwrap()), "QuotesReply");
        let conflicts = ConflictsRequest {
            scope,
            ..Default::default()
        };
        let found = explorer.conflicts(&conflicts).unwrap();
        // One of the bundled pages has the words too.
        assert!(found.rows.iter().any(|row| row.quotes.len() == 3));
        contract.check(&json(found), "ConflictsReply");
    }
}

/// Checks spellings, decisions and the network.
fn check_names(contract: &mut Contract, explorer: &mut Explorer) {
    let text = "قال الوزير ميخائيل غورباتشوف إن الأمر واضح. وقال الوزير ميخائيل غورباتشيف ذلك.";
    add(explorer, "offer.txt", text.as_bytes());
    let decide = DecideRequest {
        action: "same".to_owned(),
        names: Some(vec!["فلاديمير بوتين".to_owned(), "كيم جونغ أون".to_owned()]),
        ..Default::default()
    };
    contract.check(&json(explorer.decide(&decide).unwrap()), "DecisionsReply");
    let aliases = explorer.aliases(&AliasesRequest::default()).unwrap();
    assert!(aliases.group_count > 0 && aliases.offer_count > 0);
    contract.check(&json(aliases), "AliasesReply");
    let network = explorer.network(&NetworkRequest::default()).unwrap();
    assert!(!network.edges.is_empty());
    contract.check(&json(network), "NetworkReply");
}

/// Checks what reading a file through the readers replies, step by step.
fn check_reading(contract: &mut Contract, explorer: &mut Explorer) {
    let bytes = "قال الوزير إن المشروع الجديد سوف يبدأ في العام المقبل.".as_bytes();
    contract.check(&json(sniff("a.csv", b"title,body")), "SniffReply");
    let mut reader = Reader::new(&ReaderRequest::default()).unwrap();
    for limit in reader.limits() {
        contract.check(&json(limit), "LimitReply");
    }
    for name in ["new.txt", "copy.txt", "book.epub"] {
        let request = BeginRequest {
            name: name.to_owned(),
            file: explorer_files(explorer),
            size: Some(bytes.len() as f64),
            ..Default::default()
        };
        reader.begin(&request).unwrap();
        contract.check(&json(reader.progress()), "ProgressReply");
        while let Some(want) = reader.want() {
            contract.check(&json(&want), "WantReply");
            reader.give(&bytes[want.from as usize..][..want.length]);
        }
        while let Some(piece) = reader.take() {
            let added = explorer.add_records(&piece).unwrap();
            contract.check(&json(added), "AddedReply");
        }
    }
    let inspected = Reader::inspect(
        &InspectRequest {
            name: "a.csv".to_owned(),
            ..Default::default()
        },
        "عنوان,نص\nخبر,قال الوزير\n".as_bytes(),
    );
    contract.check(&json(inspected.unwrap()), "InspectReply");
    let forecast = ForecastRequest {
        files: Some(vec![("zip".to_owned(), 1e9)]),
        present: None,
    };
    contract.check(&json(Reader::forecast(&forecast).unwrap()), "ForecastReply");
    let ledger = explorer.ledger(&LedgerRequest::default()).unwrap();
    contract.check(&json(&ledger), "LedgerReply");
    let last: Vec<_> = ledger.lines.iter().rev().take(3).rev().collect();
    let statuses: Vec<_> = last.iter().map(|line| line.status).collect();
    assert_eq!(statuses, ["read", "duplicate", "skipped"]);
    let request = RemoveRequest {
        file: Some(f64::from(last[0].file)),
        ..Default::default()
    };
    let removed = explorer.remove(&request).unwrap();
    assert_eq!(removed.pages, 1);
    contract.check(&json(removed), "RemovedReply");
}

/// A number that no file of the ledger has.
fn explorer_files(explorer: &Explorer) -> Option<f64> {
    let ledger = explorer.ledger(&LedgerRequest::default()).unwrap();
    ledger.lines.last().map(|line| f64::from(line.file) + 1.0)
}

#[test]
fn every_request_has_exactly_the_keys_of_the_contract() {
    let contract = contract();
    let known: [(&str, &[&str]); 20] = [
        ("LedgerRequest", LedgerRequest::KEYS),
        ("AbandonRequest", AbandonRequest::KEYS),
        ("RemoveRequest", RemoveRequest::KEYS),
        ("ReaderRequest", ReaderRequest::KEYS),
        ("BeginRequest", BeginRequest::KEYS),
        ("InspectRequest", InspectRequest::KEYS),
        ("ForecastRequest", ForecastRequest::KEYS),
        ("OverviewRequest", OverviewRequest::KEYS),
        ("SearchRequest", SearchRequest::KEYS),
        ("ExplainRequest", ExplainRequest::KEYS),
        ("SuggestRequest", SuggestRequest::KEYS),
        ("PageRequest", PageRequest::KEYS),
        ("EntitiesRequest", EntitiesRequest::KEYS),
        ("EntityRequest", EntityRequest::KEYS),
        ("AliasesRequest", AliasesRequest::KEYS),
        ("DecideRequest", DecideRequest::KEYS),
        ("NetworkRequest", NetworkRequest::KEYS),
        ("DatesRequest", DatesRequest::KEYS),
        ("QuotesRequest", QuotesRequest::KEYS),
        ("ConflictsRequest", ConflictsRequest::KEYS),
    ];
    let names: BTreeSet<String> = known.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, contract.interfaces(true));
    for (name, keys) in known {
        let fields = contract.fields(name);
        let told: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(told, keys.iter().copied().collect(), "{name}");
        // What the contract lets out must have a default.
        let subject: Vec<&str> = fields
            .iter()
            .filter(|field| !field.optional)
            .map(|field| field.name.as_str())
            .collect();
        let subjects = [
            "id", "query", "name", "code", "message", "action", "document",
        ];
        assert!(subject.iter().all(|s| subjects.contains(s)), "{name}");
    }
    // A value that goes to the field of a key arrives in the field of that name.
    let mut request = EntitiesRequest::default();
    for (key, field) in EntitiesRequest::KEYS.iter().zip(request.fields()) {
        match (*key, field) {
            ("type", Field::MaybeText(text)) => *text = Some("person".to_owned()),
            ("limit", Field::Number(number)) => *number = Some(5.0),
            _ => {}
        }
    }
    assert_eq!(
        (request.kind.as_deref(), request.limit),
        (Some("person"), Some(5.0))
    );
    let options: Vec<&str> = contract
        .fields("FileOptions")
        .iter()
        .map(|f| f.name.as_str())
        .collect();
    assert_eq!(FileOptions::KEYS, options);
}

#[test]
fn unknown_ids_are_told_with_their_code() {
    let mut explorer = bundled_explorer();
    let page = "d4648793cc953762";
    let bad = [
        "",
        "x",
        "d4648793cc95376",
        "d4648793cc953762.",
        "d4648793cc953762.0",
        "d4648793cc953762.3",
        "d4648793cc953762.-1",
        "d4648793cc953762.1.1",
    ];
    for id in bad {
        let request = PageRequest {
            id: id.to_owned(),
            ..Default::default()
        };
        let error = explorer.page(&request).expect_err(id);
        assert_eq!(
            (error.code(), error.details()),
            ("unknown-document", vec![("id", id.to_owned())])
        );
    }
    for (id, article) in [
        (page, None),
        ("d4648793cc953762.2", Some("d4648793cc953762.2")),
    ] {
        let reply = explorer
            .page(&PageRequest {
                id: id.to_owned(),
                ..Default::default()
            })
            .unwrap();
        assert_eq!(
            (reply.page.id.as_str(), reply.article.as_deref()),
            (page, article)
        );
    }
    let error = explorer.entity(&EntityRequest {
        id: "place:Atlantis".to_owned(),
        ..Default::default()
    });
    assert_eq!(error.expect_err("nowhere").code(), "unknown-entity");
}

#[test]
fn values_out_of_range_are_told_with_what_is_allowed() {
    let mut explorer = bundled_explorer();
    let text = |value: &str| Some(value.to_owned());
    let search = SearchRequest {
        query: "بوتين".to_owned(),
        ..Default::default()
    };
    let mut cases: Vec<(Result<SearchReply, Error>, &str, &str)> = vec![
        (
            explorer.search(&SearchRequest {
                lens: text("Exact"),
                ..search.clone()
            }),
            "lens",
            "exact, marks, letters, clitics, stem, similar",
        ),
        (
            explorer.search(&SearchRequest {
                scope: text(""),
                ..search.clone()
            }),
            "scope",
            "main, articles, pages",
        ),
    ];
    for limit in [0.0, -1.0, 1.5, 1001.0, f64::NAN, f64::INFINITY] {
        let request = SearchRequest {
            limit: Some(limit),
            ..search.clone()
        };
        cases.push((
            explorer.search(&request),
            "limit",
            "whole numbers from 1 to 1000",
        ));
    }
    for offset in [-1.0, 0.5, 1e18, f64::NAN] {
        let request = SearchRequest {
            offset: Some(offset),
            ..search.clone()
        };
        cases.push((
            explorer.search(&request),
            "offset",
            "whole numbers from 0 to 4294967295",
        ));
    }
    for (reply, field, allowed) in cases {
        let error = reply.expect_err(field);
        assert_eq!(error.code(), "bad-request");
        let details = error.details();
        assert_eq!(
            (details[0].1.as_str(), details[2].1.as_str()),
            (field, allowed)
        );
        assert!(error.to_string().contains(allowed), "{error}");
    }
    let request = EntitiesRequest {
        kind: text("people"),
        ..Default::default()
    };
    let error = explorer.entities(&request).expect_err("no such type");
    assert_eq!(error.details()[2].1, "person, place, organisation");
    let beyond = SearchRequest {
        offset: Some(4e9),
        limit: Some(1000.0),
        ..search
    };
    assert!(explorer.search(&beyond).unwrap().hits.is_empty());
}

#[test]
fn offsets_of_notices_count_utf16_units() {
    let mut explorer = bundled_explorer();
    for query in ["😀😀 بوتين «كيم", "«كيم", "😀 ** «"] {
        let reply = search(&mut explorer, query, "main");
        assert!(!reply.notices.is_empty());
        let units: Vec<u16> = query.encode_utf16().collect();
        for notice in &reply.notices {
            let rest =
                String::from_utf16(&units[notice.at_utf16..]).expect("not inside a character");
            assert!(
                rest.starts_with(&notice.text),
                "{}: «{rest}» for «{}»",
                notice.code,
                notice.text
            );
        }
    }
}
