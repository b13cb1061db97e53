//! The passes over a corpus.

use super::bare::Learned;
use super::builder::LayerBuilder;
use super::class::Classes;
use super::entity::{EntityId, EntityType};
use super::form::FormFacts;
use super::form_table::FormTable;
use super::gap::{Gap, gap_before};
use super::latin::LatinNames;
use super::layer::EntityLayer;
use super::lexicon::{Lexicon, Listed};
use super::page::TokenText;
use super::quotes::NamedSpan;
use super::tagger::Model;
use super::trained::{TrainedRun, join};

/// The tables, read once, and what they say of single forms.
#[derive(Debug)]
pub struct Recogniser {
    pub(super) lexicon: Lexicon,
    pub(super) model: Option<Model>,
}

impl Default for Recogniser {
    fn default() -> Self {
        Self {
            lexicon: Lexicon::read(),
            model: None,
        }
    }
}

impl Recogniser {
    /// Adds a trained model, which finds what lists and cues do not give away.
    pub fn set_model(&mut self, model: Model) {
        self.model = Some(model);
    }

    /// Whether a trained model is at work.
    #[must_use]
    pub fn is_trained(&self) -> bool {
        self.model.is_some()
    }

    /// Analyses one form as written; paid once per distinct form.
    #[must_use]
    pub fn analyse_form(&self, surface: &str) -> FormFacts {
        FormFacts::of(surface, &self.lexicon)
    }
}

/// What a found name rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A listed entity.
    Listed(u32),
    /// Cue words or name words.
    Cue,
    /// A full name elsewhere.
    Bare,
    /// The trained model.
    Trained,
}

/// A mention before it is linked. Tokens are counted in the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) kind: EntityType,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) skip_bytes: u32,
    pub(super) source: Source,
    pub(super) cue: Option<usize>,
    /// The proper part, by which spellings are compared.
    pub(super) core: (usize, usize),
    pub(super) group: Option<u32>,
    weak: bool,
}

impl Found {
    pub(super) fn new(kind: EntityType, start: usize, end: usize, source: Source) -> Self {
        Self {
            kind,
            start,
            end,
            skip_bytes: 0,
            source,
            cue: None,
            core: (start, end),
            group: None,
            weak: false,
        }
    }

    pub(super) fn with_cue(self, cue: usize) -> Self {
        Self {
            cue: Some(cue),
            ..self
        }
    }

    pub(super) fn words(&self) -> usize {
        self.end - self.start
    }
}

/// One page under the recogniser's eye.
pub(super) struct Scan<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) forms: &'a FormTable,
    pub(super) page: TokenText<'a>,
}

impl<'a> Scan<'a> {
    pub(super) fn facts(&self, at: usize) -> Option<&'a FormFacts> {
        self.page
            .forms
            .get(at)
            .and_then(|&form| self.forms.get(form))
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        if at >= self.page.len() {
            Gap::Break
        } else {
            gap_before(&self.page, at)
        }
    }

    pub(super) fn best_skip(&self, at: usize) -> u32 {
        self.facts(at)
            .and_then(|f| f.readings.get(f.best))
            .map_or(0, |r| r.skip_bytes)
    }

    /// The longest listed name that starts at `at`, in any reading of its first word.
    pub(super) fn listed_at(&self, at: usize) -> Option<Found> {
        let facts = self.facts(at).filter(|f| f.starts_name)?;
        let mut best: Option<(Listed, u32)> = None;
        for reading in &facts.readings {
            let Some(word) = reading.word else { continue };
            let Some(listed) = self.lexicon.longest(word, |n| self.word_after(at, n)) else {
                continue;
            };
            if best.is_none_or(|(other, _)| other.words < listed.words) {
                best = Some((listed, reading.skip_bytes));
            }
        }
        let (listed, skip_bytes) = best?;
        let kind = self.lexicon.entries.get(listed.entry as usize)?.kind;
        let mut found = Found::new(
            kind,
            at,
            at + listed.words as usize,
            Source::Listed(listed.entry),
        );
        found.skip_bytes = skip_bytes;
        found.weak = listed.weak;
        Some(found)
    }

    /// The n-th word after `at`, if only spaces stand between.
    fn word_after(&self, at: usize, n: usize) -> Option<u32> {
        let here = at + n;
        let word = self.facts(here)?.readings.first()?.word?;
        (self.gap(here) == Gap::Space).then_some(word)
    }

    /// A listed name, unless it is an ambiguous word in an unlikely place.
    fn listed_safely(&self, at: usize) -> Option<Found> {
        let found = self.listed_at(at)?;
        let preposition = |at: usize| {
            self.facts(at)
                .is_some_and(|f| f.classes.any(Classes::PREPOSITION))
        };
        let supported =
            found.skip_bytes > 0 || at > 0 && self.gap(at) == Gap::Space && preposition(at - 1);
        (!found.weak || supported).then_some(found)
    }

    /// All names of the page that lists and cues give, in page order, apart.
    pub(super) fn names(&self) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        let mut led: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.page.len() {
            let Some(facts) = self.facts(at) else { break };
            if facts.classes.is_empty() && !facts.starts_name && led.is_empty() {
                at += 1;
                continue;
            }
            self.follow_cues(at, facts.classes, &mut led);
            match self.best_at(at, facts.classes, &led) {
                Some(found) => {
                    at = found.end;
                    out.push(found);
                }
                None => at += 1,
            }
            led.retain(|found| found.start >= at);
        }
        out
    }

    /// Collects what the cue at `at` leads to.
    fn follow_cues(&self, at: usize, classes: Classes, led: &mut Vec<Found>) {
        if !classes.any(Classes::ANY_CUE) {
            return;
        }
        if classes.any(Classes::ANY_TITLE) {
            led.extend(self.person_after_title(at));
        }
        if classes.any(Classes::SPEECH) {
            led.extend(self.person_after_speech(at));
        }
        if classes.any(Classes::PLACE_OUTSIDE) {
            led.extend(self.place_after(at));
        }
        if classes.any(Classes::ANY_PLACE_HEAD) {
            led.extend(self.place_with_head(at));
        }
        if classes.any(Classes::ANY_ORG_HEAD) {
            led.extend(self.organisation_at(at));
        }
    }

    /// The longest name that starts at `at`; of equals a listed one, with the nearest cue.
    fn best_at(&self, at: usize, classes: Classes, led: &[Found]) -> Option<Found> {
        let here = || led.iter().filter(|found| found.start == at);
        let uncued = if classes.any(Classes::NAME) {
            self.person_uncued(at)
        } else {
            None
        };
        let mut best = self.listed_safely(at);
        for found in here().copied().chain(uncued) {
            if best.is_none_or(|other| found.end > other.end) {
                best = Some(found);
            }
        }
        let best = best?;
        // The nearest cue that led to this very name.
        let cues = here()
            .filter(|found| found.end == best.end)
            .filter_map(|found| found.cue);
        let outside = |&cue: &usize| cue < at || best.source == Source::Cue;
        Some(Found {
            cue: cues.filter(outside).max(),
            ..best
        })
    }
}

