//! Growth by quarters: a list that doubles leaves as much memory free as it holds, twice over.

/// Makes room for more items. The copying that growth takes is four times what the list holds in the end, a
/// thousandth of what is done for each item.
#[inline]
pub(in crate::index) fn grow_for<T>(items: &mut Vec<T>, more: usize) {
    const LEAST: usize = 16;
    if items.capacity() - items.len() < more {
        items.reserve_exact(more.max(items.len() / 4).max(LEAST));
    }
}

/// Adds an item.
#[inline]
pub(in crate::index) fn add<T>(items: &mut Vec<T>, item: T) {
    grow_for(items, 1);
    items.push(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_little_more_room_than_it_needs() {
        let (mut items, mut moves) = (Vec::new(), 0);
        for item in 0..100_000u32 {
            moves += usize::from(items.len() == items.capacity());
            add(&mut items, item);
            assert!(items.capacity() <= items.len() + items.len() / 4 + 16);
        }
        assert!(
            items.iter().copied().eq(0..100_000) && moves < 60,
            "{moves}"
        );
    }
}
