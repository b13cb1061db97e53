//! Replies about spellings, decisions and networks.

use super::{EntityRow, Pairs};
use serde::Serialize;

replies! {
    AliasName {
        name: String,
        language: &'static str,
        mentions: u32,
        rule: Option<&'static str>,
        confidence: Option<f32>,
        beside: Option<String>,
    }

    AliasGroup { entity: EntityRow, names: Vec<AliasName>, }

    AliasOffer {
        entities: Vec<EntityRow>,
        names: Vec<String>,
        rule: &'static str,
        confidence: f32,
    }

    DecisionRow {
        action: &'static str,
        #[serde(rename = "type")]
        kind: &'static str,
        names: Vec<String>,
        to: String,
    }

    DecisionsReply { decisions: Vec<DecisionRow>, idle: usize, }

    AliasesReply {
        scope: &'static str,
        offers: Vec<AliasOffer>,
        offer_count: usize,
        groups: Vec<AliasGroup>,
        group_count: usize,
        decisions: Vec<DecisionRow>,
        idle: usize,
    }

    OutletSpellings { outlet: Option<String>, spellings: Pairs<String, u32>, }

    NetworkReply {
        scope: &'static str,
        unit: &'static str,
        focus: Option<String>,
        nodes: Vec<EntityRow>,
        edges: Vec<(u32, u32, u32)>,
        entity_count: usize,
        edge_count: usize,
    }
}
