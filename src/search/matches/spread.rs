//! Finds words that stand apart from each other: in order with gaps, or near in any order.

use crate::index::{DocumentId, Documents, Field, FormId, Index};
use crate::search::matches::phrase::{Match, Phrases, positions, with_all_words};
use crate::search::query::Shape;

/// A place of a word: position, number of the word, form.
type Place = (u32, usize, FormId);

/// Finds the words of a clause in a shape that leaves room between them.
///
/// With gaps, a match runs from each place of the first word to the nearest
/// end. Near each other, a match is a stretch that holds every word at a place
/// of its own and of which no shorter part does.
pub(in crate::search) fn find(
    index: &Index,
    documents: &Documents<'_>,
    shape: &Shape,
    words: &[Vec<FormId>],
) -> Phrases {
    let mut found = Phrases::default();
    let candidates = with_all_words(index, documents, words);
    if candidates.is_empty() {
        return found;
    }
    let places: Vec<Vec<(u32, FormId)>> = words
        .iter()
        .map(|forms| positions(index, documents, &candidates, forms, true))
        .collect();
    let mut take = |first: u32, last: u32, forms: &[FormId]| {
        if let Some(document) = documents.holding(first, last) {
            found.matches.push(Match {
                document,
                start: first,
                tokens: last - first + 1,
            });
            found.forms.extend_from_slice(forms);
        }
    };
    let border = |position: u32| index.next_part(position + 1).unwrap_or(u32::MAX);
    match shape {
        Shape::Near(gap) => near(&places, *gap, &border, &mut take),
        Shape::Gaps(gaps) => in_order(&places, gaps, &border, &mut take),
        Shape::Adjacent => {}
    }
    found.sort(words.len());
    found
}

/// Whether a match stands in the title of an article.
pub(in crate::search) fn in_title(index: &Index, m: &Match) -> bool {
    let all = Documents::new(index, crate::index::Scope::Articles);
    let run = all.run_at(m.start);
    run.is_some_and(|run| run.field == Field::Title)
}

/// Whether no sentence begins inside a match.
pub(in crate::search) fn in_sentence(index: &Index, documents: &Documents<'_>, m: &Match) -> bool {
    let DocumentId(_) = m.document;
    let passage = index.passage(documents.page(m.document), m.start..m.start + m.tokens);
    !(m.start + 1..m.start + m.tokens).any(|position| passage.begins_sentence(position))
}

type Take<'t> = &'t mut dyn FnMut(u32, u32, &[FormId]);

fn in_order(
    places: &[Vec<(u32, FormId)>],
    gaps: &[(u32, u32)],
    border: &dyn Fn(u32) -> u32,
    take: Take<'_>,
) {
    let Some((firsts, rest)) = places.split_first() else {
        return;
    };
    // The places that each word can be reached at, with the place before.
    let mut layers: Vec<Vec<(u32, FormId, usize)>> = vec![Vec::new(); places.len()];
    for &(first, form) in firsts {
        let end = border(first);
        for layer in &mut layers {
            layer.clear();
        }
        if let Some(layer) = layers.first_mut() {
            layer.push((first, form, 0));
        }
        for (at, (list, (least, most))) in rest.iter().zip(gaps).enumerate() {
            let mut next: Vec<(u32, FormId, usize)> = Vec::new();
            let before = layers.get(at).map(Vec::as_slice).unwrap_or_default();
            for (from, &(position, ..)) in before.iter().enumerate() {
                let (low, high) = (position + 1 + least, position + 1 + most);
                let beyond = next.last().map_or(low, |last| low.max(last.0 + 1));
                let start = list.partition_point(|&(place, _)| place < beyond);
                let reached = list
                    .iter()
                    .skip(start)
                    .take_while(|&&(place, _)| place <= high && place < end);
                next.extend(reached.map(|&(place, form)| (place, form, from)));
            }
            if let Some(layer) = layers.get_mut(at + 1) {
                *layer = next;
            }
        }
        let Some(&(last, ..)) = layers.last().and_then(|layer| layer.first()) else {
            continue;
        };
        let (mut forms, mut at) = (Vec::with_capacity(layers.len()), 0);
        for layer in layers.iter().rev() {
            if let Some(&(_, form, before)) = layer.get(at) {
                forms.push(form);
                at = before;
            }
        }
        forms.reverse();
        take(first, last, &forms);
    }
}

