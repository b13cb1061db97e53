//! The trained recogniser over the pages of a corpus: its forms, its votes, its mentions.

use super::class::Classes;
use super::entity::EntityType;
use super::form::Reading;
use super::page::TokenText;
use super::recogniser::{Found, Scan, Source};
use super::tagger::votes::Votes;
use super::tagger::{FirstReading, Form, Label, Model, Sentence, Surroundings, leaning};
use crate::sorting::Arrange;
use crate::text::ByteSpan;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// A sentence is cut here: no name is so far from its cues.
const LONGEST_SENTENCE: usize = 400;

/// First readings are kept for the second up to so many tokens (of 17 bytes); other text is read twice.
const MOST_KEPT: usize = 4_000_000;

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
    /// First readings of the first pages, in order; each goes when its page is read again.
    kept: VecDeque<Vec<FirstReading>>,
    kept_tokens: usize,
    /// The articles of the page at hand; the memory is used again.
    near: Vec<Near>,
    scratch: Sentence,
    labels: Vec<Label>,
    /// Forms of the sentence at hand, and the token of each (marks: none).
    ids: Vec<u32>,
    tokens: Vec<Option<usize>>,
    /// The sentences of the page at hand, read once; the memory is used again.
    read: Vec<Read>,
}

/// What an article says of its words.
#[derive(Debug, Default)]
struct Near {
    article: Option<u32>,
    votes: Votes,
    /// What its forms lean to, added up.
    leaning: i64,
}

/// A sentence that was read: the place of its article, its scores and its tokens.
#[derive(Debug, Default)]
struct Read {
    article: usize,
    sentence: Sentence,
    ids: Vec<u32>,
    tokens: Vec<Option<usize>>,
}

impl TrainedRun {
    /// Hears what a page says of its words.
    pub(super) fn hear(&mut self, model: &Model, page: &TokenText<'_>) {
        let keeps = self.kept_tokens < MOST_KEPT;
        let mut kept = Vec::new();
        let mut at = 0;
        while let Some(next) = self.take_sentence(model, page, at) {
            model.read_sentence(&self.ids, &self.forms, &mut self.scratch);
            let (keys, opinions) = model.opinions(&mut self.scratch);
            self.all.add(keys, opinions);
            if keeps {
                kept.extend(self.scratch.first_reading());
            }
            at = next;
        }
        if keeps {
            kept.shrink_to_fit();
            self.kept_tokens += kept.len();
            self.kept.push_back(kept);
        }
    }

    /// Once all pages have been heard.
    pub(super) fn settle(&mut self) {
        self.all.settle();
        self.all.shrink();
    }

