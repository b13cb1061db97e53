//! The lexicon as the lenses see it.
//!
//! Forms that share a letters key are one *word*. Words stand in the order of
//! what the clitics lens leaves of their keys, then of the keys themselves; the
//! forms of a word in the order of their marks keys, then as written. So a
//! class of any lens is a run of forms, and a prefix under the clitics lens is
//! a run of words.

pub(super) mod bag_view;
pub(super) mod corpus_evidence;
mod infix;
mod signatures;
pub(super) mod similar;
mod word_forms;
pub(super) mod words;

use super::coding::ascending::Ascending;
use super::parts::WordHoles;
use super::postings::frequent::Frequent;
use super::postings::kept::Kept;
use super::sorting::{self, invert};
use super::{FormId, Lexicon};
use crate::analysis::clitics::is_of_proclitics;
use crate::analysis::fold::letters_key;
use crate::text::growing::Growing;
use similar::Signatures;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::OnceLock;
use words::{Words, sort_forms};

/// Words and forms in the order of the lenses.
#[derive(Clone, Debug, Default)]
pub struct Views {
    /// All forms.
    forms: Vec<FormId>,
    /// Where the forms of each word start in `forms`; one more entry than words.
    form_starts: Ascending,
    /// Letters keys of the words, one behind the other.
    pub(super) keys: Vec<u8>,
    pub(super) key_ends: Ascending,
    /// Bytes of proclitics at the start of each key, and the most of them.
    cuts: Vec<u8>,
    longest_cut: u8,
    /// The words in the order of their letters keys; sorted when first asked for.
    by_letters: OnceLock<Vec<u32>>,
    pub(super) signatures: Signatures,
    pub(super) kept: Kept,
    pub(super) frequent: Frequent,
    /// Of an index in parts: what else there is.
    pub(super) holes: Option<WordHoles>,
}

