//! The overview reply: what the corpus is.

use super::entities::{entity_row, summaries};
use super::explorer::{page_info, words_by_group};
use super::request::{OverviewRequest, limit, scope, skip};
use super::{CorpusTotals, EntityRow, Error, Explorer, OverviewReply, Versions};
use crate::entities::{EntityLayer, EntitySummary, EntityType};
use crate::index::Index;
use crate::parse::{PARSER_VERSION, Role};
use crate::sorting::Arrange;
use crate::text::TOKENIZER_VERSION;

/// Pages in a reply when the request does not say.
const DEFAULT_PAGES: usize = 50;

/// Entities of each type shown first.
const TOP: usize = 8;

impl Explorer {
    /// Describes the corpus.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown scope.
    pub fn overview(&mut self, request: &OverviewRequest) -> Result<OverviewReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let limit = limit(request.limit, DEFAULT_PAGES)?;
        let offset = skip("offset", request.offset)?;
        let (index, layers) = self.with_names_so_far()?;
        let unread = EntityLayer::default();
        let layer = layers.map_or(&unread, |layers| &layers.entities);
        let rows = summaries(index, layer, scope);
        let top = |kind| top(layer, &rows, kind);
        let all = index.pages();
        let shown = all.iter().skip(offset).take(limit);
        let role = |role| {
            index
                .articles()
                .iter()
                .filter(|article| article.role == role)
                .count()
        };
        let dates = dates(index);
        let totals = CorpusTotals {
            pages: all.len(),
            main_articles: role(Role::Main),
            embedded_articles: role(Role::Embedded),
            pages_without_article: all.iter().filter(|page| page.articles.is_empty()).count(),
            words: index.token_count() as usize,
            forms: index.lexicon().len(),
            bytes: all.iter().map(|page| page.page.source_bytes).sum(),
        };
        Ok(OverviewReply {
            fingerprint: index.fingerprint(),
            versions: Versions {
                engine: env!("CARGO_PKG_VERSION"),
                parser: PARSER_VERSION,
                tokenizer: TOKENIZER_VERSION,
            },
            totals,
            words_by_group: words_by_group(index, index.pages()),
            dated: dates.len(),
            undated: index.articles().len() - dates.len(),
            earliest: dates.iter().min().cloned(),
            latest: dates.iter().max().cloned(),
            outlets: outlets(index),
            people: top(EntityType::Person),
            places: top(EntityType::Place),
            organisations: top(EntityType::Organisation),
            examples: examples(layer, &rows),
            annotated: layers.is_some(),
            pages: shown.map(|page| page_info(index, page)).collect(),
        })
    }
}

fn top(layer: &EntityLayer, rows: &[EntitySummary], kind: EntityType) -> Vec<EntityRow> {
    let of_type = rows.iter().filter_map(|row| entity_row(layer, row));
    of_type
        .filter(|row| row.kind == kind.name())
        .take(TOP)
        .collect()
}

fn dates(index: &Index) -> Vec<String> {
    let mut dates = Vec::new();
    for page in index.pages() {
        let facts = index.facts(page);
        let articles = 0..page.page.articles.len();
        dates.extend(articles.filter_map(|article| Some(facts.day_of(article)?.to_string())));
    }
    dates
}

/// Outlets by the number of articles that name them, most first.
fn outlets(index: &Index) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for page in index.pages() {
        let facts = index.facts(page);
        names.extend((0..page.page.articles.len()).flat_map(|article| facts.outlets_of(article)));
    }
    names.arrange();
    for group in names.chunk_by(|a, b| a == b) {
        counts.extend(group.first().map(|name| (name.clone(), group.len())));
    }
    counts.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// Queries to try, each in another form of the query language, made from what
/// the corpus speaks of most.
fn examples(layer: &EntityLayer, rows: &[EntitySummary]) -> Vec<String> {
    let spellings = |kind: EntityType| {
        let of_type = move |row: &&EntitySummary| {
            layer
                .entity(row.entity)
                .is_some_and(|entity| entity.kind == kind)
        };
        let most_written = move |row: &EntitySummary| {
            let spellings = layer.spellings_of(row.entity, |_| Some(0));
            spellings
                .first()
                .map(|(spelling, _)| (*spelling).to_owned())
        };
        rows.iter()
            .filter(of_type)
            .take(6)
            .filter_map(most_written)
            .collect::<Vec<_>>()
    };
    let (people, places) = (spellings(EntityType::Person), spellings(EntityType::Place));
    let organisations = spellings(EntityType::Organisation);
    let mut examples: Vec<String> = Vec::new();
    examples.extend(people.first().cloned());
    if let [first, second, ..] = people.as_slice() {
        examples.push(format!("{first} {second}"));
    }
    let phrase = places
        .iter()
        .chain(&organisations)
        .find(|name| name.contains(' '));
    examples.extend(phrase.map(|phrase| format!("«{phrase}»")));
    if let (Some(place), Some(person)) = (places.first(), people.get(2).or(people.first())) {
        examples.push(format!(
            "{place} -{}",
            person.split(' ').next().unwrap_or(person)
        ));
    }
    // The name of a country without its last letter begins the words made from it: روسي* finds الروسية.
    let word = places
        .iter()
        .find(|name| name.chars().count() >= 5 && !name.contains(' '));
    examples.extend(word.and_then(|word| {
        let (last, _) = word.char_indices().next_back()?;
        Some(format!("{}*", word.get(..last)?))
    }));
    examples.dedup();
    examples
}
