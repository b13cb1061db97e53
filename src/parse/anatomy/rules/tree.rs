//! The phrases of all rules as a tree of words, walked token by token.

use super::{Rule, RuleKind};
use crate::sorting::Arrange;
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::{fold_letter, fold_letters};
use crate::text::{Token, TokenKind, tokenize};
use rustc_hash::FxHashMap;

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A word, letters folded.
    Word(String),
    /// The beginning of a word, letters folded.
    Prefix(String),
    /// Any number.
    Number,
    /// Any word or number.
    Any,
}

#[derive(Clone, Debug, Default)]
struct Node {
    words: FxHashMap<String, u32>,
    prefixes: Vec<(String, u32)>,
    number: Option<u32>,
    any: Option<u32>,
    /// Rules that a phrase which ends here stands for, the reader's first.
    rules: Vec<Rule>,
}

impl Node {
    /// Whether a phrase goes on or ends here, single words of lists aside.
    fn is_phrase(&self) -> bool {
        !self.words.is_empty() || self.rules.iter().any(|rule| !rule.kind.is_words())
    }
}

/// A phrase found at the start of a stretch.
#[derive(Clone, Copy, Debug)]
pub(in crate::parse::anatomy) struct Found {
    pub(in crate::parse::anatomy) rule: Rule,
    /// Byte after the phrase.
    pub(in crate::parse::anatomy) end: usize,
    /// How many words it has.
    pub(in crate::parse::anatomy) words: usize,
    /// Stands against the next word with nothing between.
    pub(in crate::parse::anatomy) is_glued: bool,
}

/// So many ways through the tree are followed side by side at most.
const WAYS: usize = 16;

/// First two letters of words, as a set that may say yes too often, never no.
#[derive(Clone, Debug)]
struct Heads([u64; 64]);

/// All phrases. Node 0 is the root.
#[derive(Clone, Debug)]
pub(in crate::parse::anatomy) struct Tree {
    nodes: Vec<Node>,
    heads: Heads,
    /// The same, of the second words of phrases.
    second_heads: Heads,
    /// Last two letters of the last words of phrases.
    tails: Heads,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            heads: Heads([0; 64]),
            second_heads: Heads([0; 64]),
            tails: Heads([0; 64]),
        }
    }
}

impl Tree {
    /// Adds a phrase.
    pub(super) fn add(&mut self, phrase: &[Element], rule: Rule) {
        for (at, heads) in [(0, &mut self.heads), (1, &mut self.second_heads)] {
            match phrase.get(at) {
                Some(Element::Word(word) | Element::Prefix(word)) => heads.add(word),
                Some(Element::Number) => heads.add_number(),
                Some(Element::Any) => heads.0 = [u64::MAX; 64],
                None => {}
            }
        }
        // Only these are looked for behind other text.
        if rule.kind.may_follow_text() {
            match phrase.last() {
                Some(Element::Word(word)) => self.tails.insert(tail(word)),
                _ => self.tails.0 = [u64::MAX; 64],
            }
        }
        let mut node = 0;
        for element in phrase {
            let next = u32::try_from(self.nodes.len()).unwrap_or(0);
            let Some(here) = self.nodes.get_mut(node) else {
                return;
            };
            let child = match element {
                Element::Word(word) => *here.words.entry(word.clone()).or_insert(next),
                Element::Prefix(stem) => {
                    match here.prefixes.iter().find(|(have, _)| have == stem) {
                        Some(&(_, child)) => child,
                        None => {
                            here.prefixes.push((stem.clone(), next));
                            next
                        }
                    }
                }
                Element::Number => *here.number.get_or_insert(next),
                Element::Any => *here.any.get_or_insert(next),
            };
            if child == next {
                self.nodes.push(Node::default());
            }
            node = child as usize;
        }
        if let Some(end) = self.nodes.get_mut(node) {
            let place = if rule.is_own {
                end.rules.iter().take_while(|have| have.is_own).count()
            } else {
                end.rules.len()
            };
            end.rules.insert(place, rule);
        }
    }

