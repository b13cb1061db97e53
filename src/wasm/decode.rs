//! The one decoder of requests.

use crate::api::{Error, Field, Request};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// Reads a request: an object whose keys are fields of it.
pub(super) fn decode<R: Request>(request: &JsValue) -> Result<R, JsValue> {
    let mut read = R::default();
    let fields = read.fields();
    fill(R::KEYS, fields, request)?;
    Ok(read)
}

/// Puts the values of an object into the fields of a request. A key that no field has is
/// refused by its name; what is undefined or null leaves the default.
fn fill(
    keys: &'static [&'static str],
    mut fields: Vec<Field<'_>>,
    request: &JsValue,
) -> Result<(), Error> {
    let bad = |field: &str, found: &JsValue, allowed: String| Error::BadRequest {
        field: field.to_owned(),
        found: kind(found),
        allowed,
    };
    let Some(object) = request.dyn_ref::<Object>() else {
        let allowed = format!("an object with the keys {}", keys.join(", "));
        return Err(bad("request", request, allowed));
    };
    for pair in Object::entries(object)
        .iter()
        .map(|pair| Array::from(&pair))
    {
        let (key, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
        let of_key = keys.iter().zip(&mut fields).find(|(name, _)| **name == key);
        let Some((_, field)) = of_key else {
            return Err(Error::UnknownOption {
                option: key,
                known: keys,
            });
        };
        if !value.is_null() && !value.is_undefined() {
            let refused = |allowed: &str| bad(&key, &value, allowed.to_owned());
            take(field, &value).map_err(refused)?;
        }
    }
    Ok(())
}

/// Puts a value into a field; an error says what the field takes.
fn take(field: &mut Field<'_>, value: &JsValue) -> Result<(), &'static str> {
    match field {
        Field::Text(text) => **text = value.as_string().ok_or("a text")?,
        Field::MaybeText(text) => **text = Some(value.as_string().ok_or("a text")?),
        Field::Flag(flag) => **flag = Some(value.as_bool().ok_or("true or false")?),
        Field::Number(number) => **number = Some(value.as_f64().ok_or("a number")?),
        Field::Texts(list) => **list = texts(value).ok_or("a list of texts")?,
        Field::MaybeTexts(list) => **list = Some(texts(value).ok_or("a list of texts")?),
        Field::Numbers(list) => {
            let pair = |(name, value): (String, JsValue)| Some((name, value.as_f64()?));
            let found = pairs(value).and_then(|all| all.into_iter().map(pair).collect());
            **list = Some(found.ok_or("a list of pairs of a name and a number")?);
        }
        Field::Lists(list) => {
            let pair = |(name, value): (String, JsValue)| Some((name, texts(&value)?));
            let found = pairs(value).and_then(|all| all.into_iter().map(pair).collect());
            **list = Some(found.ok_or("a list of pairs of a name and a list of texts")?);
        }
    }
    Ok(())
}

/// What sort of value it is, for a message.
fn kind(value: &JsValue) -> String {
    if Array::is_array(value) {
        return "array".to_owned();
    }
    value.js_typeof().as_string().unwrap_or_default()
}

fn texts(value: &JsValue) -> Option<Vec<String>> {
    let list = value.dyn_ref::<Array>()?;
    list.iter().map(|text| text.as_string()).collect()
}

fn pairs(value: &JsValue) -> Option<Vec<(String, JsValue)>> {
    let pair = |pair: JsValue| {
        let pair = pair.dyn_into::<Array>().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1)))
    };
    value.dyn_ref::<Array>()?.iter().map(pair).collect()
}
