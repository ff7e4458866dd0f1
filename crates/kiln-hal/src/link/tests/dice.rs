//! Random words that fit what is asked for, so that putting together gives every value there is.

use super::super::words::{Meaning, Packed, Sink, Source};
use std::collections::BTreeSet;
use std::vec::Vec;

/// SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014).
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn word(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ mixed >> 31) >> 32).expect("32 bits are left")
    }

    /// A number from 0 to `most`.
    pub(super) fn up_to(&mut self, most: u32) -> u32 {
        let word = self.word();
        most.checked_add(1).map_or(word, |count| word % count)
    }
}

/// A source of fitting words that notes which forms it gave.
#[derive(Debug)]
pub(super) struct Dice {
    pub(super) random: Random,
    /// Forms that were given, and all that could have been.
    pub(super) given: BTreeSet<(&'static str, u32)>,
    pub(super) possible: BTreeSet<(&'static str, u32)>,
    /// One in so many figures is an extreme one.
    extremes: u32,
    /// The largest usual figure.
    largest: f64,
    float: f64,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let (given, possible) = (BTreeSet::new(), BTreeSet::new());
        Self { random: Random(seed), given, possible, extremes: 1, largest: 1.0, float: 0.0 }
    }

    /// A random value; throws until it is one.
    pub(super) fn throw<T: Packed>(&mut self) -> T {
        loop {
            self.extremes = [10, 100, 10_000, 10_000][usize::try_from(self.random.up_to(3)).expect("small")];
            self.largest = if self.random.up_to(1) == 0 { 100.0 } else { 1300.0 };
            if let Some(value) = T::unpack(self) {
                return value;
            }
        }
    }

    /// Mostly what a kiln has; sometimes what only a type allows, or not even that.
    fn float(&mut self) -> f64 {
        const EXTREMES: [f64; 8] = [0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 100.0, -273.15, f64::INFINITY];
        if self.random.up_to(self.extremes) == 0 {
            EXTREMES[usize::try_from(self.random.up_to(7)).expect("small")]
        } else {
            0.1 + f64::from(self.random.word()) / f64::from(u32::MAX) * (self.largest - 0.1)
        }
    }
}

impl Source for Dice {
    fn word(&mut self, meaning: Meaning) -> Option<u32> {
        Some(match meaning {
            Meaning::Form(of, forms) => {
                if forms.last().is_some_and(|form| !self.possible.contains(&(of, *form))) {
                    self.possible.extend(forms.iter().map(|form| (of, *form)));
                }
                let place = self.random.up_to(u32::try_from(forms.len()).expect("few") - 1);
                let form = forms[usize::try_from(place).expect("small")];
                self.given.insert((of, form));
                form
            }
            Meaning::UpTo(most) => self.random.up_to(most),
            Meaning::Any => self.random.word() >> self.random.up_to(31),
            Meaning::High => u32::from(self.random.up_to(self.extremes) == 0),
            Meaning::FloatLow => {
                self.float = self.float();
                u32::try_from(self.float.to_bits() & u64::from(u32::MAX)).expect("32 bits")
            }
            Meaning::FloatHigh => u32::try_from(self.float.to_bits() >> 32).expect("32 bits"),
            Meaning::Text => {
                u32::from_le_bytes([(); 4].map(|()| b'a' + u8::try_from(self.random.up_to(25)).expect("a letter")))
            }
        })
    }
}

impl Sink for Vec<u32> {
    fn put(&mut self, word: u32) {
        self.push(word);
    }
}

impl Source for core::iter::Copied<core::slice::Iter<'_, u32>> {
    fn word(&mut self, _: Meaning) -> Option<u32> {
        self.next()
    }
}

#[cfg(not(shuttle))]
pub(super) fn packed<T: Packed>(value: &T) -> Vec<u32> {
    let mut words = Vec::new();
    value.pack(&mut words);
    words
}

#[cfg(not(shuttle))]
pub(super) fn unpacked<T: Packed>(words: &[u32]) -> Option<T> {
    T::unpack(&mut words.iter().copied())
}
