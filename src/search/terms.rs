//! What a word of a query stands for under a lens: a set of forms.

use super::query::Word;
use crate::analysis::Lens;
use crate::analysis::clitics::{strip_proclitics, with_proclitics};
use crate::analysis::fold::{letters_key, marks_key};
use crate::index::{CorpusEvidence, FormId, Index, Similar, Views};

/// Finds the forms of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'i> {
    index: &'i Index,
    views: &'i Views,
    lens: Lens,
}

impl<'i> Terms<'i> {
    /// `None` when the index has not been refreshed.
    pub(super) fn new(index: &'i Index, lens: Lens) -> Option<Self> {
        let views = index.views()?;
        Some(Self { index, views, lens })
    }

    /// The forms that a word stands for, each once, by number.
    pub(super) fn forms(&self, word: &Word) -> Vec<FormId> {
        let mut forms = match (self.lens, word.is_prefix) {
            (Lens::Clitics, _) if word.is_fuzzy => self.fuzzy_clitics(&letters_key(&word.text)),
            _ if word.is_fuzzy => self.fuzzy_letters(&letters_key(&word.text)),
            (Lens::Exact, false) => self.exact(&word.text),
            (Lens::Exact, true) => self.exact_prefix(&word.text),
            (Lens::Marks, false) => self.marks(&marks_key(&word.text)),
            (Lens::Marks, true) => self.marks_prefix(&marks_key(&word.text)),
            (Lens::Letters, false) => self.letters(&letters_key(&word.text)),
            (Lens::Letters, true) => self.letters_prefix(&letters_key(&word.text)),
            (Lens::Clitics, false) => self.clitics(&letters_key(&word.text)),
            (Lens::Clitics, true) => self.clitics_prefix(&letters_key(&word.text)),
        };
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    fn exact(&self, form: &str) -> Vec<FormId> {
        let form = self.index.lexicon().find(form);
        form.into_iter().collect()
    }

    fn exact_prefix(&self, prefix: &str) -> Vec<FormId> {
        let forms = self.index.lexicon().forms();
        forms
            .filter(|(_, form)| form.starts_with(prefix))
            .map(|(id, _)| id)
            .collect()
    }

    fn marks(&self, key: &str) -> Vec<FormId> {
        let forms = self.letters(&letters_key(key));
        self.with_marks_key(&forms, |of_form| of_form == key)
    }

    /// A marks key that begins so has a letters key that begins with its folded
    /// letters, since letters are folded one by one.
    fn marks_prefix(&self, prefix: &str) -> Vec<FormId> {
        let forms = self.letters_prefix(&letters_key(prefix));
        self.with_marks_key(&forms, |of_form| of_form.starts_with(prefix))
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
        let words = self.views.letters_prefix(prefix).iter();
        words
            .flat_map(|&word| self.views.forms(word..word + 1))
            .copied()
            .collect()
    }

    fn clitics(&self, letters: &str) -> Vec<FormId> {
        let evidence = CorpusEvidence {
            views: self.views,
            lexicon: self.index.lexicon(),
        };
        let base = strip_proclitics(letters, &evidence);
        let class = self.views.clitic_class(base);
        if !class.is_empty() {
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

    fn fuzzy_clitics(&self, letters: &str) -> Vec<FormId> {
        let evidence = CorpusEvidence {
            views: self.views,
            lexicon: self.index.lexicon(),
        };
        let base = strip_proclitics(letters, &evidence);
        self.similar(&self.views.similar_bases(base, edits(base)))
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
        // The start of a word gives no evidence but for the article.
        let bare = letters
            .strip_prefix("ال")
            .filter(|rest| rest.chars().count() >= 2);
        let words = self.views.clitic_prefix(bare.unwrap_or(letters));
        self.views.forms(words).to_vec()
    }
}

/// Edits that still make a similar word: one from four letters on, two from eight.
fn edits(key: &str) -> u8 {
    match key.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A set of forms as bits.
#[derive(Clone, Debug)]
pub(super) struct FormSet {
    words: Vec<u64>,
}

impl FormSet {
    /// `lexicon`: number of all forms.
    pub(super) fn new(forms: &[FormId], lexicon: usize) -> Self {
        let mut words = vec![0; lexicon.div_ceil(64)];
        for form in forms {
            if let Some(word) = words.get_mut(form.0 as usize / 64) {
                *word |= 1 << (form.0 % 64);
            }
        }
        Self { words }
    }

    #[inline]
    pub(super) fn contains(&self, form: FormId) -> bool {
        let word = self.words.get(form.0 as usize / 64);
        word.is_some_and(|word| word >> (form.0 % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn similar_words_are_found_by_what_the_lens_leaves() {
        let text = "زار بيونغيانغ ثم عاد من بيونغيانغ وبيونغيانج. كتب مكتب كتبت عن كتاب من مكتبه، وقال إن الكتاب كتاب.";
        let mut index = Index::default();
        let page = Page::from_article("a", b"a", "", text);
        index.add(page, false).expect("new");
        index.refresh();
        // lens, word, forms that are found
        let cases: &[(Lens, &str, &[&str])] = &[
            (Lens::Clitics, "بيونغيانج", &["بيونغيانغ", "وبيونغيانج"]),
            (Lens::Letters, "بيونغيانج", &["بيونغيانغ", "وبيونغيانج"]),
            (Lens::Clitics, "كتاب", &["كتاب", "الكتاب", "كتب"]),
            (Lens::Clitics, "كتاي", &["كتاب", "الكتاب"]),
            (Lens::Letters, "مكتت", &["مكتب"]),
            (Lens::Clitics, "كتي", &[]),
            (Lens::Clitics, "من", &["من"]),
        ];
        for (lens, word, expected) in cases {
            let terms = Terms::new(&index, *lens).expect("refreshed");
            let word = Word {
                text: (*word).to_owned(),
                is_prefix: false,
                is_fuzzy: true,
            };
            let forms = terms.forms(&word);
            let mut found: Vec<&str> = forms.iter().map(|&f| index.lexicon().form(f)).collect();
            found.sort_unstable();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{} {lens:?}", word.text);
        }
    }
}
