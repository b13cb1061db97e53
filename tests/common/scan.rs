//! A search without an index: every token is compared with every word of the query.

use kashshaf::analysis::Lens;
use kashshaf::analysis::clitics::{Evidence, strip_proclitics};
use kashshaf::analysis::fold::{letters_key, marks_key};
use kashshaf::index::Scope;
use kashshaf::parse::{Page, PartKind, Role};
use kashshaf::search::bm25::{B, K1};
use kashshaf::text::sentence::ends_sentence;
use kashshaf::text::{ByteSpan, tokenize};
use std::collections::{BTreeMap, BTreeSet};

/// One word of a query.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) word: String,
    pub(super) is_prefix: bool,
}

/// A word, a prefix or a phrase.
#[derive(Clone, Debug)]
pub(super) struct AskedClause {
    pub(super) excluded: bool,
    pub(super) words: Vec<Asked>,
}

/// A token as the scan sees it.
pub(super) struct Seen {
    form: String,
    /// Beside each lens, strictest first.
    keys: [String; 4],
    page: usize,
    /// Article among all articles.
    article: Option<usize>,
    /// No phrase runs over the gap before it.
    pub(super) after_border: bool,
}

/// Pages and nothing made from them but a list of tokens.
pub(super) struct Scan {
    /// Running words of each letters key, and those of them that begin with a hamza on alef.
    counts: BTreeMap<String, (u64, u64)>,
    pages: Vec<Page>,
    pub(super) tokens: Vec<Seen>,
    /// Role and number of tokens of each article.
    articles: Vec<(Role, usize)>,
}

impl Scan {
    pub(super) fn new(pages: Vec<Page>) -> Self {
        let (mut tokens, mut articles) = (Vec::new(), Vec::new());
        for (number, page) in pages.iter().enumerate() {
            let first = articles.len();
            articles.extend(page.articles.iter().map(|article| (article.role, 0)));
            let spans: Vec<ByteSpan> = tokenize(&page.text).map(|token| token.span).collect();
            let part_of = |span: &ByteSpan| {
                page.parts
                    .iter()
                    .position(|part| part.span.end > span.start)
                    .expect("parts cover all")
            };
            for (at, span) in spans.iter().enumerate() {
                let part = &page.parts[part_of(span)];
                let in_text = matches!(part.kind, PartKind::Title | PartKind::Body);
                let article = part.article.filter(|_| in_text && part.span.contains(span));
                let article = article.map(|article| first + article);
                if let Some(article) = article {
                    articles[article].1 += 1;
                }
                let after_border = at.checked_sub(1).is_none_or(|before| {
                    let there = &page.parts[part_of(&spans[before])];
                    let gap = ByteSpan {
                        start: spans[before].end,
                        end: span.start,
                    }
                    .of(&page.text);
                    let goes_on = there.kind == PartKind::Body
                        && part.kind == PartKind::Body
                        && gap.matches('\n').count() == 1
                        && !ends_sentence(
                            spans[before].of(&page.text),
                            gap.split('\n').next().unwrap_or_default(),
                        );
                    there.span != part.span && !goes_on
                });
                let form = span.of(&page.text).to_owned();
                tokens.push(Seen {
                    form,
                    keys: Default::default(),
                    page: number,
                    article,
                    after_border,
                });
            }
        }
        let mut scan = Self {
            counts: BTreeMap::new(),
            pages,
            tokens,
            articles,
        };
        for token in &scan.tokens {
            let counts = scan.counts.entry(letters_key(&token.form)).or_default();
            counts.0 += 1;
            counts.1 += u64::from(token.form.starts_with(['أ', 'إ', 'آ']));
        }
        let keys = |token: &Seen| Lens::ALL.map(|lens| scan.key(&token.form, lens));
        let keys: Vec<_> = scan.tokens.iter().map(keys).collect();
        for (token, keys) in scan.tokens.iter_mut().zip(keys) {
            token.keys = keys;
        }
        scan
    }

    /// What a word is compared by.
    fn key(&self, word: &str, lens: Lens) -> String {
        match lens {
            Lens::Exact => word.to_owned(),
            Lens::Marks => marks_key(word),
            Lens::Letters => letters_key(word),
            Lens::Clitics => strip_proclitics(&letters_key(word), self).to_owned(),
        }
    }

    /// What a word of a query is compared by: one key of these.
    fn asked_keys(&self, asked: &Asked, lens: Lens) -> Vec<String> {
        if lens != Lens::Clitics {
            return vec![self.key(&asked.word, lens)];
        }
        let letters = letters_key(&asked.word);
        if asked.is_prefix {
            // The start of a word loses its article alone; the word as written may also begin so.
            let bare = letters
                .strip_prefix("ال")
                .filter(|rest| rest.chars().count() >= 2);
            return vec![bare.unwrap_or(&letters).to_owned(), letters.clone()];
        }
        let base = strip_proclitics(&letters, self).to_owned();
        if self
            .tokens
            .iter()
            .any(|token| token.keys[lens as usize] == base)
        {
            return vec![base];
        }
        // A word that never stands bare is looked for behind every proclitic.
        let prepositions = ["", "ب", "ل", "ك", "س", "ال", "بال", "كال", "لل"];
        let written = ["", "و", "ف"].iter().flat_map(|conjunction| {
            prepositions
                .iter()
                .map(move |preposition| format!("{conjunction}{preposition}"))
        });
        written
            .map(|proclitics| format!("{proclitics}{base}"))
            .collect()
    }

