//! Who is mentioned together with whom, counted in documents.

use crate::api::naming::entities::{document, entity_row, summaries};
use crate::api::naming::graph_file::{GraphForm, write};
use crate::api::request::{NetworkRequest, entity_type, number, one_of, scope};
use crate::api::{EntityRow, Error, Explorer, NetworkReply};
use crate::entities::{EntityId, EntityLayer, EntitySummary, Mention};
use crate::index::{Documents, Index, PageId, Scope};
use crate::sorting::Arrange;
use crate::text::line::LineCursor;
use rustc_hash::{FxHashMap, FxHashSet};

/// Entities when the request does not say.
const DEFAULT_NODES: usize = 40;

/// What two mentions must share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    #[default]
    Sentence,
    Paragraph,
    Article,
}

impl Unit {
    const ALL: [Self; 3] = [Self::Sentence, Self::Paragraph, Self::Article];

    fn name(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Article => "article",
        }
    }
}

/// Documents in which two entities meet, the lower first.
type Meetings = FxHashMap<(EntityId, EntityId), u32>;

impl Explorer {
    /// The entities of most documents, and in how many documents each two of them meet.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values that are not allowed; [`Error::UnknownEntity`] when none
    /// has the focus's id.
    pub fn network(&mut self, request: &NetworkRequest) -> Result<NetworkReply, Error> {
        self.with_parts(|explorer| explorer.met(request))
    }

    fn met(&mut self, request: &NetworkRequest) -> Result<NetworkReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let unit = one_of(
            "unit",
            request.unit.as_deref(),
            |name| Unit::ALL.into_iter().find(|unit| unit.name() == name),
            &Unit::ALL.map(Unit::name),
        )?;
        let kind = entity_type(request.kind.as_deref())?;
        let limit = number("limit", request.limit, DEFAULT_NODES, 2, 1_000)?;
        let least = number("least", request.least, 1, 1, u32::MAX as usize)?;
        let least = u32::try_from(least).unwrap_or(u32::MAX);
        let (index, layer) = self.with_entities()?;
        let focus = match request.focus.as_deref() {
            Some(id) => {
                let unknown = || Error::UnknownEntity { id: id.to_owned() };
                Some(layer.find(id).ok_or_else(unknown)?)
            }
            None => None,
        };
        let mut rows = summaries(index, layer, scope);
        rows.retain(|row| {
            let entity = layer.entity(row.entity);
            Some(row.entity) == focus
                || entity.is_some_and(|entity| kind.is_none_or(|kind| entity.kind == kind))
        });
        if let Some(focus) = focus {
            let beside = |one: EntityId, other: EntityId| one == focus || other == focus;
            let met = meetings(index, layer, scope, unit, &beside);
            let weight = |id: EntityId| {
                let pair = (id.min(focus), id.max(focus));
                met.get(&pair).copied().unwrap_or_default()
            };
            rows.retain(|row| row.entity == focus || weight(row.entity) >= least);
            rows.arrange_by_key(|row| {
                let others = std::cmp::Reverse(weight(row.entity));
                (
                    row.entity != focus,
                    others,
                    std::cmp::Reverse(row.documents),
                )
            });
        } else {
            rows.arrange_by_key(|row| std::cmp::Reverse(row.documents));
        }
        let entity_count = rows.len();
        rows.truncate(limit);
        let chosen: FxHashSet<EntityId> = rows.iter().map(|row| row.entity).collect();
        let both = |one, other| chosen.contains(&one) && chosen.contains(&other);
        let met = meetings(index, layer, scope, unit, &both);
        Ok(reply(
            layer,
            &rows,
            met,
            least,
            |nodes, edges, edge_count| NetworkReply {
                scope: scope.name(),
                unit: unit.name(),
                focus: request.focus.clone(),
                nodes,
                edges,
                entity_count,
                edge_count,
            },
        ))
    }

    /// The same as the text of a GraphML or GEXF file.
    ///
    /// # Errors
    /// Those of [`Explorer::network`]; [`Error::BadRequest`] for another form.
    pub fn network_file(&mut self, request: &NetworkRequest) -> Result<String, Error> {
        let form = one_of(
            "form",
            request.form.as_deref(),
            GraphForm::from_name,
            &["graphml", "gexf"],
        )?;
        let fingerprint = self.fresh_index().fingerprint();
        let network = self.network(request)?;
        Ok(write(form, &network, &fingerprint))
    }
}

/// Nodes in the order of the rows, edges by weight.
fn reply<T>(
    layer: &EntityLayer,
    rows: &[EntitySummary],
    met: Meetings,
    least: u32,
    make: impl FnOnce(Vec<EntityRow>, Vec<(u32, u32, u32)>, usize) -> T,
) -> T {
    let mut numbers: FxHashMap<EntityId, u32> = FxHashMap::default();
    let mut nodes = Vec::new();
    for row in rows {
        if let (Some(node), Ok(number)) = (entity_row(layer, row), u32::try_from(nodes.len())) {
            numbers.insert(row.entity, number);
            nodes.push(node);
        }
    }
    let place = |id| numbers.get(&id).copied();
    let heavy = met.into_iter().filter(|&(_, weight)| weight >= least);
    let mut edges: Vec<(u32, u32, u32)> = heavy
        .filter_map(|((one, other), weight)| {
            let (one, other) = (place(one)?, place(other)?);
            Some((one.min(other), one.max(other), weight))
        })
        .collect();
    edges.arrange_by_key(|&(one, other, weight)| (std::cmp::Reverse(weight), one, other));
    let count = edges.len();
    make(nodes, edges, count)
}

/// Counts the documents in which the wanted pairs meet.
fn meetings(
    index: &Index,
    layer: &EntityLayer,
    scope: Scope,
    unit: Unit,
    wanted: &dyn Fn(EntityId, EntityId) -> bool,
) -> Meetings {
    let documents = Documents::new(index, scope);
    let mut met = Meetings::default();
    for page in index.pages() {
        let mentions = layer.mentions_of_page(page.number.0);
        let lines = lines(index, page.number, mentions, unit);
        // Document, unit and entity of each mention of the scope; each once.
        let mut places: Vec<(u32, u32, EntityId)> = mentions
            .iter()
            .zip(lines)
            .filter_map(|(mention, line)| {
                Some((document(index, &documents, mention)?, line, mention.entity))
            })
            .collect();
        places.arrange();
        places.dedup();
        let mut pairs: FxHashSet<(u32, EntityId, EntityId)> = FxHashSet::default();
        for together in places.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            for (at, &(document, _, one)) in together.iter().enumerate() {
                for &(.., other) in together.get(at + 1..).unwrap_or_default() {
                    if wanted(one, other) {
                        pairs.insert((document, one, other));
                    }
                }
            }
        }
        let pairs: Vec<(u32, EntityId, EntityId)> = pairs.into_iter().collect();
        for (_, one, other) in pairs {
            *met.entry((one, other)).or_default() += 1;
        }
    }
    met
}

/// The unit of each mention, numbered on its page.
fn lines(index: &Index, page: PageId, mentions: &[Mention], unit: Unit) -> Vec<u32> {
    match unit {
        Unit::Sentence => mentions.iter().map(|mention| mention.sentence).collect(),
        Unit::Article => vec![0; mentions.len()],
        Unit::Paragraph => {
            let text = index.text(page);
            let mut cursor = LineCursor::new(&text);
            let line = |mention: &Mention| cursor.advance_to(mention.span.start as usize).line;
            let lines = mentions.iter().map(line);
            lines
                .map(|line| u32::try_from(line).unwrap_or(u32::MAX))
                .collect()
        }
    }
}