/// What a run over a corpus has gathered so far. Each call does one page; every call must name the same tables.
#[derive(Debug, Default)]
pub(super) struct State {
    found: Vec<Vec<Found>>,
    learned: Learned,
    pages_done: usize,
    layer: LayerBuilder,
    latin: LatinNames,
    trained: Option<TrainedRun>,
}

impl State {
    pub(super) fn new(recogniser: &Recogniser) -> Self {
        let trained = recogniser.model.as_ref();
        Self {
            trained: trained.map(|_| TrainedRun::default()),
            ..Self::default()
        }
    }

    /// Before the other passes: hears what the next page says of its words.
    pub(super) fn hear(
        &mut self,
        recogniser: &Recogniser,
        forms: &FormTable,
        page: &TokenText<'_>,
    ) {
        self.latin.hear(&Scan {
            lexicon: &recogniser.lexicon,
            forms,
            page: *page,
        });
        if let (Some(trained), Some(model)) = (&mut self.trained, &recogniser.model) {
            trained.hear(model, page);
        }
    }

    /// Once all pages have been heard.
    pub(super) fn settle(&mut self) {
        if let Some(trained) = &mut self.trained {
            trained.settle();
        }
    }

    /// The names of the next page, which has this number.
    pub(super) fn find_names(
        &mut self,
        recogniser: &Recogniser,
        forms: &FormTable,
        page: &TokenText<'_>,
        number: u32,
    ) {
        let scan = Scan {
            lexicon: &recogniser.lexicon,
            forms,
            page: *page,
        };
        let mut found = scan.names();
        if let (Some(trained), Some(model)) = (&mut self.trained, &recogniser.model) {
            found = join(&scan, found, &trained.names(model, page));
        }
        self.learned.read(&scan, number, &mut found);
        self.latin.note(&scan, &found);
        self.found.push(found);
    }

    /// Between the passes: settles which bare names stand for which full names.
    pub(super) fn learn(&mut self, forms: &FormTable) {
        self.learned.settle(forms);
    }

    /// The bare mentions of the next page, in the order in which names were found. Returns all
    /// names of the page; an entity is known by its group.
    pub(super) fn find_bare(
        &mut self,
        recogniser: &Recogniser,
        forms: &FormTable,
        page: &TokenText<'_>,
        number: u32,
    ) -> Vec<NamedSpan> {
        let scan = Scan {
            lexicon: &recogniser.lexicon,
            forms,
            page: *page,
        };
        let found = self.found.get_mut(self.pages_done).map(std::mem::take);
        let mut found = found.unwrap_or_default();
        self.pages_done += 1;
        let before = self.layer.len();
        self.learned.add_bare(&scan, number, &mut found);
        self.latin.add(&scan, &mut self.learned.groups, &mut found);
        self.layer.add(&scan, number, &found, &self.learned.groups);
        self.layer
            .names_from(before, &self.learned.groups)
            .collect()
    }

    /// Ends the run: canonical names, ids, mentions by entity; and the entity of each group.
    pub(super) fn finish(self, recogniser: &Recogniser) -> (EntityLayer, Vec<Option<EntityId>>) {
        self.layer.finish(&recogniser.lexicon, &self.learned.groups)
    }
}
