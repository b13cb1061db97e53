//! Runs the recogniser over an index, at once or in steps.

use super::form_table::FormTable;
use super::layer::EntityLayer;
use super::page::TokenText;
use super::recogniser::{Recogniser, State};
use crate::index::{FormId, Index, PageId, Passage};

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

/// What a run over an index is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// Analyses the distinct forms.
    Forms,
    /// Judges them by the corpus.
    Judging,
    /// Hears what each page says of its words, for the model.
    Votes,
    /// Finds the names of each page.
    Names,
    /// Finds the bare names of each page.
    Bare,
    Done,
}

/// A run over an index, in steps. The index and the recogniser must stay the same from step to step.
#[derive(Debug)]
pub struct IndexRun {
    forms: FormTable,
    state: State,
    tokens: PageTokens,
    pass: Pass,
    /// Form or page that is next in this pass.
    next: u32,
    done: u64,
    total: u64,
}

impl IndexRun {
    /// Starts a run over all pages of an index.
    #[must_use]
    pub fn new(recogniser: &Recogniser, index: &Index) -> Self {
        let pages = index.pages().iter();
        let words = pages.map(|page| u64::from(page.positions.end - page.positions.start));
        let readings = if recogniser.is_trained() { 3 } else { 2 };
        Self {
            forms: FormTable::default(),
            state: State::default(),
            tokens: PageTokens::default(),
            pass: Pass::Forms,
            next: 0,
            done: 0,
            total: words.sum::<u64>() * readings + 2 * index.lexicon().len() as u64,
        }
    }

    /// Goes on until at least so many words are read, a distinct form counted as one;
    /// true when all is read. Pages are read whole.
    pub fn step(&mut self, recogniser: &Recogniser, index: &Index, words: u64) -> bool {
        let until = self.done + words.max(1);
        let pages = u32::try_from(index.pages().len()).unwrap_or(u32::MAX);
        let forms = u32::try_from(index.lexicon().len()).unwrap_or(u32::MAX);
        while self.pass != Pass::Done && self.done < until {
            let items = match self.pass {
                Pass::Forms | Pass::Judging => forms,
                _ => pages,
            };
            if self.next >= items {
                self.turn(recogniser);
                continue;
            }
            let number = self.next;
            self.next += 1;
            self.done += 1;
            match self.pass {
                Pass::Forms => {
                    let (lexicon, form) = (index.lexicon(), FormId(number));
                    let frequency = lexicon.frequency(form);
                    self.forms.add(recogniser, lexicon.form(form), frequency);
                }
                Pass::Judging => {
                    self.forms.judge(recogniser, 1);
                }
                _ => self.read_page(recogniser, index, PageId(number)),
            }
        }
        self.pass == Pass::Done
    }

    fn read_page(&mut self, recogniser: &Recogniser, index: &Index, id: PageId) {
        self.tokens.read(index, id);
        let page = self.tokens.text();
        self.done += (page.len() as u64).saturating_sub(1);
        match self.pass {
            Pass::Votes => self.state.hear(recogniser, &page),
            Pass::Names => self.state.find_names(recogniser, &self.forms, &page),
            _ => self.state.find_bare(recogniser, &self.forms, &page),
        }
    }

    /// Ends a pass and begins the next.
    fn turn(&mut self, recogniser: &Recogniser) {
        self.next = 0;
        self.pass = match self.pass {
            Pass::Forms => Pass::Judging,
            Pass::Judging => {
                self.state = State::new(recogniser, &self.forms);
                if recogniser.is_trained() {
                    Pass::Votes
                } else {
                    Pass::Names
                }
            }
            Pass::Votes => Pass::Names,
            Pass::Names => {
                self.state.learn(&self.forms);
                Pass::Bare
            }
            Pass::Bare | Pass::Done => Pass::Done,
        };
    }

    /// Words and forms read and to be read, each reading counted.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.done.min(self.total), self.total)
    }

    /// The entities found. Page ordinals of the layer are page numbers, article
    /// ordinals are numbers among all articles.
    #[must_use]
    pub fn finish(self, recogniser: &Recogniser) -> EntityLayer {
        self.state.finish(recogniser)
    }
}

/// Finds the entities of every page of an index at once.
#[must_use]
pub fn recognise_index(recogniser: &Recogniser, index: &Index) -> EntityLayer {
    let mut run = IndexRun::new(recogniser, index);
    while !run.step(recogniser, index, u64::MAX / 2) {}
    run.finish(recogniser)
}
