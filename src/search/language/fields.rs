//! Fields: lenses, titles, and conditions on documents.

use super::words::is_quote;
use super::{DEPTH, Item, Parser, number_of};
use crate::analysis::Lens;
use crate::search::filter::Filter;
use crate::search::query::{Node, NoticeCode};

impl<'t> Parser<'t> {
    pub(super) fn with_lens(&mut self, lens: Lens, depth: usize, start: usize) -> Option<Item> {
        let outer = self.context.lens.replace(lens);
        let item = self.under_field(depth, start);
        self.context.lens = outer;
        item
    }

    /// The item that a field speaks of; fields before fields are not gone into for ever.
    fn under_field(&mut self, depth: usize, start: usize) -> Option<Item> {
        if depth >= DEPTH {
            return self.word(start);
        }
        self.item(depth + 1, start)
    }

    /// Reads a field and its value; `None` when no field stands here.
    pub(super) fn field(&mut self, depth: usize, start: usize) -> Option<Option<Item>> {
        let rest = self.rest();
        let (name, value) = rest.split_once(':')?;
        let is_name = name.len() <= 16 && name.bytes().all(|b| b.is_ascii_lowercase());
        if !is_name
            || value.is_empty()
            || value
                .starts_with(|c: char| c.is_whitespace() || c == '/' && name.starts_with("http"))
        {
            return None;
        }
        let at = self.at;
        self.at += name.len() + 1;
        if let Some(lens) = Lens::from_name(name) {
            return Some(self.with_lens(lens, depth, start));
        }
        match name {
            "title" => {
                let outer = std::mem::replace(&mut self.context.in_title, true);
                let mut item = self.under_field(depth, start);
                if let Some(Item::Clause(clause)) = &mut item {
                    clause.in_title = true;
                }
                self.context.in_title = outer;
                Some(item)
            }
            "outlet" | "date" | "keyword" | "role" | "page" => {
                let value = self.value();
                match Filter::new(name, value) {
                    Some(filter) => {
                        let number = number_of(&mut self.query.filters, filter);
                        Some(Some(Item::Node(Node::Filter(number))))
                    }
                    None => {
                        self.note(NoticeCode::BadValue, at..self.at);
                        Some(None)
                    }
                }
            }
            _ => {
                self.note(NoticeCode::UnknownField, at..at + name.len() + 1);
                self.at = at;
                None
            }
        }
    }

    /// The value of a field: in quotation marks, in brackets, or one piece.
    pub(super) fn value(&mut self) -> &'t str {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or(' ');
        let inside = rest.get(first.len_utf8()..).unwrap_or_default();
        let close = if is_quote(first) {
            inside.find(is_quote)
        } else {
            inside.find(']').filter(|_| first == '[')
        };
        let (value, length) = match close {
            Some(close) => {
                let end = first.len_utf8() + close;
                let mark = rest
                    .get(end..)
                    .and_then(|c| c.chars().next())
                    .map_or(0, char::len_utf8);
                (inside.get(..close), end + mark)
            }
            None if first == '[' => {
                self.note(NoticeCode::UnclosedGroup, self.at..self.end);
                (Some(inside), rest.len())
            }
            None => (Some(self.piece()), self.piece().len()),
        };
        self.at += length;
        value.unwrap_or_default()
    }
}
