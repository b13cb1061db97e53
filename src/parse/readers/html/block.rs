//! The lines of a page: its text, broken where a browser breaks it.

use super::dom::{Dom, Kind, NodeId};
use std::ops::Range;

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "head", "title", "svg", "math", "canvas", "iframe",
    "object", "audio", "video", "select", "textarea", "datalist",
];

/// Elements that stand in the line; all others break it.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
    "picture", "nobr",
];

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text, white space collapsed.
    pub(super) text: String,
    /// The innermost element that holds it and breaks lines.
    pub(super) holder: NodeId,
    /// Characters of it that belong to links.
    pub(super) link_chars: usize,
}

impl Line {
    /// Its length in characters.
    pub(super) fn chars(&self) -> usize {
        self.text.chars().count()
    }
}

/// The lines in a node, in the order of the page.
pub(super) fn lines(dom: &Dom, top: NodeId) -> Vec<Line> {
    let mut gatherer = Gatherer {
        dom,
        lines: Vec::new(),
        open: None,
        is_spaced: false,
    };
    let mut at = Some(top);
    while let Some(node) = at {
        let inside = gatherer.enter(node);
        let next = dom.after(node, top, inside);
        gatherer.leave(node, next, top);
        at = next;
    }
    gatherer.close();
    gatherer.lines
}

struct Gatherer<'d> {
    dom: &'d Dom,
    lines: Vec<Line>,
    open: Option<Line>,
    /// White space came since the last character.
    is_spaced: bool,
}

impl Gatherer<'_> {
    /// Takes a node; says whether what lies in it is to be taken too.
    fn enter(&mut self, node: NodeId) -> bool {
        match self.dom.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Text(text)) => {
                self.text(node, text);
                false
            }
            Some(Kind::Element(..)) => {
                let name = self.dom.name(node);
                if UNSEEN.contains(&name) {
                    return false;
                }
                if breaks(name) {
                    self.close();
                }
                if matches!(name, "td" | "th") {
                    self.is_spaced = true;
                }
                if name == "li" {
                    self.put(node, "• ", 0);
                }
                true
            }
            _ => true,
        }
    }

    /// Breaks the line where elements end between a node and the next.
    fn leave(&mut self, node: NodeId, next: Option<NodeId>, top: NodeId) {
        let until = next
            .and_then(|next| self.dom.nodes.get(next))
            .and_then(|next| next.parent);
        let mut at = Some(node);
        while let Some(id) = at.filter(|&id| Some(id) != until) {
            if breaks(self.dom.name(id)) {
                self.close();
            }
            if id == top {
                break;
            }
            at = self.dom.nodes.get(id).and_then(|node| node.parent);
        }
    }

    fn text(&mut self, node: NodeId, text: &str) {
        let (holder, is_link) = self.holder(node);
        for (number, word) in text.split_ascii_whitespace().enumerate() {
            if number > 0 || text.starts_with(|c: char| c.is_ascii_whitespace()) {
                self.is_spaced = true;
            }
            let link_chars = if is_link { word.chars().count() } else { 0 };
            self.put(holder, word, link_chars);
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.is_spaced = true;
        }
    }

    fn put(&mut self, holder: NodeId, piece: &str, link_chars: usize) {
        let is_spaced = std::mem::take(&mut self.is_spaced);
        let line = self.open.get_or_insert_with(|| Line {
            text: String::new(),
            holder,
            link_chars: 0,
        });
        if is_spaced && !line.text.is_empty() && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(piece);
        line.link_chars += link_chars;
    }

    /// The element around a text that breaks lines, and whether a link is between.
    fn holder(&self, node: NodeId) -> (NodeId, bool) {
        let (mut at, mut is_link) = (node, false);
        while let Some(parent) = self.dom.nodes.get(at).and_then(|node| node.parent) {
            at = parent;
            let name = self.dom.name(at);
            is_link |= name == "a";
            if breaks(name) || name.is_empty() {
                break;
            }
        }
        (at, is_link)
    }

    fn close(&mut self) {
        self.is_spaced = false;
        if let Some(line) = self.open.take()
            && !line.text.trim_matches(['•', ' ']).is_empty()
        {
            self.lines.push(line);
        }
    }
}

/// Whether an element breaks the line; cells of a row stand side by side.
fn breaks(name: &str) -> bool {
    !name.is_empty() && !INLINE.contains(&name) && !matches!(name, "td" | "th")
}

/// The lines that lie in a node, where the lines are those of the whole page.
pub(super) fn range_of(dom: &Dom, lines: &[Line], top: NodeId) -> Range<usize> {
    let is_inside = |line: &Line| {
        let mut at = Some(line.holder);
        while let Some(node) = at {
            if node == top {
                return true;
            }
            at = dom.nodes.get(node).and_then(|node| node.parent);
        }
        false
    };
    let start = lines.iter().position(is_inside).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_inside).map_or(start, |at| at + 1);
    start..end
}
