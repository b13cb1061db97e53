//! Templates: what of a token and its neighbours the model may weigh.
//!
//! | reach | what |
//! |---|---|
//! | the token alone | whole form, proclitics, beginnings and ends of 1–4 letters, length, shape, letter trigrams |
//! | the token and one to each side | stem, light stem, last two and three letters, what the lexicon says, how name-like the letters are |
//! | the token and two to each side | word without proclitics |
//! | pairs and triples | neighbouring words; neighbouring classes; word and class |
//! | opinions | words and classes, each with what the first reading takes the token and its neighbours for (encyclopaedias only) |
//! | frames | the cue that leads here over adjectives («الرئيس الروسي …»); a listed name of several words |

use super::hash::{feature, hash, join};
use super::lexicon::{Cue, Signature, WordLexicon, word_key};
use super::votes::TAKINGS;
use super::word::Word;
use crate::analysis::light_stem::light_stem;

/// Tokens to each side that a form's features reach.
pub const REACH: usize = 2;
/// Offsets at which a form is seen: two before to two after.
pub const OFFSETS: usize = 2 * REACH + 1;

/// What neighbours need to know of a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormInfo {
    /// Hash of the word without proclitics.
    pub key: u32,
    /// Key of the word without proclitics in the lexicon.
    pub word: u32,
    /// Key of the whole form in the lexicon.
    pub whole: u32,
    /// Hash of the coarse class.
    pub class: u32,
    /// Cue bits.
    pub cues: u32,
    /// Hash of the last three letters, and of whether the article stands before them.
    pub tail: u32,
    /// Whether it may stand between a cue and its name.
    pub passes: bool,
    /// Whether a listed name of several words starts with it.
    pub starts_phrase: bool,
}

/// The features of one form.
#[derive(Clone, Debug, Default)]
pub struct FormFeatures {
    /// For its neighbours.
    pub info: FormInfo,
    /// Letters that its proclitics take.
    pub proclitics: u8,
    /// Hashes by how far they are seen: 0, 1 or 2 tokens away.
    pub by_reach: [Vec<u32>; REACH + 1],
}

impl FormFeatures {
    /// Works out the features of a form as written; once per distinct form.
    #[must_use]
    pub fn of(surface: &str, lexicon: &WordLexicon) -> Self {
        let word = Word::of(surface, lexicon);
        let signature = signature_of(&word, lexicon);
        let mut out = Self {
            info: info(&word, &signature, lexicon),
            proclitics: (word.proclitics / 2) as u8,
            by_reach: Default::default(),
        };
        out.add_letters(surface, &word);
        let likeness = lexicon.likeness(word.stem());
        out.add_neighbourly(&word, &signature, likeness);
        out
    }

    fn add(&mut self, reach: usize, template: u8, bytes: &[u8]) {
        self.by_reach[reach].push(hash(template, bytes));
    }

    /// What only the token itself is judged by.
    fn add_letters(&mut self, surface: &str, word: &Word) {
        self.add(0, 1, word.folded.as_bytes());
        let proclitics = word.folded.get(..word.proclitics).unwrap_or_default();
        self.add(0, 2, proclitics.as_bytes());
        let stem = word.stem();
        let borders: Vec<usize> = stem
            .char_indices()
            .map(|(at, _)| at)
            .chain([stem.len()])
            .collect();
        let letters = borders.len() - 1;
        for length in 1..=4.min(letters) {
            let start = stem.get(..borders[length]).unwrap_or_default();
            let end = stem.get(borders[letters - length]..).unwrap_or_default();
            self.add(0, 2 + length as u8, start.as_bytes());
            self.add(0, 6 + length as u8, end.as_bytes());
        }
        self.add(0, 11, &[letters.min(9) as u8]);
        let padded = format!("_{stem}_");
        let starts: Vec<usize> = padded
            .char_indices()
            .map(|(at, _)| at)
            .chain([padded.len()])
            .collect();
        if letters <= 14 {
            for gram in starts.windows(4) {
                let gram = padded.get(gram[0]..gram[3]).unwrap_or_default();
                self.add(0, 12, gram.as_bytes());
            }
        }
        self.add(0, 13, &[u8::from(word.definite), shape(surface)]);
    }

