//! What searches need beside the index: made when first asked for, or in steps between requests.

use super::Explorer;
use crate::entities::EntityLayer;
use crate::index::{Index, Scope, Views};
use crate::search::bag_ranking::BagRanking;
use crate::search::columns::{Columns, Facet, Values};
use crate::search::completions::Completions;
use std::sync::Arc;

/// Pages, words or forms that one step takes.
const STEP: usize = 2_000;

/// The bags of so many words are taken within a tenth of a second: about 1,000 articles.
const FEW_WORDS: usize = 60_000;

/// What was made for one state of the corpus.
#[derive(Debug, Default)]
pub(super) struct Caches {
    /// Pages the index had.
    pages: usize,
    pub(super) columns: Columns,
    pub(super) bags: Option<BagRanking>,
    /// Whether the words have been put in the order of the completions.
    has_order: bool,
    pub(super) completions: Option<Completions>,
}

impl Explorer {
    /// Does some of the work that searches need, so that the first of them need
    /// not wait for it; says whether all is done.
    pub fn prepare(&mut self) -> bool {
        if self.index.is_in_parts() {
            return true;
        }
        self.fresh_caches();
        let (index, caches) = (&self.index, &mut self.caches);
        if caches.bags.is_none() {
            caches.bags = BagRanking::begin(index, Scope::default());
        }
        let is_ready = caches
            .bags
            .as_mut()
            .is_none_or(|bags| bags.prepare(index, STEP));
        if !is_ready {
            return false;
        }
        if caches.completions.is_none() {
            // They stand in an order that is made in a step of its own.
            if std::mem::replace(&mut caches.has_order, true) {
                caches.completions = Some(Completions::new(index));
            } else {
                index.views().map(Views::by_letters);
            }
            return false;
        }
        caches.columns.prepare(index, STEP / 10)
    }

    /// Drops what was made for an earlier state of the corpus.
    fn fresh_caches(&mut self) {
        let pages = self.fresh_index().pages().len();
        if self.caches.pages != pages {
            self.caches = Caches {
                pages,
                ..Caches::default()
            };
        }
    }

    /// Completes the columns, but for the entities; of a corpus in parts, those of some facets. Says whether they are there.
    pub(super) fn fresh_columns(&mut self, facets: &[Facet]) -> bool {
        self.fresh_caches();
        if !self.index.is_in_parts() {
            return self.caches.columns.prepare(&self.index, usize::MAX);
        }
        let columns = facets.iter().filter_map(|facet| facet.column());
        let mut are_there = true;
        for (columns, is_there) in columns.filter_map(|column| self.index.written_columns(column)) {
            self.caches.columns.stated = Arc::clone(columns);
            are_there &= is_there;
        }
        are_there
    }

    /// Adds the entities to the columns, where they have been looked for.
    pub(super) fn fresh_entity_column(&mut self) {
        self.link_found();
        let layer = self.linked_entities();
        let values = layer.map(|layer| entity_values(&self.index, layer));
        self.caches.columns.entities = values;
    }

    /// Whether the bags are ready, or so few that nobody waits for them.
    pub(super) fn has_bags(&mut self) -> bool {
        self.fresh_caches();
        let words = self.index.views().map_or(0, Views::len);
        words <= FEW_WORDS || self.caches.bags.as_ref().is_some_and(BagRanking::is_ready)
    }

    /// Completes the bags for a scope.
    pub(super) fn fresh_bags(&mut self, scope: Scope) {
        self.fresh_caches();
        let (index, bags) = (&self.index, &mut self.caches.bags);
        if bags.is_none() {
            *bags = BagRanking::begin(index, scope);
        }
        let Some(bags) = bags else { return };
        bags.set_scope(index, scope);
        while !bags.prepare(index, usize::MAX) {}
    }

    /// The completions of the words there are.
    pub(super) fn fresh_completions(&mut self) {
        self.fresh_caches();
        let index = &self.index;
        // Parts bring words while the pages stay the same.
        let views = index.views();
        let completions = &mut self.caches.completions;
        completions.take_if(|known| views.is_some_and(|views| known.is_stale(views)));
        completions.get_or_insert_with(|| Completions::new(index));
    }
}

/// The ids of the entities that each article mentions.
fn entity_values(index: &Index, layer: &EntityLayer) -> Values {
    let mut values = Values::default();
    for page in index.pages() {
        let mentions = layer.mentions_of_page(page.number.0);
        for article in page.articles.clone() {
            let article = Some(article);
            let here = mentions.iter().filter(|mention| mention.article == article);
            let entities = here.filter_map(|mention| layer.entity(mention.entity));
            values.push(entities.map(|entity| entity.id.as_str()));
        }
    }
    values
}