    /// The names of a page, in order, once all pages have been heard: pages come
    /// in the order in which they were heard. Its articles vote apart.
    pub(super) fn names(&mut self, model: &Model, page: &TokenText<'_>) -> Vec<Found> {
        let kept = self.kept.pop_front();
        let mut first = kept.as_deref();
        let mut read = std::mem::take(&mut self.read);
        let mut near = std::mem::take(&mut self.near);
        let (mut at, mut count, mut articles) = (0, 0, 0);
        while let Some(next) = self.take_sentence(model, page, at) {
            if read.len() <= count {
                read.push(Read::default());
            }
            let Some(here) = read.get_mut(count) else {
                break;
            };
            let kept = first.and_then(|first| first.split_at_checked(self.ids.len()));
            if let Some((tokens, rest)) = kept {
                here.sentence.restore(&self.ids, &self.forms, tokens);
                first = Some(rest);
            } else {
                model.read_sentence(&self.ids, &self.forms, &mut here.sentence);
                model.opinions(&mut here.sentence);
            }
            here.article = place_of(&mut near, &mut articles, page.article(at));
            if let Some(near) = near.get_mut(here.article) {
                let (keys, opinions) = here.sentence.heard();
                near.votes.add(keys, opinions);
                near.leaning += leaning(&self.ids, &self.forms);
            }
            std::mem::swap(&mut here.ids, &mut self.ids);
            std::mem::swap(&mut here.tokens, &mut self.tokens);
            (at, count) = (next, count + 1);
        }
        for near in near.iter_mut().take(articles) {
            near.votes.settle();
        }
        let mut found = Vec::new();
        for here in read.iter_mut().take(count) {
            if let Some(near) = near.get(here.article) {
                let around = Surroundings {
                    all: &self.all,
                    near: &near.votes,
                    leaning: near.leaning,
                };
                let (sentence, labels) = (&mut here.sentence, &mut self.labels);
                model.second_labels(&here.ids, &self.forms, sentence, around, labels);
                self.collect(page, here, &mut found);
            }
        }
        (self.read, self.near) = (read, near);
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

/// The place of an article among the `count` of the page at hand; made, or made anew, for one not met yet.
fn place_of(near: &mut Vec<Near>, count: &mut usize, article: Option<u32>) -> usize {
    let of_page = near.get(..*count).unwrap_or_default();
    let met = of_page.iter().rposition(|near| near.article == article);
    met.unwrap_or_else(|| {
        if near.len() <= *count {
            near.push(Near::default());
        }
        if let Some(near) = near.get_mut(*count) {
            near.article = article;
            near.votes.clear();
            near.leaning = 0;
        }
        *count += 1;
        *count - 1
    })
}

/// Joins the names that lists and cues gave with those of the model; both in page order, and apart.
///
/// | where they meet | what stands |
/// |---|---|
/// | a listed name | it, unless the model sees a longer name around it |
/// | a listed place or organisation of two words inside a person | the listed name: nobody is called so |
/// | a listed person inside a longer person | the longer, unless a family name that comes first stands beside it («كيم بوتين», «بوتين كيم» are two) |
/// | a name and demonyms that the model takes into it | the name («يونهاب الكورية الجنوبية») |
/// | «على» that the model takes into a person | the rest («على محمد») |
/// | a cue's name of the same extent | the cue's type |
/// | an ordinary word, a kind of people | nothing, as the model's name |
/// | anything else of a cue | the model's name |
///
/// A family name that stands first («كيم») with a word that is no name is left to stand bare.
pub(super) fn join(scan: &Scan<'_>, rules: Vec<Found>, model: &[Found]) -> Vec<Found> {
    let family = |at: usize| {
        scan.facts(at)
            .is_some_and(|facts| facts.classes.any(Classes::FAMILY_FIRST))
    };
    let no_name = |at: usize| {
        scan.facts(at)
            .is_some_and(|facts| !facts.is_name() && !facts.foreign)
    };
    let mut out: Vec<Found> = Vec::with_capacity(rules.len() + model.len());
    let names = model.iter().map(|name| without_preposition(scan, *name));
    for name in names.filter(|name| !is_no_name(scan, name)) {
        let name = &without_demonyms(scan, &rules, name);
        let stands = meeting(&rules, name).iter().all(|rule| {
            let same_extent = (rule.start, rule.end) == (name.start, name.end);
            match rule.source {
                Source::Listed(_) => {
                    rule.start >= name.start
                        && rule.end <= name.end
                        && rule.words() < name.words()
                        && !(name.kind == EntityType::Person
                            && rule.kind != EntityType::Person
                            && rule.words() > 1)
                        && !(rule.kind == EntityType::Person
                            && name.kind == EntityType::Person
                            && (rule.start > name.start && family(name.start)
                                || rule.end < name.end && family(name.end - 1)))
                }
                _ => !same_extent,
            }
        });
        let loose = name.kind == EntityType::Person
            && family(name.start)
            && name.words() == 2
            && no_name(name.end - 1);
        if stands && !loose {
            out.push(*name);
        }
    }
    let names = out.len();
    for rule in rules {
        if meeting(out.get(..names).unwrap_or_default(), &rule).is_empty() {
            out.push(rule);
        }
    }
    out.arrange_by_key(|name| name.start);
    out
}

/// Whether a single word that the model takes for a name is an ordinary one, or says what somebody is and not who:
/// a kind of people («المسلمين»), a demonym of several («الفرنسيون», «الكوريتين»); or demonyms are all there is («الكورية الشمالية»).
fn is_no_name(scan: &Scan<'_>, name: &Found) -> bool {
    if name.words() > 1 && name.kind != EntityType::Person {
        return (name.start..name.end).all(|at| is_demonym(scan, at));
    }
    let Some(facts) = scan.facts(name.start).filter(|_| name.words() == 1) else {
        return false;
    };
    let is_plural = |key: &str| {
        ["ون", "ين", "ان", "ات"]
            .iter()
            .any(|end| key.ends_with(end))
    };
    let of_several =
        |reading: &Reading| reading.classes.any(Classes::DEMONYM) && is_plural(&reading.key);
    // Organisations are called by nouns («الحياة»), but not by particles («أم»).
    let is_particle = facts.key().chars().count() <= 2;
    facts.classes.any(Classes::GROUP)
        || (name.kind != EntityType::Organisation || is_particle)
            && facts.classes.any(Classes::COMMON)
        || facts.readings.get(facts.best).is_some_and(of_several)
}

/// Whether a token is an adjective of a country or of a direction.
fn is_demonym(scan: &Scan<'_>, at: usize) -> bool {
    scan.facts(at)
        .is_some_and(|facts| facts.whole().any(Classes::DEMONYM))
}

/// A name of the model that ends where one that lists and cues gave ends, if only demonyms follow that.
fn without_demonyms(scan: &Scan<'_>, rules: &[Found], mut name: Found) -> Found {
    let shorter = meeting(rules, &name).iter().find(|rule| {
        rule.kind == name.kind
            && rule.start >= name.start
            && rule.end < name.end
            && (rule.end..name.end).all(|at| is_demonym(scan, at))
    });
    if let Some(rule) = shorter {
        name.end = rule.end;
        name.core.1 = rule.end;
    }
    name
}

/// A person without «على» before the name: folded, the preposition is the name علي. A page that writes «فى» may mean the name.
fn without_preposition(scan: &Scan<'_>, mut name: Found) -> Found {
    let is = |span: &ByteSpan, word| span.of(scan.page.text) == word;
    if name.kind == EntityType::Person
        && name.words() > 1
        && (scan.page.spans.get(name.start)).is_some_and(|span| is(span, "على"))
        && !scan.page.spans.iter().any(|span| is(span, "فى"))
    {
        name.start += 1;
        name.core.0 = name.start;
    }
    name
}

/// The part of a list, in page order and apart, that shares a token with a name.
pub(super) fn meeting<'f>(list: &'f [Found], name: &Found) -> &'f [Found] {
    let from = list.partition_point(|found| found.end <= name.start);
    let rest = list.get(from..).unwrap_or_default();
    let count = rest.partition_point(|found| found.start < name.end);
    rest.get(..count).unwrap_or_default()
}
