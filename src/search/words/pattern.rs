//! Patterns over whole words: wildcards and regular expressions, in linear time.
//!
//! A pattern becomes the automaton of Glushkov (1961): one state for each
//! letter of the pattern, at most 128, kept as the bits of one number. A word
//! is read once; each letter costs at most one look at each state.

use crate::search::words::pattern_reader::Reader;

/// Most letters of a pattern, repetitions written out.
pub(in crate::search) const STATES: usize = 128;

/// What one state reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) enum Letter {
    Any,
    One(char),
    /// Ranges of letters; `true`: any letter but these.
    Class(Vec<(char, char)>, bool),
}

impl Letter {
    fn reads(&self, c: char) -> bool {
        match self {
            Self::Any => true,
            Self::One(letter) => *letter == c,
            Self::Class(ranges, negated) => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *negated
            }
        }
    }
}

/// A pattern that whole words match or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub(in crate::search) letters: Vec<Letter>,
    /// States that may come after each state.
    pub(in crate::search) follow: Vec<u128>,
    pub(in crate::search) first: u128,
    pub(in crate::search) last: u128,
    pub(in crate::search) takes_nothing: bool,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// A mistake at this byte.
    Mistake(usize),
    /// Too many letters, repetitions or groups at this byte.
    TooLarge(usize),
}

/// A piece of a pattern: where it may begin and end, and whether it may be empty.
#[derive(Clone, Copy, Default)]
pub(in crate::search) struct Piece {
    pub(in crate::search) first: u128,
    pub(in crate::search) last: u128,
    pub(in crate::search) empty: bool,
}

impl Pattern {
    /// A word with wildcards: `*` is any letters, `?` one letter.
    ///
    /// # Errors
    /// [`PatternError::TooLarge`].
    pub fn wildcard(text: &str) -> Result<Self, PatternError> {
        let mut reader = Reader::new(text);
        let mut all = Piece {
            empty: true,
            ..Piece::default()
        };
        while let Some(c) = reader.next() {
            let piece = match c {
                '*' => {
                    let any = reader.letter(Letter::Any)?;
                    reader.pattern.again(any);
                    Piece { empty: true, ..any }
                }
                '?' => reader.letter(Letter::Any)?,
                _ => reader.letter(Letter::One(c))?,
            };
            all = reader.pattern.then(all, piece);
        }
        Ok(reader.finish(all))
    }

    /// A regular expression: letters, `.`, `[abc]`, `[^abc]`, `[a-z]`, `\d`, `(…)`, `|`, `*`, `+`, `?`, `{2}`, `{2,}`,
    /// `{2,4}`; `\` before a sign takes it as it is.
    ///
    /// # Errors
    /// A [`PatternError`] with its place.
    pub fn regex(text: &str) -> Result<Self, PatternError> {
        let mut reader = Reader::new(text);
        let all = reader.alternatives(0)?;
        if reader.at < text.len() {
            return Err(PatternError::Mistake(reader.at)); // a closing bracket too many
        }
        Ok(reader.finish(all))
    }

    /// The pattern with every letter read as `fold` says, so that it fits folded words.
    #[must_use]
    pub fn folded(&self, fold: impl Fn(char) -> char) -> Self {
        let mut pattern = self.clone();
        for letter in &mut pattern.letters {
            match letter {
                Letter::Any => {}
                Letter::One(c) => *c = fold(*c),
                Letter::Class(ranges, _) => {
                    let folded: Vec<_> = ranges
                        .iter()
                        .filter(|(from, to)| *to as u32 - *from as u32 <= 64)
                        .flat_map(|&(from, to)| (from..=to).map(|c| (fold(c), fold(c))))
                        .collect();
                    ranges.extend(folded);
                }
            }
        }
        pattern
    }

    /// Whether a whole word matches.
    ///
    /// ```
    /// use kashshaf::search::pattern::Pattern;
    /// let pattern = Pattern::regex("بوت(ي|و)?ن+").unwrap();
    /// assert!(pattern.matches("بوتين") && pattern.matches("بوتنن") && !pattern.matches("وبوتين"));
    /// assert!(Pattern::wildcard("ك?م*").unwrap().matches("كيمياء"));
    /// ```
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(c) = chars.next() else {
            return self.takes_nothing;
        };
        let mut states = self.reading(self.first, c);
        for c in chars {
            if states == 0 {
                return false;
            }
            let mut next = 0;
            for state in bits(states) {
                next |= self.follow.get(state).copied().unwrap_or_default();
            }
            states = self.reading(next, c);
        }
        states & self.last != 0
    }

    /// Letters that every match begins with.
    #[must_use]
    pub fn beginning(&self) -> String {
        let mut text = String::new();
        let mut states = if self.takes_nothing { 0 } else { self.first };
        while states.count_ones() == 1 && text.len() < 64 {
            let state = states.trailing_zeros() as usize;
            let Some(Letter::One(c)) = self.letters.get(state) else {
                break;
            };
            text.push(*c);
            if self.last >> state & 1 == 1 {
                break;
            }
            states = self.follow.get(state).copied().unwrap_or_default();
        }
        text
    }

    /// Those of some states that read a letter.
    fn reading(&self, states: u128, c: char) -> u128 {
        let reads = |state: &usize| {
            self.letters
                .get(*state)
                .is_some_and(|letter| letter.reads(c))
        };
        bits(states)
            .filter(reads)
            .fold(0, |sum, state| sum | 1 << state)
    }

    pub(in crate::search) fn then(&mut self, one: Piece, two: Piece) -> Piece {
        for state in bits(one.last) {
            if let Some(follow) = self.follow.get_mut(state) {
                *follow |= two.first;
            }
        }
        Piece {
            first: if one.empty {
                one.first | two.first
            } else {
                one.first
            },
            last: if two.empty {
                one.last | two.last
            } else {
                two.last
            },
            empty: one.empty && two.empty,
        }
    }

    /// The piece may come again after itself.
    pub(in crate::search) fn again(&mut self, piece: Piece) {
        self.then(piece, piece);
    }
}

fn bits(mut states: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let state = (states != 0).then(|| states.trailing_zeros() as usize)?;
        states &= states - 1;
        Some(state)
    })
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
