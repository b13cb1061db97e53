//! HTML: the main text of a page, what stands around it, and what the page says of itself.
//!
//! Scripts never run, and no address but the page's own, if it is one of the
//! web, is kept: what leaves is plain text.

mod block;
mod dom;
mod main_text;
mod metadata;
mod parse;

use super::transcode::standard;
use crate::parse::{Encoding, Given};

/// A page that was read.
#[derive(Debug)]
pub(super) struct HtmlPage {
    /// Main text, one line for each block, then what stood outside of it.
    pub(super) text: String,
    /// Bytes of the main text.
    pub(super) main_end: usize,
    /// Metadata.
    pub(super) given: Given,
    /// False when the page has more elements than are read.
    pub(super) is_whole: bool,
}

/// Reads a page; elements deeper than `depth` are left out, their text is not.
pub(super) fn read_page(html: &str, depth: usize) -> HtmlPage {
    let parsed = parse::parse(html, depth);
    let dom = &parsed.dom;
    let given = metadata::metadata(dom);
    let lines = block::lines(dom, dom::ROOT);
    let main = main_text::main_text(dom, &lines);
    let mut text = String::new();
    let (mut main_end, mut is_first_outside) = (0, true);
    for wanted in [true, false] {
        for (line, _) in lines
            .iter()
            .zip(&main.is_main)
            .filter(|(_, is_main)| **is_main == wanted)
        {
            if !wanted && std::mem::take(&mut is_first_outside) && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        if wanted {
            main_end = text.len();
        }
    }
    HtmlPage {
        text,
        main_end,
        given,
        is_whole: parsed.is_whole,
    }
}

/// Whether a text holds markup of paragraphs.
pub(super) fn is_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).take(1_000).any(|at| {
        let tag = bytes.get(at..).unwrap_or_default();
        [
            "</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</span>",
        ]
        .iter()
        .any(|known| {
            tag.get(..known.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(known.as_bytes()))
        })
    })
}

/// The text of a piece of markup, line by line.
pub(super) fn fragment_text(html: &str) -> String {
    const DEPTH: usize = 256;
    let parsed = parse::parse(html, DEPTH);
    let lines = block::lines(&parsed.dom, dom::ROOT);
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    lines.join("\n")
}

/// The encoding that a page names in a `<meta>` element among its first bytes.
pub(super) fn stated_encoding(bytes: &[u8]) -> Option<Encoding> {
    const HEAD: usize = 4_096;
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    memchr::memmem::find_iter(&head, b"charset").find_map(|at| {
        let rest = head.get(at + b"charset".len()..)?.trim_ascii_start();
        let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or(rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:".contains(byte);
        let length = rest.iter().take_while(|byte| is_label(byte)).count();
        let known = encoding_rs::Encoding::for_label(rest.get(..length)?)?;
        Encoding::from_name(known.name())
            // A page whose first bytes could be read is in no UTF-16, whatever it says.
            .filter(|encoding| !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be))
            .filter(|&encoding| standard(encoding) == known)
    })
}

#[cfg(test)]
mod tests;
