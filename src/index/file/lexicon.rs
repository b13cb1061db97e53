//! The section of words: lexicon and views together.
//!
//! Words stand in the order of the lenses, each as what its beginning does not
//! share with the word before; its forms as what their letters differ from its
//! key in; of each form the frequency. The number of a form is its rank by
//! frequency, then by its place in this order, and is not written.

use super::error::Inconsistent;
use super::numbering::Numbering;
use super::numbers::{NumberCodes, NumberReader, NumberWriter};
use crate::index::coding::ascending::Ascending;
use crate::index::{FormId, Lexicon, Views};
use crate::text::growing::Growing;
use std::ops::Range;

/// [`SHORT`] × the letters that a word's base shares with the one before, and how many follow; of [`SHORT`] less one
/// and more, how many more is told behind it.
const BASE: usize = 0;
const LETTER: usize = 1;
/// Which proclitics stand before the base: 0 none, else their number in the order they are met; twice that, and 1 where
/// the word has one form, its key, which occurs once.
const PROCLITICS: usize = 2;
/// Forms of a word, less one.
const FORMS: usize = 3;
/// Letters of a form that are not those of the key, plus one; 0 if it has more or fewer letters.
const DIFFERENCES: usize = 4;
/// Where such a letter stands, from the end.
const PLACE: usize = 5;
/// The letter itself.
const DIFFERENT: usize = 6;
/// Lengths of what is rare.
const LENGTH: usize = 7;
/// Frequency less one.
const FREQUENCY: usize = 8;
const KINDS: usize = 9;

const SHORT: u32 = 16;

/// Bytes of a key, and of all forms of a word, seldom more: room that is too small is twice too large once it has grown.
const BYTES_A_WORD: usize = 13;
const FORM_BYTES_A_WORD: usize = 16;

/// More bytes of forms and keys are not read.
const MOST_BYTES: usize = 1 << 29;

/// The letters that nearly all words are made of have the numbers below 224.
const ARABIC: Range<u32> = 0x620..0x700;

fn number_of(letter: char) -> u32 {
    let code = u32::from(letter);
    if ARABIC.contains(&code) {
        code - ARABIC.start
    } else {
        code + (ARABIC.end - ARABIC.start)
    }
}

fn letter_of(number: u32) -> Result<char, Inconsistent> {
    let others = ARABIC.end - ARABIC.start;
    let code = match number.checked_sub(others) {
        None => number + ARABIC.start,
        Some(code) => code,
    };
    char::from_u32(code).ok_or(Inconsistent)
}

/// Writes the section.
pub(super) fn write(lexicon: &Lexicon, views: &Views) -> (Vec<u8>, Numbering) {
    let mut out = WordsWriter::new(Vec::new());
    out.begin(views.len());
    for word in (0u32..).take(views.len()) {
        out.add(lexicon, views, word);
    }
    let forms = views.all_forms().iter();
    let frequencies: Vec<u32> = forms.map(|&form| lexicon.frequency(form)).collect();
    (out.numbers.finish(), Numbering::new(&frequencies))
}

/// Writes words in the order of the lenses.
pub(in crate::index) struct WordsWriter {
    pub(in crate::index) numbers: NumberWriter,
    /// Those that a reader knows.
    proclitics: Vec<String>,
    before: Vec<char>,
    base: Vec<char>,
    letters: Vec<char>,
}

impl WordsWriter {
    /// For a reader that knows some proclitics; others are told when they are met.
    pub(in crate::index) fn new(proclitics: Vec<String>) -> Self {
        Self {
            numbers: NumberWriter::new(KINDS),
            proclitics,
            before: Vec::new(),
            base: Vec::new(),
            letters: Vec::new(),
        }
    }

    /// Begins a run of so many words, which a reader takes without those before.
    pub(in crate::index) fn begin(&mut self, words: usize) {
        self.numbers.add(LENGTH, words as u32);
        self.before.clear();
    }

