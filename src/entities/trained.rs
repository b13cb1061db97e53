//! The trained recogniser over the pages of a corpus: its forms, its votes, its mentions.

use super::class::Classes;
use super::entity::EntityType;
use super::page::TokenText;
use super::recogniser::{Found, Scan, Source};
use super::tagger::votes::Votes;
use super::tagger::{Form, Label, Model, Sentence};
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;

/// A sentence is cut here: no name is so far from its cues.
const LONGEST_SENTENCE: usize = 400;

const UNSEEN: u32 = u32::MAX;

/// One run of a model over pages, each read twice: for its votes, and for its names.
#[derive(Debug, Default)]
pub(super) struct TrainedRun {
    /// Forms and marks, in order of first sight.
    forms: Vec<Form>,
    /// Place in `forms` of each form of the corpus; [`UNSEEN`] for one that was not met.
    of_form: Vec<u32>,
    marks: FxHashMap<char, u32>,
    all: Votes,
    scratch: Sentence,
    labels: Vec<Label>,
    /// Forms of the sentence at hand, and the token of each (marks: none).
    ids: Vec<u32>,
    tokens: Vec<Option<usize>>,
    /// The sentences of the page at hand, read once; the memory is used again.
    read: Vec<Read>,
}

/// A sentence that was read: its first token, its scores and its tokens.
#[derive(Debug, Default)]
struct Read {
    start: usize,
    sentence: Sentence,
    ids: Vec<u32>,
    tokens: Vec<Option<usize>>,
}

impl TrainedRun {
    /// Hears what a page says of its words.
    pub(super) fn hear(&mut self, model: &Model, page: &TokenText<'_>) {
        let mut at = 0;
        while let Some(next) = self.take_sentence(model, page, at) {
            model.read_sentence(&self.ids, &self.forms, &mut self.scratch);
            let (keys, opinions) = model.opinions(&mut self.scratch);
            self.all.add(keys, opinions);
            at = next;
        }
    }

    /// The names of a page, in order, once all pages have been heard. Its articles vote apart.
    pub(super) fn names(&mut self, model: &Model, page: &TokenText<'_>) -> Vec<Found> {
        let mut near: FxHashMap<Option<u32>, Votes> = FxHashMap::default();
        let mut read = std::mem::take(&mut self.read);
        let (mut at, mut count) = (0, 0);
        while let Some(next) = self.take_sentence(model, page, at) {
            if read.len() <= count {
                read.push(Read::default());
            }
            if let Some(here) = read.get_mut(count) {
                model.read_sentence(&self.ids, &self.forms, &mut here.sentence);
                let (keys, opinions) = model.opinions(&mut here.sentence);
                near.entry(page.article(at))
                    .or_default()
                    .add(keys, opinions);
                here.start = at;
                std::mem::swap(&mut here.ids, &mut self.ids);
                std::mem::swap(&mut here.tokens, &mut self.tokens);
            }
            (at, count) = (next, count + 1);
        }
        let mut found = Vec::new();
        for here in read.iter_mut().take(count) {
            if let Some(near) = near.get(&page.article(here.start)) {
                model.second_labels(&mut here.sentence, &self.all, near, &mut self.labels);
                self.collect(page, here, &mut found);
            }
        }
        self.read = read;
        found
    }

    /// Fills `ids` and `tokens` with the sentence from token `start`; returns where the next one starts.
    fn take_sentence(
        &mut self,
        model: &Model,
        page: &TokenText<'_>,
        start: usize,
    ) -> Option<usize> {
        if start >= page.len() {
            return None;
        }
        self.ids.clear();
        self.tokens.clear();
        let mut at = start;
        while at < page.len() {
            let begins = at == start;
            if !begins && (page.is_break(at) || self.ids.len() >= LONGEST_SENTENCE) {
                break;
            }
            let (Some(span), Some(&form)) = (page.spans.get(at), page.forms.get(at)) else {
                break;
            };
            let before = page.spans.get(at.wrapping_sub(1)).filter(|_| !begins);
            if let Some(before) = before {
                let gap = page.text.get(before.end as usize..span.start as usize);
                for mark in gap
                    .unwrap_or_default()
                    .chars()
                    .filter(|c| !c.is_whitespace())
                {
                    let id = self.mark(model, mark);
                    self.ids.push(id);
                    self.tokens.push(None);
                }
            }
            let id = self.form(model, form, || span.of(page.text));
            self.ids.push(id);
            self.tokens.push(Some(at));
            at += 1;
        }
        Some(at.max(start + 1))
    }