    /// Whether a phrase may start with the word that `text` starts with.
    pub(in crate::parse::anatomy) fn may_start(&self, text: &str) -> bool {
        self.heads.may_have(text)
    }

    /// Whether the word that `text` starts with may be the second of a phrase.
    pub(in crate::parse::anatomy) fn may_be_second(&self, text: &str) -> bool {
        self.second_heads.may_have(text)
    }

    /// Whether the word that `text` ends with may be the last of a phrase.
    pub(in crate::parse::anatomy) fn may_end(&self, text: &str) -> bool {
        self.tails.has(tail(text))
    }

    /// Whether `text` starts with a phrase of that kind.
    pub(in crate::parse::anatomy) fn starts_with(&self, kind: RuleKind, text: &str) -> bool {
        self.may_start(text)
            && self
                .find(text)
                .iter()
                .any(|found| found.rule.kind == kind && !found.is_glued)
    }

    /// Whether a list of single words of that kind has the word, letters folded.
    pub(in crate::parse::anatomy) fn has_word(&self, kind: RuleKind, folded: &str) -> bool {
        let root = self.nodes.first();
        let node = root.and_then(|root| root.words.get(folded));
        node.and_then(|&node| self.nodes.get(node as usize))
            .is_some_and(|node| node.rules.iter().any(|rule| rule.kind == kind))
    }

    /// Whether the word that `text` starts with begins a phrase.
    pub(in crate::parse::anatomy) fn starts_phrase(&self, text: &str) -> bool {
        let Some(root) = self.nodes.first() else {
            return false;
        };
        let first = tokenize(text).next().map(|token| token.span.of(text));
        let folded = first.map(crate::text::fold::folded_letters);
        let child = folded.and_then(|word| root.words.get(&word));
        let node = child.and_then(|&node| self.nodes.get(node as usize));
        node.is_some_and(Node::is_phrase)
    }

    /// The phrases that `text` starts with, longest first; lists of single
    /// words are left out.
    pub(in crate::parse::anatomy) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut ways = vec![0_u32];
        let mut folded = String::new();
        for (number, token) in tokenize(text).take(super::Limits::PHRASE_WORDS).enumerate() {
            folded.clear();
            fold_letters(token.span.of(text), &mut folded);
            let mut next = Vec::new();
            for way in ways {
                if let Some(node) = self.nodes.get(way as usize) {
                    self.step(node, token, &folded, &mut next);
                    if number > 0 {
                        self.glued(node, text, token, number, &folded, &mut found);
                    }
                }
            }
            next.truncate(WAYS);
            for &way in &next {
                let end = token.span.end as usize;
                self.end_at(way, end, number + 1, false, &mut found);
            }
            if next.is_empty() {
                break;
            }
            ways = next;
        }
        found.arrange_by_key(|found| (std::cmp::Reverse(found.end), !found.rule.is_own));
        found
    }

    fn step(&self, node: &Node, token: Token, folded: &str, next: &mut Vec<u32>) {
        next.extend(node.words.get(folded));
        if token.kind == TokenKind::Number {
            next.extend(node.number);
        }
        next.extend(node.any);
        let prefixes = node.prefixes.iter();
        next.extend(
            prefixes
                .filter(|(stem, _)| folded.starts_with(stem.as_str()))
                .map(|&(_, child)| child),
        );
    }

    /// A last word that stands against the next one: «أيضاًبوتين».
    fn glued(
        &self,
        node: &Node,
        text: &str,
        token: Token,
        number: usize,
        folded: &str,
        found: &mut Vec<Found>,
    ) {
        // At most one word of a node is the longest beginning of the token.
        let heads = folded.char_indices().map(|(at, _)| at).skip(3).take(16);
        let longest = heads
            .filter_map(|at| Some((at, *node.words.get(folded.get(..at)?)?)))
            .last();
        let Some((at, child)) = longest else { return };
        let raw = token.span.of(text);
        let Some(end) = folded.get(..at).and_then(|head| raw_prefix(raw, head)) else {
            return;
        };
        let end = token.span.start as usize + end;
        self.end_at(child, end, number + 1, true, found);
    }

    fn end_at(&self, way: u32, end: usize, words: usize, is_glued: bool, found: &mut Vec<Found>) {
        let Some(node) = self.nodes.get(way as usize) else {
            return;
        };
        let rules = node.rules.iter().filter(|rule| !rule.kind.is_words());
        found.extend(rules.map(|&rule| Found {
            rule,
            end,
            words,
            is_glued,
        }));
    }
}

