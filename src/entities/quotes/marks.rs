//! Quotation marks of a line: which opens, which closes, what lies between.
//!
//! | style | example |
//! |---|---|
//! | guillemets, curly, straight, low | «…» “…” "…" „…“ |
//! | turned round | ”…” »…« |
//! | single | ‘…’ '…' |
//! | double brackets | ((…)) |
//!
//! A mark is read by what stands beside it, its own shape decides only where that
//! says nothing: `وأضاف:” أعتقد` opens. One that never closes ends before the next
//! that opens, else with its line; a line holds all that a mark can take, unless
//! the next lines carry it on.

use crate::sorting::Arrange;
use crate::text::ByteSpan;

/// What stands between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// Where the opening mark starts.
    pub(super) open: u32,
    /// The text inside, without marks and the space beside them.
    pub(super) inner: ByteSpan,
    /// One past the closing mark, or past the text when there is none.
    pub(super) end: u32,
    /// Whether no mark closes it.
    pub(super) unclosed: bool,
    /// Whether no mark opens it: the line begins inside a quote.
    pub(super) unopened: bool,
    /// Whether a mark of the other direction opens it: ”…”.
    pub(super) misdirected: bool,
    /// How many marks are open around it.
    pub(super) depth: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemet,
    Double,
    Single,
    Brackets,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// A mark: its family and the side that its shape suggests.
fn mark(c: char) -> Option<(Family, Side)> {
    Some(match c {
        '«' | '\u{300A}' => (Family::Guillemet, Side::Open),
        '»' | '\u{300B}' => (Family::Guillemet, Side::Close),
        '“' | '„' | '\u{201F}' => (Family::Double, Side::Open),
        '”' => (Family::Double, Side::Close),
        '"' | '\u{FF02}' | '\u{2033}' => (Family::Double, Side::Either),
        '‘' | '‚' | '‹' => (Family::Single, Side::Open),
        '’' | '›' => (Family::Single, Side::Close),
        '\'' => (Family::Single, Side::Either),
        _ => return None,
    })
}

/// A mark in its place.
#[derive(Clone, Copy)]
struct Placed {
    at: usize,
    end: usize,
    family: Family,
    shape: Side,
    side: Side,
}

struct Open {
    mark: Placed,
    /// Where it stands among the results.
    slot: usize,
}

/// Marks open at one time, at most: more is no text.
const DEEPEST: usize = 8;

/// The quotes of one line of `text`. Linear in the line's length.
pub(super) fn marked(text: &str, line: ByteSpan) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let placed = placed(text, line);
    for (number, &mark) in placed.iter().enumerate() {
        let inside = open.iter().rposition(|o| o.mark.family == mark.family);
        let side = match mark.side {
            Side::Either if inside.is_some() => Side::Close,
            Side::Either => Side::Open,
            side => side,
        };
        // A single mark is an apostrophe unless it pairs.
        if mark.family == Family::Single && side == Side::Open && !closes_later(&placed, number) {
            continue;
        }
        match (side, inside) {
            (Side::Close, Some(at)) => {
                let opened = open.get(at).map(|o| (o.mark, o.slot));
                for left in open.drain(at..).skip(1) {
                    end_early(text, &mut found, &left, mark.at);
                }
                if let Some((opened, slot)) = opened {
                    close(text, &mut found, slot, &opened, mark);
                }
            }
            (Side::Close, None) => {
                if mark.family != Family::Single && found.is_empty() {
                    found.extend(unopened(text, line, mark));
                }
            }
            _ => {
                // Two that open in a row without a close: the first ends here,
                // unless closes enough follow.
                if let Some(at) = inside.filter(|_| !closes_enough(&placed, number, mark.family)) {
                    for left in open.drain(at..) {
                        end_early(text, &mut found, &left, mark.at);
                    }
                }
                if open.len() < DEEPEST {
                    let depth = u8::try_from(open.len()).unwrap_or(u8::MAX);
                    open.push(Open {
                        mark,
                        slot: found.len(),
                    });
                    found.push(Marked {
                        open: offset(mark.at),
                        inner: ByteSpan::new(mark.end, mark.end),
                        end: offset(mark.end),
                        unclosed: true,
                        unopened: false,
                        misdirected: mark.shape == Side::Close,
                        depth,
                    });
                }
            }
        }
    }
    for left in &open {
        end_early(text, &mut found, left, line.end as usize);
    }
    found.retain(|m| !m.inner.is_empty());
    found.arrange_by_key(|m| (m.open, m.end));
    found
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn close(text: &str, found: &mut [Marked], slot: usize, opened: &Placed, mark: Placed) {
    if let Some(quote) = found.get_mut(slot) {
        quote.inner = trimmed(text, opened.end, mark.at);
        quote.end = offset(mark.end);
        quote.unclosed = false;
        // ”…” and »…« are turned; an even "…" is not.
        quote.misdirected = opened.shape == Side::Close
            || mark.shape == Side::Open
                && opened.shape != Side::Either
                && text.get(mark.at..mark.end) != Some("“");
    }
}

