//! Finds Arabic names, of one word or many, by a name in Latin letters.
//!
//! Words are found one by one, those that stand side by side also joined, for
//! «عبد الله» is Abdullah and `Jong-un` may be جونغاون. Then whole names are
//! compared: their words are laid against each other in order, each pair adds
//! its log-odds, and a word left over on either side costs.
//!
//! The score of a name is its share: e to its log-odds, divided by the sum of
//! those of all names found and 1 for «none of them». Names that differ only
//! in what the letters lens folds (أندي, آندي) are one name here and have one
//! share.

use super::channel::Channel;
use super::comparison::LatinName;
use super::letters::{Letters, arabic_letters, latin_letters};
use super::list::WordList;
use crate::sorting::Arrange;
use crate::text::{TokenKind, tokenize};
use rustc_hash::FxHashMap;

/// How sure an answer must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// The least share, 0 to 1: no other name of the list fits as well.
    pub share: f32,
    /// The least log-odds, in nats: it fits at all.
    pub log_odds: f32,
}

impl Threshold {
    /// The names that may be taken for answers. Chosen on the development
    /// split, where it asks more than needed of lists of any size: see
    /// `docs/names.md`.
    pub const SURE: Self = Self {
        share: 0.7,
        log_odds: 7.0,
    };

    /// The names that are worth a reader's look.
    pub const LIKELY: Self = Self {
        share: 0.05,
        log_odds: 3.0,
    };

    /// Everything that was found.
    pub const ALL: Self = Self {
        share: 0.0,
        log_odds: f32::NEG_INFINITY,
    };
}

/// Words looked at for each word of a query.
const WORDS: usize = 48;

/// Whole names that are compared word by word.
const NAMES: usize = 64;

/// Words of a query or name beyond these are not looked at.
const MOST_WORDS: usize = 12;

/// A list of Arabic names, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct NameMatcher {
    list: WordList,
    /// Words of each class of names with equal letters.
    classes: Vec<Vec<Letters>>,
    /// Numbers of the names in each class, in the order given.
    members: Vec<Vec<usize>>,
    /// Classes that hold each word of the list.
    classes_with: Vec<Vec<u32>>,
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameMatch {
    /// Its number in the order given.
    pub name: usize,
    /// Its share, from 0 to 1.
    pub share: f32,
    /// Its log-odds against no name at all, in nats.
    pub log_odds: f32,
}

impl NameMatcher {
    /// Reads Arabic names; letters alone count, words are as the tokeniser cuts them.
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut numbers: FxHashMap<Vec<Letters>, usize> = FxHashMap::default();
        let mut matcher = Self::default();
        for (number, name) in names.into_iter().enumerate() {
            let words = arabic_words(name);
            if words.is_empty() {
                continue;
            }
            let next = matcher.classes.len();
            let class = *numbers.entry(words).or_insert_with_key(|words| {
                matcher.classes.push(words.clone());
                matcher.members.push(Vec::new());
                next
            });
            matcher.members[class].push(number);
        }
        let pieces =
            |words: &[Letters]| -> Vec<Letters> { pieces(words).map(|(_, piece)| piece).collect() };
        matcher.list = WordList::new(
            matcher
                .classes
                .iter()
                .flat_map(|words| pieces(words))
                .collect(),
        );
        matcher.classes_with = vec![Vec::new(); matcher.list.words().len()];
        for (class, words) in (0..).zip(&matcher.classes) {
            for piece in pieces(words) {
                if let Some(word) = matcher.list.number(&piece) {
                    matcher.classes_with[word].push(class);
                }
            }
        }
        for classes in &mut matcher.classes_with {
            classes.dedup();
        }
        matcher
    }

    /// The names that pass a threshold, best first, those of one
    /// class in the order given; at most `limit`. Nothing for a query without
    /// Latin letters.
    ///
    /// ```
    /// use kashshaf::analysis::names::{Channel, NameMatcher, Threshold};
    /// let names = NameMatcher::new(["كيم جونغ أون", "فلاديمير بوتين", "كيم سونغ"]);
    /// let found = names.find(Channel::shipped(), "Kim Jong-un", 10, Threshold::SURE);
    /// assert_eq!(found[0].name, 0);
    /// ```
    #[must_use]
    pub fn find(
        &self,
        channel: &Channel,
        query: &str,
        limit: usize,
        threshold: Threshold,
    ) -> Vec<NameMatch> {
        let words = latin_words(query);
        let candidates = self.candidates(channel, &words);
        let name = LatinName::new(channel, words);
        let mut found: Vec<(f32, u32)> = candidates
            .into_iter()
            .map(|class| (name.log_odds(&self.classes[class as usize]), class))
            .collect();
        found.arrange_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let highest = found.first().map_or(0.0, |best| best.0.max(0.0));
        let factor = |log_odds: f32| (log_odds - highest).exp();
        let total = factor(0.0) + found.iter().map(|&(odds, _)| factor(odds)).sum::<f32>();
        found
            .iter()
            .map(|&(log_odds, class)| (factor(log_odds) / total, log_odds, class))
            .take_while(|&(share, log_odds, _)| {
                share >= threshold.share && log_odds >= threshold.log_odds
            })
            .flat_map(|(share, log_odds, class)| {
                let members = self.members[class as usize].iter();
                members.map(move |&name| NameMatch {
                    name,
                    share,
                    log_odds,
                })
            })
            .take(limit)
            .collect()
    }

    /// Classes whose words best fit those of the query, in no order.
    fn candidates(&self, channel: &Channel, words: &[Letters]) -> Vec<u32> {
        // For each class, the sum over the words of the query of the best fit,
        // and the word of the query that was added last.
        let mut sums: FxHashMap<u32, (f32, usize)> = FxHashMap::default();
        for (at, piece) in pieces(words) {
            let mut fits: Vec<(f32, usize)> = self
                .list
                .search(channel, &piece, WORDS)
                .iter()
                .map(|found| {
                    (
                        channel.log_odds(&piece, &self.list.words()[found.word]),
                        found.word,
                    )
                })
                .collect();
            fits.arrange_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (fit, word) in fits {
                for &class in &self.classes_with[word] {
                    let (sum, last) = sums.entry(class).or_insert((0.0, usize::MAX));
                    if *last != at {
                        *sum += fit.max(0.0);
                        *last = at;
                    }
                }
            }
        }
        let mut best: Vec<(f32, u32)> = sums
            .into_iter()
            .map(|(class, (sum, _))| (sum, class))
            .collect();
        best.arrange_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(NAMES);
        best.into_iter().map(|(_, class)| class).collect()
    }
}

/// The words of a name in Latin letters. «Putin, Vladimir» is turned round.
#[must_use]
pub fn latin_words(name: &str) -> Vec<Letters> {
    let turned = match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    };
    turned
        .split(|c: char| !c.is_alphabetic() && !is_inside_word(c))
        .map(latin_letters)
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// Apostrophes of all kinds and combining marks.
fn is_inside_word(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '\u{300}'..='\u{36F}'
    )
}

/// The words of a name in Arabic letters.
#[must_use]
pub fn arabic_words(name: &str) -> Vec<Letters> {
    tokenize(name)
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| arabic_letters(token.span.of(name)))
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// Each word and each two neighbours joined, with the number of the first.
fn pieces(words: &[Letters]) -> impl Iterator<Item = (usize, Letters)> + '_ {
    let single = words.iter().cloned().enumerate();
    let joined = words.windows(2).map(<[Letters]>::concat).enumerate();
    single.chain(joined)
}
