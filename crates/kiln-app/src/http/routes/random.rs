//! Secrets drawn from one seed: SHA-256 in counter mode over what the chip's generator gave once.
//!
//! Whoever knows a thousand draws knows nothing of the next one, as long as the seed is not known.

use crate::door::Fingerprint;

/// Where secrets come from.
pub(super) struct Random {
    seed: [u8; 32],
    drawn: u64,
}

impl Random {
    pub(super) const fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    /// Sixteen bytes; never the same twice.
    pub(super) fn draw(&mut self) -> [u8; 16] {
        self.drawn = self.drawn.wrapping_add(1);
        let digest = Fingerprint::of(&[&self.seed, &self.drawn.to_le_bytes()]);
        let (first, _) = digest.as_bytes().split_at(16);
        first.try_into().unwrap_or_default()
    }

    /// The same as two numbers.
    pub(super) fn halves(&mut self) -> [u64; 2] {
        let drawn = u128::from_le_bytes(self.draw());
        [drawn, drawn >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_differ_and_follow_from_the_seed() {
        let drawn = |seed: u8| {
            let mut random = Random::new([seed; 32]);
            [random.draw(), random.draw(), random.draw()]
        };
        let ([a, b, c], [other, ..]) = (drawn(1), drawn(2));
        assert!(a != b && b != c && a != c && a != other && drawn(1) == [a, b, c]);
    }
}
