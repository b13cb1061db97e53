//! The titles that stand for a person.

use crate::analysis::fold::letters_key;
use crate::api::EntityDescription;
use crate::api::naming::place::in_scope;
use crate::entities::quotes::Description;
use crate::entities::{EntityId, EntityLayer, PageAnnotations};
use crate::index::{Index, IndexedPage, Scope};
use crate::sorting::Arrange;
use std::collections::BTreeMap;

/// Descriptions in a reply.
const MOST: usize = 40;

/// How often one description is met, and how it is written.
#[derive(Default)]
struct Met {
    mentions: u32,
    alone: u32,
    written: BTreeMap<String, u32>,
}

/// The titles of all pages, with the entity that each stands for.
pub(in crate::api) fn described<'a>(
    index: &'a Index,
    layer: &'a EntityLayer,
    pages: &'a [PageAnnotations],
) -> impl Iterator<Item = (EntityId, &'a IndexedPage, &'a Description)> {
    let pages = index.pages().iter().zip(pages);
    pages.flat_map(move |(page, annotations)| {
        annotations.descriptions.iter().map(move |description| {
            let start = description.span.start;
            let entity = layer.linked(description.entity, page.number.0, start);
            (entity, page, description)
        })
    })
}

/// The titles of a scope among these, most frequent first.
pub(in crate::api) fn descriptions<'a>(
    index: &Index,
    scope: Scope,
    described: impl Iterator<Item = (&'a IndexedPage, &'a Description)>,
) -> Vec<EntityDescription> {
    let mut met: BTreeMap<String, Met> = BTreeMap::new();
    for (page, description) in described {
        if !in_scope(
            index,
            page.number,
            Some(description.article as usize),
            scope,
        ) {
            continue;
        }
        let text = shown(&index.text_at(page.number, description.span));
        let met = met.entry(letters_key(&text)).or_default();
        met.mentions += 1;
        met.alone += u32::from(description.alone);
        *met.written.entry(text).or_default() += 1;
    }
    let most_written = |met: &Met| {
        let all = met.written.iter();
        let most = all.max_by_key(|&(text, count)| (*count, std::cmp::Reverse(text)));
        most.map_or_else(String::new, |(text, _)| text.clone())
    };
    let mut found: Vec<EntityDescription> = met
        .values()
        .map(|met| EntityDescription {
            text: most_written(met),
            mentions: met.mentions,
            alone: met.alone,
        })
        .collect();
    found.arrange_by(|a, b| {
        let more = b.mentions.cmp(&a.mentions);
        more.then_with(|| a.text.cmp(&b.text))
    });
    found.truncate(MOST);
    found
}

/// Words parted by one space; «للرئيس» shows its article again.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.strip_prefix("لل") {
        Some(rest) => format!("ال{rest}"),
        None => text,
    }
}
