//! Arabic names for the Latin words of a query.

use crate::analysis::Lens;
use crate::analysis::names::Channel;
use crate::api::{Explorer, NameReply};
use crate::index::Scope;
use crate::search::form_names::is_latin;
use crate::search::{Query, Search};

/// Names offered for one word.
const FOR_A_WORD: usize = 3;

/// Words of a query that names are looked for.
const WORDS: usize = 6;

impl Explorer {
    /// For each Latin word of a query, forms of the corpus that it may be the
    /// name of; where there are several, first the query with all of them
    /// replaced. Only queries that find something are offered.
    pub(in crate::api) fn names(
        &mut self,
        text: &str,
        query: &Query,
        lens: Lens,
        scope: Scope,
    ) -> Vec<NameReply> {
        let clauses = query.required().flat_map(|clause| &clause.words);
        let words: Vec<&str> = clauses
            .map(|word| word.text.as_str())
            .filter(|word| is_latin(word))
            .take(WORDS)
            .collect();
        if words.is_empty() || self.index.is_in_parts() {
            return Vec::new();
        }
        let names = self.fresh_form_names();
        let lexicon = self.index.lexicon();
        let found: Vec<(&str, Vec<(String, f32)>)> = words
            .iter()
            .map(|&word| {
                let found = names.find(Channel::shipped(), word, FOR_A_WORD);
                let named = found
                    .iter()
                    .map(|found| (lexicon.form(found.form).to_owned(), found.share));
                (word, named.collect())
            })
            .collect();
        self.form_names = Some(names);

        let mut totals_of = Search::new(&self.index).totals_of_each(lens, scope);
        let mut replies = Vec::new();
        let mut offer = |word: String, form: String, share: f32, rewritten: String| {
            let mut asked = Query::parse(&rewritten);
            asked.apart = query.apart;
            let (hits, documents) = totals_of(&asked);
            if hits > 0 {
                replies.push(NameReply {
                    word,
                    form,
                    share,
                    query: rewritten,
                    hits,
                    documents,
                });
            }
        };
        let firsts: Vec<(&str, &(String, f32))> = found
            .iter()
            .filter_map(|(word, named)| Some((*word, named.first()?)))
            .collect();
        if firsts.len() > 1 {
            let join = |parts: Vec<&str>| parts.join(" ");
            let rewritten = firsts
                .iter()
                .fold(text.to_owned(), |text, (word, (form, _))| {
                    replaced(&text, word, form)
                });
            offer(
                join(firsts.iter().map(|(word, _)| *word).collect()),
                join(firsts.iter().map(|(_, (form, _))| form.as_str()).collect()),
                firsts.iter().map(|(_, (_, share))| share).product(),
                rewritten,
            );
        }
        for (word, named) in &found {
            for (form, share) in named {
                offer(
                    (*word).to_owned(),
                    form.clone(),
                    *share,
                    replaced(text, word, form),
                );
            }
        }
        replies
    }
}

/// The query with the first occurrence of a word as a whole replaced.
pub(in crate::api) fn replaced(query: &str, word: &str, form: &str) -> String {
    let is_part = |c: char| c.is_alphabetic();
    let place = query.match_indices(word).find(|(at, _)| {
        let (before, rest) = query.split_at(*at);
        let after = rest.strip_prefix(word).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
    });
    place.map_or_else(
        || query.to_owned(),
        |(at, _)| {
            let (before, rest) = query.split_at(at);
            let after = rest.strip_prefix(word).unwrap_or_default();
            format!("{before}{form}{after}")
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_replaced_as_a_whole() {
        let cases = [
            ("un", "Jong Un un", "Jong Un X"),
            ("Kim", "«Kimberley Kim»", "«Kimberley X»"),
            ("Kim", "Kimberley", "Kimberley"),
        ];
        for (word, query, expected) in cases {
            assert_eq!(replaced(query, word, "X"), expected);
        }
    }
}
