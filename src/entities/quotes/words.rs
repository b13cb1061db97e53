//! One article as the quote reader sees it: words with their sentence, what
//! stands between them, the marked stretches and the names.

use super::marks::{Marked, marked};
use crate::entities::EntityId;
use crate::entities::EntityType;
use crate::parse::{Part, PartKind};
use crate::text::fold::fold_letters;
use crate::text::sentence::ends_sentence;
use crate::text::{ByteSpan, tokenize};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// A name in the text: where it stands without proclitics, what and who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedSpan {
    /// Where the name stands, in bytes of the page.
    pub span: ByteSpan,
    /// What it names.
    pub kind: EntityType,
    /// Whom it names.
    pub entity: EntityId,
}

/// A word and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: ByteSpan,
    folded: (u32, u32),
    /// Number of its sentence in the article.
    pub(super) sentence: u32,
    /// Number of its line in the article.
    pub(super) paragraph: u32,
    /// Whether it stands between marks.
    pub(super) marked: bool,
    /// The name that covers it.
    pub(super) name: Option<u32>,
    /// Between it and the next word.
    pub(super) colon: bool,
    pub(super) comma: bool,
    pub(super) mark: bool,
    /// Anything but space.
    pub(super) apart: bool,
}

/// A line of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    pub(super) span: ByteSpan,
    pub(super) title: bool,
    /// First word and one past the last.
    pub(super) words: (usize, usize),
    /// First marked stretch and one past the last.
    pub(super) marks: (usize, usize),
}

/// An article, read into words.
pub(super) struct ArticleText<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) marks: Vec<Marked>,
    pub(super) names: &'a [NamedSpan],
    arena: String,
}

impl<'a> ArticleText<'a> {
    /// Reads the parts of an article; `names` are those of the page, in order.
    pub(super) fn read(text: &'a str, parts: &[&Part], names: &'a [NamedSpan]) -> Self {
        let mut article = Self::empty(text, names);
        for part in parts {
            let mut start = part.span.start as usize;
            for line in part.span.of(text).split_inclusive('\n') {
                let span = ByteSpan::new(start, start + line.trim_end_matches(['\n', '\r']).len());
                article.add(span, part.kind == PartKind::Title);
                start += line.len();
            }
        }
        article
    }

    fn empty(text: &'a str, names: &'a [NamedSpan]) -> Self {
        Self {
            text,
            words: Vec::new(),
            paragraphs: Vec::new(),
            marks: Vec::new(),
            names,
            arena: String::new(),
        }
    }

    /// Reads one headline of a list.
    pub(super) fn of_headline(text: &'a str, span: ByteSpan, names: &'a [NamedSpan]) -> Self {
        let mut line = Self::empty(text, names);
        line.add(span, true);
        line
    }

