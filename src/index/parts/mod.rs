//! An index in parts: files that a reader fetches when a question needs them.
//!
//! ```text
//! directory  ─ the rounded length of every unit, and where to find what: always there
//! words      ─ a run of neighbouring words with their forms and the lengths of their lists
//! units      ─ the postings of these words: units and occurrences
//! places     ─ the places of these words in their units
//! lists      ─ where to find neighbouring parts of pages
//! pages      ─ neighbouring pages: what is known of each, and its text
//! shapes     ─ how the tokens of many neighbouring pages are parted
//! ids        ─ which page has an id
//! columns    ─ what every article states of one kind: outlets, days of publication, keywords
//! names      ─ names and where they are mentioned; nothing here knows what is in them
//! ```
//!
//! Whoever looks at something that is not there notes the part that holds it
//! ([`Wanted`]) and goes on with nothing. What was worked out then is thrown
//! away, the parts are fetched, and the question is asked again, until no part
//! is missing: an answer is that of the whole index or none.

mod columns;
mod directory;
mod holes;
mod ids;
mod kind;
mod names;
mod pages;
mod rough;
mod spaced;
mod take;
mod wanted;
#[cfg(feature = "readers")]
mod write;
#[cfg(feature = "readers")]
mod write_words;

pub(super) use directory::Directory;
pub(super) use holes::WordHoles;
pub use kind::PartKind;
pub use names::NameShelves;
pub(super) use wanted::Wanted;
#[cfg(feature = "readers")]
pub use write::{IndexParts, unpacked, write_parts, write_parts_naming, write_parts_with_names};

use super::coding::ascending::Ascending;
use super::coding::bytes::Bytes;
use super::file::units::{Layout, Parting};
use super::pages::placed::PlacedPage;
use super::views::Views;
use super::{Columns, CorpusFacts, FormId, Index, PageId, PostingList, Postings};
use crate::index::file::error::Inconsistent;
use crate::parse::anatomy::Repeated;
use rough::RoughPage;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The words, and their postings, that one part of words brings.
#[derive(Clone, Debug, Default)]
struct Drawer {
    /// Its words with their forms; none before they come.
    words: Option<Views>,
    /// Where the lists of the forms start, and the places of groups of them.
    starts: Ascending,
    place_starts: Vec<u32>,
    /// Bits of both.
    bits: (u32, u32),
    postings: Option<Postings>,
}

/// What an index in parts has, and what it lacks.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    directory: Directory,
    wanted: Wanted,
    drawers: Vec<Drawer>,
    /// Beside each form the drawer that holds its list, and its number there.
    lists: Vec<Option<(u32, u32)>>,
    /// Which shelves are there.
    held: Vec<bool>,
    /// Files of shelves that are not complete: shelf, place in it, bytes.
    pending: Vec<(usize, usize, Vec<u8>)>,
    repeats: Vec<Repeated>,
    /// What the directory says of each page.
    rough: Vec<RoughPage>,
    /// How each page is parted, where it is known.
    shapes: Vec<Option<Box<Parting>>>,
    /// Shapes came since the pages were laid out.
    has_new_shapes: bool,
    /// Pages by their ids, as far as these came.
    ids: FxHashMap<u64, PageId>,
    /// The columns that came; the others are empty.
    columns: Arc<Columns>,
    /// What the shelves of names that came hold.
    names: Vec<Option<Bytes>>,
}

impl Parts {
    /// The postings of a form.
    fn list(&self, form: FormId) -> Option<PostingList<'_>> {
        let &(drawer, number) = self.lists.get(form.0 as usize)?.as_ref()?;
        let at = drawer as usize;
        match &self.drawers.get(at)?.postings {
            Some(postings) => postings.list_at(number as usize),
            None => {
                self.want(self.directory.shelf(PartKind::Units, at));
                None
            }
        }
    }

    /// The page with an id, where it is known.
    pub(super) fn page_by_id(&self, id: u64) -> Option<PageId> {
        self.ids.get(&id).copied()
    }

    /// How a page is parted, where it is known.
    fn shape(&self, page: u32) -> Option<&Parting> {
        self.shapes.get(page as usize)?.as_deref()
    }

    /// The limit of the places of a page that is one unit and spaced; else 0.
    fn limit(&self, page: u32) -> u32 {
        self.rough.get(page as usize).map_or(0, |rough| rough.limit)
    }

    /// Notes that it must be known how a page is parted.
    fn want_shape(&self, page: u32) {
        if self.shapes.get(page as usize).is_some_and(Option::is_none) {
            let number = page / self.directory.shape_pages;
            self.want(self.directory.shelf(PartKind::Shapes, number as usize));
        }
    }

    /// Takes how a page is parted; what was known of it stays.
    fn take_shape(&mut self, page: u32, parting: Parting) -> Result<(), Inconsistent> {
        let fits = self.rough.get(page as usize);
        if !fits.is_some_and(|rough| rough.fits(&parting)) {
            return Err(Inconsistent);
        }
        if let Some(shape @ None) = self.shapes.get_mut(page as usize) {
            *shape = Some(Box::new(parting));
            self.has_new_shapes = true;
        }
        Ok(())
    }

    /// Notes that a shelf is asked for, unless it is there.
    fn want(&self, shelf: usize) {
        if self.held.get(shelf) == Some(&false) {
            self.wanted.add(shelf);
        }
    }
}