fn near(places: &[Vec<(u32, FormId)>], gap: u32, border: &dyn Fn(u32) -> u32, take: Take<'_>) {
    let mut by_word: Vec<Place> = Vec::new();
    for (word, list) in places.iter().enumerate() {
        by_word.extend(list.iter().map(|&(position, form)| (position, word, form)));
    }
    let in_order = by_word.iter().zip(0u64..);
    let mut in_order: Vec<u64> = in_order
        .map(|(&(position, ..), at)| u64::from(position) << 32 | at)
        .collect();
    in_order.sort_unstable();
    let place = |key: u64| by_word.get(key as u32 as usize).copied();
    let all: Vec<Place> = in_order.into_iter().filter_map(place).collect();
    let reach = gap.saturating_add(u32::try_from(places.len()).unwrap_or(u32::MAX));
    let mut waiting: Option<(u32, u32, Vec<FormId>)> = None;
    let mut at = 0;
    while let Some(&(first, ..)) = all.get(at) {
        let rest = all.get(at..).unwrap_or_default();
        let end = border(first).min(first.saturating_add(reach));
        let shortest = shortest(rest, end, places.len());
        if let Some((last, forms)) = shortest {
            // A stretch that ends where a later one does holds that one.
            if let Some((start, end, forms)) = waiting.take().filter(|(_, end, _)| *end < last) {
                take(start, end, &forms);
            }
            waiting = Some((first, last, forms));
        }
        at += rest.iter().take_while(|place| place.0 == first).count();
    }
    if let Some((start, end, forms)) = waiting {
        take(start, end, &forms);
    }
}

/// The nearest end of a stretch that begins with the first place and holds every
/// word at a place of its own, before `end`.
fn shortest(places: &[Place], end: u32, words: usize) -> Option<(u32, Vec<FormId>)> {
    let count = places.iter().take_while(|place| place.0 < end).count();
    let places = places.get(..count)?;
    let mut seen = 0u64;
    for (at, &(position, word, _)) in places.iter().enumerate() {
        seen |= 1 << word.min(63);
        let more_here = places.get(at + 1).is_some_and(|next| next.0 == position);
        if seen.count_ones() as usize == words && !more_here {
            let inside = places.get(..=at)?;
            if let Some(forms) = assigned(inside, words) {
                return Some((position, forms));
            }
        }
    }
    None
}

/// Gives each word a place of its own, if that can be (augmenting paths after
/// Kuhn 1955); returns the forms there.
fn assigned(places: &[Place], words: usize) -> Option<Vec<FormId>> {
    let mut owner: Vec<(u32, Option<Place>)> = Vec::new();
    for &(position, ..) in places {
        if owner.last().is_none_or(|last| last.0 != position) {
            owner.push((position, None));
        }
    }
    for word in 0..words {
        let mut tried = vec![false; owner.len()];
        if !settle(word, places, &mut owner, &mut tried) {
            return None;
        }
    }
    let form = |word: usize| {
        let mut owned = owner.iter().filter_map(|(_, place)| *place);
        owned.find(|place| place.1 == word).map(|place| place.2)
    };
    (0..words).map(form).collect()
}

fn settle(
    word: usize,
    places: &[Place],
    owner: &mut [(u32, Option<Place>)],
    tried: &mut [bool],
) -> bool {
    for &place in places.iter().filter(|place| place.1 == word) {
        let Ok(seat) = owner.binary_search_by_key(&place.0, |seat| seat.0) else {
            continue;
        };
        let Some(tried_here) = tried.get_mut(seat) else {
            continue;
        };
        if std::mem::replace(tried_here, true) {
            continue;
        }
        let sitting = owner.get(seat).and_then(|seat| seat.1);
        if sitting.is_none_or(|sitting| settle(sitting.1, places, owner, tried))
            && let Some(seat) = owner.get_mut(seat)
        {
            seat.1 = Some(place);
            return true;
        }
    }
    false
}
