//! Numbers by chance, with a liking for those where instructions go wrong.

/// A generator of SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

const WORDS: [u32; 14] =
    [0, 1, 2, 31, 32, 0x7F, 0x80, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

/// Zeros, ones, infinities, NaNs of both kinds, the ends of the normal and subnormal numbers, and halves.
const FLOATS: [u32; 22] = [
    0x0000_0000,
    0x8000_0000,
    0x3F80_0000,
    0xBF80_0000,
    0x7F80_0000,
    0xFF80_0000,
    0x7FC0_0000,
    0xFFC1_2345,
    0x7F80_0001,
    0xFFA0_0000,
    0x0000_0001,
    0x807F_FFFF,
    0x0080_0000,
    0x7F7F_FFFF,
    0x3F00_0000,
    0xBFC0_0000,
    0x4020_0000,
    0x4F00_0000,
    0xCF00_0000,
    0x4F80_0000,
    0x3F7F_FFFF,
    0x4B80_0001,
];

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    pub(super) const fn word(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    /// A number below `limit`.
    pub(super) const fn below(&mut self, limit: u32) -> u32 {
        ((self.word() as u64 * limit as u64) >> 32) as u32
    }

    /// A word for an integer register.
    pub(super) fn operand(&mut self) -> u32 {
        match self.below(4) {
            0 => WORDS[self.below(WORDS.len() as u32) as usize],
            1 => self.below(256),
            _ => self.word(),
        }
    }

    /// A word for a floating-point register.
    pub(super) fn float(&mut self) -> u32 {
        match self.below(8) {
            0..=2 => FLOATS[self.below(FLOATS.len() as u32) as usize],
            3 => self.word(),
            4 => self.word() & 0x80FF_FFFF,
            // Quarters of small numbers: what a conversion rounds.
            5 => ((self.below(4096) as f32 - 2048.0) / 4.0).to_bits(),
            // Near one another, so that sums cancel.
            6 => 0x3F80_0000 | self.word() & 0x8000_00FF,
            _ => (0x3000_0000 + (self.word() >> 3)) | self.word() & 0x8000_0000,
        }
    }
}
