//! The file of a model: written, read, refused.
//!
//! ```text
//! "KSHFNER" version   8 bytes
//! SHA-256             of everything after it
//! scale               f32: what one unit of a weight is worth in log-odds
//! transitions         LABELS × LABELS × i16
//! features            count, numbers as deltas, label masks, weights i8
//! lexicon             signatures, words as deltas, their signatures
//! phrases             as deltas, types; first words as deltas
//! letters             count, i8 each
//! second reading      share u8 (in 64ths), codes × LABELS × i16, transitions
//! encyclopaedia       words as deltas, i8 each; features as above; codes × LABELS × i16
//! ```
//!
//! Counts are u32 and little-endian, deltas LEB128. Columns, not rows: they compress better.

use super::chain::Chain;
use super::features::{OFFSETS, at_offset};
use super::label::LABELS;
use super::letters::Letters;
use super::lexicon::{Signature, WordLexicon};
use super::model::{Encyclopaedia, Model, Parts, Rows, Transitions};
use super::votes::{SECOND_CODES, bundles};
use crate::sorting::Arrange;
use sha2::{Digest, Sha256};
use std::fmt;

const MAGIC: &[u8; 7] = b"KSHFNER";
/// Version of the file and of the features behind it: raised whenever either changes.
pub const MODEL_VERSION: u8 = 5;

/// Why a model cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes are not a model file.
    NotAModel,
    /// The file was made for another version of the program.
    OtherVersion {
        /// The version found.
        found: u8,
    },
    /// The checksum does not match, or a part is missing.
    Damaged,
}

impl ModelError {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAModel => "model-not-recognised",
            Self::OtherVersion { .. } => "model-other-version",
            Self::Damaged => "model-damaged",
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAModel => write!(
                f,
                "the file is not a model of names; give kashshaf-names.bin as shipped"
            ),
            Self::OtherVersion { found } => write!(
                f,
                "the model of names has version {found}; this program reads version {MODEL_VERSION}; take both from one release"
            ),
            Self::Damaged => write!(
                f,
                "the model of names is damaged: its checksum does not match; fetch it again"
            ),
        }
    }
}

impl std::error::Error for ModelError {}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are no model, another version's, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let (&version, rest) = rest.split_first().ok_or(ModelError::NotAModel)?;
        if version != MODEL_VERSION {
            return Err(ModelError::OtherVersion { found: version });
        }
        let (sum, body) = rest.split_at_checked(32).ok_or(ModelError::Damaged)?;
        if Sha256::digest(body).as_slice() != sum {
            return Err(ModelError::Damaged);
        }
        read_body(body).ok_or(ModelError::Damaged)
    }
}

/// Writes a model file; the same parts give the same bytes.
#[must_use]
pub fn write(parts: &Parts) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend(parts.scale.to_le_bytes());
    write_transitions(&parts.transitions, &mut body);
    write_rows(&parts.rows, &mut body);
    write_lexicon(&parts.lexicon, &mut body);
    body.push(parts.second.share);
    write_weights(&parts.second.weights, &mut body);
    write_transitions(&parts.second.transitions, &mut body);
    let own = &parts.encyclopaedia;
    write_sorted(
        &own.words.iter().map(|w| w.0).collect::<Vec<_>>(),
        &mut body,
    );
    body.extend(own.words.iter().map(|w| w.1.cast_unsigned()));
    write_rows(&own.rows, &mut body);
    write_weights(&own.weights, &mut body);
    let mut out = MAGIC.to_vec();
    out.push(MODEL_VERSION);
    out.extend(Sha256::digest(&body));
    out.extend(body);
    out
}

fn write_rows(rows: &[(u32, [i8; LABELS])], out: &mut Vec<u8>) {
    write_sorted(&rows.iter().map(|row| row.0).collect::<Vec<_>>(), out);
    for (_, row) in rows {
        out.push((0..LABELS).fold(0, |mask, y| mask | u8::from(row[y] != 0) << y));
    }
    for weight in rows.iter().flat_map(|row| row.1).filter(|w| *w != 0) {
        out.push(weight.cast_unsigned());
    }
}

