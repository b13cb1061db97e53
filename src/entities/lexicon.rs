//! The lexicon: listed names, cue words and name words, by folded word.

use super::class::Classes;
use super::entity::EntityType;
use super::variant_key::variant_key;
use crate::analysis::fold::letters_key;
use crate::sorting::Arrange;
use crate::text::fold::fold_letters;
use rustc_hash::FxHashMap;

/// Listed English names that, alone, are more often something else.
const NOT_ALONE: [&str; 14] = [
    "christmas",
    "resolute",
    "midway",
    "phoenix",
    "petra",
    "stanley",
    "dawson",
    "darwin",
    "virginia",
    "sofia",
    "sydney",
    "adelaide",
    "houston",
    "sputnik",
];

/// A listed entity.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: EntityType,
    /// What follows the kind in an id: an ISO code or the name with hyphens.
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) english: Option<String>,
}

/// One spelling of an entry, after its first word.
#[derive(Debug)]
struct Phrase {
    rest: Box<[u32]>,
    entry: u32,
    /// An ambiguous word: believed only after a preposition or a place word.
    weak: bool,
}

/// A spelling found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) entry: u32,
    /// Number of words.
    pub(super) words: u32,
    pub(super) weak: bool,
}

/// All tables, read once.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: FxHashMap<Box<str>, u32>,
    classes: Vec<Classes>,
    /// Phrases by first word, longest first.
    phrases: Vec<Vec<Phrase>>,
    pub(super) entries: Vec<Entry>,
    variants: FxHashMap<(EntityType, String), u32>,
    /// Entries by their English names; `u32::MAX` for one that two types of entity share.
    english: FxHashMap<String, u32>,
}

