//! Lens views: the lexicon as each lens sees it.
//!
//! A view sorts the forms into classes that share a key. Classes are numbered
//! in the order of their keys, so that a word is found by binary search and a
//! prefix is one run of classes.

use super::{FormId, Lexicon};
use crate::analysis::Lens;
use crate::analysis::clitics::{Evidence, strip_proclitics};
use crate::analysis::fold::{letters_key, marks_key};
use std::borrow::Cow;
use std::ops::Range;

/// Number of a class of forms in one view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u32);

/// The lexicon under one lens.
#[derive(Clone, Debug)]
pub struct LensView {
    lens: Lens,
    /// Sorted; the place of a key is the number of its class.
    keys: Vec<Box<str>>,
    /// Class of each form.
    class_of: Vec<ClassId>,
    /// Where the forms of each class start in `forms`; one more entry than classes.
    starts: Vec<u32>,
    forms: Vec<FormId>,
    /// Running words of each class.
    frequencies: Vec<u64>,
    /// Classes (letters view only) whose forms mostly begin with a hamza on alef.
    hamza: Vec<bool>,
}

impl LensView {
    /// Views of a lexicon under every lens, strictest first.
    #[must_use]
    pub fn all(lexicon: &Lexicon) -> [Self; 4] {
        let exact = Self::by_key(lexicon, Lens::Exact, Cow::Borrowed);
        let marks = Self::by_key(lexicon, Lens::Marks, |form| Cow::Owned(marks_key(form)));
        let letters = Self::by_key(lexicon, Lens::Letters, |form| Cow::Owned(letters_key(form)));
        // One decision for each class of letters, so that the lenses nest.
        let bases: Vec<&str> = letters
            .keys
            .iter()
            .map(|key| strip_proclitics(key, &letters))
            .collect();
        let clitics = Self::from_keys(
            lexicon,
            Lens::Clitics,
            letters.class_of.iter().map(|class| {
                Cow::Borrowed(bases.get(class.0 as usize).copied().unwrap_or_default())
            }),
        );
        [exact, marks, letters, clitics]
    }

    fn by_key<'a>(lexicon: &'a Lexicon, lens: Lens, key: impl Fn(&'a str) -> Cow<'a, str>) -> Self {
        Self::from_keys(lexicon, lens, lexicon.forms().map(|(_, form)| key(form)))
    }

    fn from_keys<'a>(
        lexicon: &Lexicon,
        lens: Lens,
        keys: impl Iterator<Item = Cow<'a, str>>,
    ) -> Self {
        let keys: Vec<Cow<'a, str>> = keys.collect();
        let key_of = |form: u32| keys.get(form as usize).map_or("", |key| &**key);
        // Numbers are sorted, not keys: less to move, and equal keys keep the order of their forms.
        let mut sorted: Vec<u32> = (0u32..).take(keys.len()).collect();
        sorted.sort_by(|&a, &b| key_of(a).cmp(key_of(b)));
        let mut view = Self {
            lens,
            keys: Vec::new(),
            class_of: vec![ClassId(0); sorted.len()],
            starts: Vec::new(),
            forms: Vec::with_capacity(sorted.len()),
            frequencies: Vec::new(),
            hamza: Vec::new(),
        };
        let mut hamza_words: Vec<u64> = Vec::new();
        for (key, form) in sorted.iter().map(|&form| (key_of(form), FormId(form))) {
            if view.keys.last().is_none_or(|last| **last != *key) {
                view.keys.push(key.into());
                view.starts
                    .push(u32::try_from(view.forms.len()).unwrap_or(u32::MAX));
                view.frequencies.push(0);
                hamza_words.push(0);
            }
            let class = ClassId(u32::try_from(view.keys.len() - 1).unwrap_or(u32::MAX));
            if let Some(of_form) = view.class_of.get_mut(form.0 as usize) {
                *of_form = class;
            }
            let words = u64::from(lexicon.frequency(form));
            let has_hamza = lexicon.form(form).starts_with(['أ', 'إ', 'آ']);
            if let (Some(all), Some(with_hamza)) =
                (view.frequencies.last_mut(), hamza_words.last_mut())
            {
                *all += words;
                *with_hamza += if has_hamza { words } else { 0 };
            }
            view.forms.push(form);
        }
        view.starts
            .push(u32::try_from(view.forms.len()).unwrap_or(u32::MAX));
        view.hamza = hamza_words
            .iter()
            .zip(&view.frequencies)
            .map(|(with, all)| with * 2 > *all)
            .collect();
        view
    }

    /// Number of classes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the lexicon is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The lens.
    #[must_use]
    pub fn lens(&self) -> Lens {
        self.lens
    }

    /// Class of a form.
    #[must_use]
    pub fn class_of(&self, form: FormId) -> Option<ClassId> {
        self.class_of.get(form.0 as usize).copied()
    }

    /// Forms of a class.
    #[must_use]
    pub fn forms(&self, class: ClassId) -> &[FormId] {
        let bound = |i: usize| self.starts.get(i).copied().unwrap_or_default() as usize;
        self.forms
            .get(bound(class.0 as usize)..bound(class.0 as usize + 1))
            .unwrap_or_default()
    }

    /// The class with this key.
    #[must_use]
    pub fn class(&self, key: &str) -> Option<ClassId> {
        let place = self.keys.binary_search_by(|k| (**k).cmp(key)).ok()?;
        u32::try_from(place).ok().map(ClassId)
    }

    /// The classes whose keys begin with `prefix`.
    #[must_use]
    pub fn classes_with_prefix(&self, prefix: &str) -> Range<u32> {
        let start = self.keys.partition_point(|key| **key < *prefix);
        let rest = self.keys.get(start..).unwrap_or_default();
        let count = rest.partition_point(|key| key.starts_with(prefix));
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        at(start)..at(start + count)
    }
}

/// The letters view is the evidence of the clitics lens.
impl Evidence for LensView {
    fn frequency(&self, key: &str) -> u64 {
        let class = self.class(key);
        class
            .and_then(|class| self.frequencies.get(class.0 as usize))
            .copied()
            .unwrap_or_default()
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        let class = self.class(key);
        class
            .and_then(|class| self.hamza.get(class.0 as usize))
            .copied()
            .unwrap_or_default()
    }
}
