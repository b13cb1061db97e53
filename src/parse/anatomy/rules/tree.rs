//! The phrases of all rules as a tree of words, walked token by token.

use super::word_ends::{Letters, WordEnds, first_letters, last_letters};
use super::{Rule, RuleKind};
use crate::sorting::Arrange;
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letters;
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
    /// A phrase that is looked for behind other text ends here or further on.
    leads_to_label: bool,
    /// Rules that a phrase which ends here stands for, the reader's first.
    rules: Vec<Rule>,
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

/// The nodes where the ways through the tree are.
#[derive(Default)]
struct Ways {
    nodes: [u32; WAYS],
    count: usize,
}

impl Ways {
    fn push(&mut self, node: u32) {
        if let Some(slot) = self.nodes.get_mut(self.count) {
            *slot = node;
            self.count += 1;
        }
    }

    fn as_slice(&self) -> &[u32] {
        self.nodes.get(..self.count).unwrap_or_default()
    }
}

/// All phrases. Node 0 is the root.
#[derive(Clone, Debug)]
pub(in crate::parse::anatomy) struct Tree {
    nodes: Vec<Node>,
    /// How the phrases begin that say what a line is.
    cue_heads: WordEnds,
    /// How those of them begin that are looked for behind other text.
    label_heads: WordEnds,
    /// How the second words of these begin.
    second_heads: WordEnds,
    /// How the last words of these end.
    tails: WordEnds,
    /// How the phrases begin that are asked for by their kind.
    asked_heads: WordEnds,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            cue_heads: WordEnds::default(),
            label_heads: WordEnds::default(),
            second_heads: WordEnds::default(),
            tails: WordEnds::default(),
            asked_heads: WordEnds::default(),
        }
    }
}

impl Tree {
    /// Adds a phrase.
    pub(super) fn add(&mut self, phrase: &[Element], rule: Rule) {
        self.add_ends(phrase, rule.kind);
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
            if let Some(child) = self.nodes.get_mut(node) {
                child.leads_to_label |= rule.kind.may_follow_text();
            }
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

    fn add_ends(&mut self, phrase: &[Element], kind: RuleKind) {
        let add = |heads: &mut WordEnds, at: usize| match phrase.get(at) {
            Some(Element::Word(word) | Element::Prefix(word)) => heads.add(first_letters(word)),
            Some(Element::Number) => heads.add(Letters::NUMBER),
            Some(Element::Any) => heads.add_all(),
            None => {}
        };
        if kind.is_words() {
            return;
        }
        if kind.is_asked_for() {
            return add(&mut self.asked_heads, 0);
        }
        add(&mut self.cue_heads, 0);
        if kind.may_follow_text() {
            add(&mut self.label_heads, 0);
            add(&mut self.second_heads, 1);
            match phrase.last() {
                Some(Element::Word(word)) => self.tails.add(last_letters(word)),
                _ => self.tails.add_all(),
            }
        }
    }

    /// Whether a phrase that says what a line is may start with the word that
    /// `text` starts with.
    pub(in crate::parse::anatomy) fn may_start_cue(&self, text: &str) -> bool {
        self.cue_heads.may_have(first_letters(text))
    }

    /// Whether a phrase that is looked for behind other text may start with the
    /// word that `text` starts with.
    pub(in crate::parse::anatomy) fn may_start_label(&self, text: &str) -> bool {
        self.label_heads.may_have(first_letters(text))
    }

    /// Whether the word that `text` starts with may be the second of a phrase.
    pub(in crate::parse::anatomy) fn may_be_second(&self, text: &str) -> bool {
        self.second_heads.may_have(first_letters(text))
    }

    /// Whether the word that `text` ends with may be the last of a phrase.
    pub(in crate::parse::anatomy) fn may_end(&self, text: &str) -> bool {
        self.tails.may_have(last_letters(text))
    }

    /// Whether `text` starts with a phrase of a kind that is asked for.
    pub(in crate::parse::anatomy) fn starts_with(&self, kind: RuleKind, text: &str) -> bool {
        self.asked_heads.may_have(first_letters(text))
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

    /// Whether the word that `text` starts with begins a phrase that is looked
    /// for behind other text.
    pub(in crate::parse::anatomy) fn starts_label(&self, text: &str) -> bool {
        let Some(root) = self.nodes.first() else {
            return false;
        };
        let first = tokenize(text).next().map(|token| token.span.of(text));
        let folded = first.map(crate::text::fold::folded_letters);
        let child = folded.and_then(|word| root.words.get(&word));
        let node = child.and_then(|&node| self.nodes.get(node as usize));
        node.is_some_and(|node| node.leads_to_label)
    }

    /// The phrases that `text` starts with, longest first; lists of single
    /// words are left out.
    pub(in crate::parse::anatomy) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut ways = Ways::default();
        ways.push(0);
        let mut folded = String::new();
        for (number, token) in tokenize(text).take(super::Limits::PHRASE_WORDS).enumerate() {
            folded.clear();
            fold_letters(token.span.of(text), &mut folded);
            let mut next = Ways::default();
            for &way in ways.as_slice() {
                if let Some(node) = self.nodes.get(way as usize) {
                    self.step(node, token, &folded, &mut next);
                    if number > 0 {
                        self.glued(node, text, token, number, &folded, &mut found);
                    }
                }
            }
            for &way in next.as_slice() {
                let end = token.span.end as usize;
                self.end_at(way, end, number + 1, false, &mut found);
            }
            if next.as_slice().is_empty() {
                break;
            }
            ways = next;
        }
        if found.len() > 1 {
            found.arrange_by_key(|found| (std::cmp::Reverse(found.end), !found.rule.is_own));
        }
        found
    }

    fn step(&self, node: &Node, token: Token, folded: &str, next: &mut Ways) {
        let number = node.number.filter(|_| token.kind == TokenKind::Number);
        let exact = [node.words.get(folded).copied(), number, node.any];
        for way in exact.into_iter().flatten() {
            next.push(way);
        }
        for (stem, child) in &node.prefixes {
            if folded.starts_with(stem.as_str()) {
                next.push(*child);
            }
        }
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