    /// What neighbours are judged by too.
    fn add_neighbourly(&mut self, word: &Word, s: &Signature, likeness: u8) {
        self.add(2, 20, word.key.as_bytes());
        let stem = word.stem();
        self.add(1, 21, stem.as_bytes());
        self.add(1, 22, light_stem(&word.key).as_bytes());
        for (template, letters) in [(23, 2), (24, 3)] {
            let start = stem.char_indices().rev().nth(letters - 1);
            let end = start.map_or(stem, |(at, _)| stem.get(at..).unwrap_or_default());
            self.add(1, template, end.as_bytes());
        }
        let definite = u8::from(word.definite);
        let clitic = u8::from(word.proclitics > 0);
        for (template, values) in [
            (25, [s.person, s.owner, definite]),
            (26, [s.place, definite, clitic]),
            (27, [s.frequency, s.article, definite]),
            (28, [s.suffix, s.ending, s.future]),
            (29, [s.person, s.place, s.frequency / 2]),
            (30, [s.article, s.suffix, s.ending]),
            (31, [s.owner, s.article, s.suffix]),
            (35, [s.organisation, definite, clitic]),
            (36, [s.organisation, s.place, s.person]),
        ] {
            self.add(1, template, &values);
        }
        self.add(
            0,
            34,
            &[
                s.person,
                s.owner,
                s.place,
                s.frequency,
                s.article,
                s.suffix,
                s.ending,
                definite,
            ],
        );
        let usual = s.frequency / 4;
        self.add(1, 37, &[likeness, definite, clitic]);
        self.add(1, 38, &[likeness, s.person, s.place, usual, definite]);
        let listed = [s.person, s.organisation, definite, clitic];
        self.add(0, 39, &[&[likeness, s.frequency][..], &listed].concat());
        for bit in 0..Cue::NAMES.len() as u8 {
            if s.cues >> bit & 1 == 1 {
                self.add(2, 32, &[bit, definite]);
            }
        }
        self.by_reach[1].push(join(33, self.info.class, 0));
    }
}

fn signature_of(word: &Word, lexicon: &WordLexicon) -> Signature {
    let whole = lexicon.signature(&word.key).copied();
    if !word.definite {
        return whole.unwrap_or_default();
    }
    let mut s = lexicon.signature(word.stem()).copied().unwrap_or_default();
    if let Some(whole) = whole {
        s.place = s.place.max(whole.place);
        s.organisation = s.organisation.max(whole.organisation);
        s.cues |= whole.cues;
        (s.person, s.owner) = (s.person.max(whole.person), s.owner.max(whole.owner));
    }
    s
}

fn info(word: &Word, s: &Signature, lexicon: &WordLexicon) -> FormInfo {
    let class = [
        s.person,
        s.owner,
        s.place,
        s.organisation,
        s.frequency / 4,
        u8::from(s.article > 1) + 2 * u8::from(s.suffix > 0),
        u8::from(word.definite),
        u8::from(word.key.contains('0')),
        (s.cues & 0xFF) as u8,
        (s.cues >> 8 & 0xFF) as u8,
        (s.cues >> 16 & 0xFF) as u8,
    ];
    // A word of no letters is its own class.
    let marks = !word.key.chars().any(char::is_alphanumeric);
    let class = if marks {
        hash(41, word.key.as_bytes())
    } else {
        hash(40, &class)
    };
    let listed = word_key(&word.key);
    FormInfo {
        key: hash(42, word.key.as_bytes()),
        word: listed,
        whole: word_key(&word.folded),
        class,
        cues: s.cues,
        tail: hash(43, tail(word).as_bytes()).wrapping_add(u32::from(word.definite)),
        passes: word.definite || s.cues & (Cue::DEMONYM | Cue::BRIDGE) != 0,
        starts_phrase: lexicon.starts_phrase(listed),
    }
}

/// The last three letters of a word, or all.
fn tail(word: &Word) -> &str {
    let stem = word.stem();
    let start = stem.char_indices().rev().nth(2);
    start.map_or(stem, |(at, _)| stem.get(at..).unwrap_or_default())
}

/// 0 Arabic letters, 1 Latin, 2 digits, 3 mixed, 4 marks.
fn shape(surface: &str) -> u8 {
    let has = |test: fn(char) -> bool| surface.chars().any(test);
    let (digit, latin) = (has(char::is_numeric), has(|c| c.is_ascii_alphabetic()));
    let letter = has(|c| c.is_alphabetic() && !c.is_ascii());
    match (letter, latin, digit) {
        (true, false, false) => 0,
        (false, true, false) => 1,
        (false, false, true) => 2,
        (false, false, false) => 4,
        _ => 3,
    }
}

/// The number of a form's feature seen at an offset, 0 to [`OFFSETS`] − 1, where [`REACH`] is the token itself.
#[must_use]
pub fn at_offset(h: u32, offset: usize) -> u32 {
    feature(h.wrapping_add((offset as u32 + 1).wrapping_mul(0x3C6E_F372)))
}

