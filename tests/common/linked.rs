//! Names of some texts, joined as the page joins them.

use kashshaf::entities::aliases::Decisions;
use kashshaf::entities::annotator::Annotator;
use kashshaf::entities::{EntityLayer, annotate_index};
use kashshaf::index::Index;
use kashshaf::parse::Page;

/// Pages of running text, one article each.
pub(crate) fn layer(texts: &[&str]) -> EntityLayer {
    let mut index = Index::default();
    for (number, text) in texts.iter().enumerate() {
        let name = format!("{number}.txt");
        let page = Page::from_article(&name, text.as_bytes(), "", text);
        index.add(page, false).expect("a new page");
    }
    index.refresh();
    let layers = annotate_index(&mut Annotator::default(), &index);
    let mut layer = layers.expect("what it wrote itself").entities;
    layer.link(&Decisions::default());
    layer
}
