//! Reads the query language: one parser for words as typed, for the habits of
//! Lucene, and for a part of CQL. `docs/query-language.md` tells all of it.
//!
//! ```text
//! any    = all { ("|" | "OR") all }
//! all    = unary { ["AND"] unary }
//! unary  = { "-" | "+" | "NOT" } item { "~" n item }
//! item   = "(" any ")" | field ":" item | "=" item | "«" words "»" ["~" n] | "/" regex "/" | "[" pattern | word
//! ```
//!
//! Each character is read once. What the tokeniser would cut (`كوفيد-19`,
//! `#كوريا_الشمالية`) is looked for as a phrase: a reader who types it wants
//! its pieces together.

mod brackets;
mod clauses;
mod fields;
mod words;

use super::query::{Clause, Node, Notice, NoticeCode, Query};
use crate::analysis::Lens;
use crate::text::floor_border;
use words::is_quote;

/// Longest query that is read, in bytes.
const QUERY_BYTES: usize = 10_000;

/// Most clauses and filters of a query, repeated ones counted once.
const CLAUSES: usize = 32;

/// Most words of a phrase.
const PHRASE_WORDS: usize = 64;

/// Groups stand no deeper inside each other.
const DEPTH: usize = 16;

/// Most words between words near each other, or between two tokens of a pattern.
const GAP: u32 = 100;

pub(super) fn parse(text: &str) -> Query {
    let mut parser = Parser {
        text,
        end: floor_border(text, QUERY_BYTES),
        at: 0,
        query: Query::default(),
        context: Context::default(),
        unread_groups: 0,
        left_over: None,
    };
    let tree = parser.any(0);
    let end = parser.end;
    if end < text.len() {
        parser.note(NoticeCode::TooLong, end..text.len());
    }
    let mut query = parser.query;
    query.tree = tree.unwrap_or_default();
    if !query.asks() && query.clauses.iter().any(|clause| clause.excluded) {
        query
            .notices
            .push(notice(NoticeCode::OnlyExclusions, text, 0));
    }
    query
}

/// What a field before an item says of it.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    lens: Option<Lens>,
    in_title: bool,
    negated: bool,
}

/// What was read: a clause may still be joined with the next by `~n`.
enum Item {
    Clause(Clause),
    Node(Node),
}

