//! What a word of a query stands for under a lens: a set of forms.

use crate::analysis::Lens;
use crate::analysis::clitics::{strip_proclitics, with_proclitics};
use crate::analysis::fold::{letters_key, marks_key};
use crate::analysis::stem::{Bases, family, stem};
use crate::index::{CorpusEvidence, FormId, Index, Similar, Views};
use crate::search::query::{Apart, Word, WordKind};
use crate::search::words::bases::CorpusBases;
use crate::search::words::ending::Ending;
use crate::search::words::form_set::FormSet;
use crate::search::words::pattern::Pattern;
use crate::search::words::resemblance::{LEAST, Pairs};
use crate::sorting::Arrange;
use std::ops::Range;

/// Finds the forms of words.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Terms<'i> {
    pub(in crate::search) index: &'i Index,
    pub(in crate::search) views: &'i Views,
    lens: Lens,
    apart: Apart,
}

impl<'i> Terms<'i> {
    /// `None` when the index has not been refreshed.
    pub(in crate::search) fn new(index: &'i Index, lens: Lens, apart: Apart) -> Option<Self> {
        let views = index.views()?;
        Some(Self {
            index,
            views,
            lens,
            apart,
        })
    }

    /// The form that is written so.
    pub(in crate::search) fn form(&self, text: &str) -> Option<FormId> {
        self.views.form(self.index.lexicon(), text)
    }

    /// The lens of a word.
    pub(in crate::search) fn lens_of(&self, word: &Word) -> Lens {
        word.lens.unwrap_or(self.lens)
    }

    /// The forms that a word stands for, each once, by number.
    pub(in crate::search) fn forms(&self, word: &Word) -> Vec<FormId> {
        let lens = self.lens_of(word);
        let letters = || letters_key(&word.text);
        let mut forms = match &word.kind {
            WordKind::Plain => self.plain(&word.text, lens),
            WordKind::Prefix => match lens {
                Lens::Exact => self.exact_prefix(&word.text),
                Lens::Marks => self.marks_prefix(&marks_key(&word.text)),
                Lens::Letters => self.letters_prefix(&letters()),
                Lens::Clitics | Lens::Stem | Lens::Similar => self.clitics_prefix(&letters()),
            },
            WordKind::Fuzzy if lens >= Lens::Clitics => self.fuzzy_clitics(&letters()),
            WordKind::Fuzzy => self.fuzzy_letters(&letters()),
            WordKind::Wildcard(_) | WordKind::Regex(_) | WordKind::Not(_)
                if self.index.is_in_parts() && !self.views.has_all() =>
            {
                self.views.look_at_all();
                Vec::new()
            }
            WordKind::Wildcard(pattern) => self.matching(word, pattern, lens, Pattern::wildcard),
            WordKind::Regex(pattern) => self.matching(word, pattern, lens, Pattern::regex),
            WordKind::Any(words) => words.iter().flat_map(|word| self.forms(word)).collect(),
            WordKind::All(words) => self.in_all(words),
            WordKind::Not(word) => {
                let forms = FormSet::new(&self.forms(word), self.index.lexicon().len());
                let all = self.index.lexicon().forms().map(|(id, _)| id);
                all.filter(|&form| !forms.contains(form)).collect()
            }
        };
        ascending(&mut forms, self.index.lexicon().len());
        forms
    }

    fn plain(&self, text: &str, lens: Lens) -> Vec<FormId> {
        let mut forms = match lens {
            Lens::Exact => return self.form(text).into_iter().collect(),
            Lens::Marks => return self.marks(&marks_key(text)),
            Lens::Letters => self.letters(&letters_key(text)),
            Lens::Clitics => self.clitics(&letters_key(text)),
            Lens::Stem => self.stems(&letters_key(text)),
            Lens::Similar => {
                let letters = letters_key(text);
                let mut forms = self.stems(&letters);
                for (words, _) in self.resembling(&letters) {
                    forms.extend_from_slice(self.views.forms(words));
                }
                forms
            }
        };
        if self.apart != Apart::default() {
            let asked = Ending::of(text);
            let bare = self.base(&letters_key(text)).to_owned();
            forms.retain(|&form| {
                let form = self.index.lexicon().form(form);
                !asked.differs(&Ending::of(form), self.apart) || !letters_key(form).ends_with(&bare)
            });
        }
        forms
    }

    fn in_all(&self, words: &[Word]) -> Vec<FormId> {
        let mut sets = words.iter().map(|word| self.forms(word));
        let mut all = sets.next().unwrap_or_default();
        for set in sets {
            all.retain(|form| set.binary_search(form).is_ok());
        }
        all
    }

