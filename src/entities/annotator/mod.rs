//! The annotator: pages in, layers out. It knows no index and is asked no questions, so that in the
//! browser it is a module of its own, in a worker of its own.
//!
//! ```text
//! core                                annotator
//! pages ──page frames──────▶ hear     what each page says of its words
//!       ──the same again───▶ names    the names of each page
//!       ──and again────────▶ bare     bare names, dates, quotes
//! Layers ◀──layer frames──── take     entities, then page after page
//! ```
//!
//! No text is kept between the passes: a page is sent once for each; the numbers of its forms are
//! kept, up to a limit, so that its words are looked up once. The bytes that
//! come out depend on the pages, their order, the tables and the model alone.

mod annotation_frame;
mod layer_frame;
mod page_frame;

#[cfg(feature = "readers")]
pub(super) use annotation_frame::put_place;
pub(super) use annotation_frame::{items, place};
#[cfg(feature = "readers")]
pub(super) use layer_frame::put_layers;
pub(super) use layer_frame::take_layers;
pub use layer_frame::{LayerReader, Layers, read_layers, write_layers};
pub use page_frame::{frames, write_page};

use super::annotations::PageAnnotations;
use super::dates::dates_of_page;
use super::entity::EntityId;
use super::form_table::FormTable;
use super::layer::EntityLayer;
use super::page::TokenText;
use super::quotes::{NamedSpan, Quote, read_page};
use super::recogniser::{Recogniser, State};
use super::tagger::{Model, ModelError};
use crate::index::Lexicon;
use crate::parse::Page;
use crate::parse::frame::FrameError;
use crate::text::line::LineCursor;
use crate::text::{ByteSpan, tokenize};
use page_frame::PageToRead;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// What a run is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pass {
    /// Hears what each page says of its words.
    #[default]
    Hear,
    /// Finds the names of each page.
    Names,
    /// Finds the bare names of each page, its dates and its quotes.
    Bare,
    /// The layers are ready to be taken.
    Done,
}

/// Passes over the pages.
pub const PASSES: u32 = 3;

/// Words whose forms are kept from the first pass, of four bytes each; those of further pages are looked up again.
const MOST_KEPT: usize = 4_000_000;

/// A layer frame ends at about this many bytes.
const FRAME_BYTES: usize = 1 << 18;

/// Reads pages for names, dates and quotes, in three passes over the same pages in the same order.
///
/// ```
/// use kashshaf::entities::annotator::{Annotator, LayerReader, write_page};
/// use kashshaf::index::Index;
/// use kashshaf::parse::Page;
///
/// let mut index = Index::default();
/// let page = Page::read("خبر.txt", "التقى كيم جونغ أون الرئيس فلاديمير بوتين".as_bytes()).unwrap();
/// index.add(page, false).unwrap();
/// let mut frame = Vec::new();
/// write_page(&index, &index.pages()[0], &mut frame);
///
/// let mut annotator = Annotator::default();
/// annotator.begin();
/// loop {
///     annotator.read(&frame).unwrap();
///     if !annotator.turn() {
///         break;
///     }
/// }
/// let mut reader = LayerReader::new(index.pages().len());
/// while let Some(piece) = annotator.take() {
///     reader.read(&piece).unwrap();
/// }
/// assert_eq!(reader.finish().unwrap().entities.entities().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct Annotator {
    recogniser: Recogniser,
    run: Run,
    /// What is left to be taken, when the run is done.
    finished: Option<Finished>,
}

/// A run over pages.
#[derive(Debug, Default)]
struct Run {
    pass: Pass,
    lexicon: Lexicon,
    forms: FormTable,
    state: State,
    /// Number and annotations of each page, in the order in which they were read.
    pages: Vec<(u32, PageAnnotations)>,
    page: PageToRead,
    spans: Vec<ByteSpan>,
    form_ids: Vec<u32>,
    /// The first pages as they were heard.
    heard: Vec<Heard>,
    heard_words: usize,
    /// Pages read in this pass.
    at: usize,
}

/// The forms of a page, and a hash of its text to know it by.
#[derive(Debug)]
struct Heard {
    text: u64,
    forms: Box<[u32]>,
}

/// The layers of a finished run, and what of them was taken.
#[derive(Debug)]
struct Finished {
    layer: EntityLayer,
    pages: Vec<(u32, PageAnnotations)>,
    taken: layer_frame::Taken,
}

impl Annotator {
    /// Gives the recogniser its trained model, from the next run on.
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are no model, another version's, or damaged; lists and cues go on as before.
    pub fn load_model(&mut self, bytes: &[u8]) -> Result<(), ModelError> {
        self.set_model(Model::read(bytes)?);
        Ok(())
    }

    /// The same with a model that was read already.
    pub fn set_model(&mut self, model: Model) {
        self.recogniser.set_model(model);
        self.begin();
    }

    /// Whether a trained model is at work.
    #[must_use]
    pub fn is_trained(&self) -> bool {
        self.recogniser.is_trained()
    }

    /// Begins a run anew; what an earlier one knew is forgotten.
    pub fn begin(&mut self) {
        self.run = Run {
            state: State::new(&self.recogniser),
            ..Run::default()
        };
        self.finished = None;
    }