impl Lexicon {
    /// Reads the tables compiled into the program.
    pub(super) fn read() -> Self {
        let mut lexicon = Self::default();
        lexicon.read_names(EntityType::Person, include_str!("tables/people.tsv"));
        lexicon.read_names(
            EntityType::Organisation,
            include_str!("tables/organisations.tsv"),
        );
        lexicon.read_places(include_str!("tables/places.tsv"));
        lexicon.read_places(include_str!("tables/places_generated.tsv"));
        lexicon.read_words(Classes::COMMON, include_str!("tables/common_words.txt"));
        lexicon.read_words(Classes::GROUP, include_str!("tables/groups.txt"));
        lexicon.read_words(Classes::NAME, include_str!("tables/arabic_names.txt"));
        lexicon.read_words(Classes::GIVEN, include_str!("tables/arabic_names.txt"));
        lexicon.read_words(Classes::NAME, include_str!("tables/name_tokens.txt"));
        lexicon.read_cues(include_str!("tables/cues.tsv"));
        for phrases in &mut lexicon.phrases {
            phrases.arrange_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon
    }

    /// Id of a folded word, if any table has it.
    pub(super) fn word(&self, folded: &str) -> Option<u32> {
        self.words.get(folded).copied()
    }

    /// Classes of a word.
    pub(super) fn classes(&self, word: Option<u32>) -> Classes {
        word.and_then(|w| self.classes.get(w as usize))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a listed name starts with `word`.
    pub(super) fn starts_name(&self, word: u32) -> bool {
        self.phrases
            .get(word as usize)
            .is_some_and(|phrases| !phrases.is_empty())
    }

    /// The longest listed name that starts with `first`; `next(n)` gives the
    /// n-th word after it, `None` where the run of words ends.
    pub(super) fn longest(
        &self,
        first: u32,
        next: impl Fn(usize) -> Option<u32>,
    ) -> Option<Listed> {
        let phrases = self.phrases.get(first as usize)?;
        let fits = |phrase: &&Phrase| {
            phrase
                .rest
                .iter()
                .enumerate()
                .all(|(n, &word)| next(n + 1) == Some(word))
        };
        phrases.iter().find(fits).map(|phrase| Listed {
            entry: phrase.entry,
            words: u32::try_from(phrase.rest.len() + 1).unwrap_or(u32::MAX),
            weak: phrase.weak,
        })
    }

    /// The listed entity of a kind whose spelling has this variant key.
    pub(super) fn by_variant(&self, kind: EntityType, key: &str) -> Option<u32> {
        self.variants.get(&(kind, key.to_owned())).copied()
    }

    /// The listed entity with an English name; capitals count in acronyms alone.
    pub(super) fn by_english(&self, name: &str) -> Option<u32> {
        let key = english_key(name);
        let entry = *self.english.get(&key)?;
        let shouted = |name: &str| name.chars().nth(1).is_some_and(char::is_uppercase);
        let listed = self.entries.get(entry as usize)?.english.as_deref();
        let telling = key.len() >= 3 && !NOT_ALONE.contains(&key.as_str());
        let written = shouted(name) || !listed.is_some_and(shouted);
        (key.contains(' ') || telling && written).then_some(entry)
    }

    fn intern(&mut self, folded: &str) -> u32 {
        if let Some(&word) = self.words.get(folded) {
            return word;
        }
        let word = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
        self.words.insert(folded.into(), word);
        self.classes.push(Classes::NONE);
        self.phrases.push(Vec::new());
        word
    }

    fn add_class(&mut self, folded: &str, classes: Classes) {
        let word = self.intern(folded) as usize;
        if let Some(slot) = self.classes.get_mut(word) {
            slot.insert(classes);
        }
    }

    fn read_names(&mut self, kind: EntityType, table: &str) {
        for mut cells in rows(table) {
            let name = cells.next().unwrap_or_default();
            let english = cells.next().unwrap_or_default();
            let entry = self.add_entry(kind, name.replace(' ', "-"), name, english);
            self.add_spelling(name, entry, false);
            for alias in aliases(cells.next()) {
                self.add_spelling(alias.trim_start_matches('~'), entry, false);
            }
            if kind == EntityType::Person {
                for word in name.split(' ') {
                    self.add_class(&letters_key(word), Classes::NAME);
                }
            }
        }
    }

    fn read_places(&mut self, table: &str) {
        for mut cells in rows(table) {
            let id = cells.next().unwrap_or_default();
            let (weak, code) = (id.starts_with('?'), id.trim_start_matches('?'));
            let name = cells.next().unwrap_or_default();
            let english = cells.next().unwrap_or_default();
            let slug = if code.is_empty() {
                name.replace(' ', "-")
            } else {
                code.to_owned()
            };
            let entry = self.add_entry(EntityType::Place, slug, name, english);
            for spelling in std::iter::once(name).chain(aliases(cells.next())) {
                self.add_spelling(spelling, entry, weak && !spelling.contains(' '));
                if !code.is_empty() && !spelling.contains(' ') {
                    self.add_demonyms(spelling);
                }
            }
        }
    }

    fn read_words(&mut self, class: Classes, table: &str) {
        for word in table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
        {
            self.add_class(&letters_key(word), class);
        }
    }

    fn read_cues(&mut self, table: &str) {
        for mut cells in rows(table) {
            let Some(class) = cells.next().and_then(Classes::of_label) else {
                continue;
            };
            for word in cells.next().unwrap_or_default().split_whitespace() {
                let word = letters_key(word);
                if class == Classes::DEMONYM {
                    self.add_demonym_forms(&word);
                    continue;
                }
                self.add_class(&word, class);
                if class == Classes::TITLE {
                    for form in [
                        format!("ال{word}"),
                        format!("{word}ه"),
                        format!("ال{word}ه"),
                    ] {
                        self.add_class(&form, class);
                    }
                }
            }
        }
    }

    fn add_entry(&mut self, kind: EntityType, slug: String, name: &str, english: &str) -> u32 {
        let english = Some(english.to_owned()).filter(|e| !e.is_empty());
        let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if let Some(english) = &english {
            let known = self.english.entry(english_key(english)).or_insert(entry);
            let other = self.entries.get(*known as usize);
            if other.is_some_and(|other| other.kind != kind) {
                *known = u32::MAX;
            }
        }
        self.entries.push(Entry {
            kind,
            slug,
            name: name.to_owned(),
            english,
        });
        entry
    }

    fn add_spelling(&mut self, spelling: &str, entry: u32, weak: bool) {
        let mut words = spelling
            .split([' ', '-'])
            .map(|word| self.intern(&letters_key(word)));
        let Some(first) = words.next() else { return };
        let rest: Box<[u32]> = words.collect();
        let Some(kind) = self.entries.get(entry as usize).map(|e| e.kind) else {
            return;
        };
        let key = variant_key(spelling);
        if key.chars().count() >= 3 {
            self.variants.entry((kind, key)).or_insert(entry);
        }
        if let Some(phrases) = self.phrases.get_mut(first as usize)
            && !phrases.iter().any(|phrase| phrase.rest == rest)
        {
            phrases.push(Phrase { rest, entry, weak });
        }
    }

    /// Makes the demonyms of a country: روسيا → روسي, السعودية → سعودي.
    fn add_demonyms(&mut self, country: &str) {
        let name = letters_key(country);
        let stem = name.strip_prefix("ال").unwrap_or(&name);
        let stem = ["يه", "يا", "ا", "ه"]
            .iter()
            .find_map(|ending| stem.strip_suffix(ending))
            .unwrap_or(stem);
        if stem.chars().count() >= 3 {
            self.add_demonym_forms(&format!("{stem}ي"));
        }
    }

    fn add_demonym_forms(&mut self, demonym: &str) {
        for ending in ["", "ه", "ون", "ين", "ان", "ات", "تين", "تان"] {
            for article in ["", "ال"] {
                self.add_class(&format!("{article}{demonym}{ending}"), Classes::DEMONYM);
            }
        }
    }
}

/// Words of an English name, folded.
fn english_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
        fold_letters(word, &mut key);
    }
    key.truncate(key.trim_end().len());
    key
}

fn rows(table: &str) -> impl Iterator<Item = std::str::Split<'_, char>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t'))
}

fn aliases(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or_default()
        .split('|')
        .filter(|alias| !alias.is_empty())
}
