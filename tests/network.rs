//! Networks, their files, and a reader's decisions through the explorer.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use common::{add, bundled_explorer};
use kashshaf::api::{
    AliasesRequest, DatesRequest, DecideRequest, EntitiesRequest, EntityRequest, Explorer,
    NetworkRequest, QuotesRequest,
};
use program::{Folder, kashshaf};
use std::collections::{BTreeMap, BTreeSet};

fn network(explorer: &mut Explorer, unit: &str) -> kashshaf::api::NetworkReply {
    let request = NetworkRequest {
        unit: Some(unit.to_owned()),
        limit: Some(1_000.0),
        ..Default::default()
    };
    explorer.network(&request).unwrap()
}

/// Weights by the ids of two entities.
fn weights(reply: &kashshaf::api::NetworkReply) -> BTreeMap<(String, String), u32> {
    let id = |at: u32| reply.nodes[at as usize].id.clone();
    let edges = reply.edges.iter().map(|&(a, b, weight)| {
        let (a, b) = (id(a), id(b));
        ((a.clone().min(b.clone()), a.max(b)), weight)
    });
    edges.collect()
}

#[test]
fn edges_count_the_documents_whose_sentences_name_both() {
    let mut explorer = bundled_explorer();
    let reply = network(&mut explorer, "sentence");
    let weights = weights(&reply);
    // An oracle from another door: the sentences of each entity's own page.
    let mut expected: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for node in &reply.nodes {
        let request = EntityRequest {
            id: node.id.clone(),
            limit: Some(1_000.0),
            ..Default::default()
        };
        let entity = explorer.entity(&request).unwrap();
        assert_eq!(entity.sentence_count, entity.sentences.len());
        for sentence in entity.sentences {
            for other in sentence.segments.iter().filter_map(|s| s.entity.clone()) {
                if other != node.id {
                    let pair = (
                        node.id.clone().min(other.clone()),
                        node.id.clone().max(other),
                    );
                    expected
                        .entry(pair)
                        .or_default()
                        .insert(sentence.document.clone());
                }
            }
        }
    }
    let counted: BTreeMap<_, _> = expected
        .into_iter()
        .map(|(pair, documents)| (pair, u32::try_from(documents.len()).unwrap()))
        .collect();
    assert_eq!(weights, counted);
    assert_eq!(reply.edge_count, reply.edges.len());
}

#[test]
fn a_wider_unit_never_weighs_less_and_a_focus_keeps_what_it_meets() {
    let mut explorer = bundled_explorer();
    let [sentence, paragraph, article] =
        ["sentence", "paragraph", "article"].map(|unit| weights(&network(&mut explorer, unit)));
    for (narrow, wide) in [(&sentence, &paragraph), (&paragraph, &article)] {
        assert!(narrow.len() < wide.len());
        for (pair, weight) in narrow {
            assert!(wide.get(pair) >= Some(weight), "{pair:?}");
        }
    }
    let focus = "person:كيم-جونغ-أون";
    let request = NetworkRequest {
        focus: Some(focus.to_owned()),
        limit: Some(10.0),
        least: Some(2.0),
        ..Default::default()
    };
    let reply = explorer.network(&request).unwrap();
    assert_eq!(reply.nodes[0].id, focus);
    assert!((4..=10).contains(&reply.nodes.len()));
    assert!(reply.edges.iter().all(|&(.., weight)| weight >= 2));
    let beside: BTreeSet<u32> = reply
        .edges
        .iter()
        .filter(|e| e.0 == 0)
        .map(|e| e.1)
        .collect();
    assert_eq!(
        beside.len(),
        reply.nodes.len() - 1,
        "each other node meets the focus"
    );
    let bad = NetworkRequest {
        unit: Some("page".to_owned()),
        ..Default::default()
    };
    assert_eq!(explorer.network(&bad).unwrap_err().code(), "bad-request");
}

