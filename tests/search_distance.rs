//! Words near each other, tokens in brackets and `within s` on random texts, against a reading of
//! the texts that takes every stretch in turn.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a failed expectation is the test's report"
)]

use kashshaf::analysis::Lens;
use kashshaf::index::{Index, Scope};
use kashshaf::parse::Page;
use kashshaf::search::{Query, Search};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;

/// Words as written and by letters.
const WORDS: &[(&str, &str)] = &[
    ("أمر", "امر"),
    ("امر", "امر"),
    ("إمرة", "امره"),
    ("بلد", "بلد"),
    ("قلم", "قلم"),
    ("د", "د"),
];

/// What stands behind a word; whether a sentence ends there, behind a word of several letters and of one.
const SEPARATORS: &[(&str, bool, bool)] = &[
    (" ", false, false),
    (" ", false, false),
    (" ", false, false),
    ("، ", false, false),
    ("؛ ", false, false),
    (" - ", false, false),
    ("... ", false, false),
    ("… ", false, false),
    (". ", true, false),
    (".» ", true, false),
    ("؟ ", true, true),
    ("! ", true, true),
    ("\n", true, true),
];

/// Words and separators by number: a title, which may be empty, and a text.
type Text = (Vec<(usize, usize)>, Vec<(usize, usize)>);

/// What a token in brackets must be.
#[derive(Clone, Debug)]
enum Test {
    /// Attribute `norm` instead of `word`; `!=`; one of these words.
    Is(bool, bool, Vec<usize>),
    /// Attribute `norm` instead of `word`; begins so.
    Begins(bool, &'static str),
    Both(Box<Test>, Box<Test>),
    Either(Box<Test>, Box<Test>),
    Not(Box<Test>),
}

impl Test {
    fn typed(&self) -> String {
        let attribute = |norm: &bool| if *norm { "norm" } else { "word" };
        match self {
            Self::Is(norm, negated, words) => {
                let words: Vec<&str> = words.iter().map(|&word| WORDS[word].0).collect();
                let sign = if *negated { "!=" } else { "=" };
                format!("{}{sign}\"{}\"", attribute(norm), words.join("|"))
            }
            Self::Begins(norm, start) => format!("{} = \"{start}.*\"", attribute(norm)),
            Self::Both(one, other) => format!("({} & {})", one.typed(), other.typed()),
            Self::Either(one, other) => format!("({}|{})", one.typed(), other.typed()),
            Self::Not(test) => format!("!({})", test.typed()),
        }
    }