struct Parser<'t> {
    text: &'t str,
    end: usize,
    at: usize,
    query: Query,
    context: Context,
    /// Opening brackets that were left out; as many closing ones are passed over.
    unread_groups: usize,
    /// A filter that stood where `~n` wanted a word.
    left_over: Option<Node>,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    /// The piece up to the next space or sign that ends a word.
    fn piece(&self) -> &'t str {
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|');
        rest.get(..rest.find(ends).unwrap_or(rest.len()))
            .unwrap_or_default()
    }

    fn take(&mut self, start: &str) -> bool {
        let found = self.rest().starts_with(start);
        self.at += if found { start.len() } else { 0 };
        found
    }

    /// Takes an operator that is a word of its own.
    fn take_word(&mut self, word: &str) -> bool {
        let found = self.piece() == word;
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn note(&mut self, code: NoticeCode, span: std::ops::Range<usize>) {
        let text = self
            .text
            .get(span.start..span.end.max(span.start))
            .unwrap_or_default();
        self.query.notices.push(notice(code, text, span.start));
    }

    fn any(&mut self, depth: usize) -> Option<Node> {
        let mut choices = Vec::new();
        let mut after = None;
        loop {
            let all = self.all(depth);
            if let (None, Some(operator)) = (&all, after) {
                self.note_operator(operator);
            }
            let before = self.at;
            let is_or = self.take("||") || self.take("|") || self.take_word("OR");
            if is_or && all.is_none() && after.is_none() {
                self.note_operator(before);
            }
            if let Some(choice) = all
                && !choices.contains(&choice)
            {
                choices.push(choice);
            }
            if !is_or {
                break;
            }
            after = Some(before);
        }
        joined(choices, Node::Any)
    }

    fn note_operator(&mut self, at: usize) {
        if self.at < self.end || self.end == self.text.len() {
            let length = self
                .text
                .get(at..)
                .unwrap_or_default()
                .find(char::is_whitespace);
            self.note(
                NoticeCode::MissingOperand,
                at..at + length.unwrap_or(self.text.len() - at),
            );
        }
    }

    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut parts: Vec<Node> = Vec::new();
        let mut and = None;
        loop {
            self.skip_space();
            let rest = self.rest();
            if rest.starts_with(')') {
                if depth > 0 && self.unread_groups == 0 {
                    break;
                }
                match self.unread_groups.checked_sub(1) {
                    Some(fewer) => self.unread_groups = fewer,
                    None => self.note(NoticeCode::UnopenedGroup, self.at..self.at + 1),
                }
                self.at += 1;
                continue;
            }
            if rest.is_empty() || rest.starts_with('|') || self.piece() == "OR" {
                break;
            }
            let before = self.at;
            if self.take_word("AND") || self.take("&&") {
                if parts.is_empty() || and.is_some() {
                    self.note_operator(before);
                }
                and = Some(before);
                continue;
            }
            and = None;
            if let Some(part) = self.unary(depth)
                && !parts.contains(&part)
            {
                parts.push(part);
            }
            parts.extend(self.left_over.take());
        }
        if let (Some(and), false) = (and, parts.is_empty()) {
            self.note_operator(and);
        }
        joined(parts, Node::All)
    }

    fn unary(&mut self, depth: usize) -> Option<Node> {
        let outer = self.context;
        let mut negated = false;
        let start = self.at;
        let mut operator = None;
        while self.piece() == "NOT" {
            operator = Some(self.at);
            self.at += 3;
            self.skip_space();
            negated = !negated;
        }
        let after_sign = self.rest().strip_prefix(['-', '\u{2212}', '+']);
        if let Some(operand) =
            after_sign.filter(|operand| operand.starts_with(|c: char| !c.is_whitespace()))
        {
            negated ^= !self.rest().starts_with('+');
            self.at = self.end - operand.len();
        }
        self.context.negated ^= negated;
        let item = self.item(depth, start);
        if item.is_none()
            && let Some(operator) = operator
        {
            self.note_operator(operator);
        }
        let item = item.map(|item| self.near(item, depth));
        let node = item.map(|item| self.placed(item));
        self.context = outer;
        let node = node?;
        Some(if negated {
            Node::Not(Box::new(node))
        } else {
            node
        })
    }

    /// Gives a clause its number.
    fn placed(&mut self, item: Item) -> Node {
        let mut clause = match item {
            Item::Clause(clause) => clause,
            Item::Node(node) => return node,
        };
        clause.excluded = self.context.negated;
        clause.in_title |= self.context.in_title;
        Node::Clause(number_of(&mut self.query.clauses, clause))
    }

    fn item(&mut self, depth: usize, start: usize) -> Option<Item> {
        let count = self.query.clauses.len() + self.query.filters.len();
        if count >= CLAUSES {
            self.end = start;
            self.at = start;
            return None;
        }
        let rest = self.rest();
        let first = rest.chars().next()?;
        match first {
            '(' => self.group(depth),
            '[' => self.pattern(),
            '/' => self.regex().unwrap_or_else(|| self.word(start)),
            '=' if rest.len() > 1 && !rest.starts_with("= ") => {
                self.at += 1;
                self.with_lens(Lens::Exact, depth, start)
            }
            _ if is_quote(first) => self.phrase(start),
            _ if first.is_ascii_lowercase() => {
                self.field(depth, start).unwrap_or_else(|| self.word(start))
            }
            _ => self.word(start),
        }
    }

    fn group(&mut self, depth: usize) -> Option<Item> {
        let start = self.at;
        self.at += 1;
        if depth >= DEPTH {
            self.note(NoticeCode::TooDeep, start..start + 1);
            self.unread_groups += 1;
            return None;
        }
        let node = self.any(depth + 1);
        if !self.take(")") {
            self.note(NoticeCode::UnclosedGroup, start..self.end);
        } else if node.is_none() {
            self.note(NoticeCode::NoWords, start..self.at);
        }
        node.map(Item::Node)
    }
}

/// Joins nodes; one alone stands for itself.
fn joined(mut nodes: Vec<Node>, how: fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(how(nodes)),
    }
}

/// The number of something in a list; asked twice is asked once.
fn number_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    let known = list.iter().position(|other| *other == item);
    known.unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

fn notice(code: NoticeCode, text: &str, at: usize) -> Notice {
    const SHOWN: usize = 80;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Notice {
        code,
        text: shown,
        at,
    }
}

#[cfg(test)]
mod tests;
