//! The one encoder, the one error.

#[cfg(feature = "explorer")]
use crate::api::Error;
use crate::api::ErrorData;
#[cfg(any(feature = "explorer", feature = "readers"))]
use crate::api::json_text;
use js_sys::{Array, Reflect};
#[cfg(any(feature = "explorer", feature = "readers"))]
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Makes an object of a reply: missing values are `null`, maps plain objects.
#[cfg(any(feature = "explorer", feature = "readers"))]
pub(super) fn encode(reply: &impl Serialize) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&text(reply)?)
}

/// Makes JSON text of a reply.
#[cfg(feature = "explorer")]
pub(super) fn json(reply: Result<impl Serialize, Error>) -> Result<String, JsValue> {
    text(&reply?)
}

#[cfg(any(feature = "explorer", feature = "readers"))]
fn text(reply: &impl Serialize) -> Result<String, JsValue> {
    json_text(reply).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// Builds an `Error` with `name`, `code` and `details`.
pub(super) fn js_error(data: &ErrorData) -> JsValue {
    let error = js_sys::Error::new(&data.message);
    error.set_name(data.name);
    let pair = |(name, value): &(&str, String)| {
        Array::of2(&JsValue::from_str(name), &JsValue::from_str(value))
    };
    let details: Array = data.details.iter().map(pair).collect();
    let fields = [
        ("code", JsValue::from_str(data.code)),
        ("details", details.into()),
    ];
    for (field, value) in fields {
        // Setting a field of a fresh error cannot fail; if it did, the message still tells.
        if Reflect::set(&error, &JsValue::from_str(field), &value).is_err() {
            web_sys::console::warn_1(&JsValue::from_str("kashshaf: an error lost its details"));
        }
    }
    error.into()
}
