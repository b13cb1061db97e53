//! The annotator as JavaScript sees it: a module of its own, loaded when names,
//! dates or quotes are first asked for.

use crate::api::Error;
use crate::entities::annotator;
use wasm_bindgen::prelude::*;

/// Reads pages for names, dates and quotes, in passes over the same pages in
/// the same order. One lives in each worker; a panic inside it is fatal to the worker.
#[wasm_bindgen]
#[derive(Default)]
pub struct Annotator {
    inner: annotator::Annotator,
}

#[wasm_bindgen]
impl Annotator {
    /// An annotator with lists and cues.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives it the trained model of names, from the next run on.
    #[wasm_bindgen(js_name = loadModel)]
    pub fn load_model(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        Ok(self.inner.load_model(bytes).map_err(Error::from)?)
    }

    /// Begins a run; what an earlier one knew is forgotten.
    pub fn begin(&mut self) {
        self.inner.begin();
    }

    /// Passes that a run makes over the pages.
    pub fn passes() -> u32 {
        annotator::PASSES
    }

    /// Reads frames of pages that `Explorer.pagesToAnnotate` gave; returns the words read.
    pub fn read(&mut self, frames: &[u8]) -> Result<u32, JsValue> {
        Ok(self.inner.read(frames).map_err(|_| Error::BadAnnotations)?)
    }

    /// Ends a pass; true when the pages are to be read again.
    pub fn turn(&mut self) -> bool {
        self.inner.turn()
    }

    /// The next frame for `Explorer.takeAnnotations`, when the last pass has
    /// ended; undefined when there is none.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        self.inner.take()
    }
}
