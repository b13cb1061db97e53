//! The trained recogniser: its file, its tags, its errors.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::repository;
use kashshaf::api::{DatesRequest, EntitiesRequest, Explorer, FileOptions, QuotesRequest};
use kashshaf::entities::annotator::{Annotator, PASSES, frames};
use kashshaf::entities::tagger::{
    EncyclopaediaParts, Label, Model, ModelError, Parts, tokens, write,
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn shipped() -> Vec<u8> {
    std::fs::read(repository("models/names/kashshaf-names.bin")).expect("the shipped model")
}

fn tagged(model: &Model, sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let labels = tokens::tag(model, &[words]);
    labels[0]
        .iter()
        .map(|label| label.name().to_owned())
        .collect()
}

#[test]
fn the_shipped_model_tags_news() {
    let model = Model::read(&shipped()).expect("the shipped model");
    let cases = [
        (
            "وقال الرئيس الروسي فلاديمير بوتين في موسكو",
            "O O O B-PER I-PER O B-LOC",
        ),
        (
            "زار وفد من الأمم المتحدة مدينة حلب .",
            "O O O B-ORG I-ORG O B-LOC O",
        ),
        ("ذكرت صحيفة الأهرام أن الجو معتدل", "O O B-ORG O O O"),
        ("اشترى الولد كتابا جديدا", "O O O O"),
    ];
    for (sentence, tags) in cases {
        assert_eq!(tagged(&model, sentence).join(" "), tags, "{sentence}");
    }
}

#[test]
fn a_name_is_known_again_by_its_other_uses() {
    let model = Model::read(&shipped()).expect("the shipped model");
    let bare: Vec<&str> = "وعاد زخوروفنكو إلى بيته".split(' ').collect();
    let full: Vec<&str> = "قال الوزير سيرغي زخوروفنكو إن الاتفاق قريب"
        .split(' ')
        .collect();
    let together = tokens::tag(&model, &[full.clone(), full, bare]);
    assert_eq!(together[2][1].name(), "B-PER");
}

/// News and an encyclopaedia are marked by different rules; the sentences around tell which it is.
#[test]
fn an_encyclopaedia_is_read_by_its_own_rules() {
    let model = Model::read(&shipped()).expect("the shipped model");
    let encyclopaedia = [
        "وهي نظرية رياضية تعتبر من أهم النظريات في الفيزياء الحديثة",
        "ويعد هذا المسجد من أقدم المساجد التي بنيت في العصر العباسي",
        "كما يتميز هذا النظام بأنه يستخدم في الحواسيب الكبيرة",
        "ثم أصبح عالما في الرياضيات والطب والفلسفة وله عدة كتب",
    ];
    let news = [
        "وقال متحدث باسم الحكومة اليوم إن المحادثات ستستأنف يوم الاثنين المقبل",
        "وأضاف المسؤول في تصريحات للصحفيين أن الشرطة اعتقلت ثلاثة أشخاص",
        "وأعلن وزير الخارجية أمس الثلاثاء أن بلاده ترفض القرار الأميركي",
        "وذكرت مصادر أمنية أن الانفجار أسفر عن مقتل شخصين وإصابة آخرين",
    ];
    let tags_among = |sentences: [&str; 4]| -> String {
        let around = sentences.iter().cycle().take(16).copied();
        let text: Vec<Vec<&str>> = around
            .chain(["فاز منتخب هولندا بالمباراة"])
            .map(|sentence| sentence.split(' ').collect())
            .collect();
        let tags = tokens::tag(&model, &text);
        let last = tags.last().expect("the last sentence");
        let names: Vec<&str> = last.iter().map(|label| label.name()).collect();
        names.join(" ")
    };
    assert_eq!(tags_among(encyclopaedia), "O B-ORG I-ORG O");
    assert_eq!(tags_among(news), "O O B-LOC O");
}

#[test]
fn what_is_no_model_is_named() {
    let bytes = shipped();
    let mut other = bytes.clone();
    other[7] = 99;
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let cases: [(&[u8], ModelError); 5] = [
        (b"", ModelError::NotAModel),
        (b"<!doctype html>", ModelError::NotAModel),
        (&other, ModelError::OtherVersion { found: 99 }),
        (&damaged, ModelError::Damaged),
        (&bytes[..bytes.len() - 1], ModelError::Damaged),
    ];
    for (bytes, error) in cases {
        assert_eq!(Model::read(bytes).map(|_| ()), Err(error));
        assert!(error.code().starts_with("model-"));
    }
}

#[test]
fn labels_are_read_as_they_are_written() {
    for number in 0..7 {
        let label = Label::new(number).expect("a label");
        assert_eq!(Label::of_name(label.name()), label);
    }
    assert_eq!(Label::new(7), None);
    assert_eq!(Label::of_name("B-PERS").name(), "B-PER");
    assert_eq!(Label::of_name("I-MISC"), Label::OUTSIDE);
}

proptest! {
    /// Whatever is read: a tag for each token, and I- only inside its own name.
    #[test]
    fn tags_are_lawful(sentences in proptest::collection::vec(
        proptest::collection::vec("[ء-ي]{1,9}|[a-z]{1,4}|[0-9]{1,3}|[.,،؟]|\\PC{1,3}", 1..30), 0..4)) {
        let model = Model::read(&shipped()).expect("the shipped model");
        let tags = tokens::tag(&model, &sentences);
        prop_assert_eq!(tags.len(), sentences.len());
        for (sentence, labels) in sentences.iter().zip(&tags) {
            prop_assert_eq!(sentence.len(), labels.len());
            let mut last = Label::OUTSIDE;
            for &label in labels {
                prop_assert!(last.may_precede(label));
                last = label;
            }
        }
    }

    /// A file written is read again, and any bytes in its place end in an error, not in a fall.
    #[test]
    fn any_bytes_are_read_or_refused(rows in proptest::collection::btree_map(0u32..1 << 24, any::<[i8; 7]>(), 0..50), words in proptest::collection::btree_map(0u32..1 << 24, any::<i8>(), 0..20), cut in 0usize..400) {
        let rows: Vec<_> = rows.into_iter().collect();
        let words = words.into_iter().collect();
        let encyclopaedia = EncyclopaediaParts { words, rows: rows.clone(), weights: Vec::new() };
        let parts = Parts { scale: 0.03, rows, encyclopaedia, ..Parts::default() };
        let bytes = write(&parts);
        prop_assert!(Model::read(&bytes).is_ok());
        if cut < bytes.len() {
            prop_assert!(Model::read(&bytes[..cut]).is_err());
        }
    }
}

/// The model is the one that was trained on the lists of this tree.
#[test]
fn the_shipped_model_is_the_one_its_provenance_tells_of() {
    let path = repository("models/names/provenance.tsv");
    let provenance = std::fs::read_to_string(path).expect("the provenance");
    let digests: std::collections::BTreeMap<&str, &str> = provenance
        .lines()
        .map(|line| line.split_once('\t').expect("a name and a digest"))
        .collect();
    for file in [
        "models/names/kashshaf-names.bin",
        "training/tables/organisations.txt",
        "training/tables/places.txt",
    ] {
        let bytes = std::fs::read(repository(file)).expect("a file of the tree");
        let digest: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let name = file.rsplit('/').next().expect("a name");
        assert_eq!(digests.get(name), Some(&digest.as_str()), "{file}");
    }
}

/// A corpus of the bundled pages, with the model or without.
fn explorer(trained: bool) -> Explorer {
    let mut explorer = common::bundled_explorer();
    if trained {
        explorer.load_model(&shipped()).expect("the shipped model");
    }
    explorer
}

fn people(explorer: &mut Explorer) -> Vec<String> {
    let request = EntitiesRequest {
        kind: Some("person".to_owned()),
        ..Default::default()
    };
    let reply = explorer.entities(&request).expect("a list");
    reply
        .rows
        .iter()
        .map(|row| format!("{} {} {}", row.id, row.mentions, row.evidence))
        .collect()
}

/// A letter is lost in «لاعب (هـ)ام على المسرح العالمي», and the model takes what is left for a team.
#[test]
fn a_particle_is_no_organisation() {
    let request = EntitiesRequest {
        kind: Some("organisation".to_owned()),
        ..Default::default()
    };
    let reply = explorer(true).entities(&request).expect("a list");
    let names: Vec<&str> = reply.rows.iter().map(|row| row.name.as_str()).collect();
    assert!(names.contains(&"الأمم المتحدة"), "{names:?}");
    assert!(!names.contains(&"ام"), "{names:?}");
}

/// Folded, the preposition «على» is the name علي; pages that write «فى» write the name with ى too.
#[test]
fn a_preposition_is_no_first_name() {
    for (text, id) in [
        ("أثنى المدرب على محمد بعد الفوز.", "person:محمد "),
        ("أثنى المدرب على محمد فى المباراة.", "person:على-محمد "),
    ] {
        let mut explorer = Explorer::default();
        explorer.add_file(&FileOptions::default(), text.as_bytes());
        explorer.load_model(&shipped()).expect("the shipped model");
        let found = people(&mut explorer);
        assert!(found.len() == 1 && found[0].starts_with(id), "{found:?}");
    }
}

/// Has the pages of a corpus annotated as the browser does, in portions of so many bytes.
fn annotate_apart(explorer: &mut Explorer, annotator: &mut Annotator, bytes: u32) {
    let asked = explorer.annotation();
    annotator.begin();
    let mut passes = 0;
    loop {
        let (mut from, mut words) = (0, 0);
        loop {
            let portion = explorer.pages_to_annotate(&asked.state, from, bytes);
            let portion = portion.expect("the pages of this state");
            if portion.is_empty() {
                break;
            }
            from += u32::try_from(frames(&portion).count()).unwrap();
            words += annotator.read(&portion).expect("page frames");
        }
        assert_eq!((from as usize, words), (asked.pages, asked.words));
        passes += 1;
        if !annotator.turn() {
            break;
        }
    }
    assert_eq!(passes, PASSES);
    let mut ready = false;
    while let Some(frame) = annotator.take() {
        assert!(!ready, "nothing comes after the end");
        let reply = explorer.take_annotations(&asked.state, &frame);
        ready = reply.expect("layer frames").ready;
    }
    assert!(ready);
}

#[test]
fn apart_and_in_portions_the_same_is_found_as_in_one_process() {
    for trained in [false, true] {
        let mut whole = explorer(trained);
        let mut annotator = Annotator::default();
        if trained {
            annotator.load_model(&shipped()).expect("the shipped model");
        }
        for bytes in [1, 1 << 14, u32::MAX] {
            let mut apart = common::bundled_explorer();
            annotate_apart(&mut apart, &mut annotator, bytes);
            assert_eq!(apart.annotation().trained, trained);
            assert_eq!(people(&mut apart), people(&mut whole));
            assert_eq!(
                apart.dates(&DatesRequest::default()),
                whole.dates(&DatesRequest::default())
            );
            assert_eq!(
                apart.quotes(&QuotesRequest::default()),
                whole.quotes(&QuotesRequest::default())
            );
        }
    }
}

#[test]
fn layers_of_other_pages_are_refused() {
    let mut explorer = common::bundled_explorer();
    let asked = explorer.annotation();
    let frame = {
        let mut annotator = Annotator::default();
        annotator.begin();
        while annotator.turn() {}
        annotator.take().expect("a frame")
    };
    common::add(&mut explorer, "more.txt", "نص آخر".as_bytes());
    assert!(explorer.pages_to_annotate(&asked.state, 0, 1).is_err());
    let error = explorer.take_annotations(&asked.state, &frame);
    assert_eq!(error.expect_err("other pages").code(), "annotations-stale");
    let state = explorer.annotation().state;
    assert_ne!(state, asked.state);
    assert!(!explorer.take_annotations(&state, &frame).unwrap().ready);
    let error = explorer
        .take_annotations(&state, b"\x09")
        .expect_err("no frame");
    assert_eq!(error.code(), "bad-annotations");
}

proptest! {
    /// Frames that were cut or changed end in an error or in other words, never in a fall.
    #[test]
    fn broken_frames_are_refused(at in 0usize..20_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut explorer = common::bundled_explorer();
        let state = explorer.annotation().state;
        let pages = explorer.pages_to_annotate(&state, 0, u32::MAX).expect("its state");
        let mut annotator = Annotator::default();
        annotator.begin();
        let mut broken = pages.clone();
        let place = at % broken.len();
        if cut { broken.truncate(place) } else { broken[place] ^= byte }
        for _ in 0..PASSES {
            if annotator.read(&broken).is_err() { break; }
            annotator.turn();
        }
        annotator.begin();
        while { annotator.read(&pages).expect("whole frames"); annotator.turn() } {}
        while let Some(mut frame) = annotator.take() {
            let place = at % frame.len();
            if cut { frame.truncate(place) } else { frame[place] ^= byte }
            if explorer.take_annotations(&state, &frame).is_err() { break; }
        }
        prop_assert!(explorer.quotes(&QuotesRequest::default()).is_ok());
    }
}

#[test]
fn a_bad_model_leaves_lists_and_cues_at_work() {
    let mut explorer = explorer(false);
    let before = people(&mut explorer);
    let mut bytes = shipped();
    bytes[100] ^= 1;
    let error = explorer.load_model(&bytes).expect_err("damaged");
    assert_eq!(error.code(), "model-damaged");
    assert_eq!(people(&mut explorer), before);
    let other = [b"KSHFNER".as_slice(), &[0]].concat();
    let error = explorer.load_model(&other).expect_err("another version");
    assert_eq!(error.code(), "model-other-version");
    assert!(error.details().iter().any(|(name, _)| *name == "known"));
}

#[test]
fn names_of_the_model_come_without_proclitics_and_say_so() {
    let mut explorer = Explorer::default();
    let text = "وقال المهندس عدنان الزغلول إنه راض. وقدم المدير الشكر لعدنان الزغلول في القاهرة.";
    common::add(&mut explorer, "a.txt", text.as_bytes());
    explorer.load_model(&shipped()).expect("the shipped model");
    let rows = people(&mut explorer);
    assert!(
        rows.iter()
            .any(|row| row.starts_with("person:عدنان-الزغلول 2")),
        "{rows:?}"
    );
}

#[test]
fn demonyms_after_a_listed_name_stay_outside_it() {
    let cases = [
        (
            "ذكرت وكالة أنباء يونهاب الكورية الجنوبية ذلك.",
            "organisation:وكالة-أنباء-يونهاب",
        ),
        (
            "وقالت وزارة الخارجية الروسية إن الوفد عاد.",
            "organisation:وزارة-الخارجية-الروسية",
        ),
    ];
    for (text, id) in cases {
        let mut explorer = Explorer::default();
        common::add(&mut explorer, "a.txt", text.as_bytes());
        explorer.load_model(&shipped()).expect("the shipped model");
        let request = EntitiesRequest {
            kind: Some("organisation".to_owned()),
            ..Default::default()
        };
        let rows = explorer.entities(&request).expect("a list").rows;
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, [id], "{text}");
    }
}
