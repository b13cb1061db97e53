//! The one decoder, the one encoder, the one error.

use crate::api::ErrorData;
#[cfg(any(feature = "explorer", feature = "readers"))]
use crate::api::{Error, Request};
#[cfg(any(feature = "explorer", feature = "readers"))]
use js_sys::Object;
use js_sys::{Array, Reflect};
#[cfg(any(feature = "explorer", feature = "readers"))]
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Reads a request. serde-wasm-bindgen passes over keys that no field has, so
/// they are compared here and a misspelled one is refused by name.
#[cfg(any(feature = "explorer", feature = "readers"))]
pub(super) fn decode<R: Request>(request: JsValue) -> Result<R, JsValue> {
    let bad = |found: String| Error::BadRequest {
        field: "request".to_owned(),
        found,
        allowed: format!("an object with the keys {}", R::KEYS.join(", ")),
    };
    let Some(object) = request.dyn_ref::<Object>() else {
        return Err(bad(request.js_typeof().as_string().unwrap_or_default()).into());
    };
    for key in Object::keys(object)
        .iter()
        .filter_map(|key| key.as_string())
    {
        if !R::KEYS.contains(&key.as_str()) {
            return Err(Error::UnknownOption {
                option: key,
                known: R::KEYS,
            }
            .into());
        }
    }
    serde_wasm_bindgen::from_value(request).map_err(|error| {
        let message = error.to_string();
        bad(message
            .strip_prefix("Error: ")
            .unwrap_or(&message)
            .to_owned())
        .into()
    })
}

/// Makes an object of a reply: missing values are `null`, maps plain objects.
#[cfg(any(feature = "explorer", feature = "readers"))]
pub(super) fn encode(reply: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    reply.serialize(&serializer).map_err(JsValue::from)
}

/// Makes JSON text of a reply.
#[cfg(feature = "explorer")]
pub(super) fn json(reply: Result<impl Serialize, Error>) -> Result<String, JsValue> {
    serde_json::to_string(&reply?).map_err(|error| JsValue::from_str(&error.to_string()))
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
