//! Units, times and names as words.

use super::super::words::{Meaning, Packed, Sink, Source};
use kiln_core::profile::Name;
use kiln_core::sensor::ChipFault;
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Instant, Kelvin, Millis, WallClock};
use kiln_core::window::RelaySet;

/// A type with a number inside: how to get it out, and the door it comes in by.
macro_rules! packed_inside {
    ($($type:ty: $inside:ty, $out:ident, $door:expr;)+) => {
        $(impl Packed for $type {
            const WORDS: usize = <$inside as Packed>::WORDS;

            fn pack(&self, to: &mut impl Sink) {
                self.$out().pack(to);
            }

            fn unpack(from: &mut impl Source) -> Option<Self> {
                ($door)(<$inside as Packed>::unpack(from)?)
            }
        })+
    };
}

packed_inside! {
    Celsius: f64, get, Celsius::new;
    Kelvin: f64, get, Kelvin::new;
    CelsiusPerHour: f64, get, CelsiusPerHour::new;
    Duty: f64, percent, share;
    Millis: u64, get, |ms| Some(Millis::new(ms));
    Instant: u64, as_millis, |ms| Some(Instant::from_millis(ms));
    WallClock: u64, unix_millis, |ms| Some(WallClock::from_unix_millis(ms));
    ChipFault: u8, bits, ChipFault::from_bits;
    RelaySet: u16, bits, relays;
}

/// A duty takes anything and makes the best of it; what it had to change was none.
fn share(percent: f64) -> Option<Duty> {
    let duty = Duty::from_percent(percent);
    (duty.percent().to_bits() == percent.to_bits()).then_some(duty)
}

/// A set leaves out relays there cannot be; what it left something out of was none.
fn relays(bits: u16) -> Option<RelaySet> {
    let relays = RelaySet::from_bits(bits);
    (relays.bits() == bits).then_some(relays)
}

const NAME_WORDS: usize = Name::LONGEST / 4;
const _: () = assert!(NAME_WORDS * 4 == Name::LONGEST, "a name fills whole words");

/// The length in bytes, then as many words as it takes.
impl Packed for Name {
    const WORDS: usize = 1 + NAME_WORDS;

    fn pack(&self, to: &mut impl Sink) {
        let bytes = self.as_str().as_bytes();
        bytes.len().pack(to);
        let (whole, rest) = bytes.as_chunks();
        for four in whole {
            to.put(u32::from_le_bytes(*four));
        }
        if !rest.is_empty() {
            let mut last = [0; 4];
            last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            to.put(u32::from_le_bytes(last));
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const LONGEST: u32 = 64;
        const _: () = assert!(Name::LONGEST == 64, "as the line above says");
        let length = usize::try_from(from.word(Meaning::UpTo(LONGEST))?).ok()?;
        let mut bytes = [0; Name::LONGEST];
        let text = bytes.get_mut(..length)?;
        for four in text.chunks_mut(4) {
            let word = from.word(Meaning::Text)?.to_le_bytes();
            four.iter_mut().zip(word).for_each(|(place, byte)| *place = byte);
        }
        Self::new(core::str::from_utf8(text).ok()?)
    }
}