    fn holds(&self, token: usize) -> bool {
        let key = |norm: bool, word: usize| if norm { WORDS[word].1 } else { WORDS[word].0 };
        match self {
            Self::Is(norm, negated, words) => {
                let is = |&word: &usize| key(*norm, word) == key(*norm, token);
                words.iter().any(is) != *negated
            }
            // By letters both alefs are one.
            Self::Begins(true, start) => WORDS[token].1.starts_with(&start.replace('أ', "ا")),
            Self::Begins(false, start) => WORDS[token].0.starts_with(start),
            Self::Both(one, other) => one.holds(token) && other.holds(token),
            Self::Either(one, other) => one.holds(token) || other.holds(token),
            Self::Not(test) => !test.holds(token),
        }
    }
}

/// Any tokens between two of a pattern, as typed and as least and most.
type Gap = (&'static str, usize, usize);

const GAPS: &[Gap] = &[
    ("", 0, 0),
    ("[]", 1, 1),
    ("[]?", 0, 1),
    ("[]*", 0, 100),
    ("[]+", 1, 100),
    ("[]{2}", 2, 2),
    ("[]{0,5}", 0, 5),
    ("[]{1,3}", 1, 3),
    ("[]{2,}", 2, 100),
    ("[] []{0,2}", 1, 3),
];

#[derive(Clone, Debug)]
enum Asked {
    Phrase(Vec<usize>),
    /// Words, most others among them, typed as a phrase.
    Near(Vec<usize>, usize, bool),
    /// A word and a phrase near each other.
    NearPhrase(usize, usize, Vec<usize>),
    /// A first token, how often it stands there, and those behind it.
    Pattern(Test, usize, Vec<(Gap, Test)>),
}

impl Asked {
    fn typed(&self) -> String {
        let words = |words: &[usize], sign: &str| {
            let words: Vec<&str> = words.iter().map(|&word| WORDS[word].0).collect();
            words.join(sign)
        };
        match self {
            Self::Phrase(list) => format!("«{}»", words(list, " ")),
            Self::Near(list, most, true) => format!("«{}»~{most}", words(list, " ")),
            Self::Near(list, most, false) => words(list, &format!(" ~{most} ")),
            Self::NearPhrase(one, most, list) => {
                format!("{} ~{most} «{}»", WORDS[*one].0, words(list, " "))
            }
            Self::Pattern(first, times, rest) => {
                let times = if *times > 1 {
                    format!("{{{times}}}")
                } else {
                    String::new()
                };
                let rest: Vec<String> = rest
                    .iter()
                    .map(|(gap, test)| format!(" {} [{}]", gap.0, test.typed()))
                    .collect();
                format!("[{}]{times}{}", first.typed(), rest.concat())
            }
        }
    }

    /// First token and number of tokens of each match among words that no border parts.
    fn places(&self, tokens: &[usize], same: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        match self {
            Self::Phrase(words) => {
                let fits = |stretch: &[usize]| {
                    stretch
                        .iter()
                        .zip(words)
                        .all(|(&token, &word)| same(token, word))
                };
                let stretches = tokens.windows(words.len()).enumerate();
                stretches
                    .filter(|(_, stretch)| fits(stretch))
                    .map(|(start, _)| (start, words.len()))
                    .collect()
            }
            Self::Near(words, most, _) => nearest(tokens, words, *most, same),
            Self::NearPhrase(one, most, words) => {
                let words: Vec<usize> =
                    std::iter::once(*one).chain(words.iter().copied()).collect();
                nearest(tokens, &words, *most, same)
            }
            Self::Pattern(first, times, rest) => {
                let mut row: Vec<(usize, usize, &Test)> = vec![(0, 0, first); *times];
                row.extend(
                    rest.iter()
                        .map(|((_, least, most), test)| (*least, *most, test)),
                );
                let starts = 0..tokens.len();
                let ends = starts.filter_map(|start| {
                    let row_here =
                        std::iter::once((start, start, row[0].2)).chain(row[1..].iter().copied());
                    Some((
                        start,
                        nearest_end(tokens, 0, &row_here.collect::<Vec<_>>())? - start,
                    ))
                });
                ends.collect()
            }
        }
    }
}

/// Where the shortest match of a row ends that begins at a token: every way through is gone.
fn nearest_end(tokens: &[usize], from: usize, row: &[(usize, usize, &Test)]) -> Option<usize> {
    let Some(((least, most, test), rest)) = row.split_first() else {
        return Some(from);
    };
    let places = (from + least)..=(from + most);
    let fits = places.filter(|&at| tokens.get(at).is_some_and(|&token| test.holds(token)));
    fits.filter_map(|at| nearest_end(tokens, at + 1, rest))
        .min()
}

/// The stretches that hold every word at a place of its own and of which no shorter part does.
fn nearest(
    tokens: &[usize],
    words: &[usize],
    most: usize,
    same: &dyn Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    fn seated(free: &[usize], words: &[usize], same: &dyn Fn(usize, usize) -> bool) -> bool {
        let Some((word, rest)) = words.split_first() else {
            return true;
        };
        (0..free.len())
            .filter(|&at| same(free[at], *word))
            .any(|at| {
                let others = [&free[..at], &free[at + 1..]].concat();
                seated(&others, rest, same)
            })
    }
    let longest = words.len() + most;
    let stretches = (0..tokens.len()).flat_map(|start| {
        (start + 1..=tokens.len().min(start + longest)).map(move |end| (start, end))
    });
    let holding: Vec<(usize, usize)> = stretches
        .filter(|&(start, end)| seated(&tokens[start..end], words, same))
        .collect();
    let shortest = |&(start, end): &(usize, usize)| {
        !holding
            .iter()
            .any(|&(from, to)| (from, to) != (start, end) && start <= from && to <= end)
    };
    holding
        .iter()
        .copied()
        .filter(shortest)
        .map(|(start, end)| (start, end - start))
        .collect()
}

/// The text, and its words in stretches: title and body, or sentences, each with its first token.
fn laid_out((title, body): &Text, sentences: bool) -> (String, String, Vec<(usize, Vec<usize>)>) {
    let mut stretches: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut token = 0;
    let written = [title, body].map(|part| {
        let mut text = String::new();
        let mut begins = true;
        for (at, &(word, separator)) in part.iter().enumerate() {
            if begins {
                stretches.push((token, Vec::new()));
            }
            stretches.last_mut().expect("one began").1.push(word);
            token += 1;
            text.push_str(WORDS[word].0);
            let (signs, behind_word, behind_letter) = SEPARATORS[separator];
            let one_letter = WORDS[word].0.chars().count() == 1;
            begins = sentences
                && if one_letter {
                    behind_letter
                } else {
                    behind_word
                };
            if at + 1 < part.len() {
                text.push_str(signs);
            }
        }
        text
    });
    let [title, body] = written;
    (title, body, stretches)
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<usize>> {
    vec(0..WORDS.len(), count)
}

fn text() -> impl Strategy<Value = Text> {
    let part = |least, most| vec((0..WORDS.len(), 0..SEPARATORS.len()), least..most);
    // A title is one line.
    let title = part(0, 4).prop_map(|title| {
        title
            .into_iter()
            .map(|(word, separator)| (word, separator.min(SEPARATORS.len() - 2)))
            .collect()
    });
    (title, part(1, 22))
}

fn test() -> impl Strategy<Value = Test> {
    let leaf = prop_oneof![
        4 => (any::<bool>(), proptest::bool::weighted(0.25), words(1..3)).prop_map(|(norm, negated, words)| Test::Is(norm, negated, words)),
        1 => (any::<bool>(), select(&["أ", "ا", "ب"])).prop_map(|(norm, start)| Test::Begins(norm, start)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone()
                .prop_map(|(one, other)| Test::Both(Box::new(one), Box::new(other))),
            pair.prop_map(|(one, other)| Test::Either(Box::new(one), Box::new(other))),
            inner.prop_map(|test| Test::Not(Box::new(test))),
        ]
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    let near = (words(2..5), 0usize..7, any::<bool>());
    prop_oneof![
        1 => words(1..4).prop_map(Asked::Phrase),
        3 => near.prop_map(|(words, most, quoted)| Asked::Near(words, most, quoted)),
        1 => (0..WORDS.len(), 0usize..5, words(1..3)).prop_map(|(one, most, words)| Asked::NearPhrase(one, most, words)),
        5 => (test(), 1usize..3, vec((select(GAPS), test()), 0..3)).prop_map(|(first, times, rest)| Asked::Pattern(first, times, rest)),
    ]
}

fn indexed(texts: &[Text]) -> Index {
    let mut index = Index::default();
    for (number, text) in texts.iter().enumerate() {
        let (title, body, _) = laid_out(text, false);
        let name = number.to_string();
        let page = Page::from_article(&name, name.as_bytes(), &title, &body);
        index.add(page, false).expect("a new page");
    }
    index.refresh();
    index
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]

    #[test]
    fn stretches_of_words_are_those_of_every_way_through(texts in vec(text(), 1..6), asked in asked(), within in any::<bool>()) {
        let index = indexed(&texts);
        // Words that stand alone take no unit.
        let within = within && !matches!(&asked, Asked::Near(words, _, false) if words.len() < 2);
        let typed = asked.typed() + if within { " within s" } else { "" };
        let query = Query::parse(&typed);
        prop_assert!(query.notices.is_empty() && query.clauses.len() == 1, "{} {:?}", typed, query);
        for lens in [Lens::Exact, Lens::Letters] {
            let same = |token: usize, word: usize| match lens {
                Lens::Exact => WORDS[token].0 == WORDS[word].0,
                _ => WORDS[token].1 == WORDS[word].1,
            };
            let mut expected: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
            for (document, text) in texts.iter().enumerate() {
                for (first, stretch) in laid_out(text, within).2 {
                    let places = asked.places(&stretch, &same);
                    expected.extend(places.into_iter().map(|(start, length)| (document, first + start, length)));
                }
            }
            let found = Search::new(&index).all(&query, lens, Scope::Articles);
            let places: BTreeSet<(usize, usize, usize)> = found.documents.iter().flat_map(|document| {
                let number = document.document.0 as usize;
                let first = index.pages()[number].positions.start;
                document.matches.iter().map(move |(m, _)| (number, (m.start - first) as usize, m.tokens as usize))
            }).collect();
            prop_assert_eq!(&places, &expected, "{} {:?} {:?}", typed, lens, texts);
            prop_assert_eq!(found.hits, expected.len(), "{} {:?}", typed, lens);
        }
    }
}

/// A document of two words with so many others between them.
fn apart(others: usize) -> Index {
    let mut index = Index::default();
    let text = format!("أول {}آخر", "قلم ".repeat(others));
    index
        .add(Page::from_article("1", b"1", "", &text), false)
        .expect("a new page");
    index.refresh();
    index
}

#[test]
fn a_distance_counts_the_words_between_and_ends_at_its_limit() {
    for distance in [0, 1, 2, 7, 99, 100] {
        for (others, found) in [(distance, 1), (distance + 1, 0)] {
            let index = apart(others);
            for query in [
                format!("أول ~{distance} آخر"),
                format!("آخر ~{distance} أول"),
                format!("«آخر أول»~{distance}"),
                format!("[word=\"أول\"] []{{0,{distance}}} [word=\"آخر\"]"),
            ] {
                let parsed = Query::parse(&query);
                assert!(parsed.notices.is_empty(), "{query} {:?}", parsed.notices);
                let totals = Search::new(&index).totals(&parsed, Lens::Exact, Scope::Articles);
                assert_eq!(totals, (found, found), "{query}, {others} between");
            }
            let ordered =
                Query::parse(&format!("[word=\"آخر\"] []{{0,{distance}}} [word=\"أول\"]"));
            assert_eq!(
                Search::new(&index).totals(&ordered, Lens::Exact, Scope::Articles),
                (0, 0)
            );
        }
    }
    // What is beyond is told, and read as the limit.
    let (near, far) = (apart(100), apart(101));
    for (query, at) in [
        ("أول ~101 آخر", "أول ".len()),
        ("أول ~99999999999 آخر", "أول ".len()),
        ("«آخر أول»~101", "«آخر أول»".len()),
        ("«آخر أول»~99999999999", "«آخر أول»".len()),
    ] {
        let parsed = Query::parse(query);
        let told: Vec<_> = parsed
            .notices
            .iter()
            .map(|notice| (notice.code.name(), notice.at))
            .collect();
        assert_eq!(told, [("too-long", at)], "{query}");
        for (index, found) in [(&near, 1), (&far, 0)] {
            let totals = Search::new(index).totals(&parsed, Lens::Exact, Scope::Articles);
            assert_eq!(totals, (found, found), "{query}");
        }
    }
}

#[test]
fn what_one_of_joined_words_asks_for_holds_for_all() {
    let mut index = Index::default();
    let page = Page::from_article("1", b"1", "أول آخر", "أول قلم آخر. أول. آخر");
    index.add(page, false).expect("a new page");
    index.refresh();
    let cases = [
        ("أول ~1 آخر", 4),
        ("title:أول ~1 آخر", 1),
        ("أول ~1 title:آخر", 1),
        ("أول ~1 آخر within s", 2),
        ("أول ~1 «آخر» within s", 2),
        ("«أول» within s ~1 آخر", 2),
        ("[word=\"أول\"] ~1 [word=\"آخر\"] within s", 2),
        ("«أول آخر»~1 within s", 2),
        ("title:أول ~1 «آخر» within s", 1),
        // Of different distances the last counts.
        ("أول ~0 أول ~1 قلم", 1),
        ("أول ~1 أول ~0 قلم", 0),
    ];
    for (query, hits) in cases {
        let parsed = Query::parse(query);
        assert!(parsed.notices.is_empty(), "{query} {:?}", parsed.notices);
        let totals = Search::new(&index).totals(&parsed, Lens::Exact, Scope::Articles);
        assert_eq!(totals, (hits, hits.min(1)), "{query}");
    }
}
