//! Votes against all uses looked up anew.

use super::*;
use crate::entities::tagger::features::{FormInfo, encyclopaedic_features};
use proptest::prelude::*;

type Sentences = Vec<Vec<(u32, Opinion)>>;

/// Mean and highest opinion of a type in the uses that `same` picks, but for one of opinion `own`.
fn others(all: &[Opinion], own: Opinion, t: usize) -> (u32, u8) {
    let mut rest: Vec<u8> = all.iter().map(|opinion| opinion[t]).collect();
    let at = rest.iter().position(|&p| p == own[t]).expect("its own use");
    rest.remove(at);
    let sum: u32 = rest.iter().copied().map(u32::from).sum();
    let uses = rest.len() as u32;
    (sum / uses, rest.into_iter().max().unwrap_or(0))
}

/// The codes of one token by the votes of `text`, every use looked up anew; and the summary.
fn wanted(text: &Sentences, sentence: &[(u32, Opinion)], i: usize) -> (Vec<usize>, u8) {
    let (key, own) = sentence[i];
    let words: Vec<Opinion> = text
        .iter()
        .flatten()
        .filter(|w| w.0 == key)
        .map(|w| w.1)
        .collect();
    let (mut codes, mut levels) = (vec![0], [0; TYPES]);
    if words.len() > 1 {
        codes.clear();
        let many = [2, 4, 10]
            .iter()
            .filter(|&&least| words.len() > least)
            .count();
        for (t, of_type) in levels.iter_mut().enumerate() {
            let (mean, highest) = others(&words, own, t);
            *of_type = level(mean);
            codes.extend(type_codes(
                t,
                many,
                level(mean) as usize,
                level(highest.into()) as usize,
            ));
        }
    }
    for (start, base) in [(i.checked_sub(1), 200), (Some(i), 206)] {
        let pair =
            |two: &[(u32, Opinion)]| (two[0].0, two[1].0, opinion_of_pair(two[0].1, two[1].1));
        let Some(two) = start.and_then(|start| sentence.get(start..start + 2)) else {
            continue;
        };
        let here = pair(two);
        let of_text = text.iter().flat_map(|s| s.windows(2)).map(pair);
        let uses: Vec<Opinion> = of_text
            .filter(|p| (p.0, p.1) == (here.0, here.1))
            .map(|p| p.2)
            .collect();
        for t in (0..TYPES).filter(|_| uses.len() > 1) {
            let (mean, highest) = others(&uses, here.2, t);
            let best = mean.max(u32::from(highest) / 2);
            if best >= MEANS[1] {
                codes.push(base + t * 2 + usize::from(best >= MEANS[3]));
            }
        }
    }
    (codes, summary(levels))
}

proptest! {
    /// Against codes for which every use is looked up: what is counted, left out and bundled changes nothing.
    #[test]
    fn codes_are_those_of_all_uses(
        text in proptest::collection::vec(proptest::collection::vec(
            (0u32..6, prop_oneof![3 => Just(NOTHING), 1 => any::<Opinion>(), 1 => any::<Opinion>().prop_map(|o| o.map(|p| p / 8))]),
            1..8,
        ), 1..6),
    ) {
        let split = |s: &[(u32, Opinion)]| -> (Vec<u32>, Vec<Opinion>) { s.iter().copied().unzip() };
        let (mut all, mut near) = (Votes::default(), Votes::default());
        let half = text[..text.len().div_ceil(2)].to_vec();
        for (votes, sentences) in [(&mut all, &text), (&mut near, &half)] {
            sentences.iter().map(|s| split(s)).for_each(|(keys, opinions)| votes.add(&keys, &opinions));
            votes.settle();
        }
        let bundles: Vec<Vec<usize>> = bundles().collect();
        for sentence in &half {
            let (keys, opinions) = split(sentence);
            let mut found = vec![Vec::new(); keys.len()];
            second_codes(&all, &near, &keys, &opinions, &mut Vec::new(), |i, code| {
                match code.checked_sub(SECOND_CODES) {
                    Some(bundle) => found[i].extend(&bundles[bundle]),
                    None => found[i].push(code),
                }
            });
            let places: Vec<usize> = (0..keys.len()).collect();
            let said: Vec<_> = places.iter().map(|&i| [wanted(&text, sentence, i), wanted(&half, sentence, i)]).collect();
            for (i, [(codes, _), (codes_near, _)]) in said.iter().enumerate() {
                let near = codes_near.iter().map(|code| code + CODES);
                let mut want: Vec<usize> = codes.iter().copied().chain(near).collect();
                let own = |i: Option<usize>| i.and_then(|i| opinions.get(i)).map_or(BEYOND, |&o| summary(o.map(|p| level(p.into()))));
                let elsewhere = |i: Option<usize>, v: usize| i.and_then(|i| said.get(i)).map_or(BEYOND, |s| s[v].1);
                let (before, after) = (i.checked_sub(1), Some(i + 1));
                around(
                    [own(Some(i)), own(before), own(after)],
                    [elsewhere(before, 0), elsewhere(after, 0), elsewhere(before, 1), elsewhere(after, 1)],
                    [elsewhere(Some(i), 0), elsewhere(Some(i), 1)],
                    |code| want.push(code),
                );
                prop_assert_eq!(&found[i], &want);
            }
        }
    }
}

#[test]
fn a_token_is_taken_for_its_likeliest_type_or_for_nothing() {
    let table = [
        ([0, 0, 0], 0),
        ([39, 39, 39], 0),
        ([40, 0, 0], 1),
        ([127, 0, 90], 1),
        ([128, 0, 127], 2),
        ([60, 70, 70], 3),
        ([0, 255, 0], 4),
        ([0, 41, 100], 5),
        ([5, 0, 200], 6),
    ];
    for (opinion, wanted) in table {
        assert_eq!(taking(&opinion), wanted, "{opinion:?}");
        assert!(wanted < TAKINGS);
    }
}

#[test]
fn what_is_near_is_taken_for_changes_how_an_encyclopaedia_is_read() {
    let infos = [FormInfo::default(); 5];
    let features = |takings: [u8; 5]| {
        let mut features = Vec::new();
        encyclopaedic_features(&infos, &[0; 5], &takings, 2, |f| features.push(f));
        features
    };
    let none = features([0; 5]);
    // Two tokens away only with all that stands between.
    for (at, changed) in [1, 5, 5, 5, 1].into_iter().enumerate() {
        let mut takings = [0; 5];
        takings[at] = 4;
        let with = features(takings);
        assert_eq!(with.len(), none.len());
        let differ = with.iter().zip(&none).filter(|(a, b)| a != b);
        assert_eq!(differ.count(), changed, "token {at}");
    }
}
