//! Runs of capitalised words.

use crate::entities::gap::Gap;
use crate::entities::recogniser::Scan;

/// Words of a name, at most.
pub(super) const LONGEST: usize = 6;

/// Small words inside a name.
const PARTICLES: [&str; 19] = [
    "al", "el", "bin", "ben", "ibn", "bint", "abu", "ul", "de", "del", "da", "di", "du", "la",
    "von", "van", "der", "den", "of",
];

/// Capitalised words that may stand before a name and belong to none.
const LEADS: [&str; 42] = [
    "The",
    "In",
    "On",
    "At",
    "From",
    "For",
    "To",
    "And",
    "But",
    "As",
    "With",
    "By",
    "Then",
    "Later",
    "When",
    "While",
    "If",
    "After",
    "Before",
    "Since",
    "Under",
    "Why",
    "How",
    "What",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "President",
    "Minister",
    "Premier",
    "Chancellor",
    "Secretary",
    "Senator",
    "General",
    "King",
    "Prince",
    "Sheikh",
    "Leader",
    "Le",
    "Les",
    "Président",
];

/// Capitalised words, with particles between, that spaces or hyphens alone part. Tokens of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::entities) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The runs of a page, in order.
pub(in crate::entities) fn runs(scan: &Scan<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = if scan.forms.has_latin() {
        0
    } else {
        scan.page.len()
    };
    while at < scan.page.len() {
        if !scan.is_capitalised(at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        let mut ahead = at;
        while scan.gap(ahead) == Gap::Space && scan.is_latin(ahead) {
            let capital = scan.is_capitalised(ahead);
            if !capital && !PARTICLES.contains(&scan.surface(ahead, ahead + 1, 0)) {
                break;
            }
            ahead += 1;
            if capital {
                at = ahead;
            }
        }
        runs.push(Run { start, end: at });
    }
    runs
}

impl Run {
    /// Whether a token is part of it.
    pub(super) fn holds(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }

    /// Its parts of two words and more that begin and end with a capital: by their starts, the longest first.
    pub(super) fn parts(self, scan: &Scan<'_>) -> Vec<(usize, usize)> {
        let capital = |at: &usize| scan.is_capitalised(*at);
        let starts = (self.start..self.end).filter(capital);
        let parts = starts.flat_map(|start| {
            let lasts = start + 1..self.end.min(start + LONGEST);
            lasts
                .rev()
                .filter(capital)
                .map(move |last| (start, last + 1))
        });
        parts.collect()
    }
}

/// Whether a capitalised word may stand before a name and belong to none.
pub(super) fn leads(word: &str) -> bool {
    LEADS.contains(&word)
}

/// Whether nothing but a space and an opening mark stands before a token.
pub(super) fn opens_gloss(scan: &Scan<'_>, at: usize) -> bool {
    let spans = &scan.page.spans;
    let before = at.checked_sub(1).and_then(|before| spans.get(before));
    let gap = before.zip(spans.get(at)).and_then(|(before, here)| {
        let bytes = before.end as usize..here.start as usize;
        scan.page.text.get(bytes)
    });
    let opening = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '[' | '«' | '"' | '“' | '\'' | '-' | '–' | '\u{200E}'
            )
    };
    !scan.page.is_break(at) && gap.is_some_and(|gap| gap.chars().all(opening))
}