    /// Adds the next word with its forms.
    pub(in crate::index) fn add(&mut self, lexicon: &Lexicon, views: &Views, word: u32) {
        let (key, of_base) = (views.key(word), views.base(word));
        let out = &mut self.numbers;
        self.base.clear();
        self.base.extend(of_base.chars());
        let both = self.base.iter().zip(&self.before);
        let shared = both.take_while(|(a, b)| a == b).count();
        let rest = (self.base.len() - shared) as u32;
        out.add(BASE, SHORT * shared as u32 + rest.min(SHORT - 1));
        if let Some(more) = rest.checked_sub(SHORT - 1) {
            out.add(LENGTH, more);
        }
        for &letter in self.base.iter().skip(shared) {
            out.add(LETTER, number_of(letter));
        }
        std::mem::swap(&mut self.before, &mut self.base);
        let cut = key.strip_suffix(of_base).unwrap_or_default();
        let forms = views.forms(word..word + 1);
        let is_once = |&form| lexicon.frequency(form) == 1 && lexicon.form(form) == key;
        let is_plain = forms.len() == 1 && forms.iter().all(is_once);
        let known = self.proclitics.iter().position(|of| of == cut);
        let new = self.proclitics.len();
        let number = if cut.is_empty() {
            0
        } else {
            known.unwrap_or(new) as u32 + 1
        };
        out.add(PROCLITICS, 2 * number + u32::from(is_plain));
        if !cut.is_empty() && known.is_none() {
            self.proclitics.push(cut.to_owned());
            out.add(LENGTH, cut.chars().count() as u32);
            cut.chars()
                .for_each(|letter| out.add(LETTER, number_of(letter)));
        }
        if is_plain {
            return;
        }
        out.add(FORMS, (forms.len() as u32).wrapping_sub(1));
        self.letters.clear();
        self.letters.extend(key.chars());
        for &form in forms {
            write_form(out, lexicon.form(form), &self.letters);
            out.add(FREQUENCY, lexicon.frequency(form).wrapping_sub(1));
        }
    }
}

fn write_form(out: &mut NumberWriter, form: &str, key: &[char]) {
    let count = form.chars().count();
    if count != key.len() {
        out.add(DIFFERENCES, 0);
        out.add(LENGTH, count as u32);
        form.chars()
            .for_each(|letter| out.add(LETTER, number_of(letter)));
        return;
    }
    let different = || {
        form.chars()
            .zip(key)
            .enumerate()
            .filter(|(_, (a, b))| a != *b)
    };
    out.add(DIFFERENCES, different().count() as u32 + 1);
    for (place, (letter, _)) in different() {
        out.add(PLACE, (count - 1 - place) as u32);
        out.add(DIFFERENT, number_of(letter));
    }
}

/// Reads the section.
pub(super) fn read(bytes: &[u8]) -> Result<(Lexicon, Views), Inconsistent> {
    let reader = WordsReader::new(NumberReader::new(bytes, KINDS)?, &[]);
    let (mut views, read) = reader.words()?;
    let numbering = Numbering::new(&read.frequencies);
    let (forms, numbers) = (read.forms.into_bytes(), &numbering.of_place);
    let lexicon = Lexicon::of_forms(forms, read.ends, &read.frequencies, numbers);
    views.set_forms(numbering.of_place.into_iter().map(FormId).collect());
    Ok((lexicon, views))
}

/// The codes of words that were written apart.
pub(in crate::index) fn word_codes(bytes: &[u8]) -> Result<NumberCodes, Inconsistent> {
    NumberCodes::read(bytes, KINDS)
}

/// Forms as they are read, in the order of the lenses.
#[derive(Debug, Default)]
pub(in crate::index) struct ReadForms {
    /// One behind the other.
    pub(in crate::index) forms: Growing,
    /// Where each ends.
    pub(in crate::index) ends: Ascending,
    pub(in crate::index) frequencies: Vec<u32>,
}

impl ReadForms {
    /// With room for the forms of so many words.
    fn with_room(words: usize) -> Self {
        let forms = words + words / 4;
        Self {
            forms: Growing::with_room(FORM_BYTES_A_WORD * words),
            ends: Ascending::with_room(forms),
            frequencies: Vec::with_capacity(forms),
        }
    }
}

/// Reads what [`WordsWriter`] wrote.
pub(in crate::index) struct WordsReader<'b> {
    reader: NumberReader<'b>,
    proclitics: Vec<Growing>,
    /// What the clitics lens leaves of the word that was read last, and where each letter of it ends.
    base: Growing,
    base_ends: Vec<usize>,
    /// Letters keys, one behind the other.
    keys: Growing,
}

impl<'b> WordsReader<'b> {
    /// Reads with the proclitics that are known.
    pub(in crate::index) fn new(reader: NumberReader<'b>, proclitics: &[String]) -> Self {
        let known = |of: &String| {
            let mut letters = Growing::default();
            letters.append(of.as_bytes());
            letters
        };
        Self {
            reader,
            proclitics: proclitics.iter().map(known).collect(),
            base: Growing::default(),
            base_ends: Vec::new(),
            keys: Growing::default(),
        }
    }

