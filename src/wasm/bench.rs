//! What the benches measure apart. Built with the feature `bench` alone; no
//! shipped module holds it.

use crate::index::{Index, Lexicon};
use crate::parse::Page;
use crate::text::tokenize;
use wasm_bindgen::prelude::*;

/// The steps of an index build, one by one, over files held in memory.
#[wasm_bindgen]
#[derive(Default)]
pub struct Bench {
    pages: Vec<Page>,
    index: Index,
}

#[wasm_bindgen]
impl Bench {
    /// A bench without any file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file into articles and keeps them: decoding, digest and anatomy, no index.
    ///
    /// Returns whether it could be read.
    pub fn read(&mut self, name: &str, bytes: &[u8]) -> bool {
        let page = Page::read(name, bytes);
        let is_read = page.is_ok();
        self.pages.extend(page);
        is_read
    }

    /// UTF-8 bytes of the texts that were read.
    #[wasm_bindgen(js_name = textBytes)]
    pub fn text_bytes(&self) -> f64 {
        self.pages.iter().map(|page| page.text.len() as f64).sum()
    }

    /// The floor under every index: cuts the texts into tokens and finds the
    /// form of each in the lexicon, nothing else. Returns the number of distinct forms.
    pub fn tokenise(&self) -> usize {
        let mut lexicon = Lexicon::default();
        for page in &self.pages {
            for token in tokenize(&page.text) {
                lexicon.add_at(&page.text, token.span);
            }
        }
        lexicon.len()
    }

    /// Builds an index, ready to be asked, of the pages that were read; the
    /// pages move into it. Returns the number of distinct forms.
    pub fn build(&mut self) -> usize {
        self.index = Index::default();
        for page in self.pages.drain(..) {
            // A text that is there already adds nothing, as in the product.
            let _ = self.index.add(page, false);
        }
        self.index.refresh();
        self.index.lexicon().len()
    }
}