fn write_weights(weights: &[[i16; LABELS]], out: &mut Vec<u8>) {
    write_count(weights.len(), out);
    for weight in weights.iter().flatten() {
        out.extend(weight.to_le_bytes());
    }
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn write_transitions(transitions: &Transitions, out: &mut Vec<u8>) {
    for score in transitions.iter().flatten() {
        let score = i16::try_from(*score).unwrap_or(i16::MIN);
        out.extend(score.to_le_bytes());
    }
}

fn write_sorted(numbers: &[u32], out: &mut Vec<u8>) {
    write_count(numbers.len(), out);
    let mut last = 0;
    for &number in numbers {
        let mut delta = number - last;
        last = number;
        while delta >= 0x80 {
            out.push((delta & 0x7F) as u8 | 0x80);
            delta >>= 7;
        }
        out.push(delta as u8);
    }
}

fn write_lexicon(lexicon: &WordLexicon, out: &mut Vec<u8>) {
    let mut words: Vec<(u32, u16)> = lexicon.words.iter().map(|(&w, &s)| (w, s)).collect();
    words.arrange();
    // Frequent signatures get low numbers.
    let mut uses = vec![0u32; lexicon.signatures.len()];
    for &(_, s) in &words {
        uses[usize::from(s)] += 1;
    }
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.arrange_by_key(|&s| (std::cmp::Reverse(uses[s]), s));
    let mut rank = vec![0u16; order.len()];
    for (r, &s) in order.iter().enumerate() {
        rank[s] = u16::try_from(r).unwrap_or(u16::MAX);
    }
    write_count(order.len(), out);
    for &s in &order {
        let s = lexicon.signatures[s];
        out.extend(s.cues.to_le_bytes());
        out.extend([s.person, s.owner, s.place, s.frequency, s.article]);
        out.extend([s.suffix, s.ending, s.future, s.organisation]);
    }
    write_sorted(&words.iter().map(|w| w.0).collect::<Vec<_>>(), out);
    out.extend(words.iter().map(|w| (rank[usize::from(w.1)] & 0xFF) as u8));
    out.extend(words.iter().map(|w| (rank[usize::from(w.1)] >> 8) as u8));
    let mut phrases: Vec<(u32, u8)> = lexicon.phrases.iter().map(|(&p, &k)| (p, k)).collect();
    phrases.arrange();
    write_sorted(&phrases.iter().map(|p| p.0).collect::<Vec<_>>(), out);
    out.extend(phrases.iter().map(|p| p.1));
    let mut firsts: Vec<u32> = lexicon.firsts.iter().copied().collect();
    firsts.arrange();
    write_sorted(&firsts, out);
    let letters = lexicon.letters.bytes();
    write_count(letters.len(), out);
    out.extend(letters);
}

/// Reads little-endian numbers off the front of a slice.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn count(&mut self) -> Option<usize> {
        let count = u32::from_le_bytes(self.array()?) as usize;
        // Every item takes at least a byte: a larger count is a lie.
        (count <= self.0.len()).then_some(count)
    }

    fn scores(&mut self) -> Option<[i16; LABELS]> {
        let bytes = self.take(2 * LABELS)?;
        let mut scores = [0; LABELS];
        for (score, pair) in scores.iter_mut().zip(bytes.chunks_exact(2)) {
            *score = i16::from_le_bytes([pair[0], pair[1]]);
        }
        Some(scores)
    }

    fn rows(&mut self) -> Option<Rows> {
        let numbers = self.sorted()?;
        let masks = self.take(numbers.len())?;
        let mut rows = Rows::with_capacity(numbers.len());
        for (number, mask) in numbers.into_iter().zip(masks) {
            let mut row = [0; LABELS];
            for (y, weight) in row.iter_mut().enumerate() {
                if mask >> y & 1 == 1 {
                    let [byte] = self.array()?;
                    *weight = byte.cast_signed();
                }
            }
            rows.insert(number, row);
        }
        Some(rows)
    }

    fn weights(&mut self) -> Option<Vec<[i16; LABELS]>> {
        (0..self.count()?).map(|_| self.scores()).collect()
    }

    fn transitions(&mut self) -> Option<Transitions> {
        let mut transitions = [[0; LABELS]; LABELS];
        for row in &mut transitions {
            *row = self.scores()?.map(i32::from);
        }
        Some(transitions)
    }

    fn sorted(&mut self) -> Option<Vec<u32>> {
        let count = self.count()?;
        let mut numbers = Vec::with_capacity(count);
        let mut last: u32 = 0;
        for _ in 0..count {
            let (mut delta, mut shift) = (0u32, 0);
            loop {
                let [byte] = self.array()?;
                delta |= u32::from(byte & 0x7F).checked_shl(shift)?;
                if byte < 0x80 {
                    break;
                }
                shift += 7;
            }
            last = last.checked_add(delta)?;
            numbers.push(last);
        }
        Some(numbers)
    }
}

