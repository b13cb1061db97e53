//! A file leaves out digests that can be worked out of its texts: whoever opens it finds the same copies, and
//! has the same fingerprint once pages were added.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[path = "common/seal.rs"]
mod seal;

use kashshaf::api::{Explorer, FileOptions, OverviewRequest};
use kashshaf::index::{Index, Intake, SavedIndex, merge};
use kashshaf::parse::Page;
use sha2::{Digest, Sha256};

const LONG: &str = "أعلن المتحدث باسم الوزارة أن الوفد غادر العاصمة صباح الأحد بعد زيارة استمرت ستة أيام، \
                    وقال إن المباحثات تناولت ملفات التجارة والطاقة والنقل.";

/// Sources of every kind: the text of some is the source, of others not.
fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let windows = encoding_rs::WINDOWS_1256.encode(LONG).0.into_owned();
    let utf16 = LONG.encode_utf16().flat_map(u16::to_le_bytes);
    // A sequence of three bytes of four is broken, and what stands for it takes three bytes as well.
    let broken = [LONG.as_bytes(), b" \xF0\x9F\x98 ", "مكسور".as_bytes()].concat();
    vec![
        ("plain", format!("{LONG} أولا").into_bytes()),
        ("ascii", b"nothing but letters".to_vec()),
        ("marked", ["\u{FEFF}", LONG, " ثانيا"].concat().into_bytes()),
        ("windows", windows),
        ("utf-16", [0xFF, 0xFE].into_iter().chain(utf16).collect()),
        ("broken", broken),
        (
            "zero",
            [LONG.as_bytes(), b" \0 ", "ثالثا".as_bytes()].concat(),
        ),
        (
            "lines",
            format!("عنوان\n\n{LONG}\r\n\r\nرابعا\n").into_bytes(),
        ),
    ]
}

fn add(explorer: &mut Explorer, name: &str, bytes: &[u8]) -> &'static str {
    let options = FileOptions {
        name: name.to_owned(),
        ..Default::default()
    };
    explorer.add_file(&options, bytes).status
}

fn fingerprint(explorer: &mut Explorer) -> String {
    let overview = explorer.overview(&OverviewRequest::default());
    overview.expect("a good request").fingerprint
}