impl Heads {
    fn add(&mut self, word: &str) {
        self.insert(head(word));
    }

    fn insert(&mut self, head: Head) {
        if let Head::Key(row, bit) = head
            && let Some(bits) = self.0.get_mut(row)
        {
            *bits |= 1 << bit;
        }
    }

    fn add_number(&mut self) {
        if let Some(bits) = self.0.get_mut(NUMBER_ROW) {
            *bits = u64::MAX;
        }
    }

    fn may_have(&self, text: &str) -> bool {
        self.has(head(text))
    }

    fn has(&self, head: Head) -> bool {
        match head {
            Head::Key(row, bit) => self.0.get(row).is_some_and(|bits| bits >> bit & 1 == 1),
            Head::Unknown => true,
            Head::None => false,
        }
    }
}

/// The row of numbers; no letter of Arabic or English folds to it.
const NUMBER_ROW: usize = 63;

#[derive(Clone, Copy)]
enum Head {
    Key(usize, u32),
    /// A letter of another script: ask the tree itself.
    Unknown,
    None,
}

/// The first two letters of the first word, folded to six bits each.
fn head(text: &str) -> Head {
    letters(text.chars())
}

/// The last two letters of the last word, signs behind it aside.
fn tail(text: &str) -> Head {
    let is_sign = |c: &char| class_of(*c) == CharClass::Other;
    letters(text.chars().rev().skip_while(is_sign))
}

fn letters(chars: impl Iterator<Item = char>) -> Head {
    let mut letters = [0_u32; 2];
    let mut have = 0;
    for c in chars {
        match class_of(c) {
            CharClass::Digit if have == 0 => return Head::Key(NUMBER_ROW, 0),
            CharClass::Letter => {
                let folded = match c as u32 {
                    0..0x80 => c.to_ascii_lowercase(),
                    0x600..0x700 => fold_letter(c),
                    _ => return Head::Unknown,
                };
                if let Some(slot) = letters.get_mut(have) {
                    *slot = folded as u32 & 63;
                }
                have += 1;
                if have == 2 {
                    break;
                }
            }
            // A separate hamza joins its letter, but no two folded letters.
            CharClass::Mark | CharClass::Tatweel | CharClass::Format => {}
            CharClass::Digit | CharClass::Other => break,
        }
    }
    let [first, second] = letters;
    match have {
        0 => Head::None,
        _ => Head::Key(first as usize, second),
    }
}

/// Bytes at the start of `raw` that fold to `prefix`, marks after them included.
fn raw_prefix(raw: &str, prefix: &str) -> Option<usize> {
    // Marks may stand between the letters, but no cue is written with more of them than this.
    let ends = raw
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .take(4 * prefix.len());
    let end = ends
        .into_iter()
        .find(|&end| raw.get(..end).is_some_and(|head| folds_to(head, prefix)))?;
    let marks = raw
        .get(end..)?
        .chars()
        .take_while(|&c| class_of(c) == CharClass::Mark);
    Some(end + marks.map(char::len_utf8).sum::<usize>())
}

fn folds_to(raw: &str, folded: &str) -> bool {
    let mut out = String::new();
    fold_letters(raw, &mut out);
    out == folded
}
