//! What stands between two neighbouring tokens, as far as names care.

use super::page::TokenText;

/// The text between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space: the two words belong together. A hyphen counts as one.
    Space,
    /// A comma: an apposition may follow.
    Comma,
    /// A quotation mark that opens.
    Open,
    /// A quotation mark that closes.
    Close,
    /// Anything else, or the end of a sentence.
    Break,
}

/// Classifies the gap before token `i` of `page`.
pub(super) fn gap_before(page: &TokenText<'_>, i: usize) -> Gap {
    if i == 0 || page.is_break(i) {
        return Gap::Break;
    }
    let (Some(last), Some(next)) = (page.spans.get(i - 1), page.spans.get(i)) else {
        return Gap::Break;
    };
    match page.text.get(last.end as usize..next.start as usize) {
        Some(" ") => Gap::Space,
        Some(gap) => classify(gap),
        None => Gap::Break,
    }
}

/// Classifies a gap's text.
fn classify(gap: &str) -> Gap {
    let core = gap.trim();
    if core.is_empty() {
        // Nothing at all stands between letters and digits: two words in one.
        return if gap.is_empty() {
            Gap::Break
        } else {
            Gap::Space
        };
    }
    match core {
        "-" | "\u{2013}" | "_" => Gap::Space,
        "،" | "," => Gap::Comma,
        _ if core.chars().all(is_quote) => {
            let starts = gap.chars().next().is_some_and(is_quote);
            let ends = gap.chars().next_back().is_some_and(is_quote);
            match (starts, ends) {
                (false, true) => Gap::Open,
                (true, false) => Gap::Close,
                _ => Gap::Break,
            }
        }
        _ if core.chars().next().is_some_and(is_quote) => Gap::Close,
        _ => Gap::Break,
    }
}

/// Whether `c` is a quotation mark of any kind.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '«' | '»' | '\u{2018}'..='\u{201F}' | '\u{2039}' | '\u{203A}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_apart() {
        let cases = [
            (" ", Gap::Space),
            ("\u{A0}", Gap::Space),
            (" - ", Gap::Space),
            ("، ", Gap::Comma),
            (" ، ", Gap::Comma),
            (" “", Gap::Open),
            (" «", Gap::Open),
            ("” ", Gap::Close),
            ("»، ", Gap::Close),
            ("\n", Gap::Space),
            (" (", Gap::Break),
            (": ", Gap::Break),
            ("", Gap::Break),
        ];
        for (text, gap) in cases {
            assert_eq!(classify(text), gap, "{text:?}");
        }
    }
}
