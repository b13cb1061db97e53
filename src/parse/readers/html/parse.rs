//! Text → tree, within limits.

use super::dom::{Builder, Dom, Handle};
use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use std::cell::Cell;

/// Most nodes of a page: a few bytes can make many, by open formatting elements
/// that are opened anew in each paragraph.
pub(super) const MOST_NODES: usize = 1_000_000;

/// Bytes handed to the parser at a time.
const PIECE_BYTES: usize = 16 << 10;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A page as a tree, and whether all of it is in it.
pub(super) struct Parsed {
    pub(super) dom: Dom,
    pub(super) is_whole: bool,
}

/// Parses a page. Elements deeper than `depth` are left out, what they hold is not.
pub(super) fn parse(text: &str, depth: usize) -> Parsed {
    let options = TreeBuilderOpts {
        // As a page without scripts: what stands in `noscript` is parsed too.
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let guard = Guard {
        builder: TreeBuilder::new(Builder::default(), options),
        depth,
        dropped: Cell::new(0),
        is_full: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = text;
    while !rest.is_empty() && !tokenizer.sink.is_full.get() {
        let mut end = PIECE_BYTES.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        queue.push_back(StrTendril::from_slice(piece));
        // Scripts do not run, and the encoding is known: on with it.
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    }
    tokenizer.end();
    Parsed {
        is_whole: !tokenizer.sink.is_full.get(),
        dom: tokenizer.sink.builder.sink.take(),
    }
}

/// Stands between the tokenizer and the tree builder and holds the limits.
struct Guard {
    builder: TreeBuilder<Handle, Builder>,
    depth: usize,
    /// Elements that were left out and whose end is still to come.
    dropped: Cell<usize>,
    is_full: Cell<bool>,
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if self.builder.sink.len() > MOST_NODES {
            self.is_full.set(true);
            if token != Token::EOFToken {
                return TokenSinkResult::Continue;
            }
        }
        if let Token::TagToken(tag) = &token
            && !VOID.contains(&&*tag.name)
        {
            match tag.kind {
                TagKind::StartTag if self.builder.sink.depth.get() >= self.depth => {
                    self.dropped.set(self.dropped.get() + 1);
                    return TokenSinkResult::Continue;
                }
                TagKind::EndTag if self.dropped.get() > 0 => {
                    self.dropped.set(self.dropped.get() - 1);
                    return TokenSinkResult::Continue;
                }
                TagKind::StartTag | TagKind::EndTag => {}
            }
        }
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::EndTag
        {
            // What is put in next lies one higher.
            let depth = &self.builder.sink.depth;
            depth.set(depth.get().saturating_sub(1));
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}
