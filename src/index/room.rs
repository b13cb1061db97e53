//! Room: whether there is memory for another text, asked before it is added.
//!
//! Memory that runs out inside an allocation ends a WebAssembly module. So before
//! the index grows by much, what it and its next refresh will need is compared
//! with what it may hold and, beyond a first gigabyte, reserved and given back.
//! A text that there is no room for is refused with an error, and all that was
//! added before stays searchable.

use super::Index;
use std::fmt;

/// Bytes that an index may hold: a module of 32 bits has 4 GiB, of which a
/// quarter is left for requests. Elsewhere the machine decides.
const MOST_BYTES: u64 = if usize::BITS == 32 { 3 << 30 } else { u64::MAX };

/// So many bytes are there wherever the page runs at all. Only what goes beyond
/// them is reserved ahead: memory that WebAssembly once had it keeps.
const SURE_BYTES: u64 = 1 << 30;

/// Memory is asked for ahead each time so many bytes of text have come.
const STEP_BYTES: u64 = 16 << 20;

/// Bytes that a byte of text takes when it is added: its forms and gaps, a new form, its part of a page.
const BYTES_A_TEXT_BYTE: u64 = 3;

/// Bytes that a token takes while postings are made of it: a place among those that are sorted, and the room that is
/// made for its postings.
const BYTES_A_TOKEN: u64 = 5;

/// Bytes that a form takes while views are made.
const BYTES_A_FORM: u64 = 96;

/// What an index may hold, and what was made sure of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    most_bytes: u64,
    most_tokens: u64,
    /// Bytes of text that may still come before memory is asked for again.
    sure_bytes: u64,
    /// The last refusal, with the tokens there were and the bytes of text.
    refused: Option<(u32, u64, MemoryFull)>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            most_bytes: MOST_BYTES,
            // Positions are numbers of 32 bits.
            most_tokens: u64::from(u32::MAX),
            sure_bytes: 0,
            refused: None,
        }
    }
}

/// There is no room for another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryFull {
    /// Bytes that the index holds.
    pub held: u64,
    /// Bytes that it and its next refresh would need with the text.
    pub needed: u64,
    /// Bytes that it may hold.
    pub most: u64,
}

impl MemoryFull {
    /// Stable kebab-case code.
    pub const CODE: &'static str = "memory-full";
}

impl fmt::Display for MemoryFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the corpus holds {} bytes of memory and would need {} with this text, of at most {}; what was added \
             before stays searchable and can be saved; index the rest by itself, or with the command line",
            self.held, self.needed, self.most
        )
    }
}

impl std::error::Error for MemoryFull {}

impl Index {
    /// Sets how many bytes the index may hold while it is made.
    pub fn limit_memory(&mut self, bytes: u64) {
        self.room = Room {
            most_bytes: bytes,
            ..Room::default()
        };
    }

    /// Makes sure that there is room for a text of so many bytes.
    ///
    /// # Errors
    /// [`MemoryFull`] when there is none; the index stays as it is.
    pub fn make_room(&mut self, text_bytes: u64) -> Result<(), MemoryFull> {
        // A token takes a letter and a gap at least, and a gap at most.
        let tokens = u64::from(self.token_count).saturating_add(text_bytes / 2 + 1);
        if self.room.sure_bytes >= text_bytes && tokens <= self.room.most_tokens {
            self.room.sure_bytes -= text_bytes;
            return Ok(());
        }
        if let Some((at, bytes, full)) = self.room.refused
            && at == self.token_count
            && bytes <= text_bytes
        {
            return Err(full);
        }
        let ahead = text_bytes.max(STEP_BYTES);
        let at_once = self.reserve(ahead, tokens);
        self.room.sure_bytes = at_once.map_or(0, |()| ahead - text_bytes);
        let made = at_once.or_else(|_| self.reserve(text_bytes, tokens));
        let refused = made.err();
        self.room.refused = refused.map(|full| (self.token_count, text_bytes, full));
        made
    }

    /// Makes sure of the memory for so many bytes of text.
    fn reserve(&self, text_bytes: u64, tokens: u64) -> Result<(), MemoryFull> {
        let Room {
            most_bytes,
            most_tokens,
            ..
        } = self.room;
        let held = self.bytes_held();
        let more = self.bytes_to_grow(text_bytes);
        let needed = held.saturating_add(more);
        let is_there = || needed <= SURE_BYTES || usize::try_from(more).is_ok_and(is_there);
        if needed <= most_bytes && tokens <= most_tokens && is_there() {
            return Ok(());
        }
        Err(MemoryFull {
            held,
            needed,
            most: most_bytes,
        })
    }

