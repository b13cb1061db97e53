//! A search without an index: every token is compared with every word of the query.

use kashshaf::analysis::Lens;
use kashshaf::analysis::clitics::{Evidence, strip_proclitics};
use kashshaf::analysis::fold::{letters_key, marks_key};
use kashshaf::analysis::stem::{Bases, stem};
use kashshaf::index::Scope;
use kashshaf::parse::{Page, PartKind, Role};
use kashshaf::search::bm25::{B, K1};
use kashshaf::search::resemblance::resemblance;
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
    /// Beside each lens but the last, strictest first.
    pub(super) keys: [String; 5],
    page: usize,
    /// Article among all articles.
    article: Option<usize>,
    /// No phrase runs over the gap before it.
    pub(super) after_border: bool,
    /// Stands in the title of an article.
    pub(super) in_title: bool,
}

/// Pages and nothing made from them but a list of tokens.
pub(super) struct Scan {
    /// Running words of each letters key, and those of them that begin with a hamza on alef.
    numbers: BTreeMap<String, u32>,
    counts: Vec<(u64, u64)>,
    /// Running words of what the clitics lens leaves, and those of them that end in ة, begin with أ and with إ.
    bases: BTreeMap<String, [u64; 4]>,
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
                    in_title: article.is_some() && part.kind == PartKind::Title,
                });
            }
        }
        let mut scan = Self {
            numbers: BTreeMap::new(),
            counts: Vec::new(),
            bases: BTreeMap::new(),
            pages,
            tokens,
            articles,
        };
        for token in &scan.tokens {
            let next = u32::try_from(scan.counts.len()).expect("few words");
            let number = *scan.numbers.entry(letters_key(&token.form)).or_insert(next);
            if number == next {
                scan.counts.push((0, 0));
            }
            let counts = &mut scan.counts[number as usize];
            counts.0 += 1;
            counts.1 += u64::from(token.form.starts_with(['أ', 'إ', 'آ']));
        }
        let mut bases: BTreeMap<String, [u64; 4]> = BTreeMap::new();
        for token in &scan.tokens {
            let base = scan.key(&token.form, Lens::Clitics);
            let marks = marks_key(&token.form);
            let own: String = {
                let skipped = marks.chars().count().saturating_sub(base.chars().count());
                marks.chars().skip(skipped).collect()
            };
            let counts = bases.entry(base).or_default();
            counts[0] += 1;
            counts[1] += u64::from(own.ends_with(['ة', 'ۃ']));
            counts[2] += u64::from(own.starts_with('أ'));
            counts[3] += u64::from(own.starts_with('إ'));
        }
        scan.bases = bases;
        let strict = [
            Lens::Exact,
            Lens::Marks,
            Lens::Letters,
            Lens::Clitics,
            Lens::Stem,
        ];
        let keys = |token: &Seen| strict.map(|lens| scan.key(&token.form, lens));
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
            Lens::Stem | Lens::Similar => stem(&self.key(word, Lens::Clitics), self),
        }
    }

    /// How much an occurrence of a token counts for a word that stands alone; `None`: it does not match.
    pub(super) fn share(&self, asked: &Asked, token: &Seen, lens: Lens) -> Option<f64> {
        let has = |lens: Lens| {
            let key = &token.keys[lens as usize];
            let keys = self.asked_keys(asked, lens);
            if !asked.is_prefix {
                return keys.contains(key);
            }
            let written = &token.keys[lens.min(Lens::Letters) as usize];
            let begins = |asked: Option<&String>, key: &String| {
                asked.is_some_and(|asked| key.starts_with(asked.as_str()))
            };
            begins(keys.first(), key) || begins(keys.last(), written)
        };
        if has(lens.min(Lens::Clitics)) {
            return Some(1.0);
        }
        if lens < Lens::Stem || asked.is_prefix {
            return None;
        }
        let own = self.key(&asked.word, Lens::Stem);
        // A stem that the corpus does not have counts as a word of it all the same.
        let with_asked = WithAsked {
            scan: self,
            asked: &own,
        };
        let base = &token.keys[Lens::Clitics as usize];
        let of_token = if self.frequency_of_base(&own) == 0 {
            stem(base, &with_asked)
        } else {
            stem(base, self)
        };
        if of_token == own {
            return Some(1.0);
        }
        let asked_base = self.key(&asked.word, Lens::Clitics);
        let share = resemblance(&asked_base, base)
            .filter(|_| lens == Lens::Similar && asked_base.chars().count() >= 3)?;
        Some(f64::from(share) * f64::from(share))
    }

    fn frequency_of_base(&self, base: &str) -> u64 {
        self.bases.get(base).map_or(0, |counts| counts[0])
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
    pub(super) fn document(&self, start: usize, end: usize, scope: Scope) -> Option<usize> {
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
    pub(super) fn lengths(&self, scope: Scope) -> BTreeMap<usize, usize> {
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
        (0..(self.tokens.len() + 1).saturating_sub(length))
            .filter(|&start| {
                let tokens = &self.tokens[start..start + length];
                let mut words = clause.words.iter().zip(tokens);
                words.all(|(asked, token)| self.share(asked, token, lens).is_some())
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
                let whole = here.clone().count() as f64;
                let frequency = match clause.words.as_slice() {
                    [asked] => here
                        .clone()
                        .filter_map(|&(_, at, _)| self.share(asked, &self.tokens[at], lens))
                        .sum(),
                    _ => whole,
                };
                if clause.excluded {
                    all &= whole == 0.0;
                    continue;
                }
                required += 1;
                all &= whole > 0.0;
                hits.places
                    .extend(here.map(|&(_, start, length)| (start, length)));
                let holders: BTreeSet<usize> = found.iter().map(|(there, ..)| *there).collect();
                let (n, df) = (lengths.len() as f64, holders.len() as f64);
                let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
                let held_back = 1.0 - B + B * rounded(length) as f64 / average;
                hits.score += idf * frequency / (frequency + K1 * held_back);
                // A word that stands there as typed adds a tenth of its idf.
                if let [asked] = clause.words.as_slice() {
                    let is_typed = |token: usize| self.tokens[token].form == asked.word;
                    let places = 0..self.tokens.len();
                    let typed = places.filter(|&at| {
                        is_typed(at) && self.document(at, at + 1, scope) == Some(document)
                    });
                    if !asked.is_prefix && typed.count() > 0 {
                        hits.score += 0.1 * idf;
                    }
                }
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
    fn number(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    fn frequency(&self, number: u32) -> u64 {
        self.counts[number as usize].0
    }

    fn starts_with_hamza(&self, number: u32) -> bool {
        let (all, with_hamza) = self.counts[number as usize];
        with_hamza * 2 > all
    }
}

/// The evidence of the stem lens.
impl Bases for Scan {
    fn frequency(&self, base: &str) -> u64 {
        self.frequency_of_base(base)
    }

    fn ends_in_teh(&self, base: &str) -> bool {
        self.bases
            .get(base)
            .is_some_and(|counts| 2 * counts[1] > counts[0])
    }

    fn hamza_above(&self, base: &str) -> bool {
        self.bases
            .get(base)
            .is_some_and(|counts| counts[2] > counts[3])
    }
}

/// The same where one word more is known.
struct WithAsked<'s> {
    scan: &'s Scan,
    asked: &'s str,
}

impl Bases for WithAsked<'_> {
    fn frequency(&self, base: &str) -> u64 {
        match self.scan.frequency_of_base(base) {
            0 if base == self.asked => u64::MAX,
            known => known,
        }
    }

    fn ends_in_teh(&self, base: &str) -> bool {
        self.scan.ends_in_teh(base)
    }

    fn hamza_above(&self, base: &str) -> bool {
        self.scan.hamza_above(base)
    }
}

/// A length by the four highest bits that it has, as ranking takes it.
fn rounded(length: usize) -> usize {
    let mut unit = 1;
    while length / unit >= 16 {
        unit *= 2;
    }
    length / unit * unit
}
