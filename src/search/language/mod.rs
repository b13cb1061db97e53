//! Reads the query language: one parser for words as typed, for the habits of
//! Lucene, and for a part of CQL. `docs/query-language.md` tells all of it.
//!
//! ```text
//! any    = all { ("|" | "OR") all }
//! all    = unary { ["AND"] unary }
//! unary  = { "-" | "+" | "NOT" } item [ "~" n unary ]
//! item   = "(" any ")" | field ":" item | "=" item | "«" words "»" ["~" n] | "/" regex "/" | "[" pattern | word
//! ```
//!
//! Each character is read once. What the tokeniser would cut (`كوفيد-19`,
//! `#كوريا_الشمالية`) is looked for as a phrase: a reader who types it wants
//! its pieces together.

mod brackets;
mod words;

use super::filter::Filter;
use super::pattern::{Pattern, PatternError};
use super::query::{Clause, ClauseKind, Node, Notice, NoticeCode, Query, Shape, Word, WordKind};
use crate::analysis::Lens;
use crate::text::floor_border;
use words::{is_quote, words};

/// Longest query that is read, in bytes.
const QUERY_BYTES: usize = 10_000;

/// Most clauses and filters of a query, repeated ones counted once.
const CLAUSES: usize = 32;

/// Most words of a phrase.
const PHRASE_WORDS: usize = 64;

/// Groups stand no deeper inside each other.
const DEPTH: usize = 16;

/// Most words between words near each other.
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

    /// Reads `~n` and what stands behind it.
    fn near(&mut self, item: Item, depth: usize) -> Item {
        let Item::Clause(mut clause) = item else {
            return item;
        };
        loop {
            let before = self.at;
            self.skip_space();
            let piece = self.piece();
            let gap = piece
                .strip_prefix('~')
                .and_then(|digits| digits.parse::<u32>().ok());
            let Some(gap) = gap.filter(|_| self.at > before) else {
                self.at = before;
                return Item::Clause(clause);
            };
            let operator = self.at;
            self.at += piece.len();
            self.skip_space();
            let ends = self.rest().starts_with(['(', ')', '|']);
            let next = if ends {
                None
            } else {
                self.item(depth, self.at)
            };
            let next = match next {
                Some(Item::Clause(next)) => next,
                other => {
                    if let Some(Item::Node(node)) = other {
                        self.left_over = Some(node);
                    }
                    self.note_operator(operator);
                    return Item::Clause(clause);
                }
            };
            if clause.words.len() + next.words.len() > PHRASE_WORDS.min(8) {
                self.note(NoticeCode::TooLong, operator..self.at);
                return Item::Clause(clause);
            }
            clause.words.extend(next.words);
            clause.kind = ClauseKind::Near;
            clause.shape = Shape::Near(gap.min(GAP));
            clause.text = format!("{} ~{gap} {}", clause.text, next.text);
            self.within(&mut clause);
        }
    }

    /// Reads `within s`.
    fn within(&mut self, clause: &mut Clause) {
        let rest = self.rest().trim_start();
        let unit = rest
            .strip_prefix("within")
            .map(|rest| (rest, rest.trim_start()));
        let after = unit
            .filter(|(rest, unit)| rest.len() > unit.len())
            .and_then(|(_, unit)| {
                let after = unit
                    .strip_prefix("<s/>")
                    .or_else(|| unit.strip_prefix('s'))?;
                let ends = after.is_empty()
                    || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'));
                ends.then_some(after)
            });
        if let Some(after) = after {
            clause.in_sentence = true;
            self.at = self.end - after.len();
        }
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

    fn with_lens(&mut self, lens: Lens, depth: usize, start: usize) -> Option<Item> {
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

    /// Reads a field and its value; `None` when no field stands here.
    fn field(&mut self, depth: usize, start: usize) -> Option<Option<Item>> {
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
    fn value(&mut self) -> &'t str {
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
            None => (Some(self.piece()), self.piece().len()),
        };
        self.at += length;
        value.unwrap_or_default()
    }

    fn phrase(&mut self, start: usize) -> Option<Item> {
        let rest = self.rest();
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        let inside = rest.get(mark..).unwrap_or_default();
        let opened = self.at;
        let content = match inside.find(is_quote) {
            Some(close) => {
                let closing = inside.get(close..).and_then(|c| c.chars().next());
                self.at += mark + close + closing.map_or(0, char::len_utf8);
                inside.get(..close).unwrap_or_default()
            }
            None => {
                self.at = self.end;
                self.note(NoticeCode::UnclosedQuote, opened..self.end);
                inside
            }
        };
        let mut clause = self.clause(content, start..self.at, opened)?;
        let digits = self.rest().strip_prefix('~').map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest.get(..end).unwrap_or_default()
        });
        if let Some(digits) = digits.filter(|digits| !digits.is_empty()) {
            self.at += 1 + digits.len();
            let many = clause.words.len() > 1;
            if many && clause.words.len() <= 8 {
                clause.kind = ClauseKind::Near;
                clause.shape = Shape::Near(digits.parse().unwrap_or(GAP).min(GAP));
            } else if many {
                self.note(NoticeCode::TooLong, opened..self.at);
            }
        }
        self.within(&mut clause);
        Some(Item::Clause(clause))
    }

    fn word(&mut self, start: usize) -> Option<Item> {
        let piece = self.piece();
        let at = self.at;
        let is_near = piece
            .strip_prefix('~')
            .is_some_and(|n| n.parse::<u32>().is_ok());
        if is_near {
            self.at += piece.len();
            self.note_operator(at);
            return None;
        }
        self.at += piece.len().max(
            self.rest()
                .chars()
                .next()
                .map_or(0, |c| if piece.is_empty() { c.len_utf8() } else { 0 }),
        );
        self.clause(piece, start..self.at, at).map(Item::Clause)
    }

    /// The clause of words; `span` is all that was read for it.
    fn clause(&mut self, content: &str, span: std::ops::Range<usize>, at: usize) -> Option<Clause> {
        let mut words = match words(content) {
            Ok(words) => words,
            Err(_) => {
                self.note(NoticeCode::LargeRegex, span);
                return None;
            }
        };
        if words.len() > PHRASE_WORDS {
            words.truncate(PHRASE_WORDS);
            self.note(NoticeCode::TooLong, at..span.end);
        }
        if words.is_empty() {
            self.note(NoticeCode::NoWords, span);
            return None;
        }
        for word in &mut words {
            word.lens = self.context.lens;
        }
        Some(Clause::of(content, words))
    }

    /// Reads `/…/`; `None` when none stands here.
    fn regex(&mut self) -> Option<Option<Item>> {
        let rest = self.rest().get(1..)?;
        let mut escaped = false;
        let close = rest.find(|c: char| {
            let ends = c.is_whitespace() || c == '/' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let after = rest.get(close..)?.strip_prefix('/')?;
        let ends = after.is_empty()
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'));
        let source = rest
            .get(..close)
            .filter(|source| ends && !source.is_empty())?;
        let start = self.at;
        self.at += close + 2;
        let word = match Pattern::regex(source) {
            Ok(pattern) => Word {
                text: source.to_owned(),
                kind: WordKind::Regex(pattern),
                lens: self.context.lens,
            },
            Err(PatternError::Mistake(at)) => {
                self.note(NoticeCode::BadRegex, start + 1 + at..self.at);
                return Some(None);
            }
            Err(PatternError::TooLarge(at)) => {
                self.note(NoticeCode::LargeRegex, start + 1 + at..self.at);
                return Some(None);
            }
        };
        Some(Some(Item::Clause(Clause::of(source, vec![word]))))
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
