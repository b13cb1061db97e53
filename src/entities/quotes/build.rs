//! From marks and cues to quotes.

use super::cue::{Cue, CueClass, cues};
use super::marks::Marked;
use super::speaker::Speaker;
use super::title::Speakers;
use super::words::ArticleText;
use super::{Quote, QuoteFlag, QuoteKind};
use crate::sorting::Arrange;
use crate::text::ByteSpan;

/// An attribution may follow a quote by so many words.
pub(super) const AFTER: usize = 40;

/// A quote runs on over so many lines, at most.
const LINES: usize = 12;

/// The quotes of an article.
pub(super) fn quotes<'a>(
    article: &'a ArticleText<'a>,
    speakers: &'a Speakers<'a>,
    index: Option<usize>,
) -> Vec<Quote> {
    let builder = Builder {
        article,
        cues: cues(article, speakers),
        speakers,
        index,
    };
    let mut found = builder.marked();
    found.extend(builder.reported(&found));
    for paragraph in article.paragraphs.iter().filter(|p| p.title) {
        found.extend(headline_in(article, paragraph.words, index));
    }
    found
}

/// The quote of a headline in a list.
pub(super) fn headline(article: &ArticleText<'_>, index: Option<usize>) -> Option<Quote> {
    headline_in(article, (0, article.words.len()), index)
}

/// «بوتين: …» in the words of a headline.
fn headline_in(
    article: &ArticleText<'_>,
    words: (usize, usize),
    index: Option<usize>,
) -> Option<Quote> {
    let (first, end) = words;
    let colon =
        (first..end.min(first + 8)).find(|&at| article.words.get(at).is_some_and(|w| w.colon))?;
    let speaker = Speakers::new(article).before_colon(first, colon + 1)?;
    // Marks after the colon are a quote of their own.
    if article.words.get(colon + 1).is_none_or(|w| w.marked) {
        return None;
    }
    Some(Quote {
        spans: vec![article.span(colon + 1, end)?],
        article: index,
        kind: QuoteKind::Headline,
        rule: "headline-colon",
        speaker,
        cue: None,
        addressee: None,
        relay: Vec::new(),
        flags: Vec::new(),
    })
}

/// An article with its cues and those who may speak.
pub(super) struct Builder<'a> {
    pub(super) article: &'a ArticleText<'a>,
    pub(super) cues: Vec<Cue>,
    pub(super) speakers: &'a Speakers<'a>,
    pub(super) index: Option<usize>,
}

