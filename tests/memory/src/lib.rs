//! An allocator that counts, for tests of how much memory is held.
//!
//! Only tests use it. It stands in a crate of its own because a global
//! allocator cannot be written without `unsafe`, which Kashshaf forbids itself.
//! Each thread counts what it allocates itself, so that tests may run side by
//! side and always find the same number.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, counted.
pub struct Counting;

fn grow(bytes: usize) {
    // A thread that is ending counts no more.
    let _ = LIVE.try_with(|live| {
        live.set(live.get().wrapping_add_unsigned(bytes));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
    });
}

fn shrink(bytes: usize) {
    let _ = LIVE.try_with(|live| live.set(live.get().wrapping_sub_unsigned(bytes)));
}

// SAFETY: every call goes on to the system's allocator as it came; counting
// neither allocates nor touches the memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        shrink(layout.size());
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Counted as if it were always copied: then both are held for a moment.
        grow(size);
        shrink(layout.size());
        // SAFETY: the caller keeps the promises of `realloc`.
        unsafe { System.realloc(at, layout, size) }
    }
}

/// Bytes that this thread has allocated and not given back; what it frees for
/// others is taken off, so that it may fall below nothing.
#[must_use]
pub fn live() -> isize {
    LIVE.with(Cell::get)
}

/// The most that was live since the last call of [`reset_peak`].
#[must_use]
pub fn peak() -> isize {
    PEAK.with(Cell::get)
}

/// Begins a new peak, at what is live now.
pub fn reset_peak() {
    PEAK.with(|peak| peak.set(live()));
}
