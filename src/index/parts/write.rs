//! Writes an index in parts.

use super::columns;
use super::directory::LISTED;
use super::ids::ENTRY;
use super::kind::part_name;
use super::rough;
use super::spaced::Spacing;
use super::write_words::{Drawers, drawers};
use super::{NameShelves, PartKind};
use crate::index::file::container::{FileWriter, checksum};
use crate::index::file::page_codes::PageCodes;
use crate::index::file::page_columns::PageWriter;
use crate::index::file::{corpus_section, units};
use crate::index::{CorpusFacts, Index, IndexedPage, Intake};
use crate::parse::anatomy::{Repeated, repeated};
use crate::parse::frame::{put_number, put_text};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// Bytes of a file of words, postings or ids; a longer shelf is cut.
const FILE_BYTES: usize = 32 << 10;

/// Bytes of pages and their texts in a file before it is deflated to about a quarter.
const PAGE_BYTES: usize = 32 << 10;

/// Bytes of names in a file before it is deflated to less than half.
const NAME_BYTES: usize = 128 << 10;

/// Parts of shapes, where none is larger than it should be.
const SHAPE_PARTS: usize = 4;

/// Pages whose shapes are in one part, at least and at most: some 20 kB.
const SHAPE_PAGES: std::ops::RangeInclusive<usize> = 256..=8_192;

/// Up to so many parts of pages the directory itself has the lists, which are then not fetched between words and pages.
const NAMED_AT_ONCE: usize = 2_048;

/// Bytes of a part of ids.
const ID_BYTES: usize = 8_000 / ENTRY * ENTRY;

/// What the name of a directory begins with.
const DIRECTORY: &str = "directory-";

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
        format!("{DIRECTORY}{:016x}.bin", checksum(&self.directory))
    }

    /// The directory as it is stored: deflated.
    #[must_use]
    pub fn stored_directory(&self) -> Vec<u8> {
        compress_to_vec_zlib(&self.directory, EFFORT)
    }
}

/// Cuts an index that is up to date into parts.
#[must_use]
pub fn write_parts(index: &Index) -> IndexParts {
    write_parts_naming(index, NAMED_AT_ONCE)
}

/// The same, where the directory itself has the lists of up to so many parts of pages.
#[must_use]
pub fn write_parts_naming(index: &Index, named_at_once: usize) -> IndexParts {
    write(index, named_at_once, None)
}

/// The same with the names that were found.
#[must_use]
pub fn write_parts_with_names(index: &Index, names: &NameShelves) -> IndexParts {
    write(index, NAMED_AT_ONCE, Some(names))
}

