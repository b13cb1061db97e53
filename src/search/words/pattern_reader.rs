//! Reads patterns.

use crate::search::words::pattern::{Letter, Pattern, PatternError, Piece, STATES};

/// Groups stand no deeper inside each other.
pub(in crate::search) const DEPTH: usize = 16;

/// Most repetitions that `{n}` may ask for.
const REPETITIONS: u32 = 32;

/// A text on its way to a pattern.
pub(in crate::search) struct Reader<'t> {
    text: &'t str,
    /// The next byte.
    pub(in crate::search) at: usize,
    pub(in crate::search) pattern: Pattern,
}

impl<'t> Reader<'t> {
    pub(in crate::search) fn new(text: &'t str) -> Self {
        let pattern = Pattern {
            letters: Vec::new(),
            follow: Vec::new(),
            first: 0,
            last: 0,
            takes_nothing: false,
        };
        Self {
            text,
            at: 0,
            pattern,
        }
    }

    pub(in crate::search) fn finish(self, all: Piece) -> Pattern {
        Pattern {
            first: all.first,
            last: all.last,
            takes_nothing: all.empty,
            ..self.pattern
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    pub(in crate::search) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(in crate::search) fn letter(&mut self, letter: Letter) -> Result<Piece, PatternError> {
        let state = self.pattern.letters.len();
        if state == STATES {
            return Err(PatternError::TooLarge(self.at));
        }
        self.pattern.letters.push(letter);
        self.pattern.follow.push(0);
        let bit = 1 << state;
        Ok(Piece {
            first: bit,
            last: bit,
            empty: false,
        })
    }

    pub(in crate::search) fn alternatives(&mut self, depth: usize) -> Result<Piece, PatternError> {
        if depth > DEPTH {
            return Err(PatternError::TooLarge(self.at));
        }
        let mut all = self.row(depth)?;
        while self.peek() == Some('|') {
            self.next();
            let other = self.row(depth)?;
            all.first |= other.first;
            all.last |= other.last;
            all.empty |= other.empty;
        }
        Ok(all)
    }

    fn row(&mut self, depth: usize) -> Result<Piece, PatternError> {
        let mut all = Piece {
            empty: true,
            ..Piece::default()
        };
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            let (start, states) = (self.at, self.pattern.letters.len());
            self.next();
            let piece = match c {
                '(' => {
                    let inner = self.alternatives(depth + 1)?;
                    if self.next() != Some(')') {
                        return Err(PatternError::Mistake(start));
                    }
                    inner
                }
                '[' => {
                    let class = self.class(start)?;
                    self.letter(class)?
                }
                '.' => self.letter(Letter::Any)?,
                '\\' => match self.next() {
                    Some('d') => self.letter(digits())?,
                    Some(c) if !c.is_ascii_alphanumeric() => self.letter(Letter::One(c))?,
                    _ => return Err(PatternError::Mistake(start)),
                },
                '*' | '+' | '?' | '{' | '}' | ']' => return Err(PatternError::Mistake(start)),
                _ => self.letter(Letter::One(c))?,
            };
            let piece = self.repeated(piece, start, states)?;
            all = self.pattern.then(all, piece);
        }
        Ok(all)
    }

    /// Reads what says how often a piece comes; `states`: those that were there before it.
    fn repeated(
        &mut self,
        mut piece: Piece,
        start: usize,
        states: usize,
    ) -> Result<Piece, PatternError> {
        let end = self.at;
        match self.peek() {
            Some('*') => {
                self.pattern.again(piece);
                piece.empty = true;
            }
            Some('+') => self.pattern.again(piece),
            Some('?') => piece.empty = true,
            Some('{') => {
                self.next();
                let (least, most) = self.bounds(end)?;
                return self.written_out(piece, start..end, least, most, states);
            }
            _ => return Ok(piece),
        }
        self.next();
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            return Err(PatternError::Mistake(self.at));
        }
        Ok(piece)
    }

    fn bounds(&mut self, at: usize) -> Result<(u32, Option<u32>), PatternError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let inside = rest
            .split_once('}')
            .map(|(inside, _)| inside)
            .ok_or(PatternError::Mistake(at))?;
        self.at += inside.len() + 1;
        let number = |text: &str| text.parse::<u32>().map_err(|_| PatternError::Mistake(at));
        let bounds = match inside.split_once(',') {
            None => (number(inside)?, Some(number(inside)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        let highest = bounds.0.max(bounds.1.unwrap_or_default());
        if highest > REPETITIONS {
            return Err(PatternError::TooLarge(at));
        }
        if bounds.1.is_some_and(|most| most < bounds.0 || most == 0) {
            return Err(PatternError::Mistake(at));
        }
        Ok(bounds)
    }

    /// Copies the states of a piece, since each repetition has its own.
    fn written_out(
        &mut self,
        piece: Piece,
        source: std::ops::Range<usize>,
        least: u32,
        most: Option<u32>,
        states: usize,
    ) -> Result<Piece, PatternError> {
        let width = self.pattern.letters.len() - states;
        let copies = most.unwrap_or(least.max(1)).max(1) as usize;
        if states + width * copies > STATES {
            return Err(PatternError::TooLarge(source.start));
        }
        let own = |set: u128| set >> states;
        let letters = self
            .pattern
            .letters
            .get(states..)
            .unwrap_or_default()
            .to_vec();
        let follow: Vec<u128> = self
            .pattern
            .follow
            .get(states..)
            .unwrap_or_default()
            .iter()
            .map(|&f| own(f))
            .collect();
        let mut all = Piece {
            empty: least == 0,
            ..piece
        };
        if piece.empty {
            all.empty = true;
        }
        let mut whole = all;
        for copy in 1..copies {
            let shift = states + width * copy;
            self.pattern.letters.extend(letters.iter().cloned());
            self.pattern
                .follow
                .extend(follow.iter().map(|&f| f << shift));
            let next = Piece {
                first: own(piece.first) << shift,
                last: own(piece.last) << shift,
                empty: piece.empty || copy >= least as usize,
            };
            whole = self.pattern.then(whole, next);
            all = next;
        }
        if most.is_none() {
            let last = Piece {
                empty: false,
                ..all
            };
            self.pattern.again(last);
        }
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            return Err(PatternError::Mistake(self.at));
        }
        Ok(whole)
    }

    fn class(&mut self, start: usize) -> Result<Letter, PatternError> {
        let negated = self.peek() == Some('^');
        if negated {
            self.next();
        }
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let c = match self.next().ok_or(PatternError::Mistake(start))? {
                ']' if ranges.is_empty() => return Err(PatternError::Mistake(start)),
                ']' => return Ok(Letter::Class(ranges, negated)),
                '\\' => self
                    .next()
                    .filter(|c| !c.is_ascii_alphanumeric())
                    .ok_or(PatternError::Mistake(start))?,
                c => c,
            };
            let mut to = c;
            let ahead = self.text.get(self.at..).unwrap_or_default();
            if let Some(after) = ahead.strip_prefix('-')
                && let Some(end) = after.chars().next().filter(|&end| end != ']')
            {
                self.at += 1 + end.len_utf8();
                to = end;
            }
            if to < c {
                return Err(PatternError::Mistake(start));
            }
            ranges.push((c, to));
        }
    }
}

fn digits() -> Letter {
    Letter::Class(vec![('0', '9'), ('٠', '٩'), ('۰', '۹')], false)
}
