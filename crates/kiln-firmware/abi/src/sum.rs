//! A sum of words that costs four instructions a word: for what is looked at again and again while it is used.
//!
//! Each step can be undone, so that one changed word always changes the sum; any other damage is missed once in 2^32.
//! What travels or is kept has the stronger [`crate::crc`].

use kiln_hal::link::Sink;

/// A sum under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum(u32);

impl Sum {
    /// Of nothing yet.
    pub const NEW: Self = Self(0);

    /// With these bytes behind those before, four to a word; what is left at the end are words of a byte.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        let (words, rest) = bytes.as_chunks::<4>();
        let words = words.iter().map(|word| u32::from_le_bytes(*word));
        Self(words.chain(rest.iter().copied().map(u32::from)).fold(self.0, step))
    }

    /// The sum of all of them.
    pub const fn value(self) -> u32 {
        self.0
    }
}

impl Sink for Sum {
    fn put(&mut self, word: u32) {
        self.0 = step(self.0, word);
    }
}

/// Rotate, exclusive-or, multiply by an odd number: three steps that can be undone.
const fn step(sum: u32, word: u32) -> u32 {
    (sum.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_seen_and_a_sum_goes_on_where_it_stopped() {
        let bytes: [u8; 22] = core::array::from_fn(|n| u8::try_from(n).unwrap() * 11);
        let whole = Sum::NEW.with(&bytes);
        assert_eq!(Sum::NEW.with(&bytes[..8]).with(&bytes[8..]), whole);
        let flipped = |bit: usize| {
            let mut bytes = bytes;
            bytes[bit / 8] ^= 1 << (bit % 8);
            Sum::NEW.with(&bytes)
        };
        assert!((0..8 * bytes.len()).all(|bit| flipped(bit) != whole));
    }
}
