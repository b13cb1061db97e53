//! Floor 7: the border to JavaScript. Decode, call, encode, map the error; nothing else.
//!
//! The contract is `types.d.ts`. Requests, file reports and errors cross by
//! serde-wasm-bindgen; replies leave as JSON text, which the page parses
//! faster than objects can be built from here.

#[cfg(feature = "bench")]
mod bench;
mod convert;

use crate::api;
use convert::{decode, encode, js_error, json};
use wasm_bindgen::prelude::*;

#[cfg(not(target_feature = "simd128"))]
compile_error!("build with -Ctarget-feature=+simd128; `cargo xtask build` does");

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// A corpus that grows file by file and answers requests. One lives in each
/// worker; a panic inside it is fatal to the worker.
#[wasm_bindgen]
#[derive(Default)]
pub struct Explorer {
    inner: api::Explorer,
}

#[wasm_bindgen]
impl Explorer {
    /// An explorer without any file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads, splits and indexes one file.
    #[wasm_bindgen(js_name = addFile, unchecked_return_type = "FileReport")]
    pub fn add_file(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "{ name: string; bundled?: boolean }")]
        options: JsValue,
        bytes: &[u8],
    ) -> Result<JsValue, JsValue> {
        let options: api::FileOptions = decode(options)?;
        encode(&self.inner.add_file(&options, bytes))
    }

    /// Brings the index up to date with the files added.
    pub fn refresh(&mut self) {
        self.inner.refresh();
    }

    /// JSON text of an `OverviewReply`.
    pub fn overview(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OverviewRequest")] request: JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.overview(&decode(request)?))
    }

    /// JSON text of a `SearchReply`.
    pub fn search(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SearchRequest")] request: JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.search(&decode(request)?))
    }

    /// JSON text of a `PageReply`.
    pub fn page(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "PageRequest")] request: JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.page(&decode(request)?))
    }

    /// JSON text of an `EntitiesReply`.
    pub fn entities(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "EntitiesRequest")] request: JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.entities(&decode(request)?))
    }

    /// JSON text of an `EntityReply`.
    pub fn entity(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "EntityRequest")] request: JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.entity(&decode(request)?))
    }
}

impl From<api::Error> for JsValue {
    fn from(error: api::Error) -> Self {
        js_error(&error.data())
    }
}
