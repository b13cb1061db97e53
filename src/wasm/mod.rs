//! Floor 7: the border to JavaScript. Decode, call, encode, map the error; nothing else.
//!
//! The contract is `types.d.ts`. Requests are read field by field, by one
//! piece of code for all of them; replies leave as JSON text, which the page
//! parses faster than objects can be built from here.
//!
//! Three modules are built of the crate: the core, with the feature `explorer`,
//! the readers, with `readers`, and the annotator, with `annotator`.

#[cfg(feature = "annotator")]
mod annotator;
#[cfg(feature = "bench")]
mod bench;
mod convert;
#[cfg(any(feature = "explorer", feature = "readers"))]
mod decode;
#[cfg(feature = "explorer")]
mod explorer;
#[cfg(feature = "readers")]
mod reader;

use crate::api;
use convert::js_error;
use wasm_bindgen::prelude::*;

#[cfg(not(target_feature = "simd128"))]
compile_error!("build with -Ctarget-feature=+simd128; `cargo xtask build` does");

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

impl From<api::Error> for JsValue {
    fn from(error: api::Error) -> Self {
        js_error(&error.data())
    }
}
