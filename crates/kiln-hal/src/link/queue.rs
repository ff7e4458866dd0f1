//! A bounded queue from one core to the other: one puts in, one takes out, nobody waits.
//!
//! Each end writes its own index and reads the other's (L. Lamport, "Specifying concurrent program modules", 1983).
//! A slot is announced by the index after it is whole, and given back by the other index after it was read: an end that
//! dies in between has done nothing.

use super::sync::{ANNOUNCE, Acquire, Relaxed, Release, Word, array_of, constructor};
use super::words::{Packed, Reader, Writer};

/// Room for `SLOTS` values of at most `N` words. All zeros is an empty one.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Queue<const SLOTS: usize, const N: usize> {
    /// How many were put in; written by that end only. It wraps.
    put: Word,
    /// How many were taken out; written by that end only. It wraps.
    taken: Word,
    slots: [Slot<N>; SLOTS],
}

#[derive(Debug)]
#[repr(C)]
struct Slot<const N: usize> {
    sum: Word,
    words: [Word; N],
}

/// There is no room: the other end has not taken what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// What taking gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Taken<T> {
    /// Nothing is there.
    Nothing,
    /// A whole value, and its number, counted from 0.
    Whole(u32, T),
    /// What was there was damaged, and is gone; its name, where that could be read.
    Damaged(Option<u32>),
}

impl<const N: usize> Slot<N> {
    constructor! {
        fn new() -> Self {
            Self { sum: Word::new(0), words: array_of!(Word::new(0)) }
        }
    }
}

impl<const SLOTS: usize, const N: usize> Queue<SLOTS, N> {
    /// The number of slots as a word. Numbers wrap at 2^32, so that it must divide that.
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "checked; try_from is not const")]
    const ROOM: u32 = {
        assert!(SLOTS.is_power_of_two() && SLOTS <= 1 << 16, "the numbers of the slots wrap with the count");
        SLOTS as u32
    };

    constructor! {
        /// An empty one.
        pub(super) fn new() -> Self {
            Self { put: Word::new(0), taken: Word::new(0), slots: array_of!(Slot::new()) }
        }
    }

    /// How many were put in. It wraps.
    pub(super) fn count(&self) -> u32 {
        self.put.load(Acquire)
    }

    /// How many were taken out. It wraps.
    pub(super) fn taken(&self) -> u32 {
        self.taken.load(Acquire)
    }

    /// Puts a value in. One end only, which keeps `count`, how many it has put in.
    ///
    /// # Errors
    /// The queue is full.
    pub(super) fn put<T: Packed>(&self, count: &mut u32, value: &T) -> Result<(), Full> {
        const { assert!(T::WORDS <= N, "the slots are too small for their values") };
        let taken = self.taken.load(Acquire);
        let waiting = count.wrapping_sub(taken);
        if waiting == Self::ROOM {
            return Err(Full);
        }
        // More than there is room for: a count was damaged. What was there is lost; both ends go on from the other's.
        let number = if waiting > Self::ROOM { taken } else { *count };
        let slot = self.slot(number).ok_or(Full)?;
        let mut writer = Writer::new(&slot.words, number);
        value.pack(&mut writer);
        slot.sum.store(writer.sum(), Relaxed);
        *count = number.wrapping_add(1);
        self.put.store(*count, ANNOUNCE);
        Ok(())
    }

    /// Takes the oldest value out. The other end only, which keeps `taken`, how many it has taken out.
    pub(super) fn take<T: Packed>(&self, taken: &mut u32) -> Taken<T> {
        let number = *taken;
        let put = self.put.load(Acquire);
        let waiting = put.wrapping_sub(number);
        if waiting == 0 {
            return Taken::Nothing;
        }
        if waiting > Self::ROOM {
            // More than there is room for: a count was damaged. What was there is lost; both ends go on from the other's.
            *taken = put;
            self.taken.store(put, Release);
            return Taken::Damaged(None);
        }
        let Some(slot) = self.slot(number) else {
            return Taken::Nothing;
        };
        let mut reader = Reader::new(&slot.words, number);
        let value = T::unpack(&mut reader);
        let whole = slot.sum.load(Relaxed) == reader.sum();
        let name = if whole { None } else { T::name(&mut Reader::new(&slot.words, number)) };
        *taken = number.wrapping_add(1);
        self.taken.store(*taken, Release);
        match value {
            Some(value) if whole => Taken::Whole(number, value),
            Some(_) | None => Taken::Damaged(name),
        }
    }

    fn slot(&self, number: u32) -> Option<&Slot<N>> {
        self.slots.get(usize::try_from(number & (Self::ROOM - 1)).ok()?)
    }
}

#[cfg(any(all(test, not(any(loom, shuttle))), feature = "fake"))]
impl<const SLOTS: usize, const N: usize> Queue<SLOTS, N> {
    /// Every word of it, the counts first.
    pub(super) fn memory(&self) -> impl Iterator<Item = &Word> {
        let slots = self.slots.iter().flat_map(|slot| core::iter::once(&slot.sum).chain(&slot.words));
        [&self.put, &self.taken].into_iter().chain(slots)
    }
}
