//! Chance from one seed: a small generator written here, and a stream of its own for every purpose.
//!
//! A stream is named by what it is for, so that asking the sensor more often does not change the weather: the
//! mains, the noise and the relay each draw from their own. Nothing here knows what the numbers mean.
//!
//! Generators: xoshiro256** 1.0 and, to fill its state, SplitMix64 (Blackman and Vigna, "Scrambled linear
//! pseudorandom number generators", 2021), both in the public domain and written out from the paper.

use crate::math;

/// The one number a whole simulated firing follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The stream for a purpose. Two purposes of one seed have nothing to do with each other.
    pub fn stream(self, purpose: &str) -> Stream {
        let mut mixer = SplitMix64(self.0);
        let salt = fnv1a(FNV_START, purpose.as_bytes());
        let mut mixer = SplitMix64(mixer.next() ^ salt);
        Stream { state: [mixer.next(), mixer.next(), mixer.next(), mixer.next()] }
    }
}

/// Where an [`fnv1a`] hash begins.
pub const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Carries a 64-bit FNV-1a hash on over more bytes. Good for naming streams and for comparing traces.
pub fn fnv1a(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// SplitMix64: turns any number, zero included, into well mixed ones.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// An endless row of chances, 32 bytes of state.
#[derive(Clone, Debug)]
pub struct Stream {
    state: [u64; 4],
}

impl Stream {
    /// The next 64 even bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A whole number below `count`, or 0 when there is none. Even to one part in 2^64 / `count`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.bits().checked_rem(count).unwrap_or(0)
    }

    /// A number from 0 up to but not including 1, in steps of 2^-53.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A number from `low` up to but not including `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Heads or tails as +1 or -1.
    pub fn sign(&mut self) -> f64 {
        if self.bits() >> 63 == 0 { 1.0 } else { -1.0 }
    }

    /// A number of the standard normal distribution, by Marsaglia's polar method.
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = self.between(-1.0, 1.0);
            let y = self.between(-1.0, 1.0);
            let r = x * x + y * y;
            if r > 0.0 && r < 1.0 {
                return x * (-2.0 * math::ln(r) / r).sqrt();
            }
        }
    }

    /// The time to the next of events that come at random, `mean` apart on average. Never at all when `mean` is ∞.
    pub fn waiting(&mut self, mean: f64) -> f64 {
        let in_means = -math::ln(1.0 - self.unit());
        if mean.is_finite() { in_means * mean } else { f64::INFINITY }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the published generators.
    #[test]
    fn the_generators_give_the_published_rows() {
        let mut mixer = SplitMix64(1_234_567);
        let row: [u64; 3] = core::array::from_fn(|_| mixer.next());
        assert_eq!(row, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        let mut stream = Stream { state: [1, 2, 3, 4] };
        let row: [u64; 6] = core::array::from_fn(|_| stream.bits());
        let wanted = [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240];
        assert_eq!(row[..4], wanted);
        assert_eq!(row[4..], [1_216_172_134_540_287_360, 607_988_272_756_665_600]);
        assert_eq!(fnv1a(FNV_START, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn streams_of_one_seed_differ_and_repeat() {
        let first = |seed, purpose| Seed(seed).stream(purpose).bits();
        assert_eq!(first(7, "mains"), first(7, "mains"));
        assert_ne!(first(7, "mains"), first(7, "noise"));
        assert_ne!(first(7, "mains"), first(8, "mains"));
    }

    #[test]
    fn the_distributions_have_their_moments() {
        let mut stream = Seed(1).stream("moments");
        let n = 200_000;
        let (mut sum, mut squares, mut waits, mut units) = (0.0, 0.0, 0.0, 0.0);
        for _ in 0..n {
            let x = stream.normal();
            sum += x;
            squares += x * x;
            waits += stream.waiting(5.0);
            units += stream.unit();
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 0.01, "mean {}", sum / n);
        assert!((squares / n - 1.0).abs() < 0.02, "variance {}", squares / n);
        assert!((waits / n - 5.0).abs() < 0.06, "waiting {}", waits / n);
        assert!((units / n - 0.5).abs() < 0.005, "unit {}", units / n);
        assert!(stream.waiting(f64::INFINITY).is_infinite());
    }
}
