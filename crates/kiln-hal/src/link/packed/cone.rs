//! Cones, heat work and holds for a cone as words.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::cone::{Certainty, Cone, HeatWork, HoldUntil, KeptWork, Reached};
use kiln_core::units::Millis;

packed_enum! {
    Certainty {
        0 => Verified,
        1 => Estimate,
    }
}

packed_struct!(Reached { cone: Cone, beyond: f64, certainty: Certainty });

/// By the number of softer ones.
impl Packed for Cone {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        self.index().pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const LAST: u32 = 34;
        const _: () = assert!(Cone::COUNT == 35, "as the line above says");
        Self::at(u8::try_from(from.word(Meaning::UpTo(LAST))?).ok()?)
    }
}

impl Packed for HoldUntil {
    const WORDS: usize = Cone::WORDS + Millis::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.cone().pack(to);
        self.longest().pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Self::new(Cone::unpack(from)?, Millis::unpack(from)?)
    }
}

/// Two doses a word, the first in the lower half.
impl Packed for KeptWork {
    const WORDS: usize = HeatWork::DOSES / 2;

    fn pack(&self, to: &mut impl Sink) {
        let (pairs, _) = self.0.as_chunks();
        for [first, second] in pairs {
            to.put(u32::from(*first) | u32::from(*second) << 16);
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const _: () = assert!(HeatWork::DOSES.is_multiple_of(2), "no dose is left over");
        let mut doses = [0; HeatWork::DOSES];
        let (pairs, _) = doses.as_chunks_mut();
        for [first, second] in pairs {
            let word = from.word(Meaning::Any)?;
            *first = u16::try_from(word & 0xFFFF).ok()?;
            *second = u16::try_from(word >> 16).ok()?;
        }
        Some(Self(doses))
    }
}
