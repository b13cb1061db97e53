//! The facets of a search: how many of its documents have each value.

use crate::api::request::{SearchRequest, limit};
use crate::api::{Error, Explorer, FacetRow, FacetsReply};
use crate::index::Documents;
use crate::search::columns::{Facet, NONE, count_facets};
use crate::search::results::Results;

/// Values of a facet when the request does not say.
const DEFAULT_VALUES: usize = 12;

/// More months than this are counted by year, those of chosen years apart from that.
const MONTHS: usize = 24;

/// Years in place of months; under a year of which something is chosen, its months.
fn by_year(months: &[FacetRow], chosen: &[String]) -> Vec<FacetRow> {
    let year = |row: &FacetRow| row.value.get(..4).map(ToOwned::to_owned);
    let mut rows: Vec<FacetRow> = Vec::new();
    let groups = months.chunk_by(|a, b| a.value != NONE && b.value != NONE && year(a) == year(b));
    for group in groups {
        let Some(first) = group.first() else { continue };
        let Some(year) = year(first).filter(|_| first.value != NONE) else {
            rows.push(first.clone());
            continue;
        };
        rows.push(FacetRow {
            label: None,
            documents: group.iter().map(|row| row.documents).sum(),
            chosen: chosen.contains(&year),
            value: year.clone(),
        });
        if chosen.iter().any(|value| value.starts_with(&year)) {
            rows.extend_from_slice(group);
        }
    }
    rows
}

impl SearchRequest {
    /// The values chosen of each facet.
    pub(in crate::api) fn chosen(&self) -> [(Facet, &[String]); 4] {
        [
            (Facet::Outlet, &self.outlets),
            (Facet::Date, &self.dates),
            (Facet::Keyword, &self.keywords),
            (Facet::Entity, &self.entities),
        ]
    }
}

impl Explorer {
    /// Counts the documents of a search by outlet, month of publication, keyword
    /// and, where entities have been looked for, entity. Counts are exact, over
    /// all documents; each facet is counted as if nothing were chosen of it.
    /// `limit` is of values of one facet; chosen ones and months are all given.
    ///
    /// # Errors
    /// Those of [`Explorer::search`].
    pub fn facets(&mut self, request: &SearchRequest) -> Result<FacetsReply, Error> {
        self.with_parts(|explorer| explorer.counted(request))
    }

    fn counted(&mut self, request: &SearchRequest) -> Result<FacetsReply, Error> {
        let limit = limit(request.limit, DEFAULT_VALUES)?;
        let mut wanted = Vec::new();
        for name in request.facets.iter().flatten() {
            let mut all = Facet::ALL.into_iter();
            let facet = all.find(|facet| facet.name() == name);
            wanted.push(facet.ok_or_else(|| Error::BadRequest {
                field: "facets".to_owned(),
                found: name.clone(),
                allowed: Facet::ALL.map(Facet::name).join(", "),
            })?);
        }
        if request.facets.is_none() {
            wanted.extend(Facet::ALL);
        }
        self.fresh_columns(&wanted);
        self.fresh_entity_column();
        let asked = self.understand(request)?;
        let (index, columns) = (&self.index, &self.caches.columns);
        let (query, lens, scope) = (&asked.query, asked.lens, asked.scope);
        let Some(all) = Results::find(index, query, lens, scope, None) else {
            return Ok(FacetsReply {
                documents: 0,
                facets: Vec::new(),
            });
        };
        let documents = Documents::new(index, scope);
        let counts = count_facets(columns, &asked.filters, &documents, all.documents());
        let left = all.documents().filter(|&document| {
            asked.filters.is_empty() || asked.filters.keep(columns, &documents, document)
        });
        let chosen = request.chosen();
        let mut facets = Vec::new();
        for ((facet, chosen), counts) in chosen.into_iter().zip(counts) {
            if !wanted.contains(&facet) {
                continue;
            }
            // Of a corpus in parts nothing is known of other entities.
            let are_chosen = facet == Facet::Entity && index.is_in_parts() && self.layers.is_none();
            let rows = counts.into_iter().enumerate().filter_map(|(at, count)| {
                let chosen = chosen.contains(&count.value);
                let is_given = at < limit && !are_chosen || chosen || facet == Facet::Date;
                is_given.then(|| FacetRow {
                    label: self.label(facet, &count.value),
                    value: count.value,
                    documents: count.documents,
                    chosen,
                })
            });
            let mut rows: Vec<FacetRow> = rows.collect();
            if facet == Facet::Date && rows.len() > MONTHS {
                rows = by_year(&rows, chosen);
            }
            // What is chosen can be unchosen although nothing has it.
            for value in chosen {
                if !rows.iter().any(|row| row.value == *value) {
                    rows.push(FacetRow {
                        label: self.label(facet, value),
                        value: value.clone(),
                        documents: 0,
                        chosen: true,
                    });
                }
            }
            facets.push((facet.name(), rows));
        }
        Ok(FacetsReply {
            documents: left.count(),
            facets,
        })
    }

    /// The name of an entity, whose value is its id.
    fn label(&self, facet: Facet, value: &str) -> Option<String> {
        if facet != Facet::Entity {
            return None;
        }
        let part;
        let layer = if self.index.is_in_parts() {
            part = self.entity_part(value).ok()?;
            &part.layer
        } else {
            self.linked_entities()?
        };
        let entity = layer.entity(layer.find(value)?)?;
        Some(entity.name.clone())
    }
}