impl Views {
    /// The views of a lexicon.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        // What stays is made before what does not, which then leaves one stretch of memory free.
        let word_of = Vec::with_capacity(lexicon.len());
        let mut keys = Growing::with_room(lexicon.text_len());
        let mut views = Self {
            form_starts: Ascending::with_room(lexicon.len() + 1),
            key_ends: Ascending::with_room(lexicon.len()),
            cuts: Vec::with_capacity(lexicon.len()),
            ..Self::default()
        };
        let mut words = Words::of(lexicon, word_of);
        let count = words.keys.len();
        let cuts = words.cuts();
        words.forget_evidence();
        let cut = |word: u32| cuts.get(word as usize).copied().unwrap_or_default();
        let base = |word: u32| {
            words
                .key(word)
                .get(usize::from(cut(word))..)
                .unwrap_or_default()
        };
        let numbers = 0..u32::try_from(count).unwrap_or(u32::MAX);
        let mut places = sorting::sorted(numbers, &base, &|a, b| words.key(a).cmp(words.key(b)));
        for &word in &places {
            keys.append(words.key(word));
            views.push_key(keys.len(), cut(word));
        }
        views.keys = keys.into_bytes();
        // Of the word at each place, the place of each word.
        invert(&mut places);
        let place = |word: u32| places.get(word as usize).copied().unwrap_or_default();
        let word_of = words.numbers_by(&place);
        drop(places);
        views.group_forms(lexicon, word_of);
        views.form_starts.shrink();
        views.key_ends.shrink();
        views.cuts.shrink_to_fit();
        views
    }

    /// Groups the forms by word with a counting sort, in the memory of the words of the forms.
    fn group_forms(&mut self, lexicon: &Lexicon, mut word_of: Vec<u32>) {
        let mut starts = vec![0u32; self.count() + 1];
        for &word in &word_of {
            if let Some(count) = starts.get_mut(word as usize) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            self.form_starts.push(sum);
            sum += std::mem::replace(start, sum);
        }
        // The place of each form, and then the form of each place.
        for word in &mut word_of {
            if let Some(next) = starts.get_mut(*word as usize) {
                *word = *next;
                *next += 1;
            }
        }
        drop(starts);
        invert(&mut word_of);
        self.forms = word_of.into_iter().map(FormId).collect();
        let mut start = 0;
        for word in 1..self.form_starts.len() {
            let end = self.form_starts.get(word).unwrap_or_default() as usize;
            if end - start > 1
                && let Some(group) = self.forms.get_mut(start..end)
            {
                sort_forms(lexicon, group);
            }
            start = end;
        }
    }

    /// Views that have room for so many words to be read.
    pub(super) fn with_room(words: usize) -> Self {
        Self {
            form_starts: Ascending::with_room(words + 1),
            key_ends: Ascending::with_room(words),
            cuts: Vec::with_capacity(words),
            ..Self::default()
        }
    }

    /// Adds the next word of views that are read: where its key ends, how many bytes of it are
    /// proclitics, and how many forms have been read with it.
    #[inline(never)] // called for every word, so that a browser compiles it well on the way
    pub(super) fn push_word(&mut self, key_end: usize, cut: usize, forms: usize) {
        if self.form_starts.is_empty() {
            self.form_starts.push(0);
        }
        self.push_key(key_end, u8::try_from(cut).unwrap_or_default());
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.form_starts.push(number(forms));
    }

    /// Adds where the key of the next word ends, and how many bytes of it are proclitics.
    fn push_key(&mut self, end: usize, cut: u8) {
        self.key_ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        self.longest_cut = self.longest_cut.max(cut);
        self.cuts.push(cut);
    }

    /// Ends reading with the keys of all words, one behind the other.
    pub(super) fn set_keys(&mut self, keys: Vec<u8>) {
        self.keys = keys;
    }

    /// Ends reading with the forms of all words.
    pub(super) fn set_forms(&mut self, forms: Vec<FormId>) {
        if self.form_starts.is_empty() {
            self.form_starts.push(0);
        }
        self.forms = forms;
    }

    /// All forms, in the order of the lenses.
    pub(super) fn all_forms(&self) -> &[FormId] {
        &self.forms
    }

    /// Number of words. An index in parts is asked for all of them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.look_at_all();
        self.count()
    }

    /// Number of the words that are there.
    pub(super) fn count(&self) -> usize {
        self.key_ends.len()
    }

    /// Whether every word is there.
    #[must_use]
    pub fn has_all(&self) -> bool {
        self.holes.as_ref().is_none_or(WordHoles::has_all)
    }

    /// Whether words that may have this letters key are not there; they have been asked for then.
    #[must_use]
    pub fn lacks(&self, key: &str) -> bool {
        let holes = self.holes.as_ref();
        holes.is_some_and(|holes| holes.bases(key).any(|base| holes.lacks(base)))
            && self.word(key).is_none()
    }

    /// In an index in parts, asks for every word.
    pub fn look_at_all(&self) {
        if let Some(holes) = &self.holes {
            holes.all();
        }
    }

    /// Whether the lexicon is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.key_ends.is_empty()
    }

    /// Bytes that the views hold.
    #[must_use]
    pub fn memory(&self) -> usize {
        let numbers = self.forms.capacity() + self.by_letters.get().map_or(0, Vec::capacity);
        let bounds = self.form_starts.memory() + self.key_ends.memory();
        let made = self.signatures.memory() + self.kept.memory() + self.frequent.memory();
        4 * numbers + bounds + self.keys.capacity() + self.cuts.capacity() + made
    }

    /// Letters key of a word.
    #[must_use]
    pub fn key(&self, word: u32) -> &str {
        std::str::from_utf8(self.key_bytes(word)).unwrap_or_default()
    }

    pub(super) fn key_bytes(&self, word: u32) -> &[u8] {
        let range = self.key_ends.stretch(word as usize);
        self.keys.get(range).unwrap_or_default()
    }

    /// What the clitics lens leaves of a word.
    #[must_use]
    pub fn base(&self, word: u32) -> &str {
        std::str::from_utf8(self.base_bytes(word)).unwrap_or_default()
    }

    /// Whether a word has proclitics.
    pub(super) fn is_cut(&self, word: u32) -> bool {
        self.cuts.get(word as usize).is_some_and(|&cut| cut > 0)
    }

    pub(super) fn base_bytes(&self, word: u32) -> &[u8] {
        self.base_and_key(word).0
    }

    fn base_and_key(&self, word: u32) -> (&[u8], &[u8]) {
        let cut = self.cuts.get(word as usize).copied().unwrap_or_default();
        let key = self.key_bytes(word);
        (key.get(usize::from(cut)..).unwrap_or_default(), key)
    }

    /// The word with this letters key.
    #[must_use]
    pub fn word(&self, key: &str) -> Option<u32> {
        if let Some(holes) = &self.holes {
            return self.word_among(holes, key);
        }
        // However much of it the clitics lens takes away, there is one place where it would stand then.
        let longest = usize::from(self.longest_cut);
        let proclitics = key.chars().take_while(|&letter| is_of_proclitics(letter));
        let cuts = proclitics.scan(0, |cut, letter| {
            *cut += letter.len_utf8();
            Some(*cut).filter(|&cut| cut <= longest)
        });
        std::iter::once(0).chain(cuts).find_map(|cut| {
            let sought = (key.as_bytes().get(cut..)?, key.as_bytes());
            let word = self.first_word(|word| self.base_and_key(word) < sought);
            ((word as usize) < self.count() && self.base_and_key(word) == sought).then_some(word)
        })
    }

    /// The form that is written so, of the lexicon that these are the views of.
    #[must_use]
    pub fn form(&self, lexicon: &Lexicon, text: &str) -> Option<FormId> {
        let word = self.word(&letters_key(text))?;
        let mut forms = self.forms(word..word + 1).iter().copied();
        forms.find(|&form| lexicon.bytes(form) == text.as_bytes())
    }

    /// The word with this key, which is in the class of one of its ends.
    fn word_among(&self, holes: &WordHoles, key: &str) -> Option<u32> {
        let class = |base| self.class(base);
        let mut words = holes.bases(key).flat_map(class);
        let found = words.find(|&word| self.key_bytes(word) == key.as_bytes());
        if found.is_none() {
            holes.bases(key).for_each(|base| holes.base(base));
        }
        found
    }

    /// The words in the order of their letters keys.
    #[must_use]
    pub fn by_letters(&self) -> &[u32] {
        self.look_at_all();
        self.in_letters_order()
    }

    fn in_letters_order(&self) -> &[u32] {
        self.by_letters.get_or_init(|| {
            // Words without proclitics are in order already.
            let cut = |word: &u32| self.cuts.get(*word as usize).is_some_and(|&cut| cut > 0);
            let words = 0..u32::try_from(self.count()).unwrap_or(u32::MAX);
            let key = |word| self.key_bytes(word);
            let cut_words = words.clone().filter(cut);
            let cut_words = sorting::sorted(cut_words, &key, &|_, _| Ordering::Equal);
            let mut cut_words = cut_words.into_iter().peekable();
            let mut order = Vec::with_capacity(self.count());
            for bare in words.filter(|word| !cut(word)) {
                while let Some(word) = cut_words.next_if(|&word| key(word) < key(bare)) {
                    order.push(word);
                }
                order.push(bare);
            }
            order.extend(cut_words);
            order
        })
    }

    /// The words of which the clitics lens leaves `base`.
    #[must_use]
    pub fn clitic_class(&self, base: &str) -> Range<u32> {
        if let Some(holes) = &self.holes {
            holes.base(base);
        }
        self.class(base)
    }

    fn class(&self, base: &str) -> Range<u32> {
        let start = self.first_word(|word| self.base_bytes(word) < base.as_bytes());
        let mut end = start;
        while (end as usize) < self.count() && self.base_bytes(end) == base.as_bytes() {
            end += 1;
        }
        start..end
    }

    /// The words of which the clitics lens leaves something that begins with `prefix`.
    #[must_use]
    pub fn clitic_prefix(&self, prefix: &str) -> Range<u32> {
        if let Some(holes) = &self.holes {
            holes.prefix(prefix);
        }
        let prefix = prefix.as_bytes();
        let start = self.first_word(|word| self.base_bytes(word) < prefix);
        let end = self.first_word(|word| {
            let base = self.base_bytes(word);
            base < prefix || base.starts_with(prefix)
        });
        start..end.max(start)
    }

    /// The words whose letters keys begin with `prefix`, in the order of their keys.
    #[must_use]
    pub fn letters_prefix(&self, prefix: &str) -> &[u32] {
        let places = self.letters_prefix_places(prefix);
        self.in_letters_order().get(places).unwrap_or_default()
    }

    /// Their places in the order of letters keys.
    #[must_use]
    pub fn letters_prefix_places(&self, prefix: &str) -> Range<usize> {
        if let Some(holes) = &self.holes {
            holes.letters_prefix(prefix);
        }
        let prefix = prefix.as_bytes();
        let words = self.in_letters_order();
        let start = words.partition_point(|&word| self.key_bytes(word) < prefix);
        let rest = words.get(start..).unwrap_or_default();
        let count = rest.partition_point(|&word| self.key_bytes(word).starts_with(prefix));
        start..start + count
    }

    /// The first word that does not come before; words that do are in front.
    fn first_word(&self, comes_before: impl Fn(u32) -> bool) -> u32 {
        let (mut low, mut high) = (0, u32::try_from(self.count()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low.midpoint(high);
            if comes_before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
