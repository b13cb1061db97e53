//! Takes what the readers tell into the index, and keeps the ledger of it.

use super::{Index, PageId};
use crate::parse::anatomy::{Blocks, Rules};
use crate::parse::ledger::{Ledger, Taken};
use crate::parse::pieces::Joiner;
use crate::parse::record::{ImportEvent, SourceKey};
use crate::parse::{Given, Page, ReadWarning};
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letter;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::sync::LazyLock;

/// Texts with fewer letters are never taken for copies of one another: two
/// pages that hold the same few words need not be the same.
const LEAST_LETTERS: usize = 80;

/// The way of texts into an index: one of each, with a line in the ledger.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    ledger: Ledger,
    /// A long text of which pieces have come.
    pieces: Joiner,
    /// Hash of the folded letters of a text → the first page that has it.
    by_letters: FxHashMap<u64, PageId>,
    /// A reader's page rules, where there are any.
    rules: Option<Rules>,
    /// Of each page that has any, what may stand on other pages too.
    blocks: Vec<(u32, Blocks)>,
}

impl Intake {
    /// The ledger so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ledger, to write lines of sources that no reader saw.
    pub fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// The rules by which pages are split.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.rules.as_ref().unwrap_or_else(|| Rules::bundled())
    }

    /// What of the pages may stand on several of them.
    #[must_use]
    pub fn blocks(&self) -> &[(u32, Blocks)] {
        &self.blocks
    }

    /// Splits by these rules what comes from now on.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = Some(rules);
    }

    /// Takes one event; of a text, tells what became of it.
    pub fn take(&mut self, index: &mut Index, event: ImportEvent) -> Option<Taken> {
        match self.pieces.join(event)? {
            ImportEvent::Open(open) => self.ledger.open(open),
            ImportEvent::Bad(bad) => self.ledger.bad(bad),
            ImportEvent::Close(close) => self.ledger.close(close),
            // Kept back until its text is whole.
            ImportEvent::Piece(_) => {}
            ImportEvent::Text(record) => {
                let key = record.key;
                return Some(self.add(index, record.into_page(self.rules()), Some(key), false));
            }
        }
        None
    }

    /// Adds a page unless it is there already; `key` names its line in the ledger.
    pub fn add(
        &mut self,
        index: &mut Index,
        page: Page,
        key: Option<SourceKey>,
        bundled: bool,
    ) -> Taken {
        let letters = hash_letters(&page.text);
        let twin = letters
            .and_then(|letters| self.by_letters.get(&letters))
            .and_then(|&id| Some((id, index.page(id)?)))
            .filter(|&(id, _)| same_letters(&index.text(id), &page.text))
            .map(|(id, twin)| {
                (
                    id,
                    twin.page.id(),
                    twin.page.given().agrees_with(&page.given),
                )
            });
        let taken = match twin {
            Some((_, id, _)) if index.has_digest(&page.digest) => Taken::SameBytes { page: id },
            Some((id, name, true)) => {
                if index.complete(id, &page.given) {
                    Taken::Merged { page: name }
                } else {
                    Taken::SameText { page: name }
                }
            }
            twin => {
                let also_at = twin.map(|(_, name, _)| name);
                let articles = page.articles.len();
                let warning = page.warning.as_ref().map(ReadWarning::code);
                let blocks = Blocks::of(&page);
                match index.add(page, bundled) {
                    Ok(id) => {
                        if !blocks.is_empty() {
                            self.blocks.push((id.0, blocks));
                        }
                        if let Some(letters) = letters {
                            self.by_letters.entry(letters).or_insert(id);
                        }
                        let (page, words) = index
                            .page(id)
                            .map(|page| {
                                let words = page.positions.end - page.positions.start;
                                (page.page.id(), words)
                            })
                            .unwrap_or_default();
                        Taken::Added {
                            page,
                            articles,
                            words,
                            warning,
                            also_at,
                        }
                    }
                    Err(same) => Taken::SameBytes {
                        page: index
                            .page(same)
                            .map(|page| page.page.id())
                            .unwrap_or_default(),
                    },
                }
            }
        };
        if let Some(key) = key {
            self.ledger.take(key, &taken);
        }
        taken
    }
}