fn read_body(body: &[u8]) -> Option<Model> {
    let mut reader = Reader(body);
    let scale = f32::from_le_bytes(reader.array()?);
    let transitions = reader.transitions()?;
    let rows = reader.rows()?;
    let lexicon = read_lexicon(&mut reader)?;
    let [share] = reader.array()?;
    let weights = reader.weights()?;
    let mut edges = [[0; LABELS]; OFFSETS];
    for (offset, edge) in edges.iter_mut().enumerate() {
        let mut scores = [0; LABELS];
        rows.add(at_offset(0, offset), &mut scores);
        *edge = scores.map(|s| s as i16);
    }
    let second_transitions = reader.transitions()?;
    let words = reader.sorted()?;
    let leanings = reader.take(words.len())?.iter().copied();
    let words = words.into_iter().zip(leanings).collect();
    let own_rows = reader.rows()?;
    let mut vote_weights = reader.weights()?;
    if vote_weights.len() != weights.len() {
        return None;
    }
    for (sum, weight) in vote_weights
        .iter_mut()
        .flatten()
        .zip(weights.iter().flatten())
    {
        *sum = sum.checked_add(*weight)?;
    }
    let (weights, vote_weights) = (with_bundles(weights)?, with_bundles(vote_weights)?);
    reader.0.is_empty().then(|| Model {
        chain: Chain::new(scale, &transitions),
        rows,
        lexicon,
        share,
        vote_weights: weights,
        second_chain: Chain::new(scale, &second_transitions),
        encyclopaedia: Encyclopaedia {
            words,
            rows: own_rows,
            vote_weights,
        },
        edges,
    })
}

/// Weights by code, and after them those of each bundle of codes added up.
fn with_bundles(mut weights: Vec<[i16; LABELS]>) -> Option<Vec<[i16; LABELS]>> {
    if weights.len() > SECOND_CODES {
        return None;
    }
    weights.resize(SECOND_CODES, [0; LABELS]);
    for bundle in bundles() {
        let mut sum = [0i16; LABELS];
        for row in bundle.into_iter().filter_map(|code| weights.get(code)) {
            for (sum, weight) in sum.iter_mut().zip(row) {
                *sum = sum.checked_add(*weight)?;
            }
        }
        weights.push(sum);
    }
    Some(weights)
}

fn read_lexicon(reader: &mut Reader<'_>) -> Option<WordLexicon> {
    let mut lexicon = WordLexicon::default();
    for _ in 0..reader.count()? {
        let cues = u32::from_le_bytes(reader.array()?);
        let [
            person,
            owner,
            place,
            frequency,
            article,
            suffix,
            ending,
            future,
            organisation,
        ] = reader.array()?;
        lexicon.signatures.push(Signature {
            cues,
            person,
            owner,
            place,
            frequency,
            article,
            suffix,
            ending,
            future,
            organisation,
        });
    }
    let words = reader.sorted()?;
    let (low, high) = (reader.take(words.len())?, reader.take(words.len())?);
    let numbers = low
        .iter()
        .zip(high)
        .map(|(&l, &h)| u16::from_le_bytes([l, h]));
    lexicon.words = words.into_iter().zip(numbers).collect();
    let phrases = reader.sorted()?;
    let kinds = reader.take(phrases.len())?;
    lexicon.phrases = phrases.into_iter().zip(kinds.iter().copied()).collect();
    lexicon.firsts = reader.sorted()?.into_iter().collect();
    let letters = reader.count()?;
    lexicon.letters = Letters::read(reader.take(letters)?)?;
    Some(lexicon)
}
