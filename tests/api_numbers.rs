//! The numbers of the explorer's replies agree with each other and with the texts.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, bundled_explorer, search};
use kashshaf::api::{
    EntitiesRequest, EntityRequest, EntityRow, Explorer, OverviewRequest, PageRequest,
    SearchRequest, Totals,
};

const SCOPES: [&str; 3] = ["main", "articles", "pages"];
const LENSES: [&str; 4] = ["exact", "marks", "letters", "clitics"];

fn scoped_entities(explorer: &mut Explorer, scope: &str) -> Vec<EntityRow> {
    let request = EntitiesRequest {
        scope: Some(scope.to_owned()),
        limit: Some(1000.0),
        ..Default::default()
    };
    explorer.entities(&request).expect("a good request").rows
}

#[test]
fn the_numbers_of_the_overview_add_up() {
    let mut explorer = bundled_explorer();
    let reply = explorer.overview(&OverviewRequest::default()).unwrap();
    let sum = |pairs: &[(&str, u32)]| pairs.iter().map(|(_, n)| *n as usize).sum::<usize>();
    assert_eq!(sum(&reply.words_by_group), reply.totals.words);
    assert!(
        reply
            .words_by_group
            .iter()
            .all(|(group, words)| *group != "blank" && *words > 0)
    );
    for page in &reply.pages {
        assert_eq!(
            sum(&page.words_by_group),
            page.words as usize,
            "{}",
            page.name
        );
        for role in ["main", "embedded"] {
            let articles = page.articles.iter().filter(|article| article.role == role);
            let words = page.words_by_group.iter().find(|(name, _)| *name == role);
            let words = words.map_or(0, |(_, words)| *words);
            assert_eq!(
                articles.map(|a| a.words).sum::<u32>(),
                words,
                "{} {role}",
                page.name
            );
        }
    }
    let totals = &reply.totals;
    let articles = totals.main_articles + totals.embedded_articles;
    assert_eq!(
        (totals.pages, totals.main_articles, totals.embedded_articles),
        (5, 5, 5)
    );
    assert_eq!(
        articles,
        reply
            .pages
            .iter()
            .map(|page| page.articles.len())
            .sum::<usize>()
    );
    assert_eq!((reply.dated, reply.dated + reply.undated), (2, articles));
    let dates = (reply.earliest.as_deref(), reply.latest.as_deref());
    assert_eq!(dates, (Some("2023-09-15"), Some("2023-09-18")));
    assert_eq!(
        totals.words,
        reply
            .pages
            .iter()
            .map(|page| page.words as usize)
            .sum::<usize>()
    );
    let named: usize = reply.outlets.iter().map(|(_, articles)| articles).sum();
    let stated: usize = reply
        .pages
        .iter()
        .flat_map(|p| &p.articles)
        .map(|a| a.outlets.len())
        .sum();
    assert_eq!(named, stated);
    assert!(!reply.examples.is_empty());
    for example in &reply.examples {
        let found = search(&mut explorer, example, "pages").totals;
        assert!(found.hits > 0, "the example {example} finds nothing");
    }
}

#[test]
fn totals_of_a_search_agree_wherever_they_are_told() {
    let mut explorer = bundled_explorer();
    for scope in SCOPES {
        for lens in LENSES {
            for query in [
                "بوتين",
                "«كوريا الشمالية»",
                "بوتين كيم",
                "روس* -ترامب",
                "-بوتين",
                "؟",
            ] {
                let request = SearchRequest {
                    query: query.to_owned(),
                    lens: Some(lens.to_owned()),
                    scope: Some(scope.to_owned()),
                    limit: Some(1000.0),
                    ..Default::default()
                };
                let reply = explorer.search(&request).unwrap();
                let told = |pairs: &[(&str, Totals)], name: &str| {
                    pairs.iter().find(|(there, _)| *there == name).unwrap().1
                };
                let around = explorer.around(&request).unwrap();
                assert_eq!(told(&around.by_lens, lens), reply.totals);
                assert_eq!(told(&around.by_scope, scope), reply.totals);
                let counted: Vec<&str> = around.by_lens.iter().map(|(lens, _)| *lens).collect();
                assert_eq!(counted, reply.lenses);
                for (lens, scope, totals) in around
                    .by_lens
                    .iter()
                    .map(|(lens, totals)| (*lens, scope, totals))
                    .chain(
                        around
                            .by_scope
                            .iter()
                            .map(|(scope, totals)| (lens, *scope, totals)),
                    )
                {
                    let request = SearchRequest {
                        lens: Some(lens.to_owned()),
                        scope: Some(scope.to_owned()),
                        ..request.clone()
                    };
                    let there = explorer.search(&request).unwrap().totals;
                    assert_eq!(there, *totals, "{query} {lens} {scope}");
                }
                let shown: usize = reply.hits.iter().map(|hit| hit.occurrences).sum();
                assert_eq!(
                    (shown, reply.hits.len()),
                    (reply.totals.hits, reply.totals.documents)
                );
                let mut on_pages = Totals {
                    hits: 0,
                    documents: 0,
                };
                for page in [
                    "d4648793cc953762",
                    "7a9d40fe20958365",
                    "a85950761aeedaad",
                    "f65c223c4d961d54",
                    "b6361eb23d0b7036",
                ] {
                    let page = explorer
                        .page(&PageRequest {
                            id: page.to_owned(),
                            query: Some(query.to_owned()),
                            lens: Some(lens.to_owned()),
                            scope: Some(scope.to_owned()),
                            ..Default::default()
                        })
                        .unwrap();
                    on_pages.hits += page.totals.hits;
                    on_pages.documents += page.totals.documents;
                    let marked = page
                        .parts
                        .iter()
                        .flat_map(|part| &part.segments)
                        .any(|s| s.hit);
                    assert_eq!(marked, page.totals.hits > 0);
                }
                assert_eq!(on_pages, reply.totals, "{query} {lens} {scope}");
            }
        }
    }
}

