//! What stands around a search: how much the same query finds under other lenses and in other
//! scopes; where it finds little, documents like those sought; where it finds nothing, ways on: each is a search
//! that finds something.

use crate::analysis::Lens;
use crate::analysis::fold::letters_key;
use crate::api::request::SearchRequest;
use crate::api::searching::names::replaced;
use crate::api::searching::search::{Asked, Ranking, SIMILAR, document_hit};
use crate::api::{AroundReply, Error, Explorer, Totals, WayReply};
use crate::index::{Documents, Scope};
use crate::search::completions::corrections;
use crate::search::query::WordKind;
use crate::search::{Clause, ClauseKind, Keep, Query, Search, TotalsAround};

/// Ways of one kind.
const OF_A_KIND: usize = 3;

/// Clauses of a query whose omission is tried.
const CLAUSES: usize = 8;

impl Explorer {
    /// How much a search finds under other lenses and in other scopes, similar documents where it finds
    /// few, and ways on where it finds nothing. To be asked after the search itself, which does not wait for it.
    ///
    /// # Errors
    /// As [`Explorer::search`].
    pub fn around(&mut self, request: &SearchRequest) -> Result<AroundReply, Error> {
        self.with_parts(|explorer| explorer.found_around(request))
    }

    fn found_around(&mut self, request: &SearchRequest) -> Result<AroundReply, Error> {
        let asked = self.understand(request)?;
        let columns = &self.caches.columns;
        let keep =
            |documents: &Documents<'_>, document| asked.filters.keep(columns, documents, document);
        let keep: Option<&Keep<'_>> = (!asked.filters.is_empty()).then_some(&keep);
        let search = Search::new(&self.index);
        let around = search.totals_around(&asked.query, asked.lens, asked.scope, keep);
        let (by_lens, by_scope) = &around;
        let own = by_lens.iter().find(|&&(lens, _)| lens == asked.lens);
        let documents = own.map_or(0, |&(_, (_, documents))| documents);
        let similar = if documents < SIMILAR && asked.ranking == Ranking::Bags {
            self.similar(&asked, keep)
        } else {
            Vec::new()
        };
        let ways = if documents == 0 && !self.index.is_in_parts() {
            self.ways(&request.query, &asked, &around)
        } else {
            Vec::new()
        };
        let counted = |(hits, documents)| Totals { hits, documents };
        let by_lens = by_lens.iter();
        let by_scope = Scope::ALL.iter().zip(by_scope);
        Ok(AroundReply {
            by_lens: by_lens
                .map(|&(lens, totals)| (lens.name(), counted(totals)))
                .collect(),
            by_scope: by_scope
                .map(|(scope, &totals)| (scope.name(), counted(totals)))
                .collect(),
            ways,
            similar: similar
                .iter()
                .filter_map(|document| document_hit(&self.index, asked.scope, document))
                .collect(),
        })
    }

    /// Searches that find something where this one finds nothing, nearest to it
    /// first. Filters are left out of all of them.
    fn ways(&self, text: &str, asked: &Asked, (by_lens, by_scope): &TotalsAround) -> Vec<WayReply> {
        let search = Search::new(&self.index);
        let mut ways: Vec<WayReply> = Vec::new();
        let mut offer = |kind, piece: &str, query: String, lens: Lens, scope: Scope| {
            if ways.iter().filter(|way| way.kind == kind).count() >= OF_A_KIND {
                return false;
            }
            let (hits, documents) = search.totals(&Query::parse(&query), lens, scope);
            if hits == 0 {
                return false;
            }
            ways.push(WayReply {
                kind,
                text: piece.to_owned(),
                query,
                lens: lens.name(),
                scope: scope.name(),
                hits,
                documents,
            });
            true
        };
        let (lens, scope) = (asked.lens, asked.scope);
        if !asked.filters.is_empty() {
            offer("no-filters", "", text.to_owned(), lens, scope);
        }
        for (word, forms) in self.unknown_words(asked) {
            for form in forms {
                let query = replaced(text, &word, &form);
                offer("spelling", &form, query, lens, scope);
            }
        }
        let of_lens = by_lens.iter();
        let mut looser = of_lens.filter(|&&(other, (hits, _))| other > lens && hits > 0);
        if let Some(&(looser, _)) = looser.next() {
            offer("lens", "", text.to_owned(), looser, scope);
        }
        let of_scope = Scope::ALL.into_iter().zip(by_scope);
        let wider = of_scope.filter(|&(other, &(hits, _))| other > scope && hits > 0);
        if let Some((wider, _)) = wider.min_by_key(|&(other, _)| other) {
            offer("scope", "", text.to_owned(), lens, wider);
        }
        // Parts can be left out of what is a list of parts.
        if asked.query.is_list() {
            without_parts(search, asked, &mut offer);
        }
        let mut totals = by_lens.iter().map(|(_, totals)| totals).chain(by_scope);
        if !totals.any(|&(hits, _)| hits > 0) {
            let looser = [Lens::Clitics, Lens::Stem, Lens::Similar].into_iter();
            for looser in looser.filter(|&looser| looser > lens) {
                if offer("lens-scope", "", text.to_owned(), looser, Scope::Pages) {
                    break;
                }
            }
        }
        ways
    }