/// As it is defined: SHA-256 of the sorted digests.
fn defined<'s>(sources: impl Iterator<Item = &'s [u8]>) -> String {
    let mut digests: Vec<[u8; 32]> = sources.map(|bytes| Sha256::digest(bytes).into()).collect();
    digests.sort_unstable();
    let all = Sha256::digest(digests.concat());
    all.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn saved() -> Vec<u8> {
    let mut explorer = Explorer::default();
    for (name, bytes) in sources() {
        // The same letters in another encoding are a copy, and have a line and no page.
        assert!(["read", "duplicate"].contains(&add(&mut explorer, name, &bytes)));
    }
    explorer.save_index().expect("whole")
}

/// Those of the sources that have a page.
fn kept() -> Vec<(&'static str, Vec<u8>)> {
    let saved = SavedIndex::open(saved()).expect("as written");
    let names: Vec<String> = saved
        .index
        .pages()
        .iter()
        .map(|page| page.page.name.to_string())
        .collect();
    let kept = sources()
        .into_iter()
        .filter(|(name, _)| names.iter().any(|known| known == name));
    kept.collect()
}

#[test]
fn an_opened_index_that_pages_are_added_to_has_the_fingerprint_of_all_sources() {
    let kept = kept();
    assert!(kept.len() >= 7, "{kept:?}");
    let mut opened = Explorer::default();
    assert_eq!(
        opened.open_index(&FileOptions::default(), saved()).status,
        "read"
    );
    let bytes = kept.iter().map(|(_, bytes)| bytes.as_slice());
    assert_eq!(fingerprint(&mut opened), defined(bytes.clone()));
    // Without any page more it states what the file states, however often it is saved.
    assert_eq!(
        SavedIndex::open(opened.save_index().expect("whole"))
            .expect("whole")
            .index
            .fingerprint(),
        defined(bytes.clone())
    );
    let more = "قال المتحدث إن الوفد عاد.";
    assert_eq!(add(&mut opened, "more", more.as_bytes()), "read");
    let all = defined(bytes.chain([more.as_bytes()]));
    assert_eq!(fingerprint(&mut opened), all);
    let again = SavedIndex::open(opened.save_index().expect("whole")).expect("whole");
    assert_eq!(again.index.fingerprint(), all);
}

#[test]
fn a_page_added_to_the_index_itself_has_the_fingerprint_of_all_sources() {
    let mut index = SavedIndex::open(saved()).expect("as written").index;
    let more = "قال المتحدث إن الوفد عاد.";
    let page = Page::read("more", more.as_bytes()).expect("text");
    index.add(page, false).expect("new");
    let kept = kept();
    let bytes = kept.iter().map(|(_, bytes)| bytes.as_slice());
    assert_eq!(index.fingerprint(), defined(bytes.chain([more.as_bytes()])));
}

#[test]
fn copies_of_pages_of_a_file_are_found_as_before() {
    let mut fresh = Explorer::default();
    for (name, bytes) in sources() {
        add(&mut fresh, name, &bytes);
    }
    let mut opened = Explorer::default();
    opened.open_index(&FileOptions::default(), saved());
    let respelled = LONG.replace('أ', "ا").replace("زيارة", "زياره");
    let others = [
        ("respelled", respelled.into_bytes()),
        ("new", b"another text".to_vec()),
    ];
    for (name, bytes) in sources().into_iter().chain(others) {
        let expected = add(&mut fresh, name, &bytes);
        assert_eq!(add(&mut opened, name, &bytes), expected, "{name}");
        assert_eq!(expected == "read", name == "new", "{name}");
    }
    assert_eq!(fingerprint(&mut fresh), fingerprint(&mut opened));
}

#[test]
fn a_merge_of_opened_indexes_has_the_fingerprint_of_one_run() {
    let run = |parts: &[&[(&str, Vec<u8>)]]| {
        let runs = parts.iter().map(|sources| {
            let (mut index, mut intake) = (Index::default(), Intake::default());
            for (name, bytes) in *sources {
                let page = Page::read(name, bytes).expect("text");
                intake.add(&mut index, page, None, false);
            }
            index.refresh();
            SavedIndex::open(SavedIndex::write(&index, &intake)).expect("as written")
        });
        let merged = merge(runs.collect());
        (merged.index.fingerprint(), merged.index.pages().len())
    };
    let kept = kept();
    let bytes = kept.iter().map(|(_, bytes)| bytes.as_slice());
    assert_eq!(run(&[&kept[..3], &kept[3..]]), (defined(bytes), kept.len()));
}

/// A forged file whose checksums are right and whose text is another than its id is of.
#[test]
fn a_text_that_was_exchanged_never_has_the_fingerprint_of_the_true_one() {
    let (one, other) = ("كلمة", "كلمة كلمة");
    let index_of = |text: &str| {
        let mut explorer = Explorer::default();
        add(&mut explorer, "one", text.as_bytes());
        explorer.save_index().expect("whole")
    };
    let mut forged = index_of(other);
    let id_of = |text: &str| Sha256::digest(text.as_bytes())[..8].to_vec();
    let place = forged.windows(8).position(|eight| eight == id_of(other));
    let place = place.expect("the id stands in the file");
    forged[place..place + 8].copy_from_slice(&id_of(one));
    seal::seal(&mut forged);
    let mut opened = Explorer::default();
    assert_eq!(
        opened.open_index(&FileOptions::default(), forged).status,
        "read"
    );
    let more = "أخرى";
    assert_eq!(add(&mut opened, "more", more.as_bytes()), "read");
    let found = fingerprint(&mut opened);
    for text in [one, other] {
        assert_ne!(
            found,
            defined([text.as_bytes(), more.as_bytes()].into_iter())
        );
    }
}

/// Neither the digest of a plain text nor its line of the ledger is in the file.
#[test]
fn a_file_of_plain_texts_holds_neither_digests_nor_lines() {
    let mut explorer = Explorer::default();
    let texts: Vec<String> = (0..40).map(|n| format!("{LONG} رقم {n}")).collect();
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(
            add(&mut explorer, &format!("file-name-{n}"), text.as_bytes()),
            "read"
        );
    }
    let file = explorer.save_index().expect("whole");
    for (n, text) in texts.iter().enumerate() {
        let digest = Sha256::digest(text.as_bytes());
        assert!(!file.windows(9).any(|bytes| bytes == &digest[..9]), "{n}");
        let name = format!("file-name-{n}");
        let times = file
            .windows(name.len())
            .filter(|bytes| *bytes == name.as_bytes());
        // A name may begin another: 1 is the beginning of 10 to 19.
        assert!(times.count() <= 11, "{n}");
    }
}