impl Index {
    /// Whether a page with this SHA-256 is there.
    #[must_use]
    pub fn has_digest(&self, digest: &[u8; 32]) -> bool {
        self.page_with_digest(digest).is_some()
    }

    /// Gives a page the fields that it lacks; says whether it got any.
    pub fn complete(&mut self, id: PageId, given: &Given) -> bool {
        self.pages
            .get_mut(id.0 as usize)
            .is_some_and(|page| page.page.complete(given))
    }
}

/// Characters below this are folded by a table.
const TABLED: usize = 0x800;

/// The folded letter or digit for each character below [`TABLED`]; U+0000 for
/// what is neither.
static FOLDED: LazyLock<[char; TABLED]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        c.and_then(folded).unwrap_or('\0')
    })
});

/// The letter or digit that a character is read as; none for all else.
fn folded(c: char) -> Option<char> {
    matches!(class_of(c), CharClass::Letter | CharClass::Digit).then(|| fold_letter(c))
}

/// The letters and digits of a text, folded; from its end they come backwards.
fn letters(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter_map(|c| match FOLDED.get(c as usize) {
        Some('\0') => None,
        Some(&folded) => Some(folded),
        None => folded(c),
    })
}

/// A hash of the first and the last folded letters; none of a text that has too
/// few of them. Texts with one hash are compared whole.
fn hash_letters(text: &str) -> Option<u64> {
    const ENDS: usize = 256;
    let (mut hasher, mut count) = (FxHasher::default(), 0);
    for c in letters(text).take(ENDS) {
        hasher.write_u32(c.into());
        count += 1;
    }
    for c in letters(text).rev().take(ENDS) {
        hasher.write_u32(c.into());
    }
    (count >= LEAST_LETTERS).then(|| hasher.finish())
}

fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "أكد الرئيس الروسي أن العلاقات بين البلدين في تطور مستمر منذ سنوات طويلة، \
                        وأضاف أن الزيارة المقبلة سوف تشمل مدنا أخرى في الشرق.";

    fn page(text: &str, given: Given) -> Page {
        let mut page = Page::read("a.txt", text.as_bytes()).expect("text");
        page.given = given;
        page
    }

    fn outlet(name: &str) -> Given {
        Given {
            outlets: vec![name.to_owned()],
            ..Given::default()
        }
    }

    #[test]
    fn copies_are_told_from_other_publications() {
        let spelt = TEXT.replace("أن", "ان").replace(' ', "  ");
        let vowelled = TEXT.replace("الروسي", "الرُّوسي");
        // given of the first, text and given of the second, what becomes of it
        let cases = [
            (Given::default(), TEXT, Given::default(), "same-bytes"),
            (Given::default(), &spelt, Given::default(), "same-text"),
            (Given::default(), &vowelled, outlet("أ"), "merged"),
            (outlet("أ"), &spelt, Given::default(), "same-text"),
            (outlet("أ"), &spelt, outlet("أ"), "same-text"),
            (outlet("أ"), &spelt, outlet("ب"), "elsewhere"),
        ];
        for (first, text, second, expected) in cases {
            let (mut index, mut intake) = (Index::default(), Intake::default());
            intake.add(&mut index, page(TEXT, first), None, false);
            let taken = intake.add(&mut index, page(text, second.clone()), None, false);
            let found = match &taken {
                Taken::SameBytes { .. } => "same-bytes",
                Taken::SameText { .. } => "same-text",
                Taken::Merged { .. } => "merged",
                Taken::Added {
                    also_at: Some(_), ..
                } => "elsewhere",
                Taken::Added { also_at: None, .. } => "added",
            };
            assert_eq!(found, expected, "{text} {second:?}");
            let pages = 1 + usize::from(expected == "elsewhere");
            assert_eq!(index.pages().len(), pages);
            if expected == "merged" {
                assert_eq!(index.pages()[0].page.given(), &second);
            }
        }
    }

    #[test]
    fn a_few_equal_words_make_no_copy() {
        let (mut index, mut intake) = (Index::default(), Intake::default());
        for text in ["نص قصير.", "نص قصير!"] {
            intake.add(&mut index, page(text, Given::default()), None, false);
        }
        assert_eq!(index.pages().len(), 2);
    }
}
