//! Random numbers from the chip's generator, with its own health tests on and one of ours behind them.
//!
//! RP2350 datasheet, 12.12: a ring oscillator is sampled; von Neumann's decorrelator, a test for repeated blocks and one
//! for autocorrelation throw away what is not random. A generator that gives nothing in time, or the same twice, counts
//! as none: then nothing is made that has to be secret.

use embassy_rp::peripherals::TRNG;
use embassy_rp::trng::Trng;
use embassy_time::{Duration, with_timeout};

/// How long a draw may take. One block of 24 bytes takes about 2 ms, now and then much longer.
const WITHIN: Duration = Duration::from_secs(2);
/// Bytes of one block, and how many blocks are drawn: what is wanted and as much again to compare.
const BLOCK: usize = 24;

/// The chip's generator.
pub(crate) struct Chance(Trng<'static, TRNG>);

impl Chance {
    /// The generator, set up for 2 ms a block.
    pub(crate) const fn new(trng: Trng<'static, TRNG>) -> Self {
        Self(trng)
    }

    /// `N` random bytes; `None` when the generator is not well.
    pub(crate) async fn draw<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut blocks = [[0; BLOCK]; 4];
        with_timeout(WITHIN, self.0.fill_bytes(blocks.as_flattened_mut())).await.ok()?;
        let words = || blocks.as_flattened().as_chunks::<4>().0.iter();
        // Twenty-four words of 32 bits: that two neighbours are equal happens once in 186 million draws.
        if words().zip(words().skip(1)).any(|(one, next)| one == next) {
            return None;
        }
        blocks.as_flattened().first_chunk::<N>().copied()
    }
}
