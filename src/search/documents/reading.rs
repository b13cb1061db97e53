//! Reads documents that match: where their matches are, which of them stand in titles.

use crate::index::{DocumentId, FormId};
use crate::search::documents::snippet::in_title;
use crate::search::engine::{DocumentMatch, MatchedForm};
use crate::search::matches::phrase::{self, Match};
use crate::search::matches::run::{ClauseRun, Kind, Run, Scored};
use crate::search::query::Node;
use crate::search::words::clause_words::ClauseWords;
use crate::sorting::{Arrange, sort_pairs};

impl Run<'_> {
    /// Whether a document holds a clause, or one of a group.
    pub(in crate::search) fn holds(&self, document: DocumentId, node: &Node) -> bool {
        match node {
            Node::Clause(number) => self
                .clauses
                .get(*number)
                .is_some_and(|clause| clause.documents.finder().find(document).is_some()),
            Node::Any(nodes) => nodes.iter().any(|node| self.holds(document, node)),
            Node::All(nodes) => nodes.iter().all(|node| self.holds(document, node)),
            Node::Not(node) => !self.holds(document, node),
            Node::Filter(_) => true,
        }
    }

    /// Beside each clause that must match whether some document has all the others.
    pub(in crate::search) fn found_without(&self) -> Vec<bool> {
        let required: Vec<&ClauseRun> = self.clauses.iter().filter(|c| !c.excluded).collect();
        // Of each document the number of clauses that it has, and the sum of their numbers.
        let mut held = vec![(0, 0); self.documents.numbers()];
        let mut hold = |clause: &ClauseRun, count: usize, number: usize| {
            for document in clause.documents.documents() {
                if let Some(held) = held.get_mut(document.0 as usize) {
                    *held = (held.0 + count, held.1 + number);
                }
            }
        };
        for (number, clause) in required.iter().enumerate() {
            hold(clause, 1, number);
        }
        let all = required.len();
        for clause in self.clauses.iter().filter(|clause| clause.excluded) {
            hold(clause, 2 * all, 0);
        }
        let sum: usize = (0..all).sum();
        let mut found = vec![false; all];
        for (count, of_held) in held {
            if count == all {
                found.fill(true);
            } else if count + 1 == all
                && let Some(found) = found.get_mut(sum - of_held)
            {
                *found = true;
            }
        }
        found
    }

    /// Documents with their matches.
    pub(in crate::search) fn with_matches(&self, documents: &[Scored]) -> Vec<DocumentMatch> {
        let words = self.words();
        let documents = documents.iter();
        documents
            .map(|scored| self.document(scored, &words))
            .collect()
    }

    /// The forms of the words that must match, by clause.
    pub(in crate::search) fn words(&self) -> ClauseWords<'_> {
        let clauses = self.clauses.iter().enumerate();
        let words = clauses.filter_map(|(number, clause)| match &clause.kind {
            Kind::Word(forms, _) if !clause.excluded => Some((number, forms.as_slice())),
            _ => None,
        });
        ClauseWords::new(words.collect(), self.index.lexicon().len())
    }

    /// The clauses that the titles of a document hold, by number; reads the titles alone.
    pub(in crate::search) fn in_titles(
        &self,
        document: DocumentId,
        words: &ClauseWords<'_>,
    ) -> Vec<usize> {
        let mut held = vec![false; self.clauses.len()];
        let mut hold = |number: usize| {
            if let Some(held) = held.get_mut(number) {
                *held = true;
            }
        };
        if let (Some(page), false) = (
            self.index.page(self.documents.page(document)),
            words.is_empty(),
        ) {
            let mut reader = self.index.form_reader(page);
            for unit in self.documents.units(document) {
                self.index.units().each_run(unit, |run| {
                    if !in_title(self.index, run.start) {
                        return;
                    }
                    reader.read(run, |_, form| {
                        words.of(form).for_each(&mut hold);
                    });
                });
            }
        }
        for (number, clause) in self.clauses.iter().enumerate() {
            if let (Kind::Phrase(found, _), false) = (&clause.kind, clause.excluded) {
                let start = found.matches.partition_point(|m| m.document < document);
                let here = found.matches.get(start..).unwrap_or_default().iter();
                let mut here = here.take_while(|m| m.document == document);
                if here.any(|m| in_title(self.index, m.start)) {
                    hold(number);
                }
            }
        }
        let held = held.into_iter().enumerate().filter(|(_, held)| *held);
        held.map(|(number, _)| number).collect()
    }

    /// The numbers of clauses and of the words in them, in order.
    fn places(&self) -> Vec<(usize, usize)> {
        let clauses = self.query.clauses.iter().enumerate();
        let words = clauses
            .flat_map(|(number, clause)| (0..clause.words.len()).map(move |word| (number, word)));
        words.collect()
    }

    /// A document with its matches; `words` are those that must match.
    fn document(&self, scored: &Scored, words: &ClauseWords<'_>) -> DocumentMatch {
        let document = scored.document;
        let mut matches: Vec<(Match, usize)> = Vec::new();
        // With the place of the word among those of all clauses.
        let mut forms: Vec<(u32, FormId)> = Vec::new();
        let places = self.places();
        let place = |clause: usize| places.partition_point(|&(of, _)| of < clause) as u32;
        if !words.is_empty() {
            let words = phrase::words_in(self.index, &self.documents, document, words);
            matches.extend(words.iter().map(|&(m, number, _)| (m, number)));
            forms.extend(words.iter().map(|&(_, number, form)| (place(number), form)));
        }
        for (number, clause) in self.clauses.iter().enumerate() {
            if let (Kind::Phrase(found, width), false) = (&clause.kind, clause.excluded) {
                let start = found.matches.partition_point(|m| m.document < document);
                let here = found.matches.get(start..).unwrap_or_default().iter();
                let here = here.take_while(|m| m.document == document);
                let rows = found.forms.chunks_exact((*width).max(1)).skip(start);
                for (&m, row) in here.zip(rows) {
                    matches.push((m, number));
                    forms.extend((place(number)..).zip(row.iter().copied()));
                }
            }
        }
        if !matches.is_sorted() {
            matches.arrange();
        }
        matches.dedup_by_key(|&mut (m, _)| m);
        sort_pairs(
            &mut forms,
            |(place, FormId(form))| u64::from(place) << 32 | u64::from(form),
            |both| ((both >> 32) as u32, FormId(both as u32)),
        );
        let groups = forms.chunk_by(|a, b| a == b);
        let counted = groups.filter_map(|group| {
            let &(place, form) = group.first()?;
            let &(clause, word) = places.get(place as usize)?;
            Some(MatchedForm {
                clause,
                word,
                form,
                count: group.len(),
            })
        });
        DocumentMatch {
            document,
            score: scored.score,
            matches,
            forms: counted.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Lens;
    use crate::index::{Index, Scope};
    use crate::parse::Page;
    use crate::search::{Query, Search};

    #[test]
    fn what_is_found_without_a_clause_is_what_a_search_without_it_finds() {
        let mut index = Index::default();
        let texts = [
            "كيم في موسكو",
            "بوتين في بكين",
            "كيم وبوتين",
            "شي في بكين",
            "ماكرون",
        ];
        for (n, text) in (0u8..).zip(texts) {
            let page = Page::from_article("page", &[n], "", text);
            index.add(page, false).expect("new");
        }
        index.refresh();
        let search = Search::new(&index);
        let (mut some, mut none) = (0, 0);
        for query in [
            "كيم موسكو بكين",
            "كيم بوتين بكين شي",
            "كيم بكين",
            "في شي كيم",
            "كيم في -موسكو",
            "شي بكين -في",
            "«في_بكين» شي كيم",
            "كيم موسكو",
        ] {
            let parts: Vec<String> = query
                .split(' ')
                .map(|part| part.replace('_', " "))
                .collect();
            let whole = Query::parse(&parts.join(" "));
            let found = search.found_without(&whole, Lens::Clitics, Scope::Articles);
            let required = parts.iter().filter(|part| !part.starts_with('-'));
            assert_eq!(found.len(), required.clone().count(), "{query}");
            for (part, found) in required.zip(found) {
                let others = parts.iter().filter(|other| *other != part);
                let others: Vec<&str> = others.map(String::as_str).collect();
                let others = Query::parse(&others.join(" "));
                let expected = search.totals(&others, Lens::Clitics, Scope::Articles).1 > 0;
                // Where nothing is left there is nothing to search for.
                if others.asks() {
                    assert_eq!(found, expected, "{query} without {part}");
                    (some, none) = (some + usize::from(found), none + usize::from(!found));
                }
            }
        }
        assert!(some > 3 && none > 3, "{some} {none}");
    }
}
