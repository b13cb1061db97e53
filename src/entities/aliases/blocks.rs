//! Which spellings are worth comparing: a name shares a block with what it may be.

use super::likeness::Compared;
use super::table::AliasTable;
use crate::entities::EntityType;
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;

/// In a larger block each name is compared with the most frequent ones alone.
const LARGEST: usize = 60;

/// A name as it is put into blocks.
pub(super) struct Blocked<'a> {
    pub(super) kind: EntityType,
    pub(super) name: &'a Compared,
    /// The list entry it stands for.
    pub(super) listed: Option<u32>,
}

/// Pairs worth comparing, each once, the lower number first. `names` come most frequent first.
pub(super) fn pairs(names: &[Blocked<'_>]) -> Vec<(u32, u32)> {
    let mut blocks: FxHashMap<(EntityType, String), Vec<u32>> = FxHashMap::default();
    for (name, number) in names.iter().zip(0_u32..) {
        for key in keys(name) {
            let block = blocks.entry((name.kind, key)).or_default();
            if block.last() != Some(&number) {
                block.push(number);
            }
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.into_values().filter(|block| block.len() > 1) {
        for (at, &one) in block.iter().enumerate() {
            let others = block.get(..at.min(LARGEST)).unwrap_or_default();
            let pair = |&other: &u32| u64::from(other) << 32 | u64::from(one);
            pairs.extend(others.iter().map(pair));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let apart = |pair: u64| ((pair >> 32) as u32, pair as u32);
    pairs.into_iter().map(apart).collect()
}

fn keys(blocked: &Blocked<'_>) -> Vec<String> {
    let name = blocked.name;
    let mut keys = vec![skeleton(&name.squeezed)];
    if let Some(row) = AliasTable::shipped().row(blocked.kind, &name.key) {
        keys.push(format!("={row}"));
    }
    if let Some(entry) = blocked.listed {
        keys.push(format!("#{entry}"));
    }
    let words: Vec<&str> = name.key.split(' ').collect();
    let (first, last) = (words.first(), words.last());
    if blocked.kind == EntityType::Person {
        if let (Some(first), Some(last)) = (first, last)
            && words.len() >= 2
        {
            keys.push(format!("{first} … {last}"));
        }
        if let [one, two, three, ..] = words.as_slice() {
            keys.push(format!("{one} {two} {three}"));
        }
    } else {
        let plain = name.squeezed.strip_prefix("ال").unwrap_or(&name.squeezed);
        keys.push(skeleton(plain));
        if let Some((_, rest)) = name.key.split_once(' ') {
            keys.push(skeleton(&rest.replace(' ', "")));
            if let Some(row) = AliasTable::shipped().row(blocked.kind, rest) {
                keys.push(format!("={row}"));
            }
            let mut sorted = words;
            sorted.arrange();
            keys.push(sorted.join("+"));
        }
    }
    keys.arrange();
    keys.dedup();
    keys
}

/// Consonants by the sounds that transcribers take for one another, vowels left out.
fn skeleton(squeezed: &str) -> String {
    let mut out = String::with_capacity(squeezed.len());
    let mut last = ' ';
    let mut chars = squeezed.chars().peekable();
    while let Some(c) = chars.next() {
        let class = match c {
            'ا' | 'و' | 'ي' | 'ء' | 'ؤ' | 'ئ' => continue,
            'ه' if chars.peek().is_none() => continue,
            'ت' if chars.peek() == Some(&'ش') => continue,
            'غ' | 'ج' if last == 'ن' => continue,
            'غ' | 'ج' | 'ق' | 'ك' | 'خ' | 'ه' | 'ح' => 'ك',
            'س' | 'ص' | 'ز' | 'ش' | 'ذ' | 'ظ' => 'س',
            'ت' | 'ط' | 'ث' | 'د' | 'ض' => 'ت',
            c => c,
        };
        if class != last {
            out.push(class);
        }
        last = class;
    }
    out
}