fn write(index: &Index, named_at_once: usize, names: Option<&NameShelves>) -> IndexParts {
    let spacing = Spacing::of(index);
    let drawers = drawers(index, &spacing);
    let codes = PageCodes::of(index);
    let (sizes, pages) = page_groups(index, &codes);
    let (first_ids, ids) = ids(index);
    let mut files = Files::default();
    let mut words = Shelves::default();
    let contents = drawers.words.iter().zip(&drawers.units);
    for ((content, units), places) in contents.zip(&drawers.places) {
        let mut named = Shelves::default();
        let mut part = Vec::with_capacity(content.len() + 32);
        for (kind, shelf) in [(PartKind::Units, units), (PartKind::Places, places)] {
            named.add(&mut files, kind, shelf);
            part.append(&mut named.counts);
            part.append(&mut named.hashes);
        }
        part.extend(content);
        words.add(&mut files, PartKind::Words, &part);
    }
    let (mut others, mut listed) = (Shelves::default(), Vec::new());
    let mut page_files = (sizes.len() <= named_at_once).then(Vec::new);
    let groups = sizes.chunks(LISTED).zip(pages.chunks(LISTED));
    for (sizes, contents) in groups {
        let (mut list, mut named) = (Vec::new(), Shelves::default());
        for (&size, content) in sizes.iter().zip(contents) {
            put_number(&mut list, u64::from(size));
            named.add(&mut files, PartKind::Pages, content);
            list.append(&mut named.counts);
        }
        list.append(&mut named.hashes);
        put_number(&mut listed, sizes.iter().map(|&size| u64::from(size)).sum());
        if let Some(lists) = &mut page_files {
            put_number(lists, list.len() as u64);
            // What is left is a shelf without a file.
            lists.append(&mut list);
        }
        others.add(&mut files, PartKind::Lists, &list);
    }
    let shape_pages = index.pages().len().div_ceil(SHAPE_PARTS);
    let shape_pages = shape_pages.clamp(*SHAPE_PAGES.start(), *SHAPE_PAGES.end());
    for pages in index.pages().chunks(shape_pages) {
        let shapes = units::write_pages(index, pages);
        others.add(&mut files, PartKind::Shapes, &shapes);
    }
    ids.iter()
        .for_each(|content| others.add(&mut files, PartKind::Ids, content));
    for column in columns::write(index) {
        others.add(&mut files, PartKind::Columns, &column);
    }
    let mut page_lists = Vec::new();
    put_number(&mut page_lists, shape_pages as u64);
    put_number(&mut page_lists, sizes.len() as u64);
    page_lists.append(&mut listed);
    let parts = [words.counts, others.counts, words.hashes, others.hashes].concat();
    let mut totals = Vec::new();
    index.totals.write(&mut totals);
    put_number(&mut totals, u64::from(spacing.parts));
    let pages = PageSections {
        page_lists,
        page_files,
        first_ids,
        names: names.map(|names| name_section(names, &mut files)),
    };
    let directory = directory(index, &drawers, &codes, totals, pages, parts);
    IndexParts {
        parts: files.0,
        directory,
    }
}

/// What a stored file holds.
///
/// # Errors
/// The name, when the file is to be inflated and cannot be.
pub fn unpacked(name: &str, stored: &[u8]) -> Result<Vec<u8>, String> {
    let mut kinds = PartKind::ALL.into_iter();
    let is_part = kinds.any(|kind| kind.is_deflated() && name.starts_with(kind.name()));
    if !is_part && !name.starts_with(DIRECTORY) {
        return Ok(stored.to_owned());
    }
    let most = usize::try_from(u32::MAX).unwrap_or(usize::MAX);
    decompress_to_vec_zlib_with_limit(stored, most).map_err(|_| name.to_owned())
}

/// How many shelves of names there are, and the files of the first, which names those of the others.
fn name_section(names: &NameShelves, files: &mut Files) -> Vec<u8> {
    let mut named = Shelves::default();
    for shelf in &names.shelves {
        named.add(files, PartKind::Names, shelf);
    }
    let head = [named.counts, named.hashes, names.head.clone()].concat();
    let mut section = Vec::new();
    put_number(&mut section, names.shelves.len() as u64 + 1);
    let mut first = Shelves::default();
    first.add(files, PartKind::Names, &head);
    [section, first.counts, first.hashes].concat()
}

/// Files by their names, in the order in which they were made.
#[derive(Default)]
struct Files(Vec<(String, Vec<u8>)>);

/// How many files each shelf has, and their checksums.
#[derive(Default)]
struct Shelves {
    counts: Vec<u8>,
    hashes: Vec<u8>,
}

impl Shelves {
    fn add(&mut self, out: &mut Files, kind: PartKind, content: &[u8]) {
        let most = match kind {
            // Of most corpora a column is deflated to little.
            PartKind::Columns | PartKind::Names
                if compress_to_vec_zlib(content, EFFORT).len() <= FILE_BYTES =>
            {
                content.len()
            }
            PartKind::Pages | PartKind::Columns => 2 * PAGE_BYTES,
            PartKind::Names => NAME_BYTES,
            _ => FILE_BYTES,
        };
        let files = content.chunks(most);
        put_number(&mut self.counts, files.len() as u64);
        for file in files {
            let hash = checksum(file);
            self.hashes.extend(hash.to_le_bytes());
            let stored = if kind.is_deflated() {
                compress_to_vec_zlib(file, EFFORT)
            } else {
                file.to_owned()
            };
            out.0.push((part_name(kind, hash), stored));
        }
    }
}

