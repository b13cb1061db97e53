//! Cuts words and postings into drawers.

use super::spaced::Spacing;
use crate::index::file::lexicon::WordsWriter;
use crate::index::file::numbers::NumberWriter;
use crate::index::file::postings::{KINDS, add_lists};
use crate::index::file::{postings_of, views_of};
use crate::index::postings::copy::ListCopier;
use crate::index::{Index, Views};
use crate::parse::frame::put_number;
use std::ops::Range;

/// Forms of a drawer, at most, unless one class has more: some 8 kB of words.
const FORMS: usize = 2_400;

/// Bits of the postings of a drawer, at most, unless one class has more.
const UNIT_BITS: usize = 8 * 20_000;

/// Bits of places, likewise.
const PLACE_BITS: usize = 8 * 30_000;

/// Words and postings as they are stored.
#[derive(Default)]
pub(super) struct Drawers {
    /// What the clitics lens leaves of the first word of each.
    pub(super) firsts: Vec<String>,
    pub(super) proclitics: Vec<String>,
    pub(super) word_codes: Vec<u8>,
    pub(super) list_codes: Vec<u8>,
    pub(super) words: Vec<Vec<u8>>,
    pub(super) units: Vec<Vec<u8>>,
    pub(super) places: Vec<Vec<u8>>,
}

/// Cuts an index; a class of the clitics lens is never cut.
pub(super) fn drawers(index: &Index, spacing: &Spacing) -> Drawers {
    let views = views_of(index);
    let postings = spacing.apply(index, &postings_of(index));
    let lexicon = index.lexicon();
    let mut copier = ListCopier::new(&postings, |unit| spacing.limit(unit));
    let proclitics = proclitics(&views);
    let mut words = WordsWriter::new(proclitics.clone());
    let mut lists = NumberWriter::new(KINDS);
    let mut drawers = Drawers::default();
    for range in ranges(&views, &copier) {
        drawers.firsts.push(views.base(range.start).to_owned());
        words.begin(range.len());
        range
            .clone()
            .for_each(|word| words.add(lexicon, &views, word));
        words.numbers.cut();
        let forms = views.forms(range);
        add_lists(&mut lists, lexicon, forms, forms.len(), &mut copier);
        lists.cut();
        let (units, places) = copier.take();
        drawers.units.push(units);
        drawers.places.push(places);
    }
    let (word_codes, streams) = words.numbers.finish_apart();
    let (list_codes, lists) = lists.finish_apart();
    drawers.words = streams
        .into_iter()
        .zip(lists)
        .map(|(words, lists)| {
            let mut part = Vec::with_capacity(words.len() + lists.len() + 4);
            put_number(&mut part, words.len() as u64);
            part.extend(words);
            part.extend(lists);
            part
        })
        .collect();
    (drawers.word_codes, drawers.list_codes) = (word_codes, list_codes);
    drawers.proclitics = proclitics;
    drawers
}

/// Whatever stands before what the clitics lens leaves, each once.
fn proclitics(views: &Views) -> Vec<String> {
    let words = 0..u32::try_from(views.count()).unwrap_or(u32::MAX);
    let cut = words.filter_map(|word| views.key(word).strip_suffix(views.base(word)));
    let mut proclitics: Vec<String> = Vec::new();
    for cut in cut.filter(|cut| !cut.is_empty()) {
        if !proclitics.iter().any(|known| known == cut) {
            proclitics.push(cut.to_owned());
        }
    }
    proclitics.sort();
    proclitics
}

/// The words of each drawer.
fn ranges(views: &Views, copier: &ListCopier<'_>) -> Vec<Range<u32>> {
    let end = u32::try_from(views.count()).unwrap_or(u32::MAX);
    let mut ranges = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut filled = (0, 0, 0);
    while at < end {
        let mut next = at + 1;
        while next < end && views.base(next) == views.base(at) {
            next += 1;
        }
        let mut class = (0, 0, 0);
        for &form in views.forms(at..next) {
            let (units, places) = copier.extent(form);
            class = (class.0 + 1, class.1 + units, class.2 + places);
        }
        let sum = (filled.0 + class.0, filled.1 + class.1, filled.2 + class.2);
        let fits = sum.0 <= FORMS && sum.1 <= UNIT_BITS && sum.2 <= PLACE_BITS;
        if at > start && !fits {
            ranges.push(start..at);
            (start, filled) = (at, class);
        } else {
            filled = sum;
        }
        at = next;
    }
    if start < end {
        ranges.push(start..end);
    }
    ranges
}
