use super::*;
use crate::search::words::pattern_reader::DEPTH;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An expression as a tree, to be printed and to be matched by its definition.
#[derive(Clone, Debug)]
enum Tree {
    One(char),
    Any,
    Class(Vec<char>, bool),
    Row(Vec<Tree>),
    Choice(Vec<Tree>),
    Times(Box<Tree>, u32, Option<u32>),
}

impl Tree {
    fn print(&self) -> String {
        match self {
            Self::One(c) => c.to_string(),
            Self::Any => ".".to_owned(),
            Self::Class(letters, negated) => {
                let letters: String = letters.iter().collect();
                format!("[{}{letters}]", if *negated { "^" } else { "" })
            }
            Self::Row(trees) => trees.iter().map(Self::print).collect(),
            Self::Choice(trees) => {
                let choices: Vec<String> = trees.iter().map(Self::print).collect();
                format!("({})", choices.join("|"))
            }
            Self::Times(tree, least, most) => {
                let sign = match (least, most) {
                    (0, None) => "*".to_owned(),
                    (1, None) => "+".to_owned(),
                    (0, Some(1)) => "?".to_owned(),
                    (least, None) => format!("{{{least},}}"),
                    (least, Some(most)) if least == most => format!("{{{least}}}"),
                    (least, Some(most)) => format!("{{{least},{most}}}"),
                };
                format!("({}){sign}", tree.print())
            }
        }
    }

    /// Where a match that begins at `from` may end.
    fn ends(&self, word: &[char], from: usize) -> BTreeSet<usize> {
        let one = |fits: bool| {
            if fits {
                BTreeSet::from([from + 1])
            } else {
                BTreeSet::new()
            }
        };
        match self {
            Self::One(c) => one(word.get(from) == Some(c)),
            Self::Any => one(from < word.len()),
            Self::Class(letters, negated) => one(word
                .get(from)
                .is_some_and(|c| letters.contains(c) != *negated)),
            Self::Row(trees) => trees.iter().fold(BTreeSet::from([from]), |starts, tree| {
                starts
                    .iter()
                    .flat_map(|&start| tree.ends(word, start))
                    .collect()
            }),
            Self::Choice(trees) => trees
                .iter()
                .flat_map(|tree| tree.ends(word, from))
                .collect(),
            Self::Times(tree, least, most) => {
                let mut starts = BTreeSet::from([from]);
                let mut ends = BTreeSet::new();
                let most = most.unwrap_or(least + u32::try_from(word.len()).expect("short") + 1);
                for times in 0..=most {
                    if times >= *least {
                        ends.extend(&starts);
                    }
                    starts = starts
                        .iter()
                        .flat_map(|&start| tree.ends(word, start))
                        .collect();
                }
                ends
            }
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let letter = proptest::sample::select(&['ا', 'ب', 'ت']);
    let leaf = prop_oneof![
        5 => letter.clone().prop_map(Tree::One),
        1 => Just(Tree::Any),
        1 => (proptest::collection::vec(letter, 1..3), any::<bool>()).prop_map(|(letters, negated)| Tree::Class(letters, negated)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let many = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            2 => many.clone().prop_map(Tree::Row),
            1 => many.prop_map(Tree::Choice),
            1 => (inner, 0u32..3, proptest::option::of(0u32..3)).prop_map(|(tree, least, more)| {
                Tree::Times(Box::new(tree), least, more.map(|more| (least + more).max(1)))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn expressions_match_as_defined(tree in tree(), words in proptest::collection::vec("[ابت]{0,6}", 1..12)) {
        match Pattern::regex(&tree.print()) {
            Ok(pattern) => {
                for word in words {
                    let letters: Vec<char> = word.chars().collect();
                    let expected = tree.ends(&letters, 0).contains(&letters.len());
                    prop_assert_eq!(pattern.matches(&word), expected, "{} {}", tree.print(), word);
                    prop_assert!(!expected || word.starts_with(&pattern.beginning()), "{}", pattern.beginning());
                }
            }
            Err(error) => prop_assert!(matches!(error, PatternError::TooLarge(_)), "{}: {error:?}", tree.print()),
        }
    }

    #[test]
    fn any_text_is_read(text in "[اب*+?(){}|\\[\\]\\\\,0-9^-]{0,24}|\\PC{0,24}", word in "[اب]{0,4}") {
        let border = |at: usize| text.is_char_boundary(at);
        match Pattern::regex(&text) {
            Ok(pattern) => prop_assert_eq!(pattern.matches(&word), pattern.folded(|c| c).matches(&word)),
            Err(PatternError::Mistake(at) | PatternError::TooLarge(at)) => prop_assert!(border(at), "{at}"),
        }
        if let Ok(pattern) = Pattern::wildcard(&text) {
            prop_assert_eq!(pattern.matches(&word), pattern.folded(|c| c).matches(&word));
        }
    }

    #[test]
    fn wildcards_match_as_defined(text in "[اب*?]{0,6}", word in "[ابت]{0,6}") {
        let regex: String = text.chars().map(|c| match c {
            '*' => ".*".to_owned(),
            '?' => ".".to_owned(),
            c => c.to_string(),
        }).collect();
        let (wildcard, regex) = (Pattern::wildcard(&text), Pattern::regex(&regex));
        prop_assert_eq!(wildcard.expect("short").matches(&word), regex.expect("short").matches(&word));
    }
}

#[test]
fn mistakes_are_told_with_their_place() {
    use PatternError::{Mistake, TooLarge};
    let cases = [
        ("ab(c", Mistake(2)),
        ("ab)", Mistake(2)),
        ("*a", Mistake(0)),
        ("a**", Mistake(2)),
        ("a{2", Mistake(1)),
        ("a{3,2}", Mistake(1)),
        ("a{33}", TooLarge(1)),
        ("[ab", Mistake(0)),
        ("a[]b", Mistake(1)),
        ("a\\w", Mistake(1)),
        ("a\\", Mistake(1)),
        ("[b-a]", Mistake(0)),
        ("(a|)*{2}", Mistake(5)),
    ];
    for (text, expected) in cases {
        assert_eq!(Pattern::regex(text), Err(expected), "{text}");
    }
    assert_eq!(
        Pattern::regex(&"a".repeat(STATES + 1)),
        Err(TooLarge(STATES + 1))
    );
    assert!(Pattern::regex(&"a".repeat(STATES)).is_ok());
    assert!(matches!(Pattern::regex("((a{32}){32})"), Err(TooLarge(_))));
    let deep = format!("{}a{}", "(".repeat(DEPTH + 1), ")".repeat(DEPTH + 1));
    assert!(matches!(Pattern::regex(&deep), Err(TooLarge(_))));
}

#[test]
fn folded_patterns_fit_folded_words() {
    let fold = crate::text::fold::fold_letter;
    let pattern = Pattern::regex("مدرس[ةا]").expect("short").folded(fold);
    assert!(pattern.matches("مدرسه") && pattern.matches("مدرسا") && !pattern.matches("مدرسي"));
    assert!(
        Pattern::wildcard("أ*ى")
            .expect("short")
            .folded(fold)
            .matches("اعلي")
    );
}