    /// Makes sure that there is room for an index of the same texts beside this one.
    ///
    /// # Errors
    /// [`MemoryFull`] when there is none; the index stays as it is.
    pub fn make_room_for_another(&self) -> Result<(), MemoryFull> {
        let held = self.bytes_held();
        let tokens = u64::from(self.token_count) * BYTES_A_TOKEN;
        let more = held + tokens + self.lexicon.len() as u64 * BYTES_A_FORM;
        let needed = held.saturating_add(more);
        let is_there = needed <= SURE_BYTES || usize::try_from(more).is_ok_and(is_there);
        if needed <= self.room.most_bytes && is_there {
            return Ok(());
        }
        Err(MemoryFull {
            held,
            needed,
            most: self.room.most_bytes,
        })
    }

    /// Bytes that the index holds.
    fn bytes_held(&self) -> u64 {
        let sections: usize = self.memory().iter().map(|(_, bytes)| bytes).sum();
        (sections + self.by_digest.memory()) as u64
    }

    /// Bytes that a text of so many bytes and the refresh after it take on top of what is held.
    fn bytes_to_grow(&self, text_bytes: u64) -> u64 {
        let (_, first_unit) = self.postings_to_keep(self.units.len());
        let first_page = self.pages.get(self.units.page(first_unit) as usize);
        let first_token = first_page.map_or(self.token_count, |page| page.positions.start);
        let tokens = u64::from(self.token_count - first_token) + text_bytes / 8;
        let forms = self.lexicon.len() as u64 + text_bytes / 64;
        // A table that is full is copied into one of twice its size.
        let pages = self.page_memory() + self.by_digest.memory();
        let copied = self.lexicon.memory() + self.units.memory() + self.text.sizes().blocks + pages;
        text_bytes * BYTES_A_TEXT_BYTE
            + tokens * BYTES_A_TOKEN
            + forms * BYTES_A_FORM
            + copied as u64
    }
}

/// Whether so many bytes of memory can be had at this moment.
fn is_there(bytes: usize) -> bool {
    Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    fn page(number: usize) -> Page {
        let text: Vec<String> = (0..200)
            .map(|word| format!("كلمة{} ", (number * 97 + word * 31) % 5_000))
            .collect();
        Page::read(&format!("{number}.txt"), text.concat().as_bytes()).expect("a page")
    }

    /// Adds pages until there is no more room; returns how many there was room for.
    fn filled(index: &mut Index) -> (usize, MemoryFull) {
        for number in 0.. {
            let page = page(number);
            if let Err(full) = index.make_room(page.text.len() as u64) {
                return (number, full);
            }
            index.add(page, false).expect("a new page");
        }
        unreachable!("a corpus without end")
    }

    #[test]
    fn texts_are_taken_until_the_room_is_full_and_stay() {
        let mut counts = Vec::new();
        for most in [200_000, 1_000_000, 4_000_000] {
            let mut index = Index::default();
            index.limit_memory(most);
            let (count, full) = filled(&mut index);
            assert!(full.needed > most && full.held <= most, "{full:?}");
            assert!(index.make_room(10_000).is_err(), "and again");
            index.refresh();
            assert_eq!(index.pages().len(), count);
            let held: usize = index.memory().iter().map(|(_, bytes)| bytes).sum();
            assert!(held as u64 <= most, "{held} bytes are held, at most {most}");
            let another = index.make_room_for_another();
            assert!(another.is_err(), "there is none for another of the size");
            index.limit_memory(8 * most);
            assert_eq!(index.make_room_for_another(), Ok(()));
            counts.push(count);
        }
        assert!(
            counts.is_sorted() && counts[2] > 2 * counts[1],
            "{counts:?}"
        );
    }

    #[test]
    fn more_positions_than_there_are_numbers_are_refused() {
        let mut index = Index::default();
        index.limit_memory(u64::MAX);
        assert!(index.make_room(1 << 20).is_ok());
        let full = index.make_room(1 << 34).expect_err("too many tokens");
        assert_eq!((full.held, full.most), (index.bytes_held(), u64::MAX));
    }

    #[test]
    fn memory_that_cannot_be_had_is_no_panic() {
        assert!(is_there(1 << 10));
        assert!(!is_there(usize::MAX / 2));
        assert!(!is_there(usize::MAX));
    }
}