    /// Reads the frames of some pages for this pass; returns the words read.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes are no page frames.
    pub fn read(&mut self, bytes: &[u8]) -> Result<u32, FrameError> {
        let mut words = 0;
        for frame in frames(bytes) {
            self.run.page.read(frame?)?;
            words += self.run.read_page(&self.recogniser)?;
        }
        Ok(words)
    }

    /// Ends a pass; true when the pages are to be read again.
    pub fn turn(&mut self) -> bool {
        let run = &mut self.run;
        run.at = 0;
        run.pass = match run.pass {
            Pass::Hear => {
                let lexicon = &run.lexicon;
                run.forms
                    .judge(&self.recogniser, |form| lexicon.frequency(form));
                run.state.settle();
                Pass::Names
            }
            Pass::Names => {
                run.state.learn(&run.forms);
                Pass::Bare
            }
            Pass::Bare | Pass::Done => Pass::Done,
        };
        if run.pass == Pass::Done && self.finished.is_none() {
            let run = std::mem::take(&mut self.run);
            self.run.pass = Pass::Done;
            self.finished = Some(run.finish(&self.recogniser));
        }
        self.run.pass != Pass::Done
    }

    /// The next frame of the layers, once the last pass has ended; `None` when all were taken.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        let finished = self.finished.as_mut()?;
        let trained = self.recogniser.is_trained();
        finished
            .taken
            .next(&finished.layer, &finished.pages, trained, FRAME_BYTES)
    }
}

impl Run {
    /// Reads the page at hand; returns its words.
    fn read_page(&mut self, recogniser: &Recogniser) -> Result<u32, FrameError> {
        let text = self.page.page.text.as_str();
        self.spans.clear();
        self.spans.extend(tokenize(text).map(|token| token.span));
        self.form_ids.clear();
        let hash = FxBuildHasher.hash_one(text);
        let heard = self.heard.get(self.at).filter(|heard| {
            self.pass != Pass::Hear && heard.text == hash && heard.forms.len() == self.spans.len()
        });
        self.at += 1;
        if let Some(heard) = heard {
            self.form_ids.extend_from_slice(&heard.forms);
        } else {
            for span in &self.spans {
                let surface = span.of(text);
                let form = if self.pass == Pass::Hear {
                    let form = self.lexicon.add(surface);
                    if form.0 as usize >= self.forms.len() {
                        self.forms.add(recogniser, surface);
                    }
                    form
                } else {
                    // A page that was not heard is not of this run.
                    self.lexicon.find(surface).ok_or(FrameError)?
                };
                self.form_ids.push(form.0);
            }
            if self.pass == Pass::Hear && self.heard_words < MOST_KEPT {
                self.heard_words += self.form_ids.len();
                self.heard.push(Heard {
                    text: hash,
                    forms: self.form_ids.as_slice().into(),
                });
            }
        }
        if !self.page.fits(self.spans.len()) {
            return Err(FrameError);
        }
        let tokens = TokenText {
            text,
            spans: &self.spans,
            forms: &self.form_ids,
            breaks: &self.page.breaks,
            articles: &self.page.articles,
        };
        match self.pass {
            Pass::Hear => self.state.hear(recogniser, &self.forms, &tokens),
            Pass::Names => {
                let number = self.page.number;
                self.state
                    .find_names(recogniser, &self.forms, &tokens, number);
            }
            Pass::Bare => {
                let number = self.page.number;
                let names = self
                    .state
                    .find_bare(recogniser, &self.forms, &tokens, number);
                self.pages
                    .push((number, annotations(&self.page.page, &names)));
            }
            Pass::Done => {}
        }
        Ok(u32::try_from(self.spans.len()).unwrap_or(u32::MAX))
    }

    fn finish(mut self, recogniser: &Recogniser) -> Finished {
        let (layer, numbers) = self.state.finish(recogniser);
        // Until here an entity is known by its group.
        let named = |entity: &mut EntityId| {
            let number = numbers.get(entity.0 as usize).copied().flatten();
            *entity = number.unwrap_or(EntityId(u32::MAX));
        };
        for (_, page) in &mut self.pages {
            for quote in &mut page.quotes {
                let speakers = std::iter::once(&mut quote.speaker).chain(&mut quote.relay);
                speakers.flat_map(|s| &mut s.entities).for_each(named);
            }
            for description in &mut page.descriptions {
                named(&mut description.entity);
            }
        }
        Finished {
            layer,
            pages: self.pages,
            taken: layer_frame::Taken::default(),
        }
    }
}

/// The dates and quotes of a page.
fn annotations(page: &Page, names: &[NamedSpan]) -> PageAnnotations {
    let dates = dates_of_page(page, names);
    let (quotes, descriptions) = read_page(page, names);
    let lines = |starts: &mut dyn Iterator<Item = u32>| -> Vec<u32> {
        let mut cursor = LineCursor::new(&page.text);
        starts
            .map(|start| cursor.advance_to(start as usize).line)
            .map(|line| u32::try_from(line).unwrap_or(u32::MAX))
            .collect()
    };
    PageAnnotations {
        date_lines: lines(&mut dates.iter().map(|date| date.span.start)),
        quote_lines: lines(&mut quotes.iter().map(Quote::start)),
        dates,
        quotes,
        descriptions,
        names: Vec::new(),
    }
}
