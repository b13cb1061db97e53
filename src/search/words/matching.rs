//! The forms that a pattern of letters matches.

use crate::analysis::Lens;
use crate::index::FormId;
use crate::search::query::Word;
use crate::search::words::pattern::{Pattern, PatternError};
use crate::search::words::terms::Terms;
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::{fold_letter, fold_marks};

impl Terms<'_> {
    /// The forms that a pattern matches: as written, by marks key, by letters
    /// key, or whole classes of clitics by what is left or by letters key.
    pub(in crate::search) fn matching(
        &self,
        word: &Word,
        pattern: &Pattern,
        lens: Lens,
        read: impl Fn(&str) -> Result<Pattern, PatternError>,
    ) -> Vec<FormId> {
        let lexicon = self.index.lexicon();
        if lens == Lens::Exact {
            let beginning = pattern.beginning();
            let forms = lexicon
                .forms()
                .filter(|(_, form)| form.starts_with(&beginning) && pattern.matches(form));
            return forms.map(|(id, _)| id).collect();
        }
        // Marks are no part of the keys, so they are none of the pattern.
        let is_letter = |c: &char| {
            !matches!(
                class_of(*c),
                CharClass::Mark | CharClass::Tatweel | CharClass::Format
            )
        };
        let source: String = word.text.chars().filter(is_letter).collect();
        let Ok(pattern) = read(&source) else {
            return Vec::new();
        };
        let mut key = String::new();
        if lens == Lens::Marks {
            let forms = lexicon.forms().filter(|(_, form)| {
                key.clear();
                fold_marks(form, &mut key);
                pattern.matches(&key)
            });
            return forms.map(|(id, _)| id).collect();
        }
        let pattern = pattern.folded(|c| fold_letter(c.to_lowercase().next().unwrap_or(c)));
        let beginning = pattern.beginning();
        let matches = |key: &str| pattern.matches(key);
        let mut forms = Vec::new();
        let by_letters = self.views.letters_prefix(&beginning).iter();
        for &word in by_letters.filter(|&&word| matches(self.views.key(word))) {
            let words = match lens {
                Lens::Letters => word..word + 1,
                _ => self.views.clitic_class(self.views.base(word)),
            };
            forms.extend_from_slice(self.views.forms(words));
        }
        if lens > Lens::Letters {
            for words in self.classes(self.views.clitic_prefix(&beginning)) {
                if matches(self.views.base(words.start)) {
                    forms.extend_from_slice(self.views.forms(words));
                }
            }
        }
        forms
    }
}
