//! Words that tell an encyclopaedia from news: a naive Bayes classifier.

use crate::encode::Encoder;
use crate::model::Group;
use std::collections::BTreeMap;

/// Rarer words tell what a text is about, not what kind of text it is.
const LEAST_USES: f64 = 20.0;
/// Uses that are added to those seen, on both sides.
const UNSEEN: f64 = 2.0;
/// Log-odds of a word at most.
const MOST: f64 = 2.0;

/// How much words speak for an encyclopaedia and against news, by their keys in the lexicon.
pub fn words(groups: &[Group], encoder: &mut Encoder<'_>) -> Vec<(u32, i8)> {
    let mut uses: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
    let mut all = [0.0; 2];
    for group in groups {
        let side = usize::from(group.encyclopaedic);
        for sentence in &group.sentences {
            for info in encoder.infos(&sentence.words) {
                uses.entry(info.word).or_default()[side] += 1.0;
                all[side] += 1.0;
            }
        }
    }
    let log_odds = |[news, own]: [f64; 2]| {
        let share = |uses: f64, all: f64| (uses + UNSEEN) / f64::max(all, 1.0);
        (share(own, all[1]) / share(news, all[0])).ln()
    };
    let frequent = uses
        .iter()
        .filter(|(_, uses)| uses[0] + uses[1] >= LEAST_USES);
    let packed = frequent.map(|(&word, &uses)| {
        let odds = log_odds(uses).clamp(-MOST, MOST);
        (word, (odds / MOST * 127.0).round() as i8)
    });
    packed.filter(|(_, odds)| *odds != 0).collect()
}
