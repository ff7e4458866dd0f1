//! Values as words, and the sum that tells a whole block from a damaged one.
//!
//! A value that crosses between the cores is taken apart into words and put together again through the same doors it
//! came in by: what is no valid value does not come out. Knows no value.

use super::sync::{Relaxed, Word};

/// A value that can cross between the cores as words.
pub trait Packed: Sized {
    /// The most words it takes.
    const WORDS: usize;

    /// Takes it apart.
    fn pack(&self, to: &mut impl Sink);

    /// Puts it together again; `None` when the words are none of its values. Total: any words may come.
    fn unpack(from: &mut impl Source) -> Option<Self>;

    /// What it is called, where that can be read although the rest is damaged.
    fn name(_: &mut impl Source) -> Option<u32> {
        None
    }
}

/// Where words go.
pub trait Sink {
    /// Takes the next word.
    fn put(&mut self, word: u32);
}

/// Where words come from.
pub trait Source {
    /// The next word; `None` at the end. Whoever asks says what it is to be, and checks it all the same.
    fn word(&mut self, meaning: Meaning) -> Option<u32>;
}

/// What a word is to be. A source of words from the other core has no use for it; a test throws fitting dice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Which form of this type follows, one of these.
    Form(&'static str, &'static [u32]),
    /// A number from 0 to this.
    UpTo(u32),
    /// Anything.
    Any,
    /// The upper half of a whole number.
    High,
    /// The lower half of a floating-point number.
    FloatLow,
    /// The upper half of a floating-point number.
    FloatHigh,
    /// Four bytes of text.
    Text,
}

/// A running sum over words.
///
/// Each step is reversible, so that one changed word always changes the sum; any other damage is missed once in 2^32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum(u32);

impl Sum {
    /// Begins a sum over the block with this number: the right words of another block are wrong.
    pub(super) const fn of_block(number: u32) -> Self {
        let mut sum = Self(0x6B69_6C6E);
        sum.add(number);
        sum
    }

    /// Adds a word. Rotate, exclusive-or, multiply by an odd number: three reversible steps.
    pub(super) const fn add(&mut self, word: u32) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1);
    }

    pub(super) const fn value(self) -> u32 {
        self.0
    }
}

/// Writes into words that the other core sees.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    room: core::slice::Iter<'a, Word>,
    sum: Sum,
}

impl<'a> Writer<'a> {
    /// Into these words, as the block with this number.
    pub(super) fn new(room: &'a [Word], number: u32) -> Self {
        Self { room: room.iter(), sum: Sum::of_block(number) }
    }

    pub(super) const fn sum(&self) -> u32 {
        self.sum.value()
    }
}

impl Sink for Writer<'_> {
    fn put(&mut self, word: u32) {
        self.sum.add(word);
        // There is room: whoever makes a block checks its size against the most words of its values.
        if let Some(room) = self.room.next() {
            room.store(word, Relaxed);
        }
    }
}

/// Reads words that the other core may be changing: what comes out is worth nothing until the sum has been compared.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    words: core::slice::Iter<'a, Word>,
    sum: Sum,
}

impl<'a> Reader<'a> {
    /// From these words, as the block with this number.
    pub(super) fn new(words: &'a [Word], number: u32) -> Self {
        Self { words: words.iter(), sum: Sum::of_block(number) }
    }

    pub(super) const fn sum(&self) -> u32 {
        self.sum.value()
    }
}

impl Source for Reader<'_> {
    fn word(&mut self, _: Meaning) -> Option<u32> {
        let word = self.words.next()?.load(Relaxed);
        self.sum.add(word);
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(number: u32, words: &[u32]) -> u32 {
        let mut sum = Sum::of_block(number);
        for word in words {
            sum.add(*word);
        }
        sum.value()
    }

    #[test]
    fn every_changed_bit_and_every_swap_changes_the_sum() {
        let words: [u32; 20] = core::array::from_fn(|n| u32::try_from(n).unwrap().wrapping_mul(0x0101_4567));
        let whole = sum(2, &words);
        assert_ne!(whole, sum(4, &words), "another number");
        for at in 0..words.len() {
            for bit in 0..32 {
                let mut changed = words;
                changed[at] ^= 1 << bit;
                assert_ne!(sum(2, &changed), whole, "word {at} bit {bit}");
            }
            let mut swapped = words;
            swapped.swap(at, 0);
            assert_eq!(sum(2, &swapped) == whole, at == 0, "word {at}");
        }
    }

    #[test]
    fn empty_memory_is_no_block() {
        let mut sum = Sum::of_block(0);
        for length in 0..2000 {
            assert_ne!(sum.value(), 0, "{length} zeros");
            sum.add(0);
        }
    }
}