/// Gives the numbers of the features that look at several tokens around `i`.
/// `phrase` holds for each token what [`phrase_codes`] says of it.
pub fn joint_features(infos: &[FormInfo], phrases: &[u8], i: usize, mut give: impl FnMut(u32)) {
    const EDGE: FormInfo = FormInfo {
        key: 1,
        word: 0,
        whole: 0,
        class: 1,
        cues: 0,
        tail: 1,
        passes: false,
        starts_phrase: false,
    };
    let at = |d: isize| {
        i.checked_add_signed(d)
            .and_then(|j| infos.get(j))
            .copied()
            .unwrap_or(EDGE)
    };
    let (before, here, after) = (at(-1), at(0), at(1));
    let mut pair = |template, a, b| give(feature(join(template, a, b)));
    pair(50, before.key, here.key);
    pair(51, here.key, after.key);
    pair(52, before.class, here.class);
    pair(53, here.class, after.class);
    pair(54, before.key, here.class);
    pair(55, here.class, after.key);
    pair(56, join(0, before.class, here.class), after.class);
    pair(57, join(0, at(-2).class, before.class), here.class);
    pair(58, at(-2).key, before.key);
    pair(59, after.key, at(2).key);
    pair(60, join(0, before.key, after.key), 0);
    if i == 0 {
        pair(61, 0, here.class);
    }
    if let Some((distance, cues)) = frame(infos, i) {
        pair(62, cues, distance);
        pair(63, cues, here.class);
    }
    let code = phrases.get(i).copied().unwrap_or(0);
    if code != 0 {
        pair(64, u32::from(code), 0);
        pair(65, u32::from(code), here.class);
    }
    let (was, will) = (
        i.checked_sub(1).and_then(|j| phrases.get(j)),
        phrases.get(i + 1),
    );
    pair(66, u32::from(was.copied().unwrap_or(0)), 0);
    pair(67, u32::from(will.copied().unwrap_or(0)), 0);
}

/// Gives the numbers of the features by which encyclopaedic text is judged beside all else.
/// `takings` holds for each token what the first reading takes it for ([`taking`](super::votes::taking)).
pub fn encyclopaedic_features(
    infos: &[FormInfo],
    phrases: &[u8],
    takings: &[u8],
    i: usize,
    mut give: impl FnMut(u32),
) {
    joint_features(infos, phrases, i, &mut give);
    taking_features(infos, takings, i, &mut give);
    for offset in 0..OFFSETS {
        let info = (i + offset).checked_sub(REACH).and_then(|j| infos.get(j));
        let Some(info) = info else { continue };
        give(at_offset(join(80, info.key, 0), offset));
        if offset.abs_diff(REACH) < 2 {
            give(at_offset(join(81, info.class, 0), offset));
            give(at_offset(join(82, info.tail, 0), offset));
        }
    }
}

/// Gives the numbers of the features that join a word to what it and its neighbours are taken for:
/// «شمال» before a place, «منتخب» before one.
fn taking_features(infos: &[FormInfo], takings: &[u8], i: usize, mut give: impl FnMut(u32)) {
    let taking = |d: isize| {
        let at = i.checked_add_signed(d).and_then(|j| takings.get(j));
        u32::from(at.copied().unwrap_or(TAKINGS))
    };
    let two = |a: u32, b: u32| a * (u32::from(TAKINGS) + 1) + b;
    let (before, own, after) = (taking(-1), taking(0), taking(1));
    let mut pair = |template, a, b| give(feature(join(template, a, b)));
    if let Some(here) = infos.get(i) {
        pair(83, here.key, after);
        pair(84, here.key, before);
        pair(85, here.class, two(own, after));
        pair(86, here.class, two(own, before));
    }
    let around = two(before, after);
    pair(87, own, around);
    pair(88, two(own, taking(2)), around);
    pair(89, two(own, taking(-2)), around);
}

/// The nearest cue up to five tokens back, over words that may stand between: distance and class bits.
fn frame(infos: &[FormInfo], i: usize) -> Option<(u32, u32)> {
    const LEADS: u32 = Cue::TITLE | Cue::SPEECH | Cue::PLACE | Cue::ORGANISATION;
    for distance in 1..=5 {
        let info = infos.get(i.checked_sub(distance)?)?;
        if info.cues & LEADS != 0 {
            return Some((distance as u32, info.cues & LEADS));
        }
        if !info.passes {
            return None;
        }
    }
    None
}

/// For each token, 0 or a code of its type and place in a listed name of several words.
pub fn phrase_codes(infos: &[FormInfo], lexicon: &WordLexicon, codes: &mut Vec<u8>) {
    codes.clear();
    codes.resize(infos.len(), 0);
    let mut i = 0;
    while let Some((first, rest)) = infos.get(i..).and_then(<[FormInfo]>::split_first) {
        if !first.starts_phrase {
            i += 1;
            continue;
        }
        let words = std::iter::once(first.word).chain(rest.iter().map(|info| info.whole));
        let Some((length, kind)) = lexicon.longest_phrase(words) else {
            i += 1;
            continue;
        };
        let long = u8::from(length > 2);
        for (k, code) in codes.iter_mut().skip(i).take(length).enumerate() {
            *code = 1 + kind * 4 + long * 2 + u8::from(k > 0);
        }
        i += length;
    }
}
