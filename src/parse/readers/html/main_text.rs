//! Which part of a page is its text.
//!
//! Every line that reads like running text (some length, few links, sentence
//! signs) gives its weight to the element that holds it, and in shares to the
//! elements around it; names that publishers give to their containers raise or
//! lower it, and so does the share of links inside. The heaviest element holds
//! the main text. The heading before it joins it; blocks inside it that are
//! lists of links are left in place, for page anatomy to name. A page without
//! running text is all main text.

use super::block::{Line, range_of};
use super::dom::{Dom, NodeId};

/// A line of running text has so many characters at least.
const LEAST_CHARS: usize = 40;
/// The heaviest element holds so many characters of running text at least.
const LEAST_TEXT: f32 = 140.0;
/// What an element gets of the weight of a line, by its distance from it.
const SHARES: [f32; 5] = [1.0, 0.9, 0.5, 0.25, 0.12];

/// Parts of class names and ids of containers, as publishers write them.
const GOOD: &[&str] = &[
    "article", "content", "story", "entry", "post", "body", "text", "news", "details", "khabar",
    "main", "single",
];
const BAD: &[&str] = &[
    "comment",
    "footer",
    "sidebar",
    "related",
    "share",
    "social",
    "nav",
    "menu",
    "widget",
    "promo",
    "banner",
    "advert",
    "breadcrumb",
    "cookie",
    "popup",
    "modal",
    "subscribe",
    "newsletter",
    "trending",
    "most-read",
    "copyright",
];

/// What the lines of a page are.
#[derive(Debug)]
pub(super) struct MainText {
    /// For each line, whether it belongs to the main text.
    pub(super) is_main: Vec<bool>,
}

/// Finds the main text among the lines of a page.
pub(super) fn main_text(dom: &Dom, lines: &[Line]) -> MainText {
    let Some(top) = heaviest(dom, lines) else {
        return MainText {
            is_main: vec![true; lines.len()],
        };
    };
    let range = range_of(dom, lines, top);
    let mut is_main: Vec<bool> = (0..lines.len()).map(|at| range.contains(&at)).collect();
    let inside = lines.get(range.clone()).unwrap_or_default();
    let furniture = inside
        .iter()
        .map(|line| is_furniture(dom, line.holder, top));
    for (at, is_furniture) in range.clone().zip(furniture) {
        if let Some(flag) = is_main.get_mut(at) {
            *flag = !is_furniture;
        }
    }
    // The heading may stand before the container of the text.
    let has_heading = inside.iter().any(|line| dom.name(line.holder) == "h1");
    let before = lines.get(..range.start).unwrap_or_default();
    let heading = before
        .iter()
        .rposition(|line| dom.name(line.holder) == "h1");
    if let Some(flag) = heading
        .filter(|_| !has_heading)
        .and_then(|at| is_main.get_mut(at))
    {
        *flag = true;
    }
    MainText { is_main }
}

/// The element that holds the most running text.
fn heaviest(dom: &Dom, lines: &[Line]) -> Option<NodeId> {
    let mut weights = vec![0f32; dom.nodes.len()];
    let mut texts = vec![0f32; dom.nodes.len()];
    for line in lines {
        let weight = line_weight(line);
        let mut at = Some(line.holder);
        let mut shares = SHARES.iter();
        while let Some(node) = at {
            let Some(share) = shares.next() else { break };
            // A paragraph holds one line; what counts is who holds paragraphs.
            let is_container = !matches!(
                dom.name(node),
                "p" | "h1"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "li"
                    | "blockquote"
                    | "ul"
                    | "ol"
                    | "pre"
            );
            if is_container
                && let (Some(sum), Some(text)) = (weights.get_mut(node), texts.get_mut(node))
            {
                *sum += weight * share;
                *text += weight;
            }
            at = dom.nodes.get(node).and_then(|node| node.parent);
        }
    }
    let mut best: Option<(f32, NodeId)> = None;
    for (node, &weight) in weights.iter().enumerate() {
        if weight <= 0.0 || texts.get(node).is_none_or(|&text| text < LEAST_TEXT) {
            continue;
        }
        let weight = weight * name_factor(dom, node);
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, node));
        }
    }
    best.map(|(_, node)| node)
}

/// Characters of a line that count as running text.
fn line_weight(line: &Line) -> f32 {
    let chars = line.chars();
    if chars < LEAST_CHARS {
        return 0.0;
    }
    let free = chars.saturating_sub(line.link_chars * 2) as f32;
    let signs = line
        .text
        .matches(['،', '.', '؛', '؟', ',', '!', ':'])
        .count();
    if signs == 0 { free * 0.5 } else { free }
}

/// How an element's name, class and id speak for it.
fn name_factor(dom: &Dom, node: NodeId) -> f32 {
    let factor = match dom.name(node) {
        "article" | "main" => 1.4,
        "nav" | "aside" | "footer" | "header" | "form" => 0.3,
        "body" | "html" | "" => 0.8,
        _ => 1.0,
    };
    if dom.attribute(node, "itemprop") == Some("articleBody") {
        return factor * 1.8;
    }
    if dom.attribute(node, "role") == Some("main") {
        return factor * 1.3;
    }
    let names = names_of(dom, node);
    let has = |parts: &[&str]| parts.iter().any(|part| names.contains(part));
    match (has(GOOD), has(BAD)) {
        (true, false) => factor * 1.2,
        (_, true) if !matches!(dom.name(node), "body" | "html") => factor * 0.4,
        _ => factor,
    }
}

fn names_of(dom: &Dom, node: NodeId) -> String {
    let of = |attribute| dom.attribute(node, attribute).unwrap_or_default();
    format!("{} {}", of("class"), of("id")).to_ascii_lowercase()
}

/// Whether a line inside the main text stands in a block that says it is none of it.
fn is_furniture(dom: &Dom, holder: NodeId, top: NodeId) -> bool {
    let mut at = Some(holder);
    while let Some(node) = at.filter(|&node| node != top) {
        if matches!(dom.name(node), "nav" | "footer" | "form" | "button") {
            return true;
        }
        let names = names_of(dom, node);
        if [
            "comment",
            "share",
            "social",
            "breadcrumb",
            "newsletter",
            "subscribe",
            "advert",
        ]
        .iter()
        .any(|part| names.contains(part))
        {
            return true;
        }
        at = dom.nodes.get(node).and_then(|node| node.parent);
    }
    false
}