    /// Reads a run of words; the views lack their forms, which come beside them.
    pub(in crate::index) fn words(mut self) -> Result<(Views, ReadForms), Inconsistent> {
        let words = self.reader.read(LENGTH)?;
        // A word takes some 25 bits.
        let room = self.reader.at_most(words, 6);
        let mut views = Views::with_room(room);
        let mut read = ReadForms::with_room(room);
        self.keys = Growing::with_room(BYTES_A_WORD * room);
        for _ in 0..words {
            let start = self.keys.len();
            let (cut, forms, is_plain) = self.word()?;
            for _ in 0..forms {
                self.form(start, is_plain, &mut read)?;
            }
            views.push_word(self.keys.len(), cut, read.ends.len());
            if read.forms.len() + self.keys.len() > MOST_BYTES {
                return Err(Inconsistent);
            }
        }
        views.set_keys(self.keys.into_bytes());
        Ok((views, read))
    }

    /// Reads the key of the next word; tells how many bytes of it are proclitics, how many forms follow, and whether
    /// it is the only form, which occurs once.
    #[inline(never)] // called for every word, so that a browser compiles it well on the way
    fn word(&mut self) -> Result<(usize, u64, bool), Inconsistent> {
        let reader = &mut self.reader;
        let base = reader.read(BASE)?;
        let (shared, mut rest) = ((base / SHORT) as usize, base % SHORT);
        if rest == SHORT - 1 {
            rest = rest.saturating_add(reader.read(LENGTH)?);
        }
        if shared > self.base_ends.len() {
            return Err(Inconsistent);
        }
        self.base_ends.truncate(shared);
        self.base
            .truncate(self.base_ends.last().copied().unwrap_or_default());
        for _ in 0..rest {
            self.base.push(letter_of(reader.read(LETTER)?)?);
            self.base_ends.push(self.base.len());
        }
        let mut cut = 0;
        let proclitics = reader.read(PROCLITICS)?;
        if let Some(number) = (proclitics / 2).checked_sub(1) {
            if number as usize == self.proclitics.len() {
                let mut letters = Growing::default();
                for _ in 0..reader.read(LENGTH)? {
                    letters.push(letter_of(reader.read(LETTER)?)?);
                }
                self.proclitics.push(letters);
            }
            let proclitics = self.proclitics.get(number as usize).ok_or(Inconsistent)?;
            cut = proclitics.len();
            self.keys.append_first(cut, proclitics.on(0));
        }
        self.keys.append_first(self.base.len(), self.base.on(0));
        let is_plain = proclitics % 2 == 1;
        let more = if is_plain { 0 } else { reader.read(FORMS)? };
        Ok((cut, u64::from(more) + 1, is_plain))
    }

    /// Reads a form of the word that was read last, whose key starts there, and its frequency.
    #[inline(never)] // called for every form, so that a browser compiles it well on the way
    fn form(
        &mut self,
        key: usize,
        is_plain: bool,
        read: &mut ReadForms,
    ) -> Result<(), Inconsistent> {
        let length = self.keys.len() - key;
        let reader = &mut self.reader;
        let differences = if is_plain {
            1
        } else {
            reader.read(DIFFERENCES)?
        };
        match differences {
            0 => {
                for _ in 0..reader.read(LENGTH)? {
                    read.forms.push(letter_of(reader.read(LETTER)?)?);
                }
            }
            1 => read.forms.append_first(length, self.keys.on(key)),
            more => {
                let key = self.keys.on(key).get(..length).unwrap_or_default();
                read_differences(reader, more - 1, key, &mut read.forms)?;
            }
        }
        let end = u32::try_from(read.forms.len()).map_err(|_| Inconsistent)?;
        read.ends.push(end);
        let frequency = if is_plain { 0 } else { reader.read(FREQUENCY)? };
        let frequency = frequency.wrapping_add(1);
        read.frequencies.push(frequency);
        Ok(())
    }
}

/// Reads a form that differs from its key in so many letters.
fn read_differences(
    reader: &mut NumberReader<'_>,
    differences: u32,
    key: &[u8],
    forms: &mut Growing,
) -> Result<(), Inconsistent> {
    let mut from = 0;
    for _ in 0..differences {
        let place = reader.read(PLACE)? as usize;
        let letter = letter_from_end(key, place).ok_or(Inconsistent)?;
        forms.append(key.get(from..letter.start).ok_or(Inconsistent)?);
        forms.push(letter_of(reader.read(DIFFERENT)?)?);
        from = letter.end;
    }
    forms.append(key.get(from..).ok_or(Inconsistent)?);
    Ok(())
}

/// The bytes of the letter that so many others follow.
fn letter_from_end(text: &[u8], others: usize) -> Option<Range<usize>> {
    let follows = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    let mut starts = (0..text.len())
        .rev()
        .filter(|&at| !text.get(at).is_some_and(follows));
    let start = starts.nth(others)?;
    let more = text
        .iter()
        .skip(start + 1)
        .take_while(|byte| follows(byte))
        .count();
    Some(start..start + 1 + more)
}
