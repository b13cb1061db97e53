//! What the targets of the formats share.

use kashshaf::analysis::Lens;
use kashshaf::api::{Explorer, FileOptions, OverviewRequest};
use kashshaf::index::{Index, Intake, SavedIndex, Scope};
use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::pieces::Joiner;
use kashshaf::parse::frame::{FrameReader, write_frame};
use kashshaf::parse::readers::{Reader, SourceFile};
use kashshaf::parse::record::ImportEvent;

#[path = "../../tests/common/seal.rs"]
mod seal;

/// Opens an index file with right checksums and asks it; then adds a page, for which what the file leaves out is worked out.
pub fn open_index(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    seal::seal(&mut bytes);
    let mut explorer = Explorer::default();
    if explorer.open_index(&FileOptions::default(), bytes.clone()).error.is_none() {
        explorer.add_file(&FileOptions { name: "later".to_owned(), ..FileOptions::default() }, "متأخر".as_bytes());
        let _ = explorer.overview(&OverviewRequest::default());
    }
    let Ok(SavedIndex { index, .. }) = SavedIndex::open(bytes) else { return };
    for query in ["بوتين", "«زار كيم»", "بو*"] {
        let query = kashshaf::search::Query::parse(query);
        for scope in Scope::ALL {
            let _ = kashshaf::search::Search::new(&index).page(&query, Lens::Clitics, scope, 0..10);
        }
    }
    for page in index.pages() {
        let _ = index.text(page.number);
    }
}

/// Reads bytes as a file of that name, in slices whose length the first byte
/// says, and checks what holds of every import: the parts of each page are the
/// page, frames come back as they were written, every source has one line, and
/// bytes and lines add up.
pub fn read(name: &str, bytes: &[u8]) {
    let (slice, bytes) = match bytes.split_first() {
        Some((first, rest)) => (usize::from(*first).max(1), rest),
        None => (1, bytes),
    };
    let mut reader = Reader::with_slices(Default::default(), slice * 16);
    let (mut frames, mut index, mut intake) = (FrameReader::default(), Index::default(), Intake::default());
    let mut pieces = Joiner::default();
    reader.begin(SourceFile::new(0, name, bytes.len() as u64));
    loop {
        for event in reader.events() {
            let mut stream = Vec::new();
            let own = write_frame(event.clone(), 64, &mut stream);
            stream.extend(own.into_iter().flatten());
            let mut read = Vec::new();
            frames.read(&stream, |event| read.push(event)).expect("frames are read as written");
            assert_eq!(read, std::slice::from_ref(&event));
            let Some(event) = pieces.join(event) else { continue };
            if let ImportEvent::Text(record) = &event {
                let page = record.clone().into_page(Rules::bundled());
                let joined: String = page.parts.iter().map(|part| part.span.of(&page.text)).collect();
                assert_eq!(joined, page.text, "the parts are not the page");
                let url = page.given.url.as_deref().unwrap_or("https://");
                let scheme = url.to_ascii_lowercase();
                assert!(scheme.starts_with("http://") || scheme.starts_with("https://"));
            }
            intake.take(&mut index, event);
        }
        let Some((from, length)) = reader.want() else { break };
        reader.give(&bytes[from as usize..][..length]);
    }
    let totals = intake.ledger().totals();
    assert_eq!((totals.files, totals.bytes), (1, bytes.len() as u64));
    assert_eq!(totals.by_status.iter().sum::<u64>(), totals.files + totals.members);
    assert_eq!(totals.by_status[0], 0, "a line was left open");
}