impl Builder<'_> {
    /// The quotes between marks.
    fn marked(&self) -> Vec<Quote> {
        let article = self.article;
        let mut found: Vec<Quote> = Vec::new();
        let mut running: Option<usize> = None;
        for paragraph in &article.paragraphs {
            let marks = article
                .marks
                .get(paragraph.marks.0..paragraph.marks.1)
                .unwrap_or_default();
            let open_before = running
                .take()
                .filter(|&at| found.get(at).is_some_and(|q| q.spans.len() < LINES));
            // A quote left open runs on when its next line opens or closes one without a partner.
            let goes_on =
                open_before.filter(|_| !paragraph.title && continues(marks, paragraph.span));
            for (number, mark) in marks.iter().enumerate() {
                let at = found.len();
                if let (0, Some(open)) = (number, goes_on) {
                    if let Some(quote) = found.get_mut(open) {
                        quote.spans.push(mark.inner);
                        quote
                            .flags
                            .retain(|&flag| flag != QuoteFlag::Unclosed || mark.unclosed);
                        add_flag(quote, QuoteFlag::AcrossLines);
                        running = mark.unclosed.then_some(open);
                    }
                    continue;
                }
                if mark.unopened {
                    continue;
                }
                let mut quote = self.quote(mark, paragraph.title);
                // The next of two that open without a close is what the first was.
                let before = found.last().filter(|_| number > 0 && mark.depth == 0);
                if let Some(before) = before.filter(|q| q.flags.contains(&QuoteFlag::Unclosed))
                    && before.speaker == quote.speaker
                {
                    quote.kind = before.kind;
                }
                running = (mark.unclosed && mark.inner.end >= paragraph.span.end.saturating_sub(2))
                    .then_some(at);
                found.push(quote);
            }
            if marks.is_empty() && goes_on.is_none() {
                running = None;
            }
        }
        found
    }

    fn quote(&self, mark: &Marked, title: bool) -> Quote {
        let reading = self.read(mark, title);
        let mut quote = Quote {
            spans: vec![mark.inner],
            article: self.index,
            kind: reading.kind,
            rule: reading.rule,
            speaker: reading.speaker,
            cue: reading.cue.map(|cue| cue.span),
            addressee: reading.cue.and_then(|cue| cue.addressee),
            relay: reading
                .cue
                .map_or_else(Vec::new, |cue| self.relay(cue, mark)),
            flags: Vec::new(),
        };
        for (is, flag) in [
            (mark.unclosed, QuoteFlag::Unclosed),
            (mark.misdirected, QuoteFlag::Misdirected),
            (mark.depth > 0, QuoteFlag::Nested),
        ] {
            if is {
                add_flag(&mut quote, flag);
            }
        }
        quote
    }

    /// Who hands on what the cue leads to.
    fn relay(&self, governing: &Cue, mark: &Marked) -> Vec<Speaker> {
        let article = self.article;
        let end = article.word_from(mark.inner.end);
        let here = self.cues.partition_point(|cue| cue.word < governing.word);
        let mut relay: Vec<Speaker> = governing.handed_on_by.iter().cloned().collect();
        let mut add = |cue: &Cue| {
            let known = !cue.speaker.is_unknown() && !cue.same_speaker(governing);
            if known
                && !relay
                    .iter()
                    .any(|r| r.entities == cue.speaker.entities && r.words == cue.speaker.words)
            {
                relay.push(cue.speaker.clone());
            }
        };
        // «ذكرت وكالة … أن كيم قال إن …»: what governs the governing cue.
        let before = self
            .cues
            .get(..here)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(6);
        let mut outer: Vec<&Cue> = before
            .take_while(|cue| article.same_sentence(cue.word, governing.word))
            .collect();
        outer.reverse();
        for cue in outer {
            let holds = !cue.speaker.entities.is_empty()
                && cue
                    .complement
                    .is_some_and(|complement| complement < governing.word)
                && !governing.joined;
            if holds && cue.speaker.entities.first() != governing.speaker.entities.first()
                || matches!(cue.class, CueClass::According | CueClass::Relay)
            {
                add(cue);
            }
        }
        // «في تصريحات نقلتها وكالة تاس», «وفق ما نقلته وكالة».
        let after = self.cues.get(here + 1..).unwrap_or_default().iter().take(8);
        for cue in after.take_while(|cue| {
            article.same_sentence(cue.word, governing.word) && cue.word < end + AFTER
        }) {
            if matches!(cue.class, CueClass::According | CueClass::Relay) {
                add(cue);
            }
        }
        relay
    }

    /// What is said without marks: the clause after «إن».
    fn reported(&self, marked: &[Quote]) -> Vec<Quote> {
        let article = self.article;
        let mut spoken: Vec<ByteSpan> = marked
            .iter()
            .filter(|quote| quote.kind != QuoteKind::Scare)
            .flat_map(|quote| quote.spans.iter().copied())
            .collect();
        spoken.arrange();
        let mut found = Vec::new();
        for (number, cue) in self.cues.iter().enumerate() {
            let Some(complement) = cue.complement.filter(|_| cue.class == CueClass::Say) else {
                continue;
            };
            if cue.speaker.is_unknown() {
                continue;
            }
            let next = self.cues.get(number + 1);
            let after = next.map_or(usize::MAX, |next| next.word);
            let carried = matches!(article.folded(complement), "ان" | "بان");
            let first = complement + usize::from(carried);
            let sentence = article.words.get(complement).map(|w| w.sentence);
            let last = article
                .words
                .partition_point(|w| Some(w.sentence) <= sentence);
            // «ذكرت وكالة أن كيم قال إن»: the speech is that of the cue inside.
            let inner = next.is_some_and(|next| {
                next.word < last
                    && !next.joined
                    && !next.participle
                    && next.complement.is_some()
                    && next.word < first + 8
            });
            let end = self.clause_end(first, last.min(after.max(first)), last);
            let Some(span) = article
                .span(first, end)
                .filter(|_| end >= first + 3 && !inner)
            else {
                continue;
            };
            let at = spoken.partition_point(|quote| quote.end <= span.start);
            if spoken.get(at).is_some_and(|quote| quote.overlaps(&span)) {
                continue;
            }
            let mark = Marked {
                open: span.start,
                inner: span,
                end: span.end,
                unclosed: false,
                unopened: false,
                misdirected: false,
                depth: 0,
            };
            found.push(Quote {
                spans: vec![span],
                article: self.index,
                kind: QuoteKind::Reported,
                rule: "complement",
                speaker: cue.speaker.clone(),
                cue: Some(cue.span),
                addressee: cue.addressee,
                relay: self.relay(cue, &mark),
                flags: Vec::new(),
            });
        }
        found
    }

    /// Where a clause that ends before the next cue really ends: what leads to
    /// that cue («…، لكنه») is no part of it.
    fn clause_end(&self, first: usize, end: usize, sentence_end: usize) -> usize {
        if end >= sentence_end {
            return end;
        }
        let comma = |&at: &usize| self.article.words.get(at).is_some_and(|w| w.comma);
        let near = (first.max(end.saturating_sub(4))..end).rev().find(comma);
        near.map_or(end, |at| at + 1)
    }
}

/// Whether the first marks of a line carry on a quote left open before it: they
/// close what they never opened, or the line begins with one that opens.
fn continues(marks: &[Marked], line: ByteSpan) -> bool {
    let Some(first) = marks.first() else {
        return false;
    };
    first.unopened || first.open <= line.start + 2
}

fn add_flag(quote: &mut Quote, flag: QuoteFlag) {
    if !quote.flags.contains(&flag) {
        quote.flags.push(flag);
        quote.flags.arrange();
    }
}
