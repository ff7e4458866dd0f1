//! What a fault handler leaves behind: where it was and why, in memory that survives the reset.
//!
//! Thirty-two words: a mark, nine figures, the name of the source file where there is one, the sum. Noise is no record.

use crate::crc::Crc;
use core::sync::atomic::{AtomicU32, Ordering};

/// Words of a record.
pub const WORDS: usize = 32;
const MAGIC: u32 = u32::from_le_bytes(*b"FALL");
const FIGURES: usize = 9;
const TEXT: usize = WORDS - FIGURES - 2;

/// Bytes kept of a file's name: its end.
pub const NAME_LEN: usize = TEXT * 4;

/// What kind of end it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A panic: the place in the source is known.
    Panic,
    /// A fault of the processor: the place in the program and its status words are known.
    Fault,
    /// The stack came to its limit.
    StackOverflow,
    /// Code or constants in memory are not what was built.
    CodeDamaged,
    /// A value that heat rests on and its inverted copy differ.
    ValueDamaged,
    /// A block of the chip does not do as it is told.
    Hardware,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Panic, Self::Fault, Self::StackOverflow, Self::CodeDamaged, Self::ValueDamaged, Self::Hardware];

    const fn word(self) -> u32 {
        match self {
            Self::Panic => 1,
            Self::Fault => 2,
            Self::StackOverflow => 3,
            Self::CodeDamaged => 4,
            Self::ValueDamaged => 5,
            Self::Hardware => 6,
        }
    }
}

/// An end, with what is known of it; figures that say nothing are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// What kind.
    pub kind: Kind,
    /// The line of a panic.
    pub line: u32,
    /// The program counter.
    pub pc: u32,
    /// The link register.
    pub lr: u32,
    /// The stack pointer.
    pub sp: u32,
    /// The configurable fault status (CFSR).
    pub cfsr: u32,
    /// The hard fault status (HFSR).
    pub hfsr: u32,
    /// The address that was refused (BFAR), where CFSR says that there is one.
    pub address: u32,
    /// Milliseconds since the core started.
    pub uptime_ms: u32,
}

impl End {
    /// An end of which nothing but its kind is known.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, line: 0, pc: 0, lr: 0, sp: 0, cfsr: 0, hfsr: 0, address: 0, uptime_ms: 0 }
    }

    /// The end that the processor's status words tell: STKOF is bit 20 of CFSR (Armv8-M, D1.2.10).
    pub const fn from_status(cfsr: u32) -> Kind {
        if cfsr & 1 << 20 == 0 { Kind::Fault } else { Kind::StackOverflow }
    }

    fn words(&self) -> [u32; FIGURES] {
        let Self { kind, line, pc, lr, sp, cfsr, hfsr, address, uptime_ms } = *self;
        [kind.word(), line, pc, lr, sp, cfsr, hfsr, address, uptime_ms]
    }
}

/// The end of a file's name, as it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name([u8; NAME_LEN]);

impl Name {
    /// No name.
    pub const NONE: Self = Self([0; NAME_LEN]);

    /// The end of this one.
    pub fn of(file: &str) -> Self {
        let mut name = [0; NAME_LEN];
        let skipped = file.len().saturating_sub(NAME_LEN);
        for (place, byte) in name.iter_mut().zip(file.bytes().skip(skipped)) {
            *place = byte;
        }
        Self(name)
    }

    /// The text; empty when it is none.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|byte| *byte == 0).unwrap_or(NAME_LEN);
        self.0.get(..len).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

/// Room for one record.
#[derive(Debug)]
#[repr(C)]
pub struct Record {
    words: [AtomicU32; WORDS],
}

impl Record {
    /// The record that these words are, for whoever sees the memory from outside.
    pub fn of(words: [u32; WORDS]) -> Self {
        Self { words: words.map(AtomicU32::new) }
    }

    /// Forgets what is there.
    pub fn clear(&self) {
        self.words.iter().for_each(|word| word.store(0, Ordering::Release));
    }

    /// Leaves a record. For fault handlers: it needs little stack and cannot fail.
    pub fn leave(&self, end: &End, name: &Name) {
        let mut words = [0; WORDS];
        let text = name.0.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
        for (place, word) in words.iter_mut().zip([MAGIC].into_iter().chain(end.words()).chain(text)) {
            *place = word;
        }
        if let Some(last) = words.last_mut() {
            *last = 0;
        }
        let sum = sum_of(&words);
        for (place, word) in self.words.iter().zip(words) {
            place.store(word, Ordering::Release);
        }
        if let Some(last) = self.words.last() {
            last.store(sum, Ordering::Release);
        }
    }

    /// What was left, if it is whole.
    pub fn found(&self) -> Option<(End, Name)> {
        let mut words = [0; WORDS];
        for (place, word) in words.iter_mut().zip(&self.words) {
            *place = word.load(Ordering::Acquire);
        }
        let sum = words.last_mut().map(core::mem::take);
        let [magic, kind, line, pc, lr, sp, cfsr, hfsr, address, uptime_ms, text @ ..] = words;
        if magic != MAGIC || sum != Some(sum_of(&words)) {
            return None;
        }
        let kind = Kind::ALL.into_iter().find(|known| known.word() == kind)?;
        let mut name = [0; NAME_LEN];
        for (place, word) in name.as_chunks_mut::<4>().0.iter_mut().zip(text) {
            *place = word.to_le_bytes();
        }
        Some((End { kind, line, pc, lr, sp, cfsr, hfsr, address, uptime_ms }, Name(name)))
    }

    /// Takes over what another record holds.
    pub fn copy_from(&self, other: &Self) {
        for (place, word) in self.words.iter().zip(&other.words) {
            place.store(word.load(Ordering::Acquire), Ordering::Release);
        }
    }
}

fn sum_of(words: &[u32; WORDS]) -> u32 {
    words.iter().fold(Crc::NEW, |sum, word| sum.with(&word.to_le_bytes())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Record {
        Record { words: [const { AtomicU32::new(0) }; WORDS] }
    }

    #[test]
    fn what_was_left_is_found_and_noise_is_not() {
        let record = blank();
        assert_eq!(record.found(), None);
        for kind in Kind::ALL {
            let end = End { line: 7, pc: 0x2004_1234, uptime_ms: 99, ..End::of(kind) };
            for file in ["crates/kiln-control/src/runner.rs", "", &"x".repeat(200)] {
                record.leave(&end, &Name::of(file));
                assert_eq!(record.found(), Some((end, Name::of(file))));
                assert!(file.ends_with(Name::of(file).as_str()));
            }
        }
        for word in &record.words {
            for bit in 0..32 {
                word.fetch_xor(1 << bit, Ordering::Relaxed);
                assert_eq!(record.found(), None);
                word.fetch_xor(1 << bit, Ordering::Relaxed);
            }
        }
        let other = blank();
        other.copy_from(&record);
        assert_eq!(other.found(), record.found());
        record.clear();
        assert_eq!(record.found(), None);
    }
}
