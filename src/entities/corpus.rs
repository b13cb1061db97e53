//! Runs the recogniser over an index.

use super::form_table::FormTable;
use super::layer::EntityLayer;
use super::page::TokenText;
use super::recogniser::{Recogniser, Recognition};
use crate::index::{Index, PageId, Passage};

/// The tokens of one page of an index, as the recogniser reads them.
#[derive(Debug, Default)]
struct PageTokens {
    passage: Passage,
    forms: Vec<u32>,
    articles: Vec<Option<u32>>,
}

impl PageTokens {
    /// Reads page `id`; articles are numbered as in the index.
    fn read(&mut self, index: &Index, id: PageId) {
        index.read_passage(id, 0..u32::MAX, &mut self.passage);
        self.articles.clear();
        self.forms.clear();
        let forms = self.passage.forms().iter();
        self.forms.extend(forms.map(|form| form.0));
        let positions = self.passage.positions();
        let runs = index.runs();
        let mut run = runs.partition_point(|run| run.end <= positions.start);
        for position in positions {
            while runs.get(run).is_some_and(|r| r.end <= position) {
                run += 1;
            }
            let article = runs
                .get(run)
                .filter(|r| r.start <= position)
                .map(|r| r.article);
            self.articles.push(article);
        }
    }

    fn text(&self) -> TokenText<'_> {
        TokenText {
            text: self.passage.excerpt().after(0),
            spans: self.passage.spans(),
            forms: &self.forms,
            breaks: self.passage.sentence_starts(),
            articles: &self.articles,
        }
    }
}

/// Finds the entities of every page of an index. Page ordinals of the layer are
/// page numbers, article ordinals are numbers among all articles.
#[must_use]
pub fn recognise_index(recogniser: &Recogniser, index: &Index) -> EntityLayer {
    let lexicon = index.lexicon();
    let forms = lexicon
        .forms()
        .map(|(id, form)| (form, lexicon.frequency(id)));
    let forms = FormTable::new(recogniser, forms);
    let pages = 0..u32::try_from(index.pages().len()).unwrap_or(u32::MAX);
    let mut tokens = PageTokens::default();
    let mut run = Recognition::new(recogniser, &forms);
    if recogniser.is_trained() {
        for id in pages.clone().map(PageId) {
            tokens.read(index, id);
            run.hear(&tokens.text());
        }
    }
    for id in pages.clone().map(PageId) {
        tokens.read(index, id);
        run.find_names(&tokens.text());
    }
    run.learn();
    for id in pages.map(PageId) {
        tokens.read(index, id);
        run.find_bare(&tokens.text());
    }
    run.finish()
}