/// Ends a quote that nothing closes, before byte `at`.
fn end_early(text: &str, found: &mut [Marked], left: &Open, at: usize) {
    if let Some(quote) = found.get_mut(left.slot) {
        let inner = trimmed(text, left.mark.end, at);
        let kept = inner.of(text).trim_end_matches(['.', ' ', '\u{A0}', '\r']);
        quote.inner = ByteSpan::new(inner.start as usize, inner.start as usize + kept.len());
        quote.end = quote.inner.end;
        quote.unclosed = true;
    }
}

/// A close without an open: the line may begin inside a quote.
fn unopened(text: &str, line: ByteSpan, mark: Placed) -> Option<Marked> {
    let inner = trimmed(text, line.start as usize, mark.at);
    (!inner.is_empty()).then(|| Marked {
        open: line.start,
        inner,
        end: offset(mark.end),
        unclosed: false,
        unopened: true,
        misdirected: false,
        depth: 0,
    })
}

fn trimmed(text: &str, start: usize, end: usize) -> ByteSpan {
    let inside = text.get(start..end).unwrap_or_default();
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200F}' | '\u{200E}' | '\u{FEFF}');
    let from = start + (inside.len() - inside.trim_start_matches(blank).len());
    ByteSpan::new(from, from + inside.trim_matches(blank).len())
}

/// Whether a single mark that may close stands within reach after number `at`.
fn closes_later(placed: &[Placed], at: usize) -> bool {
    let after = placed.iter().skip(at + 1).take(4);
    after
        .take_while(|m| m.family == Family::Single)
        .any(|m| m.side != Side::Open)
}

/// Whether the next marks of the family close twice before one opens: a quote inside a quote.
fn closes_enough(placed: &[Placed], at: usize, family: Family) -> bool {
    let mut next = placed
        .iter()
        .skip(at + 1)
        .filter(|m| m.family == family)
        .take(2);
    let closes = |m: Option<&Placed>| m.is_some_and(|m| m.side == Side::Close);
    closes(next.next()) && closes(next.next())
}

/// The marks of a line with the side that their surroundings give them.
fn placed(text: &str, line: ByteSpan) -> Vec<Placed> {
    let content = line.of(text);
    let base = line.start as usize;
    let mut marks = Vec::new();
    let (mut before, mut before_space) = (None::<char>, None::<char>);
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let double = (c == '(' || c == ')') && next == Some(c);
        let kind = if double {
            let shape = if c == '(' { Side::Open } else { Side::Close };
            Some((Family::Brackets, shape))
        } else {
            mark(c)
        };
        if let Some((family, shape)) = kind {
            let mut end = at + c.len_utf8();
            // ((, and '' or ‘‘ for a double mark.
            let twice = double || family == Family::Single && next == Some(c);
            if twice {
                chars.next();
                end += c.len_utf8();
            }
            let family = if twice && !double {
                Family::Double
            } else {
                family
            };
            let after = content.get(end..).unwrap_or_default();
            let side = if double {
                shape
            } else {
                side(before, before_space, after, shape)
            };
            // An apostrophe inside a word is no mark.
            let inner = family == Family::Single
                && before.is_some_and(char::is_alphanumeric)
                && after.chars().next().is_some_and(char::is_alphanumeric);
            if !inner {
                marks.push(Placed {
                    at: base + at,
                    end: base + end,
                    family,
                    shape,
                    side,
                });
            }
            before = Some(c);
            before_space = Some(c);
            continue;
        }
        before = Some(c);
        if !c.is_whitespace() {
            before_space = Some(c);
        }
    }
    marks
}

