//! An index that was saved and opened answers as the one that was saved, and
//! merged segments are the index of one run, whatever the shares.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[path = "common/made_texts.rs"]
mod made_texts;
#[path = "common/seal.rs"]
mod seal;

use kashshaf::analysis::Lens;
use kashshaf::api::{
    Error, Explorer, FileOptions, LedgerRequest, OverviewRequest, PageRequest, SearchRequest,
};
use kashshaf::index::{ArrivingIndex, Index, IndexFileError, Intake, SavedIndex, Scope, merge};
use kashshaf::parse::format::FileFormat;
use kashshaf::parse::frame::write_frame;
use kashshaf::parse::pieces::TextPiece;
use kashshaf::parse::record::{CloseSource, ImportEvent, Layout, OpenSource, Record, SourceKey};
use kashshaf::parse::{Encoding, Given};
use made_texts::{WORDS, text};
use proptest::collection::vec;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn queries() -> Vec<String> {
    let mut queries: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    for query in [
        "بو*",
        "ال*",
        "روسيا كيم",
        "«زار كيم»",
        "بلد -كيم",
        "بوتن~",
        "«من بلد» روسيا",
    ] {
        queries.push(query.to_owned());
    }
    queries
}

fn filled(texts: &[String]) -> Explorer {
    let mut explorer = Explorer::default();
    for (number, text) in texts.iter().enumerate() {
        let options = FileOptions {
            name: format!("{number}.txt"),
            ..Default::default()
        };
        explorer.add_file(&options, text.as_bytes());
    }
    explorer
}

/// Everything that a reader can see, as text.
fn answers(explorer: &mut Explorer) -> Vec<String> {
    answers_or_error(explorer).expect("good requests")
}

fn answers_or_error(explorer: &mut Explorer) -> Result<Vec<String>, Error> {
    let mut answers = Vec::new();
    for query in queries() {
        for lens in Lens::ALL {
            for scope in Scope::ALL {
                let request = SearchRequest {
                    query: query.clone(),
                    lens: Some(lens.name().to_owned()),
                    scope: Some(scope.name().to_owned()),
                    ..Default::default()
                };
                let reply = explorer.search(&request)?;
                answers.push(serde_json::to_string(&reply).expect("plain data"));
            }
        }
    }
    let overview = explorer.overview(&OverviewRequest::default())?;
    answers.push(serde_json::to_string(&overview).expect("plain data"));
    let ids: Vec<String> = overview.pages.iter().map(|page| page.id.clone()).collect();
    for id in ids {
        let request = PageRequest {
            id,
            query: Some("كيم".to_owned()),
            ..Default::default()
        };
        let page = explorer.page(&request)?;
        answers.push(serde_json::to_string(&page).expect("plain data"));
    }
    Ok(answers)
}

/// Says where answers part, and not all of them.
fn same(one: &[String], other: &[String]) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(other) {
        prop_assert_eq!(one, other);
    }
    Ok(())
}

fn ledger(explorer: &Explorer) -> String {
    let reply = explorer
        .ledger(&LedgerRequest::default())
        .expect("a good request");
    serde_json::to_string_pretty(&reply.lines).expect("plain data")
}

