//! Reads the TypeScript contract and checks replies against it.
//!
//! Only what the contract uses is understood: interfaces, unions, arrays,
//! tuples, object types, string literals and names.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A type of the contract.
#[derive(Clone, Debug)]
pub(super) enum Type {
    Name(String),
    Literal(String),
    Array(Box<Type>),
    Tuple(Vec<Type>),
    Object(Vec<Field>),
    Union(Vec<Type>),
}

/// A field of an object type.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) optional: bool,
    kind: Type,
}

/// Every exported type by name.
pub(super) struct Contract {
    types: BTreeMap<String, Type>,
    /// Names of the types that a reply was checked against.
    pub(super) seen: BTreeSet<String>,
}

impl Contract {
    pub(super) fn read(source: &str) -> Self {
        let mut reader = Reader {
            tokens: tokens(source),
            at: 0,
        };
        let mut types = BTreeMap::new();
        while reader.take("export") {
            let is_interface = reader.take("interface");
            assert!(is_interface || reader.take("type"), "{:?}", reader.peek());
            let name = reader.next();
            assert!(is_interface || reader.take("="));
            types.insert(name, reader.union());
            reader.take(";");
        }
        assert_eq!(reader.peek(), "", "the contract is read to its end");
        Self {
            types,
            seen: BTreeSet::new(),
        }
    }

    /// Names of the interfaces, requests or all others.
    pub(super) fn interfaces(&self, requests: bool) -> BTreeSet<String> {
        let object = |kind: &Type| matches!(kind, Type::Object(_));
        let names = self
            .types
            .iter()
            .filter(|(name, kind)| object(kind) && name.ends_with("Request") == requests);
        names.map(|(name, _)| name.clone()).collect()
    }

    /// Fields of an interface, in order.
    pub(super) fn fields(&self, name: &str) -> &[Field] {
        match &self.types[name] {
            Type::Object(fields) => fields,
            other => panic!("{name} is no interface: {other:?}"),
        }
    }

    /// Checks that `value` has exactly the shape of the type called `name`.
    pub(super) fn check(&mut self, value: &Value, name: &str) {
        if let Err(problem) = self.matches(value, &Type::Name(name.to_owned())) {
            panic!("{name}{problem}");
        }
    }

    fn matches(&mut self, value: &Value, kind: &Type) -> Result<(), String> {
        let wrong = || Err(format!(": found {value}, allowed {kind:?}"));
        let fits = |fits: bool| if fits { Ok(()) } else { wrong() };
        match kind {
            Type::Literal(text) => fits(value == text.as_str()),
            Type::Name(name) => match name.as_str() {
                "string" => fits(value.is_string()),
                "number" => fits(value.is_number()),
                "boolean" => fits(value.is_boolean()),
                "null" => fits(value.is_null()),
                _ => {
                    let kind = self.types.get(name).cloned();
                    self.seen.insert(name.clone());
                    self.matches(value, &kind.unwrap_or_else(|| panic!("no type {name}")))
                }
            },
            Type::Array(inner) => {
                let Some(items) = value.as_array() else {
                    return wrong();
                };
                for (at, item) in items.iter().enumerate() {
                    self.matches(item, inner)
                        .map_err(|problem| format!("[{at}]{problem}"))?;
                }
                Ok(())
            }
            Type::Tuple(kinds) => {
                let items = value.as_array().filter(|items| items.len() == kinds.len());
                let Some(items) = items else { return wrong() };
                for (item, kind) in items.iter().zip(kinds) {
                    self.matches(item, kind)?;
                }
                Ok(())
            }
            Type::Object(fields) => {
                let Some(object) = value.as_object() else {
                    return wrong();
                };
                let have: BTreeSet<&str> = object.keys().map(String::as_str).collect();
                let want: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                if have != want {
                    let apart: Vec<_> = have.symmetric_difference(&want).collect();
                    return Err(format!(": fields on one side alone: {apart:?}"));
                }
                for field in fields {
                    self.matches(&object[&field.name], &field.kind)
                        .map_err(|problem| format!(".{}{problem}", field.name))?;
                }
                Ok(())
            }
            Type::Union(kinds) => {
                let mut problem = Ok(());
                for kind in kinds {
                    problem = self.matches(value, kind);
                    if problem.is_ok() {
                        break;
                    }
                }
                // Of `X | null` the report of X says more.
                match (problem, kinds.first()) {
                    (Ok(()), _) => Ok(()),
                    (Err(_), Some(first)) => self.matches(value, first),
                    (Err(problem), None) => Err(problem),
                }
            }
        }
    }
}

/// Names, string literals (with their first quotation mark) and signs.
fn tokens(source: &str) -> Vec<String> {
    let (mut tokens, mut rest) = (Vec::new(), source);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            rest.find("*/").expect("a comment ends") + 2
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '\'' {
            rest.get(1..)
                .and_then(|inside| inside.find('\''))
                .expect("a literal ends")
                + 2
        } else if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() && !token.starts_with('/') {
            tokens.push(token.to_owned());
        }
        rest = after;
    }
    tokens
}

struct Reader {
    tokens: Vec<String>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        let token = self.peek().to_owned();
        assert!(!token.is_empty(), "the contract ends early");
        self.at += 1;
        token
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.peek() == token;
        self.at += usize::from(found);
        found
    }

    fn union(&mut self) -> Type {
        self.take("|");
        let mut kinds = vec![self.array()];
        while self.take("|") {
            kinds.push(self.array());
        }
        if kinds.len() == 1 {
            kinds.remove(0)
        } else {
            Type::Union(kinds)
        }
    }

    fn array(&mut self) -> Type {
        let mut kind = self.one();
        while self.take("[") {
            assert!(self.take("]"));
            kind = Type::Array(Box::new(kind));
        }
        kind
    }

    fn one(&mut self) -> Type {
        if self.take("{") {
            return Type::Object(self.fields());
        }
        if self.take("[") {
            let mut kinds = vec![self.union()];
            while self.take(",") {
                kinds.push(self.union());
            }
            assert!(self.take("]"));
            return Type::Tuple(kinds);
        }
        let token = self.next();
        match token.strip_prefix('\'') {
            Some(literal) => Type::Literal(literal.trim_end_matches('\'').to_owned()),
            None => Type::Name(token),
        }
    }

    fn fields(&mut self) -> Vec<Field> {
        let mut fields = Vec::new();
        while !self.take("}") {
            let name = self.next();
            let optional = self.take("?");
            assert!(self.take(":"), "{name} has a type");
            fields.push(Field {
                name,
                optional,
                kind: self.union(),
            });
            self.take(";");
        }
        fields
    }
}
