//! The atomic words that both cores see, and what stands in for them in tests.
//!
//! On the board a word is a word: plain loads, stores and fences, no read-modify-write, so that nothing rests on the
//! chip's exclusive monitors. Under `cfg(loom)` the words are loom's, which tries every order two cores can see, under
//! `cfg(shuttle)` shuttle's, which tries random ones; in ordinary tests a word can be told that its core dies at the nth store.

#[cfg(not(test))]
pub(super) use core::sync::atomic::{AtomicU32 as Word, fence};
#[cfg(all(test, loom))]
pub(super) use loom::sync::atomic::{AtomicU32 as Word, fence};
#[cfg(all(test, not(any(loom, shuttle))))]
pub(super) use mortal::{Word, fence, with_fuel};
#[cfg(all(test, shuttle, not(loom)))]
pub(super) use shuttle::sync::atomic::{AtomicU32 as Word, fence};

pub(super) use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The order in which a finished block is announced. Everything written before must be seen by whoever sees the
/// announcement; the flag plants the mistake that `link::tests::exhaustive` must catch.
pub(super) const ANNOUNCE: core::sync::atomic::Ordering = if cfg!(planted_link_ordering) { Relaxed } else { Release };

/// A constructor that is `const`, except where loom's words are used.
macro_rules! constructor {
    ($(#[$doc:meta])* $visible:vis fn $name:ident() -> $type:ty $body:block) => {
        #[cfg(not(all(test, any(loom, shuttle))))]
        $(#[$doc])*
        $visible const fn $name() -> $type $body
        #[cfg(all(test, any(loom, shuttle)))]
        $(#[$doc])*
        $visible fn $name() -> $type $body
    };
}

/// An array of what an expression makes.
macro_rules! array_of {
    ($item:expr) => {{
        #[cfg(not(all(test, any(loom, shuttle))))]
        let array = [const { $item }; _];
        #[cfg(all(test, any(loom, shuttle)))]
        let array = core::array::from_fn(|_| $item);
        array
    }};
}

pub(super) use {array_of, constructor};

/// Words whose core can die.
#[cfg(all(test, not(any(loom, shuttle))))]
mod mortal {
    pub(in crate::link) use core::sync::atomic::fence;
    use core::sync::atomic::{AtomicU32, Ordering};
    use std::cell::Cell;

    std::thread_local! {
        /// Stores that are left in this core's life; `None` is a long one.
        static FUEL: Cell<Option<u32>> = const { Cell::new(None) };
    }

    #[derive(Debug)]
    pub(in crate::link) struct Word(AtomicU32);

    impl Word {
        pub(in crate::link) const fn new(value: u32) -> Self {
            Self(AtomicU32::new(value))
        }

        pub(in crate::link) fn load(&self, order: Ordering) -> u32 {
            self.0.load(order)
        }

        pub(in crate::link) fn store(&self, value: u32, order: Ordering) {
            let alive = FUEL.get().is_none_or(|left| left > 0);
            FUEL.set(FUEL.get().map(|left| left.saturating_sub(1)));
            if alive {
                self.0.store(value, order);
            }
        }
    }

    /// Lets a core work whose stores after the first `fuel` ones never happen; whether it died.
    pub(in crate::link) fn with_fuel<T>(fuel: u32, work: impl FnOnce() -> T) -> (T, bool) {
        // One more than there is, so that running dry can be told from dying.
        FUEL.set(Some(fuel));
        let result = work();
        let left = FUEL.replace(None);
        (result, left == Some(0))
    }
}