    fn add(&mut self, span: ByteSpan, title: bool) {
        let number = u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX);
        let (first_word, first_mark) = (self.words.len(), self.marks.len());
        self.marks.extend(marked(self.text, span));
        let mut sentence = self.words.last().map_or(0, |word| word.sentence + 1);
        let mut name = self
            .names
            .partition_point(|name| name.span.end <= span.start);
        let mut mark = first_mark;
        let content = span.of(self.text);
        let mut tokens = tokenize(content).peekable();
        let shifted = |inner: ByteSpan| ByteSpan {
            start: inner.start + span.start,
            end: inner.end + span.start,
        };
        while let Some(token) = tokens.next() {
            let word = shifted(token.span);
            let next = tokens
                .peek()
                .map_or(span.end, |next| next.span.start + span.start);
            while self
                .names
                .get(name)
                .is_some_and(|n| n.span.end <= word.start)
            {
                name += 1;
            }
            let named = self.names.get(name).filter(|n| n.span.start < word.end);
            // Marks around this word: those of depth 0, in order.
            while self
                .marks
                .get(mark)
                .is_some_and(|m| m.depth > 0 || m.inner.end <= word.start)
            {
                mark += 1;
            }
            let around = self.marks.get(mark).filter(|m| m.inner.start <= word.start);
            let begins = self.arena.len();
            fold_letters(word.of(self.text), &mut self.arena);
            let folded = (offset(begins), offset(self.arena.len()));
            let gap = ByteSpan {
                start: word.end,
                end: next,
            };
            // What a quote holds ends no sentence of the article.
            let outside = match around {
                Some(m) if m.inner.end >= next => ByteSpan {
                    start: next,
                    end: next,
                },
                Some(m) if m.inner.end >= word.end => ByteSpan {
                    start: m.inner.end.max(word.end),
                    end: next,
                },
                _ => gap,
            };
            let between = gap.of(self.text);
            self.words.push(Word {
                span: word,
                folded,
                sentence,
                paragraph: number,
                marked: around.is_some(),
                name: named.and(u32::try_from(name).ok()),
                colon: between.contains(':'),
                comma: between.contains(['،', ',', '؛', ';']),
                mark: between.contains(['"', '«', '»', '“', '”', '„', '‘', '’', '\'']),
                apart: !between.chars().all(char::is_whitespace),
            });
            if ends_sentence(word.of(self.text), outside.of(self.text)) {
                sentence += 1;
            }
        }
        self.paragraphs.push(Paragraph {
            span,
            title,
            words: (first_word, self.words.len()),
            marks: (first_mark, self.marks.len()),
        });
    }

    /// A word with its letters folded.
    pub(super) fn folded(&self, at: usize) -> &str {
        self.words
            .get(at)
            .and_then(|word| {
                self.arena
                    .get(word.folded.0 as usize..word.folded.1 as usize)
            })
            .unwrap_or_default()
    }

    /// The name that begins in word `at`, and the letters of the word before it.
    pub(super) fn name_at(&self, at: usize) -> Option<(usize, &'a NamedSpan, &'a str)> {
        let word = self.words.get(at)?;
        let number = word.name? as usize;
        let name = self.names.get(number)?;
        let begins = name.span.start >= word.span.start;
        let clitic = ByteSpan {
            start: word.span.start,
            end: name.span.start.max(word.span.start),
        };
        begins.then(|| (number, name, clitic.of(self.text)))
    }

    /// Whether a person's name covers word `at`.
    pub(super) fn is_person(&self, at: usize) -> bool {
        let name = self.words.get(at).and_then(|word| word.name);
        name.and_then(|name| self.names.get(name as usize))
            .is_some_and(|name| name.kind == EntityType::Person)
    }

    /// One past the last word of the name that covers word `at`.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let Some(number) = self.words.get(at).and_then(|word| word.name) else {
            return at + 1;
        };
        let after = self
            .words
            .iter()
            .skip(at)
            .take_while(|word| word.name == Some(number));
        at + after.count().max(1)
    }

    /// Whether words `a` and `b` stand in one sentence.
    pub(super) fn same_sentence(&self, a: usize, b: usize) -> bool {
        let sentence = |at: usize| self.words.get(at).map(|word| word.sentence);
        sentence(a).is_some() && sentence(a) == sentence(b)
    }

    /// The first word that starts at or after a byte.
    pub(super) fn word_from(&self, byte: u32) -> usize {
        self.words.partition_point(|word| word.span.start < byte)
    }

    /// The text of words `first..end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Option<ByteSpan> {
        let start = self.words.get(first)?.span.start;
        let end = self.words.get(end.checked_sub(1)?)?.span.end;
        (start < end).then_some(ByteSpan { start, end })
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A folded word without the conjunction before it.
pub(super) fn without_conjunction(word: &str) -> &str {
    let rest = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    if rest.chars().count() >= 2 {
        rest
    } else {
        word
    }
}

/// A folded word without its article and what is joined before that: «والزعيم», «بالزعيم».
pub(super) fn bare(word: &str) -> &str {
    let rest = word.strip_prefix(['و', 'ف', 'ب', 'ك']).unwrap_or(word);
    let joins_lam = rest.len() == word.len() || word.starts_with('و');
    let noun = rest
        .strip_prefix("ال")
        .or_else(|| rest.strip_prefix("لل").filter(|_| joins_lam));
    noun.filter(|noun| noun.chars().nth(1).is_some())
        .unwrap_or(word)
}

/// A list of folded words that every word of a text is looked up in.
pub(super) struct WordList {
    words: &'static [&'static str],
    known: OnceLock<FxHashSet<&'static str>>,
}

impl WordList {
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        Self {
            words,
            known: OnceLock::new(),
        }
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let known = self
            .known
            .get_or_init(|| self.words.iter().copied().collect());
        known.contains(word)
    }
}

/// Whether a folded word, with or without article and conjunction, is in a list.
pub(super) fn listed<'w>(list: &WordList, word: &'w str) -> Option<&'w str> {
    if list.contains(word) {
        return Some(word);
    }
    // Every word of a text comes here: none is looked up twice.
    [bare(word), without_conjunction(word)]
        .into_iter()
        .find(|shorter| shorter.len() < word.len() && list.contains(shorter))
}

/// What is left of a noun or its adjective: «روسيا», «الروسي» and «الروسية» are one.
pub(super) fn stem(word: &str) -> &str {
    let mut rest = bare(word);
    for suffix in ["يه", "يا", "ين", "ون", "ي", "ا", "ه"] {
        if let Some(shorter) = rest.strip_suffix(suffix)
            && shorter.chars().count() >= 2
        {
            rest = shorter;
            break;
        }
    }
    rest
}
