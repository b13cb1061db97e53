//! Whether two spellings are one name, by which rule, and how sure that is.

use super::sound::{Manner, distance};
use super::table::AliasTable;
use crate::analysis::fold::letters_key;
use crate::entities::EntityType;
use crate::sorting::Arrange;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Why two spellings are taken for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The reader says so.
    Reader,
    /// One text once letters are folded.
    Letters,
    /// A row of the alias table.
    Table,
    /// The recogniser's list gives both to one entity.
    Listed,
    /// Spaces and hyphens alone differ: «بيونغ يانغ».
    Spacing,
    /// The same words in another order.
    WordOrder,
    /// The article of the first word alone differs: «اليونسكو», «يونسكو».
    Article,
    /// A word for what it is stands before one: «وكالة تاس», «تاس».
    Head,
    /// Two transcriptions of one sound.
    Sound,
    /// A name in Latin letters and the Arabic one that it was found by.
    Script,
    /// The longer has the words of the shorter, and names between or after them.
    Longer,
    /// The last name of the only full name in the corpus that ends so.
    LastName,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 12] = [
        Self::Reader,
        Self::Letters,
        Self::Table,
        Self::Listed,
        Self::Spacing,
        Self::WordOrder,
        Self::Article,
        Self::Head,
        Self::Sound,
        Self::Script,
        Self::Longer,
        Self::LastName,
    ];

    /// Stable kebab-case code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Letters => "letters",
            Self::Table => "table",
            Self::Listed => "listed",
            Self::Spacing => "spacing",
            Self::WordOrder => "word-order",
            Self::Article => "article",
            Self::Head => "head",
            Self::Sound => "sound",
            Self::Script => "script",
            Self::Longer => "longer",
            Self::LastName => "last-name",
        }
    }
}

/// What joins two spellings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proof {
    /// The rule.
    pub rule: Rule,
    /// 0..=1, how sure it is.
    pub confidence: f32,
}

impl Proof {
    pub(super) fn new(rule: Rule, confidence: f32) -> Self {
        Self { rule, confidence }
    }
}

/// Two spellings of so much confidence are one entity until a reader parts them; below, they are offered.
pub const JOINED: f32 = 0.88;

/// Words of Arabic stock, which do not vary by sound.
static NATIVE: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let table = include_str!("../tables/arabic_names.txt").lines();
    let words = table.filter(|line| !line.starts_with('#'));
    words
        .flat_map(str::split_whitespace)
        .map(letters_key)
        .collect()
});

/// Words for what a place or body is, which may stand before its name or not.
const HEADS: [&str; 13] = [
    "وكاله",
    "قناه",
    "صحيفه",
    "مجله",
    "شركه",
    "منظمه",
    "حركه",
    "حلف",
    "شبكه",
    "مدينه",
    "دوله",
    "جمهوريه",
    "موقع",
];

/// Words for one and the same installation, before a name of its own and an adjective («الفضائية», «الجوية»).
const INSTALLATIONS: [&str; 6] = ["قاعده", "محطه", "مطار", "مركز", "مجمع", "منشاه"];

/// A name as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    /// Letters folded, words parted by one space, hyphens as spaces.
    pub(super) key: String,
    /// Without spaces.
    pub(super) squeezed: String,
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    native: bool,
}

impl Compared {
    pub(super) fn new(name: &str) -> Self {
        let words: Vec<Word> = name
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '–'))
            .map(letters_key)
            .filter(|word| !word.is_empty())
            .map(|word| {
                let text = match word.as_str() {
                    "ابن" => "بن".to_owned(),
                    _ => word.replace("اميركي", "امريكي"),
                };
                let native = text.starts_with("ال") && text.chars().count() > 3
                    || text.contains(['ع', 'ح'])
                    || NATIVE.contains(&text);
                Word { text, native }
            })
            .collect();
        let all: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Self {
            key: all.join(" "),
            squeezed: all.concat(),
            words,
        }
    }

    /// Whether it is written in Latin letters.
    pub(super) fn is_latin(&self) -> bool {
        self.key.starts_with(|c: char| c.is_ascii_lowercase())
    }

    pub(super) fn word_count(&self) -> usize {
        self.words.len()
    }

    pub(super) fn last_word(&self) -> Option<&str> {
        self.words.last().map(|word| word.text.as_str())
    }

    fn is_native(&self) -> bool {
        self.words.iter().any(|word| word.native)
    }
}

/// Judges two spellings of one type of entity; `None` when they are two names.
///
/// ```
/// use kashshaf::entities::EntityType::Person;
/// use kashshaf::entities::aliases::{Rule, judge};
/// assert_eq!(judge(Person, "كيم جونج أون", "كيم جونغ اون").unwrap().rule, Rule::Sound);
/// assert!(judge(Person, "كيم سونغ", "كيم جونغ أون").is_none());
/// ```
#[must_use]
pub fn judge(kind: EntityType, one: &str, other: &str) -> Option<Proof> {
    judge_compared(kind, &Compared::new(one), &Compared::new(other))
}