#[test]
fn hits_can_be_turned_over_like_leaves() {
    let mut explorer = bundled_explorer();
    let mut ask = |limit: usize, offset: usize| {
        let request = SearchRequest {
            query: "روسيا".to_owned(),
            limit: Some(limit as f64),
            offset: Some(offset as f64),
            ..Default::default()
        };
        explorer.search(&request).unwrap().hits
    };
    let all = ask(1000, 0);
    let leaves: Vec<_> = (0..all.len())
        .step_by(3)
        .flat_map(|offset| ask(3, offset))
        .collect();
    assert!(all.len() > 3);
    assert_eq!(leaves, all);
}

#[test]
fn pages_follow_each_other_in_the_overview_and_in_reading() {
    let mut explorer = bundled_explorer();
    let whole = explorer.overview(&OverviewRequest::default()).unwrap();
    let mut leaves = Vec::new();
    for offset in [0.0, 2.0, 4.0, 6.0] {
        let request = OverviewRequest {
            limit: Some(2.0),
            offset: Some(offset),
            ..Default::default()
        };
        let leaf = explorer.overview(&request).unwrap();
        assert_eq!(
            (&leaf.totals, &leaf.outlets),
            (&whole.totals, &whole.outlets)
        );
        leaves.extend(leaf.pages);
    }
    assert_eq!(leaves, whole.pages);
    let ids: Vec<&String> = whole.pages.iter().map(|page| &page.id).collect();
    for (at, page) in whole.pages.iter().enumerate() {
        let request = PageRequest {
            id: page.id.clone(),
            ..Default::default()
        };
        let reply = explorer.page(&request).unwrap();
        let before = at.checked_sub(1).map(|at| ids[at]);
        assert_eq!(reply.previous.as_ref().map(|link| &link.id), before);
        assert_eq!(
            reply.next.as_ref().map(|link| &link.id),
            ids.get(at + 1).copied()
        );
        assert_eq!(reply.page, *page);
    }
}

#[test]
fn snippets_and_parts_are_cut_from_the_text_as_written() {
    let mut explorer = bundled_explorer();
    for (name, bytes) in common::bundled_files() {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let found = search(&mut explorer, "بوتين كيم*", "articles");
        for hit in found.hits.iter().filter(|hit| hit.page == name) {
            let snippet: String = hit.snippet.iter().map(|s| s.text.as_str()).collect();
            assert!(text.contains(&snippet));
            assert!(hit.snippet.iter().any(|s| s.hit));
            let title: String = hit.title_segments.iter().map(|s| s.text.as_str()).collect();
            assert_eq!(title, hit.title.clone().unwrap_or_default());
        }
        let id = search(&mut explorer, "روسيا", "pages");
        let id = id
            .hits
            .iter()
            .find(|hit| hit.page == name)
            .expect("on every page")
            .page_id
            .clone();
        for (query, entities) in [(None, false), (Some("بوتين".to_owned()), true)] {
            let request = PageRequest {
                id: id.clone(),
                query,
                scope: Some("pages".to_owned()),
                entities: Some(entities),
                ..Default::default()
            };
            let reply = explorer.page(&request).unwrap();
            let mut at = 0;
            for part in &reply.parts {
                assert_eq!(part.start_byte as usize, at);
                let shown: String = part.segments.iter().map(|s| s.text.as_str()).collect();
                at = part.end_byte as usize;
                assert_eq!(Some(shown.as_str()), text.get(part.start_byte as usize..at));
            }
            assert_eq!((at, reply.next_byte), (text.len(), None));
        }
    }
}

