//! The operators of the query language find on random corpora what their
//! definitions say, over the tokens of a scan.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/scan.rs"]
mod scan;

use kashshaf::analysis::Lens;
use kashshaf::index::Scope;
use kashshaf::parse::Page;
use kashshaf::search::{Query, Search};
use proptest::collection::vec;
use proptest::prelude::*;
use scan::{Asked, Scan};
use std::collections::{BTreeMap, BTreeSet};

const WORDS: &[&str] = &[
    "بلد",
    "بلدة",
    "البلد",
    "وبلد",
    "أمر",
    "امر",
    "أمور",
    "كلب",
    "كلاب",
    "رب",
    "ربى",
    "ربي",
];
const SEPARATORS: &[&str] = &[" ", " ", " ", "، ", ". ", "\n"];

/// A query as a tree.
#[derive(Clone, Debug)]
enum Tree {
    Word(&'static str, Option<Lens>),
    Wildcard(&'static str),
    Title(&'static str),
    Near(Vec<&'static str>, usize),
    Gaps(&'static str, (usize, usize), &'static str),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
}

impl Tree {
    fn typed(&self) -> String {
        let many = |trees: &[Tree], sign: &str| {
            let typed: Vec<String> = trees.iter().map(Self::typed).collect();
            format!("({})", typed.join(sign))
        };
        match self {
            Self::Word(word, None) => (*word).to_owned(),
            Self::Word(word, Some(Lens::Exact)) => format!("={word}"),
            Self::Word(word, Some(lens)) => format!("{}:{word}", lens.name()),
            Self::Wildcard(text) => (*text).to_owned(),
            Self::Title(word) => format!("title:{word}"),
            Self::Near(words, gap) => words.join(&format!(" ~{gap} ")),
            Self::Gaps(one, (least, most), other) => {
                let lens = "clitics";
                format!("[{lens}=\"{one}\"] []{{{least},{most}}} [{lens}=\"{other}\"]")
            }
            Self::All(trees) => many(trees, " AND "),
            Self::Any(trees) => many(trees, " OR "),
            Self::Not(tree) => format!("NOT {}", tree.typed()),
        }
    }
}

/// A place: document, first token, number of tokens.
type Place = (usize, usize, usize);

struct Oracle {
    scan: Scan,
    lens: Lens,
    scope: Scope,
}

impl Oracle {
    fn is(&self, word: &str, lens: Lens, token: usize) -> bool {
        let asked = Asked {
            word: word.to_owned(),
            is_prefix: false,
        };
        self.scan
            .share(&asked, &self.scan.tokens[token], lens)
            .is_some()
    }

    fn windows(&self, fits: impl Fn(usize, usize) -> bool) -> Vec<Place> {
        const LONGEST: usize = 10;
        let count = self.scan.tokens.len();
        let windows = (0..count).flat_map(|start| {
            (start + 1..=count.min(start + LONGEST)).map(move |end| (start, end))
        });
        windows
            .filter(|&(start, end)| fits(start, end))
            .filter_map(|(start, end)| {
                Some((
                    self.scan.document(start, end, self.scope)?,
                    start,
                    end - start,
                ))
            })
            .collect()
    }

    /// Whether each word stands at a token of its own among these.
    fn holds(&self, words: &[&str], start: usize, end: usize, taken: &mut Vec<usize>) -> bool {
        let Some((first, rest)) = words.split_first() else {
            return true;
        };
        (start..end).any(|token| {
            let free = !taken.contains(&token) && self.is(first, self.lens, token);
            taken.push(token);
            let holds = free && self.holds(rest, start, end, taken);
            taken.pop();
            holds
        })
    }

    fn places(&self, tree: &Tree) -> Vec<Place> {
        match tree {
            Tree::Word(word, lens) => self.windows(|start, end| {
                end == start + 1 && self.is(word, lens.unwrap_or(self.lens), start)
            }),
            Tree::Wildcard(text) => {
                self.windows(|start, end| end == start + 1 && self.fits(text, start))
            }
            Tree::Title(word) => self.windows(|start, end| {
                end == start + 1
                    && self.scan.tokens[start].in_title
                    && self.is(word, self.lens, start)
            }),
            Tree::Near(words, gap) => {
                let holds = |start: usize, end: usize| {
                    end - start <= words.len() + gap
                        && self.holds(words, start, end, &mut Vec::new())
                };
                self.windows(|start, end| {
                    let shorter = holds(start + 1, end) || holds(start, end - 1);
                    holds(start, end) && !(end > start + 1 && shorter)
                })
            }
            Tree::Gaps(one, (least, most), other) => {
                let joined =
                    |start: usize, end: usize| self.scan.document(start, end, self.scope).is_some();
                let ends = |start: usize, end: usize| {
                    end >= start + 2
                        && (*least..=*most).contains(&(end - start - 2))
                        && self.is(one, Lens::Clitics, start)
                        && self.is(other, Lens::Clitics, end - 1)
                        && joined(start, end)
                };
                self.windows(|start, end| {
                    ends(start, end) && !(start + 1..end).any(|before| ends(start, before))
                })
            }
            Tree::All(_) | Tree::Any(_) | Tree::Not(_) => Vec::new(),
        }
    }

    fn fits(&self, text: &str, token: usize) -> bool {
        let key = |token: usize, lens: Lens| self.scan.tokens[token].keys[lens as usize].clone();
        let fits = |lens: Lens, key: &str| {
            let folded = match lens {
                Lens::Exact => text.to_owned(),
                Lens::Marks => kashshaf::analysis::fold::marks_key(text),
                _ => text
                    .chars()
                    .map(kashshaf::text::fold::fold_letter)
                    .collect(),
            };
            let (text, key): (Vec<char>, Vec<char>) =
                (folded.chars().collect(), key.chars().collect());
            wildcard(&text, &key)
        };
        if self.lens <= Lens::Letters {
            return fits(self.lens, &key(token, self.lens));
        }
        let base = key(token, Lens::Clitics);
        let same = (0..self.scan.tokens.len()).filter(|&other| key(other, Lens::Clitics) == base);
        fits(Lens::Clitics, &base)
            || same
                .into_iter()
                .any(|other| fits(Lens::Letters, &key(other, Lens::Letters)))
    }

    fn documents(&self, tree: &Tree) -> BTreeSet<usize> {
        let all = || {
            self.scan
                .lengths(self.scope)
                .into_keys()
                .collect::<BTreeSet<usize>>()
        };
        match tree {
            Tree::All(trees) => trees
                .iter()
                .fold(all(), |all, tree| &all & &self.documents(tree)),
            Tree::Any(trees) => trees.iter().flat_map(|tree| self.documents(tree)).collect(),
            Tree::Not(tree) => &all() - &self.documents(tree),
            leaf => self.places(leaf).iter().map(|place| place.0).collect(),
        }
    }

    /// Places of what is asked for rather than excluded.
    fn wanted(&self, tree: &Tree, excluded: bool) -> BTreeSet<Place> {
        match tree {
            Tree::All(trees) | Tree::Any(trees) => trees
                .iter()
                .flat_map(|tree| self.wanted(tree, excluded))
                .collect(),
            Tree::Not(tree) => self.wanted(tree, !excluded),
            _ if excluded => BTreeSet::new(),
            leaf => self.places(leaf).into_iter().collect(),
        }
    }
}

/// `*` is any letters, `?` one.
fn wildcard(text: &[char], word: &[char]) -> bool {
    match text.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|from| wildcard(rest, &word[from..])),
        Some((c, rest)) => {
            word.first().is_some_and(|have| *c == '?' || c == have) && wildcard(rest, &word[1..])
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let word = || proptest::sample::select(WORDS);
    let lens = proptest::option::weighted(0.3, proptest::sample::select(&Lens::ALL));
    let leaf = prop_oneof![
        4 => (word(), lens).prop_map(|(word, lens)| Tree::Word(word, lens)),
        1 => proptest::sample::select(&["*لد", "ب?د", "*ل?", "أم*ر", "?ر?ى"]).prop_map(Tree::Wildcard),
        1 => word().prop_map(Tree::Title),
        2 => (vec(word(), 2..4), 0usize..4).prop_map(|(words, gap)| Tree::Near(words, gap)),
        2 => (word(), (0usize..3, 0usize..3), word()).prop_map(|(one, (least, more), other)| {
            Tree::Gaps(one, (least, least + more), other)
        }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Tree::All),
            vec(inner.clone(), 2..4).prop_map(Tree::Any),
            inner.prop_map(|tree| Tree::Not(Box::new(tree))),
        ]
    })
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    let pair = (
        proptest::sample::select(WORDS),
        proptest::sample::select(SEPARATORS),
    );
    let line = vec(pair, 1..14).prop_map(|pairs| {
        pairs
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect::<String>()
    });
    let marked = prop_oneof![4 => line.clone(), 1 => line.prop_map(|line| format!("{line}\nإقرأ أيضاً:\n{line}"))];
    vec(marked, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn operators_find_what_their_definitions_say(texts in corpus(), tree in tree()) {
        let distinct: BTreeSet<&String> = texts.iter().collect();
        let pages: Vec<Page> = distinct.iter().map(|text| Page::read("p.txt", text.as_bytes()).expect("text")).collect();
        let mut index = kashshaf::index::Index::default();
        for page in &pages {
            index.add(page.clone(), false).expect("new");
        }
        index.refresh();
        let query = Query::parse(&tree.typed());
        let known = query.notices.iter().all(|notice| notice.code.name() == "only-exclusions");
        prop_assert!(known, "{} {:?}", tree.typed(), query.notices);
        let mut oracle = Oracle { scan: Scan::new(pages), lens: Lens::Exact, scope: Scope::Pages };
        for lens in Lens::ALL {
            for scope in [Scope::Articles, Scope::Pages] {
                (oracle.lens, oracle.scope) = (lens, scope);
                let mut expected: BTreeMap<usize, BTreeSet<(usize, usize)>> =
                    oracle.documents(&tree).into_iter().map(|document| (document, BTreeSet::new())).collect();
                if !query.asks() {
                    expected.clear();
                }
                for (document, start, length) in oracle.wanted(&tree, false) {
                    if let Some(places) = expected.get_mut(&document) {
                        places.insert((start, length));
                    }
                }
                let found = Search::new(&index).all(&query, lens, scope);
                let places: BTreeMap<usize, BTreeSet<(usize, usize)>> = found
                    .documents
                    .iter()
                    .map(|document| {
                        let places = document.matches.iter().map(|(m, _)| (m.start as usize, m.tokens as usize));
                        (document.document.0 as usize, places.collect())
                    })
                    .collect();
                prop_assert_eq!(&places, &expected, "{} {:?} {:?} {:?}", tree.typed(), lens, scope, texts);
                let hits: usize = expected.values().map(BTreeSet::len).sum();
                prop_assert_eq!((found.hits, found.document_count), (hits, expected.len()), "{}", tree.typed());
            }
        }
    }
}