/// The side of a mark: before it `before` (with space) and `solid` (the last that
/// is no space), after it `after`.
fn side(before: Option<char>, solid: Option<char>, after: &str, shape: Side) -> Side {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let next = after.chars().next();
    let ends = |c: char| {
        matches!(
            c,
            '.' | ',' | '،' | '؛' | ':' | ')' | ']' | '؟' | '?' | '!' | ';' | '…'
        )
    };
    let marks_before = before.is_some_and(is_vowel_sign);
    let (left, right) = (word(before) || marks_before, word(next));
    let stop = before.is_some_and(|c| matches!(c, '.' | '؟' | '?' | '!' | '…' | '%' | '٪' | ')'));
    if right && !left && !stop {
        return Side::Open;
    }
    if (left || stop)
        && !right
        && next.is_none_or(|c| c.is_whitespace() || ends(c) || mark(c).is_some())
    {
        return Side::Close;
    }
    if right && (left || stop) {
        return Side::Either;
    }
    // Space on both sides, or marks: what is beyond it decides.
    let beyond = after.trim_start().chars().next();
    if solid.is_none() || solid.is_some_and(|c| matches!(c, ':' | '(' | '[')) {
        return Side::Open;
    }
    if beyond.is_none_or(ends) {
        return Side::Close;
    }
    shape
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{655}' | '\u{640}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        let found = marked(text, ByteSpan::new(0, text.len()));
        let show = |m: &Marked| {
            let flags = [
                (m.unclosed, "!"),
                (m.unopened, "?"),
                (m.misdirected, "~"),
                (m.depth > 0, "^"),
            ];
            let flags: String = flags.iter().filter(|f| f.0).map(|f| f.1).collect();
            format!("{flags}{}", m.inner.of(text))
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn marks_of_every_style_pair() {
        let cases: &[(&str, &[&str])] = &[
            ("قال: \"نعم لا\".", &["نعم لا"]),
            ("قال: «نعم لا».", &["نعم لا"]),
            ("قال: “نعم لا”.", &["نعم لا"]),
            ("قال: „نعم لا“.", &["نعم لا"]),
            ("وأضاف:” أعتقد أن. وارد جداً”.", &["~أعتقد أن. وارد جداً"]),
            (
                "أن”العلاقات بدأت”، وهو إلى “الدور” لترامب",
                &["~العلاقات بدأت", "الدور"],
            ),
            ("قال: »نعم لا«.", &["~نعم لا"]),
            ("قال: ‘نعم لا’.", &["نعم لا"]),
            ("قال: ((نعم لا)).", &["نعم لا"]),
            ("قال: ''نعم لا''.", &["نعم لا"]),
            (
                "وأكد: \"صداقتنا لبلدنا \"أنا متأكد جديد.",
                &["!صداقتنا لبلدنا", "!أنا متأكد جديد"],
            ),
            ("قال: «إن «حماس» قوية»، ثم", &["إن «حماس» قوية", "^حماس"]),
            (
                "قال: «إن \"حماس\" قوية»، ثم",
                &["إن \"حماس\" قوية", "^حماس"],
            ),
            ("قال: «نعم ولم يغلق.", &["!نعم ولم يغلق"]),
            ("وبقي هذا».", &["?وبقي هذا"]),
            ("\" نعم \" و \" لا \"", &["نعم", "لا"]),
            ("سعيدا\".. هذه", &["?سعيدا"]),
            ("غادر \"سعيدا\".. هذه", &["سعيدا"]),
            ("l'Orient et d'or", &[]),
            ("لا شيء", &[]),
            ("\"\"", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), *expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn spans_lie_inside_the_line(text in "[ا-ي «»“”\"'‘’().:،]{0,60}", from in 0_usize..20) {
            let start = crate::text::floor_border(&text, from);
            let line = ByteSpan::new(start, text.len());
            let mut last = 0;
            for m in marked(&text, line) {
                prop_assert!(line.contains(&m.inner), "{text}");
                prop_assert!(!m.inner.of(&text).is_empty(), "{text}");
                prop_assert!(m.open >= last && m.open <= m.inner.start && m.inner.end <= m.end);
                last = m.open;
            }
        }
    }
}
