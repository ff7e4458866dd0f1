//! The newest of a stream of values: one writer, any number of readers, nobody waits.
//!
//! A sequence lock over atomic words (H. Boehm, "Can seqlocks get along with programming language memory models?",
//! MSPC 2012): the writer makes the sequence odd, writes, and makes it even; a reader that saw the same even number
//! before and after saw one value. The sum is for what no lock can stop: a writer gone wild, a flipped bit.

use super::sync::{ANNOUNCE, Acquire, Relaxed, Release, Word, array_of, constructor, fence};
use super::words::{Packed, Reader, Writer};

/// Room for one value of at most `N` words. All zeros is an empty one.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Block<const N: usize> {
    /// 0 before the first value; odd while one is being written.
    sequence: Word,
    sum: Word,
    words: [Word; N],
}

/// What one look found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Seen<T> {
    /// Nothing has been published yet.
    Nothing,
    /// A whole value.
    Whole(T),
    /// The writer was busy, or died while it was.
    Busy,
    /// Nobody was writing, and yet it is no value: the memory was damaged.
    Damaged,
}

impl<const N: usize> Block<N> {
    constructor! {
        /// An empty one.
        pub(super) fn new() -> Self {
            Self { sequence: Word::new(0), sum: Word::new(0), words: array_of!(Word::new(0)) }
        }
    }

    /// The number of the last value, for a writer that begins: one that died in the middle is followed by one that
    /// goes on.
    pub(super) fn last(&self) -> u32 {
        self.sequence.load(Relaxed) & !1
    }

    /// Makes `value` the newest. One writer only, who keeps the number of the `last` one.
    pub(super) fn publish<T: Packed>(&self, last: &mut u32, value: &T) {
        const { assert!(T::WORDS <= N, "the block is too small for its values") };
        let number = if *last == u32::MAX - 1 { 2 } else { *last + 2 };
        *last = number;
        self.sequence.store(number - 1, Relaxed);
        // Whoever sees a word of this value sees that it is being written.
        fence(Release);
        let mut writer = Writer::new(&self.words, number);
        value.pack(&mut writer);
        self.sum.store(writer.sum(), Relaxed);
        self.sequence.store(number, ANNOUNCE);
    }

    /// Looks once.
    pub(super) fn look<T: Packed>(&self) -> Seen<T> {
        self.look_at(self.sequence.load(Acquire))
    }

    /// Looks once at the value of this number, which was loaded to acquire what it announces.
    fn look_at<T: Packed>(&self, number: u32) -> Seen<T> {
        if number == 0 {
            return Seen::Nothing;
        }
        if number & 1 == 1 {
            return Seen::Busy;
        }
        let mut reader = Reader::new(&self.words, number);
        let value = T::unpack(&mut reader);
        let sum = self.sum.load(Relaxed);
        // Whoever saw a word of the next value sees here that it is being written.
        fence(Acquire);
        if self.sequence.load(Relaxed) != number {
            return Seen::Busy;
        }
        match value {
            Some(value) if sum == reader.sum() => Seen::Whole(value),
            Some(_) | None => Seen::Damaged,
        }
    }

    /// The newest value, if it is newer than the one with the number `seen`, which the reader keeps; 0 at first.
    /// Damaged memory counts as seen: whoever wrote it is to write again.
    pub(super) fn newer<T: Packed>(&self, seen: &mut u32) -> Option<T> {
        // Loaded once: the number that is kept is that of the value that was seen, or it would come a second time.
        let number = self.sequence.load(Acquire);
        if number == *seen {
            return None;
        }
        match self.look_at(number) {
            Seen::Whole(value) => {
                *seen = number;
                Some(value)
            }
            Seen::Damaged => {
                *seen = number;
                None
            }
            Seen::Nothing | Seen::Busy => None,
        }
    }

    /// The newest value; `None` when there is none, or the writer was busy at every one of a few looks.
    pub(super) fn newest<T: Packed>(&self) -> Option<T> {
        for _ in 0..LOOKS {
            match self.look() {
                Seen::Whole(value) => return Some(value),
                Seen::Nothing => return None,
                Seen::Busy | Seen::Damaged => {}
            }
        }
        None
    }
}

#[cfg(any(all(test, not(any(loom, shuttle))), feature = "fake"))]
impl<const N: usize> Block<N> {
    /// Every word of it.
    pub(super) fn memory(&self) -> impl Iterator<Item = &Word> {
        [&self.sequence, &self.sum].into_iter().chain(&self.words)
    }
}

/// How often a reader looks before it gives up. Writing takes some ten microseconds ten times a second: a second look
/// finds it done, unless the writer has died.
const LOOKS: usize = 4;