/// Opens a file that comes in pieces of so many bytes.
fn arrived(file: &[u8], piece: usize) -> Result<SavedIndex, IndexFileError> {
    let mut arriving = ArrivingIndex::default();
    file.chunks(piece)
        .for_each(|bytes| arriving.take(bytes.to_vec()));
    assert_eq!(arriving.bytes(), file.len());
    arriving.open()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_saved_index_answers_as_the_fresh_one(texts in vec(text(), 0..8), later in vec(text(), 0..3)) {
        let mut fresh = filled(&texts);
        let file = fresh.save_index().expect("whole");
        let mut opened = Explorer::default();
        let report = opened.open_index(&FileOptions::default(), file.clone());
        prop_assert!(report.error.is_none(), "{:?}", report.error);
        same(&answers(&mut fresh), &answers(&mut opened))?;
        let again = SavedIndex::read(file.clone()).expect("as written");
        prop_assert_eq!(SavedIndex::write(&again.index, &again.intake), file);
        // Both take further pages.
        for (number, text) in later.iter().enumerate() {
            let options = FileOptions { name: format!("later {number}"), ..Default::default() };
            let (one, other) = (fresh.add_file(&options, text.as_bytes()), opened.add_file(&options, text.as_bytes()));
            prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
        }
        same(&answers(&mut fresh), &answers(&mut opened))?;
    }

    #[test]
    fn a_smaller_index_is_added_to_what_is_there(texts in vec(text(), 1..5), more in vec(text(), 1..5)) {
        let mut both = filled(&texts);
        let file = filled(&more).save_index().expect("whole");
        both.open_index(&FileOptions { name: "more.kashshaf".to_owned(), ..Default::default() }, file);
        let one = filled(&[texts, more].concat());
        let fingerprint = |mut explorer: Explorer| explorer.overview(&OverviewRequest::default()).expect("good").fingerprint;
        prop_assert_eq!(fingerprint(both), fingerprint(one));
    }

    #[test]
    fn a_damaged_file_is_refused(texts in vec(text(), 0..4), places in vec((any::<proptest::sample::Index>(), 1u8..), 1..4), cut in any::<proptest::sample::Index>(), piece in 1usize..2_000) {
        let file = filled(&texts).save_index().expect("whole");
        let arrived = arrived(&file, piece).expect("as written");
        prop_assert_eq!(SavedIndex::write(&arrived.index, &arrived.intake), file.clone());
        let mut damaged = file.clone();
        for (place, change) in places {
            *place.get_mut(&mut damaged) ^= change;
        }
        let arrived_damaged = self::arrived(&damaged, piece);
        let opened = SavedIndex::open(damaged);
        prop_assert_eq!(arrived_damaged.is_ok(), opened.is_ok());
        for opened in [opened, arrived_damaged].into_iter().flatten() {
            // Only what fills up to the next section may differ.
            prop_assert_eq!(SavedIndex::write(&opened.index, &opened.intake), file.clone());
        }
        let cut = cut.index(file.len());
        let error = SavedIndex::open(file[..cut].to_vec()).expect_err("too short");
        prop_assert!(matches!(error, IndexFileError::NotAnIndex | IndexFileError::Truncated { .. }), "{error:?}");
        prop_assert_eq!(self::arrived(&file[..cut], piece).expect_err("too short"), error);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_file_of_nonsense_with_right_checksums_does_no_harm(
        texts in vec(text(), 1..4),
        places in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = filled(&texts).save_index().expect("whole");
        for (place, byte) in places {
            *place.get_mut(&mut file) = byte;
        }
        seal::seal(&mut file);
        let mut explorer = Explorer::default();
        let report = explorer.open_index(&FileOptions::default(), file);
        if report.error.is_none() {
            // Whatever it says, it says it without falling; pages that contradict
            // themselves may be refused where names are looked for.
            let told = answers_or_error(&mut explorer);
            prop_assert!(matches!(told, Ok(_) | Err(Error::BadAnnotations | Error::Index(_))), "{told:?}");
            // What the file leaves to be worked out of its texts is worked out for a further page.
            let options = FileOptions { name: "later".to_owned(), ..Default::default() };
            let report = explorer.add_file(&options, "متأخر".as_bytes());
            let code = report.error.map(|error| error.code);
            prop_assert!(matches!((report.status, code), ("read", None) | ("failed", Some("index-inconsistent"))), "{code:?}");
            let told = explorer.overview(&OverviewRequest::default());
            prop_assert!(matches!(told, Ok(_) | Err(Error::BadAnnotations | Error::Index(_))), "{told:?}");
        }
    }
}

/// The place of a section in a file.
fn section(file: &[u8], name: &str) -> std::ops::Range<usize> {
    let number = |at: usize| u64::from_le_bytes(file[at..at + 8].try_into().unwrap()) as usize;
    let mut entries = (32..).step_by(40);
    let entry = entries.find(|&at| file[at..].starts_with(&[name.as_bytes(), &[0]].concat()));
    let entry = entry.expect(name);
    number(entry + 16)..number(entry + 16) + number(entry + 24)
}

#[test]
fn pages_that_contradict_themselves_are_told_when_they_are_looked_at() {
    let text = |number: usize| match number {
        0 => "قال بوتين إن روسيا بلد كبير.".to_owned(),
        _ => format!("زار كيم البلد {number} مرات، ثم عاد."),
    };
    let texts: Vec<String> = (0..200).map(text).collect();
    let mut file = filled(&texts).save_index().expect("whole");
    // What the last page says of its articles, behind which the section ends.
    let at = section(&file, "pages").end - 1;
    file[at] ^= 1;
    seal::seal(&mut file);
    for opened in [SavedIndex::open(file.clone()), arrived(&file, 1_000)] {
        let error = opened.expect_err("it contradicts itself");
        assert_eq!(error.code(), "index-inconsistent");
    }
    let open = || {
        let mut explorer = Explorer::default();
        let report = explorer.open_index(&FileOptions::default(), file.clone());
        assert_eq!(report.error, None);
        explorer
    };
    let search = |explorer: &mut Explorer, query: &str| {
        let query = query.to_owned();
        let request = SearchRequest {
            query,
            limit: Some(200.0),
            ..Default::default()
        };
        let reply = explorer.search(&request);
        let code = |error: &Error| error.data().code.to_owned();
        reply
            .map(|reply| reply.hits.len())
            .map_err(|error| code(&error))
    };
    let inconsistent = || "index-inconsistent".to_owned();
    let mut explorer = open();
    assert_eq!(search(&mut explorer, "روسيا"), Ok(1));
    assert_eq!(search(&mut explorer, "كيم"), Err(inconsistent()));
    // Nothing more is said of it.
    assert_eq!(search(&mut explorer, "روسيا"), Err(inconsistent()));
    for told in [
        open().save_index().map(drop),
        open().ledger(&LedgerRequest::default()).map(drop),
        open().ledger_file("json").map(drop),
        open().remove(&Default::default()).map(drop),
        open().overview(&OverviewRequest::default()).map(drop),
    ] {
        assert_eq!(
            told.expect_err("all pages").data().code,
            "index-inconsistent"
        );
    }
    // Beside other pages it is not opened at all.
    let mut explorer = filled(&texts[..1]);
    let report = explorer.open_index(&FileOptions::default(), file.clone());
    assert_eq!(report.error.expect("refused").code, "index-inconsistent");
    assert_eq!(search(&mut explorer, "روسيا"), Ok(1));
}

/// Files of another version would be refused before the fuzzer could change anything in them.
#[test]
fn the_seeds_of_the_fuzzer_are_opened() {
    let seeds = std::fs::read_dir("fuzz/seeds/index").expect("the folder of seeds");
    let mut opened = 0;
    for seed in seeds {
        let path = seed.expect("a seed").path();
        let file = std::fs::read(&path).expect("a seed");
        let report = Explorer::default().open_index(&FileOptions::default(), file);
        assert_eq!(report.error, None, "{}", path.display());
        opened += 1;
    }
    assert!(opened >= 2, "a whole index and a segment");
}

/// A text of a source with what is stated of it.
#[derive(Clone, Debug)]
struct Story {
    text: usize,
    spelling: bool,
    outlet: Option<bool>,
    author: bool,
}

/// Texts that are long enough to be taken for copies, and such as are not: none, a letter, two scripts, a long one.
fn story_text(story: &Story) -> String {
    let odd = match story.text {
        3 => Some(String::new()),
        4 => Some("ا".to_owned()),
        5 => Some("Putin التقى kim\u{00A0}في 2024؛ «Kim» — a  b\n\nكِيمَ".to_owned()),
        6 => {
            let word = |n: usize| format!("{}{} ", WORDS[n * n % WORDS.len()], n % 97);
            Some((0..3_000).map(word).collect())
        }
        _ => None,
    };
    if let Some(odd) = odd {
        return odd;
    }
    let text = format!(
        "خبر رقم {} أكد الرئيس الروسي أن العلاقات بين البلدين في تطور مستمر منذ سنوات طويلة وأضاف أن الزيارة \
         المقبلة سوف تشمل مدنا أخرى في الشرق",
        story.text
    );
    if story.spelling {
        text.replace("أن", "ان")
    } else {
        text
    }
}

fn events(file: u32, stories: &[Story]) -> Vec<ImportEvent> {
    let key = SourceKey { file, member: 0 };
    let mut events = vec![ImportEvent::Open(OpenSource {
        key,
        parent: None,
        name: format!("{file}.jsonl"),
        format: FileFormat::Jsonl,
    })];
    for (number, story) in stories.iter().enumerate() {
        let text = story_text(story);
        let source = format!("{story:?}");
        events.push(ImportEvent::Text(Box::new(Record {
            key,
            name: format!("{file}.jsonl#{}", number + 1),
            digest: Sha256::digest(&source).into(),
            source_bytes: source.len() as u64,
            is_source: false,
            encoding: Encoding::Utf8,
            warning: None,
            given: Given {
                outlets: story
                    .outlet
                    .iter()
                    .map(|outlet| format!("صحيفة {outlet}"))
                    .collect(),
                authors: story
                    .author
                    .then(|| "كاتب".to_owned())
                    .into_iter()
                    .collect(),
                ..Default::default()
            },
            layout: Layout::Article { title_end: 0 },
            text,
        })));
    }
    events.push(ImportEvent::Close(CloseSource {
        key,
        bytes: 1000 + u64::from(file),
        encoding: Some(Encoding::Utf8),
        problem: None,
    }));
    events
}

fn read(files: &[(u32, Vec<Story>)], mut intake: Intake) -> SavedIndex {
    let mut index = Index::default();
    for (number, stories) in files {
        for event in events(*number, stories) {
            intake.take(&mut index, event);
        }
    }
    index.refresh();
    SavedIndex {
        index,
        intake,
        layers: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn merged_segments_are_the_index_of_one_run(
        files in vec(vec((0usize..7, any::<bool>(), any::<Option<bool>>(), any::<bool>()), 0..5), 1..8),
        shares in vec(0usize..4, 8),
        saved in any::<bool>(),
    ) {
        let files: Vec<(u32, Vec<Story>)> = (0..).zip(files).map(|(number, stories)| {
            let stories = stories.into_iter().map(|(text, spelling, outlet, author)| Story { text, spelling, outlet, author });
            (number, stories.collect())
        }).collect();
        let whole = read(&files, Intake::default());
        let whole = SavedIndex::write(&whole.index, &whole.intake);
        let mut segments = Vec::new();
        for share in (0..4).rev() {
            let of_share: Vec<_> = files.iter().filter(|(number, _)| shares[*number as usize] == share).cloned().collect();
            let segment = read(&of_share, Intake::of_segment());
            segments.push(if saved {
                SavedIndex::read(SavedIndex::write(&segment.index, &segment.intake)).expect("as written")
            } else {
                segment
            });
        }
        let merged = merge(segments);
        prop_assert_eq!(SavedIndex::write(&merged.index, &merged.intake), whole);
    }

    #[test]
    fn shares_taken_in_order_leave_the_corpus_that_reading_leaves(
        files in vec(vec((0usize..7, any::<bool>(), any::<Option<bool>>(), any::<bool>()), 0..5), 1..6),
        ends in vec(any::<bool>(), 40),
        apart in vec(any::<bool>(), 40),
    ) {
        let mut portions = vec![Vec::new()];
        let mut ends = ends.into_iter().cycle();
        for (number, stories) in (0..).zip(files) {
            let stories: Vec<Story> = stories.into_iter().map(|(text, spelling, outlet, author)| Story { text, spelling, outlet, author }).collect();
            for event in events(number, &stories) {
                write_frame(event, usize::MAX, portions.last_mut().expect("one"));
                if ends.next() == Some(true) {
                    portions.push(Vec::new());
                }
            }
        }
        let (mut one, mut other) = (Explorer::default(), Explorer::default());
        for (portion, apart) in portions.iter().zip(apart.into_iter().cycle()) {
            let added = one.add_records(portion).expect("a stream");
            let share = apart.then(|| Explorer::default().share_of(portion).expect("whole frames"));
            let taken = match share {
                Some(share) => other.add_share(share).expect("a share").expect("nothing is open"),
                None => other.add_records(portion).expect("a stream"),
            };
            prop_assert_eq!(serde_json::to_string(&taken).unwrap(), serde_json::to_string(&added).unwrap());
        }
        prop_assert_eq!(ledger(&other), ledger(&one));
        same(&answers(&mut other), &answers(&mut one))?;
        prop_assert_eq!(other.save_index().expect("whole"), one.save_index().expect("whole"));
    }

    #[test]
    fn whole_indexes_are_merged_in_whatever_order(one in vec(text(), 1..4), other in vec(text(), 1..4)) {
        let file = |texts: &[String]| SavedIndex::read(filled(texts).save_index().expect("whole")).expect("as written");
        let merged = |first: SavedIndex, second: SavedIndex| {
            let merged = merge(vec![first, second]);
            SavedIndex::write(&merged.index, &merged.intake)
        };
        prop_assert_eq!(merged(file(&one), file(&other)), merged(file(&other), file(&one)));
    }
}

#[test]
fn what_is_not_whole_is_no_share() {
    let story = Story {
        text: 0,
        spelling: false,
        outlet: None,
        author: false,
    };
    let text = story_text(&story);
    let mut stream = Vec::new();
    let all = events(0, &[story]);
    let mut all = all.into_iter();
    write_frame(all.next().expect("it opens"), usize::MAX, &mut stream);
    let (key, expected) = (SourceKey { file: 0, member: 0 }, text.len() as u64);
    let piece = TextPiece {
        key,
        expected,
        text: text.clone(),
    };
    write_frame(ImportEvent::Piece(piece), usize::MAX, &mut stream);
    let mut rest = Vec::new();
    for event in all {
        write_frame(event, usize::MAX, &mut rest);
    }
    let apart = Explorer::default();
    assert!(apart.share_of(&stream).is_none(), "a text in pieces");
    assert!(apart.share_of(&rest[..rest.len() - 1]).is_none(), "cut");
    let share = apart.share_of(&rest).expect("whole frames");
    let mut explorer = Explorer::default();
    explorer.add_records(&stream).expect("a stream");
    let refused = explorer.add_share(share.clone()).expect("a share");
    assert!(refused.is_none(), "the text that began is not whole");
    explorer.add_records(&rest).expect("a stream");
    let overview = explorer.overview(&OverviewRequest::default());
    assert_eq!(overview.expect("good").totals.pages, 1);
    let error = explorer.add_share(b"KSHF".to_vec()).expect_err("no share");
    assert_eq!(error.data().code, "bad-records");
}

#[test]
fn what_is_wrong_with_a_file_has_a_code() {
    let file = filled(&["قال بوتين إن روسيا بلد كبير.".to_owned()])
        .save_index()
        .expect("whole");
    let changed = |at: usize, byte: u8| {
        let mut file = file.clone();
        file[at] = byte;
        file
    };
    let cases = [
        (Vec::new(), "not-an-index"),
        (b"{\"format\":1}".to_vec(), "not-an-index"),
        (changed(4, b'\n'), "not-an-index"),
        (changed(8, 5), "index-newer"),
        (changed(8, 3), "index-older"),
        (changed(12, 3), "index-damaged"),
        (changed(33, 0), "index-damaged"),
        (changed(file.len() - 24, 0xEE), "index-damaged"),
        (file[..20].to_vec(), "index-truncated"),
        (file[..file.len() - 1].to_vec(), "index-truncated"),
        ([file.as_slice(), b"x"].concat(), "index-damaged"),
    ];
    for (bytes, code) in cases {
        for piece in [1, 100, 1 << 20] {
            assert_eq!(arrived(&bytes, piece).expect_err(code).code(), code);
        }
        let error = SavedIndex::open(bytes).expect_err(code);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().len() > 30);
    }
    let mut explorer = Explorer::default();
    let options = FileOptions {
        name: "حطام.kashshaf".to_owned(),
        ..Default::default()
    };
    let report = explorer.open_index(&options, changed(33, 0));
    assert_eq!(report.error.expect("damaged").code, "index-damaged");
    assert!(ledger(&explorer).contains("index-damaged"));
}

#[test]
fn the_files_of_an_opened_index_are_its_members() {
    let text = "قال بوتين إن روسيا بلد كبير.".to_owned();
    let file = filled(&[text.clone(), String::new(), text])
        .save_index()
        .expect("whole");
    let mut explorer = filled(&["زار كيم روسيا.".to_owned()]);
    let options = FileOptions {
        name: "كل.kashshaf".to_owned(),
        ..Default::default()
    };
    let report = explorer.open_index(&options, file);
    assert_eq!((report.status, report.articles), ("read", 1));
    let reply = explorer
        .ledger(&LedgerRequest::default())
        .expect("a good request");
    let lines: Vec<(&str, &str)> = reply
        .lines
        .iter()
        .map(|line| (line.path.as_str(), line.status))
        .collect();
    assert_eq!(
        lines,
        [
            ("0.txt", "read"),
            ("كل.kashshaf", "split"),
            ("كل.kashshaf/0.txt", "read"),
            ("كل.kashshaf/1.txt", "failed"),
            ("كل.kashshaf/2.txt", "duplicate"),
        ]
    );
}
