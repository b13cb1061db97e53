//! Runs the recogniser over an index.

use super::form_table::FormTable;
use super::layer::EntityLayer;
use super::page::TokenText;
use super::recogniser::{Recogniser, Recognition};
use crate::index::{Index, PageId};
use crate::text::ByteSpan;

/// The tokens of one page of an index, as the recogniser reads them.
#[derive(Debug, Default)]
struct PageTokens {
    spans: Vec<ByteSpan>,
    forms: Vec<u32>,
    breaks: Vec<bool>,
    articles: Vec<Option<u32>>,
}

impl PageTokens {
    /// Reads page `id`; articles are numbered as in the index.
    fn read(&mut self, index: &Index, id: PageId) {
        self.spans.clear();
        self.breaks.clear();
        self.articles.clear();
        self.forms.clear();
        self.forms
            .extend(index.tokens(id).iter().map(|form| form.0));
        let positions = index.page(id).map_or(0..0, |page| page.positions.clone());
        let runs = index.runs();
        let mut run = runs.partition_point(|run| run.end <= positions.start);
        for position in positions {
            self.spans.push(index.span_at(position));
            self.breaks.push(index.begins_sentence(position));
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

    fn text<'a>(&'a self, index: &'a Index, id: PageId) -> TokenText<'a> {
        TokenText {
            text: index.page(id).map_or("", |page| page.page.text.as_str()),
            spans: &self.spans,
            forms: &self.forms,
            breaks: &self.breaks,
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
            run.hear(&tokens.text(index, id));
        }
    }
    for id in pages.clone().map(PageId) {
        tokens.read(index, id);
        run.find_names(&tokens.text(index, id));
    }
    run.learn();
    for id in pages.map(PageId) {
        tokens.read(index, id);
        run.find_bare(&tokens.text(index, id));
    }
    run.finish()
}
