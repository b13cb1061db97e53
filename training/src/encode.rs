//! Sentences to numbers.

use crate::conll::Sentence;
use crate::crf::Data;
use kashshaf::entities::tagger::features::{
    FormFeatures, FormInfo, OFFSETS, REACH, at_offset, encyclopaedic_features, joint_features,
    phrase_codes,
};
use kashshaf::entities::tagger::hash::FEATURE_BITS;
use kashshaf::entities::tagger::lexicon::WordLexicon;
use kashshaf::entities::tagger::votes::{Opinion, taking};
use rustc_hash::FxHashMap;

/// Forms seen so far, with the hashed features of each offset.
pub struct Encoder<'l> {
    lexicon: &'l WordLexicon,
    forms: FxHashMap<String, usize>,
    infos: Vec<FormInfo>,
    rows: Vec<[Vec<u32>; OFFSETS]>,
}

impl<'l> Encoder<'l> {
    pub fn new(lexicon: &'l WordLexicon) -> Self {
        Self {
            lexicon,
            forms: FxHashMap::default(),
            infos: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn form(&mut self, surface: &str) -> usize {
        if let Some(&form) = self.forms.get(surface) {
            return form;
        }
        let features = FormFeatures::of(surface, self.lexicon);
        let mut rows: [Vec<u32>; OFFSETS] = Default::default();
        for (reach, hashes) in features.by_reach.iter().enumerate() {
            for (offset, row) in rows.iter_mut().enumerate() {
                if offset.abs_diff(REACH) <= reach {
                    row.extend(hashes.iter().map(|&h| at_offset(h, offset)));
                }
            }
        }
        self.infos.push(features.info);
        self.rows.push(rows);
        self.forms.insert(surface.to_owned(), self.rows.len() - 1);
        self.rows.len() - 1
    }

    /// What is known of the forms of a sentence.
    pub fn infos(&mut self, words: &[String]) -> Vec<FormInfo> {
        words
            .iter()
            .map(|word| {
                let form = self.form(word);
                self.infos[form]
            })
            .collect()
    }

    /// Hashed features by which each token of a sentence is judged in an encyclopaedia, beside all else;
    /// `opinions` are what the first reading takes the tokens for.
    pub fn encyclopaedic(&mut self, words: &[String], opinions: &[Opinion]) -> Vec<Vec<u32>> {
        let infos = self.infos(words);
        let takings: Vec<u8> = opinions.iter().map(taking).collect();
        let mut phrases = Vec::new();
        phrase_codes(&infos, self.lexicon, &mut phrases);
        (0..words.len())
            .map(|i| {
                let mut out = Vec::with_capacity(40);
                encyclopaedic_features(&infos, &phrases, &takings, i, |f| out.push(f));
                out
            })
            .collect()
    }

    /// Hashed features of each token of a sentence.
    pub fn sentence(&mut self, words: &[String]) -> Vec<Vec<u32>> {
        let forms: Vec<usize> = words.iter().map(|word| self.form(word)).collect();
        let infos: Vec<FormInfo> = forms.iter().map(|&form| self.infos[form]).collect();
        let mut phrases = Vec::new();
        phrase_codes(&infos, self.lexicon, &mut phrases);
        (0..words.len())
            .map(|i| {
                let mut out = Vec::with_capacity(100);
                for offset in 0..OFFSETS {
                    let neighbour = (i + offset).checked_sub(REACH).and_then(|j| forms.get(j));
                    match neighbour {
                        Some(&form) => out.extend(&self.rows[form][offset]),
                        None => out.push(at_offset(0, offset)),
                    }
                }
                joint_features(&infos, &phrases, i, |f| out.push(f));
                out
            })
            .collect()
    }
}

/// Numbers features densely; those seen rarely are left out.
pub struct Numbering {
    dense: Vec<u32>,
    pub hashes: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Numbering {
    /// Keeps the features that stand at `least` tokens or more.
    pub fn of(sentences: &[&[Vec<u32>]], least: u32) -> Self {
        let mut counts = vec![0u32; 1 << FEATURE_BITS];
        for &f in sentences.iter().flat_map(|s| s.iter()).flatten() {
            counts[f as usize] += 1;
        }
        let mut dense = vec![NONE; 1 << FEATURE_BITS];
        let mut hashes = Vec::new();
        for (hash, &count) in counts.iter().enumerate() {
            if count >= least {
                dense[hash] = hashes.len() as u32;
                hashes.push(hash as u32);
            }
        }
        Self { dense, hashes }
    }

    /// The known features of a token.
    pub fn known(&self, features: &[u32]) -> Vec<u32> {
        features
            .iter()
            .map(|&f| self.dense[f as usize])
            .filter(|&f| f != NONE)
            .collect()
    }

    /// Training data of sentences.
    pub fn data(&self, encoded: &[&[Vec<u32>]], sentences: &[&Sentence]) -> Data {
        let mut data = Data::default();
        for (encoded, sentence) in encoded.iter().zip(sentences) {
            for (features, label) in encoded.iter().zip(&sentence.labels) {
                data.features.extend(self.known(features));
                data.tokens.push(data.features.len());
                data.labels.push(label.number() as u8);
            }
            data.sentences.push(data.labels.len());
        }
        data
    }
}