    /// The place of a form, which is worked out when it is first met.
    fn form<'t>(&mut self, model: &Model, form: u32, surface: impl FnOnce() -> &'t str) -> u32 {
        if self.of_form.len() <= form as usize {
            self.of_form.resize(form as usize + 1, UNSEEN);
        }
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        match self.of_form.get_mut(form as usize) {
            Some(place) if *place == UNSEEN => {
                *place = next;
                self.forms.push(model.form(surface()));
                next
            }
            place => place.copied().unwrap_or(next),
        }
    }

    fn mark(&mut self, model: &Model, mark: char) -> u32 {
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let id = *self.marks.entry(mark).or_insert(next);
        if id == next {
            let mut buffer = [0; 4];
            self.forms.push(model.form(mark.encode_utf8(&mut buffer)));
        }
        id
    }

    /// Turns the labels of the sentence at hand into names.
    fn collect(&self, page: &TokenText<'_>, read: &Read, found: &mut Vec<Found>) {
        let mut i = 0;
        while let Some(label) = self.labels.get(i) {
            let Some(kind) = label.kind() else {
                i += 1;
                continue;
            };
            let start = i;
            i += 1;
            while self
                .labels
                .get(i)
                .is_some_and(|l| l.kind() == Some(kind) && !l.is_begin())
            {
                i += 1;
            }
            let mut words = (start..i).filter_map(|k| {
                read.tokens
                    .get(k)
                    .copied()
                    .flatten()
                    .map(|token| (k, token))
            });
            let Some((first, token)) = words.next() else {
                continue;
            };
            let last = words.next_back().map_or(token, |(_, token)| token);
            let mut name = Found::new(kind, token, last + 1, Source::Trained);
            let form = read
                .ids
                .get(first)
                .and_then(|&id| self.forms.get(id as usize));
            if let (Some(form), Some(span)) = (form, page.spans.get(token)) {
                name.skip_bytes = form.skip_bytes(span.of(page.text));
            }
            found.push(name);
        }
    }
}

/// Joins the names that lists and cues gave with those of the model; both in page order, and apart.
///
/// | where they meet | what stands |
/// |---|---|
/// | a listed name | it, unless the model sees a longer name around it |
/// | a listed person inside a longer person | the longer, unless a family name stands before it («كيم بوتين» are two) |
/// | a cue's name of the same extent | the cue's type |
/// | anything else of a cue | the model's name |
///
/// A family name that stands first («كيم») with a word that is no name is left to stand bare.
pub(super) fn join(scan: &Scan<'_>, rules: Vec<Found>, model: &[Found]) -> Vec<Found> {
    let overlap = |a: &Found, b: &Found| a.start < b.end && b.start < a.end;
    let family = |f: &Found| {
        f.kind == EntityType::Person
            && scan
                .facts(f.start)
                .is_some_and(|facts| facts.classes.any(Classes::FAMILY_FIRST))
    };
    let no_name = |at: usize| {
        scan.facts(at)
            .is_some_and(|facts| !facts.is_name() && !facts.foreign)
    };
    let mut out: Vec<Found> = Vec::with_capacity(rules.len() + model.len());
    for name in model {
        let stands = rules.iter().filter(|rule| overlap(rule, name)).all(|rule| {
            let same_extent = (rule.start, rule.end) == (name.start, name.end);
            match rule.source {
                Source::Listed(_) => {
                    rule.start >= name.start
                        && rule.end <= name.end
                        && rule.words() < name.words()
                        && !(rule.kind == EntityType::Person
                            && rule.start > name.start
                            && family(name))
                }
                _ => !same_extent,
            }
        });
        let loose = family(name) && name.words() == 2 && no_name(name.end - 1);
        if stands && !loose {
            out.push(*name);
        }
    }
    for rule in rules {
        if !out.iter().any(|name| overlap(name, &rule)) {
            out.push(rule);
        }
    }
    out.arrange_by_key(|name| name.start);
    out
}