/// Numbers of pages in each group, and what each group holds.
fn page_groups(index: &Index, codes: &PageCodes) -> (Vec<u32>, Vec<Vec<u8>>) {
    let mut learner = Intake::default();
    learner.learn_blocks(index);
    let repeats = repeated(learner.blocks());
    let (mut groups, mut contents) = (Vec::new(), Vec::new());
    let mut group = PageGroup::new(codes);
    let partings = units::partings(index, index.pages());
    for (page, parting) in index.pages().iter().zip(partings) {
        let mut head = Vec::new();
        put_number(&mut head, u64::from(page.page.text_bytes));
        put_number(&mut head, parting.stretches.len() as u64);
        for &(tokens, belongs) in &parting.stretches {
            put_number(&mut head, u64::from(tokens));
            put_number(&mut head, u64::from(belongs));
        }
        put_repeats(&mut head, page, &repeats);
        let mut alone = PageWriter::new(codes);
        alone.add(page, None);
        let text = index.text(page.number);
        let size = group.size() + head.len() + alone.size() + text.len();
        if group.pages > 0 && size > PAGE_BYTES {
            let full = std::mem::replace(&mut group, PageGroup::new(codes));
            groups.push(full.pages);
            contents.push(full.finish());
        }
        group.heads.extend(head);
        group.columns.add(page, None);
        group.texts.extend(text.into_bytes());
        group.pages += 1;
    }
    if group.pages > 0 {
        groups.push(group.pages);
        contents.push(group.finish());
    }
    (groups, contents)
}

/// Neighbouring pages that are to be one part.
struct PageGroup<'c> {
    pages: u32,
    /// Of each page the bytes of its text, its stretches, and what other pages have too.
    heads: Vec<u8>,
    columns: PageWriter<'c>,
    texts: Vec<u8>,
}

impl<'c> PageGroup<'c> {
    fn new(codes: &'c PageCodes) -> Self {
        Self {
            pages: 0,
            heads: Vec::new(),
            columns: PageWriter::new(codes),
            texts: Vec::new(),
        }
    }

    fn size(&self) -> usize {
        self.heads.len() + self.columns.size() + self.texts.len()
    }

    fn finish(self) -> Vec<u8> {
        let mut out = self.heads;
        self.columns.finish(&mut out);
        out.extend(self.texts);
        out
    }
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
    let ids = pages.map(|page| (page.page.key(), page.number.0));
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

/// Sections of the directory that tell where pages are.
struct PageSections {
    page_lists: Vec<u8>,
    /// All lists, where they are not files of their own.
    page_files: Option<Vec<u8>>,
    first_ids: Vec<u8>,
    /// Where names are, if there are any.
    names: Option<Vec<u8>>,
}

fn directory(
    index: &Index,
    drawers: &Drawers,
    codes: &PageCodes,
    totals: Vec<u8>,
    pages: PageSections,
    parts: Vec<u8>,
) -> Vec<u8> {
    let mut file = FileWriter::default();
    file.add("corpus", corpus_section(index));
    file.add_optional(
        "written-by",
        concat!("kashshaf ", env!("CARGO_PKG_VERSION")).into(),
    );
    file.add("totals", totals);
    file.add("lengths", rough::write(index));
    file.add("facts", CorpusFacts::of(index).write());
    let mut names = Vec::new();
    for list in [&drawers.firsts, &drawers.proclitics] {
        put_list(&mut names, list.iter().map(String::as_str));
    }
    file.add("drawers", names);
    file.add("word-codes", drawers.word_codes.clone());
    file.add("list-codes", drawers.list_codes.clone());
    file.add("page-lists", pages.page_lists);
    if let Some(lists) = pages.page_files {
        file.add("page-files", lists);
    }
    file.add("page-ids", pages.first_ids);
    file.add("page-codes", codes.write());
    file.add("parts", parts);
    if let Some(names) = pages.names {
        file.add_optional("names", names);
    }
    file.finish()
}

fn put_list<'t>(out: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'t str>) {
    put_number(out, texts.len() as u64);
    texts.for_each(|text| put_text(out, text));
}