/// Elements of XML text, in order, each with its attributes; panics where tags do not match.
fn elements(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a closed tag");
        for after in rest.split('&').skip(1) {
            let name = after.split_once(';').expect("a reference").0;
            assert!(["amp", "lt", "gt", "quot"].contains(&name), "{after}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        if tag.starts_with('?') {
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap().to_owned();
        let mut attributes = BTreeMap::new();
        let cells = tag.strip_prefix(name.as_str()).unwrap();
        let mut cells = cells.trim_end_matches('/').split('"');
        while let (Some(key), Some(value)) = (cells.next(), cells.next()) {
            let key = key.trim().trim_end_matches('=').to_owned();
            assert!(attributes.insert(key, value.to_owned()).is_none(), "{tag}");
        }
        if !tag.ends_with('/') {
            open.push(name.clone());
        }
        found.push((name, attributes));
    }
    assert!(open.is_empty());
    found
}

#[test]
fn files_of_a_network_are_whole_and_hold_what_the_reply_holds() {
    let mut explorer = bundled_explorer();
    let hostile = DecideRequest {
        action: "rename".to_owned(),
        names: Some(vec!["فلاديمير بوتين".to_owned()]),
        to: Some("<بوتين> & \"الرئيس\" \u{1}".to_owned()),
        ..Default::default()
    };
    explorer.decide(&hostile).unwrap();
    let reply = explorer.network(&NetworkRequest::default()).unwrap();
    for form in ["graphml", "gexf"] {
        let request = NetworkRequest {
            form: Some(form.to_owned()),
            ..Default::default()
        };
        let text = explorer.network_file(&request).unwrap();
        let elements = elements(&text);
        assert_eq!(elements[0].0, form);
        let of = |name: &str| {
            elements
                .iter()
                .filter(|(n, _)| n == name)
                .map(|(_, a)| a)
                .collect::<Vec<_>>()
        };
        let ids: Vec<&str> = of("node").iter().map(|node| node["id"].as_str()).collect();
        let expected: Vec<&str> = reply.nodes.iter().map(|node| node.id.as_str()).collect();
        assert_eq!(ids, expected);
        let edges: Vec<(&str, &str)> = of("edge")
            .iter()
            .map(|edge| (edge["source"].as_str(), edge["target"].as_str()))
            .collect();
        let ends = reply
            .edges
            .iter()
            .map(|&(a, b, _)| (expected[a as usize], expected[b as usize]));
        assert_eq!(edges, ends.collect::<Vec<_>>());
        assert!(text.contains("&lt;بوتين&gt; &amp; &quot;الرئيس&quot;") && !text.contains('\u{1}'));
        // Every datum names a declared column.
        let (column, datum, key) = match form {
            "graphml" => ("key", "data", "key"),
            _ => ("attribute", "attvalue", "for"),
        };
        let declared: BTreeSet<&str> = of(column).iter().map(|key| key["id"].as_str()).collect();
        assert!(
            of(datum)
                .iter()
                .all(|datum| declared.contains(datum[key].as_str()))
        );
    }
    let request = NetworkRequest {
        form: Some("dot".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        explorer.network_file(&request).unwrap_err().code(),
        "bad-request"
    );
}

#[test]
fn undoing_a_decision_restores_every_count_and_a_file_carries_them_over() {
    let mut explorer = bundled_explorer();
    let list = |explorer: &mut Explorer| {
        let request = EntitiesRequest {
            limit: Some(1_000.0),
            ..Default::default()
        };
        explorer.entities(&request).unwrap()
    };
    let quotes = |explorer: &mut Explorer| explorer.quotes(&QuotesRequest::default()).unwrap();
    let (before, said) = (list(&mut explorer), quotes(&mut explorer));
    let decide = |action: &str, names: &[&str], to: &str| DecideRequest {
        action: action.to_owned(),
        names: Some(names.iter().map(|&name| name.to_owned()).collect()),
        to: Some(to.to_owned()),
        ..Default::default()
    };
    let kims = ["كيم جونغ أون", "كيم جونج أون"];
    explorer.decide(&decide("apart", &kims, "")).unwrap();
    let parted = list(&mut explorer);
    assert_eq!(parted.rows.len(), before.rows.len() + 1);
    let mentions =
        |rows: &[kashshaf::api::EntityRow]| rows.iter().map(|row| row.mentions).sum::<u32>();
    assert_eq!(mentions(&parted.rows), mentions(&before.rows));
    explorer
        .decide(&decide("retype", &["فلاديمير بوتين"], "place"))
        .unwrap();
    let file = explorer.decisions_file();
    let after = list(&mut explorer);

    let mut other = Explorer::default();
    other.load_decisions(&file).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    for path in files.iter().rev() {
        let name = path.file_name().unwrap().to_string_lossy();
        add(&mut other, &name, &std::fs::read(path).unwrap());
    }
    assert_eq!(list(&mut other), after);

    let error = explorer
        .load_decisions("kashshaf-names\t1\nsame\tperson\t\tا\n")
        .unwrap_err();
    assert_eq!(error.code(), "bad-decisions");
    assert_eq!(error.details()[0], ("line", "2".to_owned()));
    assert_eq!(
        explorer
            .decide(&decide("same", &["ا"], ""))
            .unwrap_err()
            .code(),
        "bad-decisions"
    );
    assert_eq!(
        explorer
            .decide(&decide("merge", &kims, ""))
            .unwrap_err()
            .code(),
        "bad-request"
    );
    assert_eq!(explorer.decisions_file(), file);

    let undo = DecideRequest {
        action: "undo".to_owned(),
        number: Some(0.0),
        ..Default::default()
    };
    assert_eq!(explorer.decide(&undo).unwrap().decisions.len(), 1);
    explorer.decide(&undo).unwrap();
    assert_eq!(explorer.decide(&undo).unwrap_err().code(), "bad-request");
    assert_eq!(list(&mut explorer), before);
    assert_eq!(quotes(&mut explorer), said);
}

#[test]
fn an_entity_tells_its_outlets_its_times_and_what_is_said_of_it() {
    let mut explorer = bundled_explorer();
    let id = "person:كيم-جونغ-أون".to_owned();
    let entity = explorer
        .entity(&EntityRequest {
            id: id.clone(),
            ..Default::default()
        })
        .unwrap();
    let written: BTreeSet<&str> = entity
        .spellings
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let by_outlet: BTreeSet<&str> = entity
        .outlets
        .iter()
        .flat_map(|row| row.spellings.iter().map(|(name, _)| name.as_str()))
        .collect();
    assert_eq!(written, by_outlet);
    assert!(
        entity
            .outlets
            .iter()
            .any(|row| row.outlet.as_deref() == Some("صدى البلد"))
    );
    assert!(entity.names.len() > 1 && entity.names[0].rule.is_none());

    let about = QuotesRequest {
        about: Some(id.clone()),
        ..Default::default()
    };
    let about = explorer.quotes(&about).unwrap();
    assert!(about.matching > 0);
    for row in &about.rows {
        assert!(
            row.speaker
                .entities
                .iter()
                .all(|(speaker, _)| *speaker != id)
        );
    }
    let all = explorer.dates(&DatesRequest::default()).unwrap();
    let dates = DatesRequest {
        entity: Some(id.clone()),
        ..Default::default()
    };
    let his = explorer.dates(&dates).unwrap();
    assert!(his.matching > 0 && his.matching < all.matching);
    for row in &his.rows {
        let named = row
            .segments
            .iter()
            .any(|s| s.entity.as_deref() == Some(id.as_str()));
        assert!(named, "{row:?}");
    }
    let unknown = QuotesRequest {
        about: Some("person:x".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        explorer.quotes(&unknown).unwrap_err().code(),
        "unknown-entity"
    );
}

#[test]
fn offers_are_shown_with_what_they_rest_on() {
    let mut explorer = bundled_explorer();
    add(
        &mut explorer,
        "a.txt",
        "قال الوزير ميخائيل غورباتشوف إن الأمر واضح. وقال الوزير ميخائيل غورباتشيف ذلك.".as_bytes(),
    );
    let filter = AliasesRequest {
        filter: Some("ميخائيل".to_owned()),
        ..Default::default()
    };
    let offers = explorer.aliases(&filter).unwrap().offers;
    assert_eq!((offers.len(), offers[0].rule), (1, "sound"));
    assert!((0.5..0.88).contains(&offers[0].confidence));
    let join = DecideRequest {
        action: "same".to_owned(),
        names: Some(offers[0].names.clone()),
        ..Default::default()
    };
    explorer.decide(&join).unwrap();
    let after = explorer.aliases(&filter).unwrap();
    assert_eq!((after.offers.len(), after.groups.len()), (0, 1));
    assert_eq!(after.groups[0].names[1].rule, Some("reader"));
}

#[test]
fn the_program_prints_a_network_by_a_readers_decisions() {
    let folder = Folder::new("network");
    let decisions = "kashshaf-names\t1\nrename\tperson\tالرئيس <ب>\tفلاديمير بوتين\n";
    let path = folder.write("decisions.tsv", decisions.as_bytes());
    let run = kashshaf(&[
        "network",
        "--form",
        "gexf",
        "--nodes",
        "5",
        "--decisions",
        &path,
        "corpus",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let elements = elements(&run.stdout);
    let nodes = elements.iter().filter(|(name, _)| name == "node");
    assert_eq!(nodes.count(), 5);
    assert!(run.stdout.contains("الرئيس &lt;ب&gt;"));
    for (bad, told) in [
        (&["network"][..], "no file given"),
        (&["network", "--unit", "page", "corpus"], "bad-request"),
        (&["network", "--least", "x", "corpus"], "--least: found «x»"),
        (
            &["network", "--decisions", "corpus/none", "corpus"],
            "cannot be read",
        ),
        (&["network", "--lens", "exact", "corpus"], "allowed:"),
    ] {
        let run = kashshaf(bad);
        assert_eq!(run.code, 2, "{bad:?}");
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}
