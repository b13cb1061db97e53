//! Spellings of one entity, and what the reader decides about them.

use crate::analysis::fold::letters_key;
use crate::api::naming::entities::{document, row_of};
use crate::api::request::{AliasesRequest, DecideRequest, entity_type, limit, one_of, scope, skip};
use crate::api::{
    AliasGroup, AliasName, AliasOffer, AliasesReply, DecisionRow, DecisionsReply, Error, Explorer,
    OutletSpellings,
};
use crate::entities::aliases::{Action, Decision, Decisions, Offer};
use crate::entities::{EntityId, EntityLayer, EntityType, Mention};
use crate::index::{Columns, Documents, FormId, Index};
use crate::search::form_names::is_latin;
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;

/// Groups and offers when the request does not say.
const DEFAULT_ROWS: usize = 50;

/// Outlets in a table.
const OUTLETS: usize = 60;

impl Explorer {
    /// Lists offers, the entities with several spellings, and the decisions.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown type or scope or a number out of range.
    pub fn aliases(&mut self, request: &AliasesRequest) -> Result<AliasesReply, Error> {
        self.with_parts(|explorer| explorer.spelled(request))
    }

    fn spelled(&mut self, request: &AliasesRequest) -> Result<AliasesReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let kind = entity_type(request.kind.as_deref())?;
        let limit = limit(request.limit, DEFAULT_ROWS)?;
        let offset = skip("offset", request.offset)?;
        let filter = request.filter.as_deref().map(letters_key);
        let filter = filter.unwrap_or_default();
        let decisions = rows(&self.decisions);
        let (index, layer) = self.with_entities()?;
        let documents = Documents::new(index, scope);
        let row = |id| row_of(index, layer, &documents, id);
        let wanted = |id: EntityId| {
            let of_type = layer
                .entity(id)
                .is_some_and(|e| kind.is_none_or(|k| e.kind == k));
            let mut names = layer
                .spelled(id)
                .iter()
                .map(|spelled| spelled.name.as_str());
            let named = filter.is_empty() || names.any(|n| letters_key(n).contains(&filter));
            of_type && named
        };
        let offers: Vec<&Offer> = layer
            .offers()
            .iter()
            .filter(|offer| offer.entities.iter().any(|&id| wanted(id)))
            .collect();
        let count = u32::try_from(layer.entities().len()).unwrap_or(u32::MAX);
        let several = (0..count)
            .map(EntityId)
            .filter(|&id| layer.spelled(id).len() > 1);
        let mut groups: Vec<EntityId> = several.filter(|&id| wanted(id)).collect();
        let mentions = |id: EntityId| -> u32 {
            layer
                .spelled(id)
                .iter()
                .map(|spelled| spelled.mentions)
                .sum()
        };
        groups.arrange_by_cached_key(|&id| (std::cmp::Reverse(mentions(id)), id));
        let shown = groups.iter().skip(offset).take(limit);
        Ok(AliasesReply {
            scope: scope.name(),
            offer_count: offers.len(),
            offers: offers
                .iter()
                .skip(offset)
                .take(limit)
                .filter_map(|offer| offer_row(offer, row))
                .collect(),
            group_count: groups.len(),
            groups: shown
                .filter_map(|&id| {
                    Some(AliasGroup {
                        entity: row(id)?,
                        names: names(layer, id),
                    })
                })
                .collect(),
            decisions,
            idle: layer.idle_decisions(),
        })
    }

    /// Adds a decision about spellings, or takes one back; entities are linked anew.
    ///
    /// # Errors
    /// [`Error::BadDecisions`] for names or types that cannot be; [`Error::BadRequest`] for an
    /// action that does not exist, or nothing to undo; [`Error::InParts`] of a corpus in parts.
    pub fn decide(&mut self, request: &DecideRequest) -> Result<DecisionsReply, Error> {
        self.whole("decisions about names")?;
        let action = one_of(
            "action",
            Some(&request.action),
            |name| match name {
                "undo" | "clear" => Some(None),
                _ => Action::from_name(name).map(Some),
            },
            &["same", "apart", "rename", "retype", "undo", "clear"],
        )?;
        match action {
            Some(action) => {
                let kind = entity_type(request.kind.as_deref())?.unwrap_or(EntityType::Person);
                self.decisions.add(Decision {
                    action,
                    kind,
                    names: request.names.clone().unwrap_or_default(),
                    to: request.to.clone().unwrap_or_default(),
                })?;
            }
            None if request.action == "clear" => self.decisions.clear(),
            None => {
                let number = request
                    .number
                    .map(|n| skip("number", Some(n)))
                    .transpose()?;
                if !self.decisions.undo(number) {
                    return Err(Error::BadRequest {
                        field: "number".to_owned(),
                        found: number.map_or_else(String::new, |n| n.to_string()),
                        allowed: format!("below {}", self.decisions.all().len()),
                    });
                }
            }
        }
        Ok(self.decided())
    }

    /// The decisions as the text of a small file.
    #[must_use]
    pub fn decisions_file(&self) -> String {
        self.decisions.write()
    }

    /// Takes the decisions of a file in place of those there are.
    ///
    /// # Errors
    /// [`Error::BadDecisions`] names the line; [`Error::InParts`] of a corpus in parts; nothing is changed.
    pub fn load_decisions(&mut self, text: &str) -> Result<DecisionsReply, Error> {
        self.whole("decisions about names")?;
        self.decisions = Decisions::read(text)?;
        Ok(self.decided())
    }

    /// Links anew by the decisions there are now.
    fn decided(&mut self) -> DecisionsReply {
        self.link_anew();
        DecisionsReply {
            decisions: rows(&self.decisions),
            idle: self
                .linked_entities()
                .map_or(0, EntityLayer::idle_decisions),
        }
    }
}

