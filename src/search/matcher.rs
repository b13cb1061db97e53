//! Finds where clauses match: positions in, matches out.

use super::query::{Clause, Word};
use crate::analysis::Lens;
use crate::analysis::clitics::{strip_proclitics, with_proclitics};
use crate::analysis::fold::{letters_key, marks_key};
use crate::index::{ClassId, DocumentId, Documents, FormId, Index, LensView};
use std::ops::Range;

/// One occurrence of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The document it is in.
    pub document: DocumentId,
    /// First position.
    pub start: u32,
    /// Number of tokens.
    pub tokens: u32,
}

/// Classes of forms, as runs of class numbers, ascending and apart.
type Classes = Vec<Range<u32>>;

/// Finds matches under one lens.
pub(super) struct Matcher<'i> {
    index: &'i Index,
    view: &'i LensView,
    letters: &'i LensView,
}

impl<'i> Matcher<'i> {
    /// `None` when the index has not been refreshed.
    pub(super) fn new(index: &'i Index, lens: Lens) -> Option<Self> {
        Some(Self {
            index,
            view: index.view(lens)?,
            letters: index.view(Lens::Letters)?,
        })
    }

    /// Every match of the clause in the documents, by position.
    pub(super) fn matches(&self, clause: &Clause, documents: &Documents<'_>) -> Vec<Match> {
        let classes: Vec<Classes> = clause.words.iter().map(|word| self.classes(word)).collect();
        let tokens = u32::try_from(classes.len()).unwrap_or(u32::MAX);
        // Look where the rarest word of the phrase stands and check its neighbours.
        let rarest = (0u32..)
            .zip(&classes)
            .min_by_key(|(_, range)| self.postings_len(range));
        let Some((offset, range)) = rarest else {
            return Vec::new();
        };
        let positions = self.positions(range);
        let starts = positions
            .into_iter()
            .filter_map(|position| position.checked_sub(offset));
        starts
            .filter(|&start| tokens == 1 || self.is_phrase_at(start, &classes))
            .filter_map(|start| {
                let document = documents.holding(start, start + tokens - 1)?;
                Some(Match {
                    document,
                    start,
                    tokens,
                })
            })
            .collect()
    }

    /// The classes that a word of a query stands for.
    fn classes(&self, word: &Word) -> Classes {
        let key = match self.view.lens() {
            Lens::Exact => word.text.clone(),
            Lens::Marks => marks_key(&word.text),
            Lens::Letters => letters_key(&word.text),
            Lens::Clitics => return self.clitic_classes(word),
        };
        if word.is_prefix {
            return vec![self.view.classes_with_prefix(&key)];
        }
        self.view.class(&key).map(one).into_iter().collect()
    }

    fn clitic_classes(&self, word: &Word) -> Classes {
        let letters = letters_key(&word.text);
        if word.is_prefix {
            // The start of a word gives no evidence but for the article.
            let bare = letters
                .strip_prefix("ال")
                .filter(|rest| rest.chars().count() >= 2);
            return vec![self.view.classes_with_prefix(bare.unwrap_or(&letters))];
        }
        let base = strip_proclitics(&letters, self.letters);
        if let Some(class) = self.view.class(base) {
            return vec![one(class)];
        }
        // The corpus has the word only with proclitics, if at all: the query is
        // the evidence that these are some.
        let written = with_proclitics(base).filter_map(|form| self.view.class(&form));
        let mut classes: Vec<ClassId> = written.collect();
        classes.sort();
        classes.dedup();
        classes.into_iter().map(one).collect()
    }

    fn forms<'c>(&self, classes: &'c Classes) -> impl Iterator<Item = FormId> + use<'i, 'c> {
        let view = self.view;
        let numbers = classes.iter().flat_map(Clone::clone);
        numbers.flat_map(move |class| view.forms(ClassId(class)).iter().copied())
    }

    fn postings_len(&self, classes: &Classes) -> usize {
        self.forms(classes)
            .map(|form| self.index.postings().of(form).len())
            .sum()
    }

    /// Positions of all forms of the classes, ascending.
    fn positions(&self, classes: &Classes) -> Vec<u32> {
        let mut positions = Vec::with_capacity(self.postings_len(classes));
        for form in self.forms(classes) {
            positions.extend_from_slice(self.index.postings().of(form));
        }
        positions.sort_unstable();
        positions
    }

    fn is_phrase_at(&self, start: u32, classes: &[Classes]) -> bool {
        let stream = self
            .index
            .stream()
            .get(start as usize..)
            .unwrap_or_default();
        stream.len() >= classes.len()
            && (start..)
                .zip(stream)
                .zip(classes)
                .all(|((position, &form), classes)| {
                    let in_class = self
                        .view
                        .class_of(form)
                        .is_some_and(|class| classes.iter().any(|run| run.contains(&class.0)));
                    in_class && (position == start || !self.index.begins_part(position))
                })
    }
}

/// The run of one class.
fn one(class: ClassId) -> Range<u32> {
    class.0..class.0 + 1
}
