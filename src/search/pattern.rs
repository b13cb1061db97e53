//! Patterns over whole words: wildcards and regular expressions, in linear time.
//!
//! A pattern becomes the automaton of Glushkov (1961): one state for each
//! letter of the pattern, at most 128, kept as the bits of one number. A word
//! is read once; each letter costs at most one look at each state.

/// Most letters of a pattern, repetitions written out.
const STATES: usize = 128;

/// Groups stand no deeper inside each other.
const DEPTH: usize = 16;

/// Most repetitions that `{n}` may ask for.
const REPETITIONS: u32 = 32;

/// What one state reads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Letter {
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
    letters: Vec<Letter>,
    /// States that may come after each state.
    follow: Vec<u128>,
    first: u128,
    last: u128,
    takes_nothing: bool,
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
struct Piece {
    first: u128,
    last: u128,
    empty: bool,
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

    fn then(&mut self, one: Piece, two: Piece) -> Piece {
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
    fn again(&mut self, piece: Piece) {
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

struct Reader<'t> {
    text: &'t str,
    at: usize,
    pattern: Pattern,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
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

    fn finish(self, all: Piece) -> Pattern {
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

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn letter(&mut self, letter: Letter) -> Result<Piece, PatternError> {
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

    fn alternatives(&mut self, depth: usize) -> Result<Piece, PatternError> {
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

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
