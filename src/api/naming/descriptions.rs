//! The titles that stand for a person.

use crate::analysis::fold::letters_key;
use crate::api::EntityDescription;
use crate::api::naming::place::in_scope;
use crate::entities::quotes::Description;
use crate::entities::{EntityId, EntityLayer, PageAnnotations};
use crate::index::{Index, IndexedPage, Scope};
use crate::sorting::Arrange;

/// Descriptions in a reply.
const MOST: usize = 40;

/// A description where it stands.
struct Met {
    /// Its letters, by which spellings of one description are told.
    key: String,
    text: String,
    alone: bool,
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
    let mut met: Vec<Met> = Vec::new();
    for (page, description) in described {
        let article = Some(description.article as usize);
        if in_scope(index, page.number, article, scope) {
            let text = shown(&index.text_at(page.number, description.span));
            met.push(Met {
                key: letters_key(&text),
                text,
                alone: description.alone,
            });
        }
    }
    met.arrange_by(|a, b| (&a.key, &a.text).cmp(&(&b.key, &b.text)));
    let of_one = met.chunk_by(|a, b| a.key == b.key);
    let mut found: Vec<EntityDescription> = of_one
        .map(|all| EntityDescription {
            text: most_written(all),
            mentions: all.len() as u32,
            alone: all.iter().map(|met| u32::from(met.alone)).sum(),
        })
        .collect();
    found.arrange_by(|a, b| {
        let more = b.mentions.cmp(&a.mentions);
        more.then_with(|| a.text.cmp(&b.text))
    });
    found.truncate(MOST);
    found
}

/// The spelling that is met most often, among those of one description in their order; of several the first.
fn most_written(met: &[Met]) -> String {
    let mut most: &[Met] = &[];
    for same in met.chunk_by(|a, b| a.text == b.text) {
        if same.len() > most.len() {
            most = same;
        }
    }
    most.first()
        .map_or_else(String::new, |met| met.text.clone())
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
