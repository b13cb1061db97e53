//! One JSON object → a record.

use super::draft::{Draft, Value};
use super::plan::{Meaning, Plan};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Most keys whose meaning is remembered; records of one file share theirs.
const MOST_KEYS: usize = 1_000;

/// Objects inside one another in which a list of records is looked for.
pub(super) const LIST_DEPTH: usize = 4;

/// What keys mean, remembered from record to record.
#[derive(Debug, Default)]
pub(super) struct Keys {
    known: Vec<(String, Option<Meaning>)>,
    /// Where the key after the last one found stood: records repeat their order.
    next: usize,
}

impl Keys {
    fn meaning(&mut self, key: &str, plan: &Plan) -> Option<Meaning> {
        if let Some((_, meaning)) = self.known.get(self.next).filter(|(known, _)| known == key) {
            self.next += 1;
            return *meaning;
        }
        if let Some(at) = self.known.iter().position(|(known, _)| known == key) {
            self.next = at + 1;
            return self.known.get(at).and_then(|(_, meaning)| *meaning);
        }
        let meaning = plan.meaning(key);
        if self.known.len() < MOST_KEYS {
            self.known.push((key.to_owned(), meaning));
            self.next = self.known.len();
        }
        meaning
    }
}

/// Reads one value: an object by its keys, a string as a text.
pub(super) fn read_record<'a>(
    json: &'a str,
    plan: &Plan,
    keys: &mut Keys,
) -> Result<Draft<'a>, serde_json::Error> {
    keys.next = 0;
    let mut draft = Draft::default();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_any(RecordVisitor {
        draft: &mut draft,
        plan,
        keys,
        prefix: "",
    })?;
    deserializer.end()?;
    Ok(draft)
}

struct RecordVisitor<'d, 'a> {
    draft: &'d mut Draft<'a>,
    plan: &'d Plan,
    keys: &'d mut Keys,
    prefix: &'d str,
}

impl<'a> Visitor<'a> for RecordVisitor<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with a text in it")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        let body = (super::RecordField::Body, u16::MAX);
        self.draft.put(body, Value::Text(Cow::Borrowed(text)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let body = (super::RecordField::Body, u16::MAX);
        let text = Cow::Owned(text.to_owned());
        self.draft.put(body, Value::Text(text));
        Ok(())
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key_seed(TextSeed)? {
            let path = if self.prefix.is_empty() {
                key
            } else {
                Cow::Owned(format!("{}.{key}", self.prefix))
            };
            match self.keys.meaning(&path, self.plan) {
                Some(meaning) => {
                    if let Some(value) = map.next_value_seed(ValueSeed)? {
                        self.draft.put(meaning, value);
                    }
                }
                // Columns of a plan name what lies in an object with a dot.
                None if self.plan.has_below(&path) => {
                    let raw: &RawValue = map.next_value()?;
                    let inner = RecordVisitor {
                        draft: self.draft,
                        plan: self.plan,
                        keys: self.keys,
                        prefix: &path,
                    };
                    if raw.get().starts_with('{') {
                        let mut deserializer = serde_json::Deserializer::from_str(raw.get());
                        let read = deserializer.deserialize_map(inner);
                        read.map_err(serde::de::Error::custom)?;
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A string, borrowed where it has no escapes.
struct TextSeed;

impl<'a> DeserializeSeed<'a> for TextSeed {
    type Value = Cow<'a, str>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for TextSeed {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// A value as text: numbers as written, lists item by item, of an object its
/// name or its text; none of null.
struct ValueSeed;

impl<'a> DeserializeSeed<'a> for ValueSeed {
    type Value = Option<Value<'a>>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for ValueSeed {
    type Value = Option<Value<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(value.to_string()))))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(value.to_string()))))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(value.to_string()))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(value.to_string()))))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(text))))
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<Self::Value, S::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Self)? {
            match item {
                Some(Value::Text(text)) => items.push(text.into_owned()),
                Some(Value::List(more)) => items.extend(more),
                None => {}
            }
        }
        Ok(Some(Value::List(items)))
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        const NAMES: [&str; 7] = ["name", "title", "text", "value", "@value", "url", "@id"];
        let (mut best, mut rank) = (None, NAMES.len());
        while let Some(key) = map.next_key_seed(TextSeed)? {
            let found = NAMES.iter().position(|name| *name == key);
            match found.filter(|&found| found < rank) {
                Some(found) => {
                    if let Some(value) = map.next_value_seed(Self)? {
                        (best, rank) = (Some(value), found);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(best)
    }
}

/// Keys and values of an object, those of objects in it as `outer.inner`.
pub(super) fn flat_values(json: &str) -> Vec<(String, String)> {
    let mut values = Vec::new();
    if let Ok(serde_json::Value::Object(object)) = serde_json::from_str(json) {
        for (key, value) in object {
            match value {
                serde_json::Value::Object(inner) => {
                    let inner = inner.into_iter();
                    values.extend(
                        inner.map(|(below, value)| (format!("{key}.{below}"), flat(&value))),
                    );
                }
                value => values.push((key, flat(&value))),
            }
        }
    }
    values
}

fn flat(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flat).collect();
            items.join("، ")
        }
        other => other.to_string(),
    }
}

/// The longest list of objects in an object.
pub(super) fn longest_list(json: &str) -> Vec<&RawValue> {
    list_below(json, LIST_DEPTH)
}

fn list_below(json: &str, depth: usize) -> Vec<&RawValue> {
    let Ok(object) = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(json) else {
        return Vec::new();
    };
    let mut longest = Vec::new();
    for value in object.into_values() {
        let json = value.get();
        let found = if json.starts_with('[') {
            let mut items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            items.retain(|item| item.get().starts_with('{'));
            items
        } else if json.starts_with('{') && depth > 1 {
            list_below(json, depth - 1)
        } else {
            Vec::new()
        };
        if found.len() > longest.len() {
            longest = found;
        }
    }
    longest
}