#[test]
fn the_counts_of_an_entity_are_those_of_its_sentences_and_documents() {
    let mut explorer = bundled_explorer();
    for scope in SCOPES {
        let rows = scoped_entities(&mut explorer, scope);
        assert!(rows.is_sorted_by(|a, b| a.mentions >= b.mentions) && rows.len() > 10);
        for row in rows {
            let request = EntityRequest {
                id: row.id.clone(),
                scope: Some(scope.to_owned()),
                limit: Some(1000.0),
                ..Default::default()
            };
            let reply = explorer.entity(&request).unwrap();
            assert_eq!(reply.entity, row);
            let sum = |pairs: &[(String, u32)]| pairs.iter().map(|(_, n)| n).sum::<u32>();
            assert_eq!(sum(&reply.spellings), row.mentions, "{}", row.id);
            assert!(sum(&reply.cues) <= row.mentions, "{}", row.id);
            assert_eq!(reply.documents.len(), row.documents as usize);
            assert_eq!(
                reply.documents.iter().map(|d| d.mentions).sum::<u32>(),
                row.mentions
            );
            assert_eq!(reply.sentences.len(), reply.sentence_count);
            let shown = reply
                .sentences
                .iter()
                .flat_map(|sentence| &sentence.segments);
            let shown = shown.filter(|s| s.hit && s.entity.as_deref() == Some(row.id.as_str()));
            assert_eq!(
                shown.count(),
                row.mentions as usize,
                "{} in {scope}",
                row.id
            );
            for (companion, shared) in &reply.companions {
                assert!(
                    *shared as usize <= reply.sentence_count,
                    "{} {}",
                    row.id,
                    companion.id
                );
            }
        }
    }
}

#[test]
fn a_file_added_after_a_search_is_in_every_reply() {
    let mut explorer = bundled_explorer();
    let before = search(&mut explorer, "بوتين", "main").totals;
    let people = scoped_entities(&mut explorer, "main")
        .iter()
        .map(|row| row.mentions)
        .sum::<u32>();
    let print = explorer
        .overview(&OverviewRequest::default())
        .unwrap()
        .fingerprint;
    let text = "قال الرئيس الروسي فلاديمير بوتين إنه سعيد بزيارة كوريا الشمالية.";
    let report = add(&mut explorer, "جديد.txt", text.as_bytes());
    assert_eq!(
        search(&mut explorer, "بوتين", "main").totals,
        Totals {
            hits: before.hits + 1,
            documents: before.documents + 1
        }
    );
    let now = scoped_entities(&mut explorer, "main")
        .iter()
        .map(|row| row.mentions)
        .sum::<u32>();
    assert!(now >= people + 2, "{now} after {people}");
    let overview = explorer.overview(&OverviewRequest::default()).unwrap();
    assert_eq!(
        (overview.totals.pages, overview.pages[5].bundled),
        (6, false)
    );
    assert_ne!(overview.fingerprint, print);
    // The same bytes under another name change nothing.
    let again = add(&mut explorer, "نسخة.txt", text.as_bytes());
    assert_eq!((again.status, &again.id), ("duplicate", &report.id));
    assert_eq!(
        explorer.overview(&OverviewRequest::default()).unwrap(),
        overview
    );
}

#[test]
fn latin_names_are_offered_in_arabic_with_what_they_find() {
    let mut explorer = bundled_explorer();
    let cases = [
        ("Putin", "Putin", "بوتين"),
        ("Poutine", "Poutine", "بوتين"),
        ("Pyongyang", "Pyongyang", "بيونغيانغ"),
        ("Trump كيم", "Trump", "ترامب"),
        ("«Peskov»", "Peskov", "بيسكوف"),
    ];
    for (query, word, form) in cases {
        let reply = search(&mut explorer, query, "pages");
        let is_meant = |name: &&kashshaf::api::NameReply| name.word == word && name.form == form;
        let first = reply.names.iter().find(is_meant);
        let first = first.unwrap_or_else(|| panic!("{query}: {:?}", reply.names));
        assert_eq!(first.query, query.replace(word, form));
        let taken = search(&mut explorer, &first.query, "pages");
        assert_eq!(taken.totals.hits, first.hits, "{query}");
        assert_eq!(taken.totals.documents, first.documents, "{query}");
        assert!(first.hits > 0 && taken.names.is_empty());
    }
    let whole = search(&mut explorer, "Kim Jong Un", "pages").names;
    assert!(whole[0].query.starts_with("كيم جون"), "{whole:?}");
    assert_eq!(whole[0].word, "Kim Jong Un");
    for nothing in ["بوتين", "Qwxz", "", "-Putin"] {
        assert!(
            search(&mut explorer, nothing, "pages").names.is_empty(),
            "{nothing}"
        );
    }
}

#[test]
fn an_explorer_without_files_answers() {
    let mut explorer = Explorer::default();
    assert_eq!(
        search(&mut explorer, "بوتين", "pages").totals,
        Totals {
            hits: 0,
            documents: 0
        }
    );
    assert!(scoped_entities(&mut explorer, "pages").is_empty());
    let overview = explorer.overview(&OverviewRequest::default()).unwrap();
    assert_eq!(
        (
            overview.totals.words,
            overview.earliest,
            overview.pages.len()
        ),
        (0, None, 0)
    );
}