pub(super) fn judge_compared(kind: EntityType, one: &Compared, other: &Compared) -> Option<Proof> {
    if one.key == other.key {
        return Some(Proof::new(Rule::Letters, 1.0));
    }
    if one.words.is_empty() || other.words.is_empty() {
        return None;
    }
    if AliasTable::shipped().joins(kind, &one.key, &other.key) {
        return Some(Proof::new(Rule::Table, 0.99));
    }
    if one.squeezed == other.squeezed {
        return Some(Proof::new(Rule::Spacing, 0.97));
    }
    let person = kind == EntityType::Person;
    if !person {
        if one.word_count() >= 3 && same_words(one, other) {
            return Some(Proof::new(Rule::WordOrder, 0.95));
        }
        if without_article(&one.squeezed) == without_article(&other.squeezed) {
            return Some(Proof::new(Rule::Article, 0.9));
        }
        if of_one_installation(one, other) {
            return Some(Proof::new(Rule::Head, 0.9));
        }
        if let Some(proof) = with_head(kind, one, other).or_else(|| with_head(kind, other, one)) {
            return Some(proof);
        }
    }
    by_sound(one, other).or_else(|| person.then(|| longer(one, other)).flatten())
}

fn same_words(one: &Compared, other: &Compared) -> bool {
    let sorted = |name: &Compared| {
        let mut words: Vec<String> = name.words.iter().map(|w| w.text.clone()).collect();
        words.arrange();
        words
    };
    one.word_count() == other.word_count() && sorted(one) == sorted(other)
}

fn without_article(name: &str) -> &str {
    let rest = name.strip_prefix("ال").unwrap_or(name);
    if rest.chars().count() >= 4 {
        rest
    } else {
        name
    }
}

/// «وكالة تاس» and «تاس».
fn with_head(kind: EntityType, long: &Compared, short: &Compared) -> Option<Proof> {
    let (head, rest) = long.key.split_once(' ')?;
    if !HEADS.contains(&head) {
        return None;
    }
    let same = rest == short.key
        || without_article(rest) == without_article(&short.key)
        || AliasTable::shipped().joins(kind, rest, &short.key);
    same.then(|| Proof::new(Rule::Head, 0.85))
}

/// «قاعدة فوستوشني الفضائية» and «محطة فوستوشني الفضائية».
fn of_one_installation(one: &Compared, other: &Compared) -> bool {
    let [(head, rest), (other_head, other_rest)] = [one, other].map(|name| {
        let parts = name.key.split_once(' ');
        parts.unwrap_or_default()
    });
    let named = |rest: &str| rest.contains(' ') && rest.ends_with('ه');
    rest == other_rest
        && named(rest)
        && INSTALLATIONS.contains(&head)
        && INSTALLATIONS.contains(&other_head)
}

fn manner(one: &Word, other: &Word) -> Manner {
    if one.native || other.native {
        Manner::Strict
    } else {
        Manner::Loose
    }
}

fn by_sound(one: &Compared, other: &Compared) -> Option<Proof> {
    let several = one.word_count().min(other.word_count()) > 1;
    let total = if one.word_count() == other.word_count() {
        let pairs = one.words.iter().zip(&other.words);
        let costs = pairs.map(|(a, b)| distance(&a.text, &b.text, manner(a, b)));
        costs.sum::<Option<u16>>()?
    } else {
        // Cut into words in another way, and spelled in another.
        let long = |name: &Compared| name.squeezed.chars().count() >= 7;
        if one.is_native() || other.is_native() || !long(one) || !long(other) {
            return None;
        }
        distance(&one.squeezed, &other.squeezed, Manner::Loose).filter(|&cost| cost <= 40)?
    };
    if total > 110 {
        return None;
    }
    let share = f32::from(total) / 100.0;
    let confidence = 1.0 - share * if several { 0.4 } else { 0.6 };
    Some(Proof::new(Rule::Sound, confidence))
}

/// «فلاديمير بوتين» and «فلاديمير فلاديميروفيتش بوتين», «محمد بن سلمان» and «محمد بن سلمان آل سعود».
fn longer(one: &Compared, other: &Compared) -> Option<Proof> {
    let (short, long) = if one.word_count() < other.word_count() {
        (one, other)
    } else {
        (other, one)
    };
    let (first, last) = (short.words.first()?, short.words.last()?);
    if short.word_count() < 2 || short.word_count() == long.word_count() {
        return None;
    }
    let begins = short.word_count() >= 3 && long.key.starts_with(&format!("{} ", short.key));
    let same = |a: &Word, b: Option<&Word>| b.is_some_and(|b| a.text == b.text);
    let around = short.word_count() == 2
        && !first.native
        // كيم, لي, شي stand before many names.
        && first.text.chars().count() >= 4
        && same(first, long.words.first())
        && same(last, long.words.last());
    (begins || around).then(|| Proof::new(Rule::Longer, 0.65))
}