    /// The document of the tokens `start..end`, if they stand in one.
    fn document(&self, start: usize, end: usize, scope: Scope) -> Option<usize> {
        let tokens = &self.tokens[start..end];
        let joined = tokens.iter().skip(1).all(|token| !token.after_border);
        let document = |token: &Seen| match scope {
            Scope::Pages => Some(token.page),
            Scope::Articles => token.article,
            Scope::Main => token
                .article
                .filter(|&article| self.articles[article].0 == Role::Main),
        };
        let first = document(&tokens[0])?;
        (joined && tokens.iter().all(|token| document(token) == Some(first))).then_some(first)
    }

    /// Tokens of every document of a scope, by number.
    fn lengths(&self, scope: Scope) -> BTreeMap<usize, usize> {
        match scope {
            Scope::Pages => (0..self.pages.len())
                .map(|page| (page, self.tokens.iter().filter(|t| t.page == page).count()))
                .collect(),
            Scope::Main | Scope::Articles => (0..self.articles.len())
                .filter(|&at| scope == Scope::Articles || self.articles[at].0 == Role::Main)
                .map(|at| (at, self.articles[at].1))
                .collect(),
        }
    }

    /// Where a clause stands: document, first token, number of tokens.
    fn find(&self, clause: &AskedClause, lens: Lens, scope: Scope) -> Vec<(usize, usize, usize)> {
        let length = clause.words.len();
        let keys: Vec<(Vec<String>, bool)> = clause
            .words
            .iter()
            .map(|asked| (self.asked_keys(asked, lens), asked.is_prefix))
            .collect();
        let is_match = |(keys, is_prefix): &(Vec<String>, bool), token: &Seen| {
            let have = &token.keys[lens as usize];
            let written = &token.keys[lens.min(Lens::Letters) as usize];
            let begins = |key: Option<&String>, have: &String| {
                key.is_some_and(|key| have.starts_with(key.as_str()))
            };
            if *is_prefix {
                begins(keys.first(), have) || begins(keys.last(), written)
            } else {
                keys.contains(have)
            }
        };
        (0..(self.tokens.len() + 1).saturating_sub(length))
            .filter(|&start| {
                let tokens = &self.tokens[start..start + length];
                keys.iter()
                    .zip(tokens)
                    .all(|(key, token)| is_match(key, token))
            })
            .filter_map(|start| Some((self.document(start, start + length, scope)?, start, length)))
            .collect()
    }

    /// Documents with their hits and scores.
    pub(super) fn search(
        &self,
        query: &[AskedClause],
        lens: Lens,
        scope: Scope,
    ) -> BTreeMap<usize, Hits> {
        let lengths = self.lengths(scope);
        let average = lengths.values().sum::<usize>() as f64 / lengths.len().max(1) as f64;
        let found: Vec<_> = query
            .iter()
            .map(|clause| self.find(clause, lens, scope))
            .collect();
        let mut documents = BTreeMap::new();
        for (&document, &length) in &lengths {
            let mut hits = Hits::default();
            let (mut all, mut required) = (true, 0);
            for (clause, found) in query.iter().zip(&found) {
                let here = found.iter().filter(|(there, ..)| *there == document);
                let frequency = here.clone().count() as f64;
                if clause.excluded {
                    all &= frequency == 0.0;
                    continue;
                }
                required += 1;
                all &= frequency > 0.0;
                hits.places
                    .extend(here.map(|&(_, start, length)| (start, length)));
                let holders: BTreeSet<usize> = found.iter().map(|(there, ..)| *there).collect();
                let (n, df) = (lengths.len() as f64, holders.len() as f64);
                let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
                let held_back = 1.0 - B + B * length as f64 / average;
                hits.score += idf * frequency / (frequency + K1 * held_back);
            }
            if all && required > 0 {
                documents.insert(document, hits);
            }
        }
        documents
    }
}

/// What one document holds.
#[derive(Default)]
pub(super) struct Hits {
    /// First token and number of tokens, each place once.
    pub(super) places: BTreeSet<(usize, usize)>,
    pub(super) score: f64,
}

/// The evidence of the clitics lens.
impl Evidence for Scan {
    fn frequency(&self, key: &str) -> u64 {
        self.counts.get(key).map_or(0, |counts| counts.0)
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        self.counts
            .get(key)
            .is_some_and(|(all, with_hamza)| with_hamza * 2 > *all)
    }
}
