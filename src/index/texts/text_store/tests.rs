//! Streams are read as written.

use super::codes::{ONE_BYTE, THREE_BYTES, TWO_BYTES};
use super::*;
use proptest::prelude::*;

#[test]
fn form_numbers_are_read_as_written() {
    let borders = [0, ONE_BYTE, TWO_BYTES, THREE_BYTES, u32::MAX - 3];
    let numbers: Vec<u32> = borders
        .iter()
        .flat_map(|&border| border.saturating_sub(3)..=border.saturating_add(3))
        .collect();
    let mut bytes = Vec::new();
    write_forms(&mut bytes, numbers.iter().map(|&number| FormId(number)));
    let mut at = 0;
    for number in numbers {
        assert_eq!(read_form(&bytes, &mut at), number);
    }
    assert_eq!(at, bytes.len());
}

proptest! {
    #[test]
    fn pages_are_read_as_written(
        pages in proptest::collection::vec((proptest::collection::vec((proptest::option::weighted(0.2, 0u32..400), 0u32..40_000), 0..700), proptest::option::of(0u32..30)), 1..5),
        at_once: bool,
    ) {
        let mut store = TextStore::default();
        let mut starts = Vec::new();
        for (tokens, last) in &pages {
            starts.push(store.blocks());
            store.begin_page();
            if at_once {
                for (block, tokens) in (0..).zip(tokens.chunks(BLOCK_TOKENS as usize)) {
                    if block > 0 {
                        store.begin_block_at(block * 7 * BLOCK_TOKENS);
                    }
                    store.add_forms(tokens.iter().map(|&(_, form)| FormId(form)));
                    tokens.iter().for_each(|&(gap, _)| store.add_gap_before(gap.map(FormId)));
                }
            } else {
                for &(gap, form) in tokens {
                    store.add_token(gap.map(FormId), FormId(form), 7);
                }
            }
            store.end_page(last.map(FormId));
        }
        for ((tokens, last), start) in pages.iter().zip(starts) {
            let blocks = tokens.chunks(BLOCK_TOKENS as usize);
            let count = blocks.len().max(1) as u32;
            for (block, tokens) in (start..).zip(blocks) {
                let mut forms = Vec::new();
                store.read_forms(block, tokens.len() as u32, &mut forms);
                let mut gaps = store.gaps_of(block);
                let read: Vec<_> = forms.into_iter().map(|form| (gaps.read().map(|g| g.0), form.0)).collect();
                prop_assert_eq!(&read, tokens);
                prop_assert_eq!(store.byte_of(block), (block - start) * 7 * BLOCK_TOKENS);
                if block + 1 == start + count {
                    prop_assert_eq!(gaps.read().map(|g| g.0), *last);
                }
            }
            let mut forms = Vec::new();
            store.read_forms(start, tokens.len() as u32, &mut forms);
            prop_assert!(forms.iter().map(|form| form.0).eq(tokens.iter().map(|&(_, form)| form)));
            if tokens.is_empty() {
                prop_assert_eq!(store.gaps_of(start).read().map(|g| g.0), *last);
            }
        }
    }
}