    /// The words that must be found and stand nowhere in the scope, with what they may be misspellings of.
    fn unknown_words(&self, asked: &Asked) -> Vec<(String, Vec<String>)> {
        let search = Search::new(&self.index);
        let words = asked.query.required().flat_map(|clause| &clause.words);
        let exact = words.filter(|word| word.kind == WordKind::Plain);
        let unknown = exact.filter(|word| {
            let alone = Query::parse(&word.text);
            search.totals(&alone, asked.lens, asked.scope).0 == 0
        });
        unknown
            .take(OF_A_KIND)
            .map(|word| {
                let key = letters_key(&word.text);
                (word.text.clone(), corrections(&self.index, &key, OF_A_KIND))
            })
            .collect()
    }
}

/// Offers a list of clauses without some part of it.
fn without_parts(
    search: Search<'_>,
    asked: &Asked,
    offer: &mut dyn FnMut(&'static str, &str, String, Lens, Scope) -> bool,
) {
    let (lens, scope) = (asked.lens, asked.scope);
    let clauses = &asked.query.clauses;
    if clauses.iter().any(|clause| clause.excluded) {
        let required = asked.query.required().map(written);
        offer("no-exclusions", "", join(required), lens, scope);
    }
    let is_phrase = |clause: &Clause| clause.kind == ClauseKind::Phrase && !clause.excluded;
    if clauses.iter().any(is_phrase) {
        let loosened = clauses.iter().map(|clause| {
            if is_phrase(clause) {
                join(clause.words.iter().map(|word| word.text.clone()))
            } else {
                written(clause)
            }
        });
        offer("phrase-words", "", join(loosened), lens, scope);
    }
    let required: Vec<&Clause> = asked.query.required().take(CLAUSES).collect();
    if required.len() > 1 {
        // Most leave nothing, and of all of them that is told by one look at the documents.
        let whole = Query::parse(&join(clauses.iter().map(written)));
        let found = search.found_without(&whole, lens, scope);
        let mut found_one = false;
        let dropped = required.iter().zip(found).filter(|(_, found)| *found);
        for (dropped, _) in dropped {
            let others = clauses
                .iter()
                .filter(|clause| clause != dropped)
                .map(written);
            found_one |= offer("fewer", &written(dropped), join(others), lens, scope);
        }
        if !found_one {
            for clause in &required {
                offer("alone", "", written(clause), lens, scope);
            }
        }
    }
}

/// A clause as it is typed.
fn written(clause: &Clause) -> String {
    let minus = if clause.excluded { "-" } else { "" };
    let exact = match clause.words.as_slice() {
        [word] if word.lens == Some(Lens::Exact) && !clause.text.starts_with('=') => "=",
        _ => "",
    };
    match clause.kind {
        ClauseKind::Phrase => format!("{minus}«{}»", clause.text),
        _ => format!("{minus}{exact}{}", clause.text),
    }
}

fn join(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(" ")
}
