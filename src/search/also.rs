//! Words of a query that are read in further spellings: names in another script, aliases.

use super::query::{Clause, Node, Query, Via, Word, WordKind};
use super::words::form_names::{FormNames, is_latin};
use crate::analysis::names::Channel;
use crate::index::Lexicon;

/// Names that one Latin word is read as.
const NAMES: usize = 3;

/// Clauses that may be added to a query.
const MOST: usize = 16;

impl Query {
    /// Whether a word that must be found is in Latin letters.
    #[must_use]
    pub fn has_latin(&self) -> bool {
        let mut words = self.required().flat_map(|clause| &clause.words);
        words.any(|word| is_latin(&word.text))
    }

    /// Reads each Latin word as the names of the corpus that it may be too.
    pub fn also_names(&mut self, names: &FormNames, lexicon: &Lexicon) {
        self.also_words(Via::Name, &mut |word| {
            if !is_latin(word) {
                return Vec::new();
            }
            let found = names.find(Channel::shipped(), word, NAMES);
            let named = found.iter().map(|name| lexicon.form(name.form).to_owned());
            named.collect()
        });
    }

    /// Reads each plain word that must be found in further spellings: `spell` tells
    /// those of a word as typed. The word stands for all of them from now on.
    pub fn also_words(&mut self, via: Via, spell: &mut dyn FnMut(&str) -> Vec<String>) {
        let clauses = self.clauses.iter_mut().filter(|clause| !clause.excluded);
        for word in clauses.flat_map(|clause| &mut clause.words) {
            add(word, via, spell(&word.text));
        }
    }

    /// Reads each word or phrase that must be found in further spellings of other
    /// numbers of words: `spell` tells those of the words as typed, parted by single spaces.
    pub fn also_clauses(&mut self, via: Via, spell: &mut dyn FnMut(&str) -> Vec<String>) {
        let mut added: Vec<(usize, Clause)> = Vec::new();
        for (number, clause) in self.clauses.iter_mut().enumerate() {
            if clause.excluded || !clause.is_plain() {
                continue;
            }
            let words: Vec<&str> = clause.words.iter().map(|word| word.text.as_str()).collect();
            for spelling in spell(&words.join(" ")) {
                let mut parts = spelling.split(' ');
                if let (Some(_), None, [word]) =
                    (parts.next(), parts.next(), clause.words.as_mut_slice())
                {
                    add(word, via, vec![spelling]);
                    continue;
                }
                let lens = clause.words.first().and_then(|word| word.lens);
                let words = spelling.split(' ').map(|word| Word {
                    lens,
                    via: Some(via),
                    ..Word::plain(word)
                });
                let mut other = Clause::of(&spelling, words.collect());
                (other.in_title, other.in_sentence) = (clause.in_title, clause.in_sentence);
                added.push((number, other));
            }
        }
        for (number, clause) in added.into_iter().take(MOST) {
            let other = self.clauses.len();
            self.clauses.push(clause);
            self.tree.put_beside(number, other);
        }
    }
}

/// Lets a plain word stand for other spellings too.
fn add(word: &mut Word, via: Via, spellings: Vec<String>) {
    let known: Vec<String> = match &word.kind {
        WordKind::Any(words) => words.iter().map(|word| word.text.clone()).collect(),
        _ => vec![word.text.clone()],
    };
    let others = spellings.into_iter().filter(|other| !known.contains(other));
    let lens = word.lens;
    let mut others: Vec<Word> = others
        .map(|other| Word {
            lens,
            via: Some(via),
            ..Word::plain(&other)
        })
        .collect();
    if others.is_empty() {
        return;
    }
    match &mut word.kind {
        WordKind::Plain => {
            others.insert(0, word.clone());
            word.kind = WordKind::Any(others);
        }
        WordKind::Any(words) if words.iter().any(|word| word.via.is_some()) => {
            words.append(&mut others);
        }
        _ => {}
    }
}

impl Clause {
    /// Whether it is plain words, next to each other.
    fn is_plain(&self) -> bool {
        let is_plain = |word: &Word| match &word.kind {
            WordKind::Plain => true,
            WordKind::Any(words) => words.iter().any(|word| word.via.is_some()),
            _ => false,
        };
        self.shape == super::query::Shape::Adjacent && self.words.iter().all(is_plain)
    }
}

impl Node {
    /// Lets one clause of two do wherever the first was asked for.
    fn put_beside(&mut self, clause: usize, other: usize) {
        match self {
            Self::Clause(number) if *number == clause => {
                *self = Self::Any(vec![Self::Clause(clause), Self::Clause(other)]);
            }
            Self::Any(nodes) if nodes.contains(&Self::Clause(clause)) => {
                nodes.push(Self::Clause(other));
            }
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.put_beside(clause, other);
                }
            }
            Self::Not(node) => node.put_beside(clause, other),
            Self::Clause(_) | Self::Filter(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_its_spellings_and_a_phrase_stands_beside_it() {
        let mut query = Query::parse("بيونغيانغ Putin -Putin");
        query.also_words(Via::Name, &mut |word| match word {
            "Putin" => vec!["بوتين".to_owned()],
            _ => Vec::new(),
        });
        query.also_clauses(Via::Alias, &mut |words| match words {
            "بيونغيانغ" => vec!["بيونغ يانغ".to_owned(), "بيونجيانج".to_owned()],
            _ => Vec::new(),
        });
        let texts = |word: &Word| match &word.kind {
            WordKind::Any(words) => words.iter().map(|w| (w.text.clone(), w.via)).collect(),
            _ => Vec::new(),
        };
        let name = |text: &str, via| (text.to_owned(), via);
        assert_eq!(
            texts(&query.clauses[0].words[0]),
            [name("بيونغيانغ", None), name("بيونجيانج", Some(Via::Alias))]
        );
        assert_eq!(
            texts(&query.clauses[1].words[0]),
            [name("Putin", None), name("بوتين", Some(Via::Name))]
        );
        assert_eq!(query.clauses[2].words[0].kind, WordKind::Plain);
        assert_eq!(query.clauses[3].text, "بيونغ يانغ");
        let both = Node::Any(vec![Node::Clause(0), Node::Clause(3)]);
        assert!(matches!(&query.tree, Node::All(nodes) if nodes[0] == both));
    }
}
