//! The overview reply: what the corpus is.

use crate::api::explorer::{page_info, words_by_group};
use crate::api::naming::entities::{entity_row, summaries};
use crate::api::request::{OverviewRequest, limit, scope, skip};
use crate::api::{CorpusTotals, EntityRow, Error, Explorer, OverviewReply, Versions};
use crate::entities::{EntityLayer, EntitySummary, EntityType};
use crate::index::{CorpusFacts, PageId, Scope};
use crate::parse::{PARSER_VERSION, Role};
use crate::text::TOKENIZER_VERSION;
use std::ops::Range;

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
        let default = if self.index.is_in_parts() {
            0
        } else {
            DEFAULT_PAGES
        };
        let limit = limit(request.limit, default)?;
        let offset = skip("offset", request.offset)?;
        self.with_parts(|explorer| explorer.described(scope, offset..offset.saturating_add(limit)))
    }

    fn described(&mut self, scope: Scope, pages: Range<usize>) -> Result<OverviewReply, Error> {
        let (index, layers) = if self.index.is_in_parts() {
            (self.fresh_index(), None)
        } else {
            self.with_names_so_far()?
        };
        let unread = EntityLayer::default();
        let layer = layers.map_or(&unread, |layers| &layers.entities);
        let rows = summaries(index, layer, scope);
        let top = |kind| top(layer, &rows, kind);
        let all = index.pages();
        let shown = (pages.start..pages.end.min(all.len()))
            .filter_map(|number| index.page(PageId(u32::try_from(number).ok()?)));
        let role = |role| {
            index
                .articles()
                .iter()
                .filter(|article| article.role == role)
                .count()
        };
        let facts = CorpusFacts::of(index);
        let totals = CorpusTotals {
            pages: all.len(),
            main_articles: role(Role::Main),
            embedded_articles: role(Role::Embedded),
            pages_without_article: all.iter().filter(|page| page.articles.is_empty()).count(),
            words: index.token_count() as usize,
            forms: facts.forms,
            bytes: usize::try_from(facts.source_bytes).unwrap_or(usize::MAX),
        };
        Ok(OverviewReply {
            fingerprint: index.fingerprint(),
            versions: Versions {
                engine: env!("CARGO_PKG_VERSION"),
                parser: PARSER_VERSION,
                tokenizer: TOKENIZER_VERSION,
            },
            totals,
            words_by_group: words_by_group(&facts.words_by_group, index.articles()),
            dated: facts.dated,
            undated: index.articles().len().saturating_sub(facts.dated),
            earliest: facts.days.as_ref().map(|(first, _)| first.clone()),
            latest: facts.days.map(|(_, last)| last),
            outlets: facts.outlets,
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
            let spellings = layer.spellings_of(row.entity, &|_| Some(0));
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
