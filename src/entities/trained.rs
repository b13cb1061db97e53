//! The trained recogniser over the pages of a corpus: its forms, its votes, its mentions.

use super::page::TokenText;
use super::recogniser::{Found, Source};
use super::tagger::votes::Votes;
use super::tagger::{Form, Label, Model, Sentence};
use rustc_hash::FxHashMap;

/// A sentence is cut here: no name is so far from its cues.
const LONGEST_SENTENCE: usize = 400;

/// One run of a model over pages, each read three times: once for its votes,
/// once for its names, and again where a caller asks.
#[derive(Debug)]
pub(super) struct TrainedRun<'m> {
    model: &'m Model,
    /// Forms by number: those of the corpus first, then marks.
    forms: Vec<Form>,
    ready: Vec<bool>,
    marks: FxHashMap<char, u32>,
    all: Votes,
    scratch: Sentence,
    labels: Vec<Label>,
    /// Forms of the sentence at hand, and the token of each (marks: none).
    ids: Vec<u32>,
    tokens: Vec<Option<usize>>,
}

impl<'m> TrainedRun<'m> {
    /// Starts a run over a corpus of so many forms.
    pub(super) fn new(model: &'m Model, forms: usize) -> Self {
        Self {
            model,
            forms: vec![Form::default(); forms],
            ready: vec![false; forms],
            marks: FxHashMap::default(),
            all: Votes::default(),
            scratch: Sentence::default(),
            labels: Vec::new(),
            ids: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// Hears what a page says of its words.
    pub(super) fn hear(&mut self, page: &TokenText<'_>) {
        let mut at = 0;
        while let Some(next) = self.take_sentence(page, at) {
            self.model
                .read_sentence(&self.ids, &self.forms, &mut self.scratch);
            let (keys, opinions) = self.model.opinions(&mut self.scratch);
            self.all.add(keys, opinions);
            at = next;
        }
    }

    /// The names of a page, in order, once all pages have been heard. Its articles vote apart.
    pub(super) fn names(&mut self, page: &TokenText<'_>) -> Vec<Found> {
        let mut near: FxHashMap<Option<u32>, Votes> = FxHashMap::default();
        let mut at = 0;
        while let Some(next) = self.take_sentence(page, at) {
            self.model
                .read_sentence(&self.ids, &self.forms, &mut self.scratch);
            let (keys, opinions) = self.model.opinions(&mut self.scratch);
            near.entry(page.article(at))
                .or_default()
                .add(keys, opinions);
            at = next;
        }
        let mut found = Vec::new();
        at = 0;
        while let Some(next) = self.take_sentence(page, at) {
            self.model
                .read_sentence(&self.ids, &self.forms, &mut self.scratch);
            self.model.opinions(&mut self.scratch);
            if let Some(near) = near.get(&page.article(at)) {
                self.model
                    .second_labels(&mut self.scratch, &self.all, near, &mut self.labels);
                self.collect(page, &mut found);
            }
            at = next;
        }
        found
    }

    /// Fills `ids` and `tokens` with the sentence from token `start`; returns where the next one starts.
    fn take_sentence(&mut self, page: &TokenText<'_>, start: usize) -> Option<usize> {
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
                    let id = self.mark(mark);
                    self.ids.push(id);
                    self.tokens.push(None);
                }
            }
            if let Some(ready) = self.ready.get_mut(form as usize)
                && !*ready
            {
                *ready = true;
                let surface = span.of(page.text);
                if let Some(slot) = self.forms.get_mut(form as usize) {
                    *slot = self.model.form(surface);
                }
            }
            self.ids.push(form);
            self.tokens.push(Some(at));
            at += 1;
        }
        Some(at.max(start + 1))
    }

    fn mark(&mut self, mark: char) -> u32 {
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let id = *self.marks.entry(mark).or_insert(next);
        if id == next {
            let mut buffer = [0; 4];
            self.forms
                .push(self.model.form(mark.encode_utf8(&mut buffer)));
        }
        id
    }

    /// Turns the labels of the sentence at hand into names.
    fn collect(&self, page: &TokenText<'_>, found: &mut Vec<Found>) {
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
                self.tokens
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
            let form = self
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
/// A listed name stands unless the model sees a longer one around it; of the
/// others the model's stand, and a cue's fill the room that is left.
pub(super) fn join(rules: Vec<Found>, model: &[Found]) -> Vec<Found> {
    let overlap = |a: &Found, b: &Found| a.start < b.end && b.start < a.end;
    let listed = |f: &Found| matches!(f.source, Source::Listed(_));
    let mut out: Vec<Found> = Vec::with_capacity(rules.len() + model.len());
    for name in model {
        let stands = rules
            .iter()
            .filter(|rule| listed(rule) && overlap(rule, name))
            .all(|rule| {
                rule.start >= name.start && rule.end <= name.end && rule.words() < name.words()
            });
        if stands {
            out.push(*name);
        }
    }
    for rule in rules {
        if !out.iter().any(|name| overlap(name, &rule)) {
            out.push(rule);
        }
    }
    out.sort_by_key(|name| name.start);
    out
}