    /// The classes of clitics that words belong to, one after another.
    pub(in crate::search) fn classes(&self, words: Range<u32>) -> impl Iterator<Item = Range<u32>> {
        let mut at = words.start;
        std::iter::from_fn(move || {
            let start = at;
            let base = (start < words.end).then(|| self.views.base(start))?;
            while at < words.end && self.views.base(at) == base {
                at += 1;
            }
            Some(start..at)
        })
    }

    /// Letters are folded one by one, so that the candidates are the words
    /// whose letters keys begin with the prefix's. A prefix that ends before
    /// the hamza of a letter is not the beginning of that letter.
    fn exact_prefix(&self, prefix: &str) -> Vec<FormId> {
        let lexicon = self.index.lexicon();
        let key = marks_key(prefix);
        let mut forms = self.letters_prefix(&letters_key(prefix));
        forms.retain(|&form| {
            let rest = lexicon.bytes(form).strip_prefix(prefix.as_bytes());
            rest.is_some_and(|rest| {
                begins_plainly(rest) || marks_key(lexicon.form(form)).starts_with(&key)
            })
        });
        forms
    }

    fn marks(&self, key: &str) -> Vec<FormId> {
        let forms = self.letters(&letters_key(key));
        self.with_marks_key(&forms, |of_form| of_form == key)
    }

    /// A marks key that begins so has a letters key that begins with its folded
    /// letters, since letters are folded one by one.
    fn marks_prefix(&self, prefix: &str) -> Vec<FormId> {
        let lexicon = self.index.lexicon();
        let mut forms = self.letters_prefix(&letters_key(prefix));
        forms.retain(|&form| {
            let rest = lexicon.bytes(form).strip_prefix(prefix.as_bytes());
            match rest {
                Some(rest) if begins_plainly(rest) => true,
                _ if is_plain(lexicon.bytes(form)) => false,
                _ => marks_key(lexicon.form(form)).starts_with(prefix),
            }
        });
        forms
    }

    fn with_marks_key(&self, forms: &[FormId], fits: impl Fn(&str) -> bool) -> Vec<FormId> {
        let lexicon = self.index.lexicon();
        let forms = forms.iter().copied();
        forms
            .filter(|&form| fits(&marks_key(lexicon.form(form))))
            .collect()
    }

    fn letters(&self, key: &str) -> Vec<FormId> {
        let word = self.views.word(key);
        word.map_or_else(Vec::new, |word| self.views.forms(word..word + 1).to_vec())
    }

    fn letters_prefix(&self, prefix: &str) -> Vec<FormId> {
        let words = self.views.letters_prefix(prefix);
        let mut forms = Vec::with_capacity(words.len());
        self.views.list_forms(words.iter().copied(), &mut forms);
        forms
    }

