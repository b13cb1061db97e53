//! Patterns of tokens in brackets: `[word="…" & stem!="…"] []{0,5} [norm="…"] within s`.

use super::words::is_quote;
use super::{DEPTH, GAP, Item, PHRASE_WORDS, Parser};
use crate::analysis::Lens;
use crate::search::pattern::{Pattern, PatternError};
use crate::search::query::{Clause, ClauseKind, NoticeCode, Shape, Word, WordKind};
use crate::text::tokenize;

/// A mistake and where it is.
struct Mistake(NoticeCode, usize);

type Read<T> = Result<T, Mistake>;

impl Parser<'_> {
    /// Reads a pattern; where it has a mistake, that is noted and what
    /// follows the bracket is read as words.
    pub(super) fn pattern(&mut self) -> Option<Item> {
        let start = self.at;
        match self.tokens() {
            Ok(mut clause) => {
                clause.text = self
                    .text
                    .get(start..self.at)
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                self.within(&mut clause);
                Some(Item::Clause(clause))
            }
            Err(Mistake(code, at)) => {
                let to = self
                    .rest()
                    .find(']')
                    .map_or(self.end, |close| self.at + close + 1);
                self.note(code, at..to.max(at));
                self.at = start + 1;
                None
            }
        }
    }

    fn tokens(&mut self) -> Read<Clause> {
        let start = self.at;
        let mut words: Vec<Word> = Vec::new();
        let mut gaps: Vec<(u32, u32)> = Vec::new();
        let mut gap = (0, 0);
        let (mut leading, mut trailing) = (None, None);
        loop {
            let opened = self.at;
            self.at += 1;
            self.skip_space();
            if self.take("]") {
                let (least, most) = self.times(opened)?.unwrap_or((1, 1));
                if words.is_empty() {
                    leading = Some(opened);
                } else {
                    let was_within = gap.1 <= GAP;
                    gap = (gap.0 + least, gap.1 + most);
                    if was_within && gap.1 > GAP {
                        self.note(NoticeCode::TooLong, opened..self.at);
                    }
                    trailing = Some(opened);
                }
            } else {
                let word = self.choice(0)?;
                self.skip_space();
                if !self.take("]") {
                    return Err(Mistake(NoticeCode::BadPattern, self.at));
                }
                let times = match self.times(opened)? {
                    None => 1,
                    Some((least, most)) if least == most && least > 0 => least,
                    Some(_) => return Err(Mistake(NoticeCode::BadPattern, opened)),
                };
                for _ in 0..times {
                    if words.len() == PHRASE_WORDS {
                        return Err(Mistake(NoticeCode::TooLong, opened));
                    }
                    if !words.is_empty() {
                        gaps.push((gap.0.min(GAP), gap.1.min(GAP)));
                    }
                    gap = (0, 0);
                    words.push(word.clone());
                }
                trailing = None;
            }
            let end = self.at;
            self.skip_space();
            if !self.rest().starts_with('[') {
                self.at = end;
                break;
            }
        }
        if words.is_empty() {
            return Err(Mistake(NoticeCode::BadPattern, start));
        }
        // A gap before the first or behind the last word says nothing.
        for edge in leading.into_iter().chain(trailing) {
            self.note(NoticeCode::EdgeGap, edge..self.at);
        }
        let is_phrase = gaps.iter().all(|gap| *gap == (0, 0));
        let mut clause = Clause::of("", words);
        clause.kind = ClauseKind::Pattern;
        if !is_phrase {
            clause.shape = Shape::Gaps(gaps);
        }
        Ok(clause)
    }

    /// Reads `{n}`, `{n,m}`, `?`, `*` or `+` behind a bracket.
    fn times(&mut self, opened: usize) -> Read<Option<(u32, u32)>> {
        let mistake = Mistake(NoticeCode::BadPattern, self.at);
        for (sign, times) in [("?", (0, 1)), ("*", (0, GAP)), ("+", (1, GAP))] {
            if self.take(sign) {
                return Ok(Some(times));
            }
        }
        if !self.take("{") {
            return Ok(None);
        }
        let Some((inside, _)) = self.rest().split_once('}') else {
            return Err(Mistake(NoticeCode::BadPattern, opened));
        };
        self.at += inside.len() + 1;
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let least = least.trim().parse::<u32>().ok();
        let most = if most.trim().is_empty() {
            Some(GAP)
        } else {
            most.trim().parse().ok()
        };
        let times = least
            .zip(most)
            .filter(|(least, most)| least <= most && *most <= GAP);
        times.map(Some).ok_or(mistake)
    }

    fn choice(&mut self, depth: usize) -> Read<Word> {
        if depth > DEPTH {
            return Err(Mistake(NoticeCode::TooDeep, self.at));
        }
        let start = self.at;
        let mut choices = vec![self.both(depth)?];
        while self.take("|") {
            choices.push(self.both(depth)?);
        }
        Ok(self.grouped(start, choices, WordKind::Any))
    }

    fn both(&mut self, depth: usize) -> Read<Word> {
        let start = self.at;
        let mut tests = vec![self.test(depth)?];
        while self.take("&") {
            tests.push(self.test(depth)?);
        }
        Ok(self.grouped(start, tests, WordKind::All))
    }

    fn grouped(&self, start: usize, mut words: Vec<Word>, how: fn(Vec<Word>) -> WordKind) -> Word {
        match (words.len(), words.pop()) {
            (1, Some(word)) => word,
            (_, last) => {
                words.extend(last);
                self.word_of(start, how(words), None)
            }
        }
    }

    fn word_of(&self, start: usize, kind: WordKind, lens: Option<Lens>) -> Word {
        let text = self.text.get(start..self.at).unwrap_or_default().trim();
        Word {
            text: text.to_owned(),
            kind,
            lens,
            via: None,
        }
    }

    fn test(&mut self, depth: usize) -> Read<Word> {
        self.skip_space();
        let start = self.at;
        let mut negated = false;
        while self.take("!") {
            negated = !negated;
            self.skip_space();
        }
        let word = if self.take("(") {
            let word = self.choice(depth + 1)?;
            if !self.take(")") {
                return Err(Mistake(NoticeCode::UnclosedGroup, start));
            }
            word
        } else {
            self.attribute(&mut negated)?
        };
        self.skip_space();
        if !negated {
            return Ok(word);
        }
        Ok(self.word_of(start, WordKind::Not(Box::new(word)), None))
    }

    fn attribute(&mut self, negated: &mut bool) -> Read<Word> {
        let start = self.at;
        let rest = self.rest();
        let length = rest
            .find(|c: char| !c.is_ascii_lowercase())
            .unwrap_or(rest.len());
        let lens = match rest.get(..length).unwrap_or_default() {
            "word" | "form" => Some(Lens::Exact),
            "norm" => Some(Lens::Letters),
            "lemma" => Some(Lens::Stem),
            name => Lens::from_name(name),
        };
        let Some(lens) = lens else {
            return Err(Mistake(NoticeCode::UnknownField, start));
        };
        self.at += length;
        self.skip_space();
        *negated ^= self.take("!");
        if !self.take("=") {
            return Err(Mistake(NoticeCode::BadPattern, self.at));
        }
        self.skip_space();
        let opened = self.at;
        if !self.rest().starts_with(is_quote) {
            return Err(Mistake(NoticeCode::BadPattern, opened));
        }
        let mark = self.rest().chars().next().map_or(0, char::len_utf8);
        let inside = self.rest().get(mark..).unwrap_or_default();
        if !inside.contains(is_quote) {
            return Err(Mistake(NoticeCode::UnclosedQuote, opened));
        }
        let source = self.value();
        value(source, lens).map_err(|error| match error {
            Some(PatternError::Mistake(at)) => Mistake(NoticeCode::BadRegex, opened + mark + at),
            Some(PatternError::TooLarge(at)) => Mistake(NoticeCode::LargeRegex, opened + mark + at),
            None => Mistake(NoticeCode::BadPattern, opened),
        })
    }
}

/// The word that a value is: as in CQL a regular expression; where that is
/// words parted by `|`, these.
fn value(source: &str, lens: Lens) -> Result<Word, Option<PatternError>> {
    const SIGNS: &[char] = &['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '\\'];
    let word = |text: &str, kind| Word {
        text: text.to_owned(),
        kind,
        lens: Some(lens),
        via: None,
    };
    let is_one = |text: &str| {
        let mut tokens = tokenize(text);
        tokens
            .next()
            .is_some_and(|token| token.span.of(text) == text)
    };
    let plain: Option<Vec<Word>> = source
        .split('|')
        .map(|text| is_one(text).then(|| word(text, WordKind::Plain)))
        .collect();
    if let Some(mut plain) = plain {
        let Some(last) = plain.pop() else {
            return Err(None);
        };
        if plain.is_empty() {
            return Ok(last);
        }
        plain.push(last);
        return Ok(word(source, WordKind::Any(plain)));
    }
    if !source.contains(SIGNS) && !source.contains('|') {
        return Err(None);
    }
    let pattern = Pattern::regex(source).map_err(Some)?;
    Ok(word(source, WordKind::Regex(pattern)))
}