fn rows(decisions: &Decisions) -> Vec<DecisionRow> {
    let rows = decisions.all().iter().map(|decision| DecisionRow {
        action: decision.action.name(),
        kind: decision.kind.name(),
        names: decision.names.clone(),
        to: decision.to.clone(),
    });
    rows.collect()
}

pub(in crate::api) fn offer_row(
    offer: &Offer,
    row: impl Fn(EntityId) -> Option<crate::api::EntityRow>,
) -> Option<AliasOffer> {
    let entities = offer.entities.iter().map(|&id| row(id));
    Some(AliasOffer {
        entities: entities.collect::<Option<Vec<_>>>()?,
        names: offer.names.to_vec(),
        rule: offer.proof.rule.code(),
        confidence: offer.proof.confidence,
    })
}

/// The spellings of an entity in the whole corpus, with what joins them.
pub(in crate::api) fn names(layer: &EntityLayer, id: EntityId) -> Vec<AliasName> {
    let english = layer
        .entity(id)
        .and_then(|entity| entity.english.as_deref());
    let names = layer.spelled(id).iter().map(|spelled| {
        let proof = spelled.proof.as_ref();
        let name = &spelled.name;
        AliasName {
            name: name.clone(),
            language: match name.chars().next() {
                Some(first) if !is_latin(first.encode_utf8(&mut [0; 4])) => "ar",
                _ if english.is_some_and(|english| english.eq_ignore_ascii_case(name)) => "en",
                _ => "und-Latn",
            },
            mentions: spelled.mentions,
            rule: proof.map(|(proof, _)| proof.rule.code()),
            confidence: proof.map(|(proof, _)| proof.confidence),
            beside: proof.map(|(_, other)| other.clone()),
        }
    });
    names.collect()
}

/// Which outlet writes the entity how: most mentions first, those without an outlet last.
pub(in crate::api) fn outlets(
    index: &Index,
    stated: &Columns,
    layer: &EntityLayer,
    documents: &Documents<'_>,
    id: EntityId,
) -> Vec<OutletSpellings> {
    // Outlets by their numbers and one more, and spellings by theirs.
    let mut counts: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let in_scope = |mention: &&Mention| document(index, documents, mention).is_some();
    for mention in layer.mentions_of(id).filter(in_scope) {
        let outlets = mention.article.map(|article| stated.outlets.of(article));
        let outlets = outlets.unwrap_or_default();
        if outlets.is_empty() {
            *counts.entry((0, mention.spelling)).or_default() += 1;
        }
        for outlet in outlets {
            *counts.entry((outlet + 1, mention.spelling)).or_default() += 1;
        }
    }
    let outlet = |number: u32| {
        let form = number.checked_sub(1).map(FormId);
        form.map(|form| stated.outlets.names().form(form))
    };
    let mut cells: Vec<((u32, u32), u32)> = counts.into_iter().collect();
    cells.arrange_by(|a, b| {
        let by_outlet = outlet(a.0.0).cmp(&outlet(b.0.0));
        let spelling = |cell: &((u32, u32), u32)| layer.spelling_number(cell.0.1);
        by_outlet
            .then_with(|| b.1.cmp(&a.1))
            .then_with(|| spelling(a).cmp(spelling(b)))
    });
    let mut rows: Vec<OutletSpellings> = Vec::new();
    let mut last = None;
    for ((number, spelling), count) in cells {
        let cell = (layer.spelling_number(spelling).to_owned(), count);
        match rows.last_mut() {
            Some(row) if last == Some(number) => row.spellings.push(cell),
            _ => rows.push(OutletSpellings {
                outlet: outlet(number).map(ToOwned::to_owned),
                spellings: vec![cell],
            }),
        }
        last = Some(number);
    }
    rows.arrange_by_key(|row| {
        let mentions: u32 = row.spellings.iter().map(|&(_, count)| count).sum();
        (row.outlet.is_none(), std::cmp::Reverse(mentions))
    });
    rows.truncate(OUTLETS);
    rows
}