    /// A letters key without its proclitics.
    pub(in crate::search) fn base<'k>(&self, letters: &'k str) -> &'k str {
        // Nothing can be said yet of a word whose part is not there.
        if self.views.lacks(letters) {
            return letters;
        }
        // Of a word of the corpus it was decided when the corpus was indexed.
        if let Some(word) = self.views.word(letters) {
            let cut = letters.len() - self.views.base(word).len();
            return letters.get(cut..).unwrap_or(letters);
        }
        let evidence = CorpusEvidence {
            views: self.views,
            lexicon: self.index.lexicon(),
        };
        strip_proclitics(letters, &evidence)
    }

    fn clitics(&self, letters: &str) -> Vec<FormId> {
        let base = self.base(letters);
        let class = self.views.clitic_class(base);
        if !class.is_empty() || self.views.lacks(letters) {
            return self.views.forms(class).to_vec();
        }
        // The corpus has the word only with proclitics, if at all: the query is
        // the evidence that these are some.
        let written = with_proclitics(base).map(|key| self.views.clitic_class(&key));
        written
            .flat_map(|class| self.views.forms(class))
            .copied()
            .collect()
    }

    fn bases(&self) -> CorpusBases<'i> {
        CorpusBases {
            views: self.views,
            lexicon: self.index.lexicon(),
            asked: None,
        }
    }

    /// The stem of a letters key.
    pub(in crate::search) fn stem(&self, letters: &str) -> String {
        self.stem_of(self.base(letters))
    }

    /// The stem of what the clitics lens leaves.
    pub(in crate::search) fn stem_of(&self, base: &str) -> String {
        stem(base, &self.bases())
    }

    fn stems(&self, letters: &str) -> Vec<FormId> {
        let mut forms = self.clitics(letters);
        let stem = self.stem(letters);
        let bases = self.bases();
        let asked = (bases.frequency(&stem) == 0).then_some(stem.as_str());
        for member in family(&stem, &CorpusBases { asked, ..bases }) {
            forms.extend_from_slice(self.views.forms(self.views.clitic_class(&member)));
        }
        forms
    }

    /// Classes of clitics that are spelled much like a word, with how much.
    pub(in crate::search) fn resembling(&self, letters: &str) -> Vec<(Range<u32>, f32)> {
        const LEAST_LETTERS: usize = 3;
        let base = self.base(letters);
        let mut found: Vec<(Range<u32>, f32)> = Vec::new();
        if base.chars().count() < LEAST_LETTERS {
            return found;
        }
        let mut pairs = Pairs::new(base);
        for word in self.views.perhaps_resembling(base, LEAST) {
            let other = self.views.base(word);
            if let Some((class, _)) = found.last_mut()
                && self.views.base(class.start) == other
            {
                class.end = word + 1;
            } else if let Some(share) = pairs.with(other) {
                found.push((word..word + 1, share));
            }
        }
        found
    }

    /// Forms that count less than whole, by what they count: those that only resemble.
    pub(in crate::search) fn light(&self, word: &Word) -> Vec<(f64, Vec<FormId>)> {
        if self.lens_of(word) != Lens::Similar || word.kind != WordKind::Plain {
            return Vec::new();
        }
        let letters = letters_key(&word.text);
        let whole = FormSet::new(&self.stems(&letters), self.index.lexicon().len());
        let mut by_share: Vec<(f32, Vec<FormId>)> = Vec::new();
        for (words, share) in self.resembling(&letters) {
            let forms = self.views.forms(words).iter().copied();
            let mut forms: Vec<FormId> = forms.filter(|&form| !whole.contains(form)).collect();
            match by_share.iter_mut().find(|(other, _)| *other == share) {
                Some((_, known)) => known.append(&mut forms),
                None => by_share.push((share, forms)),
            }
        }
        let squared = |(share, mut forms): (f32, Vec<FormId>)| {
            forms.arrange();
            (f64::from(share) * f64::from(share), forms)
        };
        by_share.into_iter().map(squared).collect()
    }

    fn fuzzy_clitics(&self, letters: &str) -> Vec<FormId> {
        let base = self.base(letters);
        let mut forms = self.similar(&self.views.similar_bases(base, edits(base)));
        forms.extend(self.fuzzy_letters(letters));
        forms
    }

    /// The stricter lenses compare nearly equal words by their letters too.
    fn fuzzy_letters(&self, letters: &str) -> Vec<FormId> {
        self.similar(&self.views.similar_keys(letters, edits(letters)))
    }

    fn similar(&self, words: &[Similar]) -> Vec<FormId> {
        let words = words.iter().map(|similar| similar.word);
        words
            .flat_map(|word| self.views.forms(word..word + 1))
            .copied()
            .collect()
    }

    fn clitics_prefix(&self, letters: &str) -> Vec<FormId> {
        // The start of a word gives no evidence but for the article. A prefix
        // that itself begins with proclitics is found in words as written.
        let bare = letters
            .strip_prefix("ال")
            .filter(|rest| rest.chars().count() >= 2);
        let words = self.views.clitic_prefix(bare.unwrap_or(letters));
        let mut forms = self.views.forms(words.clone()).to_vec();
        let written = self.views.letters_prefix(letters);
        forms.reserve(written.len());
        let others = written.iter().copied();
        self.views
            .list_forms(others.filter(|word| !words.contains(word)), &mut forms);
        forms
    }
}

/// Whether nothing or a bare Arabic letter comes next: what stands before it ends there under the marks lens too.
fn begins_plainly(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [0xD8, trail, ..] => *trail >= 0xA0,
        [0xD9, trail, ..] => matches!(trail, 0x81..=0x8A),
        _ => false,
    }
}

/// Whether the marks lens leaves a form as it is: it has bare Arabic letters alone.
fn is_plain(form: &[u8]) -> bool {
    let (letters, rest) = form.as_chunks::<2>();
    rest.is_empty() && letters.iter().all(|letter| begins_plainly(letter))
}

/// Puts forms in order, each once. Many are told by the bits of a set, which
/// costs less than comparing them.
fn ascending(forms: &mut Vec<FormId>, lexicon: usize) {
    const FEW: usize = 200;
    if forms.is_sorted_by(|a, b| a < b) {
        return;
    }
    if forms.len() < FEW {
        forms.arrange();
        forms.dedup();
        return;
    }
    let set = FormSet::new(forms, lexicon);
    forms.clear();
    set.list(forms);
}

/// Edits that still make a similar word: one from four letters on, two from eight.
fn edits(key: &str) -> u8 {
    match key.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