impl Index {
    /// Whether this is an index in parts, of which some may not be there.
    #[must_use]
    pub fn is_in_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// The postings of a form: one list for every run of units that has postings of its own.
    pub fn lists(&self, form: FormId) -> impl Iterator<Item = PostingList<'_>> {
        let count = match &self.parts {
            None => self.postings.len(),
            Some(_) => 1,
        };
        (0..count).filter_map(move |at| match &self.parts {
            None => self.postings.get(at)?.list(form),
            Some(parts) => parts.list(form),
        })
    }

    /// Notes that a page is looked at.
    pub(super) fn want_page(&self, page: PageId) {
        let Some(parts) = self
            .parts
            .as_ref()
            .filter(|parts| page.0 < parts.directory.pages)
        else {
            return;
        };
        let directory = &parts.directory;
        let (kind, number) = match directory.group_of(page) {
            Some(group) => (PartKind::Pages, group),
            None => (PartKind::Lists, directory.list_of(page)),
        };
        parts.want(directory.shelf(kind, number));
    }

    /// Lays the pages out by what is known of them: exactly, or as if their rounded lengths were all.
    pub(super) fn lay_out(&mut self, parts: &mut Parts) -> Result<(), Inconsistent> {
        self.units = super::Units::default();
        self.runs.clear();
        self.part_starts.clear();
        self.reserve_units(parts.rough.len());
        let mut layout = Layout::default();
        let mut shapes = Vec::with_capacity(parts.rough.len());
        let mut rounded = Parting::default();
        for (rough, shape) in parts.rough.iter().zip(&parts.shapes) {
            shapes.push(match shape {
                Some(parting) => layout.add(self, parting)?,
                None => {
                    rough.parting(&mut rounded);
                    let mut shape = layout.add(self, &rounded)?;
                    if let [(_, tokens)] = shape.articles.as_mut_slice() {
                        *tokens = (*tokens).min(rough.length);
                    }
                    shape
                }
            });
        }
        let mut pages = std::mem::take(&mut self.pages).into_iter();
        self.articles.clear();
        self.pages.reserve(shapes.len());
        for shape in shapes {
            let known = pages.next();
            let (head, blocks) =
                known.map_or_else(Default::default, |page| (page.page, page.blocks));
            self.push_page(PlacedPage {
                head,
                tokens: shape.tokens,
                articles: shape.articles,
                blocks,
            });
        }
        // What is counted over all pages is exact.
        self.totals = parts.directory.totals;
        self.token_count = u32::try_from(self.totals.tokens()).unwrap_or(u32::MAX);
        parts.has_new_shapes = false;
        Ok(())
    }

    /// Notes that the page with an id is looked for.
    pub(super) fn want_id(&self, id: u64) {
        if let Some(parts) = &self.parts
            && let Some(part) = parts.directory.ids_of(id)
        {
            parts.want(parts.directory.shelf(PartKind::Ids, part));
        }
    }

    /// The names of the parts that were asked for since the last time and are
    /// not there, in the order of the directory. What was worked out meanwhile counts for nothing if
    /// there are any.
    #[must_use]
    pub fn missing_parts(&self) -> Vec<String> {
        let Some(parts) = &self.parts else {
            return Vec::new();
        };
        let shelves = parts.wanted.take().into_iter();
        let lacking = shelves.filter(|&shelf| parts.held.get(shelf) == Some(&false));
        let mut names = Vec::new();
        for name in lacking.flat_map(|shelf| parts.directory.names(shelf)) {
            // Two shelves may hold the same.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What the directory says that only all pages together tell.
    pub(super) fn written_facts(&self) -> Option<&CorpusFacts> {
        self.parts.as_ref().map(|parts| &parts.directory.facts)
    }

    /// The parts of a page that other pages of their outlet have too, as they were when the parts were written.
    #[must_use]
    pub fn written_repeats(&self, page: PageId) -> Vec<Repeated> {
        let repeats = self.parts.iter().flat_map(|parts| &parts.repeats);
        repeats
            .filter(|repeated| repeated.page == page.0)
            .copied()
            .collect()
    }
}
