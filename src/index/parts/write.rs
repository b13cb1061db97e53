//! Writes an index in parts.

use super::PartKind;
use super::directory::part_name;
use super::ids::ENTRY;
use super::write_words::{Drawers, drawers};
use crate::index::file::container::{FileWriter, checksum};
use crate::index::file::{corpus_section, heads, units};
use crate::index::store::digest_key;
use crate::index::{CorpusFacts, Index, IndexedPage, Intake};
use crate::parse::anatomy::{Repeated, repeated};
use crate::parse::frame::{put_number, put_text};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// Bytes of a file of words, postings or ids; a longer shelf is cut.
const FILE_BYTES: usize = 32 << 10;

/// Bytes of pages and their texts in a file before it is deflated to about a quarter.
const PAGE_BYTES: usize = 32 << 10;

/// Bytes of a part of ids.
const ID_BYTES: usize = 8_000 / ENTRY * ENTRY;

/// Effort of deflating: 10 is the most that pays.
const EFFORT: u8 = 10;

/// An index in parts, as files.
#[derive(Clone, Debug, Default)]
pub struct IndexParts {
    /// Names below the folder of the index, and the bytes of the parts as they are stored.
    pub parts: Vec<(String, Vec<u8>)>,
    /// The directory.
    pub directory: Vec<u8>,
}

impl IndexParts {
    /// The name of the directory's file.
    #[must_use]
    pub fn directory_name(&self) -> String {
        format!("directory-{:016x}.bin", checksum(&self.directory))
    }
}

/// Cuts an index that is up to date into parts.
#[must_use]
pub fn write_parts(index: &Index, intake: &Intake) -> IndexParts {
    let drawers = drawers(index);
    let reasons = heads::reasons(index);
    let (groups, pages) = page_groups(index, intake, &reasons);
    let (first_ids, ids) = ids(index);
    let mut shelves = Shelves::default();
    for (kind, contents) in [
        (PartKind::Words, &drawers.words),
        (PartKind::Units, &drawers.units),
        (PartKind::Places, &drawers.places),
        (PartKind::Pages, &pages),
        (PartKind::Ids, &ids),
    ] {
        contents
            .iter()
            .for_each(|content| shelves.add(kind, content));
    }
    let directory = directory(index, &drawers, &reasons, &groups, &first_ids, &shelves);
    IndexParts {
        parts: shelves.parts,
        directory,
    }
}

/// What a stored file holds.
///
/// # Errors
/// The name, when the file is to be inflated and cannot be.
pub fn unpacked(name: &str, stored: &[u8]) -> Result<Vec<u8>, String> {
    if !name.starts_with(PartKind::Pages.name()) {
        return Ok(stored.to_owned());
    }
    let most = usize::try_from(u32::MAX).unwrap_or(usize::MAX);
    decompress_to_vec_zlib_with_limit(stored, most).map_err(|_| name.to_owned())
}

/// Gathers the files of shelves.
#[derive(Default)]
struct Shelves {
    /// Files of each shelf.
    counts: Vec<u8>,
    hashes: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
}

impl Shelves {
    fn add(&mut self, kind: PartKind, content: &[u8]) {
        let most = match kind {
            PartKind::Pages => 2 * PAGE_BYTES,
            _ => FILE_BYTES,
        };
        let files = content.chunks(most);
        put_number(&mut self.counts, files.len() as u64);
        for file in files {
            let hash = checksum(file);
            self.hashes.extend(hash.to_le_bytes());
            let stored = match kind {
                PartKind::Pages => compress_to_vec_zlib(file, EFFORT),
                _ => file.to_owned(),
            };
            self.parts.push((part_name(kind, hash), stored));
        }
    }
}

/// Numbers of pages in each group, and what each group holds.
fn page_groups(index: &Index, intake: &Intake, reasons: &[&str]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut learner = Intake::default();
    learner.learn_blocks(index);
    let repeats = repeated(learner.blocks());
    let (mut groups, mut contents) = (Vec::new(), Vec::new());
    let (mut heads, mut texts, mut pages) = (Vec::new(), Vec::new(), 0u64);
    for page in index.pages() {
        let mut head = Vec::new();
        let origin = intake.origin(page.number);
        put_number(&mut head, u64::from(page.page.text_bytes));
        heads::put_page(&mut head, page, origin, reasons);
        put_repeats(&mut head, page, &repeats);
        let text = index.text(page.number);
        let size = heads.len() + texts.len() + head.len() + text.len();
        if pages > 0 && size > PAGE_BYTES {
            put_number(&mut groups, pages);
            heads.append(&mut texts);
            contents.push(std::mem::take(&mut heads));
            pages = 0;
        }
        heads.extend(head);
        texts.extend(text.into_bytes());
        pages += 1;
    }
    if pages > 0 {
        put_number(&mut groups, pages);
        heads.append(&mut texts);
        contents.push(heads);
    }
    (groups, contents)
}

fn put_repeats(out: &mut Vec<u8>, page: &IndexedPage, repeats: &[Repeated]) {
    let of_page = repeats.iter().filter(|repeat| repeat.page == page.number.0);
    put_number(out, of_page.clone().count() as u64);
    for repeat in of_page {
        put_number(out, u64::from(repeat.span.start));
        put_number(out, repeat.span.len() as u64);
        out.extend(repeat.confidence.to_le_bytes());
    }
}

/// The first id of each part, and the parts.
fn ids(index: &Index) -> (Vec<u8>, Vec<Vec<u8>>) {
    let pages = index.pages().iter();
    let ids = pages.map(|page| (digest_key(&page.page.digest), page.number.0));
    let mut ids: Vec<(u64, u32)> = ids.collect();
    ids.sort_unstable();
    let mut entries = Vec::with_capacity(ids.len() * ENTRY);
    for (id, page) in ids {
        entries.extend(id.to_le_bytes());
        entries.extend(page.to_le_bytes());
    }
    let parts: Vec<Vec<u8>> = entries.chunks(ID_BYTES).map(<[u8]>::to_vec).collect();
    let firsts = parts.iter().filter_map(|part| part.first_chunk::<8>());
    (firsts.flatten().copied().collect(), parts)
}

fn directory(
    index: &Index,
    drawers: &Drawers,
    reasons: &[&str],
    groups: &[u8],
    first_ids: &[u8],
    shelves: &Shelves,
) -> Vec<u8> {
    let mut file = FileWriter::default();
    file.add("corpus", corpus_section(index));
    file.add_optional(
        "written-by",
        concat!("kashshaf ", env!("CARGO_PKG_VERSION")).into(),
    );
    file.add("units", units::write(index));
    file.add("facts", CorpusFacts::of(index).write());
    let mut names = Vec::new();
    for list in [&drawers.firsts, &drawers.proclitics] {
        put_list(&mut names, list.iter().map(String::as_str));
    }
    file.add("drawers", names);
    file.add("word-codes", drawers.word_codes.clone());
    file.add("list-codes", drawers.list_codes.clone());
    file.add("page-groups", groups.to_vec());
    file.add("page-ids", first_ids.to_vec());
    let mut list = Vec::new();
    put_list(&mut list, reasons.iter().copied());
    file.add("reasons", list);
    file.add("parts", [&*shelves.counts, &*shelves.hashes].concat());
    file.finish()
}

fn put_list<'t>(out: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'t str>) {
    put_number(out, texts.len() as u64);
    texts.for_each(|text| put_text(out, text));
}
